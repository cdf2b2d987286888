//! `outcomes`: every page that was not kept as on topic, and why: what could have been missed.

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::moment::Moment;
use super::output::{self, Exit, Format, plural};
use super::study::StudyFolder;
use crate::model::SourceId;
use crate::store::{OutcomeFilter, OutcomeRow};

#[derive(Debug, Args)]
pub(super) struct Outcomes {
    /// Only this source
    #[arg(long)]
    source: Option<SourceId>,
    /// Only this reason: off-topic, no-text, wall, robots, status-404 and so on
    #[arg(long)]
    reason: Option<String>,
    /// Since: 2026-11-20, 24h, 7d
    #[arg(long)]
    since: Option<Moment>,
    /// Only the counts, by reason
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    format: Format,
}

impl Outcomes {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let since = self.since.map(|since| since.resolve(Timestamp::now(), &folder.study.zone));
        let filter = OutcomeFilter {
            source: self.source.clone(),
            reason: self.reason.clone(),
            since,
            ..OutcomeFilter::default()
        };
        let rows = store.outcomes(&filter)?;
        if self.count {
            self.print_counts(&rows)?;
        } else if self.format.json {
            output::document(&json!({ "outcomes": rows.iter().map(row_json).collect::<Vec<_>>() }))?;
        } else {
            let headers = ["outcome", "article", "source", "headline", "why"];
            output::table(&headers, &rows.iter().map(row_cells).collect::<Vec<_>>())?;
        }
        eprintln!("{} page{} not kept as on topic", rows.len(), plural(rows.len()));
        Ok(if rows.is_empty() { Exit::NothingFound } else { Exit::Done })
    }

    fn print_counts(&self, rows: &[OutcomeRow]) -> anyhow::Result<()> {
        let mut counts: std::collections::BTreeMap<(&str, &str), usize> = std::collections::BTreeMap::new();
        for row in rows {
            *counts.entry((row.kind.name(), &row.reason)).or_default() += 1;
        }
        if self.format.json {
            let counts: Vec<Value> = counts
                .iter()
                .map(|((kind, reason), count)| json!({ "outcome": kind, "reason": reason, "count": count }))
                .collect();
            return output::document(&json!({ "counts": counts }));
        }
        let cells: Vec<Vec<String>> = counts
            .iter()
            .map(|((kind, reason), count)| vec![(*kind).to_owned(), (*reason).to_owned(), count.to_string()])
            .collect();
        output::table(&["outcome", "reason", "pages"], &cells)
    }
}

fn row_cells(row: &OutcomeRow) -> Vec<String> {
    let title = if row.title.is_empty() { row.url.clone().unwrap_or_default() } else { row.title.clone() };
    let source = row.source.as_ref().map_or_else(|| "by hand".to_owned(), ToString::to_string);
    let article = row.article.map(|id| id.to_string()).unwrap_or_default();
    // The sentence says more than the word that filters go by, unless it is the same.
    vec![row.kind.name().to_owned(), article, source, title, format!("{}: {}", row.reason, row.message)]
}

fn row_json(row: &OutcomeRow) -> Value {
    json!({
        "outcome": row.kind.name(),
        "reason": row.reason,
        "message": row.message,
        "source": row.source,
        "url": row.url,
        "title": row.title,
        "at": row.at,
        "by_hand": row.by_hand,
        "article": row.article,
    })
}
