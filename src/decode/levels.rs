//! The first levels of East Asian charsets: each puts the characters that are in daily use before the others, so that a text
//! in the wrong charset shows by how few of its characters stand there.
//!
//! The rows are those of GB 2312 and KS X 1001 (rows 16 on), JIS X 0208 (kana, level 1) and Big5 (level 1).

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};

/// Fewer characters than this tell nothing.
const FEWEST: usize = 6;
/// A text in its own charset has no larger share of other characters than this, in percent: names and dialects.
const MOST_OTHERS: usize = 10;
/// And a charset that shall stand for another has no larger share than this, in percent.
const MOST_OTHERS_ELSEWHERE: usize = 3;

/// The Chinese charset that bytes are in which are labelled as another East Asian one; `None` where the label may be right.
pub(super) fn chinese(labelled: &'static Encoding, bytes: &[u8]) -> Option<&'static Encoding> {
    if Count::of(labelled, bytes)?.others_within(MOST_OTHERS) {
        return None;
    }
    let others = [GBK, BIG5].into_iter().filter(|other| *other != labelled && (*other, labelled) != (GBK, GB18030));
    let fits = |other: &&'static Encoding| {
        Count::of(other, bytes).is_some_and(|count| count.daily >= FEWEST && count.others_within(MOST_OTHERS_ELSEWHERE))
    };
    others.into_iter().find(fits)
}

/// The charset of two bytes that all but a few characters of a text stand in the first level of, though some bytes are lost.
pub(super) fn damaged(bytes: &[u8]) -> Option<&'static Encoding> {
    let fits = |encoding: &&'static Encoding| {
        Count::of(encoding, bytes)
            .is_some_and(|count| count.daily >= super::ENOUGH_TO_TELL && count.others_within(MOST_OTHERS))
    };
    [GBK, BIG5, EUC_KR, EUC_JP, SHIFT_JIS].into_iter().find(fits)
}

/// Says whether nearly all characters that bytes give in a charset are in daily use.
pub(super) fn are_daily(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    Count::of(encoding, bytes).is_some_and(|count| count.others_within(MOST_OTHERS))
}

/// What a character of two bytes is, by the row that its first byte gives.
enum Row {
    /// Signs, and letters of other scripts.
    Sign,
    Daily,
    Other,
}

/// How many characters stand in the first level, and how many elsewhere.
#[derive(Default)]
struct Count {
    daily: usize,
    others: usize,
}

impl Count {
    /// Counts the characters of two bytes; `None` for a charset without levels.
    fn of(encoding: &'static Encoding, bytes: &[u8]) -> Option<Self> {
        let row: fn(u8, u8) -> Row = if encoding == BIG5 {
            |first, _| match first {
                0xA1..=0xA3 => Row::Sign,
                0xA4..=0xC6 => Row::Daily,
                _ => Row::Other,
            }
        } else if encoding == GBK || encoding == GB18030 {
            |first, second| match (first, second) {
                (0xA1..=0xA9, 0xA1..) => Row::Sign,
                (0xB0..=0xD7, 0xA1..) => Row::Daily,
                _ => Row::Other,
            }
        } else if encoding == EUC_KR {
            |first, second| match (first, second) {
                (0xA1..=0xAC, 0xA1..) => Row::Sign,
                (0xB0..=0xC8, 0xA1..) => Row::Daily,
                _ => Row::Other,
            }
        } else if encoding == EUC_JP {
            |first, _| match first {
                0xA1..=0xA3 | 0xA6..=0xA8 | 0x8E => Row::Sign,
                0xA4 | 0xA5 | 0xB0..=0xCF => Row::Daily,
                _ => Row::Other,
            }
        } else if encoding == SHIFT_JIS {
            |first, _| match first {
                0x81 | 0x84 => Row::Sign,
                0x82 | 0x83 | 0x88..=0x98 => Row::Daily,
                _ => Row::Other,
            }
        } else {
            return None;
        };
        let mut count = Self::default();
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
            let (Some(&first), Some(&second)) = (rest.get(at), rest.get(at + 1)) else { break };
            // Half the width of Shift_JIS's others, and half the bytes.
            let is_single = encoding == SHIFT_JIS && matches!(first, 0xA1..=0xDF);
            match if is_single { Row::Other } else { row(first, second) } {
                Row::Sign => {}
                Row::Daily => count.daily += 1,
                Row::Other => count.others += 1,
            }
            rest = &rest[(at + if is_single { 1 } else { 2 }).min(rest.len())..];
        }
        Some(count)
    }

    fn others_within(&self, percent: usize) -> bool {
        self.others * 100 <= (self.daily + self.others) * percent
    }
}
