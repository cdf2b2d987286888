//! A sentence read as if it had no quotation marks: were "completely fabricated".

use std::ops::Range;

use super::CueHit;

/// A sentence without its quotation marks, which can be traced back to the sentence.
pub(super) struct Unmarked {
    pub(super) text: String,
    /// For each byte of the text, and for its end: the byte of the sentence.
    origin: Vec<usize>,
}

impl Unmarked {
    /// Takes the quotation marks out of a sentence; `None` where there are none.
    pub(super) fn new(sentence: &str) -> Option<Self> {
        let mut unmarked = Self { text: String::with_capacity(sentence.len()), origin: Vec::new() };
        let mut open_single = false;
        for (at, c) in sentence.char_indices() {
            let before = sentence[..at].chars().next_back();
            let after = sentence[at + c.len_utf8()..].chars().next();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            // An apostrophe stands behind a letter; a single mark that opens stands before one and behind none.
            let opens = matches!(c, '\'' | '‘' | '’') && !letter(before) && letter(after);
            let closes = matches!(c, '\'' | '’') && open_single && !letter(after);
            open_single = opens || open_single && !closes;
            if matches!(c, '"' | '“' | '”') || opens || closes {
                continue;
            }
            unmarked.text.push(c);
            unmarked.origin.extend((0..c.len_utf8()).map(|byte| at + byte));
        }
        unmarked.origin.push(sentence.len());
        (unmarked.text.len() < sentence.len()).then_some(unmarked)
    }

    /// Returns a hit in bytes of the sentence.
    pub(super) fn traced<'a>(&self, hit: CueHit<'a>) -> CueHit<'a> {
        let trace = |range: Range<usize>| -> Range<usize> {
            let start = self.origin[range.start];
            // The end of what is matched, before any mark that closes behind it.
            let end = if range.is_empty() { start } else { self.origin[range.end - 1] + 1 };
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
