//! `source check`: looks at every source once and keeps nothing but the log of having looked.

use std::collections::{BTreeMap, HashMap};

use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Stop;
use super::sitemaps::{self, Joined, Knowledge, Part};
use crate::feed::{self, FeedContext, Since};
use crate::fetch::{Answer, Fetcher, Purpose, Validators};
use crate::health::{self, Habit};
use crate::language;
use crate::model::{EntryPoint, FeedEntry, FeedKind, FeedReading, FeedSource, Finding, Lang, SourceId, newest_dated};
use crate::store::{FetchLog, FetchOutcome, FetchPurpose, Store, StoreError};

/// The habits of entry points by their addresses, as far as the record knows them.
pub type Habits = BTreeMap<String, Habit>;

/// What one entry point answered.
#[derive(Debug, Clone)]
pub struct CheckRow {
    /// The source.
    pub source: SourceId,
    /// The address.
    pub url: String,
    /// True when it answered with something readable.
    pub answers: bool,
    /// What the answer was.
    pub kind: Option<FeedKind>,
    /// How many items it held.
    pub items: usize,
    /// The date of the newest, as claimed.
    pub newest: Option<Timestamp>,
    /// The language of the headlines.
    pub lang: Option<Lang>,
    /// The repairs it needed.
    pub repairs: Vec<String>,
    /// What is wrong, as sentences; none when it is as it should be.
    pub problems: Vec<String>,
    /// Why a person should look before it is watched: no items, too old ones, another language than feeds.toml says. Whatever
    /// else had to be said of it, it can be watched.
    pub flaw: Option<String>,
    /// True when it failed as if our own network were down.
    pub network_down: bool,
    /// For the log.
    pub log: FetchLog,
    /// For the log: the sitemaps that were looked at with it.
    pub parts: Vec<FetchLog>,
}

impl CheckRow {
    /// Says whether a source can be called verified by this: it answers, and with what it should.
    pub fn is_good(&self) -> bool {
        self.answers && self.flaw.is_none()
    }
}

/// Returns what the record says of how well a source does, as of the last look before a moment at each of its entry points.
///
/// # Errors
/// When the record cannot be read.
pub fn by_record(store: &Store, source: &FeedSource, until: Timestamp) -> Result<Vec<Finding>, StoreError> {
    let points = source.entry_points.iter().map(|point| store.point_past(&source.id, &point.url, until));
    Ok(health::of_source(&points.collect::<Result<Vec<_>, _>>()?))
}

/// Learns the habits of the entry points of these sources.
///
/// # Errors
/// When the record cannot be read.
pub fn habits(store: &Store, sources: &[&FeedSource], now: Timestamp) -> Result<Habits, StoreError> {
    let mut habits = Habits::new();
    for source in sources {
        for point in &source.entry_points {
            let past = store.point_past(&source.id, &point.url, now)?;
            habits.extend(Habit::of(&past).map(|habit| (point.url.clone(), habit)));
        }
    }
    Ok(habits)
}

