//! Which articles tell the same event, and which copy which.
//!
//! Sparse vectors within a script, marks that hold across languages between scripts, time, and runs of text for
//! copies. Precision before recall: a wrong join puts a denial beside a claim that it does not answer.

mod copies;
mod likeness;
mod terms;
mod words;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::lexicon::Lexicon;
use crate::model::{Article, Placement, RecentArticle, ReprintKind, Statement, StoryChoice, StoryId};
use likeness::{Candidate, Likeness, MEAN, Newcomer};

/// Articles further apart tell two events, however alike they sound.
const APART_DAYS: f64 = 10.0;

/// A copy has at least this share of its lead's words in the lead of what it copies.
const COPY_OVERLAP: f64 = 0.25;

/// Places an article among those placed before.
///
/// `at` is when it was published as claimed, else first seen. Deterministic for the same order of articles.
pub fn place(
    lexicon: &Lexicon,
    recent: &[RecentArticle],
    article: &Article,
    _statements: &[Statement],
    at: Option<Timestamp>,
) -> Placement {
    let near: Vec<Candidate<'_>> = recent.iter().filter_map(|other| Candidate::near(other, at, APART_DAYS)).collect();
    let newcomer = Newcomer::new(lexicon, article, &near);
    // Runs of text are dear to compare, so that only articles with many of the same words are asked for them.
    let maybe_copied = near.iter().filter(|other| newcomer.overlap(other) >= COPY_OVERLAP).map(|other| other.article);
    if let Some((original, kind)) = copies::find(article, maybe_copied) {
        let how = match kind {
            ReprintKind::Copy => "repeats the text of",
            ReprintKind::CutCopy => "repeats parts of the text of",
        };
        return Placement {
            story: StoryChoice::Join(original.story),
            reprint_of: Some((original.id, kind)),
            why: format!("{how} {}", original.id),
        };
    }
    match best_story(&newcomer, &near) {
        Some((story, why)) => Placement { story: StoryChoice::Join(story), reprint_of: None, why },
        None => Placement {
            story: StoryChoice::New,
            reprint_of: None,
            why: format!("begins a story: none of {} recent articles tells of the same", near.len()),
        },
    }
}

