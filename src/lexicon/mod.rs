//! Words as data: cues, false friends, actors and topic terms, from `lexicon/*.toml`. The home of aho-corasick.

mod actors;
mod cues;
mod inflect;
mod matcher;
mod topics;

use std::ops::Range;

use crate::fold::Folded;
use crate::model::Lang;

pub use actors::{ActorKind, ActorMention};
pub use cues::{ByWhom, Cue, CueHit, CueTable, CueVoice, Grammar, Object, Pattern, WordClass, WordTable};
pub use topics::{TopicHit, TopicRole};

/// The words that the stages look for, compiled for matching.
#[derive(Debug)]
pub struct Lexicon {
    actors: actors::Actors,
    topics: topics::Topics,
    english: CueTable,
    chinese: CueTable,
}

impl Lexicon {
    /// Compiles the words that ship with the program.
    pub fn shipped() -> Self {
        let actors = actors::Actors::shipped();
        let topics = topics::Topics::shipped(&actors.threat_names());
        Self { actors, topics, english: CueTable::english(), chinese: CueTable::chinese() }
    }

    /// Finds the actors that a text names, in any language, leaving out names that depend on who prints them.
    pub fn actors_in<'a>(&'a self, text: &str) -> Vec<ActorMention<'a>> {
        self.actors.find(text, &Folded::new(text), None)
    }

    /// Finds the actors that a text names, with names such as 外交部 read as in an outlet of that country.
    pub fn actors_for<'a>(&'a self, text: &str, country: Option<&str>) -> Vec<ActorMention<'a>> {
        self.actors.find(text, &Folded::new(text), country)
    }

    /// Returns where a text names actors, relative names too, in bytes of its folded form.
    pub(crate) fn actor_places(&self, print: &str, folded: &Folded) -> Vec<(Range<usize>, ActorKind)> {
        self.actors.places(print, folded)
    }

    /// Finds the words that bear on the topic.
    pub fn topic_hits<'a>(&'a self, text: &str) -> Vec<TopicHit<'a>> {
        self.topics.find(text, &Folded::new(text))
    }

    /// Returns the cues of a language, where we have any: English and Chinese.
    pub fn cues(&self, lang: &Lang) -> Option<&CueTable> {
        match lang.as_str() {
            "en" => Some(&self.english),
            _ if lang.is_chinese() => Some(&self.chinese),
            _ => None,
        }
    }

    /// Returns the region (ISO 3166) whose usage a text in Traditional Chinese shows, where it shows.
    pub fn region_of(&self, text: &str) -> Option<String> {
        self.topics.region(text, &Folded::new(text))
    }
}

/// Reads a table of the tests of another module: this is where TOML is at home.
#[cfg(test)]
pub(crate) fn test_table<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a test's table is TOML")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, country: Option<&str>, expected: &[(&str, &str)]) {
        let found: Vec<_> =
            LEXICON.actors_for(text, country).into_iter().map(|m| (m.id, text[m.span].to_owned())).collect();
        let expected: Vec<_> = expected.iter().map(|(id, name)| (*id, (*name).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_of_three_scripts_lead_to_one_actor() {
        check("MI5 warned MPs", None, &[("GB.mi5", "MI5")]);
        check("軍情五處示警", None, &[("GB.mi5", "軍情五處")]);
        check("军情五处示警", None, &[("GB.mi5", "军情五处")]);
        check("中國駐英國大使館發言人", None, &[("CN.emb", "中國駐英國大使館")]);
        check("Germany's foreign ministry", None, &[("DE.mfa", "Germany's foreign ministry")]);
    }

    #[test]
    fn a_relative_name_is_read_by_the_outlets_country() {
        check("外交部否認", None, &[]);
        check("外交部否認", Some("TW"), &[("TW.mofa", "外交部")]);
        check("外交部否认", Some("CN"), &[("CN.mfa", "外交部")]);
        check("外交部否認", Some("HK"), &[("CN.mfa", "外交部")]);
        check("陸外交部否認", Some("TW"), &[("CN.mfa", "陸外交部")]);
        check("美国司法部起诉", Some("CN"), &[("US.doj", "美国司法部")]);
    }

    #[test]
    fn common_words_are_not_names() {
        check("he told us of a mac and a big Macintosh", None, &[]);
        check("Salt Typhoon hit the US", None, &[("T.ghostemperor", "Salt Typhoon"), ("US.gov", "US")]);
    }

    #[test]
    fn the_chinese_tables_are_written_as_they_are_matched() {
        let lines = include_str!("cues-zh.toml").lines().filter(|line| !line.starts_with('#'));
        let odd: String = lines.flat_map(str::chars).filter(|c| crate::fold::han(*c) != *c).collect();
        assert_eq!(odd, "", "these characters never stand in folded text");
    }

    /// Built once: each case of a property would compile it anew.
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);

    proptest::proptest! {
        #[test]
        fn mentions_lie_inside_any_text(text in "(\\PC|美國|US |外交部|[\u{300}-\u{305}]){0,40}") {
            let mut end = 0;
            for mention in LEXICON.actors_for(&text, Some("TW")) {
                proptest::prop_assert!(text.get(mention.span.clone()).is_some_and(|name| !name.is_empty()));
                proptest::prop_assert!(mention.span.start >= end);
                end = mention.span.end;
            }
        }
    }
}
