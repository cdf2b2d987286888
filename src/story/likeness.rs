//! How alike two articles are, as a score of which 1 is enough, and in words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::terms::{Term, Terms, named, prior};
use crate::lexicon::{ActorKind, Lexicon};
use crate::model::{Article, RecentArticle};

/// The articles of a story must be this alike on average, so that a story does not grow by one bridge.
pub(super) const MEAN: f64 = 0.45;

/// The evidence that is enough within a script, and across scripts.
const SAME_SCRIPT: f64 = 0.72;
const ACROSS: f64 = 0.42;
/// Actors add less than half of what is enough, so that a score below this stays too low with them.
const ACTORS_FROM: f64 = 0.5;
/// A reason names so many words.
const WHY_WORDS: usize = 6;
/// After so many days two articles must be nearly three times as alike.
const FADE_DAYS: f64 = 20.0;

/// A recent article that may tell the same event.
pub(super) struct Candidate<'a> {
    pub(super) article: &'a RecentArticle,
    pub(super) terms: Terms,
    pub(super) days: f64,
}

/// The article to be placed.
pub(super) struct Newcomer<'a> {
    lexicon: &'a Lexicon,
    title: &'a str,
    text: &'a str,
    terms: Terms,
    actors: Vec<(Term, f64)>,
    weights: Weights,
}

/// How alike two articles are; 1 is enough.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likeness {
    pub(super) score: f64,
}

impl<'a> Candidate<'a> {
    /// Takes a recent article that is near enough in time; one without a time is always near.
    pub(super) fn near(article: &'a RecentArticle, at: Option<Timestamp>, apart: f64) -> Option<Self> {
        let days = match (article.at, at) {
            (Some(then), Some(now)) => now.duration_since(then).as_secs_f64().abs() / 86_400.0,
            _ => 0.0,
        };
        (days <= apart).then(|| Self { article, terms: Terms::of(&article.title, &article.text), days })
    }
}

impl<'a> Newcomer<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, article: &'a Article, near: &[Candidate<'_>]) -> Self {
        let terms = Terms::of(&article.title, &article.text);
        let weights = Weights::of(near);
        let actors = actors(lexicon, &article.title, &article.text);
        Self { lexicon, title: &article.title, text: &article.text, terms, actors, weights }
    }

    /// Returns how alike the two are.
    pub(super) fn likeness(&self, other: &Candidate<'_>) -> Likeness {
        self.features(other).judge(other.days)
    }

    /// Returns the share of this article's words that the other has.
    pub(super) fn overlap(&self, other: &Candidate<'_>) -> f64 {
        pairs(&self.terms.whole, &other.terms.whole).count() as f64 / self.terms.whole.len().max(1) as f64
    }

    /// Returns in words what the two share: the weightiest words first.
    pub(super) fn why(&self, other: &Candidate<'_>) -> String {
        let theirs: BTreeSet<Term> = other
            .terms
            .whole
            .iter()
            .chain(&other.terms.marks)
            .chain(&other.terms.names)
            .map(|(term, _)| *term)
            .collect();
        let mut shared: Vec<(f64, String)> = Vec::new();
        for (weight, name) in
            named(self.title, self.text, |term| theirs.contains(&term).then(|| self.weights.weight(term)))
        {
            if !shared.iter().any(|(_, other)| *other == name) {
                shared.push((weight, name));
            }
        }
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        let words: Vec<String> = shared.into_iter().take(WHY_WORDS).map(|(_, name)| name).collect();
        let days = match other.days.round() {
            0.0 => "the same day".to_owned(),
            1.0 => "1 day apart".to_owned(),
            days => format!("{days} days apart"),
        };
        format!("shares {} with {}, {days}", words.join(", "), other.article.id)
    }

    fn features(&self, other: &Candidate<'_>) -> Features {
        let same_script = self.terms.is_han == other.terms.is_han;
        let mut features = Features { same_script, ..Features::default() };
        if same_script {
            features.title = self.weights.cosine(&self.terms.title, &other.terms.title);
            features.whole = self.weights.cosine(&self.terms.whole, &other.terms.whole);
            features.cover = self
                .weights
                .cover(&self.terms.title, &other.terms.whole)
                .max(self.weights.cover(&other.terms.title, &self.terms.whole));
        }
        features.marks = self.weights.cosine(&self.terms.marks, &other.terms.marks);
        features.names = self.weights.shared(&self.terms.names, &other.terms.names);
        features.mass = self.weights.shared(&self.terms.marks, &other.terms.marks);
        let (ours, theirs) = (&self.terms.places, &other.terms.places);
        features.elsewhere = !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|place| theirs.contains(place));
        features.round_up = self.terms.is_round_up || other.terms.is_round_up;
        // Looking for names costs more than all before: only where they can still decide.
        if !self.actors.is_empty() && features.judge(other.days).score >= ACTORS_FROM {
            let theirs = actors(self.lexicon, &other.article.title, &other.article.text);
            features.actors = self.weights.cosine(&self.actors, &theirs);
            features.actor_mass = self.weights.shared(&self.actors, &theirs);
        }
        features
    }
}

