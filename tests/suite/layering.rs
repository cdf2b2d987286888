//! The shape of the code: which module may use which library, and which other module.
//!
//! The map in `src/lib.rs` says it in words; this reads the sources and holds them to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each outside library and the only modules that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["lexicon"]),
    ("chardetng", &["decode"]),
    ("clap", &["cli"]),
    ("console", &["cli"]),
    ("dom_query", &["html"]),
    ("dom_smoothie", &["extract"]),
    ("ego_tree", &["html"]),
    ("encoding_rs", &["decode"]),
    ("feed_rs", &["feed"]),
    // Members of a WARC file are written by the record; a packed input is unpacked by decode.
    ("flate2", &["decode", "store"]),
    ("getrandom", &["store"]),
    ("html5ever", &["html"]),
    ("hyper", &["demo"]),
    ("hyper_util", &["demo"]),
    ("http_body_util", &["demo"]),
    ("indicatif", &["cli"]),
    ("quick_xml", &["feed"]),
    ("reqwest", &["fetch"]),
    ("rusqlite", &["store"]),
    ("rustls", &["fetch"]),
    ("scraper", &["html"]),
    ("tantivy", &["search"]),
    ("texting_robots", &["fetch"]),
    ("toml", &["config", "lexicon", "extract", "demo"]),
    // Changes a file that a person wrote; reading it is toml's.
    ("toml_edit", &["config"]),
    ("tracing_subscriber", &["cli"]),
    ("unicode_normalization", &["fold"]),
    ("unicode_width", &["render"]),
    ("whatlang", &["language"]),
];

/// Each module and the other modules of the crate that it may name. A module that is missing here fails the test.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    // Helpers of the core.
    ("dates", &["model", "pattern"]),
    ("decode", &[]),
    ("fold", &[]),
    ("html", &["decode"]),
    ("language", &["model", "fold"]),
    ("lexicon", &["model", "fold"]),
    ("pattern", &[]),
    // Stages: model and helpers, never each other.
    ("config", &["model", "fold", "html", "pattern"]),
    ("feed", &["model", "dates", "decode", "fold", "html", "language", "pattern"]),
    ("extract", &["model", "dates", "decode", "fold", "html", "language", "pattern"]),
    ("assess", &["model", "fold", "language", "lexicon"]),
    ("statement", &["model", "fold", "language", "lexicon"]),
    ("story", &["model", "fold", "language", "lexicon"]),
    // What is made of the whole.
    ("health", &["model"]),
    ("report", &["model", "fold"]),
    ("render", &["model", "report"]),
    // Edges: the core's types, never each other.
    ("fetch", &["model"]),
    ("store", &["model"]),
    ("search", &["model", "fold"]),
    // What joins them.
    (
        "pipeline",
        &[
            "model",
            "assess",
            "extract",
            "feed",
            "fetch",
            "health",
            "language",
            "lexicon",
            "search",
            "statement",
            "store",
            "story",
        ],
    ),
    // What a person starts may use all of it.
    (
        "cli",
        &[
            "model",
            "assess",
            "config",
            "decode",
            "demo",
            "extract",
            "feed",
            "fetch",
            "health",
            "language",
            "lexicon",
            "pipeline",
            "render",
            "report",
            "search",
            "statement",
            "store",
            "story",
        ],
    ),
    (
        "demo",
        &["model", "cli", "config", "decode", "fetch", "lexicon", "pipeline", "render", "report", "search", "store"],
    ),
];

/// Modules that may do no I/O, ask no clock and know no async.
const CORE: &[&str] = &[
    "model",
    "dates",
    "decode",
    "fold",
    "html",
    "language",
    "lexicon",
    "config",
    "feed",
    "extract",
    "assess",
    "statement",
    "story",
    "health",
    "report",
    "render",
];

const NOT_IN_THE_CORE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::time::SystemTime",
    "Timestamp::now",
    "tokio",
    "async fn",
    "println!",
    "eprintln!",
];

