//! A person's judgement: `review`, `accept`, `reject`, `note`, and pages of what was reviewed alone.

use serde_json::Value;

use crate::world::{DATE, ON_TOPIC, World, page, rss, watched};

/// The sentence of the only denial in the article of `watched`.
const DENIAL: &str = ON_TOPIC.1[2];

/// Returns the statements of an article as `show --json` gives them.
fn statements(world: &World, article: &str) -> Vec<Value> {
    let shown = world.run(&["show", article, "--json"]).exits(0).json();
    shown["statements"].as_array().expect("a list").clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Returns the id of the first statement of a kind.
fn id_of(world: &World, kind: &str) -> String {
    let found = statements(world, "a-1").into_iter().find(|statement| statement["kind"] == kind);
    text(&found.unwrap_or_else(|| panic!("a-1 has no {kind}"))["id"])
}

/// Returns the answers that the matrix shows for the only outlet.
fn answers(world: &World, more: &[&str]) -> (usize, String) {
    let matrix = world.run(&[&["compare", "s-1", "--json"], more].concat()).exits(0).json();
    let row = &matrix["rows"][0];
    (
        row["answers"].as_array().expect("a list").len(),
        row["answers_empty"]["why"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn what_a_person_accepts_is_marked_and_kept() {
    let world = watched();
    let denial = id_of(&world, "deny");
    let accepted = world.run(&["accept", &denial]).exits(0);
    assert!(accepted.out.starts_with(&format!("accepted {denial} deny")), "{}", accepted.out);
    assert!(accepted.out.contains("\"The accusation is pure fabrication,\""), "{}", accepted.out);
    let again = world.run(&["accept", &denial]).exits(0);
    assert!(again.out.starts_with(&format!("no change, accepted: {denial} deny")), "{}", again.out);
    let shown = world.run(&["show", "a-1", "--statements"]).exits(0);
    assert!(shown.out.contains("accepted by a person"), "{}", shown.out);
    let compared = world.run(&["compare", "s-1"]).exits(0);
    assert!(compared.out.contains(" · accepted by a person: 1"), "{}", compared.out);
    assert!(compared.out.contains("D ¶3✓") && compared.out.contains("✓ accepted by a person"), "{}", compared.out);
    world.run(&["doctor"]).exits(0);
}

#[test]
fn what_a_person_rejects_is_in_no_page_but_its_own() {
    let world = watched();
    world.run(&["search", "kind:deny"]).exits(0);
    let before = world.run(&["compare", "s-1", "--json"]).exits(0).json();
    assert!(answers(&world, &[]).0 > 0);
    let denials: Vec<String> = statements(&world, "a-1")
        .into_iter()
        .filter(|statement| ["deny", "protest", "no_comment"].contains(&statement["kind"].as_str().unwrap_or_default()))
        .map(|statement| text(&statement["id"]))
        .collect();
    let ids: Vec<&str> = denials.iter().map(String::as_str).collect();
    world.run(&[&["reject"], ids.as_slice()].concat()).exits(0);
    assert_eq!(answers(&world, &[]), (0, "none in full text".to_owned()));
    world.run(&["search", "kind:deny"]).exits(1);
    let after = world.run(&["compare", "s-1", "--json"]).exits(0).json();
    let unreviewed = |matrix: &Value| matrix["machine_unreviewed"].as_u64().expect("a number");
    assert_eq!(unreviewed(&after) + ids.len() as u64, unreviewed(&before));
    let shown = world.run(&["show", "a-1", "--statements"]).exits(0);
    assert!(shown.out.contains("rejected by a person"), "{}", shown.out);
    world.run(&[&["reject", "--undo"], ids.as_slice()].concat()).exits(0);
    world.run(&["search", "kind:deny"]).exits(0);
    assert_eq!(world.run(&["compare", "s-1", "--json"]).exits(0).json()["rows"], before["rows"]);
}

#[test]
fn a_search_for_who_denied_shows_the_denial() {
    let world = watched();
    let denial = id_of(&world, "deny");
    let found = world.run(&["search", "speaker:CN kind:deny", "--explain"]).exits(0);
    assert!(found.out.contains(&format!(" · {denial} deny\n")), "{}", found.out);
    assert!(found.out.contains("pure fabrication"), "{}", found.out);
    assert!(found.err.contains("of one statement: speaker:CN AND kind:deny"), "{}", found.err);
    let json = world.run(&["search", "speaker:CN kind:deny", "--json"]).exits(0).json();
    assert_eq!(json["hits"][0]["statement"], denial.as_str(), "{json:#}");
    let accusation = id_of(&world, "accuse");
    let accuser = statements(&world, "a-1").into_iter().find(|statement| statement["id"] == accusation.as_str());
    let accuser = text(&accuser.expect("it was found above")["speaker"]);
    world.run(&["search", &format!("speaker:\"{accuser}\" kind:accuse")]).exits(0);
    world.run(&["search", &format!("speaker:\"{accuser}\" kind:deny")]).exits(1);
}

#[test]
fn pages_can_be_limited_to_what_was_accepted() {
    let world = watched();
    let denial = id_of(&world, "deny");
    assert_eq!(answers(&world, &["--reviewed"]), (0, "candidate, unreviewed".to_owned()));
    let digest = world.run(&["digest", "--since", "24h", "--reviewed"]).exits(0);
    assert!(digest.out.contains("reviewed only: 0 accepted by a person"), "{}", digest.out);
    assert!(digest.out.contains("--reviewed"), "the command makes the same page again: {}", digest.out);
    let none = world.run(&["show", "a-1", "--reviewed"]).exits(0);
    assert!(none.out.ends_with("no statement accepted\n"), "{}", none.out);
    assert!(world.run(&["story", "show", "s-1", "--reviewed"]).exits(0).out.contains("accuser: none accepted"));

    let accusation = id_of(&world, "accuse");
    world.run(&["accept", &accusation, &denial]).exits(0);
    assert_eq!(answers(&world, &["--reviewed"]).0, 1);
    let digest = world.run(&["digest", "--since", "24h", "--reviewed", "-o", "json"]).exits(0).json();
    assert_eq!(digest["accepted"], 2, "{digest:#}");
    assert_eq!(digest["denials"].as_array().map(Vec::len), Some(1), "{digest:#}");
    assert_eq!(digest["denials"][0]["statement"]["id"], denial.as_str());
    let shown = world.run(&["show", "a-1", "--reviewed", "--json"]).exits(0).json();
    assert_eq!(shown["statements"].as_array().map(Vec::len), Some(2), "{shown:#}");
    assert!(!world.run(&["story", "show", "s-1", "--reviewed"]).exits(0).out.contains("none accepted"));
}

#[test]
fn a_judgement_outlives_a_second_version() {
    let longer: Vec<&str> =
        std::iter::once("The ferry ran late on Thursday.").chain(ON_TOPIC.1.iter().copied()).collect();
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page_from(2, "/a", page(ON_TOPIC.0, &longer))
        .start();
    world.run(&["poll"]).exits(0);
    let denial = id_of(&world, "deny");
    world.run(&["accept", &denial]).exits(0);
    let noted = world.run(&["note", &denial, "checked", "with the ministry"]).exits(0).out;
    assert!(noted.contains("note: checked with the ministry"), "{noted}");
    world.phase(2);
    world.run(&["recheck", "--story", "s-1"]).exits(0);
    let kept: Vec<Value> =
        statements(&world, "a-1").into_iter().filter(|statement| statement["review"]["decision"] == "accept").collect();
    assert_eq!(kept.len(), 1, "{kept:#?}");
    assert_eq!(kept[0]["sentence"], DENIAL);
    assert_eq!((&kept[0]["paragraph"], &kept[0]["review"]["note"]), (&4.into(), &"checked with the ministry".into()));
    let old = world.run(&["show", "a-1", "--version", "1", "--statements"]).exits(0);
    assert!(old.out.contains(&denial.replace("a-1.", "a-1v1.")), "{}", old.out);
    assert!(old.out.contains("note: checked with the ministry"), "{}", old.out);
    // The statement of an old version is the same one.
    let rejected = world.run(&["reject", &denial.replace("a-1.", "a-1v1."), "--json"]).exits(0).json();
    assert_eq!(rejected["judged"][0]["changed"], true, "{rejected:#}");
    assert_eq!(answers(&world, &["--reviewed"]).0, 0);
}

#[test]
fn what_waits_is_listed_where_nobody_presses_keys() {
    let world = watched();
    let all = world.run(&["review", "--all", "--json", "--limit", "1000"]).exits(0).json();
    let rows = all["statements"].as_array().expect("a list");
    assert_eq!(rows.len(), statements(&world, "a-1").len());
    assert_eq!(rows[0]["kind"], "deny", "a wrong one costs most: {all:#}");
    assert_eq!((&rows[0]["title"], &rows[0]["source"]), (&ON_TOPIC.0.into(), &"harbour".into()));
    let id = text(&rows[0]["id"]);
    let listed = world.run(&["review", "--all", "--kind", "deny", "--limit", "1"]).exits(0);
    assert!(listed.out.starts_with(&format!("{id} deny")), "{}", listed.out);
    assert!(listed.out.contains("fabrication]"), "{}", listed.out);
    let lines = world.run(&["review", "--story", "s-1", "--all", "--kind", "deny", "--jsonl"]).exits(0);
    let first: Value = serde_json::from_str(lines.out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["id"], id.as_str());
    // What was decided waits no more.
    world.run(&["accept", &id]).exits(0);
    let rest = world.run(&["review", "--all", "--json", "--limit", "1000"]).exits(0).json();
    assert_eq!(rest["statements"].as_array().map(Vec::len), Some(rows.len() - 1));
    let ran = world.run(&["review", "--below", "0", "--kind", "retract"]).exits(1);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "nothing waits for review\n"));
}

#[test]
fn judgements_are_exported_as_labels() {
    let world = watched();
    world.run(&["review", "--labels"]).exits(1);
    let denial = id_of(&world, "deny");
    world.run(&["reject", &denial]).exits(0);
    let noted = world.run(&["note", &denial, "said of another case"]).exits(0);
    assert!(noted.out.ends_with("\n  note: said of another case\n"), "{}", noted.out);
    let labels = world.run(&["review", "--labels"]).exits(0);
    let rows: Vec<Value> = labels.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let [label] = rows.as_slice() else { panic!("one label: {}", labels.out) };
    assert_eq!((&label["text"], &label["in"], &label["lang"]), (&DENIAL.into(), &"text".into(), &"en".into()));
    assert_eq!((&label["verdict"], &label["note"]), (&"reject".into(), &"said of another case".into()));
    assert_eq!(
        (&label["kind"], &label["country"], &label["polarity"]),
        (&"deny".into(), &"GB".into(), &"asserted".into())
    );
    let span: Vec<usize> = serde_json::from_value(label["span"].clone()).expect("two numbers");
    let claim: String = DENIAL.chars().skip(span[0]).take(span[1] - span[0]).collect();
    assert!(!claim.is_empty() && claim.chars().count() == span[1] - span[0], "{label}");
    // Taken back and without a note, there is nothing left to learn from.
    world.run(&["reject", "--undo", &denial]).exits(0);
    world.run(&["note", &denial, ""]).exits(0);
    world.run(&["review", "--labels"]).exits(1);
}

#[test]
fn what_is_not_there_is_not_judged_and_neither_is_the_rest() {
    let world = watched();
    let denial = id_of(&world, "deny");
    let ran = world.run(&["accept", &denial, "a-1.999", "a-7.1"]).exits(1);
    assert_eq!(ran.err, "error: there is no statement a-1.999, a-7.1 (see `gainsay show a-1 --statements`)\n");
    world.run(&["review", "--labels"]).exits(1);
    for wrong in [
        &["accept"][..],
        &["accept", "a-1"],
        &["reject", "s-1.2"],
        &["note", &denial],
        &["review", "--kind", "lie"],
        &["review", "--below", "7"],
        &["review", "--below", "NaN"],
    ] {
        world.run(wrong).exits(2);
    }
    // An undo takes back a judgement of its own sort alone.
    world.run(&["accept", &denial]).exits(0);
    world.run(&["reject", "--undo", &denial]).exits(0);
    assert!(world.run(&["review", "--labels"]).exits(0).out.contains("\"verdict\":\"accept\""));
}

#[test]
fn a_judgement_needs_a_record_and_makes_none() {
    let world = World::build().source("harbour", "/rss.xml").start();
    for command in [&["review"][..], &["accept", "a-1.1"], &["note", "a-1.1", "x"]] {
        let ran = world.run(command).exits(2);
        assert!(ran.err.contains("there is no record yet"), "{command:?}: {}", ran.err);
    }
    assert!(!world.dir().join("record").exists());
}

#[test]
fn one_writes_at_a_time_and_readers_go_on() {
    let world = watched();
    let denial = id_of(&world, "deny");
    let now = jiff::Timestamp::now();
    let writer = gainsay::store::Store::create_or_open(&world.dir().join("record"), "poll", now).expect("it opens");
    let refused = world.run(&["accept", &denial]).exits(2);
    assert!(refused.err.contains("is being written by pid"), "{}", refused.err);
    world.run(&["review", "--all"]).exits(0);
    drop(writer);
    world.run(&["accept", &denial]).exits(0);
}

#[test]
fn a_note_never_controls_a_terminal() {
    let world = watched();
    let denial = id_of(&world, "deny");
    world.run(&["note", &denial, "\u{1b}[2J\u{202e}gone\u{7}"]).exits(0);
    world.run(&["accept", &denial]).exits(0);
    for command in [
        &["show", "a-1", "--statements"][..],
        &["compare", "s-1", "--statements"],
        &["review", "--all"],
        &["note", &denial, "\u{9b}2Jx\u{202e}"],
        &["review", "--labels"],
        &["show", "a-1", "--statements", "--json"],
    ] {
        let ran = world.run(command).exits(0);
        let foul = ran.out.chars().chain(ran.err.chars()).find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(foul, None, "{command:?}: {}", ran.out);
    }
}
