//! What is the same for every language: names to ids, who denies, what answers what.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::office::speaks_for;
use super::{Draft, Named, OutletContext, Scene};
use crate::fold;
use crate::lexicon::{ActorKind, ActorMention, CueTable, Lexicon};
use crate::model::{Article, DenialParty, Place, QuoteKind, Review, Statement, StatementKind, side_of};

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
    let speaker_id = speaker.as_deref().and_then(|name| speaker_id(lexicon, table, name, outlet));
    let claim = tidy(scene, &draft.claim);
    let claim_text = &scene.whole[claim.clone()];
    let (target, target_id) = target(lexicon, table, scene, &draft, claim_text, speaker_id.as_deref(), outlet);
    // Who says that another side did not do it denies nothing of their own.
    let flat =
        draft.kind == StatementKind::Deny && (draft.rule.ends_with("not-so") || draft.rule.ends_with("no-evidence"));
    let cue = fold::text(&text(&draft.cue));
    let no_sign = ["证据", "迹象", "evidence", "indication", "proof", "sign"].iter().any(|word| cue.contains(word));
    let not_they = ["并非", "不是", "绝非"].iter().any(|word| cue.starts_with(word));
    // What there is no sign of stands behind the cue.
    let told = if no_sign { &scene.whole[claim.start..scene.span.end.max(claim.start)] } else { claim_text };
    let of_others = flat && (no_sign || not_they) && speaks_of_others(lexicon, told, speaker_id.as_deref(), outlet);
    let hostile = table.words.hostile.is_match(&crate::fold::text(claim_text));
    let tells_of_an_act = matches!(
        draft.kind,
        StatementKind::Warn | StatementKind::Demand | StatementKind::Protest | StatementKind::Condemn
    );
    let decided = fold::text(&format!("{} {claim_text}", text(&draft.cue)));
    let acquits = draft.kind == StatementKind::Verdict && table.words.acquitted.is_match(&decided);
    Statement {
        kind: draft.kind,
        sub: draft.sub.or_else(|| acquits.then(|| "acquitted".to_owned())),
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
        candidate: draft.candidate || draft.confidence < SURE || of_others,
        rule: draft.rule,
        review: Review::default(),
    }
}

/// Gives speakers that are named without their office the id of the office with which the article introduced them.
pub(super) fn names(found: &mut [Statement], lexicon: &Lexicon, article: &Article, outlet: OutletContext<'_>) {
    for one in found.iter_mut().filter(|one| one.speaker_id.is_none()) {
        let Some(speaker) = one.speaker.as_deref() else { continue };
        let by_place = || spoke_in(lexicon, article, one).and_then(|code| office_in(lexicon, speaker, &code));
        one.speaker_id = introduction(lexicon, &article.text, speaker, outlet).or_else(by_place);
    }
    // "Its spokesperson, Qiu, said": whose, the statement before tells.
    for at in 1..found.len() {
        let owned = found[at].speaker.as_deref().is_some_and(|name| {
            let name = fold::text(name);
            name.starts_with("its spokes")
                || name.starts_with("their spokes")
                || name.starts_with("its foreign ministry")
        });
        if owned && found[at].speaker_id.is_none() {
            found[at].speaker_id = found[at - 1].speaker_id.clone();
        }
    }
    let introduced: Vec<(String, String)> =
        found.iter().filter_map(|one| one.speaker.clone().zip(one.speaker_id.clone())).collect();
    for one in found.iter_mut().filter(|one| one.speaker_id.is_none()) {
        let Some(speaker) = one.speaker.as_deref() else { continue };
        let same = |(full, _): &&(String, String)| full == speaker || ends_in_name(full, speaker);
        one.speaker_id = introduced.iter().find(same).map(|(_, id)| id.clone());
    }
}

/// Says whether a full designation ends in that name: 外交部發言人某某 in 某某, "spokesperson Ana Roe" in "Roe".
fn ends_in_name(full: &str, name: &str) -> bool {
    if !is_name(name) || full.len() <= name.len() {
        return false;
    }
    if name.chars().all(fold::is_han) {
        return full.ends_with(name);
    }
    let words: Vec<&str> = full.split(' ').collect();
    let named = words.iter().rev().take_while(|word| word.starts_with(char::is_uppercase)).take(3);
    full.ends_with(name) || named.into_iter().any(|word| *word == name)
}

/// Says whether a text can be a person's name: two to four Han characters, or up to three words with capitals.
fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    if text.chars().all(fold::is_han) {
        return (2..=4).contains(&count);
    }
    let words: Vec<&str> = text.split(' ').collect();
    words.len() <= 3 && words.iter().all(|word| word.starts_with(char::is_uppercase) && word.len() > 1)
}

