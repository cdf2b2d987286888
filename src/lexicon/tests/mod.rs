mod languages;

use std::sync::LazyLock;

use super::*;
use crate::model::{Article, NameOwner, StatementKind, TermName, TermTopic, Topic};

/// Built once: each case of a property would compile it anew.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);
static NAMES: LazyLock<Names> = LazyLock::new(Names::shipped);

/// Checks the actors of a text in an outlet of a country: each id with the name as printed.
#[track_caller]
fn check(text: &str, country: Option<&str>, expected: &[(&str, &str)]) {
    check_with(&LEXICON, text, country, expected);
}

#[track_caller]
fn check_with(lexicon: &Lexicon, text: &str, country: Option<&str>, expected: &[(&str, &str)]) {
    let found: Vec<_> =
        lexicon.actors_for(text, country).into_iter().map(|m| (m.id, text[m.span].to_owned())).collect();
    let expected: Vec<_> = expected.iter().map(|(id, name)| (*id, (*name).to_owned())).collect();
    assert_eq!(found, expected, "{text}");
}

/// Checks that all of a text is one name of an actor, whatever the outlet.
#[track_caller]
fn names(id: &str, all: &[&str]) {
    for name in all {
        check(name, None, &[(id, name)]);
    }
}

/// Checks that a text names nobody, whatever the outlet.
#[track_caller]
fn nobody(texts: &[&str]) {
    for text in texts {
        for country in [None, Some("TW"), Some("CN"), Some("HK"), Some("GB"), Some("US")] {
            check(text, country, &[]);
        }
    }
}

#[test]
fn names_of_three_scripts_lead_to_one_actor() {
    check("MI5 warned MPs", None, &[("GB.mi5", "MI5")]);
    check("軍情五處示警", None, &[("GB.mi5", "軍情五處")]);
    check("军情五处示警", None, &[("GB.mi5", "军情五处")]);
    check("中國駐英國大使館發言人", None, &[("CN.emb", "中國駐英國大使館")]);
    check("Germany's foreign ministry", None, &[("DE.mfa", "Germany's foreign ministry")]);
}

#[test]
fn a_relative_name_is_read_by_the_outlets_country() {
    check("外交部否認", None, &[]);
    check("外交部否認", Some("TW"), &[("TW.mofa", "外交部")]);
    check("外交部否认", Some("CN"), &[("CN.mfa", "外交部")]);
    check("外交部否認", Some("HK"), &[("CN.mfa", "外交部")]);
    check("陸外交部否認", Some("TW"), &[("CN.mfa", "陸外交部")]);
    check("美国司法部起诉", Some("CN"), &[("US.doj", "美国司法部")]);
    check("外交部否認", Some("SG"), &[]);
    check("外交部否認", Some("MY"), &[]);
}

#[test]
fn common_words_are_not_names() {
    check("he told us of a mac and a big Macintosh", None, &[]);
    check("Salt Typhoon hit the US", None, &[("T.ghostemperor", "Salt Typhoon"), ("US.gov", "US")]);
}

#[test]
fn the_ministry_of_state_security_is_found_under_its_wrong_names() {
    names(
        "CN.mss",
        &[
            "Ministry of State Security",
            "Ministry for State Security",
            "State Security Ministry",
            "China's Ministry of National Security",
            "Chinese National Security Ministry",
            "China’s Department of State Security",
            "Chinese State Security Ministry",
            "MSS",
            "Guoanbu",
            "國家安全部",
            "国家安全部",
            "國安部",
            "国安部",
            "中國國安局",
            "中国国家安全局",
            "大陸國家安全部",
        ],
    );
    check("the ministry's MSS officers", None, &[("CN.mss", "MSS")]);
}

#[test]
fn other_states_have_a_ministry_of_that_name_too() {
    names("DD.stasi", &["East Germany's Ministry for State Security", "Stasi", "東德國家安全部", "东德国安部"]);
    names("KP.mss", &["North Korea's Ministry of State Security", "朝鮮國家安全部", "北韩国家保卫省"]);
    names("VN.mps", &["Vietnam's Ministry of Public Security", "越南公安部"]);
    names("LT.vsd", &["Lithuania's State Security Department", "立陶宛国家安全局"]);
    check("Mongolia's Ministry of Public Security", None, &[("MN.gov", "Mongolia")]);
    check("哈薩克公安部", None, &[("KZ.gov", "哈薩克")]);
    check("Cuban Ministry of State Security", None, &[]);
    // A ministry of national security is Jamaica's or Israel's unless China is named with it.
    check("Israel's Ministry of National Security", None, &[("IL.gov", "Israel")]);
    nobody(&["the Ministry of National Security of Jamaica", "the Department of State Security said"]);
}

