//! The table of what sites print around an article, `furniture.toml`, and what is never part of that.

use std::borrow::Cow;
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
    unless: Pattern,
    /// Of all of it, signs around aside.
    whole: Pattern,
    /// Of its beginning.
    start: Pattern,
    /// Of its end. Apart, for a pattern bound to one end of a line is quickly done.
    end: Pattern,
}

/// Expressions any of which may match. Those in small letters are compiled and run many times faster than those for letters
/// of both kinds, of which Unicode has more than two.
#[derive(Debug)]
struct Pattern {
    small: Option<Regex>,
    as_printed: Option<Regex>,
}

impl Pattern {
    fn of(patterns: &[String], before: &str, behind: &str) -> Self {
        let (as_printed, small): (Vec<&str>, Vec<&str>) =
            patterns.iter().map(String::as_str).partition(|pattern| pattern.contains("(?-i"));
        let compiled = |flags: &str, patterns: &[&str]| {
            let text = || format!("{flags}{before}(?:{}){behind}", patterns.join("|"));
            (!patterns.is_empty()).then(|| pattern::compile_for_ascii_words(&text()))
        };
        Self { small: compiled("", &small), as_printed: compiled("(?i)", &as_printed) }
    }

    fn is_match(&self, line: &str, small: &str) -> bool {
        self.small.as_ref().is_some_and(|pattern| pattern.is_match(small))
            || self.as_printed.as_ref().is_some_and(|pattern| pattern.is_match(line))
    }
}

/// A line in small letters.
fn in_small(line: &str) -> Cow<'_, str> {
    if line.contains(char::is_uppercase) { line.to_lowercase().into() } else { line.into() }
}

impl Furniture {
    fn of(written: &Written) -> Self {
        Self {
            why: written.why.clone(),
            at: written.r#where,
            longest: written.longest,
            told: written.told,
            bare: written.bare,
            unless: Pattern::of(&written.unless, "", ""),
            whole: Pattern::of(&written.whole, "^", "$"),
            start: Pattern::of(&written.begins, "^", ""),
            end: Pattern::of(&written.ends, "", r"[\s。.]*$"),
        }
    }

    /// Says whether a line is short enough.
    fn may_be(&self, line: &str) -> bool {
        // A character has at most four bytes: a long line is told without counting.
        line.len() <= self.longest || line.len() <= 4 * self.longest && line.chars().count() <= self.longest
    }

    /// Says whether a line is of this kind; `small` is the line in small letters.
    fn matches(&self, line: &str, small: &str) -> bool {
        // Taking signs off is many times cheaper than a pattern for all that is no letter.
        let (begun, small_begun) = (begun(line), begun(small));
        let is = |pattern: &Pattern, other: &str, small_other: &str| {
            pattern.is_match(line, small) || other != line && pattern.is_match(other, small_other)
        };
        is(&self.whole, bare(begun), bare(small_begun))
            || is(&self.start, begun, small_begun)
            || self.end.is_match(line, small)
    }
}

/// A line without the signs before it.
fn begun(line: &str) -> &str {
    line.trim_start_matches(is_sign)
}

/// A line without the signs behind it.
fn bare(line: &str) -> &str {
    line.trim_end_matches(|c: char| !c.is_alphanumeric())
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
    let small = LazyCell::new(|| in_small(line));
    let is_one = |furniture: &&Furniture| {
        (furniture.told || !*told)
            && furniture.matches(line, &small)
            && !(furniture.bare && clean::ends_sentence(line))
            && !furniture.unless.is_match(line, &small)
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
            assert!(!(furniture.may_be("") && furniture.matches("", "")), "{furniture:?} takes an empty line");
            let told = "The ministry denied the claim.";
            assert!(!furniture.matches(told, &in_small(told)), "{furniture:?}");
            assert!(!furniture.matches("外交部發言人否認有關指控。", "外交部發言人否認有關指控。"), "{furniture:?}");
        }
        // What is asked of small letters is written in them.
        let all = TABLE.line.iter().flat_map(|line| [&line.unless, &line.whole, &line.begins, &line.ends]).flatten();
        for pattern in all.filter(|pattern| !pattern.contains("(?-i")) {
            let classes = [r"\p{Han}", r"\p{Hiragana}", r"\p{Katakana}", r"\S", r"\W", r"\D", r"\B"];
            let letters = classes.iter().fold(pattern.clone(), |letters, class| letters.replace(class, ""));
            assert!(!letters.contains(char::is_uppercase), "{pattern}");
        }
        assert!(!is_on_matter(""));
        assert!(tells("The ministry denied the claim.") && !tells("Subscribe to our letter."));
    }
}
