//! What an entry point announced before.

use super::*;
use crate::model::{Overlap, PastItem};

const FEED: &str = "https://isl.example/feed";

fn reading(entries: &[FeedEntry]) -> FeedReading {
    feed("isl", "09:00", entries).reading.expect("a reading")
}

#[test]
fn an_item_is_known_by_its_id_or_address_and_by_its_headline_where_none_is() {
    let mut desk = Desk::new();
    let overlap = |desk: &Desk, entries: &[FeedEntry]| {
        let overlap = desk.store.overlap(&source("isl"), FEED, &reading(entries)).expect("reads");
        (overlap.known, overlap.known_headlines, overlap.has_newest)
    };
    let first = desk.store.overlap(&source("isl"), FEED, &reading(&[entry("isl", "a", "One")])).expect("reads");
    assert_eq!(first, Overlap { items: 1, ..Overlap::default() }, "the first look");

    desk.look("isl", "10:00", &["a", "b"].map(|key| entry("isl", key, key)));
    desk.look("isl", "11:00", &["b", "c"].map(|key| entry("isl", key, key)));
    // What another source has announced is not known here.
    desk.look("port", "11:00", &[entry("isl", "d", "d")]);
    let with = |key: &str, url: &str, title: &str| FeedEntry {
        key: EntryKey(key.to_owned()),
        url: Some(format!("https://isl.example/{url}")),
        ..entry("isl", key, title)
    };
    assert_eq!(overlap(&desk, &[with("b", "b", "b"), with("c", "c", "c"), with("d", "d", "d")]), (2, 0, true));
    assert_eq!(overlap(&desk, &[with("a", "a", "a"), with("d", "d", "d")]), (1, 0, false), "an old one");
    assert_eq!(overlap(&desk, &[with("d", "d", "d"), with("e", "e", "e")]), (0, 0, false));
    // Another id and the same address; another parameter at each look; an id used again for another page.
    assert_eq!(overlap(&desk, &[with("x", "c", "c, softened")]), (1, 0, true));
    assert_eq!(overlap(&desk, &[with("c", "c?look=2", "c")]), (1, 0, true));
    assert_eq!(overlap(&desk, &[with("c", "other", "Other")]), (0, 0, false));
    // Nothing but the headlines, each counted once.
    assert_eq!(overlap(&desk, &[with("x", "x", "a"), with("y", "y", "b"), with("z", "z", "b")]), (0, 2, false));
    assert_eq!(overlap(&desk, &[with("x", "x", "")]), (0, 0, false));
    // A look that found nothing leaves nothing to join on to.
    let has_past = |desk: &Desk| {
        desk.store.overlap(&source("isl"), FEED, &reading(&[with("e", "e", "e")])).expect("reads").has_past
    };
    assert!(has_past(&desk));
    desk.look("isl", "12:00", &[]);
    assert!(!has_past(&desk));
}

#[test]
fn the_past_of_an_entry_point_ends_with_its_last_look() {
    let mut desk = Desk::new();
    let dated = |key: &str, time: &str| FeedEntry {
        published: Some(PublishedTime { at: at(time), raw: time.to_owned(), assumed: false }),
        ..entry("isl", key, key)
    };
    desk.look("port", "08:30", &[entry("isl", "b", "b")]);
    desk.look("isl", "10:00", &[dated("a", "09:10")]);
    let missed = FeedKeep {
        may_have_missed: Some(true),
        false_validators: true,
        ..feed("isl", "12:00", &[dated("b", "11:20")])
    };
    desk.store.keep_feed(&missed).expect("kept");
    desk.store
        .fail_feed(&FetchLog::new(FEED, FetchPurpose::Feed, at("12:30"), at("12:30")), &PollState::default())
        .expect("kept");
    let past = |until: &str| desk.store.point_past(&source("isl"), FEED, at(until)).expect("reads");

    let now = past("13:00");
    assert_eq!((now.looks.clone(), now.false_validators), (vec![at("10:00"), at("12:00")], Some(at("12:00"))));
    assert_eq!(now.missed, Some(seen(Some("10:00"), "12:00")));
    let items: Vec<PastItem> = now.items;
    let shown: Vec<_> = items.iter().map(|item| (item.claimed, item.seen)).collect();
    assert_eq!(shown, [(Some(at("09:10")), seen(None, "10:00")), (Some(at("11:20")), seen(Some("10:00"), "12:00"))]);
    let first = desk.store.point_past(&source("port"), "https://port.example/feed", at("13:00")).expect("reads");
    assert_eq!(items[1].page, first.items[0].page, "the same page, whoever announced it");

    let before = past("11:00");
    assert_eq!((before.looks.len(), before.items.len(), before.missed, before.false_validators), (1, 1, None, None));
    assert_eq!(past("09:00"), PointPast { entry_point: FEED.to_owned(), ..PointPast::default() });
}

#[test]
fn not_modified_by_false_validators_is_counted_for_the_looks_that_were_told_so() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[entry("isl", "a", "a")]);
    for time in ["11:00", "12:00"] {
        desk.store.keep_feed(&not_modified("isl", time)).expect("kept");
    }
    let lie = FeedKeep { false_validators: true, ..feed("isl", "13:00", &[entry("isl", "b", "b")]) };
    desk.store.keep_feed(&lie).expect("kept");
    desk.store.keep_feed(&not_modified("isl", "14:00")).expect("kept");
    let counted =
        |from: &str, to: &str| desk.store.watch(&source("isl"), at(from), at(to)).expect("reads").false_unmodified;
    assert_eq!([counted("09:00", "23:00"), counted("11:30", "12:30"), counted("13:00", "23:00")], [2, 1, 0]);
}

#[test]
fn what_was_announced_before_gets_its_date_when_a_record_is_brought_up_to_date() {
    let connection = rusqlite::Connection::open_in_memory().expect("memory");
    let formats = [
        include_str!("../migrations/0001_begin.sql"),
        include_str!("../migrations/0002_judgement.sql"),
        include_str!("../migrations/0003_around_the_text.sql"),
        include_str!("../migrations/0004_recurring.sql"),
        include_str!("../migrations/0005_read_anew.sql"),
    ];
    connection.execute_batch(&formats.concat()).expect("the format before");
    let insert = |key: &str, entry: &FeedEntry| {
        let body = serde_json::to_string(entry).expect("an entry is JSON");
        let sql = "INSERT INTO entry (source, entry_point, key, title, body, seen_by, waits, tries)
                   VALUES ('isl', 'feed', ?1, '', ?2, 0, 0, 0)";
        connection.execute(sql, rusqlite::params![key, body]).expect("inserted");
    };
    insert("dated", &entry("isl", "a", "One"));
    insert("undated", &FeedEntry { published: None, ..entry("isl", "b", "Two") });
    connection.execute_batch(include_str!("../migrations/0006_health.sql")).expect("brought up to date");
    let published = |key: &str| -> Option<i64> {
        connection.query_row("SELECT published FROM entry WHERE key = ?1", [key], |row| row.get(0)).expect("a row")
    };
    assert_eq!([published("dated"), published("undated")], [Some(at("08:00").as_microsecond()), None]);
}
