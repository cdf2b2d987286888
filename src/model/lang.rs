//! Language tags.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A BCP 47 language tag, with the script for Chinese and without a region: `en`, `zh-Hant`, `zh-Hans`, `de`, `und`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(String);

impl Lang {
    /// Takes a tag as it is.
    pub fn new(tag: impl Into<String>) -> Self {
        Self(tag.into())
    }

    /// Says whether a text has the form of a tag: a language of two or three letters, and what stands behind hyphens.
    pub fn is_tag(text: &str) -> bool {
        let mut parts = text.split('-');
        let is_language = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_more = |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        parts.next().is_some_and(is_language) && parts.all(is_more)
    }

    /// English.
    pub fn en() -> Self {
        Self::new("en")
    }

    /// Chinese in Traditional characters.
    pub fn zh_hant() -> Self {
        Self::new("zh-Hant")
    }

    /// Chinese in Simplified characters.
    pub fn zh_hans() -> Self {
        Self::new("zh-Hans")
    }

    /// Undetermined.
    pub fn und() -> Self {
        Self::new("und")
    }

    /// Returns the tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether this is Chinese, in either script.
    pub fn is_chinese(&self) -> bool {
        self.0 == "zh" || self.0.starts_with("zh-")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}
