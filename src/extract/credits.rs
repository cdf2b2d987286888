//! Who wrote an article and who it came from, as a page prints it around its headline or within its text.
//!
//! It is asked only where the page's data for machines says nothing.

use regex::Regex;

use super::blocks;
use super::clean;
use super::datelines::{self, authors_of, provider_of};
use super::furniture;
use super::line;
use super::names::{
    each_of, is_agency, is_body, is_office, is_outlet, is_person, is_person_like, is_section, people, without_agency,
    without_title,
};
use crate::fold;
use crate::html::{self, Document, Element};
use crate::pattern::pattern;

/// How many lines before a headline, and behind it, belong to its article's head.
const BEFORE: usize = 4;
const BEHIND: usize = 14;
/// How far above a line its box is looked for.
const NEAR: usize = 3;
/// What templates call the box of a picture's words.
const PICTURE: &str = "[class*=caption i]";
/// A longer line is text.
const LONGEST: usize = 120;
/// Names stand in few elements.
const MOST_NODES: usize = 60;

// What is said of a picture beside a headline names who made it.
pattern!(PICTURE_WORD, r"(?i)圖|图|照片|資料照|[攝摄]|写真|사진|\bphoto|\bimage|\bpicture");
// One who made pictures and text.
pattern!(BOTH, r"^\W{0,2}[图圖]\s?[／/]?\s?文");
pattern!(
    BY,
    r"(?:^|(?:19|20)\d\d[\s　|·]{1,3})(?:(?i:by|(?:written|reported|words|story|posted|published|text)\sby|authors?|autor(?:a|es)?|auteur|autore|forfatter)|Words|Text|Von|Par|Por|por|Di|di):?[ 　](\p{Lu}[^|·•0-9　]{2,110}?)(?:$|　|\s[·•|]|\s[-–—/]\s)"
);

/// The lines around the headline of a page.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) lines: Vec<String>,
    /// Who stands on the lines below a line for who wrote it.
    below_label: Vec<String>,
}

