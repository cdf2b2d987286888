//! From the tables of feeds.toml to a [`Study`], checking every value on the way.

use std::collections::HashMap;
use std::ops::Range;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use toml::de::DeTable;
use url::Url;

use super::keys;
use super::problem::{ConfigProblems, Report, shown};
use super::stanza::{Found, Stanza};
use crate::html;
use crate::model::{
    EntryPoint, EntryPointKind, FeedSource, Lang, ListingSelectors, OwnerKind, PageRule, SourceId, Study,
};
use crate::pattern;

/// What a study is called when its file does not say.
const UNNAMED: &str = "study";

const OWNERS: &[OwnerKind] = &[
    OwnerKind::StateMedia,
    OwnerKind::PublicBroadcaster,
    OwnerKind::Private,
    OwnerKind::Wire,
    OwnerKind::Aggregator,
    OwnerKind::Government,
    OwnerKind::Institute,
];

const KINDS: &[&str] = &["feed", "sitemap", "page"];

/// Reads the whole file.
pub(super) fn read(text: &str, file_name: &str) -> Result<Study, ConfigProblems> {
    let (root, faults) = DeTable::parse_recoverable(text);
    let mut report = Report::new(file_name, text);
    let mut reader =
        Reader { report: &mut report, zones: TimeZoneDatabase::bundled(), ids: HashMap::new(), urls: HashMap::new() };
    let study = reader.study(&Stanza::new(root.get_ref(), 0));

    // What a broken stanza lacks may stand in the very line that does not read, so its other problems wait.
    let fault_places: Vec<usize> = faults.iter().map(|fault| fault.span().map_or(0, |span| span.start)).collect();
    report.forget_within(&broken_stanzas(text, &fault_places, &["[[source]]", "[study]"]));
    for (fault, at) in faults.iter().zip(fault_places) {
        report.add(at, None, format!("this is not TOML: {}", shown(fault.message())), "mend the line");
    }
    match report.finish() {
        Some(problems) => Err(problems),
        None => Ok(study),
    }
}

/// Returns the stretches of the text, from one of the headers to the next, that hold a fault.
pub(super) fn broken_stanzas(text: &str, faults: &[usize], headers: &[&str]) -> Vec<Range<usize>> {
    if faults.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let header = line.trim_start();
        if headers.iter().any(|known| header.starts_with(known)) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let stanzas = starts.iter().copied().zip(ends).map(|(start, end)| start..end);
    stanzas.filter(|stanza| faults.iter().any(|fault| stanza.contains(fault))).collect()
}

/// What is known while the stanzas are read one after the other.
struct Reader<'r, 'a> {
    report: &'r mut Report<'a>,
    /// The zones that ship with the program, so that a file reads the same on every machine.
    zones: TimeZoneDatabase,
    /// The ids met, and the byte of each.
    ids: HashMap<String, usize>,
    /// The addresses met, and the byte of each.
    urls: HashMap<String, usize>,
}

impl Reader<'_, '_> {
    fn study(&mut self, file: &Stanza<'_>) -> Study {
        file.check_keys(keys::FILE, self.report);
        let is_empty = !keys::FILE.iter().any(|key| file.has(key));
        if is_empty {
            file.problem(
                self.report,
                0,
                "nothing is watched",
                "add a [[source]] with an id, a name and a [[source.entry]]",
            );
        }
        let mut study = Study {
            name: UNNAMED.to_owned(),
            contact: None,
            zone: TimeZone::UTC,
            allow_hosts: Vec::new(),
            sources: Vec::new(),
        };
        if let Some(head) = file.table("study", self.report) {
            self.head(&head, &mut study);
        }
        for stanza in file.tables("source", "[[source]]", self.report) {
            study.sources.extend(self.source(stanza));
        }
        study
    }

    fn head(&mut self, head: &Stanza<'_>, study: &mut Study) {
        head.check_keys(keys::STUDY, self.report);
        if let Some(name) = head.text("name", self.report) {
            study.name = name.value.to_owned();
        }
        study.contact = self.contact(head);
        if let Some(zone) = head.text("zone", self.report).and_then(|zone| self.zone(head, zone)) {
            study.zone = zone;
        }
        for host in head.texts("allow_hosts", self.report) {
            if is_host(host.value) {
                study.allow_hosts.push(host.value.to_ascii_lowercase());
                continue;
            }
            let what = format!("`{}` is no host", shown(host.value));
            head.problem(self.report, host.at, what, "write `host` or `host:port`, without http:// and without a path");
        }
    }

    /// The contact goes into a header of each request, which holds printable ASCII only.
    fn contact(&mut self, head: &Stanza<'_>) -> Option<String> {
        let contact = head.text("contact", self.report)?;
        let fits = contact.value.chars().all(|c| c == ' ' || c.is_ascii_graphic());
        if !fits {
            let remedy = "give a mailbox or an address in plain ASCII, because it is sent in a header";
            head.problem(self.report, contact.at, "`contact` cannot be sent", remedy);
            return None;
        }
        Some(contact.value.to_owned())
    }

