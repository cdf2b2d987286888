//! Transcripts: who asks and who answers, each turn a paragraph of its own.
//!
//! Offices print their press conferences in many ways: each turn a paragraph, question and answer in one, or who speaks on a
//! line alone. A text is a transcript when a question is marked at the beginning of a paragraph and an answer somewhere, or
//! when one speaker comes back after each of the others, who ask. How it is taken apart is `turns`' business.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::ParagraphKind;
use crate::pattern::{self, pattern};

/// The mark of a question: 記者：, 問：, "Q:", "Reporter:", a paper's or an agency's name before 記者.
const ASKS: &str = r"(?:(?:[\p{Han}A-Za-z《》「」·]*)(?:記者|记者)(?:問|问|提問|提问)?|問|问|提問|提问|追問|追问|續問|续问|(?-i:Q)\d{0,2}|Question|Follow[- ]?up(?:\squestion)?|(?:(?:Male|Female|Unidentified)\s)?Reporter|Journalist|(?-i:[A-Z])[^:：()]{1,40}\s(?:reporter|correspondent)|(?-i:[A-Z])[^:：()]{1,30}(?:\sreporter|\scorrespondent)?\s?\((?:via translation|question)\))\s?[:：]";
/// The mark of an answer: 答：, 發言人：, "A:", "Spokesperson:".
const ANSWERS: &str = r"(?:[\p{Han}]{0,10}答(?:覆|复)?|(?:[\p{Han}]*)(?:發言人|发言人)(?:[\p{Han}]{2,4})?|(?-i:A)\d{0,2}|Answer|Spokes(?:person|man|woman)(?:\s[A-Z]\w+){0,2})\s?[:：]";

static ASK: LazyLock<Regex> = LazyLock::new(|| at_start(ASKS));
static ANSWER: LazyLock<Regex> = LazyLock::new(|| at_start(ANSWERS));
/// A turn within a paragraph, behind the end of a sentence.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(&format!(r"(?i)[。？！?!.」”’\x22)）][\s\u{{3000}}]*(?P<turn>{ASKS}|{ANSWERS})"))
});

fn at_start(marks: &str) -> Regex {
    // Some count the questions.
    pattern::compile(&format!(
        r"(?i)^[\s\u{{3000}}【\[]*(?:[一二三四五六七八九十]{{1,3}}、|\d{{1,2}}[.、)）]\s?)?(?P<mark>{marks})"
    ))
}

pattern!(
    /// A name alone before a colon, as transcripts print who speaks.
    NAME, r"^[\s\u{3000}]*(?P<name>[《「]?[\p{Han}·]{2,12}[》」]?|(?:The\s)?[A-Z][\w.&’'-]*(?:\s(?:of|the|for|and|de|al|van|von|bin|[A-Z0-9&][\w.&’'/-]*)){0,6})(?:\s?[(（][^)）]{1,40}[)）])?\s?[:：]");
pattern!(
    /// A question as American offices print it: a letter, and no colon behind it.
    BARE_ASK, r"^\s*Q\d{0,2}\.?(?:\s+[A-Z“‘'(\x22]|$)");
pattern!(
    /// A mark on a line of its own.
    BARE_MARK, r"^\s*(?:(?P<ask>Q|Question|QUESTION|問|问|記者|记者)|(?P<answer>A|Answer|ANSWER|答))[.:：]?\s*$");
pattern!(
    /// A mark in brackets, with or without a colon.
    BRACKETED, r"^\s*[【\[（(](?:(?P<ask>Q\d{0,2}|問|问|記者|记者|提問|提问)|(?P<answer>A\d{0,2}|答|回答))[】\]）)]\s?[:：]?");
pattern!(
    /// A name on a line of its own.
    BARE_NAME, r"^[\s\u{3000}]*(?P<name>[《「]?[\p{Han}·]{2,12}[》」]?|(?:The\s)?[A-Z][\w.&’'-]*(?:\s(?:of|the|for|and|de|al|van|von|bin|[A-Z0-9&][\w.&’'/-]*)){0,6})\s*$");
pattern!(
    /// Who leads through a conference, and neither asks nor answers.
    CHAIR, r"^(?i)(?:moderator|chair|chairman|host|operator|主持人|司儀|司仪)$");

