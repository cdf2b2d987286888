//! `init`: a study to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::output::{self, Exit};

/// The shipped study.
const FEEDS: &str = include_str!("../../feeds.toml");
/// What version control should leave alone.
const IGNORED: &str = "/record\n/index\n";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder; it is made when it is not there
    #[arg(default_value = ".")]
    dir: PathBuf,
}

impl Init {
    pub(super) fn run(&self) -> anyhow::Result<Exit> {
        let feeds = self.dir.join("feeds.toml");
        anyhow::ensure!(!feeds.exists(), "{} is there already: it is left as it is", feeds.display());
        fs::create_dir_all(&self.dir).with_context(|| self.dir.display().to_string())?;
        fs::write(&feeds, FEEDS).with_context(|| feeds.display().to_string())?;
        write_unless_there(&self.dir.join(".gitignore"), IGNORED)?;
        let study = crate::config::study(FEEDS, "feeds.toml")?;
        output::line(&format!("a study with {} sources is in {}", study.sources.len(), self.dir.display()))?;
        eprintln!(
            "next: put your address into `contact` in feeds.toml, then `gainsay source check` and `gainsay poll`"
        );
        Ok(Exit::Done)
    }
}

fn write_unless_there(path: &Path, text: &str) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}
