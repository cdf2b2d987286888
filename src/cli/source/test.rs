//! `source test`: what gainsay makes of the newest pages of a source, and whether it is less than it was.

use clap::Args;
use serde_json::{Value, json};
use url::Url;

use super::super::output::{self, Exit, Format, plural};
use super::super::run::{bar, block_on};
use super::super::study::StudyFolder;
use crate::extract::{Line, Recurring};
use crate::model::{Article, Discrepancy, Finding, PageYield, SourceId};
use crate::pipeline::check;
use crate::pipeline::inspect::{self, PageTest, SourceTest, Wanted};
use crate::render::{finding_json, safe};
use crate::report::{FEWEST_PAST, PAST, Yields, fallen};

/// So much of a line is shown, in characters.
const LONGEST_LINE: usize = 100;
/// A text found without a selector is much longer at four thirds of what the selector takes.
const MUCH: (usize, usize) = (3, 4);

#[derive(Debug, Args)]
pub(in crate::cli) struct Test {
    /// The source
    source: SourceId,
    /// Pages of it to read in place of its newest
    #[arg(value_name = "URL")]
    urls: Vec<Url>,
    /// How many of its newest pages are read
    #[arg(long, value_name = "N", conflicts_with = "urls", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=50))]
    pages: u16,
    /// Add the lines of each page: those kept as text, and those left out with the reason
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    format: Format,
}

impl Test {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let source = folder.source(&self.source)?;
        let fetcher = folder.fetcher()?;
        let mut store = folder.write("source test", fetcher.clock().now())?;
        let recurring = Recurring::learned(&store.edge_lines(&source.id)?);
        let past = Yields::best(&store.yields(&source.id, PAST)?);
        let now = fetcher.clock().now();
        let habits = check::habits(&store, &[source], now)?;
        let record = check::by_record(&store, source, now)?;
        let test = block_on(None, async |stop| {
            let wanted = match self.urls.as_slice() {
                [] => Wanted::Newest(self.pages.into()),
                urls => Wanted::These(urls.iter().map(Url::to_string).collect()),
            };
            let bar = bar("test", wanted.most());
            let test = inspect::run(&fetcher, source, recurring, &habits, &wanted, &stop, &mut || bar.inc(1)).await;
            bar.finish_and_clear();
            Ok(test)
        })?;
        for row in &test.log {
            store.log_fetch(row)?;
        }
        let now: Vec<Option<PageYield>> =
            test.pages.iter().map(|page| page.article.as_ref().ok().map(PageYield::of)).collect();
        let now = Yields::of(&now);
        let mut warnings = fallen(now, past);
        warnings.extend(unused_body(&test));
        match self.format.json {
            true => output::document(&self.json(&test, now, past, &warnings, &record))?,
            false => self.print(&test, now, past, &warnings, &record)?,
        }
        let is_good = warnings.is_empty() && test.problems.is_empty() && now.pages > 0 && now.articles == now.pages;
        Ok(match is_good {
            true => Exit::Done,
            false if test.network_down => Exit::NoNetwork,
            false => Exit::Partial,
        })
    }

    fn print(
        &self,
        test: &SourceTest,
        now: Yields,
        past: Yields,
        warnings: &[String],
        record: &[Finding],
    ) -> anyhow::Result<()> {
        for page in &test.pages {
            for line in self.page_lines(page) {
                output::line(&safe(&line))?;
            }
        }
        let summed = |yields: Yields, noun: &str| {
            format!(
                "{} {noun}{}, {} with an article: {} characters at the median, {} by a rule for the outlet, {} partial",
                yields.pages,
                plural(yields.pages),
                yields.articles,
                yields.median,
                yields.by_rule,
                yields.partial
            )
        };
        output::line(&format!("now   {}", summed(now, "page")))?;
        match past.pages {
            0 => output::line("past  nothing in the record to compare with")?,
            _ => output::line(&format!("past  {}", summed(past, "page")))?,
        }
        if past.pages > 0 && past.articles < FEWEST_PAST {
            output::line(&format!("      too few to judge by: a fall is told against {FEWEST_PAST} articles or more"))?;
        }
        for line in selectors(test) {
            output::line(&safe(&line))?;
        }
        for finding in record {
            output::line(&format!("at the last poll: {}", safe(&finding.line())))?;
        }
        for problem in test.problems.iter().chain(warnings) {
            output::line(&format!("warning: {}", safe(problem)))?;
        }
        Ok(())
    }

    fn page_lines(&self, page: &PageTest) -> Vec<String> {
        let mut lines = vec![title(page).to_owned()];
        lines.extend(page.url.as_ref().map(|url| format!("    {url}")));
        match &page.article {
            Ok(article) => lines.extend(facts(article).into_iter().chain(part_of_body(page))),
            Err(why) => lines.push(format!("    no article: {why}")),
        }
        if !page.turns.is_empty() {
            lines.push(format!("    a transcript, which a poll takes apart: {} articles", page.turns.len()));
            lines.extend(page.turns.iter().filter(|_| self.why).map(|turn| format!("    · {turn}")));
        }
        if self.why {
            lines.extend(page.lines.iter().map(line_text));
        }
        lines
    }

    fn json(&self, test: &SourceTest, now: Yields, past: Yields, warnings: &[String], record: &[Finding]) -> Value {
        let yields = |yields: Yields| {
            json!({
                "pages": yields.pages, "articles": yields.articles, "median_characters": yields.median,
                "by_rule": yields.by_rule, "partial": yields.partial,
            })
        };
        json!({
            "source": self.source,
            "pages": test.pages.iter().map(|page| self.page_json(page)).collect::<Vec<_>>(),
            "now": yields(now),
            "past": yields(past),
            "selectors": selectors(test),
            "problems": test.problems,
            "warnings": warnings,
            "health": record.iter().map(finding_json).collect::<Vec<_>>(),
        })
    }

    fn page_json(&self, page: &PageTest) -> Value {
        let article = page.article.as_ref().ok();
        let lines = self.why.then(|| {
            let line = |line: &Line| json!({ "text": line.text, "kind": line.kind, "kept": line.dropped.is_none(), "why": line.dropped });
            page.lines.iter().map(line).collect::<Vec<_>>()
        });
        json!({
            "url": page.url,
            "announced_title": page.entry.as_ref().map(|entry| &entry.title),
            "title": article.map(|article| &article.title),
            "published": article.and_then(|article| article.published.as_ref()).map(|published| published.at),
            "authors": article.map(|article| &article.authors),
            "provider": article.and_then(|article| article.provider.as_ref()),
            "characters": article.map(|article| article.text.chars().count()),
            "partial": article.and_then(|article| article.partial.as_ref()),
            "by": article.map(|article| article.by.name()),
            "discrepancies": article.map(|article| &article.discrepancies),
            "without_body_selector": page.without_body,
            "no_article": page.article.as_ref().err(),
            "lines": lines,
            "turns": page.turns,
        })
    }
}

