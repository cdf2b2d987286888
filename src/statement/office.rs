//! For whom a speaker speaks. A name in the phrase for a speaker is not yet the one who speaks: the embassy of a state
//! speaks for it, its critics and its former ambassadors do not.

use crate::fold;
use crate::lexicon::{ActorKind, ActorMention, Phrases};

/// Says whether somebody who is called so speaks for an actor that is named in what they are called.
pub(super) fn speaks_for(phrases: &Phrases, name: &str, actor: &ActorMention<'_>) -> bool {
    if matches!(actor.kind, ActorKind::Person | ActorKind::Observer) {
        return true;
    }
    let (before, after) = (fold::text(&name[..actor.span.start]), fold::text(&name[actor.span.end..]));
    if name.chars().any(fold::is_han) {
        in_chinese(phrases, &before, &after, actor.kind)
    } else {
        in_english(phrases, &before, &after, actor.kind)
    }
}

fn in_english(phrases: &Phrases, before: &str, after: &str, kind: ActorKind) -> bool {
    // "anti-Beijing group", "pro-China MP", "ex-MI5 officer".
    if before.ends_with('-') {
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    // What stands before the last comma is another phrase for the same speaker.
    let before = before.trim_end();
    let mut lead = words(before.rsplit(',').next().unwrap_or(before));
    let own = after.trim_start_matches("'s").trim_start_matches("’s");
    let head = words(&own[..phrases.leads_on.iter().filter_map(|word| own.find(word)).min().unwrap_or(own.len())]);
    let no_one = |words: &[String]| words.iter().any(|word| phrases.not_for.has(word));
    let official = |words: &[String]| words.iter().any(|word| phrases.speaks_for.begins(word));
    if no_one(&lead) || no_one(&head) {
        return false;
    }
    let leads = lead.iter().all(|word| phrases.before_office.has(word));
    // "a spokesman for the embassy".
    while lead.last().is_some_and(|word| matches!(word.as_str(), "the" | "a" | "an" | "its" | "their")) {
        lead.pop();
    }
    let join = lead.last().map(String::as_str).unwrap_or_default();
    let joined = [" and ", ", ", " or "].iter().any(|join| own.starts_with(join));
    match kind {
        ActorKind::State => match join {
            "for" | "of" | "from" | "at" => official(&lead[..lead.len() - 1]),
            // "officials in Beijing", and not "the embassy in London".
            "in" => lead.len() > 1 && phrases.seated_in.begins(&lead[lead.len() - 2]),
            "and" => true,
            _ => leads && (head.is_empty() || joined || official(&head)),
        },
        ActorKind::Company => true,
        _ => {
            leads
                || before.ends_with(',')
                || matches!(join, "for" | "of" | "from" | "at" | "in" | "by" | "and" | "s")
                // "the cyber agency CISA".
                || official(&lead[lead.len().saturating_sub(1)..])
        }
    }
}

fn in_chinese(phrases: &Phrases, before: &str, after: &str, kind: ActorKind) -> bool {
    // 遭中国拘押的商人: what stands behind 的 speaks.
    let modifies = after.find('的').is_some_and(|at| at > 0);
    if modifies || phrases.not_for.stands_in(after) || phrases.leads_on.ends(before) {
        return false;
    }
    let joined = after.starts_with(['和', '与', '及', '、', '(', ',']);
    kind != ActorKind::State || after.is_empty() || joined || phrases.speaks_for.stands_in(after)
}
