//! Lines that are made of time, place and names: dates, bylines with a clock, who edited it.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use regex::Regex;

use super::clean::ends_sentence;
use super::furniture::is_on_matter;
use crate::dates;
use crate::fold;
use crate::pattern::{self, pattern};

/// Says whether a line above the text is made of time, place and names: it bears a time of day or how long ago, and is no
/// sentence.
pub(super) fn is_head_matter(line: &str) -> bool {
    /// A longer line is text, in characters.
    const LONGEST: usize = 160;
    pattern!(CLOCK, r"\d{1,2}[:：]\d{2}|\d{1,2}[時时点點]\d{1,2}分");
    pattern!(AGO, r"(?i)\d{1,2}\s?(?:分钟|分鐘|小时|小時|天)前|\b\d{1,2}\s(?:minutes?|hours?|days?)\sago\b");
    /// More characters of Chinese without a label tell of something.
    const MOST_HAN: usize = 14;
    pattern!(
        LABEL,
        r"(?:来源|來源|作者|記者|记者|編輯|编辑|文字|更新|發布|发布|發佈|閱讀|阅读|瀏覽|浏览|點擊|点击|责编|責編)\s?[:：／/於于時时次]|https?://"
    );
    // "Lesedauer: 2 Min."
    let is_short_form = || ["Min.", "min.", "a.m.", "p.m."].iter().any(|end| line.ends_with(end));
    let is_sentence = || ends_sentence(line) && !is_short_form() || line.contains('。');
    line.chars().count() <= LONGEST
        && !is_sentence()
        && (line.chars().filter(|c| fold::is_han(*c)).count() <= MOST_HAN || LABEL.is_match(line))
        && !is_on_matter(line)
        && (AGO.is_match(line) || CLOCK.is_match(line) && dates::read(line, &TimeZone::UTC).is_some())
}

/// Says whether a line begins with what a page says before its own date.
pub(super) fn is_labelled(line: &str) -> bool {
    pattern!(
        LABEL,
        r"(?i)^[\W_]*(?:(?:first|last)\s)?(?:published|updated|posted|modified|publié|發布|发布|發佈|发表|發表|更新|出版|上架|刊登|입력|수정|公開|配信)"
    );
    LABEL.is_match(line)
}

/// A short line that holds a date and hardly anything else: "Published: 3:47pm, 7 Aug 2020".
pub(super) fn is_date_line(line: &str) -> bool {
    pattern!(
        LABEL,
        r"(?i)^[\W_]*(?:(?:first\s|last\s)?(?:published|updated|posted|modified)(?:\s(?:on|at))?|(?:發布|发布|發佈|发表|發表|更新|出版|上架|刊登)?(?:時間|时间|日期)?(?:於|于)?)\s?[:：]?\s?"
    );
    /// A longer line tells more than when, in characters.
    const LONGEST: usize = 70;
    if line.len() > 4 * LONGEST || !line.contains(|c: char| c.is_ascii_digit()) || line.chars().count() > LONGEST {
        return false;
    }
    let half = line.to_lowercase();
    let is_half = half.ends_with("a.m.") || half.ends_with("p.m.");
    if line.ends_with(['.', '。', '」', '”', '"']) && !is_half {
        return false;
    }
    let han = line.chars().filter(|c| fold::is_han(*c)).count();
    let words = line.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    if words > 5 || han > 12 {
        return false;
    }
    let bare = LABEL.replace(line, "");
    // What else a line with a date may hold: a weekday, a zone, a label, a half of the day. More letters than one that are none
    // of this tell what happened then.
    static TIME: LazyLock<Regex> =
        LazyLock::new(|| pattern::compile(&format!(r"(?x)^(?:{TIMES})*(?:.(?:{TIMES})*)?$")));
    const TIMES: &str = r"(?ix:[\d\W_]+ | 星期.|週.|周[一二三四五六日天] | 年|月|日|號|号|時|时|點|点|分|秒 | 上午|下午|早上|晚上|凌晨|中午 | 民國|民国|公曆
            | 發布|发布|發佈|发表|發表|更新|出版|上架|刊登|時間|时间|日期|建立|撰文|最後|最后|首次|於|于|北京|香港|台北|台灣|臺灣|本港|当地|當地|農曆|农历
            | 年|월|일|오전|오후|시|분|입력|수정|등록|승인|송고|게시 | 午前|午後|公開|配信|投稿|作成|曜 | [一二三四五六七八九十〇零廿]+
            | \b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\w*
            | \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|janv|fév|févr|avr|mai|juin|juil|août|déc|mär|okt|dez|ene|abr|ago|dic)\w*
            | \b(?:am|pm|a\.m|p\.m|at|on|of|the|de|le|el|del|à|am|um|uhr|h|st|nd|rd|th|hrs?|hours?|last|first|published|updated|posted|modified|publié|mis|jour|date|time|publication|created|issued|released|release|local|eastern|central|pacific|standard|daylight)\b
            | \b[A-Z]{2,4}\b)";
    let letters: String = line.chars().map(|c| if c.is_alphabetic() || c == '.' { c } else { ' ' }).collect();
    // What stands behind a colon that is none of a clock's tells what happened then, and an appointment is no page's date.
    pattern!(EVENT, r"(?:日|\d{4})\s?[:：]\s?[^\d\s]");
    pattern!(NEXT, r"(?i)next|hearing|resumes|trial|開庭|开庭|下次|審理|审理");
    TIME.is_match(&letters)
        && !EVENT.is_match(line)
        && !NEXT.is_match(line)
        && (dates::read(line, &TimeZone::UTC).is_some() || dates::read(&bare, &TimeZone::UTC).is_some())
}

/// A line of a Chinese page that only says where a text comes from and who edited it: 来源：某报　责任编辑：某某, （编辑：某某）.
pub(super) fn is_editor_line(line: &str) -> bool {
    pattern!(
        EDITORS,
        r"^[（(【\[〔]?(?:[\d年月日时時分:：/\-. 　]*)(?:(?:本文|\p{Han}{2,6}社)?(?:素材来源|来源|來源|稿源|责任编辑|責任編輯|责编|責編|主编|主編|编辑|編輯|編審|編譯|编译|作者|撰文|记者|記者|审核|審核|校对|校對|翻译|翻譯|核稿|核稿編輯|实习编辑|排版|文字|原标题|原標題|值班主任|监制|監製|统筹|图片编辑|圖片編輯|视觉|視覺|美编|美編|责任校对|責任校對)[ 　]*[:：／/｜|丨][ 　]*[^。！？:：]{0,24}?[ 　|；;]*){1,5}[）)】\]〕]?[ 　]*\d{0,8}$"
    );
    line.contains([':', '：', '／', '/', '｜', '|', '丨']) && line.chars().count() <= 90 && EDITORS.is_match(line)
}
