//! Captures: the WARC files beside the database, and which bytes of them are known to be whole.
//!
//! A member is written and synced before the transaction that names it is committed, and the same transaction says how
//! far the file is good. What stands behind that is the tail of a run that was cut off, and is cut off too.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};

use flate2::bufread::GzDecoder;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::column::{Columns, Micros};
use super::warc::{self, Answer};
use super::{Store, StoreError};
use crate::model::Capture;

/// A file that has reached this size gets no more members.
const FULL_FILE: u64 = 500 << 20;

/// Writes the members of the record's WARC files.
#[derive(Debug)]
pub(super) struct Captures {
    dir: PathBuf,
    full: u64,
}

/// The file that is written to, and where the next member goes.
struct Tail {
    name: String,
    file: File,
    good: u64,
}

impl Captures {
    /// Opens the folder, and takes off the newest file what a run that was cut off left at its end.
    pub(super) fn open(dir: &Path, connection: &Connection) -> Result<Self, StoreError> {
        fs::create_dir_all(dir).map_err(|error| StoreError::io(dir, error))?;
        let captures = Self { dir: dir.to_owned(), full: FULL_FILE };
        captures.newest(connection)?;
        Ok(captures)
    }

    /// Lets files be full sooner than anybody would wait for in a test.
    #[cfg(test)]
    pub(super) fn fill_at(&mut self, bytes: u64) {
        self.full = bytes;
    }

    /// Writes an answer and returns the row that names it; the same body from the same address is kept only once.
    pub(super) fn keep(&self, connection: &Connection, answer: &Answer) -> Result<i64, StoreError> {
        let sha256 = warc::sha256(answer.body);
        if let Some(row) = same(connection, &sha256, answer.url)? {
            return Ok(row);
        }
        let tail = match self.newest(connection)?.filter(|tail| tail.good < self.full) {
            Some(tail) => tail,
            None => self.begin_file(connection, answer.at)?,
        };
        let offset = tail.good;
        let Tail { name, good, .. } = self.append(tail, &warc::answer(answer))?;
        connection.execute("UPDATE warc SET good = ?2 WHERE name = ?1", params![name, good.cast_signed()])?;
        connection
            .prepare_cached(
                "INSERT INTO capture (file, offset, length, sha256, url, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                name,
                offset.cast_signed(),
                (good - offset).cast_signed(),
                sha256,
                answer.url,
                Micros(answer.at)
            ])?;
        Ok(connection.last_insert_rowid())
    }

    /// Returns the newest file when it can be written to, after its tail has been mended.
    fn newest(&self, connection: &Connection) -> Result<Option<Tail>, StoreError> {
        let newest = connection
            .prepare_cached("SELECT name, good FROM warc ORDER BY name DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?.cast_unsigned())))
            .optional()?;
        let Some((name, good)) = newest else { return Ok(None) };
        let path = self.dir.join(&name);
        // A file that is not there, or shorter than the record knows it, is a loss that `check` names; what comes goes
        // into a new file rather than behind a hole.
        let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else { return Ok(None) };
        let failed = |error| StoreError::io(&path, error);
        let length = file.metadata().map_err(failed)?.len();
        if length < good {
            return Ok(None);
        }
        if length > good {
            // A run that is cut off leaves one member at most. More than that was written by a record that knew more
            // than this one (a backup was put back): those captures stay.
            file.seek(SeekFrom::Start(good)).map_err(failed)?;
            if more_than_one_member(&file) {
                return Ok(None);
            }
            file.set_len(good).map_err(failed)?;
        }
        Ok(Some(Tail { name, file, good }))
    }

    fn begin_file(&self, connection: &Connection, at: Timestamp) -> Result<Tail, StoreError> {
        let newest: Option<String> = connection.query_row("SELECT MAX(name) FROM warc", [], |row| row.get(0))?;
        let newest = newest.and_then(|name| name.strip_suffix(SUFFIX)?.rsplit('-').next()?.parse::<u32>().ok());
        let mut number = newest.unwrap_or(0) + 1;
        let (name, file) = loop {
            let name = format!("gainsay-{number:05}{SUFFIX}");
            let path = self.dir.join(&name);
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => break (name, file),
                // Left by a run that was cut off before the record knew of it.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(StoreError::io(&path, error)),
            }
        };
        let info = warc::info(&name, at, concat!("gainsay/", env!("CARGO_PKG_VERSION")));
        let tail = self.append(Tail { name, file, good: 0 }, &info)?;
        sync_dir(&self.dir)?;
        connection
            .execute("INSERT INTO warc (name, good) VALUES (?1, ?2)", params![tail.name, tail.good.cast_signed()])?;
        Ok(tail)
    }

    fn append(&self, mut tail: Tail, member: &[u8]) -> Result<Tail, StoreError> {
        let written = tail
            .file
            .seek(SeekFrom::Start(tail.good))
            .and_then(|_| tail.file.write_all(member))
            .and_then(|()| tail.file.sync_data());
        written.map_err(|error| StoreError::io(&self.dir.join(&tail.name), error))?;
        tail.good += member.len() as u64;
        Ok(tail)
    }
}

