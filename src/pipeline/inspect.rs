//! `source test`: reads the newest pages of a source as a poll would, and keeps nothing but the log of having looked.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::page::{self, PageJob};
use super::{Look, Outlet, Stop, check};
use crate::extract::{self, Line, Recurring, SelectorUse};
use crate::fetch::Fetcher;
use crate::model::{Article, FeedEntry, FeedSource};
use crate::store::{FetchLog, FetchOutcome, FetchPurpose};

/// What became of one page.
#[derive(Debug, Clone)]
pub struct PageTest {
    /// What announced it.
    pub entry: FeedEntry,
    /// The article, or why there is none, as a sentence.
    pub article: Result<Article, String>,
    /// The lines that were looked at, those that are no text with their reason.
    pub lines: Vec<Line>,
    /// What the study's selectors found on it.
    pub selectors: Vec<SelectorUse>,
}

/// What a look at a source and its newest pages gave.
#[derive(Debug, Clone, Default)]
pub struct SourceTest {
    /// The pages, the newest first.
    pub pages: Vec<PageTest>,
    /// What is wrong with its entry points, as sentences.
    pub problems: Vec<String>,
    /// True when no entry point answered and every failure may be our own network's.
    pub network_down: bool,
    /// For the log.
    pub log: Vec<FetchLog>,
}

/// Looks at every entry point of a source and at its newest pages, one after the other.
///
/// A page that a signal leaves unread is not in the answer.
pub async fn run(
    fetcher: &Fetcher,
    source: &FeedSource,
    recurring: Recurring,
    pages: usize,
    stop: &Stop,
    done: &mut dyn FnMut(),
) -> SourceTest {
    let mut test = SourceTest::default();
    let entries = newest(entries(fetcher, source, &mut test, stop).await, pages);
    let outlet = Outlet::of(source).with(Arc::new(recurring));
    for entry in entries {
        let looked = tokio::select! {
            looked = look(fetcher, source, outlet.clone(), entry) => looked,
            () = stop.wished() => break,
        };
        test.log.extend(looked.1);
        test.pages.push(looked.0);
        done();
    }
    test
}

/// Reads the entry points of a source.
async fn entries(fetcher: &Fetcher, source: &FeedSource, test: &mut SourceTest, stop: &Stop) -> Vec<FeedEntry> {
    let mut all = Vec::new();
    test.network_down = true;
    for point in &source.entry_points {
        let (row, entries) = tokio::select! {
            looked = check::look(fetcher, source, point) => looked,
            () = stop.wished() => break,
        };
        test.network_down &= row.network_down;
        test.problems.extend(row.problems.iter().map(|problem| format!("{}: {problem}", point.url)));
        test.log.push(row.log);
        all.extend(entries);
    }
    test.network_down &= !test.log.is_empty();
    all
}

/// The newest entries by the dates that they give, those without one last, each address once.
fn newest(mut entries: Vec<FeedEntry>, most: usize) -> Vec<FeedEntry> {
    entries.sort_by_key(|entry| Reverse(entry.published.as_ref().map(|published| published.at)));
    let mut known = HashSet::new();
    entries.retain(|entry| entry.url.as_ref().is_none_or(|url| known.insert(url.clone())));
    entries.truncate(most);
    entries
}

async fn look(
    fetcher: &Fetcher,
    source: &FeedSource,
    outlet: Outlet,
    entry: FeedEntry,
) -> (PageTest, Option<FetchLog>) {
    let job = PageJob {
        source: Some(source.id.clone()),
        outlet,
        url: entry.url.clone(),
        entry: Some(entry.clone()),
        entry_row: None,
        article: None,
        by_hand: false,
        seen: None,
    };
    let (look, fetch) = page::ask(fetcher, &job).await;
    let failure = match &look {
        Look::Unread(reason) => Some(reason.message.clone()),
        _ => None,
    };
    let log = fetch.map(|fetch| FetchLog {
        source: Some(source.id.clone()),
        outcome: if failure.is_none() { FetchOutcome::Answered } else { FetchOutcome::Failed },
        status: fetch.status,
        bytes: fetch.body.map_or(0, |body| body.len() as u64),
        final_url: fetch.final_url,
        failure: failure.clone(),
        ..FetchLog::new(&fetch.requested_url, FetchPurpose::Check, fetch.started, fetch.finished)
    });
    let (outlet, announced) = (job.outlet, entry.clone());
    let working = tokio::task::spawn_blocking(move || read(&announced, &outlet, &look));
    let (article, lines, selectors) = match tokio::time::timeout(page::READING_LIMIT, working).await {
        Ok(Ok(read)) => read,
        Ok(Err(_)) => (Err(page::reader_failed().message), Vec::new(), Vec::new()),
        Err(_) => (Err(page::too_slow().message), Vec::new(), Vec::new()),
    };
    (PageTest { entry, article, lines, selectors }, log)
}

fn read(entry: &FeedEntry, outlet: &Outlet, look: &Look) -> (Result<Article, String>, Vec<Line>, Vec<SelectorUse>) {
    match look {
        Look::Page(page) => {
            let (article, lines) = extract::explain(Some(entry), page, &outlet.pages);
            let rule = outlet.pages.rule.as_ref();
            let selectors = rule.map(|rule| extract::selector_uses(page, rule, &outlet.pages.zone)).unwrap_or_default();
            (article.map_err(|reason| reason.to_string()), lines, selectors)
        }
        Look::Unread(reason) => (Err(reason.message.clone()), Vec::new(), Vec::new()),
        Look::FeedText => {
            let article = extract::from_entry(entry, "").ok_or_else(|| "the feed holds no text".to_owned());
            (article, Vec::new(), Vec::new())
        }
    }
}
