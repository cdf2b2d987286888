use super::*;
use crate::model::{ListingSelectors, newest_dated};
use proptest::prelude::*;

fn taipei() -> TimeZone {
    TimeZone::get("Asia/Taipei").expect("a zone of the bundled data")
}

fn read_text(text: &str) -> FeedReading {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> FeedReading {
    let zone = taipei();
    read(
        bytes,
        &FeedContext {
            expected: None,
            url: Some("https://outlet.example/feeds/all.xml"),
            content_type: None,
            zone: &zone,
            at: now(),
        },
    )
}

/// When the answers of these tests came.
fn now() -> Timestamp {
    "2026-12-01T00:00:00Z".parse().expect("a time")
}

#[test]
fn dates_ahead() {
    let read =
        |date: &str| read_text(&rss(&format!("<item><title>A</title><guid>1</guid><pubDate>{date}</pubDate></item>")));
    let published = |reading: &FeedReading| reading.entries[0].published.as_ref().map(|date| date.at.to_string());
    // Off by a zone, and a wrong month.
    let soon = read("Tue, 01 Dec 2026 08:00:00 GMT");
    assert_eq!((published(&soon).as_deref(), soon.problems), (Some("2026-12-01T08:00:00Z"), vec![]));
    let later = read("Fri, 12 Mar 2027 08:00:00 GMT");
    assert_eq!(published(&later).as_deref(), Some("2027-03-12T08:00:00Z"));
    assert_eq!(later.problems, ["1 entry dated after it was seen, such as `Fri, 12 Mar 2027 08:00:00 GMT`"]);
    assert_eq!(newest_dated(&later.entries, now()), None);
    let far = read("Fri, 12 Mar 2088 08:00:00 GMT");
    assert_eq!(published(&far), None);
    assert_eq!(far.entries[0].unread_date.as_deref(), Some("Fri, 12 Mar 2088 08:00:00 GMT"));
    assert_eq!(far.problems, ["1 of 1 dates could not be read, such as `Fri, 12 Mar 2088 08:00:00 GMT`"]);
}

fn first(text: &str) -> FeedEntry {
    read_text(text).entries.into_iter().next().unwrap_or_else(|| panic!("no entry in {text}"))
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Outlet</title><link>https://outlet.example/</link>{items}</channel></rss>"
    )
}

/// The first entry's headline, address and date (`~` where the zone was assumed), and the repairs.
#[track_caller]
fn check(text: &str, expected: (&str, &str, &str), repairs: &[&str]) {
    let reading = read_text(text);
    let entry = reading.entries.first().unwrap_or_else(|| panic!("no entry: {:?}", reading.problems));
    let date = entry
        .published
        .as_ref()
        .map_or(String::new(), |date| format!("{}{}", if date.assumed { "~" } else { "" }, date.at));
    assert_eq!((entry.title.as_str(), entry.url.as_deref().unwrap_or_default(), date.as_str()), expected, "{text}");
    assert_eq!(reading.repairs, repairs, "{text}");
}

const ITEM: &str = "<item><title>A title</title><link>https://outlet.example/1</link><pubDate>Mon, 28 Sep 2026 09:12:30 +0800</pubDate></item>";
const READ: (&str, &str, &str) = ("A title", "https://outlet.example/1", "2026-09-28T01:12:30Z");

#[test]
fn the_dialects() {
    check(&rss(ITEM), READ, &[]);
    for version in ["0.91", "0.92", "2.0"] {
        check(&rss(ITEM).replace("2.0", version), READ, &[]);
    }
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
        <channel rdf:about=\"x\"><title>T</title><items/></channel><item rdf:about=\"https://outlet.example/1\"><title>A title</title>\
        <link>https://outlet.example/1</link><dc:date>2026-09-28T09:12:30+08:00</dc:date></item></rdf:RDF>";
    check(rdf, READ, &[]);
    assert_eq!(read_text(rdf).kind, FeedKind::Rdf);
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>urn:1</id><title>A title</title>\
        <link rel=\"self\" href=\"https://outlet.example/1.atom\"/><link rel=\"alternate\" href=\"https://outlet.example/1\"/>\
        <published>2026-09-28T09:12:30+08:00</published><updated>2026-09-29T00:00:00Z</updated></entry></feed>";
    check(atom, READ, &[]);
    let entry = first(atom);
    assert_eq!(
        (entry.guid.as_deref(), entry.updated.map(|at| at.to_string()).as_deref()),
        (Some("urn:1"), Some("2026-09-29T00:00:00Z"))
    );
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":1,"url":"/1","title":"A title","date_published":"2026-09-28T09:12:30+08:00","content_html":"<p>One<p>Two","authors":[{"name":"A. Writer"}]}]}"#;
    check(json, READ, &[]);
    let entry = first(json);
    assert_eq!((entry.content.as_deref(), entry.authors.as_slice()), (Some("One\nTwo"), &["A. Writer".to_owned()][..]));
}

