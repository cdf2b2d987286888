//! Deeds of intelligence work that are told without its usual words: the parts they are told by, and which parts go
//! together.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Deserialize;

use super::inflect;
use crate::model::Topic;

/// Before the name of a part: a mark of the Chinese state stands beside it.
const CHINAS: &str = "China's ";

/// A deed and the parts that tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// What an article about it is about.
    pub topic: Topic,
    /// How much it says that the article is about it.
    pub weight: f64,
    /// The parts: a passage that tells the deed has a word of each.
    pub told_by: Vec<PartSet>,
    /// Those of them beside which a mark of the Chinese state must stand: "Chinese cameras", not "cameras in China".
    pub chinas: PartSet,
    /// Whether a mark of the Chinese state must stand with the parts; where not, they carry it.
    pub marked: bool,
    /// Whether it is told without a mark where a Chinese text names no other land.
    pub at_home: bool,
}

/// Some of the parts that deeds are told by, of which the table may have 128.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartSet(u128);

impl PartSet {
    /// Says whether a part is in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the parts of either.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word found that may be a part of a deed.
#[derive(Debug, Clone, PartialEq)]
pub struct PartHit<'a> {
    /// The word as the lexicon writes it.
    pub term: &'a str,
    /// The parts that it can be.
    pub parts: PartSet,
    /// Bytes of the text as printed.
    pub span: Range<usize>,
}

/// The deeds, and what shows that a passage tells of something else.
#[derive(Debug)]
pub struct Deeds {
    /// All of them, in the order of the file.
    pub all: Vec<Deed>,
    /// Fiction, history and sport.
    pub other_matter: PartSet,
    /// Crime for money.
    pub common_crime: PartSet,
    /// Other lands.
    pub other_land: PartSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    irregular: HashMap<String, String>,
    part: Vec<Part>,
    deed: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    /// English words that have no other form.
    #[serde(default)]
    words: Vec<String>,
    chinese: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    topic: Topic,
    weight: f64,
    told_by: Vec<String>,
    #[serde(default = "yes")]
    marked: bool,
    #[serde(default)]
    at_home: bool,
}

fn yes() -> bool {
    true
}

/// Reads the shipped table: the deeds, and each word with the parts that it can be.
pub(super) fn shipped() -> (Deeds, BTreeMap<String, PartSet>) {
    let file: File = toml::from_str(include_str!("deeds.toml")).expect("a test reads the shipped table");
    let mut words = BTreeMap::new();
    for (number, part) in file.part.iter().enumerate() {
        for word in part.all_words(&file.irregular) {
            let parts: &mut PartSet = words.entry(word).or_default();
            *parts = parts.and(PartSet(1 << number));
        }
    }
    let set =
        |names: &str| names.split('|').map(|name| part_named(&file.part, name)).fold(PartSet::default(), PartSet::and);
    let all = file.deed.iter().map(|told| {
        let of_china = told.told_by.iter().filter_map(|names| names.strip_prefix(CHINAS));
        Deed {
            topic: told.topic,
            weight: told.weight,
            told_by: told.told_by.iter().map(|names| set(names.strip_prefix(CHINAS).unwrap_or(names))).collect(),
            chinas: of_china.map(set).fold(PartSet::default(), PartSet::and),
            marked: told.marked,
            at_home: told.at_home,
        }
    });
    let deeds = Deeds {
        all: all.collect(),
        other_matter: set("other-matter"),
        common_crime: set("common-crime"),
        other_land: set("other-land"),
    };
    (deeds, words)
}

fn part_named(parts: &[Part], name: &str) -> PartSet {
    let number = parts.iter().position(|part| part.name == name);
    PartSet(1 << number.unwrap_or_else(|| panic!("deeds.toml: no part `{name}`; a test reads the shipped table")))
}

impl Part {
    /// Returns the words of the part in all their forms.
    fn all_words(&self, irregular: &HashMap<String, String>) -> Vec<String> {
        let verbs = self.verbs.iter().flat_map(|verb| inflect::verb_forms(verb, irregular));
        let nouns = self.nouns.iter().flat_map(|noun| [noun.clone(), inflect::plural(noun)]);
        verbs.chain(nouns).chain(self.words.iter().cloned()).chain(self.chinese.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> File {
        toml::from_str(include_str!("deeds.toml")).expect("the shipped table is TOML")
    }

    #[test]
    fn each_deed_is_told_by_parts_that_are_there() {
        let (deeds, words) = shipped();
        assert!(deeds.all.iter().all(|deed| deed.told_by.len() >= 2), "one part alone never tells a deed");
        assert!(deeds.all.iter().all(|deed| (1.0..=2.5).contains(&deed.weight)));
        assert!(words.keys().all(|word| !word.is_empty() && word.trim() == word));
    }

    #[test]
    fn each_part_has_words_of_both_languages_and_tells_something() {
        let file = file();
        let names: Vec<&str> = file.part.iter().map(|part| part.name.as_str()).collect();
        let unique: std::collections::HashSet<&&str> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "a part is there twice: {names:?}");
        assert!(names.len() <= 128, "a set of parts has no room for more");
        let told: Vec<&str> =
            file.deed.iter().flat_map(|deed| &deed.told_by).flat_map(|names| names.split('|')).collect();
        for part in &file.part {
            let name = part.name.as_str();
            let english = part.verbs.len() + part.nouns.len() + part.words.len();
            // Only Chinese texts are ever read as of one's own land.
            assert!(!part.chinese.is_empty() && (english > 0 || name == "other-land"), "{name}");
            let is_told = told.iter().any(|told| told.strip_prefix(CHINAS).unwrap_or(told) == name);
            let takes_away = ["other-matter", "common-crime", "other-land", "no-part"].contains(&name);
            assert_ne!(is_told, takes_away, "{name}");
        }
    }

    #[test]
    fn no_irregular_verb_is_left_over() {
        let file = file();
        let verbs = file.part.iter().flat_map(|part| &part.verbs);
        let heads: std::collections::HashSet<&str> = verbs.filter_map(|verb| verb.split(' ').next()).collect();
        let unused: Vec<&String> = file.irregular.keys().filter(|verb| !heads.contains(verb.as_str())).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
