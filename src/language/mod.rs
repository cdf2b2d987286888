//! Language, script and region of a text; sentences and paragraphs. The home of whatlang.

mod segment;

pub use segment::{Sentence, clauses, paragraphs, sentences};

use crate::fold;
use crate::model::Lang;

/// As much of a text as is looked at: a language shows long before that.
const SAMPLE_CHARS: usize = 8_000;

/// Latin letters from which on whatlang is believed without a second look.
const LONG_ENOUGH: usize = 120;

/// Words that make a short line English, and that the neighbouring languages do not have.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "for", "with", "says", "said", "after", "over", "from", "by", "its", "his", "as", "at",
    "is", "are", "was", "were", "has", "have", "what", "how", "why", "who", "that", "this", "not", "up", "out", "new",
    "into", "against", "about", "denies", "accused", "chinese", "china's", "be", "will", "would", "their", "on",
];

/// Words that make a short line another language.
const OTHERS: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der", "die", "das", "und", "mit", "für", "wegen", "gegen", "nach", "von", "ist", "im", "zu", "auf", "bei",
            "ein", "eine",
        ],
    ),
    ("fr", &["le", "les", "des", "et", "pour", "une", "dans", "du", "avec", "est", "sur", "aux", "par", "la", "en"]),
    ("es", &["el", "los", "las", "del", "por", "una", "con", "para", "que", "y", "la", "en", "al"]),
    ("it", &["il", "gli", "della", "di", "per", "con", "una", "che", "nel", "la"]),
    ("pt", &["os", "do", "da", "por", "uma", "com", "para", "não", "em"]),
    ("nl", &["het", "van", "een", "voor", "met", "op", "naar", "de", "en"]),
];

/// What a text is written with.
#[derive(Default)]
struct Letters {
    han: usize,
    traditional: usize,
    simplified: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    other: usize,
}

/// Tells the language of a text, Chinese with its script. The hint decides only where the text does not.
pub fn detect(text: &str, hint: Option<&Lang>) -> Lang {
    let sample: String = text.chars().take(SAMPLE_CHARS).collect();
    let letters = count(&sample);
    let hint = hint.map(|lang| canonical(lang.as_str())).filter(|lang| *lang != Lang::und());
    let asian = letters.han + letters.kana + letters.hangul;
    // One Han character says as much as three Latin letters: names in Latin stand in many Chinese headlines.
    if asian * 3 > letters.latin + letters.other {
        return asian_language(&letters, hint.as_ref());
    }
    if letters.latin + letters.other < 3 {
        return hint.unwrap_or_else(Lang::und);
    }
    if letters.other > letters.latin {
        return by_trigrams(&sample).map_or(Lang::und(), |(lang, _)| lang);
    }
    latin_language(&sample, letters.latin, hint.as_ref())
}

/// Returns the tag that the program uses for a tag or locale as sites write it: `zh-TW` is `zh-Hant`, `en_US` is `en`.
pub fn canonical(tag: &str) -> Lang {
    let lower = tag.trim().replace('_', "-").to_ascii_lowercase();
    let mut parts = lower.split('-');
    let main = parts.next().unwrap_or_default();
    match main {
        "zh" | "cmn" | "yue" | "chi" | "zho" => {
            let rest: Vec<&str> = parts.collect();
            let traditional =
                main == "yue" || rest.iter().any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo" | "cht"));
            if traditional && !rest.contains(&"hans") { Lang::zh_hant() } else { Lang::zh_hans() }
        }
        "" | "und" | "x" => Lang::und(),
        "eng" => Lang::en(),
        _ if main.len() <= 3 && main.bytes().all(|byte| byte.is_ascii_alphabetic()) => Lang::new(main),
        _ => Lang::und(),
    }
}

fn count(sample: &str) -> Letters {
    let mut letters = Letters::default();
    for c in sample.chars() {
        match c {
            _ if fold::is_han(c) => {
                letters.han += 1;
                letters.traditional += usize::from(fold::is_traditional(c));
                letters.simplified += usize::from(fold::is_simplified(c));
            }
            '\u{3041}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => letters.kana += 1,
            '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}' => letters.hangul += 1,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => letters.latin += 1,
            _ => letters.other += usize::from(c.is_alphabetic()),
        }
    }
    letters
}

