//! The text of a broken XML document, made readable: what stands around the root, characters that XML has no place for,
//! references that it does not know.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::html;

/// The root elements that are feeds or sitemaps, with or without a prefix.
static ROOT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(?:[a-z][\w.-]*:)?(?:rss|rdf|feed|entry|channel|urlset|sitemapindex)(?:[\s/>])")
        .expect("a pattern of this file")
});

/// More than this in front of a root is junk, whatever it is.
const LONGEST_PROLOGUE: usize = 64 * 1024;

/// Returns where the root of a feed begins, unless an HTML page comes first.
pub(super) fn find_root(text: &str) -> Option<usize> {
    let mut from = 0;
    let mut found = ROOT.find_at(text, from)?.start();
    let root = loop {
        // A root that is commented out is none.
        let Some(open) = text[from..found].find("<!--") else { break found };
        from = from + open + text[from + open..].find("-->")? + 3;
        if from > found {
            found = ROOT.find_at(text, from)?.start();
        }
    };
    let before = text[..root].to_ascii_lowercase();
    // What declares itself is a document of its own, though it was put into the frame of a page.
    static DECLARED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<\?xml\s[^<>]*\?>\s*$").expect("a pattern of this file"));
    if DECLARED.is_match(&before) {
        return Some(root);
    }
    // Templates leave the DOCTYPE of a page before a feed.
    let is_page = ["<html", "<head>", "<head ", "<body"].iter().any(|sign| before.contains(sign));
    (!is_page).then_some(root)
}

/// Cuts to the root and mends characters and references; says what it did.
pub(super) fn mend(text: &str, root: usize) -> (Cow<'_, str>, Vec<String>) {
    let mut repairs = Vec::new();
    let (body, around) = cut_to_root(text, root);
    repairs.extend(around);
    let (body, dropped) = without_bad_characters(body);
    if dropped {
        repairs.push("control characters dropped".to_owned());
    }
    let body = if memchr::memmem::find(body.as_bytes(), b"<![cdata[").is_some() {
        body.replace("<![cdata[", "<![CDATA[").into()
    } else {
        body
    };
    if has_plain_references(&body) {
        return (body, repairs);
    }
    let (body, notes) = with_known_references(&body, own_entities(&text[..root]));
    repairs.extend(notes);
    (body.into(), repairs)
}

/// The root element alone. Prologue, comments and instructions around it are no junk.
fn cut_to_root(text: &str, root: usize) -> (&str, Vec<String>) {
    static PROLOGUE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?is)<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>").expect("a pattern of this file")
    });
    let mut repairs = Vec::new();
    let before = &text[..root];
    let is_junk = |text: &str| text.len() > LONGEST_PROLOGUE || !PROLOGUE.replace_all(text, "").trim().is_empty();
    if is_junk(before) {
        repairs.push("junk before the feed dropped".to_owned());
    }
    if before.to_ascii_lowercase().contains("<!doctype") {
        repairs.push("DOCTYPE dropped".to_owned());
    }
    let name: &str =
        text[root + 1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let end = last_end_tag(&text[root..], name).map_or(text.len(), |end| root + end);
    if is_junk(&text[end..]) {
        repairs.push("junk behind the feed dropped".to_owned());
    }
    (&text[root..end], repairs)
}

fn last_end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_own = |start: usize| {
        bytes.get(start + 2..start + 2 + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
    };
    let start = memchr::memmem::rfind_iter(bytes, "</").find(|start| is_own(*start))?;
    Some(start + text[start..].find('>')? + 1)
}

fn is_bad(c: char) -> bool {
    (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || (u32::from(c) & 0xFFFE) == 0xFFFE || c == '\u{FEFF}'
}

/// Says whether a character that is bad may stand in the text: told by bytes, many at once, since nearly every text has none.
fn may_be_bad(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_control = |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || *byte == 0x7F;
    let has_control = bytes.chunks(64).any(|chunk| chunk.iter().fold(false, |any, byte| any | is_control(byte)));
    // U+FEFF, and the last two signs of each plane.
    let signs: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xBF\xBE", b"\xBF\xBF"];
    has_control || signs.iter().any(|sign| memchr::memmem::find(bytes, sign).is_some())
}

fn without_bad_characters(text: &str) -> (Cow<'_, str>, bool) {
    if !may_be_bad(text) || !text.contains(is_bad) {
        return (text.into(), false);
    }
    let dropped = text.contains(|c| is_bad(c) && c != '\u{FEFF}');
    (text.replace(is_bad, "").into(), dropped)
}

/// Says whether each `&` outside of CDATA and comments begins one of the references of XML: then there is nothing to resolve.
fn has_plain_references(text: &str) -> bool {
    const KNOWN: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let is_plain = |text: &str| {
        memchr::memchr_iter(b'&', text.as_bytes()).all(|at| KNOWN.iter().any(|known| text[at + 1..].starts_with(known)))
    };
    let mut rest = text;
    while let Some(literal) = next_literal(rest) {
        if !is_plain(&rest[..literal.start]) {
            return false;
        }
        rest = &rest[literal.end..];
    }
    is_plain(rest)
}

/// The entities that a document declares for itself as plain text. None refers to another or to a file: those are not read,
/// since they can be made to grow without end.
fn own_entities(prologue: &str) -> HashMap<String, Option<String>> {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<!ENTITY\s+([A-Za-z][A-Za-z0-9]{0,30})\s+(?:"([^"&<%]{0,300})"|'([^'&<%]{0,300})')\s*>"#)
            .expect("a pattern of this file")
    });
    /// No feed declares more.
    const MOST: usize = 300;
    let found = ENTITY.captures_iter(prologue).take(MOST);
    found
        .map(|found| (format!("&{};", &found[1]), found.get(2).or(found.get(3)).map(|text| text.as_str().to_owned())))
        .collect()
}

