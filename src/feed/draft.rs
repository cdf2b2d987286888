//! An entry as the readers collect it, and how it becomes a [`FeedEntry`].

use std::borrow::Cow;

use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::links::{is_opaque, steady_id};
use super::{FeedContext, LONGEST_CONTENT, LONGEST_TITLE};
use crate::dates;
use crate::html;
use crate::language;
use crate::model::{AHEAD, EntryKey, FeedEntry, PublishedTime};

/// What was found of one entry. All text is plain already; dates are as printed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) guid: Option<String>,
    pub(super) url: Option<String>,
    pub(super) title: String,
    /// Prints that may tell when it was published, the best first.
    pub(super) published: Vec<String>,
    /// Prints that may tell when it was changed, the best first.
    pub(super) updated: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) provider: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) content: Option<String>,
    pub(super) lang: Option<String>,
    /// True when its source says more than this: a picture alone, the name of who added to it.
    pub(super) says_more: bool,
}

/// What had to be cut or left out, counted over all entries.
#[derive(Debug, Default)]
pub(super) struct Tally {
    empty: usize,
    long_titles: usize,
    long_texts: usize,
    unread_dates: usize,
    unread_date: Option<String>,
    /// Dates later than when they were seen, and one of them.
    dated_ahead: usize,
    date_ahead: Option<String>,
    pub(super) shared_ids: usize,
    /// Entries whose link is an aggregator's that does not tell the article's.
    opaque_links: usize,
    /// Entries whose tag names the other script of Chinese than their text is in, and one such tag.
    other_script: usize,
    lying_tag: Option<String>,
    /// Entries whose tag names another language than the one that their text is written in, and one such tag.
    other_language: usize,
    tag_of_other: Option<String>,
    /// Entries that repeat the id and the link of another, and say something else.
    pub(super) repeated: usize,
}

/// How much of each text is asked for its language, in bytes.
const LANGUAGE_WITHIN: usize = 900;
/// So many Han characters without kana between them are no Japanese.
const ENOUGH_WITHOUT_KANA: usize = 40;
/// A text in Latin letters of fewer bytes is believed to be in the language of its tag.
const ENOUGH_OF_A_LANGUAGE: usize = 60;
/// What is so far ahead of when it was seen is no date of publication: it is kept as printed only.
const FARTHEST_AHEAD: SignedDuration = SignedDuration::from_hours(366 * 24);
/// No id is longer, in characters; the key is made of all of it.
const LONGEST_ID: usize = 2_000;
/// No date is longer, in characters.
const LONGEST_DATE: usize = 60;

impl Tally {
    /// The counts in words.
    pub(super) fn problems(self, kept: usize) -> Vec<String> {
        let mut problems = Vec::new();
        let mut say = |count: usize, text: String| {
            if count > 0 {
                problems.push(text);
            }
        };
        say(
            self.empty,
            format!(
                "{} left out: nothing is said in {}",
                entries(self.empty),
                if self.empty == 1 { "it" } else { "them" }
            ),
        );
        say(self.long_titles, format!("{} longer than {LONGEST_TITLE} characters cut", headlines(self.long_titles)));
        say(self.long_texts, format!("{} longer than {LONGEST_CONTENT} bytes cut", texts(self.long_texts)));
        say(
            self.shared_ids,
            format!(
                "{} with an id or a link that others have, told apart by link or headline",
                entries(self.shared_ids)
            ),
        );
        say(
            self.opaque_links,
            format!(
                "{} with a link of Google's, which does not tell the article's address",
                entries(self.opaque_links)
            ),
        );
        let tag = self.lying_tag.unwrap_or_default();
        say(
            self.other_script,
            format!("{} tagged `{tag}` in the other script of Chinese; the text decides", entries(self.other_script)),
        );
        let tag = self.tag_of_other.unwrap_or_default();
        say(
            self.other_language,
            format!("{} tagged `{tag}` in another language; the text decides", entries(self.other_language)),
        );
        say(
            self.repeated,
            format!("{} with the id and the link of another left out, though worded otherwise", entries(self.repeated)),
        );
        let example = self.unread_date.unwrap_or_default();
        let ahead = self.date_ahead.unwrap_or_default();
        say(self.dated_ahead, format!("{} dated after it was seen, such as `{ahead}`", entries(self.dated_ahead)));
        say(self.unread_dates, format!("{} of {kept} dates could not be read, such as `{example}`", self.unread_dates));
        problems
    }
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn headlines(count: usize) -> String {
    if count == 1 { "1 headline".to_owned() } else { format!("{count} headlines") }
}

fn texts(count: usize) -> String {
    if count == 1 { "1 text".to_owned() } else { format!("{count} texts") }
}

impl Draft {
    /// Says whether the entry says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.guid, &self.url, &self.summary, &self.content, &self.provider];
        let dates = self.published.iter().chain(&self.updated);
        !self.says_more
            && self.title.is_empty()
            && texts.into_iter().flatten().chain(dates).chain(&self.authors).all(|text| text.trim().is_empty())
    }

