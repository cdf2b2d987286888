//! Columns and lines that fit the terminal, aligned by display width: a Han character takes two cells.

use unicode_width::UnicodeWidthChar;

use super::safe;

/// Between two columns.
const GAP: usize = 2;
/// What only our own colours begin with: foreign text is made safe before.
const ESCAPE: char = '\u{1b}';
/// No column is made narrower than this while another is wider.
const NARROWEST: usize = 4;

/// Returns the number of terminal cells a text takes; our own colours take none.
pub fn display_width(text: &str) -> usize {
    units(text).map(|(_, cells)| cells).sum()
}

/// Returns the cells before a character (counted from 0), so that a mark can stand below it.
pub fn width_before(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(cells).sum()
}

/// Returns the text cut to a number of cells, with `…` where something is missing.
pub fn fit(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    if width == 0 {
        return String::new();
    }
    let (kept, _) = split_at_width(text, width - 1);
    // A colour that was cut open would run on.
    let end = if kept.contains(ESCAPE) { "\u{1b}[0m" } else { "" };
    format!("{}…{end}", kept.trim_end())
}

/// Breaks a text into lines of at most a number of cells: at spaces, else between characters.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    // A character of two cells needs two.
    let width = width.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut rest = paragraph;
        loop {
            let (head, tail) = split_at_width(rest, width);
            if tail.is_empty() {
                lines.push(head.trim_end().to_owned());
                break;
            }
            let at = break_at(head, tail);
            lines.push(rest[..at].trim_end().to_owned());
            rest = rest[at..].trim_start_matches(' ');
            if rest.is_empty() {
                break;
            }
        }
    }
    lines
}

/// Lays out a header and rows in columns that together take at most `width` cells; a cell that is cut ends in `…`.
///
/// Cells are made safe here, so that no caller can forget it.
pub fn table(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| safe(cell)).collect()).collect();
    laid_out(header, &rows, &shrink(natural_widths(header, &rows), width), width)
}

fn laid_out(header: &[&str], rows: &[Vec<String>], widths: &[usize], width: usize) -> String {
    let head: Vec<String> = header.iter().map(|&name| name.to_owned()).collect();
    std::iter::once(&head).chain(rows).map(|row| line(row, widths, width) + "\n").collect()
}

/// Lays out a header and rows whose last column holds sentences: where all would not fit, these stand below their row, broken
/// into lines, and the first column, by which a row is known, is the last to be cut.
pub fn told_table(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    /// Below its row a sentence is set in.
    const INDENT: &str = "    ";
    /// What is no longer stays in its row while the columns between have this room.
    const SHORT: usize = 20;
    const ROOMY: usize = 6;
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| safe(cell)).collect()).collect();
    let natural = natural_widths(header, &rows);
    if total(&natural) <= width {
        return laid_out(header, &rows, &natural, width);
    }
    if let [first, others @ .., last] = natural.as_slice()
        && *last <= SHORT
        && first + last + (ROOMY + GAP) * others.len() + GAP <= width
    {
        let room = width - first - last - GAP * 2;
        let others = shrink(others.to_vec(), room);
        let widths: Vec<usize> = std::iter::once(*first).chain(others).chain([*last]).collect();
        return laid_out(header, &rows, &widths, width);
    }
    let Some((_, header)) = header.split_last() else { return String::new() };
    let widths = match natural_widths(header, &rows).split_first() {
        Some((first, others)) => {
            let others = shrink(others.to_vec(), width.saturating_sub(first + GAP));
            std::iter::once(*first).chain(others).collect()
        }
        None => Vec::new(),
    };
    let mut out = laid_out(header, &[], &widths, width);
    for row in &rows {
        out.push_str(&(line(row, &widths, width) + "\n"));
        let said = row.get(header.len()).map_or("", String::as_str);
        let indent = if width > INDENT.len() * 4 { INDENT } else { "" };
        for part in wrap(said, width - indent.len()).iter().filter(|_| !said.is_empty()) {
            out.push_str(&format!("{indent}{part}\n"));
        }
    }
    out
}

/// Returns the cells that a table takes when nothing is cut.
pub(super) fn natural_width(header: &[&str], rows: &[Vec<String>]) -> usize {
    total(&natural_widths(header, rows))
}

fn natural_widths(header: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = header.iter().map(|name| display_width(name)).collect();
    for row in rows {
        for (column, cell) in row.iter().take(widths.len()).enumerate() {
            widths[column] = widths[column].max(display_width(cell));
        }
    }
    widths
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes cells from the widest column until all fit, or none can give.
fn shrink(mut widths: Vec<usize>, width: usize) -> Vec<usize> {
    while total(&widths) > width {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > NARROWEST) else { break };
        *widest -= 1;
    }
    widths
}

