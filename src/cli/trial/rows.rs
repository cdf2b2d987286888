//! The rows of an input in JSON Lines: read, worked on by several threads, and answered in the order in which they came.

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::output::plural;
use super::{Exit, INPUT_LIMIT};
use crate::{extract, render};

/// How many unknown keys are named.
const MOST_UNKNOWN: usize = 10;
/// More threads than this wait for the disk and hold pages in memory.
const MOST_THREADS: usize = 4;
/// How many rows a thread may be ahead of those that were answered.
const AHEAD: usize = 4;

/// A line of JSON Lines, as an object with these keys.
pub(super) trait Row: DeserializeOwned {
    const KEYS: &'static [&'static str];

    /// Refuses hints that have not the form of a language or a country; the row is read without them.
    fn check_hints(&self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// A row to be worked on: its line, its id, and itself or why it is none.
struct Job<R> {
    line: usize,
    id: Value,
    row: anyhow::Result<R>,
    answer: SyncSender<Answer>,
}

/// What is written for a row.
struct Answer {
    written: String,
    is_failure: bool,
}

/// Reads JSON Lines and writes a line for each, in order, ids kept; a line that cannot be read gives one that says so.
///
/// Each answer is written as soon as it and those before it are there: who waits for one before asking the next gets it.
pub(super) fn each_line<R: Row + Send>(
    mut input: Box<dyn BufRead>,
    out: &mut (impl Write + Send),
    work: impl Fn(R) -> anyhow::Result<Value> + Sync,
) -> anyhow::Result<Exit> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let mut tally = Tally::default();
    let (jobs, todo) = sync_channel::<Job<R>>(threads);
    let (answers, in_order) = sync_channel::<Receiver<Answer>>(threads * AHEAD);
    let todo = Mutex::new(todo);
    let failed = thread::scope(|scope| -> anyhow::Result<usize> {
        for _ in 0..threads {
            thread::Builder::new().stack_size(extract::STACK).spawn_scoped(scope, || work_off(&todo, &work))?;
        }
        let writer = scope.spawn(|| write_in_order(in_order, out));
        let read = read_rows(&mut *input, &mut tally, &jobs, &answers);
        // Whoever waits for more hears that there is none.
        drop((jobs, answers));
        let failed = writer.join().unwrap_or_else(|_| Err(io::Error::other("the writer failed")));
        read?;
        Ok(failed?)
    })?;
    tally.failed += failed;
    tally.tell();
    // A line that cannot be read is no failure of the others: who reads them finds it under `error`.
    Ok(Exit::Done)
}

/// Hands out the rows; it ends early where nobody takes what is written any more, which the writer tells of.
fn read_rows<R: Row>(
    input: &mut dyn BufRead,
    tally: &mut Tally,
    jobs: &SyncSender<Job<R>>,
    answers: &SyncSender<Receiver<Answer>>,
) -> anyhow::Result<()> {
    while let Some(line) = next_line(input)? {
        tally.lines += 1;
        if line.is_empty() {
            continue;
        }
        let (id, row) = tally.read(&line);
        let (answer, answered) = sync_channel(1);
        if answers.send(answered).is_err() || jobs.send(Job { line: tally.lines, id, row, answer }).is_err() {
            break;
        }
    }
    Ok(())
}

fn work_off<R>(todo: &Mutex<Receiver<Job<R>>>, work: &impl Fn(R) -> anyhow::Result<Value>) {
    let next = || todo.lock().ok()?.recv().ok();
    while let Some(Job { line, id, row, answer }) = next() {
        let result = row.and_then(|row| guarded(|| work(row)));
        let is_failure = result.is_err();
        let result = result.unwrap_or_else(|error| failure(line, &error));
        // Nobody waits for it where writing failed.
        answer.send(Answer { written: render::json_line(&with_id(id, result)), is_failure }).ok();
    }
}

/// Returns how many rows failed.
fn write_in_order(in_order: Receiver<Receiver<Answer>>, out: &mut impl Write) -> io::Result<usize> {
    let mut failed = 0;
    for answered in in_order {
        let answer = answered.recv().map_err(io::Error::other)?;
        failed += usize::from(answer.is_failure);
        writeln!(out, "{}", answer.written)?;
        out.flush()?;
    }
    Ok(failed)
}

/// What is written for a line that could not be read, by its number, from 1.
fn failure(line: usize, error: &anyhow::Error) -> Value {
    json!({ "error": format!("line {line}: {error:#}") })
}

/// Does what one row asks for; a reader that panics loses its row, and not those behind it.
pub(super) fn guarded<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let failed = || anyhow::anyhow!("gainsay's own reader failed on this row: please report it");
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failed()))
}

/// What became of the lines of an input.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Lines met so far, empty ones too.
    pub(super) lines: usize,
    /// Lines that hold something.
    pub(super) rows: usize,
    pub(super) failed: usize,
    /// Keys that no row has, each with the first line it stands on.
    unknown: Vec<(String, usize)>,
    /// Hints that say nothing, by their line.
    hints: Vec<(usize, String)>,
}

