//! A record in a folder of its own, and short ways to put things into it.

mod edges;
mod feeds;
mod files;
mod judgements;
mod killed;
mod pages;
mod past;
mod second_looks;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::model::{
    Article, ArticleId, Assessment, Discrepancy, DropReason, EntryKey, Evidence, FeedEntry, FeedKind, FeedReading,
    Lang, Layer, Outcome, ParagraphKind, ParagraphMark, Place, Placement, PointPast, Polarity, Processed,
    PublishedTime, QuoteKind, Review, SeenInterval, SourceId, Statement, StatementKind, StoryChoice, Topic,
    UnreadReason, Verdict, Voice,
};

/// A record that goes away with the test.
struct Desk {
    dir: TempDir,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().expect("a folder for the test");
        let store = open(&dir);
        Self { dir, store }
    }

    /// Ends the writer and begins another, as after a run that was cut off.
    fn again(self) -> Self {
        drop(self.store);
        let store = open(&self.dir);
        Self { dir: self.dir, store }
    }

    /// Looks at the feed of a source, at its usual address.
    fn look(&mut self, source: &str, time: &str, entries: &[FeedEntry]) -> FeedKept {
        self.store.keep_feed(&feed(source, time, entries)).expect("the look is kept")
    }

    /// Keeps what was made of the page of an entry.
    fn read(&mut self, pending: &PendingEntry, time: &str, outcome: &Outcome) -> PageKept {
        self.store.keep_page(&page(pending, time, outcome)).expect("the page is kept")
    }

    /// Announces one entry and keeps what was made of its page.
    fn tell(&mut self, source: &str, key: &str, time: &str, outcome: &Outcome) -> PageKept {
        let kept = self.look(source, time, &[entry(source, key, "As announced")]);
        self.read(&kept.new[0], time, outcome)
    }

    fn article(&self, id: Option<ArticleId>) -> crate::model::StoredArticle {
        self.store.article(id.expect("an article")).expect("the record reads").expect("the article is there")
    }
}

fn open(dir: &TempDir) -> Store {
    Store::create_or_open(&dir.path().join("record"), "gainsay poll", at("09:00")).expect("the record opens")
}

fn at(time: &str) -> Timestamp {
    format!("2026-03-01T{time}:00Z").parse().expect("hours and minutes")
}

fn seen(after: Option<&str>, by: &str) -> SeenInterval {
    SeenInterval { after: after.map(at), by: at(by) }
}

fn source(id: &str) -> SourceId {
    SourceId::new(id).expect("a source id")
}

fn entry(source: &str, key: &str, title: &str) -> FeedEntry {
    FeedEntry {
        part: None,
        key: EntryKey(key.to_owned()),
        guid: Some(key.to_owned()),
        url: Some(format!("https://{source}.example/{key}")),
        title: title.to_owned(),
        published: Some(PublishedTime { at: at("08:00"), raw: "08:00".to_owned(), assumed: true }),
        updated: None,
        unread_date: None,
        authors: vec!["A. Writer".to_owned()],
        provider: None,
        summary: Some("A teaser".to_owned()),
        content: None,
        lang: Some("en".to_owned()),
    }
}

fn feed(source_id: &str, time: &str, entries: &[FeedEntry]) -> FeedKeep {
    let reading = FeedReading {
        sitemaps: Vec::new(),
        kind: FeedKind::Rss,
        title: None,
        entries: entries.to_vec(),
        repairs: vec!["bare-ampersand".to_owned()],
        problems: Vec::new(),
        is_cut: false,
    };
    FeedKeep {
        parts: Vec::new(),
        items: Some(entries.len()),
        source: source(source_id),
        entry_point: format!("https://{source_id}.example/feed"),
        final_url: None,
        started: at(time),
        finished: at(time),
        status: 200,
        headers: vec![("Content-Type".to_owned(), "application/rss+xml".to_owned())],
        body: Some(format!("<rss>{time}</rss>").into_bytes()),
        reading: Some(reading),
        known_items: None,
        may_have_missed: None,
        false_validators: false,
        state: PollState::default(),
    }
}

fn not_modified(source: &str, time: &str) -> FeedKeep {
    FeedKeep { status: 304, body: None, reading: None, items: None, ..feed(source, time, &[]) }
}

