use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

use super::query::parse;
use super::*;
use crate::fold;

const RECORD: &str = "record-1";

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// An article about nothing, of source `isl-en`, to be changed where a test needs it.
fn article(id: i64, title: &str, body: &str) -> IndexedArticle {
    IndexedArticle {
        seq: id,
        article: id,
        version: id * 10,
        source: Some("isl-en".to_owned()),
        country: Some("SG".to_owned()),
        lang: "en".to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        published: Some(moment("2026-11-20T12:00:00Z")),
        seen: moment("2026-11-21T00:30:00Z"),
        on_topic: true,
        story: None,
        url: Some(format!("https://isl.example/{id}")),
        statements: Vec::new(),
    }
}

/// A statement by who speaks of whom.
fn stated(number: usize, kind: &str, speakers: &[&str], targets: &[&str]) -> IndexedStatement {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    IndexedStatement {
        number,
        kind: kind.to_owned(),
        sub: (kind == "deny").then(|| "smear".to_owned()),
        speakers: owned(speakers),
        targets: owned(targets),
        sentence: None,
    }
}

fn articles() -> Vec<IndexedArticle> {
    let chinese = |id, lang: &str, title, body| IndexedArticle {
        source: Some("port-zh".to_owned()),
        country: Some("HK".to_owned()),
        lang: lang.to_owned(),
        ..article(id, title, body)
    };
    vec![
        article(1, "Agency N accuses Ministry M of spying", "Spies were seen. The spy balloon came down near Port A."),
        article(2, "Ministry M denies it", "A spokesman denied that any balloon, spy or not, was theirs."),
        chinese(3, "zh-Hant", "國家安全部警告", "國家安全部發言人說，間諜案正在調查。\n臺灣方面沒有回應。"),
        chinese(4, "zh-Hans", "国家安全部警告", "国家安全部发言人说，间谍案正在调查。"),
        chinese(5, "zh-Hant", "兩個句子", "他談到國家，安全部門沒有回答。"),
        IndexedArticle {
            story: Some(204),
            statements: vec![
                stated(1, "deny", &["Ministry M", "CN.mss"], &["Agency N", "US.cia"]),
                stated(3, "protest", &["Agency N", "US.cia"], &[]),
            ],
            ..article(
                6,
                "ＭＩ５ and co-operation",
                "The ＭＩ５ report of Mr. Example on co-operation. Partners co-operate.",
            )
        },
        IndexedArticle {
            source: Some("waves-tw".to_owned()),
            country: Some("TW".to_owned()),
            published: None,
            seen: moment("2026-10-05T08:00:00Z"),
            ..article(7, "Harbour news", "Ships and cranes. 哈哈 they said.")
        },
        IndexedArticle { on_topic: false, ..article(8, "Cranes", "A spy film opens in Port A.") },
        IndexedArticle {
            published: Some(moment("2026-11-01T00:00:00Z")),
            ..article(9, "A café in Port A", "Espionage and espionagelike words. China\u{2019}s guests.")
        },
    ]
}

/// An index of the articles above in a folder of its own.
struct World {
    dir: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self::empty();
        let mut index = world.index();
        index.add(&articles()).expect("articles are added");
        index.commit(9).expect("they are committed");
        world
    }

    fn empty() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn index(&self) -> Index {
        Index::open_or_create(self.path(), RECORD).expect("the index opens")
    }

    fn answer(&self, query: &str, options: &SearchOptions) -> SearchAnswer {
        let searcher = Searcher::open(self.path(), RECORD).expect("the index opens");
        let query = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        searcher.search(&query, options).expect("it searches")
    }

    fn found(&self, query: &str, options: &SearchOptions) -> Vec<i64> {
        let answer = self.answer(query, options);
        let mut found: Vec<i64> = answer.hits.iter().map(|hit| hit.article).collect();
        assert_eq!(answer.total, found.len(), "{query}");
        found.sort_unstable();
        found
    }

    #[track_caller]
    fn check(&self, query: &str, expected: &[i64]) {
        assert_eq!(self.found(query, &SearchOptions::default()), expected, "{query}");
    }

    #[track_caller]
    fn check_exact(&self, query: &str, expected: &[i64]) {
        let options = SearchOptions { exact: true, ..SearchOptions::default() };
        assert_eq!(self.found(query, &options), expected, "{query}");
    }
}

