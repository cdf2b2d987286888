//! How a command ends.

use std::io;
use std::process::ExitCode;

/// The exit codes, which scripts rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or found.
    Done = 0,
    /// A search or look-up found nothing.
    NothingFound = 1,
    /// A mistake in how the command was called, or an error.
    Error = 2,
    /// A source that worked before failed now.
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

/// An error with something to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Hinted {
    pub(super) message: String,
    pub(super) hint: String,
}

/// Prints what went wrong, if anything did, and returns the exit code.
pub(super) fn finish(result: anyhow::Result<Exit>) -> ExitCode {
    let error = match result {
        Ok(exit) => return exit.into(),
        Err(error) => error,
    };
    let reader_went_away = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
    if reader_went_away {
        return Exit::Done.into();
    }
    eprintln!("error: {}", crate::render::safe(&format!("{error:#}")));
    if let Some(hinted) = error.downcast_ref::<Hinted>() {
        eprintln!("hint: {}", crate::render::safe(&hinted.hint));
    }
    Exit::Error.into()
}