pattern!(
    /// A note of whoever printed the transcript.
    NOTE, r"(?i)^[\s\[(（【]*(?:editor[’']?s?\snote|note|correction|編者按|编者按|編按|编按|編註|编注|編者註|编者注|註|注)\s?[:：]");

/// Says whether a paragraph is a note of whoever printed the transcript, and nobody's words in it.
pub(super) fn is_note(line: &str) -> bool {
    NOTE.is_match(line)
}

/// Who speaks at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn<'a> {
    Ask,
    Answer,
    Named(&'a str),
}

/// The mark at the beginning of a paragraph.
#[derive(Debug, Clone, Copy)]
struct Mark<'a> {
    turn: Turn<'a>,
    /// Where it stands, in bytes.
    start: usize,
    /// Where it ends, in bytes.
    end: usize,
}

/// What a paragraph that begins a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// True of a question, false of an answer.
    pub(super) asks: bool,
    /// Who speaks, as printed; `None` where the mark names nobody.
    pub(super) name: Option<&'a str>,
    /// Where what is said begins, in bytes.
    pub(super) said: usize,
    /// True of whoever leads through the conference.
    pub(super) is_chair: bool,
}

fn mark(line: &str) -> Option<Mark<'_>> {
    /// Behind so many characters no mark of a turn ends.
    const LONGEST_MARK: usize = 70;
    if line.starts_with(['Q', ' ']) && BARE_ASK.is_match(line) {
        let end =
            line.find('Q')? + 1 + line.trim_start()[1..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(0);
        return Some(Mark { turn: Turn::Ask, start: 0, end });
    }
    if line.trim_start().starts_with(['【', '[', '（', '('])
        && let Some(found) = BRACKETED.captures(line)
    {
        let turn = if found.name("ask").is_some() { Turn::Ask } else { Turn::Answer };
        return Some(Mark { turn, start: 0, end: found.get(0)?.end() });
    }
    // Most lines have no colon there, and to see that is many times cheaper than to match.
    let has_colon = line.chars().take(LONGEST_MARK).any(|c| matches!(c, ':' | '：'));
    if !has_colon {
        let found = if line.len() <= "QUESTION :".len() { BARE_MARK.captures(line) } else { None }?;
        let turn = if found.name("ask").is_some() { Turn::Ask } else { Turn::Answer };
        return Some(Mark { turn, start: 0, end: line.len() });
    }
    for (pattern, turn) in [(&ASK, Turn::Ask), (&ANSWER, Turn::Answer)] {
        if let Some(found) = pattern.captures(line).and_then(|found| found.name("mark")) {
            return Some(Mark { turn, start: found.start(), end: found.end() });
        }
    }
    let found = NAME.captures(line).filter(|_| !NOTE.is_match(line))?;
    let (name, end) = (found.name("name")?.as_str(), found.get(0)?.end());
    let is_time = name.ends_with(|c: char| c.is_ascii_digit()) && line[end..].starts_with(|c: char| c.is_ascii_digit());
    (!is_time).then_some(Mark { turn: Turn::Named(name), start: 0, end })
}

/// Says whether somebody asks in a paragraph.
fn asks(line: &str) -> bool {
    line.contains(['?', '？'])
}

/// Who speaks in the paragraphs of a text, as far as marks say it.
struct Speakers<'a> {
    /// The mark of each line that has one.
    marks: Vec<Option<Mark<'a>>>,
    /// True of each line that asks, or begins a turn in which a later line does.
    asks: Vec<bool>,
}

