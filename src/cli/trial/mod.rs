//! `try`: the stages, one at a time, on files. Touches no network, and needs no study but for the rule of a source.
//!
//! The JSON forms of this command are stable: evaluations rest on them.

mod feed;
mod page;
mod rows;
mod stories;
mod text;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64::Engine as _;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use rows::{Row, each_line, with_id};

use super::Exit;
use super::study::StudyFolder;
use crate::lexicon::Lexicon;
use crate::model::{Lang, SourceId};
use crate::pipeline::Outlet;
use crate::{decode, render};

/// The largest file or line that is read.
const INPUT_LIMIT: u64 = 64 << 20;

#[derive(Debug, Subcommand)]
pub(super) enum Trial {
    /// Reads a feed, a sitemap or a transcript: its entries, what was repaired, what is wrong with it
    Feed(FileInput),
    /// Finds the article of a page, or says why there is none
    Page(PageInput),
    /// Judges the topic of a text and finds who said what in it
    Text(TextInput),
    /// Groups articles (JSON Lines) into stories and finds reprints
    Stories(StoriesInput),
}

#[derive(Debug, Args)]
pub(super) struct FileInput {
    /// The file, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Read JSON Lines, {"id", "path" | "base64", "url"?, "content_type"?, "zone"?}, and write one line for each
    #[arg(long)]
    jsonl: bool,
    /// The address that the file came from
    #[arg(long, conflicts_with = "jsonl")]
    url: Option<String>,
    /// The Content-Type that it came with
    #[arg(long, conflicts_with = "jsonl")]
    content_type: Option<String>,
    /// The outlet's time zone, for dates without one (as Asia/Taipei)
    #[arg(long, conflicts_with = "jsonl")]
    zone: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PageInput {
    #[command(flatten)]
    file: FileInput,
    /// Add `lines`: each line that was taken for the article's, kept or not, and why not
    #[arg(long)]
    why: bool,
    /// Read it as a page of this source: by the rule and the zone that the study gives it
    #[arg(long, value_name = "ID")]
    source: Option<SourceId>,
}

#[derive(Debug, Args)]
pub(super) struct TextInput {
    /// A plain text file, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Read JSON Lines, {"id", "title"?, "text", "lang"?, "country"?, "outlet"?}, and write one line for each
    #[arg(long)]
    jsonl: bool,
    /// The headline
    #[arg(long, conflicts_with = "jsonl")]
    title: Option<String>,
    /// The language, as a hint
    #[arg(long, conflicts_with = "jsonl")]
    lang: Option<String>,
    /// The outlet's country, which decides names such as 外交部 (two letters, as HK)
    #[arg(long, conflicts_with = "jsonl")]
    country: Option<String>,
    #[command(flatten)]
    words: Words,
}

/// Which words a text is read with.
#[derive(Debug, Args)]
pub(super) struct Words {
    /// A study's terms.toml, on top of the words that ship; without it those alone
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
}

impl Words {
    fn lexicon(&self) -> anyhow::Result<Lexicon> {
        self.terms.as_deref().map_or_else(|| Ok(Lexicon::shipped()), super::study::lexicon_with)
    }
}

#[derive(Debug, Args)]
pub(super) struct StoriesInput {
    /// JSON Lines, {"id", "outlet"?, "published"?, "lang"?, "title", "text"}; - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Said for likeness with the other stages: this one reads and writes JSON Lines in any case
    #[arg(long)]
    jsonl: bool,
    #[command(flatten)]
    words: Words,
}

impl Row for FileRow {
    const KEYS: &'static [&'static str] = &["id", "path", "base64", "url", "content_type", "zone"];
}

/// Bytes to look at, as the JSON Lines of `feed` and `page` give them.
#[derive(Debug, Deserialize)]
struct FileRow {
    #[serde(default)]
    path: Option<PathBuf>,
    #[serde(default)]
    base64: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    zone: Option<String>,
}

/// The bytes of one row with what is known about them.
struct FileBytes {
    bytes: Vec<u8>,
    url: Option<String>,
    content_type: Option<String>,
    /// The zone of dates without one, where somebody said it.
    zone: Option<TimeZone>,
}

/// Runs one trial.
pub(super) fn run(trial: &Trial, study: impl Fn() -> anyhow::Result<StudyFolder>) -> anyhow::Result<Exit> {
    match trial {
        // A packed feed is unpacked by its reader, which says so.
        Trial::Feed(input) => files(input, raw, feed::read),
        Trial::Page(input) => {
            let outlet = input.source.as_ref().map(|id| Ok::<_, anyhow::Error>(Outlet::of(study()?.source(id)?)));
            let outlet = outlet.transpose()?.map(|outlet| outlet.pages);
            files(&input.file, load, |file| page::read(file, outlet.as_ref(), input.why))
        }
        Trial::Text(input) => texts(input),
        Trial::Stories(input) => {
            let lexicon = input.words.lexicon()?;
            stories::run(&lexicon, open(&input.file)?, &mut io::stdout().lock())
        }
    }
}

