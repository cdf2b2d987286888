//! When an entry point is due. Pure: the time comes in.

use jiff::{SignedDuration, Timestamp};

use crate::fetch::later;
use crate::health::{self, Habit};
use crate::model::{Overlap, UnreadReason};
use crate::store::{PendingEntry, PollState};

/// The pause between two looks at an entry point, where nothing was missed.
pub const INTERVAL: SignedDuration = SignedDuration::from_mins(60);
/// The shortest pause, however fast the items of an entry point come and go: more often is a burden to its site.
const SHORTEST: SignedDuration = SignedDuration::from_mins(5);
/// Where less than one item in so many is known again, the pause is halved before something is missed.
const LITTLE: usize = 4;
/// Where three items in four are known again, the pause grows by a quarter: slowly, so that it does not swing.
const MOST: (usize, usize) = (3, 4);
/// The longest pause after failures.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// A server's validators are trusted for so long; then the body is asked for once, since some lie.
const TRUST: SignedDuration = SignedDuration::from_hours(24);
/// Not less than this, even where nothing new for so long is out of habit: a body costs the site something.
const LEAST_TRUST: SignedDuration = SignedDuration::from_hours(3);

/// Returns when an entry point may be asked next. `asked_for` is a person's `--now`: it skips our own pauses, not the
/// server's wishes.
pub(super) fn due_at(state: &PollState, asked_for: bool) -> Timestamp {
    let wished = state.not_before.unwrap_or(Timestamp::MIN);
    let Some(last) = state.last_attempt.filter(|_| !asked_for) else { return wished };
    let factor = 1_i32 << state.failures.min(5);
    // A site in trouble is not to be asked more often than others.
    let interval = state.interval.filter(|_| state.failures == 0).unwrap_or(INTERVAL);
    let pause = interval.checked_mul(factor).unwrap_or(LONGEST).min(LONGEST).max(SHORTEST);
    later(last, pause).max(wished)
}

/// Returns the pause after a look of which so much was known; `None` of the overlap stands for "not modified".
pub(super) fn interval_after(interval: Option<SignedDuration>, overlap: Option<&Overlap>) -> Option<SignedDuration> {
    let now = interval.unwrap_or(INTERVAL);
    let (known, items) = match overlap {
        None => (1, 1),
        Some(overlap) if overlap.has_past => (health::known_again(overlap), overlap.items),
        // Of the first look nothing can be known.
        Some(_) => return interval,
    };
    let next = if known * LITTLE < items {
        (now / 2).max(SHORTEST)
    } else if known * MOST.1 >= items * MOST.0 {
        (now * 5 / 4).min(INTERVAL)
    } else {
        now
    };
    Some(next).filter(|next| *next < INTERVAL)
}

/// Says whether the validators are to be sent: those of a server that lied are not for a while, and where it has called an
/// entry point unchanged for longer than is usual for that, it is asked for the body itself.
pub(super) fn trusts_validators(state: &PollState, habit: Option<&Habit>, now: Timestamp) -> bool {
    let is_distrusted = health::distrusted_until(state.false_validators_at).is_some_and(|until| now < until);
    let unchanged = state.unmodified_since.map(|since| now.duration_since(since)).unwrap_or_default();
    let is_usual = habit.is_none_or(|habit| unchanged < habit.too_long().max(LEAST_TRUST));
    !is_distrusted && is_usual && state.unconditional_at.is_some_and(|at| now.duration_since(at) < TRUST)
}

/// Says whether a page that could not be had may be had later. What a site refuses for good is not asked again.
pub(super) fn is_for_now(reason: &UnreadReason) -> bool {
    let name = reason.name.as_str();
    let refused = matches!(
        name,
        "robots"
            | "scheme"
            | "bad-url"
            | "refused-address"
            | "no-address"
            | "opaque-link"
            | "too-large"
            | "redirects"
            | "front-page"
            | "reader-failed"
    );
    let not_there = name.starts_with("status-4") && !matches!(name, "status-408" | "status-425" | "status-429");
    !refused && !not_there
}

/// Says whether a failure may be our own network's: no name was found, or no connection was had.
pub(super) fn is_our_network(reason: &UnreadReason) -> bool {
    matches!(reason.name.as_str(), "dns" | "connect")
}

