//! Who said what of whom: the reported speech acts of one article.
//!
//! Rules over sentences, always in this order: false friends, cues, what the object is, who speaks,
//! and polarity last. A statement that a rule is not sure of is a candidate: it waits for a person and counts nowhere.

mod chinese;
mod dateline;
mod english;
mod finish;
mod office;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::ops::Range;

use crate::fold::Folded;
use crate::language;
use crate::lexicon::{ActorKind, CueTable, Glance, Lexicon};
use crate::model::{Article, Place, Polarity, Statement, StatementKind, Voice};

/// No article holds more: a page of cue words must not become a table of its own.
const MOST: usize = 400;

/// What decides names that depend on the outlet, such as a bare 外交部.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutletContext<'a> {
    /// ISO 3166 alpha-2 code of the outlet's country; `None` when unknown or when it decides nothing (an aggregator).
    pub country: Option<&'a str>,
}

/// Finds the statements of an article, headline first, in the order of the text.
pub fn find(lexicon: &Lexicon, article: &Article, outlet: OutletContext<'_>) -> Vec<Statement> {
    if lexicon.cues(&article.lang).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut carried = Carried::default();
    let all: Vec<Scene<'_>> = scenes(article).collect();
    for (at, scene) in all.iter().enumerate() {
        if found.len() >= MOST {
            break;
        }
        if scene.paragraph != carried.paragraph {
            // A quotation that was not closed goes on where the next paragraph opens one again.
            let goes_on = carried.open_quote && scene.print().starts_with(['“', '"', '「']);
            carried.open_quote = false;
            carried.turn = false;
            carried.tells = false;
            carried.same_paragraph = goes_on;
            carried.paragraph = scene.paragraph;
        }
        let lang = language::of_part(scene.print(), &article.lang);
        let Some(table) = lexicon.cues(&lang) else { continue };
        let read = if lang.is_chinese() {
            // 「我沒有收錢。他們弄錯了。」某人說: as in English, who speaks comes where the quotation ends.
            if let Some(speaker) =
                quotation_behind(&all[at..]).and_then(|s| chinese::trailing(lexicon, table, s, &carried))
            {
                carried.speaker = Some(speaker);
                carried.same_paragraph = true;
                carried.open_quote = true;
            }
            chinese::read
        } else {
            // "“There is no truth in it. I paid,” he said": who speaks comes where the quotation ends.
            if let Some(speaker) =
                quotation_behind(&all[at..]).and_then(|s| english::trailing(lexicon, table, s, &carried))
            {
                carried.speaker = Some(speaker);
                carried.same_paragraph = true;
                carried.named_behind = true;
            }
            english::read
        };
        carried.points_back = all.get(at + 1).is_some_and(|next| points_back(&next.folded.text));
        let drafts = read(lexicon, table, scene, &mut carried);
        carried.named_behind = false;
        found.extend(drafts.into_iter().map(|draft| finish::statement(lexicon, table, scene, draft, outlet)));
    }
    finish::names(&mut found, lexicon, article, outlet);
    finish::links(&mut found);
    found
}

