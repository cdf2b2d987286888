//! `source export` and `source import`: lists of feeds as OPML.

use serde_json::json;
use tempfile::TempDir;

use crate::world::{Ran, program, ran};

const STUDY: &str = r##"# Ours.
[study]
name = "Harbours & tides"

[[source]]
id = "bulletin"
name = "海港 \"快訊\" <1>"
lang = "zh-Hant"
country = "HK"
owner = "public-broadcaster"
zone = "Asia/Hong_Kong"
verified = 2026-11-01
enabled = false
full_text = true
note = """Two
lines.	A tab."""
[[source.entry]]
kind = "feed"
url = "https://bulletin.example/rss?a=1&b=2"
section = "world"
[[source.entry]]
kind = "page"
url = "https://bulletin.example/list"
item = "li.news > a[href^='/']"
title = "b"
[source.page]
body = ".text p"
author_is_provider = true
"##;

const FOREIGN: &str = r#"<?xml version="1.0"?>
<opml version="1.1">
<head><title>Feeds</title></head>
<body>
  <outline text="News">
    <outline text="Asia" title="Asia">
      <outline type="rss" text="Tide Tables" xmlUrl="https://www.tide.co.uk/rss" language="en-GB"/>
      <outline type="rss" text="Nothing"/>
      <outline type="rss" text="Odd" xmlUrl="ftp://odd.example/rss"/>
    </outline>
    <outline type="rss" text="Tide again" xmlUrl="https://www.tide.co.uk:443/rss"/>
  </outline>
  <outline type="rss" title="Pier&#x1b;[31m &#x202e;Post" xmlUrl="https://pier.example/feed.xml?a=1&b=2"/>
</body>
</opml>
"#;

struct Folder(TempDir);

impl Folder {
    fn with(study: &str) -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder"));
        folder.write("feeds.toml", study);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).expect("a file is written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file reads")
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(&program().args(arguments).current_dir(self.0.path()).output().expect("the program runs"))
    }
}

const EMPTY: &str = "[study]\nname = \"Harbours & tides\"\n";

#[test]
fn every_setting_survives_the_way_out_and_back() {
    let from = Folder::with(STUDY);
    from.run(&["source", "export", "out.opml"]).exits(0);
    let exported = from.read("out.opml");
    assert_eq!(from.run(&["source", "export"]).exits(0).out, exported);
    for part in ["<opml version=\"2.0\"", "type=\"rss\"", "gainsay:page.body=\".text p\"", "?a=1&amp;b=2"] {
        assert!(exported.contains(part), "{part} is missing in\n{exported}");
    }
    let to = Folder::with(EMPTY);
    to.write("in.opml", &exported);
    let dry = to.run(&["source", "import", "in.opml", "--dry-run", "--json"]).exits(0).json();
    assert_eq!((&dry["added"], &dry["sources"][0]["guessed"]), (&json!(false), &json!([])), "{dry:#}");
    assert_eq!(to.read("feeds.toml"), EMPTY);
    to.run(&["source", "import", "in.opml"]).exits(0);
    assert!(to.read("feeds.toml").starts_with(EMPTY));
    assert_eq!(to.run(&["source", "export"]).exits(0).out, exported);
    // A second time, everything is there.
    let before = to.read("feeds.toml");
    let again = to.run(&["source", "import", "in.opml", "--json"]).exits(3).json();
    assert_eq!(again["sources"], json!([]));
    assert!(again["left_out"][0]["why"].as_str().is_some_and(|why| why.contains("watched already")), "{again:#}");
    assert_eq!(to.read("feeds.toml"), before);
}

#[test]
fn the_shipped_sources_survive_too() {
    let from = TempDir::new().expect("a temporary folder");
    let run = |arguments: &[&str]| ran(&program().args(arguments).current_dir(from.path()).output().expect("it runs"));
    run(&["init"]).exits(0);
    let exported = run(&["source", "export"]).exits(0).out;
    let to = Folder::with("[study]\nname = \"gainsay\"\n");
    to.write("in.opml", &exported);
    to.run(&["source", "import", "in.opml"]).exits(0);
    assert_eq!(to.run(&["source", "export"]).exits(0).out, exported);
}

