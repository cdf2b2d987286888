//! The text of an article in the data that a page carries for its own scripts: `__NEXT_DATA__`, an Apollo or Redux state.
//!
//! No outlet's names are known here. What is looked for has one of two shapes: a string under a name for a body, or a list
//! of blocks, each with a type and, below it, the words. It is the page's article when the object around it bears the
//! page's headline, or when it goes on from what the page shows.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::clean::letters;
use super::links;
use crate::html::{self, Document, Element};
use crate::pattern::pattern;

/// A longer script is not read.
const LONGEST_SCRIPT: usize = 8 << 20;
/// How deep values are looked into.
const DEEPEST: usize = 60;
/// How many values are looked at in one page.
const MOST_VALUES: usize = 400_000;
/// A script assigns no more values that hold an article.
const MOST_ASSIGNMENTS: usize = 40;
/// A body has at least this many characters.
const SHORTEST: usize = 80;
/// How far above a body its headline may stand.
const HEADLINE_ABOVE: usize = 4;

/// The text of an article in a page's data.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Paragraphs joined by `\n`.
    pub(super) text: String,
    /// The paragraphs that are links from end to end.
    pub(super) links: HashSet<String>,
}

/// Returns the text that a page's own data gives for its article.
///
/// `shown` is what the page shows of it; it may be nothing.
pub(super) fn body(document: &Document, title: &str, shown: &str) -> Option<Held> {
    search(document, title, shown, None).best
}

/// What a page's own data tells of its article besides the text, as written.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What readers see as the headline, where only the address says that it is this page's article.
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) provider: Option<String>,
}

/// Returns what a page's own data tells of the article with this headline or at this address, or what its scripts assign as
/// the time of publication.
pub(super) fn told(document: &Document, title: &str, address: Option<&str>) -> Told {
    pattern!(
        ascii_words ASSIGNED,
        r#"(?x)\b(?:(?i:publish_?(?:ed)?_?(?:time|date|at)|pub_?(?:time|date)|create_?time)|ct)["']?\s*[:=]\s*["']?
               (?<at>(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?:[T\s]\d{1,2}:\d{2}(?::\d{2})?)? | 1\d{9}(?:\d{3})?\b)"#
    );
    let told = search(document, title, "", address.and_then(links::path_of)).told;
    if told.published.is_some() {
        return told;
    }
    // Seconds since 1970 are finer than what is made of them for readers.
    let scripts: Vec<String> = document.select("script:not([src])").iter().map(|script| script.raw_text()).collect();
    let found = scripts.iter().filter(|text| text.len() < LONGEST_SCRIPT);
    // What is found is short, and groups in it are found many times faster than in all of a script.
    let own = letters(title);
    // Beside the headline of another article, it is that one's.
    let is_own = |text: &str| {
        let object = text.rfind('{').map_or("", |at| &text[at..]);
        !object.contains("title") || !own.is_empty() && letters(object).contains(&own)
    };
    let found = found.flat_map(|text| ASSIGNED.find_iter(text).filter(move |at| is_own(&text[..at.start()])));
    let found = found.map(|at| at.as_str());
    let mut found: Vec<&str> = found.filter_map(|at| Some(ASSIGNED.captures(at)?.name("at")?.as_str())).collect();
    found.sort_by_key(|at| at.contains(['-', '/']));
    // Several moments are those of several articles.
    let is_finer = |at: &&str| !at.contains(['-', '/']);
    let kind: HashSet<&str> =
        found.iter().filter(|at| is_finer(at) == found.first().is_some_and(is_finer)).copied().collect();
    if kind.len() > 1 {
        found.clear();
    }
    Told { published: found.first().map(|at| (*at).to_owned()), ..told }
}

