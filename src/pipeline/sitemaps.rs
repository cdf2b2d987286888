//! The sitemaps that an index names: looked at within bounds, and joined to one reading under the index.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::Stop;
use super::readers::{self, Unfinished};
use super::schedule::trusts_validators;
use super::validators;
use crate::feed::{self, Choice, FeedContext, Since};
use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::model::{EntryPointKind, FeedEntry, FeedKind, FeedReading, NamedSitemap, newest_dated};
use crate::store::PollState;

/// How long one answer may be read; the largest real ones take a second.
const READING_LIMIT: Duration = Duration::from_secs(15);
/// So many sitemaps of an index are asked for at one look: today's and those of the days or sections beside it.
const MOST_ASKED: usize = 4;
/// An index within an index is followed, and none within that: nobody needs more than a list of lists.
const DEEPEST: usize = 1;
/// So many entries are taken together: the most that one sitemap may list.
const MOST_JOINED: usize = 50_000;

/// A look at a sitemap that an index names.
#[derive(Debug)]
pub(super) struct Part {
    /// Its address, as the index gives it.
    pub(super) url: String,
    pub(super) started: Timestamp,
    pub(super) finished: Timestamp,
    pub(super) sent: Validators,
    pub(super) result: Result<Answer, FetchError>,
    /// What was read in it, without its entries; `None` of a failure and of "not modified".
    pub(super) reading: Option<FeedReading>,
    /// How many entries it held.
    pub(super) items: usize,
    /// The date of the newest of them.
    pub(super) newest: Option<Timestamp>,
}

/// An index and the sitemaps that it names, as one.
#[derive(Debug)]
pub(super) struct Joined {
    /// The entries of all, each with the sitemap that holds it; what is wrong with any of them is a problem of the whole.
    pub(super) reading: FeedReading,
    pub(super) parts: Vec<Part>,
}

/// What is known before sitemaps are followed.
#[derive(Clone, Copy)]
pub(super) struct Knowledge<'a> {
    /// From when on something is news.
    pub(super) since: Since,
    /// What is remembered of each address.
    pub(super) states: &'a HashMap<String, PollState>,
    /// The outlet's zone.
    pub(super) zone: &'a TimeZone,
}

/// Looks at the sitemaps that an index names, as many as may be, the newest first; `None` when the run is to stop.
///
/// They are asked for as the index itself is: a person chose it, and these are its parts. One that fails is a problem of the
/// whole and loses none of the others.
pub(super) async fn follow(
    fetcher: &Fetcher,
    index: &Answer,
    reading: FeedReading,
    known: Knowledge<'_>,
    stop: &Stop,
) -> Option<Joined> {
    let FeedReading { sitemaps, mut problems, repairs, kind, title, entries, is_cut } = reading;
    problems.retain(|problem| problem != feed::ONLY_SITEMAPS);
    let mut joined = Joining {
        known,
        now: fetcher.clock().now(),
        met: HashSet::from([index.url.clone()]),
        queue: VecDeque::new(),
        all: 0,
        reading: FeedReading { kind, title, entries, sitemaps: sitemaps.clone(), repairs, problems, is_cut },
        parts: Vec::new(),
    };
    joined.add(&sitemaps, &index.url, 0);
    while let Some((sitemap, depth)) = joined.next() {
        if stop.is_due(fetcher.clock()) {
            return None;
        }
        let started = fetcher.clock().now();
        let state = known.states.get(&sitemap.url).cloned().unwrap_or_default();
        if let Some(until) = state.not_before.filter(|until| *until > started) {
            joined.leave_alone(&sitemap.url, until);
            continue;
        }
        let is_trusted = trusts_validators(&state, None, started);
        let sent = if is_trusted { validators::held(&state) } else { Validators::default() };
        let result = tokio::select! {
            result = fetcher.get(&sitemap.url, Purpose::Feed, &sent) => result,
            () = stop.wished() => return None,
        };
        let result = result.and_then(|answer| stays(answer, &index.url));
        let read = match &result {
            Ok(answer) if !answer.is_not_modified() => {
                Some(read(answer.clone(), EntryPointKind::Sitemap, known.zone.clone(), started).await)
            }
            _ => None,
        };
        let part = Part {
            url: sitemap.url,
            started,
            finished: fetcher.clock().now(),
            sent,
            result,
            reading: None,
            items: 0,
            newest: None,
        };
        joined.take(part, read, depth);
    }
    Some(joined.finish())
}

