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