#[test]
fn scripts_and_widths_find_each_other() {
    let world = World::new();
    world.check("間諜", &[3, 4]);
    world.check("间谍", &[3, 4]);
    world.check("国家安全部", &[3, 4]);
    world.check("\"國家安全部警告\"", &[3, 4]);
    world.check("台湾", &[3]);
    world.check("mi5", &[6]);
    world.check("ＭＩ５", &[6]);
    world.check("\"MI5 report\"", &[6]);
    world.check("CAFE\u{301}", &[9]);
    world.check("哈哈", &[7]);
    world.check("哈哈哈", &[]);
}

#[test]
fn exact_keeps_them_apart() {
    let world = World::new();
    world.check_exact("間諜", &[3]);
    world.check_exact("间谍", &[4]);
    world.check_exact("間諜 OR 间谍", &[3, 4]);
    world.check_exact("发言人 -間諜", &[4]);
    world.check_exact("ＭＩ５", &[6]);
    world.check_exact("MI5", &[]);
    world.check_exact("BALLOON", &[1, 2]);
    world.check_exact("spies", &[1]);
    world.check_exact("denies", &[2]);
    world.check_exact("denied", &[2]);
    world.check_exact("deny", &[]);
    world.check_exact("cran*", &[7]);
}

#[test]
fn words_find_their_endings_and_phrases_do_not() {
    let world = World::new();
    world.check("spy", &[1, 2]);
    world.check("spied", &[1, 2]);
    world.check("deny", &[2]);
    world.check("\"spy balloon\"", &[1]);
    world.check("\"spies balloon\"", &[]);
    world.check("spy and balloon", &[]);
}

#[test]
fn phrases_do_not_reach_across_boundaries() {
    let world = World::new();
    world.check("\"balloon spy\"", &[]);
    world.check("\"seen the\"", &[]);
    world.check("安全部", &[3, 4, 5]);
    world.check("国家安全", &[3, 4]);
    world.check("調查臺灣", &[]);
    world.check("\"mr example\"", &[6]);
    world.check("\"co operate\"", &[6]);
    world.check("co-operate", &[6]);
    world.check("china", &[9]);
    world.check("\"china's guests\"", &[9]);
}

#[test]
fn operators_and_prefixes() {
    let world = World::new();
    world.check("spy OR mi5", &[1, 2, 6]);
    world.check("balloon NOT denied", &[1]);
    world.check("balloon -title:denies", &[1]);
    world.check("(balloon OR mi5) (port OR co-operation)", &[1, 6]);
    world.check("balloon OR NOT lang:en", &[1, 2, 3, 4, 5]);
    world.check("espion*", &[9]);
    world.check("espionage*", &[9]);
    world.check("co-op*", &[6]);
    world.check("国家安*", &[3, 4]);
    world.check("zzz*", &[]);
    world.check("zzz-co*", &[]);
}

#[test]
fn what_is_not_wanted_is_a_query_too() {
    let world = World::new();
    world.check("-lang:zh", &[1, 2, 6, 7, 9]);
    world.check("NOT (lang:zh OR balloon)", &[6, 7, 9]);
    world.check("-lang:zh -balloon", &[6, 7, 9]);
}

#[test]
fn fields_and_filters() {
    let world = World::new();
    world.check("title:port", &[9]);
    world.check("body:port", &[1]);
    world.check("source:port-zh", &[3, 4, 5]);
    world.check("source:port", &[]);
    world.check("lang:zh", &[3, 4, 5]);
    world.check("lang:ZH-hans", &[4]);
    world.check("lang:hans", &[4]);
    world.check("lang:hant", &[3, 5]);
    world.check("country:tw", &[7]);
    world.check("story:204", &[6]);
    world.check("story:s-205", &[]);
    world.check("speaker:\"ministry m\"", &[6]);
    world.check("speaker:CN", &[6]);
    world.check("speaker:CN.mss", &[6]);
    world.check("speaker:US.cia", &[6]);
    world.check("speaker:US.fbi", &[]);
    world.check("sub:smear", &[6]);
    world.check("sub:plea", &[]);
    world.check("speaker:\"M CN\"", &[]);
    world.check("target:US.cia kind:deny", &[6]);
    world.check("kind:(deny OR accuse)", &[6]);
    world.check("kind:accuse", &[]);

    let only = |options: SearchOptions| world.found("port OR spy OR 間諜 OR cranes", &options);
    let all = SearchOptions::default;
    assert_eq!(only(SearchOptions { include_off_topic: true, ..all() }), [1, 2, 3, 4, 7, 8, 9]);
    assert_eq!(only(SearchOptions { source: Some("waves-tw".to_owned()), ..all() }), [7]);
    assert_eq!(only(SearchOptions { lang: Some("zh".to_owned()), ..all() }), [3, 4]);
    assert_eq!(only(SearchOptions { since: Some(moment("2026-11-20T12:00:00Z")), ..all() }), [1, 2, 3, 4]);
    assert_eq!(only(SearchOptions { until: Some(moment("2026-11-01T00:00:00Z")), ..all() }), [7]);
}

