//! What the measuring tests count with.

use std::ops::Range;

use gainsay::fold;

/// How often something was as labelled.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) right: u32,
    pub(crate) of: u32,
}

impl Count {
    pub(crate) fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    pub(crate) fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.of.max(1))
    }
}

/// What was found and labelled, found only, and labelled only.
#[derive(Default)]
pub(crate) struct Kind {
    pub(crate) right: u32,
    pub(crate) extra: u32,
    pub(crate) missed: u32,
}

impl Kind {
    pub(crate) fn add(&mut self, wanted: bool, found: bool) {
        self.right += u32::from(wanted && found);
        self.extra += u32::from(!wanted && found);
        self.missed += u32::from(wanted && !found);
    }

    pub(crate) fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.extra).max(1))
    }

    pub(crate) fn recall(&self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    pub(crate) fn f1(&self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((2 * self.right + self.extra + self.missed).max(1))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (precision, recall, f1) = (self.precision(), self.recall(), self.f1());
        let Self { right, extra, missed } = self;
        write!(f, "P {precision:.3} R {recall:.3} F1 {f1:.3} ({right} right, {extra} false, {missed} missed)")
    }
}

/// Says whether one name holds the other, in letters and digits alone; two that are missing are alike.
pub(crate) fn alike(wanted: Option<&str>, found: Option<&str>) -> bool {
    let bare = |name: &str| fold::text(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match (wanted.map(bare), found.map(bare)) {
        (None, None) => true,
        (Some(wanted), Some(found)) => {
            !wanted.is_empty() && !found.is_empty() && (wanted.contains(&found) || found.contains(&wanted))
        }
        _ => false,
    }
}

/// Returns what two ranges share of what they cover together.
pub(crate) fn overlap(left: &Range<usize>, right: &Range<usize>) -> f64 {
    let shared = left.end.min(right.end).saturating_sub(left.start.max(right.start));
    let both = left.end.max(right.end) - left.start.min(right.start);
    shared as f64 / both.max(1) as f64
}

/// Reads a table of the tests.
pub(crate) fn table<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a table of the tests is TOML")
}
