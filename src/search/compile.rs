//! Turns a query into tantivy's.

use std::ops::Bound;

use jiff::Timestamp;
use tantivy::index::SegmentReader;
use tantivy::query::doc_predicate_query::{
    ConstOrVariableSegmentPredicate, DocPredicate, DocPredicateQuery, SegmentDocPredicate,
};
use tantivy::query::{
    AllQuery, BitSetDocSet, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery,
    Query, RangeQuery, RegexPhraseQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{BitSet, DocId, DocSet as _, TERMINATED, TantivyDocument, Term};

use super::lookup::{Looked, Lookup};
use super::query::{Clock, Form, Key, Leaf, QueryNode, Scope};
use super::schema::{Fields, stored_text};
use super::stated::{Asked, statements};
use super::tokenizer::Stems;
use super::{SearchError, SearchOptions, index::failed};
use crate::fold;

/// How much more a word weighs in a headline than in a body.
const TITLE_WEIGHT: f32 = 3.0;

/// Turns a query and the options beside it into tantivy's query.
pub(super) fn compile(
    fields: &Fields,
    root: &QueryNode,
    options: &SearchOptions,
) -> Result<Box<dyn Query>, SearchError> {
    let mut compiler = Compiler { fields, exact: options.exact, stems: Stems::new() };
    let mut clauses = vec![(Occur::Must, compiler.node(root)?)];
    let mut filter = |query: Box<dyn Query>| clauses.push((Occur::Must, unscored(query)));
    if !options.include_off_topic {
        filter(term(Term::from_field_bool(fields.on_topic, true)));
    }
    if let Some(source) = &options.source {
        filter(compiler.property(Key::Source, source));
    }
    if let Some(lang) = &options.lang {
        filter(compiler.property(Key::Lang, lang));
    }
    if options.since.is_some() || options.until.is_some() {
        filter(stretch(fields.date, options.since, options.until));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

struct Compiler<'a> {
    fields: &'a Fields,
    exact: bool,
    stems: Stems,
}

impl Compiler<'_> {
    fn node(&mut self, node: &QueryNode) -> Result<Box<dyn Query>, SearchError> {
        let parts = match node {
            QueryNode::Leaf(leaf) => return self.leaf(leaf),
            QueryNode::Not(part) => return Ok(all_but(vec![(Occur::MustNot, self.node(part)?)])),
            QueryNode::Any(parts) => {
                let parts: Result<Vec<_>, _> = parts.iter().map(|part| self.node(part)).collect();
                return Ok(Box::new(BooleanQuery::union(parts?)));
            }
            QueryNode::Same(parts) => return self.of_one_statement(node, parts),
            QueryNode::All(parts) => parts,
        };
        let mut clauses = Vec::with_capacity(parts.len());
        for part in parts {
            clauses.push(match part {
                QueryNode::Not(part) => (Occur::MustNot, self.node(part)?),
                part => (Occur::Must, self.node(part)?),
            });
        }
        Ok(all_but(clauses))
    }

    /// The index knows what statements an article has; which of them has what is looked up in those that may match.
    fn of_one_statement(&mut self, node: &QueryNode, parts: &[QueryNode]) -> Result<Box<dyn Query>, SearchError> {
        let parts: Result<Vec<_>, _> = parts.iter().map(|part| self.node(part)).collect();
        let candidates: Box<dyn Query> = Box::new(BooleanQuery::intersection(parts?));
        let Some(asked) = Asked::new(node, &mut self.stems) else { return Ok(Box::new(EmptyQuery)) };
        let stated = Stated { candidates, asked, field: self.fields.statements };
        Ok(unscored(Box::new(DocPredicateQuery::from(stated))))
    }

    fn leaf(&mut self, leaf: &Leaf) -> Result<Box<dyn Query>, SearchError> {
        match leaf {
            Leaf::Text { scope, form, text } => self.words(*scope, *form, text),
            Leaf::Is { key, value } => Ok(unscored(self.property(*key, value))),
            Leaf::When { clock, from, to, .. } => {
                let field = match clock {
                    Clock::Date => self.fields.date,
                    Clock::Seen => self.fields.seen,
                };
                Ok(unscored(stretch(field, *from, *to)))
            }
        }
    }

    fn words(&mut self, scope: Scope, form: Form, text: &str) -> Result<Box<dyn Query>, SearchError> {
        let Some(lookup) = Lookup::new(form, text, self.exact, &mut self.stems) else {
            return Ok(Box::new(EmptyQuery));
        };
        let fields = self.fields;
        let title = (fields.title, fields.title_stems, TITLE_WEIGHT);
        let body = (fields.body, fields.body_stems, 1.0);
        let places = match scope {
            Scope::Anywhere => vec![title, body],
            Scope::Title => vec![title],
            Scope::Body => vec![body],
        };
        let mut clauses = Vec::new();
        for (field, stems, weight) in &places {
            let query = in_field(*field, *stems, &lookup)?;
            clauses.push((Occur::Should, Box::new(BoostQuery::new(query, *weight)) as Box<dyn Query>));
        }
        let folded: Box<dyn Query> = Box::new(BooleanQuery::new(clauses));
        if !self.exact {
            return Ok(folded);
        }
        let fields = places.iter().map(|(field, ..)| *field).collect();
        let printed = Printed { candidates: folded.box_clone(), lookup, fields };
        let printed: Box<dyn Query> = Box::new(DocPredicateQuery::from(printed));
        Ok(Box::new(BooleanQuery::intersection(vec![folded, unscored(printed)])))
    }

    fn property(&mut self, key: Key, value: &str) -> Box<dyn Query> {
        let fields = self.fields;
        match key {
            Key::Source => term(Term::from_field_text(fields.source, value)),
            Key::Lang => term(Term::from_field_text(fields.langs, &fold::text(value))),
            Key::Country => term(Term::from_field_text(fields.country, &fold::text(value))),
            Key::Kind => term(Term::from_field_text(fields.kinds, value)),
            Key::Story => match value.parse::<crate::model::StoryId>() {
                Ok(story) => term(Term::from_field_i64(fields.story, story.0)),
                Err(_) => Box::new(EmptyQuery),
            },
            Key::Sub => term(Term::from_field_text(fields.subs, value)),
            Key::Speaker => self.name(fields.speakers, value),
            Key::Target => self.name(fields.targets, value),
        }
    }

    /// A name is looked for as a phrase: part of it is enough, and `CN` finds every actor of that country.
    fn name(&mut self, field: Field, value: &str) -> Box<dyn Query> {
        match Lookup::new(Form::Phrase, value, false, &mut self.stems) {
            Some(Lookup::Words(parts)) => {
                phrase(parts.iter().map(|part| (part.offset as usize, Term::from_field_text(field, &part.text))))
            }
            _ => Box::new(EmptyQuery),
        }
    }
}

fn in_field(field: Field, stems: Field, lookup: &Lookup) -> Result<Box<dyn Query>, SearchError> {
    match lookup {
        Lookup::Stem(stem) => {
            Ok(Box::new(TermQuery::new(Term::from_field_text(stems, stem), IndexRecordOption::WithFreqs)))
        }
        Lookup::Words(parts) => {
            Ok(phrase(parts.iter().map(|part| (part.offset as usize, Term::from_field_text(field, &part.text)))))
        }
        Lookup::Beginning(parts) => {
            // Words are letters and digits only, so that none of them means anything in a pattern.
            let last = parts.len() - 1;
            let pattern = |at: usize, text: &str| if at == last { format!("{text}.*") } else { text.to_owned() };
            if let [only] = &parts[..] {
                let query = RegexQuery::from_pattern(&pattern(0, &only.text), field).map_err(failed)?;
                return Ok(Box::new(query));
            }
            let parts = parts.iter().enumerate();
            let patterns = parts.map(|(at, part)| (part.offset as usize, pattern(at, &part.text))).collect();
            Ok(Box::new(RegexPhraseQuery::new_with_offset(field, patterns)))
        }
    }
}

fn phrase(terms: impl Iterator<Item = (usize, Term)>) -> Box<dyn Query> {
    let mut terms: Vec<(usize, Term)> = terms.collect();
    if terms.len() > 1 {
        return Box::new(PhraseQuery::new_with_offset(terms));
    }
    match terms.pop() {
        Some((_, only)) => Box::new(TermQuery::new(only, IndexRecordOption::WithFreqs)),
        None => Box::new(EmptyQuery),
    }
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// tantivy finds nothing for conditions that only say what is not wanted.
fn all_but(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn stretch(field: Field, from: Option<Timestamp>, to: Option<Timestamp>) -> Box<dyn Query> {
    let moment = |moment: Timestamp| Term::from_field_i64(field, moment.as_microsecond());
    // One end must be given for tantivy to know the field.
    let from = Bound::Included(moment(from.unwrap_or(Timestamp::MIN)));
    let to = to.map_or(Bound::Unbounded, |to| Bound::Excluded(moment(to)));
    Box::new(RangeQuery::new(from, to))
}

/// Holds for documents whose print meets a lookup as written.
struct Printed {
    /// Finds every document that may.
    candidates: Box<dyn Query>,
    lookup: Lookup,
    fields: Vec<Field>,
}

impl std::fmt::Debug for Printed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Printed").field("lookup", &self.lookup).finish_non_exhaustive()
    }
}

impl DocPredicate for Printed {
    type SegmentDocPredicate = PrintedInSegment;

    fn doc_predicate(
        &self,
        segment: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<PrintedInSegment>> {
        let weight = self.candidates.weight(EnableScoring::disabled_from_schema(segment.schema()))?;
        let necessary_condition = Box::new(weight.scorer(segment, 1.0)?);
        let predicate = PrintedInSegment {
            store: segment.get_store_reader(1)?,
            lookup: self.lookup.clone(),
            fields: self.fields.clone(),
            stems: Stems::new(),
        };
        Ok(ConstOrVariableSegmentPredicate::Variable { predicate, necessary_condition })
    }
}

struct PrintedInSegment {
    store: StoreReader,
    lookup: Lookup,
    fields: Vec<Field>,
    stems: Stems,
}

impl SegmentDocPredicate for PrintedInSegment {
    fn eval(&mut self, id: DocId) -> bool {
        // A document that cannot be read is no hit here; reading it for the answer reports the damage.
        let Ok(document) = self.store.get::<TantivyDocument>(id) else { return false };
        self.fields.iter().any(|field| {
            stored_text(&document, *field)
                .is_some_and(|print| !Looked::new(&print).find(&self.lookup, true, &mut self.stems).is_empty())
        })
    }

    fn cost(&self) -> u64 {
        10_000
    }
}

/// Holds for documents with a statement that has all that was asked of one.
struct Stated {
    /// Finds every document that may.
    candidates: Box<dyn Query>,
    asked: Asked,
    field: Field,
}

impl std::fmt::Debug for Stated {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Stated").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl DocPredicate for Stated {
    type SegmentDocPredicate = StatedInSegment;

    fn doc_predicate(
        &self,
        segment: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<StatedInSegment>> {
        let weight = self.candidates.weight(EnableScoring::disabled_from_schema(segment.schema()))?;
        // Under a NOT, tantivy may ask an intersection for documents before its end, which a phrase in it does not bear.
        let mut may = BitSet::with_max_value(segment.max_doc());
        let mut candidates = weight.scorer(segment, 1.0)?;
        while candidates.doc() != TERMINATED {
            may.insert(candidates.doc());
            candidates.advance();
        }
        let necessary_condition = Box::new(BitSetDocSet::from(may));
        let predicate =
            StatedInSegment { store: segment.get_store_reader(1)?, asked: self.asked.clone(), field: self.field };
        Ok(ConstOrVariableSegmentPredicate::Variable { predicate, necessary_condition })
    }
}

struct StatedInSegment {
    store: StoreReader,
    asked: Asked,
    field: Field,
}

impl SegmentDocPredicate for StatedInSegment {
    fn eval(&mut self, id: DocId) -> bool {
        // As above: damage is reported when the document is read for the answer.
        let Ok(document) = self.store.get::<TantivyDocument>(id) else { return false };
        statements(&document, self.field).iter().any(|statement| self.asked.is_met_by(statement))
    }

    fn cost(&self) -> u64 {
        10_000
    }
}
