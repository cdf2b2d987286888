//! The compare matrix, as a table where the terminal is wide enough and as one block an outlet where it is not.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::table::natural_width;
use super::time::{day_and_clock, delay, interval, interval_json, utc, zone_name};
use super::{safe, table};
use crate::model::{Capture, SourceId};
use crate::report::{
    Answer, AnsweredAfter, Bearing, Cell, Changes, Claim, CutNote, Empty, Found, Mark, Matrix, Origin, OutletRow,
    Party, Presence, Reprint, Scope, Silence, SilenceRow, Tally,
};

const HEADER: [&str; 12] = [
    "outlet",
    "script",
    "country",
    "first seen",
    "headline",
    "accuse",
    "answer",
    "answered after",
    "verb",
    "sentences A/D",
    "changed",
    "kind",
];

/// Returns the matrix as text that fits a terminal; times are in `zone`, which is named.
pub fn matrix_text(matrix: &Matrix, width: usize, zone: &TimeZone) -> String {
    let mut text = String::new();
    for line in head(matrix, zone) {
        text.push_str(&line.wrapped("", width));
    }
    let rows: Vec<Vec<String>> = matrix.rows.iter().map(|row| cells(row, zone)).collect();
    if rows.is_empty() {
        text.push_str("no outlet was seen to carry it\n");
    } else if natural_width(&HEADER, &rows) <= width {
        text.push_str(&table(&HEADER, &rows, width));
    } else {
        text.extend(rows.iter().map(|row| block(row, width)));
    }
    for row in &matrix.silent {
        text.push_str(&silent(row, matrix, zone).wrapped("", width));
    }
    if !matrix.announced.is_empty() {
        let names: Vec<&str> = matrix.announced.iter().map(SourceId::as_str).collect();
        let line = Line::new("announced by others at the same address: ").foreign(&names.join(", "));
        text.push_str(&line.wrapped("", width));
    }
    if !matrix.apart.is_empty() {
        text.push_str("apart from the claim:\n");
        text.extend(matrix.apart.iter().map(|found| statement_line(found).wrapped("  ", width)));
    }
    text
}

/// Returns the sentence behind each cell, outlet by outlet, with what proves it.
pub fn matrix_statements(matrix: &Matrix, width: usize) -> String {
    let mut text = String::new();
    for row in &matrix.rows {
        text.push_str(&Line::default().foreign(&row.outlet).wrapped("", width));
        for found in evidence(row) {
            text.push_str(&statement_line(found).wrapped("  ", width));
            text.push_str(&Line::new("  ").foreign(&proof(found)).wrapped("  ", width));
            if let Some(note) = &found.note {
                text.push_str(&Line::new("  note: ").foreign(note).wrapped("  ", width));
            }
        }
    }
    text
}

/// Returns the matrix as one JSON document: every statement with its article, version, place and capture.
pub fn matrix_json(matrix: &Matrix) -> Value {
    json!({
        "story": matrix.story,
        "name": matrix.name,
        "accuser": matrix.claim.accuser.as_ref().map(party_json),
        "accused": matrix.claim.accused.as_ref().map(party_json),
        "first_accusation_seen": matrix.first_accusation.map(interval_json),
        "window": {"since": utc(matrix.window.0), "until": utc(matrix.window.1)},
        "outlets": matrix.outlets.0,
        "outlets_by_hand": matrix.outlets.1,
        "outlets_watched": matrix.watched,
        "independent_origins": matrix.origins,
        "articles": matrix.articles,
        "versions": matrix.versions,
        "reviewed_only": matrix.scope == Scope::Reviewed,
        "accepted": matrix.tally.accepted,
        "machine_unreviewed": matrix.tally.unreviewed,
        "rows": matrix.rows.iter().map(row_json).collect::<Vec<_>>(),
        "announced_elsewhere": matrix.announced,
        "silent": matrix.silent.iter().map(silent_json).collect::<Vec<_>>(),
        "apart": matrix.apart.iter().map(found_json).collect::<Vec<_>>(),
    })
}

/// Stands beside what a person accepted, and is explained wherever it does.
pub(super) const ACCEPTED: &str = "✓";

