//! Patterns that the program itself brings along, and how they are compiled.
//!
//! They are compiled when they are first asked for, and many programs run only for a moment: what they cost is felt.

use regex::Regex;

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
