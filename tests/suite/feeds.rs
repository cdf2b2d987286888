//! The truth table of feeds in `tests/fixtures/feeds`: hand-made documents, and the right reading of each.
//!
//! The head of each file tells the form. Those that are read wrongly are printed; the floor is in `tests/floors.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gainsay::decode;
use gainsay::feed::{self, FeedContext};
use gainsay::model::{FeedEntry, FeedReading};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

#[derive(Deserialize)]
struct Floors {
    feeds: Floor,
}

#[derive(Deserialize)]
struct Floor {
    right: f64,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    templates: BTreeMap<String, String>,
    case: Vec<Case>,
}

/// What goes in, and what must come out of the first entry (`want`) and of those numbered.
#[derive(Deserialize)]
struct Case {
    name: String,
    text: Option<String>,
    template: Option<String>,
    #[serde(default)]
    label: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    date: String,
    #[serde(default = "utf8")]
    encoding: String,
    #[serde(default)]
    bom: bool,
    #[serde(default)]
    bytes_before: String,
    #[serde(default)]
    bytes_after: String,
    #[serde(default)]
    replace: Vec<[String; 2]>,
    #[serde(default)]
    cut: usize,
    url: Option<String>,
    content_type: Option<String>,
    zone: Option<String>,
    entries: Option<usize>,
    keys: Option<usize>,
    problem: Option<bool>,
    repaired: Option<bool>,
    kind: Option<String>,
    feed_title: Option<String>,
    #[serde(default)]
    entry: BTreeMap<String, Entry>,
    #[serde(flatten)]
    want: Entry,
}

#[derive(Deserialize)]
struct Entry {
    title: Option<String>,
    link: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    assumed: Option<bool>,
    raw: Option<String>,
    guid: Option<String>,
    authors: Option<Vec<String>>,
    provider: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    lang: Option<String>,
    same_key: Option<String>,
    other_key: Option<String>,
}

fn utf8() -> String {
    "utf-8".to_owned()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32le" => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        "utf-32be" => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        _ => decode::encode(text, encoding).unwrap_or_else(|| panic!("`{encoding}` lacks a character of `{text}`")),
    }
}

fn replaced(bytes: &[u8], find: &[u8], with: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while let Some((first, behind)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(find) {
            out.extend(with);
            rest = behind;
        } else {
            out.push(*first);
            rest = behind;
        }
    }
    out
}

impl Case {
    fn bytes(&self, templates: &BTreeMap<String, String>) -> Vec<u8> {
        let text = self.text.as_ref().or_else(|| templates.get(self.template.as_deref()?));
        let text = text.unwrap_or_else(|| panic!("{} has no text", self.name));
        let filled = text.replace("{label}", &self.label).replace("{item}", &self.item).replace("{date}", &self.date);
        let mut bytes = encoded(&filled, &self.encoding);
        for [find, with] in &self.replace {
            bytes = replaced(&bytes, &encoded(find, &self.encoding), &bytes_of(with));
        }
        bytes.truncate(bytes.len() - self.cut);
        let mark: &[u8] = match self.encoding.as_str() {
            _ if !self.bom => b"",
            "utf-16le" => b"\xFF\xFE",
            "utf-16be" => b"\xFE\xFF",
            "utf-32le" => b"\xFF\xFE\0\0",
            "utf-32be" => b"\0\0\xFE\xFF",
            _ => b"\xEF\xBB\xBF",
        };
        [&bytes_of(&self.bytes_before), mark, &bytes, &bytes_of(&self.bytes_after)].concat()
    }

    fn read(&self, templates: &BTreeMap<String, String>) -> FeedReading {
        let zone = self.zone.as_deref().map_or(TimeZone::UTC, |name| TimeZone::get(name).expect("a zone"));
        let context = FeedContext {
            expected: None,
            url: self.url.as_deref(),
            content_type: self.content_type.as_deref(),
            zone: &zone,
            at: "2026-12-01T00:00:00Z".parse().expect("a time"),
        };
        feed::read(&self.bytes(templates), &context)
    }

    /// What of the reading is wrong; `keys` are those of all cases.
    fn wrong(&self, reading: &FeedReading, keys: &BTreeMap<String, String>) -> Vec<String> {
        let mut wrong = Wrong(Vec::new());
        let different = reading.entries.iter().map(|entry| &entry.key.0).collect::<BTreeSet<_>>().len();
        wrong.unless("entries", self.entries, reading.entries.len());
        wrong.unless("keys", self.keys, different);
        wrong.unless("problem", self.problem, !reading.problems.is_empty());
        wrong.unless("repaired", self.repaired, !reading.repairs.is_empty() || !reading.problems.is_empty());
        wrong.unless("kind", self.kind.clone(), reading.kind.name().to_owned());
        wrong.text("feed title", self.feed_title.as_deref(), reading.title.as_deref());
        for (place, want) in std::iter::once(("1", &self.want)).chain(self.entry.iter().map(|(at, want)| (&**at, want)))
        {
            let at: usize = place.parse().expect("the number of an entry");
            want.compare(reading.entries.get(at - 1), keys, &mut wrong);
        }
        for entry in &reading.entries {
            let texts = [Some(&entry.title), entry.summary.as_ref(), entry.content.as_ref(), entry.guid.as_ref()];
            let is_clean = |text: &&String| !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
            let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
            wrong.unless("without controls", Some(true), texts.into_iter().flatten().all(|text| is_clean(&text)));
            wrong.unless("address of the web", Some(true), entry.url.as_ref().is_none_or(is_web));
        }
        wrong.0
    }
}

