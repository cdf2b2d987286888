//! Whose mouth a statement is put in, and at whom it is directed.

use super::*;

/// Lists speaker and id of the denials that count.
fn denials(lang: &Lang, text: &str) -> Vec<(String, Option<String>)> {
    let found = find(&LEXICON, &article(lang, "", text), OutletContext::default());
    let denials = found.into_iter().filter(|one| one.kind == StatementKind::Deny && one.counts());
    denials.map(|one| (one.speaker.unwrap_or_default(), one.speaker_id)).collect()
}

#[test]
fn a_name_in_a_phrase_speaks_only_where_its_head_speaks_for_it() {
    for (text, id) in [
        ("Officials in Beijing denied the claims.", Some("CN.gov")),
        ("China's foreign ministry denied the claims.", Some("CN.mfa")),
        ("A spokesman for the Chinese embassy in London denied the claims.", Some("CN.emb")),
        ("Ela Quist, a spokeswoman for China's foreign ministry, denied the claims.", Some("CN.mfa")),
        ("The former ambassador to China denied the claims.", None),
        ("Critics of China's government denied the claims.", None),
        ("A pro-China lawmaker denied the claims.", None),
        ("The trader detained by China denied the claims.", None),
        ("The woman MI5 named as a Chinese agent denied the claims.", None),
        ("The newspaper's bureau in Beijing denied the claims.", None),
    ] {
        let found = denials(&Lang::en(), text);
        assert_eq!(found.iter().map(|(_, id)| id.as_deref()).collect::<Vec<_>>(), [id], "{text}");
    }
    for (text, id) in [
        ("中國外交部發言人否認指控。", Some("CN.mfa")),
        ("中國政府否認指控。", Some("CN.gov")),
        ("中國駐英國大使館否認指控。", Some("CN.emb")),
        ("中國異見人士否認指控。", None),
        ("中國留學生否認指控。", None),
    ] {
        let found = denials(&Lang::zh_hant(), text);
        assert_eq!(found.iter().map(|(_, id)| id.as_deref()).collect::<Vec<_>>(), [id], "{text}");
    }
}

#[test]
fn who_was_accused_denies_and_not_who_accused() {
    for (text, who) in [("遭美國指控的晨星科技否認向北京提供資料。", "晨星科技"), ("檢方指他謊報身份，他否認。", "他")]
    {
        let found = denials(&Lang::zh_hant(), text);
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [who], "{text}");
    }
    let text = "中国驻英国大使馆发言人就英国检方起诉一名前海军文员答记者问。";
    let found = find(&LEXICON, &article(&Lang::zh_hans(), "", text), OutletContext::default());
    let by_embassy = |one: &Statement| one.speaker.as_deref().is_some_and(|name| name.contains("大使馆"));
    assert!(!found.iter().any(|one| one.kind == StatementKind::Charge && by_embassy(one)), "{found:?}");
}

#[test]
fn a_denial_that_was_not_made_is_none() {
    for text in [
        "There was no denial from Beijing.",
        "MPs demanded a denial from Beijing.",
        "Until China denies the claims, they stand.",
        "At no point did the bureau deny the claims.",
        "Nothing in the statement denied the claims.",
        "In the novel, the ambassador denies the claims.",
        "China denied the consul a seat in the courtroom.",
        "They wanted access to the site, which Beijing denied.",
        "Ottawa rejected Beijing's denial of interference.",
        "Ottawa said it would not tolerate interference.",
        "The embassy said that it had not been told of the arrest.",
        "\"Do you deny the claims?\" the judge asked Mr Tarn.",
    ] {
        assert_eq!(denials(&Lang::en(), text), [], "{text}");
    }
    for text in ["外界等待北京否認。", "北京懶得否認。", "小說裡，北京否認了指控。", "美國國務院說，中國的解釋不可信。"]
    {
        assert_eq!(denials(&Lang::zh_hant(), text), [], "{text}");
    }
}

