//! Looks at pages and what was made of them.

use jiff::Timestamp;

use rusqlite::{Connection, OptionalExtension, params};

use super::capture::Captures;
use super::column::{Columns, Micros, maybe};
use super::version::{self, Found};
use super::warc::Answer;
use super::{
    FetchLog, FetchOutcome, FetchPurpose, PendingEntry, Store, StoreError, edge, entry, fetch, log_change, outcome,
};
use crate::model::{ArticleId, ChangeKind, FeedEntry, Layer, Outcome, SeenInterval, SourceId, VersionId};

/// One look at a page and what was made of it.
#[derive(Debug, Clone)]
pub struct PageKeep<'a> {
    /// The entry that announced it; `None` by hand and for a second look that no entry asked for.
    pub entry_row: Option<i64>,
    /// The article, when this is a second look at it.
    pub article: Option<ArticleId>,
    /// The source.
    pub source: Option<SourceId>,
    /// True when a person brought it in.
    pub by_hand: bool,
    /// The address that identifies the article, in canonical form.
    pub url: Option<String>,
    /// When it was first seen; for a second look, when what it gives was first seen. An `after` of `None` is filled
    /// with the last look at the article.
    pub seen: SeenInterval,
    /// The request; `None` when the article was made of the feed's own text without one, or is a turn of a transcript.
    pub fetch: Option<PageFetch>,
    /// The capture of the transcript that the article is a turn of.
    pub transcript: Option<CaptureRow>,
    /// The turns of the page, when it is a transcript: they are announced with it.
    pub turns: &'a [FeedEntry],
    /// What was made of it.
    pub outcome: &'a Outcome,
    /// True when the page could not be had now and may be had later: the entry goes on waiting.
    pub look_again: bool,
    /// True when the page says what it said at the look before, and was only read otherwise.
    pub read_anew: bool,
    /// The lines at the edges of the article, in the form in which they are counted; none where they are not to be.
    pub edges: Vec<String>,
    /// The version of the program whose rules made it.
    pub made_by: &'a str,
}

/// A row of the captures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaptureRow(i64);

/// One request for a page, or the reading of a file.
#[derive(Debug, Clone)]
pub struct PageFetch {
    /// The address asked, or the path of a file.
    pub requested_url: String,
    /// The address that answered.
    pub final_url: Option<String>,
    /// When the request began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// The status; `None` when there was no answer, and for a file.
    pub status: Option<u16>,
    /// The headers of the answer as received.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; `None` when there was none.
    pub body: Option<Vec<u8>>,
}

/// What keeping a page did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageKept {
    /// The article; `None` when there is none.
    pub article: Option<ArticleId>,
    /// Its newest version.
    pub version: Option<VersionId>,
    /// True when the article was not in the record before.
    pub new_article: bool,
    /// True when this look added a version.
    pub new_version: bool,
    /// What the look found changed in a known article; the headline goes before the body.
    pub change: Option<ChangeKind>,
    /// The turns that were announced with the page, in their order, each with true when it was not known before.
    pub turns: Vec<(PendingEntry, bool)>,
    /// The capture of the answer.
    pub capture: Option<CaptureRow>,
}

impl Store {
    /// Keeps one look at a page in one transaction: log row, capture, outcome, article, version, statements, story.
    ///
    /// A version is added when headline or body differ from the newest one; keeping the same page twice only logs the
    /// second look. A known article outlives a look that could not read it.
    pub fn keep_page(&mut self, keep: &PageKeep) -> Result<PageKept, StoreError> {
        let (transaction, captures) = self.begin()?;
        let capture = log_look(&transaction, captures, keep)?;
        let page = Page::of(&transaction, keep)?;
        let feed_capture = keep.entry_row.map(|row| feed_capture(&transaction, row)).transpose()?.flatten();
        let of_page = capture.or(keep.transcript.map(|row| row.0));
        let kept = match page.found(of_page, feed_capture) {
            Some(found) => put(&transaction, &page, &found)?,
            None => PageKept { article: page.article, ..PageKept::default() },
        };
        let turns = page.announce_turns(&transaction)?;
        let kept = PageKept { turns, capture: capture.map(CaptureRow), ..kept };
        outcome::write(&transaction, &page.ended(&kept))?;
        page.settle(&transaction, kept.article)?;
        transaction.commit()?;
        Ok(kept)
    }

