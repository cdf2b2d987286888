//! Patterns that the program itself brings along, how they are compiled, and those of a person.
//!
//! They are compiled when they are first asked for, and many programs run only for a moment: what they cost is felt.

use regex::{Regex, RegexBuilder};

/// The blocks of [`crate::fold::is_han`]: the ranges of a script's own table are many more and say the same of a name.
const HAN: &str = r"[\u{3400}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{323AF}〇々]";

/// Digits as pages of the languages that are read here write them.
const DIGIT: &str = "[0-9０-９]";

/// Compiles a pattern in which `\p{Han}` is a Han character and `\d` a digit, of ASCII or of full width.
///
/// # Panics
/// When it is no pattern: those who call it bring one along, and a test asks for each.
pub fn compile(text: &str) -> Regex {
    Regex::new(&text.replace(r"\p{Han}", HAN).replace(r"\d", DIGIT)).expect("a pattern that ships")
}

/// Compiles a pattern as [`compile`] does in which `\b` is the bound of a word of ASCII.
///
/// That of Unicode is looked for many times slower in Chinese, and sees none between a character and a word that stands right
/// behind it. Words with accents end at them here: it is for patterns whose words are English.
///
/// # Panics
/// When it is no pattern.
pub fn compile_for_ascii_words(text: &str) -> Regex {
    compile(&text.replace(r"\b", r"(?-u:\b)"))
}

/// A pattern that a person wrote takes no more than this when it is compiled, in bytes: more is a slip of the hand.
const LARGEST: usize = 1 << 20;

/// Compiles a pattern that a person wrote, as it is.
///
/// # Errors
/// What is wrong with it, as one line.
pub fn of_a_person(text: &str) -> Result<Regex, String> {
    RegexBuilder::new(text).size_limit(LARGEST).build().map_err(|error| {
        let said = error.to_string();
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("the pattern does not read");
        last.trim().trim_start_matches("error: ").to_owned()
    })
}

/// Declares a pattern that is compiled when it is first asked for; behind `ascii_words`, in which `\b` is the bound of a word
/// of ASCII, as [`compile_for_ascii_words`] has it.
macro_rules! pattern {
    ($(#[$meta:meta])* ascii_words $name:ident, $text:literal $(,)?) => {
        $(#[$meta])*
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| $crate::pattern::compile_for_ascii_words($text));
    };
    ($(#[$meta:meta])* $name:ident, $text:literal $(,)?) => {
        $(#[$meta])*
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::pattern::compile($text));
    };
}
pub(crate) use pattern;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    #[test]
    fn words_end_at_characters_and_han_is_what_it_is_elsewhere() {
        assert!(compile_for_ascii_words(r"\bnews\b").is_match("海港news"));
        assert!(!compile(r"(?i)\bin\b").is_match("Inés"));
        let han = compile(r"^[\p{Han}·]$");
        for c in ['㐀', '鿿', '豈', '𠀀', '々', '〇', 'あ', 'a', '한', '。'] {
            assert_eq!(han.is_match(&c.to_string()), fold::is_han(c), "{c}");
        }
    }
}
