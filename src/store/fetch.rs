//! The fetch log: every request, answered or not, is a row.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};

use super::column::{Columns, Micros, json, limit, maybe};
use super::{Store, StoreError};
use crate::model::{FeedKind, SourceId};

/// One request, as it is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchLog {
    /// The source it was for, when there is one.
    pub source: Option<SourceId>,
    /// The address asked: the entry point's own, for a feed.
    pub url: String,
    /// What for.
    pub purpose: FetchPurpose,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// How it ended.
    pub outcome: FetchOutcome,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The bytes of the body, decompressed.
    pub bytes: u64,
    /// What failed, as a sentence; of a check, also what has to be looked at before the entry point is watched.
    pub failure: Option<String>,
    /// The address that answered, after redirects.
    pub final_url: Option<String>,
    /// What a feed's answer was, when it was read as one.
    pub feed_kind: Option<FeedKind>,
    /// The repairs that a feed needed.
    pub repairs: Vec<String>,
    /// What looks wrong in a feed although it reads.
    pub problems: Vec<String>,
    /// The entries that a feed announced.
    pub items: Option<u32>,
    /// How many of them were new to the record.
    pub new_items: Option<u32>,
    /// How many of them the entry point had announced before, where that was counted.
    pub known_items: Option<u32>,
    /// True when none was known, so that others may have come and gone since the look before; `None` when nobody counted.
    pub may_have_missed: Option<bool>,
    /// True when this showed that the validators of the looks before were false.
    pub false_validators: bool,
}

impl FetchLog {
    /// Begins a row with nothing but the request: failed, no answer.
    pub fn new(url: &str, purpose: FetchPurpose, started: Timestamp, finished: Timestamp) -> Self {
        Self {
            source: None,
            url: url.to_owned(),
            purpose,
            started,
            finished,
            outcome: FetchOutcome::Failed,
            status: None,
            bytes: 0,
            failure: None,
            final_url: None,
            feed_kind: None,
            repairs: Vec::new(),
            problems: Vec::new(),
            items: None,
            new_items: None,
            known_items: None,
            may_have_missed: None,
            false_validators: false,
        }
    }
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchPurpose {
    /// A look at an entry point.
    Feed,
    /// A look at a sitemap that an entry point names.
    Part,
    /// A page.
    Page,
    /// A robots.txt.
    Robots,
    /// A look that a person asked for and that keeps nothing.
    Check,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchOutcome {
    /// With an answer that could be used.
    Answered,
    /// With "not modified".
    NotModified,
    /// With a failure, or an answer that could not be used.
    Failed,
}

/// Which rows of the fetch log are wanted; all of them by default.
#[derive(Debug, Clone, Default)]
pub struct FetchFilter {
    /// Of that source.
    pub source: Option<SourceId>,
    /// For that purpose.
    pub purpose: Option<FetchPurpose>,
    /// That ended so.
    pub outcome: Option<FetchOutcome>,
    /// Begun at that time or later.
    pub since: Option<Timestamp>,
    /// Begun before that time.
    pub until: Option<Timestamp>,
    /// The newest so many.
    pub limit: Option<usize>,
}

impl FetchPurpose {
    /// Returns the name used in JSON and the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Part => "part",
            Self::Page => "page",
            Self::Robots => "robots",
            Self::Check => "check",
        }
    }
}

impl FetchOutcome {
    /// Returns the name used in JSON and the record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NotModified => "not-modified",
            Self::Failed => "failed",
        }
    }
}

impl Store {
    /// Logs a fetch that keeps nothing else: a robots.txt, a check.
    pub fn log_fetch(&mut self, log: &FetchLog) -> Result<(), StoreError> {
        let (transaction, _) = self.begin()?;
        write(&transaction, log, None)?;
        Ok(transaction.commit()?)
    }

