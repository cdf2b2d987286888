//! Pages of invented outlets in the shapes of many templates, with what a careful reader takes from each.
//!
//! Bodies are counted as the labelled kit counts them: shingles of four tokens, each Han, kana or hangul character a token
//! in the languages that write without spaces, averaged over pages; lines whose membership is a matter of taste are left out.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use gainsay::extract::{self, OutletPages};
use gainsay::model::FetchedPage;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// The figures that must not sink.
#[derive(Deserialize)]
struct Floors {
    pages: PageFloors,
    pages_untuned: PageFloors,
}

#[derive(Deserialize)]
struct PageFloors {
    precision: f64,
    recall: f64,
    titles: f64,
    authors: f64,
    providers: f64,
    dates: f64,
    dates_wrong_max: f64,
    refused: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    url: String,
    content_type: String,
    zone: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    authors: BTreeSet<String>,
    #[serde(default)]
    provider: Option<String>,
    #[serde(default)]
    published: Option<Timestamp>,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    text: String,
    #[serde(default)]
    ignore: Vec<String>,
    /// The kind of page that holds no article.
    #[serde(default)]
    drop: Option<String>,
}

/// Figures on the pages.
#[derive(Debug, Default)]
struct Figures {
    pages: usize,
    precision: f64,
    recall: f64,
    titles: usize,
    authors: usize,
    providers: usize,
    dates: usize,
    dates_wrong: usize,
    partial: usize,
    refused: usize,
    refusable: usize,
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn shingles(text: &str, lang: &str) -> HashMap<Vec<String>, usize> {
    let by_character = matches!(lang, "zh-Hant" | "zh-Hans" | "ja" | "ko");
    let tokens: Vec<String> = match by_character {
        true => text.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect(),
        false => text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    let mut counted = HashMap::new();
    for window in tokens.windows(4.min(tokens.len().max(1))) {
        *counted.entry(window.to_vec()).or_insert(0) += 1;
    }
    counted
}

/// Returns precision and recall of a text against the right one.
pub(crate) fn likeness(found: &str, right: &str, lang: &str) -> (f64, f64) {
    let (found, right) = (shingles(found, lang), shingles(right, lang));
    let common: usize = found.iter().map(|(key, count)| (*count).min(right.get(key).copied().unwrap_or(0))).sum();
    let share = |all: &HashMap<Vec<String>, usize>| common as f64 / all.values().sum::<usize>().max(1) as f64;
    (share(&found), share(&right))
}

fn measure(name: &str, only: impl Fn(&str) -> bool) -> Figures {
    let mut figures = Figures::default();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(name))
        .expect("the pages are there")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|end| end == "html")) {
        let expected = path.with_extension("expected.json");
        let expected = std::fs::read_to_string(&expected).unwrap_or_else(|_| panic!("half a pair: {}", path.display()));
        let expected: Expected =
            serde_json::from_str(&expected).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let page = FetchedPage {
            url: Some(expected.url.clone()),
            content_type: Some(expected.content_type.clone()),
            body: std::fs::read(path).expect("a page"),
            fetched_at: Timestamp::UNIX_EPOCH,
        };
        let article = extract::article(None, &page, &OutletPages::zone(TimeZone::get(&expected.zone).expect("a zone")));
        if let Some(kind) = &expected.drop {
            if only("") {
                figures.refusable += 1;
                let ended = article
                    .map_or_else(|reason| reason.name().to_owned(), |article| article.partial.unwrap_or_default());
                figures.refused +=
                    usize::from(ended.contains(kind.as_str()) || kind == "gallery" && ended == "no-text");
            }
            continue;
        }
        if !only(&expected.lang) {
            continue;
        }
        let article = article.unwrap_or_else(|reason| panic!("{}: dropped as {reason}", path.display()));
        let counted = |line: &&str| !expected.ignore.iter().any(|ignored| ignored == line);
        let text = article.text.lines().filter(counted).collect::<Vec<_>>().join("\n");
        let (precision, recall) = likeness(&text, &expected.text, &expected.lang);
        figures.pages += 1;
        figures.precision += precision;
        figures.recall += recall;
        figures.titles += usize::from(article.title == expected.title);
        figures.authors += usize::from(article.authors.iter().cloned().collect::<BTreeSet<_>>() == expected.authors);
        figures.providers += usize::from(article.provider == expected.provider);
        let published = article.published.map(|published| published.at);
        figures.dates += usize::from(published == expected.published);
        figures.dates_wrong += usize::from(published.is_some() && published != expected.published);
        figures.partial += usize::from(article.partial.is_some() == expected.partial);
    }
    figures.precision /= figures.pages.max(1) as f64;
    figures.recall /= figures.pages.max(1) as f64;
    figures
}

fn print(name: &str, figures: &Figures) {
    let Figures {
        pages,
        precision,
        recall,
        titles,
        authors,
        providers,
        dates,
        dates_wrong,
        partial,
        refused,
        refusable,
    } = figures;
    println!(
        "pages {name:14} {pages:3}  P {precision:.3}  R {recall:.3}  title {titles}  authors {authors}  provider {providers}  \
         date {dates} (wrong {dates_wrong})  partial {partial}  refused {refused} of {refusable}"
    );
}

/// Checks the figures of all pages of a folder against their floors.
fn hold(name: &str, floor: &PageFloors) {
    let all = measure(name, |_| true);
    print(name, &all);
    let share = |count: usize| count as f64 / all.pages as f64;
    for (figure_name, figure, least) in [
        ("precision", all.precision, floor.precision),
        ("recall", all.recall, floor.recall),
        ("titles", share(all.titles), floor.titles),
        ("authors", share(all.authors), floor.authors),
        ("providers", share(all.providers), floor.providers),
        ("dates", share(all.dates), floor.dates),
        ("refused", all.refused as f64 / all.refusable as f64, floor.refused),
    ] {
        assert!(figure >= least, "{name}, {figure_name}: {figure:.3} is under the floor of {least}");
    }
    let wrong = share(all.dates_wrong);
    assert!(wrong <= floor.dates_wrong_max, "{name}, wrong dates: {} of {}", all.dates_wrong, all.pages);
}

fn floors() -> Floors {
    toml::from_str(include_str!("../floors.toml")).expect("the floors read")
}

#[test]
fn pages_of_many_templates_are_read() {
    for lang in ["zh-Hant", "zh-Hans", "en", "ja", "ko"] {
        print(lang, &measure("pages", |page| page == lang));
    }
    hold("pages", &floors().pages);
}

/// The figure that says how pages fare that nobody made a rule for.
#[test]
fn pages_that_no_rule_was_made_for_are_read() {
    hold("pages-untuned", &floors().pages_untuned);
}
