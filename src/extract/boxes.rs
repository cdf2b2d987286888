//! Parts within or behind an article that hold none of its text, known by what is in them: they ask for an address or for
//! money, ask what readers think, list or tell of other articles, list the article's own sections, sum it up by machine, or
//! say a sentence of it again in large letters.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::beside::places;
use super::blocks;
use super::clean::{self, Line};
use super::furniture::{self, Where};
use crate::html::{self, Document, Element, ElementIds};
use crate::pattern::pattern;

/// How far above a line its box is looked for.
const NEAR: usize = 4;
/// A box with more lines is a section.
const MOST_LINES: usize = 6;

/// The lines of a page that are no text for the box in which they stand, by their place on the page, with the reason.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    why: HashMap<usize, &'static str>,
}

impl Boxes {
    /// Finds them on a page of which these lines were taken for text. Boxes that are most of the text are the article's.
    pub(super) fn of<'a>(document: &'a Document, page: &[(&'a str, Element<'a>)], lines: &[Line]) -> Self {
        let stand: Vec<(usize, usize)> = places(page, lines).into_iter().collect();
        let kept: Vec<usize> =
            stand.into_iter().filter(|(_, at)| lines[*at].dropped.is_none()).map(|(place, _)| place).collect();
        let mut found = Self::default();
        let Some(first) = kept.iter().copied().find(|place| is_text(page[*place].0)) else { return found };
        let around = Around { page, kept: &kept, first };
        let (background, moods) = called(document);
        found.add(&around, around.lists_of_others(), "others");
        found.add(&around, around.teasers(), "others");
        found.add(&around, around.next_articles(document), "others");
        found.add(&around, around.summaries(), "summary-by-machine");
        found.add(&around, around.repeated(), "pull-quote");
        found.add(&around, around.contents(document), "contents");
        found.add(&around, around.polls(document, &moods), "poll");
        found.add(&around, around.requests(document), "newsletter");
        found.add(&around, around.set_apart(&background), "box-out");
        found
    }

    /// Returns why the line at a place of the page is no text.
    pub(super) fn why(&self, place: usize) -> Option<&'static str> {
        self.why.get(&place).copied()
    }

    fn add(&mut self, around: &Around<'_, '_>, places: HashSet<usize>, why: &'static str) {
        if places.is_empty() {
            return;
        }
        let rest = around.kept.iter().filter(|place| !places.contains(place) && !self.why.contains_key(place));
        let left: Vec<&str> = rest.map(|place| around.page[*place].0).collect();
        let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let whole: Vec<&str> = around.kept.iter().map(|place| around.page[*place].0).collect();
        // A report of one sentence may have more about others behind it.
        let leaves_text = why == "others" && left.iter().any(|line| furniture::tells(line));
        if bytes(&left) * 2 > bytes(&whole) || leaves_text {
            for place in places {
                self.why.entry(place).or_insert(why);
            }
        }
    }
}

/// The elements that are called boxes of background, and those in which readers are asked how they feel: each class on the
/// page is looked at once.
fn called<'a>(document: &'a Document) -> (Vec<Element<'a>>, Vec<Element<'a>>) {
    pattern!(EITHER, r"(?i)box-?out|fact-?(?:box|file)|fakten-?(?:box|kasten)|reaction|emotion|mood|vote");
    pattern!(MOODS, r"(?i)reaction|emotion|mood|vote");
    let mut is_either = html::asked_once(|class| EITHER.is_match(class));
    let class = |element: &Element<'a>| element.attribute("class").unwrap_or_default();
    let either = document.select("[class]").into_iter().filter(|element| is_either(class(element)));
    let (moods, background) = either.partition(|element| MOODS.is_match(class(element)));
    (background, moods)
}

/// Says whether a line is a link and little behind it: the day beside another article's headline.
fn is_most_of(link: &str, line: &str) -> bool {
    line.strip_prefix(link).is_some_and(|rest| rest.len() * 3 <= line.len() && !is_text(line))
}

/// A line that is text by itself.
fn is_text(line: &str) -> bool {
    clean::is_paragraph(line) || furniture::tells(line)
}

