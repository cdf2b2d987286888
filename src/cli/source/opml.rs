//! `source export` and `source import`: lists of feeds, to other readers and from them.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use url::Url;

use super::super::output::{self, Exit, Format, plural};
use super::super::study::{self, FILE, StudyFolder};
use crate::config::{self, Clues, ConfigProblems, Guess, PlainEntry, PlainSource};
use crate::feed::{self, LARGEST_OPML, Opml, Outline};
use crate::language;
use crate::model::{EntryPointKind, FeedSource, Study};
use crate::render::safe;

/// The keys of an entry point that an outline with both an address and settings of ours may hold.
const ENTRY_KEYS: &[&str] = &["kind", "section", "transcript", "item", "link", "title", "date", "summary", "match"];

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The file; without it, the list is printed
    file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// The OPML file, or - for what is piped in
    file: PathBuf,
    /// Show what would be added, and add nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: Format,
}

impl Export {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let sources = &folder.study.sources;
        let outlines: Vec<Outline> = sources.iter().map(source_outline).collect();
        let text = feed::write_opml(&folder.study.name, &outlines);
        let Some(path) = self.file.as_ref().filter(|path| path.as_os_str() != "-") else {
            output::raw(text.as_bytes())?;
            return Ok(Exit::Done);
        };
        anyhow::ensure!(
            !path.exists() || is_opml(path)?,
            "{} is there already and is no OPML: it is left as it is",
            path.display()
        );
        study::replace(path, &text)?;
        output::line(&format!("{} source{} written to {}", sources.len(), plural(sources.len()), path.display()))?;
        Ok(Exit::Done)
    }
}

/// Says whether a file is one that an export may take the place of.
fn is_opml(path: &Path) -> anyhow::Result<bool> {
    Ok(feed::read_opml(&read(path)?).is_ok())
}

/// A source as a folder of its entry points.
fn source_outline(source: &FeedSource) -> Outline {
    let plain = PlainSource::of(source);
    let points = source.entry_points.iter().map(|point| {
        let own: PlainEntry = PlainSource::entry(point).into_iter().filter(|(key, _)| key != "url").collect();
        let section = point.section.as_deref().map(|section| format!(": {section}")).unwrap_or_default();
        let kind = match point.kind {
            EntryPointKind::Feed => "rss",
            EntryPointKind::Sitemap | EntryPointKind::Page(_) => point.kind.name(),
        };
        Outline {
            text: Some(format!("{}{section}", source.name)),
            kind: Some(kind.to_owned()),
            xml_url: Some(point.url.clone()),
            own,
            ..Outline::default()
        }
    });
    Outline {
        text: Some(source.name.clone()),
        own: plain.settings.into_iter().filter(|(key, _)| key != "name").collect(),
        children: points.collect(),
        ..Outline::default()
    }
}

impl Import {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let file = self.file.display().to_string();
        let opml = feed::read_opml(&read(&self.file)?).with_context(|| file.clone())?;
        let found = Reading::of(&opml, &folder.study);
        if !self.dry_run {
            let new: Vec<FeedSource> = found.new.iter().map(|new| new.source.clone()).collect();
            folder.edit_feeds(|text| config::add_sources(text, FILE, &new))?;
        }
        match self.format.json {
            true => output::document(&self.json(&found))?,
            false => self.print(&found)?,
        }
        Ok(match (found.new.is_empty(), found.left_out.is_empty()) {
            (_, false) => Exit::Partial,
            (true, true) => Exit::NothingFound,
            (false, true) => Exit::Done,
        })
    }

    fn print(&self, found: &Reading) -> anyhow::Result<()> {
        let rows: Vec<Vec<String>> = found
            .new
            .iter()
            .map(|new| {
                let guessed: Vec<String> = new.guesses.iter().map(guess_text).collect();
                let guessed = if guessed.is_empty() { "nothing".to_owned() } else { guessed.join("; ") };
                vec![new.source.id.to_string(), new.source.name.clone(), super::entry_kinds(&new.source), guessed]
            })
            .collect();
        if !rows.is_empty() {
            output::told_table(&["source", "name", "entry points", "guessed"], &rows)?;
        }
        /// More are counted: a list that is read again is left out line by line.
        const MOST: usize = 20;
        for (place, why) in found.left_out.iter().take(MOST) {
            eprintln!("left out: {}", safe(&format!("{place}: {why}")));
        }
        let more = found.left_out.len().saturating_sub(MOST);
        if more > 0 {
            eprintln!("left out: {more} more, all of which `--json` names");
        }
        let count = found.new.len();
        let done = if self.dry_run { "would be added" } else { "added" };
        eprintln!("{count} source{} {done}, {} left out", plural(count), found.left_out.len());
        if found.new.iter().any(|new| !new.guesses.is_empty()) {
            eprintln!("look at what was guessed, and mend it in {FILE}; `gainsay source check` says what answers");
        }
        Ok(())
    }

    fn json(&self, found: &Reading) -> Value {
        let new = |new: &NewSource| {
            let source = &new.source;
            let points = source
                .entry_points
                .iter()
                .map(|point| json!({ "kind": point.kind.name(), "url": point.url, "section": point.section }));
            json!({
                "id": source.id, "name": source.name, "lang": source.lang, "country": source.country,
                "owner": source.owner.name(), "zone": source.zone.iana_name(), "enabled": source.enabled,
                "entry_points": points.collect::<Vec<_>>(),
                "guessed": new.guesses.iter().map(guess_json).collect::<Vec<_>>(),
            })
        };
        json!({
            "sources": found.new.iter().map(new).collect::<Vec<_>>(),
            "left_out": found.left_out.iter().map(|(place, why)| json!({ "place": place, "why": why })).collect::<Vec<_>>(),
            "added": !self.dry_run && !found.new.is_empty(),
        })
    }
}

