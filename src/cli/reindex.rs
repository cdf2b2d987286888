//! `reindex`: the index made anew from the record.

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;

use super::output::{self, Exit};
use super::study::StudyFolder;
use crate::pipeline::follow;
use crate::search::Index;

#[derive(Debug, Args)]
pub(super) struct Reindex {}

impl Reindex {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        // Held so that no poll writes to the index meanwhile.
        let store = folder.write("reindex", Timestamp::now())?;
        let dir = folder.index_dir();
        let mut index = Index::open_or_create(&dir, &store.record_id())?;
        index.reset("a person asked for it").with_context(|| dir.display().to_string())?;
        let articles = follow::catch_up(&store, &mut index, &folder.study)?;
        output::line(&format!("{articles} articles indexed, to change {} of the record", index.indexed_to()))?;
        Ok(Exit::Done)
    }
}
