//! Paragraphs of an article that general extraction leaves out for what their box is called: `<div class="extra">`,
//! `<aside>`, a panel that opens on a click. They are put back where they tell something and lead nowhere.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::blocks::{self, Blocks};
use super::boxes::Boxes;
use super::clean::{self, Line};
use super::comments;
use super::ends;
use super::facts::Facts;
use super::furniture;
use crate::html::{Element, ElementId, ElementIds};
use crate::pattern::pattern;

/// Why a paragraph within the article's box stays out.
const BESIDE: &str = "beside";

/// Why an element within the article stays out that is called one for something else.
pub(super) const ASIDE: &str = "aside";

/// What templates call the words on a picture.
const CAPTION: &str = "[class*=caption i], [class*=credit i], [class*=legend i], [class*=video-title i]";

/// A part of the article's box that holds nothing of what was looked at.
#[derive(Debug)]
struct Part<'a> {
    element: Option<Element<'a>>,
    /// Its lines, by their place on the page.
    lines: BTreeMap<usize, (&'a str, Element<'a>)>,
    /// The elements right within that lead to other articles.
    teasers: Vec<Element<'a>>,
    boxes: &'a Boxes,
}

/// A page and what was looked at of it.
struct Surveyed<'a> {
    page: &'a [(&'a str, Element<'a>)],
    boxes: &'a Boxes,
    /// The box of the text.
    around: Option<Element<'a>>,
    /// The part of the text that was looked at, where others stand beside it.
    part: Option<Element<'a>>,
    /// Places on the page of the lines that were looked at, with their number.
    places: BTreeMap<usize, usize>,
    /// The first and the last of them.
    ends: (usize, usize),
    /// The letters of all that was looked at.
    letters: String,
    /// The bytes of text.
    length: usize,
}

