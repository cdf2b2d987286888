//! The body of an article: found, cleaned, and judged for being cut off.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use dom_smoothie::{Config, Readability, TextMode};
use jiff::tz::TimeZone;
use regex::Regex;

use super::facts::Facts;
use super::outlets::Rule;
use crate::dates;
use crate::html::{self, Document};
use crate::model::Layer;

/// A text shorter than this may be a teaser, in characters; fewer signs say as much in Chinese.
const TEASER: usize = 800;

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
    if own_has_much_more { finished(own, Layer::Structured) } else { finished(general, Layer::General) }
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

/// Paragraphs as they are kept: trimmed, none empty, none that repeats the headline or the one before, no controls,
/// nothing of what sites print around an article.
pub(super) fn tidy(text: &str, title: &str) -> String {
    let clean = html::without_controls(text);
    let mut lines: Vec<&str> =
        clean.lines().map(str::trim).filter(|line| !line.is_empty() && !is_furniture(line)).collect();
    lines.dedup();
    let is_head = |line: &&&str| is_same_headline(line, title) || is_date_line(line);
    let head = lines.iter().take(4).take_while(is_head).count();
    lines.drain(..head);
    let tail = lines.iter().rev().take_while(|line| is_date_line(line)).count();
    lines.truncate(lines.len() - tail);
    if let Some(end) = end_of_article(&lines) {
        lines.truncate(end);
    }
    lines.join("\n")
}

/// Lines that belong to the page and not to the article, whole.
fn is_furniture(line: &str) -> bool {
    static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)^[\W_]*(?:
            subscribe | advert(?:isement)? | share | sharing\sis\scaring | print(?:\sarticle)? | order\sreprints | text\ssize | loading(?:\scontent)? | comments? | post\scomment
            | skip\spast\snewsletter\spromotion | after\snewsletter\spromotion | article\scontinues\sbelow | story\scontinues(?:\sbelow)?
            | image\s\d+\sof(?:\s/)?\s\d+ | \d+\sof\s\d+ | listen\sto\sthis\sarticle | sign\sup | follow\sus | home | news
            | 廣告 | 广告 | 分享 | 分享到 | 打印 | 列印 | 收藏 | 字號 | 字号 | 大 | 中 | 小 | 分享至 | 分享讓更多人看到 | 分享让更多人看到 | 請繼續往下閱讀 | 请继续往下阅读 | 留言 | 評論 | 评论
            )[\W_]*$",
        )
        .expect("a pattern of this file")
    });
    line.len() <= 60 && FURNITURE.is_match(line) || is_credit_line(line)
}

/// A line of a Chinese page that only says where a text comes from and who edited it: 来源：某报　责任编辑：某某.
fn is_credit_line(line: &str) -> bool {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:[\d年月日时時分:：/\-. 　]*)(?:(?:来源|來源|责任编辑|責任編輯|责编|責編|编辑|編輯|作者|撰文|记者|記者|审核|校对)[ 　]*[:：][ 　]*[^。！？:：]{1,16}?[ 　|]*){1,4}$",
        )
        .expect("a pattern of this file")
    });
    line.chars().count() <= 70 && CREDIT.is_match(line)
}

/// A short line that holds a date and hardly anything else.
fn is_date_line(line: &str) -> bool {
    let is_short = line.chars().count() <= 70;
    let han = line.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    let words = line.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    is_short
        && words <= 5
        && han <= 12
        && !line.ends_with(['.', '。', '」', '”', '"'])
        && dates::read(line, &TimeZone::UTC).is_some()
}

/// Where the list of other articles begins, behind at least half of the text.
fn end_of_article(lines: &[&str]) -> Option<usize> {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)^[\W_]*(?:
            (?:you\s)?(?:may|might)\salso\slike | more\s(?:great\s)?(?:[\w\d]+\s)?stories(?:\slike\sthis)? | related(?:\s(?:articles?|stories|posts?|news|content|topics))?
            | recommended(?:\sfor\syou)? | most\s(?:read|popular|viewed) | trending(?:\snow)? | popular(?:\sthis\sweek)? | recent\s(?:articles|posts)
            | about\sthe\sauthor | read\s(?:next|also) | want\smore\sstories\slike\sthis | more\son\sthis\sstory
            | (?:延伸|相關|相关|推薦|推荐|猜你喜歡|猜你喜欢|更多|熱門|热门)(?:閱讀|阅读|新聞|新闻|報導|报道|報道|文章|內容|内容|推薦|推荐)?
            )[\W_]*$",
        )
        .expect("a pattern of this file")
    });
    let whole: usize = lines.iter().map(|line| line.len()).sum();
    let mut before = 0;
    for (place, line) in lines.iter().enumerate() {
        if before * 2 > whole && line.len() <= 60 && OTHERS.is_match(line) {
            return Some(place);
        }
        before += line.len();
    }
    None
}

fn is_same_headline(line: &str, title: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    !title.is_empty() && letters(line) == letters(title)
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
