//! Deeds that a headline or a lead tells by their parts: "copied cabinet minutes for an envelope", with no word for spying.
//!
//! Only the headline and the lead are looked at: what an article is about is told there, and the words that parts are made
//! of are too common to say anything further down.

use std::ops::Range;

use super::{LEAD, NEAR};
use crate::lexicon::{Deed, Deeds, PartHit, PartSet, TopicReading, TopicRole};
use crate::model::{Article, Evidence, Place, Topic};

/// What the second and each further deed that a passage tells adds: they share most of their parts.
const FURTHER: f64 = 0.5;

/// What remains of a deed whose parts stand in two neighbouring sentences.
const ACROSS: f64 = 0.6;

/// How near a mark of the Chinese state has to stand to a part to be read with it whatever else is named.
const BESIDE: usize = 3;

/// How many bytes the parts of a deed take up at most to count in full: a headline.
const BROAD: usize = 110;

/// How many parts of a passage are looked at: few sentences have a dozen.
const MOST_PARTS: usize = 60;

/// A deed that is told.
pub(super) struct Told {
    pub(super) topic: Topic,
    pub(super) worth: f64,
    /// Where its first part stands.
    pub(super) place: Place,
    /// Its parts and the mark of the Chinese state.
    pub(super) shown: Vec<Evidence>,
}

/// Finds the deeds that an article's headline and lead tell.
pub(super) fn told(deeds: &Deeds, article: &Article, title: &TopicReading<'_>, text: &TopicReading<'_>) -> Vec<Told> {
    let opening = Opening::new(deeds, article, title, text);
    let mut all = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for sentence in &opening.sentences {
        let here = opening.told_in(deeds, sentence, 1.0);
        if let Some(before) = before.filter(|_| here.is_empty()) {
            all.extend(opening.told_in(deeds, &(before.start..sentence.end), ACROSS));
        }
        // What is told across two sentences has used up both.
        before = here.is_empty().then(|| sentence.clone());
        all.extend(here);
    }
    all
}

/// Returns what remains of all evidence in an article that shows itself to be about a film, a match or the past.
pub(super) fn on_the_matter(deeds: &Deeds, title: &TopicReading<'_>, text: &TopicReading<'_>) -> f64 {
    let other = |reading: &TopicReading<'_>| {
        let of_lead = reading.parts.iter().take_while(|part| part.span.start < LEAD);
        of_lead.filter(|part| part.parts.meets(deeds.other_matter)).count()
    };
    match (other(title), other(text)) {
        (0, 0) => 1.0,
        (0, 1) => 0.85,
        (1, 0) if text.parts.is_empty() => 0.7,
        (1, 0) => 0.85,
        _ => 0.55,
    }
}

/// Says whether an article is Chinese and names no other land in its headline or lead: papers of the mainland write of
/// their own state without naming it, those of Taiwan of its foe.
pub(super) fn is_home(deeds: &Deeds, article: &Article, title: &TopicReading<'_>, text: &TopicReading<'_>) -> bool {
    let of_lead = text.parts.iter().take_while(|part| part.span.start < LEAD);
    article.lang.is_chinese() && !title.parts.iter().chain(of_lead).any(|part| part.parts.meets(deeds.other_land))
}

/// The headline and the lead, laid end to end.
struct Opening<'a> {
    article: &'a Article,
    parts: Vec<Part<'a>>,
    states: Vec<Placed<State<'a>>>,
    sentences: Vec<Range<usize>>,
    is_home: bool,
}

/// A thing found, with its bytes in the whole opening.
struct Placed<T> {
    found: T,
    at: Range<usize>,
}

type Part<'a> = Placed<&'a PartHit<'a>>;

/// A mark of a state.
struct State<'a> {
    term: &'a str,
    is_china: bool,
}

