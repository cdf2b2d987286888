//! Whether an article is about Chinese intelligence activity, and why we think so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Lang;

/// The judgement of one article's topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The language found in the text.
    pub lang: Lang,
    /// ISO 3166 code of the region whose usage the text shows, where it shows.
    pub region: Option<String>,
    /// The answer.
    pub verdict: Verdict,
    /// How strongly, from 0 to 1; on topic from 0.5 on.
    pub score: f64,
    /// What about, when on topic.
    pub topic: Option<Topic>,
    /// The words that decided.
    pub why: Vec<Evidence>,
}

/// On topic or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// About Chinese intelligence activity.
    OnTopic,
    /// Not.
    OffTopic,
}

/// One reason for a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The term as the lexicon names it.
    pub term: String,
    /// Where it stands.
    pub place: Place,
    /// Bytes of the title or the text.
    pub span: Range<usize>,
}

/// The two parts of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The headline.
    Title,
    /// The body.
    Text,
}

impl Place {
    /// Returns the name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

named!(
    /// What an on-topic article is about.
    Topic {
        /// A person accused, arrested or tried for spying.
        EspionageCase = "espionage-case",
        /// Intrusion, malware, data theft.
        Cyber = "cyber",
        /// Influence or interference.
        Influence = "influence",
        /// China's own organs against spies of others.
        CounterEspionage = "counter-espionage",
        /// Repression of people abroad.
        TransnationalRepression = "transnational-repression",
        /// Laws and measures.
        Policy = "policy",
        /// Anything else on topic.
        Other = "other",
    }
);
