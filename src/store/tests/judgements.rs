//! What people made of statements outlives second looks and better rules.

use proptest::prelude::*;
use rusqlite::params;

use super::*;
use crate::model::{Act, Decision, Label, Review, StoredArticle};

const ACCEPT: Act = Act::Decide(Decision::Accept);
const REJECT: Act = Act::Decide(Decision::Reject);
const TAKE_BACK: Act = Act::Decide(Decision::None);

/// A denial by that speaker in that sentence of the body, which is one paragraph.
fn denial(text: &str, sentence: &str, speaker: &str) -> Statement {
    let start = text.find(sentence).expect("the text holds the sentence");
    Statement {
        speaker: Some(speaker.to_owned()),
        speaker_id: None,
        span: start + 1..start + sentence.len(),
        sentence: start..start + sentence.len(),
        ..statement(StatementKind::Deny, 0.6)
    }
}

fn said(text: &str, statements: Vec<Statement>) -> Outcome {
    let Outcome::Kept(mut all) = on_topic("One", text) else { unreachable!("it is on topic") };
    all.statements = statements;
    Outcome::Kept(all)
}

impl Desk {
    fn judge(&mut self, article: &StoredArticle, position: usize, act: &Act, time: &str) -> bool {
        let judging = Judging { article: article.id, version: article.latest(), position, act, at: at(time) };
        self.store.judge(&judging).expect("the judgement is kept")
    }

    /// Puts other statements in the place of those of a version, as better rules will.
    fn read_again(&mut self, article: &StoredArticle, statements: &[Statement]) {
        let version = article.latest().id.0;
        let connection = &self.store.connection;
        connection.execute("DELETE FROM statement WHERE version_id = ?1", [version]).expect("deleted");
        for (position, statement) in (0i64..).zip(statements) {
            let body = serde_json::to_string(statement).expect("JSON");
            connection
                .execute(
                    "INSERT INTO statement (version_id, position, kind, polarity, candidate, confidence, body)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        version,
                        position,
                        statement.kind.name(),
                        statement.polarity.name(),
                        statement.candidate,
                        statement.confidence,
                        body
                    ],
                )
                .expect("inserted");
        }
    }

    fn reviews(&self, article: &StoredArticle) -> Vec<String> {
        self.article(Some(article.id)).latest().statements.iter().map(shown).collect()
    }
}

/// What a statement knows of its judgement, in short.
fn shown(statement: &Statement) -> String {
    let speaker = statement.speaker.as_deref().unwrap_or_default();
    match &statement.review {
        Review::Unreviewed => format!("{speaker}: unreviewed"),
        Review::Judged(judgement) => format!("{speaker}: {}", judgement.decision.name()),
        Review::ReadOtherwise(judgement) => {
            let then = judgement.reading.speaker.as_deref().unwrap_or_default();
            format!("{speaker}: {} of {then}", judgement.decision.name())
        }
    }
}

const TEXT: &str = "The envoy denied it. The mayor denied that.";
const ENVOY: &str = "The envoy denied it.";
const MAYOR: &str = "The mayor denied that.";

/// A record with one article in which envoy and mayor deny.
fn two_denials() -> (Desk, StoredArticle) {
    let mut desk = Desk::new();
    let outcome = said(TEXT, vec![denial(TEXT, ENVOY, "envoy"), denial(TEXT, MAYOR, "mayor")]);
    let kept = desk.tell("isl", "a", "10:00", &outcome);
    let article = desk.article(kept.article);
    (desk, article)
}