#[test]
fn repairs_are_made_and_named() {
    let version = |version: &str| rss(ITEM).replace(" version=\"2.0\"", version);
    check(&version(""), READ, &["no RSS version read as 2.0"]);
    check(&version(" version='2.0.1'"), READ, &["RSS version `2.0.1` read as 2.0"]);
    check(&format!("\n\n{}", rss(ITEM)), READ, &[]);
    check(
        &format!("<br />\n<b>Warning</b>: something in /x.php<br />{}", rss(ITEM)),
        READ,
        &["junk before the feed dropped"],
    );
    check(&format!("{}<script>x</script>", rss(ITEM)), READ, &["junk behind the feed dropped"]);
    check(&format!("{}\n<!-- served in 3 ms -->", rss(ITEM)), READ, &[]);
    let doctype = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\">";
    check(&rss(ITEM).replace("<rss version=\"2.0\">", doctype), READ, &["DOCTYPE dropped"]);
    check(&rss(ITEM).replace("A title", "A\u{8} title\u{FFFF}"), READ, &["control characters dropped"]);
    check(&rss(ITEM).replace("A title", "A&nbsp;title"), READ, &["HTML named entities resolved"]);
    check(
        &rss(ITEM).replace("A title", "A t&#0;itle"),
        READ,
        &["character references that XML forbids resolved or dropped"],
    );
    check(&rss(ITEM).replace("A title", "Q&A"), ("Q&A", READ.1, READ.2), &["bare & escaped"]);
    check(&rss(ITEM).replace("A title", "&x; & &#65;"), ("&x; & A", READ.1, READ.2), &["bare & escaped"]);
    check(
        &rss(ITEM).replace("A title", "&#147;A&#148;"),
        ("“A”", READ.1, READ.2),
        &["character references that XML forbids resolved or dropped"],
    );
    let closed = &["tags closed or dropped to fit together"];
    check(&rss(ITEM).replace("<pubDate>", "<description>One<br>Two</description><pubDate>"), READ, closed);
    check(&rss(ITEM).replace("</title>", "</Title>"), READ, closed);
    check(&rss(ITEM).replace("A title</title>", "A title"), READ, closed);
    check(&rss(&format!("<image><title>T</title>{ITEM}")), READ, closed);
    check(&rss(ITEM).replace("</item>", ITEM), READ, closed);
    check(&rss(ITEM).replace("A title", "1 < 2"), ("1 < 2", READ.1, READ.2), closed);
    check(&rss(ITEM).replace("<title>A", "<title x=y x='z' lang=en>A"), READ, &[]);
    check(
        &rss(ITEM)
            .to_uppercase()
            .replace("HTTPS://OUTLET.EXAMPLE/1", "https://outlet.example/1")
            .replace("A TITLE", "A title"),
        READ,
        &["tags in capitals read as in small letters"],
    );
    check(&rss(ITEM).replace("pubDate", "pubdate"), READ, &[]);
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"invalid\">A title</title><link href=\"https://outlet.example/1\"/>\
        <published>2026-09-28T01:12:30Z</published></entry></feed>";
    check(atom, READ, &["odd type attributes read as HTML"]);
}

#[test]
fn a_cut_answer_keeps_what_is_whole() {
    let whole = rss(&format!("{ITEM}{}", ITEM.replace("/1", "/2").replace("A title", "Another long title")));
    for (cut_at, titles) in
        [("her long", &["A title", ""][..]), ("</pubDate></item></channel>", &["A title", "Another long title"])]
    {
        let reading = read_text(&whole[..whole.find(cut_at).expect("in the text")]);
        let found: Vec<&str> =
            reading.entries.iter().map(|entry| entry.title.as_str()).filter(|title| !title.is_empty()).collect();
        assert_eq!(found, titles.iter().copied().filter(|title| !title.is_empty()).collect::<Vec<_>>());
        assert!(reading.problems.iter().any(|problem| problem.contains("cut off")), "{:?}", reading.problems);
    }
}

#[test]
fn one_odd_entry_is_lost_alone() {
    let media = "<item xmlns:media=\"http://search.yahoo.com/mrss/\"><title>B</title><link>https://outlet.example/2</link><media:text type=\"odd\">x</media:text></item>";
    let reading = read_text(&rss(&format!("{ITEM}{media}<item></item>{}", ITEM.replace("/1", "/3"))));
    assert_eq!(reading.entries.len(), 3);
    assert_eq!(reading.problems, ["1 entry left out: nothing is said in it"]);
}

