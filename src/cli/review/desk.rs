//! The keystrokes of a review: one statement at a time, each decision saved at once.

use console::{Key, Term};
use jiff::Timestamp;

use super::super::output::{self, Exit};
use super::super::study::StudyFolder;
use crate::model::{Act, Decision};
use crate::render;
use crate::report::ReviewRow;
use crate::store::Judging;

const KEYS: &str = "a accept · r reject · s skip · n note · b back · u undo · q quit";

/// What a key does, with the statement that it does it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Decides, and goes on.
    Decide(usize, Decision),
    /// Asks for a note, and stays.
    Note(usize),
    /// Shows another statement, or the end of the list.
    Go(usize),
    /// Ends the sitting.
    End,
    /// Means nothing.
    Unknown,
}

/// Returns what a key does at a place of a list; the place behind the last statement is its end.
fn step(at: usize, length: usize, key: &Key) -> Step {
    let is_at_end = at >= length;
    match key {
        Key::Char('q' | 'Q') | Key::Escape | Key::CtrlC => Step::End,
        Key::Char('b' | 'B') | Key::ArrowLeft | Key::ArrowUp | Key::Backspace => Step::Go(at.saturating_sub(1)),
        _ if is_at_end => Step::Unknown,
        Key::Char('a' | 'A') => Step::Decide(at, Decision::Accept),
        Key::Char('r' | 'R') => Step::Decide(at, Decision::Reject),
        Key::Char('u' | 'U') => Step::Decide(at, Decision::None),
        Key::Char('n' | 'N') => Step::Note(at),
        Key::Char('s' | 'S') | Key::ArrowRight | Key::ArrowDown => Step::Go(at + 1),
        _ => Step::Unknown,
    }
}

impl Step {
    /// Returns the place that a person is led to from `at`.
    fn leads_to(self, at: usize) -> usize {
        match self {
            Self::Decide(of, Decision::None) | Self::Note(of) => of,
            Self::Decide(of, _) => of + 1,
            Self::Go(to) => to,
            Self::End | Self::Unknown => at,
        }
    }
}

/// What was decided and noted in this sitting.
#[derive(Debug, Clone, Default)]
struct Made {
    decision: Option<Decision>,
    note: Option<String>,
    /// A note that could not be saved.
    draft: Option<String>,
}

