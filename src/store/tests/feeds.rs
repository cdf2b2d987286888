//! Looks at entry points.

use super::*;

fn titles(pending: &[PendingEntry]) -> Vec<&str> {
    pending.iter().map(|pending| pending.entry.title.as_str()).collect()
}

#[test]
fn an_entry_is_first_seen_between_two_looks() {
    let mut desk = Desk::new();
    let first = desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    assert_eq!(first.new[0].seen, seen(None, "10:00"));
    let second = desk.look("isl", "11:00", &[entry("isl", "b", "Two"), entry("isl", "a", "One")]);
    assert_eq!((titles(&second.new), second.known), (vec!["Two"], 1));
    assert_eq!(second.new[0].seen, seen(Some("10:00"), "11:00"));
    assert_eq!(second.new[0].entry, entry("isl", "b", "Two"));
}

#[test]
fn not_modified_is_a_look_without_the_entry() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[]);
    desk.store.keep_feed(&not_modified("isl", "10:30")).expect("kept");
    let kept = desk.look("isl", "11:00", &[entry("isl", "a", "One")]);
    assert_eq!(kept.new[0].seen, seen(Some("10:30"), "11:00"));
}

#[test]
fn an_answer_that_is_no_feed_is_not_a_look_without_the_entry() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[]);
    let mut html = feed("isl", "10:30", &[]);
    html.reading.as_mut().expect("a reading").kind = FeedKind::Unknown;
    desk.store.keep_feed(&html).expect("kept");
    desk.store.fail_feed(&failure("isl", "10:40"), &PollState::default()).expect("kept");
    let kept = desk.look("isl", "11:00", &[entry("isl", "a", "One")]);
    assert_eq!(kept.new[0].seen, seen(Some("10:00"), "11:00"));
}

#[test]
fn a_clock_that_was_put_back_gives_no_interval_that_ends_before_it_begins() {
    let mut desk = Desk::new();
    desk.look("isl", "12:00", &[]);
    let kept = desk.look("isl", "11:00", &[entry("isl", "a", "One")]);
    assert_eq!(kept.new[0].seen, seen(None, "11:00"));
}

#[test]
fn a_page_that_two_sources_announce_is_looked_at_once() {
    let mut desk = Desk::new();
    let first = desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    let copy = FeedEntry { url: entry("isl", "a", "").url, ..entry("port", "x", "One, by the Island") };
    let second = desk.look("port", "10:05", std::slice::from_ref(&copy));
    assert_eq!((second.new.len(), second.known), (0, 1));
    assert_eq!(desk.store.pending(at("11:00"), 3).expect("reads").len(), 1);

    let kept = desk.read(&first.new[0], "10:10", &on_topic("One", "Text"));
    let later = desk.look("wave", "10:20", &[FeedEntry { key: EntryKey("y".to_owned()), ..copy }]);
    assert_eq!((later.new.len(), later.known), (0, 1));
    assert_eq!(desk.store.counts().expect("reads").articles, 1);
    // All three were seen to carry it.
    for (id, entries) in [("isl", 1), ("port", 1), ("wave", 1)] {
        let watch = desk.store.watch(&source(id), at("09:00"), at("12:00")).expect("reads");
        assert_eq!((watch.articles, watch.unread_pages), (entries, 0), "{id}");
    }
    assert_eq!(desk.article(kept.article).source, Some(source("isl")));
}

#[test]
fn what_was_announced_and_not_read_when_the_run_was_cut_off_is_still_pending() {
    let mut desk = Desk::new();
    let kept = desk.look("isl", "10:00", &[entry("isl", "a", "One"), entry("isl", "b", "Two")]);
    desk.read(&kept.new[0], "10:01", &dropped());
    let mut desk = desk.again();
    assert_eq!(desk.store.pending(at("11:00"), 3).expect("reads"), kept.new[1..]);
    // The feed is not asked for it again: it is known.
    assert_eq!(desk.look("isl", "11:00", &[entry("isl", "b", "Two")]).new, []);
    assert_eq!(desk.store.pending(at("12:00"), 3).expect("reads").len(), 1);
}

/// An entry of one source that leads to a page of another.
fn linked(source: &str, key: &str, to: &str) -> FeedEntry {
    FeedEntry { url: entry(to, "a", "").url, ..entry(source, key, "One, as told elsewhere") }
}

