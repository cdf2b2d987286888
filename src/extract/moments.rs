//! When an article was published: as a page tells machines, as it prints it around its headline, by its address.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::credits::Head;
use super::line;
use super::structured::StructuredArticle;
use crate::dates;
use crate::html::{Document, Element};
use crate::model::{PageRule, PublishedTime};
use crate::pattern::pattern;

/// What the page gives as its date of publication, each with the place where it stands.
pub(super) fn printed_dates(
    document: &Document,
    rule: Option<&PageRule>,
    own: &StructuredArticle,
    zone: &TimeZone,
) -> Vec<(PublishedTime, &'static str)> {
    let metas = [
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "datePublished",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "published_time_telegram",
        "article.published",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "og:release_date",
        "citation_publication_date",
        "publication_date",
        "publication-date",
        "originalpublicationdate",
        "dcterms.date",
        "dcterms.issued",
        "dc.date.created",
        "vr:published_time",
        "bt:pubdate",
        "ptime",
        "weibo:article:create_at",
        "weibo: article:create_at",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
    ];
    let mut prints: Vec<(Option<String>, &str)> = Vec::new();
    if let Some(css) = rule.and_then(|rule| rule.date.as_deref()) {
        prints.push((printed_at(document, css), "page"));
    }
    prints.push((own.published.clone(), "json-ld"));
    prints.extend(metas.iter().map(|name| (document.meta(&[name]), *name)));
    let first = |css: &str| document.attributes(css, "datetime").into_iter().next();
    prints.push((first("[itemprop=datePublished][datetime]"), "page"));
    prints.push((document.texts("[itemprop=datePublished]").into_iter().next(), "page"));
    // Microformats: the machine's form stands in the title of an abbreviation.
    let titled = "abbr.published[title], abbr.dt-published[title], abbr[itemprop=datePublished][title]";
    prints.push((document.attributes(titled, "title").into_iter().next(), "page"));
    prints.into_iter().filter_map(|(print, from)| Some((dates::read(&print?, zone)?, from))).collect()
}

/// The best of the dates that the page prints: one with a zone and a time before one without.
pub(super) fn surest(dates: &[(PublishedTime, &str)]) -> Option<PublishedTime> {
    let sureness = |date: &PublishedTime| (!date.assumed, has_clock(date));
    let best = dates.iter().map(|(date, _)| sureness(date)).max()?;
    dates.iter().map(|(date, _)| date).find(|date| sureness(date) == best).cloned()
}

/// Says whether two dates contradict each other: another minute, or another day where one has no time.
pub(super) fn differ(one: &PublishedTime, other: &PublishedTime) -> bool {
    let apart = one.at.duration_since(other.at).abs();
    let is_exact = has_clock(one) && has_clock(other) && one.assumed == other.assumed;
    apart >= if is_exact { SignedDuration::from_mins(1) } else { SignedDuration::from_hours(24) }
}

/// Says whether a date was printed with a time of day.
pub(super) fn has_clock(date: &PublishedTime) -> bool {
    // Midnight sharp stands for the day.
    let is_midnight = ["T00:00:00", " 00:00:00"].iter().any(|midnight| date.raw.contains(midnight));
    !is_midnight && date.raw.contains([':', '時', '时', '點', '点', 'T'])
}

/// The date at a selector: its machine's form, else its text, else what its script would write.
pub(super) fn printed_at(document: &Document, css: &str) -> Option<String> {
    let element = document.select(css).into_iter().next()?;
    let attribute = ["datetime", "content"].iter().find_map(|name| element.attribute(name));
    let text = element.text().replace('\n', " ");
    let shown = attribute.map(str::to_owned).or(Some(text).filter(|text| !text.is_empty()));
    Some(shown.unwrap_or_else(|| element.raw_text()))
}

/// When the page says that it was last changed.
pub(super) fn updated(document: &Document, own: &StructuredArticle, zone: &TimeZone) -> Option<Timestamp> {
    let metas = ["article:modified_time", "og:updated_time", "dateModified", "last-modified", "dcterms.modified"];
    let prints = own.modified.clone().into_iter().chain(metas.iter().filter_map(|name| document.meta(&[name])));
    let mut read = prints.filter_map(|print| dates::read(&print, zone));
    read.next().map(|date| date.at)
}

impl Head {
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
    fn addresses_give_a_day() {
        let zone = TimeZone::UTC;
        let day = |url: &str| date_in_address(Some(url), &zone).map(|date| date.at.to_string());
        assert_eq!(day("https://a.example/2024/03/05/x.html").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/story20240305-1234567").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/news/202403050012.aspx").as_deref(), Some("2024-03-05T00:00:00Z"));
        assert_eq!(day("https://a.example/id/12024030512"), None);
    }
}
