//! `try page`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::FileBytes;
use crate::extract::{self, Line, OutletPages};
use crate::model::{Article, FetchedPage};

/// Reads a page, as one of this outlet where that is known; `why` adds the lines that were looked at and what became of each.
pub(super) fn read(file: &FileBytes, outlet: Option<&OutletPages>, why: bool) -> Value {
    let page = FetchedPage {
        url: file.url.clone(),
        content_type: file.content_type.clone(),
        body: file.bytes.clone(),
        fetched_at: Timestamp::UNIX_EPOCH,
    };
    let unknown = || OutletPages::zone(TimeZone::UTC);
    let outlet = OutletPages {
        zone: file.zone.clone().or_else(|| Some(outlet?.zone.clone())).unwrap_or(TimeZone::UTC),
        ..outlet.cloned().unwrap_or_else(unknown)
    };
    let (article, lines) = extract::explain(None, &page, &outlet);
    let mut shown = article.map_or_else(|reason| dropped(file, reason.name()), |article| shown(&article));
    if let (true, Some(fields)) = (why, shown.as_object_mut()) {
        let line = |line: &Line| json!({ "text": line.text, "kind": line.kind, "kept": line.dropped.is_none(), "why": line.dropped });
        fields.insert("lines".to_owned(), lines.iter().map(line).collect());
    }
    shown
}

fn shown(article: &Article) -> Value {
    json!({
        "url": article.url,
        "canonical": article.canonical,
        "title": article.title,
        "standfirst": article.standfirst,
        "section": article.section,
        "authors": article.authors,
        "provider": article.provider,
        "published": article.published.as_ref().map(|time| time.at),
        "published_assumed": article.published.as_ref().map(|time| time.assumed),
        "published_raw": article.published.as_ref().map(|time| &time.raw),
        "updated": article.updated,
        "site": article.site,
        "lang": article.lang,
        "text": article.text,
        "marks": article.marks,
        "discrepancies": article.discrepancies,
        "partial": article.partial,
        "drop": null,
        "by": article.by.name(),
    })
}

fn dropped(file: &FileBytes, reason: &str) -> Value {
    json!({
        "url": file.url, "canonical": null, "title": "", "standfirst": null, "section": null, "authors": [], "provider": null, "published": null,
        "published_assumed": null, "published_raw": null, "updated": null, "site": null, "lang": "und", "text": "", "marks": [], "discrepancies": [], "partial": null,
        "drop": reason, "by": null,
    })
}
