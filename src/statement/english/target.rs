//! Whom an act is directed at: what the pattern names, the object of the verb, or whoever stands behind "on", "to" or
//! "against".

use std::ops::Range;

use super::super::{Carried, Named};
use super::Sentence;
use super::speaker::{Actor, fits, is_first_person, is_pronoun};
use crate::fold;
use crate::lexicon::CueHit;
use crate::model::{StatementKind, Voice};

/// How far behind what is blamed on somebody they may stand: "pins the raid, with moderate confidence, on".
const FAR_BLAMED: usize = 60;

impl Sentence<'_> {
    /// Lets a target that stops inside an actor's name, as at the "of" of a ministry, go to the end of the name.
    pub(super) fn with_whole_target<'h>(&self, hit: &CueHit<'h>) -> CueHit<'h> {
        let mut hit = hit.clone();
        let Some(target) = &mut hit.target else { return hit };
        let name = self.actors().iter().find(|actor| actor.start < target.end && target.end < actor.end);
        let Some(name) = name.filter(|name| target.start <= name.start) else { return hit };
        target.end = name.end;
        if let Some(claim) = &mut hit.claim
            && claim.start < name.end
            && name.end < claim.end
        {
            let rest = self.stretch(name.end..claim.end);
            let joined = [" of ", " for ", " with "].iter().find(|word| rest.starts_with(**word));
            claim.start = name.end + joined.map_or(0, |word| word.len());
        }
        hit
    }

    /// Returns at whom an act is directed: whom the pattern names, whom a passive is about, or the object of the verb.
    pub(super) fn directed_at(&self, hit: &CueHit<'_>, actor: &Actor) -> Option<Range<usize>> {
        let (kind, active) = (hit.cue.kind, actor.voice == Voice::Active);
        if let Some(named) = hit.target.clone().filter(|_| !self.ascribes(hit)) {
            return Some(named);
        }
        // "Ten years for radar expert": what stands first is what they were given.
        let subject = actor.target.clone().filter(|_| hit.cue.rule != "so-many-years");
        subject
            .map(|target| self.without_stands(target))
            .or_else(|| self.object(hit).filter(|_| active && !hit.cue.frame || kind == StatementKind::Protest))
            .or_else(|| self.object(hit).filter(|_| hit.cue.rule == "so-many-years"))
            .or_else(|| {
                // "went on trial, charged with": the subject of the sentence.
                let apart = kind == StatementKind::Charge && actor.voice == Voice::Agentless;
                if apart { self.syntax().first_subject(hit.word.start) } else { None }
            })
    }

    /// Whom an act is directed at, where the pattern does not say.
    fn object(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let end = hit.matched.end;
        let behind = |joins: &[&str]| self.behind_join(end.max(hit.word.end), joins);
        let threat = hit.cue.sub.as_deref() == Some("threat");
        match hit.cue.kind {
            _ if self.ascribes(hit) => self.syntax().object_after(end),
            StatementKind::Retract => behind(&[" against ", " to "]),
            StatementKind::Investigate => behind(&[" whether ", " that "]),
            StatementKind::Verdict if hit.cue.rule == "so-many-years" => {
                let matched = self.stretch(hit.matched.clone());
                self.syntax().object_after(hit.matched.start + matched.rfind(" for ")? + " for".len())
            }
            StatementKind::Verdict if hit.cue.sub.as_deref() == Some("dismissed") => {
                // "overturned the acquittal of the clerk", but "threw out the charges of fraud".
                let of_person = self.stretch(hit.matched.clone()).ends_with("al")
                    || self.stretch(hit.matched.clone()).ends_with("ion");
                behind(if of_person { &[" of ", " against "] } else { &[" against "] })
            }
            // "took away the trader on suspicion of".
            StatementKind::Charge if self.stretch(hit.word.clone()).starts_with("on suspicion") => {
                self.syntax().phrase_before(hit.word.start)
            }
            StatementKind::Protest => self.protested_with(hit),
            StatementKind::Warn if threat => None,
            StatementKind::Verdict
            | StatementKind::Charge
            | StatementKind::Warn
            | StatementKind::Demand
            | StatementKind::Condemn
            | StatementKind::Accuse => self.object_of_verb(hit),
            _ => None,
        }
    }

    /// Returns the object of a verb, or whom a thing that is its object concerns: "cracked a case in which a firm …".
    fn object_of_verb(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let from = self.behind_verb(&hit.matched);
        let object = self.short_object(from).or_else(|| self.syntax().object_after(from))?;
        let object = self.blamed(object);
        let name = self.stretch(object.clone());
        let rest = &self.text[object.end..];
        let phrases = self.phrases();
        // "found a supplier guilty of": the verdict is no part of the name.
        if let Some(verdict) = name.find(" guilty") {
            return Some(object.start..object.start + verdict);
        }
        // "acquitted the professor of all charges".
        if hit.cue.kind == StatementKind::Verdict
            && let Some(of) =
                name.find(" of ").filter(|of| name[*of..].contains("charge") || name[*of..].contains("count"))
        {
            return Some(object.start..object.start + of);
        }
        if hit.cue.kind == StatementKind::Charge && phrases.matters.stands_in(name) {
            // "cracks a case involving a consultant", "of a foreign agency stealing data".
            let inner =
                [" involving ", " of ", " against "].iter().find_map(|join| name.find(join).map(|at| at + join.len()));
            if let Some(inner) = inner {
                let whom = self.syntax().object_after(object.start + inner - 1)?;
                let whom = whom.start..whom.end.min(object.end);
                return self.can_speak(&whom).then_some(whom);
            }
            let join =
                [" in which ", " involving ", " against ", " where "].iter().find(|join| rest.starts_with(**join));
            return join.and_then(|join| self.syntax().object_after(object.end + join.len() - 1));
        }
        if self.is_paper_of_act(name) {
            let from = rest.starts_with(" from ") && hit.cue.kind == StatementKind::Demand;
            return if from { self.syntax().object_after(object.end + " from".len()) } else { None };
        }
        Some(object)
    }

    /// Says whether a name is that of something that is asked for, issued or lodged.
    fn is_paper_of_act(&self, name: &str) -> bool {
        name.split(' ').any(|word| {
            let word = word.strip_suffix('s').unwrap_or(word);
            self.phrases().papers_of_acts.iter().any(|paper| paper.strip_suffix('s').unwrap_or(paper) == word)
        })
    }

    /// Returns a pronoun or a bare number that is the object of a verb: "indicted her", "indict three over".
    fn short_object(&self, from: usize) -> Option<Range<usize>> {
        let rest = &self.text[from..];
        let start = from + rest.len() - rest.trim_start().len();
        let mut words = self.text[start..].split(' ');
        let word = words.next()?.trim_end_matches(|c: char| !c.is_alphanumeric());
        let next = words.next().unwrap_or_default();
        let ends = next.is_empty()
            || [
                "on", "over", "to", "in", "for", "of", "with", "at", "by", "after", "as", "from", "last", "and",
                "under",
            ]
            .contains(&next);
        let pronoun = matches!(word, "him" | "them") || word == "her" && ends;
        (pronoun || ends && self.phrases().counts.has(word)).then(|| start..start + word.len())
    }

    /// Returns with whom a protest is lodged, or who is summoned.
    fn protested_with(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let matched = self.stretch(hit.matched.clone());
        if self.is_made(hit)
            && ["summoned", "called in", "hauled in", "carpeted"].iter().any(|end| matched.ends_with(end))
        {
            return self.subject(hit.matched.start + matched.rfind(" was ").or_else(|| matched.find(" "))? + 1);
        }
        let summons = self.syntax().object_after(self.behind_verb(&hit.matched)).filter(|object| {
            let name = self.stretch(object.clone());
            !self.is_paper_of_act(name)
        });
        summons.or_else(|| self.behind_join(hit.matched.end, &[" with ", " to ", " against "]))
    }

    /// Returns the name behind the first of the words that stands in the rest of a clause.
    fn behind_join(&self, from: usize, joins: &[&str]) -> Option<Range<usize>> {
        // The pattern may have taken the word itself: "apologised to".
        let from = self.text[..from].rfind(' ').unwrap_or(from);
        let clause = self.stretch(from..self.clause_end(from).max(from));
        let at = joins.iter().filter_map(|join| clause.find(join).map(|at| at + join.len() - 1)).min()?;
        self.syntax().object_after(from + at)
    }

    /// Names a target: a pronoun takes the name that it points to, which is never that of the speaker.
    pub(super) fn whom(&self, target: Range<usize>, speaker: Option<&Named>, carried: &Carried) -> Named {
        let name = self.stretch(target.clone()).trim();
        let speaks = |other: &str| match speaker {
            Some(Named::Here(range)) => fold::text(other) == self.stretch(range.clone()),
            Some(Named::Before(name)) => other == name,
            None => false,
        };
        if !is_pronoun(name) || is_first_person(name) {
            return Named::Here(target);
        }
        let earlier = self.noun_before(&target).filter(|range| !speaks(&self.printed(range.clone())));
        match name {
            "he" | "she" | "him" | "her" | "his" => earlier
                .filter(|range| self.is_person(range) && fits(name, self.stretch(range.clone())))
                .map(Named::Here)
                .or_else(|| {
                    let may_be = |known: &&String| {
                        let folded = fold::text(known);
                        let named = known.contains(char::is_uppercase) && !is_pronoun(&folded);
                        named && fits(name, &folded) && !speaks(known) && !self.phrases().offices.stands_in(&folded)
                    };
                    let accused = self.accused.iter().rev().filter(|known| self.may_be_person(known)).find(may_be);
                    let known = accused.or_else(|| carried.person.as_ref().filter(may_be));
                    known.cloned().map(Named::Before)
                })
                .unwrap_or(Named::Here(target)),
            "who" | "which" | "that" | "whom" => earlier.map_or(Named::Here(target), Named::Here),
            _ => Named::Here(target),
        }
    }

    /// Says whether the name of one who was accused may be a person's: it is no state's and no company's.
    fn may_be_person(&self, name: &str) -> bool {
        self.places.lexicon.actors_in(name).is_empty() && !self.words.body.is_match(&fold::text(name))
    }

    /// Returns of whom a hostile act is told in a stretch of the sentence.
    pub(super) fn told_of(&self, said: &Range<usize>) -> Option<Range<usize>> {
        let syntax = self.syntax();
        let subject = syntax.subject_within(said).or_else(|| syntax.who_did(said))?;
        // "the attack was carried out by hackers": of the hackers.
        if let Some(verb) = syntax.next_verb(subject.end).filter(|verb| syntax.is_passive(verb.start))
            && let Some(agent) = self.by_whom(verb.start).filter(|agent| agent.end <= said.end)
        {
            return Some(agent);
        }
        // "the fellow, whose visa was cancelled, was steered": of the one whose it is.
        if self.stretch(subject.clone()).starts_with("whose ") {
            let before = self.text[..subject.start].trim_end_matches([' ', ',']).len();
            return syntax.phrase_before(before).filter(|owner| said.start <= owner.start);
        }
        Some(subject)
    }

    /// Says whether a cue ascribes an act to somebody, who stands behind "to": "attributed the intrusion to the group".
    fn ascribes(&self, hit: &CueHit<'_>) -> bool {
        let verb = self.stretch(hit.word.clone());
        hit.target.is_some()
            && ["attribut", "ascrib", "trac"].iter().any(|stem| verb.starts_with(stem))
            && self.text[..hit.matched.end].ends_with(" to")
    }

    /// Goes from what is blamed on somebody, or the finger that points, to whom: "blamed the breach on the group".
    fn blamed(&self, object: Range<usize>) -> Range<usize> {
        let name = self.stretch(object.clone());
        let finger = ["the finger at ", "a finger at ", "its finger at ", "fingers at "];
        if let Some(mark) = finger.iter().find(|mark| name.starts_with(**mark)) {
            return object.start + mark.len()..object.end;
        }
        let verb = self.text[..object.start].trim_end().rsplit(' ').next().unwrap_or_default();
        let lays = ["blam", "pin", "turn", "lay", "laid"].iter().any(|stem| verb.starts_with(stem));
        let rest =
            self.stretch(object.end..super::clause::floor(self.text, self.text.len().min(object.end + FAR_BLAMED)));
        let whom = rest.find(" on ").filter(|_| lays);
        let whom = whom.and_then(|on| self.syntax().object_after(object.end + on + " on".len()));
        whom.unwrap_or(object)
    }

    /// Takes the verb off "China stands accused".
    fn without_stands(&self, target: Range<usize>) -> Range<usize> {
        let name = self.stretch(target.clone());
        let bare = [" stands", " stand", " stood"].iter().find_map(|verb| name.strip_suffix(verb)).unwrap_or(name);
        // "refused bail to an engineer accused of it".
        let to = [" to a ", " to an ", " to the "].iter().find_map(|join| bare.find(join).map(|at| at + " to ".len()));
        target.start + to.unwrap_or(0)..target.start + bare.len()
    }
}
