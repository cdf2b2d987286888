//! Cuts a query into its pieces.

use std::ops::Range;

use super::ast::{Field, Form};
use super::{Mistake, quoted};
use crate::fold;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Its characters.
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A field; its value, or an opening parenthesis, is the next token.
    Field(Field),
    /// Words, or the value of a field.
    Text(Form, String),
}

/// Cuts a query into its pieces.
pub(super) fn tokens(text: &[char]) -> Result<Vec<Token>, Mistake> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    while let Some(c) = lexer.peek() {
        match c {
            c if c.is_whitespace() => lexer.at += 1,
            '(' => lexer.sign(TokenKind::Open),
            ')' => lexer.sign(TokenKind::Close),
            '-' => lexer.minus()?,
            _ => lexer.text()?,
        }
    }
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a [char],
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Returns the next character, full-width and typographic signs as their plain forms.
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied().map(plain)
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, range: start..self.at });
    }

    fn sign(&mut self, kind: TokenKind) {
        self.at += 1;
        self.push(kind, self.at - 1);
    }

    fn minus(&mut self) -> Result<(), Mistake> {
        self.sign(TokenKind::Not);
        let touches_nothing = self.peek().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '-'));
        if touches_nothing {
            let at = self.at - 1;
            return Err(Mistake::new(at, "a `-` must touch the word that is not wanted").mended_by(at..at + 1, ""));
        }
        Ok(())
    }

    /// Reads a phrase, an operator, a word, or a field with its value.
    fn text(&mut self) -> Result<(), Mistake> {
        if let Some(close) = closing_marks(self.text[self.at]) {
            return self.phrase(close);
        }
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| !ends_word(*c)) {
            let name = &self.text[start..self.at];
            let is_name = !name.is_empty() && name.iter().all(char::is_ascii_alphabetic);
            if c == ':' && is_name {
                return self.field(start);
            }
            self.at += 1;
        }
        self.word(start)
    }

    fn phrase(&mut self, close: &[char]) -> Result<(), Mistake> {
        let start = self.at;
        self.at += 1;
        let length = self.text[self.at..].iter().position(|c| close.contains(c)).ok_or_else(|| {
            let end = self.text.len();
            Mistake::new(start, "the quotation mark is never closed").mended_by(end..end, close[0].to_string())
        })?;
        let inside: String = self.text[self.at..self.at + length].iter().collect();
        self.at += length + 1;
        if self.peek() == Some('*') {
            let at = self.at;
            return Err(Mistake::new(at, "a `*` ends a word, not a phrase").mended_by(at..at + 1, ""));
        }
        // Other kinds of quotation marks may stand inside, and are shown as spaces.
        self.push(TokenKind::Text(Form::Phrase, inside.replace(['"', '＂'], " ")), start);
        Ok(())
    }

    /// Reads what follows the name of a field; the lexer stands at the colon.
    fn field(&mut self, start: usize) -> Result<(), Mistake> {
        let name: String = self.text[start..self.at].iter().collect();
        self.at += 1;
        let whole = start..self.word_end();
        if matches!(name.to_ascii_lowercase().as_str(), "atleast" | "tag") {
            let shown = quoted(&self.text[whole.clone()]);
            return Err(Mistake::new(start, format!("{shown} is not supported yet")).mended_by(whole, ""));
        }
        let Some(field) = Field::from_name(&name) else {
            return Err(self.unknown_field(&name, start, whole));
        };
        let Some(next) = self.peek().filter(|c| !c.is_whitespace() && *c != ')') else {
            let gap_end = self.at + self.text[self.at..].iter().take_while(|c| c.is_whitespace()).count();
            let mistake = Mistake::new(start, format!("`{name}:` must touch what it is about"));
            let has_value = self.text.get(gap_end).is_some_and(|c| plain(*c) != ')');
            return Err(match has_value {
                true => mistake.mended_by(self.at..gap_end, ""),
                false => mistake.mended_by(start..self.at, ""),
            });
        };
        self.push(TokenKind::Field(field), start);
        if next == '-' {
            let colon_end = self.at;
            let fixed = format!("-{name}:");
            return Err(
                Mistake::new(colon_end, "the `-` stands before the field").mended_by(start..colon_end + 1, fixed)
            );
        }
        if next == '(' {
            return Ok(());
        }
        if let Some(close) = closing_marks(self.text[self.at]) {
            return self.phrase(close);
        }
        let value_start = self.at;
        if let (Field::Clock(_), '[' | '{') = (field, next) {
            return Err(self.range_in_brackets(&name));
        }
        self.at = self.word_end();
        match field {
            Field::Text(_) => self.plain_word(value_start),
            Field::Key(_) | Field::Clock(_) => {
                let value = self.text[value_start..self.at].iter().collect();
                self.push(TokenKind::Text(Form::Word, value), value_start);
                Ok(())
            }
        }
    }

    /// Other query languages write `[A TO B]`; the lexer stands at the bracket.
    fn range_in_brackets(&self, name: &str) -> Mistake {
        let start = self.at;
        let mistake = Mistake::new(start, format!("a range is written `{name}:2026-11-01..2026-11-20`"));
        let Some(length) = self.text[start..].iter().position(|c| matches!(c, ']' | '}')) else { return mistake };
        let inside: String = self.text[start + 1..start + length].iter().collect();
        match inside.split_once(" TO ") {
            Some((from, to)) => {
                let end = |text: &str| text.trim().replace('*', "");
                mistake.mended_by(start..start + length + 1, format!("{}..{}", end(from), end(to)))
            }
            None => mistake,
        }
    }

    fn unknown_field(&self, name: &str, start: usize, whole: Range<usize>) -> Mistake {
        let names = Field::ALL.map(Field::name).join(", ");
        let mistake = Mistake::new(start, format!("there is no field `{name}:`; the fields are {names}"));
        let nearest = Field::ALL.iter().map(|field| field.name()).find(|known| is_near(name, known));
        let after_colon = self.at;
        match nearest {
            Some(known) => mistake.mended_by(start..after_colon, format!("{known}:")),
            None => {
                let words: String = self.text[whole.clone()].iter().collect();
                mistake.mended_by(whole, format!("\"{words}\""))
            }
        }
    }

    /// Takes the word that began at `start` and ends here: an operator, or a word.
    fn word(&mut self, start: usize) -> Result<(), Mistake> {
        let word = &self.text[start..self.at];
        let kind = match word {
            ['A', 'N', 'D'] => Some(TokenKind::And),
            ['O', 'R'] => Some(TokenKind::Or),
            ['N', 'O', 'T'] => Some(TokenKind::Not),
            _ => None,
        };
        if let Some(kind) = kind {
            self.push(kind, start);
            return Ok(());
        }
        self.refuse_what_is_to_come(start)?;
        self.plain_word(start)
    }

    /// Refuses operators that the language will have, and those that other languages have.
    fn refuse_what_is_to_come(&self, start: usize) -> Result<(), Mistake> {
        let range = start..self.at;
        let word = &self.text[range.clone()];
        let shown = quoted(word);
        let text: String = word.iter().collect();
        let refuse = |reason: String, with: &str| Err(Mistake::new(start, reason).mended_by(range.clone(), with));
        let upper = text.to_ascii_uppercase();
        let (name, number) = upper.split_once('/').unwrap_or((&upper, ""));
        let counts_words = matches!(name, "NEAR" | "PRE" | "W" | "N") && is_number(number);
        if counts_words || text == "NEAR" {
            return refuse(format!("{shown} is not supported yet"), "AND");
        }
        let opens_group = self.text[self.at..].iter().find(|c| !c.is_whitespace()).is_some_and(|c| plain(*c) == '(');
        if opens_group && matches!(text.as_str(), "SENT" | "PARA") {
            return refuse(format!("`{text}(...)` is not supported yet"), "");
        }
        match (word, text.as_str()) {
            (_, "&&") => refuse(format!("{shown} is written AND"), "AND"),
            (_, "||") => refuse(format!("{shown} is written OR"), "OR"),
            (['@', ..], _) => refuse(format!("a saved search ({shown}) is not supported yet"), ""),
            (['%', ..], _) => refuse(format!("a set of aliases ({shown}) is not supported yet"), ""),
            (['!', _, ..], _) => refuse(format!("{shown} is written with a `-`"), &text.replacen('!', "-", 1)),
            _ => Ok(()),
        }
    }

    /// Takes the characters from `start` to here as words to look for.
    fn plain_word(&mut self, start: usize) -> Result<(), Mistake> {
        let word: Vec<char> = self.text[start..self.at].iter().copied().map(plain).collect();
        let (form, stem) = match word.split_last() {
            Some(('*', stem)) => (Form::Prefix, stem),
            _ => (Form::Word, &word[..]),
        };
        for (offset, c) in stem.iter().enumerate() {
            let at = start + offset;
            let is_last = offset + 1 == word.len();
            match c {
                '*' => {
                    let reason = "a `*` can only end a word";
                    return Err(Mistake::new(at, reason).mended_by(at..at + 1, ""));
                }
                '?' => {
                    let reason = "a `?` stands for nothing; a `*` at the end of a word does";
                    return Err(Mistake::new(at, reason).mended_by(at..at + 1, if is_last { "*" } else { "" }));
                }
                '~' | '^' | '[' | ']' | '{' | '}' | '\\' => {
                    let reason = format!("`{c}` has no meaning here; put it between quotation marks to search for it");
                    return Err(Mistake::new(at, reason).mended_by(at..self.at, ""));
                }
                _ => {}
            }
        }
        self.push(TokenKind::Text(form, stem.iter().collect()), start);
        Ok(())
    }

    /// Returns where the characters end that touch the next one.
    fn word_end(&self) -> usize {
        self.at + self.text[self.at..].iter().take_while(|c| !ends_word(plain(**c))).count()
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || closing_marks(c).is_some()
}

