//! Paragraphs of an article that general extraction leaves out for what their box is called: `<div class="extra">`,
//! `<aside>`, a panel that opens on a click. They are put back where they tell something and lead nowhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::blocks::{self, Blocks};
use super::clean::{self, Line};
use super::comments;
use super::furniture;
use crate::html::{Document, Element};

/// Why a paragraph within the article's box stays out.
const BESIDE: &str = "beside";

/// A part of the article's box that holds nothing of what was looked at.
#[derive(Debug)]
struct Part<'a> {
    element: Option<Element<'a>>,
    /// Its lines, by their place on the page.
    lines: BTreeMap<usize, &'a str>,
}

/// Adds to the lines of a body those that stand in the same box of the page and were not looked at: in their place, as text
/// or with the reason why not. Only paragraphs are listed of what stays out.
pub(super) fn put_back(document: &Document, host: Option<&str>, lines: &mut Vec<Line>) {
    let page = document.lines();
    let places = places(&page, lines);
    let kept = |place: &usize| places.get(place).is_some_and(|at| lines[*at].dropped.is_none());
    let Some(around) = box_of(&page, places.keys().copied().filter(kept)) else { return };
    let (Some(first), Some(last)) = (places.keys().find(|place| kept(place)), places.keys().rfind(|place| kept(place)))
    else {
        return;
    };
    // Behind the end of the article nothing is its text.
    let end = places.iter().find(|(_, at)| lines[**at].dropped.as_deref().is_some_and(clean::is_end));
    let end = end.map_or(page.len(), |(place, _)| *place);
    let looked_at: String = lines.iter().map(|line| clean::letters(&line.text)).collect();
    let length: usize = lines.iter().filter(|line| line.dropped.is_none()).map(|line| line.text.len()).sum();
    let known: HashSet<_> = places.keys().flat_map(|place| page[*place].1.and_ancestors()).map(|e| e.id()).collect();
    let is_new = |place: &usize| {
        let (line, holder) = &page[*place];
        !places.contains_key(place)
            && holder.and_ancestors().any(|element| element.id() == around.id())
            && !looked_at.contains(&clean::letters(line))
    };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for place in (*first..end).filter(is_new) {
        let (line, holder) = &page[place];
        let element = holder.and_ancestors().take_while(|element| !known.contains(&element.id())).last();
        let same = |part: &&mut Part<'_>| element.is_some() && part.element.map(|e| e.id()) == element.map(|e| e.id());
        match parts.last_mut().filter(same) {
            Some(part) => drop(part.lines.insert(place, line)),
            None => parts.push(Part { element, lines: BTreeMap::from([(place, line.as_str())]) }),
        }
    }
    for part in parts.iter().rev() {
        let Some(begins) = part.lines.keys().next() else { continue };
        let is_text = part.is_text(length) && (begins < last || !part.is_of_readers());
        let at = places.range(..begins).next_back().map_or(0, |(_, at)| at + 1);
        lines.splice(at..at, part.judged(is_text, host));
    }
}

impl Part<'_> {
    /// Says whether the part is text of an article so long, in bytes: paragraphs that tell something, none of which is a
    /// teaser, a caption or a reader's remark.
    fn is_text(&self, length: usize) -> bool {
        let lines = || self.lines.values().copied();
        let bytes: usize = lines().map(str::len).sum();
        let prose: usize = lines().filter(|line| clean::is_paragraph(line)).map(str::len).sum();
        bytes * 2 <= length
            && prose * 2 >= bytes
            && lines().any(furniture::tells)
            && !lines().any(comments::is_remark)
            && self.element.is_none_or(|element| {
                !is_set_apart(&element) && !self.leads_elsewhere(&element) && !self.is_of_picture(&element)
            })
    }

    /// Says whether a link within is as long as a headline and no part of a sentence.
    fn leads_elsewhere(&self, element: &Element<'_>) -> bool {
        let links = element.select("a[href]").into_iter().chain((element.name() == "a").then_some(*element));
        let is_line = |text: &str| text.lines().any(|line| self.lines.values().any(|own| *own == line));
        links.map(|link| link.text()).any(|text| is_line(&text) && text.lines().any(blocks::is_long_as_headline))
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
        let line = |text: &&str| Line {
            text: (*text).to_owned(),
            kind: blocks.kind(text),
            dropped: if is_text { clean::anywhere(text) } else { Some(BESIDE) }.map(str::to_owned),
        };
        self.lines.values().filter(|line| is_text || clean::is_paragraph(line)).map(line).collect()
    }
}

/// Says whether an element, or one within it that holds all, is made for what is no text.
fn is_set_apart(element: &Element<'_>) -> bool {
    matches!(element.name(), "figure" | "figcaption" | "nav" | "footer" | "form" | "button" | "a" | "table" | "dialog")
}

/// Where on the page the lines stand: places of the page, with the number of the line.
fn places(page: &[(String, Element<'_>)], lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
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

/// The smallest element that holds nearly all of the lines at these places.
fn box_of<'a>(page: &[(String, Element<'a>)], places: impl Iterator<Item = usize>) -> Option<Element<'a>> {
    let (mut held, mut whole) = (Vec::<(Element<'a>, usize)>::new(), 0);
    let mut numbers = HashMap::new();
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

