//! A well-formed document as a shallow tree: the elements that feeds have a use for, with the place of each in the text.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

/// Deeper elements are no fields of a feed but markup within one; their text is kept in the element around them.
const DEEPEST: usize = 7;
/// A bound on memory, well above what the most entries need. What stands behind is not read.
const MOST_NODES: usize = 400_000;

/// One element. What stands in the text as it is meant is borrowed from there.
#[derive(Debug, Default)]
pub(super) struct Node<'t> {
    /// The name without its prefix, in lower case.
    pub(super) name: Cow<'t, str>,
    /// The prefix, in lower case.
    pub(super) prefix: Cow<'t, str>,
    /// The attributes, names in lower case.
    pub(super) attributes: Vec<(Cow<'t, str>, Cow<'t, str>)>,
    /// The text directly within and below the deepest level, CDATA opened.
    pub(super) text: Cow<'t, str>,
    /// The elements within.
    pub(super) children: Vec<Node<'t>>,
    /// Where it stands, tags included.
    pub(super) outer: Range<usize>,
    /// Where its content stands.
    pub(super) inner: Range<usize>,
    /// True for the root of a document that has more elements than are read.
    pub(super) is_cut: bool,
}

impl<'t> Node<'t> {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    /// Returns the children of that local name, whatever their prefix.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node<'t>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the first child of that local name.
    pub(super) fn child(&self, name: &str) -> Option<&Node<'t>> {
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
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    plainly(text).or_else(|| by_parser(text))
}

/// Reads a document of nothing but elements, text, CDATA and comments, as nearly all are, and each byte of it once. `None`
/// where there is anything else, which is for the parser to judge.
fn plainly(text: &str) -> Option<Node<'_>> {
    let bytes = text.as_bytes();
    let end_of = |at: usize, sign: &[u8]| memchr::memmem::find(&bytes[at..], sign).map(|found| at + found);
    let mut builder = Builder::default();
    let mut names: Vec<&str> = Vec::new();
    let mut at = 0;
    while builder.nodes < MOST_NODES {
        let sign = at + memchr::memchr(b'<', &bytes[at..])?;
        if sign > at {
            builder.push(escape::unescape(&text[at..sign]).ok()?);
        }
        let rest = &text[sign..];
        at = match bytes.get(sign + 1)? {
            b'/' => {
                let end = end_of(sign, b">")?;
                let name = text[sign + 2..end].trim_ascii_end();
                if names.pop()? != name {
                    return None;
                }
                if let Some(root) = builder.close(sign, end + 1) {
                    return Some(root);
                }
                end + 1
            }
            b'!' if rest.starts_with("<![CDATA[") => {
                let end = end_of(sign, b"]]>")?;
                builder.push(text[sign + "<![CDATA[".len()..end].into());
                end + 3
            }
            b'!' if rest.starts_with("<!--") && !rest.starts_with("<!-->") && !rest.starts_with("<!--->") => {
                end_of(sign, b"-->")? + 3
            }
            first if first.is_ascii_alphabetic() => {
                let (name_length, length) = tag(&bytes[sign..])?;
                builder.open(text, name_length, sign, sign + length)?;
                if bytes[sign + length - 2] == b'/' {
                    if let Some(root) = builder.close(sign + length, sign + length) {
                        return Some(root);
                    }
                } else {
                    names.push(&rest[1..=name_length]);
                }
                sign + length
            }
            _ => return None,
        };
    }
    builder.cut(at)
}

/// Returns the lengths of the name of the tag that the bytes begin with, and of the whole tag.
fn tag(bytes: &[u8]) -> Option<(usize, usize)> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.');
    let name_length = bytes[1..].iter().take_while(|byte| is_of_name(byte)).count();
    if !matches!(bytes.get(name_length + 1)?, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r') {
        return None;
    }
    let mut at = name_length + 1;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some((name_length, at + 1)),
            quote => at += 1 + memchr::memchr(quote, &bytes[at + 1..])? + 1,
        }
    }
}