#[test]
fn who_announces_a_page_first_keeps_it_from_nobody() {
    // On its own site a source comes first.
    let mut desk = Desk::new();
    desk.look("port", "10:00", &[linked("port", "x", "isl")]);
    let own = desk.look("isl", "10:05", &[entry("isl", "a", "One")]);
    assert_eq!(own.new.iter().map(|new| new.source.clone()).collect::<Vec<_>>(), [source("isl")]);
    assert_eq!(desk.store.pending(at("11:00"), 3).expect("reads"), own.new);
    // What one could not read, another may read.
    let mut desk = Desk::new();
    let first = desk.look("port", "10:00", &[linked("port", "x", "wave")]);
    desk.read(&first.new[0], "10:01", &unread("status-404"));
    assert_eq!(desk.look("isl", "10:05", &[linked("isl", "y", "wave")]).new.len(), 1);
    // An article is printed by the source on whose site it stands.
    let mut desk = Desk::new();
    let first = desk.look("port", "10:00", &[linked("port", "x", "isl")]);
    let kept = desk.read(&first.new[0], "10:01", &on_topic("One", "Text"));
    assert_eq!(desk.article(kept.article).source, Some(source("port")));
    assert_eq!(desk.look("isl", "10:05", &[entry("isl", "a", "One")]).new.len(), 0);
    assert_eq!(desk.article(kept.article).source, Some(source("isl")));
    desk.look("port", "10:10", &[linked("port", "z", "isl")]);
    assert_eq!(desk.article(kept.article).source, Some(source("isl")));
}

#[test]
fn pages_that_wait_for_a_source_nobody_watches_go_to_one_that_announced_them() {
    let mut desk = Desk::new();
    desk.look("port", "10:00", &[linked("port", "x", "other"), entry("port", "b", "Two")]);
    desk.look("wave", "10:05", &[linked("wave", "y", "other")]);
    let waiting = |desk: &Desk| {
        let pending = desk.store.pending(at("11:00"), 3).expect("reads");
        pending.iter().map(|pending| pending.source.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&desk), ["port", "port"]);
    let (port, wave) = (source("port"), source("wave"));
    desk.store.hand_over(&[&port, &wave]).expect("kept");
    assert_eq!(waiting(&desk), ["port", "port"]);
    desk.store.hand_over(&[&wave]).expect("kept");
    assert_eq!(waiting(&desk), ["port", "wave"]);
}

#[test]
fn of_one_id_the_address_tells_whether_it_is_another_page() {
    let mut desk = Desk::new();
    let at_url = |query: &str, title: &str| FeedEntry {
        url: Some(format!("https://isl.example/live?{query}")),
        ..entry("isl", "1", title)
    };
    let mut new = |query: &str, title: &str| {
        let time = "10:00";
        desk.look("isl", time, &[at_url(query, title)]).new.len()
    };
    assert_eq!(new("id=7", "Live"), 1);
    assert_eq!(new("id=7&sid=1", "Live"), 0);
    assert_eq!(new("newsid=1", "Live"), 1);
    assert_eq!(new("newsid=2", "Live"), 1);
    assert_eq!(new("id=8", "Live"), 1);
    assert_eq!(new("id=8", "Live"), 0);
    assert_eq!(new("id=7", "Live"), 0);
    assert_eq!(new("id=9", "Another"), 1);
    // A new id, and a new session in the address.
    let session = |id: &str, number: u32| FeedEntry {
        url: Some(format!("https://isl.example/p?no=4&sessionid={number}")),
        ..entry("isl", id, "Told")
    };
    assert_eq!(desk.look("isl", "11:00", &[session("a", 1)]).new.len(), 1);
    assert_eq!(desk.look("isl", "12:00", &[session("b", 2)]).new.len(), 0);
    // Short names stand for articles as well: two of one headline are two.
    let video = |id: &str| FeedEntry {
        url: Some(format!("https://isl.example/watch?v={id}")),
        ..entry("isl", id, "The briefing")
    };
    assert_eq!(desk.look("isl", "13:00", &[video("x"), video("y")]).new.len(), 2);
}

#[test]
fn an_unread_page_is_tried_as_often_as_asked_and_not_twice_in_a_run() {
    let mut desk = Desk::new();
    let kept = desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    let tries = |desk: &Desk, now: &str| {
        let pending = desk.store.pending(at(now), 2).expect("reads");
        pending.iter().map(|pending| pending.tries).collect::<Vec<_>>()
    };
    assert_eq!(tries(&desk, "10:00"), [0]);
    desk.read(&kept.new[0], "10:01", &unread("status-503"));
    assert!(tries(&desk, "10:00").is_empty());
    assert_eq!(tries(&desk, "11:00"), [1]);
    desk.read(&kept.new[0], "11:01", &unread("status-503"));
    assert!(tries(&desk, "12:00").is_empty());
}

