//! What an entry point announced before, for judging how well it does.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::column::{Columns, Micros};
use super::entry::keyed;
use super::{Store, StoreError, address};
use crate::model::{FeedEntry, FeedReading, Overlap, PastItem, PointPast, SeenInterval, SourceId};

/// Four weeks, and the days on either side that tell whether the first and the last of them are whole.
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The newest items that are always told of, however old.
const NEWEST: i64 = 16;

impl Store {
    /// Returns what is known of an entry point up to a moment: as of its last look before that.
    pub fn point_past(&self, source: &SourceId, url: &str, until: Timestamp) -> Result<PointPast, StoreError> {
        let snapshot = self.snapshot()?;
        let mut query = snapshot.prepare_cached(LAST_LOOK)?;
        let last = query.query_row(params![url, Micros(until)], |row| row.time("finished")).optional()?;
        let Some(last) = last else {
            return Ok(PointPast { entry_point: url.to_owned(), ..PointPast::default() });
        };
        let mut query = snapshot.prepare_cached(LOOKS)?;
        let since = Micros(last.checked_sub(MONTH).unwrap_or(Timestamp::MIN));
        let looks = query.query_map(params![url, Micros(last), since], |row| row.time("at"))?;
        let looks = looks.collect::<Result<_, _>>()?;
        let mut query = snapshot.prepare_cached(FALSE_VALIDATORS)?;
        let false_validators = query.query_row(params![url, Micros(last)], |row| row.maybe_time("at"))?;
        let mut query = snapshot.prepare_cached(LAST_OVERLAP)?;
        let missed = query.query_row(params![url, Micros(last)], read_missed).optional()?.flatten();
        Ok(PointPast {
            entry_point: url.to_owned(),
            items: items(&snapshot, source, url, last)?,
            looks,
            missed,
            false_validators,
        })
    }

    /// Counts how much of a reading its entry point has announced before.
    pub fn overlap(&self, source: &SourceId, url: &str, reading: &FeedReading) -> Result<Overlap, StoreError> {
        let snapshot = self.snapshot()?;
        let mut query =
            snapshot.prepare_cached("SELECT MAX(seen_by) AS at FROM entry WHERE source = ?1 AND entry_point = ?2")?;
        let newest = query.query_row(params![source.as_str(), url], |row| row.maybe_time("at"))?;
        let mut query = snapshot.prepare_cached(ITEMS_BEFORE)?;
        // What is empty for weeks between two items has nothing that could roll off.
        let was_empty = query.query_row([url], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten() == Some(0);
        let entries: Vec<(String, &FeedEntry)> = keyed(Some(reading)).collect();
        let has_past = newest.is_some() && !was_empty;
        let mut overlap = Overlap { items: entries.len(), has_past, ..Overlap::default() };
        if !overlap.has_past {
            return Ok(overlap);
        }
        let point = Point { source, url, connection: &snapshot };
        for (key, entry) in &entries {
            let seen = point.seen(key, entry)?;
            overlap.known += usize::from(seen.is_some());
            overlap.has_newest |= seen.is_some() && seen == newest;
        }
        if overlap.known == 0 {
            overlap.known_headlines = point.known_headlines(entries.iter().map(|(_, entry)| *entry))?;
        }
        Ok(overlap)
    }
}

const LAST_LOOK: &str = "
    SELECT finished FROM fetch
    WHERE url = ?1 AND purpose = 'feed' AND finished <= ?2 AND (outcome = 'not-modified'
        OR outcome = 'answered' AND feed_kind IS NOT NULL AND feed_kind <> 'unknown')
    ORDER BY started DESC, id DESC LIMIT 1";

// An answer of "not modified" closes no gap.
const LAST_OVERLAP: &str = "
    SELECT may_have_missed, finished AS seen_by, (SELECT MAX(before.started) FROM fetch AS before
        WHERE before.url = ?1 AND before.purpose = 'feed' AND before.started < fetch.started
            AND (before.outcome = 'not-modified' OR before.outcome = 'answered' AND before.feed_kind IS NOT NULL
                AND before.feed_kind <> 'unknown')) AS seen_after
    FROM fetch
    WHERE url = ?1 AND purpose = 'feed' AND finished <= ?2 AND may_have_missed IS NOT NULL
    ORDER BY started DESC, id DESC LIMIT 1";

// One look an hour is enough.
const LOOKS: &str = "
    SELECT MAX(finished) AS at FROM fetch
    WHERE url = ?1 AND purpose = 'feed' AND finished <= ?2 AND started > ?3 AND (outcome = 'not-modified'
        OR outcome = 'answered' AND feed_kind IS NOT NULL AND feed_kind <> 'unknown')
    GROUP BY finished / 3600000000 ORDER BY at";

const ITEMS_BEFORE: &str = "
    SELECT items FROM fetch
    WHERE url = ?1 AND purpose = 'feed' AND outcome = 'answered' AND feed_kind IS NOT NULL AND feed_kind <> 'unknown'
    ORDER BY started DESC, id DESC LIMIT 1";

const FALSE_VALIDATORS: &str =
    "SELECT MAX(finished) AS at FROM fetch WHERE url = ?1 AND finished <= ?2 AND false_validators = 1";

const ITEMS: &str = "
    SELECT COALESCE(leader, id) AS page, COALESCE(published, updated) AS claimed, seen_after, seen_by FROM entry
    WHERE source = ?1 AND entry_point = ?2 AND seen_by <= ?3 AND seen_by > ?4";

const NEWEST_ITEMS: &str = "
    SELECT COALESCE(leader, id) AS page, COALESCE(published, updated) AS claimed, seen_after, seen_by FROM entry
    WHERE source = ?1 AND entry_point = ?2 AND seen_by <= ?3 ORDER BY seen_by DESC, id LIMIT ?4";

/// The interval in which items may have been missed, by a look that found nothing known.
fn read_missed(row: &Row) -> rusqlite::Result<Option<SeenInterval>> {
    let may_have_missed: bool = row.get("may_have_missed")?;
    Ok(if may_have_missed { Some(row.seen()?) } else { None })
}

/// The items of the month before the newest, or the newest few where that holds fewer.
fn items(connection: &Connection, source: &SourceId, url: &str, until: Timestamp) -> Result<Vec<PastItem>, StoreError> {
    let read = |sql: &str, limit: i64| -> Result<Vec<PastItem>, StoreError> {
        let mut query = connection.prepare_cached(sql)?;
        let items = query.query_map(params![source.as_str(), url, Micros(until), limit], read_item)?;
        Ok(items.collect::<Result<_, _>>()?)
    };
    let newest = read(NEWEST_ITEMS, NEWEST)?;
    let since = newest.first().and_then(|newest| newest.seen.by.checked_sub(MONTH).ok()).unwrap_or(Timestamp::MIN);
    let month = read(ITEMS, since.as_microsecond())?;
    Ok(if month.len() >= newest.len() { month } else { newest })
}

fn read_item(row: &Row) -> rusqlite::Result<PastItem> {
    Ok(PastItem { page: row.get("page")?, claimed: row.maybe_time("claimed")?, seen: row.seen()? })
}

/// An entry point whose entries are looked up.
struct Point<'a> {
    source: &'a SourceId,
    url: &'a str,
    connection: &'a Connection,
}

