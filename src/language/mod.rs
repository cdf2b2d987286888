//! Language, script and region of a text; sentences and paragraphs. The home of whatlang.

mod segment;

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

pub use segment::{Sentence, clauses, paragraphs, sentences};

use crate::fold;
use crate::model::Lang;

/// As much of a text as is looked at: a language shows long before that.
const SAMPLE_CHARS: usize = 8_000;

/// Latin letters from which on whatlang is believed without a second look.
const LONG_ENOUGH: usize = 120;

/// So many words of a text are enough to count by.
const MOST_WORDS: usize = 400;

/// From so many words on, a clear majority of common English words decides alone.
const ENOUGH_WORDS: usize = 25;

/// Common words that make a line English, and that the neighbouring languages do not have, or not as often; and words of
/// this subject's headlines.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "for", "with", "says", "said", "after", "over", "from", "by", "its", "his", "as", "at",
    "is", "are", "was", "were", "has", "have", "what", "how", "why", "who", "that", "this", "not", "up", "out", "new",
    "into", "against", "about", "denies", "denied", "accused", "accuses", "chinese", "china's", "be", "will", "would",
    "their", "on", "in", "a", "an", "he", "she", "it", "they", "we", "you", "but", "or", "had", "been", "than",
    "which", "when", "where", "can", "could", "should", "more", "no", "one", "two", "also", "claims", "claim", "spy",
    "spying", "hackers", "hacking", "charged", "warns", "slams", "arrested", "court", "man", "woman", "minister",
    "report", "us",
];

/// Common words of other languages written in Latin letters, and letters that few but they have.
const OTHERS: &[(&str, &[&str], &str)] = &[
    (
        "de",
        &[
            "der",
            "die",
            "das",
            "und",
            "mit",
            "für",
            "wegen",
            "gegen",
            "nach",
            "von",
            "ist",
            "im",
            "zu",
            "auf",
            "bei",
            "ein",
            "eine",
            "einen",
            "den",
            "dem",
            "des",
            "sich",
            "nicht",
            "aus",
            "als",
            "vor",
            "wird",
            "werden",
            "zum",
            "zur",
            "über",
            "soll",
            "haben",
            "weist",
            "vorwürfe",
            "spionage",
            "verdacht",
            "auch",
        ],
        "äöüß",
    ),
    (
        "fr",
        &[
            "le",
            "les",
            "des",
            "et",
            "pour",
            "une",
            "dans",
            "du",
            "avec",
            "est",
            "sur",
            "aux",
            "par",
            "la",
            "en",
            "au",
            "un",
            "de",
            "qui",
            "que",
            "pas",
            "chine",
            "chinois",
            "chinoise",
            "espionnage",
            "accusé",
            "ont",
            "après",
            "ses",
            "son",
            "d'espionnage",
            "contre",
            "dément",
        ],
        "éèêçàùœ",
    ),
    (
        "es",
        &[
            "el",
            "los",
            "las",
            "del",
            "por",
            "una",
            "con",
            "para",
            "que",
            "y",
            "la",
            "en",
            "al",
            "de",
            "un",
            "su",
            "se",
            "como",
            "más",
            "espionaje",
            "acusa",
            "niega",
            "china",
            "tras",
            "contra",
        ],
        "ñ¿¡óíá",
    ),
    (
        "it",
        &[
            "il",
            "gli",
            "della",
            "di",
            "per",
            "con",
            "una",
            "che",
            "nel",
            "la",
            "del",
            "un",
            "le",
            "dei",
            "alla",
            "è",
            "cina",
            "cinese",
            "cinesi",
            "spionaggio",
            "accusa",
            "contro",
            "da",
            "non",
            "sono",
        ],
        "èìòù",
    ),
    (
        "pt",
        &[
            "os",
            "do",
            "da",
            "por",
            "uma",
            "com",
            "para",
            "não",
            "em",
            "de",
            "que",
            "e",
            "o",
            "dos",
            "das",
            "ao",
            "no",
            "na",
            "espionagem",
            "acusa",
            "nega",
            "contra",
            "após",
        ],
        "ãõçâ",
    ),
    (
        "nl",
        &[
            "het", "van", "een", "voor", "met", "op", "naar", "de", "en", "te", "dat", "zijn", "niet", "door",
            "wegens", "chinese", "bij", "uit", "over", "aan", "spionage", "om",
        ],
        "ĳ",
    ),
    ("sv", &["och", "att", "för", "med", "som", "av", "till", "från", "inte", "är", "på", "kina", "misstänks"], "åäö"),
    ("da", &["og", "at", "for", "med", "som", "af", "til", "fra", "ikke", "er", "på", "kina", "det", "den"], "åæø"),
    ("pl", &["w", "na", "z", "do", "się", "nie", "przez", "oraz", "chin", "chiny", "szpiegostwo", "za"], "ąęłńśźż"),
    ("cs", &["v", "na", "se", "že", "čína", "pro", "čínský", "který", "podle", "nebo"], "ěščřžů"),
    ("id", &["yang", "dan", "di", "dari", "untuk", "dengan", "tidak", "dalam", "pada", "tiongkok", "cina", "ini"], ""),
    ("tr", &["ve", "bir", "için", "ile", "bu", "çin", "olarak", "casusluk"], "ğışı"),
    ("vi", &["và", "của", "là", "trung", "quốc", "các", "những", "với"], "ơưđạảấầ"),
];

