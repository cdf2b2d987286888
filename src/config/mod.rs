//! Reads feeds.toml: the one file that a person writes to say what is watched.
//!
//! Pure: it takes the text and gives back a [`Study`], or every problem of the file at once, each with its line and
//! what to do about it. Where the file lies, and when it is read again, is the caller's business.

mod keys;
mod problem;
mod stanza;
mod study;

#[cfg(test)]
mod tests;

pub use problem::{ConfigProblem, ConfigProblems};

use crate::model::Study;

/// Reads a study from the text of its feeds.toml; `file_name` is how messages call the file.
///
/// # Errors
/// When anything in the file is wrong: all of it at once, in the order of the lines.
pub fn study(text: &str, file_name: &str) -> Result<Study, ConfigProblems> {
    study::read(text, file_name)
}
