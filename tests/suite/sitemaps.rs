//! Sitemaps as entry points: packed ones, indexes of them, and those that list all that a site ever printed.

use std::io::Write as _;

use gainsay::demo::site::Answer;
use jiff::{SignedDuration, Timestamp};

use crate::world::{Builder, OFF_TOPIC, ON_TOPIC, World, page};

/// So many hours ago, as sitemaps write it.
fn ago(hours: i64) -> String {
    let then = Timestamp::now().checked_sub(SignedDuration::from_hours(hours)).expect("a time");
    Timestamp::from_second(then.as_second()).expect("a time").to_string()
}

/// An index of these: path and when it was changed.
fn index(named: &[(&str, Option<String>)]) -> Answer {
    let named: String = named
        .iter()
        .map(|(path, changed)| {
            let changed = changed.as_ref().map(|changed| format!("<lastmod>{changed}</lastmod>")).unwrap_or_default();
            format!("<sitemap><loc>{path}</loc>{changed}</sitemap>")
        })
        .collect();
    let text = format!("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{named}</sitemapindex>");
    Answer::ok("application/xml", text).validators(None)
}

fn sitemap_text(urls: &[(&str, String)]) -> String {
    let urls: String = urls
        .iter()
        .map(|(path, changed)| format!("<url><loc>{path}</loc><lastmod>{changed}</lastmod></url>"))
        .collect();
    format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>")
}

/// A sitemap of these: path and when it was changed.
fn sitemap(urls: &[(&str, String)]) -> Answer {
    Answer::ok("application/xml", sitemap_text(urls)).validators(None)
}

