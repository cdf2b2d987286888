use super::*;
use crate::model::ParagraphKind;
use jiff::Timestamp;
use proptest::prelude::*;

mod boxes;
mod forms;
mod refusals;
mod turns;

const PARAGRAPHS: [&str; 4] = [
    "The agency said on Friday that it had warned members of the assembly about approaches made through a networking site, and asked them to report any such message.",
    "A spokesperson for the ministry called the claim a fabrication and said that it had lodged a protest with the ambassador, without giving further details of the talks.",
    "Officials added that the review of the matter was still going on, and that a report would be put before the committee in the first week of the coming month.",
    "The committee meets again on Tuesday, when it will hear from two witnesses about how the messages were found and who had received them over the last year.",
];
const ABSATZ: [&str; 3] = [
    "該機構週五表示，已就經由社交網站接觸議員一事向議會成員發出警告，並要求他們收到此類訊息時立即通報，以便進一步查核。",
    "該部發言人稱有關說法純屬捏造，並已向大使提出嚴正交涉，但沒有透露會談的其他細節，只說雙方將保持溝通。",
    "官員補充說，對此事的審查仍在進行，報告將於下月第一個星期提交委員會，屆時將有兩名證人出席作證並接受提問。",
];

fn page_of(html: &str) -> FetchedPage {
    page_at("https://outlet.example/news/1", "text/html; charset=utf-8", html.as_bytes())
}

fn page_at(url: &str, content_type: &str, body: &[u8]) -> FetchedPage {
    FetchedPage {
        url: Some(url.to_owned()),
        content_type: Some(content_type.to_owned()),
        body: body.to_vec(),
        fetched_at: Timestamp::UNIX_EPOCH,
    }
}

fn read(page: &FetchedPage) -> Result<Article, DropReason> {
    article(None, page, &OutletPages::zone(TimeZone::get("Asia/Hong_Kong").expect("a zone of the bundled data")))
}

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>")).collect()
}

fn story(head: &str, texts: &[&str]) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Assembly warned of approaches - The Outlet</title>{head}</head><body>\
         <nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>\
         <article><h1>Assembly warned of approaches</h1><div class='body'>{}</div></article>\
         <aside><h3>Most read</h3><ul><li><a href='/2'>Another story</a></li></ul></aside><footer><p>Copyright The Outlet</p></footer></body></html>",
        paragraphs(texts)
    )
}

#[test]
fn an_article_is_its_paragraphs() {
    let article = read(&page_of(&story("", &PARAGRAPHS))).expect("an article");
    assert_eq!(article.text, PARAGRAPHS.join("\n"));
    assert_eq!(article.title, "Assembly warned of approaches");
    assert_eq!((article.by, article.partial), (Layer::General, None));
}

#[test]
fn what_stands_around_an_article_is_left_out() {
    let check = |text: &str, expected: &str| assert_eq!(clean::tidy(text, "A headline"), expected, "{text}");
    check("A headline\nUpdated 9:12 am, Nov. 20, 2026\nOne.\nTwo.", "One.\nTwo.");
    check("2026-11-20 HKT 15:02\n一段。\n二段。", "一段。\n二段。");
    check(
        "2026年11月20日，發言人主持例行記者會，回答了提問。\n二段。",
        "2026年11月20日，發言人主持例行記者會，回答了提問。\n二段。",
    );
    check("One.\nAdvertisement\nTwo.\nTwo.\n[ SUBSCRIBE ]", "One.\nTwo.");
    check(
        "A first paragraph of the article, long enough.\nRelated stories\nAnother headline\nAnd one more",
        "A first paragraph of the article, long enough.",
    );
    check("Related\nOne.\nTwo, which is longer.", "Related\nOne.\nTwo, which is longer.");
    check("一段較長的文字，說明經過。\n延伸閱讀：\n另一則", "一段較長的文字，說明經過。");
}