    /// Completes the entry; `None` when it says nothing.
    pub(super) fn into_entry(self, context: &FeedContext<'_>, tally: &mut Tally) -> Option<FeedEntry> {
        if self.is_empty() {
            tally.empty += 1;
            return None;
        }
        let read = |print: &String| dates::read(print, context.zone);
        let ahead = |date: &PublishedTime| date.at.duration_since(context.at);
        let found = self.published.iter().find_map(read);
        let published = found.filter(|date| ahead(date) <= FARTHEST_AHEAD);
        let published = published.map(|date| PublishedTime { raw: one_line(&date.raw), ..date });
        if let Some(date) = published.as_ref().filter(|date| ahead(date) > AHEAD) {
            tally.dated_ahead += 1;
            tally.date_ahead.get_or_insert_with(|| date.raw.clone());
        }
        let updated = self.updated.iter().find_map(read).filter(|date| ahead(date) <= FARTHEST_AHEAD);
        let updated = updated.map(|date| date.at);
        let print = self.published.iter().find(|print| !print.trim().is_empty()).filter(|_| published.is_none());
        let unread_date = print.map(|print| one_line(print).chars().take(LONGEST_DATE).collect());
        if let Some(print) = &unread_date {
            tally.unread_dates += 1;
            tally.unread_date.get_or_insert_with(|| String::clone(print));
        }
        let raw = published.as_ref().map(|date| date.raw.as_str()).or(self.published.first().map(String::as_str));
        let key = self.key(raw.unwrap_or_default());
        let lang = self.lang(tally);
        tally.opaque_links += usize::from(self.url.as_deref().is_some_and(is_opaque));
        let title = cut_chars(self.title, LONGEST_TITLE, &mut tally.long_titles);
        Some(FeedEntry {
            key,
            guid: self.guid.map(|guid| guid.chars().take(LONGEST_ID).collect()),
            url: self.url,
            title,
            published,
            unread_date,
            updated,
            authors: self.authors,
            provider: self.provider,
            summary: self.summary.map(|text| cut_bytes(text, LONGEST_CONTENT, &mut tally.long_texts)),
            content: self.content.map(|text| cut_bytes(text, LONGEST_CONTENT, &mut tally.long_texts)),
            lang,
            part: None,
        })
    }

