//! Builds the tree of a query from its pieces.

use std::ops::Range;

use super::ast::{Clock, Field, Form, Key, Leaf, Node, Scope};
use super::date::{self, DateMistake};
use super::lex::{Token, TokenKind, is_near};
use super::{Mistake, quoted};
use crate::fold;
use crate::model::{Lang, StatementKind, StoryId};
use crate::search::analyse;

/// How deep groups may stand in groups.
const DEEPEST: usize = 24;
/// How many conditions a query may have.
const MOST_LEAVES: usize = 200;

/// Builds the tree; `end` is the length of the query.
pub(super) fn tree(end: usize, tokens: &[Token]) -> Result<Node, Mistake> {
    let mut parser = Parser { tokens, at: 0, end, depth: 0, leaves: 0 };
    let node = parser.any_of(Field::Text(Scope::Anywhere))?;
    match parser.peek() {
        None => Ok(node),
        // Only a parenthesis can stop the reading of a query early.
        Some(token) => {
            Err(Mistake::new(token.range.start, "this `)` closes nothing").mended_by(token.range.clone(), ""))
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
    depth: usize,
    leaves: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, kind: &TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == *kind)
    }

    fn any_of(&mut self, field: Field) -> Result<Node, Mistake> {
        let mut parts = vec![self.all_of(field)?];
        while self.next_is(&TokenKind::Or) {
            self.at += 1;
            parts.push(self.all_of(field)?);
        }
        Ok(Node::any(parts).expect("at least one part was read"))
    }

    fn all_of(&mut self, field: Field) -> Result<Node, Mistake> {
        let start = self.peek().map_or(self.end, |token| token.range.start);
        let mut parts = vec![self.not(field)?];
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Or | TokenKind::Close => break,
                TokenKind::And => self.at += 1,
                _ => {}
            }
            parts.push(self.not(field)?);
        }
        Node::all_of_statements(parts).ok_or_else(|| {
            let reason = "one statement is of one kind: ask for two in parentheses of their own, as \
                          (speaker:CN kind:deny) (speaker:CN kind:accuse)";
            Mistake::new(start, reason)
        })
    }

    fn not(&mut self, field: Field) -> Result<Node, Mistake> {
        let mut wanted = true;
        while self.next_is(&TokenKind::Not) {
            wanted = !wanted;
            self.at += 1;
        }
        Ok(match (wanted, self.part(field)?) {
            (true, part) => part,
            (false, Node::Not(part)) => *part,
            (false, part) => Node::Not(Box::new(part)),
        })
    }

    /// Reads a group, a word, or a field with its value.
    fn part(&mut self, field: Field) -> Result<Node, Mistake> {
        let Some(token) = self.peek() else { return Err(self.nothing_there(None)) };
        match &token.kind {
            TokenKind::Open => self.group(field),
            TokenKind::Field(inner) => {
                if field != Field::Text(Scope::Anywhere) {
                    let reason = format!("a field inside of `{}:(...)`", field.name());
                    return Err(Mistake::new(token.range.start, reason).mended_by(token.range.clone(), ""));
                }
                self.at += 1;
                self.part(*inner)
            }
            TokenKind::Text(form, text) => {
                self.at += 1;
                self.leaf(field, *form, text, token.range.clone()).map(Node::Leaf)
            }
            TokenKind::And | TokenKind::Or | TokenKind::Not | TokenKind::Close => Err(self.nothing_there(Some(token))),
        }
    }

    fn group(&mut self, field: Field) -> Result<Node, Mistake> {
        let open = self.at;
        let start = self.tokens[open].range.start;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Mistake::new(start, format!("groups stand more than {DEEPEST} deep")));
        }
        self.at += 1;
        let node = self.any_of(field)?;
        self.depth -= 1;
        if !self.next_is(&TokenKind::Close) {
            let mistake = Mistake::new(start, "this `(` is never closed");
            return Err(mistake.mended_by(self.end..self.end, ")"));
        }
        self.at += 1;
        Ok(node)
    }

    /// Says what is wrong where a word should stand: at a sign, or at the end.
    fn nothing_there(&self, found: Option<&Token>) -> Mistake {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        if let (Some(open), Some(close)) = (before, found)
            && (&open.kind, &close.kind) == (&TokenKind::Open, &TokenKind::Close)
        {
            // A field before empty parentheses goes with them.
            let start = match self.at.checked_sub(2).map(|at| &self.tokens[at]) {
                Some(Token { kind: TokenKind::Field(_), range }) => range.start,
                _ => open.range.start,
            };
            return Mistake::new(open.range.start, "nothing stands between the parentheses")
                .mended_by(start..close.range.end, "");
        }
        if let Some(token) = before
            && let Some(name) = operator(&token.kind)
        {
            let mistake = Mistake::new(token.range.start, format!("`{name}` has nothing after it"));
            return mistake.mended_by(token.range.clone(), "");
        }
        match found {
            Some(token) => match operator(&token.kind) {
                Some(name) => Mistake::new(token.range.start, format!("`{name}` has nothing before it")),
                None => Mistake::new(token.range.start, "this `)` closes nothing"),
            }
            .mended_by(token.range.clone(), ""),
            None => {
                let mistake = Mistake::new(self.end.saturating_sub(1), "the query ends too early");
                match before {
                    Some(token) => mistake.mended_by(token.range.clone(), ""),
                    None => mistake,
                }
            }
        }
    }

    fn leaf(&mut self, field: Field, form: Form, text: &str, range: Range<usize>) -> Result<Leaf, Mistake> {
        self.leaves += 1;
        if self.leaves > MOST_LEAVES {
            return Err(Mistake::new(range.start, format!("the query has more than {MOST_LEAVES} conditions")));
        }
        match field {
            Field::Text(scope) => words(scope, form, text, range),
            Field::Key(key) => property(key, text, range),
            Field::Clock(clock) => time(clock, text, range),
        }
    }
}

