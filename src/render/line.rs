//! One line of a page, in which what is ours and what is foreign stay apart until it is shown.

use super::{escape_markdown, safe, wrap};

/// A line made of our words and foreign ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Ours(String),
    Foreign(String),
}

impl Line {
    /// Begins a line with our words.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self::default().ours(text)
    }

    /// Adds our words.
    pub(super) fn ours(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Ours(text.into()));
        self
    }

    /// Adds foreign words.
    pub(super) fn foreign(mut self, text: &str) -> Self {
        self.0.push(Part::Foreign(text.to_owned()));
        self
    }

    /// Adds another line behind this one.
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Returns the line for a terminal.
    pub(super) fn text(&self) -> String {
        self.show(safe)
    }

    /// Returns the line for a terminal, broken to a width, with later lines indented.
    pub(super) fn wrapped(&self, indent: &str, width: usize) -> String {
        let lines = wrap(&self.text(), width.saturating_sub(indent.len() + 2));
        let mut shown = String::new();
        for (at, line) in lines.iter().enumerate() {
            let hang = if at == 0 { "" } else { "  " };
            shown.push_str(format!("{indent}{hang}{line}").trim_end());
            shown.push('\n');
        }
        shown
    }

    /// Returns the line for Markdown.
    pub(super) fn markdown(&self) -> String {
        self.show(escape_markdown)
    }

    fn show(&self, foreign: fn(&str) -> String) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Ours(text) => text.clone(),
                Part::Foreign(text) => foreign(text),
            })
            .collect()
    }
}
