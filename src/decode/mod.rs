//! Bytes to text: which charset a feed or a page is really in. The home of encoding_rs and chardetng.
//!
//! Labels lie: saved copies, proxies and templates announce one charset and send another. The bytes themselves are
//! heard first (byte-order marks, UTF-16 patterns, UTF-8 validity), then the labels, then a statistical guess. What the
//! text says is the business of others.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, ISO_8859_2, ISO_8859_4, ISO_8859_7, ISO_8859_13,
    ISO_8859_15, KOI8_R, KOI8_U, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1257,
};

#[cfg(test)]
mod tests;

/// How far into a document a label is looked for.
const LABEL_WITHIN: usize = 4096;

/// How many bytes the statistical guess reads.
const GUESS_FROM: usize = 256 * 1024;

/// Characters beyond ASCII by which a charset is guessed right, though one of them may be bad.
const ENOUGH_TO_TELL: usize = 20;

/// Bytes beyond ASCII by which a charset is not told without the language.
const FEW_BYTES: usize = 120;

/// Letters of which it tells that many are kana or Hangul.
const ENOUGH_OF_OWN: usize = 6;

mod ebcdic;
mod gzip;
mod levels;

#[cfg(test)]
pub(crate) use gzip::packed;
pub use gzip::{Unpacked, gunzip, is_gzip, unpack};

/// Text that was decoded, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The WHATWG name of the charset that was used.
    pub charset: &'static str,
    /// What had to be decided against the labels, in words for provenance; empty when the labels were right.
    pub repairs: Vec<String>,
}

/// Decodes an XML or JSON document (a feed, a sitemap).
pub fn xml(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    decode(bytes, Labels { inside: xml_label(bytes), header: header_label(content_type) })
}

/// Decodes an HTML page.
pub fn html(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let inside = meta_label(bytes).or_else(|| xml_label(bytes));
    decode(bytes, Labels { inside, header: header_label(content_type) })
}

/// What the document and its header call the charset.
struct Labels {
    inside: Option<String>,
    header: Option<String>,
}

impl Labels {
    /// The encodings named, the document's own first.
    fn encodings(&self) -> impl Iterator<Item = &'static Encoding> {
        [&self.inside, &self.header].into_iter().flatten().filter_map(|label| encoding_of(label))
    }

    /// The encodings named, the likelier first: the document's own, unless the two are charsets of single bytes, which fit any,
    /// and the letters speak for the server's.
    fn in_order(&self, bytes: &[u8]) -> Vec<&'static Encoding> {
        let mut named: Vec<_> = self.encodings().collect();
        if let [own, header] = named[..]
            && own != header
            && own.is_single_byte()
            && is_like(guess(bytes), header)
        {
            named.swap(0, 1);
        }
        named
    }

    /// What the labels say, for a message.
    fn said(&self) -> String {
        match (&self.inside, &self.header) {
            (Some(label), _) => format!("labelled {}", printable(label)),
            (None, Some(label)) => format!("labelled {} by the server", printable(label)),
            (None, None) => "not labelled".to_owned(),
        }
    }
}

