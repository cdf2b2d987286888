//! What a page says of itself in JSON-LD, or in the comment that the publishing system of many Chinese papers writes.

use serde_json::Value;

use super::names;
use crate::html::Document;
use crate::pattern::pattern;

/// How deep objects are looked into.
const DEEPEST: usize = 6;
/// How many values are looked at.
const MOST_VALUES: usize = 20_000;

/// The article of a page in the terms of schema.org.
#[derive(Debug, Default)]
pub(super) struct StructuredArticle {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// What its authors are called elsewhere in the data.
    author_ids: Vec<String>,
    /// The people who wrote it.
    pub(super) authors: Vec<String>,
    /// Authors that are no people: outlets, agencies, desks.
    pub(super) bodies: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) provider: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
    pub(super) lang: Option<String>,
    pub(super) description: Option<String>,
    pub(super) section: Option<String>,
}

/// What a page describes.
#[derive(Debug, Default)]
pub(super) struct Described {
    /// The articles, in the page's order.
    pub(super) articles: Vec<StructuredArticle>,
    /// Names of people and bodies that are described apart, by what they are called in the data.
    named: Vec<(String, String)>,
    /// What is told of the page itself, of which an article may not be described: when it was published.
    pages: Vec<StructuredArticle>,
    /// The types of all that is described, in the terms of schema.org.
    pub(super) kinds: Vec<String>,
}

/// Returns what a page describes in JSON-LD, or else in the comment of a digital paper.
pub(super) fn described(document: &Document) -> Described {
    let mut found = Described::default();
    for script in document.json_ld() {
        let Some(value) = parse(&script) else {
            found.articles.extend(salvaged(&script));
            continue;
        };
        let mut left = MOST_VALUES;
        collect(&value, DEEPEST, &mut left, &mut found);
    }
    for article in found.articles.iter_mut().filter(|article| article.authors.is_empty() && article.bodies.is_empty()) {
        let name_of = |id: &String| found.named.iter().find(|(own, _)| own == id).map(|(_, name)| name.clone());
        article.authors.extend(article.author_ids.iter().filter_map(name_of));
    }
    if found.articles.is_empty() {
        found.articles.extend(document.comments().find_map(of_digital_paper));
    }
    if found.articles.is_empty() {
        found.articles.extend(document.comments().find_map(of_trackback));
    }
    if found.articles.is_empty() {
        found.articles.append(&mut found.pages);
    }
    found
}

/// The article that a comment tells of in RDF, as older blogs write it for trackbacks: `dc:title="…" dc:creator="…"`.
fn of_trackback(comment: &str) -> Option<StructuredArticle> {
    let fields = comment.split_once("<rdf:Description").map(|(_, fields)| fields)?;
    let field = |name: &str| {
        let (_, rest) = fields.split_once(&format!("{name}=\""))?;
        let (value, _) = rest.split_once('"')?;
        Some(crate::html::one_line(value)).filter(|value| !value.is_empty())
    };
    Some(StructuredArticle {
        headline: Some(field("dc:title")?),
        published: field("dc:date"),
        authors: field("dc:creator").into_iter().collect(),
        ..StructuredArticle::default()
    })
}

/// The article that a comment tells of as Founder's system for digital papers writes it:
/// `<!--enpproperty <title>…</title><author>…</author><date>2018-04-16 00:00:00:0</date> /enpproperty-->`.
fn of_digital_paper(comment: &str) -> Option<StructuredArticle> {
    let fields = comment.trim_start().strip_prefix("enpproperty")?;
    let field = |name: &str| {
        let (_, rest) = fields.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once(&format!("</{name}>"))?;
        Some(crate::html::one_line(value)).filter(|value| !value.is_empty())
    };
    Some(StructuredArticle {
        headline: field("title"),
        // The fraction stands behind a colon there.
        published: field("date").map(|date| date.chars().take("2018-04-16 00:00:00".len()).collect()),
        authors: field("author").map(|names| names::names_of(&names)).unwrap_or_default(),
        provider: field("sourcename").or_else(|| field("source")),
        ..StructuredArticle::default()
    })
}

