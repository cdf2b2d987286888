//! Dates as outlets print them: RFC 822 and ISO 8601 with their many deviations, Chinese, Republic of China years,
//! epoch numbers. Its job ends at a moment in UTC, what was printed, and whether the zone had to be assumed.
//!
//! A date without a zone is local to the outlet, never UTC. A date that reads two ways is read as people write it where the
//! outlet is, and not at all where they write it both ways.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};

use crate::model::PublishedTime;
use crate::pattern::pattern;

mod forms;
mod names;
#[cfg(test)]
mod tests;

/// No more than a zone and a comma stand between a clock and the day behind it, in bytes.
const FROM_CLOCK_TO_DAY: usize = 16;

/// Reads a date; `zone` is the outlet's, for prints without one. `None` when there is no date in the text.
pub fn read(text: &str, zone: &TimeZone) -> Option<PublishedTime> {
    if let Some(at) = standard(text.trim()) {
        return Some(PublishedTime { at, raw: text.trim().to_owned(), assumed: false });
    }
    loosely(text, zone)
}

/// Reads a date in the very form that RFC 822 and RFC 3339 give it, as most are written, with its offset in digits or GMT.
fn standard(text: &str) -> Option<Timestamp> {
    let (at, offset) = match (text.as_bytes(), text.len()) {
        // Tue, 03 Mar 2026 10:15:00 +0800
        ([_, _, _, b',', ..], 28..=31) => {
            let offset = text.strip_suffix(" GMT").map_or(text.rsplit_once(' ')?.1, |_| "+0000");
            (rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?, offset)
        }
        // 2026-03-03T10:15:00+08:00
        ([.., b'Z'], 20) => (text.parse().ok()?, "+00:00"),
        ([.., b'+' | b'-', _, _, b':', _, _], 25) => (text.parse().ok()?, &text[19..]),
        _ => return None,
    };
    let is_in_digits = offset.len() >= 5 && offset.starts_with(['+', '-']);
    // No clock is further from UTC, and no feed tells of years before 1971 or after 2099.
    let is_plausible = is_in_digits && &offset[1..3] < "14" && (31_536_000..4_102_444_800).contains(&at.as_second());
    is_plausible.then_some(at)
}

fn loosely(text: &str, zone: &TimeZone) -> Option<PublishedTime> {
    let plain = forms::plain(text);
    let printed = if text.trim().chars().count() <= 60 { text.trim() } else { plain.trim() };
    let published = |at: Timestamp, assumed: bool| Some(PublishedTime { at, raw: printed.to_owned(), assumed });
    if let Some(at) = epoch(plain.trim()) {
        return published(at, false);
    }
    let day = find_day(&plain, zone)?;
    let (late, rest) = (zone.iana_name() == Some("Asia/Tokyo"), &plain[day.end..]);
    if has_impossible_clock(rest, late) {
        return None;
    }
    let mut time = find_time(rest, late);
    let mut zone_text = zone_candidates(&plain, &day, time.as_ref());
    // "3:47pm, 7 Aug 2020": the clock stands before the day, and its zone behind it.
    if time.is_none() {
        let before = &plain[..day.start];
        time = find_time(before, late).filter(|time| before.len() - time.end <= FROM_CLOCK_TO_DAY);
        zone_text.extend(time.as_ref().map(|time| before[time.end..].to_owned()));
    }
    let clock = time.as_ref().map_or((0, 0, 0), |time| (time.hour, time.minute, time.second));
    let (at, assumed) = moment(day.date, clock, &zone_text, zone)?;
    published(at, assumed)
}

/// A day that was found, and the bytes it ends at and starts from.
struct Day {
    date: jiff::civil::Date,
    start: usize,
    end: usize,
}

/// A time of day; the span counts from the end of the day.
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    start: usize,
    end: usize,
}

