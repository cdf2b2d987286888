//! Words as data: cues, false friends, actors and topic terms, from `lexicon/*.toml`. The home of aho-corasick.

/// The words that the stages look for, compiled for matching.
#[derive(Debug)]
pub struct Lexicon {}

impl Lexicon {
    /// Compiles the words that ship with the program.
    pub fn shipped() -> Self {
        Self {}
    }
}
