//! Where a site announces its news: what its pages declare and link to, what its robots.txt names, and the usual places.
//!
//! Pure: it reads a page and names addresses. Which of them are asked, and what they hold, is found out elsewhere.

use url::Url;

use super::links;
use crate::decode;
use crate::html::Document;

/// More of each sort are not worth a request.
const MOST_LEADS: usize = 8;
/// No title of a page is longer, in characters.
const LONGEST_TITLE: usize = 200;

/// Where feeds usually are, from the likeliest on.
const FEEDS: [&str; 7] = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default"];
/// Where sitemaps usually are; those of news before that of everything.
const SITEMAPS: [&str; 3] = ["/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml"];

/// How an address came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// A person gave it.
    Given,
    /// The page declares it as its feed.
    Declared,
    /// The page links to it, and it looks like a feed.
    Linked,
    /// The site's robots.txt names it.
    Robots,
    /// Feeds and sitemaps are often there.
    Usual,
}

impl FoundBy {
    /// Returns the name shown to people and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Declared => "declared",
            Self::Linked => "linked",
            Self::Robots => "robots.txt",
            Self::Usual => "usual place",
        }
    }
}

/// An address that may be an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The address.
    pub url: String,
    /// How it came up.
    pub found_by: FoundBy,
}

/// What a page tells of the feeds of its site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLeads {
    /// What the site calls itself.
    pub title: Option<String>,
    /// On the page's own site, those that it declares first.
    pub here: Vec<Lead>,
    /// On other sites.
    pub elsewhere: Vec<Lead>,
}

/// Reads a page; `None` when it is none, or is nested too deeply to read.
pub fn leads_of_page(bytes: &[u8], content_type: Option<&str>, url: &Url) -> Option<PageLeads> {
    let decoded = decode::html(bytes, content_type);
    if !super::looks_like_html(&decoded.text) {
        return None;
    }
    let page = Document::parse(&decoded.text).ok()?;
    let own_base = page.attributes("base[href]", "href").first().and_then(|href| url.join(href).ok());
    let base = own_base.as_ref().unwrap_or(url);
    let declared = page.select("link[href], a[rel][type][href]").into_iter().filter_map(|link| {
        let of = |name: &str| link.attribute(name).unwrap_or_default().trim().to_ascii_lowercase();
        let (rel, kind, href) = (of("rel"), of("type"), link.attribute("href")?);
        let is_other_form = rel.split_ascii_whitespace().any(|word| word == "alternate" || word == "feed");
        (is_other_form && is_feed_type(&kind, href)).then_some((href, FoundBy::Declared))
    });
    let linked = page.select("a[href]").into_iter().filter_map(|link| Some((link.attribute("href")?, FoundBy::Linked)));
    let mut leads = PageLeads { title: title(&page), ..PageLeads::default() };
    for (href, found_by) in declared.chain(linked) {
        let Some(at) = links::clean(href, Some(base)).and_then(|at| Url::parse(&at).ok()) else { continue };
        let is_wanted = match found_by {
            FoundBy::Linked => looks_like_feed(&at) && is_same_site(&at, url),
            _ => !is_of_comments(&at),
        };
        let list = if is_same_site(&at, url) { &mut leads.here } else { &mut leads.elsewhere };
        let lead = Lead { url: at.to_string(), found_by };
        let is_new = list.iter().all(|known| known.url != lead.url);
        let count = list.iter().filter(|known| known.found_by == found_by).count();
        if is_wanted && is_new && count < MOST_LEADS {
            list.push(lead);
        }
    }
    Some(leads)
}

/// Returns the sitemaps that a robots.txt names, on the site itself, those of news first.
pub fn sitemap_leads(named: &[String], url: &Url) -> Vec<Lead> {
    let on_site = named.iter().filter_map(|named| Url::parse(&links::clean(named, Some(url))?).ok());
    let mut urls: Vec<Url> = on_site.filter(|at| is_same_site(at, url)).take(100).collect();
    urls.sort_by_key(|at| !at.path().to_ascii_lowercase().contains("news"));
    urls.dedup();
    urls.into_iter().take(MOST_LEADS).map(|url| Lead { url: url.into(), found_by: FoundBy::Robots }).collect()
}

/// Returns the places where sites usually have feeds, and those where they have sitemaps.
pub fn usual_places(url: &Url) -> (Vec<Lead>, Vec<Lead>) {
    let at = |path: &&str| {
        let at = url.join(path).ok()?;
        Some(Lead { url: at.to_string(), found_by: FoundBy::Usual })
    };
    (FEEDS.iter().filter_map(at).collect(), SITEMAPS.iter().filter_map(at).collect())
}

/// Says whether two addresses are of one site: the same host and port, with or without www.
pub fn is_same_site(one: &Url, other: &Url) -> bool {
    let site = |url: &Url| {
        let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
        (host, url.port())
    };
    site(one) == site(other)
}

/// Says whether a declared type is a feed's. JSON and XML are declared for other things, too.
fn is_feed_type(kind: &str, href: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let href = href.to_ascii_lowercase();
    match kind {
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json" => true,
        "application/json" | "application/xml" | "text/xml" => {
            ["feed", "rss", "atom"].iter().any(|word| href.contains(word)) && !href.contains("oembed")
        }
        _ => false,
    }
}

