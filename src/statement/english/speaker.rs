//! Who does what a cue tells: the subject of the verb, the agent behind "by", or whoever is quoted.

use std::ops::Range;

use super::super::{Carried, Draft, Named};
use super::Sentence;
use super::frame::Frame;
use crate::fold;
use crate::lexicon::{ByWhom, CueHit, CueVoice, Pattern};
use crate::model::{Place, StatementKind, Voice};

/// How far after a participle its agent may stand: further on "by" belongs to another verb.
const FAR_AGENT: usize = 90;

/// So many names of an article are kept for those that point back to them.
const MOST_NAMES: usize = 200;

/// Who acts, and how sure that is.
pub(super) struct Actor {
    pub(super) speaker: Option<Named>,
    /// Whom a passive is about.
    pub(super) target: Option<Range<usize>>,
    pub(super) voice: Voice,
    pub(super) confidence: f64,
}

impl Sentence<'_> {
    /// Finds who does what a cue tells; `None` when it is nobody who could.
    pub(super) fn actor(
        &self,
        hit: &CueHit<'_>,
        frame: Option<&Frame>,
        frames: &[Frame],
        last: Option<&Named>,
        carried: &Carried,
    ) -> Option<Actor> {
        let cue = hit.cue;
        let at = hit.word.start;
        let framed = frame.and_then(|frame| frame.speaker.clone());
        let active =
            |speaker: Option<Named>, confidence| Actor { speaker, target: None, voice: Voice::Active, confidence };
        // "said its aim was the weather, rejecting the claims": who is said to say it does it.
        let word = self.stretch(hit.word.clone()).split(' ').next().unwrap_or_default();
        let joined = word.ends_with("ing") && self.text[..at].trim_end().ends_with(',');
        if joined
            && let Some(said) = frames.iter().find(|frame| !frame.verb.is_empty() && frame.verb.end <= at)
            && said.speaker.is_some()
        {
            return Some(active(said.speaker.clone(), 0.8));
        }
        // "Mr Rowe, whom officials accused of it": the subject acts, and "whom" stands for the target.
        if let Some(own) = self.subject(at).filter(|own| self.text[..own.start].ends_with("whom ")) {
            let before = self.text[..own.start - "whom ".len()].trim_end_matches([' ', ',']).len();
            let target = self.syntax().phrase_before(before);
            return Some(Actor { target, ..active(Some(Named::Here(own)), 0.9) });
        }
        if self.is_passive(hit) {
            let target = self.subject(at);
            if let Some(agent) = self.by_whom(at) {
                let speaker = Some(Named::Here(agent));
                return Some(Actor { speaker, target, voice: Voice::Passive, confidence: 0.9 });
            }
            // "Two men have been charged, prosecutors said."
            let told = framed.filter(|speaker| {
                // An embassy that confirms an arrest made none.
                let [power, lawyer, mission] = [&self.words.power, &self.words.lawyer, &self.words.mission]
                    .map(|w| self.matches(w, Some(speaker)));
                power && !lawyer && !mission
            });
            let told = told
                .filter(|_| matches!(cue.kind, StatementKind::Charge | StatementKind::Verdict | StatementKind::Accuse));
            if told.is_none() && cue.kind == StatementKind::Demand {
                return None;
            }
            let voice = if told.is_some() { Voice::Passive } else { Voice::Agentless };
            return Some(Actor { speaker: told, target, voice, confidence: 0.85 });
        }
        if let Some(name) = &hit.speaker {
            return Some(active(Some(Named::Here(name.clone())), 0.9));
        }
        if let Some(name) = self.name_after_noun(hit) {
            return Some(active(Some(name), 0.9));
        }
        if let Some(owner) = self.owner(hit) {
            return Some(active(Some(self.resolved(owner, frames, carried)), 0.8));
        }
        if cue.counter {
            // "London fabricated this case": another state is blamed by whoever is quoted.
            let blamed = hit
                .target
                .clone()
                .or_else(|| self.subject(at))
                .filter(|own| self.actors().iter().any(|a| own.start <= a.start && a.end <= own.end))?;
            let speaker = framed.or_else(|| carried.in_paragraph().filter(|_| self.continues(carried)))?;
            return Some(Actor { speaker: Some(speaker), target: Some(blamed), voice: Voice::Active, confidence: 0.8 });
        }
        let of_content = cue.frame || cue.of_content || matches!(cue.sub.as_deref(), Some("threat" | "general"));
        if of_content && framed.is_some() {
            // "London should withdraw it": what a quoted demand names first is whom it asks.
            let target = if cue.kind == StatementKind::Demand { self.subject(at) } else { None };
            return Some(Actor { target, ..active(framed, 0.9) });
        }
        if cue.frame {
            let speaker = carried.in_paragraph().filter(|_| self.continues(carried));
            return Some(active(speaker, 0.55));
        }
        // "a protest had been filed", "the envoy had been summoned": by the side of whoever tells of it.
        let made = cue.kind == StatementKind::Protest && self.is_made(hit);
        if made {
            let by = self.by_whom(hit.word.end).map(Named::Here);
            let speaker = by.or(framed);
            let voice = if speaker.is_some() { Voice::Passive } else { Voice::Agentless };
            return Some(Actor { voice, ..active(speaker, 0.8) });
        }
        let Some(own) = self.subject(at) else {
            let before = frames.iter().rev().find(|frame| frame.verb.end <= at && !frame.verb.is_empty());
            let known = framed.or_else(|| last.cloned()).or_else(|| before.and_then(|frame| frame.speaker.clone()));
            let theirs = matches!(cue.by, Some(ByWhom::Court | ByWhom::Defence));
            if theirs && !self.matches(&self.words.court, known.as_ref()) {
                return None;
            }
            let confidence = if known.is_some() { 0.8 } else { 0.6 };
            return Some(active(
                known.or_else(|| carried.in_paragraph().filter(|_| self.continues(carried))),
                confidence,
            ));
        };
        let name = self.stretch(own.clone());
        // "said the case was made up and accused the party": what cannot speak leaves its verb to whoever does.
        let joined = frame.is_some_and(|frame| frame.verb.end <= own.start && !frame.verb.is_empty())
            && self.stretch(own.end..at).contains(" and ");
        if joined && !self.can_speak(&own) {
            return Some(active(framed, 0.8));
        }
        // "QuayLogic, the software company": what stands behind the comma only describes.
        let head = name.split(',').next().unwrap_or(name);
        let nobody = cue.kind == StatementKind::NoComment && name == "you";
        // "The report did not say how many": a paper keeps nothing back.
        let paper = cue.kind == StatementKind::NoComment
            && self.phrases().issued.has(head.rsplit(' ').next().unwrap_or_default());
        let mute = paper || self.glance.all_of(&self.words.mute, head).any(|found| found.end == head.trim_end().len());
        if mute || nobody {
            return None;
        }
        if cue.by == Some(ByWhom::Court) && !self.glance.has(&self.words.court, name) && !is_pronoun(name) {
            return None;
        }
        // What a quoted "we" or "China" does, its spokesman does.
        let own_side = is_first_person(name) || (self.in_quotation(at) || carried.turn) && self.is_state(&own);
        // "China denies it, but we have proof", said of another side, is no denial of theirs.
        let speaks_for = framed.as_ref().is_none_or(|speaker| !self.is_other_side(&own, speaker));
        if own_side && framed.is_some() && speaks_for {
            return Some(active(framed, 0.9));
        }
        if own_side && !speaks_for {
            return Some(active(Some(Named::Here(own)), 0.45));
        }
        if own_side && last.is_some() {
            return Some(active(last.cloned(), 0.8));
        }
        Some(active(Some(self.resolved(own, frames, carried)), 0.9))
    }

    /// Returns who issued what a phrase names: "a joint alert from the agencies of 13 countries".
    pub(super) fn issuer(&self, phrase: &Range<usize>) -> Option<Range<usize>> {
        let name = self.stretch(phrase.clone());
        let (paper, join) = [" by ", " from "].iter().filter_map(|join| name.find(join).map(|at| (at, *join))).min()?;
        let start = phrase.start + paper + join.len();
        let issues = name[..paper].split(' ').any(|word| self.phrases().issued.has(word));
        let office = start..phrase.end;
        (issues && self.can_speak(&office)).then_some(office)
    }

    /// Says whether a phrase names somebody who can speak: a person, an office, a state, or a pronoun for one.
    pub(super) fn can_speak(&self, phrase: &Range<usize>) -> bool {
        let name = self.stretch(phrase.clone());
        let words = &self.words;
        is_pronoun(name)
            || is_first_person(name)
            || self.actors().iter().any(|actor| phrase.start <= actor.start && actor.end <= phrase.end)
            || [&words.body, &words.power, &words.company, &words.outlet, &words.study]
                .iter()
                .any(|w| self.glance.has(w, name))
            || self.is_person(phrase)
    }

    /// Says whether a speaker is known to belong to another state than the one that a phrase names.
    fn is_other_side(&self, state: &Range<usize>, speaker: &Named) -> bool {
        let (named, own) = (self.sides(Some(&Named::Here(state.clone()))), self.sides(Some(speaker)));
        named.first().zip(own.first()).is_some_and(|(named, own)| named != own)
    }

    /// Says whether the subject of a cue is the one spoken of.
    fn is_passive(&self, hit: &CueHit<'_>) -> bool {
        let syntax = self.syntax();
        let word = self.stretch(hit.word.clone());
        let participle = word.split(' ').next().unwrap_or_default();
        match hit.cue.voice {
            CueVoice::Passive => true,
            CueVoice::Participle => syntax.is_passive(hit.word.start) || syntax.lacks_object(hit.word.start),
            CueVoice::Active => {
                let form =
                    participle.ends_with("ed") || matches!(participle, "found" | "held" | "made" | "given" | "told");
                form && participle.len() > 4 && syntax.is_passive(hit.word.start)
            }
        }
    }

    /// Says whether a protest is the subject of what is done with it.
    pub(super) fn is_made(&self, hit: &CueHit<'_>) -> bool {
        [" has", " have", " had", " was", " were"]
            .iter()
            .any(|aux| self.stretch(hit.matched.clone()).contains(&format!("{aux} ")))
    }

    pub(super) fn by_whom(&self, from: usize) -> Option<Range<usize>> {
        let clause = self.stretch(from..self.clause_end(from));
        let at = clause.find(" by ").filter(|at| *at < FAR_AGENT)? + 4;
        let after = clause[at..].split_whitespace().next()?;
        if after.ends_with("ing") || after.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        // "added by hand" names nobody.
        self.name_after(from + at).filter(|name| {
            self.stretch(name.clone()).contains(' ')
                || self.can_speak(name)
                || self.printed(name.clone()).starts_with(char::is_uppercase)
                || self.phrases().doers.has(self.stretch(name.clone()))
        })
    }

    /// "warnings by senior officials", "no response from the ministry": the name after a noun.
    fn name_after_noun(&self, hit: &CueHit<'_>) -> Option<Named> {
        let matched = self.stretch(hit.matched.clone());
        let noun = matched.ends_with(" by") && (matched.starts_with("warning") || matched.contains("denial"))
            || matched.ends_with(" from");
        let name = |at: usize| {
            let actor = self.actors().iter().find(|actor| matched.contains("denial") && actor.start == at + 1);
            actor.cloned().or_else(|| self.name_after(at))
        };
        noun.then(|| name(hit.matched.end).map(Named::Here)).flatten()
    }

    /// "the embassy's denial", "its denial": whose a noun is.
    fn owner(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let matched = self.stretch(hit.matched.clone());
        if matched.starts_with("'s ") || matched.starts_with("’s ") {
            return self.syntax().phrase_before(hit.matched.start);
        }
        let possessive = ["its ", "their ", "his ", "her "].into_iter().find(|word| matched.starts_with(word))?;
        Some(hit.matched.start..hit.matched.start + possessive.len() - 1)
    }

    /// Says whether a sentence without a speaker goes on with what the last one said: it stands in quotation marks, or
    /// in the paragraph of a quotation that was not closed.
    fn continues(&self, carried: &Carried) -> bool {
        carried.open_quote || carried.turn || self.all_quoted() || self.text.starts_with(['"', '“'])
    }

    pub(super) fn all_quoted(&self) -> bool {
        self.text.starts_with(['"', '“']) && self.text.trim_end_matches(['.', ',']).ends_with(['"', '”'])
    }

    /// Says whether a place of the sentence lies between quotation marks.
    pub(super) fn in_quotation(&self, at: usize) -> bool {
        let before = &self.text[..at];
        let curly = before.matches('“').count() > before.matches('”').count();
        curly || before.matches('"').count() % 2 == 1
    }

    /// Says whether a phrase is the name of a state, or of its side.
    pub(super) fn is_state(&self, phrase: &Range<usize>) -> bool {
        let name = self.stretch(phrase.clone()).trim_start_matches("the ");
        self.places.get().states.iter().any(|state| state.end == phrase.end && state.len() + 4 >= name.len())
    }

    pub(super) fn matches(&self, pattern: &Pattern, speaker: Option<&Named>) -> bool {
        match speaker {
            Some(Named::Here(range)) => self.glance.has(pattern, self.stretch(range.clone())),
            Some(Named::Before(name)) => pattern.is_match(&fold::text(name)),
            None => false,
        }
    }

    /// Names a subject: one that points back takes the name that it points to.
    pub(super) fn resolved(&self, subject: Range<usize>, frames: &[Frame], carried: &Carried) -> Named {
        let name = self.stretch(subject.clone()).trim();
        let first = name.split(' ').next().unwrap_or_default();
        let framed = || {
            let around = frames
                .iter()
                .rev()
                .find(|frame| frame.content.start <= subject.start && subject.end <= frame.content.end);
            around.and_then(|frame| frame.speaker.clone())
        };
        let here = Named::Here(subject.clone());
        // "said in a statement that described it as": who issued the statement describes.
        let medium = !name.contains(" of ") && self.glance.has(&self.words.medium, name);
        // "conducted an investigation that found", "published a study that linked": whoever made it finds.
        let made = self.glance.has(&self.words.study, name)
            && self
                .syntax()
                .governor(subject.start)
                .is_some_and(|verb| self.phrases().made.begins(self.stretch(verb.clone())));
        let medium = medium || made;
        if medium && let Some(main) = self.noun_before(&subject) {
            return Named::Here(main);
        }
        // "The statement added": whoever issued it was named before.
        if medium
            && name.starts_with("the ")
            && carried.same_paragraph
            && let Some(issuer) = carried.meant()
        {
            return issuer;
        }
        if is_first_person(name) {
            return framed().or_else(|| carried.meant()).unwrap_or(here);
        }
        let earlier = || self.noun_before(&subject);
        match first {
            "he" | "she" | "his" | "her" | "himself" | "herself" if is_pronoun(name) => earlier()
                .filter(|range| self.is_person(range) && fits(first, self.stretch(range.clone())))
                .map(Named::Here)
                // "Asked whether the bureau …, the minister said she would not": who says it says it of herself.
                .or_else(|| framed().filter(|speaker| self.is_named_person(speaker)))
                .or_else(|| carried.person.clone().filter(|name| fits(first, &fold::text(name))).map(Named::Before))
                .unwrap_or(here),
            "it" | "its" | "itself" if is_pronoun(name) => earlier()
                .filter(|range| !self.is_person(range))
                .map(Named::Here)
                .or_else(|| carried.body.clone().map(Named::Before))
                .or_else(|| carried.meant())
                .unwrap_or(here),
            "they" | "their" | "themselves" if is_pronoun(name) => {
                earlier().map(Named::Here).or_else(|| carried.meant()).unwrap_or(here)
            }
            "who" | "which" | "that" if is_pronoun(name) => earlier().map(Named::Here).unwrap_or(here),
            _ => self.full_name(name, carried).map_or(here, Named::Before),
        }
    }

    /// Returns the subject of the sentence when it stands before a pronoun and may be what it means.
    pub(super) fn noun_before(&self, pronoun: &Range<usize>) -> Option<Range<usize>> {
        let subject = self.syntax().first_subject(pronoun.start)?;
        let name = self.stretch(subject.clone());
        // "“Alan never met one,” she told reporters": who is quoted is not named in what they say.
        let quoted = self.in_quotation(subject.start) && !self.in_quotation(pronoun.start);
        let may_be = subject.end <= pronoun.start && !quoted && !is_pronoun(name) && !is_first_person(name);
        may_be.then_some(subject)
    }

    fn is_named_person(&self, speaker: &Named) -> bool {
        matches!(speaker, Named::Here(range) if self.is_person(range))
    }

    /// Returns the name in full of one that the article names in short: "the association", "Lee", "the spokesman".
    fn full_name(&self, name: &str, carried: &Carried) -> Option<String> {
        let definite = name.strip_prefix("the ").or_else(|| name.strip_prefix("its "));
        // "the MSS" is a name as it stands.
        if definite.is_some_and(|noun| self.is_printed_as_name(noun)) {
            return None;
        }
        let single = |word: &str| !word.contains(' ') && word.len() > 2;
        let noun = match definite {
            Some(noun) if single(noun) => noun,
            None if single(name) => name,
            _ => return None,
        };
        let stem = if noun.starts_with("spokes") { "spokes" } else { noun };
        let fits = |full: &&String| {
            let folded = fold::text(full);
            let longer = folded.split(' ').count() > name.split(' ').count();
            let holds = folded
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|word| if stem == "spokes" { word.starts_with(stem) } else { word == stem });
            longer && holds && full.chars().any(char::is_uppercase)
        };
        // A plain word in lower case is only short for a name when "the" says so.
        let printed_name = definite.is_some() || self.is_printed_as_name(name);
        carried.names.iter().rev().find(fits).filter(|_| printed_name).cloned()
    }

    fn is_printed_as_name(&self, name: &str) -> bool {
        let at = self.text.find(name).unwrap_or(0);
        let print = self.scene.print();
        print[self.scene.folded.print_range(at..at + name.len().min(self.text.len() - at))]
            .starts_with(char::is_uppercase)
    }

    /// Says whether a phrase names a person: a title of a person in it, or a name that is no office's.
    pub(super) fn is_person(&self, phrase: &Range<usize>) -> bool {
        let name = self.stretch(phrase.clone());
        let head = head_of(name);
        if self.glance.has(&self.words.body, head.rsplit(' ').next().unwrap_or_default()) {
            return false;
        }
        if self.glance.has(&self.words.person, head) || self.is_personal_name(phrase.start, head) {
            return true;
        }
        // "The study's author, Professor Alan Wickliffe": the apposition tells.
        let Some((_, apposition)) = name.split_once(", ") else { return false };
        let start = phrase.end - apposition.len();
        let head = head_of(apposition);
        !self.glance.has(&self.words.body, head)
            && (self.glance.has(&self.words.person, head) || self.is_personal_name(start, head))
    }

    /// Says whether a stretch of the sentence is printed as the name of a person is, and names no office.
    fn is_personal_name(&self, start: usize, name: &str) -> bool {
        let end = start + name.len();
        let print = &self.scene.print()[self.scene.folded.print_range(start..end)];
        let words: Vec<&str> = print.split(' ').collect();
        let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
        let known = self.actors().iter().any(|actor| start <= actor.start && actor.end <= end);
        (2..=4).contains(&words.len()) && capitals == words.len() && !known && !self.glance.has(&self.words.body, name)
    }

    /// Leaves to the next sentences whom they may mean.
    pub(super) fn remember(&self, frames: &[Frame], drafts: &[Draft], carried: &mut Carried) {
        let said = frames.iter().filter(|frame| !frame.verb.is_empty()).find_map(|frame| frame.speaker.clone());
        let spoken = said.or_else(|| drafts.iter().find_map(|draft| draft.speaker.clone()));
        // To cut a sentence into words takes time: only where the next one points back to somebody.
        let syntax = if carried.points_back { Some(self.syntax()) } else { self.syntax.get() };
        let first = syntax.and_then(|syntax| syntax.first_subject(self.text.len()));
        for range in first.into_iter().chain(self.speakers(frames, drafts)) {
            self.note(range, carried);
        }
        if let Some(Named::Here(range)) = &spoken {
            let name = self.printed(range.clone());
            if name.chars().any(char::is_uppercase) || name.starts_with("the ") || name.starts_with("a ") {
                carried.speaker = Some(name);
            }
            carried.same_paragraph = true;
        } else if let Some(Named::Before(name)) = spoken {
            carried.speaker = Some(name);
            carried.same_paragraph = true;
        } else if frames.iter().any(|frame| !frame.verb.is_empty()) {
            carried.same_paragraph = true;
        }
        for draft in drafts {
            self.note_accused(draft, carried);
        }
        carried.asked = self.text.trim_end().ends_with('?');
        carried.turn |= self.scene.place == Place::Text
            && frames.iter().any(|frame| self.stretch(frame.verb.clone()) == ":" && frame.speaker.is_some());
        for c in self.text.chars() {
            match c {
                '“' => carried.open_quote = true,
                '”' => carried.open_quote = false,
                '"' => carried.open_quote = !carried.open_quote,
                _ => {}
            }
        }
    }

    /// Keeps who is accused here, or denies something: by name, and no state, whose spokesmen are known by their office.
    fn note_accused(&self, draft: &Draft, carried: &mut Carried) {
        let named = match (draft.kind, &draft.target, &draft.speaker) {
            (StatementKind::Accuse | StatementKind::Charge | StatementKind::Verdict, Some(target), _) => match target {
                Named::Here(range) => self.printed(range.clone()),
                Named::Before(name) => name.clone(),
            },
            (StatementKind::Deny, _, Some(Named::Here(range))) if !draft.candidate => self.printed(range.clone()),
            (StatementKind::Deny, _, Some(Named::Before(name))) if !draft.candidate => name.clone(),
            _ => return,
        };
        carried.accused.push(named);
    }

    /// Says whether a speaker was accused before, or speaks for a company that was: one of their names stands in the
    /// other's.
    pub(super) fn is_accused(&self, speaker: Option<&Named>) -> bool {
        let name = match speaker {
            Some(Named::Here(range)) => self.printed(range.clone()),
            Some(Named::Before(name)) => name.clone(),
            None => return false,
        };
        let names = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
            words.filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase)).map(fold::text).collect()
        };
        let known = |word: &str| {
            !self.words.person.is_match(word)
                && !self.words.body.is_match(word)
                && self.places.lexicon.actors_in(word).is_empty()
        };
        let own = names(&name);
        self.accused.iter().any(|accused| names(accused).iter().any(|word| own.contains(word) && known(word)))
    }

    fn speakers(&self, frames: &[Frame], drafts: &[Draft]) -> Vec<Range<usize>> {
        let all = frames.iter().map(|frame| &frame.speaker).chain(drafts.iter().map(|draft| &draft.speaker));
        all.filter_map(|speaker| match speaker {
            Some(Named::Here(range)) => Some(range.clone()),
            _ => None,
        })
        .collect()
    }

    /// Keeps a name for the pronouns and the short forms that may follow.
    fn note(&self, range: Range<usize>, carried: &mut Carried) {
        let folded = self.stretch(range.clone());
        if is_pronoun(folded) || is_first_person(folded) {
            return;
        }
        let person = self.is_person(&range);
        let name = self.printed(range.clone());
        if !name.chars().any(char::is_uppercase) && !name.contains(' ') {
            return;
        }
        // "Denial-of-service functions": "it" means what could speak.
        let speaks = person || name.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
        if speaks || self.can_speak(&range) {
            let slot = if person { &mut carried.person } else { &mut carried.body };
            *slot = Some(name.clone());
        }
        if carried.names.len() < MOST_NAMES && !carried.names.contains(&name) {
            carried.names.push(name);
        }
    }

    pub(super) fn printed(&self, range: Range<usize>) -> String {
        self.scene.whole[self.scene.in_whole(range)].trim().to_owned()
    }
}

