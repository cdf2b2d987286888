//! `poll`: due sources fetched, read and kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::moment;
use super::output::{self, Exit, Format, plural};
use super::run::{Bars, block_on};
use super::study::StudyFolder;
use crate::model::{Finding, OutcomeKind, SourceId};
use crate::pipeline::Stop;
use crate::pipeline::poll::{self, PollOptions, PollReport, SourceReport};
use crate::render::finding_json;
use crate::report::{PAST, newest_fallen};

/// Hosts asked at the same time.
const CONCURRENCY: usize = 16;

#[derive(Debug, Args)]
pub(super) struct Poll {
    /// Only these sources
    source: Vec<SourceId>,
    /// Ask at once, whatever was asked a short while ago; what a server asked for is heeded all the same
    #[arg(long)]
    now: bool,
    /// Say what would be asked, and ask nothing
    #[arg(long)]
    dry_run: bool,
    /// Begin nothing new after this long, as 5m; what is left waits for the next poll
    #[arg(long, value_name = "TIME", value_parser = moment::span)]
    max_time: Option<SignedDuration>,
    #[command(flatten)]
    format: Format,
}

impl Poll {
    pub(super) fn run(&self, folder: &StudyFolder, offline: bool) -> anyhow::Result<Exit> {
        folder.sources(&self.source)?;
        let options = PollOptions { sources: self.source.clone(), asked_for: self.now, concurrency: CONCURRENCY };
        if self.dry_run {
            return plan(folder, &options, &self.format);
        }
        if offline {
            return Err(output::offline("poll"));
        }
        let lexicon = Arc::new(folder.lexicon()?);
        let fetcher = folder.fetcher()?;
        let mut store = folder.write("poll", fetcher.clock().now())?;
        let mut report = block_on(self.max_time, async |stop: Stop| {
            let bars = Bars::new();
            let mut observe = |event: poll::PollEvent<'_>| bars.observe(event);
            let parts = poll::Parts { study: &folder.study, fetcher: &fetcher, lexicon: &lexicon, stop: &stop };
            Ok(poll::run(&parts, &mut store, &options, &mut observe).await?)
        })?;
        for source in report.sources.iter_mut().filter(|source| source.new_entries > 0) {
            source.problems.extend(newest_fallen(&store.yields(&source.source, PAST)?));
        }
        let indexed = folder.catch_up(&store);
        print(&report, &self.format)?;
        Ok(if indexed == Exit::Done { exit(&report) } else { indexed })
    }
}

fn plan(folder: &StudyFolder, options: &PollOptions, format: &Format) -> anyhow::Result<Exit> {
    let now = jiff::Timestamp::now();
    // A study that was never polled has no record yet, and then everything is due.
    let planned = match crate::store::Store::read(&folder.record_dir()) {
        Ok(store) => poll::plan(&folder.study, Some(&store), options, now)?,
        Err(crate::store::StoreError::NoRecord { .. }) => poll::plan(&folder.study, None, options, now)?,
        Err(error) => return Err(error.into()),
    };
    if format.json {
        let rows: Vec<Value> = planned.iter().map(|(source, url)| json!({ "source": source, "url": url })).collect();
        output::document(&json!({ "due": rows }))?;
        return Ok(Exit::Done);
    }
    for (source, url) in &planned {
        output::line(&format!("{source}  {url}"))?;
    }
    let points = folder.study.sources.iter().filter(|source| source.enabled).flat_map(|source| &source.entry_points);
    eprintln!(
        "{} entry point{} of {} would be asked now; `source show` says when others were asked",
        planned.len(),
        plural(planned.len()),
        points.count()
    );
    Ok(Exit::Done)
}

/// The exit code of a poll: our network before their failures, and only new failures count as partial.
pub(super) fn exit(report: &PollReport) -> Exit {
    if report.no_network {
        Exit::NoNetwork
    } else if report.sources.iter().any(|source| source.newly_failing) {
        Exit::Partial
    } else {
        Exit::Done
    }
}

