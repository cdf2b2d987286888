//! A web site on loopback: hosts, their pages, and what each answers in each phase. The home of hyper.
//!
//! It serves the demo's sample world, and any other [`World`] that a test puts together. It knows bytes, headers and
//! statuses only; what a page says is decided by whoever builds the world.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, USER_AGENT,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode, Uri};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// The most connections served at once; more wait in the system's queue.
const MAX_CONNECTIONS: usize = 64;
/// The most requests kept in the log; later ones are answered and not logged.
const MAX_LOG: usize = 20_000;
/// How long a client may take to send its request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);

/// All that is served: host names, without port, and their pages.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The hosts by name, in lower case.
    pub hosts: BTreeMap<String, HostSite>,
}

/// The pages of one host.
#[derive(Debug, Clone, Default)]
pub struct HostSite {
    /// The pages by path, with the query where there is one.
    pub pages: BTreeMap<String, PageSpec>,
}

/// What one address answers, phase by phase.
#[derive(Debug, Clone, Default)]
pub struct PageSpec {
    /// The answers, each by the phase from which it holds. Before the first there is no such page.
    pub answers: BTreeMap<u8, Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in any case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long the site waits before it answers.
    pub delay: Duration,
    /// True when whoever sends validators is told that nothing has changed, whichever they are: some servers are wrong so.
    pub always_unmodified: bool,
}

/// One request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The host asked for, in lower case and without port.
    pub host: String,
    /// The path, with the query where there is one.
    pub path: String,
    /// The phase it was answered in.
    pub phase: u8,
    /// The status it was answered with.
    pub status: u16,
    /// True when it carried a validator: If-None-Match or If-Modified-Since.
    pub conditional: bool,
    /// What the client called itself.
    pub user_agent: Option<String>,
    /// When it came.
    pub at: Instant,
}

/// A running site. It ends when this is dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// What the connections share.
#[derive(Debug)]
struct Shared {
    world: World,
    phase: AtomicU8,
    log: Mutex<Vec<Request>>,
}

impl World {
    /// Adds one answer of one address from that phase on, and makes the host and the page where they are new.
    pub fn put(&mut self, host: &str, path: &str, from: u8, answer: Answer) {
        let host = self.hosts.entry(host.to_ascii_lowercase()).or_default();
        host.pages.entry(path.to_owned()).or_default().answers.insert(from, answer);
    }

    /// Returns what an address answers in that phase; `None` when the world has no such page then.
    pub fn answer(&self, host: &str, path: &str, phase: u8) -> Option<&Answer> {
        let page = self.hosts.get(host)?.pages.get(path)?;
        page.answers.range(..=phase).next_back().map(|(_, answer)| answer)
    }
}

impl Answer {
    /// Makes an answer with status 200.
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200, content_type, body)
    }

    /// Makes an answer of any status.
    pub fn status(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, body: body.into(), delay: Duration::ZERO, always_unmodified: false }
    }

    /// Makes a redirect.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status, "text/html; charset=utf-8", "").header("location", location)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds an ETag made from the body, and a Last-Modified when one is given.
    #[must_use]
    pub fn validators(self, last_modified: Option<&str>) -> Self {
        let etag = format!("\"{:016x}\"", fingerprint(&self.body));
        let answer = self.header("etag", &etag);
        match last_modified {
            Some(date) => answer.header("last-modified", date),
            None => answer,
        }
    }

    /// Makes the site call this unchanged to whoever sends validators.
    #[must_use]
    pub fn always_unmodified(mut self) -> Self {
        self.always_unmodified = true;
        self
    }

    /// Makes the site wait before it answers.
    #[must_use]
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl Site {
    /// Starts to serve a world on a free port of 127.0.0.1, in phase 1. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// When no port can be opened on loopback.
    pub fn start(world: World) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let listener = TcpListener::from_std(listener)?;
        let shared = Arc::new(Shared { world, phase: AtomicU8::new(1), log: Mutex::default() });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    /// Returns where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the host names that it serves.
    pub fn hosts(&self) -> Vec<String> {
        self.shared.world.hosts.keys().cloned().collect()
    }

    /// Moves to a phase: answers from now on are those of that phase.
    pub fn set_phase(&self, phase: u8) {
        self.shared.phase.store(phase, Ordering::SeqCst);
    }

    /// Returns the requests answered so far, in the order in which they were answered.
    pub fn log(&self) -> Vec<Request> {
        self.shared.log().clone()
    }

    /// Stops, and returns when no connection is left.
    pub async fn shutdown(mut self) {
        self.accepting.abort();
        // An aborted task answers with an error that says just that.
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // The task owns the connections, so they end with it.
        self.accepting.abort();
    }
}