/// Seconds or milliseconds since 1970, between 2001 and 2033: 2026030308 is a day and an hour.
fn epoch(text: &str) -> Option<Timestamp> {
    // As ASP.NET writes them: /Date(1772500500000+0800)/.
    let text = text.strip_prefix("/Date(").and_then(|rest| rest.split(['+', '-', ')']).next()).unwrap_or(text);
    let text = text.split('.').next().unwrap_or(text);
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
    .filter(|at| (1_000_000_000..2_000_000_000).contains(&at.as_second()))
}

pattern!(COMPACT, r"\b(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(?:(\d{2})(\d{2})?)?)?(Z|[+-]\d{4})?(?:\D|$)");
pattern!(
    YEAR_FIRST,
    r"(?:^|\D)(民[國国]\s?)?(\d{1,4})\s?(?:[-/.]|年|년)\s?(\d{1,2})\s?(?:[-/.]|月|월)\s?(\d{1,2})(?:\s?[日号號일])?"
);
pattern!(
    DAY_FIRST,
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s/-]*(?:de |of )?(\p{L}{1,12}|[\u{e01}-\u{e4e}.]{3,12}|\d{1,2}[月월])\.?,?[\s/-]*(?:de )?(\d{4}|\d{2})\b"
);
pattern!(MONTH_FIRST, r"\b([\p{Latin}]{3,12})\.?\s(\d{1,2})(?i:st|nd|rd|th)?,?\s(\d{4})\b");
pattern!(YEAR_AND_NAME, r"\b(\d{4})\.?(?:-|/|\s)(\p{L}{3,12})\.?(?:-|/|\s)(\d{1,2})(?:\D|$)");
pattern!(YEAR_LAST, r"\b(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})\b");
// A year of two digits stands in no date within other text.
pattern!(SHORT_YEAR, r"^(?:\p{L}{1,12}\.?,?\s)?(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2})(?:[\s,.(]|$)");
pattern!(
    CLOCK,
    r"(?i)(?:^|[^\d:.])(?:(上午|下午|早上|早晨|清晨|凌晨|中午|晚上|晚間|晚间|夜晚|夜間|夜间|深夜|傍晚|晚|午前|午後|午后|未明|早朝|夕方|朝|昼|夜|오전|오후|새벽|아침|낮|저녁|밤|[ap]m)\s?)?(\d{1,2})\s?(?::|時|时|点|點|시\s?|h)\s?(\d{2})(?:\s?(?::|分|분)\s?(\d{2})?(?:[.,]\d{1,9})?\s?[秒초]?)?(?:\s?(a\.?m\.?|p\.?m\.?|上午|下午|午前|午後|오전|오후)(?:\W|$))?"
);
pattern!(
    TRAILING_ZONE,
    r"^[\s(\[,]*(?:Uhr[\s(,]+)?(?:(?:GMT|UTC)\s?)?([+-]\d{1,2}:?(?:\d{2})?|[A-Z][a-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|[A-Za-z]{1,5})\b"
);

// As American outlets name theirs, with nothing behind it: Central Europe has a time, too.
pattern!(AMERICAN_ZONE, r"^[\s(\[,]*(Eastern|Central|Mountain|Pacific)(?: (?:Standard |Daylight )?Time)?[\s)\].]*$");

