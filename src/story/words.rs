//! What words weigh: which say nothing, which every article in this field has, and which hold across languages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::terms::{Term, common};
use crate::fold;

/// The share of articles that a word nobody knows is taken to be in.
pub(super) const UNKNOWN: f64 = 0.01;
/// The share for words that much of the field's coverage has.
const COMMON: f64 = 0.25;
/// The share for small numbers, and for years.
const NUMBER: f64 = 0.1;

/// One concept a line: name, how common (`often` or `rare`), English words, Chinese words.
const CONCEPTS: &str = include_str!("concepts.tsv");

/// English words that say nothing about what happened.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "against",
    "all",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "being",
    "between",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "down",
    "during",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "may",
    "might",
    "more",
    "most",
    "much",
    "must",
    "new",
    "no",
    "not",
    "now",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "s",
    "said",
    "say",
    "says",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "t",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "under",
    "until",
    "up",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "will",
    "with",
    "would",
    "year",
    "years",
    "you",
    "your",
    "it's",
    "according",
    "told",
    "just",
    "like",
    "because",
    "around",
    "via",
    "amid",
    "among",
];

/// Words that much of the coverage of this field has, whatever the event.
const FIELD: &[&str] = &[
    "china",
    "chinese",
    "beijing",
    "prc",
    "government",
    "state",
    "security",
    "national",
    "ministry",
    "minister",
    "foreign",
    "intelligence",
    "spy",
    "spying",
    "espionage",
    "hacker",
    "hacking",
    "hack",
    "cyber",
    "attack",
    "official",
    "officials",
    "agency",
    "report",
    "reported",
    "reports",
    "statement",
    "claim",
    "claims",
    "accused",
    "accuse",
    "alleged",
    "allegedly",
    "allegation",
    "spokesperson",
    "spokesman",
    "denied",
    "deny",
    "country",
    "people",
    "news",
    "information",
    "data",
    "network",
    "networks",
    "system",
    "systems",
    "american",
    "america",
    "united",
    "states",
    "washington",
    "gov",
    "group",
    "company",
    "companies",
    "threat",
    "actor",
    "actors",
    "linked",
    "backed",
    "target",
    "targeted",
    "targets",
    "malicious",
    "activity",
    "campaign",
    "access",
    "cybersecurity",
    "infrastructure",
    "critical",
    "military",
    "party",
    "communist",
    "case",
    "department",
    "last",
    "first",
    "week",
    "month",
    "day",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "two",
    "three",
    "world",
    "use",
    "used",
    "using",
    "including",
    "中国",
    "美国",
    "国家",
    "安全",
    "国家安全",
    "间谍",
    "网络",
    "攻击",
    "网络攻击",
    "黑客",
    "外交部",
    "发言人",
    "政府",
    "情报",
    "机构",
    "情报机构",
    "部门",
    "有关",
    "问题",
    "表示",
    "指出",
    "发布",
    "报道",
    "消息",
    "公开",
    "进行",
    "活动",
    "组织",
    "信息",
    "系统",
    "数据",
    "国安部",
    "中方",
    "美方",
    "北京",
    "今年",
    "目前",
    "日前",
    "记者",
    "媒体",
    "官员",
    "台湾",
    "大陆",
    "我国",
    "通过",
    "利用",
    "实施",
    "重要",
    "相关",
    "技术",
    "人员",
    "境外",
    "案件",
    "调查",
    "指控",
    "指责",
    "否认",
    "机关",
    "回应",
    "安全部",
    "国际",
    "企业",
    "公司",
    "服务",
    "技术",
    "漏洞",
    "威胁",
    "事件",
    "中共",
    "他们",
    "我们",
    "自己",
    "没有",
    "可以",
    "已经",
    "可能",
    "一个",
    "以及",
    "此外",
    "称为",
    "因此",
    "政治",
    "经济",
    "全球",
    "世界",
    "国内",
    "关系",
    "行动",
    "行为",
];

/// Han characters that bind words and are none; pairs with them say nothing.
const PARTICLES: &str = "的了在是和与对将被等为以有这该其及或并也就都而但于从向由把之个们他她它我你不没又再还着过得那";

/// States that much of the field's coverage names, and how much of it.
const SIDES: &[(&str, f64)] = &[
    ("@US", 0.4),
    ("@TW", 0.25),
    ("@GB", 0.15),
    ("@HK", 0.15),
    ("@RU", 0.1),
    ("@AU", 0.08),
    ("@JP", 0.08),
    ("@DE", 0.06),
    ("@CA", 0.06),
    ("@EU", 0.08),
];
/// What a headline is parted by when it lists several events, and what such pages call themselves.
const ROUND_UP: &[&str] = &[
    "早报",
    "周报",
    "晚报",
    "日报",
    "早知道",
    "一周",
    "速览",
    "roundup",
    "round-up",
    "in brief",
    "newsletter",
    "this week in",
];

