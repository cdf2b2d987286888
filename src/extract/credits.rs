//! Who wrote an article, who it came from and when, as a page prints it around its headline or within its text.
//!
//! It is asked only where the page's data for machines says nothing.

use jiff::tz::TimeZone;
use regex::Regex;
use url::Url;

use super::blocks;
use super::clean;
use super::furniture;
use super::line;
use crate::dates;
use crate::fold;
use crate::html::{Document, Element};
use crate::model::PublishedTime;
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
    lines: Vec<String>,
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

    /// The date printed there as that of publication, else the first.
    pub(super) fn date(&self, zone: &TimeZone) -> Option<PublishedTime> {
        pattern!(
            LABEL,
            r"(?i)(?:發布|发布|發佈|发表|發表|刊登|上架|出版|首[次發发]|入稿|입력|등록|公開|published|posted|veröffentlicht|publicado|publié|pubblicato)(?:時間|时间|日期)?[於于]?(?:\son|\sat|\sam|\sel|\sle)?\s?[:：/／]?\s?"
        );
        let is_sentence = |line: &String| {
            let half = line.to_lowercase();
            line.contains('。')
                || line.ends_with(['.', '!', '?', '！', '？']) && !half.ends_with("a.m.") && !half.ends_with("p.m.")
        };
        // 来源：某社　于 2025-05-22 6:31, and a sentence on the same line.
        pattern!(ORIGIN, r"^\P{Han}{0,2}\p{Han}{0,2}(?:来源|來源)\s?[:：]");
        let is_dated = |line: &&String| {
            line.contains(|c: char| c.is_numeric() || c == '〇') && (!is_sentence(line) || ORIGIN.is_match(line))
        };
        let dated = || self.lines.iter().filter(is_dated);
        pattern!(CLOCK, r"\d{1,2}[:：]\d{2}");
        // When it was changed says least, and may stand on the same line.
        let parts: Vec<(&str, bool)> = dated().flat_map(|line| by_change(line)).collect();
        let behind = |(part, _): &(&str, bool)| LABEL.find(part).map(|label| part[label.end()..].to_owned());
        let mut labelled = parts.iter().filter_map(behind);
        // A stamp that cannot be read is the article's; the next is a remark's.
        let labelled = labelled.find_map(|rest| {
            let read = dates::read(&rest, zone);
            (read.is_some() || CLOCK.is_match(&rest)).then_some(read)
        });
        if let Some(None) = labelled {
            return None;
        }
        let first = |changed: bool| {
            parts.iter().filter(|(_, is_changed)| *is_changed == changed).find_map(|(part, _)| dates::read(part, zone))
        };
        let read = labelled.flatten().or_else(|| first(false)).or_else(|| first(true));
        read.map(|date| self.with_clock(date, zone))
    }

    /// The machine's form of the first time that is printed there.
    pub(super) fn stamp(&self, document: &Document) -> Option<String> {
        let is_here = |time: &Element<'_>| {
            let text = line(&time.text());
            !text.is_empty() && self.lines.iter().any(|line| line.contains(&text))
        };
        document.select("time[datetime]").into_iter().find(is_here)?.attribute("datetime").map(str::to_owned)
    }

    /// A day with the time that is printed on the next line, and nothing else there.
    fn with_clock(&self, date: PublishedTime, zone: &TimeZone) -> PublishedTime {
        pattern!(
            CLOCK,
            r"(?i)^(?:上午|下午|오전|오후)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?$"
        );
        let place = self.lines.iter().position(|line| *line == date.raw);
        let next = place.and_then(|place| self.lines.get(place + 1)).filter(|next| CLOCK.is_match(next));
        next.and_then(|next| dates::read(&format!("{} {next}", date.raw), zone)).unwrap_or(date)
    }

    /// The time printed beside a day without its year: "2/6(火) 21:15" on the sixth of February.
    pub(super) fn clock_on(&self, day: &PublishedTime, zone: &TimeZone) -> Option<PublishedTime> {
        pattern!(DAY, r"(?:^|\D)(\d{1,2})[-/.月](\d{1,2})日?\s?(?:[（(][^)）]{1,3}[)）])?\s?(\d{1,2}[:：]\d{2})");
        let date = zone.to_datetime(day.at).date();
        self.lines.iter().find_map(|line| {
            let found = DAY.captures(line)?;
            let is_same = found[1].parse() == Ok(date.month()) && found[2].parse() == Ok(date.day());
            let read = dates::read(&format!("{date} {}", &found[3]), zone).filter(|_| is_same)?;
            Some(PublishedTime { raw: line.clone(), ..read })
        })
    }

    /// Where the article came from: 来源：某社, "Source: Coastal Press".
    pub(super) fn provider(&self, document: &Document) -> Option<String> {
        pattern!(
            SOURCE,
            r"(?i)(?:^|[\s　|｜（(•·】])(?:(?:新[闻聞]|文章|[信消]息|稿件|[資资]料|本文)?[来來]源|稿源|[轉转]自|[轉转][載载]自|出[处處]|source|quelle|fuente|fonte|出典|配信)\s?[:：/／]\s?[\s　]?([^\s　:：|｜，。,/／]{2,24}(?: [A-Z][\w&.]*){0,4})"
        );
        let labelled = self.lines.iter().find_map(|line| Some(SOURCE.captures(line)?[1].trim().to_owned()));
        let named = labelled.or_else(|| {
            let is_source = |element: &Element<'_>| {
                let names = [element.attribute("class"), element.attribute("data-testid")];
                names.into_iter().flatten().any(|name| SOURCE_NAME.is_match(name))
            };
            let sources: Vec<Element<'_>> =
                document.select("[class], [data-testid]").into_iter().filter(is_source).collect();
            // A picture of its name may stand for it.
            let pictured = sources.iter().filter(|source| !source.holds_more_than(MOST_NODES));
            let pictured = pictured.flat_map(|source| source.select("img[alt]"));
            let pictured: Vec<String> = pictured.filter_map(|img| img.attribute("alt")).map(line).collect();
            self.among(sources.into_iter()).into_iter().chain(pictured).find(|name| is_body(name) || is_office(name))
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
        // "Staff writer, with CNA".
        pattern!(WITH, r"\bwith\s([A-Z][\w ]{1,30})$");
        let alone = || {
            let agency = |line: &String| {
                let written = WRITTEN.captures(line).map(|found| found[1].to_owned());
                let with = WITH.captures(line).map(|found| found[1].to_owned());
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

    /// The people to whom a line leads that holds nothing else: what a page tells of others leads to them, too.
    fn linked_people(&self, document: &Document) -> Option<Vec<String>> {
        const FOLDERS: [&str; 5] = ["/people/", "/person/", "/profile", "/writers/", "/team/"];
        let leads = |link: &Element<'_>| {
            let href = link.attribute("href").unwrap_or_default().to_ascii_lowercase();
            FOLDERS.iter().any(|folder| href.contains(folder))
        };
        let mut linked = self.among(document.select("a[href]").into_iter().filter(leads));
        linked.retain(|name| name.contains(' ') || name.chars().all(clean::is_cjk));
        let is_of_links = |names: &Vec<String>, line: &String| {
            let letters: usize = names.iter().map(|name| clean::letters(name).len()).sum();
            names.iter().all(|name| linked.contains(name)) && clean::letters(line).len() <= letters + "byand".len()
        };
        let lines = self.lines.iter().map(|line| (people(line), line));
        lines
            .filter(|(names, _)| !names.is_empty())
            .find(|(names, line)| is_of_links(names, line))
            .map(|(names, _)| names)
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
    pub(super) fn authors(&self, document: &Document) -> Vec<String> {
        let named = || {
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
        pattern!(
            LABEL,
            r"(?:^|[\s　|｜/／（(【\]】])(?:\p{Han}{0,8}(?:記者|记者)|(?:本报)?通讯员|实习生|實習生|(?:[图圖]\s?[／/]?\s?)?文字?|撰文|作者，?|編譯|编译|報導|报导|报道|報道|撰稿|采写|採寫|采訪|採訪|采访)\s?[:：／/|｜丨\s]\s?([\p{Han}·]{2,12}(?:[、,，\s][\p{Han}·]{2,4}){0,4})(?:$|[\s　|｜/／）)】])"
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

/// Says whether an element is a link to what somebody wrote, or called the place of an author's name.
fn names_author(element: &Element<'_>) -> bool {
    let leads = |href: &str| {
        let href = href.to_ascii_lowercase();
        ["/author", "/reporter", "/by/", "/journalist", "/columnist", "/contributor", "/staff"]
            .iter()
            .any(|folder| href.contains(folder))
    };
    let is_link = element.name() == "a"
        && (element.attribute("rel") == Some("author") || element.attribute("href").is_some_and(leads));
    is_link || element.attribute("class").is_some_and(|class| AUTHOR_NAME.is_match(class))
}

/// The names in a byline: parts between "and", commas and 、, without offices and places.
pub(super) fn people(byline: &str) -> Vec<String> {
    pattern!(AND, r"(?i)\s+and\s+|\s*[,、，;；&|｜]\s*|\s*／\s*|　+");
    // Where they report from: 'Ada Roe in Aldport', 台北＝王某.
    pattern!(IN, r"\s(?:in|reporting\sfrom)\s\p{Lu}.*$|[\s　]*(?:发自|發自)[\s　]*\p{Han}+$");
    let byline = line(byline);
    let byline = byline.trim().trim_end_matches(['.', '。']);
    let is_place = |place: &str| place.chars().all(clean::is_cjk) && place.chars().count() <= 8;
    let byline = byline.split_once('＝').filter(|(place, _)| is_place(place)).map_or(byline, |(_, name)| name);
    let is_han = |name: &str| name.chars().any(fold::is_han);
    pattern!(PICTURES, r"[攝摄]影?$");
    pattern!(ET, r"\s+(?:y|und|et|e|och|og|en)\s+");
    let is_full_name = |part: &str| part.split_whitespace().count() > 1;
    // Ortega y Gasset is one.
    let each = AND.split(byline).flat_map(without_agency).flat_map(|part| {
        let split: Vec<&str> = ET.split(part).collect();
        if split.iter().all(|part| is_full_name(part)) { split } else { vec![part] }
    });
    let parts = each.flat_map(|part| {
        // 张三 李四: names of Chinese characters stand apart by spaces.
        let apart = is_han(part)
            && part.split_whitespace().all(|name| is_han(name) && (name.chars().count() <= 4 || !is_person(name)));
        if apart { part.split_whitespace().collect() } else { vec![part] }
    });
    let mut names: Vec<String> = Vec::new();
    let is_latin = |name: &str| name.starts_with(|c: char| c.is_alphabetic() && !clean::is_cjk(c));
    for name in parts
        .map(|part| part.strip_prefix("and ").or_else(|| part.strip_prefix("und ")).unwrap_or(part))
        .map(|part| PICTURES.find(part).map_or(part, |found| &part[..found.start()]))
        .map(|part| without_title(IN.find(part).map_or(part, |found| &part[..found.start()]).trim()))
        .filter(|name| is_person(name))
    {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    // The outlet they write for stands behind.
    if names.len() > 1 {
        let first = names.remove(0);
        names.retain(|name| !is_outlet(name));
        names.insert(0, first);
    }
    // A single word behind a full name is where they report from.
    let is_full = |name: &str| is_latin(name) && name.contains(' ');
    if names.iter().any(|name| is_full(name)) {
        names.retain(|name| is_full(name) || !is_latin(name));
    }
    names
}

/// The parts of a line of dates, each with whether it tells of a change: "Published 4:15 p.m. March 3 | Updated 5 p.m.".
fn by_change(line: &str) -> Vec<(&str, bool)> {
    pattern!(
        CHANGED,
        r"(?i)\b(?:last\s)?(?:updated|modified|edited)\b|(?:最[後后終终])?(?:更新|修改|更正)|수정|\baktualisiert\b|\bstand\s?:|\bactualizado\b|\bmise?\s[àa]\sjour\b|\baggiornato\b|\batualizado\b|\bmodifica\b"
    );
    let mut starts: Vec<usize> = CHANGED.find_iter(line).map(|found| found.start()).collect();
    let first = starts.first().copied().unwrap_or(line.len());
    starts.push(line.len());
    let changed = starts.windows(2).map(|pair| (&line[pair[0]..pair[1]], true));
    std::iter::once((&line[..first], false)).filter(|(part, _)| !part.is_empty()).chain(changed).collect()
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

/// A name without what its bearer is called: Dr, Professor.
pub(super) fn without_title(name: &str) -> &str {
    const TITLES: [&str; 10] =
        ["Dr. ", "Dr ", "Prof. ", "Prof ", "Professor ", "Assoc. ", "Associate ", "Mr. ", "Ms. ", "Mrs. "];
    let mut bare = name;
    while let Some(rest) = TITLES.iter().find_map(|title| bare.strip_prefix(title)) {
        bare = rest.trim_start();
    }
    if bare.contains(' ') { bare } else { name }
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

/// The names in a field for one author in which a site wrote several: each is a full name or Chinese.
pub(super) fn each_of(names: &str) -> Vec<String> {
    let is_whole = |name: &&String| name.contains(' ') || name.chars().any(clean::is_cjk);
    let split = people(names);
    let letters = |names: &[String]| names.iter().map(|name| clean::letters(name).len()).sum::<usize>();
    // All of it must be names: "and" is the most that may be left out.
    let is_all = split.len() > 1 && clean::letters(names).len() <= letters(&split) + 3;
    if is_all && split.iter().filter(is_whole).count() == split.len() { split } else { vec![names.to_owned()] }
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

/// A name in the order in which it is spoken: "Roe, Ada".
pub(super) fn in_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given))
            if !given.contains(',') && is_person(&format!("{given} {family}")) && !is_agency(family) =>
        {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    }
}

/// Splits the agency off that a name ends with: "Ada Roe Associated Press".
pub(super) fn without_agency(name: &str) -> Vec<&str> {
    pattern!(
        AGENCY,
        r"^(.+?\s.+?)(?:,|\s[-–|/]|,?\s(?:and|und|et|y|e))?\s((?:The )?Associated Press|AP|Reuters|AFP|Agence France-Presse|Bloomberg|dpa|DPA|UPI|EFE|ANSA)$"
    );
    match AGENCY.captures(name.trim()) {
        Some(found) => found.iter().skip(1).flatten().map(|part| part.as_str()).collect(),
        None => vec![name],
    }
}

/// Says whether a name stands for nobody: an account of the site's editor, a desk, "Staff".
pub(super) fn is_nobody(name: &str) -> bool {
    pattern!(
        NOBODY,
        r"(?i)^(?:by|super\s?user|(?:.*\s)?admin(?:istrator)?|(?:\w+\s)?staff(?:\s(?:writers?|reporters?))?|(?:.*\s)?(?:(?:news|web|online|digital|photo|sports|city|national|world|foreign|business)\s?)?(?:desk|team|bureau|room)(?:\s\d+)?|agenc(?:y|ies)|wires?(?:\sservices?)?|(?:(?:our|own|special|a)\s){0,2}(?:correspondents?|reporters?)|(?:web|online|digital|site)?\s?(?:master|editors?)|editorial(?:\s(?:board|team|staff|desk))?|(?:la\s)?(?:redacci[oó]n|r[eé]daction|redazione|redaç[aã]o)|(?:die\s)?redaktion|redakce|redakcja|(?:redazione|redacci[oó]n|redaktion|r[eé]daction)\s\w+|guest(?:\s(?:author|writer|contributor))?|user\d*|authors?|profile|anonymous|contributors?)$|^(?:即[時时](?:新[聞闻]|中心)?|[綜综]合(?:[報报][導道]|外[電电])?|外[電电]|\p{Han}{2,4}中心(?:[／/][綜综]合[報报][導道])?|人[气氣]|[评評][论論]|[阅閱][读讀]|[点點][击擊]|[浏瀏][览覽]|[攝摄]影|核稿|[審审]稿|[編编][輯辑譯译]|[責责]任[編编][輯辑]|[插繪绘][畫画圖图]|[設设][計计]|[製制][圖图]|影像|翻[譯译]|校[對对]|[監监][製制]|美[術术]|收藏|分享|字[号號体體]|打印|列印|编辑|編輯|小编|小編|管理员|管理員|佚名|本站|网络|網路|转载|轉載)$"
    );
    NOBODY.is_match(name)
}

/// Says whether a part of a byline is a person and no office, desk or place.
pub(super) fn is_person(name: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?i)\b(?:editor|correspondent|reporter|staff|writer|desk|bureau|team|agenc(?:y|ies)|press|news|media|newsroom|in|for|chief|political|senior|contributor|fellow|associate|director|professor|analyst|researcher|lecturer|officer|faculty|department|institute|centre|center|college|communications|manager|producer|columnist|author|intern)\b|記者|记者|編輯|编辑|中心|報導|报道|綜合|综合|社$|網$|网$|報$|报$|台$|[部局署廳厅處处院校]$|委員會$|委员会$|公司$|集團$|集团$|辦公室$|办公室$|佚名|匿名|^[會会]|提問|提问|追問|追问|招待|手記|手记|實錄|实录|直播|專區|专区|放大|縮小|缩小|^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|new\syear|then)\b|实习生|實習|通讯员|通訊員|全媒体|全媒體|^(?:来源|來源|稿源|出处|出處|责编|責編|审核|審核|校对|校對|综合|綜合|翻译|翻譯)$"
    );
    let length = name.chars().count();
    let is_latin = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_told = is_latin && (!name.starts_with(char::is_uppercase) || name.split_whitespace().count() > 5);
    (2..=40).contains(&length)
        && !is_told
        && name.contains(char::is_alphabetic)
        && !name.contains(['@', ':', '：', '/'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && !OFFICE.is_match(name)
        && !is_nobody(name)
        && !is_body(name)
}

/// Says whether a name is an agency's or a paper's, and no person's.
pub(super) fn is_body(name: &str) -> bool {
    pattern!(
        BODY,
        r"(?i)(?:社|網|网|日報|日报|時報|时报|新聞|新闻|電視台|电视台|電台|通訊|編輯部|编辑部|뉴스|통신|일보|신문|방송|타임스|新聞社|ニュース)$|\b(?:news|news\sagency|press\s(?:trust|union|association)(?:\sof\s\w+)?|associated\spress|reuters|afp|agence\sfrance-presse|bloomberg|dpa|efe|ansa|xinhua|yonhap|kyodo|bernama|tass|newsroom)$"
    );
    BODY.is_match(name.trim()) || is_agency(name.trim())
}

/// Says whether an outlet's name could be a person's: "Emily Post".
fn is_person_like(name: &str) -> bool {
    let name = name.trim();
    name.split_whitespace().count() == 2 && !name.starts_with("The ")
}

/// Says whether a name is made of the first letters of another's words: "GBW" of "Great Basin Wire".
pub(super) fn abbreviates(name: &str, whole: &str) -> bool {
    let words = whole.split(|c: char| c.is_whitespace() || c == '-').filter_map(|word| word.chars().next());
    let capitals: String = words.filter(|c| c.is_uppercase()).collect();
    name.len() > 1 && name == capitals
}

/// Says whether a name is that of one of the world's news agencies.
pub(super) fn is_agency(name: &str) -> bool {
    pattern!(
        AGENCY,
        r"^(?:[Tt]he\s)?(?:ČTK|PAP|TASR|MTI|APA|SDA|ATS|ANP|NTB|Ritzau|STT|Belga|Lusa|Efe|VNA|CNA|JIJI|Jiji\sPress|Antara|Anadolu|Interfax|Europa\sPress|Canadian\sPress|Australian\sAssociated\sPress|PA\s(?:Media|News)|IANS|Press\sTrust\sof\sIndia)$|^(?:[Tt]he\s)?(?:[Aa]gen(?:cia|zia|ce|tur)\s)?(?i:associated\spress|reuters|afp|agence\sfrance-presse|bloomberg|dpa|upi|efe|ansa|xinhua|yonhap|kyodo|bernama|tass|pti|ani|aap|ap)(?i:\snews(?:\sagency|wire)?)?$|^(?:中央社|新[华華]社|中新[社网網]|法新社|路透社?|美[联聯]社|共同社|[時时]事(?:通信)?社|[韩韓][联聯]社|德新社|塔斯社|俄新社|埃菲社|安[莎沙]社|朝中社)$"
    );
    AGENCY.is_match(name) && (!name.starts_with(char::is_lowercase) || name == "dpa")
}

/// Says whether a name is an office's, a firm's or another body's, and no person's.
pub(super) fn is_office(name: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?i)(?:委員會|委员会|辦公室|办公室|公司|集團|集团|大學|大学|\p{Han}{2}[办辦]|\p{Han}{2}[部局署廳厅報报處处組组室]|\p{Han}{3}[司處处科組组])$|\b(?:ministry|department|embassy|holdings|inc\.?|ltd\.?|plc|corp(?:oration)?|university|council|committee|agency)$"
    );
    OFFICE.is_match(name.trim())
}

/// Says whether a name is that of a part of an office so small that it is known within it alone.
pub(super) fn is_section(name: &str) -> bool {
    pattern!(SECTION, r"^\p{Han}{2,}[處处科室組组]$");
    SECTION.is_match(name.trim())
}

/// Says whether a name is that of a part of an office: it speaks for the office on the office's own pages.
pub(super) fn is_department(name: &str) -> bool {
    pattern!(DEPARTMENT, r"^\p{Han}{2,}[司處处科組组室局署廳厅部]$");
    DEPARTMENT.is_match(name.trim())
}

/// Says whether a part of a title may be the name of an outlet or of a section of it.
pub(super) fn is_outlet(name: &str) -> bool {
    pattern!(
        OUTLET,
        r"(?i)(?:晚報|晚报|頻道|频道|客户端|客戶端|在线|在線|社群版|新聞雲|新闻云|周刊|週刊|週報|周报|雜誌|杂志|新聞發布|新闻发布)$|^(?:the\s)?[\w ]+\s(?:press|times|daily|online|post|standard|herald|tribune|gazette|journal|ledger|observer|chronicle|review)$"
    );
    is_body(name) || OUTLET.is_match(name.trim())
}

/// The names in a field for authors that says what they are, too: 本报记者 王某某 李某.
pub(super) fn names_of(field: &str) -> Vec<String> {
    pattern!(
        OFFICE,
        r"(?:^|[\s　、，])(?:[\p{Han}]{0,6}(?:记者|記者|通讯员|通訊員|实习生|實習生)|(?:文|图|圖)[/／:：])[\s　:：]?"
    );
    people(&OFFICE.replace_all(field, " "))
}

/// The authors whom the text itself names: 〔記者王某某／台北報導〕, （中央社記者王某某台北5日電）, （记者 张三 李四）.
pub(super) fn authors_of(text: &str) -> Vec<String> {
    let text = &text.replace(['∕', '⁄'], "／");
    // 뉴스 홍길동입니다: how a reporter of a Korean station signs off.
    pattern!(SIGN_OFF, r"(?:뉴스|방송|TV|[A-Z]{2,5})\s?([가-힣]{2,4})입니다\.\s*$");
    pattern!(
        DESK,
        r"[〔（(【\[［](?:[\p{Han}]{0,6}[／/])?(?:本報|本报|駐[\p{Han}]{2,4}|特約|特派)?(?:記者|记者)\s?([\p{Han}、·\s]{2,24}?)\s?[／/]\s?[\p{Han}]{2,8}(?:報導|報道|报道|電|电)[〕）)】\]］]"
    );
    // ［記者王某某台北報導］: no sign before the place, which is of two characters in Taiwan.
    pattern!(
        RUN_ON,
        r"[〔（(【\[［](?:[\p{Han}]{0,6}[／/])?(?:記者|记者)([\p{Han}]{2,4})[\p{Han}]{2}(?:報導|報道|报道)[〕）)】\]］]"
    );
    pattern!(
        WIRE,
        r"(?m)(?:^|[（(])[\p{Han}]{2,8}?(?:社|報|网|網)?(?:記者|记者)([\p{Han}、·]{4,20}?)(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:專|综合|綜合|外)?(?:電|电)"
    );
    pattern!(
        LIST,
        r"[（(](?:本报|本報|总台|總台|[\p{Han}]{2,6}社)?(?:记者|記者)[\s:：]?([\p{Han}·]{2,4}(?:[、，\s　][\p{Han}·]{2,4}){0,5})[）)]"
    );
    pattern!(
        ENGLISH,
        r"\((?:By|Reporting by) ([A-Z][^\s(),:;]+(?: [A-Z][^\s(),:;]+){1,3}(?:(?:,| and) [A-Z][^\s(),:;]+(?: [A-Z][^\s(),:;]+){1,3}){0,3})(?:\)| in |; )"
    );
    // 【北京＝王某】: behind the place, in Japanese papers.
    pattern!(
        JAPANESE,
        r"(?m)^[\s　]*[【\[（(〔][\p{Han}\p{Katakana}ー・]{2,12}[＝=]([\p{Han}]{2,4}(?:[、・][\p{Han}]{2,4}){0,3})[】\]）)〕]"
    );
    // 社會中心／記者王某某報導: a line of its own.
    pattern!(
        BARE,
        r"(?m)^(?:[\p{Han}]{2,6}(?:中心|組|组|部)[／/](?:記者|记者)?|(?:[\p{Han}]{2,6}[／/])?(?:記者|记者)[\s　]?)([\p{Han}]{2,4}(?:、[\p{Han}]{2,4}){0,3})(?:[／/][\p{Han}]{2,6})?(?:綜合|综合)?(?:報導|報道|报道)$"
    );
    // （取材・文＝王某、李某）, （社会部・王某、李某）: at the end, in Japan.
    pattern!(
        CLOSE,
        r"(?m)[（(](?:(?:取材|構成|執筆|聞き手|写真)?・?(?:取材|構成|執筆|文)[・／/]?(?:写真)?[＝=／/:：]|[\p{Han}]{1,5}[部局]・|本紙[・＝])([\p{Han}\p{Hiragana}\p{Katakana}々ヶ]{2,8}(?:[、，][\p{Han}\p{Hiragana}\p{Katakana}々ヶ]{2,8}){0,4})[）)]$"
    );
    // (울산=한빛통신) 홍길동 기자 =: the dateline of Korean agencies.
    pattern!(
        KOREAN,
        r"(?m)^[\[(][가-힣]{1,6}=[가-힣A-Za-z0-9 ]{2,12}[\])]\s?([가-힣]{2,4}(?:[·,\s]+[가-힣]{2,4}){0,3})\s?기자\s?="
    );
    if let Some(found) = KOREAN.captures(text) {
        return found[1].split([' ', '·', ',']).filter(|name| is_person(name)).map(str::to_owned).collect();
    }
    let found = DESK.captures(text).or_else(|| LIST.captures(text)).or_else(|| ENGLISH.captures(text));
    let found =
        found.or_else(|| RUN_ON.captures(text)).or_else(|| BARE.captures(text)).or_else(|| JAPANESE.captures(text));
    if let Some(found) = found.or_else(|| CLOSE.captures(text)).or_else(|| SIGN_OFF.captures(text)) {
        return people(&found[1]);
    }
    let Some(found) = WIRE.captures(text) else { return Vec::new() };
    // 王某某台北: the place follows the last name without a sign; given names of two characters are the rule.
    let mut names: Vec<&str> = found[1].split('、').collect();
    let last = names.pop().unwrap_or_default();
    let length = if last.chars().count() > 4 { 3 } else { 2 };
    let end = last.char_indices().nth(length).map_or(last.len(), |(at, _)| at);
    names.push(&last[..end]);
    people(&names.join("、"))
}

/// The authors whom a line of its own names at the beginning or end of an article: 文：王某某, 记者：王某某　责编：李某.
pub(super) fn authors_on_a_line<'a>(lines: impl DoubleEndedIterator<Item = &'a str> + Clone) -> Vec<String> {
    /// How many lines are looked at, and how long such a line may be, in characters.
    const FIRST: usize = 3;
    const LAST: usize = 5;
    const LONGEST: usize = 60;
    pattern!(
        LINE,
        r"^[（(]?(?:文|撰文|撰稿|作者|記者|记者|采写|採訪|采访)\s?[:：／/]\s?([\p{Han}·]{2,4}(?:[、，\s　][\p{Han}·]{2,4}){0,3})(?:$|[\s　|｜／/（()）])"
    );
    // □本报记者　王某某: a line of that alone.
    pattern!(
        REPORTER,
        r"^[^\p{Han}\w]{0,3}(?:本[報报刊台網网社]|[\p{Han}]{2,6}[報报社網网台])?(?:特[約约派])?(?:記者|记者|通讯员|通訊員)[\s　]+([\p{Han}·]{2,4}(?:[、，\s　]+[\p{Han}·]{2,4}){0,3})[）)]?$"
    );
    let edges = lines.clone().take(FIRST).chain(lines.rev().take(LAST));
    let names = edges.filter(|line| line.chars().count() <= LONGEST).find_map(|line| {
        let found = LINE.captures(line).or_else(|| REPORTER.captures(line))?;
        Some(people(&found[1]))
    });
    names.unwrap_or_default()
}

/// The agency that the text itself names at its beginning or end: （海港社）, 海港社北京4月5日电, ALDPORT (Coastal Press) —.
pub(super) fn provider_of(text: &str) -> Option<String> {
    pattern!(
        LEAD,
        r"^[（(【〔\[]([\p{Han}]{2,6}(?:社|通訊社|通讯社))(?:記者|记者|[\p{Han}]{2,6}\d{1,2}日|[／/）)】〕\]])"
    );
    pattern!(
        DATELINE,
        r"^(?:据|據)?([\p{Han}]{1,5}(?:社|新[网網]))(?:(?:記者|记者)[\p{Han}、]{2,12}?)?[\p{Han}·]{0,8}?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:电|電)"
    );
    pattern!(ENGLISH, r"^\p{Lu}[^()（）0-9:;!?_\x22“”]{2,50} \(([A-Z][^()（）,:;!?_\x22“”]{1,30})\)\s?[-–—]");
    // Without a dash, a day tells a dateline from a body and its short name: "Taipei, Nov. 17 (CNA) The ministry".
    pattern!(
        DATED,
        r"^\p{Lu}[^()（）0-9,:;!?_\x22“”]{2,30}, \p{Lu}[^\s()（）0-9,:;!?]{2,9} [0-9]{1,2} \(([A-Z][^()（）,:;!?_\x22“”]{1,30})\)"
    );
    pattern!(BARE, r"^\(([A-Z][^()（）,:;!?_\x22“”-]{2,30})\) ?[-–—] ");
    pattern!(CLOSE, r"[（(](?:來源：|来源：)?([\p{Han}]{2,6}(?:社|通訊社|通讯社))[）)]$");
    let first = text.lines().next().unwrap_or_default();
    let last = text.lines().next_back().unwrap_or_default();
    let found = [&*LEAD, &*DATELINE, &*ENGLISH, &*DATED, &*BARE].iter().find_map(|pattern| pattern.captures(first));
    let named = found.or_else(|| CLOSE.captures(last.trim_end())).map(|found| found[1].trim().to_owned());
    // 旅行社, 詩社: not every 社 is an agency.
    named.filter(|name| {
        !["旅行社", "詩社", "诗社", "合作社", "報社", "报社", "出版社"].iter().any(|other| name.ends_with(other))
    })
}

/// The day that an address gives: /2024/03/05/, story20240305-.
pub(super) fn date_in_address(url: Option<&str>, zone: &TimeZone) -> Option<PublishedTime> {
    pattern!(DAY, r"(?:^|[^\d])(20\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?:[^\d]|\d{4}\b|\d{6}\b|$)");
    let url = Url::parse(url?).ok()?;
    let found = DAY.captures(url.path())?;
    let day = format!("{}-{}-{}", &found[1], &found[2], &found[3]);
    dates::read(&day, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_their_authors() {
        for (text, names) in [
            ("〔記者邱某嵐／高雄報導〕港務局昨天表示", vec!["邱某嵐"]),
            ("（海港社記者施應嶺台北19日電）港務局今天說", vec!["施應嶺"]),
            ("（海港社記者施應嶺、賴以嶺台北19日電）港務局今天說", vec!["施應嶺", "賴以嶺"]),
            ("港务局表示正在调查。（记者 柯又衡 邱岚）", vec!["柯又衡", "邱岚"]),
            ("The board meets again in May. (By Ada Roe and Ivo Kest)", vec!["Ada Roe", "Ivo Kest"]),
            ("記者：貴方有何評論？", vec![]),
            ("〔即時新聞／綜合報導〕港務局昨天表示", vec![]),
        ] {
            assert_eq!(authors_of(text), names, "{text}");
        }
    }

    #[test]
    fn bylines_are_people() {
        assert_eq!(people("Jane Roe and John Doe, Political Editor"), ["Jane Roe", "John Doe"]);
        assert_eq!(people("張某某、李某"), ["張某某", "李某"]);
        assert_eq!(people("Harbour Post staff"), Vec::<String>::new());
    }

    #[test]
    fn agencies_are_split_off_names_and_places_are_none() {
        assert_eq!(without_agency("Ada Roe Associated Press"), ["Ada Roe", "Associated Press"]);
        assert_eq!(without_agency("Ada Roe, Reuters"), ["Ada Roe", "Reuters"]);
        assert_eq!(without_agency("Reuters"), ["Reuters"]);
        assert_eq!(people("Jonte Albers, Celle"), ["Jonte Albers"]);
        let lines = ["港務局今天說明。", "文：柯又衡"];
        assert_eq!(authors_on_a_line(lines.into_iter()), ["柯又衡"]);
        assert!(authors_on_a_line(["記者：貴方有何評論？"].into_iter()).is_empty());
    }

    #[test]
    fn agencies_stand_in_datelines() {
        for (text, agency) in [
            ("（海港社奧爾城5日電）港務局今天說", Some("海港社")),
            ("（海港社）港務局今天說", Some("海港社")),
            ("海港社奥尔城4月5日电　港务局今天说", Some("海港社")),
            ("ALDPORT (Coastal Press) — The board said", Some("Coastal Press")),
            ("(Coastal Press) - The board said", Some("Coastal Press")),
            ("港務局今天說。\n報告下月公布。（海港社）", Some("海港社")),
            ("The Port Police Service (PPS) said it was looking into it.", None),
            ("Aldland's Office of Harbour Security (OHS) Director Orr Vann said nothing.", None),
            ("Aldport, Nov. 17 (CP) The board said", Some("CP")),
            ("港務局旅行社昨天說", None),
        ] {
            assert_eq!(provider_of(text).as_deref(), agency, "{text}");
        }
    }

    #[test]
    fn addresses_give_a_day() {
        let zone = TimeZone::UTC;
        let day = |url: &str| date_in_address(Some(url), &zone).map(|date| date.at.to_string());
        assert_eq!(day("https://a.example/2024/03/05/x.html").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/story20240305-1234567").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/news/202403050012.aspx").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/id/12024030512"), None);
    }
}