/// Says whether an English sentence holds a pronoun that may mean somebody of the sentence before.
fn points_back(folded: &str) -> bool {
    folded.split(' ').rev().skip(1).any(|word| {
        let before = ["she", "he", "it"].iter().find_map(|pronoun| word.strip_suffix(pronoun));
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// Returns the sentence in which a quotation ends that the first of the sentences opens, within its paragraph.
fn quotation_behind<'a, 's>(sentences: &'a [Scene<'s>]) -> Option<&'a Scene<'s>> {
    /// No quotation that is read so runs over more sentences.
    const LONGEST: usize = 8;
    let (first, behind) = sentences.split_first()?;
    let opened = [('“', '”'), ('「', '」'), ('"', '"')]
        .iter()
        .any(|(open, close)| first.print().strip_prefix(*open).is_some_and(|rest| !rest.contains(*close)));
    let behind = behind.iter().take(LONGEST).take_while(|scene| scene.paragraph == first.paragraph && opened);
    behind.into_iter().find(|scene| scene.print().contains(['”', '」', '"']))
}

/// One sentence, with what the rules need to know of its place.
struct Scene<'a> {
    /// The headline or the body that it stands in.
    whole: &'a str,
    place: Place,
    /// Bytes of `whole`.
    span: Range<usize>,
    paragraph: usize,
    folded: Folded,
    /// What may stand in it, once it was looked through, by the table of each language: a quotation of one may end in a
    /// sentence of the other.
    glances: [OnceCell<Glance>; 2],
}

impl Scene<'_> {
    /// Returns what may stand in the sentence, by the table of a language.
    fn glance(&self, table: &CueTable) -> &Glance {
        self.glances[usize::from(table.reads_through_marks())].get_or_init(|| table.look(&self.folded.text))
    }

    fn print(&self) -> &str {
        &self.whole[self.span.clone()]
    }

    /// Turns bytes of the folded sentence into bytes of the headline or body.
    fn in_whole(&self, folded: Range<usize>) -> Range<usize> {
        let print = self.folded.print_range(folded);
        self.span.start + print.start..self.span.start + print.end
    }
}

/// Where a sentence names actors, in bytes of its folded text. Found when a rule first asks: most sentences never do.
struct LazyPlaces<'a> {
    lexicon: &'a Lexicon,
    scene: &'a Scene<'a>,
    places: OnceCell<ActorPlaces>,
}

struct ActorPlaces {
    actors: Vec<Range<usize>>,
    states: Vec<Range<usize>>,
    /// Where hacking groups are named: to name one is to tell of an act.
    threats: Vec<Range<usize>>,
}

impl<'a> LazyPlaces<'a> {
    fn new(lexicon: &'a Lexicon, scene: &'a Scene<'a>) -> Self {
        Self { lexicon, scene, places: OnceCell::new() }
    }

    fn get(&self) -> &ActorPlaces {
        self.places.get_or_init(|| {
            let places = self.lexicon.actor_places(self.scene.print(), &self.scene.folded);
            let of = |kind| places.iter().filter(|(_, found)| *found == kind).map(|(range, _)| range.clone()).collect();
            let (states, threats) = (of(ActorKind::State), of(ActorKind::ThreatActor));
            ActorPlaces { states, threats, actors: places.iter().map(|(range, _)| range.clone()).collect() }
        })
    }
}

/// What one sentence leaves to the next.
#[derive(Default)]
struct Carried {
    paragraph: usize,
    /// The last speaker, as printed: whom "he" and 他 mean.
    speaker: Option<String>,
    /// True when that speaker spoke in this paragraph, so that a sentence without one may be theirs.
    same_paragraph: bool,
    /// True behind a sentence that tells without quotation marks what its speaker said, to its end: the next may go on.
    tells: bool,
    /// True inside a quotation that an earlier sentence opened.
    open_quote: bool,
    /// True where the sentence opens a quotation whose speaker is named behind it.
    named_behind: bool,
    /// True where a pronoun of the next sentence may mean somebody of this one.
    points_back: bool,
    /// True when the sentence before was a question, as in a transcript.
    asked: bool,
    /// True in the paragraph of one who answers in a transcript: all of it is theirs.
    turn: bool,
    /// The last person named: whom "he" and "she" mean.
    person: Option<String>,
    /// The last office, state or company named: what "it" means.
    body: Option<String>,
    /// Names in full, for short forms such as "the association".
    names: Vec<String>,
    /// Who was accused of something, or denied it, as printed: what they say of it answers.
    accused: Vec<String>,
}

impl Carried {
    /// Returns the speaker of a sentence that names none.
    fn in_paragraph(&self) -> Option<Named> {
        self.speaker.clone().filter(|_| self.same_paragraph).map(Named::Before)
    }

    /// Returns whom a pronoun means.
    fn meant(&self) -> Option<Named> {
        self.speaker.clone().map(Named::Before)
    }
}

