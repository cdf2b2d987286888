//! The digest: one page on a window of time. Fixed order; the same input gives the same bytes.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::claim::{Claim, Found};
use super::delay::AnsweredAfter;
use super::matrix::{Reprint, StoryView, outlet_of};
use super::review::{Scope, Tally};
use super::silence::troubles;
use crate::model::{
    ArticleId, Change, ErrorRates, FeedSource, Finding, FindingKind, OutcomeKind, ReprintKind, SeenInterval, SourceId,
    StoredArticle, Story, StoryId, WatchRecord,
};

/// How many stories stand at the top of the page.
const TOP_STORIES: usize = 3;
/// The outlet's own past that its numbers are held against.
const HISTORY_DAYS: u32 = 28;

/// Everything a digest is made from.
#[derive(Debug, Clone)]
pub struct DigestInput {
    /// From (inclusive) to (exclusive).
    pub window: (Timestamp, Timestamp),
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// The command that makes the same digest again.
    pub command: String,
    /// The sources of the study.
    pub sources: Vec<FeedSource>,
    /// How each was watched in the window.
    pub watch: Vec<WatchRecord>,
    /// How pages ended in the window.
    pub outcomes: Vec<OutcomeCount>,
    /// The stories that have an article here.
    pub stories: Vec<Story>,
    /// All articles of those stories, also those from before the window.
    pub articles: Vec<StoredArticle>,
    /// What changed in the window.
    pub changes: Vec<Change>,
    /// On-topic articles of each source in the 28 days before the window.
    pub history: Vec<OutletHistory>,
    /// What is known of the rules' errors; `None` when nobody has measured them.
    pub error_rates: Option<ErrorRates>,
    /// Whose word the lines rest on.
    pub scope: Scope,
}

/// How often pages ended in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The way.
    pub kind: OutcomeKind,
    /// How often.
    pub count: u64,
}

/// A source's own past, for its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletHistory {
    /// The source.
    pub source: SourceId,
    /// Days of the 28 before the window on which it was looked at.
    pub days: u32,
    /// On-topic articles first seen on those days.
    pub on_topic: u32,
}

/// One digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// From (inclusive) to (exclusive).
    pub window: (Timestamp, Timestamp),
    /// What was looked at.
    pub coverage: Coverage,
    /// Whose word the lines rest on.
    pub scope: Scope,
    /// How many statements of its stories a person accepted and how many nobody has reviewed, whatever the scope.
    pub tally: Tally,
    /// At most three stories, by outlets and then articles in the window.
    pub top: Vec<TopStory>,
    /// Accusations first seen in the window, one a story and speaker.
    pub accusations: Vec<NewAccusation>,
    /// Answers first seen in the window, one a story, speaker and kind.
    pub denials: Vec<NewDenial>,
    /// Accusations without any answer so far.
    pub open: Vec<OpenAccusation>,
    /// What changed or is gone.
    pub changed: Vec<Change>,
    /// Copies first seen in the window.
    pub reprints: Vec<ReprintLine>,
    /// Each outlet against its own past.
    pub numbers: Vec<OutletNumbers>,
    /// Sources that need attention.
    pub health: Vec<SourceHealth>,
    /// What is known of the rules' errors.
    pub error_rates: Option<ErrorRates>,
    /// The command that makes the same digest again.
    pub command: String,
}

/// What was looked at in the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Sources that were asked.
    pub polled: usize,
    /// Watched sources that were not.
    pub not_polled: Vec<SourceId>,
    /// Looks at entry points.
    pub looks: u32,
    /// Looks that failed.
    pub failed: u32,
    /// How pages ended.
    pub outcomes: Vec<OutcomeCount>,
}

/// A story that many outlets carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopStory {
    /// The story.
    pub story: StoryId,
    /// Its name.
    pub name: String,
    /// Who accuses whom.
    pub claim: Claim,
    /// Outlets with an article first seen in the window.
    pub outlets: usize,
    /// Such articles.
    pub articles: usize,
}

/// An accusation that is new.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAccusation {
    /// The story.
    pub story: StoryId,
    /// Where it was first seen.
    pub found: Found,
    /// The outlet.
    pub outlet: String,
    /// When.
    pub seen: SeenInterval,
}

/// An answer that is new.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDenial {
    /// The story.
    pub story: StoryId,
    /// Where it was first seen.
    pub found: Found,
    /// The outlet.
    pub outlet: String,
    /// When.
    pub seen: SeenInterval,
    /// How long after the story's first accusation.
    pub after: AnsweredAfter,
}

/// An accusation that nobody was seen to answer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAccusation {
    /// The story.
    pub story: StoryId,
    /// Its name.
    pub name: String,
    /// Who accuses whom.
    pub claim: Claim,
    /// When it was first seen.
    pub since: SeenInterval,
    /// Outlets that carry it.
    pub outlets: usize,
    /// Statements that may answer it and wait for a person.
    pub waiting: usize,
    /// Denials in the story that could not be matched to it.
    pub unmatched: usize,
}

