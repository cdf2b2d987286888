//! Adds a name to the text of terms.toml, and takes one out, for people who edit no files.
//!
//! What a person wrote there stays as it is, byte for byte: a line is put in or taken out, and the result is read again
//! before anybody sees it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigProblems;
use super::terms::{self, IS_WORD, is_id, why_no_name};
use crate::fold;
use crate::model::{NameOwner, Terms, country_of};

/// What a new file opens with.
const OPENING: &str = "# The study's own words, on top of those that ship with gainsay.\n";

/// What became of a new alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasAdded {
    /// Neither name was known: a person of both names was made.
    NewPerson {
        /// The id of the person.
        id: String,
    },
    /// One name joined the actor of the other.
    Joined {
        /// The name that was not known.
        name: String,
        /// The actor that it leads to now.
        id: String,
    },
    /// Both names led to one actor before: nothing was changed.
    Already {
        /// That actor.
        id: String,
    },
}

/// What was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasRemoved {
    /// The name as the file wrote it.
    pub name: String,
    /// The actor that it led to.
    pub id: String,
}

/// Why an alias was not added or taken out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AliasError {
    /// A text that is no name.
    #[error("`{name}` {why}")]
    NoName {
        /// The text.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// One name written in two ways.
    #[error("`{left}` and `{right}` find each other as they are: scripts, widths and capitals make no difference")]
    SameName {
        /// The one.
        left: String,
        /// The other.
        right: String,
    },
    /// A name whose owner the outlet's country decides.
    #[error(
        "whose name `{name}` is, the outlet decides ({}); write it with its country, as in 中國外交部",
        few(candidates)
    )]
    Relative {
        /// The name.
        name: String,
        /// The ids of all whom it can be.
        candidates: Vec<String>,
    },
    /// Two names of two actors.
    #[error("`{left}` is {left_id} and `{right}` is {right_id}: two actors cannot become one")]
    TwoActors {
        /// The one name.
        left: String,
        /// Its actor.
        left_id: String,
        /// The other name.
        right: String,
        /// Its actor.
        right_id: String,
    },
    /// A text with the form of an id that no actor has.
    #[error("no actor has the id `{0}`")]
    NoSuchId(String),
    /// No name of the study.
    #[error("the study has no name `{0}`")]
    Unknown(String),
    /// A name that ships.
    #[error("`{name}` ships with gainsay, as a name of {id}")]
    Ships {
        /// The name.
        name: String,
        /// Its actor.
        id: String,
    },
    /// The file did not read before the change.
    #[error("{0}")]
    Broken(ConfigProblems),
    /// The file would not read after the change.
    #[error("the file would not read any more, so that it was left as it is:\n{0}")]
    WouldBreak(ConfigProblems),
    /// The file is good and written in a way that this does not edit.
    #[error("the file is written in a way that has to be edited by hand: {0}")]
    ByHand(String),
}

/// Names a few ids of many.
fn few(ids: &[String]) -> String {
    const FEW: usize = 4;
    let more = if ids.len() > FEW { " ..." } else { "" };
    format!("{}{more}", ids[..ids.len().min(FEW)].join(", "))
}

/// Whose a name is in the shipped lexicon.
type Shipped<'a> = &'a dyn Fn(&str) -> NameOwner;

