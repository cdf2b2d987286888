//! `capture`: one article by hand, from an address or a saved file. Marked so, and never part of a silence verdict.

use std::sync::Arc;

use jiff::Timestamp;

use super::page::{self, LookedAt, PageJob};
use super::{Context, Look, Outlet, PageEnd, RunError, Stop, examine};
use crate::fetch::Fetcher;
use crate::lexicon::Lexicon;
use crate::model::{FetchedPage, SeenInterval, SourceId, Study};
use crate::store::{PageFetch, Store};

/// A page saved in a file.
#[derive(Debug, Clone)]
pub struct SavedPage {
    /// The file's name, for the log.
    pub name: String,
    /// The address it was saved from, where the person knows it.
    pub url: Option<String>,
    /// The bytes.
    pub body: Vec<u8>,
    /// When it was read.
    pub at: Timestamp,
}

/// Brings in the page at an address; `None` when a signal stops it first.
///
/// # Errors
/// When the record cannot be read or written. A page that cannot be had is an outcome.
pub async fn address(
    study: &Study,
    store: &mut Store,
    fetcher: &Fetcher,
    lexicon: &Arc<Lexicon>,
    url: &str,
    stop: &Stop,
) -> Result<Option<PageEnd>, RunError> {
    let job = job(study, store, Some(url.to_owned()))?;
    let Some(looked) = page::look_at(fetcher, lexicon, job, stop).await else { return Ok(None) };
    let mut context = Context::load(store, lexicon, looked.at)?;
    page::keep(store, &mut context, looked).map(Some)
}

/// Brings in a saved page.
///
/// # Errors
/// When the record cannot be read or written. A file without an article is an outcome.
pub fn file(study: &Study, store: &mut Store, lexicon: &Arc<Lexicon>, saved: SavedPage) -> Result<PageEnd, RunError> {
    // A saved copy may be older than what the record has: it stands beside a known article, not on top of it.
    let job = PageJob { article: None, by_hand: true, url: None, ..job(study, store, saved.url.clone())? };
    let page =
        FetchedPage { url: saved.url.clone(), content_type: None, body: saved.body.clone(), fetched_at: saved.at };
    let examined = examine(lexicon, &job.outlet, None, &Look::Page(page));
    let fetch = PageFetch {
        requested_url: saved.name,
        final_url: saved.url,
        started: saved.at,
        finished: saved.at,
        status: None,
        headers: Vec::new(),
        body: Some(saved.body),
    };
    let job = PageJob { seen: Some(SeenInterval { after: None, by: saved.at }), ..job };
    let mut context = Context::load(store, lexicon, saved.at)?;
    page::keep(
        store,
        &mut context,
        LookedAt {
            job,
            fetch: Some(fetch),
            examined,
            at: saved.at,
            look_again: false,
            network_down: false,
            turns: Vec::new(),
            capture: None,
        },
    )
}

fn job(study: &Study, store: &Store, url: Option<String>) -> Result<PageJob, RunError> {
    let known = match &url {
        Some(url) => store.article_by_url(url)?,
        None => None,
    };
    let source = url.as_deref().and_then(|url| source_of(study, url));
    let outlet = source.and_then(|id| study.source(id)).map_or_else(Outlet::unknown, Outlet::of);
    let recurring = page::recurring(store, source, known.as_ref().map(|article| article.id))?;
    Ok(PageJob {
        source: source.cloned(),
        outlet: Outlet { full_text: false, ..outlet }.with(recurring),
        url,
        entry: None,
        entry_row: None,
        article: known.as_ref().map(|article| article.id),
        by_hand: known.is_none_or(|article| article.by_hand),
        seen: None,
        transcript: false,
    })
}

/// The source one of whose entry points is on the same host, `www.` aside.
fn source_of<'a>(study: &'a Study, url: &str) -> Option<&'a SourceId> {
    let host = host(url)?;
    let same = |entry_point: &crate::model::EntryPoint| host_is(&entry_point.url, &host);
    study.sources.iter().find(|source| source.entry_points.iter().any(same)).map(|source| &source.id)
}

fn host_is(url: &str, wanted: &str) -> bool {
    host(url).is_some_and(|host| host == wanted)
}

fn host(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(|host| host.trim_start_matches("www.").to_owned())
}
