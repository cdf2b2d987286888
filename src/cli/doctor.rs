//! `doctor`: is everything whole?

use clap::Args;
use serde_json::json;

use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::search::{Index, Searcher};
use crate::store::{Store, StoreError};

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    format: Format,
}

impl Doctor {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let mut facts = vec![format!("study: {} sources in {}", folder.study.sources.len(), folder.dir.display())];
        let mut problems = Vec::new();
        if folder.study.contact.is_none() {
            facts.push("feeds.toml has no `contact`: site owners cannot ask who polls them".to_owned());
        }
        problems.extend(folder.term_problems());
        match Store::read(&folder.record_dir()) {
            Ok(store) => record(folder, &store, &mut facts, &mut problems)?,
            Err(StoreError::NoRecord { .. }) if folder.has_captures() => problems.push(
                "record: there are captures and no database: it was lost; restore record.db from a backup".to_owned(),
            ),
            Err(StoreError::NoRecord { .. }) => facts.push("record: none yet".to_owned()),
            Err(error) => problems.push(format!("record: {error}")),
        }
        if self.format.json {
            output::document(&json!({ "facts": facts, "problems": problems }))?;
        } else {
            for fact in &facts {
                output::line(&crate::render::safe(fact))?;
            }
            for problem in &problems {
                output::line(&format!("problem: {}", crate::render::safe(problem)))?;
            }
            let end = if problems.is_empty() {
                "everything is whole".to_owned()
            } else {
                format!("{} problem{}", problems.len(), output::plural(problems.len()))
            };
            output::line(&end)?;
        }
        Ok(if problems.is_empty() { Exit::Done } else { Exit::VerificationFailed })
    }
}

fn record(
    folder: &StudyFolder,
    store: &Store,
    facts: &mut Vec<String>,
    problems: &mut Vec<String>,
) -> anyhow::Result<()> {
    let counts = store.counts()?;
    facts.push(format!(
        "record: {} articles ({} on topic) in {} versions, {} statements, {} judgements, {} stories, {} fetches, {} captures of {} bytes",
        counts.articles,
        counts.on_topic,
        counts.versions,
        counts.statements,
        counts.judgements,
        counts.stories,
        counts.fetches,
        counts.captures,
        counts.capture_bytes
    ));
    problems.extend(store.check()?.into_iter().map(|problem| format!("record: {problem}")));
    let last = store.last_seq()?;
    match Searcher::open(&folder.index_dir(), &store.record_id()) {
        Ok(searcher) if searcher.indexed_to() == last => {
            let whole = Index::open_or_create(&folder.index_dir(), &store.record_id()).and_then(|index| index.verify());
            match whole {
                Ok(()) => facts.push(format!("index: has all {last} changes")),
                Err(error) => problems.push(format!("index: {error}; `gainsay reindex` mends it")),
            }
        }
        Ok(searcher) => {
            problems
                .push(format!("index: has {} of {last} changes; `gainsay reindex` mends it", searcher.indexed_to()));
        }
        Err(error) => problems.push(format!("index: {error}; `gainsay reindex` mends it")),
    }
    Ok(())
}