/// What two articles share, measured in several ways.
#[derive(Debug, Clone, Default)]
struct Features {
    same_script: bool,
    /// Cosine of the headlines' words.
    title: f64,
    /// Cosine of the words of headline and lead.
    whole: f64,
    /// The share of one headline that stands in the other's text.
    cover: f64,
    /// Cosine of concepts, numbers and countries, and the weight of those that are shared.
    marks: f64,
    mass: f64,
    /// The weight of Latin names that are shared.
    names: f64,
    /// Cosine of actors that are no states, and the weight of those that are shared.
    actors: f64,
    actor_mass: f64,
    /// True when both name countries and none is the same.
    elsewhere: bool,
    /// True when one of them lists several events.
    round_up: bool,
}

impl Features {
    fn judge(&self, days: f64) -> Likeness {
        // A shared mark says little when it is a common one: its weight has to be there too.
        let marks = self.marks * (self.mass / 4.0).min(1.0);
        let names = (self.names / 12.0).min(1.0);
        let actors = self.actors * (self.actor_mass / 3.0).min(1.0);
        let raw = if self.same_script {
            (2.5 * self.whole + 0.8 * self.title + 0.3 * self.cover + 0.6 * marks + 0.2 * actors) / SAME_SCRIPT
        } else {
            (marks + 0.2 * actors + 0.2 * names) / ACROSS
        };
        let mut score = raw * (-days / FADE_DAYS).exp();
        if self.elsewhere {
            score *= 0.6;
        }
        if self.round_up {
            score *= 0.75;
        }
        Likeness { score }
    }
}

/// How much each term tells: the rarer, the more.
struct Weights {
    counts: BTreeMap<Term, f64>,
    articles: f64,
}

/// The articles that the priors are worth.
const PRIOR_ARTICLES: f64 = 60.0;

impl Weights {
    fn of(near: &[Candidate<'_>]) -> Self {
        let mut counts = BTreeMap::new();
        for candidate in near {
            let terms = &candidate.terms;
            for (term, _) in terms.whole.iter().chain(&terms.marks).chain(&terms.names) {
                *counts.entry(*term).or_default() += 1.0;
            }
        }
        Self { counts, articles: near.len() as f64 }
    }

    fn weight(&self, term: Term) -> f64 {
        let seen = self.counts.get(&term).copied().unwrap_or(0.0) + prior(term) * PRIOR_ARTICLES;
        ((self.articles + PRIOR_ARTICLES) / seen.max(0.1)).ln().max(0.0)
    }

    fn vector(&self, (term, count): (Term, f64)) -> f64 {
        self.weight(term) * (1.0 + count.max(1.0).ln())
    }

    fn cosine(&self, left: &[(Term, f64)], right: &[(Term, f64)]) -> f64 {
        let dot: f64 = pairs(left, right).map(|(term, a, b)| self.vector((term, a)) * self.vector((term, b))).sum();
        let norm = |terms: &[(Term, f64)]| terms.iter().map(|term| self.vector(*term).powi(2)).sum::<f64>().sqrt();
        dot / (norm(left) * norm(right)).max(1e-9)
    }

    /// The share of a headline's weight that stands in a text.
    fn cover(&self, title: &[(Term, f64)], whole: &[(Term, f64)]) -> f64 {
        let mass: f64 = title.iter().map(|(term, _)| self.weight(*term)).sum();
        if mass < 8.0 {
            return 0.0;
        }
        pairs(title, whole).map(|(term, ..)| self.weight(term)).sum::<f64>() / mass
    }

    fn shared(&self, left: &[(Term, f64)], right: &[(Term, f64)]) -> f64 {
        pairs(left, right).map(|(term, ..)| self.weight(term)).sum()
    }
}

/// The terms of both, in order.
fn pairs<'a>(left: &'a [(Term, f64)], right: &'a [(Term, f64)]) -> impl Iterator<Item = (Term, f64, f64)> + 'a {
    let find = move |term: &Term| right.binary_search_by_key(term, |(other, _)| *other).ok().map(|at| right[at].1);
    left.iter().filter_map(move |(term, count)| find(term).map(|other| (*term, *count, other)))
}

fn actors(lexicon: &Lexicon, title: &str, text: &str) -> Vec<(Term, f64)> {
    let lead: String = text.chars().take(300).collect();
    let mut found = BTreeMap::new();
    for mention in lexicon.actors_in(title).iter().chain(&lexicon.actors_in(&lead)) {
        // States are places, and those are marks already.
        if mention.kind != ActorKind::State {
            *found.entry(Term::mark("a", mention.id)).or_default() += 1.0;
        }
    }
    found.into_iter().collect()
}
