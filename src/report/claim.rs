//! Which way a story's accusation points: who accuses whom, and what bears on it.
//!
//! An act has a direction. In a story where the Chinese side accuses, everything turns with it; so nothing here knows
//! a country, only sides: the country code at the head of an actor's id. A person or a group without one has no side.

use std::collections::BTreeMap;

use super::review::sentence;
use crate::fold;
use crate::model::{
    ArticleId, Capture, DenialParty, Place, SourceId, Statement, StatementId, StatementKind, StoredArticle,
    StoredVersion, country_of, side_of,
};

/// An actor of the main claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The canonical actor, when the lexicon knows it.
    pub id: Option<String>,
    /// As printed where it was first seen.
    pub name: String,
}

/// The main claim of a story, as its articles make it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// Who makes it most often; `None` when no text names anybody.
    pub accuser: Option<Party>,
    /// Against whom it is made most often; `None` when no text names anybody.
    pub accused: Option<Party>,
}

impl Claim {
    /// Says whether a denial that was not matched to the claim may answer it all the same: it does not come from a side
    /// that is known to be another than the accused.
    pub fn may_be_answered_by(&self, found: &Found) -> bool {
        let accused = self.accused.as_ref().and_then(|party| country_of(party.id.as_deref()?));
        let denier = found.speaker_id.as_deref().and_then(country_of);
        let other_side = accused.zip(denier).is_some_and(|(accused, denier)| accused != denier);
        found.bearing == Bearing::Elsewhere && found.mark.is_denial() && !other_side
    }
}

/// The letter that stands for an act in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// An accusation, a charge or a verdict, or another act that alleges.
    Accusation,
    /// A denial of the claim.
    Denial,
    /// A denial in general terms.
    GeneralDenial,
    /// A protest.
    Protest,
    /// An answer withheld.
    NoComment,
    /// Any other act, by its own name.
    Other(StatementKind),
}

impl Mark {
    /// The marks that answer an accusation, in the order of cells.
    pub const ANSWERS: [Self; 4] = [Self::Denial, Self::GeneralDenial, Self::Protest, Self::NoComment];

    /// Returns the mark of a statement.
    pub fn of(statement: &Statement) -> Self {
        match statement.kind {
            // Who is acquitted is accused no longer.
            StatementKind::Verdict if statement.sub.is_some() => Self::Other(StatementKind::Verdict),
            StatementKind::Accuse | StatementKind::Charge | StatementKind::Verdict => Self::Accusation,
            StatementKind::Deny if statement.sub.as_deref() == Some("general") => Self::GeneralDenial,
            StatementKind::Deny => Self::Denial,
            StatementKind::NoComment => Self::NoComment,
            StatementKind::Protest if !statement.alleges => Self::Protest,
            _ if statement.alleges => Self::Accusation,
            kind => Self::Other(kind),
        }
    }

    /// Returns what tables and JSON show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accusation => "A",
            Self::Denial => "D",
            Self::GeneralDenial => "G",
            Self::Protest => "P",
            Self::NoComment => "N",
            Self::Other(kind) => kind.name(),
        }
    }

    /// Says whether it is a denial, of either sort.
    pub fn is_denial(self) -> bool {
        matches!(self, Self::Denial | Self::GeneralDenial)
    }
}

/// How a statement bears on the main claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
    /// It makes the claim, or answers it.
    Claim,
    /// It accuses in the other direction.
    Counter,
    /// It is about another claim.
    Elsewhere,
}

impl Bearing {
    /// Returns the words of tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Counter => "counter-accusation",
            Self::Elsewhere => "not matched to the claim",
        }
    }
}

/// One statement, with what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What is done.
    pub mark: Mark,
    /// How it bears on the main claim.
    pub bearing: Bearing,
    /// Who speaks, as printed.
    pub speaker: Option<String>,
    /// The canonical actor.
    pub speaker_id: Option<String>,
    /// The word that carries it, as printed.
    pub cue: String,
    /// The source of the article.
    pub source: Option<SourceId>,
    /// The article.
    pub article: ArticleId,
    /// The version of the article.
    pub version: u32,
    /// The statement's place in that version's list.
    pub statement: usize,
    /// The id for people.
    pub id: StatementId,
    /// True when a person accepted it.
    pub accepted: bool,
    /// What a person noted.
    pub note: Option<String>,
    /// Headline or body.
    pub place: Place,
    /// The paragraph, from 1; 0 for the headline.
    pub paragraph: usize,
    /// The sentence, as printed.
    pub sentence: String,
    /// The bytes it was read from; `None` when it was read from the feed's own text.
    pub capture: Option<Capture>,
}

