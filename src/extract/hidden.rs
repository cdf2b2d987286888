//! Parts of an article that a page hides until a click or until its script ran: the rest behind "read more", a panel that
//! opens, a body that is faded in. Readers see them in the end.

use std::cell::OnceCell;

use super::clean;
use crate::html::{Document, Element, ElementIds};
use crate::pattern::pattern;

/// What may be hidden.
const HIDDEN: &str = "[style*=display i], [style*=visibility i], [hidden], [aria-hidden=true]";
/// What is hidden and is shown for something else.
const OTHER: [&str; 21] = [
    "gdpr",
    "offer",
    "paywall",
    "promo",
    "related",
    "recommend",
    "next-",
    "modal",
    "popup",
    "pop-up",
    "cookie",
    "consent",
    "login",
    "signin",
    "newsletter",
    "subscri",
    "menu",
    "nav",
    "toast",
    "dialog",
    "comment",
];
/// So many characters tell the script.
const OPENING: usize = 60;
/// Less hidden prose is a message, in bytes: three are a character of Chinese.
const SHORTEST: usize = 240;

/// Returns the hidden elements that hold text of an article, other than copies of what stands elsewhere on the page.
///
/// `title` is the page's headline: what is hidden in another script is a translation.
pub(super) fn texts(document: &Document, title: &str) -> ElementIds {
    let all = document.select(HIDDEN);
    let mut opened = initials(&all);
    let hidden: Vec<(Element<'_>, String)> =
        all.into_iter().filter(is_hidden).filter(is_part).filter_map(prose).collect();
    if hidden.is_empty() {
        return opened;
    }
    let page = document.text();
    // Some pages hold their text once for each width of a screen.
    let is_copy =
        |prose: &str| prose.lines().take(2).any(|line| page.lines().filter(|other| *other == line).count() > 1);
    let is_translation = |prose: &str| {
        let opening: String = prose.chars().take(title.chars().count().max(OPENING)).collect();
        clean::is_mostly_cjk(&opening) != clean::is_mostly_cjk(title)
    };
    pattern!(
        ACCOUNT,
        r"(?i)suscri(?:pci|b)|abonn|subscri|your\saccount|cookie|\bkonto\b|訂閱|订阅|會員|会员|購讀|구독"
    );
    // What a page hides until it knows the reader is about them.
    let is_on_account =
        |prose: &str| prose.lines().filter(|line| ACCOUNT.is_match(line)).count() * 3 >= prose.lines().count();
    let hidden = hidden.into_iter().filter(|(_, prose)| !is_on_account(prose));
    let texts = hidden.filter(|(_, prose)| !is_copy(prose) && !is_translation(prose));
    opened.extend(texts.map(|(element, _)| element.id()));
    opened
}

/// The first letters of paragraphs that are set large and kept from readers' software, which reads letter by letter then.
fn initials(hidden: &[Element<'_>]) -> ElementIds {
    let is_initial = |element: &&Element<'_>| {
        let letter = element.raw_text();
        let letter = letter.trim();
        if letter.chars().filter(|c| c.is_alphanumeric()).count() != 1 || letter.chars().count() > 2 {
            return false;
        }
        let text = element.ancestors().next().map(|around| around.text()).unwrap_or_default();
        // Where the whole word follows for that software, the letter is a second one.
        text.strip_prefix(letter)
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(letter) && !rest.starts_with(char::is_whitespace))
    };
    hidden
        .iter()
        .filter(|element| element.attribute("aria-hidden").is_some())
        .filter(is_initial)
        .map(Element::id)
        .collect()
}

/// Takes off what stands in links and paragraphs for those alone who have a page read to them: ", opens new tab".
pub(super) fn remove_for_ears(document: &mut Document) {
    /// More is text, in characters.
    const LONGEST: usize = 40;
    let is_for_ears = |span: Element<'_>| {
        let style: String = span.attribute("style").unwrap_or_default().split_whitespace().collect();
        style.to_ascii_lowercase().contains("clip:rect(0")
            && span.ancestors().any(|around| matches!(around.name(), "a" | "p"))
            && span.text().chars().count() <= LONGEST
    };
    document.remove_where("span[style]", is_for_ears);
}

/// Puts on the page what it keeps in `<template>`s for its scripts to put there, where that is text of an article.
pub(super) fn open_templates(document: &mut Document) {
    // What a script fills in for readers stands in such signs.
    let is_pattern = |prose: &str| ["{{", "${", "<%"].iter().any(|sign| prose.contains(sign));
    let page = OnceCell::new();
    // Behind an article that is shown, it is something else.
    let is_shown = |prose: &str| {
        let page = page.get_or_init(|| document.text());
        let shown: usize = page.lines().filter(|line| clean::is_paragraph(line)).map(str::len).sum();
        shown > 3 * prose.len() || prose.lines().take(2).any(|line| page.lines().any(|other| other == line))
    };
    let holds_text = |template: &Element<'_>| {
        !template.ancestors().any(|around| around.name() == "template")
            && !is_other(template)
            && prose(*template).is_some_and(|(_, prose)| !is_pattern(&prose) && !is_shown(&prose))
    };
    let opened: ElementIds =
        document.select("template").iter().filter(|template| holds_text(template)).map(Element::id).collect();
    document.open_templates(|template| opened.contains(&template.id()));
}

fn is_hidden(element: &Element<'_>) -> bool {
    let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(char::is_whitespace, "");
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || element.attribute("hidden").is_some()
        || element.attribute("aria-hidden").is_some()
}

fn is_part(element: &Element<'_>) -> bool {
    matches!(element.name(), "div" | "section" | "article" | "p" | "span" | "details" | "main" | "td")
        && !is_other(element)
}

/// Says whether an element is called something that is shown for another purpose.
fn is_other(element: &Element<'_>) -> bool {
    let names = [element.attribute("id"), element.attribute("class"), element.attribute("role")];
    let names = names.into_iter().flatten().map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ");
    OTHER.iter().any(|other| names.contains(other))
}

/// The paragraphs within, when they are most of what is there and enough to be text.
fn prose(element: Element<'_>) -> Option<(Element<'_>, String)> {
    let text = element.text();
    let prose: Vec<&str> = text.lines().filter(|line| clean::is_paragraph(line)).collect();
    let length: usize = prose.iter().map(|line| line.len()).sum();
    (length >= SHORTEST && length * 2 > text.len()).then(|| (element, prose.join("\n")))
}
