//! English sentences: the speaker stands before the verb, or after it, or at the end of a headline.

mod frame;
mod subject;
mod syntax;

use std::cell::OnceCell;
use std::ops::Range;

use self::frame::Frame;
use self::syntax::Syntax;
use super::{Carried, Draft, Named, Scene};
use crate::lexicon::{ActorKind, CueHit, CueTable, CueVoice, Grammar, Lexicon, Object, SpeakerAt, WordTable};
use crate::model::{Polarity, StatementKind, Voice};

/// How many words of an object are looked at for its head.
const HEAD_WORDS: usize = 9;

/// How far after a participle its agent may stand: further on "by" belongs to another verb.
const FAR_AGENT: usize = 60;

/// Reads one sentence.
pub(super) fn read(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &mut Carried) -> Vec<Draft> {
    let places = lexicon.actor_places(scene.print(), &scene.folded);
    let threats = places.iter().filter(|(_, kind)| *kind == ActorKind::ThreatActor);
    let sentence = Sentence {
        scene,
        text: scene.folded.text.as_str(),
        words: &table.words,
        threats: threats.map(|(range, _)| range.clone()).collect(),
        actors: places.into_iter().map(|(range, _)| range).collect(),
        vetoed: table.vetoed(&scene.folded.text),
        grammar: &table.grammar,
        syntax: OnceCell::new(),
    };
    let frames = sentence.frames(carried);
    let mut drafts: Vec<Draft> = Vec::new();
    for hit in &table.find(sentence.text) {
        let last = drafts.iter().rev().find_map(|draft| draft.speaker.clone());
        drafts.extend(sentence.draft(hit, &frames, last.as_ref(), carried));
    }
    for frame in &frames {
        drafts.extend(sentence.accusation(frame, &drafts));
    }
    drafts.sort_by_key(|draft| draft.cue.start);
    sentence.remember(&frames, &drafts, carried);
    super::without_repeats(drafts, sentence.text)
}

struct Sentence<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    words: &'a WordTable,
    actors: Vec<Range<usize>>,
    /// Where hacking groups are named: to name one is to tell of an act.
    threats: Vec<Range<usize>>,
    vetoed: Vec<Range<usize>>,
    grammar: &'a Grammar,
    /// Made when a first verb asks for its subject: most sentences have none that matters.
    syntax: OnceCell<Syntax<'a>>,
}

impl<'a> Sentence<'a> {
    fn syntax(&self) -> &Syntax<'a> {
        self.syntax.get_or_init(|| {
            let print = self.scene.print();
            let capital = |range: &Range<usize>| {
                print[self.scene.folded.print_range(range.clone())].chars().next().is_some_and(char::is_uppercase)
            };
            Syntax::new(self.text, self.grammar, self.words, capital)
        })
    }
}

