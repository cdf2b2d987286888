//! The cues: words that carry what kind of statement it is, and the words that rules look for around them.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use regex::{Regex, RegexBuilder};
use regex_automata::meta::Regex as MetaRegex;
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, PatternID};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::automaton::Automaton;
use super::inflect;
use crate::model::StatementKind;

/// All cues and helping words of one language.
///
/// Patterns hold on folded text: lower case, one script.
#[derive(Debug)]
pub struct CueTable {
    /// The words that rules look for around a cue.
    pub words: WordTable,
    /// The words of grammar, for a language that is read by them.
    pub grammar: Grammar,
    cues: Vec<Cue>,
    openings: Openings,
    vetoes: Regex,
    /// True where a cue is one whatever part of it is quoted: were "completely fabricated".
    reads_through_marks: bool,
}

/// What tells that a cue may stand in a sentence: most hold none of it, and no pattern needs to be tried on them.
#[derive(Debug)]
struct Openings {
    words: Automaton<(u32, Sign)>,
    /// For each cue: what is known of it before a sentence is read.
    known: Vec<Known>,
}

/// What a word tells of a cue.
#[derive(Debug, Clone, Copy)]
enum Sign {
    /// It begins here.
    Begins,
    /// It begins here, if a word does.
    BeginsWord,
    /// It holds this word.
    Holds,
}

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// It can begin with too much to be listed.
    anywhere: bool,
    /// It holds one of a list of words wherever it stands.
    holds: bool,
}

impl Openings {
    fn new(cues: &[Cue]) -> Self {
        let (mut words, mut known) = (Vec::new(), Vec::new());
        for (number, cue) in (0_u32..).zip(cues) {
            let parsed = regex_syntax::Parser::new().parse(&cue.pattern.text).expect("the pattern compiled before");
            let begins = prefixes(&parsed);
            let holds = needed(&parsed).filter(|holds| begins.as_ref().is_none_or(|begins| tells_more(holds, begins)));
            known.push(Known { anywhere: begins.is_none(), holds: holds.is_some() });
            let at_word = parsed.properties().look_set_prefix().contains(Look::WordAscii);
            let sign = if at_word { Sign::BeginsWord } else { Sign::Begins };
            let signs = |words: Option<Vec<Vec<u8>>>, sign: Sign| {
                words.into_iter().flatten().map(move |word| (word, (number, sign)))
            };
            words.extend(signs(begins, sign));
            words.extend(signs(holds, Sign::Holds));
        }
        Self { words: Automaton::new(words), known }
    }