/// Makes two names lead to one actor, and returns the new text of the file with what was done.
///
/// # Errors
/// When the names are no names or lead to two actors, or when the file does not read.
pub fn add_alias(
    text: &str,
    file_name: &str,
    (left, right): (&str, &str),
    shipped: Shipped<'_>,
) -> Result<(String, AliasAdded), AliasError> {
    for name in [left, right] {
        if let Some(why) = why_no_name(name) {
            return Err(AliasError::NoName { name: name.to_owned(), why });
        }
    }
    let terms = terms::read(text, file_name, shipped).map_err(AliasError::Broken)?;
    let owner = |name: &str| owner(&terms, name, shipped);
    for name in [left, right] {
        match owner(name) {
            NameOwner::Word => return Err(AliasError::NoName { name: name.to_owned(), why: IS_WORD }),
            NameOwner::Nobody if looks_like_id(name) => return Err(AliasError::NoSuchId(name.to_owned())),
            _ => {}
        }
    }
    let same_name = fold::text(left) == fold::text(right);
    let (line, added) = match (owner(left), owner(right)) {
        (NameOwner::Relative { candidates }, _) => {
            return Err(AliasError::Relative { name: left.to_owned(), candidates });
        }
        (_, NameOwner::Relative { candidates }) => {
            return Err(AliasError::Relative { name: right.to_owned(), candidates });
        }
        (NameOwner::Actor { id, .. }, NameOwner::Actor { id: other, .. }) if id == other => {
            return Ok((text.to_owned(), AliasAdded::Already { id }));
        }
        (NameOwner::Actor { id: left_id, .. }, NameOwner::Actor { id: right_id, .. }) => {
            let (left, right) = (left.to_owned(), right.to_owned());
            return Err(AliasError::TwoActors { left, left_id, right, right_id });
        }
        (NameOwner::Word | NameOwner::Nobody, NameOwner::Word | NameOwner::Nobody) if same_name => {
            return Err(AliasError::SameName { left: left.to_owned(), right: right.to_owned() });
        }
        (NameOwner::Word | NameOwner::Nobody, NameOwner::Word | NameOwner::Nobody) => {
            let id = new_id(&[left, right], |id| {
                terms.names.iter().all(|own| own.id != id) && shipped(id) == NameOwner::Nobody
            });
            (Line::Person(id.clone()), AliasAdded::NewPerson { id })
        }
        (NameOwner::Actor { id, .. }, NameOwner::Word | NameOwner::Nobody) => {
            (Line::Alias(right, left), AliasAdded::Joined { name: right.to_owned(), id })
        }
        (NameOwner::Word | NameOwner::Nobody, NameOwner::Actor { id, .. }) => {
            (Line::Alias(left, right), AliasAdded::Joined { name: left.to_owned(), id })
        }
    };
    let changed = match line {
        Line::Person(id) => with_person(text, &id, [left, right]),
        Line::Alias(name, of) => with_alias(text, name, of),
    };
    let wanted = [left, right].map(|name| {
        (
            name,
            match &added {
                AliasAdded::NewPerson { id } | AliasAdded::Joined { id, .. } | AliasAdded::Already { id } => {
                    id.as_str()
                }
            },
        )
    });
    check(&changed, file_name, &wanted, shipped)?;
    Ok((changed, added))
}

/// Takes a name of the study out, and returns the new text of the file with what was taken. Comments above it stay.
///
/// # Errors
/// When the study does not have the name, when something else rests on it, or when the file does not read.
pub fn remove_alias(
    text: &str,
    file_name: &str,
    name: &str,
    shipped: Shipped<'_>,
) -> Result<(String, AliasRemoved), AliasError> {
    let terms = terms::read(text, file_name, shipped).map_err(AliasError::Broken)?;
    let folded = fold::text(name);
    let Some(own) = terms.names.iter().find(|own| fold::text(&own.name) == folded) else {
        return Err(match shipped(name) {
            NameOwner::Actor { id, .. } => AliasError::Ships { name: name.to_owned(), id },
            NameOwner::Nobody | NameOwner::Word | NameOwner::Relative { .. } => AliasError::Unknown(name.to_owned()),
        });
    };
    let by_hand = || AliasError::ByHand(format!("take `{}` out of it", own.name));
    let mut changed = text.to_owned();
    // The same actor may have the name in both scripts: all of them go.
    while let Some(range) = place(&changed, &folded) {
        changed.replace_range(range, "");
    }
    let left = terms::read(&changed, file_name, shipped).map_err(AliasError::WouldBreak)?;
    let gone = changed != text && left.names.iter().all(|other| fold::text(&other.name) != folded);
    if !gone {
        return Err(by_hand());
    }
    Ok((changed, AliasRemoved { name: own.name.clone(), id: own.id.clone() }))
}

/// What is put into the file.
enum Line<'a> {
    Person(String),
    Alias(&'a str, &'a str),
}

fn owner(terms: &Terms, name: &str, shipped: Shipped<'_>) -> NameOwner {
    let folded = fold::text(name);
    let own = terms.names.iter().find(|own| fold::text(&own.name) == folded);
    let own = own.or_else(|| terms.names.iter().find(|own| own.id == name));
    match own {
        Some(own) => NameOwner::Actor { id: own.id.clone(), kind: own.kind },
        None => shipped(name),
    }
}

/// Says whether a text is written as the ids that ship: a country, a dot, and a word in small letters, as CN.mss.
fn looks_like_id(text: &str) -> bool {
    let is_rest = |rest: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
        rest.starts_with(|c: char| c.is_ascii_lowercase()) && rest.chars().all(plain)
    };
    country_of(text).is_some_and(|country| is_rest(&text[country.len() + 1..]))
}

/// Makes the id of a person: the first name in Latin letters, else the first, with a number when another has it.
fn new_id(names: &[&str], is_free: impl Fn(&str) -> bool) -> String {
    let is_latin = |name: &&&str| name.chars().any(|c| c.is_ascii_alphabetic());
    let name = names.iter().find(is_latin).or(names.first()).copied().unwrap_or_default();
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(36).collect();
    let slug = slug.trim_end_matches('-');
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let free = std::iter::once(slug.to_owned()).chain(numbered).find(|id| is_id(id) && is_free(id));
    free.unwrap_or_else(|| slug.to_owned())
}

