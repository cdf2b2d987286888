//! `source add`: looks for the entry points of a site, within a few requests, and keeps nothing but the log of having looked.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::Stop;
use super::check::{Findings, findings, part_log, read_log, whole};
use super::sitemaps::Joined;
use crate::feed::{self, FeedContext, FoundBy, Lead};
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::model::{EntryKey, FeedKind, Lang};
use crate::store::{FetchLog, FetchPurpose};

/// So many requests are sent to find what a site has, redirects and robots.txt counted.
pub const MOST_REQUESTS: usize = 12;

/// An address that answered with something that an entry point may answer.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it is: the address that answered, when it is of the same site as the one that was asked.
    pub url: String,
    /// How it came up.
    pub found_by: FoundBy,
    /// What the answer was.
    pub kind: FeedKind,
    /// What it calls itself.
    pub title: Option<String>,
    /// The language of its headlines.
    pub lang: Option<Lang>,
    /// How many items it held.
    pub items: usize,
    /// The date of the newest, as claimed.
    pub newest: Option<Timestamp>,
    /// The repairs it needed.
    pub repairs: Vec<String>,
    /// What is wrong, as sentences; none when it is as it should be.
    pub problems: Vec<String>,
    /// Why a person should look before it is watched: no items, or too old ones.
    flaw: Option<String>,
    /// Its items, to know it by.
    keys: Vec<EntryKey>,
}

impl Candidate {
    /// Says whether it can be watched without a second look: it has items, and they are new enough.
    pub fn is_good(&self) -> bool {
        self.flaw.is_none()
    }
}

/// An address that was asked, and what came of it, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The address.
    pub url: String,
    /// How it came up.
    pub found_by: FoundBy,
    /// What it is.
    pub outcome: String,
}

/// What a look at a site gave.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// What the site calls itself on its page.
    pub title: Option<String>,
    /// What was found, in the order in which it was asked for.
    pub candidates: Vec<Candidate>,
    /// What the page declares on other sites, which were not asked.
    pub elsewhere: Vec<String>,
    /// All that was asked.
    pub tried: Vec<Tried>,
    /// Why the address that was given could not be asked at all.
    pub failure: Option<FetchError>,
    /// For the log.
    pub log: Vec<FetchLog>,
}

/// Looks at an address: what it is, and when it is a page, which feeds and sitemaps its site has.
///
/// What a page declares and links to is asked first; robots.txt and the usual places only where that gives nothing good.
pub async fn run(fetcher: &Fetcher, url: &Url, stop: &Stop, done: &mut dyn FnMut()) -> Discovery {
    let mut look = Look { fetcher: &fetcher.within(MOST_REQUESTS), stop, done, asked: HashSet::new(), is_over: false };
    let mut discovery = Discovery::default();
    let given = Lead { url: url.to_string(), found_by: FoundBy::Given };
    let Some(answer) = look.ask(&given, Purpose::Feed, &mut discovery).await else { return discovery };
    let mut site = url.clone();
    let mut leads = Vec::new();
    match answer {
        Ok(_) if !discovery.candidates.is_empty() => return discovery,
        Ok(answer) => {
            site = Url::parse(&answer.url).unwrap_or(site);
            let page = feed::leads_of_page(&answer.body, answer.content_type.as_deref(), &site);
            let page = page.unwrap_or_default();
            discovery.title = page.title;
            discovery.elsewhere = page.elsewhere.into_iter().map(|lead| lead.url).collect();
            leads = page.here;
        }
        // A page that is refused or gone says nothing of the feeds beside it.
        Err(FetchError::Status { status: 400..=428 | 430..=499, .. }) => {}
        Err(error) => {
            discovery.failure = Some(error);
            return discovery;
        }
    }
    for lead in &leads {
        look.ask(lead, Purpose::Feed, &mut discovery).await;
    }
    if !discovery.candidates.iter().any(Candidate::is_good) && site.path() != "/" {
        look.ask_home(&site, &mut discovery).await;
    }
    if !discovery.candidates.iter().any(Candidate::is_good) && !look.is_over {
        look.guess(&site, &mut discovery).await;
    }
    discovery
}

struct Look<'a> {
    fetcher: &'a Fetcher,
    stop: &'a Stop,
    done: &'a mut dyn FnMut(),
    asked: HashSet<String>,
    /// True when nothing more may be asked.
    is_over: bool,
}

