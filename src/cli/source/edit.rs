//! `source pause`, `resume` and `remove`: changes of feeds.toml for people who edit no files.

use clap::Args;
use serde_json::{Value, json};

use super::super::output::{self, Exit, Format, plural};
use super::super::study::{FILE, StudyFolder};
use crate::config::{self, EditError, Edited};
use crate::model::SourceId;
use crate::store::ArticleFilter;

/// Sources that a change is made of.
#[derive(Debug, Args)]
pub(in crate::cli) struct Named {
    /// The sources
    #[arg(required = true, value_name = "ID")]
    sources: Vec<SourceId>,
    #[command(flatten)]
    format: Format,
}

impl Named {
    pub(super) fn pause(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let changes = change(folder, &self.sources, config::pause_source)?;
        tell(&changes, self.format, |id, is_changed| match is_changed {
            true => {
                format!("{id} is paused: polls that do not name it leave it out until `gainsay source resume {id}`")
            }
            false => format!("{id} was paused before: nothing changed"),
        })
    }

    pub(super) fn resume(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let changes = change(folder, &self.sources, config::resume_source)?;
        tell(&changes, self.format, |id, is_changed| match is_changed {
            true => format!("{id} is watched again, from the next poll on"),
            false => format!("{id} was watched before: nothing changed"),
        })
    }

    pub(super) fn remove(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let kept = |id: &SourceId| -> anyhow::Result<usize> {
            let filter = ArticleFilter { source: Some(id.clone()), ..ArticleFilter::default() };
            match super::Known::of(folder)?.store {
                Some(store) => Ok(store.articles(&filter)?.len()),
                None => Ok(0),
            }
        };
        let counts: Vec<usize> = self.sources.iter().map(kept).collect::<anyhow::Result<_>>()?;
        let changes = change(folder, &self.sources, config::remove_source)?;
        let mut rows = Vec::new();
        for (id, _) in &changes {
            let articles =
                self.sources.iter().zip(&counts).find(|(known, _)| *known == id).map_or(0, |(_, count)| *count);
            rows.push(json!({ "id": id, "removed": true, "articles_in_record": articles }));
            if !self.format.json {
                output::line(&format!(
                    "{id} is watched no more; what was seen of it stays in the record ({articles} article{})",
                    plural(articles)
                ))?;
            }
        }
        if self.format.json {
            output::document(&json!({ "sources": rows }))?;
        }
        Ok(Exit::Done)
    }
}

/// Makes one change after the other, and writes the file when all of them could be.
fn change(
    folder: &StudyFolder,
    ids: &[SourceId],
    edit: impl Fn(&str, &str, &SourceId) -> Result<Edited, EditError>,
) -> anyhow::Result<Vec<(SourceId, bool)>> {
    for id in ids {
        folder.source(id)?;
    }
    let mut changes: Vec<(SourceId, bool)> = Vec::new();
    folder.edit_feeds(|text| {
        let mut text = text.to_owned();
        for id in ids {
            if changes.iter().any(|(known, _)| known == id) {
                continue;
            }
            let edited = edit(&text, FILE, id)?;
            text = edited.text;
            changes.push((id.clone(), edited.is_changed));
        }
        Ok(Edited { text, is_changed: changes.iter().any(|(_, is_changed)| *is_changed) })
    })?;
    Ok(changes)
}

fn tell(
    changes: &[(SourceId, bool)],
    format: Format,
    said: impl Fn(&SourceId, bool) -> String,
) -> anyhow::Result<Exit> {
    if format.json {
        let row = |(id, is_changed): &(SourceId, bool)| json!({ "id": id, "changed": is_changed });
        output::document(&json!({ "sources": changes.iter().map(row).collect::<Vec<Value>>() }))?;
        return Ok(Exit::Done);
    }
    for (id, is_changed) in changes {
        output::line(&said(id, *is_changed))?;
    }
    Ok(Exit::Done)
}
