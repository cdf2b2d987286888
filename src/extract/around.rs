//! Lines around the text that are known by where they stand: above the headline, in a box for the byline or the author, in
//! one that asks for an address.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::beside::places;
use super::clean::{self, Line};
use super::facts::Facts;
use super::furniture;
use crate::html::{Document, Element, ElementId};

/// How many lines at the beginning and at the end of the text may be byline or a note on the author.
const HEAD: usize = 6;
const TAIL: usize = 6;
/// How far above a line its box is looked for.
const NEAR: usize = 3;

/// Drops the lines that stand around the text and not in it; `page` are the lines of the page with their elements.
pub(super) fn drop_around(document: &Document, page: &[(&str, Element<'_>)], facts: &Facts, lines: &mut [Line]) {
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[\s_-])(?:by-?line|by|author|authors|reporter|journalist|meta|metadata|dateline|pub-?date|publish(?:ed)?|post-?info|info-?bar|article-?info|created|timestamp)(?:$|[\s_-])")
            .expect("a pattern of this file")
    });
    static BIO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[\s_-])(?:bio|biography|about-?(?:the-?)?author|author-?(?:bio|box|info|card|description)|contributors?)(?:$|[\s_-])")
            .expect("a pattern of this file")
    });
    /// A larger box holds text, in bytes.
    const BYLINE_BOX: usize = 300;
    const BIO_BOX: usize = 700;
    let stand: Vec<(usize, usize)> = places(page, lines).into_iter().collect();
    let kept: Vec<(usize, usize)> = stand.into_iter().filter(|(_, at)| lines[*at].dropped.is_none()).collect();
    let Some(first) = kept.iter().find(|(_, at)| clean::is_paragraph(&lines[*at].text)).map(|(place, _)| *place) else {
        return;
    };
    let headline = page[..first].iter().rposition(|(line, _)| clean::is_same_headline(line, &facts.title));
    let in_box = |place: usize, name: &Regex, largest: usize| {
        let mut boxes = page[place].1.and_ancestors().take(NEAR).filter(|around| is_named(around, name));
        boxes.any(|around| around.text().len() <= largest)
    };
    let signups = signups(document);
    for (number, (place, at)) in kept.iter().enumerate() {
        let line = &lines[*at].text;
        let is_told = furniture::tells(line);
        let is_plain = lines[*at].kind.is_none() && !clean::is_paragraph(line);
        let is_above = headline.is_some_and(|headline| *place < headline) && (is_plain || is_trail(&page[*place].1));
        let is_byline = || {
            number < HEAD
                && lines[*at].kind.is_none()
                && (!clean::ends_sentence(line) || has_clock(line))
                && !furniture::is_on_matter(line)
                && in_box(*place, &BYLINE, BYLINE_BOX)
        };
        // What an author covers may be called as what the article tells.
        let is_on_author = || facts.authors.iter().any(|author| line.contains(author.as_str()));
        let is_bio = || number + TAIL >= kept.len() && (!is_told || is_on_author()) && in_box(*place, &BIO, BIO_BOX);
        let is_signup = || !is_told && page[*place].1.and_ancestors().any(|around| signups.contains(&around.id()));
        lines[*at].dropped = match () {
            () if is_above => Some("above".to_owned()),
            () if is_byline() => Some("byline".to_owned()),
            () if is_bio() => Some("author-note".to_owned()),
            () if is_signup() => Some("newsletter".to_owned()),
            () => None,
        };
    }
}

/// Says whether an element is an item of a list that leads elsewhere from end to end, as the trail of links above a headline.
fn is_trail(element: &Element<'_>) -> bool {
    let item = element.and_ancestors().take(NEAR).find(|around| around.name() == "li");
    item.is_some_and(|item| item.select("a[href]").iter().any(|link| link.text() == item.text()))
}

fn has_clock(line: &str) -> bool {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[:：]\d\d").expect("a pattern of this file"));
    CLOCK.is_match(line)
}

fn is_named(element: &Element<'_>, name: &Regex) -> bool {
    [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(|own| name.is_match(own))
}

/// The boxes that ask for an address: a form with a field for it, and the few words around.
fn signups(document: &Document) -> HashSet<ElementId> {
    /// More is a page, in bytes and in lines.
    const LARGEST: usize = 500;
    const MOST_LINES: usize = 6;
    let is_small = |element: &Element<'_>| {
        let text = element.text();
        text.len() <= LARGEST && text.lines().count() <= MOST_LINES && element.select("h1").is_empty()
    };
    let fields = document.select("form input[type=email], form input[name*=email i], input[type=email]");
    fields.iter().filter_map(|field| field.ancestors().take_while(is_small).last()).map(|around| around.id()).collect()
}
