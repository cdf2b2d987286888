//! Whether an article is about Chinese intelligence activity.
//!
//! An act of intelligence work counts when a mark of the Chinese state stands near it; so does a deed that is told by its
//! parts (see `deeds`). The headline and the lead count most. Every word that decided is shown with its place, so that a person can check the verdict.

mod deeds;

use std::cmp::Reverse;

use deeds::Told;

use crate::lexicon::{Lexicon, TopicHit, TopicRole};
use crate::model::{Article, Assessment, Evidence, Lang, Place, Topic, Verdict};

/// How far an act and a mark of a state may stand apart, in bytes of the print: a long sentence, in either script.
const NEAR: usize = 130;

/// The lead: what an article is about is said there.
const LEAD: usize = 900;

/// What remains of an act of espionage in a mainland paper that names no land: it writes of its own state.
const OWN_STATE: f64 = 0.7;

/// Likewise where it names a land that may be what it writes of.
const PERHAPS_OWN_STATE: f64 = 0.55;

/// How many words are shown as reasons.
const MOST_REASONS: usize = 24;

/// How much more a headline weighs when nothing follows it: it has to say it all.
const HEADLINE_ALONE: f64 = 1.75;

/// Likewise for a deed that it tells in other words.
const DEED_ALONE: f64 = 2.5;

/// What a deed in the lead of a short text weighs.
const DEED_OF_LEAD: f64 = 0.9;

/// What remains of it in a long text, which has room for the usual words: in Chinese, whose writers use them.
const DEED_OF_LONG: f64 = 0.25;

/// Likewise in English, whose features and court reports go without them for long.
const DEED_OF_LONG_ENGLISH: f64 = 0.44;

/// What half a headline or a lead full of evidence amounts to; from here the score is at least one half.
const ENOUGH: f64 = 3.4;

/// Judges the topic of an article.
pub fn assess(lexicon: &Lexicon, article: &Article) -> Assessment {
    // What is folded can be longer than its print, if hardly ever: as much again is looked at.
    let read = |print| lexicon.read_topic(print, 2 * LEAD);
    let (title, text) = (read(article.title.as_str()), read(article.text.as_str()));
    let region = if article.lang.is_chinese() { lexicon.region_of(&[&title, &text], &article.lang) } else { None };
    let told = deeds::told(lexicon.deeds(), article, &title, &text);
    let on_the_matter = deeds::on_the_matter(lexicon.deeds(), &title, &text);
    let own = match article.lang == Lang::zh_hans() {
        true if deeds::is_home(lexicon.deeds(), article, &title, &text) => OWN_STATE,
        true => PERHAPS_OWN_STATE,
        false => 0.0,
    };
    let (title, text) = (title.words, text.words);
    // What a headline leaves out the lead tells: whose agents, whose officials.
    let lead = text.iter().take_while(|hit| hit.span.start < LEAD);
    let named = title.iter().chain(lead).any(|hit| matches!(hit.role, TopicRole::China | TopicRole::Both(_)));
    let title = weigh(title, own, article.title.len(), named);
    let text = weigh(text, own, article.text.len(), named);
    let evidence = on_the_matter * total(&title, &text, &told, article);
    let score = squash(evidence);
    let on_topic = score >= 0.5;
    Assessment {
        lang: article.lang.clone(),
        region: region.map(str::to_owned),
        verdict: if on_topic { Verdict::OnTopic } else { Verdict::OffTopic },
        score,
        topic: on_topic.then(|| topic(&title, &text, &told)),
        why: why(&title, &told, &text),
    }
}

/// An act with what it is worth once its surroundings are seen.
struct Weighed<'a> {
    hit: TopicHit<'a>,
    worth: f64,
    /// The mark of the Chinese state that makes it count.
    mark: Option<TopicHit<'a>>,
    topic: Topic,
}

