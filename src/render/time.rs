//! Times as people read them, in one chosen zone that is always named; JSON has UTC.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::model::SeenInterval;
use crate::report::Delay;

/// Returns a time as RFC 3339 in UTC.
pub fn utc(at: Timestamp) -> String {
    at.to_string()
}

/// Returns the name of a zone for a heading.
pub fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some("Etc/UTC" | "Etc/Unknown") => "UTC".to_owned(),
        Some(name) => name.to_owned(),
        None => Timestamp::UNIX_EPOCH.to_zoned_datetime(zone.clone()).strftime("UTC%:z").to_string(),
    }
}

/// Returns day and clock, such as `22 Nov 09:12`.
pub fn day_and_clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%-d %b %H:%M").to_string()
}

/// Returns day, year and clock, such as `22 Nov 2026 09:12`.
pub(super) fn full(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%-d %b %Y %H:%M").to_string()
}

/// Returns when something was first seen: `22 Nov 09:12-09:20`, or `by 22 Nov 09:20` when no look was before it.
pub fn interval(seen: SeenInterval, zone: &TimeZone) -> String {
    let by = seen.by.to_zoned_datetime(zone.clone());
    let Some(after) = seen.after.map(|after| after.to_zoned_datetime(zone.clone())) else {
        return format!("by {}", day_and_clock(seen.by, zone));
    };
    let end = if after.date() == by.date() { by.strftime("%H:%M") } else { by.strftime("%-d %b %H:%M") };
    format!("{}-{end}", after.strftime("%-d %b %H:%M"))
}

/// Returns an interval for JSON.
pub fn interval_json(seen: SeenInterval) -> Value {
    json!({"after": seen.after.map(utc), "by": utc(seen.by)})
}

/// Returns a delay: `5h20m-5h51m`, `at least 5h20m`, `within 40m`.
pub fn delay(delay: Delay) -> String {
    let at_least = duration(delay.at_least);
    match delay.at_most.map(duration) {
        None if delay.at_least.as_mins() == 0 => "not measurable".to_owned(),
        None => format!("at least {at_least}"),
        Some(at_most) if delay.at_least.as_mins() == 0 => format!("within {at_most}"),
        Some(at_most) => format!("{at_least}-{at_most}"),
    }
}

/// Returns days, hours and minutes, such as `2d4h` or `5h20m`; a rest of seconds is left out.
fn duration(span: SignedDuration) -> String {
    let minutes = span.as_mins();
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, rest) => format!("{rest}m"),
        (0, hours, 0) => format!("{hours}h"),
        (0, hours, rest) => format!("{hours}h{rest:02}m"),
        (days, 0, _) => format!("{days}d"),
        (days, hours, _) => format!("{days}d{hours}h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[track_caller]
    fn check(after: Option<&str>, by: &str, zone: &str, expected: &str) {
        let zone = TimeZone::get(zone).expect("a zone");
        assert_eq!(interval(SeenInterval { after: after.map(at), by: at(by) }, &zone), expected);
    }

    #[test]
    fn intervals_name_the_day_once_when_it_is_one() {
        check(Some("2026-03-02T09:12:00Z"), "2026-03-02T09:20:00Z", "UTC", "2 Mar 09:12-09:20");
        check(Some("2026-03-02T09:12:00Z"), "2026-03-02T17:20:00Z", "Asia/Hong_Kong", "2 Mar 17:12-3 Mar 01:20");
        check(None, "2026-03-02T09:20:00Z", "UTC", "by 2 Mar 09:20");
    }

    #[test]
    fn delays_are_ranges() {
        let range = |at_least, at_most: Option<i64>| Delay {
            at_least: SignedDuration::from_mins(at_least),
            at_most: at_most.map(SignedDuration::from_mins),
        };
        assert_eq!(delay(range(320, Some(351))), "5h20m-5h51m");
        assert_eq!(delay(range(320, None)), "at least 5h20m");
        assert_eq!(delay(range(0, Some(40))), "within 40m");
        assert_eq!(delay(range(0, None)), "not measurable");
        assert_eq!(delay(range(1500, Some(2880))), "1d1h-2d");
    }

    #[test]
    fn a_zone_has_a_name() {
        assert_eq!(zone_name(&TimeZone::UTC), "UTC");
        assert_eq!(zone_name(&TimeZone::get("Asia/Taipei").expect("a zone")), "Asia/Taipei");
        assert_eq!(zone_name(&TimeZone::fixed(jiff::tz::offset(8))), "UTC+08:00");
    }
}
