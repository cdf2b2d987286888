//! `story`: the stories in the record.

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::gather;
use super::moment::Moment;
use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::model::StoryId;
use crate::render;
use crate::report::StoryLine;
use crate::store::StorySummary;

#[derive(Debug, Subcommand)]
pub(super) enum StoryCommand {
    /// Lists stories, the one that moved last first
    List(List),
    /// Shows the articles of a story, and why each is in it
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// With an article seen since: 2026-11-20, 24h, 7d
    #[arg(long)]
    since: Option<Moment>,
    /// At most so many
    #[arg(long, default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The story, as s-12
    story: StoryId,
    /// Its claim only from what a person accepted
    #[arg(long)]
    reviewed: bool,
    #[command(flatten)]
    format: Format,
}

impl StoryCommand {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        match self {
            Self::List(list) => list.run(folder),
            Self::Show(show) => show.run(folder),
        }
    }
}

impl List {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let zone = &folder.study.zone;
        let since = self.since.map(|since| since.resolve(Timestamp::now(), zone));
        let lines: Vec<StoryLine> = store.stories(since, self.limit)?.into_iter().map(story_line).collect();
        if self.format.json {
            output::document(&render::stories_json(&lines))?;
        } else {
            output::text(&render::stories_text(&lines, output::width(), zone))?;
        }
        Ok(if lines.is_empty() { Exit::NothingFound } else { Exit::Done })
    }
}

impl Show {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let (story, articles) = gather::story(&store, self.story)?;
        let scope = output::scope(self.reviewed);
        if self.format.json {
            output::document(&render::story_json(&story, &articles, scope))?;
        } else {
            output::text(&render::story_text(&story, &articles, scope, output::width(), &folder.study.zone))?;
        }
        Ok(Exit::Done)
    }
}

fn story_line(summary: StorySummary) -> StoryLine {
    StoryLine {
        story: summary.story.id,
        name: summary.story.name,
        outlets: summary.outlets,
        articles: summary.articles,
        first_seen: summary.first_seen,
        last_seen: summary.last_seen,
        langs: summary.langs,
    }
}
