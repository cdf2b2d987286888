//! The types that pass between the stages: plain data, named as the story is told.
//!
//! `FeedSource -> FeedEntry -> FetchedPage -> Article -> Assessment -> Statement -> Story`.
//! Nothing here reads, writes, asks the time or decides anything; stages know these types and not each other.

#[macro_use]
mod named;

mod actor;
mod article;
mod assessment;
mod entry;
mod health;
mod ids;
mod judgement;
mod lang;
mod outcome;
mod page;
mod rates;
mod record;
mod source;
mod statement;
mod story;
mod terms;
mod time;

pub use actor::{ActorKind, NameOwner, country_of, side_of};
pub use article::{Article, Discrepancy, DropReason, EdgeLines, Layer, PageYield, ParagraphKind, ParagraphMark};
pub use assessment::{Assessment, Evidence, Place, Topic, Verdict};
pub use entry::{AHEAD, FeedEntry, FeedKind, FeedReading, LARGEST_FEED, NamedSitemap, newest_dated};
pub use health::{Finding, FindingKind, Overlap, PastItem, PointPast};
pub use ids::{ArticleId, EntryKey, IdError, SourceId, StatementId, StoryId, VersionId};
pub use judgement::{Act, Decision, Judgement, Label, Reading, Review};
pub use lang::Lang;
pub use outcome::{Outcome, OutcomeKind, Processed, UnreadReason};
pub use page::FetchedPage;
pub use rates::{ErrorRate, ErrorRates};
pub use record::{Capture, Change, ChangeKind, StoredArticle, StoredVersion, WatchRecord};
pub use source::{EntryPoint, EntryPointKind, FeedSource, ListingSelectors, OwnerKind, PageRule, Study};
pub use statement::{DenialParty, Polarity, QuoteKind, Statement, StatementKind, Voice};
pub use story::{Placement, RecentArticle, ReprintKind, Story, StoryChoice};
pub use terms::{TermCue, TermName, TermTopic, Terms, TopicRole};
pub use time::{PublishedTime, SeenInterval};
