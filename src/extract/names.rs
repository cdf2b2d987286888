//! What a name is: a person's, an agency's, an outlet's, an office's, or nobody's; and the names in a byline.

use super::clean;
use super::line;
use crate::fold;
use crate::pattern::pattern;

/// The names in a byline: parts between "and", commas and 、, without offices and places.
pub(super) fn people(byline: &str) -> Vec<String> {
    pattern!(AND, r"(?i)\s+and\s+|\s*[,、，;；&|｜]\s*|\s*／\s*|　+");
    // Where they report from: 'Ada Roe in Aldport', 台北＝王某.
    pattern!(IN, r"\s(?:in|reporting\sfrom)\s\p{Lu}.*$|[\s　]*(?:发自|發自)[\s　]*\p{Han}+$");
    let byline = line(byline);
    let byline = byline.trim().trim_end_matches(['.', '。']);
    let is_place = |place: &str| place.chars().all(clean::is_cjk) && place.chars().count() <= 8;
    let byline = byline.split_once('＝').filter(|(place, _)| is_place(place)).map_or(byline, |(_, name)| name);
    let is_han = |name: &str| name.chars().any(fold::is_han);
    pattern!(PICTURES, r"[攝摄]影?$");
    pattern!(ET, r"\s+(?:y|und|et|e|och|og|en)\s+");
    let is_full_name = |part: &str| part.split_whitespace().count() > 1;
    // Ortega y Gasset is one.
    let each = AND.split(byline).flat_map(without_agency).flat_map(|part| {
        let split: Vec<&str> = ET.split(part).collect();
        if split.iter().all(|part| is_full_name(part)) { split } else { vec![part] }
    });
    let parts = each.flat_map(|part| {
        // 张三 李四: names of Chinese characters stand apart by spaces.
        let apart = is_han(part)
            && part.split_whitespace().all(|name| is_han(name) && (name.chars().count() <= 4 || !is_person(name)));
        if apart { part.split_whitespace().collect() } else { vec![part] }
    });
    let mut names: Vec<String> = Vec::new();
    let is_latin = |name: &str| name.starts_with(|c: char| c.is_alphabetic() && !clean::is_cjk(c));
    for name in parts
        .map(|part| part.strip_prefix("and ").or_else(|| part.strip_prefix("und ")).unwrap_or(part))
        .map(|part| PICTURES.find(part).map_or(part, |found| &part[..found.start()]))
        .map(|part| without_title(IN.find(part).map_or(part, |found| &part[..found.start()]).trim()))
        .filter(|name| is_person(name))
    {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    // The outlet they write for stands behind.
    if names.len() > 1 {
        let first = names.remove(0);
        names.retain(|name| !is_outlet(name));
        names.insert(0, first);
    }
    // A single word behind a full name is where they report from.
    let is_full = |name: &str| is_latin(name) && name.contains(' ');
    if names.iter().any(|name| is_full(name)) {
        names.retain(|name| is_full(name) || !is_latin(name));
    }
    names
}

/// A name without what its bearer is called: Dr, Professor.
pub(super) fn without_title(name: &str) -> &str {
    const TITLES: [&str; 10] =
        ["Dr. ", "Dr ", "Prof. ", "Prof ", "Professor ", "Assoc. ", "Associate ", "Mr. ", "Ms. ", "Mrs. "];
    let mut bare = name;
    while let Some(rest) = TITLES.iter().find_map(|title| bare.strip_prefix(title)) {
        bare = rest.trim_start();
    }
    if bare.contains(' ') { bare } else { name }
}

/// The names in a field for one author in which a site wrote several: each is a full name or Chinese.
pub(super) fn each_of(names: &str) -> Vec<String> {
    let is_whole = |name: &&String| name.contains(' ') || name.chars().any(clean::is_cjk);
    let split = people(names);
    let letters = |names: &[String]| names.iter().map(|name| clean::letters(name).len()).sum::<usize>();
    // All of it must be names: "and" is the most that may be left out.
    let is_all = split.len() > 1 && clean::letters(names).len() <= letters(&split) + 3;
    if is_all && split.iter().filter(is_whole).count() == split.len() { split } else { vec![names.to_owned()] }
}

/// A name in the order in which it is spoken: "Roe, Ada".
pub(super) fn in_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given))
            if !given.contains(',') && is_person(&format!("{given} {family}")) && !is_agency(family) =>
        {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    }
}

/// Splits the agency off that a name ends with: "Ada Roe Associated Press".
pub(super) fn without_agency(name: &str) -> Vec<&str> {
    pattern!(
        AGENCY,
        r"^(.+?\s.+?)(?:,|\s[-–|/]|,?\s(?:and|und|et|y|e))?\s((?:The )?Associated Press|AP|Reuters|AFP|Agence France-Presse|Bloomberg|dpa|DPA|UPI|EFE|ANSA)$"
    );
    match AGENCY.captures(name.trim()) {
        Some(found) => found.iter().skip(1).flatten().map(|part| part.as_str()).collect(),
        None => vec![name],
    }
}

