//! What is the same for every language: names to ids, who denies, what answers what.

use std::ops::Range;

use super::{Draft, Named, OutletContext, Scene};
use crate::lexicon::{ActorKind, CueTable, Lexicon};
use crate::model::{DenialParty, QuoteKind, Statement, StatementKind};

/// Below this a statement waits for a person.
const SURE: f64 = 0.5;

/// Makes the statement of a draft.
pub(super) fn statement(
    lexicon: &Lexicon,
    table: &CueTable,
    scene: &Scene<'_>,
    draft: Draft,
    outlet: OutletContext<'_>,
) -> Statement {
    let text = |range: &Range<usize>| scene.whole[scene.in_whole(range.clone())].trim().to_owned();
    let speaker = match &draft.speaker {
        Some(Named::Here(range)) => Some(text(range)),
        Some(Named::Before(name)) => Some(name.clone()),
        None => None,
    }
    .filter(|name| !name.is_empty());
    let speaker_id = speaker.as_deref().and_then(|name| speaker_id(lexicon, name, outlet));
    let claim = tidy(scene, &draft.claim);
    let claim_text = &scene.whole[claim.clone()];
    let (target, target_id) = target(lexicon, scene, &draft, claim_text, speaker_id.as_deref(), outlet);
    let hostile = table.words.hostile.is_match(&crate::fold::text(claim_text));
    let tells_of_an_act = matches!(
        draft.kind,
        StatementKind::Warn | StatementKind::Demand | StatementKind::Protest | StatementKind::Condemn
    );
    Statement {
        kind: draft.kind,
        sub: draft.sub,
        party: (draft.kind == StatementKind::Deny).then(|| party(table, speaker.as_deref(), speaker_id.as_deref())),
        speaker,
        speaker_id,
        target,
        target_id,
        cue: text(&draft.cue),
        place: scene.place,
        quote: if draft.running_quote { QuoteKind::Direct } else { quote(claim_text) },
        span: claim,
        sentence: scene.span.clone(),
        paragraph: scene.paragraph,
        polarity: draft.polarity,
        voice: draft.voice,
        counter: draft.counter,
        alleges: tells_of_an_act && hostile,
        answers: None,
        via: draft.via.as_ref().map(text),
        background: draft.background,
        confidence: (draft.confidence * 100.0).round() / 100.0,
        candidate: draft.candidate || draft.confidence < SURE,
        rule: draft.rule,
    }
}

/// Links each answer to the claim it answers, where exactly one claim can be meant.
pub(super) fn links(found: &mut [Statement]) {
    for at in 0..found.len() {
        found[at].counter |= found[at].kind == StatementKind::Accuse && returns_one(found, at);
        let answers = matches!(found[at].kind, StatementKind::Deny | StatementKind::NoComment | StatementKind::Confirm);
        if (answers || found[at].counter) && found[at].counts() {
            found[at].answers = answered(found, at);
        }
    }
}

/// Says whether an accusation comes from one that an earlier statement accused.
fn returns_one(found: &[Statement], at: usize) -> bool {
    let (Some(mine), theirs) = (state(&found[at].speaker_id), state(&found[at].target_id)) else {
        return false;
    };
    theirs.is_some_and(|theirs| theirs != mine)
        && found[..at].iter().any(|claim| {
            let accuses = matches!(claim.kind, StatementKind::Accuse | StatementKind::Charge) && claim.counts();
            accuses && state(&claim.target_id) == Some(mine) && state(&claim.speaker_id) != Some(mine)
        })
}

/// Returns the state of an actor: `CN` of `CN.mfa`.
fn state(id: &Option<String>) -> Option<&str> {
    id.as_deref()?.split('.').next()
}

fn answered(found: &[Statement], at: usize) -> Option<usize> {
    let answer = &found[at];
    let mine = state(&answer.speaker_id)?;
    // A headline is often an answer to what the body tells later, so the whole article is looked at.
    let meant = |(other, claim): (usize, &Statement)| {
        let claims = matches!(claim.kind, StatementKind::Accuse | StatementKind::Charge | StatementKind::Warn);
        let of_me = state(&claim.target_id) == Some(mine);
        (other != at && claims && claim.counts() && of_me && state(&claim.speaker_id) != Some(mine)).then_some(other)
    };
    let before = found[..at].iter().enumerate().filter_map(meant).next_back();
    before.or_else(|| found.iter().enumerate().skip(at + 1).find_map(meant))
}