#[test]
fn captions_are_no_text() {
    let figure = "<figure><img src=x><figcaption>A picture of the assembly, taken in May.</figcaption></figure>";
    let html = story("", &PARAGRAPHS).replace("<div class='body'>", &format!("<div class='body'>{figure}"));
    assert_eq!(read(&page_of(&html)).expect("an article").text, PARAGRAPHS.join("\n"));
}

#[test]
fn captions_and_links_between_paragraphs_are_known_without_a_name() {
    let picture = "<div class='q7'><img src=x><div>The committee's room, seen from the gallery in May.</div></div>";
    let link = "<p><a href='/news/2'>Five things to know about the harbour's new rules</a></p>";
    let body = format!("<div class='body'>{}{picture}{link}", paragraphs(&PARAGRAPHS));
    let html = story("", &PARAGRAPHS).replace("<div class='body'>", &body);
    assert_eq!(read(&page_of(&html)).expect("an article").text, [PARAGRAPHS, PARAGRAPHS].concat().join("\n"));
    // A link that leads away is something the article names, and a heading that leads elsewhere heads what is below it.
    for kept in [
        "<p><a href='https://registry.example/1'>The register of firms that were told to leave</a></p>",
        "<h2><a href='/news/2'>The register of firms that were told to leave</a></h2>",
    ] {
        let body = format!("<div class='body'>{}{kept}", paragraphs(&PARAGRAPHS));
        let text =
            read(&page_of(&story("", &PARAGRAPHS).replace("<div class='body'>", &body))).expect("an article").text;
        assert!(text.contains("The register of firms"), "{kept}");
    }
}

#[test]
fn headings_items_quotations_and_turns_are_marked() {
    let more = "<h2>What was found</h2><ul><li>A list of harbours</li><li>Two maps</li></ul><blockquote><p>We have nothing to hide from anybody here.</p></blockquote>";
    let html = story("", &PARAGRAPHS)
        .replace("</div></article>", &format!("{more}{}</div></article>", paragraphs(&PARAGRAPHS[..1])));
    let article = read(&page_of(&html)).expect("an article");
    let marks: Vec<(usize, ParagraphKind)> = article.marks.iter().map(|mark| (mark.paragraph, mark.kind)).collect();
    use ParagraphKind::{Answer, Heading, Item, Question, Quotation};
    assert_eq!(marks, [(5, Heading), (6, Item), (7, Item), (8, Quotation)], "{}", article.text);
    let turns =
        ["記者：貴部對議會的說法有何評論，是否會公布調查的全部內容？", &format!("答：{}", ABSATZ[1]), ABSATZ[2]];
    let article = read(&page_of(&story("", &turns))).expect("an article");
    let marks: Vec<(usize, ParagraphKind)> = article.marks.iter().map(|mark| (mark.paragraph, mark.kind)).collect();
    assert_eq!(marks, [(1, Question), (2, Answer)]);
}

#[test]
fn what_contradicts_is_kept() {
    let head = r#"<meta property="article:published_time" content="2026-11-20T09:12:00+08:00"><meta property="og:title" content="Assembly warned of approaches">
        <meta name="date" content="2026-11-18T09:12:00+08:00"><meta name="description" content="A networking site was used, the agency says.">
        <meta property="article:section" content="World">"#;
    let entry = FeedEntry {
        title: "Spies on the assembly's heels".to_owned(),
        authors: vec!["C. Writer".to_owned()],
        ..entry_with(None)
    };
    let page = page_of(&story(head, &PARAGRAPHS));
    let article = article(Some(&entry), &page, &OutletPages::zone(TimeZone::UTC)).expect("an article");
    assert_eq!(article.standfirst.as_deref(), Some("A networking site was used, the agency says."));
    assert_eq!(article.section.as_deref(), Some("World"));
    let found: Vec<(&str, &str, &str)> =
        article.discrepancies.iter().map(|other| (&*other.field, &*other.value, &*other.from)).collect();
    assert_eq!(
        found,
        [("published", "2026-11-18T09:12:00+08:00", "date"), ("title", "Spies on the assembly's heels", "feed")]
    );
    assert_eq!(article.authors, ["C. Writer"]);
}

