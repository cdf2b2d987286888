//! `try feed`.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::FileBytes;
use crate::feed::{self, FeedContext};
use crate::model::FeedEntry;

pub(super) fn read(file: &FileBytes) -> Value {
    let zone = file.zone.clone().unwrap_or(TimeZone::UTC);
    let context = FeedContext {
        expected: None,
        url: file.url.as_deref(),
        content_type: file.content_type.as_deref(),
        zone: &zone,
    };
    let reading = feed::read(&file.bytes, &context);
    json!({
        "kind": reading.kind.name(),
        "title": reading.title,
        "entries": reading.entries.iter().map(entry).collect::<Vec<_>>(),
        "repairs": reading.repairs,
        "problems": reading.problems,
    })
}

fn entry(entry: &FeedEntry) -> Value {
    let published = entry.published.as_ref();
    json!({
        "key": entry.key,
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "published": published.map(|time| time.at),
        "published_raw": published.map(|time| &time.raw).or(entry.unread_date.as_ref()),
        "published_assumed": published.is_some_and(|time| time.assumed),
        "updated": entry.updated,
        "authors": entry.authors,
        "provider": entry.provider,
        "summary": entry.summary,
        "content": entry.content,
        "lang": entry.lang,
    })
}
