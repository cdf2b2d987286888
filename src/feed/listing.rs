//! HTML listings: pages that announce articles and have no feed.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::draft::Draft;
use super::{Found, MOST_ENTRIES, links};
use crate::html::{Document, Element};
use crate::model::{FeedKind, ListingSelectors};
use crate::pattern;

/// Reads a listing by its selectors.
pub(super) fn read(page: &str, selectors: &ListingSelectors, base: Option<&Url>) -> Found {
    let mut found = Found::new(FeedKind::Listing);
    if page.trim().is_empty() {
        found.problems.push("the answer is empty".to_owned());
        return found;
    }
    let Ok(document) = Document::parse(page) else {
        found.problems.push("the page's elements are nested too deeply to read".to_owned());
        return found;
    };
    let own_base = document.attributes("base[href]", "href").first().and_then(|href| match base {
        Some(base) => base.join(href).ok(),
        None => Url::parse(href).ok(),
    });
    let base = own_base.as_ref().or(base);
    found.title = document.texts("title").first().map(|title| title.replace('\n', " "));
    let items = document.select(&selectors.item);
    if items.is_empty() {
        found.problems.push(format!("no entries: nothing on the page matches `{}`", selectors.item));
        return found;
    }
    if items.len() > MOST_ENTRIES {
        found.problems.push(format!("{} items; only the first {MOST_ENTRIES} were read", items.len()));
    }
    // What does not read was told of with the study; then nothing is left out for it.
    let matching = selectors.matching.as_deref().and_then(|text| pattern::of_a_person(text).ok());
    let drafts: Vec<Draft> = items.iter().take(MOST_ENTRIES).map(|item| draft(item, selectors, base)).collect();
    let unlinked = drafts.iter().filter(|draft| draft.url.is_none()).count();
    let is_article = |url: &String| matching.as_ref().is_none_or(|matching| matching.is_match(url));
    found.drafts = drafts.into_iter().filter(|draft| draft.url.as_ref().is_some_and(is_article)).collect();
    if unlinked > 0 {
        found.problems.push(format!("{unlinked} of {} items have no link and were left out", items.len()));
    }
    if let (true, true, Some(text)) = (found.drafts.is_empty(), unlinked < items.len(), &selectors.matching) {
        found.problems.push(format!("no entries: no item leads to an address that matches `{text}`"));
    }
    found
}

fn draft(item: &Element<'_>, selectors: &ListingSelectors, base: Option<&Url>) -> Draft {
    let within = |css: &Option<String>| css.as_deref().and_then(|css| item.select(css).into_iter().next());
    let first_link =
        || if item.attribute("href").is_some() { Some(*item) } else { item.select("a[href]").into_iter().next() };
    let link = match &selectors.link {
        // A selector may name the item itself, or an element around the link.
        Some(_) => within(&selectors.link).or_else(first_link),
        None => first_link(),
    };
    let href = link.and_then(|link| {
        let inner = || link.select("a[href]").first().and_then(|inner| inner.attribute("href"));
        link.attribute("href").or_else(inner)
    });
    let title = within(&selectors.title).or(link);
    let titled = |element: Element<'_>| {
        let text = element.text().replace('\n', " ");
        if text.is_empty() { element.attribute("title").unwrap_or_default().trim().to_owned() } else { text }
    };
    let url = href.filter(|href| !href.trim_start().starts_with('#')).and_then(|href| links::clean(href, base));
    let dated = match &selectors.date {
        Some(_) => within(&selectors.date),
        None => item.select("time[datetime]").into_iter().next(),
    };
    let printed = dated.and_then(|date| printed_date(&date));
    let published = printed.or_else(|| url.as_deref().and_then(links::day_in));
    Draft {
        url,
        title: title.map(titled).unwrap_or_default(),
        published: published.into_iter().collect(),
        summary: within(&selectors.summary).map(|summary| summary.text()).filter(|text| !text.is_empty()),
        ..Draft::default()
    }
}

/// The date as printed: the machine's form where there is one, else the text, else what a script would write.
fn printed_date(date: &Element<'_>) -> Option<String> {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"['"]([^'"<>]*\d{4}[^'"<>]*)['"]"#).expect("a pattern of this file"));
    let attribute = ["datetime", "content", "data-time", "data-date"].iter().find_map(|name| date.attribute(name));
    if let Some(value) = attribute.map(str::trim).filter(|value| !value.is_empty()) {
        return Some(value.to_owned());
    }
    let text = date.text().replace('\n', " ");
    if text.chars().any(|c| c.is_ascii_digit()) {
        return Some(text);
    }
    let raw = date.raw_text();
    QUOTED.captures(&raw).map(|found| found[1].trim().to_owned())
}
