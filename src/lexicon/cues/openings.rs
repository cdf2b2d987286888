//! Which cues, and which of the words around them, may stand in a sentence: told in one pass by what their patterns begin
//! with or need.

use std::ops::Range;

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::super::automaton::Automaton;
use super::Cue;
use super::unmarked::is_mark;
use super::words::Pattern;

/// What tells that a cue may stand in a sentence: most hold none of it, and no pattern needs to be tried on them.
#[derive(Debug)]
pub(super) struct Openings {
    words: Automaton<(u32, Sign)>,
    /// For each cue: whether it holds one of a list of words wherever it stands.
    needs: Vec<bool>,
    /// The cues that can begin with too much to be listed.
    open: Vec<usize>,
    /// The patterns of words that may stand in any sentence, by their bits.
    anywhere: u64,
}

/// What may stand in a sentence.
#[derive(Debug)]
pub(super) struct Signs {
    /// The cues, in the order of the table, each with the bytes at which it may begin; without one it may begin anywhere.
    pub(super) cues: Vec<(usize, Option<usize>)>,
    /// The patterns of words, by their bits.
    pub(super) words: u64,
}

/// What a word tells of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// It begins here.
    Begins,
    /// It begins here, if a word does.
    BeginsWord,
    /// It holds this word.
    Holds,
    /// Not a cue but a pattern of words holds this word.
    Word,
}

impl Signs {
    /// Says whether a pattern of words may match.
    pub(super) fn may_hold(&self, pattern: &Pattern) -> bool {
        self.words & pattern.number.map_or(u64::MAX, bit) != 0
    }
}

impl Openings {
    pub(super) fn new(cues: &[Cue], patterns: &[&Pattern]) -> Self {
        let (mut words, mut needs, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for (number, cue) in (0_u32..).zip(cues) {
            let parsed = regex_syntax::Parser::new().parse(&cue.pattern.text).expect("the pattern compiled before");
            let begins = prefixes(&parsed);
            let holds = needed(&parsed).filter(|holds| begins.as_ref().is_none_or(|begins| tells_more(holds, begins)));
            needs.push(holds.is_some());
            if begins.is_none() {
                open.push(number as usize);
            }
            let at_word = parsed.properties().look_set_prefix().contains(Look::WordAscii);
            let sign = if at_word { Sign::BeginsWord } else { Sign::Begins };
            let signs = |words: Option<Vec<Vec<u8>>>, sign: Sign| {
                words.into_iter().flatten().map(move |word| (word, (number, sign)))
            };
            words.extend(signs(begins, sign));
            words.extend(signs(holds, Sign::Holds));
        }
        let mut anywhere = 0;
        for (number, pattern) in (0..).zip(patterns) {
            let parsed = regex_syntax::Parser::new().parse(pattern.as_str()).expect("the pattern compiled before");
            match needed(&parsed).filter(|words| words.iter().all(|word| stays_whole(word))) {
                Some(needed) => words.extend(needed.into_iter().map(|word| (word, (number, Sign::Word)))),
                // A pattern that matches nothing has no length.
                None if parsed.properties().minimum_len().is_some() => anywhere |= bit(number),
                None => {}
            }
        }
        words.sort_unstable();
        words.dedup();
        Self { words: Automaton::new(words), needs, open, anywhere }
    }

    /// Returns what may stand in a sentence.
    pub(super) fn in_sentence(&self, folded: &str) -> Signs {
        let bytes = folded.as_bytes();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut held = vec![false; self.needs.len()];
        let mut found: Vec<(usize, Option<usize>)> = Vec::new();
        let mut words = self.anywhere;
        for ((number, sign), Range { start, .. }) in self.words.find(folded) {
            let inside = || start > 0 && is_word(bytes[start - 1]) && is_word(bytes[start]);
            match sign {
                Sign::Word => words |= bit(number),
                Sign::Holds => held[number as usize] = true,
                Sign::BeginsWord if inside() => {}
                Sign::Begins | Sign::BeginsWord => found.push((number as usize, Some(start))),
            }
        }
        found.extend(self.open.iter().map(|cue| (*cue, None)));
        found.retain(|(cue, _)| held[*cue] || !self.needs[*cue]);
        found.sort_unstable();
        found.dedup();
        Signs { cues: found, words }
    }
}

/// Returns the bit of a pattern of words; a number that has none stands for all, so that it is always looked for.
fn bit(number: u32) -> u64 {
    1_u64.checked_shl(number).unwrap_or(u64::MAX)
}

/// Says whether a sentence that holds a word holds it without its quotation marks too.
fn stays_whole(word: &[u8]) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    std::str::from_utf8(word).is_ok_and(|word| {
        word.match_indices(is_mark).all(|(at, mark)| {
            let single = matches!(mark, "'" | "‘" | "’");
            single && letter(word[..at].chars().next_back()) && letter(word[at + mark.len()..].chars().next())
        })
    })
}

