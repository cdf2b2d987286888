//! What a person made of a statement: accepted, rejected, noted.

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Lang, Place, Polarity, SourceId, Statement, VersionId};

named!(
    /// What a person decided.
    Decision {
        /// It is as the machine reads it.
        Accept = "accept",
        /// It is not.
        Reject = "reject",
        /// Nothing, or nothing any more.
        None = "none",
    }
);

/// One act of a person upon a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Decides; [`Decision::None`] takes an earlier decision back.
    Decide(Decision),
    /// Writes a note, in the place of an earlier one; an empty one takes it away. The decision stays.
    Note(String),
}

/// What a judgement rests on: how the machine read the statement. Whatever puts it into another cell is part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who speaks, as printed.
    pub speaker: Option<String>,
    /// The canonical actor.
    pub speaker_id: Option<String>,
    /// Against whom, as printed.
    pub target: Option<String>,
    /// The canonical actor.
    pub target_id: Option<String>,
    /// Whether it was said.
    pub polarity: Polarity,
    /// The finer label.
    pub sub: Option<String>,
    /// True when an accusation answers an accusation.
    pub counter: bool,
    /// True when another act also says that the target did something.
    pub alleges: bool,
}

impl Reading {
    /// Takes the reading of a statement.
    pub fn of(statement: &Statement) -> Self {
        Self {
            speaker: statement.speaker.clone(),
            speaker_id: statement.speaker_id.clone(),
            target: statement.target.clone(),
            target_id: statement.target_id.clone(),
            polarity: statement.polarity,
            sub: statement.sub.clone(),
            counter: statement.counter,
            alleges: statement.alleges,
        }
    }

    /// Says whether both read the same: an actor that is known is the same however it is printed, and of the finer
    /// labels only a general denial stands in a cell of its own.
    pub fn is_like(&self, other: &Self) -> bool {
        self.decisive() == other.decisive()
    }

    fn decisive(&self) -> (Option<&str>, Option<&str>, Polarity, bool, bool, bool) {
        (
            self.speaker_id.as_deref().or(self.speaker.as_deref()),
            self.target_id.as_deref().or(self.target.as_deref()),
            self.polarity,
            self.sub.as_deref() == Some("general"),
            self.counter,
            self.alleges,
        )
    }
}

/// A person's judgement of one reading, as it stands after their last act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What was decided.
    pub decision: Decision,
    /// What was noted.
    pub note: Option<String>,
    /// When the last act was.
    pub at: Timestamp,
    /// What was judged.
    pub reading: Reading,
}

/// What a statement knows of its judgement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Review {
    /// Nobody has judged it.
    #[default]
    Unreviewed,
    /// This reading of it was judged.
    Judged(Box<Judgement>),
    /// Another reading of it was judged, so that nothing is decided on this one.
    ReadOtherwise(Box<Judgement>),
}

impl Review {
    /// Returns what was decided on the reading that stands.
    pub fn decision(&self) -> Decision {
        match self {
            Self::Judged(judgement) => judgement.decision,
            Self::Unreviewed | Self::ReadOtherwise(_) => Decision::None,
        }
    }

    /// Returns the note on the statement, in whatever reading it was written.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Judged(judgement) | Self::ReadOtherwise(judgement) => judgement.note.as_deref(),
            Self::Unreviewed => None,
        }
    }
}

/// One judgement with all that is needed to train or score with it, as it was judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The article.
    pub article: ArticleId,
    /// The version that the person read.
    pub version: VersionId,
    /// The source of the article.
    pub source: Option<SourceId>,
    /// The language of the article.
    pub lang: Lang,
    /// The version of the program whose rules read it.
    pub made_by: String,
    /// Headline or body.
    pub place: Place,
    /// The sentence, as printed.
    pub sentence: String,
    /// Bytes of the claim in the sentence.
    pub claim: Range<usize>,
    /// The statement, as the machine read it when it was judged.
    pub statement: Statement,
    /// The judgement.
    pub judgement: Judgement,
}