/// A page and where on it the text is.
struct Around<'p, 'a> {
    page: &'p [(&'a str, Element<'a>)],
    /// The places of the lines that were taken for text.
    kept: &'p [usize],
    /// That of the first sentence.
    first: usize,
}

impl<'a> Around<'_, 'a> {
    /// The places of the lines within an element, which stand in a row; `None` when they are more than so many.
    fn within(&self, element: &Element<'_>, near: usize, most: usize) -> Option<Vec<usize>> {
        let holds = |place: &usize| self.page[*place].1.and_ancestors().any(|around| around == *element);
        let mut places: Vec<usize> = (0..near).rev().take_while(holds).take(most + 1).collect();
        places.reverse();
        places.extend((near..self.page.len()).take_while(holds).take(most + 1));
        (places.len() <= most).then_some(places)
    }

    fn all_within(&self, boxes: &ElementIds) -> HashSet<usize> {
        if boxes.is_empty() {
            return HashSet::new();
        }
        let is_within = |place: &usize| self.page[*place].1.and_ancestors().any(|around| boxes.contains(&around.id()));
        (0..self.page.len()).filter(is_within).collect()
    }

    fn is_heading(&self, place: usize) -> bool {
        self.page[place]
            .1
            .and_ancestors()
            .take(NEAR)
            .any(|around| matches!(around.name(), "h2" | "h3" | "h4" | "h5" | "h6"))
    }

    /// Says whether a line is a link from end to end that leads off the page.
    fn is_link(&self, place: usize) -> bool {
        let (line, holder) = &self.page[place];
        let leads = |link: &Element<'_>| {
            link.attribute("href").is_none_or(|href| !href.trim_start().starts_with('#'))
                && link.text().lines().any(|own| own == *line || is_most_of(own, line))
        };
        holder.and_ancestors().take(NEAR).any(|around| match around.name() {
            "a" => leads(&around),
            "li" | "p" | "h2" | "h3" | "h4" | "h5" | "h6" => around.select(blocks::LINKS).iter().any(leads),
            _ => false,
        })
    }

    /// Lists of other articles below a heading that says so: as far as each line is one, or tells what one is about.
    fn lists_of_others(&self) -> HashSet<usize> {
        /// A line of time and place beside a headline is no longer, in characters.
        const LONGEST_LABEL: usize = 40;
        /// No page has more such headings; each costs a look at what is below it.
        const MOST_HEADINGS: usize = 200;
        let mut found = HashSet::new();
        let (mut text, mut kept) = (ElementIds::default(), self.kept.iter().peekable());
        let headings = self.first + 1..self.page.len();
        let headings = headings.filter(|place| furniture::known(self.page[*place].0, Where::Box).is_some());
        for heading in headings.take(MOST_HEADINGS) {
            while let Some(place) = kept.next_if(|place| **place < heading) {
                text.extend(self.page[*place].1.and_ancestors().map(|around| around.id()));
            }
            let limit = self.page[heading].1.and_ancestors().take_while(|around| !text.contains(&around.id())).last();
            let limit = limit.and_then(|limit| limit.ancestors().next());
            let is_in_limit = |place: &usize| {
                limit.is_some_and(|limit| self.page[*place].1.and_ancestors().any(|around| around == limit))
            };
            let (mut end, mut article, mut articles) = (heading, None, 0);
            for place in (heading + 1..self.page.len()).take_while(is_in_limit) {
                let line = self.page[place].0;
                if self.is_link(place) {
                    (article, end) = (Some(place), place);
                } else if self.is_heading(place) && !furniture::tells(line) {
                    // It may be the next of the article's own.
                    (article, articles) = (Some(place), articles + 1);
                } else if article.is_some_and(|article| self.are_one(heading, article, place)) {
                    end = place;
                } else if is_text(line) || line.chars().count() > LONGEST_LABEL {
                    break;
                }
            }
            // A heading with another below it, and nothing between, heads no list.
            let has_link = (heading + 1..=end).any(|place| self.is_link(place));
            if has_link || articles > 1 && end > heading {
                found.extend(heading..=end);
            }
        }
        found
    }

    /// Says whether two lines stand in one small box below a heading.
    fn are_one(&self, heading: usize, one: usize, other: usize) -> bool {
        const MOST_LINES: usize = 5;
        let other: ElementIds = self.page[other].1.and_ancestors().take(NEAR).map(|around| around.id()).collect();
        let common = self.page[one].1.and_ancestors().take(NEAR).find(|around| other.contains(&around.id()));
        let is_apart = |common: &Element<'_>| !self.page[heading].1.and_ancestors().any(|around| around == *common);
        common.is_some_and(|common| is_apart(&common) && common.text().lines().count() <= MOST_LINES)
    }

    /// Small boxes behind the beginning of the text that tell of another article: with its headline as a heading that leads
    /// to it, or with a link to the rest at their end.
    fn teasers(&self) -> HashSet<usize> {
        pattern!(
            MORE,
            r"(?i)^\W*(?:read\s(?:more|on|(?:the\s)?full\s(?:story|article))|more|continue\sreading|full\sstory|(?:閱讀|阅读|看|查看)(?:更多|全文)|詳全文|詳細|详细|続きを読む|더\s?보기|weiterlesen|mehr|lire\sla\ssuite|leer\smás)\W*$"
        );
        /// In bytes: three are a character of Chinese.
        const LONGEST_BUTTON: usize = 48;
        let mut found = HashSet::new();
        for place in self.first + 1..self.page.len() {
            let line = self.page[place].0;
            let is_item = || self.page[place].1.and_ancestors().take(NEAR).any(|around| around.name() == "li");
            let is_headline = || (self.is_heading(place) || is_item()) && blocks::is_long_as_headline(line);
            let is_more = || line.len() <= LONGEST_BUTTON && MORE.is_match(line);
            if !(is_headline() || is_more()) || !self.is_link(place) {
                continue;
            }
            // An item of a list is a box of its own.
            let item = self.page[place].1.and_ancestors().take(NEAR).find(|around| around.name() == "li");
            let within = item.and_then(|item| self.within(&item, place, MOST_LINES)).or_else(|| self.small_box(place));
            let Some(within) = within else { continue };
            // What ends with such a link begins with what it tells of.
            let is_last = within.last() == Some(&place);
            let tells = within.iter().filter(|other| **other != place).any(|other| is_text(self.page[*other].0));
            if tells && (is_headline() || is_last) {
                found.extend(within);
            }
        }
        found
    }

    /// The lines of the largest box around one that is no section yet, and begins behind the beginning of the text.
    fn small_box(&self, place: usize) -> Option<Vec<usize>> {
        let is_box = |around: &Element<'_>| {
            matches!(
                around.name(),
                "div" | "section" | "aside" | "article" | "li" | "td" | "dl" | "figure" | "blockquote"
            )
        };
        let boxes = self.page[place].1.and_ancestors().take(NEAR + 2).filter(is_box);
        let is_behind = |lines: &Vec<usize>| lines.first() > Some(&self.first);
        boxes.map_while(|around| self.within(&around, place, MOST_LINES)).take_while(is_behind).last()
    }

    /// Boxes above the text, or so called, that say of themselves that a machine wrote what is in them.
    fn summaries(&self) -> HashSet<usize> {
        pattern!(
            ascii_words NOTICE,
            r"(?ix)
                ^\W*ai[-\s](?:(?:generated|created|powered)\s)?(?:summary|key\spoints|takeaways|overview|highlights)\W*$
                | \b(?:summary|summaries|takeaways|key\spoints|highlights|overview)\b.{0,60}\b(?:ai\b|artificial\sintelligence)
                | ^\W*(?:generated|created|summari[sz]ed)\s(?:by|with|using)\s(?:an?\s)?(?:ai\b|artificial\sintelligence)
                | ^\W*(?:(?:本|此|以上)?(?:新[聞闻]|文章)?(?:摘要|重[點点]|要[點点]|[總总][結结]|[內内]容)?\s?(?:由|[經经]|[為为]|透[過过]|使用)?\s?(?:生成式\s?)?)ai\s?(?:自[動动]|[輔辅]助)?
                  (?:生成|[產产]生|整理|[製制]作|摘要|[總总][結结])的?(?:摘要|重[點点]|[內内]容|要[點点])?
                  (?:[，,、。\s]?[^。]{0,16}(?:可能|[僅仅]供|[參参]考|[查核][證证實实]|原文|[錯错])[^。]{0,24})?\W*$
                | ^\W*ai[가로]?\s?(?:자동\s?)?(?:생성|요약) | aiが?(?:自動)?(?:生成|要約)した
                "
        );
        pattern!(NAME, "AI|Ai|artificial");
        pattern!(CALLED, r"(?i)(?:^|[\s_-])ai(?:$|[\s_-])|summary|takeaway|key-?points|digest|highlights");
        /// No such notice is longer, in characters.
        const LONGEST: usize = 120;
        /// Points of a summary, with its heading and the notice, and their length in bytes.
        const MOST_POINTS: usize = 9;
        const MOST_BYTES: usize = 800;
        let mut found = HashSet::new();
        for place in 0..self.page.len() {
            let (line, holder) = &self.page[place];
            let names_it = || NAME.is_match(line);
            if !names_it() || line.chars().count() > LONGEST || furniture::tells(line) || !NOTICE.is_match(line) {
                continue;
            }
            let boxes =
                holder.and_ancestors().map_while(|around| Some((around, self.within(&around, place, MOST_POINTS)?)));
            let is_small = |(_, lines): &(Element<'_>, Vec<usize>)| {
                lines.iter().map(|line| self.page[*line].0.len()).sum::<usize>() <= MOST_BYTES
            };
            let Some((around, lines)) = boxes.take_while(is_small).last() else { continue };
            let is_called = || {
                around
                    .and_ancestors()
                    .take(1)
                    .chain(around.select("[class]"))
                    .any(|part| blocks::is_named(&part, &CALLED))
            };
            if lines.first() <= Some(&self.first) || is_called() {
                found.extend(lines);
            }
        }
        found
    }

    /// Lines set apart that a paragraph has word for word, and the name of who said it below.
    fn repeated(&self) -> HashSet<usize> {
        pattern!(CALLED, r"(?i)pull|quote|callout|highlight|pq(?:$|[\s_\d-])|blockquote");
        /// A shorter line may be a phrase that is said twice, in bytes.
        const SHORTEST: usize = 48;
        let letters: Vec<(usize, String)> =
            self.kept.iter().map(|place| (*place, clean::letters(self.page[*place].0))).collect();
        let is_elsewhere = |own: &str, at: usize| {
            let own_bytes = memmem::Finder::new(own);
            let holds = |other: &str| other.len() > own.len() && own_bytes.find(other.as_bytes()).is_some();
            letters.iter().any(|(place, other)| *place != at && holds(other))
        };
        let mut found = HashSet::new();
        for (place, own) in letters.iter().filter(|(_, own)| own.len() >= SHORTEST) {
            let near = || self.page[*place].1.and_ancestors().take(NEAR);
            let is_set_apart = || {
                near().any(|around| around.name() == "aside" || blocks::is_named(&around, &CALLED))
                    || !near().any(|around| matches!(around.name(), "p" | "li" | "blockquote" | "td"))
            };
            let is_original = near().any(|around| around.name() == "li")
                || near().any(|around| around.name() == "blockquote" && !blocks::is_named(&around, &CALLED));
            if is_original || !is_set_apart() || !is_elsewhere(own, *place) {
                continue;
            }
            found.insert(*place);
            let beside = self.small_box(*place).unwrap_or_default();
            let is_name = |other: &usize| {
                let name = clean::letters(self.page[*other].0);
                other != place && !is_text(self.page[*other].0) && is_elsewhere(&name, *other)
            };
            found.extend(beside.into_iter().filter(is_name));
        }
        found
    }

    /// The lists that lead to the article's own sections: each line is the heading of one.
    fn contents(&self, document: &Document) -> HashSet<usize> {
        let links = document.select("a[href^='#']");
        if links.len() < 2 {
            return HashSet::new();
        }
        let is_list = |around: &Element<'_>| matches!(around.name(), "ol" | "ul");
        let mut lists: Vec<Element<'_>> = links.iter().filter_map(|link| link.ancestors().find(is_list)).collect();
        lists.dedup();
        let headings: HashSet<String> =
            document.texts("h2, h3, h4").iter().map(|heading| clean::letters(heading)).collect();
        let is_contents = |list: &Element<'_>| {
            let links = list.select("a[href^='#']");
            let led = links.iter().filter(|link| headings.contains(&clean::letters(&link.text()))).count();
            links.len() > 1 && led * 2 > links.len()
        };
        self.all_within(&lists.iter().filter(|list| is_contents(list)).map(Element::id).collect())
    }

    /// Articles behind this one in boxes like its own, as pages have them that go on for ever: each has its headline.
    fn next_articles(&self, document: &'a Document) -> HashSet<usize> {
        /// How far above its headline an article's box is looked for.
        const NEAR: usize = 5;
        let headings = document.select("h1");
        let Some(headline) = headings.first() else { return HashSet::new() };
        let class = |element: &Element<'a>| element.attribute("class").filter(|class| !class.trim().is_empty());
        let own = self.page[self.first].1;
        let mut found = ElementIds::default();
        for around in headline.ancestors().take(NEAR).filter(|around| class(around).is_some()) {
            if !own.and_ancestors().any(|element| element == around) {
                continue;
            }
            let beside = around.ancestors().next().map(|parent| parent.children()).unwrap_or_default();
            let behind = beside.into_iter().skip_while(|other| *other != around).skip(1);
            let is_like = |other: &Element<'a>| {
                let heading = other.select("h1, h2").first().map(|heading| heading.text());
                other.name() == around.name()
                    && class(other) == class(&around)
                    && heading.is_some_and(|heading| blocks::is_long_as_headline(&heading))
            };
            found.extend(behind.filter(is_like).map(|other| other.id()));
        }
        self.all_within(&found)
    }

    /// Boxes of background behind the beginning of the text, which no paragraph goes on into.
    fn set_apart(&self, called: &[Element<'_>]) -> HashSet<usize> {
        let is_box = |around: &Element<'_>| matches!(around.name(), "div" | "section" | "table" | "blockquote");
        let mut boxes = called.iter().filter(|around| is_box(around));
        // Several are how the article is made.
        let Some(only) = boxes.next().filter(|_| boxes.next().is_none()) else { return HashSet::new() };
        let bytes =
            |places: &mut dyn Iterator<Item = usize>| places.map(|place| self.page[place].0.len()).sum::<usize>();
        let places = self.all_within(&std::iter::once(only.id()).collect());
        let is_beside = bytes(&mut places.iter().copied()) * 4 <= bytes(&mut self.kept.iter().copied());
        if is_beside && places.iter().all(|place| *place > self.first) { places } else { HashSet::new() }
    }

    /// Questions to readers and the answers that they may tick.
    fn polls(&self, document: &Document, moods: &[Element<'_>]) -> HashSet<usize> {
        const ANSWERS: &str = "input[type=radio], input[type=checkbox]";
        /// Readers are asked how they feel about it with so many words to choose from.
        const MOST_MOODS: usize = 10;
        let labels = document.select("label + label");
        let asks = |around: &Element<'_>| around.text().lines().any(|line| line.ends_with(['?', '？']));
        pattern!(
            VOTE,
            r"(?i)^\W*(?:(?:cast\s(?:your\s)?)?vote(?:\snow)?|submit(?:\svote)?|投票|送出|투표|abstimmen|voter|votar)\W*$"
        );
        let buttons = document.select("button, input[type=submit], input[type=button]");
        let cast = buttons.iter().filter(|button| VOTE.is_match(&button.raw_text())).filter_map(small_box);
        let cast: ElementIds = cast.filter(asks).map(|around| around.id()).collect();
        pattern!(MOOD, r"(?i)\bfeel|\breact|[你您]的?(?:感[受想]|心情)|有何感受|有[什甚][麼么]感");
        let is_of_moods = |around: &Element<'_>| {
            let text = around.text();
            text.lines().any(|line| line.ends_with(['?', '？']) && MOOD.is_match(line))
                && text.lines().count() <= MOST_MOODS
        };
        let moods = moods.iter().filter(|around| is_of_moods(around));
        let cast = self.all_within(&cast.into_iter().chain(moods.map(|around| around.id())).collect());
        let boxes: ElementIds = labels
            .iter()
            .filter_map(|label| label.ancestors().next())
            .filter(|around| !around.select(ANSWERS).is_empty() || asks(around))
            .map(|around| around.id())
            .collect();
        let is_of_poll = |place: &usize| {
            let (line, holder) = &self.page[*place];
            let is_answer = || holder.and_ancestors().take(2).any(|around| around.name() == "label");
            line.ends_with(['?', '？']) || is_answer() && !is_text(line)
        };
        let is_asked = |place: &usize| self.page[*place].0.ends_with(['?', '？']) || !is_text(self.page[*place].0);
        let cast = cast.into_iter().filter(is_asked);
        self.all_within(&boxes).into_iter().filter(is_of_poll).chain(cast).collect()
    }

    /// Boxes that ask for an address or for money: a field or a button, and the few words around.
    fn requests(&self, document: &Document) -> HashSet<usize> {
        pattern!(
            ascii_words ASK,
            r"(?ix)\b(?:donate|give\s(?:now|today)|make\sa\s(?:gift|donation)|support\sus|faire\sun\sdon|spenden|newsletters?|subscribe|sign\sup|abonnieren|s.abonner|s.inscrire|suscr[íi]b\w+|iscriviti|assine)\b
                | 捐款|捐助|贊助|赞助|訂閱|订阅|メルマガ|登録する|구독"
        );
        pattern!(
            ascii_words MAIL,
            r"(?ix)\b(?:newsletters?|inbox|e-?mails?|mail|briefing|letter|sign\sup|subscri\w+|stories|updates|gift|donat\w+|support|members?|independent|postfach|posteingang|courriel|bo[iî]te|correo|buz[oó]n)\b
                | 電子報|电子报|信箱|邮箱|郵箱|訂閱|订阅|捐款|贊助|支持|メール|메일"
        );
        // A sentence that speaks to nobody is text, though a button stands beside it.
        pattern!(
            ascii_words READER,
            r"(?i)\b(?:you|your|we|us|our|get|stay|never\smiss|join|read|free|become)\b|[你您]|我們|我们|立即|免費|免费|加入|あなた|ください|무료"
        );
        /// No button says more, in characters.
        const LONGEST: usize = 40;
        let says_so = |button: &Element<'_>| {
            let text = button.text();
            let text = if text.is_empty() { button.raw_text() } else { text };
            text.chars().count() <= LONGEST && ASK.is_match(&text)
        };
        let buttons = document
            .select("button, input[type=submit], a[href*=donate], a[class*=button i], a[class*=btn i], a[role=button]");
        let fields: ElementIds = document
            .select("form input[type=email], form input[name*=email i], input[type=email]")
            .iter()
            .filter_map(small_box)
            .map(|around| around.id())
            .collect();
        let asked = buttons.iter().filter(|button| says_so(button)).filter_map(small_box);
        // A button alone may stand beside anything.
        let asked = asked.filter(|around| {
            around.text().lines().any(|line| MAIL.is_match(line) && line.chars().count() > LONGEST / 2)
        });
        let asked: ElementIds = asked.map(|around| around.id()).collect();
        let addresses = |line: &str| MAIL.is_match(line) || ASK.is_match(line) || READER.is_match(line);
        let is_beside_button = |place: &usize| {
            let line = self.page[*place].0;
            !furniture::tells(line) && (!clean::ends_sentence(line) || addresses(line))
        };
        let is_beside_field = |place: &usize| {
            let line = self.page[*place].0;
            let asks = || MAIL.is_match(line) && READER.is_match(line);
            !furniture::tells(line) && (!clean::is_paragraph(line) || asks())
        };
        let beside_buttons = self.all_within(&asked).into_iter().filter(is_beside_button);
        beside_buttons.chain(self.all_within(&fields).into_iter().filter(is_beside_field)).collect()
    }
}

/// The largest box around a field or a button that is no page yet.
fn small_box<'a>(element: &Element<'a>) -> Option<Element<'a>> {
    /// In bytes and in lines.
    const LARGEST: usize = 480;
    const MOST_LINES: usize = 6;
    /// Few words stand in few elements, and to count those is cheaper.
    const MOST_NODES: usize = 200;
    let is_small = |element: &Element<'_>| {
        if element.holds_more_than(MOST_NODES) {
            return false;
        }
        let text = element.text();
        text.len() <= LARGEST && text.lines().count() <= MOST_LINES && element.select("h1").is_empty()
    };
    element.and_ancestors().take_while(is_small).last()
}
