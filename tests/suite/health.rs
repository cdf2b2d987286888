//! What is said of a source that answers: against its own habit, on a simulated clock.

use std::path::Path;
use std::sync::Arc;

use gainsay::config;
use gainsay::demo::site::{Answer, Request, Site, World as Pages};
use gainsay::fetch::{Clock, Fetcher, Guard, SimulatedClock};
use gainsay::lexicon::Lexicon;
use gainsay::model::Study;
use gainsay::pipeline::Stop;
use gainsay::pipeline::check;
use gainsay::pipeline::poll::{self, Parts, PollOptions, SourceReport};
use gainsay::store::Store;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::world::{Ran, program, ran, rss};

const HOST: &str = "news.harbour.example";

/// A study whose sources are polled at moments of our choice.
struct Desk {
    dir: TempDir,
    site: Site,
    fetcher: Fetcher,
    clock: SimulatedClock,
    study: Study,
    lexicon: Arc<Lexicon>,
    runtime: tokio::runtime::Runtime,
}

/// A Monday.
fn start() -> Timestamp {
    "2026-03-02T00:00:00Z".parse().expect("a test time")
}

fn at_hour(hours: i64) -> Timestamp {
    start().checked_add(SignedDuration::from_hours(hours)).expect("in range")
}

impl Desk {
    /// Watches feeds, each a source with the name of its path; what each answers in which phase.
    fn watching(feeds: &[(&str, Vec<(u8, Answer)>)]) -> Self {
        let mut pages = Pages::default();
        let mut toml = String::new();
        for (name, answers) in feeds {
            for (phase, answer) in answers {
                pages.put(HOST, &format!("/{name}.xml"), *phase, answer.clone());
            }
            // The feeds carry the text: what is told here is told of entry points, and no page is asked for.
            toml.push_str(&format!(
                "[[source]]\nid = \"{name}\"\nname = \"{name}\"\ncountry = \"GB\"\nowner = \"private\"\nzone = \"UTC\"\nfull_text = true\n\
                 [[source.entry]]\nkind = \"feed\"\nurl = \"http://{HOST}/{name}.xml\"\n\n"
            ));
        }
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let site = runtime.block_on(async { Site::start(pages) }).expect("loopback can be listened on");
        let clock = SimulatedClock::new(start());
        let guard = Guard { known_hosts: [(HOST.to_owned(), site.address())].into(), ..Guard::default() };
        let fetcher = Fetcher::new(Clock::Simulated(clock.clone()), guard, None).expect("HTTP is set up");
        let dir = TempDir::new().expect("a temporary folder");
        std::fs::write(dir.path().join("feeds.toml"), &toml).expect("the study can be written");
        let study = config::study(&toml, "feeds.toml").unwrap_or_else(|problems| panic!("{problems}"));
        Self { dir, site, fetcher, clock, study, lexicon: Arc::new(Lexicon::shipped()), runtime }
    }

    /// Polls what is due at a moment, while the site tells a phase.
    fn poll(&self, phase: u8, at: Timestamp) -> Vec<SourceReport> {
        self.site.set_phase(phase);
        self.clock.advance_to(at);
        let record: &Path = &self.dir.path().join("record");
        let mut store = Store::create_or_open(record, "gainsay poll", at).expect("the record opens");
        let stop = Stop::never();
        let parts = Parts { study: &self.study, fetcher: &self.fetcher, lexicon: &self.lexicon, stop: &stop };
        let options = PollOptions { sources: Vec::new(), asked_for: false, concurrency: 1 };
        let polled = self.runtime.block_on(poll::run(&parts, &mut store, &options, &mut |_| {}));
        polled.expect("the poll runs").sources
    }

    /// What a poll said of the health of a source; nothing when it was not asked.
    fn said(&self, phase: u8, at: Timestamp, source: &str) -> Vec<String> {
        let reports = self.poll(phase, at);
        let report = reports.into_iter().find(|report| report.source.as_str() == source);
        report.map(|report| report.health.into_iter().map(|finding| finding.says).collect()).unwrap_or_default()
    }

    /// The requests for a feed so far.
    fn asked(&self, name: &str) -> Vec<Request> {
        self.site.log().into_iter().filter(|request| request.path == format!("/{name}.xml")).collect()
    }

    /// What a live check says of a source, with what the record knows of its habits.
    fn checked(&self, source: &str) -> Vec<String> {
        let store = Store::read(&self.dir.path().join("record")).expect("the record opens");
        let sources: Vec<_> = self.study.sources.iter().filter(|known| known.id.as_str() == source).collect();
        let habits = check::habits(&store, &sources, self.clock.now()).expect("the record reads");
        let stop = Stop::never();
        let rows = self.runtime.block_on(check::run(&self.fetcher, &sources, &habits, 1, &stop, &mut || {}));
        rows.into_iter().flat_map(|row| row.problems).collect()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(&program().args(arguments).current_dir(self.dir.path()).output().expect("the program runs"))
    }