impl Claim {
    /// Finds the main claim: what is most often said, by whom and against whom. Of each article the newest version that
    /// accuses is heard: one that was softened later was told before.
    ///
    /// Copies are left out where there is anything else, so that one agency's text is one voice.
    pub fn of(articles: &[&StoredArticle]) -> Self {
        let own: Vec<&StoredArticle> =
            articles.iter().copied().filter(|article| article.reprint_of.is_none()).collect();
        let claim = Self::among(&own);
        if claim.accused.is_some() || claim.accuser.is_some() { claim } else { Self::among(articles) }
    }

    fn among(articles: &[&StoredArticle]) -> Self {
        let accusations: Vec<&Statement> = articles
            .iter()
            .flat_map(|article| &telling(article).statements)
            .filter(|statement| is_accusation(statement))
            .collect();
        let straight = accusations.iter().copied().filter(|statement| !statement.counter);
        let accused = most_frequent(straight.map(|s| (s.target.as_deref(), s.target_id.as_deref())));
        let claim = Self { accuser: None, accused };
        let making = accusations.into_iter().filter(|statement| claim.of_accusation(statement) == Bearing::Claim);
        let accuser = most_frequent(making.map(|s| (s.speaker.as_deref(), s.speaker_id.as_deref())));
        Self { accuser, ..claim }
    }

    /// Says how one statement of a version bears on this claim.
    pub fn bearing(&self, statement: &Statement, others: &[Statement]) -> Bearing {
        match Mark::of(statement) {
            Mark::Accusation => self.of_accusation(statement),
            mark if Mark::ANSWERS.contains(&mark) => self.of_answer(statement, others),
            _ => Bearing::Elsewhere,
        }
    }

    fn of_accusation(&self, statement: &Statement) -> Bearing {
        let accused = self.accused_side();
        let speaker = statement.speaker_id.as_deref().and_then(country_of);
        let target = statement.target_id.as_deref().and_then(country_of);
        if statement.counter || (speaker.is_some() && speaker == accused) {
            return Bearing::Counter;
        }
        // A person without an id is most often an agent of the accused: the side decides only where it is known.
        if target.is_none() || accused.is_none() || target == accused {
            return Bearing::Claim;
        }
        if target == self.accuser_side() { Bearing::Counter } else { Bearing::Elsewhere }
    }

