//! In which sense a word stands that may be a cue: a verb, a noun, or only what describes one.

use std::ops::Range;

use super::Sentence;
use crate::fold;
use crate::model::Place;

impl Sentence<'_> {
    /// Says whether a passive only describes the noun that follows its clause: 被控的間諜, 被指與北京關係密切的基金會.
    pub(super) fn is_modifier(&self, word: &Range<usize>) -> bool {
        let rest = &self.text[word.end..];
        let clause = &rest[..rest.find([',', '。', ';', ':', '!', '?']).unwrap_or(rest.len())];
        let Some(of) = clause.char_indices().take(26).find(|(_, c)| *c == '的').map(|(at, _)| at) else {
            return false;
        };
        let opens = self.clause_start(word.start) == word.start
            || self.text[..word.start].ends_with(['的', '名', '位', '家', '个', '这', '该', '些']);
        let noun = &clause[of + '的'.len_utf8()..];
        opens && noun.chars().next().is_some_and(fold::is_han) && noun.chars().count() >= 2
    }

    /// Says whether an actor or a short name fills the clause up to a position.
    pub(super) fn after_a_name(&self, at: usize) -> bool {
        let start = self.clause_start(at);
        let name = self.stretch(start..at).trim();
        let actor = self.actors().iter().any(|actor| actor.end == at && at - actor.start + 12 >= name.len());
        let title = self.scene.place == Place::Title;
        let person = title && name.chars().count() == 3 && name.chars().all(fold::is_han)
            || title && name.chars().count() <= 10 && name.ends_with(['生', '者', '员', '人', '师', '妇', '男', '女']);
        actor || person || (name.ends_with(['馆', '部', '办', '方', '媒']) && name.chars().count() <= 8)
    }

    /// Says whether 指控 and its like name a claim here and do not make one: 有關指控純屬捏造, 對此指責.
    pub(super) fn is_noun(&self, word: &Range<usize>) -> bool {
        let before = &self.text[..word.start];
        let after = &self.text[word.end..];
        // 否認美方指控: what is denied or answered is a claim, whoever makes it.
        let clause = &before[self.clause_start(word.start)..];
        let answered = ["否认", "驳斥", "反驳", "批驳", "驳回", "面对", "撤销", "澄清"];
        if answered.iter().any(|verb| clause.contains(verb)) {
            return true;
        }
        let modifiers = [
            "有关",
            "相关",
            "该",
            "这些",
            "这一",
            "此",
            "上述",
            "所有",
            "任何",
            "的",
            "不实",
            "无理",
            "这项",
            "该项",
            "一切",
            "多项",
            "间谍",
            "此类",
            "种种",
            "无端",
            "全部",
            "毫无根据",
            "所谓",
            "虚假",
            "否认",
            "驳斥",
            "反驳",
            "批驳",
            "回应",
            "撤销",
            "撤回",
            "收回",
            "面对",
            "面临",
            "针对",
            "澄清",
            "拒绝",
            "接受",
            "斥",
        ];
        let predicates = [
            "纯属",
            "完全",
            "毫无",
            "是",
            "不",
            "与事实",
            "均",
            "都",
            "系",
            "缺乏",
            "没有",
            "子虚",
            "一概",
            "皆",
            "荒",
            "失实",
            "不实",
            "属",
            "无",
            "。",
            "”",
            "」",
            "站不住",
            "一律",
            "予以",
            "表示",
            "提出",
            "作出",
            "否认",
            "回应",
            "置评",
            "进行",
            "和",
            "及",
            "与",
            "的",
        ];
        // 對中國指控美方竊聽的說法不予置評: the accusation stands in what is commented on.
        let object = &after[..after.find([',', '。', ';']).unwrap_or(after.len())];
        let quoted =
            ["的说法", "的报道", "的报导", "的消息", "的传闻", "的新闻"].iter().any(|noun| object.contains(noun));
        // 就美方指控答記者問: the accusation ends what is answered.
        if self.topic(word.start).is_some_and(|topic| topic.end <= word.end) {
            return true;
        }
        if quoted && ["对", "注意到", "评论", "关于", "针对", "外界"].iter().any(|mark| clause.contains(mark))
        {
            return true;
        }
        // 沒有正面回應網攻指控: nobody stands between the answer and the noun who would accuse.
        let unmade =
            ["回应", "评论", "置评"].iter().filter_map(|verb| clause.rfind(verb).map(|at| at + verb.len())).max();
        if unmade.is_some_and(|from| {
            let from = word.start - clause.len() + from;
            let named = self.actors().iter().any(|actor| from <= actor.start && actor.end <= word.start);
            !named && word.start - from <= 24 && after.trim_start().chars().next().is_none_or(|c| "。,;」”".contains(c))
        }) {
            return true;
        }
        let fills = modifiers.iter().any(|mark| before.ends_with(mark));
        fills || after.trim().is_empty() || predicates.iter().any(|mark| after.starts_with(mark))
    }

    /// Says whether a smear word is what is said of a claim, and not what somebody does to somebody: 純屬捏造, not 詆毀某國.
    pub(super) fn is_predicate(&self, word: &Range<usize>) -> bool {
        let matched = self.stretch(word.clone());
        let before = &self.text[..word.start];
        let after = self.text[word.end..].trim_start_matches(['、', '和', '与']);
        // 才是造謠者: whoever does it, and nothing that is said.
        if after.starts_with('者') {
            return false;
        }
        let acts =
            ["停止", "散布", "企图", "进行", "试图", "通过", "从事", "的手段", "插播", "上传", "传播", "宣扬", "发布"];
        let tail = before.char_indices().rev().nth(11).map_or(before, |(at, _)| &before[at..]);
        // …，顛倒黑白，散布謠言 goes on with what somebody does.
        let goes_on = after
            .strip_prefix(',')
            .is_some_and(|rest| ["散布", "造谣", "传播"].iter().any(|act| rest.starts_with(act)));
        if goes_on || acts.iter().any(|act| tail.contains(act)) {
            return false;
        }
        // Where the other side is said to turn things around, its smear is what it is accused of.
        let turned = ["倒打一耙", "贼喊捉贼", "反咬一口"].iter().any(|word| self.text.contains(word));
        if turned && !self.glance.has(&self.words.claim, before) {
            return false;
        }
        let says_so = [
            "纯属", "完全", "纯粹", "就是", "都是", "是", "属", "系", "多为", "均为", "恶意", "蓄意", "无端", "凭空",
            "刻意",
        ];
        let prefixed = says_so.iter().any(|mark| matched.starts_with(mark))
            || before.ends_with(['、', '是', '属', ':', '“', '「', '"', '为']);
        let ends = after.is_empty()
            || after.starts_with([
                ',', '。', ';', '!', '”', '」', '"', '的', '之', ' ', '诋', '污', '抹', '诬', '捏', '造',
            ]);
        prefixed || (ends && self.glance.has(&self.words.claim, self.text))
    }
}
