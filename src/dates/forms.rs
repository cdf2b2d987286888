//! Dates of many forms in the few that are looked for: digits for numerals, minutes where an hour stands alone, the order of
//! day and clock, the count of years.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::names;
use crate::pattern::pattern;

/// Longer texts are prose with a date somewhere in it, and only their beginning is looked at.
const LONGEST: usize = 200;

/// The text with full-width digits and signs in their ASCII form and white space as single spaces.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars().take(LONGEST) {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '−' | '–' => '-',
            // Arabic and Persian digits.
            '\u{660}'..='\u{669}' => char::from_u32(u32::from(c) - 0x660 + 0x30).unwrap_or(c),
            '\u{6F0}'..='\u{6F9}' => char::from_u32(u32::from(c) - 0x6F0 + 0x30).unwrap_or(c),
            _ if c.is_whitespace() => ' ',
            _ => c,
        };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    let out = if out.contains(names::is_chinese_digit) { names::with_digits(&out) } else { out };
    let out = rearranged(out);
    // "4.15pm", "17.55 BST": a point stands in the clock where a half of the day or a zone follows.
    let out = if out.contains('.') { with_colons(out) } else { out };
    let out = if out.is_ascii() { out } else { with_minutes(out) };
    with_hours(out)
}

/// Hours of Latin and Cyrillic scripts that stand without minutes, with them: 8 p.m., 18 Uhr, à 8h, alle ore 8.
fn with_hours(text: String) -> String {
    pattern!(HALF, r"(?i)(^|[^\d:.])(\d{1,2})\s?([ap]\.?m\b)");
    pattern!(SIGN, r"(^|[^\d:.])(\d{1,2})\s?(?:Uhr|uur|h|ч\.?)([\s,)]|$)");
    pattern!(WORD, r"(?i)(\b(?:ore|kl\.?|klo)\s)(\d{1,2})([\s,)]|$)");
    pattern!(FRENCH, r"(\d{1,2})\sh\s(\d{2})(\D|$)");
    pattern!(RUSSIAN, r"(\d{1,2})\s?ч\.?\s?(\d{2})\s?мин");
    let text = FRENCH.replace(&text, "$1:$2$3");
    let text = RUSSIAN.replace(&text, "$1:$2 ");
    let text = HALF.replace(&text, "$1$2:00 $3");
    let text = SIGN.replace(&text, "$1$2:00$3");
    WORD.replace(&text, "$1$2:00$3").into_owned()
}

/// Clocks whose hour and minute a point stands between, and halves of the day that spaces stand in.
fn with_colons(text: String) -> String {
    pattern!(
        POINT,
        r"(^|[^\d.])(\d{1,2})\.(\d{2})(\s?(?:[ap]\.?m\b|BST\b|GMT\b|UTC\b|CES?T\b|AE[SD]T\b|IST\b|HKT\b|SGT\b|Uhr\b))"
    );
    // Behind a year stands no other number with a point in it: 3.3.2026 klo 15.20.
    pattern!(
        BEHIND_YEAR,
        r"(\b\d{4},?\s(?:(?:-|klo|kl\.?|um|ore|alle|om|à|at)\s)?)([01]?\d|2[0-3])\.([0-5]\d)(\s|,|$)"
    );
    pattern!(HALF, r"(?i)(\d\s?)([ap])\.\s?m\.?");
    let text = POINT.replace(&text, "$1$2:$3$4");
    let text = BEHIND_YEAR.replace(&text, "$1$2:$3$4");
    HALF.replace(&text, "$1${2}m").into_owned()
}

/// Hours that stand without minutes, with them: 15時, 下午3點半, 正午.
fn with_minutes(text: String) -> String {
    pattern!(HOUR, r"(\d{1,2})\s?([時时点點시])\s?([半반整正]|[一三]刻)?([^\d\s半반整正]|\s\D|\s?$)");
    pattern!(NOON, r"正午(\D|$)");
    let text = HOUR.replace(&text, |found: &regex::Captures<'_>| {
        let minutes = match found.get(3).map(|part| part.as_str()) {
            Some("半" | "반") => "30",
            Some("一刻") => "15",
            Some("三刻") => "45",
            _ => "00",
        };
        format!("{}{}{minutes}分{}", &found[1], &found[2], &found[4])
    });
    NOON.replace(&text, " 12:00$1").into_owned()
}