/// What the selectors of the study found on the pages, a sentence each.
fn selectors(test: &SourceTest) -> Vec<String> {
    let mut sums: Vec<(&str, usize, usize, usize)> = Vec::new();
    for used in test.pages.iter().flat_map(|page| &page.selectors) {
        let at = sums.iter().position(|sum| sum.0 == used.field).unwrap_or_else(|| {
            sums.push((used.field, 0, 0, 0));
            sums.len() - 1
        });
        sums[at].1 += 1;
        sums[at].2 += usize::from(used.elements > 0);
        sums[at].3 += usize::from(used.is_of_use);
    }
    let told = |(field, pages, matched, of_use): (&str, usize, usize, usize)| {
        let least = match field {
            "body" => ", with too little text to be used",
            _ => ", with no date that can be read",
        };
        let rest = if of_use < matched { format!("{least} on {}", matched - of_use) } else { String::new() };
        format!("`{field}` of [source.page] matches on {matched} of {pages} page{}{rest}", plural(pages))
    };
    sums.into_iter().map(told).collect()
}

fn facts(article: &Article) -> Vec<String> {
    let characters = article.text.chars().count();
    let paragraphs = article.text.lines().count();
    let length = format!("{characters} characters in {paragraphs} paragraph{}", plural(paragraphs));
    let published = article.published.as_ref().map_or_else(
        || "no date".to_owned(),
        |published| format!("published {:.0}{}", published.at, if published.assumed { ", zone assumed" } else { "" }),
    );
    let authors = match article.authors.as_slice() {
        [] => "no author".to_owned(),
        authors => format!("by {}", authors.join(", ")),
    };
    let provider = article.provider.as_ref().map(|provider| format!(" · from {provider}")).unwrap_or_default();
    let mut facts = vec![
        format!("    {length} · by the {} layer · {}", article.by.name(), article.lang),
        format!("    {published} · {authors}{provider}"),
    ];
    facts.extend(article.partial.as_ref().map(|why| format!("    text partial: {why}")));
    let told = |other: &Discrepancy| format!("    {} by {}: {}", other.field, other.from, other.value);
    facts.extend(article.discrepancies.iter().map(told));
    facts
}

/// The headline of a page, else what announced it says.
fn title(page: &PageTest) -> &str {
    let announced = || page.entry.as_ref().map(|entry| entry.title.as_str());
    page.article.as_ref().map(|article| article.title.as_str()).ok().or_else(announced).unwrap_or("(no headline)")
}

/// A warning where the study's selector for the body was of use on no page.
fn unused_body(test: &SourceTest) -> Option<String> {
    let mut used = test.pages.iter().flat_map(|page| &page.selectors).filter(|used| used.field == "body").peekable();
    used.peek()?;
    used.all(|used| !used.is_of_use).then(|| {
        "`body` of [source.page] finds no text on any of these pages: they were read without it; mend it or take it out".to_owned()
    })
}

/// A line where the study's selector takes much less of a page than is found without it: a part of the text, or all of it on
/// a page with more around it.
fn part_of_body(page: &PageTest) -> Option<String> {
    let (taken, found) = (page.article.as_ref().ok()?.text.chars().count(), page.without_body?);
    (found * MUCH.0 > taken * MUCH.1)
        .then(|| format!("    `body` of [source.page] takes {taken} characters, where {found} are found without it"))
}

/// A line of a page with what became of it.
fn line_text(line: &Line) -> String {
    let kept = line.kind.map_or("text", |kind| kind.name());
    let text: String = line.text.chars().take(LONGEST_LINE).collect();
    let rest = if line.text.chars().count() > LONGEST_LINE { " …" } else { "" };
    match &line.dropped {
        None => format!("    {kept:<12} {text}{rest}"),
        Some(why) => format!("    - {why:<10} {text}{rest}"),
    }
}
