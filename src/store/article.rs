//! Articles with their versions, as the record gives them back.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::model::{ArticleId, OutcomeKind, RecentArticle, SourceId, StoredArticle, StoryId};

/// Which articles are wanted; all of them by default.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    /// Announced first by that source.
    pub source: Option<SourceId>,
    /// In that story.
    pub story: Option<StoryId>,
    /// On or off topic.
    pub outcome: Option<OutcomeKind>,
    /// First seen at that time or later.
    pub since: Option<Timestamp>,
    /// First seen before that time.
    pub until: Option<Timestamp>,
    /// One of these.
    pub ids: Option<Vec<ArticleId>>,
}

impl Store {
    /// Returns one article.
    pub fn article(&self, _id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        Ok(None)
    }

    /// Returns the articles asked for, in the order of their ids.
    pub fn articles(&self, _filter: &ArticleFilter) -> Result<Vec<StoredArticle>, StoreError> {
        Ok(Vec::new())
    }

    /// Returns the article that was met at that address: its own, or the one under which it was announced.
    pub fn article_by_url(&self, _url: &str) -> Result<Option<StoredArticle>, StoreError> {
        Ok(None)
    }

    /// Returns up to `limit` articles changed after that place in the change log, each once and at its newest place.
    pub fn changed_after(&self, _seq: i64, _limit: usize) -> Result<Vec<(i64, StoredArticle)>, StoreError> {
        Ok(Vec::new())
    }

    /// Returns the newest `limit` articles in stories published or first seen since then, in the order of their ids.
    pub fn recent_articles(&self, _since: Timestamp, _limit: usize) -> Result<Vec<RecentArticle>, StoreError> {
        Ok(Vec::new())
    }
}
