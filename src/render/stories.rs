//! The list of stories, and one story with its articles.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::matrix::{claim_line, counted, party_json};
use super::time::{day_and_clock, interval, interval_json, utc, zone_name};
use crate::model::{StoredArticle, Story};
use crate::report::{Claim, Scope, StoryLine};

/// Returns stories for a terminal, in the order given; times are in `zone`, which is named.
pub fn stories_text(stories: &[StoryLine], width: usize, zone: &TimeZone) -> String {
    if stories.is_empty() {
        return "no story\n".to_owned();
    }
    let number = if stories.len() == 1 { "1 story".to_owned() } else { format!("{} stories", stories.len()) };
    let mut text = Line::new(format!("{number} · times {}", zone_name(zone))).wrapped("", width);
    for story in stories {
        text.push_str(&Line::new(format!("{} ", story.story)).foreign(&story.name).wrapped("", width));
        let langs: Vec<&str> = story.langs.iter().map(|lang| lang.as_str()).collect();
        let facts = format!(
            "{}, {} · {} · first seen by {}, newest by {}",
            counted(story.outlets as usize, "outlet"),
            counted(story.articles as usize, "article"),
            langs.join(" "),
            day_and_clock(story.first_seen, zone),
            day_and_clock(story.last_seen, zone),
        );
        text.push_str(&Line::new(facts).wrapped("  ", width));
    }
    text
}

/// Returns stories as one JSON document.
pub fn stories_json(stories: &[StoryLine]) -> Value {
    let line = |story: &StoryLine| {
        json!({
            "story": story.story,
            "name": story.name,
            "outlets": story.outlets,
            "articles": story.articles,
            "first_seen": utc(story.first_seen),
            "last_seen": utc(story.last_seen),
            "langs": story.langs,
        })
    };
    json!({"stories": stories.iter().map(line).collect::<Vec<_>>()})
}

/// Returns a story with its articles for a terminal, the first seen first, and why each is in it.
pub fn story_text(story: &Story, articles: &[StoredArticle], scope: Scope, width: usize, zone: &TimeZone) -> String {
    let articles = scope.of(articles);
    let ordered = in_order(&articles);
    let mut text = Line::new(format!("{} ", story.id)).foreign(&story.name).wrapped("", width);
    let counts = format!(" · {} · times {}", counted(articles.len(), "article"), zone_name(zone));
    text.push_str(&claim_line(&Claim::of(&ordered), scope).ours(counts).wrapped("", width));
    for article in ordered {
        let source = article.source.as_ref().map_or("by hand".to_owned(), ToString::to_string);
        let line = Line::new(format!("{} · {source} · {} · ", article.id, article.latest().article.lang));
        let line =
            line.ours(format!("seen {} · ", interval(article.seen, zone))).foreign(&article.latest().article.title);
        text.push_str(&line.wrapped("", width));
        let copies = article.reprint_of.map(|(of, kind)| format!("{} of {of} · ", kind.name())).unwrap_or_default();
        let why = article.placed_why.as_deref().filter(|why| !why.is_empty()).unwrap_or("no reason kept");
        text.push_str(&Line::new(copies).ours("placed because: ").foreign(why).wrapped("  ", width));
    }
    text
}

/// Returns a story with its articles as one JSON document.
pub fn story_json(story: &Story, articles: &[StoredArticle], scope: Scope) -> Value {
    let articles = scope.of(articles);
    let ordered = in_order(&articles);
    let claim = Claim::of(&ordered);
    let article = |article: &&StoredArticle| {
        json!({
            "id": article.id,
            "source": article.source,
            "by_hand": article.by_hand,
            "lang": article.latest().article.lang,
            "title": article.latest().article.title,
            "url": article.url,
            "first_seen": interval_json(article.seen),
            "reprint_of": article.reprint_of.map(|(of, _)| of),
            "reprint_kind": article.reprint_of.map(|(_, kind)| kind.name()),
            "placed_why": article.placed_why,
        })
    };
    json!({
        "story": story.id,
        "name": story.name,
        "accuser": claim.accuser.as_ref().map(party_json),
        "accused": claim.accused.as_ref().map(party_json),
        "articles": ordered.iter().map(article).collect::<Vec<_>>(),
    })
}

fn in_order(articles: &[StoredArticle]) -> Vec<&StoredArticle> {
    let mut ordered: Vec<&StoredArticle> = articles.iter().collect();
    ordered.sort_by_key(|article| (article.seen.by, article.id));
    ordered
}
