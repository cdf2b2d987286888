//! What people made of statements, and what waits for them.

use std::ops::Range;

use serde_json::{Value, json};

use super::line::Line;
use super::matrix::counted;
use super::time::utc;
use super::{char_span, safe, statement_json};
use crate::model::{Decision, Judgement, Label, Polarity, Reading, Review, Statement, StatementId};
use crate::report::{Doubt, ReviewRow, sentence};

/// Returns the statements that wait for a person, for a terminal; `more` wait beside them.
pub fn review_text(rows: &[ReviewRow<'_>], more: usize, width: usize) -> String {
    let mut text: String = rows.iter().map(|row| review_row_text(row, width) + "\n").collect();
    let more = if more > 0 { format!(", {more} more with a higher --limit") } else { String::new() };
    text.push_str(&Line::new(format!("{} for review{more}", counted(rows.len(), "statement"))).wrapped("", width));
    text
}

/// Returns one statement that waits: what the machine thinks, where it stands, the sentence with cue and claim marked.
pub fn review_row_text(row: &ReviewRow<'_>, width: usize) -> String {
    let statement = row.statement();
    let article = &row.version().article;
    let source = row.article.source.as_ref().map_or("by hand".to_owned(), ToString::to_string);
    let outlet = Line::new(format!("{source} · {} · ", article.lang)).foreign(&article.title);
    let mut text = Line::new(format!("{} ", row.id())).then(statement_line(statement)).wrapped("", width);
    text.push_str(&outlet.wrapped("  ", width));
    let place = if statement.paragraph == 0 { "head".to_owned() } else { format!("¶{}", statement.paragraph) };
    let (printed, claim) = sentence(statement, row.version());
    // The pieces are made safe one by one, so that no mark of ours is taken for theirs.
    text.push_str(&Line::new(format!("{place}: {}", marked(printed, claim, &statement.cue))).wrapped("  ", width));
    text.push_str(&Line::new(format!("why: {}", doubt(row.doubt, statement))).wrapped("  ", width));
    text.extend(judgement_lines(statement).iter().map(|line| line.wrapped("  ", width)));
    text
}

/// Returns the statements that wait for a person as one JSON document.
pub fn review_json(rows: &[ReviewRow<'_>], more: usize) -> Value {
    json!({"statements": rows.iter().map(review_row_json).collect::<Vec<_>>(), "more": more})
}

/// Returns one statement that waits for JSON: the fields of `show --json`, with its article and `why` it waits.
pub fn review_row_json(row: &ReviewRow<'_>) -> Value {
    let article = &row.version().article;
    let statement = row.statement();
    let mut value = judged_json(row.id(), statement, &article.title, &article.text);
    value["article"] = json!(row.article.id);
    value["version"] = json!(row.version().number);
    value["source"] = json!(row.article.source);
    value["story"] = json!(row.article.story);
    value["url"] = json!(row.article.url);
    value["lang"] = json!(article.lang);
    value["title"] = json!(article.title);
    value["why"] = json!(doubt(row.doubt, statement));
    value
}

/// Returns a statement of the record for JSON: the fields of `try text`, its `id`, and its `review`.
///
/// `review` is `{"decision": "accept" | "reject" | "none", "note", "at", "read_otherwise": null | {"decision", "speaker",
/// "speaker_id", "target", "target_id", "polarity", "sub"}}`; the last when a person judged another reading of it.
pub fn judged_json(id: StatementId, statement: &Statement, title: &str, text: &str) -> Value {
    let (at, otherwise) = match &statement.review {
        Review::Unreviewed => (None, None),
        Review::Judged(judgement) => (Some(judgement.at), None),
        Review::ReadOtherwise(judgement) => (Some(judgement.at), Some(reading_json(judgement))),
    };
    let mut value = json!({"id": id});
    if let (Some(value), Value::Object(fields)) = (value.as_object_mut(), statement_json(statement, title, text)) {
        value.extend(fields);
    }
    value["counts"] = json!(statement.counts());
    value["review"] = json!({
        "decision": statement.review.decision().name(),
        "note": statement.review.note(),
        "at": at.map(utc),
        "read_otherwise": otherwise,
    });
    value
}

/// Returns a judgement as a label, to train or score with; spans count Unicode scalar values of `text`, the sentence.
///
/// `{"article", "version", "source", "country", "lang", "in", "text", "kind", "sub", "speaker", "speaker_id", "target",
/// "target_id", "cue", "span", "quote", "polarity", "voice", "party", "counter", "alleges", "background", "confidence",
/// "candidate", "rule", "made_by", "verdict": "accept" | "reject" | "none", "note", "at"}`, all of it as it was judged.
pub fn label_json(label: &Label, country: Option<&str>) -> Value {
    let statement = &label.statement;
    json!({
        "article": label.article,
        "version": label.version,
        "source": label.source,
        "country": country,
        "lang": label.lang,
        "in": label.place.name(),
        "text": label.sentence,
        "kind": statement.kind.name(),
        "sub": statement.sub,
        "speaker": statement.speaker,
        "speaker_id": statement.speaker_id,
        "target": statement.target,
        "target_id": statement.target_id,
        "cue": statement.cue,
        "span": char_span(&label.sentence, label.claim.clone()),
        "quote": statement.quote.name(),
        "polarity": statement.polarity.name(),
        "voice": statement.voice.name(),
        "party": statement.party.map(|party| party.name()),
        "counter": statement.counter,
        "alleges": statement.alleges,
        "background": statement.background,
        "confidence": statement.confidence,
        "candidate": statement.candidate,
        "rule": statement.rule,
        "made_by": label.made_by,
        "verdict": label.judgement.decision.name(),
        "note": label.judgement.note,
        "at": utc(label.judgement.at),
    })
}

/// Returns what a person did to a statement: `accepted a-12.3 deny · 外交部 -> nobody named · asserted · ...`, then its
/// sentence and the note on it.
pub fn judged_text(done: &str, id: StatementId, statement: &Statement, printed: &str, width: usize) -> String {
    let note = match statement.polarity {
        Polarity::Asserted => String::new(),
        other => format!(" · counts nowhere: {}", other.name()),
    };
    let line = Line::new(format!("{done} {id} ")).then(statement_line(statement)).ours(note);
    let mut text = line.wrapped("", width) + &Line::default().foreign(printed).wrapped("  ", width);
    text.extend(statement.review.note().map(|note| Line::new("note: ").foreign(note).wrapped("  ", width)));
    text
}

/// Returns what stands of a statement in words.
pub(super) fn standing(statement: &Statement) -> &'static str {
    match (statement.review.decision(), &statement.review) {
        (Decision::Accept, _) => "accepted by a person",
        (Decision::Reject, _) => "rejected by a person",
        (Decision::None, Review::ReadOtherwise(_)) => "read otherwise than judged, unreviewed",
        (Decision::None, _) if statement.candidate => "candidate, unreviewed",
        (Decision::None, _) => "unreviewed",
    }
}

/// Returns what a person wrote about a statement, and what they decided when it was read otherwise.
pub(super) fn judgement_lines(statement: &Statement) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Review::ReadOtherwise(then) = &statement.review
        && then.decision != Decision::None
    {
        let did = if then.decision == Decision::Accept { "accepted" } else { "rejected" };
        let line = Line::new(format!("{did} as ")).then(reading_line(&then.reading)).ours(", now read as ");
        lines.push(line.then(reading_line(&Reading::of(statement))));
    }
    lines.extend(statement.review.note().map(|note| Line::new("note: ").foreign(note)));
    lines
}

