//! Versions of articles, with their statements, and their place in a story.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use sha2::{Digest, Sha256};

use super::capture::read_capture;
use super::column::{Columns, Micros, json, maybe};
use super::{PageKeep, StoreError, judgement, warc};
use crate::model::{
    Article, ArticleId, Assessment, Capture, ChangeKind, Layer, Outcome, OutcomeKind, Placement, PublishedTime,
    SeenInterval, Statement, StoredVersion, StoryChoice, StoryId, Verdict, VersionId,
};

/// An article as one look found it.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) article: &'a Article,
    pub(super) assessment: &'a Assessment,
    pub(super) statements: &'a [Statement],
    /// `None` when off topic.
    pub(super) placement: Option<&'a Placement>,
    pub(super) kind: OutcomeKind,
    pub(super) capture: Option<i64>,
    pub(super) seen: SeenInterval,
    /// True when the page is the one of the version before.
    pub(super) read_anew: bool,
    pub(super) made_by: &'a str,
}

/// The newest version of an article, as far as the next look needs it.
pub(super) struct Newest {
    pub(super) id: VersionId,
    pub(super) number: u32,
    pub(super) seen: SeenInterval,
    title: String,
    text: String,
    layer: Layer,
    is_partial: bool,
}

impl Newest {
    /// Says whether a look found what stands there already.
    pub(super) fn is_like(&self, found: &Found) -> bool {
        self.title == found.article.title && self.text == found.article.text
    }

    /// Says what the outlet changed.
    ///
    /// What was read from the feed and what was read from the page differ without anybody having changed anything, and
    /// so do a part and the whole.
    pub(super) fn change(&self, found: &Found) -> Option<ChangeKind> {
        let after = found.article;
        if found.read_anew || (self.layer == Layer::Feed) != (after.by == Layer::Feed) {
            return None;
        }
        if self.title != after.title {
            return Some(ChangeKind::Headline);
        }
        (self.is_partial == after.partial.is_some()).then_some(ChangeKind::Body)
    }
}

/// Returns the newest version of an article.
pub(super) fn newest(connection: &Connection, article: ArticleId) -> Result<Newest, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT id, number, title, text, layer, partial IS NOT NULL AS is_partial, seen_after, seen_by
         FROM version WHERE article_id = ?1 ORDER BY number DESC LIMIT 1",
    )?;
    Ok(query.query_row([article.0], |row| {
        Ok(Newest {
            id: VersionId(row.get("id")?),
            number: row.get("number")?,
            seen: row.seen()?,
            title: row.get("title")?,
            text: row.get("text")?,
            layer: row.named("layer")?,
            is_partial: row.get("is_partial")?,
        })
    })?)
}

/// Finds the article that a person brought in before without an address, by what is printed in it.
pub(super) fn same_by_hand(connection: &Connection, keep: &PageKeep) -> Result<Option<ArticleId>, StoreError> {
    let article = match keep.outcome {
        Outcome::Kept(all) => &all.article,
        Outcome::OffTopic(both) => &both.0,
        Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. } => return Ok(None),
    };
    if !keep.by_hand || keep.url.is_some() {
        return Ok(None);
    }
    let mut query = connection.prepare_cached(
        "SELECT article.id FROM version JOIN article ON article.id = version.article_id
         WHERE version.print = ?1 AND article.by_hand = 1 AND article.url IS NULL ORDER BY article.id LIMIT 1",
    )?;
    let found = query.query_row([print(article)], |row| row.get(0)).optional()?;
    Ok(found.map(ArticleId))
}

