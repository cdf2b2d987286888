//! Who is said to say what: verbs of saying, "according to", transcripts, and quotations that run on.

use std::ops::Range;

use super::super::{Carried, Draft, Named};
use super::Sentence;
use super::deed::Deed;
use crate::model::{Place, Polarity, StatementKind, Voice};

/// Somebody is said to say something; ranges are bytes of the folded sentence.
pub(super) struct Frame {
    pub(super) speaker: Option<Named>,
    pub(super) verb: Range<usize>,
    pub(super) content: Range<usize>,
    /// What of the content is not what another within it is said to say.
    pub(super) own: Range<usize>,
    /// The outlet that reports what the speaker says.
    pub(super) via: Option<Range<usize>>,
    /// True when a court or the text is told something, and by whom stays open.
    pub(super) agentless: bool,
    pub(super) confidence: f64,
}

impl Frame {
    fn new(speaker: Option<Named>, verb: Range<usize>, content: Range<usize>, confidence: f64) -> Self {
        Self { speaker, verb, own: content.clone(), content, via: None, agentless: false, confidence }
    }
}

impl Sentence<'_> {
    pub(super) fn frames(&self, carried: &Carried) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        frames.extend(self.transcript(carried).or_else(|| self.answer()));
        for found in self.glance.all_of(&self.words.say, self.text) {
            let verb = found;
            if self.vetoed().iter().any(|range| range.start < verb.end && verb.start < range.end) {
                continue;
            }
            frames.extend(self.frame(verb, &frames, carried));
        }
        for found in self.glance.all_of(&self.words.reported, self.text) {
            frames.extend(self.told(found));
        }
        for found in self.glance.all_of(&self.words.according, self.text) {
            frames.extend(self.according(found));
        }
        let goes_on = carried.open_quote || carried.turn || carried.named_behind || self.all_quoted();
        if let (true, Some(name)) = (goes_on, &carried.speaker)
            && frames.is_empty()
        {
            frames.push(Frame::new(Some(Named::Before(name.clone())), 0..0, 0..self.text.len(), 0.65));
        }
        nest(&mut frames, self.text);
        frames
    }

    /// Reads "Beijing's answer was blunt: “…”" and "The reply from the embassy: “…”".
    fn answer(&self) -> Option<Frame> {
        /// Nothing that leads to a quotation so is longer.
        const LONGEST: usize = 120;
        let colon = self.text.find(": ").filter(|at| *at <= LONGEST)?;
        let content = colon..self.text.len();
        if !self.text[colon + 1..].trim_start().starts_with(['"', '“', '‘']) {
            return None;
        }
        let lead = &self.text[..colon];
        let noun = self.phrases().answers.iter().find_map(|noun| lead.find(noun))?;
        let behind = &lead[noun..];
        let from = [" from ", " of "].iter().find_map(|word| behind.find(word).map(|at| noun + at + word.len()));
        let owned = ["'s", "’s"].iter().find_map(|mark| lead[..noun].strip_suffix(mark));
        let speaker = match (owned, from) {
            (Some(owner), _) => self.syntax().phrase_before(owner.len())?,
            (None, Some(at)) => self.syntax().object_after(at - 1).filter(|name| name.end <= colon)?,
            (None, None) => return None,
        };
        let verb = noun..colon;
        self.can_speak(&speaker).then(|| Frame::new(Some(Named::Here(speaker)), verb, content, 0.75))
    }

    /// Reads "MS LEE: We deny it." and the colon of a headline or of a paper's own transcript.
    fn transcript(&self, carried: &Carried) -> Option<Frame> {
        let colon = self.text.find(": ").filter(|at| (1..80).contains(at))?;
        let name = self.text[..colon].trim();
        let print = &self.scene.print()[self.scene.folded.print_range(0..colon)];
        let words = print.split_whitespace();
        let named = words.clone().count() <= 9
            && words.clone().all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || c == '(')
                    || matches!(
                        word,
                        "of" | "the" | "for" | "and" | "on" | "in" | "foreign" | "ministry" | "spokesperson"
                    )
            });
        let office = self.actors().iter().any(|actor| actor.end == colon) || self.glance.has(&self.words.person, name);
        // "A: It is not true": who answers the questions was named before.
        if name == "a" || name == "answer" {
            let answerer = carried.speaker.clone().or_else(|| carried.person.clone())?;
            let content = colon + 1..self.text.len();
            return Some(Frame::new(Some(Named::Before(answerer)), colon..colon + 1, content, 0.75));
        }
        let topic = self.glance.has(&self.words.colon_topic, name);
        let shouted = print.chars().filter(|c| c.is_alphabetic()).count() > 3 && !print.chars().any(char::is_lowercase);
        let known = carried.names.iter().any(|known| known.contains(print.trim()));
        let answers = carried.asked || shouted || known;
        let speaks = named && !topic && (office || answers && self.scene.place == Place::Text && words.count() <= 5);
        if !speaks || name.contains(['"', '“', '?', '!', ',']) {
            return None;
        }
        Some(Frame::new(Some(Named::Here(0..colon)), colon..colon + 1, colon + 1..self.text.len(), 0.8))
    }

    fn frame(&self, verb: Range<usize>, before: &[Frame], carried: &Carried) -> Option<Frame> {
        let after = &self.text[verb.end..];
        let left = self.text[..verb.start].trim_end();
        let word = self.stretch(verb.clone());
        // "…," said the minister: the speaker follows a verb that follows a quotation.
        let after_quote = left.ends_with(['"', '”', '\'', '’'])
            || (left.ends_with(',') && !left.contains(' '))
            || left.is_empty() && word == "said";
        if after_quote
            && !word.ends_with("ing")
            && let Some(speaker) = self.name_after(verb.end)
        {
            let content = 0..left.len();
            return Some(Frame::new(Some(self.resolved(speaker, before, carried)), verb, content, 0.85));
        }
        // A headline's tail: …, says X.
        let tail_verb = matches!(word, "says" | "say" | "warns" | "reports" | "claims" | "insists" | "finds" | "tells");
        // The report is untrue, said the ministry: nothing but the name follows.
        let closes = word == "said" && self.closes_with_name(verb.end);
        if left.ends_with(',') && (tail_verb && self.syntax().subject(verb.start).is_none() || closes) {
            let speaker = self.name_after(verb.end)?;
            let content = 0..left.len();
            return Some(Frame::new(Some(Named::Here(speaker)), verb, content, 0.85));
        }
        // "was quoted as saying": the one who was quoted says it.
        if word == "saying" && left.ends_with("quoted as") {
            let quoted = self.subject(left.len() - "quoted as".len())?;
            let trails = self.text[..quoted.start].trim_end().ends_with([',', '"', '”']);
            let content = if trails { 0..quoted.start } else { verb.end..self.text.len() };
            return Some(Frame::new(Some(self.resolved(quoted, before, carried)), verb, content, 0.8));
        }
        // "a freelancer writing market notes", "insists on going", "reported for years to a handler".
        let begins = |words: &[&str]| words.iter().any(|word| after.trim_start().starts_with(word));
        let other_sense = match word {
            "writing" => !left.ends_with(','),
            "insists" | "insisted" | "insist" | "insisting" => begins(&["on "]),
            "hit back" | "shot back" => begins(&["at ", "over ", "against ", "on "]),
            "reported" | "reports" | "reporting" => begins(&["to ", "for ", "back to ", "directly to "]),
            _ => false,
        };
        if other_sense {
            return None;
        }
        let goes_on = matches!(word, "continued" | "continues") && !after.trim_start().starts_with(['.', ',']);
        if (goes_on && !after.trim().is_empty()) || self.is_noun(&verb) {
            return None;
        }
        // "is said to be", "clusters tracked as": nobody speaks here.
        let is_verb = word.contains(' ') || self.syntax().is_verb_at(verb.start);
        if !is_verb {
            return None;
        }
        // "Jury told that the accused denied it": who tells, tells somebody; here the jury is told.
        if word == "told" && after.starts_with(" that ") {
            return None;
        }
        let ambiguous = word.ends_with("ed") || matches!(word, "found" | "said" | "told");
        if ambiguous && (self.syntax().is_passive(verb.start) || self.syntax().is_reduced(verb.start)) {
            return None;
        }
        // "Guo said the claims were false, adding that": whoever spoke goes on.
        let spoke = before.iter().rev().find(|frame| !frame.verb.is_empty() && frame.speaker.is_some());
        if word.ends_with("ing")
            && left.ends_with([',', '"', '”'])
            && let Some(spoke) = spoke
        {
            return Some(Frame::new(spoke.speaker.clone(), verb.clone(), verb.end..self.text.len(), 0.8));
        }
        // "did not deny that the balloon was its own but said": the verbs of one subject are joined.
        let of_clause = |subject: &Range<usize>| {
            let join = [" and", " but"].iter().any(|join| left.ends_with(join));
            join && self.text[..subject.start].trim_end().ends_with(" that")
        };
        let Some(subject) = self.subject(verb.start).filter(|subject| !of_clause(subject)) else {
            let joined = [" and", " but"].iter().any(|join| left.ends_with(join)) && left.contains(' ');
            let earlier = before.iter().rev().find_map(|frame| frame.speaker.clone());
            let speaker = earlier.or_else(|| self.first_subject(verb.start)).filter(|_| joined)?;
            return Some(Frame::new(Some(speaker), verb.clone(), verb.end..self.text.len(), 0.75));
        };
        if self.glance.has(&self.words.mute, self.stretch(subject.clone())) {
            return None;
        }
        let before_subject = self.text[..subject.start].trim_end();
        let trails = self.trails(&verb, before_subject, after);
        let content = if trails { 0..before_subject.len() } else { self.behind_addressee(&verb)..self.text.len() };
        let speaker = self.resolved(subject, before, carried);
        Some(Frame::new(Some(speaker), verb, content, 0.8))
    }

    /// Says whether nothing but a name stands behind a verb to the end of the sentence.
    fn closes_with_name(&self, from: usize) -> bool {
        let name = self.name_after(from);
        name.is_some_and(|name| {
            let rest = self.text[name.end..].trim_matches(|c: char| !c.is_alphanumeric());
            self.can_speak(&name)
                && (rest.is_empty() || ["on ", "in ", "at ", "who "].iter().any(|word| rest.starts_with(word)))
        })
    }

    /// Returns where begins what somebody is told: "told the court that …".
    fn behind_addressee(&self, verb: &Range<usize>) -> usize {
        const LONGEST: usize = 70;
        let rest = &self.text[verb.end..];
        if !matches!(self.stretch(verb.clone()), "told" | "tells" | "tell" | "telling") {
            return verb.end;
        }
        // In "told the jury she knew that" the word belongs to another verb.
        let begins =
            |clause: &str| [" he ", " she ", " it ", " they ", " we ", " i "].iter().any(|word| clause.contains(word));
        let that = rest
            .find(" that ")
            .filter(|at| *at < LONGEST && !rest[..*at].contains(['"', '“', ',', ':']) && !begins(&rest[..*at]));
        if let Some(that) = that {
            return verb.end + that;
        }
        // "told the court the defendant had bought": a second noun phrase begins.
        const OPENS: &[&str] = &[
            "the ", "a ", "an ", "he ", "she ", "it ", "they ", "his ", "her ", "its ", "their ", "there ", "this ",
            "these ", "no ", "none ", "nothing ", "we ", "i ", "my ", "our ",
        ];
        let whom = self.syntax().object_after(verb.end).map_or(verb.end, |whom| whom.end);
        let opens =
            self.text[whom..].strip_prefix(' ').is_some_and(|rest| OPENS.iter().any(|word| rest.starts_with(word)));
        if opens { whom } else { verb.end }
    }

    /// Says whether what is said stands before its speaker: "…, the ministry said on Monday."
    fn trails(&self, verb: &Range<usize>, before_subject: &str, after: &str) -> bool {
        const AFTER: &[&str] = &[
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
            "saturday",
            "sunday",
            "citing",
            "after ",
            "as ",
            "earlier",
            "yesterday",
            "today",
            "by ",
            "via ",
            "without ",
            "afterwards",
            "later",
        ];
        let follows = before_subject.ends_with([',', '"', '”', '’', '\'']) && before_subject.len() > 12;
        if !follows {
            return false;
        }
        let tail = after.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ',');
        let closes =
            tail.is_empty() || AFTER.iter().any(|begin| tail.starts_with(begin)) || after.starts_with([',', '.']);
        let tells_somebody = matches!(self.stretch(verb.clone()), "told" | "tells" | "telling")
            && !tail.contains(" that ")
            && !tail.contains([':', '"', '“'])
            && tail.split(' ').count() < 12;
        let quoted_before =
            before_subject.ends_with(['"', '”']) || before_subject.ends_with(",'") || before_subject.ends_with('’');
        closes || quoted_before || tells_somebody
    }

    /// Says whether "reports", "claims" and their like are nouns here: after an article or another verb.
    pub(super) fn is_noun(&self, word: &Range<usize>) -> bool {
        if !matches!(
            self.stretch(word.clone()),
            "reports"
                | "report"
                | "remarks"
                | "states"
                | "claims"
                | "notes"
                | "shows"
                | "finds"
                | "estimates"
                | "describes"
                | "claim"
        ) {
            return false;
        }
        let before = self.text[..word.start].trim_end().rsplit(' ').next().unwrap_or_default();
        // "the US claims were false": its own verb stands behind it.
        let behind = self.text[word.end..].split_whitespace().next().unwrap_or_default();
        let has_verb = matches!(behind, "is" | "are" | "was" | "were" | "has" | "have" | "had");
        has_verb || self.phrases().before_noun.has(before) || before.ends_with("ed") || before.ends_with("ies")
    }

    fn according(&self, mark: Range<usize>) -> Option<Frame> {
        let speaker = self.source_after(mark.end)?;
        let rest = self.text[speaker.end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let before = self.text[..mark.start].trim_end_matches([' ', ',']);
        let content = if before.is_empty() || before.ends_with(" that") {
            self.text.len() - rest.len()..self.text.len()
        } else {
            0..mark.start
        };
        Some(Frame::new(Some(Named::Here(speaker)), mark, content, 0.85))
    }

    /// Says whether an article or a post is an office's own: "an article posted on the ministry's account".
    pub(super) fn issued_by_office(&self, speaker: Option<&Named>) -> bool {
        let Some(Named::Here(range)) = speaker else { return false };
        let name = self.stretch(range.clone());
        ["article", "post", "story", "website"].iter().any(|word| name.contains(word))
            && self.phrases().issuers.stands_in(name)
    }

    /// Reads "the jury was told", before or behind what it was told.
    fn told(&self, mark: Range<usize>) -> Option<Frame> {
        let word = self.stretch(mark.clone()).rfind(' ').map_or(mark.start, |at| mark.start + at + 1);
        let (verb, after) = (word..mark.end, &self.text[mark.end..]);
        let first = self.syntax().phrase_before(word).map_or(mark.start, |court| court.start.min(mark.start));
        let before = self.text[..first].trim_end();
        let before = [" the", " a"].iter().find_map(|article| before.strip_suffix(article)).unwrap_or(before);
        let content = if self.trails(&verb, before, after) { 0..before.len() } else { mark.end..self.text.len() };
        Some(Frame { agentless: true, ..Frame::new(None, verb, content, 0.75) })
    }

    /// Returns where a claim ends behind which its denial is told of: ", an accusation Beijing rejects".
    fn denies_behind_claim(&self, frame: &Frame, draft: &Draft) -> Option<usize> {
        let Some(Named::Here(who)) = &draft.speaker else { return None };
        let inside = frame.own.start < who.start && who.end <= draft.cue.start;
        if !inside || frame.agentless || !self.glance.has(&self.words.claim, self.stretch(frame.own.start..who.start)) {
            return None;
        }
        let before = self.text[..who.start].trim_end();
        let before = [" that", " which"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
        let (clause, apposition) = before.rsplit_once(", ")?;
        let noun = ["a ", "an "].iter().find_map(|article| apposition.strip_prefix(article));
        let claims =
            clause.len() > frame.own.start && noun.is_some_and(|noun| self.glance.has(&self.words.claim, noun));
        claims.then_some(clause.len())
    }

    /// Takes an accusation from a verb of saying and a hostile act in what is said.
    pub(super) fn accusation(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        let said = self.text.get(frame.own.clone())?;
        let overlaps = |range: &Range<usize>| range.start < frame.verb.end && frame.verb.start < range.end;
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.content.end;
            // "said the bounties amounted to repression and called for their withdrawal": two acts of one speaker.
            let joined = matches!(draft.kind, StatementKind::Demand | StatementKind::Condemn | StatementKind::Warn)
                && self.text[..draft.cue.start].trim_end().ends_with(" and");
            let tells = !matches!(draft.kind, StatementKind::Investigate | StatementKind::Confirm) && !joined;
            let same_kind_before =
                matches!(draft.kind, StatementKind::Accuse | StatementKind::Charge) && draft.voice == Voice::Active;
            // "says China hacked it, a claim Beijing denies": what another denies is not what this one says.
            let anothers = draft.kind == StatementKind::Deny && self.denies_behind_claim(frame, draft).is_some();
            if anothers {
                return false;
            }
            overlaps(&draft.cue)
                || same_kind_before
                || (inside
                    && tells
                    && draft.polarity == Polarity::Asserted
                    && draft.speaker.is_some()
                    && !draft.candidate)
        });
        // "Bureau data showed": figures accuse nobody.
        let counts = matches!(&frame.speaker, Some(Named::Here(range)) if {
            let last = self.stretch(range.clone()).rsplit(' ').next().unwrap_or_default();
            matches!(last, "data" | "figures" | "statistics" | "survey" | "poll" | "records")
        });
        let asks = counts || said.trim_end().ends_with('?') && !said.contains("says");
        if taken || asks {
            return None;
        }
        let denied = drafts.iter().filter(|draft| draft.kind == StatementKind::Deny);
        let end = denied.filter_map(|draft| self.denies_behind_claim(frame, draft)).min().unwrap_or(frame.own.end);
        let deed = self.deed(frame, drafts);
        let agents = self.tells_of_agents(frame);
        let told = deed == Deed::Told || self.tells_of_the_accused(frame) || agents;
        if !told && (deed == Deed::None || frame.agentless) {
            return None;
        }
        // Who speaks for the accused accuses somebody else, if anybody; who, is not sure enough.
        let sure = told && !self.defends(frame.speaker.as_ref()) && (agents || self.has_doer(frame));
        Some(Draft {
            kind: StatementKind::Accuse,
            sub: None,
            speaker: frame.speaker.clone(),
            target: self.told_of(&(frame.own.start..end)).map(Named::Here),
            cue: frame.verb.clone(),
            claim: self.drop_that(frame.content.clone()),
            polarity: self.said_or_not(frame.verb.start),
            voice: if frame.agentless { Voice::Agentless } else { Voice::Active },
            counter: false,
            background: false,
            via: frame.via.clone(),
            running_quote: frame.verb.is_empty(),
            confidence: frame.confidence - 0.15,
            // What a paper reports is somebody else's claim; whose, the sentence does not say.
            candidate: !sure
                || frame.speaker.is_none() && !frame.agentless
                || self.matches(&self.words.outlet, frame.speaker.as_ref())
                    && !self.matches(&self.words.opinion, frame.speaker.as_ref())
                    && !self.issued_by_office(frame.speaker.as_ref()),
            rule: if frame.verb.is_empty() { "en.running-quote".to_owned() } else { "en.says-hostile".to_owned() },
        })
    }
}

