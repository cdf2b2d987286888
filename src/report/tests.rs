//! What the matrix and the digest conclude from the invented story.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::sample::*;
use super::*;
use crate::model::*;

fn made(articles: &[StoredArticle]) -> Matrix {
    matrix(&story(), articles, &sources(), &looks(), (at("08:00"), at("20:00")), Scope::Everything)
}

fn row<'a>(matrix: &'a Matrix, outlet: &str) -> &'a OutletRow {
    matrix.rows.iter().find(|row| row.outlet == outlet).expect("the outlet has a row")
}

#[test]
fn the_header_names_accuser_and_accused_and_counts_origins() {
    let matrix = made(&articles());
    assert_eq!(matrix.claim.accuser.and_then(|party| party.id).as_deref(), Some("NO.pst"));
    assert_eq!(matrix.claim.accused.and_then(|party| party.id).as_deref(), Some("CN.mss"));
    assert_eq!((matrix.outlets, matrix.watched, matrix.origins), ((3, 0), 5, 2));
    assert_eq!((matrix.articles, matrix.versions, matrix.tally), (3, 4, Tally { accepted: 0, unreviewed: 5 }));
}

#[test]
fn a_denial_added_later_names_its_version_and_its_delay_is_a_range() {
    let matrix = made(&articles());
    let Answer::Found(answers) = &row(&matrix, "isl-en").answer else { panic!("it has an answer") };
    let (found, presence) = &answers[0];
    let expected = (Mark::Denial, 2, 3, Presence::There);
    assert_eq!((found.mark, found.version, found.paragraph, *presence), expected);
    assert_eq!(found.sentence, "A spokesman called it 捏造 on Monday.");
    let range = Delay { at_least: SignedDuration::from_mins(320), at_most: Some(SignedDuration::from_mins(351)) };
    assert_eq!(row(&matrix, "isl-en").answered_after, AnsweredAfter::Range(range));
    assert_eq!(row(&matrix, "port-zh").answered_after, AnsweredAfter::SameArticle);
    assert_eq!(row(&matrix, "waves-tw").answered_after, AnsweredAfter::NoAnswer);
}

#[test]
fn a_denial_of_another_country_fills_no_cell() {
    let mut articles = articles();
    let foreign = said(StatementKind::Deny, None, ("俄外交部", "RU.mfa"), None, "沒有證據");
    articles.truncate(2);
    let text = articles[1].versions[0].article.text.clone();
    articles[1].versions[0] =
        version(1, Lang::zh_hant(), seen("15:10", "15:20"), "標題", &text, vec![accusation("指控"), foreign]);
    let matrix = made(&articles);
    assert_eq!(row(&matrix, "port-zh").answer, Answer::Empty(Empty::FullText));
    assert_eq!(matrix.apart.len(), 1);
    assert_eq!((matrix.apart[0].mark, matrix.apart[0].bearing), (Mark::Denial, Bearing::Elsewhere));
}

#[test]
fn a_denial_counts_when_it_is_linked_to_the_claim() {
    let mut articles = articles();
    let mut linked = said(StatementKind::Deny, None, ("他的律師", ""), None, "沒有證據");
    linked.party = Some(DenialParty::Lawyer);
    linked.answers = Some(0);
    let text = articles[1].versions[0].article.text.clone();
    articles[1].versions[0] =
        version(1, Lang::zh_hant(), seen("15:10", "15:20"), "標題", &text, vec![accusation("指控"), linked]);
    let matrix = made(&articles);
    assert!(matches!(&row(&matrix, "port-zh").answer, Answer::Found(found) if found.len() == 1));
}

