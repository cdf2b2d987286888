//! `try text`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::rows::Row;
use super::{country_hint, lang_hint};
use crate::lexicon::Lexicon;
use crate::model::{Article, Evidence, Place, Verdict};
use crate::statement::OutletContext;
use crate::{assess, language, render, statement};

/// One text to judge.
#[derive(Debug, Deserialize)]
pub(super) struct TextRow {
    #[serde(default)]
    pub(super) title: Option<String>,
    pub(super) text: String,
    #[serde(default)]
    pub(super) lang: Option<String>,
    #[serde(default)]
    pub(super) country: Option<String>,
}

impl Row for TextRow {
    const KEYS: &'static [&'static str] = &["id", "title", "text", "lang", "country", "outlet"];

    fn check_hints(&self) -> anyhow::Result<()> {
        lang_hint(self.lang.as_deref())?;
        country_hint(self.country.as_deref())?;
        Ok(())
    }
}

/// Judges texts with the words of a lexicon.
pub(super) struct Judge {
    lexicon: Lexicon,
}

impl Judge {
    pub(super) fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    /// Judges one text; a hint that is none is passed over.
    pub(super) fn judge(&self, row: &TextRow) -> Value {
        let country = country_hint(row.country.as_deref()).unwrap_or_default();
        let article = article(row.title.as_deref().unwrap_or_default(), &row.text, row.lang.as_deref());
        let assessment = assess::assess(&self.lexicon, &article);
        let country = self.lexicon.country_of(&article, country.as_deref());
        let outlet = OutletContext { country: country.as_deref() };
        let statements = statement::find(&self.lexicon, &article, outlet);
        let (title, text) = (&article.title, &article.text);
        let why = |evidence: &Evidence| {
            let part = if evidence.place == Place::Title { title } else { text };
            let span = render::char_span(part, evidence.span.clone());
            json!({ "term": evidence.term, "in": evidence.place.name(), "span": span })
        };
        json!({
            "lang": assessment.lang,
            "region": assessment.region,
            "relevant": assessment.verdict == Verdict::OnTopic,
            "score": assessment.score,
            "topic": assessment.topic.map(|topic| topic.name()),
            "why": assessment.why.iter().map(why).collect::<Vec<_>>(),
            "statements": statements.iter().map(|found| render::statement_json(found, title, text)).collect::<Vec<_>>(),
        })
    }
}

/// Makes an article of a bare text, as the later stages expect it; a hint that is no language is passed over.
pub(super) fn article(title: &str, text: &str, lang: Option<&str>) -> Article {
    let whole = format!("{title}\n{text}");
    let hint = lang_hint(lang).unwrap_or_default();
    Article::of_text(title, text, language::detect(&whole, hint.as_ref()))
}
