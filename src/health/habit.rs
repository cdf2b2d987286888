//! How often an entry point brings something, and when its newest item is too old for that.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::span;
use crate::model::{FindingKind, PastItem, PointPast};

/// A habit is learned from the weeks before the newest item.
const LEARNED_FROM: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Fewer items show no habit; where the four weeks hold fewer, the newest so many are taken.
const FEWEST_ITEMS: usize = 8;
/// A habit takes a whole week to show: most outlets rest at weekends.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Twice the usual longest pause of a week is out of habit: a bank holiday lengthens a weekend by less.
const TIMES_USUAL: i32 = 2;
/// An outlet that never pauses for long may still have one quiet day.
const LEAST: SignedDuration = SignedDuration::from_hours(24);
/// Where no habit is known, a newest item older than this is called stale.
const STALE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How often an entry point brings something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// The time between two items, on average.
    pub every: SignedDuration,
    /// The longest pause that is usual: the median of the longest pauses of each week. Nights and weekends are in it, and one
    /// week in which nobody looked, or nothing was printed, changes little.
    pub pause: SignedDuration,
}

impl Habit {
    /// Learns the habit of an entry point; `None` when too little is known of it.
    pub fn of(point: &PointPast) -> Option<Self> {
        let mut times = times(point);
        let newest = *times.last()?;
        let lately = times.partition_point(|time| newest.duration_since(*time) > LEARNED_FROM);
        let fewest = times.len().checked_sub(FEWEST_ITEMS)?;
        times.drain(..lately.min(fewest));
        let whole = newest.duration_since(times[0]);
        if whole < WEEK {
            return None;
        }
        let mut longest: BTreeMap<i64, SignedDuration> = BTreeMap::new();
        for pair in times.windows(2) {
            let (gap, week) =
                (pair[1].duration_since(pair[0]), newest.duration_since(pair[1]).as_secs() / WEEK.as_secs());
            let longest = longest.entry(week).or_default();
            *longest = gap.max(*longest);
        }
        let mut pauses: Vec<SignedDuration> = longest.into_values().collect();
        pauses.sort_unstable();
        let gaps = i32::try_from(times.len() - 1).unwrap_or(i32::MAX);
        Some(Self { every: whole / gaps, pause: pauses[pauses.len() / 2] })
    }

    /// Returns from which age on a newest item is too old.
    pub fn limit(&self) -> SignedDuration {
        self.too_long().max(LEAST)
    }

    /// Returns how long a pause is before it is out of habit, however short that is.
    pub fn too_long(&self) -> SignedDuration {
        self.pause.checked_mul(TIMES_USUAL).unwrap_or(SignedDuration::MAX)
    }
}

/// Says that a newest item is too old: for the habit where one is known, else by a limit for all.
pub fn too_old(newest: Timestamp, habit: Option<&Habit>, at: Timestamp) -> Option<(FindingKind, String)> {
    let age = at.duration_since(newest);
    match habit {
        Some(habit) if age > habit.limit() => {
            let (age, every) = (span(age), span(habit.every));
            let every = every.strip_prefix("1 ").unwrap_or(&every);
            Some((FindingKind::Quiet, format!("its newest item is {age} old; it usually brings one every {every}")))
        }
        None if age > STALE => Some((FindingKind::Stale, format!("stale: its newest item is {} old", span(age)))),
        _ => None,
    }
}

/// Returns when an item came to its entry point, as far as is known: when it says, within the two looks that it came
/// between. What the first look found was there before, and only its own word tells since when.
pub(super) fn appeared(item: &PastItem) -> Option<Timestamp> {
    match (item.claimed, item.seen.after) {
        (Some(claimed), after) => Some(claimed.max(after.unwrap_or(Timestamp::MIN)).min(item.seen.by)),
        (None, Some(_)) => Some(item.seen.by),
        (None, None) => None,
    }
}

/// Returns when the newest item of an entry point came.
pub(super) fn newest(point: &PointPast) -> Option<Timestamp> {
    point.items.iter().filter_map(appeared).max()
}

fn times(point: &PointPast) -> Vec<Timestamp> {
    let mut times: Vec<Timestamp> = point.items.iter().filter_map(appeared).collect();
    times.sort_unstable();
    times
}