impl<'a> Speakers<'a> {
    fn of(lines: &[&'a str]) -> Self {
        Self::by(lines, lines.iter().map(|line| mark(line)).collect())
    }

    fn by(lines: &[&'a str], marks: Vec<Option<Mark<'a>>>) -> Self {
        let mut asked: Vec<bool> = lines.iter().map(|line| asks(line)).collect();
        for at in (0..lines.len().saturating_sub(1)).rev() {
            asked[at] |= marks[at + 1].is_none() && asked[at + 1];
        }
        Self { marks, asks: asked }
    }

    /// Who speaks in a transcript; `None` of a text that is none.
    fn of_transcript(lines: &[&'a str], title: &str) -> Option<Self> {
        let marked = Self::of(lines);
        if marked.is_transcript(lines, title) {
            return Some(marked);
        }
        Self::by_names_alone(lines).filter(|named| named.answerer(title).is_some())
    }

    /// Takes names on lines of their own for marks, where one of them comes back.
    fn by_names_alone(lines: &[&'a str]) -> Option<Self> {
        /// No name is longer, in bytes.
        const LONGEST_NAME: usize = 60;
        let is_short = |line: &str| line.len() <= LONGEST_NAME && line.ends_with(char::is_alphanumeric);
        let mut short: Vec<&str> = lines.iter().copied().filter(|line| is_short(line)).collect();
        short.sort_unstable();
        if !short.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let bare = |line: &&'a str| {
            let found = Some(*line).filter(|line| is_short(line)).and_then(|line| BARE_NAME.captures(line))?;
            Some(Mark { turn: Turn::Named(found.name("name")?.as_str()), start: 0, end: line.len() })
        };
        Some(Self::by(lines, lines.iter().map(bare).collect()))
    }

    fn turns(&self) -> impl DoubleEndedIterator<Item = (usize, Turn<'a>)> {
        self.marks.iter().enumerate().filter_map(|(at, mark)| Some((at, mark.as_ref()?.turn)))
    }

    fn holds(&self, wanted: Turn<'_>) -> bool {
        self.turns().any(|(_, turn)| turn == wanted)
    }

    /// The speaker who answers: the one named most often, who mostly speaks after another; or the one whom the headline
    /// names.
    fn answerer(&self, title: &str) -> Option<&'a str> {
        /// So many turns are needed where no question is marked as one, and nobody is named in the headline.
        const FEWEST: usize = 4;
        let turns: Vec<(usize, Turn<'a>)> = self.turns().collect();
        let names: Vec<&str> = turns
            .iter()
            .filter_map(|(_, turn)| if let Turn::Named(name) = turn { Some(*name) } else { None })
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in &names {
            *counts.entry(name).or_default() += 1;
        }
        let count = |name: &str| counts.get(name).copied().unwrap_or(0);
        let is_announced = |name: &str| {
            let family = name.split([' ', '·']).next_back().unwrap_or(name);
            title.contains(name) || family.len() > 2 && title.contains(family)
        };
        let announced = names.iter().copied().find(|name| is_announced(name));
        // The first of those that are named as often.
        let most = names.iter().copied().rev().max_by_key(|name| count(name))?;
        let answers = |name: &str| {
            let after_another = turns
                .windows(2)
                .filter(|pair| pair[1].1 == Turn::Named(name) && pair[0].1 != Turn::Named(name))
                .count();
            // Who answers may open the conference, too.
            let opens = turns.first().is_some_and(|(_, turn)| *turn == Turn::Named(name));
            (after_another + usize::from(opens)) * 4 >= count(name) * 3
        };
        let others = || turns.iter().filter(|(_, turn)| *turn != Turn::Named(most));
        let that_ask = others().filter(|(at, turn)| *turn == Turn::Ask || self.asks[*at]).count();
        let is_marked = self.holds(Turn::Ask);
        // Lists of what is before and what is behind look alike, and ask nothing.
        let is_enough = count(most) >= 2 && (is_marked || turns.len() >= FEWEST && that_ask * 2 >= others().count());
        let by_number = Some(most).filter(|name| is_enough && answers(name));
        let is_asked = |name: &str| {
            let answers = |pair: &[(usize, Turn<'_>)]| pair[1].1 == Turn::Named(name) && pair[0].1 != Turn::Named(name);
            turns.windows(2).any(|pair| answers(pair) && self.asks[pair[0].0])
        };
        by_number.or(announced.filter(|name| is_asked(name)))
    }

    fn is_transcript(&self, lines: &[&str], title: &str) -> bool {
        let answers = || {
            let within = |line: &&str| TURN.captures_iter(line).any(|found| ANSWER.is_match(&found["turn"]));
            self.holds(Turn::Answer) || lines.iter().any(within)
        };
        self.holds(Turn::Ask) && answers() || self.answerer(title).is_some()
    }
}

/// Cuts paragraphs that hold more than one turn; a text that is no transcript is left as it is.
pub(super) fn turns<'a>(lines: Vec<&'a str>, title: &str) -> Vec<&'a str> {
    if Speakers::of_transcript(&lines, title).is_none() {
        return lines;
    }
    let mut cut = Vec::with_capacity(lines.len());
    for line in lines {
        // Only a paragraph that is itself a turn holds others: a report quotes an exchange in its own sentences.
        let is_turn = ASK.is_match(line) || ANSWER.is_match(line);
        let places = TURN.captures_iter(line).filter_map(|found| Some(found.name("turn")?.start()));
        let mut from = 0;
        for place in places.take_while(|_| is_turn) {
            cut.push(line[from..place].trim_end());
            from = place;
        }
        cut.push(&line[from..]);
    }
    cut
}

/// Says of each line whether it is a question or begins an answer, and whose; of none where the text is no transcript.
pub(super) fn parts<'a>(lines: &[&'a str], title: &str) -> Vec<Option<Part<'a>>> {
    let Some(speakers) = Speakers::of_transcript(lines, title) else { return vec![None; lines.len()] };
    let answerer = speakers.answerer(title);
    let asks_are_marked = speakers.holds(Turn::Ask);
    let mut parts = Vec::with_capacity(lines.len());
    let mut is_asked = false;
    // Not every question has its mark; what the one who answers speaks after was one.
    let mut is_answered = vec![false; lines.len()];
    let mut next_answers = false;
    for (at, turn) in speakers.turns().rev() {
        is_answered[at] = next_answers;
        next_answers = matches!(turn, Turn::Named(name) if answerer == Some(name));
    }
    for (at, mark) in speakers.marks.iter().enumerate() {
        let Some(Mark { turn, start, mut end }) = *mark else {
            parts.push(None);
            continue;
        };
        let around = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '【' | '】' | '[' | ']');
        let printed = lines[at][start..end].trim_matches(around);
        let (asks, name, is_chair) = match turn {
            Turn::Ask if asker(printed).is_none() => {
                let named = named_behind(&lines[at][end..]);
                end += named.map_or(0, |(_, behind)| behind);
                (true, named.map(|(name, _)| name), false)
            }
            Turn::Ask => (true, asker(printed), false),
            Turn::Answer => (false, answering(printed), false),
            Turn::Named(name) if CHAIR.is_match(name) => (true, None, true),
            Turn::Named(name) if answerer == Some(name) => (false, Some(name), false),
            // Papers and agencies ask under their own names; where questions are marked as such, those named answer.
            Turn::Named(name) if speakers.asks[at] && answerer.is_some() && (!asks_are_marked || !is_asked) => {
                (true, Some(name), false)
            }
            Turn::Named(name) if is_asked || asks_are_marked && is_shouted(name) => (false, Some(name), false),
            Turn::Named(name) if !asks_are_marked && answerer.is_some() && is_answered[at] => (true, Some(name), false),
            Turn::Named(_) => {
                parts.push(None);
                continue;
            }
        };
        is_asked = asks && !is_chair || is_chair && is_asked;
        parts.push(Some(Part { asks, name, said: end, is_chair }));
    }
    parts
}

