//! Tags that do not fit together, made to: the last repair before a document is given up.
//!
//! Reads markup as leniently as a browser would and writes well-formed XML: open tags are closed, stray end tags dropped,
//! attributes quoted. A document that was cut short loses the field it was cut in, so that half a headline is never
//! taken for a whole one.

/// Deeper tags are dropped, with their text kept.
const DEEPEST: usize = 64;

/// What balancing made of a document.
pub(super) struct Balanced {
    /// Well-formed XML.
    pub(super) text: String,
    /// True when the document ended within an entry.
    pub(super) cut: bool,
}

/// Closes what is open, drops what was never opened, quotes attributes.
pub(super) fn balance(text: &str) -> Balanced {
    let entries: &[&str] = match local(name_of(text.trim_start().trim_start_matches('<'))).as_str() {
        "urlset" => &["url"],
        "sitemapindex" => &["sitemap"],
        _ => &["item", "entry"],
    };
    let mut writer = Writer { out: String::with_capacity(text.len() + 64), open: Vec::new(), entries };
    let mut rest = text;
    let mut torn = false;
    while let Some(at) = rest.find('<') {
        writer.out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match piece(rest) {
            Piece::Literal(length) => {
                writer.out.push_str(&rest[..length]);
                length
            }
            Piece::Skipped(length) => length,
            Piece::End(length) => {
                writer.end(name_of(&rest[2..length]));
                length
            }
            Piece::Start(length) => {
                writer.start(&rest[1..length - 1]);
                length
            }
            Piece::Text => {
                writer.out.push_str("&lt;");
                1
            }
            Piece::Torn => {
                // Of an end tag that was cut, the text before it is whole.
                let closes = rest.strip_prefix("</").filter(|begun| writer.closes_innermost(begun));
                match closes {
                    Some(_) => writer.close_to(writer.open.len() - 1),
                    None => torn = true,
                }
                rest.len()
            }
        };
        rest = &rest[length..];
    }
    writer.out.push_str(rest);
    let cut = writer.finish(torn);
    Balanced { text: writer.out, cut }
}

/// What begins at a `<`, with its length.
enum Piece {
    /// CDATA, kept as it is.
    Literal(usize),
    /// A comment, an instruction, a declaration.
    Skipped(usize),
    Start(usize),
    End(usize),
    /// No tag at all.
    Text,
    /// Begun and never ended.
    Torn,
}

fn piece(text: &str) -> Piece {
    let until =
        |close: &str, kind: fn(usize) -> Piece| text.find(close).map_or(Piece::Torn, |end| kind(end + close.len()));
    if text.starts_with("<![CDATA[") {
        return until("]]>", Piece::Literal);
    }
    if text.starts_with("<!--") {
        return until("-->", Piece::Skipped);
    }
    if text.starts_with("<?") {
        return until("?>", Piece::Skipped);
    }
    if text.starts_with("<!") {
        return until(">", Piece::Skipped);
    }
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || c == '_');
    if let Some(name) = text.strip_prefix("</") {
        return if is_name(name.chars().next()) { until(">", Piece::End) } else { Piece::Text };
    }
    if !is_name(text[1..].chars().next()) {
        return Piece::Text;
    }
    tag_length(text).map_or(Piece::Torn, Piece::Start)
}

/// The length of a start tag, with `>` in quoted values passed over. A quote that never closes is no quote.
fn tag_length(text: &str) -> Option<usize> {
    let simple = text.find('>')? + 1;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'<') if at > 0 => return Some(simple),
            (Some(open), _) if open == byte => quote = None,
            (Some(_), b'<') => return Some(simple),
            _ => {}
        }
    }
    Some(simple)
}

struct Writer {
    out: String,
    /// Open elements, each with the place where its start tag was written.
    open: Vec<(String, usize)>,
    /// The names of entries in a document of this kind.
    entries: &'static [&'static str],
}

impl Writer {
    fn is_entry(&self, name: &str) -> bool {
        self.entries.contains(&local(name).as_str())
    }

