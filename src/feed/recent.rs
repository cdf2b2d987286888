//! What of a sitemap is worth a look: which sitemaps of an index, and which entries.
//!
//! A sitemap may list all that a site ever printed. Pure: what is known and what time it is come in.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use url::Url;

use super::{MOST_ENTRIES, is_same_site};
use crate::model::{FeedEntry, NamedSitemap};

/// How long before the last look, or before now at the first, what a sitemap lists is news. A sitemap that gives days and no
/// times, in a zone that nobody knows, is right to within two; a day more is for those that are made late.
const WINDOW: SignedDuration = SignedDuration::from_hours(72);
/// A server may hand out a sitemap from before the change that its index tells of, for so long.
const SLACK: SignedDuration = SignedDuration::from_mins(10);
/// Of a sitemap that dates nothing so many entries are taken: the protocol puts them in no order.
const MOST_UNDATED: usize = 200;

/// At the first look older entries are taken, too, the newest first, until there are as many as a feed holds.
const FEWEST_AT_FIRST: usize = 20;
/// And so many sitemaps of an index are looked at for them.
const SITEMAPS_AT_FIRST: usize = 4;
/// But nothing that is older than this: a sitemap may list all years.
const OLDEST_AT_FIRST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The time from which on something is news; all of it where there is none, as when a person wants to see what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    from: Option<Timestamp>,
    /// From when on older entries make up for few new ones, where nothing was ever looked at.
    at_first: Option<Timestamp>,
}

impl Since {
    /// Everything.
    pub const EVER: Self = Self { from: None, at_first: None };

    /// What came since the last answer of an entry point, or lately where it never answered.
    pub fn last_answer(last: Option<Timestamp>, now: Timestamp) -> Self {
        let until = last.map_or(now, |last| last.min(now));
        let before = |age: SignedDuration| until.checked_sub(age).unwrap_or(Timestamp::MIN);
        Self { from: Some(before(WINDOW)), at_first: last.is_none().then(|| before(OLDEST_AT_FIRST)) }
    }
}

/// The sitemaps of an index, told apart by whether they are worth a look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that are, the newest first.
    pub wanted: Vec<NamedSitemap>,
    /// How many were not changed since they were looked at, or hold nothing new.
    pub unchanged: usize,
    /// How many are on other sites, which the index does not speak for.
    pub elsewhere: usize,
}

/// Chooses among the sitemaps that an index names; `looked` says when one answered last.
///
/// The newest are first, by the date that the index gives, else by a date in the name, where a name that speaks of news counts
/// as changed now; those that say nothing are last, in the order of the index.
pub fn choose_sitemaps(
    named: &[NamedSitemap],
    index: &Url,
    since: Since,
    now: Timestamp,
    looked: impl Fn(&str) -> Option<Timestamp>,
) -> Choice {
    let mut choice = Choice::default();
    // A number may look like a year: it is one where this year stands beside it.
    let this_year = now.to_string().chars().take(4).collect::<String>();
    let are_years = named.iter().any(|sitemap| dates_in(&sitemap.url).any(|found| found[1] == this_year));
    let (mut wanted, mut old): (Vec<(Option<Timestamp>, &NamedSitemap)>, Vec<_>) = (Vec::new(), Vec::new());
    let mut met = HashSet::new();
    for sitemap in named {
        if !Url::parse(&sitemap.url).is_ok_and(|url| is_same_site(&url, index)) {
            choice.elsewhere += 1;
            continue;
        }
        if !met.insert(&sitemap.url) {
            continue;
        }
        let dated = sitemap.changed.map(|changed| if sitemap.is_day { end_of_day(changed) } else { changed });
        let changed = dated.or_else(|| changed_by_name(&sitemap.url, now, are_years));
        let is_known = match (dated, looked(&sitemap.url)) {
            (Some(changed), Some(looked)) => {
                since != Since::EVER && changed < looked.checked_sub(SLACK).unwrap_or(looked)
            }
            _ => changed.zip(since.from).is_some_and(|(changed, since)| changed < since),
        };
        if is_known { old.push((changed, sitemap)) } else { wanted.push((changed, sitemap)) }
    }
    // Before anything was looked at, the newest of the old ones tell what there was.
    if let Some(oldest) = since.at_first {
        old.sort_by_key(|(changed, _)| Reverse(*changed));
        let young = old.partition_point(|(changed, _)| changed.is_none_or(|changed| changed >= oldest));
        wanted.extend(old.drain(..SITEMAPS_AT_FIRST.saturating_sub(wanted.len()).min(young)));
    }
    choice.unchanged = old.len();
    // A stable sort: what says nothing keeps its place.
    wanted.sort_by_key(|(changed, _)| Reverse(*changed));
    choice.wanted = wanted.into_iter().map(|(_, sitemap)| sitemap.clone()).collect();
    // Where all is old, the newest still tells that the site is there.
    if let (true, Some(newest)) = (choice.wanted.is_empty(), newest_unseen(named, index, &looked)) {
        choice.unchanged -= 1;
        choice.wanted.push(newest.clone());
    }
    choice
}

