//! English sentences: the speaker stands before the verb, or after it, or at the end of a headline.

mod claim;
mod clause;
mod deed;
mod defence;
mod doubt;
mod frame;
mod object;
mod polarity;
mod speaker;
mod subject;
mod syntax;
mod target;

use std::cell::OnceCell;
use std::ops::Range;

use self::frame::Frame;
use self::syntax::Syntax;
use super::{Carried, Draft, LazyPlaces, Named, Scene};
use crate::lexicon::{CueHit, CueTable, Glance, Lexicon, Object, Phrases, WordClass, WordTable};
use crate::model::{StatementKind, Voice};

/// So many of those who are accused in an article are kept.
const MOST_ACCUSED: usize = 60;

/// Reads one sentence.
pub(super) fn read(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &mut Carried) -> Vec<Draft> {
    let accused = std::mem::take(&mut carried.accused);
    let drafts = Sentence::new(lexicon, table, scene, &accused).drafts(carried);
    let new = std::mem::replace(&mut carried.accused, accused);
    for name in new {
        if carried.accused.len() < MOST_ACCUSED && !carried.accused.contains(&name) {
            carried.accused.push(name);
        }
    }
    drafts
}

/// Returns who speaks behind a quotation that ends in a sentence, as printed: "…,” she told reporters."
pub(super) fn trailing(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &Carried) -> Option<String> {
    let sentence = Sentence::new(lexicon, table, scene, &[]);
    let frames = sentence.frames(carried);
    let frame = frames.iter().find(|frame| !frame.verb.is_empty() && frame.content.start == 0)?;
    match frame.speaker.as_ref()? {
        Named::Here(range) => Some(scene.whole[scene.in_whole(range.clone())].trim().to_owned()),
        Named::Before(name) => Some(name.clone()),
    }
}

struct Sentence<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    words: &'a WordTable,
    places: LazyPlaces<'a>,
    table: &'a CueTable,
    /// What may stand in it.
    glance: &'a Glance,
    /// Who was accused before.
    accused: &'a [String],
    vetoed: OnceCell<Vec<Range<usize>>>,
    /// Made when a first verb asks for its subject: most sentences have none that matters.
    syntax: OnceCell<Syntax<'a>>,
}

impl<'a> Sentence<'a> {
    /// Returns a stretch of the sentence, nothing where it ends before it begins: what stands between two places is asked
    /// by rules that do not know in which order they stand.
    fn stretch(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn new(lexicon: &'a Lexicon, table: &'a CueTable, scene: &'a Scene<'a>, accused: &'a [String]) -> Self {
        Self {
            scene,
            text: scene.folded.text.as_str(),
            words: &table.words,
            places: LazyPlaces::new(lexicon, scene),
            table,
            glance: scene.glance(table),
            accused,
            vetoed: OnceCell::new(),
            syntax: OnceCell::new(),
        }
    }

    fn phrases(&self) -> &'a Phrases {
        &self.table.phrases
    }

    fn actors(&self) -> &[Range<usize>] {
        &self.places.get().actors
    }

    fn syntax(&self) -> &Syntax<'a> {
        self.syntax.get_or_init(|| {
            let print = self.scene.print();
            let capital = |range: &Range<usize>| {
                print[self.scene.folded.print_range(range.clone())].chars().next().is_some_and(char::is_uppercase)
            };
            Syntax::new(self.text, &self.table.grammar, capital)
        })
    }
}

