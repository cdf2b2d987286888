//! Folding for matching: Traditional, Simplified, full-width and upper-case forms find each other.
//!
//! Text is stored as printed; what is folded here is compared and thrown away. Each folded character knows which
//! characters of the print it came from, so that a match can be shown in the print.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

include!(concat!(env!("OUT_DIR"), "/fold_tables.rs"));

/// A folded text that can be traced back to its print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Where print and folded text part, in order; up to the first of them each byte stands where it stood.
    shifts: Vec<Shift>,
}

/// From a byte of the folded text on: where the print stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    folded: u32,
    print: u32,
    /// The bytes of the print that became something of another length; 0 where each byte has its own from here on.
    block: u32,
}

impl Folded {
    /// Folds a text: NFKC, lower case, one script.
    pub fn new(print: &str) -> Self {
        if print.is_ascii() {
            return Self { text: print.to_ascii_lowercase(), shifts: Vec::new() };
        }
        let mut folded = Self { text: String::with_capacity(print.len()), shifts: Vec::new() };
        let mut rest = print.char_indices().peekable();
        while let Some((start, first)) = rest.next() {
            let mut end = start + first.len_utf8();
            while let Some((at, mark)) = rest.next_if(|(_, c)| may_combine(*c)) {
                end = at + mark.len_utf8();
            }
            let alone = end == start + first.len_utf8();
            let simple = alone.then(|| simple(first)).flatten();
            let even = simple.is_some_and(|c| c.len_utf8() == first.len_utf8());
            if !even || folded.shifts.last().is_some_and(|shift| shift.block > 0) {
                let block = if even { 0 } else { clamp(end - start) };
                folded.shifts.push(Shift { folded: clamp(folded.text.len()), print: clamp(start), block });
            }
            match simple {
                Some(c) => folded.text.push(c),
                None => folded.text.extend(print[start..end].nfkc().flat_map(char::to_lowercase).map(han)),
            }
        }
        // The end of the text is a place too.
        folded.shifts.push(Shift { folded: clamp(folded.text.len()), print: clamp(print.len()), block: 0 });
        folded
    }

    /// Returns the bytes of the print that a range of folded bytes came from.
    pub fn print_range(&self, folded: Range<usize>) -> Range<usize> {
        if self.shifts.is_empty() {
            return folded.start..folded.end.max(folded.start);
        }
        let shift = self.shift_at(folded.start);
        let start = if shift.block > 0 { shift.print as usize } else { shift.place(folded.start) };
        if folded.is_empty() {
            return start..start;
        }
        let shift = self.shift_at(folded.end - 1);
        let end = if shift.block > 0 { (shift.print + shift.block) as usize } else { shift.place(folded.end) };
        start..end.max(start)
    }

    /// Returns what holds at a byte of the folded text.
    fn shift_at(&self, folded: usize) -> Shift {
        let before = self.shifts.partition_point(|shift| shift.folded as usize <= folded);
        before.checked_sub(1).map_or(Shift { folded: 0, print: 0, block: 0 }, |at| self.shifts[at])
    }
}

impl Shift {
    /// Returns the byte of the print for a byte of the folded text from here on.
    fn place(self, folded: usize) -> usize {
        self.print as usize + (folded - self.folded as usize)
    }
}

/// Texts are bounded to a few megabytes long before they come here; a longer one only loses precise spans.
fn clamp(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Returns the folded form of a text.
pub fn text(print: &str) -> String {
    if print.is_ascii() { print.to_ascii_lowercase() } else { Folded::new(print).text }
}

/// Folds the characters that most text is made of, without asking the tables of Unicode; `None` for all others.
fn simple(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        '\u{3400}'..='\u{9fff}' => Some(han(c)),
        '、' | '。' | '「' | '」' | '『' | '』' | '《' | '》' | '“' | '”' | '‘' | '’' | '—' | '–' => {
            Some(c)
        }
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).map(|ascii| ascii.to_ascii_lowercase()),
        _ => None,
    }
}

/// Says whether a character belongs to the one before it.
fn may_combine(c: char) -> bool {
    !matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3011}' | '\u{3400}'..='\u{9fff}' | '！'..='～')
        && is_combining_mark(c)
}

/// Returns the one form that stands for a Han character in both scripts; any other character is returned as it is.
pub fn han(c: char) -> char {
    match known(c) {
        Some((folded, _)) => char::from_u32(u32::from(folded)).unwrap_or(c),
        None if is_han(c) => PAIRS.binary_search_by_key(&c, |pair| pair.0).map_or(c, |at| PAIRS[at].1),
        None => c,
    }
}

/// Returns the row of the table for a character of the common blocks.
fn known(c: char) -> Option<(u16, u8)> {
    TABLE.get(u32::from(c).checked_sub(TABLE_START)? as usize).copied()
}

/// Says whether a character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

/// Says whether a character is written in Traditional Chinese only.
pub fn is_traditional(c: char) -> bool {
    known(c).is_some_and(|(_, script)| script == 1)
}

/// Says whether a character is written in Simplified Chinese only.
pub fn is_simplified(c: char) -> bool {
    known(c).is_some_and(|(_, script)| script == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(text(left), text(right), "{left} and {right}");
    }

    #[test]
    fn scripts_and_widths_find_each_other() {
        same("國家安全部", "国家安全部");
        same("衞生署", "衛生署");
        same("ＭＩ５警告", "mi5警告");
        same("領英", "领英");
        same("鍾情", "钟情");
        same("說", "説");
        same("裏面", "里面");
        same("臺灣", "台湾");
        same("Cafe\u{301}", "café");
    }

    #[test]
    fn a_match_is_shown_in_the_print() {
        let print = "ＭＩ５ 警告 cafe\u{301}!";
        let folded = Folded::new(print);
        let at = folded.text.find("警告").expect("folded text holds it");
        assert_eq!(&print[folded.print_range(at..at + "警告".len())], "警告");
        let at = folded.text.find("mi5").expect("folded text holds it");
        assert_eq!(&print[folded.print_range(at..at + 3)], "ＭＩ５");
        let at = folded.text.find("café").expect("folded text holds it");
        assert_eq!(&print[folded.print_range(at..at + "café".len())], "cafe\u{301}");
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(is_traditional('國') && !is_simplified('國'));
        assert!(is_simplified('国') && !is_traditional('国'));
        assert!(!is_simplified('后') && !is_traditional('后'));
    }

    proptest::proptest! {
        #[test]
        fn spans_stay_inside_the_print(print in "\\PC*") {
            let folded = Folded::new(&print);
            for (at, c) in folded.text.char_indices() {
                let range = folded.print_range(at..at + c.len_utf8());
                proptest::prop_assert!(print.get(range).is_some_and(|part| !part.is_empty()));
            }
        }

        #[test]
        fn folding_twice_changes_nothing(print in "[一-龥a-zA-Z0-9Ａ-Ｚ ]*") {
            proptest::prop_assert_eq!(text(&text(&print)), text(&print));
        }
    }
}
