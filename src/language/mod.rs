//! Language, script and region of a text; sentences and paragraphs. The home of whatlang.

use crate::model::Lang;

/// Tells the language of a text, Chinese with its script. The hint decides only where the text does not.
pub fn detect(_text: &str, _hint: Option<&Lang>) -> Lang {
    Lang::und()
}
