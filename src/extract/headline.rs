//! The headline of a page, without the site's name: what readers see of it and what machines are told of it.

use std::collections::HashSet;

use super::blocks;
use super::clean;
use super::line;
use super::links;
use super::names;
use super::structured::StructuredArticle;
use crate::fold;
use crate::html::{Document, Element};

/// What stands between a headline and the name of the site or of a section.
const SIGNS: [&str; 13] = [" | ", "｜", " - ", " – ", " — ", "--", " :: ", " » ", " _ ", "_", "|", "│", " · "];
/// What stands between a kicker and the headline.
const KICKER_SIGNS: [char; 4] = [':', '：', '|', '｜'];
/// A shorter text is a section's name and no headline, in letters.
const SHORTEST: usize = 6;
/// A longer line is no headline, in bytes: three are a character of Chinese.
const LONGEST: usize = 600;

/// Returns the headline of a page, empty when it has none. `sites` is what the site may be called, in lower case.
pub(super) fn of(document: &Document, own: &StructuredArticle, sites: &[String], window_title: &str) -> String {
    let one_line = |text: String| text.replace('\n', " ");
    // The site's name and its motto lead to its front page.
    let headings = document.select("h1").into_iter().filter(|heading| !leads_home(heading));
    let headings = headings.map(|heading| without_kicker(&heading, one_line(heading.text())));
    let headings = headings.filter(|text| !text.is_empty());
    let headings: Vec<String> = headings.collect();
    let told = [own.headline.clone(), document.meta(&["og:title", "twitter:title"])];
    let told = told.into_iter().flatten().map(|title| line(&title)).find(|title| !title.is_empty());
    let window = Some(line(window_title)).filter(|title| !title.is_empty());
    let all: Vec<String> = told.iter().cloned().chain(window).collect();
    let is_told = |heading: &String| all.iter().any(|told| clean::letters(told).contains(&clean::letters(heading)));
    let headings =
        if headings.iter().any(is_told) || !has_told_subheading(document, &all) { headings } else { Vec::new() };
    if let Some(heading) = seen(&headings, told.as_deref(), &all) {
        return without_own_name(heading, sites);
    }
    // One that is as long as headlines are is what readers see, whatever search engines are told; it leads to no front page.
    if let Some(heading) = headings.first().filter(|first| headings.iter().all(|other| other == *first))
        && blocks::is_long_as_headline(heading)
        && !all.iter().any(|told| ends_with_told(heading, told))
        && !names::is_outlet(heading)
    {
        return without_own_name(heading, sites);
    }
    // Where the window alone has a title, it may only say whose page it is.
    if let Some(heading) = headings.first().filter(|_| told.is_none() && all.len() == 1)
        && headings.iter().all(|other| other == heading)
        && is_longer_and_other(heading, &all[0])
    {
        return without_own_name(heading, sites);
    }
    let Some(candidate) = all.first() else { return headings.into_iter().next().unwrap_or_default() };
    // The heading is what readers see; it decides where the headline ends and the site's name begins.
    if let Some(heading) =
        headings.iter().find(|heading| heading.chars().count() > 8 && candidate.starts_with(heading.as_str()))
    {
        return without_site(heading, sites);
    }
    if headings.is_empty() {
        if let Some(only) = only_subheading(document, candidate) {
            return only;
        }
        if let Some(longer) = longer_subheading(document, candidate) {
            return without_own_name(&longer, sites);
        }
        if let Some(shown) = shown(document, candidate) {
            return without_own_name(&shown, sites);
        }
        if let Some(like) = like_subheading(document, candidate) {
            return without_own_name(&like, sites);
        }
        if let Some(large) = large_print(document, candidate) {
            return large;
        }
    }
    let cut = without_site(candidate, sites);
    // Machines are told a shortened headline at times: "..." at its end, more in the heading.
    let stem = cut.trim_end_matches(['.', '…', ' ']);
    let is_shortened = stem.len() < cut.len() && stem.chars().count() > 8;
    match headings.iter().find(|heading| is_shortened && heading.starts_with(stem)) {
        Some(heading) => heading.clone(),
        None => cut,
    }
}

