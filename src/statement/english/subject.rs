//! Noun phrases without a parser: the one before a verb, the one after it, the one that opens the sentence.

use std::ops::Range;

use super::{Named, Sentence, floor};

/// A subject longer than this is not one.
const LONGEST_SUBJECT: usize = 180;

/// Words after which a new clause with a subject of its own begins.
const CLAUSE_WORDS: &[&str] = &[
    "after",
    "while",
    "but",
    "although",
    "though",
    "when",
    "because",
    "that",
    "which",
    "who",
    "whom",
    "if",
    "as",
    "since",
    "before",
    "where",
    "than",
    "whether",
    "until",
    "amid",
    "despite",
    "whereas",
    "so",
    "unless",
    "once",
    "what",
    "how",
    "also",
    "plus",
    "because of",
    "where",
    "even",
    "said",
    "says",
    "saying",
    "told",
    "adding",
    "added",
    "insisted",
    "claimed",
    "believes",
    "believed",
    "stated",
    "noted",
];

/// Words that stand between a subject and its verb.
const VERB_GROUP: &[&str] = &[
    "has",
    "have",
    "had",
    "is",
    "are",
    "was",
    "were",
    "been",
    "be",
    "being",
    "will",
    "would",
    "may",
    "might",
    "could",
    "should",
    "can",
    "did",
    "does",
    "do",
    "not",
    "also",
    "later",
    "earlier",
    "today",
    "yesterday",
    "then",
    "both",
    "all",
    "thus",
    "far",
    "again",
    "first",
    "still",
    "never",
    "now",
    "since",
    "too",
    "meanwhile",
    "once",
    "to",
    "however",
    "have",
    "long",
    "always",
    "so",
    "twice",
    "which",
    "who",
    "that",
    "once",
    "likewise",
    "and",
    "jointly",
    "himself",
    "herself",
    "itself",
    "themselves",
    "neither",
    "nor",
    "no",
    "yet",
    "it",
    "up",
    "just",
    "even",
    "well",
];

