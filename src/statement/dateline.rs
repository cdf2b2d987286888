//! Datelines: the agency, the place and the day that open a report. They are nobody's words and no part of a name.

use std::sync::LazyLock;

use regex::Regex;

/// "ALDPORT, Nov 20 (Agency) -- ": capitals, perhaps a date and an agency, then a dash.
static LATIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Z][A-Z][A-Z.'’/ -]{2,40}(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|[A-Z][A-Za-z ]{2,20}))?(?: ?\([^)]{2,30}\))? ?(?:--|[-–—]) ?")
        .expect("a pattern of ours compiles")
});

/// （某社某地20日電）, 【本報訊】, （综合讯）, 某社某地11月20日电（记者某某）, 某地　本报讯.
static HAN: LazyLock<Regex> = LazyLock::new(|| {
    let bracketed =
        r"[（(【〔\[][^（()）【】〔〕\[\]]{1,40}(?:電|电|訊|讯|報道|报道|報導|报导|專訊|专讯|綜合|综合)[）)】〕\]]";
    let open = r"\p{Han}{2,16}(?:\d{1,2}月)?\d{1,2}日(?:電|电|訊|讯)(?:[ 　]*[（(][^（()）]{2,24}[）)])?";
    let own = r"(?:\p{Han}{1,6}[ 　]+)?本(?:報|报|台|臺|社|網|网)(?:綜合|综合|記者\p{Han}{0,6}|记者\p{Han}{0,6})?(?:訊|讯|報道|报道|報導|报导)";
    Regex::new(&format!(r"^(?:{bracketed}|{open}|{own})[ 　:：,，]*")).expect("a pattern of ours compiles")
});

/// Returns how many bytes of a paragraph's first sentence are its dateline; 0 when it has none or is nothing else.
pub(super) fn length(sentence: &str) -> usize {
    let pattern = if sentence.starts_with(|c: char| c.is_ascii_alphabetic()) { &*LATIN } else { &*HAN };
    pattern.find(sentence).map(|found| found.end()).filter(|end| *end < sentence.len()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, rest: &str) {
        assert_eq!(&sentence[length(sentence)..], rest);
    }

    #[test]
    fn datelines_are_taken_off() {
        check("ALDPORT - Aldland accused the ministry.", "Aldland accused the ministry.");
        check("NORTH HAVEN, Nov 20 (Harbour Agency) -- The ministry said", "The ministry said");
        check("（島嶼通訊社奧爾港20日電）港務局今天指控", "港務局今天指控");
        check("(综合讯)国家安全部星期四指控", "国家安全部星期四指控");
        check("【本報綜合報道】警方表示", "警方表示");
        check("岛屿社江城11月20日电（记者何青）国家安全部披露", "国家安全部披露");
        check("兰溪　本报讯　国家安全部披露", "国家安全部披露");
    }

    #[test]
    fn other_openings_stay() {
        for sentence in [
            "MI5 warned members of parliament.",
            "US - China talks went on",
            "UK – EU trade rose",
            "The Ministry - a large one - said",
            "國安局20日表示",
            "（附圖）警方表示",
            "【快訊】",
        ] {
            check(sentence, sentence);
        }
    }
}
