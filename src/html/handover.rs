//! A page's tree for the extractor, so that the page is parsed once.

use dom_query::Document as Copy;
use html5ever::Attribute;
use html5ever::interface::{ElementFlags, NodeOrText, TreeSink};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

/// Copies a tree without what is no text of a page: scripts, styles, drawings, comments.
///
/// Hidden elements are marked as such, which an extractor leaves out, other than those that are to be `opened`.
pub(super) fn copy(tree: &Html, opened: impl Fn(ElementRef<'_>) -> bool) -> Copy {
    let copy = Copy::default();
    let top = tree.tree.root();
    let (mut node, mut parent) = (top, copy.get_document());
    let mut parents = Vec::new();
    // A walk by hand, since a page's depth should cost no stack.
    'walk: loop {
        let mut entered = node == top;
        match node.value() {
            Node::Text(text) => copy.append(&parent, NodeOrText::AppendText(text.text.clone())),
            Node::Element(element) if !is_left_out(element) => {
                let is_opened = element.attrs.iter().any(|(name, _)| hides(&name.local))
                    && ElementRef::wrap(node).is_some_and(&opened);
                let attributes = element.attrs.iter().filter(|(name, value)| {
                    !is_for_scripts(&name.local)
                        && says_of_layout(element.name(), &name.local, value)
                        && !(is_opened && (hides(&name.local) || is_name(&name.local)))
                });
                let attributes =
                    attributes.map(|(name, value)| Attribute { name: name.clone(), value: value.clone() }).collect();
                let made = copy.create_element(element.name.clone(), attributes, ElementFlags::default());
                copy.append(&parent, NodeOrText::AppendNode(made));
                parents.push(parent);
                parent = made;
                entered = true;
            }
            _ => {}
        }
        if let Some(child) = node.first_child().filter(|_| entered) {
            node = child;
            continue;
        }
        if entered && node != top {
            parent = parents.pop().unwrap_or(parent);
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                continue 'walk;
            }
            let Some(above) = node.parent() else { break 'walk };
            if above == top {
                break 'walk;
            }
            node = above;
            parent = parents.pop().unwrap_or(parent);
        }
    }
    copy
}

fn is_name(attribute: &str) -> bool {
    matches!(attribute, "id" | "class")
}

/// Says whether an attribute may hide an element.
fn hides(attribute: &str) -> bool {
    matches!(attribute, "style" | "hidden" | "aria-hidden")
}

/// Says whether an attribute says what an element is for. Headings and paragraphs are text whatever they are called, and many
/// are called by their own words: `<h2 id="embassy-comment">`.
fn says_of_layout(element: &str, attribute: &str, value: &str) -> bool {
    // A paragraph is no text where its class names one of these.
    const OTHER: [&str; 12] = [
        "caption",
        "credit",
        "byline",
        "author",
        "copyright",
        "newsletter",
        "promo",
        "meta",
        "date",
        "share",
        "tags",
        "hidden",
    ];
    match attribute {
        "id" => !matches!(element, "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "section"),
        "class" if element == "p" => OTHER.iter().any(|other| value.to_ascii_lowercase().contains(other)),
        "class" => !matches!(element, "h2" | "h3" | "h4" | "h5" | "h6"),
        _ => true,
    }
}

/// Says whether an attribute is for scripts alone: most are, and each costs a copy.
fn is_for_scripts(attribute: &str) -> bool {
    attribute.starts_with("data-") || attribute.starts_with("on")
}

fn is_left_out(element: &Element) -> bool {
    match element.name() {
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "link" => true,
        // The extractor asks for no more than the headline and whether somebody wrote it.
        "meta" => {
            let names = [element.attr("name"), element.attr("property")];
            let is_asked = |name: &str| ["title", "author", "creator"].iter().any(|asked| name.contains(asked));
            !names.into_iter().flatten().any(|name| is_asked(&name.to_ascii_lowercase()))
        }
        _ => false,
    }
}