fn search(document: &Document, title: &str, shown: &str, path: Option<&str>) -> Search {
    let (title, shown) = (letters(title), opening(shown));
    let mut search = Search {
        title,
        shown,
        path: path.map(str::to_owned),
        left: MOST_VALUES,
        best: None,
        longest: 0,
        told: Told::default(),
    };
    for script in document.select("script") {
        let text = script.raw_text();
        if text.len() < LONGEST_SCRIPT && text.len() > SHORTEST {
            for value in values(&text, script.attribute("type")) {
                search.look(&value, 0, None);
            }
        }
    }
    for field in document.select("textarea") {
        if let Some(held) = written(&field) {
            search.offer(|| held, Some(0));
        }
    }
    search
}

/// The text of a field that no reader fills in: a page keeps its article there, as markup, for its script to show.
fn written(field: &Element<'_>) -> Option<Held> {
    let text = field.raw_text();
    let is_markup = text.trim_start().starts_with('<') && text.contains("<p");
    let names = [field.attribute("id"), field.attribute("class"), field.attribute("name")];
    let is_to_copy = names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        ["republish", "embed", "copy", "code", "share"].iter().any(|other| name.contains(other))
    });
    let is_form = || field.ancestors().any(|around| around.name() == "form");
    (is_markup && text.len() < LONGEST_SCRIPT && !is_to_copy && !is_form())
        .then(|| Held { text: html::plain_text(&text), ..Held::default() })
}

/// The values that a script holds as JSON: all of it, or what it assigns.
fn values(script: &str, kind: Option<&str>) -> Vec<Value> {
    let is_json = kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    if is_json {
        return serde_json::from_str(script.trim()).ok().into_iter().collect();
    }
    let mut found = Vec::new();
    let mut rest = script;
    // A script assigns a few things; what is no JSON is a program.
    for _ in 0..MOST_ASSIGNMENTS {
        let Some((_, behind)) = rest.split_once('=') else { break };
        rest = behind;
        let written = behind.trim_start();
        let encoded = written.strip_prefix("JSON.parse(").map(str::trim_start);
        let text = encoded.unwrap_or(written);
        if !text.starts_with(['{', '[', '"']) {
            continue;
        }
        let Some(Ok(value)) = serde_json::Deserializer::from_str(text).into_iter::<Value>().next() else { continue };
        match value {
            Value::String(inner) => found.extend(serde_json::from_str::<Value>(&inner)),
            value => found.push(value),
        }
    }
    found
}

/// A search for the longest text that is the page's article.
struct Search {
    title: String,
    shown: Option<String>,
    /// The path of the page's address.
    path: Option<String>,
    left: usize,
    best: Option<Held>,
    /// The characters of the best.
    longest: usize,
    told: Told,
}

impl Search {
    /// Looks at a value and all below it; `headline` tells how many levels above the page's headline was met.
    fn look(&mut self, value: &Value, depth: usize, headline: Option<usize>) {
        if depth > DEEPEST || self.left == 0 {
            return;
        }
        self.left -= 1;
        let below = headline.map(|above| above + 1).filter(|above| *above <= HEADLINE_ABOVE);
        match value {
            Value::Object(fields) => {
                let below = if self.bears_headline(fields) { Some(0) } else { below };
                if below == Some(0) {
                    self.hear(fields, 0);
                } else if self.bears_address(fields) {
                    self.hear(fields, 0);
                    self.read_headline(fields);
                }
                for (name, inner) in fields {
                    if let Some(text) = inner.as_str().filter(|_| is_body_name(name)) {
                        self.offer(|| Held { text: html::plain_text(text), ..Held::default() }, below);
                    }
                    self.look(inner, depth + 1, below);
                }
            }
            Value::Array(items) => {
                if items.iter().any(is_block) {
                    self.offer(|| blocks(items), below);
                }
                items.iter().for_each(|item| self.look(item, depth + 1, below));
            }
            _ => {}
        }
    }

