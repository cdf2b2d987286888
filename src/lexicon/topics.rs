//! The words that decide whether an article is on topic.

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;

use super::deeds::{self, Deeds, PartHit, PartSet};
use super::matcher::{self, Hit, Matcher};
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

/// What a text has that bears on the topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicReading<'a> {
    /// The words that bear on it by themselves, longest first, never overlapping.
    pub words: Vec<TopicHit<'a>>,
    /// The words of its beginning that may be parts of a deed: likewise, but they may overlap the former.
    pub parts: Vec<PartHit<'a>>,
    /// How often it uses a word of each region, in the order of the table.
    regions: Vec<usize>,
}

/// The topic words, compiled.
#[derive(Debug)]
pub(super) struct Topics {
    /// Finds the words, behind their numbers the parts, and behind these what shows a region.
    matcher: Matcher,
    words: Vec<Word>,
    parts: Vec<(String, PartSet)>,
    pub(super) deeds: Deeds,
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
        let (deeds, parts) = deeds::shipped();
        let parts: Vec<(String, PartSet)> = parts.into_iter().collect();
        let terms = words.iter().map(|word| word.term.as_str()).chain(parts.iter().map(|(term, _)| term.as_str()));
        let regional = (words.len() + parts.len()..)
            .zip(&file.region)
            .flat_map(|(number, region)| region.terms.iter().map(move |term| (term.as_str(), number)));
        let matcher = Matcher::new(terms.enumerate().map(|(number, term)| (term, number)).chain(regional));
        let region_codes = file.region.into_iter().map(|region| region.code).collect();
        Self { matcher, words, parts, deeds, region_codes }
    }

    /// Reads a text once for the words that bear on the topic, for the parts of deeds that begin before a byte of the
    /// folded text, and for what shows a region.
    pub(super) fn read(&self, text: &str, folded: &Folded, lead: usize) -> TopicReading<'_> {
        let parts_end = self.words.len() + self.parts.len();
        let is_part = |number: usize| (self.words.len()..parts_end).contains(&number);
        let found = self.matcher.find_some(text, folded, |number, start| start < lead || !is_part(number));
        let (mut words, mut parts, mut regional) = (Vec::new(), Vec::new(), Vec::new());
        for hit in found {
            match hit.number {
                number if number < self.words.len() => words.push(hit),
                number if number < parts_end => parts.push(hit),
                _ => regional.push(hit),
            }
        }
        let words: Vec<TopicHit<'_>> = matcher::apart(words).into_iter().map(|hit| self.word(hit)).collect();
        let parts = outside_false_friends(self.merged(parts), &words);
        let mut regions = vec![0; self.region_codes.len()];
        for hit in matcher::apart(regional) {
            regions[hit.number - parts_end] += 1;
        }
        TopicReading { words, parts, regions }
    }

    fn word(&self, hit: Hit) -> TopicHit<'_> {
        let word = &self.words[hit.number];
        TopicHit { term: &word.term, role: word.role, weight: word.weight, span: hit.print }
    }

    /// Makes one of the parts that are found at the same place, and drops those inside a longer one. Two may still share
    /// a character: 涉嫌為中國 has 涉嫌 and 為中國, whatever is read first.
    fn merged(&self, sorted: Vec<Hit>) -> Vec<PartHit<'_>> {
        let mut parts: Vec<PartHit<'_>> = Vec::new();
        for hit in sorted {
            let (term, set) = &self.parts[hit.number - self.words.len()];
            match parts.last_mut() {
                // A class may hold a word twice, as it is written with and without capitals.
                Some(last) if last.span == hit.print => last.parts = last.parts.and(*set),
                Some(last) if hit.print.end <= last.span.end => {}
                _ => parts.push(PartHit { term, parts: *set, span: hit.print }),
            }
        }
        parts
    }

    /// Returns the region whose words texts use, when one of those that are asked for clearly leads.
    pub(super) fn region(&self, readings: &[&TopicReading<'_>], of: &[&str]) -> Option<&str> {
        // Folding makes one of the two scripts' words; each script has regions of its own.
        let votes = self.region_codes.iter().enumerate().filter(|(_, code)| of.contains(&code.as_str()));
        let mut votes: Vec<(usize, &str)> = votes
            .map(|(number, code)| (readings.iter().map(|reading| reading.regions[number]).sum(), code.as_str()))
            .collect();
        votes.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
        let (most, best) = *votes.first()?;
        let second = votes.get(1).map_or(0, |(votes, _)| *votes);
        (most >= 2 && most >= second * 2).then_some(best)
    }
}

/// Drops the parts that lie in a word which only looks like one that bears on the topic. Both are sorted by place.
fn outside_false_friends<'a>(mut parts: Vec<PartHit<'a>>, words: &[TopicHit<'_>]) -> Vec<PartHit<'a>> {
    let mut friends = words.iter().filter(|word| word.role == TopicRole::None).map(|word| &word.span).peekable();
    parts.retain(|part| {
        while friends.next_if(|friend| friend.end <= part.span.start).is_some() {}
        friends.peek().is_none_or(|friend| part.span.end <= friend.start)
    });
    parts
}