#[test]
fn a_report_of_two_sentences_is_found_below_its_headline() {
    let boxes: String = ["清晨海港", "講東講北", "漁民曲藝"]
        .iter()
        .map(|name| format!("<div class=p><h4>{name}</h4><p>逢星期一至五早上六時至八時，{name}與你一起由天光聽到開工，剖析今日大小新聞，邀請嘉賓到場。</p></div>"))
        .collect();
    let links: String = (1..12).map(|n| format!("<li><a href='/n/{n}'>港區第{n}號碼頭夜間開放</a></li>")).collect();
    let html = format!(
        "<html><head><title>碼頭發現浮屍 - 港聞</title></head><body><div class=i><h2 class=t>碼頭發現浮屍</h2><div class=x>碼頭今晨發現一具浮屍，身上並無證件。<br><br>警方表示死因有待調查。</div></div><ul>{links}</ul><div class=radio>{boxes}</div></body></html>"
    );
    let text = read(&page_of(&html)).expect("an article").text;
    assert_eq!(text, "碼頭今晨發現一具浮屍，身上並無證件。\n警方表示死因有待調查。");
}

/// Lines of such articles that begin, end or look like what sites print around them.
#[test]
fn what_looks_like_furniture_and_tells_something_is_kept() {
    let body = |line: &str, place: usize| {
        let around: [&str; 3] =
            if line.contains(crate::fold::is_han) { ABSATZ } else { [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[3]] };
        let mut paragraphs = around.to_vec();
        paragraphs.insert(place, line);
        paragraphs.join("\n")
    };
    for line in include_str!("../../../tests/fixtures/text/lookalikes.txt").lines() {
        for place in [0, 1, 3] {
            let text = body(line, place);
            let html = story("", &text.lines().collect::<Vec<_>>());
            let found = read(&page_of(&html)).map(|article| article.text);
            assert_eq!(found.as_deref(), Ok(text.as_str()), "{line}");
        }
    }
}

#[test]
fn a_saved_page_is_known_by_the_address_it_gives_itself() {
    let html = "<html><head><link rel=canonical href='https://news.rthk.hk/rthk/ch/1.htm'><title>標題 - RTHK</title></head><body><h2 class=itemTitle>標題</h2>\
        <div class=createddate>2026-11-20 HKT 15:02</div><div class=itemFullText>TEXT</div></body></html>";
    let page = FetchedPage { url: None, ..page_of(&html.replace("TEXT", &ABSATZ.join("<br>"))) };
    let article = read(&page).expect("an article");
    assert_eq!((article.by, article.title.as_str(), article.text), (Layer::Outlet, "標題", ABSATZ.join("\n")));
    assert_eq!(article.published.map(|date| date.at.to_string()).as_deref(), Some("2026-11-20T07:02:00Z"));
}

#[test]
fn a_rule_for_an_outlet_keeps_lists_and_quotations_once() {
    // Shapes alone: nothing is put into an outlet's mouth.
    const FIRST: &str = "A first paragraph that is long enough to be one and says nothing of anybody, as a test of shapes alone needs it to be, and some more.";
    const SECOND: &str = "A second paragraph that somebody quotes.";
    let body = format!(
        "<div class=article-body-viewer-selector><p>{}</p><h3>What they ask</h3><ul><li>An answer</li><li>An apology</li></ul><blockquote><p>{}</p></blockquote></div>",
        FIRST, SECOND
    );
    let page = page_at("https://www.theguardian.com/world/1", "text/html", body.as_bytes());
    let article = read(&page).expect("an article");
    assert_eq!(article.by, Layer::Outlet);
    assert_eq!(article.text, [FIRST, "What they ask", "An answer", "An apology", SECOND].join("\n"));
    assert_eq!(article.marks.len(), 4);
}

#[test]
fn chinese_paragraphs_are_kept_whole() {
    let article = read(&page_of(&story("", &ABSATZ))).expect("an article");
    assert_eq!(article.text, ABSATZ.join("\n"));
}

