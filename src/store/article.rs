//! Articles with their versions, as the record gives them back.

use jiff::Timestamp;

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{Columns, Micros, json, limit, maybe};
use super::{Store, StoreError, version};
use crate::model::{ArticleId, OutcomeKind, PageYield, RecentArticle, SeenInterval, SourceId, StoredArticle, StoryId};

/// Which articles are wanted; all of them by default.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    /// Announced first by that source.
    pub source: Option<SourceId>,
    /// In that story.
    pub story: Option<StoryId>,
    /// On or off topic.
    pub outcome: Option<OutcomeKind>,
    /// First seen at that time or later.
    pub since: Option<Timestamp>,
    /// First seen before that time.
    pub until: Option<Timestamp>,
    /// One of these.
    pub ids: Option<Vec<ArticleId>>,
    /// With a statement in its newest version that is a candidate or less sure than this, or with a judgement.
    pub less_sure_than: Option<f64>,
}

impl Store {
    /// Returns what the pages of a source's newest articles gave at the first look, the newest first; what a person brought
    /// in is left out.
    pub fn yields(&self, source: &SourceId, most: usize) -> Result<Vec<PageYield>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT LENGTH(version.text) AS characters, version.layer, version.partial IS NOT NULL AS is_partial
             FROM article JOIN version ON version.article_id = article.id AND version.number = 1
             WHERE article.source = ?1 AND article.by_hand = 0 ORDER BY article.id DESC LIMIT ?2",
        )?;
        let yields = query.query_map(params![source.as_str(), limit(Some(most))], |row| {
            let characters = usize::try_from(row.get::<_, i64>("characters")?).unwrap_or(0);
            Ok(PageYield { characters, by: row.named("layer")?, partial: row.get("is_partial")? })
        })?;
        Ok(yields.collect::<Result<_, _>>()?)
    }

    /// Returns one article.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        load(&*self.snapshot()?, id.0)
    }

    /// Returns the articles asked for, in the order of their ids.
    pub fn articles(&self, filter: &ArticleFilter) -> Result<Vec<StoredArticle>, StoreError> {
        let snapshot = self.snapshot()?;
        let ids = match &filter.ids {
            Some(ids) => Some(json(&ids.iter().map(|id| id.0).collect::<Vec<_>>())?),
            None => None,
        };
        let mut query = snapshot.prepare_cached(
            "SELECT id FROM article
             WHERE (:source IS NULL OR source = :source)
               AND (:story IS NULL OR story_id = :story)
               AND (:outcome IS NULL OR outcome = :outcome)
               AND (:since IS NULL OR seen_by >= :since)
               AND (:until IS NULL OR seen_by < :until)
               AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
               AND (:less_sure_than IS NULL
                   OR EXISTS (SELECT 1 FROM statement JOIN version ON version.id = statement.version_id
                       WHERE version.article_id = article.id
                         AND version.number = (SELECT MAX(number) FROM version WHERE article_id = article.id)
                         AND (statement.candidate = 1 OR statement.confidence < :less_sure_than))
                   OR EXISTS (SELECT 1 FROM judgement WHERE article_id = article.id))
             ORDER BY id",
        )?;
        let wanted = query.query_map(
            named_params! {
                ":source": filter.source.as_ref().map(SourceId::as_str),
                ":story": filter.story.map(|story| story.0),
                ":outcome": filter.outcome.map(OutcomeKind::name),
                ":since": maybe(filter.since),
                ":until": maybe(filter.until),
                ":ids": ids,
                ":less_sure_than": filter.less_sure_than,
            },
            |row| row.get(0),
        )?;
        let wanted = wanted.collect::<Result<Vec<i64>, _>>()?;
        wanted.into_iter().map(|id| load_known(&snapshot, id)).collect()
    }

    /// Returns the article that was met at that address: its own, or the one under which it was announced.
    pub fn article_by_url(&self, url: &str) -> Result<Option<StoredArticle>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut query = snapshot.prepare_cached("SELECT article_id FROM address WHERE url = ?1")?;
        match query.query_row([url], |row| row.get(0)).optional()? {
            Some(id) => load(&snapshot, id),
            None => Ok(None),
        }
    }

    /// Returns up to `limit` articles changed after that place in the change log, each once and at its newest place.
    pub fn changed_after(&self, seq: i64, limit: usize) -> Result<Vec<(i64, StoredArticle)>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut query =
            snapshot.prepare_cached("SELECT seq, article_id FROM change_log WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
        let places = query.query_map([seq, self::limit(Some(limit))], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let places = places.collect::<Result<Vec<(i64, i64)>, _>>()?;
        places.into_iter().map(|(seq, id)| Ok((seq, load_known(&snapshot, id)?))).collect()
    }

    /// Returns the newest `limit` articles in stories published or first seen since then, in the order of their ids.
    pub fn recent_articles(&self, since: Timestamp, limit: usize) -> Result<Vec<RecentArticle>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT * FROM (
                 SELECT article.id, article.story_id, article.source, version.lang, version.title, version.text,
                        COALESCE(version.published, article.seen_by) AS at
                 FROM article JOIN version ON version.article_id = article.id
                 WHERE article.story_id IS NOT NULL
                   AND version.number = (SELECT MAX(number) FROM version WHERE article_id = article.id)
                   AND (article.seen_by >= ?1 OR version.published >= ?1)
                 ORDER BY article.id DESC LIMIT ?2
             ) ORDER BY id",
        )?;
        let articles = query.query_map(params![Micros(since), self::limit(Some(limit))], read_recent)?;
        Ok(articles.collect::<Result<_, _>>()?)
    }
}

