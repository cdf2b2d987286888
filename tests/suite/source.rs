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
