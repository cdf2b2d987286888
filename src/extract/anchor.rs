//! The text right below the headline, for pages whose article is so short that something else looks more like one.

use super::blocks::Blocks;
use super::clean;
use crate::html::{Document, Element};

/// Where a text that was found begins so many lines behind the first sentence below the headline, it is something else.
const FAR: usize = 12;
/// How many lines below the headline may be byline and buttons.
const HEAD: usize = 12;
/// A shorter line is no sentence, in bytes: three are a character of Chinese.
const SHORTEST: usize = 36;

/// Returns the text of the box that holds the first sentence below the headline, when `found` begins far from it.
///
/// A standfirst that stands apart from the body is no reason to doubt the body: that follows soon.
pub(super) fn below_headline(document: &Document, title: &str, found: &str) -> Option<(String, Blocks)> {
    let text = document.text();
    let lines: Vec<&str> = text.lines().collect();
    let headline = lines.iter().rposition(|line| clean::is_same_headline(line, title))?;
    let behind = lines[headline + 1..].iter().take(HEAD);
    let sentence = behind.copied().find(|line| is_sentence(line))?;
    let place = lines.iter().position(|line| *line == sentence)?;
    let first = found.lines().find(|line| line.len() >= SHORTEST);
    let begins = first.and_then(|first| lines.iter().position(|line| line.contains(first)));
    // Another headline of the same rank begins another article.
    let page = document.lines();
    let is_other = |at: &usize| {
        page[*at].1.and_ancestors().take(3).any(|around| around.name() == "h1")
            && !clean::is_same_headline(lines[*at], title)
    };
    let has_other = |begins: usize| (headline + 1..begins.min(page.len())).any(|at| is_other(&at));
    let is_near = begins.is_some_and(|begins| begins > headline && begins <= place + FAR && !has_other(begins));
    // A list of articles behind the text names this one, too.
    let names = |from: usize, to: usize| lines[from..to].iter().any(|line| clean::is_same_headline(line, title));
    let is_near =
        is_near || begins.is_some_and(|begins| names(begins.saturating_sub(HEAD), begins) && !has_other(begins));
    if is_near || found.contains(sentence) {
        return None;
    }
    let boxes = document.select("div, article, section, td, main");
    let holds = |part: &&Element<'_>| part.text().lines().any(|line| line == sentence);
    let part = boxes.iter().filter(holds).min_by_key(|part| part.text().len())?;
    Some((part.text(), Blocks::of(&[*part], None)))
}

fn is_sentence(line: &str) -> bool {
    line.len() >= SHORTEST && clean::ends_sentence(line)
}
