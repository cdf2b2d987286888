//! `source add`: looks at an address, shows what can be watched there, and puts it into feeds.toml.

use clap::Args;
use jiff::SignedDuration;
use serde_json::{Value, json};
use url::Url;

use super::super::output::{self, Exit, Format, Hinted};
use super::super::run::{bar, block_on};
use super::super::study::{FILE, StudyFolder};
use super::opml::{guess_json, guess_text, told};
use crate::config::{self, Clues, Guess, PlainEntry, PlainSource};
use crate::feed::FoundBy;
use crate::fetch::FetchError;
use crate::model::{FeedKind, FeedSource, SourceId, Study};
use crate::pipeline::discover::{self, Candidate, Discovery, MOST_REQUESTS, Tried};
use crate::render::safe;

/// Looking at one site takes no longer; what is under way is finished.
const LONGEST: SignedDuration = SignedDuration::from_secs(90);

#[derive(Debug, Args)]
pub(in crate::cli) struct Add {
    /// A feed, a sitemap, or a page of the site, whose feeds are looked for
    #[arg(value_parser = web_address)]
    url: Url,
    /// Which of those found to add, by its number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pick: Option<u16>,
    /// The id of the new source; the source of that id gets one more entry point when there is one
    #[arg(long)]
    id: Option<SourceId>,
    /// The outlet's name, in its own script
    #[arg(long)]
    name: Option<String>,
    /// The language it writes, as en, zh-Hant or zh-Hans
    #[arg(long)]
    lang: Option<String>,
    /// The country it speaks from, as two capital letters, or XX
    #[arg(long)]
    country: Option<String>,
    /// Who owns it: private, wire, public-broadcaster, state-media, government, aggregator or institute
    #[arg(long)]
    owner: Option<String>,
    /// The zone of dates that it prints without one, as Asia/Taipei
    #[arg(long)]
    zone: Option<String>,
    /// A sentence for the people who keep the file
    #[arg(long)]
    note: Option<String>,
    /// The section that the entry point covers, in the outlet's words
    #[arg(long)]
    section: Option<String>,
    /// Show what would be added, and add nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: Format,
}

/// Reads what a person types for an address: https goes without saying.
fn web_address(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| "no web address: write it in full, starting with https:// or http://".to_owned())
}

/// What was or would be put into feeds.toml.
struct Added {
    id: SourceId,
    kind: &'static str,
    url: String,
    is_new_source: bool,
    guesses: Vec<Guess>,
}

/// What becomes of what was found.
enum Choice {
    /// One of them is added.
    One(usize),
    /// It is watched already.
    Watched(usize, SourceId),
    /// A person has to choose.
    Open,
    /// There is nothing to choose from.
    Nothing,
}

