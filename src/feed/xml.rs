//! RSS, RDF and Atom: from a document to drafts. Sitemaps branch off here, because their text is mended alike.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use url::Url;

use super::dialect::{self, Dialect, Fields, Written};
use super::draft::Draft;
use super::tree::{self, Node};
use super::{Found, balance, links, repair, sitemap};
use crate::html;
use crate::model::FeedKind;

/// Reads the document whose root begins at `root`.
pub(super) fn read(text: &str, root: usize, base: Option<&Url>) -> Found {
    let (text, mut repairs) = repair::mend(text, root);
    if let Some(document) = tree::parse(&text) {
        return of(&document, &text, repairs, base);
    }
    repairs.push("tags closed or dropped to fit together".to_owned());
    let balanced = balance::balance(&text);
    let Some(document) = tree::parse(&balanced.text) else {
        return Found { repairs, ..Found::nothing("XML too broken or too large to repair") };
    };
    let mut found = of(&document, &balanced.text, repairs, base);
    if balanced.cut {
        found.cut();
    }
    found
}

/// Reads a document that is well-formed by now.
fn of(document: &Node<'_>, text: &str, mut repairs: Vec<String>, base: Option<&Url>) -> Found {
    // XML tells capitals from small letters, and a few sites do not.
    let root_as_written = text.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next();
    if root_as_written.is_some_and(|root| matches!(root, "RSS" | "FEED" | "CHANNEL")) {
        repairs.push("tags in capitals read as in small letters".to_owned());
    }
    let mut found = match &*document.name {
        "urlset" | "sitemapindex" => sitemap::read(document, base),
        "feed" | "entry" => feed(document, text, Dialect::Atom, FeedKind::Atom, base),
        "rdf" => feed(document, text, Dialect::Rss, FeedKind::Rdf, base),
        _ => {
            repairs.extend(odd_version(document));
            feed(document, text, Dialect::Rss, FeedKind::Rss, base)
        }
    };
    found.repairs.splice(0..0, repairs);
    if document.is_cut {
        found.problems.insert(0, "the document is too large: only its beginning was read".to_owned());
    }
    found
}

fn odd_version(root: &Node<'_>) -> Option<String> {
    let version = root.attribute("version").unwrap_or_default();
    let is_known = matches!(version, "2.0" | "0.90" | "0.91" | "0.92") || root.name == "channel";
    let shown: String = version.chars().take(20).filter(|c| !c.is_control()).collect();
    let said = if shown.is_empty() { "no RSS version".to_owned() } else { format!("RSS version `{shown}`") };
    (!is_known).then(|| format!("{said} read as 2.0"))
}

fn feed(root: &Node<'_>, text: &str, dialect: Dialect, kind: FeedKind, base: Option<&Url>) -> Found {
    let channel = if root.name == "channel" { root } else { root.child("channel").unwrap_or(root) };
    let head = Head::of(root, channel, text, dialect, base);
    let mut found = Found { title: head.title.clone(), ..Found::new(kind) };
    let (mut retyped, mut unread) = (false, 0usize);
    for (item, base) in items(root, base_of(root, head.base.as_ref())) {
        let read = dialect::fields(item, &text[item.outer.clone()], dialect);
        unread += usize::from(read.is_none());
        let (fields, was_retyped) = read.unwrap_or_default();
        retyped |= was_retyped;
        found.drafts.push(draft(item, fields, text, dialect, &head, base.as_ref()));
    }
    if retyped {
        found.repairs.push("odd type attributes read as HTML".to_owned());
    }
    if unread > 0 {
        found.repairs.push(format!("entries read field by field: {unread}"));
    }
    found
}

/// The items in the order of the document, each with the base of its links. Atom knows documents of one entry.
fn items<'n, 't>(root: &'n Node<'t>, base: Option<Url>) -> Vec<(&'n Node<'t>, Option<Url>)> {
    if root.name == "entry" { vec![(root, base)] } else { items_within(root, base) }
}

