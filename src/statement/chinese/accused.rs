//! Whose answer is told in what an accuser says: 檢方稱他受僱於北京，他否認. The accuser denies nothing there.

use std::ops::Range;

use super::super::{Carried, Named};
use super::Sentence;
use super::blame::ACCUSED;
use super::frame::Frame;
use crate::fold;
use crate::lexicon::CueHit;
use crate::model::StatementKind;

impl Sentence<'_> {
    /// Says whether a speaker accuses others by their office.
    pub(super) fn is_accuser(&self, speaker: &Named) -> bool {
        let accuses = |name: &str| self.phrases.accusers.stands_in(name) && !self.words.lawyer.is_match(name);
        match speaker {
            Named::Here(range) => accuses(self.stretch(range.clone())),
            Named::Before(name) => accuses(&fold::text(name)),
        }
    }

    /// Returns the accused whom an accuser tells of, between two places of what is said: the one who is named, or a pronoun.
    pub(super) fn accused_in(&self, said: Range<usize>, carried: &Carried) -> Option<Named> {
        let text = self.text.get(said.clone())?;
        if let Some((at, name)) = ACCUSED.iter().filter_map(|name| text.find(name).map(|at| (at, name))).min() {
            let clause = self.clause_start(said.start + at).max(said.start);
            let end = said.start + at + name.len();
            // 陳姓被告, and no 檢察官強調被告.
            let titled = self.stretch(clause..end - name.len());
            let start = if titled.ends_with('姓') { end - name.len() - titled.len().min(6) } else { end - name.len() };
            return Some(Named::Here(start..end));
        }
        let mut start = said.start;
        while start < said.end {
            let clause = start..self.clause_end(start).min(said.end);
            let opened = self.stretch(clause.clone()).trim_start_matches([',', ':', ' ', '“', '「', '。']);
            let clause = clause.end - opened.len()..clause.end;
            if let Some(who) = self.trimmed_subject(clause.clone()) {
                let name = self.stretch(who.clone());
                let named = self.phrases.surnames.begins(name) && (2..=4).contains(&name.chars().count());
                if (named || self.names_person(name)) && !self.is_accuser(&Named::Here(who.clone())) {
                    return Some(Named::Here(who));
                }
            }
            start = clause.end.max(start) + self.text[clause.end..].chars().next().map_or(1, char::len_utf8);
        }
        // 指他, 稱其: the pronoun stands where it is spoken of.
        let pronoun = text.char_indices().find(|(at, c)| {
            matches!(c, '他' | '她')
                && !text[at + c.len_utf8()..].starts_with(['国', '人', '们', '方'])
                && !text[..*at].ends_with('其')
        });
        let (at, c) = pronoun?;
        let here = said.start + at..said.start + at + c.len_utf8();
        Some(carried.person.clone().map_or(Named::Here(here), Named::Before))
    }

    /// Returns who answers, where the words of an answer stand in what an accuser says of the accused.
    pub(super) fn answers_in(&self, hit: &CueHit<'_>, frame: Option<&Frame>, carried: &Carried) -> Option<Named> {
        let answers = match hit.cue.kind {
            StatementKind::Deny => {
                matches!(hit.cue.rule.as_str(), "denies" | "plea" | "another-account" | "only-harmless")
            }
            StatementKind::NoComment => hit.cue.rule == "declined",
            _ => false,
        };
        let frame = frame.filter(|_| answers)?;
        let teller = frame.speaker.as_ref().filter(|teller| self.is_accuser(teller))?;
        let own = match teller {
            Named::Here(range) => self.stretch(range.clone()),
            Named::Before(_) => "",
        };
        let clause = self.stretch(self.clause_start(hit.word.start)..hit.word.start);
        // 警方說，警方否認……: it speaks of itself.
        let itself = !own.is_empty() && clause.contains(own) && frame.verb.end <= self.clause_start(hit.word.start);
        let said = frame.content.start..hit.word.start;
        (!itself && said.start < said.end).then(|| self.accused_in(said, carried)).flatten()
    }

    /// Says whether an accuser says that the accused did not do something, which denies nothing: 警方說，被告沒有…….
    pub(super) fn clears_the_accused(&self, hit: &CueHit<'_>, frame: Option<&Frame>) -> bool {
        let own_rule = hit.cue.kind == StatementKind::Deny && matches!(hit.cue.rule.as_str(), "not-so" | "no-evidence");
        let Some(frame) = frame.filter(|_| own_rule) else { return false };
        if !frame.speaker.as_ref().is_some_and(|teller| self.is_accuser(teller)) {
            return false;
        }
        let said = frame.content.start..hit.word.start;
        let said = self.stretch(said.start.min(said.end)..said.end);
        let person = said.char_indices().any(|(at, c)| {
            matches!(c, '他' | '她')
                && !said[at + c.len_utf8()..].starts_with(['国', '人', '方'])
                && !said[..at].ends_with('其')
        });
        let clause = self.clause_start(hit.word.start);
        let others = self
            .trimmed_subject(clause..hit.word.start)
            .is_some_and(|who| self.names_person(self.stretch(who.clone())) && !self.is_accuser(&Named::Here(who)));
        person || others || ACCUSED.iter().any(|name| said.contains(name))
    }

    /// Says whether what stands between 遭 and an answer holds another verb, so that its agent does not answer:
    /// 遭中共吸收的說法與事實不符, 遭美國指控的某公司否認.
    pub(super) fn describes_another(&self, hit: &CueHit<'_>, agent: &Range<usize>) -> bool {
        let answers = matches!(
            hit.cue.kind,
            StatementKind::Deny | StatementKind::NoComment | StatementKind::Confirm | StatementKind::Retract
        );
        let between = self.stretch(agent.start..hit.word.start.max(agent.start));
        let claimed = hit.cue.rule == "unacceptable-claim" || hit.cue.frame;
        let acts = || self.phrases.acts_of_accusers.stands_in(between);
        let opens = || self.text[self.clause_start(hit.word.start)..].trim_start().starts_with(['被', '遭']);
        answers && (claimed || acts() || between.contains('的') && opens())
    }

    /// Returns where the head begins of a phrase that tells who accused it: 遭美國指控的某公司, 美國指控其竊密的某公司.
    pub(super) fn head_of_accused(&self, phrase: Range<usize>) -> Option<usize> {
        let text = self.stretch(phrase.clone());
        let of = text.rfind('的')?;
        let accused = |act: &str| text.find(act).is_some_and(|at| at > 0 && at < of);
        let passive = text.trim_start().starts_with(['被', '遭']);
        let acts = passive || self.phrases.acts_of_accusers.iter().any(accused);
        let head = &text[of + '的'.len_utf8()..];
        let named = head.chars().count() >= 2 && !self.phrases.no_heads.stands_in(head);
        (acts && named).then_some(phrase.start + of + '的'.len_utf8())
    }

    /// Says whether an accusation only describes who answers it: the 指控 of 美國指控其竊密的某公司否認…….
    pub(super) fn describes_who_answers(&self, word: &Range<usize>) -> bool {
        let clause = self.clause_start(word.start);
        let rest = self.stretch(word.end..self.clause_end(word.end));
        let Some(of) = rest.find('的').filter(|of| *of <= 60) else { return false };
        let head = &rest[of + '的'.len_utf8()..];
        let answer = ["否认", "驳斥", "反驳", "拒绝", "未回应", "没有回应", "表示", "撇清"]
            .iter()
            .filter_map(|verb| head.find(verb))
            .min();
        let Some(name) = answer.map(|at| &head[..at]) else { return false };
        let opens = self.stretch(clause..word.start).chars().count() <= 16;
        opens && (2..=20).contains(&name.chars().count()) && !self.phrases.no_heads.stands_in(name)
    }

    /// Returns where a name ends in what also tells that it was charged, or what case it looks into.
    pub(super) fn before_what_befell(&self, text: &str) -> Option<usize> {
        let case = text.ends_with('案').then(|| {
            ["侦办", "侦结", "查办", "审理", "侦查"]
                .iter()
                .filter_map(|verb| text.find(verb))
                .filter(|at| *at >= 6)
                .min()
        });
        let befell = || {
            let at = ["遭", "被"].iter().filter_map(|mark| text.find(mark)).filter(|at| *at >= 6).min()?;
            let rest = &text[at + '遭'.len_utf8()..];
            let charged = self.phrases.acts_of_accusers.ends(rest) || self.phrases.accusing_ends.ends(rest);
            (charged && !rest.contains('的')).then_some(at)
        };
        case.flatten().or_else(befell)
    }

    /// Takes off who looks into what somebody did: 退役上校賀某 in 檢調偵辦退役上校賀某涉嫌…….
    pub(super) fn without_office(&self, who: Range<usize>) -> Range<usize> {
        let name = self.stretch(who.clone());
        let found = ["侦办", "侦结", "查办", "审理", "侦查"]
            .iter()
            .filter_map(|verb| name.find(verb).map(|at| at + verb.len()));
        match found.max() {
            Some(at) if name[at..].chars().count() >= 2 => who.start + at..who.end,
            _ => who,
        }
    }
}
