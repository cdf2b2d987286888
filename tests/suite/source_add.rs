//! `source add`: what a site has to watch, and one of it put into feeds.toml.

use gainsay::demo::site::Answer;
use serde_json::{Value, json};

use crate::world::{Builder, ON_TOPIC, World, rss};

fn feeds(world: &World) -> String {
    std::fs::read_to_string(world.dir().join("feeds.toml")).expect("the study reads")
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A feed of one fresh item.
fn fresh(title: &str) -> Answer {
    rss(&[(&format!("/{title}"), ON_TOPIC.0, &now())])
}

fn html(head: &str) -> Answer {
    Answer::ok(
        "text/html; charset=utf-8",
        format!(
            "<!doctype html><html><head><title>Harbour\u{1b}[31m News</title>{head}</head><body><p>Words.</p></body></html>"
        ),
    )
}

fn news_sitemap(path: &str) -> Answer {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    let url = format!(
        "<url><loc>http://127.0.0.1{path}</loc><news:news><news:title>{}</news:title><news:publication_date>{day}</news:publication_date></news:news></url>",
        ON_TOPIC.0
    );
    Answer::ok(
        "application/xml",
        format!(
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{url}</urlset>"
        ),
    )
}

fn world() -> Builder {
    World::build().source("other", "/other.xml").page("/other.xml", fresh("other"))
}

const DECLARED: &str = "<link rel=alternate type=application/rss+xml href=/world.xml>";

#[test]
fn the_feed_that_a_page_declares_is_added_and_what_was_guessed_is_told() {
    let world = world().page("/", html(DECLARED)).page("/world.xml", fresh("a")).start();
    let before = feeds(&world);
    let dry = world.run(&["source", "add", &world.address_of("/"), "--dry-run", "--json"]).exits(0).json();
    assert_eq!(dry["added"]["source"], "harbour-bulletin", "{dry:#}");
    assert_eq!((feeds(&world), world.dir().join("record").exists()), (before.clone(), false));

    let added = world.run(&["source", "add", &world.address_of("/"), "--country", "GB"]).exits(0);
    let url = world.address_of("/world.xml");
    assert!(added.out.contains(&format!("added as the source harbour-bulletin: feed {url}\n")), "{}", added.out);
    assert!(added.out.contains("guessed: zone Europe/London (from its country)"), "{}", added.out);
    assert!(!added.out.contains("guessed: country"), "{}", added.out);
    let stanza = format!(
        "\n[[source]]\nid = \"harbour-bulletin\"\nname = \"Harbour Bulletin\"\nlang = \"en\"\ncountry = \"GB\"\nowner = \"private\"\n\
         zone = \"Europe/London\"\n[[source.entry]]\nkind = \"feed\"\nurl = \"{url}\"\n"
    );
    assert!(feeds(&world).starts_with(before.trim_end()) && feeds(&world).contains(&stanza), "{}", feeds(&world));
    // The look was a check of it, too; and a poll takes it.
    let shown = world.run(&["source", "show", "harbour-bulletin"]).exits(0);
    assert!(shown.out.contains("checked "), "{}", shown.out);
    assert_eq!(world.asked("/robots.txt"), 0, "what a page declares needs no guess");

    let after = feeds(&world);
    for address in ["/", "/world.xml"] {
        let again = world.run(&["source", "add", &world.address_of(address)]).exits(0);
        assert!(again.out.contains("is watched already, by harbour-bulletin: nothing was added"), "{}", again.out);
    }
    assert_eq!(feeds(&world), after);
}

#[test]
fn a_feed_that_lies_of_its_script_can_be_watched_and_verified() {
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>島嶼報</title><language>zh-cn</language><item><title>國家安全部說法遭到質疑，議員要求說明</title>\
         <link>/t</link><pubDate>{}</pubDate></item></channel></rss>",
        now()
    );
    let world = world().page("/zh.xml", Answer::ok("application/rss+xml", feed)).start();
    let added = world.run(&["source", "add", &world.address_of("/zh.xml"), "--id", "island"]).exits(0);
    assert!(added.out.contains("the other script of Chinese"), "{}", added.out);
    world.run(&["source", "check", "island"]).exits(0);
    let shown = world.run(&["source", "show", "island", "--json"]).exits(0).json();
    assert!(!shown["verified"].is_null(), "{shown:#}");
}

