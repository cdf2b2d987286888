//! Why the record could not be written or read.

use std::path::{Path, PathBuf};

/// Why the record could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing was recorded there yet.
    #[error("{path}: there is no record yet")]
    NoRecord {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Somebody else writes.
    #[error("the record is being written by {holder}")]
    Locked {
        /// Who, as the lock's file says.
        holder: String,
    },
    /// The record was made by a later gainsay.
    #[error("the record has format {found}, and this gainsay knows formats up to {known}: a newer gainsay made it")]
    Newer {
        /// The format found.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// The record was made by an earlier gainsay, and a reader may not bring it up to date.
    #[error("the record has the older format {found} (now {known}): a command that writes brings it up to date")]
    Older {
        /// The format found.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// A change was asked of a record opened for reading.
    #[error("the record was opened for reading only")]
    ReadOnly,
    /// No room is left.
    #[error("{path}: the disk is full")]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// The database refused.
    #[error("the record's database: {0}")]
    Database(String),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A row does not read as what it should be.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// A capture does not give back what was put in.
    #[error("capture {file} at byte {offset}: {problem}")]
    Capture {
        /// The WARC file.
        file: String,
        /// Where its member begins.
        offset: u64,
        /// What is wrong.
        problem: String,
    },
    /// What was named is not in the record.
    #[error("there is no {0} in the record")]
    Missing(String),
}

impl StoreError {
    /// Tells a full disk from other failures of the file system.
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full { path: path.to_owned() };
        }
        Self::Io { path: path.to_owned(), source }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full { path: PathBuf::from("record.db") },
            Some(rusqlite::ErrorCode::ReadOnly) => Self::ReadOnly,
            _ if is_damage(&error) => Self::Damaged(error.to_string()),
            _ => Self::Database(error.to_string()),
        }
    }
}

/// Tells a row that does not read as what it should be from a database that refuses.
fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    matches!(error, E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::IntegralValueOutOfRange(..))
}