/// Reads an answer beside the run's own task, within a time.
pub(super) async fn read(answer: Answer, kind: EntryPointKind, zone: TimeZone, at: Timestamp) -> FeedReading {
    let reading = readers::read(READING_LIMIT, move || {
        let context = FeedContext {
            expected: Some(&kind),
            url: Some(&answer.url),
            content_type: answer.content_type.as_deref(),
            zone: &zone,
            at,
        };
        feed::read(&answer.body, &context)
    });
    let failed = |why: &str| FeedReading {
        kind: FeedKind::Unknown,
        title: None,
        entries: Vec::new(),
        sitemaps: Vec::new(),
        repairs: Vec::new(),
        problems: vec![why.to_owned()],
        is_cut: false,
    };
    match reading.await {
        Ok(reading) => reading,
        Err(Unfinished::Failed) => failed("gainsay's own reader failed on this feed: please report it"),
        Err(Unfinished::TooSlow) => failed("reading the feed took too long"),
    }
}

/// Refuses an answer from another site: an index speaks for its own.
fn stays(answer: Answer, index: &str) -> Result<Answer, FetchError> {
    match (Url::parse(&answer.url), Url::parse(index)) {
        (Ok(to), Ok(from)) if feed::is_same_site(&to, &from) => Ok(answer),
        (to, _) => {
            let host = to.ok().and_then(|to| to.host_str().map(str::to_owned)).unwrap_or_default();
            Err(FetchError::Elsewhere { host })
        }
    }
}

/// The sitemaps of an index, while they are looked at.
struct Joining<'a> {
    known: Knowledge<'a>,
    now: Timestamp,
    /// The addresses asked, so that a loop ends.
    met: HashSet<String>,
    /// What is to be asked, with how many indexes stand around it below the first.
    queue: VecDeque<(NamedSitemap, usize)>,
    /// How many were worth a look.
    all: usize,
    reading: FeedReading,
    parts: Vec<Part>,
}

impl Joining<'_> {
    /// Queues what an index names; what stands in an index within goes first, since that is what the index stands for.
    fn add(&mut self, named: &[NamedSitemap], index: &str, depth: usize) {
        let Ok(index) = Url::parse(index) else { return };
        let looked = |url: &str| self.known.states.get(url).and_then(|state| state.last_answer);
        let Choice { wanted, unchanged, elsewhere } =
            feed::choose_sitemaps(named, &index, self.known.since, self.now, looked);
        if elsewhere > 0 {
            self.reading.problems.push(format!("sitemaps on other sites are not followed: {elsewhere}"));
        }
        if unchanged > 0 {
            self.reading
                .repairs
                .push(format!("sitemaps of the index not asked for, since nothing is new there: {unchanged}"));
        }
        let wanted: Vec<NamedSitemap> =
            wanted.into_iter().filter(|sitemap| self.met.insert(sitemap.url.clone())).collect();
        self.all += wanted.len();
        for sitemap in wanted.into_iter().rev() {
            self.queue.push_front((sitemap, depth));
        }
    }

    fn next(&mut self) -> Option<(NamedSitemap, usize)> {
        (self.parts.len() < MOST_ASKED).then(|| self.queue.pop_front()).flatten()
    }

    /// Leaves out what its server asked not to be asked for yet.
    fn leave_alone(&mut self, url: &str, until: Timestamp) {
        self.all -= 1;
        self.reading.problems.push(format!("{url}: its server asked to be left alone until {until:.0}"));
    }

    fn take(&mut self, mut part: Part, read: Option<FeedReading>, depth: usize) {
        let name = part.url.clone();
        let problem = |text: &str| format!("{name}: {text}");
        if let Err(error) = &part.result {
            self.reading.problems.push(problem(&error.to_string()));
        }
        if let (Ok(answer), Some(mut read)) = (&part.result, read) {
            self.met.insert(answer.url.clone());
            let is_index = !read.sitemaps.is_empty();
            if is_index {
                read.problems.retain(|problem| problem != feed::ONLY_SITEMAPS);
                match depth < DEEPEST {
                    true => self.add(&std::mem::take(&mut read.sitemaps), &answer.url, depth + 1),
                    false => self.reading.problems.push(problem("an index within an index within an index")),
                }
            }
            self.reading.problems.extend(read.problems.iter().map(|text| problem(text)));
            part.items = read.entries.len();
            part.newest = newest_dated(&read.entries, self.now);
            let entries = std::mem::take(&mut read.entries).into_iter();
            self.reading.entries.extend(entries.map(|entry| FeedEntry { part: Some(part.url.clone()), ..entry }));
            part.reading = Some(read);
        }
        self.parts.push(part);
    }

    fn finish(self) -> Joined {
        let Self { mut reading, parts, all, known, .. } = self;
        let mut met = HashSet::new();
        reading.entries.retain(|entry| met.insert(entry.key.clone()));
        if reading.entries.len() > MOST_JOINED {
            reading.problems.push(format!("{} entries; only {MOST_JOINED} of them were taken", reading.entries.len()));
            reading.entries.truncate(MOST_JOINED);
        }
        reading.repairs.push(format!("sitemaps of the index read: {} of {}", parts.len(), reading.sitemaps.len()));
        if all > parts.len() && known.since != Since::EVER {
            reading.problems.push(format!("sitemaps of the index left for later looks: {}", all - parts.len()));
        }
        Joined { reading, parts }
    }
}
