//! Transcripts: who asks and who answers, each turn a paragraph of its own.
//!
//! Offices print their press conferences in many ways: each turn a paragraph, or question and answer in one. A text is a
//! transcript when a question is marked at the beginning of a paragraph and an answer somewhere.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::ParagraphKind;

/// The mark of a question: 記者：, 問：, "Q:", "Reporter:", a paper's or an agency's name before 記者.
const ASKS: &str = r"(?:(?:[\p{Han}A-Za-z《》「」·]{0,18})(?:記者|记者)(?:問|问|提問|提问)?|問|问|提問|提问|(?-i:Q)\d{0,2}|Question|Reporter|(?-i:[A-Z])[\w ]{1,30}(?:\sreporter|\scorrespondent)?\s?\((?:via translation|question)\))\s?[:：]";
/// The mark of an answer: 答：, 發言人：, "A:", "Spokesperson:".
const ANSWERS: &str = r"(?:答|(?:[\p{Han}]{0,8})(?:發言人|发言人)(?:[\p{Han}]{2,4})?|(?-i:A)\d{0,2}|Answer|Spokes(?:person|man|woman)(?:\s[A-Z]\w+){0,2})\s?[:：]";

static ASK: LazyLock<Regex> = LazyLock::new(|| at_start(ASKS));
static ANSWER: LazyLock<Regex> = LazyLock::new(|| at_start(ANSWERS));
/// A turn within a paragraph, behind the end of a sentence.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)[。？！?!.」”’\x22)）][\s\u{{3000}}]*(?P<turn>{ASKS}|{ANSWERS})"))
        .expect("a pattern of this file")
});

fn at_start(marks: &str) -> Regex {
    Regex::new(&format!(r"(?i)^[\s\u{{3000}}【\[]*{marks}")).expect("a pattern of this file")
}

fn is_transcript(lines: &[&str]) -> bool {
    lines.iter().any(|line| ASK.is_match(line))
        && lines
            .iter()
            .any(|line| ANSWER.is_match(line) || TURN.captures_iter(line).any(|found| ANSWER.is_match(&found["turn"])))
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
    let is_transcript = is_transcript(lines);
    let kind = |line: &&str| {
        let asks = || ASK.is_match(line).then_some(ParagraphKind::Question);
        let answers = || ANSWER.is_match(line).then_some(ParagraphKind::Answer);
        is_transcript.then(|| asks().or_else(answers)).flatten()
    };
    lines.iter().map(kind).collect()
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
    fn later_paragraphs_of_an_answer_bear_no_mark() {
        let lines = ["问：有何评论？", "答：中方反对。", "我们多次表明立场。"];
        assert_eq!(kinds(&lines), [Some(ParagraphKind::Question), Some(ParagraphKind::Answer), None]);
    }
}
