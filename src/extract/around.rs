//! Lines around the text that are known by where they stand: above the headline, in a box for the byline or the author, in
//! one that asks for an address.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::beside::places;
use super::blocks;
use super::clean::{self, Line};
use super::facts::Facts;
use super::furniture::{self, Where};
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
    // A box that is most of the text is the article's.
    let whole: usize = kept.iter().map(|(_, at)| lines[*at].text.len()).sum();
    let is_small_part = |boxes: &HashSet<ElementId>| {
        let held = kept.iter().filter(|(place, _)| is_within(&page[*place].1, boxes));
        held.map(|(_, at)| lines[*at].text.len()).sum::<usize>() * 2 < whole
    };
    let headed = headed(page, &kept, first);
    let spaced = document.spaced_lines();
    let headings = document.texts("h1");
    let boxes = |boxes: HashSet<ElementId>| Some(boxes).filter(is_small_part).unwrap_or_default();
    let (signups, summaries) = (boxes(signups(document)), boxes(summaries(page)));
    let (polls, contents) = (boxes(polls(document)), boxes(contents(document)));
    let quotes = boxes(pull_quotes(page, &kept));
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
        let within = |boxes: &HashSet<ElementId>| is_within(&page[*place].1, boxes);
        let is_signup = || !is_told && within(&signups);
        let is_headline = || number < HEAD && headings.contains(line);
        let is_author = || number < HEAD && facts.authors.contains(line);
        let is_stamp = || has_clock(line) && is_whole_of(&page[*place].1, line, "time");
        let is_contributor = || {
            facts.authors.iter().any(|author| author == line)
                && page[*place].1.and_ancestors().take(NEAR + 1).any(|around| around.name() == "header")
        };
        lines[*at].dropped = match () {
            () if is_above => Some("above".to_owned()),
            () if is_headline() => Some("headline".to_owned()),
            () if is_author() || is_byline() => Some("byline".to_owned()),
            () if is_bio() => Some("author-note".to_owned()),
            () if is_signup() => Some("newsletter".to_owned()),
            () if within(&headed) => Some("others".to_owned()),
            () if names_others(spaced[*place], &page[*place].1) => Some("read-also".to_owned()),
            () if is_stamp() => Some("date".to_owned()),
            () if is_contributor() => Some("byline".to_owned()),
            () if within(&summaries) => Some("summary-by-machine".to_owned()),
            () if within(&quotes) => Some("pull-quote".to_owned()),
            () if within(&contents) => Some("contents".to_owned()),
            () if within(&polls) => Some("poll".to_owned()),
            () => None,
        };
    }
}

/// Says whether an element is an item of a list that leads elsewhere from end to end, as the trail of links above a headline.
fn is_trail(element: &Element<'_>) -> bool {
    let item = element.and_ancestors().take(NEAR).find(|around| around.name() == "li");
    item.is_some_and(|item| item.select(blocks::LINKS).iter().any(|link| link.text() == item.text()))
}

fn has_clock(line: &str) -> bool {
    static CLOCK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b\d{1,2}[:：.]\d\d\b").expect("a pattern of this file"));
    CLOCK.is_match(line)
}

fn is_within(element: &Element<'_>, boxes: &HashSet<ElementId>) -> bool {
    !boxes.is_empty() && element.and_ancestors().any(|around| boxes.contains(&around.id()))
}

/// Says whether an element so named, near around a line, holds it and nothing else.
fn is_whole_of(element: &Element<'_>, line: &str, name: &str) -> bool {
    element.and_ancestors().take(NEAR).any(|around| around.name() == name && around.text() == line)
}

