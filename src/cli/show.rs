//! `show`: one article.

use anyhow::Context as _;
use clap::Args;

use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::model::{ArticleId, StoredVersion};
use crate::render;
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The article, as a-12
    article: ArticleId,
    /// The version; the newest without it
    #[arg(long)]
    version: Option<u32>,
    /// Who said what in it, with the sentence
    #[arg(long)]
    statements: bool,
    /// Only the statements that a person accepted
    #[arg(long)]
    reviewed: bool,
    /// Where the bytes are that it was read from, and how to check them
    #[arg(long)]
    evidence: bool,
    /// The bytes themselves, as the server sent them
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    format: Format,
}

impl Show {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let Some(article) = store.article(self.article)? else {
            eprintln!("there is no article {}", self.article);
            return Ok(Exit::NothingFound);
        };
        let version = match self.version {
            None => article.latest(),
            Some(number) => article.versions.iter().find(|version| version.number == number).with_context(|| {
                format!("{} has versions 1 to {}, not {number}", article.id, article.latest().number)
            })?,
        };
        if self.raw {
            return raw(&store, version);
        }
        let scope = output::scope(self.reviewed);
        let (width, zone) = (output::width(), &folder.study.zone);
        if self.format.json {
            output::document(&render::article_json(&article, version, scope))?;
            return Ok(Exit::Done);
        }
        output::text(&render::article_text(&article, version, width, zone))?;
        if self.statements || self.reviewed {
            output::text(&render::statements_text(&article, version, scope, width))?;
        }
        if self.evidence {
            output::text(&render::evidence_text(&article, version, zone))?;
        }
        Ok(Exit::Done)
    }
}

fn raw(store: &Store, version: &StoredVersion) -> anyhow::Result<Exit> {
    let capture = version.capture.as_ref().context("this version was made of the feed's own text: there is no page")?;
    output::raw(&store.capture_body(capture)?)?;
    Ok(Exit::Done)
}