/// Says whether a name stands in capitals, as American offices print who speaks for them.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase()).count() > 2 && !name.chars().any(char::is_lowercase)
}

/// Says of each line whether it is a question or begins an answer; of none where the text is no transcript.
pub(super) fn kinds(lines: &[&str], title: &str) -> Vec<Option<ParagraphKind>> {
    let kind = |part: Part<'_>| if part.asks { ParagraphKind::Question } else { ParagraphKind::Answer };
    parts(lines, title).into_iter().map(|part| part.map(kind)).collect()
}

/// Whom a second mark names, behind one that names nobody, and where it ends: 问：海港社记者：……
fn named_behind(said: &str) -> Option<(&str, usize)> {
    let Mark { turn, start, end } = mark(said)?;
    match turn {
        Turn::Ask => asker(said[start..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))),
        Turn::Named(name) => Some(name),
        Turn::Answer => None,
    }
    .map(|name| (name, end))
}

/// Whom the mark of a question names: the paper before 記者 or "reporter", and nobody where it is the bare word.
fn asker(printed: &str) -> Option<&str> {
    pattern!(
        WORD,
        r"(?i)^(?:記者|记者|問|问|提問|提问|追問|追问|續問|续问|Q\d{0,2}\.?|question|follow[- ]?up(?:\squestion)?|(?:(?:male|female|unidentified)\s)?reporter|journalist)$"
    );
    pattern!(
        BEHIND,
        r"(?i)(?:(?:記者|记者)?(?:問|问|提問|提问)?|(?:\sreporter|\scorrespondent)?\s?\((?:via translation|question)\)|\s(?:reporter|correspondent))$"
    );
    if WORD.is_match(printed) {
        return None;
    }
    let end = BEHIND.find(printed).map_or(printed.len(), |behind| behind.start());
    let name = printed[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '《' | '》' | '「' | '」'));
    (!name.is_empty()).then_some(name)
}

