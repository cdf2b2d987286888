//! English sentences: the speaker stands before the verb, or after it, or at the end of a headline.

mod claim;
mod deed;
mod defence;
mod frame;
mod object;
mod speaker;
mod subject;
mod syntax;
mod target;

use std::cell::OnceCell;
use std::ops::Range;

use self::frame::Frame;
use self::syntax::Syntax;
use super::{Carried, Draft, LazyPlaces, Named, Scene};
use crate::lexicon::{ByWhom, CueHit, CueTable, Glance, Lexicon, Object, Phrases, WordClass, WordTable};
use crate::model::{Polarity, StatementKind, Voice};

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
            && &self.text[hit.word.clone()] == "accused"
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
        let verb = self.text[hit.word.clone()].split(' ').next().unwrap_or_default();
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
            && hit.target.as_ref().is_some_and(|target| self.phrases().anybody.has(&self.text[target.clone()]));
        if takes_in || anybody {
            return None;
        }
        // "a portal called “Silent Courier” that it hopes …": what is called so stands before the quotation.
        // In "called the talks on the case “useful”" it is no claim.
        if cue.object == Object::Quoted {
            let reached = self.quotation_ahead(hit.word.end).is_some_and(|quoted| hit.matched.end <= quoted.start);
            let preposition = |word: &str| self.table.grammar.class(word) == Some(WordClass::Preposition);
            let mut led = self.text[hit.word.end..hit.matched.end].split_whitespace().filter(|word| *word != "as");
            if !reached || led.any(preposition) {
                return None;
            }
        }
        // "her lawyers argued that the court should adjourn" is about the proceedings.
        let clause = || &self.text[hit.matched.end..self.clause_end(hit.matched.end)];
        if cue.rule == "defence-maintains" && self.glance.has(&self.words.procedure, clause()) {
            return None;
        }
        // "condemns this malicious campaign": the word only describes what follows.
        let describes = matches!(cue.rule.as_str(), "calls-it-false" | "is-false")
            && !self.glance.has(&self.words.falsehood, &self.text[hit.matched.clone()])
            && self.describes_next(hit.matched.end);
        if describes {
            return None;
        }
        // "the findings were rejected by the embassy": what is rejected stands before the verb.
        let answers = matches!(cue.object, Object::Claim | Object::Accusation | Object::Denied);
        if answers && self.syntax().is_passive(at) {
            let subject = self.subject(at).map(|subject| &self.text[subject]);
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

    /// Says whether a noun for a denial stands where none was made, or none yet.
    fn is_no_denial(&self, hit: &CueHit<'_>) -> bool {
        let clause = &self.text[self.clause_start(hit.matched.start)..self.clause_end(hit.matched.end)];
        let clause = format!(" {clause} ");
        self.phrases().no_denial.stands_in(&clause)
    }

    /// Says whether somebody is denied something: two objects follow each other, "the consul a seat", "him news".
    fn takes_two_objects(&self, end: usize) -> bool {
        const TIMES: &[&str] =
            &["day", "week", "month", "year", "morning", "evening", "same", "next", "previous", "first"];
        let pronoun = self.text[end..].trim_start().split(' ').next().unwrap_or_default();
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
    fn is_somebody_for(&self, end: usize) -> bool {
        let at = self.text[end..].len() - self.text[end..].trim_start().len() + end;
        self.actors().iter().any(|actor| actor.start == at && self.text[actor.end..].starts_with(" for "))
    }

    /// Says whether what is called untrue belongs to China's side, and another calls it so: "the embassy's claim".
    fn is_of_china(&self, end: usize) -> bool {
        let Some(object) = self.syntax().object_after(end) else { return false };
        let name = &self.text[object.clone()];
        // "rejects China claim".
        let bare = ["china ", "chinese ", "beijing "].iter().find_map(|state| name.strip_prefix(state));
        let noun = bare.and_then(|rest| rest.split(' ').next());
        if noun.is_some_and(|noun| self.glance.has(&self.words.claim, noun)) {
            return true;
        }
        let Some(owner) = ["'s ", "’s "].iter().find_map(|mark| name.find(mark)) else { return false };
        let owner = object.start..object.start + owner;
        let mission = self.glance.has(&self.words.mission, &self.text[owner.clone()]);
        let china = self.sides(Some(&Named::Here(owner))).iter().any(|side| matches!(side.as_str(), "CN" | "HK"));
        china || mission
    }

    /// Says whether a verb of denying closes a clause behind "which", and the clause before speaks of what one asks for
    /// and of no claim.
    fn refuses_before(&self, verb: usize, end: usize) -> bool {
        let closes = self.text[end..].trim_start().starts_with(['.', ',', ';']) || end == self.text.len();
        let Some(which) = self.text[..verb].rfind(", which ").filter(|_| closes) else { return false };
        let before = &self.text[self.clause_start(which)..which];
        self.glance.has(&self.words.refused, before)
            && !self.glance.has(&self.words.claim, before)
            && !self.glance.has(&self.words.hostile, before)
    }

    /// Says whether the noun before "was false" is a thing that is forged: "the passport", "his identity".
    fn is_false_thing(&self, verb: usize) -> bool {
        let noun = self.text[..verb].trim_end().rsplit(' ').next().unwrap_or_default();
        self.phrases().forged.has(noun)
    }

    /// Says whether what is called untrue is what a state tells of itself: "rejected China's account of the encounter".
    fn is_account_of_state(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let owner = at + rest.len() - rest.trim_start().len();
        let Some(actor) = self.actors().iter().find(|actor| actor.start == owner) else { return false };
        let owned = ["'s ", "’s "].iter().find_map(|mark| self.text[actor.end..].strip_prefix(mark));
        self.is_state(actor) && owned.is_some_and(|noun| self.phrases().own_account.begins(noun))
    }

    fn names_actor(&self, speaker: Option<&Named>) -> bool {
        match speaker {
            Some(Named::Here(range)) => {
                self.actors().iter().any(|actor| range.start <= actor.start && actor.end <= range.end)
                    || self.glance.has(&self.words.company, &self.text[range.clone()])
            }
            Some(Named::Before(name)) => !self.places.lexicon.actors_in(name).is_empty(),
            None => false,
        }
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
        let verb = &self.text[hit.word.clone()];
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
            let with = self.text[hit.word.end..self.clause_end(hit.word.end)].contains(" with ");
            (kind, candidate) = if with { (StatementKind::Accuse, candidate) } else { (kind, true) };
        }
        // "accused Beijing of denying it", "says Beijing lied when it denied it": whose denial it is needs a reader.
        let blamed = ["of ", "for "].iter().any(|word| self.text[..at].ends_with(word))
            && self.text[hit.word.clone()].split(' ').next().is_some_and(|verb| verb.ends_with("ing"));
        let either = self.text[..at].ends_with(" it ")
            && frame.is_some_and(|frame| {
                self.actors().iter().any(|actor| frame.content.start <= actor.start && actor.end < at)
            });
        candidate |= matches!(kind, StatementKind::Deny | StatementKind::NoComment) && blamed
            || kind == StatementKind::Deny && either;
        // "his mother insisted it was a gift": the family and the accused give their own account.
        if cue.rule == "another-account" && self.gives_account(actor.speaker.as_ref()) {
            candidate = false;
        }
        candidate |= cue.rule == "defence-maintains" && !self.matches(&self.words.lawyer, actor.speaker.as_ref());
        // A court that rejects a claim decides; a study refutes it; and who calls a denial false denies nothing.
        let decides = self.matches(&self.words.court, actor.speaker.as_ref())
            || self.matches(&self.words.accuser, actor.speaker.as_ref())
            || self.matches(&self.words.study, actor.speaker.as_ref());
        let of_denial = cue.frame && self.text[self.clause_start(at)..at].contains("denial")
            || hit.claim.as_ref().is_some_and(|claim| self.text[claim.clone()].contains("denial"));
        candidate |= kind == StatementKind::Deny && (decides && cue.sub.as_deref() != Some("plea") || of_denial);
        candidate |= cue.by == Some(ByWhom::Accused) && !self.answers_for_accused(actor.speaker.as_ref());
        // Who rejects what another tells of itself may deny nothing of their own.
        let answers = self.answers_for_accused(actor.speaker.as_ref());
        let others = self.is_account_of_state(hit.word.end) || self.is_of_china(hit.word.end);
        candidate |= kind == StatementKind::Deny && cue.object == Object::Claim && others && !answers;
        // "MI5 said the profiles were false": no claim is called so.
        candidate |= cue.rule == "is-false" && !answers && !self.is_claim_called(at, &hit.word);
        // "Ottawa rejected Beijing's denial": of a denial is told, and perhaps of an old one.
        let begins =
            || self.text[self.clause_start(hit.matched.start)..hit.matched.start].split_whitespace().count() <= 5;
        candidate |= cue.rule == "denial-owned" && (!begins() || frame.is_some_and(|frame| !frame.verb.is_empty()));
        // "said he falsely denied it".
        let told = &self.text[self.clause_start(at)..at];
        candidate |= kind == StatementKind::Deny && self.phrases().belied.stands_in(told);
        // "The president said the expulsion had nothing to do with trade": of what is neither theirs nor a charge.
        candidate |= matches!(cue.rule.as_str(), "says-no" | "not-a-spy" | "no-spy")
            && !answers
            && !self.names_actor(actor.speaker.as_ref())
            && self.says_of_others(hit, frames);
        candidate |= cue.rule == "refutes" && !answers && self.phrases().weighs.begins(&self.text[hit.word.clone()]);
        // “They told us, ‘We deny it’”: whose words they are, the marks do not say.
        candidate |= kind == StatementKind::Deny && self.in_nested_quotation(at);
        // Who accuses others condemns reports of what these did.
        if cue.rule == "hits-out" && !answers {
            let sides = self.sides(actor.speaker.as_ref());
            let state = sides.first().is_some_and(|side| side.len() == 2);
            // "a tycoon branded an agent by an MP" holds no office.
            let head = actor.speaker.as_ref().map(|speaker| match speaker {
                Named::Here(range) => {
                    let name = &self.text[range.clone()];
                    Named::Here(range.start..range.start + name.find(" by ").unwrap_or(name.len()))
                }
                Named::Before(name) => Named::Before(name.clone()),
            });
            candidate |= sides.is_empty()
                && (self.holds_office(head.as_ref())
                    || self.matches(&self.words.power, head.as_ref())
                    || self.matches(&self.words.body, head.as_ref()));
            if state {
                kind = StatementKind::Condemn;
            }
        }
        // "the lawyer for Mr Tarn, who denies it": which of the two, the sentence does not say.
        candidate |=
            kind == StatementKind::Deny && matches!(&actor.speaker, Some(Named::Here(range)) if self.is_of_two(range));
        // Whoever is not accused and sees no evidence denies nothing.
        candidate |= cue.rule == "no-evidence" && !self.names_actor(actor.speaker.as_ref());
        let directed = !matches!(kind, StatementKind::Deny | StatementKind::Confirm | StatementKind::NoComment);
        let before = &self.text[self.clause_start(at)..at];
        Some(Draft {
            kind,
            sub: cue.sub.clone().filter(|_| kind == cue.kind),
            speaker: actor.speaker,
            target: hit
                .target
                .clone()
                .filter(|_| !self.ascribes(hit))
                .or_else(|| self.object(hit).filter(|_| cue.rule == "so-many-years"))
                .or_else(|| actor.target.map(|target| self.without_stands(target)))
                .or_else(|| self.object(hit).filter(|_| actor.voice == Voice::Active && !cue.frame))
                .or_else(|| self.object(hit).filter(|_| cue.kind == StatementKind::Protest))
                .or_else(|| {
                    // "went on trial, charged with": the subject of the sentence.
                    let apart = cue.kind == StatementKind::Charge && actor.voice == Voice::Agentless;
                    if apart { self.syntax().first_subject(at) } else { None }
                })
                .filter(|_| directed)
                .map(Named::Here),
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

    /// Says whether what a cue takes back is said of others than whoever says so.
    fn says_of_others(&self, hit: &CueHit<'_>, frames: &[Frame]) -> bool {
        let frame = frames.iter().find(|frame| {
            !frame.verb.is_empty() && (frame.verb.start == hit.word.start || frame.content.contains(&hit.word.start))
        });
        let Some(frame) = frame else { return false };
        let (cue, told) = (&self.text[hit.word.clone()], &self.text[hit.word.end..self.clause_end(hit.word.end)]);
        let charge = self.glance.has(&self.words.hostile, told)
            || self.glance.has(&self.words.hostile, cue) && !cue.ends_with("threat");
        let claim = ["true", "truth", "basis", "so-called"].iter().any(|word| cue.contains(word));
        // Of a person or a firm it is rather their own account.
        let by_office = self.judges(frame) || self.holds_office(frame.speaker.as_ref());
        if speaker::is_first_person(cue) || charge || claim || !by_office {
            return false;
        }
        let subject = if frame.verb.start == hit.word.start {
            self.syntax().subject_within(&frame.own)
        } else {
            self.subject(hit.word.start)
        };
        subject.is_some_and(|subject| {
            let name = &self.text[subject.clone()];
            // "no material had been passed": by whom not, only the speaker tells.
            let nothing = ["no ", "none ", "nothing"].iter().any(|no| name.starts_with(no));
            let theirs = ["its ", "our ", "their ", "my "].iter().any(|own| name.starts_with(own));
            if nothing || theirs { self.judges(frame) } else { name == "there" || !self.is_own(frame, &subject) }
        })
    }

    /// Says whether what is called false is a claim, or a pronoun for one, or the words tell so by themselves: "a smear".
    fn is_claim_called(&self, verb: usize, cue: &Range<usize>) -> bool {
        let subject = self.subject(verb).map(|subject| &self.text[subject]);
        // "it was absurd that the drones were in use".
        let clause = [" that ", " to "].iter().any(|word| self.text[cue.end..].starts_with(word));
        let called = &self.text[cue.clone()];
        let of_clause = ["the case", "true"].iter().any(|word| called.ends_with(word));
        of_clause && clause
            || self.phrases().names_a_claim.stands_in(called)
            || !(clause && subject == Some("it"))
                && subject.is_none_or(|name| {
                    let words = format!(" {name} ");
                    speaker::is_pronoun(name)
                        || self.glance.has(&self.words.claim, name)
                        || self.phrases().said_things.iter().any(|thing| words.contains(&format!(" {thing} ")))
                })
    }

    /// Says whether a place lies in a quotation that stands inside another.
    fn in_nested_quotation(&self, at: usize) -> bool {
        if !self.in_quotation(at) {
            return false;
        }
        let from = self.text[..at].rfind(['“', '"']).unwrap_or(0);
        let before = &self.text[from..at];
        let opened = before.rfind('‘').or_else(|| before.rfind(" '")).or_else(|| before.rfind("\"'"));
        opened.is_some_and(|open| {
            let inner = &before[open + 1..];
            !inner.contains(['’']) && !inner.contains("' ") && !inner.contains(",'")
        })
    }

    /// Says whether a phrase that "who" follows names somebody and whom they stand for.
    fn is_of_two(&self, name: &Range<usize>) -> bool {
        let follows = self.text[name.end..].trim_start_matches(',').trim_start().starts_with("who ");
        let name = &self.text[name.clone()];
        let titled = ["mr ", "mrs ", "ms ", "miss ", "dr "];
        follows
            && [" for ", " of "].iter().any(|join| {
                name.find(join).is_some_and(|at| titled.iter().any(|title| name[at + join.len()..].starts_with(title)))
            })
    }

    fn polarity(&self, hit: &CueHit<'_>) -> Polarity {
        if self.text.trim_end().ends_with('?') || deed::is_asked(self.text, hit.word.end) {
            return Polarity::Questioned;
        }
        // "Nothing in the statement denied it", "nobody denies it".
        let none = self.subject(hit.word.start).is_some_and(|subject| {
            let first = self.text[subject].split(' ').next().unwrap_or_default();
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

    fn said_or_not(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let before = &self.text[start..at];
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
        let clause = &self.text[self.clause_start(at)..at];
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

    fn if_clause(&self, at: usize) -> Polarity {
        let start = floor(self.text, at.saturating_sub(120));
        let conditional = self.glance.has(&self.words.hypothetical_clause, &self.text[start..at]);
        if conditional { Polarity::Hypothetical } else { Polarity::Asserted }
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
                    // Looked at for each word of a clause: most begin with none of these letters.
                    after.starts_with(['a', 'b', 'w'])
                        && [
                            "but denied",
                            "and denied",
                            "after ",
                            "while ",
                            "and accused",
                            "but ",
                            "and called",
                            "and urged",
                        ]
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
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
