//! What of the lines of a page is text of the article, and why the others are not.

use regex::Captures;

use super::blocks::{self, Blocks};
use super::ends;
use super::furniture::{Where, is_on_matter, known, tells};
use super::names;
use super::recurring::Recurring;
use super::stamps::{is_date_line, is_editor_line, is_head_matter, is_labelled};
use super::transcript;
use crate::fold;
use crate::html;
use crate::model::{ParagraphKind, ParagraphMark};
use crate::pattern::pattern;

/// Why a link to another article is left out; the name stands in the table, too.
const READ_ALSO: &str = "read-also";

/// Why a line is left out that the outlet prints on many of its pages.
pub(super) const RECURS: &str = "recurs";

/// Why a line above the text is left out that says whom the text is for.
pub(super) const FOR_MEMBERS: &str = "for-members";

/// So many days on lines of their own make a chronology.
const MANY_DAYS: usize = 3;

/// No words below a picture are longer that an arrow leads to it, in characters.
const LONGEST_BELOW_PICTURE: usize = 80;

/// Nothing below the word for what somebody did is longer, in characters.
const LONGEST_CREDIT: usize = 40;

/// How many lines before the text may be headline, date and byline.
const HEAD: usize = 5;

/// A line of a page that was taken for the article's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line, as printed.
    pub text: String,
    /// What it is, other than a paragraph.
    pub kind: Option<ParagraphKind>,
    /// Why it is no part of the text, when it is none.
    pub dropped: Option<String>,
}

/// What is known of the page that lines stand on.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) title: &'a str,
    /// Who wrote the article, when the page says it: a note on them at its end is no text, one on others may be.
    pub(super) authors: &'a [String],
    /// True when the page says that its article is for those who pay.
    pub(super) is_paid: bool,
    /// What the outlet prints on many of its pages.
    pub(super) recurring: Option<&'a Recurring>,
}

