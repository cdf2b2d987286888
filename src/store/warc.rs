//! WARC 1.1 records, each one gzip member: what is written and how it is read back. No files here.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The most that a member may unpack to; far above every limit of a fetch.
const LARGEST_RECORD: u64 = 256 << 20;

/// Headers that speak of the transfer and not of the body as it is kept; they are kept under another name.
const OF_THE_TRANSFER: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
];

/// One answer, or one file, to be kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    /// The address that answered.
    pub(super) url: &'a str,
    /// When.
    pub(super) at: Timestamp,
    /// The status; `None` for a file.
    pub(super) status: Option<u16>,
    /// The headers as received.
    pub(super) headers: &'a [(String, String)],
    /// The body, decompressed.
    pub(super) body: &'a [u8],
}

/// Makes the first member of a file.
pub(super) fn info(file: &str, at: Timestamp, made_by: &str) -> Vec<u8> {
    let block = format!("software: {}\r\nformat: WARC File Format 1.1\r\n", line(made_by));
    let fields = [("WARC-Filename", file.to_owned()), ("Content-Type", "application/warc-fields".to_owned())];
    member("warcinfo", at, &fields, &[block.as_bytes()])
}

/// Makes the member of one answer.
pub(super) fn answer(answer: &Answer) -> Vec<u8> {
    let digest = format!("sha256:{}", base32(&Sha256::digest(answer.body)));
    let mut fields = vec![("WARC-Target-URI", uri(answer.url)), ("WARC-Payload-Digest", digest)];
    let Some(status) = answer.status else {
        fields.push(("Content-Type", content_type(answer.headers)));
        return member("resource", answer.at, &fields, &[answer.body]);
    };
    fields.push(("Content-Type", "application/http;msgtype=response".to_owned()));
    let head = http_head(status, answer);
    member("response", answer.at, &fields, &[head.as_bytes(), answer.body])
}

/// Returns the body that a member holds.
pub(super) fn body(member: &[u8]) -> Result<Vec<u8>, String> {
    let mut record = Vec::new();
    let unpacked = GzDecoder::new(member).take(LARGEST_RECORD).read_to_end(&mut record);
    unpacked.map_err(|error| format!("the member does not unpack: {error}"))?;
    let (head, block) = split_head(&record).ok_or("the member is no WARC record")?;
    let head = String::from_utf8_lossy(head);
    let length = head_field(&head, "content-length").and_then(|value| value.parse::<usize>().ok());
    let block = length.and_then(|length| block.get(..length)).ok_or("the record is shorter than it says")?;
    if head_field(&head, "warc-type") == Some("resource") {
        return Ok(block.to_vec());
    }
    let (_, payload) = split_head(block).ok_or("the record holds no HTTP answer")?;
    Ok(payload.to_vec())
}

/// Returns the SHA-256 of bytes in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Writes bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Draws a random id in the form of a UUID of version 4.
pub(super) fn random_id() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("every system this runs on has a source of random bytes");
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

fn member(kind: &str, at: Timestamp, fields: &[(&str, String)], block: &[&[u8]]) -> Vec<u8> {
    let length: usize = block.iter().map(|part| part.len()).sum();
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\n", random_id());
    head += &format!("WARC-Date: {at:.6}\r\n");
    for (name, value) in fields {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {length}\r\n\r\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let mut put = |bytes: &[u8]| packed.write_all(bytes).expect("writing to memory does not fail");
    put(head.as_bytes());
    block.iter().for_each(|part| put(part));
    put(b"\r\n\r\n");
    packed.finish().expect("writing to memory does not fail")
}

fn http_head(status: u16, answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in answer.headers {
        let name: String = name.chars().filter(|c| c.is_ascii_graphic() && *c != ':').collect();
        let own = if OF_THE_TRANSFER.contains(&name.to_ascii_lowercase().as_str()) { "X-Archive-Orig-" } else { "" };
        head += &format!("{own}{name}: {}\r\n", line(value));
    }
    head + &format!("Content-Length: {}\r\n\r\n", answer.body.len())
}

fn content_type(headers: &[(String, String)]) -> String {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    found.map_or_else(|| "application/octet-stream".to_owned(), |(_, value)| line(value))
}

/// Takes out what would end a header line early.
fn line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// Writes an address, or the path of a file, so that it can stand in a header line.
fn uri(url: &str) -> String {
    let scheme = if url.contains(':') { "" } else { "file:" };
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>');
    let text = url.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    scheme.chars().map(String::from).chain(text).collect()
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((&bytes[..end], &bytes[end + 4..]))
}

fn head_field<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
}

/// Writes bytes in base32 of RFC 4648 without padding, the form in which archives write digests.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let digit = |start: usize| (start..start + 5).fold(0, |digit, at| digit * 2 + bit(at));
    (0..bytes.len() * 8).step_by(5).map(|start| char::from(ALPHABET[digit(start)])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(member: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(member).read_to_string(&mut text).expect("a whole member of text");
        text
    }

    fn check_base32(bytes: &str, expected: &str) {
        assert_eq!(base32(bytes.as_bytes()), expected);
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        check_base32("", "");
        check_base32("f", "MY");
        check_base32("fo", "MZXQ");
        check_base32("foo", "MZXW6");
        check_base32("foobar", "MZXW6YTBOI");
    }

    #[test]
    fn an_answer_is_a_response_record() {
        let headers = [
            ("Content-Type".to_owned(), "text/html".to_owned()),
            ("content-encoding".to_owned(), "br".to_owned()),
            ("X-Odd".to_owned(), "one\r\ntwo: three".to_owned()),
        ];
        let at = "2026-01-02T03:04:05Z".parse().expect("a time");
        let url = "https://news.example/\u{5831}?a=b c";
        let text = record(&answer(&Answer { url, at, status: Some(200), headers: &headers, body: b"hello" }));
        let (head, block) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:"), "{head}");
        assert!(head.contains("\r\nWARC-Date: 2026-01-02T03:04:05.000000Z\r\n"), "{head}");
        assert!(head.contains("\r\nWARC-Target-URI: https://news.example/%E5%A0%B1?a=b%20c\r\n"), "{head}");
        let digest = "\r\nWARC-Payload-Digest: sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA\r\n";
        assert!(head.contains(digest), "{head}");
        let http = "HTTP/1.1 200\r\nContent-Type: text/html\r\nX-Archive-Orig-content-encoding: br\r\n\
                    X-Odd: one  two: three\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(block, format!("{http}\r\n\r\n"));
        assert!(head.ends_with(&format!("Content-Length: {}", http.len())), "{head}");
    }

    proptest! {
        #[test]
        fn a_body_comes_back(
            body in prop::collection::vec(any::<u8>(), 0..2000),
            url in ".*",
            headers in prop::collection::vec((".*", ".*"), 0..4),
            status in prop::option::of(100u16..600),
        ) {
            let kept = Answer { url: &url, at: Timestamp::UNIX_EPOCH, status, headers: &headers, body: &body };
            prop_assert_eq!(super::body(&answer(&kept)), Ok(body));
        }

        #[test]
        fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = super::body(&bytes);
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&bytes).expect("memory");
            let _ = super::body(&packed.finish().expect("memory"));
        }
    }
}
