//! Second looks at known articles: changed, softened, gone, back.

use super::*;
use crate::model::{Change, ChangeKind, OutcomeKind, StoryId};

/// A second look that no entry asked for.
fn recheck<'a>(article: Option<ArticleId>, time: &str, outcome: &'a Outcome) -> PageKeep<'a> {
    PageKeep {
        article,
        by_hand: false,
        source: Some(source("isl")),
        fetch: Some(fetched("https://isl.example/a", time)),
        ..by_hand(Some("https://isl.example/a"), time, outcome)
    }
}

/// Tells one article, looks at it again, and returns what is reported as changed.
fn check_change(first: Article, second: Article, expected: &[(ChangeKind, &str, &str)]) {
    let mut desk = Desk::new();
    let first = desk.tell("isl", "a", "10:00", &processed(first, StoryChoice::New));
    let second = processed(second, StoryChoice::New);
    let kept = desk.store.keep_page(&recheck(first.article, "12:00", &second)).expect("kept");
    assert!(kept.new_version && !kept.new_article);
    assert_eq!(kept.change, expected.first().map(|(kind, ..)| *kind));
    let changes = desk.store.changes(at("00:00")).expect("reads");
    let told = changes.iter().map(|change| (change.kind, change.before.as_str(), change.after.as_str()));
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(changes.iter().all(|change| change.seen == seen(Some("10:00"), "12:00")), "{changes:?}");
    assert_eq!(desk.store.changes(at("12:01")).expect("reads"), []);
}

#[test]
fn a_changed_headline_is_a_second_version() {
    check_change(
        article("One", "Text"),
        article("One, softened", "Text"),
        &[(ChangeKind::Headline, "One", "One, softened")],
    );
}

#[test]
fn a_changed_body_is_a_second_version() {
    check_change(article("One", "Text"), article("One", "Less"), &[(ChangeKind::Body, "Text", "Less")]);
}

#[test]
fn headline_and_body_can_change_at_once() {
    check_change(
        article("One", "Text"),
        article("Two", "Less"),
        &[(ChangeKind::Headline, "One", "Two"), (ChangeKind::Body, "Text", "Less")],
    );
}

#[test]
fn the_page_behind_a_feeds_own_text_is_no_change() {
    let teaser = Article { by: Layer::Feed, partial: Some("teaser".to_owned()), ..article("One!", "Teaser") };
    check_change(teaser, article("One", "Text"), &[]);
}

#[test]
fn the_whole_behind_a_part_is_no_change_of_the_body() {
    let part = Article { partial: Some("paywall".to_owned()), ..article("One", "Te") };
    check_change(part, article("One", "Text"), &[]);
}

#[test]
fn a_second_look_keeps_the_first_version_and_the_story() {
    let mut desk = Desk::new();
    let first = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    let softened = off_topic("One", "Less");
    let second = desk.store.keep_page(&recheck(first.article, "12:00", &softened)).expect("kept");
    let stored = desk.article(first.article);
    let versions = stored.versions.iter().map(|version| (version.number, version.article.text.as_str()));
    assert_eq!(versions.collect::<Vec<_>>(), [(1, "Text"), (2, "Less")]);
    assert_eq!(Some(stored.latest().id), second.version);
    assert_eq!((stored.outcome, stored.story), (OutcomeKind::OffTopic, Some(StoryId(1))));
    assert_eq!(stored.versions[0].statements.len(), 2);
    assert_eq!(desk.store.outcomes(&OutcomeFilter::default()).expect("reads").len(), 1, "now it is off topic");
    let back = on_topic("One", "Text");
    desk.store.keep_page(&recheck(first.article, "13:00", &back)).expect("kept");
    let stored = desk.article(first.article);
    assert_eq!((stored.outcome, stored.story, stored.versions.len()), (OutcomeKind::Kept, Some(StoryId(1)), 3));
    assert_eq!(desk.store.outcomes(&OutcomeFilter::default()).expect("reads"), []);
}

