//! Pages and what was made of them.

use proptest::prelude::*;

use super::*;
use crate::model::{OutcomeKind, ReprintKind, StoryId};

#[test]
fn an_article_comes_back_as_it_was_found() {
    let mut desk = Desk::new();
    let outcome = on_topic("One", "First.\nSecond.");
    let Outcome::Kept(all) = &outcome else { unreachable!("it is on topic") };
    desk.look("isl", "09:30", &[]);
    let kept = desk.tell("isl", "a", "10:00", &outcome);
    assert!(kept.new_article && kept.new_version && kept.change.is_none());
    let stored = desk.article(kept.article);
    assert_eq!((stored.source.clone(), stored.by_hand), (Some(source("isl")), false));
    assert_eq!(stored.url.as_deref(), Some("https://isl.example/a"));
    assert_eq!((stored.seen, stored.gone), (seen(Some("09:30"), "10:00"), None));
    assert_eq!((stored.outcome, stored.story), (OutcomeKind::Kept, Some(StoryId(1))));
    assert_eq!(stored.placed_why.as_deref(), Some("nothing like it"));
    let version = stored.latest();
    assert_eq!((Some(version.id), version.number), (kept.version, 1));
    assert_eq!(version.article, all.article);
    assert_eq!(version.assessment, all.assessment);
    assert_eq!(version.statements, all.statements);
    assert_eq!((version.seen, version.made_by.as_str()), (stored.seen, "0.1.0"));
    let capture = version.capture.as_ref().expect("a capture");
    assert_eq!(desk.store.capture_body(capture).expect("whole"), b"<p>https://isl.example/a at 10:00");
    assert_eq!(desk.store.article_by_url("https://isl.example/a").expect("reads"), Some(stored));
    assert_eq!(desk.store.article_by_url("https://isl.example/b").expect("reads"), None);
}

#[test]
fn a_page_read_long_after_it_was_announced_was_not_read_before() {
    let mut desk = Desk::new();
    let kept = desk.look("isl", "10:00", &[entry("isl", "a", "One")]);
    let kept = desk.read(&kept.new[0], "15:00", &on_topic("One", "Text"));
    let stored = desk.article(kept.article);
    assert_eq!((stored.seen, stored.latest().seen), (seen(None, "10:00"), seen(None, "15:00")));
}

#[test]
fn the_same_page_twice_changes_nothing() {
    let mut desk = Desk::new();
    let outcome = on_topic("One", "Text");
    let pending = desk.look("isl", "10:00", &[entry("isl", "a", "One")]).new.remove(0);
    let first = desk.read(&pending, "10:01", &outcome);
    let before = (desk.article(first.article), desk.store.last_seq().expect("reads"), outcomes(&desk));
    let counts = desk.store.counts().expect("reads");
    let second = desk.read(&pending, "10:01", &outcome);
    assert_eq!(second, PageKept { new_article: false, new_version: false, ..first });
    let after = (desk.article(first.article), desk.store.last_seq().expect("reads"), outcomes(&desk));
    assert_eq!(after, before);
    // Only the second request is new.
    assert_eq!(desk.store.counts().expect("reads"), RecordCounts { fetches: counts.fetches + 1, ..counts });
}

#[test]
fn two_addresses_of_one_article_are_one_article() {
    let mut desk = Desk::new();
    let kept = desk.look("isl", "10:00", &[entry("isl", "a", "One"), entry("isl", "a?from=feed", "One, again")]);
    let outcome = on_topic("One", "Text");
    let first = desk.read(&kept.new[0], "10:01", &outcome);
    let canonical = PageKeep { url: kept.new[0].entry.url.clone(), ..page(&kept.new[1], "10:02", &outcome) };
    let second = desk.store.keep_page(&canonical).expect("kept");
    assert_eq!((second.article, second.new_article, second.new_version), (first.article, false, false));
    let by_other = desk.store.article_by_url("https://isl.example/a?from=feed").expect("reads");
    assert_eq!(by_other.map(|article| article.id), first.article);
}

