//! At whom an act is directed: who opens what is told of them, who is charged or judged, and of whom something is asked.

use std::ops::Range;

use super::super::{Carried, Named};
use super::Sentence;
use super::frame::Frame;
use crate::fold;
use crate::lexicon::CueHit;
use crate::model::StatementKind;

impl Sentence<'_> {
    /// Returns who opens what is told, and did it: 范某 in 范某先後收受……並寄往澳門; the agent where it befell the one who opens
    /// it: 診所遭某國駭客入侵.
    pub(super) fn leading(&self, told: &Range<usize>, accuser: bool) -> Option<Range<usize>> {
        let opened = self.text.get(told.clone())?.trim_start_matches([',', ':', ' ', '“', '「', '‘']);
        let start = told.end - opened.len();
        let lead = self.lead(opened);
        let start = start + lead;
        let told = if self.stretch(start..told.end).starts_with(',') { start + 1..told.end } else { told.clone() };
        let start = told.start.max(start);
        // 「阿鬼」真實身份是……: a name in quotation marks that opens what is told.
        let from = if self.stretch(told.start..start).ends_with(['“', '「']) {
            let close = self.stretch(start..told.end).find(['”', '」']).map(|at| start + at);
            match close.filter(|close| (2..=8).contains(&self.stretch(start..*close).chars().count())) {
                Some(close) if !self.stretch(start..close).contains(',') => return Some(start..close),
                _ => start,
            }
        } else {
            start
        };
        let clause = from..self.clause_end(from).min(told.end);
        let text = self.stretch(clause.clone());
        if let Some(agent) = self.agent_of(&clause) {
            return Some(agent);
        }
        let inside = |at: usize| self.actors().iter().any(|actor| actor.start < from + at && from + at < actor.end);
        let compound = |at: usize| self.words.compound.find_iter(text).any(|word| word.start() < at && at < word.end());
        let ends = self.phrases.doer_ends.iter().filter_map(|end| {
            text.match_indices(end)
                .map(|(at, _)| at)
                .find(|at| *at > 0 && !inside(*at) && !compound(*at) && !self.is_in_full_name(text, *at))
        });
        let digits = text.char_indices().find(|(at, c)| {
            let rest = text[*at..].trim_start_matches(|c: char| c.is_ascii_digit());
            *at > 0 && c.is_ascii_digit() && rest.starts_with(['年', '月', '日'])
        });
        let cut = ends.chain(digits.map(|(at, _)| at)).min();
        let who = self.trimmed_subject(clause.start..cut.map_or(clause.end, |cut| clause.start + cut))?;
        // 中國黑客入侵……: the verb stands behind the one who acts.
        let who = self.without_act(who);
        let name = self.stretch(who.clone());
        let stops = who.end < clause.end || self.text[who.end..].starts_with(['「', '“']);
        let count = name.chars().count();
        let fits = (2..=22).contains(&count)
            && !self.phrases.no_heads.ends(name)
            && !self.phrases.answers_given.ends(name)
            && !self.glance.has(&self.words.pronoun, name);
        let vague = ["这", "该案", "有人", "此", "本案", "全案", "有关", "外界", "我", "其中"]
            .iter()
            .any(|word| name.starts_with(word));
        let anybody = accuser && (count <= 5 && name.chars().all(fold::is_han) || name.contains('岁'));
        let known = self.is_doer(name);
        (stops && fits && (known || anybody && !vague)).then_some(who)
    }

    /// Takes the act off the one who opens a clause, where it follows at once: 前譯員 in 前譯員洩密北京.
    fn without_act(&self, who: Range<usize>) -> Range<usize> {
        let name = self.stretch(who.clone());
        if self.is_doer(name) {
            return who;
        }
        let act =
            self.words.hostile.find_iter(name).find(|word| word.start() > 0 && self.is_doer(&name[..word.start()]));
        // 台商郭某某廈門失聯, 退役上尉辦……: the title and the name, or the title alone, and then what they did.
        let named = || {
            name.char_indices().skip(2).take(6).find_map(|(at, _)| {
                let rest = &name[at..];
                let end = at + rest.char_indices().nth(3).map_or(rest.len(), |(end, _)| end);
                let family = self.phrases.surnames.begins(rest) && rest.chars().count() >= 3;
                (family && self.is_titled(&name[..at])).then_some(end)
            })
        };
        let former = || {
            let opens = ["前", "退役", "现役", "退伍", "卸任"].iter().any(|word| name.starts_with(word));
            let ends = name.char_indices().skip(3).take(8).map(|(at, _)| at);
            ends.into_iter().filter(|_| opens).filter(|at| self.is_titled(&name[..*at])).last()
        };
        let end = act.map(|word| word.start()).or_else(named).or_else(former);
        end.map_or(who.clone(), |end| who.start..who.start + end)
    }

    fn is_titled(&self, name: &str) -> bool {
        self.phrases.person_ends.ends(name) || self.phrases.doer_nouns.ends(name) || self.phrases.titles.ends(name)
    }

    /// Says whether a phrase names somebody who can do something.
    pub(super) fn is_doer(&self, name: &str) -> bool {
        let tail = name.rsplit(['的', '与', '和', '及', '、', '岁']).next().unwrap_or(name);
        let letters = tail.chars().count();
        let family = self.phrases.surnames.begins(tail) && (2..=3).contains(&letters);
        let titled = tail.char_indices().skip(2).any(|(at, _)| {
            let given = &tail[at..];
            self.is_titled(&tail[..at])
                && self.phrases.surnames.begins(given)
                && (2..=3).contains(&given.chars().count())
        });
        let actor = self.actors().iter().any(|actor| {
            let own = self.stretch(actor.clone());
            own == tail || tail.starts_with(own) && letters <= 10 && self.is_titled(tail)
        });
        let aged = name.contains("岁的") && letters <= 8;
        family || titled || actor || aged || self.is_titled(tail)
    }

    /// Returns who did what befell the one who opens a clause: 不明人士 in 有人遭不明人士跟蹤.
    fn agent_of(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        let text = self.stretch(clause.clone());
        let (at, mark) = ["遭到", "遭", "被"].iter().find_map(|mark| text.find(mark).map(|at| (at, mark)))?;
        let from = at + mark.len();
        let act = self.words.hostile.find_iter(&text[from..]).find(|word| word.start() >= 6)?;
        // 某人被吸收: whoever is won over acts from then on.
        let won = ["吸收", "招募", "策反", "收买", "拉拢", "策动", "指使", "指派", "利诱", "雇"]
            .iter()
            .any(|verb| text[from..].contains(verb));
        let agent = &text[from..from + act.start()];
        let agent = agent.trim_end_matches(|c: char| "上门以对多次所实施发动大规模".contains(c));
        let count = agent.chars().count();
        (!won && (2..=14).contains(&count) && self.is_doer(agent))
            .then(|| clause.start + from..clause.start + from + agent.len())
    }

    /// Returns whom what an accuser or a warner tells is about; a pronoun that opens it means the last person named.
    pub(super) fn told_of(&self, told: &Range<usize>, speaker: Option<&Named>, carried: &Carried) -> Option<Named> {
        let accuser = speaker.is_some_and(|speaker| self.is_accuser(speaker));
        if let Some(who) = self.leading(told, accuser) {
            return Some(Named::Here(who));
        }
        let opened = self.text.get(told.clone())?.trim_start_matches([',', ':', ' ', '“', '「']);
        let pronoun = opened.chars().next().filter(|c| matches!(c, '他' | '她'))?;
        let after = &opened[pronoun.len_utf8()..];
        if !accuser || after.starts_with(['们', '国', '人', '方']) {
            return None;
        }
        let start = told.end - opened.len();
        let here = Named::Here(start..start + pronoun.len_utf8());
        let named = self.person_before(start).map(Named::Here);
        Some(named.or_else(|| carried.person.clone().map(Named::Before)).unwrap_or(here))
    }

    /// Returns the person whom the first clause names before a verb: 台商某某廈門失聯 陸方以間諜罪拘捕.
    pub(super) fn person_before(&self, verb: usize) -> Option<Range<usize>> {
        let own = self.clause_start(verb);
        let range = match self.subject_of_first(verb) {
            Some(Named::Here(range)) => range,
            _ => self.trimmed_subject(own..verb).filter(|_| own < verb)?,
        };
        let clause = range.start..self.clause_end(range.start).min(verb);
        let who = self.leading(&clause, false).unwrap_or_else(|| self.without_act(range));
        let name = self.stretch(who.clone());
        let person = self.is_doer(name) && self.is_person(name) && !self.is_accuser(&Named::Here(who.clone()));
        let office = self.actors().iter().any(|actor| actor.end == who.end);
        (person && !office && who.end <= verb).then_some(who)
    }

    /// Returns who is charged or judged, where no object of the verb says so.
    pub(super) fn charged(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        if let Some(claim) = hit.claim.as_ref().filter(|_| hit.cue.kind == StatementKind::Verdict) {
            return self.leading(claim, true);
        }
        self.person_before(hit.word.start)
    }

    /// Returns of whom something is asked: whoever stands between the verb of asking and what they are to do, also over a comma.
    pub(super) fn asked_of(&self, hit: &CueHit<'_>) -> Option<Range<usize>> {
        let end = hit.word.start;
        let from = self.text[..end].char_indices().rev().take(30).last().map_or(0, |(at, _)| at);
        let before = self.stretch(from..end);
        let (at, verb) = self.phrases.asking.iter().filter_map(|verb| before.rfind(verb).map(|at| (at, verb))).max()?;
        let name = before[at + verb.len()..].trim_end_matches([',', '"', ' ']);
        let start = from + at + verb.len();
        let opened = name.trim_start_matches(['“', '「', '"']);
        let start = start + name.len() - opened.len();
        let name = opened.trim_end_matches(['”', '」', ',']);
        let name = ["应立即", "应当", "立即", "马上", "立刻", "必须", "应该", "尽快", "应"]
            .iter()
            .fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
        let name = name.trim_end_matches(['”', '」']);
        let fits = (2..=14).contains(&name.chars().count()) && !name.contains([',', '「', '“', ':']);
        fits.then(|| start..start + name.len())
    }

    /// Returns at whom an act is directed that tells whole sentences, or that found none at its verb.
    pub(super) fn aimed_at(
        &self,
        hit: &CueHit<'_>,
        claim: &Range<usize>,
        frame: Option<&Frame>,
        carried: &Carried,
    ) -> Option<Named> {
        match hit.cue.kind {
            StatementKind::Warn if hit.cue.sub.as_deref() != Some("threat") && claim.start >= hit.word.end => {
                self.leading(claim, false).map(Named::Here)
            }
            StatementKind::Retract => {
                let matched = self.stretch(hit.matched.clone());
                let (from, to) = (matched.find('对')? + '对'.len_utf8(), matched.rfind('的')?);
                let name = matched.get(from..to)?;
                (2..=14)
                    .contains(&name.chars().count())
                    .then(|| Named::Here(hit.matched.start + from..hit.matched.start + to))
            }
            // 對其提起公訴: the pronoun means the last person named.
            StatementKind::Charge | StatementKind::Verdict => {
                let text = self.text;
                let meant =
                    ["对其", "将其", "判处其", "判处他", "判处她", "对他", "对她", "把他", "把她", "判他", "判她"]
                        .iter()
                        .any(|word| text.contains(word));
                carried.person.clone().filter(|_| meant).map(Named::Before)
            }
            StatementKind::Accuse
                if !hit.cue.counter
                    && matches!(hit.cue.rule.as_str(), "accuses" | "exposes")
                    && claim.start >= hit.word.end =>
            {
                self.told_of(claim, frame.and_then(|frame| frame.speaker.as_ref()), carried)
            }
            _ => None,
        }
    }
}
