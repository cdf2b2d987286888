//! Forms of bylines, of origins, of fields for machines and of stamps, each with what it says.

use super::*;

/// What stands below a headline, and who wrote the article by it.
const BYLINES: [(&str, &[&str]); 40] = [
    ("<p>By Ada Roe, Ivo Kest and Una Marsh</p>", &["Ada Roe", "Ivo Kest", "Una Marsh"]),
    ("<div>Ada Roe in Taipei and Ivo Kest in London</div>", &["Ada Roe", "Ivo Kest"]),
    ("<div>By Dr Ada Roe in Taipei and Ivo Kest in London</div>", &["Ada Roe", "Ivo Kest"]),
    ("<div>Ada Roe, Political Editor</div>", &["Ada Roe"]),
    ("<div>Ada Roe | Staff Writer</div>", &["Ada Roe"]),
    ("<div>Ada Roe</div><div>Security Correspondent</div>", &["Ada Roe"]),
    ("<div>By</div><div>Ada Roe and Ivo Kest</div>", &["Ada Roe", "Ivo Kest"]),
    ("<a href=/people/ada>Ada Roe</a> and <a href=/people/ivo>Ivo Kest</a>", &["Ada Roe", "Ivo Kest"]),
    ("<p>What <a href=/people/ada>Ada Roe</a> knew of the plan</p>", &[]),
    ("<div>By Ada Roe and Ivo Kest, Harbour Times</div>", &["Ada Roe", "Ivo Kest"]),
    ("<div>Story by Ada Roe</div>", &["Ada Roe"]),
    ("<div>Ada Roe reports from Taipei</div>", &["Ada Roe"]),
    ("<div>By Ada Roe March 3, 2025 4:15 pm</div>", &["Ada Roe"]),
    ("<div>Posted by Ada Roe on 3 March 2025</div>", &["Ada Roe"]),
    ("<div>Author: Ada Roe</div>", &["Ada Roe"]),
    ("<div>Ada Roe @adaroe</div>", &["Ada Roe"]),
    ("<div>By Staff Reporter</div>", &[]),
    ("<div>Chinese Spies in Britain</div>", &[]),
    ("<div>Por: Ada Roe y Ivo Kest</div>", &["Ada Roe", "Ivo Kest"]),
    ("<div>por Inés Ortega y Gasset</div>", &["Inés Ortega y Gasset"]),
    ("<div>記者林某澤／台北報導</div>", &["林某澤"]),
    ("<div>〔記者林某澤、許某彤／高雄報導〕</div>", &["林某澤", "許某彤"]),
    ("<div>［記者林某澤台北報導］</div>", &["林某澤"]),
    ("<div>國際中心／林某澤報導</div>", &["林某澤"]),
    ("<div>文 / 林某澤 攝影 / 許某彤</div>", &["林某澤"]),
    ("<div>责任编辑：许某彤</div>", &[]),
    ("<div>记者丨林某泽</div>", &["林某泽"]),
    ("<div>采写 / 林某泽</div>", &["林某泽"]),
    ("<div>图/文 林某泽</div>", &["林某泽"]),
    ("<div>来源：港湾日报　记者：林某泽 许某彤</div>", &["林某泽", "许某彤"]),
    ("<div>港湾日报记者 林某泽 北京报道</div>", &["林某泽"]),
    ("<div><a href=/reporter/1>台北＝三浦某</a></div>", &["三浦某"]),
    ("<div><b>小田切 某</b> ： ジャーナリスト</div>", &["小田切某"]),
    ("<div>최모 기자</div>", &["최모"]),
    ("<div>2015-09-23　海港新聞網　【特派員　林某澤／柏林報導】</div>", &["林某澤"]),
    ("<div>政情組</div>", &[]),
    ("<div class=byline><a href=/byline/lin>林某泽</a><span>报道</span></div>", &["林某泽"]),
    ("<div>看更多</div><div>報導</div>", &[]),
    (
        "<p>〔記者林某澤、許某彤／台北、高雄連線報導〕港務局今天表示正在調查此事，結果下月公布。</p>",
        &["林某澤", "許某彤"],
    ),
    (
        "<div><a href=/people/ada-roe>Dr Ada Roe</a></div><div><a href=/people/ivo-kest>Ivo Kest</a></div>",
        &["Ada Roe", "Ivo Kest"],
    ),
];

