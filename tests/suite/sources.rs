//! The shipped feeds.toml, and each of its sources on a fixture of our own in that outlet's known shape.
//!
//! The fixtures lie in `tests/fixtures/outlets`, in pairs: `<id>.xml` (or `.html`) and `<id>.expected.json` for the
//! source's first entry point, and `<id>.<kind>.xml` with its own expectation for each further kind of entry point.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gainsay::feed::{self, FeedContext};
use gainsay::model::{EntryPoint, EntryPointKind, FeedEntry, FeedReading, FeedSource, NamedSitemap, Study};
use serde::{Deserialize, Serialize};

/// What a fixture is expected to give, one of these for each entry.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Expected {
    url: Option<String>,
    title: String,
    published: Option<String>,
    assumed: bool,
    provider: Option<String>,
    has_content: bool,
}

#[test]
fn the_shipped_study_watches_what_it_promises() {
    let study = shipped_study();
    let ids: BTreeSet<_> = study.sources.iter().map(|source| source.id.as_str()).collect();
    let named = [
        "yahoo-us",
        "yahoo-tw",
        "yahoo-hk",
        "rthk-en",
        "rthk-zh",
        "nyt-zh",
        "cna-sg",
        "cna-tw",
        "focustaiwan",
        "aastocks",
        "mfa-cn-en",
        "mfa-cn-zh",
    ];
    for id in named {
        assert!(ids.contains(id), "{id} is missing from feeds.toml");
    }
    assert_eq!(ids.len(), study.sources.len(), "ids are unique");
    assert!(study.sources.len() >= 54, "{} sources", study.sources.len());
    for source in &study.sources {
        assert_eq!(source.verified, None, "{} was not seen live by anyone yet", source.id);
        assert!(source.enabled || source.note.is_some(), "{} is off and does not say why", source.id);
    }
}

#[test]
fn the_shipped_study_is_spread_over_sides() {
    let study = shipped_study();
    let countries: BTreeSet<_> = study.sources.iter().map(|source| source.country.as_str()).collect();
    let owners: BTreeSet<_> = study.sources.iter().map(|source| source.owner).collect();
    let kinds: BTreeSet<_> =
        study.sources.iter().flat_map(|source| &source.entry_points).map(|entry| entry.kind.name()).collect();
    assert!(countries.len() >= 8, "{countries:?}");
    assert!(owners.len() >= 5, "{owners:?}");
    assert_eq!(kinds, BTreeSet::from(["feed", "page", "sitemap"]));
}

#[test]
fn every_kind_of_entry_point_of_every_source_has_its_pair() {
    let mut wanted = BTreeSet::new();
    for source in shipped_study().sources {
        for (stem, entries) in stems(&source) {
            let ending = if matches!(entries[0].kind, EntryPointKind::Page(_)) { "html" } else { "xml" };
            wanted.insert(format!("{stem}.{ending}"));
            wanted.insert(format!("{stem}.expected.json"));
        }
    }
    let files = std::fs::read_dir(fixtures()).expect("the folder of fixtures is there");
    let found: BTreeSet<_> = files
        .map(|file| file.expect("the folder can be listed").file_name().into_string().expect("names are plain"))
        .collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    let left_over: Vec<_> = found.difference(&wanted).collect();
    assert!(missing.is_empty() && left_over.is_empty(), "missing: {missing:?}\nof no source: {left_over:?}");
}

#[test]
fn every_fixture_gives_exactly_what_is_expected() {
    let mut wrong = Vec::new();
    for source in shipped_study().sources {
        for (stem, entries) in stems(&source) {
            let expected = expectation(&stem);
            for entry in &entries {
                let found = read_fixture(&source, &stem, entry, &entries[0].url);
                let found: Vec<_> = found.entries.iter().map(seen).chain(found.sitemaps.iter().map(named)).collect();
                if found != expected {
                    wrong.push(difference(&stem, &entry.url, &expected, &found));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_full_text_feed_keeps_its_paragraphs() {
    for (id, last) in [("rthk-en", "She said the office would"), ("rthk-zh", "她又說，下星期會回答")] {
        let study = shipped_study();
        let source = study.sources.iter().find(|source| source.id.as_str() == id).expect("the source is shipped");
        assert!(source.full_text);
        let first = &source.entry_points[0];
        let entries = read_fixture(source, id, first, &first.url).entries;
        let text = entries[0].content.as_deref().or(entries[0].summary.as_deref()).expect("the feed carries text");
        let paragraphs: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(paragraphs.len(), 3, "{id}: {text}");
        assert!(paragraphs[2].starts_with(last), "{id}: {text}");
    }
}

fn shipped_study() -> Study {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds.toml");
    let text = std::fs::read_to_string(path).expect("feeds.toml is shipped");
    gainsay::config::study(&text, "feeds.toml").unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns the fixtures that a source needs, and the entry points that each of them stands for.
fn stems(source: &FeedSource) -> BTreeMap<String, Vec<&EntryPoint>> {
    let mut stems: BTreeMap<String, Vec<&EntryPoint>> = BTreeMap::new();
    let first_kind = source.entry_points[0].kind.name();
    for entry in &source.entry_points {
        let kind = entry.kind.name();
        let stem = if kind == first_kind { source.id.to_string() } else { format!("{}.{kind}", source.id) };
        stems.entry(stem).or_default().push(entry);
    }
    stems
}

/// Reads a fixture as the answer of an entry point; relative links count from `base`.
fn read_fixture(source: &FeedSource, stem: &str, entry: &EntryPoint, base: &str) -> FeedReading {
    let (ending, content_type) = match entry.kind {
        EntryPointKind::Page(_) => ("html", "text/html"),
        EntryPointKind::Feed | EntryPointKind::Sitemap => ("xml", "text/xml"),
    };
    let path = fixtures().join(format!("{stem}.{ending}"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // Relative links of an invented page have to lead to an example domain as well.
    let mut url = url::Url::parse(base).expect("the shipped study has only web addresses");
    url.set_host(Some(&format!("{}.example", source.id))).expect("an id makes a host");
    let context = FeedContext {
        expected: Some(&entry.kind),
        url: Some(url.as_str()),
        content_type: Some(content_type),
        zone: &source.zone,
        at: jiff::Timestamp::now(),
    };
    feed::read(&bytes, &context)
}

fn expectation(stem: &str) -> Vec<Expected> {
    let path = fixtures().join(format!("{stem}.expected.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn seen(entry: &FeedEntry) -> Expected {
    Expected {
        url: entry.url.clone(),
        title: entry.title.clone(),
        published: entry.published.as_ref().map(|time| time.at.to_string()),
        assumed: entry.published.as_ref().is_some_and(|time| time.assumed),
        provider: entry.provider.clone(),
        has_content: entry.content.is_some(),
    }
}

/// A sitemap that an index names, as an entry without a headline.
fn named(sitemap: &NamedSitemap) -> Expected {
    Expected {
        url: Some(sitemap.url.clone()),
        title: String::new(),
        published: sitemap.changed.map(|changed| changed.to_string()),
        assumed: false,
        provider: None,
        has_content: false,
    }
}

/// Says in which entries of a fixture the reader and the expectation differ.
fn difference(stem: &str, url: &str, expected: &[Expected], found: &[Expected]) -> String {
    let mut out = format!("{stem} ({url}): {} entries expected, {} found", expected.len(), found.len());
    let longest = expected.len().max(found.len());
    for index in (0..longest).filter(|index| expected.get(*index) != found.get(*index)) {
        out.push_str(&format!("\n  expected {:?}\n  found    {:?}", expected.get(index), found.get(index)));
    }
    out
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outlets")
}