#[test]
fn links() {
    let with = |fields: &str| first(&rss(&format!("<item><title>T</title>{fields}</item>"))).url.unwrap_or_default();
    assert_eq!(with("<guid>https://outlet.example/a</guid>"), "https://outlet.example/a");
    assert_eq!(with("<link>/a?b=1&amp;c=2</link>"), "https://outlet.example/a?b=1&c=2");
    assert_eq!(with("<link>//cdn.example/a</link>"), "https://cdn.example/a");
    assert_eq!(with("<link>\n  <![CDATA[ https://outlet.example/a ]]>\n</link>"), "https://outlet.example/a");
    assert_eq!(
        with("<link>javascript:alert(1)</link><guid>https://outlet.example/a</guid>"),
        "https://outlet.example/a"
    );
    assert_eq!(with("<link/><atom:link href='https://outlet.example/a'/>"), "https://outlet.example/a");
    assert_eq!(
        with("<link>https://outlet.example/a?utm_source=x&amp;id=7&amp;fbclid=y&amp;at_medium=z#top</link>"),
        "https://outlet.example/a?id=7#top"
    );
    assert_eq!(with("<link>https://outlet.example/%E5%9C%8B?maca=x</link>"), "https://outlet.example/%E5%9C%8B");
    assert_eq!(
        with(
            "<link>http://www.bing.com/news/apiclick.aspx?ref=x&amp;url=https%3a%2f%2foutlet.example%2fa%3futm_medium%3dx&amp;c=1</link>"
        ),
        "https://outlet.example/a"
    );
    assert_eq!(with("<link>ftp://outlet.example/a</link>"), "");
    let slug = first(&rss(
        "<item><title>T</title><guid isPermaLink=\"false\">a-slug-1</guid><link>https://outlet.example/a</link></item>",
    ));
    assert_eq!((slug.guid.as_deref(), slug.url.as_deref()), (Some("a-slug-1"), Some("https://outlet.example/a")));
    let based = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://a.example/x/\"><entry xml:base=\"y/\"><title>T</title><link href=\"z\"/></entry></feed>";
    assert_eq!(first(based).url.as_deref(), Some("https://a.example/x/y/z"));
}

#[test]
fn links_of_google_are_opened_or_told_of() {
    use base64::Engine;
    let packed = |message: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(message);
    let item = |id: &str| {
        let link = format!("https://news.google.com/rss/articles/{id}?oc=5");
        read_text(&rss(&format!("<item><title>A</title><link>{link}</link></item>")))
    };
    let url = |reading: &FeedReading| reading.entries[0].url.clone().unwrap_or_default();
    let old = item(&packed(b"\x08\x13\x22\x17https://paper.example/a\xd2\x01\x00"));
    assert_eq!((url(&old).as_str(), old.problems.len()), ("https://paper.example/a", 0));
    let long = format!("https://paper.example/{}", "a".repeat(300));
    let of_two = [b"\x08\x13\x22\xC2\x02".as_slice(), long.as_bytes()].concat();
    assert_eq!(url(&item(&packed(&of_two))), long);
    // A token, an address that is cut, one that nobody may follow.
    for message in
        [b"\x08\x13\x22\x09AU_yqLNxx".as_slice(), b"\x08\x13\x22\x17https://pa", b"\x08\x13\x22\x0bfile:///etc"]
    {
        let new = item(&packed(message));
        assert!(url(&new).starts_with("https://news.google.com/rss/articles/"), "{}", url(&new));
        assert_eq!(new.problems, ["1 entry with a link of Google's, which does not tell the article's address"]);
    }
}

#[test]
fn what_search_engines_and_networks_wrap() {
    let url = |link: &str| {
        first(&rss(&format!("<item><title>A</title><link>{}</link></item>", link.replace('&', "&amp;")))).url
    };
    for link in [
        "https://www.google.com/url?rct=j&sa=t&url=https%3A%2F%2Fisl.example%2Fa%3Fx%3D2&ct=ga&usg=AOv1",
        "https://www.google.com/url?q=https://isl.example/a?x=2&sa=U",
        "https://www.google.com.hk/url?sa=t&url=https%3A%2F%2Fisl.example%2Fa%3Fx%3D2",
        "http://news.google.com/news/url?sa=t&url=https%3A%2F%2Fisl.example%2Fa%3Fx%3D2",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fisl.example%2Fa%3Fx%3D2%26fbclid%3D1&h=AT0",
        "https://isl.example/a?x=2#utm_source=rss&utm_medium=feed",
    ] {
        assert_eq!(url(link).as_deref(), Some("https://isl.example/a?x=2"), "{link}");
    }
    for link in ["https://isl.example/url?q=https://other.example/", "https://www.google.com/url?q=javascript:alert(1)"]
    {
        assert_eq!(url(link).as_deref(), Some(link));
    }
}

#[test]
fn a_line_separator_beside_an_address_of_mail_costs_nothing() {
    // Two descriptions leave the entry to feed-rs.
    let item = "<item><guid>1</guid><title>One</title><author>A Writer (mailto:a\u{2028}writer@isl.example)</author>\
                <description>First</description><description>Second</description></item>";
    let reading = read_text(&rss(item));
    assert_eq!((reading.entries[0].title.as_str(), reading.entries[0].authors.len()), ("One", 1));
    assert_eq!(reading.repairs, [""; 0], "feed-rs reads it");
}

#[test]
fn an_element_in_place_of_an_address() {
    let url = |link: &str| first(&rss(&format!("<item><title>A</title><link><![CDATA[{link}]]></link></item>"))).url;
    assert_eq!(url("<a href=\"https://isl.example/a\">x</a>").as_deref(), Some("https://isl.example/a"));
    assert_eq!([url("<b>x</b>"), url("#")], [None, None]);
}

#[test]
fn a_headline_in_japanese_may_have_no_kana() {
    let lang = |tag: &str, title: &str| {
        first(&rss(&format!("<item><title>{title}</title><guid>1</guid><dc:language>{tag}</dc:language></item>"))).lang
    };
    assert_eq!(lang("ja", "東証続落").as_deref(), Some("ja"));
    let long = "國家安全部發言人表示有關指控毫無根據是捏造和誹謗我們已經提出嚴正交涉並保留進一步反應的權利以及措施";
    assert_eq!(lang("ja", long).as_deref(), Some("zh-Hant"));
}

