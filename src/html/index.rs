//! Where a page's elements are by their names and attributes, so that a question about `<time>` looks at no `<div>`.

use std::collections::HashMap;

use ego_tree::NodeId;
use foldhash::fast::RandomState;
use html5ever::{LocalName, ns};
use scraper::{ElementRef, Html};

/// The attributes by which elements are asked for without a name.
const ATTRIBUTES: [&str; 9] =
    ["itemprop", "rel", "style", "hidden", "aria-hidden", "role", "class", "id", "data-testid"];

/// The elements of a page, in its order, by what they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    names: HashMap<LocalName, Vec<(usize, NodeId)>, RandomState>,
    /// In the order of [`ATTRIBUTES`].
    attributes: [Vec<(usize, NodeId)>; ATTRIBUTES.len()],
}

impl Index {
    /// Looks once at every element.
    pub(super) fn of(tree: &Html) -> Self {
        let mut index = Self::default();
        for (place, element) in tree.root_element().descendants().filter_map(ElementRef::wrap).enumerate() {
            let entry = (place, element.id());
            let value = element.value();
            index.names.entry(value.name.local.clone()).or_default().push(entry);
            for (name, _) in value.attrs.iter().filter(|(name, _)| name.ns == ns!()) {
                if let Some(at) = ATTRIBUTES.iter().position(|known| *known == &*name.local) {
                    index.attributes[at].push(entry);
                }
            }
        }
        index
    }

    /// Returns the elements that a selector may match; `None` when it may match any.
    pub(super) fn candidates(&self, css: &str) -> Option<Candidates> {
        let mut found: Vec<(usize, NodeId)> = Vec::new();
        let (mut are_all, alternatives) = (true, alternatives(css));
        for alternative in &alternatives {
            let places = match subject(alternative)? {
                Subject::Name(name) => {
                    are_all &= name == *alternative;
                    self.names.get(&LocalName::from(name))
                }
                Subject::Attribute(at) => {
                    let asked = alternative.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
                    are_all &= asked == Some(ATTRIBUTES[at]);
                    self.attributes.get(at)
                }
            };
            found.extend(places.into_iter().flatten());
        }
        if alternatives.len() > 1 {
            found.sort_unstable_by_key(|(place, _)| *place);
            found.dedup_by_key(|(place, _)| *place);
        }
        Some(Candidates { places: found.into_iter().map(|(_, id)| id).collect(), are_all })
    }
}

/// The elements that a selector may match, in the order of the page.
pub(super) struct Candidates {
    pub(super) places: Vec<NodeId>,
    /// True when it matches every one of them: it asks for nothing but names and attributes.
    pub(super) are_all: bool,
}

/// What an element must be called to be matched.
enum Subject {
    Name(String),
    /// By its place in [`ATTRIBUTES`].
    Attribute(usize),
}

/// The parts of a list of selectors.
fn alternatives(css: &str) -> Vec<&str> {
    let (mut open, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in css.char_indices() {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            ',' if open == 0 => {
                parts.push(css[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(css[from..].trim());
    parts
}

/// What the element that a selector matches must be called; `None` when that is not plain to see.
fn subject(css: &str) -> Option<Subject> {
    let (mut open, mut from) = (0, 0);
    let mut is_quoted = false;
    for (at, c) in css.char_indices() {
        match c {
            '\'' | '"' => is_quoted = !is_quoted,
            '\\' => return None,
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            ' ' | '>' | '+' | '~' if open == 0 && !is_quoted => from = at + 1,
            _ => {}
        }
    }
    let own = &css[from..];
    let name: String = own.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if !name.is_empty() {
        return Some(Subject::Name(name.to_ascii_lowercase()));
    }
    let attribute = match own.chars().next()? {
        '.' => "class",
        '#' => "id",
        '[' => own[1..].split(['=', '~', '|', '^', '$', '*', ']', ' ']).next()?,
        _ => return None,
    };
    ATTRIBUTES.iter().position(|known| *known == attribute).map(Subject::Attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_with_the_index_is_what_is_found_without() {
        let page = "<main class=a id=m><h1>T</h1><p class='a b'>x<a href=/1 rel=author>y</a><time datetime=1>z</time></p>\
                    <ul><li><a href='#x'>w</a></li></ul><svg><title>t</title></svg><section itemprop=body hidden></section></main>";
        let tree = Html::parse_document(page);
        let index = Index::of(&tree);
        for css in [
            "h1",
            "a[href]",
            "p > a, time[datetime]",
            ".a",
            "#m",
            "[itemprop=body]",
            "main .b a[href^='/']",
            "[class*=a i], [rel=author]",
            "a, [class], time, [hidden]",
            "svg title",
            "[rel]",
            "li a",
            "*",
            "p:has(a)",
            ":not(p)",
            "a:not([rel])",
            "h1, .a, [hidden]",
            "[datetime]",
            "ul > li:first-child",
            "title",
        ] {
            let selector = scraper::Selector::parse(css).expect("a selector");
            let all: Vec<NodeId> = tree.select(&selector).map(|element| element.id()).collect();
            let Some(candidates) = index.candidates(css) else { continue };
            let of = |id: &NodeId| {
                tree.tree.get(*id).and_then(ElementRef::wrap).is_some_and(|element| selector.matches(&element))
            };
            let found: Vec<NodeId> = candidates.places.iter().copied().filter(of).collect();
            assert_eq!(found, all, "{css}");
            assert!(!candidates.are_all || candidates.places == all, "{css}");
        }
        assert!(index.candidates("[datetime]").is_none() && index.candidates("*").is_none());
        let are_all = |css: &str| index.candidates(css).is_some_and(|candidates| candidates.are_all);
        assert!(are_all("h1, a, [class]") && !are_all("a[href]") && !are_all("p > a") && !are_all("[class=a]"));
    }
}
