//! `poll` and what follows from it, against a site on loopback.

use std::time::{Duration, Instant};

use gainsay::demo::site::Answer;

use crate::world::{DATE, OFF_TOPIC, ON_TOPIC, World, page, rss};

#[test]
fn a_listing_that_its_selectors_no_longer_fit_is_a_failure() {
    let listing = |class: &str| {
        Answer::ok(
            "text/html",
            format!("<!doctype html><title>News</title><ul><li class={class}><a href=/a>{}</a></ul>", ON_TOPIC.0),
        )
    };
    let world = World::build()
        .toml(
            "[[source]]\nid = \"harbour\"\nname = \"Harbour\"\ncountry = \"GB\"\nowner = \"private\"\nzone = \"UTC\"\n\
             [[source.entry]]\nkind = \"page\"\nurl = \"http://127.0.0.1:PORT/news\"\nitem = \"li.story\"\n\n",
        )
        .page("/news", listing("story"))
        .page_from(2, "/news", listing("card"))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    let polled = world.run(&["poll", "--now"]).exits(3);
    assert!(
        polled.err.contains("failed: ") && polled.err.contains("nothing on the page matches `li.story`"),
        "{}",
        polled.err
    );
    assert!(world.run(&["source", "list"]).exits(0).out.contains("failing 1/1"));
}

#[test]
fn every_page_ends_in_one_counted_outcome_and_a_second_poll_adds_nothing() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page(
            "/rss.xml",
            rss(&[("/a", ON_TOPIC.0, DATE), ("/b", OFF_TOPIC.0, DATE), ("/c", "Lost", DATE), ("/d", "Empty", DATE)]),
        )
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page("/b", page(OFF_TOPIC.0, OFF_TOPIC.1))
        .page("/d", Answer::ok("text/html", ""))
        .start();
    let first = world.run(&["poll", "--json"]).exits(0).json();
    let outcomes = &first["sources"][0]["outcomes"];
    assert_eq!(
        [&outcomes["kept"], &outcomes["off-topic"], &outcomes["dropped"], &outcomes["unread"]].map(|n| n.as_u64()),
        [Some(1), Some(1), Some(1), Some(1)],
        "{first:#}"
    );

    let again = world.run(&["poll", "--json", "--now"]).exits(0).json();
    assert_eq!(again["sources"][0]["not_modified"], 1);
    assert_eq!(again["sources"][0]["new_entries"], 0);
    assert_eq!(world.asked("/a"), 1, "a page that is known is not asked for again");
    assert_eq!(world.asked("/c"), 1, "a page that is not there is not asked for at once again");

    let reasons = world.run(&["outcomes", "--json"]).exits(0).json();
    let reasons: Vec<&str> = reasons["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["reason"].as_str().expect("a reason"))
        .collect();
    assert_eq!(reasons.len(), 3);
    for reason in ["off-topic", "status-404", "empty-body"] {
        assert!(reasons.contains(&reason), "{reason} is missing in {reasons:?}");
    }
    let found = world.run(&["search", "国家安全部 OR \"state security\"", "--json"]).exits(0).json();
    assert_eq!(found["total"], 1);
    world.run(&["doctor"]).exits(0);
}

#[test]
fn what_is_not_due_is_not_asked() {
    let world = World::build().source("harbour", "/rss.xml").page("/rss.xml", rss(&[])).start();
    world.run(&["poll"]).exits(0);
    let second = world.run(&["poll"]).exits(0);
    assert_eq!(world.asked("/rss.xml"), 1);
    assert!(second.err.contains("1 not due"), "{}", second.err);
}

#[test]
fn a_failing_source_never_stops_the_others() {
    let world = World::build()
        .source("broken", "/gone.xml")
        .source("harbour", "/rss.xml")
        .source("html", "/page.html")
        .page("/page.html", page("Not a feed", &["This is a page and not a feed."]))
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    let polled = world.run(&["poll"]).exits(0);
    assert!(polled.err.contains("broken: failed"), "{}", polled.err);
    assert!(polled.err.contains("html: failed"), "{}", polled.err);
    assert!(polled.err.contains("1 kept"), "{}", polled.err);
}

