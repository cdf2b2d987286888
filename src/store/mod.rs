//! The record: what was asked, what answered, and what was made of it.
//!
//! SQLite holds everything but the bodies of answers, which stand in WARC files beside it; the two are the truth, and
//! the index is made from them. One `keep` is one transaction. One process writes, any number read meanwhile.
//! Times are kept to the microsecond.

mod address;
mod article;
mod capture;
mod column;
mod edge;
mod entry;
mod error;
mod fetch;
mod health;
mod judgement;
mod lock;
mod outcome;
mod page;
mod past;
mod poll;
mod schema;
mod story;
mod version;
mod warc;
mod watch;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use capture::Captures;
use lock::Lock;

pub use article::ArticleFilter;
pub use entry::{FeedKeep, FeedKept, PartKeep, PendingEntry};
pub use error::StoreError;
pub use fetch::{FetchFilter, FetchLog, FetchOutcome, FetchPurpose};
pub use health::RecordCounts;
pub use judgement::Judging;
pub use outcome::{OutcomeFilter, OutcomeRow};
pub use page::{CaptureRow, PageFetch, PageKeep, PageKept};
pub use poll::PollState;
pub use story::StorySummary;

/// The record of one study.
#[derive(Debug)]
pub struct Store {
    // Closed before the lock is freed: fields are dropped in their order.
    connection: Connection,
    dir: PathBuf,
    record_id: String,
    writer: Option<Writer>,
}

/// What only the one writer has.
#[derive(Debug)]
struct Writer {
    captures: Captures,
    _lock: Lock,
}

impl Store {
    /// Opens the record in that folder for writing, and makes it when there is none.
    ///
    /// `who` is the command, for the others who would like to write meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process writes; [`StoreError::Newer`] when a later gainsay made the record.
    pub fn create_or_open(record_dir: &Path, who: &str, now: Timestamp) -> Result<Self, StoreError> {
        fs::create_dir_all(record_dir).map_err(|error| StoreError::io(record_dir, error))?;
        let lock = Lock::take(record_dir, who, now)?;
        let mut connection = Connection::open(record_dir.join(DATABASE))?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A commit is on the disk before it is acknowledged: what was fetched once may never be there again.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        schema::migrate(&mut connection)?;
        let record_id = known_or_new_id(&connection)?;
        capture::sync_dir(record_dir)?;
        let captures = Captures::open(&record_dir.join(CAPTURES), &connection)?;
        let writer = Some(Writer { captures, _lock: lock });
        Ok(Self { connection, dir: record_dir.to_owned(), record_id, writer })
    }

    /// Opens the record in that folder for reading; a writer may be at work meanwhile.
    ///
    /// # Errors
    /// [`StoreError::NoRecord`] when there is none yet.
    pub fn read(record_dir: &Path) -> Result<Self, StoreError> {
        let path = record_dir.join(DATABASE);
        let none_yet = || StoreError::NoRecord { path: record_dir.to_owned() };
        if !path.is_file() {
            return Err(none_yet());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        match schema::version(&connection)? {
            0 => return Err(none_yet()),
            found if found > schema::KNOWN => return Err(StoreError::Newer { found, known: schema::KNOWN }),
            found if found < schema::KNOWN => return Err(StoreError::Older { found, known: schema::KNOWN }),
            _ => {}
        }
        let record_id = known_id(&connection)?.ok_or_else(none_yet)?;
        Ok(Self { connection, dir: record_dir.to_owned(), record_id, writer: None })
    }

    /// Returns the record's own id, drawn when it was made; the index is tied to it.
    pub fn record_id(&self) -> String {
        self.record_id.clone()
    }

    /// Returns the newest place in the change log; 0 when nothing was kept.
    pub fn last_seq(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("SELECT COALESCE(MAX(seq), 0) FROM change_log", [], |row| row.get(0))?)
    }

    /// Begins the one transaction of a keep; what is not committed never was.
    fn begin(&mut self) -> Result<(Transaction<'_>, &Captures), StoreError> {
        let writer = self.writer.as_ref().ok_or(StoreError::ReadOnly)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok((transaction, &writer.captures))
    }

    /// Begins to read: all queries until it is dropped see the record as it stands now.
    fn snapshot(&self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.unchecked_transaction()?)
    }

    fn captures_dir(&self) -> PathBuf {
        self.dir.join(CAPTURES)
    }
}

const DATABASE: &str = "record.db";
const CAPTURES: &str = "captures";

/// How long to wait for a moment in which SQLite itself needs the file alone.
const PATIENCE: Duration = Duration::from_secs(10);

/// Room for every statement there is, so that none is compiled twice.
const STATEMENTS: usize = 100;

fn known_id(connection: &Connection) -> Result<Option<String>, StoreError> {
    let id = connection.query_row("SELECT value FROM meta WHERE key = 'record-id'", [], |row| row.get(0));
    Ok(id.optional()?)
}

fn known_or_new_id(connection: &Connection) -> Result<String, StoreError> {
    if let Some(id) = known_id(connection)? {
        return Ok(id);
    }
    let id = warc::random_id();
    connection.execute("INSERT INTO meta (key, value) VALUES ('record-id', ?1)", [&id])?;
    Ok(id)
}

/// Gives an article the newest place in the change log.
fn log_change(connection: &Connection, article: i64) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT OR REPLACE INTO change_log (article_id) VALUES (?1)")?.execute([article])?;
    Ok(())
}