    /// Returns the cues that may stand in a sentence, in the order of the table, each with the bytes at which it may
    /// begin; without one it may begin anywhere.
    fn in_sentence(&self, folded: &str) -> Vec<(usize, Option<usize>)> {
        let bytes = folded.as_bytes();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut held = vec![false; self.known.len()];
        let mut found: Vec<(usize, Option<usize>)> = Vec::new();
        for ((cue, sign), Range { start, .. }) in self.words.find(folded) {
            let inside = || start > 0 && is_word(bytes[start - 1]) && is_word(bytes[start]);
            match sign {
                Sign::Holds => held[cue as usize] = true,
                Sign::BeginsWord if inside() => {}
                Sign::Begins | Sign::BeginsWord => found.push((cue as usize, Some(start))),
            }
        }
        found.extend((0..).zip(&self.known).filter(|(_, known)| known.anywhere).map(|(cue, _)| (cue, None)));
        found.retain(|(cue, _)| held[*cue] || !self.known[*cue].holds);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Returns what every match of a pattern begins with, where that is a list of words long enough to tell anything.
fn prefixes(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    const MOST: usize = 4_000;
    const SHORTEST: usize = 3;
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_total(MOST).limit_class(4).limit_literal_len(24);
    let found = extractor.extract(pattern);
    let enough = found.min_literal_len().is_some_and(|shortest| shortest >= SHORTEST);
    let words = found.literals().filter(|_| enough)?;
    Some(words.iter().map(|word| word.as_bytes().to_vec()).collect())
}

/// Returns words of which every match of a pattern holds one, where there are any: of those that it offers, the list
/// that tells most.
fn needed(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Alternation(branches) => {
            let lists: Option<Vec<_>> = branches.iter().map(needed).collect();
            Some(lists?.concat())
        }
        HirKind::Concat(parts) => {
            let tails = (0..parts.len()).filter_map(|at| prefixes(&Hir::concat(parts[at..].to_vec())));
            let lists = tails.chain(parts.iter().filter_map(needed));
            lists.reduce(|best, list| if tells_more(&list, &best) { list } else { best })
        }
        HirKind::Capture(group) => needed(&group.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        _ => prefixes(pattern),
    }
}

/// Says whether a list of words tells more than another: its shortest word is longer.
fn tells_more(list: &[Vec<u8>], other: &[Vec<u8>]) -> bool {
    let shortest = |words: &[Vec<u8>]| words.iter().map(Vec::len).min();
    shortest(list) > shortest(other)
}

/// One cue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// The rule's name, shown with each statement it finds.
    pub rule: String,
    /// What it marks.
    #[serde(deserialize_with = "kind")]
    pub kind: StatementKind,
    /// The finer label.
    #[serde(default)]
    pub sub: Option<String>,
    /// What has to follow.
    #[serde(default)]
    pub object: Object,
    /// How the speaker stands to it.
    #[serde(default)]
    pub voice: CueVoice,
    /// True when it holds only in what somebody is said to say.
    #[serde(default)]
    pub frame: bool,
    /// True when whoever is said to say what holds it does it, and not its subject: "he never met one, his lawyer said".
    #[serde(default)]
    pub of_content: bool,
    /// True when the accusation answers one.
    #[serde(default)]
    pub counter: bool,
    /// True for the one-character verbs of headlines, which hold only right after an actor or a name.
    #[serde(default)]
    pub bare: bool,
    /// False when what it finds always waits for a person.
    #[serde(default = "yes")]
    pub certain: bool,
    /// Who alone can do it, where that is known.
    #[serde(default)]
    pub by: Option<ByWhom>,
    pattern: CuePattern,
}

impl Cue {
    /// Finds where the pattern matches, with the parts that it names: at one of the places where it may begin, or, where
    /// these cannot be told, anywhere.
    fn parts<'a>(&'a self, folded: &str, begins: &[(usize, Option<usize>)]) -> Vec<CueHit<'a>> {
        let mut found: Vec<CueHit<'_>> = Vec::new();
        let CuePattern { regex, parts, .. } = &self.pattern;
        let mut end = 0;
        for (_, begin) in begins {
            let Some(begin) = begin else {
                for matched in regex.captures_iter(folded) {
                    found.extend(self.hit(&matched));
                }
                break;
            };
            if *begin < end {
                continue;
            }
            let input = Input::new(folded).range(*begin..).anchored(Anchored::Yes);
            // Most patterns name no part, and finding them is many times cheaper so.
            let hit = if parts.is_empty() {
                regex.search(&input).map(|matched| self.bare(matched.range()))
            } else {
                let mut captures = regex.create_captures();
                regex.search_captures(&input, &mut captures);
                self.hit(&captures)
            };
            let Some(hit) = hit else { continue };
            end = hit.matched.end;
            found.push(hit);
        }
        found
    }

    fn bare(&self, matched: Range<usize>) -> CueHit<'_> {
        CueHit { cue: self, word: matched.clone(), matched, target: None, claim: None, speaker: None }
    }

    fn hit(&self, groups: &Captures) -> Option<CueHit<'_>> {
        let mut hit = self.bare(groups.get_match()?.range());
        for (part, group) in &self.pattern.parts {
            let Some(range) = groups.get_group(*group).map(|span| span.range()) else { continue };
            match part {
                Part::Word => hit.word = range,
                Part::Target => hit.target = Some(range),
                Part::Claim => hit.claim = Some(range),
                Part::Speaker => hit.speaker = Some(range),
            }
        }
        Some(hit)
    }
}

/// The pattern of a cue, which can be asked whether it matches right at a place.
#[derive(Debug)]
struct CuePattern {
    regex: MetaRegex,
    text: String,
    /// The groups that name parts, by their numbers. Where two name the same part, the first that matched is it.
    parts: Vec<(Part, usize)>,
}

/// A part of what a cue matches, which a group names: "target", or "target2" in another branch of the pattern.
#[derive(Debug, Clone, Copy)]
enum Part {
    Word,
    Target,
    Claim,
    Speaker,
}