/// Says whether a name stands for nobody: an account of the site's editor, a desk, "Staff".
pub(super) fn is_nobody(name: &str) -> bool {
    pattern!(
        NOBODY,
        r"(?i)^(?:by|super\s?user|(?:.*\s)?admin(?:istrator)?|(?:\w+\s)?staff(?:\s(?:writers?|reporters?))?|(?:.*\s)?(?:(?:news|web|online|digital|photo|sports|city|national|world|foreign|business)\s?)?(?:desk|team|bureau|room)(?:\s\d+)?|agenc(?:y|ies)|wires?(?:\sservices?)?|(?:(?:our|own|special|a)\s){0,2}(?:correspondents?|reporters?)|(?:web|online|digital|site)?\s?(?:master|editors?)|editorial(?:\s(?:board|team|staff|desk))?|(?:la\s)?(?:redacci[oó]n|r[eé]daction|redazione|redaç[aã]o)|(?:die\s)?redaktion|redakce|redakcja|(?:redazione|redacci[oó]n|redaktion|r[eé]daction)\s\w+|guest(?:\s(?:author|writer|contributor))?|user\d*|authors?|profile|anonymous|contributors?)$|^(?:即[時时](?:新[聞闻]|中心)?|[綜综]合(?:[報报][導道]|外[電电])?|外[電电]|\p{Han}{2,4}中心(?:[／/][綜综]合[報报][導道])?|\p{Han}{2,5}[組组]|人[气氣]|[评評][论論]|[阅閱][读讀]|[点點][击擊]|[浏瀏][览覽]|[攝摄]影|核稿|[審审]稿|[編编][輯辑譯译]|[責责]任[編编][輯辑]|[插繪绘][畫画圖图]|[設设][計计]|[製制][圖图]|影像|翻[譯译]|校[對对]|[監监][製制]|美[術术]|收藏|分享|字[号號体體]|打印|列印|编辑|編輯|小编|小編|管理员|管理員|佚名|本站|网络|網路|转载|轉載|(?:[閱阅][讀读]|[檢检查]?[看視视])?更多|相[關关]|延伸)$"
    );
    NOBODY.is_match(name)
}

/// Says whether a part of a byline is a person and no office, desk or place.
pub(super) fn is_person(name: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?i)\b(?:editor|correspondent|reporter|staff|writer|desk|bureau|team|agenc(?:y|ies)|press|news|media|newsroom|in|for|chief|political|senior|contributor|fellow|associate|director|professor|analyst|researcher|lecturer|officer|faculty|department|institute|centre|center|college|communications|manager|producer|columnist|author|intern)\b|記者|记者|編輯|编辑|中心|報導|报道|綜合|综合|社$|網$|网$|報$|报$|台$|[部局署廳厅處处院校]$|委員會$|委员会$|公司$|集團$|集团$|辦公室$|办公室$|佚名|匿名|^[會会]|提問|提问|追問|追问|招待|手記|手记|實錄|实录|直播|專區|专区|放大|縮小|缩小|^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|new\syear|then)\b|实习生|實習|通讯员|通訊員|全媒体|全媒體|^(?:来源|來源|稿源|出处|出處|责编|責編|审核|審核|校对|校對|综合|綜合|翻译|翻譯)$"
    );
    let length = name.chars().count();
    let is_latin = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_told = is_latin && (!name.starts_with(char::is_uppercase) || name.split_whitespace().count() > 5);
    (2..=40).contains(&length)
        && !is_told
        && name.contains(char::is_alphabetic)
        && !name.contains(['@', ':', '：', '/'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && !OFFICE.is_match(name)
        && !is_nobody(name)
        && !is_body(name)
}

/// Says whether a name is an agency's or a paper's, and no person's.
pub(super) fn is_body(name: &str) -> bool {
    pattern!(
        BODY,
        r"(?i)(?:社|網|网|[日時时新晚早商公郵邮週周月]報|[日时新晚早商公邮周月]报|新聞|新闻|電視台|电视台|電台|通訊|編輯部|编辑部|뉴스|통신|일보|신문|방송|타임스|新聞社|ニュース)$|\b(?:news|news\sagency|press\s(?:trust|union|association)(?:\sof\s\w+)?|associated\spress|reuters|afp|agence\sfrance-presse|bloomberg|dpa|efe|ansa|xinhua|yonhap|kyodo|bernama|tass|newsroom)$"
    );
    BODY.is_match(name.trim()) || is_agency(name.trim())
}

/// Says whether an outlet's name could be a person's: "Emily Post".
pub(super) fn is_person_like(name: &str) -> bool {
    let name = name.trim();
    name.split_whitespace().count() == 2 && !name.starts_with("The ")
}

/// Says whether a name is made of the first letters of another's words: "GBW" of "Great Basin Wire".
pub(super) fn abbreviates(name: &str, whole: &str) -> bool {
    let whole = whole.strip_prefix("The ").unwrap_or(whole);
    let words = whole.split(|c: char| c.is_whitespace() || c == '-').filter_map(|word| word.chars().next());
    let capitals: String = words.filter(|c| c.is_uppercase()).collect();
    name.len() > 1 && name == capitals
}

/// Says whether a name is that of one of the world's news agencies.
pub(super) fn is_agency(name: &str) -> bool {
    pattern!(
        AGENCY,
        r"^(?:[Tt]he\s)?(?:ČTK|PAP|BNS|LETA|ELTA|TT|TASR|MTI|APA|SDA|ATS|ANP|NTB|Ritzau|STT|Belga|Lusa|Efe|VNA|CNA|JIJI|Jiji\sPress|Antara|Anadolu|Interfax|Europa\sPress|Canadian\sPress|Australian\sAssociated\sPress|PA\s(?:Media|News)|IANS|Press\sTrust\sof\sIndia)$|^(?:[Tt]he\s)?(?:[Aa]gen(?:cia|zia|ce|tur)\s)?(?i:associated\spress|reuters|afp|agence\sfrance-presse|bloomberg|dpa|upi|efe|ansa|xinhua|yonhap|kyodo|bernama|tass|pti|ani|aap|ap)(?i:\snews(?:\sagency|wire)?)?$|^(?:中央社|新[华華]社|中新[社网網]|法新社|路透社?|美[联聯]社|共同社|[時时]事(?:通信)?社|[韩韓][联聯]社|德新社|塔斯社|俄新社|埃菲社|安[莎沙]社|朝中社)$"
    );
    AGENCY.is_match(name) && (!name.starts_with(char::is_lowercase) || name == "dpa")
}

/// Says whether a name is an office's, a firm's or another body's, and no person's.
pub(super) fn is_office(name: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?i)(?:委員會|委员会|辦公室|办公室|公司|集團|集团|大學|大学|\p{Han}{2}[办辦]|\p{Han}{2}[部局署廳厅報报處处組组室]|\p{Han}{3}[司處处科組组])$|\b(?:ministry|department|embassy|holdings|inc\.?|ltd\.?|plc|corp(?:oration)?|university|council|committee|agency)$"
    );
    OFFICE.is_match(name.trim())
}

