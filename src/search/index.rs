//! Writing the index, and telling whether the one on disk can be used.
//!
//! tantivy's files are in `tantivy/` inside the folder. Each commit carries a mark: the record it belongs to, the
//! print of what shaped it, and the sequence number it reaches to. A new index is made beside the old one and takes
//! its place by a rename, so that a crash leaves the one or the other.

use std::fs;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::index::SegmentComponent;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::schema::{self, Fields};
use super::{IndexedArticle, SearchError, tokenizer};

/// What the writer may use before it writes a segment.
const WRITER_MEMORY: usize = 50_000_000;

/// The index of one record, open for writing.
///
/// The lock that keeps other writers out is held from the first `add` to the `commit` that follows it.
pub struct Index {
    dir: PathBuf,
    record_id: String,
    open: Open,
    writer: Option<IndexWriter>,
    /// True when articles were lost with a writer that failed, and the one who adds them has not heard of it.
    lost: bool,
    was_reset: Option<String>,
}

impl Index {
    /// Opens the index in a folder, or makes a new one when there is none that can be used.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open_or_create(dir: &Path, record_id: &str) -> Result<Self, SearchError> {
        let (open, was_reset) = match usable(dir, record_id) {
            Ok(open) => (open, None),
            Err(why) => (make_anew(dir, record_id)?, Some(why.to_string())),
        };
        Ok(Self { dir: dir.to_owned(), record_id: record_id.to_owned(), open, writer: None, lost: false, was_reset })
    }

    /// Returns why the index was made anew, when it was; also when there was none before.
    pub fn was_reset(&self) -> Option<String> {
        self.was_reset.clone()
    }

    /// Returns the last sequence number that was committed; 0 for an empty index.
    pub fn indexed_to(&self) -> i64 {
        self.open.mark.seq
    }

    /// Puts articles in, each in the place of an earlier one of the same id.
    ///
    /// # Errors
    /// When writing fails. Nothing since the last commit is kept then: go on from `indexed_to`.
    pub fn add(&mut self, articles: &[IndexedArticle]) -> Result<(), SearchError> {
        if articles.is_empty() {
            return Ok(());
        }
        self.try_add(articles).inspect_err(|_| self.lose_writer())
    }

    /// Makes what was added durable, and remembers the sequence number it reaches to.
    ///
    /// # Errors
    /// When writing fails, or failed since the last commit. Nothing since then is kept: go on from `indexed_to`.
    pub fn commit(&mut self, seq: i64) -> Result<(), SearchError> {
        if std::mem::take(&mut self.lost) {
            self.writer = None;
            return Err(SearchError::Failed { reason: "an earlier write failed; nothing was committed".to_owned() });
        }
        self.try_commit(seq).inspect_err(|_| self.writer = None)
    }

    /// Throws the index away and makes an empty one, for a reason that the caller has seen, such as a record that was
    /// put back to an earlier day and now ends before the index does.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn reset(&mut self, reason: &str) -> Result<(), SearchError> {
        self.writer = None;
        self.lost = false;
        self.open = make_anew(&self.dir, &self.record_id)?;
        self.was_reset = Some(reason.to_owned());
        Ok(())
    }

    /// Reads all files and compares their checksums. Opening only finds what is missing, cut short or foreign.
    ///
    /// # Errors
    /// When a file is not what was written.
    pub fn verify(&self) -> Result<(), SearchError> {
        let damaged = guarded(|| self.open.index.validate_checksum().map_err(damaged))?;
        match damaged.iter().next() {
            None => Ok(()),
            Some(file) => Err(SearchError::Damaged { reason: format!("{} is not as written", file.display()) }),
        }
    }

    fn try_add(&mut self, articles: &[IndexedArticle]) -> Result<(), SearchError> {
        self.ensure_writer()?;
        let fields = &self.open.fields;
        let writer = self.writer.as_ref().expect("made above");
        for article in articles {
            writer.delete_term(Term::from_field_i64(fields.article, article.article));
            writer.add_document(fields.document(article)).map_err(failed)?;
        }
        Ok(())
    }

    fn try_commit(&mut self, seq: i64) -> Result<(), SearchError> {
        self.ensure_writer()?;
        let mut writer = self.writer.take().expect("made above");
        let mark = Mark { seq, ..self.open.mark.clone() };
        commit(&mut writer, &mark)?;
        self.open.mark = mark;
        // Segments are merged in the background; to leave before that is done would undo it every time.
        writer.wait_merging_threads().map_err(failed)
    }

    fn ensure_writer(&mut self) -> Result<(), SearchError> {
        if self.writer.is_none() {
            self.writer = Some(writer(&self.open.index)?);
        }
        Ok(())
    }

    fn lose_writer(&mut self) {
        self.writer = None;
        self.lost = true;
    }
}

/// An index on disk that belongs to the record and to this program.
pub(super) struct Open {
    pub(super) index: tantivy::Index,
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    pub(super) mark: Mark,
}

/// What each commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The id of the record.
    record: String,
    /// The print of what shaped the index.
    shape: String,
    /// The last sequence number of the record that is in it.
    pub(super) seq: i64,
}

