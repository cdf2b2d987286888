//! Enough grammar to find the subject of a verb without a parser: words get a class from lists and from their form,
//! and a walk to the left over a noun phrase stops where another clause begins.

use std::ops::Range;

use super::floor;
use crate::lexicon::{Grammar, WordClass};

/// A phrase longer than this is no subject.
const LONGEST: usize = 220;

/// How often a verb may be led to the subject of another.
const DEEPEST: usize = 4;

/// A word or a mark of a sentence.
#[derive(Debug, Clone)]
struct Token {
    range: Range<usize>,
    tag: Tag,
}

/// What a token is to the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Comma,
    /// Any mark at which no noun phrase goes on.
    Stop,
    Open,
    Close,
    Quote,
    Determiner,
    Preposition,
    To,
    /// "and", "or".
    And,
    /// "but", "nor".
    But,
    Subordinator,
    Relative,
    /// "that" where no noun follows at once.
    That,
    Pronoun,
    Auxiliary,
    Adverb,
    Time,
    Medium,
    Saying,
    Finite,
    /// Ends in -ed: a past tense, a participle or an adjective.
    Ed,
    /// Ends in -ing.
    Ing,
    Number,
    /// Printed with a capital inside the sentence.
    Name,
    Word,
}

/// What stands before a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before {
    /// A noun phrase.
    Phrase(Range<usize>),
    /// The noun that "who", "which" or "that" stands for.
    Antecedent(Range<usize>),
    /// "he", "it".
    Pronoun(Range<usize>),
}

/// How a word that names an act stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A verb whose subject does it.
    Active,
    /// A participle whose subject it is done to.
    Passive,
    /// A noun, or a verbal noun.
    Noun,
}

