//! What a site is called: by itself, by its host, by its links and by the title of its windows.

use super::links;
use crate::html::{Document, Element};

/// What the site may be called at the end of a headline, in lower case: its name, and the labels of its host.
pub(super) fn names_of(site: Option<&str>, host: Option<&str>) -> Vec<String> {
    let labels = host
        .iter()
        .flat_map(|host| host.split('.'))
        .filter(|label| label.len() >= 3 && !matches!(*label, "www" | "com" | "org" | "net" | "news"));
    site.into_iter().chain(labels).map(str::to_lowercase).filter(|name| !name.is_empty()).collect()
}

/// Says whether a name is the site's own: a body and no person, and no other outlet.
pub(super) fn is_own(name: &str, site: Option<&str>, publisher: Option<&str>, sites: &[String]) -> bool {
    let lower = name.to_lowercase();
    // Its desk, or the firm that runs it: the name with more behind it.
    let is_desk = |other: &str| {
        lower.strip_prefix(other.to_lowercase().as_str()).is_some_and(|rest| {
            let rest = rest.trim();
            matches!(rest, "社" | "網" | "网")
                || [
                    "編輯部",
                    "编辑部",
                    "新聞部",
                    "新闻部",
                    "編集部",
                    "中文部",
                    "國際部",
                    "国际部",
                    "newsroom",
                    "staff",
                    "news desk",
                    "editorial",
                    "redaktion",
                ]
                .contains(&rest)
        })
    };
    // The desk of a site that is called more: 某讀新聞中心 of 某讀 SomeRead.
    const DESKS: [&str; 10] = [
        "新聞中心",
        "新闻中心",
        "採訪中心",
        "采访中心",
        "即時中心",
        "編輯中心",
        "编辑中心",
        "編輯部",
        "编辑部",
        "網路中心",
    ];
    let before_desk = DESKS.iter().find_map(|desk| lower.strip_suffix(desk)).filter(|rest| rest.chars().count() > 1);
    let is_desk_of = |other: &str| before_desk.is_some_and(|rest| other.to_lowercase().contains(rest));
    let same = |other: Option<&str>| {
        let other = other.filter(|other| !other.trim().is_empty());
        other.is_some_and(|other| is_desk(other) || is_desk_of(other) || other.to_lowercase().contains(&lower))
    };
    same(site) || same(publisher) || sites.contains(&lower)
}

/// Returns the links to the front page of the site at this host.
pub(super) fn links_home<'a>(document: &'a Document, host: Option<&str>) -> Vec<Element<'a>> {
    let is_own = |link: &Element<'_>| link.attribute("href").is_some_and(|href| links::is_own(href, host));
    let links = document.select("a[href]").into_iter().filter(links::leads_to_front_page);
    links.filter(is_own).collect()
}

/// Says whether a name is that of one of the links to the front page of a site.
pub(super) fn names_front_page(name: &str, links_home: &[Element<'_>]) -> bool {
    // Where a source is named, its link may lead anywhere.
    let is_source = |link: &Element<'_>| {
        let beside = link.ancestors().next().map(|around| around.text().to_lowercase()).unwrap_or_default();
        ["来源", "來源", "source"].iter().any(|label| beside.contains(label))
    };
    name.chars().count() > 2 && links_home.iter().any(|link| link.text() == name && !is_source(link))
}

/// Says whether a name stands at an end of the title of a page's window and not in the headline: a site's own does.
pub(super) fn is_in_window(name: &str, window_title: &str, title: &str) -> bool {
    let mut parts = window_title.split(['|', '｜', '_', '-', '–', '—']);
    let ends = [parts.next(), parts.next_back(), parts.next_back()];
    name.chars().count() >= 2 && !title.contains(name) && ends.into_iter().flatten().any(|part| part.contains(name))
}
