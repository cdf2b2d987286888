//! `poll`: takes what is due, reads it, keeps it. A failing source never stops the others.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::Timestamp;

use super::check::NO_ITEMS;
use super::page::{self, PageJob};
use super::schedule::{due_at, interval_after, may_look_again, trusts_validators};
use super::sitemaps::{self, Joined, Knowledge, Part};
use super::validators::{self, Doubt};
use super::{Context, Outlet, RunError, Stop};
use crate::extract::Recurring;
use crate::feed::{self, Since};
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::health::{self, Habit};
use crate::lexicon::Lexicon;
use crate::model::{
    EntryPoint, EntryPointKind, FeedKind, FeedReading, FeedSource, Finding, OutcomeKind, OwnerKind, PointPast,
    SourceId, Study, newest_dated,
};
use crate::store::{FeedKeep, FetchLog, FetchOutcome, FetchPurpose, PartKeep, PendingEntry, PollState, Store};

/// Looks at one page before it is left unread.
const MOST_TRIES: u32 = 3;
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

/// An entry point that was asked.
struct Look<'a> {
    due: Due<'a>,
    started: Timestamp,
    asked: Asked,
    result: Result<Answer, FetchError>,
    /// What was read of the answer, when it has a body.
    read: Option<FeedRead>,
}

