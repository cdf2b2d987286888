//! Entry points: asked, read and kept.

use std::collections::HashMap;

use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::Timestamp;

use super::{Due, Parts, PollEvent, PollOptions, Reports, SourceReport};
use crate::feed::{self, Since};
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::health;
use crate::model::{EntryPointKind, FeedKind, FeedReading, SourceId, newest_dated};
use crate::pipeline::check::NO_ITEMS;
use crate::pipeline::schedule::{interval_after, trusts_validators};
use crate::pipeline::sitemaps::{self, Joined, Knowledge, Part};
use crate::pipeline::validators::{self, Doubt};
use crate::pipeline::{RunError, Stop};
use crate::store::{FeedKeep, FetchLog, FetchOutcome, FetchPurpose, PartKeep, PollState, Store};

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

/// Asks the entry points that are due; returns true when it looks as if our own network were down.
pub(super) async fn look_at_feeds(
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
