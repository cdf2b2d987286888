//! Sitemaps, with or without the news extension.

use url::Url;

use super::draft::Draft;
use super::tree::Node;
use super::{Found, links};
use crate::html;
use crate::model::FeedKind;

/// Reads a sitemap that was parsed.
pub(super) fn read(root: &Node<'_>, base: Option<&Url>) -> Found {
    let mut found = Found::new(FeedKind::Sitemap);
    if root.name == "sitemapindex" {
        let first = root.all("sitemap").find_map(|sitemap| links::clean(sitemap.text_of("loc")?, base));
        let example = first.map(|url| format!(", such as {url}")).unwrap_or_default();
        found.problems.push(format!("a sitemap index, which lists other sitemaps: name one of them instead{example}"));
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
    Draft {
        url: url.text_of("loc").and_then(|link| links::clean(link, base)),
        title: news.and_then(|news| news.text_of("title")).map(html::one_line).unwrap_or_default(),
        published: published.into_iter().collect(),
        updated: changed,
        lang: lang.map(str::to_owned),
        ..Draft::default()
    }
}