#[test]
fn when_the_chinese_side_accuses_the_matrix_turns_with_it() {
    let ministry = said(StatementKind::Accuse, None, ("國安部", "CN.mss"), Some(("the agency", "NO.pst")), "accuses");
    let answer = said(StatementKind::Deny, None, ("the agency", "NO.pst"), None, "denies");
    let other = said(StatementKind::Deny, None, ("外交部", "CN.mfa"), None, "rejects");
    let text = "The ministry accuses the agency of hacking.\nThe agency denies it.\nBeijing rejects another report.";
    let told = version(1, Lang::en(), seen("09:00", "09:10"), "Title", text, vec![ministry, answer, other]);
    let matrix = made(&[article(1, "isl-en", vec![told])]);
    assert_eq!(matrix.claim.accused.clone().and_then(|party| party.id).as_deref(), Some("NO.pst"));
    let Answer::Found(answers) = &matrix.rows[0].answer else { panic!("it has an answer") };
    assert_eq!(answers[0].0.cue, "denies");
    assert_eq!(matrix.apart.iter().map(|found| found.cue.as_str()).collect::<Vec<_>>(), ["rejects"]);
}

#[test]
fn a_counter_accusation_stands_apart() {
    let mut counter = said(StatementKind::Accuse, None, SPEAKER, Some(("美國", "US.gov")), "駭客帝國");
    counter.counter = true;
    let mut articles = articles();
    articles[1].versions[0] = version(
        1,
        Lang::zh_hant(),
        seen("15:10", "15:20"),
        "美國才是駭客帝國",
        "安全機構指控國安部。",
        vec![counter, accusation("指控")],
    );
    let matrix = made(&articles);
    assert_eq!(row(&matrix, "port-zh").accusations, 1);
    assert_eq!(matrix.apart[0].bearing, Bearing::Counter);
}

#[test]
fn the_verb_is_a_word_of_the_accusation() {
    let matrix = made(&articles());
    let verb = |matrix: &Matrix, outlet: &str| row(matrix, outlet).verb.clone().unwrap_or_default();
    assert_eq!(["isl-en", "port-zh", "waves-tw"].map(|outlet| verb(&matrix, outlet)), ["accuses", "指控", "指控"]);
    // A headline's colon accuses, and is no word.
    let mut articles = articles();
    let text = "北方國安全機構指控國安部吸收軍官。";
    let head = "安全機構：國安部吸收軍官";
    let versions = |said| vec![version(1, Lang::zh_hant(), seen("15:30", "15:40"), head, text, said)];
    articles[2].versions = versions(vec![accusation("：")]);
    assert_eq!(row(&made(&articles), "waves-tw").verb, None);
    articles[2].versions = versions(vec![accusation("："), accusation("指控")]);
    assert_eq!(verb(&made(&articles), "waves-tw"), "指控");
}

const SPEAKER: (&str, &str) = ("外交部發言人", "CN.mfa");

#[test]
fn negated_and_candidate_statements_count_nowhere() {
    let mut articles = articles();
    for version in &mut articles[0].versions {
        version.statements[0].polarity = Polarity::Negated;
    }
    articles[1].versions[0].statements[0].candidate = true;
    let matrix = made(&articles);
    assert_eq!(row(&matrix, "isl-en").accusation, Cell::Empty(Empty::FullText));
    assert_eq!(row(&matrix, "port-zh").answer, Answer::Empty(Empty::Candidate));
}

fn made_of_reviewed(articles: &[StoredArticle]) -> Matrix {
    matrix(&story(), articles, &sources(), &looks(), (at("08:00"), at("20:00")), Scope::Reviewed)
}

/// The story in which a person accepted everything.
fn all_accepted() -> Vec<StoredArticle> {
    let mut articles = articles();
    let versions = articles.iter_mut().flat_map(|article| &mut article.versions);
    versions.flat_map(|version| &mut version.statements).for_each(|one| judged(one, Decision::Accept, None));
    articles
}

