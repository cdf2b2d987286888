//! Files: the lock, the formats, the captures, and runs that were cut off.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::PathBuf;

use flate2::read::MultiGzDecoder;

use super::*;
use crate::model::Capture;

impl Desk {
    fn record(&self) -> PathBuf {
        self.dir.path().join("record")
    }

    fn warc(&self, number: u32) -> PathBuf {
        self.record().join(format!("captures/gainsay-{number:05}.warc.gz"))
    }

    fn feed_captures(&self) -> Vec<Capture> {
        self.store.captures("https://isl.example/feed").expect("reads")
    }

    fn append(&self, bytes: &[u8]) {
        let mut file = OpenOptions::new().append(true).open(self.warc(1)).expect("the file of captures");
        file.write_all(bytes).expect("writes");
    }

    /// Checks that every capture gives its body, and that the files read to their end as one stream of members.
    fn check_whole(&self) {
        assert_eq!(self.store.check().expect("checks"), Vec::<String>::new());
        for capture in self.feed_captures() {
            let time = capture.at.strftime("%H:%M").to_string();
            let body = self.store.capture_body(&capture).expect("whole");
            assert_eq!(body, format!("<rss>{time}</rss>").into_bytes());
        }
        for file in fs::read_dir(self.record().join("captures")).expect("the folder") {
            let file = fs::File::open(file.expect("a file").path()).expect("opens");
            let mut text = String::new();
            MultiGzDecoder::new(file).read_to_string(&mut text).expect("whole members to the end");
            assert!(text.starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\n"), "{text}");
        }
    }
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let desk = Desk::new();
    let refused = Store::create_or_open(&desk.record(), "gainsay recheck", at("10:00")).expect_err("one writes");
    let holder = format!("pid {} (gainsay poll), since 2026-03-01T09:00:00Z", std::process::id());
    assert_eq!(refused.to_string(), format!("the record is being written by {holder}"));
    let desk = desk.again();
    assert!(matches!(refused, StoreError::Locked { .. }));
    desk.check_whole();
}

#[test]
fn a_reader_reads_beside_the_writer() {
    let mut desk = Desk::new();
    let reader = Store::read(&desk.record()).expect("opens");
    assert_eq!(reader.record_id(), desk.store.record_id());
    let kept = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    assert_eq!(reader.article(kept.article.expect("an article")).expect("reads"), Some(desk.article(kept.article)));
    assert_eq!(reader.counts().expect("reads"), desk.store.counts().expect("reads"));
    let capture = desk.feed_captures().remove(0);
    assert_eq!(reader.capture_body(&capture).expect("whole"), b"<rss>10:00</rss>");
}

#[test]
fn a_store_can_be_handed_to_another_thread() {
    let mut desk = Desk::new();
    let desk = std::thread::spawn(move || {
        desk.look("isl", "10:00", &[]);
        desk
    });
    desk.join().expect("the thread ends well").check_whole();
}

#[test]
fn a_reader_cannot_write() {
    let desk = Desk::new();
    let mut reader = Store::read(&desk.record()).expect("opens");
    let refused = reader.keep_feed(&feed("isl", "10:00", &[])).expect_err("it reads only");
    assert!(matches!(refused, StoreError::ReadOnly), "{refused}");
}

#[test]
fn no_record_is_an_error_of_its_own_and_reading_makes_none() {
    let dir = TempDir::new().expect("a folder");
    let missing = Store::read(&dir.path().join("record")).expect_err("there is none");
    assert!(matches!(missing, StoreError::NoRecord { .. }), "{missing}");
    assert_eq!(fs::read_dir(dir.path()).expect("the folder").count(), 0);
    // A run that was cut off before the first migration.
    fs::create_dir(dir.path().join("record")).expect("a folder");
    fs::write(dir.path().join("record/record.db"), b"").expect("writes");
    let missing = Store::read(&dir.path().join("record")).expect_err("there is none");
    assert!(matches!(missing, StoreError::NoRecord { .. }), "{missing}");
}

#[test]
fn a_record_keeps_its_id_and_another_has_another() {
    let desk = Desk::new();
    let id = desk.store.record_id();
    assert_eq!(id.len(), 36);
    assert_ne!(Desk::new().store.record_id(), id);
    assert_eq!(desk.again().store.record_id(), id);
}

#[test]
fn a_new_record_has_the_newest_format_and_holds_nothing() {
    let desk = Desk::new();
    assert_eq!(schema::version(&desk.store.connection).expect("reads"), schema::KNOWN);
    assert_eq!(desk.store.counts().expect("reads"), RecordCounts::default());
    assert_eq!(desk.store.last_seq().expect("reads"), 0);
    let mode: String = desk.store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("reads");
    let full: i64 = desk.store.connection.pragma_query_value(None, "synchronous", |row| row.get(0)).expect("reads");
    assert_eq!((mode.as_str(), full), ("wal", 2));
    desk.check_whole();
}

#[test]
fn a_record_of_a_later_gainsay_is_left_alone() {
    let desk = Desk::new();
    desk.store.connection.pragma_update(None, "user_version", schema::KNOWN + 1).expect("writes");
    let record = desk.record();
    let Desk { dir: _dir, store } = desk;
    drop(store);
    for refused in [Store::read(&record), Store::create_or_open(&record, "gainsay poll", at("10:00"))] {
        let refused = refused.expect_err("it is newer");
        assert!(matches!(refused, StoreError::Newer { .. }), "{refused}");
        assert!(refused.to_string().contains("a newer gainsay made it"));
    }
}

#[test]
fn a_torn_tail_is_cut_off_and_what_follows_is_read() {
    let member = warc::info("torn", at("10:30"), "test");
    for tail in [&member[..member.len() / 2], &member[..1], &member[..], &[0; 300]] {
        let mut desk = Desk::new();
        desk.look("isl", "10:00", &[]);
        let good = fs::metadata(desk.warc(1)).expect("the file").len();
        desk.append(tail);
        let mut desk = desk.again();
        assert_eq!(fs::metadata(desk.warc(1)).expect("the file").len(), good);
        desk.look("isl", "11:00", &[]);
        assert_eq!(desk.feed_captures()[1].range.start, good);
        desk.check_whole();
    }
}

#[test]
fn what_a_keep_wrote_that_was_not_committed_is_written_over() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[]);
    let good = fs::metadata(desk.warc(1)).expect("the file").len();
    let bad = PageKeep {
        entry_row: Some(99),
        ..by_hand(Some("https://isl.example/a"), "10:30", &Outcome::Dropped(DropReason::Wall))
    };
    let refused = desk.store.keep_page(&bad).expect_err("there is no such entry");
    assert_eq!(refused.to_string(), "there is no entry 99 in the record");
    assert!(fs::metadata(desk.warc(1)).expect("the file").len() > good, "the member was written");
    desk.look("isl", "11:00", &[]);
    assert_eq!(desk.feed_captures()[1].range.start, good);
    assert_eq!(desk.store.fetch_log(&FetchFilter::default()).expect("reads").len(), 2);
    desk.check_whole();
}

