//! The words of grammar: what a word is in any sentence.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use serde::Deserialize;

/// What a word is to the grammar of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// "the", "its", "two".
    Determiner,
    /// "of", "in", "against".
    Preposition,
    /// Opens a clause of its own: "after", "because".
    Subordinator,
    /// "who", "which".
    Relative,
    /// "he", "they".
    Pronoun,
    /// Forms of be, have, do, and modal verbs.
    Auxiliary,
    /// "not", "later".
    Adverb,
    /// Days and months.
    Time,
    /// A form that is a verb and hardly anything else: "came", "denies".
    Finite,
    /// What somebody says a thing in: "statement", "briefing".
    Medium,
    /// A form of a verb of saying.
    Saying,
}

/// The words of grammar of one language.
#[derive(Debug, Default)]
pub struct Grammar(HashMap<String, WordClass, RandomState>);

impl Grammar {
    /// Lists the words that the pattern of verbs of saying matches, so that each word of a sentence is looked up and not
    /// matched.
    pub(super) fn add_saying(&mut self, pattern: &str) {
        let parsed = regex_syntax::Parser::new().parse(pattern).expect("the pattern compiled before");
        let mut extractor = Extractor::new();
        extractor.kind(ExtractKind::Prefix).limit_total(4_000).limit_literal_len(40);
        for word in extractor.extract(&parsed).literals().unwrap_or_default() {
            let word = String::from_utf8_lossy(word.as_bytes()).into_owned();
            let known = self.0.get(&word).is_some_and(|class| !matches!(class, WordClass::Finite | WordClass::Medium));
            if !known && word.chars().all(char::is_alphabetic) {
                self.0.insert(word, WordClass::Saying);
            }
        }
    }

    /// Returns what a folded word is, where the lists tell it.
    pub fn class(&self, word: &str) -> Option<WordClass> {
        self.0.get(word).copied()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::lexicon) struct GrammarLists {
    determiners: Vec<String>,
    prepositions: Vec<String>,
    subordinators: Vec<String>,
    relatives: Vec<String>,
    pronouns: Vec<String>,
    auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    times: Vec<String>,
    finite: Vec<String>,
    media: Vec<String>,
    /// Read before all else, by `Forms` of the table.
    irregular: HashMap<String, String>,
}

impl From<GrammarLists> for Grammar {
    fn from(lists: GrammarLists) -> Self {
        use WordClass as W;
        let lists = [
            (lists.determiners, W::Determiner),
            (lists.prepositions, W::Preposition),
            (lists.subordinators, W::Subordinator),
            (lists.relatives, W::Relative),
            (lists.pronouns, W::Pronoun),
            (lists.auxiliaries, W::Auxiliary),
            (lists.times, W::Time),
            (lists.adverbs, W::Adverb),
            (lists.finite, W::Finite),
            (lists.media, W::Medium),
        ];
        let mut classes = HashMap::default();
        for (words, class) in lists {
            for word in words {
                // What stands in two lists is what the earlier one says.
                classes.entry(word).or_insert(class);
            }
        }
        Self(classes)
    }
}
