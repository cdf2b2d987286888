//! How often the rules err on real news, as counted by a reader.

use serde::{Deserialize, Serialize};

/// What was counted, when and on what; it ships with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRates {
    /// The day of the count, as `2026-11-25`.
    pub measured: String,
    /// The texts it was made on.
    pub on: String,
    /// One row a script and kind.
    #[serde(rename = "rate")]
    pub rates: Vec<ErrorRate>,
}

/// The count of one kind in one script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRate {
    /// `en`, `zh-Hans` or `zh-Hant`.
    pub script: String,
    /// `denial`, `accusation`, `no-comment`, `confirmation`, `warning`, `protest` (with demands), or `on-topic`.
    pub kind: String,
    /// Found, and there.
    pub right: u32,
    /// Found, and not there.
    #[serde(rename = "false")]
    pub wrong: u32,
    /// There, and not found.
    pub missed: u32,
}

impl ErrorRate {
    /// Returns the share of what was found that is there; `None` when nothing was found.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.wrong)
    }

    /// Returns the share of what is there that was found; `None` when nothing is there.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.missed)
    }
}

fn share(right: u32, rest: u32) -> Option<f64> {
    (right + rest > 0).then(|| f64::from(right) / f64::from(right + rest))
}
