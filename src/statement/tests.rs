//! What the rules find, measured on the project's own sentences and checked one by one where it matters most.

mod mouths;

use serde::Deserialize;

use super::*;
use crate::lexicon::{Lexicon, test_table};
use crate::model::{Article, DenialParty, Lang, QuoteKind};

#[derive(Deserialize)]
struct Fixture {
    sentence: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    statements: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    kind: String,
    #[serde(default)]
    speaker: Option<String>,
}

#[derive(Deserialize)]
struct Floors {
    own_sentences: OwnFloors,
}

#[derive(Deserialize)]
struct OwnFloors {
    kind_f1: f64,
    denial_precision: f64,
    speaker_accuracy: f64,
    trap_share_max: f64,
}

#[derive(Default, Debug)]
struct Tally {
    hits: u32,
    extra: u32,
    missed: u32,
    denials: u32,
    false_denials: u32,
    speakers: u32,
    right_speakers: u32,
    traps: u32,
    sprung: u32,
}

impl Tally {
    fn add(&mut self, lexicon: &Lexicon, lang: &Lang, case: &Case) {
        let found = find(lexicon, &article(lang, "", &case.text), OutletContext::default());
        let mut free: Vec<&Statement> = found.iter().filter(|statement| statement.counts()).collect();
        self.traps += u32::from(case.statements.is_empty());
        self.sprung += u32::from(case.statements.is_empty() && !free.is_empty());
        for expected in &case.statements {
            let kind = StatementKind::from_name(&expected.kind).expect("a fixture names a kind");
            let Some(at) = free.iter().position(|statement| statement.kind == kind) else {
                self.missed += 1;
                continue;
            };
            let statement = free.remove(at);
            self.hits += 1;
            self.denials += u32::from(kind == StatementKind::Deny);
            if expected.speaker.is_some() {
                self.speakers += 1;
                self.right_speakers += u32::from(statement.speaker == expected.speaker);
            }
        }
        self.extra += u32::try_from(free.len()).expect("a sentence holds few statements");
        self.false_denials += u32::from(free.iter().any(|statement| statement.kind == StatementKind::Deny));
    }
}

