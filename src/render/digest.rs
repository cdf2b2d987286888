//! The digest as text, Markdown and JSON: the same sections in the same order.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::changes::{change_json, change_line};
use super::line::Line;
use super::matrix::{
    after_json, answered_after, claim_line, counted, cut_json, cut_note, found_json, party_json, statement_line, tally,
};
use super::time::{full, interval, interval_json, utc, zone_name};
use crate::model::{Finding, ReprintKind};
use crate::report::{
    Claim, Digest, NewAccusation, NewDenial, OpenAccusation, OutletNumbers, ReprintLine, Scope, SourceHealth, TopStory,
};

struct Section {
    title: &'static str,
    lines: Vec<Line>,
    /// What stands there when nothing does.
    none: &'static str,
}

/// Returns the digest for a terminal; times are in `zone`, which is named.
pub fn digest_text(digest: &Digest, width: usize, zone: &TimeZone) -> String {
    let mut text = title(digest, zone).wrapped("", width);
    text.extend(coverage(digest).iter().map(|line| line.wrapped("", width)));
    for section in sections(digest, zone) {
        text.push_str(&format!("\n{}\n", section.title));
        for line in section.shown() {
            text.push_str(&line.wrapped("  ", width));
        }
    }
    text.push_str("\nReproduce:\n");
    text.push_str(&Line::default().foreign(&digest.command).wrapped("  ", width));
    text
}

/// Returns the digest as Markdown, in which no foreign text can become markup.
pub fn digest_markdown(digest: &Digest, zone: &TimeZone) -> String {
    let mut text = format!("# {}\n\n", title(digest, zone).markdown());
    text.extend(coverage(digest).iter().map(|line| format!("{}\n\n", line.markdown())));
    for section in sections(digest, zone) {
        text.push_str(&format!("## {}\n\n", section.title));
        text.extend(section.shown().iter().map(|line| format!("- {}\n", line.markdown())));
        text.push('\n');
    }
    text.push_str(&format!("Reproduce: {}\n", super::escape_markdown(&digest.command)));
    text
}

/// Returns the digest as one JSON document.
pub fn digest_json(digest: &Digest) -> Value {
    let coverage = &digest.coverage;
    json!({
        "window": {"since": utc(digest.window.0), "until": utc(digest.window.1)},
        "coverage": {
            "polled": coverage.polled,
            "not_polled": coverage.not_polled,
            "looks": coverage.looks,
            "failed": coverage.failed,
            "outcomes": coverage.outcomes.iter()
                .map(|count| json!({"kind": count.kind.name(), "count": count.count})).collect::<Vec<_>>(),
        },
        "reviewed_only": digest.scope == Scope::Reviewed,
        "accepted": digest.tally.accepted,
        "machine_unreviewed": digest.tally.unreviewed,
        "top": digest.top.iter().map(top_json).collect::<Vec<_>>(),
        "accusations": digest.accusations.iter().map(accusation_json).collect::<Vec<_>>(),
        "denials": digest.denials.iter().map(denial_json).collect::<Vec<_>>(),
        "open": digest.open.iter().map(open_json).collect::<Vec<_>>(),
        "changed": digest.changed.iter().map(change_json).collect::<Vec<_>>(),
        "reprints": digest.reprints.iter().map(reprint_json).collect::<Vec<_>>(),
        "numbers": digest.numbers.iter().map(numbers_json).collect::<Vec<_>>(),
        "health": digest.health.iter().map(health_json).collect::<Vec<_>>(),
        "error_rates": digest.error_rates.as_ref().map(super::error_rates_json),
        "command": digest.command,
    })
}

impl Section {
    fn shown(self) -> Vec<Line> {
        if self.lines.is_empty() { vec![Line::new(self.none)] } else { self.lines }
    }
}

fn title(digest: &Digest, zone: &TimeZone) -> Line {
    let (since, until) = digest.window;
    Line::new(format!("Digest {} - {} · times {}", full(since, zone), full(until, zone), zone_name(zone)))
}

