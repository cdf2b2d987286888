//! Looks at pages and what was made of them.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::model::{ArticleId, ChangeKind, Outcome, SeenInterval, SourceId, VersionId};

/// One look at a page and what was made of it.
#[derive(Debug, Clone)]
pub struct PageKeep<'a> {
    /// The entry that announced it; `None` by hand and for a second look that no entry asked for.
    pub entry_row: Option<i64>,
    /// The article, when this is a second look at it.
    pub article: Option<ArticleId>,
    /// The source.
    pub source: Option<SourceId>,
    /// True when a person brought it in.
    pub by_hand: bool,
    /// The address that identifies the article, in canonical form.
    pub url: Option<String>,
    /// When it was first seen; for a second look, when what it gives was first seen. An `after` of `None` is filled
    /// with the last look at the article.
    pub seen: SeenInterval,
    /// The request; `None` when the article was made of the feed's own text without one.
    pub fetch: Option<PageFetch>,
    /// What was made of it.
    pub outcome: &'a Outcome,
    /// The version of the program whose rules made it.
    pub made_by: &'a str,
}

/// One request for a page, or the reading of a file.
#[derive(Debug, Clone)]
pub struct PageFetch {
    /// The address asked, or the path of a file.
    pub requested_url: String,
    /// The address that answered.
    pub final_url: Option<String>,
    /// When the request began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// The status; `None` when there was no answer, and for a file.
    pub status: Option<u16>,
    /// The headers of the answer as received.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; `None` when there was none.
    pub body: Option<Vec<u8>>,
}

/// What keeping a page did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageKept {
    /// The article; `None` when there is none.
    pub article: Option<ArticleId>,
    /// Its newest version.
    pub version: Option<VersionId>,
    /// True when the article was not in the record before.
    pub new_article: bool,
    /// True when this look added a version.
    pub new_version: bool,
    /// What the look found changed in a known article; the headline goes before the body.
    pub change: Option<ChangeKind>,
}

impl Store {
    /// Keeps one look at a page in one transaction: log row, capture, outcome, article, version, statements, story.
    ///
    /// A version is added when headline or body differ from the newest one; keeping the same page twice only logs the
    /// second look. A known article outlives a look that could not read it.
    pub fn keep_page(&mut self, _keep: &PageKeep) -> Result<PageKept, StoreError> {
        Ok(PageKept::default())
    }

    /// Marks an article as gone, with what the site answered; marking it again changes nothing.
    pub fn mark_gone(&mut self, _article: ArticleId, _seen: SeenInterval, _answer: &str) -> Result<(), StoreError> {
        Ok(())
    }

    /// Takes the mark off an article that is there again; [`Store::keep_page`] does so by itself.
    pub fn mark_back(&mut self, _article: ArticleId, _by: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    /// Returns when the article was last looked at with success.
    pub fn last_look(&self, _article: ArticleId) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }
}