/// A statement in the making; ranges are bytes of the folded sentence.
struct Draft {
    kind: StatementKind,
    sub: Option<String>,
    speaker: Option<Named>,
    target: Option<Named>,
    cue: Range<usize>,
    claim: Range<usize>,
    polarity: Polarity,
    voice: Voice,
    counter: bool,
    background: bool,
    via: Option<Range<usize>>,
    /// True when the whole sentence stands inside a running quotation.
    running_quote: bool,
    confidence: f64,
    candidate: bool,
    rule: String,
}

/// Leaves out a draft that says what an earlier one of the sentence said: two words for one act of one speaker.
fn without_repeats(drafts: Vec<Draft>, sentence: &str) -> Vec<Draft> {
    let name = |draft: &Draft| match &draft.speaker {
        Some(Named::Here(range)) => sentence[range.clone()].trim().to_owned(),
        Some(Named::Before(name)) => crate::fold::text(name),
        None => String::new(),
    };
    let says = |draft: &Draft, kinds: &[StatementKind]| {
        kinds.contains(&draft.kind) && draft.voice == Voice::Active && !draft.candidate
    };
    let told = drafts.iter().any(|draft| {
        says(draft, &[StatementKind::Accuse, StatementKind::Charge, StatementKind::Verdict, StatementKind::Confirm])
    });
    let answered =
        drafts.iter().any(|draft| says(draft, &[StatementKind::Deny]) || (draft.counter && !draft.candidate));
    let certain: Vec<(StatementKind, String)> = drafts
        .iter()
        .filter(|draft| !draft.candidate && draft.polarity == Polarity::Asserted)
        .map(|draft| (draft.kind, name(draft)))
        .collect();
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        // What is certain of a speaker in the sentence leaves nothing to ask a person.
        if draft.candidate && certain.contains(&(draft.kind, name(&draft))) {
            continue;
        }
        // What an accuser says of the accused holds "suspected of", and what a denier says holds "firmly oppose".
        let part_of_telling = told && draft.voice == Voice::Agentless;
        let part_of_answer = answered && draft.kind == StatementKind::Condemn;
        if part_of_telling || part_of_answer {
            continue;
        }
        let mine = name(&draft);
        let repeats = kept.iter().any(|other| {
            // 被判 and 處有期徒刑 are one verdict.
            if other.kind == draft.kind && other.cue.end == draft.cue.start {
                return true;
            }
            let theirs = name(other);
            let same_speaker = mine.is_empty() || mine.starts_with(&theirs) && !theirs.is_empty();
            let alike =
                other.kind == draft.kind && other.polarity == draft.polarity && other.candidate == draft.candidate;
            alike && other.voice == draft.voice && draft.voice == Voice::Active && same_speaker
        });
        if !repeats {
            kept.push(draft);
        }
    }
    kept
}

/// A speaker that the sentence names, or one that an earlier sentence named.
#[derive(Clone)]
enum Named {
    Here(Range<usize>),
    Before(String),
}

fn scenes(article: &Article) -> impl Iterator<Item = Scene<'_>> {
    let scene = |whole, place, span: Range<usize>, paragraph| -> Scene<'_> {
        let folded = Folded::new(&(whole as &str)[span.clone()]);
        Scene { whole, place, span, paragraph, folded, glances: [const { OnceCell::new() }; 2] }
    };
    let title = language::sentences(&article.title, &article.lang);
    let text = language::sentences(&article.text, &article.lang);
    let title = title.into_iter().map(move |part| scene(article.title.as_str(), Place::Title, part.span, 0));
    let mut paragraph = 0;
    let text = text.into_iter().map(move |part| {
        let begins = part.paragraph != paragraph;
        paragraph = part.paragraph;
        let dateline = if begins { dateline::length(&article.text[part.span.clone()]) } else { 0 };
        scene(article.text.as_str(), Place::Text, part.span.start + dateline..part.span.end, part.paragraph)
    });
    title.chain(text)
}
