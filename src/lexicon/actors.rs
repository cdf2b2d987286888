//! Who is named in a text, under which id, in any of the three scripts.

use std::collections::BTreeMap;
use std::ops::Range;

use super::matcher::{Hit, Matcher};
use super::names::{Named, Roster, Unless};
use crate::fold::{self, Folded};
use crate::model::ActorKind;

/// An actor named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention<'a> {
    /// The canonical actor, such as `CN.mfa`.
    pub id: &'a str,
    /// Bytes of the text as printed.
    pub span: Range<usize>,
    /// What sort of actor it is.
    pub kind: ActorKind,
}

/// The actors, compiled.
#[derive(Debug)]
pub(super) struct Actors {
    matcher: Matcher,
    /// By the number of a name.
    named: Vec<Named>,
    threat_names: Vec<String>,
    /// By the last character of the name.
    unless: BTreeMap<char, Vec<Unless>>,
    /// By the code of a country: its offices, each with its id and sort.
    offices: BTreeMap<String, BTreeMap<String, (String, ActorKind)>>,
    /// What stands for a country in one character before 駐.
    homes: BTreeMap<char, String>,
}

/// Whom a stretch of text names.
struct Found<'a> {
    who: Who<'a>,
    kind: ActorKind,
    /// Bytes of the folded text.
    folded: Range<usize>,
    /// Bytes of the print.
    print: Range<usize>,
}

enum Who<'a> {
    /// Always the same.
    Actor(&'a str),
    /// By the outlet's country: this name of the table.
    Relative(usize),
    /// 我駐英大使館: Beijing's or Taipei's.
    Ours,
}

impl Actors {
    /// Compiles the names of a roster.
    pub(super) fn new(roster: Roster) -> Self {
        let matcher = Matcher::new(roster.words.iter().map(|(word, number)| (word.as_str(), *number)));
        let mut unless: BTreeMap<char, Vec<Unless>> = BTreeMap::new();
        for rule in roster.unless {
            let folded = |text: &str| text.chars().map(fold::han).collect::<String>();
            let rule =
                Unless { ending: folded(&rule.ending), after: folded(&rule.after), before: folded(&rule.before) };
            if let Some(last) = rule.ending.chars().next_back() {
                unless.entry(last).or_default().push(rule);
            }
        }
        let Roster { named, threat_names, offices, homes, .. } = roster;
        let homes = homes.into_iter().map(|(home, code)| (fold::han(home), code)).collect();
        Self { matcher, named, threat_names, unless, offices, homes }
    }

    /// Returns the names of the hacking groups.
    pub(super) fn threat_names(&self) -> Vec<String> {
        self.threat_names.clone()
    }

    /// Returns where actors are named, relative names and all, in bytes of the folded text.
    pub(super) fn places(&self, print: &str, folded: &Folded) -> Vec<(Range<usize>, ActorKind)> {
        self.all(print, folded).into_iter().map(|found| (found.folded, found.kind)).collect()
    }

