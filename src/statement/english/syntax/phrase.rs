//! Noun phrases: where one begins and ends, and what is joined to it.

use std::ops::Range;

use super::{LONGEST, Syntax, Tag};

impl Syntax<'_> {
    /// Returns the noun phrase that ends right before a byte.
    pub(in crate::statement::english) fn phrase_before(&self, byte: usize) -> Option<Range<usize>> {
        let end = self.tokens.partition_point(|token| token.range.start < byte);
        let range = self.phrase(end)?;
        Some(range.start..range.end.min(byte))
    }

    /// "The association, in a long post on its site, said", with or without the second comma.
    pub(super) fn phrase_or_before_adverbial(&self, end: usize) -> Option<Range<usize>> {
        self.phrase(end).or_else(|| {
            let comma =
                (0..end).rev().find(|at| matches!(self.tokens[*at].tag, Tag::Comma | Tag::Stop | Tag::Quote))?;
            let noun = comma > 0
                && self.tokens[comma].tag == Tag::Comma
                && self.tag(comma + 1) == Some(Tag::Preposition)
                && matches!(self.tokens[comma - 1].tag, Tag::Word | Tag::Name | Tag::Close | Tag::Number);
            noun.then(|| self.phrase(comma)).flatten()
        })
    }

    /// Walks left from the end of a noun phrase (a token number, exclusive) to where it begins.
    pub(super) fn phrase(&self, end: usize) -> Option<Range<usize>> {
        let end = self.without_lead_out(end);
        let mut at = end;
        // True once a verb was passed that only a relative clause can hold.
        let mut relative = false;
        while at > 0 {
            let last = at - 1;
            let joined = match self.tokens[last].tag {
                Tag::Close => match self.opening(last) {
                    Some(open) => {
                        at = open;
                        continue;
                    }
                    None => false,
                },
                Tag::Open | Tag::Stop | Tag::But => false,
                Tag::Quote => self.quoted_word(last).is_some_and(|open| {
                    at = open + 1;
                    true
                }),
                Tag::Comma => self.is_listing(last, end),
                Tag::And => !self.joins_clauses(last),
                Tag::Subordinator => false,
                // "which the councillor denies": the clause has a subject of its own.
                Tag::Relative => {
                    !matches!(self.tag(last + 1), Some(Tag::Determiner | Tag::Name)) || self.word(last) == "whose"
                }
                Tag::That => relative,
                Tag::Auxiliary | Tag::Finite | Tag::Saying => match self.relative_before(last) {
                    Some(pronoun) => {
                        (at, relative) = (pronoun + 1, true);
                        true
                    }
                    None => false,
                },
                Tag::Ed => {
                    let behind_noun = last > 0
                        && (matches!(self.tokens[last - 1].tag, Tag::Word | Tag::Name | Tag::Close | Tag::Number)
                            || self.is_medium_subject(last - 1));
                    // "a group called Tin Lantern", "a man named Lee".
                    let names = behind_noun
                        && at < end
                        && matches!(
                            self.word(last),
                            "called"
                                | "named"
                                | "titled"
                                | "entitled"
                                | "dubbed"
                                | "codenamed"
                                | "nicknamed"
                                | "surnamed"
                        )
                        && matches!(self.tag(last + 1), Some(Tag::Name | Tag::Quote));
                    if names {
                        at = last;
                        continue;
                    }
                    let in_relative = self.relative_before(last).filter(|_| {
                        last > 0
                            && matches!(
                                self.tokens[last - 1].tag,
                                Tag::Auxiliary | Tag::Adverb | Tag::Relative | Tag::That
                            )
                    });
                    if let Some(pronoun) = in_relative {
                        (at, relative) = (pronoun + 1, true);
                        continue;
                    }
                    let adjective = last == 0
                        || matches!(
                            self.tokens[last - 1].tag,
                            Tag::Determiner
                                | Tag::Preposition
                                | Tag::Comma
                                | Tag::And
                                | Tag::Stop
                                | Tag::Quote
                                | Tag::Subordinator
                        ) && at < end;
                    let postmodifier = behind_noun
                        && matches!(self.tag(last + 1), Some(Tag::Preposition | Tag::To | Tag::Adverb | Tag::Time));
                    adjective || postmodifier && !self.is_only_verb(last)
                }
                Tag::Ing => {
                    let adverbial = last > 0 && self.tokens[last - 1].tag == Tag::Comma;
                    !adverbial || last == 0
                }
                Tag::Pronoun => at == end,
                _ => true,
            };
            if !joined {
                break;
            }
            at = at.min(last + 1) - 1;
            // "told the paper the family had", "last month the ministry": no noun phrase has an article behind a noun or a
            // time.
            let article = matches!(
                self.word(at),
                "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "my" | "your" | "these" | "those"
            );
            let ended = |tag| matches!(tag, Tag::Word | Tag::Name | Tag::Close | Tag::Medium | Tag::Time | Tag::Adverb);
            if article && at > 0 && ended(self.tokens[at - 1].tag) {
                break;
            }
        }
        let start = self.without_lead_in(at, end);
        if start >= end {
            return None;
        }
        let range = self.tokens[start].range.start..self.tokens[end - 1].range.end;
        let name = &self.text[range.clone()];
        let odd = range.len() > LONGEST
            || !name.chars().any(char::is_alphabetic)
            || (start..end).all(|at| {
                matches!(
                    self.tokens[at].tag,
                    Tag::Time | Tag::Number | Tag::Preposition | Tag::Adverb | Tag::Determiner
                )
            }) && !self.counts_people(start, end);
        (!odd).then_some(range)
    }

    /// Says whether a phrase without a noun is one all the same: "the three", "both", "all five".
    pub(super) fn counts_people(&self, start: usize, end: usize) -> bool {
        const COUNTS: &[&str] =
            &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "pair", "trio"];
        let last = self.word(end - 1);
        end - start == 2 && matches!(self.word(start), "the" | "all") && COUNTS.contains(&last)
            || end - start == 1 && (matches!(last, "both" | "all") || start == 0 && COUNTS.contains(&last))
    }

    /// Says whether a letter or an alert stands at the head of a noun phrase that no preposition opens: "An alert issued
    /// to members".
    pub(super) fn is_medium_subject(&self, at: usize) -> bool {
        if self.tokens[at].tag != Tag::Medium {
            return false;
        }
        let mut first = at;
        while first > 0 && matches!(self.tokens[first - 1].tag, Tag::Word | Tag::Name | Tag::Medium | Tag::Determiner) {
            first -= 1;
        }
        first == 0 || matches!(self.tokens[first - 1].tag, Tag::Stop | Tag::But | Tag::Quote)
    }

    /// Says whether a form in -ed is the only verb there can be before the one whose subject is sought: then it is one.
    pub(super) fn is_only_verb(&self, at: usize) -> bool {
        // "The ministry denied on Tuesday the report" has an object after its verb; a postmodifier has none.
        let mut next = at + 1;
        while matches!(self.tag(next), Some(Tag::Adverb | Tag::Time)) {
            next += 1;
        }
        !matches!(self.tag(next), Some(Tag::Preposition | Tag::To))
    }

    /// Takes days and places of speech off the end: "the ministry on Tuesday", "the embassy in a statement".
    pub(super) fn without_lead_out(&self, end: usize) -> usize {
        let mut end = end;
        loop {
            let mut at = end;
            while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Adverb | Tag::Comma) {
                at -= 1;
            }
            if at == 0 || !matches!(self.tokens[at - 1].tag, Tag::Time | Tag::Medium | Tag::Number) {
                return at;
            }
            let mut inner = at;
            let mut medium = false;
            while inner > 0
                && at - inner < 9
                && matches!(
                    self.tokens[inner - 1].tag,
                    Tag::Time
                        | Tag::Number
                        | Tag::Medium
                        | Tag::Determiner
                        | Tag::Word
                        | Tag::Name
                        | Tag::Adverb
                        | Tag::Ed
                )
            {
                inner -= 1;
                medium |= matches!(self.tokens[inner].tag, Tag::Time | Tag::Medium);
                // "the ministry last week": no preposition stands before.
                if self.tokens[inner].tag == Tag::Time && inner > 0 {
                    let word = self.word(inner - 1);
                    if matches!(word, "last" | "this" | "late" | "early" | "next") {
                        inner -= 1;
                        break;
                    }
                }
            }
            let led = inner > 1
                && self.tokens[inner - 1].tag == Tag::Preposition
                && matches!(
                    self.word(inner - 1),
                    "in" | "on" | "at" | "during" | "via" | "through" | "by" | "from" | "to"
                );
            let bare_time = inner < at && matches!(self.word(inner), "last" | "this" | "late" | "early" | "next");
            let only_time = at > 1 && self.tokens[at - 1].tag == Tag::Time;
            if medium && led && inner - 1 > 0 {
                end = inner - 1;
            } else if bare_time && inner > 0 {
                end = inner;
            } else if only_time && inner > 0 {
                end = at - 1;
            } else {
                return at;
            }
        }
    }

    /// Takes connectives and a fronted phrase off the start: "But in Beijing a spokesman".
    pub(super) fn without_lead_in(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end
            && matches!(
                self.tokens[at].tag,
                Tag::And | Tag::But | Tag::Comma | Tag::Adverb | Tag::Subordinator | Tag::Quote
            )
        {
            at += 1;
        }
        if at >= end || !matches!(self.tokens[at].tag, Tag::Preposition | Tag::Time) {
            return at;
        }
        // "neither of the two" and "of the five, three" are no fronted phrases, and are rare.
        let mut next = at + 1;
        while next < end {
            let begins = match self.tokens[next].tag {
                Tag::Determiner => next > at + 1 && self.tokens[next - 1].tag != Tag::Preposition,
                Tag::Pronoun => true,
                Tag::Name => {
                    matches!(self.tokens[next - 1].tag, Tag::Time | Tag::Number | Tag::Medium | Tag::Word | Tag::Comma)
                        && next > at + 1
                }
                _ => self.tokens[next - 1].tag == Tag::Comma,
            };
            if begins {
                return next;
            }
            next += 1;
        }
        // Nothing but the fronted phrase: a verb without a subject.
        end
    }

    pub(super) fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0;
        for at in (0..=close).rev() {
            match self.tokens[at].tag {
                Tag::Close => depth += 1,
                Tag::Open => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Returns the mark that opens a short quotation ending here: a name in quotation marks.
    pub(super) fn quoted_word(&self, close: usize) -> Option<usize> {
        let open = (close.saturating_sub(7)..close).rev().find(|at| self.tokens[*at].tag == Tag::Quote)?;
        let short = self.tokens[open + 1..close]
            .iter()
            .all(|token| !matches!(token.tag, Tag::Comma | Tag::Stop | Tag::Auxiliary | Tag::Pronoun));
        (short && close > open + 1).then_some(open)
    }

    /// Says whether a comma parts the members of a list: "A, B and C said".
    pub(super) fn is_listing(&self, comma: usize, end: usize) -> bool {
        let and = (comma + 1..end).take(14).find(|at| self.tokens[*at].tag == Tag::And);
        let Some(and) = and else { return false };
        let member = |from: usize, to: usize| {
            let mut tokens = self.tokens[from..to].iter();
            from == to
                || tokens.all(|token| {
                    !matches!(
                        token.tag,
                        Tag::Auxiliary
                            | Tag::Finite
                            | Tag::Saying
                            | Tag::Stop
                            | Tag::Relative
                            | Tag::That
                            | Tag::Subordinator
                    )
                })
        };
        let short = and - comma <= 8;
        let noun_before = comma > 0
            && matches!(
                self.tokens[comma - 1].tag,
                Tag::Word | Tag::Name | Tag::Close | Tag::Number | Tag::Ing | Tag::Time
            );
        // Before the list stands no verb of its own clause: "…, police said, and the court" is no list.
        let clause = self.clause_start(comma);
        let plain = !self.tokens[clause..comma]
            .iter()
            .any(|token| matches!(token.tag, Tag::Auxiliary | Tag::Finite | Tag::Saying));
        short && noun_before && plain && member(comma + 1, and) && member(and + 1, end)
    }

    /// Says whether "and" joins two clauses, so that the phrase behind it stands alone.
    pub(super) fn joins_clauses(&self, and: usize) -> bool {
        let start = (0..and)
            .rev()
            .find(|at| matches!(self.tokens[*at].tag, Tag::Stop | Tag::Quote | Tag::Subordinator | Tag::That))
            .map_or(0, |at| at + 1);
        if and > 0 && self.tokens[and - 1].tag == Tag::Comma {
            return (start..and).any(|at| self.is_verb(at));
        }
        let clause = (start..and).rev().find(|at| self.tokens[*at].tag == Tag::Comma).map_or(start, |at| at + 1);
        (clause..and).any(|at| self.is_verb(at)) && self.relative_before(and).is_none()
    }

    /// Returns the noun phrase that follows a byte at once: the object of the verb that ends there.
    pub(in crate::statement::english) fn object_after(&self, byte: usize) -> Option<Range<usize>> {
        let mut at = self.tokens.partition_point(|token| token.range.end <= byte);
        while matches!(self.tag(at), Some(Tag::Adverb)) {
            at += 1;
        }
        let start = at;
        while let Some(tag) = self.tag(at) {
            let goes_on = match tag {
                Tag::Preposition => {
                    at > start && matches!(self.word(at), "of" | "for" | "at") && !self.is_medium_ahead(at)
                }
                Tag::Determiner | Tag::Name | Tag::Word | Tag::Number | Tag::Ing | Tag::Ed | Tag::Medium => {
                    // "urged Ottawa the day before": a second noun phrase begins.
                    !(at > start && tag == Tag::Determiner && self.tokens[at - 1].tag != Tag::Preposition)
                }
                // "told the jury she knew": a clause begins.
                Tag::Pronoun => at == start,
                Tag::And => {
                    matches!(self.tag(at + 1), Some(Tag::Name | Tag::Word | Tag::Determiner)) && !self.verb_behind(at)
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        let named = (start..at).any(|at| {
            matches!(self.tokens[at].tag, Tag::Name | Tag::Word | Tag::Number | Tag::Pronoun | Tag::Ing | Tag::Medium)
        });
        named.then(|| self.tokens[start].range.start..self.tokens[at - 1].range.end)
    }

    /// Says whether a preposition leads to where or when a thing was said.
    pub(super) fn is_medium_ahead(&self, preposition: usize) -> bool {
        self.tokens[preposition + 1..]
            .iter()
            .take(5)
            .take_while(|token| {
                matches!(token.tag, Tag::Determiner | Tag::Word | Tag::Ed | Tag::Name | Tag::Medium | Tag::Time)
            })
            .any(|token| matches!(token.tag, Tag::Medium | Tag::Time))
    }

    /// Says whether a verb with the subject of the one before stands behind "and".
    pub(super) fn verb_behind(&self, and: usize) -> bool {
        let mut next = and + 1;
        while matches!(self.tag(next), Some(Tag::Adverb)) {
            next += 1;
        }
        matches!(self.tag(next), Some(Tag::Saying | Tag::Finite | Tag::Ed | Tag::Auxiliary))
    }

    /// Returns where what is said from a byte on ends: at the next clause, or where the text tells when and in what it was said.
    pub(in crate::statement::english) fn claim_end(&self, byte: usize) -> usize {
        let first = self.tokens.partition_point(|token| token.range.end <= byte);
        let mut quoted = false;
        for at in first..self.tokens.len() {
            let after = self.tag(at + 1);
            let ends = match self.tokens[at].tag {
                Tag::Quote => {
                    quoted = !quoted;
                    false
                }
                _ if quoted => false,
                Tag::Stop => !matches!(self.word(at), "-" | "." | "/"),
                Tag::Comma => matches!(
                    after,
                    Some(
                        Tag::And
                            | Tag::But
                            | Tag::Ing
                            | Tag::Relative
                            | Tag::Subordinator
                            | Tag::Pronoun
                            | Tag::Determiner
                            | Tag::Preposition
                            | Tag::Saying
                            | Tag::Adverb
                            | Tag::Name
                    )
                ),
                Tag::And => self.verb_behind(at),
                Tag::But => true,
                Tag::Subordinator => matches!(
                    self.word(at),
                    "after" | "while" | "when" | "because" | "although" | "before" | "as" | "if"
                ),
                Tag::Preposition if at > first => {
                    let led = matches!(self.word(at), "in" | "on" | "at" | "during" | "via");
                    led && self.is_medium_ahead(at) || matches!(self.word(at), "following" | "despite" | "amid")
                }
                _ => false,
            };
            if ends && at > first {
                return self.tokens[at - 1].range.end;
            }
        }
        self.text.trim_end_matches(['.', ' ', '?', '!']).len().max(byte)
    }
}