impl Tally {
    /// Reads the line met last: its id, and the row or why it is none.
    pub(super) fn read<R: Row>(&mut self, line: &[u8]) -> (Value, anyhow::Result<R>) {
        self.rows += 1;
        let value = match serde_json::from_slice::<Value>(line) {
            Ok(value) => value,
            // The parser counts lines within the one it was given, and only this one's number helps.
            Err(error) => return (Value::Null, Err(anyhow::anyhow!("not JSON, at column {}", error.column()))),
        };
        let id = value.get("id").cloned().unwrap_or(Value::Null);
        let Value::Object(fields) = &value else { return (id, Err(anyhow::anyhow!("not a JSON object"))) };
        for key in fields.keys().filter(|key| !R::KEYS.contains(&key.as_str())) {
            let is_new = self.unknown.len() < MOST_UNKNOWN && !self.unknown.iter().any(|(known, _)| known == key);
            if is_new {
                self.unknown.push((key.clone(), self.lines));
            }
        }
        let row = serde_json::from_value::<R>(value).map_err(anyhow::Error::from);
        if let Some(wrong) = row.as_ref().ok().and_then(|row| row.check_hints().err())
            && self.hints.len() < MOST_UNKNOWN
        {
            self.hints.push((self.lines, wrong.to_string()));
        }
        (id, row)
    }

    /// Counts a failure of a line by its number, from 1, and returns what is written for it.
    pub(super) fn failed_at(&mut self, line: usize, error: &anyhow::Error) -> Value {
        self.failed += 1;
        failure(line, error)
    }

    /// Says what went wrong.
    pub(super) fn tell(&self) {
        for (key, line) in &self.unknown {
            eprintln!("warning: line {line}: the key `{}` is not known and says nothing here", render::safe(key));
        }
        for (line, wrong) in &self.hints {
            eprintln!("warning: line {line}: {wrong}; read without it");
        }
        if self.failed > 0 {
            let (failed, rows) = (self.failed, self.rows);
            eprintln!("{failed} of {rows} line{} could not be read: see `error` in what they gave", plural(rows));
        }
    }
}

/// Returns the next line without its end; one longer than the limit is an error, since what follows cannot be trusted.
pub(super) fn next_line(input: &mut dyn BufRead) -> anyhow::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = input.take(INPUT_LIMIT).read_until(b'\n', &mut line)?;
    anyhow::ensure!((read as u64) < INPUT_LIMIT, "a line is longer than {INPUT_LIMIT} bytes");
    if read == 0 {
        return Ok(None);
    }
    // Some programs begin a file with a byte-order mark.
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
    Ok(Some(line.trim_ascii().to_vec()))
}

pub(super) fn with_id(id: Value, value: Value) -> Value {
    let Value::Object(fields) = value else { return json!({ "id": id, "value": value }) };
    let mut document = serde_json::Map::new();
    document.insert("id".to_owned(), id);
    document.extend(fields.into_iter().filter(|(name, _)| name != "id"));
    Value::Object(document)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Numbered {
        id: u64,
        #[serde(default)]
        fails: bool,
    }

    impl Row for Numbered {
        const KEYS: &'static [&'static str] = &["id", "fails"];
    }

    fn answers(rows: String, work: impl Fn(Numbered) -> anyhow::Result<Value> + Sync) -> Vec<Value> {
        let mut out = Vec::new();
        each_line(Box::new(io::Cursor::new(rows)), &mut out, work).expect("rows that fail are no failure");
        let out = String::from_utf8(out).expect("JSON");
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    #[test]
    fn a_reader_that_panics_loses_its_own_row() {
        let work = |row: Numbered| {
            assert!(!row.fails, "a reader's own fault");
            Ok(json!({}))
        };
        let rows = answers("{\"id\": 1, \"fails\": true}\n{\"id\": 2}\n".to_owned(), work);
        assert_eq!(rows[0]["id"], 1);
        assert_eq!(rows[0]["error"], "line 1: gainsay's own reader failed on this row: please report it");
        assert_eq!(rows[1], json!({ "id": 2 }));
    }

    #[test]
    fn answers_come_in_the_order_of_the_rows_however_long_each_takes() {
        let rows: String = (0..60).map(|id| format!("{{\"id\": {id}}}\n")).collect();
        let work = |row: Numbered| {
            thread::sleep(Duration::from_millis(if row.id.is_multiple_of(7) { 4 } else { 0 }));
            Ok(json!({}))
        };
        let ids: Vec<u64> = answers(rows, work).iter().filter_map(|row| row["id"].as_u64()).collect();
        assert_eq!(ids, (0..60).collect::<Vec<u64>>());
    }

    #[test]
    fn nothing_waits_for_a_reader_that_has_gone() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let rows: String = (0..500).map(|id| format!("{{\"id\": {id}}}\n")).collect();
        let told = each_line(Box::new(io::Cursor::new(rows)), &mut Gone, |_: Numbered| Ok(json!({})));
        assert!(told.is_err());
    }
}
