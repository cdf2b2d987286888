//! The compare matrix: one row an outlet, each cell with what proves it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::claim::{Bearing, Claim, Found, Mark};
use super::delay::{AnsweredAfter, Delay};
use super::review::{Scope, Tally};
use super::silence::SilenceRow;
use crate::fold;
use crate::model::{
    ArticleId, FeedSource, Lang, Layer, PublishedTime, SeenInterval, SourceId, StoredArticle, StoredVersion, Story,
    StoryId, WatchRecord,
};

/// How the outlets told one story.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The story.
    pub story: StoryId,
    /// Its name.
    pub name: String,
    /// The main claim: who accuses whom.
    pub claim: Claim,
    /// When the first accusation was seen.
    pub first_accusation: Option<SeenInterval>,
    /// The window that silence is judged in.
    pub window: (Timestamp, Timestamp),
    /// Watched outlets that carried it, and those brought in by hand only.
    pub outlets: (usize, usize),
    /// Watched outlets in all.
    pub watched: usize,
    /// Independent origins: reprints folded, an aggregator counted as its provider.
    pub origins: usize,
    /// Articles.
    pub articles: usize,
    /// Versions of them.
    pub versions: usize,
    /// Whose word the cells rest on.
    pub scope: Scope,
    /// How many of its statements a person accepted and how many nobody has reviewed, whatever the scope.
    pub tally: Tally,
    /// One an outlet, the earliest first.
    pub rows: Vec<OutletRow>,
    /// Watched outlets without an article in the story.
    pub silent: Vec<SilenceRow>,
    /// Watched sources that announced an article of another outlet at its own address: neither a row nor silent.
    pub announced: Vec<SourceId>,
    /// Counter-accusations, and denials and accusations of other claims.
    pub apart: Vec<Found>,
}

/// How one outlet told it.
#[derive(Debug, Clone, PartialEq)]
pub struct OutletRow {
    /// The outlet: the source's id, else the host.
    pub outlet: String,
    /// The source; `None` for a page brought in by hand.
    pub source: Option<SourceId>,
    /// True when every article of the row was brought in by hand.
    pub by_hand: bool,
    /// `en`, `hant`, `hans`, or the language.
    pub script: String,
    /// The country; `?` when unknown.
    pub country: String,
    /// When its first article was first seen.
    pub first_seen: SeenInterval,
    /// When that article says it was published.
    pub published: Option<PublishedTime>,
    /// Its articles, the earliest first.
    pub articles: Vec<ArticleId>,
    /// Versions of them.
    pub versions: usize,
    /// What the newest headlines do.
    pub headline: Vec<Found>,
    /// True when something in them waits for a person.
    pub headline_waits: bool,
    /// The first accusation.
    pub accusation: Cell,
    /// How often the claim is made, in the newest versions.
    pub accusations: usize,
    /// The answers, or why there is none.
    pub answer: Answer,
    /// How long after the story's first accusation.
    pub answered_after: AnsweredAfter,
    /// The word that carries its first accusation, as printed; `None` when there is none, or signs alone carry them.
    pub verb: Option<String>,
    /// Sentences that accuse, and sentences that deny, in the newest versions.
    pub sentences: (usize, usize),
    /// What was changed after the first look.
    pub changes: Changes,
    /// Where its text comes from.
    pub origin: Origin,
}

/// One statement, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// There is one.
    Found(Box<Found>),
    /// An earlier version had one; what became of it in the newest.
    FoundBefore(Box<Found>, Presence),
    /// There is none.
    Empty(Empty),
}

/// The answers of one outlet.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The first of each kind, in the order D, G, P, N, and what became of it in the newest version.
    Found(Vec<(Found, Presence)>),
    /// There is none.
    Empty(Empty),
}

/// What became in the newest version of something that was found before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    There,
    /// It is not.
    Gone,
    /// Something of the kind is there and waits for a person.
    Waits,
}

/// Why a cell is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Empty {
    /// The whole text was read and nothing was found.
    FullText,
    /// The text is not all of it, for this reason.
    Partial(String),
    /// Something was found that waits for a person.
    Candidate,
    /// A denial was found that could not be matched to the claim; it is listed apart.
    Unmatched,
}

/// What changed in the articles of an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Headlines.
    pub headline: usize,
    /// Bodies.
    pub body: usize,
    /// Articles that are gone.
    pub gone: usize,
}

