//! Parsing that stops when a page builds a tree deeper or larger than is safe.
//!
//! The parser's work grows with the square of the depth, and how deep a page nests is decided by the parser's own rules
//! (tables, foreign elements, reopened formatting), so that it is watched at work: the page is fed in pieces, and after
//! each piece the tree is looked at.

use std::borrow::Cow;
use std::cell::Cell;

use html5ever::driver::{self, ParseOpts, Parser};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

/// Browsers stop nesting here too; the deepest real pages measured stay well under 100.
const DEEPEST: usize = 512;
/// Elements that a page may have. The largest real pages measured have some tens of thousands.
const MOST_ELEMENTS: usize = 100_000;
/// What their depths may add up to: whoever reads a tree walks up from its elements.
const MOST_DEPTHS: usize = 4_000_000;
/// Attributes that all of them may have.
const MOST_ATTRIBUTES_IN_ALL: usize = 500_000;
/// Bytes fed between two looks: a few hundred elements at most.
const PIECE: usize = 4 << 10;
/// Attributes that one tag may have; the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 2_000;

/// Parses a document; `None` when it is too deep or too large.
pub(super) fn document(html: &str) -> Option<Html> {
    if has_a_monstrous_tag(html) {
        return None;
    }
    run(driver::parse_document(BoundedSink::new(Html::new_document()), ParseOpts::default()), html)
}

/// Parses a fragment, as if it stood in a body; `None` when it is too deep or too large.
pub(super) fn fragment(html: &str) -> Option<Html> {
    if has_a_monstrous_tag(html) {
        return None;
    }
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let sink = BoundedSink::new(Html::new_fragment());
    run(driver::parse_fragment(sink, ParseOpts::default(), body, Vec::new(), false), html)
}

fn run(mut parser: Parser<BoundedSink>, html: &str) -> Option<Html> {
    let mut rest = html;
    while !rest.is_empty() {
        let end = (PIECE.min(rest.len())..=rest.len()).find(|end| rest.is_char_boundary(*end))?;
        parser.process(StrTendril::from(&rest[..end]));
        rest = &rest[end..];
        if parser.tokenizer.sink.sink.is_over() {
            return None;
        }
    }
    Some(parser.finish())
}

/// Says whether a tag has more attributes than any real one.
fn has_a_monstrous_tag(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut signs = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'=', bytes) {
        match bytes[at] {
            b'<' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => signs = 0,
            b'>' => signs = 0,
            b'=' => signs += 1,
            _ => {}
        }
        if signs > MOST_ATTRIBUTES {
            return true;
        }
    }
    false
}

/// The tree that scraper builds, watched.
struct BoundedSink {
    inner: HtmlTreeSink,
    deepest: Cell<usize>,
    elements: Cell<usize>,
    depths: Cell<usize>,
    attributes: Cell<usize>,
}

type Handle = <HtmlTreeSink as TreeSink>::Handle;

impl BoundedSink {
    fn new(html: Html) -> Self {
        let none = Cell::default;
        Self { inner: HtmlTreeSink::new(html), deepest: none(), elements: none(), depths: none(), attributes: none() }
    }

    fn is_over(&self) -> bool {
        self.deepest.get() > DEEPEST
            || self.elements.get() > MOST_ELEMENTS
            || self.depths.get() > MOST_DEPTHS
            || self.attributes.get() > MOST_ATTRIBUTES_IN_ALL
    }

    fn look_at(&self, parent: Handle) {
        let html = self.inner.0.borrow();
        // One more than the limit is enough to know.
        let depth = html.tree.get(parent).map_or(0, |node| node.ancestors().take(DEEPEST + 1).count());
        self.deepest.set(self.deepest.get().max(depth));
        self.depths.set(self.depths.get() + depth);
    }
}

impl TreeSink for BoundedSink {
    type Output = Html;
    type Handle = Handle;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.inner.parse_error(message);
    }

    fn get_document(&self) -> Handle {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Self::ElemName<'a> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.elements.set(self.elements.get() + 1);
        self.attributes.set(self.attributes.get() + attributes.len());
        self.inner.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, value: StrTendril) -> Handle {
        self.inner.create_pi(target, value)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.look_at(*parent);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        self.look_at(*element);
        self.inner.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn mark_script_already_started(&self, node: &Handle) {
        self.inner.mark_script_already_started(node);
    }

    fn pop(&self, node: &Handle) {
        self.inner.pop(node);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        self.inner.same_node(left, right)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        self.look_at(*sibling);
        self.inner.append_before_sibling(sibling, new_node);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.inner.reparent_children(node, new_parent);
        self.look_at(*new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        self.inner.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, page: &str, fits: bool) {
        assert_eq!(document(page).is_some(), fits, "{name}");
    }

    #[test]
    fn what_nests_without_end_is_refused_however_it_is_written() {
        for (name, piece) in [
            ("plain", "<div>"),
            ("tables", "<div><table><tr><td></div>"),
            ("foreign", "<svg><image>"),
            ("formatting", "<b></i>"),
            ("unknown", "<x><div></x>"),
            ("maths", "<div><math><mi></div>"),
            ("odd attributes", "<div =\">"),
        ] {
            check(name, &piece.repeat(5_000), false);
        }
        check("quote in a bare value", &format!("<a href=http://x.example/?q=\">{}", "<div>".repeat(5_000)), false);
        check("image in svg", &format!("<svg>{}", "<image>".repeat(5_000)), false);
        let tag: String = (0..5_000).map(|n| format!(" a{n}=1")).collect();
        check("attributes", &format!("<p{tag}>x"), false);
    }

    #[test]
    fn what_browsers_nest_shallowly_passes() {
        check("open spans in paragraphs", &"<p><span>A paragraph".repeat(400), true);
        check("lists", &"<ul><li>One<li>Two</ul>".repeat(2_000), true);
        check("a long row", &"<br>".repeat(20_000), true);
        check("an image in a value", &format!("<img src=\"data:image/png;base64,{}==\">", "A".repeat(200_000)), true);
    }

    #[test]
    fn a_bounded_tree_is_the_same_tree() {
        let page = "<!doctype html><title>a</title><table><tr><td>b<p>c<b>d<i>e</b>f</table><svg><image/></svg>";
        let bounded = document(page).expect("it is small");
        assert_eq!(bounded.html(), Html::parse_document(page).html());
        let piece = "<li>one<p>two &amp; three";
        assert_eq!(fragment(piece).expect("it is small").html(), Html::parse_fragment(piece).html());
    }
}