#[test]
fn stories_are_begun_and_joined() {
    let mut desk = Desk::new();
    desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    let mut joining = article("The same, retold", "Text");
    joining.lang = Lang::en();
    let mut outcome = processed(joining, StoryChoice::Join(StoryId(1)));
    if let Outcome::Kept(all) = &mut outcome {
        all.placement.reprint_of = Some((ArticleId(1), ReprintKind::CutCopy));
    }
    let joined = desk.tell("port", "b", "11:00", &outcome);
    desk.tell("isl", "c", "10:30", &on_topic("Another", "Text"));
    let stored = desk.article(joined.article);
    assert_eq!((stored.story, stored.reprint_of), (Some(StoryId(1)), Some((ArticleId(1), ReprintKind::CutCopy))));
    assert_eq!(desk.store.story(StoryId(1)).expect("reads").expect("there").name, "One");
    let stories = desk.store.stories(None, 10).expect("reads");
    assert_eq!(stories.iter().map(|story| story.story.id.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((stories[0].articles, stories[0].outlets), (2, 2));
    assert_eq!((stories[0].first_seen, stories[0].last_seen), (at("10:00"), at("11:00")));
    assert_eq!(stories[0].langs, [Lang::en(), Lang::zh_hant()]);
    assert_eq!(desk.store.stories(Some(at("10:45")), 10).expect("reads").len(), 1);
    assert_eq!(desk.store.stories(None, 1).expect("reads").len(), 1);
}

#[test]
fn a_story_that_is_not_there_cannot_be_joined_and_nothing_of_the_page_is_kept() {
    let mut desk = Desk::new();
    let pending = desk.look("isl", "10:00", &[entry("isl", "a", "One")]).new.remove(0);
    let before = desk.store.counts().expect("reads");
    let outcome = processed(article("One", "Text"), StoryChoice::Join(StoryId(9)));
    let refused = desk.store.keep_page(&page(&pending, "10:01", &outcome)).expect_err("there is no such story");
    assert_eq!(refused.to_string(), "there is no story s-9 in the record");
    assert_eq!(desk.store.counts().expect("reads"), before);
    assert_eq!(desk.store.pending(at("11:00"), 3).expect("reads"), [pending]);
}

#[test]
fn what_was_not_kept_is_listed_with_its_reason() {
    let mut desk = Desk::new();
    desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    desk.tell("isl", "b", "10:01", &off_topic("Football", "Text"));
    desk.tell("isl", "c", "10:02", &dropped());
    desk.tell("port", "d", "10:03", &unread("robots"));
    desk.store.keep_page(&by_hand(Some("https://wave.example/w"), "10:04", &dropped())).expect("kept");
    let rows = desk.store.outcomes(&OutcomeFilter::default()).expect("reads");
    let told = rows.iter().map(|row| (row.kind.name(), row.reason.as_str(), row.title.as_str())).collect::<Vec<_>>();
    let expected = [
        ("off-topic", "off-topic", "Football"),
        ("dropped", "wall", "As announced"),
        ("unread", "robots", "As announced"),
        ("dropped", "wall", ""),
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[0].message, "not on topic: score 0.25");
    assert_eq!((rows[0].article, rows[2].article), (Some(ArticleId(2)), None));
    assert_eq!(rows[2].message, "the page answered robots");
    assert_eq!((rows[3].by_hand, rows[3].source.clone()), (true, None));
    assert_eq!(rows[3].url.as_deref(), Some("https://wave.example/w"));

    let filtered = |filter: OutcomeFilter| desk.store.outcomes(&filter).expect("reads").len();
    assert_eq!(filtered(OutcomeFilter { reason: Some("wall".to_owned()), ..OutcomeFilter::default() }), 2);
    assert_eq!(filtered(OutcomeFilter { source: Some(source("port")), ..OutcomeFilter::default() }), 1);
    assert_eq!(filtered(OutcomeFilter { kind: Some(OutcomeKind::Kept), ..OutcomeFilter::default() }), 1);
    assert_eq!(filtered(OutcomeFilter { since: Some(at("10:03")), ..OutcomeFilter::default() }), 2);
}

#[test]
fn an_off_topic_article_is_kept_outside_stories() {
    let mut desk = Desk::new();
    let kept = desk.tell("isl", "a", "10:00", &off_topic("Football", "Text"));
    let stored = desk.article(kept.article);
    assert_eq!((stored.outcome, stored.story, stored.placed_why), (OutcomeKind::OffTopic, None, None));
    assert_eq!(desk.store.recent_articles(at("00:00"), 10).expect("reads").len(), 0);
    assert_eq!(desk.store.stories(None, 10).expect("reads"), []);
}

#[test]
fn a_file_brought_in_twice_by_hand_is_one_article() {
    let mut desk = Desk::new();
    let outcome = on_topic("One", "Text");
    let first = desk.store.keep_page(&by_hand(None, "10:00", &outcome)).expect("kept");
    let second = desk.store.keep_page(&by_hand(None, "11:00", &outcome)).expect("kept");
    assert_eq!((second.article, second.new_version), (first.article, false));
    let stored = desk.article(first.article);
    assert_eq!((stored.by_hand, stored.source.clone(), stored.url.clone()), (true, None, None));
    let capture = stored.latest().capture.as_ref().expect("the bytes of the file");
    assert_eq!(desk.store.capture_body(capture).expect("whole"), b"<p>pages/one.html at 10:00");
    let other = desk.store.keep_page(&by_hand(None, "12:00", &on_topic("Two", "Text"))).expect("kept");
    assert!(other.new_article);
}

#[test]
fn an_article_brought_in_by_hand_is_the_outlets_own_once_it_announces_it() {
    let mut desk = Desk::new();
    let url = "https://isl.example/a";
    let kept = desk.store.keep_page(&by_hand(Some(url), "10:00", &on_topic("One", "Text"))).expect("kept");
    let seq = desk.store.last_seq().expect("reads");
    assert_eq!(desk.look("isl", "11:00", &[entry("isl", "a", "One")]).known, 1);
    let stored = desk.article(kept.article);
    assert_eq!((stored.by_hand, stored.source.clone()), (false, Some(source("isl"))));
    assert_eq!(stored.seen, seen(None, "10:00"));
    assert_eq!(desk.store.changed_after(seq, 10).expect("reads").len(), 1, "the index hears of it");
}

#[test]
fn what_was_made_of_the_feeds_own_text_stands_on_the_feed() {
    let mut desk = Desk::new();
    let from_feed = Article { by: Layer::Feed, partial: Some("teaser".to_owned()), ..article("One", "Teaser") };
    let pending = desk.look("isl", "10:00", &[entry("isl", "a", "One")]).new.remove(0);
    let outcome = processed(from_feed, StoryChoice::New);
    let mut refused = page(&pending, "10:01", &outcome);
    refused.fetch = Some(PageFetch { status: Some(403), ..fetched("https://isl.example/a", "10:01") });
    let kept = desk.store.keep_page(&refused).expect("kept");
    let capture = desk.article(kept.article).latest().capture.clone().expect("the feed's answer was captured");
    assert_eq!(capture.url, "https://isl.example/feed");
    let log = desk.store.fetch_log(&FetchFilter { purpose: Some(FetchPurpose::Page), ..FetchFilter::default() });
    let log = log.expect("reads").remove(0);
    assert_eq!((log.outcome, log.failure.as_deref()), (FetchOutcome::Failed, Some("answered with status 403")));
    // Without a request there is no row.
    let pending = desk.look("port", "10:02", &[entry("port", "b", "Two")]).new.remove(0);
    let keep = PageKeep { fetch: None, ..page(&pending, "10:02", &outcome) };
    assert!(desk.store.keep_page(&keep).expect("kept").new_article);
}

#[test]
fn articles_are_found_by_what_is_asked() {
    let mut desk = Desk::new();
    desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    desk.tell("port", "b", "11:00", &off_topic("Two", "Text"));
    desk.tell("isl", "c", "12:00", &on_topic("Three", "Text"));
    let check = |filter: ArticleFilter, expected: &[i64]| {
        let found = desk.store.articles(&filter).expect("reads");
        assert_eq!(found.iter().map(|article| article.id.0).collect::<Vec<_>>(), expected, "{filter:?}");
    };
    let all = ArticleFilter::default;
    check(all(), &[1, 2, 3]);
    check(ArticleFilter { source: Some(source("isl")), ..all() }, &[1, 3]);
    check(ArticleFilter { story: Some(StoryId(2)), ..all() }, &[3]);
    check(ArticleFilter { outcome: Some(OutcomeKind::OffTopic), ..all() }, &[2]);
    check(ArticleFilter { since: Some(at("11:00")), ..all() }, &[2, 3]);
    check(ArticleFilter { until: Some(at("11:00")), ..all() }, &[1]);
    check(ArticleFilter { ids: Some(vec![ArticleId(3), ArticleId(1), ArticleId(9)]), ..all() }, &[1, 3]);
    check(ArticleFilter { ids: Some(Vec::new()), ..all() }, &[]);
}

#[test]
fn recent_articles_are_the_newest_of_those_in_stories() {
    let mut desk = Desk::new();
    for (key, time) in [("a", "10:00"), ("b", "11:00"), ("c", "12:00")] {
        let undated = Article { published: None, ..article(key, "Text") };
        desk.tell("isl", key, time, &processed(undated, StoryChoice::New));
    }
    let recent = |since: &str, limit| {
        let found = desk.store.recent_articles(at(since), limit).expect("reads");
        found.into_iter().map(|article| (article.id.0, article.at)).collect::<Vec<_>>()
    };
    assert_eq!(recent("10:30", 10), [(2, Some(at("11:00"))), (3, Some(at("12:00")))]);
    assert_eq!(recent("00:00", 2).iter().map(|(id, _)| *id).collect::<Vec<_>>(), [2, 3]);
    desk.tell("isl", "d", "13:00", &on_topic("Dated", "Text"));
    let dated = desk.store.recent_articles(at("12:30"), 10).expect("reads").remove(0);
    assert_eq!((dated.at, dated.title.as_str()), (Some(at("08:00")), "Dated"), "published as claimed");
}

proptest! {
    // Each case syncs to the disk several times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_comes_back(
        title in ".*",
        text in "(?s).*",
        confidence in 0f64..1.0,
        score in 0f64..1.0,
        micros in -1_000_000_000_000_000i64..4_000_000_000_000_000,
        body in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let mut desk = Desk::new();
        let mut outcome = on_topic(&title, &text);
        if let Outcome::Kept(all) = &mut outcome {
            all.statements[0].confidence = confidence;
            all.statements[0].cue = text.clone();
            all.assessment.score = score;
            all.article.updated = Some(Timestamp::from_microsecond(micros).expect("in range"));
        }
        let announced = FeedEntry { content: Some(text.clone()), ..entry("isl", "a", &title) };
        let pending = desk.look("isl", "10:00", std::slice::from_ref(&announced)).new.remove(0);
        prop_assert_eq!(&pending.entry, &announced);
        let mut keep = page(&pending, "10:01", &outcome);
        keep.fetch.as_mut().expect("a request").body = Some(body.clone());
        let kept = desk.store.keep_page(&keep).expect("kept");
        let stored = desk.article(kept.article);
        let Outcome::Kept(all) = &outcome else { unreachable!("it is on topic") };
        prop_assert_eq!(&stored.latest().article, &all.article);
        prop_assert_eq!(&stored.latest().assessment, &all.assessment);
        prop_assert_eq!(&stored.latest().statements, &all.statements);
        let capture = stored.latest().capture.as_ref().expect("a capture");
        prop_assert_eq!(desk.store.capture_body(capture).expect("whole"), body);
    }
}

fn outcomes(desk: &Desk) -> Vec<OutcomeRow> {
    let kept = OutcomeFilter { kind: Some(OutcomeKind::Kept), ..OutcomeFilter::default() };
    desk.store.outcomes(&kept).expect("reads")
}
