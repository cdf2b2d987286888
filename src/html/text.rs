//! From a tree of elements to lines of text, and from fragments in feeds to the same.

use std::sync::LazyLock;

use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Html};

use super::bounded;

/// Anything that the parser would take for a tag.
static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"</?[A-Za-z][^<>]*>|<!--|<!\[").expect("a pattern of this file"));
/// Tags that show, where they stand as text, that it was escaped twice.
static KNOWN_TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(?:p|br|div|a|b|i|em|strong|span|img|ul|ol|li|h[1-6]|blockquote|figure|table|font|script|style)(?:\s[^<>]*)?/?>",
    )
    .expect("a pattern of this file")
});
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash|middot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
        .expect("a pattern of this file")
});

/// Returns the plain text of a fragment of HTML: paragraphs joined by `\n`, white space collapsed, entities resolved.
///
/// Text that was escaped twice is read twice. Scripts, styles and control characters are left out.
pub fn plain_text(fragment: &str) -> String {
    if TAG.is_match(fragment) {
        return marked_text(fragment);
    }
    // Plain text, perhaps with entities: its own line breaks are all the structure it has.
    let resolved = resolve_entities(fragment);
    if KNOWN_TAG.is_match(&resolved) {
        return marked_text(&resolved);
    }
    let resolved = if ENTITY.is_match(&resolved) { resolve_entities(&resolved) } else { resolved };
    plain_lines(&resolved)
}

/// Returns plain text as one line.
pub fn one_line(fragment: &str) -> String {
    plain_text(fragment).replace('\n', " ")
}

/// Returns the text with its character references resolved and nothing else changed.
pub fn resolve_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // Nothing but references is markup here, and white space stays as it is.
    let guarded = text.replace('<', "&lt;").replace('\r', "\n");
    let parsed = Html::parse_fragment(&guarded);
    let mut resolved: String = parsed.root_element().text().collect();
    // The HTML parser drops white space in front of a body.
    let leading = &text[..text.len() - text.trim_start().len()];
    if !leading.is_empty() && !resolved.starts_with(char::is_whitespace) {
        resolved.insert_str(0, leading);
    }
    resolved
}

/// Returns the text without control characters, other than the line break and the tab.
pub fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !is_unwanted(*c)).collect()
}

/// C0 and C1 controls, and signs that are no characters: they reach terminals and break XML.
fn is_unwanted(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    is_control || c == '\u{FEFF}' || (u32::from(c) & 0xFFFE) == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

fn marked_text(fragment: &str) -> String {
    let Some(parsed) = bounded::fragment(fragment) else {
        return plain_lines(&resolve_entities(&without_tags(fragment)));
    };
    let text = of(parsed.root_element());
    // `&amp;nbsp;` and the like, left over where only the references were escaped twice.
    if ENTITY.is_match(&text) { collapsed(&resolve_entities(&text)) } else { text }
}

/// Takes tags out without building a tree, for what is too deep to parse.
fn without_tags(text: &str) -> String {
    TAG.replace_all(text, "\n\n").into_owned()
}

/// The signs behind which a line break is more than a wrapped line.
const SENTENCE_ENDS: [char; 16] =
    ['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '”', '」', '』', '"', '）', ')'];

/// Returns a text that holds no markup as paragraphs joined by `\n`: an empty line ends a paragraph, and so does a line
/// break behind a sentence's end.
pub fn plain_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut out = String::with_capacity(text.len());
    let (mut after_sentence, mut after_empty) = (false, true);
    for line in text.split('\n') {
        let Some(last) = line.trim_end().chars().next_back() else {
            after_empty = true;
            continue;
        };
        // A line that is indented, or follows a line without an end, goes on with it.
        let is_new = after_empty || (after_sentence && !line.starts_with([' ', '\t']));
        if !out.is_empty() {
            out.push(if is_new { '\n' } else { ' ' });
        }
        out.push_str(line);
        (after_sentence, after_empty) = (SENTENCE_ENDS.contains(&last), false);
    }
    collapsed(&out)
}

/// Each line trimmed, white space within it single, empty lines and control characters left out.
pub(super) fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let before = out.len();
        if before > 0 {
            out.push('\n');
        }
        let begins = out.len();
        let mut space = false;
        for c in line.chars() {
            // Most are none of what is looked for.
            let is_plain = matches!(c, '!'..='~' | '\u{4E00}'..='\u{9FFF}');
            // The ideographic space is a character of the text, unless it stands at an edge.
            if !is_plain && c.is_whitespace() && (c != '\u{3000}' || out.len() == begins) {
                space = true;
                continue;
            }
            if !is_plain && c != '\u{3000}' && is_unwanted(c) {
                continue;
            }
            if space && out.len() > begins {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
        let ends = begins + out[begins..].trim_end().len();
        out.truncate(if ends == begins { before } else { ends });
    }
    out
}

/// Returns the text below an element, one line a block, without what is not read: scripts, styles, ruby glosses.
pub(super) fn of(root: ElementRef<'_>) -> String {
    collapsed(&raw(root, |_, _| {}))
}

/// One line of a page's text.
#[derive(Debug, Clone)]
pub(super) struct PageLine {
    pub(super) text: String,
    /// With an ideographic space where elements within the line touch, where some do.
    pub(super) spaced: Option<String>,
    /// The element in which it begins.
    pub(super) holder: NodeId,
}

/// Returns the lines of the text below an element as [`of`] does.
pub(super) fn lines(root: ElementRef<'_>) -> Vec<PageLine> {
    let mut pieces = Vec::new();
    let raw = raw(root, |at, holder| pieces.push((at, holder)));
    let mut pieces = pieces.into_iter().peekable();
    // One piece may hold several lines.
    let (mut lines, mut at, mut holder) = (Vec::new(), 0, root.id());
    for line in raw.split('\n') {
        let end = at + line.len();
        let first = pieces.next_if(|(begins, _)| *begins <= end);
        holder = first.map_or(holder, |(_, holder)| holder);
        let text = collapsed(line);
        if !text.is_empty() {
            let spaced = line.contains(TOUCH).then(|| collapsed(&line.replace(TOUCH, "\u{3000}")));
            lines.push(PageLine { text, spaced, holder });
        }
        while let Some((_, last)) = pieces.next_if(|(begins, _)| *begins <= end) {
            holder = last;
        }
        at = end + 1;
    }
    lines
}

/// Stands where two elements touch within a line; no character, so that it is left out with those.
const TOUCH: char = '\u{FDD1}';

/// Returns the text below an element before its white space is collapsed; `begins` is told where each piece of text that is
/// more than white space begins, and of the element that it stands in.
fn raw(root: ElementRef<'_>, mut begins: impl FnMut(usize, NodeId)) -> String {
    let mut out = String::new();
    let (mut preformatted, mut touches) = (0usize, false);
    let top = root.id();
    let mut node = *root;
    // A walk by hand, since a page's depth should cost no stack.
    'walk: loop {
        let is_skipped = node.id() != top && ElementRef::wrap(node).is_some_and(is_unread);
        if let Some(text) = node.value().as_text() {
            if let Some(holder) = node.parent().filter(|_| !text.trim().is_empty()) {
                begins(out.len(), holder.id());
                if touches && !out.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) {
                    out.push(TOUCH);
                }
            }
            touches = false;
            push_text(&mut out, text, preformatted > 0);
        } else if let Some(element) = node.value().as_element().filter(|_| !is_skipped) {
            preformatted += usize::from(element.name() == "pre");
            out.push_str(around(element.name()).unwrap_or_default());
            touches = true;
        }
        if let Some(child) = node.first_child().filter(|_| !is_skipped) {
            node = child;
            continue;
        }
        loop {
            if let Some(element) =
                node.value().as_element().filter(|_| node.id() == top || !ElementRef::wrap(node).is_some_and(is_unread))
            {
                preformatted -= usize::from(element.name() == "pre" && preformatted > 0);
                out.push_str(if element.name() == "br" { "" } else { around(element.name()).unwrap_or_default() });
                touches = true;
            }
            if node.id() == top {
                break 'walk;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                continue 'walk;
            }
            let Some(parent) = node.parent() else { break 'walk };
            node = parent;
        }
    }
    out
}

