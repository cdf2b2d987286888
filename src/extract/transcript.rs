//! Transcripts: who asks and who answers, each turn a paragraph of its own.
//!
//! Offices print their press conferences in many ways: each turn a paragraph, or question and answer in one. A text is a
//! transcript when a question is marked at the beginning of a paragraph and an answer somewhere, or when one speaker comes
//! back after each of the others.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::ParagraphKind;
use crate::pattern::{self, pattern};

/// The mark of a question: 記者：, 問：, "Q:", "Reporter:", a paper's or an agency's name before 記者.
const ASKS: &str = r"(?:(?:[\p{Han}A-Za-z《》「」·]*)(?:記者|记者)(?:問|问|提問|提问)?|問|问|提問|提问|追問|追问|(?-i:Q)\d{0,2}|Question|Reporter|(?-i:[A-Z])[^:：()]{1,30}(?:\sreporter|\scorrespondent)?\s?\((?:via translation|question)\))\s?[:：]";
/// The mark of an answer: 答：, 發言人：, "A:", "Spokesperson:".
const ANSWERS: &str = r"(?:答|(?:[\p{Han}]*)(?:發言人|发言人)(?:[\p{Han}]{2,4})?|(?-i:A)\d{0,2}|Answer|Spokes(?:person|man|woman)(?:\s[A-Z]\w+){0,2})\s?[:：]";

static ASK: LazyLock<Regex> = LazyLock::new(|| at_start(ASKS));
static ANSWER: LazyLock<Regex> = LazyLock::new(|| at_start(ANSWERS));
/// A turn within a paragraph, behind the end of a sentence.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(&format!(r"(?i)[。？！?!.」”’\x22)）][\s\u{{3000}}]*(?P<turn>{ASKS}|{ANSWERS})"))
});

fn at_start(marks: &str) -> Regex {
    pattern::compile(&format!(r"(?i)^[\s\u{{3000}}【\[]*{marks}"))
}

pattern!(
    /// A name alone before a colon, as transcripts print who speaks.
    NAME, r"^[\s\u{3000}]*(?P<name>[\p{Han}·]{2,6}|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})\s?[:：]");

/// Who speaks at the beginning of each paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn<'a> {
    Ask,
    Answer,
    Named(&'a str),
}

fn turn(line: &str) -> Option<Turn<'_>> {
    /// Behind so many characters no mark of a turn ends.
    const LONGEST_MARK: usize = 70;
    // Most lines have no colon there, and to see that is many times cheaper than to match.
    if !line.chars().take(LONGEST_MARK).any(|c| matches!(c, ':' | '：')) {
        return None;
    }
    if ASK.is_match(line) {
        return Some(Turn::Ask);
    }
    if ANSWER.is_match(line) {
        return Some(Turn::Answer);
    }
    NAME.captures(line).and_then(|found| found.name("name")).map(|name| Turn::Named(name.as_str()))
}

/// The speaker who answers: the one named most often, who mostly speaks after another.
fn answerer<'a>(turns: &[Turn<'a>]) -> Option<&'a str> {
    /// So many turns are needed where no question is marked as one.
    const FEWEST: usize = 6;
    let names: Vec<&str> =
        turns.iter().filter_map(|turn| if let Turn::Named(name) = turn { Some(*name) } else { None }).collect();
    let count = |name: &str| names.iter().filter(|known| **known == name).count();
    let most = names.iter().copied().max_by_key(|name| count(name))?;
    let after_another =
        turns.windows(2).filter(|pair| pair[1] == Turn::Named(most) && pair[0] != Turn::Named(most)).count();
    let asks = turns.contains(&Turn::Ask);
    let is_enough = count(most) >= if asks { 2 } else { 3 } && (asks || turns.len() >= FEWEST);
    (is_enough && after_another * 4 >= count(most) * 3).then_some(most)
}

fn is_transcript(lines: &[&str]) -> bool {
    let turns: Vec<Turn<'_>> = lines.iter().filter_map(|line| turn(line)).collect();
    let answers = || {
        let within = |line: &&str| TURN.captures_iter(line).any(|found| ANSWER.is_match(&found["turn"]));
        turns.contains(&Turn::Answer) || lines.iter().any(within)
    };
    turns.contains(&Turn::Ask) && answers() || answerer(&turns).is_some()
}

/// Cuts paragraphs that hold more than one turn; a text that is no transcript is left as it is.
pub(super) fn turns(lines: Vec<&str>) -> Vec<&str> {
    if !is_transcript(&lines) {
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

/// Says of each line whether it is a question or begins an answer; of none where the text is no transcript.
pub(super) fn kinds(lines: &[&str]) -> Vec<Option<ParagraphKind>> {
    if !is_transcript(lines) {
        return vec![None; lines.len()];
    }
    let turns: Vec<Option<Turn<'_>>> = lines.iter().map(|line| turn(line)).collect();
    let spoken: Vec<Turn<'_>> = turns.iter().copied().flatten().collect();
    let answerer = answerer(&spoken);
    let kind = |turn: &Option<Turn<'_>>| match turn {
        Some(Turn::Ask) => Some(ParagraphKind::Question),
        Some(Turn::Answer) => Some(ParagraphKind::Answer),
        Some(Turn::Named(name)) if answerer == Some(*name) => Some(ParagraphKind::Answer),
        // Papers and agencies ask under their own names.
        Some(Turn::Named(_)) if answerer.is_some() => Some(ParagraphKind::Question),
        _ => None,
    };
    turns.iter().map(kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_with_two_turns_becomes_two() {
        let text = "記者：貴方對港務局的說法有何評論？發言人：我們已經說過，這不是事實。記者：有證據嗎？答：沒有更多可以提供的。";
        let cut = turns(vec![text]);
        assert_eq!(cut.concat(), text);
        assert_eq!(cut.len(), 4, "{cut:?}");
        use ParagraphKind::{Answer, Question};
        assert_eq!(kinds(&cut), [Question, Answer, Question, Answer].map(Some));
        let english = "Q: Does the board know of it? A: It does. Q: Since when?";
        assert_eq!(turns(vec![english, "A: Since May."]).len(), 4);
    }

    #[test]
    fn a_report_that_quotes_an_exchange_is_left_whole() {
        for lines in [
            vec!["他在會上說：「記者：你怎麼看？答：不知道。」引起哄笑。", "港務局沒有回應。"],
            vec!["Plan A: sell the pier. Plan B: keep it.", "The board met on Friday."],
            vec!["記者：貴方有何評論？"],
        ] {
            assert_eq!(turns(lines.clone()), lines);
            assert!(kinds(&lines).iter().all(Option::is_none), "{lines:?}");
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
        assert_eq!(kinds(&lines), expected);
        assert_eq!(turns(lines.to_vec()), lines);
        let chinese =
            ["海港社记者：有何评论？", "娄静宜：我们注意到有关报道。", "追问：是否核查？", "娄静宜：没有更多信息。"];
        assert_eq!(kinds(&chinese), [Some(Question), Some(Answer), Some(Question), Some(Answer)]);
        let report = ["外交部：已停職。", "The Board: a history", "港務局：正在調查。", "When it opened, nobody came."];
        assert!(kinds(&report).iter().all(Option::is_none));
    }

    #[test]
    fn later_paragraphs_of_an_answer_bear_no_mark() {
        let lines = ["问：有何评论？", "答：中方反对。", "我们多次表明立场。"];
        assert_eq!(kinds(&lines), [Some(ParagraphKind::Question), Some(ParagraphKind::Answer), None]);
    }
}