struct Source {
    module: String,
    path: PathBuf,
    /// The code without comments and string contents.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).expect("found under src").to_owned();
            let first =
                inside.components().next().expect("a file has a name").as_os_str().to_string_lossy().into_owned();
            let is_module = inside.components().count() > 1 && inside.file_name().is_none_or(|name| name != "build.rs");
            let code = without_comments(&fs::read_to_string(&path).expect("a source file reads"));
            is_module.then_some(Source { module: first, path: inside, code })
        })
        .collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the source folder reads") {
        let path = entry.expect("an entry reads").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Says whether the code names a path that starts with this word: `word::` at the start of a word.
fn names(code: &str, word: &str) -> bool {
    let path = format!("{word}::");
    code.match_indices(&path)
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

/// The modules of this crate that the code names, as `crate::name` or within `use crate::{name, ...}`.
fn crate_modules(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(group_heads(group));
        } else {
            found.insert(head(rest));
        }
    }
    found
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first words of the members of a `{...}` group, nested groups left out.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(String::new()),
            c if depth == 0 => heads.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    heads.iter().map(|member| head(member.trim())).filter(|head| !head.is_empty()).collect()
}

#[test]
fn each_library_has_one_home() {
    let mut strays = Vec::new();
    for source in sources() {
        for (library, homes) in HOMES {
            // Tests read their own fixtures, which are TOML.
            let is_fixture_reader = *library == "toml" && source.path.ends_with("tests.rs");
            if names(&source.code, library) && !homes.contains(&source.module.as_str()) && !is_fixture_reader {
                strays.push(format!("{} names {library}, whose home is {homes:?}", source.path.display()));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn modules_use_only_what_the_map_says() {
    let mut strays = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == source.module) else {
            strays.push(format!("{} is in a module that the map does not know", source.path.display()));
            continue;
        };
        for module in crate_modules(&source.code) {
            let is_module = MAY_USE.iter().any(|(name, _)| *name == module);
            if is_module && module != source.module && !allowed.contains(&module.as_str()) {
                strays.push(format!("{} uses {module}; {} may use {allowed:?}", source.path.display(), source.module));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn the_core_only_thinks() {
    let mut strays = Vec::new();
    for source in sources().iter().filter(|source| CORE.contains(&source.module.as_str())) {
        let tests_from = source.code.find("#[cfg(test)]").unwrap_or(source.code.len());
        for forbidden in NOT_IN_THE_CORE {
            if source.code[..tests_from].contains(forbidden) {
                strays.push(format!("{} holds {forbidden}", source.path.display()));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn stages_do_not_know_each_other() {
    const STAGES: [&str; 6] = ["config", "feed", "extract", "assess", "statement", "story"];
    for (stage, allowed) in MAY_USE.iter().filter(|(module, _)| STAGES.contains(module)) {
        let others: Vec<_> = allowed.iter().filter(|module| STAGES.contains(module)).collect();
        assert!(others.is_empty(), "{stage} may use {others:?}");
    }
}

#[test]
fn each_language_of_cues_is_checked_for_missing_groups() {
    let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon");
    let check = fs::read_to_string(lexicon.join("tests/languages.rs")).expect("the check reads");
    let files =
        fs::read_dir(&lexicon).expect("the folder reads").map(|entry| entry.expect("an entry reads").file_name());
    let cues: Vec<String> = files
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with("cues-") && name.ends_with(".toml"))
        .collect();
    let unchecked: Vec<_> = cues.iter().filter(|name| !check.contains(&format!("\"../{name}\""))).collect();
    assert!(cues.len() >= 2 && unchecked.is_empty(), "add {unchecked:?} to FILES in src/lexicon/tests/languages.rs");
}

#[test]
fn the_readers_of_this_test_read() {
    assert!(names("use tantivy::Index;", "tantivy"));
    assert!(!names("use my_tantivy::Index; a::tantivy::b", "tantivy"));
    let found = crate_modules("use crate::{model::{A, B}, fold, html::C}; crate::feed::read()");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["feed", "fold", "html", "model"]);
    assert!(sources().len() > 30);
}
