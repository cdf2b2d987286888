//! Whose offices a text means by a bare name, as far as it says where it comes from: its agency, its dateline.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::names::Roster;
use crate::fold;

/// The agencies and the places they write from.
#[derive(Debug)]
pub(super) struct Origins {
    /// By folded name: the country of a national agency, `None` of an international one.
    agencies: HashMap<String, Option<String>>,
    /// By folded name of the place.
    places: HashMap<String, String>,
}

/// （中央社台北20日電）, 新華社北京11月20日電, 【中央社／台北報導】.
static HAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[（(【\[]?(?P<agency>\p{Han}{1,8}?社)[／/ 　]*(?:(?P<place>\p{Han}{2,8}?)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:專|专|綜合|综合)?(?:電|电|訊|讯|報導|报道|報道)|記者|记者)",
    )
    .expect("a pattern of ours compiles")
});

/// "BEIJING, Nov 20 (Reuters) - ", "BEIJING (AP) — ".
static LATIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<place>[A-Z][A-Z.'’ -]{2,30})(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?,? ?\((?P<agency>[A-Za-z .-]{2,30})\) ?(?:--|[-–—])")
        .expect("a pattern of ours compiles")
});

impl Origins {
    /// Takes what a roster knows of agencies and places.
    pub(super) fn new(roster: &Roster) -> Self {
        let names = roster
            .providers
            .iter()
            .flat_map(|provider| provider.names.iter().map(|name| (fold::text(name), provider.country.clone())));
        Self { agencies: names.collect(), places: roster.places.clone() }
    }

    /// Returns the country that the agency or the dateline of a text decides, where one does.
    pub(super) fn country(&self, provider: Option<&str>, text: &str) -> Option<&str> {
        let pattern = if text.starts_with(|c: char| c.is_ascii_alphabetic()) { &*LATIN } else { &*HAN };
        let dateline = pattern.captures(text);
        let part = |name| Some(fold::text(dateline.as_ref()?.name(name)?.as_str().trim()));
        let named = provider.map(|name| fold::text(name.trim()));
        let agency = named.and_then(|name| self.agencies.get(&name)).or_else(|| self.agencies.get(&part("agency")?))?;
        match agency {
            Some(country) => Some(country),
            None => self.places.get(&part("place")?).map(String::as_str),
        }
    }
}