#[test]
fn the_first_page_of_a_site_is_asked_where_a_page_of_it_declares_nothing() {
    let world = world().page("/a/1.html", html("")).page("/", html(DECLARED)).page("/world.xml", fresh("a")).start();
    let added = world.run(&["source", "add", &world.address_of("/a/1.html"), "--id", "harbour"]).exits(0);
    assert!(added.out.contains("/world.xml"), "{}", added.out);
}

#[test]
fn of_several_one_is_picked_by_its_number() {
    let head = format!("{DECLARED}<link rel=alternate type=application/feed+json href=/feed.json>");
    let feed = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"\u{9b}31mTides\u{202e}\",\"items\":[{{\"id\":\"1\",\"url\":\"/t\",\"title\":\"{}\",\"date_published\":\"{}\"}}]}}",
        ON_TOPIC.0,
        jiff::Timestamp::now()
    );
    let world = world()
        .page("/", html(&head))
        .page("/world.xml", fresh("a"))
        .page("/feed.json", Answer::ok("application/feed+json", feed))
        .start();
    let before = feeds(&world);
    let listed = world.run(&["source", "add", &world.address_of("/")]).exits(1);
    assert!(listed.err.contains("2 found, none was added"), "{}", listed.err);
    assert!(listed.out.contains("Harbour Bulletin") && listed.out.contains("Tides"), "{}", listed.out);
    assert!(!listed.out.contains(['\u{9b}', '\u{202e}', '\u{1b}']), "{}", listed.out);
    assert_eq!(feeds(&world), before);
    world.run(&["source", "add", &world.address_of("/"), "--pick", "3"]).exits(2);
    let picked =
        world.run(&["source", "add", &world.address_of("/"), "--pick", "2", "--id", "tides", "--json"]).exits(0);
    let picked = picked.json();
    assert_eq!((&picked["added"]["source"], &picked["added"]["new_source"]), (&json!("tides"), &json!(true)));
    assert!(!feeds(&world).contains(['\u{9b}', '\u{202e}']), "{}", feeds(&world));

    // The id of a source that is there gets one more entry point.
    let line = ["source", "add", &world.address_of("/world.xml"), "--id", "tides", "--section", "world"];
    let added = world.run(&line).exits(0);
    assert!(added.out.contains("added to the source tides: feed"), "{}", added.out);
    let shown = world.run(&["source", "show", "tides", "--json"]).exits(0).json();
    let points = shown["entry_points"].as_array().expect("a list");
    assert_eq!((points.len(), &points[1]["section"]), (2, &json!("world")));
    let refused = world.run(&["source", "add", &world.address_of("/x"), "--id", "tides", "--name", "Tides"]).exits(2);
    assert!(refused.err.contains("--name would change nothing"), "{}", refused.err);
}

#[test]
fn where_a_page_declares_nothing_the_usual_places_are_asked_and_no_more() {
    let robots = Answer::ok(
        "text/plain",
        "User-agent: *\nDisallow: /feed.xml\nSitemap: /late/news.xml\nSitemap: http://elsewhere.example/s.xml\n",
    );
    let world = world()
        .page("/", html("<link rel=alternate type=application/rss+xml href=https://feeds.elsewhere.example/h>"))
        .page("/robots.txt", robots)
        .page("/rss", Answer::redirect(301, "/rss.xml"))
        .page("/rss.xml", fresh("a"))
        .page("/feed.xml", fresh("a"))
        .page("/late/news.xml", news_sitemap("/s"))
        .start();
    let found = world.run(&["source", "add", &world.address_of("/"), "--json"]).exits(1).json();
    let rows: Vec<(&str, &str, bool)> = found["candidates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or_default();
            (text("kind"), text("found_by"), row["good"] == true)
        })
        .collect();
    assert_eq!(rows, [("feed", "usual place", true), ("sitemap", "robots.txt", true)], "{found:#}");
    assert_eq!(found["candidates"][0]["url"], world.address_of("/rss.xml"));
    assert_eq!(found["elsewhere"], json!(["https://feeds.elsewhere.example/h"]));
    assert_eq!(world.asked("/feed.xml"), 0, "robots.txt forbids it");
    assert!(world.requests().len() <= 12, "{} requests", world.requests().len());
}

