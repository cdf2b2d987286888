//! Pages that hold no article, and articles that look like one of them.

use super::*;

#[track_caller]
fn check_drop(page: &FetchedPage, expected: DropReason) {
    assert_eq!(read(page).map(|article| article.text), Err(expected));
}

#[test]
fn what_is_no_article_is_dropped_for_its_reason() {
    check_drop(&page_of(" \n "), DropReason::EmptyBody);
    check_drop(&page_at("https://o.example/x.pdf", "application/pdf", b"%PDF-1.7 ..."), DropReason::NotHtml);
    check_drop(&page_at("https://o.example/x", "text/html", b"\x89PNG\r\n"), DropReason::NotHtml);
    check_drop(&page_at("https://o.example/x", "application/json", b"{\"a\":\"<p>b</p>\"}"), DropReason::NotHtml);
    check_drop(&page_of("<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>"), DropReason::NotHtml);
    check_drop(&page_of("plain words"), DropReason::NotHtml);
    check_drop(&page_of(&format!("<html><body>{}", "<div>".repeat(2_000))), DropReason::TooDeep);
    check_drop(
        &page_of(
            "<html><head><title>T</title></head><body><div id=app></div><script>location.href='/x'</script></body></html>",
        ),
        DropReason::NoText,
    );
    for title in ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "人机验证"] {
        let html = format!(
            "<html><head><title>{title}</title></head><body><p>Please wait while we look at your request, which may take a few seconds.</p></body></html>"
        );
        check_drop(&page_of(&html), DropReason::Wall);
    }
    let consent = story(
        "",
        &["We and our partners store and/or access information on a device. You may accept or manage your choices."],
    );
    check_drop(&page_of(&consent), DropReason::Wall);
    check_drop(
        &page_at("https://consent.outlet.example/collect", "text/html", story("", &PARAGRAPHS).as_bytes()),
        DropReason::Wall,
    );
    for title in ["404 - The Outlet", "Page not found", "找不到網頁 | 遠報", "您访问的页面不存在", "文章已下架"]
    {
        let html = format!(
            "<html><head><title>{title}</title></head><body><p>The address may have changed. Please go back to the front page and try again.</p></body></html>"
        );
        check_drop(&page_of(&html), DropReason::NotFoundPage);
    }
    assert!(
        read(&page_of(
            &story("", &PARAGRAPHS)
                .replace("Assembly warned of approaches - The Outlet", "Error 404: how a page not found led to a spy")
        ))
        .is_ok()
    );
}

#[test]
fn a_list_of_articles_is_none() {
    let teaser = |at: usize| {
        format!(
            "<div class='teaser'><h3><a href='/news/{at}'>Harbour board meets for the {at}th time over maps</a></h3><p>The board of the port met again on day {at} and put off what it had to say about maps of the inner harbour.</p></div>"
        )
    };
    let teasers: String = (10..30).map(teaser).collect();
    let front = format!("<html><head><title>Ports</title></head><body><main>{teasers}</main></body></html>");
    check_drop(&page_at("https://outlet.example/ports", "text/html", front.as_bytes()), DropReason::SectionFront);
    // Beneath an article the same list does no harm.
    let below = story("", &PARAGRAPHS).replace("</body>", &format!("<section>{teasers}</section></body>"));
    assert_eq!(read(&page_of(&below)).expect("an article").text, PARAGRAPHS.join("\n"));
}

#[test]
fn an_article_with_lists_is_one() {
    let item =
        |at: usize| format!("<li><a href='/news/{at}'>Harbour board meets for the {at}th time over maps</a></li>");
    let related: String = (10..20).map(item).collect();
    let long: String = (0..24).map(|at| format!("<p>{at}: {}</p>", PARAGRAPHS[at % 4])).collect();
    let page =
        format!("<html><body><h1>Assembly warned of approaches</h1><div>{long}<ul>{related}</ul></div></body></html>");
    let text = read(&page_of(&page)).expect("an article").text;
    assert!(text.contains("3: ") && text.contains("23: "), "{text}");

    // What happened when is no list of remarks, with or without a class.
    for class in ["", " class='entry'"] {
        let times: String = (8..18)
            .map(|hour| format!("<li{class}><b>{hour:02}:10</b> 警方進入第{hour}號倉庫搜查，帶走一批文件。</li>"))
            .collect();
        let page = format!(
            "<html><body><h1>議會收到警告</h1><div>{}<ul>{times}</ul></div></body></html>",
            paragraphs(&ABSATZ)
        );
        let text = read(&page_of(&page)).expect("an article").text;
        assert!(text.contains("警方進入第12號倉庫搜查"), "{text}");
    }
    let remarks: String = (0..20).map(|at| format!("<div class='item'><b>user{at}</b> <i>08:{at:02}</i> <p>Nobody asked me about it, as ever.</p><a>Reply</a></div>")).collect();
    let page = format!(
        "<html><body><h1>議會收到警告</h1><div>{}</div><div>{remarks}</div></body></html>",
        paragraphs(&ABSATZ[..1])
    );
    assert_eq!(read(&page_of(&page)).expect("an article").text, ABSATZ[0]);
}

