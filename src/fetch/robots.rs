//! robots.txt, as RFC 9309 reads it. Asked for article pages, which are read in bulk; a feed that a person put in
//! their list is not crawling.

use jiff::{SignedDuration, Timestamp};
use texting_robots::Robot;

/// The name that robots.txt files may address.
pub(super) const AGENT: &str = "gainsay";
/// RFC 9309, 2.5: a parser reads at least this much.
pub(super) const LIMIT: u64 = 500 << 10;
/// RFC 9309, 2.4: not used for longer.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// What a host's robots.txt says, and when it was read.
pub(super) struct Robots {
    read_at: Timestamp,
    rules: Rules,
}

enum Rules {
    AllAllowed,
    Unreachable(String),
    File(Box<Robot>),
}

/// The answer for one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Permission {
    Allowed,
    Denied,
    Unreachable(String),
}

impl Robots {
    /// Reads the file of a host that has one.
    pub(super) fn of_file(body: &[u8], read_at: Timestamp) -> Self {
        let end = body.len().min(usize::try_from(LIMIT).unwrap_or(usize::MAX));
        let rules = match Robot::new(AGENT, &without_version(&body[..end])) {
            Ok(robot) => Rules::File(Box::new(robot)),
            Err(error) => Rules::Unreachable(format!("it could not be understood ({error})")),
        };
        Self { read_at, rules }
    }

    /// A status of the 400s means that there are no rules (RFC 9309, 2.3.1.3).
    pub(super) fn none(read_at: Timestamp) -> Self {
        Self { read_at, rules: Rules::AllAllowed }
    }

    /// A failing server means that nothing may be read (RFC 9309, 2.3.1.4).
    pub(super) fn unreachable(why: String, read_at: Timestamp) -> Self {
        Self { read_at, rules: Rules::Unreachable(why) }
    }

    /// The sitemaps that the file names; none where there is no file.
    pub(super) fn sitemaps(&self) -> &[String] {
        match &self.rules {
            Rules::File(robot) => &robot.sitemaps,
            Rules::AllAllowed | Rules::Unreachable(_) => &[],
        }
    }

    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.read_at) < LIFETIME
    }

    pub(super) fn permission(&self, url: &str) -> Permission {
        match &self.rules {
            Rules::AllAllowed => Permission::Allowed,
            Rules::Unreachable(why) => Permission::Unreachable(why.clone()),
            Rules::File(robot) if robot.allowed(url) => Permission::Allowed,
            Rules::File(_) => Permission::Denied,
        }
    }
}

/// Takes the version off our name, as in `User-agent: gainsay/1.0`, which the parser would not know.
fn without_version(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let line = |line: &str| {
        let lower = line.to_ascii_lowercase();
        let ours = lower.trim_start().starts_with("user-agent") && lower.contains("gainsay/");
        if ours { format!("User-agent: {AGENT}") } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, path: &str, expected: Permission) {
        let robots = Robots::of_file(file.as_bytes(), Timestamp::UNIX_EPOCH);
        assert_eq!(robots.permission(&format!("https://news.example{path}")), expected, "{path} under {file:?}");
    }

    #[test]
    fn rules_are_read() {
        check("User-agent: *\nDisallow: /private/\n", "/private/a", Permission::Denied);
        check("User-agent: *\nDisallow: /private/\n", "/public/a", Permission::Allowed);
        check("User-agent: gainsay\nAllow: /\n\nUser-agent: *\nDisallow: /\n", "/a", Permission::Allowed);
        check("User-agent: Gainsay/1.0\nDisallow: /\n", "/a", Permission::Denied);
        check("User-agent: other\nDisallow: /\n", "/a", Permission::Allowed);
        check("<html>not a robots file</html>", "/a", Permission::Allowed);
    }

    #[test]
    fn rules_are_forgotten_after_a_day() {
        let robots = Robots::none(Timestamp::UNIX_EPOCH);
        assert!(robots.is_fresh(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(23)));
        assert!(!robots.is_fresh(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(25)));
    }
}
