//! Looks at entry points and what they announced.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{Columns, Micros, json, maybe};
use super::warc::Answer;
use super::{FetchLog, FetchOutcome, FetchPurpose, PollState, Store, StoreError, address, fetch, log_change, poll};
use crate::model::{ArticleId, FeedEntry, FeedKind, FeedReading, SeenInterval, SourceId};

/// One answered look at an entry point.
#[derive(Debug, Clone)]
pub struct FeedKeep {
    /// The source.
    pub source: SourceId,
    /// The entry point's address as configured.
    pub entry_point: String,
    /// The address that answered, after redirects.
    pub final_url: Option<String>,
    /// When the request began.
    pub started: Timestamp,
    /// When the answer was complete.
    pub finished: Timestamp,
    /// The status; 304 is "not modified".
    pub status: u16,
    /// The headers of the answer as received.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; `None` for a 304.
    pub body: Option<Vec<u8>>,
    /// What was read in it; `None` when nothing is new by itself: a 304, or the same body as at the look before.
    pub reading: Option<FeedReading>,
    /// How many entries were announced, with those that are no news; `None` where that says nothing: of a 304 and an index.
    pub items: Option<usize>,
    /// The sitemaps that were looked at with it, when it is an index of them.
    pub parts: Vec<PartKeep>,
    /// How many of its items the entry point had announced before; `None` when nobody counted.
    pub known_items: Option<u32>,
    /// True when none was known, so that others may have come and gone; `None` when nobody counted.
    pub may_have_missed: Option<bool>,
    /// True when this shows that the validators of the looks before were false.
    pub false_validators: bool,
    /// What is to be remembered until the next look.
    pub state: PollState,
}

/// One look at a sitemap that an index names, answered or not.
#[derive(Debug, Clone)]
pub struct PartKeep {
    /// The row of the log.
    pub log: FetchLog,
    /// The headers of the answer as received.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; `None` of a failure and of a 304.
    pub body: Option<Vec<u8>>,
    /// What is to be remembered until the next look.
    pub state: PollState,
}

/// What a look at an entry point brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedKept {
    /// Entries not announced before, by any source; their pages are to be looked at.
    pub new: Vec<PendingEntry>,
    /// Known entries whose headline or date of change is another now; their pages are to be looked at again.
    pub changed: Vec<PendingEntry>,
    /// The other entries.
    pub known: usize,
}

/// An entry whose page waits for a look.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingEntry {
    /// The row, to be given back in [`super::PageKeep::entry_row`].
    pub row: i64,
    /// The source that announced it.
    pub source: SourceId,
    /// The entry point that announced it.
    pub entry_point: String,
    /// What was announced, as it stands now.
    pub entry: FeedEntry,
    /// When it was first seen.
    pub seen: SeenInterval,
    /// Looks at its page since it was announced or changed.
    pub tries: u32,
    /// When it was last looked at.
    pub last_try: Option<Timestamp>,
    /// The article it is already, for a second look.
    pub article: Option<ArticleId>,
}

