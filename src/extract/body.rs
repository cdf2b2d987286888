//! The body of an article: found, cleaned, and judged for being cut off.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability, TextMode};

use super::anchor;
use super::around;
use super::beside;
use super::blocks::Blocks;
use super::boxes::Boxes;
use super::clean::{self, Line, Surroundings};
use super::comments;
use super::embedded;
use super::ends;
use super::facts::Facts;
use super::hidden;
use super::recurring::Recurring;
use crate::fold;
use crate::html::{self, Document, Element};
use crate::model::{Layer, PageRule, ParagraphMark};
use crate::pattern::pattern;

/// A text shorter than this may be a teaser, in characters; fewer signs say as much in Chinese.
const TEASER: usize = 800;

/// What a rule finds is the article from this length on, in bytes (three are a character of Chinese): selectors outlive the
/// templates they were made for.
pub(super) const SHORTEST_BY_RULE: usize = 150;
/// A page that shows less than this may hold more, in characters.
const SHORT: usize = 1500;

/// What a layer takes for the body, before its lines are judged.
#[derive(Debug, Default)]
struct Raw {
    text: String,
    /// Texts of elements that stand within it and are none of it.
    asides: Vec<String>,
    blocks: Blocks,
}

impl Raw {
    fn of(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// A body that was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) marks: Vec<ParagraphMark>,
    /// What is printed between the headline and the text, where it is a summary.
    pub(super) standfirst: Option<String>,
    /// Lines left out because they recur on the outlet's pages.
    pub(super) recurring: Vec<String>,
    pub(super) by: Layer,
    /// True when a sign for cut text was taken off its end.
    pub(super) is_cut: bool,
    /// The lines that were looked at, those that are no text with their reason.
    pub(super) lines: Vec<Line>,
}

impl Found {
    fn of(raw: Raw, around: Surroundings<'_>, by: Layer) -> Self {
        let mut lines = clean::judge(&raw.text, around, &raw.blocks);
        for line in raw.asides.iter().flat_map(|aside| aside.lines()) {
            let aside = Line { text: line.to_owned(), kind: None, dropped: Some(beside::ASIDE.to_owned()) };
            if !lines.contains(&aside) {
                lines.push(aside);
            }
        }
        let text = clean::kept(&lines);
        let is_cut = is_cut(&text) || lines.iter().any(|line| line.dropped.as_deref() == Some("wall"));
        let mut found = Self { text, marks: Vec::new(), standfirst: None, recurring: Vec::new(), by, is_cut, lines };
        found.tell();
        found
    }

    /// Makes of the lines what is told of them.
    fn tell(&mut self) {
        (self.text, self.marks) = (clean::kept(&self.lines), clean::marks(&self.lines));
        let recurring = self.lines.iter().filter(|line| line.dropped.as_deref() == Some(clean::RECURS));
        self.recurring = recurring.map(|line| line.text.clone()).collect();
    }

    /// The feed's own text as a body.
    pub(super) fn of_feed(text: &str, title: &str) -> Self {
        let around = Surroundings { title, ..Surroundings::default() };
        Self { is_cut: false, ..Self::of(Raw::of(text.to_owned()), around, Layer::Feed) }
    }

