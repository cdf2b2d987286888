//! One page on its way: asked for, examined, kept. Shared by every run that looks at pages.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::readers::{self, Unfinished};
use super::schedule::{is_for_now, is_our_network};
use super::{
    Context, Examined, ExaminedTurn, Look, MADE_BY, Outlet, RunError, Stop, article_of, examine, examine_turns, place,
};
use crate::extract::{self, Recurring};
use crate::feed;
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::lexicon::Lexicon;
use crate::model::{
    ArticleId, Assessment, DropReason, FeedEntry, FetchedPage, Layer, Outcome, OutcomeKind, RecentArticle,
    SeenInterval, SourceId, StoredArticle, UnreadReason, Verdict,
};
use crate::statement::{self, OutletContext};
use crate::store::{CaptureRow, PageFetch, PageKeep, PageKept, Store};

/// How long one page may be read; the slowest real ones take a second.
pub(super) const READING_LIMIT: Duration = Duration::from_secs(10);
/// The reason of a page that is not there any more, although the site answers.
const FRONT_PAGE: &str = "front-page";

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
    /// True where the page may be a transcript, to be taken apart.
    pub(super) transcript: bool,
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
    /// The turns of a page that is a transcript.
    pub(super) turns: Vec<ExaminedTurn>,
    /// The capture of the page, where it is a turn of one that was had before.
    pub(super) capture: Option<CaptureRow>,
}

/// Says whether a look failed in a way that may be our own network's.
pub(super) fn may_be_our_network(looked: &LookedAt) -> bool {
    looked.network_down
}

/// What is left out of a page: of a known article what was left out at the last look, so that nothing seems to have changed
/// that did not; else what the outlet's other articles taught.
pub(super) fn recurring(
    store: &Store,
    source: Option<&SourceId>,
    article: Option<ArticleId>,
) -> Result<Arc<Recurring>, RunError> {
    let known = article.map(|id| store.article(id)).transpose()?.flatten();
    Ok(Arc::new(match (known, source) {
        (Some(known), _) => Recurring::exactly(&known.latest().article.recurring),
        (None, Some(source)) => Recurring::learned(&store.edge_lines(source)?),
        (None, None) => Recurring::default(),
    }))
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
    examine_look(fetcher, lexicon, job, look, fetch, stop).await
}

/// Examines what was had of a page; `None` when the run is to stop first.
pub(super) async fn examine_look(
    fetcher: &Fetcher,
    lexicon: &Arc<Lexicon>,
    job: PageJob,
    look: Look,
    fetch: Option<PageFetch>,
    stop: &Stop,
) -> Option<LookedAt> {
    let at = fetcher.clock().now();
    let mut look_again = matches!(&look, Look::Unread(reason) if is_for_now(reason));
    let network_down = matches!(&look, Look::Unread(reason) if is_our_network(reason));
    let (words, working) = (Arc::clone(lexicon), job.clone());
    // Extraction may take a second on a large page; the network goes on meanwhile.
    let working = readers::read(READING_LIMIT, move || {
        let is_page = working.url.as_deref().and_then(extract::turn_of).is_none();
        let turns = match working.transcript && is_page {
            true => examine_turns(&words, &working.outlet, &look),
            false => Vec::new(),
        };
        let examined = match turns.len() {
            0 => examine(&words, &working.outlet, working.entry.as_ref(), &look),
            turns => Examined::Ended(Outcome::Split { turns }),
        };
        (examined, turns)
    });
    let worked = tokio::select! {
        worked = working => worked,
        () = stop.wished() => return None,
    };
    let (examined, turns) = match worked {
        Ok(examined) => examined,
        Err(why) => {
            look_again |= why == Unfinished::TooSlow;
            (without_page(lexicon, &job, unfinished(why)).await, Vec::new())
        }
    };
    Some(LookedAt { job, fetch, examined, at, look_again, network_down, turns, capture: None })
}

/// Makes what can be made of a page that could not be read: of what its feed says.
async fn without_page(lexicon: &Arc<Lexicon>, job: &PageJob, reason: UnreadReason) -> Examined {
    let (lexicon, working, look) = (Arc::clone(lexicon), job.clone(), Look::Unread(reason.clone()));
    let read =
        readers::read(READING_LIMIT, move || examine(&lexicon, &working.outlet, working.entry.as_ref(), &look)).await;
    read.unwrap_or(Examined::Ended(Outcome::Unread(reason)))
}