impl Point<'_> {
    /// Returns when the entry point first announced an entry of that id or address.
    fn seen(&self, key: &str, entry: &FeedEntry) -> Result<Option<Timestamp>, StoreError> {
        let mut by_key = self.connection.prepare_cached(
            "SELECT url, title, seen_by FROM entry WHERE source = ?1 AND entry_point = ?2 AND key = ?3",
        )?;
        let known = by_key
            .query_row(params![self.source.as_str(), self.url, key], |row| {
                Ok((row.get::<_, Option<String>>("url")?, row.get::<_, String>("title")?, row.time("seen_by")?))
            })
            .optional()?;
        if let Some((before, title, seen)) = known {
            let other = before.as_deref().zip(entry.url.as_deref());
            let apart = other.and_then(|(before, now)| address::key_apart(key, before, now, title == entry.title));
            return match apart {
                Some(key) => self.seen(&key, entry),
                None => Ok(Some(seen)),
            };
        }
        // The signs keep to the index of addresses: an entry point has thousands of entries, an address a few.
        let mut by_url = self.connection.prepare_cached(
            "SELECT MAX(seen_by) AS at FROM entry WHERE url = ?3 AND +source = ?1 AND +entry_point = ?2",
        )?;
        Ok(by_url.query_row(params![self.source.as_str(), self.url, entry.url], |row| row.maybe_time("at"))?)
    }

    /// Counts the headlines that the entry point has announced, each once.
    fn known_headlines<'a>(&self, entries: impl Iterator<Item = &'a FeedEntry>) -> Result<usize, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE source = ?1 AND entry_point = ?2 AND title = ?3)",
        )?;
        /// So many tell as well as all.
        const MOST: usize = 500;
        let headlines: HashSet<&str> =
            entries.map(|entry| entry.title.as_str()).filter(|title| !title.is_empty()).take(MOST).collect();
        let mut known = 0;
        for headline in headlines {
            let is_known: bool =
                query.query_row(params![self.source.as_str(), self.url, headline], |row| row.get(0))?;
            known += usize::from(is_known);
        }
        Ok(known)
    }
}
