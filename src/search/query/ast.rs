//! What a query is made of, and how it is shown.

use std::collections::HashSet;
use std::fmt;

use jiff::Timestamp;

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Node {
    /// All of these; never fewer than two.
    All(Vec<Node>),
    /// At least one of these; never fewer than two.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// All of these of one and the same statement, which is never fewer than two conditions.
    Same(Vec<Node>),
    /// A single condition.
    Leaf(Leaf),
}

/// A single condition.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) enum Leaf {
    /// Words of the text.
    Text {
        /// Where.
        scope: Scope,
        /// How.
        form: Form,
        /// What, as written.
        text: String,
    },
    /// A property of the article.
    Is {
        /// Which.
        key: Key,
        /// Its value, as written.
        value: String,
    },
    /// A stretch of time.
    When {
        /// Which time.
        clock: Clock,
        /// As written.
        text: String,
        /// The first moment of it; `None` when it has no beginning.
        from: Option<Timestamp>,
        /// The first moment after it; `None` when it has no end.
        to: Option<Timestamp>,
    },
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Scope {
    /// In headline and body.
    Anywhere,
    /// In the headline.
    Title,
    /// In the body.
    Body,
}

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Form {
    /// A word with any ending.
    Word,
    /// These words next to each other.
    Phrase,
    /// Anything that begins so.
    Prefix,
}

/// A property that an article has or has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Key {
    /// The id of the source.
    Source,
    /// The language tag.
    Lang,
    /// The country of the source.
    Country,
    /// The number of the story.
    Story,
    /// Who speaks.
    Speaker,
    /// The kind of a statement.
    Kind,
    /// Against whom.
    Target,
    /// The finer label of a statement.
    Sub,
}

impl Key {
    /// Says whether it is a property of a statement, and of an article only because a statement in it has it.
    pub(in crate::search) fn is_of_statement(self) -> bool {
        matches!(self, Self::Speaker | Self::Kind | Self::Target | Self::Sub)
    }
}

/// One of the times of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Clock {
    /// Published, or seen where that is not known.
    Date,
    /// First seen.
    Seen,
}

/// What a name before a colon stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text(Scope),
    Key(Key),
    Clock(Clock),
}

impl Field {
    pub(super) const ALL: [Self; 12] = [
        Self::Text(Scope::Title),
        Self::Text(Scope::Body),
        Self::Key(Key::Source),
        Self::Key(Key::Lang),
        Self::Key(Key::Country),
        Self::Key(Key::Story),
        Self::Key(Key::Speaker),
        Self::Key(Key::Kind),
        Self::Key(Key::Target),
        Self::Key(Key::Sub),
        Self::Clock(Clock::Date),
        Self::Clock(Clock::Seen),
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text(Scope::Anywhere) => "",
            Self::Text(Scope::Title) => "title",
            Self::Text(Scope::Body) => "body",
            Self::Key(Key::Source) => "source",
            Self::Key(Key::Lang) => "lang",
            Self::Key(Key::Country) => "country",
            Self::Key(Key::Story) => "story",
            Self::Key(Key::Speaker) => "speaker",
            Self::Key(Key::Kind) => "kind",
            Self::Key(Key::Target) => "target",
            Self::Key(Key::Sub) => "sub",
            Self::Clock(Clock::Date) => "date",
            Self::Clock(Clock::Seen) => "seen",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }
}

impl Node {
    /// Joins parts that must all hold.
    pub(super) fn all(parts: Vec<Self>) -> Option<Self> {
        Self::join(parts, Self::All)
    }

    /// Joins parts of which one must hold.
    pub(super) fn any(parts: Vec<Self>) -> Option<Self> {
        Self::join(parts, Self::Any)
    }

    /// Says whether it can be asked of a single statement.
    pub(in crate::search) fn is_of_statement(&self) -> bool {
        match self {
            Self::Leaf(Leaf::Is { key, .. }) => key.is_of_statement(),
            Self::Any(parts) | Self::Same(parts) => parts.iter().all(Self::is_of_statement),
            Self::All(_) => self.only_key().is_some_and(Key::is_of_statement),
            Self::Leaf(_) | Self::Not(_) => false,
        }
    }

