//! Writers that are killed: nothing that was acknowledged is lost, and the next writer goes on.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::read::MultiGzDecoder;

use super::*;

const RECORD: &str = "GAINSAY_TEST_KILLED_RECORD";
const ROUNDS: &str = "GAINSAY_TEST_KILLED_ROUNDS";

/// The writer to be killed: keeps looks and pages for ever, and says each time what it has kept.
#[test]
#[ignore = "started by the test below, in a process of its own"]
fn writer() {
    let Some(dir) = std::env::var_os(RECORD) else { return };
    let mut store = Store::create_or_open(Path::new(&dir), "the test", at("09:00")).expect("the record opens");
    loop {
        // What a writer before this one left pending comes first.
        for pending in store.pending(at("23:00"), 3).expect("reads") {
            let outcome = on_topic(&pending.entry.title, "Text");
            let kept = store.keep_page(&page(&pending, "10:01", &outcome)).expect("kept");
            println!("\nkept {}", kept.article.expect("an article").0);
        }
        let number = store.counts().expect("reads").entries;
        let key = format!("n{number}");
        let mut look = feed("isl", "10:00", &[entry("isl", &key, &key)]);
        look.body = Some(format!("<rss>{key}</rss>").repeat(2000).into_bytes());
        let kept = store.keep_feed(&look).expect("kept");
        assert_eq!(kept.new.len(), 1);
        println!("\nannounced {number}");
    }
}

#[test]
fn a_writer_that_is_killed_loses_nothing_it_has_acknowledged() {
    let dir = TempDir::new().expect("a folder");
    let record = dir.path().join("record");
    let rounds = std::env::var(ROUNDS).ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(6);
    let (mut announced, mut kept) = (0, 0);
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "store::tests::killed::writer", "--ignored", "--nocapture"])
            .env(RECORD, &record)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a second process");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut note = |line: String| {
            let Some((word, number)) = line.split_once(' ') else { return false };
            let Ok(number) = number.parse::<i64>() else { return false };
            match word {
                "announced" => announced = announced.max(number + 1),
                "kept" => kept = kept.max(number),
                _ => return false,
            }
            true
        };
        let enough = 3 + round % 5;
        assert_eq!(lines.by_ref().filter_map(|line| note(line).then_some(())).take(enough).count(), enough);
        // It goes on writing while it is being killed, so the blow falls anywhere.
        (0..round * 7919 % 40).for_each(|_| std::thread::yield_now());
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        for line in lines {
            note(line);
        }
        check(&record, announced, kept);
    }
}

/// Checks what a killed writer left behind, before and after the next one has opened it.
fn check(record: &Path, announced: i64, kept: i64) {
    let reader = Store::read(record).expect("it reads at once");
    assert_eq!(reader.check().expect("checks"), Vec::<String>::new());
    drop(reader);
    let store = Store::create_or_open(record, "the test", at("09:00")).expect("the lock is free");
    assert_eq!(store.check().expect("checks"), Vec::<String>::new());
    let counts = store.counts().expect("reads");
    assert!(counts.entries.cast_signed() >= announced && counts.articles.cast_signed() >= kept, "{counts:?}");
    let pending = store.pending(at("23:00"), 3).expect("reads").len() as u64;
    assert_eq!(counts.entries, counts.articles + pending, "each entry is an article or waits to be one");
    let met = store.changed_after(0, usize::MAX).expect("reads");
    assert_eq!(met.len() as u64, counts.articles);
    for (_, article) in met {
        let capture = article.latest().capture.as_ref().expect("a capture");
        store.capture_body(capture).expect("whole");
    }
    for file in std::fs::read_dir(record.join("captures")).expect("the folder") {
        let file = std::fs::File::open(file.expect("a file").path()).expect("opens");
        std::io::copy(&mut MultiGzDecoder::new(file).by_ref(), &mut std::io::sink()).expect("whole members to the end");
    }
}