#[test]
fn providers() {
    let item =
        |title: &str, source: &str| first(&rss(&format!("<item><title>{title}</title><guid>1</guid>{source}</item>")));
    let entry = item("A headline - Far Post", "<source url=\"https://far.example\">Far Post</source>");
    assert_eq!((entry.title.as_str(), entry.provider.as_deref()), ("A headline", Some("Far Post")));
    assert_eq!(item("A headline", "<source url=\"x\">遠報</source>").provider.as_deref(), Some("遠報"));
    assert_eq!(item("A headline", "<source url=\"x\">The Outlet</source>").provider, None);
    assert_eq!(item("A headline", "<source url=\"x\">THE OUTLET</source>").provider, None);
    assert_eq!(item("A headline", "<News:Source>Far Post</News:Source>").provider.as_deref(), Some("Far Post"));
    let google = rss("<item><title>A - B - Far Post</title><guid>1</guid></item>")
        .replace("https://outlet.example/", "https://news.google.com/?hl=en");
    let entry = first(&google);
    assert_eq!((entry.title.as_str(), entry.provider.as_deref()), ("A - B", Some("Far Post")));
    assert_eq!(item("A - B", "").title, "A - B");
}

#[test]
fn texts() {
    let item = "<item><guid>1</guid><title><![CDATA[Tom &amp; <b>Ann</b>]]></title><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</description>\
        <content:encoded><![CDATA[<p>Full</p><script>x</script><p>text</p>]]></content:encoded><dc:creator>A. Writer</dc:creator><media:title>Picture</media:title></item>";
    let entry = first(&rss(item));
    assert_eq!(entry.title, "Tom & Ann");
    assert_eq!(entry.summary.as_deref(), Some("One\nTwo & three"));
    assert_eq!(entry.content.as_deref(), Some("Full\ntext"));
    assert_eq!(entry.authors, ["A. Writer"]);
    let deep = first(&rss(&format!(
        "<item><guid>1</guid><description><![CDATA[{}word]]></description></item>",
        "<div>".repeat(20_000)
    )));
    assert_eq!(deep.summary.as_deref(), Some("word"));
    let document = first(&rss(
        "<item><guid>1</guid><description><![CDATA[<!DOCTYPE html>\n<html lang=\"en\"><head><title>Page</title></head><body><p>One</p></body></html>]]></description></item>",
    ));
    assert_eq!(document.summary.as_deref(), Some("One"));
    let mixed = first(&rss("<item><guid>1</guid><title>One <b>bold</b> word</title><description/></item>"));
    assert_eq!((mixed.title.as_str(), mixed.summary), ("One bold word", None));
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-Hant\"><author><name>Desk</name></author><entry><id>1</id><title type=\"text\">a &lt;b&gt; c</title>\
        <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One</p><p>Two</p></div></content></entry></feed>";
    let entry = first(atom);
    assert_eq!(entry.title, "a <b> c");
    assert_eq!(entry.content.as_deref(), Some("One\nTwo"));
    assert_eq!((entry.authors.as_slice(), entry.lang.as_deref()), (&["Desk".to_owned()][..], Some("zh-Hant")));
    assert_eq!(first(&rss("<item><guid>1</guid><author>a@b.example (Jane Roe)</author></item>")).authors, ["Jane Roe"]);
}

#[test]
fn dates_keep_their_print() {
    let entry = first(&rss(&ITEM.replace("Mon, 28 Sep 2026 09:12:30 +0800", "2026/09/28 09:12")));
    let date = entry.published.expect("a date");
    assert_eq!(
        (date.at.to_string().as_str(), date.raw.as_str(), date.assumed),
        ("2026-09-28T01:12:00Z", "2026/09/28 09:12", true)
    );
    let reading = read_text(&rss(&ITEM.replace("Mon, 28 Sep 2026 09:12:30 +0800", "soon")));
    assert_eq!(reading.problems, ["1 of 1 dates could not be read, such as `soon`"]);
}

#[test]
fn keys() {
    let key = |item: &str| first(&rss(item)).key;
    let plain = "<item><title>T</title><link>https://outlet.example/a</link></item>";
    assert_eq!(key(plain), key(&plain.replace("/a", "/a?utm_source=rss")));
    assert_eq!(key(plain), key(&plain.replace("<title>T", "<title>Corrected")));
    assert_ne!(key(plain), key(&plain.replace("/a", "/b")));
    assert_eq!(
        key("<item><title>T</title><guid>1</guid></item>"),
        key("<item><guid> 1 </guid><title>U</title></item>")
    );
    let bare = "<item><title>T</title><pubDate>28 Sep 2026</pubDate></item>";
    assert_ne!(key(bare), key(&bare.replace("28", "29")));
    assert!(key(bare).0.len() >= 16);
    let doubled = read_text(&rss(&format!("{plain}{plain}{}", plain.replace("/a", "/b"))));
    assert_eq!(doubled.entries.len(), 2);
    let shared = read_text(&rss(
        "<item><title>T</title><guid>1</guid><link>https://o.example/a</link></item><item><title>U</title><guid>1</guid><link>https://o.example/b</link></item>",
    ));
    assert_eq!(shared.entries.len(), 2);
    assert_ne!(shared.entries[0].key, shared.entries[1].key);
}