    /// Returns the property that all conditions are about, where it is one, as in `speaker:(Lin Jian)`.
    fn only_key(&self) -> Option<Key> {
        match self {
            Self::Leaf(Leaf::Is { key, .. }) => Some(*key),
            Self::All(parts) | Self::Any(parts) | Self::Same(parts) => {
                let (first, rest) = parts.split_first()?;
                first.only_key().filter(|key| rest.iter().all(|part| part.only_key() == Some(*key)))
            }
            Self::Leaf(_) | Self::Not(_) => None,
        }
    }

    /// Returns the groups that are asked of one statement, in order.
    pub(super) fn groups(&self) -> Vec<&Self> {
        match self {
            Self::Same(_) => vec![self],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::groups).collect(),
            Self::Not(part) => part.groups(),
            Self::Leaf(_) => Vec::new(),
        }
    }

    /// Joins parts that must all hold; what they ask of statements side by side must hold of one and the same.
    ///
    /// What stands in parentheses with its own `AND` is asked of a statement of its own, and so is each of several
    /// values of one property alone: `kind:accuse kind:deny` is of articles with both. `None` when one statement would
    /// have to be of two kinds.
    pub(super) fn all_of_statements(parts: Vec<Self>) -> Option<Self> {
        let joins = |part: &Self| !matches!(part, Self::Same(_)) && part.is_of_statement();
        let keys: Vec<Option<Key>> = parts.iter().filter(|part| joins(part)).map(Self::only_key).collect();
        let is_one_property = keys.first().is_some_and(|first| first.is_some() && keys.iter().all(|key| key == first));
        if keys.len() < 2 || is_one_property {
            return Self::all(parts);
        }
        let mut same = Vec::new();
        let mut rest = Vec::new();
        let mut at = 0;
        for part in parts {
            if !joins(&part) {
                rest.push(part);
                continue;
            }
            if same.is_empty() {
                at = rest.len();
            }
            match part {
                Self::All(inner) => same.extend(inner),
                part => same.push(part),
            }
        }
        let kinds: HashSet<&str> = same.iter().filter_map(Self::plain_kind).collect();
        if kinds.len() > 1 {
            return None;
        }
        rest.insert(at, Self::Same(same));
        Self::all(rest)
    }

    fn plain_kind(&self) -> Option<&str> {
        match self {
            Self::Leaf(Leaf::Is { key: Key::Kind, value }) => Some(value),
            _ => None,
        }
    }

    fn join(mut parts: Vec<Self>, several: fn(Vec<Self>) -> Self) -> Option<Self> {
        if parts.len() > 1 { Some(several(parts)) } else { parts.pop() }
    }

    fn show_inside(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(_) | Self::Any(_) | Self::Same(_) => write!(out, "({self})"),
            Self::Not(_) | Self::Leaf(_) => write!(out, "{self}"),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, between) = match self {
            Self::Leaf(leaf) => return leaf.fmt(out),
            Self::Not(part) => {
                out.write_str("NOT ")?;
                return part.show_inside(out);
            }
            Self::All(parts) | Self::Same(parts) => (parts, " AND "),
            Self::Any(parts) => (parts, " OR "),
        };
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.write_str(between)?;
            }
            part.show_inside(out)?;
        }
        Ok(())
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { scope, form, text } => {
                if *scope != Scope::Anywhere {
                    write!(out, "{}:", Field::Text(*scope).name())?;
                }
                match form {
                    Form::Word => out.write_str(text),
                    Form::Phrase => write!(out, "\"{text}\""),
                    Form::Prefix => write!(out, "{text}*"),
                }
            }
            Self::Is { key, value } => {
                let is_plain = value.starts_with(char::is_alphanumeric)
                    && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
                let quote = if is_plain { "" } else { "\"" };
                write!(out, "{}:{quote}{value}{quote}", Field::Key(*key).name())
            }
            Self::When { clock, text, .. } => write!(out, "{}:{text}", Field::Clock(*clock).name()),
        }
    }
}