    fn bears_headline(&self, fields: &Map<String, Value>) -> bool {
        let names = ["headline", "title", "name", "socialHeadline", "seoTitle"];
        let is_own = |value: &Value| plain(value).is_some_and(|text| letters(&text) == self.title);
        // Some keep several of one headline: {"headlines": {"basic": …}}.
        let several = fields.get("headlines").and_then(Value::as_object).into_iter().flat_map(Map::values);
        !self.title.is_empty() && names.iter().filter_map(|name| fields.get(*name)).chain(several).any(is_own)
    }

    /// Says whether an object gives the page's address as its own.
    fn bears_address(&self, fields: &Map<String, Value>) -> bool {
        let Some(path) = self.path.as_deref() else { return false };
        fields.values().filter_map(Value::as_str).any(|text| links::path_of(text) == Some(path))
    }

    /// Takes the headline of an object at the page's address: it stands beside the body.
    fn read_headline(&mut self, fields: &Map<String, Value>) {
        let holds_body = |fields: &&Map<String, Value>| {
            fields.iter().any(|(name, value)| is_body_name(name) && (value.is_string() || value.is_array()))
        };
        let within = fields.values().filter_map(Value::as_object);
        let Some(article) = std::iter::once(fields).chain(within).find(holds_body) else { return };
        let of_several =
            |all: &Value| ["headline", "basic", "main", "default"].iter().find_map(|name| plain(all.get(*name)?));
        let own = || ["headline", "title"].iter().find_map(|name| plain(article.get(*name)?));
        let headline = article.get("headlines").and_then(of_several).or_else(own);
        self.told.headline = self.told.headline.take().or(headline).filter(|text| !text.is_empty());
    }

    /// Takes what an object with the headline tells of time, origin and authors, itself or in its parts.
    fn hear(&mut self, fields: &Map<String, Value>, depth: usize) {
        /// The parts of an article that tell of it.
        const PARTS: [&str; 8] =
            ["dates", "asset", "article", "participants", "meta", "metadata", "attributes", "content"];
        let names = [
            "firstPublished",
            "firstPublishedAt",
            "datePublished",
            "publishTime",
            "publishedAt",
            "publishDate",
            "published",
            "publish_time",
            "pubTime",
            "pubDate",
            "ptime",
            "display_date",
        ];
        let time = |value: &Value| {
            value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|number| number.to_string()))
        };
        let published = names.iter().find_map(|name| time(fields.get(*name)?));
        let origin = ["source", "sourceName", "mediaName", "origin"];
        let provider = origin.iter().find_map(|name| plain(fields.get(*name)?));
        self.told.published = self.told.published.take().or(published);
        self.told.provider = self.told.provider.take().or(provider).filter(|name| !name.contains("://"));
        if self.told.authors.is_empty() {
            let name = |value: &Value| plain(value).or_else(|| plain(value.get("name")?));
            let all = |value: &Value| match value {
                Value::Array(items) => items.iter().filter_map(name).collect(),
                other => Vec::from_iter(name(other)),
            };
            let written = ["authors", "author", "byline"].iter().filter_map(|name| fields.get(*name)).map(all);
            self.told.authors = written.into_iter().find(|names: &Vec<String>| !names.is_empty()).unwrap_or_default();
        }
        if depth < 2 {
            let parts = PARTS.iter().filter_map(|name| fields.get(*name)?.as_object());
            parts.for_each(|part| self.hear(part, depth + 1));
        }
    }

    fn offer(&mut self, held: impl FnOnce() -> Held, headline: Option<usize>) {
        let held = held();
        let length = held.text.chars().count();
        let goes_on = || self.shown.as_ref().is_some_and(|shown| letters(&held.text).contains(shown.as_str()));
        if length >= SHORTEST && length > self.longest && (headline.is_some() || goes_on()) {
            (self.best, self.longest) = (Some(held), length);
        }
    }
}