#[test]
fn a_version_is_first_seen_after_the_last_look_that_had_the_one_before() {
    let mut desk = Desk::new();
    let first = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    let same = on_topic("One", "Text");
    desk.store.keep_page(&recheck(first.article, "11:00", &same)).expect("kept");
    desk.store.keep_page(&recheck(first.article, "11:30", &unread("timeout"))).expect("kept");
    assert_eq!(desk.store.last_look(first.article.expect("an article")).expect("reads"), Some(at("11:00")));
    let other = on_topic("One", "Less");
    desk.store.keep_page(&recheck(first.article, "12:00", &other)).expect("kept");
    assert_eq!(desk.article(first.article).latest().seen, seen(Some("11:00"), "12:00"));
}

#[test]
fn a_known_article_outlives_a_look_that_could_not_read_it() {
    let mut desk = Desk::new();
    let first = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    let changed = desk.look("isl", "11:00", &[entry("isl", "a", "One, softened")]).changed.remove(0);
    let failed = desk.read(&changed, "11:01", &unread("status-503"));
    assert_eq!((failed.article, failed.version, failed.new_version), (first.article, None, false));
    assert_eq!(desk.article(first.article).versions.len(), 1);
    assert_eq!(desk.store.outcomes(&OutcomeFilter::default()).expect("reads"), []);
    assert_eq!(desk.store.pending(at("12:00"), 3).expect("reads").len(), 1, "it is tried again");
}

#[test]
fn gone_is_a_change_and_back_takes_the_mark_off() {
    let mut desk = Desk::new();
    let outcome = on_topic("One", "Text");
    let kept = desk.tell("isl", "a", "10:00", &outcome);
    let id = kept.article.expect("an article");
    let seq = desk.store.last_seq().expect("reads");
    desk.store.mark_gone(id, seen(None, "12:00"), "404 Not Found").expect("kept");
    let gone = desk.store.last_seq().expect("reads");
    assert!(gone > seq, "the index hears of it");
    desk.store.mark_gone(id, seen(None, "13:00"), "404 Not Found").expect("kept");
    assert_eq!(desk.store.last_seq().expect("reads"), gone, "it was gone already");
    assert_eq!(desk.article(kept.article).gone, Some(seen(Some("10:00"), "12:00")));
    let change = Change {
        article: id,
        source: Some(source("isl")),
        kind: ChangeKind::Gone,
        before: "One".to_owned(),
        after: "404 Not Found".to_owned(),
        seen: seen(Some("10:00"), "12:00"),
    };
    assert_eq!(desk.store.changes(at("11:00")).expect("reads"), std::slice::from_ref(&change));

    desk.store.keep_page(&recheck(kept.article, "14:00", &outcome)).expect("kept");
    assert_eq!(desk.article(kept.article).gone, None);
    assert!(desk.store.last_seq().expect("reads") > gone, "the index hears of it");
    assert_eq!(desk.store.changes(at("11:00")).expect("reads"), [change], "it was gone all the same");
    desk.store.mark_gone(id, seen(None, "15:00"), "410 Gone").expect("kept");
    let nobody = desk.store.mark_gone(ArticleId(9), seen(None, "15:00"), "410 Gone");
    assert_eq!(nobody.expect_err("no such article").to_string(), "there is no article a-9 in the record");
}

#[test]
fn a_follower_meets_each_article_once_and_at_its_newest_place() {
    let mut desk = Desk::new();
    let first = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    desk.tell("isl", "b", "10:00", &off_topic("Two", "Text"));
    let other = on_topic("One", "Less");
    desk.store.keep_page(&recheck(first.article, "12:00", &other)).expect("kept");
    let met = |after, limit| {
        let changed = desk.store.changed_after(after, limit).expect("reads");
        changed.into_iter().map(|(seq, article)| (seq, article.id.0, article.versions.len())).collect::<Vec<_>>()
    };
    assert_eq!(met(0, 10), [(2, 2, 1), (3, 1, 2)]);
    assert_eq!(met(0, 1), [(2, 2, 1)]);
    assert_eq!(met(2, 10), [(3, 1, 2)]);
    assert_eq!(met(3, 10), []);
    assert_eq!(desk.store.last_seq().expect("reads"), 3);
}
