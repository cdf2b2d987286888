//! What the sample world promises to those who rest on it.

use std::collections::BTreeSet;

use crate::model::{Lang, SourceId};

use super::super::site::{Site, World};
use super::*;

/// Returns the body of an answer as text; the sample's feeds and most of its pages are UTF-8.
fn text(world: &World, outlet: &Outlet, path: &str, phase: u8) -> String {
    let answer = world.answer(&outlet.host, path, phase).unwrap_or_else(|| panic!("{}{path} is served", outlet.host));
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// Returns the status of an address, 404 where there is none.
fn status(world: &World, outlet: &Outlet, path: &str, phase: u8) -> u16 {
    world.answer(&outlet.host, path, phase).map_or(404, |answer| answer.status)
}

/// Finds an article by its source and address.
fn sample<'a>(outlets: &'a [Outlet], id: &str, path: &str) -> &'a Sample {
    let outlet = outlets.iter().find(|outlet| outlet.id == id).expect("the outlet is in the world");
    outlet.articles.iter().find(|sample| sample.path == path).expect("the article is in the world")
}

/// Checks that tags open and close in order, attributes are quoted and ampersands begin entities.
fn check_xml(xml: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        check_entities(&rest[..start])?;
        rest = &rest[start..];
        let (end, skip) = match rest {
            _ if rest.starts_with("<![CDATA[") => (rest.find("]]>").ok_or("an open CDATA section")?, 3),
            _ => (rest.find('>').ok_or("an open tag")?, 1),
        };
        let tag = &rest[1..end];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !tag.starts_with(['?', '!']) {
            check_entities(tag)?;
            let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
            if !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        rest = &rest[end + skip..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

fn check_entities(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        if !["&amp;", "&lt;", "&gt;", "&quot;"].iter().any(|entity| text[at..].starts_with(entity)) {
            return Err(format!("a bare ampersand: {}", text[at..].chars().take(20).collect::<String>()));
        }
    }
    Ok(())
}

#[test]
fn has_the_promised_size_and_scripts() {
    let outlets = outlets();
    assert_eq!(outlets.len(), 8);
    let articles: usize = outlets.iter().map(|outlet| outlet.articles.len()).sum();
    assert!((38..=45).contains(&articles), "{articles} articles");
    let langs: BTreeSet<_> = outlets.iter().map(|outlet| outlet.lang.as_str()).collect();
    assert_eq!(langs.into_iter().collect::<Vec<_>>(), ["en", "zh-Hans", "zh-Hant"]);
    let formats: BTreeSet<_> = outlets.iter().flat_map(|outlet| &outlet.entries).map(|entry| entry.format).collect();
    assert_eq!(formats.len(), 7, "each form of entry point occurs: {formats:?}");
}

#[test]
fn outlets_are_sound() {
    for outlet in outlets() {
        SourceId::new(outlet.id.clone()).expect("the id has the form of ids");
        assert!(outlet.host.ends_with(".example"), "{}", outlet.host);
        assert!(!outlet.entries.is_empty(), "{}", outlet.id);
        assert!(outlet.zone().iana_name().is_some(), "{}", outlet.id);
        assert!([Lang::en(), Lang::zh_hant(), Lang::zh_hans()].contains(&Lang::new(outlet.lang.clone())));
        let paths: BTreeSet<_> = outlet.articles.iter().map(|sample| &sample.path).collect();
        assert_eq!(paths.len(), outlet.articles.len(), "{}: an address occurs twice", outlet.id);
        let times: BTreeSet<_> = outlet.articles.iter().map(|sample| sample.published).collect();
        assert_eq!(times.len(), outlet.articles.len(), "{}: ids are made from times", outlet.id);
    }
}

#[test]
fn articles_are_sound() {
    let start: Timestamp = "2026-11-18T00:00:00Z".parse().expect("RFC 3339");
    for outlet in outlets() {
        let keys: Vec<_> = outlet.entries.iter().map(|entry| &entry.key).collect();
        for sample in &outlet.articles {
            let name = format!("{}{}", outlet.id, sample.path);
            assert!(sample.on.iter().all(|key| keys.contains(&key)), "{name}: an unknown entry point");
            assert!(sample.published >= start && sample.published < poll_time(sample.from), "{name}: its date");
            let comes_later = sample.from == 2;
            assert_eq!(comes_later, sample.published > poll_time(1), "{name}: date and phase disagree");
            let second = sample.second.as_ref();
            for body in [Some(&sample.body), second.and_then(|second| second.body.as_ref())].into_iter().flatten() {
                let paragraphs = body.lines().filter(|line| !line.trim().is_empty()).count();
                assert!((4..=9).contains(&paragraphs), "{name}: {paragraphs} paragraphs");
            }
            if let Some(updated) = second.and_then(|second| second.updated) {
                assert!(updated > poll_time(1) && updated < poll_time(2), "{name}: changed between the polls");
            }
        }
    }
}

#[test]
fn stories_are_carried_as_declared() {
    let outlets = outlets();
    let carriers = |story: &str| -> Vec<&str> {
        let carries = |outlet: &&Outlet| outlet.articles.iter().any(|one| one.story.as_deref() == Some(story));
        outlets.iter().filter(carries).map(|outlet| outlet.id.as_str()).collect()
    };
    assert_eq!(carriers("recruiting"), ["isl-tw", "isl-en", "port-zh", "waves-tw", "northern-zh", "river-cn"]);
    assert_eq!(carriers("timing"), ["isl-en", "northern-zh", "river-cn", "herald-en"]);
    assert_eq!(carriers("court"), ["isl-tw", "isl-en", "port-zh"]);
    let mut counts = std::collections::BTreeMap::new();
    for sample in outlets.iter().flat_map(|outlet| &outlet.articles) {
        *counts.entry(sample.story.as_deref().unwrap_or("none")).or_insert(0) += 1;
    }
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("court", 4), ("none", 20), ("recruiting", 13), ("timing", 5)]);
}

