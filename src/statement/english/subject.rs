//! Noun phrases around a verb: the one before it, the one after it, the source that is named.

use std::ops::Range;

use super::syntax::{Before, trim};
use super::{Named, Sentence};

impl Sentence<'_> {
    /// Finds the noun phrase before a verb.
    pub(super) fn subject(&self, verb: usize) -> Option<Range<usize>> {
        let (Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range)) =
            self.syntax().subject(verb)?;
        // "responded to Chinese claims that": whoever claims stands behind the preposition.
        let to = if self.stretch(range.clone()).starts_with("to ") { "to ".len() } else { 0 };
        // "Rowe at first denied it".
        let at = if self.stretch(range.clone()).ends_with(" at") { " at".len() } else { 0 };
        Some(self.without_claim(range.start + to..range.end - at))
    }

    /// Takes a claim off the front of who denies it: "an allegation Beijing denies".
    fn without_claim(&self, subject: Range<usize>) -> Range<usize> {
        let name = self.stretch(subject.clone());
        let noun = ["a ", "an ", "the "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
        let Some((first, rest)) = noun.split_once(' ') else { return subject };
        let claims =
            self.glance.all_of(&self.words.claim, first).next().is_some_and(|found| found.len() == first.len());
        let start = subject.end - rest.len();
        let print = &self.scene.print()[self.scene.folded.print_range(start..subject.end)];
        let names = print.starts_with(char::is_uppercase) || rest.starts_with("the ");
        if (claims || first == "something") && names { start..subject.end } else { subject }
    }

    /// Finds the noun phrase after a position: up to the comma, the full stop or the verb of the next clause.
    pub(super) fn name_after(&self, at: usize) -> Option<Range<usize>> {
        const STOPS: &[&str] = &[
            "adding", "who", "which", "that", "in", "on", "during", "after", "when", "as", "at", "while", "but",
            "noting", "for", "over", "and", "speaking", "told", "said", "says", "is", "are", "was", "were", "has",
            "have", "had", "to", "with", "last", "this", "earlier",
        ];
        let rest = &self.text[at..];
        let mut end = 0;
        for (count, piece) in rest.split_inclusive(' ').enumerate() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            // "the ministry of defence and the police": "and" goes on when a name follows.
            if count > 0
                && STOPS.contains(&word)
                && !(word == "and" && end > 0 && rest[end + piece.len()..].starts_with("the "))
                && !(word == "for" || word == "in" && count < 2)
            {
                break;
            }
            end += piece.len();
            let trimmed = piece.trim_end();
            if count > 14
                || trimmed.ends_with([',', ';', ':', '"', '”', ')', '—', '–'])
                || (trimmed.ends_with('.') && !short_word(trimmed.trim_end_matches('.')))
            {
                break;
            }
        }
        let range = trim(self.text, at..at + end);
        let name = self.stretch(range.clone());
        (name.chars().any(char::is_alphabetic) && name.len() > 1).then_some(range)
    }

    /// Finds the source after "according to": all of it up to the next comma or clause.
    pub(super) fn source_after(&self, at: usize) -> Option<Range<usize>> {
        const STOPS: &[&str] = &[
            "that",
            "which",
            "who",
            "when",
            "after",
            "while",
            "as",
            "published",
            "released",
            "on",
            "said",
            "has",
            "have",
            "is",
            "was",
            "seen",
        ];
        let rest = &self.text[at..];
        let mut end = 0;
        for (count, piece) in rest.split_inclusive(' ').enumerate() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            if count > 0 && STOPS.contains(&word) && !self.names_place(rest, end, piece) {
                break;
            }
            end += piece.len();
            let trimmed = piece.trim_end();
            if count > 18
                || trimmed.ends_with([',', ';', ':', '”', '—', '–'])
                || (trimmed.ends_with('.') && !short_word(trimmed.trim_end_matches('.')))
            {
                break;
            }
        }
        let range = trim(self.text, at..at + end);
        (range.len() > 1).then_some(range)
    }

    /// Says whether a word goes on with where a source was issued: "an article posted on the ministry's account".
    fn names_place(&self, rest: &str, at: usize, piece: &str) -> bool {
        const ISSUED: &[&str] = &["published", "released", "posted", "issued", "carried"];
        let word = piece.trim();
        let before = rest[..at].trim_end().rsplit(' ').next().unwrap_or_default();
        let mut after = rest[at + piece.len()..].split(' ');
        let (next, later) = (after.next().unwrap_or_default(), after.next().unwrap_or_default());
        let determiner = |word: &str| matches!(word, "the" | "its" | "a" | "an" | "their" | "his" | "her");
        let place = |word: &str| matches!(word, "on" | "in" | "by" | "at");
        ISSUED.contains(&word) && place(next) && determiner(later)
            || word == "on" && ISSUED.contains(&before) && determiner(next)
    }

    /// Returns the subject of the first verb of the sentence.
    pub(super) fn first_subject(&self, before: usize) -> Option<Named> {
        self.syntax().first_subject(before).map(Named::Here)
    }
}

/// Says whether a text ends in a shortened word or an initial.
fn short_word(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.contains('.')
        || word.chars().count() <= 2
        || matches!(
            word,
            "gen"
                | "rep"
                | "sen"
                | "prof"
                | "col"
                | "mrs"
                | "cpl"
                | "sgt"
                | "capt"
                | "det"
                | "insp"
                | "supt"
                | "inc"
                | "ltd"
                | "adm"
        )
}
