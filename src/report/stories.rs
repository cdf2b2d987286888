//! Stories at a glance.

use jiff::Timestamp;

use crate::model::{Lang, StoryId};

/// One story of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// The story.
    pub story: StoryId,
    /// Its name.
    pub name: String,
    /// Outlets that carried it.
    pub outlets: u32,
    /// Its articles.
    pub articles: u32,
    /// When its first article was first seen, at the latest.
    pub first_seen: Timestamp,
    /// When its newest article was first seen, at the latest.
    pub last_seen: Timestamp,
    /// The languages of its articles.
    pub langs: Vec<Lang>,
}
