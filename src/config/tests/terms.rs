use proptest::prelude::*;

use crate::config::{AliasAdded, AliasError, add_alias, remove_alias, terms};
use crate::model::{ActorKind, NameOwner, StatementKind, Terms, Topic, TopicRole};

/// A lexicon of four names.
fn shipped(name: &str) -> NameOwner {
    let actor = |id: &str, kind| NameOwner::Actor { id: id.to_owned(), kind };
    match name {
        "MI5" | "GB.mi5" => actor("GB.mi5", ActorKind::Agency),
        "國安部" | "国安部" | "MSS" => actor("CN.mss", ActorKind::Agency),
        "Mao Ning" => actor("CN.mfa", ActorKind::Person),
        "外交部" => NameOwner::Relative { candidates: vec!["CN.mfa".to_owned(), "TW.mofa".to_owned()] },
        "the" | "said" => NameOwner::Word,
        _ => NameOwner::Nobody,
    }
}

fn good(text: &str) -> Terms {
    terms(text, "terms.toml", &shipped).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Checks that the text gives exactly these problems, in this order.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let problems = match terms(text, "terms.toml", &shipped) {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    };
    assert_eq!(problems, expected.join("\n"));
}

/// The names of a file, each with its id.
fn owned(text: &str) -> Vec<(String, String)> {
    good(text).names.into_iter().map(|name| (name.name, name.id)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, id)| ((*name).to_owned(), (*id).to_owned())).collect()
}

#[test]
fn a_whole_file_is_read() {
    let terms = good(
        r#"
[[entity]]
id = "harbour"
kind = "agency"
names = ["Harbour Security Service", "港灣安全局", "港湾安全局"]

[alias]
"海港局" = "港灣安全局"
"Her Majesty's MI5" = "MI5"
"the Five" = "Her Majesty's MI5"

[[cue]]
kind = "deny"
sub = "refute"
lang = "zh-Hant"
words = ["嗤之以鼻"]

[[topic]]
role = "act"
topic = "cyber"
weight = 3
words = ["port-knocking"]

[[topic]]
role = "none"
words = ["Harbour Spy Museum"]
"#,
    );
    let names: Vec<_> =
        terms.names.iter().map(|name| (name.name.as_str(), name.id.as_str(), name.kind.name())).collect();
    assert_eq!(
        names,
        [
            ("Harbour Security Service", "harbour", "agency"),
            ("港灣安全局", "harbour", "agency"),
            ("海港局", "harbour", "agency"),
            ("Her Majesty's MI5", "GB.mi5", "agency"),
            ("the Five", "GB.mi5", "agency"),
        ]
    );
    assert_eq!((terms.cues[0].kind, terms.cues[0].sub.as_deref()), (StatementKind::Deny, Some("refute")));
    let topics: Vec<_> = terms.topics.iter().map(|topic| (topic.role, topic.weight)).collect();
    assert_eq!(topics, [(TopicRole::Act(Topic::Cyber), 3.0), (TopicRole::None, 0.0)]);
    assert_eq!(good(""), Terms::default());
}