/// Asks for what a job is about, unless the feed carries the text.
pub(super) async fn ask(fetcher: &Fetcher, job: &PageJob) -> (Look, Option<PageFetch>) {
    let has_text = job.entry.as_ref().is_some_and(|entry| entry.content.is_some());
    if job.outlet.full_text && has_text {
        return (Look::FeedText, None);
    }
    let Some(url) = &job.url else {
        let reason = UnreadReason { name: "no-address".to_owned(), message: "the feed gives no address".to_owned() };
        return (Look::Unread(reason), None);
    };
    if feed::is_opaque(url) {
        let message = "the feed gives a link of Google's, which does not tell the article's address".to_owned();
        return (Look::Unread(UnreadReason { name: "opaque-link".to_owned(), message }), None);
    }
    let started = fetcher.clock().now();
    match fetcher.get(url, Purpose::Page, &Validators::default()).await {
        Ok(answer) if is_front_page(&answer.url) && !is_front_page(url) => {
            (Look::Unread(front_page()), Some(answered(url, answer)))
        }
        Ok(answer) => {
            let answer = Answer { url: with_turn(url, &answer.url), ..answer };
            let page = fetched(&answer);
            (Look::Page(page), Some(answered(url, answer)))
        }
        Err(error) => (Look::Unread(error.unread()), Some(failed(url, &error, started, fetcher.clock().now()))),
    }
}

/// What was had of a page, for another turn of it; `None` where that is another page or could not be had.
pub(super) fn for_another_turn(look: &Look, url: Option<&str>) -> Option<Look> {
    let Look::Page(page) = look else { return None };
    let (asked, had) = (url?, page.url.as_deref()?);
    let is_same_page = extract::turn_of(asked).is_some() && asked.split('#').next() == had.split('#').next();
    is_same_page.then(|| Look::Page(FetchedPage { url: Some(with_turn(asked, had)), ..page.clone() }))
}

/// The address that answered, with the turn that was asked for: a server never hears of it.
fn with_turn(asked: &str, answered: &str) -> String {
    match extract::turn_of(asked).and_then(|_| asked.rsplit_once('#')) {
        Some((_, turn)) => format!("{}#{turn}", answered.split('#').next().unwrap_or(answered)),
        None => answered.to_owned(),
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

/// Says whether an address is a site's front page: what sites lead to when an article is not there any more.
fn is_front_page(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    matches!(url.path(), "/" | "/index.html" | "/index.htm" | "/index.php" | "/home" | "/404") && url.query().is_none()
}

fn front_page() -> UnreadReason {
    UnreadReason { name: FRONT_PAGE.to_owned(), message: "the address leads to the site's front page".to_owned() }
}

/// Says why a page was had and not read.
pub(super) fn unfinished(why: Unfinished) -> UnreadReason {
    let (name, message) = match why {
        Unfinished::TooSlow => ("too-slow", "reading the page took too long"),
        Unfinished::Failed => ("reader-failed", "gainsay's own reader failed on this page: please report it"),
    };
    UnreadReason { name: name.to_owned(), message: message.to_owned() }
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
    /// True when it failed as if our own network were down.
    pub network_down: bool,
    /// How the turns ended, where it is a transcript.
    pub turns: Vec<OutcomeKind>,
    /// How many of them were not known before.
    pub new_turns: usize,
}

fn reason(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Kept(_) => None,
        Outcome::OffTopic(found) => Some(format!("not on topic: score {:.2}", found.1.score)),
        Outcome::Dropped(reason) => Some(reason.to_string()),
        Outcome::Unread(reason) => Some(reason.message.clone()),
        Outcome::Split { turns } => Some(format!("a transcript of {turns} turns")),
    }
}

/// Says whether a page reads as the one before does by today's rules: then, whatever was read then, the outlet changed
/// nothing.
fn says_the_same(
    store: &Store,
    known: &StoredArticle,
    fetch: Option<&PageFetch>,
    outlet: &Outlet,
    outcome: &Outcome,
) -> bool {
    let found = match outcome {
        Outcome::Kept(processed) => &processed.article,
        Outcome::OffTopic(found) => &found.0,
        Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. } => return false,
    };
    let before = known.latest();
    let is_other = before.article.title != found.title || before.article.text != found.text;
    let (Some(capture), Some(fetch), true) = (&before.capture, fetch, is_other) else { return false };
    if before.article.by == Layer::Feed || found.by == Layer::Feed {
        return false;
    }
    let Ok(body) = store.capture_body(capture) else { return false };
    let kind = fetch.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let page = FetchedPage {
        url: fetch.final_url.clone(),
        content_type: kind.map(|(_, kind)| kind.clone()),
        body,
        fetched_at: fetch.started,
    };
    let pages = outlet.pages.clone();
    let again = in_time(move || article_of(None, &page, &pages));
    again.is_some_and(|again| again.is_ok_and(|again| again.title == found.title && again.text == found.text))
}

/// Reads on a thread of its own for as long as a page may be read; `None` when that is over, or the reader failed.
fn in_time<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, waited) = sync_channel(1);
    // Nobody waits for it any more where the time is over.
    let reader = move || done.send(read()).unwrap_or_default();
    thread::Builder::new().stack_size(extract::STACK).spawn(reader).ok()?;
    waited.recv_timeout(READING_LIMIT).ok()
}

