//! From a fetched page to its article. The home of dom_smoothie.
//!
//! Layers, the surest first: what the page says of itself in a form for machines gives headline, date and authors; a rule
//! for the outlet, general extraction or the page's own data gives the body; the feed's text stands in when the page has
//! less. Text is kept as printed. Whether the article matters is not asked here.
//!
//! Where things are: what the page says of itself in `facts` (`structured`: JSON-LD and the like, `headline`,
//! `credits`: as printed around the headline, `datelines`: as the text says it and what stands below it,
//! `moments`: when, `names`: what a name is, `site`: what the site is called, `links`: where links lead); the layers of the body in `body`
//! (`outlets`, `embedded`, `anchor`; what general extraction is spared or shown: `comments`, `hidden`); which of its lines are text in `clean` (`ends`: where it ends, `stamps`: dates and bylines, `furniture`:
//! the table of what sites print around, `blocks`: what lines are by their elements, `transcript`: questions and
//! answers, `turns`: these taken apart, `recurring`: what an outlet prints on many pages); what the place of lines on the page says in `around` and
//! `boxes` (drops) and `beside` (puts back); pages that hold no article in `refusal`.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::decode;
use crate::html::{self, Document};
use crate::language;
use crate::model::{Article, Discrepancy, DropReason, FeedEntry, FetchedPage, Lang, Layer, PageRule, PublishedTime};

mod anchor;
mod around;
mod beside;
mod blocks;
mod body;
mod boxes;
mod clean;
mod comments;
mod credits;
mod datelines;
mod embedded;
mod ends;
mod facts;
mod furniture;
mod headline;
mod hidden;
mod links;
mod moments;
mod names;
mod outlets;
mod recurring;
mod refusal;
mod site;
mod stamps;
mod structured;
#[cfg(test)]
mod tests;
mod transcript;
mod turns;

pub use clean::Line;
use facts::Facts;
pub use outlets::{SelectorUse, selector_uses};
pub use recurring::{Recurring, edges};
pub use turns::{entry_of, split, turn_of};

/// The stack in bytes that a thread needs on which pages are read: the parser's gate for depth and this go together.
pub const STACK: usize = 16 << 20;

/// Less than this is no article, in characters.
const SHORTEST_TEXT: usize = 20;

/// What is known of the pages of an outlet, other than the page at hand.
#[derive(Debug, Clone)]
pub struct OutletPages {
    /// The zone of dates without one.
    pub zone: TimeZone,
    /// Where things stand on its pages, by the study.
    pub rule: Option<PageRule>,
    /// What it prints on many of its pages.
    pub recurring: Arc<Recurring>,
}

impl OutletPages {
    /// Of an outlet of which the zone alone is known.
    pub fn zone(zone: TimeZone) -> Self {
        Self { zone, rule: None, recurring: Arc::default() }
    }
}

/// Finds the article of a page, or says why there is none.
///
/// `entry` is what the feed said of it, where there was a feed.
///
/// # Errors
/// The reason why the page holds no article.
pub fn article(entry: Option<&FeedEntry>, page: &FetchedPage, outlet: &OutletPages) -> Result<Article, DropReason> {
    explain(entry, page, outlet).0
}

/// Finds the article of a page as [`article`] does, and tells of each line that was looked at what became of it.
///
/// The lines are those of the layer that decided; they are empty where a page was refused before it was read.
pub fn explain(
    entry: Option<&FeedEntry>,
    page: &FetchedPage,
    outlet: &OutletPages,
) -> (Result<Article, DropReason>, Vec<Line>) {
    let mut lines = Vec::new();
    let article = look(entry, page, outlet, &mut lines);
    (article, lines)
}

