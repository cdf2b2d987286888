//! A person's judgements of statements: written as a history, found again by what was printed.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::column::{Columns, Micros, json};
use super::{Store, StoreError, log_change};
use crate::model::{
    Act, Article, ArticleId, Decision, Judgement, Label, Place, Reading, Review, Statement, StatementId, StatementKind,
    StoredVersion, VersionId,
};

/// One act upon one statement, as a person saw it.
#[derive(Debug, Clone, Copy)]
pub struct Judging<'a> {
    /// The article.
    pub article: ArticleId,
    /// The version that was shown.
    pub version: &'a StoredVersion,
    /// The statement's place in the list of that version.
    pub position: usize,
    /// What the person does.
    pub act: &'a Act,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Keeps an act upon a statement, and says whether it changed what stands: the same act twice changes nothing.
    pub fn judge(&mut self, judging: &Judging) -> Result<bool, StoreError> {
        let Judging { article, version, position, act, at } = *judging;
        let Some(statement) = version.statements.get(position) else {
            let id = StatementId { article, version: Some(version.number), number: position + 1 };
            return Err(StoreError::Missing(format!("statement {id}")));
        };
        let (transaction, _) = self.begin()?;
        let history = of_article(&transaction, article.0)?;
        let places = places(&version.article, &version.statements);
        let known = matches(&places, &version.statements, &history)[position].filter(|found| found.is_this_reading);
        let known = known.map(|found| &history[found.at]);
        let (decision, note) =
            known.map_or((Decision::None, None), |known| (known.judgement.decision, known.judgement.note.as_deref()));
        let (decision_now, note_now) = match act {
            Act::Decide(decision) => (*decision, note),
            Act::Note(text) => (decision, Some(text.trim()).filter(|text| !text.is_empty())),
        };
        if (decision, note) == (decision_now, note_now) {
            return Ok(false);
        }
        let place = &places[position];
        transaction
            .prepare_cached(
                "INSERT INTO judgement (article_id, place, sentence, kind, cue, ordinal, decision, note, at, version_id,
                     claim, statement)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                article.0,
                place.key.place.name(),
                place.key.sentence,
                place.key.kind.name(),
                place.key.cue,
                // What is judged again keeps its place: the judgement before is the one that this one follows.
                known.map_or(place.ordinal, |known| known.ordinal),
                decision_now.name(),
                note_now,
                Micros(at),
                version.id.0,
                json(&within(&statement.sentence, &statement.span))?,
                json(statement)?,
            ])?;
        // The index counts what the reports count, and knows no notes.
        if decision != decision_now {
            log_change(&transaction, article.0)?;
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Returns the judgements that stand, one a reading and in the order in which they were made; those taken back
    /// without a note are left out.
    pub fn labels(&self) -> Result<Vec<Label>, StoreError> {
        let snapshot = self.snapshot()?;
        let mut query = snapshot.prepare_cached("SELECT DISTINCT article_id FROM judgement")?;
        let articles = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut labels = Vec::new();
        for article in articles {
            for judged in of_article(&snapshot, article)?.into_iter().filter(Judged::says_something) {
                labels.push((judged.id, label(&snapshot, article, judged)?));
            }
        }
        labels.sort_by_key(|(id, _)| *id);
        Ok(labels.into_iter().map(|(_, label)| label).collect())
    }
}

/// The newest act upon one reading of one statement.
pub(super) struct Judged {
    id: i64,
    key: OwnKey,
    ordinal: u32,
    version: VersionId,
    claim: Range<usize>,
    statement: Statement,
    judgement: Judgement,
}

impl Judged {
    fn says_something(&self) -> bool {
        self.judgement.decision != Decision::None || self.judgement.note.is_some()
    }
}

/// Returns what stands of the judgements on an article, the oldest first.
pub(super) fn of_article(connection: &Connection, article: i64) -> Result<Vec<Judged>, StoreError> {
    let mut query = connection.prepare_cached("SELECT * FROM judgement WHERE article_id = ?1 ORDER BY id")?;
    let mut standing: Vec<Judged> = Vec::new();
    for judged in query.query_map([article], read)? {
        let judged = judged?;
        standing.retain(|before| {
            let same_place = (&before.key, before.ordinal) == (&judged.key, judged.ordinal);
            !(same_place && before.judgement.reading.is_like(&judged.judgement.reading))
        });
        standing.push(judged);
    }
    Ok(standing)
}

/// Puts the judgements of an article upon the statements of one of its versions.
pub(super) fn apply(article: &Article, statements: &mut [Statement], judged: &[Judged]) {
    if judged.is_empty() {
        return;
    }
    let found = matches(&places(article, statements), statements, judged);
    for (statement, found) in statements.iter_mut().zip(found) {
        let Some(found) = found else { continue };
        let judgement = Box::new(judged[found.at].judgement.clone());
        statement.review =
            if found.is_this_reading { Review::Judged(judgement) } else { Review::ReadOtherwise(judgement) };
    }
}

/// What is printed of a statement: it survives new versions and new rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    place: Place,
    sentence: &'a str,
    kind: StatementKind,
    cue: &'a str,
}

