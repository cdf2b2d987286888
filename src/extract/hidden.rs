//! Parts of an article that a page hides until a click or until its script ran: the rest behind "read more", a panel that
//! opens, a body that is faded in. Readers see them in the end.

use std::collections::HashSet;

use super::clean;
use crate::html::{Document, Element, ElementId};

/// What may be hidden.
const HIDDEN: &str = "[style*=display i], [style*=visibility i], [hidden], [aria-hidden=true]";
/// What is hidden and is shown for something else.
const OTHER: [&str; 14] = [
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
/// Less hidden prose is a message, in bytes: three are a character of Chinese.
const SHORTEST: usize = 240;

/// Returns the hidden elements that hold text of an article, other than copies of what stands elsewhere on the page.
pub(super) fn texts(document: &Document) -> HashSet<ElementId> {
    let hidden: Vec<(Element<'_>, String)> =
        document.select(HIDDEN).into_iter().filter(is_hidden).filter(is_part).filter_map(prose).collect();
    if hidden.is_empty() {
        return HashSet::new();
    }
    let page = document.text();
    // Some pages hold their text once for each width of a screen.
    let is_copy =
        |prose: &str| prose.lines().take(2).any(|line| page.lines().filter(|other| *other == line).count() > 1);
    hidden.into_iter().filter(|(_, prose)| !is_copy(prose)).map(|(element, _)| element.id()).collect()
}

fn is_hidden(element: &Element<'_>) -> bool {
    let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(char::is_whitespace, "");
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || element.attribute("hidden").is_some()
        || element.attribute("aria-hidden").is_some()
}

fn is_part(element: &Element<'_>) -> bool {
    let names = [element.attribute("id"), element.attribute("class"), element.attribute("role")];
    let names = names.into_iter().flatten().map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ");
    matches!(element.name(), "div" | "section" | "article" | "p" | "span" | "details" | "main" | "td")
        && !OTHER.iter().any(|other| names.contains(other))
}

/// The paragraphs within, when they are most of what is there and enough to be text.
fn prose(element: Element<'_>) -> Option<(Element<'_>, String)> {
    let text = element.text();
    let prose: Vec<&str> = text.lines().filter(|line| clean::is_paragraph(line)).collect();
    let length: usize = prose.iter().map(|line| line.len()).sum();
    (length >= SHORTEST && length * 2 > text.len()).then(|| (element, prose.join("\n")))
}
