//! Lines that an outlet prints at the beginning or end of many of its articles: learned from its other pages, handed in.

use std::collections::HashSet;

use super::clean;
use super::furniture;
use crate::model::{Article, EdgeLines};

/// How many lines at the beginning and at the end of an article are looked at.
const FIRST: usize = 4;
const LAST: usize = 6;
/// From so many pages on something can be learned.
const FEWEST_PAGES: u32 = 10;
/// So many of them bear a line that is the outlet's, and such a share, in hundredths. A series of articles repeats its
/// background, too: a line that tells of somebody is never learned.
const FEWEST_WITH_LINE: u32 = 5;
const SHARE: u32 = 30;
/// A shorter line says too little to be known again, in letters.
const SHORTEST: usize = 4;
/// So much of a line is compared, in letters.
const LONGEST: usize = 200;

/// What an outlet prints on many of its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurring(HashSet<String>);

impl Recurring {
    /// Learns from what stood at the edges of the outlet's articles.
    pub fn learned(seen: &EdgeLines) -> Self {
        let is_enough = |count: u32| count >= FEWEST_WITH_LINE && count * 100 >= seen.pages * SHARE;
        let lines = seen.lines.iter().filter(|(_, count)| seen.pages >= FEWEST_PAGES && is_enough(**count));
        Self(lines.map(|(line, _)| line.clone()).collect())
    }

    /// Takes these lines and no others, as printed: a second look at an article leaves out what the first did.
    pub fn exactly(lines: &[String]) -> Self {
        Self(lines.iter().filter_map(|line| key(line)).collect())
    }

    fn has(&self, line: &str) -> bool {
        !self.0.is_empty() && key(line).is_some_and(|key| self.0.contains(&key)) && !furniture::tells(line)
    }

    /// Returns which of the lines at these places, all those that are text, recur at an edge.
    pub(super) fn among(&self, lines: &[&str], text: &[usize]) -> Vec<usize> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let is_at_edge = |number: usize| number < FIRST || number + LAST >= text.len();
        let at_edges = text.iter().enumerate().filter(|(number, _)| is_at_edge(*number)).map(|(_, at)| *at);
        at_edges.filter(|at| self.has(lines[*at])).collect()
    }
}

/// Returns the lines at the edges of an article in the form in which they are counted, each once, with those that were left
/// out because they recur.
pub fn edges(article: &Article) -> Vec<String> {
    let lines: Vec<&str> = article.text.lines().collect();
    let last = lines.len().saturating_sub(LAST).max(FIRST.min(lines.len()));
    let edges = lines[..FIRST.min(lines.len())].iter().chain(&lines[last..]).copied();
    let left_out = article.recurring.iter().map(String::as_str);
    let mut keys: Vec<String> = edges.chain(left_out).filter_map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The letters of a line, without what changes from page to page: a number stands for any other.
fn key(line: &str) -> Option<String> {
    let mut key = String::new();
    for c in clean::letters(line).chars().take(LONGEST) {
        let c = if c.is_numeric() { '0' } else { c };
        if c != '0' || !key.ends_with('0') {
            key.push(c);
        }
    }
    (key.chars().count() >= SHORTEST).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    const LETTER: &str = "Get our letter with 12 stories each morning.";

    fn seen(pages: u32, line: &str, count: u32) -> EdgeLines {
        EdgeLines { pages, lines: [(key(line).expect("letters"), count)].into() }
    }

    #[test]
    fn a_line_is_learned_when_a_good_share_of_many_pages_bears_it() {
        let check = |pages, count, expected| {
            assert_eq!(Recurring::learned(&seen(pages, LETTER, count)).has(LETTER), expected, "{count} of {pages}");
        };
        check(10, 5, true);
        check(9, 9, false);
        check(10, 4, false);
        check(100, 29, false);
        check(100, 30, true);
    }

    #[test]
    fn numbers_and_signs_make_no_difference_and_what_tells_something_is_never_dropped() {
        let learned = Recurring::learned(&seen(20, LETTER, 20));
        assert!(learned.has("Get our letter, with 9 stories, each morning"));
        assert!(!learned.has("Get our letter each evening."));
        let denial = "The embassy has always denied the charge.";
        assert!(!Recurring::learned(&seen(20, denial, 20)).has(denial));
        assert!(key("…").is_none() && key("Ad").is_none());
    }

    #[test]
    fn only_the_edges_count() {
        let line = |number: usize| format!("Paragraph {} of the text.", "abcdefghijklmnopqrst".split_at(number).1);
        let lines: Vec<String> = (0..12).map(line).collect();
        let article = Article::of_text("T", &lines.join("\n"), Lang::new("en"));
        let keys = edges(&article);
        assert_eq!(keys.len(), FIRST + LAST);
        assert!(keys.contains(&key(&lines[0]).expect("letters")) && keys.contains(&key(&lines[11]).expect("letters")));
        assert!(!keys.contains(&key(&lines[5]).expect("letters")));
        let learned = Recurring::exactly(&lines);
        let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
        let places: Vec<usize> = (0..12).collect();
        assert_eq!(learned.among(&texts, &places), [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]);
        let short =
            Article { recurring: vec![LETTER.to_owned()], ..Article::of_text("T", "One line alone.", Lang::new("en")) };
        assert_eq!(edges(&short), [key(LETTER).expect("letters"), key("One line alone.").expect("letters")]);
    }
}
