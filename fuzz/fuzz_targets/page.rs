//! Any page is read without a panic, what is kept of it lies within it, and its marks count its paragraphs.
//!
//! `cargo +nightly fuzz run page -- -max_len=65536`, with the pages of `tests/fixtures/pages` as a corpus.

#![no_main]

use gainsay::extract::{self, OutletPages};
use gainsay::model::FetchedPage;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let page = FetchedPage {
        url: Some("https://outlet.example/news/1".to_owned()),
        content_type: Some("text/html".to_owned()),
        body: body.to_vec(),
        fetched_at: Timestamp::UNIX_EPOCH,
    };
    let (article, lines) = extract::explain(None, &page, &OutletPages::zone(TimeZone::UTC));
    let Ok(article) = article else { return };
    let paragraphs: Vec<&str> = article.text.lines().collect();
    assert!(paragraphs.iter().all(|paragraph| !paragraph.trim().is_empty()));
    let kept = lines.iter().filter(|line| line.dropped.is_none()).map(|line| line.text.as_str());
    assert!(kept.eq(paragraphs.iter().copied()), "what is told of the lines is what is kept");
    assert!(article.marks.iter().all(|mark| (1..=paragraphs.len()).contains(&mark.paragraph)));
});
