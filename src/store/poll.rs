//! What is remembered of each entry point between two looks.

use jiff::Timestamp;

use super::{Store, StoreError};

/// What is remembered of one entry point between two looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollState {
    /// The ETag, byte for byte as it came.
    pub etag: Option<String>,
    /// The Last-Modified header, byte for byte as it came.
    pub last_modified: Option<String>,
    /// SHA-256 of the last body, lower-case hexadecimal.
    pub body_sha256: Option<String>,
    /// When it was last asked.
    pub last_attempt: Option<Timestamp>,
    /// When it last answered.
    pub last_answer: Option<Timestamp>,
    /// When it last announced something new; [`Store::keep_feed`] sets it.
    pub last_new: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// It is not to be asked before.
    pub not_before: Option<Timestamp>,
    /// What was wrong at the last look, as a sentence.
    pub last_problem: Option<String>,
    /// The date of its newest item, as claimed.
    pub newest_item: Option<Timestamp>,
    /// When it was last asked without validators.
    pub unconditional_at: Option<Timestamp>,
}

impl Store {
    /// Returns what is remembered of the entry point at that address.
    pub fn poll_state(&self, _url: &str) -> Result<Option<PollState>, StoreError> {
        Ok(None)
    }

    /// Returns what is remembered of every entry point, by address.
    pub fn poll_states(&self) -> Result<Vec<(String, PollState)>, StoreError> {
        Ok(Vec::new())
    }
}
