//! What joins the stages: `process` is pure, the runs around it are async and decide nothing about content.
//!
//! [`poll`] takes what is due, [`capture`] one address or file by hand, [`recheck`] looks again at known articles,
//! [`check`] looks at every source and [`inspect`] at the newest pages of one, and keep nothing; [`discover`] looks for the
//! entry points of a site; [`follow`] brings the index up to the record.

pub mod capture;
pub mod check;
pub mod discover;
pub mod follow;
pub mod inspect;
mod page;
pub mod poll;
mod readers;
pub mod recheck;
mod schedule;
mod sitemaps;
mod stop;
mod validators;

pub use page::PageEnd;
pub use schedule::INTERVAL;
pub use stop::Stop;

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::extract::{OutletPages, Recurring};
use crate::fetch::later;
use crate::lexicon::Lexicon;
use crate::model::{
    Article, Assessment, DropReason, FeedEntry, FeedSource, FetchedPage, Outcome, OwnerKind, Processed, RecentArticle,
    Statement, UnreadReason, Verdict,
};
use crate::statement::OutletContext;
use crate::store::Store;
use crate::{assess, extract, statement, story};

/// Stored with each version, so that it is known which rules made it.
pub const MADE_BY: &str = concat!("gainsay ", env!("CARGO_PKG_VERSION"));

/// The end of a run that failed as a whole; a failing source is not one.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The record.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The index.
    #[error(transparent)]
    Search(#[from] crate::search::SearchError),
    /// HTTP.
    #[error(transparent)]
    Setup(#[from] crate::fetch::SetupError),
}

/// What the stages need to know besides the page: nothing of it changes during a run but the recent articles.
#[derive(Debug)]
pub struct Context {
    /// The words.
    pub lexicon: Arc<Lexicon>,
    /// The articles placed lately, in the order in which they were placed.
    pub recent: Vec<RecentArticle>,
}

/// How far back an article can be for a new one to join its story, and how many are compared.
const RECENT: SignedDuration = SignedDuration::from_hours(24 * 30);
const MOST_RECENT: usize = 2_000;

impl Context {
    /// Begins with the articles that the record placed lately.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn load(store: &Store, lexicon: &Arc<Lexicon>, now: Timestamp) -> Result<Self, RunError> {
        let recent = store.recent_articles(later(now, -RECENT), MOST_RECENT)?;
        Ok(Self { lexicon: Arc::clone(lexicon), recent })
    }
}

/// What can be said of a page without knowing other pages.
#[derive(Debug, Clone)]
pub enum Examined {
    /// On topic.
    OnTopic(Box<(Article, Assessment, Vec<Statement>)>),
    /// Already at its end.
    Ended(Outcome),
}

/// What is known of the outlet that a page belongs to.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// What matters for reading its pages.
    pub pages: OutletPages,
    /// The country that decides relative names; `None` when it decides nothing.
    pub country: Option<String>,
    /// True when the feed carries the whole text.
    pub full_text: bool,
}

impl Outlet {
    /// Takes what matters from a source. An aggregator's country decides nothing: its texts are others'.
    pub fn of(source: &FeedSource) -> Self {
        let decides = source.owner != OwnerKind::Aggregator;
        Self {
            pages: OutletPages { rule: source.page.clone(), ..OutletPages::zone(source.zone.clone()) },
            country: decides.then(|| source.country.clone()),
            full_text: source.full_text,
        }
    }

    /// An outlet of which nothing is known.
    pub fn unknown() -> Self {
        Self { pages: OutletPages::zone(TimeZone::UTC), country: None, full_text: false }
    }

    /// Returns the outlet with what it prints on many of its pages.
    #[must_use]
    pub fn with(self, recurring: Arc<Recurring>) -> Self {
        Self { pages: OutletPages { recurring, ..self.pages }, ..self }
    }
}

/// A page that was looked for: had, not had, or not needed because the feed carries the text.
#[derive(Debug, Clone)]
pub enum Look {
    /// It answered.
    Page(FetchedPage),
    /// It could not be had.
    Unread(UnreadReason),
    /// It was not asked for: the entry holds the whole text.
    FeedText,
}

/// Turns one page into everything gainsay knows about it.
///
/// Does no I/O and never fails: a page that is not kept ends for a named reason. `seen` stands in for a missing date of
/// publication when the article is placed.
pub fn process(context: &Context, outlet: &Outlet, entry: Option<&FeedEntry>, look: &Look, seen: Timestamp) -> Outcome {
    place(context, examine(&context.lexicon, outlet, entry, look), seen)
}