impl Add {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let known = self.id.as_ref().and_then(|id| folder.study.source(id));
        self.check_settings(known)?;
        if let Some(source) = watched_by(&folder.study, self.url.as_str()) {
            return self.already(&source.id);
        }
        let fetcher = folder.fetcher()?;
        let mut store = match self.dry_run {
            true => None,
            false => Some(folder.write("source add", fetcher.clock().now())?),
        };
        let found = block_on(Some(LONGEST), async |stop| {
            let bar = bar("look", MOST_REQUESTS);
            let found = discover::run(&fetcher, &self.url, &stop, &mut || bar.inc(1)).await;
            bar.finish_and_clear();
            Ok(found)
        })?;
        if let Some(error @ FetchError::RefusedAddress { .. }) = &found.failure {
            let hint = "a study that watches its own network says so: allow_hosts of [study] in feeds.toml".to_owned();
            return Err(Hinted { message: error.to_string(), hint }.into());
        }
        let choice = self.choose(&found, &folder.study)?;
        let mut added = None;
        if let Choice::One(at) = choice {
            let candidate = &found.candidates[at];
            let entry = self.entry(candidate);
            added = Some(match known {
                Some(source) => self.to_source(folder, source, candidate, &entry)?,
                None => self.as_source(folder, candidate, &found, entry)?,
            });
        }
        if let Some(store) = &mut store {
            for row in &found.log {
                let of_added = added.as_ref().filter(|added| added.url == row.url).map(|added| added.id.clone());
                store.log_fetch(&crate::store::FetchLog { source: of_added, ..row.clone() })?;
            }
        }
        match self.format.json {
            true => output::document(&self.json(&found, &folder.study, added.as_ref()))?,
            false => self.print(&found, &folder.study, added.as_ref(), &choice)?,
        }
        let is_network = found.failure.as_ref().is_some_and(FetchError::may_be_our_network);
        Ok(match choice {
            Choice::Nothing if is_network => Exit::NoNetwork,
            Choice::Open if self.dry_run => Exit::Done,
            // Nothing was added.
            Choice::Nothing | Choice::Open => Exit::NothingFound,
            Choice::One(_) | Choice::Watched(..) => Exit::Done,
        })
    }

    /// What was said of the source, beside its id.
    fn said(&self) -> Vec<(&'static str, &String)> {
        let all = [
            ("name", &self.name),
            ("lang", &self.lang),
            ("country", &self.country),
            ("owner", &self.owner),
            ("zone", &self.zone),
            ("note", &self.note),
        ];
        all.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))).collect()
    }

    fn plain(&self, entry: PlainEntry) -> PlainSource {
        let mut plain = PlainSource::default();
        if let Some(id) = &self.id {
            plain.set("id", id.as_str());
        }
        for (key, text) in self.said() {
            plain.set(key, text);
        }
        plain.entries = vec![entry];
        plain
    }

    /// Refuses settings that feeds.toml would not hold, before anything is asked.
    fn check_settings(&self, known: Option<&FeedSource>) -> anyhow::Result<()> {
        if let Some((source, (key, _))) = known.zip(self.said().first()) {
            let message = format!("{} is in {FILE} already: --{key} would change nothing", source.id);
            let hint = format!("leave out --{key} to add an entry point to it, or give the new source another id");
            return Err(Hinted { message, hint }.into());
        }
        let mut plain = self.plain(self.entry_of("feed", self.url.as_str()));
        config::fill_in(&mut plain, &Clues { url: self.url.as_str(), ..Clues::default() }, &|_| true);
        plain.read().map(drop).map_err(|problems| anyhow::anyhow!(told(&problems)))
    }

    fn entry_of(&self, kind: &str, url: &str) -> PlainEntry {
        let mut entry = vec![("kind".to_owned(), kind.to_owned()), ("url".to_owned(), url.to_owned())];
        entry.extend(self.section.clone().map(|section| ("section".to_owned(), section)));
        entry
    }

    fn entry(&self, candidate: &Candidate) -> PlainEntry {
        self.entry_of(entry_kind(candidate), &candidate.url)
    }

    fn choose(&self, found: &Discovery, study: &Study) -> anyhow::Result<Choice> {
        let candidates = &found.candidates;
        if candidates.is_empty() {
            return Ok(Choice::Nothing);
        }
        let good: Vec<usize> = (0..candidates.len()).filter(|at| candidates[*at].is_good()).collect();
        let at = match (self.pick, good.as_slice()) {
            (Some(pick), _) => {
                let at = usize::from(pick) - 1;
                let count = candidates.len();
                anyhow::ensure!(at < count, "there is no number {pick}: {count} found, see it without --pick");
                at
            }
            (None, [only]) => *only,
            (None, _) => return Ok(Choice::Open),
        };
        Ok(match watched_by(study, &candidates[at].url) {
            Some(source) => Choice::Watched(at, source.id.clone()),
            None => Choice::One(at),
        })
    }

    /// Adds an entry point to a source that is there.
    fn to_source(
        &self,
        folder: &StudyFolder,
        source: &FeedSource,
        candidate: &Candidate,
        entry: &PlainEntry,
    ) -> anyhow::Result<Added> {
        self.edit(folder, |text| config::add_entry_point(text, FILE, &source.id, entry))?;
        Ok(Added {
            id: source.id.clone(),
            kind: entry_kind(candidate),
            url: candidate.url.clone(),
            is_new_source: false,
            guesses: Vec::new(),
        })
    }

    /// Adds a source of its own.
    fn as_source(
        &self,
        folder: &StudyFolder,
        candidate: &Candidate,
        found: &Discovery,
        entry: PlainEntry,
    ) -> anyhow::Result<Added> {
        let mut plain = self.plain(entry);
        let title = candidate.title.as_deref().or(found.title.as_deref());
        let clues = Clues { url: &candidate.url, title, lang: candidate.lang.as_ref() };
        let is_free = |id: &str| folder.study.sources.iter().all(|source| source.id.as_str() != id);
        let guesses = config::fill_in(&mut plain, &clues, &is_free);
        let source = plain.read().map_err(|problems| anyhow::anyhow!(told(&problems)))?;
        self.edit(folder, |text| config::add_sources(text, FILE, std::slice::from_ref(&source)))?;
        let (kind, url) = (entry_kind(candidate), candidate.url.clone());
        Ok(Added { id: source.id, kind, url, is_new_source: true, guesses })
    }

    fn edit(
        &self,
        folder: &StudyFolder,
        change: impl FnOnce(&str) -> Result<config::Edited, config::EditError>,
    ) -> anyhow::Result<()> {
        if !self.dry_run {
            folder.edit_feeds(change)?;
        }
        Ok(())
    }

    /// The very address that was given is watched: nobody has to be asked.
    fn already(&self, id: &SourceId) -> anyhow::Result<Exit> {
        if self.format.json {
            output::document(&json!({
                "url": self.url, "candidates": [], "elsewhere": [], "tried": [], "watched_by": id, "added": null,
            }))?;
        } else {
            output::line(&safe(&format!("{} is watched already, by {id}: nothing was added", self.url)))?;
        }
        Ok(Exit::Done)
    }

    fn print(&self, found: &Discovery, study: &Study, added: Option<&Added>, choice: &Choice) -> anyhow::Result<()> {
        if !found.candidates.is_empty() {
            let headers = ["no", "kind", "title", "lang", "items", "newest", "found by", "problem"];
            let rows: Vec<Vec<String>> =
                (1..).zip(&found.candidates).map(|(number, one)| cells(number, one, study)).collect();
            output::told_table(&headers, &rows)?;
        }
        if let Some(added) = added {
            let verb = if self.dry_run { "would be added" } else { "added" };
            let what = if added.is_new_source { "as the source" } else { "to the source" };
            output::line(&safe(&format!("{verb} {what} {}: {} {}", added.id, added.kind, added.url)))?;
            for guess in &added.guesses {
                output::line(&safe(&format!("  guessed: {}", guess_text(guess))))?;
            }
            if !added.guesses.is_empty() && !self.dry_run {
                eprintln!("look at what was guessed, and mend it in {FILE}");
            }
        }
        for url in &found.elsewhere {
            eprintln!("{}", safe(&format!("declared on another site, and not asked: {url}")));
        }
        match choice {
            Choice::One(_) if self.dry_run => {}
            Choice::One(_) => {
                if let Some(added) = added {
                    let of_site =
                        study.sources.iter().find(|source| added.is_new_source && watches_site_of(source, &added.url));
                    if let Some(source) = of_site {
                        eprintln!(
                            "{} watches this site, too: where both are one outlet, `gainsay source remove {}` and `--id {}` make it one source",
                            source.id, added.id, source.id
                        );
                    }
                    eprintln!("`gainsay source test {}` shows what is read of its newest pages", added.id);
                }
            }
            Choice::Watched(at, id) => {
                let url = &found.candidates[*at].url;
                output::line(&safe(&format!("{url} is watched already, by {id}: nothing was added")))?;
            }
            Choice::Open => {
                let count = found.candidates.len();
                let why = match found.candidates.iter().any(Candidate::is_good) {
                    true => "none was added",
                    false => "nothing here is as it should be, and nothing was added",
                };
                eprintln!("{count} found, {why}: the same command with --pick N adds the one of that number");
            }
            Choice::Nothing => {
                for tried in &found.tried {
                    eprintln!("{}", safe(&tried_text(tried)));
                }
                let count = found.tried.len();
                eprintln!("no feed and no sitemap: {count} address{} asked", if count == 1 { "" } else { "es" });
                if found.failure.is_none() {
                    eprintln!(
                        "a page without a feed can be watched with selectors: a [[source.entry]] of the kind page"
                    );
                }
            }
        }
        Ok(())
    }

    fn json(&self, found: &Discovery, study: &Study, added: Option<&Added>) -> Value {
        let candidate = |(number, one): (usize, &Candidate)| {
            json!({
                "number": number,
                "url": one.url,
                "kind": entry_kind(one),
                "format": one.kind.name(),
                "found_by": one.found_by.name(),
                "title": one.title,
                "lang": one.lang,
                "items": one.items,
                "newest": one.newest,
                "repairs": one.repairs,
                "problems": one.problems,
                "good": one.is_good(),
                "watched_by": watched_by(study, &one.url).map(|source| &source.id),
            })
        };
        let tried =
            |tried: &Tried| json!({ "url": tried.url, "found_by": tried.found_by.name(), "outcome": tried.outcome });
        let added = added.map(|added| {
            json!({
                "source": added.id, "new_source": added.is_new_source, "kind": added.kind, "url": added.url,
                "guessed": added.guesses.iter().map(guess_json).collect::<Vec<_>>(),
            })
        });
        json!({
            "url": self.url,
            "candidates": (1..).zip(&found.candidates).map(candidate).collect::<Vec<_>>(),
            "elsewhere": found.elsewhere,
            "tried": found.tried.iter().map(tried).collect::<Vec<_>>(),
            "added": added,
            "dry_run": self.dry_run,
        })
    }
}