#[test]
fn a_source_that_worked_before_and_fails_now_is_partial_once() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[]))
        .page_from(2, "/rss.xml", Answer::status(500, "text/plain", "no"))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    world.run(&["poll", "--now"]).exits(3);
    world.run(&["poll", "--now"]).exits(0);
}

#[test]
fn a_dead_network_is_not_a_dead_feed() {
    let closed = "[[source]]\nid = \"closed\"\nname = \"Closed\"\ncountry = \"GB\"\nowner = \"private\"\nzone = \"UTC\"\n\
                  [[source.entry]]\nkind = \"feed\"\nurl = \"http://127.0.0.1:1/rss.xml\"\n";
    let world = World::build().start();
    let study = format!("[study]\nallow_hosts = [\"127.0.0.1:1\"]\n\n{closed}");
    std::fs::write(world.dir().join("feeds.toml"), study).expect("the study can be written");
    world.run(&["poll"]).exits(5);
    let source = world.run(&["source", "show", "closed", "--json"]).exits(0).json();
    assert_eq!(source["entry_points"][0]["failures"], 0, "no streak is touched: {source:#}");
}

#[test]
fn private_addresses_are_refused_unless_the_study_allows_them() {
    let world = World::build().source("harbour", "/rss.xml").page("/rss.xml", rss(&[])).start();
    let path = world.dir().join("feeds.toml");
    let study = std::fs::read_to_string(&path).expect("the study reads").replace("allow_hosts", "name = \"x\" #");
    std::fs::write(&path, study).expect("the study can be written");
    let polled = world.run(&["poll"]);
    assert!(polled.err.contains("not on the public internet"), "{}", polled.err);
    assert!(world.requests().is_empty());
}

#[test]
fn robots_txt_is_obeyed_for_pages_and_the_headline_is_not_lost() {
    let world = World::build()
        .source("harbour", "/feeds/rss.xml")
        .page("/robots.txt", Answer::ok("text/plain", "User-agent: *\nDisallow: /members/\nDisallow: /feeds/\n"))
        .page("/feeds/rss.xml", rss(&[("/members/a", ON_TOPIC.0, DATE), ("/members/b", OFF_TOPIC.0, DATE)]))
        .start();
    let polled = world.run(&["poll", "--json"]).exits(0).json();
    let outcomes = &polled["sources"][0]["outcomes"];
    assert_eq!((outcomes["kept"].as_u64(), outcomes["unread"].as_u64()), (Some(1), Some(1)), "{polled:#}");
    assert_eq!(world.asked("/members/a") + world.asked("/members/b"), 0);
    assert_eq!(world.asked("/robots.txt"), 1);
    let shown = world.run(&["show", "a-1", "--json"]).exits(0).json();
    assert!(shown["partial"].as_str().is_some_and(|why| why.contains("robots.txt")), "{shown:#}");
}

