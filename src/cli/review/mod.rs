//! `review`: what waits for a person, one keystroke each, or as a list.

mod desk;

use std::io::{self, IsTerminal as _};

use clap::Args;

use super::gather;
use super::output::{self, Exit};
use super::study::StudyFolder;
use crate::model::{OutcomeKind, StatementKind, StoredArticle, StoryId};
use crate::render;
use crate::report::{ReviewFilter, review_queue};
use crate::store::{ArticleFilter, Store};

#[derive(Debug, Args)]
pub(super) struct Review {
    /// Only what is told in this story
    #[arg(long)]
    story: Option<StoryId>,
    /// Only this kind: deny, accuse, charge, verdict, no_comment, confirm, retract, warn, protest, condemn, demand,
    /// investigate
    #[arg(long, value_parser = kind)]
    kind: Option<StatementKind>,
    /// Candidates, and what the machine is less sure of than this
    #[arg(long, default_value_t = 0.7, value_name = "CONFIDENCE", value_parser = confidence)]
    below: f64,
    /// Every statement that nobody has decided on, however sure the machine is, also those not said or only asked
    #[arg(long, conflicts_with = "below")]
    all: bool,
    /// At most so many, a wrong one of which costs most first
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Print the list, also on a terminal
    #[arg(long)]
    list: bool,
    /// Print the list as one JSON document
    #[arg(long)]
    json: bool,
    /// Print the list as JSON Lines
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
    /// Print all judgements so far as JSON Lines, to train or score with: sentence, reading, verdict, note
    #[arg(long, conflicts_with_all = ["story", "kind", "below", "all", "limit", "list", "json", "jsonl"])]
    labels: bool,
}

impl Review {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        if self.labels {
            return labels(folder, &store);
        }
        let articles = self.articles(&store)?;
        let filter = ReviewFilter { kind: self.kind, below: self.below, all: self.all };
        let mut rows = review_queue(&articles, filter);
        let more = rows.len().saturating_sub(self.limit);
        rows.truncate(self.limit);
        if self.json {
            output::document(&render::review_json(&rows, more))?;
        } else if self.jsonl {
            for row in &rows {
                output::line(&render::json_line(&render::review_row_json(row)))?;
            }
        } else if rows.is_empty() {
            eprintln!("nothing waits for review");
        } else if self.list || !is_attended() {
            output::text(&render::review_text(&rows, more, output::width()))?;
        } else {
            // Readers need no lock, and the record is written to meanwhile.
            drop(store);
            return desk::review(folder, &rows, more);
        }
        Ok(if rows.is_empty() { Exit::NothingFound } else { Exit::Done })
    }

    /// The articles that may hold something to review.
    fn articles(&self, store: &Store) -> anyhow::Result<Vec<StoredArticle>> {
        if let Some(story) = self.story {
            return Ok(gather::story(store, story)?.1);
        }
        let less_sure_than = (!self.all).then_some(self.below);
        let filter = ArticleFilter { outcome: Some(OutcomeKind::Kept), less_sure_than, ..ArticleFilter::default() };
        Ok(store.articles(&filter)?)
    }
}

fn labels(folder: &StudyFolder, store: &Store) -> anyhow::Result<Exit> {
    let labels = store.labels()?;
    for label in &labels {
        let source = label.source.as_ref().and_then(|id| folder.study.source(id));
        let country = source.map(|source| source.country.as_str());
        output::line(&render::json_line(&render::label_json(label, country)))?;
    }
    eprintln!("{} judgement{}", labels.len(), output::plural(labels.len()));
    Ok(if labels.is_empty() { Exit::NothingFound } else { Exit::Done })
}

/// Says whether a person sits there, to read and to press keys.
fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "it is a number from 0 to 1".to_owned())
}

fn kind(text: &str) -> Result<StatementKind, String> {
    let names = || StatementKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    StatementKind::from_name(text).ok_or_else(|| format!("it is one of {}", names()))
}
