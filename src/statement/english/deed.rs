//! What is said of somebody: whether a content tells of a hostile deed and of its doer, or only holds a hostile word;
//! and what an accuser tells of the accused.

use std::ops::Range;

use super::super::office::speaks_for;
use super::super::{Draft, Named};
use super::Sentence;
use super::clause::floor;
use super::frame::Frame;
use super::speaker::{is_first_person, is_pronoun};
use super::syntax::Role;
use crate::fold;
use crate::lexicon::ActorKind;
use crate::model::{StatementKind, side_of};

/// How far before a hostile word a negation may stand that takes it back.
const UNSAID: usize = 60;

/// What a content does with a hostile act.
#[derive(PartialEq, Eq)]
pub(super) enum Deed {
    /// It tells who does it.
    Told,
    /// It holds the word, and nobody who acts.
    Mentioned,
    /// It holds none, or takes it back.
    None,
}

impl Sentence<'_> {
    /// Says what a content does with the hostile acts in it.
    pub(super) fn deed(&self, frame: &Frame, drafts: &[Draft]) -> Deed {
        let Some(said) = self.text.get(frame.own.clone()) else { return Deed::None };
        let within = |range: &Range<usize>| frame.own.start <= range.start && range.end <= frame.own.end;
        if self.places.get().threats.iter().any(within) {
            return Deed::Told;
        }
        if self.instructs(frame) {
            return Deed::Mentioned;
        }
        // What is looked into is not told: "a task force will probe how the hackers …".
        let probed = drafts
            .iter()
            .filter(|draft| draft.kind == StatementKind::Investigate && within(&draft.cue))
            .map(|draft| draft.cue.start)
            .min();
        let mut deed = Deed::None;
        let named = self.names_another(frame);
        for found in self.glance.all_of(&self.words.hostile, said) {
            let act = frame.own.start + found.start..frame.own.start + found.end;
            // "He leaked nothing", "it stole no secrets".
            let nothing = [" nothing", " no "].iter().any(|no| self.text[act.end..].starts_with(no));
            if nothing
                || is_asked(said, found.end)
                || self.is_unsaid(said, found.start)
                || probed.is_some_and(|probed| probed < act.start)
            {
                // What is taken back first is what the sentence is about.
                if deed == Deed::None && !named {
                    return Deed::None;
                }
                continue;
            }
            if self.is_done(frame, &act, named) {
                return Deed::Told;
            }
            deed = Deed::Mentioned;
        }
        deed
    }

    /// Says whether somebody is told to do something: "told agencies to rip out the boxes".
    fn instructs(&self, frame: &Frame) -> bool {
        let tells = matches!(self.stretch(frame.verb.clone()), "told" | "tells" | "tell" | "telling");
        let whom = if tells { self.syntax().object_after(frame.verb.end) } else { None };
        whom.is_some_and(|whom| {
            self.text[whom.end..].starts_with(" to ") || self.text[whom.end..].starts_with(" not to ")
        })
    }

    /// Says whether a word before a hostile act in its clause takes it back: "does not support attacks".
    fn is_unsaid(&self, said: &str, at: usize) -> bool {
        if self.phrases().not_knowing.stands_in(&said[floor(said, at.saturating_sub(2 * UNSAID))..at]) {
            return true;
        }
        let before = &said[floor(said, at.saturating_sub(UNSAID))..at];
        let clause = &before[before.rfind([',', ';', ':']).map_or(0, |at| at + 1)..];
        self.glance.has(&self.words.unsaid, clause)
    }

    /// Says whether somebody other than the speaker is told to do a hostile act.
    fn is_done(&self, frame: &Frame, act: &Range<usize>, named: bool) -> bool {
        let agent = || self.by_whom(act.start).is_some_and(|agent| !self.is_own(frame, &agent));
        match self.syntax().role(act.start) {
            Role::Active => match self.subject(act.start) {
                Some(subject) => !self.is_own(frame, &subject),
                None => named || self.syntax().subject_within(&frame.own).is_some_and(|one| !self.is_own(frame, &one)),
            },
            // "students were threatened" tells that somebody did it; "its systems were breached" tells of an accident.
            Role::Passive => named || agent() || self.befell(frame, act.start),
            Role::Noun => {
                let word = self.stretch(act.clone());
                // "the interference laws would be tightened": the act only describes a noun.
                let next = self.text[act.end..].strip_prefix(' ').unwrap_or_default();
                if self.phrases().described.begins(next) {
                    return false;
                }
                named
                    || agent()
                    || self.phrases().doers.has(word) && self.syntax().acts_or_is_called(act)
                    || self.commits(frame, act)
            }
        }
    }

    /// Says whether a verb in the passive tells what was done to others than the speaker.
    fn befell(&self, frame: &Frame, verb: usize) -> bool {
        if self.syntax().is_reduced(verb) {
            return false;
        }
        let Some(subject) = self.subject(verb) else { return false };
        let name = self.stretch(subject.clone());
        let owned = ["its ", "our ", "it", "we"].iter().any(|own| name.starts_with(own));
        frame.own.contains(&subject.start) && !owned && !self.is_own(frame, &subject)
    }

    /// Says whether somebody other than the speaker commits the act that a noun names: "they launched attacks", or
    /// something is called one: "this is theft".
    fn commits(&self, frame: &Frame, act: &Range<usize>) -> bool {
        // "the intrusion lasted": the act is the subject, and nobody does it.
        let Some(verb) = self.syntax().governor(act.start).filter(|verb| frame.own.contains(&verb.start)) else {
            return !self.syntax().verb_follows(act.end);
        };
        let word = self.stretch(verb.clone());
        if self.phrases().meets.begins(word) {
            return false;
        }
        let is = matches!(word, "is" | "are" | "was" | "were" | "been");
        let subject = self.subject(verb.start).or_else(|| self.syntax().subject_within(&frame.own));
        let Some(subject) = subject.filter(|subject| frame.own.contains(&subject.start)) else {
            return !self.syntax().verb_follows(act.end);
        };
        let confesses = || self.syntax().subject_within(&frame.own).is_some_and(|one| self.stretch(one) == "i");
        if is && matches!(self.stretch(subject.clone()), "it" | "this" | "that" | "these" | "those") {
            return !confesses();
        }
        !self.is_own(frame, &subject)
    }

    /// Says whether a content names an actor of another side than the speaker's, or speaks of one without a name.
    fn names_another(&self, frame: &Frame) -> bool {
        let said = self.stretch(frame.own.clone());
        if self.phrases().foreign.stands_in(said) {
            return true;
        }
        let print = &self.scene.print()[self.scene.folded.print_range(frame.own.clone())];
        let own = self.sides(frame.speaker.as_ref());
        let mentions = self.places.lexicon.actors_in(print);
        let named =
            mentions.iter().any(|one| one.kind != ActorKind::Observer && !own.iter().any(|own| own == side_of(one.id)));
        named
            || self
                .phrases()
                .peoples
                .iter()
                .any(|(people, state)| said.contains(people) && !own.iter().any(|own| own == state))
    }

    /// Says whether somebody stands in what is said, or says it, of whom a hostile act may be told: an actor of another
    /// side, hackers, one who was accused, or a pronoun for them. "The exercise simulated an attack" accuses nobody.
    pub(super) fn has_doer(&self, frame: &Frame) -> bool {
        if self.names_another(frame)
            || self.matches(&self.words.accuser, frame.speaker.as_ref())
            || frame.agentless
            || self.issued_by_office(frame.speaker.as_ref())
        {
            return true;
        }
        let said = self.stretch(frame.own.clone());
        let agents = self.phrases().doers.iter().any(|word| has_word(said, word))
            || self.phrases().bands.iter().any(|band| said.contains(band))
            || self
                .places
                .get()
                .threats
                .iter()
                .any(|range| frame.own.start <= range.start && range.end <= frame.own.end);
        agents
            || self.told_of(&frame.own).is_some_and(|subject| {
                let name = self.stretch(subject.clone());
                self.phrases().accused.has(name)
                    || matches!(name, "he" | "she" | "they" | "it" | "this" | "who")
                    || self.is_accused(Some(&Named::Here(subject.clone())))
                    || self.is_person(&subject)
                    || self.printed(subject.clone()).starts_with(char::is_uppercase)
                    // "this espionage campaign has stolen": one act does another.
                    || self.glance.has(&self.words.hostile, name)
            })
    }

    /// Returns the states, or the company, for which a speaker speaks.
    pub(super) fn sides(&self, speaker: Option<&Named>) -> Vec<String> {
        let name = match speaker {
            Some(Named::Here(range)) => self.scene.print()[self.scene.folded.print_range(range.clone())].to_owned(),
            Some(Named::Before(name)) => name.clone(),
            None => return Vec::new(),
        };
        let mentions = self.places.lexicon.actors_in(&name);
        let theirs = mentions.iter().filter(|mention| speaks_for(self.phrases(), &name, mention));
        theirs.map(|mention| side_of(mention.id).to_owned()).collect()
    }

    /// Says whether a subject in a content is the speaker, or the speaker's side, or nobody at all.
    pub(super) fn is_own(&self, frame: &Frame, subject: &Range<usize>) -> bool {
        let name = self.stretch(subject.clone()).trim();
        if is_first_person(name) || matches!(name, "there" | "you" | "nobody" | "none" | "no one" | "everyone") {
            return true;
        }
        let of_a_person = match &frame.speaker {
            Some(Named::Here(range)) if range == subject => return true,
            Some(Named::Here(range)) => self.is_person(range),
            Some(Named::Before(name)) => self.words.person.is_match(&fold::text(name)),
            None => false,
        };
        if is_pronoun(name) {
            let accuses = self.matches(&self.words.accuser, frame.speaker.as_ref())
                || self.matches(&self.words.power, frame.speaker.as_ref());
            return match name {
                "he" | "she" => of_a_person && !accuses && !self.holds_office(frame.speaker.as_ref()),
                "it" => !of_a_person && !accuses,
                "this" | "these" | "those" | "that" => false,
                _ => false,
            };
        }
        let print = &self.scene.print()[self.scene.folded.print_range(subject.clone())];
        let theirs: Vec<String> =
            self.places.lexicon.actors_in(print).iter().map(|one| side_of(one.id).to_owned()).collect();
        let own = self.sides(frame.speaker.as_ref());
        !theirs.is_empty() && theirs.iter().all(|side| own.contains(side))
    }

    /// Says whether a person speaks by office or by trade, so that "he" in what they say is hardly they.
    pub(super) fn holds_office(&self, speaker: Option<&Named>) -> bool {
        let name = match speaker {
            Some(Named::Here(range)) => self.stretch(range.clone()).to_owned(),
            Some(Named::Before(name)) => fold::text(name),
            None => return false,
        };
        // "mp" begins a word, and does not stand in "company".
        let name = format!(" {name}");
        self.phrases().offices.iter().any(|office| name.contains(&format!(" {office}")))
    }

    /// Says whether an accuser, or a court that was told, tells what the accused did and nothing of the proceedings.
    pub(super) fn tells_of_the_accused(&self, frame: &Frame) -> bool {
        let accuses = frame.agentless || self.matches(&self.words.accuser, frame.speaker.as_ref());
        let Some(said) = self.text.get(frame.own.clone()).filter(|_| accuses) else { return false };
        if said.split_whitespace().count() < 4 || self.glance.has(&self.words.procedure, said) {
            return false;
        }
        let Some(subject) = self.syntax().who_did(&frame.own) else { return false };
        let name = self.stretch(subject.clone());
        let negated = [" not ", " never ", " no ", "n't ", "n’t "].iter().any(|no| said.contains(no));
        !negated && !is_first_person(name) && !matches!(name, "it" | "there" | "they" | "this" | "that")
    }

    /// Says whether a content tells what agents, or those who were accused before, did, whatever it was: "MI6 officers had
    /// trained him", "agents followed three councillors".
    pub(super) fn tells_of_agents(&self, frame: &Frame) -> bool {
        let Some(subject) = self.syntax().who_did(&frame.own) else { return false };
        let said = self.stretch(frame.own.clone());
        let name = self.stretch(subject.clone());
        let named = |words: &[&str]| words.iter().any(|word| has_word(name, word));
        let agents = self.phrases().doers.iter().any(|word| has_word(name, word))
            || self.phrases().foreign.stands_in(name)
            || name.contains("intelligence") && named(&["agency", "agencies", "service", "services", "officials"])
            || named(&["agents", "officers"]) && self.names_another(frame)
            || matches!(name, "agents" | "its agents" | "their agents" | "state agents" | "the agents")
            || named(&["attaché", "attache", "consulate", "consular"]);
        let accused = self.phrases().accused.has(name) || self.is_accused(Some(&Named::Here(subject.clone())));
        let finds = self.judges(frame)
            || [&self.words.study, &self.words.finder].iter().any(|words| self.matches(words, frame.speaker.as_ref()));
        let band = finds && self.phrases().bands.ends(name);
        if !(agents || band || accused && finds)
            || self.is_own(frame, &subject)
            || self.gives_account(frame.speaker.as_ref())
        {
            return false;
        }
        let Some(verb) = self.syntax().next_verb(subject.end) else { return false };
        let word = self.stretch(verb.clone());
        let before = self.stretch(subject.end..verb.start);
        let uncertain = [" not ", " never ", "n't ", "n’t ", " would ", " could ", " may ", " might ", " will "];
        !uncertain.iter().any(|unsure| before.contains(unsure))
            && !self.syntax().is_passive(verb.start)
            && (word == "tried" || !self.phrases().harmless.begins(word) && !self.phrases().meets.begins(word))
            && !self.glance.has(&self.words.procedure, said)
    }
}

/// Says whether the sentence of a content that holds a place asks something: “Do I look like a spy?”
pub(super) fn is_asked(said: &str, at: usize) -> bool {
    said[at..].find(['?', '.', '!']).is_some_and(|mark| said[at + mark..].starts_with('?'))
}

/// Says whether a text holds a word, or words, and not only a part of one.
fn has_word(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Most texts hold none, and to see that is many times cheaper than to look for all.
    text.contains(word)
        && text
            .match_indices(word)
            .any(|(at, _)| !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next()))
}
