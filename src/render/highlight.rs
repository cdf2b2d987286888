//! Marks on text: colour where the terminal has it, and never as the only sign.

use std::ops::Range;

use super::safe;
use super::table::wrap;

/// Whether a terminal shows colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// No escape sequences at all.
    #[default]
    Plain,
    /// ANSI sequences.
    Ansi,
}

impl Style {
    /// Marks what a search found: bold, and in brackets where there is no bold.
    pub fn hit(self, text: &str) -> String {
        match self {
            Self::Plain => format!("[{text}]"),
            Self::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
        }
    }
}

/// Returns a foreign text, made safe, with its byte ranges marked as hits; ranges that do not fit are left out.
pub fn highlight(text: &str, ranges: &[Range<usize>], style: Style) -> String {
    marked(text, ranges, |hit| style.hit(hit))
}

/// Returns the same in lines of at most `width` cells.
pub fn highlight_lines(text: &str, ranges: &[Range<usize>], style: Style, width: usize) -> Vec<String> {
    if style == Style::Plain {
        return wrap(&highlight(text, ranges, style), width);
    }
    // Marks without width hold the places while lines are broken: escape codes would count as text.
    const BEGIN: char = '\u{2060}';
    const END: char = '\u{2061}';
    let held = marked(text, ranges, |hit| format!("{BEGIN}{hit}{END}"));
    let styled = |line: String| line.replace(BEGIN, "\u{1b}[1m").replace(END, "\u{1b}[0m");
    wrap(&held, width).into_iter().map(styled).collect()
}

fn marked(text: &str, ranges: &[Range<usize>], mark: impl Fn(&str) -> String) -> String {
    let mut sorted: Vec<&Range<usize>> = ranges.iter().filter(|range| !range.is_empty()).collect();
    sorted.sort_by_key(|range| (range.start, range.end));
    let mut shown = String::new();
    let mut at = 0;
    for range in sorted {
        let (Some(before), Some(hit)) = (text.get(at..range.start), text.get((*range).clone())) else { continue };
        shown.push_str(&safe(before));
        shown.push_str(&mark(&safe(hit)));
        at = range.end;
    }
    shown.push_str(&safe(text.get(at..).unwrap_or_default()));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hits: &[&str], expected: &str) {
        let ranges: Vec<_> = hits
            .iter()
            .map(|hit| text.find(hit).expect("the text holds it"))
            .zip(hits)
            .map(|(at, hit)| at..at + hit.len())
            .collect();
        assert_eq!(highlight(text, &ranges, Style::Plain), expected);
    }

    #[test]
    fn hits_are_marked_without_colour() {
        check("國安部否認指控", &["否認"], "國安部[否認]指控");
        check("it denied and denies", &["denies", "denied"], "it [denied] and [denies]");
    }

    #[test]
    fn foreign_sequences_stay_out_of_a_coloured_line() {
        let hits = [0..1, 4..4];
        assert_eq!(highlight("a\u{1b}[31mb", &hits, Style::Ansi), "\u{1b}[1ma\u{1b}[0m\u{fffd}b");
    }

    #[test]
    fn ranges_that_overlap_or_do_not_fit_are_left_out() {
        assert_eq!(highlight("abcdef", &[0..3, 2..4, 4..99], Style::Plain), "[abc]def");
        assert_eq!(highlight("中方", &[0..1, 3..6], Style::Plain), "中[方]");
    }
}