#[test]
fn every_standing_article_is_announced_and_served() {
    let world = build();
    for outlet in outlets() {
        for phase in PHASES {
            for article in outlet.standing(phase) {
                let name = format!("{}{} in phase {phase}", outlet.id, article.sample.path);
                assert_eq!(status(&world, &outlet, &article.sample.path, phase), 200, "{name}");
                if let Some(announced) = &article.sample.announced {
                    assert_eq!(status(&world, &outlet, announced, phase), 302, "{name}");
                }
                let healthy = |entry: &&Entry| entry.fault.as_ref().is_none_or(|fault| fault.phase != phase);
                let mut announcing =
                    outlet.entries.iter().filter(|entry| entry.announces(article.sample)).filter(healthy).peekable();
                let may_be_unannounced = outlet.entries.iter().any(|entry| entry.fault.is_some());
                assert!(may_be_unannounced || announcing.peek().is_some(), "{name}: announced nowhere");
                for entry in announcing {
                    let feed = text(&world, &outlet, &entry.path, phase).replace("&amp;", "&");
                    assert!(feed.contains(article.announced()), "{name}: missing in {}", entry.path);
                    assert!(feed.contains(article.title), "{name}: other headline in {}", entry.path);
                }
            }
        }
    }
}

#[test]
fn the_second_phase_differs_only_as_declared() {
    let world = build();
    for outlet in outlets() {
        for sample in &outlet.articles {
            let name = format!("{}{}", outlet.id, sample.path);
            let (first, second) =
                (world.answer(&outlet.host, &sample.path, 1), world.answer(&outlet.host, &sample.path, 2));
            let declared = sample.from == 2 || sample.second.is_some();
            assert_eq!(first != second, declared, "{name}");
        }
    }
}

#[test]
fn the_changes_are_those_that_the_demo_tells_of() {
    let (world, outlets) = (build(), outlets());
    let outlet = |id: &str| outlets.iter().find(|outlet| outlet.id == id).expect("the outlet is in the world");

    let softened = "/world/2026/11/20/aldland-port-officers-job-site";
    assert!(text(&world, outlet("isl-en"), softened, 1).contains("<h1>Aldland accuses China"));
    assert!(text(&world, outlet("isl-en"), softened, 2).contains("<h1>Aldland says it has concerns"));

    let deleted = "/view.php?id=88412&cat=world";
    assert_eq!(status(&world, outlet("waves-tw"), deleted, 1), 200);
    assert_eq!(status(&world, outlet("waves-tw"), deleted, 2), 404);
    assert!(!text(&world, outlet("waves-tw"), "/rss.php?cat=all", 2).contains("id=88412"));

    let instant = world.answer("www.port-daily.example", "/rss/instant.xml", 1).expect("it is served");
    assert_eq!((instant.status, instant.body.starts_with(b"<!DOCTYPE html>")), (200, true));
    assert!(text(&world, outlet("port-zh"), "/rss/instant.xml", 2).starts_with("<?xml"));
    assert_eq!(status(&world, outlet("boursehk"), "/stocks/news/latest", 1), 200);
    assert_eq!(status(&world, outlet("boursehk"), "/stocks/news/latest", 2), 503);
    assert!(text(&world, outlet("isl-en"), "/robots.txt", 1).contains("Disallow: /members/"));
}

