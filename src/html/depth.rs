//! How deeply a page's elements are nested, told in one pass without building a tree.

use std::collections::HashMap;

/// Browsers stop nesting here too; the deepest real pages measured stay well under 100.
const DEEPEST: usize = 512;

/// How many elements the parser may open again by itself before that is the larger part of its work.
const MOST_REOPENED: usize = 200_000;

/// Says whether parsing the page would build a tree deeper than is safe.
///
/// Where the page is ambiguous the count errs upwards, so that a page cannot talk its way past the gate.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut gate = Gate::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found + 1;
        match bytes.get(at) {
            Some(b'!') => at = skip_comment(bytes, at),
            Some(b'/') => {
                let name = tag_name(bytes, at + 1);
                gate.end(&name);
                at += 1;
            }
            Some(first) if first.is_ascii_alphabetic() => {
                let name = tag_name(bytes, at);
                let (end, self_closed) = tag_end(bytes, at);
                gate.start(&name, self_closed);
                at = end;
                if gate.foreign == 0 && is_raw_text(&name) {
                    at = raw_text_end(bytes, at, &name);
                }
            }
            _ => {}
        }
        if gate.is_over() {
            return true;
        }
    }
    false
}

/// The elements that are open at one point of the page.
#[derive(Default)]
struct Gate {
    /// Open elements, each with the number of formatting elements that were open before it.
    open: Vec<(String, usize)>,
    /// How many of each name are open.
    count: HashMap<String, usize>,
    /// Unclosed `<b>`, `<font>` and the like. The parser opens them again in every following block.
    formatting: usize,
    /// How often it did so.
    reopened: usize,
    /// Open `<svg>` and `<math>`, within which no element holds raw text.
    foreign: usize,
}

impl Gate {
    fn is_over(&self) -> bool {
        self.open.len() > DEEPEST || self.formatting > DEEPEST || self.reopened > MOST_REOPENED
    }

    fn start(&mut self, name: &str, self_closed: bool) {
        let is_foreign_root = matches!(name, "svg" | "math");
        if is_void(name) || (self_closed && (self.foreign > 0 || is_foreign_root)) {
            return;
        }
        if is_formatting(name) {
            // A second link closes the first by itself.
            let closes_itself = matches!(name, "a" | "nobr") && self.formatting > 0;
            self.formatting += usize::from(!closes_itself);
            return;
        }
        self.close_implied(name);
        self.reopened += self.formatting;
        self.foreign += usize::from(is_foreign_root);
        self.open.push((name.to_owned(), self.formatting));
        *self.count.entry(name.to_owned()).or_default() += 1;
    }

    fn end(&mut self, name: &str) {
        if is_formatting(name) {
            self.formatting = self.formatting.saturating_sub(1);
            return;
        }
        if self.count.get(name).is_none_or(|open| *open == 0) {
            return;
        }
        while let Some(top) = self.pop() {
            if top == name {
                return;
            }
        }
    }

    fn pop(&mut self) -> Option<String> {
        let (name, formatting) = self.open.pop()?;
        if let Some(open) = self.count.get_mut(&name) {
            *open = open.saturating_sub(1);
        }
        self.foreign -= usize::from(matches!(name.as_str(), "svg" | "math") && self.foreign > 0);
        // Cells and the like are where the parser stops opening formatting elements again.
        if matches!(name.as_str(), "td" | "th" | "caption" | "object" | "applet" | "marquee" | "template") {
            self.formatting = self.formatting.min(formatting);
        }
        Some(name)
    }

    /// Closes what an opening tag closes by itself, so that a long list without end tags is not taken for a deep one.
    fn close_implied(&mut self, name: &str) {
        let (closed, until): (&[&str], &[&str]) = match name {
            "li" => (&["li", "p"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
            "tr" => (&["td", "th", "tr", "p"], &["table"]),
            "td" | "th" => (&["td", "th", "p"], &["table", "tr"]),
            "tbody" | "thead" | "tfoot" => (&["td", "th", "tr", "tbody", "thead", "tfoot", "p"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            _ if is_block(name) => (&["p"], &[]),
            _ => return,
        };
        while let Some((top, _)) = self.open.last() {
            let stays = until.contains(&top.as_str()) || !closed.contains(&top.as_str());
            if stays {
                return;
            }
            self.pop();
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "html"
            | "head"
            | "body"
    )
}

fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Blocks that close an open paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

fn tag_name(bytes: &[u8], at: usize) -> String {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let rest = &bytes[at.min(bytes.len())..];
    let name = &rest[..rest.iter().take(64).position(is_end).unwrap_or(rest.len().min(64))];
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

/// The place behind a tag, quoted attribute values passed over, and whether it ends in `/>`.
fn tag_end(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut quote = None;
    let mut last = b' ';
    while let Some(byte) = bytes.get(at) {
        match (quote, byte) {
            (None, b'>') => return (at + 1, last == b'/'),
            // A quote opens a value only behind `=`; elsewhere it is part of a name.
            (None, b'"' | b'\'') if last == b'=' => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = *byte;
        }
        at += 1;
    }
    (bytes.len(), false)
}

/// The place behind a comment or a doctype that begins with the `!` at `at`.
fn skip_comment(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let Some(inner) = rest.strip_prefix(b"!--") else {
        return at + rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
    };
    if inner.starts_with(b">") || inner.starts_with(b"->") {
        return at + 4;
    }
    let closes = |window: &[u8]| window.starts_with(b"-->") || window.starts_with(b"--!>");
    let end = (0..inner.len()).find(|start| inner[*start] == b'-' && closes(&inner[*start..]));
    at + 3 + end.map_or(inner.len(), |end| end + 3)
}

/// The place of the end tag of an element that holds raw text.
fn raw_text_end(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found;
        let rest = &bytes[at + 1..];
        if rest.first() == Some(&b'/') && tag_name(rest, 1) == name {
            return at;
        }
        at += 1;
    }
    bytes.len()
}