impl Store {
    /// Keeps one answered look at an entry point in one transaction: log row, capture, poll state, entries.
    ///
    /// The first-seen interval of a new entry begins with the previous readable look at the same entry point.
    /// `last_new` of the poll state is set here. An entry whose address another entry or article has already is stored
    /// as a sighting of it and counted as known.
    pub fn keep_feed(&mut self, keep: &FeedKeep) -> Result<FeedKept, StoreError> {
        let (transaction, captures) = self.begin()?;
        let capture = match &keep.body {
            Some(body) => Some(captures.keep(&transaction, &answer(keep, body))?),
            None => None,
        };
        let mut intervals = HashMap::new();
        let mut kept = FeedKept::default();
        for (key, entry) in keyed(keep.reading.as_ref()) {
            let seen = match intervals.get(&entry.part) {
                Some(seen) => *seen,
                None => *intervals.entry(&entry.part).or_insert(first_seen(&transaction, keep, entry.part.as_deref())?),
            };
            let look = Look { source: &keep.source, entry_point: &keep.entry_point, seen };
            match look.meet(&transaction, &key, entry)? {
                Met::New(pending) => kept.new.push(pending),
                Met::Changed(pending) => kept.changed.push(pending),
                Met::Known => kept.known += 1,
            }
        }
        fetch::write(&transaction, &log(keep, &kept), capture)?;
        poll::remember(&transaction, &keep.entry_point, &keep.state)?;
        for part in &keep.parts {
            let url = part.log.final_url.as_ref().unwrap_or(&part.log.url);
            let answer =
                |body| Answer { url, at: part.log.finished, status: part.log.status, headers: &part.headers, body };
            let capture = part.body.as_deref().map(|body| captures.keep(&transaction, &answer(body))).transpose()?;
            fetch::write(&transaction, &part.log, capture)?;
            poll::remember(&transaction, &part.log.url, &part.state)?;
        }
        if !kept.new.is_empty() {
            poll::remember_news(&transaction, &keep.entry_point, keep.finished)?;
        }
        transaction.commit()?;
        Ok(kept)
    }

    /// Logs a failed look at an entry point and what is to be remembered of it, in one transaction.
    pub fn fail_feed(&mut self, log: &FetchLog, state: &PollState) -> Result<(), StoreError> {
        let (transaction, _) = self.begin()?;
        fetch::write(&transaction, log, None)?;
        poll::remember(&transaction, &log.url, state)?;
        Ok(transaction.commit()?)
    }

    /// Returns the row of the entry that announced an address first.
    pub fn entry_of(&self, url: &str) -> Result<Option<i64>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM entry WHERE url = ?1 AND leader IS NULL ORDER BY id LIMIT 1")?;
        Ok(query.query_row([url], |row| row.get(0)).optional()?)
    }

    /// Hands pages that wait for a source nobody watches any more over to one of these that announced them, too.
    pub fn hand_over(&mut self, watched: &[&SourceId]) -> Result<(), StoreError> {
        let (transaction, _) = self.begin()?;
        let mut query = transaction.prepare_cached(
            "SELECT entry.id, entry.leader, entry.source, waiting.source AS first FROM entry
             JOIN entry AS waiting ON waiting.id = entry.leader
             WHERE waiting.waits = 1 AND waiting.article_id IS NULL ORDER BY entry.id",
        )?;
        let sighting = |row: &Row| -> rusqlite::Result<(i64, i64, String, String)> {
            Ok((row.get("id")?, row.get("leader")?, row.get("source")?, row.get("first")?))
        };
        let sightings: Vec<_> = query.query_map([], sighting)?.collect::<Result<_, _>>()?;
        drop(query);
        let is_watched = |source: &str| watched.iter().any(|watched| watched.as_str() == source);
        let mut handed = HashSet::new();
        for (row, leader, source, first) in sightings {
            if is_watched(&source) && !is_watched(&first) && handed.insert(leader) {
                lead_instead(&transaction, row, leader)?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Returns the entries that wait for a look at their page, oldest first.
    ///
    /// Those are: never looked at (a run that was cut off), unread, and changed without a look since. Entries with
    /// `max_tries` looks or more are left out, and so are those looked at at `now` or later.
    pub fn pending(&self, now: Timestamp, max_tries: u32) -> Result<Vec<PendingEntry>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT * FROM entry
             WHERE waits = 1 AND tries < ?1 AND (last_try IS NULL OR last_try < ?2) ORDER BY id",
        )?;
        Ok(query.query_map(params![max_tries, Micros(now)], read_pending)?.collect::<Result<_, _>>()?)
    }
}

