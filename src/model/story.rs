//! The same event, as several outlets told it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Lang, SourceId, StoryId};

/// A story as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The id.
    pub id: StoryId,
    /// The name a person gave, else the headline that stands for it.
    pub name: String,
}

/// What `story::place` needs to know of an article that was placed before.
#[derive(Debug, Clone)]
pub struct RecentArticle {
    /// The article.
    pub id: ArticleId,
    /// The story it is in.
    pub story: StoryId,
    /// The source it came from.
    pub source: Option<SourceId>,
    /// Its language.
    pub lang: Lang,
    /// Published as claimed, else first seen.
    pub at: Option<Timestamp>,
    /// The headline.
    pub title: String,
    /// The body.
    pub text: String,
}

/// Where an article belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// The story.
    pub story: StoryChoice,
    /// The article that this one copies, and how.
    pub reprint_of: Option<(ArticleId, ReprintKind)>,
    /// Why, in words a person can check.
    pub why: String,
}

/// A story that exists, or a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryChoice {
    /// Joins that story.
    Join(StoryId),
    /// Begins one.
    New,
}

/// How an article repeats another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReprintKind {
    /// All of it.
    Copy,
    /// With parts left out.
    CutCopy,
}

impl ReprintKind {
    /// Returns the name used in JSON and the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::CutCopy => "cut-copy",
        }
    }
}
