//! The text fields of one entry, read through feed-rs where they are more than plain.
//!
//! feed-rs gives up a whole document for one odd entry, and can panic after an error. So each entry is given to it as a
//! document of its own, by a parser of its own, in a shell whose namespaces are the ones it knows.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use feed_rs::parser;
use regex::Regex;

use super::tree::Node;
use crate::html;

/// The two dialects that matter for an entry: RDF items have the shape of RSS items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Rss,
    Atom,
}

/// The text fields of an entry.
#[derive(Debug, Default)]
pub(super) struct Fields<'n> {
    pub(super) title: Option<Written<'n>>,
    pub(super) summary: Option<Written<'n>>,
    pub(super) content: Option<Written<'n>>,
}

/// A text, and whether it is markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written<'n> {
    pub(super) text: Cow<'n, str>,
    pub(super) is_markup: bool,
}

/// Reads the text fields of an entry whose source is given, too.
///
/// The second value is true when odd `type` attributes had to be rewritten first. `None` when feed-rs cannot read it.
pub(super) fn fields<'n>(item: &'n Node<'_>, source: &str, dialect: Dialect) -> Option<(Fields<'n>, bool)> {
    if let Some(fields) = plain(item, dialect) {
        return Some((fields, false));
    }
    let prefix = &*item.prefix;
    let source = &without_people(item, source);
    if let Some(fields) = parse(source, prefix, dialect) {
        return Some((fields, false));
    }
    let plainer = with_known_types(source);
    if plainer == *source {
        return None;
    }
    parse(&plainer, prefix, dialect).map(|fields| (fields, true))
}

/// Leaves out who wrote an entry, which is read elsewhere: feed-rs cuts names beside an address of mail by bytes, and panics
/// within a character.
fn without_people(item: &Node<'_>, source: &str) -> String {
    let is_person = |node: &&Node<'_>| {
        let name = node.name.to_ascii_lowercase();
        matches!(&*name, "author" | "creator" | "contributor" | "managingeditor" | "webmaster" | "credit")
    };
    let mut kept = String::with_capacity(source.len());
    let mut from = 0;
    for person in item.children.iter().filter(is_person) {
        let place = |at: usize| at.checked_sub(item.outer.start);
        let (Some(start), Some(end)) = (place(person.outer.start), place(person.outer.end)) else { continue };
        kept.push_str(source.get(from..start).unwrap_or_default());
        from = end.max(from);
    }
    kept.push_str(source.get(from..).unwrap_or_default());
    kept
}

/// The text fields of an entry in which each stands once, in its usual place and as plain text or escaped markup: so nearly
/// all are written, and to set up a parser for each takes longer than all else. `None` leaves it to feed-rs.
fn plain<'n>(item: &'n Node<'_>, dialect: Dialect) -> Option<Fields<'n>> {
    let mut fields = Fields::default();
    if !item.prefix.is_empty() {
        return None;
    }
    for child in &item.children {
        let place = match (dialect, &*child.prefix, &*child.name) {
            // The modules for media have titles and descriptions of their own.
            (_, "media" | "itunes" | "googleplay", _) => continue,
            (_, "", "title") => &mut fields.title,
            (Dialect::Rss, "", "description") | (Dialect::Atom, "", "summary") => &mut fields.summary,
            (Dialect::Rss, "content", "encoded") | (Dialect::Atom, "", "content") => &mut fields.content,
            (_, _, "title" | "description" | "summary" | "encoded" | "content") => return None,
            _ => continue,
        };
        let kind = match (dialect, child.attribute("type")) {
            (Dialect::Rss, None) | (Dialect::Atom, Some("html")) => "text/html",
            (Dialect::Atom, None | Some("text")) => "text/plain",
            _ => return None,
        };
        let is_odd = child.attributes.iter().any(|(name, _)| matches!(&**name, "mode" | "src"));
        if place.is_some() || !child.children.is_empty() || is_odd {
            return None;
        }
        *place = written(Cow::Borrowed(&*child.text), kind, dialect);
    }
    Some(fields)
}

/// Who wrote an entry, in whatever module that is said; the modules for media name the author of the medium.
pub(super) fn authors(item: &Node<'_>) -> Vec<String> {
    let is_author = |node: &&Node<'_>| {
        matches!(&*node.name, "author" | "creator") && !matches!(&*node.prefix, "media" | "itunes" | "googleplay")
    };
    let mut names: Vec<String> = item.children.iter().filter(is_author).filter_map(contact).collect();
    names.dedup();
    names
}

/// The name of a person: in an element of its own, or with an address: `mail (Name)`, `Name <mail>`; the address where there
/// is no name.
pub(super) fn contact(person: &Node<'_>) -> Option<String> {
    let text = person.text_of("name").or_else(|| person.text_of("email")).unwrap_or_else(|| person.text.trim());
    // Some write a link, and most of those within CDATA.
    if text.contains('<') { contact_in(&html::one_line(text)) } else { contact_in(text) }
}

