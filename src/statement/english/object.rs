//! What stands behind a cue decides whether it holds: one denies a claim and refuses a visa.

use std::ops::Range;

use super::Sentence;
use super::clause::floor;
use crate::lexicon::Object;

/// How many words of an object are looked at for its head.
const HEAD_WORDS: usize = 9;

/// How far behind "insisted" a negation may stand that makes a denial of it.
const NEAR: usize = 60;

impl Sentence<'_> {
    /// Says whether what follows a cue lets it hold: `None` when it is no statement, `Some(false)` when that is uncertain.
    pub(super) fn object_holds(&self, object: Object, rest: &str, at: usize) -> Option<bool> {
        let head = &rest[..self.head_end(rest)];
        let claim = self.glance.all_of(&self.words.claim, head).next().map(|found| found.start);
        let refused = self.glance.all_of(&self.words.refused, head).next().map(|found| found.start);
        let actor = || self.actors().iter().any(|range| range.start >= at && range.start < at + head.len());
        // "rejected calls for an inquiry into the claims": what is asked for is refused.
        let asked = ["calls for", "calls to", "a call ", "demands", "requests", "proposals", "pleas"];
        let is_claim = matches!(object, Object::Claim | Object::Accusation);
        if is_claim && asked.iter().any(|word| rest.trim_start().starts_with(word)) {
            return None;
        }
        match object {
            Object::Any => Some(true),
            // "a group which claims to speak for exiles, said spies …": the next verb of saying ends the claim.
            Object::Hostile => {
                let end = self.glance.all_of(&self.words.say, rest).find(|verb| rest[..verb.start].ends_with(", "));
                self.glance.has(&self.words.hostile, &rest[..end.map_or(rest.len(), |verb| verb.start)]).then_some(true)
            }
            Object::HostileOrActor => (self.glance.has(&self.words.hostile, rest)).then_some(true),
            Object::HostileActor => {
                let wide = &rest[..floor(rest, rest.len().min(160))];
                let names = self.actors().iter().any(|range| range.start >= at && range.start < at + wide.len());
                let foreign = wide.contains("foreign ");
                ((names || foreign) && self.glance.has(&self.words.hostile, wide)).then_some(true)
            }
            Object::Actor => (actor() || self.glance.has(&self.words.hostile, head)).then_some(true),
            // "insisted it had never": the negation belongs to what is insisted on, and not to a clause further on.
            Object::Innocent => {
                let start = &rest[..floor(rest, rest.len().min(NEAR))];
                let negated = [" not ", " never ", " no ", " nothing ", "n't ", "n’t ", "\"nothing"]
                    .iter()
                    .any(|no| start.contains(no));
                Some(negated || self.glance.has(&self.words.innocent, rest))
            }
            Object::Directed => {
                const THINGS: &[&str] = &[
                    "answers",
                    "explanation",
                    "briefing",
                    "stop",
                    "halt",
                    "cease",
                    "end ",
                    "hand over",
                    "release",
                    "clarif",
                    "information about",
                    "apolog",
                    "refrain",
                    "investigat",
                    "evidence",
                    "proof",
                ];
                (actor() || THINGS.iter().any(|thing| rest.contains(thing)) || rest.is_empty()).then_some(true)
            }
            Object::Quoted => {
                let quoted = self.quotation_ahead(at).map(|quoted| self.stretch(quoted));
                let grants = |said: &str| {
                    said.split(|c: char| !c.is_alphabetic() && c != '-').any(|word| self.phrases().grants.begins(word))
                };
                quoted.is_some_and(|said| !grants(said)).then_some(true)
            }
            Object::Accusation => self.glance.has(&self.words.accusation, head).then_some(true),
            // The head decides: rejecting an appeal against a spying charge is no denial.
            Object::Claim => match (claim, refused) {
                (Some(claim), Some(refused)) => (claim < refused || self.possessive(head, refused)).then_some(true),
                (Some(_), None) => Some(true),
                _ => None,
            },
            Object::Denied if self.is_clause(rest) => Some(true),
            Object::Denied => match (claim, refused) {
                (None, Some(_)) => None,
                (Some(claim), Some(refused)) if refused <= claim && !self.possessive(head, refused) => None,
                (Some(_), _) => Some(true),
                _ => Some(
                    self.glance.has(&self.words.deniable, rest.trim_start())
                        || self.glance.has(&self.words.deniable, rest),
                ),
            },
        }
    }

    /// Returns the quotation to which a verb leads, with its marks: at once, or behind a noun phrase.
    pub(super) fn quotation_ahead(&self, at: usize) -> Option<Range<usize>> {
        /// No noun phrase before it is longer.
        const LONGEST: usize = 90;
        let rest = &self.text[at..];
        let open = rest.find(['"', '“', '‘', '\'']).filter(|open| *open <= LONGEST)?;
        let before = &rest[..open];
        // "described its statement on the case as": what is one's own is not denied.
        let own = before.trim_start().starts_with("its ") || before.trim_start().starts_with("our ");
        if own || !before.ends_with(' ') || before.contains([',', ';', ':', '.', '(']) || before.contains(" and ") {
            return None;
        }
        let mark = rest[open..].chars().next()?;
        let behind = at + open + mark.len_utf8();
        let closes = |c: char| matches!((mark, c), ('"', '"') | ('“', '”') | ('‘', '’') | ('\'', '\''));
        let apostrophe = |close: usize| self.text[close..].chars().nth(1).is_some_and(char::is_alphanumeric);
        let close = self.text[behind..].match_indices(closes).map(|(close, _)| behind + close);
        let end = close
            .filter(|close| !apostrophe(*close))
            .map(|close| close + self.text[close..].chars().next().map_or(0, char::len_utf8))
            .next();
        Some(at + open..end.unwrap_or(self.text.len()))
    }

    /// Says whether what is denied is a clause or something done: "that …", "passing …", and not "boarding".
    fn is_clause(&self, rest: &str) -> bool {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let thing = self.glance.has(&self.words.refused, first)
            || matches!(first, "evening" | "morning" | "king" | "beijing" | "during" | "everything");
        first == "that" || first == "having" || (first.ends_with("ing") && first.len() > 4 && !thing)
    }

    /// Says whether the word at a position only owns what follows: "the chief's claims".
    fn possessive(&self, head: &str, at: usize) -> bool {
        let word = &head[at..];
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        word[end..].starts_with("'s") || word[end..].starts_with("’s") || word[end..].starts_with("s'")
    }

    fn head_end(&self, rest: &str) -> usize {
        let stop = rest.find([';', '.', ':']).unwrap_or(rest.len());
        let mut words = 0;
        for (at, c) in rest[..stop].char_indices() {
            words += usize::from(c == ' ');
            if words > HEAD_WORDS || (c == ',' && words > 1) {
                return at;
            }
        }
        stop
    }
}