impl CuePattern {
    fn new(pattern: &str) -> Result<Self, String> {
        let text = ascii(pattern);
        let config = MetaRegex::config().hybrid_cache_capacity(8 << 20);
        let regex = MetaRegex::builder().configure(config).build(&text).map_err(|error| error.to_string())?;
        let names = regex.group_info().pattern_names(PatternID::ZERO);
        let part = |(number, name): (usize, Option<&str>)| {
            let part = match name?.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "cue" => Part::Word,
                "target" => Part::Target,
                "claim" => Part::Claim,
                "speaker" => Part::Speaker,
                _ => return None,
            };
            Some((part, number))
        };
        let mut parts: Vec<(Part, usize)> = names.enumerate().filter_map(part).collect();
        parts.reverse();
        Ok(Self { regex, text, parts })
    }
}

impl<'de> Deserialize<'de> for CuePattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// What has to follow a cue for it to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Object {
    /// Nothing in particular.
    #[default]
    Any,
    /// What is denied, and not a thing refused.
    Denied,
    /// A claim noun at the head.
    Claim,
    /// A noun at the head for what is said against somebody, narrower than any claim.
    Accusation,
    /// A hostile act.
    Hostile,
    /// A hostile act or an actor.
    HostileOrActor,
    /// A hostile act and an actor.
    HostileActor,
    /// An actor.
    Actor,
    /// An actor, or something that one asks for.
    Directed,
    /// A harmless account.
    Innocent,
}

/// How the speaker stands to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueVoice {
    /// The subject speaks.
    #[default]
    Active,
    /// The subject is spoken of after a form of "be", or when no subject of its own stands before a participle.
    Participle,
    /// The subject is always spoken of.
    Passive,
}

/// Who alone can do what a cue tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByWhom {
    /// A court, a judge or a jury.
    Court,
    /// Who speaks for the accused.
    Defence,
}

/// A cue found in a sentence; all ranges are bytes of the folded sentence.
#[derive(Debug, Clone)]
pub struct CueHit<'a> {
    /// The cue.
    pub cue: &'a Cue,
    /// All that the pattern matched.
    pub matched: Range<usize>,
    /// The word that carries the kind.
    pub word: Range<usize>,
    /// The target, when the pattern names it.
    pub target: Option<Range<usize>>,
    /// The claim, when the pattern names it.
    pub claim: Option<Range<usize>>,
    /// Who does it, when the pattern names them.
    pub speaker: Option<Range<usize>>,
}

/// A sentence without its quotation marks, which can be traced back to the sentence.
struct Unmarked {
    text: String,
    /// For each byte of the text, and for its end: the byte of the sentence.
    origin: Vec<usize>,
}

impl Unmarked {
    /// Takes the quotation marks out of a sentence; `None` where there are none.
    fn new(sentence: &str) -> Option<Self> {
        let mut unmarked = Self { text: String::with_capacity(sentence.len()), origin: Vec::new() };
        let mut open_single = false;
        for (at, c) in sentence.char_indices() {
            let before = sentence[..at].chars().next_back();
            let after = sentence[at + c.len_utf8()..].chars().next();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            // An apostrophe stands behind a letter; a single mark that opens stands before one and behind none.
            let opens = matches!(c, '\'' | '‘' | '’') && !letter(before) && letter(after);
            let closes = matches!(c, '\'' | '’') && open_single && !letter(after);
            open_single = opens || open_single && !closes;
            if matches!(c, '"' | '“' | '”') || opens || closes {
                continue;
            }
            unmarked.text.push(c);
            unmarked.origin.extend((0..c.len_utf8()).map(|byte| at + byte));
        }
        unmarked.origin.push(sentence.len());
        (unmarked.text.len() < sentence.len()).then_some(unmarked)
    }

    /// Returns a hit in bytes of the sentence.
    fn traced<'a>(&self, hit: CueHit<'a>) -> CueHit<'a> {
        let trace = |range: Range<usize>| -> Range<usize> {
            let start = self.origin[range.start];
            // The end of what is matched, before any mark that closes behind it.
            let end = if range.is_empty() { start } else { self.origin[range.end - 1] + 1 };
            start..end
        };
        CueHit {
            matched: trace(hit.matched),
            word: trace(hit.word),
            target: hit.target.map(trace),
            claim: hit.claim.map(trace),
            speaker: hit.speaker.map(trace),
            ..hit
        }
    }
}

