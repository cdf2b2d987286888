//! Rules for outlets: where the article stands on pages of a known shape. Knowledge, kept as data beside this file.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("outlets.toml")).expect("the table that ships is checked by a test");
    table.outlet
});

/// Where things stand on an outlet's pages, as CSS selectors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// The host; its subdomains are meant too.
    pub(super) host: String,
    /// The elements that hold the body.
    pub(super) body: Option<String>,
    /// What is taken out of it first.
    pub(super) remove: Option<String>,
    /// The headline, where the page's own data is wrong or missing.
    pub(super) title: Option<String>,
    /// The date of publication.
    pub(super) date: Option<String>,
    /// The authors.
    pub(super) author: Option<String>,
    /// The outlet that an aggregator took it from.
    pub(super) provider: Option<String>,
    /// True where the page's own data names that outlet as the author.
    #[serde(default)]
    pub(super) author_is_provider: bool,
}

#[derive(Debug, Deserialize)]
struct Table {
    outlet: Vec<Rule>,
}

/// Returns the rule for the host of an address: the one with the longest matching host.
pub(super) fn rule_for(url: Option<&str>) -> Option<&'static Rule> {
    let url = Url::parse(url?).ok()?;
    let host = url.host_str()?;
    let is_meant = |rule: &&Rule| {
        host == rule.host || host.strip_suffix(rule.host.as_str()).is_some_and(|rest| rest.ends_with('.'))
    };
    RULES.iter().filter(is_meant).max_by_key(|rule| rule.host.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::selector_ok;

    #[test]
    fn the_table_is_sorted_and_its_selectors_read() {
        let hosts: Vec<&str> = RULES.iter().map(|rule| rule.host.as_str()).collect();
        let mut sorted = hosts.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(hosts, sorted);
        for rule in RULES.iter() {
            let selectors = [&rule.body, &rule.remove, &rule.title, &rule.date, &rule.author, &rule.provider];
            for css in selectors.into_iter().flatten() {
                assert_eq!(selector_ok(css), Ok(()), "{}", rule.host);
            }
        }
    }

    #[test]
    fn the_longest_host_wins_and_subdomains_count() {
        assert_eq!(
            rule_for(Some("https://hk.news.yahoo.com/x.html")).map(|rule| rule.host.as_str()),
            Some("yahoo.com")
        );
        assert!(rule_for(Some("https://notyahoo.com/x.html")).is_none());
        assert!(rule_for(Some("https://outlet.example/")).is_none());
        assert!(rule_for(Some("no address")).is_none());
        assert!(rule_for(None).is_none());
    }
}