#[test]
fn sitemaps() {
    let sitemap = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\
        <url><loc>https://outlet.example/1</loc><news:news><news:publication><news:name>O</news:name><news:language>zh-tw</news:language></news:publication>\
        <news:publication_date>2026-09-28T09:12:30+08:00</news:publication_date><news:title>A title</news:title></news:news><lastmod>2026-09-29</lastmod></url>\
        <url><loc>https://outlet.example/2</loc><lastmod>2026-09-29</lastmod></url></urlset>";
    check(sitemap, READ, &[]);
    let reading = read_text(sitemap);
    assert_eq!(
        (reading.kind, reading.entries.len(), reading.entries[0].lang.as_deref()),
        (FeedKind::Sitemap, 2, Some("zh-Hant"))
    );
    // When a page was changed is not when it was published, and all that is known of how new it is.
    assert_eq!((&reading.entries[1].published, reading.entries[1].dated()), (&None, reading.entries[1].updated));
    assert!(reading.entries[1].updated.is_some());
}

#[test]
fn an_index_gives_the_sitemaps_that_it_names() {
    let named = |inner: &str| {
        let reading = read_text(&format!("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}"));
        let named = reading.sitemaps.iter();
        let named: Vec<String> = named
            .map(|sitemap| format!("{} {}", sitemap.url, sitemap.changed.map(|at| at.to_string()).unwrap_or_default()))
            .collect();
        assert!(reading.entries.is_empty() && reading.kind == FeedKind::Sitemap);
        (named, reading.problems)
    };
    let (all, problems) = named(
        "<sitemap><loc>/news.xml?a=1&amp;b=2</loc><lastmod>2026-11-20T08:00:00+08:00</lastmod></sitemap>\
         <sitemap><loc>javascript:alert(1)</loc></sitemap><sitemap><loc> https://outlet.example/old.xml.gz\n</loc><lastmod>soon</lastmod></sitemap>\
         </sitemapindex>",
    );
    assert_eq!(
        all,
        ["https://outlet.example/news.xml?a=1&b=2 2026-11-20T00:00:00Z", "https://outlet.example/old.xml.gz "]
    );
    assert_eq!(problems, [ONLY_SITEMAPS]);
    assert_eq!(named("</sitemapindex>"), (Vec::new(), vec!["a sitemap index that names no sitemap".to_owned()]));
    let (cut, problems) = named("<sitemap><loc>https://outlet.example/a.xml</loc></sitemap><sitemap><loc>https://out");
    assert_eq!(cut[0], "https://outlet.example/a.xml ");
    assert!(problems[0].contains("cut off"), "{problems:?}");
}

#[test]
fn gzip_data_is_unpacked_whatever_is_in_it() {
    let packed = |text: &str| decode::packed(text.as_bytes());
    let item =
        |number: usize| format!("<item><guid>{number}</guid><title>Pier {number} and what it holds</title></item>");
    let text = rss(&(1..200).map(item).collect::<String>());
    let whole = read_bytes(&packed(&text));
    assert_eq!((whole.entries.len(), whole.repairs.as_slice()), (199, ["gzip data unpacked".to_owned()].as_slice()));
    assert!(whole.problems.is_empty(), "{:?}", whole.problems);
    let sitemap = "<urlset><url><loc>https://outlet.example/1</loc></url></urlset>";
    assert_eq!(read_bytes(&packed(sitemap)).entries.len(), 1);
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}";
    assert_eq!(read_bytes(&packed(json)).kind, FeedKind::Json);

    let half = packed(&text);
    let half = read_bytes(&half[..half.len() * 2 / 3]);
    assert!(half.entries.len() > 20 && half.entries.len() < 199, "{}", half.entries.len());
    assert!(half.problems.iter().any(|problem| problem.contains("cut off or damaged")), "{:?}", half.problems);
    let bomb = read_bytes(&packed(&" ".repeat(17 << 20)));
    assert_eq!(bomb.problems, ["the gzip data unpacks to more than 16777216 bytes"]);
}

#[test]
fn one_value_that_is_none_costs_no_other() {
    let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    let text = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"items\":[{{\"id\":1e400,\"title\":\"One\",\"_x\":{deep}}},\
         {{\"id\":{},\"title\":\"Two, at -1e400\",\"_y\":NaN}},{{\"id\":3,\"title\":\"Three\",\"_z\":[\"]\",{{}},true,-2.5e3]}}]}}",
        "9".repeat(1_000)
    );
    let reading = read_text(&text);
    let titles: Vec<&str> = reading.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["One", "Two, at -1e400", "Three"]);
    assert_eq!(reading.repairs, ["values that are none, or beyond measure, replaced"]);
    assert!(!reading.is_cut);
    assert_eq!(reading.entries[2].guid.as_deref(), Some("3"));
    assert!(read_text("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":1},{\"id\":").is_cut);
}

