//! How pages ended: what could have been missed, and why.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::matrix::counted;
use super::time::{day_and_clock, utc, zone_name};
use crate::report::OutcomeLine;

/// Returns outcomes for a terminal: counts by reason, then each page; times are in `zone`, which is named.
pub fn outcomes_text(outcomes: &[OutcomeLine], width: usize, zone: &TimeZone) -> String {
    if outcomes.is_empty() {
        return "no page\n".to_owned();
    }
    let counts: Vec<String> =
        counts(outcomes).into_iter().map(|((kind, reason), count)| format!("{count} {kind} ({reason})")).collect();
    let head = format!("{} · times {} · ", counted(outcomes.len(), "page"), zone_name(zone));
    let mut text = Line::new(head).foreign(&counts.join(", ")).wrapped("", width);
    for outcome in outcomes {
        let source = outcome.source.as_ref().map_or("by hand".to_owned(), ToString::to_string);
        let title = if outcome.title.trim().is_empty() { "(no headline)" } else { &outcome.title };
        let line = Line::new(format!("{} · {source} · {} · ", day_and_clock(outcome.at, zone), outcome.kind));
        let line = line.foreign(&outcome.reason).ours(": ").foreign(&outcome.message).ours(" · ").foreign(title);
        text.push_str(&line.wrapped("", width));
        if let Some(url) = &outcome.url {
            text.push_str(&Line::new("  ").foreign(url).wrapped("", width));
        }
    }
    text
}

/// Returns outcomes as one JSON document.
pub fn outcomes_json(outcomes: &[OutcomeLine]) -> Value {
    let count =
        |((kind, reason), count): ((&str, &str), usize)| json!({"kind": kind, "reason": reason, "count": count});
    json!({
        "counts": counts(outcomes).into_iter().map(count).collect::<Vec<_>>(),
        "outcomes": outcomes.iter().map(outcome_json).collect::<Vec<_>>(),
    })
}

fn counts(outcomes: &[OutcomeLine]) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry((outcome.kind.name(), outcome.reason.as_str())).or_insert(0) += 1;
    }
    counts
}

fn outcome_json(outcome: &OutcomeLine) -> Value {
    json!({
        "source": outcome.source, "title": outcome.title, "url": outcome.url, "kind": outcome.kind.name(),
        "reason": outcome.reason, "message": outcome.message, "at": utc(outcome.at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OutcomeKind, SourceId};

    #[test]
    fn pages_are_counted_by_reason_and_listed() {
        let line = |reason: &str, title: &str, url: Option<&str>| OutcomeLine {
            source: Some(SourceId::new("port-zh").expect("an id")),
            title: title.to_owned(),
            url: url.map(str::to_owned),
            kind: OutcomeKind::Unread,
            reason: reason.to_owned(),
            message: "the site said no".to_owned(),
            at: "2026-03-02T09:12:00Z".parse().expect("a time"),
        };
        let outcomes = [line("status-403", "港口消息", Some("https://port.example/1")), line("status-403", "", None)];
        let expected = "\
2 pages · times UTC · 2 unread (status-403)
2 Mar 09:12 · port-zh · unread · status-403: the site said no · 港口消息
  https://port.example/1
2 Mar 09:12 · port-zh · unread · status-403: the site said no · (no headline)
";
        assert_eq!(outcomes_text(&outcomes, 100, &TimeZone::UTC), expected);
    }
}