#[derive(Debug, PartialEq, Eq)]
struct OwnKey {
    place: Place,
    sentence: String,
    kind: StatementKind,
    cue: String,
}

impl OwnKey {
    fn as_key(&self) -> Key<'_> {
        Key { place: self.place, sentence: &self.sentence, kind: self.kind, cue: &self.cue }
    }
}

/// Where a statement stands: its key, and its rank among those with the same.
struct Standing<'a> {
    key: Key<'a>,
    ordinal: u32,
}

fn places<'a>(article: &'a Article, statements: &'a [Statement]) -> Vec<Standing<'a>> {
    let keys: Vec<Key> = statements
        .iter()
        .map(|statement| {
            let part = match statement.place {
                Place::Title => &article.title,
                Place::Text => &article.text,
            };
            let sentence = part.get(statement.sentence.clone()).unwrap_or_default();
            Key { place: statement.place, sentence, kind: statement.kind, cue: &statement.cue }
        })
        .collect();
    // In the order of the text, whatever the order in which the rules found them.
    let mut in_order: Vec<usize> = (0..statements.len()).collect();
    in_order.sort_by_key(|at| (statements[*at].sentence.start, statements[*at].span.start, *at));
    let mut met: BTreeMap<Key, u32> = BTreeMap::new();
    let mut ordinals = vec![0u32; statements.len()];
    for at in in_order {
        let next = met.entry(keys[at]).or_default();
        ordinals[at] = *next;
        *next += 1;
    }
    keys.into_iter().zip(ordinals).map(|(key, ordinal)| Standing { key, ordinal }).collect()
}

/// The judgement that a statement was found to have.
#[derive(Clone, Copy)]
struct Match {
    at: usize,
    /// False when the machine read the statement otherwise then.
    is_this_reading: bool,
}

/// What a judgement must have in common with a statement, beside its key; the strictest goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    Same,
    OtherRank,
    OtherReading,
}

/// Finds the judgement of each statement; each judgement is that of one statement.
///
/// The reading goes before the rank: two speakers of one sentence may be found in another order tomorrow.
fn matches(places: &[Standing], statements: &[Statement], judged: &[Judged]) -> Vec<Option<Match>> {
    let mut found: Vec<Option<Match>> = vec![None; statements.len()];
    let mut taken = vec![false; judged.len()];
    let readings: Vec<Reading> = statements.iter().map(Reading::of).collect();
    for pass in [Pass::Same, Pass::OtherRank, Pass::OtherReading] {
        for (place, (reading, found)) in places.iter().zip(readings.iter().zip(&mut found)) {
            if found.is_some() {
                continue;
            }
            // The newest first: of two other readings that were judged, the last is the one to be asked about.
            let fits = |(at, judged): &(usize, &Judged)| {
                let same_rank = judged.ordinal == place.ordinal;
                let same_reading = judged.judgement.reading.is_like(reading);
                let passes = match pass {
                    Pass::Same => same_rank && same_reading,
                    Pass::OtherRank => same_reading,
                    Pass::OtherReading => same_rank && judged.says_something(),
                };
                !taken[*at] && judged.key.as_key() == place.key && passes
            };
            let matched = judged.iter().enumerate().rfind(fits);
            let matched = matched.map(|(at, _)| Match { at, is_this_reading: pass != Pass::OtherReading });
            if let Some(matched) = matched {
                taken[matched.at] = true;
                *found = Some(matched);
            }
        }
    }
    found
}

/// Turns bytes of a text into bytes of a sentence in it, cut to the sentence.
fn within(sentence: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    let inside = |at: usize| at.clamp(sentence.start, sentence.end.max(sentence.start)) - sentence.start;
    inside(part.start)..inside(part.end)
}

fn label(connection: &Connection, article: i64, judged: Judged) -> Result<Label, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT article.source, version.assessed_lang, version.made_by FROM version
         JOIN article ON article.id = version.article_id WHERE version.id = ?1 AND article.id = ?2",
    )?;
    Ok(query.query_row([judged.version.0, article], |row| {
        Ok(Label {
            article: ArticleId(article),
            version: judged.version,
            source: row.maybe_named("source")?,
            lang: row.named("assessed_lang")?,
            made_by: row.get("made_by")?,
            place: judged.key.place,
            sentence: judged.key.sentence,
            claim: judged.claim,
            statement: judged.statement,
            judgement: judged.judgement,
        })
    })?)
}

fn read(row: &Row) -> rusqlite::Result<Judged> {
    let statement: Statement = row.json("statement")?;
    Ok(Judged {
        id: row.get("id")?,
        key: OwnKey {
            place: row.named("place")?,
            sentence: row.get("sentence")?,
            kind: row.named("kind")?,
            cue: row.get("cue")?,
        },
        ordinal: row.get("ordinal")?,
        version: VersionId(row.get("version_id")?),
        claim: row.json("claim")?,
        judgement: Judgement {
            decision: row.named("decision")?,
            note: row.get("note")?,
            at: row.time("at")?,
            reading: Reading::of(&statement),
        },
        statement,
    })
}