impl<'a> Opening<'a> {
    fn new(deeds: &Deeds, article: &'a Article, title: &'a TopicReading<'a>, text: &'a TopicReading<'a>) -> Self {
        let shift = text_start(article);
        let parts = |reading: &'a TopicReading<'a>, shift| {
            let of_lead = reading.parts.iter().take_while(|part| part.span.end <= LEAD);
            of_lead.map(move |part| placed(part, &part.span, shift))
        };
        let states = |reading: &'a TopicReading<'a>, shift| {
            let of_lead = reading.words.iter().take_while(|word| word.span.end <= LEAD);
            of_lead.filter_map(move |word| {
                let is_china = match word.role {
                    TopicRole::China | TopicRole::Both(_) => true,
                    TopicRole::Elsewhere => false,
                    TopicRole::Act(_) | TopicRole::None => return None,
                };
                Some(placed(State { term: word.term, is_china }, &word.span, shift))
            })
        };
        let parts: Vec<Part<'_>> = parts(title, 0).chain(parts(text, shift)).collect();
        let of_text = sentences_of(lead_of(&article.text)).into_iter().map(|at| at.start + shift..at.end + shift);
        Self {
            article,
            parts,
            states: states(title, 0).chain(states(text, shift)).collect(),
            sentences: std::iter::once(0..article.title.len()).chain(of_text).collect(),
            is_home: is_home(deeds, article, title, text),
        }
    }

    /// Finds the deeds that a passage tells, the weightiest first; `share` is what they count of their weight.
    fn told_in(&self, deeds: &Deeds, passage: &Range<usize>, share: f64) -> Vec<Told> {
        let parts = within(&self.parts, passage);
        let parts = &parts[..parts.len().min(MOST_PARTS)];
        let states = within(&self.states, passage);
        let has = parts.iter().map(|part| part.found.parts).fold(PartSet::default(), PartSet::and);
        let share = share * other_than_deeds(deeds, has);
        let possible = deeds.all.iter().filter(|deed| deed.told_by.iter().all(|part| has.meets(*part)));
        let told = possible.filter_map(|deed| self.told_by(deed, parts, states));
        let mut told: Vec<Told> = told.filter(|told| told.worth > 0.0).collect();
        told.sort_by(|left, right| right.worth.total_cmp(&left.worth));
        let mut counts = share;
        for deed in &mut told {
            deed.worth *= counts;
            counts *= FURTHER;
        }
        told
    }

    /// Returns a deed if the parts of a passage tell it.
    fn told_by(&self, deed: &Deed, parts: &[Part<'_>], states: &[Placed<State<'_>>]) -> Option<Told> {
        let by = parts_of(deed, parts, states)?;
        let (marked, mark) = if deed.marked { self.mark(deed, &by, states) } else { (1.0, None) };
        let shown = by.iter().map(|part| self.shown(part.found.term, &part.at));
        let shown: Vec<Evidence> = shown.chain(mark.map(|mark| self.shown(mark.found.term, &mark.at))).collect();
        let place = shown.first()?.place;
        Some(Told { topic: deed.topic, worth: marked * close(&by) * deed.weight, place, shown })
    }

    /// Returns how far a deed is the Chinese state's, and the mark that says so.
    fn mark<'b>(
        &self,
        deed: &Deed,
        by: &[&Part<'_>],
        states: &'b [Placed<State<'b>>],
    ) -> (f64, Option<&'b Placed<State<'b>>>) {
        let nearest = |is_china: bool| {
            let beside = states.iter().filter(|state| state.found.is_china == is_china);
            let gap = |state: &Placed<State<'_>>| by.iter().map(|part| gap(&part.at, &state.at)).min();
            beside.filter_map(|state| Some((gap(state)?, state))).min_by_key(|(gap, _)| *gap)
        };
        match (nearest(true), nearest(false)) {
            (Some((_, mark)), None) => (1.0, Some(mark)),
            (Some((near, mark)), Some(_)) if near <= BESIDE => (1.0, Some(mark)),
            (Some((near, mark)), Some((other, _))) if near < other => (0.7, Some(mark)),
            (_, Some(_)) => (0.0, None),
            (None, None) => (self.unmarked(deed, by[0].at.start), None),
        }
    }

    /// Returns how far a deed is the Chinese state's whose sentence names no state: the headline or a neighbour may.
    fn unmarked(&self, deed: &Deed, at: usize) -> f64 {
        let of = |is_china: bool| self.states.iter().filter(move |state| state.found.is_china == is_china);
        let in_reach = |state: &Placed<State<'_>>| {
            state.at.end <= self.article.title.len() || gap(&(at..at), &state.at) <= 2 * NEAR
        };
        let (near, named, another) = (of(true).any(in_reach), of(true).next().is_some(), of(false).next().is_some());
        if deed.at_home {
            return if self.is_home && !near && !another { 0.9 } else { 0.0 };
        }
        match (near, another) {
            (true, false) => 0.6,
            (true, true) => 0.4,
            (false, false) if named => 0.4,
            (false, _) => 0.0,
        }
    }

    fn shown(&self, term: &str, at: &Range<usize>) -> Evidence {
        let shift = text_start(self.article);
        match at.start.checked_sub(shift) {
            Some(start) => Evidence { term: term.to_owned(), place: Place::Text, span: start..at.end - shift },
            None => Evidence { term: term.to_owned(), place: Place::Title, span: at.clone() },
        }
    }
}

