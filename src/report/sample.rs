//! A small invented story for tests: five outlets, two scripts, one reprint with its denial cut.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::model::*;

/// A moment of the invented day.
pub(crate) fn at(clock: &str) -> Timestamp {
    format!("2026-03-02T{clock}:00Z").parse().expect("a clock")
}

pub(crate) fn seen(after: &str, by: &str) -> SeenInterval {
    SeenInterval { after: (!after.is_empty()).then(|| at(after)), by: at(by) }
}

pub(crate) fn source(id: &str, lang: Lang, country: &str) -> FeedSource {
    FeedSource {
        id: SourceId::new(id).expect("an id"),
        name: id.to_owned(),
        lang: Some(lang),
        country: country.to_owned(),
        owner: OwnerKind::Private,
        zone: TimeZone::UTC,
        full_text: false,
        enabled: true,
        verified: None,
        note: None,
        page: None,
        entry_points: vec![EntryPoint {
            transcript: false,
            kind: EntryPointKind::Feed,
            url: format!("https://{id}.example/feed"),
            section: None,
        }],
    }
}

/// Looks of a source in the window, the last of them at that clock.
pub(crate) fn watch(id: &str, looks: u32, answered: u32, last: &str) -> WatchRecord {
    WatchRecord {
        source: SourceId::new(id).expect("an id"),
        entry_points: 1,
        looks,
        answered,
        empty_looks: 0,
        flawed_looks: 0,
        flaw: None,
        near_topic: 0,
        rolled_over: 0,
        false_unmodified: 0,
        longest_gap: Some(SignedDuration::from_mins(15)),
        unread_pages: 0,
        partial_articles: 0,
        articles: 12,
        first_look: Some(at("08:05")),
        last_look: Some(at(last)),
        failure: (answered < looks).then(|| "the connection timed out".to_owned()),
        health: Vec::new(),
    }
}

/// A statement in a text: `speaker` and `cue` must stand in one sentence of it.
pub(crate) fn said(
    kind: StatementKind,
    sub: Option<&str>,
    speaker: (&str, &str),
    target: Option<(&str, &str)>,
    cue: &str,
) -> Statement {
    Statement {
        kind,
        sub: sub.map(str::to_owned),
        speaker: Some(speaker.0.to_owned()),
        speaker_id: (!speaker.1.is_empty()).then(|| speaker.1.to_owned()),
        target: target.map(|(name, _)| name.to_owned()),
        target_id: target.map(|(_, id)| id.to_owned()).filter(|id| !id.is_empty()),
        cue: cue.to_owned(),
        place: Place::Text,
        span: 0..0,
        sentence: 0..0,
        paragraph: 1,
        quote: QuoteKind::Indirect,
        polarity: Polarity::Asserted,
        voice: Voice::Active,
        party: None,
        counter: false,
        alleges: false,
        answers: None,
        via: None,
        background: false,
        confidence: 0.9,
        candidate: false,
        rule: "test".to_owned(),
        review: Review::default(),
    }
}

/// What a person made of a statement as it is read.
pub(crate) fn judged(statement: &mut Statement, decision: Decision, note: Option<&str>) {
    statement.review = Review::Judged(Box::new(Judgement {
        decision,
        note: note.map(str::to_owned),
        at: at("21:00"),
        reading: Reading::of(statement),
    }));
}

/// One version: each statement stands where its cue is first printed, in the headline or a paragraph.
pub(crate) fn version(
    number: u32,
    lang: Lang,
    seen: SeenInterval,
    title: &str,
    text: &str,
    said: Vec<Statement>,
) -> StoredVersion {
    let statements = said.into_iter().map(|statement| placed(statement, title, text)).collect();
    StoredVersion {
        id: VersionId(i64::from(number)),
        number,
        article: Article { by: Layer::General, ..Article::of_text(title, text, lang.clone()) },
        assessment: Assessment {
            lang,
            region: None,
            verdict: Verdict::OnTopic,
            score: 0.9,
            topic: Some(Topic::EspionageCase),
            why: Vec::new(),
        },
        statements,
        read_anew: false,
        capture: Some(Capture {
            file: "2026-03-02.warc.gz".to_owned(),
            range: 100..200,
            sha256: "ab12".to_owned(),
            url: "https://outlet.example/1".to_owned(),
            at: seen.by,
        }),
        seen,
        made_by: "0.1.0".to_owned(),
    }
}

