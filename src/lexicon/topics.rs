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
    /// The words that may be parts of a deed: likewise, but they may overlap the former.
    pub parts: Vec<PartHit<'a>>,
}

/// The topic words, compiled.
#[derive(Debug)]
pub(super) struct Topics {
    /// Finds the words, and behind their numbers the parts.
    matcher: Matcher,
    words: Vec<Word>,
    parts: Vec<(String, PartSet)>,
    pub(super) deeds: Deeds,
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
        let (deeds, parts) = deeds::shipped();
        let parts: Vec<(String, PartSet)> = parts.into_iter().collect();
        let terms = words.iter().map(|word| word.term.as_str()).chain(parts.iter().map(|(term, _)| term.as_str()));
        let matcher = Matcher::new(terms.enumerate().map(|(number, term)| (term, number)));
        let regional: Vec<(&str, usize)> = file
            .region
            .iter()
            .enumerate()
            .flat_map(|(number, region)| region.terms.iter().map(move |term| (term.as_str(), number)))
            .collect();
        let regions = Matcher::new(regional);
        let region_codes = file.region.into_iter().map(|region| region.code).collect();
        Self { matcher, words, parts, deeds, regions, region_codes }
    }

    /// Reads a text once for the words that bear on the topic and for the parts of deeds.
    pub(super) fn read(&self, text: &str, folded: &Folded) -> TopicReading<'_> {
        let found = self.matcher.find_all(text, folded);
        let (words, parts): (Vec<Hit>, Vec<Hit>) = found.into_iter().partition(|hit| hit.number < self.words.len());
        let words: Vec<TopicHit<'_>> = matcher::apart(words).into_iter().map(|hit| self.word(hit)).collect();
        let parts = outside_false_friends(self.merged(parts), &words);
        TopicReading { words, parts }
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

/// Drops the parts that lie in a word which only looks like one that bears on the topic. Both are sorted by place.
fn outside_false_friends<'a>(mut parts: Vec<PartHit<'a>>, words: &[TopicHit<'_>]) -> Vec<PartHit<'a>> {
    let mut friends = words.iter().filter(|word| word.role == TopicRole::None).map(|word| &word.span).peekable();
    parts.retain(|part| {
        while friends.next_if(|friend| friend.end <= part.span.start).is_some() {}
        friends.peek().is_none_or(|friend| part.span.end <= friend.start)
    });
    parts
}
