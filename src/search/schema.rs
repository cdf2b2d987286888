//! The fields of the index, how an article becomes a document, and the print of all that shapes the index.

use jiff::Timestamp;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};

use super::{IndexedArticle, analyse, tokenizer};
use crate::fold;

/// To be raised when documents are made differently from the same articles and nothing below shows it.
const REVISION: u32 = 1;

/// The fields by name.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    pub(super) article: Field,
    pub(super) version: Field,
    pub(super) title: Field,
    pub(super) title_stems: Field,
    pub(super) body: Field,
    pub(super) body_stems: Field,
    pub(super) source: Field,
    /// The tag, and the language without its script, in lower case.
    pub(super) langs: Field,
    pub(super) lang: Field,
    pub(super) country: Field,
    pub(super) story: Field,
    pub(super) speakers: Field,
    pub(super) targets: Field,
    pub(super) kinds: Field,
    pub(super) subs: Field,
    /// All statements, as JSON: what is asked of one of them is looked up there.
    pub(super) statements: Field,
    pub(super) on_topic: Field,
    /// Microseconds: published, or seen where that is not known.
    pub(super) date: Field,
    pub(super) seen: Field,
    pub(super) published: Field,
    pub(super) url: Field,
}

/// The name of the field of `date:`, for sorting.
pub(super) const DATE: &str = "date";
/// The name of the field of the article's id, for sorting.
pub(super) const ARTICLE: &str = "article";

impl Fields {
    /// Lays out the index.
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let analysed = |analyser, option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let text = || analysed(tokenizer::FOLD, IndexRecordOption::WithFreqsAndPositions);
        let stems = || analysed(tokenizer::STEM, IndexRecordOption::WithFreqs);
        Self {
            article: schema.add_i64_field(ARTICLE, INDEXED | STORED | FAST),
            version: schema.add_i64_field("version", STORED),
            title: schema.add_text_field("title", text().set_stored()),
            title_stems: schema.add_text_field("title_stems", stems()),
            body: schema.add_text_field("body", text().set_stored()),
            body_stems: schema.add_text_field("body_stems", stems()),
            source: schema.add_text_field("source", STRING | STORED),
            langs: schema.add_text_field("langs", STRING),
            lang: schema.add_text_field("lang", STORED),
            country: schema.add_text_field("country", STRING),
            story: schema.add_i64_field("story", INDEXED | STORED),
            speakers: schema.add_text_field("speakers", text()),
            targets: schema.add_text_field("targets", text()),
            kinds: schema.add_text_field("kinds", STRING),
            subs: schema.add_text_field("subs", STRING),
            statements: schema.add_text_field("statements", STORED),
            on_topic: schema.add_bool_field("on_topic", INDEXED | STORED),
            date: schema.add_i64_field(DATE, FAST),
            seen: schema.add_i64_field("seen", FAST | STORED),
            published: schema.add_i64_field("published", STORED),
            url: schema.add_text_field("url", STORED),
            schema: schema.build(),
        }
    }

    /// Turns an article into a document.
    pub(super) fn document(&self, article: &IndexedArticle) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_i64(self.article, article.article);
        document.add_i64(self.version, article.version);
        for field in [self.title, self.title_stems] {
            document.add_text(field, &article.title);
        }
        for field in [self.body, self.body_stems] {
            document.add_text(field, &article.body);
        }
        if let Some(source) = &article.source {
            document.add_text(self.source, source);
        }
        for lang in langs(&article.lang) {
            document.add_text(self.langs, lang);
        }
        document.add_text(self.lang, &article.lang);
        if let Some(country) = &article.country {
            document.add_text(self.country, fold::text(country));
        }
        if let Some(story) = article.story {
            document.add_i64(self.story, story);
        }
        for statement in &article.statements {
            document.add_text(self.kinds, &statement.kind);
            if let Some(sub) = &statement.sub {
                document.add_text(self.subs, sub);
            }
            for (field, names) in [(self.speakers, &statement.speakers), (self.targets, &statement.targets)] {
                for name in names {
                    document.add_text(field, name);
                }
            }
        }
        if !article.statements.is_empty() {
            let statements = serde_json::to_string(&article.statements).expect("names and numbers are JSON");
            document.add_text(self.statements, statements);
        }
        document.add_bool(self.on_topic, article.on_topic);
        document.add_i64(self.date, article.published.unwrap_or(article.seen).as_microsecond());
        document.add_i64(self.seen, article.seen.as_microsecond());
        if let Some(published) = article.published {
            document.add_i64(self.published, published.as_microsecond());
        }
        if let Some(url) = &article.url {
            document.add_text(self.url, url);
        }
        document
    }
}

/// Returns the tag and each of its beginnings, in lower case: `zh-hant`, `zh`.
fn langs(tag: &str) -> Vec<String> {
    let tag = fold::text(tag);
    let primary = tag.split('-').next().unwrap_or_default().to_owned();
    if primary == tag { vec![tag] } else { vec![tag, primary] }
}

/// Returns the stored text of a field.
pub(super) fn stored_text(document: &TantivyDocument, field: Field) -> Option<String> {
    document.get_first(field).and_then(|value| value.as_str().map(str::to_owned))
}

/// Returns the stored number of a field.
pub(super) fn stored_number(document: &TantivyDocument, field: Field) -> Option<i64> {
    document.get_first(field).and_then(|value| value.as_i64())
}

/// Returns the stored moment of a field.
pub(super) fn stored_moment(document: &TantivyDocument, field: Field) -> Option<Timestamp> {
    Timestamp::from_microsecond(stored_number(document, field)?).ok()
}

/// Returns the print of what shapes the index: an index with another print is of no use.
///
/// It covers the fields, the analyser's work on a text with every kind of character in it, the endings, and the table
/// that folds Han characters.
pub(super) fn print_of_shape(fields: &Fields) -> String {
    const SAMPLE: &str = "ＭＩ５ denied 國家安全部「間諜」案，co-operate. It ended; Mr. Example said so!\nスパイ café";
    let mut print = Fnv::new();
    print.take(&REVISION.to_le_bytes());
    print.take(tantivy::version_string().as_bytes());
    print.take(serde_json::to_string(&fields.schema).unwrap_or_default().as_bytes());
    let mut stems = tokenizer::Stems::new();
    for word in analyse::words(SAMPLE) {
        print.take(stems.of(&word.text).as_bytes());
        print.take(format!("{word:?}").as_bytes());
    }
    for c in '\u{3400}'..='\u{9fff}' {
        print.take(&u32::from(fold::han(c)).to_le_bytes());
    }
    format!("{:016x}", print.0)
}

/// FNV-1a: a print that stays the same from one build to the next.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
