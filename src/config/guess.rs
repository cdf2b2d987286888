//! What a new source needs and nobody said: guessed from its address and what it answered, and told to be guessed.

use url::{Host, Url};

use super::plain::PlainSource;
use crate::model::{Lang, SourceId};

/// What is known of an outlet besides what a person said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clues<'a> {
    /// The address of an entry point.
    pub url: &'a str,
    /// What the outlet calls itself there.
    pub title: Option<&'a str>,
    /// The language of its headlines, or the one that it names.
    pub lang: Option<&'a Lang>,
}

/// A setting that was guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The key.
    pub key: &'static str,
    /// What was put there.
    pub value: String,
    /// What it was guessed from, as words behind "from".
    pub from: &'static str,
}

/// No name of an outlet is longer, in characters.
const LONGEST_NAME: usize = 100;
/// Labels at the front of a host that name no outlet.
const FRONT: &[&str] =
    &["www", "www2", "m", "news", "rss", "feed", "feeds", "en", "cn", "tc", "sc", "zh", "static", "media"];
/// Labels that stand before a country's and name the sort of body there, as in example.co.uk.
const SORTS: &[&str] =
    &["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "idv", "mil", "ne", "net", "or", "org"];
/// Labels that say that a state speaks.
const STATE: &[&str] = &["go", "gob", "gouv", "gov", "gv", "mil"];
/// Domains of countries that the whole world uses for their looks.
const WORLDWIDE: &[&str] = &["ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "sh", "to", "tv", "ws"];

/// The zone of each country that has only one, or one in which nearly all of its outlets write.
const ZONES: &[(&str, &str)] = &[
    ("AE", "Asia/Dubai"),
    ("AT", "Europe/Vienna"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("CH", "Europe/Zurich"),
    ("CN", "Asia/Shanghai"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("DK", "Europe/Copenhagen"),
    ("EE", "Europe/Tallinn"),
    ("ES", "Europe/Madrid"),
    ("FI", "Europe/Helsinki"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GR", "Europe/Athens"),
    ("HK", "Asia/Hong_Kong"),
    ("HU", "Europe/Budapest"),
    ("IE", "Europe/Dublin"),
    ("IL", "Asia/Jerusalem"),
    ("IN", "Asia/Kolkata"),
    ("IT", "Europe/Rome"),
    ("JP", "Asia/Tokyo"),
    ("KR", "Asia/Seoul"),
    ("LT", "Europe/Vilnius"),
    ("LV", "Europe/Riga"),
    ("MO", "Asia/Macau"),
    ("MY", "Asia/Kuala_Lumpur"),
    ("NL", "Europe/Amsterdam"),
    ("NO", "Europe/Oslo"),
    ("NZ", "Pacific/Auckland"),
    ("PH", "Asia/Manila"),
    ("PK", "Asia/Karachi"),
    ("PL", "Europe/Warsaw"),
    ("PT", "Europe/Lisbon"),
    ("RO", "Europe/Bucharest"),
    ("RS", "Europe/Belgrade"),
    ("SE", "Europe/Stockholm"),
    ("SG", "Asia/Singapore"),
    ("SI", "Europe/Ljubljana"),
    ("SK", "Europe/Bratislava"),
    ("TH", "Asia/Bangkok"),
    ("TR", "Europe/Istanbul"),
    ("TW", "Asia/Taipei"),
    ("UA", "Europe/Kyiv"),
    ("VN", "Asia/Ho_Chi_Minh"),
    ("ZA", "Africa/Johannesburg"),
];

/// Fills in what a source cannot be without, and its language where there is a sign of one; returns what was guessed.
///
/// `is_free` says of an id that no source has it.
pub fn fill_in(plain: &mut PlainSource, clues: &Clues<'_>, is_free: &dyn Fn(&str) -> bool) -> Vec<Guess> {
    let address = Address::of(clues.url);
    let title = clues.title.map(name_of).filter(|title| !title.is_empty());
    let mut guesses = Vec::new();
    let mut guess = |plain: &mut PlainSource, key: &'static str, value: String, from: &'static str| {
        if plain.get(key).is_none() {
            plain.set(key, &value);
            guesses.push(Guess { key, value, from });
        }
    };
    let named = plain.get("name").map(str::to_owned).or_else(|| title.clone());
    let (id, from) = new_id(&address, named.as_deref(), is_free);
    guess(plain, "id", id, from);
    match title {
        Some(title) => guess(plain, "name", title, "its title"),
        None => guess(plain, "name", address.host.clone(), "its host"),
    }
    if let Some(lang) = clues.lang.filter(|lang| **lang != Lang::und()) {
        guess(plain, "lang", lang.to_string(), "what it writes");
    }
    match &address.country {
        Some(country) => guess(plain, "country", country.clone(), "its host"),
        None => guess(plain, "country", "XX".to_owned(), "nothing: the host names no country"),
    }
    match address.is_state {
        true => guess(plain, "owner", "government".to_owned(), "its host"),
        false => guess(plain, "owner", "private".to_owned(), "nothing: most are"),
    }
    let country = plain.get("country").unwrap_or_default();
    match ZONES.iter().find(|(known, _)| *known == country) {
        Some((_, zone)) => guess(plain, "zone", (*zone).to_owned(), "its country"),
        None => guess(plain, "zone", "UTC".to_owned(), "nothing: the country does not tell"),
    }
    // In the order in which people write them, whatever was said and whatever was guessed.
    let place = |key: &str| super::keys::SOURCE.iter().position(|known| *known == key).unwrap_or(usize::MAX);
    plain.settings.sort_by_key(|(key, _)| place(key));
    guesses
}

/// What a host tells of whose it is.
struct Address {
    host: String,
    /// The label under which the outlet registered; `None` of a number.
    label: Option<String>,
    country: Option<String>,
    is_state: bool,
}

impl Address {
    fn of(url: &str) -> Self {
        let url = Url::parse(url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        let Some(Host::Domain(name)) = url.as_ref().and_then(Url::host) else {
            return Self { host, label: None, country: None, is_state: false };
        };
        let mut labels: Vec<&str> = name.trim_end_matches('.').split('.').collect();
        let last = if labels.len() > 1 { labels.pop().unwrap_or_default() } else { "" };
        let is_of_country = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
        let country = (is_of_country && !WORLDWIDE.contains(&last) && last != "eu").then(|| match last {
            "uk" => "GB".to_owned(),
            other => other.to_ascii_uppercase(),
        });
        let has_sort = is_of_country && labels.len() > 1 && labels.last().is_some_and(|label| SORTS.contains(label));
        let is_state = STATE.contains(&last) || labels.last().is_some_and(|label| has_sort && STATE.contains(label));
        if has_sort {
            labels.pop();
        }
        let own = labels.iter().rev().find(|label| !FRONT.contains(label)).or(labels.last());
        Self { label: own.map(|label| (*label).to_owned()), country, is_state, host }
    }
}

/// Makes an id: what the host is called, else with the title behind it, else with a number.
fn new_id(address: &Address, title: Option<&str>, is_free: &dyn Fn(&str) -> bool) -> (String, &'static str) {
    let of_host = address.label.as_deref().and_then(slug);
    let of_title = title.and_then(slug);
    let both = of_host.as_ref().zip(of_title.as_ref()).filter(|(host, title)| host != title);
    let both = both.and_then(|(host, title)| match title.starts_with(host.as_str()) {
        true => Some(title.clone()),
        false => slug(&format!("{host}-{title}")),
    });
    let from_host = of_host.clone().map(|id| (id, "its host"));
    let from_both = both.map(|id| (id, "its host and title"));
    let from_title = of_title.clone().filter(|_| of_host.is_none()).map(|id| (id, "its title"));
    let stem = of_host.or(of_title).unwrap_or_else(|| "source".to_owned());
    let from = if from_host.is_some() {
        "its host"
    } else if from_title.is_some() {
        "its title"
    } else {
        "nothing"
    };
    let numbered = (1u32..).map(|number| match number {
        1 => (stem.clone(), from),
        _ => (format!("{}-{number}", &stem[..stem.len().min(34)].trim_end_matches('-')), from),
    });
    let choices = from_host.into_iter().chain(from_both).chain(from_title).chain(numbered);
    choices.into_iter().find(|(id, _)| SourceId::new(id.as_str()).is_ok() && is_free(id)).expect("numbers never end")
}

/// Returns the letters and digits of a text that an id may have; `None` when they begin with no letter or are too few.
fn slug(text: &str) -> Option<String> {
    const LONGEST: usize = 36;
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            // Half of a name in another script would be no name.
            c if c.is_alphanumeric() => return None,
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (slug.len() > 1 && slug.starts_with(|c: char| c.is_ascii_lowercase())).then(|| slug.to_owned())
}

/// Returns a title as the name of an outlet: one line, without signs that are not seen, and not long.
fn name_of(title: &str) -> String {
    let seen = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    let spaced: String = title.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(seen).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, title: Option<&str>, taken: &[&str], expected: &str) {
        let mut plain = PlainSource::default();
        let lang = Lang::en();
        let clues = Clues { url, title, lang: Some(&lang) };
        fill_in(&mut plain, &clues, &|id| !taken.contains(&id));
        let of = |key: &str| plain.get(key).unwrap_or("-").to_owned();
        let told = ["id", "name", "lang", "country", "owner", "zone"].map(of).join(" | ");
        assert_eq!(told, expected, "{url}");
    }

    #[test]
    fn what_nobody_said_is_guessed_from_the_address_and_the_title() {
        check(
            "https://www.harbour.example/rss",
            Some("Harbour\u{202e} \n Bulletin"),
            &[],
            "harbour | Harbour Bulletin | en | XX | private | UTC",
        );
        check(
            "https://news.harbour.co.uk/rss",
            None,
            &[],
            "harbour | news.harbour.co.uk | en | GB | private | Europe/London",
        );
        check("https://www.port.gov.tw/rss", Some("港務"), &[], "port | 港務 | en | TW | government | Asia/Taipei");
        check("https://tide.io/rss", None, &[], "tide | tide.io | en | XX | private | UTC");
        check(
            "http://127.0.0.1:8080/rss",
            Some("Tide Tables"),
            &[],
            "tide-tables | Tide Tables | en | XX | private | UTC",
        );
        check("http://127.0.0.1:8080/rss", Some("潮汐"), &[], "source | 潮汐 | en | XX | private | UTC");
        check("no address", None, &[], "source |  | en | XX | private | UTC");
    }

    #[test]
    fn an_id_that_is_taken_gets_the_title_and_then_a_number() {
        let taken = |taken: &[&str], expected: &str| {
            check(
                "https://harbour.hk/world",
                Some("World"),
                taken,
                &format!("{expected} | World | en | HK | private | Asia/Hong_Kong"),
            );
        };
        taken(&["harbour"], "harbour-world");
        taken(&["harbour", "harbour-world"], "harbour-2");
        taken(&["harbour", "harbour-world", "harbour-2"], "harbour-3");
    }

    #[test]
    fn what_was_said_is_left_as_it_is() {
        let mut plain = PlainSource::default();
        plain.set("zone", "Asia/Taipei");
        plain.set("country", "JP");
        let clues = Clues { url: "https://a.de/rss", title: None, lang: None };
        let keys: Vec<&str> = fill_in(&mut plain, &clues, &|_| true).iter().map(|guess| guess.key).collect();
        assert_eq!(keys, ["id", "name", "owner"]);
        assert_eq!(plain.get("zone"), Some("Asia/Taipei"));
        assert_eq!(plain.settings.first().map(|(key, _)| key.as_str()), Some("id"));
    }

    #[test]
    fn the_zones_are_known_and_in_order() {
        assert!(ZONES.is_sorted());
        let zones = jiff::tz::TimeZoneDatabase::bundled();
        for (_, zone) in ZONES {
            assert!(zones.get(zone).is_ok(), "{zone}");
        }
    }
}
