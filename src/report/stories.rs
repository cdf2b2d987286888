//! Stories at a glance, and how pages ended: the short reports.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::claim::Claim;
use super::matrix::outlet_of;
use crate::model::{OutcomeKind, SeenInterval, SourceId, StoredArticle, Story, StoryId};

/// One story of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// The story.
    pub story: StoryId,
    /// Its name.
    pub name: String,
    /// Who accuses whom.
    pub claim: Claim,
    /// Outlets that carried it.
    pub outlets: usize,
    /// Its articles.
    pub articles: usize,
    /// When its first article was first seen.
    pub first_seen: SeenInterval,
    /// When its newest article was first seen.
    pub newest_seen: SeenInterval,
}

/// One page that was looked at, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeLine {
    /// The source that announced it.
    pub source: Option<SourceId>,
    /// Its headline, as far as known.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// How it ended.
    pub kind: OutcomeKind,
    /// One word for filters, such as `robots` or `no-text`.
    pub reason: String,
    /// Why, as a sentence.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// Lists stories with what their articles say, the newest first; a story without an article is left out.
pub fn story_lines(stories: &[Story], articles: &[StoredArticle]) -> Vec<StoryLine> {
    let mut lines: Vec<StoryLine> = stories.iter().filter_map(|story| story_line(story, articles)).collect();
    lines.sort_by(|a, b| (b.newest_seen.by, b.story).cmp(&(a.newest_seen.by, a.story)));
    lines
}

fn story_line(story: &Story, articles: &[StoredArticle]) -> Option<StoryLine> {
    let mut told: Vec<&StoredArticle> = articles.iter().filter(|article| article.story == Some(story.id)).collect();
    told.sort_by_key(|article| (article.seen.by, article.id));
    Some(StoryLine {
        story: story.id,
        name: story.name.clone(),
        claim: Claim::of(&told),
        outlets: told.iter().map(|article| outlet_of(article)).collect::<BTreeSet<_>>().len(),
        articles: told.len(),
        first_seen: told.first()?.seen,
        newest_seen: told.last()?.seen,
    })
}
