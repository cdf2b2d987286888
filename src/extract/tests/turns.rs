//! Transcripts taken apart, by the truth table in `tests/fixtures/transcripts`.

use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    title: String,
    text: String,
    turns: Vec<String>,
}

const PAGE: &str = "https://tides.example/press/t20261120_1.html";

fn page(title: &str, text: &str) -> Article {
    let lang = crate::language::detect(text, None);
    Article { url: Some(PAGE.to_owned()), by: Layer::General, ..Article::of_text(title, text.trim(), lang) }
}

#[test]
fn the_truth_table_of_transcripts_holds() {
    let table: Table =
        toml::from_str(include_str!("../../../tests/fixtures/transcripts/cases.toml")).expect("the table reads");
    assert!(table.case.len() >= 30, "{} cases", table.case.len());
    let mut wrong = Vec::new();
    for case in &table.case {
        let told = |turn: &Article| {
            let paragraphs = turn.text.lines().count();
            format!("{} || {} || {paragraphs}", turn.title, turn.authors.join(", ")).replace("||  ||", "|| ||")
        };
        let found: Vec<String> = split(&page(&case.title, &case.text)).iter().map(told).collect();
        if found != case.turns {
            wrong.push(format!("{}\n  want {:#?}\n  got  {found:#?}", case.name, case.turns));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), table.case.len(), wrong.join("\n"));
}

const CONFERENCE: &str = "Harbour Wire: Was a note handed over?\nRen Haoyu: It was.\n\
    Coast Radio: Was it answered?\nRen Haoyu: Not yet.\nTide Daily: Was it answered?\nRen Haoyu: No.";

fn addresses(text: &str) -> Vec<String> {
    split(&page("Press conference", text)).into_iter().filter_map(|turn| turn.url).collect()
}

#[test]
fn a_turn_is_known_by_its_own_words_wherever_it_stands() {
    let before = addresses(CONFERENCE);
    assert_eq!(before.len(), 3);
    assert!(before.iter().all(|url| url.starts_with(PAGE) && turn_of(url).is_some()), "{before:?}");
    let mut turns: Vec<&str> = CONFERENCE.lines().collect();
    turns.rotate_left(2);
    let mut after = addresses(&turns.join("\n"));
    after.rotate_right(1);
    assert_eq!(after, before, "another order makes no other addresses");
    let longer = CONFERENCE.replace("It was.", "It was.\nIt was handed over on Friday.");
    assert_eq!(addresses(&longer), before, "and so does another answer");
    let fewer = CONFERENCE.replace("Coast Radio: Was it answered?\nRen Haoyu: Not yet.\n", "");
    assert_eq!(addresses(&fewer), [before[0].clone(), before[2].clone()]);
}

#[test]
fn the_same_question_asked_twice_is_two_turns() {
    let twice =
        "Q: Was it answered?\nA: Not yet.\nQ: Was it answered?\nA: I said so.\nQ: Was it answered?\nA: Not yet.";
    let mut found = addresses(twice);
    assert_eq!(found.len(), 3);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 3, "each has an address of its own");
}

#[test]
fn only_an_address_that_was_made_for_a_turn_is_one() {
    assert_eq!(turn_of("https://a.example/x#turn-0123456789ab"), Some("0123456789ab"));
    for other in ["https://a.example/x", "https://a.example/x#turn-1", "https://a.example/x#turn-0123456789ag", "#top"]
    {
        assert_eq!(turn_of(other), None, "{other}");
    }
}

#[test]
fn a_page_of_names_without_end_is_read_in_time() {
    let many: String = (0..60_000).map(|number| format!("Wire{number}: Pier {number}?\n")).collect();
    let begun = std::time::Instant::now();
    split(&page("Press conference", &many));
    // Work that grows with the square of the names would take minutes.
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn nothing_is_lost_behind_the_most_turns() {
    let many: String =
        (0..400).map(|number| format!("Q: What of pier {number}?\nA: Pier {number} is open.\n")).collect();
    let turns = split(&page("Press conference", &many));
    assert_eq!(turns.len(), 300);
    assert_eq!(turns.iter().map(|turn| turn.text.lines().count()).sum::<usize>(), 800);
}

proptest! {
    #[test]
    fn any_text_is_taken_apart_without_loss_of_who_speaks(lines in prop::collection::vec("(Q|A|問|答|Harbour Wire|Ren Haoyu|MODERATOR|Note|  )?[:： ]{0,2}[a-zA-Z港務?？。. ]{0,40}", 0..30)) {
        let text = lines.join("\n");
        let turns = split(&page("Ren Haoyu meets the press", &text));
        for turn in &turns {
            for line in turn.text.lines() {
                let of_text = lines.iter().any(|known| line.contains(known.trim()) || known.contains(line.trim()));
                prop_assert!(of_text, "{line}");
            }
        }
        let mut urls: Vec<_> = turns.iter().map(|turn| turn.url.clone()).collect();
        urls.sort();
        urls.dedup();
        prop_assert_eq!(urls.len(), turns.len());
    }
}