#[test]
fn captures_that_an_older_database_does_not_know_stay() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[]);
    desk.append(&warc::info("one", at("10:30"), "test"));
    desk.append(&warc::info("two", at("10:31"), "test"));
    let length = fs::metadata(desk.warc(1)).expect("the file").len();
    let mut desk = desk.again();
    desk.look("isl", "11:00", &[]);
    assert_eq!(fs::metadata(desk.warc(1)).expect("the file").len(), length);
    assert_eq!(desk.feed_captures()[1].file, "gainsay-00002.warc.gz");
    desk.check_whole();
}

#[test]
fn a_full_file_is_followed_by_another() {
    let mut desk = Desk::new();
    desk.store.writer.as_mut().expect("it writes").captures.fill_at(1);
    for time in ["10:00", "11:00", "12:00"] {
        desk.look("isl", time, &[]);
    }
    let files = desk.feed_captures().into_iter().map(|capture| capture.file).collect::<Vec<_>>();
    assert_eq!(files, ["gainsay-00001.warc.gz", "gainsay-00002.warc.gz", "gainsay-00003.warc.gz"]);
    desk.check_whole();
}

#[test]
fn the_same_body_from_the_same_address_is_kept_once() {
    let mut desk = Desk::new();
    for time in ["10:00", "11:00"] {
        let same = FeedKeep { body: Some(b"<rss>10:00</rss>".to_vec()), ..feed("isl", time, &[]) };
        desk.store.keep_feed(&same).expect("kept");
    }
    assert_eq!(desk.feed_captures().len(), 1);
    assert_eq!(desk.store.counts().expect("reads").fetches, 2);
    desk.check_whole();
}

#[test]
fn a_capture_that_was_damaged_is_not_given_back() {
    let mut desk = Desk::new();
    desk.look("isl", "10:00", &[]);
    let capture = desk.feed_captures().remove(0);
    let whole = fs::read(desk.warc(1)).expect("reads");
    let check = |bytes: &[u8]| {
        fs::write(desk.warc(1), bytes).expect("writes");
        let damaged = desk.store.capture_body(&capture).expect_err("it is damaged");
        assert!(matches!(damaged, StoreError::Capture { .. }), "{damaged}");
        assert!(!desk.store.check().expect("checks").is_empty(), "{damaged}");
    };
    let start = usize::try_from(capture.range.start).expect("small");
    let mut bytes = whole.clone();
    bytes[start + 40] ^= 0x10;
    check(&bytes);
    bytes[start] = 0;
    check(&bytes);
    check(&whole[..whole.len() - 1]);
    // Another member at the place, whole in itself.
    let headers = [];
    let answer = warc::Answer { url: &capture.url, at: capture.at, status: Some(200), headers: &headers, body: b"no" };
    let other = [&whole[..start], &warc::answer(&answer)].concat();
    fs::write(desk.warc(1), &other).expect("writes");
    let moved = Capture { range: capture.range.start..other.len() as u64, ..capture.clone() };
    let message = desk.store.capture_body(&moved).expect_err("it is another").to_string();
    assert!(message.ends_with("its SHA-256 is another"), "{message}");
    fs::remove_file(desk.warc(1)).expect("removes");
    assert_eq!(desk.store.check().expect("checks").len(), 1);
}

#[test]
fn a_capture_outside_the_folder_is_refused() {
    let desk = Desk::new();
    for file in ["../record.db", "/etc/passwd", "a/b", ""] {
        let capture =
            Capture { file: file.to_owned(), range: 0..10, sha256: String::new(), url: String::new(), at: at("10:00") };
        let refused = desk.store.capture_body(&capture).expect_err("it is no name");
        assert!(refused.to_string().ends_with("this is no name of a file of captures"), "{refused}");
    }
}

#[test]
fn a_row_that_does_not_read_is_named_as_damage() {
    let mut desk = Desk::new();
    let kept = desk.tell("isl", "a", "10:00", &on_topic("One", "Text"));
    desk.store.connection.execute("UPDATE version SET layer = 'nonsense'", []).expect("writes");
    let damaged = desk.store.article(kept.article.expect("an article")).expect_err("it does not read");
    assert!(matches!(damaged, StoreError::Damaged(_)), "{damaged}");
}
