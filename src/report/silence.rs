//! Who was not seen to carry a story, with proof that we were looking; else unknown, because ...
//!
//! "Not seen" is about our eyes, so that every doubt about the looking makes it unknown.

use jiff::{SignedDuration, Timestamp};

use crate::model::{FeedSource, Finding, SourceId, WatchRecord};

/// How far the first and the last look may lie inside the window: an entry point lists some hours of news, and what
/// came and went in a longer gap could not have been seen.
const GAP: SignedDuration = SignedDuration::from_hours(6);

/// What can be said of a source that has no article in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// Everything was looked at, and it was not there.
    NotSeen {
        /// Entry points that were asked.
        entry_points: u32,
        /// Looks that were answered.
        answered: u32,
        /// All looks.
        looks: u32,
        /// Other articles of the source in the window.
        other_articles: u32,
    },
    /// It cannot be said.
    Unknown {
        /// Why, as clauses; never empty.
        because: Vec<String>,
    },
}

/// One source that has no article in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceRow {
    /// The source.
    pub source: SourceId,
    /// Its script or language, as it claims.
    pub script: String,
    /// Its country.
    pub country: String,
    /// The verdict.
    pub verdict: Silence,
    /// The first and the last look in the window.
    pub looked: Option<(Timestamp, Timestamp)>,
}

/// Judges one source by how it was watched over a window.
pub fn silence(source: &FeedSource, watch: Option<&WatchRecord>, window: (Timestamp, Timestamp)) -> Silence {
    let Some(watch) = watch.filter(|watch| watch.looks > 0) else {
        return Silence::Unknown { because: vec!["no look in the window".to_owned()] };
    };
    let because = doubts(source, watch, window);
    if !because.is_empty() {
        return Silence::Unknown { because };
    }
    Silence::NotSeen {
        entry_points: watch.entry_points,
        answered: watch.answered,
        looks: watch.looks,
        other_articles: watch.articles,
    }
}

fn doubts(source: &FeedSource, watch: &WatchRecord, window: (Timestamp, Timestamp)) -> Vec<String> {
    let mut because = troubles(source, watch);
    if watch.near_topic > 0 {
        because.push(counted(watch.near_topic, "article", "judged off topic came close to it"));
    }
    if watch.articles == 0 {
        because.push("no article of it was read in the window".to_owned());
    }
    if let Some(gap) = watch.longest_gap.filter(|gap| *gap > GAP) {
        because.push(format!("not looked at for {} hours", gap.as_hours()));
    }
    if watch.first_look.is_none_or(|first| first.duration_since(window.0) > GAP) {
        because.push("not looked at early in the window".to_owned());
    }
    if watch.last_look.is_none_or(|last| window.1.duration_since(last) > GAP) {
        because.push("not looked at late in the window".to_owned());
    }
    because
}

/// Lists what went wrong in the watching of a source, as clauses.
pub(super) fn troubles(source: &FeedSource, watch: &WatchRecord) -> Vec<String> {
    let mut because = Vec::new();
    let known = source.entry_points.len();
    if (watch.entry_points as usize) < known {
        because.push(format!("only {} of {known} entry points asked", watch.entry_points));
    }
    if watch.answered < watch.looks {
        let failed = watch.looks - watch.answered;
        let last = watch.failure.as_deref().map(|failure| format!(", last: {failure}")).unwrap_or_default();
        because.push(format!("{failed} of {} looks failed{last}", watch.looks));
    }
    if watch.empty_looks > 0 {
        because.push(format!("{} of {} looks found no items", watch.empty_looks, watch.looks));
    }
    if watch.flawed_looks > 0 {
        let flaw = watch.flaw.as_deref().unwrap_or("it read only in part");
        because.push(format!("{} of {} looks had a flaw, last: {flaw}", watch.flawed_looks, watch.looks));
    }
    if watch.rolled_over > 0 {
        because.push(format!(
            "{} of {} looks found nothing known: items in between may have been missed",
            watch.rolled_over, watch.looks
        ));
    }
    if watch.false_unmodified > 0 {
        because.push(format!(
            "{} of {} looks were answered \"not modified\" by validators that were false",
            watch.false_unmodified, watch.looks
        ));
    }
    because.extend(watch.health.iter().filter(|finding| finding.kind.casts_doubt()).map(Finding::line));
    if watch.unread_pages > 0 {
        because.push(counted(watch.unread_pages, "page", "could not be read"));
    }
    if watch.partial_articles > 0 {
        because.push(counted(watch.partial_articles, "article", "could be read in part only"));
    }
    because
}

fn counted(number: u32, noun: &str, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending} {what}")
}

impl SilenceRow {
    /// Judges a source for a story's matrix.
    pub(super) fn of(source: &FeedSource, watch: Option<&WatchRecord>, window: (Timestamp, Timestamp)) -> Self {
        Self {
            source: source.id.clone(),
            script: source.lang.as_ref().map_or("?", super::matrix::script).to_owned(),
            country: source.country.clone(),
            verdict: silence(source, watch, window),
            looked: watch.and_then(|watch| watch.first_look.zip(watch.last_look)),
        }
    }
}
