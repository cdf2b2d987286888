//! The names of months and zones, as data.

use jiff::tz::TimeZone;

/// Returns the number of a month's name, in the languages that outlets print dates in.
pub(super) fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    if let Some(digits) = name.strip_suffix(['月', '월']) {
        return digits.parse().ok().or_else(|| {
            let number = CHINESE.iter().position(|numeral| *numeral == digits)? + 1;
            i8::try_from(number).ok()
        });
    }
    // The longest beginning tells: marraskuu is not of March.
    let length = |names: &str| names.split(' ').filter(|start| is_month(&name, start)).map(str::len).max();
    let (_, month) = MONTHS.iter().zip(1..).filter_map(|(names, month)| Some((length(names)?, month))).max()?;
    Some(month)
}

/// Returns the hour of the day that an hour of a part of it is; 24 is midnight at its end.
pub(super) fn hour_of_day(part: &str, hour: i8) -> i8 {
    match part {
        "下午" | "傍晚" | "午後" | "午后" | "夕方" | "오후" | "저녁" if hour < 12 => hour + 12,
        "中午" | "昼" | "낮" if hour < 5 => hour + 12,
        // Of a night the small hours are of the morning.
        "晚上" | "晚間" | "晚间" | "晚" | "夜晚" | "夜間" | "夜间" | "夜" | "深夜" | "밤"
            if (5..=12).contains(&hour) =>
        {
            hour + 12
        }
        "上午" | "早上" | "早晨" | "清晨" | "凌晨" | "午前" | "未明" | "早朝" | "朝" | "오전" | "새벽" | "아침"
            if hour == 12 =>
        {
            0
        }
        _ if part.starts_with('p') && hour < 12 => hour + 12,
        _ if part.starts_with('a') && hour == 12 => 0,
        _ => hour,
    }
}

/// Returns the zone that is named by its place in the tz database, or as American outlets name theirs all the year round.
pub(super) fn place_zone(name: &str) -> Option<TimeZone> {
    let place = match name {
        "ET" | "Eastern" => "America/New_York",
        "CT" | "Central" => "America/Chicago",
        "MT" | "Mountain" => "America/Denver",
        "PT" | "Pacific" => "America/Los_Angeles",
        _ if name.contains('/') => name,
        _ => return None,
    };
    TimeZone::get(place).ok()
}

/// Returns the offset in seconds of a zone's abbreviation, as an outlet in `iana` means it.
pub(super) fn zone(name: &str, iana: &str, local_offset: i32) -> Option<i32> {
    let name = name.to_uppercase();
    let east = iana.starts_with("Asia/") || local_offset >= 5 * 3600;
    let hours = match name.as_str() {
        // The same letters on several continents: the outlet's own zone decides.
        "CST" if east => 8.0,
        "CST" if iana == "America/Havana" => -5.0,
        "CDT" if iana == "America/Havana" => -4.0,
        "IST" if iana.starts_with("Europe/") => 1.0,
        "IST" if iana == "Asia/Jerusalem" => 2.0,
        "EST" if iana.starts_with("Australia/") => 10.0,
        "EDT" if iana.starts_with("Australia/") => 11.0,
        "BST" if iana == "Asia/Dhaka" => 6.0,
        _ => ZONES.iter().find(|(known, _)| *known == name)?.1,
    };
    #[expect(clippy::cast_possible_truncation, reason = "quarters of an hour, well inside the range")]
    let seconds = (hours * 3600.0) as i32;
    Some(seconds)
}

/// Returns a year of an era of Japan as a year of ours: the seventh of 令和 is 2025, and so is R7.
pub(super) fn year_of_era(era: &str, year: &str) -> u32 {
    let before = match era {
        "令和" | "令" | "R" => 2018,
        "平成" | "平" | "H" => 1988,
        _ => 1925,
    };
    before + year.parse().unwrap_or(1)
}

/// Returns the zone that is named by its place or its people in words.
pub(super) fn place_time(text: &str) -> Option<TimeZone> {
    const NAMED: [(&str, &str); 12] = [
        ("Asia/Shanghai", "北京时间 北京時間 beijing_time"),
        ("Asia/Hong_Kong", "香港時間 香港时间 本港時間 hong_kong_time"),
        ("Asia/Taipei", "台北時間 臺北時間 台灣時間 臺灣時間 taipei_time taiwan_time"),
        ("Asia/Tokyo", "日本時間 日本时间 東京時間 tokyo_time japan_time"),
        ("Asia/Seoul", "한국시간 한국_시간 韓國時間 韩国时间 seoul_time korea_time"),
        ("Asia/Singapore", "新加坡时间 新加坡時間 singapore_time"),
        ("Europe/London", "伦敦时间 倫敦時間 london_time"),
        ("Europe/Paris", "heure_de_paris paris_time"),
        ("Europe/Moscow", "мск московск moscow_time"),
        ("America/New_York", "美东时间 美東時間 new_york_time eastern_time us_eastern"),
        ("America/Chicago", "central_time"),
        ("America/Los_Angeles", "pacific_time"),
    ];
    // No zone is named by a number or a sign.
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let text = text.to_lowercase();
    let is_named = |name: &str| text.contains(&*name.replace('_', " "));
    let found = NAMED.iter().find(|(_, names)| names.split(' ').any(is_named))?;
    TimeZone::get(found.0).ok()
}