/// A guess as people read it.
pub(super) fn guess_text(guess: &Guess) -> String {
    format!("{} {} (from {})", guess.key, guess.value, guess.from)
}

pub(super) fn guess_json(guess: &Guess) -> Value {
    json!({ "key": guess.key, "value": guess.value, "from": guess.from })
}

/// Reads a file, up to what a list of feeds may hold and a byte more.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST_OPML as u64 + 1;
    let done = match path.as_os_str() == "-" {
        true => io::stdin().lock().take(most).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    done.with_context(|| path.display().to_string())?;
    Ok(bytes)
}

/// A source that a list of feeds brings.
struct NewSource {
    source: FeedSource,
    guesses: Vec<Guess>,
}

/// What a list of feeds means for a study.
struct Reading {
    new: Vec<NewSource>,
    /// The outlines that are not taken: where each stands, and why.
    left_out: Vec<(String, String)>,
    ids: BTreeSet<String>,
    urls: HashSet<String>,
}

impl Reading {
    fn of(opml: &Opml, study: &Study) -> Self {
        let urls = study.sources.iter().flat_map(|source| &source.entry_points).map(|point| normal(&point.url));
        let mut reading = Self {
            new: Vec::new(),
            left_out: Vec::new(),
            ids: study.sources.iter().map(|source| source.id.to_string()).collect(),
            urls: urls.collect(),
        };
        for outline in &opml.outlines {
            reading.outline(outline, &[]);
        }
        for line in &opml.too_deep {
            reading.left_out.push((format!("line {line}"), "it stands in too many other outlines".to_owned()));
        }
        reading
    }

    fn outline(&mut self, outline: &Outline, folders: &[&str]) {
        let name = outline.text.as_deref().unwrap_or_default();
        if outline.xml_url.is_some() {
            self.feed(outline, folders);
        } else if !outline.own.is_empty() {
            return self.source(outline, folders);
        } else if outline.children.is_empty() {
            return self.leave_out(outline, folders, "it has no xmlUrl");
        }
        let within = [folders, &[name][..]].concat();
        for child in &outline.children {
            self.outline(child, &within);
        }
    }

    /// A feed that stands by itself: a source with one entry point, whose section is the folder that it stands in.
    fn feed(&mut self, outline: &Outline, folders: &[&str]) {
        let (of_entry, settings): (PlainEntry, PlainEntry) =
            outline.own.iter().cloned().partition(|(key, _)| ENTRY_KEYS.contains(&key.as_str()));
        if let Some(entry) = self.checked(entry(outline, &of_entry, folders), outline, folders) {
            self.take(PlainSource { settings, entries: vec![entry] }, outline, folders);
        }
    }

    /// A source as an export writes it: a folder with settings of ours, and its entry points within.
    fn source(&mut self, outline: &Outline, folders: &[&str]) {
        let mut plain = PlainSource { settings: outline.own.clone(), entries: Vec::new() };
        if let Some(name) = outline.text.as_deref().filter(|_| plain.get("name").is_none()) {
            plain.set("name", name);
        }
        let mut waiting: Vec<(&Outline, Vec<&str>)> =
            outline.children.iter().rev().map(|child| (child, vec![])).collect();
        while let Some((child, sections)) = waiting.pop() {
            let name = child.text.as_deref().unwrap_or_default();
            let around = [folders, &[outline.text.as_deref().unwrap_or_default()], &sections].concat();
            if child.xml_url.is_some() {
                let entry = entry(child, &child.own, &sections);
                plain.entries.extend(self.checked(entry, child, &around));
            } else if child.children.is_empty() {
                self.leave_out(child, &around, "it has no xmlUrl");
            }
            let within = [&sections[..], &[name]].concat();
            waiting.extend(child.children.iter().rev().map(|inner| (inner, within.clone())));
        }
        match plain.entries.is_empty() {
            true => self.leave_out(outline, folders, "no entry point of it could be taken"),
            false => self.take(plain, outline, folders),
        }
    }

