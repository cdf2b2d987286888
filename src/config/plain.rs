//! A source as plain texts, each under the name of its key: what an OPML file or a command line can carry.
//!
//! What such a text may say is decided by the reader of feeds.toml alone: a plain source is written as a stanza and read
//! as one, so that no rule stands in two places.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::problem::ConfigProblems;
use super::study;
use crate::model::{EntryPoint, EntryPointKind, FeedSource, Study};

/// Keys of `[source.page]` are told from those of `[[source]]` by this.
const PAGE: &str = "page.";
/// The keys that hold true or false.
const FLAGS: &[&str] = &["enabled", "full_text", "page.author_is_provider", "transcript"];
/// The key that holds a day.
const DAY: &str = "verified";

/// The keys of one entry point with their texts, in the order in which they are written.
pub type PlainEntry = Vec<(String, String)>;

/// The keys of one source with their texts; those of its page rule as `page.body`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlainSource {
    /// The keys and texts, in the order in which they are written.
    pub settings: Vec<(String, String)>,
    /// Its entry points.
    pub entries: Vec<PlainEntry>,
}

impl PlainSource {
    /// Writes a source as plain texts; what holds anyway, when a key is absent, is left out.
    pub fn of(source: &FeedSource) -> Self {
        let mut plain = Self::default();
        plain.set("id", source.id.as_str());
        plain.set("name", &source.name);
        plain.set_some("lang", source.lang.as_ref().map(crate::model::Lang::as_str));
        plain.set("country", &source.country);
        plain.set("owner", source.owner.name());
        plain.set("zone", source.zone.iana_name().unwrap_or("UTC"));
        plain.set_some(DAY, source.verified.map(|day| day.to_string()).as_deref());
        plain.set_some("enabled", (!source.enabled).then_some("false"));
        plain.set_some("full_text", source.full_text.then_some("true"));
        plain.set_some("note", source.note.as_deref());
        if let Some(rule) = &source.page {
            plain.set_some("page.body", rule.body.as_deref());
            plain.set_some("page.remove", rule.remove.as_deref());
            plain.set_some("page.title", rule.title.as_deref());
            plain.set_some("page.date", rule.date.as_deref());
            plain.set_some("page.author", rule.author.as_deref());
            plain.set_some("page.provider", rule.provider.as_deref());
            plain.set_some("page.author_is_provider", rule.author_is_provider.then_some("true"));
        }
        plain.entries = source.entry_points.iter().map(Self::entry).collect();
        plain
    }

    /// Writes an entry point as plain texts.
    pub fn entry(point: &EntryPoint) -> PlainEntry {
        let mut entry = vec![("kind".to_owned(), point.kind.name().to_owned()), ("url".to_owned(), point.url.clone())];
        let mut add = |key: &str, text: Option<&String>| entry.extend(text.map(|text| (key.to_owned(), text.clone())));
        add("section", point.section.as_ref());
        add("transcript", point.transcript.then(|| "true".to_owned()).as_ref());
        if let EntryPointKind::Page(selectors) = &point.kind {
            add("item", Some(&selectors.item));
            add("link", selectors.link.as_ref());
            add("title", selectors.title.as_ref());
            add("date", selectors.date.as_ref());
            add("summary", selectors.summary.as_ref());
            add("match", selectors.matching.as_ref());
        }
        entry
    }

    /// Returns the text of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(name, _)| name == key).map(|(_, text)| text.as_str())
    }

    /// Sets the text of a key.
    pub fn set(&mut self, key: &str, text: &str) {
        match self.settings.iter_mut().find(|(name, _)| name == key) {
            Some((_, known)) => text.clone_into(known),
            None => self.settings.push((key.to_owned(), text.to_owned())),
        }
    }

    fn set_some(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.set(key, text);
        }
    }

    /// Reads the source as a study of its own would be.
    ///
    /// # Errors
    /// When it lacks what a source needs, or holds what none may hold: all of it at once. The lines are of no file.
    pub fn read(&self) -> Result<FeedSource, ConfigProblems> {
        let mut document = DocumentMut::new();
        let mut list = ArrayOfTables::new();
        list.push(self.stanza());
        document.insert("source", Item::ArrayOfTables(list));
        let Study { sources, .. } = study::read(&document.to_string(), "feeds.toml")?;
        Ok(sources.into_iter().next().expect("a study without problems has every source that it names"))
    }

    /// Writes the source as a stanza, in the form of the shipped file.
    pub(super) fn stanza(&self) -> Table {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        let mut page = Table::new();
        page.decor_mut().set_prefix("");
        for (key, text) in &self.settings {
            match key.strip_prefix(PAGE) {
                Some(own) => page.insert(own, typed(key, text)),
                None => table.insert(key, typed(key, text)),
            };
        }
        let mut entries = ArrayOfTables::new();
        for entry in &self.entries {
            entries.push(entry_stanza(entry));
        }
        if !entries.is_empty() {
            table.insert("entry", Item::ArrayOfTables(entries));
        }
        if !page.is_empty() {
            table.insert("page", Item::Table(page));
        }
        table
    }
}

/// Writes an entry point as a stanza, without a line between it and what stands above.
pub(super) fn entry_stanza(entry: &PlainEntry) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("");
    for (key, text) in entry {
        table.insert(key, typed(key, text));
    }
    table
}

/// Returns a text as the value that its key holds; one that does not read as such stays a text, which is then reported.
fn typed(key: &str, text: &str) -> Item {
    let flag = FLAGS.contains(&key).then(|| text.parse::<bool>().ok()).flatten().map(Value::from);
    let day = (key == DAY).then(|| text.parse::<toml_edit::Datetime>().ok()).flatten().map(Value::from);
    Item::Value(flag.or(day).unwrap_or_else(|| Value::from(text)))
}
