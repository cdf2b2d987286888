//! Changes sources in feeds.toml for people who edit no files.
//!
//! What is not changed stays as it was written, comments and spacing too; and what a change would leave unreadable is not
//! changed at all. Pure: it takes the text and gives back the new one.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value, value};

use super::ConfigProblems;
use super::keys;
use super::plain::{self, PlainEntry, PlainSource};
use super::study;
use crate::model::{FeedSource, SourceId, Study};

/// What a change gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text of the file after it.
    pub text: String,
    /// False when the file said so before: the text is as it was.
    pub is_changed: bool,
}

/// Why sources were not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No source has that id.
    #[error("there is no source `{id}`")]
    Unknown {
        /// The id.
        id: SourceId,
    },
    /// The file did not read before the change.
    #[error("the file does not read, so that it was left as it is:\n{0}")]
    Broken(ConfigProblems),
    /// The file would not read after the change.
    #[error("the file would not read any more, so that it was left as it is:\n{0}")]
    WouldBreak(ConfigProblems),
    /// The file is good and written in a way that this does not edit.
    #[error("the file is written in a way that has to be edited by hand: {0}")]
    ByHand(&'static str),
}

/// Leaves a source out of polls.
///
/// # Errors
/// When the file does not have the source, does not read, or would not read after it.
pub fn pause_source(text: &str, file_name: &str, id: &SourceId) -> Result<Edited, EditError> {
    enable(text, file_name, id, false)
}

/// Takes a source into polls again.
///
/// # Errors
/// When the file does not have the source, does not read, or would not read after it.
pub fn resume_source(text: &str, file_name: &str, id: &SourceId) -> Result<Edited, EditError> {
    enable(text, file_name, id, true)
}

/// Takes a source out. Comments above it stay, apart from what follows.
///
/// # Errors
/// When the file does not have the source, does not read, or would not read after it.
pub fn remove_source(text: &str, file_name: &str, id: &SourceId) -> Result<Edited, EditError> {
    let mut file = File::open(text, file_name)?;
    let at = file.place(id)?;
    let sources = file.sources()?;
    let removed = sources.get(at).expect("the place was found in this list");
    let above = comments(removed.decor().prefix());
    let last = last_position(removed);
    sources.remove(at);
    if let Some(above) = above {
        file.put_behind(last, &above);
    }
    file.finish(|study| study.source(id).is_none())
}

/// Adds sources behind those that are there.
///
/// # Errors
/// When the file does not read, or would not read after it: an id or an address is there already.
pub fn add_sources(text: &str, file_name: &str, new: &[FeedSource]) -> Result<Edited, EditError> {
    if new.is_empty() {
        return Ok(Edited { text: text.to_owned(), is_changed: false });
    }
    let mut file = File::open(text, file_name)?;
    let is_empty = file.document.to_string().trim().is_empty();
    let sources = file.sources()?;
    for (number, source) in new.iter().enumerate() {
        let mut stanza = PlainSource::of(source).stanza();
        if is_empty && number == 0 {
            stanza.decor_mut().set_prefix("");
        }
        sources.push(stanza);
    }
    file.finish(|study| new.iter().all(|source| study.source(&source.id).is_some()))
}

/// Adds an entry point to a source, behind those that it has.
///
/// # Errors
/// When the file does not have the source, does not read, or would not read after it.
pub fn add_entry_point(text: &str, file_name: &str, id: &SourceId, entry: &PlainEntry) -> Result<Edited, EditError> {
    let mut file = File::open(text, file_name)?;
    let at = file.place(id)?;
    let count = file.study.sources[at].entry_points.len();
    let source = file.sources()?.get_mut(at).expect("the place was found in this list");
    match source.get_mut("entry") {
        Some(Item::ArrayOfTables(entries)) => {
            let mut stanza = plain::entry_stanza(entry);
            let above = entries.iter().last().and_then(|last| last.decor().prefix()?.as_str());
            let has_space = entries.len() > 1 && above.is_some_and(|above| above.starts_with('\n'));
            stanza.decor_mut().set_prefix(if has_space { "\n" } else { "" });
            entries.push(stanza);
        }
        Some(Item::Value(Value::Array(entries))) => push_inline(entries, entry),
        _ => return Err(EditError::ByHand("add a [[source.entry]] to the source")),
    }
    file.finish(|study| study.source(id).is_some_and(|source| source.entry_points.len() == count + 1))
}