/// Weighs the acts; `own` says how far one is of espionage where no state is named, and `named` whether the headline or the
/// lead names the Chinese state at all.
fn weigh<'a>(hits: Vec<TopicHit<'a>>, own: f64, length: usize, named: bool) -> Vec<Weighed<'a>> {
    let names_another = hits.iter().any(|hit| hit.role == TopicRole::Elsewhere);
    let unnamed = |topic| match topic {
        Topic::EspionageCase if own > 0.0 && !names_another => own,
        _ if named && !names_another => 0.4,
        _ => 0.15,
    };
    let states: Vec<usize> = (0..hits.len())
        .filter(|at| matches!(hits[*at].role, TopicRole::China | TopicRole::Elsewhere | TopicRole::Both(_)))
        .collect();
    let mut weighed = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let (topic, worth, mark) = match hit.role {
            TopicRole::Both(topic) => (topic, hit.weight, None),
            TopicRole::Act(topic) => {
                let place = states.partition_point(|state| *state < at);
                let beside =
                    states[place.saturating_sub(3)..(place + 3).min(states.len())].iter().map(|state| &hits[*state]);
                let nearest = |wanted: fn(&TopicRole) -> bool| {
                    beside
                        .clone()
                        .filter(|state| wanted(&state.role))
                        .map(|state| (apart(hit, state), state))
                        .min_by_key(|(gap, _)| *gap)
                };
                let china = nearest(|role| matches!(role, TopicRole::China | TopicRole::Both(_)));
                let elsewhere = nearest(|role| *role == TopicRole::Elsewhere);
                match (china.filter(|(gap, _)| *gap <= NEAR), elsewhere.filter(|(gap, _)| *gap <= NEAR)) {
                    (Some((near, _)), Some((nearer, _))) if nearer <= near => (topic, -0.3 * hit.weight, None),
                    (Some((_, mark)), Some(_)) => (topic, 0.7 * hit.weight, Some(mark.clone())),
                    (Some((_, mark)), None) => (topic, hit.weight, Some(mark.clone())),
                    (None, Some(_)) => (topic, -0.5 * hit.weight, None),
                    // Elsewhere in the article there may be no state at all: hardly a reason.
                    (None, None) if length > LEAD => (topic, 0.05 * hit.weight, None),
                    (None, None) => (topic, unnamed(topic) * hit.weight, None),
                }
            }
            _ => continue,
        };
        weighed.push(Weighed { hit: hit.clone(), worth, mark, topic });
    }
    weighed
}

fn apart(left: &TopicHit<'_>, right: &TopicHit<'_>) -> usize {
    right.span.start.saturating_sub(left.span.end).max(left.span.start.saturating_sub(right.span.end))
}

/// Adds up the evidence: the headline, the lead, and how dense the rest is.
fn total(title: &[Weighed<'_>], text: &[Weighed<'_>], told: &[Told], article: &Article) -> f64 {
    let length = article.text.len();
    let told_in =
        |place: Place| told.iter().filter(move |deed| deed.place == place).map(|deed| deed.worth).sum::<f64>();
    let in_title: f64 = title.iter().map(|act| act.worth).sum();
    let lead: f64 = text.iter().filter(|act| act.hit.span.start < LEAD).map(|act| act.worth).sum();
    let rest: f64 = text.iter().filter(|act| act.hit.span.start >= LEAD).map(|act| act.worth).sum();
    let screens = (length.saturating_sub(LEAD) as f64 / 1_500.0).max(1.0);
    // A headline alone has to say it all, so it weighs more when little follows; a text without one says it in its lead.
    let missing = 1.0 - (length as f64 / LEAD as f64).min(1.0);
    let of_headline = |alone: f64| 0.9 + (alone - 0.9) * missing;
    let headline = in_title * of_headline(HEADLINE_ALONE) + told_in(Place::Title) * of_headline(DEED_ALONE);
    let of_lead = if title.is_empty() { 0.6 } else { 0.45 };
    let of_long = if article.lang.is_chinese() { DEED_OF_LONG } else { DEED_OF_LONG_ENGLISH };
    let of_deed = DEED_OF_LEAD * (of_long + (1.0 - of_long) * missing.sqrt());
    headline.clamp(-4.0, 8.0)
        + ((lead * of_lead + told_in(Place::Text) * of_deed) * (1.0 + missing)).clamp(-5.0, 5.0)
        + (rest * 0.3 / screens).clamp(-4.0, 4.0)
}

/// Brings the evidence to a score from 0 to 1, with one half where it is enough.
fn squash(evidence: f64) -> f64 {
    let score = 1.0 / (1.0 + (-(evidence - ENOUGH) / 1.5).exp());
    (score * 1_000.0).round() / 1_000.0
}

fn topic(title: &[Weighed<'_>], text: &[Weighed<'_>], told: &[Told]) -> Topic {
    const ORDER: [Topic; 7] = [
        Topic::EspionageCase,
        Topic::Cyber,
        Topic::Influence,
        Topic::CounterEspionage,
        Topic::TransnationalRepression,
        Topic::Policy,
        Topic::Other,
    ];
    let share = |topic: Topic| -> f64 {
        let of = |acts: &[Weighed<'_>], lead_only: bool| -> f64 {
            let counted = acts.iter().filter(|act| act.topic == topic && (!lead_only || act.hit.span.start < LEAD));
            counted.map(|act| act.worth.max(0.0)).sum()
        };
        let deeds = told.iter().filter(|deed| deed.topic == topic);
        let of_deeds: f64 = deeds.map(|deed| if deed.place == Place::Title { 2.0 } else { 1.0 } * deed.worth).sum();
        2.0 * of(title, false) + of(text, true) + of_deeds
    };
    let best = ORDER.into_iter().rev().max_by(|left, right| share(*left).total_cmp(&share(*right)));
    best.filter(|topic| share(*topic) > 0.0).unwrap_or(Topic::Other)
}

