//! What is watched: outlets and their entry points.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Lang, SourceId};

/// A study: what is watched, as its feeds.toml says.
#[derive(Debug, Clone)]
pub struct Study {
    /// What the study is called.
    pub name: String,
    /// Sent with each request, so that a site's owner can ask what this is: an address or a mailbox.
    pub contact: Option<String>,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// Hosts on private or loopback addresses that may be asked all the same, as `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// The sources, in the order of the file.
    pub sources: Vec<FeedSource>,
}

impl Study {
    /// Returns the source of that id.
    pub fn source(&self, id: &SourceId) -> Option<&FeedSource> {
        self.sources.iter().find(|source| source.id == *id)
    }
}

/// One outlet and the places where its news can be read.
#[derive(Debug, Clone)]
pub struct FeedSource {
    /// The id, unique in the study.
    pub id: SourceId,
    /// The outlet's name, in its own script.
    pub name: String,
    /// The language it says it writes; a hint only, the text decides.
    pub lang: Option<Lang>,
    /// ISO 3166 alpha-2 code of the country it speaks from, or `XX`.
    pub country: String,
    /// Who owns it, as a neutral fact.
    pub owner: OwnerKind,
    /// The zone of dates that it prints without one.
    pub zone: TimeZone,
    /// True when the feed carries the whole text, so that pages need not be fetched.
    pub full_text: bool,
    /// False leaves the source out of polls.
    pub enabled: bool,
    /// The day on which a live check saw it answer as expected; `None` is unverified.
    pub verified: Option<jiff::civil::Date>,
    /// A sentence for the people who keep the file.
    pub note: Option<String>,
    /// Where things stand on its articles' pages, where it has to be said.
    pub page: Option<PageRule>,
    /// The entry points, in the order of the file.
    pub entry_points: Vec<EntryPoint>,
}

/// One address at which an outlet announces its news.
#[derive(Debug, Clone)]
pub struct EntryPoint {
    /// What is found there.
    pub kind: EntryPointKind,
    /// Where it is.
    pub url: String,
    /// The section it covers, in the outlet's words.
    pub section: Option<String>,
    /// True when the pages that it announces are transcripts: each question with its answers is an entry of its own.
    pub transcript: bool,
}

/// The kinds of entry point.
#[derive(Debug, Clone)]
pub enum EntryPointKind {
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// A sitemap with or without the news extension.
    Sitemap,
    /// An HTML listing, read with selectors.
    Page(ListingSelectors),
}

impl EntryPointKind {
    /// Returns the name used in feeds.toml.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Page(_) => "page",
        }
    }
}

/// How the items of a listing page are found, as CSS selectors.
#[derive(Debug, Clone, Default)]
pub struct ListingSelectors {
    /// Each item.
    pub item: String,
    /// The link within an item; the item itself or its first `a[href]` when absent.
    pub link: Option<String>,
    /// The headline within an item; the link's text when absent.
    pub title: Option<String>,
    /// The date within an item: its `datetime` attribute, else its text.
    pub date: Option<String>,
    /// The summary within an item.
    pub summary: Option<String>,
    /// A regular expression for the addresses of its articles; an item that leads elsewhere is none.
    pub matching: Option<String>,
}

/// Where things stand on the pages of an outlet's articles, as CSS selectors. What is not said is found without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// The elements that hold the body.
    pub body: Option<String>,
    /// What is taken out of it first.
    pub remove: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The date of publication: its `datetime` or `content` attribute, else its text.
    pub date: Option<String>,
    /// The authors.
    pub author: Option<String>,
    /// The outlet or agency that the text came from.
    pub provider: Option<String>,
    /// True where the page's own data names that outlet as the author.
    #[serde(default)]
    pub author_is_provider: bool,
}

impl PageRule {
    /// Returns the rule with what it does not say filled in from another.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let or = |own: &Option<String>, other: &Option<String>| own.clone().or_else(|| other.clone());
        // What is taken out belongs to the body that it is taken out of.
        let body_of = if self.body.is_some() { self } else { other };
        Self {
            body: body_of.body.clone(),
            remove: or(&self.remove, &body_of.remove),
            title: or(&self.title, &other.title),
            date: or(&self.date, &other.date),
            author: or(&self.author, &other.author),
            provider: or(&self.provider, &other.provider),
            author_is_provider: self.author_is_provider || other.author_is_provider,
        }
    }
}

/// Who owns an outlet: a neutral fact for grouping, not a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnerKind {
    /// Owned by a state or its ruling party.
    StateMedia,
    /// Publicly funded under its own statute.
    PublicBroadcaster,
    /// Privately owned.
    Private,
    /// A news agency.
    Wire,
    /// Republishes others.
    Aggregator,
    /// A ministry, service, embassy or parliament speaking for itself.
    Government,
    /// A research institute or a non-profit.
    Institute,
}

impl OwnerKind {
    /// Returns the words used in feeds.toml and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::StateMedia => "state-media",
            Self::PublicBroadcaster => "public-broadcaster",
            Self::Private => "private",
            Self::Wire => "wire",
            Self::Aggregator => "aggregator",
            Self::Government => "government",
            Self::Institute => "institute",
        }
    }
}