#[test]
fn bylines_name_those_who_wrote_it() {
    for (byline, names) in BYLINES {
        let page = story("", &PARAGRAPHS).replace("</h1>", &format!("</h1>{byline}"));
        assert_eq!(read(&page_of(&page)).expect("an article").authors, names, "{byline}");
    }
}

/// What stands below a headline, and from whom the text comes by it.
const ORIGINS: [(&str, Option<&str>); 23] = [
    ("<div>By Ada Roe, Reuters</div>", Some("Reuters")),
    ("<div>By ADA ROE Associated Press</div>", Some("Associated Press")),
    ("<div>Ada Roe, The Associated Press</div>", Some("The Associated Press")),
    ("<div>Reuters</div>", Some("Reuters")),
    ("<div>AFP News Agency</div>", Some("AFP News Agency")),
    ("<div>PTI | New Delhi</div>", Some("PTI")),
    ("<div>Agencia EFE</div>", Some("Agencia EFE")),
    ("<div>Source: AFP</div>", Some("AFP")),
    ("<div class=agency-name><img alt='REUTERS' src=r.svg></div>", Some("REUTERS")),
    ("<div>By Ada Roe</div>", None),
    ("<div>By Outlet Staff</div>", None),
    ("<div>中央社</div>", Some("中央社")),
    ("<div>文：法新社</div>", Some("法新社")),
    ("<div>中央社記者林某澤台北12日電</div>", Some("中央社")),
    ("<div>转自：新华社</div>", Some("新华社")),
    ("<div>新闻来源: 法新社 于 2025-05-22 6:31:07</div>", Some("法新社")),
    ("<div>来源：港湾日报　作者：林某泽</div>", Some("港湾日报")),
    ("<div>本报讯</div>", None),
    ("<p>〔記者林某澤、中央社／台北報導〕港務局今天表示正在調查此事，結果下月公布。</p>", Some("中央社")),
    ("<p>(서울=연합뉴스) 최모 기자 = 항만 당국은 이 사건을 조사하고 있다고 12일 밝혔다.</p>", Some("연합뉴스")),
    ("<p>【北京共同】港湾当局は１２日、この件を調べていると明らかにした。</p>", Some("共同")),
    ("<p>据新华社电 港务局今天表示正在调查此事，结果下月公布。</p>", Some("新华社")),
    ("<p>【法新社北京12日電】港務局今天表示正在調查此事，結果下月公布。</p>", Some("法新社")),
];

#[test]
fn origins_are_agencies_and_other_outlets() {
    for (origin, name) in ORIGINS {
        let page = story("", &PARAGRAPHS).replace("</h1>", &format!("</h1>{origin}"));
        assert_eq!(read(&page_of(&page)).expect("an article").provider.as_deref(), name, "{origin}");
    }
}

