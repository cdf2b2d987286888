//! Where a claim stands: behind its cue, before it in 對……予以否認, or in the words of the cue itself.

use std::ops::Range;

use super::Sentence;
use super::frame::Frame;
use super::subject::Subject;
use crate::fold;
use crate::lexicon::CueHit;
use crate::lexicon::CueVoice;
use crate::model::StatementKind;

/// What opens an object that stands before its verb.
const PREPOSED: &[&str] = &["对于", "针对", "关于", "对", "就", "把", "将", "因", "以"];

impl Sentence<'_> {
    /// Returns the clause that states the claim.
    pub(super) fn claim(&self, hit: &CueHit<'_>, clause: usize, frame: Option<&Frame>) -> Range<usize> {
        if let Some(claim) = &hit.claim {
            return claim.clone();
        }
        if let (true, Some(target)) = (hit.cue.counter, &hit.target) {
            return target.start..self.clause_end(hit.matched.end);
        }
        let of_a_claim = hit.cue.rule == "unacceptable-claim" || hit.cue.sub.as_deref() == Some("general");
        let threat = hit.cue.sub.as_deref() == Some("threat");
        if hit.cue.frame || of_a_claim || hit.cue.counter || threat {
            return self.content(hit, clause, frame);
        }
        let here = || clause..self.clause_end(hit.word.end);
        match hit.cue.kind {
            StatementKind::NoComment => {
                self.withheld(hit).or_else(|| self.preposed(clause, &hit.word)).unwrap_or_else(here)
            }
            StatementKind::Verdict => self.decided(hit, clause),
            StatementKind::Charge => {
                self.offence().or_else(|| self.object_of(hit)).unwrap_or_else(|| hit.matched.clone())
            }
            // The act itself, where it says nothing of why: 召見大使.
            StatementKind::Protest => {
                self.preposed(clause, &hit.word).unwrap_or(hit.matched.start..self.clause_end(hit.matched.end))
            }
            StatementKind::Retract | StatementKind::Demand | StatementKind::Investigate => self
                .inside(hit)
                .or_else(|| self.object_of(hit))
                .or_else(|| self.preposed(clause, &hit.word))
                .unwrap_or_else(|| hit.matched.clone()),
            StatementKind::Accuse if hit.matched.len() > 9 => {
                self.preposed(clause, &hit.word).or_else(|| self.object_of(hit)).unwrap_or_else(|| hit.matched.clone())
            }
            _ => {
                self.object_of(hit).or_else(|| self.preposed(clause, &hit.word)).unwrap_or_else(|| hit.matched.clone())
            }
        }
    }

    /// Returns whom an act is directed at: what follows its verb at once, or stands before it behind 對 and 向.
    pub(super) fn directed_at(&self, hit: &CueHit<'_>, clause: usize) -> Option<Range<usize>> {
        let whole = match hit.cue.kind {
            StatementKind::Demand if self.asks_to_stop(hit) => return self.asked_of(hit),
            StatementKind::Warn | StatementKind::Demand | StatementKind::Condemn | StatementKind::Accuse => false,
            StatementKind::Charge | StatementKind::Verdict => true,
            StatementKind::Protest => return self.behind_mark(clause, hit.word.start, &["向", "对"]),
            _ => return None,
        };
        // 不會容忍, 最大的黑客: what is threatened, and what somebody is called, is no name.
        if matches!(hit.cue.sub.as_deref(), Some("threat")) {
            return None;
        }
        if hit.cue.counter {
            let before = self.actors().iter().rfind(|actor| clause <= actor.start && actor.end <= hit.word.start);
            return before.cloned();
        }
        let matched = self.stretch(hit.matched.clone());
        // 判陳男無罪, and no 判處陳男: the verb has one character.
        let bare = matched.starts_with("处有")
            || matched.starts_with('判')
                && !["判处", "判决", "判刑", "判囚", "判监", "判定"].iter().any(|verb| matched.starts_with(verb));
        // 罪名成立, 無罪確定: no name follows what was decided.
        let decides = ["判", "宣判", "改判", "重判", "轻判", "宣告", "处有", "裁定", "认定"]
            .iter()
            .any(|verb| matched.starts_with(verb));
        if hit.cue.kind == StatementKind::Verdict && !decides {
            return None;
        }
        let short = matched.starts_with(['吁', '促', '控'])
            && !["吁请", "促请", "促使", "控告", "控诉", "控上"].iter().any(|verb| matched.starts_with(verb));
        let bare = bare || short;
        let verb: usize = matched.chars().take(if bare { 1 } else { 2 }).map(char::len_utf8).sum();
        let from = hit.matched.start + verb;
        let end = self.clause_end(from);
        let rest = self.text.get(from..end)?.trim_start_matches(['了', '过', '其', '「', '“']);
        // 歸咎於一個受北京資助的組織: the verb has three.
        let rest = if matched.starts_with('归') { rest.trim_start_matches('于') } else { rest };
        let start = end - rest.len();
        if hit.cue.kind == StatementKind::Accuse
            && let Some(who) = self.who_serves(&(start..end))
        {
            return Some(who);
        }
        // 判8年, 起訴指出: no name begins here.
        if self.phrases.no_name.begins(rest) {
            return self.behind_mark(clause, hit.word.start, &["对", "将", "把"]);
        }
        let ends = if whole { &self.phrases.sentences } else { &self.phrases.name_ends };
        // 判陳女三年六個月: how long is no part of the name.
        let term = ["年", "个月"].iter().filter_map(|unit| rest.find(unit)).filter(|_| whole).min().map(|unit| {
            rest[..unit].trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两半".contains(c)).len()
        });
        let stop = ends.iter().filter_map(|mark| rest.find(mark)).chain(term).filter(|at| *at > 0).min();
        let name = rest[..stop.unwrap_or(rest.len())].trim_end_matches(['的', '们', '」', '”']);
        let longest = if whole { 30 } else { 18 };
        // 懸賞千萬: an amount is nobody.
        let amount = name.ends_with(['万', '元', '亿', '年', '月'])
            || name.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
                && whole
                && ["年", "个月"].iter().any(|unit| name.contains(unit));
        let fits = !amount && (2..=longest).contains(&name.chars().count()) && name.starts_with(fold::is_han);
        let range = start..start + name.len();
        if fits { Some(range) } else { self.behind_mark(clause, hit.word.start, &["对", "向", "将", "把"]) }
    }

    /// Returns who is said to have done a deed for another side, where that side is the first that the claim names:
    /// 陳姓男子 in 陳姓男子受中國國安部指示…….
    pub(super) fn who_serves(&self, claim: &Range<usize>) -> Option<Range<usize>> {
        let side = self.actors().iter().find(|actor| claim.start <= actor.start && actor.end <= claim.end)?;
        let start = claim.end - self.stretch(claim.clone()).trim_start_matches([',', ':', ' ']).len();
        let before = self.text.get(start..side.start)?;
        let (at, mark) = ["受", "替", "为", "向"].iter().find_map(|mark| before.rfind(mark).map(|at| (at, mark)))?;
        let between = &before[at + mark.len()..];
        let own = start..start + at;
        if between.chars().count() > 4 || self.stretch(own.clone()).contains([',', '「', '“', ';']) {
            return None;
        }
        let who = self.trimmed_subject(own)?;
        match self.judge(who) {
            // 一個受北京資助的組織: what serves only describes who is named behind it.
            Subject::Named(range, _)
                if !self.stretch(range.clone()).ends_with(['个', '名', '家', '位', '些', '批']) =>
            {
                (2..=14).contains(&self.stretch(range.clone()).chars().count()).then_some(range)
            }
            _ => None,
        }
    }

    /// Returns the person who opens a claim and is said to do what it tells, also over a comma: 王立 in 王立退伍後結識中國情報人員，
    /// 之後三度……. The side that they meet or serve is not who is accused.
    pub(super) fn doer(&self, claim: &Range<usize>) -> Option<Range<usize>> {
        let start = claim.end - self.stretch(claim.clone()).trim_start_matches([',', ':', ' ', '“', '「']).len();
        let clause = start..self.clause_end(start).min(claim.end);
        let who = self.trimmed_subject(clause.clone())?;
        let name = self.stretch(who.clone());
        let named = self.phrases.surnames.begins(name)
            && (2..=4).contains(&name.chars().count())
            && name.chars().all(fold::is_han)
            && self.is_person(name);
        // 監聽盟友的正是某局: what is told of the doer names none.
        let tells = self.glance.has(&self.words.hostile, name);
        let no_actor = !self.actors().iter().any(|actor| actor.start < who.end && who.start < actor.end);
        (who.end < clause.end && no_actor && !tells && (named || name.chars().count() <= 12 && self.names_person(name)))
            .then_some(who)
    }

    /// Says whether a demand opens with what is to stop or to be done: 停止……, 應立即…….
    fn asks_to_stop(&self, hit: &CueHit<'_>) -> bool {
        let word = self.stretch(hit.word.clone());
        ["停止", "立即", "不要", "勿", "别再", "切勿", "应", "必须", "须"].iter().any(|verb| word.starts_with(verb))
    }

    fn behind_mark(&self, clause: usize, verb: usize, marks: &[&str]) -> Option<Range<usize>> {
        let text = self.stretch(clause..verb);
        let at = marks.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max()?;
        let at = at + if text[at..].starts_with('于') { '于'.len_utf8() } else { 0 };
        let name = text[at..].trim_end_matches(|c: char| "依法严正强烈正式提出表达再次当面已".contains(c));
        let range = clause + at..clause + at + name.len();
        (2..=18).contains(&name.chars().count()).then_some(range)
    }

    fn content(&self, hit: &CueHit<'_>, clause: usize, frame: Option<&Frame>) -> Range<usize> {
        match frame {
            Some(frame) if frame.content.start <= hit.word.start => {
                frame.content.start..frame.direct_end.max(hit.word.end)
            }
            _ => clause..self.clause_end(hit.word.end),
        }
    }

    /// Returns what stands behind a cue: to the end of the clause, or of the sentence where a whole sentence is said.
    fn object_of(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let wide = matches!(hit.cue.kind, StatementKind::Accuse | StatementKind::Warn | StatementKind::Confirm)
            || hit.cue.rule == "refutes";
        let rest = &self.text[hit.word.end..];
        // Over a comma goes only what introduces a sentence: 警告，…….
        let skipped =
            rest.find(|c: char| !(c.is_whitespace() || "了过到说称道".contains(c) || wide && ",:".contains(c)));
        let after = hit.word.end + skipped?;
        let turn = [",但", ",却", ",惟", ",而", ",并", ",次被告", ",又"]
            .iter()
            .filter_map(|word| self.text[after..].find(word))
            .min();
        let end = match turn {
            _ if !wide || hit.cue.voice == CueVoice::Passive => self.clause_end(after),
            Some(turn) => after + turn,
            None => self.text.len(),
        };
        (after < end && self.stretch(after..end).chars().any(char::is_alphanumeric)).then_some(after..end)
    }

    /// Returns the object that stands before its verb, in its clause or in the one before: 對……的行徑，表示憤慨.
    fn preposed(&self, clause: usize, word: &Range<usize>) -> Option<Range<usize>> {
        let found = |start: usize, end: usize| {
            let text = self.stretch(start..end);
            let free = |at: &usize| !self.is_in_full_name(text, *at);
            let found = PREPOSED.iter().filter_map(|mark| text.find(mark).filter(free).map(|at| (mark, at)));
            let (mark, at) = found.min_by_key(|(_, at)| *at)?;
            let from = start + at + mark.len();
            let kept = self
                .stretch(from..end)
                .trim_end_matches(|c: char| ",，、予以表达示提出作为由罪向加并均都已一事".contains(c));
            let own = self.stretch(from..from + kept.len());
            (own.chars().count() >= 3).then_some(from..from + kept.len())
        };
        found(clause, word.start).or_else(|| {
            let before = self.text[..clause].trim_end();
            let comma = before.strip_suffix(',')?;
            let start = self.clause_start(comma.len());
            let opens = PREPOSED.iter().any(|mark| comma[start..].starts_with(mark));
            opens.then(|| found(start, comma.len())).flatten()
        })
    }

    /// Returns what no comment is made on: 不評論……個案, 未回覆……電郵.
    fn withheld(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let matched = self.stretch(hit.matched.clone());
        let at = self.phrases.withholds.iter().filter_map(|verb| matched.find(verb).map(|at| at + verb.len())).max()?;
        let from = hit.matched.start + at;
        let end = self.clause_end(from.max(hit.matched.end));
        let object = self.stretch(from..end).trim_start_matches(['了', '过', '任', '何']);
        (object.chars().filter(|c| c.is_alphanumeric()).count() >= 2).then_some(end - object.len()..end)
    }

    /// Returns what a court decided: the whole of what it found, else the clause.
    fn decided(&self, hit: &CueHit<'_>, clause: usize) -> Range<usize> {
        let matched = self.stretch(hit.matched.clone());
        let verb = ["裁定", "认定", "推翻", "维持", "撤销", "宣告"].iter().find(|verb| matched.starts_with(**verb));
        if let Some(verb) = verb {
            let rest = matched[verb.len()..].trim_start_matches([',', ':']);
            if rest.chars().count() >= 3 {
                return hit.matched.end - rest.len()..self.clause_end(hit.matched.end);
            }
        }
        clause..self.clause_end(hit.word.end)
    }

    /// Returns of what somebody is suspected, wherever the sentence says it.
    fn offence(&self) -> Option<Range<usize>> {
        let found = |mark: &str| self.text.find(mark).map(|at| at + mark.len());
        if let Some(from) =
            ["怀疑他", "怀疑其", "怀疑她", "指他", "指其", "指她", "怀疑"].iter().find_map(|mark| found(mark))
        {
            let end = self.clause_end(from);
            return (end > from + 9).then_some(from..end);
        }
        let from = self.text.find("涉嫌").or_else(|| self.text.find("疑替")).or_else(|| self.text.find("依违反"))?;
        let end = self.clause_end(from);
        let cut = ["为由", "罪名", "被", "遭", "拘捕", "逮捕", "提起公诉", "起诉", "将", ",对"];
        let end = cut
            .iter()
            .filter_map(|mark| self.stretch(from + 6..end).find(mark).map(|at| from + 6 + at))
            .min()
            .unwrap_or(end);
        (end > from + 6).then_some(from..end)
    }

    /// Returns the object that a pattern took with its verb: 收回……的說法, 呼籲對岸儘速放人.
    fn inside(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let matched = self.stretch(hit.matched.clone());
        let verb: usize = matched.chars().take(2).map(char::len_utf8).sum();
        let rest = matched[verb..].trim_start_matches(['了', '过']);
        (rest.chars().count() >= 4).then(|| hit.matched.end - rest.len()..self.clause_end(hit.matched.end))
    }
}