/// Says whether an address looks like a feed's or a sitemap's.
fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_named_so = matches!(last, "rss" | "feed" | "feeds" | "atom" | "rdf" | "feed.json" | "rss.php" | "feed.php");
    let ends_so = [".rss", ".atom", ".rdf", ".xml"].iter().any(|end| last.ends_with(end));
    let asks_so = url.query_pairs().any(|(name, value)| name == "feed" || (name == "format" && value == "rss"));
    (is_named_so || ends_so || asks_so) && !is_of_comments(url)
}

/// What readers wrote is no news of the outlet.
fn is_of_comments(url: &Url) -> bool {
    url.path().to_ascii_lowercase().split('/').any(|part| part == "comments")
}

fn title(page: &Document) -> Option<String> {
    let title = page.meta(&["og:site_name"]).or_else(|| page.texts("title").into_iter().next())?;
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TITLE).collect();
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = "https://www.harbour.example/news/";

    /// Checks what a page with this in it leads to.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let url = Url::parse(PAGE).expect("a test address");
        let page = format!("<!doctype html><html><head><title>Harbour\n News</title>{html}</head></html>");
        let leads = leads_of_page(page.as_bytes(), None, &url).expect("it is a page");
        assert_eq!(leads.title.as_deref(), Some("Harbour News"));
        let told = |mark: &str, leads: &[Lead]| -> Vec<String> {
            leads.iter().map(|lead| format!("{mark}{} {}", lead.found_by.name(), lead.url)).collect()
        };
        assert_eq!([told("", &leads.here), told("- ", &leads.elsewhere)].concat(), expected, "{html}");
    }

    #[test]
    fn a_page_declares_its_feeds() {
        check(
            "<link rel=alternate type=application/rss+xml href=/rss.xml>",
            &["declared https://www.harbour.example/rss.xml"],
        );
        check(
            "<base href='https://harbour.example/b/'><link rel='home Alternate' type='application/atom+xml; charset=utf-8' href='a?x=1&amp;utm_source=y'>",
            &["declared https://harbour.example/b/a?x=1"],
        );
        check(
            "<link rel=alternate type=application/feed+json href=feed.json>",
            &["declared https://www.harbour.example/news/feed.json"],
        );
        check(
            "<link rel=alternate type=application/rss+xml href=https://feeds.other.example/harbour>",
            &["- declared https://feeds.other.example/harbour"],
        );
        for other in [
            "<link rel=alternate hreflang=fr href=/fr>",
            "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/1>",
            "<link rel=alternate type=application/rss+xml href=/comments/feed/>",
            "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>",
            "<link rel=stylesheet type=text/css href=/feed.css>",
        ] {
            check(other, &[]);
        }
    }

    #[test]
    fn links_that_look_like_feeds_follow_what_is_declared() {
        check(
            "</head><body><a href=/world/rss>W</a><a href=/about>A</a><a href=/x.xml#top>X</a><a href=https://other.example/rss>O</a>\
             <link rel=alternate type=application/rss+xml href=/world/rss><a href='?feed=rss2'>F</a>",
            &[
                "declared https://www.harbour.example/world/rss",
                "linked https://www.harbour.example/x.xml#top",
                "linked https://www.harbour.example/news/?feed=rss2",
            ],
        );
    }

    #[test]
    fn a_page_of_links_gives_a_few() {
        let many: String = (0..100).map(|number| format!("<a href=/{number}.xml>x</a>")).collect();
        let url = Url::parse(PAGE).expect("a test address");
        let page = format!("<html><body>{many}");
        assert_eq!(leads_of_page(page.as_bytes(), None, &url).expect("it is a page").here.len(), MOST_LEADS);
        assert_eq!(leads_of_page(b"just words", None, &url), None);
    }

    #[test]
    fn sitemaps_of_news_come_first_and_those_of_others_not_at_all() {
        let url = Url::parse(PAGE).expect("a test address");
        let named = [
            "https://harbour.example/all.xml",
            "https://other.example/a.xml",
            "/news.xml",
            "ftp://harbour.example/s.xml",
        ];
        let leads = sitemap_leads(&named.map(str::to_owned), &url);
        let urls: Vec<&str> = leads.iter().map(|lead| lead.url.as_str()).collect();
        assert_eq!(urls, ["https://www.harbour.example/news.xml", "https://harbour.example/all.xml"]);
        let (feeds, sitemaps) = usual_places(&url);
        assert_eq!(feeds.len() + sitemaps.len(), 10);
        assert_eq!(feeds[0].url, "https://www.harbour.example/feed");
    }

    proptest! {
        #[test]
        fn any_page_is_read(html in any::<String>(), bytes in any::<Vec<u8>>()) {
            let url = Url::parse(PAGE).expect("a test address");
            let _ = leads_of_page(format!("<html>{html}<a href=\"{html}\">").as_bytes(), None, &url);
            let _ = leads_of_page(&bytes, None, &url);
        }
    }
}
