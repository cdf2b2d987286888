//! To be written.
use crate::model::Statement;
use std::ops::Range;
/// Temporary.
pub fn safe(text: &str) -> String {
    text.replace(char::is_control, " ")
}
/// Temporary.
pub fn char_span(text: &str, range: Range<usize>) -> [usize; 2] {
    let count = |to: usize| text.get(..to).map_or(0, |part| part.chars().count());
    [count(range.start), count(range.end)]
}
/// Temporary.
pub fn statement_json(_found: &Statement, _title: &str, _text: &str) -> serde_json::Value {
    serde_json::Value::Null
}
