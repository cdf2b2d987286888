//! `story`: the stories in the record.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::gather;
use super::moment::Moment;
use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::model::{StoredArticle, StoryId};
use crate::render;

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
        let stories = store.stories(since, self.limit)?;
        let lines = gather::story_lines(&store, &stories)?;
        if self.format.json {
            output::document(&render::stories_json(&lines))?;
        } else {
            output::text(&render::stories_text(&lines, output::width(), zone))?;
        }
        Ok(if stories.is_empty() { Exit::NothingFound } else { Exit::Done })
    }
}

impl Show {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let (story, articles) = gather::story(&store, self.story)?;
        if self.format.json {
            let members: Vec<Value> = articles.iter().map(member_json).collect();
            output::document(&json!({ "story": story.id, "name": story.name, "articles": members }))?;
            return Ok(Exit::Done);
        }
        output::line(&format!("{}  {}", story.id, render::safe(&story.name)))?;
        let zone = &folder.study.zone;
        let headers = ["article", "source", "lang", "first seen", "headline", "why it is here"];
        let rows: Vec<Vec<String>> = articles.iter().map(|article| member_cells(article, zone)).collect();
        output::table(&headers, &rows)?;
        Ok(Exit::Done)
    }
}

fn member_cells(article: &StoredArticle, zone: &TimeZone) -> Vec<String> {
    let version = article.latest();
    vec![
        article.id.to_string(),
        article.source.as_ref().map_or_else(|| "by hand".to_owned(), ToString::to_string),
        version.assessment.lang.to_string(),
        render::interval(article.seen, zone),
        version.article.title.clone(),
        why(article),
    ]
}

fn why(article: &StoredArticle) -> String {
    let placed = article.placed_why.clone().unwrap_or_default();
    match article.reprint_of {
        Some((original, kind)) => format!("{} of {original}; {placed}", kind.name()),
        None => placed,
    }
}

fn member_json(article: &StoredArticle) -> Value {
    let version = article.latest();
    json!({
        "article": article.id,
        "source": article.source,
        "by_hand": article.by_hand,
        "lang": version.assessment.lang,
        "first_seen": render::interval_json(article.seen),
        "title": version.article.title,
        "versions": article.versions.len(),
        "reprint_of": article.reprint_of.map(|(original, _)| original),
        "reprint": article.reprint_of.map(|(_, kind)| kind.name()),
        "why": article.placed_why,
    })
}