/// Says whether an entry's page may be looked at now: at once, and after failures with a pause that grows.
pub(super) fn may_look_again(pending: &PendingEntry, now: Timestamp) -> bool {
    let pause = SignedDuration::from_mins(15 << (2 * pending.tries.min(4)));
    pending.last_try.is_none_or(|last| later(last, pause) <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(last: &str, failures: u32, not_before: Option<&str>) -> PollState {
        let moment = |text: &str| text.parse().expect("a test time");
        PollState {
            last_attempt: Some(moment(last)),
            failures,
            not_before: not_before.map(moment),
            ..PollState::default()
        }
    }

    #[track_caller]
    fn check(state: &PollState, asked_for: bool, expected: &str) {
        assert_eq!(due_at(state, asked_for).to_string(), expected);
    }

    #[test]
    fn a_pause_that_was_shortened_holds_until_something_fails() {
        let short = |failures| PollState {
            interval: Some(SignedDuration::from_mins(15)),
            ..state("2026-11-20T12:00:00Z", failures, None)
        };
        check(&short(0), false, "2026-11-20T12:15:00Z");
        check(&short(1), false, "2026-11-20T14:00:00Z");
        check(&PollState { interval: Some(SignedDuration::ZERO), ..short(0) }, false, "2026-11-20T12:05:00Z");
        let wished = Some("2026-11-20T18:00:00Z".parse().expect("a test time"));
        check(&PollState { not_before: wished, ..short(0) }, false, "2026-11-20T18:00:00Z");
    }

    #[test]
    fn pauses_are_halved_where_little_is_known_and_grow_slowly_where_most_is() {
        #[track_caller]
        fn check(minutes: i64, known: usize, expected: i64) {
            let overlap = Overlap { items: 20, known, has_newest: true, has_past: true, ..Overlap::default() };
            let interval = interval_after(Some(SignedDuration::from_mins(minutes)), Some(&overlap));
            assert_eq!(
                interval.unwrap_or(INTERVAL),
                SignedDuration::from_mins(expected),
                "{minutes} min, {known} of 20"
            );
        }
        check(60, 0, 30);
        check(60, 4, 30);
        check(30, 0, 15);
        check(8, 0, 5);
        check(5, 0, 5);
        check(30, 5, 30);
        check(30, 14, 30);
        check(16, 15, 20);
        check(40, 20, 50);
        check(52, 20, 60);
        check(60, 20, 60);
        let empty = Overlap { has_past: true, ..Overlap::default() };
        let first = Overlap { items: 20, ..Overlap::default() };
        let half = Some(SignedDuration::from_mins(32));
        assert_eq!(interval_after(half, None), Some(SignedDuration::from_mins(40)), "not modified is all known");
        assert_eq!(
            interval_after(half, Some(&empty)),
            Some(SignedDuration::from_mins(40)),
            "nothing was missed of nothing"
        );
        assert_eq!(interval_after(None, Some(&first)), None, "the first look");
    }

    #[test]
    fn validators_are_trusted_for_a_day_at_most() {
        #[track_caller]
        fn check(hours: [Option<i64>; 3], pause: Option<i64>, expected: bool) {
            let now: Timestamp = "2026-11-20T12:00:00Z".parse().expect("a test time");
            let [unconditional_at, unmodified_since, false_validators_at] =
                hours.map(|hours| hours.map(|hours| later(now, SignedDuration::from_hours(-hours))));
            let state = PollState { unconditional_at, unmodified_since, false_validators_at, ..PollState::default() };
            let habit =
                pause.map(|hours| Habit { every: SignedDuration::ZERO, pause: SignedDuration::from_hours(hours) });
            assert_eq!(trusts_validators(&state, habit.as_ref(), now), expected, "{hours:?} {pause:?}");
        }
        check([None, None, None], None, false);
        check([Some(23), Some(22), None], None, true);
        check([Some(24), Some(1), None], None, false);
        // Twice its longest usual pause, and not less than three hours.
        check([Some(23), Some(9), None], Some(5), true);
        check([Some(23), Some(10), None], Some(5), false);
        check([Some(23), Some(2), None], Some(0), true);
        check([Some(23), Some(3), None], Some(0), false);
        check([Some(23), None, None], Some(0), true);
        // A week without them, after they were found to be false.
        check([Some(1), None, Some(7 * 24 - 1)], None, false);
        check([Some(1), None, Some(7 * 24)], None, true);
    }

    #[test]
    fn pauses_grow_with_failures_and_end_at_a_day() {
        check(&state("2026-11-20T12:00:00Z", 0, None), false, "2026-11-20T13:00:00Z");
        check(&state("2026-11-20T12:00:00Z", 2, None), false, "2026-11-20T16:00:00Z");
        check(&state("2026-11-20T12:00:00Z", 60, None), false, "2026-11-21T12:00:00Z");
    }

    #[test]
    fn a_person_may_ask_at_once_but_not_against_the_servers_wish() {
        assert!(due_at(&state("2026-11-20T12:00:00Z", 3, None), true) < Timestamp::UNIX_EPOCH);
        check(&state("2026-11-20T12:00:00Z", 0, Some("2026-11-20T18:00:00Z")), true, "2026-11-20T18:00:00Z");
    }
}
