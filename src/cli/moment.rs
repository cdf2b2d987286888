//! Moments as a person writes them: a day, a moment, or so long ago.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A moment on the command line: `2026-11-20`, `2026-11-20T12:00:00Z`, `24h` or `7d` (ago).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    At(Timestamp),
    Day(Date),
    Ago(SignedDuration),
}

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(at) = text.parse() {
            return Ok(Self::At(at));
        }
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        if let Some(days) =
            text.strip_suffix('d').and_then(|days| days.parse::<i64>().ok()).filter(|days| (0..=36_500).contains(days))
        {
            return Ok(Self::Ago(SignedDuration::from_hours(days * 24)));
        }
        let ago: SignedDuration = text
            .parse()
            .map_err(|_| "write a day (2026-11-20), a moment (2026-11-20T12:00:00Z) or a span (24h, 7d)".to_owned())?;
        Ok(Self::Ago(ago))
    }
}

/// Reads a span of time: 90s, 5m, 2h.
pub(super) fn span(text: &str) -> Result<SignedDuration, String> {
    let span = text.parse::<SignedDuration>().ok().filter(|span| !span.is_negative() && !span.is_zero());
    span.ok_or_else(|| "write a span of time with its unit: 90s, 5m or 2h".to_owned())
}

impl Moment {
    /// Returns the moment; a day begins at midnight in the study's zone.
    pub(super) fn resolve(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Day(day) => start_of(day, zone),
            Self::Ago(ago) => crate::fetch::later(now, -ago),
        }
    }
}

/// Returns the first moment of a day in a zone; at the ends of the calendar, the moment nearest to it.
pub(super) fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    let outside = if day.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    day.to_zoned_datetime(zone.clone()).map_or(outside, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = "2026-11-20T12:00:00Z".parse().expect("a test time");
        let zone = TimeZone::get("Asia/Taipei").expect("a zone");
        let moment: Moment = text.parse().expect("a moment");
        assert_eq!(moment.resolve(now, &zone).to_string(), expected, "{text}");
    }

    #[test]
    fn moments_are_read() {
        check("2026-11-20", "2026-11-19T16:00:00Z");
        check("2026-11-20T01:00:00Z", "2026-11-20T01:00:00Z");
        check("24h", "2026-11-19T12:00:00Z");
        let end: Date = "9999-12-31".parse().expect("a day");
        assert_eq!(start_of(end, &TimeZone::UTC), Timestamp::MAX, "a day behind the end of time is not its beginning");
        check("7d", "2026-11-13T12:00:00Z");
        assert!("soon".parse::<Moment>().is_err());
    }
}
