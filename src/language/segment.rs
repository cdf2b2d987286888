//! Paragraphs, sentences and clauses, as byte ranges of the text.

use std::ops::Range;

use crate::fold;
use crate::model::Lang;

/// A sentence longer than this many bytes is cut: a page without full stops must not become one piece of work.
const LONGEST: usize = 2_000;

/// How many marks may close a sentence: a line of nothing but full stops must not be read again from each of them.
const LONGEST_CLOSE: usize = 12;

/// How far after a closing quotation mark the words that attribute it may end.
const TAIL_CHARS: usize = 40;

/// A sentence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the text, without the white space around.
    pub span: Range<usize>,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// Returns the paragraphs of a text: its lines that are not blank, without the white space around.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        found.extend(trimmed(text, start..start + line.len()));
        start += line.len();
    }
    found
}

/// Returns the sentences of a text, in order and not overlapping.
pub fn sentences(text: &str, lang: &Lang) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (number, paragraph) in paragraphs(text).into_iter().enumerate() {
        let own = super::of_part(&text[paragraph.clone()], lang);
        let ends = if own.is_chinese() || own.as_str() == "ja" { chinese_end } else { english_end };
        let mut start = paragraph.start;
        let mut at = start;
        while let Some(c) = text[at..paragraph.end].chars().next() {
            let next = at + c.len_utf8();
            let end = ends(&text[..paragraph.end], start, at, c);
            let too_long = next - start > LONGEST && (c == ' ' || fold::is_han(c) || next - start > LONGEST + 200);
            match end.or(too_long.then_some(next)) {
                Some(end) => {
                    push(&mut found, text, start..end, number + 1);
                    (start, at) = (end, end);
                }
                None => at = next,
            }
        }
        push(&mut found, text, start..paragraph.end, number + 1);
    }
    found
}

/// Returns the clauses of a Chinese headline, which are joined by spaces; other headlines are one clause.
pub fn clauses(title: &str, lang: &Lang) -> Vec<Range<usize>> {
    if !lang.is_chinese() {
        return trimmed(title, 0..title.len()).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in title.char_indices() {
        let next = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' | '；' | '!' | '?' | ';' | '|' | '｜' | '\u{3000}' | '\n' => true,
            // A space between Latin words, or beside one, joins them; between Han it parts clauses.
            ' ' => between_han(title, at, next),
            _ => false,
        };
        if ends {
            found.extend(trimmed(title, start..next));
            start = next;
        }
    }
    found.extend(trimmed(title, start..title.len()));
    found
}

fn between_han(text: &str, before: usize, after: usize) -> bool {
    let chinese = |c: char| fold::is_han(c) || "「」『』“”‘’《》".contains(c);
    let left = text[..before].trim_end().chars().next_back();
    let right = text[after..].trim_start().chars().next();
    let after_digit = left.is_some_and(|c| c.is_ascii_digit()) && right.is_some_and(chinese);
    after_digit || left.is_some_and(chinese) && right.is_some_and(|c| chinese(c) || c.is_alphanumeric())
}

fn push(found: &mut Vec<Sentence>, text: &str, span: Range<usize>, paragraph: usize) {
    found.extend(trimmed(text, span).map(|span| Sentence { span, paragraph }));
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

/// Returns where the sentence ends when the character at `at` ends it.
fn chinese_end(text: &str, _start: usize, at: usize, c: char) -> Option<usize> {
    let pause_ends = c == '…' && !text[at + c.len_utf8()..].starts_with('…');
    if !(matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | '｡') || pause_ends) {
        return None;
    }
    let mut end = at + c.len_utf8();
    let mut closed = false;
    for next in text[end..].chars().take(LONGEST_CLOSE) {
        let closes = matches!(next, '」' | '』' | '”' | '’' | '）' | ')' | '】' | '》' | '"');
        if !closes && !matches!(next, '。' | '！' | '？' | '!' | '?' | '…') {
            break;
        }
        closed |= closes;
        end += next.len_utf8();
    }
    // An ellipsis inside a sentence is a pause.
    if c == '…' && !closed {
        return None;
    }
    if closed && attributed_after(&text[end..]) { None } else { Some(end) }
}

/// Says whether the words after a closed quotation only say whose it is: 「……。」發言人稱。
fn attributed_after(rest: &str) -> bool {
    let mut tail = String::new();
    for c in rest.chars().take(TAIL_CHARS) {
        if matches!(c, '。' | '！' | '？' | '；' | '\n') {
            let folded = fold::text(&tail);
            return [
                "说",
                "称",
                "表示",
                "强调",
                "指出",
                "说道",
                "写道",
                "回应",
                "自辩",
                "回答",
                "反问",
                "补充",
                "坦言",
                "直言",
                "追问",
                "驳斥",
                "反驳",
                "解释",
                "透露",
                "警告",
                "呼吁",
                "感叹",
                "抱怨",
                "喊冤",
                "答道",
                "表态",
                "反驳道",
            ]
            .iter()
            .any(|verb| folded.ends_with(verb));
        }
        tail.push(c);
    }
    false
}

