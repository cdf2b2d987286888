//! A folded sentence cut into words, each with what the lists or its form say it is.

use std::ops::Range;

use super::Tag;
use crate::lexicon::{Grammar, WordClass};

/// Cuts a text into words and marks.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut open_single = false;
    while let Some((start, c)) = rest.next() {
        let after_space = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        open_single = c == '‘' || matches!(c, '\'' | '’') && after_space || open_single && !matches!(c, '\'' | '’');
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some((at, c)) = rest.peek().copied() {
                let next = text[at + c.len_utf8()..].chars().next();
                let inner = matches!(c, '\'' | '’' | '-' | '.' | '/' | '&' | '‑' | '+' | ',')
                    && next.is_some_and(char::is_alphanumeric)
                    && (c != ','
                        || text[..at].ends_with(|c: char| c.is_ascii_digit())
                            && next.is_some_and(|c| c.is_ascii_digit()));
                // "U.S." keeps its last full stop.
                let initial = c == '.' && text[start..at].contains('.');
                // "the prosecutors' office": no quotation ends here when none was opened.
                let plural = matches!(c, '\'' | '’') && !open_single && text[..at].ends_with('s') && next == Some(' ');
                if !(c.is_alphanumeric() || inner || initial || plural) {
                    break;
                }
                end = at + c.len_utf8();
                rest.next();
            }
        }
        found.push(start..end);
    }
    found
}

pub(super) fn tag(word: &str, grammar: &Grammar, named: bool) -> Tag {
    let Some(first) = word.chars().next() else { return Tag::Stop };
    if !first.is_alphanumeric() {
        return match first {
            ',' => Tag::Comma,
            '(' | '[' => Tag::Open,
            ')' | ']' => Tag::Close,
            '"' | '“' | '”' | '‘' | '’' | '\'' => Tag::Quote,
            '$' | '£' | '€' | '%' | '#' | '@' | '*' | '+' | '&' => Tag::Word,
            '-' => Tag::Stop,
            _ => Tag::Stop,
        };
    }
    if first.is_ascii_digit() {
        return Tag::Number;
    }
    match word {
        "and" | "or" => return Tag::And,
        "but" | "nor" => return Tag::But,
        "to" => return Tag::To,
        "that" => return Tag::That,
        "may" if named => return Tag::Time,
        "us" | "who" if named => return Tag::Name,
        _ => {}
    }
    let curly = word.contains('’').then(|| word.replace('’', "'"));
    let class = grammar.class(curly.as_deref().unwrap_or(word));
    let is_function =
        class.is_some_and(|class| !matches!(class, WordClass::Finite | WordClass::Medium | WordClass::Saying));
    if named && !is_function {
        return Tag::Name;
    }
    match class {
        Some(WordClass::Determiner) => Tag::Determiner,
        Some(WordClass::Preposition) => Tag::Preposition,
        Some(WordClass::Subordinator) => Tag::Subordinator,
        Some(WordClass::Relative) => Tag::Relative,
        Some(WordClass::Pronoun) => Tag::Pronoun,
        Some(WordClass::Auxiliary) => Tag::Auxiliary,
        Some(WordClass::Adverb) => Tag::Adverb,
        Some(WordClass::Time) => Tag::Time,
        Some(WordClass::Saying) => Tag::Saying,
        Some(WordClass::Finite) => Tag::Finite,
        Some(WordClass::Medium) => Tag::Medium,
        None => by_form(word),
    }
}

pub(super) fn by_form(word: &str) -> Tag {
    let long = word.len() > 4;
    if long
        && word.ends_with("ly")
        && !matches!(
            word,
            "family" | "italy" | "anomaly" | "ally" | "assembly" | "supply" | "reply" | "daily" | "weekly" | "monthly"
        )
    {
        Tag::Adverb
    } else if word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            word,
            "beijing"
                | "nanjing"
                | "chongqing"
                | "something"
                | "anything"
                | "nothing"
                | "everything"
                | "evening"
                | "morning"
                | "meeting"
                | "briefing"
                | "hearing"
                | "building"
                | "wellbeing"
        )
    {
        Tag::Ing
    } else if long
        && word.ends_with("ed")
        && !matches!(
            word,
            "united"
                | "hundred"
                | "kindred"
                | "naked"
                | "sacred"
                | "unmanned"
                | "unnamed"
                | "retired"
                | "so-called"
                | "alleged"
                | "suspected"
                | "unidentified"
                | "armed"
        )
    {
        Tag::Ed
    } else {
        Tag::Word
    }
}
