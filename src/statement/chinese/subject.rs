//! The subject of a Chinese clause: what stands before the adverbials that stand before the verb.

use std::ops::Range;

use super::{Named, REACH, Sentence, ends_clause};

/// What stands before a verb.
pub(super) enum Subject {
    Named(Range<usize>, Option<Range<usize>>),
    Pronoun(Range<usize>),
    Nobody,
}

impl Sentence<'_> {
    /// Finds the subject that stands before a verb.
    pub(super) fn subject(&self, verb: usize) -> Subject {
        let mut end = verb;
        for _ in 0..2 {
            let start = self.clause_start(end);
            let clause = start..end;
            if let Some(range) = self.trimmed_subject(clause.clone()) {
                return self.judge(range);
            }
            // 柯某，周五在論壇表示: a clause of adverbials only leaves the subject before the comma.
            let only_adverbial = self.lead(&self.text[clause.clone()]) > 0 || self.starts_adverbial(&self.text[clause]);
            let comma = self.text[..start].trim_end();
            if !only_adverbial || !comma.ends_with(',') {
                break;
            }
            end = comma.len() - 1;
        }
        Subject::Nobody
    }

    pub(super) fn starts_adverbial(&self, clause: &str) -> bool {
        self.words.adverbial.find(clause.trim_start()).is_some_and(|found| found.start() == 0)
    }

    /// Returns how many bytes of times and connectives open a clause.
    pub(super) fn lead(&self, clause: &str) -> usize {
        self.words.time_lead.find(clause).map_or(0, |found| found.end())
    }

    /// Takes adverbials off both ends of a clause.
    pub(super) fn trimmed_subject(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let mut text = &self.text[clause.clone()];
        let mut start = clause.start;
        let skip = text.len() - text.trim_start().len();
        (text, start) = (&text[skip..], start + skip);
        let inside_actor = |at: usize| self.actors().iter().any(|actor| actor.start < at && at < actor.end);
        let starts_actor = |at: usize| self.actors().iter().any(|actor| actor.start == at);
        let lead = self.lead(text);
        if lead > 0 && !inside_actor(start + lead) {
            (text, start) = (&text[lead..], start + lead);
        }
        let cut = self
            .words
            .adverbial
            .find_iter(text)
            .map(|found| found.start())
            .find(|at| !inside_actor(start + at) && !(starts_actor(start + at)) && !in_brackets(text, *at));
        if cut == Some(0) && text.starts_with('在') && text.ends_with('看') {
            return None;
        }
        // 向總統提供情報的某局副主任柯某: the phrase opens with an adverbial of its own and its head stands last.
        if let (Some(0), Some(head)) = (cut, text.rfind('的'))
            && text.len() > 36
        {
            let from = start + head + '的'.len_utf8();
            return (text.len() - head > 9).then(|| self.trimmed_subject(from..clause.end)).flatten();
        }
        // 中使館斥……: a verb of one character follows the actor at once.
        let bare_verb = |actor: &&Range<usize>| {
            actor.start >= start
                && actor.end <= clause.end
                && self.text[actor.end..clause.end]
                    .starts_with(['斥', '批', '轰', '呛', '驳', '促', '吁', '控', '指', '召', '敦', '谴'])
        };
        let cut = self
            .actors()
            .iter()
            .find(bare_verb)
            .map(|actor| actor.end - start)
            .filter(|end| cut.is_none_or(|cut| *end < cut))
            .or(cut);
        // 專家、曾在某局工作的某人表示: what stands before 、 is one of the descriptions, and the name stands last.
        if cut.is_some_and(|cut| text[..cut].ends_with('、'))
            && let Some(head) = text.rfind('的')
            && text.len() - head > 6
        {
            let from = start + head + '的'.len_utf8();
            return self.trimmed_subject(from..clause.end);
        }
        let mut kept = &text[..cut.unwrap_or(text.len())];
        if let Some(tail) = self.words.strip_end.find(kept)
            && !inside_actor(start + tail.start())
            && tail.start() > 0
        {
            kept = &kept[..tail.start()];
        }
        let kept = kept.trim_end();
        // 朱某批對岸…: a bare verb of one character stands between the speaker and the target.
        let bare = kept.trim_end_matches(['批', '斥', '轰', '指', '称', '说', '控', '就', '驳', '促', '吁', '呛']);
        let kept = if bare.chars().count() >= 2 { bare } else { kept };
        let opened = kept.trim_start_matches(['“', '「', '『', '"', '‘', '〔', '【']);
        let (start, kept) = (start + kept.len() - opened.len(), opened);
        let range = start..start + kept.len();
        (!kept.is_empty() && kept.chars().count() <= REACH).then_some(range)
    }

    pub(super) fn judge(&self, range: Range<usize>) -> Subject {
        let name = &self.text[range.clone()];
        if self.words.pronoun.is_match(name) {
            return Subject::Pronoun(range);
        }
        // 《甲報》引述乙說: the speaker is 乙, and 甲報 is whom the article quotes.
        if let Some(found) = self.words.reported.find(name) {
            let after = range.start + found.end()..range.end;
            let source = self.text[after.clone()].trim();
            let via = (found.start() > 0).then(|| range.start..range.start + found.start());
            return if source.chars().count() >= 2 { Subject::Named(after, via) } else { Subject::Nobody };
        }
        let first_person = ["我", "这", "那", "此"].iter().any(|word| name.starts_with(word))
            && !self.actors().iter().any(|actor| actor.start == range.start);
        let demonstrative = ["这份", "这名", "这位", "这封", "这家", "那名"].iter().any(|word| name.starts_with(word));
        if (first_person && !demonstrative)
            || self.words.not_subject.is_match(name)
            || name.chars().all(|c| !c.is_alphanumeric())
        {
            return Subject::Nobody;
        }
        Subject::Named(range, None)
    }

    /// Returns the subject of the first clause, for a verb whose own clause has none.
    pub(super) fn first_subject(&self, verb: usize) -> Option<Named> {
        let mut start = 0;
        let ends = self.text[..verb].char_indices().filter(|(at, c)| *at > 0 && ends_clause(self.text, *at, *c));
        // 去年11月，某公司發布報告，指控……: the first clause may say no more than when.
        for (end, c) in ends.take(3) {
            let subject = self.trimmed_subject(start..end).map(|range| self.judge(range));
            if let Some(Subject::Named(range, _)) = subject {
                return Some(Named::Here(range));
            }
            start = end + c.len_utf8();
        }
        None
    }
}

fn in_brackets(text: &str, at: usize) -> bool {
    let open = text[..at].matches('(').count() > text[..at].matches(')').count();
    let title = text[..at].matches('《').count() > text[..at].matches('》').count();
    open || title
}
