//! OPML: the lists of feeds that readers give to each other. A pure reader and a writer of OPML 2.0.
//!
//! What gainsay knows of a source and OPML has no word for stands in attributes of a namespace of our own, which other
//! readers pass over. What an outline means for a study is decided elsewhere.

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use crate::decode;

/// The namespace of our own settings.
const NAMESPACE: &str = "urn:gainsay:opml";
/// The prefix that we write for it; a file may have any other.
const PREFIX: &str = "gainsay";
/// Larger files are no lists of feeds, in bytes.
pub const LARGEST_OPML: usize = 8 << 20;
/// Outlines within outlines beyond this are left out: nobody sorts feeds so deep.
const DEEPEST: usize = 16;
/// More outlines than any reader holds.
const MOST_OUTLINES: usize = 50_000;

/// A list of feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opml {
    /// What the list is called.
    pub title: Option<String>,
    /// The outlines, in the order of the file.
    pub outlines: Vec<Outline>,
    /// The lines of outlines that stand too deep and were left out, with what stands in them.
    pub too_deep: Vec<usize>,
}

/// One outline: a feed, or a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What it is called: its `text`, else its `title`.
    pub text: Option<String>,
    /// Its `type`.
    pub kind: Option<String>,
    /// The address of the feed; `None` of a folder.
    pub xml_url: Option<String>,
    /// Its `language`.
    pub language: Option<String>,
    /// Our own settings, names and texts.
    pub own: Vec<(String, String)>,
    /// What stands within it.
    pub children: Vec<Outline>,
}

/// Why a file is no list of feeds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    /// The XML is not well-formed.
    #[error("line {line}, column {column}: {why}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// It is XML of another kind.
    #[error("not OPML: its outermost element is <{0}>")]
    OtherXml(String),
    /// There are more bytes or outlines than are read.
    #[error("larger than a list of feeds can be: {0} are read")]
    TooLarge(String),
}