    /// Marks an article as gone, with what the site answered; marking it again changes nothing.
    pub fn mark_gone(&mut self, article: ArticleId, seen: SeenInterval, answer: &str) -> Result<(), StoreError> {
        let (transaction, _) = self.begin()?;
        let after = seen.after.max(last_look(&transaction, article)?.filter(|after| *after <= seen.by));
        let is_known = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM article WHERE id = ?1),
                    EXISTS (SELECT 1 FROM gone WHERE article_id = ?1 AND back_by IS NULL)",
            [article.0],
            |row| Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?)),
        )?;
        match is_known {
            (false, _) => return Err(StoreError::Missing(format!("article {article}"))),
            (true, true) => return Ok(()),
            (true, false) => {}
        }
        transaction.execute(
            "INSERT INTO gone (article_id, after, by, answer) VALUES (?1, ?2, ?3, ?4)",
            params![article.0, maybe(after), Micros(seen.by), answer],
        )?;
        log_change(&transaction, article.0)?;
        Ok(transaction.commit()?)
    }

    /// Returns when the last look at the article that could be read began.
    pub fn last_look(&self, article: ArticleId) -> Result<Option<Timestamp>, StoreError> {
        last_look(&self.connection, article)
    }
}

/// A page with what the record knows of it already.
struct Page<'a> {
    keep: &'a PageKeep<'a>,
    /// Of the entry that announced it.
    announced: Option<Announced>,
    /// The article that it is already.
    article: Option<ArticleId>,
}

/// The row of an entry, as far as its page needs it.
struct Announced {
    source: SourceId,
    entry_point: String,
    url: Option<String>,
    title: String,
    article: Option<i64>,
}

impl<'a> Page<'a> {
    fn of(connection: &Connection, keep: &'a PageKeep<'a>) -> Result<Self, StoreError> {
        let announced = match keep.entry_row {
            Some(row) => Some(announced(connection, row)?),
            None => None,
        };
        let mut page = Self { keep, announced, article: None };
        page.article = page.known_article(connection)?;
        Ok(page)
    }

    fn known_article(&self, connection: &Connection) -> Result<Option<ArticleId>, StoreError> {
        let given = self.keep.article.map(|id| id.0).or(self.announced.as_ref().and_then(|row| row.article));
        if let Some(id) = given {
            let mut query = connection.prepare_cached("SELECT id FROM article WHERE id = ?1")?;
            let found: Option<i64> = query.query_row([id], |row| row.get(0)).optional()?;
            return found
                .map(|id| Some(ArticleId(id)))
                .ok_or_else(|| StoreError::Missing(format!("article {}", ArticleId(id))));
        }
        for url in self.addresses() {
            let mut query = connection.prepare_cached("SELECT article_id FROM address WHERE url = ?1")?;
            if let Some(id) = query.query_row([url], |row| row.get(0)).optional()? {
                return Ok(Some(ArticleId(id)));
            }
        }
        version::same_by_hand(connection, self.keep)
    }

    /// The addresses that lead to the article: its own, and the one that was announced.
    fn addresses(&self) -> impl Iterator<Item = &str> {
        let announced = self.announced.as_ref().and_then(|row| row.url.as_deref());
        // Where a page was moved to is its address too; a front page is the address of none.
        let answered = self.keep.fetch.as_ref().and_then(|fetch| fetch.final_url.as_deref());
        let answered =
            answered.filter(|url| url.split("://").nth(1).is_some_and(|rest| rest.trim_end_matches('/').contains('/')));
        self.keep.url.as_deref().into_iter().chain(announced).chain(answered.filter(|_| self.keep.url.is_some()))
    }

    fn source(&self) -> Option<&SourceId> {
        self.keep.source.as_ref().or(self.announced.as_ref().map(|row| &row.source))
    }

    /// When the look ended.
    fn at(&self) -> Timestamp {
        self.keep.fetch.as_ref().map_or(self.keep.seen.by, |fetch| fetch.finished)
    }