impl Sentence<'_> {
    fn drafts(&self, carried: &mut Carried) -> Vec<Draft> {
        let frames = self.frames(carried);
        let mut drafts: Vec<Draft> = Vec::new();
        for hit in &self.table.find_where(self.text, self.glance, !frames.is_empty(), |hit| self.holds(hit).is_some()) {
            let last = drafts.iter().rev().find_map(|draft| draft.speaker.clone());
            drafts.extend(self.draft(hit, &frames, last.as_ref(), carried));
        }
        for frame in &frames {
            drafts.extend(self.defence(frame, &drafts));
            let accusation = self.accusation(frame, &drafts);
            // Whom the accused's own side would accuse is as good as never told by the words alone.
            let unsure = accusation.as_ref().is_none_or(|draft| draft.candidate);
            let account = if unsure { self.account(frame, &drafts) } else { None };
            drafts.extend(account.or(accusation));
        }
        for draft in &mut drafts {
            if let Some(Named::Here(target)) = &draft.target {
                draft.target = Some(self.whom(target.clone(), draft.speaker.as_ref(), carried));
            }
            if let Some(Named::Here(name)) = &draft.speaker
                && let Some(issuer) = self.issuer(name)
            {
                draft.speaker = Some(Named::Here(issuer));
            }
        }
        drafts.sort_by_key(|draft| draft.cue.start);
        self.remember(&frames, &drafts, carried);
        super::without_repeats(drafts, self.text)
    }

    /// Says whether a cue holds where it stands: `None` when not, `Some(false)` when that is uncertain.
    fn holds(&self, hit: &CueHit<'_>) -> Option<bool> {
        let cue = hit.cue;
        let hit = &self.with_whole_target(hit);
        let at = hit.word.start;
        let object_start = hit.target.as_ref().map_or(hit.word.end, |target| target.start);
        // "Beijing-linked hackers" is a modifier.
        if self.text[..at].ends_with('-') || cue.rule == "claims" && self.is_noun(&hit.word) {
            return None;
        }
        // "a newly unsealed indictment".
        if hit.speaker.is_none() && self.syntax().is_adjective(at) {
            return None;
        }
        // "Jury told that accused denied": the noun, behind which its own verb stands.
        let next = self.text[hit.word.end..].split_whitespace().next().unwrap_or_default();
        if cue.rule == "accuses-plain"
            && self.stretch(hit.word.clone()) == "accused"
            && self.phrases().accused_do.has(next)
        {
            return None;
        }
        // "It would be wrong to deny that": what is wrong is no claim.
        if cue.rule == "is-false" && self.text[..hit.matched.end].ends_with("be wrong") && next == "to" {
            return None;
        }
        // "The passport was false": a thing, and no claim.
        if cue.rule == "is-false" && self.is_false_thing(at) {
            return None;
        }
        // "the alert", "a court order", "attacks by".
        let verb = self.stretch(hit.word.clone()).split(' ').next().unwrap_or_default();
        if hit.speaker.is_none()
            && !self.is_made(hit)
            && self.glance.has(&self.words.noun_or_verb, verb)
            && self.syntax().is_noun(at)
        {
            return None;
        }
        // "such cases were concocted by the party": what is called made up is the claim, and nobody made one up here.
        if cue.counter && hit.target.is_none() && self.syntax().is_passive(at) {
            return None;
        }
        // "admitted two partners", "asked anyone to leave": nothing is confessed, and nobody in particular is asked.
        let takes_in = cue.rule == "admits" && self.takes_in(hit.word.end);
        let anybody = matches!(cue.kind, StatementKind::Demand)
            && hit.target.as_ref().is_some_and(|target| self.phrases().anybody.has(self.stretch(target.clone())));
        if takes_in || anybody {
            return None;
        }
        // "a portal called “Silent Courier” that it hopes …": what is called so stands before the quotation.
        // In "called the talks on the case “useful”" it is no claim.
        if cue.object == Object::Quoted {
            let reached = self.quotation_ahead(hit.word.end).is_some_and(|quoted| hit.matched.end <= quoted.start);
            let preposition = |word: &str| self.table.grammar.class(word) == Some(WordClass::Preposition);
            let mut led = self.stretch(hit.word.end..hit.matched.end).split_whitespace().filter(|word| *word != "as");
            if !reached || led.any(preposition) {
                return None;
            }
        }
        // "her lawyers argued that the court should adjourn" is about the proceedings.
        let clause = || self.stretch(hit.matched.end..self.clause_end(hit.matched.end));
        if cue.rule == "defence-maintains" && self.glance.has(&self.words.procedure, clause()) {
            return None;
        }
        // "condemns this malicious campaign": the word only describes what follows.
        let describes = matches!(cue.rule.as_str(), "calls-it-false" | "is-false")
            && !self.glance.has(&self.words.falsehood, self.stretch(hit.matched.clone()))
            && self.describes_next(hit.matched.end);
        if describes {
            return None;
        }
        // "the findings were rejected by the embassy": what is rejected stands before the verb.
        let answers = matches!(cue.object, Object::Claim | Object::Accusation | Object::Denied);
        if answers && self.syntax().is_passive(at) {
            let subject = self.subject(at).map(|subject| self.stretch(subject));
            let claimed = subject.is_some_and(|name| {
                self.glance.has(&self.words.claim, name) && !self.glance.has(&self.words.refused, name)
            });
            if claimed || cue.object != Object::Denied {
                return claimed.then_some(true);
            }
        }
        // "no denial came from Beijing", "MPs demanded a denial".
        if matches!(cue.rule.as_str(), "denial-noun" | "denial-owned") && self.is_no_denial(hit) {
            return None;
        }
        // "admitted nothing".
        if cue.rule == "admits" && matches!(next.trim_end_matches(['.', ',']), "nothing" | "no") {
            return None;
        }
        // "denied the consul a seat", "mocked Beijing for denying it".
        if matches!(cue.object, Object::Denied) && self.takes_two_objects(hit.word.end)
            || cue.object == Object::Claim && self.is_somebody_for(hit.word.end)
        {
            return None;
        }
        // "They wanted access, which Beijing denied": what was asked for is refused.
        if cue.kind == StatementKind::Deny && self.refuses_before(at, hit.word.end) {
            return None;
        }
        // "a claim the government rejects": the claim stands before who rejects it.
        let behind = self.text[hit.matched.end..].trim_start();
        if answers
            && behind.trim_start_matches(['"', '”', '’', '\'']).is_empty() | behind.starts_with(['.', ',', ';', ')'])
            && let Some(subject) = self.subject(at)
        {
            let before = self.text[..subject.start].trim_end();
            let before = [" that", " which"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
            let noun = before.rsplit(' ').next().unwrap_or_default();
            if self.glance.has(&self.words.claim, noun) {
                return Some(true);
            }
        }
        self.object_holds(cue.object, &self.text[object_start..], object_start)
    }

    /// Says whether a word that ends at a place stands before a noun that is no claim.
    fn describes_next(&self, end: usize) -> bool {
        let rest = &self.text[end..];
        let Some(word) = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()) else { return false };
        let next = word.trim_matches(|c: char| !c.is_alphanumeric());
        const GRAMMAR: &[&str] = &[
            "and", "or", "but", "as", "in", "on", "at", "by", "for", "from", "with", "that", "which", "who", "of",
            "to", "said", "says", "told", "while", "after", "before", "because", "since", "when", "against", "about",
            "designed", "aimed", "intended", "meant", "it", "he", "she", "they", "without", "during", "over",
            "through", "added", "adding", "saying",
        ];
        !next.is_empty() && !GRAMMAR.contains(&next) && !self.glance.has(&self.words.claim, next)
    }

    /// Says whether "admitted" lets so many in, or accepts an exhibit, and confesses nothing.
    fn takes_in(&self, end: usize) -> bool {
        let mut behind = self.text[end..].split_whitespace().take(6);
        let counted = behind
            .next()
            .is_some_and(|word| self.phrases().counts.has(word) || word.starts_with(|c: char| c.is_ascii_digit()));
        counted && !behind.any(|word| self.phrases().confessed.begins(word))
    }

    fn vetoed(&self) -> &[Range<usize>] {
        self.vetoed.get_or_init(|| self.table.false_friends(self.text, self.glance))
    }

    fn draft(&self, hit: &CueHit<'_>, frames: &[Frame], last: Option<&Named>, carried: &Carried) -> Option<Draft> {
        let cue = hit.cue;
        let hit = &self.with_whole_target(hit);
        let at = hit.word.start;
        let certain = self.holds(hit)?;
        let frame = frames.iter().rfind(|frame| frame.content.start <= at && hit.word.end <= frame.content.end);
        let actor = self.actor(hit, frame, frames, last, carried)?;
        // "faces two counts of spying", "gets nine years for it": who charges or sentences is not told.
        let verb = self.stretch(hit.word.clone());
        let faces = cue.kind == StatementKind::Charge && verb.starts_with("fac")
            || cue.rule == "sentenced" && ["get", "got", "receiv", "faces"].iter().any(|stem| verb.starts_with(stem));
        let actor = if faces && actor.voice == Voice::Active {
            let accused = match actor.speaker {
                Some(Named::Here(range)) => Some(range),
                _ => None,
            };
            speaker::Actor { speaker: None, target: accused, voice: Voice::Agentless, ..actor }
        } else {
            actor
        };
        let mut kind = cue.kind;
        let mut candidate = !cue.certain || !certain || actor.speaker.is_none() && actor.voice == Voice::Active;
        candidate |= actor.voice == Voice::Agentless && matches!(kind, StatementKind::Deny | StatementKind::Confirm);
        let charges = matches!(kind, StatementKind::Charge) && actor.voice == Voice::Active;
        let state = matches!(&actor.speaker, Some(Named::Here(range)) if self.is_state(range));
        if charges && !state && !self.matches(&self.words.power, actor.speaker.as_ref()) {
            // "The member charged the government with hiding it."
            let with = self.stretch(hit.word.end..self.clause_end(hit.word.end)).contains(" with ");
            (kind, candidate) = if with { (StatementKind::Accuse, candidate) } else { (kind, true) };
        }
        candidate |= self.is_doubted(hit, &actor, frame, frames, kind);
        // "his mother insisted it was a gift": the family and the accused give their own account.
        if cue.rule == "another-account" && self.gives_account(actor.speaker.as_ref()) {
            candidate = false;
        }
        if cue.rule == "hits-out" && !self.answers_for_accused(actor.speaker.as_ref()) {
            candidate |= self.hits_by_office(actor.speaker.as_ref());
            if self.sides(actor.speaker.as_ref()).first().is_some_and(|side| side.len() == 2) {
                kind = StatementKind::Condemn;
            }
        }
        let target = self.directed_at(hit, &actor);
        let directed = !matches!(kind, StatementKind::Deny | StatementKind::Confirm | StatementKind::NoComment);
        let before = self.stretch(self.clause_start(at)..at);
        Some(Draft {
            kind,
            sub: cue.sub.clone().filter(|_| kind == cue.kind),
            speaker: actor.speaker,
            target: target.filter(|_| directed).map(Named::Here),
            cue: hit.word.clone(),
            claim: self.claim(hit, frame),
            polarity: self.polarity(hit),
            voice: actor.voice,
            counter: cue.counter,
            background: self.glance.has(&self.words.earlier, before),
            via: frame.and_then(|frame| frame.via.clone()),
            running_quote: frame.is_some_and(|frame| frame.verb.is_empty()),
            confidence: actor.confidence,
            candidate,
            rule: format!("en.{}", cue.rule),
        })
    }
}