/// Adds a version with its statements.
pub(super) fn insert(
    connection: &Connection,
    article: ArticleId,
    number: u32,
    found: &Found,
) -> Result<VersionId, StoreError> {
    let (text, topic) = (found.article, found.assessment);
    let mut statement = connection.prepare_cached(
        "INSERT INTO version (article_id, number, url, canonical, title, authors, provider, published, published_raw,
             published_assumed, updated, site, lang, text, partial, layer, assessed_lang, region, verdict, score,
             topic, why, seen_after, seen_by, capture_id, made_by, print, standfirst, section, marks, discrepancies,
             recurring, read_anew)
         VALUES (:article, :number, :url, :canonical, :title, :authors, :provider, :published, :published_raw,
             :published_assumed, :updated, :site, :lang, :text, :partial, :layer, :assessed_lang, :region, :verdict,
             :score, :topic, :why, :seen_after, :seen_by, :capture, :made_by, :print, :standfirst, :section, :marks,
             :discrepancies, :recurring, :read_anew)",
    )?;
    statement.execute(named_params! {
        ":article": article.0,
        ":number": number,
        ":url": text.url,
        ":canonical": text.canonical,
        ":title": text.title,
        ":authors": json(&text.authors)?,
        ":provider": text.provider,
        ":published": text.published.as_ref().map(|published| Micros(published.at)),
        ":published_raw": text.published.as_ref().map(|published| &published.raw),
        ":published_assumed": text.published.as_ref().map(|published| published.assumed),
        ":updated": maybe(text.updated),
        ":site": text.site,
        ":lang": text.lang.as_str(),
        ":text": text.text,
        ":partial": text.partial,
        ":layer": text.by.name(),
        ":assessed_lang": topic.lang.as_str(),
        ":region": topic.region,
        ":verdict": if topic.verdict == Verdict::OnTopic { "on-topic" } else { "off-topic" },
        ":score": finite(topic.score),
        ":topic": topic.topic.map(|topic| topic.name()),
        ":why": json(&topic.why)?,
        ":seen_after": maybe(found.seen.after),
        ":seen_by": Micros(found.seen.by),
        ":capture": found.capture,
        ":made_by": found.made_by,
        ":print": print(text),
        ":standfirst": text.standfirst,
        ":section": text.section,
        ":marks": json(&text.marks)?,
        ":discrepancies": json(&text.discrepancies)?,
        ":recurring": json(&text.recurring)?,
        ":read_anew": found.read_anew,
    })?;
    let version = connection.last_insert_rowid();
    for (position, statement) in (0i64..).zip(found.statements) {
        insert_statement(connection, version, position, statement)?;
    }
    Ok(VersionId(version))
}

/// Puts an on-topic article into its story, unless it is in one: stories of yesterday stay as they were told.
pub(super) fn place(
    connection: &Connection,
    article: ArticleId,
    found: &Found,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Some(placement) = found.placement else { return Ok(()) };
    let mut query = connection.prepare_cached("SELECT story_id IS NOT NULL FROM article WHERE id = ?1")?;
    if query.query_row([article.0], |row| row.get(0))? {
        return Ok(());
    }
    let story = match placement.story {
        StoryChoice::New => begin_story(connection, found.article, at)?,
        StoryChoice::Join(story) => known(connection, "story", story.0, &story).map(|()| story)?,
    };
    if let Some((original, _)) = placement.reprint_of {
        known(connection, "article", original.0, &original)?;
    }
    connection
        .prepare_cached(
            "UPDATE article SET story_id = ?2, reprint_of = ?3, reprint_kind = ?4, placed_why = ?5 WHERE id = ?1",
        )?
        .execute(params![
            article.0,
            story.0,
            placement.reprint_of.map(|(original, _)| original.0),
            placement.reprint_of.map(|(_, kind)| kind.name()),
            placement.why,
        ])?;
    Ok(())
}

/// Returns the versions of an article, from the oldest to the newest, with what people made of their statements.
pub(super) fn of_article(connection: &Connection, article: i64) -> Result<Vec<StoredVersion>, StoreError> {
    let mut query = connection.prepare_cached("SELECT * FROM version WHERE article_id = ?1 ORDER BY number")?;
    let mut rows = query.query([article])?;
    let judged = judgement::of_article(connection, article)?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        let capture = match row.get("capture_id")? {
            Some(id) => Some(capture(connection, id)?),
            None => None,
        };
        let version = read_version(row)?;
        let mut statements = statements(connection, version.id.0)?;
        judgement::apply(&version.article, &mut statements, &judged);
        versions.push(StoredVersion { capture, statements, ..version });
    }
    Ok(versions)
}

