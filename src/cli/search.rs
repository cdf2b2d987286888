//! `search`: finds articles.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::moment::Moment;
use super::output::{self, Exit, Format, plural};
use super::study::StudyFolder;
use crate::model::{ArticleId, SourceId, StatementId, StoryId};
use crate::render;
use crate::search::query::{self, Query};
use crate::search::{Hit, SearchAnswer, SearchOptions, Searcher, Sort};

/// Characters of a query that are shown on either side of a mistake.
const SHOWN: usize = 60;

#[derive(Debug, Args)]
pub(super) struct Search {
    /// What to look for, best within quotes: words, "a phrase", AND OR NOT ( ), -word, pre*, and the fields title: body:
    /// source: lang: country: story: date: seen:, and of one statement speaker: kind: sub: target:
    #[arg(required = true)]
    query: Vec<String>,
    /// Only this source
    #[arg(long)]
    source: Option<SourceId>,
    /// Only this language: en, zh-Hant, zh-Hans; zh is Chinese in either script
    #[arg(long, value_parser = query::lang_tag)]
    lang: Option<String>,
    /// Published (else first seen) since: 2026-11-20, 24h, 7d
    #[arg(long)]
    since: Option<Moment>,
    /// Published (else first seen) before
    #[arg(long)]
    until: Option<Moment>,
    /// The order
    #[arg(long, value_enum, default_value_t = Order::Score)]
    sort: Order,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Pass over so many
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// Off-topic articles too
    #[arg(long)]
    all: bool,
    /// The script and form as typed: Traditional and Simplified do not find each other
    #[arg(long)]
    exact: bool,
    /// Say how the query was read
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best match first
    Score,
    /// The newest first
    Date,
}

impl Search {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        if let Some(source) = &self.source {
            folder.source(source)?;
        }
        let text = self.query.join(" ");
        let query = query::parse(&text).map_err(|error| mistake(&text, &error))?;
        if self.explain {
            eprintln!("read as: {}", render::safe(&query.to_string()));
            for group in query.of_one_statement() {
                eprintln!("of one statement: {}", render::safe(&group));
            }
        }
        let store = folder.read()?;
        let last = store.last_seq()?;
        let searcher = Searcher::open(&folder.index_dir(), &store.record_id()).map_err(|error| output::Hinted {
            message: error.to_string(),
            hint: "`gainsay reindex` makes it from the record".to_owned(),
        })?;
        let now = Timestamp::now();
        let moment = |moment: Option<Moment>| moment.map(|moment| moment.resolve(now, &folder.study.zone));
        let options = SearchOptions {
            limit: self.limit,
            offset: self.offset,
            sort: if self.sort == Order::Date { Sort::Date } else { Sort::Relevance },
            include_off_topic: self.all,
            exact: self.exact,
            source: self.source.as_ref().map(ToString::to_string),
            lang: self.lang.clone(),
            since: moment(self.since),
            until: moment(self.until),
        };
        let answer = searcher.search(&query, &options)?;
        if self.format.json {
            output::document(&answer_json(&text, &query, &answer, last))?;
        } else {
            self.print(folder, &answer)?;
        }
        if answer.indexed_to < last {
            eprintln!(
                "warning: indexed to change {} of {last}; the next poll or `gainsay reindex` catches up",
                answer.indexed_to
            );
        }
        Ok(if answer.total == 0 { Exit::NothingFound } else { Exit::Done })
    }

    fn print(&self, folder: &StudyFolder, answer: &SearchAnswer) -> anyhow::Result<()> {
        let (width, style) = (output::width(), output::style());
        for hit in &answer.hits {
            let id = format!("{}  ", ArticleId(hit.article));
            let title =
                render::highlight_lines(&hit.title, &hit.title_highlights, style, width.saturating_sub(id.len()));
            for (number, line) in title.iter().enumerate() {
                let indent = if number == 0 { id.clone() } else { " ".repeat(id.len()) };
                output::line(&format!("{indent}{line}"))?;
            }
            output::line(&render::fit(&format!("    {}", facts(folder, hit)), width))?;
            let snippet = &hit.snippet;
            for line in render::highlight_lines(&snippet.text, &snippet.highlights, style, width.saturating_sub(4)) {
                output::line(&format!("    {line}"))?;
            }
        }
        let shown = answer.hits.len();
        let off_topic = if self.all { "" } else { " on topic (--all for the others too)" };
        eprintln!("{} article{}{off_topic}, {shown} shown", answer.total, plural(answer.total));
        Ok(())
    }
}

fn facts(folder: &StudyFolder, hit: &Hit) -> String {
    let zone = &folder.study.zone;
    let at = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let time = match hit.published {
        Some(published) => format!("published {}", at(published)),
        None => format!("first seen {}", at(hit.seen)),
    };
    let source = hit.source.as_deref().unwrap_or("by hand");
    let story = hit.story.map(|story| format!(" · {}", StoryId(story))).unwrap_or_default();
    let topic = if hit.on_topic { "" } else { " · off topic" };
    let stated = statement_id(hit).map(|(id, kind)| format!(" · {id} {kind}")).unwrap_or_default();
    format!("{source} · {} · {time}{story}{topic}{stated}", hit.lang)
}

/// Returns the statement that a hit is there for, and its kind.
fn statement_id(hit: &Hit) -> Option<(StatementId, &str)> {
    let (number, kind) = hit.statement.as_ref()?;
    Some((StatementId { article: ArticleId(hit.article), version: None, number: *number }, kind))
}

fn mistake(text: &str, error: &query::QueryError) -> anyhow::Error {
    // What is shown of a long query is the part around the mistake.
    let from = error.column.saturating_sub(SHOWN);
    let shown: String = text.chars().skip(from).take(2 * SHOWN).collect();
    let place = (error.column - from).saturating_sub(1);
    let marker = format!("{}^", " ".repeat(render::width_before(&shown, place)));
    let message = format!("{error}\n  {}\n  {marker}", render::safe(&shown));
    match &error.suggestion {
        Some(suggestion) => output::Hinted { message, hint: format!("try: {suggestion}") }.into(),
        None => anyhow::anyhow!(message),
    }
}

fn answer_json(text: &str, query: &Query, answer: &SearchAnswer, last: i64) -> Value {
    let hit = |hit: &Hit| {
        let span = |text: &str, ranges: &[std::ops::Range<usize>]| {
            ranges.iter().map(|range| render::char_span(text, range.clone())).collect::<Vec<_>>()
        };
        json!({
            "article": ArticleId(hit.article),
            "version": crate::model::VersionId(hit.version),
            "score": hit.score,
            "title": hit.title,
            "title_highlights": span(&hit.title, &hit.title_highlights),
            "snippet": hit.snippet.text,
            "snippet_highlights": span(&hit.snippet.text, &hit.snippet.highlights),
            "statement": statement_id(hit).map(|(id, _)| id),
            "source": hit.source,
            "lang": hit.lang,
            "published": hit.published,
            "seen": hit.seen,
            "story": hit.story.map(StoryId),
            "url": hit.url,
            "on_topic": hit.on_topic,
        })
    };
    json!({
        "query": text,
        "read_as": query.to_string(),
        "of_one_statement": query.of_one_statement(),
        "total": answer.total,
        "hits": answer.hits.iter().map(hit).collect::<Vec<_>>(),
        "indexed_to": answer.indexed_to,
        "record_at": last,
    })
}
