//! What changed in articles between two looks.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::line::Line;
use super::time::{interval, interval_json, zone_name};
use crate::model::{Change, ChangeKind};

/// A body is not printed twice in a list; `diff` shows all of it.
const EXCERPT: usize = 120;

/// Returns changes for a terminal, in the order given; times are in `zone`, which is named.
pub fn changes_text(changes: &[Change], width: usize, zone: &TimeZone) -> String {
    if changes.is_empty() {
        return "no change seen\n".to_owned();
    }
    let head = Line::new(format!("{} · times {}", super::matrix::counted(changes.len(), "change"), zone_name(zone)));
    let lines = changes.iter().map(|change| change_line(change, zone).wrapped("", width));
    std::iter::once(head.wrapped("", width)).chain(lines).collect()
}

/// Returns changes as one JSON document.
pub fn changes_json(changes: &[Change]) -> Value {
    json!({"changes": changes.iter().map(change_json).collect::<Vec<_>>()})
}

/// Returns one change as a line.
pub(super) fn change_line(change: &Change, zone: &TimeZone) -> Line {
    let source = change.source.as_ref().map_or("by hand".to_owned(), ToString::to_string);
    let line =
        Line::new(format!("{} · {source} {} · {} · ", interval(change.seen, zone), change.article, change.kind.name()));
    match change.kind {
        ChangeKind::Gone => line.foreign(&excerpt(&change.before)).ours(" · now: ").foreign(&excerpt(&change.after)),
        ChangeKind::Headline => line.ours("was: ").foreign(&change.before).ours(" · is: ").foreign(&change.after),
        ChangeKind::Body => {
            let (before, after) = from_first_difference(&change.before, &change.after);
            line.ours("was: ").foreign(&excerpt(before)).ours(" · is: ").foreign(&excerpt(after))
        }
    }
}

/// Returns one change for JSON.
pub(super) fn change_json(change: &Change) -> Value {
    json!({
        "article": change.article, "source": change.source, "kind": change.kind.name(), "before": change.before,
        "after": change.after, "seen": interval_json(change.seen),
    })
}

/// Cuts what two texts begin with in common, whole paragraphs only, so that an excerpt shows the change.
fn from_first_difference<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str) {
    let mut at = 0;
    for (old, new) in before.split_inclusive('\n').zip(after.split_inclusive('\n')) {
        if old != new {
            break;
        }
        at += old.len();
    }
    (&before[at..], &after[at..])
}

fn excerpt(text: &str) -> String {
    let mut rest = text.chars();
    let head: String = rest.by_ref().take(EXCERPT).collect();
    match (text.is_empty(), rest.next()) {
        (true, _) => "(nothing)".to_owned(),
        (false, Some(_)) => head + "…",
        (false, None) => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, SeenInterval, SourceId};

    fn change(kind: ChangeKind, before: &str, after: &str) -> Change {
        let at = |text: &str| format!("2026-03-02T{text}:00Z").parse().expect("a time");
        Change {
            article: ArticleId(7),
            source: Some(SourceId::new("port-zh").expect("an id")),
            kind,
            before: before.to_owned(),
            after: after.to_owned(),
            seen: SeenInterval { after: Some(at("09:00")), by: at("10:00") },
        }
    }

    #[test]
    fn changes_are_shown_from_where_they_differ() {
        let changes = [
            change(ChangeKind::Headline, "甲部斥捏造", "甲部否認"),
            change(ChangeKind::Body, "Same.\nOld line.", "Same.\nNew line.\u{1b}[2J"),
            change(ChangeKind::Gone, "甲部否認", "404"),
        ];
        let expected = "\
3 changes · times UTC
2 Mar 09:00-10:00 · port-zh a-7 · headline · was: 甲部斥捏造 · is: 甲部否認
2 Mar 09:00-10:00 · port-zh a-7 · body · was: Old line. · is: New line.\u{fffd}
2 Mar 09:00-10:00 · port-zh a-7 · gone · 甲部否認 · now: 404
";
        assert_eq!(changes_text(&changes, 100, &TimeZone::UTC), expected);
        assert_eq!(changes_text(&[], 100, &TimeZone::UTC), "no change seen\n");
    }
}
