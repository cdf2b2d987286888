//! Foreign text in Markdown: every ASCII punctuation character is escaped, so that no markup and no link can form.

use super::safe;

/// Returns a text as one line in which Markdown finds nothing to interpret.
pub fn escape(text: &str) -> String {
    let one_line = safe(text);
    let mut escaped = String::with_capacity(one_line.len() + 8);
    for c in one_line.trim().chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn markup_is_plain_text() {
        check("[click](https://x.example)", r"\[click\]\(https\:\/\/x\.example\)");
        check("<script>& *bold*", r"\<script\>\& \*bold\*");
        check("# 標題\n- item", r"\# 標題 \- item");
        check("www.x.example a@x.example", r"www\.x\.example a\@x\.example");
    }

    proptest::proptest! {
        #[test]
        fn every_active_character_is_escaped_and_nothing_is_lost(text in "\\PC*") {
            let escaped = escape(&text);
            let mut plain = String::new();
            let mut rest = escaped.chars();
            while let Some(c) = rest.next() {
                if c == '\\' {
                    let behind = rest.next();
                    proptest::prop_assert!(behind.is_some_and(|c| c.is_ascii_punctuation()));
                    plain.extend(behind);
                } else {
                    proptest::prop_assert!(!c.is_ascii_punctuation());
                    plain.push(c);
                }
            }
            let expected = safe(&text);
            proptest::prop_assert_eq!(plain, expected.trim());
        }
    }
}
