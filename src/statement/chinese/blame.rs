//! Whose word it is where one side speaks of another: who is asked, who blames, and who is blamed.

use std::ops::Range;

use super::super::Named;
use super::Sentence;
use super::subject::Subject;
use crate::lexicon::CueHit;
use crate::model::{Place, StatementKind, country_of};

/// What the accused is called in court.
pub(super) const ACCUSED: [&str; 4] = ["被告人", "被告", "嫌疑人", "嫌犯"];

impl Sentence<'_> {
    /// Returns whom a paper says that it asked, before a place: 本報向該館查詢, 記者致函該公司.
    pub(super) fn asked_party(&self, before: usize) -> Option<Named> {
        let text = &self.text[..before];
        let (at, ask) = ["致函", "去信", "致电", "联络", "联系", "向", "询问"]
            .iter()
            .filter_map(|ask| text.rfind(ask).map(|at| (at, ask)))
            .max()?;
        let from = at + ask.len();
        let rest = &text[from..];
        let end = ["查询", "求证", "询问", "了解", "发出", ",", "。"].iter().filter_map(|end| rest.find(end)).min()?;
        (rest[..end].chars().count() >= 2).then(|| Named::Here(from..from + end))
    }

    /// Returns who calls a claim so behind the break of a headline: 沽空機構指…… 公司轟報告失實.
    pub(super) fn who_blames_claim(&self, hit: &CueHit<'_>) -> Option<Named> {
        let headline = self.scene.place == Place::Title;
        let from = self.text[..hit.word.start].rfind(' ').filter(|_| headline)? + 1;
        let before = self.stretch(from..hit.word.start);
        if before.contains(':') {
            return None;
        }
        // 間諜指控: some are nouns as often.
        let nouns = ["指控", "指责", "质疑", "批评"];
        let verbs = self.phrases.blames.iter().filter(|verb| !nouns.contains(verb));
        let verb = verbs.filter_map(|verb| before.find(verb)).filter(|at| *at > 0).min()?;
        match self.subject(from + verb) {
            Subject::Named(range, _) if range.start >= from => Some(Named::Here(range)),
            _ => None,
        }
    }

    /// Returns who blames the target of a cue right before it: 國台辦批評民進黨當局炒作…….
    pub(super) fn who_blames(&self, hit: &CueHit<'_>) -> Option<Named> {
        let before = &self.text[..hit.target.as_ref()?.start];
        let verb = self.phrases.blames.iter().find(|verb| before.ends_with(verb))?;
        match self.subject(before.len() - verb.len()) {
            Subject::Named(range, _) => Some(Named::Here(range)),
            _ => None,
        }
    }

    /// Returns who denies in the words of one who blames them for it, in the clause of a denial.
    pub(super) fn blamed_for(&self, hit: &CueHit<'_>, clause: usize) -> Option<Range<usize>> {
        if hit.cue.kind != StatementKind::Deny || hit.cue.frame {
            return None;
        }
        let before = self.stretch(clause..hit.word.start);
        if let Some(accused) = self.told_by_a_court(clause, hit.word.start) {
            return Some(accused);
        }
        let blame = self
            .phrases
            .blames
            .iter()
            .filter_map(|verb| before.rfind(verb).map(|at| clause + at + verb.len()))
            .max()?;
        // 檢察官痛批被告矢口否認.
        let named = ACCUSED.iter().find(|name| self.stretch(blame..hit.word.start).starts_with(**name));
        let actor = self.actors().iter().find(|actor| actor.start == blame && actor.end <= hit.word.start).cloned();
        actor.or_else(|| named.map(|name| blame..blame + name.len()))
    }

    /// Returns the accused whose denial a court or a prosecutor tells of, in the clause of the denial: 裁判官指被告否認…….
    fn told_by_a_court(&self, clause: usize, denial: usize) -> Option<Range<usize>> {
        let before = self.stretch(clause..denial);
        let (at, name) = ACCUSED.iter().find_map(|name| before.rfind(name).map(|at| (at, name)))?;
        let teller =
            ["指", "指出", "称", "说", "引述", "提到"].iter().find_map(|verb| before[..at].strip_suffix(verb))?;
        let tells = ["官", "庭", "院", "检方", "控方", "警方"].iter().any(|end| teller.ends_with(end));
        let near = before[at + name.len()..].chars().count() <= 8;
        (tells && near).then(|| clause + at..clause + at + name.len())
    }

    /// Says whether a side is another's than the speaker's: 中方 in what a ministry of Japan says.
    pub(super) fn is_anothers(&self, side: &Range<usize>, speaker: Option<&Named>) -> bool {
        let print = |range: &Range<usize>| self.scene.print()[self.scene.folded.print_range(range.clone())].to_owned();
        let country = |name: &str| -> Option<String> {
            let actors = self.places.lexicon.actors_in(name);
            actors.iter().find_map(|actor| country_of(actor.id)).map(str::to_owned)
        };
        let theirs = match speaker {
            Some(Named::Here(range)) => country(&print(range)),
            Some(Named::Before(name)) => country(name),
            None => None,
        };
        theirs.is_some_and(|theirs| country(&print(side)).is_some_and(|own| own != theirs))
    }

    /// Says whether a subject is the side that a speaker speaks for, and not who speaks: 中方必將採取措施.
    pub(super) fn is_own_side(&self, subject: &Range<usize>, sub: Option<&str>) -> bool {
        let name = self.stretch(subject.clone()).trim_end_matches('是');
        matches!(name, "中方" | "我方" | "我国" | "我们")
            || matches!(sub, Some("general" | "threat")) && matches!(name, "中国" | "中国政府" | "中国方面")
    }
}
