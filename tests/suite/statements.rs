//! The rules measured on the project's own labelled sentences, by script and kind, each field of a statement on its own.
//!
//! `cargo test --test suite statements -- --nocapture` prints the figures. The sentences are in `tests/fixtures/statements`, half of
//! them traps. They are written to be hard, so that they say how the rules hold where they are stretched; what real
//! news brings is told by the error rates that ship with the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use gainsay::fold;
use gainsay::lexicon::Lexicon;
use gainsay::model::{Article, Lang, Statement, StatementKind};
use gainsay::statement::{OutletContext, find};
use serde::Deserialize;

use crate::measure::{Count, Kind, alike, overlap, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    sentence: Vec<Labelled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    register: String,
    #[serde(default = "body")]
    place: String,
    #[serde(default)]
    country: Option<String>,
    text: String,
    statements: Vec<Label>,
    /// Why it is a trap.
    #[serde(default)]
    trap: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    kind: String,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    target: Option<String>,
    cue: String,
    span: String,
    #[serde(default = "asserted")]
    polarity: String,
    #[serde(default)]
    quote: Option<String>,
    #[serde(default)]
    voice: Option<String>,
    #[serde(default)]
    party: Option<String>,
    #[serde(default)]
    counter: bool,
    #[serde(default)]
    alleges: bool,
    #[serde(default)]
    background: bool,
}

fn body() -> String {
    "body".to_owned()
}

fn asserted() -> String {
    "asserted".to_owned()
}

#[derive(Deserialize)]
struct Floors {
    statements: BTreeMap<String, Floor>,
}

/// What must hold for one script.
#[derive(Deserialize)]
struct Floor {
    kind_f1: f64,
    denial_precision: f64,
    denial_recall: f64,
    speaker: f64,
    span: f64,
    target: f64,
    kept_out: f64,
    trap_share_max: f64,
}

/// All that is measured on one script.
#[derive(Default)]
struct Figures {
    kinds: BTreeMap<&'static str, Kind>,
    all: Kind,
    /// By the name of a field: how often it is as labelled, where the kind is.
    fields: BTreeMap<&'static str, Count>,
    sprung: Count,
    kept_out: Count,
}

impl Figures {
    fn add(&mut self, lexicon: &Lexicon, lang: &Lang, case: &Labelled) {
        let (title, text) = if case.place == "title" { (case.text.as_str(), "") } else { ("", case.text.as_str()) };
        let outlet = OutletContext { country: case.country.as_deref() };
        let found = find(lexicon, &Article::of_text(title, text, lang.clone()), outlet);
        let mut free: Vec<&Statement> = found.iter().filter(|statement| statement.counts()).collect();
        let counts = |label: &&Label| label.polarity == "asserted";
        if !case.statements.iter().any(|label| counts(&label)) {
            self.sprung.add(!free.is_empty());
        }
        for label in case.statements.iter().filter(|label| !counts(label)) {
            let kind = kind(label);
            let seen =
                found.iter().any(|statement| statement.kind == kind && statement.polarity.name() == label.polarity);
            self.fields.entry("polarity").or_default().add(seen);
            self.kept_out.add(!free.iter().any(|statement| statement.kind == kind));
        }
        for label in case.statements.iter().filter(counts) {
            let kind = kind(label);
            let tally = self.kinds.entry(kind.name()).or_default();
            match free.iter().position(|statement| statement.kind == kind) {
                Some(at) => {
                    tally.right += 1;
                    self.all.right += 1;
                    let statement = free.remove(at);
                    self.compare(case, label, statement);
                }
                None => {
                    tally.missed += 1;
                    self.all.missed += 1;
                }
            }
        }
        for statement in free {
            self.kinds.entry(statement.kind.name()).or_default().extra += 1;
            self.all.extra += 1;
        }
    }

    fn compare(&mut self, case: &Labelled, label: &Label, found: &Statement) {
        let mut field = |name, right| self.fields.entry(name).or_default().add(right);
        field("speaker", alike(label.speaker.as_deref(), found.speaker.as_deref()));
        let span = place_of(&case.text, &label.span);
        field("span", overlap(&span, &found.span) >= 0.5);
        let (cue, wanted) = (fold::text(&found.cue), fold::text(&label.cue));
        field("cue", cue.contains(&wanted) || wanted.contains(&cue));
        if let Some(sub) = &label.sub {
            field("sub", found.sub.as_deref() == Some(sub.as_str()));
        }
        if label.target.is_some() {
            field("target", alike(label.target.as_deref(), found.target.as_deref()));
        }
        field("quote", found.quote.name() == label.quote.as_deref().unwrap_or("indirect"));
        if let Some(voice) = &label.voice {
            field("voice", found.voice.name() == voice);
        }
        if let Some(party) = &label.party {
            field("party", found.party.is_some_and(|found| found.name().replace('_', " ") == party.replace('_', " ")));
        }
        field("counter", found.counter == label.counter);
        field("alleges", found.alleges == label.alleges);
        field("background", found.background == label.background);
    }