/// Returns the office named right before a person's first mention.
fn introduction(lexicon: &Lexicon, text: &str, name: &str, outlet: OutletContext<'_>) -> Option<String> {
    /// No title is longer, in bytes.
    const REACH: usize = 90;
    let at = is_name(name).then(|| text.find(name)).flatten()?;
    let from = (at.saturating_sub(REACH)..=at).find(|from| text.is_char_boundary(*from))?;
    let clause = text[from..at].rsplit(['，', '。', '、', '；', '：', '「', '“', '"', ',', '.', ';', '\n']).next()?;
    let office = lexicon.actors_for(clause, outlet.country).pop()?;
    let title = clause[office.span.end..].trim();
    let is_title = title.is_empty() || TITLE.is_match(title);
    is_title.then(|| office.id.to_owned())
}

/// What may stand between an office and the name of the one who speaks for it.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:新聞|新闻|首席|副|代理|前)?(?:發言人|发言人|部長|部长|局長|局长|主任|大使|司長|司长|處長|处长|院長|院长|主席)|(?:'s |’s )?(?:\w+ )?(?:spokes\w+|minister|director|ambassador|chief|head|secretary))$",
    )
    .expect("a pattern of ours compiles")
});

/// Returns the country in whose capital a sentence has its speaker brief the press.
fn spoke_in(lexicon: &Lexicon, article: &Article, one: &Statement) -> Option<String> {
    let part = if one.place == Place::Title { &article.title } else { &article.text };
    let place = BRIEFED_IN.captures(part.get(one.sentence.clone())?)?.name("place")?;
    let state = lexicon.actors_in(place.as_str()).into_iter().find(|mention| mention.kind == ActorKind::State)?;
    state.id.split('.').next().map(str::to_owned)
}

static BRIEFED_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:briefing|press conference|news conference|told reporters) in (?P<place>[A-Z]\w+)")
        .expect("a pattern of ours compiles")
});

/// Returns the office that a name without a country has in a country.
fn office_in(lexicon: &Lexicon, name: &str, code: &str) -> Option<String> {
    let mentions = lexicon.actors_for(name, Some(code));
    mentions.into_iter().find(|mention| mention.kind != ActorKind::State).map(|mention| mention.id.to_owned())
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
    let (Some(mine), theirs) =
        (found[at].speaker_id.as_deref().map(side_of), found[at].target_id.as_deref().map(side_of))
    else {
        return false;
    };
    theirs.is_some_and(|theirs| theirs != mine)
        && found[..at].iter().any(|claim| {
            let accuses = matches!(claim.kind, StatementKind::Accuse | StatementKind::Charge) && claim.counts();
            accuses
                && claim.target_id.as_deref().map(side_of) == Some(mine)
                && claim.speaker_id.as_deref().map(side_of) != Some(mine)
        })
}

fn answered(found: &[Statement], at: usize) -> Option<usize> {
    let answer = &found[at];
    let mine = answer.speaker_id.as_deref().map(side_of)?;
    // A headline is often an answer to what the body tells later, so the whole article is looked at.
    let meant = |(other, claim): (usize, &Statement)| {
        let claims = matches!(claim.kind, StatementKind::Accuse | StatementKind::Charge | StatementKind::Warn);
        let of_me = claim.target_id.as_deref().map(side_of) == Some(mine);
        (other != at && claims && claim.counts() && of_me && claim.speaker_id.as_deref().map(side_of) != Some(mine))
            .then_some(other)
    };
    let before = found[..at].iter().enumerate().filter_map(meant).next_back();
    before.or_else(|| found.iter().enumerate().skip(at + 1).find_map(meant))
}

/// Returns the actor that a speaker's name leads to: a person who speaks for one, else the last office named, since
/// "spokesman of the Chinese embassy in London" speaks for the embassy and 中國外交部發言人 for the ministry.
fn speaker_id(lexicon: &Lexicon, table: &CueTable, name: &str, outlet: OutletContext<'_>) -> Option<String> {
    let mut mentions = lexicon.actors_for(name, outlet.country);
    mentions.retain(|mention| speaks_for(&table.phrases, name, mention));
    let person = mentions.iter().find(|mention| mention.kind == ActorKind::Person);
    let office = mentions.iter().find(|mention| {
        matches!(mention.kind, ActorKind::Agency | ActorKind::Mission | ActorKind::Military | ActorKind::Party)
    });
    person.or(office).or(mentions.first()).map(|mention| mention.id.to_owned())
}

