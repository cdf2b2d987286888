//! Finds many words at once in a folded text, longest first, Latin words at their boundaries.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fold::{self, Folded};

/// A set of words compiled for matching; each carries the number its caller gave it.
#[derive(Debug)]
pub(super) struct Matcher {
    automaton: AhoCorasick,
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
    /// Compiles words, each with the number that its hits carry.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, usize)>) -> Self {
        let mut patterns = Vec::new();
        let mut kept = Vec::new();
        for (word, number) in words {
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
                latin_end: pattern.chars().next_back().is_some_and(is_word_char),
            });
            // The typographic apostrophe is a letter of its own to the fold.
            let curly = pattern.contains('\'').then(|| pattern.replace('\'', "’"));
            patterns.push(pattern);
            if let Some(curly) = curly {
                kept.push(kept[kept.len() - 1].clone());
                patterns.push(curly);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .expect("the shipped words are far below the automaton's limits");
        Self { automaton, words: kept }
    }

    /// Finds the words of a text: leftmost first, then longest, never overlapping.
    pub(super) fn find(&self, print: &str, folded: &Folded) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(&folded.text)
            .filter_map(|found| {
                let word = &self.words[found.pattern().as_usize()];
                let range = found.start()..found.end();
                let span = folded.print_range(range.clone());
                word.fits(&folded.text, &range, print.get(span.clone())?).then_some(Hit {
                    number: word.number,
                    folded: range,
                    print: span,
                })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.folded.start, std::cmp::Reverse(hit.folded.end)));
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
}

impl Word {
    fn fits(&self, text: &str, range: &Range<usize>, print: &str) -> bool {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let cut_at_start = self.latin_start && before.is_some_and(is_word_char);
        let cut_at_end = self.latin_end && after.is_some_and(is_word_char);
        let too_small = self.capitals && print.chars().any(char::is_lowercase);
        let not_a_name = self.capital && print.chars().next().is_some_and(char::is_lowercase);
        !(cut_at_start || cut_at_end || too_small || not_a_name)
    }
}

/// Says whether a character belongs to a word that is written with spaces around it.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !fold::is_han(c) && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}')
}