/// Does the part of [`process`] that needs no other page.
pub fn examine(lexicon: &Lexicon, outlet: &Outlet, entry: Option<&FeedEntry>, look: &Look) -> Examined {
    let article = match look {
        Look::Page(page) => match article_of(entry, page, &outlet.pages) {
            Ok(article) => article,
            Err(reason) => {
                let end = Outcome::Dropped(reason.clone());
                return from_feed(lexicon, outlet, entry, &reason.to_string(), end);
            }
        },
        Look::Unread(reason) => {
            let why = format!("page not read: {}", reason.message);
            return from_feed(lexicon, outlet, entry, &why, Outcome::Unread(reason.clone()));
        }
        Look::FeedText => match entry.and_then(|entry| extract::from_entry(entry, "")) {
            Some(article) => Article { partial: None, ..article },
            None => return Examined::Ended(Outcome::Dropped(DropReason::NoText)),
        },
    };
    judge(lexicon, outlet, article)
}

/// Finds the article at an address: that of the page, or of one turn where the address is that of a turn of a transcript.
fn article_of(entry: Option<&FeedEntry>, page: &FetchedPage, pages: &OutletPages) -> Result<Article, DropReason> {
    let Some(turn) = page.url.as_deref().and_then(extract::turn_of) else {
        return extract::article(entry, page, pages);
    };
    let turns = extract::split(&extract::article(None, page, pages)?);
    // A page that reads as no transcript at all says nothing of what was asked in it.
    let reason = if turns.is_empty() { DropReason::NoText } else { DropReason::TurnGone };
    let is_wanted = |other: &Article| other.url.as_deref().and_then(extract::turn_of) == Some(turn);
    turns.into_iter().find(is_wanted).ok_or(reason)
}

/// A turn of a transcript: how it is announced, and what can be said of it.
#[derive(Debug, Clone)]
pub struct ExaminedTurn {
    /// Its entry.
    pub entry: FeedEntry,
    /// What can be said of it without knowing other pages.
    pub examined: Examined,
}

/// Examines the turns of a page; none where it is no transcript, or has a single turn and so is an article like others.
pub fn examine_turns(lexicon: &Lexicon, outlet: &Outlet, look: &Look) -> Vec<ExaminedTurn> {
    let Look::Page(page) = look else { return Vec::new() };
    let Ok(article) = extract::article(None, page, &outlet.pages) else { return Vec::new() };
    let turns = extract::split(&article);
    if turns.len() < 2 {
        return Vec::new();
    }
    let examined = |turn| ExaminedTurn { entry: extract::entry_of(&turn), examined: judge(lexicon, outlet, turn) };
    turns.into_iter().map(examined).collect()
}

/// Does the part of [`process`] that needs the other pages.
pub fn place(context: &Context, examined: Examined, seen: Timestamp) -> Outcome {
    let (article, assessment, statements) = match examined {
        Examined::OnTopic(found) => *found,
        Examined::Ended(outcome) => return outcome,
    };
    let at = article.published.as_ref().map_or(seen, |published| published.at);
    let placement = story::place(&context.lexicon, &context.recent, &article, &statements, Some(at));
    Outcome::Kept(Box::new(Processed { article, assessment, statements, placement }))
}

/// Falls back to what the feed said: kept when that is on topic, since a missed page must not be a silent miss.
fn from_feed(lexicon: &Lexicon, outlet: &Outlet, entry: Option<&FeedEntry>, why: &str, end: Outcome) -> Examined {
    let article = entry.and_then(|entry| extract::from_entry(entry, why));
    match article.map(|article| judge(lexicon, outlet, article)) {
        Some(on_topic @ Examined::OnTopic(_)) => on_topic,
        _ => Examined::Ended(end),
    }
}

fn judge(lexicon: &Lexicon, outlet: &Outlet, article: Article) -> Examined {
    let assessment = assess::assess(lexicon, &article);
    if assessment.verdict == Verdict::OffTopic {
        return Examined::Ended(Outcome::OffTopic(Box::new((article, assessment))));
    }
    let country = lexicon.country_of(&article, outlet.country.as_deref());
    let statements = statement::find(lexicon, &article, OutletContext { country: country.as_deref() });
    Examined::OnTopic(Box::new((article, assessment, statements)))
}