/// Returns what a phrase is, without what stands behind it: "the Commissioner's Office of the ministry" is an office.
fn head_of(name: &str) -> &str {
    let parts = |behind: &str| {
        let next = behind.split(' ').next().unwrap_or_default();
        next.len() < behind.len() && matches!(next, "of" | "for" | "in" | "at" | "from" | "to" | "on" | "with")
    };
    let mut spaces = name.match_indices(' ').map(|(at, _)| at);
    match spaces.find(|at| name[..*at].ends_with(',') || parts(&name[at + 1..])) {
        Some(at) => name[..at].strip_suffix(',').unwrap_or(&name[..at]),
        None => name,
    }
}

/// Says whether a pronoun can mean a name: "she" means no "Mr Rowe".
pub(super) fn fits(pronoun: &str, name: &str) -> bool {
    let begins = |titles: &[&str]| titles.iter().any(|title| name.starts_with(title));
    match pronoun {
        "he" | "his" | "him" | "himself" => !begins(&["ms ", "mrs ", "miss ", "lady ", "baroness ", "dame ", "madam "]),
        "she" | "her" | "herself" => !begins(&["mr ", "sir ", "lord "]),
        _ => true,
    }
}

pub(super) fn is_first_person(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    matches!(first, "we" | "i" | "our" | "my" | "we've" | "we’ve" | "i've" | "i’ve")
}

pub(super) fn is_pronoun(name: &str) -> bool {
    let name = name.trim();
    matches!(
        name,
        "he" | "she"
            | "it"
            | "they"
            | "him"
            | "them"
            | "who"
            | "which"
            | "that"
            | "its"
            | "their"
            | "his"
            | "her"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
            | "this"
            | "these"
            | "those"
            | "both"
            | "one"
    )
}
