//! What a cue is about: the claim as printed.

use std::ops::Range;

use super::Sentence;
use super::frame::Frame;
use crate::lexicon::{CueHit, Object};
use crate::model::StatementKind;

impl Sentence<'_> {
    pub(super) fn claim(&self, hit: &CueHit<'_>, frame: Option<&Frame>) -> Range<usize> {
        let kind = hit.cue.kind;
        if kind == StatementKind::Verdict {
            return self.sentence_passed(hit);
        }
        if let Some(claim) = &hit.claim {
            return claim.clone();
        }
        if hit.cue.object == Object::Quoted
            && !hit.cue.frame
            && let Some(quoted) = self.quotation_ahead(hit.word.end)
        {
            return self.drop_that(hit.word.end..quoted.end);
        }
        if hit.cue.sub.as_deref() == Some("plea") && !self.stretch(hit.word.clone()).starts_with("den") {
            return hit.matched.clone();
        }
        let of_content = hit.cue.frame || matches!(hit.cue.sub.as_deref(), Some("general" | "threat"));
        if of_content || hit.cue.counter {
            let whole = || self.clause_start(hit.word.start)..self.clause_end(hit.word.end);
            return frame.map_or_else(whole, |frame| self.part_of(&frame.content, &hit.word));
        }
        if kind == StatementKind::Protest {
            return hit.matched.start..self.syntax().claim_end(hit.matched.end);
        }
        if let Some(target) = &hit.target {
            let from = target.end.max(hit.matched.end);
            return self.drop_that(from..self.syntax().claim_end(from));
        }
        // "retracted its statement that": the claim begins behind the verb, within what the pattern took.
        let takes_object = matches!(kind, StatementKind::Retract) || hit.cue.sub.as_deref() == Some("plea");
        let from = if takes_object { self.behind_verb(&hit.matched) } else { hit.matched.end.max(hit.word.end) };
        let object = self.drop_that(from..self.syntax().claim_end(from.max(hit.matched.end)));
        if self.stretch(object.clone()).chars().any(char::is_alphanumeric) { object } else { hit.matched.clone() }
    }

    /// Returns where the object of a verb begins, when the pattern took both: behind the verb and its particle.
    pub(super) fn behind_verb(&self, matched: &Range<usize>) -> usize {
        const PARTICLES: &[&str] = &["back", "out", "aside", "off", "down", "up", "away"];
        let text = self.stretch(matched.clone());
        let mut end = text.find(' ').unwrap_or(text.len());
        // "firmly opposes".
        if text[..end].ends_with("ly") {
            end += text[end..].trim_start().find(' ').map_or(text.len() - end, |more| more + 1);
        }
        let next = text[end..].trim_start();
        let word = next.split(' ').next().unwrap_or_default();
        if PARTICLES.contains(&word) {
            end = text.len() - next.len() + word.len();
        }
        matched.start + end
    }

    /// What a court decided: of what somebody is guilty, or what they were given.
    pub(super) fn sentence_passed(&self, hit: &CueHit<'_>) -> Range<usize> {
        let from = if hit.claim.is_some() || hit.cue.sub.is_some() { hit.word.end } else { hit.matched.start };
        let from = if hit.cue.sub.as_deref() == Some("dismissed") { self.behind_verb(&hit.matched) } else { from };
        let end = self.syntax().claim_end(hit.matched.end.min(hit.word.end).max(from));
        let whole = self.stretch(from..end.max(from));
        let cut = ["guilty of ", "convicted of ", "acquitted of ", "cleared of ", " of "]
            .iter()
            .filter(|_| hit.cue.sub.is_none())
            .find_map(|mark| whole.find(mark).map(|at| at + mark.len()));
        let claim = self.drop_that(from + cut.unwrap_or(0)..end.max(from));
        if claim.is_empty() { hit.matched.clone() } else { claim }
    }

    /// Returns the clause of a content in which a word stands.
    pub(super) fn part_of(&self, content: &Range<usize>, word: &Range<usize>) -> Range<usize> {
        const MARKS: &[&str] = &[", and ", ", but ", " but that ", "; ", ": ", " but "];
        let before = self.stretch(content.start..word.start.max(content.start));
        let start = MARKS.iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max();
        let from = content.start + start.unwrap_or(0);
        let after = self.stretch(word.end..content.end.max(word.end));
        let end = MARKS.iter().filter_map(|mark| after.find(mark)).min();
        self.drop_that(from..end.map_or(content.end, |end| word.end + end))
    }

    pub(super) fn drop_that(&self, range: Range<usize>) -> Range<usize> {
        let text = self.stretch(range.clone());
        let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ':');
        for word in ["that ", "of ", "about "] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        range.end - rest.len()..range.end
    }
}
