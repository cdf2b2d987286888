//! Who speaks and who is spoken of.

use serde::{Deserialize, Serialize};

named!(
    /// The sorts of actor.
    ActorKind {
        /// A state as a whole, by its name, its capital or its government.
        State = "state",
        /// A ministry, service, prosecutor or court.
        Agency = "agency",
        /// An armed force.
        Military = "military",
        /// A party or one of its organs.
        Party = "party",
        /// An embassy or an ambassador.
        Mission = "mission",
        /// A person: one who speaks for the actor of that id, or one of a study's own.
        Person = "person",
        /// An alliance or association.
        Group = "group",
        /// A company.
        Company = "company",
        /// A company or an association that reports on others, or is their victim: it speaks, and is not whom an
        /// accusation means when it only stands in it.
        Observer = "observer",
        /// A hacking group that reports attribute to the PRC.
        ThreatActor = "threat-actor",
    }
);

/// Whose a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameOwner {
    /// Nobody's that is known.
    Nobody,
    /// No name at all: an everyday word, as "the" and "said".
    Word,
    /// Always the same actor's.
    Actor {
        /// Its id, such as `CN.mss`.
        id: String,
        /// What sort it is.
        kind: ActorKind,
    },
    /// The outlet's country decides, as of 外交部.
    Relative {
        /// The ids of all whom it can be.
        candidates: Vec<String>,
    },
}

/// Returns the country whose actor an id names: `CN` of `CN.mfa`; none for companies (`C.`), persons (`P.`) and groups
/// (`T.`), whose ids name no country.
pub fn country_of(id: &str) -> Option<&str> {
    let (head, _) = id.split_once('.')?;
    let is_country = head.len() == 2 && head.bytes().all(|byte| byte.is_ascii_uppercase());
    is_country.then_some(head)
}

/// Returns the side that an actor is on: its country, or itself where its id names none.
pub fn side_of(id: &str) -> &str {
    country_of(id).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ministry_is_on_its_states_side_and_a_company_on_its_own() {
        assert_eq!(side_of("CN.mfa"), "CN");
        assert_eq!(country_of("CN.mfa"), Some("CN"));
        assert_eq!(side_of("C.huawei"), "C.huawei");
        assert_eq!(country_of("P.someone"), None);
    }
}