/// A sentence cut into words.
pub(super) struct Syntax<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Syntax<'a> {
    /// Cuts a folded sentence; `capital` says whether the print of a byte range begins with a capital.
    pub(super) fn new(text: &'a str, grammar: &Grammar, capital: impl Fn(&Range<usize>) -> bool) -> Self {
        let pieces = pieces(text);
        let is_word = |range: &&Range<usize>| text[(*range).clone()].starts_with(char::is_alphabetic);
        let long = || pieces.iter().filter(is_word).filter(|range| range.len() > 3);
        // In a headline in title case a capital tells nothing.
        let title_case = long().count() > 2 && long().filter(|range| capital(range)).count() * 5 > long().count() * 3;
        let mut tokens: Vec<Token> = Vec::with_capacity(pieces.len());
        for range in pieces {
            let opens = tokens.is_empty() && &text[range.clone()] != "us";
            let named = !title_case && !opens && capital(&range);
            let tag = tag(&text[range.clone()], grammar, named);
            tokens.push(Token { range, tag });
        }
        let mut syntax = Self { text, tokens };
        syntax.settle();
        syntax
    }

    /// Settles what only the neighbours tell.
    fn settle(&mut self) {
        for at in 0..self.tokens.len() {
            let before = at.checked_sub(1).map(|at| self.tokens[at].tag);
            let after = self.tokens.get(at + 1).map(|token| token.tag);
            // "the consul's remarks", "Beijing's wanted list".
            let of_owner = at > 0 && {
                let owner = self.word(at - 1);
                self.tokens[at - 1].tag != Tag::Pronoun
                    && ["'s", "’s", "s'", "s’"].iter().any(|end| owner.ends_with(end) && owner.len() > end.len() + 1)
            };
            let nominal = of_owner || matches!(before, Some(Tag::Determiner | Tag::Preposition | Tag::Number));
            let earlier = at.checked_sub(2).map(|at| self.tokens[at].tag);
            let opens = |tag: Option<Tag>| matches!(tag, Some(Tag::Determiner | Tag::Preposition));
            let tag = self.tokens[at].tag;
            // "have both denied".
            if tag == Tag::Determiner && matches!(self.word(at), "both" | "all") && before == Some(Tag::Auxiliary) {
                self.tokens[at].tag = Tag::Adverb;
                continue;
            }
            // "has since denied".
            if tag == Tag::Subordinator && self.word(at) == "since" && before == Some(Tag::Auxiliary) {
                self.tokens[at].tag = Tag::Adverb;
                continue;
            }
            // "Northland's spying claims".
            let owned = at > 1 && before == Some(Tag::Ing) && {
                let owner = self.word(at - 2);
                owner.ends_with("'s") || owner.ends_with("’s")
            };
            let is_noun = match tag {
                Tag::Finite | Tag::Saying if owned => true,
                // "the claims", "its reports", "of hits".
                Tag::Finite | Tag::Saying => nominal,
                // "the accused officer", "a newly leaked file".
                Tag::Ed => nominal || before == Some(Tag::Adverb) && opens(earlier),
                Tag::Ing => nominal && matches!(after, Some(Tag::Word | Tag::Name)),
                _ => false,
            };
            // "tracked as", "known as": no clause begins.
            if tag == Tag::Subordinator
                && self.word(at) == "as"
                && matches!(before, Some(Tag::Ed | Tag::Ing | Tag::Saying))
            {
                self.tokens[at].tag = Tag::Preposition;
            }
            if is_noun {
                self.tokens[at].tag = Tag::Word;
            }
        }
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.tokens.get(at).map(|token| token.tag)
    }

    fn word(&self, at: usize) -> &str {
        &self.text[self.tokens[at].range.clone()]
    }

    /// Returns the token that holds a byte.
    fn token_at(&self, byte: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.range.end <= byte);
        (at < self.tokens.len() && self.tokens[at].range.start <= byte).then_some(at)
    }

    /// Finds the subject of the verb that begins at a byte.
    pub(super) fn subject(&self, verb: usize) -> Option<Before> {
        self.subject_of(self.token_at(verb)?, 0)
    }

    /// Says whether a verb stands in the passive: a form of "be" before it and no "have been" of its own agent.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
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
    pub(super) fn role(&self, byte: usize) -> Role {
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
    pub(super) fn verb_follows(&self, byte: usize) -> bool {
        let mut at = self.tokens.partition_point(|token| token.range.end <= byte);
        while matches!(self.tag(at), Some(Tag::Adverb)) {
            at += 1;
        }
        at < self.tokens.len() && self.is_verb(at)
    }

    /// Returns the verb behind a negation that ends at a byte: "never once paid".
    pub(super) fn next_verb(&self, byte: usize) -> Option<Range<usize>> {
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
    pub(super) fn governor(&self, noun: usize) -> Option<Range<usize>> {
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
    fn opens_object(&self, at: usize) -> bool {
        matches!(self.tag(at + 1), Some(Tag::Determiner)) || at > 0 && self.tokens[at - 1].tag == Tag::To
    }

    /// Says whether a noun for those who act does act, or is what somebody is called: "the hackers had", "is a spy".
    pub(super) fn acts_or_is_called(&self, noun: &Range<usize>) -> bool {
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

    /// Returns who is told to have done something in a stretch of the sentence: the subject of its first verb, when that
    /// stands in the past.
    pub(super) fn who_did(&self, range: &Range<usize>) -> Option<Range<usize>> {
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

    /// Says whether a form in -ed (or its like) is a participle behind a noun: "two clusters tracked as", "a man named".
    pub(super) fn is_reduced(&self, verb: usize) -> bool {
        let Some(at) = self.token_at(verb).filter(|at| *at > 0) else { return false };
        let noun = |tag| matches!(tag, Tag::Word | Tag::Name | Tag::Close | Tag::Number | Tag::Medium);
        // "four suspects, believed to be part of a group".
        let behind_comma = at > 1 && self.tokens[at - 1].tag == Tag::Comma && noun(self.tokens[at - 2].tag);
        if behind_comma {
            let saying = matches!(self.word(at), "said" | "told" | "added" | "wrote" | "noted" | "stated" | "insisted");
            let led = self.tag(at + 1) == Some(Tag::To) || !saying && self.tag(at + 1) == Some(Tag::Preposition);
            return led && !self.closes_apposition(at);
        }
        if !noun(self.tokens[at - 1].tag) {
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
    fn closes_apposition(&self, verb: usize) -> bool {
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
    pub(super) fn is_adjective(&self, byte: usize) -> bool {
        self.token_at(byte).is_some_and(|at| {
            self.tokens[at].tag == Tag::Word
                && self.word(at).ends_with("ed")
                && matches!(self.tag(at + 1), Some(Tag::Word | Tag::Name | Tag::Medium))
                && at > 0
                && matches!(self.tokens[at - 1].tag, Tag::Determiner | Tag::Preposition | Tag::Adverb | Tag::And)
        })
    }

    /// Says whether nothing that could be its object follows a participle: "charged with", "accused of", "jailed.".
    pub(super) fn lacks_object(&self, verb: usize) -> bool {
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

    /// Returns the noun phrase that ends right before a byte.
    pub(super) fn phrase_before(&self, byte: usize) -> Option<Range<usize>> {
        let end = self.tokens.partition_point(|token| token.range.start < byte);
        let range = self.phrase(end)?;
        Some(range.start..range.end.min(byte))
    }

    fn is_behind_noun_of(&self, at: usize) -> bool {
        at > 0 && matches!(self.tag(at + 1), Some(Tag::Preposition | Tag::To)) && at > 1
    }

    /// Says whether another finite verb of the same clause follows.
    fn finite_follows(&self, at: usize) -> bool {
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
    pub(super) fn is_verb_at(&self, byte: usize) -> bool {
        self.token_at(byte)
            .is_some_and(|at| matches!(self.tokens[at].tag, Tag::Saying | Tag::Finite | Tag::Ed | Tag::Ing))
    }

    fn clause_start(&self, at: usize) -> usize {
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
    pub(super) fn is_noun(&self, at: usize) -> bool {
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

    fn subject_of(&self, verb: usize, depth: usize) -> Option<Before> {
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
    fn before_aside(&self, end: usize) -> usize {
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
    fn opens_quotation(&self, at: usize) -> bool {
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
    fn is_absolute(&self, participle: usize) -> bool {
        let comma = (0..participle).rev().find(|at| matches!(self.tokens[*at].tag, Tag::Comma | Tag::Stop));
        let with = comma.map_or(0, |at| at + 1);
        with + 1 < participle && self.word(with) == "with"
    }

    /// The subject of a verb behind "and" or "but" is that of the verb before.
    fn shared(&self, and: usize, depth: usize) -> Option<Before> {
        // "She denied that he had copied it, but acknowledged": a comma ends the clause of "that".
        let behind_comma = and > 0 && self.tokens[and - 1].tag == Tag::Comma;
        let verb = if behind_comma { self.main_verb(and, true) } else { self.verb_before(and) };
        self.subject_of(verb?, depth + 1)
    }

    /// Returns the last verb of the clause that ends before a token, not looking into relative clauses behind a comma.
    fn verb_before(&self, end: usize) -> Option<usize> {
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

    fn before_comma(&self, verb: usize, comma: usize, depth: usize) -> Option<Before> {
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
    fn before_time(&self, end: usize) -> usize {
        let mut at = end;
        while at > 0 && matches!(self.tokens[at - 1].tag, Tag::Time | Tag::Number) {
            at -= 1;
        }
        if at > 0 && matches!(self.tokens[at - 1].tag, Tag::Preposition) { at - 1 } else { at }
    }

    /// Says whether a quotation or bracket opens or closes between two tokens and leaves them on different sides.
    fn inside_marks(&self, from: usize, to: usize) -> bool {
        let count = |tag| self.tokens[from..to].iter().filter(|token| token.tag == tag).count();
        count(Tag::Quote) % 2 == 1 || count(Tag::Open) != count(Tag::Close)
    }

    /// Returns the verb that a participle behind a comma leans on: the nearest finite one whose subject is in its clause.
    fn main_verb(&self, before: usize, over_that: bool) -> Option<usize> {
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
    fn antecedent(&self, relative: usize) -> Option<Before> {
        let mut end = relative;
        while end > 0
            && (matches!(self.tokens[end - 1].tag, Tag::Comma | Tag::Preposition)
                || matches!(self.word(end - 1), "-" | "–" | "—"))
        {
            end -= 1;
        }
        let phrase = self.phrase(end)?;
        let first = self.token_at(phrase.start)?;
        // "She asked about the service, which accused …": the noun is the last of them. "of" and "for" join names.
        let cut = (first + 1..end).rev().find(|at| {
            self.tokens[*at].tag == Tag::Preposition
                && !matches!(self.word(*at), "of" | "for" | "in" | "at")
                && matches!(self.tag(*at + 1), Some(Tag::Determiner | Tag::Name | Tag::Word | Tag::Number))
        });
        let start = cut.map_or(phrase.start, |at| self.tokens[at + 1].range.start);
        Some(Before::Antecedent(start..phrase.end))
    }

    /// "The association, in a long post on its site, said", with or without the second comma.
    fn phrase_or_before_adverbial(&self, end: usize) -> Option<Range<usize>> {
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
    fn phrase(&self, end: usize) -> Option<Range<usize>> {
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
    fn counts_people(&self, start: usize, end: usize) -> bool {
        const COUNTS: &[&str] =
            &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "pair", "trio"];
        let last = self.word(end - 1);
        end - start == 2 && matches!(self.word(start), "the" | "all") && COUNTS.contains(&last)
            || end - start == 1 && (matches!(last, "both" | "all") || start == 0 && COUNTS.contains(&last))
    }

    /// Says whether a letter or an alert stands at the head of a noun phrase that no preposition opens: "An alert issued
    /// to members".
    fn is_medium_subject(&self, at: usize) -> bool {
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
    fn is_only_verb(&self, at: usize) -> bool {
        // "The ministry denied on Tuesday the report" has an object after its verb; a postmodifier has none.
        let mut next = at + 1;
        while matches!(self.tag(next), Some(Tag::Adverb | Tag::Time)) {
            next += 1;
        }
        !matches!(self.tag(next), Some(Tag::Preposition | Tag::To))
    }

    /// Takes days and places of speech off the end: "the ministry on Tuesday", "the embassy in a statement".
    fn without_lead_out(&self, end: usize) -> usize {
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
    fn without_lead_in(&self, start: usize, end: usize) -> usize {
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

    fn opening(&self, close: usize) -> Option<usize> {
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
    fn quoted_word(&self, close: usize) -> Option<usize> {
        let open = (close.saturating_sub(7)..close).rev().find(|at| self.tokens[*at].tag == Tag::Quote)?;
        let short = self.tokens[open + 1..close]
            .iter()
            .all(|token| !matches!(token.tag, Tag::Comma | Tag::Stop | Tag::Auxiliary | Tag::Pronoun));
        (short && close > open + 1).then_some(open)
    }

    /// Says whether a comma parts the members of a list: "A, B and C said".
    fn is_listing(&self, comma: usize, end: usize) -> bool {
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
    fn joins_clauses(&self, and: usize) -> bool {
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

    fn is_verb(&self, at: usize) -> bool {
        match self.tokens[at].tag {
            Tag::Auxiliary | Tag::Finite | Tag::Saying => true,
            Tag::Ed => at > 0 && !self.is_reduced(self.tokens[at].range.start),
            _ => false,
        }
    }

    /// Returns "who", "which" or "that" behind a noun when the verb before a token belongs to it.
    fn relative_before(&self, verb: usize) -> Option<usize> {
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

    /// Returns the noun phrase that follows a byte at once: the object of the verb that ends there.
    pub(super) fn object_after(&self, byte: usize) -> Option<Range<usize>> {
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
                Tag::Determiner
                | Tag::Name
                | Tag::Word
                | Tag::Number
                | Tag::Ing
                | Tag::Ed
                | Tag::Medium
                | Tag::Pronoun => {
                    // "urged Ottawa the day before": a second noun phrase begins.
                    !(at > start && tag == Tag::Determiner && self.tokens[at - 1].tag != Tag::Preposition)
                }
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
    fn is_medium_ahead(&self, preposition: usize) -> bool {
        self.tokens[preposition + 1..]
            .iter()
            .take(5)
            .take_while(|token| {
                matches!(token.tag, Tag::Determiner | Tag::Word | Tag::Ed | Tag::Name | Tag::Medium | Tag::Time)
            })
            .any(|token| matches!(token.tag, Tag::Medium | Tag::Time))
    }

    /// Says whether a verb with the subject of the one before stands behind "and".
    fn verb_behind(&self, and: usize) -> bool {
        let mut next = and + 1;
        while matches!(self.tag(next), Some(Tag::Adverb)) {
            next += 1;
        }
        matches!(self.tag(next), Some(Tag::Saying | Tag::Finite | Tag::Ed | Tag::Auxiliary))
    }

    /// Returns where what is said from a byte on ends: at the next clause, or where the text tells when and in what it was said.
    pub(super) fn claim_end(&self, byte: usize) -> usize {
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

    /// Returns the subject of the first verb of a stretch of the sentence.
    pub(super) fn subject_within(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.tokens.partition_point(|token| token.range.end <= range.start);
        let end = self.tokens.partition_point(|token| token.range.start < range.end);
        let verb = (start + 1..end).find(|at| self.is_verb(*at) && !self.is_reduced(self.tokens[*at].range.start))?;
        let (Before::Phrase(subject) | Before::Antecedent(subject) | Before::Pronoun(subject)) =
            self.subject_of(verb, 0)?;
        (range.start <= subject.start && subject.end <= range.end).then_some(subject)
    }

    /// Returns the subject of the first verb of the sentence.
    pub(super) fn first_subject(&self, before: usize) -> Option<Range<usize>> {
        let end = self.tokens.partition_point(|token| token.range.end <= before);
        let verb = (1..end).find(|at| self.is_verb(*at) && !self.is_reduced(self.tokens[*at].range.start))?;
        match self.subject_of(verb, 0)? {
            Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range) => Some(range),
        }
    }
}

/// Says whether a word is a form of "be" with which something is called something.
fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "been" | "being" | "be" | "am")
}

/// Says whether a folded word is a form of "be".
fn is_be(word: &str) -> bool {
    const FORMS: &[&str] =
        &["is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't", "weren't"];
    FORMS.contains(&word)
}

/// Cuts a text into words and marks.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut open_single = false;
    while let Some((start, c)) = rest.next() {
        let after_space = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        open_single = c == '‘' || matches!(c, '\'' | '’') && after_space || open_single && !matches!(c, '\'' | '’');
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some((at, c)) = rest.peek().copied() {
                let next = text[at + c.len_utf8()..].chars().next();
                let inner = matches!(c, '\'' | '’' | '-' | '.' | '/' | '&' | '‑' | '+' | ',')
                    && next.is_some_and(char::is_alphanumeric)
                    && (c != ','
                        || text[..at].ends_with(|c: char| c.is_ascii_digit())
                            && next.is_some_and(|c| c.is_ascii_digit()));
                // "U.S." keeps its last full stop.
                let initial = c == '.' && text[start..at].contains('.');
                // "the prosecutors' office": no quotation ends here when none was opened.
                let plural = matches!(c, '\'' | '’') && !open_single && text[..at].ends_with('s') && next == Some(' ');
                if !(c.is_alphanumeric() || inner || initial || plural) {
                    break;
                }
                end = at + c.len_utf8();
                rest.next();
            }
        }
        found.push(start..end);
    }
    found
}

fn tag(word: &str, grammar: &Grammar, named: bool) -> Tag {
    let Some(first) = word.chars().next() else { return Tag::Stop };
    if !first.is_alphanumeric() {
        return match first {
            ',' => Tag::Comma,
            '(' | '[' => Tag::Open,
            ')' | ']' => Tag::Close,
            '"' | '“' | '”' | '‘' | '’' | '\'' => Tag::Quote,
            '$' | '£' | '€' | '%' | '#' | '@' | '*' | '+' | '&' => Tag::Word,
            '-' => Tag::Stop,
            _ => Tag::Stop,
        };
    }
    if first.is_ascii_digit() {
        return Tag::Number;
    }
    match word {
        "and" | "or" => return Tag::And,
        "but" | "nor" => return Tag::But,
        "to" => return Tag::To,
        "that" => return Tag::That,
        "may" if named => return Tag::Time,
        "us" | "who" if named => return Tag::Name,
        _ => {}
    }
    let curly = word.contains('’').then(|| word.replace('’', "'"));
    let class = grammar.class(curly.as_deref().unwrap_or(word));
    let is_function =
        class.is_some_and(|class| !matches!(class, WordClass::Finite | WordClass::Medium | WordClass::Saying));
    if named && !is_function {
        return Tag::Name;
    }
    match class {
        Some(WordClass::Determiner) => Tag::Determiner,
        Some(WordClass::Preposition) => Tag::Preposition,
        Some(WordClass::Subordinator) => Tag::Subordinator,
        Some(WordClass::Relative) => Tag::Relative,
        Some(WordClass::Pronoun) => Tag::Pronoun,
        Some(WordClass::Auxiliary) => Tag::Auxiliary,
        Some(WordClass::Adverb) => Tag::Adverb,
        Some(WordClass::Time) => Tag::Time,
        Some(WordClass::Saying) => Tag::Saying,
        Some(WordClass::Finite) => Tag::Finite,
        Some(WordClass::Medium) => Tag::Medium,
        None => by_form(word),
    }
}

fn by_form(word: &str) -> Tag {
    let long = word.len() > 4;
    if long
        && word.ends_with("ly")
        && !matches!(
            word,
            "family" | "italy" | "anomaly" | "ally" | "assembly" | "supply" | "reply" | "daily" | "weekly" | "monthly"
        )
    {
        Tag::Adverb
    } else if word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            word,
            "beijing"
                | "nanjing"
                | "chongqing"
                | "something"
                | "anything"
                | "nothing"
                | "everything"
                | "evening"
                | "morning"
                | "meeting"
                | "briefing"
                | "hearing"
                | "building"
                | "wellbeing"
        )
    {
        Tag::Ing
    } else if long
        && word.ends_with("ed")
        && !matches!(
            word,
            "united"
                | "hundred"
                | "kindred"
                | "naked"
                | "sacred"
                | "unmanned"
                | "unnamed"
                | "retired"
                | "so-called"
                | "alleged"
                | "suspected"
                | "unidentified"
                | "armed"
        )
    {
        Tag::Ed
    } else {
        Tag::Word
    }
}

/// Cuts a range to white space and stray marks at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let stray = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '"' | '“' | '”' | '—' | '–' | '-');
    let start = range.start + (part.len() - part.trim_start_matches(stray).len());
    let end = range.start + part.trim_end_matches(stray).len();
    floor(text, start)..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;
    use crate::lexicon::Lexicon;
    use crate::model::Lang;

    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);

    #[track_caller]
    fn check(print: &str, verb: &str, expected: Option<&str>) {
        let table = LEXICON.cues(&Lang::en()).expect("English has cues");
        let folded = Folded::new(print);
        let capital = |range: &Range<usize>| {
            print[folded.print_range(range.clone())].chars().next().is_some_and(char::is_uppercase)
        };
        let syntax = Syntax::new(&folded.text, &table.grammar, capital);
        let at = folded.text.find(&format!(" {verb}")).expect("the verb stands there") + 1;
        let found = syntax.subject(at).map(|before| match before {
            Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range) => {
                print[folded.print_range(range)].to_owned()
            }
        });
        assert_eq!(found.as_deref(), expected, "{print}");
    }

    #[test]
    fn a_subject_stands_before_its_verb() {
        check("The ministry said it was false.", "said", Some("The ministry"));
        check(
            "The ministry of defence in Oslo has repeatedly denied it.",
            "denied",
            Some("The ministry of defence in Oslo"),
        );
        check("Beijing on Tuesday rejected the claim.", "rejected", Some("Beijing"));
        check("The embassy in a statement on Friday said no.", "said", Some("The embassy"));
        check("The ministry last week accused Aldland.", "accused", Some("The ministry"));
        check("In Beijing on Monday a spokesman denied it.", "denied", Some("a spokesman"));
        check("On Tuesday the two agencies warned of it.", "warned", Some("the two agencies"));
        check("In Aldport, the harbour board denied it.", "denied", Some("the harbour board"));
    }

    #[test]
    fn appositions_and_relative_clauses_are_stepped_over() {
        check("Tove Arnsdal, director of the service, said so.", "said", Some("Tove Arnsdal, director of the service"));
        check(
            "British and Belgian agencies, who were tracking the man, concluded he was paid.",
            "concluded",
            Some("British and Belgian agencies"),
        );
        check(
            "The president of the island group, David Panu, accused Aldland of it.",
            "accused",
            Some("The president of the island group, David Panu"),
        );
        check("The man who was arrested in May denied it.", "denied", Some("The man who was arrested"));
        check("The officer accused of spying denied it.", "denied", Some("The officer accused of spying"));
        check("He met the envoy, who denied it.", "denied", Some("the envoy"));
        check("The group, which the firm tracks, denied it.", "denied", Some("The group"));
    }

    #[test]
    fn lists_are_one_subject_and_clauses_are_not() {
        check(
            "The FBI, the coast guard and the port police said so.",
            "said",
            Some("The FBI, the coast guard and the port police"),
        );
        check("Aldland accused Vestmark and Vestmark denied it.", "denied", Some("Vestmark"));
        check("The minister met him and denied the claim.", "denied", Some("The minister"));
        check("The embassy rejected the report, calling it a smear.", "calling", Some("The embassy"));
        check("The mayor refused to confirm it.", "confirm", Some("The mayor"));
    }

    #[test]
    fn what_has_no_subject_gets_none() {
        check("\"It is false,\" said the envoy.", "said", None);
        check("In Beijing, denied again.", "denied", None);
    }

    #[test]
    fn participles_behind_a_noun_are_not_verbs() {
        let reduced = |print: &str, verb: &str| {
            let table = LEXICON.cues(&Lang::en()).expect("English has cues");
            let folded = Folded::new(print);
            let syntax = Syntax::new(&folded.text, &table.grammar, |_| false);
            syntax.is_reduced(folded.text.find(verb).expect("there"))
        };
        assert!(reduced("The use has been tied to two clusters tracked as one.", "tracked"));
        assert!(!reduced("The firm tracked two clusters.", "tracked"));
        assert!(reduced("A man named in the report said no.", "named"));
    }

    proptest::proptest! {
        #[test]
        fn subjects_lie_inside_any_text(text in "(\\PC|said |and |, |the |who |\\(|\\) |on Monday ){0,40}") {
            let table = LEXICON.cues(&Lang::en()).expect("English has cues");
            let folded = Folded::new(&text);
            let syntax = Syntax::new(&folded.text, &table.grammar, |_| false);
            for at in 0..folded.text.len() {
                syntax.is_reduced(at);
                syntax.first_subject(at);
                if let Some(Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range)) = syntax.subject(at) {
                    proptest::prop_assert!(folded.text.get(range).is_some());
                }
            }
        }
    }
}