/// Returns the marks that close what this one opens; `None` when it is no quotation mark.
fn closing_marks(c: char) -> Option<&'static [char]> {
    match c {
        '"' | '＂' => Some(&['"', '＂']),
        '“' | '”' | '„' => Some(&['”', '“', '"']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

/// Returns the sign that a full-width one stands for. Input methods write these without being asked.
fn plain(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '＊' => '*',
        '？' => '?',
        '－' | '−' => '-',
        '～' => '~',
        _ => c,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Says whether two names differ by one letter, or by two that changed places, or one begins the other.
pub(super) fn is_near(written: &str, known: &str) -> bool {
    let written = fold::text(written);
    let begins = written.len() >= 3 && (known.starts_with(&written) || written.starts_with(known));
    begins || differs_by_one(&written, known)
}

fn differs_by_one(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let same_start = left.iter().zip(&right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[same_start..], &right[same_start..]);
    let changed_places = left.len() >= 2 && right.len() >= 2 && left[0] == right[1] && left[1] == right[0];
    match left.len().cmp(&right.len()) {
        std::cmp::Ordering::Equal => left.get(1..) == right.get(1..) || changed_places && left[2..] == right[2..],
        std::cmp::Ordering::Less => right.len() == left.len() + 1 && right[1..] == *left,
        std::cmp::Ordering::Greater => left.len() == right.len() + 1 && left[1..] == *right,
    }
}
