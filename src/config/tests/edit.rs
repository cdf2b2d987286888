//! Changes of feeds.toml: what is asked for happens, and nothing else does.

use proptest::prelude::*;

use crate::config::{
    EditError, PlainSource, add_entry_point, add_sources, near_ids, pause_source, remove_source, resume_source, study,
};
use crate::model::SourceId;

const FILE: &str = "feeds.toml";

const TWO: &str = r#"# What the harbour reads.

[study] # ours
name = "Harbours"

# Local papers.

# The oldest one.
[[source]]
id = "bulletin"   # short
  name = "Harbour Bulletin"
  country = 'HK'
  owner = "private"
  zone = "Asia/Hong_Kong"
[[source.entry]]
kind = "feed"
url = "https://bulletin.example/rss"
# Selectors of the old pages.
[source.page]
body = ".text"

# Abroad.
[[source]]
id = "tide"
name = "Tide"
country = "SG"
owner = "private"
zone = "Asia/Singapore"
# Down since spring.
enabled = false # ask again

[[source.entry]]
kind = "feed"
url = "https://tide.example/rss"

[[source.entry]]
kind = "sitemap"
url = "https://tide.example/news.xml"

# The end.
"#;

fn id(text: &str) -> SourceId {
    SourceId::new(text).expect("an id")
}

/// Checks that a change takes these lines out, puts those in, and leaves every other as it is.
#[track_caller]
fn check(before: &str, after: &str, out: &[&str], new: &[&str]) {
    let lines = |text: &str, left_out: &[&str]| -> Vec<String> {
        let mut left_out = left_out.to_vec();
        let mut kept = Vec::new();
        for line in text.lines() {
            match left_out.iter().position(|other| *other == line) {
                Some(at) => drop(left_out.remove(at)),
                None => kept.push(line.to_owned()),
            }
        }
        assert!(left_out.is_empty(), "{left_out:?} is missing in\n{text}");
        kept
    };
    assert_eq!(lines(before, out), lines(after, new));
}

#[test]
fn a_source_is_paused_and_resumed_and_nothing_else_moves() {
    let paused = pause_source(TWO, FILE, &id("bulletin")).expect("it can be paused").text;
    check(TWO, &paused, &[], &["  enabled = false"]);
    assert_eq!(resume_source(&paused, FILE, &id("bulletin")).expect("it can be resumed").text, TWO);
    let again = pause_source(&paused, FILE, &id("bulletin")).expect("it was paused");
    assert_eq!((again.text, again.is_changed), (paused, false));
    // What a person wrote beside the key outlives it.
    let resumed = resume_source(TWO, FILE, &id("tide")).expect("it can be resumed").text;
    check(TWO, &resumed, &["enabled = false # ask again"], &["enabled = true # ask again"]);
    assert_eq!(pause_source(&resumed, FILE, &id("tide")).expect("it can be paused").text, TWO);
}

#[test]
fn a_source_goes_and_the_comments_above_it_stay() {
    let without = remove_source(TWO, FILE, &id("bulletin")).expect("it can go").text;
    let expected = TWO.split("# The oldest one.\n").next().expect("a first part").to_owned()
        + "# The oldest one.\n\n# Abroad.\n"
        + TWO.split("# Abroad.\n").last().expect("a last part");
    assert_eq!(without, expected);
    let without = remove_source(TWO, FILE, &id("tide")).expect("it can go").text;
    let expected = TWO.split("[[source]]\nid = \"tide\"").next().expect("a first part").to_owned() + "\n# The end.\n";
    assert_eq!(without, expected);
    let study = study(&without, FILE).expect("it reads");
    assert_eq!(study.sources.len(), 1);
}

#[test]
fn the_lines_of_windows_and_a_mark_in_front_stay() {
    let windows = format!("\u{feff}{}", TWO.replace('\n', "\r\n"));
    let paused = pause_source(&windows, FILE, &id("bulletin")).expect("it can be paused").text;
    assert_eq!(resume_source(&paused, FILE, &id("bulletin")).expect("it can be resumed").text, windows);
    assert!(paused.starts_with('\u{feff}') && paused.contains("enabled = false\r\n"));
    let mixed = TWO.replacen('\n', "\r\n", 3);
    assert!(matches!(pause_source(&mixed, FILE, &id("bulletin")), Err(EditError::ByHand(_))));
}

#[test]
fn what_cannot_be_changed_is_said() {
    assert!(matches!(pause_source(TWO, FILE, &id("nobody")), Err(EditError::Unknown { .. })));
    let broken = TWO.replace("country = 'HK'", "country = ");
    let error = pause_source(&broken, FILE, &id("tide")).expect_err("it does not read");
    assert!(error.to_string().contains("feeds.toml line 12"), "{error}");
    let one = "[[source]]\nid = \"a\"\nname = \"A\"\ncountry = \"XX\"\nowner = \"private\"\nzone = \"UTC\"\nentry = [{ kind = \"feed\", url = \"https://a.example/\" }]\n";
    let error = remove_source(one, FILE, &id("a")).expect_err("a study of nothing does not read");
    assert!(matches!(error, EditError::WouldBreak(_)), "{error}");
    let listed = format!("source = [{{ {} }}]", one.lines().skip(1).collect::<Vec<_>>().join(", "));
    assert!(study(&listed, FILE).is_ok(), "{listed}");
    assert!(matches!(remove_source(&listed, FILE, &id("a")), Err(EditError::ByHand(_))));
}

