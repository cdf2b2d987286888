//! Reads what a person writes: feeds.toml says what is watched, terms.toml which words the study adds to those shipped.
//! Adds a name to terms.toml, and changes sources in feeds.toml, for people who edit no files. The home of toml_edit.
//!
//! Pure: it takes the text and gives back a [`Study`] or [`Terms`], or every problem of the file at once, each with its
//! line and what to do about it. Where the file lies, and when it is read again, is the caller's business.

mod alias;
mod edit;
mod guess;
mod keys;
mod plain;
mod problem;
mod stanza;
mod study;
mod terms;

#[cfg(test)]
mod tests;

pub use alias::{AliasAdded, AliasError, AliasRemoved, add_alias, remove_alias};
pub use edit::{EditError, Edited, add_entry_point, add_sources, near_ids, pause_source, remove_source, resume_source};
pub use guess::{Clues, Guess, fill_in};
pub use plain::{PlainEntry, PlainSource};
pub use problem::{ConfigProblem, ConfigProblems};

use crate::model::{NameOwner, Study, Terms};

/// Reads a study from the text of its feeds.toml; `file_name` is how messages call the file.
///
/// # Errors
/// When anything in the file is wrong: all of it at once, in the order of the lines.
pub fn study(text: &str, file_name: &str) -> Result<Study, ConfigProblems> {
    study::read(text, file_name)
}

/// Reads the words of a study from the text of its terms.toml. `shipped` says whose a name is in the shipped lexicon,
/// so that an alias that leads nowhere is found here.
///
/// # Errors
/// When anything in the file is wrong: all of it at once, in the order of the lines.
pub fn terms(text: &str, file_name: &str, shipped: &dyn Fn(&str) -> NameOwner) -> Result<Terms, ConfigProblems> {
    terms::read(text, file_name, shipped)
}
