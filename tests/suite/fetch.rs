//! HTTP manners, against a site on loopback with a simulated clock.

use std::collections::BTreeMap;
use std::time::Duration;

use gainsay::demo::site::{Answer, Site, World};
use gainsay::fetch::{Clock, FetchError, Fetcher, Guard, Purpose, SimulatedClock, Validators};
use jiff::{SignedDuration, Timestamp};

const HOST: &str = "news.harbour.example";
const OTHER: &str = "www.elsewhere.example";

struct Scene {
    site: Site,
    fetcher: Fetcher,
    clock: SimulatedClock,
}

fn start() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("a test time")
}

/// Serves pages of two hosts and makes a fetcher that finds them.
fn scene(pages: &[(&str, &str, Answer)]) -> Scene {
    let mut world = World::default();
    for (host, path, answer) in pages {
        world.put(host, path, 1, answer.clone());
    }
    let site = Site::start(world).expect("loopback can be listened on");
    let known_hosts: BTreeMap<_, _> = [HOST, OTHER].into_iter().map(|host| (host.to_owned(), site.address())).collect();
    let clock = SimulatedClock::new(start());
    let guard = Guard { known_hosts, ..Guard::default() };
    let fetcher =
        Fetcher::new(Clock::Simulated(clock.clone()), guard, Some("desk@harbour.example")).expect("HTTP is set up");
    Scene { site, fetcher, clock }
}

fn url(path: &str) -> String {
    format!("http://{HOST}{path}")
}

fn text(body: &str) -> Answer {
    Answer::ok("text/html", body)
}

#[tokio::test]
async fn validators_are_sent_back_byte_for_byte() {
    let scene = scene(&[(
        HOST,
        "/feed",
        text("feed").header("etag", "W/\"odd, 'tag'\"").header("last-modified", "not a date at all"),
    )]);
    let first = scene.fetcher.get(&url("/feed"), Purpose::Feed, &Validators::default()).await.expect("it answers");
    assert_eq!(first.validators.etag.as_deref(), Some("W/\"odd, 'tag'\""));
    assert_eq!(first.validators.last_modified.as_deref(), Some("not a date at all"));
    let only_date = Validators { etag: None, ..first.validators.clone() };
    let second = scene.fetcher.get(&url("/feed"), Purpose::Feed, &only_date).await.expect("it answers");
    assert!(second.is_not_modified() && second.body.is_empty());
    let log = scene.site.log();
    assert_eq!(log.iter().map(|request| request.conditional).collect::<Vec<_>>(), [false, true], "none is made up");
    let agent = log[0].user_agent.as_deref().expect("a name");
    assert!(agent.starts_with("gainsay/") && agent.contains("desk@harbour.example"), "{agent}");
}

#[tokio::test]
async fn one_host_is_asked_once_a_second_and_others_do_not_wait_for_it() {
    let scene = scene(&[(HOST, "/a", text("a")), (OTHER, "/a", text("a"))]);
    for _ in 0..5 {
        scene.fetcher.get(&url("/a"), Purpose::Feed, &Validators::default()).await.expect("it answers");
    }
    let waited = scene.clock.now().duration_since(start());
    assert_eq!(waited, SignedDuration::from_secs(4), "four pauses between five requests");
    scene.fetcher.get(&format!("http://{OTHER}/a"), Purpose::Feed, &Validators::default()).await.expect("it answers");
    assert_eq!(scene.clock.now().duration_since(start()), waited, "the first request to a host waits for nothing");
}

#[tokio::test]
async fn robots_is_asked_for_pages_once_a_day_and_never_for_feeds() {
    let robots = Answer::ok("text/plain", "User-agent: *\nDisallow: /closed/\n");
    let scene = scene(&[(HOST, "/robots.txt", robots), (HOST, "/open", text("a")), (HOST, "/closed/feed", text("f"))]);
    let get = |path: &'static str, purpose| {
        let fetcher = scene.fetcher.clone();
        async move { fetcher.get(&url(path), purpose, &Validators::default()).await }
    };
    get("/open", Purpose::Page).await.expect("it may be read");
    get("/open", Purpose::Page).await.expect("it may be read");
    let denied = get("/closed/page", Purpose::Page).await.expect_err("it may not be read");
    assert_eq!(denied.name(), "robots");
    get("/closed/feed", Purpose::Feed).await.expect("a feed is not crawled");
    let asked = || scene.site.log().iter().filter(|request| request.path == "/robots.txt").count();
    assert_eq!(asked(), 1);
    scene.clock.advance_to(start() + SignedDuration::from_hours(30));
    get("/open", Purpose::Page).await.expect("it may be read");
    assert_eq!(asked(), 2, "it is read again after a day");
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_had_closes_the_host() {
    let scene = scene(&[(HOST, "/robots.txt", Answer::status(500, "text/plain", "no")), (HOST, "/a", text("a"))]);
    let denied =
        scene.fetcher.get(&url("/a"), Purpose::Page, &Validators::default()).await.expect_err("RFC 9309, 2.3.1.4");
    assert_eq!(denied.name(), "robots-unreachable");
}

