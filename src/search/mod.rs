//! The search index and the query language: an edge, and the home of tantivy.
//!
//! The record is the truth and the index a view of it: [`Index`] can be thrown away and filled again, and says when it
//! was ([`Index::was_reset`]). It holds the latest version of each article, and remembers the last sequence number it
//! took in, so that whoever follows the record goes on from there. [`Searcher`] reads it, without any lock, while
//! another process writes. Which articles go in, and when, is decided in `pipeline`.

mod analyse;
mod compile;
mod index;
mod lookup;
pub mod query;
mod schema;
mod searcher;
mod snippet;
mod stated;
mod tokenizer;

#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use index::Index;
pub use searcher::Searcher;

/// One article as the index takes it in: the latest version, as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexedArticle {
    /// The number of the change in the record that brought it.
    pub seq: i64,
    /// The article's id; a later one of the same id replaces it.
    pub article: i64,
    /// The version's id.
    pub version: i64,
    /// The id of the source.
    pub source: Option<String>,
    /// The country of the source, such as `TW`.
    pub country: Option<String>,
    /// The language tag.
    pub lang: String,
    /// The headline.
    pub title: String,
    /// The text: paragraphs joined by `\n`.
    pub body: String,
    /// When the outlet says it was published.
    pub published: Option<Timestamp>,
    /// When it was first seen.
    pub seen: Timestamp,
    /// False for an article that is kept outside the stories.
    pub on_topic: bool,
    /// The story it belongs to.
    pub story: Option<i64>,
    /// Its address.
    pub url: Option<String>,
    /// Its statements, of those that count.
    pub statements: Vec<IndexedStatement>,
}

/// One statement of an article, as far as it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexedStatement {
    /// Its place among all statements of the version, from 1.
    pub number: usize,
    /// What is done, such as `deny`.
    pub kind: String,
    /// The finer label, such as `smear`.
    pub sub: Option<String>,
    /// Who speaks: the name as printed and the canonical actor.
    pub speakers: Vec<String>,
    /// Against whom: the name as printed and the canonical actor.
    pub targets: Vec<String>,
    /// Bytes of its sentence in the text; `None` when it stands in the headline.
    pub sentence: Option<Range<usize>>,
}

/// What to search for beside the query, and how much to return.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// The most hits to return.
    pub limit: usize,
    /// The number of hits to pass over.
    pub offset: usize,
    /// The order of the hits.
    pub sort: Sort,
    /// True to find off-topic articles too.
    pub include_off_topic: bool,
    /// True to keep scripts and widths apart.
    pub exact: bool,
    /// Only this source.
    pub source: Option<String>,
    /// Only this language; `zh` is Chinese in either script.
    pub lang: Option<String>,
    /// Only what was published (or, without such a time, seen) at this moment or later.
    pub since: Option<Timestamp>,
    /// Only what was published (or, without such a time, seen) before this moment.
    pub until: Option<Timestamp>,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            limit: 20,
            offset: 0,
            sort: Sort::Relevance,
            include_off_topic: false,
            exact: false,
            source: None,
            lang: None,
            since: None,
            until: None,
        }
    }
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first, by the time of `date:`.
    Date,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchAnswer {
    /// How many articles match, whatever the limit.
    pub total: usize,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// The last sequence number of the record that the index knows.
    pub indexed_to: i64,
}

/// One article that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article's id.
    pub article: i64,
    /// The version that was searched.
    pub version: i64,
    /// The score of the match; comparable within one answer only.
    pub score: f32,
    /// The headline, as printed.
    pub title: String,
    /// Bytes of the headline that match.
    pub title_highlights: Vec<Range<usize>>,
    /// The part of the text where most of the query stands, or the first statement that was asked for.
    pub snippet: Snippet,
    /// The first statement that was asked for: its number and its kind; `None` when the query asks for none.
    pub statement: Option<(usize, String)>,
    /// The id of the source.
    pub source: Option<String>,
    /// The language tag.
    pub lang: String,
    /// When the outlet says it was published.
    pub published: Option<Timestamp>,
    /// When it was first seen.
    pub seen: Timestamp,
    /// The story it belongs to.
    pub story: Option<i64>,
    /// Its address.
    pub url: Option<String>,
    /// False for an article that is kept outside the stories.
    pub on_topic: bool,
}

/// A piece of a text as printed, with what matches in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The piece; `…` stands where text was left out.
    pub text: String,
    /// Bytes of `text` that match.
    pub highlights: Vec<Range<usize>>,
}

/// Why the index could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is none yet.
    #[error("there is no search index yet")]
    NoIndex,
    /// It is not this record's, or was made by another version of the program.
    #[error("the search index cannot be used: {reason}")]
    Foreign {
        /// What is different.
        reason: String,
    },
    /// The files do not make sense.
    #[error("the search index is damaged: {reason}")]
    Damaged {
        /// What was found.
        reason: String,
    },
    /// Another process is writing to it.
    #[error("another process is writing to the search index")]
    Busy,
    /// A word with a `*` after others stands for more words than can be tried.
    #[error("a word with a `*` stands for too many words; write more of its letters")]
    TooManyWords,
    /// Reading or writing failed.
    #[error("the search index could not be read or written: {reason}")]
    Failed {
        /// What happened.
        reason: String,
    },
}
