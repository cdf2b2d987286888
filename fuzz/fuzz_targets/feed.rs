//! Any answer of an entry point is read without a panic and alike each time, and no entry holds what must not pass.
//!
//! `cargo fuzz run -s none feed -- -max_len=65536`, on stable Rust too.

#![no_main]

use gainsay::feed::{self, FeedContext};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let context = FeedContext {
        expected: None,
        url: Some("https://outlet.example/feed"),
        content_type: Some("application/xml"),
        zone: &TimeZone::UTC,
        at: Timestamp::MAX,
    };
    let reading = feed::read(body, &context);
    assert_eq!(reading, feed::read(body, &context), "the same bytes read twice");
    let mut keys: Vec<&str> = reading.entries.iter().map(|entry| entry.key.0.as_str()).collect();
    keys.sort_unstable();
    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "two entries with one key");
    for entry in &reading.entries {
        let texts = [Some(&entry.title), entry.summary.as_ref(), entry.content.as_ref(), entry.guid.as_ref()];
        let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(texts.into_iter().flatten().chain(&entry.authors).all(|text| !text.contains(is_bad)));
        assert!(entry.url.as_ref().is_none_or(|url| url.starts_with("http://") || url.starts_with("https://")));
    }
});