impl Shared {
    /// Returns the log, also after a panic elsewhere: a list of plain values is never half written.
    fn log(&self) -> MutexGuard<'_, Vec<Request>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.len() >= MAX_CONNECTIONS {
            connections.join_next().await;
        }
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
            // Out of descriptors, or a client gone before it was met: both pass.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(answer(&shared, &request).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    // A client that breaks off is no trouble of the site's.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(shared: &Shared, request: &hyper::Request<Incoming>) -> Response<Full<Bytes>> {
    let at = Instant::now();
    let phase = shared.phase.load(Ordering::SeqCst);
    let host = host_of(request.uri(), request.headers());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let found = choose(&shared.world, request.method(), &host, &path, phase);
    tokio::time::sleep(found.delay).await;
    let response = respond(&found, request.headers());
    let entry = Request {
        host,
        path,
        phase,
        status: response.status().as_u16(),
        conditional: is_conditional(request.headers()),
        user_agent: text_of(request.headers(), &USER_AGENT).map(str::to_owned),
        at,
    };
    let mut log = shared.log();
    if log.len() < MAX_LOG {
        log.push(entry);
    }
    response
}

/// Finds what is answered, before conditions are looked at.
fn choose(world: &World, method: &Method, host: &str, path: &str, phase: u8) -> Answer {
    let plain = "text/plain; charset=utf-8";
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Answer::status(405, plain, "only GET and HEAD\n").header("allow", "GET, HEAD");
    }
    if !world.hosts.contains_key(host) {
        return Answer::status(421, plain, "no such host here\n");
    }
    match world.answer(host, path, phase) {
        Some(answer) => answer.clone(),
        None => Answer::status(404, "text/html; charset=utf-8", "<!doctype html><title>404</title><h1>Not found</h1>"),
    }
}

/// Turns an answer into a response: 304 without a body when the client already holds this body.
fn respond(answer: &Answer, asked: &HeaderMap) -> Response<Full<Bytes>> {
    let unchanged = answer.status == 200 && holds(asked, answer);
    let (status, body) = if unchanged { (304, Bytes::new()) } else { (answer.status, answer.body.clone().into()) };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &answer.headers {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), value.parse()) else { continue };
        if unchanged && name == CONTENT_TYPE {
            continue;
        }
        response.headers_mut().append(name, value);
    }
    response
}

/// Says whether the validators sent are those of this answer. As RFC 9110 has it, the date counts only without an ETag.
fn holds(asked: &HeaderMap, answer: &Answer) -> bool {
    if answer.always_unmodified && is_conditional(asked) {
        return true;
    }
    if let Some(known) = text_of(asked, &IF_NONE_MATCH) {
        let Some(etag) = header_of(answer, &ETAG) else { return false };
        return known.split(',').any(|one| strong(one) == strong(etag) || one.trim() == "*");
    }
    // Many servers compare the date as a text, and a client must send it back as it came.
    match (text_of(asked, &IF_MODIFIED_SINCE), header_of(answer, &LAST_MODIFIED)) {
        (Some(known), Some(date)) => known.trim() == date,
        _ => false,
    }
}

fn is_conditional(asked: &HeaderMap) -> bool {
    asked.contains_key(IF_NONE_MATCH) || asked.contains_key(IF_MODIFIED_SINCE)
}

fn strong(etag: &str) -> &str {
    etag.trim().trim_start_matches("W/")
}