/// The words that rules look for around a cue; a language leaves out what it has no use for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordTable {
    /// Nouns for a claim.
    pub claim: Pattern,
    /// Things that are refused rather than denied.
    pub refused: Pattern,
    /// Objects that make a denial of "deny".
    pub deniable: Pattern,
    /// Hostile acts.
    pub hostile: Pattern,
    /// A harmless account.
    pub innocent: Pattern,
    /// Negation that ends right before a cue.
    pub negated: Pattern,
    /// What makes a cue hypothetical when it ends right before it.
    pub hypothetical: Pattern,
    /// What tells that somebody came to do what follows and did it, when it ends right before it: "was quick to".
    pub brought_to: Pattern,
    /// A condition that opens the clause of a cue.
    pub hypothetical_clause: Pattern,
    /// A form of "be" that ends right before a participle.
    pub passive: Pattern,
    /// What makes an act one that somebody is asked to do, when it ends right before the act: 要求……否认.
    pub ordered: Pattern,
    /// What makes a verdict one in favour of the accused.
    pub acquitted: Pattern,
    /// Words that make a statement older than the event.
    pub earlier: Pattern,
    /// Verbs of saying.
    pub say: Pattern,
    /// What looks like a verb of saying and is none.
    pub say_false: Pattern,
    /// "According to".
    pub according: Pattern,
    /// What stands before a source that is quoted.
    pub reported: Pattern,
    /// Who speaks for the accused.
    pub lawyer: Pattern,
    /// The family of the accused.
    pub family: Pattern,
    /// How the left side of a speaking headline colon ends.
    pub colon_end: Pattern,
    /// Left sides of a headline colon that are topics.
    pub colon_topic: Pattern,
    /// Times and connectives at the head of a clause.
    pub time_lead: Pattern,
    /// What ends a subject.
    pub adverbial: Pattern,
    /// Words that hold what ends a subject and are one word: 委员会 is no 会 before a verb.
    pub compound: Pattern,
    /// What is cut from the end of a subject.
    pub strip_end: Pattern,
    /// Subjects that point back.
    pub pronoun: Pattern,
    /// What is no subject.
    pub not_subject: Pattern,
    /// Who decides guilt.
    pub court: Pattern,
    /// Who can arrest and charge.
    pub power: Pattern,
    /// What makes a phrase a person's: titles and offices that persons hold.
    pub person: Pattern,
    /// What makes a capitalised phrase the name of an office, a company or a paper.
    pub body: Pattern,
    /// What takes a hostile act back when it stands before it in its clause.
    pub unsaid: Pattern,
    /// Nouns for what is said against somebody.
    pub accusation: Pattern,
    /// What makes a speaker a paper or a broadcaster that reports what others say.
    pub outlet: Pattern,
    /// What makes a paper speak for itself.
    pub opinion: Pattern,
    /// A statement, a letter or a post that nobody is named for.
    pub medium: Pattern,
    /// An investigation or a study that finds what its makers find.
    pub study: Pattern,
    /// Those whose office it is to accuse, and the papers in which they do: what they tell of the accused accuses them.
    pub accuser: Pattern,
    /// What an accuser says of the proceedings and not of the accused.
    pub procedure: Pattern,
    /// What those who are accused of spying say that they did not do, beside hostile acts.
    pub dealing: Pattern,
    /// Nouns for what is untrue, at the end of what calls a claim so: unlike "false" they describe no noun behind them.
    pub falsehood: Pattern,
    /// What a company is called.
    pub company: Pattern,
    /// Hostile words that name a subject as often as an act: alone, without an actor beside them, they tell of none.
    pub topical: Pattern,
    /// Verbs of cues that are nouns as often.
    pub noun_or_verb: Pattern,
    /// Subjects that are things and say nothing.
    pub mute: Pattern,
}

/// What a word is to the grammar of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// "the", "its", "two".
    Determiner,
    /// "of", "in", "against".
    Preposition,
    /// Opens a clause of its own: "after", "because".
    Subordinator,
    /// "who", "which".
    Relative,
    /// "he", "they".
    Pronoun,
    /// Forms of be, have, do, and modal verbs.
    Auxiliary,
    /// "not", "later".
    Adverb,
    /// Days and months.
    Time,
    /// A form that is a verb and hardly anything else: "came", "denies".
    Finite,
    /// What somebody says a thing in: "statement", "briefing".
    Medium,
    /// A form of a verb of saying.
    Saying,
}

