//! The subject of a verb, wherever it stands.

use std::ops::Range;

use super::{Before, DEEPEST, LONGEST, Syntax, Tag};

impl Syntax<'_> {
    /// Finds the subject of the verb that begins at a byte.
    pub(in crate::statement::english) fn subject(&self, verb: usize) -> Option<Before> {
        self.subject_of(self.token_at(verb)?, 0)
    }

    /// Returns who is told to have done something in a stretch of the sentence: the subject of its first verb, when that
    /// stands in the past.
    pub(in crate::statement::english) fn who_did(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.tokens.partition_point(|token| token.range.end <= range.start);
        let end = self.tokens.partition_point(|token| token.range.start < range.end);
        // A participle behind a comma has no subject of its own: "the three, surnamed so and so, set up".
        let (verb, subject) = (start + 1..end)
            .filter(|at| self.is_verb(*at) && !self.is_reduced(self.tokens[*at].range.start))
            .find_map(|verb| match self.subject_of(verb, 0)? {
                Before::Phrase(subject) | Before::Antecedent(subject) | Before::Pronoun(subject) => {
                    (range.start <= subject.start && subject.end <= range.end).then_some((verb, subject))
                }
            })?;
        let past = match self.tokens[verb].tag {
            Tag::Ed => true,
            Tag::Finite => !self.word(verb).ends_with('s'),
            Tag::Saying => self.word(verb).ends_with("ed") || matches!(self.word(verb), "told" | "wrote"),
            Tag::Auxiliary => matches!(self.word(verb), "had" | "was" | "were" | "has" | "have" | "did"),
            _ => false,
        };
        past.then_some(subject)
    }

    pub(super) fn subject_of(&self, verb: usize, depth: usize) -> Option<Before> {
        if depth > DEEPEST {
            return None;
        }
        // "Sentencing her to ten years, the judge said": the subject follows.
        if verb == 0 && self.word(verb).ends_with("ing") {
            let comma = self.tokens.iter().position(|token| token.tag == Tag::Comma)?;
            let next = (comma + 1..self.tokens.len()).find(|at| self.is_verb(*at))?;
            return self.subject_of(next, depth + 1);
        }
        // "took him away on suspicion of": who took him.
        if self.tokens[verb].tag == Tag::Preposition {
            return self.subject_of(self.main_verb(verb, false)?, depth + 1);
        }

        let mut at = verb;
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Auxiliary | Tag::Adverb | Tag::Time) {
            // "on Tuesday said": the day belongs to a phrase that is taken off below.
            if self.tokens[at - 1].tag == Tag::Time && at > 1 && self.tokens[at - 2].tag == Tag::Preposition {
                break;
            }
            at -= 1;
        }
        at = self.before_aside(at);
        // "The group “almost certainly acts": a quotation begins between a subject and its verb.
        if at > 1
            && self.opens_quotation(at - 1)
            && matches!(
                self.tokens[at - 2].tag,
                Tag::Word | Tag::Name | Tag::Close | Tag::Number | Tag::Pronoun | Tag::Auxiliary | Tag::Comma
            )
            && !matches!(self.tokens[verb].tag, Tag::Saying)
        {
            at -= 1;
            while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Auxiliary | Tag::Adverb) {
                at -= 1;
            }
        }
        let last = at.checked_sub(1)?;
        match self.tokens[last].tag {
            // "refused to deny", "is expected to deny".
            Tag::To => {
                let earlier = (0..last)
                    .rev()
                    .take(8)
                    .find(|at| matches!(self.tokens[*at].tag, Tag::Finite | Tag::Saying | Tag::Ed | Tag::Auxiliary))?;
                self.subject_of(earlier, depth + 1)
            }
            Tag::And | Tag::But => self.shared(last, depth),
            Tag::Comma => self.before_comma(verb, last, depth),
            Tag::Relative => self.antecedent(last),
            Tag::That => {
                let noun =
                    last > 0 && matches!(self.tokens[last - 1].tag, Tag::Word | Tag::Name | Tag::Number | Tag::Close);
                if noun { self.antecedent(last) } else { None }
            }
            Tag::Determiner if matches!(self.word(last), "that" | "this") && last > 0 => self.antecedent(last),
            Tag::Pronoun => Some(Before::Pronoun(self.tokens[last].range.clone())),
            // "is on bail after denying it": who is on bail denied it.
            Tag::Subordinator if self.word(verb).ends_with("ing") && self.word(last) == "after" => {
                self.subject_of(self.main_verb(last, false)?, depth + 1)
            }
            Tag::Stop | Tag::Quote | Tag::Subordinator | Tag::Open => None,
            // ", with a spokesman calling them lies": the participle has a subject of its own.
            _ if self.word(verb).ends_with("ing") && self.is_absolute(verb) => self.phrase(at).map(Before::Phrase),
            // "sent a letter demanding answers": who sent it demands.
            _ if self.word(verb).ends_with("ing") && self.main_verb(verb, false).is_some() => {
                self.subject_of(self.main_verb(verb, false)?, depth + 1)
            }
            _ => self.phrase_or_before_adverbial(at).map(Before::Phrase),
        }
    }

    /// Goes over what stands between an auxiliary and its verb: "has in the past derided", "have for years accused".
    pub(super) fn before_aside(&self, end: usize) -> usize {
        const LONGEST_ASIDE: usize = 6;
        let inner = |at: &usize| {
            matches!(
                self.tokens[*at].tag,
                Tag::Determiner | Tag::Word | Tag::Number | Tag::Time | Tag::Adverb | Tag::Ed
            )
        };
        let preposition = (0..end).rev().take(LONGEST_ASIDE).find(|at| !inner(at));
        let Some(preposition) = preposition.filter(|at| *at + 1 < end && self.tokens[*at].tag == Tag::Preposition)
        else {
            return end;
        };
        let mut at = preposition;
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Auxiliary | Tag::Adverb) {
            at -= 1;
        }
        let has_auxiliary = self.tokens[at..preposition].iter().any(|token| token.tag == Tag::Auxiliary);
        if has_auxiliary { at } else { end }
    }

    /// Says whether a token is a quotation mark that opens a quotation.
    pub(super) fn opens_quotation(&self, at: usize) -> bool {
        if self.tokens[at].tag != Tag::Quote {
            return false;
        }
        match self.word(at) {
            "“" | "‘" => true,
            mark @ ("\"" | "'") => (0..at).filter(|at| self.word(*at) == mark).count() % 2 == 0,
            _ => false,
        }
    }

    /// Says whether a participle stands in a phrase that "with" opens behind a comma.
    pub(super) fn is_absolute(&self, participle: usize) -> bool {
        let comma = (0..participle).rev().find(|at| matches!(self.tokens[*at].tag, Tag::Comma | Tag::Stop));
        let with = comma.map_or(0, |at| at + 1);
        with + 1 < participle && self.word(with) == "with"
    }

    /// The subject of a verb behind "and" or "but" is that of the verb before.
    pub(super) fn shared(&self, and: usize, depth: usize) -> Option<Before> {
        // "She denied that he had copied it, but acknowledged": a comma ends the clause of "that".
        let behind_comma = and > 0 && self.tokens[and - 1].tag == Tag::Comma;
        let verb = if behind_comma { self.main_verb(and, true) } else { self.verb_before(and) };
        self.subject_of(verb?, depth + 1)
    }

    /// Returns the last verb of the clause that ends before a token, not looking into relative clauses behind a comma.
    pub(super) fn verb_before(&self, end: usize) -> Option<usize> {
        // What somebody says or does is joined to what they say or do: "said that it was false and accused".
        let acts = (0..end).rev().take_while(|at| !matches!(self.tokens[*at].tag, Tag::Stop | Tag::Open)).find(|at| {
            let bare = *at == 0 || !matches!(self.tokens[*at - 1].tag, Tag::Auxiliary | Tag::To | Tag::Adverb);
            let act = matches!(self.tokens[*at].tag, Tag::Saying | Tag::Finite | Tag::Ed);
            bare && act && *at > 0 && !self.is_reduced(self.tokens[*at].range.start)
        });
        if acts.is_some() {
            return acts;
        }
        let mut found = None;
        for at in (0..end).rev() {
            match self.tokens[at].tag {
                Tag::Stop | Tag::Open => break,
                Tag::Quote => continue,
                Tag::Saying | Tag::Finite => {
                    found = Some(at);
                    break;
                }
                Tag::Auxiliary if self.word(at) != "being" && self.word(at) != "having" => {
                    found = Some(at);
                    break;
                }
                Tag::Ed if !self.is_reduced(self.tokens[at].range.start) => {
                    found = Some(at);
                    break;
                }
                _ => {}
            }
        }
        found
    }

    pub(super) fn before_comma(&self, verb: usize, comma: usize, depth: usize) -> Option<Before> {
        // "…, saying": the subject of the main verb.
        if self.tokens[verb].tag == Tag::Ing || self.word(verb).ends_with("ing") {
            return self.subject_of(self.main_verb(comma, false)?, depth + 1);
        }
        // "the director, Tove Arnsdal, said": what stands between commas is an apposition, and the noun stands before it.
        let commas = (0..comma).rev().filter(|at| self.tokens[*at].tag == Tag::Comma && !self.inside_marks(*at, comma));
        for open in commas.take(4) {
            let first = self.tag(open + 1)?;
            let lead_in = matches!(
                first,
                Tag::Relative
                    | Tag::Determiner
                    | Tag::Preposition
                    | Tag::Ing
                    | Tag::Ed
                    | Tag::Subordinator
                    | Tag::Name
                    | Tag::Word
                    | Tag::Number
                    | Tag::Saying
                    | Tag::Adverb
                    | Tag::Medium
            );
            let noun_before = open > 0
                && matches!(
                    self.tokens[open - 1].tag,
                    Tag::Word | Tag::Name | Tag::Number | Tag::Close | Tag::Medium | Tag::Time
                );
            if lead_in && noun_before {
                let end = if self.tokens[open - 1].tag == Tag::Time { self.before_time(open) } else { open };
                let phrase = self.phrase(end);
                // "In Aldport, Tove Arnsdal, the director, said": a fronted phrase is no noun.
                // A title and the name it goes with are one phrase; a clause between commas is not part of it.
                let apposition = matches!(first, Tag::Determiner | Tag::Name | Tag::Word | Tag::Number)
                    && !(open + 1..comma).any(|at| self.is_verb(at));
                if let Some(phrase) = phrase.filter(|phrase| !phrase.is_empty()) {
                    let end = if apposition { self.tokens[comma - 1].range.end } else { phrase.end };
                    let whole = phrase.start..end;
                    return Some(Before::Phrase(if whole.len() > LONGEST { phrase } else { whole }));
                }
            }
        }
        // A headline: "Lumen swings to profit, dismisses rumours".
        let first = (0..comma).find(|at| self.is_verb(*at)).filter(|_| self.word(verb).ends_with('s'))?;
        if self.word(first).ends_with('s') { self.subject_of(first, depth + 1) } else { None }
    }

    /// Returns where the tokens before a comma end once the day is taken off.
    pub(super) fn before_time(&self, end: usize) -> usize {
        let mut at = end;
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Time | Tag::Number) {
            at -= 1;
        }
        if at > 0 && matches!(self.tokens[at - 1].tag, Tag::Preposition) { at - 1 } else { at }
    }

    /// Says whether a quotation or bracket opens or closes between two tokens and leaves them on different sides.
    pub(super) fn inside_marks(&self, from: usize, to: usize) -> bool {
        let count = |tag| self.tokens[from..to].iter().filter(|token| token.tag == tag).count();
        count(Tag::Quote) % 2 == 1 || count(Tag::Open) != count(Tag::Close)
    }

    /// Returns the verb that a participle behind a comma leans on: the nearest finite one whose subject is in its clause.
    pub(super) fn main_verb(&self, before: usize, over_that: bool) -> Option<usize> {
        let mut found = None;
        for at in (0..before).rev() {
            let verb = match self.tokens[at].tag {
                Tag::Saying | Tag::Finite => true,
                Tag::Auxiliary => !matches!(self.word(at), "being" | "having" | "be" | "been" | "have"),
                Tag::Ed => !self.is_reduced(self.tokens[at].range.start),
                Tag::Stop if found.is_some() => break,
                _ => false,
            };
            if !verb {
                continue;
            }
            // A verb inside a relative or subordinate clause is not the main one; go on to the left.
            let start = self.clause_start(at);
            let opener = start.checked_sub(1).map(|at| self.tokens[at].tag);
            found = Some(at);
            let inside = match opener {
                Some(Tag::Relative | Tag::Subordinator) => true,
                Some(Tag::That) => over_that,
                // "searched a flat linked to him, alleging": what may describe a noun leaves the place to one before it.
                _ => {
                    self.tokens[at].tag == Tag::Ed
                        && (self.tag(at + 1) == Some(Tag::Preposition)
                            || matches!(self.word((at + 1).min(before)), "out" | "up" | "off" | "down" | "away" | "to"))
                }
            };
            if !inside {
                break;
            }
        }
        found
    }

    /// Finds the noun for which "which", "who" or "that" stands.
    pub(super) fn antecedent(&self, relative: usize) -> Option<Before> {
        let mut end = relative;
        while end > 0
            && (matches!(self.tokens[end - 1].tag, Tag::Comma | Tag::Preposition)
                || matches!(self.word(end - 1), "-" | "–" | "—"))
        {
            end -= 1;
        }
        let phrase = self.phrase(end)?;
        let first = self.token_at(phrase.start)?;
        // What leads out of the phrase is none of it: "rain fell across the counties during the afternoon, which caused".
        let end = self.tokens.partition_point(|token| token.range.end <= phrase.end);
        // "She asked about the service, which accused …": the noun is the last of them. "of" and "for" join names.
        let cut = (first + 1..end).rev().find(|at| {
            self.tokens[*at].tag == Tag::Preposition
                && !matches!(self.word(*at), "of" | "for" | "in" | "at")
                && matches!(self.tag(*at + 1), Some(Tag::Determiner | Tag::Name | Tag::Word | Tag::Number))
        });
        let start = cut.map_or(phrase.start, |at| self.tokens[at + 1].range.start);
        // "The dossier named Odile Marsk, who": a person is named by what is no person.
        let named = (first + 1..end)
            .rev()
            .find(|at| {
                self.word(*at) == "named" && self.word(relative) == "who" && !matches!(self.word(first), "a" | "an")
            })
            .map_or(start, |at| self.tokens[at + 1].range.start);
        // "According to the lawyer, who".
        let according = self.word(first) == "according" && self.tag(first + 1) == Some(Tag::To) && first + 2 < end;
        let start = if according { self.tokens[first + 2].range.start } else { named };
        let start = start.max(phrase.start);
        Some(Before::Antecedent(self.with_name_before(start, end).unwrap_or(start)..phrase.end))
    }

    /// Returns where the name begins to which the phrase from a byte to a token is an apposition: "Ivo Kest, a translator, who".
    fn with_name_before(&self, start: usize, end: usize) -> Option<usize> {
        let first = self.token_at(start)?;
        let apposition = self.tag(first) == Some(Tag::Determiner) && end > first + 1;
        let comma = first.checked_sub(1).filter(|at| apposition && self.tokens[*at].tag == Tag::Comma)?;
        let name = (0..comma).rev().take_while(|at| self.tokens[*at].tag == Tag::Name).last()?;
        // "in Prague, a translator, who": a place is no person. A given name and a surname are two words.
        let whole = comma - name > 1 && !name.checked_sub(1).is_some_and(|at| self.tokens[at].tag == Tag::Preposition);
        let short = self.tokens[end - 1].range.end - self.tokens[name].range.start <= LONGEST;
        (whole && short).then(|| self.tokens[name].range.start)
    }

    /// Returns the subject of the first verb of a stretch of the sentence.
    pub(in crate::statement::english) fn subject_within(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.tokens.partition_point(|token| token.range.end <= range.start);
        let end = self.tokens.partition_point(|token| token.range.start < range.end);
        let verb = (start + 1..end).find(|at| self.is_verb(*at) && !self.is_reduced(self.tokens[*at].range.start))?;
        let (Before::Phrase(subject) | Before::Antecedent(subject) | Before::Pronoun(subject)) =
            self.subject_of(verb, 0)?;
        (range.start <= subject.start && subject.end <= range.end).then_some(subject)
    }

    /// Returns the subject of the first verb of the sentence.
    pub(in crate::statement::english) fn first_subject(&self, before: usize) -> Option<Range<usize>> {
        let end = self.tokens.partition_point(|token| token.range.end <= before);
        let verb = (1..end).find(|at| self.is_verb(*at) && !self.is_reduced(self.tokens[*at].range.start))?;
        match self.subject_of(verb, 0)? {
            Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range) => Some(range),
        }
    }
}