/// Places a page among the others and keeps it, and so with the turns of a transcript.
///
/// # Errors
/// When the record cannot be written.
pub(super) fn keep(store: &mut Store, context: &mut Context, mut looked: LookedAt) -> Result<PageEnd, RunError> {
    let turns = std::mem::take(&mut looked.turns);
    let (outlet, at, source) = (looked.job.outlet.clone(), looked.at, looked.job.source.clone());
    let had = looked.capture;
    let entries: Vec<FeedEntry> = turns.iter().map(|turn| turn.entry.clone()).collect();
    let mut end = keep_one(store, context, looked, &entries)?;
    let capture = end.kept.capture.or(had);
    for (turn, (pending, is_new)) in turns.into_iter().zip(std::mem::take(&mut end.kept.turns)) {
        let job = PageJob {
            source: source.clone(),
            outlet: outlet.clone(),
            url: turn.entry.url.clone(),
            entry: Some(turn.entry),
            entry_row: Some(pending.row),
            article: pending.article,
            by_hand: false,
            seen: Some(pending.seen),
            transcript: false,
        };
        let examined = turn.examined;
        let looked = LookedAt {
            job,
            fetch: None,
            examined,
            at,
            look_again: false,
            network_down: false,
            turns: Vec::new(),
            capture,
        };
        end.turns.push(keep_one(store, context, looked, &[])?.kind);
        end.new_turns += usize::from(is_new);
    }
    Ok(end)
}

fn keep_one(
    store: &mut Store,
    context: &mut Context,
    looked: LookedAt,
    turns: &[FeedEntry],
) -> Result<PageEnd, RunError> {
    let LookedAt { job, fetch, examined, at, look_again, network_down, turns: _, capture: transcript } = looked;
    let seen = job.seen.unwrap_or(SeenInterval { after: None, by: at });
    let status = fetch.as_ref().and_then(|fetch| fetch.status);
    let could_not_read =
        matches!(&examined, Examined::Ended(Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. }));
    let turn_is_gone = matches!(&examined, Examined::Ended(Outcome::Dropped(DropReason::TurnGone)));
    let leads_to_front = matches!(&examined, Examined::Ended(Outcome::Unread(reason)) if reason.name == FRONT_PAGE);
    let article = match job.article {
        Some(article) => Some(article),
        // What could not be read says nothing about the article at the address that answered.
        None if could_not_read => None,
        None => redirected_to_known(store, fetch.as_ref())?,
    };
    let known = article.map(|id| store.article(id)).transpose()?.flatten();
    let was_on_topic = known.as_ref().is_some_and(|known| known.outcome == OutcomeKind::Kept);
    let examined = if was_on_topic { stays_on_topic(&context.lexicon, &job.outlet, examined) } else { examined };
    let outcome = place(context, examined, seen.by);
    let kind = outcome.kind();
    let why = reason(&outcome);
    // Counted once an article, and never what a person chose.
    let edges = match &outcome {
        // Nor are the turns of one page, which stand between the same lines.
        _ if job.by_hand || article.is_some() || transcript.is_some() => Vec::new(),
        Outcome::Kept(processed) => extract::edges(&processed.article),
        Outcome::OffTopic(found) => extract::edges(&found.0),
        Outcome::Dropped(_) | Outcome::Unread(_) | Outcome::Split { .. } => Vec::new(),
    };
    let read_anew =
        known.as_ref().is_some_and(|known| says_the_same(store, known, fetch.as_ref(), &job.outlet, &outcome));
    // Of a page that was never seen, nothing can be gone.
    let was_seen = known.as_ref().is_some_and(|known| known.latest().article.by != Layer::Feed);
    let kept = store.keep_page(&PageKeep {
        entry_row: job.entry_row,
        article,
        source: job.source.clone(),
        by_hand: job.by_hand,
        url: job.url.clone(),
        seen: if article.is_some() { SeenInterval { after: None, by: at } } else { seen },
        fetch,
        transcript,
        turns,
        outcome: &outcome,
        look_again,
        read_anew,
        edges,
        made_by: MADE_BY,
    })?;
    let gone = match status {
        Some(status @ (404 | 410)) => Some(format!("the server answered {status}")),
        _ if turn_is_gone => Some(DropReason::TurnGone.to_string()),
        _ if leads_to_front => Some("the address leads to the site's front page".to_owned()),
        _ => None,
    };
    if let (Some(article), Some(answer), true) = (article, gone, was_seen) {
        let after = store.last_look(article)?;
        store.mark_gone(article, SeenInterval { after, by: at }, &answer)?;
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
    Ok(PageEnd { kind, kept, why, network_down, turns: Vec::new(), new_turns: 0 })
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
    // A saved file was not moved to the address that it came from.
    let answered = fetch.filter(|fetch| fetch.status.is_some());
    let moved = answered.and_then(|fetch| fetch.final_url.as_deref().filter(|url| *url != fetch.requested_url));
    let Some(url) = moved else { return Ok(None) };
    Ok(store.article_by_url(url)?.map(|article| article.id))
}