/// The words of grammar of one language.
#[derive(Debug, Default)]
pub struct Grammar(HashMap<String, WordClass, RandomState>);

impl Grammar {
    /// Lists the words that the pattern of verbs of saying matches, so that each word of a sentence is looked up and not
    /// matched.
    fn add_saying(&mut self, pattern: &str) {
        let parsed = regex_syntax::Parser::new().parse(pattern).expect("the pattern compiled before");
        let mut extractor = Extractor::new();
        extractor.kind(ExtractKind::Prefix).limit_total(4_000).limit_literal_len(40);
        for word in extractor.extract(&parsed).literals().unwrap_or_default() {
            let word = String::from_utf8_lossy(word.as_bytes()).into_owned();
            let known = self.0.get(&word).is_some_and(|class| !matches!(class, WordClass::Finite | WordClass::Medium));
            if !known && word.chars().all(char::is_alphabetic) {
                self.0.insert(word, WordClass::Saying);
            }
        }
    }

    /// Returns what a folded word is, where the lists tell it.
    pub fn class(&self, word: &str) -> Option<WordClass> {
        self.0.get(word).copied()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GrammarLists {
    determiners: Vec<String>,
    prepositions: Vec<String>,
    subordinators: Vec<String>,
    relatives: Vec<String>,
    pronouns: Vec<String>,
    auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    times: Vec<String>,
    finite: Vec<String>,
    media: Vec<String>,
    /// Read before all else, by [`Forms`].
    irregular: HashMap<String, String>,
}

impl From<GrammarLists> for Grammar {
    fn from(lists: GrammarLists) -> Self {
        use WordClass as W;
        let lists = [
            (lists.determiners, W::Determiner),
            (lists.prepositions, W::Preposition),
            (lists.subordinators, W::Subordinator),
            (lists.relatives, W::Relative),
            (lists.pronouns, W::Pronoun),
            (lists.auxiliaries, W::Auxiliary),
            (lists.times, W::Time),
            (lists.adverbs, W::Adverb),
            (lists.finite, W::Finite),
            (lists.media, W::Medium),
        ];
        let mut classes = HashMap::default();
        for (words, class) in lists {
            for word in words {
                // What stands in two lists is what the earlier one says.
                classes.entry(word).or_insert(class);
            }
        }
        Self(classes)
    }
}

/// A regular expression that is read from a table. The default matches nothing.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl std::ops::Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        &self.0
    }
}