/// Returns what counted: the words of the headline, the parts of deeds that are not among the words, those of the text.
fn why(title: &[Weighed<'_>], told: &[Told], text: &[Weighed<'_>]) -> Vec<Evidence> {
    let (title, text) = (reasons(title, Place::Title), reasons(text, Place::Text));
    let (title, text): (Vec<Evidence>, Vec<Evidence>) = (title.collect(), text.take(MOST_REASONS).collect());
    let mut parts = deed_reasons(told);
    parts.retain(|part| {
        let shares = |word: &&Evidence| word.span.start < part.span.end && part.span.start < word.span.end;
        !title.iter().chain(&text).filter(|word| word.place == part.place).any(|word| shares(&word))
    });
    title.into_iter().chain(parts).chain(text).take(MOST_REASONS).collect()
}

/// Returns the words that counted for the topic, in the order of the text.
fn reasons<'a>(acts: &'a [Weighed<'_>], place: Place) -> impl Iterator<Item = Evidence> + use<'a> {
    acts.iter().filter(|act| act.worth >= 0.5).flat_map(move |act| {
        let shown = |hit: &TopicHit<'_>| Evidence { term: hit.term.to_owned(), place, span: hit.span.clone() };
        std::iter::once(shown(&act.hit)).chain(act.mark.as_ref().map(shown))
    })
}

/// Returns the parts of the deeds that counted, each once, in the order of the article.
fn deed_reasons(told: &[Told]) -> Vec<Evidence> {
    let counted = told.iter().filter(|deed| deed.worth >= 0.5);
    let mut reasons: Vec<Evidence> = counted.flat_map(|deed| deed.shown.iter().cloned()).collect();
    reasons.sort_by_key(|reason| (reason.place != Place::Title, reason.span.start, Reverse(reason.span.end)));
    // Of two that share a character the first is shown: a reader wants to see where, not how it was read.
    reasons.dedup_by(|next, kept| next.place == kept.place && next.span.start < kept.span.end);
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;
    use crate::lexicon::test_table;

    fn article(title: &str, text: &str) -> Article {
        Article::of_text(title, text, language::detect(&format!("{title}\n{text}"), None))
    }

    #[track_caller]
    fn check(title: &str, on_topic: bool) {
        let found = assess(&Lexicon::shipped(), &article(title, ""));
        assert_eq!(found.verdict == Verdict::OnTopic, on_topic, "{title}: {} {:?}", found.score, found.why);
        assert_eq!(found.score >= 0.5, on_topic, "{title}");
        assert_eq!(found.topic.is_some(), on_topic, "{title}");
    }

    #[test]
    fn chinese_intelligence_activity_is_on_topic() {
        check("Clerk jailed for spying for China", true);
        check("Chinese hackers breached ferry operator, agency says", true);
        check("退役士官涉共諜案遭起訴", true);
        check("中國駭客入侵港務系統", true);
        check("国安部披露一起策反案件", true);
        check("国家安全机关破获间谍案", true);
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        check("Spy shots show new electric car from China", false);
        check("Russian spies jailed in London", false);
        check("Beijing artificial intelligence fair opens", false);
        check("Ferry operator hit by ransomware", false);
        check("新款電動車諜照曝光", false);
        check("以色列間諜軟體入侵手機", false);
        check("北京国安客场取胜", false);
        check("人工智能展在上海开幕", false);
    }

    #[test]
    fn the_reasons_can_be_checked_in_the_print() {
        let article = article("Clerk jailed for spying for China", "A court heard that Chinese intelligence paid him.");
        let found = assess(&Lexicon::shipped(), &article);
        let shown: Vec<&str> = found
            .why
            .iter()
            .map(|reason| match reason.place {
                Place::Title => &article.title[reason.span.clone()],
                Place::Text => &article.text[reason.span.clone()],
            })
            .collect();
        assert_eq!(shown, ["spying for China", "Clerk", "jailed", "court", "paid", "Chinese intelligence"]);
        assert_eq!(found.topic, Some(Topic::EspionageCase));
    }

    #[test]
    fn usage_shows_its_region() {
        let of = |text| assess(&Lexicon::shipped(), &article("", text)).region;
        assert_eq!(of("總統府與陸委會說，駭客透過網路入侵。").as_deref(), Some("TW"));
        assert_eq!(of("港府與警務處說，黑客入侵本港網絡。").as_deref(), Some("HK"));
        assert_eq!(of("發言人否認。"), None);
        assert_eq!(of("国家安全机关提醒，我国公民应依法举报。").as_deref(), Some("CN"));
        assert_eq!(of("内部安全局说，组屋居民与总检察署无关。").as_deref(), Some("SG"));
        assert_eq!(of("内长说，大马警方与马新社都已证实。").as_deref(), Some("MY"));
        assert_eq!(of("发言人否认网络攻击。"), None);
    }

    #[derive(serde::Deserialize)]
    struct Floors {
        own_topics: Floor,
        held_out_topics: Floor,
    }

    #[derive(serde::Deserialize)]
    struct Floor {
        precision: f64,
        recall: f64,
    }

    fn floors() -> Floors {
        test_table(include_str!("../../tests/floors.toml"))
    }

    #[derive(serde::Deserialize)]
    struct Fixture {
        headline: Vec<Case>,
        article: Vec<Case>,
    }

    /// A headline, or an article whose headline may be missing.
    #[derive(serde::Deserialize)]
    struct Case {
        #[serde(default)]
        title: String,
        text: String,
        on_topic: bool,
        about: String,
    }

    /// How a fixture's texts were judged.
    #[derive(Debug, Default)]
    struct Judged {
        right: u32,
        extra: u32,
        missed: u32,
        wrong: String,
    }

    impl Judged {
        fn of(fixture: &str) -> Self {
            static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);
            let fixture: Fixture = test_table(fixture);
            let headlines = fixture.headline.iter().map(|case| (case, article(&case.text, "")));
            let articles = fixture.article.iter().map(|case| (case, article(&case.title, &case.text)));
            let mut judged = Self::default();
            for (case, article) in headlines.chain(articles) {
                let on_topic = assess(&LEXICON, &article).verdict == Verdict::OnTopic;
                match (on_topic, case.on_topic) {
                    (true, true) => judged.right += 1,
                    (true, false) => judged.extra += 1,
                    (false, true) => judged.missed += 1,
                    (false, false) => {}
                }
                if on_topic != case.on_topic {
                    judged.wrong += &format!("\n{}: {} {}", case.about, case.title, case.text);
                }
            }
            judged
        }

        fn is_above(&self, floor: &Floor) -> bool {
            let share = |of: u32| f64::from(self.right) / f64::from((self.right + of).max(1));
            share(self.extra) >= floor.precision && share(self.missed) >= floor.recall
        }
    }

    #[test]
    fn own_headlines_and_articles_stay_above_their_floors() {
        for (script, fixture) in [
            ("en", include_str!("../../tests/fixtures/topics/en.toml")),
            ("zh-Hant", include_str!("../../tests/fixtures/topics/zh-hant.toml")),
            ("zh-Hans", include_str!("../../tests/fixtures/topics/zh-hans.toml")),
        ] {
            let judged = Judged::of(fixture);
            let Judged { right, extra, missed, ref wrong } = judged;
            assert!(right + missed >= 30, "{script}: too few to measure by");
            assert!(
                judged.is_above(&floors().own_topics),
                "{script}: {right} right, {extra} extra, {missed} missed:{wrong}"
            );
        }
    }

    #[test]
    fn held_out_headlines_and_articles_stay_above_their_floors() {
        for (script, fixture) in [
            ("en", include_str!("../../tests/fixtures/topics-held-out/en.toml")),
            ("zh-Hant", include_str!("../../tests/fixtures/topics-held-out/zh-hant.toml")),
            ("zh-Hans", include_str!("../../tests/fixtures/topics-held-out/zh-hans.toml")),
        ] {
            let judged = Judged::of(fixture);
            let Judged { right, extra, missed, .. } = judged;
            assert!(right + missed >= 30, "{script}: too few to measure by");
            // Which ones is not said, so that nobody tunes the rules on them.
            assert!(
                judged.is_above(&floors().held_out_topics),
                "{script}: {right} right, {extra} extra, {missed} missed"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gets_a_score(title in "\\PC{0,30}", pieces in proptest::collection::vec("(\\PC| |spy|China|中國|間諜|國安部|Russia|\u{301}|handed|manuals|police|交給|手冊|檢方|UNC|7|Typhoon|颱風|。|\\. )", 0..60)) {
            static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::shipped);
            let article = article(&title, &pieces.concat());
            let found = assess(&LEXICON, &article);
            proptest::prop_assert!((0.0..=1.0).contains(&found.score));
            for reason in found.why {
                let print = if reason.place == Place::Title { &article.title } else { &article.text };
                proptest::prop_assert!(print.get(reason.span).is_some_and(|shown| !shown.is_empty()));
            }
        }
    }
}
