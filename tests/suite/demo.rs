//! The demo: the README's first command.

use crate::world::{program, ran};

#[test]
fn the_demo_shows_the_main_job_and_leaves_a_study() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let run = |arguments: &[&str]| {
        ran(&program().args(arguments).current_dir(dir.path()).output().expect("the program runs"))
    };
    let demo = run(&["demo"]).exits(0);
    for part in
        ["first poll", "second poll", "$ gainsay search", "$ gainsay compare", "$ gainsay changes", "$ gainsay digest"]
    {
        assert!(demo.out.contains(part), "{part} is missing in\n{}", demo.out);
    }
    let stories = run(&["--study", "gainsay-demo", "story", "list", "--json"]).exits(0).json();
    let stories_list = stories["stories"].as_array().expect("a list");
    let biggest = stories_list.iter().max_by_key(|story| story["outlets"].as_u64()).expect("a story");
    assert!(biggest["outlets"].as_u64().is_some_and(|outlets| outlets >= 6), "{stories:#}");
    assert_eq!(stories_list.len(), 3, "the world tells three: {stories:#}");

    // The cells that the world was written to show.
    let id = biggest["story"].as_str().expect("an id").to_owned();
    let matrix = run(&["--study", "gainsay-demo", "compare", &id, "--json"]).exits(0).json();
    let row = |outlet: &str| {
        let rows = matrix["rows"].as_array().expect("rows");
        rows.iter().find(|row| row["outlet"] == outlet).unwrap_or_else(|| panic!("no row of {outlet} in {matrix:#}"))
    };
    let marks = |outlet: &str| {
        let answers = row(outlet)["answers"].as_array().expect("answers").iter();
        answers.map(|answer| answer["mark"].as_str().expect("a mark").to_owned()).collect::<Vec<_>>()
    };
    assert!(marks("isl-tw").contains(&"D".to_owned()), "the agency has the denial");
    assert!(!marks("waves-tw").contains(&"D".to_owned()), "its reprint has not");
    assert_eq!(row("waves-tw")["origin"]["denial"], "cut");
    assert_eq!(row("river-cn")["headline"][0]["mark"], "D", "this one leads with it");
    let silent = matrix["silent"].as_array().expect("a list");
    let verdict = |outlet: &str| silent.iter().find(|row| row["source"] == outlet).map(|row| row["verdict"].clone());
    assert_eq!(verdict("herald-en").expect("watched and silent"), "not-seen");
    assert_eq!(verdict("boursehk").expect("watched and down"), "unknown");

    // A query in one script finds the others.
    let found = run(&["--study", "gainsay-demo", "search", "国家安全部", "--json", "--limit", "50"]).exits(0).json();
    let mut langs: Vec<&str> =
        found["hits"].as_array().expect("a list").iter().map(|hit| hit["lang"].as_str().expect("a tag")).collect();
    langs.sort_unstable();
    langs.dedup();
    assert_eq!(langs, ["zh-Hans", "zh-Hant"]);

    // The world has one changed headline at least and one deleted article.
    let changes = run(&["--study", "gainsay-demo", "changes", "--since", "2026-11-20", "--json"]).exits(0).json();
    for kind in ["headline", "gone"] {
        let any = changes["changes"].as_array().expect("a list").iter().any(|change| change["kind"] == kind);
        assert!(any, "no change of kind {kind} in {changes:#}");
    }

    // The same world makes the same page.
    let digest = |dir: &str| run(&["--study", dir, "digest", "--date", "2026-11-20"]).exits(0).out;
    let first = digest("gainsay-demo");
    run(&["demo", "again", "--quiet"]).exits(0);
    assert_eq!(first, digest("again"));
    run(&["--study", "gainsay-demo", "doctor"]).exits(0);
}

#[test]
fn the_demo_leaves_other_folders_alone() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    std::fs::write(dir.path().join("notes.txt"), "mine").expect("a file can be written");
    let ran = ran(&program().arg("demo").arg(dir.path()).output().expect("the program runs")).exits(2);
    assert!(ran.err.contains("is no demo"), "{}", ran.err);
}
