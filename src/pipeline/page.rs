//! One page on its way: asked for, examined, kept. Shared by every run that looks at pages.

use std::sync::Arc;

use jiff::Timestamp;

use super::schedule::{is_for_now, is_our_network};
use super::{Context, Examined, Look, MADE_BY, Outlet, RunError, Stop, examine, place};
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::lexicon::Lexicon;
use crate::model::{
    ArticleId, Assessment, FeedEntry, FetchedPage, Outcome, OutcomeKind, RecentArticle, SeenInterval, SourceId,
    UnreadReason, Verdict,
};
use crate::statement::{self, OutletContext};
use crate::store::{PageFetch, PageKeep, PageKept, Store};

/// What is to be looked at, and what for.
#[derive(Debug, Clone)]
pub(super) struct PageJob {
    pub(super) source: Option<SourceId>,
    pub(super) outlet: Outlet,
    pub(super) url: Option<String>,
    pub(super) entry: Option<FeedEntry>,
    pub(super) entry_row: Option<i64>,
    pub(super) article: Option<ArticleId>,
    pub(super) by_hand: bool,
    pub(super) seen: Option<SeenInterval>,
}

/// A page that was looked at, before it is placed among the others.
#[derive(Debug)]
pub(super) struct LookedAt {
    pub(super) job: PageJob,
    pub(super) fetch: Option<PageFetch>,
    pub(super) examined: Examined,
    pub(super) at: Timestamp,
    /// True when the page could not be had now and may be had later.
    pub(super) look_again: bool,
    /// True when it failed as if our own network were down.
    pub(super) network_down: bool,
}

/// Says whether a look failed in a way that may be our own network's.
pub(super) fn may_be_our_network(looked: &LookedAt) -> bool {
    looked.network_down
}

/// Asks for a page and examines it; `None` when the run is to stop first.
pub(super) async fn look_at(fetcher: &Fetcher, lexicon: &Arc<Lexicon>, job: PageJob, stop: &Stop) -> Option<LookedAt> {
    if stop.is_due(fetcher.clock()) {
        return None;
    }
    let (look, fetch) = tokio::select! {
        looked = ask(fetcher, &job) => looked,
        () = stop.wished() => return None,
    };
    let at = fetcher.clock().now();
    let look_again = matches!(&look, Look::Unread(reason) if is_for_now(reason));
    let network_down = matches!(&look, Look::Unread(reason) if is_our_network(reason));
    let (lexicon, working) = (Arc::clone(lexicon), job.clone());
    // Extraction may take a second on a large page; the network goes on meanwhile.
    let worked =
        tokio::task::spawn_blocking(move || examine(&lexicon, &working.outlet, working.entry.as_ref(), &look)).await;
    let examined = worked.unwrap_or_else(|_| Examined::Ended(Outcome::Unread(reader_failed())));
    Some(LookedAt { job, fetch, examined, at, look_again, network_down })
}

async fn ask(fetcher: &Fetcher, job: &PageJob) -> (Look, Option<PageFetch>) {
    let has_text = job.entry.as_ref().is_some_and(|entry| entry.content.is_some());
    if job.outlet.full_text && has_text {
        return (Look::FeedText, None);
    }
    let Some(url) = &job.url else {
        let reason = UnreadReason { name: "no-address".to_owned(), message: "the feed gives no address".to_owned() };
        return (Look::Unread(reason), None);
    };
    let started = fetcher.clock().now();
    match fetcher.get(url, Purpose::Page, &Validators::default()).await {
        Ok(answer) => {
            let page = fetched(&answer);
            (Look::Page(page), Some(answered(url, answer)))
        }
        Err(error) => (Look::Unread(error.unread()), Some(failed(url, &error, started, fetcher.clock().now()))),
    }
}

fn fetched(answer: &Answer) -> FetchedPage {
    FetchedPage {
        url: Some(answer.url.clone()),
        content_type: answer.content_type.clone(),
        body: answer.body.clone(),
        fetched_at: answer.finished,
    }
}

fn answered(url: &str, answer: Answer) -> PageFetch {
    PageFetch {
        requested_url: url.to_owned(),
        final_url: Some(answer.url),
        started: answer.started,
        finished: answer.finished,
        status: Some(answer.status),
        headers: answer.headers,
        body: Some(answer.body),
    }
}