impl Entry {
    fn compare(&self, entry: Option<&FeedEntry>, keys: &BTreeMap<String, String>, wrong: &mut Wrong) {
        let published = entry.and_then(|entry| entry.published.as_ref());
        let of = |field: fn(&FeedEntry) -> Option<&String>| entry.and_then(field).map(String::as_str);
        wrong.text("title", self.title.as_deref(), of(|entry| Some(&entry.title)));
        wrong.text("link", self.link.as_deref(), of(|entry| entry.url.as_ref()));
        wrong.text("guid", self.guid.as_deref(), of(|entry| entry.guid.as_ref()));
        wrong.text("provider", self.provider.as_deref(), of(|entry| entry.provider.as_ref()));
        wrong.text("summary", self.summary.as_deref(), of(|entry| entry.summary.as_ref()));
        wrong.text("content", self.content.as_deref(), of(|entry| entry.content.as_ref()));
        wrong.text("lang", self.lang.as_deref(), of(|entry| entry.lang.as_ref()));
        let raw = published.map(|date| date.raw.as_str()).or_else(|| of(|entry| entry.unread_date.as_ref()));
        wrong.text("raw", self.raw.as_deref(), raw);
        wrong.time("published", self.published.as_deref(), published.map(|date| date.at));
        wrong.time("updated", self.updated.as_deref(), entry.and_then(|entry| entry.updated));
        wrong.unless("assumed", self.assumed, published.is_some_and(|date| date.assumed));
        wrong.unless("authors", self.authors.clone(), entry.map(|entry| entry.authors.clone()).unwrap_or_default());
        let key_of = |case: &String| keys.get(case).or_else(|| keys.get(&format!("{case}#1")));
        let own = entry.map(|entry| &entry.key.0);
        wrong.unless("same key", self.same_key.as_ref().map(|_| true), self.same_key.as_ref().and_then(key_of) == own);
        wrong.unless(
            "other key",
            self.other_key.as_ref().map(|_| true),
            self.other_key.as_ref().and_then(key_of) != own,
        );
    }
}

/// What was read otherwise than it should be.
struct Wrong(Vec<String>);

impl Wrong {
    fn unless<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, want: Option<T>, got: T) {
        if let Some(want) = want.filter(|want| *want != got) {
            self.0.push(format!("{what}: {want:?}, got {got:?}"));
        }
    }

    /// Runs of white space count as one space, and an empty text as none.
    fn text(&mut self, what: &str, want: Option<&str>, got: Option<&str>) {
        let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.unless(what, want.map(even), even(got.unwrap_or_default()));
    }

    fn time(&mut self, what: &str, want: Option<&str>, got: Option<Timestamp>) {
        let second =
            |text: &str| (!text.is_empty()).then(|| text.parse::<Timestamp>().expect("a time of RFC 3339").as_second());
        self.unless(what, want.map(second), got.map(Timestamp::as_second));
    }
}

#[test]
fn the_truth_table_of_feeds_holds() {
    let (mut readings, mut keys) = (Vec::new(), BTreeMap::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds");
    let files = std::fs::read_dir(folder).expect("the table is there");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file of cases");
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in file.case {
            let reading = case.read(&file.templates);
            for (at, entry) in reading.entries.iter().enumerate() {
                keys.insert(format!("{}#{}", case.name, at + 1), entry.key.0.clone());
            }
            assert_eq!(reading, case.read(&file.templates), "{}: the same bytes read twice", case.name);
            readings.push((case, reading));
        }
    }
    let mut right = 0u32;
    for (case, reading) in &readings {
        let wrong = case.wrong(reading, &keys);
        right += u32::from(wrong.is_empty());
        if !wrong.is_empty() {
            println!("{}\n  {}", case.name, wrong.join("\n  "));
        }
    }
    let all = u32::try_from(readings.len()).expect("a few hundred");
    println!("feeds: {right} of {all} right");
    let floors: Floors = toml::from_str(include_str!("../floors.toml")).expect("the floors");
    assert!(all >= 250, "the table is {all} cases");
    assert!(f64::from(right) >= floors.feeds.right * f64::from(all), "{right} of {all}");
}