/// Judges the lines of a text: none empty, none that repeats the headline or the line before, nothing of what sites print
/// around an article.
///
/// `blocks` says what the lines are by their elements: links behind a heading for other articles are its list.
pub(super) fn judge(text: &str, around: Surroundings<'_>, blocks: &Blocks) -> Vec<Line> {
    let links = &blocks.links;
    let title = around.title;
    let clean = html::without_controls(text);
    let lines: Vec<&str> = clean.lines().map(bare).filter(|line| !line.is_empty()).collect();
    let lines = transcript::turns(lines.into_iter().flat_map(without_editors).collect(), title);
    // A turn of a transcript is text, however it begins; and so is a heading or an item that is called like a button.
    let spoken = transcript::kinds(&lines, title);
    let is_text = |at: usize| spoken[at].is_some();
    let is_named = |at: usize| matches!(blocks.kind(lines[at]), Some(ParagraphKind::Heading | ParagraphKind::Item));
    // A sentence that leads nowhere is no link to another article.
    let leads_nowhere = |at: usize| {
        let line = lines[at];
        blocks.is_known && ends_sentence(line) && !blocks.links.iter().any(|link| line.contains(link.as_str()))
    };
    // Above the first sentence, they are buttons.
    let is_first = |line: &&str| ends_sentence(line) && !is_same_headline(line, title);
    let begins = lines.iter().position(is_first).unwrap_or(lines.len());
    let judged = |at: usize| {
        let known = anywhere(lines[at]).filter(|why| *why != READ_ALSO || !leads_nowhere(at));
        let is_named = || at > begins && is_named(at);
        known.filter(|why| !is_text(at) && (!matches!(*why, "button" | "editors") || !is_named()))
    };
    let mut dropped: Vec<Option<&str>> = (0..lines.len()).map(judged).collect();
    for at in 1..lines.len() {
        if lines[at] == lines[at - 1] {
            dropped[at] = dropped[at].or(Some("repeats"));
        }
    }
    for at in 1..lines.len() {
        let is_above_link = lines.get(at + 1).is_some_and(|next| links.contains(*next));
        let leads = is_above_link && dropped[at].is_none() && known(lines[at], Where::Rest).is_some();
        if leads || dropped[at - 1] == Some(READ_ALSO) && links.contains(lines[at]) {
            dropped[at] = dropped[at].or(Some(READ_ALSO));
        }
    }
    for at in 1..lines.len() {
        if is_credit_label(lines[at - 1]) && lines[at].chars().count() <= LONGEST_CREDIT && !ends_sentence(lines[at]) {
            dropped[at - 1..=at].iter_mut().for_each(|why| *why = why.or(Some("byline")));
        }
    }
    drop_links_and_captions(&lines, &mut dropped, blocks);
    // A trail of links and a menu stand above the headline, where it is within what was taken.
    let before = lines.iter().rposition(|line| is_same_headline(line, title)).filter(|at| is_menu(&lines[..*at]));
    dropped[..before.unwrap_or(0)].iter_mut().for_each(|why| *why = why.or(Some("above")));
    // Where days stand on lines of their own through the text, they say what happened when.
    let opens = |at: usize| lines.get(at + 1).is_some_and(|next| ends_sentence(next));
    let days = (0..lines.len()).filter(|at| opens(*at) && is_date_line(lines[*at]) && !is_labelled(lines[*at])).count();
    let is_chronology = days >= MANY_DAYS;
    let head: Vec<usize> = (0..lines.len()).filter(|at| dropped[*at].is_none() && !is_text(*at)).take(HEAD).collect();
    for at in head {
        // Minutes open with the sentence that heads them, and it ends as one.
        let is_opening = ends_sentence(lines[at]) && !ends_sentence(title);
        let headline = (is_same_headline(lines[at], title) && !is_opening).then_some("headline");
        let is_item = blocks.kind(lines[at]).is_some();
        let is_date = |line: &str| is_date_line(line) && (!is_chronology || is_labelled(line));
        let is_above = at < begins && (!opens(at) || is_labelled(lines[at]));
        let date = || (is_date(lines[at]) && (!is_item || is_above)).then_some("date");
        let is_desk = || is_above && names::is_nobody(lines[at].trim_end_matches([',', '，']));
        let byline = || (!is_item && !is_chronology && is_head_matter(lines[at]) || is_desk()).then_some("byline");
        let is_label = || (!is_paragraph(lines[at]) && known(lines[at], Where::Wall).is_some()).then_some(FOR_MEMBERS);
        let known = || {
            known(lines[at], Where::Head).or_else(is_label).filter(|_| !asks(lines[at]) || is_english_byline(lines[at]))
        };
        dropped[at] = headline.or_else(date).or_else(known).or_else(byline);
    }
    let wall = ends::wall(&lines, around.is_paid);
    let behind = if wall.is_some() { "wall" } else { "others" };
    if let Some(end) = wall.or_else(|| ends::end_of_article(&lines, blocks)) {
        dropped[end..].iter_mut().for_each(|why| *why = why.or(Some(behind)));
    }
    if let Some(at) = ends::signature(&lines, &dropped, around.authors) {
        for (line, why) in lines[at..].iter().zip(&mut dropped[at..]) {
            // An addition may stand behind the name.
            let is_note = !tells(line) || around.authors.iter().any(|author| line.contains(author.as_str()));
            *why = why.or(is_note.then_some("author-note"));
        }
    }
    for at in (0..lines.len()).rev() {
        let is_item = blocks.kind(lines[at]).is_some();
        let is_stamp = || is_date_line(lines[at]) || is_labelled(lines[at]) && is_head_matter(lines[at]);
        let date = || (!is_item && !is_chronology && is_stamp()).then_some("date");
        // Names may be linked; headlines would be another list.
        let is_introduced = (is_item || !blocks::is_long_as_headline(lines[at])) && introduces(&lines, at, blocks);
        let tells = ends_sentence(lines[at]) || is_on_matter(lines[at]);
        let link = || {
            (!is_introduced
                && !tells
                && (links.contains(lines[at]) || blocks.words.contains(lines[at]) || blocks.is_of_links(lines[at])))
            .then_some("link")
        };
        let note = || is_note_on_author(lines[at], around.authors).then_some("author-note");
        let known = || known(lines[at], Where::Tail);
        // "Press Release Number:", and the number below.
        let is_below_label = at > 0 && is_field_label(lines[at - 1]) && lines[at].chars().count() <= LONGEST_CREDIT;
        let field = || (!tells && (is_field_label(lines[at]) || is_below_label)).then_some("end");
        dropped[at] = dropped[at].or_else(date).or_else(known).or_else(note).or_else(link).or_else(field);
        if dropped[at].is_none() {
            break;
        }
    }
    let text: Vec<usize> = (0..lines.len()).filter(|at| dropped[*at].is_none() && !is_text(*at)).collect();
    for at in around.recurring.map(|recurring| recurring.among(&lines, &text)).unwrap_or_default() {
        dropped[at] = Some(RECURS);
    }
    let judged = lines.into_iter().zip(spoken).zip(dropped);
    judged
        .map(|((text, spoken), why)| Line {
            text: text.to_owned(),
            kind: spoken.or_else(|| blocks.kind(text)),
            dropped: why.map(str::to_owned),
        })
        .collect()
}

