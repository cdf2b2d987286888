//! How far the rules can be trusted, in the words that stand under a page of their readings.

use serde_json::{Value, json};

use super::wrap;
use crate::model::{ErrorRate, ErrorRates};

/// Returns one line a script, and one that says what was counted and when.
pub fn error_rate_lines(rates: &ErrorRates) -> Vec<String> {
    let mut scripts: Vec<&str> = rates.rates.iter().map(|rate| rate.script.as_str()).collect();
    scripts.dedup();
    let of = |script: &str| -> String {
        let kinds = rates.rates.iter().filter(|rate| rate.script == script).filter(|rate| is_shown(rate)).map(told);
        format!("{script}: {}", kinds.collect::<Vec<_>>().join(" · "))
    };
    let mut lines: Vec<String> = scripts.into_iter().map(of).collect();
    lines.push(format!(
        "counted {} on {}; the rules were tuned on them too: expect more errors elsewhere",
        rates.measured, rates.on
    ));
    lines
}

/// Returns the lines for a page of that width.
pub fn error_rates_text(rates: &ErrorRates, width: usize) -> String {
    let mut out = "\nHow far to trust the rules (found and right of all found; found of all there)\n".to_owned();
    for line in error_rate_lines(rates) {
        for part in wrap(&line, width.saturating_sub(2).max(20)) {
            out.push_str("  ");
            out.push_str(&part);
            out.push('\n');
        }
    }
    out
}

/// Returns all that was counted: `precision` and `recall` from 0 to 1, null where nothing was found or there.
pub fn error_rates_json(rates: &ErrorRates) -> Value {
    let rate = |rate: &ErrorRate| {
        json!({
            "script": rate.script,
            "kind": rate.kind,
            "precision": rate.precision().map(rounded),
            "recall": rate.recall().map(rounded),
            "right": rate.right,
            "false": rate.wrong,
            "missed": rate.missed,
        })
    };
    json!({
        "measured": rates.measured,
        "on": rates.on,
        "rates": rates.rates.iter().map(rate).collect::<Vec<_>>(),
    })
}

/// The kinds that a page is read for; the others stand in the JSON.
fn is_shown(rate: &ErrorRate) -> bool {
    matches!(rate.kind.as_str(), "denial" | "accusation" | "no-comment")
}

fn told(rate: &ErrorRate) -> String {
    let share = |share: Option<f64>, of: u32| share.map_or("none".to_owned(), |share| format!("{share:.2} of {of}"));
    let precision = share(rate.precision(), rate.right + rate.wrong);
    let recall = share(rate.recall(), rate.right + rate.missed);
    format!("{} {precision} found right, {recall} there found", rate.kind)
}

fn rounded(share: f64) -> f64 {
    (share * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_with_its_counts() {
        let rate = |kind: &str, right, wrong, missed| ErrorRate {
            script: "zh-Hant".to_owned(),
            kind: kind.to_owned(),
            right,
            wrong,
            missed,
        };
        let rates = ErrorRates {
            measured: "2026-11-25".to_owned(),
            on: "9 texts".to_owned(),
            rates: vec![rate("denial", 3, 1, 2), rate("confirmation", 1, 1, 1), rate("no-comment", 0, 0, 0)],
        };
        assert_eq!(
            error_rate_lines(&rates),
            [
                "zh-Hant: denial 0.75 of 4 found right, 0.60 of 5 there found · no-comment none found right, none there found",
                "counted 2026-11-25 on 9 texts; the rules were tuned on them too: expect more errors elsewhere",
            ]
        );
        let json = error_rates_json(&rates);
        assert_eq!(json["rates"][1]["precision"], 0.5);
        assert_eq!(json["rates"][2]["recall"], Value::Null);
        assert!(error_rates_text(&rates, 60).lines().all(|line| crate::render::display_width(line) <= 80));
    }
}
