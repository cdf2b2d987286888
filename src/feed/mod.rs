//! Reading what an entry point answers: feeds, sitemaps and listings; and lists of feeds. The home of feed-rs and quick-xml.
//!
//! Feeds arrive damaged. Each repair is a named stage, tried from the least to the most intrusive, and what was repaired
//! is told. An entry that cannot be read is lost alone, never with its neighbours. Reading ends at [`FeedEntry`] values;
//! what is done with them is the pipeline's business.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::dates;
use crate::decode;
use crate::model::{EntryKey, EntryPointKind, FeedEntry, FeedKind, FeedReading, LARGEST_FEED, NamedSitemap};

mod balance;
mod dialect;
mod discover;
mod draft;
mod json;
mod links;
mod listing;
mod opml;
mod recent;
mod repair;
mod sitemap;
#[cfg(test)]
mod tests;
mod tree;
mod xml;

pub use discover::{FoundBy, Lead, PageLeads, is_same_site, leads_of_page, sitemap_leads, usual_places};
use draft::Draft;
pub use links::is_opaque;
pub use opml::{LARGEST_OPML, Opml, OpmlError, Outline, read_opml, write_opml};
pub use recent::{Choice, Recent, Since, choose_sitemaps, recent_entries};
pub use sitemap::ONLY_SITEMAPS;

/// What is said of an answer that is a page.
pub const IS_PAGE: &str = "an HTML page instead of a feed";

/// More entries than any news feed has.
const MOST_ENTRIES: usize = 5_000;
/// A sitemap may list so many addresses, and an index so many sitemaps: the protocol's own limit.
const MOST_ADDRESSES: usize = 50_000;
/// No headline is longer, in characters.
const LONGEST_TITLE: usize = 1_000;
/// No article is longer, in bytes.
const LONGEST_CONTENT: usize = 1_000_000;

/// What is known about an answer besides its bytes.
#[derive(Debug, Clone)]
pub struct FeedContext<'a> {
    /// What the entry point should be; `None` looks at the bytes.
    pub expected: Option<&'a EntryPointKind>,
    /// The address that answered, for relative links.
    pub url: Option<&'a str>,
    /// The Content-Type header.
    pub content_type: Option<&'a str>,
    /// The outlet's zone, for dates without one.
    pub zone: &'a TimeZone,
    /// When it answered: what is dated long after that is dated wrongly.
    pub at: Timestamp,
}

/// Reads one answer of an entry point. Never fails: what cannot be read is a problem in the result.
pub fn read(bytes: &[u8], context: &FeedContext<'_>) -> FeedReading {
    // A packed file, as some sitemaps are; packing for the way was undone by whoever fetched it.
    if !decode::is_gzip(bytes) {
        return finish(find(bytes, context), context);
    }
    let found = match decode::unpack(bytes, LARGEST_FEED) {
        Ok(unpacked) => {
            let mut found = find(&unpacked.bytes, context);
            found.is_cut |= !unpacked.problems.is_empty();
            found.repairs.splice(0..0, unpacked.repairs);
            found.problems.splice(0..0, unpacked.problems);
            found
        }
        Err(problem) => Found::nothing(problem),
    };
    finish(found, context)
}

fn find(bytes: &[u8], context: &FeedContext<'_>) -> Found {
    let base = context.url.and_then(|url| Url::parse(url).ok());
    let (decoded, mut found) = match context.expected {
        Some(EntryPointKind::Page(selectors)) => {
            let decoded = decode::html(bytes, context.content_type);
            let found = listing::read(&decoded.text, selectors, base.as_ref());
            (decoded, found)
        }
        _ => {
            let decoded = decode::xml(bytes, context.content_type);
            let found = by_its_looks(&decoded.text, base.as_ref());
            (decoded, found)
        }
    };
    found.repairs.splice(0..0, decoded.repairs);
    found
}

/// What one of the readers made of an answer, before dates are read, keys are given and caps hold.
struct Found {
    kind: FeedKind,
    title: Option<String>,
    drafts: Vec<Draft>,
    /// The sitemaps that an index names, each with its date of change as printed.
    sitemaps: Vec<(String, Option<String>)>,
    repairs: Vec<String>,
    problems: Vec<String>,
    is_cut: bool,
}