fn decode(bytes: &[u8], labels: Labels) -> Decoded {
    if let Some(decoded) = wide(bytes) {
        return decoded;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Seven-bit and therefore valid UTF-8 too: its declaration has to be honoured before that test.
    if labels.encodings().any(|encoding| encoding == ISO_2022_JP) && bytes.contains(&0x1B) {
        return with(ISO_2022_JP, bytes, Vec::new());
    }
    // Its shifts to Japanese and back stand in nothing else.
    let shifts = |escape: &[u8]| memchr::memmem::find(bytes, escape).is_some();
    if bytes.is_ascii() && shifts(b"\x1B$") && (shifts(b"\x1B(B") || shifts(b"\x1B(J")) {
        return with(ISO_2022_JP, bytes, vec![format!("ISO-2022-JP, {}", labels.said())]);
    }
    if let Some(decoded) = utf8(bytes, &labels) {
        return decoded;
    }
    for encoding in labels.in_order(bytes) {
        if let Some(decoded) = labelled(encoding, bytes, &labels) {
            return decoded;
        }
    }
    // The limit is wider where the document itself says UTF-8: a short one has few sequences to outweigh a bad byte.
    let says_utf8 = labels.encodings().any(|encoding| encoding == UTF_8);
    if mostly_utf8(bytes, if says_utf8 { 2 } else { 4 }) {
        return with(UTF_8, bytes, vec![format!("UTF-8 with bad bytes replaced, {}", labels.said())]);
    }
    let guess = guess(bytes);
    with(guess, bytes, vec![format!("charset guessed as {}, {}", widened(guess).name(), labels.said())])
}

/// Decodes UTF-16, UTF-32 and EBCDIC, told by a byte-order mark, the zero bytes around the first sign or the first four bytes.
fn wide(bytes: &[u8]) -> Option<Decoded> {
    let unmarked = |name: &str| vec![format!("{name} without a byte-order mark")];
    if let Some(text) = ebcdic::decode(bytes) {
        return Some(Decoded { text, charset: "IBM037", repairs: vec!["EBCDIC read as IBM037".to_owned()] });
    }
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => Some(utf32(rest, u32::from_le_bytes, "UTF-32LE", Vec::new())),
        [0, 0, 0xFE, 0xFF, rest @ ..] => Some(utf32(rest, u32::from_be_bytes, "UTF-32BE", Vec::new())),
        [0xFF, 0xFE, rest @ ..] => Some(with(encoding_rs::UTF_16LE, rest, Vec::new())),
        [0xFE, 0xFF, rest @ ..] => Some(with(encoding_rs::UTF_16BE, rest, Vec::new())),
        [b'<' | b'{', 0, 0, 0, ..] => Some(utf32(bytes, u32::from_le_bytes, "UTF-32LE", unmarked("UTF-32LE"))),
        [0, 0, 0, b'<' | b'{', ..] => Some(utf32(bytes, u32::from_be_bytes, "UTF-32BE", unmarked("UTF-32BE"))),
        [b'<' | b'{' | b'\n' | b'\r' | b' ', 0, second, 0, ..] if *second != 0 => {
            Some(with(encoding_rs::UTF_16LE, bytes, unmarked("UTF-16LE")))
        }
        [0, b'<' | b'{' | b'\n' | b'\r' | b' ', 0, second, ..] if *second != 0 => {
            Some(with(encoding_rs::UTF_16BE, bytes, unmarked("UTF-16BE")))
        }
        _ => None,
    }
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32, charset: &'static str, repairs: Vec<String>) -> Decoded {
    let scalar = |chunk: &[u8]| {
        let number = <[u8; 4]>::try_from(chunk).map(read).unwrap_or(0xFFFD);
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let text: String = bytes.chunks_exact(4).map(scalar).collect();
    Decoded { text: without_mark(&text), charset, repairs }
}

/// Takes what is UTF-8, whatever the labels say: no other charset passes for it by accident.
fn utf8(bytes: &[u8], labels: &Labels) -> Option<Decoded> {
    if bytes.is_ascii() {
        return Some(with(UTF_8, bytes, Vec::new()));
    }
    let labelled_otherwise = labels.encodings().next().is_some_and(|encoding| encoding != UTF_8);
    let mut repairs = Vec::new();
    if labelled_otherwise {
        repairs.push(format!("UTF-8, {}", labels.said()));
    }
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(Decoded { text: without_mark(text), charset: UTF_8.name(), repairs }),
        // `None` means that the text ends within a sign: the answer was cut, the rest of it is sound.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            repairs.push("cut within the last character".to_owned());
            &bytes[..error.valid_up_to()]
        }
        // A few bad bytes in much good UTF-8. GBK and Big5 would accept most of it as other characters, so this has
        // to come before the labels.
        Err(_) if mostly_utf8(bytes, 50) => {
            repairs.push("UTF-8 with bad bytes replaced".to_owned());
            bytes
        }
        Err(_) => return None,
    };
    let only_the_tail = whole.len() < bytes.len() && whole.is_ascii();
    (!only_the_tail).then(|| with(UTF_8, whole, repairs))
}

/// Says whether at most one in `share` of the sequences beyond ASCII is not UTF-8.
fn mostly_utf8(bytes: &[u8], share: usize) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * share <= good + bad && good > 0
}

