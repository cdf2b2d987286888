//! Reading the index.

use std::path::Path;

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument, TantivyError};

use super::compile::compile;
use super::index::{self, Open, failed, guarded};
use super::lookup::Lookup;
use super::query::{Leaf, Query, QueryNode, Scope};
use super::schema::{self, stored_moment, stored_number, stored_text};
use super::stated::{Asked, all_asked, statements};
use super::tokenizer::Stems;
use super::{Hit, IndexedStatement, SearchAnswer, SearchError, SearchOptions, Sort, snippet};

/// The index of one record, open for reading: it shows what was committed when it was opened.
pub struct Searcher {
    open: Open,
}

impl Searcher {
    /// Opens the index in a folder, without taking the lock of writers.
    ///
    /// # Errors
    /// When there is none, or it belongs to another record or program, or is damaged.
    pub fn open(dir: &Path, record_id: &str) -> Result<Self, SearchError> {
        Ok(Self { open: index::usable(dir, record_id)? })
    }

    /// Returns the last sequence number of the record that the index knows.
    pub fn indexed_to(&self) -> i64 {
        self.open.mark.seq
    }

    /// Finds the articles that match.
    ///
    /// # Errors
    /// When the index cannot be read, or a word with a `*` stands for too many words.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<SearchAnswer, SearchError> {
        guarded(|| self.answer(query, options))
    }

    fn answer(&self, query: &Query, options: &SearchOptions) -> Result<SearchAnswer, SearchError> {
        let (total, found) = self.find(query, options)?;
        let mut shower = Shower::new(query.root(), options.exact);
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            hits.push(self.hit(score, address, &mut shower)?);
        }
        Ok(SearchAnswer { total, hits, indexed_to: self.open.mark.seq })
    }

    /// Returns how many match, and where the ones asked for are, with their scores.
    fn find(&self, query: &Query, options: &SearchOptions) -> Result<(usize, Vec<(f32, DocAddress)>), SearchError> {
        let searcher = self.open.reader.searcher();
        let compiled = compile(&self.open.fields, query.root(), options)?;
        let most = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let limit = options.limit.min(most.saturating_sub(options.offset));
        if limit == 0 {
            return Ok((searcher.search(&compiled, &Count).map_err(not_searched)?, Vec::new()));
        }
        let top = TopDocs::with_limit(limit).and_offset(options.offset);
        let newest = SortByStaticFastValue::<i64>::for_field(schema::DATE);
        let last = SortByStaticFastValue::<i64>::for_field(schema::ARTICLE);
        // What ranks alike is put in an order of its own, or the same search would give another one after a merge.
        match options.sort {
            Sort::Relevance => {
                let top = top.order_by((SortBySimilarityScore, newest, last));
                let (found, total) = searcher.search(&compiled, &(top, Count)).map_err(not_searched)?;
                Ok((total, found.into_iter().map(|((score, _, _), address)| (score, address)).collect()))
            }
            Sort::Date => {
                let top = top.order_by((newest, last, SortBySimilarityScore));
                let (found, total) = searcher.search(&compiled, &(top, Count)).map_err(not_searched)?;
                Ok((total, found.into_iter().map(|((_, _, score), address)| (score, address)).collect()))
            }
        }
    }

    fn hit(&self, score: f32, address: DocAddress, shower: &mut Shower) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.open.reader.searcher().doc(address).map_err(failed)?;
        let fields = &self.open.fields;
        let missing = |what: &str| SearchError::Damaged { reason: format!("a document has no {what}") };
        let title = stored_text(&document, fields.title).unwrap_or_default();
        let body = stored_text(&document, fields.body).unwrap_or_default();
        let statement = shower.statement(statements(&document, fields.statements));
        Ok(Hit {
            article: stored_number(&document, fields.article).ok_or_else(|| missing("article"))?,
            version: stored_number(&document, fields.version).ok_or_else(|| missing("version"))?,
            score,
            title_highlights: shower.title(&title),
            snippet: shower.body(&body, statement.as_ref()),
            statement: statement.map(|statement| (statement.number, statement.kind)),
            title,
            source: stored_text(&document, fields.source),
            lang: stored_text(&document, fields.lang).unwrap_or_default(),
            published: stored_moment(&document, fields.published),
            seen: stored_moment(&document, fields.seen).ok_or_else(|| missing("time"))?,
            story: stored_number(&document, fields.story),
            url: stored_text(&document, fields.url),
            on_topic: document.get_first(fields.on_topic).and_then(|value| value.as_bool()).unwrap_or(true),
        })
    }
}

fn not_searched(error: TantivyError) -> SearchError {
    match error {
        // The one argument that tantivy may refuse is a pattern with too many words.
        TantivyError::InvalidArgument(_) => SearchError::TooManyWords,
        error => failed(error),
    }
}

/// Marks in titles and bodies what a query asks for.
struct Shower {
    lookups: Vec<(Scope, Lookup)>,
    /// What was asked of statements.
    asked: Vec<Asked>,
    exact: bool,
    stems: Stems,
}

impl Shower {
    fn new(root: &QueryNode, exact: bool) -> Self {
        let mut stems = Stems::new();
        let asked = all_asked(root, &mut stems);
        let mut shower = Self { lookups: Vec::new(), asked, exact, stems };
        shower.take(root);
        shower
    }

    /// Takes what is wanted; what is not wanted is not shown.
    fn take(&mut self, node: &QueryNode) {
        match node {
            QueryNode::Not(_) => {}
            QueryNode::All(parts) | QueryNode::Any(parts) | QueryNode::Same(parts) => {
                parts.iter().for_each(|part| self.take(part));
            }
            QueryNode::Leaf(Leaf::Text { scope, form, text }) => {
                let lookup = Lookup::new(*form, text, self.exact, &mut self.stems);
                self.lookups.extend(lookup.map(|lookup| (*scope, lookup)));
            }
            QueryNode::Leaf(Leaf::Is { .. } | Leaf::When { .. }) => {}
        }
    }

    fn title(&mut self, text: &str) -> Vec<std::ops::Range<usize>> {
        let lookups: Vec<&Lookup> = within(&self.lookups, Scope::Title);
        snippet::highlights(text, &lookups, self.exact, &mut self.stems)
    }

    /// Returns the first statement of an article that has what was asked of one.
    fn statement(&self, statements: Vec<IndexedStatement>) -> Option<IndexedStatement> {
        statements.into_iter().find(|statement| self.asked.iter().any(|asked| asked.is_met_by(statement)))
    }

    fn body(&mut self, text: &str, statement: Option<&IndexedStatement>) -> super::Snippet {
        let lookups: Vec<&Lookup> = within(&self.lookups, Scope::Body);
        let sentence = statement.and_then(|statement| statement.sentence.clone());
        if let Some(sentence) = sentence.filter(|sentence| text.get(sentence.clone()).is_some()) {
            return snippet::sentence(text, sentence, &lookups, self.exact, &mut self.stems);
        }
        snippet::cut(text, &lookups, self.exact, &mut self.stems)
    }
}

fn within(lookups: &[(Scope, Lookup)], place: Scope) -> Vec<&Lookup> {
    lookups.iter().filter(|(scope, _)| matches!(scope, Scope::Anywhere) || *scope == place).map(|(_, l)| l).collect()
}
