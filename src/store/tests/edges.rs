//! Lines at the edges of articles.

use super::*;
use crate::model::EdgeLines;

#[test]
fn lines_are_counted_once_an_article_and_forgotten_in_time() {
    let dir = TempDir::new().expect("a folder for the test");
    let mut store = open(&dir);
    let source = source("isl");
    let mut keep = |number: usize, edges: &[&str]| {
        let outcome = off_topic(&format!("Headline {number}"), &format!("Text {number}"));
        let url = format!("https://isl.example/{number}");
        let edges = edges.iter().map(|line| (*line).to_owned()).collect();
        let page =
            PageKeep { edges, source: Some(source.clone()), by_hand: false, ..by_hand(Some(&url), "10:00", &outcome) };
        store.keep_page(&page).expect("is kept");
        store.edge_lines(&source).expect("reads")
    };
    let lines = |pages, lines: &[(&str, u32)]| EdgeLines {
        pages,
        lines: lines.iter().map(|(line, count)| ((*line).to_owned(), *count)).collect(),
    };
    assert_eq!(keep(1, &["a", "b"]), lines(1, &[]));
    assert_eq!(keep(2, &["a", "c"]), lines(2, &[("a", 2)]));
    assert_eq!(keep(2, &["a", "c"]), lines(2, &[("a", 2)]), "the second look at an article is not counted");
    for number in 3..100 {
        keep(number, &["a"]);
    }
    assert_eq!(keep(100, &["z"]), lines(50, &[("a", 49)]));
}
