//! What waits for a person, and what a page rests on when only a person's word is to count.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{
    Decision, OutcomeKind, Place, Polarity, Review, Statement, StatementId, StatementKind, StoredArticle, StoredVersion,
};

/// Whose word a page rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The machine's, where no person has decided.
    #[default]
    Everything,
    /// A person's alone.
    Reviewed,
}

/// How many of the statements that count were reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Accepted by a person.
    pub accepted: usize,
    /// Found by the machine, and neither accepted nor rejected.
    pub unreviewed: usize,
}

impl Tally {
    /// Counts the statements of the newest versions.
    pub fn of(articles: &[StoredArticle]) -> Self {
        let counted = articles.iter().flat_map(|article| &article.latest().statements).filter(|one| one.counts());
        counted.fold(Self::default(), |tally, statement| match statement.is_accepted() {
            true => Self { accepted: tally.accepted + 1, ..tally },
            false => Self { unreviewed: tally.unreviewed + 1, ..tally },
        })
    }
}

impl Scope {
    /// Returns articles as a page of this scope takes them.
    ///
    /// Where only a person's word is to count, every statement that none accepted becomes a candidate: it counts
    /// nowhere, and a cell without another says why it is empty.
    pub fn of(self, articles: &[StoredArticle]) -> Cow<'_, [StoredArticle]> {
        if self == Self::Everything {
            return Cow::Borrowed(articles);
        }
        let mut articles = articles.to_vec();
        let versions = articles.iter_mut().flat_map(|article| &mut article.versions);
        for statement in versions.flat_map(|version| &mut version.statements) {
            statement.candidate |= !statement.is_accepted();
        }
        Cow::Owned(articles)
    }

    /// Says whether a list of statements in this scope shows that one.
    pub fn shows(self, statement: &Statement) -> bool {
        self == Self::Everything || statement.is_accepted()
    }
}

/// Which statements are to be reviewed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewFilter {
    /// Only this kind.
    pub kind: Option<StatementKind>,
    /// Those that the machine is less sure of than this, beside the candidates.
    pub below: f64,
    /// True for every statement that no person has decided on, however sure the machine is and whether it was said.
    pub all: bool,
}

/// A statement that waits for a person.
#[derive(Debug, Clone, Copy)]
pub struct ReviewRow<'a> {
    /// Its article; the statement is in the newest version.
    pub article: &'a StoredArticle,
    /// Its place in the list of that version.
    pub position: usize,
    /// Why it waits.
    pub doubt: Doubt,
}

/// Why a statement waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A person judged it when the machine read it otherwise.
    ReadOtherwise,
    /// Nobody is named as its speaker, and it counts nowhere.
    NoSpeaker,
    /// The wording may mean something else, and it counts nowhere.
    Wording,
    /// The machine is less sure than was asked for.
    LessSure,
    /// Nothing but that nobody has looked yet.
    Unreviewed,
}

impl<'a> ReviewRow<'a> {
    /// Returns the id for people.
    pub fn id(&self) -> StatementId {
        StatementId { article: self.article.id, version: None, number: self.position + 1 }
    }

    /// Returns the version that it stands in.
    pub fn version(&self) -> &'a StoredVersion {
        self.article.latest()
    }

    /// Returns the statement.
    pub fn statement(&self) -> &'a Statement {
        &self.version().statements[self.position]
    }
}

/// Lists what waits for a person: what was judged and is read otherwise now, then denials, since a wrong one costs most,
/// and of equals what the machine is least sure of, in the newest articles first.
pub fn review_queue(articles: &[StoredArticle], filter: ReviewFilter) -> Vec<ReviewRow<'_>> {
    let on_topic = articles.iter().filter(|article| article.outcome == OutcomeKind::Kept);
    let mut rows: Vec<ReviewRow> = on_topic
        .flat_map(|article| {
            let statements = article.latest().statements.iter().enumerate();
            let asked = statements.filter(|(_, one)| filter.kind.is_none_or(|kind| kind == one.kind));
            let doubted = asked.filter_map(|(at, one)| Some((at, doubt(one, filter)?)));
            doubted.map(move |(position, doubt)| ReviewRow { article, position, doubt })
        })
        .collect();
    rows.sort_by(|one, other| {
        let first = |row: &ReviewRow| (row.doubt != Doubt::ReadOtherwise, row.statement().kind != StatementKind::Deny);
        let newest = |row: &ReviewRow| (row.article.seen.by, row.article.id);
        first(one)
            .cmp(&first(other))
            .then(one.statement().confidence.total_cmp(&other.statement().confidence))
            .then(newest(other).cmp(&newest(one)))
            .then(one.position.cmp(&other.position))
    });
    rows
}

fn doubt(statement: &Statement, filter: ReviewFilter) -> Option<Doubt> {
    if statement.review.decision() != Decision::None {
        return None;
    }
    if matches!(&statement.review, Review::ReadOtherwise(then) if then.decision != Decision::None) {
        return Some(Doubt::ReadOtherwise);
    }
    // What was not said counts nowhere, whatever a person makes of it.
    if statement.polarity != Polarity::Asserted && !filter.all {
        return None;
    }
    match statement {
        Statement { candidate: true, speaker: None, .. } => Some(Doubt::NoSpeaker),
        Statement { candidate: true, .. } => Some(Doubt::Wording),
        _ if statement.confidence < filter.below => Some(Doubt::LessSure),
        _ => filter.all.then_some(Doubt::Unreviewed),
    }
}

/// Returns the sentence of a statement, as printed, with the bytes of the claim in it.
pub fn sentence<'a>(statement: &Statement, version: &'a StoredVersion) -> (&'a str, Range<usize>) {
    let part = match statement.place {
        Place::Title => &version.article.title,
        Place::Text => &version.article.text,
    };
    let whole = statement.sentence.clone();
    let inside = |at: usize| at.clamp(whole.start, whole.end.max(whole.start)) - whole.start;
    (part.get(whole.clone()).unwrap_or_default(), inside(statement.span.start)..inside(statement.span.end))
}
