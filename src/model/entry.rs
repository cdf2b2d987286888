//! What an entry point announces.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{EntryKey, PublishedTime};

/// The largest answer of an entry point that is read, in bytes, unpacked.
pub const LARGEST_FEED: u64 = 16 << 20;

/// One item of a feed, a sitemap or a listing. All text is plain, with markup taken off, and otherwise as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedEntry {
    /// The same for the same item at every reading.
    pub key: EntryKey,
    /// The id that the feed gave.
    pub guid: Option<String>,
    /// The absolute address of the article, http or https.
    pub url: Option<String>,
    /// The headline; empty when the entry has none.
    pub title: String,
    /// When the entry says it was published.
    pub published: Option<PublishedTime>,
    /// What the entry gives as its date of publication, where that could not be read.
    pub unread_date: Option<String>,
    /// When the entry says it was last changed.
    pub updated: Option<Timestamp>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet it comes from, when that is another than the one whose feed this is.
    pub provider: Option<String>,
    /// The teaser, paragraphs joined by `\n`.
    pub summary: Option<String>,
    /// The full text when the feed carries it, paragraphs joined by `\n`.
    pub content: Option<String>,
    /// The language tag that the feed gave: a hint.
    pub lang: Option<String>,
    /// The sitemap that holds it, where the entry point is an index of sitemaps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

impl FeedEntry {
    /// Returns when it was published, or where that is not told last changed: for what is newest, and nothing else.
    pub fn dated(&self) -> Option<Timestamp> {
        self.published.as_ref().map(|published| published.at).or(self.updated)
    }
}

/// Later than when it was seen no entry was published. A wrong zone makes up for a day at most; a date further ahead is wrong.
pub const AHEAD: SignedDuration = SignedDuration::from_hours(26);

/// Returns when the newest of entries is dated that were seen at a time; one that is dated ahead of it hides no other.
pub fn newest_dated(entries: &[FeedEntry], seen: Timestamp) -> Option<Timestamp> {
    entries.iter().filter_map(FeedEntry::dated).filter(|dated| dated.duration_since(seen) <= AHEAD).max()
}

/// What was made of one answer of an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReading {
    /// What the bytes were.
    pub kind: FeedKind,
    /// The feed's title.
    pub title: Option<String>,
    /// The entries, in the order given.
    pub entries: Vec<FeedEntry>,
    /// The sitemaps that it names in place of entries, when it is an index of them, in the order given.
    pub sitemaps: Vec<NamedSitemap>,
    /// The repairs that were needed, in the order in which they were made.
    pub repairs: Vec<String>,
    /// What could not be repaired, or looks wrong although it reads.
    pub problems: Vec<String>,
    /// True when the answer ended before its end: it is to be asked for again, whole.
    pub is_cut: bool,
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSitemap {
    /// Where it is.
    pub url: String,
    /// When the index says that it was last changed.
    pub changed: Option<Timestamp>,
    /// True when it tells no more of that than the day.
    pub is_day: bool,
}

/// What an answer of an entry point was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedKind {
    /// RSS 0.9x or 2.0.
    Rss,
    /// RSS 0.90 or 1.0, in RDF.
    Rdf,
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
    /// A sitemap.
    Sitemap,
    /// An HTML listing read with selectors.
    Listing,
    /// None of these.
    Unknown,
}

impl FeedKind {
    /// Returns the name shown to people and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Rdf => "rdf",
            Self::Atom => "atom",
            Self::Json => "json",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
            Self::Unknown => "unknown",
        }
    }
}