    /// Counts the characters of the text.
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// Finds the body by the outlet's rule, by general extraction or in the page's own data.
pub(super) fn find(document: &Document, facts: &Facts, rule: Option<&PageRule>, recurring: &Recurring) -> Found {
    // What a rule takes out is out for general extraction, too.
    let mut cut = None;
    if let Some((css, None)) = rule.and_then(|rule| Some((rule.remove.as_deref()?, rule.body.as_ref()))) {
        cut.insert(document.clone()).remove(css);
    }
    let document = cut.as_ref().unwrap_or(document);
    let (title, authors) = (facts.title.as_str(), facts.authors.as_slice());
    let around = Surroundings { title, authors, is_paid: facts.is_free == Some(false), recurring: Some(recurring) };
    let found = |raw: Raw, by: Layer| Found::of(raw, around, by);
    let by_rule = rule.and_then(|rule| by_rule(document, rule)).map(|raw| found(raw, Layer::Outlet));
    if let Some(by_rule) = by_rule.filter(|found| found.text.len() >= SHORTEST_BY_RULE) {
        return by_rule;
    }
    let mut general = found(general(document, facts), Layer::General);
    let page = document.lines();
    let boxes = Boxes::of(document, &page, &general.lines);
    around::drop_around(document, &page, facts, &boxes, &mut general.lines);
    general.standfirst = beside::put_back(&page, facts, &boxes, &mut general.lines);
    general.tell();
    general.is_cut |= ends::has_wall(&general.lines, page.iter().map(|(line, _)| *line))
        || ends::stands_before_wall(&page, &general.lines);
    let own = facts.body.as_deref().map(|body| found(Raw::of(html::plain_text(body)), Layer::Structured));
    // The page's own copy is one long line and at times a summary: it is the last resort, for pages built by scripts.
    let shown = own.filter(|own| own.length() > 2 * general.length()).unwrap_or(general);
    let shown = match (shown.length() < SHORT).then(|| anchor::below_headline(document, &facts.title, &shown.text)) {
        Some(Some((text, blocks))) => found(Raw { blocks, ..Raw::of(text) }, Layer::General),
        _ => shown,
    };
    let length = shown.length();
    let is_built_by_scripts = || !document.select("#__NEXT_DATA__").is_empty();
    if !shown.is_cut && length > SHORT && !is_built_by_scripts() {
        return shown;
    }
    // A page that its scripts complete shows a beginning, or what stands around, and holds the article as data.
    let held = embedded::body(document, &facts.title, &shown.text).map(|held| {
        let raw = Raw { blocks: Blocks::of_links(held.links), ..Raw::of(held.text) };
        found(raw, Layer::Structured)
    });
    let Some(held) = held else { return shown };
    let letters = clean::letters(&held.text);
    let in_both = shown.text.lines().filter(|line| letters.contains(&clean::letters(line)));
    let common: usize = in_both.map(|line| line.chars().count()).sum();
    let is_other = common * 3 < length && held.length() * 4 > length * 3;
    if is_other || held.length() * 2 > 3 * length { held } else { shown }
}

fn by_rule(document: &Document, rule: &PageRule) -> Option<Raw> {
    let css = rule.body.as_deref()?;
    let mut document = document.clone();
    let mut asides = Vec::new();
    if let Some(remove) = &rule.remove {
        let removed = document.select(css).into_iter().flat_map(|part| part.select(remove));
        asides = removed.map(|aside| aside.text()).collect();
        document.remove(remove);
    }
    let parts = document.select_outermost(css);
    let texts: Vec<String> = parts.iter().map(Element::text).filter(|text| !text.is_empty()).collect();
    let blocks = Blocks::as_chosen(&parts);
    (!texts.is_empty()).then(|| Raw { text: texts.join("\n"), asides, blocks })
}

/// What stands within an article and is no part of its text.
const ASIDES: [&str; 5] = [
    "figure:not(:has(blockquote, table)), figcaption, aside, nav, form, button, footer",
    "[class*=caption]",
    "[class*=newsletter]",
    "[class*=related]:not(p)",
    "[class*=social]:not(p):not(:has(blockquote))",
];

/// From this length on, in characters, what the extractor found is believed; below it, it tries again and takes in what it
/// took for comments and lists before. Five hundred is its own limit; a short report in Chinese has hardly a sixth of it.
const SHORTEST_READ: usize = 500;
const SHORTEST_READ_CJK: usize = 60;

/// General extraction. The page passed the depth gate, without which the extractor could overflow the stack.
fn general(document: &Document, facts: &Facts) -> Raw {
    let found = read(document, facts);
    // Readers' remarks may have been taken for the article, or with it: then it is sought again without them.
    let without = comments::may_hold(&found.text).then(|| comments::without(document)).flatten();
    without.map_or(found, |page| read(&page, facts))
}

fn read(page: &Document, facts: &Facts) -> Raw {
    let char_threshold = if clean::is_mostly_cjk(&facts.title) { SHORTEST_READ_CJK } else { SHORTEST_READ };
    let config = Config {
        text_mode: TextMode::Raw,
        disable_json_ld: true,
        keep_classes: true,
        char_threshold,
        ..Config::default()
    };
    let opened = hidden::texts(page, &facts.title);
    let copy = || page.copy_to_extract(|element| opened.contains(&element.id()));
    let read = || Readability::with_document(copy(), None, Some(config)).ok()?.parse().ok();
    let Some(article) = catch_unwind(AssertUnwindSafe(read)).ok().flatten() else { return Raw::default() };
    let Ok(mut content) = Document::parse(&article.content) else { return Raw::of(html::plain_text(&article.content)) };
    let whole = content.text();
    let mut asides = Vec::new();
    for kind in ASIDES {
        let found = content.texts(kind);
        // Some sites set the article itself in an element of that kind.
        if !found.is_empty() && found.iter().all(|aside| aside.len() * 2 < whole.len()) {
            content.remove(kind);
            asides.extend(found);
        }
    }
    let (text, blocks) = (content.text(), Blocks::of(&[content.root()], facts.host.as_deref()));
    let is_most = text.len() * 2 > whole.len();
    if is_most { Raw { text, asides, blocks } } else { Raw { blocks, ..Raw::of(whole) } }
}

/// Says whether a text ends with a sign that it was cut.
fn is_cut(text: &str) -> bool {
    /// So many characters at the end are looked at.
    const LAST: usize = 160;
    pattern!(
        MORE,
        r"(?ix)
            [\s.…(\[]*(?:continue\sreading | read\smore | read\s(?:the\s)?full\s(?:story|article) | 繼續閱讀 | 继续阅读 | 閱讀全文 | 阅读全文 | 查看全文
            | 閱讀更多 | 阅读更多 | 更多內容 | 更多内容)[\s.…)\]»>→]*$
            | (?:付費會員 | 付费会员 | 訂戶專享 | 订户专享 | 會員專屬 | 会员专属 | subscribe\sto\s(?:continue|read))[^\n]{0,80}$"
    );
    // A line break or two lie within what is looked for, never a paragraph.
    let from = text.char_indices().rev().nth(LAST).map_or(0, |(at, _)| at);
    MORE.is_match(&text[from..])
}

/// Says why a body is not all of the article, when it evidently is not.
pub(super) fn why_partial(found: &Found, is_free: Option<bool>) -> Option<String> {
    let text = found.text.trim_end();
    let is_chinese = text.chars().filter(|c| fold::is_han(*c)).count() * 3 > text.chars().count();
    let is_short = text.chars().count() < if is_chinese { TEASER / 2 } else { TEASER };
    if found.is_cut {
        return Some("the text ends with a pointer to the rest of it".to_owned());
    }
    // Lists and remarks behind the article have pages, too.
    let behind = found.lines.iter().rev().map_while(|line| line.dropped.as_deref());
    let behind: Vec<&str> = behind.collect();
    let is_other = |why: &str| ends::is_end(why) || matches!(why, "read-also" | "comments" | "link");
    if behind.iter().rev().find(|why| **why == "pages" || is_other(why)) == Some(&"pages") {
        return Some("the article goes on on another page".to_owned());
    }
    // A long Chinese text may end with the six dots of a thought that trails off.
    let trails_off = is_chinese && !is_short && text.ends_with("……");
    if (text.ends_with("...") || text.ends_with('…') || text.ends_with("[…]")) && !trails_off {
        return Some("the text breaks off with an ellipsis".to_owned());
    }
    let is_for_members = || found.lines.iter().any(|line| line.dropped.as_deref() == Some(clean::FOR_MEMBERS));
    (is_short && (is_free == Some(false) || is_for_members()))
        .then(|| "behind a paywall: only the beginning is on the page".to_owned())
}