/// How it was asked.
struct Asked {
    /// True when no validators were sent.
    unconditionally: bool,
    /// What became of those of before, when the answer gave reason to doubt them.
    doubt: Option<Doubt>,
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
    let no_network = look_at_feeds(parts, store, due, options, &mut reports, observe).await?;
    if !no_network {
        judge_health(parts.study, store, now, &mut reports)?;
        look_at_pages(parts, store, options, &mut reports, observe).await?;
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

/// Asks the entry points that are due; returns true when it looks as if our own network were down.
async fn look_at_feeds(
    parts: &Parts<'_>,
    store: &mut Store,
    due: Vec<Due<'_>>,
    options: &PollOptions,
    reports: &mut Reports,
    observe: &mut dyn FnMut(PollEvent<'_>),
) -> Result<bool, RunError> {
    let Parts { fetcher, stop, .. } = *parts;
    let mut failed = Vec::new();
    let mut any_answer = false;
    let states: HashMap<String, PollState> = store.poll_states()?.into_iter().collect();
    let states = &states;
    let mut looks = stream::iter(due)
        .map(|due| async move {
            if stop.is_due(fetcher.clock()) {
                return None;
            }
            let started = fetcher.clock().now();
            let is_trusted = trusts_validators(&due.state, due.habit.as_ref(), started);
            let validators = if is_trusted { validators::held(&due.state) } else { Validators::default() };
            let asked = fetcher.get(&due.entry_point.url, Purpose::Feed, &validators);
            let result = tokio::select! {
                result = asked => result,
                () = stop.wished() => return None,
            };
            let unconditionally = validators == Validators::default();
            let doubt = match &result {
                Ok(answer) if unconditionally => tokio::select! {
                    doubt = validators::doubt(fetcher, &due.source.id, &due.entry_point.url, &due.state, answer) => doubt,
                    () = stop.wished() => return None,
                },
                _ => None,
            };
            let read = match &result {
                Ok(answer) if !answer.is_not_modified() => {
                    let since = Since::last_answer(due.state.last_answer, answer.finished);
                    let known = Knowledge { since, states, zone: &due.source.zone };
                    Some(read_feed(fetcher, answer, &due, known, stop).await?)
                }
                _ => None,
            };
            Some(Look { due, started, asked: Asked { unconditionally, doubt }, result, read })
        })
        .buffer_unordered(options.concurrency.max(1));
    while let Some(look) = looks.next().await {
        let Some(Look { due, started, asked, result, read }) = look else { continue };
        let report = reports.of(&due.source.id);
        report.asked += 1;
        observe(PollEvent::Feed(&due.source.id));
        match result {
            Ok(answer) => {
                any_answer = true;
                keep_feed(store, &due, &asked, answer, read, states, report)?;
            }
            Err(error) => {
                any_answer |= !error.may_be_our_network();
                failed.push((due, started, fetcher.clock().now(), error));
            }
        }
    }
    drop(looks);

    // A dead network is not a dead feed: when nothing at all answered, no streak is touched.
    let no_network = !any_answer && !failed.is_empty();
    for (due, started, finished, error) in failed {
        let report = reports.of(&due.source.id);
        let log = feed_log(&due, started, finished, &error.to_string());
        report.failures.push(format!("{}: {error}", due.entry_point.url));
        if no_network {
            store.log_fetch(&log)?;
            continue;
        }
        report.newly_failing |= due.state.failures == 0 && due.state.last_answer.is_some();
        store.fail_feed(&log, &state_after_failure(&due.state, finished, &error))?;
    }
    Ok(no_network)
}

fn feed_log(due: &Due<'_>, started: Timestamp, finished: Timestamp, failure: &str) -> FetchLog {
    FetchLog {
        source: Some(due.source.id.clone()),
        failure: Some(failure.to_owned()),
        ..FetchLog::new(&due.entry_point.url, FetchPurpose::Feed, started, finished)
    }
}

fn state_after_failure(state: &PollState, at: Timestamp, error: &FetchError) -> PollState {
    PollState {
        last_attempt: Some(at),
        failures: state.failures.saturating_add(1),
        not_before: error.retry_after(),
        last_problem: Some(error.to_string()),
        ..state.clone()
    }
}

/// What one answer of an entry point gave.
struct FeedRead {
    reading: FeedReading,
    /// The sitemaps that were looked at with it.
    parts: Vec<Part>,
    /// How many entries it announced; `None` where that says nothing.
    items: Option<usize>,
    /// The date of the newest of them.
    newest: Option<Timestamp>,
    /// What was left out because it is no news.
    note: Option<String>,
}

/// Reads an answer, the sitemaps with it where it is an index, and takes what is news of them; `None` when the run is to stop.
async fn read_feed(
    fetcher: &Fetcher,
    answer: &Answer,
    due: &Due<'_>,
    known: Knowledge<'_>,
    stop: &Stop,
) -> Option<FeedRead> {
    let at = fetcher.clock().now();
    let reading = sitemaps::read(answer.clone(), due.entry_point.kind.clone(), due.source.zone.clone(), at).await;
    let Joined { mut reading, parts } = match reading.sitemaps.is_empty() {
        true => Joined { reading, parts: Vec::new() },
        false => sitemaps::follow(fetcher, answer, reading, known, stop).await?,
    };
    // How many the sitemaps of an index hold depends on which of them changed.
    let items = reading.sitemaps.is_empty().then_some(reading.entries.len());
    let newest = newest_dated(&reading.entries, at);
    let mut note = None;
    if matches!(due.entry_point.kind, EntryPointKind::Sitemap) || reading.kind == FeedKind::Sitemap {
        let recent = feed::recent_entries(std::mem::take(&mut reading.entries), known.since);
        note = recent.note();
        reading.repairs.extend(note.clone());
        reading.problems.extend(recent.problems);
        reading.entries = recent.entries;
    }
    Some(FeedRead { reading, parts, items, newest, note })
}

/// A look at a sitemap of an index, as the record keeps it.
fn part_keep(source: &SourceId, known: Option<&PollState>, part: Part) -> PartKeep {
    let before = known.cloned().unwrap_or_default();
    let log = FetchLog {
        source: Some(source.clone()),
        ..FetchLog::new(&part.url, FetchPurpose::Part, part.started, part.finished)
    };
    let answer = match part.result {
        Ok(answer) => answer,
        Err(error) => {
            let state = state_after_failure(&before, part.finished, &error);
            let log = FetchLog { failure: Some(error.to_string()), ..log };
            return PartKeep { log, headers: Vec::new(), body: None, state };
        }
    };
    let is_readable = part.reading.as_ref().is_none_or(|reading| reading.kind != FeedKind::Unknown);
    let is_whole = is_readable && part.reading.as_ref().is_none_or(|reading| !reading.is_cut);
    let problems = part.reading.as_ref().map(|reading| reading.problems.clone()).unwrap_or_default();
    let unconditional = part.sent == Validators::default();
    let state = PollState {
        // What cannot be read to its end is asked for again.
        etag: answer.validators.etag.clone().or(before.etag.clone()).filter(|_| is_whole),
        last_modified: answer.validators.last_modified.clone().or(before.last_modified.clone()).filter(|_| is_whole),
        body_sha256: part.reading.as_ref().map(|_| validators::sha256(&answer.body)).or(before.body_sha256.clone()),
        last_attempt: Some(part.finished),
        last_answer: if is_whole { Some(part.finished) } else { before.last_answer },
        failures: if is_readable { 0 } else { before.failures.saturating_add(1) },
        not_before: None,
        last_problem: problems.first().cloned(),
        newest_item: part.newest.or(before.newest_item),
        unconditional_at: if unconditional { Some(part.finished) } else { before.unconditional_at },
        unmodified_since: if part.reading.is_some() { None } else { before.unmodified_since.or(Some(part.finished)) },
        ..before
    };
    let log = FetchLog {
        outcome: match &part.reading {
            None => FetchOutcome::NotModified,
            Some(_) if is_readable => FetchOutcome::Answered,
            Some(_) => FetchOutcome::Failed,
        },
        status: Some(answer.status),
        bytes: answer.body.len() as u64,
        failure: problems.first().filter(|_| !is_readable).cloned(),
        final_url: Some(answer.url),
        feed_kind: part.reading.as_ref().map(|reading| reading.kind),
        repairs: part.reading.as_ref().map(|reading| reading.repairs.clone()).unwrap_or_default(),
        items: part.reading.as_ref().and(u32::try_from(part.items).ok()),
        problems,
        ..log
    };
    PartKeep { log, headers: answer.headers, body: part.reading.map(|_| answer.body), state }
}

fn keep_feed(
    store: &mut Store,
    due: &Due<'_>,
    asked: &Asked,
    answer: Answer,
    read: Option<FeedRead>,
    states: &HashMap<String, PollState>,
    report: &mut SourceReport,
) -> Result<(), RunError> {
    if let Some(log) = asked.doubt.as_ref().and_then(|doubt| doubt.log.as_ref()) {
        store.log_fetch(log)?;
    }
    let answered_at = PollState {
        last_attempt: Some(answer.finished),
        last_answer: Some(answer.finished),
        failures: 0,
        not_before: asked.doubt.as_ref().and_then(|doubt| doubt.not_before),
        unconditional_at: if asked.unconditionally { Some(answer.finished) } else { due.state.unconditional_at },
        ..due.state.clone()
    };
    let Some(FeedRead { reading, parts, items, newest, note }) = read else {
        report.not_modified += 1;
        // A 304 may bring new validators, and what it leaves out stays as it was (RFC 9110, 15.4.5).
        let state = PollState {
            etag: answer.validators.etag.clone().or(answered_at.etag),
            last_modified: answer.validators.last_modified.clone().or(answered_at.last_modified),
            unmodified_since: due.state.unmodified_since.or(Some(answer.finished)),
            interval: interval_after(due.state.interval, None),
            ..answered_at
        };
        store.keep_feed(&feed_keep(due, answer, None, state))?;
        return Ok(());
    };
    // A listing without an item is a page that was made anew, and all that it will bring is missed.
    let unreadable = reading.entries.is_empty() && matches!(reading.kind, FeedKind::Unknown | FeedKind::Listing);
    if unreadable {
        let why = reading.problems.first().map_or("it is not a feed", String::as_str);
        report.failures.push(format!("{}: {why}", due.entry_point.url));
        report.newly_failing |= due.state.failures == 0 && due.state.last_answer.is_some();
        let log = FetchLog {
            status: Some(answer.status),
            bytes: answer.body.len() as u64,
            final_url: Some(answer.url),
            feed_kind: Some(reading.kind),
            repairs: reading.repairs.clone(),
            problems: reading.problems.clone(),
            ..feed_log(due, answer.started, answer.finished, why)
        };
        let state = PollState {
            last_attempt: Some(answer.finished),
            failures: due.state.failures.saturating_add(1),
            last_problem: Some(why.to_owned()),
            ..due.state.clone()
        };
        store.fail_feed(&log, &state)?;
        return Ok(());
    }
    report.answered += 1;
    let has_answered = |url: &String| states.get(url).is_some_and(|state| state.last_answer.is_some());
    let leads_nowhere = !reading.sitemaps.is_empty()
        && parts.iter().all(|part| part.items == 0)
        && !reading.sitemaps.iter().any(|named| named.url != due.entry_point.url && has_answered(&named.url));
    let empty = (items == Some(0) || leads_nowhere).then(|| NO_ITEMS.to_owned());
    let problems: Vec<String> = reading.problems.iter().cloned().chain(empty).collect();
    report.problems.extend(problems.iter().map(|problem| format!("{}: {problem}", due.entry_point.url)));
    report.notes.extend(note.map(|note| format!("{}: {note}", due.entry_point.url)));
    let overlap = store.overlap(&due.source.id, &due.entry_point.url, &reading)?;
    // Of an index only what changed is read, and the rest stays where it is: nothing rolls off, and it is always asked for
    // whole, since its sitemaps change while it does not.
    let is_index = !reading.sitemaps.is_empty();
    let is_held = !is_index && !reading.is_cut;
    let held = if is_held { answer.validators.clone() } else { Validators::default() };
    // A body that says when it was made is another at every look; it takes another item to prove a server wrong.
    let are_false = asked.doubt.as_ref().is_some_and(|doubt| doubt.called_unchanged);
    let false_validators = are_false && health::known_again(&overlap) < overlap.items;
    let state = PollState {
        etag: held.etag,
        last_modified: held.last_modified,
        body_sha256: Some(validators::sha256(&answer.body)),
        last_problem: problems.first().cloned(),
        newest_item: newest.or(due.state.newest_item),
        unmodified_since: None,
        false_validators_at: if false_validators { Some(answer.finished) } else { due.state.false_validators_at },
        interval: if is_index { due.state.interval } else { interval_after(due.state.interval, Some(&overlap)) },
        ..answered_at
    };
    let parts = parts.into_iter().map(|part| part_keep(&due.source.id, states.get(&part.url), part)).collect();
    let keep = FeedKeep {
        items,
        parts,
        known_items: u32::try_from(overlap.known).ok().filter(|_| !is_index),
        may_have_missed: (!is_index).then(|| health::may_have_missed(&overlap)),
        false_validators,
        ..feed_keep(due, answer, Some(reading), state)
    };
    let kept = store.keep_feed(&keep)?;
    report.new_entries += kept.new.len();
    Ok(())
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

fn feed_keep(due: &Due<'_>, answer: Answer, reading: Option<FeedReading>, state: PollState) -> FeedKeep {
    FeedKeep {
        source: due.source.id.clone(),
        entry_point: due.entry_point.url.clone(),
        final_url: Some(answer.url),
        started: answer.started,
        finished: answer.finished,
        status: answer.status,
        headers: answer.headers,
        body: reading.is_some().then_some(answer.body),
        reading,
        known_items: None,
        may_have_missed: None,
        false_validators: false,
        items: None,
        parts: Vec::new(),
        state,
    }
}

async fn look_at_pages(
    parts: &Parts<'_>,
    store: &mut Store,
    options: &PollOptions,
    reports: &mut Reports,
    observe: &mut dyn FnMut(PollEvent<'_>),
) -> Result<(), RunError> {
    let Parts { study, fetcher, lexicon, stop } = *parts;
    let now = fetcher.clock().now();
    let wanted: BTreeMap<&SourceId, &FeedSource> = wanted(study, options).map(|source| (&source.id, source)).collect();
    let mut hosts: BTreeMap<(u8, SourceId, String), Vec<PageJob>> = BTreeMap::new();
    let mut pages = 0;
    // Learned from what was kept before this run, so that the order of its pages makes no difference.
    let mut learned: BTreeMap<SourceId, Arc<Recurring>> = BTreeMap::new();
    let watched: Vec<&SourceId> =
        study.sources.iter().filter(|source| source.enabled).map(|source| &source.id).collect();
    store.hand_over(&watched)?;
    for pending in store.pending(now, MOST_TRIES)? {
        let Some(source) = wanted.get(&pending.source).filter(|_| may_look_again(&pending, now)) else { continue };
        let recurring = match (pending.article, learned.get(&source.id)) {
            (None, Some(learned)) => Arc::clone(learned),
            (article, _) => page::recurring(store, Some(&source.id), article)?,
        };
        if pending.article.is_none() {
            learned.entry(source.id.clone()).or_insert_with(|| Arc::clone(&recurring));
        }
        let host = (turn(source), source.id.clone(), host_of(&pending));
        hosts.entry(host).or_default().push(job(source, pending, recurring));
        pages += 1;
    }
    observe(PollEvent::PagesDue(pages));

    let mut context = Context::load(store, lexicon, now)?;
    // A stream a host: pages of one are looked at one after the other, and a slow host holds up none but itself.
    let one_host = |jobs| {
        let looks = stream::iter(jobs).then(move |job| page::look_at(fetcher, lexicon, job, stop));
        Box::pin(looks.filter_map(std::future::ready))
    };
    let hosts = in_turn(hosts).into_iter().map(one_host);
    let mut looks = stream::iter(hosts).flatten_unordered(options.concurrency.max(1));
    while let Some(looked) = looks.next().await {
        let Some(source) = looked.job.source.clone() else { continue };
        let known = looked.job.article.is_some();
        let page::PageEnd { kind, kept, turns, new_turns, .. } = page::keep(store, &mut context, looked)?;
        let report = reports.of(&source);
        for kind in std::iter::once(kind).chain(turns) {
            *report.outcomes.entry(kind).or_default() += 1;
        }
        report.new_entries += new_turns;
        report.new_versions += usize::from(known && kept.new_version);
        observe(PollEvent::Page(&source, kind));
    }
    Ok(())
}

/// Puts hosts in order: each source's first before any source's second, so that one that links to many slow ones keeps no other
/// waiting. Those that several sources link to are one host.
fn in_turn(hosts: BTreeMap<(u8, SourceId, String), Vec<PageJob>>) -> Vec<Vec<PageJob>> {
    let mut taken: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut all: BTreeMap<String, ((u8, usize), Vec<PageJob>)> = BTreeMap::new();
    for ((turn, source, host), jobs) in hosts {
        let rank = taken.entry(source).or_default();
        let (first, together) = all.entry(host).or_insert(((turn, *rank), Vec::new()));
        *first = (turn, *rank).min(*first);
        together.extend(jobs);
        *rank += 1;
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|(turn, _)| *turn);
    all.into_iter().map(|(_, jobs)| jobs).collect()
}

/// Whose pages are looked at first: agencies before those who print them, republishers last, so that an agency's own
/// text is in the record when its copies come.
fn turn(source: &FeedSource) -> u8 {
    match source.owner {
        OwnerKind::Wire => 0,
        OwnerKind::Aggregator => 2,
        _ => 1,
    }
}

fn host_of(pending: &PendingEntry) -> String {
    let url = pending.entry.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

fn job(source: &FeedSource, pending: PendingEntry, recurring: Arc<Recurring>) -> PageJob {
    let announced = source.entry_points.iter().find(|point| point.url == pending.entry_point);
    PageJob {
        transcript: announced.is_some_and(|point| point.transcript),
        source: Some(source.id.clone()),
        outlet: Outlet::of(source).with(recurring),
        url: pending.entry.url.clone(),
        entry: Some(pending.entry),
        entry_row: Some(pending.row),
        article: pending.article,
        by_hand: false,
        seen: Some(pending.seen),
    }
}
