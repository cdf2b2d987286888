//! The article that was found on a page.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Lang, PublishedTime};

/// The article of one page, as printed: nothing normalised, nothing added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The address it was read at.
    pub url: Option<String>,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
    /// The headline.
    pub title: String,
    /// The summary that stands below the headline, or that the page gives to others, when the body does not begin with it.
    pub standfirst: Option<String>,
    /// What the page calls the section it stands in.
    pub section: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet it comes from, when the page names another than its own.
    pub provider: Option<String>,
    /// When it says it was published.
    pub published: Option<PublishedTime>,
    /// When it says it was last changed.
    pub updated: Option<Timestamp>,
    /// What the page calls its site.
    pub site: Option<String>,
    /// The language of the text.
    pub lang: Lang,
    /// The body: paragraphs joined by `\n`, without the headline.
    pub text: String,
    /// The paragraphs of the body that are more than that, in its order.
    pub marks: Vec<ParagraphMark>,
    /// What else the page and the feed say of headline, authors and date: kept, since what was given as the date matters later.
    pub discrepancies: Vec<Discrepancy>,
    /// Lines left out of the body because the outlet prints them on many of its pages, as printed.
    pub recurring: Vec<String>,
    /// Why the body is not all of it, when it is not.
    pub partial: Option<String>,
    /// The layer that decided what the body is.
    pub by: Layer,
}

impl Article {
    /// Makes the article of a bare text, of which nothing else is known.
    pub fn of_text(title: &str, text: &str, lang: Lang) -> Self {
        Self {
            url: None,
            canonical: None,
            title: title.to_owned(),
            standfirst: None,
            section: None,
            authors: Vec::new(),
            provider: None,
            published: None,
            updated: None,
            site: None,
            lang,
            text: text.to_owned(),
            marks: Vec::new(),
            discrepancies: Vec::new(),
            recurring: Vec::new(),
            partial: None,
            by: Layer::Feed,
        }
    }
}

/// How much of an article was found on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageYield {
    /// The length of the text.
    pub characters: usize,
    /// The layer that decided what the text is.
    pub by: Layer,
    /// True when it is not all of the article.
    pub partial: bool,
}

impl PageYield {
    /// Measures an article.
    pub fn of(article: &Article) -> Self {
        Self { characters: article.text.chars().count(), by: article.by, partial: article.partial.is_some() }
    }
}

/// What stood at the beginning or end of the articles of an outlet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EdgeLines {
    /// How many articles were counted; the older ones count less.
    pub pages: u32,
    /// Lines, by their letters, each with the number of articles that bear it.
    pub lines: BTreeMap<String, u32>,
}

/// The layers of extraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// A rule for this outlet.
    Outlet,
    /// JSON-LD or embedded JSON.
    Structured,
    /// General extraction.
    General,
    /// The feed's own text.
    Feed,
}

impl Layer {
    /// Returns the name shown to people and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Structured => "structured",
            Self::General => "general",
            Self::Feed => "feed",
        }
    }
}

/// Something said of an article that is not what was taken for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discrepancy {
    /// What it is said of: `title`, `authors` or `published`.
    pub field: String,
    /// What is said, as printed.
    pub value: String,
    /// Where: `feed`, `page`, `json-ld`, `heading`, or the name of a `<meta>` tag.
    pub from: String,
}

/// What a paragraph of a body is, other than running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// A heading within the article.
    Heading,
    /// An item of a list.
    Item,
    /// A passage set apart as somebody else's words.
    Quotation,
    /// A question, in a transcript.
    Question,
    /// The beginning of an answer, in a transcript.
    Answer,
}

impl ParagraphKind {
    /// Returns the name shown to people and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Quotation => "quotation",
            Self::Question => "question",
            Self::Answer => "answer",
        }
    }
}

/// A paragraph that is more than running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphMark {
    /// Its number, from 1.
    pub paragraph: usize,
    /// What it is.
    pub kind: ParagraphKind,
}

/// Why a page gave no article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// Not HTML: an image, a PDF, a feed.
    NotHtml,
    /// No bytes, or nothing but white space.
    EmptyBody,
    /// Elements nested deeper than is safe to parse.
    TooDeep,
    /// HTML without a body of text.
    NoText,
    /// A consent, log-in or bot-check page instead of the article.
    Wall,
    /// A page that says that what was asked for is not there.
    NotFoundPage,
    /// A list of articles: a section's front, a topic, a search.
    SectionFront,
    /// A transcript that has the question no more that was in it.
    TurnGone,
}

impl DropReason {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 8] = [
        Self::NotHtml,
        Self::EmptyBody,
        Self::TooDeep,
        Self::NoText,
        Self::Wall,
        Self::NotFoundPage,
        Self::SectionFront,
        Self::TurnGone,
    ];

    /// Returns the name used in JSON, counts and filters.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotHtml => "not-html",
            Self::EmptyBody => "empty-body",
            Self::TooDeep => "too-deep",
            Self::NoText => "no-text",
            Self::Wall => "wall",
            Self::NotFoundPage => "not-found-page",
            Self::SectionFront => "section-front",
            Self::TurnGone => "turn-gone",
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::NotHtml => "not an HTML page",
            Self::EmptyBody => "the body is empty",
            Self::TooDeep => "elements are nested too deeply",
            Self::NoText => "no article text on the page",
            Self::Wall => "a consent, log-in or bot-check page",
            Self::NotFoundPage => "the page says that the article is not there",
            Self::SectionFront => "a list of articles and not one of them",
            Self::TurnGone => "the transcript has this question no more",
        })
    }
}
