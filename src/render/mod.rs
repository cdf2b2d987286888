//! How things are shown: text for terminals, Markdown, and JSON. Pure: it is given what to show and returns it.
//!
//! What the outside sees has its own shape here, so that renaming a field inside breaks nobody. Every foreign string
//! goes through [`safe()`] before a terminal and through an escape before Markdown. The home of unicode-width.

mod article;
mod changes;
mod digest;
mod highlight;
mod line;
mod markdown;
mod matrix;
mod rates;
mod review;
mod safe;
mod statement;
mod stories;
mod table;
mod time;

pub use article::{article_json, article_text, evidence_text, statements_text};
pub use changes::{changes_json, changes_text};
pub use digest::{digest_json, digest_markdown, digest_text, finding_json};
pub use highlight::{Style, highlight, highlight_lines};
pub use markdown::escape as escape_markdown;
pub use matrix::{matrix_json, matrix_statements, matrix_text};
pub use rates::{error_rate_lines, error_rates_json, error_rates_text};
pub use review::{judged_json, judged_text, label_json, review_json, review_row_json, review_row_text, review_text};
pub use safe::{json_document, json_line, safe, safe_lines};
pub use statement::{char_span, statement_json};
pub use stories::{stories_json, stories_text, story_json, story_text};
pub use table::{display_width, fit, table, told_table, width_before, wrap};
pub use time::{day_and_clock, delay, interval, interval_json, utc, zone_name};

#[cfg(test)]
mod tests;
