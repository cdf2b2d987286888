//! Text from outside, made safe for a terminal: it can neither move the cursor nor hide, reorder or pile up characters.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

use super::table::cells;

/// Marks on one character beyond these are piled up, not written.
const MARKS: usize = 8;
/// A string sequence (a window title, a hyperlink) that is longer than this is not one.
const SEQUENCE: usize = 512;
/// Stands where something was taken out.
const REMOVED: char = '\u{fffd}';

/// Returns a text as one line that is safe to print: line breaks become spaces.
pub fn safe(text: &str) -> String {
    clean(text, ' ')
}

/// Returns a text that is safe to print, with its line breaks.
pub fn safe_lines(text: &str) -> String {
    clean(text, '\n')
}

/// Returns a document as one line of JSON, in which nothing controls a terminal or turns a line round: such characters
/// stand there as `\u202e`, and every reader of JSON gives them back.
pub fn json_line(document: &Value) -> String {
    escaped(serde_json::to_string(document).unwrap_or_default())
}

/// Returns a document as JSON for people, with the same care.
pub fn json_document(document: &Value) -> String {
    escaped(serde_json::to_string_pretty(document).unwrap_or_default())
}

/// Escapes what stands within strings only: all other signs of JSON are ASCII.
fn escaped(json: String) -> String {
    let is_foul = |c: char| (c.is_control() && c != '\n') || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}');
    let (mut escaped, mut kept, mut at) = (String::new(), 0, 0);
    while let Some(ahead) = may_be_foul(&json.as_bytes()[at..]) {
        at += ahead;
        let Some(c) = json[at..].chars().next() else { break };
        if is_foul(c) {
            escaped.push_str(&json[kept..at]);
            escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            kept = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    if kept == 0 {
        return json;
    }
    escaped.push_str(&json[kept..]);
    escaped
}

/// Returns where the first character may begin that is to be escaped, by its first two bytes: most text is passed over many
/// bytes at once.
fn may_be_foul(bytes: &[u8]) -> Option<usize> {
    let is_plain = |byte: &u8| (0x20..0x7F).contains(byte);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let Some(run) = bytes[at..].first_chunk::<32>()
            && run.iter().fold(true, |all, byte| all & is_plain(byte))
        {
            at += run.len();
            continue;
        }
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let may_be = match byte {
            0..0x20 | 0x7F => true,
            0xC2 => next < 0xA0,
            0xD8 => next == 0x9C,
            0xE2 => matches!(next, 0x80 | 0x81),
            0xEF => matches!(next, 0xB8 | 0xBB | 0xBF),
            0xF3 => next == 0xA0,
            _ => false,
        };
        if may_be {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn clean(text: &str, line_break: char) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut marks = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        marks = if cells(c) == 0 { marks + 1 } else { 0 };
        match c {
            '\n' => clean.push(line_break),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' | '\t' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            '\u{1b}' => {
                let kind = rest.next_if(|c| matches!(c, ' '..='~'));
                skip_sequence(kind, &mut rest);
                clean.push(REMOVED);
            }
            '\u{9b}' => {
                skip_sequence(Some('['), &mut rest);
                clean.push(REMOVED);
            }
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => {
                skip_sequence(Some(']'), &mut rest);
                clean.push(REMOVED);
            }
            c if c.is_control() => clean.push(REMOVED),
            c if is_hidden(c) || marks > MARKS => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Takes off what belongs to an escape sequence of that kind.
fn skip_sequence(kind: Option<char>, rest: &mut Peekable<Chars<'_>>) {
    match kind {
        Some('[') => {
            while rest.next_if(|c| matches!(c, ' '..='?')).is_some() {}
            rest.next_if(|c| matches!(c, '@'..='~'));
        }
        Some(']' | 'P' | '_' | '^' | 'X') => {
            let ahead: Vec<char> = rest.clone().take(SEQUENCE).collect();
            let end = ahead.iter().position(|c| matches!(c, '\u{7}' | '\u{9c}' | '\u{1b}'));
            // Without an end it is no sequence, and the text behind it is not lost.
            let Some(end) = end else { return };
            let two = ahead[end] == '\u{1b}' && ahead.get(end + 1) == Some(&'\\');
            let taken = if ahead[end] == '\u{1b}' && !two { end } else { end + 1 + usize::from(two) };
            rest.by_ref().take(taken).for_each(drop);
        }
        _ => {}
    }
}

/// Characters that reorder, tag or hide others, and the selector that makes a character wider than it says.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}'
            | '\u{feff}' | '\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn json_is_escaped_wherever_it_is_foul(text in "(?:[ -~]{0,70}|[國，“é🙂\u{0}-\u{a0}\u{61c}\u{200e}\u{202e}\u{2066}\u{feff}\u{fe0f}\u{e0041}]{0,3}){0,6}") {
            let line = json_line(&Value::String(text.clone()));
            let is_foul = |c: char| c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}');
            prop_assert!(!line.contains(is_foul), "{}", line);
            prop_assert_eq!(serde_json::from_str::<String>(&line).ok(), Some(text));
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(safe(text), expected);
    }

    #[test]
    fn ordinary_text_stays_as_printed() {
        check("外交部：「純屬捏造」 – Café 🙂", "外交部：「純屬捏造」 – Café 🙂");
        check("one\ntwo\r\nthree\tfour", "one two three four");
        assert_eq!(safe_lines("one\ntwo\r\nthree"), "one\ntwo\nthree");
    }

    #[test]
    fn sequences_do_not_reach_a_terminal() {
        check("a\u{1b}[31;1mred\u{1b}[0m", "a\u{fffd}red\u{fffd}");
        check("a\u{1b}]0;title\u{7}b", "a\u{fffd}b");
        check("a\u{1b}]8;;https://x.example\u{1b}\\link", "a\u{fffd}link");
        check("a\u{9b}2Jb", "a\u{fffd}b");
        check("a\u{1b}]never ended, not lost", "a\u{fffd}never ended, not lost");
        check("bell\u{7} and delete\u{7f}", "bell\u{fffd} and delete\u{fffd}");
    }

    #[test]
    fn nothing_is_hidden_reordered_or_piled_up() {
        check("abc\u{202e}def\u{202c}", "abcdef");
        check("a\u{e0041}\u{e0042}b", "ab");
        check(&format!("e{}x", "\u{301}".repeat(30)), &format!("e{}x", "\u{301}".repeat(8)));
    }

    #[test]
    fn json_neither_controls_nor_turns_round() {
        let foul = serde_json::json!({"t\u{9b}": "a\u{9b}2J\u{85}b\u{202e}c\u{2028}d\u{7f}e\u{e0041}\n外"});
        let line = json_line(&foul);
        assert_eq!(line, "{\"t\\u009b\":\"a\\u009b2J\\u0085b\\u202ec\\u2028d\\u007fe\\udb40\\udc41\\n外\"}");
        for text in [line, json_document(&foul)] {
            assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || is_hidden(c)), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), foul);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_control_character_is_left(text in "(?s).*", noise in "[\u{1b}\u{9b}\\[\\]P;0-9m\u{7}\\\\\u{202e}a-z\n]{0,40}") {
            let one = safe(&format!("{text}{noise}{text}"));
            proptest::prop_assert!(!one.chars().any(|c| c.is_control() || is_hidden(c)));
            let lines = safe_lines(&format!("{noise}{text}"));
            proptest::prop_assert!(!lines.chars().any(|c| c != '\n' && (c.is_control() || is_hidden(c))));
        }
    }
}
