//! The commands that read the record, and `try`.

use std::io::Write as _;
use std::process::Stdio;

use crate::world::{DATE, ON_TOPIC, Ran, World, page, program, ran, rss, watched};

#[test]
fn what_proves_an_article_is_shown_and_true() {
    let world = watched();
    let shown = world.run(&["show", "a-1", "--statements", "--evidence"]).exits(0);
    assert!(shown.out.contains("sha256") || shown.out.contains("SHA-256"), "{}", shown.out);
    let raw = world.run(&["show", "a-1", "--raw"]).exits(0);
    assert!(raw.out.contains("<article>") && raw.out.contains(ON_TOPIC.0), "{}", raw.out);
    world.run(&["show", "a-99"]).exits(1);
    world.run(&["show", "a-1", "--version", "9"]).exits(2);
}

#[test]
fn what_the_feed_says_otherwise_is_shown_with_its_article() {
    const OTHER: &str = "Port spies: what is known";
    let world = World::build()
        .source("isl", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", OTHER, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    let shown = world.run(&["show", "a-1"]).exits(0);
    assert!(shown.out.contains(&format!("title, says the feed: {OTHER}")), "{}", shown.out);
    let json = world.run(&["show", "a-1", "--json"]).exits(0).json();
    assert_eq!(json["title"], ON_TOPIC.0);
    let other = serde_json::json!({ "field": "title", "value": OTHER, "from": "feed" });
    assert!(json["discrepancies"].as_array().is_some_and(|all| all.contains(&other)), "{}", json["discrepancies"]);
}

#[test]
fn a_mistake_in_a_query_has_its_column() {
    let world = watched();
    for query in ["(china", "\"china", "china AND", "china NEAR/3 spy", "colour:red"] {
        let ran = world.run(&["search", query]).exits(2);
        assert!(ran.err.contains("column"), "{query}: {}", ran.err);
    }
    world.run(&["search", "nothingofthekind"]).exits(1);
}

#[test]
fn an_index_that_is_lost_or_foreign_is_made_again() {
    let world = watched();
    std::fs::remove_dir_all(world.dir().join("index")).expect("it can be removed");
    let lost = world.run(&["search", "spies"]).exits(2);
    assert!(lost.err.contains("reindex"), "{}", lost.err);
    world.run(&["reindex"]).exits(0);
    world.run(&["search", "spies"]).exits(0);
    std::fs::remove_dir_all(world.dir().join("index")).expect("it can be removed");
    world.run(&["poll", "--now"]).exits(0);
    world.run(&["search", "spies"]).exits(0);
}

#[test]
fn the_doctor_finds_a_changed_byte() {
    let world = watched();
    world.run(&["doctor"]).exits(0);
    let captures = world.dir().join("record/captures");
    let file = std::fs::read_dir(&captures).expect("it reads").next().expect("a file").expect("an entry").path();
    let mut bytes = std::fs::read(&file).expect("it reads");
    let middle = bytes.len() * 3 / 4;
    bytes[middle] ^= 0xff;
    std::fs::write(&file, bytes).expect("it can be written");
    let doctor = world.run(&["doctor"]).exits(4);
    assert!(doctor.out.contains("capture"), "{}", doctor.out);
}

#[test]
fn the_doctor_misses_a_database_that_is_gone() {
    let world = watched();
    for file in ["record.db", "record.db-wal", "record.db-shm"] {
        let _ = std::fs::remove_file(world.dir().join("record").join(file));
    }
    world.run(&["doctor"]).exits(4);
}

#[test]
fn what_is_not_there_is_nothing_found() {
    let world = watched();
    for command in
        [&["show", "a-99"][..], &["story", "show", "s-99"], &["compare", "s-99"], &["recheck", "--story", "s-99"]]
    {
        world.run(command).exits(1);
    }
    world.run(&["search", "spies", "--source", "nobody"]).exits(2);
}

#[test]
fn a_saved_copy_stands_beside_a_known_article_and_not_on_top_of_it() {
    let world = watched();
    let raw = world.run(&["show", "a-1", "--raw"]).exits(0).out;
    std::fs::write(world.dir().join("old.html"), raw.replace("four port officers", "two port officers"))
        .expect("a file");
    let url = world.run(&["show", "a-1", "--json"]).exits(0).json()["url"].as_str().expect("an address").to_owned();
    world.run(&["capture", "old.html", "--url", &url]).exits(0);
    world.run(&["changes"]).exits(1);
}

#[test]
fn a_page_brought_in_by_hand_is_marked() {
    let world = watched();
    let file = world.dir().join("saved.html");
    std::fs::write(
        &file,
        format!(
            "<html><body><article><h1>{}</h1><p>{}</p></article></body></html>",
            ON_TOPIC.0,
            ON_TOPIC.1.join("</p><p>")
        ),
    )
    .expect("a file can be written");
    let captured =
        world.run(&["capture", "saved.html", "--url", "https://archive.example/a", "--json"]).exits(0).json();
    assert_eq!(captured["captured"][0]["outcome"], "kept", "{captured:#}");
    let article = captured["captured"][0]["article"].as_str().expect("an id").to_owned();
    let shown = world.run(&["show", &article, "--json"]).exits(0).json();
    assert_eq!(shown["by_hand"], true, "{shown:#}");
}

/// Runs a stage on JSON Lines.
fn tried(stage: &str, input: &str) -> Ran {
    let mut child = program()
        .args(["try", stage, "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads");
    ran(&child.wait_with_output().expect("it ends"))
}

fn rows(ran: &Ran) -> Vec<serde_json::Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn try_says_what_it_does_not_take() {
    for stage in ["text", "feed", "page", "stories"] {
        let ran = tried(stage, "\n[1]\n").exits(0);
        assert_eq!(rows(&ran)[0]["error"], "line 2: not a JSON object", "{stage}");
        assert_eq!(ran.err, "1 of 1 line could not be read: see `error` in what they gave\n", "{stage}");
    }
    let input = "{\"id\": 1, \"text\": \"Hello.\", \"lang\": \"klingon\"}\n{\"id\": 2, \"text\": \"Hello.\", \"country\": \"Hongkong\"}\n\
                 {\"id\": 3, \"text\": \"Hello.\", \"lang\": \"\", \"country\": \"hk\", \"langauge\": \"en\", \"outlet\": \"a\"}\n";
    let ran = tried("text", input).exits(0);
    let rows = rows(&ran);
    for row in &rows {
        assert_eq!(row["lang"], "en", "{row}");
    }
    let expected = "warning: line 3: the key `langauge` is not known and says nothing here\n\
                    warning: line 1: `klingon` is no language tag: write one as en, zh-Hant, zh-Hans, de; read without it\n\
                    warning: line 2: `Hongkong` is no country: write its two letters, as HK; read without it\n";
    assert_eq!(ran.err, expected);
    for wrong in [["--lang", "klingon"], ["--country", "Hongkong"]] {
        let ran = ran_with(&["try", "text", "/dev/null", wrong[0], wrong[1]]).exits(2);
        assert!(ran.err.contains(&format!("`{}` is no ", wrong[1])), "{}", ran.err);
    }
}

fn ran_with(arguments: &[&str]) -> Ran {
    ran(&program().args(arguments).output().expect("the program runs"))
}

#[test]
fn try_keeps_ids_and_order_and_goes_on_after_bad_lines() {
    let input = "{\"id\": \"one\", \"text\": \"Hello.\"}\n{\"id\": 2}\nnot json\n{\"id\": [3], \"title\": \"國家安全部\", \"text\": \"\"}\n";
    let ran = tried("text", input).exits(0);
    let rows = rows(&ran);
    assert_eq!(ran.err, "2 of 4 lines could not be read: see `error` in what they gave\n");
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["id"], "one");
    assert_eq!(rows[1]["id"], 2);
    assert_eq!(rows[1]["error"], "line 2: missing field `text`");
    assert_eq!(rows[2]["error"], "line 3: not JSON, at column 2");
    assert_eq!(rows[3]["id"], serde_json::json!([3]));
    assert_eq!(rows[3]["lang"], "zh-Hant");
}

#[test]
fn a_page_tells_why_a_line_is_no_text() {
    let text =
        "The harbour board said on Friday that it had found no maps missing, and that it would look again in May.";
    let page = format!(
        "<html><body><article><h1>No maps missing</h1><p>{text}</p><p>Photo: Ada Roe</p><p>{text} So it did.</p></article></body></html>"
    );
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(page.as_bytes()).expect("it is written");
    let path = file.path().to_str().expect("a path");
    let plain = ran_with(&["try", "page", path]).exits(0).json();
    assert!(plain["lines"].is_null());
    let told = ran_with(&["try", "page", path, "--why"]).exits(0).json();
    assert_eq!(told["text"], plain["text"]);
    let lines = told["lines"].as_array().expect("lines");
    let credit = lines.iter().find(|line| line["text"] == "Photo: Ada Roe").expect("it was looked at");
    assert_eq!((&credit["kept"], &credit["why"]), (&false.into(), &"credit".into()));
    assert_eq!(lines.iter().filter(|line| line["kept"] == true).count(), 2, "{lines:?}");
}

#[test]
fn control_characters_never_reach_a_terminal() {
    let title = "China&#x27;s spy agency \u{1b}]52;c;ZXZpbA==\u{7} &#27;[31m accused \u{202e}of espionage by Aldland";
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", title, DATE)]))
        .page("/a", page(title, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    for command in [
        &["search", "espionage"][..],
        &["show", "a-1"],
        &["story", "list"],
        &["compare", "s-1"],
        &["digest", "--since", "24h"],
    ] {
        let ran = world.run(command);
        let foul = ran.out.chars().chain(ran.err.chars()).find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(foul, None, "{command:?}: {}", ran.out);
    }
}
