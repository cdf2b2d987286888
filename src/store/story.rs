//! Stories.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::model::{Lang, Story, StoryId};

/// A story with the figures of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorySummary {
    /// The story.
    pub story: Story,
    /// How many articles are in it.
    pub articles: u32,
    /// How many sources they come from; those of no known source count as one.
    pub outlets: u32,
    /// When its first article was first seen, at the latest.
    pub first_seen: Timestamp,
    /// When its last article was first seen, at the latest.
    pub last_seen: Timestamp,
    /// The languages of its articles, in alphabetical order.
    pub langs: Vec<Lang>,
}

impl Store {
    /// Returns one story.
    pub fn story(&self, _id: StoryId) -> Result<Option<Story>, StoreError> {
        Ok(None)
    }

    /// Returns up to `limit` stories with an article first seen since then, the one with the newest article first.
    pub fn stories(&self, _since: Option<Timestamp>, _limit: usize) -> Result<Vec<StorySummary>, StoreError> {
        Ok(Vec::new())
    }
}
