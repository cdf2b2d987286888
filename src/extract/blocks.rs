//! What the lines of a part of a page are, by the elements that they stand in: headings, items, quotations, links, captions.

use std::cell::LazyCell;
use std::collections::HashSet;

use regex::Regex;

use super::clean;
use super::furniture;
use super::links;
use crate::html::Element;
use crate::model::ParagraphKind;
use crate::pattern::pattern;

/// Links: with an address, or without one for a script to follow, but no targets of links.
pub(super) const LINKS: &str = "a[href], a:not([name], [id])";

/// A shorter link is a word of the text or of a menu, in characters.
const SHORTEST_LINK: usize = 8;

/// The lines of a part of a page that are more than paragraphs, as printed.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Lines that are links from end to end.
    pub(super) links: HashSet<String>,
    /// Links too short to be more than the word for a topic.
    pub(super) words: HashSet<String>,
    /// Those that lead to another page of the same site.
    own_links: HashSet<String>,
    /// Lines that say what a picture shows.
    pub(super) captions: HashSet<String>,
    headings: HashSet<String>,
    items: HashSet<String>,
    quotations: HashSet<String>,
    /// True when the elements were seen: without them, that a line is no link says nothing.
    pub(super) is_known: bool,
}

impl Blocks {
    /// Sorts the lines of the elements that make up a part of a page of this host.
    pub(super) fn of(parts: &[Element<'_>], host: Option<&str>) -> Self {
        let (mut links, mut words, mut own_links) = (HashSet::new(), HashSet::new(), HashSet::new());
        for link in parts.iter().flat_map(|part| part.select(LINKS)) {
            let text = link.text();
            let lines = text.lines().filter(|line| line.chars().count() >= SHORTEST_LINK);
            links.extend(lines.map(str::to_owned));
            if text.chars().count() < SHORTEST_LINK {
                words.insert(text.clone());
            }
            if links.contains(&text) && link.attribute("href").is_none_or(|href| links::is_own(href, host)) {
                own_links.insert(text);
            }
        }
        Self { links, words, own_links, captions: captions(parts), is_known: true, ..Self::as_chosen(parts) }
    }

    /// Sorts the lines of elements that somebody chose as text: that a line is a link, or stands by a picture, says nothing
    /// then.
    pub(super) fn as_chosen(parts: &[Element<'_>]) -> Self {
        // A rule may choose the elements themselves, and not what holds them.
        let lines = |names: &[&str]| {
            let own = parts.iter().filter(|part| names.contains(&part.name())).copied();
            let within = parts.iter().flat_map(|part| part.select(&names.join(", ")));
            let texts: Vec<String> = own.chain(within).map(|part| part.text()).collect();
            texts.iter().flat_map(|text| text.lines()).map(str::to_owned).collect::<HashSet<String>>()
        };
        Self {
            headings: lines(&["h2", "h3", "h4", "h5", "h6"]),
            items: lines(&["li", "dd"]),
            quotations: lines(&["blockquote", "q"]),
            ..Self::default()
        }
    }

    /// The lines of a text in a page's data of which only this is known, that they are links.
    pub(super) fn of_links(links: HashSet<String>) -> Self {
        Self { own_links: links.clone(), links, ..Self::default() }
    }

    /// Returns what a line is, other than a paragraph.
    pub(super) fn kind(&self, line: &str) -> Option<ParagraphKind> {
        if self.headings.contains(line) {
            Some(ParagraphKind::Heading)
        } else if self.quotations.contains(line) {
            Some(ParagraphKind::Quotation)
        } else {
            self.items.contains(line).then_some(ParagraphKind::Item)
        }
    }

    /// Says whether a line is several links and nothing else: words for topics that run together.
    pub(super) fn is_of_links(&self, line: &str) -> bool {
        let (mut rest, mut count) = (line, 0);
        while !rest.is_empty() {
            let all = self.words.iter().chain(&self.links);
            let Some(link) =
                all.filter(|link| !link.is_empty() && rest.starts_with(link.as_str())).max_by_key(|link| link.len())
            else {
                return false;
            };
            count += 1;
            rest = rest[link.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
        }
        count > 1
    }

    /// Says whether a line is a link to another article of the site: a link from end to end, of the length of a headline,
    /// and no sentence. A heading that leads elsewhere still heads what is below it.
    pub(super) fn leads_elsewhere(&self, line: &str) -> bool {
        let is_told_item = || self.items.contains(line) && furniture::is_on_matter(line);
        self.own_links.contains(line)
            && !self.headings.contains(line)
            && !line.ends_with(['.', '。', '!', '！', '?', '？', ':', '：', '」', '”', '’', '"', ')', '）'])
            && !is_told_item()
            && is_long_as_headline(line)
    }
}

/// Says whether the class or the id of an element is like this.
pub(super) fn is_named(element: &Element<'_>, name: &Regex) -> bool {
    [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(|own| name.is_match(own))
}

/// Says whether a line is as long as headlines are.
pub(super) fn is_long_as_headline(line: &str) -> bool {
    /// A shorter one may be a name, in words and in characters of Chinese.
    const FEWEST_WORDS: usize = 5;
    const FEWEST_CHARACTERS: usize = 12;
    line.split_whitespace().count() >= FEWEST_WORDS
        || line.chars().filter(|c| clean::is_cjk(*c)).count() >= FEWEST_CHARACTERS
}

/// Returns the captions in a part of a page: in the smallest box of a picture that holds words, a line that is hardly a
/// paragraph. Many templates give it no name.
fn captions(parts: &[Element<'_>]) -> HashSet<String> {
    pattern!(
        PICTURE,
        r"(?i)image|img|photo|pic|figure|caption|gallery|slide|thumb|media|video|legend|separator|carousel"
    );
    pattern!(BESIDE, r"(?i)(?:image|img|photo|pic|media|figure)[_-]*(?:and[_-]*)?(?:text|txt|content|body)");
    /// Words on a picture stand in few elements.
    const MOST_NODES: usize = 200;
    let whole = LazyCell::new(|| parts.iter().map(|part| part.text().len()).sum::<usize>());
    let mut found = HashSet::new();
    for picture in parts.iter().flat_map(|part| part.select("img, picture, video")) {
        let small = picture.ancestors().take_while(|around| !around.holds_more_than(MOST_NODES));
        let mut around = small.filter(|around| !around.is_blank()).map(|around| (around, around.text()));
        let Some((around, text)) = around.find(|(_, text)| !text.is_empty()) else { continue };
        let name = around.name();
        // A sentence of its own beside a picture is text, unless the box is made for pictures.
        let is_sentence = text.ends_with(['。', '！', '？']) || text.ends_with('.') && around.select("p").len() == 1;
        // Templates that set text beside a picture say so.
        let is_picture = |part: Element<'_>| is_named(&part, &PICTURE) && !is_named(&part, &BESIDE);
        let is_own = || is_sentence && !around.and_ancestors().take(2).any(is_picture);
        if is_own() && around.name() != "figure" && !furniture::is_credited(&text) {
            continue;
        }
        let is_box = matches!(name, "div" | "a" | "span" | "table" | "tbody" | "center" | "section" | "dl" | "figure");
        if is_box && text.len() * 4 < *whole && is_caption(&text) {
            found.insert(text);
        } else if is_box && is_named(&around, &PICTURE) && is_above_credit(&text) {
            found.extend(text.lines().map(str::to_owned));
        }
    }
    const OF_VIDEO: &str = "[class*=video-title i], [class*=video-caption i], [class*=video-description i]";
    found.extend(
        parts.iter().flat_map(|part| part.select(OF_VIDEO)).map(|part| part.text()).filter(|text| is_caption(text)),
    );
    found
}

/// Says whether words beside a picture are a line on it and one with who made it.
fn is_above_credit(text: &str) -> bool {
    let mut lines = text.lines();
    /// A longer one is a paragraph, in bytes.
    const LONGEST: usize = 110;
    let is_line = lines.next().is_some_and(|line| line.len() <= LONGEST && is_caption(line));
    is_line && lines.next().is_some_and(furniture::is_credited) && lines.next().is_none()
}

/// Says whether words beside a picture are on the picture: one line, and short or no sentence.
fn is_caption(text: &str) -> bool {
    /// In bytes: three are a character of Chinese, where fewer say as much.
    const SHORT: usize = 150;
    const LONGEST: usize = 600;
    let ends_with_credit = text.ends_with([')', '）']);
    let is_one = !text.contains('\n') && text.len() <= LONGEST;
    let is_told = furniture::tells(text) && !ends_with_credit;
    is_one && !is_told && (text.len() <= SHORT || ends_with_credit || !clean::is_paragraph(text))
}