#[test]
fn a_judgement_is_of_one_statement_and_the_index_hears_of_it() {
    let (mut desk, article) = two_denials();
    let seq = desk.store.last_seq().expect("reads");
    assert!(desk.judge(&article, 1, &REJECT, "11:00"));
    assert_eq!(desk.reviews(&article), ["envoy: unreviewed", "mayor: reject"]);
    assert!(desk.store.last_seq().expect("reads") > seq);
    let statements = desk.article(Some(article.id)).latest().statements.clone();
    assert_eq!(statements.iter().map(Statement::counts).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn an_accepted_candidate_counts() {
    let mut desk = Desk::new();
    let waiting = Statement { candidate: true, ..denial(TEXT, ENVOY, "envoy") };
    let article = desk.tell("isl", "a", "10:00", &said(TEXT, vec![waiting])).article;
    let article = desk.article(article);
    assert!(!article.latest().statements[0].counts() && article.latest().statements[0].waits());
    desk.judge(&article, 0, &ACCEPT, "11:00");
    let accepted = desk.article(Some(article.id)).latest().statements[0].clone();
    assert!(accepted.counts() && !accepted.waits());
}

#[test]
fn the_same_judgement_twice_changes_nothing() {
    let (mut desk, article) = two_denials();
    assert!(desk.judge(&article, 0, &ACCEPT, "11:00"));
    let (seq, counts) = (desk.store.last_seq().expect("reads"), desk.store.counts().expect("reads"));
    assert!(!desk.judge(&article, 0, &ACCEPT, "12:00"));
    assert!(!desk.judge(&article, 1, &TAKE_BACK, "12:00"), "there is nothing to take back");
    assert!(!desk.judge(&article, 1, &Act::Note(" ".to_owned()), "12:00"), "there is no note to take away");
    assert_eq!((desk.store.last_seq().expect("reads"), desk.store.counts().expect("reads")), (seq, counts));
}

#[test]
fn a_judgement_outlives_a_second_version_with_other_places() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 1, &ACCEPT, "11:00");
    let longer = format!("A new lead is here. {TEXT}");
    let statements = vec![
        denial(&longer, "A new lead is here.", "lead"),
        denial(&longer, MAYOR, "mayor"),
        denial(&longer, ENVOY, "envoy"),
    ];
    let outcome = said(&longer, statements);
    let second = PageKeep { article: Some(article.id), ..by_hand(Some("https://isl.example/a"), "12:00", &outcome) };
    assert!(desk.store.keep_page(&second).expect("kept").new_version);
    assert_eq!(desk.reviews(&article), ["lead: unreviewed", "mayor: accept", "envoy: unreviewed"]);
    let first = &desk.article(Some(article.id)).versions[0];
    assert_eq!(first.statements.iter().map(shown).collect::<Vec<_>>(), ["envoy: unreviewed", "mayor: accept"]);
}

#[test]
fn a_judgement_outlives_a_reading_with_other_places() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 0, &REJECT, "11:00");
    let more = Statement { kind: StatementKind::Warn, ..denial(TEXT, ENVOY, "envoy") };
    desk.read_again(&article, &[denial(TEXT, MAYOR, "mayor"), more, denial(TEXT, ENVOY, "envoy")]);
    assert_eq!(desk.reviews(&article), ["mayor: unreviewed", "envoy: unreviewed", "envoy: reject"]);
}

#[test]
fn a_statement_that_is_read_otherwise_returns_to_review() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 0, &ACCEPT, "11:00");
    let envoy = denial(TEXT, ENVOY, "envoy");
    let others = [
        Statement { speaker: Some("deputy".to_owned()), ..envoy.clone() },
        Statement { target: Some("the mayor".to_owned()), ..envoy.clone() },
        Statement { polarity: Polarity::Negated, ..envoy.clone() },
        Statement { sub: Some("general".to_owned()), ..envoy.clone() },
        Statement { counter: true, ..envoy.clone() },
    ];
    for other in others {
        desk.read_again(&article, std::slice::from_ref(&other));
        let read = desk.article(Some(article.id)).latest().statements[0].clone();
        assert!(matches!(&read.review, Review::ReadOtherwise(then) if then.decision == Decision::Accept), "{read:?}");
        assert!(!read.is_accepted());
    }
    desk.read_again(&article, std::slice::from_ref(&envoy));
    assert_eq!(desk.reviews(&article), ["envoy: accept"], "what was judged is what is read again");
}