#[test]
fn a_changed_headline_asks_for_a_second_look_until_there_was_one() {
    let mut desk = Desk::new();
    let kept = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    let changed = desk.look("isl", "11:00", &[entry("isl", "a", "One, softened")]);
    assert_eq!((titles(&changed.changed), changed.new.len(), changed.known), (vec!["One, softened"], 0, 0));
    assert_eq!(changed.changed[0].article, kept.article);
    let mut desk = desk.again();
    assert_eq!(desk.store.pending(at("11:00"), 3).expect("reads"), changed.changed);
    desk.read(&changed.changed[0], "11:01", &on_topic("One, softened", "Text"));
    assert_eq!(desk.store.pending(at("13:00"), 3).expect("reads"), []);
    assert_eq!(desk.look("isl", "12:00", &[entry("isl", "a", "One, softened")]).known, 1);
}

#[test]
fn a_headline_changed_before_the_first_look_asks_for_no_second_one() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    let again = desk.look("isl", "11:00", &[entry("isl", "a", "One, softened")]);
    assert_eq!((again.new.len(), again.changed.len(), again.known), (0, 0, 1));
    assert_eq!(titles(&desk.store.pending(at("11:00"), 3).expect("reads")), ["One, softened"]);
}

#[test]
fn a_later_date_of_change_asks_for_a_second_look_and_a_missing_one_does_not() {
    let mut desk = Desk::new();
    let dated = |time: Option<&str>| FeedEntry { updated: time.map(at), ..entry("isl", "a", "One") };
    let kept = desk.look("isl", "10:00", &[dated(Some("09:00"))]);
    desk.read(&kept.new[0], "10:01", &on_topic("One", "Text"));
    assert_eq!(desk.look("isl", "11:00", &[dated(None)]).known, 1);
    assert_eq!(desk.look("isl", "12:00", &[dated(Some("09:00"))]).known, 1);
    assert_eq!(desk.look("isl", "13:00", &[dated(Some("12:30"))]).changed.len(), 1);
}

#[test]
fn a_new_id_at_every_look_makes_no_new_entry() {
    let mut desk = Desk::new();
    let with_id = |id: &str, title: &str| FeedEntry { key: EntryKey(id.to_owned()), ..entry("isl", "a", title) };
    let kept = desk.look("isl", "10:00", &[with_id("r1", "One")]);
    desk.read(&kept.new[0], "10:01", &on_topic("One", "Text"));
    for (time, id) in [("11:00", "r2"), ("12:00", "r3")] {
        assert_eq!(desk.look("isl", time, &[with_id(id, "One")]).known, 1);
    }
    assert_eq!(desk.store.counts().expect("reads").entries, 1);
    // A new headline under a new id is a change of the same page.
    assert_eq!(desk.look("isl", "13:00", &[with_id("r4", "One, softened")]).changed.len(), 1);
}

#[test]
fn one_id_for_two_items_hides_neither() {
    let mut desk = Desk::new();
    let two = [entry("isl", "a", "One"), FeedEntry { key: EntryKey("a".to_owned()), ..entry("isl", "b", "Two") }];
    assert_eq!(titles(&desk.look("isl", "10:00", &two).new), ["One", "Two"]);
    let again = desk.look("isl", "11:00", &two);
    assert_eq!((again.new.len(), again.changed.len(), again.known), (0, 0, 2));
}

#[test]
fn entries_without_an_address_are_told_apart_by_their_ids() {
    let mut desk = Desk::new();
    let bare = |key: &str, title: &str| FeedEntry { url: None, ..entry("isl", key, title) };
    let kept = desk.look("isl", "10:00", &[bare("a", "One"), bare("b", "Two")]);
    assert_eq!(titles(&kept.new), ["One", "Two"]);
    let first = desk.read(&kept.new[0], "10:01", &on_topic("One", "Text"));
    let second = desk.read(&kept.new[1], "10:01", &on_topic("Two", "Text"));
    assert_ne!(first.article, second.article);
    assert_eq!(desk.look("isl", "11:00", &[bare("a", "One"), bare("b", "Two")]).known, 2);
}

#[test]
fn poll_state_comes_back_byte_for_byte_and_knows_the_last_news() {
    let mut desk = Desk::new();
    let state = PollState {
        etag: Some("W/\"a  b\"".to_owned()),
        last_modified: Some("yesterday-ish".to_owned()),
        body_sha256: Some("00".to_owned()),
        last_attempt: Some(at("10:00")),
        last_answer: Some(at("10:00")),
        last_new: None,
        failures: 3,
        not_before: Some(at("10:30")),
        last_problem: Some("slow".to_owned()),
        newest_item: Some(at("09:30")),
        unconditional_at: Some(at("09:00")),
        unmodified_since: Some(at("09:15")),
        false_validators_at: Some(at("08:00")),
        interval: Some(jiff::SignedDuration::from_mins(25)),
    };
    let look = FeedKeep { state: state.clone(), ..feed("isl", "10:00", &[entry("isl", "a", "One")]) };
    desk.store.keep_feed(&look).expect("kept");
    let told = PollState { last_new: Some(at("10:00")), ..state.clone() };
    assert_eq!(desk.store.poll_state("https://isl.example/feed").expect("reads"), Some(told.clone()));
    // A failed look forgets nothing of it.
    desk.store.fail_feed(&failure("isl", "11:00"), &PollState { failures: 4, ..state }).expect("kept");
    let failed = PollState { failures: 4, ..told };
    assert_eq!(desk.store.poll_states().expect("reads"), [("https://isl.example/feed".to_owned(), failed)]);
    assert_eq!(desk.store.poll_state("https://port.example/feed").expect("reads"), None);
}

