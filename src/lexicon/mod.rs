//! Words as data: cues, false friends, actors and topic terms, from `lexicon/*.toml`. The home of daachorse.

mod actors;
mod automaton;
mod cues;
mod deeds;
mod inflect;
mod matcher;
mod names;
mod origin;
#[cfg(test)]
mod tests;
mod topics;

use std::ops::Range;

use crate::fold::{self, Folded};
use crate::model::{Article, ErrorRates, Lang, TermCue, Terms};

pub use crate::model::{ActorKind, TopicRole};
pub use actors::ActorMention;
pub use cues::{
    ByWhom, Cue, CueHit, CueTable, CueVoice, Glance, Grammar, Object, Pattern, Phrases, WordClass, WordList, WordTable,
};
pub use deeds::{Deed, Deeds, PartHit, PartSet};
pub use names::Names;
pub use topics::{TopicHit, TopicReading};

/// Returns what was counted of the rules' errors on real news: it ships with the program.
pub fn error_rates() -> ErrorRates {
    toml::from_str(include_str!("error-rates.toml")).expect("a test reads the shipped table")
}

/// The words that the stages look for, compiled for matching.
#[derive(Debug)]
pub struct Lexicon {
    actors: actors::Actors,
    origins: origin::Origins,
    topics: topics::Topics,
    english: CueTable,
    chinese: CueTable,
}

impl Lexicon {
    /// Compiles the words that ship with the program.
    pub fn shipped() -> Self {
        Self::with_terms(&Terms::default())
    }

    /// Compiles the words that ship with the program and those of a study: its names and topic words override shipped
    /// ones that read the same, its cues come behind the shipped ones.
    pub fn with_terms(terms: &Terms) -> Self {
        let roster = names::Roster::new(&terms.names);
        let origins = origin::Origins::new(&roster);
        let actors = actors::Actors::new(roster);
        let topics = topics::Topics::new(&actors.threat_names(), &terms.topics);
        let (chinese, english): (Vec<_>, Vec<_>) = terms.cues.iter().partition(|cue| cue.lang.is_chinese());
        let (english, chinese) = (CueTable::english(&cue_table(&english)), CueTable::chinese(&cue_table(&chinese)));
        Self { actors, origins, topics, english, chinese }
    }

    /// Finds the actors that a text names, in any language, leaving out names that depend on who prints them.
    pub fn actors_in<'a>(&'a self, text: &str) -> Vec<ActorMention<'a>> {
        self.actors.find(text, &Folded::new(text), None)
    }

    /// Finds the actors that a text names, with names such as 外交部 read as in an outlet of that country.
    pub fn actors_for<'a>(&'a self, text: &str, country: Option<&str>) -> Vec<ActorMention<'a>> {
        self.actors.find(text, &Folded::new(text), country)
    }

    /// Returns the country whose offices an article means by a bare name such as 外交部: that of its agency or its
    /// dateline, where they decide, else the outlet's.
    pub fn country_of(&self, article: &Article, outlet: Option<&str>) -> Option<String> {
        let own = self.origins.country(article.provider.as_deref(), &article.text);
        own.or(outlet).map(str::to_owned)
    }

    /// Returns where a text names actors, relative names too, in bytes of its folded form.
    pub(crate) fn actor_places(&self, print: &str, folded: &Folded) -> Vec<(Range<usize>, ActorKind)> {
        self.actors.places(print, folded)
    }

    /// Finds the words that bear on the topic, and in the first `lead` bytes of a text those that may be parts of a deed.
    pub fn read_topic<'a>(&'a self, text: &str, lead: usize) -> TopicReading<'a> {
        self.topics.read(text, &Folded::new(text), lead)
    }

    /// Returns the deeds that are told by parts.
    pub fn deeds(&self) -> &Deeds {
        &self.topics.deeds
    }

    /// Returns the cues of a language, where we have any: English and Chinese.
    pub fn cues(&self, lang: &Lang) -> Option<&CueTable> {
        match lang.as_str() {
            "en" => Some(&self.english),
            _ if lang.is_chinese() => Some(&self.chinese),
            _ => None,
        }
    }

    /// Returns the region (ISO 3166) whose usage a Chinese text shows, where it shows: of those that write its script.
    /// `readings` are those of the text and of its headline.
    pub fn region_of(&self, readings: &[&TopicReading<'_>], lang: &Lang) -> Option<&str> {
        let of: &[&str] = if *lang == Lang::zh_hant() { &["TW", "HK"] } else { &["CN", "SG", "MY"] };
        self.topics.region(readings, of)
    }
}

/// Writes a study's cue words as the shipped tables write theirs, so that both are read alike.
fn cue_table(cues: &[&TermCue]) -> String {
    let mut table = String::new();
    for cue in cues {
        let pattern: Vec<String> = cue.words.iter().map(|word| word_pattern(&fold::text(word))).collect();
        if pattern.is_empty() {
            continue;
        }
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let kind = cue.kind.name();
        table.push_str(&format!("\n[[cue]]\nrule = \"terms-{kind}\"\nkind = \"{kind}\"\n"));
        if let Some(sub) = &cue.sub {
            table.push_str(&format!("sub = {}\n", quoted(sub)));
        }
        table.push_str(&format!("pattern = {}\n", quoted(&pattern.join("|"))));
    }
    table
}

/// Returns the pattern of one folded word; a Latin one holds as a whole word only.
fn word_pattern(word: &str) -> String {
    let bound = |at_edge: Option<char>| if at_edge.is_some_and(|c| c.is_ascii_alphanumeric()) { r"\b" } else { "" };
    format!("{}{}{}", bound(word.chars().next()), regex::escape(word), bound(word.chars().next_back()))
}

/// Reads a table of the tests of another module: this is where TOML is at home.
#[cfg(test)]
pub(crate) fn test_table<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a test's table is TOML")
}