/// Says whether a field so named holds a body.
fn is_body_name(name: &str) -> bool {
    let name = name.split('(').next().unwrap_or(name).to_ascii_lowercase();
    matches!(
        name.as_str(),
        "body"
            | "articlebody"
            | "content"
            | "contents"
            | "html"
            | "text"
            | "fulltext"
            | "bodyhtml"
            | "body_html"
            | "contenthtml"
            | "article_content"
            | "articlecontent"
            | "storybody"
            | "maintext"
    )
}

/// Says whether a value is a block of a document: an object with a type and something below it.
fn is_block(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| kind(fields).is_some() && words(fields).is_some())
}

fn kind(fields: &Map<String, Value>) -> Option<&str> {
    ["type", "tag", "tagName", "blockType", "name"].iter().find_map(|name| fields.get(*name)?.as_str())
}

/// Where a block keeps its words.
fn words(fields: &Map<String, Value>) -> Option<&Value> {
    const NAMES: [&str; 16] = [
        "html",
        "text",
        "data",
        "value",
        "children",
        "blocks",
        "content",
        "model",
        "items",
        "props",
        "attrs",
        "attributes",
        "fields",
        "payload",
        "paragraph",
        "copy",
    ];
    NAMES
        .iter()
        .filter_map(|name| fields.get(*name))
        .find(|value| matches!(value, Value::String(text) if !text.is_empty()) || value.is_array() || value.is_object())
}

/// The text of a list of blocks.
fn blocks(items: &[Value]) -> Held {
    let mut out = Writing { text: String::new(), links: HashSet::new(), left: MOST_VALUES };
    write(items, &mut out, 0);
    Held { text: html::plain_lines(&out.text), links: out.links }
}

/// The text of blocks, as far as it is written.
struct Writing {
    text: String,
    links: HashSet<String>,
    left: usize,
}

fn write(items: &[Value], out: &mut Writing, depth: usize) {
    for item in items {
        if depth > DEEPEST || out.left == 0 {
            return;
        }
        out.left -= 1;
        match item {
            Value::String(text) => out.text.push_str(&inline(text)),
            Value::Array(items) => write(items, out, depth + 1),
            Value::Object(fields) => {
                let kind = kind(fields).unwrap_or_default().to_ascii_lowercase();
                if is_aside(&kind) {
                    continue;
                }
                let breaks = !is_inline(&kind);
                if breaks {
                    out.text.push_str("\n\n");
                }
                let start = out.text.len();
                match words(fields) {
                    Some(Value::String(text)) => out.text.push_str(&inline(text)),
                    Some(Value::Array(items)) => write(items, out, depth + 1),
                    Some(inner @ Value::Object(_)) => write(std::slice::from_ref(inner), out, depth + 1),
                    _ => {}
                }
                if breaks {
                    if only_child(fields).is_some_and(|child| matches!(child, "a" | "link" | "urllink")) {
                        out.links.insert(out.text[start..].trim().to_owned());
                    }
                    out.text.push_str("\n\n");
                }
            }
            _ => {}
        }
    }
}

/// The type of the one block that a block holds.
fn only_child(fields: &Map<String, Value>) -> Option<&str> {
    let is_blank = |value: &&Value| {
        value.as_object().and_then(words).is_some_and(|text| text.as_str().is_some_and(|text| text.trim().is_empty()))
    };
    let mut children = words(fields)?.as_array()?.iter().filter(|child| !is_blank(child));
    children.next().filter(|_| children.next().is_none()).and_then(|child| kind(child.as_object()?))
}

/// The text of a string within a block, which may hold markup.
fn inline(text: &str) -> String {
    if text.contains(['<', '&']) { html::plain_text(text).replace('\n', "\n\n") } else { text.to_owned() }
}

/// Says whether a block of this type stands within a line.
fn is_inline(kind: &str) -> bool {
    matches!(
        kind,
        "text"
            | "a"
            | "b"
            | "i"
            | "u"
            | "em"
            | "strong"
            | "span"
            | "fragment"
            | "urllink"
            | "link"
            | "inline"
            | "bold"
            | "italic"
            | "sub"
            | "sup"
            | "mark"
    )
}

