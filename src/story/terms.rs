//! What an article is compared by: folded words, and marks that hold across languages.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::fold;

/// Paragraphs far down an article tell of other things; the lead says what it is about.
const LEAD: usize = 1_200;
/// A word of the headline counts as often as this many in the text.
const HEADLINE: f64 = 3.0;

/// A term by its hash: equal words have equal numbers on every machine, and nothing is kept of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term(u64);

/// The terms of one article, in order, with how often each counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// Words of the headline.
    pub(super) title: Vec<(Term, f64)>,
    /// Words of headline and lead.
    pub(super) whole: Vec<(Term, f64)>,
    /// Marks that hold across languages: concepts and numbers.
    pub(super) marks: Vec<(Term, f64)>,
    /// Latin names, which a Han text prints as they are.
    pub(super) names: Vec<(Term, f64)>,
    /// Countries other than China.
    pub(super) places: Vec<Term>,
    /// True when the headline lists several events.
    pub(super) is_round_up: bool,
    /// True when most of what it is compared by is Han.
    pub(super) is_han: bool,
}

/// What a folded text falls into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A Latin word or a number, folded.
    Word(String),
    /// An unbroken run of Han characters, folded.
    Han(Vec<char>),
}

impl Term {
    fn word(text: &str) -> Self {
        Self::hashed("w", text.bytes())
    }

    fn han(pair: &[char]) -> Self {
        let mut bytes = [0; 4];
        let mut text = Vec::with_capacity(8);
        for c in pair {
            text.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
        }
        Self::hashed("w", text.into_iter())
    }

    /// A mark that holds across languages, of a sort (`c` concept, `n` number, `l` Latin name, `a` actor).
    pub(super) fn mark(sort: &str, name: &str) -> Self {
        Self::hashed(sort, name.bytes())
    }

    /// FNV-1a: the order of terms decides the order of sums, so that it must not change from run to run.
    fn hashed(sort: &str, bytes: impl Iterator<Item = u8>) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = sort.bytes().chain([0]).fold(0xcbf2_9ce4_8422_2325, mix);
        Self(bytes.fold(seed, mix))
    }
}

impl Terms {
    /// Reads the terms of an article.
    pub(super) fn of(title: &str, text: &str) -> Self {
        let lead: String = text.chars().take(LEAD).collect();
        let head = pieces(title);
        let body = pieces(&lead);
        let mut counts = BTreeMap::new();
        let mut whole = BTreeMap::new();
        let (mut marks, mut names) = (BTreeMap::new(), BTreeMap::new());
        add_words(&head, 1.0, &mut counts);
        add_words(&head, HEADLINE, &mut whole);
        add_words(&body, 1.0, &mut whole);
        let mut places = BTreeSet::new();
        add_places(&head, &mut places);
        add_places(&body, &mut places);
        for (pieces, weight) in [(&head, HEADLINE), (&body, 1.0)] {
            add_marks(pieces, weight, &mut marks);
            add_names(pieces, weight, &mut names);
        }
        let han: usize = head
            .iter()
            .chain(&body)
            .map(|piece| match piece {
                Piece::Han(run) => run.len(),
                Piece::Word(_) => 0,
            })
            .sum();
        let words = head.iter().chain(&body).filter(|piece| matches!(piece, Piece::Word(_))).count();
        Self {
            title: counts.into_iter().collect(),
            whole: whole.into_iter().collect(),
            marks: marks.into_iter().collect(),
            names: names.into_iter().collect(),
            places: places.into_iter().collect(),
            is_round_up: words::is_round_up(title),
            is_han: han > words * 2,
        }
    }
}

/// Cuts a text into folded words and runs of Han characters.
///
/// Folds character by character: a full normalisation of every recent article would cost more than it finds.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut han: Vec<char> = Vec::new();
    for c in text.chars().map(narrow) {
        if fold::is_han(c) {
            flush_word(&mut word, &mut pieces);
            han.push(fold::han(c));
            continue;
        }
        flush_han(&mut han, &mut pieces);
        let in_number = c == '.' && word.ends_with(|c: char| c.is_ascii_digit());
        if c.is_alphanumeric() || matches!(c, '\'' | '’') {
            word.extend(c.to_lowercase());
        } else if !in_number {
            flush_word(&mut word, &mut pieces);
        }
    }
    flush_word(&mut word, &mut pieces);
    flush_han(&mut han, &mut pieces);
    pieces
}

fn flush_word(word: &mut String, pieces: &mut Vec<Piece>) {
    let taken = std::mem::take(word);
    let bare = taken.trim_matches(['\'', '’']);
    let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
    if !bare.is_empty() {
        pieces.push(Piece::Word(bare.to_owned()));
    }
}

fn flush_han(han: &mut Vec<char>, pieces: &mut Vec<Piece>) {
    if !han.is_empty() {
        pieces.push(Piece::Han(std::mem::take(han)));
    }
}

