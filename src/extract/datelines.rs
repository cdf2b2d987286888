//! Who wrote a text and from whom it comes, as the text itself says at its beginning, at its end or on a line of its own.

use super::blocks;
use super::clean;
use super::furniture::{self, Where};
use super::names;
use super::names::{is_person, people};
use crate::fold;
use crate::html::Element;
use crate::pattern::pattern;

/// The authors whom the text itself names: 〔記者王某某／台北報導〕, （中央社記者王某某台北5日電）, （记者 张三 李四）.
pub(super) fn authors_of(text: &str) -> Vec<String> {
    pattern!(
        ENGLISH,
        r"\((?:By|Reporting by) ([A-Z][^\s(),:;]+(?: [A-Z][^\s(),:;]+){1,3}(?:(?:,| and) [A-Z][^\s(),:;]+(?: [A-Z][^\s(),:;]+){1,3}){0,3})(?:\)| in |; )"
    );
    // The other forms are all Chinese, Japanese and Korean.
    if !text.contains(clean::is_cjk) {
        return ENGLISH.captures(text).map(|found| people(&found[1])).unwrap_or_default();
    }
    let text = &text.replace(['∕', '⁄'], "／");
    // 뉴스 홍길동입니다: how a reporter of a Korean station signs off.
    pattern!(SIGN_OFF, r"(?:뉴스|방송|TV|[A-Z]{2,5})\s?([가-힣]{2,4})입니다\.\s*$");
    pattern!(
        DESK,
        r"[〔（(【\[［](?:[\p{Han}]{0,6}[／/])?(?:本報|本报|駐[\p{Han}]{2,4}|特約|特派)?(?:記者|记者)\s?([\p{Han}、·\s]{2,24}?)\s?[／/]\s?[\p{Han}、]{2,14}(?:報導|報道|报道|電|电)[〕）)】\]］]"
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
        r"[（(](?:本报|本報|总台|總台|[\p{Han}]{2,6}社)?(?:记者|記者)[\s:：]?([\p{Han}·]{2,4}(?:[、，\s　]+(?:(?:通讯员|通訊員|实习生|實習生)[\s　]*)?[\p{Han}·]{2,4}){0,5})[）)]"
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
    // ……という。【王某】: behind the last sentence, in Japan.
    pattern!(
        JAPANESE_BEHIND,
        r"[ぁ-ん]。[【［]([\p{Han}\p{Hiragana}\p{Katakana}々ヶー]{2,8}(?:[、・][\p{Han}\p{Hiragana}\p{Katakana}々ヶー]{2,8}){0,3})[】］]$"
    );
    // 홍길동 기자 hong@bada.example: below a text, with an address.
    pattern!(KOREAN_BELOW, r"(?m)^([가-힣]{2,4})\s?(?:선임기자|기자|특파원)\s?[=(]?\s?[\w.+-]+@[\w.-]+\)?$");
    if let Some(found) = KOREAN.captures(text).or_else(|| KOREAN_BELOW.captures(text)) {
        return found[1].split([' ', '·', ',']).filter(|name| is_person(name)).map(str::to_owned).collect();
    }
    let found = DESK.captures(text).or_else(|| LIST.captures(text)).or_else(|| ENGLISH.captures(text));
    let found =
        found.or_else(|| RUN_ON.captures(text)).or_else(|| BARE.captures(text)).or_else(|| JAPANESE.captures(text));
    let found = found.or_else(|| CLOSE.captures(text)).or_else(|| JAPANESE_BEHIND.captures(text));
    if let Some(found) = found.or_else(|| SIGN_OFF.captures(text)) {
        pattern!(BESIDE, r"(?:通讯员|通訊員|实习生|實習生)[\s　]*");
        return people(&BESIDE.replace_all(&found[1], ""));
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
        r"^[^\p{Han}\w]{0,3}(?:本[報报刊台網网社]|[\p{Han}·]{2,12}[報报社網网台闻聞])?(?:特[約约派])?(?:記者|记者|通讯员|通訊員)[\s　]+([\p{Han}·]{2,4}(?:[、，\s　]+[\p{Han}·]{2,4}){0,3})(?:[\s　]+(?:通讯员|通訊員|实习生|實習生)[\s　].{2,20})?[）)]?$"
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
    // 〔記者王某某、某社／某地報導〕
    pattern!(BESIDE, r"^[（(【〔\[](?:記者|记者)[\p{Han}、]{2,14}、([\p{Han}]{2,6}社)[／/)）】〕\]]");
    pattern!(BARE, r"^\(([A-Z][^()（）,:;!?_\x22“”-]{2,30})\) ?[-–—] ");
    // （台北12日某社电）: the place and the day before the agency.
    pattern!(
        PLACE_FIRST,
        r"^[（(【][\p{Han}]{2,6}\d{1,2}日(?:专|專|综合|綜合)?([\p{Han}]{2,6}社)(?:电|電|讯|訊)[）)】]"
    );
    // An agency alone behind the last sentence.
    pattern!(BEHIND, r"[.”’\x22]\s(?:[-–—]\s?)?([A-Z][A-Za-z]+(?:\s[A-Z][a-z]+)?)(?:[/,]\s?[A-Z][\w ]+)?$");
    // (서울=바다뉴스) 홍길동 기자 =
    pattern!(KOREAN, r"^[（(][가-힣·]{2,8}=([가-힣A-Z]{2,8})[)）]");
    // 【北京共同】: the place, and the agency in short.
    pattern!(JAPANESE, r"^[【［\[（(〔][\p{Han}\p{Katakana}ー]{2,8}[\s　=＝・]?(共同|時事|ロイター)[】］\]）)〕]");
    pattern!(CLOSE, r"[（(](?:來源：|来源：)?([\p{Han}]{2,6}(?:社|通訊社|通讯社))[）)]$");
    let first = text.lines().next().unwrap_or_default();
    let last = text.lines().next_back().unwrap_or_default();
    let found = [&*LEAD, &*DATELINE, &*PLACE_FIRST, &*BESIDE, &*KOREAN, &*JAPANESE, &*ENGLISH, &*DATED, &*BARE]
        .iter()
        .find_map(|pattern| pattern.captures(first));
    let behind = || BEHIND.captures(last.trim_end()).filter(|found| names::is_agency(&found[1]));
    let named = found.or_else(|| CLOSE.captures(last.trim_end())).or_else(behind);
    let named = named.map(|found| found[1].trim().to_owned());
    // 旅行社, 詩社: not every 社 is an agency.
    named.filter(|name| {
        !["旅行社", "詩社", "诗社", "合作社", "報社", "报社", "出版社"].iter().any(|other| name.ends_with(other))
    })
}

/// The lines below a text that may be its own.
fn own_below<'l, 'p, 'a>(lines: &'l [(&'p str, Element<'a>)]) -> impl Iterator<Item = &'l (&'p str, Element<'a>)> {
    lines.iter().take_while(|(line, holder)| !is_apart(line, holder))
}

