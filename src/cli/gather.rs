//! What the reports need, gathered from the record. Decides windows of time and nothing else.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::output::NotThere;
use super::study::StudyFolder;
use crate::fetch::later;
use crate::model::{OutcomeKind, SourceId, StoredArticle, Story, StoryId, WatchRecord};
use crate::pipeline::check;
use crate::report::{DigestInput, Matrix, OutcomeCount, OutletHistory, Scope, matrix};
use crate::store::{ArticleFilter, FetchFilter, FetchPurpose, Store};

/// Silence is looked at until so long after a story was last seen, as far as we looked.
const AFTER: SignedDuration = SignedDuration::from_hours(24);
/// The looks of one poll lie within so long of each other.
const ONE_POLL: SignedDuration = SignedDuration::from_mins(30);
/// An outlet's numbers are held against so many of its own days.
const HISTORY_DAYS: u32 = 28;

/// Returns a story with its articles; an error that says so when there is none.
pub(super) fn story(store: &Store, id: StoryId) -> anyhow::Result<(Story, Vec<StoredArticle>)> {
    let missing = || NotThere(format!("there is no story {id} (see `gainsay story list`)"));
    let story = store.story(id)?.ok_or_else(missing)?;
    let articles = store.articles(&ArticleFilter { story: Some(id), ..ArticleFilter::default() })?;
    Ok((story, articles))
}

/// Makes the matrix of a story.
pub(super) fn story_matrix(
    folder: &StudyFolder,
    store: &Store,
    id: StoryId,
    now: Timestamp,
    scope: Scope,
) -> anyhow::Result<Matrix> {
    let (story, articles) = story(store, id)?;
    let window = window(store, &articles, now)?;
    let watch = watch(folder, store, window)?;
    Ok(matrix(&story, &articles, &folder.study.sources, &watch, window, scope))
}

/// From the first sight of a story to a day after its last, or to our last look when that is earlier.
fn window(store: &Store, articles: &[StoredArticle], now: Timestamp) -> anyhow::Result<(Timestamp, Timestamp)> {
    let first = articles.iter().map(|article| article.seen.by).min().unwrap_or(now);
    let last = articles.iter().map(|article| article.seen.by).max().unwrap_or(now);
    // Looks of one poll lie minutes apart: the window opens with the poll that brought the story.
    let from = later(first, -ONE_POLL);
    let looks = store.fetch_log(&FetchFilter {
        purpose: Some(FetchPurpose::Feed),
        since: Some(from),
        ..FetchFilter::default()
    })?;
    let last_look = looks.iter().map(|look| look.finished).max().unwrap_or(last).max(last);
    let to = later(last, AFTER).min(later(last_look, SignedDuration::from_secs(1)));
    Ok((from, to))
}

fn watch(folder: &StudyFolder, store: &Store, window: (Timestamp, Timestamp)) -> anyhow::Result<Vec<WatchRecord>> {
    let enabled = folder.study.sources.iter().filter(|source| source.enabled);
    let watches = enabled.map(|source| -> anyhow::Result<WatchRecord> {
        let watch = store.watch(&source.id, window.0, window.1)?;
        // Of a source that nobody looked at, nothing can be said.
        let health = if watch.looks > 0 { check::by_record(store, source, window.1)? } else { Vec::new() };
        Ok(WatchRecord { health, ..watch })
    });
    watches.collect()
}

