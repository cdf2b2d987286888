mod edit;
mod terms;

use proptest::prelude::*;

use super::study;
use crate::model::{EntryPointKind, Lang, OwnerKind};

/// A source in which nothing is wrong, eleven lines long.
const GOOD: &str = r#"[[source]]
id = "bulletin"
name = "Harbour Bulletin"
lang = "en"
country = "HK"
owner = "private"
zone = "Asia/Hong_Kong"
[[source.entry]]
kind = "feed"
url = "https://bulletin.example/rss"
section = "local"
"#;

/// Checks that the text gives exactly these problems, in this order.
fn check(text: &str, expected: &[&str]) {
    let problems = match study(text, "feeds.toml") {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    };
    assert_eq!(problems, expected.join("\n"));
}

/// Checks what is said when one line of the good source is replaced by another.
fn check_line(line: &str, by: &str, expected: &str) {
    assert!(GOOD.contains(line), "the good source has no line {line}");
    check(&GOOD.replace(line, by), &[expected]);
}

#[test]
fn a_whole_file_is_read() {
    let text = r##"
[study]
name = "Harbours"
contact = "desk@harbours.example"
zone = "Asia/Taipei"
allow_hosts = ["127.0.0.1:8808", "Localhost", "[::1]:80"]

[[source]]
id = "bulletin-zh"
name = "海港快訊"
lang = "zh-Hant"
country = "HK"
owner = "public-broadcaster"
zone = "Asia/Hong_Kong"
verified = 2026-11-30
enabled = false
full_text = true
note = "No links."
[[source.entry]]
kind = "sitemap"
url = "https://bulletin.example/news.xml"
[[source.entry]]
kind = "page"
url = "http://bulletin.example/list"
section = "本地"
item = "li.news"
link = "a.more"
title = "h3"
date = "time"
summary = "p"
match = '/n\d+$'
transcript = true
"##;
    let study = study(text, "feeds.toml").expect("the file is good");
    assert_eq!(study.name, "Harbours");
    assert_eq!(study.contact.as_deref(), Some("desk@harbours.example"));
    assert_eq!(study.zone.iana_name(), Some("Asia/Taipei"));
    assert_eq!(study.allow_hosts, ["127.0.0.1:8808", "localhost", "[::1]:80"]);
    let source = &study.sources[0];
    assert_eq!(source.id.as_str(), "bulletin-zh");
    assert_eq!(source.name, "海港快訊");
    assert_eq!(source.lang, Some(Lang::zh_hant()));
    assert_eq!(source.country, "HK");
    assert_eq!(source.owner, OwnerKind::PublicBroadcaster);
    assert_eq!(source.zone.iana_name(), Some("Asia/Hong_Kong"));
    assert_eq!(source.verified, Some(jiff::civil::date(2026, 11, 30)));
    assert!(!source.enabled);
    assert!(source.full_text);
    assert_eq!(source.note.as_deref(), Some("No links."));
    assert!(matches!(source.entry_points[0].kind, EntryPointKind::Sitemap));
    assert_eq!(source.entry_points[1].url, "http://bulletin.example/list");
    assert_eq!(source.entry_points[1].section.as_deref(), Some("本地"));
    let EntryPointKind::Page(selectors) = &source.entry_points[1].kind else { panic!("the second is a page") };
    assert_eq!(selectors.item, "li.news");
    assert_eq!(selectors.link.as_deref(), Some("a.more"));
    assert_eq!(selectors.title.as_deref(), Some("h3"));
    assert_eq!(selectors.date.as_deref(), Some("time"));
    assert_eq!(selectors.summary.as_deref(), Some("p"));
    assert_eq!(selectors.matching.as_deref(), Some(r"/n\d+$"));
    assert!(source.entry_points[1].transcript && !source.entry_points[0].transcript);
}

#[test]
fn what_is_left_out_has_its_default() {
    let study = study(GOOD, "feeds.toml").expect("the file is good");
    assert_eq!(study.name, "study");
    assert_eq!(study.contact, None);
    assert_eq!(study.zone, jiff::tz::TimeZone::UTC);
    assert!(study.allow_hosts.is_empty());
    let source = &study.sources[0];
    assert!(source.enabled);
    assert!(!source.full_text);
    assert_eq!(source.verified, None);
    assert_eq!(source.note, None);
}