/// What the machine thinks, in one line.
fn statement_line(statement: &Statement) -> Line {
    let sub = statement.sub.as_deref().map(|sub| format!("/{sub}")).unwrap_or_default();
    let candidate = if statement.candidate { "candidate, " } else { "" };
    Line::new(format!("{}{sub} · ", statement.kind.name()))
        .then(reading_line(&Reading::of(statement)))
        .ours(format!(" · {candidate}confidence {:.2} · rule {}", statement.confidence, statement.rule))
}

fn reading_line(reading: &Reading) -> Line {
    let actor = |line: Line, printed: &Option<String>, id: &Option<String>| {
        let line = match printed {
            Some(name) => line.foreign(name),
            None => line.ours("nobody named"),
        };
        line.ours(id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default())
    };
    let line = actor(Line::default(), &reading.speaker, &reading.speaker_id).ours(" -> ");
    let general = if reading.sub.as_deref() == Some("general") { ", general" } else { "" };
    let counter = if reading.counter { ", in return" } else { "" };
    let alleges = if reading.alleges { ", alleging" } else { "" };
    let polarity = reading.polarity.name();
    actor(line, &reading.target, &reading.target_id).ours(format!(" · {polarity}{general}{counter}{alleges}"))
}

fn reading_json(then: &Judgement) -> Value {
    let Judgement { decision, reading, .. } = then;
    json!({
        "decision": decision.name(),
        "speaker": reading.speaker,
        "speaker_id": reading.speaker_id,
        "target": reading.target,
        "target_id": reading.target_id,
        "polarity": reading.polarity.name(),
        "sub": reading.sub,
    })
}

