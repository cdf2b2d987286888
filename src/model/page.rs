//! A page as it was fetched.

use jiff::Timestamp;

/// The answer to one request for a page: bytes, not yet text.
#[derive(Debug, Clone)]
pub struct FetchedPage {
    /// The address that answered, after redirects; `None` for a file with no known address.
    pub url: Option<String>,
    /// The Content-Type header.
    pub content_type: Option<String>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// When the answer was complete.
    pub fetched_at: Timestamp,
}
