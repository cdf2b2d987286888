//! `digest`: a day on one page.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::gather;
use super::moment::{Moment, start_of};
use super::output::{self, Exit};
use super::study::StudyFolder;
use crate::fetch::later;
use crate::render;
use crate::report;

#[derive(Debug, Args)]
pub(super) struct Digest {
    /// The day, in the study's zone; yesterday when neither this nor --since is given
    #[arg(long, conflicts_with = "since")]
    date: Option<Date>,
    /// From then until now: 24h, 2026-11-20
    #[arg(long)]
    since: Option<Moment>,
    /// Only what a person accepted
    #[arg(long)]
    reviewed: bool,
    /// The form
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    output: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Md,
    Json,
}

impl Digest {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let now = Timestamp::now();
        let zone = &folder.study.zone;
        let (window, command) = match self.since {
            Some(since) => {
                let from = since.resolve(now, zone);
                ((from, now), format!("gainsay digest --since {from:.0}"))
            }
            None => {
                let day = self.date.unwrap_or_else(|| yesterday(now, folder));
                let next = day.tomorrow().unwrap_or(day);
                ((start_of(day, zone), start_of(next, zone)), format!("gainsay digest --date {day}"))
            }
        };
        anyhow::ensure!(window.0 < window.1, "the window of the digest is empty");
        let command = if self.reviewed { command + " --reviewed" } else { command };
        let input = gather::digest_input(folder, &store, window, command, output::scope(self.reviewed))?;
        let digest = report::digest(&input);
        match self.output {
            Form::Text => output::text(&render::digest_text(&digest, output::width(), zone))?,
            Form::Md => output::text(&render::digest_markdown(&digest, zone))?,
            Form::Json => output::document(&render::digest_json(&digest))?,
        }
        Ok(Exit::Done)
    }
}

fn yesterday(now: Timestamp, folder: &StudyFolder) -> Date {
    let day_ago = later(now, -jiff::SignedDuration::from_hours(24));
    day_ago.to_zoned_datetime(folder.study.zone.clone()).date()
}
