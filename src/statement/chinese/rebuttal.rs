//! What is called false where it is no accusation: another's answer, a cover, a thing; and verbs of denial in other senses.

use std::ops::Range;

use super::super::Named;
use super::Sentence;
use super::frame::Frame;
use crate::fold;
use crate::lexicon::CueHit;
use crate::model::{StatementKind, country_of};

/// Rules by which something is called false.
const CALLED_FALSE: [&str; 5] = ["unacceptable-claim", "nonsense", "smear", "so-called", "strayed"];

impl Sentence<'_> {
    /// Says whether the words of a denial tell none: an answer is what is called false, or something that is no claim.
    pub(super) fn calls_no_claim_false(&self, hit: &CueHit<'_>) -> bool {
        let word = self.stretch(hit.word.clone());
        let clause = self.clause_start(hit.word.start);
        let before = self.stretch(clause..hit.word.start);
        let rule = hit.cue.rule.as_str();
        let false_one = CALLED_FALSE.contains(&rule);
        // 中國的解釋不可信, 被告的辯詞是一派胡言: what is disbelieved is an answer.
        let answer = false_one && self.phrases.answers_given.iter().any(|noun| before.contains(&format!("的{noun}")));
        // 所謂交流其實是間諜活動的藉口: what hides behind a cover is what is accused.
        let cover = false_one
            && ["间谍", "间谍活动", "间谍组织", "情报活动", "情报搜集", "窃密", "渗透"]
                .iter()
                .any(|act| ["借口", "幌子", "掩护", "外衣"].iter().any(|end| word.contains(&format!("{act}的{end}"))));
        // 從未放棄竊取: it goes on.
        let goes_on =
            rule == "not-so" && ["放弃", "停止", "中断", "间断", "收手", "松懈"].iter().any(|verb| word.contains(verb));
        answer || cover || goes_on || self.in_another_sense(hit, before)
    }

    /// Says whether a verb of denial has no claim for its object: 切割晶圓, 回敬一杯酒, 揭穿間諜的偽裝.
    fn in_another_sense(&self, hit: &CueHit<'_>, before: &str) -> bool {
        let word = self.stretch(hit.word.clone());
        let after = self.stretch(hit.word.end..self.clause_end(hit.word.end));
        if word == "切割" {
            return !["与", "和", "跟", "同", "撇"].iter().any(|mark| before.contains(mark));
        }
        let senses = [
            "回敬",
            "回怼",
            "回击",
            "不屑一顾",
            "戳穿",
            "嗤之以鼻",
            "一笑置之",
            "不以为然",
            "不敢苟同",
            "打脸",
            "回呛",
        ];
        if hit.cue.rule != "refutes" || !senses.contains(&word) {
            return false;
        }
        let hidden = ["伪装", "身份", "骗局", "面具", "阴谋", "诡计"].iter().any(|noun| after.contains(noun));
        let speaks = after.is_empty() && self.text[hit.word.end..].starts_with([':', ',', '「', '“'])
            || ["称", "说", "指", "道", "「", "“"].iter().any(|verb| after.contains(verb));
        let speaks = speaks || self.text[hit.word.end + after.len()..].starts_with(':') || before.contains(['」', '”']);
        let claimed = self.words.claim.is_match(after) || self.words.claim.is_match(before);
        let side =
            self.actors().iter().any(|actor| hit.word.end <= actor.start && actor.end <= hit.word.end + after.len())
                || ["方", "此"].iter().any(|noun| before.contains(&format!("对{noun}")) || after.contains(noun));
        word == "戳穿" && hidden || !(claimed || side || speaks && !self.frames_of_play())
    }

    /// Says whether a sentence tells of a game.
    fn frames_of_play(&self) -> bool {
        ["球", "比赛", "对手", "进攻", "赛事"].iter().any(|word| self.text.contains(word))
    }

    /// Says whether what a denial rebuts or calls false is the answer or the word of China, in the mouth of another side: those
    /// who accuse disbelieve a denial, and may also be accused themselves.
    pub(super) fn disbelieves_an_answer(
        &self,
        hit: &CueHit<'_>,
        clause: usize,
        speaker: Option<&Named>,
        frame: Option<&Frame>,
    ) -> bool {
        let rule = hit.cue.rule.as_str();
        let zone = match rule {
            "refutes" | "slams-as-false" => hit.word.end..self.clause_end(hit.word.end),
            _ if CALLED_FALSE.contains(&rule) => clause..self.clause_end(hit.word.end),
            _ => return false,
        };
        let text = self.stretch(zone.clone());
        // 駁斥中國的否認.
        if rule == "refutes" && self.phrases.answers_given.ends(text.trim()) {
            return true;
        }
        let Some(owner) = self.actors().iter().find(|actor| zone.start <= actor.start && actor.end <= zone.end) else {
            return false;
        };
        let rest = self.stretch(owner.end..zone.end);
        let words = ["所称", "所谓", "的说法", "之说", "的说辞", "声称"];
        let owned = words.iter().any(|word| rest.find(word).is_some_and(|at| at <= 12));
        let country = |name: &str| {
            self.places.lexicon.actors_in(name).iter().find_map(|actor| country_of(actor.id)).map(str::to_owned)
        };
        let print = |range: &Range<usize>| self.scene.print()[self.scene.folded.print_range(range.clone())].to_owned();
        let chinese = country(&print(owner)).as_deref() == Some("CN");
        let teller = speaker.or_else(|| frame.and_then(|frame| frame.speaker.as_ref()));
        let theirs = match teller {
            Some(Named::Here(range)) => country(&print(range)),
            Some(Named::Before(name)) => country(name),
            None => None,
        };
        let accuses = || {
            matches!(teller, Some(Named::Here(range)) if ["国安局", "安全局", "情报"]
                .iter()
                .any(|word| self.stretch(range.clone()).contains(word)))
        };
        owned && chinese && theirs.map_or_else(accuses, |side| side != "CN")
    }

    /// Says whether one who finds things out calls something false that is no claim, or says what an act is: 警方說，這個網站是騙局;
    /// 專家說，這不是勒索，而是間諜活動.
    pub(super) fn finds_out(&self, hit: &CueHit<'_>, clause: usize, speaker: Option<&Named>) -> bool {
        let Some(Named::Here(range)) = speaker.filter(|_| hit.cue.kind == StatementKind::Deny) else { return false };
        let name = self.stretch(range.clone());
        let finds = self.phrases.accusers.stands_in(name)
            || self.phrases.searchers.stands_in(name)
            || self.phrases.strangers.stands_in(name)
            || ["国安", "国家安全", "安全局", "情报"].iter().any(|word| name.contains(word));
        let before = self.stretch(clause..hit.word.end);
        let thing = CALLED_FALSE.contains(&hit.cue.rule.as_str()) && self.phrases.covers.stands_in(before);
        let rest = &self.text[hit.word.end..];
        let is_act = hit.cue.rule == "not-so"
            && rest.find("而是").is_some_and(|at| {
                let act = &rest[at..];
                let act = &act[..act.find([',', '。', ';', '」', '”']).unwrap_or(act.len())];
                self.words.hostile.is_match(act) && !self.words.innocent.is_match(&act["而是".len()..])
            });
        finds && (thing || is_act)
    }

    /// Says whether a company says of its own data that none got out, where nobody is named who would have taken it.
    pub(super) fn reports_no_leak(&self, hit: &CueHit<'_>, speaker: Option<&Named>) -> bool {
        let word = self.stretch(hit.word.clone());
        let leak =
            hit.cue.rule == "not-so" && ["外泄", "外流", "泄漏", "外传", "泄露"].iter().any(|end| word.ends_with(end));
        let own = match speaker {
            Some(Named::Here(range)) => range.clone(),
            _ => return false,
        };
        let others = self.actors().iter().any(|actor| actor.end <= own.start || own.end <= actor.start);
        leak && !others
            && !self.actors().iter().any(|actor| own.start <= actor.start && actor.end <= own.end)
            && !self.words.claim.is_match(self.text)
    }

    /// Returns who retorts in the clause of a quotation: 國民黨則反嗆對方「造謠」.
    pub(super) fn who_retorts(&self, hit: &CueHit<'_>, clause: usize) -> Option<Named> {
        let before = self.stretch(clause..hit.word.start);
        let quoted = before.ends_with(['「', '“']);
        let at = ["反呛", "回呛", "反批", "反轰", "回怼", "反驳", "驳斥"]
            .iter()
            .filter_map(|verb| before.find(verb))
            .min()?;
        match self.subject(clause + at) {
            super::subject::Subject::Named(range, _) if quoted => Some(Named::Here(range)),
            _ => None,
        }
    }

    /// Says whether a denial is asked for where it stands: 你否認拿錢嗎？
    pub(super) fn is_asked(&self, hit: &CueHit<'_>, before: &str) -> bool {
        let rest = &self.text[hit.word.end..];
        let end = rest.find(['?', '。', ';', '!', '」', '”']).unwrap_or(rest.len());
        let asks = rest[end..].starts_with('?') || rest[..end].ends_with('吗');
        let form = rest[..end].ends_with(['吗', '呢'])
            || ["你", "您", "是不是", "有没有", "会不会"].iter().any(|word| before.contains(word));
        asks && form && !hit.cue.frame
    }

    /// Says whether a pronoun stands in a quotation, so that it cannot mean the one who is quoted: 局長說：「他們說這是捏造」.
    pub(super) fn is_quoted_by(&self, frame: &Frame, at: usize) -> bool {
        let Some(between) = self.text.get(frame.verb.end..at) else { return false };
        let open = between.matches(['「', '“']).count();
        open > between.matches(['」', '”']).count()
    }

    /// Says whether whoever quotes a denial turns against it at once: 「他說自己只是遊客，但……」.
    pub(super) fn turned_against(&self, hit: &CueHit<'_>, frame: Option<&Frame>, frames: &[Frame]) -> bool {
        let Some(frame) = frame.filter(|frame| hit.cue.kind == StatementKind::Deny && frame.verb.end <= hit.word.start)
        else {
            return false;
        };
        let outer =
            frames.iter().any(|one| one.verb.end < frame.verb.start && self.is_quoted_by(one, frame.verb.start));
        let rest = &self.text[hit.word.end..];
        let turns = [",但", ",可是", ",不过", ",然而", ",却", "不信", "但我"].iter().any(|turn| rest.contains(turn));
        outer && turns && rest.chars().any(fold::is_han)
    }
}