/// Tells what each frame says itself, where another stands inside what it says: "The paper reported that the bureau said …".
fn nest(frames: &mut [Frame], text: &str) {
    let starts: Vec<(usize, usize, bool)> = frames
        .iter()
        .map(|frame| {
            let speaker = match &frame.speaker {
                Some(Named::Here(range)) => range.start,
                _ => frame.verb.start,
            };
            (speaker.min(frame.verb.start), frame.verb.start, frame.content.start >= frame.verb.end)
        })
        .collect();
    for at in 0..frames.len() {
        let (speaker, verb, leads) = starts[at];
        if !leads {
            continue;
        }
        // "the centre, a group which claims to speak for exiles, said": the clause around goes on.
        let goes_on = starts.iter().filter(|(start, other, leads)| *leads && *start < speaker && *other > verb);
        let goes_on = goes_on.map(|(_, other, _)| *other).min();
        if let Some(other) = goes_on.filter(|other| text[..*other].trim_end().ends_with(',')) {
            frames[at].own.end = other.max(frames[at].content.start);
        }
        let inner = starts.iter().filter(|(start, other, leads)| *leads && *start > verb && *other > verb).min();
        if let Some((start, _, _)) = inner
            && frames[at].content.contains(start)
        {
            frames[at].own.end = (*start).max(frames[at].content.start);
        }
    }
    for at in 1..frames.len() {
        let outer = &frames[at - 1];
        let reports = text[outer.verb.clone()].starts_with("report") && outer.content.contains(&frames[at].verb.start);
        if let (true, Some(Named::Here(outlet))) = (reports, &outer.speaker) {
            frames[at].via = Some(outlet.clone());
        }
    }
}
