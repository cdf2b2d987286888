//! Copies: how much of one text stands in another, in runs of words.
//!
//! Containment and not overlap, so that a copy with parts cut out is still found; after folding, so that a copy in the
//! other script is.

use std::collections::HashSet;

use super::terms::{Piece, pieces};
use crate::model::{Article, RecentArticle, ReprintKind};

/// Words in a run of Latin text.
const WORDS: usize = 5;
/// Characters in a run of Han text.
const CHARACTERS: usize = 8;
/// The share of the new text's runs that the older one must have.
const CONTAINED: f64 = 0.8;
/// Texts this close in length are copies; a shorter one is a cut copy.
const SAME_LENGTH: f64 = 0.85;
/// Shorter texts repeat each other by chance: the same two sentences of a ministry are no reprint.
const FEWEST_RUNS: usize = 40;
/// Only so many runs are compared: enough to tell, and a bound on what a page can cost.
const MOST_RUNS: usize = 8_000;

/// Finds the article whose text this one repeats, and how.
pub(super) fn find<'a>(
    article: &Article,
    recent: impl Iterator<Item = &'a RecentArticle>,
) -> Option<(&'a RecentArticle, ReprintKind)> {
    let new = runs(&article.text);
    if new.len() < FEWEST_RUNS {
        return None;
    }
    let probe: Vec<u64> = new.iter().copied().collect();
    let mut best: Option<(f64, &RecentArticle, ReprintKind)> = None;
    for other in recent.filter(|other| other.text.len() * 2 > article.text.len()) {
        let old = runs(&other.text);
        let shared = probe.iter().filter(|run| old.contains(run)).count() as f64 / probe.len() as f64;
        if shared < CONTAINED || best.as_ref().is_some_and(|(most, ..)| *most >= shared) {
            continue;
        }
        let length = new.len() as f64 / old.len().max(1) as f64;
        let kind = if length >= SAME_LENGTH { ReprintKind::Copy } else { ReprintKind::CutCopy };
        best = Some((shared, other, kind));
    }
    best.map(|(_, other, kind)| (other, kind))
}

/// The runs of a text, by their hashes.
fn runs(text: &str) -> HashSet<u64> {
    let mut units: Vec<u64> = Vec::new();
    let mut runs = HashSet::new();
    let mut han: Vec<u64> = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Word(word) => units.push(word.bytes().fold(SEED, mix)),
            // Punctuation between Han characters does not part them: editors change it first.
            Piece::Han(run) => han.extend(run.into_iter().map(u64::from)),
        }
    }
    for window in units.windows(WORDS).chain(han.windows(CHARACTERS)).take(MOST_RUNS) {
        runs.insert(window.iter().flat_map(|unit| unit.to_le_bytes()).fold(SEED, mix));
    }
    runs
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}
