//! `recheck`: a second look at known articles.

use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::output::{self, Exit, Format, plural};
use super::run::block_on;
use super::study::StudyFolder;
use crate::model::StoryId;
use crate::pipeline::recheck::{self, RecheckOptions};

#[derive(Debug, Args)]
pub(super) struct Recheck {
    /// Only the articles of this story, however old
    #[arg(long)]
    story: Option<StoryId>,
    /// At most so many pages, those looked at longest ago first
    #[arg(long, default_value_t = 200, value_name = "PAGES")]
    budget: usize,
    #[command(flatten)]
    format: Format,
}

impl Recheck {
    pub(super) fn run(&self, folder: &StudyFolder, offline: bool) -> anyhow::Result<Exit> {
        if offline {
            return Err(output::offline("recheck"));
        }
        let lexicon = Arc::new(folder.lexicon()?);
        let fetcher = folder.fetcher()?;
        let mut store = folder.write("recheck", fetcher.clock().now())?;
        if let Some(story) = self.story {
            super::gather::story(&store, story)?;
        }
        let options = RecheckOptions { story: self.story, budget: self.budget };
        let report = block_on(None, async |stop| {
            Ok(recheck::run(&folder.study, &mut store, &fetcher, &lexicon, &options, &stop).await?)
        })?;
        let indexed = folder.catch_up(&store);
        let exit = if report.no_network { Exit::NoNetwork } else { indexed };
        if self.format.json {
            output::document(&json!({
                "looked_at": report.looked_at,
                "changed": report.changed.iter().map(|(id, kind)| json!({ "article": id, "kind": kind.name() })).collect::<Vec<_>>(),
                "gone": report.gone,
                "new_turns": report.new_turns,
                "unread": report.unread,
                "left_out": report.left_out,
                "no_network": report.no_network,
                "cut_short": report.cut_short,
            }))?;
            return Ok(exit);
        }
        for (article, kind) in &report.changed {
            output::line(&format!("{article}  {} changed", kind.name()))?;
        }
        for article in &report.gone {
            output::line(&format!("{article}  gone"))?;
        }
        eprintln!(
            "{} article{} looked at: {} changed, {} gone, {} not readable this time; {} left out by the budget",
            report.looked_at,
            plural(report.looked_at),
            report.changed.len(),
            report.gone.len(),
            report.unread,
            report.left_out
        );
        if report.new_turns > 0 {
            eprintln!("questions of known transcripts that were not in them before: {}", report.new_turns);
        }
        if report.no_network {
            eprintln!("nothing answered at all: this looks like our own network");
        }
        Ok(exit)
    }
}