    /// Reads one source; `None` when it lacks something that it cannot be without.
    fn source<'a>(&mut self, stanza: Stanza<'a>) -> Option<FeedSource> {
        let written_id = stanza.needed("id", "example", self.report);
        let stanza = stanza.of_source(written_id.map(|id| id.value));
        stanza.check_keys(keys::SOURCE, self.report);

        // Everything is read before anything is given up, so that all problems of the source are found.
        let id = written_id.and_then(|id| self.id(&stanza, id));
        let name = stanza.needed("name", "Example News", self.report);
        let lang = stanza.text("lang", self.report).and_then(|lang| self.lang(&stanza, lang));
        let country = stanza.needed("country", "HK", self.report).and_then(|country| self.country(&stanza, country));
        let owner = stanza.needed("owner", "private", self.report).and_then(|owner| self.owner(&stanza, owner));
        let zone = stanza.needed("zone", "Asia/Hong_Kong", self.report).and_then(|zone| self.zone(&stanza, zone));
        let verified = stanza.day("verified", self.report);
        let enabled = stanza.flag("enabled", true, self.report);
        let full_text = stanza.flag("full_text", false, self.report);
        let note = stanza.text("note", self.report).map(|note| note.value.to_owned());
        let page = stanza.table("page", self.report).map(|page| self.page_rule(&page));
        let entry_points = self.entry_points(&stanza);

        Some(FeedSource {
            id: id?,
            name: name?.value.to_owned(),
            lang,
            country: country?,
            owner: owner?,
            zone: zone?,
            full_text,
            enabled,
            verified,
            note,
            page,
            entry_points,
        })
    }

    fn id(&mut self, stanza: &Stanza<'_>, id: Found<&str>) -> Option<SourceId> {
        let Ok(source_id) = SourceId::new(id.value) else {
            let what = "the id has other characters than an id may have";
            let remedy = "use lower-case letters, digits and `-`, starting with a letter, 40 at most";
            stanza.problem(self.report, id.at, what, remedy);
            return None;
        };
        if self.ids.insert(id.value.to_owned(), id.at).is_some() {
            stanza.problem(self.report, id.at, "the id is used twice", "give one of them another id");
            return None;
        }
        Some(source_id)
    }

    fn lang(&mut self, stanza: &Stanza<'_>, lang: Found<&str>) -> Option<Lang> {
        let mut parts = lang.value.split('-');
        let language = parts.next().unwrap_or_default();
        let script = parts.next();
        let language_fits = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let script_fits =
            script.is_none_or(|script| script.len() == 4 && script.bytes().all(|b| b.is_ascii_alphabetic()));
        let chinese_has_script = language != "zh" || matches!(script, Some("Hant" | "Hans"));
        if language_fits && script_fits && chinese_has_script && parts.next().is_none() {
            return Some(Lang::new(lang.value));
        }
        let what = format!("lang `{}` is no language tag as used here", shown(lang.value));
        stanza.problem(
            self.report,
            lang.at,
            what,
            "write en, de, ja ..., and for Chinese zh-Hant or zh-Hans, without a region",
        );
        None
    }

    fn country(&mut self, stanza: &Stanza<'_>, country: Found<&str>) -> Option<String> {
        let is_code = country.value.len() == 2 && country.value.bytes().all(|b| b.is_ascii_uppercase());
        if is_code {
            return Some(country.value.to_owned());
        }
        let what = format!("country `{}` is not two capital letters", shown(country.value));
        let raised = country.value.to_ascii_uppercase();
        let raised_is_code = raised.len() == 2 && raised.bytes().all(|b| b.is_ascii_uppercase());
        let remedy =
            if raised_is_code { format!("write `{raised}`") } else { "write its ISO 3166 code, or XX".to_owned() };
        stanza.problem(self.report, country.at, what, remedy);
        None
    }

    fn owner(&mut self, stanza: &Stanza<'_>, owner: Found<&str>) -> Option<OwnerKind> {
        let found = OWNERS.iter().copied().find(|kind| kind.name() == owner.value);
        if found.is_none() {
            let names: Vec<_> = OWNERS.iter().map(|kind| kind.name()).collect();
            self.not_among(stanza, "owner", owner, &names);
        }
        found
    }

    fn zone(&mut self, stanza: &Stanza<'_>, zone: Found<&str>) -> Option<TimeZone> {
        let found = self.zones.get(zone.value).ok().filter(|zone| !zone.is_unknown());
        if found.is_none() {
            let what = format!("zone `{}` is not known", shown(zone.value));
            stanza.problem(self.report, zone.at, what, "write a name like Asia/Hong_Kong, Europe/London or UTC");
        }
        found
    }

    fn page_rule(&mut self, stanza: &Stanza<'_>) -> PageRule {
        stanza.check_keys(keys::PAGE, self.report);
        let author_is_provider = stanza.flag("author_is_provider", false, self.report);
        let mut optional = |key| stanza.text(key, self.report).and_then(|text| self.selector(stanza, key, text));
        let (body, remove, title) = (optional("body"), optional("remove"), optional("title"));
        let (date, author, provider) = (optional("date"), optional("author"), optional("provider"));
        PageRule { body, remove, title, date, author, provider, author_is_provider }
    }

    fn entry_points(&mut self, source: &Stanza<'_>) -> Vec<EntryPoint> {
        if !source.has("entry") {
            let remedy = "add a [[source.entry]] with a kind and a url";
            source.problem(self.report, source.at, "it has no entry point", remedy);
        }
        let stanzas = source.tables("entry", "[[source.entry]]", self.report);
        stanzas.iter().filter_map(|stanza| self.entry_point(stanza)).collect()
    }

    fn entry_point(&mut self, stanza: &Stanza<'_>) -> Option<EntryPoint> {
        stanza.check_keys(keys::ENTRY, self.report);
        let kind = stanza.needed("kind", "feed", self.report).and_then(|kind| self.entry_kind(stanza, kind));
        let url = stanza.needed("url", "https://...", self.report).and_then(|url| self.url(stanza, url));
        let section = stanza.text("section", self.report).map(|section| section.value.to_owned());
        let transcript = stanza.flag("transcript", false, self.report);
        Some(EntryPoint { kind: kind?, url: url?, section, transcript })
    }

    fn entry_kind(&mut self, stanza: &Stanza<'_>, kind: Found<&str>) -> Option<EntryPointKind> {
        match kind.value {
            "feed" => self.without_selectors(stanza, EntryPointKind::Feed),
            "sitemap" => self.without_selectors(stanza, EntryPointKind::Sitemap),
            "page" => self.selectors(stanza).map(EntryPointKind::Page),
            _ => {
                self.not_among(stanza, "kind", kind, KINDS);
                None
            }
        }
    }

    fn without_selectors(&mut self, stanza: &Stanza<'_>, kind: EntryPointKind) -> Option<EntryPointKind> {
        for key in ["item", "link", "title", "date", "summary", "match"] {
            if let Some(selector) = stanza.text(key, self.report) {
                let what = format!("`{key}` is for the kind page, and this is a {}", kind.name());
                stanza.problem(self.report, selector.at, what, "take it out, or write kind = \"page\"");
            }
        }
        Some(kind)
    }

    fn selectors(&mut self, stanza: &Stanza<'_>) -> Option<ListingSelectors> {
        let item = stanza.needed("item", "li.news", self.report).and_then(|item| self.selector(stanza, "item", item));
        let mut optional = |key| stanza.text(key, self.report).and_then(|text| self.selector(stanza, key, text));
        let (link, title) = (optional("link"), optional("title"));
        let (date, summary) = (optional("date"), optional("summary"));
        let matching = stanza.text("match", self.report).and_then(|pattern| self.pattern(stanza, "match", pattern));
        Some(ListingSelectors { item: item?, link, title, date, summary, matching })
    }

    fn selector(&mut self, stanza: &Stanza<'_>, key: &str, selector: Found<&str>) -> Option<String> {
        match html::selector_ok(selector.value) {
            Ok(()) => Some(selector.value.to_owned()),
            Err(why) => {
                let what = format!("in `{key}`, {}", shown(&why));
                stanza.problem(self.report, selector.at, what, "write one as in `li.news a`");
                None
            }
        }
    }

    fn pattern(&mut self, stanza: &Stanza<'_>, key: &str, written: Found<&str>) -> Option<String> {
        match pattern::of_a_person(written.value) {
            Ok(_) => Some(written.value.to_owned()),
            Err(why) => {
                let what = format!("in `{key}`, {}", shown(&why));
                stanza.problem(self.report, written.at, what, r"write a regular expression as in '/t\d{8}_\d+\.html$'");
                None
            }
        }
    }

    fn url(&mut self, stanza: &Stanza<'_>, written: Found<&str>) -> Option<String> {
        let parsed = Url::parse(written.value).ok();
        let web = parsed.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let Some(url) = web else {
            let what = format!("url `{}` is no web address", shown(written.value));
            stanza.problem(self.report, written.at, what, "write it in full, starting with https:// or http://");
            return None;
        };
        if let Some(first) = self.urls.insert(url.to_string(), written.at) {
            let line = self.report.line(first);
            let what = format!("url `{}` is already watched at line {line}", shown(written.value));
            stanza.problem(self.report, written.at, what, "take one of them out");
            return None;
        }
        Some(written.value.to_owned())
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

/// Says whether this is `host` or `host:port`, an IPv6 address standing in brackets.
fn is_host(text: &str) -> bool {
    // There are no patterns: each host is named.
    let plain =
        !text.is_empty() && !text.contains(['/', '@', '?', '#', '\\', '*']) && !text.contains(char::is_whitespace);
    let parsed = Url::parse(&format!("http://{text}/")).ok();
    plain && !text.ends_with(':') && parsed.is_some_and(|url| url.has_host())
}
