//! The sample world: eight invented outlets, about forty articles, three scripts, told in two phases.
//!
//! The texts are data, in the TOML files beside this one; here they become the pages of a [`World`] and the
//! feeds.toml that watches them. Outlets, people, events and the countries of Aldland and Vestmark are invented.
//! Phase 1 is what the first poll finds, phase 2 what the second finds: more articles, a softened headline, a deleted
//! article, a reprint that leaves the denial out, and an outlet that no longer answers.

use std::fmt::Write;

use jiff::Timestamp;

use crate::decode;

use super::site::{Answer, World};

mod announce;
mod content;
mod page;

use announce::http_date;
pub use content::{Entry, Format, Outlet, Sample, Second, outlets};

/// The phases, in order.
const PHASES: [u8; 2] = [1, 2];

/// Returns the moment of the simulated clock at which the world is polled in that phase.
pub fn poll_time(phase: u8) -> Timestamp {
    let text = if phase < 2 { "2026-11-20T12:00:00Z" } else { "2026-11-20T18:00:00Z" };
    text.parse().expect("both are RFC 3339")
}

/// Returns the host names of the outlets.
pub fn hosts() -> Vec<String> {
    outlets().into_iter().map(|outlet| outlet.host).collect()
}

/// Builds all that the outlets serve.
pub fn build() -> World {
    let mut world = World::default();
    for outlet in outlets() {
        add_robots(&mut world, &outlet);
        for phase in PHASES {
            for entry in &outlet.entries {
                put_changed(&mut world, &outlet, &entry.path, phase, entry_answer(&outlet, entry, phase));
            }
            for sample in &outlet.articles {
                add_article(&mut world, &outlet, sample, phase);
            }
        }
    }
    world
}

/// Returns the feeds.toml of a study that watches the outlets. Their addresses carry no port: the study's resolver
/// leads each host to wherever the site listens.
pub fn feeds_toml() -> String {
    let mut out =
        "# The sample world of gainsay's demo: eight invented outlets, polled twice on a simulated clock.\n\n\
         [study]\nname = \"The sample world\"\nzone = \"UTC\"\n"
            .to_owned();
    for outlet in outlets() {
        write_source(&mut out, &outlet).expect("a String takes whatever is written to it");
    }
    out
}

fn write_source(out: &mut String, outlet: &Outlet) -> std::fmt::Result {
    writeln!(out, "\n[[source]]\nid = {}\nname = {}", quoted(&outlet.id), quoted(&outlet.name))?;
    writeln!(out, "lang = {}\ncountry = {}", quoted(&outlet.lang), quoted(&outlet.country))?;
    writeln!(out, "owner = {}\nzone = {}", quoted(outlet.owner.name()), quoted(&outlet.zone))?;
    if outlet.full_text {
        writeln!(out, "full_text = true")?;
    }
    writeln!(out, "note = {}", quoted(&outlet.note))?;
    for entry in &outlet.entries {
        writeln!(out, "\n  [[source.entry]]\n  kind = {}", quoted(entry.kind()))?;
        writeln!(out, "  url = {}\n  section = {}", quoted(&outlet.url(&entry.path)), quoted(&entry.section))?;
        if entry.format == Format::Listing {
            writeln!(out, "  item = \"ul.headline-list > li\"\n  link = \"a.headline\"")?;
            writeln!(out, "  title = \"a.headline\"\n  date = \"time\"")?;
        }
    }
    Ok(())
}

/// Writes a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn add_robots(world: &mut World, outlet: &Outlet) {
    let rules: String = outlet.disallow.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text =
        if rules.is_empty() { "User-agent: *\nDisallow:\n".to_owned() } else { format!("User-agent: *\n{rules}") };
    world.put(&outlet.host, "/robots.txt", 1, Answer::ok("text/plain; charset=utf-8", text));
}

fn entry_answer(outlet: &Outlet, entry: &Entry, phase: u8) -> Answer {
    if let Some(fault) = entry.fault.as_ref().filter(|fault| fault.phase == phase) {
        return Answer::status(fault.status, "text/html; charset=utf-8", page::error(outlet, fault.status));
    }
    let (content_type, text) = announce::render(outlet, entry, phase);
    let standing = outlet.standing(phase);
    let newest = standing.iter().filter(|article| entry.announces(article.sample)).map(|one| one.touched()).max();
    Answer::ok(content_type, text).validators(newest.map(http_date).as_deref())
}

fn add_article(world: &mut World, outlet: &Outlet, sample: &Sample, phase: u8) {
    if phase < sample.from {
        return;
    }
    let Some(standing) = sample.standing(phase) else {
        let status = sample.second.as_ref().and_then(|second| second.gone).unwrap_or(404);
        let answer = Answer::status(status, "text/html; charset=utf-8", page::error(outlet, status));
        return put_changed(world, outlet, &sample.path, phase, answer);
    };
    let text = page::article(outlet, &standing);
    let charset = sample.charset.as_deref().unwrap_or("utf-8");
    let body = decode::encode(&text, charset).expect("a sample keeps to its charset, and a test encodes each");
    // Pages in an old charset tell it in the page only, as such sites do.
    let content_type = if sample.charset.is_some() { "text/html" } else { "text/html; charset=utf-8" };
    let answer = Answer::ok(content_type, body).validators(Some(&http_date(standing.touched())));
    put_changed(world, outlet, &sample.path, phase, answer);
    if let Some(announced) = &sample.announced {
        put_changed(world, outlet, announced, phase, Answer::redirect(302, &sample.path));
    }
}

/// Puts an answer unless the phase before had the same.
fn put_changed(world: &mut World, outlet: &Outlet, path: &str, phase: u8, answer: Answer) {
    if world.answer(&outlet.host, path, phase) != Some(&answer) {
        world.put(&outlet.host, path, phase, answer);
    }
}

#[cfg(test)]
mod tests;