/// Says whether a name is that of a part of an office so small that it is known within it alone.
pub(super) fn is_section(name: &str) -> bool {
    pattern!(SECTION, r"^\p{Han}{2,}[處处科室組组]$");
    SECTION.is_match(name.trim())
}

/// Says whether a name is that of a part of an office: it speaks for the office on the office's own pages.
pub(super) fn is_department(name: &str) -> bool {
    pattern!(DEPARTMENT, r"^\p{Han}{2,}[司處处科組组室局署廳厅部]$");
    DEPARTMENT.is_match(name.trim())
}

/// Says whether a part of a title may be the name of an outlet or of a section of it.
pub(super) fn is_outlet(name: &str) -> bool {
    pattern!(
        OUTLET,
        r"(?i)(?:晚報|晚报|頻道|频道|客户端|客戶端|在线|在線|社群版|新聞雲|新闻云|周刊|週刊|週報|周报|雜誌|杂志|新聞發布|新闻发布)$|^(?:the\s)?[\w ]+\s(?:press|times|daily|online|post|standard|herald|tribune|gazette|journal|ledger|observer|chronicle|review)$"
    );
    is_body(name) || OUTLET.is_match(name.trim())
}

/// The names in a field for authors that says what they are, too: 本报记者 王某某 李某.
pub(super) fn names_of(field: &str) -> Vec<String> {
    pattern!(
        OFFICE,
        r"(?:^|[\s　、，])(?:[\p{Han}]{0,6}(?:记者|記者|通讯员|通訊員|实习生|實習生)|(?:文|图|圖)[/／:：])[\s　:：]?"
    );
    people(&OFFICE.replace_all(field, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_people() {
        assert_eq!(people("Jane Roe and John Doe, Political Editor"), ["Jane Roe", "John Doe"]);
        assert_eq!(people("張某某、李某"), ["張某某", "李某"]);
        assert_eq!(people("Harbour Post staff"), Vec::<String>::new());
    }

    #[test]
    fn agencies_are_split_off_names_and_places_are_none() {
        assert_eq!(without_agency("Ada Roe Associated Press"), ["Ada Roe", "Associated Press"]);
        assert_eq!(without_agency("Ada Roe, Reuters"), ["Ada Roe", "Reuters"]);
        assert_eq!(without_agency("Reuters"), ["Reuters"]);
        assert_eq!(people("Jonte Albers, Celle"), ["Jonte Albers"]);
    }
}