/// Decodes by a label, when the bytes fit it.
fn labelled(encoding: &'static Encoding, bytes: &[u8], labels: &Labels) -> Option<Decoded> {
    if encoding == UTF_8 {
        return None;
    }
    if encoding == WINDOWS_1252 {
        // Western labels are what servers send when nobody set one, and they fit any bytes.
        let guessed = guess(bytes);
        let east_asian = [GBK, GB18030, BIG5, EUC_JP, EUC_KR, SHIFT_JIS].contains(&guessed);
        if east_asian && strictly(guessed, bytes).is_some() {
            return Some(with(guessed, bytes, vec![format!("{}, {}", widened(guessed).name(), labels.said())]));
        }
        // No Western text is of accented letters alone.
        let (ascii, foreign) =
            (bytes.iter().filter(|byte| byte.is_ascii_alphabetic()), bytes.iter().filter(|byte| **byte >= 0xC0));
        let is_cyrillic = [WINDOWS_1251, KOI8_R, KOI8_U].contains(&guessed);
        if is_cyrillic && foreign.count() * 3 > ascii.count() {
            return Some(with(guessed, bytes, vec![format!("{}, {}", guessed.name(), labels.said())]));
        }
    }
    if let Some(other) = by_its_letters(encoding, bytes).or_else(|| by_its_controls(encoding, bytes)) {
        return Some(with(other, bytes, vec![format!("{}, {}", widened(other).name(), labels.said())]));
    }
    let strict = widened(encoding).decode_without_bom_handling_and_without_replacement(bytes);
    if let Some(guessed) = strict.as_deref().filter(|text| is_doubtful(text)).and_then(|_| otherwise(encoding, bytes)) {
        return Some(with(guessed, bytes, vec![format!("{}, {}", widened(guessed).name(), labels.said())]));
    }
    if strict.is_some() {
        return Some(with(encoding, bytes, not_first(encoding, labels)));
    }
    // One bad byte, or a tail that was cut, does not make the label wrong.
    let (text, _) = widened(encoding).decode_without_bom_handling(bytes);
    let bad = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    // Where another charset fits all of them, and there are enough to tell by, the label is wrong. Those of single bytes fit
    // anything.
    let can_be_told = bad > 1 || foreign >= ENOUGH_TO_TELL;
    let fits = |other: &'static Encoding| {
        is_doubtful(&text) && other != WINDOWS_1252 || can_be_told && !other.is_single_byte()
    };
    if (can_be_told || is_doubtful(&text)) && otherwise(encoding, bytes).is_some_and(fits) {
        return None;
    }
    let few_bad = bad <= 1 || bad * 20 <= foreign;
    few_bad.then(|| {
        let mut repairs = not_first(encoding, labels);
        repairs.push(format!("{} with bad bytes replaced", widened(encoding).name()));
        with(encoding, bytes, repairs)
    })
}

/// The charset that a text of another label is in, where its letters leave no doubt: kana and Hangul come of no other charset
/// by accident, and of two Cyrillic charsets one gives words and the other none.
fn by_its_letters(encoding: &'static Encoding, bytes: &[u8]) -> Option<&'static Encoding> {
    let guessed = Some(guess(bytes)).filter(|guessed| !is_like(guessed, encoding))?;
    let cyrillic = [WINDOWS_1251, KOI8_R, KOI8_U];
    if cyrillic.contains(&encoding) {
        let letters = bytes.iter().filter(|byte| **byte >= 0xC0).count();
        return Some(guessed).filter(|guessed| cyrillic.contains(guessed) && letters >= ENOUGH_TO_TELL);
    }
    if encoding.is_single_byte() {
        return None;
    }
    if ![SHIFT_JIS, EUC_JP, EUC_KR].contains(&guessed) {
        return levels::chinese(encoding, bytes).filter(|other| strictly(other, bytes).is_some());
    }
    (has_own_letters(guessed, bytes, ENOUGH_TO_TELL) && levels::are_daily(guessed, bytes)).then_some(guessed)
}

/// Says whether of the letters that bytes give in a charset, as many as that at least, many are kana or Hangul.
fn has_own_letters(encoding: &'static Encoding, bytes: &[u8], fewest: usize) -> bool {
    let Some(text) = strictly(encoding, bytes) else { return false };
    let foreign = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let own = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}')).count();
    foreign >= fewest && own * 3 > foreign
}

