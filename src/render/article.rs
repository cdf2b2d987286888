//! One article of the record: what was printed, what was found in it, and what proves it.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::matrix::{capture_json, counted};
use super::review::{id_in, judged_json, judgement_lines, standing};
use super::time::{full, interval, interval_json, utc, zone_name};
use super::{char_span, safe_lines, wrap};
use crate::model::{Place, StoredArticle, StoredVersion};
use crate::report::Scope;

/// Returns an article in one version for a terminal: its facts, its headline and its text as printed.
pub fn article_text(article: &StoredArticle, version: &StoredVersion, width: usize, zone: &TimeZone) -> String {
    let shown = &version.article;
    let source = article.source.as_ref().map_or("outlet unknown".to_owned(), ToString::to_string);
    let by_hand = if article.by_hand { " · brought in by hand" } else { "" };
    let mut lines = vec![
        Line::new(format!("{} ", article.id)).foreign(&shown.title),
        Line::new(format!(
            "{source} · {} · {}, this is version {}{by_hand}",
            shown.lang,
            counted(article.versions.len(), "version"),
            version.number,
        )),
    ];
    lines.extend(article.url.as_deref().map(|url| Line::default().foreign(url)));
    let published = match &shown.published {
        Some(at) => {
            let assumed = if at.assumed { ", zone assumed" } else { "" };
            Line::new(format!("published {} (printed: ", full(at.at, zone)))
                .foreign(&at.raw)
                .ours(format!("{assumed})"))
        }
        None => Line::new("published: not printed"),
    };
    lines.push(published.ours(format!(" · first seen {} · times {}", interval(article.seen, zone), zone_name(zone))));
    if !shown.authors.is_empty() || shown.provider.is_some() {
        let by = if shown.authors.is_empty() {
            Line::default()
        } else {
            Line::new("by ").foreign(&shown.authors.join(", "))
        };
        let sign = if shown.authors.is_empty() { "from " } else { " · from " };
        lines.push(shown.provider.as_deref().map_or(by.clone(), |provider| by.ours(sign).foreign(provider)));
    }
    lines.extend(article.gone.map(|gone| Line::new(format!("gone since {}", interval(gone, zone)))));
    lines.extend(story_line(article));
    lines.push(topic_line(version));
    lines.extend(shown.partial.as_deref().map(|why| Line::new("text partial: ").foreign(why)));
    lines.extend(shown.discrepancies.iter().map(|other| {
        Line::new(format!("{}, says the {}: ", other.field, place_of(&other.from))).foreign(&other.value)
    }));
    lines.extend(shown.recurring.iter().map(|line| Line::new("left out, on many pages of the outlet: ").foreign(line)));
    lines.extend(shown.standfirst.as_deref().map(|text| Line::new("standfirst: ").foreign(text)));
    let mut text: String = lines.iter().map(|line| line.wrapped("", width)).collect();
    for line in wrap(&safe_lines(&shown.text), width) {
        text.push('\n');
        text.push_str(&line);
    }
    text.push('\n');
    text
}

/// Where a discrepancy stands, as words.
fn place_of(from: &str) -> String {
    match from {
        "feed" | "heading" | "page" => from.to_owned(),
        "json-ld" => "page's data for machines".to_owned(),
        meta => format!("page's data ({meta})"),
    }
}

/// Returns what is said in a version for a terminal, one statement after the other, with what a person made of each.
pub fn statements_text(article: &StoredArticle, version: &StoredVersion, scope: Scope, width: usize) -> String {
    let shown = version.statements.iter().enumerate().filter(|(_, statement)| scope.shows(statement));
    let text: String = shown.map(|(at, _)| statement_text(article, version, at, width)).collect();
    match (text.is_empty(), scope) {
        (false, _) => text,
        (true, Scope::Everything) => "no statement found\n".to_owned(),
        (true, Scope::Reviewed) => "no statement accepted\n".to_owned(),
    }
}

/// Returns what proves a version for a terminal: its capture, its rules, and the words that put it on topic.
///
/// Lines are not broken: file names and hashes are there to be copied.
pub fn evidence_text(article: &StoredArticle, version: &StoredVersion, zone: &TimeZone) -> String {
    let seen = interval(version.seen, zone);
    let mut lines =
        vec![Line::new(format!("{} {} version {}, first seen {seen}", article.id, version.id, version.number))];
    lines.push(match &version.capture {
        Some(capture) => Line::new("capture ")
            .foreign(&capture.file)
            .ours(format!(" bytes {}-{} · sha256 {} · ", capture.range.start, capture.range.end, capture.sha256))
            .foreign(&capture.url)
            .ours(format!(" · {} · times {}", full(capture.at, zone), zone_name(zone))),
        None => Line::new("no capture: read from the feed's own text"),
    });
    lines.push(Line::new(format!("extracted by the {} layer, ", version.article.by.name())).foreign(&version.made_by));
    for evidence in &version.assessment.why {
        let part = part(evidence.place, version);
        let line = Line::new(format!("topic: {} in {} · ", evidence.term, evidence.place.name()));
        lines.push(line.foreign(part.get(evidence.span.clone()).unwrap_or_default()));
    }
    lines.iter().map(|line| line.text() + "\n").collect()
}

