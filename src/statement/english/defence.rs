//! What those who speak for the accused, and the accused, say did not happen or call harmless.

use std::ops::Range;

use super::super::{Draft, Named};
use super::Sentence;
use super::clause::floor;
use super::frame::Frame;
use super::speaker::is_first_person;
use crate::fold;
use crate::model::{StatementKind, Voice};

impl Sentence<'_> {
    /// Says whether a speaker speaks for the accused: a lawyer who is not the state's, or the family.
    pub(super) fn defends(&self, speaker: Option<&Named>) -> bool {
        let counsel = self.matches(&self.words.lawyer, speaker) && !self.matches(&self.words.accuser, speaker);
        counsel || self.matches(&self.words.family, speaker)
    }

    /// Says whether a speaker answers for the accused: they themselves, or who speaks for them.
    pub(super) fn gives_account(&self, speaker: Option<&Named>) -> bool {
        let by_word =
            matches!(speaker, Some(Named::Here(name)) if self.phrases().accused.has(self.stretch(name.clone())));
        by_word || self.defends(speaker) || self.is_accused(speaker)
    }

    /// Says whether a speaker answers for those whom the articles of this matter accuse: for China, and not as an office
    /// that charges others there, or for the accused.
    pub(super) fn answers_for_accused(&self, speaker: Option<&Named>) -> bool {
        let china = self.sides(speaker).first().is_some_and(|side| matches!(side.as_str(), "CN" | "HK"));
        let name = match speaker {
            Some(Named::Here(range)) => self.stretch(range.clone()).to_owned(),
            Some(Named::Before(name)) => fold::text(name),
            None => return false,
        };
        china && !self.phrases().charging.stands_in(&name) || self.gives_account(speaker)
    }

    /// Takes a denial from what those who speak for the accused say did not happen, or call harmless.
    pub(super) fn defence(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        if frame.agentless || frame.speaker.is_none() {
            return None;
        }
        let said = self.text.get(frame.own.clone())?;
        let kin = self.phrases().my_own.stands_in(said);
        let speaks_for = kin || self.defends(frame.speaker.as_ref());
        let defends = speaks_for || !self.judges(frame) && self.is_accused(frame.speaker.as_ref());
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.content.end;
            let overlaps = draft.cue.start < frame.verb.end && frame.verb.start < draft.cue.end;
            overlaps || inside && !draft.candidate && draft.kind != StatementKind::Accuse
        });
        if taken
            || said.trim_end().ends_with('?')
            || defends && self.glance.has(&self.words.procedure, first_clause(said))
        {
            return None;
        }
        let only = [", not ", "nothing more", "nothing else", " rather than "].iter().any(|only| said.contains(only));
        let harmless = || self.glance.has(&self.words.innocent, said) && (only || !self.phrases().no.stands_in(said));
        let did_not = self.own_side_did_not(frame);
        let sub = if did_not || defends && self.denied_in(said) {
            "flat"
        } else if defends && harmless() {
            "alternative"
        } else {
            return None;
        };
        // Whoever was accused of one thing may speak of another.
        let candidate = !did_not && !speaks_for;
        let rule = if defends { "en.defends" } else { "en.own-side-not" };
        Some(self.denial(frame, sub, frame.confidence - 0.1, candidate, rule))
    }

    /// Makes a denial of what a frame says.
    fn denial(&self, frame: &Frame, sub: &str, confidence: f64, candidate: bool, rule: &str) -> Draft {
        Draft {
            kind: StatementKind::Deny,
            sub: Some(sub.to_owned()),
            speaker: frame.speaker.clone(),
            target: None,
            cue: frame.verb.clone(),
            claim: self.drop_that(frame.content.clone()),
            polarity: self.said_or_not(frame.verb.start),
            voice: Voice::Active,
            counter: false,
            background: false,
            via: frame.via.clone(),
            running_quote: frame.verb.is_empty(),
            confidence,
            candidate,
            rule: rule.to_owned(),
        }
    }

    /// Takes a candidate from whatever else the accused, or who speaks for them, say of the matter: “I throw good parties.
    /// Since when is that a crime?” Whether it denies anything is for a person to read; unasked it would be missed.
    pub(super) fn account(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        /// Fewer words tell nothing.
        const SHORTEST: usize = 4;
        let said = self.text.get(frame.own.clone())?;
        let speaks =
            self.defends(frame.speaker.as_ref()) || !self.judges(frame) && self.is_accused(frame.speaker.as_ref());
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.content.end;
            inside || draft.cue.start < frame.verb.end && frame.verb.start < draft.cue.end
        });
        let tells = said.split_whitespace().count() >= SHORTEST && !self.glance.has(&self.words.procedure, said);
        let holds = speaks && !taken && tells && !frame.agentless;
        holds.then(|| self.denial(frame, "alternative", frame.confidence - 0.4, true, "en.account"))
    }

    /// Says whether a content tells that the speaker's own side did not do what spies are accused of: "it had never paid
    /// him", "we took no orders", "none of our staff was involved".
    fn own_side_did_not(&self, frame: &Frame) -> bool {
        let said = self.stretch(frame.own.clone());
        self.phrases().no.iter().flat_map(|no| said.match_indices(no)).any(|(at, no)| {
            let end = frame.own.start + at + no.len();
            let stop = self.text[end..].find([',', ';', ':', '.']).map_or(self.text.len(), |stop| end + stop);
            let clause = self.stretch(end..floor(self.text, stop.min(end + 90)));
            let before = self.text[..frame.own.start + at].trim_end().rsplit(' ').next().unwrap_or_default();
            let modal =
                matches!(before, "will" | "would" | "could" | "can" | "should" | "may" | "might" | "must" | "shall");
            if modal || self.phrases().kept_from.stands_in(clause) {
                return false;
            }
            // "took no orders": the verb stands before; "never paid": behind.
            let of_noun = matches!(no.trim_matches([' ', '"', '“']), "no" | "nothing");
            let syntax = self.syntax();
            let verb = if of_noun { syntax.governor(end) } else { syntax.next_verb(end) };
            let Some(verb) = verb.filter(|verb| frame.own.contains(&verb.start)) else { return false };
            let word = self.stretch(verb.clone());
            if !of_noun && self.phrases().meets.begins(word) {
                return false;
            }
            let aux = self.text[..frame.own.start + at].trim_end().len() - before.len();
            let subject = self.subject(verb.start).or_else(|| self.subject(aux).filter(|_| !of_noun));
            let Some(subject) = subject else { return false };
            // "told the court that he took it but never passed it on": what is joined has the speaker for its subject.
            let speaker = matches!(&frame.speaker, Some(Named::Here(speaker)) if *speaker == subject);
            let own = if speaker {
                !self.judges(frame) && !self.holds_office(frame.speaker.as_ref())
            } else {
                frame.own.contains(&subject.start) && self.speaks_for(frame, &subject)
            };
            if !own {
                return false;
            }
            let deed = self.stretch(verb.start.min(end)..floor(self.text, stop.min(end + 90)));
            let hostile = self.glance.has(&self.words.hostile, deed) && !syntax.is_passive(verb.start) && !of_noun;
            hostile || self.glance.has(&self.words.dealing, deed)
        })
    }

    /// Says whether a speaker speaks for the subject of what they say: "we", "our staff", their state, the pronoun of
    /// one who is no officer of the law.
    fn speaks_for(&self, frame: &Frame, subject: &Range<usize>) -> bool {
        let name = self.stretch(subject.clone()).trim();
        if is_first_person(name) || self.is_state(subject) {
            return self.is_own(frame, subject);
        }
        let speaker = frame.speaker.as_ref();
        let first = name.split(' ').next().unwrap_or_default();
        match first {
            "he" | "she" | "they" | "his" | "her" | "their" => {
                self.defends(speaker) || !self.judges(frame) && !self.holds_office(speaker)
            }
            "it" | "its" => {
                let others = [&self.words.accuser, &self.words.court, &self.words.outlet];
                !others.iter().any(|words| self.matches(words, speaker))
            }
            _ => false,
        }
    }

    /// Says whether a speaker tells of others by office: the police, a court, a paper.
    pub(super) fn judges(&self, frame: &Frame) -> bool {
        let words = [&self.words.accuser, &self.words.power, &self.words.court, &self.words.outlet];
        words.iter().any(|words| self.matches(words, frame.speaker.as_ref()))
    }

    /// Says whether a clause has a negation and, behind it, what spies are accused of; what the accused is kept from
    /// (a lawyer, a visit, the file) is no denial.
    fn denied_in(&self, said: &str) -> bool {
        self.phrases().no.iter().filter_map(|no| said.find(no).map(|at| at + no.len())).any(|at| {
            let rest = &said[at..];
            let clause = &rest[..rest.find([',', ';', ':', '.']).unwrap_or(rest.len())];
            let clause = if clause.len() < 12 { &rest[..floor(rest, rest.len().min(80))] } else { clause };
            !self.phrases().kept_from.stands_in(clause) && self.phrases().dealings.stands_in(clause)
        })
    }
}

/// Returns what is said up to where it goes on with what will be done: "was innocent and would fight the charges".
fn first_clause(said: &str) -> &str {
    let end = [" and would ", " and will ", " and intends ", " and plans ", " and looks ", ", and "]
        .iter()
        .filter_map(|mark| said.find(mark))
        .min();
    &said[..end.unwrap_or(said.len())]
}