impl Sentence<'_> {
    /// Finds the noun phrase before a verb.
    pub(super) fn subject(&self, verb: usize) -> Option<Range<usize>> {
        let mut end = self.text[..verb].trim_end().len();
        let mut pronoun = None;
        // Walk left over the verb group: "has also repeatedly".
        loop {
            let head = self.text[..end].trim_end();
            let word = head.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if matches!(bare, "it" | "who" | "which" | "that") {
                pronoun = Some(head.len() - word.len()..head.len());
            }
            let skip = VERB_GROUP.contains(&bare)
                || (bare.ends_with("ly") && bare.len() > 4)
                || bare.ends_with("n't")
                || bare.ends_with("n’t");
            if word.is_empty() || !skip || word.ends_with(['"', '”']) {
                end = head.len();
                break;
            }
            end = head.len() - word.len();
        }
        if let Some(range) = pronoun {
            return Some(self.antecedent(range));
        }
        let mut left = self.text[..end].trim_end();
        // "Price, a spokesman, said": the name stands before the apposition.
        if left.ends_with(',') {
            left = left[..left.len() - 1].trim_end();
            left = &left[..self.without_apposition(left)];
        }
        left = &left[..left.len() - self.trailing_time(left)];
        let end = left.trim_end().len();
        let mut start = self.phrase_start(end)?;
        let mut end = end;
        // "The association, in a long post, said": the name stands before the adverbial.
        let adverbial = [
            "in ",
            "on ",
            "at ",
            "speaking ",
            "during ",
            "writing ",
            "citing ",
            "through ",
            "via ",
            "when ",
            "asked ",
            "responding ",
        ];
        let head = self.text[..start].trim_end();
        if head.ends_with(',') && adverbial.iter().any(|word| self.text[start..end].starts_with(word)) {
            end = head.len() - 1;
            start = self.phrase_start(end)?;
        }
        let range = trim(self.text, start..end);
        let name = &self.text[range.clone()];
        let odd = name.is_empty()
            || range.len() > LONGEST_SUBJECT
            || !name.chars().any(char::is_alphabetic)
            || name.ends_with(" of")
            || name.ends_with(" by");
        (!odd).then_some(range)
    }

    /// Finds the noun that "which", "who" or "that" stands for: the phrase before it.
    pub(super) fn antecedent(&self, pronoun: Range<usize>) -> Range<usize> {
        let relative = matches!(&self.text[pronoun.clone()], "which" | "who" | "that");
        if !relative {
            return pronoun;
        }
        let head = self.text[..pronoun.start].trim_end().trim_end_matches(',');
        match self.phrase_start(head.len()) {
            Some(start) if start < head.len() => {
                let phrase = &self.text[start..head.len()];
                // "She asked about the service, which accused …": the noun is the last of them. "of" joins names.
                let last =
                    [" about ", " against ", " from ", " by ", " with ", " to ", " for ", " at ", " on ", " into "]
                        .iter()
                        .filter_map(|word| phrase.rfind(word).map(|at| at + word.len()))
                        .max();
                trim(self.text, start + last.unwrap_or(0)..head.len())
            }
            _ => pronoun,
        }
    }

    /// Returns where the text ends once "…, a spokesman" is taken off it.
    pub(super) fn without_apposition(&self, left: &str) -> usize {
        let Some(comma) = left.rfind(',') else {
            return left.len();
        };
        let apposition = left[comma + 1..].trim_start();
        let names_somebody = left[..comma].trim_end().chars().next_back().is_some_and(char::is_alphanumeric)
            || left[..comma].ends_with(')');
        let short = apposition.len() < 120;
        if names_somebody && short && !apposition.starts_with("and ") { comma } else { left.len() }
    }

    /// Returns how many bytes at the end tell when or where: "on Thursday", "this week", "in a statement".
    pub(super) fn trailing_time(&self, left: &str) -> usize {
        const DAYS: &[&str] = &[
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "week",
            "month",
            "year",
            "today",
            "yesterday",
            "night",
            "morning",
            "afternoon",
            "evening",
        ];
        let words: Vec<&str> = left.rsplitn(5, ' ').collect();
        let last = words.first().copied().unwrap_or_default().trim_end_matches([',', '.']);
        if !DAYS.contains(&last) {
            let statement = [
                "statement",
                "post",
                "report",
                "letter",
                "interview",
                "briefing",
                "conference",
                "filing",
                "advisory",
                "alert",
            ];
            if statement.contains(&last)
                && let Some(at) = left.rfind(" in a")
            {
                return if left.len() - at < 60 { left.len() - at } else { 0 };
            }
            return 0;
        }
        let mut length = words[0].len();
        for word in words.iter().skip(1).take(2) {
            if matches!(*word, "on" | "last" | "this" | "earlier" | "late" | "early" | "next" | "in" | "a" | "the") {
                length += word.len() + 1;
            } else {
                break;
            }
        }
        (length + 1).min(left.len())
    }

    /// Walks left from the end of a noun phrase to where it begins.
    pub(super) fn phrase_start(&self, end: usize) -> Option<usize> {
        let text = &self.text[..end];
        let floor_at = floor(text, end.saturating_sub(LONGEST_SUBJECT + 60));
        let mut start = floor_at;
        let mut listing = false;
        let mut depth = 0_usize;
        for (at, c) in text[floor_at..].char_indices().rev() {
            let at = floor_at + at;
            let next = at + c.len_utf8();
            match c {
                ')' | ']' => depth += 1,
                '(' | '[' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                ';' | ':' | '?' | '!' | '—' | '–' | '"' | '“' | '”' | '(' | '\n' | '‘' | '|' => {
                    start = next;
                    break;
                }
                '.' if text[next..].starts_with(' ') && !short_word(&text[..at]) => {
                    start = next;
                    break;
                }
                ',' => {
                    // "A, B, and C said" is one speaker in three parts.
                    let part = text[next..end].trim_start();
                    if part.starts_with("and ")
                        || listing && part.split([',']).next().is_some_and(|part| part.split(' ').count() <= 6)
                    {
                        listing = true;
                        continue;
                    }
                    start = next;
                    break;
                }
                ' ' => {
                    let word = text[next..end].split(' ').next().unwrap_or_default();
                    if CLAUSE_WORDS.contains(&word) {
                        start = next + word.len();
                        break;
                    }
                }
                _ => {}
            }
        }
        let phrase = text[start..].trim_start();
        let mut start = end - phrase.len();
        for word in [
            "and ",
            "but ",
            "while ",
            "as ",
            "when ",
            "after ",
            "although ",
            "though ",
            "if ",
            "in ",
            "also ",
            "however ",
            "because ",
            "despite ",
            "amid ",
            "updated ",
            "meanwhile ",
            "with ",
        ] {
            if self.text[start..end].starts_with(word) && word != "in " {
                start += word.len();
            }
        }
        (start < end).then_some(start)
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
        let name = &self.text[range.clone()];
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
            if count > 0 && STOPS.contains(&word) {
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

    /// Returns the subject of the sentence: what stands before its first comma or verb.
    pub(super) fn first_subject(&self, before: usize) -> Option<Named> {
        let mut end = 0;
        let text = &self.text[..before];
        for piece in text.split_inclusive(' ') {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let verb = (word.ends_with("ed") && word.len() > 4 && !matches!(word, "united" | "federated" | "alleged"))
                || matches!(
                    word,
                    "has"
                        | "have"
                        | "had"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "will"
                        | "would"
                        | "says"
                        | "said"
                        | "told"
                        | "conducts"
                        | "calls"
                        | "denies"
                        | "rejects"
                        | "dismisses"
                        | "slams"
                        | "accuses"
                        | "warns"
                        | "urges"
                        | "condemns"
                        | "blames"
                        | "confirms"
                        | "admits"
                        | "tells"
                        | "summons"
                        | "vows"
                        | "hits"
                        | "arrests"
                        | "charges"
                        | "jails"
                );
            if verb {
                break;
            }
            end += piece.len();
            if piece.trim_end().ends_with([',', ':', ';']) || end > LONGEST_SUBJECT {
                break;
            }
        }
        end -= self.trailing_time(text[..end].trim_end()).min(end);
        let range = trim(self.text, 0..end);
        let first = self.text[range.clone()].split(' ').next().unwrap_or_default();
        let adverbial = matches!(
            first,
            "in" | "on"
                | "at"
                | "after"
                | "while"
                | "when"
                | "as"
                | "by"
                | "according"
                | "during"
                | "despite"
                | "if"
                | "the following"
        );
        (!range.is_empty() && !adverbial && self.text[range.clone()].chars().any(char::is_alphabetic))
            .then_some(Named::Here(range))
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let stray = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '"' | '“' | '”' | '—' | '–' | '-');
    let start = range.start + (part.len() - part.trim_start_matches(stray).len());
    let end = range.start + part.trim_end_matches(stray).len();
    start..end.max(start)
}

/// Says whether a text ends in a shortened word or an initial.
fn short_word(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.contains('.')
        || word.chars().count() <= 2
        || matches!(word, "gen" | "rep" | "sen" | "prof" | "col" | "mrs" | "inc" | "ltd" | "adm")
}