fn packed(text: &str) -> Vec<u8> {
    // Stored and not pressed: a gzip member in its simplest form, so that no library is needed to make one.
    let mut packed = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    let length = u16::try_from(text.len()).expect("a short text");
    packed.push(1);
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.write_all(text.as_bytes()).expect("memory takes all");
    packed.extend(crc(text.as_bytes()).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

/// A world that watches the sitemap at `/sitemap.xml`.
fn watching() -> Builder {
    World::build().toml(
        "[[source]]\nid = \"harbour\"\nname = \"Harbour\"\ncountry = \"GB\"\nowner = \"private\"\nzone = \"UTC\"\n\
         [[source.entry]]\nkind = \"sitemap\"\nurl = \"http://127.0.0.1:PORT/sitemap.xml\"\n\n",
    )
}

fn harbour(world: &World, arguments: &[&str], code: i32) -> serde_json::Value {
    world.run(arguments).exits(code).json()["sources"][0].clone()
}

fn texts(list: &serde_json::Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn the_newest_sitemaps_of_an_index_are_followed_and_the_rest_is_told_of() {
    let world = watching()
        .page(
            "/sitemap.xml",
            index(&[
                ("/2019.xml", Some(ago(60_000))),
                ("/today.xml.gz", Some(ago(1))),
                ("/broken.xml", Some(ago(2))),
                ("/more.xml", Some(ago(30))),
                ("https://elsewhere.example/s.xml", Some(ago(1))),
            ]),
        )
        .page(
            "/today.xml.gz",
            Answer::ok("application/gzip", packed(&sitemap_text(&[("/a", ago(1)), ("/old", ago(9_000))]))),
        )
        .page("/broken.xml", Answer::status(500, "text/plain", "no"))
        .page("/more.xml", sitemap(&[("/b", ago(30)), ("/a", ago(1))]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page("/b", page(OFF_TOPIC.0, OFF_TOPIC.1))
        .start();
    let first = harbour(&world, &["poll", "--json"], 0);
    assert_eq!((&first["new_entries"], &first["outcomes"]["kept"]), (&2.into(), &1.into()), "{first:#}");
    let problems = texts(&first["problems"]).join("\n");
    assert!(problems.contains("/broken.xml: the server answered 500"), "{problems}");
    assert!(problems.contains("sitemaps on other sites are not followed: 1"), "{problems}");
    assert!(texts(&first["notes"])[0].ends_with("entries left out: 1 older"), "{first:#}");
    assert_eq!((world.asked("/2019.xml"), world.asked("/old")), (0, 0));

    // What did not change since it was looked at is not asked for; what failed is.
    let again = harbour(&world, &["poll", "--json", "--now"], 0);
    assert_eq!((&again["new_entries"], &again["answered"]), (&0.into(), &1.into()), "{again:#}");
    let asked = ["/sitemap.xml", "/today.xml.gz", "/more.xml", "/broken.xml"].map(|path| world.asked(path));
    assert_eq!(asked, [2, 1, 1, 2]);
    world.run(&["doctor"]).exits(0);
}

#[test]
fn an_index_that_stays_the_same_is_followed_all_the_same() {
    let world = watching()
        .page("/sitemap.xml", index(&[("/news.xml", None)]))
        .page("/news.xml", sitemap(&[("/a", ago(3))]))
        .page_from(2, "/news.xml", sitemap(&[("/b", ago(1)), ("/a", ago(3))]))
        .page("/a", page(OFF_TOPIC.0, OFF_TOPIC.1))
        .page("/b", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    let same = harbour(&world, &["poll", "--json", "--now"], 0);
    assert_eq!((&same["new_entries"], same["problems"].as_array().map(Vec::len)), (&0.into(), Some(0)), "{same:#}");
    let conditional: Vec<bool> = world
        .requests()
        .iter()
        .filter(|request| request.path == "/news.xml")
        .map(|request| request.conditional)
        .collect();
    assert_eq!(conditional, [false, true], "its sitemaps are asked for with validators");
    world.phase(2);
    let second = harbour(&world, &["poll", "--json", "--now"], 0);
    assert_eq!((&second["new_entries"], &second["outcomes"]["kept"]), (&1.into(), &1.into()), "{second:#}");
    let shown = world.run(&["show", "a-2", "--json"]).exits(0).json();
    assert!(shown["seen"]["after"].is_string() || shown["first_seen"].is_object(), "{shown:#}");
}

#[test]
fn indexes_within_indexes_end_and_so_do_loops() {
    let world = watching()
        .page("/sitemap.xml", index(&[("/inner.xml", Some(ago(1))), ("/sitemap.xml", Some(ago(1)))]))
        .page(
            "/inner.xml",
            index(&[("/sitemap.xml", None), ("/inner.xml", None), ("/third.xml", None), ("/news.xml", None)]),
        )
        .page("/third.xml", index(&[("/fourth.xml", None)]))
        .page("/news.xml", sitemap(&[("/a", ago(1))]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    let polled = harbour(&world, &["poll", "--json"], 0);
    assert_eq!(polled["outcomes"]["kept"], 1, "{polled:#}");
    let asked = ["/sitemap.xml", "/inner.xml", "/third.xml", "/news.xml", "/fourth.xml"].map(|path| world.asked(path));
    assert_eq!(asked, [1, 1, 1, 1, 0]);
    let problems = texts(&polled["problems"]).join("\n");
    assert!(problems.contains("/third.xml: an index within an index within an index"), "{problems}");
}

#[test]
fn no_more_than_a_few_sitemaps_are_asked_for_and_no_private_address() {
    let many: Vec<(String, Answer)> =
        (0..9).map(|number| (format!("/s{number}.xml"), sitemap(&[(&format!("/p{number}"), ago(1))]))).collect();
    let mut named: Vec<(&str, Option<String>)> =
        (0..).zip(&many).map(|(number, (path, _))| (path.as_str(), Some(ago(9 - number)))).collect();
    named.push(("http://169.254.169.254/sitemap.xml", Some(ago(0))));
    let mut world = watching().page("/sitemap.xml", index(&named));
    for (path, answer) in many.clone() {
        world = world.page(&path, answer);
    }
    let world = world.start();
    let polled = harbour(&world, &["poll", "--json"], 0);
    assert_eq!(polled["new_entries"], 4, "{polled:#}");
    let asked: Vec<usize> = many.iter().map(|(path, _)| world.asked(path)).collect();
    assert_eq!(asked, [0, 0, 0, 0, 0, 1, 1, 1, 1], "the newest are");
    let problems = texts(&polled["problems"]).join("\n");
    assert!(problems.contains("left for later looks: 5"), "{problems}");
    // The next look takes those that are left.
    let again = harbour(&world, &["poll", "--json", "--now"], 0);
    assert_eq!(again["new_entries"], 4, "{again:#}");
}

#[test]
fn of_a_sitemap_of_everything_only_what_is_new_is_read() {
    let mut all: Vec<(String, String)> = (0..3_000).map(|number| (format!("/archive/{number}"), ago(20_000))).collect();
    all.push(("/a".to_owned(), ago(5)));
    let listed: Vec<(&str, String)> = all.iter().map(|(path, changed)| (path.as_str(), changed.clone())).collect();
    let world = watching().page("/sitemap.xml", sitemap(&listed)).page("/a", page(ON_TOPIC.0, ON_TOPIC.1)).start();
    let polled = world.run(&["poll"]).exits(0);
    assert!(polled.err.contains("harbour: ") && polled.err.contains("entries left out: 3000 older"), "{}", polled.err);
    assert!(polled.err.contains("1 new entries"), "{}", polled.err);
    let shown = world.run(&["source", "show", "harbour"]).exits(0);
    assert!(shown.out.contains("3000 older"), "{}", shown.out);
}

#[test]
fn a_check_a_test_and_a_search_for_feeds_follow_an_index_too() {
    let world = watching()
        .page("/", Answer::ok("text/html", "<!doctype html><title>Harbour</title><a href=\"/index.xml\">Map</a>"))
        .page("/sitemap.xml", index(&[("/news.xml", Some(ago(1)))]))
        .page("/index.xml", index(&[("/news.xml", Some(ago(1)))]))
        .page("/news.xml", sitemap(&[("/a", ago(1))]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    let checked = world.run(&["source", "check", "--json"]).exits(0).json();
    let row = checked["entry_points"].get(0).or(checked["sources"].get(0)).or(checked.get(0)).cloned();
    assert!(row.is_some_and(|row| row["items"] == 1), "{checked:#}");
    let tested = world.run(&["source", "test", "harbour", "--json"]).exits(0).json();
    assert_eq!(tested["pages"].as_array().map(Vec::len), Some(1), "{tested:#}");
    let found = world.run(&["source", "add", &world.address_of("/"), "--dry-run", "--json"]);
    assert!(found.out.contains("/index.xml") && found.out.contains("\"items\": 1"), "{}\n{}", found.out, found.err);
}

#[test]
fn a_feed_file_that_is_packed_is_read_by_try_feed() {
    let world = watching().start();
    let path = world.dir().join("news-sitemap.xml.gz");
    std::fs::write(&path, packed(&sitemap_text(&[("https://harbour.example/a", ago(1))]))).expect("it can be written");
    let row = serde_json::json!({ "id": 1, "path": path }).to_string();
    let lines = world.dir().join("rows.jsonl");
    std::fs::write(&lines, &row).expect("it can be written");
    let read = world.run(&["try", "feed", "--jsonl", lines.to_str().expect("a plain path")]).exits(0).json();
    assert_eq!((&read["kind"], read["entries"].as_array().map(Vec::len)), (&"sitemap".into(), Some(1)), "{read:#}");
    assert_eq!(texts(&read["repairs"]), ["gzip data unpacked"]);
}