/// Returns the ids of a study that are near enough to one to be what was meant, the nearest first.
pub fn near_ids<'a>(study: &'a Study, written: &SourceId) -> Vec<&'a str> {
    keys::near(written.as_str(), study.sources.iter().map(|source| source.id.as_str()))
}

fn enable(text: &str, file_name: &str, id: &SourceId, wanted: bool) -> Result<Edited, EditError> {
    const KEY: &str = "enabled";
    let mut file = File::open(text, file_name)?;
    let at = file.place(id)?;
    if file.study.sources[at].enabled == wanted {
        return Ok(Edited { text: text.to_owned(), is_changed: false });
    }
    let source = file.sources()?.get_mut(at).expect("the place was found in this list");
    let has_comment = source.get_key_value(KEY).is_some_and(|(key, item)| {
        let decor = item.as_value().map(Value::decor);
        let around = [key.leaf_decor().prefix(), decor.and_then(|decor| decor.suffix())];
        around.into_iter().any(|around| comments(around).is_some())
    });
    match source.get_mut(KEY) {
        // What a person wrote beside the key stays, and so does the key.
        Some(Item::Value(said)) if has_comment || !wanted => {
            let decor = said.decor().clone();
            *said = Value::from(wanted);
            *said.decor_mut() = decor;
        }
        Some(_) => drop(source.remove(KEY)),
        None => insert_indented(source, KEY, value(wanted)),
    }
    file.finish(|study| study.source(id).is_some_and(|source| source.enabled == wanted))
}

/// Adds a key behind the others, as far from the margin as the last of them.
fn insert_indented(table: &mut Table, key: &str, item: Item) {
    let last = table.iter().filter(|(_, item)| item.is_value()).last().map(|(key, _)| key.to_owned());
    let above = last.and_then(|last| Some(table.key(&last)?.leaf_decor().prefix()?.as_str()?.to_owned()));
    let margin = above.map(|above| above.rsplit('\n').next().unwrap_or_default().to_owned());
    table.insert(key, item);
    if let Some((margin, mut key)) = margin.zip(table.key_mut(key)) {
        key.leaf_decor_mut().set_prefix(margin);
    }
}

/// Adds an entry point to a list that is written as a value, laid out as the others are.
fn push_inline(entries: &mut Array, entry: &PlainEntry) {
    let mut table = InlineTable::new();
    for (key, text) in entry {
        table.insert(key, Value::from(text));
    }
    let mut new = Value::InlineTable(table);
    let above = entries.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let above = above.filter(|above| above.trim().is_empty()).unwrap_or(" ").to_owned();
    let above = if entries.len() == 1 && above.is_empty() { " ".to_owned() } else { above };
    new.decor_mut().set_prefix(above);
    entries.push_formatted(new);
}

/// The file while it is changed.
struct File<'a> {
    name: &'a str,
    document: DocumentMut,
    /// What it said before.
    study: Study,
    begins_with_space: bool,
    has_mark: bool,
    has_returns: bool,
}