impl Head {
    /// The texts of these elements that stand here, in the order of the page.
    fn among<'a>(&self, elements: impl Iterator<Item = Element<'a>>) -> Vec<String> {
        let small = elements.filter(|element| !element.holds_more_than(MOST_NODES));
        let texts = small.map(|element| line(&element.text()));
        texts
            .filter(|text| !text.is_empty() && text.chars().count() <= LONGEST)
            .filter(|text| self.lines.iter().any(|line| line.contains(text.as_str())))
            .collect()
    }

    /// Finds the headline among the page's lines; without it nothing is known to belong to the article.
    pub(super) fn of(document: &Document, title: &str) -> Self {
        let lines = document.spaced_lines();
        let holders = document.lines();
        // Who made the picture is no author.
        let is_of_picture = |place: usize| {
            holders[place]
                .1
                .and_ancestors()
                .take(NEAR)
                .any(|around| matches!(around.name(), "figure" | "figcaption") || around.matches(PICTURE))
        };
        // The last place counts: a trail of links and a window's title repeat the headline above. Below the text it may stand
        // again, and is no heading there.
        let places: Vec<usize> =
            (0..lines.len()).filter(|place| clean::is_same_headline(lines[*place], title)).collect();
        let is_heading =
            |place: &usize| holders[*place].1.and_ancestors().take(NEAR).any(|around| around.name() == "h1");
        let place = places.iter().rfind(|place| is_heading(place)).or(places.last()).copied();
        // The page may show the headline in other words than machines are told.
        let only_heading = || {
            // A short one is the name of a section.
            let mut headings = (0..lines.len()).filter(is_heading);
            let only = headings.next().filter(|_| headings.next().is_none());
            only.filter(|place| blocks::is_long_as_headline(lines[*place]))
        };
        let place = place.or_else(only_heading);
        let Some(at) = place else { return Self { lines: Vec::new(), below_label: Vec::new() } };
        // What stands below comes first: above, some print the day of the visit.
        let (above, below) = (at.saturating_sub(BEFORE)..at, at + 1..(at + BEHIND).min(lines.len()));
        // Below a paragraph, a box of its own tells of others.
        let has_text = |place: usize| (at + 1..place).any(|place| clean::is_paragraph(lines[place]));
        let ends = below.clone().find(|place| {
            let (line, holder) = &holders[*place];
            datelines::is_apart(line, holder) && has_text(*place)
        });
        let below = below.start..ends.unwrap_or(below.end);
        let short = below.chain(above).filter(|place| !is_of_picture(*place)).map(|place| lines[place]);
        // A long line of many parts is none of the text.
        let is_text = |line: &str| line.chars().count() > LONGEST && clean::ends_sentence(line);
        let short = short.filter(|line| !is_text(line)).flat_map(|line| -> Vec<&str> {
            if line.chars().count() > LONGEST { line.split('　').collect() } else { vec![line] }
        });
        let short = short.filter(|line| {
            line.chars().count() <= LONGEST
                && !(PICTURE_WORD.is_match(line) && furniture::is_credited(line) && !BOTH.is_match(line))
        });
        // Some set a slash that is made for sums, and some each name and the word between in an element of its own.
        pattern!(BETWEEN, r"[\s　]+(and|&|in|und|et|y)[\s　]+");
        let plain = |line: &str| {
            let line = line.replace(['∕', '⁄'], "／").replace("　,", ",").replace("　、", "、").replace("、　", "、");
            // 文／王某　发自　某地.
            pattern!(FROM, r"[\s　]*(?:发自|發自)[\s　]*\p{Han}{2,8}");
            let line = FROM.replace(&line, "");
            if line.contains('　') { BETWEEN.replace_all(&line, " $1 ").into_owned() } else { line.into_owned() }
        };
        let (mut lines, mut below_label): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let mut is_open = false;
        for line in short.map(plain) {
            let is_name = clean::is_mostly_cjk(&line) && line.chars().count() <= 4 && is_person(&line);
            let was_open = std::mem::replace(&mut is_open, false);
            // The word for what follows stands on a line of its own in some.
            match lines.last_mut() {
                Some(label) if is_bare_label(label) => {
                    below_label.extend(people(&line));
                    *label = format!("{} {line}", by_label(label));
                    is_open = is_name;
                }
                Some(names) if was_open && is_name => {
                    below_label.push(line.clone());
                    *names = format!("{names}、{line}");
                    is_open = true;
                }
                // And so does what somebody is.
                Some(name) if is_role(&line) && is_person(name) => *name = format!("{name}　{line}"),
                _ => lines.push(line),
            }
        }
        Self { lines, below_label }
    }

    /// Says whether a name stands there.
    pub(super) fn prints(&self, name: &str) -> bool {
        // Right below a short text, whose it is says the long name.
        self.lines.iter().any(|line| line.contains(name) && !line.contains('©') && !line.contains("opyright"))
    }

    /// Where the article came from: 来源：某社, "Source: Coastal Press".
    pub(super) fn provider<'a>(&self, document: &'a Document) -> Option<String> {
        pattern!(
            SOURCE,
            r"(?i)(?:^|[\s　|｜（(•·】])(?:(?:新[闻聞]|文章|[信消]息|稿件|本文)?[来來]源|稿源|[轉转]自|[轉转][載载]自|出[处處]|source|quelle|fuente|fonte|źródło|zdroj|källa|kilde|bron|出典|配信)\s?[:：/／]\s?[\s　]?([^\s　:：|｜，。,/／]{2,24}(?: [A-Z][\w&.]*){0,4})"
        );
        let labelled = self.lines.iter().find_map(|line| Some(SOURCE.captures(line)?[1].trim().to_owned()));
        let named = labelled.or_else(|| {
            let mut is_name = html::asked_once(|name| SOURCE_NAME.is_match(name));
            let is_source = |element: &Element<'a>| {
                let names = [element.attribute("class"), element.attribute("data-testid")];
                names.into_iter().flatten().any(&mut is_name)
            };
            let sources: Vec<Element<'a>> =
                document.select("[class], [data-testid]").into_iter().filter(is_source).collect();
            // A picture of its name may stand for it.
            let pictured = sources.iter().filter(|source| !source.holds_more_than(MOST_NODES));
            let pictured = pictured.flat_map(|source| source.select("img[alt]"));
            let pictured: Vec<String> = pictured.filter_map(|img| img.attribute("alt")).map(line).collect();
            // In a place for agencies, letters are the short name of one.
            let is_short = |name: &String| name.len() <= 6 && name.chars().all(|c| c.is_ascii_uppercase());
            let agencies =
                sources.iter().filter(|place| place.attribute("class").is_some_and(|class| class == "agency"));
            let agencies = self.among(agencies.copied());
            let agency = agencies.into_iter().find(|name| name.len() > 1 && is_short(name));
            let others = || self.among(sources.iter().copied()).into_iter().chain(pictured);
            agency.or_else(|| others().find(|name| is_body(name) || is_office(name)))
        });
        // Behind the names of a byline: "By Ada Roe, Reuters".
        let in_byline = || {
            let bylines = self.lines.iter().filter_map(|line| BY.captures(line));
            let split = |names: &str| -> Vec<String> {
                names.split(',').flat_map(without_agency).map(|part| part.trim().to_owned()).collect()
            };
            let mut parts = bylines.flat_map(|found| split(&found[1]));
            let is_origin = |part: &String| is_body(part) || is_outlet(part) && !is_person_like(part);
            parts.find(is_origin).map(|part| part.trim().to_owned())
        };
        // Beside a name or a place, without a word for who wrote it: "Ada Roe | EFE".
        const BESIDE: [char; 8] = ['|', '｜', '/', '／', '　', '·', '•', ','];
        let beside = || {
            let short = self.lines.iter().filter(|line| line.contains(BESIDE));
            let mut parts = short.map(|line| line.split(BESIDE).map(str::trim));
            let is_byline = |parts: &[&str]| parts.iter().any(|part| part.contains(' ') && is_person(part));
            parts.find_map(|parts| {
                let parts: Vec<&str> = parts.collect();
                let agency = parts.iter().find(|part| is_agency(part))?;
                is_byline(&parts).then(|| (*agency).to_owned())
            })
        };
        // Alone on a line, or behind the word for who wrote it: 文：法新社.
        pattern!(
            WRITTEN,
            r"(?:^|[\s　])(?:文字?|撰文|作者|[編编][譯译]|[圖图]文)\s?[:：／/|｜]\s?([^\s　:：|｜／/]{2,12})(?:$|[\s　|｜／/])"
        );
        let alone = || {
            let agency = |line: &String| {
                let written = WRITTEN.captures(line).map(|found| found[1].to_owned());
                // "Staff writer, with CNA".
                let words = [" with ", " avec ", " mit ", " con ", " met "];
                let with = line.split('　').find_map(|part| words.iter().find_map(|with| part.rsplit_once(with)));
                let with = with.map(|(_, name)| name.to_owned());
                [Some(line.clone()), written, with].into_iter().flatten().find(|name| is_agency(name))
            };
            self.lines.iter().find_map(agency).or_else(|| self.lines.iter().find_map(|line| provider_of(line)))
        };
        let named = named.or_else(in_byline).or_else(beside).or_else(alone);
        // A date may stand in the same element.
        let origin = |name: &str| name.split_whitespace().find(|part| is_body(part)).map(str::to_owned);
        let named =
            named.map(|name| if name.contains(char::is_numeric) { origin(&name).unwrap_or(name) } else { name });
        let named = named.map(|name| name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        // 本网: the site means itself.
        named.filter(|name| !name.starts_with('本') && !is_section(name))
    }

    /// Names of which two are one person's as they stand there: in Japan a space parts family and given name.
    pub(super) fn whole_names(&self, names: Vec<String>) -> Vec<String> {
        /// A part is no longer, in characters.
        const LONGEST_PART: usize = 3;
        let mut whole: Vec<String> = Vec::new();
        for name in names {
            let is_short = |part: &str| part.chars().count() <= LONGEST_PART && part.chars().all(clean::is_cjk);
            let joined = whole.last().filter(|last| is_short(last) && is_short(&name)).and_then(|last| {
                let both = [" ", "　"].map(|space| format!("{last}{space}{name}"));
                both.into_iter().find(|both| self.prints(both))
            });
            match (joined, whole.last_mut()) {
                (Some(joined), Some(last)) => *last = joined,
                _ => whole.push(name),
            }
        }
        whole
    }

    /// The names before an agency's: "Ada Roe and Ivo Kest, The Associated Press".
    fn beside_agency(&self) -> Option<Vec<String>> {
        let names = |line: &String| {
            let (names, agency) = line.rsplit_once(',')?;
            let names = people(names);
            (is_agency(agency.trim()) && names.iter().all(|name| name.contains(' ')) && !names.is_empty())
                .then_some(names)
        };
        self.lines.iter().find_map(names)
    }

    /// The people to whom lines lead that hold nothing else: what a page tells of others leads to them, too.
    pub(super) fn linked_people(&self, document: &Document) -> Option<Vec<String>> {
        const FOLDERS: [&str; 5] = ["/people/", "/person/", "/profile", "/writers/", "/team/"];
        let leads = |link: &Element<'_>| {
            let href = link.attribute("href").unwrap_or_default().to_ascii_lowercase();
            FOLDERS.iter().any(|folder| href.contains(folder))
        };
        let mut linked = self.among(document.select("a[href]").into_iter().filter(leads));
        linked.retain(|name| name.contains(' ') || name.chars().all(clean::is_cjk));
        let linked: Vec<&str> = linked.iter().map(|name| without_title(name)).collect();
        let is_of_links = |names: &Vec<String>, line: &String| {
            let letters: usize = names.iter().map(|name| clean::letters(name).len()).sum();
            names.iter().all(|name| linked.contains(&name.as_str()))
                && clean::letters(line).len() <= letters + "byand".len()
        };
        if linked.is_empty() {
            return None;
        }
        let lines = self.lines.iter().map(|line| (people(line), line));
        let is_one = |(names, line): &(Vec<String>, &String)| !names.is_empty() && is_of_links(names, line);
        // Each of several may stand on a line of its own.
        let named = lines.skip_while(|own| !is_one(own)).take_while(is_one);
        let mut found: Vec<String> = Vec::new();
        for name in named.flat_map(|(names, _)| names) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        Some(found).filter(|names| !names.is_empty())
    }

    /// Says whether a line that names all of these may name others, too.
    pub(super) fn names_more(&self, authors: &[String]) -> bool {
        /// No name is shorter, in letters.
        const SHORTEST: usize = 4;
        let known: usize = authors.iter().map(|author| author.len()).sum();
        let names_all = |line: &&String| authors.iter().all(|author| line.contains(author.as_str()));
        self.lines.iter().filter(names_all).any(|line| line.len() >= known + SHORTEST)
    }

    /// Who wrote it, by the words around a name or else by its place.
    pub(super) fn authors<'a>(&self, document: &'a Document) -> Vec<String> {
        let named = || {
            let mut is_name = html::asked_once(|class| AUTHOR_NAME.is_match(class));
            let names_author =
                |element: &Element<'a>| links_author(element) || element.attribute("class").is_some_and(&mut is_name);
            let named = self.among(document.select("[class], a[href], a[rel]").into_iter().filter(names_author));
            let each: Vec<Vec<String>> = named.iter().map(|name| people(name)).collect();
            let first = each.iter().find(|names| !names.is_empty())?;
            // Each of several may stand in an element of its own.
            let line = self.lines.iter().find(|line| first.iter().all(|name| line.contains(name.as_str())));
            let is_beside = |name: &String| line.is_some_and(|line| line.contains(name.as_str()));
            let mut names: Vec<String> = Vec::new();
            for name in first.iter().chain(each.iter().flatten().filter(|name| is_beside(name))) {
                if !names.iter().any(|known| known.contains(name.as_str())) {
                    names.push(name.clone());
                }
            }
            Some(names)
        };
        Some(self.printed())
            .filter(|names| !names.is_empty())
            .or_else(named)
            .or_else(|| self.linked_people(document))
            .or_else(|| self.lines.iter().map(|line| authors_of(line)).find(|names| !names.is_empty()))
            .unwrap_or_default()
    }

    /// Who wrote it by the words around a name: 記者王某某, 文／某某, "By Ada Roe and Ivo Kest".
    fn printed(&self) -> Vec<String> {
        // A name and what somebody is, or their account: 'Ada Roe　Security correspondent', "Ada Roe | Staff Writer".
        pattern!(
            ROLE,
            r"^(\p{Lu}[^\s,|:;()]+(?: \p{Lu}[^\s,|:;()]+){1,3})(?:　[^　]{0,40}\b(?i:correspondent|reporter|editor|writer|columnist)\b|(?:,|\s[|–-])\s[^　.]{0,40}\b(?i:correspondent|reporter|editor|writer|columnist|journalist|bureau\schief)$|\s@\w+$|\sreports\sfrom\s\p{Lu})"
        );
        // 'Ada Roe in Aldport and Ivo Kest in Celle': one alone may be anything.
        pattern!(
            PLACES,
            r"^(\p{Lu}[^\s,|:;()]+(?: \p{Lu}[^\s,|:;()]+){1,3} in \p{Lu}[^,|:;()]+(?:, | and |, and )\p{Lu}[^\s,|:;()]+(?: \p{Lu}[^\s,|:;()]+){1,3} in \p{Lu}[^,|:;()]+)$"
        );
        // 王 某： ジャーナリスト: in Japan what somebody is stands behind the name, which may be written with a space.
        pattern!(
            ROLE_JA,
            r"^(\p{Han}{1,4}[ 　]?[\p{Han}\p{Hiragana}\p{Katakana}]{1,4})[\s　]*[：:／/｜|（(][\s　]*[^　\s]{0,10}(?:ジャーナリスト|ライター|記者|作家|評論家|教授|研究員|研究者|編集委員|特派員)"
        );
        // 王某某 李某某／台北報導: without the word for reporter, the place tells it.
        pattern!(
            PLACE,
            r"^([\p{Han}·]{2,4}(?:[\s　、][\p{Han}·]{2,4}){0,3})[\s　]?[／/][\s　]?[\p{Han}]{2,6}(?:報導|报道|報道)$"
        );
        // 王某某　报道: the name, and what they did.
        pattern!(REPORTS, r"^([\p{Han}·]{2,4}(?:[、　 ][\p{Han}·]{2,4}){0,3})[\s　]+(?:报道|報導|報道)$");
        pattern!(
            LABEL,
            r"(?:^|[\s　|｜/／（(【\]】])(?:[\p{Han}·]{0,12}(?:記者|记者|特派員|特派员)|(?:本报)?通讯员|实习生|實習生|(?:[图圖]\s?[／/]?\s?)?文字?|撰文|作者，?|編譯|编译|報導|报导|报道|報道|撰稿|采写|採寫|采訪|採訪|采访)\s?[:：／/|｜丨\s]\s?([\p{Han}·]{2,12}(?:[、,，\s][\p{Han}·]{2,4}){0,4})(?:$|[\s　|｜/／）)】])"
        );
        // 記者王某某: the name follows without a sign, and something must end it.
        pattern!(
            REPORTER,
            r"(?:^|[\s　|｜（(\]】])(?:本[報报刊台網网社]|特[約约派])?(?:記者|记者)([\p{Han}]{2,4})(?:$|[\s　|｜/／·）)])"
        );
        pattern!(KOREAN, r"(?:^|[\s=])([가-힣]{2,4})\s?(?:선임기자|기자|특파원|논설위원)(?:$|[\s(=])");
        let latin = |pattern: &Regex| {
            let mut found = self.lines.iter().filter_map(|line| Some(people(&pattern.captures(line)?[1])));
            found.find(|names| !names.is_empty())
        };
        let roles = || {
            let named = self.lines.iter().filter_map(|line| Some(people(&ROLE.captures(line)?[1])));
            Some(named.flatten().collect::<Vec<String>>()).filter(|names| !names.is_empty())
        };
        let roles_ja = || {
            let named = self.lines.iter().filter_map(|line| ROLE_JA.captures(line));
            let named = named.map(|found| found[1].replace([' ', '　'], "")).filter(|name| is_person(name));
            Some(named.collect::<Vec<String>>()).filter(|names| !names.is_empty())
        };
        let all = |pattern: &Regex| {
            self.lines.iter().find_map(|line| {
                let (mut names, mut from) = (Vec::new(), 0);
                // The sign behind a name may be the one before the next label.
                while let Some(name) = pattern.captures_at(line, from).and_then(|found| found.get(1)) {
                    names.extend(people(name.as_str()));
                    from = name.end();
                }
                (!names.is_empty()).then_some(names)
            })
        };
        let by = || {
            let found = self.lines.iter().filter_map(|line| Some(people(&BY.captures(undated(line))?[1])));
            found.into_iter().find(|names| !names.is_empty())
        };
        let below_label = || Some(self.below_label.clone()).filter(|names| !names.is_empty());
        by().or_else(below_label)
            .or_else(|| all(&LABEL))
            .or_else(|| all(&REPORTER))
            .or_else(|| all(&PLACE))
            .or_else(|| all(&REPORTS))
            .or_else(roles)
            .or_else(|| latin(&PLACES))
            .or_else(|| self.beside_agency())
            .or_else(roles_ja)
            .or_else(|| all(&KOREAN))
            .unwrap_or_default()
    }
}

