//! Chinese sentences: the order is speaker, adverbials, cue, and then what is said.

use std::ops::Range;

use super::{Carried, Draft, Named, Scene};
use crate::fold;
use crate::lexicon::{ActorKind, CueHit, CueTable, CueVoice, Lexicon, Object, WordTable};
use crate::model::{Place, Polarity, StatementKind, Voice};

/// How far before a cue its subject may begin, in characters.
const REACH: usize = 60;

/// Somebody is said to say something; ranges are bytes of the folded sentence.
struct Frame {
    speaker: Option<Named>,
    via: Option<Range<usize>>,
    verb: Range<usize>,
    content: Range<usize>,
    /// Where the content of the next frame begins, or the end of this one.
    direct_end: usize,
    confidence: f64,
}

/// Reads one sentence.
pub(super) fn read(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &mut Carried) -> Vec<Draft> {
    let sentence = Sentence::new(lexicon, table, scene);
    let frames = sentence.frames(carried);
    let mut drafts = Vec::new();
    let hits = table.find(sentence.text);
    let mut last: Option<Named> = None;
    for hit in &hits {
        if let Some(draft) = sentence.draft(hit, &frames, last.as_ref(), carried) {
            last = draft.speaker.clone().or(last);
            drafts.push(draft);
        }
    }
    for frame in &frames {
        drafts.extend(sentence.accusation(frame, &drafts));
    }
    drafts.sort_by_key(|draft| draft.cue.start);
    sentence.remember(&frames, last, carried);
    drafts
}

struct Sentence<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    words: &'a WordTable,
    /// Where actors are named, in bytes of the folded sentence.
    actors: Vec<Range<usize>>,
    /// Where hacking groups are named: to name one is to tell of an act.
    threats: Vec<Range<usize>>,
    /// True when the sentence tells what a journalist asked.
    asked: bool,
}

impl<'a> Sentence<'a> {
    fn new(lexicon: &Lexicon, table: &'a CueTable, scene: &'a Scene<'a>) -> Self {
        let text = scene.folded.text.as_str();
        let places = lexicon.actor_places(scene.print(), &scene.folded);
        let threats = places.iter().filter(|(_, kind)| *kind == ActorKind::ThreatActor).map(|(range, _)| range.clone());
        let threats = threats.collect();
        let asked = text.contains("记者") && ["提问", "问及", "问:", "有何评论", "有何回应", "追问"].iter().any(|word| text.contains(word));
        let actors = places.into_iter().map(|(range, _)| range).collect();
        Self { scene, text, words: &table.words, actors, threats, asked }
    }

    /// Finds who is said to say what, in the order of the text.
    fn frames(&self, carried: &Carried) -> Vec<Frame> {
        let mut frames = Vec::new();
        if carried.open_quote && let Some(name) = &carried.speaker {
            let end = self.text.find(['”', '」', '』']).unwrap_or(self.text.len());
            let speaker = Some(Named::Before(name.clone()));
            frames.push(Frame { speaker, via: None, verb: 0..0, content: 0..end, direct_end: end, confidence: 0.7 });
        }
        frames.extend(self.text.match_indices(':').filter_map(|(at, _)| self.colon(at)).take(3));
        let false_verbs: Vec<Range<usize>> = self.words.say_false.find_iter(self.text).map(|found| found.range()).collect();
        for found in self.words.say.find_iter(self.text) {
            let verb = found.range();
            let is_false = false_verbs.iter().any(|range| range.start < verb.end && verb.start < range.end);
            let inside_actor = self.actors.iter().any(|range| range.start < verb.start && verb.end < range.end);
            if is_false || inside_actor {
                continue;
            }
            frames.extend(self.frame(verb, &frames, carried));
        }
        let starts: Vec<usize> = frames.iter().map(|frame| frame.verb.start).collect();
        for (at, frame) in frames.iter_mut().enumerate() {
            let next = starts.iter().skip(at + 1).find(|start| **start > frame.content.start && **start < frame.content.end);
            frame.direct_end = next.map_or(frame.content.end, |start| self.clause_start(*start).max(frame.content.start));
        }
        frames
    }