/// Looks at every entry point of these sources, several at a time, and reports in their order.
pub async fn run(
    fetcher: &Fetcher,
    sources: &[&FeedSource],
    habits: &Habits,
    concurrency: usize,
    stop: &Stop,
    done: &mut dyn FnMut(),
) -> Vec<CheckRow> {
    let all =
        sources.iter().flat_map(|source| source.entry_points.iter().map(move |entry_point| (*source, entry_point)));
    let mut looks = stream::iter(all.enumerate())
        .map(|(at, (source, entry_point))| async move {
            if stop.is_due(fetcher.clock()) {
                return None;
            }
            tokio::select! {
                row = look(fetcher, source, entry_point, habits.get(&entry_point.url), stop) => Some((at, row.0)),
                () = stop.wished() => None,
            }
        })
        .buffer_unordered(concurrency.max(1));
    let mut rows = Vec::new();
    while let Some(row) = looks.next().await {
        done();
        rows.extend(row);
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Looks at one entry point, and returns its entries beside what is said of it.
pub(super) async fn look(
    fetcher: &Fetcher,
    source: &FeedSource,
    entry_point: &EntryPoint,
    habit: Option<&Habit>,
    stop: &Stop,
) -> (CheckRow, Vec<FeedEntry>) {
    let started = fetcher.clock().now();
    let answer = fetcher.get(&entry_point.url, Purpose::Feed, &Validators::default()).await;
    let finished = fetcher.clock().now();
    let log = FetchLog {
        source: Some(source.id.clone()),
        ..FetchLog::new(&entry_point.url, FetchPurpose::Check, started, finished)
    };
    match answer {
        Ok(answer) => {
            let context = FeedContext {
                expected: Some(&entry_point.kind),
                url: Some(&answer.url),
                content_type: answer.content_type.as_deref(),
                zone: &source.zone,
                at: finished,
            };
            let reading = feed::read(&answer.body, &context);
            let Joined { reading, parts } = whole(fetcher, &answer, reading, &source.zone, stop).await;
            let log = FetchLog {
                status: Some(answer.status),
                bytes: answer.body.len() as u64,
                final_url: Some(answer.url),
                ..log
            };
            let entries = reading.entries.clone();
            let parts = parts.iter().map(|part| part_log(Some(&source.id), part)).collect();
            (CheckRow { parts, ..report(source, entry_point, habit, reading, log) }, entries)
        }
        Err(error) => {
            let row = CheckRow {
                source: source.id.clone(),
                url: entry_point.url.clone(),
                answers: false,
                kind: None,
                items: 0,
                newest: None,
                lang: None,
                repairs: Vec::new(),
                problems: vec![error.to_string()],
                flaw: Some(error.to_string()),
                network_down: error.may_be_our_network(),
                log: FetchLog { failure: Some(error.to_string()), ..log },
                parts: Vec::new(),
            };
            (row, Vec::new())
        }
    }
}

fn report(
    source: &FeedSource,
    entry_point: &EntryPoint,
    habit: Option<&Habit>,
    reading: FeedReading,
    log: FetchLog,
) -> CheckRow {
    let readable = reading.kind != FeedKind::Unknown;
    let Findings { newest, lang, mut problems, mut flaw } =
        findings(&reading, source.lang.as_ref(), habit, log.finished);
    if let (Some(said), Some(found)) = (&source.lang, &lang)
        && said != found
    {
        let other = format!("feeds.toml says {said}, the headlines are {found}");
        problems.push(other.clone());
        flaw = flaw.or(Some(other));
    }
    problems.dedup();
    CheckRow {
        source: source.id.clone(),
        url: entry_point.url.clone(),
        answers: readable,
        kind: Some(reading.kind),
        items: reading.entries.len(),
        newest,
        lang,
        log: FetchLog { failure: flaw.clone(), ..read_log(log, &reading, &problems) },
        parts: Vec::new(),
        repairs: reading.repairs,
        problems,
        flaw,
        network_down: false,
    }
}

/// Joins an index to the sitemaps that it names, whatever their age; another answer stays as it is.
pub(super) async fn whole(
    fetcher: &Fetcher,
    answer: &Answer,
    reading: FeedReading,
    zone: &TimeZone,
    stop: &Stop,
) -> Joined {
    if reading.sitemaps.is_empty() {
        return Joined { reading, parts: Vec::new() };
    }
    let states = HashMap::new();
    let known = Knowledge { since: Since::EVER, states: &states, zone };
    let alone = reading.clone();
    let joined = sitemaps::follow(fetcher, answer, reading, known, stop).await;
    joined.unwrap_or(Joined { reading: alone, parts: Vec::new() })
}

/// What is logged of a look at a sitemap that an index names.
pub(super) fn part_log(source: Option<&SourceId>, part: &Part) -> FetchLog {
    let log = FetchLog {
        source: source.cloned(),
        failure: part.result.as_ref().err().map(ToString::to_string),
        status: part.result.as_ref().ok().map(|answer| answer.status),
        bytes: part.result.as_ref().map_or(0, |answer| answer.body.len() as u64),
        final_url: part.result.as_ref().ok().map(|answer| answer.url.clone()),
        ..FetchLog::new(&part.url, FetchPurpose::Check, part.started, part.finished)
    };
    let Some(reading) = &part.reading else { return log };
    FetchLog { items: u32::try_from(part.items).ok(), ..read_log(log, reading, &reading.problems) }
}

/// What is logged of a fetch whose answer was read.
pub(super) fn read_log(log: FetchLog, reading: &FeedReading, problems: &[String]) -> FetchLog {
    let readable = reading.kind != FeedKind::Unknown;
    FetchLog {
        outcome: if readable { FetchOutcome::Answered } else { FetchOutcome::Failed },
        failure: problems.first().filter(|_| !readable).cloned(),
        feed_kind: Some(reading.kind),
        repairs: reading.repairs.clone(),
        problems: problems.to_vec(),
        items: u32::try_from(reading.entries.len()).ok(),
        ..log
    }
}

/// What can be said of an answer by itself.
pub(super) struct Findings {
    pub(super) newest: Option<Timestamp>,
    pub(super) lang: Option<Lang>,
    pub(super) problems: Vec<String>,
    /// What is wrong with an answer without items, or whose newest is too old.
    pub(super) flaw: Option<String>,
}

/// What is said of an answer that reads and holds nothing.
pub(super) const NO_ITEMS: &str = "it answers, and holds no items";

/// Looks at what was read of an answer: its newest date, the language of its headlines, and what is wrong.
pub(super) fn findings(reading: &FeedReading, said: Option<&Lang>, habit: Option<&Habit>, at: Timestamp) -> Findings {
    let newest = newest_dated(&reading.entries, at);
    let headlines: Vec<&str> = reading.entries.iter().map(|entry| entry.title.as_str()).collect();
    let lang = (!headlines.is_empty()).then(|| language::detect(&headlines.join("\n"), said));
    let readable = reading.kind != FeedKind::Unknown;
    let mut problems = reading.problems.clone();
    if readable && reading.entries.is_empty() {
        problems.push(NO_ITEMS.to_owned());
    }
    let too_old = newest.and_then(|newest| health::too_old(newest, habit, at));
    let mut flaw = reading.entries.is_empty().then(|| problems.first().cloned().unwrap_or_else(|| NO_ITEMS.to_owned()));
    if let Some((_, says)) = too_old {
        problems.push(says.clone());
        flaw = flaw.or(Some(says));
    }
    if !reading.entries.is_empty() && newest.is_none() {
        problems.push("no item has a readable date".to_owned());
    }
    problems.dedup();
    Findings { newest, lang, problems, flaw }
}