#[test]
fn who_denied_is_asked_of_one_statement() {
    let world = World::new();
    world.check("speaker:CN.mss kind:deny", &[6]);
    world.check("speaker:US.cia kind:deny", &[]);
    world.check("speaker:CN.mss kind:protest", &[]);
    world.check("speaker:US.cia kind:protest target:US.cia", &[]);
    world.check("speaker:CN.mss kind:deny target:\"agency n\" sub:smear", &[6]);
    world.check("speaker:us.cia kind:(deny OR protest)", &[6]);
    world.check("speaker:us.cia (kind:deny OR target:CN)", &[]);
    world.check("mi5 speaker:(Ministry M) kind:deny", &[6]);
    world.check("mi5 speaker:(Ministry N) kind:deny", &[]);
    // Each of these is of a statement of its own, or of the article.
    world.check("kind:deny kind:protest", &[6]);
    world.check("speaker:CN.mss speaker:US.cia", &[6]);
    world.check("(speaker:CN.mss kind:deny) (speaker:US.cia kind:protest)", &[6]);
    world.check("(speaker:CN.mss kind:deny) (speaker:US.cia kind:deny)", &[]);
    world.check("speaker:CN.mss -kind:protest", &[]);
    world.check("mi5 -(speaker:US.cia kind:deny)", &[6]);
    world.check("mi5 -(speaker:CN.mss kind:deny)", &[]);
}

#[test]
fn a_hit_shows_the_statement_that_was_asked_for() {
    let world = World::empty();
    let body = "Agency N accused Ministry M of spying. Weeks went by. Ministry M denied it.";
    let sentence = |text: &str| body.find(text).map(|start| start..start + text.len());
    let accused = stated(1, "accuse", &["Agency N"], &["Ministry M"]);
    let denied = stated(3, "deny", &["Ministry M"], &[]);
    let statements = vec![
        IndexedStatement { sentence: sentence("Agency N accused Ministry M of spying."), ..accused },
        IndexedStatement { sentence: sentence("Ministry M denied it."), ..denied },
    ];
    let mut index = world.index();
    index.add(&[IndexedArticle { statements, ..article(1, "One", body) }]).expect("it is added");
    index.commit(1).expect("it is committed");
    let shown = |query: &str| {
        let hit = world.answer(query, &SearchOptions::default()).hits.remove(0);
        (hit.statement.map(|(number, _)| number), hit.snippet.text)
    };
    assert_eq!(shown("speaker:\"ministry m\" kind:deny"), (Some(3), "…Ministry M denied it.".to_owned()));
    assert_eq!(shown("kind:accuse"), (Some(1), "Agency N accused Ministry M of spying.…".to_owned()));
    assert_eq!(shown("weeks"), (None, body.to_owned()));
}

#[test]
fn dates_are_whole_days_of_utc() {
    let world = World::new();
    world.check("date:2026-10", &[7]);
    world.check("date:2026-11-01", &[9]);
    world.check("date:2026-11-02..2026-11-20 balloon", &[1, 2]);
    world.check("date:..2026-11-01", &[7, 9]);
    world.check("date:2026-11-21.. ", &[]);
    world.check("seen:2026-11-21 balloon", &[1, 2]);
    world.check("seen:2026-11-20", &[]);
    world.check("date:(2026-10 OR 2026-11-01)", &[7, 9]);
}