fn line(row: &[String], widths: &[usize], width: usize) -> String {
    let mut line = String::new();
    for (column, cells) in widths.iter().enumerate() {
        let cell = fit(row.get(column).map_or("", String::as_str), *cells);
        let pad = cells - display_width(&cell) + GAP;
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', pad));
    }
    // A terminal too narrow for the narrowest columns cuts the line.
    fit(line.trim_end(), width)
}

/// Returns the cells of one character.
pub(super) fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The parts of a text that must not be split, with the byte where each starts and the cells it takes.
fn units(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut in_colour = false;
    text.char_indices().filter_map(move |(at, c)| {
        if in_colour {
            in_colour = c != 'm';
            return None;
        }
        in_colour = c == ESCAPE;
        Some((at, cells(c)))
    })
}

/// Splits a text so that the first part takes at most `width` cells; marks stay with their character.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, cells) in units(text) {
        taken += cells;
        if taken > width {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Where a line that is too long breaks: after its last space, or where a Han text may break anyway.
fn break_at(head: &str, tail: &str) -> usize {
    let cut_in_word = tail.starts_with(|c: char| cells(c) == 1 && !c.is_whitespace());
    let ends_narrow = head.ends_with(|c: char| cells(c) == 1 && !c.is_whitespace());
    if !cut_in_word || !ends_narrow {
        return head.len();
    }
    let wide_end = |(at, c): (usize, char)| (c == ' ' || cells(c) == 2).then_some(at + c.len_utf8());
    head.char_indices().rev().find_map(wide_end).filter(|at| *at > 0).unwrap_or(head.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: usize, expected: &str) {
        let rows = [
            vec!["isl-en".to_owned(), "says".to_owned(), "no earlier source seen".to_owned()],
            vec!["港報".to_owned(), "表示".to_owned(), "own".to_owned()],
        ];
        assert_eq!(table(&["outlet", "verb", "kind"], &rows, width), expected);
    }

    #[test]
    fn columns_are_aligned_by_display_width() {
        check(
            80,
            "\
outlet  verb  kind
isl-en  says  no earlier source seen
港報    表示  own
",
        );
    }

    #[test]
    fn the_widest_column_gives_way() {
        check(
            26,
            "\
outlet  verb  kind
isl-en  says  no earlier…
港報    表示  own
",
        );
    }

    #[test]
    fn lines_break_at_spaces_and_between_han_characters() {
        assert_eq!(wrap("China calls the claim a fabrication", 12), ["China calls", "the claim a", "fabrication"]);
        assert_eq!(wrap("中方提出嚴正交涉", 7), ["中方提", "出嚴正", "交涉"]);
        assert_eq!(wrap("one\n\ntwo", 10), ["one", "", "two"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
    }

    #[test]
    fn colours_take_no_room_and_are_closed_when_cut() {
        let coloured = "\u{1b}[1mdenied\u{1b}[0m it";
        assert_eq!(display_width(coloured), 9);
        assert_eq!(fit(coloured, 9), coloured);
        assert_eq!(fit(coloured, 4), "\u{1b}[1mden…\u{1b}[0m");
    }

    #[test]
    fn a_mark_stands_below_its_character() {
        assert_eq!(width_before("中方 deny", 3), 5);
    }

    #[test]
    fn sentences_that_do_not_fit_stand_below_their_row() {
        let rows = [
            vec!["harbour-bulletin".to_owned(), "Harbour Bulletin".to_owned(), "answers, 1 problem".to_owned()],
            vec!["isl-en".to_owned(), "港報".to_owned(), String::new()],
        ];
        let header = ["source", "name", "standing"];
        assert_eq!(told_table(&header, &rows, 80), table(&header, &rows, 80));
        assert_eq!(
            told_table(&header, &rows, 48),
            "\
source            name        standing
harbour-bulletin  Harbour B…  answers, 1 problem
isl-en            港報
"
        );
        assert_eq!(
            told_table(&header, &rows, 30),
            "\
source            name
harbour-bulletin  Harbour Bul…
    answers, 1 problem
isl-en            港報
"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            cells in proptest::collection::vec("[a-z中文é🙂 \u{301}]{0,30}", 1..16), columns in 1usize..6, width in 1usize..60,
        ) {
            let header: Vec<&str> = cells.iter().take(columns).map(String::as_str).collect();
            let rows: Vec<Vec<String>> = cells.chunks(columns).map(<[String]>::to_vec).collect();
            for line in table(&header, &rows, width).lines().chain(told_table(&header, &rows, width.max(2)).lines()) {
                proptest::prop_assert!(display_width(line) <= width.max(2), "{line:?}");
            }
        }

        #[test]
        fn wrapping_loses_nothing_but_spaces(text in "[a-z中文 é🙂]{0,80}", width in 2usize..30) {
            let lines = wrap(&text, width);
            proptest::prop_assert!(lines.iter().all(|line| display_width(line) <= width));
            let bare = |text: &str| text.replace(' ', "");
            proptest::prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
