//! The base of actors: who is named, under which id, in any of the three scripts.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::matcher::Matcher;
use crate::fold::Folded;

/// An actor named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention<'a> {
    /// The canonical actor, such as `CN.mfa`.
    pub id: &'a str,
    /// Bytes of the text as printed.
    pub span: Range<usize>,
    /// What sort of actor it is.
    pub kind: ActorKind,
}

/// The sorts of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A state as a whole, by its name, its capital or its government.
    State,
    /// A ministry, service, prosecutor or court.
    Agency,
    /// An armed force.
    Military,
    /// A party or one of its organs.
    Party,
    /// An embassy or an ambassador.
    Mission,
    /// A person who speaks for the actor of that id.
    Person,
    /// An alliance or association.
    Group,
    /// A company.
    Company,
    /// A hacking group that reports attribute to the PRC.
    ThreatActor,
}

/// The actors, compiled.
#[derive(Debug)]
pub(super) struct Actors {
    matcher: Matcher,
    /// By the number of a name.
    named: Vec<Named>,
    threat_names: Vec<String>,
}

#[derive(Debug)]
enum Named {
    Fixed { id: String, kind: ActorKind },
    Relative { by_country: BTreeMap<String, String>, elsewhere: Option<String>, kind: ActorKind },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    country: Vec<Country>,
    office: Vec<Office>,
    actor: Vec<Actor>,
    relative: Vec<Relative>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    code: String,
    names: Vec<String>,
    adjectives: Vec<String>,
    prefixes: Vec<String>,
    /// What stands for the country before 駐 in the name of an embassy.
    #[serde(default)]
    abroad: Vec<String>,
    /// True where outlets write of other countries' offices as of their own readers' daily news, so that a bare name
    /// there says nothing.
    #[serde(default)]
    undecided: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    id: String,
    kind: ActorKind,
    en: Vec<String>,
    zh: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Actor {
    id: String,
    kind: ActorKind,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relative {
    names: Vec<String>,
    office: String,
    /// Countries in whose outlets another country's office is meant.
    #[serde(default)]
    proxy: BTreeMap<String, String>,
    /// The only countries in whose outlets it is meant at all; any country when empty.
    #[serde(default)]
    only: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThreatFile {
    threat: Vec<Threat>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Threat {
    id: String,
    names: Vec<String>,
}

impl Actors {
    /// Compiles the shipped tables.
    pub(super) fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("actors.toml")).expect("a test reads the shipped table");
        let threats: ThreatFile =
            toml::from_str(include_str!("threat-actors.toml")).expect("a test reads the shipped table");
        let mut build = Build::default();
        let threat_names = threats.threat.iter().flat_map(|threat| threat.names.clone()).collect();
        // What is added first wins where the same name is given twice.
        for actor in file.actor {
            build.fixed(actor.names, &actor.id, actor.kind);
        }
        for threat in threats.threat {
            build.fixed(threat.names, &threat.id, ActorKind::ThreatActor);
        }
        for country in &file.country {
            build.fixed(country.names.clone(), &format!("{}.gov", country.code), ActorKind::State);
            for office in &file.office {
                // Taiwan's ministry keeps the short name it uses itself.
                let office_id = if country.code == "TW" && office.id == "mfa" { "mofa" } else { &office.id };
                let id = format!("{}.{office_id}", country.code);
                build.fixed(office_names(country, office), &id, office.kind);
            }
        }
        for country in &file.country {
            let long = country.prefixes.iter().filter(|prefix| prefix.chars().count() > 1);
            for home in country.abroad.iter().chain(long) {
                build.fixed(mission_names(home, &file.country), &format!("{}.emb", country.code), ActorKind::Mission);
            }
        }
        for relative in file.relative {
            build.relative(relative, &file.country);
        }
        build.finish(threat_names)
    }

    /// Returns the names of the hacking groups.
    pub(super) fn threat_names(&self) -> Vec<String> {
        self.threat_names.clone()
    }

    /// Returns where actors are named, relative names and all, in bytes of the folded text.
    pub(super) fn places(&self, print: &str, folded: &Folded) -> Vec<(Range<usize>, ActorKind)> {
        let kind = |number: usize| match &self.named[number] {
            Named::Fixed { kind, .. } | Named::Relative { kind, .. } => *kind,
        };
        self.matcher.find(print, folded).into_iter().map(|hit| (hit.folded, kind(hit.number))).collect()
    }

    /// Finds the actors named in a text.
    pub(super) fn find<'a>(&'a self, text: &str, folded: &Folded, country: Option<&str>) -> Vec<ActorMention<'a>> {
        let hits = self.matcher.find(text, folded);
        let mention = |hit: super::matcher::Hit| {
            let (id, kind) = match &self.named[hit.number] {
                Named::Fixed { kind: ActorKind::Agency, .. } if is_tail_of_a_name(text, &hit.print) => return None,
                Named::Fixed { id, kind } => (id, kind),
                // 奥尔兰国防部 and "Aldland's defence ministry" are another country's, known to the table or not.
                Named::Relative { .. } if belongs_to_another(&text[..hit.print.start]) => return None,
                Named::Relative { by_country, elsewhere, kind } => {
                    (country.and_then(|code| by_country.get(code)).or(elsewhere.as_ref())?, kind)
                }
            };
            Some(ActorMention { id, span: hit.print, kind: *kind })
        };
        hits.into_iter().filter_map(mention).collect()
    }
}