#[test]
fn headlines_weigh_more_and_dates_sort() {
    let world = World::empty();
    let mut index = world.index();
    let dated = |id, day: &str, title, body| IndexedArticle {
        published: Some(moment(&format!("2026-11-{day}T00:00:00Z"))),
        ..article(id, title, body)
    };
    let articles = [
        dated(1, "03", "One", "The envoy left and the others stayed behind."),
        dated(2, "01", "Envoy", "She left and the others stayed behind today."),
        dated(3, "02", "Two", "The envoy left and the others stayed behind."),
    ];
    index.add(&articles).expect("articles are added");
    index.commit(3).expect("they are committed");
    let order = |query: &str, sort, offset, limit| {
        let answer = world.answer(query, &SearchOptions { sort, offset, limit, ..SearchOptions::default() });
        assert_eq!(answer.total, 3);
        answer.hits.iter().map(|hit| hit.article).collect::<Vec<_>>()
    };
    assert_eq!(order("envoy", Sort::Relevance, 0, 20), [2, 1, 3]);
    assert_eq!(order("envoy", Sort::Date, 0, 20), [1, 3, 2]);
    assert_eq!(order("envoy", Sort::Date, 1, 1), [3]);
    assert!(order("envoy", Sort::Date, 3, 5).is_empty());
    assert!(order("envoy", Sort::Date, usize::MAX, usize::MAX).is_empty());
    assert_eq!(order("envoy", Sort::Date, 0, usize::MAX), [1, 3, 2]);
    assert!(order("envoy", Sort::Relevance, 0, 0).is_empty());
    // What says nothing about words ranks by date.
    assert_eq!(order("source:isl-en", Sort::Relevance, 0, 20), [1, 3, 2]);
}

#[test]
fn a_hit_says_what_the_record_said() {
    let world = World::new();
    let answer = world.answer("mi5", &SearchOptions::default());
    let hit = &answer.hits[0];
    assert_eq!((hit.article, hit.version, answer.indexed_to), (6, 60, 9));
    assert_eq!(hit.title, "ＭＩ５ and co-operation");
    assert_eq!(&hit.title[hit.title_highlights[0].clone()], "ＭＩ５");
    assert_eq!((hit.source.as_deref(), hit.lang.as_str()), (Some("isl-en"), "en"));
    assert_eq!((hit.story, hit.url.as_deref()), (Some(204), Some("https://isl.example/6")));
    assert_eq!(hit.published, Some(moment("2026-11-20T12:00:00Z")));
    assert_eq!(hit.seen, moment("2026-11-21T00:30:00Z"));
    assert!(hit.on_topic && hit.score > 0.0);
}

#[test]
fn what_is_highlighted_is_what_was_asked_for() {
    let world = World::new();
    for query in ["间谍", "發言人", "国家安全部", "balloon", "mi5", "\"spy balloon\"", "co-operate"] {
        let answer = world.answer(query, &SearchOptions::default());
        assert!(!answer.hits.is_empty(), "{query}");
        for hit in answer.hits {
            let snippet = &hit.snippet;
            assert!(!snippet.highlights.is_empty(), "{query}: {}", snippet.text);
            for span in &snippet.highlights {
                assert_eq!(fold::text(&snippet.text[span.clone()]), fold::text(query).replace('"', ""));
            }
        }
    }
}

#[test]
fn an_update_takes_the_place_of_the_article() {
    let world = World::new();
    let mut index = world.index();
    assert_eq!(index.was_reset(), None);
    assert_eq!(index.indexed_to(), 9);
    let changed = IndexedArticle { seq: 10, version: 11, ..article(1, "Nothing was seen", "The kite came down.") };
    index.add(std::slice::from_ref(&changed)).expect("it is added");
    world.check("balloon", &[1, 2]);
    index.commit(10).expect("it is committed");
    world.check("balloon", &[2]);
    world.check("kite", &[1]);
    assert_eq!(world.answer("kite", &SearchOptions::default()).hits[0].version, 11);

    // The same again, and all of it from the beginning, changes nothing.
    index.add(&articles()).expect("they are added");
    index.add(&[changed]).expect("it is added");
    index.commit(10).expect("they are committed");
    world.check("kite", &[1]);
    world.check("balloon", &[2]);
    world.check("-lang:xx", &[1, 2, 3, 4, 5, 6, 7, 9]);
    assert_eq!(world.index().indexed_to(), 10);
}

#[test]
fn what_was_not_committed_is_not_there() {
    let world = World::new();
    let mut index = world.index();
    index.add(&[article(20, "Kite", "kite")]).expect("it is added");
    drop(index);
    world.check("kite", &[]);
    let mut index = world.index();
    assert_eq!((index.indexed_to(), index.was_reset()), (9, None));
    index.commit(12).expect("a number can be committed alone");
    assert_eq!(world.answer("spy", &SearchOptions::default()).indexed_to, 12);
    world.check("spy", &[1, 2]);
}