#[test]
fn all_problems_are_said_at_once() {
    check(
        r#"
colour = 3
[[entity]]
id = "a b"
kind = "agncy"
names = ["x", "Harbour"]
[[entity]]
id = "harbour"
names = []
[alias]
"海港局" = "Nobody At All"
"部" = "MI5"
"本部" = "外交部"
[[cue]]
kind = "denial"
lang = "fr"
words = "no"
[[cue]]
kind = "deny"
sub = "smeared"
lang = "en"
words = ["a\\b"]
[[topic]]
role = "acts"
weight = 100
"#,
        &[
            "terms.toml line 2: unknown key `colour`; the keys here are entity, alias, cue, topic",
            "terms.toml line 4: id `a b` has other characters than an id may have; use letters, digits, `.`, `-` and `_`, 40 at most",
            "terms.toml line 5: kind `agncy` is not known; did you mean `agency`?",
            "terms.toml line 6: `x` is shorter than two letters, and would be found everywhere; write it as texts print it, or take it out",
            "terms.toml line 7: `kind` is missing; add kind = \"agency\"",
            "terms.toml line 9: `names` is empty; fill it in or take it out",
            "terms.toml line 11: no actor is called `Nobody At All`; write a name that ships or one of an [[entity]] here",
            "terms.toml line 12: `部` is shorter than two letters, and would be found everywhere; write it as texts print it, or take it out",
            "terms.toml line 13: whose name `外交部` is, the outlet decides; write it with its country, as in 中國外交部",
            "terms.toml line 15: kind `denial` is not known; write one of accuse, charge, verdict, deny, no_comment, confirm, retract, warn, protest, condemn, demand, investigate",
            "terms.toml line 16: there are no rules for statements in `fr`; write en or zh",
            "terms.toml line 17: `words` is a text; it has to be a list of texts, as in [\"a\", \"b\"]",
            "terms.toml line 20: sub `smeared` is not known; did you mean `smear`?",
            "terms.toml line 22: a word holds a backslash; words stand here as texts print them",
            "terms.toml line 23: `words` is missing; add words = [\"honeytrap\"]",
            "terms.toml line 24: role `acts` is not known; did you mean `act`?",
            "terms.toml line 25: `weight` is out of range; write a number from 0.1 to 10",
        ],
    );
}

#[test]
fn an_everyday_word_is_no_name() {
    check(
        "[[entity]]\nid = \"harbour\"\nkind = \"agency\"\nnames = [\"Harbour Service\", \"the\"]\n[alias]\n\"said\" = \"MI5\"\n",
        &[
            "terms.toml line 4: `the` is an everyday word, and would be found everywhere; take it out, or write more of the name",
            "terms.toml line 6: `said` is an everyday word, and would be found everywhere; take it out, or write more of the name",
        ],
    );
}

#[test]
fn cue_words_have_a_size_in_all() {
    let words: Vec<String> = (0..300).map(|number| format!("\"{number}{}\"", "駁".repeat(60))).collect();
    check(
        &format!("[[cue]]\nkind = \"deny\"\nlang = \"zh\"\nwords = [{}]\n", words.join(", ")),
        &[
            "terms.toml line 4: the cue words are longer than 40000 bytes together; keep the words that mark an act, and leave out names",
        ],
    );
}

#[test]
fn one_name_has_one_actor() {
    let two = "[[entity]]\nid = \"a\"\nkind = \"person\"\nnames = [\"楊某\"]\n[[entity]]\nid = \"b\"\nkind = \"person\"\nnames = [\"杨某\"]\n";
    check(two, &["terms.toml line 8: `杨某` is a name of `a` already, at line 4; take one of them out"]);
    let twice = "[[entity]]\nid = \"a\"\nkind = \"person\"\nnames = [\"楊某\"]\n[[entity]]\nid = \"a\"\nkind = \"person\"\nnames = [\"Yang\"]\n";
    check(twice, &["terms.toml line 6: id `a` is used for a person at line 2 too; put all names under one of them"]);
    let round = "[alias]\n\"aa\" = \"bb\"\n\"bb\" = \"aa\"\n";
    let nobody = |line: u8, name: &str| {
        format!(
            "terms.toml line {line}: no actor is called `{name}`; write a name that ships or one of an [[entity]] here"
        )
    };
    check(round, &[&nobody(2, "bb"), &nobody(3, "aa")]);
}

#[test]
fn what_is_no_toml_is_one_problem() {
    let text = "[[entity]]\nid = \"a\nkind = \"agency\"\n[[cue]]\nkind = \"deny\"\n";
    let problems = terms(text, "terms.toml", &shipped).expect_err("the quote is not closed").to_string();
    let lines: Vec<&str> = problems.lines().collect();
    assert!(lines[0].starts_with("terms.toml line 2: this is not TOML"), "{problems}");
    assert_eq!(
        lines[1..],
        [
            "terms.toml line 4: `lang` is missing; add lang = \"zh\"",
            "terms.toml line 4: `words` is missing; add words = [\"駁為無稽\"]"
        ]
    );
}

