//! The command line: what a person types, and what they get back. The home of clap and indicatif.
//!
//! Data goes to stdout and talk to stderr; the exit codes are [`Exit`]'s. Each command is a file of its own.

mod output;
mod trial;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use output::Exit;

/// Watches news outlets for coverage of Chinese intelligence activity: who accused whom, who denied it, and how each
/// outlet told it.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// One stage of the pipeline on a file: what it makes of it, and why
    #[command(subcommand)]
    Try(trial::Trial),
}

/// Runs the program and returns its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Try(trial) => trial::run(&trial),
    };
    output::finish(result)
}
