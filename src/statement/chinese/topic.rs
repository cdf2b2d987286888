//! What an answer is about: 就……答記者問, 回應……：. Its verbs have their subject inside it.

use std::ops::Range;

use super::Sentence;
use super::clause::ends_clause;
use crate::fold;

/// What opens what an answer is about.
const MARKS: [&str; 6] = ["回应", "针对", "关于", "对于", "就", "对"];

impl Sentence<'_> {
    /// Returns the topic that holds a position.
    pub(super) fn topic(&self, at: usize) -> Option<Range<usize>> {
        let holds = |topic: &&Range<usize>| topic.start <= at && at < topic.end;
        self.topics.get_or_init(|| self.find_topics()).iter().find(holds).cloned()
    }

    /// Returns where the name of who answers ends in what stands before a headline's colon: 中方回應美方起訴三人.
    pub(super) fn answers_about(&self, name: &str) -> Option<usize> {
        let marks = ["就", "针对", "谈"].iter().filter_map(|mark| name.find(mark).filter(|at| *at > 0));
        let given = ["回应", "回覆", "答"].iter().filter_map(|mark| {
            let at = name.find(mark)?;
            (at > 0 && name.len() > at + mark.len() + 6).then_some(at)
        });
        let end = given.chain(marks).min()?;
        let office = self.glance.has(&self.words.colon_end, &name[..end]);
        let actor = self.actors().iter().any(|actor| *self.stretch(actor.clone()) == name[..end]);
        (office || actor).then_some(end)
    }

    fn find_topics(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        let ends = self.text.char_indices().filter(|(at, c)| ends_clause(self.text, *at, *c));
        let ends: Vec<(usize, usize)> = ends.map(|(at, c)| (at, at + c.len_utf8())).collect();
        for (end, next) in ends.into_iter().chain([(self.text.len(), self.text.len())]) {
            found.extend(self.topic_in(start..end));
            start = next;
        }
        found
    }

    /// Finds the topic of a clause: a mark, an act of a side that accuses, or of what befell somebody, and an answer.
    fn topic_in(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let text = self.stretch(clause.clone());
        let lead = self.lead(text);
        let marks = MARKS.iter().filter_map(|mark| {
            let at = text.find(mark)?;
            let inside =
                self.actors().iter().any(|actor| actor.start < clause.start + at && clause.start + at < actor.end);
            let word = self.words.compound.find_iter(text).any(|word| word.start() <= at && at < word.end());
            let opens_actor = self.actors().iter().any(|actor| actor.start == clause.start + at + mark.len());
            (!inside && (!word || opens_actor)).then_some((at, at + mark.len()))
        });
        // 對於, and no 對 before 於.
        let (mark, from) = marks.min_by_key(|(at, from)| (*at, std::cmp::Reverse(*from)))?;
        let said = &text[from..];
        let act = self.phrases.acts_of_accusers.iter().filter_map(|act| said.find(act).map(|at| (at, at + act.len())));
        let (act, act_end) = act.min()?;
        // 就提供的線索起訴某人: the side that accuses stands right before its verb, or else somebody is accused.
        let before = said[..act].trim_end();
        let befalls = ["被", "遭", "落网"].iter().any(|word| said[act..].starts_with(word));
        let near = |end: usize| before[end..].chars().count() <= 6;
        let side = self.actors().iter().any(|actor| {
            let (start, end) = (actor.start, actor.end);
            let own = clause.start + from;
            own <= start && end <= own + before.len() && near(end - own) && !before[end - own..].contains("提")
        });
        let office = self.phrases.accusing_ends.ends(before);
        if before.is_empty() || !(befalls || side || office) {
            return None;
        }
        let rest = &said[act_end..];
        let answer = self.phrases.answer_verbs.iter().filter_map(|verb| rest.find(verb)).min();
        let opens = mark <= lead;
        let headline = self.text[clause.end..].starts_with(':');
        let length = match answer {
            Some(at) if at > 0 || befalls || office || side => act_end + at,
            None if opens && self.text[clause.end..].starts_with(',') || headline && mark > 0 => said.len(),
            _ => return None,
        };
        // 對某人起訴並表示: another verb of the one who accuses.
        let joined = said[act_end..length].starts_with(['并', '后', '时']);
        let own = clause.start + from;
        (!joined && said[..length].chars().any(fold::is_han)).then_some(own..own + length)
    }
}
