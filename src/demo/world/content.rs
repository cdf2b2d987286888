//! The sample texts and their shape: one TOML file an outlet, kept inside the program.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::model::OwnerKind;

/// The outlets' files, in the order in which they are polled and shown.
const FILES: [&str; 8] = [
    include_str!("isl-tw.toml"),
    include_str!("isl-en.toml"),
    include_str!("port-zh.toml"),
    include_str!("waves-tw.toml"),
    include_str!("northern-zh.toml"),
    include_str!("river-cn.toml"),
    include_str!("herald-en.toml"),
    include_str!("boursehk.toml"),
];

/// One invented outlet with all that it ever publishes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// The source id.
    pub id: String,
    /// The outlet's name, in its own script.
    pub name: String,
    /// Its host name, on `.example`.
    pub host: String,
    /// The language as feeds.toml writes it.
    pub lang: String,
    /// The language as its own pages write it.
    pub page_lang: String,
    /// Its country.
    pub country: String,
    /// Who owns it.
    pub owner: OwnerKind,
    /// Its zone, as an IANA name.
    pub zone: String,
    /// True when its feed carries whole texts.
    #[serde(default)]
    pub full_text: bool,
    /// A sentence for the people who keep the file.
    pub note: String,
    /// How its pages look.
    pub(super) template: Template,
    /// The path prefixes that its robots.txt disallows.
    #[serde(default)]
    pub(super) disallow: Vec<String>,
    /// Its entry points.
    #[serde(rename = "entry")]
    pub entries: Vec<Entry>,
    /// Its articles.
    #[serde(rename = "article")]
    pub articles: Vec<Sample>,
}

/// One entry point of an outlet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What articles call it.
    pub key: String,
    /// What it looks like.
    pub format: Format,
    /// Where it is on the outlet's host.
    pub path: String,
    /// The section, in the outlet's words.
    pub section: String,
    /// True when it prints dates without a zone.
    #[serde(default)]
    pub(super) zoneless: bool,
    /// The phase in which it answers with an HTML error page instead.
    pub(super) fault: Option<Fault>,
}

/// An entry point's bad hour.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    /// The phase it happens in.
    pub(super) phase: u8,
    /// The status of the error page: 200 as well, as some sites have it.
    pub(super) status: u16,
}

/// The looks of entry points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// RSS 2.0 with link, guid, teaser and date.
    Rss,
    /// RSS 2.0 with the whole text.
    RssFull,
    /// RSS 2.0 whose items have no link: the guid is the address.
    RssGuid,
    /// RSS 2.0 with bare ampersands, an unclosed tag and a missing end.
    RssBroken,
    /// Atom.
    Atom,
    /// A news sitemap.
    Sitemap,
    /// An HTML page with a list of headlines.
    Listing,
}

/// The looks of article pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Template {
    /// A daily's page: `<article>`, JSON-LD without the body.
    Broadsheet,
    /// A news agency's page: little around the text, `<time>` only.
    Agency,
    /// A portal's page: nested `<div>`s, Open Graph, a date without a zone.
    Portal,
    /// An older Chinese site: the body in a numbered container, source and date as one line of text.
    Evening,
    /// A market page: JSON-LD with the body.
    Terminal,
}

/// One sample article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Where it is on the outlet's host.
    pub path: String,
    /// The path that entry points name instead, and that redirects to it.
    pub announced: Option<String>,
    /// The first phase in which it can be seen.
    pub from: u8,
    /// The keys of the entry points that announce it; all of them when empty.
    #[serde(default)]
    pub on: Vec<String>,
    /// The story it belongs to, for those who check what the pipeline made of it.
    pub story: Option<String>,
    /// The section, as printed on the page.
    pub section: String,
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Timestamp,
    /// The charset of its page, when that is not UTF-8.
    pub(super) charset: Option<String>,
    /// The text, a paragraph a line.
    pub body: String,
    /// What is different from the second phase on.
    pub second: Option<Second>,
}

/// What became of an article by the second phase.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Second {
    /// The new headline.
    pub title: Option<String>,
    /// The new text.
    pub body: Option<String>,
    /// When the outlet says that it changed it.
    pub updated: Option<Timestamp>,
    /// The status that its address answers now, when it was taken down.
    pub gone: Option<u16>,
}

/// An article as it stands in one phase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'a> {
    /// What does not change.
    pub(super) sample: &'a Sample,
    /// The headline now.
    pub(super) title: &'a str,
    /// The text now.
    pub(super) body: &'a str,
    /// When it was changed, if it was.
    pub(super) updated: Option<Timestamp>,
}

/// Reads the outlets.
pub fn outlets() -> Vec<Outlet> {
    let read = |text: &&str| toml::from_str(text).expect("the files are part of the program, and a test reads them");
    FILES.iter().map(read).collect()
}

impl Outlet {
    /// Returns the address of one of its paths.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    /// Returns the articles that can be read in a phase, newest first.
    pub(super) fn standing(&self, phase: u8) -> Vec<Standing<'_>> {
        let mut standing: Vec<_> = self.articles.iter().filter_map(|sample| sample.standing(phase)).collect();
        standing.sort_by_key(|article| std::cmp::Reverse(article.sample.published));
        standing
    }

    /// Returns its zone.
    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).expect("the zone data is part of the program, and a test asks for each zone")
    }
}

impl Entry {
    /// Returns the kind as feeds.toml writes it.
    pub(super) fn kind(&self) -> &'static str {
        match self.format {
            Format::Sitemap => "sitemap",
            Format::Listing => "page",
            _ => "feed",
        }
    }

    /// Says whether it announces an article.
    pub(super) fn announces(&self, sample: &Sample) -> bool {
        sample.on.is_empty() || sample.on.contains(&self.key)
    }
}

impl Sample {
    /// Returns the article as it stands in a phase; `None` before it is published and after it is taken down.
    pub(super) fn standing(&self, phase: u8) -> Option<Standing<'_>> {
        let second = self.second.as_ref().filter(|_| phase >= 2);
        let gone = second.is_some_and(|second| second.gone.is_some());
        if phase < self.from || gone {
            return None;
        }
        Some(Standing {
            sample: self,
            title: second.and_then(|second| second.title.as_deref()).unwrap_or(&self.title),
            body: second.and_then(|second| second.body.as_deref()).unwrap_or(&self.body),
            updated: second.and_then(|second| second.updated),
        })
    }
}

impl<'a> Standing<'a> {
    /// Returns the paragraphs.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &'a str> {
        self.body.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// Returns the teaser: the first paragraph.
    pub(super) fn teaser(&self) -> &'a str {
        self.paragraphs().next().unwrap_or_default()
    }

    /// Returns the path that entry points name.
    pub(super) fn announced(&self) -> &'a str {
        self.sample.announced.as_deref().unwrap_or(&self.sample.path)
    }

    /// Returns when it was last touched.
    pub(super) fn touched(&self) -> Timestamp {
        self.updated.unwrap_or(self.sample.published)
    }
}