#[test]
fn a_list_of_another_reader_is_taken_and_what_is_bad_in_it_is_told() {
    let folder = Folder::with(STUDY);
    folder.write("theirs.opml", FOREIGN);
    let taken = folder.run(&["source", "import", "theirs.opml", "--json"]).exits(3).json();
    let rows = taken["sources"].as_array().expect("a list");
    let of = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} in {taken:#}"));
    let tide = of("tide");
    assert_eq!(
        (&tide["name"], &tide["lang"], &tide["country"], &tide["zone"], &tide["entry_points"][0]["section"]),
        (&json!("Tide Tables"), &json!("en"), &json!("GB"), &json!("Europe/London"), &json!("News / Asia"))
    );
    let keys: Vec<&str> =
        tide["guessed"].as_array().expect("a list").iter().filter_map(|guess| guess["key"].as_str()).collect();
    assert_eq!(keys, ["id", "name", "lang", "country", "owner", "zone"]);
    assert_eq!(of("pier")["entry_points"][0]["url"], "https://pier.example/feed.xml?a=1&b=2");
    let left_out: Vec<String> = taken["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            format!("{}: {}", row["place"].as_str().unwrap_or_default(), row["why"].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(left_out.len(), 3, "{left_out:#?}");
    assert_eq!(left_out[0], "line 8 (News > Asia > Nothing): it has no xmlUrl");
    assert!(left_out[1].starts_with("line 9 (News > Asia > Odd): url `ftp://odd.example/rss` is no web address"));
    assert_eq!(left_out[2], "line 11 (News > Tide again): its address is watched already");

    let study = folder.read("feeds.toml");
    assert!(study.starts_with(STUDY) && !study.contains('\u{1b}') && !study.contains('\u{202e}'), "{study}");
    let listed = folder.run(&["source", "list"]).exits(0);
    assert!(listed.out.contains("Tide Tables") && !listed.out.contains('\u{1b}'), "{}", listed.out);
}

#[test]
fn a_setting_that_cannot_be_read_costs_its_source_or_entry_point_alone() {
    let folder = Folder::with(EMPTY);
    let outline = |id: &str, settings: &str, entry: &str| {
        format!(
            "<outline text=\"{id}\" g:id=\"{id}\" {settings}>\n<outline xmlUrl=\"https://{id}.example/a\"/>\n<outline {entry} xmlUrl=\"https://{id}.example/b\"/></outline>\n"
        )
    };
    let text = [
        "<opml xmlns:g=\"urn:gainsay:opml\"><body>\n".to_owned(),
        outline("good", "g:zone=\"Asia/Taipei\"", "g:kind=\"sitemap\""),
        outline("mars", "g:zone=\"Mars/Base\"", ""),
        outline("half", "", "g:kind=\"page\" g:item=\"li[\""),
        outline("typo", "g:contry=\"HK\"", ""),
        "</body></opml>".to_owned(),
    ]
    .concat();
    folder.write("in.opml", &text);
    let taken = folder.run(&["source", "import", "in.opml"]).exits(3);
    for part in [
        "left out: line 5 (mars): zone `Mars/Base` is not known",
        "left out: line 10 (half > https://half.example/b): in `item`, ",
        "unknown key `contry`; did you mean `country`?",
        "2 sources added, 3 left out",
    ] {
        assert!(taken.err.contains(part), "{part} is missing in\n{}", taken.err);
    }
    let listed = folder.run(&["source", "list", "--json"]).exits(0).json();
    let points: Vec<usize> = listed["sources"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["entry_points"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(points, [2, 1]);
}

#[test]
fn what_is_no_list_of_feeds_is_refused_with_its_place() {
    let folder = Folder::with(STUDY);
    folder.write("broken.opml", "<opml>\n<body>\n  <outline text=\"a\">\n</body></opml>");
    let refused = folder.run(&["source", "import", "broken.opml"]).exits(2);
    assert!(refused.err.contains("broken.opml: line 4, column 1: "), "{}", refused.err);
    folder.write("feed.xml", "<rss/>");
    assert!(folder.run(&["source", "import", "feed.xml"]).exits(2).err.contains("not OPML"));
    folder.write("empty.opml", "<opml><body/></opml>");
    folder.run(&["source", "import", "empty.opml"]).exits(1);
    folder.run(&["source", "import", "nowhere.opml"]).exits(2);
    // An export takes the place of an export, and of nothing else.
    folder.run(&["source", "export", "feeds.toml"]).exits(2);
    folder.run(&["source", "export", "empty.opml"]).exits(0);
    assert_eq!(folder.read("feeds.toml"), STUDY);
}