/// A copy and what it cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReprintLine {
    /// The story.
    pub story: StoryId,
    /// The outlet that copies.
    pub outlet: String,
    /// Its article.
    pub article: ArticleId,
    /// Its headline.
    pub title: String,
    /// How.
    pub kind: ReprintKind,
    /// Whose text it is, and what became of the denial.
    pub reprint: Reprint,
}

/// An outlet's on-topic articles against its own past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletNumbers {
    /// The source.
    pub source: SourceId,
    /// On-topic articles first seen in the window.
    pub now: usize,
    /// Articles and days of its past; `None` when it was not watched for all 28 days.
    pub before: Option<(u32, u32)>,
}

/// A source that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceHealth {
    /// The source.
    pub source: SourceId,
    /// What is wrong, as clauses.
    pub problems: Vec<String>,
    /// What its past says of it as of its last look, which the problems tell too.
    pub findings: Vec<Finding>,
}

/// Makes the digest of a window.
pub fn digest(input: &DigestInput) -> Digest {
    let tally = Tally::of(&input.articles);
    let articles = &*input.scope.of(&input.articles);
    let views = views(input, articles);
    let in_window = Window(input.window.0, input.window.1);
    Digest {
        window: input.window,
        coverage: coverage(input),
        scope: input.scope,
        tally,
        top: top(&views, in_window),
        accusations: views.iter().flat_map(|view| new_accusations(view, in_window)).collect(),
        denials: views.iter().flat_map(|view| new_denials(view, in_window)).collect(),
        open: views.iter().filter_map(open).collect(),
        changed: changed(input, in_window),
        reprints: views.iter().flat_map(|view| reprints(view, in_window)).collect(),
        numbers: numbers(input, in_window),
        health: health(input),
        error_rates: input.error_rates.clone(),
        command: input.command.clone(),
    }
}

#[derive(Clone, Copy)]
struct Window(Timestamp, Timestamp);

impl Window {
    fn has(self, seen: SeenInterval) -> bool {
        self.0 <= seen.by && seen.by < self.1
    }
}

struct Told<'a> {
    story: &'a Story,
    view: StoryView<'a>,
}

fn views<'a>(input: &'a DigestInput, all: &'a [StoredArticle]) -> Vec<Told<'a>> {
    let mut stories: Vec<&Story> = input.stories.iter().collect();
    stories.sort_by_key(|story| story.id);
    let told = stories.into_iter().map(|story| {
        let mut articles: Vec<&StoredArticle> = all.iter().filter(|article| article.story == Some(story.id)).collect();
        articles.sort_by_key(|article| (article.seen.by, article.id));
        Told {
            story,
            view: StoryView { claim: Claim::of(&articles), articles, sources: &input.sources, scope: input.scope },
        }
    });
    told.collect()
}

fn coverage(input: &DigestInput) -> Coverage {
    let looked: Vec<&WatchRecord> = input.watch.iter().filter(|watch| watch.looks > 0).collect();
    let asked: BTreeSet<&SourceId> = looked.iter().map(|watch| &watch.source).collect();
    let not_polled = input.sources.iter().filter(|source| source.enabled && !asked.contains(&source.id));
    let mut outcomes = input.outcomes.clone();
    outcomes.sort_by_key(|count| count.kind);
    Coverage {
        polled: asked.len(),
        not_polled: not_polled.map(|source| source.id.clone()).collect(),
        looks: looked.iter().map(|watch| watch.looks).sum(),
        failed: looked.iter().map(|watch| watch.looks.saturating_sub(watch.answered)).sum(),
        outcomes,
    }
}

fn top(stories: &[Told<'_>], window: Window) -> Vec<TopStory> {
    let mut top: Vec<TopStory> = stories
        .iter()
        .map(|told| {
            let new: Vec<_> = told.view.articles.iter().filter(|article| window.has(article.seen)).collect();
            TopStory {
                story: told.story.id,
                name: told.story.name.clone(),
                claim: told.view.claim.clone(),
                outlets: new.iter().map(|article| outlet_of(article)).collect::<BTreeSet<_>>().len(),
                articles: new.len(),
            }
        })
        .filter(|story| story.articles > 0)
        .collect();
    top.sort_by_key(|story| (usize::MAX - story.outlets, usize::MAX - story.articles, story.story));
    top.truncate(TOP_STORIES);
    top
}

/// Every counted statement of all versions, the earliest seen first, with the version's interval and its article.
fn told_in_order<'a>(told: &'a Told<'_>) -> Vec<(Found, SeenInterval, &'a StoredArticle)> {
    let mut all = Vec::new();
    for article in &told.view.articles {
        for version in article.readings() {
            let found = told.view.claim.statements(article, version);
            all.extend(found.into_iter().map(|found| (found, version.seen, *article)));
        }
    }
    all.sort_by_key(|(found, seen, article)| (seen.by, article.id, found.version, found.statement));
    all
}

