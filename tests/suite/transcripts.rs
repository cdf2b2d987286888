//! Transcripts of press conferences: each question with its answers is an article of its own.

use gainsay::demo::site::Answer;
use serde_json::Value;

use crate::world::{Builder, World, page};

const LISTING: &str = "<!doctype html><title>Press conferences</title><ul><li><a href=\"./202611/t20261120_1.html\">\
     Tides Ministry Spokesperson Ren Haoyu's Regular Press Conference on November 20, 2026</a></li></ul>";
const TITLE: &str = "Tides Ministry Spokesperson Ren Haoyu's Regular Press Conference on November 20, 2026";
const PAGE: &str = "/xw/202611/t20261120_1.html";

const OPENING: &str = "At the invitation of the Tides Ministry, the minister for harbours of Aldland will pay an official visit to Qingyan from November 23 to 25.";
const ACCUSED: [&str; 2] = [
    "Harbour Wire: The security service of Aldland said on Thursday that China's Ministry of State Security recruited port officers as spies. What is your comment?",
    "Ren Haoyu: The accusation is pure fabrication, and China firmly opposes the smear. We have lodged a stern protest.",
];
const FERRY: [&str; 2] = [
    "Coast Radio: When will the ferry across the bay run again?",
    "Ren Haoyu: That is for the ferry company to say. I have no information to offer.",
];
const EXPELLED: [&str; 3] = [
    "Tide Daily: Aldland expelled a Chinese diplomat over alleged espionage. Will there be countermeasures?",
    "Ren Haoyu: The claim of espionage is groundless. China will take the measures that are necessary.",
    "We urge Aldland to stop spreading lies about Chinese spies.",
];

fn conference(turns: &[&[&str]]) -> Answer {
    page(TITLE, &turns.concat())
}

fn ministry() -> Builder {
    World::build().toml(
        "[[source]]\nid = \"tides\"\nname = \"Tides Ministry\"\nlang = \"en\"\ncountry = \"CN\"\nowner = \"government\"\n\
         zone = \"Asia/Shanghai\"\n[[source.entry]]\nkind = \"page\"\nurl = \"http://127.0.0.1:PORT/xw/\"\nitem = \"li a\"\n\
         match = '/t\\d{8}_\\d+\\.html$'\ntranscript = true\n\n",
    )
    .page("/xw/", Answer::ok("text/html", LISTING))
}

