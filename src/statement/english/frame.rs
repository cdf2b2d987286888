//! Who is said to say what: verbs of saying, "according to", and quotations that run on.

use std::ops::Range;

use super::super::{Carried, Draft, Named};
use super::Sentence;
use crate::model::{Polarity, StatementKind, Voice};

/// Somebody is said to say something; ranges are bytes of the folded sentence.
pub(super) struct Frame {
    pub(super) speaker: Option<Named>,
    pub(super) verb: Range<usize>,
    pub(super) content: Range<usize>,
    pub(super) confidence: f64,
}

impl Sentence<'_> {
    pub(super) fn frames(&self, carried: &Carried) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        for found in self.words.say.find_iter(self.text) {
            let verb = found.range();
            if self.vetoed.iter().any(|range| range.start < verb.end && verb.start < range.end) {
                continue;
            }
            frames.extend(self.frame(verb, &frames, carried));
        }
        for found in self.words.according.find_iter(self.text) {
            frames.extend(self.according(found.range()));
        }
        if let (true, Some(name)) = (carried.open_quote || self.all_quoted(), &carried.speaker)
            && frames.is_empty()
        {
            let speaker = Some(Named::Before(name.clone()));
            frames.push(Frame { speaker, verb: 0..0, content: 0..self.text.len(), confidence: 0.65 });
        }
        frames
    }

    fn frame(&self, verb: Range<usize>, before: &[Frame], carried: &Carried) -> Option<Frame> {
        let after = &self.text[verb.end..];
        let left = self.text[..verb.start].trim_end();
        // "…," said the minister: the speaker follows a verb that follows a quotation.
        let after_quote = left.ends_with(['"', '”', '\'', '’']) || (left.ends_with(',') && !left.contains(' '));
        if after_quote && let Some(speaker) = self.name_after(verb.end) {
            let content = 0..left.len();
            return Some(Frame { speaker: Some(Named::Here(speaker)), verb, content, confidence: 0.85 });
        }
        // A headline's tail: …, says X.
        if left.ends_with(',') && matches!(&self.text[verb.clone()], "says" | "say" | "warns" | "reports") {
            let speaker = self.name_after(verb.end)?;
            let content = 0..left.len();
            return Some(Frame { speaker: Some(Named::Here(speaker)), verb, content, confidence: 0.85 });
        }
        // "is said to be", "clusters tracked as": nobody speaks here.
        let ambiguous = self.text[verb.clone()].ends_with("ed") || self.text[verb.clone()].ends_with("found");
        if ambiguous && (self.syntax().is_passive(verb.start) || self.syntax().is_reduced(verb.start)) {
            return None;
        }
        let goes_on = matches!(&self.text[verb.clone()], "continued" | "continues")
            && !after.trim_start().starts_with(['.', ',']);
        if (goes_on && !after.trim().is_empty()) || self.is_noun(&verb) {
            return None;
        }
        // "… denied it, and said …": the subject is that of the verb before.
        if [" and", " but"].iter().any(|join| left.ends_with(join)) && left.contains(' ') {
            let earlier = before.iter().rev().find_map(|frame| frame.speaker.clone());
            if let Some(speaker) = earlier.or_else(|| self.first_subject(verb.start)) {
                let content = verb.end..self.text.len();
                return Some(Frame { speaker: Some(speaker), verb, content, confidence: 0.75 });
            }
        }
        let subject = self.subject(verb.start)?;
        let speaker = self.who(subject.clone(), before.iter().rev().find_map(|frame| frame.speaker.clone()), carried);
        let before_subject = self.text[..subject.start].trim_end();
        let follows = before_subject.ends_with([',', '"', '”', '’', '\'']) && before_subject.len() > 12;
        let tail = after.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ',');
        let closes = tail.is_empty()
            || [
                "in ",
                "on ",
                "at ",
                "during ",
                "to ",
                "last ",
                "this ",
                "adding",
                "reporters",
                "the register",
                "when asked",
                "wednesday",
                "thursday",
                "monday",
                "tuesday",
                "friday",
            ]
            .iter()
            .any(|begin| tail.starts_with(begin))
            || after.starts_with([',', '.']);
        let tells_somebody = matches!(&self.text[verb.clone()], "told" | "tells" | "telling")
            && !tail.contains(" that ")
            && !tail.contains(':');
        let quoted_before =
            before_subject.ends_with(['"', '”']) || before_subject.ends_with(",'") || before_subject.ends_with("’");
        let content = if follows && (closes || quoted_before || tells_somebody) {
            0..before_subject.len()
        } else {
            verb.end..self.text.len()
        };
        Some(Frame { speaker, verb, content, confidence: 0.8 })
    }

    /// Says whether "reports", "claims" and their like are nouns here: after an article or another verb.
    pub(super) fn is_noun(&self, word: &Range<usize>) -> bool {
        const BEFORE: &[&str] = &[
            "the",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "such",
            "any",
            "all",
            "other",
            "false",
            "of",
            "on",
            "to",
            "over",
            "spy",
            "news",
            "media",
            "recent",
            "earlier",
            "about",
            "as",
            "from",
            "a",
            "an",
            "this",
            "that",
            "with",
            "by",
            "after",
            "amid",
            "for",
            "in",
            "multiple",
            "several",
            "against",
            "spying",
            "espionage",
        ];
        if !matches!(
            &self.text[word.clone()],
            "reports" | "report" | "claims" | "notes" | "shows" | "finds" | "estimates" | "describes" | "claim"
        ) {
            return false;
        }
        let before = self.text[..word.start].trim_end().rsplit(' ').next().unwrap_or_default();
        BEFORE.contains(&before) || before.ends_with("ed") || before.ends_with("ies")
    }

    fn according(&self, mark: Range<usize>) -> Option<Frame> {
        let speaker = self.source_after(mark.end)?;
        let rest = self.text[speaker.end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let content = if self.text[..mark.start].trim().is_empty() {
            self.text.len() - rest.len()..self.text.len()
        } else {
            0..mark.start
        };
        Some(Frame { speaker: Some(Named::Here(speaker)), verb: mark, content, confidence: 0.85 })
    }

    /// Takes an accusation from a verb of saying and a hostile act in what is said.
    pub(super) fn accusation(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        let said = self.text.get(frame.content.clone())?;
        let overlaps = |range: &Range<usize>| range.start < frame.verb.end && frame.verb.start < range.end;
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.content.end;
            let tells = !matches!(draft.kind, StatementKind::Investigate | StatementKind::Confirm);
            let same_kind_before =
                matches!(draft.kind, StatementKind::Accuse | StatementKind::Charge) && draft.voice == Voice::Active;
            overlaps(&draft.cue)
                || same_kind_before
                || (inside && tells && draft.polarity == Polarity::Asserted && draft.voice == Voice::Active)
        });
        let asks = said.trim_end().ends_with('?') && !said.contains("says");
        let names_threat =
            self.threats.iter().any(|range| frame.content.start <= range.start && range.end <= frame.content.end);
        if taken || asks || !(names_threat || self.words.hostile.is_match(said)) {
            return None;
        }
        Some(Draft {
            kind: StatementKind::Accuse,
            sub: None,
            speaker: frame.speaker.clone(),
            target: None,
            cue: frame.verb.clone(),
            claim: self.drop_that(frame.content.clone()),
            polarity: self.said_or_not(frame.verb.start),
            voice: Voice::Active,
            counter: false,
            background: false,
            via: None,
            running_quote: frame.verb.is_empty(),
            confidence: frame.confidence - 0.15,
            candidate: frame.speaker.is_none(),
            rule: if frame.verb.is_empty() { "en.running-quote".to_owned() } else { "en.says-hostile".to_owned() },
        })
    }
}
