//! The words around a cue, as patterns.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

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
    /// Those whose trade it is to find out who does what.
    pub finder: Pattern,
    /// An embassy or a consulate.
    pub mission: Pattern,
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

/// Compiles a pattern with room for its automaton: the larger ones would else be built again and again.
pub(super) fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).dfa_size_limit(16 << 20).build()
}

/// Writes `\b`, `\w` and `\W` for ASCII: the cues are, and the boundaries of all scripts would make matching slow.
pub(super) fn ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z0-9_]").replace(r"\W", "[^a-z0-9_]")
}
