//! Reading the index.

use std::path::Path;

use super::query::Query;
use super::{SearchAnswer, SearchError, SearchOptions};

/// The index of one record, open for reading.
pub struct Searcher {}

impl Searcher {
    /// Opens the index in a folder, without taking any lock.
    ///
    /// # Errors
    /// When there is none, or it belongs to another record or program.
    pub fn open(_dir: &Path, _record_id: &str) -> Result<Self, SearchError> {
        Err(SearchError::NoIndex)
    }

    /// Finds the articles that match.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, _query: &Query, _options: &SearchOptions) -> Result<SearchAnswer, SearchError> {
        Err(SearchError::NoIndex)
    }
}