fn load(connection: &Connection, id: i64) -> Result<Option<StoredArticle>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT article.*, gone.after AS gone_after, gone.by AS gone_by FROM article
         LEFT JOIN gone ON gone.article_id = article.id AND gone.back_by IS NULL WHERE article.id = ?1",
    )?;
    let Some(article) = query.query_row([id], read_article).optional()? else { return Ok(None) };
    let versions = version::of_article(connection, id)?;
    if versions.is_empty() {
        return Err(StoreError::Damaged(format!("article {} has no version", article.id)));
    }
    let announced_by = announced_by(connection, &article)?;
    Ok(Some(StoredArticle { versions, announced_by, ..article }))
}

fn announced_by(connection: &Connection, article: &StoredArticle) -> Result<Vec<SourceId>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT source AS source FROM entry WHERE article_id = ?1 AND source IS NOT ?2 ORDER BY source",
    )?;
    let own = article.source.as_ref().map(SourceId::as_str);
    let others = query.query_map(params![article.id.0, own], |row| row.named("source"))?;
    Ok(others.collect::<Result<_, _>>()?)
}

fn load_known(connection: &Connection, id: i64) -> Result<StoredArticle, StoreError> {
    load(connection, id)?.ok_or_else(|| StoreError::Missing(format!("article {}", ArticleId(id))))
}

fn read_article(row: &Row) -> rusqlite::Result<StoredArticle> {
    let original = row.get::<_, Option<i64>>("reprint_of")?.map(ArticleId);
    Ok(StoredArticle {
        id: ArticleId(row.get("id")?),
        source: row.maybe_named("source")?,
        announced_by: Vec::new(),
        url: row.get("url")?,
        by_hand: row.get("by_hand")?,
        seen: row.seen()?,
        outcome: row.named("outcome")?,
        gone: match row.maybe_time("gone_by")? {
            Some(by) => Some(SeenInterval { after: row.maybe_time("gone_after")?, by }),
            None => None,
        },
        story: row.get::<_, Option<i64>>("story_id")?.map(StoryId),
        reprint_of: original.zip(row.maybe_named("reprint_kind")?),
        placed_why: row.get("placed_why")?,
        versions: Vec::new(),
    })
}

fn read_recent(row: &Row) -> rusqlite::Result<RecentArticle> {
    Ok(RecentArticle {
        id: ArticleId(row.get("id")?),
        story: StoryId(row.get("story_id")?),
        source: row.maybe_named("source")?,
        lang: row.named("lang")?,
        at: row.maybe_time("at")?,
        title: row.get("title")?,
        text: row.get("text")?,
    })
}