/// The name of a person as it is printed with an address.
pub(super) fn contact_in(text: &str) -> Option<String> {
    static WITH_NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:[^\s()<>（）]+@[^\s()<>（）]+\s*[（(]\s*(?P<behind>[^()（）]+?)\s*[)）]|[^\s()<>（）]+@[^\s()<>（）]+\s+(?P<after>[^\s()<>（）@][^()<>（）@]*)|(?P<before>[^<>（()）]+?)\s*[<(（][^<>]*@[^<>]*[)>）])$",
        )
        .expect("a pattern of this file")
    });
    let text = text.trim();
    let named = WITH_NAME
        .captures(text)
        .and_then(|found| found.name("behind").or(found.name("after")).or(found.name("before")));
    let name = named.map_or(text, |name| name.as_str()).trim().trim_matches('"').trim();
    let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name).trim();
    let name = name.strip_prefix('<').and_then(|mail| mail.strip_suffix('>')).unwrap_or(name);
    (!name.is_empty() && name != "unknown").then(|| name.to_owned())
}

/// Atom's texts are of a few types; anything else makes feed-rs refuse the entry.
fn with_known_types(source: &str) -> String {
    static TYPE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)(<(?:[\w.-]+:)?(?:title|summary|content|subtitle|rights)\b[^<>]*?)\stype\s*=\s*(?:"[^"]*"|'[^']*')"#,
        )
        .expect("a pattern of this file")
    });
    TYPE.replace_all(source, "$1 type=\"html\"").into_owned()
}

fn parse(source: &str, prefix: &str, dialect: Dialect) -> Option<Fields<'static>> {
    let document = in_shell(source, prefix, dialect);
    let parser = parser::Builder::new()
        .sanitize_content(false)
        // Ids and dates are read elsewhere, from what was printed; feed-rs would make up random ids.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|_| None)
        .build();
    // Known to panic on some media elements: an entry is lost then, not the program.
    let feed = catch_unwind(AssertUnwindSafe(|| parser.parse(document.as_bytes()))).ok()?.ok()?;
    let entry = feed.entries.into_iter().next()?;
    Some(Fields {
        title: entry.title.and_then(|text| written(text.content.into(), text.content_type.as_ref(), dialect)),
        summary: entry.summary.and_then(|text| written(text.content.into(), text.content_type.as_ref(), dialect)),
        content: entry
            .content
            .and_then(|content| written(content.body?.into(), content.content_type.as_ref(), dialect)),
    })
}

/// In Atom the type tells markup from text. In RSS everything may hold markup and most of it does.
fn written<'n>(text: Cow<'n, str>, content_type: &str, dialect: Dialect) -> Option<Written<'n>> {
    let is_text = content_type.starts_with("text/") || content_type.ends_with("xml");
    let is_markup = dialect == Dialect::Rss || content_type != "text/plain";
    (is_text && !text.trim().is_empty()).then_some(Written { text, is_markup })
}

/// Puts an entry into a document in which every prefix it uses means what it usually means.
fn in_shell(source: &str, own_prefix: &str, dialect: Dialect) -> String {
    static PREFIX: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"</?([A-Za-z_][\w.-]*):").expect("a pattern of this file"));
    let own = match dialect {
        Dialect::Rss => "http://purl.org/rss/1.0/",
        Dialect::Atom => "http://www.w3.org/2005/Atom",
    };
    let prefixes: BTreeSet<&str> =
        PREFIX.captures_iter(source).filter_map(|found| found.get(1)).map(|found| found.as_str()).collect();
    let declared: String = prefixes
        .into_iter()
        .filter(|prefix| !matches!(*prefix, "xml" | "xmlns"))
        .map(|prefix| {
            format!(
                " xmlns:{prefix}=\"{}\"",
                if prefix.eq_ignore_ascii_case(own_prefix) { own } else { namespace(prefix) }
            )
        })
        .collect();
    match dialect {
        Dialect::Rss => format!("<rss version=\"2.0\"{declared}><channel>{source}</channel></rss>"),
        Dialect::Atom => format!("<feed xmlns=\"{own}\"{declared}>{source}</feed>"),
    }
}

fn namespace(prefix: &str) -> &'static str {
    match prefix.to_ascii_lowercase().as_str() {
        "content" => "http://purl.org/rss/1.0/modules/content/",
        "dc" => "http://purl.org/dc/elements/1.1/",
        "media" => "http://search.yahoo.com/mrss/",
        "atom" | "a10" => "http://www.w3.org/2005/Atom",
        "itunes" => "http://www.itunes.com/dtds/podcast-1.0.dtd",
        _ => "urn:other",
    }
}