/// Resolves the references that HTML knows and XML does not, and escapes an `&` that begins none; `own` are those that the
/// document declares.
fn with_known_references(text: &str, own: HashMap<String, Option<String>>) -> (String, Vec<String>) {
    let mut mender = References { out: String::with_capacity(text.len()), declared: own, ..References::default() };
    let mut rest = text;
    while !rest.is_empty() {
        // CDATA and comments hold no references.
        let plain = next_literal(rest).unwrap_or(rest.len()..rest.len());
        mender.mend(&rest[..plain.start]);
        mender.out.push_str(&rest[plain.clone()]);
        rest = &rest[plain.end..];
    }
    let said = [
        (mender.named, "HTML named entities resolved"),
        (mender.own > 0, "entities of the document's own resolved"),
        (mender.numeric, "character references that XML forbids resolved or dropped"),
        (mender.bare, "bare & escaped"),
    ];
    (mender.out, said.into_iter().filter(|(happened, _)| *happened).map(|(_, text)| text.to_owned()).collect())
}

/// The next CDATA section or comment.
fn next_literal(text: &str) -> Option<Range<usize>> {
    let opens = |text: &str| {
        if text.starts_with("<![CDATA[") { Some("]]>") } else { text.starts_with("<!--").then_some("-->") }
    };
    let mut signs = memchr::memmem::find_iter(text.as_bytes(), "<!");
    let (start, close) = signs.find_map(|start| Some((start, opens(&text[start..])?)))?;
    let end = memchr::memmem::find(&text.as_bytes()[start..], close.as_bytes());
    let end = end.map_or(text.len(), |end| start + end + close.len());
    Some(start..end)
}

#[derive(Default)]
struct References {
    out: String,
    names: HashMap<String, Option<String>>,
    /// The document's own.
    declared: HashMap<String, Option<String>>,
    /// The bytes that they grew to.
    own: usize,
    named: bool,
    numeric: bool,
    bare: bool,
}

impl References {
    fn mend(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = rest.bytes().take(40).position(|byte| byte == b';').map(|end| end + 1);
            let reference = length.map(|length| &rest[..length]).filter(|text| is_reference(text));
            if let Some((c, length)) = surrogates(rest) {
                self.numeric = true;
                self.out.push(c);
                rest = &rest[length..];
                continue;
            }
            let Some(reference) = reference else {
                self.bare = true;
                self.out.push_str("&amp;");
                rest = &rest[1..];
                continue;
            };
            self.resolve(reference);
            rest = &rest[reference.len()..];
        }
        self.out.push_str(rest);
    }

    fn resolve(&mut self, reference: &str) {
        if matches!(reference, "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&apos;") {
            self.out.push_str(reference);
            return;
        }
        if let Some(digits) = reference.strip_prefix("&#") {
            self.resolve_number(reference, digits.trim_end_matches(';'));
            return;
        }
        /// Declared entities that grow to more are an attack.
        const MOST_BYTES: usize = 1 << 20;
        if let Some(Some(text)) = self.declared.get(reference).filter(|_| self.own < MOST_BYTES) {
            self.own += text.len().max(1);
            push_escaped(&mut self.out, text);
            return;
        }
        let known = self.names.entry(reference.to_owned()).or_insert_with(|| {
            let resolved = html::resolve_entities(reference);
            (resolved != reference).then_some(resolved)
        });
        match known {
            Some(resolved) => {
                self.named = true;
                push_escaped(&mut self.out, resolved);
            }
            None => {
                self.bare = true;
                self.out.push_str("&amp;");
                self.out.push_str(&reference[1..]);
            }
        }
    }

    fn resolve_number(&mut self, reference: &str, digits: &str) {
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        let c = number.ok().and_then(char::from_u32);
        match c {
            // The range that Windows gave other meanings to is read as HTML reads it.
            Some('\u{80}'..='\u{9F}') => {
                self.numeric = true;
                let known = self.names.entry(reference.to_owned());
                let resolved = known.or_insert_with(|| Some(html::resolve_entities(reference)));
                self.out.push_str(resolved.as_deref().unwrap_or_default());
            }
            Some(c) if !is_bad(c) => self.out.push_str(&format!("&#{};", u32::from(c))),
            _ => self.numeric = true,
        }
    }
}

/// A character beyond the first plane that a writer of UTF-16 gave as two references, with their length.
fn surrogates(text: &str) -> Option<(char, usize)> {
    let half = |text: &str| -> Option<(u16, usize)> {
        let digits = text.strip_prefix("&#")?;
        let end = digits.bytes().take(8).position(|byte| byte == b';')?;
        let hex = digits[..end].strip_prefix(['x', 'X']);
        let number = hex.map_or_else(|| digits[..end].parse(), |hex| u16::from_str_radix(hex, 16)).ok()?;
        Some((number, end + 3)).filter(|_| (0xD800..0xE000).contains(&number))
    };
    let (high, length) = half(text)?;
    let (low, behind) = half(&text[length..])?;
    let c = char::decode_utf16([high, low]).next()?.ok()?;
    Some((c, length + behind))
}

fn is_reference(text: &str) -> bool {
    let inner = &text[1..text.len() - 1];
    match inner.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let is_hex = hex.is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
            is_hex || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        }
        None => {
            inner.starts_with(|c: char| c.is_ascii_alphabetic())
                && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}
