//! What a page says of itself: headline, dates, authors, address.

use std::cell::LazyCell;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::clean;
use super::comments;
use super::credits::{self, Head};
use super::embedded;
use super::headline;
use super::line;
use super::links;
use super::moments;
use super::names;
use super::site;
use super::structured::{self, StructuredArticle};
use crate::dates;
use crate::fold;
use crate::html::{Document, Element};
use crate::model::{Discrepancy, PageRule, PublishedTime};
use crate::pattern::pattern;

/// More than this is a sentence and no name.
const LONGEST_NAME: usize = 80;

/// What is kept of such a value, in characters.
const LONGEST_VALUE: usize = 300;

/// A shorter headline may share no letters with the same in other words.
const SHORTEST_HEADLINE: usize = 8;

/// Everything about an article other than its body.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: String,
    /// What the window's title bar says, for telling error pages.
    pub(super) window_title: String,
    pub(super) published: Option<PublishedTime>,
    pub(super) updated: Option<Timestamp>,
    pub(super) authors: Vec<String>,
    pub(super) provider: Option<String>,
    /// True when readers see its name around the headline as it is given here.
    pub(super) provider_is_seen: bool,
    pub(super) site: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) host: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) standfirst: Option<String>,
    pub(super) section: Option<String>,
    /// What else it says of headline and date.
    pub(super) discrepancies: Vec<Discrepancy>,
    /// The page's own copy of the body.
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
    /// True when the page calls itself an article.
    pub(super) says_article: bool,
    /// The types of what it describes, in the terms of schema.org.
    pub(super) kinds: Vec<String>,
}

impl Facts {
    /// Says whether a name is the site's own by the title of the window.
    pub(super) fn is_in_window(&self, name: &str) -> bool {
        self.site.is_none() && site::is_in_window(name, &self.window_title, &self.title)
    }