/// Says whether an agency with a country of one character is the tail of a longer name: 港警方 in 北港警方.
fn is_tail_of_a_name(text: &str, print: &Range<usize>) -> bool {
    let mut name = text[print.clone()].chars();
    let short = name.next().is_some_and(|first| "港陸陆美英德法俄日韓韩台臺澳加印中".contains(first))
        && name.next().is_some_and(|second| !"國国共方".contains(second));
    short && belongs_to_another(&text[..print.start])
}

/// Says whether the words before an office name make it somebody else's: a possessive, a capitalised word, or a Han
/// character that is no word of grammar.
fn belongs_to_another(before: &str) -> bool {
    /// Characters that end a clause's opening and not a country's name.
    const GRAMMAR: &str = "由和及與与跟同向對对就據据稱称說说在是指斥批轟轰促請请籲吁訪访訊讯但而並并且經经令讓让被遭時时前後后日我本該该使將将到從从往至叫問问告即亦也又都曾已的按照依為为因若如昨今晚早午天";
    let tail = before.trim_end();
    let Some(last) = tail.chars().next_back() else { return false };
    if crate::fold::is_han(last) {
        return tail.len() == before.len() && !GRAMMAR.contains(last);
    }
    let word = tail.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let possessive = word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’");
    // The first word of a sentence has a capital in any case.
    let named = word.starts_with(char::is_uppercase)
        && !matches!(word, "The" | "A" | "And" | "But")
        && word.ends_with(char::is_alphabetic);
    possessive || named
}

/// Returns the names that a country gives an office, such as "German police" and 德國警方.
fn office_names(country: &Country, office: &Office) -> Vec<String> {
    let mut names = Vec::new();
    for en in &office.en {
        names.extend(country.adjectives.iter().map(|adjective| format!("{adjective} {en}")));
        let latin = country.names.iter().filter(|name| name.is_ascii());
        names.extend(latin.flat_map(|name| [format!("{name}'s {en}"), format!("{name}’s {en}")]));
    }
    for zh in &office.zh {
        names.extend(country.prefixes.iter().map(|prefix| format!("{prefix}{zh}")));
    }
    names
}

/// Returns what the missions of a country are called in each of the others: 中國駐德國大使館.
fn mission_names(home: &str, hosts: &[Country]) -> Vec<String> {
    let hosts = hosts.iter().flat_map(|host| &host.prefixes);
    let offices = ["大使館", "使館", "大使", "總領館", "總領事館"];
    hosts.flat_map(|host| offices.map(|office| format!("{home}駐{host}{office}"))).collect()
}

#[derive(Default)]
struct Build {
    words: BTreeMap<String, usize>,
    named: Vec<Named>,
}

impl Build {
    fn fixed(&mut self, names: Vec<String>, id: &str, kind: ActorKind) {
        self.add(names, Named::Fixed { id: id.to_owned(), kind });
    }

    fn relative(&mut self, relative: Relative, countries: &[Country]) {
        let mut by_country = BTreeMap::new();
        for country in countries.iter().filter(|country| !country.undecided) {
            let meant = relative.proxy.get(&country.code).unwrap_or(&country.code);
            if relative.only.is_empty() || relative.only.contains(meant) {
                let office = if meant == "TW" && relative.office == "mfa" { "mofa" } else { &relative.office };
                by_country.insert(country.code.clone(), format!("{meant}.{office}"));
            }
        }
        let kind = ActorKind::Agency;
        self.add(relative.names, Named::Relative { by_country, elsewhere: None, kind });
    }

    fn add(&mut self, names: Vec<String>, named: Named) {
        let number = self.named.len();
        self.named.push(named);
        for name in names {
            self.words.entry(name).or_insert(number);
        }
    }

    fn finish(self, threat_names: Vec<String>) -> Actors {
        let matcher = Matcher::new(self.words.iter().map(|(word, number)| (word.as_str(), *number)));
        Actors { matcher, named: self.named, threat_names }
    }
}