/// What a page's data says of its author, and who wrote the article by it.
const FIELDS: [(&str, &[&str]); 18] = [
    (r#"["Ada Roe","Ivo Kest"]"#, &["Ada Roe", "Ivo Kest"]),
    (r#"{"@type":"Person","name":["Ada Roe","Ivo Kest"]}"#, &["Ada Roe", "Ivo Kest"]),
    (r#""By Ada Roe and Ivo Kest""#, &["Ada Roe", "Ivo Kest"]),
    (r#"{"@type":"Person","name":"Ada Roe, Security Correspondent"}"#, &["Ada Roe"]),
    (r#"{"@type":"Person","name":"Ada Roe in Taipei"}"#, &["Ada Roe"]),
    (r##"{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Roe""##, &["Ada Roe"]),
    (r#"[{"name":"Ada Roe"},{"name":"Reuters"}]"#, &["Ada Roe"]),
    (r#"{"@type":"Person","name":"Outlet Web Desk"}"#, &[]),
    (r#"{"@type":"Person","name":"AFP, Agencies"}"#, &[]),
    (r#"{"@type":"Person","name":"Super User"}"#, &[]),
    (r#"{"@type":"Person","name":"Redacción Mundo"}"#, &[]),
    (r#"{"@type":"Person","name":"記者林某澤"}"#, &["林某澤"]),
    (r#"{"@type":"Person","name":"林某澤、許某彤"}"#, &["林某澤", "許某彤"]),
    (r#"{"@type":"Person","name":"林某澤 / 台北報導"}"#, &["林某澤"]),
    (r#"{"@type":"Person","name":"國際中心／綜合報導"}"#, &[]),
    (r#"{"@type":"Person","name":"即時新聞"}"#, &[]),
    (r#"{"@type":"Person","name":"责任编辑：林某泽"}"#, &[]),
    (r#"{"@type":"Person","name":"本报记者 林某泽"}"#, &["林某泽"]),
];

#[test]
fn fields_for_authors_name_people() {
    for (author, names) in FIELDS {
        let data = format!(
            r#"<script type="application/ld+json">[{{"@type":"NewsArticle","headline":"Assembly warned of approaches","author":{author}}}]</script>"#
        );
        let article = read(&page_of(&story(&data, &PARAGRAPHS))).expect("an article");
        assert_eq!(article.authors, names, "{author}");
    }
}

/// What stands below a headline, and the moment of publication by it in Hong Kong.
const STAMPS: [(&str, &str); 16] = [
    ("<span>2025/3/3 下午 04:15:22</span>", "2025-03-03T08:15:22Z"),
    ("<span>更新時間：2025-03-04 09:00　發布時間：2025-03-03 16:15</span>", "2025-03-03T08:15:00Z"),
    ("<span>2025-03-03 16:15 最後更新 2025-03-04 09:00</span>", "2025-03-03T08:15:00Z"),
    ("<span>撰文: 林某 出版: 2025-03-03 16:15 更新: 2025-03-03 18:00</span>", "2025-03-03T08:15:00Z"),
    ("<div>2025年03月03日</div><div>16:15</div>", "2025-03-03T08:15:00Z"),
    ("<span>114/03/03</span>", "2025-03-02T16:00:00Z"),
    ("<span>发布/2025年3月3日 16:15</span><span>更新/2025年3月3日 18:00</span>", "2025-03-03T08:15:00Z"),
    ("<span>입력 2025.03.03. 오후 4:15</span><span>수정 2025.03.03. 오후 6:00</span>", "2025-03-03T08:15:00Z"),
    ("<span>Published: 16:15, 3 March 2025 | Updated: 18:00, 3 March 2025</span>", "2025-03-03T08:15:00Z"),
    ("<span>16:15, 3 MAR 2025</span><span>UPDATED 18:00, 3 MAR 2025</span>", "2025-03-03T08:15:00Z"),
    (
        "<span>Updated 5:00 p.m. EST March 4, 2025</span><span>Published 4:15 p.m. EST March 3, 2025</span>",
        "2025-03-03T21:15:00Z",
    ),
    ("<span>March 3, 2025 / 4:15 PM EST / Harbour News</span>", "2025-03-03T21:15:00Z"),
    ("<span>Stand: 04.03.2025 09:00 Uhr</span><span>Veröffentlicht am 03.03.2025 16:15</span>", "2025-03-03T08:15:00Z"),
    ("<span>Publié le 3 mars 2025 à 16h15, mis à jour le 4 mars 2025 à 9h00</span>", "2025-03-03T08:15:00Z"),
    ("<span>3. března 2025 16:15</span>", "2025-03-03T08:15:00Z"),
    ("<span>Mon., March 3RD, 2025, 4:15 p.m.</span>", "2025-03-03T08:15:00Z"),
];

#[test]
fn stamps_are_those_of_the_first_publication() {
    for (stamp, moment) in STAMPS {
        let page = story("", &PARAGRAPHS).replace("</h1>", &format!("</h1>{stamp}"));
        let published = read(&page_of(&page)).expect("an article").published.map(|date| date.at.to_string());
        assert_eq!(published.as_deref(), Some(moment), "{stamp}");
    }
}

#[test]
fn the_name_that_readers_see_is_the_agencys() {
    let data = r#"<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Assembly warned of approaches","author":AUTHOR}]</script>"#;
    let told = |author: &str, printed: &str| {
        let page = story(&data.replace("AUTHOR", author), &PARAGRAPHS);
        read(&page_of(&printed_below(&page, printed))).expect("an article").provider
    };
    let trust = r#"{"@type":"Person","name":"Press Trust of India"}"#;
    assert_eq!(told(trust, "").as_deref(), Some("Press Trust of India"));
    assert_eq!(told(trust, "<div>Source: PTI</div>").as_deref(), Some("PTI"));
    assert_eq!(told("\"Ada Roe\"", "<div>Source: Reuters</div>").as_deref(), Some("Reuters"));
    assert_eq!(told("\"Ada Roe\"", "<div>Source: a port official</div>"), None);
    assert_eq!(told("\"Ada Roe\"", "<div>来源：南港晚报</div>").as_deref(), Some("南港晚报"));
    let desk = r#"{"@type":"Organization","name":"Outlet Digital"}"#;
    let page = story(&data.replace("AUTHOR", desk), &PARAGRAPHS);
    let page = page.replace("</h1>", "</h1><p>By Ada Roe, The Associated Press</p>");
    assert_eq!(read(&page_of(&page)).expect("an article").provider.as_deref(), Some("The Associated Press"));
}

/// A page with this below the text of its article.
fn printed_below(page: &str, printed: &str) -> String {
    page.replace("</div></article>", &format!("</div>{printed}</article>"))
}

#[test]
fn a_korean_reporter_signs_below_the_text() {
    let page = printed_below(&story("", &PARAGRAPHS), "<p>최모 기자 choe@bada.example</p>");
    assert_eq!(read(&page_of(&page)).expect("an article").authors, ["최모"]);
}

#[test]
fn a_quotation_within_a_string_of_the_data_costs_no_date() {
    let data = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The \"harbour\" case\",\
                \"datePublished\":\"2023-03-03T18:22:41+05:30\",\"dateModified\":\"2023-03-03T19:05:12+05:30\"}</script>";
    let article = read(&page_of(&story(data, &PARAGRAPHS))).expect("an article");
    assert_eq!(article.published.map(|date| date.at.to_string()).as_deref(), Some("2023-03-03T12:52:41Z"));
    assert_eq!(article.title, "Assembly warned of approaches");
}

#[test]
fn an_agency_or_a_name_behind_the_last_sentence_is_a_credit() {
    let last = |text: &str, tail: &str| {
        let mut texts = PARAGRAPHS.to_vec();
        let text = format!("{text}{tail}");
        texts.push(&text);
        read(&page_of(&story("", &texts))).expect("an article")
    };
    let article = last("The ministry said it was not aware of the case.", " <b>AFP</b>");
    assert_eq!(article.provider.as_deref(), Some("AFP"));
    assert!(article.text.ends_with("of the case."), "{}", article.text);
    let article = last("港湾当局は対策を強化している。", "【小田切某】");
    assert_eq!(article.authors, ["小田切某"]);
    assert!(article.text.ends_with("強化している。"), "{}", article.text);
}

#[test]
fn an_agency_may_stand_behind_place_and_day() {
    let page = story(
        "",
        &["（台北12日中央社电）港务局今天表示正在调查此事，结果将在下个月公布。", PARAGRAPHS[0], PARAGRAPHS[1]],
    );
    assert_eq!(read(&page_of(&page)).expect("an article").provider.as_deref(), Some("中央社"));
}