#[test]
fn a_study_may_have_no_source_yet() {
    assert!(study("[study]\nname = \"new\"\n", "feeds.toml").is_ok_and(|study| study.sources.is_empty()));
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_lines() {
    let text = r#"[study]
zone = "Mars/Olympus"
colour = "red"

[[source]]
id = "bulletin"
nam = "Harbour Bulletin"
country = "hk"
owner = "privat"
zone = "Asia/Hong_Kong"
[[source.entry]]
kind = "feed"
url = "ftp://bulletin.example/rss"

[[source]]
id = "bulletin"
name = "Harbour Bulletin"
country = "HK"
owner = "private"
zone = "Asia/Hongkong"
[[source.entry]]
kind = "page"
url = "https://bulletin.example/list"
"#;
    check(
        text,
        &[
            "feeds.toml line 2: zone `Mars/Olympus` is not known; write a name like Asia/Hong_Kong, Europe/London or UTC",
            "feeds.toml line 3: unknown key `colour`; the keys here are name, contact, zone, allow_hosts",
            "feeds.toml line 5: source `bulletin`: `name` is missing; add name = \"Example News\"",
            "feeds.toml line 7: source `bulletin`: unknown key `nam`; did you mean `name`?",
            "feeds.toml line 8: source `bulletin`: country `hk` is not two capital letters; write `HK`",
            "feeds.toml line 9: source `bulletin`: owner `privat` is not known; did you mean `private`?",
            "feeds.toml line 13: source `bulletin`: url `ftp://bulletin.example/rss` is no web address; write it in full, starting with https:// or http://",
            "feeds.toml line 16: source `bulletin`: the id is used twice; give one of them another id",
            "feeds.toml line 20: source `bulletin`: zone `Asia/Hongkong` is not known; write a name like Asia/Hong_Kong, Europe/London or UTC",
            "feeds.toml line 21: source `bulletin`: `item` is missing; add item = \"li.news\"",
        ],
    );
}

#[test]
fn an_empty_file_watches_nothing() {
    let expected = "feeds.toml line 1: nothing is watched; add a [[source]] with an id, a name and a [[source.entry]]";
    check("", &[expected]);
    check("# only a comment\n", &[expected]);
}

#[test]
fn each_value_is_checked() {
    check_line(
        "id = \"bulletin\"",
        "id = \"Harbour Bulletin\"",
        "feeds.toml line 2: source `Harbour Bulletin`: the id has other characters than an id may have; use lower-case letters, digits and `-`, starting with a letter, 40 at most",
    );
    check_line("id = \"bulletin\"", "", "feeds.toml line 1: `id` is missing; add id = \"example\"");
    check_line(
        "name = \"Harbour Bulletin\"",
        "name = 7",
        "feeds.toml line 3: source `bulletin`: `name` is a whole number; it has to be a text in quotes",
    );
    check_line(
        "name = \"Harbour Bulletin\"",
        "name = \" \"",
        "feeds.toml line 3: source `bulletin`: `name` is empty; fill it in or take it out",
    );
    for lang in ["zh", "zh-HK", "EN", "en-GB", "english", "zh-Hant-HK"] {
        check_line(
            "lang = \"en\"",
            &format!("lang = \"{lang}\""),
            &format!(
                "feeds.toml line 4: source `bulletin`: lang `{lang}` is no language tag as used here; write en, de, ja ..., and for Chinese zh-Hant or zh-Hans, without a region"
            ),
        );
    }
    check_line(
        "country = \"HK\"",
        "country = \"Hong Kong\"",
        "feeds.toml line 5: source `bulletin`: country `Hong Kong` is not two capital letters; write its ISO 3166 code, or XX",
    );
    check_line(
        "owner = \"private\"",
        "owner = \"a friend\"",
        "feeds.toml line 6: source `bulletin`: owner `a friend` is not known; write one of state-media, public-broadcaster, private, wire, aggregator, government, institute",
    );
    check_line(
        "zone = \"Asia/Hong_Kong\"",
        "",
        "feeds.toml line 1: source `bulletin`: `zone` is missing; add zone = \"Asia/Hong_Kong\"",
    );
    check_line(
        "section = \"local\"",
        "item = \"li\"",
        "feeds.toml line 11: source `bulletin`: `item` is for the kind page, and this is a feed; take it out, or write kind = \"page\"",
    );
    check_line(
        "kind = \"feed\"",
        "kind = \"rss\"",
        "feeds.toml line 9: source `bulletin`: kind `rss` is not known; write one of feed, sitemap, page",
    );
    check_line(
        "url = \"https://bulletin.example/rss\"",
        "url = \"bulletin.example/rss\"",
        "feeds.toml line 10: source `bulletin`: url `bulletin.example/rss` is no web address; write it in full, starting with https:// or http://",
    );
}

#[test]
fn the_other_keys_are_checked_too() {
    let with =
        |line: &str| GOOD.replace("zone = \"Asia/Hong_Kong\"\n", &format!("zone = \"Asia/Hong_Kong\"\n{line}\n"));
    let said = |what: &str| format!("feeds.toml line 8: source `bulletin`: {what}");
    check(
        &with("verified = \"2026-11-30\""),
        &[&said("`verified` is a text; it has to be a day without quotes, as in 2026-11-30")],
    );
    check(&with("verified = 2026-11-30T08:00:00Z"), &[&said("`verified` is not a day; write it as in 2026-11-30")]);
    check(&with("enabled = \"no\""), &[&said("`enabled` is a text; it has to be true or false, without quotes")]);
    check(&with("fulltext = true"), &[&said("unknown key `fulltext`; did you mean `full_text`?")]);
    check(
        "source = 1",
        &[
            "feeds.toml line 1: `source` is a whole number; it has to be a list of tables; write [[source]] above each, with two brackets",
        ],
    );
    check(
        "study = \"x\"",
        &["feeds.toml line 1: `study` is a text; it has to be a table; write [study] on a line of its own"],
    );
}

#[test]
fn selectors_are_checked() {
    let page = GOOD.replace("kind = \"feed\"", "kind = \"page\"");
    let with = |lines: &str| page.replace("section = \"local\"", lines);
    check(&with("item = \"li > a[href*='/t20']\"\nlink = \"a\""), &[]);
    check(
        &with("item = \"li[\"\ndate = \"p::\""),
        &[
            "feeds.toml line 11: source `bulletin`: in `item`, `li[` is no CSS selector: Unexpected EOL; write one as in `li.news a`",
            "feeds.toml line 12: source `bulletin`: in `date`, `p::` is no CSS selector: Unexpected EOL; write one as in `li.news a`",
        ],
    );
}

#[test]
fn a_source_needs_an_entry_point() {
    let start = GOOD.find("[[source.entry]]").expect("the good source has one");
    check(
        &GOOD[..start],
        &["feeds.toml line 1: source `bulletin`: it has no entry point; add a [[source.entry]] with a kind and a url"],
    );
    check(
        &GOOD.replace("[[source.entry]]", "[source.entry]"),
        &[
            "feeds.toml line 8: source `bulletin`: `entry` is a table; it has to be a list of tables; write [[source.entry]] above each, with two brackets",
        ],
    );
}

#[test]
fn an_address_is_watched_once() {
    let other = GOOD.replace("id = \"bulletin\"", "id = \"other\"").replace("https://bulletin", "HTTPS://Bulletin");
    check(
        &format!("{GOOD}{other}"),
        &[
            "feeds.toml line 21: source `other`: url `HTTPS://Bulletin.example/rss` is already watched at line 10; take one of them out",
        ],
    );
}

#[test]
fn hosts_are_hosts() {
    check(
        "[study]\nallow_hosts = [\"http://127.0.0.1\", \"here\", 4,\n\"there:99999\"]\ncontact = \"編輯部\"",
        &[
            "feeds.toml line 2: `http://127.0.0.1` is no host; write `host` or `host:port`, without http:// and without a path",
            "feeds.toml line 2: `allow_hosts` is a whole number; it has to be a list of texts, as in [\"a\", \"b\"]",
            "feeds.toml line 3: `there:99999` is no host; write `host` or `host:port`, without http:// and without a path",
            "feeds.toml line 4: `contact` cannot be sent; give a mailbox or an address in plain ASCII, because it is sent in a header",
        ],
    );
}

#[test]
fn a_fault_of_the_language_does_not_hide_other_stanzas() {
    let broken = GOOD.replace("country = \"HK\"", "country = \"HK");
    let other = GOOD.replace("id = \"bulletin\"", "id = \"other\"").replace("bulletin.example", "other.example");
    let other = other.replace("country = \"HK\"", "country = \"hongkong\"");
    check(
        &format!("{broken}{other}"),
        &[
            "feeds.toml line 5: this is not TOML: invalid basic string, expected `\"`; mend the line",
            "feeds.toml line 16: source `other`: country `hongkong` is not two capital letters; write its ISO 3166 code, or XX",
        ],
    );
}

#[test]
fn a_key_written_twice_is_named_with_its_line() {
    let text = GOOD.replace("lang = \"en\"", "name = \"Again\"");
    check(&text, &["feeds.toml line 4: this is not TOML: duplicate key; mend the line"]);
}

proptest! {
    #[test]
    fn any_text_gives_a_study_or_problems(text in "\\PC{0,200}") {
        let _ = study(&text, "feeds.toml");
    }

    #[test]
    fn any_change_of_a_good_file_gives_a_study_or_problems_on_its_lines(at in 0usize..GOOD.len(), by in "[\\[\\]\"=.a-z\n#]{0,4}") {
        let text = format!("{}{by}{}", &GOOD[..at], &GOOD[at + 1..]);
        if let Err(found) = study(&text, "feeds.toml") {
            prop_assert!(!found.problems.is_empty());
            prop_assert!(found.problems.iter().all(|problem| (1..=text.lines().count() + 1).contains(&problem.line)));
            prop_assert!(found.problems.is_sorted_by_key(|problem| problem.line));
        }
    }
}
