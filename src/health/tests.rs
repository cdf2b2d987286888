use jiff::tz::TimeZone;

use super::*;
use crate::model::{Overlap, PastItem};

/// A Monday noon.
fn base() -> Timestamp {
    "2026-03-30T12:00:00Z".parse().expect("a test time")
}

fn ago(hours: i64) -> Timestamp {
    base().checked_add(SignedDuration::from_hours(-hours)).expect("in range")
}

/// An entry point that brought items so many hours ago, and was looked at each hour of the last month.
fn point(items: impl IntoIterator<Item = i64>) -> PointPast {
    let items = items.into_iter().enumerate().map(|(page, hours)| PastItem {
        page: i64::try_from(page).expect("few"),
        claimed: Some(ago(hours)),
        seen: SeenInterval { after: Some(ago(hours + 1)), by: ago(hours) },
    });
    PointPast {
        entry_point: "https://isl.example/feed".to_owned(),
        items: items.collect(),
        looks: (0..30 * 24).map(ago).collect(),
        ..PointPast::default()
    }
}

/// The hours from Monday to Friday, eight to eighteen, of the last five weeks.
fn office_hours() -> impl Iterator<Item = i64> {
    (0..35 * 24).filter(|hours| {
        let at = ago(*hours).to_zoned_datetime(TimeZone::UTC);
        at.weekday().to_monday_zero_offset() < 5 && (8..=18).contains(&at.hour())
    })
}

#[track_caller]
fn check(points: &[PointPast], expected: &[&str]) {
    let found: Vec<String> = of_source(points).into_iter().map(|finding| finding.says).collect();
    assert_eq!(found, expected);
}

