//! `recheck`: looks again at known articles, to see what changed and what is gone.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::page::{self, PageJob};
use super::readers;
use super::{Context, Examined, Look, Outlet, RunError, Stop, examine_turns};
use crate::extract::{self, Recurring};
use crate::fetch::{Fetcher, later};
use crate::lexicon::Lexicon;
use crate::model::{
    ArticleId, ChangeKind, Outcome, OutcomeKind, SeenInterval, SourceId, StoredArticle, StoryId, Study,
};
use crate::store::{ArticleFilter, CaptureRow, Store};

/// How far back articles are looked at again.
const WINDOW: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What to look at again.
#[derive(Debug, Clone)]
pub struct RecheckOptions {
    /// Only the articles of this story.
    pub story: Option<StoryId>,
    /// At most so many pages, those looked at longest ago first.
    pub budget: usize,
}

/// What looking again brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecheckReport {
    /// Articles that were looked at.
    pub looked_at: usize,
    /// Those with another headline or body.
    pub changed: Vec<(ArticleId, ChangeKind)>,
    /// Those that are gone.
    pub gone: Vec<ArticleId>,
    /// Questions of known transcripts that were not in them before.
    pub new_turns: usize,
    /// Those that could not be read this time.
    pub unread: usize,
    /// True when something was looked at and every look failed as if our own network were down.
    pub no_network: bool,
    /// Articles that the budget left out.
    pub left_out: usize,
    /// True when a signal or the time limit ended it early.
    pub cut_short: bool,
}

/// Looks again at the on-topic articles of the last thirty days.
///
/// # Errors
/// When the record cannot be read or written.
pub async fn run(
    study: &Study,
    store: &mut Store,
    fetcher: &Fetcher,
    lexicon: &Arc<Lexicon>,
    options: &RecheckOptions,
    stop: &Stop,
) -> Result<RecheckReport, RunError> {
    let now = fetcher.clock().now();
    let mut known = known_articles(store, options.story, now)?;
    let mut report = RecheckReport { left_out: known.len().saturating_sub(options.budget), ..RecheckReport::default() };
    known.truncate(options.budget);
    let mut context = Context { lexicon: Arc::clone(lexicon), recent: Vec::new() };
    let mut network_failures = 0;
    // The page of the turn that was looked at last: the other turns of a transcript need no look of their own.
    let mut held: Option<(Look, Option<CaptureRow>)> = None;
    for article in known {
        let was_gone = article.gone.is_some();
        let job = job(study, &article, page::recurring(store, None, Some(article.id))?);
        let again = held.as_ref().and_then(|(look, _)| page::for_another_turn(look, job.url.as_deref()));
        if stop.is_due(fetcher.clock()) {
            break;
        }
        let is_fresh = again.is_none();
        let (look, fetch) = match again {
            Some(look) => (look, None),
            None => {
                held = None;
                tokio::select! {
                    looked = page::ask(fetcher, &job) => looked,
                    () = stop.wished() => break,
                }
            }
        };
        let had = look.clone();
        let (outlet, source) = (job.outlet.clone(), job.source.clone());
        let before = store.last_look(article.id)?;
        let Some(looked) = page::examine_look(fetcher, lexicon, job, look, fetch, stop).await else { break };
        report.looked_at += 1;
        network_failures += usize::from(page::may_be_our_network(&looked));
        let capture = held.as_ref().and_then(|(_, capture)| *capture);
        let page::PageEnd { kind, kept, .. } = page::keep(store, &mut context, page::LookedAt { capture, ..looked })?;
        if is_fresh {
            let page = Transcript { outlet, source, look: had.clone(), capture: kept.capture, before };
            report.new_turns += page.take_new_turns(store, fetcher, lexicon).await?;
        }
        held.get_or_insert((had, kept.capture));
        let is_gone = store.article(article.id)?.is_some_and(|article| article.gone.is_some());
        match kind {
            _ if is_gone && !was_gone => report.gone.push(article.id),
            OutcomeKind::Dropped | OutcomeKind::Unread if !is_gone => report.unread += 1,
            _ => report.changed.extend(kept.change.map(|change| (article.id, change))),
        }
    }
    report.no_network = report.looked_at > 0 && network_failures == report.looked_at;
    report.cut_short = stop.is_due(fetcher.clock());
    Ok(report)
}

