//! The part of a text to show for a hit.

use std::ops::Range;

use super::Snippet;
use super::lookup::{Looked, Lookup};
use super::tokenizer::Stems;
use crate::fold;

/// The width of a snippet in columns; a Han character takes two.
const WIDTH: usize = 160;
/// How many matches are tried as the beginning of a snippet.
const MOST_MATCHES: usize = 2_000;

/// A match: the bytes, and which lookup met there.
type Match = (Range<usize>, usize);

/// Returns the bytes of a text that match, in order and without overlaps.
pub(super) fn highlights(text: &str, lookups: &[&Lookup], exact: bool, stems: &mut Stems) -> Vec<Range<usize>> {
    apart(matches(text, lookups, exact, stems))
}

/// Cuts out the part where most of the lookups stand close together, or the beginning where there is none.
pub(super) fn cut(text: &str, lookups: &[&Lookup], exact: bool, stems: &mut Stems) -> Snippet {
    let matches = matches(text, lookups, exact, stems);
    let window = match densest(text, &matches) {
        Some(core) => around(text, core),
        None => around(text, 0..0),
    };
    windowed(text, window, matches)
}

/// Cuts out a sentence, as much of it as a snippet holds.
pub(super) fn sentence(
    text: &str,
    sentence: Range<usize>,
    lookups: &[&Lookup],
    exact: bool,
    stems: &mut Stems,
) -> Snippet {
    let end = reach_on(text, sentence.start, WIDTH).min(sentence.end);
    let window = trimmed(text, sentence.start..whole_word_end(text, end, sentence.start));
    windowed(text, window, matches(text, lookups, exact, stems))
}

fn windowed(text: &str, window: Range<usize>, matches: Vec<Match>) -> Snippet {
    let inside: Vec<Match> =
        matches.into_iter().filter(|(span, _)| window.start <= span.start && span.end <= window.end).collect();
    shown(text, window, apart(inside))
}

fn matches(text: &str, lookups: &[&Lookup], exact: bool, stems: &mut Stems) -> Vec<Match> {
    if lookups.is_empty() {
        return Vec::new();
    }
    let looked = Looked::new(text);
    let mut matches = Vec::new();
    for (which, lookup) in lookups.iter().enumerate() {
        matches.extend(looked.find(lookup, exact, stems).into_iter().map(|span| (span, which)));
    }
    matches.sort_by_key(|(span, which)| (span.start, span.end, *which));
    matches
}

/// Joins what overlaps.
fn apart(matches: Vec<Match>) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (span, _) in matches {
        match spans.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => spans.push(span),
        }
    }
    spans
}

/// Returns the stretch that holds most different lookups, then most matches, within the width; the first such.
fn densest(text: &str, matches: &[Match]) -> Option<Range<usize>> {
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    for (at, (first, _)) in matches.iter().enumerate().take(MOST_MATCHES) {
        let mut reach = first.end;
        let mut width = columns(&text[first.clone()]);
        let mut kinds = Vec::new();
        let mut count = 0;
        for (span, which) in &matches[at..] {
            let wider = text.get(reach..span.end).map_or(0, columns);
            if count > 0 && width + wider > WIDTH {
                break;
            }
            width += wider;
            reach = reach.max(span.end);
            count += 1;
            if !kinds.contains(which) {
                kinds.push(*which);
            }
        }
        let rank = (kinds.len(), count);
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, first.start..reach));
        }
    }
    best.map(|(_, core)| core)
}

/// Widens a stretch to the width of a snippet: a third of the room goes before it.
fn around(text: &str, core: Range<usize>) -> Range<usize> {
    let room = WIDTH.saturating_sub(columns(&text[core.clone()]));
    let before = reach_back(text, core.start, room / 3);
    let spent = columns(&text[before..core.start]);
    let after = reach_on(text, core.end, room - spent.min(room));
    // At the end of the text there may be room left for more before.
    let left = room.saturating_sub(spent + columns(&text[core.end..after]));
    let before = if after == text.len() { reach_back(text, before, left) } else { before };
    let start = whole_word_start(text, before, core.start);
    let end = whole_word_end(text, after, core.end);
    trimmed(text, start..end)
}

fn reach_back(text: &str, from: usize, room: usize) -> usize {
    let mut left = room;
    let mut at = from;
    for (start, c) in text[..from].char_indices().rev() {
        match left.checked_sub(column(c)) {
            Some(rest) => left = rest,
            None => break,
        }
        at = start;
    }
    at
}

