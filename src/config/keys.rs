//! The keys that feeds.toml and terms.toml may hold, and the one that a mistyped key probably meant.

/// The tables at the top of the file.
pub(super) const FILE: &[&str] = &["study", "source"];
/// The keys of `[study]`.
pub(super) const STUDY: &[&str] = &["name", "contact", "zone", "allow_hosts"];
/// The keys of `[[source]]`.
pub(super) const SOURCE: &[&str] =
    &["id", "name", "lang", "country", "owner", "zone", "verified", "enabled", "full_text", "note", "page", "entry"];
/// The keys of `[source.page]`.
pub(super) const PAGE: &[&str] = &["body", "remove", "title", "date", "author", "provider", "author_is_provider"];
/// The keys of `[[source.entry]]`.
pub(super) const ENTRY: &[&str] =
    &["kind", "url", "section", "transcript", "item", "link", "title", "date", "summary", "match"];

/// The tables at the top of terms.toml.
pub(super) const TERMS: &[&str] = &["entity", "alias", "cue", "topic"];
/// The keys of `[[entity]]`.
pub(super) const ENTITY: &[&str] = &["id", "kind", "names"];
/// The keys of `[[cue]]`.
pub(super) const CUE: &[&str] = &["kind", "sub", "lang", "words"];
/// The keys of `[[topic]]`.
pub(super) const TOPIC: &[&str] = &["role", "topic", "weight", "words"];

/// Returns the choice nearest to what was written, when one is near enough to be what was meant.
pub(super) fn nearest<'a>(written: &str, choices: &[&'a str]) -> Option<&'a str> {
    let plain = written.to_lowercase().replace('-', "_");
    // A key of the file that is longer than any of ours by far is not a slip of the finger.
    if plain.chars().count() > 40 {
        return None;
    }
    let distances = choices.iter().map(|choice| (distance(&plain, &choice.replace('-', "_")), *choice));
    let (least, choice) = distances.min_by_key(|(steps, _)| *steps)?;
    let allowed = 1 + choice.len() / 4;
    (least <= allowed).then_some(choice)
}

/// Returns the choices near enough to what was written to be what was meant, the nearest first and a few at most: those
/// that a slip of the finger leads to, and those that begin as it does.
pub(super) fn near<'a>(written: &str, choices: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const FEW: usize = 3;
    if written.chars().count() > 40 {
        return Vec::new();
    }
    let begins = |choice: &str| written.len() > 1 && (choice.starts_with(written) || written.starts_with(choice));
    let mut near: Vec<(usize, &str)> = choices
        .map(|choice| (distance(written, choice), choice))
        .filter(|(steps, choice)| *steps <= 1 + choice.len() / 4 || begins(choice))
        .collect();
    near.sort();
    near.into_iter().take(FEW).map(|(_, choice)| choice).collect()
}

/// Counts the letters to add, drop or change that lead from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