fn find_day(text: &str, zone: &TimeZone) -> Option<Day> {
    let four_first = || {
        YEAR_FIRST.captures_iter(text).find_map(|found| {
            let year = written_year(&found[2], found.get(1).is_some())?;
            let day = day(&found, year, found[3].parse().ok()?, found[4].parse().ok()?)?;
            Some(Day { start: found.get(2)?.start(), ..day })
        })
    };
    let named_month = || {
        DAY_FIRST.captures_iter(text).find_map(|found| {
            let year: i16 = found[3].parse().ok()?;
            let year = if found[3].len() == 2 { short(year) } else { year };
            day(&found, year, names::month(&found[2])?, found[1].parse().ok()?)
        })
    };
    let american = || {
        MONTH_FIRST
            .captures_iter(text)
            .find_map(|found| day(&found, found[3].parse().ok()?, names::month(&found[1])?, found[2].parse().ok()?))
    };
    let year_and_name = || {
        YEAR_AND_NAME.captures_iter(text).find_map(|found| {
            let day = day(&found, found[1].parse().ok()?, names::month(&found[2])?, found[3].parse().ok()?)?;
            Some(Day { end: found.get(3)?.end(), ..day })
        })
    };
    let compact = || {
        let found = COMPACT.captures(text)?;
        let mut day = day(&found, found[1].parse().ok()?, found[2].parse().ok()?, found[3].parse().ok()?)?;
        // The time follows without a sign between: it is read from just behind the day.
        day.end = found.get(3)?.end();
        Some(day)
    };
    let year_last = || {
        let found = YEAR_LAST.captures(text)?;
        let (first, second): (i8, i8) = (found[1].parse().ok()?, found[3].parse().ok()?);
        // With a whole year behind them, dots are written day first everywhere.
        let (month, number) =
            if &found[2] == "." && second <= 12 { (second, first) } else { month_and_day(first, second, zone)? };
        day(&found, found[4].parse().ok()?, month, number)
    };
    let short_year = || {
        let found = SHORT_YEAR.captures(text)?;
        let (first, second): (i8, i8) = (found[1].parse().ok()?, found[3].parse().ok()?);
        let last: i8 = found[4].parse().ok()?;
        if names::writes_year_first(zone) {
            let is_of_year = found[1].len() == 2;
            return is_of_year.then(|| day(&found, short(first.into()), second, last)).flatten();
        }
        // Where nobody knows the order, a number beyond 12 may be a year as well as a day.
        names::writes_day_first(zone)?;
        let (month, number) = month_and_day(first, second, zone)?;
        day(&found, short(last.into()), month, number)
    };
    four_first()
        .or_else(named_month)
        .or_else(american)
        .or_else(year_and_name)
        .or_else(compact)
        .or_else(year_last)
        .or_else(short_year)
}

/// Tells month and day apart: a number beyond 12 is the day, or else the place has an order.
fn month_and_day(first: i8, second: i8, zone: &TimeZone) -> Option<(i8, i8)> {
    let is_day_first = match (first > 12, second > 12) {
        (true, false) => true,
        (false, true) => false,
        _ if first == second => true,
        _ => names::writes_day_first(zone)?,
    };
    Some(if is_day_first { (second, first) } else { (first, second) })
}

/// A year of two digits, as RFC 2822 has it.
fn short(year: i16) -> i16 {
    year + if year < 50 { 2000 } else { 1900 }
}

/// The year of a date that begins with it: four digits, or three or fewer of the Republic of China.
fn written_year(digits: &str, named: bool) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        3 => Some(year + 1911),
        _ if named => Some(year + 1911),
        _ => None,
    }
}

fn day(found: &regex::Captures<'_>, year: i16, month: i8, day: i8) -> Option<Day> {
    let whole = found.get(0)?;
    let plausible = (1970..=2100).contains(&year);
    let date = jiff::civil::Date::new(year, month, day).ok().filter(|_| plausible)?;
    Some(Day { date, start: whole.start(), end: whole.end() })
}

/// Says whether right behind the day stands a clock that no clock shows: then the whole is no date, rather than its midnight.
fn has_impossible_clock(rest: &str, late: bool) -> bool {
    pattern!(FIRST, r"^(?:T|,?\s)\s?(?:[\p{Han}\p{Hangul}]{2}\s?)?\d{1,2}\s?(?::|h|時|时|點|点|시)\s?\d{2}(?:\D|$)");
    FIRST.is_match(rest) && find_time(rest, late).is_none()
}

