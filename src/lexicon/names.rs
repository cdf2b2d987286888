//! From the tables of actors to names: which name leads to whom.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Deserialize;

use super::actors::Actors;
use super::cues::{Grammar, everyday};
use crate::fold::{self, Folded};
use crate::model::{ActorKind, NameOwner, TermName};

/// What a name stands for.
#[derive(Debug)]
pub(super) enum Named {
    /// Always the same actor's.
    Fixed {
        /// Its id.
        id: String,
        /// Its sort.
        kind: ActorKind,
    },
    /// A state: by itself, or before an office as in 德國警方 and "Germany's police".
    State {
        /// Its code.
        code: String,
        /// The id of the state as an actor.
        id: String,
        /// True when an office can follow it at once, as in "US police".
        adjective: bool,
    },
    /// What stands for a state before an office only: "German".
    Adjective {
        /// Its code.
        code: String,
    },
    /// What every state has and is nobody's by itself: 警方.
    Office {
        /// As the table of offices calls it.
        office: String,
    },
    /// The outlet's country decides.
    Relative {
        /// The actor by the outlet's country.
        by_country: BTreeMap<String, String>,
        /// The actor where that says nothing, but for the countries of `open`.
        elsewhere: Option<String>,
        /// Countries in whose outlets it can be anybody's.
        open: Vec<String>,
        /// As the table of offices calls it.
        office: String,
    },
    /// 駐英國大使館, whose country stands before it.
    Mission,
    /// A false friend: it covers the names inside it and is none.
    Nobody,
}

/// A name that is none when it stands beside certain characters: 法方 in 司法方面.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unless {
    /// How the name ends, or all of it.
    pub(super) ending: String,
    /// What stands right before the name.
    #[serde(default)]
    pub(super) after: String,
    /// What stands right behind it.
    #[serde(default)]
    pub(super) before: String,
}

/// A news agency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    /// What it is called.
    pub(super) names: Vec<String>,
    /// The country whose offices its texts mean by a bare name; where it writes from decides when there is none.
    #[serde(default)]
    pub(super) country: Option<String>,
}

/// All names, with whose they are.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// Each name with the number of its owner in `named`.
    pub(super) words: BTreeMap<String, usize>,
    /// The owners.
    pub(super) named: Vec<Named>,
    /// The names of the hacking groups.
    pub(super) threat_names: Vec<String>,
    /// When a name is none.
    pub(super) unless: Vec<Unless>,
    /// By the code of a country: its offices, each by its name in the table with its id and sort.
    pub(super) offices: BTreeMap<String, BTreeMap<String, (String, ActorKind)>>,
    /// What stands for a country in one character before 駐.
    pub(super) homes: BTreeMap<char, String>,
    /// Folded names of places from which agencies write, with the country of each.
    pub(super) places: HashMap<String, String>,
    /// The news agencies.
    pub(super) providers: Vec<Provider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    country: Vec<Country>,
    office: Vec<Office>,
    province: Vec<Province>,
    actor: Vec<Actor>,
    relative: Vec<Relative>,
    none: Vec<Plain>,
    unless: Vec<Unless>,
    provider: Vec<Provider>,
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
    /// What stands for the country behind 駐, and for nothing else: 駐華大使館.
    #[serde(default)]
    hosts: Vec<String>,
    /// Other places from which agencies write.
    #[serde(default)]
    places: Vec<String>,
    /// Offices that have another id here than elsewhere.
    #[serde(default)]
    ids: BTreeMap<String, String>,
    /// True where outlets write of other countries' offices as of their own readers' daily news, so that a bare name
    /// there says nothing.
    #[serde(default)]
    undecided: bool,
}

impl Country {
    /// Returns the id of one of its offices.
    fn id(&self, office: &str) -> String {
        format!("{}.{}", self.code, self.ids.get(office).map_or(office, String::as_str))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    id: String,
    kind: ActorKind,
    en: Vec<String>,
    zh: Vec<String>,
}

/// A province or city of the PRC whose state security office is named in the news.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    en: String,
    /// Without 省 or 市.
    zh: String,
    /// True when it is a city under the central government, whose office is a bureau.
    #[serde(default)]
    city: bool,
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
    /// Whose it is in all other outlets, but for those of `open`.
    #[serde(default)]
    elsewhere: Option<String>,
    /// Countries in whose outlets it can be anybody's.
    #[serde(default)]
    open: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    names: Vec<String>,
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

impl Roster {
    /// Reads the shipped tables and a study's own names, which override the shipped ones that read the same.
    pub(super) fn new(own: &[TermName]) -> Self {
        let mut roster = Self::shipped();
        let overridden: HashSet<String> = own.iter().map(|name| fold::text(&name.name)).collect();
        if !overridden.is_empty() {
            roster.words.retain(|word, _| !overridden.contains(&fold::text(word)));
        }
        for name in own {
            roster.fixed([name.name.clone()], &name.id, name.kind);
        }
        roster
    }

    fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("actors.toml")).expect("a test reads the shipped table");
        let threats: ThreatFile =
            toml::from_str(include_str!("threat-actors.toml")).expect("a test reads the shipped table");
        let mut roster = Self { unless: file.unless, providers: file.provider, ..Self::default() };
        roster.threat_names = threats.threat.iter().flat_map(|threat| threat.names.clone()).collect();
        // What is added first wins where the same name is given twice.
        let nobody: Vec<String> = file.none.into_iter().flat_map(|group| group.names).collect();
        roster.add(nobody, Named::Nobody);
        for actor in file.actor {
            roster.fixed(actor.names, &actor.id, actor.kind);
        }
        for threat in threats.threat {
            roster.fixed(threat.names, &threat.id, ActorKind::ThreatActor);
        }
        for province in &file.province {
            let id = format!("CN.mss-{}", province.en.to_lowercase().replace(' ', "-"));
            roster.fixed(province.names(), &id, ActorKind::Agency);
        }
        for country in &file.country {
            roster.country(country, &file.office);
        }
        for relative in file.relative {
            roster.relative(relative, &file.country);
        }
        for office in file.office {
            roster.add(office.en.into_iter().chain(office.zh), Named::Office { office: office.id });
        }
        let hosts = || file.country.iter().flat_map(|host| host.prefixes.iter().chain(&host.hosts));
        let missions = ["大使館", "使館", "大使", "總領館", "總領事館", "總領事", "公使", "代表處"];
        let abroad = hosts().flat_map(|host| missions.map(|mission| format!("駐{host}{mission}")));
        roster.add(abroad.collect::<Vec<_>>(), Named::Mission);
        roster
    }

    fn country(&mut self, country: &Country, offices: &[Office]) {
        let of = |office: &Office| (office.id.clone(), (country.id(&office.id), office.kind));
        self.offices.insert(country.code.clone(), offices.iter().map(of).collect());
        let (short, long): (Vec<&String>, Vec<&String>) =
            country.prefixes.iter().chain(&country.abroad).partition(|prefix| prefix.chars().count() == 1);
        self.homes.extend(short.iter().filter_map(|home| Some((home.chars().next()?, country.code.clone()))));
        let state = |adjective| Named::State { code: country.code.clone(), id: country.id("gov"), adjective };
        let (adjectives, names): (Vec<&String>, Vec<&String>) =
            country.names.iter().partition(|name| country.adjectives.contains(name));
        self.add(adjectives.into_iter().cloned(), state(true));
        self.add(names.into_iter().chain(long).cloned(), state(false));
        self.add(country.adjectives.iter().cloned(), Named::Adjective { code: country.code.clone() });
        let short: Vec<&String> = country.prefixes.iter().filter(|prefix| prefix.chars().count() == 1).collect();
        for office in offices {
            // 陸海軍 are the army and the navy, and 美國會 most often opens what America will do.
            let fits = |zh: &&String| office.kind != ActorKind::Military && *zh != "國會";
            let names =
                office.zh.iter().filter(fits).flat_map(|zh| short.iter().map(move |prefix| format!("{prefix}{zh}")));
            self.fixed(names.collect::<Vec<_>>(), &country.id(&office.id), office.kind);
        }
        let places = country.names.iter().chain(&country.places);
        self.places.extend(places.map(|name| (fold::text(name), country.code.clone())));
    }

    fn relative(&mut self, relative: Relative, countries: &[Country]) {
        let mut by_country = BTreeMap::new();
        for country in countries.iter().filter(|country| !country.undecided) {
            let meant = relative.proxy.get(&country.code).unwrap_or(&country.code);
            if relative.only.is_empty() || relative.only.contains(meant) {
                let owner = countries.iter().find(|country| country.code == *meant).unwrap_or(country);
                by_country.insert(country.code.clone(), owner.id(&relative.office));
            }
        }
        let Relative { names, office, elsewhere, open, .. } = relative;
        self.add(names, Named::Relative { by_country, elsewhere, open, office });
    }

    fn fixed(&mut self, names: impl IntoIterator<Item = String>, id: &str, kind: ActorKind) {
        self.add(names, Named::Fixed { id: id.to_owned(), kind });
    }

    fn add(&mut self, names: impl IntoIterator<Item = String>, named: Named) {
        let number = self.named.len();
        self.named.push(named);
        for name in names {
            if name.contains('\'') {
                self.words.entry(name.replace('\'', "’")).or_insert(number);
            }
            self.words.entry(name).or_insert(number);
        }
    }
}

