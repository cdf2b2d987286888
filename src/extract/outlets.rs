//! Rules for outlets: where the article stands on pages of a known shape. Knowledge, kept as data beside this file.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;

use super::body::SHORTEST_BY_RULE;
use super::moments;
use crate::dates;
use crate::decode;
use crate::html::Document;
use crate::model::{FetchedPage, PageRule};

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("outlets.toml")).expect("the table that ships is checked by a test");
    table.outlet
});

/// What is known of the pages of a host.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// The host; its subdomains are meant too.
    host: String,
    page: PageRule,
}

#[derive(Debug, Deserialize)]
struct Table {
    outlet: Vec<Rule>,
}

/// Returns the rule for a page: what the study says of its outlet, and what ships for the host of its address.
pub(super) fn rule_of(study: Option<&PageRule>, url: Option<&str>) -> Option<PageRule> {
    let shipped = shipped(url).map(|rule| &rule.page);
    match (study, shipped) {
        (Some(study), Some(shipped)) => Some(study.or(shipped)),
        (study, shipped) => study.or(shipped).cloned(),
    }
}

/// What a selector of a study found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectorUse {
    /// The key in feeds.toml.
    pub field: &'static str,
    /// How many elements it matches.
    pub elements: usize,
    /// True when what it found was of use: enough text for a body, a date that can be read.
    pub is_of_use: bool,
}

/// Tells what each selector of a study finds on a page; nothing when that is no page.
pub fn selector_uses(page: &FetchedPage, rule: &PageRule, zone: &TimeZone) -> Vec<SelectorUse> {
    let decoded = decode::html(&page.body, page.content_type.as_deref());
    let Ok(document) = Document::parse(&decoded.text) else { return Vec::new() };
    let fields = [
        ("body", &rule.body),
        ("remove", &rule.remove),
        ("title", &rule.title),
        ("date", &rule.date),
        ("author", &rule.author),
        ("provider", &rule.provider),
    ];
    let used = |(field, css): (&'static str, &Option<String>)| {
        let found = document.select(css.as_deref()?);
        let is_of_use = match field {
            "body" => found.iter().map(|part| part.text().len()).sum::<usize>() >= SHORTEST_BY_RULE,
            "date" => {
                moments::printed_at(&document, css.as_deref()?).is_some_and(|at| dates::read(&at, zone).is_some())
            }
            _ => !found.is_empty(),
        };
        Some(SelectorUse { field, elements: found.len(), is_of_use })
    };
    fields.into_iter().filter_map(used).collect()
}

/// The shipped rule for the host of an address: the one with the longest matching host.
fn shipped(url: Option<&str>) -> Option<&'static Rule> {
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
            let page = &rule.page;
            let selectors = [&page.body, &page.remove, &page.title, &page.date, &page.author, &page.provider];
            for css in selectors.into_iter().flatten() {
                assert_eq!(selector_ok(css), Ok(()), "{}", rule.host);
            }
        }
    }

    #[test]
    fn a_study_has_the_last_word_and_need_not_say_all() {
        let study = PageRule { title: Some("h2".to_owned()), ..PageRule::default() };
        let rule = rule_of(Some(&study), Some("https://www.rthk.hk/1")).expect("a rule");
        assert_eq!(rule.title.as_deref(), Some("h2"));
        assert!(rule.body.is_some(), "the shipped one");
        let study = PageRule { body: Some("main".to_owned()), ..PageRule::default() };
        let rule = rule_of(Some(&study), Some("https://www.ltn.com.tw/1")).expect("a rule");
        assert_eq!((rule.body.as_deref(), rule.remove), (Some("main"), None));
        assert_eq!(rule_of(Some(&study), None), Some(study));
    }

    #[test]
    fn the_longest_host_wins_and_subdomains_count() {
        assert_eq!(shipped(Some("https://hk.news.yahoo.com/x.html")).map(|rule| rule.host.as_str()), Some("yahoo.com"));
        assert!(shipped(Some("https://notyahoo.com/x.html")).is_none());
        assert!(shipped(Some("https://outlet.example/")).is_none());
        assert!(shipped(Some("no address")).is_none());
        assert!(shipped(None).is_none());
    }
}