    /// Collects what the page says.
    pub(super) fn of(document: &Document, url: Option<&str>, rule: Option<&PageRule>, zone: &TimeZone) -> Self {
        let canonical = canonical(document, url);
        let address = canonical.as_deref().or(url);
        let mut described = structured::described(document);
        let own = own_article(&mut described.articles, address, document);
        // A page that is described alone may be anything.
        let is_described = own.as_ref().is_some_and(|own| own.headline.is_some() || !own.authors.is_empty());
        let says_article = is_described || document.meta(&["og:type"]).is_some_and(|kind| kind == "article");
        let own = own.unwrap_or_default();
        let site = document.meta(&["og:site_name"]).or_else(|| own.publisher.clone()).map(|site| line(&site));
        let window_title = document.texts("title").first().map(|title| title.replace('\n', " ")).unwrap_or_default();
        let authors = authors(document, rule, &own);
        let lang = document.attributes("html[lang]", "lang").into_iter().find(|lang| !lang.trim().is_empty());
        let host = address.and_then(|url| Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_owned));
        let sites = site::names_of(site.as_deref(), host.as_deref());
        let by_rule = rule.and_then(|rule| rule.title.as_deref()).and_then(|css| first_text(document, css));
        let title = by_rule
            .map(|title| title.replace('\n', " "))
            .unwrap_or_else(|| headline::of(document, &own, &sites, &window_title));
        // A page that its script is to write has its headline for readers in the data alone.
        let is_unwritten = document.select("h1, h2").iter().all(Element::is_blank);
        let state = if is_unwritten { embedded::told(document, &title, address) } else { embedded::Told::default() };
        let title = state.headline.clone().unwrap_or(title);
        let head = LazyCell::new(|| Head::of(document, &title));
        let mut dates = moments::printed_dates(document, rule, &own, zone);
        let stamp = head.stamp(document).and_then(|stamp| dates::read(&stamp, zone));
        dates.extend(stamp.map(|date| (date, "page")));
        let published = moments::surest(&dates);
        // Machines are told the day alone at times, and readers the minute.
        let is_bare_day = published.as_ref().is_some_and(|date| !moments::has_clock(date));
        let printed = if published.is_none() || is_bare_day { head.date(zone) } else { None };
        let finer = printed.filter(|printed| published.is_none() || moments::has_clock(printed));
        let clock = || published.as_ref().filter(|_| is_bare_day).and_then(|day| head.clock_on(day, zone));
        // Some headlines end with the time: 海圖外洩 (11:52).
        pattern!(CLOCK, r"[(（](\d{1,2}:\d{2})[)）]$");
        let in_title = |day: &PublishedTime| {
            let date = zone.to_datetime(day.at).date();
            dates::read(&format!("{date} {}", &CLOCK.captures(&title)?[1]), zone)
        };
        let finer = finer.or_else(clock);
        let published = finer.or(published);
        let published = published.map(|day| if moments::has_clock(&day) { day } else { in_title(&day).unwrap_or(day) });
        // A time that is not shown may be finer than the day that is.
        let is_of_day = |date: &PublishedTime, day: &PublishedTime| {
            moments::has_clock(date) && zone.to_datetime(date.at).date() == zone.to_datetime(day.at).date()
        };
        let published = published.map(|day| {
            let times = || document.attributes("time[datetime]", "datetime").into_iter();
            let finer = || times().filter_map(|time| dates::read(&time, zone)).find(|date| is_of_day(date, &day));
            if moments::has_clock(&day) { day } else { finer().unwrap_or(day) }
        });
        // Elsewhere on the page it may be that of another article.
        let stamp = |css: &str| document.attributes(css, "datetime").into_iter().next();
        let any = || stamp("article time[datetime], main time[datetime]").or_else(|| stamp("time[datetime]"));
        let published = published.or_else(|| dates::read(&any()?, zone));
        // Pages that their scripts build say it to them alone.
        let published = published.or_else(|| dates::read(state.published.as_deref()?, zone));
        let published = published.or_else(|| moments::date_in_address(address.or(url), zone));
        let told = match published {
            None if !is_unwritten => embedded::told(document, &title, address),
            _ => state,
        };
        let published = published.or_else(|| dates::read(told.published.as_deref()?, zone));
        let discrepancies = discrepancies(document, &own, &title, published.as_ref(), dates);
        let description = own.description.clone().or_else(|| document.meta(&["og:description", "description"]));
        let section = own.section.clone().or_else(|| document.meta(&["article:section"]));
        let links_home = LazyCell::new(|| site::links_home(document, host.as_deref()));
        let is_one = |name: &str| {
            site::is_own(name, site.as_deref(), own.publisher.as_deref(), &sites)
                || site::names_front_page(name, &links_home)
                || site.is_none() && site::is_in_window(name.strip_suffix('社').unwrap_or(name), &window_title, &title)
        };
        // A site and its paper: 某网－某日报.
        let begins_with_it = |name: &str| name.split_once(", ").is_some_and(|(first, _)| is_one(first));
        let is_itself = |name: &String| {
            is_one(name) || begins_with_it(name) || name.contains(['－', '—']) && name.split(['－', '—']).any(is_one)
        };
        let is_body = |name: &String| is_itself(name) || names::is_body(name) || names::is_office(name);
        let split = authors.iter().flat_map(|name| names::without_agency(name)).flat_map(names::each_of);
        let split = split.map(|name| names::without_title(&name).to_owned());
        let (bodies, mut authors): (Vec<String>, Vec<String>) = split.partition(is_body);
        let is_other =
            |name: &String| is_name(name) && (!is_account(name) || names::is_agency(name)) && !is_itself(name);
        let named = provider(document, rule, &own).filter(is_other);
        let printed = || head.provider(document).filter(is_other);
        // Machines are told another form of an agency's name than readers see, or the desk that put its text there.
        let by_rule = rule.is_some_and(|rule| rule.provider.is_some() || rule.author_is_provider);
        let seen = if named.is_none() || by_rule { None } else { printed() };
        let is_agencys = |seen: &String| {
            let is_other_form = |named: &String| !names::is_agency(named) || names::abbreviates(seen, named);
            names::is_agency(seen) && named.as_ref().is_some_and(is_other_form)
        };
        let provider = seen
            .filter(is_agencys)
            .or_else(|| named.clone())
            .or_else(printed)
            .or_else(|| told.provider.filter(is_other))
            .or_else(|| origin(document).filter(is_other))
            .or_else(|| bodies.into_iter().find(|name| !names::is_department(name) && is_other(name)));
        // A desk or an account stands in for people where nobody is named, and the first of several for all.
        let is_named = authors.iter().any(|name| names::is_person(name));
        let named = match is_named && !head.names_more(&authors) {
            true => head.linked_people(document).unwrap_or_default(),
            false => head.authors(document),
        };
        let named: Vec<String> = named.into_iter().filter(|name| !is_itself(name)).collect();
        let names_all = || authors.iter().all(|name| named.contains(name));
        if !is_named && !named.is_empty() || named.len() > authors.len() && names_all() {
            authors = named;
        }
        let is_japanese = || lang.as_ref().is_some_and(|lang| lang.starts_with("ja")) || title.chars().any(is_kana);
        if authors.len() > 1 && is_japanese() {
            authors = head.whole_names(authors);
        }
        if authors.is_empty() {
            let told = told.authors.iter().map(|name| without_by(&line(name)));
            authors = told.flat_map(|names| credits::in_field(&names)).filter(|name| names::is_person(name)).collect();
        }
        Self {
            window_title,
            published,
            updated: moments::updated(document, &own, zone),
            provider_is_seen: provider.as_ref().is_some_and(|name| head.prints(name)),
            provider,
            authors,
            site,
            host,
            canonical,
            lang: lang.or(own.lang),
            standfirst: description.map(|text| line(&text)).filter(|text| !text.is_empty()),
            section: section.map(|name| line(&name)).filter(|name| is_name(name)),
            discrepancies,
            body: own.body,
            is_free: own.is_free,
            says_article,
            kinds: described.kinds,
            title,
        }
    }
}