/// Returns what remains of the deeds of a passage that has parts of other things: a film, a fraud.
fn other_than_deeds(deeds: &Deeds, has: PartSet) -> f64 {
    match (has.meets(deeds.other_matter), has.meets(deeds.common_crime)) {
        (true, _) => 0.3,
        (false, true) => 0.5,
        (false, false) => 1.0,
    }
}

/// Finds a word of its own for each part of a deed, as near to each other as they stand.
fn parts_of<'b, 'a>(deed: &Deed, parts: &'b [Part<'a>], states: &[Placed<State<'_>>]) -> Option<Vec<&'b Part<'a>>> {
    let (first, others) = deed.told_by.split_first()?;
    let is = |part: &Part<'_>, wanted: &PartSet| {
        part.found.parts.meets(*wanted) && (!deed.chinas.meets(*wanted) || is_chinas(part, states))
    };
    let around = |anchor: &'b Part<'a>| {
        let mut by = vec![anchor];
        for wanted in others {
            let free = parts.iter().filter(|part| is(part, wanted) && !by.iter().any(|one| one.at == part.at));
            by.push(free.min_by_key(|part| gap(&anchor.at, &part.at))?);
        }
        Some(by)
    };
    let anchors = parts.iter().filter(|part| is(part, first));
    anchors.filter_map(around).min_by_key(|by| breadth(by))
}

/// Says whether a mark of the Chinese state stands beside a part, or is it.
fn is_chinas(part: &Part<'_>, states: &[Placed<State<'_>>]) -> bool {
    states.iter().any(|state| state.found.is_china && gap(&state.at, &part.at) <= BESIDE)
}

/// Returns how many bytes a deed's parts stand apart, from the first to the last.
fn breadth(by: &[&Part<'_>]) -> usize {
    let start = by.iter().map(|part| part.at.start).min();
    let end = by.iter().map(|part| part.at.end).max();
    end.unwrap_or(0).saturating_sub(start.unwrap_or(0))
}

/// Returns what remains of a deed whose parts stand far apart.
fn close(by: &[&Part<'_>]) -> f64 {
    (BROAD as f64 / breadth(by).max(1) as f64).min(1.0)
}

fn placed<T>(found: T, span: &Range<usize>, shift: usize) -> Placed<T> {
    Placed { found, at: span.start + shift..span.end + shift }
}

/// Returns those of the sorted things that lie in a passage.
fn within<'b, T>(sorted: &'b [Placed<T>], passage: &Range<usize>) -> &'b [Placed<T>] {
    let start = sorted.partition_point(|thing| thing.at.start < passage.start);
    let end = sorted.partition_point(|thing| thing.at.start < passage.end);
    &sorted[start..end.max(start)]
}

fn gap(left: &Range<usize>, right: &Range<usize>) -> usize {
    right.start.saturating_sub(left.end).max(left.start.saturating_sub(right.end))
}

/// Where the text starts in the opening: behind the headline, and never beside it.
fn text_start(article: &Article) -> usize {
    article.title.len() + BESIDE + 1
}

