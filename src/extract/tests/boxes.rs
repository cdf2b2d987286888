//! What lines are by the boxes in which they stand.

use super::*;

#[test]
fn what_its_box_is_called_loses_no_paragraph() {
    let check = |named: &str, told: &str, texts: &[&str]| {
        for at in 1..=texts.len() {
            let boxed = named.replace("{}", told);
            let body: Vec<String> = texts.iter().map(|text| format!("<p>{text}</p>")).collect();
            let body = [body[..at].concat(), boxed, body[at..].concat()].concat();
            let html = story("", &[]).replace("<div class='body'></div>", &format!("<div class='body'>{body}</div>"));
            let article = read(&page_of(&html)).expect("an article");
            let expected = [&texts[..at], &[told], &texts[at..]].concat().join("\n");
            assert_eq!(article.text, expected, "{named} behind {at}");
        }
    };
    let english = "The embassy denied every count on Sunday and said that the charge was a lie.";
    let chinese = "大使館週日發表聲明，否認所有指控，並稱有關說法是徹頭徹尾的謊言。";
    for named in [
        "<div id='official-response'><p>{}</p></div>",
        "<div class='extra-info'><p>{}</p></div>",
        "<div class='sidebar'><p>{}</p></div>",
        "<aside><p>{}</p></aside>",
        "<div style='display:none'><p>{}</p></div>",
        "<div class='related-statement'>{}</div>",
    ] {
        check(named, english, &PARAGRAPHS);
        check(named, chinese, &ABSATZ);
    }
}

#[test]
fn teasers_captions_and_remarks_within_the_article_stay_out() {
    let check = |other: &str, is_listed: bool| {
        let body =
            format!("<div class='body'>{}{other}{}</div>", paragraphs(&PARAGRAPHS[..2]), paragraphs(&PARAGRAPHS[2..]));
        let html = story("", &[]).replace("<div class='body'></div>", &body);
        let (article, lines) = explain(None, &page_of(&html), &OutletPages::zone(TimeZone::UTC));
        assert_eq!(article.map(|article| article.text), Ok(PARAGRAPHS.join("\n")), "{other}");
        let told = "The board denied on Monday that it had been told of any spies.";
        assert_eq!(lines.iter().any(|line| line.dropped.is_some() && line.text == told), is_listed, "{other}");
    };
    let told = "<p>The board denied on Monday that it had been told of any spies.</p>";
    check(
        &format!("<div class='related'><a href='/2'><h3>Harbour board denies it was warned</h3></a>{told}</div>"),
        true,
    );
    check(&format!("<div class='comments'><div>ada, 12:30</div>{told}</div>"), true);
    check(&format!("<div class='sidebar'><a href='/2'><img src='2.jpg'>{told}</a></div>"), false);
    check(&format!("<figure><img src='2.jpg'><figcaption>{told}</figcaption></figure>"), true);
    check(&format!("<nav class='more'>{told}</nav>"), true);
}

#[test]
fn lines_are_known_by_the_box_in_which_they_stand() {
    let check = |before: &str, behind: &str| {
        let body = format!("{before}{}{behind}", paragraphs(&PARAGRAPHS));
        let head = "<meta name='author' content='Ada Roe'>";
        let html = story(head, &[]).replace("<div class='body'></div>", &format!("<div class='body'>{body}</div>"));
        assert_eq!(read(&page_of(&html)).expect("an article").text, PARAGRAPHS.join("\n"), "{before}{behind}");
    };
    check("<div class='post-meta'><span>Ada Roe</span><span>Harbour desk</span></div>", "");
    check("", "<div class='author-bio'><p>Ada Roe covers spies and ferries from the quay.</p></div>");
    check(
        "",
        "<div class='box'><p>The bay in five minutes</p><p>What happened, each day.</p><form><input type='email'></form></div>",
    );
    // A denial in a box so called is text all the same.
    let denial = "The embassy denied every count on Sunday and said that the charge was a lie.";
    let body = format!("{}<div class='contributors'><p>{denial}</p></div>", paragraphs(&PARAGRAPHS));
    let html = story("", &[]).replace("<div class='body'></div>", &format!("<div class='body'>{body}</div>"));
    assert!(read(&page_of(&html)).expect("an article").text.ends_with(denial));
}

#[test]
fn what_its_place_says_is_no_text() {
    let around = |within: &str| {
        let text = format!(
            "<p>{}</p>{within}<p>{}</p><p>{}</p><p>{}</p>",
            PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2], PARAGRAPHS[3]
        );
        let page = story("", &[""]).replace("<p></p>", &text);
        read(&page_of(&page)).expect("an article").text
    };
    for within in [
        "<div class='boxout'><h4>Who are they?</h4><p>They were first named in 2015 after an attack on a crane.</p></div>",
        "<div class='imgbox'><img src=a.jpg><h1>A guard stands outside the court in the capital.</h1><p>Photo: Ada Roe, The Outlet</p></div>",
        "<p class='picdesc'>The ministry's briefing room</p>",
        "<p class='video-title'>Popular now: the first child of the year</p>",
        "<div class='reaction'><p>How does this story make you feel?</p><ul><li>Warm</li><li>Angry</li></ul></div>",
    ] {
        assert_eq!(around(within), PARAGRAPHS.join("\n"), "{within}");
    }
    assert!(
        around("<div class='infobox'><p>The committee was set up in 2009, and has nine members.</p></div>")
            .contains("2009")
    );
}

#[test]
fn parts_of_a_text_in_boxes_of_one_class_are_all_of_it() {
    let part = |texts: &[&str]| {
        format!("<div class=grid><div class=wrap><div class=inner>{}</div></div></div>", paragraphs(texts))
    };
    let ad = "<div class=ad><span>Advertisement</span></div>";
    let long = [PARAGRAPHS[0], PARAGRAPHS[0], PARAGRAPHS[1]].join(" ");
    let parts =
        format!("{}{ad}{}{ad}{}", part(&[&long, PARAGRAPHS[1]]), part(&[PARAGRAPHS[2]]), part(&[PARAGRAPHS[3]]));
    let html = format!(
        "<html><head><title>Assembly warned of approaches</title></head><body><h1>Assembly warned of approaches</h1><main>{parts}</main></body></html>"
    );
    let text = read(&page_of(&html)).expect("an article").text;
    assert_eq!(text, [&long, PARAGRAPHS[1], PARAGRAPHS[2], PARAGRAPHS[3]].join("\n"));
}

#[test]
fn the_next_article_of_a_page_that_goes_on_is_no_text() {
    let part = |heading: &str, texts: &[&str]| format!("<div class=story>{heading}{}</div>", paragraphs(texts));
    let next = "A horse of bronze was found in a barn on Monday, a spokeswoman for the county police said.";
    let html = format!(
        "<html><head><title>Assembly warned of approaches</title></head><body>{}{}</body></html>",
        part("<h1>Assembly warned of approaches</h1>", &PARAGRAPHS),
        part("<h2>Police find stolen bronze horse in a barn</h2>", &[next, next])
    );
    assert_eq!(read(&page_of(&html)).expect("an article").text, PARAGRAPHS.join("\n"));
}