fn asian_language(letters: &Letters, hint: Option<&Lang>) -> Lang {
    if letters.hangul > letters.han.max(letters.kana) {
        return Lang::new("ko");
    }
    // Japanese holds a kana for every few characters; a Chinese text may hold the stray の of a brand.
    if letters.kana >= 2 && letters.kana * 8 >= letters.han {
        return Lang::new("ja");
    }
    if letters.traditional != letters.simplified {
        return if letters.traditional > letters.simplified { Lang::zh_hant() } else { Lang::zh_hans() };
    }
    match hint {
        Some(lang) if lang.is_chinese() || lang.as_str() == "ja" => lang.clone(),
        _ => Lang::zh_hans(),
    }
}

fn latin_language(sample: &str, latin: usize, hint: Option<&Lang>) -> Lang {
    let trigrams = by_trigrams(sample);
    if let Some((lang, sure)) = &trigrams
        && (latin >= LONG_ENOUGH && *sure || *lang == Lang::en())
    {
        return lang.clone();
    }
    let lower = sample.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let votes = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    let english = votes(ENGLISH);
    let (other, other_votes) =
        OTHERS.iter().map(|(tag, list)| (*tag, votes(list))).max_by_key(|(_, votes)| *votes).unwrap_or(("und", 0));
    if english > other_votes {
        return Lang::en();
    }
    if other_votes > english && other_votes >= 2 {
        return Lang::new(other);
    }
    if let Some((lang, true)) = trigrams {
        return lang;
    }
    if other_votes > english {
        return Lang::new(other);
    }
    hint.cloned().unwrap_or_else(Lang::en)
}

/// Asks whatlang; the second value says whether it is sure.
fn by_trigrams(sample: &str) -> Option<(Lang, bool)> {
    let info = whatlang::detect(sample)?;
    use whatlang::Lang as L;
    let tag = match info.lang() {
        L::Eng => "en",
        L::Deu => "de",
        L::Fra => "fr",
        L::Spa => "es",
        L::Ita => "it",
        L::Por => "pt",
        L::Nld => "nl",
        L::Rus => "ru",
        L::Ukr => "uk",
        L::Jpn => "ja",
        L::Kor => "ko",
        L::Vie => "vi",
        L::Ind => "id",
        L::Tur => "tr",
        L::Pol => "pl",
        L::Ces => "cs",
        L::Slk => "sk",
        L::Swe => "sv",
        L::Dan => "da",
        L::Nob => "no",
        L::Fin => "fi",
        L::Hun => "hu",
        L::Ron => "ro",
        L::Ell => "el",
        L::Ara => "ar",
        L::Heb => "he",
        L::Hin => "hi",
        L::Tha => "th",
        L::Pes => "fa",
        L::Bul => "bg",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Cat => "ca",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        other => other.code(),
    };
    Some((Lang::new(tag), info.is_reliable()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(detect(text, None).as_str(), expected, "{text}");
    }

    #[test]
    fn headlines_show_their_language() {
        check("陸外交部駁斥指控", "zh-Hant");
        check("国安部披露间谍案", "zh-Hans");
        check("OPPO 回应被起诉", "zh-Hans");
        check("軍情五處 MI5 示警 LinkedIn", "zh-Hant");
        check("China denies claim", "en");
        check("Beijing slams 'smear'", "en");
        check("MI5 chief warns MPs over China spies", "en");
        check("Festnahme wegen Spionage für China", "de");
        check("Deux hommes arrêtés pour espionnage au profit de la Chine", "fr");
        check("中国のスパイ容疑で男を逮捕", "ja");
        check("중국 간첩 혐의로 체포", "ko");
        check("Китай отверг обвинения в шпионаже", "ru");
        check("", "und");
        check("12:30 – 14", "und");
    }

    #[test]
    fn the_hint_decides_only_where_the_text_does_not() {
        let hint = |tag| Some(Lang::new(tag));
        assert_eq!(detect("中方回答", hint("zh-TW").as_ref()), Lang::zh_hant());
        assert_eq!(detect("中方回答", None), Lang::zh_hans());
        assert_eq!(detect("國安部指控", hint("zh-CN").as_ref()), Lang::zh_hant());
        assert_eq!(detect("MI5 warns of spies", hint("zh-TW").as_ref()), Lang::en());
    }

    #[test]
    fn locales_become_tags() {
        assert_eq!(canonical("zh_HK"), Lang::zh_hant());
        assert_eq!(canonical("zh-Hans-SG"), Lang::zh_hans());
        assert_eq!(canonical("en-GB"), Lang::en());
        assert_eq!(canonical("<script>"), Lang::und());
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_language(text in "\\PC{0,60}") {
            proptest::prop_assert!(!detect(&text, None).as_str().is_empty());
        }
    }
}
