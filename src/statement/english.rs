//! English sentences: the speaker stands before the verb, or after it, or at the end of a headline.

use std::ops::Range;

use super::{Carried, Draft, Named, Scene};
use crate::lexicon::{ActorKind, CueHit, CueTable, CueVoice, Lexicon, Object, SpeakerAt, WordTable};
use crate::model::{Polarity, StatementKind, Voice};

/// A subject longer than this is not one.
const LONGEST_SUBJECT: usize = 180;

/// How many words of an object are looked at for its head.
const HEAD_WORDS: usize = 9;

/// Words after which a new clause with a subject of its own begins.
const CLAUSE_WORDS: &[&str] = &[
    "after", "while", "but", "although", "though", "when", "because", "that", "which", "who", "whom", "if", "as", "since",
    "before", "where", "than", "whether", "until", "amid", "despite", "whereas", "so", "unless", "once", "what", "how",
    "also", "plus", "because of", "where", "even",
];

/// Words that stand between a subject and its verb.
const VERB_GROUP: &[&str] = &[
    "has", "have", "had", "is", "are", "was", "were", "been", "be", "being", "will", "would", "may", "might", "could",
    "should", "can", "did", "does", "do", "not", "also", "later", "earlier", "today", "yesterday", "then", "both", "all",
    "thus", "far", "again", "first", "still", "never", "now", "since", "too", "meanwhile", "once", "to", "however", "have",
    "long", "always", "so", "twice", "which", "who", "that", "once", "likewise", "and", "jointly", "himself", "herself",
    "itself", "themselves", "neither", "nor", "no", "yet", "it", "up", "just", "even", "well",
];

/// Somebody is said to say something; ranges are bytes of the folded sentence.
struct Frame {
    speaker: Option<Named>,
    verb: Range<usize>,
    content: Range<usize>,
    confidence: f64,
}

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
    drafts
}

struct Sentence<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    words: &'a WordTable,
    actors: Vec<Range<usize>>,
    /// Where hacking groups are named: to name one is to tell of an act.
    threats: Vec<Range<usize>>,
    vetoed: Vec<Range<usize>>,
}