impl Default for Pattern {
    fn default() -> Self {
        Self(Regex::new(r"[^\s\S]").expect("the empty class is a pattern"))
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        compiled(&ascii(&text)).map(Self).map_err(D::Error::custom)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: WordTable,
    #[serde(default)]
    grammar: GrammarLists,
    veto: Vec<Veto>,
    cue: Vec<Cue>,
    /// The groups, kinds and labels that the language has no use for, and why; a test reads it.
    #[serde(default, rename = "unused")]
    _unused: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Veto {
    pattern: String,
}

/// The part of a table that has to be read before its patterns are.
#[derive(Deserialize)]
struct Forms {
    #[serde(default)]
    grammar: IrregularForms,
}

#[derive(Default, Deserialize)]
struct IrregularForms {
    #[serde(default)]
    irregular: HashMap<String, String>,
}

/// Writes a table with the forms of its verbs in place of each `{verb}`.
pub(super) fn expanded(table: &str) -> String {
    let forms: Forms = toml::from_str(table).expect("a test reads the shipped tables");
    inflect::expand(table, &forms.grammar.irregular)
}

impl CueTable {
    /// Compiles the English table; `more` holds a study's own cues, written alike.
    pub(super) fn english(more: &str) -> Self {
        Self { reads_through_marks: true, ..Self::read(&format!("{}\n{more}", include_str!("cues-en.toml"))) }
    }

    /// Compiles the Chinese table, which serves both scripts; `more` holds a study's own cues, written alike.
    pub(super) fn chinese(more: &str) -> Self {
        Self::read(&format!("{}\n{more}", include_str!("cues-zh.toml")))
    }

    fn read(table: &str) -> Self {
        let table = expanded(table);
        let file: File = toml::from_str(&table).expect("a test reads the shipped tables");
        let openings = Openings::new(&file.cue);
        let all: Vec<String> = file.veto.into_iter().map(|veto| format!("(?:{})", ascii(&veto.pattern))).collect();
        let vetoes = compiled(&all.join("|")).expect("a test reads the shipped tables");
        let mut grammar = Grammar::from(file.grammar);
        grammar.add_saying(file.words.say.as_str());
        Self { words: file.words, grammar, cues: file.cue, openings, vetoes, reads_through_marks: false }
    }

    /// Finds the cues of a folded sentence in the order of the text. False friends cover what they hold, and of two cues
    /// that overlap the one that stands first in the table wins.
    pub fn find(&self, folded: &str) -> Vec<CueHit<'_>> {
        self.find_where(folded, true, |_| true)
    }

    /// Finds the cues that hold, as [`CueTable::find`] does; one that does not hold leaves its place to the next.
    /// Where nobody is said to say anything, cues that hold only in what is said are left out.
    pub fn find_where(&self, folded: &str, said: bool, holds: impl Fn(&CueHit<'_>) -> bool) -> Vec<CueHit<'_>> {
        match self.reads_through_marks.then(|| Unmarked::new(folded)).flatten() {
            Some(unmarked) => {
                let holds = |hit: &CueHit<'_>| holds(&unmarked.traced(hit.clone()));
                let found = self.find_in(&unmarked.text, said, holds);
                found.into_iter().map(|hit| unmarked.traced(hit)).collect()
            }
            None => self.find_in(folded, said, holds),
        }
    }

    fn find_in(&self, folded: &str, said: bool, holds: impl Fn(&CueHit<'_>) -> bool) -> Vec<CueHit<'_>> {
        let mut covered: Option<Vec<Range<usize>>> = None;
        let mut hits = Vec::new();
        for begins in self.openings.in_sentence(folded).chunk_by(|left, right| left.0 == right.0) {
            let cue = &self.cues[begins[0].0];
            if cue.frame && !said {
                continue;
            }
            for part in cue.parts(folded, begins) {
                let covered = covered.get_or_insert_with(|| self.vetoed(folded));
                // "accused of …" has no target before "of", and "hackers tied to …" says who they are.
                if part.target.as_ref().is_some_and(|range| {
                    ["of ", "to ", "by "].iter().any(|word| folded[range.clone()].starts_with(word))
                }) {
                    continue;
                }
                // A pattern that reaches over its target claims only the word, so that other cues within are found.
                let names_parts = part.target.is_some() || part.claim.is_some();
                let extent = if names_parts { part.word.clone() } else { part.matched.clone() };
                let able = match cue.by {
                    Some(ByWhom::Court) => self.words.court.is_match(folded),
                    Some(ByWhom::Defence) => self.words.lawyer.is_match(folded),
                    None => true,
                };
                if !able {
                    continue;
                }
                if covered.iter().any(|taken| taken.start < extent.end && extent.start < taken.end) {
                    continue;
                }
                if !holds(&part) {
                    continue;
                }
                covered.push(extent);
                hits.push(part);
            }
        }
        hits.sort_by_key(|hit| (hit.word.start, hit.word.end));
        hits
    }

    /// Returns where false friends stand in a folded sentence.
    pub fn vetoed(&self, folded: &str) -> Vec<Range<usize>> {
        self.vetoes.find_iter(folded).map(|found| found.range()).collect()
    }
}

/// Compiles a pattern with room for its automaton: the larger ones would else be built again and again.
fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).dfa_size_limit(16 << 20).build()
}

/// Writes `\b`, `\w` and `\W` for ASCII: the cues are, and the boundaries of all scripts would make matching slow.
fn ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z0-9_]").replace(r"\W", "[^a-z0-9_]")
}

fn yes() -> bool {
    true
}

fn kind<'de, D: Deserializer<'de>>(from: D) -> Result<StatementKind, D::Error> {
    let name = String::deserialize(from)?;
    StatementKind::from_name(&name).ok_or_else(|| D::Error::custom(format!("no statement kind is called {name}")))
}