    fn start(&mut self, tag: &str) {
        let self_closed = tag.trim_end().ends_with('/');
        let tag = tag.trim_end().trim_end_matches('/');
        let name = name_of(tag).to_owned();
        if self.open.len() >= DEEPEST {
            return;
        }
        self.close_before(&name);
        let written_at = self.out.len();
        self.out.push('<');
        self.out.push_str(&name);
        self.push_attributes(&tag[name.len()..]);
        if self_closed || is_void(&name) {
            self.out.push_str("/>");
        } else {
            self.out.push('>');
            self.open.push((name, written_at));
        }
    }

    /// Closes all up to what entries stand in before an entry, and a short field before the next field.
    fn close_before(&mut self, name: &str) {
        if self.is_entry(name) {
            let container = self.open.iter().rposition(|(open, _)| is_container(open)).map(|place| place + 1);
            let earlier = self.open.iter().rposition(|(open, _)| self.is_entry(open));
            self.close_to(container.or(earlier).unwrap_or(self.open.len()));
            return;
        }
        let top_is_leaf = self.open.last().is_some_and(|(top, _)| is_leaf(top));
        if top_is_leaf && is_field(name) {
            self.close_to(self.open.len() - 1);
        }
    }

    fn end(&mut self, name: &str) {
        let is_same = |(open, _): &(String, usize)| open.eq_ignore_ascii_case(name);
        let Some(place) = self.open.iter().rposition(is_same) else { return };
        // The end tag of an inline element within a field must not close what is around the field.
        let crosses_entry = self.open[place + 1..].iter().any(|(open, _)| self.is_entry(open)) && !is_container(name);
        if !crosses_entry {
            self.close_to(place);
        }
    }

    /// Says whether the name of the innermost element begins so.
    fn closes_innermost(&self, begun: &str) -> bool {
        let innermost = self.open.last().map_or("", |(name, _)| name.as_str());
        !begun.is_empty() && innermost.starts_with(begun)
    }

    fn close_to(&mut self, place: usize) {
        while self.open.len() > place {
            if let Some((name, _)) = self.open.pop() {
                self.out.push_str(&format!("</{name}>"));
            }
        }
    }

    /// Closes everything; when an entry is still open, the field in which the document ends is dropped first.
    fn finish(&mut self, torn: bool) -> bool {
        let entry = self.open.iter().rposition(|(open, _)| self.is_entry(open));
        if let Some((_, written_at)) = entry.and_then(|entry| self.open.get(entry + 1)) {
            self.out.truncate(*written_at);
            self.open.truncate(entry.map_or(0, |entry| entry + 1));
        }
        self.close_to(0);
        entry.is_some() || torn
    }

    fn push_attributes(&mut self, text: &str) {
        let mut seen: Vec<String> = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
                let inner = &after[quote.map_or(0, char::len_utf8)..];
                let stop = match quote {
                    Some(quote) => inner.find(quote),
                    None => inner.find(char::is_whitespace),
                };
                value = &inner[..stop.unwrap_or(inner.len())];
                rest = stop.map_or("", |stop| inner[stop..].trim_start_matches(['"', '\'']));
            } else if name.is_empty() {
                break;
            }
            rest = rest.trim_start();
            let is_fit = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
                && !seen.iter().any(|known| known == name);
            if is_fit {
                let value = value.replace('"', "&quot;").replace('<', "&lt;");
                self.out.push_str(&format!(" {name}=\"{value}\""));
                seen.push(name.to_owned());
            }
        }
    }
}

fn name_of(tag: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '=' | '"' | '\'' | '<');
    &tag[..tag.find(is_end).unwrap_or(tag.len())]
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn is_container(name: &str) -> bool {
    matches!(local(name).as_str(), "channel" | "rss" | "rdf" | "feed" | "urlset" | "items")
}

/// Fields that hold text and never elements.
fn is_leaf(name: &str) -> bool {
    matches!(
        local(name).as_str(),
        "title"
            | "link"
            | "guid"
            | "pubdate"
            | "date"
            | "creator"
            | "language"
            | "ttl"
            | "category"
            | "comments"
            | "loc"
            | "lastmod"
            | "publication_date"
            | "updated"
            | "published"
            | "id"
    )
}

fn is_field(name: &str) -> bool {
    is_leaf(name)
        || matches!(
            local(name).as_str(),
            "description" | "summary" | "content" | "encoded" | "author" | "source" | "enclosure"
        )
}

fn is_void(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "br" | "hr" | "img" | "input" | "meta" | "wbr" | "col" | "embed" | "param"
    )
}