#[test]
fn listings() {
    let page = "<html><head><title>Latest</title></head><body><ul><li class=n><a href='/news/1'>A title</a><span>2026/11/20 09:12</span><p>Teaser</p></li>\
        <li class=n><a href='/news/2'>Second</a><span><script>document.write(ConvertToLocalTime({dt:'2026/11/20 09:30'}))</script></span></li><li class=n>ad</li></ul></body></html>";
    let selectors = ListingSelectors {
        item: "li.n".to_owned(),
        date: Some("span".to_owned()),
        summary: Some("p".to_owned()),
        ..ListingSelectors::default()
    };
    let kind = EntryPointKind::Page(selectors);
    let zone = taipei();
    let context = FeedContext {
        expected: Some(&kind),
        url: Some("https://outlet.example/list"),
        content_type: None,
        zone: &zone,
        at: now(),
    };
    let reading = read(page.as_bytes(), &context);
    assert_eq!((reading.kind, reading.entries.len()), (FeedKind::Listing, 2));
    let entry = &reading.entries[0];
    assert_eq!(
        (entry.title.as_str(), entry.url.as_deref(), entry.summary.as_deref()),
        ("A title", Some("https://outlet.example/news/1"), Some("Teaser"))
    );
    let date = reading.entries[1].published.as_ref().expect("a date within a script");
    assert_eq!(
        (date.at.to_string().as_str(), date.raw.as_str(), date.assumed),
        ("2026-11-20T01:30:00Z", "2026/11/20 09:30", true)
    );
    assert_eq!(reading.problems, ["1 of 3 items have no link and were left out"]);
    let none = read(b"<html><body><p>x</p></body></html>", &context);
    assert_eq!(none.problems, ["no entries: nothing on the page matches `li.n`"]);
}

/// Checks what a listing of this gives: path, headline and date of each item; `-` for none.
#[track_caller]
fn check_listing(body: &str, selectors: ListingSelectors, expected: &[&str], problems: &[&str]) {
    let zone = taipei();
    let context = FeedContext {
        expected: Some(&EntryPointKind::Page(selectors)),
        url: Some("https://outlet.example/xw/fyrbt/index.html"),
        content_type: None,
        zone: &zone,
        at: now(),
    };
    let reading = read(format!("<html><body>{body}").as_bytes(), &context);
    let shown: Vec<String> = reading
        .entries
        .iter()
        .map(|entry| {
            let path = entry.url.as_deref().unwrap_or("-").trim_start_matches("https://outlet.example");
            let date = entry.published.as_ref().map_or("-".to_owned(), |date| date.at.to_string());
            format!("{path} | {} | {date}", entry.title)
        })
        .collect();
    assert_eq!(shown, expected, "{body}");
    assert_eq!(reading.problems, problems, "{body}");
}

fn items(css: &str) -> ListingSelectors {
    ListingSelectors { item: css.to_owned(), ..ListingSelectors::default() }
}

#[test]
fn links_of_a_listing_are_relative_in_many_ways() {
    let body = "<ul><li><a href='./202603/t20260303_1.html'>One</a></li><li><a href='../../b?id=2'>Two</a></li>\
                <li><a href='//outlet.example/c'>Three</a></li><li><a href=' d.html '>Four</a></li></ul>";
    let expected = [
        "/xw/fyrbt/202603/t20260303_1.html | One | 2026-03-02T16:00:00Z",
        "/b?id=2 | Two | -",
        "/c | Three | -",
        "/xw/fyrbt/d.html | Four | -",
    ];
    check_listing(body, items("li"), &expected, &[]);
}

#[test]
fn a_pattern_says_which_links_are_articles() {
    let body =
        "<a href='/t20260303_1.html'>One</a><a href='/about'>About</a><a href='/t20260304_2.html?print=1'>Print</a>";
    let with = |pattern: &str| ListingSelectors { matching: Some(pattern.to_owned()), ..items("a") };
    check_listing(body, with(r"/t\d{8}_\d+\.html$"), &["/t20260303_1.html | One | 2026-03-02T16:00:00Z"], &[]);
    check_listing(body, with("/video/"), &[], &["no entries: no item leads to an address that matches `/video/`"]);
    // One that does not read leaves nothing out.
    check_listing("<a href=/a>A headline</a>", with("("), &["/a | A headline | -"], &[]);
}

#[test]
fn a_printed_date_goes_before_one_in_the_address() {
    let dated = || ListingSelectors { date: Some("span".to_owned()), ..items("li") };
    let item = |inner: &str| format!("<li><a href='/news/china/story20260303-77'>Pier</a>{inner}</li>");
    check_listing(
        &item("<span>2026/03/05 08:00</span>"),
        dated(),
        &["/news/china/story20260303-77 | Pier | 2026-03-05T00:00:00Z"],
        &[],
    );
    check_listing(
        &item("<span>new</span>"),
        dated(),
        &["/news/china/story20260303-77 | Pier | 2026-03-02T16:00:00Z"],
        &[],
    );
    check_listing(
        &item("<time datetime='2026-03-03T09:00:00+08:00'>now</time>"),
        items("li"),
        &["/news/china/story20260303-77 | Pier | 2026-03-03T01:00:00Z"],
        &[],
    );
    check_listing(&item(""), items("li"), &["/news/china/story20260303-77 | Pier | 2026-03-02T16:00:00Z"], &[]);
}

