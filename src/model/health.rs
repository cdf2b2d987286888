//! What the record tells of an entry point's past, and what is found wrong with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SeenInterval;

/// What is known of one entry point up to its last look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PointPast {
    /// Its address.
    pub entry_point: String,
    /// What it announced, in any order: a month of it, and at least the newest few.
    pub items: Vec<PastItem>,
    /// When it answered as it should in the month before the last look, "not modified" counted; one an hour is enough.
    pub looks: Vec<Timestamp>,
    /// The last look and the one before, where nothing of the last was known and items may have been missed in between.
    pub missed: Option<SeenInterval>,
    /// When its validators were last found to be false.
    pub false_validators: Option<Timestamp>,
}

impl PointPast {
    /// Returns when it was looked at last: what is said of it is said as of then.
    pub fn last_look(&self) -> Option<Timestamp> {
        self.looks.iter().max().copied()
    }
}

/// One item that an entry point announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastItem {
    /// The same number for the same page, whichever entry point announced it.
    pub page: i64,
    /// When it says it was published, or else changed.
    pub claimed: Option<Timestamp>,
    /// When this entry point was first seen to announce it.
    pub seen: SeenInterval,
}

/// How much of an answer its entry point had announced before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The items of the answer.
    pub items: usize,
    /// Those known by their id or address.
    pub known: usize,
    /// Those known by their headline, where none is by id or address.
    pub known_headlines: usize,
    /// True when one of them is of those that the entry point announced last.
    pub has_newest: bool,
    /// True when the entry point had announced anything before, and was not empty at the look before.
    pub has_past: bool,
}

/// Something that is wrong with a source, or out of its habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entry point; `None` when it is said of all of them together.
    pub entry_point: Option<String>,
    /// What.
    pub kind: FindingKind,
    /// The same as a clause.
    pub says: String,
}

impl Finding {
    /// Returns the clause with the address that it is said of.
    pub fn line(&self) -> String {
        match &self.entry_point {
            Some(url) => format!("{url}: {}", self.says),
            None => self.says.clone(),
        }
    }
}

named! {
    /// What can be wrong with a source that answers.
    FindingKind {
        /// No item of an answer was known: others may have come and gone since the look before.
        NothingKnown = "nothing-known",
        /// The server said "not modified" and had other items.
        FalseValidators = "false-validators",
        /// The newest item is older than is usual for it.
        Quiet = "quiet",
        /// The newest item is old, and nothing is known of what is usual.
        Stale = "stale",
        /// Far fewer new items than on other days.
        FewItems = "few-items",
        /// Far more new items than on other days.
        ManyItems = "many-items",
    }
}

impl FindingKind {
    /// Says whether news may be missing at the time that it is said of. What was missed before is counted look by look, and
    /// a limit that knows nothing of the outlet proves nothing.
    pub fn casts_doubt(self) -> bool {
        matches!(self, Self::Quiet | Self::FewItems)
    }
}