#[test]
fn an_accusation_without_a_doer_waits_for_a_person() {
    let accused = |text| {
        let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
        found.iter().filter(|one| one.kind == StatementKind::Accuse && one.counts()).count()
    };
    for text in [
        "Officials said the exercise simulated a cyberattack.",
        "The trade body said tariffs would harm exporters.",
        "The company said customers' data had been stolen.",
        "\"Do I look like a spy?\" he said.",
    ] {
        assert_eq!(accused(text), 0, "{text}");
    }
    for text in ["The bureau said Chinese hackers stole the data.", "MI5 named her as a Beijing agent."] {
        assert_eq!(accused(text), 1, "{text}");
    }
}

#[test]
fn who_stands_for_the_noun_before_it_and_not_for_the_clause() {
    let speakers = |text| {
        let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
        let denials = found.iter().filter(|one| one.kind == StatementKind::Deny && one.counts());
        denials.map(|one| one.speaker.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    for (text, who) in [
        ("Prosecutors accuse Mr Tarn, who denies the charge, of passing files to China.", "Mr Tarn"),
        ("The dossier named Councillor Odile Marsk, who denies any link to Beijing.", "Councillor Odile Marsk"),
        ("Police arrested Ivo Kest, a former translator, who denies espionage.", "Ivo Kest, a former translator"),
        ("The suspect told detectives that he had dined with Lars Brandal, who denied it.", "Lars Brandal"),
        ("The spokesman for the embassy, who denied the allegations, read a note.", "The spokesman for the embassy"),
        ("Ivo Kest is on bail after denying spying for China.", "Ivo Kest"),
        ("A plea of not guilty was entered on behalf of Ivo Kest.", "Ivo Kest"),
    ] {
        assert_eq!(speakers(text), [who], "{text}");
    }
    for text in [
        "According to the lawyer for Mr Tarn, who denies spying, the files were public.",
        "The Pentagon rejected China's account of the encounter.",
        "The passport was false, police said.",
        "It would be wrong to deny that spying goes on, the minister said.",
    ] {
        assert_eq!(speakers(text), [""; 0], "{text}");
    }
}

#[test]
fn a_target_is_who_stands_behind_on_to_or_at() {
    let targets = |text| {
        let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
        found.iter().filter(|one| one.counts()).map(|one| one.target.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    for (text, target) in [
        ("The firm blamed the breach on a China-nexus group.", "a China-nexus group"),
        ("The firm attributed the intrusion to a China-nexus actor.", "a China-nexus actor"),
        ("The report points the finger at Beijing.", "Beijing"),
        ("China stands accused of hacking the electoral register.", "China"),
        ("Mr Tarn faces two counts of passing information to a foreign service.", "Mr Tarn"),
        ("The firm blamed Beijing for the breach.", "Beijing"),
        ("The firm pins the break-in, with moderate confidence, on Brass Heron.", "Brass Heron"),
        ("The attack was carried out by Chinese hackers, officials said.", "Chinese hackers"),
        ("State security organs cracked a case in which a grain firm sold data.", "a grain firm"),
        ("The bureau lodged a protest with Tokyo over the arrests.", "Tokyo"),
        ("Prosecutors dropped the charges against the chemist.", "the chemist"),
        ("A jury found the engineer guilty of espionage.", "the engineer"),
        ("Former clerk gets nine years for selling manuals to China", "Former clerk"),
    ] {
        assert_eq!(targets(text), [target], "{text}");
    }
}

#[test]
fn an_accusation_stands_beside_the_denial_of_another() {
    let text = "Washington says China hacked it, an accusation Beijing rejects.";
    let found = find(&LEXICON, &article(&Lang::en(), "", text), OutletContext::default());
    let mut said: Vec<_> = found.iter().map(|one| (one.kind.name(), one.speaker.as_deref())).collect();
    said.sort_unstable();
    assert_eq!(said, [("accuse", Some("Washington")), ("deny", Some("Beijing"))]);
}

#[test]
fn a_company_answers_for_itself_alone() {
    let text = "The FBI accused Huawei of stealing secrets. TikTok denied sharing data with China.";
    let article = article(&Lang::en(), "", text);
    let found = find(&LEXICON, &article, OutletContext::default());
    let denial = found.iter().find(|statement| statement.kind == StatementKind::Deny).expect("TikTok denies");
    assert_eq!(denial.answers, None);
}