    /// Returns the article of the page as a version may be made of it; `None` when the page gave none.
    ///
    /// What was made of the feed's own text stands on the feed's answer and not on whatever the page answered.
    fn found(&self, capture: Option<i64>, feed_capture: Option<i64>) -> Option<Found<'a>> {
        let (article, assessment, statements, placement) = match self.keep.outcome {
            Outcome::Kept(all) => (&all.article, &all.assessment, all.statements.as_slice(), Some(&all.placement)),
            Outcome::OffTopic(both) => (&both.0, &both.1, [].as_slice(), None),
            Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. } => return None,
        };
        let capture = if article.by == Layer::Feed { feed_capture } else { capture };
        // The text was first had when the page was, and that may be long after the feed announced it.
        let seen = SeenInterval { after: self.keep.seen.after, by: self.keep.seen.by.max(self.at()) };
        let kind = self.keep.outcome.kind();
        Some(Found {
            article,
            assessment,
            statements,
            placement,
            kind,
            capture,
            seen,
            read_anew: self.keep.read_anew,
            made_by: self.keep.made_by,
        })
    }

    fn ended(&self, kept: &PageKept) -> outcome::Ended<'_> {
        outcome::Ended {
            entry_row: self.keep.entry_row,
            was_known: self.article.is_some(),
            new_version: kept.new_version,
            article: kept.article,
            source: self.source(),
            url: self.addresses().next().or(self.keep.fetch.as_ref().map(|fetch| fetch.requested_url.as_str())),
            announced_title: self.announced.as_ref().map_or("", |row| row.title.as_str()),
            by_hand: self.keep.by_hand,
            outcome: self.keep.outcome,
            at: self.at(),
        }
    }

    /// Announces the turns of a transcript under the entry point that announced it, so that none is lost when the program
    /// ends before they are kept.
    fn announce_turns(&self, connection: &Connection) -> Result<Vec<(PendingEntry, bool)>, StoreError> {
        let (Some(announced), Some(source)) = (&self.announced, self.source()) else { return Ok(Vec::new()) };
        let seen = SeenInterval { after: self.keep.seen.after, by: self.keep.seen.by.max(self.at()) };
        let turn = |entry| entry::announce_turn(connection, source, &announced.entry_point, seen, entry);
        self.keep.turns.iter().map(turn).collect()
    }

    /// Notes the look on the row of the entry, and on those of its other sightings.
    fn settle(&self, connection: &Connection, article: Option<ArticleId>) -> Result<(), StoreError> {
        let article = article.map(|id| id.0);
        if let Some(article) = article {
            for url in self.addresses() {
                connection
                    .prepare_cached("INSERT OR IGNORE INTO address (url, article_id) VALUES (?1, ?2)")?
                    .execute(params![url, article])?;
            }
        }
        let Some(row) = self.keep.entry_row else { return Ok(()) };
        connection
            .prepare_cached("UPDATE entry SET waits = ?2, tries = tries + 1, last_try = ?3 WHERE id = ?1")?
            .execute(params![row, self.keep.look_again, Micros(self.at())])?;
        let Some(article) = article else { return Ok(()) };
        connection
            .prepare_cached("UPDATE entry SET article_id = ?2 WHERE (id = ?1 OR leader = ?1) AND article_id IS NULL")?
            .execute([row, article])?;
        match &self.announced {
            Some(announced) => entry::announce(connection, article, &announced.source),
            None => Ok(()),
        }
    }
}

/// Puts the article of a page into the record, or what is new in it.
fn put(connection: &Connection, page: &Page, found: &Found) -> Result<PageKept, StoreError> {
    let began = page.keep.fetch.as_ref().map_or(page.keep.seen.by, |fetch| fetch.started);
    let Some(article) = page.article else {
        let article = insert_article(connection, page, found, began)?;
        version::place(connection, article, found, page.at())?;
        if let Some(source) = page.source() {
            edge::count(connection, source, &page.keep.edges)?;
        }
        let version = version::insert(connection, article, 1, found)?;
        log_change(connection, article.0)?;
        return Ok(PageKept {
            article: Some(article),
            version: Some(version),
            new_article: true,
            new_version: true,
            ..PageKept::default()
        });
    };
    back(connection, article, page.at())?;
    let last_look = last_look(connection, article)?.filter(|after| *after <= found.seen.by);
    connection
        .prepare_cached("UPDATE article SET last_look = ?2 WHERE id = ?1")?
        .execute(params![article.0, Micros(began)])?;
    let newest = version::newest(connection, article)?;
    let kept = PageKept { article: Some(article), version: Some(newest.id), ..PageKept::default() };
    if newest.is_like(found) {
        return Ok(kept);
    }
    // What is only read otherwise was there when the version before it was.
    let seen = match found.read_anew {
        true => newest.seen,
        false => SeenInterval { after: found.seen.after.max(last_look), by: found.seen.by },
    };
    let found = Found { seen, ..*found };
    let version = version::insert(connection, article, newest.number + 1, &found)?;
    version::place(connection, article, &found, page.at())?;
    connection
        .prepare_cached("UPDATE article SET outcome = ?2 WHERE id = ?1")?
        .execute(params![article.0, found.kind.name()])?;
    log_change(connection, article.0)?;
    Ok(PageKept { version: Some(version), new_version: true, change: newest.change(&found), ..kept })
}