/// Says whether the list that a line belongs to stands behind a line that announces it: "The following were named:".
fn introduces(lines: &[&str], at: usize, blocks: &Blocks) -> bool {
    let is_of_list = |line: &str| {
        blocks.kind(line) == Some(ParagraphKind::Item) || blocks.links.contains(line) || blocks.words.contains(line)
    };
    /// No list is longer.
    const MOST_ITEMS: usize = 300;
    let before = lines[at.saturating_sub(MOST_ITEMS)..at].iter().rev().find(|line| !is_of_list(line));
    before.is_some_and(|line| {
        line.ends_with([':', '：']) && !line.starts_with(['#', '＃']) && line.chars().count() >= SHORTEST_ANNOUNCEMENT
    })
}

/// A shorter line with a colon is a label: "Tags:", in characters.
const SHORTEST_ANNOUNCEMENT: usize = 8;

/// Cuts the note on its editors off the end of a paragraph: agencies print it there.
fn without_editors<'a>(line: &'a str) -> Vec<&'a str> {
    // Nearly every paragraph ends otherwise, and to see that is many times cheaper than to look for a note.
    if !line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '）' | ')' | '】' | '］' | ']')) {
        return vec![line];
    }
    pattern!(
        NOTE,
        r"[。」！？]\s*(?P<note>[（(【\[](?:本文)?(?:責任編輯|责任编辑|責編|责编|編輯|编辑|編譯|编译|核稿)\s?[:：／/][^（）()【】。]{1,40}[）)】\]]\s*\d{0,8})$"
    );
    // Who wrote it, in Japan, and the agency, in English.
    pattern!(
        BEHIND,
        r"[ぁ-ん]。(?P<note>[【［][^\x00-\x7F【】［］]{2,20}[】］])$|[.”’\x22]\s(?P<agency>(?:[-–—]\s?)?(?:AFP|AP|REUTERS|Reuters|BERNAMA|Bernama|XINHUA|Xinhua|KYODO|Kyodo|BLOOMBERG|Bloomberg|PTI|ANI|DPA|dpa)(?:[/,]\s?[A-Z][\w ]{1,20})?)$"
    );
    // A class of all those characters, so often repeated, takes longer to compile than a page takes to read.
    let is_of_names = |note: &str| note.trim_matches(['【', '［', '】', '］']).chars().all(|c| is_cjk(c) || c == '、');
    let behind = |found: Captures<'a>| {
        found.name("note").filter(|note| is_of_names(note.as_str())).or_else(|| found.name("agency"))
    };
    if let Some(note) = BEHIND.captures(line).and_then(behind) {
        return vec![line[..note.start()].trim_end(), &line[note.start()..]];
    }
    match NOTE.captures(line).and_then(|found| found.name("note")) {
        Some(note) => vec![line[..note.start()].trim_end(), &line[note.start()..]],
        None => vec![line],
    }
}

