//! What counts as a word, and where: the one analyser for texts and queries.
//!
//! The text is folded (`crate::fold`) and split: a run of letters and digits is a word; each Han character and each
//! kana is a word of its own, so that Chinese needs no dictionary and a query of several characters is a phrase. Each
//! word knows the bytes of the print it came from, and a position that leaves a gap where the print has a boundary, so
//! that no phrase reaches across one.

use std::ops::Range;

use crate::fold::{self, Folded};

/// Positions left free at punctuation.
const PUNCTUATION_GAP: u32 = 1;
/// Positions left free at the end of a sentence.
const SENTENCE_GAP: u32 = 10;
/// Positions left free at the end of a paragraph.
const PARAGRAPH_GAP: u32 = 100;

/// The longest word in characters. What is longer is no language, and is cut here as in queries.
const LONGEST_WORD: usize = 100;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The folded word.
    pub(super) text: String,
    /// Its bytes in the print.
    pub(super) span: Range<usize>,
    /// Its position; the next word without a boundary between has the next one.
    pub(super) position: u32,
    /// True for a run of letters or digits, false for a single Han character or kana.
    pub(super) run: bool,
}

/// Splits a text into its words.
pub(super) fn words(print: &str) -> Vec<Word> {
    let folded = Folded::new(print);
    let mut words: Vec<Word> = Vec::new();
    let mut between = Between::default();
    let mut chars = folded.text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let class = class(c);
        if class == Class::Invisible {
            continue;
        }
        if class == Class::Other {
            between.take(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut text = String::from(c);
        if class == Class::Run {
            let mut length = 1;
            while let Some((at, c)) = chars.next_if(|(_, c)| continues_run(*c)) {
                length += 1;
                let keep = self::class(c) != Class::Invisible;
                if keep {
                    end = at + c.len_utf8();
                }
                if keep && length <= LONGEST_WORD {
                    text.push(c);
                }
            }
        }
        let span = folded.print_range(start..end);
        let position = words.last().map_or(0, |last| {
            let gap = between.gap(&last.text, print[span.start..].chars().next());
            last.position.saturating_add(1).saturating_add(gap)
        });
        words.push(Word { text, span, position, run: class == Class::Run });
        between = Between::default();
    }
    words
}

/// Returns the word as printed, without its case: what `exact` compares.
pub(super) fn printed(print: &str, word: &Word) -> String {
    print[word.span.clone()].to_lowercase()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit that makes words with its neighbours.
    Run,
    /// A Han character or kana.
    Single,
    /// A soft hyphen, a zero-width space: not there for a reader.
    Invisible,
    /// White space, punctuation, signs.
    Other,
}

fn class(c: char) -> Class {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Class::Invisible
        }
        '\u{3040}'..='\u{30fa}' | 'ー' | '\u{31f0}'..='\u{31ff}' => Class::Single,
        c if fold::is_han(c) => Class::Single,
        c if c.is_alphanumeric() => Class::Run,
        _ => Class::Other,
    }
}

fn continues_run(c: char) -> bool {
    // Marks that no composed letter exists for stay behind their letter after folding.
    matches!(class(c), Class::Run | Class::Invisible) || matches!(c, '\u{300}'..='\u{36f}')
}

/// What stands between two words, as far as gaps depend on it.
#[derive(Debug, Default)]
struct Between {
    newline: bool,
    space: bool,
    /// The signs that are not white space: how many, and the last.
    signs: usize,
    sign: Option<char>,
    strong_stop: bool,
    full_stop: bool,
}

impl Between {
    fn take(&mut self, c: char) {
        if c.is_whitespace() {
            self.newline |= c == '\n' || c == '\u{2029}';
            self.space = true;
            return;
        }
        self.signs += 1;
        self.sign = Some(c);
        self.strong_stop |= matches!(c, '。' | '!' | '?' | '｡');
        self.full_stop |= c == '.';
    }