#[test]
fn a_rejected_statement_is_in_no_count_no_cell_and_no_claim() {
    let mut articles = articles();
    judged(&mut articles[1].versions[0].statements[0], Decision::Reject, None);
    let matrix = made(&articles);
    assert_eq!(matrix.tally, Tally { accepted: 0, unreviewed: 4 });
    assert_eq!(row(&matrix, "port-zh").answer, Answer::Empty(Empty::FullText));
    assert!(row(&matrix, "port-zh").headline.is_empty());
    for version in articles.iter_mut().flat_map(|article| &mut article.versions) {
        for one in version.statements.iter_mut().filter(|one| one.kind == StatementKind::Accuse) {
            judged(one, Decision::Reject, None);
        }
    }
    let matrix = made(&articles);
    assert_eq!(matrix.claim, Claim::default());
    assert_eq!(matrix.first_accusation, None);
}

#[test]
fn an_accepted_candidate_fills_its_cell() {
    let mut articles = articles();
    let denial = &mut articles[1].versions[0].statements[0];
    denial.candidate = true;
    judged(denial, Decision::Accept, Some("heard it"));
    let matrix = made(&articles);
    let Answer::Found(answers) = &row(&matrix, "port-zh").answer else { panic!("it has an answer") };
    let (found, _) = &answers[0];
    assert_eq!(
        (found.accepted, found.id.to_string().as_str(), found.note.as_deref()),
        (true, "a-2.1", Some("heard it"))
    );
    assert_eq!(matrix.tally, Tally { accepted: 1, unreviewed: 4 });
}

#[test]
fn a_denial_of_what_a_person_rejected_is_linked_to_nothing() {
    let mut linked = said(StatementKind::Deny, None, ("他的律師", ""), None, "沒有證據");
    linked.answers = Some(0);
    let mut articles = articles();
    let text = articles[1].versions[0].article.text.clone();
    let mut rejected = accusation("指控");
    judged(&mut rejected, Decision::Reject, None);
    articles[1].versions[0] =
        version(1, Lang::zh_hant(), seen("15:10", "15:20"), "標題", &text, vec![rejected, linked]);
    assert_eq!(row(&made(&articles), "port-zh").answer, Answer::Empty(Empty::Unmatched));
}

#[test]
fn a_page_of_what_was_reviewed_rests_on_accepted_statements_alone() {
    let mut articles = all_accepted();
    assert_eq!(made_of_reviewed(&articles).tally, Tally { accepted: 5, unreviewed: 0 });
    articles[1].versions[0].statements[0].review = Review::Unreviewed;
    let matrix = made_of_reviewed(&articles);
    assert_eq!(matrix.tally, Tally { accepted: 4, unreviewed: 1 });
    assert_eq!(row(&matrix, "port-zh").answer, Answer::Empty(Empty::Candidate));
    assert!(row(&matrix, "port-zh").headline_waits && row(&matrix, "port-zh").headline.is_empty());
    assert!(matches!(&row(&matrix, "port-zh").accusation, Cell::Found(found) if found.accepted));
    assert!(!row(&made(&articles), "port-zh").headline_waits);
    assert_eq!(made_of_reviewed(&self::articles()).claim, Claim::default(), "nobody has accepted an accusation");
}

#[test]
fn what_the_newest_version_has_unreviewed_is_not_called_gone() {
    let mut articles = all_accepted();
    for statement in &mut articles[0].versions[1].statements {
        statement.review = Review::Unreviewed;
    }
    let presence = |articles: &[StoredArticle]| match row(&made_of_reviewed(articles), "isl-en").accusation {
        Cell::FoundBefore(_, presence) => presence,
        ref other => panic!("an earlier version had it: {other:?}"),
    };
    assert_eq!(presence(&articles), Presence::Waits);
    articles[0].versions[1].statements.clear();
    assert_eq!(presence(&articles), Presence::Gone);
}

#[test]
fn no_delay_is_measured_from_an_accusation_that_was_not_the_first() {
    let mut articles = all_accepted();
    let range = |matrix: &Matrix| matches!(row(matrix, "isl-en").answered_after, AnsweredAfter::Range(_));
    assert!(range(&made_of_reviewed(&articles)));
    for version in &mut articles[0].versions {
        version.statements[0].review = Review::Unreviewed;
    }
    assert!(range(&made(&articles)));
    assert_eq!(row(&made_of_reviewed(&articles), "isl-en").answered_after, AnsweredAfter::EarlierUnreviewed);
}

