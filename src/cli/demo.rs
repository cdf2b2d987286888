//! `demo`: the sample world, polled twice by the real pipeline, and a tour of what came of it.
//!
//! The world is served on loopback from inside the program. Its hosts are invented and found by a resolver of their
//! own; the clock is simulated, so that a poll waits its full second between two requests to a host and costs no time.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Parser as _};

use super::output::{self, Exit};
use super::run::{Bars, block_on};
use super::study::StudyFolder;
use super::{Arguments, poll};
use crate::demo::site::Site;
use crate::demo::world;
use crate::fetch::{Clock, Fetcher, Guard, SimulatedClock};
use crate::model::StoryId;
use crate::pipeline::poll::{Parts, PollOptions, PollReport};
use crate::pipeline::recheck::{self, RecheckOptions};
use crate::pipeline::{self, Stop};
use crate::store::Store;

/// Marks a folder as made by the demo, so that a later demo may replace it and nothing else.
const MARK: &str = ".gainsay-demo";
/// The first and the last day of the sample world.
const DAY: &str = "2026-11-20";

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Where the study goes; an earlier demo there is replaced
    #[arg(default_value = "gainsay-demo")]
    dir: PathBuf,
    /// Leave the tour out
    #[arg(long)]
    quiet: bool,
}

impl Demo {
    pub(super) fn run(&self) -> anyhow::Result<Exit> {
        prepare(&self.dir)?;
        let folder = StudyFolder::open(self.dir.clone())?;
        heading("Polling the sample world: eight invented outlets, three scripts, twice, on a simulated clock");
        let polled = block_on(None, async |stop| watch(&folder, &stop).await)?;
        println!("first poll   {}", poll::summary(&polled.first));
        println!("second poll  {}", poll::summary(&polled.second));
        println!(
            "second look  {} articles looked at again: {} changed, {} gone",
            polled.rechecked.looked_at,
            polled.rechecked.changed.len(),
            polled.rechecked.gone.len()
        );
        println!("             {} requests; none reached beyond this machine", polled.requests);
        if !self.quiet {
            self.tour(&folder)?;
        }
        self.farewell();
        Ok(Exit::Done)
    }

    /// Types the commands that a newcomer would, on the study that was just made.
    fn tour(&self, folder: &StudyFolder) -> anyhow::Result<()> {
        let story = biggest_story(&folder.read()?)?.context("the demo's polls made no story")?.to_string();
        heading("Search in one script finds the others");
        self.type_in(&["search", "国家安全部", "--limit", "4"])?;
        heading("One story, as each outlet told it");
        self.type_in(&["compare", &story])?;
        heading("What changed after it was published");
        self.type_in(&["changes", "--since", DAY])?;
        heading("The day on one page");
        self.type_in(&["digest", "--date", DAY])?;
        heading("What was not kept as on topic, and why: what could have been missed");
        self.type_in(&["outcomes", "--count"])
    }

    fn type_in(&self, words: &[&str]) -> anyhow::Result<()> {
        println!("$ gainsay {}\n", words.join(" "));
        let dir = self.dir.to_string_lossy();
        let line = ["gainsay", "--study", &dir].into_iter().chain(words.iter().copied());
        let arguments = Arguments::try_parse_from(line).context("a command of the tour")?;
        super::run(&arguments)?;
        Ok(())
    }

    fn farewell(&self) {
        heading("The study is yours to explore");
        let dir = self.dir.display();
        for command in [
            "story list",
            "compare s-1 --statements",
            "search 'denial OR 否認'",
            "show a-1 --statements --evidence",
            "doctor",
        ] {
            println!("  gainsay --study {dir} {command}");
        }
        println!(
            "\nAll of it is invented. For the real outlets: gainsay init my-study, then gainsay --study my-study poll"
        );
    }
}

/// What the demo's polls did.
struct Polled {
    first: PollReport,
    second: PollReport,
    rechecked: recheck::RecheckReport,
    requests: usize,
}

/// Makes an empty study folder; one that the demo did not make is left alone.
fn prepare(dir: &Path) -> anyhow::Result<()> {
    if dir.exists() {
        let is_empty = fs::read_dir(dir).with_context(|| dir.display().to_string())?.next().is_none();
        let is_ours = dir.join(MARK).is_file();
        anyhow::ensure!(is_empty || is_ours, "{} is there already and is no demo: name another folder", dir.display());
        for part in ["record", "index"] {
            let part = dir.join(part);
            if part.exists() {
                fs::remove_dir_all(&part).with_context(|| part.display().to_string())?;
            }
        }
    }
    fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
    fs::write(dir.join(MARK), "made by `gainsay demo`, which may replace this folder\n")?;
    fs::write(dir.join("feeds.toml"), world::feeds_toml()).with_context(|| dir.display().to_string())
}

async fn watch(folder: &StudyFolder, stop: &Stop) -> anyhow::Result<Polled> {
    let site = Site::start(world::build()).context("the loopback site of the demo")?;
    let clock = SimulatedClock::new(world::poll_time(1));
    let known_hosts = site
        .hosts()
        .into_iter()
        .map(|host| (host, site.address()))
        .collect::<std::collections::BTreeMap<String, SocketAddr>>();
    let guard = Guard { known_hosts, ..Guard::default() };
    let fetcher = Fetcher::new(Clock::Simulated(clock.clone()), guard, None)?;
    let lexicon = Arc::new(folder.lexicon()?);
    let mut store = folder.write("demo", clock.now())?;
    let parts = Parts { study: &folder.study, fetcher: &fetcher, lexicon: &lexicon, stop };

    let first = poll_once(&parts, &mut store).await?;
    site.set_phase(2);
    clock.advance_to(world::poll_time(2));
    let second = poll_once(&parts, &mut store).await?;
    let options = RecheckOptions { story: None, budget: 200 };
    let rechecked = recheck::run(&folder.study, &mut store, &fetcher, &lexicon, &options, stop).await?;
    folder.catch_up(&store);
    let requests = site.log().len();
    site.shutdown().await;
    Ok(Polled { first, second, rechecked, requests })
}

/// One host at a time, so that the same world makes the same record at every run.
async fn poll_once(parts: &Parts<'_>, store: &mut Store) -> anyhow::Result<PollReport> {
    let options = PollOptions { sources: Vec::new(), asked_for: false, concurrency: 1 };
    let bars = Bars::new();
    let mut observe = |event: pipeline::poll::PollEvent<'_>| bars.observe(event);
    Ok(pipeline::poll::run(parts, store, &options, &mut observe).await?)
}

fn biggest_story(store: &Store) -> anyhow::Result<Option<StoryId>> {
    let stories = store.stories(None, 1_000)?;
    Ok(stories.iter().max_by_key(|summary| (summary.outlets, summary.articles)).map(|summary| summary.story.id))
}

fn heading(text: &str) {
    println!("\n== {}\n", crate::render::safe(text));
    // What a command says on stderr should stand below what was printed before it.
    output::flush();
}