/// Whose the shipped names are.
#[derive(Debug)]
pub struct Names {
    /// By the folded name, and by the id.
    owners: HashMap<String, NameOwner>,
    /// For names that are made of two: 德國外交部.
    actors: Actors,
    /// Words of grammar and verbs of saying, which are nobody's name.
    everyday: [Grammar; 2],
}

impl Names {
    /// Reads the names that ship with the program.
    pub fn shipped() -> Self {
        let roster = Roster::shipped();
        let mut owners = HashMap::new();
        for (word, number) in &roster.words {
            let owner = match &roster.named[*number] {
                Named::Fixed { id, kind } => NameOwner::Actor { id: id.clone(), kind: *kind },
                Named::State { id, .. } => NameOwner::Actor { id: id.clone(), kind: ActorKind::State },
                Named::Relative { by_country, .. } => {
                    let candidates: BTreeSet<&String> = by_country.values().collect();
                    NameOwner::Relative { candidates: candidates.into_iter().cloned().collect() }
                }
                Named::Office { office } => {
                    let of = |offices: &BTreeMap<String, (String, ActorKind)>| Some(offices.get(office)?.0.clone());
                    NameOwner::Relative { candidates: roster.offices.values().filter_map(of).collect() }
                }
                Named::Adjective { .. } | Named::Mission | Named::Nobody => continue,
            };
            owners.entry(fold::text(word)).or_insert(owner);
        }
        let mut ids: HashMap<String, NameOwner> = HashMap::new();
        let fixed = roster.named.iter().filter_map(|named| match named {
            Named::Fixed { id, kind } => Some((id, *kind)),
            Named::State { id, .. } => Some((id, ActorKind::State)),
            _ => None,
        });
        for (id, kind) in fixed.chain(roster.offices.values().flat_map(BTreeMap::values).map(|(id, kind)| (id, *kind)))
        {
            // An office before the people who speak for it.
            let is_better = matches!(ids.get(id), None | Some(NameOwner::Actor { kind: ActorKind::Person, .. }));
            if is_better {
                ids.insert(id.clone(), NameOwner::Actor { id: id.clone(), kind });
            }
        }
        owners.extend(ids);
        Self { owners, actors: Actors::new(roster), everyday: everyday() }
    }

    /// Returns whose a name is; an id counts as a name.
    pub fn owner(&self, name: &str) -> NameOwner {
        let found = self.owners.get(&fold::text(name)).or_else(|| self.owners.get(name));
        let made = || {
            let mention = self.actors.find(name, &Folded::new(name), None).into_iter().next()?;
            let id = mention.id.to_owned();
            (mention.span == (0..name.len())).then_some(NameOwner::Actor { id, kind: mention.kind })
        };
        found
            .cloned()
            .or_else(made)
            .unwrap_or_else(|| if self.is_word(name) { NameOwner::Word } else { NameOwner::Nobody })
    }
}

impl Names {
    /// What is written in capitals is found in capitals only, and may well be a name: WHO.
    fn is_word(&self, name: &str) -> bool {
        let is_acronym = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
        let folded = fold::text(name);
        !is_acronym && self.everyday.iter().any(|grammar| grammar.class(&folded).is_some())
    }
}

impl Province {
    /// Returns what its state security office is called: 上海市國家安全局, 江蘇省國家安全廳.
    fn names(&self) -> Vec<String> {
        let (unit, office, short) = if self.city { ("市", "局", "國安局") } else { ("省", "廳", "國安廳") };
        let (en, zh) = (&self.en, &self.zh);
        let word = if self.city { "Bureau" } else { "Department" };
        vec![
            format!("{zh}{unit}國家安全{office}"),
            format!("{zh}國家安全{office}"),
            format!("{zh}{unit}{short}"),
            format!("{zh}{short}"),
            // What outlets abroad call either.
            format!("{zh}國安局"),
            format!("{zh}國家安全局"),
            format!("{en} State Security {word}"),
            format!("{en} {word} of State Security"),
            format!("{en} State Security Bureau"),
            format!("{en} State Security Department"),
            format!("{word} of State Security in {en}"),
        ]
    }
}