/// Says whether 03/04/2026 is the third of April where a zone's clocks are; `None` where both ways are in use, or where
/// people begin with the year and borrow either for English.
pub(super) fn writes_day_first(zone: &TimeZone) -> Option<bool> {
    const MONTH_FIRST: [&str; 12] = [
        "America/Anchorage",
        "America/Boise",
        "America/Chicago",
        "America/Denver",
        "America/Detroit",
        "America/Los_Angeles",
        "America/New_York",
        "America/Phoenix",
        "Asia/Manila",
        "Pacific/Guam",
        "Pacific/Honolulu",
        "US/Eastern",
    ];
    const DAY_FIRST: [&str; 16] = [
        "Asia/Bangkok",
        "Asia/Calcutta",
        "Asia/Colombo",
        "Asia/Dhaka",
        "Asia/Ho_Chi_Minh",
        "Asia/Hong_Kong",
        "Asia/Jakarta",
        "Asia/Jerusalem",
        "Asia/Karachi",
        "Asia/Kathmandu",
        "Asia/Kolkata",
        "Asia/Kuala_Lumpur",
        "Asia/Macau",
        "Asia/Phnom_Penh",
        "Asia/Singapore",
        "Pacific/Auckland",
    ];
    // In Canada either is in use, and in the United States one.
    const NORTH: [&str; 14] = [
        "Atikokan",
        "Creston",
        "Dawson",
        "Edmonton",
        "Halifax",
        "Indiana/",
        "Juneau",
        "Kentucky/",
        "Moncton",
        "Montreal",
        "North_Dakota/",
        "Regina",
        "Toronto",
        "Vancouver",
    ];
    let name = zone.iana_name()?;
    let in_latin_america = |place: &str| {
        !NORTH.iter().any(|north| place.starts_with(north))
            && !matches!(place, "Winnipeg" | "St_Johns" | "Whitehorse" | "Iqaluit")
    };
    let of_day_first = || {
        DAY_FIRST.contains(&name)
            || ["Europe/", "Australia/", "Africa/"].iter().any(|part| name.starts_with(part))
            || name.strip_prefix("America/").is_some_and(in_latin_america)
    };
    if MONTH_FIRST.contains(&name) { Some(false) } else { of_day_first().then_some(true) }
}

/// Says whether dates begin with the year where a zone's clocks are, those with a year of two digits too.
pub(super) fn writes_year_first(zone: &TimeZone) -> bool {
    const YEAR_FIRST: [&str; 10] = [
        "Asia/Chongqing",
        "Asia/Harbin",
        "Asia/Pyongyang",
        "Asia/Seoul",
        "Asia/Shanghai",
        "Asia/Taipei",
        "Asia/Tokyo",
        "Asia/Ulaanbaatar",
        "Asia/Urumqi",
        "Europe/Budapest",
    ];
    zone.iana_name().is_some_and(|name| YEAR_FIRST.contains(&name))
}

/// A name is a month when it begins with one of the listed beginnings and is not a weekday by accident.
fn is_month(name: &str, start: &str) -> bool {
    let exact = start.strip_suffix('!');
    exact.map_or_else(|| name.starts_with(start), |whole| name == whole)
}

const CHINESE: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/// The beginnings that tell a month, of the languages of Europe and its neighbours and of Thai; `!` marks a whole name.
const MONTHS: [&str; 12] = [
    "jan jän ene gen ian янв яну јан січ ιαν ledn stycz oca tammi يناير ม.ค มกรา ינואר",
    "feb fév fev фев лют φεβ úno lute luty şub helmi فبراير شباط ก.พ กุมภา פברואר",
    "mar mär már mrz mrt maa мар бере μαρ bře mac! مارس آذار มี.ค มีนา מרץ",
    "apr ápr avr abr апр квіт απρ dubn kwie nis huhti أبريل ابريل إبريل نيسان เม.ย เมษา אפריל",
    "may mai mag máj mei мая май мај трав μαΐ μάι μαι kvě maj touko مايو أيار พ.ค พฤษภา מאי",
    "jun jún juin giu iun июн юни јун черв ιουν ιούν červn czer haz kesä يونيو حزيران มิ.ย มิถุ יוני",
    "jul júl juil lug iul июл юли јул лип ιουλ ιούλ červenc lipc lipie tem heinä يوليو تموز ก.ค กรกฎา יולי",
    "aug aoû aou ago agu авг серп αυγ αύγ srpn sierp ağu eloku ogos أغسطس اغسطس آب! ส.ค สิงหา אוגוסט",
    "sep set szep сен септ вер σεπ září wrze eyl syys سبتمبر أيلول ก.ย กันยา ספטמבר",
    "oct okt out ott окт жовт οκτ říj paźd eki loka أكتوبر اكتوبر ต.ค ตุลา אוקטובר",
    "nov noi! noiem ноя нов ное лист νοε νοέ listop kas marras نوفمبر พ.ย พฤศจิ נובמבר",
    "dec déc dez dic des dis! disember дек дец груд δεκ prosin grud ara joulu ديسمبر ธ.ค ธันวา דצמבר",
];