/// Checks what is said of the age of the newest item.
#[track_caller]
fn old(items: Vec<i64>, expected: &[&str]) {
    let is_age = |finding: &Finding| matches!(finding.kind, FindingKind::Quiet | FindingKind::Stale);
    let found: Vec<String> =
        of_source(&[point(items)]).into_iter().filter(is_age).map(|finding| finding.says).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_newest_item_is_too_old_for_the_outlets_own_habit() {
    // Around the clock.
    old((0..28 * 24).collect(), &[]);
    old((20..28 * 24).collect(), &[]);
    old((30..28 * 24).collect(), &["its newest item is 30 hours old; it usually brings one every hour"]);
    old((72..28 * 24).collect(), &["its newest item is 3 days old; it usually brings one every hour"]);
    old(
        (0..300).map(|n| 72 + 2 * n).collect(),
        &["its newest item is 3 days old; it usually brings one every 2 hours"],
    );
    // Once a week.
    let weekly = |newest: i64| (0..9).map(move |week| newest + week * 7 * 24).collect::<Vec<_>>();
    old(weekly(5 * 24), &[]);
    old(weekly(13 * 24), &[]);
    old(weekly(15 * 24), &["its newest item is 15 days old; it usually brings one every 7 days"]);
    // Once a month: older than the limit for all, and not too old for it.
    old((0..9).map(|month| 25 * 24 + month * 30 * 24).collect(), &[]);
    // Nights and weekends belong to the habit, and one quiet week does not change it.
    old(office_hours().filter(|hours| *hours >= 66).collect(), &[]);
    old(
        office_hours().filter(|hours| *hours >= 162).collect(),
        &["its newest item is 7 days old; it usually brings one every 3 hours"],
    );
    old(
        (50..28 * 24).filter(|hours| !(200..368).contains(hours)).collect(),
        &["its newest item is 2 days old; it usually brings one every 82 minutes"],
    );
}

#[test]
fn without_enough_history_one_limit_holds_for_all() {
    old((0..40).map(|hours| 5 * 24 + hours).collect(), &[]);
    old((0..40).map(|hours| 20 * 24 + hours).collect(), &["stale: its newest item is 20 days old"]);
    old((0..7).map(|day| 10 * 24 + day * 48).collect(), &[]);
    old(vec![15 * 24], &["stale: its newest item is 15 days old"]);
    old(Vec::new(), &[]);
    check(&[PointPast::default()], &[]);
}

#[test]
fn what_a_date_claims_counts_only_between_the_looks_that_an_item_came_between() {
    let habit = |claimed: fn(Timestamp) -> Option<Timestamp>, newest: i64| {
        let mut point = point(newest..28 * 24);
        for item in &mut point.items {
            item.claimed = claimed(item.seen.by);
        }
        point
    };
    let late = "its newest item is 2 days old; it usually brings one every hour";
    check(&[habit(|_| None, 48)], &[late]);
    check(&[habit(|_| None, 2)], &[]);
    // Years in the future, or always the day of the founding: neither is believed.
    check(&[habit(|_| Some(Timestamp::MAX), 48)], &[late]);
    check(&[habit(|_| Some(Timestamp::UNIX_EPOCH), 2)], &[]);
    // What the first look found without dates says nothing.
    let mut first = habit(|_| None, 48);
    first.items.iter_mut().for_each(|item| item.seen.after = None);
    assert_eq!(Habit::of(&first), None);
}

/// An entry point that brought so many items on each day, counted back from the last, and was looked at on those days.
fn days(counts: &[usize], polled: impl Fn(usize) -> bool) -> PointPast {
    let hours = |day: usize| i64::try_from(day * 24 + 12).expect("few");
    let items = counts.iter().enumerate().flat_map(|(day, count)| std::iter::repeat_n(hours(day), *count));
    let looks = (0..=29).filter(|day| polled(*day)).map(|day| if day == 0 { base() } else { ago(hours(day)) });
    PointPast { looks: looks.collect(), ..point(items) }
}

#[test]
fn a_day_is_held_against_the_other_days_of_four_weeks() {
    #[track_caller]
    fn volume(today: usize, before: &[usize], polled: impl Fn(usize) -> bool, expected: &str) {
        let counts: Vec<usize> = std::iter::once(today).chain(before.iter().copied()).collect();
        let says = volume::of(&[days(&counts, polled)]).map(|(_, says)| says).unwrap_or_default();
        assert_eq!(says, expected);
    }
    let always = |_| true;
    volume(38, &[40; 28], always, "");
    volume(10, &[40; 28], always, "");
    volume(3, &[40; 28], always, "3 items in the last 24 hours; usually 40 a day");
    volume(1, &[40; 28], always, "1 item in the last 24 hours; usually 40 a day");
    volume(161, &[40; 28], always, "161 items in the last 24 hours; usually 40 a day");
    // A small outlet has days without anything, and days with some.
    volume(0, &[1; 28], always, "");
    volume(0, &[7; 28], always, "");
    volume(6, &[1; 28], always, "");
    volume(25, &[1; 28], always, "25 items in the last 24 hours; usually 1 a day");
    // As many as once before is no burst.
    let mut once = [5; 28];
    once[9] = 30;
    volume(30, &once, always, "");
    // A quiet day of the week is held against its like.
    let weekly: Vec<usize> = (1..=28).map(|day| if day % 7 == 0 { 2 } else { 40 }).collect();
    volume(1, &weekly, always, "");
    let holiday: Vec<usize> = (1..=28).map(|day| if day == 7 { 0 } else { 40 }).collect();
    volume(3, &holiday, always, "3 items in the last 24 hours; usually 40 a day");
    // A week has to be known, and the same day of it.
    volume(0, &[40; 28], |day| day <= 8, "0 items in the last 24 hours; usually 40 a day");
    volume(0, &[40; 28], |day| day <= 7, "");
    volume(0, &[40; 28], |day| day % 7 > 0 || day == 0, "");
    // A day not polled is no day of zero, and the first day after a pause holds what came in the pause.
    let gaps: Vec<usize> = (1..=28).map(|day| if (3..=9).contains(&day) { 0 } else { 40 }).collect();
    volume(38, &gaps, |day| !(3..=9).contains(&day), "");
    volume(3, &gaps, |day| !(3..=9).contains(&day), "3 items in the last 24 hours; usually 40 a day");
    volume(200, &[40; 28], |day| day != 1, "");
}

#[test]
fn entry_points_are_judged_together_and_each_by_itself() {
    let (collapsed, even) = (days(&[[0; 1].as_slice(), &[10; 28]].concat(), |_| true), days(&[10; 29], |_| true));
    let at = |point: &PointPast, name: &str, pages: i64| {
        let mut point = PointPast { entry_point: format!("https://isl.example/{name}"), ..point.clone() };
        point.items.iter_mut().for_each(|item| item.page += pages);
        point
    };
    let lines = |points: &[PointPast]| of_source(points).iter().map(Finding::line).collect::<Vec<_>>();
    let few = "0 items in the last 24 hours; usually 10 a day";
    assert_eq!(lines(&[at(&collapsed, "a", 0), at(&even, "b", 1000)]), [format!("https://isl.example/a: {few}")]);
    // All of them: said once, and the same page in two of them is one.
    assert_eq!(lines(&[at(&collapsed, "a", 0), at(&collapsed, "b", 0)]), [few]);
    assert_eq!(
        lines(&[at(&collapsed, "a", 0), at(&collapsed, "b", 1000)]),
        ["0 items in the last 24 hours; usually 20 a day"]
    );
}

#[test]
fn a_look_may_have_missed_items_when_none_of_its_own_was_known() {
    #[track_caller]
    fn overlap(items: usize, known: usize, known_headlines: usize, has_newest: bool, expected: (usize, bool)) {
        let overlap = Overlap { items, known, known_headlines, has_newest, has_past: true };
        assert_eq!((known_again(&overlap), may_have_missed(&overlap)), expected, "{overlap:?}");
    }
    overlap(20, 17, 0, true, (17, false));
    overlap(20, 1, 0, true, (1, false));
    overlap(20, 0, 0, false, (0, true));
    overlap(0, 0, 0, false, (0, false));
    // An item that stays at the top for weeks is no link to the look before; nor is the headline of a daily bulletin.
    overlap(20, 2, 0, false, (0, true));
    overlap(20, 3, 0, false, (3, false));
    overlap(4, 1, 0, false, (1, false));
    overlap(20, 0, 1, false, (0, true));
    // A redesign with new ids and addresses.
    overlap(20, 0, 20, false, (20, false));
    overlap(20, 0, 10, false, (10, false));
    let first = Overlap { items: 20, ..Overlap::default() };
    assert!(!may_have_missed(&first));
}

#[test]
fn what_was_seen_at_the_last_look_is_told() {
    let missed = SeenInterval { after: Some(ago(3)), by: base() };
    check(
        &[PointPast { missed: Some(missed), ..point(0..2) }],
        &["nothing of it was known: items between 2026-03-30T09:00:00Z and 2026-03-30T12:00:00Z may have been missed"],
    );
    let lied = |hours: i64| PointPast { false_validators: Some(ago(hours)), ..point(0..2) };
    check(
        &[lied(24)],
        &[
            "its validators are false: it answered \"not modified\" and had other items; none are sent until 2026-04-05T12:00:00Z",
        ],
    );
    check(&[lied(7 * 24)], &[]);
}

#[test]
fn spans_are_said_in_words() {
    for (minutes, expected) in [
        (0, "1 minute"),
        (25, "25 minutes"),
        (60, "1 hour"),
        (24 * 60, "1 day"),
        (89, "89 minutes"),
        (90, "2 hours"),
        (35 * 60, "35 hours"),
        (36 * 60, "2 days"),
        (7 * 24 * 60, "7 days"),
    ] {
        assert_eq!(span(SignedDuration::from_mins(minutes)), expected);
    }
}
