//! Captured pages of real outlets, where they are at hand, against the text at selectors that were found by hand.

use std::path::{Path, PathBuf};

use gainsay::extract::{self, OutletPages};
use gainsay::html::Document;
use gainsay::model::FetchedPage;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::pages::likeness;

#[derive(Deserialize)]
struct Gold {
    page: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    file: String,
    lang: String,
    /// Where its paragraphs stand.
    body: String,
    /// What stands within them and is no text.
    without: Option<String>,
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    published: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Floors {
    captures: CaptureFloors,
}

#[derive(Deserialize)]
struct CaptureFloors {
    recall_of_each: f64,
    precision_of_each: f64,
    precision: f64,
}

fn folder() -> Option<PathBuf> {
    let kits = std::env::var_os("GAINSAY_KITS")?;
    Some(Path::new(&kits).parent()?.join("replay/captures")).filter(|folder| folder.is_dir())
}

#[test]
fn captured_pages_come_out_whole() {
    let Some(folder) = folder() else {
        eprintln!("skipped: the captured pages are not at hand (GAINSAY_KITS)");
        return;
    };
    let floors: Floors = toml::from_str(include_str!("../floors.toml")).expect("the floors read");
    let gold: Gold = toml::from_str(include_str!("../fixtures/captures.toml")).expect("the selectors read");
    let mut precisions = Vec::new();
    for page in &gold.page {
        let body = std::fs::read(folder.join(&page.file)).expect("a captured page");
        let mut document = Document::parse(&String::from_utf8_lossy(&body)).expect("a page");
        page.without.iter().for_each(|css| document.remove(css));
        let right = document.texts(&page.body).join("\n");
        assert!(right.chars().count() > 40, "{}: `{}` finds nothing", page.file, page.body);
        let fetched = FetchedPage { url: None, content_type: None, body, fetched_at: Timestamp::UNIX_EPOCH };
        let article = extract::article(None, &fetched, &OutletPages::zone(TimeZone::UTC))
            .unwrap_or_else(|reason| panic!("{}: dropped as {reason}", page.file));
        let (precision, recall) = likeness(&article.text, &right, &page.lang);
        eprintln!("{:50} P {precision:.3} R {recall:.3}", page.file);
        precisions.push(precision);
        assert!(recall >= floors.captures.recall_of_each, "{}: recall {recall:.3}", page.file);
        assert!(precision >= floors.captures.precision_of_each, "{}: precision {precision:.3}", page.file);
        assert_eq!(article.title, page.title, "{}", page.file);
        if !page.authors.is_empty() {
            assert_eq!(article.authors, page.authors, "{}", page.file);
        }
        if page.published.is_some() {
            assert_eq!(article.published.map(|published| published.at), page.published, "{}", page.file);
        }
        assert_eq!(article.lang.as_str(), page.lang, "{}", page.file);
    }
    let mean = precisions.iter().sum::<f64>() / precisions.len() as f64;
    assert!(mean >= floors.captures.precision, "mean precision {mean:.3}");
}