/// Where an outlet's text comes from, as far as we saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Its own.
    Own,
    /// Its own, and nobody was seen earlier: never "original" as a fact.
    NoEarlierSeen,
    /// A text of another outlet.
    Reprint(Reprint),
    /// Some articles of its own, and one that is a text of another outlet.
    OwnAndReprint(Reprint),
}

/// Whose text an article repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reprint {
    /// The other outlet, when the article is in the story.
    pub of: Option<String>,
    /// The other article.
    pub article: ArticleId,
    /// True when the other was seen before this one can have been there. Without that nobody can say who repeats whom.
    pub order_known: bool,
    /// What became of the denial.
    pub cut: CutNote,
}

/// What became of a denial in a reprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutNote {
    /// Nothing to tell.
    None,
    /// The original had it before the reprint was first seen, and the reprint does not.
    DenialCut,
    /// The original has it now; when the reprint was made it may not have been there.
    MayPredateDenial,
    /// The reprint's text is not all there, so that nothing can be said.
    TextPartial,
    /// The reprint has something that may be a denial and waits for a person.
    Waits,
}

/// Compares how the outlets told a story.
///
/// `articles` are those of the story; `sources` those of the study; `watch` how each was watched in the window.
pub fn matrix(
    story: &Story,
    articles: &[StoredArticle],
    sources: &[FeedSource],
    watch: &[WatchRecord],
    window: (Timestamp, Timestamp),
    scope: Scope,
) -> Matrix {
    let tally = Tally::of(articles);
    let articles = &*scope.of(articles);
    let mut ordered: Vec<&StoredArticle> = articles.iter().collect();
    ordered.sort_by_key(|article| (article.seen.by, article.id));
    let view = StoryView { claim: Claim::of(&ordered), articles: ordered, sources, scope };
    let rows = view.rows();
    // A page brought in by hand shows that its outlet carried the story, whatever our entry points showed.
    let own: BTreeSet<&SourceId> = articles.iter().filter_map(|article| article.source.as_ref()).collect();
    let announced: BTreeSet<&SourceId> =
        articles.iter().flat_map(|article| &article.announced_by).filter(|id| !own.contains(id)).collect();
    let silent: Vec<SilenceRow> = sources
        .iter()
        .filter(|source| source.enabled && !own.contains(&source.id) && !announced.contains(&source.id))
        .map(|source| SilenceRow::of(source, watch.iter().find(|record| record.source == source.id), window))
        .collect();
    let by_hand = rows.iter().filter(|row| row.by_hand).count();
    Matrix {
        story: story.id,
        name: story.name.clone(),
        first_accusation: view.first_accusation(),
        window,
        outlets: (rows.len() - by_hand, by_hand),
        watched: rows.len() - by_hand + silent.len(),
        origins: view.origins(),
        articles: articles.len(),
        versions: articles.iter().map(|article| article.versions.len()).sum(),
        scope,
        tally,
        announced: announced.into_iter().cloned().collect(),
        apart: view.apart(),
        claim: view.claim,
        rows,
        silent,
    }
}

/// Returns the short name of a language's script for a table.
pub(super) fn script(lang: &Lang) -> &str {
    match lang.as_str() {
        "zh-Hant" => "hant",
        "zh-Hans" => "hans",
        other => other,
    }
}

/// A story's articles in the order they were first seen, with what all of them make of the claim.
pub(super) struct StoryView<'a> {
    pub(super) claim: Claim,
    pub(super) articles: Vec<&'a StoredArticle>,
    pub(super) sources: &'a [FeedSource],
    pub(super) scope: Scope,
}

