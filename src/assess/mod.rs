//! Whether an article is about Chinese intelligence activity.

use crate::lexicon::Lexicon;
use crate::model::{Article, Assessment, Lang, Verdict};

/// Judges the topic of an article.
pub fn assess(_lexicon: &Lexicon, article: &Article) -> Assessment {
    Assessment {
        lang: Lang::clone(&article.lang),
        region: None,
        verdict: Verdict::OffTopic,
        score: 0.0,
        topic: None,
        why: Vec::new(),
    }
}