fn look(
    entry: Option<&FeedEntry>,
    page: &FetchedPage,
    outlet: &OutletPages,
    lines: &mut Vec<Line>,
) -> Result<Article, DropReason> {
    if page.body.iter().all(u8::is_ascii_whitespace) {
        return Err(DropReason::EmptyBody);
    }
    if refusal::is_binary(&page.body) {
        return Err(DropReason::NotHtml);
    }
    let decoded = decode::html(&page.body, page.content_type.as_deref());
    if !refusal::is_html(&decoded.text, page.content_type.as_deref()) {
        return Err(DropReason::NotHtml);
    }
    let mut document = Document::parse(&decoded.text).map_err(|_| DropReason::TooDeep)?;
    hidden::open_templates(&mut document);
    hidden::remove_for_ears(&mut document);
    let canonical = facts::canonical(&document, page.url.as_deref());
    // A page saved to a file has no address but the one it gives itself.
    let rule = outlets::rule_of(outlet.rule.as_ref(), page.url.as_deref().or(canonical.as_deref()));
    let facts = Facts::of(&document, page.url.as_deref(), rule.as_ref(), &outlet.zone);
    let found = body::find(&document, &facts, rule.as_ref(), &outlet.recurring);
    lines.clone_from(&found.lines);
    if refusal::is_not_found(&facts, &found.text) {
        return Err(DropReason::NotFoundPage);
    }
    let feed_text =
        entry.and_then(|entry| entry.content.as_deref()).map(|text| body::Found::of_feed(text, &facts.title));
    let is_wall = refusal::is_wall(&document, page.url.as_deref(), &facts, &found.text);
    let found = match feed_text {
        Some(feed) if is_wall || feed.length() > found.length() => {
            lines.clone_from(&feed.lines);
            feed
        }
        _ if is_wall => return Err(DropReason::Wall),
        _ => found,
    };
    if found.by != Layer::Feed && refusal::is_section_front(&document, page.url.as_deref(), &facts, lines) {
        return Err(DropReason::SectionFront);
    }
    if found.length() < SHORTEST_TEXT && !furniture::tells(&found.text) {
        return Err(DropReason::NoText);
    }
    let printed = document.lines();
    let below = Below {
        provider: datelines::provider_below(&printed, &found.text),
        authors: datelines::authors_below(&printed, &found.text),
    };
    Ok(assemble(entry, page, facts, found, below))
}

/// Makes an article of what the feed itself said, when the page could not be had; `None` without a headline or text.
pub fn from_entry(entry: &FeedEntry, why_partial: &str) -> Option<Article> {
    let text = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
    let text = clean::tidy(text, &entry.title);
    if entry.title.is_empty() && text.is_empty() {
        return None;
    }
    Some(Article {
        url: entry.url.clone(),
        canonical: None,
        title: entry.title.clone(),
        standfirst: entry.content.as_ref().and(entry.summary.clone()).filter(|summary| !repeats(summary, &text)),
        section: None,
        authors: entry.authors.clone(),
        provider: entry.provider.clone(),
        published: entry.published.clone(),
        updated: entry.updated,
        site: None,
        lang: detect(&entry.title, &text, entry.lang.as_deref()),
        text,
        marks: Vec::new(),
        discrepancies: Vec::new(),
        recurring: Vec::new(),
        partial: Some(why_partial.to_owned()),
        by: Layer::Feed,
    })
}

/// What is named on lines below a text.
struct Below {
    provider: Option<String>,
    authors: Vec<String>,
}