#[test]
fn each_reading_keeps_its_own_judgement() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 0, &ACCEPT, "11:00");
    desk.read_again(&article, &[denial(TEXT, ENVOY, "deputy")]);
    assert_eq!(desk.reviews(&article), ["deputy: accept of envoy"]);
    let again = desk.article(Some(article.id));
    desk.judge(&again, 0, &REJECT, "12:00");
    assert_eq!(desk.reviews(&article), ["deputy: reject"]);
    desk.read_again(&article, &[denial(TEXT, ENVOY, "envoy")]);
    assert_eq!(desk.reviews(&article), ["envoy: accept"]);
    desk.read_again(&article, &[denial(TEXT, ENVOY, "clerk")]);
    assert_eq!(desk.reviews(&article), ["clerk: reject of deputy"]);
    assert_eq!(desk.store.labels().expect("reads").len(), 2);
}

#[test]
fn an_actor_that_is_known_is_the_same_however_it_is_printed() {
    let (mut desk, article) = two_denials();
    let known = Statement { speaker_id: Some("NO.mfa".to_owned()), ..denial(TEXT, ENVOY, "envoy") };
    desk.read_again(&article, std::slice::from_ref(&known));
    let article = desk.article(Some(article.id));
    desk.judge(&article, 0, &ACCEPT, "11:00");
    desk.read_again(&article, &[Statement { speaker: Some("The envoy".to_owned()), ..known.clone() }]);
    assert_eq!(desk.reviews(&article), ["The envoy: accept"]);
    desk.read_again(&article, &[Statement { speaker_id: Some("SE.mfa".to_owned()), ..known }]);
    assert_eq!(desk.reviews(&article), ["envoy: accept of envoy"]);
}

#[test]
fn two_speakers_of_one_sentence_may_be_found_in_another_order() {
    let mut desk = Desk::new();
    let both = [denial(TEXT, ENVOY, "envoy"), denial(TEXT, ENVOY, "mayor")];
    let article = desk.tell("isl", "a", "10:00", &said(TEXT, both.to_vec())).article;
    let article = desk.article(article);
    desk.judge(&article, 0, &REJECT, "11:00");
    let [envoy, mayor] = both;
    desk.read_again(&article, &[mayor, envoy]);
    assert_eq!(desk.reviews(&article), ["mayor: unreviewed", "envoy: reject"]);
    // What is judged now stays the judgement of that speaker, whatever the rank was then.
    let turned = desk.article(Some(article.id));
    desk.judge(&turned, 1, &ACCEPT, "12:00");
    assert_eq!(desk.reviews(&article), ["mayor: unreviewed", "envoy: accept"]);
    assert_eq!(desk.store.labels().expect("reads").len(), 1);
}

#[test]
fn a_sentence_printed_twice_is_two_statements() {
    let text = format!("{ENVOY} {ENVOY}");
    let mut desk = Desk::new();
    let first = denial(&text, ENVOY, "envoy");
    let shift = ENVOY.len() + 1;
    let second = Statement {
        sentence: first.sentence.start + shift..first.sentence.end + shift,
        span: first.span.start + shift..first.span.end + shift,
        ..first.clone()
    };
    let article = desk.tell("isl", "a", "10:00", &said(&text, vec![first, second])).article;
    let article = desk.article(article);
    desk.judge(&article, 1, &REJECT, "11:00");
    assert_eq!(desk.reviews(&article), ["envoy: unreviewed", "envoy: reject"]);
}