#[test]
fn every_request_is_in_the_log() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    desk.store.fail_feed(&failure("isl", "11:00"), &PollState::default()).expect("kept");
    let robots = FetchLog::new("https://isl.example/robots.txt", FetchPurpose::Robots, at("11:01"), at("11:02"));
    desk.store.log_fetch(&robots).expect("kept");
    let all = desk.store.fetch_log(&FetchFilter::default()).expect("reads");
    assert_eq!(all.iter().map(|row| row.outcome.name()).collect::<Vec<_>>(), ["answered", "failed", "failed"]);
    assert_eq!((all[0].items, all[0].new_items, all[0].bytes), (Some(1), Some(1), 16));
    assert_eq!(all[0].repairs, ["bare-ampersand"]);
    assert_eq!(all[1], failure("isl", "11:00"));
    assert_eq!(all[2], robots);
    let newest = FetchFilter { purpose: Some(FetchPurpose::Feed), limit: Some(1), ..FetchFilter::default() };
    assert_eq!(desk.store.fetch_log(&newest).expect("reads"), [failure("isl", "11:00")]);
}

#[test]
fn a_watch_says_what_was_asked_answered_and_missed() {
    let mut desk = Desk::new();
    desk.look("isl", "08:00", &[entry("isl", "early", "Early")]);
    let kept = desk.look("isl", "10:00", &["a", "b", "c", "d"].map(|key| entry("isl", key, key)));
    desk.read(&kept.new[0], "10:01", &off_topic("One", "Text"));
    desk.read(&kept.new[1], "10:01", &unread("status-404"));
    desk.read(&kept.new[2], "10:01", &dropped());
    desk.store.keep_feed(&not_modified("isl", "10:30")).expect("kept");
    desk.store.fail_feed(&failure("isl", "11:00"), &PollState::default()).expect("kept");
    desk.store.fail_feed(&failure("isl", "12:00"), &PollState::default()).expect("kept");
    let watch = desk.store.watch(&source("isl"), at("09:00"), at("12:00")).expect("reads");
    assert_eq!((watch.entry_points, watch.looks, watch.answered), (1, 3, 2));
    // One unread, one behind a wall, one never looked at.
    assert_eq!((watch.unread_pages, watch.articles), (3, 1));
    assert_eq!((watch.first_look, watch.last_look), (Some(at("10:00")), Some(at("11:00"))));
    assert_eq!(watch.failure.as_deref(), Some("no answer at 11:00"));
    let nobody = desk.store.watch(&source("port"), at("09:00"), at("12:00")).expect("reads");
    assert_eq!((nobody.looks, nobody.first_look, nobody.failure), (0, None, None));
}

#[test]
fn a_watch_says_where_news_may_have_come_and_gone() {
    let mut desk = Desk::new();
    let entries = |keys: &[&str]| keys.iter().map(|key| entry("isl", key, key)).collect::<Vec<_>>();
    desk.look("isl", "09:00", &entries(&["a", "b"]));
    desk.look("isl", "09:30", &entries(&["b", "c"]));
    let watch = |desk: &Desk| desk.store.watch(&source("isl"), at("09:00"), at("23:00")).expect("reads");
    assert_eq!((watch(&desk).rolled_over, watch(&desk).empty_looks), (0, 0), "the first look has nothing before it");
    assert_eq!(watch(&desk).longest_gap, Some(jiff::SignedDuration::from_mins(30)));

    desk.look("isl", "17:30", &entries(&["x", "y"]));
    desk.look("isl", "18:00", &entries(&[]));
    assert_eq!((watch(&desk).rolled_over, watch(&desk).empty_looks), (1, 1));
    assert_eq!(watch(&desk).longest_gap, Some(jiff::SignedDuration::from_hours(8)));
}

fn failure(id: &str, time: &str) -> FetchLog {
    FetchLog {
        source: Some(source(id)),
        failure: Some(format!("no answer at {time}")),
        ..FetchLog::new(&format!("https://{id}.example/feed"), FetchPurpose::Feed, at(time), at(time))
    }
}