/// Drops captions, and links to other articles between the paragraphs.
fn drop_links_and_captions<'a>(lines: &[&'a str], dropped: &mut [Option<&'a str>], blocks: &Blocks) {
    let whole: usize = lines.iter().map(|line| line.len()).sum();
    let elsewhere: usize = lines.iter().filter(|line| blocks.leads_elsewhere(line)).map(|line| line.len()).sum();
    // Where much of a text is links, they are what it has to say.
    let drops_links = elsewhere * 3 < whole;
    // One heading that leads elsewhere heads what is below it; two in a row are a list.
    let leads = |line: &&str| {
        blocks.links.contains(*line)
            && blocks.kind(line) == Some(ParagraphKind::Heading)
            && blocks::is_long_as_headline(line)
    };
    for at in 1..lines.len() {
        if drops_links && lines[at - 1..=at].iter().all(leads) {
            dropped[at - 1..=at].iter_mut().for_each(|why| *why = why.or(Some("link")));
        }
    }
    for (at, line) in lines.iter().enumerate() {
        let why = &mut dropped[at];
        let leads = || blocks.leads_elsewhere(line) && !introduces(lines, at, blocks);
        let link = || (drops_links && leads()).then_some("link");
        *why = why.or_else(|| blocks.captions.contains(*line).then_some("caption")).or_else(link);
    }
}

/// Where in the kept text the lines stand that are more than paragraphs.
pub(super) fn marks(lines: &[Line]) -> Vec<ParagraphMark> {
    let kept = (1..).zip(lines.iter().filter(|line| line.dropped.is_none()));
    kept.filter_map(|(paragraph, line)| Some(ParagraphMark { paragraph, kind: line.kind? })).collect()
}

/// Paragraphs as they are kept, joined by `\n`.
pub(super) fn tidy(text: &str, title: &str) -> String {
    kept(&judge(text, Surroundings { title, ..Surroundings::default() }, &Blocks::default()))
}

/// The lines that are text, joined by `\n`.
pub(super) fn kept(lines: &[Line]) -> String {
    let kept: Vec<&str> = lines.iter().filter(|line| line.dropped.is_none()).map(|line| line.text.as_str()).collect();
    kept.join("\n")
}

/// Says whether lines are words of a menu and none is a sentence.
fn is_menu(lines: &[&str]) -> bool {
    /// No word of a menu is longer, in characters.
    const LONGEST: usize = 60;
    lines
        .iter()
        .all(|line| line.chars().count() <= LONGEST && !line.ends_with(['.', '。', '！', '？', '!', '?', '」', '”']))
}

/// Says whether a line tells who an author of the article is, or is their name: "Ada Roe is a reporter for the paper."
fn is_note_on_author(line: &str, authors: &[String]) -> bool {
    /// A longer line is text.
    const LONGEST: usize = 320;
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', ',', '，', '(', '（', '是', '為', '为']);
    let begins = |name: &str| line.strip_prefix(name).is_some_and(is_end);
    // Not by the first name or the surname alone: who the article is about may share it.
    pattern!(
        ROLE,
        r"(?i)\b(?:reporter|correspondent|writer|editor|journalist|fellow|professor|author|analyst|contributor|columnist|covers|reported\sfrom|joined|lives in)\b|@|記者|记者|編輯|编辑|教授|研究員|研究员|專欄|专栏|作家|撰稿"
    );
    // What they cover may be called as what the article tells.
    pattern!(
        IS,
        r"(?i)^\s(?:is|was|works\sas)\s.{0,80}\b(?:reporter|correspondent|writer|editor|journalist|columnist|fellow|analyst|professor)\b"
    );
    let is_role = |author: &str| line.strip_prefix(author).is_some_and(|rest| IS.is_match(rest));
    let says_role =
        |author: &str| line.len() <= author.len() + 2 || is_role(author) || ROLE.is_match(line) && !tells(line);
    line.chars().count() <= LONGEST && authors.iter().any(|author| begins(author) && says_role(author))
}

/// Takes white space off a line, and signs without width, which some editors leave in empty paragraphs.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'))
}

