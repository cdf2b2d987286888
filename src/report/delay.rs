//! How long an answer took, as a range: both ends were seen only to within an interval.

use jiff::{SignedDuration, Timestamp};

use crate::model::SeenInterval;

/// A delay between two things first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// At least so long.
    pub at_least: SignedDuration,
    /// At most so long; `None` when the first of the two has no look before it.
    pub at_most: Option<SignedDuration>,
}

/// How long after the story's first accusation an answer was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredAfter {
    /// Accusation and answer stand in the same version of one article.
    SameArticle,
    /// Within this range.
    Range(Delay),
    /// There is an answer and no accusation was seen before it.
    NoAccusationSeen,
    /// On a page of what was reviewed: an accusation seen before all accepted ones is unreviewed.
    EarlierUnreviewed,
    /// What may be an answer waits for a person.
    Waiting,
    /// There is a denial, and it could not be matched to the claim.
    Unmatched,
    /// There is no answer.
    NoAnswer,
}

impl Delay {
    /// Returns the range of delays from one interval to another; never below nothing.
    pub fn between(from: SeenInterval, to: SeenInterval) -> Self {
        let since = |later: Timestamp, earlier: Timestamp| later.duration_since(earlier).max(SignedDuration::ZERO);
        Self {
            at_least: to.after.map_or(SignedDuration::ZERO, |after| since(after, from.by)),
            at_most: from.after.map(|after| since(to.by, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(after: Option<&str>, by: &str) -> SeenInterval {
        let time = |text: &str| format!("2026-03-02T{text}:00Z").parse().expect("a time");
        SeenInterval { after: after.map(time), by: time(by) }
    }

    #[track_caller]
    fn check(from: SeenInterval, to: SeenInterval, at_least: i64, at_most: Option<i64>) {
        let expected =
            Delay { at_least: SignedDuration::from_mins(at_least), at_most: at_most.map(SignedDuration::from_mins) };
        assert_eq!(Delay::between(from, to), expected);
    }

    #[test]
    fn a_delay_is_the_range_that_both_intervals_allow() {
        check(seen(Some("09:12"), "09:20"), seen(Some("14:40"), "15:03"), 320, Some(351));
        check(seen(None, "09:20"), seen(Some("14:40"), "15:03"), 320, None);
        check(seen(Some("09:12"), "09:20"), seen(None, "15:03"), 0, Some(351));
        check(seen(Some("09:00"), "10:00"), seen(Some("09:30"), "10:00"), 0, Some(60));
    }

    #[test]
    fn an_answer_seen_before_the_accusation_has_no_negative_delay() {
        check(seen(Some("12:00"), "13:00"), seen(Some("09:00"), "10:00"), 0, Some(0));
    }
}