fn begin_story(connection: &Connection, article: &Article, at: Timestamp) -> Result<StoryId, StoreError> {
    let first_line = article.text.lines().next().unwrap_or_default();
    let name = if article.title.is_empty() { first_line.chars().take(80).collect() } else { article.title.clone() };
    connection
        .prepare_cached("INSERT INTO story (name, created) VALUES (?1, ?2)")?
        .execute(params![name, Micros(at)])?;
    Ok(StoryId(connection.last_insert_rowid()))
}

fn known(connection: &Connection, noun: &str, row: i64, id: &dyn std::fmt::Display) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM {noun} WHERE id = ?1)"))?;
    let is_there = query.query_row([row], |row| row.get(0))?;
    if is_there { Ok(()) } else { Err(StoreError::Missing(format!("{noun} {id}"))) }
}

fn insert_statement(
    connection: &Connection,
    version: i64,
    position: i64,
    statement: &Statement,
) -> Result<(), StoreError> {
    let confidence = finite(statement.confidence);
    let body = json(&Statement { confidence, ..statement.clone() })?;
    connection
        .prepare_cached(
            "INSERT INTO statement (version_id, position, kind, polarity, candidate, speaker_id, target_id,
                 confidence, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            version,
            position,
            statement.kind.name(),
            statement.polarity.name(),
            statement.candidate,
            statement.speaker_id,
            statement.target_id,
            confidence,
            body,
        ])?;
    Ok(())
}

fn statements(connection: &Connection, version: i64) -> Result<Vec<Statement>, StoreError> {
    let mut query =
        connection.prepare_cached("SELECT body, confidence FROM statement WHERE version_id = ?1 ORDER BY position")?;
    // Numbers lose their last digit on the way through JSON, so the column decides.
    let statements = query.query_map([version], |row| {
        Ok(Statement { confidence: row.get("confidence")?, ..row.json::<Statement>("body")? })
    })?;
    Ok(statements.collect::<Result<_, _>>()?)
}

fn capture(connection: &Connection, id: i64) -> Result<Capture, StoreError> {
    let mut query = connection.prepare_cached("SELECT * FROM capture WHERE id = ?1")?;
    Ok(query.query_row([id], read_capture)?)
}

fn read_version(row: &Row) -> rusqlite::Result<StoredVersion> {
    Ok(StoredVersion {
        id: VersionId(row.get("id")?),
        number: row.get("number")?,
        article: read_article(row)?,
        assessment: Assessment {
            lang: row.named("assessed_lang")?,
            region: row.get("region")?,
            verdict: row.named("verdict")?,
            score: row.get("score")?,
            topic: row.maybe_named("topic")?,
            why: row.json("why")?,
        },
        statements: Vec::new(),
        seen: row.seen()?,
        capture: None,
        read_anew: row.get("read_anew")?,
        made_by: row.get("made_by")?,
    })
}

fn read_article(row: &Row) -> rusqlite::Result<Article> {
    let published = match row.maybe_time("published")? {
        Some(at) => Some(PublishedTime { at, raw: row.get("published_raw")?, assumed: row.get("published_assumed")? }),
        None => None,
    };
    Ok(Article {
        url: row.get("url")?,
        canonical: row.get("canonical")?,
        title: row.get("title")?,
        authors: row.json("authors")?,
        provider: row.get("provider")?,
        published,
        updated: row.maybe_time("updated")?,
        site: row.get("site")?,
        lang: row.named("lang")?,
        text: row.get("text")?,
        standfirst: row.get("standfirst")?,
        section: row.get("section")?,
        marks: row.json("marks")?,
        discrepancies: row.json("discrepancies")?,
        recurring: row.json("recurring")?,
        partial: row.get("partial")?,
        by: row.named("layer")?,
    })
}

/// What SQL and JSON can hold: neither knows infinity.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

fn print(article: &Article) -> String {
    let hash = Sha256::new().chain_update(&article.title).chain_update([0]).chain_update(&article.text);
    warc::hex(&hash.finalize())
}
