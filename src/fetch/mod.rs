//! HTTP, politely and within limits. The home of reqwest, rustls and texting_robots.
//!
//! One request at a time for each host, with a pause between two; validators sent back byte for byte; robots.txt asked
//! for pages; every hop of a redirect checked; bodies counted after decompression. What to fetch, and when, is decided
//! elsewhere.

mod clock;
mod error;
mod guard;
mod robots;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION, RETRY_AFTER,
};
use reqwest::{Client, StatusCode};
use url::Url;

pub use clock::{Clock, SimulatedClock, later};
pub use error::FetchError;
pub use guard::Guard;
use guard::GuardedResolver;
use robots::{Permission, Robots};

use crate::model::LARGEST_FEED;

/// The pause between two requests to one host.
const HOST_PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// The longest that a server may ask to be left alone.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
const MOST_HOPS: usize = 10;
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const FIRST_BYTE_LIMIT: Duration = Duration::from_secs(20);
const TOTAL_LIMIT: Duration = Duration::from_secs(30);
const PAGE_LIMIT: u64 = 10 << 20;

/// What something is fetched for: it decides limits, headers and whether robots.txt is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An entry point: a feed, a sitemap, a listing.
    Feed,
    /// An article page.
    Page,
    /// An address that nobody gave and that may be an entry point: asked for as one, where robots.txt allows it.
    Guess,
}

/// What a server gave to recognise an answer by. Opaque: sent back byte for byte, never made up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The ETag header.
    pub etag: Option<String>,
    /// The Last-Modified header.
    pub last_modified: Option<String>,
}

/// The answer to a request: a success, or 304 to a conditional one.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The address that answered, after redirects.
    pub url: String,
    /// When the first request was sent.
    pub started: Timestamp,
    /// When the answer was complete.
    pub finished: Timestamp,
    /// The HTTP status.
    pub status: u16,
    /// The headers as received.
    pub headers: Vec<(String, String)>,
    /// The Content-Type header.
    pub content_type: Option<String>,
    /// To send with the next request.
    pub validators: Validators,
    /// The body, decompressed; empty for 304.
    pub body: Vec<u8>,
}

impl Answer {
    /// Says whether the server answered that nothing has changed.
    pub fn is_not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED.as_u16()
    }
}

/// Fetches.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    clock: Clock,
    guard: Arc<Guard>,
    hosts: Arc<Mutex<HashMap<String, Arc<Host>>>>,
    budget: Option<Arc<Budget>>,
}

/// How many requests may still be sent, redirects and robots.txt counted.
struct Budget {
    most: usize,
    left: AtomicUsize,
}

/// What is remembered of one host. The lock is held while a request is under way: one at a time.
type Host = tokio::sync::Mutex<HostState>;

#[derive(Default)]
struct HostState {
    free_at: Option<Timestamp>,
    left_alone_until: Option<Timestamp>,
    robots: Option<Robots>,
}

/// Why no fetcher could be made.
#[derive(Debug, thiserror::Error)]
#[error("HTTP could not be set up: {0}")]
pub struct SetupError(String);

impl Fetcher {
    /// Sets up fetching.
    ///
    /// `contact` is sent with each request, so that a site's owner can ask what this is.
    ///
    /// # Errors
    /// When TLS cannot be set up or the contact cannot stand in a header.
    pub fn new(clock: Clock, guard: Guard, contact: Option<&str>) -> Result<Self, SetupError> {
        let setup = |error: reqwest::Error| SetupError(error.to_string());
        // A second call finds the first one's choice in place, which is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Arc::new(guard);
        let client = || {
            Client::builder()
                .user_agent(user_agent(contact))
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .connect_timeout(CONNECT_LIMIT)
                .read_timeout(FIRST_BYTE_LIMIT)
                .timeout(TOTAL_LIMIT)
                .pool_max_idle_per_host(1)
                .dns_resolver(GuardedResolver(Arc::clone(&guard)))
        };
        // A machine without root certificates can trust nobody, and that is all it cannot do: each https address is
        // then refused for that reason, and what needs no TLS works.
        let client = client().build().or_else(|_| client().tls_certs_only([]).build()).map_err(setup)?;
        Ok(Self { client, clock, guard, hosts: Arc::default(), budget: None })
    }

    /// Returns the clock that this waits by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns one that sends so many requests at most, whatever they lead to; what is known of hosts is shared.
    #[must_use]
    pub fn within(&self, most: usize) -> Self {
        let budget = Budget { most, left: AtomicUsize::new(most) };
        Self { budget: Some(Arc::new(budget)), ..self.clone() }
    }

