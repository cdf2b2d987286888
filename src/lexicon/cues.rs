//! The cues: words that carry what kind of statement it is, and the words that rules look for around them.

use std::ops::Range;

use regex::{Regex, RegexSet};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::model::StatementKind;

/// All cues and helping words of one language.
///
/// Patterns hold on folded text: lower case, one script.
#[derive(Debug)]
pub struct CueTable {
    /// The words that rules look for around a cue.
    pub words: WordTable,
    cues: Vec<Cue>,
    /// Tells which cues are worth trying on a sentence.
    any: RegexSet,
    vetoes: Regex,
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
    /// True when the accusation answers one.
    #[serde(default)]
    pub counter: bool,
    /// True for the one-character verbs of headlines, which hold only right after an actor or a name.
    #[serde(default)]
    pub bare: bool,
    /// False when what it finds always waits for a person.
    #[serde(default = "yes")]
    pub certain: bool,
    /// Where the speaker stands, when not to the left.
    #[serde(default)]
    pub speaker: SpeakerAt,
    pattern: Pattern,
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
    /// A hostile act.
    Hostile,
    /// A hostile act or an actor.
    HostileOrActor,
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

/// Where the speaker of a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerAt {
    /// Before it.
    #[default]
    Left,
    /// At the start of what the pattern matched.
    Match,
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
    /// A condition that opens the clause of a cue.
    pub hypothetical_clause: Pattern,
    /// A form of "be" that ends right before a participle.
    pub passive: Pattern,
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
    /// What is cut from the end of a subject.
    pub strip_end: Pattern,
    /// Subjects that point back.
    pub pronoun: Pattern,
    /// What is no subject.
    pub not_subject: Pattern,
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
        Regex::new(&ascii(&text)).map(Self).map_err(D::Error::custom)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: WordTable,
    veto: Vec<Veto>,
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Veto {
    pattern: String,
}

impl CueTable {
    /// Compiles the English table; `more` holds a study's own cues, written alike.
    pub(super) fn english(more: &str) -> Self {
        Self::read(&format!("{}\n{more}", include_str!("cues-en.toml")))
    }

    /// Compiles the Chinese table, which serves both scripts; `more` holds a study's own cues, written alike.
    pub(super) fn chinese(more: &str) -> Self {
        Self::read(&format!("{}\n{more}", include_str!("cues-zh.toml")))
    }

    fn read(table: &str) -> Self {
        let file: File = toml::from_str(table).expect("a test reads the shipped tables");
        let any = RegexSet::new(file.cue.iter().map(|cue| cue.pattern.as_str())).expect("each compiled alone");
        let all: Vec<String> = file.veto.into_iter().map(|veto| format!("(?:{})", ascii(&veto.pattern))).collect();
        let vetoes = Regex::new(&all.join("|")).expect("a test reads the shipped tables");
        Self { words: file.words, cues: file.cue, any, vetoes }
    }

    /// Finds the cues of a folded sentence in the order of the text. False friends cover what they hold, and of two cues
    /// that overlap the one that stands first in the table wins.
    pub fn find(&self, folded: &str) -> Vec<CueHit<'_>> {
        let mut covered: Vec<Range<usize>> = self.vetoes.find_iter(folded).map(|found| found.range()).collect();
        let mut hits = Vec::new();
        for number in self.any.matches(folded) {
            let cue = &self.cues[number];
            for groups in cue.pattern.captures_iter(folded) {
                let group =
                    |names: [&str; 2]| names.iter().find_map(|name| groups.name(name)).map(|group| group.range());
                let matched = groups.get_match().range();
                let target = group(["target", "target2"]);
                // "accused of …" has no target before "of", and "hackers tied to …" says who they are.
                if target.as_ref().is_some_and(|range| {
                    ["of ", "to ", "by "].iter().any(|word| folded[range.clone()].starts_with(word))
                }) {
                    continue;
                }
                let word = group(["cue", "cue2"]).unwrap_or_else(|| matched.clone());
                // A pattern that reaches over its target claims only the word, so that other cues within are found.
                let extent = if target.is_some() { word.clone() } else { matched.clone() };
                if covered.iter().any(|taken| taken.start < extent.end && extent.start < taken.end) {
                    continue;
                }
                covered.push(extent);
                hits.push(CueHit { cue, matched, word, target, claim: group(["claim", "claim"]) });
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