impl<'a> File<'a> {
    /// Opens a file that reads, and of which each byte would be given back.
    fn open(text: &str, name: &'a str) -> Result<Self, EditError> {
        const NOT_TOML: EditError = EditError::ByHand("its form is not understood");
        let study = study::read(text, name).map_err(EditError::Broken)?;
        let marked = text.strip_prefix('\u{feff}');
        let body = marked.unwrap_or(text);
        // The editor writes plain line breaks: those of Windows are taken off before, and put back after.
        let has_returns = body.contains("\r\n");
        let mut plain = body.replace("\r\n", "\n");
        let is_mixed = plain.contains('\r') || (has_returns && plain.replace('\n', "\r\n") != body);
        if is_mixed {
            return Err(EditError::ByHand("its lines do not all end alike"));
        }
        if !plain.is_empty() && !plain.ends_with('\n') {
            plain.push('\n');
        }
        let document: DocumentMut = plain.parse().map_err(|_| NOT_TOML)?;
        if document.to_string() != plain {
            return Err(NOT_TOML);
        }
        Ok(Self {
            name,
            document,
            study,
            begins_with_space: plain.starts_with('\n'),
            has_mark: marked.is_some(),
            has_returns,
        })
    }

    /// Returns where a source stands in the list.
    fn place(&self, id: &SourceId) -> Result<usize, EditError> {
        let at = self.study.sources.iter().position(|source| source.id == *id);
        at.ok_or_else(|| EditError::Unknown { id: id.clone() })
    }

    fn sources(&mut self) -> Result<&mut ArrayOfTables, EditError> {
        let sources = self.document.entry("source").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        sources.as_array_of_tables_mut().ok_or(EditError::ByHand("its sources do not stand under [[source]]"))
    }

    /// Puts comments in front of the table that follows a place, else at the end; a line apart from what stands there.
    fn put_behind(&mut self, place: isize, comments: &str) {
        let mut next = isize::MAX;
        visit(self.document.as_table_mut(), &mut |table| {
            next = table.position().filter(|at| *at > place && *at < next).unwrap_or(next);
        });
        let joined = |own: &str| {
            let space = if own.starts_with('\n') || own.is_empty() { "" } else { "\n" };
            format!("{comments}\n{space}{own}")
        };
        let mut is_placed = false;
        visit(self.document.as_table_mut(), &mut |table| {
            if table.position() == Some(next) {
                let own = table.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
                let joined = joined(own);
                table.decor_mut().set_prefix(joined);
                is_placed = true;
            }
        });
        if !is_placed {
            let joined = joined(self.document.trailing().as_str().unwrap_or_default());
            self.document.set_trailing(joined);
        }
    }

    /// Gives the new text back when it reads and says what it should.
    fn finish(self, is_as_wanted: impl Fn(&Study) -> bool) -> Result<Edited, EditError> {
        let mut text = self.document.to_string();
        if !self.begins_with_space {
            text = text.trim_start_matches('\n').to_owned();
        }
        if self.has_returns {
            text = text.replace('\n', "\r\n");
        }
        if self.has_mark {
            text.insert(0, '\u{feff}');
        }
        let study = study::read(&text, self.name).map_err(EditError::WouldBreak)?;
        if !is_as_wanted(&study) {
            return Err(EditError::ByHand("the change would not say what it should"));
        }
        Ok(Edited { text, is_changed: true })
    }
}

/// Returns what stands between two lines when it holds a comment, without the space behind it.
fn comments(between: Option<&RawString>) -> Option<String> {
    let text = between?.as_str()?;
    text.contains('#').then(|| text.trim_end().to_owned())
}

/// The place of the last table within one, in the order of the file.
fn last_position(table: &Table) -> isize {
    let mut last = table.position().unwrap_or(isize::MAX);
    visit(&mut table.clone(), &mut |inner| last = inner.position().map_or(last, |at| last.max(at)));
    last
}

/// Calls for each table within one, at any depth.
fn visit(table: &mut Table, called: &mut dyn FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => {
                called(inner);
                visit(inner, called);
            }
            Item::ArrayOfTables(list) => {
                for inner in list.iter_mut() {
                    called(inner);
                    visit(inner, called);
                }
            }
            _ => {}
        }
    }
}
