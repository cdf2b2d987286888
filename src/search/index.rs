//! Writing the index.

use std::path::Path;

use super::{IndexedArticle, SearchError};

/// The index of one record, open for writing.
pub struct Index {}

impl Index {
    /// Opens the index in a folder, or makes a new one when there is none that can be used.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open_or_create(_dir: &Path, _record_id: &str) -> Result<Self, SearchError> {
        Err(SearchError::NoIndex)
    }

    /// Returns why the index was made anew, when it was.
    pub fn was_reset(&self) -> Option<String> {
        None
    }

    /// Returns the last sequence number that was committed; 0 for an empty index.
    pub fn indexed_to(&self) -> i64 {
        0
    }

    /// Puts articles in, each in the place of an earlier one of the same id.
    ///
    /// # Errors
    /// When writing fails; nothing since the last commit is kept then.
    pub fn add(&mut self, _articles: &[IndexedArticle]) -> Result<(), SearchError> {
        Err(SearchError::NoIndex)
    }

    /// Makes what was added durable, and remembers the sequence number it reaches to.
    ///
    /// # Errors
    /// When writing fails; nothing since the last commit is kept then.
    pub fn commit(&mut self, _seq: i64) -> Result<(), SearchError> {
        Err(SearchError::NoIndex)
    }
}
