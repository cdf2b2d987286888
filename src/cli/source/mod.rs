//! `source`: what is watched, and whether it answers.

mod add;
mod edit;
mod opml;
mod test;

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use add::Add;
use edit::Named;
use opml::{Export, Import};
use test::Test;

use super::output::{self, Exit, Format, plural};
use super::run::{bar, block_on};
use super::study::StudyFolder;
use crate::model::{EntryPoint, FeedKind, FeedSource, Finding, SourceId};
use crate::pipeline::INTERVAL;
use crate::pipeline::check::{self, CheckRow};
use crate::store::{FetchFilter, FetchLog, FetchOutcome, FetchPurpose, PollState, Store, StoreError};

/// Hosts asked at the same time.
const CONCURRENCY: usize = 16;

#[derive(Debug, Subcommand)]
pub(super) enum SourceCommand {
    /// Lists the sources of the study and how each is doing
    List(List),
    /// Shows one source: its entry points, what they last answered, what had to be repaired
    Show(Show),
    /// Looks at every source once, in one report: answers, items, newest date, language, what is wrong
    Check(Check),
    /// Reads the newest pages of one source and shows what is made of each, and whether it is less than it was
    Test(Test),
    /// Finds the feeds and sitemaps of a site, shows what each is, and adds one to feeds.toml
    Add(Box<Add>),
    /// Leaves sources out of polls until they are resumed
    Pause(Named),
    /// Takes paused sources into polls again
    Resume(Named),
    /// Takes sources out of feeds.toml; what was seen of them stays in the record
    Remove(Named),
    /// Writes the sources as OPML 2.0, with their settings
    Export(Export),
    /// Adds the sources of an OPML file, from here or from another reader
    Import(Import),
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The source
    source: SourceId,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only these sources; all of them, the paused ones too, when none is named
    source: Vec<SourceId>,
    #[command(flatten)]
    format: Format,
}

impl SourceCommand {
    pub(super) fn run(&self, folder: &StudyFolder, offline: bool) -> anyhow::Result<Exit> {
        match self {
            Self::List(list) => list.run(folder),
            Self::Show(show) => show.run(folder),
            Self::Check(_) if offline => Err(output::offline("source check")),
            Self::Check(check) => check.run(folder),
            Self::Test(_) if offline => Err(output::offline("source test")),
            Self::Test(test) => test.run(folder),
            Self::Add(_) if offline => Err(output::offline("source add")),
            Self::Add(add) => add.run(folder),
            Self::Pause(named) => named.pause(folder),
            Self::Resume(named) => named.resume(folder),
            Self::Remove(named) => named.remove(folder),
            Self::Export(export) => export.run(folder),
            Self::Import(import) => import.run(folder),
        }
    }
}

/// What the record knows of the entry points, where there is a record.
struct Known {
    states: BTreeMap<String, PollState>,
    store: Option<Store>,
}