fn reach_on(text: &str, from: usize, room: usize) -> usize {
    let mut left = room;
    for (start, c) in text[from..].char_indices() {
        match left.checked_sub(column(c)) {
            Some(rest) => left = rest,
            None => return from + start,
        }
    }
    text.len()
}

/// Moves a start out of the middle of a Latin word, towards the match; a word that is all there is stays cut.
fn whole_word_start(text: &str, at: usize, limit: usize) -> usize {
    if !splits_word(text, at) {
        return at;
    }
    let rest = text[at..limit].char_indices();
    rest.map(|(offset, _)| at + offset).find(|at| !splits_word(text, *at)).unwrap_or(at)
}

/// The same for an end.
fn whole_word_end(text: &str, at: usize, limit: usize) -> usize {
    if !splits_word(text, at) {
        return at;
    }
    let rest = text[limit..at].char_indices().rev();
    rest.map(|(offset, _)| limit + offset).find(|at| !splits_word(text, *at) && *at > limit).unwrap_or(at)
}

/// Says whether both sides of a place belong to one word of letters.
fn splits_word(text: &str, at: usize) -> bool {
    let in_word = |c: char| c.is_alphanumeric() && column(c) == 1 && !fold::is_han(c);
    text[..at].chars().next_back().is_some_and(in_word) && text[at..].chars().next().is_some_and(in_word)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Makes the snippet: one line, with `…` where text was left out.
fn shown(text: &str, window: Range<usize>, highlights: Vec<Range<usize>>) -> Snippet {
    let mut shown = String::new();
    if !text[..window.start].trim().is_empty() {
        shown.push('…');
    }
    let shift = shown.len();
    // Line ends and tabs become spaces, byte for byte.
    shown.extend(text[window.clone()].chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
    if !text[window.end..].trim().is_empty() {
        shown.push('…');
    }
    let highlights =
        highlights.into_iter().map(|span| span.start - window.start + shift..span.end - window.start + shift);
    Snippet { text: shown, highlights: highlights.collect() }
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// Returns the columns of a character, near enough for a length.
fn column(c: char) -> usize {
    let is_cjk = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}');
    let is_full_width = matches!(c, '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}');
    let is_astral_wide = matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}');
    if is_cjk || is_full_width || is_astral_wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Form;

    /// Checks a snippet, in which `[` and `]` stand around what is highlighted.
    #[track_caller]
    fn check(text: &str, words: &[&str], expected: &str) {
        let mut stems = Stems::new();
        let lookups: Vec<Lookup> =
            words.iter().filter_map(|word| Lookup::new(Form::Word, word, false, &mut stems)).collect();
        let snippet = cut(text, &lookups.iter().collect::<Vec<_>>(), false, &mut stems);
        let mut shown = snippet.text.clone();
        for span in snippet.highlights.iter().rev() {
            shown.insert(span.end, ']');
            shown.insert(span.start, '[');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        check("A spy, it was said.\nTwo spies.", &["spy"], "A [spy], it was said. Two [spies].");
        check("國家安全部", &["安全"], "國家[安全]部");
        check("No word of it.", &[], "No word of it.");
        check("", &["spy"], "");
    }

    #[test]
    fn overlapping_matches_are_one_highlight() {
        check("國家安全部", &["國家安全", "安全部"], "[國家安全部]");
    }

    #[test]
    fn the_densest_part_is_shown_in_whole_words() {
        let filler = "ordinary sentences follow here ".repeat(12);
        let text = format!("A spy first. {filler}then a spy flew a balloon over it, {filler}");
        let expected = "…here ordinary sentences follow here then a [spy] flew a [balloon] over it, \
                        ordinary sentences follow here ordinary sentences follow here ordinary sentences…";
        check(&text, &["spy", "balloon"], expected);
    }

    #[test]
    fn han_characters_count_twice() {
        let text = format!("{}間諜{}", "天".repeat(100), "地".repeat(100));
        let expected = format!("…{}[間諜]{}…", "天".repeat(26), "地".repeat(52));
        check(&text, &["间谍"], &expected);
    }

    #[test]
    fn at_either_end_the_room_is_used() {
        let text = format!("{}間諜", "天".repeat(100));
        check(&text, &["间谍"], &format!("…{}[間諜]", "天".repeat(78)));
        let text = format!("間諜{}", "天".repeat(100));
        check(&text, &["间谍"], &format!("[間諜]{}…", "天".repeat(78)));
    }

    #[test]
    fn a_word_wider_than_the_snippet_is_cut() {
        let snippet = cut(&"a".repeat(1_000), &[], false, &mut Stems::new());
        assert_eq!(snippet.text.chars().count(), WIDTH + 1);
    }
}