fn lead_of(text: &str) -> &str {
    let end = (0..=LEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Splits a lead into its sentences.
fn sentences_of(lead: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let (mut start, mut after_stop) = (0, false);
    for (at, c) in lead.char_indices() {
        let ends = matches!(c, '。' | '！' | '？' | '\n') || (after_stop && c.is_whitespace());
        if ends {
            sentences.push(start..at);
            start = at;
        }
        // A closing quotation mark belongs to the stop before it.
        let closes = matches!(c, '"' | '”' | '’');
        after_stop = matches!(c, '.' | '!' | '?') || (after_stop && closes);
    }
    sentences.push(start..lead.len());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;
    use crate::lexicon::Lexicon;

    /// Returns the topics of the deeds that a text tells, and the words that tell them.
    fn told_in(title: &str, text: &str) -> Vec<(Topic, Vec<String>)> {
        let lexicon = Lexicon::shipped();
        let article = Article::of_text(title, text, language::detect(&format!("{title}\n{text}"), None));
        let told = told(lexicon.deeds(), &article, &lexicon.read_topic(title, LEAD), &lexicon.read_topic(text, LEAD));
        let print = |shown: &Evidence| match shown.place {
            Place::Title => title[shown.span.clone()].to_owned(),
            Place::Text => text[shown.span.clone()].to_owned(),
        };
        told.iter().map(|deed| (deed.topic, deed.shown.iter().map(print).collect())).collect()
    }

    #[track_caller]
    fn check(title: &str, topic: Topic, words: &[&str]) {
        let told = told_in(title, "");
        let found = told.iter().any(|(of, shown)| *of == topic && shown == words);
        assert!(found, "{title}: {told:?}");
    }

    #[test]
    fn a_deed_is_told_by_its_parts_and_a_mark() {
        check(
            "Clerk copied minutes for China, court hears",
            Topic::EspionageCase,
            &["copied", "minutes", "court", "China"],
        );
        check("Ministry rips out Chinese cameras", Topic::Policy, &["rips out", "cameras", "Ministry", "Chinese"]);
        check("士官把手冊交給對岸　檢方起訴", Topic::EspionageCase, &["交給", "手冊", "檢方", "對岸"]);
        check("中国团伙潜入部委邮箱", Topic::Cyber, &["团伙", "潜入", "邮箱", "中国"]);
    }

    #[test]
    fn without_a_mark_or_with_anothers_nothing_is_told() {
        assert_eq!(told_in("Clerk copied minutes for envelope, court hears", ""), []);
        assert_eq!(told_in("Clerk copied minutes for Moscow, court hears", ""), []);
        assert_eq!(told_in("士官把手冊交給俄羅斯　檢方起訴", ""), []);
    }

    #[test]
    fn one_part_alone_tells_nothing() {
        for title in ["China copied", "Chinese manuals", "Court in China", "中國手冊", "中國檢方"] {
            assert_eq!(told_in(title, ""), [], "{title}");
        }
    }

    #[test]
    fn whose_the_gear_is_must_be_said_beside_it() {
        let is_policy =
            |title: &str| told_in(title, "").iter().any(|(_, shown)| shown.iter().any(|word| word == "Chinese"));
        assert!(is_policy("Army drops Chinese drones"));
        assert_eq!(told_in("China: school gets new drones", ""), []);
    }

    #[test]
    fn a_mark_in_the_headline_serves_the_lead() {
        let told = told_in("Trial with a view to Beijing", "A clerk copied minutes for a stranger, the court heard.");
        assert!(told.iter().any(|(topic, _)| *topic == Topic::EspionageCase), "{told:?}");
    }

    #[test]
    fn sentences_end_at_their_stops() {
        let of = |lead: &str| -> Vec<String> { sentences_of(lead).into_iter().map(|at| lead[at].to_owned()).collect() };
        assert_eq!(of("One. \"Two.\" Three"), ["One.", " \"Two.\"", " Three"]);
        assert_eq!(of("一。二！三"), ["一", "。二", "！三"]);
        assert_eq!(of(""), [""]);
    }
}
