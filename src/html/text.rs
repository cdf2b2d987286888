//! From a tree of elements to lines of text, and from fragments in feeds to the same.

use std::sync::LazyLock;

use ego_tree::NodeId;
use html5ever::{LocalName, local_name};
use regex::Regex;
use scraper::{ElementRef, Html};

use super::{bounded, plainly};

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
/// How a whole document begins, where a fragment is asked for.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:<\?xml[^<>]*>\s*)?(?:<!doctype\b[^<>]*>\s*)?<html[\s>]").expect("a pattern of this file")
});
/// An address of mail in angle brackets, which is no tag.
static MAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>").expect("a pattern of this file"));
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash|middot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
        .expect("a pattern of this file")
});

/// Returns the plain text of a fragment of HTML: paragraphs joined by `\n`, white space collapsed, entities resolved.
///
/// Text that was escaped twice is read twice. Scripts, styles and control characters are left out.
pub fn plain_text(fragment: &str) -> String {
    let has = |sign: u8, text: &str| memchr::memchr(sign, text.as_bytes()).is_some();
    if has(b'<', fragment) && has(b'@', fragment) && MAIL.is_match(fragment) {
        return plain_text(&MAIL.replace_all(fragment, "&lt;$1&gt;"));
    }
    if has(b'<', fragment) && TAG.is_match(fragment) {
        return marked_text(fragment);
    }
    // Plain text, perhaps with entities: its own line breaks are all the structure it has.
    if !has(b'&', fragment) {
        return plain_lines(fragment);
    }
    let resolved = resolve_entities(fragment);
    if has(b'<', &resolved) && KNOWN_TAG.is_match(&resolved) {
        return marked_text(&resolved);
    }
    let is_twice = has(b'&', &resolved) && ENTITY.is_match(&resolved);
    plain_lines(&if is_twice { resolve_entities(&resolved) } else { resolved })
}

/// Returns plain text as one line.
pub fn one_line(fragment: &str) -> String {
    let text = plain_text(fragment);
    if memchr::memchr(b'\n', text.as_bytes()).is_some() { text.replace('\n', " ") } else { text }
}

/// Returns the text with its character references resolved and nothing else changed.
pub fn resolve_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    plainly::resolved(text).unwrap_or_else(|| resolved_by_parser(text))
}