/// The heading that readers see, when what is written for machines is much the same: they are told another, older or
/// shorter one at times.
fn seen<'a>(headings: &'a [String], told: Option<&str>, written: &[String]) -> Option<&'a String> {
    let heading = headings.first().filter(|first| headings.iter().all(|heading| heading == *first))?;
    let letters = clean::letters(heading);
    let is_like = |text: &String| tenths_in(heading, text) >= 3;
    // What machines are told on purpose may differ in a word; it is no shorter form then.
    let is_told = told.is_some_and(|told| {
        // The kicker stands before the headline there, too.
        let without_kicker = told.split_once(KICKER_SIGNS).map_or(told, |(_, rest)| rest);
        // Words may be left out of it.
        let is_shorter = |other: &str| letters.contains(&clean::letters(other)) || leaves_out(heading, other);
        tenths_in(heading, told) >= 6 && !is_shorter(told) && !is_shorter(without_kicker)
    });
    // A kicker stands before the headline within the heading.
    let has_kicker = written.iter().any(|text| {
        // What somebody said is no kicker.
        let is_label = heading
            .split_once(KICKER_SIGNS)
            .is_none_or(|(kicker, _)| !kicker.contains(['“', '‘', '"', '「', '«', '„']));
        let text = clean::letters(text);
        is_label && text.chars().count() > SHORTEST && letters.len() > text.len() && letters.ends_with(&text)
    });
    let may_be = letters.chars().count() >= SHORTEST && !has_kicker && !names::is_outlet(heading);
    // As long as headlines are, it is one, in whatever words machines are told the same.
    let is_told = is_told && !blocks::is_long_as_headline(heading);
    let is_part = || written.iter().any(|text| spans(text, true).contains(&letters));
    (may_be && (is_part() || !is_told && written.iter().any(is_like))).then_some(heading)
}

/// Says whether a text has words of a headline in their order and no others, and leaves some out.
fn leaves_out(headline: &str, shorter: &str) -> bool {
    /// Fewer words may be any.
    const FEWEST: usize = 4;
    let mut words = headline.split_whitespace();
    let own: Vec<&str> = shorter.split_whitespace().collect();
    own.len() >= FEWEST && own.iter().all(|word| words.any(|other| other == *word))
}

/// How many tenths of the pairs of letters of a headline another text has, too.
pub(super) fn tenths_in(headline: &str, other: &str) -> usize {
    let pairs = |text: &str| -> HashSet<(char, char)> {
        let letters = clean::letters(text);
        letters.chars().zip(letters.chars().skip(1)).collect()
    };
    let own = pairs(headline);
    own.intersection(&pairs(other)).count() * 10 / own.len().max(1)
}

/// The line of a page without a heading that is what is written for machines, or what that holds beside the site's name.
fn shown(document: &Document, candidate: &str) -> Option<String> {
    let spans = spans(candidate, false);
    let lines = document.lines().into_iter().map(|(line, _)| line).filter(|line| line.len() <= LONGEST);
    let shown: Vec<(String, &str)> = lines.map(|line| (clean::letters(line), line)).collect();
    let shown = spans.iter().find_map(|span| shown.iter().find(|(letters, _)| letters == span));
    // The sign of an item may stand before it.
    shown
        .map(|(_, line)| {
            line.trim_start_matches(|c: char| matches!(c, '·' | '•' | '▪' | '■' | '►') || c.is_whitespace())
        })
        .map(str::to_owned)
}

/// The smaller heading that begins with what machines are told and goes on behind a sign.
fn longer_subheading(document: &Document, told: &str) -> Option<String> {
    let goes_on = |heading: &String| {
        let rest = heading.strip_prefix(told).map(str::trim_start);
        told.chars().count() > SHORTEST && rest.is_some_and(|rest| rest.starts_with([':', '：', '–', '—', ',', '，']))
    };
    document.texts("h2").into_iter().map(|text| text.replace('\n', " ")).find(goes_on)
}