    /// Returns the rows asked for, from the oldest to the newest.
    pub fn fetch_log(&self, filter: &FetchFilter) -> Result<Vec<FetchLog>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT * FROM (
                 SELECT * FROM fetch
                 WHERE (:source IS NULL OR source = :source)
                   AND (:purpose IS NULL OR purpose = :purpose)
                   AND (:outcome IS NULL OR outcome = :outcome)
                   AND (:since IS NULL OR started >= :since)
                   AND (:until IS NULL OR started < :until)
                 ORDER BY id DESC LIMIT :limit
             ) ORDER BY id",
        )?;
        let rows = query.query_map(
            named_params! {
                ":source": filter.source.as_ref().map(SourceId::as_str),
                ":purpose": filter.purpose.map(FetchPurpose::name),
                ":outcome": filter.outcome.map(FetchOutcome::name),
                ":since": maybe(filter.since),
                ":until": maybe(filter.until),
                ":limit": limit(filter.limit),
            },
            read_log,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Returns the newest look at an address whose answer was read, as a feed or as something that is none.
    pub fn last_reading(&self, url: &str) -> Result<Option<FetchLog>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT * FROM (
                 SELECT * FROM (SELECT * FROM fetch WHERE url = ?1 AND purpose = 'feed' AND feed_kind IS NOT NULL
                                ORDER BY started DESC, id DESC LIMIT 1)
                 UNION ALL
                 SELECT * FROM (SELECT * FROM fetch WHERE url = ?1 AND purpose = 'check' AND feed_kind IS NOT NULL
                                ORDER BY started DESC, id DESC LIMIT 1)
             ) ORDER BY started DESC, id DESC LIMIT 1",
        )?;
        Ok(query.query_row([url], read_log).optional()?)
    }
}

/// Writes a row of the log, with the capture of its answer.
pub(super) fn write(connection: &Connection, log: &FetchLog, capture: Option<i64>) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO fetch (source, url, purpose, started, finished, outcome, status, bytes, failure, final_url,
             feed_kind, repairs, problems, items, new_items, known_items, may_have_missed, false_validators, capture_id)
         VALUES (:source, :url, :purpose, :started, :finished, :outcome, :status, :bytes, :failure, :final_url,
             :feed_kind, :repairs, :problems, :items, :new_items, :known_items, :may_have_missed, :false_validators,
             :capture)",
    )?;
    statement.execute(named_params! {
        ":source": log.source.as_ref().map(SourceId::as_str),
        ":url": log.url,
        ":purpose": log.purpose.name(),
        ":started": Micros(log.started),
        ":finished": Micros(log.finished),
        ":outcome": log.outcome.name(),
        ":status": log.status,
        ":bytes": log.bytes.cast_signed(),
        ":failure": log.failure,
        ":final_url": log.final_url,
        ":feed_kind": log.feed_kind.map(FeedKind::name),
        ":repairs": json(&log.repairs)?,
        ":problems": json(&log.problems)?,
        ":items": log.items,
        ":new_items": log.new_items,
        ":known_items": log.known_items,
        ":may_have_missed": log.may_have_missed,
        ":false_validators": log.false_validators,
        ":capture": capture,
    })?;
    Ok(())
}

fn read_log(row: &Row) -> rusqlite::Result<FetchLog> {
    Ok(FetchLog {
        source: row.maybe_named("source")?,
        url: row.get("url")?,
        purpose: row.named("purpose")?,
        started: row.time("started")?,
        finished: row.time("finished")?,
        outcome: row.named("outcome")?,
        status: row.get("status")?,
        bytes: row.get::<_, i64>("bytes")?.cast_unsigned(),
        failure: row.get("failure")?,
        final_url: row.get("final_url")?,
        feed_kind: row.maybe_named("feed_kind")?,
        repairs: row.json("repairs")?,
        problems: row.json("problems")?,
        items: row.get("items")?,
        new_items: row.get("new_items")?,
        known_items: row.get("known_items")?,
        may_have_missed: row.get("may_have_missed")?,
        false_validators: row.get("false_validators")?,
    })
}
