//! Addresses: made absolute, taken out of redirectors, freed of tracking.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use crate::pattern::pattern;

/// Longer addresses are not kept.
const LONGEST_URL: usize = 2_048;

/// Parameters that say how a reader came, and nothing about the article.
const TRACKING: [&str; 28] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "at_campaign",
    "at_medium",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igshid",
    "li_fat_id",
    "maca",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "xtor",
    "yclid",
];

/// Returns the http or https address that a feed means, without tracking; `None` when it is none.
pub(super) fn clean(link: &str, base: Option<&Url>) -> Option<String> {
    // Some feeds escape twice, and some break lines within a link.
    let link = link.trim();
    let is_written_twice = link.contains('&') && link.contains("&amp;") || link.contains(char::is_control);
    let mended = || link.replace("&amp;", "&").chars().filter(|c| !c.is_control()).collect::<String>().into();
    let link: Cow<'_, str> = if is_written_twice { mended() } else { link.into() };
    // Some put the whole element where the address belongs.
    let link = if link.starts_with('<') { href_in(&link)?.to_owned().into() } else { link };
    // A fragment alone leads to the feed itself.
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let link = if link.starts_with("www.") { format!("https://{link}").into() } else { link };
    let url = match base {
        Some(base) => base.join(&link).ok()?,
        None => Url::parse(&link).ok()?,
    };
    let mut url = out_of_redirector(url);
    // Who is to be asked under a name is no business of a feed's.
    if !url.username().is_empty() || url.password().is_some() {
        let _ = url.set_username("").and_then(|()| url.set_password(None));
    }
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let url = without_tracking(url);
    (is_web && url.as_str().len() <= LONGEST_URL).then(|| url.into())
}

fn href_in(element: &str) -> Option<&str> {
    pattern!(HREF, r#"(?i)\bhref\s*=\s*["']?([^"'\s<>]+)"#);
    Some(HREF.captures(element)?.get(1)?.as_str())
}

/// Says whether an address is Google's for an article of another site: it is made out by a script of Google's own pages, so
/// that whoever follows it does not come to the article.
pub fn is_opaque(url: &str) -> bool {
    let behind = url.strip_prefix("https://news.google.com/").or_else(|| url.strip_prefix("http://news.google.com/"));
    behind
        .is_some_and(|path| ["rss/articles/", "articles/", "read/", "__i/rss/"].iter().any(|way| path.starts_with(way)))
}

/// Returns the day that stands in the path of an address: `/2026/03/03/`, `/202603/t20260303_1.html`, `story20260303-7`.
pub(super) fn day_in(url: &str) -> Option<String> {
    pattern!(DAY, r"(?:^|[^0-9])(20[0-9]{2})[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12][0-9]|3[01])(?:[^0-9]|$)");
    let url = Url::parse(url).ok()?;
    // The month of a folder stands before the day of the page: what is found last says most.
    let mut path = url.path();
    let mut day = None;
    while let Some(found) = DAY.captures(path) {
        let (from, to) = (found.get(3)?.end(), format!("{}-{}-{}", &found[1], &found[2], &found[3]));
        day = Some(to);
        path = &path[from..];
    }
    day
}

/// Says whether a text is a whole address by itself.
pub(super) fn is_absolute(text: &str) -> bool {
    let text = text.trim_start().as_bytes();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()));
    begins("http://") || begins("https://")
}

/// Takes an address out of an aggregator's own, where that holds it.
fn out_of_redirector(mut url: Url) -> Url {
    /// One stands in another at most, as of an alert on an aggregator.
    const DEEPEST: usize = 3;
    for _ in 0..DEEPEST {
        let Some(within) = within_parameter(&url).or_else(|| within_google(&url)) else { break };
        url = within;
    }
    url
}

