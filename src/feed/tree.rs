//! A well-formed document as a shallow tree: the elements that feeds have a use for, with the place of each in the text.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper elements are no fields of a feed but markup within one; their text is kept in the element around them.
const DEEPEST: usize = 7;
/// A bound on memory, well above what the most entries need.
const MOST_NODES: usize = 400_000;

/// One element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The name without its prefix, in lower case.
    pub(super) name: String,
    /// The prefix, in lower case.
    pub(super) prefix: String,
    /// The attributes, names in lower case.
    pub(super) attributes: Vec<(String, String)>,
    /// The text directly within and below the deepest level, CDATA opened.
    pub(super) text: String,
    /// The elements within.
    pub(super) children: Vec<Node>,
    /// Where it stands, tags included.
    pub(super) outer: Range<usize>,
    /// Where its content stands.
    pub(super) inner: Range<usize>,
}

impl Node {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the children of that local name, whatever their prefix.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the first child of that local name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Says whether any text or attribute stands in it.
    pub(super) fn says_something(&self) -> bool {
        !self.attributes.is_empty() || !self.text.trim().is_empty() || self.children.iter().any(Node::says_something)
    }

    /// Returns the trimmed text of the first child of that name that has some.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.children
            .iter()
            .filter(|child| child.name == name)
            .map(|child| child.text.trim())
            .find(|text| !text.is_empty())
    }
}

/// Reads a document; `None` when it is not well-formed.
pub(super) fn parse(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::default();
    loop {
        let before = position(&reader);
        let event = reader.read_event().ok()?;
        let after = position(&reader);
        match event {
            Event::Start(start) => builder.open(&start, before, after),
            Event::End(_) => {
                if let Some(root) = builder.close(before, after) {
                    return Some(root);
                }
            }
            Event::Text(part) => builder.push(&part),
            Event::CData(part) => builder.push(&part),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => builder.push(c.encode_utf8(&mut [0; 4])),
                Ok(None) => builder.push(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or_default()),
                Err(_) => return None,
            },
            Event::Eof => return None,
            _ => {}
        }
        if builder.nodes > MOST_NODES {
            return None;
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[derive(Default)]
struct Builder {
    open: Vec<Node>,
    /// How many elements are open below the deepest level.
    below: usize,
    nodes: usize,
}

impl Builder {
    fn open(&mut self, start: &BytesStart<'_>, before: usize, after: usize) {
        if self.open.len() >= DEEPEST {
            self.below += 1;
            return;
        }
        self.nodes += 1;
        let qualified = start.name();
        let name: &str = qualified.as_ref();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let mut written = start.attributes();
        let attributes = written.with_checks(false).flatten().take(40).map(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone());
            (attribute.key.as_ref().to_ascii_lowercase(), value.into_owned())
        });
        self.open.push(Node {
            name: local.to_ascii_lowercase(),
            prefix: prefix.to_ascii_lowercase(),
            attributes: attributes.collect(),
            outer: before..after,
            inner: after..after,
            ..Node::default()
        });
    }

    /// Closes the innermost element; returns it when it was the root.
    fn close(&mut self, before: usize, after: usize) -> Option<Node> {
        if self.below > 0 {
            self.below -= 1;
            return None;
        }
        let mut node = self.open.pop()?;
        node.outer.end = after;
        node.inner.end = before.max(node.inner.start);
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => return Some(node),
        }
        None
    }

    fn push(&mut self, text: &str) {
        if let Some(node) = self.open.last_mut() {
            node.text.push_str(text);
        }
    }
}