#[test]
fn nobody_says_that_a_denial_was_cut_while_one_waits_for_review() {
    let mut articles = all_accepted();
    let text = "北方國安全機構認為國安部吸收軍官。\n外交部稱之捏造。";
    let said = vec![accusation("認為"), denial("捏造")];
    articles[2].versions[0] = version(1, Lang::zh_hant(), seen("15:30", "15:40"), "標題", text, said);
    let cut = |matrix: Matrix| match &row(&matrix, "waves-tw").origin {
        Origin::Reprint(reprint) => reprint.cut,
        other => panic!("not a reprint: {other:?}"),
    };
    assert_eq!(cut(made(&articles)), CutNote::None);
    assert_eq!(cut(made_of_reviewed(&articles)), CutNote::Waits);
}

#[test]
fn what_waits_for_a_person_is_in_the_order_of_what_it_may_cost() {
    let mut articles = articles();
    let unsure = |articles: &mut Vec<StoredArticle>, article: usize, at: usize, confidence| {
        let statement = &mut articles[article].versions.last_mut().expect("a version").statements[at];
        statement.confidence = confidence;
    };
    unsure(&mut articles, 0, 0, 0.5);
    unsure(&mut articles, 0, 1, 0.6);
    unsure(&mut articles, 1, 0, 0.6);
    unsure(&mut articles, 1, 1, 0.4);
    let candidate = &mut articles[2].versions[0].statements[0];
    candidate.candidate = true;
    let mut filter = ReviewFilter { kind: None, below: 0.7, all: false };
    let shown = |articles: &[StoredArticle], filter| {
        let queue = review_queue(articles, filter);
        queue.iter().map(|row| format!("{} {:?}", row.id(), row.doubt)).collect::<Vec<_>>()
    };
    // Denials first and the newest of equals; then what the machine is least sure of.
    let expected = ["a-2.1 LessSure", "a-1.2 LessSure", "a-2.2 LessSure", "a-1.1 LessSure", "a-3.1 Wording"];
    assert_eq!(shown(&articles, filter), expected);
    filter.below = 0.5;
    assert_eq!(shown(&articles, filter), ["a-2.2 LessSure", "a-3.1 Wording"]);
    filter.kind = Some(StatementKind::Deny);
    assert_eq!(shown(&articles, filter), Vec::<String>::new());
    filter = ReviewFilter { kind: None, below: 0.0, all: false };
    // What was judged and is read otherwise now goes before all; what was decided does not wait.
    let old = &mut articles[0].versions[1].statements[0];
    judged(old, Decision::Accept, None);
    let Review::Judged(judgement) = old.review.clone() else { unreachable!("judged above") };
    old.review = Review::ReadOtherwise(judgement);
    judged(&mut articles[2].versions[0].statements[0], Decision::Reject, None);
    assert_eq!(shown(&articles, filter), ["a-1.1 ReadOtherwise"]);
    filter.all = true;
    articles[1].versions[0].statements[1].polarity = Polarity::Negated;
    let expected = ["a-1.1 ReadOtherwise", "a-2.1 Unreviewed", "a-1.2 Unreviewed", "a-2.2 Unreviewed"];
    assert_eq!(shown(&articles, filter), expected);
    articles[0].outcome = OutcomeKind::OffTopic;
    assert_eq!(shown(&articles, filter), ["a-2.1 Unreviewed", "a-2.2 Unreviewed"]);
}

#[test]
fn an_empty_cell_says_when_the_text_is_not_all_of_it() {
    let mut articles = articles();
    articles[2].versions[0].article.partial = Some("the page ends at a paywall".to_owned());
    let matrix = made(&articles);
    let partial = Empty::Partial("the page ends at a paywall".to_owned());
    assert_eq!(row(&matrix, "waves-tw").answer, Answer::Empty(partial));
    let cut = CutNote::TextPartial;
    assert_eq!(
        row(&matrix, "waves-tw").origin,
        Origin::Reprint(Reprint { of: Some("port-zh".to_owned()), article: ArticleId(2), order_known: true, cut })
    );
}