#[tokio::test]
async fn redirects_are_followed_checked_and_bounded() {
    let scene = scene(&[
        (HOST, "/moved", Answer::redirect(301, &format!("http://{OTHER}/here"))),
        (OTHER, "/here", text("here")),
        (HOST, "/round", Answer::redirect(302, "/round")),
        (HOST, "/inside", Answer::redirect(302, "http://127.0.0.1/admin")),
        (HOST, "/file", Answer::redirect(302, "file:///etc/passwd")),
    ]);
    let moved = scene.fetcher.get(&url("/moved"), Purpose::Feed, &Validators::default()).await.expect("it answers");
    assert_eq!((moved.url.as_str(), moved.body.as_slice()), ("http://www.elsewhere.example/here", &b"here"[..]));
    for (path, name) in [("/round", "redirects"), ("/inside", "refused-address"), ("/file", "scheme")] {
        let error = scene.fetcher.get(&url(path), Purpose::Feed, &Validators::default()).await.expect_err(name);
        assert_eq!(error.name(), name);
    }
}

#[tokio::test]
async fn bodies_are_counted_after_decompression() {
    // A gzip member of 20 MB of zeros is 20 kB on the wire.
    let bomb = store_gzip(&vec![0_u8; 20 << 20]);
    assert!(bomb.len() < 1 << 20);
    let scene = scene(&[(HOST, "/bomb", Answer::ok("text/html", bomb).header("content-encoding", "gzip"))]);
    let error =
        scene.fetcher.get(&url("/bomb"), Purpose::Feed, &Validators::default()).await.expect_err("it is too large");
    assert_eq!(error.name(), "too-large");
}

#[tokio::test]
async fn a_server_that_asks_to_be_left_alone_is() {
    let busy = Answer::status(429, "text/plain", "slow down").header("retry-after", "600");
    let scene = scene(&[(HOST, "/busy", busy), (HOST, "/a", text("a"))]);
    let busy = scene.fetcher.get(&url("/busy"), Purpose::Feed, &Validators::default()).await.expect_err("429");
    assert_eq!(busy.retry_after(), Some(start() + SignedDuration::from_secs(600)));
    let other =
        scene.fetcher.get(&url("/a"), Purpose::Feed, &Validators::default()).await.expect_err("the host, not the page");
    assert!(matches!(other, FetchError::LeftAlone { .. }), "{other}");
    assert_eq!(scene.site.log().len(), 1);
    scene.clock.advance_to(start() + SignedDuration::from_secs(601));
    scene.fetcher.get(&url("/a"), Purpose::Feed, &Validators::default()).await.expect("the time is over");
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let scene = scene(&[(HOST, "/feed", Answer::status(304, "text/xml", ""))]);
    let error = scene
        .fetcher
        .get(&url("/feed"), Purpose::Feed, &Validators::default())
        .await
        .expect_err("no validator was sent");
    assert_eq!(error.name(), "status-304");
}

#[tokio::test]
async fn slow_hosts_do_not_hold_up_others() {
    let scene =
        scene(&[(HOST, "/slow", text("slow").delayed(Duration::from_millis(400))), (OTHER, "/fast", text("fast"))]);
    let slow = tokio::spawn({
        let fetcher = scene.fetcher.clone();
        async move { fetcher.get(&url("/slow"), Purpose::Feed, &Validators::default()).await }
    });
    tokio::task::yield_now().await;
    scene
        .fetcher
        .get(&format!("http://{OTHER}/fast"), Purpose::Feed, &Validators::default())
        .await
        .expect("it answers");
    assert!(!slow.is_finished(), "the fast host answered first");
    slow.await.expect("it ends").expect("it answers");
}

fn store_gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}
