//! `alias` and terms.toml: a study's own names and words, and what becomes of them in a poll.

use crate::world::{DATE, ON_TOPIC, Ran, World, page, program, ran, rss};

/// A report of an invented case that says one man's name in two ways, and a word that only a study knows for a denial.
const CASE: (&str, &[&str]) = (
    "Aldland court hears how China's Ministry of State Security ran a port spy ring",
    &[
        "Ren Boshu denied spying for China's Ministry of State Security at the district court on Thursday, a week after he was arrested.",
        "任柏舒 denied passing state secrets to Chinese intelligence officers through a shipping firm, his second plea of the day.",
        "The Harbour Security Service of Aldland accused the Ministry of State Security of recruiting four port officers as spies.",
        "The hearing of the case goes on in the new year, when the four officers of the port are expected to tell what they know.",
    ],
);

/// A study that watches one feed with the case, not polled yet.
fn world() -> World {
    World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", CASE.0, DATE)]))
        .page("/a", page(CASE.0, CASE.1))
        .page_from(
            2,
            "/a",
            page(CASE.0, &[CASE.1, &["A fifth officer was named on Friday, when the court sat again."]].concat()),
        )
        .start()
}

/// The ids of the speakers of the denials, in the order of the text.
fn deniers(world: &World) -> Vec<Option<String>> {
    let shown = world.run(&["show", "a-1", "--statements", "--json"]).exits(0).json();
    let statements = shown["statements"].as_array().unwrap_or_else(|| panic!("{shown:#}"));
    let denials = statements.iter().filter(|statement| statement["kind"] == "deny");
    denials.map(|statement| statement["speaker_id"].as_str().map(str::to_owned)).collect()
}

fn terms(world: &World) -> String {
    std::fs::read_to_string(world.dir().join("terms.toml")).expect("the study has words")
}

fn write_terms(world: &World, text: &str) {
    std::fs::write(world.dir().join("terms.toml"), text).expect("the study's words can be written");
}

#[test]
fn an_alias_makes_two_names_one_speaker_from_the_next_poll_on() {
    let world = world();
    let added = world.run(&["alias", "add", "任柏舒", "=", "Ren", "Boshu"]).exits(0);
    assert_eq!(added.out, "任柏舒 and Ren Boshu are one person now, ren-boshu\n");
    assert!(added.err.contains("from the next poll on"), "{}", added.err);
    world.run(&["poll"]).exits(0);
    let person = Some("ren-boshu".to_owned());
    assert_eq!(deniers(&world), [person.clone(), person]);
}

#[test]
fn a_second_look_reads_with_the_words_of_the_day() {
    let world = world();
    world.run(&["poll"]).exits(0);
    assert_eq!(deniers(&world), [None, None]);
    world.run(&["alias", "add", "任柏舒 = Ren Boshu"]).exits(0);
    assert_eq!(deniers(&world), [None, None], "what was read before stays as it was read");
    world.phase(2);
    world.run(&["recheck"]).exits(0);
    let person = Some("ren-boshu".to_owned());
    assert_eq!(deniers(&world), [person.clone(), person]);
}

#[test]
fn a_capture_reads_with_the_studys_words() {
    let world = world();
    world.run(&["alias", "add", "Ren Boshu ＝ 任柏舒"]).exits(0);
    let body: String = CASE.1.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let html = format!(
        "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{body}</article></body></html>",
        CASE.0
    );
    std::fs::write(world.dir().join("saved.html"), html).expect("the page can be written");
    world.run(&["capture", "saved.html", "--url", "https://harbour.example/a"]).exits(0);
    let person = Some("ren-boshu".to_owned());
    assert_eq!(deniers(&world), [person.clone(), person]);
}

#[test]
fn an_alias_joins_what_is_known_and_refuses_what_cannot_be() {
    let world = World::build().start();
    let run = |arguments: &[&str]| world.run(arguments);
    assert_eq!(run(&["alias", "list"]).exits(1).err, "0 names of this study, on top of those that ship\n");
    assert_eq!(run(&["alias", "add", "國安大院", "=", "国安部"]).exits(0).out, "國安大院 is a name of CN.mss now\n");
    assert_eq!(
        run(&["alias", "add", "国安大院 = MSS"]).exits(0).out,
        "国安大院 and MSS were names of CN.mss before: nothing changed\n"
    );
    let before = terms(&world);
    let refused = |line: &str, part: &str| {
        let ran = run(&["alias", "add", line]).exits(2);
        assert!(ran.err.contains(part), "{part} is missing in\n{}", ran.err);
    };
    refused("MI5 = MI6", "`MI5` is GB.mi5 and `MI6` is GB.mi6: two actors cannot become one");
    refused("國安大院 = 軍情五處", "two actors cannot become one");
    refused("外交部 = My Ministry", "write it with its country");
    refused("任柏舒 = 任柏舒", "find each other as they are");
    refused("任柏舒", "gainsay alias add 楊騰波 = Yang Tengbo");
    refused("a = b = c", "not two names");
    refused("the = MSS", "`the` stands in most sentences");
    refused("said = MSS", "`said` stands in most sentences");
    refused("Ren Boshu = CN.nobody", "no actor has the id `CN.nobody`");
    refused("x = Ren Boshu", "shorter than two letters");
    refused("Ren\u{1b}[31m = Red Ren", "control character");
    assert_eq!(terms(&world), before, "a refusal changes nothing");

    run(&["alias", "add", "Ren Boshu = 任柏舒"]).exits(0);
    let listed = run(&["alias", "list", "--json"]).exits(0).json();
    assert_eq!(
        listed,
        serde_json::json!({ "actors": [
            { "id": "ren-boshu", "kind": "person", "names": ["Ren Boshu", "任柏舒"] },
            { "id": "CN.mss", "kind": "agency", "names": ["國安大院"] },
        ] })
    );
    assert_eq!(run(&["alias", "remove", "国安大院"]).exits(0).out, "國安大院 is no name of CN.mss any more\n");
    run(&["alias", "remove", "国安大院"]).exits(1);
    assert!(run(&["alias", "remove", "MI5"]).exits(2).err.contains("ships with gainsay"));
    run(&["alias", "remove", "Ren Boshu"]).exits(0);
    run(&["alias", "remove", "任柏舒"]).exits(0);
    run(&["alias", "list"]).exits(1);
}

