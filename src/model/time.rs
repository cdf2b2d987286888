//! Published (claimed), first seen (an interval): two things that are never mixed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When an outlet says that it published something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedTime {
    /// The moment, in UTC.
    pub at: Timestamp,
    /// What was printed.
    pub raw: String,
    /// True when the print had no zone and the outlet's was taken.
    pub assumed: bool,
}

/// When something was first seen: after the last look without it, and not after the first look with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenInterval {
    /// The last look that did not have it; `None` when there was no earlier look.
    pub after: Option<Timestamp>,
    /// The first look that had it.
    pub by: Timestamp,
}