fn operator(kind: &TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::And => Some("AND"),
        TokenKind::Or => Some("OR"),
        TokenKind::Not => Some("NOT"),
        _ => None,
    }
}

fn words(scope: Scope, form: Form, text: &str, range: Range<usize>) -> Result<Leaf, Mistake> {
    if analyse::words(text).is_empty() {
        let shown = quoted(&text.chars().collect::<Vec<_>>());
        let reason = match (form, text.trim().is_empty()) {
            (Form::Phrase, true) => "nothing stands between the quotation marks".to_owned(),
            (Form::Prefix, true) => "a `*` needs letters before it".to_owned(),
            _ => format!("{shown} holds no letter and no digit to search for"),
        };
        return Err(Mistake::new(range.start, reason).mended_by(range, ""));
    }
    Ok(Leaf::Text { scope, form, text: text.to_owned() })
}

fn property(key: Key, value: &str, range: Range<usize>) -> Result<Leaf, Mistake> {
    let name = Field::Key(key).name();
    let start = range.start;
    let value = value.trim();
    if value.contains('*') {
        let fixed = value.replace('*', "");
        return Err(Mistake::new(start, format!("a `*` does not work in `{name}:`")).mended_by(range, fixed));
    }
    if analyse::words(value).is_empty() {
        return Err(Mistake::new(start, format!("`{name}:` has no value")));
    }
    let value = match key {
        Key::Story => {
            let story: StoryId = fold::text(value).parse().map_err(|_| {
                let shown = quoted(&value.chars().collect::<Vec<_>>());
                Mistake::new(start, format!("{shown} is no story: write `story:s-1` or `story:1`"))
            })?;
            story.to_string()
        }
        Key::Kind => kind(value, range)?.name().to_owned(),
        Key::Sub => sub(value, range)?.to_owned(),
        Key::Lang => match lang(value) {
            Some(tag) => tag,
            None => {
                let shown = quoted(&value.chars().collect::<Vec<_>>());
                let reason = format!("{shown} is no language: {LANGS}");
                return Err(Mistake::new(start, reason));
            }
        },
        Key::Source | Key::Country | Key::Speaker | Key::Target => value.to_owned(),
    };
    Ok(Leaf::Is { key, value })
}