/// They stand in the channel in RSS, beside it in RDF, and in broken feeds anywhere, one in another too.
fn items_within<'n, 't>(around: &'n Node<'t>, base: Option<Url>) -> Vec<(&'n Node<'t>, Option<Url>)> {
    let mut found = Vec::new();
    for child in &around.children {
        let is_item = matches!(&*child.name, "item" | "entry");
        if !is_item && !matches!(&*child.name, "channel" | "items" | "rss" | "feed") {
            continue;
        }
        let own = base_of(child, base.as_ref());
        if is_item {
            found.push((child, own.clone()));
        }
        found.extend(items_within(child, own));
    }
    found
}

/// What the feed says of itself and its entries inherit.
struct Head {
    title: Option<String>,
    lang: Option<String>,
    authors: Vec<String>,
    is_google_news: bool,
    base: Option<Url>,
}

impl Head {
    fn of(root: &Node<'_>, channel: &Node<'_>, text: &str, dialect: Dialect, base: Option<&Url>) -> Self {
        let title =
            channel.child("title").filter(|_| root.name != "entry").map(|title| html::one_line(&markup(title, text)));
        let lang = channel.text_of("language").or(root.attribute("xml:lang")).map(str::to_owned);
        let authors = match dialect {
            Dialect::Atom => channel.all("author").filter_map(dialect::contact).collect(),
            Dialect::Rss => Vec::new(),
        };
        let own_link = channel.all("link").find_map(|link| link.attribute("href").or(Some(link.text.trim())));
        let home = own_link.and_then(|link| Url::parse(link.trim()).ok());
        let is_google_news = home.as_ref().and_then(Url::host_str) == Some("news.google.com");
        let base = base.cloned().or(home);
        Self { title, lang, authors, is_google_news, base }
    }
}

/// The base for relative links within a node: its own `xml:base` upon the one around it.
fn base_of(node: &Node<'_>, around: Option<&Url>) -> Option<Url> {
    let own = node.attribute("xml:base");
    let joined = own.and_then(|own| match around {
        Some(around) => around.join(own).ok(),
        None => Url::parse(own).ok(),
    });
    joined.or_else(|| around.cloned())
}

fn draft(item: &Node<'_>, fields: Fields<'_>, text: &str, dialect: Dialect, head: &Head, base: Option<&Url>) -> Draft {
    let printed = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .flat_map(|name| item.all(name))
            .map(|node| node.text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    };
    let field = |read: Option<Written<'_>>, names: &[&str]| read_or_own(read, item, names, text);
    let media = |name: &str| media_text(item, name).map(html::plain_text).filter(|text| !text.is_empty());
    let title = field(fields.title, &["title"]).or_else(|| media("title")).unwrap_or_default().replace('\n', " ");
    let summary = field(fields.summary, &["description", "summary", "abstract"]).or_else(|| media("description"));
    let of_podcast =
        || item.all("summary").find(|node| node.prefix == "itunes").map(|node| html::plain_text(&node.text));
    let summary = summary.or_else(of_podcast).filter(|summary| !summary.is_empty());
    // The last three are a search engine's, a reader's and a browser's.
    let content = field(fields.content, &["encoded", "content", "full-text", "fulltext", "body"]);
    let mut authors: Vec<String> =
        dialect::authors(item).iter().map(|author| html::one_line(author)).filter(|name| !name.is_empty()).collect();
    authors.dedup();
    // Of what an aggregator took over, the feed that it came from says who wrote it.
    let of_source =
        || item.child("source").into_iter().flat_map(|source| source.all("author")).filter_map(dialect::contact);
    let of_podcast = || item.all("author").filter(|author| author.prefix == "itunes").filter_map(dialect::contact);
    if authors.is_empty() {
        authors.extend(of_podcast().chain(of_source()));
    }
    if authors.is_empty() {
        authors.clone_from(&head.authors);
    }
    let (title, provider) = provider(item, title, head);
    let guid = guid(item, dialect, base);
    let mut published = printed(&["pubdate", "published", "date", "issued", "created", "publicationdate"]);
    published.extend(item.attribute("lastmod").map(str::to_owned));
    Draft {
        url: link(item, dialect, guid.as_deref(), base),
        guid,
        title,
        published,
        updated: printed(&["updated", "modified", "lastbuilddate"]),
        authors,
        provider,
        summary,
        content,
        lang: item.attribute("xml:lang").or(item.text_of("language")).map(str::to_owned).or_else(|| head.lang.clone()),
        says_more: item.children.iter().any(Node::says_something),
    }
}