pattern!(
    /// What templates call the place of an author's name.
    AUTHOR_NAME,
    r"(?i)(?:^|\s)(?:author|autor|auteur|by|reporter)(?:\s|$)|authors?[-_]?names?|byline|-by$|writer|journalist"
);
pattern!(
    /// What they call the place of who the text comes from.
    SOURCE_NAME,
    r"(?i)source|agency|provider|distributor|newswire"
);

/// Says whether an element is a link to what somebody wrote.
fn links_author(element: &Element<'_>) -> bool {
    let leads = |href: &str| {
        let href = href.to_ascii_lowercase();
        ["/author", "/reporter", "/by/", "/byline", "/journalist", "/columnist", "/contributor", "/staff"]
            .iter()
            .any(|folder| href.contains(folder))
    };
    element.name() == "a"
        && (element.attribute("rel") == Some("author") || element.attribute("href").is_some_and(leads))
}

/// A line without the date behind a name: "By Ada Roe on 3 March 2025".
fn undated(line: &str) -> &str {
    pattern!(
        DATE,
        r"(?i)[\s,]+(?:on\s)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s)?(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d.*$"
    );
    DATE.find(line).map_or(line, |date| &line[..date.start()])
}

/// Says whether a line is what somebody is at a paper and nothing else: "Security Correspondent".
fn is_role(line: &str) -> bool {
    pattern!(
        ROLE,
        r"^(?:\p{Lu}[^\s,|:;()]+,?\s(?:(?:of|and|for|&)\s)?){0,4}(?i:correspondent|reporter|editor|writer|columnist|journalist|bureau\schief)$"
    );
    ROLE.is_match(line)
}

