//! Where links and addresses lead: to the front page, elsewhere on the site, off it.

use url::Url;

use crate::html::Element;

/// Says whether a link leads to the front page of a site.
pub(super) fn leads_to_front_page(link: &Element<'_>) -> bool {
    let href = link.attribute("href").unwrap_or_default().trim();
    let path = href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
    matches!(path, "" | "/" | "./" | "index.html" | "/index.html")
}

/// Says whether a link stays on its site.
pub(super) fn is_own(href: &str, host: Option<&str>) -> bool {
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
    let href = href.trim();
    let Some((_, rest)) = href.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':')) else {
        return !href.starts_with('#') && !href.contains(':');
    };
    let theirs = bare(rest.split(['/', '?', '#', ':']).next().unwrap_or_default());
    host.is_some_and(|host| {
        let own = bare(host);
        theirs == own || theirs.ends_with(&format!(".{own}")) || own.ends_with(&format!(".{theirs}"))
    })
}

/// The path of an address, absolute or from the root of its site; `None` of one that may be a front page's or a section's.
pub(super) fn path_of(address: &str) -> Option<&str> {
    /// A shorter path may be a section's, in bytes.
    const SHORTEST_PATH: usize = 12;
    let path = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    (path.starts_with('/') && path.len() >= SHORTEST_PATH).then_some(path)
}

/// The path that a link on a page leads to, in small letters and without a stroke at its end, for comparing.
pub(super) fn path_from(base: &Url, href: &str) -> Option<String> {
    base.join(href.trim()).ok().map(|url| url.path().trim_end_matches('/').to_ascii_lowercase())
}

/// An address without its scheme, its query and what is behind them.
pub(super) fn without_scheme(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.split(['#', '?']).next().unwrap_or(url).trim_end_matches('/')
}