    /// Returns an entry point that a study may hold and this one does not hold yet.
    fn checked(&mut self, entry: PlainEntry, outline: &Outline, folders: &[&str]) -> Option<PlainEntry> {
        let probe = [("id", "probe"), ("name", "probe"), ("country", "XX"), ("owner", "private"), ("zone", "UTC")];
        let settings = probe.map(|(key, text)| (key.to_owned(), text.to_owned())).to_vec();
        if let Err(problems) = (PlainSource { settings, entries: vec![entry.clone()] }).read() {
            self.leave_out(outline, folders, &told(&problems));
            return None;
        }
        let url = normal(outline.xml_url.as_deref().unwrap_or_default());
        if !self.urls.insert(url) {
            self.leave_out(outline, folders, "its address is watched already");
            return None;
        }
        Some(entry)
    }

    /// Adds a source whose entry points are good, unless its settings are not.
    fn take(&mut self, mut plain: PlainSource, outline: &Outline, folders: &[&str]) {
        if let Some(id) = plain.get("id").filter(|id| self.ids.contains(*id)) {
            let why = format!("the id {id} is taken already");
            return self.leave_out_with(&plain, outline, folders, &why);
        }
        let lang = outline.language.as_deref().map(language::canonical);
        let url = plain.entries.iter().flatten().find(|(key, _)| key == "url").map(|(_, url)| url.clone());
        let url = url.unwrap_or_default();
        let clues = Clues { url: &url, title: outline.text.as_deref(), lang: lang.as_ref() };
        let guesses = config::fill_in(&mut plain, &clues, &|id| !self.ids.contains(id));
        match plain.read() {
            Ok(source) => {
                self.ids.insert(source.id.to_string());
                self.new.push(NewSource { source, guesses });
            }
            Err(problems) => self.leave_out_with(&plain, outline, folders, &told(&problems)),
        }
    }

    /// Leaves a source out, so that another outline may bring its addresses.
    fn leave_out_with(&mut self, plain: &PlainSource, outline: &Outline, folders: &[&str], why: &str) {
        for (_, url) in plain.entries.iter().flatten().filter(|(key, _)| key == "url") {
            self.urls.remove(&normal(url));
        }
        self.leave_out(outline, folders, why);
    }

    fn leave_out(&mut self, outline: &Outline, folders: &[&str], why: &str) {
        let named = folders.iter().copied().chain(outline.text.as_deref().or(outline.xml_url.as_deref()));
        let path: Vec<String> =
            named.filter(|name| !name.is_empty()).map(|name| name.chars().take(60).collect()).collect();
        let path = if path.is_empty() { String::new() } else { format!(" ({})", path.join(" > ")) };
        self.left_out.push((format!("line {}{path}", outline.line), why.to_owned()));
    }
}

/// The entry point that an outline tells of; the folders around it are its section when it names none.
fn entry(outline: &Outline, own: &[(String, String)], folders: &[&str]) -> PlainEntry {
    let said = |key: &str| own.iter().any(|(name, _)| name == key);
    let folders: Vec<&str> = folders.iter().copied().filter(|name| !name.trim().is_empty()).collect();
    let mut entry = Vec::new();
    if !said("kind") {
        entry.push(("kind".to_owned(), "feed".to_owned()));
    }
    entry.extend(own.iter().filter(|(key, _)| key != "url").cloned());
    entry.insert(1, ("url".to_owned(), outline.xml_url.clone().unwrap_or_default()));
    if !said("section") && !folders.is_empty() {
        entry.push(("section".to_owned(), folders.join(" / ")));
    }
    entry
}

/// An address as it is compared with others.
fn normal(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.to_string())
}

/// What is wrong, without lines that are of no file.
pub(super) fn told(problems: &ConfigProblems) -> String {
    let one = |problem: &config::ConfigProblem| format!("{}; {}", problem.what, problem.remedy);
    problems.problems.iter().map(one).collect::<Vec<_>>().join(", and ")
}