/// Adds to the lines of a body those that stand in the same box of the page and were not looked at: in their place, as text
/// or with the reason why not. Only paragraphs are listed of what stays out.
///
/// Returns the standfirst that is printed between headline and text, where there is one.
pub(super) fn put_back(
    page: &[(&str, Element<'_>)],
    facts: &Facts,
    boxes: &Boxes,
    lines: &mut Vec<Line>,
) -> Option<String> {
    // What was taken out for its name alone is looked at again.
    let (asides, looked_at) =
        std::mem::take(lines).into_iter().partition(|line: &Line| line.dropped.as_deref() == Some(ASIDE));
    *lines = looked_at;
    let standfirst = put_back_into(page, facts, boxes, lines, &asides);
    let is_new = |aside: &Line| lines.iter().all(|line| line.text != aside.text);
    let rest: Vec<Line> = asides.into_iter().filter(is_new).collect();
    lines.extend(rest);
    standfirst
}

fn put_back_into(
    page: &[(&str, Element<'_>)],
    facts: &Facts,
    boxes: &Boxes,
    lines: &mut Vec<Line>,
    asides: &[Line],
) -> Option<String> {
    let surveyed = Surveyed::of(page, boxes, lines)?;
    let mut leads = surveyed.leads(&facts.title);
    leads.retain(|(_, lead)| asides.iter().all(|aside| aside.text != *lead));
    let (begins, ends) = (surveyed.ends.0, surveyed.end(lines));
    let is_lead_text = leads.len() > 1 || leads.iter().any(|(_, lead)| bears_dateline(lead) || is_long(lead));
    let standfirst = leads.first().filter(|_| !is_lead_text).map(|(_, lead)| (*lead).to_owned());
    let parts = surveyed.parts(begins..ends)?;
    let is_within = |part: &Part<'_>| part.lines.keys().next().is_some_and(|first| *first < surveyed.ends.1);
    let is_like = |part: &Part<'_>| {
        let is_one = |(one, other): (&Element<'_>, Element<'_>)| is_part_like(&other, one);
        part.element.as_ref().zip(surveyed.part).is_some_and(is_one)
            && part.teasers.is_empty()
            && part.own().iter().any(|line| clean::is_paragraph(line) || furniture::tells(line))
    };
    let is_text = |part: &Part<'_>| match is_within(part) {
        _ if is_like(part) => true,
        true => part.is_text(surveyed.length) || part.is_timeline() || part.is_of_questions(),
        false => part.is_text(surveyed.length) && !part.is_of_readers(),
    };
    let texts: Vec<bool> = parts.iter().map(is_text).collect();
    // A paragraph goes with those beside it.
    let around =
        |part: &Part<'_>| part.element.and_then(|element| element.ancestors().next()).map(|around| around.id());
    let beside: Vec<_> =
        parts.iter().zip(&texts).filter(|(_, is_text)| **is_text).map(|(part, _)| around(part)).collect();
    for (part, is_text) in parts.iter().zip(texts).rev() {
        let Some(first) = part.lines.keys().next() else { continue };
        let is_text = is_text || is_within(part) && beside.contains(&around(part)) && part.is_paragraph();
        let at = surveyed.places.range(..first).next_back().map_or(0, |(_, at)| at + 1);
        lines.splice(at..at, part.judged(is_text, facts.host.as_deref()));
    }
    if is_lead_text {
        let at = surveyed.places.get(&begins).copied().unwrap_or(0);
        let lead = |(_, text): &(usize, &str)| Line { text: (*text).to_owned(), kind: None, dropped: None };
        lines.splice(at..at, leads.iter().map(lead));
    }
    standfirst
}

impl<'a> Surveyed<'a> {
    /// Finds the lines on the page; `None` when no text is there as it was looked at.
    fn of(page: &'a [(&'a str, Element<'a>)], boxes: &'a Boxes, lines: &[Line]) -> Option<Self> {
        let places = places(page, lines);
        let kept = |at: &usize| lines[*at].dropped.is_none();
        let texts: Vec<usize> = places.iter().filter(|(_, at)| kept(at)).map(|(place, _)| *place).collect();
        let ends = (*texts.first()?, *texts.last()?);
        let letters = lines.iter().map(|line| clean::letters(&line.text)).collect();
        let length = lines.iter().filter(|line| line.dropped.is_none()).map(|line| line.text.len()).sum();
        let around = box_of(page, texts.iter().copied());
        // Each part of a text may stand in an element of its own of the same name and class.
        let part = around.and_then(|around| one_of_several(&around));
        let around = part.and_then(|part| part.ancestors().next()).or(around);
        Some(Self { page, boxes, around, part, places, ends, letters, length })
    }

    /// The place at which the article ends: behind it nothing is its text.
    fn end(&self, lines: &[Line]) -> usize {
        let mut ends = self.places.iter().filter(|(_, at)| lines[**at].dropped.as_deref().is_some_and(ends::is_end));
        ends.next().map_or(self.page.len(), |(place, _)| *place)
    }

    fn is_new(&self, place: usize) -> bool {
        let (line, holder) = &self.page[place];
        // The whole page may stand in a form or a table.
        let is_within = |element: &Element<'_>| self.around.is_none_or(|around| *element != around);
        !self.places.contains_key(&place)
            && !holder.and_ancestors().take_while(is_within).any(|around| is_set_apart(&around))
            && !self.letters.contains(&clean::letters(line))
    }

    /// The parts of the text's box in a range of places of which nothing was looked at.
    fn parts(&self, range: Range<usize>) -> Option<Vec<Part<'a>>> {
        let around = self.around?;
        let holders = self.places.keys().map(|place| self.page[*place].1);
        let known: ElementIds = holders.flat_map(|holder| holder.and_ancestors()).map(|around| around.id()).collect();
        let mut parts: Vec<Part<'a>> = Vec::new();
        for place in range.filter(|place| self.is_new(*place)) {
            let (line, holder) = &self.page[place];
            if !holder.and_ancestors().any(|element| element == around) {
                continue;
            }
            let element = holder.and_ancestors().take_while(|element| !known.contains(&element.id())).last();
            let is_same = |part: &&mut Part<'a>| element.is_some() && part.element == element;
            match parts.last_mut().filter(is_same) {
                Some(part) => drop(part.lines.insert(place, (*line, *holder))),
                None => {
                    let teasers = element.map(|element| teasers(&element)).unwrap_or_default();
                    parts.push(Part { element, lines: [(place, (*line, *holder))].into(), teasers, boxes: self.boxes });
                }
            }
        }
        Some(parts)
    }

    /// The paragraphs between the headline and the text that were not looked at.
    fn leads(&self, title: &str) -> Vec<(usize, &str)> {
        /// The headline stands so near, in lines.
        const NEAR: usize = 16;
        let from = self.ends.0.saturating_sub(NEAR);
        let above = &self.page[from..self.ends.0];
        let Some(headline) = above.iter().rposition(|(line, _)| clean::is_same_headline(line, title)) else {
            return Vec::new();
        };
        let is_lead = |place: &usize| {
            let (line, holder) = &self.page[*place];
            let is_of_picture = || {
                holder
                    .ancestors()
                    .take(2)
                    .any(|around| around.text() == *line && !around.select("img, picture, video").is_empty())
            };
            clean::is_paragraph(line)
                && self.is_new(*place)
                && self.boxes.why(*place).is_none()
                && !holder.and_ancestors().any(|around| matches!(around.name(), "li" | "aside"))
                && !line.ends_with([')', '）'])
                && clean::anywhere(line).is_none()
                && !is_of_picture()
                && !holder.and_ancestors().take(2).any(|around| around.matches(CAPTION))
        };
        let leads = (from + headline + 1..self.ends.0).filter(is_lead);
        leads.map(|place| (place, self.page[place].0)).collect()
    }
}

/// Says whether a paragraph begins with who reports it from where, in brackets, as articles do and standfirsts do not.
fn bears_dateline(line: &str) -> bool {
    /// No such beginning is longer, in characters.
    const LONGEST: usize = 30;
    line.starts_with(['【', '（', '(', '〔', '['])
        && line.chars().take(LONGEST).any(|c| matches!(c, '】' | '）' | ')' | '〕' | ']'))
}

/// Says whether a paragraph above the text is longer than summaries are, and so the text's first.
fn is_long(line: &str) -> bool {
    /// In words, and in characters of Chinese.
    const LONGEST_WORDS: usize = 50;
    const LONGEST_CHARACTERS: usize = 80;
    let characters = line.chars().filter(|c| clean::is_cjk(*c)).count();
    let is_quoted = line.starts_with(['“', '「', '"', '«']);
    !is_quoted
        && (characters > LONGEST_CHARACTERS || characters == 0 && line.split_whitespace().count() > LONGEST_WORDS)
}

impl<'a> Part<'a> {
    fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.lines.values().map(|(line, _)| *line)
    }

    /// Says whether the part is text of an article so long, in bytes: paragraphs that tell something, none of which is a
    /// teaser, a caption or a reader's remark.
    fn is_text(&self, length: usize) -> bool {
        let (teasers, own) = (&self.teasers, self.own());
        let bytes: usize = own.iter().map(|line| line.len()).sum();
        let is_prose = |line: &&&str| clean::is_paragraph(line) || furniture::tells(line);
        let prose: Vec<&str> = own.iter().filter(is_prose).copied().collect();
        let prose_bytes: usize = prose.iter().map(|line| line.len()).sum();
        // Much may be hidden until a click; it is paragraphs then, and hardly anything else.
        let is_much = prose.len() >= 3 && prose_bytes * 10 >= bytes * 8;
        (is_much && teasers.len() * 3 <= prose.len() || bytes * 2 <= length && teasers.is_empty())
            && prose_bytes * 2 >= bytes
            && own.iter().any(|line| furniture::tells(line))
            && own.iter().filter(|line| comments::is_remark(line) && !furniture::tells(line)).count() * 2
                <= own.len() - own.len() / 2
            && self.element.is_none_or(|element| element.name() != "a" && !self.is_of_picture(&element))
    }

    /// Says whether the part is one paragraph and leads nowhere.
    fn is_paragraph(&self) -> bool {
        self.element.is_some_and(|element| element.name() == "p")
            && self.lines.len() == 1
            && self.teasers.is_empty()
            && self.own().len() == 1
            && self.texts().all(|line| clean::is_paragraph(line) && clean::anywhere(line).is_none())
    }

    /// Says whether the part is a list of what happened when.
    fn is_timeline(&self) -> bool {
        pattern!(
            DAY,
            r"(?ix)^\W*(?:(?:19|20)\d{2}(?:年|[-./–—:：\s]) | 民國\d | \d{1,2}月\d{1,2}日
                | (?:\d{1,2}\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d)"
        );
        let (days, all) = (self.texts().filter(|line| DAY.is_match(line)).count(), self.lines.len());
        // A heading may stand above.
        days >= 2 && days + 2 >= all && self.teasers.is_empty()
    }

    /// Says whether the part is questions and answers.
    fn is_of_questions(&self) -> bool {
        let asks = |line: &&str| line.ends_with(['?', '？']);
        let questions = self.texts().filter(asks).count();
        let answers = self.texts().filter(|line| clean::ends_sentence(line) && !asks(line)).count();
        questions >= 2 && answers >= questions && self.teasers.is_empty()
    }

    /// The lines that stand in no teaser.
    fn own(&self) -> Vec<&'a str> {
        let is_within = |holder: &Element<'a>| holder.and_ancestors().any(|around| self.teasers.contains(&around));
        let is_own = |place: usize, holder: &Element<'a>| self.boxes.why(place).is_none() && !is_within(holder);
        let own = self.lines.iter().filter(|(place, (_, holder))| is_own(**place, holder));
        own.map(|(_, (line, _))| *line).collect()
    }

    /// Says whether the part is a picture and the words on it.
    fn is_of_picture(&self, element: &Element<'_>) -> bool {
        self.lines.len() <= 2 && !element.select("img, picture, video").is_empty()
    }

    fn is_of_readers(&self) -> bool {
        self.element.is_some_and(|element| comments::is_named(&element))
    }

    fn judged(&self, is_text: bool, host: Option<&str>) -> Vec<Line> {
        let parts: Vec<Element<'_>> = self.element.into_iter().collect();
        let blocks = Blocks::of(&parts, host);
        let own = if is_text { self.own() } else { Vec::new() };
        let line = |text: &str| Line {
            text: text.to_owned(),
            kind: blocks.kind(text),
            dropped: if own.contains(&text) { clean::anywhere(text) } else { Some(BESIDE) }.map(str::to_owned),
        };
        self.texts().filter(|text| own.contains(text) || clean::ends_sentence(text)).map(line).collect()
    }
}