fn coverage(digest: &Digest) -> Vec<Line> {
    let coverage = &digest.coverage;
    let watched = coverage.polled + coverage.not_polled.len();
    let outcomes: Vec<String> =
        coverage.outcomes.iter().map(|count| format!("{} {}", count.count, count.kind.name())).collect();
    let outcomes = if outcomes.is_empty() { "none ended".to_owned() } else { outcomes.join(", ") };
    let mut lines = vec![Line::new(format!(
        "Coverage: {} of {} polled, {}, {} failed · pages: {outcomes}",
        coverage.polled,
        counted(watched, "source"),
        counted(coverage.looks as usize, "look"),
        coverage.failed,
    ))];
    if !coverage.not_polled.is_empty() {
        let names: Vec<&str> = coverage.not_polled.iter().map(|source| source.as_str()).collect();
        lines.push(Line::new(format!("Not polled: {}", names.join(", "))));
    }
    let (counts, legend) = tally(digest.tally, digest.scope);
    lines.push(Line::new(format!("Statements of these stories: {counts}")));
    lines.extend(legend);
    lines
}

fn sections(digest: &Digest, zone: &TimeZone) -> Vec<Section> {
    let section = |title, none, lines: Vec<Line>| Section { title, lines, none };
    let rates = match &digest.error_rates {
        Some(rates) => super::error_rate_lines(rates).into_iter().map(Line::new).collect(),
        None => vec![Line::new("not measured: read every automatic line as unchecked")],
    };
    vec![
        section(
            "Top stories",
            "none in this window",
            digest.top.iter().map(|top| top_line(top, digest.scope)).collect(),
        ),
        section(
            "New accusations",
            "none found in this window",
            digest.accusations.iter().map(|new| accusation_line(new, zone)).collect(),
        ),
        section(
            "New denials and other answers",
            "none found in this window",
            digest.denials.iter().map(|new| denial_line(new, zone)).collect(),
        ),
        section(
            "Open accusations",
            "none without an answer",
            digest.open.iter().map(|open| open_line(open, zone, digest.scope)).collect(),
        ),
        section(
            "Changed or gone",
            "nothing seen",
            digest.changed.iter().map(|change| change_line(change, zone)).collect(),
        ),
        section("Reprints", "none found in this window", digest.reprints.iter().map(reprint_line).collect()),
        section("Numbers", "no on-topic article in this window", digest.numbers.iter().map(numbers_line).collect()),
        section(
            "Source health",
            "nothing to report",
            digest
                .health
                .iter()
                .map(|health| Line::new(format!("{}: ", health.source)).foreign(&health.problems.join("; ")))
                .collect(),
        ),
        section("How far to trust the rules", "", rates),
    ]
}

fn top_line(top: &TopStory, scope: Scope) -> Line {
    let counts = format!(" · {}, {} · ", counted(top.outlets, "outlet"), counted(top.articles, "article"));
    let line = Line::new(format!("{} ", top.story)).foreign(&top.name).ours(counts);
    line.then(claim_line(&top.claim, scope))
}

fn accusation_line(new: &NewAccusation, zone: &TimeZone) -> Line {
    Line::new(format!("{} · seen {} · ", new.story, interval(new.seen, zone))).then(statement_line(&new.found))
}

fn denial_line(new: &NewDenial, zone: &TimeZone) -> Line {
    let head = format!("{} · seen {} · after: {} · ", new.story, interval(new.seen, zone), answered_after(new.after));
    Line::new(head).then(statement_line(&new.found))
}

