//! The pages as a person sees them.

use jiff::tz::TimeZone;

use super::*;
use crate::model::{Decision, Review};
use crate::report::sample::*;
use crate::report::tests::digest_input;
use crate::report::{Matrix, ReviewFilter, Scope, digest, matrix, review_queue};

fn made() -> Matrix {
    matrix(&story(), &articles(), &sources(), &looks(), (at("08:00"), at("20:00")), Scope::Everything)
}

#[track_caller]
fn check(shown: &str, expected: &str) {
    assert_eq!(shown, expected, "\n{shown}");
}

#[test]
fn the_matrix_is_a_table_where_there_is_room() {
    check(&matrix_text(&made(), 200, &TimeZone::UTC),
        "\
s-4 Agency accuses ministry of recruiting officers
accuser: Nordland's security agency (NO.pst) · accused: the Ministry of State Security (CN.mss) · first accusation seen 2 Mar 09:12-09:20
3 of 5 outlets · 2 independent origins · 3 articles · 4 versions · machine, unreviewed: 5 · times UTC
outlet    script  country  first seen         headline    accuse    answer             answered after  verb     sentences A/D  changed    kind
isl-en    en      SG       2 Mar 09:12-09:20  none found  ¶1 (1)    D ¶3 (v2)          5h20m-5h51m     accuses  1/1            1 body     no earlier source seen
port-zh   hant    HK       2 Mar 15:10-15:20  D           ¶1 (1)    D head (v1)        same article    指控     1/1            none seen  own
waves-tw  hant    TW       2 Mar 15:30-15:40  A           head (1)  none in full text  no answer       指控     1/0            gone       reprint of port-zh, denial cut
herald-en · en · CN · NOT SEEN 1 entry point polled 96/96, 12 other articles, 2 Mar 08:00 - 2 Mar 20:00
bourse-hk · hant · HK · UNKNOWN because: 6 of 96 looks failed, last: the connection timed out
",
    );
}

#[test]
fn the_matrix_is_a_list_where_there_is_none() {
    check(
        &matrix_text(&made(), 60, &TimeZone::UTC),
        "\
s-4 Agency accuses ministry of recruiting officers
accuser: Nordland's security agency (NO.pst) · accused:
  the Ministry of State Security (CN.mss) · first accusation
  seen 2 Mar 09:12-09:20
3 of 5 outlets · 2 independent origins · 3 articles · 4
  versions · machine, unreviewed: 5 · times UTC
isl-en · en · SG
  first seen: 2 Mar 09:12-09:20
  headline: none found
  accuse: ¶1 (1)
  answer: D ¶3 (v2)
  answered after: 5h20m-5h51m
  verb: accuses
  sentences A/D: 1/1
  changed: 1 body
  kind: no earlier source seen
port-zh · hant · HK
  first seen: 2 Mar 15:10-15:20
  headline: D
  accuse: ¶1 (1)
  answer: D head (v1)
  answered after: same article
  verb: 指控
  sentences A/D: 1/1
  changed: none seen
  kind: own
waves-tw · hant · TW
  first seen: 2 Mar 15:30-15:40
  headline: A
  accuse: head (1)
  answer: none in full text
  answered after: no answer
  verb: 指控
  sentences A/D: 1/0
  changed: gone
  kind: reprint of port-zh, denial cut
herald-en · en · CN · NOT SEEN 1 entry point polled 96/96,
  12 other articles, 2 Mar 08:00 - 2 Mar 20:00
bourse-hk · hant · HK · UNKNOWN because: 6 of 96 looks
  failed, last: the connection timed out
",
    );
}