/// Announces a turn of a transcript: an entry whose page was looked at already. Returns its row, and true when it is new.
pub(super) fn announce_turn(
    connection: &Connection,
    source: &SourceId,
    entry_point: &str,
    seen: SeenInterval,
    entry: &FeedEntry,
) -> Result<(PendingEntry, bool), StoreError> {
    let key = entry.key.0.as_str();
    match (Look { source, entry_point, seen }).meet(connection, key, entry)? {
        Met::New(pending) => Ok((pending, true)),
        Met::Changed(pending) => Ok((pending, false)),
        Met::Known => {
            let mut query = connection.prepare_cached(
                "SELECT * FROM entry WHERE id = (SELECT COALESCE(leader, id) FROM entry
                     WHERE source = ?1 AND (key = ?2 AND entry_point = ?3 OR url = ?4) ORDER BY id LIMIT 1)",
            )?;
            let known = params![source.as_str(), key, entry_point, entry.url];
            Ok((query.query_row(known, read_pending)?, false))
        }
    }
}

/// A row that stands for a page, with the article it is when it is one.
#[derive(Debug, Clone)]
struct Lead {
    row: Option<i64>,
    article: Option<i64>,
    source: Option<String>,
    entry_point: Option<String>,
    /// Its page is still to be looked at.
    waits: bool,
    /// Its page could not be read so far.
    is_unread: bool,
}

/// What an entry turned out to be.
enum Met {
    New(PendingEntry),
    Changed(PendingEntry),
    Known,
}

/// One look, while its entries are kept.
struct Look<'a> {
    source: &'a SourceId,
    entry_point: &'a str,
    seen: SeenInterval,
}

