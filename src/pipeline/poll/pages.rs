//! The pages that entries lead to: which are looked at, and in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream;

use super::{Parts, PollEvent, PollOptions, Reports, wanted};
use crate::extract::Recurring;
use crate::model::{FeedSource, OwnerKind, SourceId};
use crate::pipeline::page::{self, PageJob};
use crate::pipeline::schedule::may_look_again;
use crate::pipeline::{Context, Outlet, RunError};
use crate::store::{PendingEntry, Store};

/// Looks at one page before it is left unread.
const MOST_TRIES: u32 = 3;

pub(super) async fn look_at_pages(
    parts: &Parts<'_>,
    store: &mut Store,
    options: &PollOptions,
    reports: &mut Reports,
    observe: &mut dyn FnMut(PollEvent<'_>),
) -> Result<(), RunError> {
    let Parts { study, fetcher, lexicon, stop } = *parts;
    let now = fetcher.clock().now();
    let wanted: BTreeMap<&SourceId, &FeedSource> = wanted(study, options).map(|source| (&source.id, source)).collect();
    let mut hosts: BTreeMap<(u8, SourceId, String), Vec<PageJob>> = BTreeMap::new();
    let mut pages = 0;
    // Learned from what was kept before this run, so that the order of its pages makes no difference.
    let mut learned: BTreeMap<SourceId, Arc<Recurring>> = BTreeMap::new();
    let watched: Vec<&SourceId> =
        study.sources.iter().filter(|source| source.enabled).map(|source| &source.id).collect();
    store.hand_over(&watched)?;
    for pending in store.pending(now, MOST_TRIES)? {
        let Some(source) = wanted.get(&pending.source).filter(|_| may_look_again(&pending, now)) else { continue };
        let recurring = match (pending.article, learned.get(&source.id)) {
            (None, Some(learned)) => Arc::clone(learned),
            (article, _) => page::recurring(store, Some(&source.id), article)?,
        };
        if pending.article.is_none() {
            learned.entry(source.id.clone()).or_insert_with(|| Arc::clone(&recurring));
        }
        let host = (turn(source), source.id.clone(), host_of(&pending));
        hosts.entry(host).or_default().push(job(source, pending, recurring));
        pages += 1;
    }
    observe(PollEvent::PagesDue(pages));

    let mut context = Context::load(store, lexicon, now)?;
    // A stream a host: pages of one are looked at one after the other, and a slow host holds up none but itself.
    let one_host = |jobs| {
        let looks = stream::iter(jobs).then(move |job| page::look_at(fetcher, lexicon, job, stop));
        Box::pin(looks.filter_map(std::future::ready))
    };
    let hosts = in_turn(hosts).into_iter().map(one_host);
    let mut looks = stream::iter(hosts).flatten_unordered(options.concurrency.max(1));
    while let Some(looked) = looks.next().await {
        let Some(source) = looked.job.source.clone() else { continue };
        let known = looked.job.article.is_some();
        let page::PageEnd { kind, kept, turns, new_turns, .. } = page::keep(store, &mut context, looked)?;
        let report = reports.of(&source);
        for kind in std::iter::once(kind).chain(turns) {
            *report.outcomes.entry(kind).or_default() += 1;
        }
        report.new_entries += new_turns;
        report.new_versions += usize::from(known && kept.new_version);
        observe(PollEvent::Page(&source, kind));
    }
    Ok(())
}

/// Puts hosts in order: each source's first before any source's second, so that one that links to many slow ones keeps no other
/// waiting. Those that several sources link to are one host.
fn in_turn(hosts: BTreeMap<(u8, SourceId, String), Vec<PageJob>>) -> Vec<Vec<PageJob>> {
    let mut taken: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut all: BTreeMap<String, ((u8, usize), Vec<PageJob>)> = BTreeMap::new();
    for ((turn, source, host), jobs) in hosts {
        let rank = taken.entry(source).or_default();
        let (first, together) = all.entry(host).or_insert(((turn, *rank), Vec::new()));
        *first = (turn, *rank).min(*first);
        together.extend(jobs);
        *rank += 1;
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|(turn, _)| *turn);
    all.into_iter().map(|(_, jobs)| jobs).collect()
}

/// Whose pages are looked at first: agencies before those who print them, republishers last, so that an agency's own
/// text is in the record when its copies come.
fn turn(source: &FeedSource) -> u8 {
    match source.owner {
        OwnerKind::Wire => 0,
        OwnerKind::Aggregator => 2,
        _ => 1,
    }
}

fn host_of(pending: &PendingEntry) -> String {
    let url = pending.entry.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

fn job(source: &FeedSource, pending: PendingEntry, recurring: Arc<Recurring>) -> PageJob {
    let announced = source.entry_points.iter().find(|point| point.url == pending.entry_point);
    PageJob {
        transcript: announced.is_some_and(|point| point.transcript),
        source: Some(source.id.clone()),
        outlet: Outlet::of(source).with(recurring),
        url: pending.entry.url.clone(),
        entry: Some(pending.entry),
        entry_row: Some(pending.row),
        article: pending.article,
        by_hand: false,
        seen: Some(pending.seen),
    }
}