/// The one smaller heading of a page whose title only says whose page it is: it is much longer and stands nowhere in it.
fn only_subheading(document: &Document, title: &str) -> Option<String> {
    let mut headings = document.texts("h2").into_iter().filter(|text| !text.is_empty());
    let heading = headings.next().filter(|_| headings.next().is_none())?;
    (is_longer_and_other(&heading, title) && !heading.contains('\n')).then_some(heading)
}

/// Says whether a smaller heading is what machines are told: then the first is a motto or a banner.
fn has_told_subheading(document: &Document, told: &[String]) -> bool {
    let told: Vec<String> = told.iter().map(|text| clean::letters(text)).collect();
    let is_told = |heading: &String| {
        let letters = clean::letters(heading);
        blocks::is_long_as_headline(heading) && told.iter().any(|told| told.starts_with(&letters))
    };
    document.texts("h2").iter().any(is_told)
}

/// The smaller heading of a page that is much the same as what machines are told, in other words.
fn like_subheading(document: &Document, told: &str) -> Option<String> {
    /// Headlines of one story have fewer pairs of letters in common, in tenths.
    const LIKE: usize = 6;
    let headings = document.texts("h2, h3").into_iter().filter(|text| !text.contains('\n'));
    let like = headings.filter(|text| blocks::is_long_as_headline(text));
    let like = like.map(|text| (tenths_in(told, &text), text)).filter(|(tenths, _)| *tenths >= LIKE);
    // The first of several that are as like: of equals the last is the greatest.
    like.collect::<Vec<_>>().into_iter().rev().max_by_key(|(tenths, _)| *tenths).map(|(_, text)| text)
}

/// The first line in large print of a page whose title is the outlet's name, from before headings were marked as such.
fn large_print(document: &Document, title: &str) -> Option<String> {
    /// As `<font>` counts sizes: from one to seven, or up from what is usual.
    const LARGE: [&str; 7] = ["4", "5", "6", "7", "+1", "+2", "+3"];
    const EDITIONS: [&str; 10] =
        ["電子版", "电子版", "網絡版", "网络版", "網路版", "數位版", "网站", "網站", "首頁", "首页"];
    let name = EDITIONS.iter().find_map(|edition| title.strip_suffix(edition)).unwrap_or(title);
    if !names::is_outlet(name.trim()) {
        return None;
    }
    let is_large = |font: &Element<'_>| font.attribute("size").is_some_and(|size| LARGE.contains(&size.trim()));
    let printed = document.select("font[size]").into_iter().filter(is_large).map(|font| font.text());
    let mut printed = printed.filter(|text| !text.contains('\n') && text.len() <= LONGEST);
    printed.find(|text| blocks::is_long_as_headline(text) && clean::letters(text) != clean::letters(title))
}

