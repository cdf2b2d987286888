//! JSON Feed. Read field by field, so that one field of an odd type costs that field and nothing more.

use std::borrow::Cow;

use serde_json::Value;
use url::Url;

use super::draft::Draft;
use super::{Found, MOST_ENTRIES, dialect, links};
use crate::html;
use crate::model::FeedKind;

/// No feed has more values: each takes many times the memory of the sign that it may be.
const MOST_VALUES: usize = 1_500_000;

/// Reads a document that begins like JSON.
pub(super) fn read(text: &str, base: Option<&Url>) -> Found {
    if memchr::memchr3_iter(b',', b'[', b'{', text.as_bytes()).count() > MOST_VALUES {
        return Found::nothing("JSON too large to read");
    }
    let mut repairs = Vec::new();
    let read = serde_json::from_str(text).or_else(|error| {
        let mended = mended(text);
        repairs.extend(mended.repairs.into_iter().map(str::to_owned));
        serde_json::from_str(&mended.text).map_err(|_| error)
    });
    let value: Value = match read {
        Ok(value) => value,
        Err(error) => {
            return Found::nothing(format!(
                "looks like JSON and is not: line {}, column {}",
                error.line(),
                error.column()
            ));
        }
    };
    let Some(items) = value.get("items").and_then(Value::as_array) else {
        return Found::nothing("JSON, but not a JSON Feed: it has no `items`");
    };
    let home = string(&value, "home_page_url").and_then(|url| Url::parse(&url).ok());
    let base = base.cloned().or(home);
    let lang = string(&value, "language");
    let authors = authors(&value);
    let mut found = Found {
        title: string(&value, "title").map(|title| html::one_line(&title)),
        repairs,
        ..Found::new(FeedKind::Json)
    };
    if found.repairs.iter().any(|repair| repair == CUT) {
        found.cut();
    }
    if items.len() > MOST_ENTRIES {
        found.problems.push(format!("{} entries; only the first {MOST_ENTRIES} were read", items.len()));
    }
    found.drafts =
        items.iter().take(MOST_ENTRIES).map(|item| draft(item, base.as_ref(), lang.as_deref(), &authors)).collect();
    found
}

fn draft(item: &Value, base: Option<&Url>, lang: Option<&str>, feed_authors: &[String]) -> Draft {
    let guid = string(item, "id");
    let links = [string(item, "url"), string(item, "external_url"), guid.clone().filter(|id| links::is_absolute(id))];
    let own_authors = authors(item);
    let marked = string(item, "content_html").map(|text| html::plain_text(&text));
    let plain = || string(item, "content_text").map(|text| html::plain_lines(&text));
    Draft {
        url: links.iter().flatten().find_map(|link| links::clean(link, base)),
        guid,
        title: string(item, "title").map(|title| html::one_line(&title)).unwrap_or_default(),
        published: string(item, "date_published").into_iter().collect(),
        updated: string(item, "date_modified").into_iter().collect(),
        authors: if own_authors.is_empty() { feed_authors.to_vec() } else { own_authors },
        provider: None,
        summary: string(item, "summary").map(|text| html::plain_text(&text)).filter(|text| !text.is_empty()),
        content: marked.or_else(plain).filter(|text| !text.is_empty()),
        lang: string(item, "language").or_else(|| lang.map(str::to_owned)),
        says_more: false,
    }
}

/// What was done to a document that is no JSON.
struct Mended {
    text: String,
    repairs: Vec<&'static str>,
}

/// The parser goes no deeper than a few more.
const DEEPEST: usize = 100;

const CUT: &str = "values that were cut off closed";

