//! `capture`: one article by hand.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::output::{self, Exit, Format};
use super::run::block_on;
use super::study::StudyFolder;
use super::trial;
use crate::lexicon::Lexicon;
use crate::pipeline::PageEnd;
use crate::pipeline::capture::{self, SavedPage};
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Capture {
    /// Addresses or saved files, an archive's copy too
    #[arg(required = true, value_name = "URL|FILE")]
    what: Vec<String>,
    /// The address that a saved file came from
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    format: Format,
}

impl Capture {
    pub(super) fn run(&self, folder: &StudyFolder, offline: bool) -> anyhow::Result<Exit> {
        let any_address = self.what.iter().any(|what| is_address(what));
        if any_address && offline {
            return Err(output::offline("capture"));
        }
        anyhow::ensure!(self.url.is_none() || (self.what.len() == 1 && !any_address), "--url goes with one saved file");
        let lexicon = Arc::new(folder.lexicon()?);
        let mut store = folder.write("capture", Timestamp::now())?;
        let mut results = Vec::new();
        for what in &self.what {
            let result = if is_address(what) {
                self.address(folder, &mut store, &lexicon, what)?
            } else {
                Some(self.file(folder, &mut store, &lexicon, what)?)
            };
            results.extend(result.map(|result| (what, result)));
        }
        let indexed = folder.catch_up(&store);
        if self.format.json {
            let rows: Vec<Value> = results.iter().map(|(what, result)| row(what, result)).collect();
            output::document(&json!({ "captured": rows }))?;
        } else {
            for (what, end) in &results {
                let article = end.kept.article.map(|article| format!("  {article}")).unwrap_or_default();
                let why = end.why.as_ref().map(|why| format!(" ({})", crate::render::safe(why))).unwrap_or_default();
                output::line(&format!("{}{article}  {}{why}", end.kind, crate::render::safe(what)))?;
            }
        }
        let nothing = results.iter().all(|(_, end)| end.kept.article.is_none());
        let no_network = !results.is_empty() && results.iter().all(|(_, end)| end.network_down);
        Ok(match nothing {
            true if no_network => Exit::NoNetwork,
            true => Exit::NothingFound,
            false => indexed,
        })
    }

    fn address(
        &self,
        folder: &StudyFolder,
        store: &mut Store,
        lexicon: &Arc<Lexicon>,
        url: &str,
    ) -> anyhow::Result<Option<PageEnd>> {
        let fetcher = folder.fetcher()?;
        block_on(None, async |stop| Ok(capture::address(&folder.study, store, &fetcher, lexicon, url, &stop).await?))
    }

    fn file(
        &self,
        folder: &StudyFolder,
        store: &mut Store,
        lexicon: &Arc<Lexicon>,
        path: &str,
    ) -> anyhow::Result<PageEnd> {
        let body = trial::load(Path::new(path))?;
        let saved = SavedPage { name: path.to_owned(), url: self.url.clone(), body, at: Timestamp::now() };
        capture::file(&folder.study, store, lexicon, saved).with_context(|| path.to_owned())
    }
}

fn is_address(what: &str) -> bool {
    what.starts_with("http://") || what.starts_with("https://")
}

fn row(what: &str, end: &PageEnd) -> Value {
    let kept = &end.kept;
    json!({
        "what": what,
        "outcome": end.kind.name(),
        "why": end.why,
        "article": kept.article,
        "version": kept.version,
        "new_article": kept.new_article,
        "new_version": kept.new_version,
        "by_hand": true,
    })
}
