//! What an outlet's pages yield, against its own past: a new template shows first in what is found on its pages.

use crate::model::{Layer, PageYield};

/// From so many articles on a past can be compared with, and from so many pages on what is compared is no accident.
pub const FEWEST_PAST: usize = 10;
const FEWEST_NOW: usize = 3;

/// So many articles in a row make a past, and the next begins so many further.
const ROW: usize = 50;
const STEP: usize = 10;
/// So many articles are the newest.
const NEWEST: usize = 10;

/// How many of an outlet's articles are looked back at.
pub const PAST: usize = 400;

/// How much the pages of an outlet give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yields {
    /// How many pages.
    pub pages: usize,
    /// How many gave an article.
    pub articles: usize,
    /// The length of the text at the median of the articles, in characters.
    pub median: usize,
    /// How many articles a rule for the outlet found.
    pub by_rule: usize,
    /// How many are not all of the article.
    pub partial: usize,
}

impl Yields {
    /// Counts what pages gave; `None` stands for a page without an article.
    pub fn of(pages: &[Option<PageYield>]) -> Self {
        let articles: Vec<&PageYield> = pages.iter().flatten().collect();
        let mut lengths: Vec<usize> = articles.iter().map(|article| article.characters).collect();
        lengths.sort_unstable();
        Self {
            pages: pages.len(),
            articles: articles.len(),
            median: lengths.get(lengths.len() / 2).copied().unwrap_or(0),
            by_rule: articles.iter().filter(|article| article.by == Layer::Outlet).count(),
            partial: articles.iter().filter(|article| article.partial).count(),
        }
    }

    /// Sums up those articles in a row, of an outlet's from the newest to the oldest, that gave most: what a new template
    /// gives becomes the newest past itself.
    pub fn best(past: &[PageYield]) -> Self {
        let summed = |pages: &[PageYield]| Self::of(&pages.iter().copied().map(Some).collect::<Vec<_>>());
        let rows = past.windows(ROW).step_by(STEP).map(summed);
        rows.max_by_key(|row| row.median).unwrap_or_else(|| summed(past))
    }
}

/// Says in what an outlet's newest articles give less than it once gave, as [`fallen`] does; `yields` are its articles from
/// the newest to the oldest.
pub fn newest_fallen(yields: &[PageYield]) -> Vec<String> {
    let (newest, past) = yields.split_at(NEWEST.min(yields.len()));
    let newest: Vec<Option<PageYield>> = newest.iter().copied().map(Some).collect();
    fallen(Yields::of(&newest), Yields::best(past))
}

/// Says in what the pages of an outlet give less than its past ones did, as sentences; nothing when they do not, or when
/// there is too little to compare. `past` are the pages of articles that were kept.
pub fn fallen(now: Yields, past: Yields) -> Vec<String> {
    if now.pages < FEWEST_NOW || past.articles < FEWEST_PAST {
        return Vec::new();
    }
    let changed = "the template of its pages may have changed";
    let mut fallen = Vec::new();
    if now.articles * 2 < now.pages {
        let (without, pages) = (now.pages - now.articles, now.pages);
        fallen.push(format!("{without} of {pages} pages give no article: {changed}"));
    } else if now.median * 2 < past.median {
        let (now, past, articles) = (now.median, past.median, past.articles);
        fallen.push(format!(
            "its pages yield {now} characters at the median, and {past} in {articles} articles before: {changed}"
        ));
    }
    if past.by_rule * 10 >= past.articles * 8 && now.articles > 0 && now.by_rule == 0 {
        fallen.push(format!("the rule for this outlet finds nothing any more: {changed}"));
    }
    // A share of three quarters against one of less than a quarter.
    if now.partial * 4 >= now.articles.max(1) * 3 && past.partial * 4 < past.articles {
        fallen.push("most of its texts are cut off, and few were: a wall may have been set before them".to_owned());
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize, characters: usize, by: Layer, partial: bool) -> Vec<Option<PageYield>> {
        vec![Some(PageYield { characters, by, partial }); count]
    }

    #[track_caller]
    fn check(now: &[Option<PageYield>], past: &[Option<PageYield>], expected: &[&str]) {
        let found = fallen(Yields::of(now), Yields::of(past));
        assert_eq!(found.len(), expected.len(), "{found:?}");
        assert!(found.iter().zip(expected).all(|(found, part)| found.contains(part)), "{found:?}");
    }

    #[test]
    fn what_fell_is_named() {
        let past = pages(20, 2000, Layer::Outlet, false);
        check(&pages(5, 1900, Layer::Outlet, false), &past, &[]);
        check(&pages(5, 900, Layer::Outlet, false), &past, &["900 characters at the median, and 2000"]);
        check(&pages(5, 1900, Layer::General, false), &past, &["rule"]);
        check(&pages(5, 800, Layer::General, true), &past, &["800 characters", "rule", "cut off"]);
        check(
            &[pages(1, 1900, Layer::Outlet, false), vec![None; 4]].concat(),
            &past,
            &["4 of 5 pages give no article"],
        );
        check(&[None; 3], &past, &["3 of 3"]);
    }

    #[test]
    fn a_template_is_compared_with_the_best_of_the_past() {
        let row = |count, characters| vec![PageYield { characters, by: Layer::General, partial: false }; count];
        // Most of the last hundred are of the new template.
        let yields = [row(90, 700), row(200, 2000)].concat();
        assert_eq!(Yields::best(&yields).median, 2000);
        assert!(newest_fallen(&yields)[0].contains("700 characters at the median, and 2000"));
        assert!(newest_fallen(&row(300, 2000)).is_empty());
        assert!(newest_fallen(&row(12, 700)).is_empty() && newest_fallen(&[]).is_empty());
    }

    #[test]
    fn too_little_is_not_compared() {
        check(&pages(2, 10, Layer::General, true), &pages(20, 2000, Layer::Outlet, false), &[]);
        check(&pages(5, 10, Layer::General, true), &pages(9, 2000, Layer::Outlet, false), &[]);
        assert_eq!(Yields::of(&[]), Yields { pages: 0, articles: 0, median: 0, by_rule: 0, partial: 0 });
    }
}
