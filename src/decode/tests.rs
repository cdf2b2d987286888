use super::*;
use proptest::prelude::*;

const TRADITIONAL: &str = "國家安全部發言人表示，有關指控毫無根據，是捏造和誹謗。我們已經提出嚴正交涉。";
const SIMPLIFIED: &str = "国家安全部发言人表示，有关指控毫无根据，是捏造和诽谤。我们已经提出严正交涉。";
const JAPANESE: &str = "外務省の報道官は、この件についてコメントしないと述べた。調査はまだ続いている。";
const KOREAN: &str = "외교부 대변인은 이 문제에 대해 언급하지 않겠다고 말했다. 조사는 계속되고 있다.";
const RUSSIAN: &str = "Представитель министерства заявил, что обвинения не имеют под собой никаких оснований.";

fn encode(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect("a label of the standard");
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding.encode(text).0.into_owned(),
    }
}

fn feed(label: Option<&str>, text: &str) -> String {
    let encoding = label.map(|label| format!(" encoding=\"{label}\"")).unwrap_or_default();
    format!("<?xml version=\"1.0\"{encoding}?><rss><channel><title>{text}</title></channel></rss>")
}

/// Bytes in `real`, labelled `label`, with a header: the text comes back, and the labels are overruled or not.
fn check(real: &str, label: Option<&str>, header: Option<&str>, text: &str, charset: &str, overruled: bool) {
    let bytes = encode(real, &feed(label, text));
    let decoded = xml(&bytes, header);
    assert!(decoded.text.contains(text), "{real} labelled {label:?}: {}", decoded.text);
    assert_eq!((decoded.charset, decoded.repairs.is_empty()), (charset, !overruled), "{real} labelled {label:?}");
}

#[test]
fn honest_labels() {
    check("utf-8", Some("utf-8"), None, TRADITIONAL, "UTF-8", false);
    check("big5", Some("big5"), None, TRADITIONAL, "Big5", false);
    check("big5", Some("Big5-HKSCS"), None, TRADITIONAL, "Big5", false);
    check("gbk", Some("gb2312"), None, SIMPLIFIED, "gb18030", false);
    check("gbk", Some("GBK"), None, TRADITIONAL, "gb18030", false);
    check("gb18030", Some("gb18030"), None, "㐂𠀀国", "gb18030", false);
    check("euc-jp", Some("euc-jp"), None, JAPANESE, "EUC-JP", false);
    check("shift_jis", Some("shift_jis"), None, JAPANESE, "Shift_JIS", false);
    check("iso-2022-jp", Some("iso-2022-jp"), None, JAPANESE, "ISO-2022-JP", false);
    check("euc-kr", Some("euc-kr"), None, KOREAN, "EUC-KR", false);
    check("koi8-r", Some("koi8-r"), None, RUSSIAN, "KOI8-R", false);
    check("windows-1251", Some("windows-1251"), None, RUSSIAN, "windows-1251", false);
    check("gbk", None, Some("text/xml; charset=GBK"), SIMPLIFIED, "gb18030", false);
    check("big5", None, Some("text/xml; charset=\"big5\""), TRADITIONAL, "Big5", false);
}

#[test]
fn labels_of_a_charset_whose_daily_characters_others_are() {
    let short = |text: &str| text.chars().take(12).collect::<String>();
    for text in [SIMPLIFIED, &short(SIMPLIFIED)] {
        check("gbk", Some("big5"), None, text, "gb18030", true);
        check("gbk", Some("euc-kr"), None, text, "gb18030", true);
        check("gbk", Some("euc-jp"), None, text, "gb18030", true);
    }
    for text in [TRADITIONAL, &short(TRADITIONAL)] {
        check("big5", Some("gb2312"), None, text, "Big5", true);
        check("big5", Some("euc-kr"), None, text, "Big5", true);
    }
    check("big5", Some("big5"), None, "鸞鸛鱷鱸鱺籲龕龔黷黌", "Big5", false);
    check("gbk", Some("gbk"), None, &short(TRADITIONAL), "gb18030", false);
    check("euc-kr", Some("euc-kr"), None, &short(KOREAN), "EUC-KR", false);
    check("euc-jp", Some("euc-jp"), None, &short(JAPANESE), "EUC-JP", false);
}