fn open_line(open: &OpenAccusation, zone: &TimeZone, scope: Scope) -> Line {
    Line::new(format!("{} ", open.story))
        .foreign(&open.name)
        .ours(format!(" · since {} · {} · ", interval(open.since, zone), counted(open.outlets, "outlet")))
        .then(claim_line(&open.claim, scope))
        .ours(match (open.waiting, open.unmatched) {
            (0, 0) => " · no answer seen in any watched outlet".to_owned(),
            (0, apart) => format!(" · no answer matched, but {} not matched to it", counted(apart, "denial")),
            (more, _) => format!(" · no answer but {} that may be one", counted(more, "unreviewed statement")),
        })
}

fn reprint_line(reprint: &ReprintLine) -> Line {
    let how = match (reprint.kind, reprint.reprint.order_known) {
        (ReprintKind::Copy, true) => "a copy of",
        (ReprintKind::CutCopy, true) => "a shortened copy of",
        (ReprintKind::Copy, false) => "the same text as",
        (ReprintKind::CutCopy, false) => "parts of the same text as",
    };
    let of = reprint.reprint.of.as_deref().unwrap_or("an article that is not here");
    Line::new(format!("{} · ", reprint.story))
        .foreign(&reprint.outlet)
        .ours(format!(" {}: {how} ", reprint.article))
        .foreign(of)
        .ours(format!("{} · ", cut_note(reprint.reprint.cut)))
        .foreign(&reprint.title)
}

fn numbers_line(numbers: &OutletNumbers) -> Line {
    let past = match numbers.before {
        Some((articles, days)) => format!("{articles} in the {days} days before"),
        None => "no 28-day history yet".to_owned(),
    };
    Line::new(format!("{}: {} · {past}", numbers.source, counted(numbers.now, "article")))
}

fn claim_json(claim: &Claim) -> (Value, Value) {
    let json = |party: &Option<_>| party.as_ref().map_or(Value::Null, party_json);
    (json(&claim.accuser), json(&claim.accused))
}

fn top_json(top: &TopStory) -> Value {
    let (accuser, accused) = claim_json(&top.claim);
    json!({
        "story": top.story, "name": top.name, "accuser": accuser, "accused": accused,
        "outlets": top.outlets, "articles": top.articles,
    })
}

fn accusation_json(new: &NewAccusation) -> Value {
    json!({
        "story": new.story, "outlet": new.outlet, "seen": interval_json(new.seen), "statement": found_json(&new.found),
    })
}

fn denial_json(new: &NewDenial) -> Value {
    json!({
        "story": new.story, "outlet": new.outlet, "seen": interval_json(new.seen), "after": after_json(new.after),
        "statement": found_json(&new.found),
    })
}

fn open_json(open: &OpenAccusation) -> Value {
    let (accuser, accused) = claim_json(&open.claim);
    json!({
        "story": open.story, "name": open.name, "accuser": accuser, "accused": accused,
        "since": interval_json(open.since), "outlets": open.outlets,
        "unreviewed_answers": open.waiting, "unmatched_denials": open.unmatched,
    })
}

fn reprint_json(reprint: &ReprintLine) -> Value {
    json!({
        "story": reprint.story, "outlet": reprint.outlet, "article": reprint.article, "title": reprint.title,
        "kind": reprint.kind.name(), "of_outlet": reprint.reprint.of, "order_known": reprint.reprint.order_known,
        "denial": cut_json(reprint.reprint.cut),
    })
}

fn health_json(health: &SourceHealth) -> Value {
    let findings: Vec<Value> = health.findings.iter().map(finding_json).collect();
    json!({"source": health.source, "problems": health.problems, "findings": findings})
}

/// Returns one thing that is wrong with a source as JSON.
pub fn finding_json(finding: &Finding) -> Value {
    json!({"entry_point": finding.entry_point, "kind": finding.kind.name(), "says": finding.says})
}

fn numbers_json(numbers: &OutletNumbers) -> Value {
    json!({
        "source": numbers.source, "articles": numbers.now,
        "articles_before": numbers.before.map(|(articles, _)| articles), "days_before": numbers.before.map(|(_, days)| days),
    })
}
