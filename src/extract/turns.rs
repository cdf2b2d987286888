//! A transcript taken apart: each question with its answers an article of its own.
//!
//! Who asks and who answers is found by `transcript`. An article of a turn bears the address of its page with a fragment made
//! of the question's own words, so that it is the same one wherever it stands and whatever is asked before it.

use sha2::{Digest, Sha256};

use super::clean::{ends_sentence, letters};
use super::transcript::{self, Part};
use crate::language;
use crate::model::{Article, EntryKey, FeedEntry, ParagraphKind, ParagraphMark};
use crate::pattern::pattern;

/// The longest conferences have a hundred questions; what stands behind so many stays with the last.
const MOST_TURNS: usize = 300;
/// What is said before the first question is an article when it is longer, in letters of which a Han character is two; of a
/// shorter one that tells who meets the press nothing is lost, and of one that only greets.
const SHORTEST_OPENING: usize = 80;
/// A question is known by so many of its letters: what is mended behind them makes no other one.
const KNOWN_BY: usize = 80;
/// No headline made of a question is longer, in characters.
const LONGEST_TITLE: usize = 200;
/// A shorter sentence greets, thanks or counts when another follows, in letters as above.
const SHORTEST_QUESTION: usize = 24;
/// "END 2:40 P.M. EST" is no longer, in bytes.
const LONGEST_END: usize = 40;
/// What a sentence ends with that broke off.
const DASHES: [char; 2] = ['–', '—'];
/// What an address of a turn ends with, before the digits that tell it from the others of its page.
const FRAGMENT: &str = "#turn-";
/// How many digits these are.
const DIGITS: usize = 12;

/// Takes the article of a transcript apart; empty when it is none.
///
/// What is said before the first question is a turn, too, when it is more than when and where.
pub fn split(article: &Article) -> Vec<Article> {
    let lines = transcript::turns(article.text.lines().collect(), &article.title);
    let parts = transcript::parts(&lines, &article.title);
    if !is_of_turns(&parts) {
        return Vec::new();
    }
    let mut turns = gathered(&lines, &parts, &article.title);
    let is_asked = turns.iter().any(|turn| turn.asks && turn.answers);
    if !is_asked {
        return Vec::new();
    }
    tell_apart(&mut turns);
    turns.into_iter().map(|turn| turn.into_article(article)).collect()
}