#[test]
fn security_organs_in_general_are_not_the_ministry() {
    check("美國國家安全部門", Some("TW"), &[("US.gov", "美國")]);
    check("英国公安部门表示", None, &[("GB.gov", "英国")]);
    check("國家安全部門破獲", Some("CN"), &[("CN.mss", "國家安全部門")]);
    check("國家安全部門示警", Some("TW"), &[]);
    nobody(&["公安部门提醒", "國防部署", "外交部門", "国防部队", "司法部分改革", "統戰部門"]);
}

#[test]
fn the_offices_of_provinces_are_the_ministrys() {
    names("CN.mss-shanghai", &["上海市國家安全局", "上海国安局", "Shanghai State Security Bureau"]);
    names("CN.mss-jiangsu", &["江蘇省國家安全廳", "江苏省国安厅", "Jiangsu State Security Department"]);
    names("CN.mss-inner-mongolia", &["Inner Mongolia Department of State Security"]);
    // Taipei's paper says 上海國安局 of it as well, and not of its own bureau.
    check("上海國安局吸收台商", Some("TW"), &[("CN.mss-shanghai", "上海國安局")]);
    check("大連市國家安全局", Some("TW"), &[]);
}

#[test]
fn an_office_stands_with_its_state_in_any_order() {
    names("DE.mfa", &["German foreign ministry", "foreign ministry of Germany", "德國外交部", "德外交部"]);
    names("JP.mod", &["Japanese defence ministry", "Japan’s Ministry of Defense", "日本防衛省", "防卫省"]);
    names("US.doj", &["US Justice Department", "美國司法部", "美司法部"]);
    names("US.state", &["美国国务院", "State Department", "US State Department", "美國國務卿"]);
    names("CN.mfa", &["Ministry of Foreign Affairs of the People's Republic of China", "中国外交部发言人"]);
    names("NL.police", &["Dutch police", "荷蘭警方", "荷警方"]);
    names("TW.mofa", &["Taiwanese foreign ministry", "台灣外交部", "臺灣外交部"]);
    check("In Germany police arrested two men", None, &[("DE.gov", "Germany")]);
    check("Germany and the police of France", None, &[("DE.gov", "Germany"), ("FR.police", "police of France")]);
    nobody(&["the police said", "警方表示", "the side of a ship", "an official of the court", "情報部門"]);
}

#[test]
fn a_mission_is_its_states_wherever_it_stands() {
    names(
        "CN.emb",
        &["中國駐英國大使館", "中国驻美使馆", "中駐捷克使館", "陸駐日大使", "Chinese embassy", "China's embassy"],
    );
    names("US.emb", &["美國駐華大使館", "美驻华大使", "US embassy", "embassy of the United States"]);
    names("GB.emb", &["英國駐香港總領事館", "British consulate"]);
    names("TW.emb", &["台灣駐美國代表處", "Taipei Economic and Cultural Representative Office"]);
    check("我駐英大使館", Some("CN"), &[("CN.emb", "我駐英大使館")]);
    check("我駐日代表處", Some("TW"), &[("TW.emb", "我駐日代表處")]);
    check("我駐英大使館", Some("HK"), &[]);
}

#[test]
fn spokespeople_are_found_by_their_office() {
    names("CN.tao", &["國台辦發言人", "国台办", "Taiwan Affairs Office"]);
    check("外交部發言人毛寧", Some("TW"), &[("TW.mofa", "外交部發言人"), ("CN.mfa", "毛寧")]);
    check("國防部新聞局", Some("CN"), &[("CN.mod", "國防部新聞局")]);
    check("foreign ministry spokesperson", Some("JP"), &[("JP.mfa", "foreign ministry spokesperson")]);
    check("Chinese foreign ministry spokeswoman", None, &[("CN.mfa", "Chinese foreign ministry spokeswoman")]);
    check("陸委會發言人", None, &[("TW.mac", "陸委會發言人")]);
    check("白宫发言人", None, &[("US.whitehouse", "白宫")]);
}

#[test]
fn the_day_of_a_date_is_no_japan() {
    check("11月20日外交部表示", Some("CN"), &[("CN.mfa", "外交部")]);
    check("二十日國防部證實", Some("TW"), &[("TW.mod", "國防部")]);
    check("日外交部20日表示", Some("TW"), &[("JP.mfa", "日外交部")]);
    nobody(&["今日方知", "20日方面", "翌日方才"]);
}

