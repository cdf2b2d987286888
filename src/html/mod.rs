//! HTML parsing, within bounds. The home of scraper and html5ever.
//!
//! No type of the parser leaves this folder: others see a [`Document`], its [`Element`]s and text. Pages whose elements
//! are nested too deeply are refused, because the parser's work grows with the square of the depth.

mod bounded;
mod handover;
mod index;
mod plainly;
#[cfg(test)]
mod tests;
mod text;

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use ego_tree::NodeId;
use foldhash::fast::RandomState;
use html5ever::{QualName, local_name, ns};
use scraper::{ElementRef, Html, Node, Selector};

use index::Index;

pub use text::{one_line, plain_lines, plain_text, resolve_entities, without_controls};

/// The longest selector that is accepted.
const LONGEST_SELECTOR: usize = 1000;

/// Why a page was not parsed: its elements are nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDeep;

/// A parsed page.
#[derive(Debug, Clone)]
pub struct Document {
    tree: Html,
    /// Names in lower case and contents of its `<meta>` tags, in order, once they were asked for.
    metas: OnceCell<Vec<(String, String)>>,
    /// The lines of its text, once they were asked for.
    lines: OnceCell<Vec<text::PageLine>>,
    /// Where its elements are, once one was asked for.
    index: OnceCell<Index>,
}

/// One element of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a>(ElementRef<'a>);

/// What tells an element from the others of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ElementId(NodeId);

/// Some of a page's elements. They are numbers that no page chooses, so that a fast hash is as safe.
pub type ElementIds = HashSet<ElementId, RandomState>;

impl Document {
    /// Parses a page, unless it is nested too deeply.
    ///
    /// # Errors
    /// When elements are nested more than 512 deep, or are more than any real page has.
    pub fn parse(html: &str) -> Result<Self, TooDeep> {
        let made = |tree| Self { tree, metas: OnceCell::new(), lines: OnceCell::new(), index: OnceCell::new() };
        bounded::document(html).map(made).ok_or(TooDeep)
    }

