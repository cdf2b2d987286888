//! From the tables of terms.toml to [`Terms`], checking every value on the way.

use std::collections::{HashMap, HashSet};

use toml::de::DeTable;

use super::keys;
use super::problem::{ConfigProblems, Report, shown};
use super::stanza::{Found, Stanza};
use super::study::broken_stanzas;
use crate::fold;
use crate::model::{ActorKind, Lang, NameOwner, StatementKind, TermCue, TermName, TermTopic, Terms, Topic, TopicRole};

const HEADERS: &[&str] = &["[[entity]]", "[alias]", "[[cue]]", "[[topic]]"];
const LANGS: &[&str] = &["en", "zh", "zh-Hant", "zh-Hans"];
const ROLES: &[&str] = &["act", "china", "both", "elsewhere", "none"];
/// No name and no word is longer, in characters.
const LONGEST: usize = 120;
/// What a topic word may weigh; 3 is nearly always espionage, 7 decides alone.
const WEIGHTS: (f64, f64) = (0.1, 10.0);

/// Reads the whole file.
pub(super) fn read(text: &str, file_name: &str, shipped: &dyn Fn(&str) -> NameOwner) -> Result<Terms, ConfigProblems> {
    let (root, faults) = DeTable::parse_recoverable(text);
    let mut report = Report::new(file_name, text);
    let mut reader = Reader { report: &mut report, shipped, owned: HashMap::new(), cue_bytes: 0 };
    let terms = reader.terms(&Stanza::new(root.get_ref(), 0));

    let fault_places: Vec<usize> = faults.iter().map(|fault| fault.span().map_or(0, |span| span.start)).collect();
    report.forget_within(&broken_stanzas(text, &fault_places, HEADERS));
    for (fault, at) in faults.iter().zip(fault_places) {
        report.add(at, None, format!("this is not TOML: {}", shown(fault.message())), "mend the line");
    }
    match report.finish() {
        Some(problems) => Err(problems),
        None => Ok(terms),
    }
}

/// Returns why a text is no name that could be looked for; `None` when it is one.
pub(super) fn why_no_name(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if text.chars().any(char::is_control) {
        Some("holds a control character")
    } else if text.chars().count() > LONGEST {
        Some("is longer than 120 characters")
    } else if letters < 2 {
        Some("is shorter than two letters, and would be found everywhere")
    } else {
        None
    }
}

/// What is wrong with a name that is an everyday word.
pub(super) const IS_WORD: &str = "is an everyday word, and would be found everywhere";

/// Says whether this can be the id of a study's own actor.
pub(super) fn is_id(text: &str) -> bool {
    let starts_well = text.starts_with(char::is_alphanumeric);
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    starts_well && is_plain && text.chars().count() <= 40
}

/// What is known while the stanzas are read one after the other.
struct Reader<'r, 'a> {
    report: &'r mut Report<'a>,
    shipped: &'r dyn Fn(&str) -> NameOwner,
    /// The names met, folded, with the actor of each and the byte where it stands.
    owned: HashMap<String, (TermName, usize)>,
    /// Bytes of the cue words met so far.
    cue_bytes: usize,
}

/// Cue words are compiled as patterns, which have a size: all of a study's together are no longer than this, in bytes.
const MOST_CUE_BYTES: usize = 40_000;

impl Reader<'_, '_> {
    fn terms(&mut self, file: &Stanza<'_>) -> Terms {
        file.check_keys(keys::TERMS, self.report);
        let mut terms = Terms::default();
        let mut seen: HashMap<(String, ActorKind), usize> = HashMap::new();
        for stanza in file.tables("entity", "[[entity]]", self.report) {
            self.entity(&stanza, &mut seen, &mut terms);
        }
        if let Some(aliases) = file.table("alias", self.report) {
            self.aliases(&aliases, &mut terms);
        }
        for stanza in file.tables("cue", "[[cue]]", self.report) {
            terms.cues.extend(self.cue(&stanza));
        }
        for stanza in file.tables("topic", "[[topic]]", self.report) {
            terms.topics.extend(self.topic(&stanza));
        }
        terms
    }