impl Look<'_> {
    /// Asks the first page of the site, and what that declares and links to, where robots.txt allows it.
    async fn ask_home(&mut self, site: &Url, discovery: &mut Discovery) {
        let Ok(home) = site.join("/") else { return };
        let lead = Lead { url: home.to_string(), found_by: FoundBy::Usual };
        let Some(Ok(answer)) = self.ask(&lead, Purpose::Guess, discovery).await else { return };
        let page = feed::leads_of_page(&answer.body, answer.content_type.as_deref(), &home).unwrap_or_default();
        discovery.title = discovery.title.take().or(page.title);
        for lead in &page.here {
            self.ask(lead, Purpose::Feed, discovery).await;
        }
    }

    /// Asks where nobody pointed: what robots.txt names and the usual places, where robots.txt allows it.
    async fn guess(&mut self, site: &Url, discovery: &mut Discovery) {
        let robots = site.join("/robots.txt").map_or_else(|_| String::new(), |url| url.to_string());
        let named = tokio::select! {
            named = self.fetcher.sitemaps(site) => named,
            () = self.stop.wished() => return,
        };
        let (feeds, sitemaps) = feed::usual_places(site);
        let named = match named {
            Ok(named) => feed::sitemap_leads(&named, site),
            Err(error) => {
                discovery.tried.push(Tried { url: robots, found_by: FoundBy::Usual, outcome: error.to_string() });
                return;
            }
        };
        for lead in feeds.iter().chain(&named).chain(&sitemaps) {
            self.ask(lead, Purpose::Guess, discovery).await;
        }
    }

    /// Asks one address, once; `None` when it was asked before or nothing more may be asked.
    async fn ask(
        &mut self,
        lead: &Lead,
        purpose: Purpose,
        discovery: &mut Discovery,
    ) -> Option<Result<Answer, FetchError>> {
        if self.is_over || !self.asked.insert(lead.url.clone()) {
            return None;
        }
        if self.stop.is_due(self.fetcher.clock()) {
            self.is_over = true;
            discovery.tried.push(tried(lead, "not asked: the time was over"));
            return None;
        }
        let started = self.fetcher.clock().now();
        let none = Validators::default();
        let answer = tokio::select! {
            answer = self.fetcher.get(&lead.url, purpose, &none) => answer,
            () = self.stop.wished() => {
                self.is_over = true;
                return None;
            }
        };
        (self.done)();
        let finished = self.fetcher.clock().now();
        let log = FetchLog::new(&lead.url, FetchPurpose::Check, started, finished);
        match &answer {
            Ok(answer) => self.read(lead, answer, log, discovery).await,
            Err(error) => {
                self.is_over = matches!(error, FetchError::Budget { .. } | FetchError::LeftAlone { .. });
                discovery.tried.push(tried(lead, &error.to_string()));
                discovery.log.push(FetchLog { failure: Some(error.to_string()), ..log });
            }
        }
        Some(answer)
    }

    async fn read(&mut self, lead: &Lead, answer: &Answer, log: FetchLog, discovery: &mut Discovery) {
        let context = FeedContext {
            expected: None,
            url: Some(&answer.url),
            content_type: answer.content_type.as_deref(),
            zone: &TimeZone::UTC,
            at: log.finished,
        };
        let reading = feed::read(&answer.body, &context);
        let Joined { reading, parts } = whole(self.fetcher, answer, reading, &TimeZone::UTC, self.stop).await;
        // A sitemap that an index names is no entry point beside it.
        self.asked.extend(parts.iter().map(|part| part.url.clone()));
        let Findings { newest, lang, problems, flaw } = findings(&reading, None, None, log.finished);
        let readable = reading.kind != FeedKind::Unknown;
        let log = FetchLog {
            status: Some(answer.status),
            bytes: answer.body.len() as u64,
            final_url: Some(answer.url.clone()),
            ..log
        };
        discovery.log.push(read_log(log, &reading, &problems));
        discovery.log.extend(parts.iter().map(|part| part_log(None, part)));
        if !readable {
            let why = match (lead.found_by, problems.first()) {
                (_, None) => "not a feed",
                (FoundBy::Given, Some(why)) if why == feed::IS_PAGE => "an HTML page",
                (_, Some(why)) => why,
            };
            discovery.tried.push(tried(lead, why));
            return;
        }
        let moved = Url::parse(&answer.url).ok().zip(Url::parse(&lead.url).ok());
        let stays = moved.is_some_and(|(to, from)| feed::is_same_site(&to, &from));
        let url = if stays { answer.url.clone() } else { lead.url.clone() };
        let keys: Vec<EntryKey> = reading.entries.iter().map(|entry| entry.key.clone()).collect();
        let same = |known: &&Candidate| {
            known.url == url || (!keys.is_empty() && known.kind == reading.kind && known.keys == keys)
        };
        if let Some(known) = discovery.candidates.iter().find(same) {
            let outcome = format!("the same as {}", known.url);
            discovery.tried.push(tried(lead, &outcome));
            return;
        }
        self.asked.insert(url.clone());
        let items = reading.entries.len();
        discovery.tried.push(tried(lead, &format!("{}, {items} items", reading.kind.name())));
        discovery.candidates.push(Candidate {
            url,
            found_by: lead.found_by,
            kind: reading.kind,
            title: reading.title,
            lang,
            items,
            newest,
            repairs: reading.repairs,
            problems,
            flaw,
            keys,
        });
    }
}

fn tried(lead: &Lead, outcome: &str) -> Tried {
    Tried { url: lead.url.clone(), found_by: lead.found_by, outcome: outcome.to_owned() }
}