#[test]
fn a_denial_was_cut_only_when_the_original_had_it_before() {
    let cut_of = |articles: &[StoredArticle]| match &row(&made(articles), "waves-tw").origin {
        Origin::Reprint(reprint) => reprint.cut,
        other => panic!("not a reprint: {other:?}"),
    };
    let mut articles = articles();
    assert_eq!(cut_of(&articles), CutNote::DenialCut);
    articles[1].versions[0].seen = seen("16:00", "16:10");
    assert_eq!(cut_of(&articles), CutNote::MayPredateDenial);
    articles[1].versions[0].statements.remove(0);
    assert_eq!(cut_of(&articles), CutNote::None);
}

#[test]
fn who_was_seen_first_is_not_called_the_original() {
    let matrix = made(&articles());
    assert_eq!(row(&matrix, "isl-en").origin, Origin::NoEarlierSeen);
    assert_eq!(row(&matrix, "port-zh").origin, Origin::Own);
}

#[test]
fn silence_needs_proof_that_we_were_looking() {
    #[track_caller]
    fn check(change: impl Fn(&mut WatchRecord), expected: &str) {
        let source = source("herald-en", Lang::en(), "CN");
        let mut record = watch("herald-en", 96, 96, "19:50");
        change(&mut record);
        let said = match silence(&source, Some(&record), (at("08:00"), at("20:00"))) {
            Silence::NotSeen { .. } => "not seen".to_owned(),
            Silence::Unknown { because } => because.join("; "),
        };
        assert_eq!(said, expected);
    }
    check(|_| {}, "not seen");
    check(|record| record.looks = 0, "no look in the window");
    check(|record| record.entry_points = 0, "only 0 of 1 entry points asked");
    check(|record| record.answered = 95, "1 of 96 looks failed");
    check(|record| record.unread_pages = 2, "2 pages could not be read");
    check(|record| record.empty_looks = 3, "3 of 96 looks found no items");
    check(|record| record.rolled_over = 1, "1 of 96 looks found nothing known: items in between may have been missed");
    check(
        |record| record.false_unmodified = 2,
        "2 of 96 looks were answered \"not modified\" by validators that were false",
    );
    let found = |kind| Finding { entry_point: None, kind, says: "out of its habit".to_owned() };
    for kind in FindingKind::ALL {
        let expected = if kind.casts_doubt() { "out of its habit" } else { "not seen" };
        check(|record| record.health = vec![found(*kind)], expected);
    }
    check(|record| record.longest_gap = Some(SignedDuration::from_hours(7)), "not looked at for 7 hours");
    check(|record| record.partial_articles = 4, "4 articles could be read in part only");
    check(|record| record.articles = 0, "no article of it was read in the window");
    check(|record| record.first_look = Some(at("15:00")), "not looked at early in the window");
    check(|record| record.last_look = Some(at("10:00")), "not looked at late in the window");
    assert_eq!(
        silence(&source("herald-en", Lang::en(), "CN"), None, (at("08:00"), at("20:00"))),
        Silence::Unknown { because: vec!["no look in the window".to_owned()] }
    );
}

#[test]
fn a_page_brought_in_by_hand_is_marked_and_no_verdict_rests_on_it() {
    let mut articles = articles();
    articles[0].by_hand = true;
    let matrix = made(&articles);
    assert!(row(&matrix, "isl-en").by_hand);
    assert_eq!(matrix.outlets, (2, 1));
    assert!(matrix.silent.iter().all(|silent| silent.source.as_str() != "isl-en"));
    assert_eq!(matrix.first_accusation, Some(seen("15:10", "15:20")));
}

#[test]
fn a_circle_of_copies_ends() {
    let mut articles = articles();
    articles[1].reprint_of = Some((ArticleId(3), ReprintKind::Copy));
    assert_eq!(made(&articles).origins, 3);
}

