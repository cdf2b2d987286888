//! From a fetched page to its article. The home of dom_smoothie.

use jiff::tz::TimeZone;

use crate::model::{Article, DropReason, FeedEntry, FetchedPage};

/// Finds the article of a page, or says why there is none.
///
/// `entry` is what the feed said of it, where there was a feed; `zone` is the outlet's, for dates without one.
///
/// # Errors
/// The reason why the page holds no article.
pub fn article(_entry: Option<&FeedEntry>, _page: &FetchedPage, _zone: &TimeZone) -> Result<Article, DropReason> {
    Err(DropReason::NoText)
}

/// Makes an article of what the feed itself said, when the page could not be had; `None` without a headline or text.
pub fn from_entry(_entry: &FeedEntry, _why_partial: &str) -> Option<Article> {
    None
}