/// Finds a time of day; `late` is true where late hours are counted on beyond midnight whatever sign stands behind them.
fn find_time(rest: &str, late: bool) -> Option<Clock> {
    if let Some(clock) = compact_time(rest) {
        return Some(clock);
    }
    let found = CLOCK.captures(rest)?;
    let whole = found.get(0)?;
    let mut hour: i8 = found[2].parse().ok()?;
    let minute: i8 = found[3].parse().ok()?;
    let second: i8 = found.get(4).and_then(|text| text.as_str().parse().ok()).unwrap_or(0);
    let half = found.get(1).or(found.get(5)).map(|text| text.as_str().to_lowercase());
    if let Some(half) = &half {
        hour = names::hour_of_day(half, hour);
    }
    // Late programmes and late news count on beyond midnight in Japan: 25時30分.
    let last = if late || whole.as_str().contains('時') { 29 } else { 24 };
    let in_a_day = hour <= last && minute < 60 && second <= 60;
    let end = found.get(5).or(found.get(4)).map_or(whole.end(), |part| part.end().max(whole.end()));
    in_a_day.then(|| Clock { hour, minute, second: second.min(59), start: whole.start(), end })
}

/// `T120000` or `120000` right behind a day written in eight digits.
fn compact_time(rest: &str) -> Option<Clock> {
    let behind_space = rest.strip_prefix(' ').filter(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() == 6);
    let digits = behind_space.or_else(|| rest.strip_prefix('T')).unwrap_or(rest);
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let two = |at: usize| digits.get(at..at + 2).and_then(|text| text.parse::<i8>().ok());
    let (hour, minute, second) = match count {
        2 if rest.len() == 2 => (two(0)?, 0, 0),
        4 => (two(0)?, two(2)?, 0),
        6 => (two(0)?, two(2)?, two(4)?),
        _ => return None,
    };
    let in_a_day = hour < 24 && minute < 60 && second < 60;
    let end = rest.len() - digits.len() + count;
    in_a_day.then_some(Clock { hour, minute, second, start: 0, end })
}

/// The places where a zone is printed: behind the time, between day and time, behind a day without a time.
fn zone_candidates(text: &str, day: &Day, time: Option<&Clock>) -> Vec<String> {
    let rest = &text[day.end..];
    let mut places = Vec::new();
    match time {
        Some(time) => {
            places.push(rest[time.end..].to_owned());
            places.push(rest[..time.start].to_owned());
        }
        None => places.push(rest.to_owned()),
    }
    places.push(text[..day.start].to_owned());
    places
}

fn moment(
    date: jiff::civil::Date,
    clock: (i8, i8, i8),
    places: &[String],
    zone: &TimeZone,
) -> Option<(Timestamp, bool)> {
    let (hour, minute, second) = clock;
    // 24:15 is a quarter past midnight of the next day.
    let date = if hour >= 24 { date.tomorrow().ok()? } else { date };
    let local = date.at(hour % 24, minute, second, 0);
    let printed = places.iter().find_map(|place| printed_offset(place, local, zone));
    match printed {
        Some(offset) => Some((offset.to_timestamp(local).ok()?, false)),
        None => Some((zone.to_timestamp(local).ok()?, true)),
    }
}

/// The offset that a zone's number or name stands for.
fn printed_offset(place: &str, local: DateTime, zone: &TimeZone) -> Option<Offset> {
    let at_place = |zone: TimeZone| zone.to_timestamp(local).ok().map(|at| zone.to_offset(at));
    if let Some(zone) = names::place_time(place) {
        return at_place(zone);
    }
    let found = AMERICAN_ZONE.captures(place).or_else(|| TRAILING_ZONE.captures(place))?;
    let text = &found[1];
    if let Some(sign) = text.chars().next().filter(|c| *c == '+' || *c == '-') {
        return numeric_offset(sign, &text[1..]);
    }
    if let Some(place) = names::place_zone(text) {
        return at_place(place);
    }
    let local_offset = zone.to_timestamp(local).ok().map(|at| zone.to_offset(at).seconds()).unwrap_or(0);
    let seconds = names::zone(text, zone.iana_name().unwrap_or_default(), local_offset)?;
    Offset::from_seconds(seconds).ok()
}

fn numeric_offset(sign: char, digits: &str) -> Option<Offset> {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "0") };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    let plausible = seconds <= 14 * 3600;
    let signed = if sign == '-' { -seconds } else { seconds };
    if plausible { Offset::from_seconds(signed).ok() } else { None }
}
