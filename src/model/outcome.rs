//! How a page ended: in exactly one of these, and each is counted.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Article, Assessment, DropReason, Placement, Statement};

/// The end of one page.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// On topic: in the record, with its statements and its story.
    Kept(Box<Processed>),
    /// Off topic: in the record and searchable on demand, outside stories.
    OffTopic(Box<(Article, Assessment)>),
    /// The page answered and held no article.
    Dropped(DropReason),
    /// A transcript: each of its questions with the answers is an article of its own, with an outcome of its own.
    Split {
        /// How many there are.
        turns: usize,
    },
    /// The page could not be had, and what the feed said of it is not on topic.
    Unread(UnreadReason),
}

/// Everything known about an on-topic article.
#[derive(Debug, Clone, PartialEq)]
pub struct Processed {
    /// The article.
    pub article: Article,
    /// Its topic.
    pub assessment: Assessment,
    /// What is said in it.
    pub statements: Vec<Statement>,
    /// Its story.
    pub placement: Placement,
}

/// Why a page could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadReason {
    /// One word for counts and filters, such as `robots` or `status-404`.
    pub name: String,
    /// A sentence for people.
    pub message: String,
}

/// An outcome without its content, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// See [`Outcome::Kept`].
    Kept,
    /// See [`Outcome::OffTopic`].
    OffTopic,
    /// See [`Outcome::Dropped`].
    Dropped,
    /// See [`Outcome::Unread`].
    Unread,
    /// See [`Outcome::Split`].
    Split,
}

impl Outcome {
    /// Returns the kind.
    pub fn kind(&self) -> OutcomeKind {
        match self {
            Self::Kept(_) => OutcomeKind::Kept,
            Self::OffTopic(_) => OutcomeKind::OffTopic,
            Self::Dropped(_) => OutcomeKind::Dropped,
            Self::Unread(_) => OutcomeKind::Unread,
            Self::Split { .. } => OutcomeKind::Split,
        }
    }
}

impl OutcomeKind {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 5] = [Self::Kept, Self::OffTopic, Self::Dropped, Self::Unread, Self::Split];

    /// Returns the name used in JSON, the record and filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::OffTopic => "off-topic",
            Self::Dropped => "dropped",
            Self::Unread => "unread",
            Self::Split => "split",
        }
    }
}

impl fmt::Display for OutcomeKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