impl StoryView<'_> {
    fn rows(&self) -> Vec<OutletRow> {
        let mut outlets: Vec<(String, Vec<&StoredArticle>)> = Vec::new();
        for article in &self.articles {
            let outlet = outlet_of(article);
            match outlets.iter_mut().find(|(name, _)| *name == outlet) {
                Some((_, articles)) => articles.push(article),
                None => outlets.push((outlet, vec![article])),
            }
        }
        outlets.into_iter().map(|(outlet, articles)| self.row(outlet, &articles)).collect()
    }

    fn row(&self, outlet: String, articles: &[&StoredArticle]) -> OutletRow {
        let first = articles[0];
        let source = first.source.as_ref().and_then(|id| self.sources.iter().find(|source| source.id == *id));
        let newest: Vec<Found> = articles.iter().flat_map(|a| self.claim.statements(a, a.latest())).collect();
        let headline: Vec<Found> = newest.iter().filter(|found| found.paragraph == 0).cloned().collect();
        let accusing: Vec<&Found> = newest.iter().filter(|found| found.accuses()).collect();
        let answers = self.first_answers(articles);
        // A colon carries an accusation, too, and is no word to compare; a denial's word says nothing of the accusation.
        let has_word = |found: &&&Found| found.cue.chars().any(char::is_alphabetic);
        let before = self.accused_before(articles);
        let accusations: Vec<&Found> = accusing.iter().copied().chain(&before).collect();
        let verb = accusations.iter().find(has_word).map(|found| found.cue.clone());
        OutletRow {
            outlet,
            source: first.source.clone(),
            by_hand: articles.iter().all(|article| article.by_hand),
            script: script(&first.latest().article.lang).to_owned(),
            country: source.map_or("?", |source| &source.country).to_owned(),
            first_seen: first.seen,
            published: first.latest().article.published.clone(),
            articles: articles.iter().map(|article| article.id).collect(),
            versions: articles.iter().map(|article| article.versions.len()).sum(),
            accusation: match (accusing.first(), before) {
                (Some(found), _) => Cell::Found(Box::new((*found).clone())),
                (None, Some(found)) => {
                    let waits = self.waits(articles, |found| found.accuses());
                    Cell::FoundBefore(Box::new(found), if waits { Presence::Waits } else { Presence::Gone })
                }
                (None, None) => Cell::Empty(self.why_empty(articles, &[Mark::Accusation])),
            },
            accusations: accusing.len(),
            answered_after: self.answered_after(articles, &answers),
            answer: match answers.is_empty() {
                false => Answer::Found(answers),
                true => Answer::Empty(self.why_empty(articles, &Mark::ANSWERS)),
            },
            verb,
            sentences: (
                sentences(accusing.iter().copied()),
                sentences(newest.iter().filter(|found| found.answers() && found.mark.is_denial())),
            ),
            changes: Changes::of(articles),
            origin: self.origin(articles),
            headline,
            headline_waits: self.waits(articles, |found| found.paragraph == 0),
        }
    }

    /// The first accusation of an earlier version: what was printed once was said, also when it is gone now.
    fn accused_before(&self, articles: &[&StoredArticle]) -> Option<Found> {
        versions(articles)
            .find_map(|(article, version)| self.claim.statements(article, version).into_iter().find(Found::accuses))
    }

    /// The first answer of each kind over all versions: what was printed once was an answer, also when it is gone now.
    fn first_answers(&self, articles: &[&StoredArticle]) -> Vec<(Found, Presence)> {
        Mark::ANSWERS.iter().filter_map(|mark| self.first_answer(articles, *mark)).collect()
    }

    fn first_answer(&self, articles: &[&StoredArticle], mark: Mark) -> Option<(Found, Presence)> {
        let is_it = |found: &Found| found.mark == mark && found.answers();
        let mut all: Vec<(&StoredArticle, &StoredVersion)> = versions(articles).collect();
        all.sort_by_key(|(article, version)| (version.seen.by, article.id, version.number));
        let (article, found) = all.into_iter().find_map(|(article, version)| {
            Some((article, self.claim.statements(article, version).into_iter().find(is_it)?))
        })?;
        let presence = match article.gone {
            Some(_) => Presence::Gone,
            None if self.claim.statements(article, article.latest()).iter().any(is_it) => Presence::There,
            None if self.waits(&[article], is_it) => Presence::Waits,
            None => Presence::Gone,
        };
        Some((found, presence))
    }

    /// Says whether something of a sort waits for a person in the newest versions.
    fn waits(&self, articles: &[&StoredArticle], is_it: impl Fn(&Found) -> bool) -> bool {
        articles.iter().any(|article| self.claim.candidates(article, article.latest()).iter().any(&is_it))
    }

    /// Says whether an outlet carries a denial that may answer the claim and could not be matched to it.
    fn has_unmatched(&self, articles: &[&StoredArticle]) -> bool {
        let newest = articles.iter().flat_map(|article| self.claim.statements(article, article.latest()));
        newest.into_iter().any(|found| self.claim.may_be_answered_by(&found))
    }

    fn why_empty(&self, articles: &[&StoredArticle], marks: &[Mark]) -> Empty {
        if marks.contains(&Mark::Denial) && self.has_unmatched(articles) {
            return Empty::Unmatched;
        }
        if self.waits(articles, |found| marks.contains(&found.mark)) {
            return Empty::Candidate;
        }
        articles.iter().find_map(|article| partial(article.latest())).map_or(Empty::FullText, Empty::Partial)
    }

    /// How long after the claim was first seen anywhere the outlet's first answer was: its denial, else its next best.
    fn answered_after(&self, articles: &[&StoredArticle], answers: &[(Found, Presence)]) -> AnsweredAfter {
        let find = |found: &Found| versions(articles).find(|(a, v)| (a.id, v.number) == (found.article, found.version));
        let Some((article, version)) = answers.first().and_then(|(found, _)| find(found)) else {
            return match self.why_empty(articles, &Mark::ANSWERS) {
                Empty::Unmatched => AnsweredAfter::Unmatched,
                Empty::Candidate => AnsweredAfter::Waiting,
                Empty::FullText | Empty::Partial(_) => AnsweredAfter::NoAnswer,
            };
        };
        let accuses = |article: &StoredArticle, version: &StoredVersion| {
            self.claim.statements(article, version).iter().any(Found::accuses)
        };
        // An answer that came to an outlet that had accused before has a delay that can be measured.
        let accused_before =
            versions(articles).any(|(other, earlier)| earlier.seen.by < version.seen.by && accuses(other, earlier));
        if accuses(article, version) && !accused_before {
            return AnsweredAfter::SameArticle;
        }
        self.after_first_accusation(version.seen)
    }

    /// How long after the claim was first seen something was.
    pub(super) fn after_first_accusation(&self, seen: SeenInterval) -> AnsweredAfter {
        let first = self.first_accusation();
        let waits_before = |(article, version): (&StoredArticle, &StoredVersion)| {
            first.is_none_or(|first| version.seen.by < first.by)
                && self.claim.candidates(article, version).iter().any(Found::accuses)
        };
        if self.scope == Scope::Reviewed && versions(&self.watched()).any(waits_before) {
            return AnsweredAfter::EarlierUnreviewed;
        }
        match first {
            Some(accusation) => AnsweredAfter::Range(Delay::between(accusation, seen)),
            None => AnsweredAfter::NoAccusationSeen,
        }
    }

    /// The articles that were not brought in by hand: those tell nothing about when.
    fn watched(&self) -> Vec<&StoredArticle> {
        self.articles.iter().copied().filter(|article| !article.by_hand).collect()
    }

    /// When the claim was first seen.
    pub(super) fn first_accusation(&self) -> Option<SeenInterval> {
        versions(&self.watched())
            .filter(|(article, version)| self.claim.statements(article, version).iter().any(Found::accuses))
            .map(|(_, version)| version.seen)
            .min_by_key(|seen| seen.by)
    }

    fn origin(&self, articles: &[&StoredArticle]) -> Origin {
        let reprints: Vec<Reprint> = articles.iter().filter_map(|article| self.reprint(article)).collect();
        let telling = reprints.iter().find(|reprint| reprint.cut != CutNote::None).or(reprints.first()).cloned();
        match telling {
            Some(reprint) if reprints.len() == articles.len() => Origin::Reprint(reprint),
            Some(reprint) => Origin::OwnAndReprint(reprint),
            None if self.nobody_was_earlier_than(articles[0]) => Origin::NoEarlierSeen,
            None => Origin::Own,
        }
    }

    fn nobody_was_earlier_than(&self, first: &StoredArticle) -> bool {
        self.articles.iter().all(|other| other.id == first.id || first.seen.by < other.seen.by)
    }

    /// Whose text an article repeats, when it repeats one.
    pub(super) fn reprint(&self, article: &StoredArticle) -> Option<Reprint> {
        let (original, _) = article.reprint_of?;
        let there = self.articles.iter().find(|other| other.id == original);
        Some(Reprint {
            of: there.map(|original| outlet_of(original)),
            article: original,
            order_known: there.is_some_and(|there| article.seen.after.is_some_and(|after| there.seen.by <= after)),
            cut: there.map_or(CutNote::None, |there| self.cut(there, article)),
        })
    }

    fn cut(&self, original: &StoredArticle, reprint: &StoredArticle) -> CutNote {
        let denies = |article: &StoredArticle, version: &StoredVersion| {
            self.claim.statements(article, version).iter().any(|found| found.answers() && found.mark.is_denial())
        };
        if reprint.readings().any(|version| denies(reprint, version)) {
            return CutNote::None;
        }
        let may_deny = |version: &StoredVersion| {
            self.claim.candidates(reprint, version).iter().any(|found| found.answers() && found.mark.is_denial())
        };
        let had: Vec<&StoredVersion> = original.readings().filter(|version| denies(original, version)).collect();
        if had.is_empty() {
            return CutNote::None;
        }
        if reprint.readings().any(may_deny) {
            return CutNote::Waits;
        }
        if partial(reprint.latest()).is_some() {
            return CutNote::TextPartial;
        }
        let before = |version: &&StoredVersion| version.seen.by < reprint.seen.by;
        if had.iter().any(before) { CutNote::DenialCut } else { CutNote::MayPredateDenial }
    }

    fn origins(&self) -> usize {
        let names: BTreeMap<String, String> = self
            .sources
            .iter()
            .flat_map(|source| {
                [fold::text(&source.name), source.id.as_str().to_owned()].map(|n| (n, source.id.to_string()))
            })
            .collect();
        let key = |article: &StoredArticle| match article.latest().article.provider.as_deref().map(fold::text) {
            Some(provider) => names.get(&provider).cloned().unwrap_or(provider),
            None => outlet_of(article),
        };
        let keys: BTreeSet<String> = self
            .articles
            .iter()
            .map(|article| self.first_of(article))
            .map(|end| match end {
                Ok(article) => key(article),
                Err(outside) => outside.to_string(),
            })
            .collect();
        keys.len()
    }

    /// Follows copies to what they copy; an article outside the story is returned by its id.
    fn first_of<'b>(&'b self, article: &'b StoredArticle) -> Result<&'b StoredArticle, ArticleId> {
        let mut at = article;
        // A chain of copies is no longer than the story; the bound keeps a circle in a damaged record from hanging us.
        for _ in 0..self.articles.len() {
            let Some((of, _)) = at.reprint_of else { break };
            at = self.articles.iter().find(|other| other.id == of).ok_or(of)?;
        }
        Ok(at)
    }

    /// Counts the denials of the story that could not be matched to its claim.
    pub(super) fn unmatched_denials(&self) -> usize {
        self.apart().iter().filter(|found| self.claim.may_be_answered_by(found)).count()
    }

    /// What is not in the cells: the other direction and other claims.
    fn apart(&self) -> Vec<Found> {
        let newest = self.articles.iter().flat_map(|article| self.claim.statements(article, article.latest()));
        newest
            .filter(|found| found.bearing != Bearing::Claim)
            .filter(|found| found.mark == Mark::Accusation || found.mark.is_denial())
            .collect()
    }
}

