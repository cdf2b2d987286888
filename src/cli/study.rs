//! Which study a command works on: found as git finds its folder.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::Timestamp;

use super::output::Hinted;
use super::{Exit, output};
use crate::config::{self, ConfigProblems, EditError, Edited};
use crate::fetch::{Clock, Fetcher, Guard};
use crate::lexicon::{Lexicon, Names};
use crate::model::{FeedSource, SourceId, Study, Terms};
use crate::pipeline::follow;
use crate::search::Index;
use crate::store::{Store, StoreError};

/// What is watched, and how.
pub(crate) const FILE: &str = "feeds.toml";
/// The study's own words, when it has any.
pub(crate) const TERMS: &str = "terms.toml";

/// A study's folder, with what its feeds.toml says.
pub(crate) struct StudyFolder {
    pub(crate) dir: PathBuf,
    pub(crate) study: Study,
}

impl StudyFolder {
    /// Finds the study: the folder that was named, else the nearest parent with a feeds.toml.
    pub(crate) fn find(named: Option<&Path>) -> anyhow::Result<Self> {
        let dir = match named {
            Some(dir) => dir.to_owned(),
            None => nearest()?,
        };
        Self::open(dir)
    }

    /// Reads the study of a folder.
    pub(crate) fn open(dir: PathBuf) -> anyhow::Result<Self> {
        let path = dir.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let message = format!("{}: {error}", path.display());
            match error.kind() {
                std::io::ErrorKind::NotFound => {
                    Hinted { message, hint: format!("`gainsay init {}` begins a study there", dir.display()) }.into()
                }
                std::io::ErrorKind::InvalidData => {
                    let message = format!("{} is not in UTF-8", path.display());
                    Hinted { message, hint: "save it again as UTF-8, which editors offer as an encoding".to_owned() }
                        .into()
                }
                _ => anyhow::anyhow!(message),
            }
        })?;
        let study = config::study(&text, FILE).map_err(|problems| {
            let count = problems.problems.len();
            anyhow::anyhow!("{count} problem{} in {}\n{problems}", output::plural(count), path.display())
        })?;
        Ok(Self { dir, study })
    }

    pub(crate) fn terms_path(&self) -> PathBuf {
        self.dir.join(TERMS)
    }

    /// Returns the words that the study's articles are read with: those that ship, with those of its terms.toml.
    pub(crate) fn lexicon(&self) -> anyhow::Result<Lexicon> {
        if self.terms_path().exists() { lexicon_with(&self.terms_path()) } else { Ok(Lexicon::shipped()) }
    }

    /// Returns what is wrong with the study's terms.toml, one line for each problem; nothing when there is none.
    pub(crate) fn term_problems(&self) -> Vec<String> {
        match terms(&self.terms_path()) {
            Ok(_) => Vec::new(),
            Err(TermsError::Unreadable { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(TermsError::Problems { problems, .. }) => problems.problems.iter().map(ToString::to_string).collect(),
            Err(error @ TermsError::Unreadable { .. }) => vec![error.to_string()],
        }
    }

    pub(crate) fn record_dir(&self) -> PathBuf {
        self.dir.join("record")
    }

    /// Says whether bodies were captured here, whatever became of the database.
    pub(crate) fn has_captures(&self) -> bool {
        std::fs::read_dir(self.record_dir().join("captures")).is_ok_and(|mut files| files.next().is_some())
    }

    pub(crate) fn index_dir(&self) -> PathBuf {
        self.dir.join("index")
    }

    /// Opens the record for reading.
    pub(crate) fn read(&self) -> anyhow::Result<Store> {
        Store::read(&self.record_dir()).map_err(|error| match error {
            StoreError::NoRecord { .. } => {
                Hinted { message: error.to_string(), hint: "`gainsay poll` begins one".to_owned() }.into()
            }
            StoreError::Older { .. } => {
                let hint = "`gainsay reindex` does, and needs no network".to_owned();
                Hinted { message: error.to_string(), hint }.into()
            }
            _ => error.into(),
        })
    }

    /// Opens the record for writing, on behalf of a command.
    pub(crate) fn write(&self, command: &str, now: Timestamp) -> anyhow::Result<Store> {
        Ok(Store::create_or_open(&self.record_dir(), command, now)?)
    }

    /// Opens the record for writing, on behalf of a command that begins none.
    pub(crate) fn write_known(&self, command: &str, now: Timestamp) -> anyhow::Result<Store> {
        if matches!(Store::read(&self.record_dir()), Err(StoreError::NoRecord { .. })) {
            self.read()?;
        }
        self.write(command, now)
    }

    /// Makes a fetcher with the study's rules about addresses.
    pub(crate) fn fetcher(&self) -> anyhow::Result<Fetcher> {
        let guard = Guard { allow_hosts: self.study.allow_hosts.clone(), ..Guard::default() };
        Ok(Fetcher::new(Clock::System, guard, self.study.contact.as_deref())?)
    }

    /// Brings the index up to the record. The record is the truth: a failure here is said and loses nothing.
    pub(crate) fn catch_up(&self, store: &Store) -> Exit {
        match self.follow(store) {
            Ok(_) => Exit::Done,
            Err(error) => {
                eprintln!(
                    "warning: the index is behind the record: {error:#}; the next poll or `gainsay reindex` mends it"
                );
                Exit::Error
            }
        }
    }

    fn follow(&self, store: &Store) -> anyhow::Result<usize> {
        let mut index = Index::open_or_create(&self.index_dir(), &store.record_id())?;
        if let Some(reason) = index.was_reset() {
            tracing::info!("the index is made anew: {reason}");
        }
        Ok(follow::catch_up(store, &mut index, &self.study)?)
    }

    /// Returns the sources of those ids; all of them when none is given.
    pub(crate) fn sources(&self, ids: &[SourceId]) -> anyhow::Result<Vec<&FeedSource>> {
        if ids.is_empty() {
            return Ok(self.study.sources.iter().collect());
        }
        ids.iter().map(|id| self.source(id)).collect()
    }

    /// Returns the source of that id.
    pub(crate) fn source(&self, id: &SourceId) -> anyhow::Result<&FeedSource> {
        self.study.source(id).ok_or_else(|| {
            let message = format!("there is no source `{id}` in {FILE}");
            let near = config::near_ids(&self.study, id);
            let hint = match near.is_empty() {
                true => "`gainsay source list` shows those that there are".to_owned(),
                false => format!("did you mean {}?", near.join(" or ")),
            };
            Hinted { message, hint }.into()
        })
    }

    /// Changes feeds.toml: it is read as it stands now, changed, and put in the place of the old one at once.
    pub(crate) fn edit_feeds(&self, change: impl FnOnce(&str) -> Result<Edited, EditError>) -> anyhow::Result<Edited> {
        let path = self.dir.join(FILE);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let edited = change(&text)
            .map_err(|error| Hinted { message: error.to_string(), hint: format!("edit {}", path.display()) })?;
        if edited.is_changed {
            replace(&path, &edited.text)?;
        }
        Ok(edited)
    }
}

/// Why a terms.toml could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TermsError {
    #[error("{}: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} problem{} in {}\n{problems}", problems.problems.len(), output::plural(problems.problems.len()), path.display())]
    Problems { path: PathBuf, problems: ConfigProblems },
}