/// The field as feed-rs read it; its own source where that holds elements or was not understood. `None` when empty.
fn read_or_own(read: Option<Written<'_>>, item: &Node<'_>, names: &[&str], text: &str) -> Option<String> {
    // Media elements have titles and contents of their own, which are not the entry's.
    let is_own = |node: &&Node<'_>| !matches!(&*node.prefix, "media" | "itunes" | "googleplay");
    let holds = |node: &&Node<'_>| !node.text.trim().is_empty() || !node.children.is_empty();
    let own = names.iter().find_map(|name| item.all(name).filter(is_own).find(holds));
    if let Some(decoded) = own.and_then(in_base64) {
        return Some(html::plain_text(&decoded)).filter(|text| !text.is_empty());
    }
    let has_elements = own.is_some_and(|own| {
        let is_prefixed = || own.children.iter().any(|child| !child.prefix.is_empty());
        !own.children.is_empty() && (own.attribute("type") != Some("xhtml") || is_prefixed())
    });
    let plain = match (read, own) {
        (Some(read), _) if !has_elements && !read.is_markup => html::plain_lines(&read.text),
        (Some(read), _) if !has_elements => html::plain_text(unwrapped(&read.text)),
        (_, Some(own)) => html::plain_text(&markup(own, text)),
        (read, None) => html::plain_text(&read?.text),
    };
    (!plain.is_empty()).then_some(plain)
}

/// A text without the marks of CDATA that somebody escaped with it.
fn unwrapped(text: &str) -> &str {
    let within = text.trim().strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
    within.unwrap_or(text)
}

/// The text of an element that says that it is in base64: by the mode of Atom 0.3, or in Atom by a type that is no text's.
fn in_base64(node: &Node<'_>) -> Option<String> {
    let kind = node.attribute("type").unwrap_or("text").to_ascii_lowercase();
    let is_text =
        matches!(kind.as_str(), "text" | "html" | "xhtml") || kind.starts_with("text/") || kind.ends_with("xml");
    if node.attribute("mode") != Some("base64") && (is_text || !kind.contains('/')) {
        return None;
    }
    let packed: String = node.text.split_whitespace().collect();
    String::from_utf8(STANDARD.decode(packed).ok()?).ok()
}

/// What the media module says of an entry: right within it, or in a group or a medium.
fn media_text<'a>(item: &'a Node<'_>, name: &str) -> Option<&'a str> {
    let is_media = |node: &&Node<'_>| node.prefix == "media";
    let within = item.children.iter().filter(is_media).filter(|node| matches!(&*node.name, "group" | "content"));
    let mut around = std::iter::once(item).chain(within);
    around
        .find_map(|node| node.children.iter().filter(is_media).find(|child| child.name == name))
        .map(|own| own.text.trim())
}

/// The content of an element as HTML.
fn markup<'n>(node: &'n Node<'_>, text: &str) -> Cow<'n, str> {
    if node.children.is_empty() {
        return Cow::Borrowed(&node.text);
    }
    let inner = text[node.inner.clone()].replace("<![CDATA[", "").replace("]]>", "");
    // XHTML may have a prefix, which HTML has no name for.
    static PREFIXED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<(/?)[A-Za-z][\w.-]*:([A-Za-z])").expect("a pattern of this file"));
    let is_prefixed = node.children.iter().any(|child| !child.prefix.is_empty());
    if is_prefixed { PREFIXED.replace_all(&inner, "<$1$2").into_owned().into() } else { inner.into() }
}

