//! Where an article ends: at a wall, at its author's box, at the list of other articles or at what readers write.

use super::blocks::Blocks;
use super::clean::{FOR_MEMBERS, Line, is_mostly_cjk, is_paragraph};
use super::comments;
use super::furniture::{Where, is_on_matter, known, tells};
use crate::html::Element;

/// Where the text ends for those who do not pay: at a line that says so on a page that is paid for, or at two close together.
pub(super) fn wall(lines: &[&str], is_paid: bool) -> Option<usize> {
    /// How close together, in lines.
    const CLOSE: usize = 4;
    /// So many lines behind it that tell of somebody are the article's.
    const TOLD_BEHIND: usize = 2;
    /// How many times as much text may stand behind a wall as before it: what it offers.
    const MOST_ABOVE: usize = 3;
    let mut says_so: Vec<usize> = (0..lines.len())
        .filter(|at| {
            known(lines[*at], Where::Wall).is_some() && !(is_paragraph(lines[*at]) && lines[*at].contains('，'))
        })
        .collect();
    // Above the text it is a label.
    let length = |lines: &[&str]| lines.iter().filter(|line| is_paragraph(line)).map(|line| line.len()).sum::<usize>();
    let is_label = |at: usize, next: usize| length(&lines[at..next]) > MOST_ABOVE * length(&lines[..at]);
    while let [at, rest @ ..] = says_so.as_slice()
        && is_label(*at, rest.first().copied().unwrap_or(lines.len()))
    {
        says_so.remove(0);
    }
    // What goes on behind it is there for all.
    let goes_on = |at: usize| lines[at..].iter().filter(|line| tells(line)).count() >= TOLD_BEHIND;
    says_so.retain(|at| !goes_on(*at));
    let close = says_so.windows(2).find(|pair| pair[1] - pair[0] < CLOSE).map(|pair| pair[0]);
    if is_paid { says_so.first().copied() } else { close }
}

/// Says whether lines tell for whom the text is, and the page bears a wall besides.
pub(super) fn has_wall<'a>(lines: &[Line], mut page: impl Iterator<Item = &'a str>) -> bool {
    let labels = || lines.iter().filter(|line| line.dropped.as_deref() == Some(FOR_MEMBERS));
    let is_other = |line: &str| labels().all(|label| label.text != line);
    labels().next().is_some() && page.any(|line| known(line, Where::Wall).is_some() && is_other(line))
}

/// Says whether a wall that says so twice, and nothing else, follows the text on the page.
pub(super) fn stands_before_wall(page: &[(&str, Element<'_>)], lines: &[Line]) -> bool {
    /// How many lines behind the text make the wall.
    const NEAR: usize = 4;
    let kept = lines.iter().rev().find(|line| line.dropped.is_none());
    let last = kept.and_then(|kept| page.iter().rposition(|(line, _)| *line == kept.text));
    let behind = last.map_or(&[][..], |last| &page[last + 1..(last + 1 + NEAR).min(page.len())]);
    behind.iter().filter(|(line, _)| known(line, Where::Wall).is_some()).count() > 1
}

/// Where the box on an author begins at the end of a page: their name alone on a line, and little behind it.
pub(super) fn signature(lines: &[&str], dropped: &[Option<&str>], authors: &[String]) -> Option<usize> {
    /// How many lines may follow, and how many bytes.
    const MOST_LINES: usize = 4;
    const MOST_BYTES: usize = 600;
    let from = lines.len().saturating_sub(MOST_LINES + 1).max(1);
    let is_last = |at: &usize| lines[*at..].iter().map(|line| line.len()).sum::<usize>() <= MOST_BYTES;
    let is_name = |at: &usize| dropped[*at].is_none() && authors.iter().any(|author| author == lines[*at]);
    // In an interview the name stands before each turn.
    let is_once = |at: &usize| lines.iter().filter(|line| **line == lines[*at]).count() == 1;
    let asks = |at: &usize| lines[*at..].iter().any(|line| line.ends_with(['?', '？']));
    (from..lines.len()).find(|at| is_name(at) && is_last(at) && is_once(at) && !asks(at))
}

/// Where the list of other articles, or what readers write, begins.
///
/// What a heading so named leads to must look like a list, or bear times: a subheading of an article may be called the same.
/// A short report has little before it, yet a sentence.
pub(super) fn end_of_article(lines: &[&str], blocks: &Blocks) -> Option<usize> {
    // Of a feed's text nothing is known but the words.
    let (links, is_page) = (&blocks.links, blocks.is_known);
    /// A note on who wrote it, and what a site prints behind that, has no more lines.
    const MOST_ON_AUTHOR: usize = 20;
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let is_list = |rest: &[&str]| {
        let text = rest.iter().filter(|line| is_paragraph(line) && !links.contains(**line)).copied();
        // What sites print for every article is no text, however long.
        let text: Vec<&str> = text.filter(|line| known(line, Where::Anywhere).is_none()).collect();
        // Other articles are links; a line that tells something and leads nowhere is no title of one.
        let told = rest.iter().any(|line| !links.contains(*line) && is_on_matter(line));
        // Each remark bears a time.
        let remarks = rest.iter().filter(|line| comments::is_remark(line)).count();
        // An article may have a section about what others reported, or said: that leads nowhere.
        let holds_link = |line: &str| links.contains(line) || links.iter().any(|link| line.contains(link.as_str()));
        let leads = !is_page || !is_mostly_cjk(rest[0]) || rest.iter().any(|line| holds_link(line));
        length(&text) * 2 < length(rest).max(1) && !told && leads
            || comments::may_hold(&rest.join("\n"))
            || remarks > 1 && remarks * 3 >= rest.len() - 1
    };
    let whole = length(lines);
    let (mut before, mut has_sentence) = (0, false);
    for (place, line) in lines.iter().enumerate() {
        let is_behind_text = before * 2 > whole || before * 10 > whole && has_sentence;
        let rest = &lines[place..];
        // Who wrote it comes last.
        let is_on_author =
            |why: &str| why == "author-note" && rest.len() <= MOST_ON_AUTHOR && !rest.iter().any(|line| tells(line));
        if is_behind_text && known(line, Where::Rest).is_some_and(|why| is_on_author(why) || is_list(rest)) {
            return Some(place);
        }
        before += line.len();
        has_sentence |= is_paragraph(line);
    }
    None
}

/// Says whether lines dropped for this reason end the article.
pub(super) fn is_end(why: &str) -> bool {
    matches!(why, "others" | "wall" | "author-note")
}