const ZONES: [(&str, f64); 62] = [
    ("ART", -3.0),
    ("BRT", -3.0),
    ("CLST", -3.0),
    ("CLT", -4.0),
    ("COT", -5.0),
    ("PET", -5.0),
    ("NST", -3.5),
    ("NDT", -2.5),
    ("AKST", -9.0),
    ("AKDT", -8.0),
    ("HST", -10.0),
    ("WAT", 1.0),
    ("CAT", 2.0),
    ("EAT", 3.0),
    ("IDT", 3.0),
    ("WITA", 8.0),
    ("WIT", 9.0),
    ("Z", 0.0),
    ("UT", 0.0),
    ("GMT", 0.0),
    ("UTC", 0.0),
    ("WET", 0.0),
    ("BST", 1.0),
    ("WEST", 1.0),
    ("CET", 1.0),
    ("MEZ", 1.0),
    ("CEST", 2.0),
    ("MESZ", 2.0),
    ("EET", 2.0),
    ("SAST", 2.0),
    ("EEST", 3.0),
    ("MSK", 3.0),
    ("TRT", 3.0),
    ("GST", 4.0),
    ("PKT", 5.0),
    ("IST", 5.5),
    ("NPT", 5.75),
    ("ICT", 7.0),
    ("WIB", 7.0),
    ("HKT", 8.0),
    ("SGT", 8.0),
    ("MYT", 8.0),
    ("PHT", 8.0),
    ("PST8", -8.0),
    ("AWST", 8.0),
    ("CTT", 8.0),
    ("JST", 9.0),
    ("KST", 9.0),
    ("ACST", 9.5),
    ("AEST", 10.0),
    ("ACDT", 10.5),
    ("AEDT", 11.0),
    ("NZST", 12.0),
    ("NZDT", 13.0),
    ("EDT", -4.0),
    ("EST", -5.0),
    ("CDT", -5.0),
    ("CST", -6.0),
    ("MDT", -6.0),
    ("MST", -7.0),
    ("PDT", -7.0),
    ("PST", -8.0),
];

/// Says whether a character is a digit, a ten or a hundred of Chinese writing.
pub(super) fn is_chinese_digit(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿' | '卅' | '百')
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|known| known == c).and_then(|digit| u32::try_from(digit).ok()).or(
        match c {
            '零' | '○' => Some(0),
            _ => None,
        },
    )
}

/// Writes the numbers before 年, 月, 日 and the parts of a clock with digits: 二〇二六年三月十日 is 2026年3月10日.
pub(super) fn with_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_chinese_digit) {
        let length = rest[start..].find(|c| !is_chinese_digit(c)).unwrap_or(rest.len() - start);
        let (number, behind) = (&rest[start..start + length], &rest[start + length..]);
        out.push_str(&rest[..start]);
        let is_of_date = behind.starts_with(['年', '月', '日', '號', '号', '時', '时', '點', '点', '分', '秒']);
        match value(number).filter(|_| is_of_date) {
            Some(value) => out.push_str(&value),
            None => out.push_str(number),
        }
        rest = behind;
    }
    out + rest
}

/// The digits of a number: written one by one, or counted in tens and hundreds.
fn value(number: &str) -> Option<String> {
    /// The longest are years: 二〇二六, 一百一十四.
    const LONGEST: usize = 5;
    let characters: Vec<char> = number.chars().collect();
    if characters.len() > LONGEST {
        return None;
    }
    let is_counted = characters.iter().any(|c| digit(*c).is_none());
    if !is_counted {
        return characters.iter().map(|c| digit(*c)).map(|digit| digit.map(|digit| digit.to_string())).collect();
    }
    let (mut whole, mut ones) = (0, None);
    for c in characters {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '廿' | '卅' if ones.is_none() => {
                whole += if c == '廿' { 20 } else { 30 };
                continue;
            }
            _ if ones.is_none() || ones == Some(0) => {
                ones = Some(digit(c)?);
                continue;
            }
            _ => return None,
        };
        whole += unit * ones.take().unwrap_or(1);
    }
    Some((whole + ones.unwrap_or(0)).to_string())
}