/// Reads a file of words.
pub(crate) fn terms(path: &Path) -> Result<Terms, TermsError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| TermsError::Unreadable { path: path.to_owned(), source })?;
    let names = Names::shipped();
    let file = path.file_name().map_or_else(|| TERMS.into(), |name| name.to_string_lossy());
    config::terms(&text, &file, &|name| names.owner(name))
        .map_err(|problems| TermsError::Problems { path: path.to_owned(), problems })
}

/// Returns the words that ship with those of a file.
pub(crate) fn lexicon_with(path: &Path) -> anyhow::Result<Lexicon> {
    Ok(Lexicon::with_terms(&terms(path)?))
}

/// Puts a new text in the place of the old at once, so that a poll never meets half a file.
pub(crate) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    // A link stays one, and the file it leads to is replaced.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, text).with_context(|| beside.display().to_string())?;
    if let Ok(old) = std::fs::metadata(path) {
        std::fs::set_permissions(&beside, old.permissions()).with_context(|| beside.display().to_string())?;
    }
    std::fs::rename(&beside, path).with_context(|| path.display().to_string())
}

fn nearest() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder")?;
    let found = here.ancestors().find(|dir| dir.join(FILE).is_file()).map(Path::to_owned);
    found.ok_or_else(|| {
        Hinted {
            message: format!("no {FILE} here or in a folder above"),
            hint: "`gainsay init` begins a study here, `gainsay demo` shows one that is filled".to_owned(),
        }
        .into()
    })
}
