//! Dates of `date:` and `seen:`: a year, a month, a day, or a range of them, in UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The moments a text stands for: the first of them, and the first after them.
pub(super) type Stretch = (Option<Timestamp>, Option<Timestamp>);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DateMistake {
    /// Not one of the forms.
    Form(String),
    /// A day that no calendar has.
    NoSuchDay(String),
    /// The end comes before the beginning.
    Backwards,
    /// Neither beginning nor end.
    NoEnds,
}

/// Reads a date or a range.
pub(super) fn stretch(text: &str) -> Result<Stretch, DateMistake> {
    let Some((first, last)) = text.split_once("..") else {
        let (from, to) = period(text)?;
        return Ok((Some(from), Some(to)));
    };
    if first.is_empty() && last.is_empty() {
        return Err(DateMistake::NoEnds);
    }
    let end = |text: &str| if text.is_empty() { Ok(None) } else { period(text).map(Some) };
    let (first, last) = (end(first)?, end(last)?);
    let is_backwards = first.zip(last).is_some_and(|(first, last)| first.0 >= last.1);
    if is_backwards {
        return Err(DateMistake::Backwards);
    }
    Ok((first.map(|(from, _)| from), last.map(|(_, to)| to)))
}

/// Reads a year, a month or a day.
fn period(text: &str) -> Result<(Timestamp, Timestamp), DateMistake> {
    let form = || DateMistake::Form(text.to_owned());
    let mut parts = text.split('-');
    let year = number(parts.next(), 4).filter(|year| (1000..=9000).contains(year)).ok_or_else(form)?;
    let rest: Vec<&str> = parts.collect();
    let (month, day) = match rest[..] {
        [] => (None, None),
        [month] => (Some(number(Some(month), 2).ok_or_else(form)?), None),
        [month, day] => (Some(number(Some(month), 2).ok_or_else(form)?), Some(number(Some(day), 2).ok_or_else(form)?)),
        _ => return Err(form()),
    };
    let no_such_day = || DateMistake::NoSuchDay(text.to_owned());
    let part = |number: Option<i16>| i8::try_from(number.unwrap_or(1)).map_err(|_| no_such_day());
    let first = Date::new(year, part(month)?, part(day)?).map_err(|_| no_such_day())?;
    let length = match (month, day) {
        (None, _) => 1.year(),
        (_, None) => 1.month(),
        _ => 1.day(),
    };
    let midnight = |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0));
    let after = first.checked_add(length).map_err(|_| no_such_day())?;
    Ok((midnight(first).map_err(|_| no_such_day())?, midnight(after).map_err(|_| no_such_day())?))
}

fn number(text: Option<&str>, digits: usize) -> Option<i16> {
    let text = text.filter(|text| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, from: &str, to: &str) {
        let moment = |text: &str| (!text.is_empty()).then(|| text.parse::<Timestamp>().expect("a moment"));
        assert_eq!(stretch(text), Ok((moment(from), moment(to))), "{text}");
    }

    #[test]
    fn partial_dates_are_whole_stretches() {
        check("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        check("2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z");
        check("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z");
        check("2026-11-01..2026-11-20", "2026-11-01T00:00:00Z", "2026-11-21T00:00:00Z");
        check("2026-11..2026-11-20", "2026-11-01T00:00:00Z", "2026-11-21T00:00:00Z");
        check("2026-11..", "2026-11-01T00:00:00Z", "");
        check("..2026-11", "", "2026-12-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert_eq!(stretch("2026-02-30"), Err(DateMistake::NoSuchDay("2026-02-30".to_owned())));
        assert_eq!(stretch("2026-13"), Err(DateMistake::NoSuchDay("2026-13".to_owned())));
        assert_eq!(stretch("2026-11-20..2026-11-01"), Err(DateMistake::Backwards));
        assert_eq!(stretch(".."), Err(DateMistake::NoEnds));
        for text in ["", "26", "2026-", "2026-1", "2026-11-1", "2026-11-20-1", "yesterday", "0000", "2026-11-20T10"] {
            assert_eq!(stretch(text), Err(DateMistake::Form(text.to_owned())));
        }
    }
}
