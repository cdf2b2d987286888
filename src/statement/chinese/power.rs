//! Who has the power to charge and to judge, and by whom something befalls somebody.

use std::ops::Range;

use super::super::Named;
use super::Sentence;
use crate::model::StatementKind;

impl Sentence<'_> {
    /// Returns who decides or charges, where the sentence names a court or an office that can.
    pub(super) fn authority(&self, kind: StatementKind, before: usize) -> Option<Range<usize>> {
        let names: &[&str] = match kind {
            StatementKind::Verdict => {
                &["法院", "法庭", "高院", "地院", "最高院", "合议庭", "法官", "陪审团", "裁判官", "庭"]
            }
            _ => &[
                "检察署",
                "检察院",
                "检调",
                "检察官",
                "检方",
                "地检署",
                "北检",
                "雄检",
                "警方",
                "警察",
                "国家安全机关",
                "国安局",
                "国安处",
                "调查局",
                "司法部",
                "检控官",
                "国家安全部",
                "联邦调查局",
                "公安",
                "律政司",
                "海关",
            ],
        };
        let found = names.iter().filter_map(|name| self.text.find(name).map(|at| at..at + name.len()));
        let office = found.min_by_key(|range| (range.start > before, range.start.abs_diff(before)))?;
        let start = self.clause_start(office.start);
        let lead = self.lead(self.stretch(start..office.start));
        let from = self.actors().iter().find(|actor| actor.start <= office.start && office.end <= actor.end);
        let from = from.map_or(start + lead, |actor| actor.start.min(start + lead).max(start));
        let name = self.stretch(from..office.end);
        let clean = name.chars().count() <= 16 && !self.glance.has(&self.words.say, name);
        Some(if clean { from..office.end } else { office })
    }

    /// Finds 被 or 遭 before a cue: the agent between them, and whom it befalls.
    pub(super) fn by_whom(&self, cue: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let clause = self.clause_start(cue);
        let before = self.stretch(clause..cue);
        let (at, mark) = before.char_indices().rev().take(28).find(|(at, c)| {
            let hired = ["受雇", "受命", "受聘", "受访", "受审", "受训", "获准", "获利"]
                .iter()
                .any(|word| before[*at..].starts_with(word));
            matches!(c, '被' | '遭' | '获' | '受') && !hired
        })?;
        let start = clause + at + mark.len_utf8();
        let start = start + if self.stretch(start..cue).starts_with('到') { '到'.len_utf8() } else { 0 };
        let whom = self.trimmed_subject(clause..clause + at);
        if self.stretch(start..cue).trim().is_empty() {
            return Some((cue..cue, whom));
        }
        let named = self.actors().iter().any(|actor| start <= actor.start && actor.end <= cue);
        let between = self.stretch(start..cue);
        if between.contains(['「', '」', '“', '”', '『', '』']) || between.contains("一事") {
            return None;
        }
        // 遭檢方起訴: an office that no table names accuses too.
        let office = |agent: &Range<usize>| self.phrases.accusing_ends.ends(self.stretch(agent.clone()));
        let agent = self.trimmed_subject(start..cue).filter(|agent| named || office(agent))?;
        Some((agent, whom))
    }

    pub(super) fn has_power(&self, speaker: Option<&Named>) -> bool {
        let name = match speaker {
            Some(Named::Here(range)) => self.stretch(range.clone()),
            Some(Named::Before(name)) => return !name.is_empty(),
            None => return false,
        };
        let actor = self
            .actors()
            .iter()
            .any(|actor| self.stretch(actor.clone()) == name || name.contains(self.stretch(actor.clone())));
        actor
            || name.ends_with([
                '检', '调', '院', '署', '局', '部', '警', '方', '关', '官', '府', '处', '厅', '门', '当', '长', '国',
                '美', '英', '德', '韩', '日', '台', '陆', '团', '庭', '书', '件', '状',
            ])
    }
}