/// Shows one statement after the other and does what a person's keys say.
pub(super) fn review(folder: &StudyFolder, rows: &[ReviewRow<'_>], more: usize) -> anyhow::Result<Exit> {
    let term = Term::stdout();
    let mut made = vec![Made::default(); rows.len()];
    let mut at = 0;
    show(&term, rows, &made, at, more)?;
    loop {
        // Not the reading that raises a signal: what was decided is to be counted and indexed also after Ctrl-C.
        let step = step(at, rows.len(), &term.read_key_raw()?);
        let saved = match step {
            Step::Decide(of, decision) => {
                let saved = save(folder, &rows[of], Act::Decide(decision));
                saved.map(|_| made[of].decision = Some(decision))
            }
            Step::Note(of) => match ask_for_note(&term, made[of].draft.take())? {
                None => Ok(()),
                Some(text) => {
                    let saved = save(folder, &rows[of], Act::Note(text.clone()));
                    // What somebody wrote is not to be written again because a poll was at work.
                    if saved.is_ok() {
                        made[of].note = Some(text)
                    } else {
                        made[of].draft = Some(text)
                    }
                    saved
                }
            },
            Step::Go(_) => Ok(()),
            Step::End => break,
            Step::Unknown => {
                say(&term, if at < rows.len() { KEYS } else { "b back · q quit" })?;
                continue;
            }
        };
        if let Err(error) = saved {
            say(&term, &format!("not saved: {error:#}; press the key again in a moment"))?;
            continue;
        }
        at = step.leads_to(at);
        show(&term, rows, &made, at, more)?;
    }
    finish(folder, &made)
}

/// Asks for a note; `None` leaves things as they are.
fn ask_for_note(term: &Term, draft: Option<String>) -> anyhow::Result<Option<String>> {
    match &draft {
        Some(draft) => say(term, &format!("note (an empty line takes: {draft})"))?,
        None => say(term, "note (an empty line leaves it as it is)")?,
    }
    term.write_str("> ")?;
    let text = term.read_line()?;
    Ok(if text.trim().is_empty() { draft } else { Some(text) })
}

fn show(term: &Term, rows: &[ReviewRow<'_>], made: &[Made], at: usize, more: usize) -> anyhow::Result<()> {
    let Some(row) = rows.get(at) else {
        let more = if more > 0 { format!(", {more} more wait") } else { String::new() };
        return say(term, &format!("\nthat was the last of {}{more} · b back · q quit", rows.len()));
    };
    say(term, &format!("\n{} of {}", at + 1, rows.len()))?;
    term.write_str(&render::review_row_text(row, output::width()))?;
    if let Some(note) = &made[at].note {
        say(term, &format!("  note: {note}"))?;
    }
    match made[at].decision {
        Some(Decision::Accept) => say(term, "  accepted")?,
        Some(Decision::Reject) => say(term, "  rejected")?,
        Some(Decision::None) => say(term, "  taken back")?,
        None => {}
    }
    say(term, KEYS)
}

/// Writes a line, broken to the width of the terminal and without anything that would control it.
fn say(term: &Term, text: &str) -> anyhow::Result<()> {
    for line in render::wrap(&render::safe_lines(text), output::width()) {
        term.write_line(&line)?;
    }
    Ok(())
}

/// Keeps one act. The lock is held no longer than that: a poll goes on while a person thinks.
fn save(folder: &StudyFolder, row: &ReviewRow<'_>, act: Act) -> anyhow::Result<()> {
    let at = Timestamp::now();
    let mut store = folder.write("review", at)?;
    store.judge(&Judging { article: row.article.id, version: row.version(), position: row.position, act: &act, at })?;
    Ok(())
}

/// Brings the index up to what was decided, and says how much that was.
fn finish(folder: &StudyFolder, made: &[Made]) -> anyhow::Result<Exit> {
    let count = |decision| made.iter().filter(|made| made.decision == Some(decision)).count();
    let notes = made.iter().filter(|made| made.note.is_some()).count();
    eprintln!(
        "{} accepted, {} rejected, {notes} note{}",
        count(Decision::Accept),
        count(Decision::Reject),
        output::plural(notes)
    );
    if made.iter().all(|made| made.decision.is_none()) {
        return Ok(Exit::Done);
    }
    match folder.write("review", Timestamp::now()) {
        Ok(store) => Ok(folder.catch_up(&store)),
        // Whoever writes now brings the index up to the record.
        Err(error) => {
            eprintln!(
                "warning: the index is behind the record: {error:#}; the next poll or `gainsay reindex` mends it"
            );
            Ok(Exit::Done)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses keys over a list of two and returns what each did.
    fn pressed(keys: &str) -> Vec<Step> {
        let mut at = 0;
        let press = |key| {
            let step = step(at, 2, &Key::Char(key));
            at = step.leads_to(at);
            step
        };
        keys.chars().map(press).collect()
    }

    use Decision::{Accept, None as Nothing, Reject};
    use Step::{Decide, End, Go, Note, Unknown};

    #[test]
    fn each_decision_leads_to_the_next_statement() {
        assert_eq!(pressed("arq"), [Decide(0, Accept), Decide(1, Reject), End]);
        assert_eq!(pressed("ss"), [Go(1), Go(2)]);
    }

    #[test]
    fn a_note_and_an_undo_stay_where_they_are() {
        assert_eq!(pressed("nna"), [Note(0), Note(0), Decide(0, Accept)]);
        assert_eq!(pressed("sur"), [Go(1), Decide(1, Nothing), Decide(1, Reject)]);
    }

    #[test]
    fn back_leads_to_what_was_decided_before() {
        assert_eq!(pressed("abr"), [Decide(0, Accept), Go(0), Decide(0, Reject)]);
        assert_eq!(pressed("bb"), [Go(0), Go(0)]);
    }

    #[test]
    fn at_the_end_nothing_can_be_decided() {
        assert_eq!(pressed("ssarnsb"), [Go(1), Go(2), Unknown, Unknown, Unknown, Unknown, Go(1)]);
    }

    #[test]
    fn the_sitting_ends_by_more_than_one_key_and_other_keys_do_nothing() {
        for key in [Key::Escape, Key::CtrlC, Key::Char('Q')] {
            assert_eq!(step(0, 2, &key), End);
        }
        for key in [Key::Enter, Key::Char('x'), Key::Char('接'), Key::Unknown, Key::Del] {
            assert_eq!(step(0, 2, &key), Unknown);
        }
        assert_eq!(step(0, 2, &Key::ArrowRight), Go(1));
        assert_eq!(step(1, 2, &Key::ArrowLeft), Go(0));
        assert_eq!(step(0, 0, &Key::Char('a')), Unknown);
    }
}