#[test]
fn short_names_of_states_do_not_fire_inside_words() {
    nobody(&[
        "司法方面",
        "辦法方能",
        "道德方面",
        "更加方便",
        "注意方向",
        "同意方案",
        "予以方便",
        "打比方说",
        "其中方案",
        "平台方面",
        "后台方便",
        "甜美方式",
        "登陆方式",
        "集中方位",
        "石英方块",
        "參加方式",
        "電波方向",
    ]);
    check("中方反駁美方指控", None, &[("CN.gov", "中方"), ("US.gov", "美方")]);
    check("英方称", None, &[("GB.gov", "英方")]);
    check("法方回應", None, &[("FR.gov", "法方")]);
    check("對外長期開放", Some("TW"), &[]);
    check("率領英國代表團", None, &[("GB.gov", "英國")]);
    check("領英回應", None, &[("C.linkedin", "領英")]);
    nobody(&["早安天津", "平安天气", "意思科学", "河北檢方", "新墨西哥州", "界河內側"]);
    check("安天發布報告", None, &[("C.antiy", "安天")]);
    check("台美軍事合作", None, &[]);
    // 美國會 is America that will, and 德國會議 a meeting there.
    check("美国会采取行动", None, &[("US.gov", "美国")]);
    check("德國會議", None, &[("DE.gov", "德國")]);
    check("德國國會議員", None, &[("DE.parliament", "德國國會議員")]);
}

#[test]
fn titles_of_papers_and_places_are_no_states() {
    nobody(&[
        "The Washington Post",
        "South China Morning Post",
        "USA Today",
        "Voice of America",
        "北京時間",
        "華盛頓郵報",
        "美国之音",
        "中國時報",
        "台灣海峽",
        "Times of India",
        "Reform UK",
        "Mobile World Congress",
        "Apple Daily",
    ]);
    check("Republic of China", None, &[("TW.gov", "Republic of China")]);
    check("People’s Republic of China", None, &[("CN.gov", "People’s Republic of China")]);
    check("內蒙古", None, &[]);
    check("羅馬尼亞政府", None, &[("RO.gov", "羅馬尼亞政府")]);
    check("印度尼西亞", None, &[("ID.gov", "印度尼西亞")]);
    check("China Airlines and China Mobile", None, &[("C.chinamobile", "China Mobile")]);
}

#[test]
fn one_name_of_two_bodies_waits_for_the_outlet() {
    check("CSIS said", Some("CA"), &[("CA.csis", "CSIS")]);
    check("CSIS said", Some("US"), &[]);
    check("NCSC warned", Some("GB"), &[("GB.ncsc", "NCSC")]);
    check("Britain's NCSC warned", None, &[("GB.ncsc", "Britain's NCSC")]);
    check("the Department of Justice", Some("HK"), &[("HK.doj", "Department of Justice")]);
    check("the Department of Justice", Some("SG"), &[("US.doj", "Department of Justice")]);
    check("Tokyo Metropolitan Police", Some("GB"), &[("JP.police", "Tokyo Metropolitan Police")]);
    check("Poland's National Security Bureau", Some("TW"), &[("PL.bbn", "Poland's National Security Bureau")]);
    check("National Security Bureau", Some("TW"), &[("TW.nsb", "National Security Bureau")]);
    // Taiwan has no 司法部: what its papers call so is another's.
    check("司法部起訴", Some("TW"), &[]);
    check("國務院譴責", Some("TW"), &[("US.state", "國務院")]);
    check("国务院批准", Some("CN"), &[("CN.statecouncil", "国务院")]);
    check("国务院", Some("HK"), &[]);
    check("法務部", Some("TW"), &[("TW.justice", "法務部")]);
    check("行政長官", Some("MO"), &[("MO.ce", "行政長官")]);
}

#[test]
fn capitals_keep_abbreviations_apart_from_words() {
    nobody(&[
        "mss",
        "the pla of it",
        "cac 40 rose",
        "CAC 40",
        "tao of physics",
        "a nis of its own",
        "MPs",
        "un",
        "ait",
        "zte",
    ]);
    check("the CAC fined it", None, &[("CN.cac", "CAC")]);
    check("the UN said", None, &[("UN", "UN")]);
}

#[test]
fn companies_and_watchers_of_the_field_are_known() {
    names("C.hikvision", &["Hikvision", "海康威視", "海康威视"]);
    names("C.isoon", &["i-Soon", "I-Soon", "安洵", "安洵信息"]);
    names("C.qihoo", &["Qihoo 360", "奇虎360", "奇虎"]);
    names("C.knownsec", &["Knownsec", "知道创宇"]);
    names("C.citizenlab", &["Citizen Lab", "公民實驗室", "公民实验室"]);
    names("C.kaspersky", &["Kaspersky", "卡巴斯基"]);
    names("C.tel", &["東京威力科創"]);
    names("FV", &["Five Eyes", "五眼聯盟", "五眼联盟", "五眼"]);
    nobody(&["小米粥", "聯想到", "大華路", "中興大學", "蘋果派", "五眼桥", "Apple pie", "meta analysis"]);
}

