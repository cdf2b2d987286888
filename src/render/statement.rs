//! The JSON form of a statement, which evaluations rest on.

use std::ops::Range;

use serde_json::{Value, json};

use crate::model::{Place, Statement};

/// Returns a byte range of a text as `[start, end)` in Unicode scalar values: what all JSON shows.
///
/// A range that does not fit the text is cut to it.
pub fn char_span(text: &str, bytes: Range<usize>) -> [usize; 2] {
    let count = |end: usize| text.char_indices().take_while(|(at, _)| *at < end).count();
    let start = count(bytes.start);
    [start, count(bytes.end).max(start)]
}

/// Returns a statement with the fields of `try text`; spans count within the part (`in`) that holds it.
pub fn statement_json(statement: &Statement, title: &str, text: &str) -> Value {
    let part = match statement.place {
        Place::Title => title,
        Place::Text => text,
    };
    json!({
        "kind": statement.kind.name(),
        "sub": statement.sub,
        "speaker": statement.speaker,
        "speaker_id": statement.speaker_id,
        "target": statement.target,
        "target_id": statement.target_id,
        "cue": statement.cue,
        "in": statement.place.name(),
        "span": char_span(part, statement.span.clone()),
        "sentence": part.get(statement.sentence.clone()).unwrap_or_default(),
        "paragraph": statement.paragraph,
        "quote": statement.quote.name(),
        "polarity": statement.polarity.name(),
        "voice": statement.voice.name(),
        "party": statement.party.map(|party| party.name()),
        "counter": statement.counter,
        "alleges": statement.alleges,
        "answers": statement.answers,
        "via": statement.via,
        "background": statement.background,
        "confidence": round(statement.confidence),
        "candidate": statement.candidate,
        "rule": statement.rule,
    })
}

/// Three places are what a reader can use, and they keep the same bytes on every machine.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DenialParty, Polarity, QuoteKind, Review, StatementKind, Voice};

    #[track_caller]
    fn check(text: &str, part: &str, expected: [usize; 2]) {
        let at = text.find(part).expect("the text holds the part");
        assert_eq!(char_span(text, at..at + part.len()), expected);
    }

    #[test]
    fn spans_count_characters_and_not_bytes() {
        check("abc", "b", [1, 2]);
        check("中方「否認」", "否認", [3, 5]);
        check("é🙂否", "否", [2, 3]);
    }

    #[test]
    fn a_range_that_does_not_fit_is_cut() {
        assert_eq!(char_span("中方", 3..99), [1, 2]);
        assert_eq!(char_span("中方", Range { start: 9, end: 2 }), [2, 2]);
        assert_eq!(char_span("", 0..0), [0, 0]);
    }

    #[test]
    fn a_statement_has_the_documented_fields() {
        let text = "甲部發言人表示。「純屬捏造」，他說。";
        let sentence = text.find('「').expect("quoted")..text.len();
        let claim = text.find("純屬").expect("there")..text.find('」').expect("there");
        let statement = Statement {
            kind: StatementKind::Deny,
            sub: Some("smear".into()),
            speaker: Some("甲部發言人".into()),
            speaker_id: Some("CN.mfa".into()),
            target: None,
            target_id: None,
            cue: "捏造".into(),
            place: Place::Text,
            span: claim,
            sentence,
            paragraph: 1,
            quote: QuoteKind::Direct,
            polarity: Polarity::Asserted,
            voice: Voice::Active,
            party: Some(DenialParty::State),
            counter: false,
            alleges: false,
            answers: Some(0),
            via: None,
            background: false,
            confidence: 0.8,
            candidate: false,
            rule: "zh-deny-noun".into(),
            review: Review::default(),
        };
        let expected = r#"{"kind":"deny","sub":"smear","speaker":"甲部發言人","speaker_id":"CN.mfa","target":null,"#
            .to_owned()
            + r#""target_id":null,"cue":"捏造","in":"text","span":[9,13],"sentence":"「純屬捏造」，他說。","#
            + r#""paragraph":1,"quote":"direct","polarity":"asserted","voice":"active","party":"state","counter":false,"#
            + r#""alleges":false,"answers":0,"via":null,"background":false,"confidence":0.8,"candidate":false,"#
            + r#""rule":"zh-deny-noun"}"#;
        assert_eq!(statement_json(&statement, "", text).to_string(), expected);
    }
}