    /// Returns the elements that a CSS selector matches, in the order of the page; none when it is no selector.
    pub fn select(&self, css: &str) -> Vec<Element<'_>> {
        let Ok(selector) = selector(css) else { return Vec::new() };
        let index = self.index.get_or_init(|| Index::of(&self.tree));
        let Some(candidates) = index.candidates(css) else { return self.tree.select(&selector).map(Element).collect() };
        let elements = candidates.places.iter().filter_map(|id| self.tree.tree.get(*id).and_then(ElementRef::wrap));
        elements.filter(|element| candidates.are_all || selector.matches(element)).map(Element).collect()
    }

    /// Returns those of the elements that a selector matches that stand in none of the others, in the order of the page.
    pub fn select_outermost(&self, css: &str) -> Vec<Element<'_>> {
        let all = self.select(css);
        let ids: HashSet<_> = all.iter().map(|element| element.0.id()).collect();
        let is_outermost = |element: &Element<'_>| !element.0.ancestors().any(|around| ids.contains(&around.id()));
        all.into_iter().filter(is_outermost).collect()
    }

    /// Returns the text of each element that a selector matches, paragraphs joined by `\n`.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.select(css).iter().map(Element::text).collect()
    }

    /// Returns an attribute of each element that a selector matches and that has it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.select(css).iter().filter_map(|element| element.attribute(name)).map(str::to_owned).collect()
    }

    /// Returns the content of the first of these `<meta>` tags that is not empty, by `name`, `property` or `itemprop`.
    pub fn meta(&self, names: &[&str]) -> Option<String> {
        let metas = self.metas.get_or_init(|| self.read_metas());
        let content_of = |name: &&str| {
            metas.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, content)| content.clone())
        };
        names.iter().find_map(content_of)
    }

    /// Returns the content of each `<meta>` tag of this `name`, `property` or `itemprop` that is not empty.
    pub fn metas(&self, name: &str) -> Vec<String> {
        let metas = self.metas.get_or_init(|| self.read_metas());
        let own = metas.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        own.map(|(_, content)| content.clone()).collect()
    }

    /// The `<meta>` tags that say something, under each of the names that they bear.
    fn read_metas(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for tag in self.select("meta[content]") {
            let content = tag.attribute("content").unwrap_or_default().trim();
            for key in ["property", "name", "itemprop"].iter().filter_map(|key| tag.attribute(key)) {
                if !content.is_empty() {
                    found.push((key.to_ascii_lowercase(), content.to_owned()));
                }
            }
        }
        found
    }

    /// Returns the JSON-LD scripts, as written.
    pub fn json_ld(&self) -> Vec<String> {
        self.select("script[type]")
            .iter()
            .filter(|script| script.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")))
            .map(Element::raw_text)
            .collect()
    }

    /// Returns what stands in the page's comments.
    pub fn comments(&self) -> impl Iterator<Item = &str> {
        self.tree.tree.nodes().filter_map(|node| node.value().as_comment().map(|comment| &**comment))
    }

    /// Removes the elements that a selector matches.
    pub fn remove(&mut self, css: &str) {
        self.remove_where(css, |_| true);
    }

    /// Removes those of the elements that a selector matches of which this holds.
    pub fn remove_where(&mut self, css: &str, holds: impl Fn(Element<'_>) -> bool) {
        let found = self.select(css).into_iter().filter(|element| holds(*element));
        let ids: Vec<_> = found.map(|element| element.0.id()).collect();
        if ids.is_empty() {
            return;
        }
        (self.metas, self.lines, self.index) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        for id in ids {
            if let Some(mut node) = self.tree.tree.get_mut(id) {
                node.detach();
            }
        }
    }

    /// Makes of the `<template>`s of which this holds plain boxes that stand where they are: scripts put what is within on the
    /// page.
    pub fn open_templates(&mut self, holds: impl Fn(Element<'_>) -> bool) {
        let templates = self.select("template").into_iter().filter(|template| holds(*template));
        let ids: Vec<_> = templates.map(|template| template.0.id()).collect();
        if !ids.is_empty() {
            (self.metas, self.lines, self.index) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        }
        for id in ids {
            let Some(mut template) = self.tree.tree.get_mut(id) else { continue };
            if let Node::Element(element) = template.value() {
                element.name.local = local_name!("div");
            }
            // The parser keeps the contents in a fragment of their own.
            let contents = template.first_child().and_then(|mut child| child.value().is_fragment().then(|| child.id()));
            if let Some(contents) = contents {
                template.reparent_from_id_append(contents);
            }
        }
    }

    /// Returns the element that holds all others.
    pub fn root(&self) -> Element<'_> {
        Element(self.tree.root_element())
    }

    /// Returns the page's text, paragraphs joined by `\n`.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.own_lines().iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }

    /// Returns the lines of the page's text, each with the element in which it begins.
    pub fn lines(&self) -> Vec<(&str, Element<'_>)> {
        let element = |id| self.tree.tree.get(id).and_then(ElementRef::wrap).map_or_else(|| self.root(), Element);
        self.own_lines().iter().map(|line| (line.text.as_str(), element(line.holder))).collect()
    }

    /// Returns the lines of the page's text with an ideographic space where elements within a line touch: what style sheets
    /// set apart, as the parts of a byline, is not run together.
    pub fn spaced_lines(&self) -> Vec<&str> {
        self.own_lines().iter().map(|line| line.spaced.as_deref().unwrap_or(&line.text)).collect()
    }

    fn own_lines(&self) -> &[text::PageLine] {
        self.lines.get_or_init(|| text::lines(self.tree.root_element()))
    }

    /// Returns a copy of the tree for an extractor, without scripts, styles, drawings and comments. Hidden elements that are
    /// to be `opened` are not marked as hidden in it.
    pub fn copy_to_extract(&self, opened: impl Fn(Element<'_>) -> bool) -> dom_query::Document {
        handover::copy(&self.tree, |element| opened(Element(element)))
    }
}

impl<'a> Element<'a> {
    /// Returns the elements within that a selector matches; none when it is no selector.
    pub fn select(&self, css: &str) -> Vec<Element<'a>> {
        let Ok(selector) = selector(css) else { return Vec::new() };
        self.0.select(&selector).map(Element).collect()
    }

    /// Says whether a selector matches the element; not when it is no selector.
    pub fn matches(&self, css: &str) -> bool {
        selector(css).is_ok_and(|selector| selector.matches(&self.0))
    }

    /// Returns the elements right below.
    pub fn children(&self) -> Vec<Element<'a>> {
        self.0.child_elements().map(Element).collect()
    }

    /// Returns the elements around it, the nearest first.
    pub fn ancestors(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        self.0.ancestors().filter_map(ElementRef::wrap).map(Element)
    }

    /// Returns the element itself and those around it, the nearest first.
    pub fn and_ancestors(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        std::iter::once(*self).chain(self.ancestors())
    }

    /// Returns what tells the element from the others of its page.
    pub fn id(&self) -> ElementId {
        ElementId(self.0.id())
    }

    /// Returns the name of the element, in lower case.
    pub fn name(&self) -> &'a str {
        self.0.value().name()
    }

    /// Returns an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        // An element has few, and to compare them is cheaper than to find out which atom the name is.
        let is_own = |own: &QualName| own.ns == ns!() && *own.local == *name;
        self.0.value().attrs.iter().find(|(own, _)| is_own(own)).map(|(_, value)| &**value)
    }

    /// Returns the text, paragraphs joined by `\n`, without scripts and styles.
    pub fn text(&self) -> String {
        text::of(self.0)
    }

    /// Says whether more elements and pieces of text than so many are within.
    pub fn holds_more_than(&self, nodes: usize) -> bool {
        self.0.descendants().nth(nodes + 1).is_some()
    }

    /// Says whether there is nothing but white space within, scripts included.
    pub fn is_blank(&self) -> bool {
        self.0.text().all(|text| text.trim().is_empty())
    }

    /// Returns every character of text within, scripts included.
    pub fn raw_text(&self) -> String {
        self.0.text().collect()
    }
}

