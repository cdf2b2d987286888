//! `try stories`: articles in, the story and the original of each out.
//!
//! Stories are placed one article at a time in the order of publication, as a poll would meet them; the answers come
//! in the order of the input.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::rows::{Row, Tally, guarded, next_line, with_id};
use super::{Exit, lang_hint, text};
use crate::lexicon::Lexicon;
use crate::model::{ArticleId, RecentArticle, SourceId, StoryChoice, StoryId};
use crate::statement::OutletContext;
use crate::{render, statement, story};

#[derive(Debug, Deserialize)]
struct StoryRow {
    id: Value,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

impl Row for StoryRow {
    const KEYS: &'static [&'static str] = &["id", "outlet", "published", "lang", "title", "text"];

    fn check_hints(&self) -> anyhow::Result<()> {
        lang_hint(self.lang.as_deref())?;
        Ok(())
    }
}

pub(super) fn run(lexicon: &Lexicon, mut input: Box<dyn BufRead>, out: &mut impl Write) -> anyhow::Result<Exit> {
    let mut rows: Vec<Result<StoryRow, Value>> = Vec::new();
    let mut tally = Tally::default();
    while let Some(line) = next_line(&mut *input)? {
        tally.lines += 1;
        if !line.is_empty() {
            let (id, row) = tally.read::<StoryRow>(&line);
            rows.push(row.map_err(|error| with_id(id, tally.failed_at(tally.lines, &error))));
        }
    }
    let answers = place_all(lexicon, &rows, &mut tally);
    for (at, row) in rows.iter().enumerate() {
        let answer = match row {
            Ok(_) => answers.get(&at).cloned().unwrap_or(Value::Null),
            Err(error) => error.clone(),
        };
        writeln!(out, "{}", render::json_line(&answer))?;
    }
    out.flush()?;
    tally.tell();
    Ok(Exit::Done)
}

/// Returns the answer for each row that could be read, by its place in the input.
fn place_all(lexicon: &Lexicon, rows: &[Result<StoryRow, Value>], tally: &mut Tally) -> HashMap<usize, Value> {
    let mut order: Vec<(usize, &StoryRow, Option<Timestamp>)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| row.as_ref().ok().map(|row| (at, row, row.published.as_deref().and_then(moment))))
        .collect();
    order.sort_by_key(|(at, _, published)| (published.is_none(), *published, *at));

    let mut recent: Vec<RecentArticle> = Vec::new();
    let mut answers = HashMap::new();
    for (at, row, published) in order {
        let article = text::article(&row.title, &row.text, row.lang.as_deref());
        let placed = guarded(|| {
            let statements = statement::find(lexicon, &article, OutletContext::default());
            Ok(story::place(lexicon, &recent, &article, &statements, published))
        });
        let placement = match placed {
            Ok(placement) => placement,
            Err(error) => {
                answers.insert(at, with_id(row.id.clone(), tally.failed_at(at + 1, &error)));
                continue;
            }
        };
        let story = match placement.story {
            StoryChoice::Join(story) => story,
            StoryChoice::New => StoryId(recent.len() as i64 + 1),
        };
        let original = placement.reprint_of.and_then(|(original, _)| {
            let at = usize::try_from(original.0).ok()?;
            rows.get(at)?.as_ref().ok().map(|row| row.id.clone())
        });
        answers.insert(at, json!({ "id": row.id, "story": story, "reprint_of": original }));
        recent.push(RecentArticle {
            id: ArticleId(at as i64),
            story,
            source: row.outlet.as_deref().and_then(|outlet| SourceId::new(outlet).ok()),
            lang: article.lang,
            at: published,
            title: article.title,
            text: article.text,
        });
    }
    answers
}

/// Reads RFC 3339, or a date as its first moment in UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let day =
        || text.parse::<jiff::civil::Date>().ok()?.to_zoned_datetime(TimeZone::UTC).ok().map(|day| day.timestamp());
    text.parse().ok().or_else(day)
}
