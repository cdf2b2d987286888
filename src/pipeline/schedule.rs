//! When an entry point is due. Pure: the time comes in.

use jiff::{SignedDuration, Timestamp};

use crate::fetch::later;
use crate::model::UnreadReason;
use crate::store::{PendingEntry, PollState};

/// The pause between two looks at an entry point.
const INTERVAL: SignedDuration = SignedDuration::from_mins(60);
/// The longest pause after failures.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// A server's validators are trusted for so long; then the body is asked for once, since some lie.
const TRUST: SignedDuration = SignedDuration::from_hours(24);

/// Returns when an entry point may be asked next. `asked_for` is a person's `--now`: it skips our own pauses, not the
/// server's wishes.
pub(super) fn due_at(state: &PollState, asked_for: bool) -> Timestamp {
    let wished = state.not_before.unwrap_or(Timestamp::MIN);
    let Some(last) = state.last_attempt.filter(|_| !asked_for) else { return wished };
    let factor = 1_i32 << state.failures.min(5);
    let pause = INTERVAL.checked_mul(factor).unwrap_or(LONGEST).min(LONGEST);
    later(last, pause).max(wished)
}

/// Says whether the validators are to be sent.
pub(super) fn trusts_validators(state: &PollState, now: Timestamp) -> bool {
    state.unconditional_at.is_some_and(|at| now.duration_since(at) < TRUST)
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
            | "too-slow"
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