/// Returns an article in one version as one JSON document, with its statements and what proves them; in the scope of
/// what was reviewed, with the accepted ones alone.
pub fn article_json(article: &StoredArticle, version: &StoredVersion, scope: Scope) -> Value {
    let shown = &version.article;
    let statements = version.statements.iter().enumerate().filter(|(_, statement)| scope.shows(statement));
    let statements: Vec<Value> = statements
        .map(|(at, statement)| judged_json(id_in(article, version.number, at), statement, &shown.title, &shown.text))
        .collect();
    json!({
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "by_hand": article.by_hand,
        "first_seen": interval_json(article.seen),
        "gone": article.gone.map(interval_json),
        "outcome": article.outcome.name(),
        "story": article.story,
        "reprint_of": article.reprint_of.map(|(of, _)| of),
        "reprint_kind": article.reprint_of.map(|(_, kind)| kind.name()),
        "placed_why": article.placed_why,
        "versions": article.versions.iter().map(version_json).collect::<Vec<_>>(),
        "version": version.number,
        "title": shown.title,
        "standfirst": shown.standfirst,
        "section": shown.section,
        "authors": shown.authors,
        "provider": shown.provider,
        "published": shown.published.as_ref().map(|published| utc(published.at)),
        "published_raw": shown.published.as_ref().map(|published| &published.raw),
        "published_assumed": shown.published.as_ref().map(|published| published.assumed),
        "updated": shown.updated.map(utc),
        "site": shown.site,
        "lang": shown.lang,
        "text": shown.text,
        "marks": shown.marks,
        "discrepancies": shown.discrepancies,
        "recurring": shown.recurring,
        "partial": shown.partial,
        "by": shown.by.name(),
        "made_by": version.made_by,
        "score": version.assessment.score,
        "topic": version.assessment.topic.map(|topic| topic.name()),
        "why": version.assessment.why.iter()
            .map(|evidence| json!({
                "term": evidence.term, "in": evidence.place.name(),
                "span": char_span(part(evidence.place, version), evidence.span.clone()),
            }))
            .collect::<Vec<_>>(),
        "statements": statements,
        "capture": version.capture.as_ref().map(capture_json),
    })
}

fn version_json(version: &StoredVersion) -> Value {
    json!({"id": version.id, "number": version.number, "seen": interval_json(version.seen)})
}

fn part(place: Place, version: &StoredVersion) -> &str {
    match place {
        Place::Title => &version.article.title,
        Place::Text => &version.article.text,
    }
}

fn story_line(article: &StoredArticle) -> Option<Line> {
    let story = article.story?;
    let mut line = Line::new(format!("story {story}"));
    if let Some((of, kind)) = article.reprint_of {
        line = line.ours(format!(" · {} of {of}", kind.name()));
    }
    let why = article.placed_why.as_deref().filter(|why| !why.is_empty());
    Some(match why {
        Some(why) => line.ours(" · placed because: ").foreign(why),
        None => line,
    })
}

fn topic_line(version: &StoredVersion) -> Line {
    let assessment = &version.assessment;
    let topic = assessment.topic.map_or("off topic", |topic| topic.name());
    Line::new(format!("topic: {topic}, score {:.2}", assessment.score))
}

fn statement_text(article: &StoredArticle, version: &StoredVersion, at: usize, width: usize) -> String {
    let statement = &version.statements[at];
    let id = |at| id_in(article, version.number, at);
    let sub = statement.sub.as_deref().map(|sub| format!("/{sub}")).unwrap_or_default();
    let mut line = Line::new(format!("{} {}{sub} · ", id(at), statement.kind.name()));
    line = match &statement.speaker {
        Some(speaker) => line.foreign(speaker),
        None => line.ours("speaker not named"),
    };
    line = line.ours(statement.speaker_id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default());
    if let Some(target) = &statement.target {
        let id = statement.target_id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
        line = line.ours(" against ").foreign(target).ours(id);
    }
    let place = if statement.paragraph == 0 { "head".to_owned() } else { format!("¶{}", statement.paragraph) };
    let answers = statement.answers.map(|of| format!(" · answers {}", id(of))).unwrap_or_default();
    line =
        line.ours(format!(" · {place} · {} · cue ", statement.polarity.name())).foreign(&statement.cue).ours(format!(
            "{answers} · confidence {:.2} · rule {} · {}",
            statement.confidence,
            statement.rule,
            standing(statement)
        ));
    let sentence = part(statement.place, version).get(statement.sentence.clone()).unwrap_or_default();
    let mut text = line.wrapped("", width) + &Line::default().foreign(sentence).wrapped("    ", width);
    text.extend(judgement_lines(statement).iter().map(|line| line.wrapped("    ", width)));
    text
}