fn by_parser(text: &str) -> Option<Node<'_>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::default();
    loop {
        let before = position(&reader);
        let event = reader.read_event().ok()?;
        let after = position(&reader);
        match event {
            Event::Start(start) => builder.open(text, start.name().as_ref().len(), before, after)?,
            Event::End(_) => {
                if let Some(root) = builder.close(before, after) {
                    return Some(root);
                }
            }
            Event::Text(part) => builder.push(part.into_inner()),
            Event::CData(part) => builder.push(part.into_inner()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => builder.push(c.to_string().into()),
                Ok(None) => builder.push(escape::resolve_predefined_entity(&reference).unwrap_or_default().into()),
                Err(_) => return None,
            },
            Event::Eof => return None,
            _ => {}
        }
        if builder.nodes >= MOST_NODES {
            return builder.cut(after);
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[derive(Default)]
struct Builder<'t> {
    open: Vec<Node<'t>>,
    /// How many elements are open below the deepest level.
    below: usize,
    nodes: usize,
}

impl<'t> Builder<'t> {
    /// Opens the element whose tag stands in the text from `before` to `after`; `None` when there is none.
    fn open(&mut self, text: &'t str, name_length: usize, before: usize, after: usize) -> Option<()> {
        if self.open.len() >= DEEPEST {
            self.below += 1;
            return Some(());
        }
        self.nodes += 1;
        let tag = text.get(before..after)?.strip_prefix('<')?.strip_suffix('>')?;
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let (prefix, local) = tag.get(..name_length)?.split_once(':').unwrap_or(("", &tag[..name_length]));
        let mut attributes = Vec::new();
        if name_length < tag.len() {
            let mut written = Attributes::new(tag, name_length);
            attributes.extend(written.with_checks(false).flatten().take(40).map(|attribute| {
                let value = match &attribute.value {
                    Cow::Borrowed(value) => escape::unescape(value).unwrap_or(Cow::Borrowed(value)),
                    Cow::Owned(value) => Cow::Owned(value.clone()),
                };
                (lower(attribute.key.0), value)
            }));
        }
        self.open.push(Node {
            name: lower(local),
            prefix: lower(prefix),
            attributes,
            outer: before..after,
            inner: after..after,
            ..Node::default()
        });
        Some(())
    }

    /// Closes the innermost element; returns it when it was the root.
    fn close(&mut self, before: usize, after: usize) -> Option<Node<'t>> {
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

    /// Closes all where the tree is large enough, and marks the root.
    fn cut(mut self, at: usize) -> Option<Node<'t>> {
        self.below = 0;
        loop {
            if let Some(mut root) = self.close(at, at) {
                root.is_cut = true;
                return Some(root);
            }
            if self.open.is_empty() {
                return None;
            }
        }
    }

    fn push(&mut self, text: Cow<'t, str>) {
        let Some(node) = self.open.last_mut() else { return };
        if !node.text.is_empty() {
            node.text.to_mut().push_str(&text);
            return;
        }
        // What indents the elements of another is no text of it.
        node.text = match text {
            Cow::Borrowed(text) => text.trim_ascii_start().into(),
            Cow::Owned(text) => text.trim_ascii_start().to_owned().into(),
        };
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BITS: [&str; 40] = [
        "<rss>",
        "</rss>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<title type=\"html\">",
        "<a:b>",
        "</a:b>",
        "</a:b >",
        "<link/>",
        "<link href='x'/>",
        "<link href=\"a&amp;b>c\" />",
        "<guid isPermaLink=\"false\">",
        "</guid>",
        "<pubDate>",
        "</pubDate>",
        "<![CDATA[",
        "]]>",
        "<![CDATA[a<b>&c]]>",
        "<!-- x -->",
        "<!-->",
        "<!--",
        "-->",
        "&amp;",
        "&#8217;",
        "&#x41;",
        "&lt;",
        "&",
        "&nbsp;",
        "&#xD800;",
        "text",
        " ",
        "\n",
        "國安局",
        "<",
        ">",
        "\"",
        "<?x y?>",
        "</",
    ];

    fn nested() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec![
            "text",
            " ",
            "&amp;",
            "<![CDATA[<p>x</p>]]>",
            "<!-- x -->",
            "<link href='y'/>",
            "國",
        ]);
        text.prop_map(str::to_owned).prop_recursive(9, 60, 5, |inner| {
            let name = prop::sample::select(vec!["item", "Title", "dc:date", "a.b-c_d", "channel"]);
            (name, prop::collection::vec(inner, 0..5))
                .prop_map(|(name, within)| format!("<{name} n=\"1\">{}</{name}>", within.concat()))
        })
    }

    fn check(text: &str) -> bool {
        let plainly = plainly(text).map(|root| format!("{root:?}"));
        if plainly.is_some() {
            assert_eq!(plainly, by_parser(text).map(|root| format!("{root:?}")), "{text}");
        }
        plainly.is_some()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_document_reads_as_by_the_parser(bits in prop::collection::vec(prop::sample::select(BITS.to_vec()), 0..24)) {
            check(&bits.concat());
            check(&format!("<rss>{}</rss>", bits.concat()));
        }

        #[test]
        fn a_plain_document_is_read_at_once(parts in prop::collection::vec(nested(), 0..6)) {
            let text = format!("<rss>{}</rss>", parts.concat());
            prop_assert!(check(&text), "{}", text);
        }
    }
}