/// Says whether a line below a text begins what is no longer the article's: a heading, another article's headline, a box for
/// what stands beside or at the end of pages.
pub(super) fn is_apart(line: &str, holder: &Element<'_>) -> bool {
    /// How far above a line its box is looked for.
    const ABOVE: usize = 3;
    let is_headline = || blocks::is_long_as_headline(line) && clean::anywhere(line).is_none();
    let is_link = |link: &Element<'_>| link.text() == *line && is_headline();
    let is_of_others = || [Where::Box, Where::Rest].iter().any(|at| furniture::known(line, *at).is_some());
    let is_other = |around: Element<'_>| match around.name() {
        "aside" | "footer" => true,
        "a" => is_link(&around),
        "h2" | "h3" | "h4" | "h5" => is_of_others() || around.select("a").iter().any(is_link),
        _ => false,
    };
    holder.and_ancestors().take(ABOVE).any(is_other)
}

/// The authors who are named with the source on a line right below the text: 本文来源：某报　作者：王某某.
pub(super) fn authors_below(lines: &[(&str, Element<'_>)], text: &str) -> Vec<String> {
    const NEAR: usize = 8;
    const LONGEST: usize = 80;
    pattern!(CREDITS, r"[来來]源\s?[:：]|[編编][輯辑]\s?[:：]");
    pattern!(
        AUTHOR,
        r"(?:^|[\s　|｜])(?:作者|撰文|文|记者|記者)\s?[:：]\s?([\p{Han}·]{2,4}(?:[、，\s　][\p{Han}·]{2,4}){0,3})"
    );
    let Some(end) = text.lines().next_back().and_then(|last| lines.iter().rposition(|(line, _)| *line == last)) else {
        return Vec::new();
    };
    let near = own_below(&lines[end + 1..]).take(NEAR).map(|(line, _)| *line);
    let mut credits = near.filter(|line| line.chars().count() <= LONGEST && CREDITS.is_match(line));
    let found = credits.find_map(|line| AUTHOR.captures(line));
    found.map(|found| people(&found[1])).unwrap_or_default()
}

/// The agency, and in Chinese the outlet, that a page names as the source on a line right below its text: "Source: Reuters".
///
/// A heading or a link ends what is the article's.
pub(super) fn provider_below(lines: &[(&str, Element<'_>)], text: &str) -> Option<String> {
    /// So many lines below a text may be its own.
    const NEAR: usize = 12;
    /// A longer line is a sentence, in characters.
    const LONGEST: usize = 80;
    pattern!(
        SOURCE,
        r"^(?i:source|quelle|fuente|fonte|źródło|zdroj|källa|kilde|bron|출처|(?:本文)?(?:新[闻聞]|[消讯訊]息|文章|稿件)?[来來]源|稿源|出[处處])\s?[:：／/]\s?([^:：]{2,40})$"
    );
    // "The Outlet avec AFP".
    pattern!(WITH, r"\s(?:with|avec|mit|con|met|med)\s(?:(?:la|der|dem)\s)?([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)$");
    let last = text.lines().next_back()?;
    let end = lines.iter().rposition(|(line, _)| *line == last)?;
    let near = || lines[end..=end].iter().chain(own_below(&lines[end + 1..])).take(NEAR).map(|(line, _)| *line);
    let with = near().filter(|line| line.chars().count() <= LONGEST).filter_map(|line| WITH.captures(line));
    if let Some(agency) = with.map(|found| found[1].to_owned()).find(|name| names::is_agency(name)) {
        return Some(agency);
    }
    let below = near().filter_map(|line| SOURCE.captures(line));
    let mut named =
        below.filter_map(|found| found[1].split(['/', '／', ',', '，']).next().map(|name| name.trim().to_owned()));
    // 来源 stands for nothing else there; a source in English may be that of a figure.
    let is_origin = |name: &String| {
        names::is_agency(name) || name.chars().any(fold::is_han) && (names::is_outlet(name) || names::is_body(name))
    };
    named.find(is_origin)
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
            ("港务局表示正在调查。（记者柯又衡　通讯员邱岚）", vec!["柯又衡", "邱岚"]),
            ("The board meets again in May. (By Ada Roe and Ivo Kest)", vec!["Ada Roe", "Ivo Kest"]),
            ("記者：貴方有何評論？", vec![]),
            ("〔即時新聞／綜合報導〕港務局昨天表示", vec![]),
        ] {
            assert_eq!(authors_of(text), names, "{text}");
        }
    }

    #[test]
    fn lines_of_their_own_name_authors() {
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
}