/// Reads a list of feeds.
///
/// # Errors
/// When it is not well-formed, not OPML, or too large.
pub fn read_opml(bytes: &[u8]) -> Result<Opml, OpmlError> {
    if bytes.len() > LARGEST_OPML {
        return Err(OpmlError::TooLarge(format!("{LARGEST_OPML} bytes")));
    }
    let text = decode::xml(bytes, None).text;
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::default();
    loop {
        let at = place(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let at = place(reader.error_position()).max(at);
            malformed(&text, at, &error.to_string())
        })?;
        match event {
            Event::Start(start) => builder.open(&start, reader.resolver(), &text, at)?,
            Event::End(_) => {
                if let Some(opml) = builder.close() {
                    return Ok(opml);
                }
            }
            Event::Text(part) => builder.push(&part),
            Event::CData(part) => builder.push(&part),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => builder.push(c.encode_utf8(&mut [0; 4])),
                _ => builder.push(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or_default()),
            },
            Event::Eof => {
                let why = match builder.open.last() {
                    Some(Open { name, .. }) => format!("the file ends within <{name}>"),
                    None => "there is no XML in it".to_owned(),
                };
                return Err(malformed(&text, text.len(), &why));
            }
            _ => {}
        }
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn malformed(text: &str, at: usize, why: &str) -> OpmlError {
    let before = &text[..text.floor_char_boundary(at.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |found| found + 1);
    let why: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
    OpmlError::Malformed { line: line_of(text, at), column: before[line_start..].chars().count() + 1, why }
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// An element that is not closed yet.
struct Open {
    name: String,
    outline: Option<Outline>,
}

#[derive(Default)]
struct Builder {
    opml: Opml,
    open: Vec<Open>,
    /// How many elements are open below an outline that is too deep.
    below: usize,
    count: usize,
    /// The line of what was counted last, so that lines are counted in one pass.
    counted: (usize, usize),
}

impl Builder {
    fn open(
        &mut self,
        start: &BytesStart<'_>,
        namespaces: &NamespaceResolver,
        text: &str,
        at: usize,
    ) -> Result<(), OpmlError> {
        let name: &str = start.name().into_inner();
        if self.open.is_empty() && !name.eq_ignore_ascii_case("opml") {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
            return Err(OpmlError::OtherXml(shown));
        }
        self.count += 1;
        if self.count > MOST_OUTLINES {
            return Err(OpmlError::TooLarge(format!("{MOST_OUTLINES} outlines")));
        }
        let is_outline = name.eq_ignore_ascii_case("outline");
        let line = self.line(text, at);
        // Elements that nobody knows count, too: depth is depth.
        if self.below > 0 || self.open.len() > DEEPEST + 1 {
            if self.below == 0 && is_outline {
                self.opml.too_deep.push(line);
            }
            self.below += 1;
            return Ok(());
        }
        let outline = match is_outline {
            true => Some(outline(start, namespaces, line).map_err(|why| malformed(text, at, &why))?),
            false => None,
        };
        self.open.push(Open { name: name.to_owned(), outline });
        Ok(())
    }

    /// Closes the innermost element; returns the list when it was the root.
    fn close(&mut self) -> Option<Opml> {
        if self.below > 0 {
            self.below -= 1;
            return None;
        }
        let closed = self.open.pop()?;
        if let Some(outline) = closed.outline {
            let around = self.open.iter_mut().rev().find_map(|open| open.outline.as_mut());
            around.map_or(&mut self.opml.outlines, |around| &mut around.children).push(outline);
        }
        self.open.is_empty().then(|| {
            let mut opml = std::mem::take(&mut self.opml);
            opml.title = opml.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
            opml
        })
    }

    /// Text counts in the title of the list only.
    fn push(&mut self, text: &str) {
        let is_title =
            self.below == 0 && self.open.len() == 3 && self.open[2].name == "title" && self.open[1].name == "head";
        if is_title {
            self.opml.title.get_or_insert_default().push_str(text);
        }
    }

    fn line(&mut self, text: &str, at: usize) -> usize {
        let (before, line) = self.counted;
        let between = text.as_bytes().get(before..at).unwrap_or_default();
        self.counted = (at, line + between.iter().filter(|byte| **byte == b'\n').count());
        self.counted.1 + 1
    }
}

fn outline(start: &BytesStart<'_>, namespaces: &NamespaceResolver, line: usize) -> Result<Outline, String> {
    let mut outline = Outline { line, ..Outline::default() };
    let mut title = None;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        // Addresses with a bare & are common, and what they mean is plain.
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map(|value| value.into_owned());
        let value = value.unwrap_or_else(|_| attribute.value.replace(['\n', '\r', '\t'], " "));
        let (space, local) = namespaces.resolve_attribute(attribute.key);
        if space == ResolveResult::Bound(Namespace(NAMESPACE)) {
            outline.own.push((local.into_inner().to_owned(), value));
            continue;
        }
        let filled = Some(value).filter(|value| !value.trim().is_empty());
        // Readers do not agree on capitals.
        match attribute.key.into_inner().to_ascii_lowercase().as_str() {
            "text" => outline.text = filled,
            "title" => title = filled,
            "type" => outline.kind = filled,
            "xmlurl" => outline.xml_url = filled.map(|url| url.trim().to_owned()),
            "language" => outline.language = filled,
            _ => {}
        }
    }
    outline.text = outline.text.or(title);
    Ok(outline)
}

/// Writes a list of feeds as OPML 2.0. Characters that XML cannot hold become U+FFFD.
pub fn write_opml(title: &str, outlines: &[Outline]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<opml version=\"2.0\" xmlns:{PREFIX}=\"{NAMESPACE}\">");
    let _ = writeln!(out, "  <head>\n    <title>{}</title>\n  </head>\n  <body>", escaped(title));
    for outline in outlines {
        write_outline(&mut out, outline, 2);
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_outline(out: &mut String, outline: &Outline, depth: usize) {
    let margin = "  ".repeat(depth);
    let _ = write!(out, "{margin}<outline text=\"{}\"", escaped(outline.text.as_deref().unwrap_or_default()));
    let plain = [("type", &outline.kind), ("xmlUrl", &outline.xml_url), ("language", &outline.language)];
    for (name, value) in plain.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))) {
        let _ = write!(out, " {name}=\"{}\"", escaped(value));
    }
    for (name, value) in &outline.own {
        let _ = write!(out, " {PREFIX}:{name}=\"{}\"", escaped(value));
    }
    if outline.children.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for child in &outline.children {
        write_outline(out, child, depth + 1);
    }
    let _ = writeln!(out, "{margin}</outline>");
}