    /// A wrong "denied" is the dearest error, so that an answer must be linked to the claim or come from the accused.
    fn of_answer(&self, statement: &Statement, others: &[Statement]) -> Bearing {
        let speaker = statement.speaker_id.as_deref().and_then(country_of);
        let accused = self.accused_side();
        if speaker.is_some() && accused.is_some() && speaker != accused {
            return Bearing::Elsewhere;
        }
        let linked = statement.answers.and_then(|at| others.get(at));
        let linked = linked.filter(|other| Mark::of(other) == Mark::Accusation && !other.is_rejected());
        if let Some(claim) = linked {
            return if self.of_accusation(claim) == Bearing::Claim { Bearing::Claim } else { Bearing::Elsewhere };
        }
        let fits = match (speaker, accused) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => self.accused.is_some() && for_accused(statement.party) && speaker != self.accuser_side(),
            (None, _) => {
                self.accused.as_ref().is_some_and(|accused| same_name(statement.speaker.as_deref(), &accused.name))
            }
        };
        if fits { Bearing::Claim } else { Bearing::Elsewhere }
    }

    fn accused_side(&self) -> Option<&str> {
        self.accused.as_ref().and_then(|party| party.id.as_deref()).and_then(country_of)
    }

    fn accuser_side(&self) -> Option<&str> {
        self.accuser.as_ref().and_then(|party| party.id.as_deref()).and_then(country_of)
    }

    /// Lists the counted statements of a version, with how each bears on this claim.
    pub(super) fn statements(&self, article: &StoredArticle, version: &StoredVersion) -> Vec<Found> {
        self.pick(article, version, Statement::counts)
    }

    /// Lists the statements of a version that wait for a person.
    pub(super) fn candidates(&self, article: &StoredArticle, version: &StoredVersion) -> Vec<Found> {
        self.pick(article, version, Statement::waits)
    }

    fn pick(&self, article: &StoredArticle, version: &StoredVersion, keep: fn(&Statement) -> bool) -> Vec<Found> {
        let kept = version.statements.iter().enumerate().filter(|(_, statement)| keep(statement));
        kept.map(|(at, statement)| self.found(article, version, at, statement)).collect()
    }

    fn found(&self, article: &StoredArticle, version: &StoredVersion, at: usize, statement: &Statement) -> Found {
        let is_newest = version.number == article.latest().number;
        Found {
            mark: Mark::of(statement),
            bearing: self.bearing(statement, &version.statements),
            speaker: statement.speaker.clone(),
            speaker_id: statement.speaker_id.clone(),
            cue: statement.cue.clone(),
            source: article.source.clone(),
            article: article.id,
            version: version.number,
            statement: at,
            id: StatementId { article: article.id, version: (!is_newest).then_some(version.number), number: at + 1 },
            accepted: statement.is_accepted(),
            note: statement.review.note().map(str::to_owned),
            place: statement.place,
            paragraph: statement.paragraph,
            sentence: sentence(statement, version).0.to_owned(),
            capture: version.capture.clone(),
        }
    }
}

fn is_accusation(statement: &Statement) -> bool {
    statement.counts() && Mark::of(statement) == Mark::Accusation
}

/// The newest version of an article that accuses, else its newest.
fn telling(article: &StoredArticle) -> &StoredVersion {
    let accuses = |version: &&StoredVersion| version.statements.iter().any(is_accusation);
    article.versions.iter().rev().find(accuses).unwrap_or(article.latest())
}

impl Found {
    /// Says whether it makes the main claim.
    pub fn accuses(&self) -> bool {
        self.mark == Mark::Accusation && self.bearing == Bearing::Claim
    }

    /// Says whether it answers the main claim.
    pub fn answers(&self) -> bool {
        self.bearing == Bearing::Claim && Mark::ANSWERS.contains(&self.mark)
    }
}

fn for_accused(party: Option<DenialParty>) -> bool {
    matches!(party, Some(DenialParty::Own | DenialParty::State | DenialParty::Lawyer | DenialParty::Family))
}

fn same_name(printed: Option<&str>, name: &str) -> bool {
    let (printed, name) = (fold::text(printed.unwrap_or_default()), fold::text(name));
    !printed.is_empty() && !name.is_empty() && (printed.contains(&name) || name.contains(&printed))
}

/// Sides are counted before actors, so that a ministry and its government do not outvote each other; of equals, the
/// one met first stands.
fn most_frequent<'a>(parties: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Option<Party> {
    let named: Vec<(&str, Option<&str>)> =
        parties.filter_map(|(name, id)| name.or(id).map(|shown| (shown, id))).collect();
    let side = |(name, id): &(&str, Option<&str>)| match id {
        Some(id) => side_of(id).to_owned(),
        None => fold::text(name),
    };
    let top_side = top(named.iter().map(&side))?;
    let there: Vec<_> = named.iter().filter(|party| side(party) == top_side).collect();
    let actor_of = |(name, id): &(&str, Option<&str>)| id.map_or_else(|| fold::text(name), str::to_owned);
    let top_actor = top(there.iter().map(|party| actor_of(party)))?;
    let (name, id) = there.into_iter().find(|party| actor_of(party) == top_actor)?;
    Some(Party { id: id.map(str::to_owned), name: (*name).to_owned() })
}

fn top(keys: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, key) in keys.enumerate() {
        counts.entry(key).or_insert((0, at)).0 += 1;
    }
    counts.into_iter().min_by_key(|(_, (count, first))| (usize::MAX - count, *first)).map(|(key, _)| key)
}