/// Says whether a character is of hiragana or katakana.
fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ')
}

/// Returns the address that the page calls its own.
pub(super) fn canonical(document: &Document, url: Option<&str>) -> Option<String> {
    let base = url.and_then(|url| Url::parse(url).ok());
    let written = document.attributes("link[rel~=canonical]", "href").into_iter().chain(document.meta(&["og:url"]));
    let absolute = |href: String| match &base {
        Some(base) => base.join(href.trim()).ok(),
        None => Url::parse(href.trim()).ok(),
    };
    let mut found = written.filter(|href| !href.trim().is_empty()).filter_map(absolute);
    found.find(|url| matches!(url.scheme(), "http" | "https")).map(|url| url.to_string())
}

/// The described article that is this page's: by address, by headline, else the first. Pages describe teasers, too.
fn own_article(
    articles: &mut Vec<StructuredArticle>,
    url: Option<&str>,
    document: &Document,
) -> Option<StructuredArticle> {
    if articles.is_empty() {
        return None;
    }
    let same_url = |article: &StructuredArticle| {
        let (Some(own), Some(page)) = (&article.url, url) else { return false };
        links::without_scheme(own) == links::without_scheme(page)
    };
    let headline = document.meta(&["og:title"]).map(|title| line(&title));
    let same_headline = |article: &StructuredArticle| {
        let (Some(own), Some(page)) = (&article.headline, &headline) else { return false };
        page.starts_with(line(own).trim_end_matches(['.', '…']))
    };
    let place = articles.iter().position(same_url).or_else(|| articles.iter().position(same_headline));
    // Some describe the site as if it were the article.
    let site = document.meta(&["og:site_name"]);
    let is_site = |article: &StructuredArticle| {
        let names = [site.as_deref(), article.publisher.as_deref()];
        let own = line(article.headline.as_deref().unwrap_or_default());
        // Behind the headline in the window's title, too.
        let is_tail = |title: &String| title.len() > 2 * own.len() && title.trim_end().ends_with(&own);
        !own.is_empty()
            && (names.into_iter().flatten().any(|name| own == line(name))
                || document.texts("title").iter().any(is_tail))
    };
    // Some hold what another page was described as.
    let is_of_other = |article: &StructuredArticle| {
        let Some(own) = article.headline.as_deref().filter(|own| own.chars().count() >= SHORTEST_HEADLINE) else {
            return false;
        };
        let written =
            document.texts("title").into_iter().chain(document.texts("h1")).chain(document.meta(&["og:title"]));
        let written: Vec<String> = written.filter(|text| !text.is_empty()).collect();
        let is_cjk = clean::is_mostly_cjk(own);
        let differs = |text: &String| {
            clean::is_mostly_cjk(text) == is_cjk && headline::tenths_in(&fold::text(own), &fold::text(text)) < 2
        };
        !written.is_empty() && written.iter().all(differs) && is_of_other_day(article, document)
    };
    let own = articles.swap_remove(place.unwrap_or(0));
    Some(if place.is_none() && (is_site(&own) || is_of_other(&own)) { StructuredArticle::default() } else { own })
}