    /// Returns the positions to leave free between the word before and the character after.
    fn gap(&self, before: &str, after: Option<char>) -> u32 {
        if self.newline {
            return PARAGRAPH_GAP;
        }
        if self.strong_stop {
            return SENTENCE_GAP;
        }
        match self.sign {
            None => 0,
            Some('.') if self.signs == 1 && self.space => self.gap_at_full_stop(before, after),
            Some(_) if self.full_stop && self.space && !after.is_some_and(char::is_lowercase) => SENTENCE_GAP,
            Some(c) if self.signs == 1 && joins(c) && !self.space => 0,
            // A quoted word is still a word of its sentence.
            Some(c) if self.signs == 1 && is_quotation_mark(c) => 0,
            Some(_) => PUNCTUATION_GAP,
        }
    }

    /// Tells the end of a sentence from an abbreviation: `ended. Then`, but `Mr. Smith`, `U.S. officials`.
    fn gap_at_full_stop(&self, before: &str, after: Option<char>) -> u32 {
        let goes_on = after.is_some_and(char::is_lowercase);
        if goes_on || is_abbreviation(before) { 0 } else { SENTENCE_GAP }
    }
}

/// Says whether a sign between two words, without white space, makes them one expression: `co-operate`, `China's`.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '’' | '.' | '_' | '&' | '/' | '@' | '+' | '·' | '・' | '‐' | '‑' | '•' | '‧')
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '「' | '」' | '『' | '』')
}

fn is_abbreviation(word: &str) -> bool {
    const TITLES: [&str; 17] = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "sen", "rep", "gov", "st", "no",
        "adm",
    ];
    let is_initial = word.chars().count() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    is_initial || TITLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes words with the gaps between them: `a b` next to each other, `a . b` one free position, and so on.
    fn shape(print: &str) -> String {
        let words = words(print);
        let mut shape = String::new();
        for (at, word) in words.iter().enumerate() {
            let gap = if at == 0 { 0 } else { word.position - words[at - 1].position - 1 };
            shape.push_str(match gap {
                0 if at == 0 => "",
                0 => " ",
                PUNCTUATION_GAP => " , ",
                SENTENCE_GAP => " . ",
                PARAGRAPH_GAP => " ¶ ",
                _ => " ?? ",
            });
            shape.push_str(&word.text);
        }
        shape
    }

    #[track_caller]
    fn check(print: &str, expected: &str) {
        assert_eq!(shape(print), expected, "{print}");
    }

    #[test]
    fn latin_runs_are_words_and_han_characters_stand_alone() {
        check("ＭＩ５警告", "mi5 警 告");
        check("國家安全部", "国 家 安 全 部");
        check("2026年11月", "2026 年 11 月");
        check("スパイ 간첩 шпион", "ス パ イ 간첩 шпион");
        check("Cafe\u{301} spy\u{ad}ing", "café spying");
        check("… — !", "");
    }

    #[test]
    fn joined_words_stay_neighbours() {
        check("co-operate, China's AT&T", "co operate , china s at t");
        check("阿布都·热合曼", "阿 布 都 热 合 曼");
        check("said Gen. Example of the U.S. Department", "said gen example of the u s department");
        check("a “quoted” word and 「間諜」案", "a quoted word and 间 谍 案");
    }

    #[test]
    fn boundaries_leave_gaps() {
        check("中國，間諜", "中 国 , 间 谍");
        check("中國。間諜", "中 国 . 间 谍");
        check("It ended. Then", "it ended . then");
        check("“It ended.” Then", "it ended . then");
        check("ended?! then", "ended . then");
        check("one\ntwo", "one ¶ two");
        check("「間諜」「國安」", "间 谍 , 国 安");
        check("one — two (three)", "one , two , three");
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(words(&"a".repeat(100_000))[0].text.len(), LONGEST_WORD);
    }

    proptest::proptest! {
        #[test]
        fn words_lie_in_order_inside_the_print(print in "(\\PC|[a-z國国谍諜。，.!?\\n \u{ad}'-])*") {
            let words = words(&print);
            for word in &words {
                proptest::prop_assert!(print.get(word.span.clone()).is_some_and(|part| !part.is_empty()));
                proptest::prop_assert!(!word.text.is_empty());
            }
            for pair in words.windows(2) {
                proptest::prop_assert!(pair[0].position < pair[1].position);
                proptest::prop_assert!(pair[0].span.start <= pair[1].span.start);
            }
        }
    }
}