/// What can be asked for as a language.
pub(super) const LANGS: &str =
    "write a tag as en, zh-Hant (or hant), zh-Hans (or hans), de; zh is Chinese in either script";

/// Returns the tag that a language is kept under; `None` when it has not the form of one.
///
/// The matrix calls the scripts `hant` and `hans`, and a region says which script is meant.
pub(super) fn lang(value: &str) -> Option<String> {
    let folded = fold::text(value).replace('_', "-");
    match folded.as_str() {
        "hant" | "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" => return Some("zh-Hant".to_owned()),
        "hans" | "zh-hans" | "zh-cn" | "zh-sg" => return Some("zh-Hans".to_owned()),
        _ => {}
    }
    Lang::is_tag(&folded).then(|| value.to_owned())
}

/// Returns the finer label of statements that a value names.
fn sub(value: &str, range: Range<usize>) -> Result<&'static str, Mistake> {
    let folded = fold::text(value).replace(['-', ' '], "_");
    let names = || StatementKind::ALL.iter().flat_map(|kind| kind.subs()).copied();
    if let Some(name) = names().find(|name| *name == folded) {
        return Ok(name);
    }
    let shown = quoted(&value.chars().collect::<Vec<_>>());
    let reason = format!("{shown} is no finer label; they are {}", names().collect::<Vec<_>>().join(", "));
    let mistake = Mistake::new(range.start, reason);
    Err(match names().find(|name| is_near(&folded, name)) {
        Some(name) => mistake.mended_by(range, name),
        None => mistake,
    })
}

fn kind(value: &str, range: Range<usize>) -> Result<StatementKind, Mistake> {
    let folded = fold::text(value).replace(['-', ' '], "_");
    if let Some(kind) = StatementKind::from_name(&folded) {
        return Ok(kind);
    }
    let names = StatementKind::ALL.iter().map(|kind| kind.name());
    let shown = quoted(&value.chars().collect::<Vec<_>>());
    let reason = format!("{shown} is no kind; the kinds are {}", names.clone().collect::<Vec<_>>().join(", "));
    let mistake = Mistake::new(range.start, reason);
    let nearest = names.clone().find(|name| is_near(&folded, name));
    Err(match nearest {
        Some(name) => mistake.mended_by(range, name),
        None => mistake,
    })
}

fn time(clock: Clock, value: &str, range: Range<usize>) -> Result<Leaf, Mistake> {
    let name = Field::Clock(clock).name();
    let start = range.start;
    let text = fold::text(value);
    let text = text.trim();
    let is_duration = text.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_duration {
        let shown = quoted(&value.chars().collect::<Vec<_>>());
        return Err(Mistake::new(start, format!("a stretch of time up to now ({shown}) is not supported yet")));
    }
    let mistake = match date::stretch(text) {
        Ok((from, to)) => return Ok(Leaf::When { clock, text: text.to_owned(), from, to }),
        Err(mistake) => mistake,
    };
    let forms =
        format!("write `{name}:2026`, `{name}:2026-11`, `{name}:2026-11-20`, or two of these with `..` between");
    let shown = |text: &str| quoted(&text.chars().collect::<Vec<_>>());
    Err(match mistake {
        DateMistake::Form(part) => {
            let dashed = text.replace('/', "-");
            let mistake = Mistake::new(start, format!("{} is no date: {forms}", shown(&part)));
            if dashed != text { mistake.mended_by(range, dashed) } else { mistake }
        }
        DateMistake::NoSuchDay(part) => Mistake::new(start, format!("there is no such date as {}", shown(&part))),
        DateMistake::Backwards => {
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            let fixed = format!("{last}..{first}");
            Mistake::new(start, "the range ends before it begins").mended_by(range, fixed)
        }
        DateMistake::NoEnds => Mistake::new(start, format!("the range has no ends: {forms}")),
    })
}
