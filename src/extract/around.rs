//! Lines around the text that are known by where they stand: above the headline, in a box for the byline or the author.

use regex::Regex;

use super::beside::places;
use super::blocks;
use super::boxes::Boxes;
use super::clean::{self, Line};
use super::facts::Facts;
use super::furniture::{self, Where};
use super::headline;
use super::stamps;
use crate::html::{Document, Element};
use crate::pattern::pattern;

/// How many lines at the beginning and at the end of the text may be byline or a note on the author.
const HEAD: usize = 6;
const TAIL: usize = 6;
/// How far above a line its box is looked for.
const NEAR: usize = 3;

/// Drops the lines that stand around the text and not in it; `page` are the lines of the page with their elements.
pub(super) fn drop_around(
    document: &Document,
    page: &[(&str, Element<'_>)],
    facts: &Facts,
    boxes: &Boxes,
    lines: &mut [Line],
) {
    pattern!(
        BYLINE,
        r"(?i)(?:^|[\s_-])(?:by-?line|by|author|authors|reporter|journalist|meta|metadata|dateline|pub-?date|publish(?:ed)?|post-?info|info-?bar|article-?info|created|timestamp)(?:$|[\s_-])"
    );
    pattern!(
        BIO,
        r"(?i)(?:^|[\s_-])(?:bio|biography|about-?(?:the-?)?author|author-?(?:bio|box|info|card|description)|reporter[_-]?(?:view|info|area|box|profile|card)|contributors?)(?:$|[\s_-])"
    );
    pattern!(
        ON_PICTURE,
        r"(?i)(?:^|[\s_-])(?:pic|photo|img|image|video|player)s?[_-]?(?:desc(?:ription)?|title|caption)s?(?:$|[\s_-])"
    );
    pattern!(PICTURE, r"(?i)(?:^|[\s_-])(?:pic|photo|img|image|figure)");
    pattern!(TOPICS, r"(?i)(?:^|[\s_-])(?:key-?words?|tags?|tag-?list|topics?)(?:$|[\s_-])");
    pattern!(AUTHOR, r"(?i)author|contributor|byline|writer");
    /// A larger box holds text, in bytes.
    const BYLINE_BOX: usize = 300;
    const BIO_BOX: usize = 700;
    const PICTURE_BOX: usize = 400;
    /// A longer sentence above a credit is a paragraph, in bytes.
    const LONGEST_CAPTION: usize = 110;
    let stand: Vec<(usize, usize)> = places(page, lines).into_iter().collect();
    let kept: Vec<(usize, usize)> = stand.into_iter().filter(|(_, at)| lines[*at].dropped.is_none()).collect();
    let Some(first) = kept.iter().find(|(_, at)| clean::is_paragraph(&lines[*at].text)).map(|(place, _)| *place) else {
        return;
    };
    let is_headline = |(line, _): &&(&str, Element<'_>)| clean::is_same_headline(line, &facts.title);
    // A player and a trail of links repeat it.
    let is_heading = |element: &Element<'_>| element.and_ancestors().take(NEAR).any(|around| around.name() == "h1");
    let headings = || page[..first].iter().rposition(|line| is_headline(&line) && is_heading(&line.1));
    let headline = headings().or_else(|| page[..first].iter().rposition(|line| is_headline(&line)));
    let in_box = |place: usize, name: &Regex, largest: usize| {
        let mut boxes = page[place].1.and_ancestors().take(NEAR).filter(|around| blocks::is_named(around, name));
        boxes.any(|around| {
            let text = around.text();
            text.len() <= largest && text.lines().any(|line| line == page[place].0)
        })
    };
    // Those whom the article is about are told of in such boxes, too.
    let is_of_author = |element: &Element<'_>| {
        let mut boxes = element.and_ancestors().take(NEAR);
        facts.authors.is_empty()
            || boxes.any(|around| {
                blocks::is_named(&around, &AUTHOR)
                    || facts.authors.iter().any(|author| {
                        let first = author.split(' ').next().filter(|first| first.len() > 2).unwrap_or(author);
                        around.text().contains(first)
                    })
            })
    };
    let spaced = document.spaced_lines();
    let headings = document.texts("h1");
    for (number, (place, at)) in kept.iter().enumerate() {
        let line = &lines[*at].text;
        let is_told = furniture::tells(line);
        let is_plain = lines[*at].kind.is_none() && !clean::ends_sentence(line);
        let is_above = headline.is_some_and(|headline| *place < headline) && (is_plain || is_trail(&page[*place].1));
        let is_byline = || {
            number < HEAD
                && lines[*at].kind.is_none()
                && (!clean::ends_sentence(line) || has_clock(line) && stamps::is_date_line(line))
                && !furniture::is_on_matter(line)
                && in_box(*place, &BYLINE, BYLINE_BOX)
        };
        // What an author covers may be called as what the article tells.
        let is_on_author = || facts.authors.iter().any(|author| line.contains(author.as_str()));
        let is_bio = || {
            number + TAIL >= kept.len()
                && (!is_told || is_on_author())
                && in_box(*place, &BIO, BIO_BOX)
                && is_of_author(&page[*place].1)
        };
        // A picture, what it shows, and who made it.
        let is_credited_picture = |around: &Element<'_>| {
            blocks::is_named(around, &PICTURE)
                && !around.select("img, picture").is_empty()
                && around.text().len() <= PICTURE_BOX
                && around.text().lines().any(furniture::is_credited)
        };
        let is_caption = || {
            // A sentence may be a paragraph beside a picture.
            !is_told && is_plain && in_box(*place, &ON_PICTURE, PICTURE_BOX)
                || line.len() <= LONGEST_CAPTION
                    && page[*place].1.and_ancestors().take(NEAR).any(|around| is_credited_picture(&around))
        };
        let is_topics = || {
            let links =
                || page[*place].1.and_ancestors().take(2).any(|around| !around.select(blocks::LINKS).is_empty());
            is_plain && in_box(*place, &TOPICS, BYLINE_BOX) && links()
        };
        let is_duration = || is_duration(line, &page[*place].1);
        let is_headline = || number < HEAD && headings.contains(line) && headline::tenths_in(&facts.title, line) >= 5;
        let is_author = || number < HEAD && facts.authors.contains(line);
        // In a chronology the time says when it happened.
        let in_header = || page[*place].1.and_ancestors().take(NEAR + 1).any(|around| around.name() == "header");
        let is_stamp =
            || (*place < first || in_header()) && has_clock(line) && is_whole_of(&page[*place].1, line, "time");
        let is_contributor = || facts.authors.iter().any(|author| author == line) && in_header();
        lines[*at].dropped = match () {
            () if is_above => Some("above".to_owned()),
            () if is_headline() => Some("headline".to_owned()),
            () if is_author() || is_byline() => Some("byline".to_owned()),
            () if is_caption() => Some("caption".to_owned()),
            () if is_topics() => Some("topics".to_owned()),
            () if is_bio() => Some("author-note".to_owned()),
            () if names_others(spaced[*place], &page[*place].1) => Some("read-also".to_owned()),
            () if is_duration() => Some("duration".to_owned()),
            () if is_stamp() => Some("date".to_owned()),
            () if is_contributor() => Some("byline".to_owned()),
            () => boxes.why(*place).map(str::to_owned),
        };
    }
    // What stood before boxes is last now.
    for (_, at) in kept.iter().rev() {
        let line = &mut lines[*at];
        if line.dropped.is_some() {
            continue;
        }
        line.dropped = furniture::known(&line.text, Where::Tail).map(str::to_owned);
        if line.dropped.is_none() {
            break;
        }
    }
}

/// Says whether an element is an item of a list that leads elsewhere from end to end, as the trail of links above a headline.
fn is_trail(element: &Element<'_>) -> bool {
    let item = element.and_ancestors().take(NEAR).find(|around| around.name() == "li");
    item.is_some_and(|item| item.select(blocks::LINKS).iter().any(|link| link.text() == item.text()))
}

/// Says whether a time of day stands apart in a line, as in stamps: 14:30獲釋 tells something.
fn has_clock(line: &str) -> bool {
    pattern!(CLOCK, r"(?:^|[^\p{Han}\d])\d{1,2}[:：.]\d\d(?:$|[^\p{Han}\d])");
    CLOCK.is_match(line)
}

/// Says whether a line is how long a recording takes, in a box so called.
fn is_duration(line: &str, element: &Element<'_>) -> bool {
    pattern!(LONG, r"^\d{1,2}(?::\d{2}){1,2}$");
    pattern!(RECORDING, r"(?i)video|audio|player|podcast|listen|duration|media");
    LONG.is_match(line) && element.and_ancestors().take(NEAR).any(|around| blocks::is_named(&around, &RECORDING))
}

/// Says whether an element so named, near around a line, holds it and nothing else.
fn is_whole_of(element: &Element<'_>, line: &str, name: &str) -> bool {
    element.and_ancestors().take(NEAR).any(|around| around.name() == name && around.text() == line)
}

/// Says whether a line in which elements touch begins with a name for other articles, and leads to one.
fn names_others(spaced: &str, holder: &Element<'_>) -> bool {
    let Some((name, _)) = spaced.split_once('\u{3000}') else { return false };
    pattern!(BUTTON, r"(?i)^\W*(?:read\s(?:more|also|next)|more|see\salso|related|延伸閱讀|延伸阅读|看更多)\W*$");
    let is_name = || [Where::Box, Where::Rest].iter().any(|at| furniture::known(name, *at).is_some());
    (BUTTON.is_match(name) || is_name())
        && holder.and_ancestors().take(NEAR).any(|around| !around.select(blocks::LINKS).is_empty())
}