/// The dates of an article in JSON-LD that is none: a quotation within the headline ends its string early.
fn salvaged(script: &str) -> Option<StructuredArticle> {
    pattern!(KIND, r#""@type"\s*:\s*\[?\s*"[A-Za-z]*Article""#);
    pattern!(DATE, r#""(datePublished|dateModified)"\s*:\s*"([^"\\]{8,40})""#);
    let date = |name: &str| {
        let mut dates = DATE.captures_iter(script).filter(|found| &found[1] == name);
        dates.next().map(|found| found[2].to_owned())
    };
    let published = date("datePublished").filter(|_| KIND.is_match(script))?;
    Some(StructuredArticle {
        published: Some(published),
        modified: date("dateModified"),
        ..StructuredArticle::default()
    })
}

/// Parses JSON-LD as templates write it: within comments, with a semicolon behind, with line breaks within strings.
fn parse(script: &str) -> Option<Value> {
    let trimmed =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let trimmed =
        trimmed.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    let strict = serde_json::from_str(trimmed);
    // A comma before the end of a list is no JSON, and many templates leave one.
    pattern!(COMMA, r",\s*([}\]])");
    let plain = || trimmed.replace(|c: char| c.is_control(), " ");
    let strict = strict.or_else(|_| serde_json::from_str(&plain()));
    strict.or_else(|_| serde_json::from_str(&COMMA.replace_all(&plain(), "$1"))).ok()
}

fn collect(value: &Value, depth: usize, left: &mut usize, found: &mut Described) {
    if depth == 0 || *left == 0 {
        return;
    }
    *left -= 1;
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth - 1, left, found)),
        Value::Object(fields) => {
            let kinds = kinds(value);
            if kinds.iter().any(|kind| is_article(kind)) {
                found.articles.push(article(value));
            } else if kinds.contains(&"WebPage") && fields.contains_key("datePublished") {
                let StructuredArticle { published, modified, url, .. } = article(value);
                found.pages.push(StructuredArticle { published, modified, url, ..StructuredArticle::default() });
            }
            if let (Some(id), Some(name)) = (fields.get("@id").and_then(Value::as_str), names(value).into_iter().next())
            {
                found.named.push((id.to_owned(), name));
            }
            found.kinds.extend(kinds.into_iter().map(str::to_owned));
            let within = ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"];
            within.iter().filter_map(|name| fields.get(*name)).for_each(|value| collect(value, depth - 1, left, found));
        }
        _ => {}
    }
}

fn kinds(value: &Value) -> Vec<&str> {
    match value.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().take(10).filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}

fn article(value: &Value) -> StructuredArticle {
    let own = |name: &str| value.get(name).and_then(text);
    let authors: Vec<&Value> = match value.get("author").or_else(|| value.get("creator")) {
        Some(Value::Array(values)) => values.iter().take(50).collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    StructuredArticle {
        headline: own("headline").or_else(|| own("name")),
        author_ids: authors.iter().filter_map(|author| Some(author.get("@id")?.as_str()?.to_owned())).collect(),
        published: own("datePublished").or_else(|| own("dateCreated")),
        modified: own("dateModified"),
        authors: authors.iter().filter(|author| !is_body(author)).flat_map(|author| names(author)).collect(),
        bodies: authors.iter().filter(|author| is_body(author)).flat_map(|author| names(author)).collect(),
        publisher: value.get("publisher").and_then(|value| names(value).into_iter().next()),
        provider: ["provider", "sourceOrganization"]
            .iter()
            .find_map(|name| names(value.get(*name)?).into_iter().next()),
        url: own("url").or_else(|| own("mainEntityOfPage")),
        body: own("articleBody"),
        is_free: value.get("isAccessibleForFree").and_then(truth),
        lang: own("inLanguage"),
        description: own("description"),
        section: own("articleSection"),
    }
}

/// Says whether an author is called an organization.
fn is_body(author: &Value) -> bool {
    author.get("@type").and_then(text).is_some_and(|kind| kind.ends_with("Organization"))
}

/// A text, or the text of what stands for one.
fn text(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(values) => values.iter().find_map(text)?,
        Value::Object(fields) => {
            ["@id", "@value", "name"].iter().find_map(|name| fields.get(*name)?.as_str())?.trim().to_owned()
        }
        _ => return None,
    };
    (!found.is_empty()).then_some(found)
}

/// The names of people or bodies, written as text, objects or lists of either.
fn names(value: &Value) -> Vec<String> {
    let found: Vec<String> = match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(values) => {
            values.iter().take(50).flat_map(|value| if value.is_array() { Vec::new() } else { names(value) }).collect()
        }
        Value::Object(fields) => match fields.get("name") {
            Some(Value::String(name)) => vec![name.trim().to_owned()],
            Some(Value::Array(values)) => {
                values.iter().filter_map(Value::as_str).map(|name| name.trim().to_owned()).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    found.into_iter().filter(|name| !name.is_empty()).collect()
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
