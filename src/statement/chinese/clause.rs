//! Where the clauses of a sentence begin and end.

use super::{REACH, Sentence};
use crate::fold;

impl Sentence<'_> {
    /// Returns where the clause that holds a position begins.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        self.topic(at).map_or(0, |topic| topic.start).max(self.raw_clause_start(at))
    }

    fn raw_clause_start(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        // Where a quotation that only names something begins: 對「操縱」一說予以否認.
        let mut skip_to = usize::MAX;
        for (count, (start, c)) in self.text[..at].char_indices().rev().enumerate() {
            if start >= skip_to && skip_to != usize::MAX {
                continue;
            }
            if matches!(c, '」' | '』' | '”')
                && let Some(open) = self.naming_quote(start)
            {
                skip_to = open;
                continue;
            }
            if start < skip_to {
                skip_to = usize::MAX;
            }
            // 大使當場「全盤否認」: the mark opens words of the clause that it stands in.
            let left = &self.text[..start];
            let inside = matches!(c, '「' | '“')
                && left.ends_with(fold::is_han)
                && !["说", "称", "道", "指", "示", "调", "出", "应", "是", "为", "斥", "批", "问", "答", "言", "露"]
                    .iter()
                    .any(|verb| left.ends_with(verb));
            match c {
                _ if inside => {}
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                _ if ends_clause(self.text, start, c) || count > REACH => return start + c.len_utf8(),
                _ => {}
            }
        }
        0
    }

    /// Returns where a short quotation that ends at a mark begins, when it stands inside a clause and is nobody's speech.
    pub(super) fn naming_quote(&self, close: usize) -> Option<usize> {
        let before = &self.text[..close];
        let open = before.rfind(['「', '『', '“'])?;
        let mark = self.text[open..].chars().next()?.len_utf8();
        let inside = self.stretch(open + mark..close);
        let short = inside.chars().count() <= 20 && !inside.contains([',', '。', '?', '!', '」', '”']);
        let left = self.text[..open].chars().next_back();
        let speech = left.is_none_or(|c| matches!(c, ',' | ':' | '。' | ';' | ' ' | '」' | '”'))
            || self.text[..open].ends_with(['说', '称', '道', '指', '示', '调', '出', '应']);
        (short && !speech).then_some(open)
    }

    /// Returns where the clause that holds a position ends.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let inside = self.text[at..]
            .char_indices()
            .find(|(skip, c)| ends_clause(self.text, at + skip, *c) && !"“「『\"‘".contains(*c));
        let end = inside
            .map_or(self.text.len(), |(skip, c)| at + skip + if "”」』’".contains(c) { c.len_utf8() } else { 0 });
        self.topic(at).map_or(end, |topic| end.min(topic.end))
    }
}

/// Says whether a character of a text ends a clause where it stands.
pub(super) fn ends_clause(text: &str, at: usize, c: char) -> bool {
    match c {
        ',' | '。' | ';' | ':' | '!' | '?' | '「' | '」' | '『' | '』' | '“' | '”' | '"' | '—' | '\n' | '|' | '】' => {
            true
        }
        // A space between Chinese parts clauses; one beside Latin letters does not.
        ' ' => {
            let left = text[..at].chars().next_back().is_some_and(fold::is_han);
            let right = text[at + 1..].chars().next().is_some_and(fold::is_han);
            left && right
        }
        _ => false,
    }
}