#[test]
fn sources_and_entry_points_stand_behind_those_that_are_there() {
    let tide = study(TWO, FILE).expect("it reads").sources.pop().expect("a source");
    let mut other = tide.clone();
    other.id = id("other");
    let taken = add_sources(TWO, FILE, &[other.clone()]).expect_err("its addresses are watched");
    assert!(taken.to_string().contains("already watched at line"), "{taken}");
    other.entry_points.truncate(1);
    other.entry_points[0].url = "https://other.example/rss".to_owned();
    let added = add_sources(TWO, FILE, &[other.clone()]).expect("it can be added").text;
    let expected = "\n[[source]]\nid = \"other\"\nname = \"Tide\"\ncountry = \"SG\"\nowner = \"private\"\nzone = \"Asia/Singapore\"\n\
         enabled = false\n[[source.entry]]\nkind = \"feed\"\nurl = \"https://other.example/rss\"\n\n# The end.\n";
    assert_eq!(added, TWO.replace("\n# The end.\n", expected));
    assert_eq!(remove_source(&added, FILE, &id("other")).expect("it can go").text, TWO);

    let entry = PlainSource::entry(&other.entry_points[0]);
    let bulletin = add_entry_point(TWO, FILE, &id("bulletin"), &entry).expect("it can be added").text;
    let lines = ["[[source.entry]]", "kind = \"feed\"", "url = \"https://other.example/rss\""];
    let new = lines.join("\n") + "\n";
    assert_eq!(bulletin, TWO.replace("# Selectors", &format!("{new}# Selectors")));
    let tide = add_entry_point(TWO, FILE, &id("tide"), &entry).expect("it can be added").text;
    assert_eq!(tide, TWO.replace("\n# The end.", &format!("\n{new}\n# The end.")));
    let inline = TWO.replace(
        "[[source.entry]]\nkind = \"feed\"\nurl = \"https://bulletin.example/rss\"\n",
        "entry = [\n  { kind = \"feed\", url = \"https://bulletin.example/rss\" },\n]\n",
    );
    let longer = add_entry_point(&inline, FILE, &id("bulletin"), &entry).expect("it can be added").text;
    assert!(longer.contains("rss\" },\n  { kind = \"feed\", url = \"https://other.example/rss\" }"), "{longer}");

    let first = add_sources("[study]\nname = \"New\"\n", FILE, &[other]).expect("it can be added").text;
    assert!(first.starts_with("[study]\nname = \"New\"\n\n[[source]]\nid = \"other\"\n"), "{first}");
}

#[test]
fn every_shipped_source_can_be_paused_moved_and_taken_out() {
    let shipped = include_str!("../../../feeds.toml");
    let sources = study(shipped, FILE).expect("it reads").sources;
    for source in sources.iter().step_by(7) {
        let paused = pause_source(shipped, FILE, &source.id).expect("it can be paused").text;
        let back = resume_source(&paused, FILE, &source.id).expect("it can be resumed").text;
        assert!(back == shipped || !source.enabled, "{}", source.id);
        let without = remove_source(shipped, FILE, &source.id).expect("it can go").text;
        let comments =
            |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(comments(&without), comments(shipped), "{}", source.id);
        add_sources(&without, FILE, std::slice::from_ref(source)).expect("it can be added again");
    }
}

#[test]
fn an_id_that_is_nearly_right_is_named() {
    let study = study(TWO, FILE).expect("it reads");
    assert_eq!(near_ids(&study, &id("bulletim")), ["bulletin"]);
    assert_eq!(near_ids(&study, &id("bull")), ["bulletin"]);
    assert!(near_ids(&study, &id("nothing-like-it")).is_empty());
}

#[test]
fn every_setting_survives_as_plain_text() {
    let text = TWO.replace("zone = \"Asia/Hong_Kong\"", "zone = \"Asia/Hong_Kong\"\nlang = \"zh-Hant\"\nverified = 2026-11-30\nfull_text = true\nnote = \"\"\"One\n\"two\" \\\\ 三\"\"\"").replace(
        "body = \".text\"",
        "body = \".text\"\nremove = \"aside\"\ntitle = \"h1\"\ndate = \"time\"\nauthor = \".by\"\nprovider = \".from\"\nauthor_is_provider = true\n[[source.entry]]\nkind = \"page\"\nurl = \"https://bulletin.example/list\"\nsection = \"world\"\nitem = \"li\"\nlink = \"a\"\ntitle = \"b\"\ndate = \"i\"\nsummary = \"p\"",
    );
    for source in study(&text, FILE).expect("it reads").sources {
        let plain = PlainSource::of(&source);
        let back = plain.read().expect("it reads");
        assert_eq!(format!("{back:?}"), format!("{source:?}"));
    }
}

proptest! {
    #[test]
    fn a_comment_anywhere_between_lines_stays(at in 0usize..40, words in "[ a-z#\\[\\]\"=]{0,20}", which in 0usize..2) {
        let mut lines: Vec<&str> = TWO.lines().collect();
        let comment = format!("#~{words}");
        lines.insert(at.min(lines.len()), &comment);
        let text = lines.join("\n") + "\n";
        let which = id(["bulletin", "tide"][which]);
        let paused = pause_source(&text, FILE, &which).expect("it can be paused").text;
        prop_assert!(paused.lines().any(|line| line == comment));
        let resumed = resume_source(&paused, FILE, &which).expect("it can be resumed").text;
        prop_assert!(resumed.lines().any(|line| line == comment));
        // A comment within a stanza goes with it, and any other stays.
        let without = remove_source(&text, FILE, &which).expect("it can go").text;
        prop_assert!(study(&without, FILE).is_ok());
    }
}