#[test]
fn nothing_found_is_said_with_all_that_was_tried() {
    let world = world().page("/", html("")).start();
    let before = feeds(&world);
    let nothing = world.run(&["source", "add", &world.address_of("/")]).exits(1);
    for part in [
        "tried http://127.0.0.1",
        "/: an HTML page",
        "/feed (usual place): the server answered 404",
        "no feed and no sitemap",
    ] {
        assert!(nothing.err.contains(part), "{part} is missing in\n{}", nothing.err);
    }
    assert_eq!((nothing.out.as_str(), feeds(&world)), ("", before));
    assert_eq!(world.requests().len(), 12, "the page, robots.txt and ten places");
    let tried = world.run(&["source", "add", &world.address_of("/"), "--json"]).exits(1).json();
    assert_eq!(tried["tried"].as_array().map(Vec::len), Some(11), "{tried:#}");
}

#[test]
fn redirects_count_and_a_site_gets_no_more_requests_than_are_allowed() {
    let links: String = (0..8).map(|number| format!("<a href=/{number}.xml>x</a>")).collect();
    let mut builder = world().page("/", html(&links));
    for number in 0..8 {
        builder = builder.page(&format!("/{number}.xml"), Answer::redirect(302, &format!("/{number}/a")));
        builder = builder.page(&format!("/{number}/a"), Answer::redirect(302, &format!("/{number}/b")));
    }
    let world = builder.start();
    let nothing = world.run(&["source", "add", &world.address_of("/")]).exits(1);
    assert!(nothing.err.contains("12 requests were sent, and no more may be"), "{}", nothing.err);
    assert_eq!(world.requests().len(), 12);
}

#[test]
fn what_is_not_as_it_should_be_is_shown_and_added_only_when_picked() {
    let old = rss(&[("/a", ON_TOPIC.0, "Fri, 20 Nov 2015 09:00:00 GMT")]);
    let world = world().page("/old.xml", old).page("/page", Answer::status(403, "text/plain", "no")).start();
    let shown = world.run(&["source", "add", &world.address_of("/old.xml")]).exits(1);
    assert!(shown.out.contains("stale") && shown.err.contains("nothing was added"), "{}{}", shown.out, shown.err);
    assert!(!feeds(&world).contains("/old.xml"));
    world.run(&["source", "add", &world.address_of("/old.xml"), "--pick", "1"]).exits(0);
    assert!(feeds(&world).contains("/old.xml"));
    let nothing = world.run(&["source", "add", &world.address_of("/page")]).exits(1);
    assert!(nothing.err.contains("the server answered 403"), "{}", nothing.err);
}

#[test]
fn what_feeds_toml_would_not_hold_is_refused_before_anything_is_asked() {
    let world = world().start();
    let address = world.address_of("/");
    for (flag, text, said) in [
        ("--lang", "zh-HK", "no language tag"),
        ("--country", "Britain", "not two capital letters"),
        ("--owner", "privat", "did you mean `private`?"),
        ("--zone", "Mars/Base", "is not known"),
        ("--id", "Harbour", "no source id"),
    ] {
        let refused = world.run(&["source", "add", &address, flag, text]).exits(2);
        assert!(refused.err.contains(said), "{said} is missing in\n{}", refused.err);
    }
    assert_eq!(world.requests().len(), 0);
    world.run(&["source", "add", "ftp://harbour.example/rss"]).exits(2);
    let private = world.run(&["source", "add", "http://127.0.0.1:9/rss"]).exits(2);
    assert!(private.err.contains("allow_hosts"), "{}", private.err);
    let json: Value = world.run(&["source", "add", &world.address_of("/other.xml"), "--json"]).exits(0).json();
    assert_eq!(json["watched_by"], "other");
    assert_eq!(world.requests().len(), 0);
}
