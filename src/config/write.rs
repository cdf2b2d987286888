//! Writes a source as the stanza that would read back as it.

use std::fmt::Write;

use crate::model::{EntryPointKind, FeedSource};

/// Returns the TOML stanza of a source, ending with a line break.
pub fn render_source(source: &FeedSource) -> String {
    let mut out = String::from("[[source]]\n");
    text(&mut out, "id", Some(source.id.as_str()));
    text(&mut out, "name", Some(&source.name));
    text(&mut out, "lang", source.lang.as_ref().map(|lang| lang.as_str()));
    text(&mut out, "country", Some(&source.country));
    text(&mut out, "owner", Some(source.owner.name()));
    text(&mut out, "zone", Some(source.zone.iana_name().unwrap_or("UTC")));
    if let Some(day) = source.verified {
        line(&mut out, "verified", &day.to_string());
    }
    if !source.enabled {
        line(&mut out, "enabled", "false");
    }
    if source.full_text {
        line(&mut out, "full_text", "true");
    }
    text(&mut out, "note", source.note.as_deref());
    for entry in &source.entry_points {
        out.push_str("[[source.entry]]\n");
        text(&mut out, "kind", Some(entry.kind.name()));
        text(&mut out, "url", Some(&entry.url));
        text(&mut out, "section", entry.section.as_deref());
        if let EntryPointKind::Page(selectors) = &entry.kind {
            text(&mut out, "item", Some(&selectors.item));
            text(&mut out, "link", selectors.link.as_deref());
            text(&mut out, "title", selectors.title.as_deref());
            text(&mut out, "date", selectors.date.as_deref());
            text(&mut out, "summary", selectors.summary.as_deref());
        }
    }
    out
}

fn text(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        line(out, key, &toml::Value::String(value.to_owned()).to_string());
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    writeln!(out, "{key} = {value}").expect("a String takes what is written to it");
}