#[test]
fn many_commits_leave_few_segments() {
    let world = World::empty();
    let mut index = world.index();
    for id in 1..=30 {
        index.add(&[article(id, "Kite", "kite")]).expect("it is added");
        index.commit(id).expect("it is committed");
    }
    let files = fs::read_dir(world.path().join("tantivy")).expect("the folder is there").count();
    assert!(files < 150, "{files} files");
    assert_eq!(world.answer("kite", &SearchOptions::default()).total, 30);
}

#[test]
fn only_one_writes_and_others_read_meanwhile() {
    let world = World::new();
    let mut first = world.index();
    let mut second = world.index();
    first.add(&[article(20, "Kite", "kite")]).expect("it is added");
    assert!(matches!(second.add(&[article(21, "Kite", "kite")]), Err(SearchError::Busy)));
    // The loss is told once more at the commit, so that no number is set over it.
    assert!(matches!(second.commit(21), Err(SearchError::Failed { .. })));
    world.check("kite", &[]);
    first.commit(20).expect("it is committed");
    world.check("kite", &[20]);
    second.add(&[article(21, "Kite", "kite")]).expect("the lock is free again");
    second.commit(21).expect("it is committed");
    world.check("kite", &[20, 21]);
}

#[test]
fn readers_never_stumble_over_a_writer() {
    let world = World::empty();
    let mut index = world.index();
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            for id in 1..=40 {
                index.add(&[article(id, "Kite", "kite"), article(1, "Kite", "kite")]).expect("they are added");
                index.commit(id).expect("they are committed");
            }
        });
        let mut last = 0;
        while !writer.is_finished() {
            let answer = world.answer("kite", &SearchOptions::default());
            let least = usize::try_from(answer.indexed_to).expect("a count");
            assert!(answer.total >= least && answer.indexed_to >= last, "{} of {least} after {last}", answer.total);
            last = answer.indexed_to;
        }
    });
    assert_eq!(world.answer("kite", &SearchOptions::default()).total, 40);
}