/// Returns why a line is no text wherever it stands.
pub(super) fn anywhere(line: &str) -> Option<&'static str> {
    if !line.contains(char::is_alphanumeric) {
        return Some("rule");
    }
    // What a picture above shows.
    if line.starts_with(['▲', '△', '↑']) && line.chars().count() <= LONGEST_BELOW_PICTURE {
        return Some("credit");
    }
    known(line, Where::Anywhere).or_else(|| (is_editor_line(line) && !asks(line)).then_some("editors"))
}

/// Says whether a line is the name of a field: few words and a colon, each with a capital.
fn is_field_label(line: &str) -> bool {
    /// More words announce what follows.
    const MOST_WORDS: usize = 4;
    let words: Vec<&str> = line.split_whitespace().collect();
    line.ends_with(':') && words.len() <= MOST_WORDS && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Says whether a line is the word for what the line below says of who made the article, when, and how often it was read.
fn is_credit_label(line: &str) -> bool {
    pattern!(
        LABEL,
        r"^(?:文字?|撰文|[攝摄]影|[圖图]片?|(?:[責责]任|[網网][絡络]?)?[編编][輯辑]?|[責责][編编]|[審审]稿|核稿|校[對对]|翻[譯译]|[插繪绘][畫画圖图]|[設设][計计]|[製制][圖图]|影像|[監监][製制]|刊[出登]日期|[發发][布佈表]日期|更新日期|[瀏浏][覽览][數数]|[點点][閱阅][數数]?)\s?[:：]?$"
    );
    LABEL.is_match(line)
}

/// Says whether a line begins as an English byline does, in which commas part names and offices.
fn is_english_byline(line: &str) -> bool {
    let opening: String = line.chars().take("written by".len()).collect::<String>().to_lowercase();
    ["by ", "by:", "written by", "words by", "story by"].iter().any(|by| opening.starts_with(by)) && !line.contains('?')
}

/// Says whether a line asks: it is no byline then.
fn asks(line: &str) -> bool {
    pattern!(ASK, r"[?？，,]|何|是否|嗎|吗|請問|请问|什麼|什么|他說|他说|否認|否认");
    ASK.is_match(line)
}

/// Says whether a line is a sentence or more, by its length and its end.
pub(super) fn is_paragraph(line: &str) -> bool {
    /// Three bytes are a character of Chinese, where fewer characters say as much.
    const SHORTEST: usize = 60;
    line.len() >= SHORTEST && (ends_sentence(line) || line.ends_with(['）', ')']))
}

/// Says whether a line ends as a sentence does, or a quotation of one.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '。', '！', '？', '!', '?', '」', '”', '"'])
}

/// Han, kana and hangul.
pub(super) fn is_cjk(c: char) -> bool {
    fold::is_han(c) || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Says whether most letters of a text are Chinese, Japanese or Korean.
pub(super) fn is_mostly_cjk(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().filter(|c| is_cjk(*c)).count() * 2 > letters().count()
}

/// The letters and digits of a text alone, so that marks and spaces make no difference.
pub(super) fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most are of these, which ask for no table of characters.
            'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            '\0'..='\x7F' => {}
            _ if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    letters
}