pub(super) fn print(report: &PollReport, format: &Format) -> anyhow::Result<()> {
    if format.json {
        return output::document(&document(report));
    }
    let headers = ["source", "answered", "same", "new", "kept", "off topic", "dropped", "unread", "versions"];
    let rows: Vec<Vec<String>> = report.sources.iter().map(row).collect();
    output::table(&headers, &rows)?;
    for source in &report.sources {
        for failure in &source.failures {
            eprintln!("{}: failed: {}", source.source, crate::render::safe(failure));
        }
        let health = source.health.iter().map(Finding::line);
        let said = source.problems.iter().chain(&source.notes).cloned();
        for said in said.chain(health) {
            eprintln!("{}: {}", source.source, crate::render::safe(&said));
        }
    }
    eprintln!("{}", summary(report));
    Ok(())
}

fn row(source: &SourceReport) -> Vec<String> {
    let outcome = |kind| source.outcomes.get(&kind).copied().unwrap_or(0).to_string();
    vec![
        source.source.to_string(),
        format!("{}/{}", source.answered + source.not_modified, source.asked),
        source.not_modified.to_string(),
        source.new_entries.to_string(),
        outcome(OutcomeKind::Kept),
        outcome(OutcomeKind::OffTopic),
        outcome(OutcomeKind::Dropped),
        outcome(OutcomeKind::Unread),
        source.new_versions.to_string(),
    ]
}

/// Sums up a poll in one line: every page in exactly one count.
pub(super) fn summary(report: &PollReport) -> String {
    let mut outcomes: BTreeMap<OutcomeKind, usize> = BTreeMap::new();
    for (kind, count) in report.sources.iter().flat_map(|source| &source.outcomes) {
        *outcomes.entry(*kind).or_default() += count;
    }
    let pages: usize = outcomes.values().sum();
    let asked: usize = report.sources.iter().map(|source| source.asked).sum();
    let answered: usize = report.sources.iter().map(|source| source.answered + source.not_modified).sum();
    let new: usize = report.sources.iter().map(|source| source.new_entries).sum();
    let is_told = |kind: &OutcomeKind| *kind != OutcomeKind::Split || outcomes.contains_key(kind);
    let counts: Vec<String> = OutcomeKind::ALL
        .into_iter()
        .filter(is_told)
        .map(|kind| format!("{} {}", outcomes.get(&kind).copied().unwrap_or(0), kind.name()))
        .collect();
    let mut line = format!(
        "{answered} of {asked} entry points answered, {} not due; {new} new entries; {pages} pages: {}",
        report.not_due,
        counts.join(", ")
    );
    if report.no_network {
        line.push_str("; nothing answered at all: this looks like our own network");
    }
    if report.cut_short {
        line.push_str("; ended early, the rest waits for the next poll");
    }
    line
}

fn document(report: &PollReport) -> Value {
    let source = |source: &SourceReport| {
        let outcomes: BTreeMap<&str, usize> = OutcomeKind::ALL
            .into_iter()
            .map(|kind| (kind.name(), source.outcomes.get(&kind).copied().unwrap_or(0)))
            .collect();
        json!({
            "source": source.source,
            "asked": source.asked,
            "answered": source.answered,
            "not_modified": source.not_modified,
            "new_entries": source.new_entries,
            "new_versions": source.new_versions,
            "outcomes": outcomes,
            "failures": source.failures,
            "problems": source.problems,
            "health": source.health.iter().map(finding_json).collect::<Vec<_>>(),
            "notes": source.notes,
            "newly_failing": source.newly_failing,
        })
    };
    json!({
        "sources": report.sources.iter().map(source).collect::<Vec<_>>(),
        "not_due": report.not_due,
        "no_network": report.no_network,
        "cut_short": report.cut_short,
    })
}