#[test]
fn a_note_stands_beside_a_decision_and_either_can_be_taken_back() {
    let (mut desk, article) = two_denials();
    let note = Act::Note("a clerk wrote it\u{1b}[2J".to_owned());
    let seq = desk.store.last_seq().expect("reads");
    assert!(desk.judge(&article, 0, &note, "11:00"));
    assert_eq!(desk.store.last_seq().expect("reads"), seq, "the index knows no notes");
    assert!(desk.judge(&article, 0, &ACCEPT, "11:01"));
    let state = |desk: &Desk| {
        let statement = desk.article(Some(article.id)).latest().statements[0].clone();
        (statement.review.decision(), statement.review.note().map(str::to_owned))
    };
    assert_eq!(state(&desk), (Decision::Accept, Some("a clerk wrote it\u{1b}[2J".to_owned())));
    assert!(desk.judge(&article, 0, &TAKE_BACK, "11:02"));
    assert_eq!(state(&desk), (Decision::None, Some("a clerk wrote it\u{1b}[2J".to_owned())));
    assert_eq!(desk.store.labels().expect("reads").len(), 1, "a note is a label too");
    assert!(desk.judge(&article, 0, &Act::Note(String::new()), "11:03"));
    assert_eq!(state(&desk), (Decision::None, None));
    assert_eq!(desk.store.labels().expect("reads"), [], "nothing is left to say");
    assert_eq!(desk.store.counts().expect("reads").judgements, 4, "and every act is still there");
}

