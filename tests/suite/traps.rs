//! Small pages on which a rule of extraction is tempted: text that looks like what sites print around it, and what sites
//! print around a text that looks like it. Written by somebody who had read the rules and set out to break them.

use gainsay::extract::{self, OutletPages};
use gainsay::model::FetchedPage;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

#[derive(Deserialize)]
struct Floors {
    traps: TrapFloor,
}

#[derive(Deserialize)]
struct TrapFloor {
    passed: f64,
}

/// The pages; `@3` stands for the third part from nought.
#[derive(Deserialize)]
struct Traps {
    parts: Vec<String>,
    pages: Vec<Trap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    id: String,
    url: String,
    #[serde(default)]
    zone: Option<String>,
    /// Its lines.
    html: Vec<String>,
    /// What a reader would miss.
    must: Vec<String>,
    /// What is no text of the article.
    #[serde(default)]
    must_not: Vec<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    authors: Option<Vec<String>>,
    /// True when `provider` says something, even that there is none.
    #[serde(default)]
    has_provider: bool,
    #[serde(default)]
    provider: Option<String>,
    #[serde(default)]
    published: Option<Timestamp>,
    /// False when the page bears no date that can be read.
    #[serde(default)]
    has_published: Option<bool>,
    #[serde(default)]
    partial: Option<bool>,
}

impl Trap {
    /// Returns what went wrong; empty when nothing did.
    fn faults(&self, parts: &[String]) -> Vec<String> {
        let whole = |text: &String| match text.strip_prefix('@').and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => parts[number].clone(),
            None => text.clone(),
        };
        let html = self.html.iter().map(whole).collect::<Vec<_>>().join("\n");
        let page = FetchedPage {
            url: Some(self.url.clone()),
            content_type: Some("text/html; charset=utf-8".to_owned()),
            body: html.into_bytes(),
            fetched_at: Timestamp::UNIX_EPOCH,
        };
        let zone = TimeZone::get(self.zone.as_deref().unwrap_or("UTC")).expect("a zone");
        let article = match extract::article(None, &page, &OutletPages::zone(zone)) {
            Ok(article) => article,
            Err(reason) => return vec![format!("refused as {reason}")],
        };
        let missed = self.must.iter().map(whole).filter(|text| !article.text.contains(text.as_str()));
        let mut faults: Vec<String> = missed.map(|text| format!("misses {text}")).collect();
        let kept = self.must_not.iter().filter(|text| article.text.contains(text.as_str()));
        faults.extend(kept.map(|text| format!("keeps {text}")));
        let mut check = |name: &str, holds: bool| {
            if !holds {
                faults.push(name.to_owned());
            }
        };
        check("title", self.title.as_ref().is_none_or(|title| *title == article.title));
        check("authors", self.authors.as_ref().is_none_or(|authors| *authors == article.authors));
        check("provider", !self.has_provider || self.provider == article.provider);
        let published = article.published.map(|published| published.at);
        check("date", self.published.is_none() || self.published == published);
        check("no date", self.has_published != Some(false) || published.is_none());
        check("partial", self.partial.is_none_or(|partial| partial == article.partial.is_some()));
        faults
    }
}

#[test]
fn few_traps_catch_extraction() {
    let floors: Floors = toml::from_str(include_str!("../floors.toml")).expect("the floors read");
    let traps: Traps = serde_json::from_str(include_str!("../fixtures/traps.json")).expect("the pages read");
    let faults = traps.pages.iter().map(|trap| (trap, trap.faults(&traps.parts)));
    let caught: Vec<_> = faults.filter(|(_, faults)| !faults.is_empty()).collect();
    for (trap, faults) in &caught {
        println!("caught by {}: {}", trap.id, faults.join("; "));
    }
    let passed = 1.0 - caught.len() as f64 / traps.pages.len() as f64;
    println!("traps: {} of {} caught it", caught.len(), traps.pages.len());
    assert!(passed >= floors.traps.passed, "{passed:.3} is under the floor of {}", floors.traps.passed);
}
