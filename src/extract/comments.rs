//! What readers write below an article: on a short one it is most of the page's text, and extraction would take it.

use crate::html::{Document, Element};
use crate::pattern::pattern;

/// The names that sites give the box of comments; a section may be called commentary.
const NAMED: &str = "[id*=comment i], [class*=comment i], [id*=disqus i], [class*=disqus i], \
                     [class*=replies i], [id*=pinglun i], [class*=pinglun i], [class*=liuyan i], [class~=cmt i], [id~=cmt i]";
/// What may hold a list of comments, whatever its name.
const LISTS: &str = "div, section, ul, ol, dl";
/// So many items of one shape are a list.
const MANY: usize = 8;
/// The middle item of such a list is no longer, in characters; entries of a live page are.
const LONGEST_ITEM: usize = 160;
/// A page of which less than this is left, in bytes, was all comments.
const LEAST_LEFT: usize = 180;

pattern!(
    /// What a reader's remark bears: a time, or a button to answer it.
    REMARK,
    r"(?i)\d{1,2}:\d{2}|(?-u:\b)\d{1,2}\s(?:minute|hour|day|week)s?\sago(?-u:\b)|(?:分钟|分鐘|小时|小時|天)前|(?:^|\s)(?:回复|回覆|reply|답글|返信)\s*$"
);

/// Says whether a text that was taken for an article may hold remarks: a look at the tree is dearer.
pub(super) fn may_hold(text: &str) -> bool {
    /// So many lines with a time an article hardly has.
    const FEW: usize = 4;
    text.lines().filter(|line| REMARK.is_match(line)).take(FEW).count() == FEW
}

/// Says whether a line bears a time or a button to answer, as readers' remarks do.
pub(super) fn is_remark(line: &str) -> bool {
    REMARK.is_match(line)
}

/// Says whether an element, or one around it or within, is called a box of comments.
pub(super) fn is_named(element: &Element<'_>) -> bool {
    element.matches(NAMED) || !element.select(NAMED).is_empty()
}

/// Says whether an element itself is called a box of comments.
pub(super) fn is_called(element: &Element<'_>) -> bool {
    element.matches(NAMED)
}

/// Takes readers' comments off a page; `None` when little else is on it.
pub(super) fn without(document: &Document) -> Option<Document> {
    let mut rest = document.clone();
    rest.remove_where(NAMED, |part| is_box(&part));
    rest.remove_where(LISTS, |part| is_list_of_remarks(&part));
    // Where nearly all was in such a box, it is the article.
    (rest.text().len() > LEAST_LEFT).then_some(rest)
}

/// Says whether an element so named is a box of its own: a page is called one that has comments, too, and so is its article.
fn is_box(part: &Element<'_>) -> bool {
    let names = [part.attribute("id"), part.attribute("class")];
    matches!(part.name(), "div" | "section" | "ul" | "ol" | "aside" | "table" | "form" | "dl")
        && !names.into_iter().flatten().any(|name| name.to_ascii_lowercase().contains("commentary"))
        && part.select("h1, [itemprop=articleBody]").is_empty()
}

fn shape<'a>(element: &Element<'a>) -> (&'a str, Option<&'a str>) {
    (element.name(), element.attribute("class"))
}

/// Says whether an element holds short items of one shape, most of which can be answered or applauded. A time alone is not
/// enough: an article's own list of what happened when has that.
fn is_list_of_remarks(list: &Element<'_>) -> bool {
    pattern!(
        ANSWER,
        r"(?im)(?:^|\s)(?:回复|回覆|reply|답글|返信)\s*$|(?:^|\s)(?:讚|赞|顶|頂|踩|推|噓|likes?)\s?[\[(（]?\d*[\])）]?(?:\s|$)"
    );
    let children = list.children();
    if children.len() < MANY {
        return false;
    }
    // The list may have a heading before and a button behind its items.
    let Some(middle) = children.get(children.len() / 2).map(shape) else { return false };
    if !matches!(middle.0, "div" | "li" | "article" | "section" | "dl") {
        return false;
    }
    let items: Vec<&Element<'_>> = children.iter().filter(|child| shape(child) == middle).collect();
    if items.len() < MANY || items.len() * 3 < children.len() * 2 {
        return false;
    }
    let texts: Vec<String> = items.iter().map(|item| item.text()).collect();
    let mut lengths: Vec<usize> = texts.iter().map(|text| text.chars().count()).collect();
    lengths.sort_unstable();
    let remarks = texts.iter().filter(|text| ANSWER.is_match(text)).count();
    lengths[lengths.len() / 2] <= LONGEST_ITEM && remarks * 10 >= texts.len() * 7
}
