//! How fast text is read: language, topic and statements, alone and together, on articles of the sample world.
//!
//! `cargo bench --bench text` prints bytes a second. The aim is 10 MB a second on one core for the three together.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gainsay::demo::world;
use gainsay::lexicon::Lexicon;
use gainsay::model::{Article, Lang, Verdict};
use gainsay::statement::{self, OutletContext};
use gainsay::{assess, language};

/// About as much text as a busy hour brings.
const BYTES: usize = 1 << 20;

fn reading(criterion: &mut Criterion) {
    let lexicon = Lexicon::shipped();
    for lang in [Lang::en(), Lang::zh_hant(), Lang::zh_hans()] {
        let articles = sample(&lang);
        let bytes: usize = articles.iter().map(|article| article.text.len() + article.title.len()).sum();
        let mut group = criterion.benchmark_group("read");
        group.throughput(Throughput::Bytes(bytes as u64));
        let id = |stage: &str| BenchmarkId::new(stage, &lang);
        group.bench_function(id("language"), |bencher| {
            bencher.iter(|| articles.iter().map(|article| language::detect(&article.text, None)).collect::<Vec<_>>());
        });
        group.bench_function(id("topic"), |bencher| {
            bencher.iter(|| articles.iter().map(|article| assess::assess(&lexicon, article)).collect::<Vec<_>>());
        });
        group.bench_function(id("statements"), |bencher| {
            bencher.iter(|| {
                articles
                    .iter()
                    .map(|article| statement::find(&lexicon, article, OutletContext::default()))
                    .collect::<Vec<_>>()
            });
        });
        group.bench_function(id("all"), |bencher| {
            bencher.iter(|| {
                for article in &articles {
                    black_box(language::detect(&article.text, None));
                    black_box(assess::assess(&lexicon, article));
                    black_box(statement::find(&lexicon, article, OutletContext::default()));
                }
            });
        });
        group.finish();
    }
}

/// What a poll does with what outlets bring: statements are looked for only in what is on topic, here one article in ten.
fn stream(criterion: &mut Criterion) {
    let lexicon = Lexicon::shipped();
    let mut group = criterion.benchmark_group("stream");
    for lang in [Lang::en(), Lang::zh_hant(), Lang::zh_hans()] {
        let is_on = |article: &Article| assess::assess(&lexicon, article).verdict == Verdict::OnTopic;
        let (on, off): (Vec<Article>, Vec<Article>) = sample(&lang).into_iter().partition(is_on);
        let mut rest = off.iter().cycle();
        let mixed: Vec<&Article> =
            on.iter().take(40).flat_map(|one| rest.by_ref().take(9).chain([one]).collect::<Vec<_>>()).collect();
        let bytes: usize = mixed.iter().map(|article| article.text.len() + article.title.len()).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(BenchmarkId::from_parameter(&lang), |bencher| {
            bencher.iter(|| {
                for article in &mixed {
                    black_box(language::detect(&article.text, None));
                    if black_box(assess::assess(&lexicon, article)).verdict == Verdict::OnTopic {
                        black_box(statement::find(&lexicon, article, OutletContext::default()));
                    }
                }
            });
        });
    }
    group.finish();
}

/// One article of five megabytes: the time must grow with the text and not faster.
fn large(criterion: &mut Criterion) {
    let lexicon = Lexicon::shipped();
    let mut group = criterion.benchmark_group("one-article");
    group.sample_size(10);
    for megabytes in [1, 5] {
        let text: String = sample(&Lang::en()).iter().map(|article| format!("{}\n", article.text)).collect();
        let text = text.repeat(megabytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let article = Article::of_text("", &text, Lang::en());
        group.bench_function(BenchmarkId::from_parameter(megabytes), |bencher| {
            bencher.iter(|| {
                black_box(assess::assess(&lexicon, &article));
                black_box(statement::find(&lexicon, &article, OutletContext::default()));
            });
        });
    }
    group.finish();
}

/// Articles of the sample world in one language, repeated to about [`BYTES`].
fn sample(lang: &Lang) -> Vec<Article> {
    let own: Vec<Article> = world::outlets()
        .iter()
        .flat_map(|outlet| &outlet.articles)
        .filter(|sample| language::detect(&sample.body, None) == *lang)
        .map(|sample| Article::of_text(&sample.title, &sample.body, lang.clone()))
        .collect();
    let once: usize = own.iter().map(|article| article.text.len()).sum();
    assert!(once > 0, "the sample world has articles in {lang}");
    own.iter().cycle().take(own.len() * (BYTES / once).max(1)).cloned().collect()
}

criterion_group!(benches, reading, stream, large);
criterion_main!(benches);