/// The elements right within one that lead to other articles, or itself when it does and none of them.
fn teasers<'a>(element: &Element<'a>) -> Vec<Element<'a>> {
    let teasers: Vec<Element<'a>> = element.children().into_iter().filter(leads_elsewhere).collect();
    if teasers.is_empty() && leads_elsewhere(element) { vec![*element] } else { teasers }
}

/// Says whether a link within an element is as long as a headline and no part of a sentence.
fn leads_elsewhere(element: &Element<'_>) -> bool {
    let links = element.select(blocks::LINKS);
    let whole = if links.is_empty() { String::new() } else { element.text() };
    // A name for other articles may stand before it on the same line.
    let is_most = |line: &str, own: &str| own.ends_with(line) && own.len() * 8 <= line.len() * 10;
    let is_headline = |line: &str| blocks::is_long_as_headline(line) && whole.lines().any(|own| is_most(line, own));
    links.iter().map(Element::text).any(|text| text.lines().any(is_headline))
}

/// Says whether an element is made for what is no text.
fn is_set_apart(element: &Element<'_>) -> bool {
    matches!(element.name(), "figure" | "figcaption" | "nav" | "footer" | "form" | "a" | "table" | "dialog")
}

/// Where on a page the lines stand: places of the page, with the number of the line.
pub(super) fn places(page: &[(&str, Element<'_>)], lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut by_text: HashMap<&str, Vec<usize>, RandomState> = HashMap::default();
    for (place, (text, _)) in page.iter().enumerate() {
        by_text.entry(text).or_default().push(place);
    }
    let (mut places, mut next) = (BTreeMap::new(), 0);
    for (at, line) in lines.iter().enumerate() {
        let Some(found) = by_text.get(line.text.as_str()) else { continue };
        if let Some(place) = found.iter().find(|place| **place >= next) {
            places.insert(*place, at);
            next = place + 1;
        }
    }
    places
}

/// The element around a box beside which others of the same name and class hold text, too.
fn one_of_several<'a>(around: &Element<'a>) -> Option<Element<'a>> {
    /// How far above a text its part is looked for.
    const NEAR: usize = 4;
    let is_part = |part: &Element<'a>| {
        let beside = part.ancestors().next().map(|parent| parent.children()).unwrap_or_default();
        beside.iter().any(|other| is_part_like(part, other))
    };
    around.and_ancestors().take(NEAR).filter(|part| part.name() != "article").find(is_part)
}

