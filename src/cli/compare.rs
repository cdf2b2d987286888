//! `compare`: the outlet matrix of a story.

use clap::Args;
use jiff::Timestamp;

use super::gather;
use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::lexicon;
use crate::model::StoryId;
use crate::render;
use crate::search::{SearchOptions, Searcher, query};
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// A story (s-12), or a query: then its stories are listed and the best is compared
    #[arg(required = true, value_name = "STORY|QUERY")]
    what: Vec<String>,
    /// The sentence behind every cell, with its version and capture
    #[arg(long)]
    statements: bool,
    /// Only what a person accepted
    #[arg(long)]
    reviewed: bool,
    #[command(flatten)]
    format: Format,
}

impl Compare {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let text = self.what.join(" ");
        let Some(story) = self.story(folder, &store, &text)? else {
            eprintln!("no story matches `{}`", render::safe(&text));
            return Ok(Exit::NothingFound);
        };
        let matrix = gather::story_matrix(folder, &store, story, Timestamp::now(), output::scope(self.reviewed))?;
        if self.format.json {
            output::document(&render::matrix_json(&matrix))?;
        } else {
            output::text(&render::matrix_text(&matrix, output::width(), &folder.study.zone))?;
            output::text(&render::error_rates_text(&lexicon::error_rates(), output::width()))?;
            if self.statements {
                output::text(&render::matrix_statements(&matrix, output::width()))?;
            }
        }
        Ok(Exit::Done)
    }

    /// The story that was named, or the one with the best match of a query.
    fn story(&self, folder: &StudyFolder, store: &Store, text: &str) -> anyhow::Result<Option<StoryId>> {
        if text.starts_with("s-")
            && let Ok(id) = text.parse()
        {
            return Ok(Some(id));
        }
        let query = query::parse(text)?;
        let searcher = Searcher::open(&folder.index_dir(), &store.record_id())?;
        let answer = searcher.search(&query, &SearchOptions { limit: 200, ..SearchOptions::default() })?;
        let mut stories: Vec<StoryId> = Vec::new();
        for story in answer.hits.iter().filter_map(|hit| hit.story).map(StoryId) {
            if !stories.contains(&story) {
                stories.push(story);
            }
        }
        for id in stories.iter().take(10).filter(|_| stories.len() > 1) {
            let name = store.story(*id)?.map(|story| story.name).unwrap_or_default();
            eprintln!("{id}  {}", render::safe(&name));
        }
        Ok(stories.first().copied())
    }
}