/// Makes JSON of what templates and broken connections leave of it: control characters within strings are escaped, commas
/// before an end dropped, what is no value or too deep made null, numbers beyond measure made texts, and a document that was
/// cut short ends behind its last whole item.
fn mended(text: &str) -> Mended {
    let (mut out, mut open) = (String::with_capacity(text.len() + 16), Vec::<char>::new());
    let (mut in_string, mut is_escaped) = (false, false);
    let (mut controls, mut commas, mut halves, mut values) = (false, false, false, false);
    // How many values stand open within one that is left out.
    let mut deep = 0usize;
    // Where the last value in a list of objects ended, and what was open around it.
    let mut whole: Option<(usize, Vec<char>)> = None;
    let mut behind = text.chars();
    while let Some(c) = behind.next() {
        if deep > 0 {
            match c {
                _ if in_string => (in_string, is_escaped) = (is_escaped || c != '"', c == '\\' && !is_escaped),
                '"' => in_string = true,
                '{' | '[' => deep += 1,
                '}' | ']' => deep -= 1,
                _ => {}
            }
            continue;
        }
        if in_string && c == '\\' && !is_escaped && is_lone_half(behind.as_str(), &out) {
            halves = true;
            out.push_str("\\ufffd");
            behind = behind.as_str()[5..].chars();
            continue;
        }
        if in_string {
            if c.is_control() {
                controls = true;
                out.push_str(if c == '\n' || c == '\t' { " " } else { "" });
                continue;
            }
            (in_string, is_escaped) = (is_escaped || c != '"', c == '\\' && !is_escaped);
            out.push(c);
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' | '[' if open.len() >= DEEPEST => {
                (deep, values) = (1, true);
                out.push_str("null");
                continue;
            }
            '{' => open.push('}'),
            '[' => open.push(']'),
            _ if c.is_ascii_alphanumeric() || c == '-' => {
                let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
                let length = behind.as_str().find(|c| !is_of_word(c)).unwrap_or(behind.as_str().len());
                let word = format!("{c}{}", &behind.as_str()[..length]);
                behind = behind.as_str()[length..].chars();
                let said = scalar(&word);
                values |= said != word;
                out.push_str(&said);
                continue;
            }
            '}' | ']' => {
                if out.trim_end().ends_with(',') {
                    commas = true;
                    out.truncate(out.trim_end().len() - 1);
                }
                open.pop();
            }
            _ => {}
        }
        out.push(c);
        // The list of items is right within the document.
        if c == '}' && open.as_slice() == ['}', ']'] {
            whole = Some((out.len(), open.clone()));
        }
    }
    let is_cut = !open.is_empty();
    if let Some((end, closing)) = whole.filter(|_| is_cut) {
        out.truncate(end);
        out.extend(closing.iter().rev());
    }
    let said = [
        (halves, "halves of characters in strings replaced"),
        (controls, "control characters in strings dropped"),
        (commas, "commas before an end dropped"),
        (values, "values that are none, or beyond measure, replaced"),
        (is_cut, CUT),
    ];
    Mended { text: out, repairs: said.into_iter().filter(|(happened, _)| *happened).map(|(_, text)| text).collect() }
}

/// A word outside of strings as JSON has it.
fn scalar(word: &str) -> Cow<'_, str> {
    /// No id or moment has more digits.
    const LONGEST_NUMBER: usize = 24;
    let is_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-') && word.parse::<f64>().is_ok();
    match is_number {
        true if word.len() <= LONGEST_NUMBER && serde_json::from_str::<Value>(word).is_ok() => word.into(),
        true => format!("\"{}\"", word.chars().take(LONGEST_NUMBER).collect::<String>()).into(),
        false if matches!(word, "true" | "false" | "null") => word.into(),
        false => "null".into(),
    }
}

/// Says whether an escape, of which the text stands behind its sign, is one half of a character without the other: what
/// `written` before it may be the first.
fn is_lone_half(text: &str, written: &str) -> bool {
    let half = |text: &str| {
        let digits = text.strip_prefix('u')?.get(..4)?;
        u32::from_str_radix(digits, 16).ok().filter(|code| (0xD800..0xE000).contains(code))
    };
    match half(text) {
        Some(0xD800..0xDC00) => {
            let next = text[5..].strip_prefix('\\').and_then(half);
            next.is_none_or(|next| next < 0xDC00)
        }
        Some(_) => {
            let before = written.len().checked_sub(6).and_then(|start| written.get(start..));
            let before = before.and_then(|escape| half(escape.strip_prefix('\\')?));
            before.is_none_or(|before| before >= 0xDC00)
        }
        None => false,
    }
}

/// `authors` of version 1.1, `author` of version 1.
fn authors(value: &Value) -> Vec<String> {
    let listed = value.get("authors").and_then(Value::as_array).into_iter().flatten();
    let name = |author: &Value| string(author, "name").or_else(|| author.as_str().and_then(dialect::contact_in));
    let names = listed.chain(value.get("author")).filter_map(name);
    let mut names: Vec<String> = names.map(|name| html::one_line(&name)).filter(|name| !name.is_empty()).collect();
    names.dedup();
    names
}

/// A field as text; numbers too, since ids are written either way.
fn string(value: &Value, name: &str) -> Option<String> {
    let text = match value.get(name)? {
        Value::String(text) => html::without_controls(text.trim()),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