const SUFFIX: &str = ".warc.gz";

impl Store {
    /// Returns the body of a capture, and checks that it is the one that was kept.
    ///
    /// # Errors
    /// [`StoreError::Capture`] when the file is not there, or holds something else at that place.
    pub fn capture_body(&self, capture: &Capture) -> Result<Vec<u8>, StoreError> {
        let wrong =
            |problem: String| StoreError::Capture { file: capture.file.clone(), offset: capture.range.start, problem };
        let mut parts = Path::new(&capture.file).components();
        let is_a_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
        if !is_a_name {
            return Err(wrong("this is no name of a file of captures".to_owned()));
        }
        let length = capture.range.end.saturating_sub(capture.range.start);
        let mut member = Vec::new();
        let read = File::open(self.captures_dir().join(&capture.file)).and_then(|mut file| {
            file.seek(SeekFrom::Start(capture.range.start))?;
            file.take(length).read_to_end(&mut member)
        });
        read.map_err(|error| wrong(error.to_string()))?;
        let body = warc::body(&member).map_err(wrong)?;
        if warc::sha256(&body) != capture.sha256 {
            return Err(wrong("the body is not the one that was kept: its SHA-256 is another".to_owned()));
        }
        Ok(body)
    }

    /// Returns the captures at that address, from the oldest to the newest.
    pub fn captures(&self, url: &str) -> Result<Vec<Capture>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT * FROM capture WHERE url = ?1 ORDER BY id")?;
        Ok(query.query_map([url], read_capture)?.collect::<Result<_, _>>()?)
    }
}

/// Reads the row of a capture.
pub(super) fn read_capture(row: &Row) -> rusqlite::Result<Capture> {
    let offset = row.get::<_, i64>("offset")?.cast_unsigned();
    let length = row.get::<_, i64>("length")?.cast_unsigned();
    Ok(Capture {
        file: row.get("file")?,
        range: offset..offset.saturating_add(length),
        sha256: row.get("sha256")?,
        url: row.get("url")?,
        at: row.time("at")?,
    })
}

/// Makes sure that the names in a folder outlast a power cut.
pub(super) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    if cfg!(windows) {
        return Ok(()); // where a folder cannot be opened as a file
    }
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(|error| StoreError::io(dir, error))
}

fn same(connection: &Connection, sha256: &str, url: &str) -> Result<Option<i64>, StoreError> {
    let mut query = connection.prepare_cached("SELECT id FROM capture WHERE sha256 = ?1 AND url = ?2 LIMIT 1")?;
    Ok(query.query_row([sha256, url], |row| row.get(0)).optional()?)
}

/// Says whether a whole member stands at the place of the file, with more behind it.
fn more_than_one_member(file: &File) -> bool {
    let mut member = GzDecoder::new(BufReader::new(file));
    let whole = std::io::copy(&mut member, &mut std::io::sink()).is_ok();
    let mut behind = member.into_inner();
    whole && matches!(behind.read(&mut [0]), Ok(1))
}