fn placed(statement: Statement, title: &str, text: &str) -> Statement {
    if let Some(start) = title.find(&statement.cue) {
        let span = start..start + statement.cue.len();
        return Statement { place: Place::Title, span, sentence: 0..title.len(), paragraph: 0, ..statement };
    }
    let start = text.find(&statement.cue).expect("the text holds the cue");
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let paragraph = text[..start].matches('\n').count() + 1;
    Statement {
        place: Place::Text,
        span: start..start + statement.cue.len(),
        sentence: line..end,
        paragraph,
        ..statement
    }
}

pub(crate) fn article(id: i64, source: &str, versions: Vec<StoredVersion>) -> StoredArticle {
    StoredArticle {
        announced_by: Vec::new(),
        id: ArticleId(id),
        source: Some(SourceId::new(source).expect("an id")),
        url: Some(format!("https://{source}.example/{id}")),
        by_hand: false,
        seen: versions[0].seen,
        outcome: OutcomeKind::Kept,
        gone: None,
        story: Some(StoryId(4)),
        reprint_of: None,
        placed_why: Some("shares cable".to_owned()),
        versions,
    }
}

const AGENCY: (&str, &str) = ("Nordland's security agency", "NO.pst");
const MINISTRY: (&str, &str) = ("the Ministry of State Security", "CN.mss");
const SPOKESMAN: (&str, &str) = ("外交部發言人", "CN.mfa");

pub(crate) fn accusation(cue: &str) -> Statement {
    said(StatementKind::Accuse, None, AGENCY, Some(MINISTRY), cue)
}

pub(crate) fn denial(cue: &str) -> Statement {
    said(StatementKind::Deny, Some("smear"), SPOKESMAN, None, cue)
}

pub(crate) fn story() -> Story {
    Story { id: StoryId(4), name: "Agency accuses ministry of recruiting officers".to_owned() }
}

pub(crate) fn sources() -> Vec<FeedSource> {
    vec![
        source("isl-en", Lang::en(), "SG"),
        source("port-zh", Lang::zh_hant(), "HK"),
        source("waves-tw", Lang::zh_hant(), "TW"),
        source("herald-en", Lang::en(), "CN"),
        source("bourse-hk", Lang::zh_hant(), "HK"),
    ]
}

pub(crate) fn looks() -> Vec<WatchRecord> {
    vec![
        watch("isl-en", 96, 96, "19:50"),
        watch("port-zh", 96, 96, "19:50"),
        watch("waves-tw", 96, 96, "19:50"),
        watch("herald-en", 96, 96, "19:50"),
        watch("bourse-hk", 96, 90, "19:50"),
    ]
}

/// The articles of the story: `isl-en` accuses and adds a denial, `port-zh` has both, `waves-tw` copies and cuts.
pub(crate) fn articles() -> Vec<StoredArticle> {
    let lead = "The agency accuses the ministry of recruiting officers.\nNothing else is known.";
    let later = format!("{lead}\nA spokesman called it 捏造 on Monday.");
    let first =
        version(1, Lang::en(), seen("09:12", "09:20"), "Agency names ministry", lead, vec![accusation("accuses")]);
    let second = version(
        2,
        Lang::en(),
        seen("14:40", "15:03"),
        "Agency names ministry",
        &later,
        vec![accusation("accuses"), denial("捏造")],
    );
    let port = version(
        1,
        Lang::zh_hant(),
        seen("15:10", "15:20"),
        "外交部斥純屬捏造",
        "北方國安全機構指控國安部吸收軍官。\n發言人說沒有證據。",
        vec![denial("捏造"), accusation("指控")],
    );
    let copied = version(
        1,
        Lang::zh_hant(),
        seen("15:30", "15:40"),
        "安全機構指控國安部",
        "北方國安全機構認為國安部吸收軍官。",
        vec![accusation("指控")],
    );
    let mut reprint = article(3, "waves-tw", vec![copied]);
    reprint.reprint_of = Some((ArticleId(2), ReprintKind::CutCopy));
    reprint.gone = Some(seen("18:00", "18:10"));
    vec![article(1, "isl-en", vec![first, second]), article(2, "port-zh", vec![port]), reprint]
}
