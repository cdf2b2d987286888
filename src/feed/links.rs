//! Addresses: made absolute, taken out of redirectors, freed of tracking.

use std::borrow::Cow;

use url::Url;

/// Longer addresses are not kept.
const LONGEST_URL: usize = 2_048;

/// Parameters that say how a reader came, and nothing about the article.
const TRACKING: [&str; 12] = [
    "at_campaign",
    "at_medium",
    "dclid",
    "fbclid",
    "gclid",
    "igshid",
    "maca",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "ref_src",
    "yclid",
];

/// Returns the http or https address that a feed means, without tracking; `None` when it is none.
pub(super) fn clean(link: &str, base: Option<&Url>) -> Option<String> {
    // Some feeds escape twice, and some break lines within a link.
    let link = link.trim();
    let is_written_twice = link.contains("&amp;") || link.contains(char::is_control);
    let mended = || link.replace("&amp;", "&").chars().filter(|c| !c.is_control()).collect::<String>().into();
    let link: Cow<'_, str> = if is_written_twice { mended() } else { link.into() };
    if link.is_empty() {
        return None;
    }
    let link = if link.starts_with("www.") { format!("https://{link}").into() } else { link };
    let url = match base {
        Some(base) => base.join(&link).ok()?,
        None => Url::parse(&link).ok()?,
    };
    let url = out_of_redirector(url);
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let url = without_tracking(url);
    (is_web && url.as_str().len() <= LONGEST_URL).then(|| url.into())
}

/// Says whether a text is a whole address by itself.
pub(super) fn is_absolute(text: &str) -> bool {
    let text = text.trim_start().as_bytes();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()));
    begins("http://") || begins("https://")
}

/// Bing wraps each address in one of its own, which holds the real one as a parameter.
fn out_of_redirector(url: Url) -> Url {
    let is_bing = url.host_str().is_some_and(|host| host == "bing.com" || host.ends_with(".bing.com"));
    if !is_bing || !url.path().ends_with("apiclick.aspx") {
        return url;
    }
    let target = url.query_pairs().find(|(name, _)| name == "url").and_then(|(_, value)| Url::parse(&value).ok());
    target.unwrap_or(url)
}

/// Parameters are compared as written, so that what stays keeps its order and its escapes.
fn without_tracking(mut url: Url) -> Url {
    let Some(query) = url.query() else { return url };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    let kept = kept.join("&");
    if kept != query {
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    url
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || name.starts_with("at_custom") || TRACKING.binary_search(&name.as_str()).is_ok()
}