#[test]
fn changes_and_deletions_are_seen_and_kept_apart() {
    let softened = "Aldland raises concern about China's Ministry of State Security and port officers";
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE), ("/b", ON_TOPIC.0, DATE)]))
        .page_from(2, "/rss.xml", rss(&[("/a", softened, DATE), ("/b", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page_from(2, "/a", page(softened, ON_TOPIC.1))
        .page("/b", page(ON_TOPIC.0, ON_TOPIC.1))
        .page_from(2, "/b", Answer::status(404, "text/html", "gone"))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    world.run(&["poll", "--now"]).exits(0);
    world.run(&["recheck"]).exits(0);
    let changes = world.run(&["changes", "--json"]).exits(0).json();
    let kinds: Vec<&str> = changes["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|change| change["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds, ["headline", "gone"], "{changes:#}");
    let first = world.run(&["show", "a-1", "--version", "1"]).exits(0);
    assert!(first.out.contains(ON_TOPIC.0), "the first version stays: {}", first.out);
}

#[test]
fn an_id_used_again_for_another_page_is_another_page() {
    let feed = |path: &str, title: &str| {
        let item =
            format!("<item><title>{title}</title><link>{path}</link><guid isPermaLink=\"false\">LIVE</guid></item>");
        Answer::ok(
            "application/rss+xml",
            format!("<rss version=\"2.0\"><channel><title>t</title>{item}</channel></rss>"),
        )
    };
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", feed("/a", "Live: the latest"))
        .page_from(2, "/rss.xml", feed("/b", "Live: the latest"))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page("/b", page(OFF_TOPIC.0, OFF_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    let second = world.run(&["poll", "--now", "--json"]).exits(0).json();
    assert_eq!(second["sources"][0]["new_entries"], 1, "{second:#}");
    assert_eq!(world.asked("/b"), 1);
    let first = world.run(&["show", "a-1", "--json"]).exits(0).json();
    assert_eq!(first["title"], ON_TOPIC.0, "the first article keeps its own text: {first:#}");
    world.run(&["changes"]).exits(1);
}

#[test]
fn an_article_that_leads_to_the_front_page_is_gone_and_not_rewritten() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .page_from(2, "/a", Answer::redirect(302, "/"))
        .page("/", page("Front page of the bulletin", OFF_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    world.run(&["recheck"]).exits(0);
    let changes = world.run(&["changes", "--json"]).exits(0).json();
    assert_eq!(changes["changes"].as_array().map(Vec::len), Some(1), "{changes:#}");
    assert_eq!(changes["changes"][0]["kind"], "gone");
}

#[test]
fn a_page_that_moves_to_a_known_one_and_cannot_be_read_has_its_own_outcome() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/final", ON_TOPIC.0, DATE)]))
        .page_from(2, "/rss.xml", rss(&[("/final", ON_TOPIC.0, DATE), ("/short", "Short", DATE)]))
        .page("/final", page(ON_TOPIC.0, ON_TOPIC.1))
        .page_from(2, "/final", Answer::ok("text/html", ""))
        .page("/short", Answer::redirect(302, "/final"))
        .start();
    world.run(&["poll"]).exits(0);
    world.phase(2);
    world.run(&["poll", "--now"]).exits(0);
    let rows = world.run(&["outcomes", "--json"]).exits(0).json();
    assert_eq!(rows["outcomes"].as_array().map(Vec::len), Some(1), "{rows:#}");
    assert_eq!(rows["outcomes"][0]["reason"], "empty-body");
}

#[test]
fn one_page_cannot_stop_the_others_for_good() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/deep", "Deep", DATE), ("/a", ON_TOPIC.0, DATE)]))
        .page("/deep", Answer::ok("text/html", format!("<html><body><svg>{}", "<image>".repeat(300_000))))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    let polled = world.run(&["poll", "--json"]).exits(0).json();
    let outcomes = &polled["sources"][0]["outcomes"];
    assert_eq!((outcomes["kept"].as_u64(), outcomes["dropped"].as_u64()), (Some(1), Some(1)), "{polled:#}");
}

#[test]
fn hostile_pages_are_bounded_and_named() {
    let deep = format!("<html><body>{}</body></html>", "<div>".repeat(20_000));
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page(
            "/rss.xml",
            rss(&[("/loop", "Round", DATE), ("/large", "Large", DATE), ("/deep", "Deep", DATE), ("/out", "Out", DATE)]),
        )
        .page("/loop", Answer::redirect(302, "/loop2"))
        .page("/loop2", Answer::redirect(302, "/loop"))
        .page("/large", Answer::ok("text/html", "x".repeat(11 << 20)))
        .page("/deep", Answer::ok("text/html", deep))
        .page("/out", Answer::redirect(302, "http://169.254.169.254/latest/meta-data"))
        .start();
    world.run(&["poll"]).exits(0);
    let rows = world.run(&["outcomes", "--json"]).exits(0).json();
    let mut reasons: Vec<&str> = rows["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["reason"].as_str().expect("a reason"))
        .collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["redirects", "refused-address", "too-deep", "too-large"]);
}

#[test]
fn nothing_is_lost_or_doubled_by_a_kill_at_any_moment() {
    const PAGES: usize = 24;
    let paths: Vec<String> = (0..PAGES).map(|n| format!("/{n}")).collect();
    let items: Vec<(&str, &str, &str)> = paths.iter().map(|path| (path.as_str(), OFF_TOPIC.0, DATE)).collect();
    let mut builder = World::build().source("harbour", "/rss.xml").page("/rss.xml", rss(&items));
    for path in &paths {
        builder = builder.page(path, page(OFF_TOPIC.0, OFF_TOPIC.1).delayed(Duration::from_millis(20)));
    }
    let world = builder.start();
    for round in 1..=5 {
        let mut poll = world.command(&["poll", "--now"]).spawn().expect("the program runs");
        let enough = Instant::now() + Duration::from_secs(20);
        while world.requests().len() < round * 4 && Instant::now() < enough {
            std::thread::sleep(Duration::from_millis(5));
        }
        poll.kill().expect("it can be killed");
        poll.wait().expect("it ends");
    }
    world.run(&["poll", "--now"]).exits(0);
    let rows = world.run(&["outcomes", "--json"]).exits(0).json();
    let mut urls: Vec<&str> = rows["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["url"].as_str().expect("an address"))
        .collect();
    let all = urls.len();
    urls.sort_unstable();
    urls.dedup();
    assert_eq!((all, urls.len()), (PAGES, PAGES), "nothing lost, nothing doubled");
    world.run(&["doctor"]).exits(0);
}

#[test]
fn a_signal_ends_a_poll_soon_and_the_rest_waits() {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]).delayed(Duration::from_secs(10)))
        .start();
    let poll = world.command(&["poll"]).spawn().expect("the program runs");
    let enough = Instant::now() + Duration::from_secs(20);
    while world.requests().is_empty() && Instant::now() < enough {
        std::thread::sleep(Duration::from_millis(5));
    }
    let stopped = Instant::now();
    let id = poll.id().to_string();
    std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
    let output = poll.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(stopped.elapsed() < Duration::from_secs(8), "it did not wait for the slow answer");
}

#[test]
fn what_an_outlet_prints_below_every_article_is_learned_and_left_out_from_then_on() {
    let about = "The Harbour Post has served the bay since 1911 and belongs to those who read it.";
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let told = |number: usize| {
        let (day, other) = (days[number % 7], days[(number + number / 7 + 1) % 7]);
        page(
            &format!("{} as told on {day} and {other}", ON_TOPIC.0),
            &[&[&*format!("This was told on {day}, and once more on {other}, at the quay.")], ON_TOPIC.1, &[about]]
                .concat(),
        )
    };
    let paths: Vec<String> = (0..13).map(|number| format!("/{number}")).collect();
    let items: Vec<(&str, &str, &str)> = paths.iter().map(|path| (path.as_str(), ON_TOPIC.0, DATE)).collect();
    let mut world = World::build().source("harbour", "/rss.xml").page("/rss.xml", rss(&items[..12])).page_from(
        2,
        "/rss.xml",
        rss(&items),
    );
    for (number, path) in paths.iter().enumerate() {
        world = world.page(path, told(number));
    }
    let world = world.start();
    world.run(&["poll"]).exits(0);
    let shown = |id: &str| world.run(&["show", id, "--json"]).exits(0).json();
    let text = |shown: &serde_json::Value| shown["text"].as_str().expect("a text").to_owned();
    assert!(text(&shown("a-12")).ends_with(about));

    world.phase(2);
    world.run(&["poll", "--now"]).exits(0);
    let newest = shown("a-13");
    assert!(text(&newest).ends_with(ON_TOPIC.1.last().expect("a paragraph")), "{newest:#}");
    assert_eq!(newest["recurring"], serde_json::json!([about]));
    assert!(world.run(&["show", "a-13"]).exits(0).out.contains("left out, on many pages of the outlet: The Harbour"));
    // What is learned later changes no article that was read before.
    let looked = world.run(&["recheck", "--json", "--budget", "20"]).exits(0).json();
    assert_eq!(
        (looked["looked_at"].as_u64(), looked["changed"].as_array().map(Vec::len)),
        (Some(13), Some(0)),
        "{looked:#}"
    );
    assert!(text(&shown("a-12")).ends_with(about) && !text(&shown("a-13")).ends_with(about));
}
