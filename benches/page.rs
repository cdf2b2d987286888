//! How long extraction takes against a bare parse of the same pages.
//!
//! `cargo bench --bench page` prints both; their ratio is the figure (at most 4, aim 2.5). The pages are the fixtures of
//! outlets; a folder of other pages may be given in `GAINSAY_PAGES`.

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gainsay::extract::{self, OutletPages};
use gainsay::model::FetchedPage;
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn pages() -> Vec<FetchedPage> {
    let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/outlets");
    let folder = std::env::var_os("GAINSAY_PAGES").map_or_else(own, PathBuf::from);
    let files = std::fs::read_dir(folder).expect("the folder of pages is there");
    let paths = files.map(|file| file.expect("a file").path());
    let pages = paths.filter(|path| path.extension().is_some_and(|end| end == "html")).map(|path| FetchedPage {
        url: Some("https://outlet.example/news/1".to_owned()),
        content_type: Some("text/html; charset=utf-8".to_owned()),
        body: std::fs::read(path).expect("a page"),
        fetched_at: Timestamp::UNIX_EPOCH,
    });
    pages.collect()
}

fn page(criterion: &mut Criterion) {
    let pages = pages();
    let texts: Vec<_> = pages.iter().map(|page| String::from_utf8_lossy(&page.body).into_owned()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(20);
    group.bench_function("parse", |bencher| {
        bencher.iter(|| texts.iter().for_each(|text| drop(black_box(scraper::Html::parse_document(text)))));
    });
    group.bench_function("article", |bencher| {
        bencher.iter(|| {
            for page in &pages {
                black_box(extract::article(None, page, &OutletPages::zone(TimeZone::UTC))).ok();
            }
        });
    });
    group.finish();
}

criterion_group!(benches, page);
criterion_main!(benches);