/// Returns where the sentence ends when the character at `at` ends it.
fn english_end(text: &str, start: usize, at: usize, c: char) -> Option<usize> {
    if !matches!(c, '.' | '!' | '?' | '…' | '。') {
        return None;
    }
    let mut end = at + c.len_utf8();
    for next in text[end..].chars().take(LONGEST_CLOSE) {
        if !matches!(next, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | ')' | ']' | '…') {
            break;
        }
        end += next.len_utf8();
    }
    let rest = &text[end..];
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let next = rest.trim_start().trim_start_matches(['"', '\'', '“', '‘', '(', '[']);
    let begins = next.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || fold::is_han(c));
    if !begins || (c == '.' && end == at + 1 && is_abbreviation(&text[start..at], next)) {
        return None;
    }
    Some(end)
}

/// Says whether the full stop after `before` belongs to a shortened word.
fn is_abbreviation(before: &str, next: &str) -> bool {
    const TITLES: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "capt", "cmdr", "adm", "maj", "brig", "rep",
        "reps", "sen", "sens", "gov", "st", "jr", "sr", "hon", "rev", "vs", "no", "nos", "jan", "feb", "mar", "apr",
        "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "fig", "dept", "supt", "insp", "atty", "messrs",
        "pres", "cpl", "pvt", "cdr", "det", "const", "cllr", "amb", "asst",
    ];
    let tail_start = before.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let word = before[tail_start..].rsplit([' ', '\n', '(', '“', '"']).next().unwrap_or_default();
    let lower = word.to_lowercase();
    if TITLES.contains(&lower.as_str()) || matches!(lower.as_str(), "e.g" | "i.e" | "cf") {
        return true;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let initial = letters == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    // "U.S." may end a sentence; these words begin one.
    let starts_anew = ["The ", "It ", "He ", "She ", "They ", "In ", "But ", "A ", "This ", "That ", "We ", "And "]
        .iter()
        .any(|begin| next.starts_with(begin));
    (initial || dotted) && !(dotted && starts_anew)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: &Lang, text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text, lang).into_iter().map(|sentence| &text[sentence.span]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn english_sentences_end_where_a_reader_ends_them() {
        let en = Lang::en();
        check(&en, "Mr. Lee denied it. Dr. Ho did not.", &["Mr. Lee denied it.", "Dr. Ho did not."]);
        check(&en, "The U.S. Navy paid 3.5 million. It said so.", &["The U.S. Navy paid 3.5 million.", "It said so."]);
        check(&en, "\"We deny it.\" The embassy added more.", &["\"We deny it.\"", "The embassy added more."]);
        check(&en, "\"Is it so?\" asked J. Doe. No.", &["\"Is it so?\" asked J. Doe.", "No."]);
        check(&en, "One line\nand another", &["One line", "and another"]);
        check(&en, "He paused... then spoke. Done", &["He paused... then spoke.", "Done"]);
    }

    #[test]
    fn chinese_sentences_keep_their_closing_marks() {
        let zh = Lang::zh_hant();
        check(&zh, "他說：「不是。」記者再問。", &["他說：「不是。」", "記者再問。"]);
        check(&zh, "「這是捏造。」發言人稱。完了！", &["「這是捏造。」發言人稱。", "完了！"]);
        check(&zh, "甲否認；乙承認……還有。", &["甲否認；", "乙承認……還有。"]);
    }

    #[test]
    fn headlines_break_at_spaces_between_chinese() {
        let title = "共諜案 檢方起訴 MI5 Chief 示警　中方否認";
        let found: Vec<&str> = clauses(title, &Lang::zh_hant()).into_iter().map(|range| &title[range]).collect();
        assert_eq!(found, ["共諜案", "檢方起訴", "MI5 Chief 示警", "中方否認"]);
    }

    #[test]
    fn a_page_without_full_stops_is_cut() {
        let text = "word ".repeat(10_000);
        assert!(sentences(&text, &Lang::en()).iter().all(|sentence| sentence.span.len() <= LONGEST + 200));
        let text = "字".repeat(10_000);
        assert!(sentences(&text, &Lang::zh_hans()).iter().all(|sentence| sentence.span.len() <= LONGEST + 200));
    }

    proptest::proptest! {
        #[test]
        fn sentences_are_ordered_parts_of_their_text(
            text in "(\\PC|[.!?\"” \n。」！；…A]|說){0,80}",
            chinese in proptest::bool::ANY,
        ) {
            let lang = if chinese { Lang::zh_hant() } else { Lang::en() };
            let mut end = 0;
            for sentence in sentences(&text, &lang) {
                proptest::prop_assert!(sentence.span.start >= end);
                proptest::prop_assert!(text.get(sentence.span.clone()).is_some_and(|part| !part.is_empty()));
                end = sentence.span.end;
            }
            for clause in clauses(&text, &lang) {
                proptest::prop_assert!(text.get(clause).is_some());
            }
        }
    }
}
