//! Whether an article is about Chinese intelligence activity.
//!
//! An act of intelligence work counts when a mark of the Chinese state stands near it; the headline and the lead count
//! most. Every word that decided is shown with its place, so that a person can check the verdict.

use crate::lexicon::{Lexicon, TopicHit, TopicRole};
use crate::model::{Article, Assessment, Evidence, Lang, Place, Topic, Verdict};

/// How far an act and a mark of a state may stand apart, in bytes of the print: a long sentence, in either script.
const NEAR: usize = 130;

/// The lead: what an article is about is said there.
const LEAD: usize = 900;

/// How many words are shown as reasons.
const MOST_REASONS: usize = 24;

/// How much more a headline weighs when nothing follows it: it has to say it all.
const HEADLINE_ALONE: f64 = 1.75;

/// What half a headline or a lead full of evidence amounts to; from here the score is at least one half.
const ENOUGH: f64 = 3.4;

/// Judges the topic of an article.
pub fn assess(lexicon: &Lexicon, article: &Article) -> Assessment {
    let title = weigh(lexicon.topic_hits(&article.title), &article.lang, article.title.len());
    let text = weigh(lexicon.topic_hits(&article.text), &article.lang, article.text.len());
    let evidence = total(&title, &text, article.text.len());
    let score = squash(evidence);
    let on_topic = score >= 0.5;
    Assessment {
        lang: article.lang.clone(),
        region: region(lexicon, article),
        verdict: if on_topic { Verdict::OnTopic } else { Verdict::OffTopic },
        score,
        topic: on_topic.then(|| topic(&title, &text)),
        why: reasons(&title, Place::Title).chain(reasons(&text, Place::Text)).take(MOST_REASONS).collect(),
    }
}

/// An act with what it is worth once its surroundings are seen.
struct Weighed<'a> {
    hit: TopicHit<'a>,
    worth: f64,
    /// The mark of the Chinese state that makes it count.
    mark: Option<TopicHit<'a>>,
    topic: Topic,
}

fn weigh<'a>(hits: Vec<TopicHit<'a>>, lang: &Lang, length: usize) -> Vec<Weighed<'a>> {
    // Mainland papers write of their own state without naming it; a text that names another state is not such a text.
    let names_another = hits.iter().any(|hit| hit.role == TopicRole::Elsewhere);
    let own_state = *lang == Lang::zh_hans() && !names_another;
    let unnamed = |topic| if own_state && topic == Topic::EspionageCase { 0.55 } else { 0.15 };
    let states: Vec<usize> =
        (0..hits.len()).filter(|at| matches!(hits[*at].role, TopicRole::China | TopicRole::Elsewhere | TopicRole::Both(_))).collect();
    let mut weighed = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let (topic, worth, mark) = match hit.role {
            TopicRole::Both(topic) => (topic, hit.weight, None),
            TopicRole::Act(topic) => {
                let place = states.partition_point(|state| *state < at);
                let beside = states[place.saturating_sub(3)..(place + 3).min(states.len())].iter().map(|state| &hits[*state]);
                let nearest = |wanted: fn(&TopicRole) -> bool| {
                    beside.clone().filter(|state| wanted(&state.role)).map(|state| (apart(hit, state), state)).min_by_key(|(gap, _)| *gap)
                };
                let china = nearest(|role| matches!(role, TopicRole::China | TopicRole::Both(_)));
                let elsewhere = nearest(|role| *role == TopicRole::Elsewhere);
                match (china.filter(|(gap, _)| *gap <= NEAR), elsewhere.filter(|(gap, _)| *gap <= NEAR)) {
                    (Some((near, _)), Some((nearer, _))) if nearer <= near => (topic, -0.3 * hit.weight, None),
                    (Some((_, mark)), Some(_)) => (topic, 0.7 * hit.weight, Some(mark.clone())),
                    (Some((_, mark)), None) => (topic, hit.weight, Some(mark.clone())),
                    (None, Some(_)) => (topic, -0.5 * hit.weight, None),
                    // Elsewhere in the article there may be no state at all: hardly a reason.
                    (None, None) if length > LEAD => (topic, 0.05 * hit.weight, None),
                    (None, None) => (topic, unnamed(topic) * hit.weight, None),
                }
            }
            _ => continue,
        };
        weighed.push(Weighed { hit: hit.clone(), worth, mark, topic });
    }
    weighed
}

fn apart(left: &TopicHit<'_>, right: &TopicHit<'_>) -> usize {
    right.span.start.saturating_sub(left.span.end).max(left.span.start.saturating_sub(right.span.end))
}

/// Adds up the evidence: the headline, the lead, and how dense the rest is.
fn total(title: &[Weighed<'_>], text: &[Weighed<'_>], length: usize) -> f64 {
    let in_title: f64 = title.iter().map(|act| act.worth).sum();
    let lead: f64 = text.iter().filter(|act| act.hit.span.start < LEAD).map(|act| act.worth).sum();
    let rest: f64 = text.iter().filter(|act| act.hit.span.start >= LEAD).map(|act| act.worth).sum();
    let screens = (length.saturating_sub(LEAD) as f64 / 1_500.0).max(1.0);
    // A headline alone has to say it all, so it weighs more when nothing follows.
    let headline = if length == 0 { in_title * HEADLINE_ALONE } else { in_title * 0.9 };
    headline.clamp(-4.0, 8.0) + (lead * 0.45).clamp(-5.0, 5.0) + (rest * 0.3 / screens).clamp(-4.0, 4.0)
}

/// Brings the evidence to a score from 0 to 1, with one half where it is enough.
fn squash(evidence: f64) -> f64 {
    let score = 1.0 / (1.0 + (-(evidence - ENOUGH) / 1.5).exp());
    (score * 1_000.0).round() / 1_000.0
}

fn topic(title: &[Weighed<'_>], text: &[Weighed<'_>]) -> Topic {
    const ORDER: [Topic; 7] = [
        Topic::EspionageCase,
        Topic::Cyber,
        Topic::Influence,
        Topic::CounterEspionage,
        Topic::TransnationalRepression,
        Topic::Policy,
        Topic::Other,
    ];
    let share = |topic: Topic| -> f64 {
        let of = |acts: &[Weighed<'_>], lead_only: bool| -> f64 {
            let counted = acts.iter().filter(|act| act.topic == topic && (!lead_only || act.hit.span.start < LEAD));
            counted.map(|act| act.worth.max(0.0)).sum()
        };
        2.0 * of(title, false) + of(text, true)
    };
    let best = ORDER.into_iter().rev().max_by(|left, right| share(*left).total_cmp(&share(*right)));
    best.filter(|topic| share(*topic) > 0.0).unwrap_or(Topic::Other)
}

fn region(lexicon: &Lexicon, article: &Article) -> Option<String> {
    if article.lang != Lang::zh_hant() {
        return None;
    }
    lexicon.region_of(&format!("{}\n{}", article.title, article.text))
}

/// Returns the words that counted for the topic, in the order of the text.
fn reasons<'a>(acts: &'a [Weighed<'_>], place: Place) -> impl Iterator<Item = Evidence> + use<'a> {
    acts.iter().filter(|act| act.worth >= 0.5).flat_map(move |act| {
        let shown = |hit: &TopicHit<'_>| Evidence { term: hit.term.to_owned(), place, span: hit.span.clone() };
        std::iter::once(shown(&act.hit)).chain(act.mark.as_ref().map(shown))
    })
}