fn insert_article(
    connection: &Connection,
    page: &Page,
    found: &Found,
    began: Timestamp,
) -> Result<ArticleId, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO article (source, url, by_hand, seen_after, seen_by, outcome, last_look)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            page.source().map(SourceId::as_str),
            page.keep.url,
            page.keep.by_hand,
            maybe(page.keep.seen.after),
            Micros(page.keep.seen.by),
            found.kind.name(),
            Micros(began),
        ])?;
    Ok(ArticleId(connection.last_insert_rowid()))
}

/// Logs the request, when there was one, and keeps its answer.
/// Returns the newest capture of the entry point that announced an entry.
fn feed_capture(connection: &Connection, entry: i64) -> Result<Option<i64>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT fetch.capture_id FROM entry
         JOIN fetch ON fetch.url = COALESCE(json_extract(entry.body, '$.part'), entry.entry_point)
             AND fetch.purpose = IIF(json_extract(entry.body, '$.part') IS NULL, 'feed', 'part')
         WHERE entry.id = ?1 AND fetch.capture_id IS NOT NULL ORDER BY fetch.id DESC LIMIT 1",
    )?;
    Ok(query.query_row([entry], |row| row.get(0)).optional()?)
}

fn log_look(connection: &Connection, captures: &Captures, keep: &PageKeep) -> Result<Option<i64>, StoreError> {
    let Some(page) = &keep.fetch else { return Ok(None) };
    let url = page.final_url.as_ref().unwrap_or(&page.requested_url);
    // A server never hears what stands behind a #, and what it answered is the same whatever that is.
    let url = if url.starts_with("http") { url.split('#').next().unwrap_or(url) } else { url };
    let capture = match &page.body {
        Some(body) => {
            let answer = Answer { url, at: page.finished, status: page.status, headers: &page.headers, body };
            Some(captures.keep(connection, &answer)?)
        }
        None => None,
    };
    fetch::write(connection, &log(keep, page), capture)?;
    Ok(capture)
}

fn log(keep: &PageKeep, page: &PageFetch) -> FetchLog {
    let good_status = page.status.is_none_or(|status| status < 400);
    let answered = page.body.is_some() && good_status;
    let failure = match keep.outcome {
        Outcome::Unread(reason) => Some(reason.message.clone()),
        _ if answered => None,
        _ => Some(page.status.map_or("no answer".to_owned(), |status| format!("answered with status {status}"))),
    };
    FetchLog {
        source: keep.source.clone(),
        outcome: if failure.is_none() { FetchOutcome::Answered } else { FetchOutcome::Failed },
        status: page.status,
        bytes: page.body.as_ref().map_or(0, |body| body.len() as u64),
        failure,
        final_url: page.final_url.clone(),
        ..FetchLog::new(&page.requested_url, FetchPurpose::Page, page.started, page.finished)
    }
}

fn announced(connection: &Connection, row: i64) -> Result<Announced, StoreError> {
    let mut query =
        connection.prepare_cached("SELECT source, entry_point, url, title, article_id FROM entry WHERE id = ?1")?;
    let found = query.query_row([row], |row| {
        Ok(Announced {
            source: row.named("source")?,
            entry_point: row.get("entry_point")?,
            url: row.get("url")?,
            title: row.get("title")?,
            article: row.get("article_id")?,
        })
    });
    found.optional()?.ok_or_else(|| StoreError::Missing(format!("entry {row}")))
}

fn back(connection: &Connection, article: ArticleId, by: Timestamp) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached("UPDATE gone SET back_by = ?2 WHERE article_id = ?1 AND back_by IS NULL")?
        .execute(params![article.0, Micros(by)])?;
    if changed > 0 { log_change(connection, article.0) } else { Ok(()) }
}

fn last_look(connection: &Connection, article: ArticleId) -> Result<Option<Timestamp>, StoreError> {
    let mut query = connection.prepare_cached("SELECT last_look FROM article WHERE id = ?1")?;
    Ok(query.query_row([article.0], |row| row.time("last_look")).optional()?)
}
