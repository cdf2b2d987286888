//! Stories.

use jiff::Timestamp;

use rusqlite::{OptionalExtension, Row, params};

use super::column::{Columns, count, limit, maybe};
use super::{Store, StoreError};
use crate::model::{Lang, Story, StoryId};

/// A story with the figures of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorySummary {
    /// The story.
    pub story: Story,
    /// How many articles are in it.
    pub articles: u32,
    /// How many sources they come from; those of no known source count as one.
    pub outlets: u32,
    /// When its first article was first seen, at the latest.
    pub first_seen: Timestamp,
    /// When its last article was first seen, at the latest.
    pub last_seen: Timestamp,
    /// The languages of its articles, in alphabetical order.
    pub langs: Vec<Lang>,
}

impl Store {
    /// Returns one story.
    pub fn story(&self, id: StoryId) -> Result<Option<Story>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT id, name FROM story WHERE id = ?1")?;
        Ok(query.query_row([id.0], read_story).optional()?)
    }

    /// Returns up to `limit` stories with an article first seen since then, the one with the newest article first.
    pub fn stories(&self, since: Option<Timestamp>, limit: usize) -> Result<Vec<StorySummary>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT story.id, story.name, COUNT(*) AS articles,
                    COUNT(DISTINCT COALESCE(article.source, '')) AS outlets,
                    MIN(article.seen_by) AS first_seen, MAX(article.seen_by) AS last_seen,
                    json_group_array(DISTINCT version.lang) AS langs
             FROM story
             JOIN article ON article.story_id = story.id
             JOIN version ON version.article_id = article.id
                 AND version.number = (SELECT MAX(number) FROM version WHERE article_id = article.id)
             GROUP BY story.id
             HAVING ?1 IS NULL OR MAX(article.seen_by) >= ?1
             ORDER BY last_seen DESC, story.id DESC LIMIT ?2",
        )?;
        let stories = query.query_map(params![maybe(since), self::limit(Some(limit))], read_summary)?;
        Ok(stories.collect::<Result<_, _>>()?)
    }
}

fn read_story(row: &Row) -> rusqlite::Result<Story> {
    Ok(Story { id: StoryId(row.get("id")?), name: row.get("name")? })
}

fn read_summary(row: &Row) -> rusqlite::Result<StorySummary> {
    let mut langs: Vec<Lang> = row.json("langs")?;
    langs.sort();
    Ok(StorySummary {
        story: read_story(row)?,
        articles: count(row.get("articles")?),
        outlets: count(row.get("outlets")?),
        first_seen: row.time("first_seen")?,
        last_seen: row.time("last_seen")?,
        langs,
    })
}