impl Look<'_> {
    fn meet(&self, connection: &Connection, key: &str, entry: &FeedEntry) -> Result<Met, StoreError> {
        let known = connection
            .prepare_cached(
                "SELECT id, leader, title, updated, url FROM entry
                 WHERE source = ?1 AND entry_point = ?2 AND key = ?3",
            )?
            .query_row([self.source.as_str(), self.entry_point, key], |row| {
                let lead = row.get::<_, Option<i64>>("leader")?;
                let id = row.get::<_, i64>("id")?;
                let url = row.get::<_, Option<String>>("url")?;
                Ok((id, lead.unwrap_or(id), row.get::<_, String>("title")?, row.maybe_time("updated")?, url))
            })
            .optional()?;
        let Some((row, lead, title, updated, url)) = known else { return self.first_sight(connection, key, entry) };
        let other = url.as_deref().zip(entry.url.as_deref());
        if let Some(key) = other.and_then(|(before, now)| address::key_apart(key, before, now, title == entry.title)) {
            return self.meet(connection, &key, entry);
        }
        let headline_changed = !entry.title.is_empty() && entry.title != title;
        let date_changed = entry.updated.is_some() && !same_moment(entry.updated, updated);
        if !headline_changed && !date_changed {
            return Ok(Met::Known);
        }
        connection
            .prepare_cached(
                "UPDATE entry SET url = ?2, title = ?3, updated = ?4, body = ?5, published = ?6 WHERE id = ?1",
            )?
            .execute(params![
                row,
                entry.url,
                entry.title,
                maybe(entry.updated.or(updated)),
                json(entry)?,
                maybe(published(entry))
            ])?;
        look_again(connection, lead)
    }

    /// Stores an entry that this entry point did not announce before.
    fn first_sight(&self, connection: &Connection, key: &str, entry: &FeedEntry) -> Result<Met, StoreError> {
        // The same page under another key: some outlets give an item a new id with each edit, some at each look.
        let title_before = self.title_before(connection, entry)?;
        if title_before.as_ref() == Some(&entry.title) || self.is_known_otherwise(connection, entry)? {
            return Ok(Met::Known);
        }
        let lead = lead(connection, self.source, key, entry)?;
        let takes_over = lead.as_ref().filter(|lead| self.takes_over(lead, entry)).and_then(|lead| lead.row);
        let lead = lead.filter(|_| takes_over.is_none());
        let mut statement = connection.prepare_cached(
            "INSERT INTO entry (source, entry_point, key, url, title, published, updated, body, seen_after, seen_by,
                 leader, article_id, waits, tries)
             VALUES (:source, :entry_point, :key, :url, :title, :published, :updated, :body, :seen_after, :seen_by,
                 :leader, :article, :waits, 0)",
        )?;
        statement.execute(named_params! {
            ":source": self.source.as_str(),
            ":entry_point": self.entry_point,
            ":key": key,
            ":url": entry.url,
            ":title": entry.title,
            ":published": maybe(published(entry)),
            ":updated": maybe(entry.updated),
            ":body": json(entry)?,
            ":seen_after": maybe(self.seen.after),
            ":seen_by": Micros(self.seen.by),
            ":leader": lead.as_ref().and_then(|lead| lead.row),
            ":article": lead.as_ref().and_then(|lead| lead.article),
            ":waits": lead.is_none(),
        })?;
        let row = connection.last_insert_rowid();
        if let Some(leader) = takes_over {
            lead_instead(connection, row, leader)?;
        }
        let Some(lead) = lead else { return Ok(Met::New(pending_row(connection, row)?)) };
        if let Some(article) = lead.article {
            announce(connection, article, self.source)?;
            if self.is_of_own_site(&lead, entry) {
                print_by(connection, article, self.source)?;
            }
        }
        match lead.row.filter(|_| title_before.is_some() && !entry.title.is_empty()) {
            Some(lead) => look_again(connection, lead),
            None => Ok(Met::Known),
        }
    }

    /// Says whether this entry point announced the page under this headline before, in an address with another parameter of
    /// the visit.
    fn is_known_otherwise(&self, connection: &Connection, entry: &FeedEntry) -> Result<bool, StoreError> {
        let Some(url) = entry.url.as_deref().filter(|url| url.contains('?') && !entry.title.is_empty()) else {
            return Ok(false);
        };
        let mut query = connection.prepare_cached(
            "SELECT url FROM entry WHERE source = ?1 AND entry_point = ?2 AND title = ?3 AND url IS NOT NULL
             ORDER BY id DESC LIMIT 20",
        )?;
        let look = params![self.source.as_str(), self.entry_point, entry.title];
        let urls: Vec<String> = query.query_map(look, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(urls.iter().any(|before| address::differ_by_the_visit(before, url)))
    }

    /// Says whether this entry is to be looked at although another source announced its page first: nobody could read it, or
    /// it waits, and it is on this source's own site and not on that one's.
    fn takes_over(&self, lead: &Lead, entry: &FeedEntry) -> bool {
        lead.article.is_none()
            && lead.source.as_deref().is_some_and(|source| source != self.source.as_str())
            && (lead.is_unread || lead.waits && self.is_of_own_site(lead, entry))
    }

    /// Says whether the page of an entry is on this source's own site, and not on that of the one that announced it first.
    fn is_of_own_site(&self, lead: &Lead, entry: &FeedEntry) -> bool {
        let is_other = lead.source.as_deref().is_some_and(|source| source != self.source.as_str());
        let (Some(url), Some(first)) = (&entry.url, &lead.entry_point) else { return false };
        is_other && address::is_on_site_of(self.entry_point, url) && !address::is_on_site_of(first, url)
    }

    /// Returns the headline under which this entry point announced the same page last.
    fn title_before(&self, connection: &Connection, entry: &FeedEntry) -> Result<Option<String>, StoreError> {
        let mut query = connection.prepare_cached(
            "SELECT title FROM entry WHERE url = ?1 AND source = ?2 AND entry_point = ?3 ORDER BY id DESC LIMIT 1",
        )?;
        let look = params![entry.url, self.source.as_str(), self.entry_point];
        Ok(query.query_row(look, |row| row.get(0)).optional()?)
    }
}

fn published(entry: &FeedEntry) -> Option<Timestamp> {
    entry.published.as_ref().map(|published| published.at)
}