#[test]
fn what_a_person_wrote_in_terms_toml_stays() {
    let world = World::build().start();
    let written = "# of the port desk\n\n[alias]   # nicknames\n\"the Five\" = \"MI5\"  # in tabloids\n\n[[topic]]\nrole = \"act\"\nwords = [ \"port-knocking\" ]\n# the end\n";
    write_terms(&world, written);
    world.run(&["alias", "add", "Thames", "House", "=", "MI5"]).exits(0);
    assert_eq!(terms(&world).replace("\"Thames House\" = \"MI5\"\n", ""), written);
    world.run(&["alias", "remove", "Thames", "House"]).exits(0);
    assert_eq!(terms(&world), written);
}

const BROKEN: &str =
    "[[entity]]\nid = \"harbour\"\nkind = \"agncy\"\nnames = [\"Harbour\"]\n[alias]\n\"the Six\" = \"MI7\"\n[words]\n";

#[track_caller]
fn names_all_problems(ran: &Ran) {
    for part in ["terms.toml line 3: kind `agncy`", "line 6: no actor is called `MI7`", "line 7: unknown key `words`"] {
        assert!(format!("{}{}", ran.out, ran.err).contains(part), "{part} is missing in\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn a_broken_terms_toml_stops_what_would_read_with_it() {
    let world = world();
    write_terms(&world, BROKEN);
    for command in
        [&["poll"][..], &["recheck"], &["capture", "saved.html"], &["alias", "add", "aa = bb"], &["alias", "list"]]
    {
        names_all_problems(&world.run(command).exits(2));
    }
    assert_eq!(world.requests().len(), 0, "nothing was asked");
    assert_eq!(terms(&world), BROKEN);
    names_all_problems(&world.run(&["doctor"]).exits(4));
    let check = world.run(&["source", "check", "--json"]).exits(2);
    assert_eq!(check.json()["terms"].as_array().map(Vec::len), Some(3), "{}", check.out);
    names_all_problems(&world.run(&["source", "check"]).exits(2));
    // What is kept can still be looked at, and the words can be mended.
    world.run(&["source", "list"]).exits(0);
    write_terms(&world, "");
    world.run(&["poll"]).exits(0);
}

#[test]
fn a_trial_takes_a_file_of_words() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let path = |name: &str| dir.path().join(name).display().to_string();
    let words = "[[entity]]\nid = \"harbour\"\nkind = \"agency\"\nnames = [\"Harbour Security Service\"]\n\n[[cue]]\nkind = \"deny\"\nsub = \"refute\"\nlang = \"en\"\nwords = [\"pooh-poohed\"]\n\n[[topic]]\nrole = \"none\"\nwords = [\"Ministry of State Security\", \"spies\"]\n";
    std::fs::write(path("words.toml"), words).expect("a file");
    std::fs::write(path("terms.toml"), BROKEN).expect("a file");
    std::fs::write(
        path("text"),
        "The Harbour Security Service pooh-poohed the allegations that it had spied on China.",
    )
    .expect("a file");
    let run = |arguments: &[&str]| {
        ran(&program().args(arguments).current_dir(dir.path()).output().expect("the program runs"))
    };
    let judged = run(&["try", "text", &path("text"), "--terms", &path("words.toml")]).exits(0).json();
    let denial = &judged["statements"][0];
    assert_eq!(
        (&denial["kind"], &denial["sub"], &denial["rule"]),
        (&"deny".into(), &"refute".into(), &"en.terms-deny".into())
    );
    assert_eq!((&denial["speaker_id"], &denial["party"]), (&"harbour".into(), &"self".into()));
    let without = run(&["try", "text", &path("text")]).exits(0).json();
    assert_eq!(without["statements"].as_array().map(Vec::len), Some(0), "{without:#}");
    names_all_problems(&run(&["try", "text", &path("text"), "--terms", &path("terms.toml")]).exits(2));
    run(&["try", "stories", "/dev/null", "--terms", &path("terms.toml")]).exits(2);
    run(&["try", "text", &path("text"), "--terms", &path("nowhere.toml")]).exits(2);
}

#[test]
fn a_studys_topic_words_decide_what_is_kept() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    write_terms(
        &world,
        "[[topic]]\nrole = \"none\"\nwords = [\"China's Ministry of State Security\", \"Ministry of State Security\", \"Chinese intelligence\", \"spies\", \"intelligence officers\", \"Chinese\", \"China\", \"Beijing\"]\n",
    );
    let polled = world.run(&["poll", "--json"]).exits(0).json();
    assert_eq!(polled["sources"][0]["outcomes"]["off-topic"], 1, "{polled:#}");
}