#[test]
fn what_the_page_says_of_itself() {
    let head = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Assembly warned of approaches",
        "datePublished":"2026-11-20T09:12:00+08:00","dateModified":"2026-11-20T02:00:00Z","author":[{"@type":"Person","name":"A. Writer"},{"name":"B. Writer"}],
        "publisher":{"name":"The Outlet"},"provider":{"name":"Far Agency"}}]}</script>
        <meta property="article:published_time" content="2026-11-20T09:12:00"><link rel="canonical" href="/news/one"><meta property="og:site_name" content="The Outlet">"#;
    let article = read(&page_of(&story(head, &PARAGRAPHS))).expect("an article");
    assert_eq!(article.authors, ["A. Writer", "B. Writer"]);
    let published = article.published.expect("a date");
    assert_eq!((published.at.to_string().as_str(), published.assumed), ("2026-11-20T01:12:00Z", false));
    assert_eq!(article.updated.map(|at| at.to_string()).as_deref(), Some("2026-11-20T02:00:00Z"));
    assert_eq!(article.provider.as_deref(), Some("Far Agency"));
    assert_eq!(article.site.as_deref(), Some("The Outlet"));
    assert_eq!(article.canonical.as_deref(), Some("https://outlet.example/news/one"));
}

#[test]
fn an_empty_date_is_no_date_and_one_without_a_zone_is_assumed() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":""}</script><meta itemprop="datePublished" content="2026/11/20 09:12">"#;
    let published = read(&page_of(&story(head, &PARAGRAPHS))).expect("an article").published.expect("a date");
    assert_eq!(
        (published.at.to_string().as_str(), published.raw.as_str(), published.assumed),
        ("2026-11-20T01:12:00Z", "2026/11/20 09:12", true)
    );
}

#[test]
fn the_sites_name_is_no_part_of_the_headline() {
    let title = |html: &str| read(&page_of(html)).expect("an article").title;
    let bare = |head: &str| {
        format!("<html><head>{head}</head><body><article>{}</article></body></html>", paragraphs(&PARAGRAPHS))
    };
    assert_eq!(title(&bare("<title>A headline of words | The Outlet</title>")), "A headline of words");
    assert_eq!(
        title(&bare("<title>A - B and so on - The Outlet</title><meta property='og:site_name' content='The Outlet'>")),
        "A - B and so on"
    );
    assert_eq!(title(&bare("<title>議員接獲警告_遠報網</title>")), "議員接獲警告");
    assert_eq!(title(&bare("<title>Spies: a history - part two</title>")), "Spies: a history - part two");
    assert_eq!(title(&bare("<meta property='og:title' content='It&#39;s so, they say'>")), "It's so, they say");
}

#[test]
fn a_page_built_by_a_script_gives_its_own_copy() {
    let body = PARAGRAPHS.join("\\n\\n");
    let html = format!(
        "<html><head><title>T</title><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"articleBody\":\"{body}\"}}</script></head><body><div id=root></div></body></html>"
    );
    let article = read(&page_of(&html)).expect("an article");
    assert_eq!((article.by, article.text.as_str()), (Layer::Structured, PARAGRAPHS.join("\n").as_str()));
}

#[test]
fn the_feeds_own_text_stands_in_where_the_page_has_less() {
    let entry = entry_with(Some(&PARAGRAPHS.join("\n")));
    let page = page_of(&story("", &PARAGRAPHS[..1]));
    let article = article(Some(&entry), &page, &OutletPages::zone(TimeZone::UTC)).expect("an article");
    assert_eq!((article.by, article.text.as_str()), (Layer::Feed, PARAGRAPHS.join("\n").as_str()));
}

fn entry_with(content: Option<&str>) -> FeedEntry {
    FeedEntry {
        part: None,
        key: crate::model::EntryKey("k".to_owned()),
        guid: None,
        url: Some("https://outlet.example/news/1".to_owned()),
        title: "Assembly warned".to_owned(),
        published: None,
        unread_date: None,
        updated: None,
        authors: vec!["Desk".to_owned()],
        provider: Some("Far Agency".to_owned()),
        summary: Some("Assembly warned\nA teaser of the article.".to_owned()),
        content: content.map(str::to_owned),
        lang: Some("en-GB".to_owned()),
    }
}

