//! The words around a cue, as lists: what rules look for as it stands.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The lists of a language; one leaves out what it has no use for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phrases {
    /// Doers that are named without a name.
    pub foreign: WordList,
    /// Hostile words that are nouns for those who act.
    pub doers: WordList,
    /// How verbs begin that tell of finding, feeling, meeting or answering an act, and not of committing it.
    pub meets: WordList,
    /// How words begin that grant that what they are said of is so, or matters: who calls a case "grave" denies none.
    pub grants: WordList,
    /// The offices of any state that make cases of their own, in the words of their names.
    pub charging: WordList,
    /// Offices and trades: "he" in what one who holds them says is hardly they.
    pub offices: WordList,
    /// How verbs begin that tell of nothing done to anybody.
    pub harmless: WordList,
    /// How nouns begin that a hostile word before them only describes.
    pub described: WordList,
    /// How the names of bands that act together end.
    pub bands: WordList,
    /// What the accused are called without a name.
    pub accused: WordList,
    /// What stands in what is said of the accused, in a clause that takes it back.
    pub dealings: WordList,
    /// What the accused, or those who ask, are kept from: that it was not given them is no denial.
    pub kept_from: WordList,
    /// Whom only one of their own side calls so.
    pub my_own: WordList,
    /// What negates a clause, with the spaces and marks around it.
    pub no: WordList,
    /// Whom one asks in general: what is asked of them is no demand.
    pub anybody: WordList,
    /// What begins an object of so many things.
    pub counts: WordList,
    /// How the nouns begin of what is admitted by the count.
    pub confessed: WordList,
    /// How verbs begin of making a study or a report.
    pub made: WordList,
    /// What stands before "reports" and its like where they are nouns.
    pub before_noun: WordList,
    /// Offices whose own article or post speaks for them, each as it stands in a name.
    pub issuers: WordList,
    /// What follows "accused" where that is the noun for the person.
    pub accused_do: WordList,
    /// Things that are forged: called false, they are no claims.
    pub forged: WordList,
    /// What somebody tells of their own doings.
    pub own_account: WordList,
    /// Nouns that call a claim false by themselves, as their words begin.
    pub names_a_claim: WordList,
    /// Who did not know what somebody was is not told to have served them.
    pub not_knowing: WordList,
    /// Before a cue, what makes of it a story, a game or a draft.
    pub fiction: WordList,
    /// Before a verb in the present, what tells of it as of something to come.
    pub whenever: WordList,
    /// What makes a denial one that its teller calls false.
    pub belied: WordList,
    /// How the verbs begin with which also those who are accused of nothing take up a claim.
    pub weighs: WordList,
    /// What is called false in other words than those for a claim.
    pub said_things: WordList,
    /// What stands in a clause that tells of a denial that was not made, or not yet.
    pub no_denial: WordList,
    /// Nouns for what is solved or brought down, in which somebody did something.
    pub matters: WordList,
    /// Nouns for what is asked for, issued or lodged, and is nobody at whom it is directed.
    pub papers_of_acts: WordList,
    /// Nouns for what an office issues, which is named behind "by" or "from".
    pub issued: WordList,
    /// Nouns for what somebody answers, before a colon and a quotation, with the space before them.
    pub answers: WordList,
    /// How the words begin, or what stands in them, for those who speak for a state that is named beside them.
    pub speaks_for: WordList,
    /// Words for those who speak for nobody but themselves, whatever state or office is named beside them.
    pub not_for: WordList,
    /// What stands before the name of a state or an office and leaves it the head of its phrase.
    pub before_office: WordList,
    /// How the words begin for those who speak for a state in whose capital they sit.
    pub seated_in: WordList,
    /// What ends the phrase of a head behind a name, or leads from another head to a name.
    pub leads_on: WordList,
    /// Adjectives of states whose people and offices are told of without the state's name, each with the code of the state.
    pub peoples: BTreeMap<String, String>,
    /// Titles that a surname follows.
    pub titles: WordList,
    /// Adverbs that stand between 曾 and a verb, where a given name may stand too.
    pub adverbs_of_given_names: WordList,
    /// How somebody tells something in public.
    pub publishes: WordList,
    /// What no phrase for a person holds.
    pub no_person: WordList,
    /// How the names of offices, states, companies and papers end.
    pub bodies: WordList,
    /// How the office of one's own state goes on behind 我.
    pub own: WordList,
    /// How it ends.
    pub own_offices: WordList,
    /// Papers of a court, which accuse by themselves.
    pub court_papers: WordList,
    /// Verbs by which one is blamed for a denial.
    pub blames: WordList,
    /// Verbs behind which stands what no comment is made on.
    pub withholds: WordList,
    /// What ends the name of whom something is asked, told or blamed for.
    pub name_ends: WordList,
    /// What ends the name of whom a court or a prosecutor has before them.
    pub sentences: WordList,
    /// What stands behind a verb where no name does.
    pub no_name: WordList,
    /// How what a speaker tells of their own acts begins.
    pub own_acts: WordList,
    /// How nouns for a person end.
    pub person_ends: WordList,
    /// What is said of a denial that is not believed.
    pub disbelieves: WordList,
    /// Before a denial: that somebody always denies, as those say who hold it against them.
    pub habits: WordList,
    /// Before a denial that another tells of, and means to answer.
    pub concedes: WordList,
    /// Things that prove a claim wrong, and deny nothing.
    pub evidence: WordList,
    /// Who looks for evidence, as a word stands in their names.
    pub searchers: WordList,
    /// Who judges claims about others, as a word stands in their names.
    pub strangers: WordList,
    /// Verbs for what those do who accuse, or for what befalls the accused, in what an answer is about.
    pub acts_of_accusers: WordList,
    /// How those are called who charge and accuse, as their names end.
    pub accusing_ends: WordList,
    /// Verbs of answering, behind what the answer is about.
    pub answer_verbs: WordList,
    /// Who accuses others by their office, as a word stands in their names.
    pub accusers: WordList,
    /// What ends the name of who opens what is told of them.
    pub doer_ends: WordList,
    /// How nouns end for those who act together, or whom no title names.
    pub doer_nouns: WordList,
    /// Verbs behind which stands of whom something is asked.
    pub asking: WordList,
    /// Who acts for a state that is named before them.
    pub agents_of_state: WordList,
    /// Nouns for what somebody answered, which others may disbelieve.
    pub answers_given: WordList,
    /// Nouns for what hides somebody, or deceives, and is no claim.
    pub covers: WordList,
    /// Nouns behind 的 that are claims or proofs, and nobody who could speak.
    pub no_heads: WordList,
    /// Adverbs and verbs that begin with a character in which a name of two may end.
    pub adverb_words: WordList,
    /// Family names of one character.
    pub surnames: WordList,
}

/// A list of words, of stems, or of stretches of text.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct WordList(Vec<String>);

impl WordList {
    /// The words, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Says whether a word is one of the list.
    pub fn has(&self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }

    /// Says whether a word begins with one of the list.
    pub fn begins(&self, word: &str) -> bool {
        self.iter().any(|stem| word.starts_with(stem))
    }

    /// Says whether a text ends in one of the list.
    pub fn ends(&self, text: &str) -> bool {
        self.iter().any(|end| text.ends_with(end))
    }

    /// Says whether a text holds one of the list, wherever it stands.
    pub fn stands_in(&self, text: &str) -> bool {
        self.iter().any(|known| text.contains(known))
    }
}