/// Finds what stands already for the page of an entry.
fn lead(connection: &Connection, source: &SourceId, key: &str, entry: &FeedEntry) -> Result<Option<Lead>, StoreError> {
    let Some(url) = &entry.url else {
        // Without an address only the same source can say that it is the same item.
        let mut query = connection.prepare_cached(
            "SELECT id, article_id, source, entry_point, waits, 0 AS is_unread FROM entry
             WHERE source = ?1 AND key = ?2 AND title = ?3 AND url IS NULL AND leader IS NULL ORDER BY id LIMIT 1",
        )?;
        return Ok(query.query_row([source.as_str(), key, &entry.title], read_lead).optional()?);
    };
    let mut query = connection.prepare_cached(
        "SELECT id, article_id, source, entry_point, waits, EXISTS (SELECT 1 FROM outcome
             WHERE entry_id = entry.id AND kind = 'unread') AS is_unread
         FROM entry WHERE url = ?1 AND leader IS NULL ORDER BY id LIMIT 1",
    )?;
    if let Some(lead) = query.query_row([url], read_lead).optional()? {
        return Ok(Some(lead));
    }
    let mut query = connection.prepare_cached(
        "SELECT entry.id, address.article_id, entry.source, entry.entry_point, 0 AS waits, 0 AS is_unread
         FROM address LEFT JOIN entry ON entry.id =
             (SELECT MIN(id) FROM entry WHERE article_id = address.article_id AND leader IS NULL)
         WHERE address.url = ?1",
    )?;
    Ok(query.query_row([url], read_lead).optional()?)
}

/// Lets the page of a known entry be looked at again, unless it waits for its first look anyway.
fn look_again(connection: &Connection, row: i64) -> Result<Met, StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE entry SET waits = 1, tries = 0, last_try = NULL WHERE id = ?1 AND (waits = 0 OR tries > 0)",
        )?
        .execute([row])?;
    if changed == 0 { Ok(Met::Known) } else { Ok(Met::Changed(pending_row(connection, row)?)) }
}

/// Makes a row stand for a page in place of the one that did.
fn lead_instead(connection: &Connection, row: i64, leader: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE entry SET leader = ?1, waits = 0 WHERE (id = ?2 OR leader = ?2) AND id <> ?1")?
        .execute([row, leader])?;
    connection.prepare_cached("UPDATE entry SET leader = NULL, waits = 1 WHERE id = ?1")?.execute([row])?;
    Ok(())
}

/// Notes that an article that another announced first is printed by the source on whose site it is.
fn print_by(connection: &Connection, article: i64, source: &SourceId) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached("UPDATE article SET source = ?2 WHERE id = ?1 AND source <> ?2")?
        .execute(params![article, source.as_str()])?;
    if changed > 0 { log_change(connection, article) } else { Ok(()) }
}

/// Notes that a source announced an article: one that a person brought in is from then on seen by ourselves too.
pub(super) fn announce(connection: &Connection, article: i64, source: &SourceId) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE article SET by_hand = 0, source = ?2
             WHERE id = ?1 AND by_hand = 1 AND (source IS NULL OR source = ?2)",
        )?
        .execute(params![article, source.as_str()])?;
    if changed > 0 { log_change(connection, article) } else { Ok(()) }
}

/// When an entry that is new now was first seen: not before the previous look that would have shown it.
fn first_seen(connection: &Connection, keep: &FeedKeep, part: Option<&str>) -> Result<SeenInterval, StoreError> {
    let after = match part {
        None => previous_look(connection, &keep.entry_point)?,
        Some(part) => previous_look_at_part(connection, &keep.entry_point, part)?,
    };
    Ok(SeenInterval { after: after.filter(|after| *after <= keep.finished), by: keep.finished })
}

/// Returns when the previous look began that would have shown an entry of a sitemap that an index names: one at the sitemap
/// itself, or one at the index at which nothing was left unread.
fn previous_look_at_part(connection: &Connection, index: &str, part: &str) -> Result<Option<Timestamp>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT MAX(started) AS started FROM fetch
         WHERE url = ?2 AND purpose = 'part' AND outcome <> 'failed'
            OR url = ?1 AND purpose = 'feed' AND outcome = 'answered' AND json_array_length(problems) = 0
               AND feed_kind IS NOT NULL AND feed_kind <> 'unknown'",
    )?;
    Ok(query.query_row([index, part], |row| row.maybe_time("started"))?)
}

