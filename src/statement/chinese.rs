//! Chinese sentences: the order is speaker, adverbials, cue, and then what is said.

mod accused;
mod blame;
mod claim;
mod clause;
mod doubt;
mod frame;
mod power;
mod rebuttal;
mod sense;
mod subject;
mod target;
mod topic;

use std::cell::OnceCell;
use std::ops::Range;

use self::frame::Frame;
use self::subject::Subject;
use super::{Carried, Draft, LazyPlaces, Named, Scene};
use crate::fold;
use crate::lexicon::{CueHit, CueTable, CueVoice, Glance, Lexicon, Object, Phrases, WordTable};
use crate::model::{Place, Polarity, StatementKind, Voice};

/// How far before a cue its subject may begin, in characters.
const REACH: usize = 60;

/// Reads one sentence.
pub(super) fn read(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &mut Carried) -> Vec<Draft> {
    let sentence = Sentence::new(lexicon, table, scene);
    let frames = sentence.frames(carried);
    let mut drafts = Vec::new();
    let said = !frames.is_empty() || carried.same_paragraph;
    let hits = table.find_where(sentence.text, sentence.glance, said, |hit| sentence.holds(hit));
    let mut last: Option<Named> = None;
    for hit in &hits {
        if let Some(mut draft) = sentence.draft(hit, &frames, last.as_ref(), carried) {
            if draft.target.is_none() {
                let within =
                    |frame: &&Frame| frame.content.start <= hit.word.start && hit.word.end <= frame.content.end;
                draft.target = sentence.aimed_at(hit, &draft.claim, frames.iter().rfind(within), carried);
            }
            // 某工程師遭檢方起訴，否認……: whom it befell goes on.
            let befell = draft.target.clone().filter(|_| draft.voice == Voice::Passive);
            last = befell.or_else(|| draft.speaker.clone()).or(last);
            drafts.push(draft);
        }
    }
    for frame in &frames {
        drafts.extend(sentence.accusation(frame, &drafts, carried));
    }
    // 他指出，……。美國從未停止……: whether the second is still his word a reader has to say.
    let goes_on = sentence.goes_on(&frames, carried).and_then(|frame| sentence.accusation(&frame, &drafts, carried));
    drafts.extend(goes_on.map(|draft| Draft { candidate: true, rule: "zh.goes-on".to_owned(), ..draft }));
    drafts.sort_by_key(|draft| draft.cue.start);
    sentence.remember(&frames, last, carried);
    super::without_repeats(drafts, sentence.text)
}

/// Returns who is said, behind a quotation that ends in the sentence, to have said it: 某人 in ……。」某人說。
pub(super) fn trailing(lexicon: &Lexicon, table: &CueTable, scene: &Scene<'_>, carried: &Carried) -> Option<String> {
    let sentence = Sentence::new(lexicon, table, scene);
    let close = sentence.text.find(['”', '」'])?;
    let frames = sentence.frames(carried);
    let behind = |frame: &&Frame| frame.content.start == 0 && frame.verb.start > close;
    match frames.iter().find(behind)?.speaker.as_ref()? {
        Named::Here(range) if range.start > close => Some(scene.whole[scene.in_whole(range.clone())].trim().to_owned()),
        _ => None,
    }
}