impl Known {
    fn of(folder: &StudyFolder) -> anyhow::Result<Self> {
        let store = match Store::read(&folder.record_dir()) {
            Ok(store) => Some(store),
            Err(StoreError::NoRecord { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let states = store.as_ref().map(Store::poll_states).transpose()?.unwrap_or_default();
        Ok(Self { states: states.into_iter().collect(), store })
    }

    /// The last look at an entry point whose answer was read.
    fn last_reading(&self, point: &EntryPoint) -> anyhow::Result<Option<FetchLog>> {
        Ok(self.store.as_ref().map(|store| store.last_reading(&point.url)).transpose()?.flatten())
    }

    /// The day from which a source counts as verified: as feeds.toml says, else when a check last saw every entry point
    /// answer with items.
    fn verified(&self, source: &FeedSource) -> anyhow::Result<Option<Date>> {
        let Some(store) = self.store.as_ref().filter(|_| source.verified.is_none()) else { return Ok(source.verified) };
        let filter = FetchFilter {
            source: Some(source.id.clone()),
            purpose: Some(FetchPurpose::Check),
            outcome: Some(FetchOutcome::Answered),
            ..FetchFilter::default()
        };
        let checks = store.fetch_log(&filter)?;
        let good = |url: &str| {
            let of_point = checks.iter().rev().find(|row| row.url == url && row.failure.is_none());
            of_point.map(|row| row.finished.to_zoned_datetime(TimeZone::UTC).date())
        };
        let days: Option<Vec<Date>> = source.entry_points.iter().map(|point| good(&point.url)).collect();
        Ok(days.and_then(|days| days.into_iter().min()))
    }

    /// What the record says of how well a source does, as of its last looks.
    fn health(&self, source: &FeedSource) -> anyhow::Result<Vec<Finding>> {
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        Ok(check::by_record(store, source, Timestamp::MAX)?)
    }

    /// One word on how a source is doing; a feed that answers is not a healthy feed.
    fn standing(&self, source: &FeedSource, health: &[Finding]) -> anyhow::Result<String> {
        if !source.enabled {
            return Ok("paused".to_owned());
        }
        let states: Vec<&PollState> =
            source.entry_points.iter().filter_map(|point| self.states.get(&point.url)).collect();
        let failing = states.iter().filter(|state| state.failures > 0).count();
        let answered = states.iter().filter(|state| state.last_answer.is_some()).count();
        let problems = states.iter().filter(|state| state.last_problem.is_some()).count() + health.len();
        Ok(match (failing, answered, self.verified(source)?) {
            (0, 0, None) => "unverified".to_owned(),
            (0, 0, Some(day)) => format!("checked {day}"),
            (0, _, _) if problems > 0 => format!("answers, {problems} problem{}", plural(problems)),
            (0, _, _) => "answers".to_owned(),
            (failing, _, _) => format!("failing {failing}/{}", source.entry_points.len()),
        })
    }
}

impl List {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let known = Known::of(folder)?;
        let sources = &folder.study.sources;
        if self.format.json {
            let rows: Vec<Value> =
                sources.iter().map(|source| source_json(source, &known)).collect::<Result<_, _>>()?;
            output::document(&json!({ "sources": rows }))?;
            return Ok(Exit::Done);
        }
        let headers = ["source", "name", "lang", "country", "owner", "entry points", "standing"];
        let rows: Vec<Vec<String>> = sources
            .iter()
            .map(|source| {
                Ok(vec![
                    source.id.to_string(),
                    source.name.clone(),
                    source.lang.as_ref().map(ToString::to_string).unwrap_or_default(),
                    source.country.clone(),
                    source.owner.name().to_owned(),
                    entry_kinds(source),
                    known.standing(source, &known.health(source)?)?,
                ])
            })
            .collect::<anyhow::Result<_>>()?;
        output::told_table(&headers, &rows)?;
        eprintln!("{} source{}", sources.len(), plural(sources.len()));
        Ok(Exit::Done)
    }
}

fn entry_kinds(source: &FeedSource) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for point in &source.entry_points {
        *kinds.entry(point.kind.name()).or_default() += 1;
    }
    kinds.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}

fn source_json(source: &FeedSource, known: &Known) -> anyhow::Result<Value> {
    let health = known.health(source)?;
    let point = |point: &EntryPoint| -> anyhow::Result<Value> {
        let state = known.states.get(&point.url);
        Ok(json!({
            "kind": point.kind.name(),
            "url": point.url,
            "section": point.section,
            "last_asked": state.and_then(|state| state.last_attempt),
            "last_answered": state.and_then(|state| state.last_answer),
            "last_new": state.and_then(|state| state.last_new),
            "newest_item": state.and_then(|state| state.newest_item),
            "failures": state.map_or(0, |state| state.failures),
            "problem": state.and_then(|state| state.last_problem.as_deref()),
            "interval_minutes": state.and_then(|state| state.interval).unwrap_or(INTERVAL).as_mins(),
            "not_modified_since": state.and_then(|state| state.unmodified_since),
            "last_reading": known.last_reading(point)?.as_ref().map(reading_json),
        }))
    };
    Ok(json!({
        "id": source.id,
        "name": source.name,
        "lang": source.lang,
        "country": source.country,
        "owner": source.owner.name(),
        "zone": source.zone.iana_name(),
        "enabled": source.enabled,
        "verified": known.verified(source)?.map(|day| day.to_string()),
        "full_text": source.full_text,
        "note": source.note,
        "standing": known.standing(source, &health)?,
        "health": health.iter().map(crate::render::finding_json).collect::<Vec<_>>(),
        "entry_points": source.entry_points.iter().map(point).collect::<Result<Vec<_>, _>>()?,
    }))
}

fn reading_json(log: &FetchLog) -> Value {
    json!({
        "at": log.finished,
        "status": log.status,
        "kind": log.feed_kind.map(FeedKind::name),
        "items": log.items,
        "new_items": log.new_items,
        "known_items": log.known_items,
        "may_have_missed": log.may_have_missed,
        "false_validators": log.false_validators,
        "repairs": log.repairs,
        "problems": log.problems,
    })
}

impl Show {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let source = folder.source(&self.source)?;
        let known = Known::of(folder)?;
        if self.format.json {
            output::document(&source_json(source, &known)?)?;
            return Ok(Exit::Done);
        }
        let zone = source.zone.iana_name().unwrap_or("UTC");
        output::line(&format!("{}  {}", source.id, crate::render::safe(&source.name)))?;
        let health = known.health(source)?;
        let standing = known.standing(source, &health)?;
        let lang = source.lang.as_ref().map_or_else(|| "any language".to_owned(), ToString::to_string);
        output::line(&format!("  {lang} · {} · {} · {zone} · {}", source.country, source.owner.name(), standing))?;
        if let Some(note) = &source.note {
            output::line(&format!("  {}", crate::render::safe(note)))?;
        }
        for point in &source.entry_points {
            let section = point.section.as_deref().map(|section| format!(" ({section})")).unwrap_or_default();
            output::line(&format!("  {} {}{}", point.kind.name(), point.url, crate::render::safe(&section)))?;
            let mut facts = facts(known.states.get(&point.url));
            let of_point = health.iter().filter(|finding| finding.entry_point.as_ref() == Some(&point.url));
            facts.extend(of_point.map(|finding| format!("problem: {}", finding.says)));
            facts.extend(known.last_reading(point)?.iter().flat_map(reading_facts));
            for fact in facts {
                output::line(&format!("      {}", crate::render::safe(&fact)))?;
            }
        }
        for finding in health.iter().filter(|finding| finding.entry_point.is_none()) {
            output::line(&format!("  problem: {}", crate::render::safe(&finding.says)))?;
        }
        Ok(Exit::Done)
    }
}