/// Search engines and networks wrap each address in one of their own, which holds the real one as a parameter.
fn within_parameter(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let is_of = |site: &str| host == site || host.strip_suffix(site).is_some_and(|front| front.ends_with('.'));
    let is_google = || {
        let named = host.split('.').skip_while(|part| matches!(*part, "www" | "news")).collect::<Vec<_>>();
        matches!(named[..], ["google", _] | ["google", "com" | "co", _])
    };
    let names: &[&str] = match url.path() {
        path if path.ends_with("apiclick.aspx") && is_of("bing.com") => &["url"],
        "/url" | "/news/url" if is_google() => &["url", "q"],
        "/l.php" if is_of("facebook.com") => &["u"],
        "/l/" if is_of("duckduckgo.com") => &["uddg"],
        _ => return None,
    };
    let mut pairs = names.iter().filter_map(|wanted| url.query_pairs().find(|(name, _)| name == wanted));
    let target = pairs.find_map(|(_, value)| Url::parse(&value).ok())?;
    matches!(target.scheme(), "http" | "https").then_some(target)
}

/// Google's links held the real address in base64 until 2024, and old ones still go round: a message of Protocol Buffers with
/// a number and the address as a string of less than 16 KiB. The newer hold a token that Google alone can read.
fn within_google(url: &Url) -> Option<Url> {
    let packed = url.path_segments()?.next_back().filter(|_| is_opaque(url.as_str()))?;
    let message = URL_SAFE_NO_PAD.decode(packed.trim_end_matches('=')).ok()?;
    let (length, text) = match message.strip_prefix(&[0x08, 0x13, 0x22])? {
        [low @ 0x80..=0xFF, high @ 0..=0x7F, text @ ..] => (usize::from(low & 0x7F) | usize::from(*high) << 7, text),
        [length, text @ ..] => (usize::from(*length), text),
        [] => return None,
    };
    let target = Url::parse(std::str::from_utf8(text.get(..length)?).ok()?).ok()?;
    matches!(target.scheme(), "http" | "https").then_some(target)
}

fn without_tracking(mut url: Url) -> Url {
    if let Some(kept) = url.query().and_then(untracked) {
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    if url.fragment().is_some_and(is_of_tracking) {
        url.set_fragment(None);
    }
    url
}

/// Says whether a fragment holds parameters that track and nothing else.
fn is_of_tracking(fragment: &str) -> bool {
    fragment.split('&').all(is_tracking)
}

/// The query without the parameters that track; `None` where there are none. They are compared as written, so that what stays
/// keeps its order and its escapes.
fn untracked(query: &str) -> Option<String> {
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    Some(kept.join("&")).filter(|kept| kept != query)
}

/// Returns an id as it is whatever tracking it carries: many are the article's address.
pub(super) fn steady_id(guid: &str) -> Cow<'_, str> {
    let Some((path, rest)) = guid.split_once('?').filter(|_| is_absolute(guid)) else { return guid.into() };
    let (query, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    match untracked(query) {
        Some(kept) if kept.is_empty() => format!("{path}{fragment}").into(),
        Some(kept) => format!("{path}?{kept}{fragment}").into(),
        None => guid.into(),
    }
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    // Of Google, AT Internet, and Matomo by its three names.
    let families = ["utm_", "at_custom", "pk_", "mtm_", "piwik_", "matomo_"];
    families.iter().any(|family| name.starts_with(family)) || TRACKING.binary_search(&name.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, day: Option<&str>) {
        assert_eq!(day_in(&format!("https://outlet.example{path}")).as_deref(), day, "{path}");
    }

    #[test]
    fn a_day_stands_in_many_addresses() {
        check("/eng/xw/202603/t20260303_11867.html", Some("2026-03-03"));
        check("/news/china/story20260303-7712345", Some("2026-03-03"));
        check("/2026/03/03/world/harbour.html", Some("2026-03-03"));
        check("/a/202603/03/WS69a5.html", Some("2026-03-03"));
        check("/n1/2026/0303/c1001-40.html", Some("2026-03-03"));
        check("/2026-03-03/harbour_2.shtml", Some("2026-03-03"));
        check("/20260303/9f2e/c.html", Some("2026-03-03"));
        check("/2025/12/31/live/20260101", Some("2026-01-01"));
    }

    #[test]
    fn a_number_is_no_day() {
        for path in [
            "/news/123456789",
            "/2026/03/harbour",
            "/20261303/x",
            "/20260332/x",
            "/id/1202603035",
            "/news/202603031234567",
            "/?d=2026-03-03",
        ] {
            check(path, None);
        }
        assert_eq!(day_in("https://20260303.outlet.example/x"), None);
        assert_eq!(day_in("no address 2026-03-03"), None);
    }
}