fn failed(url: &str, error: &FetchError, started: Timestamp, finished: Timestamp) -> PageFetch {
    let status = match error {
        FetchError::Status { status, .. } => Some(*status),
        _ => None,
    };
    PageFetch {
        requested_url: url.to_owned(),
        final_url: None,
        started,
        finished,
        status,
        headers: Vec::new(),
        body: None,
    }
}

fn reader_failed() -> UnreadReason {
    UnreadReason {
        name: "reader-failed".to_owned(),
        message: "gainsay's own reader failed on this page: please report it".to_owned(),
    }
}

/// How a page ended, and what the record made of it.
#[derive(Debug, Clone)]
pub struct PageEnd {
    /// In which of the outcomes.
    pub kind: OutcomeKind,
    /// What was added.
    pub kept: PageKept,
    /// Why it was not kept as on topic, as a sentence.
    pub why: Option<String>,
}

fn reason(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Kept(_) => None,
        Outcome::OffTopic(found) => Some(format!("not on topic: score {:.2}", found.1.score)),
        Outcome::Dropped(reason) => Some(reason.to_string()),
        Outcome::Unread(reason) => Some(reason.message.clone()),
    }
}

/// Places a page among the others and keeps it.
///
/// # Errors
/// When the record cannot be written.
pub(super) fn keep(store: &mut Store, context: &mut Context, looked: LookedAt) -> Result<PageEnd, RunError> {
    let LookedAt { job, fetch, examined, at, look_again, network_down: _ } = looked;
    let seen = job.seen.unwrap_or(SeenInterval { after: None, by: at });
    let status = fetch.as_ref().and_then(|fetch| fetch.status);
    let article = match job.article {
        Some(article) => Some(article),
        None => redirected_to_known(store, fetch.as_ref())?,
    };
    let known = article.map(|id| store.article(id)).transpose()?.flatten();
    let was_on_topic = known.is_some_and(|known| known.outcome == OutcomeKind::Kept);
    let examined = if was_on_topic { stays_on_topic(&context.lexicon, &job.outlet, examined) } else { examined };
    let outcome = place(context, examined, seen.by);
    let kind = outcome.kind();
    let why = reason(&outcome);
    let kept = store.keep_page(&PageKeep {
        entry_row: job.entry_row,
        article,
        source: job.source.clone(),
        by_hand: job.by_hand,
        url: job.url.clone(),
        seen: if article.is_some() { SeenInterval { after: None, by: at } } else { seen },
        fetch,
        outcome: &outcome,
        look_again,
        made_by: MADE_BY,
    })?;
    if let (Some(article), Some(status @ (404 | 410))) = (article, status) {
        let after = store.last_look(article)?;
        store.mark_gone(article, SeenInterval { after, by: at }, &format!("the server answered {status}"))?;
    }
    if let (true, Some(id), Outcome::Kept(processed)) = (kept.new_article, kept.article, outcome)
        && let Some(story) = store.article(id)?.and_then(|stored| stored.story)
    {
        context.recent.push(RecentArticle {
            id,
            story,
            source: job.source,
            lang: processed.assessment.lang,
            at: Some(processed.article.published.map_or(seen.by, |published| published.at)),
            title: processed.article.title,
            text: processed.article.text,
        });
    }
    Ok(PageEnd { kind, kept, why })
}

/// Keeps an article on topic whose later version is softer: what was taken out is what its readers look for.
fn stays_on_topic(lexicon: &Lexicon, outlet: &Outlet, examined: Examined) -> Examined {
    match examined {
        Examined::Ended(Outcome::OffTopic(found)) => {
            let (article, assessment) = *found;
            let assessment = Assessment { verdict: Verdict::OnTopic, ..assessment };
            let outlet = OutletContext { country: outlet.country.as_deref() };
            let statements = statement::find(lexicon, &article, outlet);
            Examined::OnTopic(Box::new((article, assessment, statements)))
        }
        other => other,
    }
}

/// Returns the article that is in the record under the address that answered, when that is another than the one asked.
fn redirected_to_known(store: &Store, fetch: Option<&PageFetch>) -> Result<Option<ArticleId>, RunError> {
    let moved = fetch.and_then(|fetch| fetch.final_url.as_deref().filter(|url| *url != fetch.requested_url));
    let Some(url) = moved else { return Ok(None) };
    Ok(store.article_by_url(url)?.map(|article| article.id))
}