#[test]
fn an_agency_or_a_dateline_comes_before_the_outlet() {
    #[track_caller]
    fn of(provider: Option<&str>, text: &str, outlet: Option<&str>, expected: Option<&str>) {
        let mut article = Article::of_text("", text, Lang::zh_hant());
        article.provider = provider.map(str::to_owned);
        assert_eq!(LEXICON.country_of(&article, outlet).as_deref(), expected, "{provider:?} {text}");
    }
    of(None, "外交部表示", Some("HK"), Some("HK"));
    of(None, "外交部表示", None, None);
    of(Some("中央社"), "外交部表示", None, Some("TW"));
    of(None, "（中央社華盛頓20日電）外交部表示", Some("MY"), Some("TW"));
    of(None, "（中央社記者某某台北20日電）外交部表示", None, Some("TW"));
    of(None, "新华社北京11月20日电 外交部表示", Some("HK"), Some("CN"));
    of(None, "（路透社東京20日電）外務省表示", Some("TW"), Some("JP"));
    of(None, "BEIJING, Nov 20 (Reuters) - The foreign ministry said", Some("GB"), Some("CN"));
    of(Some("Reuters"), "TAIPEI (Reuters) - The foreign ministry said", Some("GB"), Some("TW"));
    of(Some("Reuters"), "The foreign ministry said", Some("GB"), Some("GB"));
    of(None, "NORTH HAVEN, Nov 20 (Harbour Agency) -- The ministry said", Some("GB"), Some("GB"));
}

#[test]
fn a_name_has_an_owner_or_candidates() {
    let actor = |id: &str, kind| NameOwner::Actor { id: id.to_owned(), kind };
    assert_eq!(NAMES.owner("国安部"), actor("CN.mss", ActorKind::Agency));
    assert_eq!(NAMES.owner("mss"), actor("CN.mss", ActorKind::Agency));
    assert_eq!(NAMES.owner("CN.mfa"), actor("CN.mfa", ActorKind::Agency));
    assert_eq!(NAMES.owner("Mao Ning"), actor("CN.mfa", ActorKind::Person));
    assert_eq!(NAMES.owner("德國外交部"), actor("DE.mfa", ActorKind::Agency));
    assert_eq!(NAMES.owner("Chinese embassy"), actor("CN.emb", ActorKind::Mission));
    assert_eq!(NAMES.owner("ＭＩ５"), actor("GB.mi5", ActorKind::Agency));
    assert_eq!(NAMES.owner("Qiu Lanting"), NameOwner::Nobody);
    for word in ["the", "The", "said", "told", "they", "monday", "表示", "指出"] {
        assert_eq!(NAMES.owner(word), NameOwner::Word, "{word}");
    }
    for name in ["WHO", "任柏舒", "The Post", "Said Aldlander", "港灣安全局", "harbour"] {
        assert_eq!(NAMES.owner(name), NameOwner::Nobody, "{name}");
    }
    let NameOwner::Relative { candidates } = NAMES.owner("外交部") else { panic!("it depends on the outlet") };
    assert!(candidates.contains(&"CN.mfa".to_owned()) && candidates.contains(&"TW.mofa".to_owned()), "{candidates:?}");
    assert!(matches!(NAMES.owner("police"), NameOwner::Relative { .. }));
}

fn study_names(names: &[(&str, &str, ActorKind)]) -> Lexicon {
    let name = |(name, id, kind): &(&str, &str, ActorKind)| TermName {
        name: (*name).to_owned(),
        id: (*id).to_owned(),
        kind: *kind,
    };
    Lexicon::with_terms(&Terms { names: names.iter().map(name).collect(), ..Terms::default() })
}

#[test]
fn a_studys_names_stand_beside_the_shipped_ones_and_override_them() {
    let lexicon = study_names(&[
        ("Harbour Security Service", "harbour", ActorKind::Agency),
        ("港灣安全局", "harbour", ActorKind::Agency),
        ("Guoanbu", "guoanbu-film", ActorKind::Company),
        ("德國外交部亞洲司", "de-asia", ActorKind::Agency),
    ]);
    let check = |text, expected| check_with(&lexicon, text, None, expected);
    check("The Harbour Security Service and MI5", &[("harbour", "Harbour Security Service"), ("GB.mi5", "MI5")]);
    check("港湾安全局否认", &[("harbour", "港湾安全局")]);
    check("Guoanbu opens, says 国安部", &[("guoanbu-film", "Guoanbu"), ("CN.mss", "国安部")]);
    // The longest name wins, whoever wrote it.
    check("德国外交部亚洲司", &[("de-asia", "德国外交部亚洲司")]);
    check("德國外交部", &[("DE.mfa", "德國外交部")]);
}

