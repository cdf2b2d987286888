//! Which cues may stand in a sentence, told by the words that their patterns begin with or need.

use std::ops::Range;

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::super::automaton::Automaton;
use super::Cue;

/// What tells that a cue may stand in a sentence: most hold none of it, and no pattern needs to be tried on them.
#[derive(Debug)]
pub(super) struct Openings {
    words: Automaton<(u32, Sign)>,
    /// For each cue: what is known of it before a sentence is read.
    known: Vec<Known>,
}

/// What a word tells of a cue.
#[derive(Debug, Clone, Copy)]
enum Sign {
    /// It begins here.
    Begins,
    /// It begins here, if a word does.
    BeginsWord,
    /// It holds this word.
    Holds,
}

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// It can begin with too much to be listed.
    anywhere: bool,
    /// It holds one of a list of words wherever it stands.
    holds: bool,
}

impl Openings {
    pub(super) fn new(cues: &[Cue]) -> Self {
        let (mut words, mut known) = (Vec::new(), Vec::new());
        for (number, cue) in (0_u32..).zip(cues) {
            let parsed = regex_syntax::Parser::new().parse(&cue.pattern.text).expect("the pattern compiled before");
            let begins = prefixes(&parsed);
            let holds = needed(&parsed).filter(|holds| begins.as_ref().is_none_or(|begins| tells_more(holds, begins)));
            known.push(Known { anywhere: begins.is_none(), holds: holds.is_some() });
            let at_word = parsed.properties().look_set_prefix().contains(Look::WordAscii);
            let sign = if at_word { Sign::BeginsWord } else { Sign::Begins };
            let signs = |words: Option<Vec<Vec<u8>>>, sign: Sign| {
                words.into_iter().flatten().map(move |word| (word, (number, sign)))
            };
            words.extend(signs(begins, sign));
            words.extend(signs(holds, Sign::Holds));
        }
        Self { words: Automaton::new(words), known }
    }

    /// Returns the cues that may stand in a sentence, in the order of the table, each with the bytes at which it may
    /// begin; without one it may begin anywhere.
    pub(super) fn in_sentence(&self, folded: &str) -> Vec<(usize, Option<usize>)> {
        let bytes = folded.as_bytes();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut held = vec![false; self.known.len()];
        let mut found: Vec<(usize, Option<usize>)> = Vec::new();
        for ((cue, sign), Range { start, .. }) in self.words.find(folded) {
            let inside = || start > 0 && is_word(bytes[start - 1]) && is_word(bytes[start]);
            match sign {
                Sign::Holds => held[cue as usize] = true,
                Sign::BeginsWord if inside() => {}
                Sign::Begins | Sign::BeginsWord => found.push((cue as usize, Some(start))),
            }
        }
        found.extend((0..).zip(&self.known).filter(|(_, known)| known.anywhere).map(|(cue, _)| (cue, None)));
        found.retain(|(cue, _)| held[*cue] || !self.known[*cue].holds);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Returns what every match of a pattern begins with, where that is a list of words long enough to tell anything.
fn prefixes(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    const MOST: usize = 4_000;
    const SHORTEST: usize = 3;
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_total(MOST).limit_class(4).limit_literal_len(24);
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