#[test]
fn one_lost_byte_does_not_make_a_label_wrong() {
    let text = format!("{SIMPLIFIED} 会议强调，各部门须落实责任。 {SIMPLIFIED}");
    for label in [Some("gbk"), None] {
        let whole = encode("gbk", &feed(label, &text));
        let at = whole.windows(2).position(|pair| pair == [0xC7, 0xBF]).expect("a character of the text");
        let bytes = [&whole[..at + 1], &whole[at + 2..]].concat();
        let decoded = xml(&bytes, None);
        assert!(decoded.text.contains(SIMPLIFIED), "{decoded:?}");
    }
    let bytes = [encode("windows-1251", &feed(Some("windows-1251"), RUSSIAN)), vec![0x98]].concat();
    assert!(xml(&bytes, None).text.contains(RUSSIAN));
}

#[test]
fn of_a_few_words_the_language_tells() {
    for (charset, language, text) in [
        ("windows-1251", "ru", "ИИ дорожает"),
        ("koi8-r", "ru", "ИИ дорожает"),
        ("euc-kr", "ko", "5G 요금 인하"),
        ("shift_jis", "ja", "大雨警報"),
        ("gbk", "zh-cn", "高考放榜"),
        ("big5", "zh-tw", "MLB戰報"),
    ] {
        let feed = format!("<rss><channel><title>{text}</title><language>{language}</language></channel></rss>");
        let decoded = xml(&encode(charset, &feed), None);
        assert!(decoded.text.contains(text), "{charset}: {decoded:?}");
    }
}

#[test]
fn letters_where_the_label_has_controls() {
    check("windows-1250", Some("iso-8859-2"), None, "„Žádné důkazy“, řekl mluvčí", "windows-1250", true);
    check("iso-8859-2", Some("iso-8859-2"), None, "Žádné důkazy, řekl mluvčí", "ISO-8859-2", false);
}

#[test]
fn lying_labels() {
    check("utf-8", Some("gb2312"), None, SIMPLIFIED, "UTF-8", true);
    check("utf-8", Some("big5"), None, TRADITIONAL, "UTF-8", true);
    check("utf-8", Some("iso-8859-1"), None, TRADITIONAL, "UTF-8", true);
    check("utf-8", Some("utf-16"), None, TRADITIONAL, "UTF-8", true);
    check("gbk", Some("utf-8"), None, SIMPLIFIED, "gb18030", true);
    check("big5", Some("utf-8"), None, TRADITIONAL, "Big5", true);
    check("shift_jis", Some("utf-8"), None, JAPANESE, "Shift_JIS", true);
    check("euc-kr", Some("utf-8"), None, KOREAN, "EUC-KR", true);
    check("windows-1251", Some("utf-8"), None, RUSSIAN, "windows-1251", true);
    check("gbk", Some("iso-8859-1"), None, SIMPLIFIED, "gb18030", true);
    check("gbk", Some("no-such-charset"), None, SIMPLIFIED, "gb18030", true);
    check("big5", Some("utf-8"), Some("text/xml; charset=big5"), TRADITIONAL, "Big5", true);
}

#[test]
fn no_labels() {
    check("gbk", None, None, SIMPLIFIED, "gb18030", true);
    check("big5", None, None, TRADITIONAL, "Big5", true);
    check("euc-jp", None, None, JAPANESE, "EUC-JP", true);
    check("euc-kr", None, None, KOREAN, "EUC-KR", true);
    check("windows-1251", None, None, RUSSIAN, "windows-1251", true);
    check("utf-8", None, None, TRADITIONAL, "UTF-8", false);
}