/// The boxes below the beginning of the text that are headed as a list of other articles is: as large as they are without
/// text from above the heading.
fn headed(page: &[(&str, Element<'_>)], kept: &[(usize, usize)], first: usize) -> HashSet<ElementId> {
    let mut boxes = HashSet::new();
    for (place, (line, holder)) in page.iter().enumerate().skip(first + 1) {
        if furniture::known(line, Where::Box).is_none() {
            continue;
        }
        let text: HashSet<ElementId> = kept
            .iter()
            .take_while(|(before, _)| *before < place)
            .flat_map(|(before, _)| page[*before].1.and_ancestors().map(|around| around.id()))
            .collect();
        let around = holder.and_ancestors().take_while(|around| !text.contains(&around.id())).last();
        // A heading alone may be the article's.
        boxes.extend(around.filter(|around| around.text() != *line).map(|around| around.id()));
    }
    boxes
}

/// Says whether a line in which elements touch begins with a name for other articles, and leads to one.
fn names_others(spaced: &str, holder: &Element<'_>) -> bool {
    let Some((name, _)) = spaced.split_once('\u{3000}') else { return false };
    let is_name = || [Where::Box, Where::Rest].iter().any(|at| furniture::known(name, *at).is_some());
    is_name() && holder.and_ancestors().take(NEAR).any(|around| !around.select(blocks::LINKS).is_empty())
}

/// The boxes that say of themselves that a machine wrote what is in them: a summary for readers in a hurry.
fn summaries(page: &[(&str, Element<'_>)]) -> HashSet<ElementId> {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)
            ^\W*ai[-\s](?:(?:generated|created|powered)\s)?(?:summary|key\spoints|takeaways|overview|highlights)
            | \b(?:summary|summaries|takeaways|key\spoints|highlights|overview)\b.{0,60}\b(?:ai\b|artificial\sintelligence)
            | ^\W*(?:generated|created|summari[sz]ed)\s(?:by|with|using)\s(?:an?\s)?(?:ai\b|artificial\sintelligence)
            | (?:摘要|重[點点]|要[點点]|[總总][結结]).{0,12}\bai | ai\s?(?:自[動动])?(?:生成|[產产]生|整理|[製制]作)的?(?:摘要|重[點点]|[內内]容|要[點点])
            | ^\W*(?:由\s?)?ai\s?(?:自[動动])?(?:生成|摘要|[總总][結结])\W*$ | ai가?\s?(?:자동\s)?(?:생성|요약) | aiが?(?:自動)?(?:生成|要約)した
            ",
        )
        .expect("a pattern of this file")
    });
    /// No such notice is longer, in characters.
    const LONGEST: usize = 120;
    /// Points of a summary, with its heading and the notice.
    const MOST_LINES: usize = 9;
    // An article on such texts goes on behind the comma; a notice warns.
    let warns = |line: &str| {
        !line.contains('，') || ["可能", "參考", "参考", "核實", "核实", "原文"].iter().any(|word| line.contains(word))
    };
    let says_so =
        |line: &str| line.chars().count() <= LONGEST && !furniture::tells(line) && NOTICE.is_match(line) && warns(line);
    let notices = page.iter().filter(|(line, _)| says_so(line));
    notices.filter_map(|(_, holder)| small_box(holder, MOST_LINES)).map(|around| around.id()).collect()
}

/// The lists that lead to the article's own sections from end to end.
fn contents(document: &Document) -> HashSet<ElementId> {
    let is_contents = |list: &Element<'_>| {
        let links = list.select("a[href^='#']");
        let led: usize = links.iter().map(|link| link.text().len()).sum();
        links.len() > 1 && led * 10 >= list.text().replace('\n', "").len() * 9
    };
    document.select("ol, ul").iter().filter(|list| is_contents(list)).map(Element::id).collect()
}

/// The boxes that say again what a paragraph says, set large, and at times who said it: with no more than those two lines.
fn pull_quotes(page: &[(&str, Element<'_>)], kept: &[(usize, usize)]) -> HashSet<ElementId> {
    /// A shorter line may be a phrase that is said twice, in bytes.
    const SHORTEST: usize = 36;
    const MOST_LINES: usize = 3;
    let letters: Vec<(usize, String)> =
        kept.iter().map(|(place, _)| (*place, clean::letters(page[*place].0))).collect();
    let is_part_of = |own: &str, other: &str| other.len() > own.len() && other.contains(own);
    let mut boxes = HashSet::new();
    for (place, own) in letters.iter().filter(|(_, own)| own.len() >= SHORTEST) {
        let is_paragraph = page[*place].1.and_ancestors().take(2).any(|around| around.name() == "p")
            && !page[*place].1.ancestors().take(NEAR).any(|around| matches!(around.name(), "blockquote" | "aside"));
        if is_paragraph || !letters.iter().any(|(_, other)| is_part_of(own, other)) {
            continue;
        }
        boxes.extend(small_box(&page[*place].1, MOST_LINES).map(|around| around.id()));
    }
    boxes
}

/// The boxes in which readers are asked what they think: a question, and answers to tick.
fn polls(document: &Document) -> HashSet<ElementId> {
    const MOST_LINES: usize = 8;
    let labels = document.select("label + label");
    let boxes =
        labels.iter().filter_map(|label| label.ancestors().next()).filter_map(|around| small_box(&around, MOST_LINES));
    boxes.map(|around| around.id()).collect()
}

/// The largest box around an element that is no page yet: so many lines without a headline.
fn small_box<'a>(element: &Element<'a>, most_lines: usize) -> Option<Element<'a>> {
    /// For each of its lines, in bytes.
    const LARGEST: usize = 80;
    let is_small = |element: &Element<'_>| {
        let text = element.text();
        text.len() <= most_lines * LARGEST && text.lines().count() <= most_lines && element.select("h1").is_empty()
    };
    element.and_ancestors().take_while(is_small).last()
}

fn is_named(element: &Element<'_>, name: &Regex) -> bool {
    [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(|own| name.is_match(own))
}

/// The boxes that ask for an address: a form with a field for it, and the few words around.
fn signups(document: &Document) -> HashSet<ElementId> {
    const MOST_LINES: usize = 6;
    static ASK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\b(?:newsletters?|subscribe|sign\sup|abonnieren|s.abonner|s.inscrire|suscr[íi]b\w+|iscriviti|assine)\b
            | 訂閱|订阅|メルマガ|登録する|구독",
        )
        .expect("a pattern of this file")
    });
    /// No button says more, in characters.
    const LONGEST: usize = 40;
    let says_so = |button: &Element<'_>| {
        let text = button.text();
        let text = if text.is_empty() { button.raw_text() } else { text };
        text.chars().count() <= LONGEST && ASK.is_match(&text)
    };
    let buttons = document.select("button, a[class*=button i], a[class*=btn i], a[role=button]");
    let asked = buttons.iter().filter(|button| says_so(button)).filter_map(|button| small_box(button, MOST_LINES));
    let fields = document.select("form input[type=email], form input[name*=email i], input[type=email]");
    fields.iter().filter_map(|field| small_box(field, MOST_LINES)).chain(asked).map(|around| around.id()).collect()
}