    /// The language in the form that is kept: no region, and for Chinese the script that the text is in. Tags lie, and where the
    /// writing says otherwise it decides.
    fn lang(&self, tally: &mut Tally) -> Option<String> {
        let tag = self.lang.as_deref()?.trim();
        let said = language::canonical(tag);
        let kept = || Some(said.to_string()).filter(|said| said != "und");
        // The first bytes of kana, Hangul and Han characters: without them a tag of another language is believed.
        let is_asian = |text: &str| text.bytes().any(|byte| matches!(byte, 0xE3..=0xED));
        if !said.is_chinese() && !is_asian(&self.title) {
            return kept();
        }
        let texts = [Some(self.title.as_str()), self.summary.as_deref(), self.content.as_deref()];
        let mut sample = String::new();
        for text in texts.into_iter().flatten() {
            sample.push_str(&text[..text.floor_char_boundary(LANGUAGE_WITHIN)]);
            sample.push('\n');
        }
        let found = language::detect(&sample, Some(&said));
        let han = || sample.chars().filter(|c| crate::fold::is_han(*c)).count();
        // A headline in Japanese may have no kana.
        if said.as_str() == "ja" && found.is_chinese() && han() < ENOUGH_WITHOUT_KANA {
            return kept();
        }
        let by_writing = found.is_chinese() || matches!(found.as_str(), "ja" | "ko");
        if found == said || !by_writing && (is_asian(&sample) || sample.len() < ENOUGH_OF_A_LANGUAGE) {
            return kept();
        }
        let shown: String = tag.chars().filter(|c| !c.is_control()).take(20).collect();
        if !found.is_chinese() || !said.is_chinese() {
            tally.other_language += 1;
            tally.tag_of_other.get_or_insert(shown);
        } else if tag.len() > 2 {
            // A bare `zh` says nothing of the script.
            tally.other_script += 1;
            tally.lying_tag.get_or_insert(shown);
        }
        Some(found.to_string())
    }

    /// The key of the entry: its id, else its address without tracking, else its headline and date as printed, else its text.
    fn key(&self, date: &str) -> EntryKey {
        let text = || self.content.as_deref().or(self.summary.as_deref()).unwrap_or_default();
        match (&self.guid, &self.url) {
            (Some(guid), _) => hashed(&["guid", &steady_id(guid)]),
            (None, Some(url)) => hashed(&["url", url]),
            (None, None) if self.title.is_empty() => hashed(&["text", text(), date, &self.authors.join("\n")]),
            (None, None) => hashed(&["title", &self.title, date]),
        }
    }
}

/// What tells an entry from another with the same key: where there is an id, the address; where the address is the key, the
/// headline; where that is, the text.
pub(super) fn told_apart_by(entry: &FeedEntry) -> Option<&str> {
    let by = match (&entry.guid, &entry.url) {
        (Some(_), url) => url.as_deref(),
        (None, Some(_)) => Some(entry.title.as_str()),
        (None, None) => entry.content.as_deref().or(entry.summary.as_deref()),
    };
    by.filter(|by| !by.is_empty())
}

/// Says whether an id is too short to be one: many feeds number their entries anew, or give each a 0.
pub(super) fn has_weak_id(entry: &FeedEntry) -> bool {
    entry.guid.as_deref().is_some_and(|guid| guid.chars().count() < 2) && entry.url.is_some()
}

/// The key of an entry whose id, or address where there is none, others of the same feed have, too.
pub(super) fn key_apart(entry: &FeedEntry) -> EntryKey {
    let own = entry.guid.as_deref().map(steady_id).or(entry.url.as_deref().map(Into::into));
    let shared = own.unwrap_or(Cow::Borrowed(&entry.title));
    hashed(&["both", &shared, told_apart_by(entry).unwrap_or_default()])
}

fn hashed(parts: &[&str]) -> EntryKey {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut key = String::with_capacity(24);
    for byte in hash.finalize().iter().take(12) {
        key.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])));
    }
    EntryKey(key)
}

/// A text of one line, as ids and dates are, without what controls a terminal.
pub(super) fn one_line(text: &str) -> String {
    let is_clean = !text.contains(char::is_control) && text.trim().len() == text.len();
    if is_clean { html::without_controls(text) } else { html::without_controls(text.trim()).replace(['\n', '\t'], " ") }
}

fn cut_chars(text: String, most: usize, cuts: &mut usize) -> String {
    match text.char_indices().nth(most).filter(|_| text.len() > most) {
        Some((end, _)) => {
            *cuts += 1;
            text[..end].to_owned()
        }
        None => text,
    }
}

fn cut_bytes(mut text: String, most: usize, cuts: &mut usize) -> String {
    if text.len() > most {
        *cuts += 1;
        text.truncate(text.floor_char_boundary(most));
    }
    text
}