/// Returns the newest sitemap of an index of which none was ever looked at.
fn newest_unseen<'a>(
    named: &'a [NamedSitemap],
    index: &Url,
    looked: impl Fn(&str) -> Option<Timestamp>,
) -> Option<&'a NamedSitemap> {
    let own = || named.iter().filter(|sitemap| Url::parse(&sitemap.url).is_ok_and(|url| is_same_site(&url, index)));
    if own().any(|sitemap| looked(&sitemap.url).is_some()) {
        return None;
    }
    own().rev().max_by_key(|sitemap| sitemap.changed)
}

/// What was changed on a day may have been changed at its end.
fn end_of_day(changed: Timestamp) -> Timestamp {
    changed.checked_add(SignedDuration::from_hours(24)).unwrap_or(changed)
}

/// When a sitemap was last changed, as far as its name says: the end of the day, month or year that stands in it, and now
/// where it speaks of news.
fn changed_by_name(url: &str, now: Timestamp, are_years: bool) -> Option<Timestamp> {
    let is_date = |found: &regex::Captures<'_>| are_years || found.get(2).is_some();
    let end = dates_in(url).filter(is_date).filter_map(|found| end_of(&found)).max();
    let name = name(url).to_ascii_lowercase();
    let speaks_of_news = ["news", "latest", "recent", "today"].iter().any(|word| name.contains(word));
    end.map(|end| end.min(now)).or_else(|| speaks_of_news.then_some(now))
}

/// An address behind its host.
fn name(url: &str) -> &str {
    url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, name)| name)
}

/// The days, months and years in an address.
fn dates_in(url: &str) -> impl Iterator<Item = regex::Captures<'_>> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|\D)(20\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?([0-2]\d|3[01]))?)?(?:\D|$)")
            .expect("a pattern of this file")
    });
    DATE.captures_iter(name(url))
}

fn end_of(found: &regex::Captures<'_>) -> Option<Timestamp> {
    let number = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<i8>().ok());
    let year: i16 = found[1].parse().ok()?;
    let first = jiff::civil::Date::new(year, number(2).unwrap_or(12), 1).ok()?;
    let day = match number(3) {
        Some(day) => jiff::civil::Date::new(year, first.month(), day).ok()?,
        None => first.last_of_month(),
    };
    // Wherever the outlet is, its day is over two days later.
    let over = day.checked_add(jiff::Span::new().days(2)).ok()?;
    TimeZone::UTC.to_timestamp(over.at(0, 0, 0, 0)).ok()
}

/// The entries of a sitemap that are news, and how many are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    /// Those that are.
    pub entries: Vec<FeedEntry>,
    /// How many are older.
    pub older: usize,
    /// How many were left out because they bear no date where others do.
    pub undated: usize,
    /// What is wrong, as sentences.
    pub problems: Vec<String>,
}

impl Recent {
    /// Says what was left out because it is no news; `None` when nothing was.
    pub fn note(&self) -> Option<String> {
        let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let parts = [count(self.older, "older"), count(self.undated, "without a date")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("entries left out: {}", parts.join(", ")))
    }
}

