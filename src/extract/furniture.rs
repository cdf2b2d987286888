//! The table of what sites print around an article, `furniture.toml`, and what is never part of that.

use std::cell::LazyCell;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::clean;
use crate::pattern;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("furniture.toml")).expect("the table that ships is checked by a test")
});
static FURNITURE: LazyLock<Vec<Furniture>> = LazyLock::new(|| TABLE.line.iter().map(Furniture::of).collect());
/// What nothing that a site prints around an article speaks of.
static MATTER: LazyLock<Regex> = LazyLock::new(|| {
    let (words, parts) = (TABLE.matter.words.join("|"), TABLE.matter.parts.join("|"));
    pattern::compile_for_ascii_words(&format!(r"(?i)\b(?:{words})\b|{parts}"))
});

#[derive(Debug, Deserialize)]
struct Table {
    matter: Matter,
    line: Vec<Written>,
}

/// Words that only articles use: whole ones, and parts of text in languages that set no spaces.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matter {
    words: Vec<String>,
    parts: Vec<String>,
}

/// An entry of the table, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    why: String,
    r#where: Where,
    longest: usize,
    #[serde(default)]
    told: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Where {
    Anywhere,
    Head,
    Tail,
    Rest,
    Box,
    Wall,
}

/// A kind of line that belongs to the page and not to the article.
#[derive(Debug)]
struct Furniture {
    why: String,
    at: Where,
    longest: usize,
    /// True when it may tell of somebody, too.
    told: bool,
    /// True when it never ends as a sentence does.
    bare: bool,
    /// What makes text of it.
    unless: Option<Regex>,
    /// Of all of it, signs around aside.
    whole: Option<Regex>,
    /// Of its beginning.
    start: Option<Regex>,
    /// Of its end. Apart, for a pattern bound to one end of a line is quickly done.
    end: Option<Regex>,
}

impl Furniture {
    fn of(written: &Written) -> Self {
        let pattern = |patterns: &[String], before: &str, behind: &str| {
            let text = || format!("(?i){before}(?:{}){behind}", patterns.join("|"));
            (!patterns.is_empty()).then(|| pattern::compile_for_ascii_words(&text()))
        };
        Self {
            why: written.why.clone(),
            at: written.r#where,
            longest: written.longest,
            told: written.told,
            bare: written.bare,
            unless: pattern(&written.unless, "", ""),
            whole: pattern(&written.whole, "^", "$"),
            start: pattern(&written.begins, "^", ""),
            end: pattern(&written.ends, "", r"[\s。.]*$"),
        }
    }

    /// Says whether a line is short enough.
    fn may_be(&self, line: &str) -> bool {
        // A character has at most four bytes: a long line is told without counting.
        line.len() <= self.longest || line.len() <= 4 * self.longest && line.chars().count() <= self.longest
    }

    fn matches(&self, line: &str) -> bool {
        // Taking signs off is many times cheaper than a pattern for all that is no letter.
        let begun = line.trim_start_matches(is_sign);
        let bare = begun.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is = |pattern: &Option<Regex>, other: &str| {
            pattern.as_ref().is_some_and(|pattern| pattern.is_match(line) || other != line && pattern.is_match(other))
        };
        is(&self.whole, bare) || is(&self.start, begun) || is(&self.end, line)
    }
}

/// Says whether a character may stand before what sites print, as a bullet does; a quotation mark opens what somebody says.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '“' | '”' | '‘' | '「' | '『' | '"')
}

/// Returns why a line belongs to the page and not to the article, by the table, at this place.
pub(super) fn known(line: &str, at: Where) -> Option<&'static str> {
    let own = FURNITURE.iter().filter(|furniture| furniture.at == at && furniture.may_be(line));
    // A text's paragraphs tell of somebody, and need no look at most of the table.
    let told = LazyCell::new(|| tells(line));
    let is_one = |furniture: &&Furniture| {
        (furniture.told || !*told)
            && furniture.matches(line)
            && !(furniture.bare && clean::ends_sentence(line))
            && !furniture.unless.as_ref().is_some_and(|text| text.is_match(line))
    };
    let mut own = own.filter(is_one);
    own.next().map(|furniture| furniture.why.as_str())
}

/// Says whether a line ends with who made the picture that it stands beside.
pub(super) fn is_credited(line: &str) -> bool {
    known(line, Where::Anywhere) == Some("credit")
}

/// Says whether a line is a sentence that tells of somebody, as no button or notice of a site does.
pub(super) fn tells(line: &str) -> bool {
    let is_bracket = || line.ends_with(['』', '’', ')', '）']);
    (clean::ends_sentence(line) || is_bracket()) && is_on_matter(line)
}

/// Says whether a line speaks of what articles are about: what was said, denied or charged, courts and services.
pub(super) fn is_on_matter(line: &str) -> bool {
    MATTER.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_every_pattern_says_something() {
        assert!(FURNITURE.len() > 10);
        for furniture in FURNITURE.iter() {
            assert!(!(furniture.may_be("") && furniture.matches("")), "{furniture:?} takes an empty line");
            assert!(!furniture.matches("The ministry denied the claim."), "{furniture:?}");
            assert!(!furniture.matches("外交部發言人否認有關指控。"), "{furniture:?}");
        }
        assert!(!is_on_matter(""));
        assert!(tells("The ministry denied the claim.") && !tells("Subscribe to our letter."));
    }
}