/// A heading without the kicker that stands within it in an element so called.
fn without_kicker(heading: &Element<'_>, text: String) -> String {
    const KICKERS: &str =
        "[class*=kicker i], [class*=overline i], [class*=eyebrow i], [class*=dachzeile i], [class*=label i]";
    let kicker = heading.select(KICKERS).first().map(|kicker| kicker.text().replace('\n', " ")).unwrap_or_default();
    let rest = text
        .strip_prefix(&kicker)
        .map(|rest| rest.trim_start_matches(|c: char| c.is_whitespace() || KICKER_SIGNS.contains(&c)));
    match rest.filter(|rest| !kicker.is_empty() && clean::letters(rest).chars().count() >= SHORTEST) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Says whether a heading is what machines are told with a kicker before it.
fn ends_with_told(heading: &str, told: &str) -> bool {
    let (heading, told) = (clean::letters(heading), clean::letters(told));
    told.chars().count() > SHORTEST && heading.len() > told.len() && heading.ends_with(&told)
}

/// Says whether a heading is a link to the front page.
fn leads_home(heading: &Element<'_>) -> bool {
    let around = heading.ancestors().find(|around| around.name() == "a");
    around.into_iter().chain(heading.select("a[href]")).any(|link| links::leads_to_front_page(&link))
}

/// Says whether a heading is longer than a title and has little of it.
fn is_longer_and_other(heading: &str, title: &str) -> bool {
    let length = |text: &str| clean::letters(text).chars().count();
    length(heading) > length(title) && tenths_in(title, heading) < 3
}

/// What the headline may be within a title with other names around it, as letters, the longest first: every run of its
/// parts that holds the longest of them. Kickers count as such parts when they are `apart`.
fn spans(title: &str, apart: bool) -> Vec<String> {
    /// More parts than this are no title.
    const MOST: usize = 12;
    let mut parts = vec![title.to_owned()];
    for sign in SIGNS.into_iter().chain(["-"]) {
        parts = parts.iter().flat_map(|part| part.split(sign)).map(str::to_owned).collect();
    }
    if apart {
        parts = parts.iter().flat_map(|part| part.split(KICKER_SIGNS)).map(str::to_owned).collect();
    }
    let parts: Vec<String> = parts.iter().map(|part| clean::letters(part)).filter(|part| !part.is_empty()).collect();
    let longest = parts.iter().map(String::len).max().unwrap_or_default();
    let Some(place) = parts.iter().position(|part| part.len() == longest).filter(|_| parts.len() <= MOST) else {
        return Vec::new();
    };
    let runs = (0..=place).flat_map(|from| (place + 1..=parts.len()).map(move |to| (from, to)));
    let mut spans: Vec<String> = runs.map(|(from, to)| parts[from..to].concat()).collect();
    spans.retain(|span| span.chars().count() >= SHORTEST);
    spans.sort_by_key(|span| std::cmp::Reverse(span.len()));
    spans
}

/// Takes the site's own name, and nothing else, off the end of a heading.
fn without_own_name(heading: &str, sites: &[String]) -> String {
    let own = [" | ", "｜", " - ", " – ", " — ", "_"].iter().filter_map(|sign| heading.rsplit_once(sign));
    let is_capitalised = |tail: &str| tail.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let is_own = |tail: &str| sites.iter().any(|site| clean::letters(site) == clean::letters(tail));
    let mut own = own.filter(|(_, tail)| is_own(tail) || names::is_outlet(tail) && is_capitalised(tail));
    own.next().map_or(heading, |(head, _)| head.trim()).to_owned()
}

/// Takes the site's name off a headline: from its end, where most put it, or from its beginning.
fn without_site(title: &str, sites: &[String]) -> String {
    let names_site = |part: &str| {
        let part = part.trim().to_lowercase();
        sites.iter().any(|site| !part.is_empty() && (site.contains(&part) || part.contains(site)))
    };
    let may_be_name = |part: &str| part.chars().count() <= 30 && names::is_outlet(part);
    let mut title = title;
    for separator in SIGNS {
        // A section stands between the headline and the name: "…_News_The Outlet".
        while let Some((head, tail)) = title.rsplit_once(separator) {
            let tail = tail.trim();
            // Without a known name, only the signs that hardly stand within headlines are trusted.
            let is_surely_a_name =
                matches!(separator, " | " | "｜" | "_" | " _ " | "|" | "│" | "--") && tail.chars().count() <= 30;
            if head.trim().chars().count() < SHORTEST || !(names_site(tail) || is_surely_a_name || may_be_name(tail)) {
                break;
            }
            title = head.trim();
        }
    }
    for separator in [" - ", " | ", "｜", "-", "_"] {
        while let Some((head, tail)) = title.split_once(separator) {
            let is_own = sites.contains(&head.trim().to_lowercase());
            // Without spaces a hyphen is a sign of English words: "Post-war".
            let is_sign = separator.contains([' ', '｜']) || head.contains(fold::is_han);
            let is_name = is_own || is_sign && may_be_name(head) && head.chars().count() * 2 < tail.chars().count() * 3;
            if tail.trim().chars().count() < SHORTEST || !is_name || head.chars().count() > 20 {
                break;
            }
            title = tail.trim();
        }
    }
    title.to_owned()
}
