//! What the words of a query ask for, worked out once for the index and for what is shown of a hit.

use std::ops::Range;

use super::analyse::{self, Word};
use super::query::Form;
use super::tokenizer::Stems;

/// What to look for in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// A word with this stem.
    Stem(String),
    /// These words at these distances.
    Words(Vec<Part>),
    /// These words at these distances, the last of which may go on.
    Beginning(Vec<Part>),
}

/// One word of a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The folded word.
    pub(super) text: String,
    /// As written, but for its case.
    printed: String,
    /// Positions after the first word.
    pub(super) offset: u32,
}

impl Lookup {
    /// Works out what words of a query ask for; `None` when they hold no word.
    pub(super) fn new(form: Form, text: &str, exact: bool, stems: &mut Stems) -> Option<Self> {
        let words = analyse::words(text);
        let (first, last) = (words.first()?, words.last()?);
        let has_endings = form == Form::Word && words.len() == 1 && first.run && !exact;
        if has_endings {
            return Some(Self::Stem(stems.of(&first.text)));
        }
        let part = |word: &Word| Part {
            text: word.text.clone(),
            printed: analyse::printed(text, word),
            offset: word.position - first.position,
        };
        let parts = words.iter().map(part).collect();
        // A run of Han characters goes on without a `*` too.
        Some(if form == Form::Prefix && last.run { Self::Beginning(parts) } else { Self::Words(parts) })
    }

    fn parts(&self) -> &[Part] {
        match self {
            Self::Stem(_) => &[],
            Self::Words(parts) | Self::Beginning(parts) => parts,
        }
    }
}

/// A text with its words, ready to be looked through.
pub(super) struct Looked<'a> {
    pub(super) print: &'a str,
    pub(super) words: Vec<Word>,
}

impl<'a> Looked<'a> {
    /// Splits a text.
    pub(super) fn new(print: &'a str) -> Self {
        Self { print, words: analyse::words(print) }
    }

    /// Returns the bytes of the text where a lookup is met, in order and apart from each other.
    ///
    /// With `exact`, the print itself must be the same but for its case, not only its folded form.
    pub(super) fn find(&self, lookup: &Lookup, exact: bool, stems: &mut Stems) -> Vec<Range<usize>> {
        if let Lookup::Stem(stem) = lookup {
            let runs = self.words.iter().filter(|word| word.run);
            return runs.filter(|word| stems.of(&word.text) == *stem).map(|word| word.span.clone()).collect();
        }
        self.places(lookup.parts(), matches!(lookup, Lookup::Beginning(_)), exact)
    }

    fn places(&self, parts: &[Part], goes_on: bool, exact: bool) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for words in self.words.windows(parts.len().max(1)) {
            let meets = parts.iter().zip(words).enumerate().all(|(at, (part, word))| {
                let may_go_on = goes_on && at + 1 == parts.len();
                word.position - words[0].position == part.offset && self.is(word, part, may_go_on, exact)
            });
            let span = words[0].span.start..words[words.len() - 1].span.end;
            if meets && found.last().is_none_or(|last| last.end <= span.start) {
                found.push(span);
            }
        }
        found
    }

    /// Says whether words stand in the text; endings are left to the index.
    pub(super) fn holds(&self, lookup: &Lookup) -> bool {
        let parts = lookup.parts();
        !parts.is_empty() && !self.places(parts, false, false).is_empty()
    }

    fn is(&self, word: &Word, part: &Part, may_go_on: bool, exact: bool) -> bool {
        let same = |found: &str, wanted: &str| if may_go_on { found.starts_with(wanted) } else { found == wanted };
        // The folded forms are compared first: that is cheap and most words differ.
        same(&word.text, &part.text) && (!exact || same(&analyse::printed(self.print, word), &part.printed))
    }
}
