//! Many words looked for in one pass over a text.

use std::fmt;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;

/// An Aho-Corasick automaton over bytes, in a double array: S. Kanda, K. Akabe and Y. Oda, "Engineering faster
/// double-array Aho-Corasick automata", Software: Practice and Experience 53(6), 2023.
pub(super) struct Automaton<V>(DoubleArrayAhoCorasick<V>);

impl<V: Copy> Automaton<V> {
    /// Compiles words, each with what its matches give; the same word may stand there more than once.
    pub(super) fn new(words: impl IntoIterator<Item = (impl AsRef<[u8]>, V)>) -> Self {
        Self(DoubleArrayAhoCorasick::with_values(words).expect("the words are far below the automaton's limits"))
    }

    /// Finds all words of a text, also those inside others, by where they end.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (V, Range<usize>)> + 'a {
        self.0.find_overlapping_iter(text).map(|found| (found.value(), found.start()..found.end()))
    }
}

impl<V> fmt::Debug for Automaton<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Automaton").finish_non_exhaustive()
    }
}