/// The charset of Windows that has letters and quotation marks where its standard twin has control characters, which nobody
/// writes.
fn by_its_controls(encoding: &'static Encoding, bytes: &[u8]) -> Option<&'static Encoding> {
    const TWINS: [(&Encoding, &Encoding); 5] = [
        (ISO_8859_2, WINDOWS_1250),
        (ISO_8859_4, WINDOWS_1257),
        (ISO_8859_7, WINDOWS_1253),
        (ISO_8859_13, WINDOWS_1257),
        (ISO_8859_15, WINDOWS_1252),
    ];
    let (_, twin) = TWINS.into_iter().find(|(standard, _)| *standard == encoding)?;
    bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F)).then_some(twin)
}

/// Says whether a text holds characters that nobody writes, as bytes read in the wrong charset give: of private use.
fn is_doubtful(text: &str) -> bool {
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    text.chars().filter(|c| matches!(c, '\u{E000}'..='\u{F8FF}')).count() * 50 > foreign
}

/// The charset that fits bytes better than the one that they are labelled as.
fn otherwise(encoding: &'static Encoding, bytes: &[u8]) -> Option<&'static Encoding> {
    let guessed = Some(guess(bytes)).filter(|guessed| *guessed != encoding)?;
    let text = strictly(guessed, bytes)?;
    (!is_doubtful(&text)).then_some(guessed)
}

/// Says that the first label was passed over, when it was.
fn not_first(encoding: &'static Encoding, labels: &Labels) -> Vec<String> {
    let is_first = labels.encodings().next() == Some(encoding);
    if is_first { Vec::new() } else { vec![format!("{}, {}", widened(encoding).name(), labels.said())] }
}

/// Says whether two are the same but for a few letters of Ukrainian.
fn is_like(one: &'static Encoding, other: &'static Encoding) -> bool {
    one == other || [one, other].iter().all(|encoding| [KOI8_R, KOI8_U].contains(encoding))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let bytes = &bytes[..bytes.len().min(GUESS_FROM)];
    let detector_without = |strange: &[u8]| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        // Nor is the end told: the bytes may end within a character.
        for part in bytes.split(|byte| strange.contains(byte)) {
            detector.feed(part, false);
        }
        detector
    };
    let of = |detector: &EncodingDetector, country: Option<&[u8]>| detector.guess(country, Utf8Detection::Deny);
    // No charset has the first in a text, and windows-1251 alone lacks the second: the detector would give up the right charset
    // for one of them.
    let mut detector = detector_without(&[0xFF]);
    if of(&detector, None).is_single_byte() && bytes.contains(&0x98) {
        detector = detector_without(&[0xFF, 0x98]);
    }
    let mut guessed = of(&detector, None);
    let are_few = || bytes.iter().filter(|byte| !byte.is_ascii()).count() <= FEW_BYTES;
    let is_certain =
        || [SHIFT_JIS, EUC_JP, EUC_KR].contains(&guessed) && has_own_letters(guessed, bytes, ENOUGH_OF_OWN);
    if let Some(country) = country_of(bytes).filter(|_| are_few() && !is_certain()) {
        guessed = of(&detector, Some(country));
    }
    // So it does for a byte that was lost, and no Western text has hardly a letter of ASCII between the others.
    if guessed == WINDOWS_1252 { levels::damaged(bytes).unwrap_or(guessed) } else { guessed }
}

/// The country, as the domain of its sites, whose language a document says that it is in: a few words tell little else.
fn country_of(bytes: &[u8]) -> Option<&'static [u8]> {
    let head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    let behind = |sign: &[u8]| find(head, sign).map(|at| head[at + sign.len()..].trim_ascii_start());
    let said = [b"<language>".as_slice(), b"<dc:language>", b"xml:lang=\"", b"xml:lang='", b"<html lang=\""];
    let tag = said.iter().find_map(|sign| behind(sign))?;
    let end = tag.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-').unwrap_or(tag.len());
    let tag = String::from_utf8_lossy(&tag[..end.min(12)]).to_ascii_lowercase();
    let (language, rest) = tag.split_once('-').unwrap_or((&tag, ""));
    Some(match language {
        "ja" => b"jp",
        "ko" => b"kr",
        "ru" => b"ru",
        "uk" => b"ua",
        "bg" => b"bg",
        "el" => b"gr",
        "he" => b"il",
        "th" => b"th",
        "vi" => b"vn",
        "zh" if rest.contains("tw") || rest.contains("hant") => b"tw",
        "zh" if rest.contains("hk") || rest.contains("mo") => b"hk",
        "zh" => b"cn",
        _ => return None,
    })
}

