//! How sources were watched, and what changed in what they printed.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Row, params};

use super::column::{Columns, Micros, count};
use super::{Store, StoreError};
use crate::model::{ArticleId, Change, ChangeKind, SourceId, WatchRecord};

impl Store {
    /// Returns how a source was watched from `from` to before `to`.
    ///
    /// A page counts as unread when it could not be had, waits for its look, or held no article that could be read; one
    /// that says itself that the article is not there was read.
    pub fn watch(&self, source: &SourceId, from: Timestamp, to: Timestamp) -> Result<WatchRecord, StoreError> {
        let snapshot = self.snapshot()?;
        let window = params![source.as_str(), Micros(from), Micros(to)];
        let mut record = snapshot.query_row(LOOKS, window, |row| read_looks(source, row))?;
        record.longest_gap = snapshot
            .query_row(LONGEST_GAP, window, |row| row.get::<_, Option<i64>>(0))?
            .map(SignedDuration::from_micros);
        record.rolled_over = count(snapshot.query_row(ROLLED_OVER, window, |row| row.get(0))?);
        record.false_unmodified = count(snapshot.query_row(FALSE_UNMODIFIED, window, |row| row.get(0))?);
        record.near_topic = count(snapshot.query_row(
            NEAR,
            params![source.as_str(), Micros(from), Micros(to), NEAR_SCORE],
            |row| row.get(0),
        )?);
        record.partial_articles = count(snapshot.query_row(PARTIAL, window, |row| row.get(0))?);
        record.unread_pages = count(snapshot.query_row(UNREAD, window, |row| row.get(0))?);
        record.articles = count(snapshot.query_row(ARTICLES, window, |row| row.get(0))?);
        Ok(record)
    }

    /// Returns what was seen to change since then, from the oldest to the newest.
    ///
    /// What was read from a feed and later from the page, or first in part and then whole, is no change.
    pub fn changes(&self, since: Timestamp) -> Result<Vec<Change>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut changes = Vec::new();
        for sql in [HEADLINES, BODIES, GONE] {
            let mut query = snapshot.prepare_cached(sql)?;
            for change in query.query_map([Micros(since)], read_change)? {
                changes.push(change?);
            }
        }
        changes.sort_by_key(|change| (change.seen.by, change.article, change.kind));
        Ok(changes)
    }
}

const LOOKS: &str = "
    SELECT COUNT(DISTINCT url) AS entry_points, COUNT(*) AS looks, MIN(started) AS first_look,
           MAX(started) AS last_look,
           COUNT(*) FILTER (WHERE outcome = 'not-modified'
               OR outcome = 'answered' AND feed_kind IS NOT NULL AND feed_kind <> 'unknown') AS answered,
           COUNT(*) FILTER (WHERE outcome = 'answered' AND items = 0) AS empty_looks,
           COUNT(*) FILTER (WHERE outcome = 'answered' AND json_array_length(problems) > 0) AS flawed_looks,
           (SELECT json_extract(problems, '$[0]') FROM fetch WHERE source = ?1 AND purpose = 'feed' AND started >= ?2
               AND started < ?3 AND outcome = 'answered' AND json_array_length(problems) > 0
               ORDER BY started DESC, id DESC LIMIT 1) AS flaw,
           (SELECT failure FROM fetch WHERE source = ?1 AND purpose = 'feed' AND started >= ?2 AND started < ?3
               AND failure IS NOT NULL ORDER BY started DESC, id DESC LIMIT 1) AS failure
    FROM fetch WHERE source = ?1 AND purpose = 'feed' AND started >= ?2 AND started < ?3";

// A page that several announced is one, and its outcome stands with the first of them.
const UNREAD: &str = "
    SELECT COUNT(DISTINCT COALESCE(entry.leader, entry.id)) FROM entry
    LEFT JOIN outcome ON outcome.entry_id = COALESCE(entry.leader, entry.id)
    WHERE entry.source = ?1 AND entry.seen_by >= ?2 AND entry.seen_by < ?3 AND entry.article_id IS NULL
      AND (outcome.kind IS NULL OR outcome.kind = 'unread'
           OR outcome.kind = 'dropped' AND outcome.reason <> 'not-found-page')";

const LONGEST_GAP: &str = "
    SELECT MAX(gap) FROM (
        SELECT started - LAG(started) OVER (PARTITION BY url ORDER BY started, id) AS gap
        FROM fetch WHERE source = ?1 AND purpose = 'feed' AND outcome <> 'failed' AND started >= ?2 AND started < ?3
    )";

// Where nobody counted what was known, all of it was new.
const ROLLED_OVER: &str = "
    SELECT COUNT(*) FROM fetch AS look
    WHERE source = ?1 AND purpose = 'feed' AND started >= ?2 AND started < ?3
      AND (may_have_missed = 1 OR may_have_missed IS NULL AND items > 0 AND new_items = items
           AND EXISTS (SELECT 1 FROM fetch AS before WHERE before.url = look.url AND before.purpose = 'feed'
                       AND before.outcome <> 'failed' AND before.items > 0 AND before.started < look.started))";