impl Changes {
    fn of(articles: &[&StoredArticle]) -> Self {
        let mut changes =
            Self { gone: articles.iter().filter(|article| article.gone.is_some()).count(), ..Self::default() };
        // What was read from the feed and from the page, and a part and the whole, differ without anybody changing anything.
        let is_other = |pair: &&[StoredVersion]| {
            let by_feed = |version: &StoredVersion| version.article.by == Layer::Feed;
            !pair[1].read_anew
                && by_feed(&pair[0]) == by_feed(&pair[1])
                && pair[0].article.partial.is_some() == pair[1].article.partial.is_some()
        };
        for pair in articles.iter().flat_map(|article| article.versions.windows(2)).filter(is_other) {
            changes.headline += usize::from(pair[0].article.title != pair[1].article.title);
            changes.body += usize::from(pair[0].article.text != pair[1].article.text);
        }
        changes
    }
}

/// Returns the outlet of an article: the source's id, else the host of its address.
pub(super) fn outlet_of(article: &StoredArticle) -> String {
    if let Some(source) = &article.source {
        return source.to_string();
    }
    let url = article.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let host = url.and_then(|rest| rest.split(['/', '?', '#']).next()).filter(|host| !host.is_empty());
    host.unwrap_or("unknown outlet").to_owned()
}

fn versions<'a>(articles: &[&'a StoredArticle]) -> impl Iterator<Item = (&'a StoredArticle, &'a StoredVersion)> {
    articles.iter().flat_map(|article| article.readings().map(move |version| (*article, version)))
}

/// Why a version is not the whole text, when it is not.
fn partial(version: &StoredVersion) -> Option<String> {
    let feed_only = version.article.by == Layer::Feed && version.capture.is_none();
    version.article.partial.clone().or_else(|| feed_only.then(|| "only the feed's own text".to_owned()))
}

fn sentences<'a>(found: impl Iterator<Item = &'a Found>) -> usize {
    found.map(|found| (found.article, found.place, &found.sentence)).collect::<BTreeSet<_>>().len()
}