    fn standing(&self, source: &str) -> String {
        let listed = self.run(&["source", "list", "--json"]).exits(0).json();
        let rows = listed["sources"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["id"] == source).expect("it is listed");
        row["standing"].as_str().expect("a word").to_owned()
    }
}

/// A feed of items, each printed at an hour and called after it.
fn feed(hours: impl IntoIterator<Item = i64>) -> Answer {
    items(hours.into_iter().map(|hour| (format!("/{hour}"), format!("Told at hour {hour}"), hour)))
}

fn items(items: impl Iterator<Item = (String, String, i64)>) -> Answer {
    let items: Vec<(String, String, String)> = items
        .map(|(path, title, hour)| (path, title, at_hour(hour).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()))
        .collect();
    let items: Vec<(&str, &str, &str)> = items.iter().map(|(path, title, date)| (&**path, &**title, &**date)).collect();
    rss(&items)
}

/// Answers of a feed that is looked at once a day at noon: one phase a day, with what was printed until then.
fn daily(hours_until: impl Fn(i64) -> Vec<i64>) -> Vec<(u8, Answer)> {
    (1..=12_u8).map(|phase| (phase, feed(hours_until(noon_of(phase))))).collect()
}

fn noon_of(phase: u8) -> i64 {
    (i64::from(phase) - 1) * 24 + 12
}

#[test]
fn a_feed_that_stops_is_told_by_its_own_habit() {
    // Hourly until the ninth noon; once a week; and one of which nothing is known but three items.
    let hourly = daily(|noon| (noon.min(noon_of(9)) - 29..=noon.min(noon_of(9))).collect());
    let weekly = vec![(1, feed((0..9).map(|week| -week * 7 * 24)))];
    let young = vec![(1, feed([0, -24, -48]))];
    let desk = Desk::watching(&[("hourly", hourly), ("weekly", weekly), ("young", young)]);
    for phase in 1..=9 {
        let said: Vec<_> =
            desk.poll(phase, at_hour(noon_of(phase))).into_iter().flat_map(|report| report.health).collect();
        assert_eq!(said, [], "on day {phase}");
    }
    assert_eq!(desk.standing("hourly"), "answers");
    let few = "0 items in the last 24 hours; usually 24 a day";
    assert_eq!(desk.said(10, at_hour(noon_of(10)), "hourly"), [few]);

    let late = "its newest item is 2 days old; it usually brings one every hour";
    assert_eq!(desk.said(11, at_hour(noon_of(11)), "hourly"), [late]);
    let shown = desk.run(&["source", "show", "hourly"]).exits(0).out;
    assert!(shown.contains(&format!("problem: {late}")), "{shown}");
    let shown = desk.run(&["source", "show", "hourly", "--json"]).exits(0).json();
    assert_eq!(
        (&shown["health"][0]["kind"], &shown["health"][0]["says"]),
        (&"quiet".into(), &late.into()),
        "{shown:#}"
    );
    assert_eq!(desk.standing("hourly"), "answers, 1 problem");
    assert_eq!([desk.checked("hourly"), desk.checked("weekly")], [vec![late.to_owned()], Vec::new()]);
    assert_eq!([desk.standing("weekly"), desk.standing("young")], ["answers", "answers"]);
    let digest = desk.run(&["digest", "--date", "2026-03-12"]).exits(0).out;
    assert!(digest.contains(&format!("hourly: http://{HOST}/hourly.xml: its newest item is 2 days old")), "{digest}");
    let before = desk.run(&["digest", "--date", "2026-03-10", "-o", "json"]).exits(0).json();
    assert!(!before["health"].to_string().contains("newest item"), "what was known then stays: {before:#}");
}