fn speaker_key(found: &Found) -> String {
    found.speaker_id.clone().or_else(|| found.speaker.as_deref().map(crate::fold::text)).unwrap_or_default()
}

fn new_accusations(told: &Told<'_>, window: Window) -> Vec<NewAccusation> {
    let mut met = BTreeSet::new();
    let first = told_in_order(told).into_iter().filter(|(found, ..)| found.accuses() && met.insert(speaker_key(found)));
    first
        .filter(|(_, seen, _)| window.has(*seen))
        .map(|(found, seen, article)| NewAccusation { story: told.story.id, found, outlet: outlet_of(article), seen })
        .collect()
}

fn new_denials(told: &Told<'_>, window: Window) -> Vec<NewDenial> {
    let mut met = BTreeSet::new();
    let accused = told.view.first_accusation();
    told_in_order(told)
        .into_iter()
        .filter(|(found, ..)| found.answers() && met.insert((found.mark, speaker_key(found))))
        .filter(|(_, seen, _)| window.has(*seen))
        .map(|(found, seen, article)| {
            let after = match accused {
                Some(accused) if accused == seen && accused_in(told, article, found.version) => {
                    AnsweredAfter::SameArticle
                }
                _ => told.view.after_first_accusation(seen),
            };
            NewDenial { story: told.story.id, found, outlet: outlet_of(article), seen, after }
        })
        .collect()
}

fn accused_in(told: &Told<'_>, article: &StoredArticle, number: u32) -> bool {
    let version = article.versions.iter().find(|version| version.number == number);
    version.is_some_and(|version| told.view.claim.statements(article, version).iter().any(Found::accuses))
}

fn open(told: &Told<'_>) -> Option<OpenAccusation> {
    let all = told_in_order(told);
    if all.iter().any(|(found, ..)| found.answers()) {
        return None;
    }
    let accusing: Vec<_> = all.iter().filter(|(found, ..)| found.accuses()).collect();
    let newest = told.view.articles.iter().flat_map(|article| told.view.claim.candidates(article, article.latest()));
    Some(OpenAccusation {
        story: told.story.id,
        name: told.story.name.clone(),
        claim: told.view.claim.clone(),
        since: accusing.first()?.1,
        outlets: accusing.iter().map(|(_, _, article)| outlet_of(article)).collect::<BTreeSet<_>>().len(),
        waiting: newest.filter(Found::answers).count(),
        unmatched: told.view.unmatched_denials(),
    })
}

fn changed(input: &DigestInput, window: Window) -> Vec<Change> {
    let mut changed: Vec<Change> = input.changes.iter().filter(|change| window.has(change.seen)).cloned().collect();
    changed.sort_by_key(|change| (change.seen.by, change.article, change.kind));
    changed
}

fn reprints(told: &Told<'_>, window: Window) -> Vec<ReprintLine> {
    let new = told.view.articles.iter().filter(|article| window.has(article.seen));
    new.filter_map(|article| {
        let (_, kind) = article.reprint_of?;
        Some(ReprintLine {
            story: told.story.id,
            outlet: outlet_of(article),
            article: article.id,
            title: article.latest().article.title.clone(),
            kind,
            reprint: told.view.reprint(article)?,
        })
    })
    .collect()
}

fn numbers(input: &DigestInput, window: Window) -> Vec<OutletNumbers> {
    let watched = input.sources.iter().filter(|source| source.enabled);
    watched
        .map(|source| {
            let new = input.articles.iter().filter(|article| {
                article.source.as_ref() == Some(&source.id) && !article.by_hand && window.has(article.seen)
            });
            let past = input.history.iter().find(|history| history.source == source.id);
            OutletNumbers {
                source: source.id.clone(),
                now: new.count(),
                before: past.filter(|past| past.days >= HISTORY_DAYS).map(|past| (past.on_topic, past.days)),
            }
        })
        .filter(|numbers| numbers.now > 0 || numbers.before.is_some_and(|(articles, _)| articles > 0))
        .collect()
}

fn health(input: &DigestInput) -> Vec<SourceHealth> {
    let watched = input.sources.iter().filter(|source| source.enabled);
    watched
        .map(|source| {
            let watch = input.watch.iter().find(|watch| watch.source == source.id);
            let findings = watch.map(|watch| watch.health.clone()).unwrap_or_default();
            SourceHealth { source: source.id.clone(), problems: problems(source, watch), findings }
        })
        .filter(|health| !health.problems.is_empty())
        .collect()
}

fn problems(source: &FeedSource, watch: Option<&WatchRecord>) -> Vec<String> {
    match watch.filter(|watch| watch.looks > 0) {
        Some(watch) => {
            let mut problems = troubles(source, watch);
            // What was missed is among the troubles, counted look by look, and so is what casts doubt on now.
            let is_told = |kind: FindingKind| kind.casts_doubt() || kind == FindingKind::NothingKnown;
            problems.extend(watch.health.iter().filter(|finding| !is_told(finding.kind)).map(Finding::line));
            problems
        }
        None => vec!["not polled".to_owned()],
    }
}