/// The kind that an entry point of this has in feeds.toml.
fn entry_kind(candidate: &Candidate) -> &'static str {
    if candidate.kind == FeedKind::Sitemap { "sitemap" } else { "feed" }
}

/// The source that watches an address.
fn watched_by<'a>(study: &'a Study, url: &str) -> Option<&'a FeedSource> {
    let normal = |url: &str| Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.to_string());
    let wanted = normal(url);
    study.sources.iter().find(|source| source.entry_points.iter().any(|point| normal(&point.url) == wanted))
}

/// Says whether a source has an entry point on the host of an address.
fn watches_site_of(source: &FeedSource, url: &str) -> bool {
    let host = |url: &str| Url::parse(url).ok().and_then(|url| Some((url.host_str()?.to_owned(), url.port())));
    let wanted = host(url);
    wanted.is_some() && source.entry_points.iter().any(|point| host(&point.url) == wanted)
}

fn cells(number: usize, one: &Candidate, study: &Study) -> Vec<String> {
    let problem = if one.problems.is_empty() { "none".to_owned() } else { one.problems.join("; ") };
    let watched = watched_by(study, &one.url).map(|source| format!("watched already, by {}; ", source.id));
    vec![
        number.to_string(),
        one.kind.name().to_owned(),
        one.title.as_deref().unwrap_or_default().chars().take(80).collect(),
        one.lang.as_ref().map(ToString::to_string).unwrap_or_default(),
        one.items.to_string(),
        one.newest.map(|newest| newest.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        one.found_by.name().to_owned(),
        format!("{}{problem} ({})", watched.unwrap_or_default(), one.url),
    ]
}

fn tried_text(tried: &Tried) -> String {
    let by = if tried.found_by == FoundBy::Given { String::new() } else { format!(" ({})", tried.found_by.name()) };
    format!("tried {}{by}: {}", tried.url, tried.outcome)
}