fn page<'a>(pending: &PendingEntry, time: &str, outcome: &'a Outcome) -> PageKeep<'a> {
    PageKeep {
        entry_row: Some(pending.row),
        article: pending.article,
        source: Some(pending.source.clone()),
        by_hand: false,
        url: pending.entry.url.clone(),
        seen: pending.seen,
        fetch: Some(fetched(pending.entry.url.as_deref().unwrap_or("https://none.example/"), time)),
        outcome,
        look_again: matches!(outcome, Outcome::Unread(_)),
        read_anew: false,
        transcript: None,
        turns: &[],
        edges: Vec::new(),
        made_by: "0.1.0",
    }
}

fn by_hand<'a>(url: Option<&str>, time: &str, outcome: &'a Outcome) -> PageKeep<'a> {
    PageKeep {
        entry_row: None,
        article: None,
        source: None,
        by_hand: true,
        url: url.map(str::to_owned),
        seen: seen(None, time),
        fetch: Some(PageFetch { status: None, ..fetched(url.unwrap_or("pages/one.html"), time) }),
        outcome,
        look_again: matches!(outcome, Outcome::Unread(_)),
        read_anew: false,
        transcript: None,
        turns: &[],
        edges: Vec::new(),
        made_by: "0.1.0",
    }
}

fn fetched(url: &str, time: &str) -> PageFetch {
    PageFetch {
        requested_url: url.to_owned(),
        final_url: None,
        started: at(time),
        finished: at(time),
        status: Some(200),
        headers: vec![("Content-Type".to_owned(), "text/html".to_owned())],
        body: Some(format!("<p>{url} at {time}").into_bytes()),
    }
}

fn article(title: &str, text: &str) -> Article {
    Article {
        url: Some("https://isl.example/a?x=1".to_owned()),
        canonical: Some("https://isl.example/a".to_owned()),
        title: title.to_owned(),
        authors: vec!["A. Writer".to_owned(), "\u{738b}".to_owned()],
        provider: Some("Port Agency".to_owned()),
        published: Some(PublishedTime { at: at("08:00"), raw: "1 March, 08:00".to_owned(), assumed: true }),
        updated: Some(at("08:30")),
        site: Some("The Island".to_owned()),
        lang: Lang::zh_hant(),
        text: text.to_owned(),
        standfirst: Some("What it is about".to_owned()),
        section: Some("World".to_owned()),
        marks: vec![ParagraphMark { paragraph: 1, kind: ParagraphKind::Heading }],
        discrepancies: vec![Discrepancy {
            field: "title".to_owned(),
            value: "Another".to_owned(),
            from: "feed".to_owned(),
        }],
        recurring: vec!["Follow us".to_owned()],
        partial: None,
        by: Layer::Structured,
    }
}

fn assessment(verdict: Verdict, score: f64) -> Assessment {
    let evidence = Evidence { term: "mss".to_owned(), place: Place::Title, span: 0..3 };
    let topic = (verdict == Verdict::OnTopic).then_some(Topic::EspionageCase);
    Assessment { lang: Lang::zh_hant(), region: Some("TW".to_owned()), verdict, score, topic, why: vec![evidence] }
}

fn statement(kind: StatementKind, confidence: f64) -> Statement {
    Statement {
        kind,
        sub: Some("smear".to_owned()),
        speaker: Some("the ministry".to_owned()),
        speaker_id: Some("CN.mfa".to_owned()),
        target: None,
        target_id: None,
        cue: "denied".to_owned(),
        place: Place::Text,
        span: 2..9,
        sentence: 0..12,
        paragraph: 1,
        quote: QuoteKind::Mixed,
        polarity: Polarity::Asserted,
        voice: Voice::Active,
        party: None,
        counter: false,
        alleges: true,
        answers: Some(0),
        via: None,
        background: false,
        confidence,
        candidate: false,
        rule: "test".to_owned(),
        review: Review::default(),
    }
}

fn processed(article: Article, story: StoryChoice) -> Outcome {
    Outcome::Kept(Box::new(Processed {
        article,
        assessment: assessment(Verdict::OnTopic, 0.1 + 0.2),
        statements: vec![statement(StatementKind::Accuse, 0.7), statement(StatementKind::Deny, 0.1 + 0.2)],
        placement: Placement { story, reprint_of: None, why: "nothing like it".to_owned() },
    }))
}

fn on_topic(title: &str, text: &str) -> Outcome {
    processed(article(title, text), StoryChoice::New)
}

fn off_topic(title: &str, text: &str) -> Outcome {
    Outcome::OffTopic(Box::new((article(title, text), assessment(Verdict::OffTopic, 0.25))))
}

fn unread(name: &str) -> Outcome {
    Outcome::Unread(UnreadReason { name: name.to_owned(), message: format!("the page answered {name}") })
}

fn dropped() -> Outcome {
    Outcome::Dropped(DropReason::Wall)
}