#[test]
fn wide_charsets() {
    check("utf-16le", Some("utf-16"), None, TRADITIONAL, "UTF-16LE", true);
    check("utf-16be", Some("utf-16"), None, TRADITIONAL, "UTF-16BE", true);
    let marked = encode("utf-16be", &format!("\u{FEFF}{}", feed(Some("utf-16"), SIMPLIFIED)));
    let decoded = xml(&marked, None);
    assert!(decoded.text.starts_with("<?xml") && decoded.text.contains(SIMPLIFIED));
    assert!(decoded.repairs.is_empty());
    for (name, bytes) in [
        ("UTF-32LE", feed(None, SIMPLIFIED).chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>()),
        ("UTF-32BE", feed(None, SIMPLIFIED).chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()),
    ] {
        let decoded = xml(&bytes, None);
        assert!(decoded.text.contains(SIMPLIFIED), "{name}");
        assert_eq!(decoded.charset, name);
    }
}

#[test]
fn damage_is_named_and_the_rest_survives() {
    let mut bad = feed(Some("gb2312"), &SIMPLIFIED.repeat(5)).into_bytes();
    bad.push(0xFF);
    bad.extend_from_slice("之后".as_bytes());
    let decoded = xml(&bad, None);
    assert_eq!(decoded.charset, "UTF-8");
    assert!(decoded.text.contains(SIMPLIFIED) && decoded.text.contains("之后"));
    assert!(decoded.repairs.iter().any(|repair| repair.contains("bad bytes")), "{:?}", decoded.repairs);

    let mut short = feed(Some("utf-8"), "© The Outlet").into_bytes();
    short.push(0xFF);
    assert!(xml(&short, None).text.contains("© The Outlet"));

    let cut = &TRADITIONAL.as_bytes()[..TRADITIONAL.len() - 1];
    let decoded = xml(cut, None);
    assert_eq!(decoded.text, TRADITIONAL.trim_end_matches('。'));
    assert!(decoded.repairs.iter().any(|repair| repair.contains("cut")));

    let mut big5 = encode("big5", &feed(Some("big5"), &TRADITIONAL.repeat(3)));
    big5.insert(60, 0xFF);
    let decoded = xml(&big5, None);
    assert_eq!(decoded.charset, "Big5");
    assert!(decoded.text.contains("嚴正交涉"));
}

#[test]
fn pages_are_read_by_their_meta() {
    for meta in [
        "<META http-equiv='Content-Type' content='text/html; charset=gb2312'>",
        "<meta name=viewport content=x><meta charset=gbk>",
        "<meta charset=\"GB2312\"/>",
    ] {
        let decoded = html(&encode("gbk", &format!("<html><head>{meta}</head><p>{SIMPLIFIED}")), None);
        assert!(decoded.text.contains(SIMPLIFIED), "{meta}");
        assert_eq!(decoded.charset, "gb18030");
        assert!(decoded.repairs.is_empty(), "{meta}: {:?}", decoded.repairs);
    }
}

#[test]
fn byte_order_marks_are_not_text() {
    assert_eq!(xml("\u{FEFF}\u{FEFF}<rss/>".as_bytes(), None).text, "<rss/>");
    assert_eq!(xml(b"", None).text, "");
}

proptest! {
    #[test]
    fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..400), header in ".{0,40}") {
        let _ = xml(&bytes, Some(&header));
        let _ = html(&bytes, Some(&header));
    }

    #[test]
    fn utf8_comes_back_whatever_the_label(text in "[a-z<>é国國か 。]{0,80}", label in "gbk|big5|utf-8|latin1|euc-kr") {
        prop_assert_eq!(xml(text.as_bytes(), Some(&format!("text/xml; charset={label}"))).text, text);
    }
}

#[test]
fn ebcdic_is_told_by_its_first_bytes() {
    let text = "<?xml version=\"1.0\" encoding=\"cp037\"?>\n<rss><title>Café: 1 & 2</title></rss>";
    let encoded: Vec<u8> = text.chars().filter_map(ebcdic::encode).collect();
    let decoded = xml(&encoded, None);
    assert_eq!((decoded.text.as_str(), decoded.charset), (text, "IBM037"));
}
