//! Whether what a server gave to recognise its answers by can be believed.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::fetch::{Answer, FetchError, Fetcher, Purpose, Validators};
use crate::model::SourceId;
use crate::store::{FetchLog, FetchOutcome, FetchPurpose, PollState};

/// Returns the validators of the last answer.
pub(super) fn held(state: &PollState) -> Validators {
    Validators { etag: state.etag.clone(), last_modified: state.last_modified.clone() }
}

/// What became of validators that an answer gave reason to doubt.
pub(super) struct Doubt {
    /// True when they call another body unchanged.
    pub(super) called_unchanged: bool,
    /// The request that found it out, for the log; `None` when none was needed.
    pub(super) log: Option<FetchLog>,
    /// Until when the server then asked to be left alone.
    pub(super) not_before: Option<Timestamp>,
}

/// Finds out whether validators are false, when a server has answered "not modified" to them and another body came without
/// them. The same validators on that body say so themselves; else the server is asked with the old ones once more, and one
/// that still calls this unchanged would do so for ever.
pub(super) async fn doubt(
    fetcher: &Fetcher,
    source: &SourceId,
    url: &str,
    state: &PollState,
    answer: &Answer,
) -> Option<Doubt> {
    let held = held(state);
    let is_other = state.body_sha256.as_ref() != Some(&sha256(&answer.body));
    if state.unmodified_since.is_none() || held == Validators::default() || !is_other {
        return None;
    }
    if answer.validators == held {
        return Some(Doubt { called_unchanged: true, log: None, not_before: None });
    }
    let started = fetcher.clock().now();
    let again = fetcher.get(url, Purpose::Feed, &held).await;
    let log = FetchLog {
        source: Some(source.clone()),
        ..FetchLog::new(url, FetchPurpose::Check, started, fetcher.clock().now())
    };
    Some(match again {
        Ok(again) => {
            let called_unchanged = again.is_not_modified();
            let outcome = if called_unchanged { FetchOutcome::NotModified } else { FetchOutcome::Answered };
            let (status, bytes) = (Some(again.status), again.body.len() as u64);
            Doubt { called_unchanged, log: Some(FetchLog { outcome, status, bytes, ..log }), not_before: None }
        }
        Err(error) => {
            let status = match error {
                FetchError::Status { status, .. } => Some(status),
                _ => None,
            };
            let log = FetchLog { status, failure: Some(error.to_string()), ..log };
            Doubt { called_unchanged: false, log: Some(log), not_before: error.retry_after() }
        }
    })
}

/// Returns the hash that a body is known by, in lower-case hexadecimal.
pub(super) fn sha256(body: &[u8]) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}