impl Sentence<'_> {
    fn draft(&self, hit: &CueHit<'_>, frames: &[Frame], last: Option<&Named>, carried: &Carried) -> Option<Draft> {
        let cue = hit.cue;
        let hit = &self.with_whole_target(hit);
        let object_start = hit.target.as_ref().map_or(hit.word.end, |target| target.start);
        let object = &self.text[object_start..];
        // "Beijing-linked hackers" is a modifier.
        if self.text[..hit.word.start].ends_with('-') || cue.rule == "claims" && self.is_noun(&hit.word) {
            return None;
        }
        let certain = self.object_holds(cue.object, object, object_start)?;
        let frame =
            frames.iter().rfind(|frame| frame.content.start <= hit.word.start && hit.word.end <= frame.content.end);
        let framed = frame.and_then(|frame| frame.speaker.clone());
        let before = &self.text[..hit.word.start];
        let participle = self.words.passive.is_match(before);
        // "… and accused", "…, accusing": the subject is that of the verb before.
        let shared = self.syntax().shares_subject(hit.word.start);
        let own = if shared { None } else { self.subject(hit.word.start) };
        let mut voice = Voice::Active;
        let mut target = hit.target.clone();
        let mut confidence: f64 = 0.9;
        let mut candidate = !cue.certain || !certain;
        let passive = match cue.voice {
            CueVoice::Passive => true,
            CueVoice::Participle => participle || self.reduced(hit, own.as_ref()),
            CueVoice::Active => participle && hit.word.len() > 4 && self.text[hit.word.clone()].ends_with("ed"),
        };
        let speaker = if passive {
            target = target.or_else(|| own.clone());
            let by = self.by_whom(hit.word.start);
            voice = if by.is_some() { Voice::Passive } else { Voice::Agentless };
            by.map(Named::Here)
        } else if cue.frame {
            framed.or_else(|| {
                confidence = 0.55;
                carried.in_paragraph()
            })
        } else if let Some(name) = self.name_after_noun(hit) {
            Some(name)
        } else if matches!(cue.sub.as_deref(), Some("threat" | "general")) && framed.is_some() {
            framed
        } else if cue.speaker == SpeakerAt::Match {
            Some(Named::Here(self.match_speaker(hit)))
        } else {
            match own.clone() {
                Some(range) => self.who(range, framed.or_else(|| last.cloned()), carried),
                None => {
                    let frame_before =
                        || frames.iter().rev().find(|frame| frame.verb.end <= hit.word.start && !frame.verb.is_empty());
                    let known = framed
                        .or_else(|| last.cloned())
                        .or_else(|| frame_before().and_then(|frame| frame.speaker.clone()));
                    let known = known.or_else(|| self.first_subject(hit.word.start).filter(|_| shared));
                    confidence = if known.is_some() { 0.8 } else { 0.6 };
                    known.or_else(|| carried.in_paragraph())
                }
            }
        };
        if passive && cue.kind == StatementKind::Deny && voice == Voice::Agentless {
            candidate = true;
        }
        if speaker.is_none() && voice == Voice::Active {
            candidate = true;
        }
        let polarity = self.polarity(hit);
        Some(Draft {
            kind: cue.kind,
            sub: cue.sub.clone(),
            speaker,
            target: target.filter(|_| {
                !matches!(cue.kind, StatementKind::Deny | StatementKind::Confirm | StatementKind::NoComment)
            }),
            cue: hit.word.clone(),
            claim: self.claim(hit, frame),
            polarity,
            voice,
            counter: cue.counter,
            background: self.words.earlier.is_match(&before[self.clause_start(hit.word.start)..]),
            via: None,
            running_quote: frame.is_some_and(|frame| frame.verb.is_empty()),
            confidence,
            candidate,
            rule: format!("en.{}", cue.rule),
        })
    }

    /// Says whether what follows a cue lets it hold: `None` when it is no statement, `Some(false)` when that is uncertain.
    fn object_holds(&self, object: Object, rest: &str, at: usize) -> Option<bool> {
        let head = &rest[..self.head_end(rest)];
        let claim = self.words.claim.find(head).map(|found| found.start());
        let refused = self.words.refused.find(head).map(|found| found.start());
        let actor = || self.actors.iter().any(|range| range.start >= at && range.start < at + head.len());
        match object {
            Object::Any => Some(true),
            Object::Hostile => self.words.hostile.is_match(rest).then_some(true),
            Object::HostileOrActor => (self.words.hostile.is_match(rest)).then_some(true),
            Object::Actor => (actor() || self.words.hostile.is_match(head)).then_some(true),
            Object::Innocent => Some(self.words.innocent.is_match(rest)),
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
            // The head decides: rejecting an appeal against a spying charge is no denial.
            Object::Claim => match (claim, refused) {
                (Some(claim), Some(refused)) => (claim < refused || self.possessive(head, refused)).then_some(true),
                (Some(_), None) => Some(true),
                _ => None,
            },
            Object::Denied if self.is_clause(rest) => Some(true),
            Object::Denied => match (claim, refused) {
                (None, Some(_)) => None,
                (Some(claim), Some(refused)) if refused < claim && !self.possessive(head, refused) => None,
                (Some(_), _) => Some(true),
                _ => Some(self.words.deniable.is_match(rest.trim_start()) || self.words.deniable.is_match(rest)),
            },
        }
    }

    /// Says whether what is denied is a clause or something done: "that …", "passing …", and not "boarding".
    fn is_clause(&self, rest: &str) -> bool {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let thing = self.words.refused.is_match(first)
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

    /// Says whether a participle without "be" is one: "the man accused of", "Two charged with".
    fn reduced(&self, hit: &CueHit<'_>, own: Option<&Range<usize>>) -> bool {
        let word = &self.text[hit.word.clone()];
        let direct = word.ends_with("ed of")
            || word.ends_with(" by")
            || word.ends_with("ed with")
            || word.ends_with("ed in")
            || word.ends_with("ed over")
            || word.ends_with("ed for")
            || word.ends_with("ed on")
            || word.ends_with("ed to")
            || word.ends_with(" under")
            || word.ends_with("ed after")
            || word == "cleared of"
            || (word == "indicted"
                && self.text[hit.word.end..].trim_start().starts_with(['.', ',', 'o', 'i', 'f', 'b']))
            || word == "arraigned"
            || word == "prosecuted" && self.text[hit.word.end..].trim_start().starts_with(['.', ',', 'f', 'i', 'u']);
        direct || own.is_none()
    }

    fn by_whom(&self, from: usize) -> Option<Range<usize>> {
        let clause = &self.text[from..self.clause_end(from)];
        let at = clause.find(" by ").filter(|at| *at < FAR_AGENT)? + 4;
        let after = clause[at..].split_whitespace().next()?;
        if after.ends_with("ing") {
            return None;
        }
        self.name_after(from + at)
    }

    /// Lets a target that stops inside an actor's name, as at the "of" of a ministry, go to the end of the name.
    fn with_whole_target<'h>(&self, hit: &CueHit<'h>) -> CueHit<'h> {
        let mut hit = hit.clone();
        let Some(target) = &mut hit.target else { return hit };
        let name = self.actors.iter().find(|actor| actor.start < target.end && target.end < actor.end);
        let Some(name) = name.filter(|name| target.start <= name.start) else { return hit };
        target.end = name.end;
        if let Some(claim) = &mut hit.claim
            && claim.start < name.end
            && name.end < claim.end
        {
            let rest = &self.text[name.end..claim.end];
            let joined = [" of ", " for ", " with "].iter().find(|word| rest.starts_with(**word));
            claim.start = name.end + joined.map_or(0, |word| word.len());
        }
        hit
    }

    /// "warnings by senior officials": the name after a noun cue.
    fn name_after_noun(&self, hit: &CueHit<'_>) -> Option<Named> {
        let rest = &self.text[hit.matched.end..];
        let matched = &self.text[hit.matched.clone()];
        let noun = (matched.starts_with("warning") || matched.contains("denial"))
            && (matched.ends_with(" by") || matched.ends_with(" from"));
        (noun && !rest.is_empty()).then(|| self.name_after(hit.matched.end).map(Named::Here)).flatten()
    }

    fn match_speaker(&self, hit: &CueHit<'_>) -> Range<usize> {
        let mut start = hit.matched.start;
        for word in ["federal ", "high ", "supreme ", "district ", "a ", "the ", "an ", "chinese ", "german "] {
            if self.text[..start].ends_with(word) {
                start -= word.len();
            }
        }
        for word in ["a ", "the ", "an "] {
            if self.text[..start].ends_with(word) {
                start -= word.len();
            }
        }
        let end = self.text[start..hit.word.start].trim_end().len() + start;
        start..end
    }

    fn claim(&self, hit: &CueHit<'_>, frame: Option<&Frame>) -> Range<usize> {
        if let Some(claim) = &hit.claim {
            return claim.clone();
        }
        if hit.cue.sub.as_deref() == Some("plea") {
            return hit.matched.clone();
        }
        if hit.cue.frame || hit.cue.sub.as_deref() == Some("general") {
            return frame.map_or_else(
                || self.clause_start(hit.word.start)..self.clause_end(hit.word.end),
                |frame| self.drop_that(frame.content.clone()),
            );
        }
        if let Some(target) = &hit.target {
            return self.drop_that(target.end.max(hit.matched.end)..self.clause_end(hit.matched.end));
        }
        if hit.cue.voice != CueVoice::Active && hit.matched.end > hit.word.end {
            return self.drop_that(hit.matched.end..self.clause_end(hit.matched.end));
        }
        let end = self.clause_end(hit.word.end);
        let object = self.drop_that(hit.word.end..end);
        if self.text[object.clone()].chars().any(char::is_alphanumeric) { object } else { hit.matched.clone() }
    }

    fn drop_that(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ':');
        for word in ["that ", "of ", "about "] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        range.end - rest.len()..range.end
    }

    fn polarity(&self, hit: &CueHit<'_>) -> Polarity {
        if self.text.trim_end().ends_with('?') {
            return Polarity::Questioned;
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

    fn said_or_not(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let before = &self.text[start..at];
        if self.words.negated.is_match(before) {
            return Polarity::Negated;
        }
        if self.words.hypothetical.is_match(before) {
            return Polarity::Hypothetical;
        }
        self.if_clause(at)
    }

    fn if_clause(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let conditional = self.words.hypothetical_clause.is_match(&self.text[start..at]);
        if conditional { Polarity::Hypothetical } else { Polarity::Asserted }
    }

    /// Names a subject: one that points back takes the name it points to.
    fn who(&self, subject: Range<usize>, earlier: Option<Named>, carried: &Carried) -> Option<Named> {
        let name = self.text[subject.clone()].trim();
        let first = name.split(' ').next().unwrap_or_default();
        if matches!(first, "we" | "i" | "our" | "my" | "we've" | "we’ve" | "i've") && earlier.is_some() {
            return earlier;
        }
        // "he", and "in Beijing he".
        let last = name.rsplit(' ').next().unwrap_or_default();
        let ends_in_pronoun =
            matches!(last, "he" | "she" | "they") && matches!(first, "in" | "on" | "at" | "he" | "she" | "they");
        if ends_in_pronoun || matches!(name, "it" | "who" | "which" | "we" | "i" | "its" | "their" | "that") {
            return earlier.or_else(|| carried.meant()).or(Some(Named::Here(subject)));
        }
        Some(Named::Here(subject))
    }

    fn clause_start(&self, at: usize) -> usize {
        let from = floor(self.text, at.saturating_sub(400));
        self.text[from..at].rfind([',', ';', ':', '"', '“', '”', '—', '–']).map_or(from, |found| {
            let next = from + found;
            next + self.text[next..].chars().next().map_or(0, char::len_utf8)
        })
    }

    /// Returns where the clause that holds a position ends; a comma before "and", "but" or a subordinate ends it.
    fn clause_end(&self, at: usize) -> usize {
        const BREAKS: &[&str] = &[
            "and ",
            "but ",
            "while ",
            "as ",
            "with ",
            "after ",
            "which ",
            "who ",
            "although ",
            "the ",
            "a ",
            "an ",
            "he ",
            "she ",
            "it ",
            "they ",
            "including ",
            "adding ",
            "saying ",
            "calling ",
            "according ",
            "following ",
            "when ",
        ];
        let rest = &self.text[at..];
        for (skip, c) in rest.char_indices() {
            let after = &rest[skip + c.len_utf8()..];
            let ends = match c {
                ';' | '—' => true,
                ',' => BREAKS.iter().any(|word| after.trim_start().starts_with(word)),
                ' ' => {
                    ["but denied", "and denied", "after ", "while ", "and accused", "but ", "and called", "and urged"]
                        .iter()
                        .any(|word| after.starts_with(word))
                }
                _ => false,
            };
            if ends && skip > 0 {
                return at + skip;
            }
        }
        self.text.trim_end_matches(['.', ' ']).len().max(at)
    }

    fn all_quoted(&self) -> bool {
        self.text.starts_with(['"', '“']) && self.text.ends_with(['"', '”'])
    }

    fn remember(&self, frames: &[Frame], drafts: &[Draft], carried: &mut Carried) {
        let first = frames.iter().find_map(|frame| frame.speaker.clone());
        let spoken = first.or_else(|| drafts.iter().find_map(|draft| draft.speaker.clone()));
        if let Some(Named::Here(range)) = spoken {
            let name = self.scene.whole[self.scene.in_whole(range)].trim();
            if name.chars().any(char::is_uppercase) || name.starts_with("the ") || name.starts_with("a ") {
                carried.speaker = Some(name.to_owned());
            }
            carried.same_paragraph = true;
        } else if frames.iter().any(|frame| !frame.verb.is_empty()) {
            carried.same_paragraph = true;
        }
        for c in self.text.chars() {
            match c {
                '“' => carried.open_quote = true,
                '”' => carried.open_quote = false,
                '"' => carried.open_quote = !carried.open_quote,
                _ => {}
            }
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
