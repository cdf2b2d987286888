//! Denials that may be none, or another's: what is refused and no claim, whose claim it is, and who tells of it.

use std::ops::Range;

use super::super::Named;
use super::Sentence;
use super::frame::Frame;
use super::speaker::{Actor, is_first_person, is_pronoun};
use crate::lexicon::{ByWhom, CueHit, Object};
use crate::model::StatementKind;

impl Sentence<'_> {
    /// Says whether a cue that holds leaves open whether its speaker denies a charge of their own: a person decides.
    pub(super) fn is_doubted(
        &self,
        hit: &CueHit<'_>,
        actor: &Actor,
        frame: Option<&Frame>,
        frames: &[Frame],
        kind: StatementKind,
    ) -> bool {
        let (cue, at) = (hit.cue, hit.word.start);
        // "accused Beijing of denying it", "says Beijing lied when it denied it": whose denial it is needs a reader.
        let blamed = ["of ", "for "].iter().any(|word| self.text[..at].ends_with(word))
            && self.stretch(hit.word.clone()).split(' ').next().is_some_and(|verb| verb.ends_with("ing"));
        let either = self.text[..at].ends_with(" it ")
            && frame.is_some_and(|frame| {
                self.actors().iter().any(|actor| frame.content.start <= actor.start && actor.end < at)
            });
        if kind != StatementKind::Deny {
            return kind == StatementKind::NoComment && blamed;
        }
        let mut candidate = blamed || either;
        candidate |= cue.rule == "defence-maintains" && !self.matches(&self.words.lawyer, actor.speaker.as_ref());
        // A court that rejects a claim decides; a study refutes it; and who calls a denial false denies nothing.
        let decides = self.matches(&self.words.court, actor.speaker.as_ref())
            || self.matches(&self.words.accuser, actor.speaker.as_ref())
            || self.matches(&self.words.study, actor.speaker.as_ref());
        let of_denial = cue.frame && self.stretch(self.clause_start(at)..at).contains("denial")
            || hit.claim.as_ref().is_some_and(|claim| self.stretch(claim.clone()).contains("denial"));
        candidate |= decides && cue.sub.as_deref() != Some("plea") || of_denial;
        let answers = self.answers_for_accused(actor.speaker.as_ref());
        candidate |= cue.by == Some(ByWhom::Accused) && !answers;
        // Who rejects what another tells of itself may deny nothing of their own.
        let others = || self.is_account_of_state(hit.word.end) || self.is_of_china(hit.word.end);
        candidate |= cue.object == Object::Claim && !answers && others();
        // "MI5 said the profiles were false": no claim is called so.
        candidate |= cue.rule == "is-false" && !answers && !self.is_claim_called(at, &hit.word);
        // "Ottawa rejected Beijing's denial": of a denial is told, and perhaps of an old one.
        let begins = || {
            let start = hit.matched.start;
            let owner =
                self.text[start..].starts_with(['\'', '’']).then(|| self.syntax().phrase_before(start)).flatten();
            // The owner may stand before a mark at which the clause begins.
            let end = owner.map_or(start, |owner| owner.start);
            self.text.get(self.clause_start(start)..end).is_none_or(|before| before.split_whitespace().count() <= 1)
        };
        candidate |= cue.rule == "denial-owned" && (!begins() || frame.is_some_and(|frame| !frame.verb.is_empty()));
        // "said he falsely denied it".
        let told = self.stretch(self.clause_start(at)..at);
        candidate |= self.phrases().belied.stands_in(told);
        // "The president said the expulsion had nothing to do with trade": of what is neither theirs nor a charge.
        candidate |= matches!(cue.rule.as_str(), "says-no" | "not-a-spy" | "no-spy")
            && !answers
            && !self.names_actor(actor.speaker.as_ref())
            && self.says_of_others(hit, frames);
        candidate |= cue.rule == "refutes" && !answers && self.phrases().weighs.begins(self.stretch(hit.word.clone()));
        // “They told us, ‘We deny it’”: whose words they are, the marks do not say.
        candidate |= self.in_nested_quotation(at);
        // "the lawyer for Mr Tarn, who denies it": which of the two, the sentence does not say.
        candidate |= matches!(&actor.speaker, Some(Named::Here(range)) if self.is_of_two(range));
        // Whoever is not accused and sees no evidence denies nothing.
        candidate |= cue.rule == "no-evidence" && !self.names_actor(actor.speaker.as_ref());
        candidate
    }

    /// Says whether one who is on no known side hits out by office at what others are told to have done: they condemn it.
    pub(super) fn hits_by_office(&self, speaker: Option<&Named>) -> bool {
        // "a tycoon branded an agent by an MP" holds no office.
        let head = speaker.map(|speaker| match speaker {
            Named::Here(range) => {
                let name = self.stretch(range.clone());
                Named::Here(range.start..range.start + name.find(" by ").unwrap_or(name.len()))
            }
            Named::Before(name) => Named::Before(name.clone()),
        });
        let head = head.as_ref();
        let words = [&self.words.power, &self.words.body];
        self.sides(speaker).is_empty() && (self.holds_office(head) || words.iter().any(|w| self.matches(w, head)))
    }

    /// Says whether a noun for a denial stands where none was made, or none yet.
    pub(super) fn is_no_denial(&self, hit: &CueHit<'_>) -> bool {
        let clause = self.stretch(self.clause_start(hit.matched.start)..self.clause_end(hit.matched.end));
        let clause = format!(" {clause} ");
        self.phrases().no_denial.stands_in(&clause)
    }

    /// Says whether somebody is denied something: two objects follow each other, "the consul a seat", "him news".
    pub(super) fn takes_two_objects(&self, end: usize) -> bool {
        const TIMES: &[&str] =
            &["day", "week", "month", "year", "morning", "evening", "same", "next", "previous", "first"];
        let Some(behind) = self.text[end..].strip_prefix(' ') else { return false };
        let pronoun = behind.split(' ').next().unwrap_or_default();
        let Some(first) = self.syntax().object_after(end) else { return false };
        // "denied running a network".
        if pronoun.ends_with("ing") {
            return false;
        }
        let first_end =
            if matches!(pronoun, "him" | "them" | "us" | "me") { end + 1 + pronoun.len() } else { first.end };
        let Some(rest) = self.text[first_end..].strip_prefix(' ') else { return false };
        let mut words = rest.split(' ');
        let (article, noun) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let second =
            matches!(article, "a" | "an" | "the" | "any" | "his" | "her" | "its" | "their" | "access" | "entry");
        second && !TIMES.contains(&noun.trim_matches(|c: char| !c.is_alphanumeric()))
    }

    /// Says whether somebody is what stands behind a verb, for something they did: "mocked Beijing for denying it".
    pub(super) fn is_somebody_for(&self, end: usize) -> bool {
        let at = self.text[end..].len() - self.text[end..].trim_start().len() + end;
        self.actors().iter().any(|actor| actor.start == at && self.text[actor.end..].starts_with(" for "))
    }

    /// Says whether what is called untrue belongs to China's side, and another calls it so: "the embassy's claim".
    pub(super) fn is_of_china(&self, end: usize) -> bool {
        let Some(object) = self.syntax().object_after(end) else { return false };
        let name = self.stretch(object.clone());
        // "rejects China claim".
        let bare = ["china ", "chinese ", "beijing "].iter().find_map(|state| name.strip_prefix(state));
        let noun = bare.and_then(|rest| rest.split(' ').next());
        if noun.is_some_and(|noun| self.glance.has(&self.words.claim, noun)) {
            return true;
        }
        let Some(owner) = ["'s ", "’s "].iter().find_map(|mark| name.find(mark)) else { return false };
        let owner = object.start..object.start + owner;
        let mission = self.glance.has(&self.words.mission, self.stretch(owner.clone()));
        let china = self.sides(Some(&Named::Here(owner))).iter().any(|side| matches!(side.as_str(), "CN" | "HK"));
        china || mission
    }

    /// Says whether a verb of denying closes a clause behind "which", and the clause before speaks of what one asks for
    /// and of no claim.
    pub(super) fn refuses_before(&self, verb: usize, end: usize) -> bool {
        let closes = self.text[end..].trim_start().starts_with(['.', ',', ';']) || end == self.text.len();
        let Some(which) = self.text[..verb].rfind(", which ").filter(|_| closes) else { return false };
        let before = self.stretch(self.clause_start(which)..which);
        self.glance.has(&self.words.refused, before)
            && !self.glance.has(&self.words.claim, before)
            && !self.glance.has(&self.words.hostile, before)
    }

    /// Says whether the noun before "was false" is a thing that is forged: "the passport", "his identity".
    pub(super) fn is_false_thing(&self, verb: usize) -> bool {
        let noun = self.text[..verb].trim_end().rsplit(' ').next().unwrap_or_default();
        self.phrases().forged.has(noun)
    }

    /// Says whether what is called untrue is what a state tells of itself: "rejected China's account of the encounter".
    pub(super) fn is_account_of_state(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let owner = at + rest.len() - rest.trim_start().len();
        let Some(actor) = self.actors().iter().find(|actor| actor.start == owner) else { return false };
        let owned = ["'s ", "’s "].iter().find_map(|mark| self.text[actor.end..].strip_prefix(mark));
        self.is_state(actor) && owned.is_some_and(|noun| self.phrases().own_account.begins(noun))
    }

    pub(super) fn names_actor(&self, speaker: Option<&Named>) -> bool {
        match speaker {
            Some(Named::Here(range)) => {
                self.actors().iter().any(|actor| range.start <= actor.start && actor.end <= range.end)
                    || self.glance.has(&self.words.company, self.stretch(range.clone()))
            }
            Some(Named::Before(name)) => !self.places.lexicon.actors_in(name).is_empty(),
            None => false,
        }
    }

    /// Says whether what a cue takes back is said of others than whoever says so.
    pub(super) fn says_of_others(&self, hit: &CueHit<'_>, frames: &[Frame]) -> bool {
        let frame = frames.iter().find(|frame| {
            !frame.verb.is_empty() && (frame.verb.start == hit.word.start || frame.content.contains(&hit.word.start))
        });
        let Some(frame) = frame else { return false };
        let (cue, told) = (self.stretch(hit.word.clone()), self.stretch(hit.word.end..self.clause_end(hit.word.end)));
        let charge = self.glance.has(&self.words.hostile, told)
            || self.glance.has(&self.words.hostile, cue) && !cue.ends_with("threat");
        let claim = ["true", "truth", "basis", "so-called"].iter().any(|word| cue.contains(word));
        // Of a person or a firm it is rather their own account.
        let by_office = self.judges(frame) || self.holds_office(frame.speaker.as_ref());
        if is_first_person(cue) || charge || claim || !by_office {
            return false;
        }
        let subject = if frame.verb.start == hit.word.start {
            self.syntax().subject_within(&frame.own)
        } else {
            self.subject(hit.word.start)
        };
        subject.is_some_and(|subject| {
            let name = self.stretch(subject.clone());
            // "no material had been passed": by whom not, only the speaker tells.
            let nothing = ["no ", "none ", "nothing"].iter().any(|no| name.starts_with(no));
            let theirs = ["its ", "our ", "their ", "my "].iter().any(|own| name.starts_with(own));
            if nothing || theirs { self.judges(frame) } else { name == "there" || !self.is_own(frame, &subject) }
        })
    }

    /// Says whether what is called false is a claim, or a pronoun for one, or the words tell so by themselves: "a smear".
    pub(super) fn is_claim_called(&self, verb: usize, cue: &Range<usize>) -> bool {
        let subject = self.subject(verb).map(|subject| self.stretch(subject));
        // "it was absurd that the drones were in use".
        let clause = [" that ", " to "].iter().any(|word| self.text[cue.end..].starts_with(word));
        let called = self.stretch(cue.clone());
        let of_clause = ["the case", "true"].iter().any(|word| called.ends_with(word));
        of_clause && clause
            || self.phrases().names_a_claim.stands_in(called)
            || !(clause && subject == Some("it"))
                && subject.is_none_or(|name| {
                    let words = format!(" {name} ");
                    is_pronoun(name)
                        || self.glance.has(&self.words.claim, name)
                        || self.phrases().said_things.iter().any(|thing| words.contains(&format!(" {thing} ")))
                })
    }

    /// Says whether a place lies in a quotation that stands inside another.
    pub(super) fn in_nested_quotation(&self, at: usize) -> bool {
        if !self.in_quotation(at) {
            return false;
        }
        let from = self.text[..at].rfind(['“', '"']).unwrap_or(0);
        let before = self.stretch(from..at);
        let opened = before.rfind('‘').or_else(|| before.rfind(" '")).or_else(|| before.rfind("\"'"));
        opened.is_some_and(|open| {
            let inner = before[open..].trim_start_matches(['‘', ' ', '\'', '"']);
            !inner.contains('’') && !inner.contains("' ") && !inner.contains(",'")
        })
    }

    /// Says whether a phrase that "who" follows names somebody and whom they stand for.
    pub(super) fn is_of_two(&self, name: &Range<usize>) -> bool {
        let follows = self.text[name.end..].trim_start_matches(',').trim_start().starts_with("who ");
        let name = self.stretch(name.clone());
        let titled = ["mr ", "mrs ", "ms ", "miss ", "dr "];
        follows
            && [" for ", " of "].iter().any(|join| {
                name.find(join).is_some_and(|at| titled.iter().any(|title| name[at + join.len()..].starts_with(title)))
            })
    }
}
