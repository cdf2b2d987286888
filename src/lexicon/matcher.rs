//! Finds many words at once in a folded text, longest first, Latin words at their boundaries.

use std::ops::Range;

use super::automaton::Automaton;
use crate::fold::{self, Folded};

/// A set of words compiled for matching; each carries the number its caller gave it.
#[derive(Debug)]
pub(super) struct Matcher {
    automaton: Automaton<u32>,
    words: Vec<Word>,
}

/// What has to hold beyond the folded letters.
#[derive(Debug, Clone)]
struct Word {
    number: usize,
    /// The print may hold no small letter: a short name in capitals is not the common word.
    capitals: bool,
    /// The print starts with a capital.
    capital: bool,
    latin_start: bool,
    latin_end: bool,
    /// A number follows at once, as in "UNC1234".
    numbered: bool,
    /// A name stands before it, as in "Silk Typhoon".
    named: bool,
}

/// One word found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// The number that the caller gave the word.
    pub(super) number: usize,
    /// Where, in bytes of the folded text.
    pub(super) folded: Range<usize>,
    /// Where, in bytes of the print.
    pub(super) print: Range<usize>,
}

impl Matcher {
    /// Compiles words, each with the number that its hits carry. A `#` at the end of one stands for a number, a `~` at
    /// its start for a name.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, usize)>) -> Self {
        let mut patterns = Vec::new();
        let mut kept = Vec::new();
        for (word, number) in words {
            let (numbered, named) = (word.ends_with('#'), word.starts_with('~'));
            let word = word.trim_end_matches('#').trim_start_matches('~').trim_start();
            let pattern = fold::text(word);
            if pattern.is_empty() {
                continue;
            }
            let letters = || word.chars().filter(|c| c.is_alphabetic() && !fold::is_han(*c));
            kept.push(Word {
                number,
                capitals: letters().count() > 1 && letters().all(char::is_uppercase),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                latin_start: pattern.chars().next().is_some_and(is_word_char),
                latin_end: !numbered && pattern.chars().next_back().is_some_and(is_word_char),
                numbered,
                named,
            });
            // The typographic apostrophe is a letter of its own to the fold.
            let curly = pattern.contains('\'').then(|| pattern.replace('\'', "’"));
            patterns.push(pattern);
            if let Some(curly) = curly {
                kept.push(kept[kept.len() - 1].clone());
                patterns.push(curly);
            }
        }
        Self { automaton: Automaton::new(patterns.into_iter().zip(0..)), words: kept }
    }

    /// Finds the words of a text: leftmost first, then longest, never overlapping.
    pub(super) fn find(&self, print: &str, folded: &Folded) -> Vec<Hit> {
        apart(self.find_all(print, folded))
    }

    /// Finds the words of a text, also those inside others: leftmost first, then longest.
    pub(super) fn find_all(&self, print: &str, folded: &Folded) -> Vec<Hit> {
        self.find_some(print, folded, |_, _| true)
    }

    /// Finds those words of a text that are wanted, told by their numbers and where they begin in the folded text.
    pub(super) fn find_some(&self, print: &str, folded: &Folded, wanted: impl Fn(usize, usize) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .automaton
            .find(&folded.text)
            .filter_map(|(word, range)| {
                let word = &self.words[word as usize];
                if !wanted(word.number, range.start) {
                    return None;
                }
                let span = folded.print_range(range.clone());
                word.fits(&folded.text, &range, print, &span)?.then_some(Hit {
                    number: word.number,
                    folded: range,
                    print: span,
                })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.folded.start, std::cmp::Reverse(hit.folded.end)));
        hits
    }
}

/// Keeps of sorted hits those that overlap none before them.
pub(super) fn apart(mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut end = 0;
    hits.retain(|hit| {
        let free = hit.folded.start >= end;
        if free {
            end = hit.folded.end;
        }
        free
    });
    hits
}

impl Word {
    /// Says whether what is found at a range of the folded text is the word; `None` where the print has no such place.
    fn fits(&self, text: &str, range: &Range<usize>, whole: &str, span: &Range<usize>) -> Option<bool> {
        let print = whole.get(span.clone())?;
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let cut_at_start = self.latin_start && before.is_some_and(is_word_char);
        let cut_at_end = self.latin_end && after.is_some_and(is_word_char);
        let too_small = self.capitals && print.chars().any(char::is_lowercase);
        let not_a_name = self.capital && print.chars().next().is_some_and(char::is_lowercase);
        let unnumbered = self.numbered && !after.is_some_and(|c| c.is_ascii_digit());
        let unnamed = self.named && !ends_in_name(&whole[..span.start]);
        Some(!(cut_at_start || cut_at_end || too_small || not_a_name || unnumbered || unnamed))
    }
}

/// Says whether a text ends in what may be a name: in Latin letters a word with a capital, in Chinese any two characters
/// but those that tell the strength of a storm.
fn ends_in_name(before: &str) -> bool {
    const NO_NAME: [&str; 9] = ["The", "A", "Super", "Deadly", "Powerful", "Strong", "Of", "As", "After"];
    let mut back = before.chars().rev();
    match back.next() {
        Some(' ') => {
            let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            word.starts_with(char::is_uppercase) && !NO_NAME.contains(&word)
        }
        Some(c) if fold::is_han(c) => !"强強度級级号號防抗受御".contains(c) && back.next().is_some_and(fold::is_han),
        _ => false,
    }
}

/// Says whether a character belongs to a word that is written with spaces around it.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !fold::is_han(c) && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, text: &str, found: bool) {
        let hits = Matcher::new([(word, 0)]).find(text, &Folded::new(text));
        assert_eq!(!hits.is_empty(), found, "{word} in {text}");
    }

    #[test]
    fn a_number_follows_where_the_word_says_so() {
        check("UNC#", "the group UNC1234 again", true);
        check("UNC#", "UNC of the south", false);
        check("UNC#", "TRUNC12", false);
        check("APT#", "組織APT41所為", true);
    }

    #[test]
    fn a_name_stands_before_where_the_word_says_so() {
        check("~ Typhoon", "Silk Typhoon came in", true);
        check("~ Typhoon", "Typhoon Kalmar hit the coast", false);
        check("~ Typhoon", "Super Typhoon nears", false);
        check("~ Typhoon", "a typhoon", false);
        check("~颱風", "「亞麻颱風」潛入", true);
        check("~颱風", "颱風過後", false);
        check("~颱風", "強颱風過後", false);
    }
}
