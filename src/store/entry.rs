//! Looks at entry points and what they announced.

use jiff::Timestamp;

use super::{FetchLog, PollState, Store, StoreError};
use crate::model::{ArticleId, FeedEntry, FeedReading, SeenInterval, SourceId};

/// One answered look at an entry point.
#[derive(Debug, Clone)]
pub struct FeedKeep {
    /// The source.
    pub source: SourceId,
    /// The entry point's address as configured.
    pub entry_point: String,
    /// The address that answered, after redirects.
    pub final_url: Option<String>,
    /// When the request began.
    pub started: Timestamp,
    /// When the answer was complete.
    pub finished: Timestamp,
    /// The status; 304 is "not modified".
    pub status: u16,
    /// The headers of the answer as received.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; `None` for a 304.
    pub body: Option<Vec<u8>>,
    /// What was read in it; `None` for a 304.
    pub reading: Option<FeedReading>,
    /// What is to be remembered until the next look.
    pub state: PollState,
}

/// What a look at an entry point brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedKept {
    /// Entries not announced before, by any source; their pages are to be looked at.
    pub new: Vec<PendingEntry>,
    /// Known entries whose headline or date of change is another now; their pages are to be looked at again.
    pub changed: Vec<PendingEntry>,
    /// The other entries.
    pub known: usize,
}

/// An entry whose page waits for a look.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingEntry {
    /// The row, to be given back in [`super::PageKeep::entry_row`].
    pub row: i64,
    /// The source that announced it.
    pub source: SourceId,
    /// The entry point that announced it.
    pub entry_point: String,
    /// What was announced, as it stands now.
    pub entry: FeedEntry,
    /// When it was first seen.
    pub seen: SeenInterval,
    /// Looks at its page since it was announced or changed.
    pub tries: u32,
    /// Why the page could not be had at the last try, and when that was.
    pub last_unread: Option<(String, Timestamp)>,
    /// The article it is already, for a second look.
    pub article: Option<ArticleId>,
}

impl Store {
    /// Keeps one answered look at an entry point in one transaction: log row, capture, poll state, entries.
    ///
    /// The first-seen interval of a new entry begins with the previous readable look at the same entry point.
    /// `last_new` of the poll state is set here. An entry whose address another entry or article has already is stored
    /// as a sighting of it and counted as known.
    pub fn keep_feed(&mut self, _keep: &FeedKeep) -> Result<FeedKept, StoreError> {
        Ok(FeedKept::default())
    }

    /// Logs a failed look at an entry point and what is to be remembered of it, in one transaction.
    pub fn fail_feed(&mut self, _log: &FetchLog, _state: &PollState) -> Result<(), StoreError> {
        Ok(())
    }

    /// Returns the entries that wait for a look at their page, oldest first.
    ///
    /// Those are: never looked at (a run that was cut off), unread, and changed without a look since. Entries with
    /// `max_tries` looks or more are left out, and so are those looked at at `now` or later.
    pub fn pending(&self, _now: Timestamp, _max_tries: u32) -> Result<Vec<PendingEntry>, StoreError> {
        Ok(Vec::new())
    }
}
