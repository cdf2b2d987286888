//! The words that decide whether an article is on topic.

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;

use super::matcher::Matcher;
use crate::fold::{self, Folded};
use crate::model::{TermTopic, Topic, TopicRole};

/// One word found that bears on the topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicHit<'a> {
    /// The word as the lexicon writes it.
    pub term: &'a str,
    /// What it bears.
    pub role: TopicRole,
    /// How much.
    pub weight: f64,
    /// Bytes of the text as printed.
    pub span: Range<usize>,
}

/// The topic words, compiled.
#[derive(Debug)]
pub(super) struct Topics {
    matcher: Matcher,
    words: Vec<Word>,
    regions: Matcher,
    region_codes: Vec<String>,
}

#[derive(Debug)]
struct Word {
    term: String,
    role: TopicRole,
    weight: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    act: Vec<Weighted>,
    both: Vec<Weighted>,
    china: Vec<Weighted>,
    elsewhere: Vec<Plain>,
    none: Vec<Plain>,
    region: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weighted {
    #[serde(default)]
    topic: Option<Topic>,
    weight: f64,
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    code: String,
    terms: Vec<String>,
}

impl Topics {
    /// Compiles the shipped table with a study's own words, which override the shipped ones that read the same; the
    /// names of hacking groups are taken from the actors.
    pub(super) fn new(threat_actors: &[String], own: &[TermTopic]) -> Self {
        let file: File = toml::from_str(include_str!("topics.toml")).expect("a test reads the shipped table");
        let mut words = Vec::new();
        let mut add = |terms: &[String], role, weight| {
            words.extend(terms.iter().map(|term| Word { term: term.clone(), role, weight }));
        };
        for group in &file.none {
            add(&group.terms, TopicRole::None, 0.0);
        }
        for group in &file.both {
            add(&group.terms, TopicRole::Both(group.topic.unwrap_or(Topic::Other)), group.weight);
        }
        for group in &file.act {
            add(&group.terms, TopicRole::Act(group.topic.unwrap_or(Topic::Other)), group.weight);
        }
        for group in &file.china {
            add(&group.terms, TopicRole::China, group.weight);
        }
        for group in &file.elsewhere {
            add(&group.terms, TopicRole::Elsewhere, 1.0);
        }
        add(threat_actors, TopicRole::Both(Topic::Cyber), 4.0);
        let overridden: HashSet<String> =
            own.iter().flat_map(|group| &group.words).map(|word| fold::text(word)).collect();
        if !overridden.is_empty() {
            words.retain(|word| !overridden.contains(&fold::text(&word.term)));
        }
        for group in own {
            let word = |term: &String| Word { term: term.clone(), role: group.role, weight: group.weight };
            words.extend(group.words.iter().map(word));
        }
        let matcher = Matcher::new(words.iter().enumerate().map(|(number, word)| (word.term.as_str(), number)));
        let regional: Vec<(&str, usize)> = file
            .region
            .iter()
            .enumerate()
            .flat_map(|(number, region)| region.terms.iter().map(move |term| (term.as_str(), number)))
            .collect();
        let regions = Matcher::new(regional);
        Self { matcher, words, regions, region_codes: file.region.into_iter().map(|region| region.code).collect() }
    }

    /// Finds the topic words of a text, longest first, never overlapping.
    pub(super) fn find(&self, text: &str, folded: &Folded) -> Vec<TopicHit<'_>> {
        let hits = self.matcher.find(text, folded).into_iter();
        hits.map(|hit| {
            let word = &self.words[hit.number];
            TopicHit { term: &word.term, role: word.role, weight: word.weight, span: hit.print }
        })
        .collect()
    }

    /// Returns the region whose words a text uses, when one clearly leads.
    pub(super) fn region(&self, text: &str, folded: &Folded, of: &[&str]) -> Option<String> {
        let mut votes = vec![0_usize; self.region_codes.len()];
        for hit in self.regions.find(text, folded) {
            // Folding makes one of the two scripts' words; each script has regions of its own.
            votes[hit.number] += usize::from(of.contains(&self.region_codes[hit.number].as_str()));
        }
        let (best, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
        let second = votes.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, votes)| *votes).max().unwrap_or(0);
        (*most >= 2 && *most >= second * 2).then(|| self.region_codes[best].clone())
    }
}
