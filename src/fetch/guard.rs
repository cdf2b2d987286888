//! Which addresses may be asked: public ones, and those that the study allows by name.
//!
//! The check stands after DNS, where the connection is made, so that a name that points inside a private network is
//! refused however it came up: in a feed, in a redirect, or by a name that changes its answer.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::FetchError;

/// The rules about addresses, and how names become addresses.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Hosts that may be asked although their address is private, as `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// Names with an address of their own, which DNS is not asked for: the demo's invented hosts.
    pub known_hosts: BTreeMap<String, SocketAddr>,
}

impl Guard {
    /// Refuses an address that must not be asked, as far as the address itself tells.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme { scheme: url.scheme().to_owned() });
        }
        let literal = match url.host() {
            None => return Err(FetchError::BadUrl { url: url.to_string() }),
            // The resolver sees names without ports, so a name that is allowed with one is held to it here.
            Some(Host::Domain(name)) if self.allows_name(name) && !self.allows(url) => {
                return Err(FetchError::RefusedAddress { host: with_port(name, url) });
            }
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        };
        if is_public(literal) || self.allows(url) {
            return Ok(());
        }
        Err(FetchError::RefusedAddress { host: with_port(&literal.to_string(), url) })
    }

    /// Says whether the study allows this host by name.
    pub(super) fn allows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let port = url.port_or_known_default().unwrap_or(0);
        self.allow_hosts.iter().any(|allowed| *allowed == host || *allowed == format!("{host}:{port}"))
    }

    fn allows_name(&self, name: &str) -> bool {
        self.allow_hosts
            .iter()
            .any(|allowed| allowed.rsplit_once(':').map_or(allowed.as_str(), |(host, _)| host) == name)
    }
}

/// A host as allow_hosts may name it: with the port that is no scheme's own.
fn with_port(host: &str, url: &Url) -> String {
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Resolves names and drops the addresses that must not be asked.
pub(super) struct GuardedResolver(pub(super) Arc<Guard>);

/// Says that a name has private addresses only; found again in the chain of a connection error.
#[derive(Debug, thiserror::Error)]
#[error("{0} has no public address")]
pub(super) struct NoPublicAddress(pub(super) String);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let host = name.as_str().to_owned();
            if let Some(known) = guard.known_hosts.get(&host) {
                return Ok(Box::new(std::iter::once(*known)) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let allowed = guard.allows_name(&host);
            let kept: Vec<SocketAddr> =
                found.into_iter().filter(|address| allowed || is_public(address.ip())).collect();
            if kept.is_empty() {
                return Err(NoPublicAddress(host).into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// Says whether an address belongs to the public internet (IANA special-purpose registries, RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let relay = a == 192 && b == 88 && c == 99;
    let benchmark = a == 198 && (b == 18 || b == 19);
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || a >= 240;
    !(special || shared || protocol || relay || benchmark)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let segments = ip.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address, which is the one that would be asked.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(inner(high, low)),
        [0x64, 0xff9b, 1, ..] => false,
        [0x2002, high, low, ..] => is_public_v4(inner(high, low)),
        [0x2001, second, ..] if second < 0x200 => false,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Only 2000::/3 is given out for the public internet.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, public: bool) {
        let ip: IpAddr = address.parse().expect("a test address");
        assert_eq!(is_public(ip), public, "{address}");
    }

    #[test]
    fn only_public_addresses_pass() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            check(private, false);
        }
        for public in
            ["1.1.1.1", "203.0.114.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
        {
            check(public, true);
        }
    }

    #[test]
    fn odd_notations_of_loopback_are_refused() {
        let guard = Guard::default();
        for odd in [
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://[::ffff:127.0.0.1]/",
            "ftp://a.example/",
        ] {
            let url = Url::parse(odd).expect("a test address");
            assert!(guard.check(&url).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_study_can_allow_its_own_network() {
        let guard = Guard { allow_hosts: vec!["127.0.0.1:8808".to_owned()], ..Guard::default() };
        let at = |text: &str| guard.check(&Url::parse(text).expect("a test address")).is_ok();
        assert!(at("http://127.0.0.1:8808/x"));
        assert!(!at("http://127.0.0.1:8809/x"));
        let named = Guard { allow_hosts: vec!["desk.example:8808".to_owned()], ..Guard::default() };
        let at = |text: &str| named.check(&Url::parse(text).expect("a test address")).is_ok();
        assert!(at("http://desk.example:8808/x") && at("http://other.example/x"));
        assert!(!at("http://desk.example:8809/x"));
    }
}