    /// Finds the actors named in a text.
    pub(super) fn find<'a>(&'a self, text: &str, folded: &Folded, country: Option<&str>) -> Vec<ActorMention<'a>> {
        let mention = |found: Found<'a>| {
            let id = match found.who {
                Who::Actor(_) if found.kind == ActorKind::Agency && is_tail_of_a_name(text, &found.print) => {
                    return None;
                }
                Who::Actor(id) => id,
                // 奥尔兰国防部 and "Aldland's defence ministry" are another country's, known to the table or not.
                Who::Relative(_) if belongs_to_another(&text[..found.print.start]) => return None,
                Who::Relative(number) => self.read_in(number, country)?,
                Who::Ours => &self.offices.get(country.filter(|code| matches!(*code, "CN" | "TW"))?)?.get("emb")?.0,
            };
            Some(ActorMention { id, span: found.print, kind: found.kind })
        };
        self.all(text, folded).into_iter().filter_map(mention).collect()
    }

    /// Finds all names, and joins a state with the office that stands beside it.
    fn all<'a>(&'a self, print: &str, folded: &Folded) -> Vec<Found<'a>> {
        let hits = self.hits(print, folded);
        let mut found: Vec<Found<'a>> = Vec::new();
        let mut at = 0;
        while let Some(hit) = hits.get(at) {
            at += 1;
            if let Some(next) = hits.get(at)
                && let Some((id, kind)) = self.joined(hit, next, &folded.text)
            {
                at += 1;
                found.push(Found {
                    who: Who::Actor(id),
                    kind,
                    folded: hit.folded.start..next.folded.end,
                    print: hit.print.start..next.print.end,
                });
                continue;
            }
            let before = at.checked_sub(2).map(|before| &hits[before]);
            if self.is_another_states(before, hit, &folded.text) {
                continue;
            }
            let Some((who, kind)) = self.alone(hit) else {
                found.extend(self.mission(hit, before, print, folded));
                continue;
            };
            found.push(Found { who, kind, folded: hit.folded.clone(), print: hit.print.clone() });
        }
        found
    }

    /// Returns whom a name names by itself.
    fn alone(&self, hit: &Hit) -> Option<(Who<'_>, ActorKind)> {
        match &self.named[hit.number] {
            Named::Fixed { id, kind } => Some((Who::Actor(id), *kind)),
            Named::State { id, .. } => Some((Who::Actor(id), ActorKind::State)),
            Named::Relative { .. } => Some((Who::Relative(hit.number), ActorKind::Agency)),
            Named::Adjective { .. } | Named::Office { .. } | Named::Mission | Named::Nobody => None,
        }
    }

    /// Returns whose a relative name is in an outlet of a country.
    fn read_in(&self, number: usize, country: Option<&str>) -> Option<&str> {
        let Named::Relative { by_country, elsewhere, open, .. } = &self.named[number] else { return None };
        let is_open = country.is_some_and(|code| open.iter().any(|open| open == code));
        let other = elsewhere.as_deref().filter(|_| !is_open);
        country.and_then(|code| by_country.get(code)).map(String::as_str).or(other)
    }

    /// Returns the office of a state that two names beside each other name: "German police", "police of Germany".
    fn joined(&self, first: &Hit, second: &Hit, text: &str) -> Option<(&str, ActorKind)> {
        let gap = &text[first.folded.end..second.folded.start];
        if let Some(code) = self.country(first.number).filter(|_| self.leads(first, gap, text)) {
            return self.office_of(code, second.number, true);
        }
        let code = match &self.named[second.number] {
            Named::State { code, .. } if matches!(gap, " of " | " of the ") => code,
            _ => return None,
        };
        self.office_of(code, first.number, false)
    }

    /// Returns the code of the country that a name stands for.
    fn country(&self, number: usize) -> Option<&str> {
        match &self.named[number] {
            Named::State { code, .. } | Named::Adjective { code } => Some(code),
            _ => None,
        }
    }

    /// Says whether what stands between lets a state lead what follows it.
    fn leads(&self, state: &Hit, gap: &str, text: &str) -> bool {
        let is_adjective = !matches!(&self.named[state.number], Named::State { adjective: false, .. });
        let is_han = text[..state.folded.end].ends_with(fold::is_han);
        match gap {
            "" => is_han,
            " " => is_adjective && !is_han,
            "'s " | "’s " | "' " | "’ " => !is_han,
            _ => false,
        }
    }

    /// Returns what an office is in a country. "The side of China" is no office, while "the Chinese side" is one.
    fn office_of(&self, code: &str, number: usize, leading: bool) -> Option<(&str, ActorKind)> {
        let (office, by_country) = match &self.named[number] {
            Named::Office { office } => (office, None),
            Named::Relative { office, by_country, .. } => (office, by_country.get(code)),
            Named::Mission if leading => {
                return self.offices.get(code)?.get("emb").map(|(id, kind)| (id.as_str(), *kind));
            }
            _ => return None,
        };
        if office == "gov" && !leading {
            return None;
        }
        // What only some countries have is no office of the others: 台灣國安局.
        let listed = self.offices.get(code).and_then(|offices| offices.get(office));
        let listed = listed.map(|(id, kind)| (id.as_str(), *kind));
        listed.or(by_country.map(|id| (id.as_str(), ActorKind::Agency)))
    }

    /// Returns the mission whose country stands in one character before it: 中駐英大使館.
    fn mission<'a>(&'a self, hit: &Hit, before: Option<&Hit>, print: &str, folded: &Folded) -> Option<Found<'a>> {
        let is_mission = matches!(&self.named[hit.number], Named::Mission);
        let is_taken = before.is_some_and(|before| before.folded.end == hit.folded.start);
        let home = folded.text[..hit.folded.start].chars().next_back().filter(|_| is_mission && !is_taken)?;
        let who = match home {
            '我' => Who::Ours,
            home => Who::Actor(&self.offices.get(self.homes.get(&home)?)?.get("emb")?.0),
        };
        let print_home = print[..hit.print.start].chars().next_back()?;
        Some(Found {
            who,
            kind: ActorKind::Mission,
            folded: hit.folded.start - home.len_utf8()..hit.folded.end,
            print: hit.print.start - print_home.len_utf8()..hit.print.end,
        })
    }

    /// Says whether the state named right before an office is not the one whose office it is by its bare name:
    /// "Vietnam's Ministry of Public Security", 越南公安部.
    fn is_another_states(&self, before: Option<&Hit>, hit: &Hit, text: &str) -> bool {
        let Named::Fixed { id, kind: ActorKind::Agency | ActorKind::Military } = &self.named[hit.number] else {
            return false;
        };
        let Some((own, before)) = id.split_once('.').map(|(own, _)| own).zip(before) else { return false };
        let gap = &text[before.folded.end..hit.folded.start];
        let other = self.country(before.number).filter(|_| self.leads(before, gap, text));
        other.is_some_and(|code| code != own)
    }

    /// Returns the hits that are names where they stand; what a hit that is none covered may hold another: 英國 in 率領英國.
    fn hits(&self, print: &str, folded: &Folded) -> Vec<Hit> {
        let all = self.matcher.find(print, folded);
        let mut kept = Vec::with_capacity(all.len());
        for (at, hit) in all.iter().enumerate() {
            if self.is_name(hit, &folded.text) && !takes_the_day(hit, &folded.text) {
                kept.push(hit.clone());
                continue;
            }
            let next = all.get(at + 1).map_or(folded.text.len(), |next| next.folded.start);
            let inner = self.inside(hit, next, print, folded).into_iter();
            kept.extend(inner.filter(|hit| self.is_name(hit, &folded.text)));
        }
        kept
    }

    /// Finds the names from the second character of a Han hit up to the next hit, or as far as one can reach.
    fn inside(&self, hit: &Hit, next: usize, print: &str, folded: &Folded) -> Vec<Hit> {
        /// Longer than any name that begins within a short one.
        const REACH: usize = 60;
        let text = &folded.text;
        let Some(first) = text[hit.folded.clone()].chars().next().filter(|first| fold::is_han(*first)) else {
            return Vec::new();
        };
        let from = hit.folded.start + first.len_utf8();
        let far = next.min(from + REACH);
        let to = (from..=far).rev().find(|to| text.is_char_boundary(*to)).unwrap_or(from);
        let range = folded.print_range(from..to);
        let Some(part) = print.get(range.clone()) else { return Vec::new() };
        let moved = |inner: Hit| Hit {
            number: inner.number,
            folded: from + inner.folded.start..from + inner.folded.end,
            print: range.start + inner.print.start..range.start + inner.print.end,
        };
        self.matcher.find(part, &Folded::new(part)).into_iter().map(moved).collect()
    }

    /// Says whether what stands beside a hit leaves it a name: 國防部 in 國防部署 is none.
    fn is_name(&self, hit: &Hit, folded: &str) -> bool {
        let name = &folded[hit.folded.clone()];
        let Some(rules) = name.chars().next_back().and_then(|last| self.unless.get(&last)) else { return true };
        let before = folded[..hit.folded.start].chars().next_back();
        let after = folded[hit.folded.end..].chars().next();
        let inside = |beside: Option<char>, chars: &str| beside.is_some_and(|c| chars.contains(c));
        !rules
            .iter()
            .any(|rule| name.ends_with(&rule.ending) && (inside(before, &rule.after) || inside(after, &rule.before)))
    }
}