fn resolved_by_parser(text: &str) -> String {
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
    let by_parser = || {
        // The title of a whole document is no part of its text.
        let parsed = if WHOLE.is_match(fragment) { bounded::document(fragment) } else { bounded::fragment(fragment) };
        parsed.map(|parsed| of(parsed.root_element()))
    };
    let Some(text) = plainly::text(fragment).or_else(by_parser) else {
        return plain_lines(&resolve_entities(&without_tags(fragment)));
    };
    // `&amp;nbsp;` and the like, left over where only the references were escaped twice.
    let is_twice = memchr::memchr(b'&', text.as_bytes()).is_some() && ENTITY.is_match(&text);
    if is_twice { collapsed(&resolve_entities(&text)) } else { text }
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
    let has_another = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let is_one_line = memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none()
        && !has_another("\u{2028}")
        && !has_another("\u{2029}");
    if is_one_line {
        return collapsed(text);
    }
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
    let mut ahead = Some(text);
    while let Some(text) = ahead {
        let (line, behind) = match memchr::memchr(b'\n', text.as_bytes()) {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (text, None),
        };
        ahead = behind;
        let before = out.len();
        if before > 0 {
            out.push('\n');
        }
        let begins = out.len();
        let mut space = false;
        let mut rest = line;
        loop {
            let (plain, behind) = rest.split_at(plain_bytes(rest));
            if !plain.is_empty() {
                if space && out.len() > begins {
                    out.push(' ');
                }
                space = false;
                out.push_str(plain);
            }
            let mut chars = behind.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            // The ideographic space is a character of the text, unless it stands at an edge.
            if c.is_whitespace() && (c != '\u{3000}' || out.len() == begins) {
                space = true;
                continue;
            }
            if is_unwanted(c) {
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

/// Counts the bytes at the beginning of a line that stay as they are: no white space but single spaces between words, and no
/// character that may be unwanted. Most of a text is such, and copied at once.
fn plain_bytes(line: &str) -> usize {
    /// Of characters of two and three bytes those whose first byte no space, control character or sign that is none begins with.
    const IS_PLAIN: [bool; 256] = {
        let mut is_plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            is_plain[byte] = matches!(byte, 0x21..=0x7E | 0x80..=0xBF | 0xC3..=0xE0 | 0xE4..=0xED);
            byte += 1;
        }
        is_plain
    };
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let Some(run) = bytes[at..].first_chunk().filter(|_| at > 0)
            && is_plain_ascii(run)
        {
            at += run.len() - 1;
            continue;
        }
        // The first byte of three: those behind it are plain.
        if matches!(byte, 0xE4..=0xED) {
            at += 3;
            continue;
        }
        let is_between =
            || *byte == b' ' && at > 0 && bytes.get(at + 1).is_some_and(|next| IS_PLAIN[usize::from(*next)]);
        if !IS_PLAIN[usize::from(*byte)] && !is_between() {
            break;
        }
        at += 1;
    }
    at
}

/// Says the same of all bytes of a run but the last, looking at them together.
fn is_plain_ascii(run: &[u8; 33]) -> bool {
    let pairs = run.iter().zip(&run[1..]);
    !pairs.fold(false, |odd, (byte, next)| odd | !(0x20..=0x7E).contains(byte) | (*byte == b' ' && *next <= b' '))
        && run[32].is_ascii_graphic()
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
            if let Some(holder) = node.parent().filter(|_| !text.chars().all(char::is_whitespace)) {
                begins(out.len(), holder.id());
                if touches && !out.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) {
                    out.push(TOUCH);
                }
            }
            touches = false;
            push_text(&mut out, text, preformatted > 0);
        } else if let Some(element) = node.value().as_element().filter(|_| !is_skipped) {
            let name = &element.name.local;
            preformatted += usize::from(*name == local_name!("pre"));
            out.push_str(around(name).unwrap_or_default());
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
                let name = &element.name.local;
                preformatted -= usize::from(*name == local_name!("pre") && preformatted > 0);
                out.push_str(if *name == local_name!("br") { "" } else { around(name).unwrap_or_default() });
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
pub(super) fn push_text(out: &mut String, text: &str, preformatted: bool) {
    if preformatted {
        out.push_str(text);
        return;
    }
    // An empty line within a text means a paragraph: some sites leave it to the style sheet to show it.
    static EMPTY_LINE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\r?\n[ \t]*\r?\n\s*").expect("a pattern of this file"));
    let inner = text.trim_ascii();
    let is_one_line =
        |text: &str| memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none() && !text.contains('\u{2028}');
    let outer = |edge: &str| if edge.is_empty() { "" } else { " " };
    let start = text.len() - text.trim_ascii_start().len();
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
fn around(name: &LocalName) -> Option<&'static str> {
    match *name {
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("blockquote")
        | local_name!("body")
        | local_name!("br")
        | local_name!("button")
        | local_name!("caption")
        | local_name!("center")
        | local_name!("dd")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("dir")
        | local_name!("div")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("fieldset")
        | local_name!("figcaption")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("hr")
        | local_name!("li")
        | local_name!("main")
        | local_name!("menu")
        | local_name!("nav")
        | local_name!("ol")
        | local_name!("p")
        | local_name!("pre")
        | local_name!("section")
        | local_name!("summary")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tfoot")
        | local_name!("title")
        | local_name!("tr")
        | local_name!("ul")
        | local_name!("option") => Some("\n"),
        local_name!("td") | local_name!("th") => Some(" "),
        _ => None,
    }
}

/// Says whether an element holds nothing that is read as text. The question that opens its answer is read, though it is a button.
fn is_unread(element: ElementRef<'_>) -> bool {
    let name = &element.value().name.local;
    let opens = || *name == local_name!("button") && element.attr("aria-expanded").is_some();
    let asks = || element.text().collect::<String>().trim_end().ends_with(['?', '？']);
    is_skipped(name) && !(opens() && asks())
}

fn is_skipped(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("rt")
            | local_name!("rp")
            | local_name!("head")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("button")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("canvas")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BITS: [&str; 60] = [
        "<p>",
        "</p>",
        "<p class=\"a b\">",
        "<b>",
        "</b>",
        "<strong>",
        "</strong>",
        "<i>",
        "</i>",
        "<a href=\"https://a.example/?x=1&amp;y=2\">",
        "</a>",
        "<div>",
        "</div>",
        "<div id='x' hidden>",
        "<span>",
        "</span>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<ol>",
        "</ol>",
        "<h2>",
        "</h2>",
        "<h3>",
        "</h3>",
        "<br>",
        "<br/>",
        "<br />",
        "<img src=\"a.jpg\" alt=\"x > y\"/>",
        "<blockquote>",
        "</blockquote>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<em>",
        "</em>",
        "<font color=red>",
        "</font>",
        "<!-- note -->",
        "&amp;",
        "&nbsp;",
        "&#8217;",
        "&#x201C;",
        "&quot;",
        "& ",
        "&lt;",
        "&copy;",
        " ",
        "\n",
        "\n\n",
        "\t",
        "word",
        "said it.",
        "國安局",
        "，",
        "\u{3000}",
        "<table>",
        "<td>",
    ];

    fn check(fragment: &str) {
        let by_parser = || bounded::fragment(fragment).map(|parsed| of(parsed.root_element()));
        if let Some(plainly) = plainly::text(fragment) {
            assert_eq!(Some(plainly), by_parser(), "{fragment:?}");
        }
    }

    /// Elements closed in the order in which they were opened.
    fn nested() -> impl Strategy<Value = String> {
        let text = prop::sample::select(BITS[40..58].to_vec()).prop_map(str::to_owned);
        text.prop_recursive(5, 40, 5, |inner| {
            let name = prop::sample::select(vec![
                "p",
                "div",
                "b",
                "em",
                "a",
                "span",
                "ul",
                "li",
                "h2",
                "blockquote",
                "figure",
                "figcaption",
                "strong",
                "u",
            ]);
            (name, prop::collection::vec(inner, 0..5))
                .prop_map(|(name, within)| format!("<{name}>{}</{name}>", within.concat()))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn plain_markup_reads_as_by_the_parser(bits in prop::collection::vec(prop::sample::select(BITS.to_vec()), 0..24)) {
            check(&bits.concat());
        }

        #[test]
        fn nested_markup_reads_as_by_the_parser(parts in prop::collection::vec(nested(), 0..6)) {
            check(&parts.concat());
        }

        #[test]
        fn references_resolve_as_by_the_parser(bits in prop::collection::vec(prop::sample::select(BITS[40..58].to_vec()), 0..12)) {
            let text = format!("x{}", bits.concat()).replace("<!-- note -->", "");
            if let Some(plainly) = plainly::resolved(&text) {
                assert_eq!(plainly, resolved_by_parser(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn what_feeds_hold_is_plain_and_what_is_moved_is_not() {
        let is_plain = |fragment: &str| plainly::text(fragment).is_some();
        for plain in [
            "<p>One &amp; two.</p><p><a href=\"https://a.example/\" target='_blank'>Three</a><br/>four</p>",
            "<div class=\"x\"><ul><li>a</li><li><p>b</p></li></ul><!-- end --></div>",
            "<p>left open",
            "<img src=\"a.png\" alt=\"\" />text",
        ] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "<p>a<div>b</div></p>",
            "<b><i>x</b></i>",
            "<li>a",
            "<table><tr><td>x",
            "<script>1</script>",
            "a < b",
            "&nosuch;",
            "<p/>a",
        ] {
            assert!(!is_plain(other), "{other}");
        }
    }
}
