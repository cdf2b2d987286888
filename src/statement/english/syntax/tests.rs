use super::*;
use crate::fold::Folded;
use crate::lexicon::Lexicon;
use crate::model::Lang;

static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);

#[track_caller]
fn check(print: &str, verb: &str, expected: Option<&str>) {
    let table = LEXICON.cues(&Lang::en()).expect("English has cues");
    let folded = Folded::new(print);
    let capital =
        |range: &Range<usize>| print[folded.print_range(range.clone())].chars().next().is_some_and(char::is_uppercase);
    let syntax = Syntax::new(&folded.text, &table.grammar, capital);
    let at = folded.text.find(&format!(" {verb}")).expect("the verb stands there") + 1;
    let found = syntax.subject(at).map(|before| match before {
        Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range) => {
            print[folded.print_range(range)].to_owned()
        }
    });
    assert_eq!(found.as_deref(), expected, "{print}");
}

#[test]
fn a_subject_stands_before_its_verb() {
    check("The ministry said it was false.", "said", Some("The ministry"));
    check(
        "The ministry of defence in Oslo has repeatedly denied it.",
        "denied",
        Some("The ministry of defence in Oslo"),
    );
    check("Beijing on Tuesday rejected the claim.", "rejected", Some("Beijing"));
    check("The embassy in a statement on Friday said no.", "said", Some("The embassy"));
    check("The ministry last week accused Aldland.", "accused", Some("The ministry"));
    check("In Beijing on Monday a spokesman denied it.", "denied", Some("a spokesman"));
    check("On Tuesday the two agencies warned of it.", "warned", Some("the two agencies"));
    check("In Aldport, the harbour board denied it.", "denied", Some("the harbour board"));
}

#[test]
fn appositions_and_relative_clauses_are_stepped_over() {
    check("Tove Arnsdal, director of the service, said so.", "said", Some("Tove Arnsdal, director of the service"));
    check(
        "British and Belgian agencies, who were tracking the man, concluded he was paid.",
        "concluded",
        Some("British and Belgian agencies"),
    );
    check(
        "The president of the island group, David Panu, accused Aldland of it.",
        "accused",
        Some("The president of the island group, David Panu"),
    );
    check("The man who was arrested in May denied it.", "denied", Some("The man who was arrested"));
    check("The officer accused of spying denied it.", "denied", Some("The officer accused of spying"));
    check("He met the envoy, who denied it.", "denied", Some("the envoy"));
    check("The group, which the firm tracks, denied it.", "denied", Some("The group"));
    // What leads out of the phrase is no part of it, whatever nouns it holds.
    check("He cited rain falling across Aldmoor during the evening, which caused floods.", "caused", Some("Aldmoor"));
    check("He cited a Norvik statement which said so.", "said", Some("a Norvik statement"));
}

#[test]
fn lists_are_one_subject_and_clauses_are_not() {
    check(
        "The FBI, the coast guard and the port police said so.",
        "said",
        Some("The FBI, the coast guard and the port police"),
    );
    check("Aldland accused Vestmark and Vestmark denied it.", "denied", Some("Vestmark"));
    check("The minister met him and denied the claim.", "denied", Some("The minister"));
    check("The embassy rejected the report, calling it a smear.", "calling", Some("The embassy"));
    check("The mayor refused to confirm it.", "confirm", Some("The mayor"));
}

#[test]
fn what_has_no_subject_gets_none() {
    check("\"It is false,\" said the envoy.", "said", None);
    check("In Beijing, denied again.", "denied", None);
}

#[test]
fn participles_behind_a_noun_are_not_verbs() {
    let reduced = |print: &str, verb: &str| {
        let table = LEXICON.cues(&Lang::en()).expect("English has cues");
        let folded = Folded::new(print);
        let syntax = Syntax::new(&folded.text, &table.grammar, |_| false);
        syntax.is_reduced(folded.text.find(verb).expect("there"))
    };
    assert!(reduced("The use has been tied to two clusters tracked as one.", "tracked"));
    assert!(!reduced("The firm tracked two clusters.", "tracked"));
    assert!(reduced("A man named in the report said no.", "named"));
}

proptest::proptest! {
    #[test]
    fn subjects_lie_inside_any_text(text in "(\\PC|said |and |, |the |who |\\(|\\) |on Monday |which |caused |during |across |a |rain |statement ){0,40}") {
        let table = LEXICON.cues(&Lang::en()).expect("English has cues");
        let folded = Folded::new(&text);
        let syntax = Syntax::new(&folded.text, &table.grammar, |_| false);
        for at in 0..folded.text.len() {
            syntax.is_reduced(at);
            syntax.first_subject(at);
            if let Some(Before::Phrase(range) | Before::Antecedent(range) | Before::Pronoun(range)) = syntax.subject(at) {
                proptest::prop_assert!(folded.text.get(range).is_some());
            }
        }
    }
}
