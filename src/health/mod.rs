//! How well a source does, judged by its own past: whether its newest item is too old for its habit, whether it brings far
//! less or more than on other days, whether a look may have missed items, whether its validators can be believed.
//!
//! A feed that answers is not a healthy feed. Everything here is said as of the last look, so that a record says the same
//! whenever it is asked. What to ask, and when, is decided elsewhere.

mod habit;
mod overlap;
mod volume;

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

pub use habit::{Habit, too_old};
pub use overlap::{known_again, may_have_missed};

use crate::model::{Finding, FindingKind, PointPast, SeenInterval};

/// A server whose validators were false is sent none for so long: it is seldom mended, and a whole body now and then costs
/// little. Then they are tried again.
pub const DISTRUST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Says what is wrong with a source, or out of its habit, from the past of each of its entry points.
pub fn of_source(points: &[PointPast]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = points.iter().flat_map(of_point).collect();
    let together = volume::of(points).filter(|_| points.len() > 1);
    if let Some((kind, says)) = together {
        // What is true of all of them together need not be said of each.
        findings.push(Finding { entry_point: None, kind, says });
        return findings;
    }
    for point in points {
        let is_of_it = |finding: &Finding| finding.entry_point.as_ref() == Some(&point.entry_point);
        let is_quiet = findings.iter().any(|finding| finding.kind == FindingKind::Quiet && is_of_it(finding));
        let found = volume::of(std::slice::from_ref(point));
        // That nothing came for days says the same as few items, and more.
        let found = found.filter(|(kind, _)| !(is_quiet && *kind == FindingKind::FewItems));
        findings.extend(found.map(|(kind, says)| named(point, kind, says)));
    }
    findings
}

/// Says what is wrong with one entry point by itself.
fn of_point(point: &PointPast) -> Vec<Finding> {
    let Some(at) = point.last_look() else { return Vec::new() };
    let mut findings = Vec::new();
    if let Some(SeenInterval { after: Some(after), by }) = point.missed {
        let says = format!("nothing of it was known: items between {after:.0} and {by:.0} may have been missed");
        findings.push(named(point, FindingKind::NothingKnown, says));
    }
    if let Some(until) = distrusted_until(point.false_validators).filter(|until| *until > at) {
        let says = format!(
            "its validators are false: it answered \"not modified\" and had other items; none are sent until {until:.0}"
        );
        findings.push(named(point, FindingKind::FalseValidators, says));
    }
    let old = habit::newest(point).and_then(|newest| too_old(newest, Habit::of(point).as_ref(), at));
    findings.extend(old.map(|(kind, says)| named(point, kind, says)));
    findings
}

/// Returns until when no validators are sent to a server, by when they were last found to be false.
pub fn distrusted_until(false_validators: Option<Timestamp>) -> Option<Timestamp> {
    false_validators.map(|at| at.checked_add(DISTRUST).unwrap_or(Timestamp::MAX))
}

fn named(point: &PointPast, kind: FindingKind, says: String) -> Finding {
    Finding { entry_point: Some(point.entry_point.clone()), kind, says }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Says a span of time in its largest fitting unit: "3 days", "1 hour".
fn span(duration: SignedDuration) -> String {
    let minutes = duration.as_secs().saturating_add(30) / 60;
    let (number, unit) = match minutes {
        // A number of one says too little of what is much more than one.
        minutes if minutes >= DAY * 3 / 2 || minutes == DAY => ((minutes + DAY / 2) / DAY, "day"),
        minutes if minutes >= HOUR * 3 / 2 || minutes == HOUR => ((minutes + HOUR / 2) / HOUR, "hour"),
        minutes => (minutes.max(1), "minute"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
