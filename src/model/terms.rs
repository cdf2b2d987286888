//! The words of one study, on top of those that ship with the program.

use super::{ActorKind, Lang, StatementKind, Topic};

/// What a study's terms.toml adds to the lexicon.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// The names of actors: those of the study's own entities and its aliases, each with the actor that it leads to.
    pub names: Vec<TermName>,
    /// Words that mark a statement.
    pub cues: Vec<TermCue>,
    /// Words that bear on the topic.
    pub topics: Vec<TermTopic>,
}

/// One name of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermName {
    /// As texts print it.
    pub name: String,
    /// The actor that it leads to, the study's own or a shipped one.
    pub id: String,
    /// What sort of actor it is.
    pub kind: ActorKind,
}

/// Words that mark a statement of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermCue {
    /// What they mark.
    pub kind: StatementKind,
    /// The finer label.
    pub sub: Option<String>,
    /// English or Chinese; the script of Chinese does not matter.
    pub lang: Lang,
    /// The words.
    pub words: Vec<String>,
}

/// Words that bear on the topic in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct TermTopic {
    /// What they bear.
    pub role: TopicRole,
    /// How much.
    pub weight: f64,
    /// The words.
    pub words: Vec<String>,
}

/// What a word says about the topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicRole {
    /// An act of intelligence work, by anybody.
    Act(Topic),
    /// The Chinese state.
    China,
    /// An act and the Chinese state in one word.
    Both(Topic),
    /// Another state or field.
    Elsewhere,
    /// Looks like one of these and is none.
    None,
}
