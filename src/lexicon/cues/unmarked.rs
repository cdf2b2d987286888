//! A sentence read as if it had no quotation marks: were "completely fabricated".

use std::ops::Range;

use super::CueHit;

/// A sentence without its quotation marks, which can be traced back to the sentence.
#[derive(Debug)]
pub(super) struct Unmarked {
    pub(super) text: String,
    /// Where marks were taken out, in bytes of the text, each with how many bytes were taken out up to there.
    cuts: Vec<(usize, usize)>,
}

impl Unmarked {
    /// Takes the quotation marks out of a sentence; `None` where there are none.
    pub(super) fn new(sentence: &str) -> Option<Self> {
        let mut unmarked = Self { text: String::new(), cuts: Vec::new() };
        let (mut open_single, mut copied) = (false, 0);
        for (at, mark) in sentence.match_indices(is_mark) {
            let end = at + mark.len();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (before, after) = (letter(sentence[..at].chars().next_back()), letter(sentence[end..].chars().next()));
            // An apostrophe stands behind a letter; a single mark that opens stands before one and behind none.
            let opens = matches!(mark, "'" | "‘" | "’") && !before && after;
            let closes = matches!(mark, "'" | "’") && open_single && !after;
            open_single = opens || open_single && !closes;
            if matches!(mark, "\"" | "“" | "”") || opens || closes {
                unmarked.text.push_str(&sentence[copied..at]);
                copied = end;
                unmarked.cuts.push((unmarked.text.len(), end - unmarked.text.len()));
            }
        }
        if unmarked.cuts.is_empty() {
            return None;
        }
        unmarked.text.push_str(&sentence[copied..]);
        Some(unmarked)
    }

    /// Returns the byte of the sentence for a byte of the text.
    fn origin(&self, at: usize) -> usize {
        let cuts = self.cuts.partition_point(|(cut, _)| *cut <= at);
        at + cuts.checked_sub(1).map_or(0, |last| self.cuts[last].1)
    }

    /// Returns a hit in bytes of the sentence.
    pub(super) fn traced<'a>(&self, hit: CueHit<'a>) -> CueHit<'a> {
        let trace = |range: Range<usize>| -> Range<usize> {
            let start = self.origin(range.start);
            // The end of what is matched, before any mark that closes behind it.
            let end = if range.is_empty() { start } else { self.origin(range.end - 1) + 1 };
            start..end
        };
        CueHit {
            matched: trace(hit.matched),
            word: trace(hit.word),
            target: hit.target.map(trace),
            claim: hit.claim.map(trace),
            speaker: hit.speaker.map(trace),
            ..hit
        }
    }
}

/// Says whether a character is a quotation mark, or an apostrophe.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_apostrophes_stay() {
        let text = |sentence: &str| Unmarked::new(sentence).map(|unmarked| unmarked.text);
        assert_eq!(text("it was \"completely” false").as_deref(), Some("it was completely false"));
        assert_eq!(text("the port's 'pure fiction' didn't").as_deref(), Some("the port's pure fiction didn't"));
        assert_eq!(text("the port's guards didn't"), None);
    }

    proptest::proptest! {
        #[test]
        fn each_byte_leads_back_to_itself(sentence in "([a-c ]|[\"“”‘’']|國){0,40}") {
            if let Some(unmarked) = Unmarked::new(&sentence) {
                for (at, c) in unmarked.text.char_indices() {
                    proptest::prop_assert!(sentence[unmarked.origin(at)..].starts_with(c));
                }
            }
        }
    }
}