    fn entity(&mut self, stanza: &Stanza<'_>, seen: &mut HashMap<(String, ActorKind), usize>, terms: &mut Terms) {
        stanza.check_keys(keys::ENTITY, self.report);
        let id = stanza.needed("id", "harbour-service", self.report).filter(|id| self.id_fits(stanza, id));
        let kinds: Vec<&str> = ActorKind::ALL.iter().map(|kind| kind.name()).collect();
        let kind = stanza.needed("kind", "agency", self.report).and_then(|kind| {
            let found = ActorKind::from_name(kind.value);
            if found.is_none() {
                self.not_among(stanza, "kind", kind, &kinds);
            }
            found
        });
        let names = self.words(stanza, "names", "Harbour Service");
        let (Some(id), Some(kind)) = (id, kind) else { return };
        if let Some(first) = seen.insert((id.value.to_owned(), kind), id.at) {
            let what = format!(
                "id `{}` is used for a {} at line {} too",
                shown(id.value),
                kind.name(),
                self.report.line(first)
            );
            stanza.problem(self.report, id.at, what, "put all names under one of them");
            return;
        }
        for name in names {
            self.name(stanza, name, TermName { name: name.value.to_owned(), id: id.value.to_owned(), kind }, terms);
        }
    }

    fn id_fits(&mut self, stanza: &Stanza<'_>, id: &Found<&str>) -> bool {
        let fits = is_id(id.value);
        if !fits {
            let what = format!("id `{}` has other characters than an id may have", shown(id.value));
            stanza.problem(self.report, id.at, what, "use letters, digits, `.`, `-` and `_`, 40 at most");
        }
        fits
    }

    /// Keeps a name, unless another actor has it; the same actor may have it in both scripts.
    fn name(&mut self, stanza: &Stanza<'_>, found: Found<&str>, name: TermName, terms: &mut Terms) {
        if (self.shipped)(&name.name) == NameOwner::Word {
            let what = format!("`{}` {IS_WORD}", shown(found.value));
            stanza.problem(self.report, found.at, what, "take it out, or write more of the name");
            return;
        }
        let folded = fold::text(&name.name);
        match self.owned.get(&folded) {
            Some((other, at)) if other.id != name.id => {
                let line = self.report.line(*at);
                let what =
                    format!("`{}` is a name of `{}` already, at line {line}", shown(found.value), shown(&other.id));
                stanza.problem(self.report, found.at, what, "take one of them out");
            }
            Some(_) => {}
            None => {
                self.owned.insert(folded, (name.clone(), found.at));
                terms.names.push(name);
            }
        }
    }

    fn aliases(&mut self, table: &Stanza<'_>, terms: &mut Terms) {
        let pairs = table.pairs(self.report);
        let mut left: Vec<_> = pairs.into_iter().filter(|(name, _)| self.is_name(table, *name)).collect();
        // An alias of an alias may stand in any order: each round takes those whose actor is known by now.
        loop {
            let open: HashSet<String> = left.iter().map(|(name, _)| fold::text(name.value)).collect();
            let leads_somewhere = |(name, of): &(Found<&str>, Found<&str>)| {
                let key = fold::text(of.value);
                let waits = open.contains(&key) && key != fold::text(name.value);
                !waits && matches!(self.owner(of.value), NameOwner::Actor { .. })
            };
            let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(leads_somewhere);
            left = later;
            if now.is_empty() {
                break;
            }
            for (name, of) in now {
                if let NameOwner::Actor { id, kind } = self.owner(of.value) {
                    self.name(table, name, TermName { name: name.value.to_owned(), id, kind }, terms);
                }
            }
        }
        for (_, of) in left {
            let (what, remedy) = match self.owner(of.value) {
                NameOwner::Relative { .. } => (
                    format!("whose name `{}` is, the outlet decides", shown(of.value)),
                    "write it with its country, as in 中國外交部",
                ),
                _ => (
                    format!("no actor is called `{}`", shown(of.value)),
                    "write a name that ships or one of an [[entity]] here",
                ),
            };
            table.problem(self.report, of.at, what, remedy);
        }
    }

    /// Returns whose a name is, the study's own first; an id counts as a name.
    fn owner(&self, name: &str) -> NameOwner {
        if let Some((own, _)) = self.owned.get(&fold::text(name)) {
            return NameOwner::Actor { id: own.id.clone(), kind: own.kind };
        }
        let by_id = self.owned.values().map(|(own, _)| own).find(|own| own.id == name);
        match by_id {
            Some(own) => NameOwner::Actor { id: own.id.clone(), kind: own.kind },
            None => (self.shipped)(name),
        }
    }

    fn is_name(&mut self, stanza: &Stanza<'_>, name: Found<&str>) -> bool {
        let why = why_no_name(name.value);
        if let Some(why) = why {
            let what = format!("`{}` {why}", shown(name.value));
            stanza.problem(self.report, name.at, what, "write it as texts print it, or take it out");
        }
        why.is_none()
    }