#[test]
fn what_a_person_accepted_is_marked_and_the_mark_is_explained() {
    let mut articles = articles();
    judged(&mut articles[0].versions[1].statements[1], Decision::Accept, Some("their own words\u{1b}[2J"));
    judged(&mut articles[2].versions[0].statements[0], Decision::Accept, None);
    let page = |scope| matrix(&story(), &articles, &sources(), &looks(), (at("08:00"), at("20:00")), scope);
    check(&matrix_text(&page(Scope::Everything), 200, &TimeZone::UTC), "\
s-4 Agency accuses ministry of recruiting officers
accuser: Nordland's security agency (NO.pst) · accused: the Ministry of State Security (CN.mss) · first accusation seen 2 Mar 09:12-09:20
3 of 5 outlets · 2 independent origins · 3 articles · 4 versions · machine, unreviewed: 3 · accepted by a person: 2 · times UTC
✓ accepted by a person; what has no such sign is the machine's reading, unreviewed
outlet    script  country  first seen         headline    accuse     answer             answered after  verb     sentences A/D  changed    kind
isl-en    en      SG       2 Mar 09:12-09:20  none found  ¶1 (1)     D ¶3✓ (v2)         5h20m-5h51m     accuses  1/1            1 body     no earlier source seen
port-zh   hant    HK       2 Mar 15:10-15:20  D           ¶1 (1)     D head (v1)        same article    指控     1/1            none seen  own
waves-tw  hant    TW       2 Mar 15:30-15:40  A✓          head✓ (1)  none in full text  no answer       指控     1/0            gone       reprint of port-zh, denial cut
herald-en · en · CN · NOT SEEN 1 entry point polled 96/96, 12 other articles, 2 Mar 08:00 - 2 Mar 20:00
bourse-hk · hant · HK · UNKNOWN because: 6 of 96 looks failed, last: the connection timed out
");
    check(&matrix_text(&page(Scope::Reviewed), 200, &TimeZone::UTC), "\
s-4 Agency accuses ministry of recruiting officers
accuser: Nordland's security agency (NO.pst) · accused: the Ministry of State Security (CN.mss) · first accepted accusation seen 2 Mar 15:30-15:40
3 of 5 outlets · 2 independent origins · 3 articles · 4 versions · reviewed only: 2 accepted by a person, 3 left out · times UTC
✓ accepted by a person; what nobody has accepted counts as a candidate on this page
isl-en · en · SG
  first seen: 2 Mar 09:12-09:20
  headline: none found
  accuse: candidate, unreviewed
  answer: D ¶3✓ (v2)
  answered after: accusation before it unreviewed
  verb: none
  sentences A/D: 0/1
  changed: 1 body
  kind: no earlier source seen
port-zh · hant · HK
  first seen: 2 Mar 15:10-15:20
  headline: candidate, unreviewed
  accuse: candidate, unreviewed
  answer: candidate, unreviewed
  answered after: answer unreviewed
  verb: none
  sentences A/D: 0/0
  changed: none seen
  kind: own
waves-tw · hant · TW
  first seen: 2 Mar 15:30-15:40
  headline: A✓
  accuse: head✓ (1)
  answer: none in full text
  answered after: no answer
  verb: 指控
  sentences A/D: 1/0
  changed: gone
  kind: reprint of port-zh
herald-en · en · CN · NOT SEEN 1 entry point polled 96/96, 12 other articles, 2 Mar 08:00 - 2 Mar 20:00
bourse-hk · hant · HK · UNKNOWN because: 6 of 96 looks failed, last: the connection timed out
");
    check(
        &matrix_statements(&page(Scope::Reviewed), 120),
        "\
isl-en
  D✓ · 外交部發言人 · isl-en a-1.2 v2 ¶3 · A spokesman called it 捏造 on Monday.
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
    note: their own words�
port-zh
waves-tw
  A✓ · Nordland's security agency · waves-tw a-3.1 v1 head · 安全機構指控國安部
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
",
    );
    let json = matrix_json(&page(Scope::Reviewed));
    assert_eq!(
        (&json["reviewed_only"], &json["accepted"], &json["machine_unreviewed"]),
        (&true.into(), &2.into(), &3.into())
    );
    assert_eq!(
        (&json["rows"][2]["accusation"]["id"], &json["rows"][2]["accusation"]["accepted"]),
        (&"a-3.1".into(), &true.into())
    );
}

#[test]
fn a_digest_says_how_much_of_it_was_reviewed() {
    let mut input = digest_input();
    judged(&mut input.articles[0].versions[1].statements[1], Decision::Accept, None);
    let text = digest_text(&digest(&input), 100, &TimeZone::UTC);
    check(
        &text.lines().skip(2).take(2).collect::<Vec<_>>().join("\n"),
        "\
Not polled: bourse-hk
Statements of these stories: machine, unreviewed: 4 · accepted by a person: 1",
    );
    input.scope = Scope::Reviewed;
    let text = digest_text(&digest(&input), 100, &TimeZone::UTC);
    check(
        &text.lines().skip(2).take(2).collect::<Vec<_>>().join("\n"),
        "\
Not polled: bourse-hk
Statements of these stories: reviewed only: 1 accepted by a person, 4 left out",
    );
    assert!(!text.contains("no answer seen"), "{text}");
}

#[test]
fn each_statement_shows_what_a_person_made_of_it() {
    let mut articles = articles();
    let statements = &mut articles[0].versions[1].statements;
    judged(&mut statements[1], Decision::Accept, None);
    let Review::Judged(mut then) = statements[1].review.clone() else { unreachable!("judged above") };
    then.reading.speaker = Some("the envoy\u{1b}[2J".to_owned());
    then.reading.speaker_id = None;
    statements[1].review = Review::ReadOtherwise(then);
    judged(&mut statements[0], Decision::Reject, Some("hearsay\u{1b}[2J"));
    let article = &articles[0];
    check(
        &statements_text(article, article.latest(), Scope::Everything, 100),
        "\
a-1.1 accuse · Nordland's security agency (NO.pst) against the Ministry of State Security (CN.mss)
  · ¶1 · asserted · cue accuses · confidence 0.90 · rule test · rejected by a person
    The agency accuses the ministry of recruiting officers.
    note: hearsay�
a-1.2 deny/smear · 外交部發言人 (CN.mfa) · ¶3 · asserted · cue 捏造 · confidence 0.90 · rule test
  · read otherwise than judged, unreviewed
    A spokesman called it 捏造 on Monday.
    accepted as the envoy� -> nobody named · asserted, now read as 外交部發言人 (CN.mfa) -> nobody
      named · asserted
",
    );
    check(&statements_text(article, article.latest(), Scope::Reviewed, 100), "no statement accepted\n");
    let json = article_json(article, article.latest(), Scope::Everything);
    let review = |at: usize| json["statements"][at]["review"].to_string();
    check(
        &review(0),
        r#"{"decision":"reject","note":"hearsay\u001b[2J","at":"2026-03-02T21:00:00Z","read_otherwise":null}"#,
    );
    assert_eq!(json["statements"][1]["review"]["read_otherwise"]["speaker"], "the envoy\u{1b}[2J");
    assert_eq!((&json["statements"][1]["id"], &json["statements"][1]["counts"]), (&"a-1.2".into(), &true.into()));
    assert_eq!(article_json(article, &article.versions[0], Scope::Everything)["statements"][0]["id"], "a-1v1.1");
    assert_eq!(article_json(article, article.latest(), Scope::Reviewed)["statements"], serde_json::json!([]));

    // The one that is read otherwise now is asked about again.
    let filter = ReviewFilter { kind: None, below: 0.7, all: false };
    check(
        &review_text(&review_queue(&articles, filter), 2, 100),
        "\
a-1.2 deny/smear · 外交部發言人 (CN.mfa) -> nobody named · asserted · confidence 0.90 · rule test
  isl-en · en · Agency names ministry
  ¶3: A spokesman called it ‹[捏造]› on Monday.
  why: it was judged when it was read otherwise
  accepted as the envoy� -> nobody named · asserted, now read as 外交部發言人 (CN.mfa) -> nobody
    named · asserted

1 statement for review, 2 more with a higher --limit
",
    );
}

#[test]
fn each_cell_leads_to_its_sentence() {
    check(
        &matrix_statements(&made(), 120),
        "\
isl-en
  A · Nordland's security agency · isl-en a-1.1 v2 ¶1 · The agency accuses the ministry of recruiting officers.
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
  D · 外交部發言人 · isl-en a-1.2 v2 ¶3 · A spokesman called it 捏造 on Monday.
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
port-zh
  D · 外交部發言人 · port-zh a-2.1 v1 head · 外交部斥純屬捏造
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
  A · Nordland's security agency · port-zh a-2.2 v1 ¶1 · 北方國安全機構指控國安部吸收軍官。
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
waves-tw
  A · Nordland's security agency · waves-tw a-3.1 v1 head · 安全機構指控國安部
    2026-03-02.warc.gz bytes 100-200 sha256 ab12
",
    );
}

#[test]
fn the_digest_is_one_page() {
    check(
        &digest_text(&digest(&digest_input()), 100, &TimeZone::UTC),
        "\
Digest 2 Mar 2026 08:00 - 2 Mar 2026 20:00 · times UTC
Coverage: 4 of 5 sources polled, 384 looks, 0 failed · pages: 3 kept, 2 unread
Not polled: bourse-hk
Statements of these stories: machine, unreviewed: 5

Top stories
  s-4 Agency accuses ministry of recruiting officers · 3 outlets, 3 articles · accuser: Nordland's
    security agency (NO.pst) · accused: the Ministry of State Security (CN.mss)

New accusations
  s-4 · seen 2 Mar 09:12-09:20 · A · Nordland's security agency · isl-en a-1v1.1 ¶1 · The agency
    accuses the ministry of recruiting officers.

New denials and other answers
  s-4 · seen 2 Mar 14:40-15:03 · after: 5h20m-5h51m · D · 外交部發言人 · isl-en a-1.2 v2 ¶3 · A
    spokesman called it 捏造 on Monday.

Open accusations
  none without an answer

Changed or gone
  2 Mar 18:00-18:10 · waves-tw a-3 · gone · 安全機構指控國安部 · now: 404 Not Found

Reprints
  s-4 · waves-tw a-3: a shortened copy of port-zh, denial cut · 安全機構指控國安部

Numbers
  isl-en: 1 article · 40 in the 28 days before
  port-zh: 1 article · no 28-day history yet
  waves-tw: 1 article · no 28-day history yet

Source health
  bourse-hk: not polled

How far to trust the rules
  not measured: read every automatic line as unchecked

Reproduce:
  gainsay digest --date 2026-03-02
",
    );
}

#[test]
fn the_digest_in_markdown_has_no_foreign_markup() {
    check(&digest_markdown(&digest(&digest_input()), &TimeZone::UTC),
        "\
# Digest 2 Mar 2026 08:00 - 2 Mar 2026 20:00 · times UTC

Coverage: 4 of 5 sources polled, 384 looks, 0 failed · pages: 3 kept, 2 unread

Not polled: bourse-hk

Statements of these stories: machine, unreviewed: 5

## Top stories

- s-4 Agency accuses ministry of recruiting officers · 3 outlets, 3 articles · accuser: Nordland\\'s security agency (NO.pst) · accused: the Ministry of State Security (CN.mss)

## New accusations

- s-4 · seen 2 Mar 09:12-09:20 · A · Nordland\\'s security agency · isl-en a-1v1.1 ¶1 · The agency accuses the ministry of recruiting officers\\.

## New denials and other answers

- s-4 · seen 2 Mar 14:40-15:03 · after: 5h20m-5h51m · D · 外交部發言人 · isl-en a-1.2 v2 ¶3 · A spokesman called it 捏造 on Monday\\.

## Open accusations

- none without an answer

## Changed or gone

- 2 Mar 18:00-18:10 · waves-tw a-3 · gone · 安全機構指控國安部 · now: 404 Not Found

## Reprints

- s-4 · waves\\-tw a-3: a shortened copy of port\\-zh, denial cut · 安全機構指控國安部

## Numbers

- isl-en: 1 article · 40 in the 28 days before
- port-zh: 1 article · no 28-day history yet
- waves-tw: 1 article · no 28-day history yet

## Source health

- bourse-hk: not polled

## How far to trust the rules

- not measured: read every automatic line as unchecked

Reproduce: gainsay digest \\-\\-date 2026\\-03\\-02
",
    );
}

#[test]
fn json_leads_from_a_cell_to_its_bytes() {
    let json = matrix_json(&made());
    assert_eq!(json["accused"]["id"], "CN.mss");
    assert_eq!(json["rows"][0]["answers"][0]["version"], 2);
    assert_eq!(json["rows"][0]["answers"][0]["capture"]["sha256"], "ab12");
    assert_eq!(json["rows"][0]["answered_after"]["seconds_at_least"], 19_200);
    assert_eq!(json["rows"][2]["origin"]["denial"], "cut");
    assert_eq!(json["silent"][1]["verdict"], "unknown");
    assert_eq!(digest_json(&digest(&digest_input()))["denials"][0]["after"]["kind"], "range");
}

#[test]
fn an_article_shows_its_facts_its_text_and_its_statements() {
    let articles = articles();
    let version = articles[0].latest();
    check(
        &article_text(&articles[0], version, 60, &TimeZone::UTC),
        "\
a-1 Agency names ministry
isl-en · en · 2 versions, this is version 2
https://isl-en.example/1
published: not printed · first seen 2 Mar 09:12-09:20 ·
  times UTC
story s-4 · placed because: shares cable
topic: espionage-case, score 0.90

The agency accuses the ministry of recruiting officers.
Nothing else is known.
A spokesman called it 捏造 on Monday.
",
    );
    check(
        &statements_text(&articles[0], version, Scope::Everything, 80),
        "\
a-1.1 accuse · Nordland's security agency (NO.pst) against the Ministry of
  State Security (CN.mss) · ¶1 · asserted · cue accuses · confidence 0.90 · rule
  test · unreviewed
    The agency accuses the ministry of recruiting officers.
a-1.2 deny/smear · 外交部發言人 (CN.mfa) · ¶3 · asserted · cue 捏造 ·
  confidence 0.90 · rule test · unreviewed
    A spokesman called it 捏造 on Monday.
",
    );
    check(
        &evidence_text(&articles[0], version, &TimeZone::UTC),
        "\
a-1 v-2 version 2, first seen 2 Mar 14:40-15:03
capture 2026-03-02.warc.gz bytes 100-200 · sha256 ab12 · https://outlet.example/1 · 2 Mar 2026 15:03 · times UTC
extracted by the general layer, 0.1.0
",
    );
}

#[test]
fn a_story_says_why_each_article_is_in_it() {
    check(
        &story_text(&story(), &articles(), Scope::Everything, 100, &TimeZone::UTC),
        "\
s-4 Agency accuses ministry of recruiting officers
accuser: Nordland's security agency (NO.pst) · accused: the Ministry of State Security (CN.mss) ·
  3 articles · times UTC
a-1 · isl-en · en · seen 2 Mar 09:12-09:20 · Agency names ministry
  placed because: shares cable
a-2 · port-zh · zh-Hant · seen 2 Mar 15:10-15:20 · 外交部斥純屬捏造
  placed because: shares cable
a-3 · waves-tw · zh-Hant · seen 2 Mar 15:30-15:40 · 安全機構指控國安部
  cut-copy of a-2 · placed because: shares cable
",
    );
}

#[test]
fn a_claim_that_nobody_accepted_is_named_so() {
    let text = story_text(&story(), &articles(), Scope::Reviewed, 100, &TimeZone::UTC);
    let claim = text.lines().nth(1).expect("a second line");
    check(claim, "accuser: none accepted · accused: none accepted · 3 articles · times UTC");
    assert_eq!(story_json(&story(), &articles(), Scope::Reviewed)["accused"], serde_json::Value::Null);
}

proptest::proptest! {
    #[test]
    fn a_hostile_headline_neither_widens_a_page_nor_controls_a_terminal(title in "(\\PC|\u{1b}\\[2J|\u{202e}){0,60}", width in 40usize..200) {
        let mut articles = articles();
        for version in articles.iter_mut().flat_map(|article| &mut article.versions) {
            version.article.title.clone_from(&title);
            for statement in &mut version.statements {
                statement.place = crate::model::Place::Title;
                statement.paragraph = 0;
                statement.sentence = 0..title.len();
                statement.cue.clone_from(&title);
                statement.speaker = Some(title.clone());
                judged(statement, Decision::None, Some(&title));
            }
        }
        let story = crate::model::Story { name: title.clone(), ..story() };
        let made = matrix(&story, &articles, &sources(), &looks(), (at("08:00"), at("20:00")), Scope::Everything);
        let mut pages = matrix_text(&made, width, &TimeZone::UTC) + &story_text(&story, &articles, Scope::Everything, width, &TimeZone::UTC);
        let filter = ReviewFilter { kind: None, below: 1.0, all: true };
        pages.push_str(&review_text(&review_queue(&articles, filter), 0, width));
        pages.push_str(&statements_text(&articles[0], articles[0].latest(), Scope::Everything, width));
        pages.push_str(&matrix_statements(&made, width));
        pages.push_str(&digest_text(&digest(&crate::report::DigestInput { articles, stories: vec![story], ..digest_input() }), width, &TimeZone::UTC));
        for line in pages.lines() {
            proptest::prop_assert!(display_width(line) <= width, "{line:?}");
            proptest::prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}