struct Sentence<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    words: &'a WordTable,
    phrases: &'a Phrases,
    places: LazyPlaces<'a>,
    /// What may stand in it.
    glance: &'a Glance,
    /// What its answers are about, found when asked for.
    topics: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Sentence<'a> {
    /// Returns a stretch of the sentence, nothing where it ends before it begins: what stands between two places is asked
    /// by rules that do not know in which order they stand.
    fn stretch(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn new(lexicon: &'a Lexicon, table: &'a CueTable, scene: &'a Scene<'a>) -> Self {
        let text = scene.folded.text.as_str();
        let (words, phrases) = (&table.words, &table.phrases);
        Self {
            scene,
            text,
            words,
            phrases,
            places: LazyPlaces::new(lexicon, scene),
            glance: scene.glance(table),
            topics: OnceCell::new(),
        }
    }

    /// Where actors are named, in bytes of the folded sentence.
    fn actors(&self) -> &[Range<usize>] {
        &self.places.get().actors
    }

    /// Says whether a place lies in what a journalist asked, and not in the answer that the sentence may tell too.
    fn asked(&self, at: usize) -> bool {
        // 某社記者：…… is a question to its end, and what it tells is what is asked about.
        let turn = self.text.find(':').map(|colon| &self.text[..colon]);
        if turn.is_some_and(|turn| turn.ends_with("记者") && turn.chars().count() <= 20) {
            return true;
        }
        let asker = self.text.match_indices("记者").find(|(at, word)| !self.text[at + word.len()..].starts_with('会'));
        let Some((asker, _)) = asker.filter(|_| !self.text.contains("被问")) else { return false };
        let asks = ["提问", "问及", "问:", "有何评论", "有何回应", "追问"].iter().any(|word| self.text.contains(word))
            || self.text.contains("记者问,") && !self.text.contains("答记者问");
        // 發言人又指……，記者追問: what was said before the question is no part of it.
        let told = ["又指", "又说", "还说", "指出", "表示", "强调"]
            .iter()
            .any(|word| self.text[..at.min(asker)].contains(word));
        if at < asker && told && !self.text[..asker].contains(['对', '就', '针']) {
            return false;
        }
        let answer = ["发言人", "答称", "回应称", "答:"].iter().filter_map(|word| self.text.find(word));
        asks && answer.filter(|answer| *answer > asker).min().is_none_or(|answer| at < answer)
    }

    /// Says whether a cue holds where it stands.
    fn holds(&self, hit: &CueHit<'_>) -> bool {
        let cue = hit.cue;
        let rest = &self.text[hit.word.end..];
        if matches!(cue.object, Object::Hostile) && !self.glance.has(&self.words.hostile, rest) {
            return false;
        }
        let clause = self.stretch(self.clause_start(hit.word.start)..hit.word.start);
        // 供認身份系偽造, 要求片方公開道歉: the one is confessed, the other asked for.
        let confessed = cue.kind == StatementKind::Deny
            && cue.frame
            && ["供认", "承认", "坦承", "认罪"].iter().any(|verb| clause.contains(verb));
        let asked_for = cue.kind == StatementKind::Retract
            && ["要求", "敦促", "呼吁", "促"].iter().any(|verb| clause.contains(verb));
        // 在一個「不便透露」的單位工作: the words only describe.
        let describes = cue.kind == StatementKind::NoComment
            && rest.starts_with(['”', '」'])
            && rest.trim_start_matches(['”', '」']).starts_with('的');
        // 被告否認知情的說法不可信, 沒有證據就指責: what is not believed is a denial, and who lacks proof is another.
        let word = self.stretch(hit.word.clone());
        let disbelieved =
            cue.rule == "unacceptable-claim" && word.contains("不可信") && self.text[..hit.word.start].contains("否认");
        // 指被告否認收錢是謊言: what is called so is the denial, unless the denier goes on.
        let goes_on =
            |then: &str| then.chars().count() > 12 || then.contains(['并', '且', '斥', '批', '称', '说', '指']);
        let of_a_denial = cue.rule == "nonsense" && clause.rsplit_once("否认").is_some_and(|(_, then)| !goes_on(then));
        let unproven = word.ends_with("证据") && ["就", "便", "的情况"].iter().any(|then| rest.starts_with(then));
        if confessed || asked_for || describes || disbelieved || of_a_denial || unproven || self.tells_nothing(hit) {
            return false;
        }
        // 敦促加方停止政治操弄: what is to stop is asked for.
        let stops = hit.target.as_ref().is_some_and(|target| {
            let between = self.text.get(target.end..hit.matched.end).unwrap_or_default();
            ["停止", "不要", "勿", "别再"].iter().any(|stop| between.contains(stop))
        });
        if cue.counter && stops {
            return false;
        }
        // 任何人指控他人都要舉證 tells of no accusation.
        if cue.kind == StatementKind::Accuse && clause.trim_start().starts_with("任何人") {
            return false;
        }
        // 學生不了解當地文化 withholds nothing: bare 不了解 ends what is said, and is said of what was asked about.
        if cue.rule == "unaware" && word.starts_with('不') && word.ends_with(['解', '握', '悉']) {
            let ends = rest.trim_start_matches(['”', '」']).is_empty() || rest.starts_with([',', '。', ';', '”', '」']);
            let asked_about = [
                "情况", "案", "报道", "报导", "消息", "此", "问题", "细节", "说法", "传闻", "事件", "所述", "漏洞",
                "指控",
            ];
            let of_that = asked_about.iter().any(|noun| clause.contains(noun));
            let own = clause.trim_end_matches(['并', '均', '也', '都']);
            if !ends || !of_that && !["中方", "我方", "我", "我们"].contains(&own.trim()) {
                return false;
            }
        }
        // 批評案件打壓資訊自由 blames nobody: the one who is blamed back is an actor.
        if let ("blames-back", Some(target)) = (cue.rule.as_str(), &hit.target) {
            let name = self.stretch(target.clone());
            let named = self.actors().iter().any(|actor| target.start <= actor.start && actor.end <= target.end);
            if !named && !name.ends_with(['方', '国', '府', '党', '局', '媒', '客', '者', '员', '会', '部', '人'])
            {
                return false;
            }
        }
        if cue.rule == "smear" && !self.is_predicate(&hit.word) {
            return false;
        }
        // 校方致歉，承認……全無根據 takes back what was one's own.
        let before = &self.text[..hit.word.start];
        let takes_back = ["承认", "致歉", "道歉"].iter().any(|word| before.contains(word));
        if takes_back && matches!(cue.rule.as_str(), "unacceptable-claim" | "nonsense") {
            return false;
        }
        let clause = &before[self.clause_start(hit.word.start)..];
        let pretext = self.stretch(hit.word.clone()).starts_with('为') && clause.contains(['以', '借']);
        let thief = cue.rule == "plea" && before.ends_with('的');
        if pretext && cue.rule == "nonsense" || thief {
            return false;
        }
        // 無理指責中國 is what somebody does to somebody, and no denial of a claim.
        let against = self.actors().iter().any(|actor| actor.start == hit.word.end);
        let blames = ["指责", "指控", "抹黑"].iter().any(|end| self.stretch(hit.word.clone()).ends_with(end));
        if cue.rule == "unacceptable-claim" && blames && against {
            return false;
        }
        let noun = matches!(self.stretch(hit.word.clone()), "批评" | "谴责" | "抨击") && self.is_noun(&hit.word);
        if noun {
            return false;
        }
        if cue.bare && !self.after_a_name(hit.word.start) || cue.rule == "accuses" && self.is_noun(&hit.word) {
            return false;
        }
        // 被控為中國收集情報的前警員: the words only say who somebody is.
        let befalls = cue.voice == CueVoice::Passive || self.stretch(hit.word.clone()).starts_with(['被', '遭', '获']);
        let accuses = matches!(cue.kind, StatementKind::Accuse | StatementKind::Charge);
        !(befalls && self.is_modifier(&hit.word) || accuses && self.describes_who_answers(&hit.word))
    }

    /// Turns a cue into a statement, or finds that it is none.
    fn draft(&self, hit: &CueHit<'_>, frames: &[Frame], last: Option<&Named>, carried: &Carried) -> Option<Draft> {
        let cue = hit.cue;
        // 處長說，外界指警察騷擾的說法並不正確: the claim that others make is called so by whoever tells of it.
        let outsider = |frame: &&Frame| {
            let others = ["外界", "有人", "坊间", "舆论", "网民", "外电"];
            matches!(cue.rule.as_str(), "unacceptable-claim" | "nonsense" | "smear")
                && matches!(&frame.speaker, Some(Named::Here(range)) if others.contains(&self.stretch(range.clone())))
        };
        let frame = frames
            .iter()
            .filter(|frame| !outsider(frame))
            .rfind(|frame| frame.content.start <= hit.word.start && hit.word.end <= frame.content.end);
        let clause = self.clause_start(hit.word.start);
        // 學生對此不了解: nobody is told to answer so.
        let unaware = cue.rule == "unaware" && self.stretch(hit.word.clone()).ends_with(['解', '握', '悉']);
        if unaware && frame.is_none() {
            return None;
        }
        // 陸委會批評中共一再否認: who is blamed for denying denies, and that is hearsay.
        if let Some(denier) = self.blamed_for(hit, clause) {
            let speaker = Some(Named::Here(denier));
            return Some(self.finish(hit, speaker, hit.target.clone(), Voice::Active, 0.6, true, clause, frame));
        }
        if self.clears_the_accused(hit, frame) {
            return None;
        }
        let answering = self.answers_in(hit, frame, carried);
        let framed = frame.and_then(|frame| frame.speaker.clone());
        let in_sentence = || {
            frames.iter().rev().find(|frame| frame.verb.end <= hit.word.start).and_then(|frame| frame.speaker.clone())
        };
        let earlier = last.cloned().or_else(in_sentence);
        let own =
            self.subject(hit.target.as_ref().map_or(hit.word.start, |target| target.start.min(hit.matched.start)));
        let word = self.stretch(hit.word.clone());
        let mut target = hit.target.clone();
        let mut voice = Voice::Active;
        let mut confidence: f64 = 0.9;
        // 沒有根據的猜測 only describes what is spoken of.
        let describes = self.text[hit.word.end..].strip_prefix('的').is_some_and(|rest| rest.starts_with(fold::is_han));
        let states = self.text[..hit.word.start].ends_with(['是', '属', '为', '系', '“', '「', '"', '些', '种']);
        let mut candidate = !cue.certain || cue.rule == "unacceptable-claim" && describes && !states;
        let by = self.by_whom(hit.word.start).filter(|(agent, _)| !self.describes_another(hit, agent));
        // 個案由檢調偵辦: who looks into it stands behind 由.
        let handed = self.stretch(clause..hit.word.start).rfind('由').map(|at| clause + at + '由'.len_utf8());
        if cue.kind == StatementKind::Investigate
            && let Some(from) =
                handed.filter(|from| (1..=12).contains(&self.stretch(*from..hit.word.start).chars().count()))
        {
            let agent = Some(Named::Here(from..hit.word.start));
            return Some(self.finish(hit, agent, None, Voice::Passive, 0.8, false, clause, frame));
        }
        // 被委員會點名的說客: the words only say who somebody is.
        if by.is_some() && self.text[hit.word.end..].starts_with('的') {
            return None;
        }
        let speaks_to_target =
            cue.kind == StatementKind::Demand && word.starts_with(['应', '必', '须', '停', '立', '不']);
        // In these the subject of the clause is the one spoken of, or the side that the speaker speaks for.
        let others_subject = cue.frame
            || speaks_to_target
            || (cue.counter && !matches!(cue.rule.as_str(), "blames-back" | "hits-back"))
            || word.starts_with("不可")
            || word.starts_with("不能")
            || (matches!(cue.sub.as_deref(), Some("threat" | "general")) && framed.is_some())
            // 報道與事實相距甚遠: the claim itself is the subject.
            || (cue.rule == "unacceptable-claim" && framed.is_some())
            || (cue.rule == "unacceptable-claim"
                && matches!(&own, Subject::Named(range, _) if self.glance.has(&self.words.claim, self.stretch(range.clone()))));
        let speaker = if cue.voice == CueVoice::Passive
            || (word.starts_with(['被', '遭', '获']) && cue.kind == StatementKind::Verdict)
        {
            target = self.named(&own).map(|range| self.without_office(range));
            let by = matches!(cue.kind, StatementKind::Charge | StatementKind::Verdict);
            let told = framed.clone().filter(|speaker| self.has_power(Some(speaker)));
            let speaker = told.or_else(|| self.authority(cue.kind, hit.word.start).filter(|_| by).map(Named::Here));
            voice = if speaker.is_some() { Voice::Passive } else { Voice::Agentless };
            speaker.filter(|_| by || cue.kind == StatementKind::Accuse)
        } else if answering.is_some() && !matches!(&own, Subject::Named(..)) {
            answering
        } else if let Some((agent, whom)) = by {
            voice = if agent.is_empty() { Voice::Agentless } else { Voice::Passive };
            target = whom;
            (!agent.is_empty()).then_some(Named::Here(agent))
        } else if others_subject {
            if speaks_to_target {
                target = self.asked_of(hit).or_else(|| self.named(&own));
            }
            let retorts = self.who_retorts(hit, clause).filter(|_| cue.kind == StatementKind::Deny);
            let speaker =
                retorts.or_else(|| self.who_blames_claim(hit)).or(framed).or_else(|| self.who_blames(hit)).or(earlier);
            if speaker.is_none() {
                confidence = 0.55;
            }
            speaker.or_else(|| carried.in_paragraph())
        } else {
            match &own {
                // 中方 is the side that the spokesperson speaks for.
                Subject::Named(range, _)
                    if self.is_own_side(range, cue.sub.as_deref()) && !self.is_anothers(range, framed.as_ref()) =>
                {
                    framed.or_else(|| carried.in_paragraph()).or(Some(Named::Here(range.clone())))
                }
                // 發言人證實，檢察院已接手，但不願透露……: whoever spoke before goes on.
                Subject::Named(range, _)
                    if last.is_some()
                        && self.stretch(range.end..hit.word.start).contains(',')
                        && ["但", "惟", "不过", "并"].iter().any(|join| self.text[clause..].starts_with(join)) =>
                {
                    last.cloned()
                }
                // 發言人表示，政府從未……，嚴厲譴責……: the subject of another clause of what is said is not who condemns.
                Subject::Named(range, _)
                    if framed.is_some()
                        && frame.is_some_and(|frame| frame.content.start <= range.start)
                        && self.stretch(range.end..hit.word.start).contains(',') =>
                {
                    framed
                }
                Subject::Named(range, _) => Some(Named::Here(range.clone())),
                Subject::Pronoun(range) => Some(self.meant(range.clone(), framed, carried)),
                Subject::Nobody => {
                    // 警方說，五名男子承認……，但否認……: whoever admitted it goes on.
                    let joined = ["但", "惟", "却"].iter().any(|join| self.text[clause..].starts_with(join));
                    let speaker = last
                        .cloned()
                        .filter(|_| joined)
                        .or(framed)
                        .or(earlier)
                        .or_else(|| self.named_earlier(hit.word.start, carried));
                    if speaker.is_none() {
                        confidence = 0.6;
                        // A confirmation or a charge that nobody in the sentence makes is mostly the outlet's own word.
                        candidate |=
                            matches!(cue.kind, StatementKind::Confirm | StatementKind::Charge | StatementKind::Verdict);
                    }
                    speaker.or_else(|| carried.in_paragraph())
                }
            }
        };
        // A court that sees no evidence decides, and denies nothing.
        let court = matches!(&speaker, Some(Named::Here(range))
            if ["法官", "法院", "法庭", "合议庭", "陪审团"].iter().any(|word| self.stretch(range.clone()).contains(word)));
        // Nor does an inquiry that finds nothing, unless it is one's own: 調查發現，公司從未…….
        let inquiry = matches!(&speaker, Some(Named::Here(range))
            if ["调查", "调查报告", "审计", "研究"].contains(&self.stretch(range.clone()).trim()));
        candidate |= (court || inquiry) && cue.kind == StatementKind::Deny;
        candidate |= self.doubts_denial(hit, clause, speaker.as_ref(), frame);
        candidate |= self.turned_against(hit, frame, frames) || self.reports_no_leak(hit, speaker.as_ref());
        if self.finds_out(hit, clause, speaker.as_ref()) {
            return None;
        }
        // Whoever does not speak for the side that is smeared may be of its mind, and denies nothing for it.
        let speaks_for_it = match &speaker {
            Some(Named::Here(range)) => {
                let name = self.stretch(range.clone());
                ["发言人", "使馆", "大使", "中方"].iter().any(|word| name.contains(word))
                    || self.actors().iter().any(|actor| range.start <= actor.start && actor.end <= range.end)
            }
            Some(Named::Before(_)) => true,
            None => false,
        };
        candidate |= cue.rule == "opposes-smear" && !speaks_for_it;
        // People in the streets protest too, and that is no act of a state.
        let crowd =
            ["议员", "立委", "党团", "民众", "人士", "学生", "居民", "示威", "球迷", "市民", "村民", "家长", "工人"];
        if cue.kind == StatementKind::Protest
            && let Some(Named::Here(range)) = &speaker
            && crowd.iter().any(|word| self.stretch(range.clone()).contains(word))
        {
            return None;
        }
        // 記者致函該公司查詢，至截稿時未獲回覆: who was asked does not answer.
        let speaker = match speaker {
            Some(Named::Here(range))
                if cue.kind == StatementKind::NoComment
                    && ["记者", "本报", "本台", "本刊", "本社", "我们"]
                        .iter()
                        .any(|we| self.stretch(range.clone()).starts_with(we)) =>
            {
                self.asked_party(hit.word.start).or(Some(Named::Here(range)))
            }
            speaker => speaker,
        };
        let needs_power = matches!(cue.kind, StatementKind::Charge | StatementKind::Verdict);
        let decides = |speaker: Option<&Named>| match speaker {
            Some(Named::Here(range)) if cue.kind == StatementKind::Verdict => {
                let name = self.stretch(range.clone());
                ["院", "庭", "法官", "陪审团", "裁判官"].iter().any(|end| name.contains(end))
            }
            speaker => self.has_power(speaker),
        };
        if needs_power && voice == Voice::Active && !decides(speaker.as_ref()) {
            let accuser = |range: &Range<usize>| self.is_accuser(&Named::Here(range.clone()));
            target = target.or_else(|| self.directed_at(hit, clause)).or_else(|| self.charged(hit)).or_else(|| {
                self.named(&own).filter(|range| !accuser(range) && self.is_doer(self.stretch(range.clone())))
            });
            if let Some(office) = self.authority(cue.kind, hit.word.start) {
                let speaker = Some(Named::Here(office));
                return Some(self.finish(hit, speaker, target, Voice::Active, 0.8, false, clause, frame));
            }
            // Who decided is not said: 前譯員洩密 判監九年.
            if cue.kind == StatementKind::Verdict {
                return Some(self.finish(hit, None, target, Voice::Agentless, 0.8, false, clause, frame));
            }
            voice = Voice::Agentless;
            return Some(self.finish(hit, None, target, voice, 0.6, true, clause, frame));
        }
        if speaker.is_none() && voice == Voice::Active {
            candidate = true;
        }
        Some(self.finish(hit, speaker, target, voice, confidence, candidate, clause, frame))
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
        let active = voice != Voice::Agentless && !hit.cue.frame;
        let serves = || self.who_serves(&claim).filter(|_| hit.cue.kind == StatementKind::Accuse && !hit.cue.counter);
        let judges = matches!(hit.cue.kind, StatementKind::Charge | StatementKind::Verdict);
        let charged = || self.charged(hit).filter(|_| judges);
        let target =
            target.or_else(|| self.directed_at(hit, clause).filter(|_| active)).or_else(serves).or_else(charged);
        Draft {
            kind: hit.cue.kind,
            sub: hit.cue.sub.clone(),
            polarity: self.polarity(hit, clause),
            background: self.glance.has(&self.words.earlier, self.stretch(clause..hit.word.start)),
            via: frame.and_then(|frame| frame.via.clone()),
            running_quote: frame.is_some_and(|frame| frame.verb.is_empty()),
            speaker,
            target: target.map(Named::Here),
            cue: hit.word.clone(),
            claim,
            voice,
            counter: hit.cue.counter,
            confidence: if frame.is_some_and(|frame| frame.confidence < 0.7) { confidence - 0.1 } else { confidence },
            candidate,
            rule: format!("zh.{}", hit.cue.rule),
        }
    }

    fn polarity(&self, hit: &CueHit<'_>, clause: usize) -> Polarity {
        let before = self.stretch(clause..hit.word.start);
        let asks = self.text[hit.word.end..].trim_end().ends_with(['?', '吗']);
        // A denial may ask in return, 「憑什麼？」, but 中方會否認嗎 is no denial.
        let in_return = hit.cue.kind == StatementKind::Deny && (hit.cue.frame || self.text.contains(['「', '“', ':']));
        if self.asked(hit.word.start) || asks && !in_return || self.is_asked(hit, before) {
            return Polarity::Questioned;
        }
        let is_answer = matches!(
            hit.cue.kind,
            StatementKind::Deny | StatementKind::Confirm | StatementKind::Retract | StatementKind::Investigate
        );
        // 等待多日後否認: what was waited for came.
        let waited = || {
            ["等待", "等候"].iter().any(|verb| before.find(verb).is_some_and(|at| before[at..].contains(['后', '便'])))
        };
        if is_answer && self.glance.has(&self.words.ordered, before) && !waited() {
            return Polarity::Hypothetical;
        }
        // 小說裡，大使否認……: nobody said so.
        if self.phrases.fiction.stands_in(&self.text[..hit.word.start]) {
            return Polarity::Hypothetical;
        }
        if hit.cue.kind != StatementKind::NoComment && self.glance.has(&self.words.negated, before) {
            return Polarity::Negated;
        }
        let maybe = self.words.hypothetical.find(before).filter(|found| {
            // The match holds the character before 會.
            let skip = found.as_str().char_indices().nth(1).filter(|(_, c)| *c == '会').map_or(0, |(at, _)| at);
            let at = clause + found.start() + skip;
            // 球會否認: 會 ends a name.
            let ends_name = self.words.compound.find_iter(self.text).any(|word| word.start() < at && at < word.end());
            !ends_name && !self.actors().iter().any(|actor| actor.start < at && at < actor.end)
        });
        // A threat has a condition by its nature.
        let threat = hit.cue.sub.as_deref() == Some("threat");
        if !threat && (maybe.is_some() || self.supposes(hit, before)) {
            return Polarity::Hypothetical;
        }
        Polarity::Asserted
    }

    fn named(&self, subject: &Subject) -> Option<Range<usize>> {
        match subject {
            Subject::Named(range, _) | Subject::Pronoun(range) => Some(range.clone()),
            Subject::Nobody => None,
        }
    }

    fn remember(&self, frames: &[Frame], last: Option<Named>, carried: &mut Carried) {
        // Whoever is named inside a quotation that runs on does not take the word from the one who is quoted.
        let quoted_until =
            if carried.open_quote { self.text.find(['”', '」']).unwrap_or(self.text.len()) } else { 0 };
        let outside = |named: &Named| match named {
            Named::Here(range) => range.start >= quoted_until,
            Named::Before(_) => true,
        };
        let spoken = frames.iter().rev().filter_map(|frame| frame.speaker.clone()).find(outside);
        let spoken = spoken.or(last.filter(outside));
        if let Some(Named::Here(range)) = self.subject_of_first(self.text.len())
            && self.names_person(self.stretch(range.clone()))
        {
            carried.person = Some(self.scene.whole[self.scene.in_whole(range)].trim().to_owned());
        }
        if let Some(Named::Here(range)) = spoken {
            let name = self.scene.whole[self.scene.in_whole(range)].trim();
            if !name.is_empty() {
                carried.speaker = Some(name.to_owned());
            }
            carried.same_paragraph = true;
        } else if frames.iter().any(|frame| !frame.verb.is_empty()) {
            carried.same_paragraph = true;
        }
        let open_end = frames.last().is_some_and(|frame| frame.content.end >= self.text.trim_end_matches('。').len());
        let goes_on = open_end || frames.is_empty() && carried.tells;
        carried.tells = goes_on && carried.same_paragraph && !self.text.contains(['“', '「', '『', '"']);
        let asks = self.text.ends_with(['?', '吗']) || self.text.contains("有何评论") || self.text.contains("有何回应");
        let is_turn = |frame: &Frame| self.stretch(frame.verb.clone()) == ":" && frame.verb.end < self.text.len();
        carried.turn |= self.scene.place == Place::Text && frames.iter().any(is_turn);
        carried.asked = asks || self.text.contains("记者:") || self.text.starts_with("问:");
        for c in self.text.chars() {
            match c {
                '“' | '「' => carried.open_quote = true,
                '”' | '」' => carried.open_quote = false,
                _ => {}
            }
        }
    }
}