/// What a person wrote, with comments in every place.
const WRITTEN: &str = "# mine, do not touch\n\n[[topic]]   # odd spacing\nrole = \"china\"\nwords = [ \"PRC\" ,\n  # and\n \"Middle Kingdom\" ]\n\n[alias]  # nicknames\n# the Five\n\"the Five\" = \"MI5\" # in tabloids\n\n# --- people\n[[entity]]\nid = \"kwok\"\nkind = \"person\"\nnames = [\n  \"Kwok Yiu\", # as printed\n  \"郭某\",\n]\n# the end\n";

#[track_caller]
fn add(text: &str, left: &str, right: &str) -> (String, AliasAdded) {
    add_alias(text, "terms.toml", (left, right), &shipped).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn two_new_names_make_a_person() {
    let (text, added) = add("", "楊騰波", "Yang Tengbo");
    assert_eq!(added, AliasAdded::NewPerson { id: "yang-tengbo".to_owned() });
    assert_eq!(
        text,
        "# The study's own words, on top of those that ship with gainsay.\n\n[[entity]]\nid = \"yang-tengbo\"\nkind = \"person\"\nnames = [\"楊騰波\", \"Yang Tengbo\"]\n"
    );
    // Another of that name is another person, and a name in Han characters is its own id.
    let (text, added) = add(&text, "楊東波", "Yang  \"Tengbo");
    assert_eq!(added, AliasAdded::NewPerson { id: "yang-tengbo-2".to_owned() });
    let (text, added) = add(&text, "羅某某", "老羅頭");
    assert_eq!(added, AliasAdded::NewPerson { id: "羅某某".to_owned() });
    assert_eq!(owned(&text).len(), 6);
}

#[test]
fn a_new_name_joins_a_known_one_on_either_side() {
    let (text, added) = add("", "國安大院", "國安部");
    assert_eq!(added, AliasAdded::Joined { name: "國安大院".to_owned(), id: "CN.mss".to_owned() });
    assert!(text.ends_with("\n[alias]\n\"國安大院\" = \"國安部\"\n"), "{text}");
    let (text, _) = add(&text, "MI5", "Thames House");
    let (text, _) = add(&text, "The Guoan Yard", "国安大院");
    assert_eq!(
        owned(&text),
        pairs(&[("國安大院", "CN.mss"), ("Thames House", "GB.mi5"), ("The Guoan Yard", "CN.mss")])
    );
    let (_, added) = add(&text, "国安大院", "MSS");
    assert_eq!(added, AliasAdded::Already { id: "CN.mss".to_owned() });
}

#[test]
fn what_a_person_wrote_stays_byte_for_byte() {
    let (text, _) = add(WRITTEN, "楊騰波", "Yang Tengbo");
    assert!(text.starts_with(WRITTEN), "{text}");
    let (text, _) = add(WRITTEN, "Thames House", "MI5");
    assert_eq!(text.replace("\"Thames House\" = \"MI5\"\n", ""), WRITTEN);
    assert_eq!(owned(&text).len(), 4);
    let windows = WRITTEN.replace('\n', "\r\n");
    let (text, _) = add(&windows, "Thames House", "MI5");
    assert_eq!(text.replace("\"Thames House\" = \"MI5\"\r\n", ""), windows);
    let unfinished = "[alias]\n\"the Five\" = \"MI5\"";
    let (text, _) = add(unfinished, "Thames House", "MI5");
    assert_eq!(text, "[alias]\n\"the Five\" = \"MI5\"\n\"Thames House\" = \"MI5\"\n");
    let empty = "[alias]\n\n[[cue]]\nkind = \"deny\"\nlang = \"en\"\nwords = [\"poohs\"]\n";
    let (text, _) = add(empty, "Thames House", "MI5");
    assert!(text.starts_with("[alias]\n\"Thames House\" = \"MI5\"\n\n[[cue]]"), "{text}");
}

#[test]
fn an_alias_that_cannot_be_is_refused() {
    let refused = |text: &str, left: &str, right: &str| {
        add_alias(text, "terms.toml", (left, right), &shipped).expect_err("it cannot be").to_string()
    };
    assert_eq!(refused("", "MI5", "國安部"), "`MI5` is GB.mi5 and `國安部` is CN.mss: two actors cannot become one");
    assert!(refused(WRITTEN, "郭某", "MI5").contains("`郭某` is kwok"));
    assert!(refused("", "楊騰波", "杨腾波").contains("find each other as they are"));
    assert!(refused("", "Ｙａｎｇ Ｔｅｎｇｂｏ", "yang tengbo").contains("find each other as they are"));
    assert!(refused("", "外交部", "My Ministry").contains("the outlet decides (CN.mfa, TW.mofa)"));
    assert!(refused("", "x", "Yang").contains("shorter than two letters"));
    assert!(refused("[alias", "aa", "bb").contains("this is not TOML"));
    let is_word = "is an everyday word, and would be found everywhere";
    assert_eq!(refused("", "the", "CN.mss"), format!("`the` {is_word}"));
    assert_eq!(refused("", "Yang Tengbo", "said"), format!("`said` {is_word}"));
    assert_eq!(refused("", "[brackets]", "CN.nonexistent"), "no actor has the id `CN.nonexistent`");
    assert_eq!(refused("", "XX.tide-office", "Tide Office"), "no actor has the id `XX.tide-office`");
    // Good, but nothing that a line could be added to.
    let inline = "alias = { \"the Five\" = \"MI5\" }\n";
    assert!(
        refused(inline, "Thames House", "MI5").contains("would not read"),
        "{}",
        refused(inline, "Thames House", "MI5")
    );
}

#[test]
fn a_name_can_be_taken_out_again() {
    let removed = |text: &str, name: &str| {
        remove_alias(text, "terms.toml", name, &shipped).map(|(text, removed)| (text, removed.id))
    };
    let (text, id) = removed(WRITTEN, "THE FIVE").expect("it is there");
    assert_eq!(id, "GB.mi5");
    assert_eq!(text, WRITTEN.replace("\"the Five\" = \"MI5\" # in tabloids\n", ""));
    let (text, _) = removed(WRITTEN, "Kwok Yiu").expect("it is there");
    assert_eq!(text, WRITTEN.replace("\"Kwok Yiu\", ", ""));
    let (text, id) = removed(&text, "郭某").expect("it is there");
    assert_eq!(id, "kwok");
    assert!(text.contains("# --- people\n") && text.contains("# the end") && !text.contains("kwok"), "{text}");
    assert_eq!(removed(WRITTEN, "Qiu"), Err(AliasError::Unknown("Qiu".to_owned())));
    assert!(matches!(removed(WRITTEN, "MI5"), Err(AliasError::Ships { .. })));
    let (chained, _) = add(WRITTEN, "老郭頭", "郭某");
    assert!(matches!(removed(&chained, "郭某"), Err(AliasError::WouldBreak(_))));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(\\[\\[entity\\]\\]\n|\\[alias\\]\n|id = |names = |\"|\\[|\\]|,|=|\n|MI5|楊某|#|\\PC){0,30}") {
        let _ = terms(&text, "terms.toml", &shipped);
        let _ = add_alias(&text, "terms.toml", ("楊騰波", "MI5"), &shipped);
        let _ = remove_alias(&text, "terms.toml", "楊某", &shipped);
    }

    #[test]
    fn what_was_added_is_taken_out_to_the_same_names(left in "[a-zA-Z楊\"'\\\\= ]{2,12}", right in "[b-y陳 ]{3,10}") {
        let Ok((text, added)) = add_alias(WRITTEN, "terms.toml", (&left, &right), &shipped) else { return Ok(()) };
        prop_assert!(terms(&text, "terms.toml", &shipped).is_ok());
        if let AliasAdded::NewPerson { .. } = added {
            let (text, _) = remove_alias(&text, "terms.toml", &left, &shipped).expect("it was added");
            let (text, _) = remove_alias(&text, "terms.toml", &right, &shipped).expect("it was added");
            prop_assert_eq!(owned(&text), owned(WRITTEN));
        }
    }
}