/// Takes the entries of a sitemap that were published or changed lately; those without a date only where none has one.
pub fn recent_entries(entries: Vec<FeedEntry>, since: Since) -> Recent {
    let mut recent = Recent::default();
    let Some(from) = since.from else { return Recent { entries, ..recent } };
    let newest = |entry: &FeedEntry| entry.published.as_ref().map(|published| published.at).max(entry.updated);
    let any_date = entries.iter().any(|entry| newest(entry).is_some());
    let mut older = Vec::new();
    for entry in entries {
        match newest(&entry) {
            Some(at) if at < from => older.push(entry),
            None if any_date => recent.undated += 1,
            _ => recent.entries.push(entry),
        }
    }
    if let Some(oldest) = since.at_first {
        older.sort_by_key(|entry| Reverse(newest(entry)));
        let young = older.partition_point(|entry| newest(entry).is_some_and(|at| at >= oldest));
        recent.entries.extend(older.drain(..FEWEST_AT_FIRST.saturating_sub(recent.entries.len()).min(young)));
    }
    recent.older = older.len();
    let (most, of) = if any_date { (MOST_ENTRIES, "new entries") } else { (MOST_UNDATED, "entries without a date") };
    if recent.entries.len() > most {
        recent.problems.push(format!("{} {of}; only {most} of them were taken", recent.entries.len()));
        recent.entries.sort_by_key(|entry| Reverse(newest(entry)));
        recent.entries.truncate(most);
    }
    recent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryKey, PublishedTime};

    const NOW: &str = "2026-11-20T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
        whole.parse().expect("a test time")
    }

    /// Checks which of the sitemaps are chosen, in order, and how many are not; each is its path, with its date behind `@`.
    #[track_caller]
    fn check(named: &[&str], last: Option<&str>, looked: &[(&str, &str)], wanted: &[&str], others: (usize, usize)) {
        let full = |path: &str| match path.starts_with("http") {
            true => path.to_owned(),
            false => format!("https://www.harbour.example/{path}"),
        };
        let sitemaps: Vec<NamedSitemap> = named
            .iter()
            .map(|name| {
                let (path, changed) = name.split_once('@').map_or((*name, None), |(path, date)| (path, Some(at(date))));
                NamedSitemap { url: full(path), changed, is_day: !name.contains(':') }
            })
            .collect();
        let index = Url::parse("https://harbour.example/sitemap.xml").expect("a test address");
        let looked = |url: &str| looked.iter().find(|(path, _)| full(path) == url).map(|(_, when)| at(when));
        let since = Since::last_answer(last.map(at), at(NOW));
        let choice = choose_sitemaps(&sitemaps, &index, since, at(NOW), looked);
        let found: Vec<&str> = choice.wanted.iter().map(|sitemap| sitemap.url.as_str()).collect();
        assert_eq!(found, wanted.iter().map(|path| full(path)).collect::<Vec<_>>(), "{named:?}");
        assert_eq!((choice.unchanged, choice.elsewhere), others, "{named:?}");
    }

    #[test]
    fn the_newest_sitemaps_come_first_and_old_ones_not_at_all() {
        let all = ["a@2026-11-18T08:00:00Z", "b@2026-11-20T11:00:00Z", "c@2025-01-01", "d@2026-11-19T10:00:00Z"];
        check(&all, None, &[], &["b", "d", "a"], (1, 0));
        // The last answer was long ago: what came since is looked at.
        check(&["a@2026-10-01", "b@2026-09-01"], Some("2026-10-02"), &[], &["a"], (1, 0));
    }

    #[test]
    fn a_sitemap_that_did_not_change_since_it_was_looked_at_waits() {
        let all = ["a@2026-11-20T10:00:00Z", "b@2026-11-20T10:30:00Z"];
        let looked = [("a", "2026-11-20T11:00:00Z"), ("b", "2026-11-20T10:35:00Z")];
        check(&all, Some("2026-11-20T11:00:00Z"), &looked, &["b"], (1, 0));
        // One that failed was never looked at, whatever the index answered meanwhile.
        check(&all, Some("2026-11-20T11:00:00Z"), &looked[..1], &["b"], (1, 0));
    }

    #[test]
    fn names_stand_in_for_dates() {
        check(&["one", "two", "three"], None, &[], &["one", "two", "three"], (0, 0));
        check(
            &["section", "sitemap-2026-10.xml", "sitemap-2026-11.xml", "news.xml", "2026/11/19.xml"],
            None,
            &[],
            &["sitemap-2026-11.xml", "news.xml", "2026/11/19.xml", "section"],
            (1, 0),
        );
        check(
            &["s?yyyy=2026&mm=11&dd=20", "s201912.xml", "s2025.xml", "s20261120.xml"],
            None,
            &[],
            &["s?yyyy=2026&mm=11&dd=20", "s20261120.xml"],
            (2, 0),
        );
        check(&["s2025.xml", "s2024.xml"], None, &[], &["s2025.xml", "s2024.xml"], (0, 0));
    }

    #[test]
    fn sitemaps_of_other_sites_are_counted_and_none_is_taken_twice() {
        check(
            &[
                "a@2026-11-20",
                "https://other.example/news.xml@2026-11-20",
                "a@2026-11-20",
                "https://harbour.example.evil.example/x",
            ],
            None,
            &[],
            &["a"],
            (0, 2),
        );
    }

    #[test]
    fn of_an_index_of_old_sitemaps_the_newest_is_looked_at_once() {
        check(&["a@2020-01-01", "b@2021-01-01"], None, &[], &["b"], (1, 0));
        check(
            &["a@2020-01-01", "b@2021-01-01"],
            Some("2026-11-20T11:00:00Z"),
            &[("b", "2026-11-20T11:00:00Z")],
            &[],
            (2, 0),
        );
    }

    #[test]
    fn at_the_first_look_some_older_sitemaps_are_looked_at() {
        let all = ["a@2026-11-20", "b@2026-11-12", "c@2026-11-11", "d@2026-11-10", "e@2026-11-09", "f@2025-11-09"];
        check(&all, None, &[], &["a", "b", "c", "d"], (2, 0));
        check(&[all[1], all[5]], None, &[], &["b"], (1, 0));
    }

    fn entry(key: usize, published: Option<&str>, updated: Option<&str>) -> FeedEntry {
        FeedEntry {
            key: EntryKey(key.to_string()),
            guid: None,
            url: None,
            title: String::new(),
            published: published.map(|date| PublishedTime { at: at(date), raw: date.to_owned(), assumed: false }),
            unread_date: None,
            updated: updated.map(at),
            authors: Vec::new(),
            provider: None,
            summary: None,
            content: None,
            lang: None,
            part: None,
        }
    }

    fn taken(entries: Vec<FeedEntry>) -> (Vec<String>, Option<String>, usize) {
        let recent = recent_entries(entries, Since::last_answer(Some(at(NOW)), at(NOW)));
        let keys = recent.entries.iter().map(|entry| entry.key.0.clone()).collect();
        (keys, recent.note(), recent.problems.len())
    }

    #[test]
    fn what_was_published_or_changed_lately_is_news() {
        let entries = vec![
            entry(1, Some("2026-11-20"), None),
            entry(2, Some("2006-11-20"), None),
            entry(3, Some("2006-11-20"), Some("2026-11-18")),
            entry(4, None, Some("2026-11-19")),
            entry(5, None, Some("2026-11-01")),
            entry(6, None, None),
        ];
        let (keys, note, problems) = taken(entries);
        assert_eq!(keys, ["1", "3", "4"]);
        assert_eq!(note.as_deref(), Some("entries left out: 2 older, 1 without a date"));
        assert_eq!(problems, 0);
        assert_eq!(recent_entries(vec![entry(2, Some("2006-11-20"), None)], Since::EVER).entries.len(), 1);
    }

    #[test]
    fn at_the_first_look_older_entries_make_up_for_few_new_ones() {
        let old = |count: usize| (0..count).map(|key| entry(key, Some("2026-11-10"), None)).collect::<Vec<_>>();
        let first = |entries| recent_entries(entries, Since::last_answer(None, at(NOW)));
        assert_eq!(first(old(5)).entries.len(), 5);
        let recent = first(old(30));
        assert_eq!((recent.entries.len(), recent.older), (20, 10));
        let new = (30..55).map(|key| entry(key, Some("2026-11-20"), None));
        let recent = first(old(5).into_iter().chain(new).collect());
        assert_eq!((recent.entries.len(), recent.older), (25, 5));
        assert_eq!(first(vec![entry(1, Some("2020-01-01"), None)]).older, 1);
    }

    #[test]
    fn a_sitemap_without_dates_is_read_within_a_bound_and_so_is_one_of_news_alone() {
        assert_eq!(taken((0..200).map(|key| entry(key, None, None)).collect()).0.len(), 200);
        let (keys, note, problems) = taken((0..201).map(|key| entry(key, None, None)).collect());
        assert_eq!((keys.len(), keys[0].as_str(), note, problems), (200, "0", None, 1));
        let (keys, _, problems) = taken((0..5_001).map(|key| entry(key, Some("2026-11-20"), None)).collect());
        assert_eq!((keys.len(), problems), (5_000, 1));
        assert_eq!(taken(Vec::new()), (Vec::new(), None, 0));
    }
}