#[test]
fn what_is_no_feed_is_said_plainly() {
    let problem = |text: &str| read_text(text).problems.join("; ");
    assert_eq!(problem(""), "the answer is empty");
    assert_eq!(problem("Invalid url"), "not a feed; the answer begins with `Invalid url`");
    assert_eq!(problem("<!DOCTYPE html><html><body>Hello <rss></body></html>"), "an HTML page instead of a feed");
    assert_eq!(problem("<html>"), "an HTML page instead of a feed");
    assert!(problem("<?xml version=\"1.0\"?><catalog><p>One</p></catalog>").starts_with("not a feed"));
    assert_eq!(problem(&rss("")), "no entries");
    assert_eq!(problem("{\"a\":1}"), "JSON, but not a JSON Feed: it has no `items`");
    assert!(problem("{\"a\":").starts_with("looks like JSON and is not"));
    assert!(read_bytes(&[0x1F, 0x8B, 8]).problems[0].contains("gzip"));
}

#[test]
fn caps_hold_and_are_told() {
    let item = |number: usize, title: &str| format!("<item><guid>{number}</guid><title>{title}</title></item>");
    let many: String = (0..5_001).map(|number| item(number, "T")).collect();
    let reading = read_text(&rss(&many));
    assert_eq!(reading.entries.len(), 5_000);
    assert_eq!(reading.problems, ["5001 entries; only the first 5000 were read"]);
    let long = read_text(&rss(&item(1, &"國".repeat(1_200))));
    assert_eq!(long.entries[0].title.chars().count(), 1_000);
    assert_eq!(long.problems, ["1 headline longer than 1000 characters cut"]);
    let big = read_text(&rss(&format!(
        "<item><guid>1</guid><content:encoded>{}</content:encoded></item>",
        "國".repeat(400_000)
    )));
    assert!(big.entries[0].content.as_ref().is_some_and(|text| text.len() <= 1_000_000));
    assert_eq!(big.problems, ["1 text longer than 1000000 bytes cut"]);
}

#[test]
fn charsets_and_utf16() {
    let big5 = crate::decode::encode("<?xml version=\"1.0\" encoding=\"big5\"?><rss version=\"2.0\"><channel><item><title>國家安全</title><guid>1</guid></item></channel></rss>", "big5").expect("Big5 has them");
    assert_eq!(read_bytes(&big5).entries[0].title, "國家安全");
    let utf16: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-16\"?><rss version=\"2.0\"><channel><item><title>國家</title></item></channel></rss>"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(read_bytes(&utf16).entries[0].title, "國家");
}

#[test]
fn escapes_for_terminals_do_not_pass() {
    let entry = first(&rss("<item><guid>1&#27;[0m</guid><title>a&#27;]52;c;aGk=&#7;b\u{9b}31m</title></item>"));
    assert!(!entry.title.contains(char::is_control) && !entry.guid.expect("a guid").contains(char::is_control));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn any_feed_like_text_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("<item>"), Just("</item>"), Just("<title>"), Just("</title>"), Just("<link>"), Just("</link>"), Just("<![CDATA["), Just("]]>"),
        Just("<br>"), Just("&"), Just("&nbsp;"), Just("<guid isPermaLink=x"), Just(">"), Just("<media:group>"), Just("</media:group>"), Just("<media:content url='x'>"),
        Just("https://a.example/1"), Just("text"), Just("國"), Just("<!--"), Just("-->"), Just("</channel>"), Just("<description>"), Just("<a href=\"")
    ], 0..40)) {
        let reading = read_text(&rss(&parts.concat()));
        for entry in &reading.entries {
            prop_assert!(!entry.title.contains(char::is_control));
        }
    }

    #[test]
    fn keys_hold_through_order_charset_and_tracking(
        items in prop::collection::vec((0usize..5, "[a-z]{1,3}", "[國家安全部港務局，a-z ]{1,12}"), 1..9),
        charset in prop::sample::select(vec!["utf-8", "big5", "gb18030", "utf-16le"]),
        turn in 0usize..9,
        tracking in prop::sample::select(vec!["utm_source=feed", "fbclid=x&utm_medium=rss", "at_campaign=1"]),
    ) {
        let written = |tracked: bool| -> Vec<String> {
            let and = |address: &str, first: bool| match (tracked, first) {
                (true, true) => format!("{address}?{}", tracking.replace('&', "&amp;")),
                (true, false) => format!("{address}&amp;{}", tracking.replace('&', "&amp;")),
                (false, _) => address.to_owned(),
            };
            items.iter().map(|(kind, id, title)| {
                let (plain, asking) = (format!("https://outlet.example/{id}"), format!("https://outlet.example/?p={id}"));
                let title = format!("<title>{title}</title>");
                match kind {
                    0 => format!("<item>{title}<guid>{id}</guid><link>{}</link></item>", and(&plain, true)),
                    1 => format!("<item>{title}<guid>{}</guid></item>", and(&asking, false)),
                    2 => format!("<item>{title}<guid>{}</guid><link>{}</link></item>", and(&plain, true), and(&plain, true)),
                    3 => format!("<item>{title}<link>{}</link></item>", and(&asking, false)),
                    _ => format!("<item>{title}<pubDate>Mon, 28 Sep 2026 09:12:30 +0800</pubDate></item>"),
                }
            }).collect()
        };
        let keys = |bytes: &[u8]| -> Vec<String> {
            let mut keys: Vec<String> = read_bytes(bytes).entries.into_iter().map(|entry| entry.key.0).collect();
            keys.sort();
            keys
        };
        let before = keys(rss(&written(false).concat()).as_bytes());
        let mut items = written(true);
        let turn = turn % items.len();
        items.rotate_left(turn);
        let text = rss(&items.concat()).replace("version=\"1.0\"?>", &format!("version=\"1.0\" encoding=\"{charset}\"?>"));
        let bytes = if charset == "utf-16le" {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else {
            crate::decode::encode(&text, charset).expect("all in the charset")
        };
        prop_assert_eq!(keys(&bytes), before);
    }

    #[test]
    fn the_same_entry_has_the_same_key(title in "[a-z國家 ]{1,20}", guid in "[a-z0-9]{1,12}", before in 0usize..4) {
        let item = format!("<item><title>{title}</title><guid>{guid}</guid></item>");
        let others: String = (0..before).map(|number| format!("<item><guid>other-{number}</guid></item>")).collect();
        let alone = read_text(&rss(&item)).entries[0].key.clone();
        let later = read_text(&rss(&format!("{others}{item}")));
        prop_assert!(later.entries.iter().any(|entry| entry.key == alone));
    }
}

