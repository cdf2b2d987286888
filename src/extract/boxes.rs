//! Boxes within or behind an article that hold none of its text, whatever they are called: they ask for an address or for
//! money, ask what readers think, list other articles or the article's own sections, sum it up by machine, or say a
//! sentence of it again in large letters.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::beside::places;
use super::clean::{self, Line};
use super::furniture::{self, Where};
use crate::html::{Document, Element, ElementId};

/// How far above a line its box is looked for.
const NEAR: usize = 3;

/// The boxes of a page that hold no text, with the reason.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// Those in which even a sentence that tells of somebody is no text.
    sure: Vec<(HashSet<ElementId>, &'static str)>,
    signups: HashSet<ElementId>,
}

impl Boxes {
    /// Finds the boxes of a page of which these lines were taken for text; one that is most of the text is the article's.
    pub(super) fn of(document: &Document, page: &[(&str, Element<'_>)], lines: &[Line]) -> Self {
        let stand: Vec<(usize, usize)> = places(page, lines).into_iter().collect();
        let kept: Vec<(usize, usize)> = stand.into_iter().filter(|(_, at)| lines[*at].dropped.is_none()).collect();
        let Some(first) = kept.iter().map(|(place, _)| *place).find(|place| clean::is_paragraph(page[*place].0)) else {
            return Self::default();
        };
        let whole: usize = kept.iter().map(|(place, _)| page[*place].0.len()).sum();
        let is_part = |boxes: &HashSet<ElementId>| {
            let held = kept.iter().filter(|(place, _)| is_within(&page[*place].1, boxes));
            held.map(|(place, _)| page[*place].0.len()).sum::<usize>() * 2 < whole
        };
        let sure = [
            (headed(page, &kept, first), "others"),
            (summaries(page), "summary-by-machine"),
            (pull_quotes(page, &kept), "pull-quote"),
            (contents(document), "contents"),
            (polls(document), "poll"),
        ];
        Self {
            sure: sure.into_iter().filter(|(boxes, _)| !boxes.is_empty() && is_part(boxes)).collect(),
            signups: Some(signups(document)).filter(is_part).unwrap_or_default(),
        }
    }

    /// Returns why a line at an element is no text, by the box that it stands in.
    pub(super) fn why(&self, line: &str, element: &Element<'_>) -> Option<&'static str> {
        let found = self.sure.iter().find(|(boxes, _)| is_within(element, boxes)).map(|(_, why)| *why);
        let asks = || (is_within(element, &self.signups) && !furniture::tells(line)).then_some("newsletter");
        found.or_else(asks)
    }
}

fn is_within(element: &Element<'_>, boxes: &HashSet<ElementId>) -> bool {
    !boxes.is_empty() && element.and_ancestors().any(|around| boxes.contains(&around.id()))
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

/// The boxes in which readers are asked what they think: a question, and answers to tick.
fn polls(document: &Document) -> HashSet<ElementId> {
    const MOST_LINES: usize = 8;
    let labels = document.select("label + label");
    let boxes =
        labels.iter().filter_map(|label| label.ancestors().next()).filter_map(|around| small_box(&around, MOST_LINES));
    boxes.map(|around| around.id()).collect()
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

/// The boxes that ask for an address: a form with a field for it, and the few words around.
fn signups(document: &Document) -> HashSet<ElementId> {
    const MOST_LINES: usize = 6;
    static ASK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\b(?:donate|give\s(?:now|today)|make\sa\s(?:gift|donation)|support\sus|faire\sun\sdon|spenden|newsletters?|subscribe|sign\sup|abonnieren|s.abonner|s.inscrire|suscr[íi]b\w+|iscriviti|assine)\b
            | 捐款|捐助|贊助|赞助|訂閱|订阅|メルマガ|登録する|구독",
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
    let buttons = document
        .select("button, input[type=submit], a[href*=donate], a[class*=button i], a[class*=btn i], a[role=button]");
    let asked = buttons.iter().filter(|button| says_so(button)).filter_map(|button| small_box(button, MOST_LINES));
    let fields = document.select("form input[type=email], form input[name*=email i], input[type=email]");
    fields.iter().filter_map(|field| small_box(field, MOST_LINES)).chain(asked).map(|around| around.id()).collect()
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
