//! What can be wrong with a file, and how it is said.

use std::fmt;

/// One thing wrong in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The id of the source in which it stands, as written.
    pub source_id: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} line {}: ", self.file, self.line)?;
        if let Some(id) = &self.source_id {
            write!(out, "source `{id}`: ")?;
        }
        write!(out, "{}; {}", self.what, self.remedy)
    }
}

/// Everything that is wrong in a configuration file, in the order of its lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblems {
    /// The problems.
    pub problems: Vec<ConfigProblem>,
}

impl fmt::Display for ConfigProblems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(out, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigProblems {}

/// Collects problems while a file is read.
#[derive(Debug)]
pub(super) struct Report<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<(usize, ConfigProblem)>,
}

impl<'a> Report<'a> {
    /// Starts an empty report on a file.
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// Adds a problem at a byte of the text.
    pub(super) fn add(
        &mut self,
        at: usize,
        source_id: Option<&str>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let problem = ConfigProblem {
            file: self.file.to_owned(),
            // Counted in one pass at the end: a file of mistakes is not read anew for each.
            line: 0,
            source_id: source_id.map(shown),
            what: what.into(),
            remedy: remedy.into(),
        };
        self.problems.push((at, problem));
    }

    /// Returns the line on which a byte of the text stands.
    pub(super) fn line(&self, at: usize) -> usize {
        line_of(self.text, at)
    }

    /// Drops the problems that stand in one of the ranges of bytes.
    pub(super) fn forget_within(&mut self, ranges: &[std::ops::Range<usize>]) {
        self.problems.retain(|(at, _)| !ranges.iter().any(|range| range.contains(at)));
    }

    /// Returns the problems in the order of the text, or `None` when there are none.
    pub(super) fn finish(mut self) -> Option<ConfigProblems> {
        self.problems.sort_by_key(|(at, _)| *at);
        let mut counted = (0, 1);
        for (at, problem) in &mut self.problems {
            let between = self.text.as_bytes().get(counted.0..*at).unwrap_or_default();
            counted = (*at, counted.1 + between.iter().filter(|byte| **byte == b'\n').count());
            problem.line = counted.1;
        }
        let problems: Vec<_> = self.problems.into_iter().map(|(_, problem)| problem).collect();
        if problems.is_empty() { None } else { Some(ConfigProblems { problems }) }
    }
}

/// Returns a value of the file as it may stand in a message: on one line, without control characters, and not long.
pub(super) fn shown(value: &str) -> String {
    const LONGEST: usize = 120;
    let mut text: String = value.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if value.chars().count() > LONGEST {
        text.push('…');
    }
    text
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}