#[test]
fn a_day_far_below_or_above_the_others_is_told() {
    // Twenty a day, and on the eleventh day two, or a hundred; one a day, and then none.
    let even = |hours: i64| (hours * 5 / 6 - 24..=hours * 5 / 6).map(|n| n * 6 / 5).collect::<Vec<_>>();
    let last = noon_of(10);
    let few = daily(|noon| if noon > last { [even(last), vec![last + 20, last + 22]].concat() } else { even(noon) });
    let mut many = daily(even);
    let burst = (0..100).map(|n| (format!("/burst-{n}"), format!("Burst {n}"), noon_of(11) - n / 5));
    many[10].1 = items(
        burst.chain(even(noon_of(11)).into_iter().map(|hour| (format!("/{hour}"), format!("Told {hour}"), hour))),
    );
    let small = daily(|noon| (0..10).map(|day| noon.min(last) - 5 - day * 24).collect());
    let desk = Desk::watching(&[("few", few), ("many", many), ("small", small)]);
    for phase in 1..=10 {
        let said: Vec<_> =
            desk.poll(phase, at_hour(noon_of(phase))).into_iter().flat_map(|report| report.health).collect();
        assert_eq!(said, [], "on day {phase}");
    }
    let reports = desk.poll(11, at_hour(noon_of(11)));
    let said: Vec<String> = reports
        .iter()
        .flat_map(|report| report.health.iter().map(move |finding| format!("{}: {}", report.source, finding.says)))
        .collect();
    assert_eq!(
        said,
        [
            "few: 2 items in the last 24 hours; usually 20 a day",
            "many: 120 items in the last 24 hours; usually 20 a day"
        ]
    );
    let digest = desk.run(&["digest", "--date", "2026-03-12", "-o", "json"]).exits(0).json();
    let health = digest["health"].to_string();
    assert!(health.contains("usually 20 a day") && !health.contains("small.xml"), "{health}");
}

#[test]
fn validators_that_lie_are_found_out_and_sent_no_more_for_a_week() {
    let same_tag = |answer: Answer| Answer { headers: Vec::new(), ..answer }.header("etag", "\"always\"");
    let desk = Desk::watching(&[
        // The same ETag on another body; another one, and "not modified" to whatever is sent; and a server that is right.
        ("tag", vec![(1, same_tag(feed(0..10))), (2, same_tag(feed(5..15)))]),
        ("deaf", vec![(1, feed(0..10).always_unmodified()), (2, feed(5..15).always_unmodified())]),
        ("good", vec![(1, feed(0..10)), (2, feed(0..10)), (3, feed(5..15))]),
        // A body that is another at every look, and never has another item.
        ("made", vec![(1, same_tag(feed(0..10))), (2, same_tag(feed((0..10).rev())))]),
    ]);
    for (phase, hour) in [(1, 20), (2, 22), (2, 30), (2, 43)] {
        assert!(desk.poll(phase, at_hour(hour)).iter().all(|report| report.health.is_empty()), "at hour {hour}");
    }
    assert!(desk.poll(2, at_hour(43)).is_empty(), "nothing is due");
    let reports = desk.poll(3, at_hour(45));
    let said = |name: &str| {
        let report = reports.iter().find(|report| report.source.as_str() == name).expect("it was asked");
        report.health.iter().map(|finding| finding.says.clone()).collect::<Vec<_>>().join("; ")
    };
    for name in ["tag", "deaf"] {
        assert!(said(name).starts_with("its validators are false: it answered \"not modified\" and had other items"));
    }
    assert_eq!([said("good"), said("made")], ["", ""]);
    // One that is right gives the body to who asks with the old ones.
    let good: Vec<bool> = desk.asked("good").iter().map(|request| request.conditional).collect();
    assert_eq!(good, [false, true, true, true, false, true]);

    let sent = |name: &str, day: i64| {
        desk.poll(3, at_hour(45 + day * 24));
        desk.asked(name).last().expect("it was asked").conditional
    };
    assert!(!sent("tag", 1) && !sent("deaf", 6));
    let shown = desk.run(&["source", "show", "tag"]).exits(0).out;
    assert!(shown.contains("none are sent until 2026-03-10T21:00"), "{shown}");
    let digest = desk.run(&["digest", "--date", "2026-03-03"]).exits(0).out;
    let digest = digest.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(digest.contains("2 of 3 looks were answered \"not modified\" by validators that were false"), "{digest}");
    // Later they are tried again.
    desk.poll(3, at_hour(45 + 7 * 24 + 1));
    assert!(sent("tag", 7 + 1));
    assert_eq!(desk.said(3, at_hour(45 + 9 * 24), "tag"), [""; 0], "it was mended");
}

#[test]
fn what_is_called_unchanged_for_longer_than_its_habit_is_asked_for_the_body_itself() {
    // The dates of its items tell at the first look that one comes every hour.
    let desk =
        Desk::watching(&[("hourly", vec![(1, feed(-200..1))]), ("weekly", vec![(1, feed((0..9).map(|w| -w * 168)))])]);
    for hour in 1..=7 {
        desk.poll(1, at_hour(hour).checked_add(SignedDuration::from_mins(hour)).expect("in range"));
    }
    let conditional = |name| desk.asked(name).iter().map(|request| request.conditional).collect::<Vec<_>>();
    assert_eq!(conditional("hourly"), [false, true, true, true, false, true, true]);
    assert_eq!(conditional("weekly"), [false, true, true, true, true, true, true]);
    let shown = desk.run(&["source", "show", "weekly"]).exits(0).out;
    assert!(shown.contains("not modified since 2026-03-02T02:02:0"), "{shown}");
}

