//! Whether what a cue tells was done, or was not, was only supposed, or was asked.

use super::Sentence;
use super::clause::floor;
use super::deed;
use crate::lexicon::CueHit;
use crate::model::{Polarity, StatementKind};

impl Sentence<'_> {
    pub(super) fn polarity(&self, hit: &CueHit<'_>) -> Polarity {
        if self.text.trim_end().ends_with('?') || deed::is_asked(self.text, hit.word.end) {
            return Polarity::Questioned;
        }
        // "Nothing in the statement denied it", "nobody denies it".
        let none = self.subject(hit.word.start).is_some_and(|subject| {
            let first = self.stretch(subject).split(' ').next().unwrap_or_default();
            matches!(first, "nothing" | "nobody" | "none" | "neither" | "hardly" | "no" | "few" | "anyone" | "anybody")
        }) || self.text[self.clause_start(hit.word.start)..].trim_start().starts_with("neither ");
        if none && !hit.cue.frame && hit.cue.kind != StatementKind::NoComment {
            return Polarity::Negated;
        }
        if matches!(hit.cue.kind, StatementKind::NoComment) || hit.cue.sub.as_deref() == Some("threat") {
            return self.if_clause(hit.word.start);
        }
        let at = hit.word.start;
        if hit.cue.frame {
            return self.if_clause(at);
        }
        self.said_or_not(at)
    }

    pub(super) fn said_or_not(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let before = self.stretch(start..at);
        // "Reporters Without Borders called": a word of a name negates nothing.
        let of_name = |from: usize| {
            let print = &self.scene.print()[self.scene.folded.print_range(start + from..at)];
            start + from > 0 && print.starts_with(char::is_uppercase)
        };
        if self.glance.all_of(&self.words.negated, before).next().is_some_and(|found| !of_name(found.start)) {
            return Polarity::Negated;
        }
        let told = &self.text[..at];
        if self.phrases().fiction.stands_in(told) {
            return Polarity::Hypothetical;
        }
        // "When Beijing denies it, publish the file".
        let verb = self.text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let present = !verb.ends_with("ed") && !verb.ends_with("ing");
        let clause = self.stretch(self.clause_start(at)..at);
        if present
            && self
                .phrases()
                .whenever
                .iter()
                .any(|word| clause.trim_start().starts_with(word) || clause.contains(&format!(" {word}")))
        {
            return Polarity::Hypothetical;
        }
        // "was quick to deny", "took to the stage to accuse": it was done.
        if self.glance.has(&self.words.hypothetical, before) && !self.glance.has(&self.words.brought_to, before) {
            return Polarity::Hypothetical;
        }
        self.if_clause(at)
    }

    pub(super) fn if_clause(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let conditional = self.glance.has(&self.words.hypothetical_clause, self.stretch(start..at));
        if conditional { Polarity::Hypothetical } else { Polarity::Asserted }
    }
}