fn article(lang: &Lang, title: &str, text: &str) -> Article {
    Article::of_text(title, text, lang.clone())
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

#[test]
fn own_sentences_stay_above_their_floors() {
    let floors: Floors = test_table(include_str!("../../tests/floors.toml"));
    let floors = floors.own_sentences;
    for (lang, fixture) in [
        (Lang::en(), include_str!("../../tests/fixtures/text/en.toml")),
        (Lang::zh_hant(), include_str!("../../tests/fixtures/text/zh-hant.toml")),
        (Lang::zh_hans(), include_str!("../../tests/fixtures/text/zh-hans.toml")),
    ] {
        let fixture: Fixture = test_table(fixture);
        let mut tally = Tally::default();
        for case in &fixture.sentence {
            assert_eq!(crate::language::detect(&case.text, Some(&lang)), lang, "{}", case.text);
            tally.add(&LEXICON, &lang, case);
        }
        let f1 = 2.0 * f64::from(tally.hits) / f64::from(2 * tally.hits + tally.extra + tally.missed);
        assert!(tally.hits >= 15 && tally.traps >= 5, "{lang}: too few sentences to measure by: {tally:?}");
        assert!(f1 >= floors.kind_f1, "{lang}: {tally:?}");
        assert!(
            share(tally.denials, tally.denials + tally.false_denials) >= floors.denial_precision,
            "{lang}: {tally:?}"
        );
        assert!(share(tally.right_speakers, tally.speakers) >= floors.speaker_accuracy, "{lang}: {tally:?}");
        assert!(share(tally.sprung, tally.traps) <= floors.trap_share_max, "{lang}: {tally:?}");
    }
}

/// Returns the first statement of a text, as an outlet of that country would print it.
#[track_caller]
fn first(lang: &Lang, text: &str, country: Option<&str>) -> Statement {
    let found = find(&LEXICON, &article(lang, "", text), OutletContext { country });
    found.into_iter().next().unwrap_or_else(|| panic!("no statement in {text}"))
}

#[test]
fn a_bare_ministry_is_the_outlets_own() {
    let speaker = |country| first(&Lang::zh_hant(), "外交部駁斥有關指控。", country).speaker_id;
    assert_eq!(speaker(Some("TW")).as_deref(), Some("TW.mofa"));
    assert_eq!(speaker(Some("HK")).as_deref(), Some("CN.mfa"));
    assert_eq!(speaker(None), None);
    let named = first(&Lang::zh_hant(), "中國外交部駁斥有關指控。", Some("TW"));
    assert_eq!(named.speaker_id.as_deref(), Some("CN.mfa"));
}

#[test]
fn a_denial_says_who_denies_and_what() {
    let denial = first(&Lang::en(), "The Chinese embassy in Oslo denied the allegations.", None);
    assert_eq!((denial.kind, denial.party), (StatementKind::Deny, Some(DenialParty::State)));
    assert_eq!(denial.speaker_id.as_deref(), Some("CN.emb"));
    let text = "The Chinese embassy in Oslo denied the allegations.";
    assert_eq!(&text[denial.span], "the allegations");
    let lawyer = first(&Lang::en(), "A lawyer for Mr Farrow denied the charges.", None);
    assert_eq!(lawyer.party, Some(DenialParty::Lawyer));
}

#[test]
fn negation_and_conditions_are_kept_out_of_the_count() {
    let polarity = |lang: &Lang, text| first(lang, text, None).polarity;
    assert_eq!(polarity(&Lang::en(), "The embassy did not deny the report."), Polarity::Negated);
    assert_eq!(polarity(&Lang::en(), "Beijing is expected to deny the allegations."), Polarity::Hypothetical);
    assert_eq!(polarity(&Lang::zh_hans(), "公司并未否认有关说法。"), Polarity::Negated);
    assert_eq!(polarity(&Lang::zh_hant(), "若公司否認，案件將更複雜。"), Polarity::Hypothetical);
}

#[test]
fn what_is_not_done_counts_nowhere() {
    let counted = |lang: &Lang, text: &str| told(lang, "", text, Some("GB"));
    for text in [
        "China's embassy in Aldport didn't deny the report.",
        "China hasn’t denied the break-in.",
        "Beijing won’t deny spying.",
        "China cannot deny the hacking.",
        "The bureau didn't accuse China of hacking.",
        "Beijing didn't lodge a protest.",
        "China stopped denying the break-in.",
    ] {
        assert_eq!(counted(&Lang::en(), text), [""; 0], "{text}");
    }
    for text in [
        "北京會否認嗎？",
        "中方否認了嗎？",
        "中國外交部今天沒有如外界預期否認間諜指控。",
        "中國否認不了間諜指控。",
        "法官否決檢方羈押嫌犯的聲請。",
        "據傳北京將否認指控。",
    ] {
        assert_eq!(counted(&Lang::zh_hant(), text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_asked_of_somebody_is_not_done_by_who_asks() {
    let kinds = |text: &str| -> Vec<&'static str> {
        let found = find(&LEXICON, &article(&Lang::zh_hant(), "", text), OutletContext::default());
        found.iter().filter(|one| one.counts()).map(|one| one.kind.name()).collect()
    };
    assert!(!kinds("荷蘭要求中國否認間諜指控。").contains(&"deny"));
    assert!(!kinds("中國外交部要求奧爾蘭收回間諜指控。").contains(&"retract"));
    // Who is blamed for denying may have denied: that waits for a person.
    assert_eq!(kinds("陸委會批評中共一再否認派遣共諜。"), ["condemn"]);
}

#[test]
fn a_denial_that_the_other_side_tells_of_waits_for_a_person() {
    for text in [
        "\"China denies this,\" the State Department spokesman said, \"but the evidence is clear.\"",
        "\"Beijing denies it, but we have proof,\" the Czech foreign minister said.",
        "The bureau says Beijing lied when it denied hacking the port.",
        "The minister accused Beijing of denying its hacking.",
    ] {
        let counted = told(&Lang::en(), "", text, Some("GB"));
        assert!(counted.iter().all(|one| !one.starts_with("deny")), "{text}: {counted:?}");
    }
    let own = told(&Lang::en(), "", "\"China denies this,\" the Chinese embassy's spokesman said.", Some("GB"));
    assert!(own.iter().any(|one| one.starts_with("deny")), "{own:?}");
}

#[test]
fn a_quotation_may_begin_in_one_language_and_end_in_another() {
    let text = "「這不是真的。\nAccused by some, the firm denied it」，公司發言人說。\n「。accused」否認中國\n「不是。The firm denied the claims」 said Rowe.";
    for lang in [Lang::en(), Lang::zh_hant()] {
        let found = find(&LEXICON, &article(&lang, "", text), OutletContext::default());
        assert!(found.iter().any(|one| one.kind == StatementKind::Deny), "{lang}: {found:?}");
    }
}

#[test]
fn a_cue_is_one_whatever_part_of_it_is_quoted() {
    for text in [
        "The Chinese embassy said the claims were \"completely fabricated\".",
        "The embassy said that China “did not engage in espionage”.",
        "Beijing said the reports were 'without any factual basis'.",
    ] {
        let statement = first(&Lang::en(), text, None);
        assert_eq!((statement.kind, statement.polarity), (StatementKind::Deny, Polarity::Asserted), "{text}");
        assert!(text.get(statement.span).is_some_and(|claim| !claim.is_empty()), "{text}");
    }
}

#[test]
fn the_accused_call_a_claim_names_in_any_words() {
    let counted = |text: &str| told(&Lang::en(), "", text, Some("GB"));
    for text in [
        "The Chinese embassy in Oslo called the report “a pantomime staged for the cameras”.",
        "The Chinese embassy in Oslo said the report was “a bedtime story without an ending”.",
        "Beijing calls spy claims ‘theatre for the gullible’",
        "China called the report that its hackers had broken in “a postcard from nowhere”.",
        "His lawyer called the charges “a house built on fog”.",
    ] {
        let found = counted(text);
        assert!(found.iter().any(|one| one.starts_with("deny")), "{text}: {found:?}");
    }
    // What is granted is not denied, others than the accused describe, and names and talks are no claims.
    for text in [
        "China's foreign ministry called the case “extremely serious”.",
        "China's Ministry of State Security called the case “a textbook of how foreign agencies work”.",
        "The US embassy in Beijing called the case “a pantomime staged for the cameras”.",
        "A police spokesman called the case “a needle in a haystack”.",
        "China called the talks on the case “a bridge”.",
        "The Chinese embassy described its statement on the case as “final”.",
        "The bureau opened a portal called “Quiet Harbour” that it hopes will be used.",
        "The minister said the report was “on my desk”.",
    ] {
        let found = counted(text);
        assert!(found.iter().all(|one| !one.starts_with("deny")), "{text}: {found:?}");
    }
}

#[test]
fn an_acquittal_is_a_verdict_of_its_own() {
    let sub = |lang: &Lang, text| first(lang, text, None).sub;
    assert_eq!(sub(&Lang::en(), "A jury cleared the lawmaker of spying for China.").as_deref(), Some("acquitted"));
    assert_eq!(sub(&Lang::zh_hant(), "法官裁定被告罪名不成立。").as_deref(), Some("acquitted"));
    assert_eq!(sub(&Lang::zh_hant(), "法院判處被告七年徒刑。"), None);
}

#[test]
fn an_answer_leads_to_the_claim_it_answers() {
    let text = "MI5 accused China of recruiting clerks.\nBeijing denied the accusations.";
    let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
    let kinds: Vec<_> = found.iter().map(|statement| (statement.kind, statement.answers)).collect();
    assert_eq!(kinds, [(StatementKind::Accuse, None), (StatementKind::Deny, Some(0))]);
}

#[test]
fn an_accusation_by_the_accused_is_a_counter_accusation() {
    let text = "MI5 accused China of recruiting clerks.\nBeijing accused Britain of hacking its ports.";
    let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
    let counters: Vec<_> = found.iter().map(|statement| (statement.kind, statement.counter)).collect();
    assert_eq!(counters, [(StatementKind::Accuse, false), (StatementKind::Accuse, true)]);
}

#[test]
fn the_accused_in_a_passive_is_no_speaker() {
    let statement = first(&Lang::en(), "A harbour clerk was accused of spying for a foreign power.", None);
    assert_eq!((statement.speaker.as_deref(), statement.voice), (None, Voice::Agentless));
    assert_eq!(statement.target.as_deref(), Some("A harbour clerk"));
    let statement = first(&Lang::zh_hant(), "港務員遭控替境外刺探機密。", None);
    assert_eq!((statement.speaker.as_deref(), statement.target.as_deref()), (None, Some("港務員")));
}

#[test]
fn a_headline_colon_speaks() {
    let found = find(
        &LEXICON,
        &article(&Lang::zh_hant(), "國安局：中共吸收港務員刺探軍情", ""),
        OutletContext { country: Some("TW") },
    );
    let [statement] = found.as_slice() else { panic!("one statement, not {found:?}") };
    assert_eq!((statement.kind, statement.place, statement.paragraph), (StatementKind::Accuse, Place::Title, 0));
    assert_eq!(statement.speaker_id.as_deref(), Some("TW.nsb"));
    assert_eq!(statement.target_id.as_deref(), Some("CN.gov"));
}

/// Lists kind, speaker and id of what counts in an article.
fn told(lang: &Lang, title: &str, text: &str, country: Option<&str>) -> Vec<String> {
    let found = find(&Lexicon::shipped(), &article(lang, title, text), OutletContext { country });
    let shown = |one: &Statement| {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} {} {}", one.kind.name(), name(&one.speaker), name(&one.speaker_id))
    };
    found.iter().filter(|one| one.counts()).map(shown).collect()
}

#[test]
fn a_headline_colon_takes_the_word_from_the_accuser() {
    let headline = "荷兰指中国黑客入侵港务网 中方：不了解情况";
    assert_eq!(told(&Lang::zh_hans(), headline, "", None), ["accuse 荷兰 NL.gov", "no_comment 中方 CN.gov"]);
}

#[test]
fn a_headline_break_takes_the_word_from_the_accuser() {
    let headline = "MI5警告議員慎防中國間諜　中方斥捏造誹謗";
    assert_eq!(told(&Lang::zh_hant(), headline, "", Some("HK")), ["warn MI5 GB.mi5", "deny 中方 CN.gov"]);
    let headline = "英国指控中国国安部借求职网站招募 外交部：纯属捏造诽谤，已提出严正交涉";
    assert_eq!(
        told(&Lang::zh_hans(), headline, "", Some("CN")),
        ["accuse 英国 GB.gov", "deny 外交部 CN.mfa", "protest 外交部 CN.mfa"]
    );
}

#[test]
fn denying_an_accusation_makes_none() {
    let text = "中國駐英國大使館否認指控，稱純屬捏造。";
    assert_eq!(told(&Lang::zh_hant(), "", text, Some("HK")), ["deny 中國駐英國大使館 CN.emb"]);
}

#[test]
fn a_ministry_of_another_country_is_not_the_outlets_own() {
    assert_eq!(told(&Lang::zh_hans(), "", "北境国防部随即否认。", Some("CN")), ["deny 北境国防部 -"]);
    assert_eq!(
        told(&Lang::en(), "", "Northland's defence ministry denied the claim.", Some("GB")),
        ["deny Northland's defence ministry -"]
    );
}

#[test]
fn a_bare_ministry_in_singapore_is_nobodys() {
    assert_eq!(told(&Lang::zh_hans(), "", "外交部否认指控。", Some("SG")), ["deny 外交部 -"]);
}

#[test]
fn a_bare_name_speaks_for_the_office_that_introduced_it() {
    let text = "中國外交部發言人邱嵐亭下午主持記者會。\n邱嵐亭說，有關指控純屬捏造。";
    assert_eq!(told(&Lang::zh_hant(), "", text, None), ["deny 邱嵐亭 CN.mfa"]);
}

#[test]
fn a_dateline_is_no_part_of_a_name() {
    assert_eq!(
        told(&Lang::zh_hant(), "", "（海岸社北港20日電）北港警方今天指控中國國家安全部吸收官員。", None),
        ["accuse 北港警方 -"]
    );
    let english = "NORTHPORT - Northland accused China's Ministry of State Security of recruiting officers.";
    assert_eq!(told(&Lang::en(), "", english, None), ["accuse Northland -"]);
}

#[test]
fn verbs_joined_by_and_share_their_subject() {
    let headline = "China calls Northland's spying claims 'pure fabrication' and lodges protest";
    assert_eq!(told(&Lang::en(), headline, "", None), ["deny China CN.gov", "protest China CN.gov"]);
}

#[test]
fn a_target_is_named_to_its_end() {
    let found = first(&Lang::en(), "Northland accused China's Ministry of State Security of spying.", None);
    assert_eq!(found.target.as_deref(), Some("China's Ministry of State Security"));
    assert_eq!(found.target_id.as_deref(), Some("CN.mss"));
}

#[test]
fn he_is_the_speaker_before() {
    let text = "Director Maud Tellier said the crew stole files.\nHe said China hacked the ferries.";
    let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
    let speakers: Vec<_> = found.iter().map(|statement| statement.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("Director Maud Tellier"); 2]);
}

#[test]
fn quotation_is_told_apart() {
    let quote = |text| first(&Lang::en(), text, None).quote;
    assert_eq!(quote("\"These claims are pure fabrication,\" the ministry said."), QuoteKind::Direct);
    assert_eq!(quote("The ministry called the report \"pure fabrication\"."), QuoteKind::Mixed);
    assert_eq!(quote("The ministry denied the report."), QuoteKind::Indirect);
}

#[test]
fn other_languages_have_no_statements() {
    let text = article(&Lang::new("de"), "", "Peking weist die Vorwürfe zurück.");
    assert!(find(&LEXICON, &text, OutletContext::default()).is_empty());
}

#[test]
fn a_page_of_cue_words_is_bounded() {
    let text = "China denied the claims. ".repeat(2_000);
    let found = find(&LEXICON, &article(&Lang::en(), "", &text), OutletContext::default());
    assert!((1..=MOST + 8).contains(&found.len()));
}

/// Built once: each case of a property would compile it anew.
static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);

/// A piece of a sentence: cues, names, quotation marks and anything else, in any order.
const PIECES: &str = "(\\PC| |。|，|：|「|」|“|”|\"|\\(|\\)|\n|, |\\. |said|denied|the claims|accused|of|by|China|MI5 |who|which|\
                      and |, says |according to |中國|外交部|表示|說|稱|否認|指控|被|遭|捏造|純屬|斥|在|的|據|美方|炒作|從未|間諜|我們|局長|spy|not |whom |denial from |'s denial|‘|’|İ|ﬁ|\u{301}|\
                      , which | during the | on | which said | caused |statement | that was | with |reports |rain | and | across | as )";

proptest::proptest! {
    #[test]
    fn spans_lie_inside_the_text(
        pieces in proptest::collection::vec(PIECES, 0..40),
        title in proptest::collection::vec(PIECES, 0..10),
        chinese in proptest::bool::ANY,
    ) {
        let lang = if chinese { Lang::zh_hant() } else { Lang::en() };
        let article = article(&lang, &title.concat(), &pieces.concat());
        for statement in find(&LEXICON, &article, OutletContext { country: Some("TW") }) {
            let whole = if statement.place == Place::Title { &article.title } else { &article.text };
            proptest::prop_assert!(whole.get(statement.span.clone()).is_some());
            let sentence = whole.get(statement.sentence.clone());
            proptest::prop_assert!(sentence.is_some_and(|sentence| sentence.contains(&statement.cue)));
            proptest::prop_assert!((0.0..=1.0).contains(&statement.confidence));
            proptest::prop_assert!(statement.span.start >= statement.sentence.start && statement.span.end <= statement.sentence.end);
            proptest::prop_assert!(statement.speaker.as_deref() != Some(""));
        }
    }
}

#[test]
fn a_paragraph_in_another_language_is_read_by_its_own_rules() {
    let text = "The ministry has published its answer in two languages.\n中國外交部發言人表示，有關指控純屬捏造。";
    assert_eq!(told(&Lang::en(), "", text, None), ["deny 中國外交部發言人 CN.mfa"]);
    let text = "中國外交部的聲明以兩種文字發表。\nThe Chinese foreign ministry denied the allegations on Friday.";
    assert_eq!(told(&Lang::zh_hant(), "", text, None), ["deny The Chinese foreign ministry CN.mfa"]);
}

#[test]
fn a_denial_stays_with_the_one_whose_statement_it_is() {
    let text = "中國駐奧爾蘭大使館今晚發表聲明，指奧爾蘭港務安全局對國家安全部的指控毫無根據。";
    let found = find(&LEXICON, &article(&Lang::zh_hant(), "", text), OutletContext { country: Some("HK") });
    let denials: Vec<_> = found.iter().filter(|one| one.kind == StatementKind::Deny).collect();
    assert_eq!(denials.len(), 1, "{found:?}");
    assert_eq!(denials[0].speaker.as_deref(), Some("中國駐奧爾蘭大使館"));
    let text = "China's foreign ministry rejected the allegations later on Friday. Its spokesperson, Qiu Lanting, said they were \"pure fabrication\".";
    let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
    let ids: Vec<_> = found.iter().map(|one| one.speaker_id.as_deref()).collect();
    assert_eq!(ids, [Some("CN.mfa"), Some("CN.mfa")]);
}

/// Lists kind, speaker and target of what counts in a Chinese sentence.
fn aimed(text: &str) -> Vec<String> {
    let found = find(&LEXICON, &article(&Lang::zh_hant(), "", text), OutletContext { country: Some("TW") });
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    let shown = |one: &Statement| format!("{} {} {}", one.kind.name(), name(&one.speaker), name(&one.target));
    found.iter().filter(|one| one.counts()).map(shown).collect()
}

#[test]
fn an_adverb_in_a_name_cuts_no_name() {
    for (text, speaker) in [
        ("嫌疑人邱正嵐否認替對岸蒐集情資。", "嫌疑人邱正嵐"),
        ("船長柯又衡否認參與測繪。", "船長柯又衡"),
        ("退役少將賴以嶺否認替對岸吸收成員。", "退役少將賴以嶺"),
        ("商人簡將嵐被捕後否認控罪。", "商人簡將嵐"),
        ("施應嶺起初否認犯行。", "施應嶺"),
        ("被告余可嵐、鄭亦嶺否認控罪。", "被告余可嵐、鄭亦嶺"),
        // And an adverb is one behind a name.
        ("發言人正式否認指控。", "發言人"),
        ("發言人邱嵐亭又否認洩密。", "發言人邱嵐亭"),
        ("被告正在應訊，仍否認洩密。", "被告"),
    ] {
        assert_eq!(aimed(text), [format!("deny {speaker} -")], "{text}");
    }
}

#[test]
fn a_society_denies_and_whoever_will_deny_does_not() {
    for (text, speaker) in [
        ("台商球會否認替中國招募球員。", "台商球會"),
        ("漁會否認替對岸測繪海域。", "漁會"),
        ("農委會否認資料外流。", "農委會"),
    ] {
        assert_eq!(aimed(text), [format!("deny {speaker} -")], "{text}");
    }
    for text in ["他會否認嗎？", "外界關注他會否認罪還是否認。", "發言人邱嵐亭會否認相關報道。", "大使應否認此事。"]
    {
        assert_eq!(aimed(text), [""; 0], "{text}");
    }
}

#[test]
fn who_is_charged_or_tried_is_a_person_and_no_statute() {
    for (text, told) in [
        ("法院判處被告人韋某無期徒刑。", "verdict 法院 被告人韋某"),
        ("地院判邱男無罪。", "verdict 地院 邱男"),
        ("地院判邱女三年六個月。", "verdict 地院 邱女"),
        ("高院維持原判。", "verdict 高院 -"),
        ("檢方依國家安全法起訴邱男。", "charge 檢方 邱男"),
        ("檢察院依法對韋某提起公訴。", "charge 檢察院 韋某"),
        ("檢方偵結後將邱男提起公訴。", "charge 檢方 邱男"),
        ("控罪指，被告向俄羅斯提供機密資料。", "accuse - 被告"),
        ("檢方指控，邱男受對岸情報官員吸收，發展組織。", "accuse 檢方 邱男"),
        ("檢方指控中國國安部指示邱姓男子蒐集情報。", "accuse 檢方 中國國安部"),
    ] {
        assert_eq!(aimed(text), [told], "{text}");
    }
    assert_eq!(aimed("任何人指控他人從事間諜活動，都應提出證據。"), [""; 0]);
}

#[test]
fn a_denial_that_a_court_tells_of_is_not_the_courts() {
    for text in [
        "裁判官指被告否認知情，但證據顯示他收過錢。",
        "主控官指被告否認收錢是謊言。",
        "學者認為，這種說法子虛烏有。",
        "警方表示，經查所舉報間諜一事查無實據。",
        "調查發現，公司從未把資料交給中國。",
    ] {
        let told = aimed(text);
        assert!(told.iter().all(|one| !one.starts_with("deny")), "{text}: {told:?}");
    }
}

#[test]
fn who_hits_back_accuses_and_who_opposes_a_smear_denies() {
    for (text, told) in [
        ("國台辦回擊，稱民進黨當局才是滲透的黑手。", "accuse 國台辦 民進黨當局"),
        ("館員柯某反嗆對方才是共諜。", "accuse 館員柯某 對方"),
        ("立委回嗆，我才不是共諜。", "deny 立委 -"),
        ("國台辦發言人表示，堅決反對民進黨當局抹黑大陸。", "accuse 國台辦發言人 民進黨當局"),
        ("大使館發言人表示，堅決反對任何抹黑中國的行徑。", "deny 大使館發言人 -"),
        ("發言人表示，中方對所提到的具體情況不了解。", "no_comment 發言人 -"),
        ("「我們沒有洩密」，剛上任的發言人邱嵐亭說。", "deny 發言人邱嵐亭 -"),
        ("對於遭控洩密，教授韋某說，清者自清。", "deny 教授韋某 -"),
        ("公司回應說，並無其事。", "deny 公司 -"),
    ] {
        let found = aimed(text);
        let answer: Vec<&String> = found.iter().filter(|one| !one.starts_with("accuse -")).collect();
        assert_eq!(answer, [told], "{text}");
    }
    for text in ["評論員認為，應堅決反對抹黑中國。", "居民說，他對當地風俗不了解。", "他若無其事地離開。"]
    {
        assert_eq!(aimed(text), [""; 0], "{text}");
    }
}
