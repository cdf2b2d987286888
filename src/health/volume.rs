//! How many new items a day brought, against the other days of the same four weeks.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::habit::appeared;
use crate::model::{FindingKind, PointPast};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The days that the last one is held against, back from it.
const HISTORY: usize = 28;
/// Fewer days show no usual number.
const FEWEST_DAYS: usize = 7;
/// A day is held against the same days of the weeks before, so that a Sunday is no collapse.
const WEEK: usize = 7;
/// A study polled once a day is not polled at the same minute each day.
const SLACK: SignedDuration = SignedDuration::from_hours(2);
/// Below a quarter of the usual number a day is a collapse ...
const COLLAPSE: usize = 4;
/// ... where that number is this or more: by chance alone, a small outlet has a day without anything.
const FEWEST_USUAL: usize = 8;
/// Four times the usual number, and more than on any of the days, is a burst ...
const BURST: usize = 4;
/// ... where an outlet that usually brings less is taken to bring so many.
const LEAST_USUAL: usize = 5;

/// Says that the last 24 hours before the last look brought far less or far more than is usual, for entry points together.
pub(super) fn of(points: &[PointPast]) -> Option<(FindingKind, String)> {
    let base = points.iter().filter_map(PointPast::last_look).max()?;
    let counts = counts(points, base);
    // A day counts when it and the one before were polled: the first day after a pause has what came in the pause.
    let is_whole =
        |day: &usize| [*day, day + 1].iter().all(|day| points.iter().all(|point| is_polled(point, base, *day)));
    let today = Some(0).filter(is_whole).map(|day| counts[day])?;
    let days: Vec<(usize, usize)> = (1..=HISTORY).filter(is_whole).map(|day| (day, counts[day])).collect();
    if days.len() < FEWEST_DAYS {
        return None;
    }
    let mut sorted: Vec<usize> = days.iter().map(|(_, count)| *count).collect();
    sorted.sort_unstable();
    let (usual, busiest) = (sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
    // The lower median, so that one bank holiday among the same days hides nothing and one rich day asks for nothing.
    let mut same_days: Vec<usize> = days.iter().filter(|(day, _)| day % WEEK == 0).map(|(_, count)| *count).collect();
    same_days.sort_unstable();
    let expected = same_days.get(same_days.len().saturating_sub(1) / 2).map_or(0, |same| usual.min(*same));
    let is_collapse = expected >= FEWEST_USUAL && today * COLLAPSE < expected;
    let is_burst = today >= BURST * usual.max(LEAST_USUAL) && today > busiest;
    let kind = match (is_collapse, is_burst) {
        (true, _) => FindingKind::FewItems,
        (_, true) => FindingKind::ManyItems,
        (false, false) => return None,
    };
    let items = if today == 1 { "item" } else { "items" };
    Some((kind, format!("{today} {items} in the last 24 hours; usually {usual} a day")))
}

/// Counts the pages that came on each day before a moment, each once.
fn counts(points: &[PointPast], base: Timestamp) -> Vec<usize> {
    let mut first: BTreeMap<i64, Timestamp> = BTreeMap::new();
    for item in points.iter().flat_map(|point| &point.items) {
        let Some(at) = appeared(item) else { continue };
        let first = first.entry(item.page).or_insert(at);
        *first = at.min(*first);
    }
    let mut counts = vec![0; HISTORY + 1];
    for at in first.into_values().filter(|at| *at <= base) {
        let day = usize::try_from(base.duration_since(at).as_secs() / DAY.as_secs()).unwrap_or(usize::MAX);
        if let Some(count) = counts.get_mut(day) {
            *count += 1;
        }
    }
    counts
}

/// Says whether an entry point was looked at on a day, counted back from a moment.
fn is_polled(point: &PointPast, base: Timestamp, day: usize) -> bool {
    let begins = DAY * i32::try_from(day).unwrap_or(i32::MAX);
    point.looks.iter().any(|look| {
        let age = base.duration_since(*look);
        begins - SLACK <= age && age <= begins + DAY + SLACK
    })
}
