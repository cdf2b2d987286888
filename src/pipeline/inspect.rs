//! `source test`: reads the newest pages of a source as a poll would, and keeps nothing but the log of having looked.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::check::Habits;
use super::page::{self, PageJob};
use super::readers;
use super::{Look, Outlet, Stop, check};
use crate::extract::{self, Line, OutletPages, Recurring, SelectorUse};
use crate::fetch::Fetcher;
use crate::model::{Article, FeedEntry, FeedSource, Layer, PageRule};
use crate::store::{FetchLog, FetchOutcome, FetchPurpose};

/// What became of one page.
#[derive(Debug, Clone)]
pub struct PageTest {
    /// Its address; `None` of an entry without one.
    pub url: Option<String>,
    /// What announced it; `None` of a page of which the address alone is known.
    pub entry: Option<FeedEntry>,
    /// The article, or why there is none, as a sentence.
    pub article: Result<Article, String>,
    /// The lines that were looked at, those that are no text with their reason.
    pub lines: Vec<Line>,
    /// What the study's selectors found on it.
    pub selectors: Vec<SelectorUse>,
    /// The characters of text that are found without the study's selector for the body, where it has one that was used.
    pub without_body: Option<usize>,
    /// The headlines of its turns, where it is a transcript that a poll takes apart.
    pub turns: Vec<String>,
}

impl PageTest {
    /// A page that gave no article, and why.
    fn none(url: Option<String>, entry: Option<FeedEntry>, why: String) -> Self {
        Self {
            url,
            entry,
            article: Err(why),
            lines: Vec::new(),
            selectors: Vec::new(),
            without_body: None,
            turns: Vec::new(),
        }
    }
}

/// Which pages of a source are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// So many of the newest that its entry points announce.
    Newest(usize),
    /// Those at these addresses; its entry points are not asked.
    These(Vec<String>),
}

impl Wanted {
    /// At most how many pages these are.
    #[must_use]
    pub fn most(&self) -> usize {
        match self {
            Self::Newest(most) => *most,
            Self::These(urls) => urls.len(),
        }
    }
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

/// Looks at pages of a source, one after the other; at its newest as every one of its entry points announces them.
///
/// A page that a signal leaves unread is not in the answer.
pub async fn run(
    fetcher: &Fetcher,
    source: &FeedSource,
    recurring: Recurring,
    habits: &Habits,
    wanted: &Wanted,
    stop: &Stop,
    done: &mut dyn FnMut(),
) -> SourceTest {
    let mut test = SourceTest::default();
    let entries = match wanted {
        Wanted::Newest(most) => {
            let newest = newest(entries(fetcher, source, habits, &mut test, stop).await, *most);
            newest.into_iter().map(|entry| (entry.url.clone(), Some(entry))).collect()
        }
        Wanted::These(urls) => urls.iter().map(|url| (Some(url.clone()), None)).collect::<Vec<_>>(),
    };
    let outlet = Outlet::of(source).with(Arc::new(recurring));
    for (url, entry) in entries {
        let looked = tokio::select! {
            looked = look(fetcher, source, outlet.clone(), url, entry) => looked,
            () = stop.wished() => break,
        };
        test.log.extend(looked.1);
        test.pages.push(looked.0);
        done();
    }
    test
}

/// Reads the entry points of a source.
async fn entries(
    fetcher: &Fetcher,
    source: &FeedSource,
    habits: &Habits,
    test: &mut SourceTest,
    stop: &Stop,
) -> Vec<FeedEntry> {
    let mut all = Vec::new();
    test.network_down = true;
    for point in &source.entry_points {
        let (row, entries) = tokio::select! {
            looked = check::look(fetcher, source, point, habits.get(&point.url), stop) => looked,
            () = stop.wished() => break,
        };
        test.network_down &= row.network_down;
        test.problems.extend(row.problems.iter().map(|problem| format!("{}: {problem}", point.url)));
        test.log.push(row.log);
        test.log.extend(row.parts);
        all.extend(entries);
    }
    test.network_down &= !test.log.is_empty();
    all
}

/// The newest entries by the dates that they give, those without one last, each address once.
fn newest(mut entries: Vec<FeedEntry>, most: usize) -> Vec<FeedEntry> {
    entries.sort_by_key(|entry| Reverse(entry.dated()));
    let mut known = HashSet::new();
    entries.retain(|entry| entry.url.as_ref().is_none_or(|url| known.insert(url.clone())));
    entries.truncate(most);
    entries
}

async fn look(
    fetcher: &Fetcher,
    source: &FeedSource,
    outlet: Outlet,
    url: Option<String>,
    entry: Option<FeedEntry>,
) -> (PageTest, Option<FetchLog>) {
    let job = PageJob {
        source: Some(source.id.clone()),
        outlet,
        url: url.clone(),
        entry: entry.clone(),
        entry_row: None,
        article: None,
        by_hand: false,
        seen: None,
        transcript: false,
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
    let (outlet, at, announced) = (job.outlet, url.clone(), entry.clone());
    let transcripts = source.entry_points.iter().any(|point| point.transcript);
    let working = readers::read(page::READING_LIMIT, move || PageTest {
        turns: if transcripts { turns(&look, &outlet) } else { Vec::new() },
        ..read(at, announced, &outlet, &look)
    });
    let page = working.await.unwrap_or_else(|why| PageTest::none(url, entry, page::unfinished(why).message));
    (page, log)
}

/// The headlines of the turns of a transcript; none where it has one alone, and so is not taken apart.
fn turns(look: &Look, outlet: &Outlet) -> Vec<String> {
    let Look::Page(page) = look else { return Vec::new() };
    let Ok(article) = extract::article(None, page, &outlet.pages) else { return Vec::new() };
    let turns: Vec<String> = extract::split(&article).into_iter().map(|turn| turn.title).collect();
    if turns.len() < 2 { Vec::new() } else { turns }
}

fn read(url: Option<String>, entry: Option<FeedEntry>, outlet: &Outlet, look: &Look) -> PageTest {
    let none = |why: &str| PageTest::none(url.clone(), entry.clone(), why.to_owned());
    let entry = entry.as_ref();
    match look {
        Look::Page(page) => {
            let (article, lines) = extract::explain(entry, page, &outlet.pages);
            let rule = outlet.pages.rule.as_ref();
            let selectors = rule.map(|rule| extract::selector_uses(page, rule, &outlet.pages.zone)).unwrap_or_default();
            let article = article.map_err(|reason| reason.to_string());
            let is_by_rule = article.as_ref().is_ok_and(|article| article.by == Layer::Outlet);
            let chosen = rule.filter(|rule| is_by_rule && rule.body.is_some());
            let without_body = chosen.and_then(|rule| {
                let rule = PageRule { body: None, ..rule.clone() };
                let pages = OutletPages { rule: Some(rule), ..outlet.pages.clone() };
                let other = extract::article(entry, page, &pages).ok()?;
                Some(other.text.chars().count())
            });
            PageTest { article, lines, selectors, without_body, ..none("") }
        }
        Look::Unread(reason) => none(&reason.message),
        Look::FeedText => {
            let article = entry.and_then(|entry| extract::from_entry(entry, ""));
            let article = article.ok_or_else(|| "the feed holds no text".to_owned());
            PageTest { article, ..none("") }
        }
    }
}