fn files(
    input: &FileInput,
    open_file: fn(&Path) -> anyhow::Result<Vec<u8>>,
    read: impl Fn(&FileBytes) -> Value + Sync,
) -> anyhow::Result<Exit> {
    let mut out = io::stdout();
    if input.jsonl {
        return each_line(open(&input.file)?, &mut out, |row: FileRow| Ok(read(&row.load(open_file)?)));
    }
    let row = FileRow {
        path: Some(input.file.clone()),
        base64: None,
        url: input.url.clone(),
        content_type: input.content_type.clone(),
        zone: input.zone.clone(),
    };
    let id = input.file.display().to_string();
    print_document(&mut out, &with_id(json!(id), read(&row.load(open_file)?)))
}

fn texts(input: &TextInput) -> anyhow::Result<Exit> {
    let mut out = io::stdout();
    let judge = text::Judge::new(input.words.lexicon()?);
    if input.jsonl {
        return each_line(open(&input.file)?, &mut out, |row: text::TextRow| Ok(judge.judge(&row)));
    }
    let row = text::TextRow {
        title: input.title.clone(),
        text: decode::html(&load(&input.file)?, Some("text/plain")).text,
        lang: input.lang.clone(),
        country: input.country.clone(),
    };
    // On the command line a wrong hint is a slip that can be mended; in a feed's own rows it is what feeds are like.
    row.check_hints()?;
    let id = input.file.display().to_string();
    print_document(&mut out, &with_id(json!(id), judge.judge(&row)))
}

/// Returns the language of a hint, none where it is empty; an underscore counts as a hyphen, as feeds write it.
///
/// # Errors
/// When it has not the form of a language tag: a wrong hint would be no hint, and nobody would hear of it.
fn lang_hint(hint: Option<&str>) -> anyhow::Result<Option<Lang>> {
    let Some(hint) = hint.filter(|hint| !hint.is_empty()) else { return Ok(None) };
    let tag = hint.replace('_', "-");
    anyhow::ensure!(
        Lang::is_tag(&tag),
        "`{}` is no language tag: write one as en, zh-Hant, zh-Hans, de",
        render::safe(hint)
    );
    Ok(Some(Lang::new(tag)))
}

/// Returns the country of a hint in capitals, none where it is empty.
///
/// # Errors
/// When it is not two letters.
fn country_hint(hint: Option<&str>) -> anyhow::Result<Option<String>> {
    let Some(hint) = hint.filter(|hint| !hint.is_empty()) else { return Ok(None) };
    let is_code = hint.len() == 2 && hint.bytes().all(|byte| byte.is_ascii_alphabetic());
    anyhow::ensure!(is_code, "`{}` is no country: write its two letters, as HK", render::safe(hint));
    Ok(Some(hint.to_ascii_uppercase()))
}

fn print_document(out: &mut impl Write, document: &Value) -> anyhow::Result<Exit> {
    writeln!(out, "{}", render::json_document(document))?;
    Ok(Exit::Done)
}

impl FileRow {
    fn load(self, open_file: fn(&Path) -> anyhow::Result<Vec<u8>>) -> anyhow::Result<FileBytes> {
        let bytes = match (&self.path, &self.base64) {
            (Some(path), None) => open_file(path)?,
            (None, Some(text)) => base64::engine::general_purpose::STANDARD.decode(text).context("base64")?,
            _ => anyhow::bail!("give either `path` or `base64`"),
        };
        let zone = match &self.zone {
            Some(name) => Some(TimeZone::get(name).with_context(|| format!("`{name}` is no time zone"))?),
            None => None,
        };
        Ok(FileBytes { bytes, url: self.url, content_type: self.content_type, zone })
    }
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).with_context(|| path.display().to_string())?;
    Ok(Box::new(BufReader::new(file)))
}

/// Reads a whole file, unpacked when its name ends in `.gz`.
pub(super) fn load(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = raw(path)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        return decode::gunzip(&bytes, INPUT_LIMIT).with_context(|| path.display().to_string());
    }
    Ok(bytes)
}

/// Reads a whole file as it is.
fn raw(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(INPUT_LIMIT + 1).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
    anyhow::ensure!(bytes.len() as u64 <= INPUT_LIMIT, "{}: larger than {INPUT_LIMIT} bytes", path.display());
    Ok(bytes)
}