/// Returns how many of the statements behind a page were reviewed, and what the sign beside some of them says.
pub(super) fn tally(tally: Tally, scope: Scope) -> (String, Option<Line>) {
    let Tally { accepted, unreviewed } = tally;
    let counts = match (scope, accepted) {
        (Scope::Everything, 0) => format!("machine, unreviewed: {unreviewed}"),
        (Scope::Everything, _) => format!("machine, unreviewed: {unreviewed} · accepted by a person: {accepted}"),
        (Scope::Reviewed, _) => format!("reviewed only: {accepted} accepted by a person, {unreviewed} left out"),
    };
    let legend = match scope {
        Scope::Everything => "accepted by a person; what has no such sign is the machine's reading, unreviewed",
        Scope::Reviewed => "accepted by a person; what nobody has accepted counts as a candidate on this page",
    };
    let is_needed = accepted > 0 || scope == Scope::Reviewed;
    (counts, is_needed.then(|| Line::new(format!("{ACCEPTED} {legend}"))))
}

fn head(matrix: &Matrix, zone: &TimeZone) -> Vec<Line> {
    let (counts, legend) = tally(matrix.tally, matrix.scope);
    let first = matrix.first_accusation.map_or("none".to_owned(), |seen| interval(seen, zone));
    let by_hand = match matrix.outlets.1 {
        0 => String::new(),
        more => format!(" (and {more} by hand)"),
    };
    let accepted = if matrix.scope == Scope::Reviewed { " accepted" } else { "" };
    let mut lines = vec![
        Line::new(format!("{} ", matrix.story)).foreign(&matrix.name),
        claim_line(&matrix.claim, matrix.scope).ours(format!(" · first{accepted} accusation seen {first}")),
        Line::new(format!(
            "{} of {} outlets{by_hand} · {} · {} · {} · {counts} · times {}",
            matrix.outlets.0,
            matrix.watched,
            counted(matrix.origins, "independent origin"),
            counted(matrix.articles, "article"),
            counted(matrix.versions, "version"),
            zone_name(zone),
        )),
    ];
    lines.extend(legend);
    lines
}

/// Returns who accuses whom, as a line.
pub(super) fn claim_line(claim: &Claim, scope: Scope) -> Line {
    let nobody = if scope == Scope::Reviewed { "none accepted" } else { "nobody named" };
    let name = |line: Line, party: &Option<Party>| match party {
        Some(party) => {
            let id = party.id.as_ref().filter(|id| **id != party.name).map(|id| format!(" ({id})")).unwrap_or_default();
            line.foreign(&party.name).ours(id)
        }
        None => line.ours(nobody),
    };
    let line = name(Line::new("accuser: "), &claim.accuser).ours(" · accused: ");
    name(line, &claim.accused)
}

/// Returns a number with its noun.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn cells(row: &OutletRow, zone: &TimeZone) -> Vec<String> {
    let outlet = if row.by_hand { format!("{} (by hand)", safe(&row.outlet)) } else { safe(&row.outlet) };
    vec![
        outlet,
        safe(&row.script),
        row.country.clone(),
        interval(row.first_seen, zone),
        headline(row),
        accusation(row),
        answer(row),
        answered_after(row.answered_after),
        row.verb.as_deref().map_or("none".to_owned(), safe),
        format!("{}/{}", row.sentences.0, row.sentences.1),
        changes(row.changes),
        origin(&row.origin),
    ]
}

fn headline(row: &OutletRow) -> String {
    let mut marks: Vec<(String, bool)> = Vec::new();
    for found in &row.headline {
        let mark = match (found.mark, found.bearing) {
            (Mark::Accusation, Bearing::Counter) => "counter A".to_owned(),
            (mark, Bearing::Claim) => mark.name().to_owned(),
            (mark @ Mark::Other(_), _) => mark.name().to_owned(),
            (mark, _) => format!("other {}", mark.name()),
        };
        match marks.iter_mut().find(|(known, _)| *known == mark) {
            Some((_, accepted)) => *accepted |= found.accepted,
            None => marks.push((mark, found.accepted)),
        }
    }
    let marks: Vec<String> = marks.into_iter().map(|(mark, accepted)| mark + sign(accepted)).collect();
    match (marks.is_empty(), row.headline_waits) {
        (false, _) => marks.join(", "),
        (true, true) => why_empty(&Empty::Candidate),
        (true, false) => "none found".to_owned(),
    }
}

fn accusation(row: &OutletRow) -> String {
    match &row.accusation {
        Cell::Found(found) => format!("{} ({})", place_signed(found), row.accusations),
        Cell::FoundBefore(found, presence) => {
            format!("{} ({}{})", place_signed(found), version(row, found), now(*presence))
        }
        Cell::Empty(empty) => why_empty(empty),
    }
}