/// The story with the most alike article, if the rest of it does not speak against it.
fn best_story(newcomer: &Newcomer<'_>, near: &[Candidate<'_>]) -> Option<(StoryId, String)> {
    let mut stories: BTreeMap<StoryId, Vec<(Likeness, &Candidate<'_>)>> = BTreeMap::new();
    for candidate in near {
        stories.entry(candidate.article.story).or_default().push((newcomer.likeness(candidate), candidate));
    }
    let mut best: Option<(f64, StoryId, &Candidate<'_>)> = None;
    for (story, members) in stories {
        let Some((top, closest)) = members.iter().max_by(|a, b| a.0.score.total_cmp(&b.0.score)) else { continue };
        let mean = members.iter().map(|(likeness, _)| likeness.score).sum::<f64>() / members.len() as f64;
        let joins = top.score >= 1.0 && mean >= MEAN;
        if joins && best.as_ref().is_none_or(|(score, ..)| top.score > *score) {
            best = Some((top.score, story, closest));
        }
    }
    best.map(|(_, story, closest)| (story, newcomer.why(closest)))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::model::{ArticleId, Lang};

    const LONG: &str = "Prosecutors in the coastal town of Nordvik said on Monday that a harbour pilot had passed drawings \
        of a ferry terminal to a man who called himself a shipping consultant. The pilot, whose name was not given, told \
        investigators that he believed the drawings were public. His lawyer said that he denies every charge and that the \
        consultant had paid him for tidal tables and nothing else. The court will hear the case in the spring, after an \
        expert has looked at the drawings, and the harbour board said that it had changed the locks of its archive.";

    fn article(title: &str, text: &str) -> Article {
        Article::of_text(title, text, Lang::und())
    }

    fn day(number: i64) -> Option<Timestamp> {
        Timestamp::from_second(1_800_000_000 + number * 86_400).ok()
    }

    /// The number of the first article of the story, the copied article and how, and why.
    type Placed = (usize, Option<(i64, ReprintKind)>, String);

    /// Places articles (day, headline, text) in order.
    fn place_all(rows: &[(i64, &str, &str)]) -> Vec<Placed> {
        // Compiled once: a property asks many times.
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);
        let mut recent: Vec<RecentArticle> = Vec::new();
        let mut placed = Vec::new();
        for (number, (at, title, text)) in rows.iter().enumerate() {
            let new = article(title, text);
            let placement = place(&LEXICON, &recent, &new, &[], day(*at));
            let story = match placement.story {
                StoryChoice::Join(story) => story,
                StoryChoice::New => StoryId(number as i64),
            };
            placed.push((story.0 as usize, placement.reprint_of.map(|(id, kind)| (id.0, kind)), placement.why));
            recent.push(RecentArticle {
                id: ArticleId(number as i64),
                story,
                source: None,
                lang: Lang::und(),
                at: day(*at),
                title: new.title,
                text: new.text,
            });
        }
        placed
    }

    #[track_caller]
    fn check(rows: &[(i64, &str)], expected: &[usize]) {
        let rows: Vec<_> = rows.iter().map(|(at, title)| (*at, *title, "")).collect();
        let stories: Vec<usize> = place_all(&rows).into_iter().map(|(story, ..)| story).collect();
        assert_eq!(stories, expected);
    }

    #[test]
    fn one_event_is_one_story_in_every_script() {
        check(
            &[
                (0, "Norway arrests two over passing submarine cable maps to China"),
                (0, "挪威逮捕兩人 涉將海底電纜地圖交給中國"),
                (1, "挪威逮捕两人涉向中国提供海底电缆地图 使馆：污蔑"),
                (1, "China's embassy in Oslo rejects Norway's arrests over submarine cable maps"),
            ],
            &[0, 0, 0, 0],
        );
    }

    #[test]
    fn events_in_other_places_stay_apart() {
        check(
            &[
                (0, "Norway arrests two over passing submarine cable maps to China"),
                (0, "Poland arrests two over photographing an army base for China"),
                (0, "日本逮捕兩名工程師 涉將晶片機密交給中國"),
                (1, "國安部提醒公眾防範境外間諜"),
            ],
            &[0, 1, 2, 3],
        );
    }

    #[test]
    fn the_same_words_weeks_later_are_another_event() {
        let title = "Norway arrests two over passing submarine cable maps to China";
        check(&[(0, title), (9, title), (30, title)], &[0, 0, 2]);
    }

    #[test]
    fn a_copy_is_told_from_a_cut_copy_and_from_an_own_text() {
        let cut: String = LONG.split_inclusive(". ").take(2).collect();
        let own = "A pilot from Nordvik is accused of selling drawings of the ferry terminal to a consultant.";
        let placed = place_all(&[
            (0, "Pilot accused", LONG),
            (1, "Harbour pilot held", LONG),
            (1, "Pilot held", &cut),
            (1, "Pilot", own),
        ]);
        assert_eq!(placed[0].1, None);
        assert_eq!(placed[1].1, Some((0, ReprintKind::Copy)));
        assert_eq!(placed[2].1, Some((0, ReprintKind::CutCopy)));
        assert_eq!(placed[3].1, None);
        assert_eq!(placed[1].2, "repeats the text of a-0");
    }

    #[test]
    fn a_copy_in_the_other_script_is_a_copy() {
        let hant = "北方港警方週一表示，一名領航員將渡輪碼頭的圖紙交給自稱航運顧問的男子。領航員對調查人員說，他以為圖紙早已公開。\
            其律師稱當事人否認所有控罪，並指顧問只付錢購買潮汐表。法院將於春季開庭。";
        let hans = "北方港警方周一表示，一名领航员将渡轮码头的图纸交给自称航运顾问的男子。领航员对调查人员说，他以为图纸早已公开。\
            其律师称当事人否认所有控罪，并指顾问只付钱购买潮汐表。法院将于春季开庭。";
        let placed = place_all(&[(0, "領航員被捕", hant), (0, "领航员被捕", hans)]);
        assert_eq!(placed[1].1, Some((0, ReprintKind::Copy)));
    }

    #[test]
    fn a_reason_names_what_is_shared() {
        let placed = place_all(&[
            (0, "挪威逮捕兩人 涉將海底電纜地圖交給中國", ""),
            (1, "挪威警方：两人把海底电缆地图交给中国", ""),
        ]);
        assert_eq!(placed[1].2, "shares 挪威, 两人, 海底电缆地图交给中国, NO, cable, map with a-0, 1 day apart");
    }

    #[test]
    fn an_empty_article_begins_a_story() {
        check(&[(0, ""), (0, "")], &[0, 1]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_placed_the_same_way_twice(titles in proptest::collection::vec("(\\PC|間諜|spy |China ){0,12}", 1..5)) {
            let rows: Vec<_> = titles.iter().map(|title| (0, title.as_str(), title.as_str())).collect();
            proptest::prop_assert_eq!(place_all(&rows), place_all(&rows));
        }
    }
}