#[test]
fn a_studys_cues_come_behind_the_shipped_ones() {
    let cue = |lang, words: &[&str]| TermCue {
        kind: StatementKind::Deny,
        sub: Some("refute".to_owned()),
        lang: Lang::new(lang),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let lexicon = Lexicon::with_terms(&Terms {
        cues: vec![cue("en", &["pooh-poohed", "slammed (hard)"]), cue("zh", &["鄙夷不屑"])],
        ..Terms::default()
    });
    let rules = |lang: Lang, text: &str| -> Vec<String> {
        let table = lexicon.cues(&lang).expect("a language with cues");
        table.find(&fold::text(text)).into_iter().map(|hit| hit.cue.rule.clone()).collect()
    };
    assert_eq!(rules(Lang::en(), "The ministry Pooh-Poohed it"), ["terms-deny"]);
    assert_eq!(rules(Lang::en(), "it was pooh-poohedly said, deplored"), ["condemns"]);
    assert_eq!(rules(Lang::zh_hans(), "外交部鄙夷不屑"), ["terms-deny"]);
    assert_eq!(rules(Lang::zh_hant(), "外交部否認"), ["denies"]);
    assert_eq!(rules(Lang::zh_hant(), "外交部辯稱該氣球只是民用氣象飛艇"), ["only-harmless"]);
    assert_eq!(rules(Lang::zh_hant(), "法院諭知免訴"), ["dismissed-in-court"]);
    assert_eq!(rules(Lang::zh_hans(), "他声称属于该部门"), Vec::<String>::new());
}

#[test]
fn a_studys_topic_words_override_the_shipped_ones() {
    let topic = |role, words: &[&str]| TermTopic {
        role,
        weight: 2.0,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let lexicon = Lexicon::with_terms(&Terms {
        topics: vec![topic(TopicRole::Act(Topic::Cyber), &["港口門"]), topic(TopicRole::None, &["Espionage"])],
        ..Terms::default()
    });
    let roles = |text: &str| -> Vec<TopicRole> {
        lexicon.read_topic(text, 100).words.into_iter().map(|hit| hit.role).collect()
    };
    assert_eq!(roles("港口门事件"), [TopicRole::Act(Topic::Cyber)]);
    assert_eq!(roles("Espionage"), [TopicRole::None]);
    // What a study takes off the topic is no part of a deed either.
    assert_eq!(LEXICON.read_topic("Espionage", 100).parts.len(), 1);
    assert_eq!(lexicon.read_topic("Espionage", 100).parts.len(), 0);
    assert_eq!(roles("MI5"), [TopicRole::Act(Topic::EspionageCase)]);
}

#[test]
fn the_chinese_tables_are_written_as_they_are_matched() {
    let lines = include_str!("../cues-zh.toml").lines().filter(|line| !line.starts_with('#'));
    let odd: String = lines.flat_map(str::chars).filter(|c| crate::fold::han(*c) != *c).collect();
    assert_eq!(odd, "", "these characters never stand in folded text");
}

proptest::proptest! {
    #[test]
    fn mentions_lie_inside_any_text(
        text in "(\\PC|美國|US |外交部|中|駐英|大使館|20日|German |police|'s | of |[\u{300}-\u{305}]){0,40}"
    ) {
        let mut end = 0;
        for mention in LEXICON.actors_for(&text, Some("TW")) {
            proptest::prop_assert!(text.get(mention.span.clone()).is_some_and(|name| !name.is_empty()));
            proptest::prop_assert!(mention.span.start >= end);
            end = mention.span.end;
        }
    }
}

#[test]
fn the_error_rates_name_each_script_and_rest_on_counts() {
    let rates = error_rates();
    for script in ["en", "zh-Hans", "zh-Hant"] {
        for kind in ["denial", "accusation", "on-topic"] {
            let found = rates.rates.iter().find(|rate| rate.script == script && rate.kind == kind);
            let rate = found.unwrap_or_else(|| panic!("no {kind} in {script}"));
            assert!(rate.right + rate.missed > 0, "{script} {kind} rests on nothing");
        }
    }
    assert!(rates.measured.parse::<jiff::civil::Date>().is_ok(), "{} is no day", rates.measured);
}