/// Decodes bytes that fit a charset to the last, or to the character within which they end.
fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    /// No character of a charset that is guessed has more bytes.
    const LONGEST_CHARACTER: usize = 4;
    let ends = (bytes.len().saturating_sub(LONGEST_CHARACTER - 1)..=bytes.len()).rev();
    let mut read =
        ends.filter_map(|end| widened(encoding).decode_without_bom_handling_and_without_replacement(&bytes[..end]));
    read.next().map(|text| text.into_owned())
}

/// GB2312 and GBK pages hold characters that only GB18030 has, and it reads both. WHATWG's Big5 is Big5-HKSCS already.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn with(encoding: &'static Encoding, bytes: &[u8], repairs: Vec<String>) -> Decoded {
    let (text, _) = widened(encoding).decode_without_bom_handling(bytes);
    Decoded { text: without_mark(&text), charset: widened(encoding).name(), repairs }
}

/// Takes byte-order marks off the front; concatenated templates leave several.
fn without_mark(text: &str) -> String {
    text.trim_start_matches('\u{FEFF}').to_owned()
}

/// The encoding of a label, by WHATWG's list and a few names that East Asian sites use beside it.
fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let beside = match label.trim().to_ascii_lowercase().as_str() {
        "cp936" | "ms936" | "windows-936" | "euc-cn" | "gb-2312" | "gb_18030" | "gb-18030" => Some(GBK),
        "cp950" | "ms950" | "windows-950" | "big-5" | "big5hkscs" | "big5-eten" | "big5_hkscs" => Some(BIG5),
        "cp932" | "windows-932" => Some(SHIFT_JIS),
        "cp949" | "ms949" | "uhc" => Some(EUC_KR),
        "utf_8" | "utf-8-sig" => Some(UTF_8),
        _ => None,
    };
    beside
        .or_else(|| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::REPLACEMENT && *encoding != encoding_rs::X_USER_DEFINED)
}

/// The encoding named in `<?xml ... encoding="..."?>`.
fn xml_label(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    let start = find(head, b"<?xml")?;
    let declaration = &head[start..];
    let declaration = &declaration[..find(declaration, b"?>")?];
    value_after(declaration, b"encoding")
}

/// The charset named in a `<meta>`, in either of its forms.
fn meta_label(bytes: &[u8]) -> Option<String> {
    let mut head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    while let Some(start) = find(head, b"<meta") {
        let tag = &head[start..];
        let end = find(tag, b">").unwrap_or(tag.len());
        if let Some(label) = value_after(&tag[..end], b"charset") {
            return Some(label);
        }
        head = &tag[end..];
    }
    None
}

fn header_label(content_type: Option<&str>) -> Option<String> {
    value_after(content_type?.as_bytes(), b"charset")
}

/// Reads `name = "value"`, with or without quotes.
fn value_after(text: &[u8], name: &[u8]) -> Option<String> {
    let after = text[find(text, name)? + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let after = after.trim_ascii_start();
    let after = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/' | b'?') || byte.is_ascii_whitespace();
    let value = &after[..after.iter().position(is_end).unwrap_or(after.len())];
    (!value.is_empty()).then(|| String::from_utf8_lossy(value).into_owned())
}

/// Finds ASCII text, whatever its case.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// A label as it may stand in a message.
fn printable(label: &str) -> String {
    label.chars().filter(|c| c.is_ascii_graphic()).take(40).collect()
}

/// Encodes a text in a charset named by its label; `None` when the label is unknown or the charset lacks a character.
pub fn encode(text: &str, label: &str) -> Option<Vec<u8>> {
    let charset = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let (bytes, _, lacking) = charset.encode(text);
    if lacking { None } else { Some(bytes.into_owned()) }
}