/// Han characters as only Japanese writes them.
const JAPANESE: &str = "関駆県応実対図売読験権様辺経済働込総続検専発広変戦価営駅円気団圏竜悪巻歩徴歳処拠拡択担挙摂枢桜沢渋渓満焼疎単厳巣鉄銭録隠雑霊顔騒両覧観訳証諜釈舗";

/// What a text is written with.
#[derive(Default)]
struct Letters {
    han: usize,
    traditional: usize,
    simplified: usize,
    /// Written by Japanese only.
    japanese: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    other: usize,
}

/// Tells the language of a text, Chinese with its script. The hint decides only where the text does not.
pub fn detect(text: &str, hint: Option<&Lang>) -> Lang {
    let sample = text.char_indices().nth(SAMPLE_CHARS).map_or(text, |(end, _)| &text[..end]);
    let letters = count(sample);
    let hint = hint.map(|lang| canonical(lang.as_str())).filter(|lang| *lang != Lang::und());
    let asian = letters.han + letters.kana + letters.hangul;
    // One Han character says as much as three Latin letters: names in Latin stand in many Chinese headlines.
    if asian * 3 > letters.latin + letters.other {
        return asian_language(sample, &letters, hint.as_ref());
    }
    if letters.latin + letters.other < 3 {
        return hint.unwrap_or_else(Lang::und);
    }
    if letters.other > letters.latin {
        return by_trigrams(sample).map_or(Lang::und(), |(lang, _)| lang);
    }
    latin_language(sample, letters.latin, hint.as_ref())
}