#[test]
fn each_question_of_a_transcript_is_an_article_with_its_answer() {
    let world = ministry().page(PAGE, conference(&[&[OPENING], &ACCUSED, &FERRY, &EXPELLED])).start();
    let polled = world.run(&["poll", "--json"]).exits(0).json();
    let source = &polled["sources"][0];
    let outcomes = &source["outcomes"];
    assert_eq!(
        (&outcomes["kept"], &outcomes["off-topic"], &outcomes["split"]),
        (&2.into(), &2.into(), &1.into()),
        "{source:#}"
    );
    assert_eq!(source["new_entries"], 5, "the page and its turns: {source:#}");
    assert_eq!(world.asked(PAGE), 1, "one look is enough for all turns");

    let first = world.run(&["show", "a-2", "--json", "--statements"]).exits(0).json();
    assert!(
        first["title"].as_str().is_some_and(|title| title.starts_with("Harbour Wire: The security service")),
        "{first:#}"
    );
    assert_eq!(first["text"], ACCUSED.join("\n"), "{first:#}");
    assert_eq!(first["authors"][0], "Ren Haoyu");
    assert!(first["url"].as_str().is_some_and(|url| url.contains("/t20261120_1.html#turn-")), "{first:#}");
    let denials = first["statements"].as_array().expect("statements");
    let denial = denials.iter().find(|statement| statement["kind"] == "deny").unwrap_or_else(|| panic!("{first:#}"));
    assert_eq!(denial["speaker"], "Ren Haoyu", "{denial:#}");

    // Nothing of it is a page that could have been missed, and the proof of each turn is the page.
    let rows = world.run(&["outcomes", "--json"]).exits(0).json();
    let reasons: Vec<&str> = rows["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["reason"].as_str().expect("a reason"))
        .collect();
    assert_eq!(reasons, ["off-topic", "off-topic"], "{rows:#}");
    assert!(first["capture"]["sha256"].is_string() || first["evidence"].is_object(), "{first:#}");
    world.run(&["doctor"]).exits(0);

    let again = world.run(&["poll", "--now", "--json"]).exits(0).json();
    assert_eq!(again["sources"][0]["new_entries"], 0, "{again:#}");
    assert_eq!(world.asked(PAGE), 1);
}

#[test]
fn a_question_that_is_taken_out_is_gone_and_the_others_stay_as_they_are() {
    let world = ministry()
        .page(PAGE, conference(&[&ACCUSED, &FERRY, &EXPELLED]))
        .page_from(2, PAGE, conference(&[&FERRY, &EXPELLED]))
        .start();
    world.run(&["poll"]).exits(0);
    world.run(&["recheck"]).exits(0);
    world.run(&["changes"]).exits(1);
    assert_eq!(world.asked(PAGE), 2, "one look at the page is one at all of its turns");
    world.phase(2);
    world.run(&["recheck"]).exits(0);
    let changes = world.run(&["changes", "--json"]).exits(0).json();
    let told: Vec<(&str, &str)> = changes["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|change| (change["kind"].as_str().expect("a kind"), change["article"].as_str().expect("an article")))
        .collect();
    assert_eq!(told, [("gone", "a-1")], "{changes:#}");
}

#[test]
fn a_question_that_is_printed_later_is_found_at_a_second_look() {
    let world = ministry()
        .page(PAGE, conference(&[&ACCUSED, &FERRY]))
        .page_from(2, PAGE, conference(&[&EXPELLED, &ACCUSED, &FERRY]))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    let rechecked = world.run(&["recheck", "--json"]).exits(0).json();
    assert_eq!((&rechecked["new_turns"], &rechecked["gone"]), (&1.into(), &serde_json::json!([])), "{rechecked:#}");
    let found = world.run(&["show", "a-3", "--json"]).exits(0).json();
    assert_eq!(found["text"], EXPELLED.join("\n"), "{found:#}");
    world.run(&["changes"]).exits(1);
    assert_eq!(world.run(&["recheck", "--json"]).exits(0).json()["new_turns"], 0);
    world.run(&["doctor"]).exits(0);
}

#[test]
fn an_answer_that_is_softened_is_a_change_of_its_turn_alone() {
    let softened = [
        ACCUSED[0],
        "Ren Haoyu: We are aware of the report, and have no comment on China's Ministry of State Security.",
    ];
    let world = ministry()
        .page(PAGE, conference(&[&ACCUSED, &FERRY, &EXPELLED]))
        .page_from(2, PAGE, conference(&[&ACCUSED[..1], &softened[1..], &FERRY, &EXPELLED]))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    world.run(&["recheck"]).exits(0);
    let changes = world.run(&["changes", "--json"]).exits(0).json();
    let list = changes["changes"].as_array().expect("a list");
    assert_eq!((list.len(), &list[0]["kind"], &list[0]["article"]), (1, &"body".into(), &"a-1".into()), "{changes:#}");
}

#[test]
fn a_page_that_is_no_transcript_is_an_article_like_others() {
    let remarks = [
        "A spokesperson of the Tides Ministry said on Friday that the accusation against China's Ministry of State Security is pure fabrication.",
        "China firmly opposes the smear, the spokesperson said, and has lodged a protest with Aldland over the claim of espionage.",
    ];
    let world = ministry().page(PAGE, page("Spokesperson's remarks on the espionage claim", &remarks)).start();
    let polled = world.run(&["poll", "--json"]).exits(0).json();
    let outcomes = &polled["sources"][0]["outcomes"];
    assert_eq!((&outcomes["kept"], &outcomes["split"]), (&1.into(), &0.into()), "{polled:#}");
    let shown = world.run(&["show", "a-1", "--json"]).exits(0).json();
    assert!(shown["url"].as_str().is_some_and(|url| url.ends_with("/t20261120_1.html")), "{shown:#}");
}

#[test]
fn a_test_of_the_source_says_what_a_poll_would_take_apart() {
    let world = ministry().page(PAGE, conference(&[&[OPENING], &ACCUSED, &FERRY, &EXPELLED])).start();
    let tested = world.run(&["source", "test", "tides", "--json"]).exits(0).json();
    assert_eq!(tested["pages"][0]["turns"].as_array().map(Vec::len), Some(4), "{tested:#}");
    let told = world.run(&["source", "test", "tides"]).exits(0);
    assert!(told.out.contains("a transcript, which a poll takes apart: 4 articles"), "{}", told.out);
}

#[test]
fn try_feed_reads_a_transcript_as_one_entry_a_turn() {
    let world = ministry().start();
    let html = String::from_utf8(conference(&[&[OPENING], &ACCUSED, &FERRY, &EXPELLED]).body).expect("a page is text");
    let rows = [
        serde_json::json!({ "id": "t", "base64": base64_of(&html), "url": "https://tides.example/t20261120_1.html", "zone": "Asia/Shanghai" }),
        serde_json::json!({ "id": "p", "base64": base64_of("<html><body><article><h1>Ferry</h1><p>The ferry runs every hour from May on, the company said.</p></article></body></html>") }),
    ];
    let file = world.dir().join("rows.jsonl");
    std::fs::write(&file, rows.map(|row| row.to_string()).join("\n")).expect("it can be written");
    let out = world.run(&["try", "feed", "--jsonl", file.to_str().expect("a plain path")]).exits(0).out;
    let read: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        (&read[0]["kind"], read[0]["entries"].as_array().map(Vec::len)),
        (&"transcript".into(), Some(4)),
        "{:#}",
        read[0]
    );
    let turn = &read[0]["entries"][1];
    assert_eq!(turn["content"], ACCUSED.join("\n"));
    assert!(
        turn["url"].as_str().is_some_and(|url| url.starts_with("https://tides.example/t20261120_1.html#turn-")),
        "{turn:#}"
    );
    assert_eq!(read[1]["problems"][0], "an HTML page instead of a feed");
}

fn base64_of(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let packed = |chunk: &[u8]| {
        let number = chunk.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let signs = (0..4).map(move |at| SIGNS[(number >> (18 - 6 * at)) as usize & 63] as char);
        signs.take(chunk.len() + 1).chain(std::iter::repeat_n('=', 3 - chunk.len())).collect::<String>()
    };
    text.as_bytes().chunks(3).map(packed).collect()
}