impl Found {
    fn new(kind: FeedKind) -> Self {
        Self {
            kind,
            title: None,
            drafts: Vec::new(),
            sitemaps: Vec::new(),
            repairs: Vec::new(),
            problems: Vec::new(),
            is_cut: false,
        }
    }

    /// Says that the answer ended before its end.
    fn cut(&mut self) {
        self.is_cut = true;
        self.problems.insert(0, "the answer was cut off: entries may be missing".to_owned());
    }

    fn nothing(problem: impl Into<String>) -> Self {
        Self { problems: vec![problem.into()], ..Self::new(FeedKind::Unknown) }
    }
}

/// Tells the kinds apart by the text itself: Content-Type headers are often wrong.
fn by_its_looks(text: &str, base: Option<&Url>) -> Found {
    let start = text.trim_start();
    if start.is_empty() {
        return Found::nothing("the answer is empty");
    }
    if start.starts_with(['{', '[']) {
        return json::read(start, base);
    }
    if let Some(root) = repair::find_root(text) {
        return xml::read(text, root, base);
    }
    if looks_like_html(start) {
        return Found::nothing(IS_PAGE);
    }
    let shown: String = draft::one_line(&start.chars().take(80).collect::<String>());
    Found::nothing(format!("not a feed; the answer begins with `{}`", shown.trim()))
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| head.contains(sign));
    // XML of another kind may hold pieces of a page.
    let is_xml = head.starts_with("<?xml");
    has(&["<!doctype html", "<html"])
        || !is_xml && has(&["<head", "<body", "<script", "<div", "<title", "<meta", "<p>"])
}

/// Turns drafts into entries: dates read, caps held, keys given, doubles left out.
fn finish(found: Found, context: &FeedContext<'_>) -> FeedReading {
    let Found { kind, title, mut drafts, sitemaps, repairs, mut problems, is_cut } = found;
    if drafts.is_empty() && sitemaps.is_empty() && problems.is_empty() {
        problems.push("no entries".to_owned());
    }
    let most = if kind == FeedKind::Sitemap { MOST_ADDRESSES } else { MOST_ENTRIES };
    if drafts.len() > most {
        problems.push(format!("{} entries; only the first {most} were read", drafts.len()));
        drafts.truncate(most);
    }
    let named = |(url, changed): (String, Option<String>)| {
        let is_day = changed.as_ref().is_some_and(|print| !print.contains(':'));
        let changed = changed.and_then(|print| dates::read(&print, context.zone)).map(|date| date.at);
        NamedSitemap { url, changed, is_day }
    };
    let sitemaps: Vec<NamedSitemap> = sitemaps.into_iter().map(named).collect();
    let mut tally = draft::Tally::default();
    let all: Vec<FeedEntry> = drafts.into_iter().filter_map(|draft| draft.into_entry(context, &mut tally)).collect();
    // An id that stands for several articles is none: each of them gets another key, whatever their order.
    let mut told: HashMap<&str, (&str, bool)> = HashMap::with_capacity(all.len());
    for entry in &all {
        let Some(by) = draft::told_apart_by(entry) else { continue };
        let (first, several) = told.entry(&entry.key.0).or_insert((by, false));
        *several |= *first != by;
    }
    let shared: HashSet<String> =
        told.iter().filter(|(_, (_, several))| *several).map(|(key, _)| (*key).to_owned()).collect();
    let mut entries: Vec<FeedEntry> = Vec::with_capacity(all.len());
    let mut places: HashMap<EntryKey, usize> = HashMap::with_capacity(all.len());
    for mut entry in all {
        let is_shared = shared.contains(&entry.key.0);
        tally.shared_ids += usize::from(is_shared);
        if is_shared || draft::has_weak_id(&entry) {
            entry.key = draft::key_apart(&entry);
        }
        if let Some(place) = places.get(&entry.key) {
            // A listing links an item twice, once by its picture.
            let first = &mut entries[*place];
            if first.title.is_empty() {
                first.title = entry.title;
            } else if !entry.title.is_empty() && first.title != entry.title {
                tally.repeated += 1;
            }
            continue;
        }
        places.insert(entry.key.clone(), entries.len());
        entries.push(entry);
    }
    problems.extend(tally.problems(entries.len()));
    FeedReading { kind, title: title.filter(|title| !title.is_empty()), entries, sitemaps, repairs, problems, is_cut }
}