/// Full-width letters and digits are read as the plain ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn add_words(pieces: &[Piece], weight: f64, terms: &mut BTreeMap<Term, f64>) {
    for piece in pieces {
        match piece {
            Piece::Word(word) if !words::is_empty(word) => {
                *terms.entry(Term::word(&words::stem(word))).or_default() += weight
            }
            Piece::Word(_) => {}
            Piece::Han(run) => {
                for pair in run.windows(2).filter(|pair| !pair.iter().any(|c| words::is_particle(*c))) {
                    *terms.entry(Term::han(pair)).or_default() += weight;
                }
            }
        }
    }
}

fn add_places(pieces: &[Piece], places: &mut BTreeSet<Term>) {
    for piece in pieces {
        let found = match piece {
            Piece::Word(word) => words::concept_of_word(&words::stem(word)).into_iter().collect(),
            Piece::Han(run) => words::concepts_of_han(run),
        };
        places.extend(found.into_iter().filter(|name| name.starts_with('@')).map(|name| Term::mark("c", name)));
    }
}

fn add_marks(pieces: &[Piece], weight: f64, marks: &mut BTreeMap<Term, f64>) {
    let mut add = |sort: &str, name: &str| *marks.entry(Term::mark(sort, name)).or_default() += weight;
    for piece in pieces {
        match piece {
            Piece::Word(word) => match words::number(word) {
                Some(number) => add("n", number),
                None => words::concept_of_word(&words::stem(word)).into_iter().for_each(|concept| add("c", concept)),
            },
            Piece::Han(run) => {
                words::concepts_of_han(run).into_iter().for_each(|concept| add("c", concept));
                words::numbers_of_han(run).into_iter().for_each(|number| add("n", number));
            }
        }
    }
}

fn add_names(pieces: &[Piece], weight: f64, names: &mut BTreeMap<Term, f64>) {
    for piece in pieces {
        if let Piece::Word(word) = piece
            && word.len() > 1
            && !words::is_empty(word)
            && words::number(word).is_none()
        {
            *names.entry(Term::mark("l", word)).or_default() += weight;
        }
    }
}

/// Names what of an article is shared, as people read it, with the weight of its weightiest part.
///
/// `weight` answers for a term that is shared. Han pairs that follow each other become one run again.
pub(super) fn named(title: &str, text: &str, weight: impl Fn(Term) -> Option<f64>) -> Vec<(f64, String)> {
    let lead: String = text.chars().take(LEAD).collect();
    let mut found = Vec::new();
    for piece in pieces(title).into_iter().chain(pieces(&lead)) {
        match piece {
            Piece::Word(word) if words::is_empty(&word) => {}
            Piece::Word(word) => {
                let stem = words::stem(&word);
                let mark = words::concept_of_word(&stem).map(|name| (Term::mark("c", name), plain(name)));
                let number = words::number(&word).map(|number| (Term::mark("n", number), number.to_owned()));
                let terms = [
                    Some((Term::word(&stem), word.clone())),
                    Some((Term::mark("l", &word), word.clone())),
                    mark,
                    number,
                ];
                found.extend(terms.into_iter().flatten().find_map(|(term, name)| Some((weight(term)?, name))));
            }
            Piece::Han(run) => {
                found.extend(shared_runs(&run, &weight));
                let marks = words::concepts_of_han(&run).into_iter().map(|name| (Term::mark("c", name), plain(name)));
                found.extend(marks.filter_map(|(term, name)| Some((weight(term)?, name))));
            }
        }
    }
    found
}

fn shared_runs(run: &[char], weight: &impl Fn(Term) -> Option<f64>) -> Vec<(f64, String)> {
    let mut found: Vec<(f64, String)> = Vec::new();
    let mut open = false;
    for pair in run.windows(2) {
        let shared = weight(Term::han(pair)).filter(|_| !pair.iter().any(|c| words::is_particle(*c)));
        match (shared, open.then(|| found.last_mut()).flatten()) {
            (Some(weight), Some((most, name))) => {
                *most = most.max(weight);
                name.push(pair[1]);
            }
            (Some(weight), None) => found.push((weight, pair.iter().collect())),
            (None, _) => {}
        }
        open = shared.is_some();
    }
    found
}

/// A concept as people read it: `@DE` is the country's code.
fn plain(concept: &str) -> String {
    concept.trim_start_matches('@').to_owned()
}

/// How common a term is taken to be before any article was seen: a share of all articles.
pub(super) fn prior(term: Term) -> f64 {
    words::prior_terms().get(&term).copied().unwrap_or(words::UNKNOWN)
}

/// Returns the term of a common word, for the table of priors.
pub(super) fn common(word: &str) -> Vec<Term> {
    let mut terms = BTreeMap::new();
    add_words(&pieces(word), 1.0, &mut terms);
    terms.into_keys().collect()
}
