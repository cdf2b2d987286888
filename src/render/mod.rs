//! How things are shown: text for terminals, Markdown, and JSON. Pure: it is given what to show and returns it.
//!
//! What the outside sees has its own shape here, so that renaming a field inside breaks nobody.

mod statement;

pub use statement::{char_span, statement_json};

/// Takes control characters out of foreign text.
pub fn safe(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n', " ")
}
