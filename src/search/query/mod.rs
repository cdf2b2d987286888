//! The query language.

use std::fmt;

/// A query that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {}

impl fmt::Display for Query {
    fn fmt(&self, _out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at column {column}")]
pub struct QueryError {
    /// Where, in characters from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// The nearest query that works.
    pub suggestion: Option<String>,
}

/// Reads a query.
///
/// # Errors
/// When the text is no query.
pub fn parse(_text: &str) -> Result<Query, QueryError> {
    Err(QueryError { column: 1, reason: "the query is empty".to_owned(), suggestion: None })
}
