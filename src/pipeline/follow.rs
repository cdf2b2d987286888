//! The index follows the record: what changed since the last commit goes in, and nothing else decides.

use super::RunError;
use crate::model::{OutcomeKind, Place, Statement, StoredArticle, Study};
use crate::search::{Index, IndexedArticle, IndexedStatement};
use crate::store::Store;

/// Articles taken in with one commit.
const BATCH: usize = 500;

/// Brings the index up to the record and returns how many articles went in.
///
/// # Errors
/// When the record cannot be read or the index cannot be written; what was committed stays.
pub fn catch_up(store: &Store, index: &mut Index, study: &Study) -> Result<usize, RunError> {
    let last = store.last_seq()?;
    if index.indexed_to() > last {
        index.reset("it knows changes that the record does not: the record was put back to an earlier day")?;
    }
    let mut total = 0;
    loop {
        let changed = store.changed_after(index.indexed_to(), BATCH)?;
        let Some(reached) = changed.iter().map(|(seq, _)| *seq).max() else { return Ok(total) };
        let articles: Vec<IndexedArticle> =
            changed.iter().map(|(seq, article)| indexed(*seq, article, study)).collect();
        index.add(&articles)?;
        index.commit(reached)?;
        total += articles.len();
    }
}

fn indexed(seq: i64, stored: &StoredArticle, study: &Study) -> IndexedArticle {
    let version = stored.latest();
    let source = stored.source.as_ref();
    let counted = version.statements.iter().enumerate().filter(|(_, statement)| statement.counts());
    IndexedArticle {
        seq,
        article: stored.id.0,
        version: version.id.0,
        source: source.map(ToString::to_string),
        country: source.and_then(|id| study.source(id)).map(|source| source.country.clone()),
        lang: version.assessment.lang.to_string(),
        title: version.article.title.clone(),
        body: version.article.text.clone(),
        published: version.article.published.as_ref().map(|published| published.at),
        seen: stored.seen.by,
        on_topic: stored.outcome == OutcomeKind::Kept,
        story: stored.story.map(|story| story.0),
        url: stored.url.clone(),
        statements: counted.map(|(at, statement)| indexed_statement(at + 1, statement)).collect(),
    }
}

fn indexed_statement(number: usize, statement: &Statement) -> IndexedStatement {
    let both = |printed: &Option<String>, id: &Option<String>| printed.iter().chain(id).cloned().collect();
    IndexedStatement {
        number,
        kind: statement.kind.name().to_owned(),
        sub: statement.sub.clone(),
        speakers: both(&statement.speaker, &statement.speaker_id),
        targets: both(&statement.target, &statement.target_id),
        sentence: (statement.place == Place::Text).then(|| statement.sentence.clone()),
    }
}