/// Gathers what a digest of a window needs.
pub(super) fn digest_input(
    folder: &StudyFolder,
    store: &Store,
    window: (Timestamp, Timestamp),
    command: String,
    scope: Scope,
) -> anyhow::Result<DigestInput> {
    let on_topic = |since, until| ArticleFilter {
        outcome: Some(OutcomeKind::Kept),
        since: Some(since),
        until: Some(until),
        ..ArticleFilter::default()
    };
    // Whole stories: an accusation of yesterday is answered today.
    let today = store.articles(&on_topic(window.0, window.1))?;
    let mut ids: Vec<StoryId> = today.iter().filter_map(|article| article.story).collect();
    ids.extend(open_stories(store, window)?);
    ids.sort_unstable();
    ids.dedup();
    let mut stories = Vec::new();
    let mut articles = Vec::new();
    for id in ids {
        let (story, members) = self::story(store, id)?;
        stories.push(story);
        articles.extend(members.into_iter().filter(|article| article.seen.by < window.1));
    }
    articles.extend(today.into_iter().filter(|article| article.story.is_none()));
    let changes = store.changes(window.0)?.into_iter().filter(|change| change.seen.by < window.1).collect();
    Ok(DigestInput {
        window,
        zone: folder.study.zone.clone(),
        command,
        sources: folder.study.sources.clone(),
        watch: watch(folder, store, window)?,
        outcomes: outcomes(store, window)?,
        stories,
        articles,
        changes,
        history: history(folder, store, window.0)?,
        error_rates: Some(crate::lexicon::error_rates()),
        scope,
    })
}

/// The stories that moved lately: their accusations may still be open.
fn open_stories(store: &Store, window: (Timestamp, Timestamp)) -> anyhow::Result<Vec<StoryId>> {
    let since = later(window.0, -SignedDuration::from_hours(24 * 7));
    let lately = store.stories(Some(since), 1_000)?;
    Ok(lately.into_iter().filter(|summary| summary.first_seen < window.1).map(|summary| summary.story.id).collect())
}

fn outcomes(store: &Store, window: (Timestamp, Timestamp)) -> anyhow::Result<Vec<OutcomeCount>> {
    let mut counts: BTreeMap<OutcomeKind, u64> = BTreeMap::new();
    let filter = crate::store::OutcomeFilter { since: Some(window.0), ..Default::default() };
    for row in store.outcomes(&filter)?.iter().filter(|row| row.at < window.1) {
        *counts.entry(row.kind).or_default() += 1;
    }
    let kept = store.articles(&ArticleFilter {
        outcome: Some(OutcomeKind::Kept),
        since: Some(window.0),
        until: Some(window.1),
        ..ArticleFilter::default()
    })?;
    counts.insert(OutcomeKind::Kept, kept.len() as u64);
    let of = |kind| OutcomeCount { kind, count: counts.get(&kind).copied().unwrap_or(0) };
    // A transcript is told by its turns.
    Ok(OutcomeKind::ALL.into_iter().filter(|kind| *kind != OutcomeKind::Split).map(of).collect())
}

/// What each outlet brought in the days before, as far as the record reaches back.
fn history(folder: &StudyFolder, store: &Store, before: Timestamp) -> anyhow::Result<Vec<OutletHistory>> {
    let start = later(before, -SignedDuration::from_hours(24 * i64::from(HISTORY_DAYS)));
    let looks = store.fetch_log(&FetchFilter {
        purpose: Some(FetchPurpose::Feed),
        since: Some(start),
        until: Some(before),
        ..FetchFilter::default()
    })?;
    let mut first_look: BTreeMap<SourceId, Timestamp> = BTreeMap::new();
    for look in looks {
        if let Some(source) = look.source {
            first_look.entry(source).or_insert(look.started);
        }
    }
    let filter = ArticleFilter {
        outcome: Some(OutcomeKind::Kept),
        since: Some(start),
        until: Some(before),
        ..ArticleFilter::default()
    };
    let mut counts: BTreeMap<SourceId, u32> = BTreeMap::new();
    for source in store.articles(&filter)?.into_iter().filter_map(|article| article.source) {
        *counts.entry(source).or_default() += 1;
    }
    let of = |id: &SourceId| {
        let first = first_look.get(id)?;
        let days = u32::try_from(before.duration_since(*first).as_hours() / 24).unwrap_or(0).min(HISTORY_DAYS);
        Some(OutletHistory { source: id.clone(), days, on_topic: counts.get(id).copied().unwrap_or(0) })
    };
    Ok(folder.study.sources.iter().filter_map(|source| of(&source.id)).collect())
}
