//! Why something could not be fetched.

use std::error::Error as _;

use jiff::Timestamp;

use super::guard::NoPublicAddress;
use crate::model::UnreadReason;

/// Why something could not be fetched. Each has a one-word name for counts and filters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The site asks programs not to read this page.
    #[error("robots.txt of {host} disallows this page")]
    RobotsDenied {
        /// The host.
        host: String,
    },
    /// RFC 9309: a robots.txt that cannot be had because the server fails means "do not".
    #[error("robots.txt of {host} could not be read: {why}")]
    RobotsUnreachable {
        /// The host.
        host: String,
        /// What happened.
        why: String,
    },
    /// Not http or https.
    #[error("addresses with `{scheme}:` are not fetched")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
    /// Not an address.
    #[error("`{url}` is not an address")]
    BadUrl {
        /// What was given.
        url: String,
    },
    /// Private, loopback or otherwise not public.
    #[error("{host} is not on the public internet, and allow_hosts in feeds.toml does not name it")]
    RefusedAddress {
        /// The host.
        host: String,
    },
    /// No address for the name.
    #[error("the name {host} was not found")]
    Dns {
        /// The host.
        host: String,
    },
    /// No connection.
    #[error("no connection to {host}: {why}")]
    Connect {
        /// The host.
        host: String,
        /// What the system said.
        why: String,
    },
    /// No trusted connection.
    #[error("no trusted connection to {host}: {why}")]
    Tls {
        /// The host.
        host: String,
        /// What was wrong with the certificate or the handshake.
        why: String,
    },
    /// Too slow.
    #[error("{host} did not answer in full within {seconds} s")]
    Timeout {
        /// The host.
        host: String,
        /// The limit.
        seconds: u64,
    },
    /// Too large, after decompression.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// More hops than the limit, or the same address twice.
    #[error("redirects go round or on: {hops} hops")]
    Redirects {
        /// How many were followed.
        hops: usize,
    },
    /// The answer broke off or was not HTTP.
    #[error("the answer of {host} broke off: {why}")]
    Broken {
        /// The host.
        host: String,
        /// What was wrong.
        why: String,
    },
    /// The host asked to be left alone, for another address of its.
    #[error("{host} asked to be left alone until {until}")]
    LeftAlone {
        /// The host.
        host: String,
        /// Until when.
        until: Timestamp,
    },
    /// An answer from another site than the one that speaks.
    #[error("it leads to another site, {host}")]
    Elsewhere {
        /// The host that answered.
        host: String,
    },
    /// As many requests were sent as may be.
    #[error("{most} requests were sent, and no more may be")]
    Budget {
        /// How many.
        most: usize,
    },
    /// An HTTP status that is not a success.
    #[error("the server answered {status}")]
    Status {
        /// The status.
        status: u16,
        /// Until when the server asks to be left alone.
        retry_after: Option<Timestamp>,
    },
}

impl FetchError {
    /// Returns the name for counts and filters.
    pub fn name(&self) -> String {
        match self {
            Self::RobotsDenied { .. } => "robots",
            Self::RobotsUnreachable { .. } => "robots-unreachable",
            Self::Scheme { .. } => "scheme",
            Self::BadUrl { .. } => "bad-url",
            Self::RefusedAddress { .. } => "refused-address",
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::TooLarge { .. } => "too-large",
            Self::Redirects { .. } => "redirects",
            Self::Broken { .. } => "broken",
            Self::LeftAlone { .. } => "left-alone",
            Self::Elsewhere { .. } => "elsewhere",
            Self::Budget { .. } => "budget",
            Self::Status { status, .. } => return format!("status-{status}"),
        }
        .to_owned()
    }

    /// Returns the reason for a page that was not read.
    pub fn unread(&self) -> UnreadReason {
        UnreadReason { name: self.name(), message: self.to_string() }
    }

    /// Says whether this may be our network and not theirs: no name was found, or no connection was had.
    pub fn may_be_our_network(&self) -> bool {
        matches!(self, Self::Dns { .. } | Self::Connect { .. })
    }

    /// Returns the moment until which the server asks to be left alone.
    pub fn retry_after(&self) -> Option<Timestamp> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::LeftAlone { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// Names what reqwest reports.
    pub(super) fn of_request(error: &reqwest::Error, host: &str, seconds: u64) -> Self {
        let host = host.to_owned();
        if error.is_timeout() {
            return Self::Timeout { host, seconds };
        }
        let mut cause = error.source();
        let mut why = error.to_string();
        while let Some(inner) = cause {
            if inner.is::<NoPublicAddress>() {
                return Self::RefusedAddress { host };
            }
            if inner.is::<rustls::Error>() {
                return Self::Tls { host, why: inner.to_string() };
            }
            if let Some(tls) = inner.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref())
                && tls.is::<rustls::Error>()
            {
                return Self::Tls { host, why: tls.to_string() };
            }
            why = inner.to_string();
            cause = inner.source();
        }
        if error.is_dns() {
            Self::Dns { host }
        } else if error.is_connect() {
            Self::Connect { host, why }
        } else {
            Self::Broken { host, why }
        }
    }
}
