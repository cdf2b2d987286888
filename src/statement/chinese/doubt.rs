//! When words of denial are no denial, or none that a reader may take for one: named, judged, or told by those who disbelieve.

use super::super::Named;
use super::Sentence;
use super::blame::ACCUSED;
use super::frame::Frame;
use crate::fold;
use crate::lexicon::CueHit;
use crate::model::StatementKind;

impl Sentence<'_> {
    /// Says whether the words of a cue tell nothing where they stand: what they name is spoken of.
    pub(super) fn tells_nothing(&self, hit: &CueHit<'_>) -> bool {
        // 警方逮捕外交官的消息是假的: it is the news that is told of.
        if hit.cue.kind == StatementKind::Charge {
            let after = self.stretch(hit.word.end..self.clause_end(hit.word.end));
            return ["的消息", "的传闻", "的传言", "的谣言", "的说法"].iter().any(|noun| after.contains(noun));
        }
        if hit.cue.kind != StatementKind::Deny {
            return false;
        }
        let word = self.stretch(hit.word.clone());
        // 中方的澄清未能……: a noun, and what is told is told of it.
        let noun = word.starts_with("澄清") && self.text[..hit.word.start].ends_with('的');
        // 股價下跌並非因為間諜指控, 並非所有留學生都是間諜: what is denied is why something came about, or of how many.
        let negated = ["并非", "绝非", "不是", "并不是"].iter().find_map(|not| word.strip_prefix(not));
        let of_some = ["因", "由于", "出于", "源于", "基于", "所有", "每", "唯一", "全部", "第一", "首"];
        let narrow = negated.is_some_and(|rest| of_some.iter().any(|mark| rest.starts_with(mark)));
        noun || narrow && hit.cue.rule == "not-so" || self.calls_no_claim_false(hit)
    }

    /// Says whether a denial is one that a reader has to look at: who speaks judges it, or tells of another's.
    pub(super) fn doubts_denial(
        &self,
        hit: &CueHit<'_>,
        clause: usize,
        speaker: Option<&Named>,
        frame: Option<&Frame>,
    ) -> bool {
        if hit.cue.kind != StatementKind::Deny {
            return false;
        }
        if self.disbelieves_an_answer(hit, clause, speaker, frame) {
            return true;
        }
        let word = self.stretch(hit.word.clone());
        let name = match speaker {
            Some(Named::Here(range)) => self.stretch(range.clone()),
            _ => "",
        };
        let before = self.stretch(clause..hit.word.start);
        let after = self.stretch(hit.word.end..self.clause_end(hit.word.end));
        let told = matches!(hit.cue.rule.as_str(), "denies" | "plea");
        // 被告否認知情並不可信: the denial is what is spoken of.
        let judged = told && self.phrases.disbelieves.stands_in(after) || self.phrases.disbelieves.stands_in(before);
        // 網傳國防部否認…… is rumour, and 專家說，中方的否認…… another's.
        let rumour = told && ["网传", "误传", "谣传"].iter().any(|lead| before.trim_start().starts_with(lead));
        let noun = told && frame.is_some() && before.ends_with('的');
        // 拿不出證據: said of the other side, or else of the accused.
        let lacks = word.ends_with("证据") && frame.is_none() && hit.cue.rule == "unacceptable-claim";
        // 大使館總是否認, 檢方指出，被告雖否認……: whoever tells it so holds it against the denier.
        let others = frame.is_some_and(|frame| match (&frame.speaker, speaker) {
            (Some(Named::Here(teller)), Some(Named::Here(denier))) => teller != denier,
            (Some(teller), Some(Named::Here(_))) => matches!(teller, Named::Before(_)),
            _ => false,
        });
        let held_against = told
            && (self.phrases.habits.stands_in(before)
                || others && self.phrases.concedes.stands_in(before)
                || self.told_over_a_comma(clause));
        // 文件反駁了中方的說法, 檢察官反駁辯方: who proves a claim wrong was not accused of it.
        let proves =
            hit.cue.rule == "refutes" && (self.words.accuser.is_match(name) || self.phrases.evidence.ends(name.trim()));
        // 不實訊息多由境外帳號散布: the words only name what is told of.
        let names = hit.cue.rule == "unacceptable-claim"
            && word.starts_with("不实")
            && before.trim().is_empty()
            && after.starts_with(fold::is_han);
        // 警方說沒有證據顯示……: who looks for evidence and finds none has been accused of nothing.
        let searched = hit.cue.rule == "not-so"
            && ["证据", "迹象"].iter().any(|sign| word.contains(sign))
            && self.phrases.searchers.stands_in(name);
        // 語音自動刪除，外界所稱與事實有出入: the subject of the clause before is not who calls it so.
        let stranded = hit.cue.rule == "unacceptable-claim"
            && frame.is_none()
            && matches!(speaker, Some(Named::Here(range)) if range.end < clause);
        judged
            || stranded
            || rumour
            || noun
            || lacks
            || held_against
            || proves
            || names
            || searched
            || self.judges_a_claim(hit, name)
    }

    /// Says whether words before a cue make it no more than a supposition; the 若 of a name, 柯若芸, makes none.
    pub(super) fn supposes(&self, hit: &CueHit<'_>, before: &str) -> bool {
        let Some(found) = self.words.hypothetical_clause.find(before) else { return false };
        // 外傳飛彈參數外流並非事實: rumour is what is denied.
        let of_rumour =
            hit.cue.kind == StatementKind::Deny && !matches!(hit.cue.rule.as_str(), "denies" | "plea" | "refutes");
        if of_rumour && ["外传", "据传", "盛传", "传"].iter().any(|mark| found.as_str().starts_with(mark)) {
            return false;
        }
        let (lead, rest) = before.split_at(found.start());
        let given = rest.strip_prefix('若').and_then(|given| {
            let first = given.chars().next().filter(|c| fold::is_han(*c))?;
            (!self.starts_adverbial(given)).then(|| &given[first.len_utf8()..])
        });
        let surname = lead
            .chars()
            .next_back()
            .is_some_and(|c| c != '方' && self.phrases.surnames.has(c.encode_utf8(&mut [0; 4])));
        let named = surname && given.is_some_and(|then| then.is_empty() || self.starts_adverbial(then));
        // Behind the name the clause may still suppose something.
        !named || given.is_some_and(|then| self.words.hypothetical_clause.is_match(then))
    }

    /// Says whether one who is not the accused judges a claim, and denies none: 學者認為這種說法子虛烏有, 警方說查無實據.
    fn judges_a_claim(&self, hit: &CueHit<'_>, name: &str) -> bool {
        let word = self.stretch(hit.word.clone());
        let of_a_claim =
            matches!(hit.cue.rule.as_str(), "unacceptable-claim" | "nonsense" | "so-called" | "opposes-smear")
                || word == "清者自清";
        let accused = ["涉", "被", "遭", "当事"].iter().any(|word| name.contains(word));
        let searched = word.starts_with("查无") && ["警", "检", "调查局", "廉政"].iter().any(|end| name.contains(end));
        of_a_claim && !accused && (searched || self.phrases.strangers.stands_in(name))
    }

    /// Says whether a court tells, over a comma, of the accused: 裁判官指，被告否認……. What it tells, it has weighed.
    fn told_over_a_comma(&self, clause: usize) -> bool {
        let of_the_accused = ACCUSED.iter().any(|name| self.text[clause..].starts_with(name));
        let Some(teller) = self.text[..clause].strip_suffix(',').filter(|_| of_the_accused) else { return false };
        let teller = &teller[self.clause_start(teller.len())..];
        let tells = ["指", "指出", "称", "说", "认为", "表示"].iter().any(|verb| teller.ends_with(verb));
        tells && ["法官", "裁判官", "法庭", "法院", "合议庭"].iter().any(|court| teller.contains(court))
    }
}