/// Does something to the files of a good index, and checks that it is noticed and made anew.
#[track_caller]
fn check_noticed(spoil: impl Fn(&Path), reason: &str) {
    let world = World::new();
    fs::write(world.path().join(".gitignore"), "*\n").expect("it is written");
    spoil(&world.path().join("tantivy"));
    let error = Searcher::open(world.path(), RECORD).err().expect("it is no index to search").to_string();
    assert!(error.contains(reason), "{error}");
    let mut index = world.index();
    let told = index.was_reset().expect("it was made anew");
    assert!(told.contains(reason), "{told}");
    assert_eq!(index.indexed_to(), 0);
    index.add(&articles()).expect("articles are added");
    index.commit(9).expect("they are committed");
    assert_eq!(world.index().was_reset(), None);
    world.check("間諜", &[3, 4]);
    assert!(world.path().join(".gitignore").exists());
    let left: Vec<_> = fs::read_dir(world.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

/// Returns the largest file with this ending.
fn file(dir: &Path, ending: &str) -> std::path::PathBuf {
    let files = fs::read_dir(dir).expect("a folder").flatten().map(|entry| entry.path());
    let of_kind = files.filter(|path| path.extension().is_some_and(|found| found == ending));
    of_kind.max_by_key(|path| fs::metadata(path).map_or(0, |found| found.len())).expect("such a file is there")
}

#[test]
fn a_spoiled_index_is_made_anew() {
    check_noticed(|dir| fs::remove_dir_all(dir).expect("it is removed"), "there is no search index yet");
    check_noticed(|dir| fs::remove_file(dir.join("meta.json")).expect("it is removed"), "no search index yet");
    check_noticed(|dir| fs::write(dir.join("meta.json"), "{}").expect("it is written"), "damaged");
    check_noticed(|dir| fs::write(dir.join("meta.json"), "\0\u{ff}").expect("it is written"), "damaged");
    for ending in ["term", "idx", "pos", "store", "fast"] {
        check_noticed(|dir| fs::remove_file(file(dir, ending)).expect("it is removed"), "damaged");
        for left in [0, 7, 60] {
            let cut = |dir: &Path| {
                let path = file(dir, ending);
                let mut bytes = fs::read(&path).expect("it is read");
                bytes.truncate(left);
                fs::remove_file(&path).expect("it is removed");
                fs::write(&path, bytes).expect("it is written");
            };
            check_noticed(cut, "damaged");
        }
    }
}

#[test]
fn a_foreign_index_is_made_anew() {
    let world = World::new();
    assert!(matches!(Searcher::open(world.path(), "record-2"), Err(SearchError::Foreign { .. })));
    let index = Index::open_or_create(world.path(), "record-2").expect("the index opens");
    assert!(index.was_reset().expect("it was made anew").contains("another record"));
    assert!(matches!(Searcher::open(world.path(), RECORD), Err(SearchError::Foreign { .. })));

    let change_mark = |dir: &Path| {
        let meta = fs::read_to_string(dir.join("meta.json")).expect("it is read");
        let at = meta.find("shape").expect("the mark is in it") + 8;
        let changed = format!("{}0000{}", &meta[..at + 2], &meta[at + 6..]);
        fs::write(dir.join("meta.json"), changed).expect("it is written");
    };
    check_noticed(change_mark, "another version of the program");
}

#[test]
fn a_folder_without_an_index() {
    let world = World::empty();
    assert!(matches!(Searcher::open(world.path(), RECORD), Err(SearchError::NoIndex)));
    assert!(matches!(Searcher::open(&world.path().join("nowhere"), RECORD), Err(SearchError::NoIndex)));
    let deep = world.path().join("a/b");
    let mut index = Index::open_or_create(&deep, RECORD).expect("folders are made");
    assert!(index.was_reset().is_some());
    index.commit(0).expect("nothing is committed");
    index.add(&articles()).expect("articles are added");
    index.commit(9).expect("they are committed");
    index.verify().expect("it is sound");
    index.reset("the record ends at 5").expect("it is made anew");
    assert_eq!((index.indexed_to(), index.was_reset().as_deref()), (0, Some("the record ends at 5")));
}

#[test]
fn a_changed_byte_is_found_when_looked_for() {
    let world = World::new();
    world.index().verify().expect("it is sound");
    let path = file(&world.path().join("tantivy"), "store");
    let mut bytes = fs::read(&path).expect("it is read");
    bytes[20] ^= 1;
    fs::remove_file(&path).expect("it is removed");
    fs::write(&path, bytes).expect("it is written");
    let index = world.index();
    assert_eq!(index.was_reset(), None);
    assert!(matches!(index.verify(), Err(SearchError::Damaged { .. })));
}

#[test]
fn long_texts_and_strange_ones_are_taken() {
    let world = World::empty();
    let mut index = world.index();
    let bodies = ["a".repeat(300_000), "國".repeat(50_000), "\u{0}\u{301}\u{ad}".to_owned(), String::new()];
    for (id, body) in (1..).zip(&bodies) {
        index.add(&[article(id, body, body)]).expect("it is added");
    }
    index.commit(4).expect("they are committed");
    world.check("国国", &[2]);
    world.check("-国", &[1, 3, 4]);
    world.check(&"a".repeat(200), &[1]);
    world.check(&format!("{}*", "a".repeat(90)), &[1]);
    world.check(&format!("{}* OR x-{}*", "ж".repeat(200), "𐐨".repeat(200)), &[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_shown_is_cut_at_characters(
        body in "(\\PC|[a-c國国谍諜，。 \n]|spy |間諜){0,300}",
        query in "(spy|\"b c\"|a\\*|国|間諜|OR| |title:a){1,6}",
    ) {
        let Ok(query) = parse(&query) else { return Ok(()) };
        let mut stems = tokenizer::Stems::new();
        let lookups: Vec<lookup::Lookup> = match query.root() {
            query::QueryNode::All(parts) | query::QueryNode::Any(parts) => parts.clone(),
            part => vec![part.clone()],
        }
        .into_iter()
        .filter_map(|part| match part {
            query::QueryNode::Leaf(query::Leaf::Text { form, text, .. }) => {
                lookup::Lookup::new(form, &text, false, &mut stems)
            }
            _ => None,
        })
        .collect();
        let lookups: Vec<&lookup::Lookup> = lookups.iter().collect();
        let snippet = snippet::cut(&body, &lookups, false, &mut stems);
        for (text, spans) in [
            (&snippet.text, snippet.highlights.clone()),
            (&body, snippet::highlights(&body, &lookups, false, &mut stems)),
        ] {
            let mut end = 0;
            for span in spans {
                prop_assert!(text.get(span.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(end <= span.start);
                end = span.end;
            }
        }
        let printed = snippet.text.trim_matches('…').replace(' ', "\n");
        prop_assert!(body.replace([' ', '\r', '\t'], "\n").contains(&printed));
        prop_assert!(printed.chars().count() <= 400);
    }
}
