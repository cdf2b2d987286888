//! The command line: what a person types, and what they get back. The home of clap, console and indicatif.
//!
//! Data goes to stdout and talk to stderr; the exit codes are [`Exit`]'s. Each command is a file of its own.

mod alias;
mod capture;
mod changes;
mod compare;
mod demo;
mod digest;
mod doctor;
mod gather;
mod init;
mod judge;
mod moment;
mod outcomes;
mod output;
mod poll;
mod recheck;
mod reindex;
mod review;
mod run;
mod search;
mod show;
mod source;
mod story;
mod study;
mod trial;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};

pub use output::Exit;
use study::StudyFolder;

/// Takes a path that is empty, too: a variable that is set to nothing is not set.
fn any_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Watches news outlets for coverage of Chinese intelligence activity: who accused whom, who denied it, and how each
/// outlet told it.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version, max_term_width = 100)]
struct Arguments {
    /// The study's folder; without it, the nearest folder above with a feeds.toml
    #[arg(long, global = true, env = "GAINSAY_STUDY", value_name = "DIR", value_parser = any_path())]
    study: Option<PathBuf>,
    /// Never reach the network, whatever the command
    #[arg(long, global = true)]
    offline: bool,
    /// Colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: output::Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begins a study in a folder: the shipped list of sources
    Init(init::Init),
    /// Shows what gainsay does on a sample world, offline, and leaves a study to explore
    Demo(demo::Demo),
    /// Checks that the record, the captures and the index are whole
    Doctor(doctor::Doctor),
    /// What is watched, and whether it answers
    #[command(subcommand)]
    Source(source::SourceCommand),
    /// Fetches what is due, reads it, judges it and keeps it
    Poll(poll::Poll),
    /// Brings in one article by hand, from an address or a saved file
    Capture(capture::Capture),
    /// Looks again at known articles: changed, or gone
    Recheck(recheck::Recheck),
    /// Every page that was not kept as on topic, and why: what could have been missed
    Outcomes(outcomes::Outcomes),
    /// Finds articles; Traditional and Simplified find each other
    Search(search::Search),
    /// Shows one article, with its statements and its evidence
    Show(show::Show),
    /// What outlets changed after they published
    Changes(changes::Changes),
    /// The stories in the record
    #[command(subcommand)]
    Story(story::StoryCommand),
    /// How each outlet told a story: accusation, denial, verb, delay, change
    Compare(compare::Compare),
    /// A day on one page
    Digest(digest::Digest),
    /// Goes through what waits for a person: candidates, and what the machine is not sure of
    Review(review::Review),
    /// Accepts statements: they are as the machine reads them, and count
    Accept(judge::Accept),
    /// Rejects statements: they count nowhere
    Reject(judge::Reject),
    /// Writes a note on a statement
    Note(judge::Note),
    /// Names that lead to one person or office, for the next poll
    #[command(subcommand)]
    Alias(alias::AliasCommand),
    /// Makes the index anew from the record
    Reindex(reindex::Reindex),
    /// One stage of the pipeline on a file: what it makes of it, and why
    #[command(subcommand)]
    Try(trial::Trial),
}

/// Runs the program and returns its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::begin(arguments.color);
    output::finish(run(&arguments))
}

fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let offline = arguments.offline;
    let study = || StudyFolder::find(arguments.study.as_deref().filter(|dir| !dir.as_os_str().is_empty()));
    match &arguments.command {
        Command::Init(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Doctor(command) => command.run(&study()?),
        Command::Source(command) => command.run(&study()?, offline),
        Command::Poll(command) => command.run(&study()?, offline),
        Command::Capture(command) => command.run(&study()?, offline),
        Command::Recheck(command) => command.run(&study()?, offline),
        Command::Outcomes(command) => command.run(&study()?),
        Command::Search(command) => command.run(&study()?),
        Command::Show(command) => command.run(&study()?),
        Command::Changes(command) => command.run(&study()?),
        Command::Story(command) => command.run(&study()?),
        Command::Compare(command) => command.run(&study()?),
        Command::Digest(command) => command.run(&study()?),
        Command::Review(command) => command.run(&study()?),
        Command::Accept(command) => command.run(&study()?),
        Command::Reject(command) => command.run(&study()?),
        Command::Note(command) => command.run(&study()?),
        Command::Alias(command) => command.run(&study()?),
        Command::Reindex(command) => command.run(&study()?),
        Command::Try(trial) => trial::run(trial, study),
    }
}