fn header_of<'a>(answer: &'a Answer, name: &HeaderName) -> Option<&'a str> {
    let found = answer.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name.as_str()));
    found.map(|(_, value)| value.as_str())
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Reads the host that is asked for: from the request line when it is a whole address, else from the Host header.
fn host_of(uri: &Uri, headers: &HeaderMap) -> String {
    let named = uri.host().or_else(|| text_of(headers, &HOST)).unwrap_or_default();
    named.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// Returns a number that differs for different bodies (FNV-1a): enough for an ETag that nobody attacks.
fn fingerprint(body: &[u8]) -> u64 {
    body.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    const HOST_NAME: &str = "paper.example";

    fn sample() -> World {
        let mut world = World::default();
        let page = Answer::ok("text/html", "first").validators(Some("Fri, 20 Nov 2026 09:00:00 GMT"));
        world.put(HOST_NAME, "/a", 1, page);
        world.put(HOST_NAME, "/a", 2, Answer::ok("text/html", "second").validators(None));
        world.put(HOST_NAME, "/late?id=1", 2, Answer::ok("text/html", "late"));
        world.put(HOST_NAME, "/gone", 1, Answer::ok("text/html", "here"));
        world.put(HOST_NAME, "/gone", 2, Answer::status(410, "text/html", "gone"));
        world.put(HOST_NAME, "/moved", 1, Answer::redirect(301, "/a"));
        world
    }

    /// Sends one request as bytes and returns the whole answer.
    fn ask(site: &Site, method: &str, host: &str, path: &str, headers: &str) -> String {
        let mut stream = std::net::TcpStream::connect(site.address()).expect("the site listens");
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).expect("the site reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the site answers in ASCII");
        answer
    }

    /// Asks in a phase and checks the status and how the body ends.
    fn check(site: &Site, phase: u8, path: &str, headers: &str, status: u16, body: &str) {
        site.set_phase(phase);
        let answer = ask(site, "GET", HOST_NAME, path, headers);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path} in phase {phase}: {answer}");
        let (_, found) = answer.split_once("\r\n\r\n").expect("a head ends with an empty line");
        assert_eq!(found, body, "{path} in phase {phase}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn answers_by_phase() {
        let site = Site::start(sample()).expect("loopback is there");
        let missing = "<!doctype html><title>404</title><h1>Not found</h1>";
        check(&site, 1, "/a", "", 200, "first");
        check(&site, 1, "/late?id=1", "", 404, missing);
        check(&site, 1, "/gone", "", 200, "here");
        check(&site, 2, "/a", "", 200, "second");
        check(&site, 2, "/late?id=1", "", 200, "late");
        check(&site, 2, "/late", "", 404, missing);
        check(&site, 2, "/gone", "", 410, "gone");
        check(&site, 3, "/a", "", 200, "second");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn answers_304_only_to_the_validators_of_this_phase() {
        let site = Site::start(sample()).expect("loopback is there");
        let etag = ask(&site, "GET", HOST_NAME, "/a", "");
        let etag = etag.lines().find_map(|line| line.strip_prefix("etag: ")).expect("the page has an ETag").to_owned();
        let same = format!("If-None-Match: {etag}\r\n");
        let weak = format!("If-None-Match: W/{etag}\r\n");
        let date = "If-Modified-Since: Fri, 20 Nov 2026 09:00:00 GMT\r\n";
        check(&site, 1, "/a", &same, 304, "");
        check(&site, 1, "/a", &weak, 304, "");
        check(&site, 1, "/a", date, 304, "");
        check(&site, 1, "/a", &format!("If-None-Match: \"other\"\r\n{date}"), 200, "first");
        check(&site, 2, "/a", &same, 200, "second");
        check(&site, 2, "/a", date, 200, "second");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn knows_its_hosts_and_methods_only() {
        let site = Site::start(sample()).expect("loopback is there");
        assert!(ask(&site, "GET", "other.example", "/a", "").starts_with("HTTP/1.1 421 "));
        assert!(ask(&site, "POST", HOST_NAME, "/a", "Content-Length: 0\r\n").starts_with("HTTP/1.1 405 "));
        assert!(ask(&site, "GET", "PAPER.example:80", "/a", "").ends_with("first"));
        assert!(ask(&site, "GET", "other.example", "http://paper.example/a", "").ends_with("first"));
        let head = ask(&site, "HEAD", HOST_NAME, "/a", "");
        assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask(&site, "GET", HOST_NAME, "/moved", "").contains("\r\nlocation: /a\r\n"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn logs_what_was_asked() {
        let site = Site::start(sample()).expect("loopback is there");
        ask(&site, "GET", HOST_NAME, "/a", "User-Agent: tester/1\r\n");
        site.set_phase(2);
        ask(&site, "GET", HOST_NAME, "/gone", "If-None-Match: \"x\"\r\n");
        let log = site.log();
        let told: Vec<_> = log.iter().map(|one| (one.path.as_str(), one.phase, one.status, one.conditional)).collect();
        assert_eq!(told, [("/a", 1, 200, false), ("/gone", 2, 410, true)]);
        assert_eq!(log[0].user_agent.as_deref(), Some("tester/1"));
        assert!(log[0].at <= log[1].at);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn ends_with_shutdown() {
        let site = Site::start(sample()).expect("loopback is there");
        let address = site.address();
        assert!(address.ip().is_loopback());
        site.shutdown().await;
        assert!(std::net::TcpStream::connect(address).is_err());
    }
}