fn target(
    lexicon: &Lexicon,
    table: &CueTable,
    scene: &Scene<'_>,
    draft: &Draft,
    claim: &str,
    speaker_id: Option<&str>,
    outlet: OutletContext<'_>,
) -> (Option<String>, Option<String>) {
    if let Some(target) = &draft.target {
        let name = match target {
            Named::Here(range) => scene.whole[scene.in_whole(range.clone())].trim().to_owned(),
            Named::Before(name) => name.clone(),
        };
        let mentions = lexicon.actors_for(&name, outlet.country);
        let id = mentions.iter().find(|mention| acts_for(table, &name, mention)).map(|mention| mention.id.to_owned());
        // "said the clerk worked for the ministry" accuses the clerk, and the ministry whose name the claim holds.
        // Where it was done, as in "was arrested in Lisbon", is nobody who did it.
        let is_place = |mention: &ActorMention<'_>| {
            let before = &claim[..mention.span.start];
            mention.kind == ActorKind::State && [" in ", " at ", " near "].iter().any(|word| before.ends_with(word))
        };
        let other = || other_side(lexicon, claim, speaker_id, outlet).filter(|mention| !is_place(mention));
        let behind = || other().map(|mention| mention.id.to_owned());
        let id = id.or_else(|| behind().filter(|_| draft.kind == StatementKind::Accuse));
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
    let other = other_side(lexicon, claim, speaker_id, outlet);
    // Who is charged stands first in a charge; 起訴替國家安全部工作的男子 charges the man.
    let other = other.filter(|mention| draft.kind != StatementKind::Charge || mention.span.start == 0);
    match other {
        Some(mention) => (Some(claim[mention.span.clone()].to_owned()), Some(mention.id.to_owned())),
        None => (None, None),
    }
}

/// Says whether one who is called so acts for an actor in the name: 某國情報人員, and no 某國前文員.
fn acts_for(table: &CueTable, name: &str, actor: &ActorMention<'_>) -> bool {
    let after = fold::text(&name[actor.span.end..]);
    if actor.kind != ActorKind::State || after.is_empty() || !after.chars().all(fold::is_han) {
        return true;
    }
    let former = after.starts_with('前') || ["退役", "籍", "裔", "公民"].iter().any(|word| after.contains(word));
    let person = table.phrases.person_ends.ends(&after) && !table.phrases.agents_of_state.stands_in(&after);
    !(former || person)
}

/// Says whether a claim names actors, and none of them on the speaker's side.
fn speaks_of_others(lexicon: &Lexicon, claim: &str, speaker_id: Option<&str>, outlet: OutletContext<'_>) -> bool {
    let Some(own) = speaker_id.and_then(|id| id.split('.').next()).filter(|side| *side != "C") else { return false };
    let sides: Vec<String> = lexicon
        .actors_for(claim, outlet.country)
        .into_iter()
        .filter_map(|mention| mention.id.split('.').next().map(str::to_owned))
        .collect();
    !sides.is_empty() && sides.iter().all(|side| side != own)
}

/// Returns the first actor in a claim who is not on the speaker's side.
fn other_side<'a>(
    lexicon: &'a Lexicon,
    claim: &str,
    speaker_id: Option<&str>,
    outlet: OutletContext<'_>,
) -> Option<ActorMention<'a>> {
    let mentions = lexicon.actors_for(claim, outlet.country);
    // Nobody acts against their own side: 國家安全部 names 中國 in what it says of others.
    // Companies are on no side, so that one can accuse another.
    let side = |id: &str| id.split('.').next().filter(|side| *side != "C").map(str::to_owned);
    let own = speaker_id.and_then(side);
    let accused = |mention: &&ActorMention<'_>| {
        let is_other = Some(mention.id) != speaker_id && (own.is_none() || side(mention.id) != own);
        mention.kind != ActorKind::Observer && is_other
    };
    mentions.iter().find(accused).cloned()
}

fn party(table: &CueTable, speaker: Option<&str>, id: Option<&str>) -> DenialParty {
    let folded = crate::fold::text(speaker.unwrap_or_default());
    if table.words.lawyer.is_match(&folded) {
        DenialParty::Lawyer
    } else if table.words.family.is_match(&folded) {
        DenialParty::Family
    // A study's own people have ids in small letters, or in none.
    } else if id.is_some_and(|id| id.starts_with(char::is_uppercase) && !id.starts_with("C.") && !id.starts_with("T."))
    {
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
