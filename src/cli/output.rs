//! How a command ends.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::render::Style;
use crate::report::Scope;

/// The exit codes, which scripts rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or found.
    Done = 0,
    /// A search or look-up found nothing.
    NothingFound = 1,
    /// A mistake in how the command was called, or an error.
    Error = 2,
    /// A part failed: a source that worked before, or lines of the input.
    Partial = 3,
    /// A verification failed.
    VerificationFailed = 4,
    /// The network was needed and was not there.
    NoNetwork = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// How a command's answer is written.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct Format {
    /// Write one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// Returns whose word a page rests on: everybody's, or with `--reviewed` a person's alone.
pub(super) fn scope(reviewed: bool) -> Scope {
    if reviewed { Scope::Reviewed } else { Scope::Everything }
}

/// The width of an answer that goes to a file or a pipe.
const FILE_WIDTH: usize = 120;

/// `--offline` stands, and the command needs the network.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` needs the network, and --offline forbids it")]
struct Offline(String);

/// An error with something to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Hinted {
    pub(super) message: String,
    pub(super) hint: String,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

static COLOURED: AtomicBool = AtomicBool::new(false);

/// Decides colours and begins the log: warnings, or what `GAINSAY_LOG` asks for.
pub(super) fn begin(color: Color) {
    let wanted = match color {
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
        Color::Always => true,
        Color::Never => false,
    };
    COLOURED.store(wanted, Ordering::Relaxed);
    let filter = tracing_subscriber::EnvFilter::try_from_env("GAINSAY_LOG")
        .unwrap_or_else(|_| "warn,tantivy=error,html5ever=error,selectors=error".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).without_time();
    // A second start in one process keeps the first one's log.
    let _ = log.try_init();
}

/// Returns how emphasis is shown.
pub(super) fn style() -> Style {
    if COLOURED.load(Ordering::Relaxed) { Style::Ansi } else { Style::Plain }
}

/// Writes a table that fits the terminal.
pub(super) fn table(headers: &[&str], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| crate::render::safe(cell)).collect()).collect();
    out.write_all(crate::render::table(headers, &rows, width()).as_bytes())?;
    Ok(())
}

/// Writes a table whose last column holds sentences: where it does not fit the terminal, they stand below their row. A file
/// gets them whole.
pub(super) fn told_table(headers: &[&str], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let width = if io::stdout().is_terminal() { width() } else { usize::MAX };
    io::stdout().lock().write_all(crate::render::told_table(headers, rows, width).as_bytes())?;
    Ok(())
}

/// What was named is not there: a look-up that finds nothing.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotThere(pub(super) String);

/// Prints what went wrong, if anything did, and returns the exit code.
pub(super) fn finish(result: anyhow::Result<Exit>) -> ExitCode {
    let error = match result {
        Ok(exit) => return exit.into(),
        Err(error) => error,
    };
    let broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    };
    let reader_went_away = error.chain().any(broken_pipe);
    if reader_went_away {
        return Exit::Done.into();
    }
    eprintln!("error: {}", crate::render::safe_lines(&format!("{error:#}")));
    if let Some(hinted) = error.downcast_ref::<Hinted>() {
        eprintln!("hint: {}", crate::render::safe(&hinted.hint));
    }
    if error.is::<Offline>() {
        return Exit::NoNetwork.into();
    }
    if error.is::<NotThere>() { Exit::NothingFound.into() } else { Exit::Error.into() }
}

/// Writes one JSON document.
pub(super) fn document(document: &Value) -> anyhow::Result<()> {
    line(&crate::render::json_document(document))
}

/// Writes one line of text.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(())
}

/// Returns the width that an answer has to fit: the terminal's, or one that suits a file.
pub(super) fn width() -> usize {
    console::Term::stdout().size_checked().map_or(FILE_WIDTH, |(_, columns)| usize::from(columns).max(40))
}

/// Refuses what needs the network under `--offline`.
pub(super) fn offline(command: &str) -> anyhow::Error {
    Offline(command.to_owned()).into()
}

/// Returns the ending of a noun that is counted.
pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Writes text that was rendered to its end.
pub(super) fn text(text: &str) -> anyhow::Result<()> {
    bytes(text.as_bytes())
}

/// Writes bytes as they are.
pub(super) fn bytes(bytes: &[u8]) -> anyhow::Result<()> {
    io::stdout().lock().write_all(bytes)?;
    Ok(())
}

/// Writes foreign bytes: as they are to a file or a pipe, and without control characters to a terminal.
pub(super) fn raw(foreign: &[u8]) -> anyhow::Result<()> {
    if io::stdout().is_terminal() {
        return text(&crate::render::safe_lines(&String::from_utf8_lossy(foreign)));
    }
    bytes(foreign)
}

/// Hands over what was printed so far; a reader that went away is noticed at the next line.
pub(super) fn flush() {
    let _ = io::stdout().flush();
}