/// Says whether a name begins with the day of a date: 日外交部 in 20日外交部 is no Japanese ministry.
fn takes_the_day(hit: &Hit, text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    text[hit.folded.clone()].starts_with('日') && text[..hit.folded.start].ends_with(is_digit)
}

/// Says whether an agency with a country of one character is the tail of a longer name: 港警方 in 北港警方.
fn is_tail_of_a_name(text: &str, print: &Range<usize>) -> bool {
    let mut name = text[print.clone()].chars();
    let short = name.next().is_some_and(|first| "港陸陆美英德法俄日韓韩台臺澳加印中荷越菲烏乌".contains(first))
        && name.next().is_some_and(|second| !"國国共方".contains(second));
    short && belongs_to_another(&text[..print.start])
}

/// Says whether the words before an office name make it somebody else's: a possessive, a capitalised word, or a Han
/// character that is no word of grammar.
fn belongs_to_another(before: &str) -> bool {
    /// Characters that end a clause's opening and not a country's name.
    const GRAMMAR: &str = "由和及與与跟同向對对就據据稱称說说在是指斥批轟轰促請请籲吁訪访訊讯但而並并且經经令讓让被遭時时前後后日我本該该使將将到從从往至叫問问告即亦也又都曾已的按照依為为因若如昨今晚早午天";
    let tail = before.trim_end();
    let Some(last) = tail.chars().next_back() else { return false };
    if fold::is_han(last) {
        return tail.len() == before.len() && !GRAMMAR.contains(last);
    }
    let word = tail.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let possessive = word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’");
    // The first word of a sentence has a capital in any case.
    let named = word.starts_with(char::is_uppercase)
        && !matches!(word, "The" | "A" | "And" | "But")
        && word.ends_with(char::is_alphabetic);
    possessive || named
}
