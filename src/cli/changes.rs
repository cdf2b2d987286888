//! `changes`: what outlets changed after they published.

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::moment::Moment;
use super::output::{self, Exit, Format};
use super::study::StudyFolder;
use crate::model::{Change, ChangeKind};
use crate::render;

#[derive(Debug, Args)]
pub(super) struct Changes {
    /// Seen since: 2026-11-20, 24h, 7d
    #[arg(long, default_value = "24h")]
    since: Moment,
    /// Only this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The headline
    Headline,
    /// The body
    Body,
    /// It is not there any more
    Gone,
}

impl Kind {
    fn is(self, kind: ChangeKind) -> bool {
        matches!(
            (self, kind),
            (Self::Headline, ChangeKind::Headline) | (Self::Body, ChangeKind::Body) | (Self::Gone, ChangeKind::Gone)
        )
    }
}

impl Changes {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let store = folder.read()?;
        let zone = &folder.study.zone;
        let since = self.since.resolve(Timestamp::now(), zone);
        let all = store.changes(since)?;
        let wanted: Vec<Change> =
            all.into_iter().filter(|change| self.kind.is_none_or(|kind| kind.is(change.kind))).collect();
        if self.format.json {
            output::document(&render::changes_json(&wanted))?;
        } else {
            output::text(&render::changes_text(&wanted, output::width(), zone))?;
        }
        Ok(if wanted.is_empty() { Exit::NothingFound } else { Exit::Done })
    }
}
