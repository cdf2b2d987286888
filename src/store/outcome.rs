//! How pages ended, so that what was not kept can be looked through.

use jiff::Timestamp;

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{Columns, Micros, limit, maybe};
use super::{Store, StoreError};
use crate::model::{ArticleId, Outcome, OutcomeKind, SourceId};

/// Which outcomes are wanted; by default every page that was not kept as on topic; a transcript is none,
/// since each of its turns is one.
#[derive(Debug, Clone, Default)]
pub struct OutcomeFilter {
    /// Of that source.
    pub source: Option<SourceId>,
    /// For that reason, such as `wall` or `status-404`.
    pub reason: Option<String>,
    /// Of that kind.
    pub kind: Option<OutcomeKind>,
    /// At that time or later.
    pub since: Option<Timestamp>,
    /// The newest so many.
    pub limit: Option<usize>,
}

/// How one page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// The source; `None` for one brought in by hand from an unknown outlet.
    pub source: Option<SourceId>,
    /// The address.
    pub url: Option<String>,
    /// The headline, of the article or else as announced; empty when there is none.
    pub title: String,
    /// How it ended.
    pub kind: OutcomeKind,
    /// One word: why it was dropped or not read, `off-topic`, or `kept`.
    pub reason: String,
    /// The same as a sentence; empty for what was kept.
    pub message: String,
    /// When.
    pub at: Timestamp,
    /// True when a person brought it in.
    pub by_hand: bool,
    /// The article, when it is one.
    pub article: Option<ArticleId>,
}

impl Store {
    /// Returns how the pages asked for ended, from the oldest to the newest.
    pub fn outcomes(&self, filter: &OutcomeFilter) -> Result<Vec<OutcomeRow>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT * FROM (
                 SELECT * FROM outcome
                 WHERE (:source IS NULL OR source = :source)
                   AND (:reason IS NULL OR reason = :reason)
                   AND (:kind IS NULL AND kind NOT IN ('kept', 'split') OR kind = :kind)
                   AND (:since IS NULL OR at >= :since)
                 ORDER BY at DESC, id DESC LIMIT :limit
             ) ORDER BY at, id",
        )?;
        let rows = query.query_map(
            named_params! {
                ":source": filter.source.as_ref().map(SourceId::as_str),
                ":reason": filter.reason,
                ":kind": filter.kind.map(OutcomeKind::name),
                ":since": maybe(filter.since),
                ":limit": limit(filter.limit),
            },
            read_outcome,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// How a look at a page ended.
pub(super) struct Ended<'a> {
    pub(super) entry_row: Option<i64>,
    /// True when the article was in the record before this look.
    pub(super) was_known: bool,
    /// True when this look gave another version of it, or the first.
    pub(super) new_version: bool,
    pub(super) article: Option<ArticleId>,
    pub(super) source: Option<&'a SourceId>,
    pub(super) url: Option<&'a str>,
    pub(super) announced_title: &'a str,
    pub(super) by_hand: bool,
    pub(super) outcome: &'a Outcome,
    pub(super) at: Timestamp,
}

/// Writes how a look ended; there is one row a page, and a later look takes the place of an earlier one.
pub(super) fn write(connection: &Connection, ended: &Ended) -> Result<(), StoreError> {
    let row = row_of(connection, ended)?;
    // A known article stands as it was read before, until a look gives another version of it.
    let says_nothing_new = ended.was_known && !ended.new_version && row.is_some();
    let could_not_read = matches!(ended.outcome, Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. });
    if says_nothing_new || ended.was_known && could_not_read && (row.is_some() || ended.entry_row.is_none()) {
        return Ok(());
    }
    let (kind, (reason, message)) = (ended.outcome.kind().name(), why(ended.outcome));
    let article = ended.article.map(|id| id.0);
    let Some(row) = row else {
        connection
            .prepare_cached(
                "INSERT INTO outcome (entry_id, article_id, source, url, title, by_hand, kind, reason, message, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                ended.entry_row,
                article,
                ended.source.map(SourceId::as_str),
                ended.url,
                title(ended),
                ended.by_hand,
                kind,
                reason,
                message,
                Micros(ended.at),
            ])?;
        return Ok(());
    };
    // All sightings of an article ended as it stands now.
    connection
        .prepare_cached(
            "UPDATE outcome SET article_id = ?2, title = ?3, kind = ?4, reason = ?5, message = ?6, at = ?7
             WHERE id = ?1 OR article_id = ?2",
        )?
        .execute(params![row, article, title(ended), kind, reason, message, Micros(ended.at)])?;
    Ok(())
}

/// Finds the row that a look takes the place of.
fn row_of(connection: &Connection, ended: &Ended) -> Result<Option<i64>, StoreError> {
    let found = match (ended.entry_row, ended.article.filter(|_| ended.was_known)) {
        (Some(entry), _) => connection
            .prepare_cached("SELECT id FROM outcome WHERE entry_id = ?1")?
            .query_row([entry], |row| row.get(0)),
        (None, Some(article)) => connection
            .prepare_cached("SELECT id FROM outcome WHERE article_id = ?1 ORDER BY id LIMIT 1")?
            .query_row([article.0], |row| row.get(0)),
        (None, None) => connection
            .prepare_cached("SELECT id FROM outcome WHERE url = ?1 AND entry_id IS NULL ORDER BY id LIMIT 1")?
            .query_row([ended.url], |row| row.get(0)),
    };
    Ok(found.optional()?)
}

fn title<'a>(ended: &Ended<'a>) -> &'a str {
    match ended.outcome {
        Outcome::Kept(all) => &all.article.title,
        Outcome::OffTopic(both) => &both.0.title,
        Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. } => ended.announced_title,
    }
}

/// Returns the reason as one word and as a sentence.
fn why(outcome: &Outcome) -> (String, String) {
    match outcome {
        Outcome::Kept(_) => ("kept".to_owned(), String::new()),
        Outcome::OffTopic(both) => ("off-topic".to_owned(), format!("not on topic: score {:.2}", both.1.score)),
        Outcome::Dropped(reason) => (reason.name().to_owned(), reason.to_string()),
        Outcome::Unread(reason) => (reason.name.clone(), reason.message.clone()),
        Outcome::Split { turns } => {
            ("transcript".to_owned(), format!("a transcript: each of its {turns} turns is an article of its own"))
        }
    }
}

fn read_outcome(row: &Row) -> rusqlite::Result<OutcomeRow> {
    Ok(OutcomeRow {
        source: row.maybe_named("source")?,
        url: row.get("url")?,
        title: row.get("title")?,
        kind: row.named("kind")?,
        reason: row.get("reason")?,
        message: row.get("message")?,
        at: row.time("at")?,
        by_hand: row.get("by_hand")?,
        article: row.get::<_, Option<i64>>("article_id")?.map(ArticleId),
    })
}
