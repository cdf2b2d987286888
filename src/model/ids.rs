//! Ids are types, so that one kind is never taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The id of a source: lower-case ASCII letters, digits and `-`, at most 40 characters, starting with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId(String);

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not the form of a source id.
    #[error("`{0}` is no source id: lower-case letters, digits and `-`, starting with a letter, 40 at most")]
    Source(String),
    /// Not the form of a numbered id.
    #[error("`{text}` is no {noun} id: write {prefix}-1 or 1")]
    Numbered {
        /// What was written.
        text: String,
        /// What it should have named.
        noun: &'static str,
        /// The letter such ids start with.
        prefix: &'static str,
    },
    /// Not the form of a statement id.
    #[error("`{0}` is no statement id: write a-12.3, or a-12v1.3 for one of an earlier version")]
    Statement(String),
}

impl SourceId {
    /// Checks and takes an id.
    ///
    /// # Errors
    /// When the text is not of the form above.
    pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
        let text = text.into();
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let rest_is_plain = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if starts_well && rest_is_plain && text.len() <= 40 { Ok(Self(text)) } else { Err(IdError::Source(text)) }
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SourceId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl TryFrom<String> for SourceId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> Self {
        id.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// The key of an entry within its source: the same entry has the same key at every reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryKey(pub String);

impl fmt::Display for EntryKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// Makes a numbered id type, shown with a letter so that a person can tell the kinds apart.
macro_rules! numbered_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $noun:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&format!(concat!($prefix, "-{}"), self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let digits = text.strip_prefix(concat!($prefix, "-")).unwrap_or(text);
                let number = digits.parse().ok().filter(|n: &i64| *n > 0);
                number.map(Self).ok_or_else(|| IdError::Numbered { text: text.to_owned(), noun: $noun, prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
    };
}

numbered_id!(
    /// The id of an article in the record, shown as `a-12`.
    ArticleId, "a", "article"
);
numbered_id!(
    /// The id of one version of an article, shown as `v-40`.
    VersionId, "v", "version"
);
numbered_id!(
    /// The id of a story, shown as `s-204`.
    StoryId, "s", "story"
);

/// The id of a statement for people: `a-12.3` is the third statement of the newest version of article a-12, and
/// `a-12v1.3` the third of its first version.
///
/// It names what stands there now: a later version may have another third statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId {
    /// The article.
    pub article: ArticleId,
    /// The version; `None` is the newest.
    pub version: Option<u32>,
    /// Its place among the statements of that version, from 1.
    pub number: usize,
}

impl StatementId {
    /// Returns the place in the list of that version's statements, from 0.
    pub fn position(self) -> usize {
        self.number.saturating_sub(1)
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = self.version.map(|version| format!("v{version}")).unwrap_or_default();
        out.pad(&format!("{}{version}.{}", self.article, self.number))
    }
}

impl FromStr for StatementId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let read = || {
            let (article, number) = text.rsplit_once('.')?;
            let (article, version) = match article.split_once('v') {
                Some((article, version)) => (article, Some(version.parse().ok().filter(|version| *version > 0)?)),
                None => (article, None),
            };
            let number = number.parse().ok().filter(|number| *number > 0)?;
            Some(Self { article: article.parse().ok()?, version, number })
        };
        read().ok_or_else(|| IdError::Statement(text.to_owned()))
    }
}

impl Serialize for StatementId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: Option<&str>) {
        assert_eq!(text.parse::<StatementId>().ok().map(|id| id.to_string()).as_deref(), shown, "{text}");
    }

    #[test]
    fn a_statement_is_named_by_its_article_its_version_and_its_place() {
        check("a-12.3", Some("a-12.3"));
        check("12.3", Some("a-12.3"));
        check("a-12v2.3", Some("a-12v2.3"));
        for wrong in
            ["a-12", "a-12.0", "a-12.", "a-12v0.1", "a-12v.1", "s-1.2", "a--1.2", ".1", "a-1.2.3", "a-1.-2", ""]
        {
            check(wrong, None);
        }
    }
}