    fn report(&self, lang: &Lang) -> String {
        let mut out = String::new();
        let mut line = |name: &str, kind: &Kind| {
            writeln!(out, "{lang:8} {name:12} {kind}").expect("memory");
        };
        for (name, kind) in &self.kinds {
            line(name, kind);
        }
        line("all kinds", &self.all);
        let mut line = |name: &str, count: &Count| {
            writeln!(out, "{lang:8} {name:12} {}/{} = {:.3}", count.right, count.of, count.share()).expect("memory");
        };
        for (name, count) in &self.fields {
            line(name, count);
        }
        line("traps sprung", &self.sprung);
        line("kept out", &self.kept_out);
        out
    }
}

fn kind(label: &Label) -> StatementKind {
    StatementKind::from_name(&label.kind).unwrap_or_else(|| panic!("no kind is called {}", label.kind))
}

fn place_of(text: &str, part: &str) -> Range<usize> {
    let at = text.find(part).unwrap_or_else(|| panic!("`{part}` does not stand in {text}"));
    at..at + part.len()
}

#[test]
fn labelled_sentences_stay_above_their_floors() {
    let floors: Floors = table(include_str!("../floors.toml"));
    let lexicon = Lexicon::shipped();
    for (lang, fixture) in [
        (Lang::en(), include_str!("../fixtures/statements/en.toml")),
        (Lang::zh_hant(), include_str!("../fixtures/statements/zh-hant.toml")),
        (Lang::zh_hans(), include_str!("../fixtures/statements/zh-hans.toml")),
    ] {
        let fixture: Fixture = table(fixture);
        let mut figures = Figures::default();
        for case in &fixture.sentence {
            figures.add(&lexicon, &lang, case);
        }
        let report = figures.report(&lang);
        eprintln!("{report}");
        let floor = &floors.statements[lang.as_str()];
        let field = |name: &str| figures.fields.get(name).map_or(0.0, Count::share);
        let denial = &figures.kinds["deny"];
        for (what, reached, least) in [
            ("kinds", figures.all.f1(), floor.kind_f1),
            ("denial precision", denial.precision(), floor.denial_precision),
            ("denial recall", denial.recall(), floor.denial_recall),
            ("speakers", field("speaker"), floor.speaker),
            ("spans", field("span"), floor.span),
            ("targets", field("target"), floor.target),
            ("negated and hypothetical kept out", figures.kept_out.share(), floor.kept_out),
        ] {
            assert!(reached >= least, "{lang}: {what} {reached:.3} under the floor of {least}\n{report}");
        }
        let sprung = figures.sprung.share();
        assert!(sprung <= floor.trap_share_max, "{lang}: a false statement on {sprung:.3} of the traps\n{report}");
    }
}

#[test]
fn the_sentences_cover_what_the_taxonomy_names() {
    let (mut sentences, mut traps) = (0, 0);
    for fixture in [
        include_str!("../fixtures/statements/en.toml"),
        include_str!("../fixtures/statements/zh-hant.toml"),
        include_str!("../fixtures/statements/zh-hans.toml"),
    ] {
        let fixture: Fixture = table(fixture);
        let own = fixture.sentence.len();
        assert!(own >= 200, "{own} sentences are too few for a script");
        let mut registers: Vec<&str> = fixture.sentence.iter().map(|case| case.register.as_str()).collect();
        registers.sort_unstable();
        registers.dedup();
        assert!(registers.len() >= 6, "only the registers {registers:?}");
        for kind in StatementKind::ALL {
            let of_kind = |case: &Labelled| case.statements.iter().any(|label| label.kind == kind.name());
            assert!(fixture.sentence.iter().filter(|case| of_kind(case)).count() >= 3, "hardly any {}", kind.name());
        }
        let is_trap = |case: &&Labelled| case.statements.iter().all(|label| label.polarity != "asserted");
        let own_traps = fixture.sentence.iter().filter(is_trap).count();
        let unexplained = fixture.sentence.iter().filter(is_trap).find(|case| case.trap.is_none());
        assert!(unexplained.is_none(), "a trap says why it is one: {}", unexplained.map_or("", |case| &case.text));
        (sentences, traps) = (sentences + own, traps + own_traps);
    }
    assert!(sentences >= 600 && traps * 2 >= sentences * 9 / 10, "{sentences} sentences, {traps} of them traps");
}