/// Adds a stanza at the end.
fn with_person(text: &str, id: &str, [left, right]: [&str; 2]) -> String {
    let stanza = [
        "[[entity]]".to_owned(),
        format!("id = {}", quoted(id)),
        "kind = \"person\"".to_owned(),
        format!("names = [{}, {}]", quoted(left), quoted(right)),
    ];
    at_the_end(text, &stanza)
}

/// Adds a line behind the last one of `[alias]`, or at the end under a header of its own.
fn with_alias(text: &str, name: &str, of: &str) -> String {
    let line = format!("{} = {}", quoted(name), quoted(of));
    let (root, _) = DeTable::parse_recoverable(text);
    let table = root.get_ref().get("alias").filter(|table| text[table.span()].starts_with('['));
    let Some(table) = table else { return at_the_end(text, &["[alias]".to_owned(), line]) };
    let entries = table.get_ref().as_table();
    let last = entries.and_then(|entries| entries.values().map(|value| value.span().end).max());
    let at = line_end(text, last.unwrap_or(table.span().end));
    let (before, after) = text.split_at(at);
    let feed = if before.ends_with('\n') || before.is_empty() { "" } else { line_break(text) };
    format!("{before}{feed}{line}{}{after}", line_break(text))
}

fn at_the_end(text: &str, lines: &[String]) -> String {
    let end = line_break(text);
    let mut new = if text.trim().is_empty() { OPENING.to_owned() } else { text.to_owned() };
    if !new.ends_with('\n') {
        new.push_str(end);
    }
    new.push_str(end);
    for line in lines {
        new.push_str(line);
        new.push_str(end);
    }
    new
}

/// Returns the bytes to take out so that a folded name is gone; `None` when it stands nowhere that this can edit.
fn place(text: &str, folded: &str) -> Option<Range<usize>> {
    let (root, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        return None;
    }
    let root = root.get_ref();
    let aliases = root.get("alias").and_then(|table| table.get_ref().as_table());
    let alias = aliases.and_then(|table| table.iter().find(|(key, _)| fold::text(key.get_ref()) == folded));
    if let Some((key, value)) = alias {
        return whole_lines(text, key.span().start..value.span().end);
    }
    let entities = root.get("entity").and_then(|list| list.get_ref().as_array())?;
    entities.iter().find_map(|entity| {
        let names = entity.get_ref().as_table()?.get("names")?.get_ref().as_array()?;
        let name = names.iter().find(|name| name.get_ref().as_str().is_some_and(|name| fold::text(name) == folded))?;
        if names.len() == 1 { stanza(text, entity) } else { Some(element(text, name.span())) }
    })
}

/// Returns a stanza from its header to its last value.
fn stanza(text: &str, entity: &Spanned<DeValue<'_>>) -> Option<Range<usize>> {
    let values = entity.get_ref().as_table()?.values();
    let end = values.map(|value| value.span().end).max()?;
    text[entity.span()].starts_with("[[").then(|| whole_lines(text, entity.span().start..end)).flatten()
}

/// Returns an element of a list with the comma behind it.
fn element(text: &str, span: Range<usize>) -> Range<usize> {
    let rest = &text[span.end..];
    let after = rest.trim_start();
    let Some(behind) = after.strip_prefix(',') else { return span };
    let end = text.len() - behind.len();
    let space = behind.len() - behind.trim_start_matches(' ').len();
    span.start..end + space
}

/// Widens a range to the lines it stands on; `None` when something else but a comment stands on them.
fn whole_lines(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = line_end(text, range.end);
    let rest = text[range.end..end].trim();
    let alone = text[start..range.start].trim().is_empty() && (rest.is_empty() || rest.starts_with('#'));
    alone.then_some(start..end)
}

/// Returns where the next line begins.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Reads the changed text again: it has to be good, and each name has to lead where it should.
fn check(text: &str, file_name: &str, wanted: &[(&str, &str)], shipped: Shipped<'_>) -> Result<(), AliasError> {
    let terms = terms::read(text, file_name, shipped).map_err(AliasError::WouldBreak)?;
    for (name, id) in wanted {
        let leads = matches!(owner(&terms, name, shipped), NameOwner::Actor { id: found, .. } if found == *id);
        if !leads {
            return Err(AliasError::ByHand(format!("make `{name}` a name of {id} there")));
        }
    }
    Ok(())
}