/// Says whether a line is the headline, marks and spaces aside, and the site's name behind it.
pub(super) fn is_same_headline(line: &str, title: &str) -> bool {
    /// No site's name is longer, in bytes: three are a character of Chinese.
    const LONGEST_NAME: usize = 48;
    if title.is_empty() || line.len() > 4 * title.len() + 100 {
        return false;
    }
    // Most lines begin otherwise, and to see that is many times cheaper than to compare.
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_lowercase().to_string());
    if first(line) != first(title) {
        return false;
    }
    let (line_letters, title_letters) = (letters(line), letters(title));
    let is_suffix = |rest: &str| rest.len() <= LONGEST_NAME && line.contains(['-', '–', '—', '|', '｜', '_', '.']);
    !title_letters.is_empty()
        && line_letters.strip_prefix(&title_letters).is_some_and(|rest| rest.is_empty() || is_suffix(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that are kept, of a page whose author is known.
    fn told(lines: &[&str]) -> Vec<String> {
        let authors = ["Ada Roe".to_owned()];
        let around = Surroundings { title: "Maps of the harbour", authors: &authors, is_paid: false, recurring: None };
        let lines = judge(&lines.join("\n"), around, &Blocks::default());
        lines.into_iter().filter(|line| line.dropped.is_none()).map(|line| line.text).collect()
    }

    #[test]
    fn a_note_is_on_the_author_and_not_on_whom_the_article_is_about() {
        const TEXT: &str = "The board said on Friday that nothing was missing from the archive of the inner harbour.";
        assert_eq!(told(&[TEXT, "Ada Roe is a reporter for the paper."]), [TEXT]);
        for last in [
            "Odile Marsk is a Vestmark writer who was held for two years.",
            "Gu was a magazine editor before his arrest.",
            "Contact between the two at the embassy ended in May.",
        ] {
            assert_eq!(told(&[TEXT, last]), [TEXT, last]);
        }
    }

    #[test]
    fn a_subheading_that_is_called_like_a_list_leads_to_text() {
        const TEXT: &str = "港務局週五表示，檔案室的海圖一張也沒有少，調查仍在進行，報告將於下月第一個星期提交委員會。";
        for heading in ["回應", "評論"] {
            let lines = [TEXT, TEXT, heading, "外交部發言人否認有關指控，稱純屬捏造。"];
            assert_eq!(told(&lines).last().map(String::as_str), Some(lines[3]), "{heading}");
        }
        // Even where the name is a list's: what stands below reads like paragraphs.
        let lines = [TEXT, "相關報導", TEXT.trim_end_matches('。'), &format!("另外，{TEXT}")];
        assert!(told(&lines).iter().any(|line| line.starts_with("另外")), "{:?}", told(&lines));
        assert_eq!(told(&[TEXT, "相關報導", "港區再擴建", "漁港夜市開張"]), [TEXT]);
    }

    #[test]
    fn what_stands_above_a_headline_goes_only_when_it_is_a_menu() {
        const TEXT: &str = "The board said on Friday that nothing was missing from the archive of the inner harbour.";
        assert_eq!(told(&["Home", "Ports", "Maps of the harbour", TEXT]), [TEXT]);
        assert_eq!(told(&[TEXT, "Maps of the harbour", TEXT, TEXT])[0], TEXT);
    }

    #[test]
    fn what_sites_print_around_a_text_is_told_by_its_reason() {
        for (line, why) in [
            ("Subscribe", "button"),
            ("【廣告】", "button"),
            ("Related: Nine harbours and their pilots", "read-also"),
            ("延伸閱讀：港務局再擴建", "read-also"),
            ("還想看更多新聞嗎？歡迎下載海港APP", "app"),
            ("Sign up for our morning letter", "newsletter"),
            ("（編輯：林某某）1130412", "editors"),
            ("【责任编辑：王某】", "editors"),
            ("(责编：李某、赵某)", "editors"),
            ("港口一景。（圖／港務局提供）", "credit"),
            ("The old pier at dusk. Photo: Ada Roe", "credit"),
            ("Photo: Ada Roe", "credit"),
        ] {
            assert_eq!(anywhere(line), Some(why), "{line}");
        }
        for text in [
            "Read the letter aloud, she told the court.",
            "他說：「圖片是我拍的。」",
            "編輯部表示，將配合調查。",
            "The photo: a blurred figure on a pier, and nobody knows who took it or why it was sent to the police.",
            "Follow the money, the prosecutor said.",
            "記者：貴方對此有何評論？",
            "Copyright theft by the group cost the firm three years of work, the indictment says.",
            "未經授權存取政府系統的兩名被告，下月再度出庭。",
            "著作權法不適用於這批文件，法官說。",
            "加入Telegram群組後，被告開始收到來自境外的指示，並以加密貨幣收款。",
            "嫌犯要求她下載一款App，並輸入議員的電話號碼。",
            "網友評論指，該案早已在當地流傳，只是無人敢說。",
        ] {
            assert_eq!(anywhere(text), None, "{text}");
        }
    }
}
