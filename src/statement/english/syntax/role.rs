//! How a word stands in its clause: a verb or a noun, active or passive, alone or behind a noun.

use std::ops::Range;

use super::{Role, Syntax, Tag, is_be, is_copula};

impl Syntax<'_> {
    /// Says whether a verb stands in the passive: a form of "be" before it and no "have been" of its own agent.
    pub(in crate::statement::english) fn is_passive(&self, verb: usize) -> bool {
        let Some(mut at) = self.token_at(verb) else { return false };
        if self.tokens[at].tag == Tag::Preposition {
            let Some(verb) = self.main_verb(at, false) else { return true };
            if self.tokens[verb].tag == Tag::Auxiliary {
                return matches!(self.word(verb), "was" | "were" | "is" | "are" | "been");
            }
            at = verb;
        }
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Adverb | Tag::Time | Tag::Quote) {
            at -= 1;
        }
        at > 0 && (is_be(self.word(at - 1)) || matches!(self.word(at - 1), "gets" | "got"))
    }

    /// Says how the word that begins at a byte stands in its clause.
    pub(in crate::statement::english) fn role(&self, byte: usize) -> Role {
        let Some(at) = self.token_at(byte) else { return Role::Noun };
        let mut first = at;
        while first > 0 && self.tokens[first - 1].tag == Tag::Adverb {
            first -= 1;
        }
        let before = first.checked_sub(1).map(|at| self.tokens[at].tag);
        let be = first.checked_sub(1).is_some_and(|at| is_be(self.word(at)));
        let word = self.word(at);
        match self.tokens[at].tag {
            Tag::Ed | Tag::Finite | Tag::Saying if self.is_passive(byte) || self.is_reduced(byte) => Role::Passive,
            Tag::Ed | Tag::Finite | Tag::Saying => Role::Active,
            Tag::Ing => match before {
                Some(Tag::Auxiliary | Tag::Word | Tag::Name | Tag::Number | Tag::Pronoun | Tag::Comma | Tag::Close) => {
                    Role::Active
                }
                _ => Role::Noun,
            },
            Tag::Word if be && word.ends_with('n') => Role::Passive,
            Tag::Word => match before {
                Some(Tag::To | Tag::Pronoun) => Role::Active,
                Some(Tag::Auxiliary) if !be => Role::Active,
                // "these groups breach", "the app tracks".
                Some(Tag::Word | Tag::Name) if !self.is_noun(byte) && self.tag(at + 1).is_some() => Role::Active,
                _ => Role::Noun,
            },
            _ => Role::Noun,
        }
    }

    /// Says whether the verb of a clause follows a byte at once, or behind an adverb.
    pub(in crate::statement::english) fn verb_follows(&self, byte: usize) -> bool {
        let mut at = self.tokens.partition_point(|token| token.range.end <= byte);
        while matches!(self.tag(at), Some(Tag::Adverb)) {
            at += 1;
        }
        at < self.tokens.len() && self.is_verb(at)
    }

    /// Returns the verb behind a negation that ends at a byte: "never once paid".
    pub(in crate::statement::english) fn next_verb(&self, byte: usize) -> Option<Range<usize>> {
        let mut at = self.tokens.partition_point(|token| token.range.start < byte);
        // "does not and will not interfere".
        while matches!(self.tag(at), Some(Tag::Adverb | Tag::Quote | Tag::Auxiliary))
            || self.tag(at) == Some(Tag::And) && self.tag(at + 1) == Some(Tag::Auxiliary)
        {
            at += 1;
        }
        let verb = matches!(self.tag(at), Some(Tag::Ed | Tag::Finite | Tag::Saying | Tag::Ing | Tag::Word));
        verb.then(|| self.tokens[at].range.clone())
    }

    /// Returns the verb that governs the noun at a byte: the nearest one before it in its clause.
    pub(in crate::statement::english) fn governor(&self, noun: usize) -> Option<Range<usize>> {
        let noun = self.token_at(noun)?;
        let found = (0..noun).rev().take(14).find(|at| {
            let after = matches!(
                at.checked_sub(1).map(|at| self.tokens[at].tag),
                Some(Tag::Word | Tag::Name | Tag::To | Tag::Pronoun | Tag::Auxiliary | Tag::Adverb | Tag::Quote)
            );
            match self.tokens[*at].tag {
                Tag::Stop | Tag::Relative | Tag::That | Tag::Subordinator | Tag::But | Tag::Saying => true,
                // "an ongoing threat", "targeted attacks".
                Tag::Ed | Tag::Ing
                    if matches!(self.tag(*at + 1), Some(Tag::Word))
                        && matches!(
                            at.checked_sub(1).map(|at| self.tokens[at].tag),
                            Some(Tag::Determiner | Tag::And | Tag::Adverb | Tag::Comma)
                        ) =>
                {
                    false
                }
                Tag::Ed | Tag::Finite | Tag::Ing => true,
                // "had no idea".
                Tag::Auxiliary => is_copula(self.word(*at)) || self.tag(*at + 1) == Some(Tag::Determiner),
                Tag::Word => after && self.opens_object(*at),
                _ => false,
            }
        })?;
        let is_verb = matches!(self.tokens[found].tag, Tag::Ed | Tag::Finite | Tag::Ing | Tag::Word | Tag::Auxiliary);
        is_verb.then(|| self.tokens[found].range.clone())
    }

    /// Says whether an article, or another word that opens a noun phrase, follows a word: then it may be a verb.
    pub(super) fn opens_object(&self, at: usize) -> bool {
        matches!(self.tag(at + 1), Some(Tag::Determiner)) || at > 0 && self.tokens[at - 1].tag == Tag::To
    }

    /// Says whether a noun for those who act does act, or is what somebody is called: "the hackers had", "is a spy".
    pub(in crate::statement::english) fn acts_or_is_called(&self, noun: &Range<usize>) -> bool {
        let Some(first) = self.token_at(noun.start) else { return false };
        let Some(last) = self.token_at(noun.end.saturating_sub(1)).filter(|at| self.tokens[*at].range.end == noun.end)
        else {
            return false;
        };
        // "the hackers had not stolen it".
        let negated = (last + 1..self.tokens.len()).take(3).any(|at| {
            matches!(self.word(at), "not" | "never") || self.word(at).ends_with("n't") || self.word(at).ends_with("n’t")
        });
        if negated {
            return false;
        }
        let acts = match self.tag(last + 1) {
            Some(Tag::Auxiliary | Tag::Finite | Tag::Saying | Tag::Relative | Tag::That | Tag::Adverb) => true,
            Some(Tag::Ed) => !self.is_reduced(self.tokens[last + 1].range.start),
            _ => false,
        };
        let mut at = first;
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Word | Tag::Name | Tag::Determiner | Tag::Quote) {
            at -= 1;
        }
        // "performed by the threat actor", "is a spy".
        let called = at > 0
            && matches!(
                self.word(at - 1),
                "is" | "are" | "was" | "were" | "been" | "being" | "as" | "became" | "become"
            );
        let agent = at > 0 && self.word(at - 1) == "by";
        acts || called || agent
    }

    /// Says whether a form in -ed (or its like) is a participle behind a noun: "two clusters tracked as", "a man named".
    pub(in crate::statement::english) fn is_reduced(&self, verb: usize) -> bool {
        let Some(at) = self.token_at(verb).filter(|at| *at > 0) else { return false };
        let noun = |tag| matches!(tag, Tag::Word | Tag::Name | Tag::Close | Tag::Number | Tag::Medium);
        // "four suspects, believed to be part of a group".
        let behind_comma = at > 1 && self.tokens[at - 1].tag == Tag::Comma && noun(self.tokens[at - 2].tag);
        let saying = matches!(self.word(at), "said" | "told" | "added" | "wrote" | "noted" | "stated" | "insisted");
        if behind_comma {
            let led = self.tag(at + 1) == Some(Tag::To) || !saying && self.tag(at + 1) == Some(Tag::Preposition);
            return led && !self.closes_apposition(at);
        }
        // "prosecutors said on Monday they had": nobody is described so, but for "said to be".
        let describes = !saying || self.word(at) == "told" || self.tag(at + 1) == Some(Tag::To);
        if !noun(self.tokens[at - 1].tag) || !describes {
            return false;
        }
        let object_missing = match self.tag(at + 1) {
            None | Some(Tag::Comma | Tag::Stop | Tag::Preposition | Tag::To) => true,
            Some(Tag::Subordinator) => self.word(at + 1) == "as",
            _ => false,
        };
        // A clause has one verb: where it has another already, this one belongs to a noun of it.
        let start = self.clause_start(at);
        let earlier = (start..at).rev().any(|other| {
            matches!(self.tokens[other].tag, Tag::Auxiliary | Tag::Finite | Tag::Saying)
                || self.tokens[other].tag == Tag::Ed && !self.is_behind_noun_of(other)
        });
        object_missing && (earlier || self.finite_follows(at))
    }

    /// Says whether the comma before a verb closes an apposition, so that the verb is that of the clause: "the lab, an
    /// arm of the firm, looked through it"; where a later verb follows a comma at once, that one is.
    pub(super) fn closes_apposition(&self, verb: usize) -> bool {
        let comma = verb - 1;
        let Some(open) = (0..comma).rev().find(|at| matches!(self.tokens[*at].tag, Tag::Comma | Tag::Stop)) else {
            return false;
        };
        let apposition = self.tokens[open].tag == Tag::Comma
            && open > 0
            && matches!(self.tokens[open - 1].tag, Tag::Word | Tag::Name | Tag::Close)
            && matches!(self.tag(open + 1), Some(Tag::Determiner | Tag::Name))
            && !self.tokens[open + 1..comma].iter().any(|token| {
                matches!(token.tag, Tag::And | Tag::Auxiliary | Tag::Finite | Tag::Saying | Tag::Ed | Tag::Relative)
            })
            && !self.tokens[..open].iter().any(|token| matches!(token.tag, Tag::Auxiliary | Tag::Finite | Tag::Saying));
        let later = (verb + 1..self.tokens.len()).any(|at| {
            self.tokens[at - 1].tag == Tag::Comma
                && matches!(self.tokens[at].tag, Tag::Auxiliary | Tag::Finite | Tag::Saying | Tag::Ed)
        });
        apposition && !later
    }

    /// Says whether a word in -ed describes the noun behind it: "a newly unsealed indictment".
    pub(in crate::statement::english) fn is_adjective(&self, byte: usize) -> bool {
        self.token_at(byte).is_some_and(|at| {
            self.tokens[at].tag == Tag::Word
                && self.word(at).ends_with("ed")
                && matches!(self.tag(at + 1), Some(Tag::Word | Tag::Name | Tag::Medium))
                && at > 0
                && matches!(self.tokens[at - 1].tag, Tag::Determiner | Tag::Preposition | Tag::Adverb | Tag::And)
        })
    }

    /// Says whether nothing that could be its object follows a participle: "charged with", "accused of", "jailed.".
    pub(in crate::statement::english) fn lacks_object(&self, verb: usize) -> bool {
        let Some(at) = self.token_at(verb) else { return false };
        let perfect = at > 0 && matches!(self.word(at - 1), "has" | "have" | "had" | "having");
        let mut next = at + 1;
        while matches!(self.tag(next), Some(Tag::Adverb | Tag::Time)) {
            next += 1;
        }
        let missing = matches!(
            self.tag(next),
            None | Some(
                Tag::Comma
                    | Tag::Stop
                    | Tag::Preposition
                    | Tag::To
                    | Tag::And
                    | Tag::But
                    | Tag::Close
                    | Tag::Subordinator
            )
        );
        let form = self.word(at).ends_with("ed")
            || matches!(
                self.word(at),
                "found" | "held" | "given" | "got" | "gets" | "receives" | "faces" | "taken" | "led"
            );
        missing && form && !perfect
    }

    pub(super) fn is_behind_noun_of(&self, at: usize) -> bool {
        at > 0 && matches!(self.tag(at + 1), Some(Tag::Preposition | Tag::To)) && at > 1
    }

    /// Says whether another finite verb of the same clause follows.
    pub(super) fn finite_follows(&self, at: usize) -> bool {
        for token in &self.tokens[at + 1..] {
            match token.tag {
                Tag::Comma
                | Tag::Stop
                | Tag::And
                | Tag::But
                | Tag::Subordinator
                | Tag::Relative
                | Tag::That
                | Tag::Quote => {
                    return false;
                }
                Tag::Auxiliary | Tag::Finite | Tag::Saying => return true,
                _ => {}
            }
        }
        false
    }

    /// Says whether the word at a byte stands there as a verb and not as a noun or a name.
    pub(in crate::statement::english) fn is_verb_at(&self, byte: usize) -> bool {
        self.token_at(byte)
            .is_some_and(|at| matches!(self.tokens[at].tag, Tag::Saying | Tag::Finite | Tag::Ed | Tag::Ing))
    }

    pub(super) fn clause_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|at| {
                matches!(
                    self.tokens[*at].tag,
                    Tag::Comma | Tag::Stop | Tag::Subordinator | Tag::Relative | Tag::That | Tag::But | Tag::Quote
                )
            })
            .map_or(0, |at| at + 1)
    }

    /// Says whether a word that may be a verb or a noun is a noun here: "the alert", "attacks by", "a court order".
    pub(in crate::statement::english) fn is_noun(&self, at: usize) -> bool {
        let Some(at) = self.token_at(at) else { return false };
        let word = self.word(at);
        if word.ends_with("ed") {
            return false;
        }
        let mut first = at;
        while first > 0 && self.tokens[first - 1].tag == Tag::Adverb {
            first -= 1;
        }
        let before = first.checked_sub(1).map(|at| self.tokens[at].tag);
        let previous = first.checked_sub(1).map_or("", |at| self.word(at));
        let owned = ["'s", "’s", "s'", "s’"].iter().any(|end| previous.ends_with(end));
        if matches!(before, Some(Tag::Determiner | Tag::Preposition | Tag::Number)) || owned {
            return true;
        }
        if word.ends_with("ing") {
            return false;
        }
        let after = self.tag(at + 1);
        if word.ends_with('s') && !word.ends_with("ss") {
            return match after {
                None => true,
                Some(Tag::Preposition) => {
                    let of_verb = matches!(self.word(at + 1), "for" | "over" | "on" | "against" | "off" | "out" | "at");
                    !of_verb || before == Some(Tag::Word)
                }
                Some(after) => matches!(
                    after,
                    Tag::Auxiliary
                        | Tag::Comma
                        | Tag::Stop
                        | Tag::Finite
                        | Tag::Saying
                        | Tag::To
                        | Tag::And
                        | Tag::Ed
                        | Tag::Ing
                        | Tag::Close
                ),
            };
        }
        // A form without ending is a verb behind "to", "will", "they" and a plural.
        let plural =
            matches!(before, Some(Tag::Word | Tag::Name)) && previous.ends_with('s') && !previous.ends_with("ss");
        matches!(before, Some(Tag::Word | Tag::Name | Tag::Ed | Tag::Ing | Tag::Medium | Tag::Saying)) && !plural
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        match self.tokens[at].tag {
            Tag::Auxiliary | Tag::Finite | Tag::Saying => true,
            Tag::Ed => at > 0 && !self.is_reduced(self.tokens[at].range.start),
            _ => false,
        }
    }

    /// Returns "who", "which" or "that" behind a noun when the verb before a token belongs to it.
    pub(super) fn relative_before(&self, verb: usize) -> Option<usize> {
        for at in (0..verb).rev().take(12) {
            match self.tokens[at].tag {
                Tag::Relative => {
                    let restrictive = at > 0 && self.tokens[at - 1].tag != Tag::Comma;
                    return restrictive.then_some(at);
                }
                Tag::That => {
                    let noun = at > 0 && matches!(self.tokens[at - 1].tag, Tag::Word | Tag::Name | Tag::Number);
                    return noun.then_some(at);
                }
                Tag::Stop | Tag::Quote | Tag::Subordinator | Tag::Comma => return None,
                _ => {}
            }
        }
        None
    }
}