/// The version that holds a statement, with its article where the outlet has several.
fn version(row: &OutletRow, found: &Found) -> String {
    if row.articles.len() > 1 { format!("{} v{}", found.article, found.version) } else { format!("v{}", found.version) }
}

fn place(found: &Found) -> String {
    if found.paragraph == 0 { "head".to_owned() } else { format!("¶{}", found.paragraph) }
}

/// The place, with the sign of what a person accepted.
fn place_signed(found: &Found) -> String {
    place(found) + sign(found.accepted)
}

/// Returns the sign of what a person accepted.
pub(super) fn sign(accepted: bool) -> &'static str {
    if accepted { ACCEPTED } else { "" }
}

/// What became of a statement in the newest version, to stand behind a comma.
fn now(presence: Presence) -> &'static str {
    match presence {
        Presence::There => "",
        Presence::Gone => ", gone now",
        Presence::Waits => ", now unreviewed",
    }
}

fn answer(row: &OutletRow) -> String {
    let found = match &row.answer {
        Answer::Found(found) => found,
        Answer::Empty(empty) => return why_empty(empty),
    };
    let parts = found.iter().map(|(found, presence)| {
        format!("{} {} ({}{})", found.mark.name(), place_signed(found), version(row, found), now(*presence))
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn why_empty(empty: &Empty) -> String {
    match empty {
        Empty::FullText => "none in full text".to_owned(),
        Empty::Partial(_) => "text partial".to_owned(),
        Empty::Candidate => "candidate, unreviewed".to_owned(),
        Empty::Unmatched => "not matched, see apart".to_owned(),
    }
}

/// Returns when an answer came, in words.
pub(super) fn answered_after(after: AnsweredAfter) -> String {
    match after {
        AnsweredAfter::SameArticle => "same article".to_owned(),
        AnsweredAfter::Range(range) => delay(range),
        AnsweredAfter::NoAccusationSeen => "no accusation seen".to_owned(),
        AnsweredAfter::EarlierUnreviewed => "accusation before it unreviewed".to_owned(),
        AnsweredAfter::Waiting => "answer unreviewed".to_owned(),
        AnsweredAfter::Unmatched => "answer not matched".to_owned(),
        AnsweredAfter::NoAnswer => "no answer".to_owned(),
    }
}

fn changes(changes: Changes) -> String {
    let parts = [(changes.headline, "head"), (changes.body, "body")];
    let mut shown: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if changes.gone > 0 {
        shown.push(if changes.gone == 1 { "gone".to_owned() } else { format!("{} gone", changes.gone) });
    }
    if shown.is_empty() { "none seen".to_owned() } else { shown.join(", ") }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Own => "own".to_owned(),
        Origin::NoEarlierSeen => "no earlier source seen".to_owned(),
        Origin::Reprint(whose) => reprint(whose),
        Origin::OwnAndReprint(whose) => format!("own, and {}", reprint(whose)),
    }
}

fn reprint(reprint: &Reprint) -> String {
    let of = reprint.of.as_deref().map_or_else(|| reprint.article.to_string(), safe);
    let how = if reprint.order_known { "reprint of" } else { "same text as" };
    format!("{how} {of}{}", cut_note(reprint.cut))
}

/// Returns what became of the denial in a reprint, to stand behind a comma.
pub(super) fn cut_note(cut: CutNote) -> &'static str {
    match cut {
        CutNote::None => "",
        CutNote::DenialCut => ", denial cut",
        CutNote::MayPredateDenial => ", may predate the denial",
        CutNote::TextPartial => ", text partial: cannot say what was cut",
        CutNote::Waits => ", a denial waits for review: cannot say what was cut",
    }
}

/// One outlet where a table would not fit: each cell with its name.
fn block(cells: &[String], width: usize) -> String {
    let [outlet, script, country, rest @ ..] = cells else { return String::new() };
    let mut text = Line::new(format!("{outlet} · {script} · {country}")).wrapped("", width);
    for (name, cell) in HEADER[3..].iter().zip(rest) {
        text.push_str(&Line::new(format!("{name}: {cell}")).wrapped("  ", width));
    }
    text
}

fn silent(row: &SilenceRow, matrix: &Matrix, zone: &TimeZone) -> Line {
    let line = Line::new(format!("{} · {} · {} · ", row.source, row.script, row.country));
    match &row.verdict {
        Silence::NotSeen { entry_points, answered, looks, other_articles } => line.ours(format!(
            "NOT SEEN {} polled {answered}/{looks}, {}, {} - {}",
            counted(*entry_points as usize, "entry point"),
            counted(*other_articles as usize, "other article"),
            day_and_clock(matrix.window.0, zone),
            day_and_clock(matrix.window.1, zone),
        )),
        Silence::Unknown { because } => line.ours("UNKNOWN because: ").foreign(&because.join("; ")),
    }
}

/// Every statement that a row shows, once.
fn evidence(row: &OutletRow) -> Vec<&Found> {
    let mut all: Vec<&Found> = row.headline.iter().collect();
    if let Cell::Found(found) | Cell::FoundBefore(found, _) = &row.accusation {
        all.push(found);
    }
    if let Answer::Found(found) = &row.answer {
        all.extend(found.iter().map(|(found, _)| found));
    }
    let mut once: Vec<&Found> = Vec::new();
    for found in all {
        let same = |other: &&Found| {
            (other.article, other.version, other.statement) == (found.article, found.version, found.statement)
        };
        if !once.iter().any(same) {
            once.push(found);
        }
    }
    once
}

/// Returns a statement as a line: mark, who, where, sentence.
pub(super) fn statement_line(found: &Found) -> Line {
    let bearing = match found.bearing {
        Bearing::Claim => String::new(),
        other => format!(" ({})", other.name()),
    };
    let line = Line::new(format!("{}{}{bearing} · ", found.mark.name(), sign(found.accepted)));
    let line = match &found.speaker {
        Some(speaker) => line.foreign(speaker),
        None => line.ours("speaker not named"),
    };
    let source = found.source.as_ref().map_or("by hand".to_owned(), ToString::to_string);
    // The id of an earlier version's statement names the version itself.
    let version = if found.id.version.is_some() { String::new() } else { format!(" v{}", found.version) };
    line.ours(format!(" · {source} {}{version} {} · ", found.id, place(found))).foreign(&found.sentence)
}

fn proof(found: &Found) -> String {
    match &found.capture {
        Some(Capture { file, range, sha256, .. }) => {
            format!("{file} bytes {}-{} sha256 {sha256}", range.start, range.end)
        }
        None => "read from the feed's own text: no capture of a page".to_owned(),
    }
}

/// Returns a party for JSON.
pub(super) fn party_json(party: &Party) -> Value {
    json!({"id": party.id, "name": party.name})
}

/// Returns a statement with what proves it for JSON.
pub(super) fn found_json(found: &Found) -> Value {
    json!({
        "mark": found.mark.name(),
        "bearing": found.bearing.name(),
        "speaker": found.speaker,
        "speaker_id": found.speaker_id,
        "cue": found.cue,
        "source": found.source,
        "article": found.article,
        "version": found.version,
        "statement": found.statement,
        "id": found.id,
        "accepted": found.accepted,
        "note": found.note,
        "in": found.place.name(),
        "paragraph": found.paragraph,
        "sentence": found.sentence,
        "capture": found.capture.as_ref().map(capture_json),
    })
}

/// Returns where bytes are kept for JSON.
pub(super) fn capture_json(capture: &Capture) -> Value {
    json!({
        "file": capture.file,
        "bytes": [capture.range.start, capture.range.end],
        "sha256": capture.sha256,
        "url": capture.url,
        "at": utc(capture.at),
    })
}

fn row_json(row: &OutletRow) -> Value {
    json!({
        "outlet": row.outlet,
        "source": row.source,
        "by_hand": row.by_hand,
        "script": row.script,
        "country": row.country,
        "first_seen": interval_json(row.first_seen),
        "published": row.published.as_ref().map(|published| utc(published.at)),
        "published_raw": row.published.as_ref().map(|published| &published.raw),
        "published_assumed": row.published.as_ref().map(|published| published.assumed),
        "articles": row.articles,
        "versions": row.versions,
        "headline": row.headline.iter().map(found_json).collect::<Vec<_>>(),
        "headline_unreviewed": row.headline_waits,
        "accusation": match &row.accusation {
            Cell::Found(found) | Cell::FoundBefore(found, _) => found_json(found),
            Cell::Empty(_) => Value::Null,
        },
        "accusation_empty": match &row.accusation {
            Cell::Found(_) | Cell::FoundBefore(..) => Value::Null,
            Cell::Empty(empty) => empty_json(empty),
        },
        "accusation_gone": match &row.accusation {
            Cell::FoundBefore(_, Presence::Waits) => Value::Null,
            Cell::FoundBefore(..) => json!(true),
            Cell::Found(_) | Cell::Empty(_) => json!(false),
        },
        "accusations": row.accusations,
        "answers": match &row.answer {
            Answer::Found(found) => found.iter().map(answer_json).collect(),
            Answer::Empty(_) => Vec::new(),
        },
        "answers_empty": match &row.answer {
            Answer::Found(_) => Value::Null,
            Answer::Empty(empty) => empty_json(empty),
        },
        "answered_after": after_json(row.answered_after),
        "verb": row.verb,
        "sentences_accusing": row.sentences.0,
        "sentences_denying": row.sentences.1,
        "changes": {"headline": row.changes.headline, "body": row.changes.body, "gone": row.changes.gone},
        "origin": origin_json(&row.origin),
    })
}

fn answer_json((found, presence): &(Found, Presence)) -> Value {
    let mut value = found_json(found);
    value["still_there"] = presence_json(*presence);
    value
}

/// True or false, and null when something of the kind waits for a person.
fn presence_json(presence: Presence) -> Value {
    match presence {
        Presence::There => json!(true),
        Presence::Gone => json!(false),
        Presence::Waits => Value::Null,
    }
}

fn empty_json(empty: &Empty) -> Value {
    let detail = match empty {
        Empty::Partial(reason) => Some(reason),
        _ => None,
    };
    json!({"why": why_empty(empty), "detail": detail})
}

/// Returns when an answer came for JSON: seconds, as a range.
pub(super) fn after_json(after: AnsweredAfter) -> Value {
    let (at_least, at_most) = match after {
        AnsweredAfter::Range(range) => (Some(range.at_least.as_secs()), range.at_most.map(|most| most.as_secs())),
        _ => (None, None),
    };
    let kind = match after {
        AnsweredAfter::SameArticle => "same-article",
        AnsweredAfter::Range(_) => "range",
        AnsweredAfter::NoAccusationSeen => "no-accusation-seen",
        AnsweredAfter::EarlierUnreviewed => "accusation-unreviewed",
        AnsweredAfter::Waiting => "answer-unreviewed",
        AnsweredAfter::Unmatched => "answer-not-matched",
        AnsweredAfter::NoAnswer => "no-answer",
    };
    json!({"kind": kind, "seconds_at_least": at_least, "seconds_at_most": at_most})
}

fn origin_json(origin: &Origin) -> Value {
    match origin {
        Origin::Own => json!({"kind": "own"}),
        Origin::NoEarlierSeen => json!({"kind": "no-earlier-source-seen"}),
        Origin::Reprint(whose) => reprint_json("reprint", whose),
        Origin::OwnAndReprint(whose) => reprint_json("own-and-reprint", whose),
    }
}

fn reprint_json(kind: &str, reprint: &Reprint) -> Value {
    json!({
        "kind": kind,
        "of_outlet": reprint.of,
        "of_article": reprint.article,
        "order_known": reprint.order_known,
        "denial": cut_json(reprint.cut),
    })
}

/// Returns what became of the denial in a reprint for JSON.
pub(super) fn cut_json(cut: CutNote) -> Value {
    match cut {
        CutNote::None => Value::Null,
        CutNote::DenialCut => json!("cut"),
        CutNote::MayPredateDenial => json!("may-predate"),
        CutNote::TextPartial => json!("text-partial"),
        CutNote::Waits => json!("unreviewed"),
    }
}

fn silent_json(row: &SilenceRow) -> Value {
    let mut value = json!({
        "source": row.source,
        "script": row.script,
        "country": row.country,
        "first_look": row.looked.map(|(first, _)| utc(first)),
        "last_look": row.looked.map(|(_, last)| utc(last)),
    });
    match &row.verdict {
        Silence::NotSeen { entry_points, answered, looks, other_articles } => {
            value["verdict"] = json!("not-seen");
            value["entry_points"] = json!(entry_points);
            value["answered"] = json!(answered);
            value["looks"] = json!(looks);
            value["other_articles"] = json!(other_articles);
        }
        Silence::Unknown { because } => {
            value["verdict"] = json!("unknown");
            value["because"] = json!(because);
        }
    }
    value
}