    fn frame(&self, verb: Range<usize>, before: &[Frame], carried: &Carried) -> Option<Frame> {
        let weak = matches!(&self.text[verb.clone()], "发现" | "显示" | "评估" | "估计" | "怀疑" | "分析" | "质疑" | "形容");
        let named_before = || before.iter().rev().find_map(|frame| frame.speaker.clone());
        let (speaker, via) = match self.subject(verb.start) {
            Subject::Named(range, _) if weak && !self.researches(&range) => return None,
            Subject::Named(range, via) => (Some(Named::Here(range)), via),
            Subject::Pronoun(range) => (Some(carried.meant().or_else(named_before).unwrap_or(Named::Here(range))), None),
            Subject::Nobody if weak => return None,
            // 「……」，還說，指中國……: the subject is the one before.
            Subject::Nobody => (Some(named_before().or_else(|| self.first_subject(verb.start))?), None),
        };
        let rest = self.text[verb.end..].trim_matches(|c: char| c.is_whitespace() || "。.!?,;了道过:".contains(c));
        let content = if rest.is_empty() {
            // The words stand before: 「……」，發言人強調。
            let start = match &speaker {
                Some(Named::Here(range)) => range.start,
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
        let name = &self.text[subject.clone()];
        let kinds = ["报告", "研究", "调查", "专家", "公司", "机构", "分析", "情报", "局", "部", "报道", "报导", "数据", "文件", "人员", "实验室", "团队"];
        kinds.iter().any(|kind| name.ends_with(kind) || name.contains(kind)) || self.actors.iter().any(|actor| subject.start <= actor.start && actor.end <= subject.end)
    }

    /// Returns the subject of the first clause, for a verb whose own clause has none.
    fn first_subject(&self, verb: usize) -> Option<Named> {
        let first = self.text[..verb].find(',')?;
        match self.judge(self.trimmed_subject(0..first)?) {
            Subject::Named(range, _) => Some(Named::Here(range)),
            _ => None,
        }
    }

    /// Reads a headline's colon, and that of a short line that stands as a headline in the text.
    fn colon(&self, at: usize) -> Option<Frame> {
        let short_line = self.scene.place == Place::Text && !self.text.ends_with('。') && self.text.chars().count() <= 60;
        if self.scene.place == Place::Text && !short_line {
            return None;
        }
        let left = self.text[..at].trim();
        let start = at - left.len() - (self.text[..at].len() - self.text[..at].trim_end().len());
        // What stands before the last break of the headline is another clause.
        let cut = left.rfind([' ', '!', '?', '。', ',', '】', ']', '|']).map_or(0, |space| space + 1);
        let cut = if left.is_char_boundary(cut) { cut } else { left.char_indices().map(|(at, _)| at).find(|at| *at >= cut)? };
        let name = left[cut..].trim_start_matches(['】', ']', ' ']);
        let from = start + left.len() - name.len();
        let range = from..from + name.len();
        let length = name.chars().count();
        if !(2..=24).contains(&length) || self.words.colon_topic.is_match(name) {
            return None;
        }
        // An office alone, or an office and a name: 中情局柯某.
        let actor = self.actors.iter().any(|actor| {
            actor.start >= range.start && (actor.end == range.end || actor.start == range.start && length <= 10 && actor.end < range.end)
        });
        let office = self.words.colon_end.is_match(name);
        let person = (2..=4).contains(&length) && name.chars().all(fold::is_han) && self.scene.place == Place::Title;
        if !(actor || office || person) {
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

    /// Turns a cue into a statement, or finds that it is none.
    fn draft(&self, hit: &CueHit<'_>, frames: &[Frame], last: Option<&Named>, carried: &Carried) -> Option<Draft> {
        let cue = hit.cue;
        let frame = frames
            .iter()
            .filter(|frame| frame.content.start <= hit.word.start && hit.word.end <= frame.content.end)
            .next_back();
        let clause = self.clause_start(hit.word.start);
        let rest_end = self.text.len();
        if matches!(cue.object, Object::Hostile) && !self.words.hostile.is_match(&self.text[hit.word.end..rest_end]) {
            return None;
        }
        let framed = frame.and_then(|frame| frame.speaker.clone());
        let in_sentence = || frames.iter().rev().find(|frame| frame.verb.end <= hit.word.start).and_then(|frame| frame.speaker.clone());
        let earlier = last.cloned().or_else(in_sentence);
        let own = self.subject(hit.target.as_ref().map_or(hit.word.start, |target| target.start));
        let word = &self.text[hit.word.clone()];
        if cue.rule == "smear" && !self.is_predicate(&hit.word) {
            return None;
        }
        let mut target = hit.target.clone();
        let mut voice = Voice::Active;
        let mut confidence: f64 = 0.9;
        let mut candidate = !cue.certain;
        let by = self.by_whom(hit.word.start);
        let speaks_to_target = cue.kind == StatementKind::Demand && word.starts_with(['应', '必', '须', '停', '立', '不']);
        // In these the subject of the clause is the one spoken of, or the side that the speaker speaks for.
        let others_subject = cue.frame || speaks_to_target || (cue.counter && framed.is_some()) || word.starts_with("不可") || word.starts_with("不能")
            || (cue.sub.as_deref() == Some("threat") && framed.is_some());
        let speaker = if cue.voice == CueVoice::Passive || (word.starts_with(['被', '遭', '获']) && cue.kind == StatementKind::Verdict) {
            voice = Voice::Agentless;
            target = self.named(&own);
            None
        } else if let Some((agent, whom)) = by {
            voice = if agent.is_empty() { Voice::Agentless } else { Voice::Passive };
            target = whom;
            (!agent.is_empty()).then_some(Named::Here(agent))
        } else if others_subject {
            if speaks_to_target {
                target = self.named(&own);
            }
            let speaker = framed.or(earlier);
            if speaker.is_none() {
                confidence = 0.55;
            }
            speaker.or_else(|| carried.in_paragraph())
        } else {
            match &own {
                // 中方 is the side that the spokesperson speaks for.
                Subject::Named(range, _) if matches!(&self.text[range.clone()], "中方" | "我方" | "我国") => {
                    framed.or_else(|| carried.in_paragraph()).or(Some(Named::Here(range.clone())))
                }
                Subject::Named(range, _) => Some(Named::Here(range.clone())),
                Subject::Pronoun(range) => Some(framed.or_else(|| carried.meant()).unwrap_or(Named::Here(range.clone()))),
                Subject::Nobody => {
                    let speaker = framed.or(earlier).or_else(|| self.first_subject(hit.word.start));
                    if speaker.is_none() {
                        confidence = 0.6;
                        // A confirmation or a charge that nobody in the sentence makes is mostly the outlet's own word.
                        candidate |= matches!(cue.kind, StatementKind::Confirm | StatementKind::Charge | StatementKind::Verdict);
                    }
                    speaker.or_else(|| carried.in_paragraph())
                }
            }
        };
        let needs_power = matches!(cue.kind, StatementKind::Charge | StatementKind::Verdict);
        if needs_power && voice == Voice::Active && !self.has_power(speaker.as_ref()) {
            voice = Voice::Agentless;
            target = target.or_else(|| self.named(&own));
            return Some(self.finish(hit, None, target, voice, 0.6, true, clause, frame));
        }
        if speaker.is_none() && voice == Voice::Active {
            candidate = true;
        }
        Some(self.finish(hit, speaker, target, voice, confidence, candidate, clause, frame))
    }

    /// Says whether a smear word is what is said of a claim, and not what somebody does to somebody: 純屬捏造, not 詆毀某國.
    fn is_predicate(&self, word: &Range<usize>) -> bool {
        let matched = &self.text[word.clone()];
        let before = &self.text[..word.start];
        let after = self.text[word.end..].trim_start_matches(['、', '和', '与']);
        let acts = ["停止", "散布", "企图", "进行", "试图", "通过", "从事", "的手段", "控"];
        let tail = before.char_indices().rev().nth(7).map_or(before, |(at, _)| &before[at..]);
        if acts.iter().any(|act| tail.contains(act)) {
            return false;
        }
        // Where the other side is said to turn things around, its smear is what it is accused of.
        let turned = ["倒打一耙", "贼喊捉贼", "反咬一口"].iter().any(|word| self.text.contains(word));
        if turned && !self.words.claim.is_match(before) {
            return false;
        }
        let says_so = ["纯属", "完全", "纯粹", "就是", "都是", "是", "属", "系", "多为", "均为", "恶意", "蓄意", "无端", "凭空", "刻意"];
        let prefixed = says_so.iter().any(|mark| matched.starts_with(mark)) || before.ends_with(['、', '是', '属', ':', '“', '「', '"', '为']);
        let ends = after.is_empty() || after.starts_with([',', '。', ';', '!', '”', '」', '"', '的', '之', ' ', '诋', '污', '抹', '诬', '捏', '造']);
        prefixed || (ends && self.words.claim.is_match(self.text))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one statement, found one by one")]
    fn finish(
        &self,
        hit: &CueHit<'_>,
        speaker: Option<Named>,
        target: Option<Range<usize>>,
        voice: Voice,
        confidence: f64,
        candidate: bool,
        clause: usize,
        frame: Option<&Frame>,
    ) -> Draft {
        let claim = self.claim(hit, clause, frame);
        Draft {
            kind: hit.cue.kind,
            sub: hit.cue.sub.clone(),
            polarity: self.polarity(hit, clause),
            background: self.words.earlier.is_match(&self.text[clause..hit.word.start]),
            via: frame.and_then(|frame| frame.via.clone()),
            running_quote: frame.is_some_and(|frame| frame.verb.is_empty()),
            speaker,
            target,
            cue: hit.word.clone(),
            claim,
            voice,
            counter: hit.cue.counter,
            confidence: if frame.is_some_and(|frame| frame.confidence < 0.7) { confidence - 0.1 } else { confidence },
            candidate,
            rule: format!("zh.{}", hit.cue.rule),
        }
    }

    /// Takes an accusation from a verb of saying and a hostile act in what is said.
    fn accusation(&self, frame: &Frame, drafts: &[Draft]) -> Option<Draft> {
        let content = frame.content.start..frame.direct_end;
        let said = self.text.get(content.clone())?;
        let taken = drafts.iter().any(|draft| {
            let inside = frame.content.start <= draft.cue.start && draft.cue.end <= frame.direct_end.max(frame.content.end);
            let is_verb = draft.cue.start < frame.verb.end && frame.verb.start < draft.cue.end;
            let tells = !matches!(draft.kind, StatementKind::Investigate | StatementKind::Confirm);
            is_verb || (inside && tells && draft.polarity == Polarity::Asserted && draft.voice == Voice::Active)
        });
        let asks = said.trim_end().ends_with(['?', '吗']);
        let names_threat = self.threats.iter().any(|range| content.start <= range.start && range.end <= content.end);
        if taken || asks || self.asked || !(names_threat || self.words.hostile.is_match(said)) {
            return None;
        }
        let clause = self.clause_start(frame.verb.start);
        let hypothetical = self.words.hypothetical_clause.is_match(&self.text[clause..frame.verb.start])
            || ["若", "如果", "倘若", "一旦"].iter().any(|word| said.trim_start_matches([',', ':', '“', '「']).starts_with(word));
        Some(Draft {
            kind: StatementKind::Accuse,
            sub: None,
            speaker: frame.speaker.clone(),
            target: None,
            cue: frame.verb.clone(),
            claim: content,
            polarity: if hypothetical { Polarity::Hypothetical } else { Polarity::Asserted },
            voice: Voice::Active,
            counter: false,
            background: self.words.earlier.is_match(&self.text[clause..frame.verb.start]),
            via: frame.via.clone(),
            running_quote: frame.verb.is_empty(),
            confidence: frame.confidence - 0.15,
            candidate: frame.speaker.is_none(),
            rule: if frame.verb.is_empty() { "zh.running-quote".to_owned() } else { "zh.says-hostile".to_owned() },
        })
    }

    /// Returns the clause that states the claim.
    fn claim(&self, hit: &CueHit<'_>, clause: usize, frame: Option<&Frame>) -> Range<usize> {
        if let Some(claim) = &hit.claim {
            return claim.clone();
        }
        if hit.cue.frame || (hit.cue.counter && hit.cue.kind == StatementKind::Accuse) || hit.cue.kind == StatementKind::NoComment {
            return match frame {
                Some(frame) if frame.content.start <= hit.word.start => frame.content.start..frame.direct_end.max(hit.word.end),
                _ => clause..self.clause_end(hit.word.end),
            };
        }
        let after = self.text[hit.word.end..].find(|c: char| !c.is_whitespace() && !",:了过".contains(c)).map_or(self.text.len(), |skip| hit.word.end + skip);
        let wide = matches!(hit.cue.kind, StatementKind::Accuse | StatementKind::Warn | StatementKind::Confirm | StatementKind::Charge);
        let end = if wide { self.text.len() } else { self.clause_end(after) };
        if after < end && self.text[after..end].chars().any(char::is_alphanumeric) {
            return after..end;
        }
        hit.matched.clone()
    }

    fn polarity(&self, hit: &CueHit<'_>, clause: usize) -> Polarity {
        let before = &self.text[clause..hit.word.start];
        if self.asked || self.text[hit.word.end..].trim_end().ends_with(['?', '吗']) && hit.cue.kind != StatementKind::Deny {
            return Polarity::Questioned;
        }
        if hit.cue.kind != StatementKind::NoComment && self.words.negated.is_match(before) {
            return Polarity::Negated;
        }
        if self.words.hypothetical.is_match(before) || self.words.hypothetical_clause.is_match(before) {
            return Polarity::Hypothetical;
        }
        Polarity::Asserted
    }

    /// Finds 被 or 遭 before a cue: the agent between them, and whom it befalls.
    fn by_whom(&self, cue: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let clause = self.clause_start(cue);
        let before = &self.text[clause..cue];
        let (at, mark) = before.char_indices().rev().take(28).find(|(_, c)| matches!(c, '被' | '遭' | '获' | '受'))?;
        let start = clause + at + mark.len_utf8();
        let start = start + if self.text[start..cue].starts_with('到') { '到'.len_utf8() } else { 0 };
        let whom = self.trimmed_subject(clause..clause + at);
        if self.text[start..cue].trim().is_empty() {
            return Some((cue..cue, whom));
        }
        let named = self.actors.iter().any(|actor| start <= actor.start && actor.end <= cue);
        let agent = self.trimmed_subject(start..cue).filter(|_| named)?;
        Some((agent, whom))
    }

    fn has_power(&self, speaker: Option<&Named>) -> bool {
        let name = match speaker {
            Some(Named::Here(range)) => &self.text[range.clone()],
            Some(Named::Before(name)) => return !name.is_empty(),
            None => return false,
        };
        let actor = self.actors.iter().any(|actor| self.text[actor.clone()] == *name || name.contains(&self.text[actor.clone()]));
        actor || name.ends_with(['检', '院', '署', '局', '部', '警', '方', '关', '官', '府', '处', '厅', '门', '当', '长', '国', '美', '英', '德', '韩', '日', '台', '陆'])
    }

    fn named(&self, subject: &Subject) -> Option<Range<usize>> {
        match subject {
            Subject::Named(range, _) | Subject::Pronoun(range) => Some(range.clone()),
            Subject::Nobody => None,
        }
    }

    /// Finds the subject that stands before a verb.
    fn subject(&self, verb: usize) -> Subject {
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

    fn starts_adverbial(&self, clause: &str) -> bool {
        self.words.adverbial.find(clause.trim_start()).is_some_and(|found| found.start() == 0)
    }

    /// Returns how many bytes of times and connectives open a clause.
    fn lead(&self, clause: &str) -> usize {
        self.words.time_lead.find(clause).map_or(0, |found| found.end())
    }

    /// Takes adverbials off both ends of a clause.
    fn trimmed_subject(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let mut text = &self.text[clause.clone()];
        let mut start = clause.start;
        let skip = text.len() - text.trim_start().len();
        (text, start) = (&text[skip..], start + skip);
        let inside_actor = |at: usize| self.actors.iter().any(|actor| actor.start < at && at < actor.end);
        let starts_actor = |at: usize| self.actors.iter().any(|actor| actor.start == at);
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
        if let (Some(0), Some(head)) = (cut, text.rfind('的')) && text.len() > 36 {
            let from = start + head + '的'.len_utf8();
            return (text.len() - head > 9).then(|| self.trimmed_subject(from..clause.end)).flatten();
        }
        let mut kept = &text[..cut.unwrap_or(text.len())];
        if let Some(tail) = self.words.strip_end.find(kept) && !inside_actor(start + tail.start()) && tail.start() > 0 {
            kept = &kept[..tail.start()];
        }
        let kept = kept.trim_end();
        // 朱某批對岸…: a bare verb of one character stands between the speaker and the target.
        let bare = kept.trim_end_matches(['批', '斥', '轰', '指', '称', '说', '控', '就', '驳', '促', '吁', '嗆', '呛']);
        let kept = if bare.chars().count() >= 2 { bare } else { kept };
        let range = start..start + kept.len();
        (!kept.is_empty() && kept.chars().count() <= REACH).then_some(range)
    }

    fn judge(&self, range: Range<usize>) -> Subject {
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
        let first_person = ["我", "这", "那", "此"].iter().any(|word| name.starts_with(word)) && !self.actors.iter().any(|actor| actor.start == range.start);
        let demonstrative = ["这份", "这名", "这位", "这封", "这家", "那名"].iter().any(|word| name.starts_with(word));
        if (first_person && !demonstrative) || self.words.not_subject.is_match(name) || name.chars().all(|c| !c.is_alphanumeric()) {
            return Subject::Nobody;
        }
        Subject::Named(range, None)
    }

    /// Returns where the clause that holds a position begins.
    fn clause_start(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (count, (start, c)) in self.text[..at].char_indices().rev().enumerate() {
            match c {
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                _ if ends_clause(self.text, start, c) || count > REACH => return start + c.len_utf8(),
                _ => {}
            }
        }
        0
    }

    fn clause_end(&self, at: usize) -> usize {
        let inside = self.text[at..].char_indices().find(|(skip, c)| ends_clause(self.text, at + skip, *c) && !"“「『\"‘".contains(*c));
        inside.map_or(self.text.len(), |(skip, c)| at + skip + if "”」』’".contains(c) { c.len_utf8() } else { 0 })
    }

    fn remember(&self, frames: &[Frame], last: Option<Named>, carried: &mut Carried) {
        let spoken = frames.iter().rev().find_map(|frame| frame.speaker.clone()).or(last);
        if let Some(Named::Here(range)) = spoken {
            let name = self.scene.whole[self.scene.in_whole(range)].trim();
            if !name.is_empty() {
                carried.speaker = Some(name.to_owned());
            }
            carried.same_paragraph = true;
        } else if frames.iter().any(|frame| !frame.verb.is_empty()) {
            carried.same_paragraph = true;
        }
        for c in self.text.chars() {
            match c {
                '“' | '「' => carried.open_quote = true,
                '”' | '」' => carried.open_quote = false,
                _ => {}
            }
        }
    }
}

enum Subject {
    Named(Range<usize>, Option<Range<usize>>),
    Pronoun(Range<usize>),
    Nobody,
}

fn ends_clause(text: &str, at: usize, c: char) -> bool {
    match c {
        ',' | '。' | ';' | ':' | '!' | '?' | '「' | '」' | '『' | '』' | '“' | '”' | '"' | '—' | '\n' | '|' | '】' => true,
        // A space between Chinese parts clauses; one beside Latin letters does not.
        ' ' => {
            let left = text[..at].chars().next_back().is_some_and(fold::is_han);
            let right = text[at + 1..].chars().next().is_some_and(fold::is_han);
            left && right
        }
        _ => false,
    }
}

fn in_brackets(text: &str, at: usize) -> bool {
    let open = text[..at].matches('(').count() > text[..at].matches(')').count();
    let title = text[..at].matches('《').count() > text[..at].matches('》').count();
    open || title
}
