//! Quality over labelled real news and pages, where they are at hand: `GAINSAY_KITS` names their folder.
//!
//! The texts belong to their publishers, so that the kits are no part of the project; without them this says that it was
//! skipped. The floors are in `tests/floors.toml`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

use crate::world::program;

#[derive(Deserialize)]
struct Floors {
    text: Text,
    stories: Stories,
    extraction: Extraction,
}

#[derive(Deserialize)]
struct Text {
    language_accuracy: f64,
    relevance_f1: f64,
    relevance_f1_worst_script: f64,
    statement_f1: f64,
    statement_f1_worst_script: f64,
    denial_precision: f64,
    denial_recall: f64,
    speaker_accuracy: f64,
    hard_negative_share_max: f64,
}

#[derive(Deserialize)]
struct Stories {
    bcubed_f1: f64,
    pair_precision: f64,
}

#[derive(Deserialize)]
struct Extraction {
    f1: f64,
}

fn floors() -> Floors {
    toml::from_str(include_str!("../floors.toml")).expect("the floors read")
}

/// Returns the folder of a kit, or says that its check is skipped.
fn kit(name: &str) -> Option<PathBuf> {
    let found = std::env::var_os("GAINSAY_KITS").map(|kits| Path::new(&kits).join(name)).filter(|kit| kit.is_dir());
    if found.is_none() {
        eprintln!("skipped: the kit `{name}` is not at hand (GAINSAY_KITS)");
    }
    found
}

/// Runs `script inputs | gainsay try STAGE --jsonl` and returns what the scorer says of it.
fn scored(kit: &Path, inputs: &[&str], stage: &str, score: impl Fn(&Path) -> Command) -> String {
    let dir = TempDir::new().expect("a temporary folder");
    let file = |name: &str| File::create(dir.path().join(name)).expect("a file");
    let made = Command::new("python3").args(inputs).current_dir(kit).stdout(file("in")).status();
    assert!(made.expect("python3 runs").success(), "the kit makes its inputs");
    let tried = program()
        .args(["try", stage, "--jsonl"])
        .stdin(Stdio::from(File::open(dir.path().join("in")).expect("a file")))
        .stdout(file("out"))
        .status();
    assert!(tried.expect("the program runs").success());
    let scored = score(dir.path()).current_dir(kit).output().expect("python3 runs");
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    String::from_utf8_lossy(&scored.stdout).into_owned()
}

/// Returns the number that stands behind a label in the line that begins so.
#[track_caller]
fn figure(report: &str, line: &str, label: &str) -> f64 {
    let found = report
        .lines()
        .find(|candidate| candidate.starts_with(line))
        .unwrap_or_else(|| panic!("no {line} in\n{report}"));
    let rest = &found[found.rfind(label).unwrap_or_else(|| panic!("no {label} in {found}")) + label.len()..];
    let number: String = rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.parse().unwrap_or_else(|_| panic!("no number behind {label} in {found}"))
}

#[track_caller]
fn at_least(what: &str, reached: f64, floor: f64) {
    assert!(reached >= floor, "{what} is {reached}, under its floor of {floor}");
}

#[test]
fn texts_stay_above_their_floors() {
    let Some(kit) = kit("text") else { return };
    let floors = floors().text;
    let report = scored(&kit, &["score.py", "inputs"], "text", |dir| {
        let mut command = Command::new("python3");
        command.args(["score.py", "text"]).arg(dir.join("out"));
        command
    });
    at_least("language accuracy", figure(&report, "language accuracy", "="), floors.language_accuracy);
    at_least("relevance", figure(&report, "relevance all", "F1"), floors.relevance_f1);
    at_least("statements", figure(&report, "statement all", "F1"), floors.statement_f1);
    at_least("denial precision", figure(&report, "statement denial", "P"), floors.denial_precision);
    at_least("denial recall", figure(&report, "statement denial", "R"), floors.denial_recall);
    at_least("speakers", figure(&report, "speaker on matched kinds", "="), floors.speaker_accuracy);
    for script in ["en", "zh-Hans", "zh-Hant"] {
        at_least(script, figure(&report, &format!("relevance {script} "), "F1"), floors.relevance_f1_worst_script);
        at_least(script, figure(&report, &format!("statement in {script} "), "F1"), floors.statement_f1_worst_script);
    }
    let share = figure(&report, "hard negatives", "=");
    assert!(share <= floors.hard_negative_share_max, "a false statement on {share} of the hard negatives");
}

#[test]
fn stories_stay_above_their_floors() {
    let Some(kit) = kit("text") else { return };
    let floors = floors().stories;
    let report = scored(&kit, &["score.py", "story-inputs"], "stories", |dir| {
        let mut command = Command::new("python3");
        command.args(["score.py", "stories"]).arg(dir.join("out"));
        command
    });
    let all = report.lines().find(|line| line.starts_with("stories:")).expect("a line for all");
    let (clusters, pairs) = all.split_once("; pairs").expect("two figures");
    at_least("BCubed", figure(clusters, "stories:", "F1"), floors.bcubed_f1);
    at_least("pairs", figure(pairs, "", "P"), floors.pair_precision);
}

#[test]
fn extraction_stays_above_its_floor() {
    let Some(kit) = kit("extraction") else { return };
    let report = scored(&kit, &["inputs.py"], "page", |dir| {
        let (out, prediction) = (dir.join("out"), dir.join("pred.json"));
        let made = Command::new("python3")
            .arg("inputs.py")
            .arg(&out)
            .current_dir(&kit)
            .stdout(File::create(&prediction).expect("a file"))
            .status();
        assert!(made.expect("python3 runs").success());
        let mut command = Command::new("python3");
        command.args(["score.py", "ground-truth.json"]).arg(prediction).args(["--bootstrap", "0"]);
        command
    });
    at_least("extraction", figure(&report, "pred", "98 "), floors().extraction.f1);
}

#[test]
fn figures_are_read_from_reports() {
    let report = "language accuracy            255/256 = 0.996\nstatement denial P 0.938  R 0.875  F1 0.903  (tp 1)\n";
    assert!((figure(report, "language accuracy", "=") - 0.996).abs() < 1e-9);
    assert!((figure(report, "statement denial", "F1") - 0.903).abs() < 1e-9);
    assert!((figure(report, "statement denial", " R") - 0.875).abs() < 1e-9);
}