#[test]
fn an_entry_alone_makes_an_article() {
    let article = from_entry(&entry_with(None), "robots.txt disallows the page").expect("an article");
    assert_eq!(article.text, "A teaser of the article.");
    assert_eq!((article.by, article.partial.as_deref()), (Layer::Feed, Some("robots.txt disallows the page")));
    let headline = FeedEntry { summary: None, ..entry_with(None) };
    assert_eq!(from_entry(&headline, "gone").map(|article| article.text), Some(String::new()));
    let nothing = FeedEntry { title: String::new(), ..headline };
    assert_eq!(from_entry(&nothing, "gone"), None);
}

#[test]
fn cut_texts_are_partial() {
    let partial = |head: &str, texts: &[&str]| read(&page_of(&story(head, texts))).expect("an article").partial;
    assert!(partial("", &[PARAGRAPHS[0], PARAGRAPHS[1], "But the ministry…"]).is_some());
    assert!(partial("", &[PARAGRAPHS[0], "Continue reading..."]).is_some());
    assert!(partial("", &[ABSATZ[0], ABSATZ[1], "繼續閱讀"]).is_some());
    assert!(partial("", &[ABSATZ[0], ABSATZ[1], "加入付費會員，閱讀完整內容。"]).is_some());
    let paid = r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>"#;
    assert!(partial(paid, &PARAGRAPHS[..1]).is_some_and(|reason| reason.contains("paywall")));
    assert_eq!(partial(&paid.replace("False", "True"), &PARAGRAPHS[..1]), None);
}

#[test]
fn words_beside_pictures_and_films_are_partial() {
    let partial = |url: &str, head: &str| {
        let page = page_at(url, "text/html", story(head, &PARAGRAPHS[..1]).as_bytes());
        read(&page).expect("an article").partial.unwrap_or_default()
    };
    assert!(partial("https://outlet.example/gallery/12", "").starts_with("a gallery"));
    assert!(partial("https://outlet.example/video/12", "").starts_with("a video page"));
    let live = "<script type='application/ld+json'>{\"@type\": \"LiveBlogPosting\", \"headline\": \"Assembly warned of approaches\"}</script>";
    assert!(partial("https://outlet.example/news/12", live).starts_with("a live page"));
    assert_eq!(partial("https://outlet.example/news/12", ""), "");
}

#[test]
fn ruby_glosses_and_controls_are_left_out() {
    let marked = ABSATZ[0].replace("機構", "<ruby>機構<rt>ji gou</rt></ruby>").replace("週五", "週\u{1b}[31m五");
    let article = read(&page_of(&story("", &[&marked, ABSATZ[1], ABSATZ[2]]))).expect("an article");
    assert_eq!(article.text.lines().next(), Some(ABSATZ[0].replace("週五", "週[31m五").as_str()));
}

#[test]
fn tags_are_reduced_to_language_and_script() {
    let check = |written: &str, expected: &str| {
        assert_eq!(tag(written).map(|lang| lang.to_string()).unwrap_or_default(), expected, "{written}")
    };
    check("zh-TW", "zh-Hant");
    check("zh_hk", "zh-Hant");
    check("zh-Hant-HK", "zh-Hant");
    check("zh-CN", "zh-Hans");
    check("en-GB", "en");
    check("<script>", "");
}

