//! Sitemaps, with or without the news extension, and indexes of them.

use url::Url;

use super::draft::Draft;
use super::tree::Node;
use super::{Found, MOST_ADDRESSES, links};
use crate::html;
use crate::model::FeedKind;

/// What is wrong with an index as long as nobody followed it.
pub const ONLY_SITEMAPS: &str = "a sitemap index, which lists other sitemaps and no articles";

/// Reads a sitemap that was parsed.
pub(super) fn read(root: &Node<'_>, base: Option<&Url>) -> Found {
    let mut found = Found::new(FeedKind::Sitemap);
    if root.name == "sitemapindex" {
        let all = root.all("sitemap").count();
        if all > MOST_ADDRESSES {
            found.problems.push(format!("{all} sitemaps; only the first {MOST_ADDRESSES} were read"));
        }
        let named = root.all("sitemap").take(MOST_ADDRESSES).filter_map(|sitemap| {
            let url = links::clean(sitemap.text_of("loc")?, base)?;
            Some((url, sitemap.text_of("lastmod").map(str::to_owned)))
        });
        found.sitemaps = named.collect();
        let is_empty = found.sitemaps.is_empty();
        let none = "a sitemap index that names no sitemap";
        found.problems.push(if is_empty { none } else { ONLY_SITEMAPS }.to_owned());
        return found;
    }
    found.drafts = root.all("url").map(|url| draft(url, base)).collect();
    found
}

fn draft(url: &Node<'_>, base: Option<&Url>) -> Draft {
    let news = url.child("news");
    let changed: Vec<String> = url.text_of("lastmod").map(str::to_owned).into_iter().collect();
    let published = news.and_then(|news| news.text_of("publication_date")).map(str::to_owned);
    let lang = news.and_then(|news| news.child("publication")?.text_of("language"));
    let at = url.text_of("loc").and_then(|link| links::clean(link, base));
    let in_address = || at.as_deref().and_then(links::day_in);
    let published = published.or_else(|| in_address().filter(|_| changed.is_empty()));
    Draft {
        url: at,
        title: news.and_then(|news| news.text_of("title")).map(html::one_line).unwrap_or_default(),
        published: published.into_iter().collect(),
        updated: changed,
        lang: lang.map(str::to_owned),
        ..Draft::default()
    }
}