/// Returns what every match of a pattern begins with, where that is a list of words long enough to tell anything.
fn prefixes(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    const MOST: usize = 4_000;
    const SHORTEST: usize = 3;
    // Longer ones tell little more, and make an automaton that no cache holds.
    const LONGEST: usize = 10;
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_total(MOST).limit_class(4).limit_literal_len(LONGEST);
    let found = extractor.extract(pattern);
    let enough = found.min_literal_len().is_some_and(|shortest| shortest >= SHORTEST);
    let words = found.literals().filter(|_| enough)?;
    Some(words.iter().map(|word| word.as_bytes().to_vec()).collect())
}

/// Returns words of which every match of a pattern holds one, where there are any: of those that it offers, the list
/// that tells most.
fn needed(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Alternation(branches) => {
            let lists: Option<Vec<_>> = branches.iter().map(needed).collect();
            Some(lists?.concat())
        }
        HirKind::Concat(parts) => {
            let tails = (0..parts.len()).filter_map(|at| prefixes(&Hir::concat(parts[at..].to_vec())));
            let lists = tails.chain(parts.iter().filter_map(needed));
            lists.reduce(|best, list| if tells_more(&list, &best) { list } else { best })
        }
        HirKind::Capture(group) => needed(&group.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        _ => prefixes(pattern),
    }
}

/// Says whether a list of words tells more than another: its shortest word is longer.
fn tells_more(list: &[Vec<u8>], other: &[Vec<u8>]) -> bool {
    let shortest = |words: &[Vec<u8>]| words.iter().map(Vec::len).min();
    shortest(list) > shortest(other)
}

#[cfg(test)]
mod tests {
    use super::super::CueTable;
    use crate::fold;
    use crate::lexicon::test_table;

    #[derive(serde::Deserialize)]
    struct Fixture {
        sentence: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
    }

    /// What a pattern matches in a sentence has to be seen when the sentence is looked through.
    #[track_caller]
    fn check(table: &CueTable, fixture: &str) {
        let fixture: Fixture = test_table(fixture);
        let mut matched = 0;
        for case in fixture.sentence {
            let folded = fold::text(&case.text);
            let glance = table.look(&folded);
            for pattern in table.words.all().into_iter().chain([&table.vetoes]) {
                if let Some(found) = pattern.find(&folded) {
                    matched += 1;
                    assert!(glance.signs.may_hold(pattern), "{} in {folded}", found.as_str());
                }
            }
        }
        assert!(matched > 500, "{matched}");
    }

    #[test]
    fn what_matches_was_seen_before() {
        let (english, chinese) = (CueTable::english(""), CueTable::chinese(""));
        check(&english, include_str!("../../../tests/fixtures/statements/en.toml"));
        check(&chinese, include_str!("../../../tests/fixtures/statements/zh-hant.toml"));
        check(&chinese, include_str!("../../../tests/fixtures/statements/zh-hans.toml"));
    }

    #[test]
    fn a_look_through_tells_most_patterns_apart() {
        let glance = CueTable::english("").look("the weather was fine in the north");
        let table = CueTable::english("");
        let may = table.words.all().into_iter().filter(|pattern| glance.signs.may_hold(pattern)).count();
        assert!(may * 2 < table.words.all().len(), "{may}");
    }
}