#[test]
fn what_is_hidden_until_a_click_is_text_and_a_second_copy_is_none() {
    let body = |hidden: &str| {
        let parts = format!("{}{hidden}", paragraphs(&PARAGRAPHS[..1]));
        story("", &[]).replace("<div class='body'></div>", &format!("<div class='body'>{parts}</div>"))
    };
    for open in ["<div class='rest hidden' style='display: none'>", "<section hidden>", "<div aria-hidden='true'>"] {
        let html = body(&format!("<a href='#'>Read more</a>{open}{}</div></section>", paragraphs(&PARAGRAPHS[1..])));
        assert_eq!(read(&page_of(&html)).expect("an article").text, PARAGRAPHS.join("\n"), "{open}");
    }
    let faded = story("", &PARAGRAPHS).replace("<div class='body'>", "<div class='body' style='visibility: hidden'>");
    assert_eq!(read(&page_of(&faded)).expect("an article").text, PARAGRAPHS.join("\n"));
    let twice = body(&format!("{0}<div class='wide' style='display:none'>{0}</div>", paragraphs(&PARAGRAPHS[1..])));
    assert_eq!(read(&page_of(&twice)).expect("an article").text, PARAGRAPHS.join("\n"));
    let asked = body(&format!(
        "{0}<div class='modal' hidden><p>{1}</p></div>",
        paragraphs(&PARAGRAPHS[1..]),
        "We set a cookie for each reader. ".repeat(9)
    ));
    assert_eq!(read(&page_of(&asked)).expect("an article").text, PARAGRAPHS.join("\n"));
}

#[test]
fn lists_of_days_and_of_questions_beside_the_text_are_text() {
    let check = |beside: &str, added: &[&str]| {
        let body = format!("{}{beside}{}", paragraphs(&ABSATZ[..1]), paragraphs(&ABSATZ[1..]));
        let html = story("", &[]).replace("<div class='body'></div>", &format!("<div class='body'>{body}</div>"));
        let expected = [&ABSATZ[..1], added, &ABSATZ[1..]].concat().join("\n");
        assert_eq!(read(&page_of(&html)).expect("an article").text, expected, "{beside}");
    };
    check(
        "<div class='sidebar'><h3>始末</h3><ul><li>2025年6月：港口收到匿名信</li><li>2025年11月：碼頭加設圍欄</li></ul></div>",
        &["始末", "2025年6月：港口收到匿名信", "2025年11月：碼頭加設圍欄"],
    );
    check(
        "<div class='extra'><button aria-expanded='false'>誰管碼頭？</button><div hidden><p>港務局，自去年起。</p></div>\
         <button aria-expanded='false'>圍欄要多久？</button><div hidden><p>視天氣，約三個月。</p></div></div>",
        &["誰管碼頭？", "港務局，自去年起。", "圍欄要多久？", "視天氣，約三個月。"],
    );
    check("<div class='sidebar'><ul><li><a href='/2'>碼頭圍欄工程下周動工居民要求公開合約</a></li></ul></div>", &[]);
}

#[test]
fn an_article_on_several_pages_is_partial_and_one_below_whose_list_pages_are_named_is_not() {
    let check = |behind: &str, expected: bool| {
        let body = format!("{}{behind}", paragraphs(&PARAGRAPHS));
        let html = story("", &[]).replace("<div class='body'></div>", &format!("<div class='body'>{body}</div>"));
        let article = read(&page_of(&html)).expect("an article");
        assert_eq!((article.text, article.partial.is_some()), (PARAGRAPHS.join("\n"), expected), "{behind}");
    };
    check("<p>[1] [2] [下一页]</p>", true);
    check("<p>Next page »</p>", true);
    check("<p>Most read</p><p><a href='/2'>Ferries run late on the bay</a></p><p>1 2 3 Next page</p>", false);
    check("", false);
}

