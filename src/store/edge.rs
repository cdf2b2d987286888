//! Counts of the lines at the edges of a source's articles.

use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::{EdgeLines, SourceId};

/// After so many articles counts are halved.
const HALVED_AT: i64 = 100;

impl Store {
    /// Returns what stood at the edges of a source's articles, and on how many.
    pub fn edge_lines(&self, source: &SourceId) -> Result<EdgeLines, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT line, articles FROM edge_line WHERE source = ?1 AND articles > 1")?;
        let lines = query.query_map([source.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let lines = lines.collect::<Result<_, _>>()?;
        let mut query = self.connection.prepare_cached("SELECT articles FROM edge_count WHERE source = ?1")?;
        let mut counts = query.query_map([source.as_str()], |row| row.get(0))?;
        Ok(EdgeLines { pages: counts.next().transpose()?.unwrap_or(0), lines })
    }
}

/// Counts the lines at the edges of one more article of a source.
pub(super) fn count(connection: &Connection, source: &SourceId, lines: &[String]) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let source = source.as_str();
    let mut upsert = connection.prepare_cached(
        "INSERT INTO edge_line (source, line, articles) VALUES (?1, ?2, 1)
         ON CONFLICT DO UPDATE SET articles = articles + 1",
    )?;
    for line in lines {
        upsert.execute(params![source, line])?;
    }
    let articles: i64 = connection
        .prepare_cached(
            "INSERT INTO edge_count (source, articles) VALUES (?1, 1)
             ON CONFLICT DO UPDATE SET articles = articles + 1 RETURNING articles",
        )?
        .query_row([source], |row| row.get(0))?;
    if articles >= HALVED_AT {
        for sql in [
            "UPDATE edge_line SET articles = articles / 2 WHERE source = ?1",
            "DELETE FROM edge_line WHERE source = ?1 AND articles = 0",
            "UPDATE edge_count SET articles = articles / 2 WHERE source = ?1",
        ] {
            connection.prepare_cached(sql)?.execute([source])?;
        }
    }
    Ok(())
}
