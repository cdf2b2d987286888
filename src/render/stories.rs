//! The list of stories.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::matrix::{claim_line, counted, party_json};
use super::time::{interval, interval_json, zone_name};
use crate::report::StoryLine;

/// Returns stories for a terminal, in the order given; times are in `zone`, which is named.
pub fn stories_text(stories: &[StoryLine], width: usize, zone: &TimeZone) -> String {
    if stories.is_empty() {
        return "no story\n".to_owned();
    }
    let head = Line::new(format!("{} · times {}", counted_stories(stories.len()), zone_name(zone)));
    let mut text = head.wrapped("", width);
    for story in stories {
        text.push_str(&Line::new(format!("{} ", story.story)).foreign(&story.name).wrapped("", width));
        let counts = format!(
            "{}, {} · first seen {}, newest {} · ",
            counted(story.outlets, "outlet"),
            counted(story.articles, "article"),
            interval(story.first_seen, zone),
            interval(story.newest_seen, zone),
        );
        text.push_str(&Line::new(counts).then(claim_line(&story.claim)).wrapped("  ", width));
    }
    text
}

/// Returns stories as one JSON document.
pub fn stories_json(stories: &[StoryLine]) -> Value {
    json!({"stories": stories.iter().map(story_json).collect::<Vec<_>>()})
}

fn counted_stories(number: usize) -> String {
    if number == 1 { "1 story".to_owned() } else { format!("{number} stories") }
}

fn story_json(story: &StoryLine) -> Value {
    json!({
        "story": story.story,
        "name": story.name,
        "accuser": story.claim.accuser.as_ref().map(party_json),
        "accused": story.claim.accused.as_ref().map(party_json),
        "outlets": story.outlets,
        "articles": story.articles,
        "first_seen": interval_json(story.first_seen),
        "newest_seen": interval_json(story.newest_seen),
    })
}
