//! One reported speech act.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Decision, Place, Review};

/// Somebody does something with words, in one sentence of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What is done.
    pub kind: StatementKind,
    /// The finer label, such as `smear` of a denial.
    pub sub: Option<String>,
    /// Who speaks, as printed; `None` when the text names nobody.
    pub speaker: Option<String>,
    /// The canonical actor, such as `CN.mfa`.
    pub speaker_id: Option<String>,
    /// Against whom, as printed.
    pub target: Option<String>,
    /// The canonical actor it is directed at.
    pub target_id: Option<String>,
    /// The word or sign that carries the kind, as printed.
    pub cue: String,
    /// Headline or body.
    pub place: Place,
    /// Bytes of the claim in the headline or body.
    pub span: Range<usize>,
    /// Bytes of the sentence it stands in.
    pub sentence: Range<usize>,
    /// The paragraph, from 1; 0 for the headline.
    pub paragraph: usize,
    /// How it is quoted.
    pub quote: QuoteKind,
    /// Whether it was said, not said, or might be.
    pub polarity: Polarity,
    /// Who the grammar makes the actor.
    pub voice: Voice,
    /// Who denies, for a denial.
    pub party: Option<DenialParty>,
    /// True when an accusation answers an accusation.
    pub counter: bool,
    /// True when a warning, demand, protest or condemnation also says that the target did something.
    pub alleges: bool,
    /// The statement of the same article (its place in the list) that this one answers.
    pub answers: Option<usize>,
    /// The outlet that is quoted when the article repeats another.
    pub via: Option<String>,
    /// True when it is older than the event.
    pub background: bool,
    /// From 0 to 1.
    pub confidence: f64,
    /// True when it waits for a person: stored and shown for review, counted nowhere.
    pub candidate: bool,
    /// The rule that found it.
    pub rule: String,
    /// What a person made of it; the rules find statements that nobody has reviewed.
    #[serde(skip)]
    pub review: Review,
}

impl Statement {
    /// Says whether it counts in the comparison: asserted, and accepted by a person or, where no person has decided,
    /// no mere candidate.
    pub fn counts(&self) -> bool {
        let stands = match self.review.decision() {
            Decision::Accept => true,
            Decision::Reject => false,
            Decision::None => !self.candidate,
        };
        stands && self.polarity == Polarity::Asserted
    }

    /// Says whether a person has accepted this reading of it.
    pub fn is_accepted(&self) -> bool {
        self.review.decision() == Decision::Accept
    }

    /// Says whether a person has rejected this reading of it.
    pub fn is_rejected(&self) -> bool {
        self.review.decision() == Decision::Reject
    }

    /// Says whether it would count if a person accepted it, and nobody has decided.
    pub fn waits(&self) -> bool {
        self.candidate && self.polarity == Polarity::Asserted && self.review.decision() == Decision::None
    }
}

named!(
    /// What is done with words.
    StatementKind {
        /// Says the target does or did a hostile or unlawful act.
        Accuse = "accuse",
        /// A body with legal power arrests, indicts, prosecutes, or announces a case.
        Charge = "charge",
        /// A court decides.
        Verdict = "verdict",
        /// Says a claim against oneself or one's side is untrue.
        Deny = "deny",
        /// Withholds an answer.
        NoComment = "no_comment",
        /// Says a claim is true.
        Confirm = "confirm",
        /// The accuser takes it back.
        Retract = "retract",
        /// Tells of a danger or threatens.
        Warn = "warn",
        /// A diplomatic act.
        Protest = "protest",
        /// Disapproves without a new claim of fact.
        Condemn = "condemn",
        /// Asks or orders the target to do or stop.
        Demand = "demand",
        /// Says it looks into the matter.
        Investigate = "investigate",
    }
);

impl StatementKind {
    /// Returns the finer labels of a kind.
    pub fn subs(self) -> &'static [&'static str] {
        match self {
            Self::Deny => &["flat", "refute", "smear", "general", "alternative", "plea"],
            Self::NoComment => &["declined", "no_response", "unaware", "ncnd"],
            Self::Confirm => &["verify", "admit"],
            Self::Warn => &["advisory", "threat"],
            Self::Verdict => &["dismissed", "acquitted"],
            Self::Accuse
            | Self::Charge
            | Self::Retract
            | Self::Protest
            | Self::Condemn
            | Self::Demand
            | Self::Investigate => &[],
        }
    }
}

named!(
    /// How a claim is quoted.
    QuoteKind {
        /// All of it between quotation marks.
        Direct = "direct",
        /// Partly.
        Mixed = "mixed",
        /// In the outlet's words.
        Indirect = "indirect",
    }
);

named!(
    /// Whether it was said.
    Polarity {
        /// It was.
        Asserted = "asserted",
        /// It was not: "did not deny".
        Negated = "negated",
        /// It may be: "if", "is expected to".
        Hypothetical = "hypothetical",
        /// It is asked.
        Questioned = "questioned",
    }
);

named!(
    /// Who the grammar makes the actor.
    Voice {
        /// The speaker is the subject.
        Active = "active",
        /// The target is the subject and the speaker is named.
        Passive = "passive",
        /// Nobody is named.
        Agentless = "agentless",
    }
);

named!(
    /// Who denies.
    DenialParty {
        /// The accused.
        Own = "self",
        /// The state of the accused.
        State = "state",
        /// Their lawyer.
        Lawyer = "lawyer",
        /// Their family.
        Family = "family",
        /// Somebody else.
        ThirdParty = "third_party",
    }
);
