//! What the record gives back: the same things, with the ids, times and captures that prove them.

use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Article, ArticleId, Assessment, Finding, OutcomeKind, ReprintKind, SeenInterval, SourceId, Statement, StoryId,
    VersionId,
};

/// An article in the record, with its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredArticle {
    /// The id.
    pub id: ArticleId,
    /// The source that announced it first; `None` for one brought in by hand from an unknown outlet.
    pub source: Option<SourceId>,
    /// The other sources that announced the same address, in the order of their ids: they carried it too.
    pub announced_by: Vec<SourceId>,
    /// The address, canonical form.
    pub url: Option<String>,
    /// True when a person brought it in: never part of a verdict about silence.
    pub by_hand: bool,
    /// When it was first seen.
    pub seen: SeenInterval,
    /// `Kept` or `OffTopic`, by its latest version.
    pub outcome: OutcomeKind,
    /// When a later look found it gone.
    pub gone: Option<SeenInterval>,
    /// The story it is in.
    pub story: Option<StoryId>,
    /// The article it copies, and how.
    pub reprint_of: Option<(ArticleId, ReprintKind)>,
    /// Why it was placed there.
    pub placed_why: Option<String>,
    /// From the oldest to the newest; never empty.
    pub versions: Vec<StoredVersion>,
}

impl StoredArticle {
    /// Returns the newest version.
    pub fn latest(&self) -> &StoredVersion {
        self.versions.last().expect("an article in the record has a version")
    }

    /// Returns the versions without those that were read again and otherwise from the same page: what a wrong reading found
    /// was never said. What the outlet itself changed stays.
    pub fn readings(&self) -> impl DoubleEndedIterator<Item = &StoredVersion> {
        let is_superseded = |at: usize| self.versions.get(at + 1).is_some_and(|next| next.read_anew);
        self.versions.iter().enumerate().filter(move |(at, _)| !is_superseded(*at)).map(|(_, version)| version)
    }
}

/// One version of an article: what one look at it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredVersion {
    /// The id.
    pub id: VersionId,
    /// 1 for the first version of its article.
    pub number: u32,
    /// The article as extracted.
    pub article: Article,
    /// Its topic.
    pub assessment: Assessment,
    /// What is said in it; empty when off topic.
    pub statements: Vec<Statement>,
    /// When this version was first seen: after the last look that had the one before.
    pub seen: SeenInterval,
    /// The bytes it was read from; `None` when it was made from the feed's own text.
    pub capture: Option<Capture>,
    /// True when the page says the same as for the version before, and was only read otherwise: the outlet changed nothing.
    pub read_anew: bool,
    /// The version of the program whose rules made this.
    pub made_by: String,
}

/// Where the bytes of an answer are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The WARC file, relative to the study's `record/captures`.
    pub file: String,
    /// The bytes of the gzip member in that file.
    pub range: Range<u64>,
    /// SHA-256 of the body, lower-case hexadecimal.
    pub sha256: String,
    /// The address that answered.
    pub url: String,
    /// When.
    pub at: Timestamp,
}

/// How a source was watched over a window of time: the ground for "not seen".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRecord {
    /// The source.
    pub source: SourceId,
    /// Its entry points that were asked in the window.
    pub entry_points: u32,
    /// Looks at its entry points in the window.
    pub looks: u32,
    /// Looks that were answered with a readable feed, or with "not modified".
    pub answered: u32,
    /// Answered looks that found no item at all: a feed that answers is not a healthy feed.
    pub empty_looks: u32,
    /// Answered looks with which something was wrong, such as an answer that was cut off.
    pub flawed_looks: u32,
    /// What was wrong with the last of them.
    pub flaw: Option<String>,
    /// Looks at which no item was known, although the entry point had announced some before: others may have come and gone
    /// in between.
    pub rolled_over: u32,
    /// Looks that were answered "not modified" by a server that had other items.
    pub false_unmodified: u32,
    /// The longest time between two answered looks at one entry point.
    pub longest_gap: Option<SignedDuration>,
    /// Pages of the source that could not be read in the window.
    pub unread_pages: u32,
    /// Articles of the source first seen in the window of which only a part could be read.
    pub partial_articles: u32,
    /// Off-topic articles of the source in the window that were close to the topic: the rules may have missed one.
    pub near_topic: u32,
    /// Articles of the source first seen in the window.
    pub articles: u32,
    /// The first and the last look in the window.
    pub first_look: Option<Timestamp>,
    /// See `first_look`.
    pub last_look: Option<Timestamp>,
    /// The last failure in the window, as a sentence.
    pub failure: Option<String>,
    /// What its past says of it as of the last look in the window; whoever gathers a watch fills it in.
    pub health: Vec<Finding>,
}

/// What changed in an article between two looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The article.
    pub article: ArticleId,
    /// Its source.
    pub source: Option<SourceId>,
    /// What changed.
    pub kind: ChangeKind,
    /// Before, as printed.
    pub before: String,
    /// After, as printed; for a deletion, what the site answered.
    pub after: String,
    /// When the change was seen.
    pub seen: SeenInterval,
}

/// What can change in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The headline.
    Headline,
    /// The body.
    Body,
    /// It is not there any more.
    Gone,
}

impl ChangeKind {
    /// Returns the name used in JSON and filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Gone => "gone",
        }
    }
}