#[test]
fn a_summary_above_the_text_is_its_standfirst_and_a_first_paragraph_is_text() {
    let with_lead = |lead: &str| {
        let head = format!("<h1>Assembly warned of approaches</h1><header class='top-banner'><p>{lead}</p></header>");
        story("", &PARAGRAPHS).replace("<h1>Assembly warned of approaches</h1>", &head)
    };
    let summary = "Members were told to report any message, and the ministry calls it a fabrication.";
    let article = read(&page_of(&with_lead(summary))).expect("an article");
    assert_eq!((article.standfirst.as_deref(), article.text), (Some(summary), PARAGRAPHS.join("\n")));
    let first = "【明溪報專訊】議會週五證實，多名議員經由社交網站收到可疑訊息，當局已要求他們立即通報。";
    let article = read(&page_of(&with_lead(first))).expect("an article");
    assert_eq!((article.standfirst, article.text), (None, [&[first], &PARAGRAPHS[..]].concat().join("\n")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_end_in_an_article_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&page_at("https://outlet.example/", "text/html", &bytes));
    }

    #[test]
    fn any_markup_ends_in_clean_text(parts in proptest::collection::vec(prop_oneof![
        Just("<div>"), Just("</div>"), Just("<p>"), Just("</p>"), Just("<table>"), Just("<td>"), Just("<a href=x>"), Just("</a>"), Just("<b>"), Just("<script>"),
        Just("</script>"), Just("<svg>"), Just("<select>"), Just("<template>"), Just("<!--"), Just("-->"), Just("&#27;"), Just("\u{0}"), Just("國家安全部表示。"),
        Just("A sentence of some length, with a comma. "), Just("<h1>"), Just("<article>"), Just("<form>"), Just("<li>"), Just("<noscript>"), Just("<img src=x>")
    ], 0..60)) {
        let html = format!("<html><body>{}", parts.concat());
        if let Ok(article) = read(&page_of(&html)) {
            prop_assert!(article.text.lines().all(|line| !line.trim().is_empty()));
            prop_assert!(article.text.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}

#[test]
fn the_sites_name_is_no_headline_where_the_headline_is_no_first_heading() {
    let page = |title: &str, above: &str, headline: &str| {
        let text = paragraphs(&PARAGRAPHS);
        let html = format!(
            "<html><head><title>{title}</title></head><body>{above}<div>{headline}<div>{text}</div></div></body></html>"
        );
        read(&page_of(&html)).expect("an article").title
    };
    let logo = "<h1 class=logo><a href='/'><span>Plant Courier</span></a></h1>";
    let headline = "Assembly warned of approaches by post";
    assert_eq!(
        page(&format!("{headline} - Plant Courier"), logo, &format!("<h2><a href='/4'>{headline}</a></h2>")),
        headline
    );
    let other = "Assembly warned of approaches by letter";
    assert_eq!(page(&format!("{headline} - Plant Courier"), "", &format!("<h3>{other}</h3>")), other);
    let large = format!("<font size=5><b>{headline} and told to report</b></font>");
    assert_eq!(page("The Plant News", "", &large), format!("{headline} and told to report"));
    assert_eq!(page("海港新報電子版", "", &large), format!("{headline} and told to report"));
}

#[test]
fn a_page_that_its_script_is_to_write_says_everything_in_its_data() {
    let body: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let state = serde_json::json!({
        "lists": {"read": [{"headline": "Another story of the day", "byline": "Ivo Kest", "url": "/news/another-story"}]},
        "assets": {"a1": {
            "path": "/news/assembly-warned-1",
            "asset": {"headlines": {"headline": "Assembly warned of approaches"}, "byline": "Ada Roe", "body": body},
            "dates": {"firstPublished": "2024-05-03T06:45:10Z", "published": "2024-05-03T09:30:00Z"},
        }},
    });
    let html = format!(
        "<html><head><title>Approaches: what we know</title></head><body><div id=app></div><script>window.STATE = {state};</script></body></html>"
    );
    let page = page_at("https://outlet.example/news/assembly-warned-1", "text/html", html.as_bytes());
    let article = read(&page).expect("an article");
    assert_eq!(article.title, "Assembly warned of approaches");
    assert_eq!(article.authors, ["Ada Roe"]);
    assert_eq!(article.published.map(|date| date.at.to_string()).as_deref(), Some("2024-05-03T06:45:10Z"));
    assert_eq!(article.text, PARAGRAPHS.join("\n"));
}

#[test]
fn what_only_ears_are_told_is_no_text() {
    let link = "<a href=/x>industry data<span style='border:0;clip:rect(0 0 0 0);width:1px'>, opens new tab</span></a>";
    let text =
        read(&page_of(&story("", &[PARAGRAPHS[0], &format!("The harbour handled more, by {link}."), PARAGRAPHS[1]])));
    assert!(text.expect("an article").text.contains("by industry data."));
}