    /// Returns the sitemaps that a host's robots.txt names, asking for it where it is not known.
    ///
    /// # Errors
    /// When the host cannot be reached, or its robots.txt cannot be read, so that nothing more may be asked of it.
    pub async fn sitemaps(&self, url: &Url) -> Result<Vec<String>, FetchError> {
        self.guard.check(url)?;
        let host = self.host(url);
        let mut state = host.lock().await;
        match self.ask_robots(url, &mut state).await {
            // The page itself may be out of bounds, and the file was read all the same.
            Ok(()) | Err(FetchError::RobotsDenied { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(state.robots.as_ref().map(|robots| robots.sitemaps().to_vec()).unwrap_or_default())
    }

    /// Asks for an address: at most ten hops, each of them checked.
    ///
    /// # Errors
    /// Anything but a success, or a 304 to validators that were sent.
    pub async fn get(&self, url: &str, purpose: Purpose, validators: &Validators) -> Result<Answer, FetchError> {
        let mut at = Url::parse(url).map_err(|_| FetchError::BadUrl { url: url.to_owned() })?;
        // What a feed puts before an @ is nobody's password to give.
        let _ = (at.set_username(""), at.set_password(None));
        let started = self.clock.now();
        let mut been = HashSet::new();
        for hops in 0..=MOST_HOPS {
            at.set_fragment(None);
            if !been.insert(at.clone()) {
                return Err(FetchError::Redirects { hops });
            }
            // Validators belong to the address that gave them.
            let none = Validators::default();
            let sent = if hops == 0 { validators } else { &none };
            match self.hop(&at, purpose, sent).await? {
                Hop::Answer(answer) => return Ok(Answer { started, ..answer }),
                Hop::Redirect(next) => at = next,
            }
        }
        Err(FetchError::Redirects { hops: MOST_HOPS })
    }

    async fn hop(&self, url: &Url, purpose: Purpose, validators: &Validators) -> Result<Hop, FetchError> {
        self.guard.check(url)?;
        let name = host_name(url);
        let host = self.host(url);
        let mut state = host.lock().await;
        if let Some(until) = state.left_alone_until.filter(|until| *until > self.clock.now()) {
            return Err(FetchError::LeftAlone { host: name, until });
        }
        if matches!(purpose, Purpose::Page | Purpose::Guess) {
            self.ask_robots(url, &mut state).await?;
        }
        self.wait_turn(url, &state).await;
        let result = self.request(url, purpose, validators).await;
        let now = self.clock.now();
        state.free_at = Some(later(now, HOST_PAUSE));
        if let Err(FetchError::Status { status: 429 | 503, retry_after: Some(until) }) = &result {
            state.left_alone_until = Some(*until);
        }
        result
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let port = url.port_or_known_default().unwrap_or(0);
        let key = format!("{}:{port}", host_name(url));
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(key).or_default())
    }

    /// Waits for the pause to pass; a host that the study allows by name is the person's own and needs none.
    async fn wait_turn(&self, url: &Url, state: &HostState) {
        if let Some(free_at) = state.free_at.filter(|_| !self.guard.allows(url)) {
            self.clock.sleep_until(free_at).await;
        }
    }

    async fn ask_robots(&self, url: &Url, state: &mut HostState) -> Result<(), FetchError> {
        let host = host_name(url);
        if state.robots.as_ref().is_none_or(|robots| !robots.is_fresh(self.clock.now())) {
            state.robots = Some(self.read_robots(url, state).await?);
            state.free_at = Some(later(self.clock.now(), HOST_PAUSE));
        }
        match state.robots.as_ref().map(|robots| robots.permission(url.as_str())) {
            Some(Permission::Denied) => Err(FetchError::RobotsDenied { host }),
            Some(Permission::Unreachable(why)) => Err(FetchError::RobotsUnreachable { host, why }),
            Some(Permission::Allowed) | None => Ok(()),
        }
    }

    /// Reads a host's robots.txt, following up to five redirects (RFC 9309, 2.3.1.2). A host that cannot be reached at all
    /// is an error of the page's own.
    async fn read_robots(&self, page: &Url, state: &HostState) -> Result<Robots, FetchError> {
        let Ok(mut at) = page.join("/robots.txt") else {
            return Ok(Robots::unreachable("it has no address".to_owned(), self.clock.now()));
        };
        self.wait_turn(page, state).await;
        for _ in 0..=5 {
            if let Err(error) = self.guard.check(&at) {
                return Ok(Robots::unreachable(error.to_string(), self.clock.now()));
            }
            match self.request(&at, Purpose::Feed, &Validators::default()).await {
                Ok(Hop::Redirect(next)) => at = next,
                Ok(Hop::Answer(answer)) => return Ok(Robots::of_file(&answer.body, self.clock.now())),
                Err(FetchError::Status { status: 400..=428 | 430..=499, .. }) => {
                    return Ok(Robots::none(self.clock.now()));
                }
                Err(
                    error @ (FetchError::RefusedAddress { .. }
                    | FetchError::Dns { .. }
                    | FetchError::Connect { .. }
                    | FetchError::Tls { .. }
                    | FetchError::Budget { .. }),
                ) => return Err(error),
                Err(error) => return Ok(Robots::unreachable(error.to_string(), self.clock.now())),
            }
        }
        Ok(Robots::none(self.clock.now()))
    }

    async fn request(&self, url: &Url, purpose: Purpose, validators: &Validators) -> Result<Hop, FetchError> {
        if let Some(budget) = &self.budget {
            let take = |left: usize| left.checked_sub(1);
            let taken = budget.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
            taken.map_err(|_| FetchError::Budget { most: budget.most })?;
        }
        let host = host_name(url);
        let named = |error: reqwest::Error| FetchError::of_request(&error, &host, TOTAL_LIMIT.as_secs());
        let conditional = *validators != Validators::default();
        let request = self.client.get(url.clone()).headers(headers(purpose, validators));
        let mut response = request.send().await.map_err(named)?;

        let status = response.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let next = text(response.headers(), LOCATION).and_then(|to| url.join(&to).ok());
            return next.map(Hop::Redirect).ok_or(FetchError::Status { status: status.as_u16(), retry_after: None });
        }
        let not_modified = status == StatusCode::NOT_MODIFIED && conditional;
        if !status.is_success() && !not_modified {
            let retry_after = retry_after(response.headers(), self.clock.now());
            return Err(FetchError::Status { status: status.as_u16(), retry_after });
        }

        let limit = if purpose == Purpose::Page { PAGE_LIMIT } else { LARGEST_FEED };
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(named)? {
            body.extend_from_slice(&chunk);
            if body.len() as u64 > limit {
                return Err(FetchError::TooLarge { limit });
            }
        }
        let now = self.clock.now();
        let received = response.headers();
        Ok(Hop::Answer(Answer {
            url: url.to_string(),
            started: now,
            finished: now,
            status: status.as_u16(),
            content_type: text(received, CONTENT_TYPE),
            validators: Validators { etag: text(received, ETAG), last_modified: text(received, LAST_MODIFIED) },
            headers: received
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
            body,
        }))
    }
}

enum Hop {
    Answer(Answer),
    Redirect(Url),
}

fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact {
        Some(contact) => format!("gainsay/{version} (+{contact})"),
        None => format!("gainsay/{version}"),
    }
}

