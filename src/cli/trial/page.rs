//! `try page`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::FileBytes;
use crate::extract;
use crate::model::FetchedPage;

pub(super) fn read(file: &FileBytes) -> Value {
    let page = FetchedPage {
        url: file.url.clone(),
        content_type: file.content_type.clone(),
        body: file.bytes.clone(),
        fetched_at: Timestamp::UNIX_EPOCH,
    };
    let article = match extract::article(None, &page, &file.zone) {
        Ok(article) => article,
        Err(reason) => return dropped(file, reason.name()),
    };
    json!({
        "url": article.url,
        "canonical": article.canonical,
        "title": article.title,
        "authors": article.authors,
        "provider": article.provider,
        "published": article.published.as_ref().map(|time| time.at),
        "published_raw": article.published.as_ref().map(|time| &time.raw),
        "updated": article.updated,
        "site": article.site,
        "lang": article.lang,
        "text": article.text,
        "partial": article.partial,
        "drop": null,
        "by": article.by.name(),
    })
}

fn dropped(file: &FileBytes, reason: &str) -> Value {
    json!({
        "url": file.url, "canonical": null, "title": "", "authors": [], "provider": null, "published": null,
        "published_raw": null, "updated": null, "site": null, "lang": "und", "text": "", "partial": null,
        "drop": reason, "by": null,
    })
}
