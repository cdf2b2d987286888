//! `poll`: takes what is due, reads it, keeps it. A failing source never stops the others.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::schedule::due_at;
use super::{RunError, Stop};
use crate::fetch::Fetcher;
use crate::health::{self, Habit};
use crate::lexicon::Lexicon;
use crate::model::{EntryPoint, FeedSource, Finding, OutcomeKind, PointPast, SourceId, Study};
use crate::store::{PollState, Store};

mod feeds;
mod pages;

/// What to poll, and how.
#[derive(Debug, Clone)]
pub struct PollOptions {
    /// Only these sources; all of them when empty.
    pub sources: Vec<SourceId>,
    /// True to ask at once, whatever our own pauses say.
    pub asked_for: bool,
    /// Hosts asked at the same time; 1 makes the order of everything the same at every run.
    pub concurrency: usize,
}

/// What a poll did.
#[derive(Debug, Clone, Default)]
pub struct PollReport {
    /// One for each source that had something due, in the order of the study.
    pub sources: Vec<SourceReport>,
    /// Entry points that are not due yet.
    pub not_due: usize,
    /// True when nothing answered and every failure may be our own network's.
    pub no_network: bool,
    /// True when a signal or the time limit ended it early; what is left waits for the next poll.
    pub cut_short: bool,
}

/// What a poll did with one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// The source.
    pub source: SourceId,
    /// Entry points that were asked.
    pub asked: usize,
    /// Those that answered with something readable.
    pub answered: usize,
    /// Those that answered "not modified".
    pub not_modified: usize,
    /// What failed, as sentences.
    pub failures: Vec<String>,
    /// What looks wrong although it answered, as sentences.
    pub problems: Vec<String>,
    /// What its past says of those that answered, and of all of them together.
    pub health: Vec<Finding>,
    /// What was left out because it is no news, as sentences.
    pub notes: Vec<String>,
    /// True when an entry point failed that had answered the time before.
    pub newly_failing: bool,
    /// Entries never announced before.
    pub new_entries: usize,
    /// How the pages ended: each in exactly one way.
    pub outcomes: BTreeMap<OutcomeKind, usize>,
    /// New versions of articles that were known.
    pub new_versions: usize,
}

impl SourceReport {
    fn new(source: &SourceId) -> Self {
        Self {
            source: source.clone(),
            asked: 0,
            answered: 0,
            not_modified: 0,
            failures: Vec::new(),
            problems: Vec::new(),
            health: Vec::new(),
            notes: Vec::new(),
            newly_failing: false,
            new_entries: 0,
            outcomes: BTreeMap::new(),
            new_versions: 0,
        }
    }
}

/// What happens during a poll, for whoever shows progress.
#[derive(Debug, Clone, Copy)]
pub enum PollEvent<'a> {
    /// So many entry points are due.
    FeedsDue(usize),
    /// One was asked.
    Feed(&'a SourceId),
    /// So many pages wait.
    PagesDue(usize),
    /// One ended.
    Page(&'a SourceId, OutcomeKind),
}

/// What a poll works with; nothing of it changes meanwhile.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// What is watched.
    pub study: &'a Study,
    /// How it is fetched.
    pub fetcher: &'a Fetcher,
    /// The words.
    pub lexicon: &'a Arc<Lexicon>,
    /// The wish to stop.
    pub stop: &'a Stop,
}

/// An entry point that is due.
struct Due<'a> {
    source: &'a FeedSource,
    entry_point: &'a EntryPoint,
    state: PollState,
    /// Looked up only where it says how long an entry point may be called unchanged.
    habit: Option<Habit>,
}

/// Returns the sources and addresses that a poll would ask now, without asking. Without a record everything is due.
///
/// # Errors
/// When the record cannot be read.
pub fn plan(
    study: &Study,
    store: Option<&Store>,
    options: &PollOptions,
    now: Timestamp,
) -> Result<Vec<(SourceId, String)>, RunError> {
    let due = due(study, store, options, now)?.0;
    Ok(due.into_iter().map(|due| (due.source.id.clone(), due.entry_point.url.clone())).collect())
}

/// Polls what is due.
///
/// # Errors
/// When the record cannot be read or written. A source that fails is a line in the report.
pub async fn run(
    parts: &Parts<'_>,
    store: &mut Store,
    options: &PollOptions,
    observe: &mut dyn FnMut(PollEvent<'_>),
) -> Result<PollReport, RunError> {
    let now = parts.fetcher.clock().now();
    let (due, not_due) = due(parts.study, Some(store), options, now)?;
    let mut reports = Reports::default();
    observe(PollEvent::FeedsDue(due.len()));
    let no_network = feeds::look_at_feeds(parts, store, due, options, &mut reports, observe).await?;
    if !no_network {
        judge_health(parts.study, store, now, &mut reports)?;
        pages::look_at_pages(parts, store, options, &mut reports, observe).await?;
    }
    let sources = parts.study.sources.iter().filter_map(|source| reports.0.remove(&source.id)).collect();
    Ok(PollReport { sources, not_due, no_network, cut_short: parts.stop.is_due(parts.fetcher.clock()) })
}

/// A report for each source that had something to do.
#[derive(Default)]
struct Reports(BTreeMap<SourceId, SourceReport>);

impl Reports {
    fn of(&mut self, source: &SourceId) -> &mut SourceReport {
        self.0.entry(source.clone()).or_insert_with(|| SourceReport::new(source))
    }
}

fn due<'a>(
    study: &'a Study,
    store: Option<&Store>,
    options: &PollOptions,
    now: Timestamp,
) -> Result<(Vec<Due<'a>>, usize), RunError> {
    let mut due = Vec::new();
    let mut not_due = 0;
    let mut asked = HashSet::new();
    for source in wanted(study, options) {
        for entry_point in &source.entry_points {
            let known = store.map(|store| store.poll_state(&entry_point.url)).transpose()?;
            let state = known.flatten().unwrap_or_default();
            if due_at(&state, options.asked_for) > now {
                not_due += 1;
            } else if asked.insert(&entry_point.url) {
                let habit = match (store, state.unmodified_since) {
                    (Some(store), Some(_)) => Habit::of(&store.point_past(&source.id, &entry_point.url, now)?),
                    _ => None,
                };
                due.push(Due { source, entry_point, state, habit });
            }
        }
    }
    Ok((due, not_due))
}

/// The enabled sources, or the ones that were named.
fn wanted<'a>(study: &'a Study, options: &PollOptions) -> impl Iterator<Item = &'a FeedSource> {
    let named = options.sources.clone();
    study
        .sources
        .iter()
        .filter(move |source| if named.is_empty() { source.enabled } else { named.contains(&source.id) })
}

/// Adds what the past of each source that answered says of it, when all of its answers are in.
fn judge_health(study: &Study, store: &Store, since: Timestamp, reports: &mut Reports) -> Result<(), RunError> {
    for source in &study.sources {
        let Some(report) = reports.0.get_mut(&source.id).filter(|report| report.answered + report.not_modified > 0)
        else {
            continue;
        };
        let points = source.entry_points.iter().map(|point| store.point_past(&source.id, &point.url, Timestamp::MAX));
        let points: Vec<PointPast> = points.collect::<Result<_, _>>()?;
        // What was said of an entry point at an earlier poll is not said again before it is looked at again.
        let is_of_now = |url: &str| {
            let point = points.iter().find(|point| point.entry_point == url);
            point.and_then(PointPast::last_look).is_some_and(|last| last >= since)
        };
        report.health = health::of_source(&points);
        report.health.retain(|finding| finding.entry_point.as_deref().is_none_or(is_of_now));
    }
    Ok(())
}