/// Says whether a line is the word for who wrote a text and nothing else.
fn is_bare_label(line: &str) -> bool {
    pattern!(
        LABEL,
        r"^(?i:by|written\sby|words\sby|words|reported\sby|story\sby|authors?|autor(?:a|es)?|auteur|autore|von|par|por|di|文字?|撰文|作者|記者|记者)[\s　]?[:：|｜／/]?$"
    );
    LABEL.is_match(line)
}

/// The word for who wrote a text in the form that is looked for.
fn by_label(label: &str) -> &str {
    let bare = label.trim_end_matches(|c: char| !c.is_alphanumeric());
    match bare.to_ascii_lowercase().as_str() {
        "author" | "authors" | "autor" | "autora" | "autores" | "auteur" | "autore" | "story by" => "By",
        _ if bare.chars().any(fold::is_han) => "作者：",
        _ => label,
    }
}

/// Says whether a page prints a name as that of an editor: 责任编辑：王某某.
pub(super) fn is_printed_as_editor(name: &str, document: &Document) -> bool {
    /// A longer line tells what an editor said, in characters.
    const LONGEST_EDITORS: usize = 50;
    pattern!(
        EDITOR,
        r"(?:^|[\s　（(【\[])(?:(?:责任编辑|責任編輯|责编|責編|编辑|編輯|审核|審核|校对|校對)[\s　]?[:：／/]|(?i:edited\sby)\s?:?)[\s　]?([^，。；;）)】\]]{2,40})"
    );
    let lines = document.spaced_lines();
    let parts = lines.iter().filter(|line| line.contains(name)).flat_map(|line| line.split('　'));
    let parts = parts.filter(|part| part.chars().count() <= LONGEST_EDITORS && part.contains(name));
    parts.filter_map(|part| EDITOR.captures(part)).any(|found| found[1].contains(name))
}

