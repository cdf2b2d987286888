//! `try feed`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::FileBytes;
use crate::decode;
use crate::extract::{self, OutletPages};
use crate::feed::{self, FeedContext};
use crate::model::{FeedEntry, FeedReading, FetchedPage, LARGEST_FEED, NamedSitemap};

pub(super) fn read(file: &FileBytes) -> Value {
    let zone = file.zone.clone().unwrap_or(TimeZone::UTC);
    let context = FeedContext {
        expected: None,
        url: file.url.as_deref(),
        content_type: file.content_type.as_deref(),
        zone: &zone,
        at: Timestamp::now(),
    };
    let reading = feed::read(&file.bytes, &context);
    if let Some(shown) = transcript(file, &reading, &zone) {
        return shown;
    }
    let entries: Vec<Value> = reading.entries.into_iter().map(entry).collect();
    let mut answer = Map::new();
    answer.insert("kind".to_owned(), reading.kind.name().into());
    answer.insert("title".to_owned(), reading.title.into());
    answer.insert("entries".to_owned(), entries.into());
    answer.insert("repairs".to_owned(), json!(reading.repairs));
    answer.insert("problems".to_owned(), json!(reading.problems));
    if !reading.sitemaps.is_empty() {
        let named = |named: &NamedSitemap| json!({ "url": named.url, "updated": named.changed });
        answer.insert("sitemaps".to_owned(), reading.sitemaps.iter().map(named).collect());
    }
    answer.into()
}

/// The texts are handed over and not copied: some are as long as the feed.
fn entry(entry: FeedEntry) -> Value {
    let assumed = entry.published.as_ref().is_some_and(|time| time.assumed);
    let at = entry.published.as_ref().map(|time| time.at.to_string());
    let raw = entry.published.map(|time| time.raw).or(entry.unread_date);
    let fields: [(&str, Value); 13] = [
        ("key", entry.key.0.into()),
        ("guid", entry.guid.into()),
        ("url", entry.url.into()),
        ("title", entry.title.into()),
        ("published", at.into()),
        ("published_raw", raw.into()),
        ("published_assumed", assumed.into()),
        ("updated", entry.updated.map(|at| at.to_string()).into()),
        ("authors", entry.authors.into()),
        ("provider", entry.provider.into()),
        ("summary", entry.summary.into()),
        ("content", entry.content.into()),
        ("lang", entry.lang.into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// A page in place of a feed is read as the transcript that it is; `None` of any other.
fn transcript(file: &FileBytes, reading: &FeedReading, zone: &TimeZone) -> Option<Value> {
    if !reading.problems.iter().any(|problem| problem == feed::IS_PAGE) {
        return None;
    }
    let body = match decode::is_gzip(&file.bytes) {
        true => decode::unpack(&file.bytes, LARGEST_FEED).ok()?.bytes,
        false => file.bytes.clone(),
    };
    let page = FetchedPage {
        url: file.url.clone(),
        content_type: file.content_type.clone(),
        body,
        fetched_at: Timestamp::UNIX_EPOCH,
    };
    let article = extract::article(None, &page, &OutletPages::zone(zone.clone())).ok()?;
    let turns = extract::split(&article);
    (!turns.is_empty()).then(|| {
        json!({
            "kind": "transcript",
            "title": article.title,
            "entries": turns.iter().map(|turn| entry(extract::entry_of(turn))).collect::<Vec<_>>(),
            "repairs": reading.repairs,
            "problems": [],
        })
    })
}