/// Returns the actor that a speaker's name leads to: a person who speaks for one, else the last office named, since
/// "spokesman of the Chinese embassy in London" speaks for the embassy and 中國外交部發言人 for the ministry.
fn speaker_id(lexicon: &Lexicon, name: &str, outlet: OutletContext<'_>) -> Option<String> {
    let mentions = lexicon.actors_for(name, outlet.country);
    let person = mentions.iter().find(|mention| mention.kind == ActorKind::Person);
    let office = mentions.iter().find(|mention| {
        matches!(mention.kind, ActorKind::Agency | ActorKind::Mission | ActorKind::Military | ActorKind::Party)
    });
    person.or(office).or(mentions.first()).map(|mention| mention.id.to_owned())
}

fn target(
    lexicon: &Lexicon,
    scene: &Scene<'_>,
    draft: &Draft,
    claim: &str,
    speaker_id: Option<&str>,
    outlet: OutletContext<'_>,
) -> (Option<String>, Option<String>) {
    if let Some(range) = &draft.target {
        let name = scene.whole[scene.in_whole(range.clone())].trim().to_owned();
        let id = lexicon.actors_for(&name, outlet.country).first().map(|mention| mention.id.to_owned());
        return (Some(name).filter(|name| !name.is_empty()), id);
    }
    let directed = matches!(
        draft.kind,
        StatementKind::Accuse
            | StatementKind::Charge
            | StatementKind::Warn
            | StatementKind::Protest
            | StatementKind::Demand
            | StatementKind::Condemn
    );
    if !directed {
        return (None, None);
    }
    let mentions = lexicon.actors_for(claim, outlet.country);
    let other = mentions.iter().find(|mention| Some(mention.id) != speaker_id);
    match other {
        Some(mention) => (Some(claim[mention.span.clone()].to_owned()), Some(mention.id.to_owned())),
        None => (None, None),
    }
}

fn party(table: &CueTable, speaker: Option<&str>, id: Option<&str>) -> DenialParty {
    let folded = crate::fold::text(speaker.unwrap_or_default());
    if table.words.lawyer.is_match(&folded) {
        DenialParty::Lawyer
    } else if table.words.family.is_match(&folded) {
        DenialParty::Family
    } else if id.is_some_and(|id| !id.starts_with("C.") && !id.starts_with("T.")) {
        DenialParty::State
    } else {
        DenialParty::Own
    }
}

/// Takes white space and stray punctuation off the ends of a claim.
fn tidy(scene: &Scene<'_>, claim: &Range<usize>) -> Range<usize> {
    let whole = scene.in_whole(claim.clone());
    let text = &scene.whole[whole.clone()];
    let stray =
        |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ':' | '：' | ';' | '；' | '-' | '–' | '—');
    let start = whole.start + (text.len() - text.trim_start_matches(stray).len());
    let full_stop = |c: char| stray(c) || matches!(c, '.' | '。');
    let ends_quoted = text.trim_end().ends_with(['"', '”', '」', '』', '’']);
    let end = whole.start + if ends_quoted { text.trim_end().len() } else { text.trim_end_matches(full_stop).len() };
    if start < end { start..end } else { whole }
}

fn quote(claim: &str) -> QuoteKind {
    let opens = |c: char| matches!(c, '"' | '“' | '「' | '『');
    let closes = |c: char| matches!(c, '"' | '”' | '」' | '』');
    let single = |c: char| matches!(c, '‘' | '\'');
    let starts = claim.starts_with(opens) || claim.starts_with(single);
    if starts && (claim.ends_with(closes) || claim.ends_with(['’', '\''])) {
        return QuoteKind::Direct;
    }
    let has_single = claim.split_whitespace().any(|word| word.starts_with(single));
    if claim.contains(opens) || claim.contains(closes) || has_single { QuoteKind::Mixed } else { QuoteKind::Indirect }
}