impl Sentence<'_> {
    fn frames(&self, carried: &Carried) -> Vec<Frame> {
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
        let subject = self.subject(verb.start)?;
        let speaker = self.who(subject.clone(), before.iter().rev().find_map(|frame| frame.speaker.clone()), carried);
        let before_subject = self.text[..subject.start].trim_end();
        let follows = before_subject.ends_with([',', '"', '”', '’', '\'']) && before_subject.len() > 12;
        let tail = after.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ',');
        let closes = tail.is_empty()
            || ["in ", "on ", "at ", "during ", "to ", "last ", "this ", "adding", "reporters", "the register", "when asked", "wednesday", "thursday", "monday", "tuesday", "friday"]
                .iter()
                .any(|begin| tail.starts_with(begin))
            || after.starts_with([',', '.']);
        let tells_somebody = matches!(&self.text[verb.clone()], "told" | "tells" | "telling") && !tail.contains(" that ") && !tail.contains(':');
        let quoted_before = before_subject.ends_with(['"', '”']) || before_subject.ends_with(",'") || before_subject.ends_with("’");
        let content = if follows && (closes || quoted_before || tells_somebody) { 0..before_subject.len() } else { verb.end..self.text.len() };
        Some(Frame { speaker, verb, content, confidence: 0.8 })
    }

    fn according(&self, mark: Range<usize>) -> Option<Frame> {
        let speaker = self.source_after(mark.end)?;
        let rest = self.text[speaker.end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let content = if self.text[..mark.start].trim().is_empty() { self.text.len() - rest.len()..self.text.len() } else { 0..mark.start };
        Some(Frame { speaker: Some(Named::Here(speaker)), verb: mark, content, confidence: 0.85 })
    }

    fn draft(&self, hit: &CueHit<'_>, frames: &[Frame], last: Option<&Named>, carried: &Carried) -> Option<Draft> {
        let cue = hit.cue;
        let object_start = hit.target.as_ref().map_or(hit.word.end, |target| target.start);
        let object = &self.text[object_start..];
        let certain = self.object_holds(cue.object, object, object_start)?;
        let frame = frames.iter().filter(|frame| frame.content.start <= hit.word.start && hit.word.end <= frame.content.end).next_back();
        let framed = frame.and_then(|frame| frame.speaker.clone());
        let before = &self.text[..hit.word.start];
        let participle = self.words.passive.is_match(before);
        // "… and accused", "…, accusing": the subject is that of the verb before.
        let shared = self.shares_subject(hit.word.start, &self.text[hit.word.clone()]);
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
        } else if cue.sub.as_deref() == Some("threat") && framed.is_some() {
            framed
        } else if cue.speaker == SpeakerAt::Match {
            Some(Named::Here(self.match_speaker(hit)))
        } else {
            match own.clone() {
                Some(range) => self.who(range, framed.or_else(|| last.cloned()), carried),
                None => {
                    let frame_before = || frames.iter().rev().find(|frame| frame.verb.end <= hit.word.start && !frame.verb.is_empty());
                    let known = framed.or_else(|| last.cloned()).or_else(|| frame_before().and_then(|frame| frame.speaker.clone()));
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
            target: target.filter(|_| !matches!(cue.kind, StatementKind::Deny | StatementKind::Confirm | StatementKind::NoComment)),
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
                const THINGS: &[&str] = &["answers", "explanation", "briefing", "stop", "halt", "cease", "end ", "hand over", "release", "clarif", "information about", "apolog", "refrain", "investigat", "evidence", "proof"];
                (actor() || THINGS.iter().any(|thing| rest.contains(thing)) || rest.is_empty()).then_some(true)
            }
            // The head decides: rejecting an appeal against a spying charge is no denial.
            Object::Claim => match (claim, refused) {
                (Some(claim), Some(refused)) => (claim < refused || self.possessive(head, refused)).then_some(true),
                (Some(_), None) => Some(true),
                _ => None,
            },
            Object::Denied => match (claim, refused) {
                (None, Some(_)) => None,
                (Some(claim), Some(refused)) if refused < claim && !self.possessive(head, refused) => None,
                (Some(_), _) => Some(true),
                _ => Some(self.words.deniable.is_match(rest.trim_start()) || self.words.deniable.is_match(rest)),
            },
        }
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
        let direct = word.ends_with("ed of") || word.ends_with(" by") || word.ends_with("ed with") || word.ends_with("ed in")
            || word.ends_with("ed over") || word.ends_with("ed for") || word.ends_with("ed on") || word.ends_with("ed to")
            || word.ends_with(" under") || word.ends_with("ed after") || word == "cleared of" || (word == "indicted" && self.text[hit.word.end..].trim_start().starts_with(['.', ',', 'o', 'i', 'f', 'b']))
            || word == "arraigned" || word == "prosecuted" && self.text[hit.word.end..].trim_start().starts_with(['.', ',', 'f', 'i', 'u']);
        direct || own.is_none()
    }

    fn by_whom(&self, from: usize) -> Option<Range<usize>> {
        let clause = &self.text[from..self.clause_end(from)];
        let at = clause.find(" by ")? + 4;
        let after = clause[at..].split_whitespace().next()?;
        if after.ends_with("ing") {
            return None;
        }
        self.name_after(from + at)
    }

    /// Says whether a verb has no subject of its own: it follows "and", or is a participle after a main clause.
    fn shares_subject(&self, at: usize, word: &str) -> bool {
        let before = self.text[..at].trim_end();
        let joined = [" and", " but", ", and", " also", " then", " or"].iter().any(|join| before.ends_with(join)) && !before.ends_with(" both and");
        let names_pair = before.ends_with(" also") && !before.ends_with("and also") && !before.ends_with("but also");
        let first = word.split(' ').next().unwrap_or_default();
        let participle = first.ends_with("ing") && !self.words.passive.is_match(&self.text[..at]);
        (joined && !names_pair) || participle
    }

    /// "warnings by senior officials": the name after a noun cue.
    fn name_after_noun(&self, hit: &CueHit<'_>) -> Option<Named> {
        let rest = &self.text[hit.matched.end..];
        let matched = &self.text[hit.matched.clone()];
        let noun = (matched.starts_with("warning") || matched.contains("denial")) && (matched.ends_with(" by") || matched.ends_with(" from"));
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

    /// Takes an accusation from a verb of saying and a hostile act in what is said.
    fn accusation(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        let said = self.text.get(frame.content.clone())?;
        let overlaps = |range: &Range<usize>| range.start < frame.verb.end && frame.verb.start < range.end;
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.content.end;
            let tells = !matches!(draft.kind, StatementKind::Investigate | StatementKind::Confirm);
            let same_kind_before = draft.kind == StatementKind::Accuse && draft.voice == Voice::Active;
            overlaps(&draft.cue) || same_kind_before || (inside && tells && draft.polarity == Polarity::Asserted && draft.voice == Voice::Active)
        });
        let asks = said.trim_end().ends_with('?') && !said.contains("says");
        let names_threat = self.threats.iter().any(|range| frame.content.start <= range.start && range.end <= frame.content.end);
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
            counter: said.contains("hyping") || said.contains("hacking empire") || said.contains("empire of hacking"),
            background: false,
            via: None,
            running_quote: frame.verb.is_empty(),
            confidence: frame.confidence - 0.15,
            candidate: frame.speaker.is_none(),
            rule: if frame.verb.is_empty() { "en.running-quote".to_owned() } else { "en.says-hostile".to_owned() },
        })
    }

    fn claim(&self, hit: &CueHit<'_>, frame: Option<&Frame>) -> Range<usize> {
        if let Some(claim) = &hit.claim {
            return claim.clone();
        }
        if hit.cue.frame || hit.cue.sub.as_deref() == Some("general") {
            return frame.map_or_else(|| self.clause_start(hit.word.start)..self.clause_end(hit.word.end), |frame| self.drop_that(frame.content.clone()));
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
        if matches!(name, "he" | "she" | "it" | "they" | "who" | "which" | "we" | "i" | "its" | "their" | "that") {
            return earlier.or_else(|| carried.meant()).or(Some(Named::Here(subject)));
        }
        Some(Named::Here(subject))
    }

    /// Finds the noun phrase before a verb.
    fn subject(&self, verb: usize) -> Option<Range<usize>> {
        let mut end = self.text[..verb].trim_end().len();
        let mut pronoun = None;
        // Walk left over the verb group: "has also repeatedly".
        loop {
            let head = self.text[..end].trim_end();
            let word = head.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if matches!(bare, "it" | "who" | "which" | "that") {
                pronoun = Some(head.len() - word.len()..head.len());
            }
            let skip = VERB_GROUP.contains(&bare) || (bare.ends_with("ly") && bare.len() > 4) || bare.ends_with("n't") || bare.ends_with("n’t");
            if word.is_empty() || !skip || word.ends_with(['"', '”']) {
                end = head.len();
                break;
            }
            end = head.len() - word.len();
        }
        if let Some(range) = pronoun {
            return Some(self.antecedent(range));
        }
        let mut left = self.text[..end].trim_end();
        // "Price, a spokesman, said": the name stands before the apposition.
        if left.ends_with(',') {
            left = left[..left.len() - 1].trim_end();
            left = &left[..self.without_apposition(left)];
        }
        left = &left[..left.len() - self.trailing_time(left)];
        let end = left.trim_end().len();
        let mut start = self.phrase_start(end)?;
        let mut end = end;
        // "The association, in a long post, said": the name stands before the adverbial.
        let adverbial = ["in ", "on ", "at ", "speaking ", "during ", "writing ", "citing ", "through ", "via ", "when ", "asked ", "responding "];
        let head = self.text[..start].trim_end();
        if head.ends_with(',') && adverbial.iter().any(|word| self.text[start..end].starts_with(word)) {
            end = head.len() - 1;
            start = self.phrase_start(end)?;
        }
        let range = trim(self.text, start..end);
        let name = &self.text[range.clone()];
        let odd = name.is_empty() || range.len() > LONGEST_SUBJECT || !name.chars().any(char::is_alphabetic) || name.ends_with(" of") || name.ends_with(" by");
        (!odd).then_some(range)
    }

    /// Finds the noun that "which", "who" or "that" stands for: the phrase before it.
    fn antecedent(&self, pronoun: Range<usize>) -> Range<usize> {
        let relative = matches!(&self.text[pronoun.clone()], "which" | "who" | "that");
        if !relative {
            return pronoun;
        }
        let head = self.text[..pronoun.start].trim_end().trim_end_matches(',');
        match self.phrase_start(head.len()) {
            Some(start) if start < head.len() => trim(self.text, start..head.len()),
            _ => pronoun,
        }
    }

    /// Returns where the text ends once "…, a spokesman" is taken off it.
    fn without_apposition(&self, left: &str) -> usize {
        let Some(comma) = left.rfind(',') else {
            return left.len();
        };
        let apposition = left[comma + 1..].trim_start();
        let names_somebody = left[..comma].trim_end().chars().next_back().is_some_and(char::is_alphanumeric) || left[..comma].ends_with(')');
        let short = apposition.len() < 120;
        if names_somebody && short && !apposition.starts_with("and ") { comma } else { left.len() }
    }

    /// Returns how many bytes at the end tell when or where: "on Thursday", "this week", "in a statement".
    fn trailing_time(&self, left: &str) -> usize {
        const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "week", "month", "year", "today", "yesterday", "night", "morning", "afternoon", "evening"];
        let words: Vec<&str> = left.rsplitn(5, ' ').collect();
        let last = words.first().copied().unwrap_or_default().trim_end_matches([',', '.']);
        if !DAYS.contains(&last) {
            let statement = ["statement", "post", "report", "letter", "interview", "briefing", "conference", "filing", "advisory", "alert"];
            if statement.contains(&last) && let Some(at) = left.rfind(" in a") {
                return if left.len() - at < 60 { left.len() - at } else { 0 };
            }
            return 0;
        }
        let mut length = words[0].len();
        for word in words.iter().skip(1).take(2) {
            if matches!(*word, "on" | "last" | "this" | "earlier" | "late" | "early" | "next" | "in" | "a" | "the") {
                length += word.len() + 1;
            } else {
                break;
            }
        }
        (length + 1).min(left.len())
    }

    /// Walks left from the end of a noun phrase to where it begins.
    fn phrase_start(&self, end: usize) -> Option<usize> {
        let text = &self.text[..end];
        let floor_at = floor(text, end.saturating_sub(LONGEST_SUBJECT + 60));
        let mut start = floor_at;
        let mut listing = false;
        let mut depth = 0_usize;
        for (at, c) in text[floor_at..].char_indices().rev() {
            let at = floor_at + at;
            let next = at + c.len_utf8();
            match c {
                ')' | ']' => depth += 1,
                '(' | '[' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                ';' | ':' | '?' | '!' | '—' | '–' | '"' | '“' | '”' | '(' | '\n' | '‘' | '|' => {
                    start = next;
                    break;
                }
                '.' if text[next..].starts_with(' ') && !short_word(&text[..at]) => {
                    start = next;
                    break;
                }
                ',' => {
                    // "A, B, and C said" is one speaker in three parts.
                    let part = text[next..end].trim_start();
                    if part.starts_with("and ") || listing && part.split([',']).next().is_some_and(|part| part.split(' ').count() <= 6) {
                        listing = true;
                        continue;
                    }
                    start = next;
                    break;
                }
                ' ' => {
                    let word = text[next..end].split(' ').next().unwrap_or_default();
                    if CLAUSE_WORDS.contains(&word) {
                        start = next + word.len();
                        break;
                    }
                }
                _ => {}
            }
        }
        let phrase = text[start..].trim_start();
        let mut start = end - phrase.len();
        for word in ["and ", "but ", "while ", "as ", "when ", "after ", "although ", "though ", "if ", "in ", "also ", "however ", "because ", "despite ", "amid ", "updated ", "meanwhile "] {
            if self.text[start..end].starts_with(word) && word != "in " {
                start += word.len();
            }
        }
        (start < end).then_some(start)
    }

    /// Finds the noun phrase after a position: up to the comma, the full stop or the verb of the next clause.
    fn name_after(&self, at: usize) -> Option<Range<usize>> {
        const STOPS: &[&str] = &["adding", "who", "which", "that", "in", "on", "during", "after", "when", "as", "at", "while", "but", "noting", "for", "over", "and", "speaking", "told", "said", "says", "is", "are", "was", "were", "has", "have", "had", "to", "with", "last", "this", "earlier"];
        let rest = &self.text[at..];
        let mut end = 0;
        for (count, piece) in rest.split_inclusive(' ').enumerate() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            // "the ministry of defence and the police": "and" goes on when a name follows.
            if count > 0 && STOPS.contains(&word) && !(word == "and" && end > 0 && rest[end + piece.len()..].starts_with("the ")) && !(word == "for" || word == "in" && count < 2) {
                break;
            }
            end += piece.len();
            let trimmed = piece.trim_end();
            if count > 14 || trimmed.ends_with([',', ';', ':', '"', '”', ')', '—', '–']) || (trimmed.ends_with('.') && !short_word(trimmed.trim_end_matches('.'))) {
                break;
            }
        }
        let range = trim(self.text, at..at + end);
        let name = &self.text[range.clone()];
        (name.chars().any(char::is_alphabetic) && name.len() > 1).then_some(range)
    }

    /// Finds the source after "according to": all of it up to the next comma or clause.
    fn source_after(&self, at: usize) -> Option<Range<usize>> {
        const STOPS: &[&str] = &["that", "which", "who", "when", "after", "while", "as", "published", "released", "on", "said", "has", "have", "is", "was", "seen"];
        let rest = &self.text[at..];
        let mut end = 0;
        for (count, piece) in rest.split_inclusive(' ').enumerate() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            if count > 0 && STOPS.contains(&word) {
                break;
            }
            end += piece.len();
            let trimmed = piece.trim_end();
            if count > 18 || trimmed.ends_with([',', ';', ':', '”', '—', '–']) || (trimmed.ends_with('.') && !short_word(trimmed.trim_end_matches('.'))) {
                break;
            }
        }
        let range = trim(self.text, at..at + end);
        (range.len() > 1).then_some(range)
    }

    /// Returns the subject of the sentence: what stands before its first comma or verb.
    fn first_subject(&self, before: usize) -> Option<Named> {
        let mut end = 0;
        let text = &self.text[..before];
        for piece in text.split_inclusive(' ') {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let verb = (word.ends_with("ed") && word.len() > 4 && !matches!(word, "united" | "federated" | "alleged"))
                || matches!(word, "has" | "have" | "had" | "is" | "are" | "was" | "were" | "will" | "would" | "says" | "said" | "told" | "conducts");
            if verb {
                break;
            }
            end += piece.len();
            if piece.trim_end().ends_with([',', ':', ';']) || end > LONGEST_SUBJECT {
                break;
            }
        }
        let range = trim(self.text, 0..end);
        let first = self.text[range.clone()].split(' ').next().unwrap_or_default();
        let adverbial = matches!(first, "in" | "on" | "at" | "after" | "while" | "when" | "as" | "by" | "according" | "during" | "despite" | "if" | "the following");
        (!range.is_empty() && !adverbial && self.text[range.clone()].chars().any(char::is_alphabetic)).then_some(Named::Here(range))
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
        const BREAKS: &[&str] = &["and ", "but ", "while ", "as ", "with ", "after ", "which ", "who ", "although ", "the ", "a ", "an ", "he ", "she ", "it ", "they ", "including ", "adding ", "saying ", "calling ", "according ", "following ", "when "];
        let rest = &self.text[at..];
        for (skip, c) in rest.char_indices() {
            let after = &rest[skip + c.len_utf8()..];
            let ends = match c {
                ';' | '—' => true,
                ',' => BREAKS.iter().any(|word| after.trim_start().starts_with(word)),
                ' ' => ["but denied", "and denied", "after ", "while ", "and accused", "but ", "and called", "and urged"].iter().any(|word| after.starts_with(word)),
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

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let stray = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '"' | '“' | '”' | '—' | '–' | '-');
    let start = range.start + (part.len() - part.trim_start_matches(stray).len());
    let end = range.start + part.trim_end_matches(stray).len();
    start..end.max(start)
}

/// Says whether a text ends in a shortened word or an initial.
fn short_word(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.contains('.') || word.chars().count() <= 2 || matches!(word, "gen" | "rep" | "sen" | "prof" | "col" | "mrs" | "inc" | "ltd" | "adm")
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