/// Whom the mark of an answer names.
fn answering(printed: &str) -> Option<&str> {
    pattern!(WORD, r"(?i)^(?:答|A\d{0,2}|answer|spokes(?:person|man|woman)|發言人|发言人)$");
    pattern!(BEHIND, r"答(?:覆|复)?$");
    if WORD.is_match(printed) {
        return None;
    }
    let end = BEHIND.find(printed).map_or(printed.len(), |behind| behind.start());
    Some(&printed[..end]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_with_two_turns_becomes_two() {
        let text = "記者：貴方對港務局的說法有何評論？發言人：我們已經說過，這不是事實。記者：有證據嗎？答：沒有更多可以提供的。";
        let cut = turns(vec![text], "");
        assert_eq!(cut.concat(), text);
        assert_eq!(cut.len(), 4, "{cut:?}");
        use ParagraphKind::{Answer, Question};
        assert_eq!(kinds(&cut, ""), [Question, Answer, Question, Answer].map(Some));
        let english = "Q: Does the board know of it? A: It does. Q: Since when?";
        assert_eq!(turns(vec![english, "A: Since May."], "").len(), 4);
    }

    #[test]
    fn a_report_that_quotes_an_exchange_is_left_whole() {
        for lines in [
            vec!["他在會上說：「記者：你怎麼看？答：不知道。」引起哄笑。", "港務局沒有回應。"],
            vec!["Plan A: sell the pier. Plan B: keep it.", "The board met on Friday."],
            vec!["記者：貴方有何評論？"],
        ] {
            assert_eq!(turns(lines.clone(), ""), lines);
            assert!(kinds(&lines, "").iter().all(Option::is_none), "{lines:?}");
        }
    }

    #[test]
    fn who_answers_is_known_by_answering() {
        let lines = [
            "Harbour Wire: Does the board know of it?",
            "Orr Vann: It does.",
            "Coast Radio: Since when?",
            "Orr Vann: Since May.",
            "It was told in a letter.",
            "Harbour Wire: From whom?",
            "Orr Vann: I have nothing to add.",
        ];
        use ParagraphKind::{Answer, Question};
        let expected = [Some(Question), Some(Answer), Some(Question), Some(Answer), None, Some(Question), Some(Answer)];
        assert_eq!(kinds(&lines, ""), expected);
        assert_eq!(turns(lines.to_vec(), ""), lines);
        let chinese =
            ["海港社记者：有何评论？", "娄静宜：我们注意到有关报道。", "追问：是否核查？", "娄静宜：没有更多信息。"];
        assert_eq!(kinds(&chinese, ""), [Some(Question), Some(Answer), Some(Question), Some(Answer)]);
        let report = ["外交部：已停職。", "The Board: a history", "港務局：正在調查。", "When it opened, nobody came."];
        assert!(kinds(&report, "").iter().all(Option::is_none));
    }

    #[test]
    fn later_paragraphs_of_an_answer_bear_no_mark() {
        let lines = ["问：有何评论？", "答：中方反对。", "我们多次表明立场。"];
        assert_eq!(kinds(&lines, ""), [Some(ParagraphKind::Question), Some(ParagraphKind::Answer), None]);
    }
}