/// Line breaks in the source are white space, other than in `<pre>`.
fn push_text(out: &mut String, text: &str, preformatted: bool) {
    if preformatted {
        out.push_str(text);
        return;
    }
    // An empty line within a text means a paragraph: some sites leave it to the style sheet to show it.
    static EMPTY_LINE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\r?\n[ \t]*\r?\n\s*").expect("a pattern of this file"));
    let inner = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let is_one_line =
        |text: &str| !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) && !text.contains('\u{2028}');
    let outer = |edge: &str| if edge.is_empty() { "" } else { " " };
    let start = text.len() - text.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    out.push_str(outer(&text[..start]));
    if is_one_line(inner) {
        out.push_str(inner);
    } else {
        for (place, paragraph) in EMPTY_LINE.split(inner).enumerate() {
            out.push_str(if place > 0 { "\n" } else { "" });
            out.extend(paragraph.chars().map(|c| if matches!(c, '\n' | '\r' | '\u{2028}') { ' ' } else { c }));
        }
    }
    if start < text.len() {
        out.push_str(outer(&text[start + inner.len()..]));
    }
}

/// What an element puts between the text before, within and behind it; `None` where it stands within a line.
fn around(name: &str) -> Option<&'static str> {
    match name {
        "address" | "article" | "aside" | "blockquote" | "body" | "br" | "button" | "caption" | "center" | "dd"
        | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "li" | "main" | "menu"
        | "nav" | "ol" | "p" | "pre" | "section" | "summary" | "table" | "tbody" | "thead" | "tfoot" | "title"
        | "tr" | "ul" | "option" => Some("\n"),
        "td" | "th" => Some(" "),
        _ => None,
    }
}

/// Says whether an element holds nothing that is read as text. The question that opens its answer is read, though it is a button.
fn is_unread(element: ElementRef<'_>) -> bool {
    let opens = || element.value().name() == "button" && element.attr("aria-expanded").is_some();
    let asks = || element.text().collect::<String>().trim_end().ends_with(['?', '？']);
    is_skipped(element.value().name()) && !(opens() && asks())
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "svg"
            | "math"
            | "rt"
            | "rp"
            | "head"
            | "select"
            | "textarea"
            | "button"
            | "video"
            | "audio"
            | "canvas"
    )
}