#[test]
fn the_portal_copies_the_wire_and_cuts_the_denial() {
    let outlets = outlets();
    let flash = sample(&outlets, "isl-tw", "/news/202611200031");
    assert_eq!(sample(&outlets, "waves-tw", "/view.php?id=88412&cat=world").body, flash.body);

    let whole = sample(&outlets, "isl-tw", "/news/202611200187");
    let cut = sample(&outlets, "waves-tw", "/view.php?id=88467&cat=world");
    assert!(cut.body.lines().all(|line| whole.body.contains(line)), "a reprint adds nothing");
    assert!(whole.body.contains("否認這項指控") && whole.body.contains("純屬捏造"));
    for word in ["否認", "捏造", "邱嵐亭", "交涉"] {
        assert!(!cut.body.contains(word) && !cut.title.contains(word), "{word} was cut");
    }
    assert!(whole.from == 1 && cut.from == 2, "the origin's denial is captured before the reprint is seen");
}

#[test]
fn feeds_are_well_formed_but_for_the_broken_one() {
    let world = build();
    for outlet in outlets() {
        for phase in PHASES {
            for entry in outlet.entries.iter().filter(|entry| entry.format != Format::Listing) {
                if entry.fault.as_ref().is_some_and(|fault| fault.phase == phase) {
                    continue;
                }
                let checked = check_xml(&text(&world, &outlet, &entry.path, phase));
                let broken = entry.format == Format::RssBroken;
                assert_eq!(checked.is_err(), broken, "{} in phase {phase}: {checked:?}", entry.path);
            }
        }
    }
    let broken = text(&world, &outlets()[3], "/rss.php?cat=all", 1);
    assert!(broken.contains("R&D") && broken.contains("<br></description>") && !broken.contains("</channel>"));
    assert!(broken.contains("<pubDate>2026-11-20 10:30:00</pubDate>"), "a date without a zone");
}

#[test]
fn pages_say_that_they_are_samples_outside_the_article() {
    let world = build();
    for outlet in outlets() {
        for article in outlet.standing(2).iter().filter(|article| article.sample.charset.is_none()) {
            let page = text(&world, &outlet, &article.sample.path, 2);
            let (before, footer) = page.split_once("<footer").expect("each page has a footer");
            assert!(footer.contains("gainsay") && !before.contains("gainsay"), "{}", article.sample.path);
            for paragraph in article.paragraphs() {
                assert!(before.contains(&page::escape(paragraph)), "{}: {paragraph}", article.sample.path);
            }
        }
    }
}

#[test]
fn two_pages_are_in_old_charsets() {
    let world = build();
    let mut found = Vec::new();
    for outlet in outlets() {
        for sample in outlet.articles.iter().filter(|sample| sample.charset.is_some()) {
            let answer = world.answer(&outlet.host, &sample.path, 1).expect("it is served from the first phase on");
            assert!(std::str::from_utf8(&answer.body).is_err(), "{} is not UTF-8", sample.path);
            let charset = sample.charset.clone().unwrap_or_default();
            let title = decode::encode(&sample.title, &charset).expect("the charset has the headline");
            assert!(answer.body.windows(title.len()).any(|window| window == title), "{}", sample.path);
            found.push(charset);
        }
    }
    assert_eq!(found, ["big5", "gbk"]);
    assert_eq!(decode::encode("简体", "big5"), None, "a charset that lacks a character says so");
    assert_eq!(decode::encode("text", "no-such-charset"), None);
}

#[test]
fn feeds_toml_watches_every_entry_point() {
    let parsed: toml::Table = feeds_toml().parse().expect("it is TOML");
    let sources = parsed["source"].as_array().expect("a list of sources");
    let outlets = outlets();
    assert_eq!(sources.len(), outlets.len());
    for (source, outlet) in sources.iter().zip(&outlets) {
        assert_eq!(source["name"].as_str(), Some(outlet.name.as_str()));
        let urls: Vec<_> = source["entry"].as_array().expect("entries").iter().map(|one| &one["url"]).collect();
        let expected: Vec<_> = outlet.entries.iter().map(|entry| toml::Value::from(outlet.url(&entry.path))).collect();
        assert!(urls.iter().copied().eq(&expected), "{}", outlet.id);
    }
    assert_eq!(hosts().len(), outlets.len());
}

#[tokio::test]
async fn the_site_serves_the_world() {
    let site = Site::start(build()).expect("loopback is there");
    let mut expected = hosts();
    expected.sort();
    assert_eq!(site.hosts(), expected);
    site.shutdown().await;
}