#[test]
fn a_look_that_knows_nothing_again_is_told_and_the_next_comes_sooner() {
    let renamed = |hours: std::ops::Range<i64>| {
        items(hours.map(|hour| (format!("/news/new-{hour}"), format!("Told at hour {hour}"), hour)))
    };
    let busy = vec![
        (1, feed(0..20)),
        (2, feed(30..50)),
        (3, feed(32..52)),
        // New ids and addresses, and the same headlines.
        (4, renamed(32..52)),
        (5, Answer::status(503, "text/plain", "later").header("retry-after", "7200")),
        (6, feed(100..120)),
    ];
    let calm = vec![(1, feed(0..20)), (2, feed(2..22)), (3, feed(4..24))];
    let desk = Desk::watching(&[("busy", busy), ("calm", calm)]);
    let minute = |minutes: i64| at_hour(60).checked_add(SignedDuration::from_mins(minutes)).expect("in range");
    assert_eq!(desk.said(1, minute(0), "busy"), [""; 0], "the first look");
    let missed = desk.said(2, minute(61), "busy");
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert!(missed[0].starts_with("nothing of it was known: items between 2026-03-04T12:00:0"), "{missed:?}");
    assert!(missed[0].ends_with("may have been missed"), "{missed:?}");
    let shown = desk.run(&["source", "show", "busy"]).exits(0).out;
    for part in ["asked every 30 minutes", "problem: nothing of it was known", "20 items, 20 new, 0 known before"] {
        assert!(shown.contains(part), "{part} is missing in\n{shown}");
    }
    let shown = desk.run(&["source", "show", "busy", "--json"]).exits(0).json();
    let point = &shown["entry_points"][0];
    assert_eq!((&point["interval_minutes"], &point["last_reading"]["may_have_missed"]), (&30.into(), &true.into()));
    let digest = desk.run(&["digest", "--date", "2026-03-04"]).exits(0).out;
    assert!(digest.contains("1 of 2 looks found nothing known: items in between may have been missed"), "{digest}");

    // It is asked in half an hour, alone; most of it is known, and the pause grows by a quarter.
    assert_eq!(desk.said(3, minute(92), "busy"), [""; 0]);
    assert_eq!([desk.asked("busy").len(), desk.asked("calm").len()], [3, 2]);
    assert!(desk.poll(3, minute(128)).iter().all(|report| report.source.as_str() == "calm"), "37 minutes are not over");
    assert_eq!(desk.said(4, minute(131), "busy"), [""; 0], "a redesign loses nothing");
    assert_eq!(desk.asked("busy").len(), 4);
    // What the server asks for comes first.
    desk.poll(5, minute(200));
    desk.poll(6, minute(260));
    assert_eq!(desk.asked("busy").len(), 5);
    assert_eq!(desk.said(6, minute(325), "busy").len(), 1);
    assert_eq!(desk.asked("busy").len(), 6);
    assert!(desk.run(&["source", "show", "calm"]).exits(0).out.contains("18 known before"));
}

#[test]
fn not_modified_closes_no_gap() {
    let looks = vec![(1, feed(0..20)), (2, feed(30..50)), (4, feed(32..52))];
    let desk = Desk::watching(&[("busy", looks)]);
    desk.poll(1, at_hour(60));
    let missed = desk.said(2, at_hour(62), "busy");
    assert!(missed[0].contains("may have been missed"), "{missed:?}");
    assert_eq!(desk.said(3, at_hour(64), "busy"), missed);
    assert_eq!(desk.asked("busy").last().map(|request| request.status), Some(304));
    assert_eq!(desk.said(4, at_hour(66), "busy"), [""; 0]);
}

#[test]
fn repairs_of_the_last_reading_are_shown() {
    let broken = "<rss version=\"2.0\"><channel><title>Harbour & Sons</title><item><title>One & two</title><link>/a</link></item></channel>";
    let answer = Answer::ok("application/rss+xml", broken).validators(None);
    let desk = Desk::watching(&[("harbour", vec![(1, answer)])]);
    desk.poll(1, at_hour(1));
    desk.poll(1, at_hour(3));
    assert_eq!(desk.asked("harbour").last().map(|request| request.status), Some(304));
    let shown = desk.run(&["source", "show", "harbour", "--json"]).exits(0).json();
    let repairs = shown["entry_points"][0]["last_reading"]["repairs"].as_array().expect("a list").clone();
    assert!(!repairs.is_empty(), "{shown:#}");
    let text = desk.run(&["source", "show", "harbour"]).exits(0).out;
    for repair in repairs {
        assert!(text.contains(&format!("repaired: {}", repair.as_str().expect("text"))), "{text}");
    }
}