/// Dates of other orders and counts in the order and the count that are looked for: the C library's, eras of Japan and of the
/// Republic of China in words, minutes of one digit.
fn rearranged(mut text: String) -> String {
    // Mon Nov 3 18:05:00 UTC 2025
    pattern!(
        ASCTIME,
        r"\b([A-Z][a-z]{2}) (\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?)(?: ([A-Z]{1,5}|(?:[A-Z]{2,5})?[+-]\d{1,2}(?::?\d{2})?))? (\d{4})\b"
    );
    pattern!(ERA, r"(令和|平成|昭和)\s?(元|\d{1,2})\s?年");
    pattern!(ERA_LETTER, r"^([RHS令平昭])\.?\s?(\d{1,2})([./-]\d{1,2}[./-]\d{1,2})\b");
    pattern!(THAI, r"(\d{1,2} ?)([\u{e01}-\u{e4e}.]{3,12} )(?:พ\.ศ\. ?)?(2[56]\d\d)");
    // 3 tháng 11 năm 2025
    pattern!(VIETNAMESE, r"(\d{1,2}) tháng (\d{1,2}),?(?: năm)? (\d{4})");
    // 9:3:7, 下午3點5分
    pattern!(MINUTE, r"((?:^|[^\d:.])\d{1,2}\s?[:時时點点시]\s?)(\d)(\s?[:分분]|[^\d:분分]|$)");
    pattern!(SECOND, r"(\d\s?[:時时點点시]\s?\d{2}\s?[:分분]\s?)(\d)(\D|$)");
    // 2025-W45-1 and 2025-307, weeks and days of a year as ISO 8601 counts them.
    pattern!(WEEK, r"^(\d{4})-?W(\d{2})(?:-?([1-7]))?(T.*)?$");
    pattern!(DAY_OF_YEAR, r"^(\d{4})-(\d{3})(T.*)?$");
    if let Some(date) = WEEK.captures(&text).and_then(|found| {
        let (year, week) = (found[1].parse().ok()?, found[2].parse().ok()?);
        let weekday = found.get(3).map_or(Some(1), |day| day.as_str().parse().ok())?;
        let week = ISOWeekDate::new(year, week, Weekday::from_monday_one_offset(weekday).ok()?).ok()?;
        Some(format!("{}{}", week.date(), found.get(4).map_or("", |clock| clock.as_str())))
    }) {
        text = date;
    } else if let Some(date) = DAY_OF_YEAR.captures(&text).and_then(|found| {
        let first = Date::new(found[1].parse().ok()?, 1, 1).ok()?;
        let date = first.with().day_of_year(found[2].parse().ok()?).build().ok()?;
        Some(format!("{date}{}", found.get(3).map_or("", |clock| clock.as_str())))
    }) {
        text = date;
    }
    if text.contains(':') {
        text = ASCTIME.replace(&text, "$2 $1 $5 $3 $4").into_owned();
    }
    let era = |found: &regex::Captures<'_>| names::year_of_era(&found[1], &found[2]);
    if text.starts_with(['R', 'H', 'S', '令', '平', '昭']) {
        text = ERA_LETTER
            .replace(&text, |found: &regex::Captures<'_>| format!("{}{}", era(found), &found[3]))
            .into_owned();
    }
    if !text.is_ascii() {
        text = ERA.replace_all(&text, |found: &regex::Captures<'_>| format!("{}年", era(found))).into_owned();
        // The Thai count from the Buddha.
        text = THAI
            .replace(&text, |found: &regex::Captures<'_>| {
                let year = found[3].parse::<u32>().map_or(0, |year| year - 543);
                format!("{}{}{year}", &found[1], &found[2])
            })
            .into_owned();
        text = VIETNAMESE.replace(&text, "$3-$2-$1").into_owned();
    }
    let text = MINUTE.replace(&text, "${1}0$2$3");
    SECOND.replace(&text, "${1}0$2$3").into_owned()
}
