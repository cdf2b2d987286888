//! What a query is made of, and how it is shown.

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
    pub(super) const ALL: [Self; 11] = [
        Self::Text(Scope::Title),
        Self::Text(Scope::Body),
        Self::Key(Key::Source),
        Self::Key(Key::Lang),
        Self::Key(Key::Country),
        Self::Key(Key::Story),
        Self::Key(Key::Speaker),
        Self::Key(Key::Kind),
        Self::Key(Key::Target),
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

    fn join(mut parts: Vec<Self>, several: fn(Vec<Self>) -> Self) -> Option<Self> {
        if parts.len() > 1 { Some(several(parts)) } else { parts.pop() }
    }

    fn show_inside(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(_) | Self::Any(_) => write!(out, "({self})"),
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
            Self::All(parts) => (parts, " AND "),
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