/// The names in a field for one author, which may hold all that a byline does: 記者王某某, "Ada Roe, Security Correspondent".
/// The field itself, where nothing of that kind is known; nothing for a Chinese field that names nobody.
pub(super) fn in_field(field: &str) -> Vec<String> {
    let parts: Vec<&str> = field.split(',').map(str::trim).collect();
    if parts.len() > 1 && parts.iter().any(|part| is_agency(part)) {
        return parts.into_iter().filter(|part| is_agency(part) || is_person(part)).map(str::to_owned).collect();
    }
    // An address stands behind the name in some.
    pattern!(ADDRESS, r"\s*[(<]?\S+@\S+\.\w+[)>]?");
    let field = &*ADDRESS.replace_all(field, "");
    let printed = Head { lines: vec![field.to_owned()], below_label: Vec::new() }.printed();
    let each = each_of(field);
    if !printed.is_empty() || each.len() > 1 {
        return if printed.is_empty() { each } else { printed };
    }
    let names = people(field);
    let is_at_place = |name: &String| field.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(" in "));
    if names.len() == 1 && names.iter().all(is_at_place) {
        return names;
    }
    let names_nobody = clean::is_mostly_cjk(field) && names.is_empty() && !is_body(field) && !is_office(field);
    if names_nobody { Vec::new() } else { vec![field.to_owned()] }
}
