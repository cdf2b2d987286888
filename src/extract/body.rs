//! The body of an article: found, cleaned, and judged for being cut off.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use dom_smoothie::{Config, Readability, TextMode};
use regex::Regex;

use super::clean::tidy;
use super::embedded;
use super::facts::Facts;
use super::outlets::Rule;
use crate::html::{self, Document};
use crate::model::Layer;

/// A text shorter than this may be a teaser, in characters; fewer signs say as much in Chinese.
const TEASER: usize = 800;

/// A page that shows less than this may hold more, in characters.
const SHORT: usize = 1500;

/// A body that was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) by: Layer,
    /// True when a sign for cut text was taken off its end.
    pub(super) is_cut: bool,
}

/// Finds the body by the outlet's rule, by general extraction or in the page's own data.
pub(super) fn find(document: &Document, page: &str, facts: &Facts, rule: Option<&Rule>) -> Found {
    let by_rule = rule.and_then(|rule| by_rule(document, rule)).map(|text| tidy(&text, &facts.title));
    if let Some(text) = by_rule.filter(|text| text.chars().count() >= 100) {
        return finished(text, Layer::Outlet);
    }
    let general = tidy(&general(page), &facts.title);
    let own = facts.body.as_deref().map(|body| tidy(&html::plain_text(body), &facts.title)).unwrap_or_default();
    // The page's own copy is one long line and at times a summary: it is the last resort, for pages built by scripts.
    let own_has_much_more = own.chars().count() > 2 * general.chars().count();
    let shown = if own_has_much_more { finished(own, Layer::Structured) } else { finished(general, Layer::General) };
    let length = shown.text.chars().count();
    if !shown.is_cut && length > SHORT {
        return shown;
    }
    // A page that its scripts complete shows a beginning, and holds the rest as data.
    let held = embedded::body(document, &facts.title, &shown.text).map(|text| tidy(&text, &facts.title));
    match held.filter(|held| held.chars().count() * 2 > 3 * length) {
        Some(held) => finished(held, Layer::Structured),
        None => shown,
    }
}

fn by_rule(document: &Document, rule: &Rule) -> Option<String> {
    let css = rule.body.as_deref()?;
    let mut document = document.clone();
    if let Some(css) = &rule.remove {
        document.remove(css);
    }
    let parts: Vec<String> = document.texts(css).into_iter().filter(|text| !text.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// What stands within an article and is no part of its text.
const ASIDES: &str = "figure, figcaption, aside, nav, form, button, footer, [class*=caption], [class*=newsletter], [class*=related], [class*=social]";

/// General extraction. The page passed the depth gate, without which the extractor could overflow the stack.
fn general(page: &str) -> String {
    let config = Config { text_mode: TextMode::Raw, disable_json_ld: true, keep_classes: true, ..Config::default() };
    let read = || Readability::new(page, None, Some(config)).ok()?.parse().ok();
    let Some(article) = catch_unwind(AssertUnwindSafe(read)).ok().flatten() else { return String::new() };
    let Ok(mut content) = Document::parse(&article.content) else { return html::plain_text(&article.content) };
    let whole = content.text();
    content.remove(ASIDES);
    let text = content.text();
    // Some sites set the article itself in an element of that kind.
    if text.chars().count() * 2 > whole.chars().count() { text } else { whole }
}

fn finished(text: String, by: Layer) -> Found {
    static MORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)
            [\s.…(\[]*(?:continue\sreading | read\smore | read\s(?:the\s)?full\s(?:story|article) | 繼續閱讀 | 继续阅读 | 閱讀全文 | 阅读全文 | 查看全文
            | 閱讀更多 | 阅读更多 | 更多內容 | 更多内容)[\s.…)\]»>→]*$
            | (?:付費會員 | 付费会员 | 訂戶專享 | 订户专享 | 會員專屬 | 会员专属 | subscribe\sto\s(?:continue|read))[^\n]{0,80}$",
        )
        .expect("a pattern of this file")
    });
    let is_cut = MORE.is_match(&text);
    Found { text, by, is_cut }
}

/// Says why a body is not all of the article, when it evidently is not.
pub(super) fn why_partial(found: &Found, is_free: Option<bool>) -> Option<String> {
    let text = found.text.trim_end();
    let is_chinese = text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count() * 3 > text.chars().count();
    let is_short = text.chars().count() < if is_chinese { TEASER / 2 } else { TEASER };
    if found.is_cut {
        return Some("the text ends with a pointer to the rest of it".to_owned());
    }
    if text.ends_with("...") || text.ends_with('…') || text.ends_with("[…]") {
        return Some("the text breaks off with an ellipsis".to_owned());
    }
    (is_free == Some(false) && is_short).then(|| "behind a paywall: only the beginning is on the page".to_owned())
}
