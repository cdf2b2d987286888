//! The words around a cue, as patterns.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// Writes the table, and the list of all that stands in it.
macro_rules! word_table {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The words that rules look for around a cue; a language leaves out what it has no use for.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct WordTable {
            $($(#[$doc])* pub $name: Pattern,)*
        }

        impl WordTable {
            /// Gives each pattern its number, and returns them by it.
            pub(super) fn numbered(&mut self) -> Vec<&Pattern> {
                let mut number = 0..;
                $(self.$name.number = number.next();)*
                self.all()
            }

            /// Returns all patterns, in the order of the table.
            pub(super) fn all(&self) -> Vec<&Pattern> {
                vec![$(&self.$name),*]
            }
        }
    };
}

word_table! {
    /// Nouns for a claim.
    claim,
    /// Things that are refused rather than denied.
    refused,
    /// Objects that make a denial of "deny".
    deniable,
    /// Hostile acts.
    hostile,
    /// A harmless account.
    innocent,
    /// Negation that ends right before a cue.
    negated,
    /// What makes a cue hypothetical when it ends right before it.
    hypothetical,
    /// What tells that somebody came to do what follows and did it, when it ends right before it: "was quick to".
    brought_to,
    /// A condition that opens the clause of a cue.
    hypothetical_clause,
    /// A form of "be" that ends right before a participle.
    passive,
    /// What makes an act one that somebody is asked to do, when it ends right before the act: 要求……否认.
    ordered,
    /// What makes a verdict one in favour of the accused.
    acquitted,
    /// Words that make a statement older than the event.
    earlier,
    /// Verbs of saying.
    say,
    /// What looks like a verb of saying and is none.
    say_false,
    /// "According to".
    according,
    /// What stands before a source that is quoted.
    reported,
    /// Who speaks for the accused.
    lawyer,
    /// The family of the accused.
    family,
    /// How the left side of a speaking headline colon ends.
    colon_end,
    /// Left sides of a headline colon that are topics.
    colon_topic,
    /// Times and connectives at the head of a clause.
    time_lead,
    /// What ends a subject.
    adverbial,
    /// Words that hold what ends a subject and are one word: 委员会 is no 会 before a verb.
    compound,
    /// What is cut from the end of a subject.
    strip_end,
    /// Subjects that point back.
    pronoun,
    /// What is no subject.
    not_subject,
    /// Who decides guilt.
    court,
    /// Who can arrest and charge.
    power,
    /// What makes a phrase a person's: titles and offices that persons hold.
    person,
    /// What makes a capitalised phrase the name of an office, a company or a paper.
    body,
    /// What takes a hostile act back when it stands before it in its clause.
    unsaid,
    /// Nouns for what is said against somebody.
    accusation,
    /// What makes a speaker a paper or a broadcaster that reports what others say.
    outlet,
    /// What makes a paper speak for itself.
    opinion,
    /// A statement, a letter or a post that nobody is named for.
    medium,
    /// An investigation or a study that finds what its makers find.
    study,
    /// Those whose trade it is to find out who does what.
    finder,
    /// An embassy or a consulate.
    mission,
    /// Those whose office it is to accuse, and the papers in which they do: what they tell of the accused accuses them.
    accuser,
    /// What an accuser says of the proceedings and not of the accused.
    procedure,
    /// What those who are accused of spying say that they did not do, beside hostile acts.
    dealing,
    /// Nouns for what is untrue, at the end of what calls a claim so: unlike "false" they describe no noun behind them.
    falsehood,
    /// What a company is called.
    company,
    /// Hostile words that name a subject as often as an act: alone, without an actor beside them, they tell of none.
    topical,
    /// Verbs of cues that are nouns as often.
    noun_or_verb,
    /// Subjects that are things and say nothing.
    mute,
}

/// A regular expression that is read from a table. The default matches nothing.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    /// Its number in its table.
    pub(super) number: Option<u32>,
}

impl std::ops::Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        &self.regex
    }
}

impl From<Regex> for Pattern {
    fn from(regex: Regex) -> Self {
        Self { regex, number: None }
    }
}

impl Default for Pattern {
    fn default() -> Self {
        Regex::new(r"[^\s\S]").expect("the empty class is a pattern").into()
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        compiled(&ascii(&text)).map(Self::from).map_err(D::Error::custom)
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
