use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(fragment: &str, expected: &str) {
    assert_eq!(plain_text(fragment), expected, "{fragment}");
}

#[test]
fn blocks_are_lines_and_the_rest_is_not() {
    check("<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\nTwo.");
    check("a<br>b<br/>c", "a\nb\nc");
    check("<div>a<div>b</div>c</div>", "a\nb\nc");
    check("<ul><li>one<li>two</ul>", "one\ntwo");
    check("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc");
    check("<p>國家<span>安全</span>部</p>", "國家安全部");
    check("<p>line\n   wrapped</p>", "line wrapped");
    check("<div>One.\n\nTwo.\n \n</div>", "One.\nTwo.");
    check("<p>a \n\n<b>b</b>\n\n c</p>", "a b c");
}

#[test]
fn what_is_not_read_is_left_out() {
    check("<p>a</p><script>alert('x')</script><style>p{}</style><p>b</p>", "a\nb");
    check("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢字");
    check("a<!-- hidden -->b<br>", "ab");
    check("x\u{1b}]52;c;aGk=\u{7}y\u{0}z\u{9b}", "x]52;c;aGk=yz");
    check("<p>a\u{1b}[31mb&#27;c&#x9b;d</p>", "a[31mbc›d");
}

#[test]
fn entities_once_and_twice() {
    check("AT&amp;T", "AT&T");
    check("AT&T", "AT&T");
    check("a&nbsp;b", "a b");
    check("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo");
    check("It&amp;#39;s", "It's");
    check("<p>It&amp;#39;s&amp;nbsp;so</p>", "It's so");
    check("Q &amp; A: 3 &lt; 5", "Q & A: 3 < 5");
    check("3 < 5 and 7 > 2", "3 < 5 and 7 > 2");
    check("&quot;Words&quot; &mdash; said", "\"Words\" — said");
}

#[test]
fn plain_text_keeps_its_paragraphs() {
    check("One sentence.\n\nAnother one.", "One sentence.\nAnother one.");
    check("首段。\r\n\r\n次段。", "首段。\n次段。");
    check("A headline that\n    was wrapped", "A headline that was wrapped");
    check("一句。\n另一句。", "一句。\n另一句。");
    check("  spaced\tout  ", "spaced out");
    check("\u{3000}\u{3000}段落。", "段落。");
}

#[test]
fn references_alone() {
    assert_eq!(resolve_entities(" a &copy; <b> "), " a © <b> ");
    assert_eq!(resolve_entities("&nosuch; &amp"), "&nosuch; &");
}

#[test]
fn nested_tags_are_refused_and_long_lists_are_not() {
    let parses = |html: &str| Document::parse(html).is_ok();
    assert!(parses(&"<div>".repeat(500)));
    assert!(!parses(&"<div>".repeat(600)));
    assert!(!parses(&"<x-y>".repeat(100_000)));
    assert!(!parses(&format!("<svg><style>{}", "<g>".repeat(1000))));
    assert!(!parses(&(0..1000).map(|n| format!("<p><font size={n}>")).collect::<String>()));
    assert!(!parses(&format!(
        "{}{}",
        (0..300).map(|n| format!("<p><font color=c{n}>")).collect::<String>(),
        "<p>x".repeat(3000)
    )));
    // A link ends the link before it, so this nests no deeper for being longer.
    assert!(parses(&"<a href='>'><span>".repeat(600)));
    assert!(parses(&"<li>one".repeat(3000)));
    assert!(parses(&"<p>one".repeat(3000)));
    assert!(parses(&"<tr><td>a<td>b".repeat(3000)));
    assert!(parses(&"<br><img src=x>".repeat(3000)));
    assert!(parses(&"<div><p>x</p></div>".repeat(3000)));
    assert!(parses(&"<a href=x>y".repeat(3000)));
    assert!(parses(&format!("<script>{}</script>", "'<div>'+".repeat(1000))));
    assert!(parses(&format!("<!--{}-->", "<div>".repeat(1000))));
}

#[test]
fn text_too_deep_to_parse_is_still_text() {
    assert_eq!(plain_text(&format!("{}word{}", "<div>".repeat(2000), "</div>".repeat(2000))), "word");
}

#[test]
fn selecting() {
    let page = "<html><head><meta property='og:title' content=' A &amp; B '><meta name=author content=''>\
        <script type='application/ld+json'>{\"a\":\"<b>\"}</script></head>\
        <body><ul class=l><li><a href='/1'>One</a><li><a href='/2'>Two</a></ul><aside>x</aside></body></html>";
    let mut document = Document::parse(page).expect("a flat page");
    assert_eq!(document.meta(&["author", "OG:title"]).as_deref(), Some("A & B"));
    assert_eq!(document.json_ld(), ["{\"a\":\"<b>\"}"]);
    assert_eq!(document.attributes(".l a", "href"), ["/1", "/2"]);
    assert_eq!(document.texts("li"), ["One", "Two"]);
    assert_eq!(document.select("li")[1].select("a")[0].text(), "Two");
    document.remove("aside, script");
    assert!(!document.text().contains('x'));
    assert!(document.select("][").is_empty());
}

#[test]
fn selectors_are_checked() {
    assert!(selector_ok("div.list > a[href*=\"/news/\"], h2").is_ok());
    assert!(selector_ok("div[").is_err_and(|message| message.contains("div[")));
    assert!(selector_ok("").is_err());
    assert!(selector_ok(&"a ".repeat(2000)).is_err());
    assert!(selector_ok(&format!("{}a{}", ":not(".repeat(50), ")".repeat(50))).is_err());
}

proptest! {
    #[test]
    fn any_text_becomes_clean_lines(fragment in "(\\PC|[<>&;/\\x00-\\x1f\\x7f-\\x9f]|<p>|<br>|&lt;|&amp;){0,80}") {
        let text = plain_text(&fragment);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", text);
        prop_assert!(text.split('\n').all(|line| line == line.trim() && (text.is_empty() || !line.is_empty())));
        let _ = Document::parse(&fragment).map(|document| document.text());
    }

    #[test]
    fn any_selector_is_judged_without_panic(css in "\\PC{0,40}") {
        let _ = selector_ok(&css);
    }
}