fn doubt(doubt: Doubt, statement: &Statement) -> String {
    match doubt {
        Doubt::ReadOtherwise => "it was judged when it was read otherwise".to_owned(),
        Doubt::NoSpeaker => "a candidate: no speaker is named".to_owned(),
        Doubt::Wording => "a candidate: the wording is not certain to mean it".to_owned(),
        Doubt::LessSure => format!("confidence {:.2}", statement.confidence),
        Doubt::Unreviewed => "nobody has reviewed it".to_owned(),
    }
}

/// Returns a sentence, made safe, with its claim as `‹claim›` and its cue as `[cue]`.
fn marked(sentence: &str, claim: Range<usize>, cue: &str) -> String {
    let cue = sentence.find(cue).filter(|_| !cue.is_empty()).map(|at| at..at + cue.len());
    let mut marks: Vec<(usize, u8, &str)> = Vec::new();
    if !claim.is_empty() {
        marks.extend([(claim.start, 2, "‹"), (claim.end, 1, "›")]);
    }
    // An inner mark opens later and closes earlier.
    marks.extend(cue.into_iter().flat_map(|cue| [(cue.start, 3, "["), (cue.end, 0, "]")]));
    marks.sort_unstable();
    let mut shown = String::new();
    let mut at = 0;
    for (end, _, mark) in marks {
        let Some(piece) = sentence.get(at..end) else { continue };
        shown.push_str(&safe(piece));
        shown.push_str(mark);
        at = end;
    }
    shown + &safe(sentence.get(at..).unwrap_or_default())
}

/// Returns where a statement stands, for people.
pub(super) fn id_in(article: &crate::model::StoredArticle, version: u32, position: usize) -> StatementId {
    let is_newest = article.latest().number == version;
    StatementId { article: article.id, version: (!is_newest).then_some(version), number: position + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, claim: &str, cue: &str, expected: &str) {
        let start = sentence.find(claim).expect("the sentence holds the claim");
        assert_eq!(marked(sentence, start..start + claim.len(), cue), expected);
    }

    #[test]
    fn claim_and_cue_are_marked_by_signs() {
        check("發言人表示，純屬捏造。", "純屬捏造", "捏造", "發言人表示，‹純屬[捏造]›。");
        check("The envoy denied it all.", "it all", "denied", "The envoy [denied] ‹it all›.");
        check("denied", "denied", "denied", "‹[denied]›");
        check("no cue here", "cue", "denied", "no ‹cue› here");
        check("nothing", "", "", "nothing");
        check("it \u{1b}[2Jdenied", "denied", "denied", "it \u{fffd}‹[denied]›");
    }

    proptest::proptest! {
        #[test]
        fn marks_never_panic_and_lose_nothing(sentence in "\\PC{0,40}", start in 0usize..60, length in 0usize..60, cue in "\\PC{0,3}") {
            let shown = marked(&sentence, start..start + length, &cue);
            let bare = |text: &str| text.replace(['‹', '›', '[', ']'], "");
            proptest::prop_assert_eq!(bare(&shown), bare(&safe(&sentence)));
        }
    }

    #[test]
    fn a_place_in_an_older_version_names_it() {
        let article = crate::report::sample::articles().remove(0);
        assert_eq!(id_in(&article, 2, 0).to_string(), "a-1.1");
        assert_eq!(id_in(&article, 1, 0).to_string(), "a-1v1.1");
    }
}