fn facts(state: Option<&PollState>) -> Vec<String> {
    let Some(state) = state else { return vec!["never polled".to_owned()] };
    let mut facts = Vec::new();
    facts.extend(state.last_attempt.map(|at| format!("last asked {at:.0}")));
    facts.extend(state.last_answer.map(|at| format!("last answered {at:.0}")));
    facts.extend(state.newest_item.map(|at| format!("newest item {at:.0}, as it says")));
    let unmodified = state.unmodified_since.filter(|_| state.failures == 0);
    facts.extend(unmodified.map(|at| format!("not modified since {at:.0}, as it answers")));
    let until = state.not_before.filter(|until| state.last_attempt.is_some_and(|last| *until > last));
    facts.extend(until.map(|until| format!("left alone until {until:.0}, as its server asked")));
    facts.extend(state.interval.map(|interval| format!("asked every {} minutes", interval.as_mins())));
    if state.failures > 0 {
        facts.push(format!("{} failure{} in a row", state.failures, plural(state.failures as usize)));
    }
    facts.extend(state.last_problem.as_ref().map(|problem| format!("problem: {problem}")));
    facts
}

/// What an answer held and needed.
fn reading_facts(log: &FetchLog) -> Vec<String> {
    let kind = log.feed_kind.map_or("", FeedKind::name);
    let counts = [(log.items, "items"), (log.new_items, "new"), (log.known_items, "known before")];
    let counts = counts.iter().filter_map(|(count, what)| count.map(|count| format!(", {count} {what}")));
    let mut facts = vec![format!("last read {:.0}: {kind}{}", log.finished, counts.collect::<String>())];
    facts.extend(log.repairs.iter().map(|repair| format!("repaired: {repair}")));
    facts
}

impl Check {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let sources = folder.sources(&self.source)?;
        let fetcher = folder.fetcher()?;
        let mut store = folder.write("source check", fetcher.clock().now())?;
        let count = sources.iter().map(|source| source.entry_points.len()).sum();
        let habits = check::habits(&store, &sources, fetcher.clock().now())?;
        let rows = block_on(None, async |stop| {
            let bar = bar("check", count);
            let rows = check::run(&fetcher, &sources, &habits, CONCURRENCY, &stop, &mut || bar.inc(1)).await;
            bar.finish_and_clear();
            Ok(rows)
        })?;
        for row in &rows {
            for log in std::iter::once(&row.log).chain(&row.parts) {
                store.log_fetch(log)?;
            }
        }
        let broken = folder.term_problems();
        self.print(&rows, &broken)?;
        if !broken.is_empty() {
            return Ok(Exit::Error);
        }
        let nothing_answered = !rows.is_empty() && rows.iter().all(|row| row.network_down);
        Ok(match rows.iter().all(CheckRow::is_good) {
            true => Exit::Done,
            false if nothing_answered => Exit::NoNetwork,
            false => Exit::Partial,
        })
    }

    /// `broken` is what is wrong with the study's terms.toml, without which no poll begins.
    fn print(&self, rows: &[CheckRow], broken: &[String]) -> anyhow::Result<()> {
        if self.format.json {
            let entry_points: Vec<Value> = rows.iter().map(row_json).collect();
            return output::document(&json!({ "entry_points": entry_points, "terms": broken }));
        }
        let headers = ["source", "answers", "kind", "items", "newest", "lang", "problem"];
        let cells: Vec<Vec<String>> = rows.iter().map(row_cells).collect();
        output::told_table(&headers, &cells)?;
        let good = rows.iter().filter(|row| row.is_good()).count();
        eprintln!("{good} of {} entry points are as they should be", rows.len());
        for problem in broken {
            eprintln!("error: {}", crate::render::safe(problem));
        }
        Ok(())
    }
}

fn row_cells(row: &CheckRow) -> Vec<String> {
    let problem = if row.problems.is_empty() { "none".to_owned() } else { row.problems.join("; ") };
    vec![
        row.source.to_string(),
        if row.answers { "yes" } else { "no" }.to_owned(),
        row.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
        row.items.to_string(),
        row.newest.map(|newest| newest.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        row.lang.as_ref().map(ToString::to_string).unwrap_or_default(),
        format!("{problem} ({})", row.url),
    ]
}

fn row_json(row: &CheckRow) -> Value {
    json!({
        "source": row.source,
        "url": row.url,
        "answers": row.answers,
        "kind": row.kind.map(|kind| kind.name()),
        "items": row.items,
        "newest": row.newest,
        "lang": row.lang,
        "repairs": row.repairs,
        "problems": row.problems,
    })
}
