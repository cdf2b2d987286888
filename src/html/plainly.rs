//! Markup as nearly all feeds write it, read to text without a tree: known elements, nested as the parser would nest them,
//! and known references. Whatever is otherwise is left to the parser, so that both ways give the same text.

use super::text::{collapsed, push_text};

/// Deeper markup is left to the parser, which has bounds of its own.
const DEEPEST: usize = 60;
/// And so is a tag with more attributes.
const MOST_ATTRIBUTES: usize = 40;

/// What the parser does with an element, and where it may stand without being moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Within a line.
    Inline,
    /// Within a line, and not in one of its own.
    Link,
    /// Nothing, as pictures.
    Empty,
    /// A line break.
    Break,
    /// A block, which ends a paragraph that is open.
    Block,
    /// A block in which no paragraph is open.
    Paragraph,
    /// A block that stands in none of its kind.
    Heading,
    /// A block that holds items.
    List,
    /// A block that stands in a list.
    Item,
}

impl Kind {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"a" => Self::Link,
            b"abbr" | b"b" | b"big" | b"cite" | b"code" | b"del" | b"dfn" | b"em" | b"font" | b"i" | b"ins"
            | b"kbd" | b"mark" | b"q" | b"s" | b"samp" | b"small" | b"span" | b"strike" | b"strong" | b"sub"
            | b"sup" | b"time" | b"tt" | b"u" | b"var" => Self::Inline,
            b"img" | b"wbr" => Self::Empty,
            b"br" => Self::Break,
            b"article" | b"aside" | b"blockquote" | b"center" | b"div" | b"figcaption" | b"figure" | b"footer"
            | b"header" | b"main" | b"nav" | b"section" => Self::Block,
            b"p" => Self::Paragraph,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"ol" | b"ul" => Self::List,
            b"li" => Self::Item,
            _ => return None,
        })
    }

    fn is_empty(self) -> bool {
        matches!(self, Self::Empty | Self::Break)
    }

    fn is_block(self) -> bool {
        matches!(self, Self::Block | Self::Paragraph | Self::Heading | Self::List | Self::Item)
    }
}

/// Returns the text of a fragment as [`super::text::of`] does; `None` where only the parser knows.
pub(super) fn text(fragment: &str) -> Option<String> {
    // The parser drops the one and takes the other as a line break.
    if memchr::memchr2(0, b'\r', fragment.as_bytes()).is_some() {
        return None;
    }
    let mut out = String::with_capacity(fragment.len());
    let mut open: Vec<(&[u8], Kind)> = Vec::new();
    let mut rest = fragment;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        piece(&mut out, &rest[..at])?;
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = behind_comment(comment)?;
            continue;
        }
        let tag = Tag::at(rest)?;
        let kind = Kind::of(tag.name)?;
        if tag.closes {
            // An end tag is any other than that of the innermost element: the parser has rules of its own for each.
            let (name, _) = open.pop()?;
            if name != tag.name || tag.is_short {
                return None;
            }
        } else {
            fits(kind, &open)?;
            if tag.is_short && !kind.is_empty() || open.len() >= DEEPEST {
                return None;
            }
            if !kind.is_empty() {
                open.push((tag.name, kind));
            }
        }
        if kind.is_block() || kind == Kind::Break {
            out.push('\n');
        }
        rest = &rest[tag.length..];
    }
    piece(&mut out, rest)?;
    Some(collapsed(&out))
}

/// `None` where the parser would close other elements first.
fn fits(kind: Kind, open: &[(&[u8], Kind)]) -> Option<()> {
    let has = |wanted: Kind| open.iter().any(|(_, kind)| *kind == wanted);
    let innermost = open.last().map(|(_, kind)| *kind);
    let is_moved = match kind {
        Kind::Link => has(Kind::Link),
        Kind::Heading if innermost == Some(Kind::Heading) => true,
        Kind::Item if innermost != Some(Kind::List) => true,
        _ => kind.is_block() && has(Kind::Paragraph),
    };
    (!is_moved).then_some(())
}

/// A tag.
struct Tag<'t> {
    name: &'t [u8],
    closes: bool,
    /// Written with a slash at its end.
    is_short: bool,
    /// From `<` to behind `>`, in bytes.
    length: usize,
}

impl<'t> Tag<'t> {
    /// Reads the tag at the beginning of a text, when it is written as people write them.
    fn at(text: &'t str) -> Option<Self> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let begins = if closes { 2 } else { 1 };
        // Capitals are known to the parser alone.
        let is_of_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let length = bytes[begins..].iter().take(12).take_while(|byte| is_of_name(byte)).count();
        let mut tag = Self { name: &bytes[begins..begins + length], closes, is_short: false, length: 0 };
        let mut at = begins + length;
        for _ in 0..MOST_ATTRIBUTES {
            let spaces = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t')).count();
            at += spaces;
            match bytes.get(at)? {
                b'>' => {
                    tag.length = at + 1;
                    return Some(tag);
                }
                b'/' if bytes.get(at + 1) == Some(&b'>') => {
                    tag.is_short = true;
                    at += 1;
                }
                _ if spaces > 0 && !closes => at += attribute(&bytes[at..])?,
                _ => return None,
            }
        }
        None
    }
}

/// Returns the length of an attribute with its value.
fn attribute(bytes: &[u8]) -> Option<usize> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':');
    let name = bytes.iter().take_while(|byte| is_of_name(byte)).count();
    if name == 0 {
        return None;
    }
    match (bytes.get(name)?, bytes.get(name + 1)?) {
        (b'=', quote @ (b'"' | b'\'')) => {
            let value = memchr::memchr(*quote, &bytes[name + 2..])?;
            Some(name + 2 + value + 1)
        }
        (b' ' | b'\n' | b'\t' | b'/' | b'>', _) => Some(name),
        _ => None,
    }
}

/// Returns what stands behind a comment whose first sign was read.
fn behind_comment(text: &str) -> Option<&str> {
    let end = memchr::memmem::find(text.as_bytes(), b"-->")?;
    // These end a comment, too.
    let ends_before = text.starts_with('>') || text.starts_with("->") || text[..end].contains("--!>");
    (!ends_before).then(|| &text[end + 3..])
}

/// Adds a piece of text between two tags, as the parser makes one node of it.
fn piece(out: &mut String, text: &str) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        push_text(out, text, false);
    } else {
        push_text(out, &resolved(text)?, false);
    }
    Some(())
}

/// Returns the text with its references resolved; `None` where one is not among those that nearly all are.
pub(super) fn resolved(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // An `&` by itself is itself.
        if rest.starts_with([' ', '\n']) || rest.is_empty() {
            out.push('&');
            continue;
        }
        let end = rest.bytes().take(10).position(|byte| byte == b';')?;
        out.push(character(&rest[..end])?);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// Returns the character that a reference names.
fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let digits = number.strip_prefix(['x', 'X']);
        let radix = if digits.is_some() { 16 } else { 10 };
        let digits = digits.unwrap_or(number);
        let code = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
        // Controls and signs that are no characters are read as something else, or not at all.
        let is_plain = code >= 0x20 && !(0x7F..0xA0).contains(&code) && code & 0xFFFE != 0xFFFE;
        return char::from_u32(code).filter(|c| is_plain && !('\u{FDD0}'..='\u{FDEF}').contains(c));
    }
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "middot" => '·',
        "bull" => '•',
        _ => return None,
    })
}