/// The id of an entry. In Atom it is an address of some kind, which `xml:base` holds for, too.
fn guid(item: &Node<'_>, dialect: Dialect, base: Option<&Url>) -> Option<String> {
    let own = |name: &'static str| {
        let all = || item.all(name).filter(|node| !node.text.trim().is_empty());
        all().find(|node| node.prefix == item.prefix).or_else(|| all().next()).map(|node| node.text.trim())
    };
    let guid = own("guid").or_else(|| own("id")).or_else(|| item.attribute("rdf:about"));
    let guid = guid.map(super::draft::one_line).filter(|guid| !guid.is_empty())?;
    let is_relative = dialect == Dialect::Atom && Url::parse(&guid) == Err(url::ParseError::RelativeUrlWithoutBase);
    let whole = base.filter(|_| is_relative).and_then(|base| base.join(&guid).ok());
    Some(whole.map_or(guid, String::from))
}

/// The address of the article: a link that says it is one, else an id that is an address.
fn link(item: &Node<'_>, dialect: Dialect, guid: Option<&str>, base: Option<&Url>) -> Option<String> {
    let at_own_base = |node: &Node<'_>, link: &str| {
        let own = node.attribute("xml:base").and_then(|_| base_of(node, base));
        own.and_then(|own| own.join(link.trim()).ok()).map_or_else(|| link.to_owned(), String::from)
    };
    let original = item.text_of("origlink").map(str::to_owned);
    let mut written: Vec<String> = original.into_iter().collect();
    let in_attributes = || {
        /// The relations that Atom knows by name are short for these.
        const REGISTRY: &str = "http://www.iana.org/assignments/relation/";
        let relation = |node: &Node<'_>| {
            let written = node.attribute("rel").unwrap_or_default().trim().to_ascii_lowercase();
            written.strip_prefix(REGISTRY).map(str::to_owned).unwrap_or(written)
        };
        let rank = |node: &&Node<'_>| match (relation(node).as_str(), node.attribute("type")) {
            ("alternate" | "", None | Some("text/html")) => Some(0),
            ("alternate" | "", _) => Some(1),
            _ => None,
        };
        let mut links: Vec<_> = item
            .all("link")
            .filter(|node| node.attribute("href").is_some())
            .filter_map(|node| Some((rank(&node)?, node)))
            .collect();
        links.sort_by_key(|(rank, _)| *rank);
        let address = |node: &Node<'_>| Some(at_own_base(node, node.attribute("href")?));
        links.into_iter().filter_map(|(_, node)| address(node)).collect::<Vec<_>>()
    };
    let in_text = || {
        let links = item.all("link").filter(|node| !node.text.trim().is_empty());
        links.map(|node| at_own_base(node, node.text.trim())).collect::<Vec<_>>()
    };
    match dialect {
        Dialect::Atom => written.extend(in_attributes().into_iter().chain(in_text())),
        Dialect::Rss => written.extend(in_text().into_iter().chain(in_attributes())),
    }
    // A writer of HTML closes a link at once and puts the address behind it.
    written.extend(item.text.split_whitespace().next().filter(|text| links::is_absolute(text)).map(str::to_owned));
    // The Channel Definition Format sets it at the item itself.
    written.extend(["href", "rdf:about"].iter().filter_map(|name| item.attribute(name)).map(str::to_owned));
    written.extend(guid.filter(|guid| links::is_absolute(guid)).map(str::to_owned));
    written.iter().find_map(|link| links::clean(link, base))
}

/// The outlet that an aggregator took the item from, and the headline without that outlet's name behind it.
fn provider(item: &Node<'_>, title: String, head: &Head) -> (String, Option<String>) {
    let source = item.child("source");
    let named = source.and_then(|source| source.text_of("title").or(Some(source.text.trim()))).map(html::one_line);
    let own = head.title.as_deref().unwrap_or_default().to_lowercase();
    let named = named.filter(|name| !name.is_empty() && name.to_lowercase() != own);
    if let Some(name) = &named
        && let Some((headline, suffix)) = title.split_at_checked(title.len().saturating_sub(name.len()))
        && suffix.to_lowercase() == name.to_lowercase()
        && let Some(headline) = headline.strip_suffix(" - ")
    {
        return (headline.trim().to_owned(), named);
    }
    if named.is_none()
        && head.is_google_news
        && let Some((headline, name)) = title.rsplit_once(" - ")
    {
        return (headline.trim().to_owned(), Some(name.trim().to_owned()).filter(|name| !name.is_empty()));
    }
    (title, named)
}
