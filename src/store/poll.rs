//! What is remembered of each entry point between two looks.

use jiff::{SignedDuration, Timestamp};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::column::{Columns, Micros, maybe};
use super::{Store, StoreError};

/// What is remembered of one entry point between two looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollState {
    /// The ETag, byte for byte as it came.
    pub etag: Option<String>,
    /// The Last-Modified header, byte for byte as it came.
    pub last_modified: Option<String>,
    /// SHA-256 of the last body, lower-case hexadecimal.
    pub body_sha256: Option<String>,
    /// When it was last asked.
    pub last_attempt: Option<Timestamp>,
    /// When it last answered.
    pub last_answer: Option<Timestamp>,
    /// When it last announced something new; [`Store::keep_feed`] sets it.
    pub last_new: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// It is not to be asked before.
    pub not_before: Option<Timestamp>,
    /// What was wrong at the last look, as a sentence.
    pub last_problem: Option<String>,
    /// The date of its newest item, as claimed.
    pub newest_item: Option<Timestamp>,
    /// When it was last asked without validators.
    pub unconditional_at: Option<Timestamp>,
    /// Since when it has answered "not modified" and nothing else.
    pub unmodified_since: Option<Timestamp>,
    /// When its validators were last found to be false.
    pub false_validators_at: Option<Timestamp>,
    /// How long it is left alone between two looks, in whole seconds; `None` as long as others are.
    pub interval: Option<SignedDuration>,
}

impl Store {
    /// Returns what is remembered of the entry point at that address.
    pub fn poll_state(&self, url: &str) -> Result<Option<PollState>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT * FROM poll WHERE url = ?1")?;
        Ok(query.query_row([url], read_state).optional()?)
    }

    /// Returns what is remembered of every entry point, by address.
    pub fn poll_states(&self) -> Result<Vec<(String, PollState)>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT * FROM poll ORDER BY url")?;
        let states = query.query_map([], |row| Ok((row.get("url")?, read_state(row)?)))?;
        Ok(states.collect::<Result<_, _>>()?)
    }
}

/// Writes what is to be remembered of an entry point.
///
/// When it last announced something new is kept unless a later time is given.
pub(super) fn remember(connection: &Connection, url: &str, state: &PollState) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO poll (url, etag, last_modified, body_sha256, last_attempt, last_answer, last_new, failures,
             not_before, last_problem, newest_item, unconditional_at, unmodified_since, false_validators_at,
             interval_seconds)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (url) DO UPDATE SET etag = ?2, last_modified = ?3, body_sha256 = ?4, last_attempt = ?5,
             last_answer = ?6, last_new = COALESCE(?7, last_new), failures = ?8, not_before = ?9, last_problem = ?10,
             newest_item = ?11, unconditional_at = ?12, unmodified_since = ?13, false_validators_at = ?14,
             interval_seconds = ?15",
    )?;
    statement.execute(params![
        url,
        state.etag,
        state.last_modified,
        state.body_sha256,
        maybe(state.last_attempt),
        maybe(state.last_answer),
        maybe(state.last_new),
        state.failures,
        maybe(state.not_before),
        state.last_problem,
        maybe(state.newest_item),
        maybe(state.unconditional_at),
        maybe(state.unmodified_since),
        maybe(state.false_validators_at),
        state.interval.map(|interval| interval.as_secs()),
    ])?;
    Ok(())
}

/// Notes that an entry point announced something new.
pub(super) fn remember_news(connection: &Connection, url: &str, at: Timestamp) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE poll SET last_new = ?2 WHERE url = ?1")?.execute(params![url, Micros(at)])?;
    Ok(())
}

fn read_state(row: &Row) -> rusqlite::Result<PollState> {
    Ok(PollState {
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        body_sha256: row.get("body_sha256")?,
        last_attempt: row.maybe_time("last_attempt")?,
        last_answer: row.maybe_time("last_answer")?,
        last_new: row.maybe_time("last_new")?,
        failures: row.get("failures")?,
        not_before: row.maybe_time("not_before")?,
        last_problem: row.get("last_problem")?,
        newest_item: row.maybe_time("newest_item")?,
        unconditional_at: row.maybe_time("unconditional_at")?,
        unmodified_since: row.maybe_time("unmodified_since")?,
        false_validators_at: row.maybe_time("false_validators_at")?,
        interval: row.get::<_, Option<i64>>("interval_seconds")?.map(SignedDuration::from_secs),
    })
}