/// Says whether a block of this type is no text of the article.
fn is_aside(kind: &str) -> bool {
    let parts = [
        "image",
        "img",
        "figure",
        "caption",
        "video",
        "audio",
        "advert",
        "ad",
        "related",
        "script",
        "iframe",
        "embed",
        "gallery",
        "media",
        "newsletter",
        "promo",
        "social",
        "byline",
        "style",
        "timestamp",
        "headline",
        "metadata",
        "topics",
    ];
    // "subheadline" is text, "headline" has been read.
    !kind.starts_with("sub") && kind.split(|c: char| !c.is_ascii_alphabetic()).any(|word| parts.contains(&word))
}

fn plain(value: &Value) -> Option<String> {
    value.as_str().map(html::one_line)
}

/// The beginning of what a page shows, when that says enough to be known again.
fn opening(shown: &str) -> Option<String> {
    const LEAST: usize = 16;
    const MOST: usize = 40;
    let first: String = letters(shown.lines().find(|line| line.chars().count() > LEAST)?).chars().take(MOST).collect();
    (first.chars().count() >= LEAST).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str, shown: &str) -> Option<String> {
        let page = format!("<html><body><h1>Two held over harbour maps</h1>{script}</body></html>");
        body(&Document::parse(&page).expect("no depth"), "Two held over harbour maps", shown).map(|held| held.text)
    }

    const FIRST: &str = "Two people were held on Friday over maps of the inner harbour, the port police said.";
    const SECOND: &str = "A lawyer for one of them said that the maps could be bought in any shop.";

    #[test]
    fn blocks_in_a_pages_state_are_its_text() {
        let nested = format!(
            r#"<script id="__NEXT_DATA__" type="application/json">{{"props":{{"article":{{"headline":"Two held over harbour maps","body":{{"json":[
            {{"type":"p","children":[{{"type":"text","data":"{FIRST}"}}]}},{{"type":"image","children":[{{"type":"text","data":"A map."}}]}},
            {{"type":"p","children":[{{"type":"text","data":"A lawyer for one of them said that "}},{{"type":"a","children":[{{"type":"text","data":"the maps"}}]}},{{"type":"text","data":" could be bought in any shop."}}]}}]}}}}}}}}</script>"#
        );
        assert_eq!(found(&nested, ""), Some(format!("{FIRST}\n{SECOND}")));
        let models = format!(
            r#"<script>window.__STATE__ = {{"page":{{"title":"Another","blocks":[{{"type":"text","model":{{"blocks":[
            {{"type":"paragraph","model":{{"text":"{FIRST}","blocks":[]}}}},{{"type":"paragraph","model":{{"text":"{SECOND}"}}}}]}}}}]}}}};</script>"#
        );
        assert_eq!(found(&models, ""), None, "nothing says that it is this page's article");
        assert_eq!(found(&models, FIRST), Some(format!("{FIRST}\n{SECOND}")));
    }

    #[test]
    fn a_body_may_be_one_string_of_markup() {
        let string = format!(
            r#"<script>var data = JSON.parse("{{\"title\":\"Two held over harbour maps\",\"content\":\"<p>{FIRST}</p><p>{SECOND}</p>\"}}")</script>"#
        );
        assert_eq!(found(&string, ""), Some(format!("{FIRST}\n{SECOND}")));
        let other = string.replace("Two held over harbour maps", "Something else");
        assert_eq!(found(&other, ""), None);
    }

    #[test]
    fn what_is_no_json_is_passed_over() {
        for script in
            ["<script>x = {a: 1}</script>", "<script>=</script>", "<script type='application/json'>{</script>"]
        {
            assert_eq!(found(&script.repeat(3), ""), None);
        }
    }
}
