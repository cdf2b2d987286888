//! What the record holds, and whether it is whole.

use rusqlite::Connection;

use super::capture::read_capture;
use super::{Store, StoreError};

/// How much the record holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Requests logged.
    pub fetches: u64,
    /// Entries announced, each sighting counted.
    pub entries: u64,
    /// Articles.
    pub articles: u64,
    /// Articles on topic.
    pub on_topic: u64,
    /// Versions of articles.
    pub versions: u64,
    /// Statements in the newest versions as the rules found them, candidates left out.
    pub statements: u64,
    /// Acts of people upon statements.
    pub judgements: u64,
    /// Stories.
    pub stories: u64,
    /// Captures.
    pub captures: u64,
    /// The bytes of the captures on disk.
    pub capture_bytes: u64,
}

impl Store {
    /// Counts what the record holds.
    pub fn counts(&self) -> Result<RecordCounts, StoreError> {
        let number = |row: &rusqlite::Row, column| row.get::<_, i64>(column).map(i64::cast_unsigned);
        let counts = self.connection.query_row(COUNTS, [], |row| {
            Ok(RecordCounts {
                fetches: number(row, "fetches")?,
                entries: number(row, "entries")?,
                articles: number(row, "articles")?,
                on_topic: number(row, "on_topic")?,
                versions: number(row, "versions")?,
                statements: number(row, "statements")?,
                judgements: number(row, "judgements")?,
                stories: number(row, "stories")?,
                captures: number(row, "captures")?,
                capture_bytes: number(row, "capture_bytes")?,
            })
        })?;
        Ok(counts)
    }

    /// Returns what is wrong with the record, one sentence a problem; nothing when it is whole.
    ///
    /// Captures are looked for at their places, and not unpacked.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut problems = integrity(&snapshot)?;
        problems.extend(foreign_keys(&snapshot)?);
        for (sql, problem) in RULES {
            let broken: i64 = snapshot.query_row(sql, [], |row| row.get(0))?;
            if broken > 0 {
                problems.push(format!("record.db: {broken} {problem}"));
            }
        }
        problems.extend(self.broken_captures()?);
        Ok(problems)
    }
}

const COUNTS: &str = "
    SELECT (SELECT COUNT(*) FROM fetch) AS fetches,
           (SELECT COUNT(*) FROM entry) AS entries,
           (SELECT COUNT(*) FROM article) AS articles,
           (SELECT COUNT(*) FROM article WHERE outcome = 'kept') AS on_topic,
           (SELECT COUNT(*) FROM version) AS versions,
           (SELECT COUNT(*) FROM statement JOIN version ON version.id = statement.version_id
            WHERE candidate = 0 AND version.number =
                (SELECT MAX(number) FROM version AS newer WHERE newer.article_id = version.article_id)) AS statements,
           (SELECT COUNT(*) FROM judgement) AS judgements,
           (SELECT COUNT(*) FROM story) AS stories,
           (SELECT COUNT(*) FROM capture) AS captures,
           (SELECT COALESCE(SUM(good), 0) FROM warc) AS capture_bytes";

/// What holds in a whole record beyond what the database sees to itself: a count of breaches, and their name.
const RULES: [(&str, &str); 2] = [
    (
        "SELECT COUNT(*) FROM article WHERE NOT EXISTS (SELECT 1 FROM version WHERE article_id = article.id)",
        "articles without a version",
    ),
    (
        "SELECT COUNT(*) FROM article WHERE NOT EXISTS (SELECT 1 FROM change_log WHERE article_id = article.id)",
        "articles that the index will never hear of",
    ),
];

impl Store {
    /// Reads each capture and compares its hash.
    fn broken_captures(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare("SELECT * FROM capture ORDER BY file, offset")?;
        let captures = query.query_map([], read_capture)?.collect::<Result<Vec<_>, _>>()?;
        let broken = captures.iter().filter_map(|capture| self.capture_body(capture).err());
        Ok(broken.take(MOST_PROBLEMS).map(|error| error.to_string()).collect())
    }
}

/// Problems of one kind that are listed; more say no more.
const MOST_PROBLEMS: usize = 20;

fn integrity(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").map(|line| format!("record.db: {line}")).collect())
}

fn foreign_keys(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare("PRAGMA foreign_key_check")?;
    let broken = query.query_map([], |row| {
        let (table, target): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("record.db: a row of {table} names a row of {target} that is not there"))
    })?;
    Ok(broken.take(20).collect::<Result<_, _>>()?)
}
