//! Enough grammar to find the subject of a verb without a parser: words get a class from lists and from their form,
//! and a walk to the left over a noun phrase stops where another clause begins.

mod phrase;
mod role;
mod subject;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

use super::clause::floor;
use crate::lexicon::Grammar;

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
        let pieces = tokens::pieces(text);
        let is_word = |range: &&Range<usize>| text[(*range).clone()].starts_with(char::is_alphabetic);
        let capitals: Vec<bool> = pieces.iter().map(&capital).collect();
        // In a headline in title case a capital tells nothing.
        let (mut long, mut long_capitals) = (0, 0);
        for (_, capital) in pieces.iter().zip(&capitals).filter(|(range, _)| range.len() > 3 && is_word(range)) {
            long += 1;
            long_capitals += usize::from(*capital);
        }
        let title_case = long > 2 && long_capitals * 5 > long * 3;
        let mut tokens: Vec<Token> = Vec::with_capacity(pieces.len());
        for (range, capital) in pieces.into_iter().zip(capitals) {
            let opens = tokens.is_empty() && &text[range.clone()] != "us";
            let named = !title_case && !opens && capital;
            let tag = tokens::tag(&text[range.clone()], grammar, named);
            tokens.push(Token { range, tag });
        }
        let mut syntax = Self { text, tokens };
        syntax.settle();
        syntax
    }

    /// Settles what only the neighbours tell.
    fn settle(&mut self) {
        for at in 0..self.tokens.len() {
            let unsettled = [Tag::Determiner, Tag::Subordinator, Tag::Finite, Tag::Saying, Tag::Ed, Tag::Ing]
                .contains(&self.tokens[at].tag);
            if !unsettled {
                continue;
            }
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

/// Cuts a range to white space and stray marks at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let stray = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '"' | '“' | '”' | '—' | '–' | '-');
    let start = range.start + (part.len() - part.trim_start_matches(stray).len());
    let end = range.start + part.trim_end_matches(stray).len();
    floor(text, start)..end.max(start)
}