struct Tables {
    prior: BTreeMap<Term, f64>,
    words: HashMap<String, &'static str>,
    han: HashMap<Vec<char>, &'static str>,
    longest: usize,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);
static EMPTY_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.iter().copied().collect());
static PARTICLE_SET: LazyLock<HashSet<char>> = LazyLock::new(|| PARTICLES.chars().collect());

impl Tables {
    fn read() -> Self {
        let mut prior: BTreeMap<Term, f64> =
            FIELD.iter().flat_map(|word| common(word)).map(|term| (term, COMMON)).collect();
        let (mut words, mut han, mut longest) = (HashMap::new(), HashMap::new(), 1);
        for line in CONCEPTS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let mut fields = line.split('\t');
            let (Some(name), Some(often)) = (fields.next(), fields.next()) else { continue };
            prior.insert(Term::mark("c", name), if often == "often" { COMMON } else { 0.03 });
            for word in fields.flat_map(|field| field.split("; ")).filter(|word| !word.is_empty()) {
                let folded = fold::text(word);
                if folded.chars().any(fold::is_han) {
                    let chars: Vec<char> = folded.chars().collect();
                    longest = longest.max(chars.len());
                    han.insert(chars, name);
                } else {
                    words.insert(stem(&folded), name);
                }
            }
        }
        for (side, share) in SIDES {
            prior.insert(Term::mark("c", side), *share);
        }
        let small = (0..=12).map(|number| number.to_string());
        let years = (1990..2050).map(|year| year.to_string());
        prior.extend(small.chain(years).map(|number| (Term::mark("n", &number), NUMBER)));
        Self { prior, words, han, longest }
    }
}

/// Says whether a headline lists several events: such a page is like many and tells none.
pub(super) fn is_round_up(title: &str) -> bool {
    let folded = fold::text(title);
    let parts = folded.matches(['；', ';', '|', '丨', '/']).count();
    parts >= 2 || ROUND_UP.iter().any(|word| folded.contains(&fold::text(word)))
}

/// Returns how common terms are taken to be, for those where we know.
pub(super) fn prior_terms() -> &'static BTreeMap<Term, f64> {
    &TABLES.prior
}

/// Says whether a folded Latin word says nothing.
pub(super) fn is_empty(word: &str) -> bool {
    word.len() < 2 && !word.starts_with(|c: char| c.is_ascii_digit()) || EMPTY_SET.contains(word)
}

/// Says whether a folded Han character only binds words.
pub(super) fn is_particle(c: char) -> bool {
    PARTICLE_SET.contains(&c)
}

/// Takes the common endings off a folded English word, so that its forms are one term.
pub(super) fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let stripped = [("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")]
        .iter()
        .find(|(ending, _)| word.ends_with(ending) && word.len() - ending.len() >= 3 && !word.ends_with("ss"))
        .map(|(ending, instead)| format!("{}{instead}", &word[..word.len() - ending.len()]));
    let stem = stripped.unwrap_or_else(|| word.to_owned());
    stem.strip_suffix('e').filter(|short| short.len() >= 3).unwrap_or(&stem).to_owned()
}

/// Returns the concept that a stemmed Latin word names.
pub(super) fn concept_of_word(stem: &str) -> Option<&'static str> {
    TABLES.words.get(stem).copied()
}

/// Returns the concepts that a run of folded Han characters names: the longest word at each place.
pub(super) fn concepts_of_han(run: &[char]) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let longest = TABLES.longest.min(run.len() - at);
        let word =
            (1..=longest).rev().find_map(|len| TABLES.han.get(&run[at..at + len]).map(|concept| (len, *concept)));
        match word {
            Some((len, concept)) => {
                found.push(concept);
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the number that a folded Latin word writes, in digits.
pub(super) fn number(word: &str) -> Option<&str> {
    const NAMED: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const DIGITS: [&str; 13] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let named = NAMED.iter().position(|name| *name == word).and_then(|at| DIGITS.get(at)).copied();
    let digits = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && word.starts_with(|c: char| c.is_ascii_digit());
    named.or_else(|| digits.then_some(word))
}

/// Returns the small numbers in a run of folded Han characters, where a counted thing follows.
pub(super) fn numbers_of_han(run: &[char]) -> Vec<&'static str> {
    const NUMBERS: [(char, &str); 12] = [
        ('一', "1"),
        ('二', "2"),
        ('两', "2"),
        ('三', "3"),
        ('四', "4"),
        ('五', "5"),
        ('六', "6"),
        ('七', "7"),
        ('八', "8"),
        ('九', "9"),
        ('十', "10"),
        ('双', "2"),
    ];
    let counts = |c: char| "人名个男女月年周岁家国".contains(c);
    let pairs = run.windows(2).filter(|pair| counts(fold::han(pair[1])));
    pairs.filter_map(|pair| NUMBERS.iter().find(|(c, _)| fold::han(*c) == pair[0]).map(|(_, number)| *number)).collect()
}