/// Tells the language of a part of a text: a paragraph of Chinese in an English article, or the other way round, is read by
/// its own rules; anything else is in the language of the whole.
pub fn of_part(part: &str, whole: &Lang) -> Lang {
    let english = *whole == Lang::en();
    if !english && !whole.is_chinese() || english && part.is_ascii() {
        return whole.clone();
    }
    let letters = count(part);
    let other =
        if english { letters.han * 3 > letters.latin } else { letters.latin >= 30 && letters.han * 12 < letters.latin };
    if !other {
        return whole.clone();
    }
    let found = detect(part, None);
    if found.is_chinese() || found == Lang::en() { found } else { whole.clone() }
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

/// Says whether only Japanese writes a Han character so.
fn is_japanese(c: char) -> bool {
    const BLOCK: std::ops::Range<u32> = 0x4e00..0xa000;
    // Asked of each character of each text: a list would be read to its end for nearly all.
    static WRITTEN: LazyLock<Vec<bool>> =
        LazyLock::new(|| BLOCK.map(|code| char::from_u32(code).is_some_and(|c| JAPANESE.contains(c))).collect());
    u32::from(c).checked_sub(BLOCK.start).and_then(|at| WRITTEN.get(at as usize)).is_some_and(|written| *written)
}

fn count(sample: &str) -> Letters {
    let mut letters = Letters::default();
    for c in sample.chars() {
        match c {
            _ if fold::is_han(c) => {
                letters.han += 1;
                letters.traditional += usize::from(fold::is_traditional(c));
                letters.simplified += usize::from(fold::is_simplified(c));
                letters.japanese += usize::from(is_japanese(c));
            }
            '\u{3041}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => letters.kana += 1,
            '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}' => letters.hangul += 1,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => letters.latin += 1,
            // Punctuation, which the table of letters takes long to be asked for.
            '\0'..='\u{7f}' | '\u{2010}'..='\u{2064}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => {}
            '\u{ff01}'..='\u{ff20}' => {}
            _ => letters.other += usize::from(c.is_alphabetic()),
        }
    }
    letters
}

fn asian_language(sample: &str, letters: &Letters, hint: Option<&Lang>) -> Lang {
    if letters.hangul > letters.han.max(letters.kana) {
        return Lang::new("ko");
    }
    // Japanese holds a kana for every few characters; a Chinese text may hold the stray の of a brand.
    let stray = letters.kana == sample.matches('の').count() && letters.kana < 2;
    let japanese = letters.japanese * 8 >= letters.han && letters.japanese > 0;
    if letters.kana > 0 && !stray && letters.kana * 12 >= letters.han
        || letters.kana > 0 && japanese
        || letters.japanese * 5 >= letters.han && letters.japanese > letters.traditional.max(letters.simplified)
    {
        return Lang::new("ja");
    }
    if letters.traditional != letters.simplified {
        return if letters.traditional > letters.simplified { Lang::zh_hant() } else { Lang::zh_hans() };
    }
    match hint {
        Some(lang) if lang.is_chinese() || lang.as_str() == "ja" => lang.clone(),
        // Corner brackets are the quotation marks of Traditional Chinese.
        _ if sample.contains(['「', '」', '『', '』', '︰', '﹐']) => Lang::zh_hant(),
        _ => Lang::zh_hans(),
    }
}

fn latin_language(sample: &str, latin: usize, hint: Option<&Lang>) -> Lang {
    let votes = Votes::of(sample);
    let (other, others) = votes.others;
    // Asking for trigrams costs more than all the rest; a text full of English words needs none.
    let plainly_english = votes.words >= ENOUGH_WORDS && votes.english * 5 >= votes.words && votes.english > 2 * others;
    if plainly_english {
        return Lang::en();
    }
    let trigrams = by_trigrams(sample);
    if let Some((lang, sure)) = &trigrams
        && (latin >= LONG_ENOUGH && *sure || *lang == Lang::en() && votes.english >= others)
    {
        return lang.clone();
    }
    if votes.english > others {
        return Lang::en();
    }
    if others > votes.english && others >= 2 {
        return Lang::new(other);
    }
    if let Some((lang, true)) = trigrams {
        return lang;
    }
    if others > votes.english {
        return Lang::new(other);
    }
    hint.cloned().unwrap_or_else(Lang::en)
}

/// How many words of a text speak for English, and for the best of the others.
struct Votes {
    words: usize,
    english: usize,
    others: (&'static str, usize),
}

impl Votes {
    fn of(sample: &str) -> Self {
        let (mut words, mut english) = (0, 0);
        let mut others = [0_usize; OTHERS.len()];
        let printed = sample.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        for word in printed.take(MOST_WORDS) {
            words += 1;
            let word = &*if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() };
            let listed = LISTED.get(word).copied().unwrap_or_default();
            english += usize::from(listed & 1 == 1);
            // Most words are English, or nobody's in particular.
            if listed <= 1 && word.is_ascii() {
                continue;
            }
            for (number, (_, _, letters)) in OTHERS.iter().enumerate() {
                // A letter of the language's own makes a word its own.
                let own = !word.is_ascii() && word.contains(|c| letters.contains(c));
                others[number] += usize::from(own || listed >> (number + 1) & 1 == 1);
            }
        }
        // Of equals the first of the list, which has the larger press.
        let best = (0..OTHERS.len()).rev().max_by_key(|number| others[*number]).unwrap_or(0);
        Self { words, english, others: (OTHERS[best].0, others[best]) }
    }
}

/// By word: the first bit for English, the next for each of the others.
static LISTED: LazyLock<HashMap<&'static str, u32, RandomState>> = LazyLock::new(|| {
    let mut listed = HashMap::default();
    for word in ENGLISH {
        *listed.entry(*word).or_default() |= 1;
    }
    for (number, (_, words, _)) in OTHERS.iter().enumerate() {
        for word in *words {
            *listed.entry(*word).or_default() |= 1 << (number + 1);
        }
    }
    listed
});

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
        check("中国外務省、関与を否定", "ja");
        check("蘋果の新聞", "zh-Hant");
        check("中方回答「不知」", "zh-Hant");
        check("China weist Vorwürfe der Spionage zurück", "de");
        check("La Chine dément toute ingérence", "fr");
        check("China niega acusaciones de espionaje", "es");
        check("La Cina respinge le accuse di spionaggio", "it");
        check("Beijing lodges protest", "en");
        check("Embassy rejects Berlin claims", "en");
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
    fn a_part_in_another_script_is_read_by_its_own_rules() {
        let part = |part: &str, whole| of_part(part, &Lang::new(whole)).as_str().to_owned();
        assert_eq!(part("外交部發言人駁斥指控。", "en"), "zh-Hant");
        assert_eq!(part("The ministry said that the report was entirely false.", "zh-Hans"), "en");
        assert_eq!(part("MI5 警告議員提防 LinkedIn 上的獵頭。", "zh-Hant"), "zh-Hant");
        assert_eq!(part("Das Ministerium wies den Bericht zurück, hieß es am Abend.", "zh-Hans"), "zh-Hans");
        assert_eq!(part("The ministry said no.", "de"), "de");
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
