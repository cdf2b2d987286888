//! How long it takes to read clean feeds, against feed-rs alone on the same bytes.
//!
//! `cargo bench --bench feed` prints both in entries a second; being lenient may cost clean feeds a quarter. The feeds are
//! made here, of the shapes that news sites have; a folder of others may be given in `GAINSAY_FEEDS`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gainsay::feed::{self, FeedContext};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const ENTRIES: usize = 50;

/// An RSS feed with summaries, in English or Chinese, and one with whole texts.
fn rss(lang: &str, sentence: &str, sentences: usize) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>The Outlet</title>\
         <link>https://outlet.example/</link><language>{lang}</language><atom:link rel=\"self\" href=\"https://outlet.example/rss\"/>"
    );
    for n in 0..ENTRIES {
        write!(
            text,
            "\n<item><title>{sentence} {n}</title><link>https://outlet.example/news/{n}</link><guid isPermaLink=\"true\">https://outlet.example/news/{n}</guid>\
             <pubDate>Tue, 03 Mar 2026 {:02}:15:00 +0800</pubDate><dc:creator>Ada Roe</dc:creator><category>World</category>\
             <description><![CDATA[<p>{}</p>]]></description>{}</item>",
            n % 24,
            sentence.repeat(2),
            if sentences == 0 {
                String::new()
            } else {
                format!("<content:encoded><![CDATA[{}]]></content:encoded>", format!("<p>{sentence}</p>").repeat(sentences))
            }
        )
        .expect("a string takes all");
    }
    text.push_str("</channel></rss>");
    text
}

fn atom() -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Outlet</title>\
                    <id>urn:outlet</id><updated>2026-03-03T12:00:00Z</updated><link href=\"https://outlet.example/\"/>"
        .to_owned();
    for n in 0..ENTRIES {
        write!(
            text,
            "<entry><title>The port authority answers the ministry {n}</title><id>urn:outlet:{n}</id><link rel=\"alternate\" href=\"https://outlet.example/news/{n}\"/>\
             <published>2026-03-03T{:02}:00:00Z</published><updated>2026-03-03T12:00:00Z</updated><author><name>Ada Roe</name></author>\
             <summary type=\"html\">&lt;p&gt;The port authority said on Tuesday that it had seen no such order.&lt;/p&gt;</summary></entry>",
            n % 24
        )
        .expect("a string takes all");
    }
    text.push_str("</feed>");
    text
}

fn feeds() -> Vec<Vec<u8>> {
    if let Some(folder) = std::env::var_os("GAINSAY_FEEDS").map(PathBuf::from) {
        let files = std::fs::read_dir(folder).expect("the folder of feeds is there");
        return files.map(|file| std::fs::read(file.expect("a file").path()).expect("a feed")).collect();
    }
    let english = "The port authority said on Tuesday that it had seen no such order.";
    let chinese = "港務局週二表示，並未見過這樣的命令，並要求對方提出證據。";
    [rss("en", english, 0), rss("zh-Hant", chinese, 0), rss("en", english, 30), rss("zh-Hant", chinese, 30), atom()]
        .map(String::into_bytes)
        .into()
}

fn read(criterion: &mut Criterion) {
    let feeds = feeds();
    let entries = |feed: &Vec<u8>| feed_rs::parser::parse(feed.as_slice()).map_or(0, |feed| feed.entries.len());
    // What feed-rs cannot read is no clean feed.
    let feeds: Vec<Vec<u8>> = feeds.into_iter().filter(|feed| entries(feed) > 0).collect();
    let mut group = criterion.benchmark_group("feed");
    group.throughput(Throughput::Elements(feeds.iter().map(|feed| entries(feed) as u64).sum()));
    group.bench_function("feed-rs", |bencher| {
        bencher.iter(|| feeds.iter().for_each(|feed| drop(black_box(feed_rs::parser::parse(feed.as_slice())))));
    });
    let context = FeedContext {
        expected: None,
        url: None,
        content_type: Some("application/xml"),
        zone: &TimeZone::UTC,
        at: Timestamp::now(),
    };
    group.bench_function("gainsay", |bencher| {
        bencher.iter(|| feeds.iter().for_each(|feed| drop(black_box(feed::read(feed, &context)))));
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
