//! The cues: words that carry what kind of statement it is, and the words that rules look for around them.

pub(super) mod grammar;
mod openings;
mod phrases;
mod unmarked;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use regex_automata::meta::Regex as MetaRegex;
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, PatternID};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use self::grammar::GrammarLists;
use self::openings::{Openings, Signs};
use self::unmarked::Unmarked;
use self::words::{ascii, compiled};
use super::inflect;
use crate::model::StatementKind;

pub use self::grammar::{Grammar, WordClass};
pub use self::phrases::{Phrases, WordList};
pub use self::words::{Pattern, WordTable};

/// All cues and helping words of one language.
///
/// Patterns hold on folded text: lower case, one script.
#[derive(Debug)]
pub struct CueTable {
    /// The words that rules look for around a cue.
    pub words: WordTable,
    /// The words that rules look for as they stand.
    pub phrases: Phrases,
    /// The words of grammar, for a language that is read by them.
    pub grammar: Grammar,
    cues: Vec<Cue>,
    openings: Openings,
    vetoes: Pattern,
    /// True where a cue is one whatever part of it is quoted: were "completely fabricated".
    reads_through_marks: bool,
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
    /// A quotation that the noun phrase or the verb leads to, and that grants nothing.
    Quoted,
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
    /// The accused, who speaks for them, or China's side; of all others it waits for a person.
    Accused,
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

/// What one look through a sentence shows: most of a table's patterns cannot match there.
#[derive(Debug)]
pub struct Glance {
    unmarked: Option<Unmarked>,
    signs: Signs,
}

impl Glance {
    /// Says whether a part of the sentence, in its folded form, holds what a pattern of words looks for.
    pub fn has(&self, pattern: &Pattern, part: &str) -> bool {
        self.signs.may_hold(pattern) && pattern.is_match(part)
    }

    /// Finds where a part of the sentence holds what a pattern of words looks for, in bytes of the part.
    pub fn all_of<'t>(&self, pattern: &'t Pattern, part: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
        let may = self.signs.may_hold(pattern);
        may.then(|| pattern.find_iter(part).map(|found| found.range())).into_iter().flatten()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: WordTable,
    #[serde(default)]
    phrases: Phrases,
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

/// The part of a table that says which words are everyday ones.
#[derive(Deserialize)]
struct Everyday {
    #[serde(default)]
    grammar: GrammarLists,
    words: Saying,
}

#[derive(Deserialize)]
struct Saying {
    say: String,
}

/// Returns the words of grammar and the verbs of saying of each language, without the work of compiling its patterns.
pub(super) fn everyday() -> [Grammar; 2] {
    [include_str!("cues-en.toml"), include_str!("cues-zh.toml")].map(|table| {
        let table: Everyday = toml::from_str(&expanded(table)).expect("a test reads the shipped tables");
        let mut grammar = Grammar::from(table.grammar);
        grammar.add_saying(&table.words.say);
        grammar
    })
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
        let mut file: File = toml::from_str(&table).expect("a test reads the shipped tables");
        let all: Vec<String> = file.veto.into_iter().map(|veto| format!("(?:{})", ascii(&veto.pattern))).collect();
        let mut vetoes = Pattern::from(compiled(&all.join("|")).expect("a test reads the shipped tables"));
        let mut patterns = file.words.numbered();
        vetoes.number = u32::try_from(patterns.len()).ok();
        patterns.push(&vetoes);
        let openings = Openings::new(&file.cue, &patterns);
        let mut grammar = Grammar::from(file.grammar);
        grammar.add_saying(file.words.say.as_str());
        Self {
            words: file.words,
            phrases: file.phrases,
            grammar,
            cues: file.cue,
            openings,
            vetoes,
            reads_through_marks: false,
        }
    }

    /// Says whether a cue is one whatever part of it is quoted, as in English and not in Chinese.
    pub fn reads_through_marks(&self) -> bool {
        self.reads_through_marks
    }

    /// Looks once through a folded sentence for what may stand in it.
    pub fn look(&self, folded: &str) -> Glance {
        let unmarked = if self.reads_through_marks { Unmarked::new(folded) } else { None };
        let signs = self.openings.in_sentence(unmarked.as_ref().map_or(folded, |unmarked| unmarked.text.as_str()));
        Glance { unmarked, signs }
    }

    /// Finds the cues of a folded sentence in the order of the text. False friends cover what they hold, and of two cues
    /// that overlap the one that stands first in the table wins.
    pub fn find(&self, folded: &str) -> Vec<CueHit<'_>> {
        self.find_where(folded, &self.look(folded), true, |_| true)
    }

    /// Finds the cues that hold, as [`CueTable::find`] does; one that does not hold leaves its place to the next.
    /// Where nobody is said to say anything, cues that hold only in what is said are left out.
    pub fn find_where(
        &self,
        folded: &str,
        glance: &Glance,
        said: bool,
        holds: impl Fn(&CueHit<'_>) -> bool,
    ) -> Vec<CueHit<'_>> {
        match &glance.unmarked {
            Some(unmarked) => {
                let holds = |hit: &CueHit<'_>| holds(&unmarked.traced(hit.clone()));
                let found = self.find_in(&unmarked.text, &glance.signs, said, holds);
                found.into_iter().map(|hit| unmarked.traced(hit)).collect()
            }
            None => self.find_in(folded, &glance.signs, said, holds),
        }
    }

    fn find_in(&self, folded: &str, signs: &Signs, said: bool, holds: impl Fn(&CueHit<'_>) -> bool) -> Vec<CueHit<'_>> {
        let mut covered: Option<Vec<Range<usize>>> = None;
        let mut hits = Vec::new();
        for begins in signs.cues.chunk_by(|left, right| left.0 == right.0) {
            let cue = &self.cues[begins[0].0];
            if cue.frame && !said {
                continue;
            }
            for part in cue.parts(folded, begins) {
                let covered = covered.get_or_insert_with(|| self.vetoed(folded, signs));
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
                    Some(ByWhom::Accused) | None => true,
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

    /// Returns where false friends stand in a folded sentence, which was looked through before.
    pub fn false_friends(&self, folded: &str, glance: &Glance) -> Vec<Range<usize>> {
        self.vetoed(folded, &glance.signs)
    }

    fn vetoed(&self, folded: &str, signs: &Signs) -> Vec<Range<usize>> {
        if !signs.may_hold(&self.vetoes) {
            return Vec::new();
        }
        self.vetoes.find_iter(folded).map(|found| found.range()).collect()
    }
}

fn yes() -> bool {
    true
}

fn kind<'de, D: Deserializer<'de>>(from: D) -> Result<StatementKind, D::Error> {
    let name = String::deserialize(from)?;
    StatementKind::from_name(&name).ok_or_else(|| D::Error::custom(format!("no statement kind is called {name}")))
}