#[test]
fn an_entry_that_says_anything_is_kept() {
    for item in [
        "<item><description>The board met.</description></item>",
        "<item><pubDate>Mon, 28 Sep 2026 09:12:30 +0800</pubDate></item>",
        "<item><enclosure url=\"https://outlet.example/a.mp3\"/></item>",
        "<item><description>&lt;img src=\"https://outlet.example/a.jpg\"&gt;</description></item>",
    ] {
        let reading = read_text(&rss(item));
        assert_eq!((reading.entries.len(), reading.problems.as_slice()), (1, [].as_slice()), "{item}");
    }
    let key = |text: &str| first(&rss(&format!("<item><description>{text}</description></item>"))).key;
    assert_eq!(key("One."), key("One."));
    assert_ne!(key("One."), key("Two."));
}

#[test]
fn what_only_some_dialects_have() {
    let atom = |entry: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://outlet.example/news/\"><title>T</title><entry>{entry}</entry></feed>"
        )
    };
    let entry = first(&atom(
        "<id>one</id><title type=\"application/octet-stream\">QSB0aXRsZQ==</title><updated>2026-09-28T01:12:30Z</updated>",
    ));
    assert_eq!((entry.title.as_str(), entry.guid.as_deref()), ("A title", Some("https://outlet.example/news/one")));
    // When it was changed is not when it was published.
    assert_eq!(
        (entry.published, entry.updated.map(|at| at.to_string()).as_deref()),
        (None, Some("2026-09-28T01:12:30Z"))
    );
    assert_eq!(first(&atom("<id>urn:x:1</id><title mode=\"base64\">QSB0aXRsZQ==</title>")).title, "A title");
    assert_eq!(first(&atom("<id>urn:x:1</id><title>A</title>")).guid.as_deref(), Some("urn:x:1"));
    // The Channel Definition Format, in capitals as it was written.
    let old = "<CHANNEL HREF=\"https://outlet.example/\"><ITEM HREF=\"https://outlet.example/1\" LASTMOD=\"2026-09-28T09:12:30+08:00\">\
               <TITLE>A title</TITLE><ABSTRACT>More of it.</ABSTRACT></ITEM></CHANNEL>";
    check(old, READ, &["tags in capitals read as in small letters"]);
    assert_eq!(first(old).summary.as_deref(), Some("More of it."));
    let media = "<item xmlns:media=\"http://search.yahoo.com/mrss/\"><media:group><media:title>A title</media:title>\
                 <media:description>What it shows.</media:description></media:group><link>https://outlet.example/1</link></item>";
    let entry = first(&rss(media));
    assert_eq!((entry.title.as_str(), entry.summary.as_deref()), ("A title", Some("What it shows.")));
}

#[test]
fn a_documents_own_entities_are_plain_text_or_nothing() {
    let with = |declared: &str, title: &str| {
        let doctype = format!("<!DOCTYPE rss [{declared}]><rss version=\"2.0\">");
        first(&rss(&ITEM.replace("A title", title)).replace("<rss version=\"2.0\">", &doctype)).title
    };
    assert_eq!(with("<!ENTITY port \"The Port\">", "&port; opens"), "The Port opens");
    assert_eq!(with("<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">", "&b; opens"), "&b; opens");
    assert_eq!(with("<!ENTITY a SYSTEM \"file:///etc/passwd\">", "&a; opens"), "&a; opens");
    let grown = with(&format!("<!ENTITY a \"{}\">", "x".repeat(300)), &"&a;".repeat(20_000));
    assert!(grown.len() <= 4_000);
}

#[test]
fn a_page_is_told_from_a_feed_below_its_doctype() {
    check(
        &format!(
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/\">{}",
            rss(ITEM).replace("<?xml version=\"1.0\"?>", "")
        ),
        READ,
        &["DOCTYPE dropped"],
    );
}
