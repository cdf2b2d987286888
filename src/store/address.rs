//! What two addresses say of each other: whether they are of one page, and whose site it is on.

/// Returns the key of an entry whose id was used before for another page, as live blogs do and feeds that number their items
/// anew: there the page decides. `None` where it is the same page.
pub(super) fn key_apart(key: &str, before: &str, now: &str, same_headline: bool) -> Option<String> {
    if path(before) != path(now) {
        return Some(format!("{key} {}", path(now)));
    }
    (!is_same_page(before, now, same_headline)).then(|| format!("{key} {now}"))
}

/// Says whether two addresses differ by nothing but what tells of the visit.
pub(super) fn differ_by_the_visit(before: &str, now: &str) -> bool {
    path(before) == path(now) && parameters_apart(before, now).iter().all(|name| is_of_a_visit(name))
}

/// Says whether an address is on the site of an entry point: on its host, or one above or below it.
pub(super) fn is_on_site_of(entry_point: &str, url: &str) -> bool {
    let host = |url: &str| -> Option<String> {
        let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
        Some(host.rsplit('@').next()?.trim_start_matches("www.").to_ascii_lowercase())
    };
    let is_below =
        |one: &str, other: &str| one == other || one.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'));
    host(entry_point).zip(host(url)).is_some_and(|(one, other)| is_below(&one, &other) || is_below(&other, &one))
}

/// Says whether two addresses of one path are of one page: a parameter that is another at each look makes no other page, one
/// that names the article does, and so does any of which the value is another where the headline is, too.
fn is_same_page(before: &str, now: &str, same_headline: bool) -> bool {
    let apart = parameters_apart(before, now);
    let is_in_both = |name: &String| apart.iter().filter(|other| *other == name).count() > 1;
    apart.iter().all(|name| is_of_a_visit(name) || !names_an_article(name) && (same_headline || !is_in_both(name)))
}

/// The names of the parameters that two addresses do not share, twice where both have one of that name.
fn parameters_apart(one: &str, other: &str) -> Vec<String> {
    let parameters = |url: &str| -> Vec<(String, String)> {
        let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.to_ascii_lowercase(), value.to_owned())
        };
        query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
    };
    let (one, other) = (parameters(one), parameters(other));
    let lacking = |these: &[(String, String)], those: &[(String, String)]| {
        these.iter().filter(|pair| !those.contains(pair)).map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    [lacking(&one, &other), lacking(&other, &one)].concat()
}

/// Says whether a parameter tells of the visit and not of the page: a session, a moment, where somebody came from. Only names
/// that stand for nothing else anywhere: one that was wrongly taken for one would hide an article.
fn is_of_a_visit(name: &str) -> bool {
    let is_name = ["_", "cb", "nocache", "rand", "random", "ref", "sid", "src", "timestamp", "token", "ts"];
    is_name.contains(&name) || ["session", "sessid"].iter().any(|part| name.contains(part))
}

/// Says whether a parameter tells which article an address leads to: id, newsid, article_no; or a bare number.
fn names_an_article(name: &str) -> bool {
    let is_name = ["no", "num", "sn", "p", "item", "story", "article", "post", "doc", "news"].contains(&name)
        || ["id", "_no", "idx"].iter().any(|end| name.ends_with(end));
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    is_number || is_name
}

/// Returns an address without its query: a parameter that is another at each look makes no other page.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
