//! Who said what of whom: the reported speech acts of one article.

use crate::lexicon::Lexicon;
use crate::model::{Article, Statement};

/// What decides names that depend on the outlet, such as a bare 外交部.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutletContext<'a> {
    /// ISO 3166 alpha-2 code of the outlet's country; `None` when unknown or when it decides nothing (an aggregator).
    pub country: Option<&'a str>,
}

/// Finds the statements of an article, headline first, in the order of the text.
pub fn find(_lexicon: &Lexicon, _article: &Article, _outlet: OutletContext<'_>) -> Vec<Statement> {
    Vec::new()
}