#[test]
fn the_history_cannot_be_changed() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 0, &ACCEPT, "11:00");
    for sql in ["DELETE FROM judgement", "UPDATE judgement SET decision = 'reject'"] {
        assert!(desk.store.connection.execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(desk.store.check().expect("reads"), Vec::<String>::new());
}

#[test]
fn a_statement_that_is_not_there_cannot_be_judged() {
    let (mut desk, article) = two_denials();
    let judging =
        Judging { article: article.id, version: article.latest(), position: 2, act: &ACCEPT, at: at("11:00") };
    let refused = desk.store.judge(&judging).expect_err("there are two");
    assert_eq!(refused.to_string(), "there is no statement a-1v1.3 in the record");
}

#[test]
fn a_label_holds_what_was_judged_and_where_it_stood() {
    let (mut desk, article) = two_denials();
    desk.judge(&article, 1, &REJECT, "11:00");
    desk.judge(&article, 1, &Act::Note("hearsay".to_owned()), "11:01");
    // What the rules make of it later is no part of what was judged.
    desk.read_again(&article, &[]);
    let labels = desk.store.labels().expect("reads");
    let [Label { sentence, claim, statement, judgement, lang, source: outlet, made_by, .. }] = labels.as_slice() else {
        panic!("one label: {labels:?}")
    };
    assert_eq!((sentence.as_str(), &sentence[claim.clone()]), (MAYOR, &MAYOR[1..]));
    assert_eq!((statement.speaker.as_deref(), statement.kind), (Some("mayor"), StatementKind::Deny));
    assert_eq!((judgement.decision, judgement.note.as_deref()), (Decision::Reject, Some("hearsay")));
    assert_eq!((judgement.at, lang.as_str(), made_by.as_str()), (at("11:01"), "zh-Hant", "0.1.0"));
    assert_eq!(outlet.as_ref(), Some(&source("isl")));
}

#[test]
fn articles_with_something_to_review_are_found() {
    let (mut desk, article) = two_denials();
    let found = |desk: &Desk, less_sure_than: f64| {
        let filter = ArticleFilter { less_sure_than: Some(less_sure_than), ..ArticleFilter::default() };
        desk.store.articles(&filter).expect("reads").len()
    };
    assert_eq!((found(&desk, 0.6), found(&desk, 0.61)), (0, 1));
    desk.judge(&article, 0, &ACCEPT, "11:00");
    assert_eq!(found(&desk, 0.1), 1, "what was judged may be read otherwise now");
}

#[test]
fn a_record_of_the_format_before_is_brought_up_to_date() {
    let dir = TempDir::new().expect("a folder for the test");
    let record = dir.path().join("record");
    std::fs::create_dir_all(&record).expect("a folder");
    let old = Connection::open(record.join("record.db")).expect("a database");
    old.execute_batch(include_str!("../migrations/0001_begin.sql")).expect("the first format");
    old.pragma_update(None, "user_version", 1).expect("marked");
    drop(old);
    assert!(matches!(Store::read(&record), Err(StoreError::Older { found: 1, .. })));
    assert_eq!(open(&dir).labels().expect("reads"), []);
    assert!(Store::read(&record).is_ok());
}

#[test]
fn a_version_of_an_older_format_is_read_as_it_was() {
    let dir = TempDir::new().expect("a folder for the test");
    let record = dir.path().join("record");
    std::fs::create_dir_all(&record).expect("a folder");
    let old = Connection::open(record.join("record.db")).expect("a database");
    old.execute_batch(concat!(
        include_str!("../migrations/0001_begin.sql"),
        include_str!("../migrations/0002_judgement.sql")
    ))
    .expect("the second format");
    old.execute_batch(
        "INSERT INTO article (id, by_hand, seen_by, outcome, last_look) VALUES (1, 0, 5, 'kept', 5);
         INSERT INTO version (article_id, number, title, authors, lang, text, layer, assessed_lang, verdict, score, why, seen_by, made_by, print)
         VALUES (1, 1, 'One', '[]', 'en', 'Text', 'general', 'en', 'on-topic', 0.5, '[]', 5, 'old', 'p');
         PRAGMA user_version = 2;",
    )
    .expect("an article of that format");
    drop(old);
    drop(open(&dir));
    let article = Store::read(&record).expect("opens").article(ArticleId(1)).expect("reads").expect("is there");
    let read = &article.latest().article;
    assert_eq!((read.title.as_str(), read.text.as_str()), ("One", "Text"));
    assert_eq!((&read.standfirst, &read.section), (&None, &None));
    assert!(read.marks.is_empty() && read.discrepancies.is_empty() && read.recurring.is_empty());
}

/// A few sentences, speakers and places in the text, so that many statements are alike.
fn alike() -> impl Strategy<Value = Statement> {
    let speakers = prop::sample::select(vec!["envoy", "mayor"]);
    let sentences = prop::sample::select(vec![ENVOY, MAYOR]);
    (speakers, sentences, any::<bool>()).prop_map(|(speaker, sentence, warns)| {
        let kind = if warns { StatementKind::Warn } else { StatementKind::Deny };
        Statement { kind, ..denial(TEXT, sentence, speaker) }
    })
}

proptest! {
    // Each case syncs to the disk several times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_judgement_touches_no_other_statement_and_no_order_loses_it(
        statements in prop::collection::vec(alike(), 1..7),
        acts in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..5),
        turn in any::<prop::sample::Index>(),
    ) {
        let mut desk = Desk::new();
        let article = desk.tell("isl", "a", "10:00", &said(TEXT, statements.clone())).article;
        let article = desk.article(article);
        let mut expected = vec![Decision::None; statements.len()];
        for (at, accepts) in acts {
            let (at, decision) = (at.index(statements.len()), if accepts { Decision::Accept } else { Decision::Reject });
            desk.judge(&article, at, &Act::Decide(decision), "11:00");
            expected[at] = decision;
        }
        let read = desk.article(Some(article.id)).latest().statements.clone();
        let decisions: Vec<Decision> = read.iter().map(|statement| statement.review.decision()).collect();
        prop_assert_eq!(&decisions, &expected);
        let mut turned = statements;
        turned.rotate_left(turn.index(decisions.len()));
        desk.read_again(&article, &turned);
        let mut after: Vec<String> = desk.reviews(&article).into_iter().filter(|shown| !shown.ends_with("unreviewed")).collect();
        let mut before: Vec<String> = read.iter().map(shown).filter(|shown| !shown.ends_with("unreviewed")).collect();
        after.sort();
        before.sort();
        prop_assert_eq!(after, before);
    }
}
