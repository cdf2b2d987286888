//! Hands the words of `analyse` to tantivy, and takes the endings off English ones.

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::analyse::{self, Word};

/// The name of the analyser that keeps words as they are folded.
pub(super) const FOLD: &str = "fold";
/// The name of the analyser that keeps only runs of letters and digits, without their English endings.
pub(super) const STEM: &str = "stem";

/// Registers both analysers.
pub(super) fn register(manager: &TokenizerManager) {
    manager.register(FOLD, TextAnalyzer::builder(Words { runs_only: false }).build());
    manager.register(STEM, stem_analyser());
}

fn stem_analyser() -> TextAnalyzer {
    TextAnalyzer::builder(Words { runs_only: true }).filter(Stemmer::new(Language::English)).build()
}

/// Takes the English endings off words.
pub(super) struct Stems(TextAnalyzer);

impl Stems {
    /// Returns one that can be used for many words.
    pub(super) fn new() -> Self {
        Self(stem_analyser())
    }

    /// Returns a folded word without its ending, just as the index keeps it.
    pub(super) fn of(&mut self, word: &str) -> String {
        let mut stream = self.0.token_stream(word);
        if stream.advance() { std::mem::take(&mut stream.token_mut().text) } else { String::new() }
    }
}

#[derive(Debug, Clone)]
struct Words {
    runs_only: bool,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut words = analyse::words(text);
        if self.runs_only {
            words.retain(|word| word.run);
        }
        WordStream { words: words.into_iter(), token: Token::default() }
    }
}

struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token = Token {
            offset_from: word.span.start,
            offset_to: word.span.end,
            position: word.position as usize,
            text: word.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_find_their_other_endings() {
        let mut stems = Stems::new();
        for (left, right) in [("spy", "spies"), ("spying", "spied"), ("denies", "denied"), ("agents", "agent")] {
            assert_eq!(stems.of(left), stems.of(right), "{left} and {right}");
        }
        assert_ne!(stems.of("china"), stems.of("chinese"));
    }
}