/// Asks each text once and remembers the answer: the elements of a page have few classes, each many times.
pub fn asked_once<'a>(holds: impl Fn(&str) -> bool) -> impl FnMut(&'a str) -> bool {
    let mut known: HashMap<&'a str, bool, RandomState> = HashMap::default();
    move |text| *known.entry(text).or_insert_with(|| holds(text))
}

/// Checks a CSS selector.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn selector_ok(css: &str) -> Result<(), String> {
    selector(css).map(drop)
}

/// A selector, read once a thread: the same few are asked of every page.
fn selector(css: &str) -> Result<Rc<Selector>, String> {
    /// Studies bring their own, and nobody has so many.
    const MOST: usize = 1000;
    thread_local! {
        static READ: RefCell<HashMap<String, Rc<Selector>>> = RefCell::default();
    }
    READ.with_borrow_mut(|read| {
        if let Some(known) = read.get(css) {
            return Ok(Rc::clone(known));
        }
        let made = Rc::new(read_selector(css)?);
        if read.len() >= MOST {
            read.clear();
        }
        read.insert(css.to_owned(), Rc::clone(&made));
        Ok(made)
    })
}

fn read_selector(css: &str) -> Result<Selector, String> {
    if css.len() > LONGEST_SELECTOR {
        return Err(format!("the selector is longer than {LONGEST_SELECTOR} bytes"));
    }
    // The selector parser calls itself for each bracket; nobody needs many.
    let (mut open, mut deepest) = (0i32, 0i32);
    for c in css.chars() {
        open += i32::from(c == '(') - i32::from(c == ')');
        deepest = deepest.max(open);
    }
    if deepest > 8 {
        return Err(format!("`{css}` nests too many brackets"));
    }
    Selector::parse(css).map_err(|error| {
        // The parser says of some of its errors only that they are to be reported.
        let why = error.to_string();
        let why = if why.contains("report this") { "its parts do not fit together".to_owned() } else { why };
        format!("`{css}` is no CSS selector: {why}")
    })
}
