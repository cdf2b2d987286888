//! Who is said to say what: verbs of saying, headline colons, and quotations that run on.

use std::borrow::Cow;
use std::ops::Range;

use super::super::{Carried, Draft, Named};
use super::Sentence;
use super::subject::Subject;
use crate::fold;
use crate::model::{Place, Polarity, StatementKind, Voice};

/// Somebody is said to say something; ranges are bytes of the folded sentence.
pub(super) struct Frame {
    pub(super) speaker: Option<Named>,
    pub(super) via: Option<Range<usize>>,
    pub(super) verb: Range<usize>,
    pub(super) content: Range<usize>,
    /// Where the content of the next frame begins, or the end of this one.
    pub(super) direct_end: usize,
    pub(super) confidence: f64,
}

impl Sentence<'_> {
    /// Finds who is said to say what, in the order of the text.
    pub(super) fn frames(&self, carried: &Carried) -> Vec<Frame> {
        let mut frames = Vec::new();
        if (carried.open_quote || carried.turn)
            && let Some(name) = &carried.speaker
        {
            let close = self.text.find(['”', '」', '』']).filter(|_| carried.open_quote);
            let end = close.unwrap_or(self.text.len());
            let speaker = Some(Named::Before(name.clone()));
            frames.push(Frame { speaker, via: None, verb: 0..0, content: 0..end, direct_end: end, confidence: 0.7 });
        }
        frames.extend(self.according());
        frames.extend(self.text.match_indices(':').filter_map(|(at, _)| self.colon(at)).take(3));
        if frames.iter().all(|frame| frame.verb.is_empty() || self.stretch(frame.verb.clone()) != ":") {
            frames.extend(self.answer(carried));
        }
        let false_verbs: Vec<Range<usize>> = self.glance.all_of(&self.words.say_false, self.text).collect();
        for verb in self.glance.all_of(&self.words.say, self.text) {
            let is_false = false_verbs.iter().any(|range| range.start < verb.end && verb.start < range.end);
            let inside_actor = self.actors().iter().any(|range| range.start < verb.start && verb.end < range.end);
            if is_false || inside_actor {
                continue;
            }
            frames.extend(self.frame(verb, &frames, carried));
        }
        frames.extend(self.quoted_after_colon(&frames, carried));
        // Of two frames that hold a word, the one that begins later says whose it is.
        frames.sort_by_key(|frame: &Frame| frame.verb.start);
        self.end_at_turns(&mut frames);
        // 甲認為，雖然乙聲稱……，但是……: after the turn the word is 甲's again.
        for frame in frames.iter_mut().skip(1).filter(|frame| frame.verb.end <= frame.content.start) {
            let said = self.stretch(frame.content.clone());
            if self.text[..frame.verb.start].contains("虽")
                && let Some(turn) = said.find(",但")
            {
                frame.content.end = frame.content.start + turn;
                frame.direct_end = frame.direct_end.min(frame.content.end);
            }
        }
        let starts: Vec<usize> = frames.iter().map(|frame| frame.verb.start).collect();
        for (at, frame) in frames.iter_mut().enumerate() {
            let next =
                starts.iter().skip(at + 1).find(|start| **start > frame.content.start && **start < frame.content.end);
            frame.direct_end =
                next.map_or(frame.content.end, |start| self.clause_start(*start).max(frame.content.start));
        }
        frames
    }

    /// Ends what is said where a headline gives the word to another: 甲指乙竊密　丙：無中生有.
    fn end_at_turns(&self, frames: &mut [Frame]) {
        let colons: Vec<usize> = frames
            .iter()
            .filter(|frame| self.stretch(frame.verb.clone()) == ":")
            .filter_map(|frame| match &frame.speaker {
                Some(Named::Here(range)) => Some(range.start),
                _ => None,
            })
            .collect();
        // Nor does it reach over a break of the headline behind which an actor begins: 甲警告乙　丙斥捏造.
        let turns = self.actors().iter().map(|actor| actor.start).filter(|start| {
            self.scene.place == Place::Title
                && self.text[..*start].ends_with(' ')
                && !self.text[..*start].contains('「')
        });
        let mut ends: Vec<usize> = colons.into_iter().chain(turns).collect();
        ends.sort_unstable();
        for frame in frames.iter_mut() {
            let next = ends.iter().find(|end| frame.content.start < **end && **end < frame.content.end);
            if let Some(next) = next.filter(|_| frame.verb.end <= frame.content.start) {
                frame.content.end = *next;
                frame.direct_end = frame.direct_end.min(*next);
            }
        }
    }

    /// Says whether somebody is said to do something hostile in a part of the sentence.
    fn tells_of_an_act(&self, content: &Range<usize>) -> bool {
        let said = self.stretch(content.clone());
        // 外界指警察騷擾的說法並不正確: the claim is told to be untrue.
        let untrue = ["不实", "不正确", "不准确", "失实", "有误"]
            .iter()
            .any(|word| said.trim_end_matches(['。', '」', '”']).ends_with(word));
        if untrue {
            return false;
        }
        let mut any = false;
        for found in self.words.hostile.find_iter(said) {
            let before = &said[..found.start()];
            let clause = before.rsplit([',', ';', ':', '。']).next().unwrap_or(before);
            let near = clause.char_indices().rev().nth(11).map_or(clause, |(at, _)| &clause[at..]);
            // 不允許從事黑客活動 tells of none.
            if self.glance.has(&self.words.unsaid, near) && !near.contains("停止") {
                continue;
            }
            // 正就有無替解放軍蒐集情報展開清查 leaves open whether it was done, as rumour does.
            if [
                "无法确认",
                "无法证实",
                "未能确认",
                "不确定",
                "是否",
                "有无",
                "有没有",
                "会否",
                "能否",
                "网传",
                "外传",
                "谣传",
                "传言",
                "所谓",
            ]
            .iter()
            .any(|word| clause.contains(word))
            {
                continue;
            }
            // 冷戰結束以後 is an age, and no act.
            let age = found.as_str() == "冷战"
                && ["后", "时代", "结束", "时期", "以后", "期间"]
                    .iter()
                    .any(|age| said[found.end()..].starts_with(age));
            // 監視器均為國產 tells of a thing.
            let thing = matches!(found.as_str(), "监视" | "监控" | "监听")
                && self.phrases.described.begins(&said[found.end()..]);
            if age || thing {
                continue;
            }
            // 受統戰組織資助: what the longer words hold may tell more than they do.
            let inner = found.as_str().char_indices().nth(1).map_or("", |(at, _)| &found.as_str()[at..]);
            let tells = |word: &str| !self.words.topical.is_match(word);
            if tells(found.as_str()) || self.words.hostile.find_iter(inner).any(|word| tells(word.as_str())) {
                return true;
            }
            any = true;
        }
        any && self.actors().iter().any(|actor| content.start <= actor.start && actor.end <= content.end)
    }

    /// Says whether the one who is said to speak speaks for the accused.
    fn defends(&self, frame: &Frame) -> bool {
        self.folded_name(frame)
            .is_some_and(|name| self.words.lawyer.is_match(&name) && !self.words.accuser.is_match(&name))
    }

    /// Returns who is said to speak, folded.
    fn folded_name(&self, frame: &Frame) -> Option<Cow<'_, str>> {
        match frame.speaker.as_ref()? {
            Named::Here(range) => Some(Cow::Borrowed(self.stretch(range.clone()))),
            Named::Before(name) => Some(Cow::Owned(fold::text(name))),
        }
    }

    /// Says whether one whose office it is to accuse tells what the accused did, in whatever words: 檢方指，他把名單交給…….
    fn tells_of_the_accused(&self, frame: &Frame, said: &str) -> bool {
        let accuses = self.folded_name(frame).is_some_and(|name| self.words.accuser.is_match(&name));
        let told = said.chars().filter(|c| fold::is_han(*c)).count() >= 8;
        accuses && told && !self.glance.has(&self.words.procedure, said)
    }

    /// Reads 據國家安全部消息，……: whose word the sentence is.
    fn according(&self) -> Option<Frame> {
        let rest = self.text.strip_prefix('根').unwrap_or(self.text);
        let rest = rest.strip_prefix('据')?;
        let start = self.text.len() - rest.len();
        let end = rest.find([',', ':']).filter(|end| *end < 110)?;
        let clause = &rest[..end];
        // 根據24頁的訴狀: the paper itself accuses.
        if self.phrases.court_papers.ends(clause) {
            let content = start + end + 1..self.text.len();
            let (speaker, verb) = (Some(Named::Here(start..start + end)), 0..start);
            return Some(Frame { speaker, via: None, verb, direct_end: content.end, content, confidence: 0.8 });
        }
        let mark = ["消息", "通报", "公告", "报告", "声明", "披露", "介绍", "的说法", "透露", "表示", "称", "指"]
            .iter()
            .find(|mark| clause.ends_with(**mark))?;
        let name = clause[..clause.len() - mark.len()].trim_end_matches("微信公众号").trim_end_matches("官网");
        let range = start..start + name.len();
        let named = self.actors().iter().any(|actor| range.start <= actor.start && actor.end <= range.end);
        if name.chars().count() < 2 || !named {
            return None;
        }
        let content = start + end + 1..self.text.len();
        let speaker = Some(Named::Here(range));
        let verb = start + name.len()..start + end;
        Some(Frame { speaker, via: None, verb, direct_end: content.end, content, confidence: 0.8 })
    }

    fn frame(&self, verb: Range<usize>, before: &[Frame], carried: &Carried) -> Option<Frame> {
        // 在某人看來: whose view it is stands between.
        if self.stretch(verb.clone()) == "看来" {
            let clause = self.clause_start(verb.start);
            let name = self.stretch(clause..verb.start).trim_start().strip_prefix('在')?;
            let speaker = Some(Named::Here(verb.start - name.len()..verb.start));
            let content = verb.end..self.text.len();
            let direct_end = content.end;
            return Some(Frame { speaker, via: None, verb, content, direct_end, confidence: 0.75 });
        }
        let weak = matches!(
            self.stretch(verb.clone()),
            "发现" | "显示" | "表明" | "评估" | "估计" | "怀疑" | "分析" | "质疑" | "形容"
        );
        let named_before = || before.iter().rev().find_map(|frame| frame.speaker.clone());
        // 檢方指出，被告到案後否認，辯稱……: the accused pleads so in what the accuser tells.
        let pleads =
            matches!(self.stretch(verb.clone()), "辩称" | "供称" | "坚称" | "声称" | "自辩" | "辩护称" | "反问");
        let accused = || {
            let teller =
                before.iter().rev().find(|frame| frame.content.start < verb.start && verb.end <= frame.content.end)?;
            let accuses = teller.speaker.as_ref().is_some_and(|speaker| self.is_accuser(speaker));
            accuses.then(|| self.accused_in(teller.content.start..verb.start, carried)).flatten()
        };
        let (speaker, via) = match self.subject(verb.start) {
            Subject::Pronoun(_) | Subject::Nobody if pleads && accused().is_some() => (accused(), None),
            Subject::Named(range, _) if weak && !self.researches(&range) => return None,
            Subject::Named(range, via) => (Some(Named::Here(range)), via),
            Subject::Pronoun(range) if before.iter().any(|frame| self.is_quoted_by(frame, range.start)) => {
                (Some(Named::Here(range)), None)
            }
            Subject::Pronoun(range) => (Some(self.meant(range, named_before(), carried)), None),
            Subject::Nobody if weak => return None,
            // 「……」，還說，指中國……: the subject is the one before.
            Subject::Nobody => {
                let earlier = || carried.meant().filter(|_| self.opens_with_what_is_quoted(verb.start));
                (Some(named_before().or_else(|| self.named_earlier(verb.start, carried)).or_else(earlier)?), None)
            }
        };
        let rest = self.text[verb.end..].trim_matches(|c: char| c.is_whitespace() || "。.!?,;了道过:".contains(c));
        let content = if rest.is_empty() {
            // The words stand before: 「……」，發言人強調。
            let start = match &speaker {
                // 「……」，剛上任的發言人某某說: what describes the speaker is no part of what is said.
                Some(Named::Here(range)) => self.clause_start(range.start),
                _ => self.clause_start(verb.start),
            };
            0..start
        } else {
            verb.end..self.text.len()
        };
        let direct_end = content.end;
        (!content.is_empty()).then_some(Frame { speaker, via, verb, content, direct_end, confidence: 0.8 })
    }

    /// Says whether a subject is one that finds things out.
    fn researches(&self, subject: &Range<usize>) -> bool {
        let name = self.stretch(subject.clone());
        let kinds = [
            "报告",
            "研究",
            "调查",
            "专家",
            "公司",
            "机构",
            "机关",
            "分析",
            "情报",
            "局",
            "部",
            "报道",
            "报导",
            "数据",
            "文件",
            "人员",
            "实验室",
            "团队",
        ];
        kinds.iter().any(|kind| name.ends_with(kind) || name.contains(kind))
            || self.actors().iter().any(|actor| subject.start <= actor.start && actor.end <= subject.end)
    }

    /// Reads 某人連連擺手：「……」: whatever a clause tells before a colon and a quotation, its subject says what is quoted.
    fn quoted_after_colon(&self, before: &[Frame], carried: &Carried) -> Option<Frame> {
        let colon = [":“", ":「"].iter().filter_map(|mark| self.text.find(mark)).min()?;
        let clause = self.clause_start(colon);
        let has_verb = before.iter().any(|frame| clause <= frame.verb.start && frame.verb.start <= colon);
        if has_verb || self.scene.place != Place::Text {
            return None;
        }
        let speaker = match self.subject(colon) {
            Subject::Named(range, _) => Named::Here(range),
            Subject::Pronoun(range) => self.meant(range, None, carried),
            Subject::Nobody => self.named_earlier(colon, carried)?,
        };
        let content = colon + 1..self.text.len();
        let (verb, direct_end) = (colon..colon + 1, content.end);
        Some(Frame { speaker: Some(speaker), via: None, verb, content, direct_end, confidence: 0.75 })
    }

    /// Reads the turn of one who answers in a transcript, 林某：……: a name alone before the colon that opens a paragraph, where
    /// a question came before or where the name is known.
    fn answer(&self, carried: &Carried) -> Option<Frame> {
        let colon = self.text.find(':').filter(|_| self.scene.place == Place::Text)?;
        let name = self.text[..colon].trim();
        let given = self.phrases.titles.iter().filter_map(|title| name.rfind(title).map(|at| at + title.len())).max();
        let bare = &name[given.unwrap_or(0)..];
        let letters = bare.chars().count();
        let is_name = name.chars().all(fold::is_han)
            && ((2..=4).contains(&letters) || given.is_some() && letters == 0 && name.chars().count() <= 12);
        let known = [&carried.speaker, &carried.person]
            .into_iter()
            .flatten()
            .any(|full| fold::text(full).ends_with(bare) && !bare.is_empty());
        let asks = ["问", "记者", "主持"].iter().any(|word| name.contains(word));
        if !is_name
            || asks
            || !(carried.asked || known || given.is_some())
            || self.glance.has(&self.words.colon_topic, name)
        {
            return None;
        }
        let content = colon + 1..self.text.len();
        let direct_end = content.end;
        let (verb, speaker) = (colon..colon + 1, Some(Named::Here(0..colon)));
        (!content.is_empty()).then_some(Frame { speaker, via: None, verb, content, direct_end, confidence: 0.8 })
    }

    /// Reads a headline's colon, and that of a short line that stands as a headline in the text.
    fn colon(&self, at: usize) -> Option<Frame> {
        let short_line =
            self.scene.place == Place::Text && !self.text.ends_with('。') && self.text.chars().count() <= 60;
        if self.scene.place == Place::Text && !short_line {
            return None;
        }
        let left = self.text[..at].trim();
        let start = at - left.len() - (self.text[..at].len() - self.text[..at].trim_end().len());
        // What stands before the last break of the headline is another clause.
        let cut = left.rfind([' ', '!', '?', '。', ',', '】', ']', '|']).map_or(0, |space| space + 1);
        let cut = if left.is_char_boundary(cut) {
            cut
        } else {
            left.char_indices().map(|(at, _)| at).find(|at| *at >= cut)?
        };
        let name = left[cut..].trim_start_matches(['】', ']', ' ']);
        // 某局警告：…… is the verb's, and 警告 no part of a name.
        if self.words.say.find_iter(name).last().is_some_and(|verb| verb.end() == name.len() && verb.start() > 0) {
            return None;
        }
        let from = start + left.len() - name.len();
        // 某使館回嗆：……: the verb of answering is no part of the name.
        let name = ["回呛", "反呛", "回击", "反击", "反轰", "回怼"]
            .iter()
            .find_map(|verb| name.strip_suffix(verb))
            .unwrap_or(name);
        let name = self.answers_about(name).map_or(name, |end| &name[..end]);
        let range = from..from + name.len();
        let length = name.chars().count();
        // 華裔教授護照遭扣 妻：他沒洩密.
        let kin =
            self.scene.place == Place::Title && matches!(name, "妻" | "夫" | "父" | "母" | "子" | "女" | "兄" | "姐");
        if !(2..=24).contains(&length) && !kin || self.glance.has(&self.words.colon_topic, name) {
            return None;
        }
        // An office alone, or an office and a name: 中情局柯某.
        let actor = self.actors().iter().any(|actor| {
            actor.start >= range.start
                && (actor.end == range.end || actor.start == range.start && length <= 10 && actor.end < range.end)
        });
        let office = self.glance.has(&self.words.colon_end, name);
        let person = (2..=4).contains(&length) && name.chars().all(fold::is_han) && self.scene.place == Place::Title;
        if !(actor || office || person || kin) {
            return None;
        }
        let content = at + 1..self.text.len();
        let confidence = if actor || office { 0.75 } else { 0.6 };
        let direct_end = content.end;
        (!content.is_empty()).then_some(Frame {
            speaker: Some(Named::Here(range)),
            via: None,
            verb: at..at + 1,
            content,
            direct_end,
            confidence,
        })
    }

    /// Returns what a sentence without a speaker may say for the one who spoke before it, without quotation marks.
    pub(super) fn goes_on(&self, frames: &[Frame], carried: &Carried) -> Option<Frame> {
        let name = carried.speaker.as_ref().filter(|_| frames.is_empty() && carried.tells)?;
        let (speaker, all) = (Some(Named::Before(name.clone())), 0..self.text.len());
        let direct_end = all.end;
        Some(Frame { speaker, via: None, verb: 0..0, content: all, direct_end, confidence: 0.65 })
    }

    /// Takes an accusation from a verb of saying and a hostile act in what is said.
    pub(super) fn accusation(&self, frame: &Frame, drafts: &[Draft], carried: &Carried) -> Option<Draft> {
        // 甲說，黑客入侵……，乙未作回應: what another does in the same sentence is not what 甲 says.
        let anothers = |draft: &&Draft| {
            let answers = matches!(draft.kind, StatementKind::Deny | StatementKind::NoComment | StatementKind::Condemn);
            answers
                && matches!((&draft.speaker, &frame.speaker), (Some(Named::Here(theirs)), Some(Named::Here(own)))
                if theirs.start >= frame.content.start && theirs != own && draft.cue.start >= theirs.end)
        };
        let end = drafts.iter().filter(anothers).filter_map(|draft| match &draft.speaker {
            Some(Named::Here(theirs)) => Some(theirs.start.max(self.clause_start(draft.cue.start))),
            _ => None,
        });
        let content = frame.content.start..end.min().map_or(frame.direct_end, |end| end.min(frame.direct_end));
        let said = self.text.get(content.clone())?;
        let taken = drafts.iter().filter(|draft| !anothers(draft)).any(|draft| {
            let inside =
                frame.content.start <= draft.cue.start && draft.cue.end <= frame.direct_end.max(frame.content.end);
            let is_verb = draft.cue.start < frame.verb.end && frame.verb.start < draft.cue.end;
            let tells = !matches!(draft.kind, StatementKind::Investigate | StatementKind::Confirm);
            // 起訴某甲，指他……: the charge and what it says are one.
            let charged = draft.kind == StatementKind::Charge
                && draft.voice == Voice::Active
                && draft.cue.end <= frame.verb.start;
            is_verb
                || charged
                || (inside && tells && draft.polarity == Polarity::Asserted && draft.voice == Voice::Active)
        });
        let wonders = matches!(self.stretch(frame.verb.clone()), "反问" | "质问" | "质疑")
            && ["谁", "何", "什么", "什么", "怎么"].iter().any(|word| said.contains(word));
        // 澄清，……: what is told is another account, and no accusation.
        let clears_up = self.stretch(frame.verb.clone()).starts_with("澄清");
        // 已下令封鎖網站: who says it does it.
        let own_act = self.phrases.own_acts.begins(said.trim_start_matches([',', ':', '“', '「']));
        let asks = said.trim_end_matches([' ', '」', '”', '。']).ends_with(['?', '吗']) || wonders || own_act;
        // Who speaks for the accused tells no act of theirs.
        let defends = self.defends(frame);
        let names_threat =
            self.places.get().threats.iter().any(|range| content.start <= range.start && range.end <= content.end);
        // 公司否認有漏洞，稱資料來自外判商 goes on with the denial, unless it names another side.
        let denied = drafts
            .iter()
            .any(|draft| draft.kind == StatementKind::Deny && !draft.candidate && draft.cue.end <= frame.verb.start);
        let names_a_side =
            || self.actors().iter().any(|actor| content.start <= actor.start && actor.end <= content.end);
        if taken
            || defends
            || clears_up
            || denied && !names_a_side()
            || asks
            || self.asked(frame.verb.start)
            || !(names_threat || self.tells_of_an_act(&content) || self.tells_of_the_accused(frame, said))
        {
            return None;
        }
        let clause = self.clause_start(frame.verb.start);
        // 控罪指，……: the charge itself brings none, and who brought it is not said.
        let charge =
            matches!(&frame.speaker, Some(Named::Here(range)) if self.stretch(range.clone()).ends_with("控罪"));
        let hypothetical = self.glance.has(&self.words.hypothetical_clause, self.stretch(clause..frame.verb.start))
            || ["若", "如果", "倘若", "一旦"]
                .iter()
                .any(|word| said.trim_start_matches([',', ':', '“', '「']).starts_with(word));
        Some(Draft {
            kind: StatementKind::Accuse,
            sub: None,
            speaker: frame.speaker.clone().filter(|_| !charge),
            target: self
                .who_serves(&content)
                .map(Named::Here)
                .or_else(|| self.told_of(&content, frame.speaker.as_ref(), carried))
                .or_else(|| self.doer(&content).map(Named::Here)),
            cue: frame.verb.clone(),
            claim: content,
            polarity: match (self.glance.has(&self.words.negated, self.stretch(clause..frame.verb.start)), hypothetical)
            {
                (true, _) => Polarity::Negated,
                (_, true) => Polarity::Hypothetical,
                _ => Polarity::Asserted,
            },
            voice: if charge { Voice::Agentless } else { Voice::Active },
            counter: false,
            background: self.glance.has(&self.words.earlier, self.stretch(clause..frame.verb.start)),
            via: frame.via.clone(),
            running_quote: frame.verb.is_empty(),
            confidence: frame.confidence - 0.15,
            candidate: frame.speaker.is_none(),
            rule: if frame.verb.is_empty() { "zh.running-quote".to_owned() } else { "zh.says-hostile".to_owned() },
        })
    }
}