/// Writes a text so that it reads the same in an attribute and between tags: white space other than a blank as a number,
/// because attributes lose it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = match read_opml(text.as_bytes()) {
            Ok(opml) => told(&opml.outlines),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected, "{text}");
    }

    fn told(outlines: &[Outline]) -> String {
        let one = |outline: &Outline| {
            let own: String = outline.own.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            let within =
                if outline.children.is_empty() { String::new() } else { format!(" [{}]", told(&outline.children)) };
            let url = outline.xml_url.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
            format!("{}:{}{url}{own}{within}", outline.line, outline.text.as_deref().unwrap_or("-"))
        };
        outlines.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn body(outlines: &str) -> String {
        format!(
            "<opml version=\"2.0\" xmlns:g=\"urn:gainsay:opml\">\n<head><title>T</title></head><body>{outlines}</body></opml>"
        )
    }

    #[test]
    fn outlines_are_read_as_other_readers_write_them() {
        check(
            &body(
                "<outline text='News'>\n<outline title=\"Tide &amp; Time\" type='rss' XMLURL='https://a.example/?a=1&b=2'/></outline>",
            ),
            "2:News [3:Tide & Time https://a.example/?a=1&b=2]",
        );
        check(&body("<outline text='A' g:id='a' other='x' g:note='two&#10;lines'/>"), "2:A id=a note=two\nlines");
        check(&body("<outline text='A' id='b'><unknown><outline text='B'/></unknown></outline>"), "2:A [2:B]");
        check(&body("<outline/>"), "2:-");
        check(&body(""), "");
        let opml = read_opml(body("").as_bytes()).expect("it reads");
        assert_eq!(opml.title.as_deref(), Some("T"));
    }

    #[test]
    fn what_is_no_opml_is_said_with_its_place() {
        check("<rss/>", "not OPML: its outermost element is <rss>");
        check("", "line 1, column 1: there is no XML in it");
        check("<opml><body>\n<outline text='a'>", "line 2, column 19: the file ends within <outline>");
        for broken in [
            "<opml>\n<body></outline></body></opml>",
            "<opml>\n<outline text='a' text='b'/></opml>",
            "<opml>\n<outline text=a/></opml>",
        ] {
            let error = read_opml(broken.as_bytes()).expect_err("it is not well-formed").to_string();
            assert!(error.starts_with("line 2, column "), "{broken}: {error}");
        }
        let large = vec![b' '; LARGEST_OPML + 1];
        assert!(matches!(read_opml(&large), Err(OpmlError::TooLarge(_))));
        assert!(matches!(read_opml(body(&"<outline/>".repeat(MOST_OUTLINES)).as_bytes()), Err(OpmlError::TooLarge(_))));
    }

    #[test]
    fn entities_of_its_own_expand_to_nothing() {
        let bomb =
            "<!DOCTYPE opml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>".to_owned() + &body("<outline text='&b;'/>");
        check(&bomb, "2:&b;");
    }

    #[test]
    fn outlines_that_stand_too_deep_are_left_out_and_told() {
        let deep =
            |depth: usize| body(&format!("{}{}", "<outline text='a'>".repeat(depth), "</outline>".repeat(depth)));
        let levels = |depth: usize| {
            let opml = read_opml(deep(depth).as_bytes()).expect("it reads");
            let mut level = &opml.outlines;
            let mut count = 0;
            while let Some(outline) = level.first() {
                level = &outline.children;
                count += 1;
            }
            (count, opml.too_deep.len())
        };
        assert_eq!(levels(DEEPEST), (DEEPEST, 0));
        assert_eq!(levels(DEEPEST + 1), (DEEPEST, 1));
        assert_eq!(levels(20_000), (DEEPEST, 1));
    }

    fn outlines() -> impl Strategy<Value = Vec<Outline>> {
        // Anything that XML can hold, and does not vanish for being blank.
        let text =
            || "[a<>&\"' é中\u{85}\u{2028}\u{9}\u{a}\u{d}\u{202e}\u{1f600}]{0,8}".prop_map(|text| format!("x{text}x"));
        let own = prop::collection::btree_map("[a-z][a-z_.]{0,8}", text(), 0..4);
        let leaf = (text(), prop::option::of(text()), prop::option::of(text()), prop::option::of(text()), own);
        let leaf = leaf.prop_map(|(text, kind, xml_url, language, own)| Outline {
            text: Some(text),
            kind,
            xml_url,
            language,
            own: own.into_iter().collect(),
            ..Outline::default()
        });
        let tree = leaf.prop_recursive(4, 24, 4, |inner| {
            (inner.clone(), prop::collection::vec(inner, 0..4))
                .prop_map(|(outline, children)| Outline { children, ..outline })
        });
        prop::collection::vec(tree, 0..4)
    }

    fn without_lines(outlines: &[Outline]) -> Vec<Outline> {
        let bare =
            |outline: &Outline| Outline { line: 0, children: without_lines(&outline.children), ..outline.clone() };
        outlines.iter().map(bare).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(outlines in outlines()) {
            let text = write_opml("A list", &outlines);
            let read = read_opml(text.as_bytes()).expect("our own file reads");
            prop_assert_eq!(without_lines(&read.outlines), outlines);
        }

        #[test]
        fn any_text_can_be_written_and_any_bytes_read(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            let outline = Outline { text: Some(text.clone()), own: vec![("note".to_owned(), text.clone())], ..Outline::default() };
            prop_assert!(read_opml(write_opml(&text, &[outline]).as_bytes()).is_ok());
            let _ = read_opml(&bytes);
            let _ = read_opml(body(&text).as_bytes());
        }
    }
}
