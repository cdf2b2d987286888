//! Where the clause around a place begins and ends.

use super::Sentence;

impl Sentence<'_> {
    pub(super) fn clause_start(&self, at: usize) -> usize {
        let from = floor(self.text, at.saturating_sub(400));
        self.stretch(from..at).rfind([',', ';', ':', '"', '“', '”', '—', '–']).map_or(from, |found| {
            let next = from + found;
            next + self.text[next..].chars().next().map_or(0, char::len_utf8)
        })
    }

    /// Returns where the clause that holds a position ends; a comma before "and", "but" or a subordinate ends it.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        const BREAKS: &[&str] = &[
            "and ",
            "but ",
            "while ",
            "as ",
            "with ",
            "after ",
            "which ",
            "who ",
            "although ",
            "the ",
            "a ",
            "an ",
            "he ",
            "she ",
            "it ",
            "they ",
            "including ",
            "adding ",
            "saying ",
            "calling ",
            "according ",
            "following ",
            "when ",
        ];
        let rest = &self.text[at..];
        for (skip, c) in rest.char_indices() {
            let after = &rest[skip + c.len_utf8()..];
            let ends = match c {
                ';' | '—' => true,
                ',' => BREAKS.iter().any(|word| after.trim_start().starts_with(word)),
                ' ' => {
                    // Looked at for each word of a clause: most begin with none of these letters.
                    after.starts_with(['a', 'b', 'w'])
                        && [
                            "but denied",
                            "and denied",
                            "after ",
                            "while ",
                            "and accused",
                            "but ",
                            "and called",
                            "and urged",
                        ]
                        .iter()
                        .any(|word| after.starts_with(word))
                }
                _ => false,
            };
            if ends && skip > 0 {
                return at + skip;
            }
        }
        self.text.trim_end_matches(['.', ' ']).len().max(at)
    }
}

/// Returns the nearest place at or before a byte where a character begins.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