// What came and went meanwhile shows at the next look with a body, which may lie behind the window.
const FALSE_UNMODIFIED: &str = "
    SELECT COUNT(*) FROM fetch AS look
    WHERE source = ?1 AND purpose = 'feed' AND started >= ?2 AND started < ?3 AND outcome = 'not-modified'
      AND (SELECT false_validators FROM fetch AS next WHERE next.url = look.url AND next.purpose = 'feed'
               AND next.started >= look.started AND next.outcome = 'answered'
           ORDER BY next.started, next.id LIMIT 1)";

const PARTIAL: &str = "
    SELECT COUNT(*) FROM (
        SELECT article_id, MIN(seen_by) AS first_seen FROM entry
        WHERE source = ?1 AND article_id IS NOT NULL GROUP BY article_id
    ) AS announced
    JOIN version ON version.article_id = announced.article_id AND version.number =
        (SELECT MAX(number) FROM version WHERE article_id = announced.article_id)
    WHERE first_seen >= ?2 AND first_seen < ?3 AND version.partial IS NOT NULL";

/// From this score on an off-topic article is close to the topic.
const NEAR_SCORE: f64 = 0.25;

const NEAR: &str = "
    SELECT COUNT(*) FROM (
        SELECT article_id, MIN(seen_by) AS first_seen FROM entry
        WHERE source = ?1 AND article_id IS NOT NULL GROUP BY article_id
    ) AS announced
    JOIN article ON article.id = announced.article_id AND article.outcome = 'off-topic'
    JOIN version ON version.article_id = announced.article_id AND version.number =
        (SELECT MAX(number) FROM version WHERE article_id = announced.article_id)
    WHERE first_seen >= ?2 AND first_seen < ?3 AND version.score >= ?4";

const ARTICLES: &str = "
    SELECT COUNT(*) FROM (
        SELECT MIN(seen_by) AS first_seen FROM entry WHERE source = ?1 AND article_id IS NOT NULL GROUP BY article_id
    ) WHERE first_seen >= ?2 AND first_seen < ?3";

const HEADLINES: &str = "
    SELECT 'headline' AS kind, new.article_id, article.source, old.title AS before, new.title AS after,
           new.seen_after, new.seen_by
    FROM version AS new
    JOIN version AS old ON old.article_id = new.article_id AND old.number = new.number - 1
    JOIN article ON article.id = new.article_id
    WHERE new.seen_by >= ?1 AND old.title <> new.title AND NOT new.read_anew AND (old.layer = 'feed') = (new.layer = 'feed')";

const BODIES: &str = "
    SELECT 'body' AS kind, new.article_id, article.source, old.text AS before, new.text AS after,
           new.seen_after, new.seen_by
    FROM version AS new
    JOIN version AS old ON old.article_id = new.article_id AND old.number = new.number - 1
    JOIN article ON article.id = new.article_id
    WHERE new.seen_by >= ?1 AND old.text <> new.text AND NOT new.read_anew AND (old.layer = 'feed') = (new.layer = 'feed')
      AND (old.partial IS NULL) = (new.partial IS NULL)";

const GONE: &str = "
    SELECT 'gone' AS kind, gone.article_id, article.source, version.title AS before, gone.answer AS after,
           gone.after AS seen_after, gone.by AS seen_by
    FROM gone
    JOIN article ON article.id = gone.article_id
    JOIN version ON version.article_id = gone.article_id AND version.number =
        (SELECT MAX(number) FROM version WHERE article_id = gone.article_id AND seen_by <= gone.by)
    WHERE gone.by >= ?1";

fn read_looks(source: &SourceId, row: &Row) -> rusqlite::Result<WatchRecord> {
    Ok(WatchRecord {
        source: source.clone(),
        entry_points: count(row.get("entry_points")?),
        looks: count(row.get("looks")?),
        answered: count(row.get("answered")?),
        empty_looks: count(row.get("empty_looks")?),
        flawed_looks: count(row.get("flawed_looks")?),
        flaw: row.get("flaw")?,
        near_topic: 0,
        rolled_over: 0,
        false_unmodified: 0,
        longest_gap: None,
        unread_pages: 0,
        partial_articles: 0,
        articles: 0,
        first_look: row.maybe_time("first_look")?,
        last_look: row.maybe_time("last_look")?,
        failure: row.get("failure")?,
        health: Vec::new(),
    })
}

fn read_change(row: &Row) -> rusqlite::Result<Change> {
    Ok(Change {
        article: ArticleId(row.get("article_id")?),
        source: row.maybe_named("source")?,
        kind: row.named::<ChangeKind>("kind")?,
        before: row.get("before")?,
        after: row.get("after")?,
        seen: row.seen()?,
    })
}