fn host_name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn headers(purpose: Purpose, validators: &Validators) -> HeaderMap {
    let accept = match purpose {
        Purpose::Feed | Purpose::Guess => {
            "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
        }
        Purpose::Page => "text/html, application/xhtml+xml, */*;q=0.1",
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    for (name, value) in [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)] {
        // Validators are kept as text in which each byte outside ASCII may have been lost; such a one is not sent.
        if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok()).map(str::to_owned)
}

/// Reads Retry-After, in seconds or as a date, bounded to a day; nonsense is no wish at all.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let value = text(headers, RETRY_AFTER)?;
    let digits = value.trim();
    let wish = match digits.parse::<u32>() {
        Ok(seconds) => later(now, SignedDuration::from_secs(i64::from(seconds))),
        Err(_) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => later(now, LONGEST_WAIT),
        Err(_) => jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp(),
    };
    (wish > now).then(|| wish.min(later(now, LONGEST_WAIT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms_and_bounded() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().expect("a test time");
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_str(value).expect("a test header"));
            retry_after(&headers, now).map(|until| until.to_string())
        };
        assert_eq!(read("120").as_deref(), Some("2026-11-20T12:02:00Z"));
        assert_eq!(read("Fri, 20 Nov 2026 13:00:00 GMT").as_deref(), Some("2026-11-20T13:00:00Z"));
        assert_eq!(read("999999999").as_deref(), Some("2026-11-21T12:00:00Z"));
        assert_eq!(read("99999999999999").as_deref(), Some("2026-11-21T12:00:00Z"));
        assert_eq!(read("-5"), None);
        assert_eq!(read("soon"), None);
    }
}