    /// Returns the words of a list that has to be there and hold something.
    fn words<'a>(&mut self, stanza: &Stanza<'a>, key: &str, example: &str) -> Vec<Found<&'a str>> {
        if !stanza.has(key) {
            let remedy = format!("add {key} = [\"{example}\"]");
            stanza.problem(self.report, stanza.at, format!("`{key}` is missing"), remedy);
            return Vec::new();
        }
        if let Some(at) = stanza.empty_list(key) {
            stanza.problem(self.report, at, format!("`{key}` is empty"), "fill it in or take it out");
        }
        let words: Vec<_> = stanza.texts(key, self.report);
        words.into_iter().filter(|word| self.is_name(stanza, *word)).collect()
    }

    fn cue(&mut self, stanza: &Stanza<'_>) -> Option<TermCue> {
        stanza.check_keys(keys::CUE, self.report);
        let kinds: Vec<&str> = StatementKind::ALL.iter().map(|kind| kind.name()).collect();
        let kind = stanza.needed("kind", "deny", self.report).and_then(|kind| {
            let found = StatementKind::from_name(kind.value);
            if found.is_none() {
                self.not_among(stanza, "kind", kind, &kinds);
            }
            found
        });
        let sub = stanza.text("sub", self.report);
        if let (Some(kind), Some(sub)) =
            (kind, sub.filter(|sub| kind.is_some_and(|kind| !kind.subs().contains(&sub.value))))
        {
            if kind.subs().is_empty() {
                stanza.problem(self.report, sub.at, format!("{} has no finer labels", kind.name()), "take `sub` out");
            } else {
                self.not_among(stanza, "sub", sub, kind.subs());
            }
        }
        let lang = stanza.needed("lang", "zh", self.report).filter(|lang| {
            let known = LANGS.contains(&lang.value);
            if !known {
                let what = format!("there are no rules for statements in `{}`", shown(lang.value));
                stanza.problem(self.report, lang.at, what, "write en or zh");
            }
            known
        });
        let words = self.words(stanza, "words", "駁為無稽");
        let words = words.into_iter().filter(|word| {
            // A backslash would be read as part of a pattern.
            let plain = !word.value.contains('\\');
            if !plain {
                stanza.problem(
                    self.report,
                    word.at,
                    "a word holds a backslash",
                    "words stand here as texts print them",
                );
            }
            let fitted = self.cue_bytes <= MOST_CUE_BYTES;
            self.cue_bytes += word.value.len();
            let fits = self.cue_bytes <= MOST_CUE_BYTES;
            if fitted && !fits {
                let what = format!("the cue words are longer than {MOST_CUE_BYTES} bytes together");
                stanza.problem(self.report, word.at, what, "keep the words that mark an act, and leave out names");
            }
            plain && fits
        });
        let words = words.map(|word| word.value.to_owned()).collect();
        Some(TermCue { kind: kind?, sub: sub.map(|sub| sub.value.to_owned()), lang: Lang::new(lang?.value), words })
    }

    fn topic(&mut self, stanza: &Stanza<'_>) -> Option<TermTopic> {
        stanza.check_keys(keys::TOPIC, self.report);
        let names: Vec<&str> = Topic::ALL.iter().map(|topic| topic.name()).collect();
        let role = stanza.needed("role", "act", self.report);
        let topic = stanza.text("topic", self.report).and_then(|topic| {
            let found = Topic::from_name(topic.value);
            if found.is_none() {
                self.not_among(stanza, "topic", topic, &names);
            }
            found.map(|found| (found, topic.at))
        });
        let weight = stanza.number("weight", WEIGHTS, self.report);
        let words = self.words(stanza, "words", "honeytrap").into_iter().map(|word| word.value.to_owned()).collect();
        let role = role?;
        let of = topic.map_or(Topic::Other, |(topic, _)| topic);
        let (role, usual) = match role.value {
            "act" => (TopicRole::Act(of), 2.0),
            "both" => (TopicRole::Both(of), 4.0),
            "china" => (TopicRole::China, 1.0),
            "elsewhere" => (TopicRole::Elsewhere, 1.0),
            "none" => (TopicRole::None, 0.0),
            _ => {
                self.not_among(stanza, "role", role, ROLES);
                return None;
            }
        };
        let has_topic = matches!(role, TopicRole::Act(_) | TopicRole::Both(_));
        if let Some((_, at)) = topic.filter(|_| !has_topic) {
            stanza.problem(self.report, at, "`topic` goes with the roles act and both", "take it out");
        }
        Some(TermTopic { role, weight: weight.unwrap_or(usual), words })
    }

    fn not_among(&mut self, stanza: &Stanza<'_>, key: &str, written: Found<&str>, choices: &[&str]) {
        let what = format!("{key} `{}` is not known", shown(written.value));
        let remedy = match keys::nearest(written.value, choices) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", choices.join(", ")),
        };
        stanza.problem(self.report, written.at, what, remedy);
    }
}