/// Says whether another element of the same name and class holds paragraphs, and no article of its own.
fn is_part_like(part: &Element<'_>, other: &Element<'_>) -> bool {
    let class = part.attribute("class").filter(|class| !class.trim().is_empty());
    other != part
        && other.name() == part.name()
        && class.is_some()
        && other.attribute("class") == class
        && other.select("p").iter().any(|text| clean::is_paragraph(&text.text()))
        && other.select("h1, article").is_empty()
        && other.select("h2, h3, h4").iter().map(Element::text).all(|heading| heads_text(&heading))
}

/// Says whether a heading may be one within an article, and no other's headline or name of a list.
fn heads_text(heading: &str) -> bool {
    let is_list =
        [furniture::Where::Box, furniture::Where::Rest].iter().any(|at| furniture::known(heading, *at).is_some());
    !is_list && !blocks::is_long_as_headline(heading)
}

/// The smallest element that holds nearly all of the lines at these places.
fn box_of<'a>(page: &[(&str, Element<'a>)], places: impl Iterator<Item = usize>) -> Option<Element<'a>> {
    let (mut held, mut whole) = (Vec::<(Element<'a>, usize)>::new(), 0);
    let mut numbers: HashMap<ElementId, usize, RandomState> = HashMap::default();
    for (text, holder) in places.map(|place| &page[place]) {
        whole += text.len();
        for around in holder.and_ancestors() {
            let number = *numbers.entry(around.id()).or_insert_with(|| {
                held.push((around, 0));
                held.len() - 1
            });
            held[number].1 += text.len();
        }
    }
    let nearly_all = held.into_iter().filter(|(_, bytes)| bytes * 10 >= whole * 9);
    nearly_all.max_by_key(|(element, _)| element.ancestors().count()).map(|(element, _)| element)
}