#[test]
fn headlines_that_begin_like_a_message_are_headlines() {
    for title in [
        "Login details of members sold to Vestmark agents",
        "Security check at the embassy was for show, court told",
        "Post-Brexit spy row deepens as envoy leaves",
        "多篇文章被刪除",
    ] {
        let body = if title.is_ascii() { paragraphs(&PARAGRAPHS) } else { paragraphs(&ABSATZ).repeat(3) };
        let page =
            format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>");
        assert_eq!(read(&page_of(&page)).map(|article| article.title), Ok(title.to_owned()));
    }
}

#[test]
fn messages_that_nothing_is_there_and_consent_pages_are_no_articles() {
    let page = |title: &str, texts: &[&str]| {
        page_of(&format!(
            "<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{}</main></body></html>",
            paragraphs(texts)
        ))
    };
    let gone = "We looked behind the cabinet. The page you asked for may have moved when we built this site anew.";
    check_drop(&page("Hmm, that is odd", &[gone]), DropReason::NotFoundPage);
    check_drop(
        &page("去飲茶了", &["你要找的文章可能已被移除，或暫時無法提供，請稍後再試。"]),
        DropReason::NotFoundPage,
    );
    let terms = "By clicking Agree and continue you consent to this processing by us and others.";
    let cookies =
        "We and our partners process what a cookie tells of you, and you may reject it at any time, with a click. "
            .repeat(9);
    check_drop(&page("The Rhine Outlet", &[&cookies, terms]), DropReason::Wall);
    // An article may tell of such a page.
    let told = "The page you asked for may have been removed, the site told readers on Friday, after the ministry complained of it.";
    assert!(
        read(&page_of(&story("<meta property='og:type' content='article'>", &[told, PARAGRAPHS[1], PARAGRAPHS[2]])))
            .is_ok()
    );
}

#[test]
fn a_page_that_only_asks_for_scripts_is_a_wall() {
    let page = page_of(
        "<html><head><title>Please wait - The Outlet</title></head><body><p>Please enable JavaScript to continue.</p></body></html>",
    );
    assert_eq!(read(&page).map(|article| article.text), Err(DropReason::Wall));
}

#[test]
fn a_topics_page_is_no_article_of_the_first_that_it_lists() {
    let card = |number: usize| {
        format!(
            "<div class=card><h3><a href=/n/{number}>Harbour report number {number} of the year</a></h3><time>2024/10/05</time></div>"
        )
    };
    let cards: String = (2..9).map(card).collect();
    let html = format!(
        "<html><head><title>Harbour security</title><meta property=og:type content=article><link rel=canonical href=https://outlet.example/topic/harbour>\
         <script type='application/ld+json'>{{\"@type\":\"CollectionPage\"}}</script></head><body>\
         <h1>Security</h1><article><a href=/n/1><h2>Assembly warned of approaches by post</h2></a><p>{}</p></article>{cards}</body></html>",
        PARAGRAPHS[0]
    );
    let page = page_at("https://outlet.example/topic/harbour", "text/html", html.as_bytes());
    check_drop(&page, DropReason::SectionFront);
}

#[test]
fn a_brief_below_a_linked_kicker_is_an_article() {
    let others: String = (2..9)
        .map(|number| format!("<h3><a href=/n/{number}>Harbour report number {number} of the year</a></h3>"))
        .collect();
    let html = format!(
        "<html><head><title>Ferry terminal to close</title><link rel=canonical href=https://outlet.example/n/1></head><body>\
         <h2><a href=/series/ferry>The ferry debate</a></h2><h1>Ferry terminal to close</h1><article>{}</article><aside>{others}</aside></body></html>",
        paragraphs(&PARAGRAPHS[..2])
    );
    let page = page_at("https://outlet.example/n/1", "text/html", html.as_bytes());
    assert_eq!(read(&page).expect("an article").title, "Ferry terminal to close");
}
