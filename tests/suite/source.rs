//! `source` and `init`: what is watched, and whether it answers.

use gainsay::demo::site::Answer;

use crate::world::{ON_TOPIC, World, page, program, ran, rss};

#[test]
fn a_check_reports_every_source_at_once() {
    let world = World::build()
        .source("good", "/good.xml")
        .source("old", "/old.xml")
        .source("empty", "/empty.xml")
        .source("page", "/page")
        .source("gone", "/gone")
        .page("/good.xml", rss(&[("/a", ON_TOPIC.0, &now())]))
        .page("/old.xml", rss(&[("/a", ON_TOPIC.0, "Fri, 20 Nov 2015 09:00:00 GMT")]))
        .page("/empty.xml", rss(&[]))
        .page("/page", page("A page", &["Not a feed."]))
        .page("/gone", Answer::status(410, "text/plain", "gone"))
        .start();
    let report = world.run(&["source", "check", "--json"]).exits(3).json();
    let rows = report["entry_points"].as_array().expect("a list");
    let of = |id: &str| rows.iter().find(|row| row["source"] == id).expect("every source has a row");
    let problem = |id: &str| {
        of(id)["problems"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|p| p.as_str().expect("text").to_owned())
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!((of("good")["answers"].as_bool(), of("good")["items"].as_u64()), (Some(true), Some(1)));
    assert_eq!(problem("good"), "");
    assert_eq!(of("good")["lang"], "en");
    assert!(problem("old").contains("stale"), "{}", problem("old"));
    assert!(problem("empty").contains("no items"), "{}", problem("empty"));
    assert!(problem("page").contains("HTML"), "{}", problem("page"));
    assert!(problem("gone").contains("410"), "{}", problem("gone"));
    assert!(world.asked("/a") == 0, "a check reads no pages");

    // A source is unverified until a check has seen it answer as it should.
    let listed = world.run(&["source", "list", "--json"]).exits(0).json();
    let sources = listed["sources"].as_array().expect("a list");
    let verified = |id: &str| !sources.iter().find(|row| row["id"] == id).expect("it is listed")["verified"].is_null();
    assert_eq!(["good", "old", "empty", "page", "gone"].map(verified), [true, false, false, false, false]);
}

#[test]
fn a_test_shows_what_is_made_of_the_newest_pages_and_when_it_is_less_than_it_was() {
    let paths: Vec<String> = (0..23).map(|number| format!("/{number}")).collect();
    let dates: Vec<String> = (0..23).map(|number| format!("Fri, 20 Nov 2026 09:{number:02}:00 GMT")).collect();
    let items: Vec<(&str, &str, &str)> =
        paths.iter().zip(&dates).map(|(path, date)| (path.as_str(), ON_TOPIC.0, date.as_str())).collect();
    let mut world = World::build().source("harbour", "/rss.xml").page("/rss.xml", rss(&items[..12])).page_from(
        2,
        "/rss.xml",
        rss(&items),
    );
    for path in &paths {
        let teaser = page(
            ON_TOPIC.0,
            &[
                "Share this",
                "The Harbour Security Service of Aldland on Thursday accused China of recruiting officers.",
            ],
        );
        world = world.page(path, page(ON_TOPIC.0, ON_TOPIC.1)).page_from(2, path, teaser);
    }
    let world = world.start();
    let fresh = world.run(&["source", "test", "harbour", "--pages", "2", "--json"]).exits(0).json();
    assert_eq!(
        (fresh["past"]["pages"].as_u64(), fresh["pages"].as_array().map(Vec::len)),
        (Some(0), Some(2)),
        "{fresh:#}"
    );
    assert_eq!(
        fresh["pages"][0]["url"].as_str().map(|url| url.ends_with("/11")),
        Some(true),
        "the newest first: {fresh:#}"
    );
    world.run(&["show", "a-1"]).exits(1);

    world.run(&["poll"]).exits(0);
    world.run(&["source", "test", "harbour"]).exits(0);
    world.phase(2);
    let changed = world.run(&["source", "test", "harbour", "--pages", "3", "--why"]).exits(3);
    assert!(changed.out.contains("warning: its pages yield 89 characters at the median, and 5"), "{}", changed.out);
    assert!(changed.out.contains("- button     Share this"), "{}", changed.out);
    assert!(changed.out.contains("text         The Harbour Security Service of Aldland"), "{}", changed.out);
    assert!(!world.run(&["show", "a-1"]).exits(0).out.contains("Share this"));
    world.run(&["show", "a-13"]).exits(1);
    world.run(&["source", "test", "nobody"]).exits(2);
    // A poll tells it to who did not ask.
    let polled = world.run(&["poll", "--now"]).exits(0);
    assert!(polled.err.contains("harbour: its pages yield 89 characters at the median, and 5"), "{}", polled.err);
}

#[test]
fn a_line_in_the_study_mends_what_is_read_of_an_outlets_pages() {
    let boxes = |name: &str| {
        let paragraphs = |texts: &[&str]| texts.iter().map(|text| format!("<p>{text}</p>")).collect::<String>();
        let (other, own) = (["A clerk reads the tide tables aloud each day. "; 40].concat(), paragraphs(ON_TOPIC.1));
        format!(
            "<html><body><h1>{name}</h1><div class=long><p>{other}</p></div><div class=own>{own}</div></body></html>"
        )
    };
    let world = || {
        World::build()
            .source("harbour", "/rss.xml")
            .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, "Fri, 20 Nov 2026 09:00:00 GMT")]))
            .page("/a", Answer::status(200, "text/html; charset=utf-8", boxes(ON_TOPIC.0)))
    };
    let kept = |world: &World| {
        let tested = world.run(&["source", "test", "harbour", "--why"]).exits(0).out;
        world.run(&["poll"]).exits(0);
        (tested.contains("text         A clerk"), world.run(&["show", "a-1"]).exits(0).out.contains("A clerk"))
    };
    assert_eq!(kept(&world().start()), (true, true));
    // A mend is no change of the outlet's.
    let mended = world().start();
    mended.run(&["poll"]).exits(0);
    let toml = mended.dir().join("feeds.toml");
    let study = std::fs::read_to_string(&toml).expect("the study reads");
    std::fs::write(&toml, format!("{study}\n[source.page]\nremove = \"div.long\"\n")).expect("the study is written");
    let looked = mended.run(&["recheck", "--json"]).exits(0).json();
    assert_eq!(looked["changed"], serde_json::json!([]), "{looked:#}");
    assert!(!mended.run(&["show", "a-1"]).exits(0).out.contains("A clerk"));
    assert!(mended.run(&["changes", "--json"]).out.find("body").is_none());
    let tested = mended.run(&["source", "test", "harbour"]).exits(0).out;
    assert!(tested.contains("`remove` of [source.page] matches on 1 of 1 page"), "{tested}");

    assert_eq!(kept(&world().toml("[source.page]\nbody = \".own p\"\n").start()), (false, false));
    // A page of its own choice, asked for alone; a selector that takes little of a text; what the feed says otherwise.
    let little = world().toml("[source.page]\nbody = \".own p:first-child\"\n").start();
    let tested = little.run(&["source", "test", "harbour", &little.address_of("/a")]).exits(0).out;
    assert!(tested.contains("`body` of [source.page] takes"), "{tested}");
    assert!(little.asked("/rss.xml") == 0 && little.asked("/a") == 1, "{tested}");
    std::fs::write(little.dir().join("saved.html"), boxes("Another headline")).expect("the page is written");
    let tried = little.run(&["try", "page", "saved.html", "--source", "harbour"]).exits(0).json();
    assert_eq!(tried["by"], "outlet", "{tried:#}");
    assert_eq!(little.run(&["try", "page", "saved.html"]).exits(0).json()["by"], "general");
    little.run(&["try", "page", "saved.html", "--source", "nobody"]).exits(2);
    let unused = world().toml("[source.page]\nbody = \"div.nothing p\"\n").start();
    let tested = unused.run(&["source", "test", "harbour"]).exits(3).out;
    assert!(tested.contains("warning: `body` of [source.page] finds no text on any of these pages"), "{tested}");
    let other = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", "Quite another headline in the feed", "Fri, 20 Nov 2026 09:00:00 GMT")]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    let told = other.run(&["source", "test", "harbour"]).exits(0).out;
    assert!(told.contains("title by feed: Quite another headline in the feed"), "{told}");
    let wrong = world().toml("[source.page]\nbdy = \".own\"\ntitle = \"h1[\"\n").start().run(&["poll"]).exits(2);
    assert!(wrong.err.contains("did you mean `body`?") && wrong.err.contains("in `title`"), "{}", wrong.err);
}

#[test]
fn a_new_study_has_the_shipped_sources() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let run = |arguments: &[&str]| {
        ran(&program().args(arguments).current_dir(dir.path()).output().expect("the program runs"))
    };
    run(&["init", "study"]).exits(0);
    let listed = run(&["--study", "study", "source", "list", "--json"]).exits(0).json();
    assert!(listed["sources"].as_array().is_some_and(|sources| sources.len() >= 50));
    run(&["init", "study"]).exits(2);
}

#[test]
fn all_problems_of_a_study_are_said_at_once() {
    let world = World::build()
        .toml("[[source]]\nid = \"Bad Id\"\nname = \"x\"\ncountry = \"Britain\"\nowner = \"private\"\nzone = \"UTC\"\ncolour = 3\n")
        .start();
    let listed = world.run(&["source", "list"]).exits(2);
    for part in ["line", "Bad Id", "Britain", "colour"] {
        assert!(listed.err.contains(part), "{part} is missing in\n{}", listed.err);
    }
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