/// The page of a turn that was looked at again.
struct Transcript {
    outlet: Outlet,
    source: Option<SourceId>,
    look: Look,
    capture: Option<CaptureRow>,
    /// When it was looked at before.
    before: Option<Timestamp>,
}

impl Transcript {
    /// Takes what is asked in it now and was not before: some are first printed in part. Returns how many turns were new.
    async fn take_new_turns(
        self,
        store: &mut Store,
        fetcher: &Fetcher,
        lexicon: &Arc<Lexicon>,
    ) -> Result<usize, RunError> {
        let Look::Page(page) = &self.look else { return Ok(0) };
        let Some(turn) = page.url.clone().filter(|url| extract::turn_of(url).is_some()) else { return Ok(0) };
        let url = turn.split('#').next().unwrap_or(&turn).to_owned();
        let Some(row) = store.entry_of(&url)? else { return Ok(0) };
        let (words, look, outlet) = (Arc::clone(lexicon), self.look, self.outlet.clone());
        let working = readers::read(page::READING_LIMIT, move || examine_turns(&words, &outlet, &look));
        let Ok(turns) = working.await else { return Ok(0) };
        let all = turns.len();
        let mut new = Vec::new();
        for turn in turns {
            let known = turn.entry.url.as_deref().map(|url| store.article_by_url(url)).transpose()?.flatten();
            if known.is_none() {
                new.push(turn);
            }
        }
        if new.is_empty() {
            return Ok(0);
        }
        let at = fetcher.clock().now();
        let job = PageJob {
            source: self.source,
            outlet: self.outlet,
            url: Some(url),
            entry: None,
            entry_row: Some(row),
            article: None,
            by_hand: false,
            seen: Some(SeenInterval { after: self.before, by: at }),
            transcript: true,
        };
        let looked = page::LookedAt {
            job,
            fetch: None,
            examined: Examined::Ended(Outcome::Split { turns: all }),
            at,
            look_again: false,
            network_down: false,
            turns: new,
            capture: self.capture,
        };
        // What is new is placed among the articles of late; what is known stays in its story.
        let mut context = Context::load(store, lexicon, at)?;
        Ok(page::keep(store, &mut context, looked)?.new_turns)
    }
}

/// The articles with an address, the one looked at longest ago first.
fn known_articles(store: &Store, story: Option<StoryId>, now: Timestamp) -> Result<Vec<StoredArticle>, RunError> {
    let since = story.is_none().then(|| later(now, -WINDOW));
    let filter = ArticleFilter { story, outcome: Some(OutcomeKind::Kept), since, ..ArticleFilter::default() };
    let mut known = Vec::new();
    for article in store.articles(&filter)? {
        if article.url.is_some() {
            known.push((store.last_look(article.id)?, article));
        }
    }
    known.sort_by_key(|(looked, article)| (*looked, article.id));
    Ok(known.into_iter().map(|(_, article)| article).collect())
}

fn job(study: &Study, article: &StoredArticle, recurring: Arc<Recurring>) -> PageJob {
    let source = article.source.as_ref().and_then(|id| study.source(id));
    PageJob {
        source: article.source.clone(),
        // A second look asks the page, even where the feed carried the text: the feed has rolled on.
        outlet: Outlet { full_text: false, ..source.map_or_else(Outlet::unknown, Outlet::of) }.with(recurring),
        url: article.url.clone(),
        entry: None,
        entry_row: None,
        article: Some(article.id),
        by_hand: article.by_hand,
        seen: None,
        transcript: false,
    }
}
