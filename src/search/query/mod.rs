//! The query language: text in, [`Query`] or a [`QueryError`] with its column out. Knows nothing of the index.
//!
//! - Words side by side must all be there: `spy balloon` is `spy AND balloon`. `AND`, `OR` and `NOT` are operators in
//!   upper case only; in lower case they are words like any other. `NOT` binds tightest, then `AND`, then `OR`;
//!   parentheses say otherwise. `-word` is `NOT word`. A query may consist of what is not wanted.
//! - An English word finds its other endings. `"a phrase"` finds these words in this order with nothing but a space,
//!   a hyphen or an apostrophe between them. A run of Han characters is a phrase. `pre*` finds what begins so.
//! - `title:` and `body:` say where; `source:`, `lang:`, `country:`, `story:`, `speaker:`, `kind:`, `sub:` and
//!   `target:` say what of. `lang:zh` is Chinese in either script, `lang:hant` in one. A field may govern a group: `title:(spy OR spies)`.
//! - `speaker:`, `kind:`, `sub:` and `target:` that stand together under one AND hold of the same statement:
//!   `speaker:CN.mss kind:deny` is what CN.mss denies. Alternatives among them belong to it, as in
//!   `speaker:CN.mss kind:(deny OR protest)`; an AND in parentheses of its own asks for a statement of its own. `NOT`
//!   is about the article: `speaker:CN.mss -kind:deny` is of articles in which nobody denies.
//! - `date:` and `seen:` take a year, month or day, or two with `..` between, either of which may be missing; all are
//!   of UTC. `date:` is when it was published, or seen where no such time is known.
//! - Full-width signs and typographic quotation marks do what their plain forms do.
//!
//! What the language will have one day (`NEAR/5` and such) is an error until then, and never silently a word.

mod ast;
mod date;
mod lex;
mod parser;

use std::fmt;
use std::ops::Range;

use ast::Node;
pub(super) use ast::Node as QueryNode;
pub(super) use ast::{Clock, Form, Key, Leaf, Scope};

/// The longest query in characters.
const LONGEST: usize = 4_000;

/// How many mistakes are mended at most to find the nearest query that works.
const MOST_REPAIRS: usize = 12;

/// A query that was read; shown as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    root: Node,
}

impl Query {
    /// Returns the top of the tree.
    pub(super) fn root(&self) -> &QueryNode {
        &self.root
    }
}

impl Query {
    /// Returns what is asked of one and the same statement, a line for each group; nothing when no fields of statements
    /// stand together.
    pub fn of_one_statement(&self) -> Vec<String> {
        self.root.groups().into_iter().map(ToString::to_string).collect()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(out)
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
    /// The nearest query that works, where there is one.
    pub suggestion: Option<String>,
}

/// A mistake, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mistake {
    /// The character it begins at, from 0.
    at: usize,
    reason: String,
    fix: Option<Fix>,
}

/// A change to the text: these characters are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fix {
    range: Range<usize>,
    with: String,
}

impl Mistake {
    fn new(at: usize, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into(), fix: None }
    }

    fn mended_by(mut self, range: Range<usize>, with: impl Into<String>) -> Self {
        self.fix = Some(Fix { range, with: with.into() });
        self
    }
}

/// Reads a query.
///
/// # Errors
/// When the text is no query; the error says where, why, and what would work.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    read(&chars).map_err(|mistake| QueryError {
        column: mistake.at + 1,
        reason: mistake.reason.clone(),
        suggestion: mend(chars, mistake),
    })
}

fn read(text: &[char]) -> Result<Query, Mistake> {
    if text.iter().all(|c| c.is_whitespace()) {
        return Err(Mistake::new(0, "the query is empty"));
    }
    if text.len() > LONGEST {
        return Err(Mistake::new(LONGEST, format!("the query is longer than {LONGEST} characters")));
    }
    let tokens = lex::tokens(text)?;
    Ok(Query { root: parser::tree(text.len(), &tokens)? })
}

/// Returns the tag that articles in a language are kept under, by that tag or another name of it.
///
/// # Errors
/// When the name has not the form of a language; the error says what has.
pub fn lang_tag(name: &str) -> Result<String, String> {
    parser::lang(name).ok_or_else(|| parser::LANGS.to_owned())
}

/// Mends one mistake after the other until the query works.
fn mend(mut text: Vec<char>, mut mistake: Mistake) -> Option<String> {
    for _ in 0..MOST_REPAIRS {
        let fix = mistake.fix.take()?;
        text.splice(fix.range, fix.with.chars());
        match read(&text) {
            Ok(_) => {
                let words: String = text.iter().collect();
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                return Some(words.replace("( ", "(").replace(" )", ")"));
            }
            Err(next) => mistake = next,
        }
    }
    None
}

/// Shortens what is quoted from a query in a message.
fn quoted(part: &[char]) -> String {
    const MOST: usize = 40;
    let mut text: String = part.iter().take(MOST).collect();
    if part.len() > MOST {
        text.push('…');
    }
    format!("`{text}`")
}

#[cfg(test)]
mod tests;