/// Returns when the previous look began that would have shown an entry that was there.
fn previous_look(connection: &Connection, entry_point: &str) -> Result<Option<Timestamp>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT started FROM fetch
         WHERE url = ?1 AND purpose = 'feed' AND (outcome = 'not-modified'
             OR outcome = 'answered' AND feed_kind IS NOT NULL AND feed_kind <> 'unknown')
         ORDER BY started DESC LIMIT 1",
    )?;
    Ok(query.query_row([entry_point], |row| row.time("started")).optional()?)
}

/// Gives each entry of a reading a key of its own: some feeds use one id for several items.
pub(super) fn keyed(reading: Option<&FeedReading>) -> impl Iterator<Item = (String, &FeedEntry)> {
    let mut met: HashMap<&str, Vec<Option<&str>>> = HashMap::new();
    reading.into_iter().flat_map(|reading| &reading.entries).filter_map(move |entry| {
        let (key, url) = (entry.key.0.as_str(), entry.url.as_deref());
        let under_this_key = met.entry(key).or_default();
        if under_this_key.contains(&url) {
            return None; // the same item twice in one answer
        }
        under_this_key.push(url);
        let is_first = under_this_key.len() == 1;
        Some((if is_first { key.to_owned() } else { format!("{key} {}", url.unwrap_or_default()) }, entry))
    })
}

fn answer<'a>(keep: &'a FeedKeep, body: &'a [u8]) -> Answer<'a> {
    Answer {
        url: keep.final_url.as_deref().unwrap_or(&keep.entry_point),
        at: keep.finished,
        status: Some(keep.status),
        headers: &keep.headers,
        body,
    }
}

fn log(keep: &FeedKeep, kept: &FeedKept) -> FetchLog {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let reading = keep.reading.as_ref();
    FetchLog {
        source: Some(keep.source.clone()),
        outcome: if reading.is_some() { FetchOutcome::Answered } else { FetchOutcome::NotModified },
        status: Some(keep.status),
        bytes: keep.body.as_ref().map_or(0, |body| body.len() as u64),
        failure: reading
            .filter(|reading| reading.kind == FeedKind::Unknown)
            .map(|_| "the answer does not read as a feed".to_owned()),
        final_url: keep.final_url.clone(),
        feed_kind: reading.map(|reading| reading.kind),
        repairs: reading.map(|reading| reading.repairs.clone()).unwrap_or_default(),
        problems: reading.map(|reading| reading.problems.clone()).unwrap_or_default(),
        items: keep.items.map(number),
        new_items: reading.map(|_| number(kept.new.len())),
        known_items: keep.known_items,
        may_have_missed: keep.may_have_missed,
        false_validators: keep.false_validators,
        ..FetchLog::new(&keep.entry_point, FetchPurpose::Feed, keep.started, keep.finished)
    }
}

fn same_moment(one: Option<Timestamp>, other: Option<Timestamp>) -> bool {
    one.map(Timestamp::as_microsecond) == other.map(Timestamp::as_microsecond)
}

fn read_lead(row: &Row) -> rusqlite::Result<Lead> {
    Ok(Lead {
        row: row.get("id")?,
        article: row.get("article_id")?,
        source: row.get("source")?,
        entry_point: row.get("entry_point")?,
        waits: row.get("waits")?,
        is_unread: row.get("is_unread")?,
    })
}

fn pending_row(connection: &Connection, row: i64) -> Result<PendingEntry, StoreError> {
    let mut query = connection.prepare_cached("SELECT * FROM entry WHERE id = ?1")?;
    Ok(query.query_row([row], read_pending)?)
}

fn read_pending(row: &Row) -> rusqlite::Result<PendingEntry> {
    Ok(PendingEntry {
        row: row.get("id")?,
        source: row.named("source")?,
        entry_point: row.get("entry_point")?,
        entry: row.json("body")?,
        seen: row.seen()?,
        tries: row.get("tries")?,
        last_try: row.get::<_, Option<Micros>>("last_try")?.map(|at| at.0),
        article: row.get::<_, Option<i64>>("article_id")?.map(ArticleId),
    })
}