/// Opens what is there, if it can be used.
pub(super) fn usable(dir: &Path, record_id: &str) -> Result<Open, SearchError> {
    let files = dir.join("tantivy");
    if !files.join("meta.json").exists() {
        return Err(SearchError::NoIndex);
    }
    // A writer may commit while the files are looked at, and take away those of the commit before. The index is
    // damaged only if it is while nothing changes.
    let mut before = fs::read(files.join("meta.json")).map_err(failed)?;
    loop {
        let opened = guarded(|| open(&files, record_id));
        let after = fs::read(files.join("meta.json")).map_err(failed)?;
        if after == before || !matches!(opened, Err(SearchError::Damaged { .. })) {
            return opened;
        }
        before = after;
    }
}

fn open(files: &Path, record_id: &str) -> Result<Open, SearchError> {
    let index = tantivy::Index::open_in_dir(files).map_err(damaged)?;
    // The mark is read before the segments: the index may then hold more than it claims, and never less.
    let payload = index.load_metas().map_err(damaged)?.payload.unwrap_or_default();
    let mark: Mark = serde_json::from_str(&payload)
        .map_err(|_| SearchError::Damaged { reason: "it does not say whose it is".to_owned() })?;
    let fields = Fields::new();
    if mark.record != record_id {
        return Err(SearchError::Foreign { reason: "it belongs to another record".to_owned() });
    }
    if mark.shape != schema::print_of_shape(&fields) || index.schema() != fields.schema {
        return Err(SearchError::Foreign { reason: "it was made by another version of the program".to_owned() });
    }
    tokenizer::register(index.tokenizers());
    check_ends(files, &index)?;
    let reader = reader(&index).map_err(damaged)?;
    Ok(Open { index, reader, fields, mark })
}

/// Looks at the last bytes of each file: tantivy opens some only when they are needed, and trusts their lengths.
fn check_ends(files: &Path, index: &tantivy::Index) -> Result<(), SearchError> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    for segment in index.searchable_segment_metas().map_err(damaged)? {
        let deletes = segment.has_deletes().then_some(Delete);
        for component in [Terms, Postings, Positions, Store, FastFields, FieldNorms].into_iter().chain(deletes) {
            let path = files.join(segment.relative_path(component));
            let is_whole = ends_as_written(&path).map_err(damaged)?;
            if !is_whole {
                return Err(SearchError::Damaged { reason: "a file was cut short".to_owned() });
            }
        }
    }
    Ok(())
}

/// Says whether a file ends with its footer, the footer's length and tantivy's sign.
fn ends_as_written(path: &Path) -> std::io::Result<bool> {
    const SIGN: u32 = 1337;
    let mut file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length < 8 {
        return Ok(false);
    }
    let mut end = [0; 8];
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut end)?;
    let [a, b, c, d, sign @ ..] = end;
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    Ok(u32::from_le_bytes(sign) == SIGN && footer + 8 <= length)
}

/// Makes an empty index in the place of what is there.
fn make_anew(dir: &Path, record_id: &str) -> Result<Open, SearchError> {
    let [place, fresh, old] = ["tantivy", "tantivy.new", "tantivy.old"].map(|name| dir.join(name));
    remove(&fresh)?;
    remove(&old)?;
    fs::create_dir_all(&fresh).map_err(failed)?;
    let fields = Fields::new();
    let mark = Mark { record: record_id.to_owned(), shape: schema::print_of_shape(&fields), seq: 0 };
    let index = tantivy::Index::create_in_dir(&fresh, fields.schema.clone()).map_err(failed)?;
    let mut first = writer(&index)?;
    commit(&mut first, &mark)?;
    drop((first, index));
    match fs::rename(&place, &old) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    fs::rename(&fresh, &place).map_err(failed)?;
    remove(&old)?;
    usable(dir, record_id)
}

fn remove(path: &Path) -> Result<(), SearchError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}

fn writer(index: &tantivy::Index) -> Result<IndexWriter, SearchError> {
    index.writer_with_num_threads::<TantivyDocument>(1, WRITER_MEMORY).map_err(|error| match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => SearchError::Busy,
        error => failed(error),
    })
}

/// The reader shows the index as it was when it was opened; whoever wants newer articles opens it again.
fn reader(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}

fn commit(writer: &mut IndexWriter, mark: &Mark) -> Result<(), SearchError> {
    let payload = serde_json::to_string(mark).map_err(failed)?;
    let mut prepared = writer.prepare_commit().map_err(failed)?;
    prepared.set_payload(&payload);
    prepared.commit().map_err(failed)?;
    Ok(())
}

/// Turns a panic over damaged files into an error: tantivy trusts what it once wrote.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(SearchError::Damaged { reason: "its files do not make sense".to_owned() }))
}

pub(super) fn failed(error: impl std::fmt::Display) -> SearchError {
    SearchError::Failed { reason: error.to_string() }
}

fn damaged(error: impl std::fmt::Display) -> SearchError {
    SearchError::Damaged { reason: error.to_string() }
}