/// Says whether a page prints days, and none of them is that of the article that it describes.
fn is_of_other_day(article: &StructuredArticle, document: &Document) -> bool {
    /// A line with a date is no longer, in bytes.
    const LONGEST: usize = 90;
    let day = |text: &str| dates::read(text, &TimeZone::UTC).map(|date| TimeZone::UTC.to_datetime(date.at).date());
    let Some(own) = article.published.as_deref().and_then(day) else { return false };
    let lines = document.lines();
    let dated = lines.iter().filter(|(line, _)| line.len() <= LONGEST && line.contains(|c: char| c.is_numeric()));
    let days: Vec<_> = dated.filter_map(|(line, _)| day(line)).collect();
    // A zone may make the next day of it.
    let is_near = |other: &jiff::civil::Date| other.duration_since(own).abs() <= SignedDuration::from_hours(24);
    !days.is_empty() && !days.iter().any(is_near)
}

fn first_text(document: &Document, css: &str) -> Option<String> {
    document.texts(css).into_iter().find(|text| !text.is_empty())
}

/// Says whether two headlines contradict each other: neither begins with the other, marks and spaces aside.
pub(super) fn tell_otherwise(one: &str, other: &str) -> bool {
    let (one, other) = (clean::letters(one), clean::letters(other));
    !one.is_empty() && !other.is_empty() && !one.starts_with(&other) && !other.starts_with(&one)
}