fn assemble(entry: Option<&FeedEntry>, page: &FetchedPage, facts: Facts, found: body::Found, below: Below) -> Article {
    let beside = || refusal::only_accompanies(&facts, page.url.as_deref(), &found.text).map(str::to_owned);
    let partial = body::why_partial(&found, facts.is_free).or_else(beside);
    let is_other = |agency: &String| {
        let own = [facts.site.as_deref(), facts.host.as_deref()];
        let is_in = |own: &str| own.to_lowercase().contains(&agency.to_lowercase());
        let is_own = own.into_iter().flatten().any(|own| is_in(own) || names::abbreviates(agency, own));
        !is_own && !facts.is_in_window(agency)
    };
    let last = found.lines.iter().rev().take_while(|line| line.dropped.is_some());
    let signed = last.map(|line| line.text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
    let signed = signed.take(3).find(|name| names::is_agency(name));
    let agency = [datelines::provider_of(&found.text), signed, below.provider];
    let agency = agency.into_iter().flatten().find(is_other);
    let lines = found.lines.iter().map(|line| line.text.as_str());
    let on_a_line = datelines::authors_on_a_line(lines);
    // Who reported is told at the end of some, in a line that is no text.
    const CLOSING: usize = 6;
    let closing: Vec<&str> = found.lines.iter().rev().take(CLOSING).rev().map(|line| line.text.as_str()).collect();
    let closing = datelines::authors_of(&closing.join("\n"));
    let in_text = datelines::authors_of(&found.text);
    let by_place = [&in_text, &on_a_line, &closing, &below.authors]
        .map(|names| names.iter().filter(|name| is_other(name)).cloned().collect::<Vec<_>>());
    let title = match entry {
        Some(entry) if facts.title.is_empty() => entry.title.clone(),
        _ => facts.title,
    };
    let hint = facts.lang.or_else(|| entry.and_then(|entry| entry.lang.clone()));
    let mut authors = facts.authors;
    // The dateline names those beside them, too.
    if in_text.len() > authors.len() && authors.iter().all(|name| in_text.contains(name)) {
        authors.clone_from(&in_text);
    }
    let of_feed = entry.map(|entry| entry.authors.clone()).unwrap_or_default();
    for other in std::iter::once(of_feed).chain(by_place) {
        if authors.is_empty() {
            authors = other;
        }
    }
    let provider = facts.provider.or_else(|| entry.and_then(|entry| entry.provider.clone()));
    // Machines are told the long form of the name that is printed.
    let is_long_form = |agency: &String| {
        provider.as_ref().is_none_or(|whole| !facts.provider_is_seen && names::abbreviates(agency, whole))
    };
    let provider = agency.filter(is_long_form).or(provider);
    let standfirst = found.standfirst.or(facts.standfirst);
    let standfirst = standfirst.filter(|text| !repeats(text, &found.text) && facts::tell_otherwise(text, &title));
    let (published, mut discrepancies) =
        (surer(facts.published, entry.and_then(|entry| entry.published.clone())), facts.discrepancies);
    discrepancies
        .extend(entry.map(|entry| discrepancies_of(entry, &title, &authors, published.as_ref())).unwrap_or_default());
    Article {
        url: page.url.clone().or_else(|| entry.and_then(|entry| entry.url.clone())),
        canonical: facts.canonical,
        lang: detect(&title, &found.text, hint.as_deref()),
        title,
        standfirst,
        section: facts.section,
        authors,
        provider,
        published,
        updated: facts.updated,
        site: facts.site,
        text: found.text,
        marks: found.marks,
        discrepancies,
        recurring: found.recurring,
        partial,
        by: found.by,
    }
}

/// Says whether a text begins with a summary: then that is a teaser and no standfirst.
fn repeats(summary: &str, text: &str) -> bool {
    /// So many letters are enough to know.
    const OPENING: usize = 30;
    let opening: String = clean::letters(summary).chars().take(OPENING).collect();
    let first: String = text.lines().take(3).map(clean::letters).collect();
    opening.is_empty() || first.contains(&opening)
}

/// What the feed says of headline, authors and date, other than what was taken.
fn discrepancies_of(
    entry: &FeedEntry,
    title: &str,
    authors: &[String],
    published: Option<&PublishedTime>,
) -> Vec<Discrepancy> {
    let mut discrepancies = Vec::new();
    let mut note = |field: &str, value: &str| {
        discrepancies.push(Discrepancy { field: field.to_owned(), value: value.to_owned(), from: "feed".to_owned() });
    };
    if facts::tell_otherwise(&entry.title, title) {
        note("title", &entry.title);
    }
    if !entry.authors.is_empty() && entry.authors != authors {
        note("authors", &entry.authors.join("; "));
    }
    if let (Some(theirs), Some(published)) = (&entry.published, published)
        && moments::differ(theirs, published)
    {
        note("published", &theirs.raw);
    }
    discrepancies
}

/// The page's date, unless only the feed's has a zone.
fn surer(page: Option<PublishedTime>, feed: Option<PublishedTime>) -> Option<PublishedTime> {
    match (page, feed) {
        (Some(page), Some(feed)) if page.assumed && !feed.assumed => Some(feed),
        (page, feed) => page.or(feed),
    }
}

fn detect(title: &str, text: &str, hint: Option<&str>) -> Lang {
    let hint = hint.and_then(tag);
    let whole = if text.is_empty() { title } else { text };
    language::detect(whole, hint.as_ref())
}

/// A tag as pages write it, in the form that is kept: the script for Chinese, and no region.
fn tag(written: &str) -> Option<Lang> {
    let written = written.trim().replace('_', "-").to_ascii_lowercase();
    let primary = written.split('-').next().filter(|primary| (2..=3).contains(&primary.len()))?;
    let is_traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| written.split('-').any(|subtag| subtag == *part));
    match primary {
        "zh" if is_traditional => Some(Lang::zh_hant()),
        "zh" => Some(Lang::zh_hans()),
        _ if primary.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(Lang::new(primary)),
        _ => None,
    }
}

/// Text of one line, without markup.
fn line(text: &str) -> String {
    html::one_line(text)
}