#[test]
fn an_aggregator_counts_as_its_provider() {
    let mut articles = articles();
    articles[2].reprint_of = None;
    articles[2].versions[0].article.provider = Some("PORT-ZH".to_owned());
    assert_eq!(made(&articles).origins, 2);
}

pub(crate) fn digest_input() -> DigestInput {
    DigestInput {
        window: (at("08:00"), at("20:00")),
        zone: TimeZone::UTC,
        command: "gainsay digest --date 2026-03-02".to_owned(),
        sources: sources(),
        watch: looks()[..4].to_vec(),
        outcomes: vec![
            OutcomeCount { kind: OutcomeKind::Unread, count: 2 },
            OutcomeCount { kind: OutcomeKind::Kept, count: 3 },
        ],
        stories: vec![story()],
        articles: articles(),
        changes: vec![Change {
            article: ArticleId(3),
            source: Some(SourceId::new("waves-tw").expect("an id")),
            kind: ChangeKind::Gone,
            before: "安全機構指控國安部".to_owned(),
            after: "404 Not Found".to_owned(),
            seen: seen("18:00", "18:10"),
        }],
        history: vec![OutletHistory { source: SourceId::new("isl-en").expect("an id"), days: 28, on_topic: 40 }],
        error_rates: None,
        scope: Scope::Everything,
    }
}

#[test]
fn a_digest_tells_what_is_new_in_its_window() {
    let whole = digest(&digest_input());
    assert_eq!(whole.accusations.len(), 1);
    assert_eq!(whole.denials.len(), 1);
    assert!(whole.open.is_empty());
    let mut afternoon = digest_input();
    afternoon.window = (at("12:00"), at("20:00"));
    let later = digest(&afternoon);
    assert!(later.accusations.is_empty(), "it was seen in the morning");
    assert_eq!(later.denials.len(), 1);
    assert_eq!(later.top[0].outlets, 2);
}

#[test]
fn an_accusation_is_open_until_somebody_answers() {
    let mut input = digest_input();
    for article in &mut input.articles {
        for version in &mut article.versions {
            version.statements.retain(|statement| statement.kind != StatementKind::Deny);
        }
    }
    let digest = digest(&input);
    assert_eq!(digest.open.len(), 1);
    assert_eq!(digest.open[0].outlets, 3);
}

#[test]
fn a_digest_of_what_was_reviewed_does_not_call_an_unreviewed_answer_none() {
    let mut input = DigestInput { articles: all_accepted(), scope: Scope::Reviewed, ..digest_input() };
    assert_eq!(digest(&input).denials.len(), 1);
    for version in input.articles.iter_mut().flat_map(|article| &mut article.versions) {
        for one in version.statements.iter_mut().filter(|one| one.kind == StatementKind::Deny) {
            one.review = Review::Unreviewed;
        }
    }
    let digest = digest(&input);
    assert!(digest.denials.is_empty());
    assert_eq!((digest.open[0].waiting, digest.tally), (2, Tally { accepted: 3, unreviewed: 2 }));
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let mut turned = digest_input();
    turned.articles.reverse();
    turned.outcomes.reverse();
    assert_eq!(digest(&turned), digest(&digest_input()));
}

#[test]
fn what_was_read_otherwise_was_never_said_and_what_the_outlet_took_out_was() {
    let of = |number, read_anew| StoredVersion {
        read_anew,
        ..version(number, Lang::en(), seen("09:00", "09:10"), "Title", "Text.", Vec::new())
    };
    let left = |versions: Vec<StoredVersion>| -> Vec<u32> {
        article(1, "isl-en", versions).readings().map(|version| version.number).collect()
    };
    assert_eq!(left(vec![of(1, false), of(2, true)]), [2]);
    assert_eq!(left(vec![of(1, false), of(2, false), of(3, true)]), [1, 3], "the outlet's own change stays");
    assert_eq!(left(vec![of(1, false), of(2, true), of(3, true), of(4, false)]), [3, 4]);
}