/// What the page says of headline and date, other than what was taken.
fn discrepancies(
    document: &Document,
    own: &StructuredArticle,
    title: &str,
    published: Option<&PublishedTime>,
    dates: Vec<(PublishedTime, &'static str)>,
) -> Vec<Discrepancy> {
    let titles = [
        (own.headline.clone(), "json-ld"),
        (document.meta(&["og:title"]), "og:title"),
        (document.texts("h1").into_iter().find(|text| !text.is_empty()), "heading"),
    ];
    let titles = titles.into_iter().filter_map(|(text, from)| Some(("title", line(&text?), from)));
    let titles = titles.filter(|(_, text, _)| tell_otherwise(text, title));
    let dates =
        dates.into_iter().filter(|(date, _)| published.is_some_and(|published| moments::differ(date, published)));
    let all = titles.chain(dates.map(|(date, from)| ("published", date.raw, from)));
    let mut discrepancies: Vec<Discrepancy> = Vec::new();
    for (field, value, from) in all {
        let value: String = value.chars().take(LONGEST_VALUE).collect();
        if !discrepancies.iter().any(|known| known.field == field && known.value == value) {
            discrepancies.push(Discrepancy { field: field.to_owned(), value, from: from.to_owned() });
        }
    }
    discrepancies
}

/// The words of the longest line that is believed to be a byline.
const LONGEST_BYLINE: usize = 16;

fn authors(document: &Document, rule: Option<&PageRule>, own: &StructuredArticle) -> Vec<String> {
    let by_rule = rule.and_then(|rule| rule.author.as_deref()).map(|css| document.texts(css)).unwrap_or_default();
    // A selector that takes in the text names nobody.
    let is_short = |text: &String| {
        text.lines().count() == 1 && !clean::is_paragraph(text) && text.split(' ').count() <= LONGEST_BYLINE
    };
    let by_rule: Vec<String> = by_rule.into_iter().filter(is_short).collect();
    let metas =
        || ["author", "article:author", "parsely-author", "sailthru.author", "byl", "cse_author", "og:article:author"];
    let is_by_rule = !by_rule.is_empty();
    let mut written: Vec<String> = by_rule;
    if written.is_empty() {
        written.clone_from(&own.authors);
    }
    if written.is_empty() {
        let all = |name: &&str| document.metas(name).into_iter().filter(|name| is_name(name)).collect::<Vec<_>>();
        written.extend(metas().iter().map(all).find(|names| !names.is_empty()).unwrap_or_default());
    }
    if written.is_empty() {
        let library = document.metas("citation_author").into_iter().chain(document.metas("dc.creator"));
        written.extend(library.map(|name| names::in_order(&name)));
    }
    if written.is_empty() {
        // WordPress tells cards of social networks who wrote it, each in its own language.
        let says_who = |label: &String| {
            let label = label.to_lowercase();
            ["written by", "escrito por", "verfasst von", "écrit par", "scritto da", "撰", "作者", "author", "by"]
                .iter()
                .any(|word| label.starts_with(word))
        };
        let card =
            |label: &str, data: &str| document.meta(&[label]).filter(says_who).and_then(|_| document.meta(&[data]));
        written.extend(card("twitter:label1", "twitter:data1").or_else(|| card("twitter:label2", "twitter:data2")));
    }
    if written.is_empty() {
        let named = document.select("[rel=author], [itemprop=author] [itemprop=name]").into_iter();
        let is_beside = |around: &Element<'_>| matches!(around.name(), "aside" | "footer" | "nav");
        let is_beside = |around: &Element<'_>| is_beside(around) || comments::is_called(around);
        let named = named.filter(|name| !name.ancestors().any(|around| is_beside(&around)));
        written.extend(named.map(|name| name.text()));
    }
    let mut names: Vec<String> = Vec::new();
    let each = written.iter().flat_map(|names| names.split(" | ")).map(|name| without_by(&line(name)));
    // The editor is named as author where readers do not see it.
    let is_editor = |name: &str| !is_by_rule && credits::is_printed_as_editor(name, document);
    for name in each.flat_map(|names| credits::in_field(&names)).filter(|name| !is_editor(name)) {
        if is_name(&name) && !is_account(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Says whether a name is that of an account in the site's editor, or of nobody: "admin", "site-import", "Redacción".
fn is_account(name: &str) -> bool {
    let is_number = |name: &str| name.contains('_') && name.contains(|c: char| c.is_ascii_digit());
    names::is_nobody(name)
        || is_number(name) && !name.contains(' ')
        || !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
}

fn without_by(name: &str) -> String {
    let name = name.trim();
    let rest = ["By ", "by ", "BY "].iter().find_map(|by| name.strip_prefix(by)).unwrap_or(name);
    // What somebody is stands behind the name in Korean and Japanese.
    let is_short = |rest: &&str| rest.chars().any(clean::is_cjk) && rest.trim().chars().count() >= 2;
    let name = ["기자", "특파원", "記者", "특별취재팀"].iter().find_map(|role| rest.trim().strip_suffix(role));
    name.filter(is_short).unwrap_or(rest).trim_matches([' ', '-', '–', '|', '·', ',']).to_owned()
}

fn is_name(name: &str) -> bool {
    let is_address = name.contains("://") || name.starts_with("www.") || name.starts_with('@');
    name.contains(char::is_alphabetic) && !is_address && name.chars().count() <= LONGEST_NAME
}

/// What a page's fields for machines that are no standard call the origin of its text.
fn origin(document: &Document) -> Option<String> {
    let named = document.meta(&[
        "st:source",
        "source",
        "news:source",
        "article:source",
        "contentsource",
        "copyright-source",
    ])?;
    let name = line(&named);
    let bare = ["来源", "來源"].iter().find_map(|label| name.strip_prefix(label)).unwrap_or(&name);
    let bare = bare.trim_start_matches([':', '：', ' ']).trim();
    (!names::is_section(bare) && (names::is_body(bare) || names::is_outlet(bare))).then(|| bare.to_owned())
}

/// The outlet that the article came from, when the page's data names one.
fn provider(document: &Document, rule: Option<&PageRule>, own: &StructuredArticle) -> Option<String> {
    let by_rule = rule
        .and_then(|rule| rule.provider.as_deref())
        .and_then(|css| first_text(document, css))
        .map(|name| line(&name));
    let by_author =
        rule.filter(|rule| rule.author_is_provider).and_then(|_| own.bodies.first().or(own.authors.first()).cloned());
    let marked = || first_text(document, "[itemprop=sourceOrganization]");
    let named = by_rule.or(by_author).or_else(|| own.provider.clone()).or_else(marked);
    let named = named.or_else(|| own.bodies.first().cloned());
    named.map(|name| line(&name))
}