/// Says whether turns are what a text is about: a report may print an exchange and tell of much else before and behind it.
fn is_of_turns(parts: &[Option<Part<'_>>]) -> bool {
    /// So many paragraphs say who meets the press.
    const INTRODUCTION: usize = 1;
    let first = parts.iter().position(Option::is_some);
    let last = parts.iter().rposition(Option::is_some);
    let (Some(first), Some(last)) = (first, last) else { return false };
    // What stands behind the last mark may be the rest of an answer.
    let outside = first + (parts.len() - 1 - last) / 2;
    first <= INTRODUCTION || outside <= last - first + 1
}

/// Says of which turn of its page an address is; `None` of the address of a page.
pub fn turn_of(url: &str) -> Option<&str> {
    let (_, digits) = url.rsplit_once(FRAGMENT)?;
    (digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

/// The entry that announces a turn.
pub fn entry_of(turn: &Article) -> FeedEntry {
    let name = turn.url.as_deref().unwrap_or(&turn.title);
    FeedEntry {
        key: EntryKey(hashed(&["turn", name], 2 * DIGITS)),
        guid: None,
        url: turn.url.clone(),
        title: turn.title.clone(),
        published: turn.published.clone(),
        unread_date: None,
        updated: turn.updated,
        authors: turn.authors.clone(),
        provider: turn.provider.clone(),
        summary: None,
        content: Some(turn.text.clone()),
        lang: Some(turn.lang.to_string()),
        part: None,
    }
}

/// One question with its answers, or what is said before the first.
#[derive(Debug, Default)]
struct Turn {
    asks: bool,
    answers: bool,
    asker: Option<String>,
    speaker: Option<String>,
    title: String,
    /// The letters of what is asked, or said before the first question.
    letters: String,
    paragraphs: Vec<(String, Option<ParagraphKind>)>,
    /// What is asked, by paragraph, without the marks of who asks.
    asked: Vec<String>,
    digits: String,
}

/// Puts paragraphs together to turns.
fn gathered(lines: &[&str], parts: &[Option<Part<'_>>], title: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = vec![Turn { title: title.to_owned(), ..Turn::default() }];
    let mut last_asker: Option<String> = None;
    let mut waits_for_text = false;
    for (line, part) in lines.iter().zip(parts) {
        let Some(turn) = turns.last_mut() else { break };
        let Some(part) = part else {
            // Above the first mark, what is no sentence says what the page is, when and where.
            let is_head = !turn.asks && turn.speaker.is_none() && !waits_for_text && !ends_sentence(line);
            if transcript::is_note(line) || is_head {
                continue;
            }
            turn.add(line, waits_for_text);
            waits_for_text = false;
            continue;
        };
        let name = part.name.map(str::to_owned);
        if part.asks {
            let is_same = turn.asker.is_none() || name.is_none() || turn.asker == name;
            // Who is cut short goes on asking behind what was said in between.
            let is_cut = || turn.is_cut() || begins_cut(&line[part.said..]);
            let goes_on = turn.asks && is_same && (!turn.answers || is_cut());
            if !goes_on && turns.len() <= MOST_TURNS {
                turns.push(Turn { asks: true, ..Turn::default() });
            }
            let Some(turn) = turns.last_mut() else { break };
            let is_follow_up = part.name.is_none() && is_follow_up(&line[..part.said]);
            turn.asker = turn.asker.take().or(name).or_else(|| last_asker.clone().filter(|_| is_follow_up));
            last_asker = turn.asker.clone();
            turn.paragraphs.push(((*line).to_owned(), Some(ParagraphKind::Question)));
            // Whoever leads through says whose turn it is, and asks nothing.
            if !part.is_chair {
                turn.letters.push_str(&letters(&line[part.said..]));
                turn.asked.push(line[part.said..].trim().to_owned());
            }
        } else {
            turn.answers |= turn.asks;
            turn.speaker = turn.speaker.take().or(name);
            turn.paragraphs.push(((*line).to_owned(), Some(ParagraphKind::Answer)));
            if !turn.asks {
                turn.letters.push_str(&letters(&line[part.said..]));
            }
        }
        waits_for_text = line[part.said..].trim().is_empty();
    }
    let mut turns = with_chair(turns, title);
    for turn in &mut turns {
        turn.without_end();
        turn.head();
    }
    turns.retain(|turn| turn.asks || says_something(turn));
    turns
}

/// Says whether what is said before the first question is more than a greeting and who meets the press.
fn says_something(opening: &Turn) -> bool {
    pattern!(
        MEETS_THE_PRESS,
        r"(?i)(?:主持|舉行|举行|召開|召开|出席).{0,20}(?:記者會|记者会|發布會|发布会|吹風會|吹风会)|(?:回答|答).{0,4}(?:記者|记者).{0,3}(?:問|问|提問|提问)|\b(?:held|holds?|hosted|chaired|presided|gave|conduct(?:s|ed)|met|took questions)\b.{0,60}\b(?:press|briefing|reporters|questions)\b|\b(?:press|briefing)\b.{0,60}\b(?:was held|began|started)\b"
    );
    let width = width(&opening.letters);
    let only_tells_who = || opening.paragraphs.iter().all(|(text, _)| MEETS_THE_PRESS.is_match(text));
    width >= SHORTEST_OPENING || width >= SHORTEST_QUESTION && !only_tells_who()
}

/// What whoever leads through says alone belongs to what stands before; where it is answered, nobody asked, and what is said is
/// a statement.
fn with_chair(turns: Vec<Turn>, title: &str) -> Vec<Turn> {
    let mut kept: Vec<Turn> = Vec::with_capacity(turns.len());
    for mut turn in turns {
        let asks_nothing = turn.asks && turn.letters.is_empty();
        match kept.last_mut() {
            Some(before) if asks_nothing && !turn.answers => before.paragraphs.append(&mut turn.paragraphs),
            _ if asks_nothing => {
                let texts = turn.paragraphs.iter().map(|(text, _)| letters(text));
                kept.push(Turn { asks: false, title: title.to_owned(), letters: texts.collect(), ..turn });
            }
            _ => kept.push(turn),
        }
    }
    kept
}

impl Turn {
    /// Adds a paragraph without a mark; behind a mark that stood alone it is what was said.
    fn add(&mut self, line: &str, behind_mark: bool) {
        if !self.answers {
            self.letters.push_str(&letters(line));
            self.asked.push(line.to_owned());
        }
        match self.paragraphs.last_mut().filter(|_| behind_mark) {
            Some((text, _)) => {
                text.push(' ');
                text.push_str(line);
            }
            None => self.paragraphs.push((line.to_owned(), None)),
        }
    }

    /// Says whether the question broke off.
    fn is_cut(&self) -> bool {
        let asked = self.paragraphs.iter().rev().find(|(_, kind)| *kind == Some(ParagraphKind::Question));
        asked.is_some_and(|(text, _)| text.trim_end().ends_with(DASHES) || text.trim_end().ends_with("--"))
    }

    /// Takes off what stands at the end in brackets, or says nothing: that the briefing ended, and when.
    fn without_end(&mut self) {
        let is_end = |text: &str| {
            let text = text.trim();
            let is_in_brackets = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')]
                .iter()
                .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
            let is_word = text.starts_with("END") && text.len() < LONGEST_END;
            is_in_brackets || is_word || !text.chars().any(char::is_alphanumeric)
        };
        while self.paragraphs.len() > 1
            && self.paragraphs.last().is_some_and(|(text, kind)| kind.is_none() && is_end(text))
        {
            self.paragraphs.pop();
        }
    }

    /// Makes the headline of a question: who asks, and its first sentence that says something.
    fn head(&mut self) {
        if !self.asks {
            return;
        }
        let whole = self.asked.join("\n");
        let sentences = language::sentences(&whole, &language::detect(&whole, None));
        let texts = sentences.iter().map(|sentence| &whole[sentence.span.clone()]);
        let first = texts.clone().find(|text| width(&letters(text)) >= SHORTEST_QUESTION);
        let first = first.or_else(|| texts.clone().find(|text| text.ends_with(['?', '？'])));
        let first = first.or_else(|| texts.clone().next()).unwrap_or_default();
        let is_chinese = first.chars().any(crate::fold::is_han);
        let asker = self.asker.as_ref().map(|asker| format!("{asker}{}", if is_chinese { "：" } else { ": " }));
        let title = format!("{}{first}", asker.unwrap_or_default());
        self.title = match title.char_indices().nth(LONGEST_TITLE) {
            Some((end, _)) => format!("{}…", title[..end].trim_end()),
            None => title,
        };
    }

    fn into_article(self, page: &Article) -> Article {
        let base = page.url.as_deref().or(page.canonical.as_deref());
        let base = base.map(|url| url.split('#').next().unwrap_or(url).to_owned());
        let marks = (1..).zip(&self.paragraphs);
        let marks =
            marks.filter_map(|(paragraph, (_, kind))| Some(ParagraphMark { paragraph, kind: (*kind)? })).collect();
        let texts: Vec<&str> = self.paragraphs.iter().map(|(text, _)| text.as_str()).collect();
        let text = texts.join("\n");
        Article {
            url: base.map(|url| format!("{url}{FRAGMENT}{}", self.digits)),
            // What the page calls its own address is that of all its turns.
            canonical: None,
            title: self.title,
            standfirst: None,
            section: page.section.clone(),
            authors: self.speaker.map_or_else(|| page.authors.clone(), |speaker| vec![speaker]),
            provider: page.provider.clone(),
            published: page.published.clone(),
            updated: page.updated,
            site: page.site.clone(),
            lang: language::detect(&text, Some(&page.lang)),
            text,
            marks,
            discrepancies: page.discrepancies.iter().filter(|other| other.field == "published").cloned().collect(),
            recurring: page.recurring.clone(),
            partial: page.partial.clone(),
            by: page.by,
        }
    }
}

/// Gives each turn the digits of its own words: those that begin alike are told apart by all of them, and those that are
/// alike by their order.
fn tell_apart(turns: &mut [Turn]) {
    let opening = |turn: &Turn| turn.letters.chars().take(KNOWN_BY).collect::<String>();
    let asker = |turn: &Turn| turn.asker.as_deref().map(letters).unwrap_or_default();
    let short: Vec<String> = turns.iter().map(|turn| hashed(&[&asker(turn), &opening(turn)], DIGITS)).collect();
    let whole: Vec<String> = turns
        .iter()
        .map(|turn| {
            let texts: Vec<&str> = turn.paragraphs.iter().map(|(text, _)| text.as_str()).collect();
            hashed(&["all", &letters(&texts.concat())], DIGITS)
        })
        .collect();
    for at in 0..turns.len() {
        let is_alone = short.iter().filter(|digits| **digits == short[at]).count() == 1;
        let twins = whole[..at].iter().filter(|digits| **digits == whole[at]).count();
        turns[at].digits = match (is_alone, twins) {
            (true, _) => short[at].clone(),
            (false, 0) => whole[at].clone(),
            (false, twins) => hashed(&["again", &whole[at], &twins.to_string()], DIGITS),
        };
    }
}

/// The letters of a text, a Han character counted twice: it says as much as two others do.
fn width(letters: &str) -> usize {
    letters.chars().map(|c| if crate::fold::is_han(c) { 2 } else { 1 }).sum()
}

fn begins_cut(said: &str) -> bool {
    let said = said.trim_start();
    said.starts_with(DASHES) || said.starts_with("--")
}

fn is_follow_up(mark: &str) -> bool {
    let mark = mark.to_lowercase();
    ["follow", "追問", "追问", "續問", "续问"].iter().any(|word| mark.contains(word))
}

fn hashed(parts: &[&str], digits: usize) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..digits].to_owned()
}
