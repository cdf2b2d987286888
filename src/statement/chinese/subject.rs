//! The subject of a Chinese clause: what stands before the adverbials that stand before the verb.

use std::cell::OnceCell;
use std::ops::Range;

use super::super::Carried;
use super::clause::ends_clause;
use super::{Named, REACH, Sentence};
use crate::fold;

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
            // 遭美國指控的某公司否認: the head of the phrase answers.
            if let Some(head) = self.head_of_accused(clause.clone())
                && let Some(range) = self.trimmed_subject(head..end)
            {
                return self.judge(range);
            }
            if let Some(range) = self.trimmed_subject(clause.clone()) {
                return self.judge(range);
            }
            // 柯某，周五在論壇表示: a clause of adverbials only leaves the subject before the comma. 並促請…… goes on with
            // another clause, whose subject is not right before it.
            let clause = self.stretch(clause);
            let only_adverbial = self.lead(clause) > 0 || self.starts_adverbial(clause);
            let goes_on = clause.trim_start().starts_with(['并', '且', '还', '又', '也', '亦', '但', '却', '而']);
            let comma = self.text[..start].trim_end();
            if !only_adverbial || goes_on || !comma.ends_with(',') {
                break;
            }
            end = comma.len() - 1;
        }
        Subject::Nobody
    }

    pub(super) fn starts_adverbial(&self, clause: &str) -> bool {
        self.glance.all_of(&self.words.adverbial, clause.trim_start()).next().is_some_and(|found| found.start == 0)
    }

    /// Returns how many bytes of times and connectives open a clause.
    pub(super) fn lead(&self, clause: &str) -> usize {
        self.glance.all_of(&self.words.time_lead, clause).next().map_or(0, |found| found.end)
    }

    /// Takes adverbials off both ends of a clause.
    pub(super) fn trimmed_subject(&self, clause: Range<usize>) -> Option<Range<usize>> {
        let mut text = self.stretch(clause.clone());
        let mut start = clause.start;
        let skip = text.len() - text.trim_start().len();
        (text, start) = (&text[skip..], start + skip);
        let inside_actor = |at: usize| self.actors().iter().any(|actor| actor.start < at && at < actor.end);
        let starts_actor = |at: usize| self.actors().iter().any(|actor| actor.start == at);
        let lead = self.lead(text);
        if lead > 0 && !inside_actor(start + lead) {
            (text, start) = (&text[lead..], start + lead);
        }
        // Looked for once an adverbial was found: most names hold none.
        let compounds = OnceCell::new();
        let one_word = |found: &Range<usize>| {
            let holds = |word: &&Range<usize>| word.start <= found.start && found.start < word.end;
            let words = || self.glance.all_of(&self.words.compound, text).collect::<Vec<_>>();
            compounds.get_or_init(words).iter().filter(holds).any(|word| found.len() <= word.len())
        };
        // 他當年的導師: a time that describes a noun ends no subject.
        let describes = |found: &Range<usize>| found.len() > 3 && text[found.end..].starts_with('的');
        let adverbials = self.glance.all_of(&self.words.adverbial, text);
        let mut cuts = adverbials.filter(|found| !one_word(found) && !describes(found));
        let cut = cuts.find(|found| {
            let at = found.start;
            let in_name = inside_actor(start + at)
                || starts_actor(start + at)
                || self.is_surname(text, at)
                || self.is_given(text, at)
                || found.len() == 3 && self.is_in_full_name(text, at);
            !in_name && !in_brackets(text, at)
        });
        let cut = cut.map(|found| found.start);
        if cut == Some(0) && text.starts_with('在') && text.ends_with('看') {
            return None;
        }
        // 剛上任的發言人周某, 向總統提供情報的某局副主任柯某: the phrase opens with an adverbial of its own and its head
        // stands last.
        if let (Some(0), Some(head)) = (cut, text.rfind('的')) {
            let from = start + head + '的'.len_utf8();
            let long = text.len() > 36;
            let fits = !long || text.len() - head > 9;
            let last = fits.then(|| self.trimmed_subject(from..clause.end)).flatten();
            if let Some(name) = last.filter(|name| long || self.names_person(self.stretch(name.clone()))) {
                return Some(name);
            }
            if long {
                return None;
            }
        }
        // 中使館斥……: a verb of one character follows the actor at once.
        let bare_verb = |actor: &&Range<usize>| {
            actor.start >= start
                && actor.end <= clause.end
                && self
                    .stretch(actor.end..clause.end)
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
        // 某工程師遭檢方起訴, 檢調偵辦某人洩密案: the name ends where it tells what befell it, or what it looks into.
        if let Some(end) = self.before_what_befell(kept).filter(|end| !inside_actor(start + end)) {
            kept = &kept[..end];
        }
        if let Some(tail) = self.words.strip_end.find(kept)
            && !inside_actor(start + tail.start())
            && tail.start() > 0
        {
            kept = &kept[..tail.start()];
        }
        let kept = kept.trim_end();
        // 朱某批對岸…: a bare verb of one character stands between the speaker and the target.
        let bare =
            kept.trim_end_matches(['批', '斥', '轰', '指', '称', '说', '控', '就', '驳', '促', '吁', '呛', '呼']);
        let kept = if bare.chars().count() >= 2 { bare } else { kept };
        let opened = kept.trim_start_matches(['“', '「', '『', '"', '‘', '〔', '【']);
        let (start, kept) = (start + kept.len() - opened.len(), opened);
        let range = start..start + kept.len();
        (!kept.is_empty() && kept.chars().count() <= REACH).then_some(range)
    }

    /// Says whether an adverb is a surname where it stands: 發言人曾以寧, and no 發言人曾多次表示.
    fn is_surname(&self, text: &str, at: usize) -> bool {
        let mut letters = text[at..].chars();
        let surname = letters.next().filter(|c| matches!(c, '曾' | '于' | '向' | '应' | '从' | '时' | '正'));
        let titled = self.phrases.titles.iter().any(|title| text[..at].ends_with(title));
        let alone = at == 0 && surname == Some('曾');
        let Some(surname) = surname.filter(|_| titled || alone) else { return false };
        let given = &text[at + surname.len_utf8()..];
        let adverb = self.phrases.adverbs_of_given_names.begins(given);
        // The given name has one or two characters, and then the verb comes, or what stands before it.
        let ends = |count: usize| {
            let end = given.char_indices().nth(count).map_or(given.len(), |(end, _)| end);
            let name = &given[..end];
            let full = name.chars().count() == count && name.chars().all(fold::is_han);
            full && (end == given.len() || self.starts_adverbial(&given[end..]))
        };
        !adverb && (ends(2) || ends(1) && titled)
    }

    /// Says whether an adverb opens the given name behind such a surname: the 以 of 曾以寧.
    fn is_given(&self, text: &str, at: usize) -> bool {
        text[..at].char_indices().next_back().is_some_and(|(before, _)| self.is_surname(text, before))
    }

    /// Says whether a character that is an adverb elsewhere stands in a name of three, 工程師林正豪, and no 發言人高正式否認, or
    /// closes one of two: 李正否認.
    ///
    /// The name opens the phrase or follows what people are called by, and ends where the phrase does or an adverbial begins.
    pub(super) fn is_in_full_name(&self, text: &str, at: usize) -> bool {
        // Also what a state or a side is called in a headline: 韓將再次.
        const SIDES: &str = "韩陆方金江何任万";
        // With these behind them the adverbs are words of their own: 正式, 將會, 再次.
        const WORDS: &str = "式在面会次度该当邀讯询未不及有曾能接到图开以否后上时意求年日天晨晚被遭获某";
        let Some(letter) = text[at..].chars().next() else { return false };
        let introduces = |before: &str, surname: char| {
            before.is_empty() && !SIDES.contains(surname)
                || self.phrases.titles.ends(before)
                || self.phrases.person_ends.ends(before)
                || before.ends_with(['、', '将'])
        };
        // A surname alone is nobody's name in a sentence, so that the character behind it belongs to the name.
        let behind = &text[at + letter.len_utf8()..];
        let closes = "正力直坦".contains(letter)
            && !self.phrases.adverb_words.begins(&text[at..])
            && (behind.is_empty() || self.starts_adverbial(behind))
            && text[..at].chars().next_back().is_some_and(|surname| {
                let start = at - surname.len_utf8();
                self.phrases.surnames.begins(&text[start..at]) && introduces(&text[..start], surname)
            });
        if closes {
            return true;
        }
        // The surname stands right before it, or one character further off where it closes a name.
        let starts = text[..at].char_indices().rev().take(2);
        starts.enumerate().any(|(far, (start, surname))| {
            let can = if far == 0 { "正应将会再又从以于力直坦可未亦首" } else { "正坦" };
            let Some(name) = text.get(start..start + 9) else { return false };
            let rest = &text[start + 9..];
            let given = &text[at + letter.len_utf8()..start + 9];
            let one_word = if far == 0 { given } else { rest }.chars().next().is_some_and(|c| WORDS.contains(c));
            can.contains(letter)
                && self.phrases.surnames.begins(name)
                && name.chars().all(fold::is_han)
                && introduces(&text[..start], surname)
                && !one_word
                && !self.starts_adverbial(given)
                && (rest.is_empty()
                    || rest.starts_with(['(', '、', '和', '及', '等', '被', '遭', '涉'])
                    || self.starts_adverbial(rest))
        })
    }

    /// Returns whom a pronoun means: one that the sentence names before it, or the last person or office that spoke.
    pub(super) fn meant(&self, pronoun: Range<usize>, before: Option<Named>, carried: &Carried) -> Named {
        let person = matches!(self.stretch(pronoun.clone()), "他" | "她");
        let here = || match self.first_subject(pronoun.start) {
            Some(Named::Here(range)) if person && self.names_person(self.stretch(range.clone())) => {
                Some(Named::Here(range))
            }
            _ => None,
        };
        let office_spoke = carried.speaker.as_deref().is_some_and(|name| !self.is_person(&fold::text(name)));
        let last_person = || carried.person.clone().filter(|_| person && office_spoke).map(Named::Before);
        before.or_else(here).or_else(last_person).or_else(|| carried.meant()).unwrap_or(Named::Here(pronoun))
    }

    /// Returns who is named in an earlier clause of the sentence; a pronoun there is followed to whom it means.
    pub(super) fn named_earlier(&self, verb: usize, carried: &Carried) -> Option<Named> {
        match self.first_subject(verb)? {
            Named::Here(range) if self.glance.has(&self.words.pronoun, self.stretch(range.clone())) => {
                Some(self.meant(range, None, carried))
            }
            named => Some(named),
        }
    }

    /// Says whether a verb is said of the text that was just quoted: 其中寫道, 文中稱.
    pub(super) fn opens_with_what_is_quoted(&self, verb: usize) -> bool {
        let clause = self.stretch(self.clause_start(verb)..verb).trim();
        matches!(clause, "其中" | "文中" | "信中" | "文内" | "当中" | "声明中" | "文章中" | "帖文中" | "报告中")
    }

    pub(super) fn judge(&self, range: Range<usize>) -> Subject {
        let name = self.stretch(range.clone());
        // 她說，目前……: the verb of saying belongs to no name.
        let verb = self.words.say.find_iter(name).last().filter(|verb| verb.end() == name.len());
        if let Some(verb) = verb.filter(|verb| matches!(verb.as_str(), "说" | "表示" | "称" | "指出" | "强调" | "指"))
        {
            let before = name[..verb.start()].trim_end();
            if before.chars().count() == 1 && !self.glance.has(&self.words.pronoun, before) || before.is_empty() {
                return Subject::Nobody;
            }
            return self.judge(range.start..range.start + before.len());
        }
        if self.glance.has(&self.words.pronoun, name) {
            return Subject::Pronoun(range);
        }
        // 《甲報》引述乙說: the speaker is 乙, and 甲報 is whom the article quotes.
        // 某某數據: the word ends a noun.
        let noun = |end: usize| ["数据", "证据", "收据", "票据", "单据"].iter().any(|word| name[..end].ends_with(word));
        if let Some(found) = self.words.reported.find(name).filter(|found| !noun(found.end())) {
            let after = range.start + found.end()..range.end;
            let source = self.stretch(after.clone()).trim();
            let via = (found.start() > 0).then(|| range.start..range.start + found.start());
            return if source.chars().count() >= 2 { Subject::Named(after, via) } else { Subject::Nobody };
        }
        const SHORT: &str = "美英中日韩俄德法澳加印台陆朝欧菲检警官军妻夫父母";
        if name.chars().count() == 1 && name.chars().all(|c| fold::is_han(c) && !SHORT.contains(c)) {
            return Subject::Nobody;
        }
        // 任何人如果煽動, 被問及……時: a condition and a time are no names.
        let circumstance = ["如果", "若果", "倘若", "假如", "如有"].iter().any(|word| name.contains(word))
            || name.ends_with('时')
                && name.chars().count() > 3
                && !self.phrases.titles.stands_in(name)
                && !self.actors().iter().any(|actor| actor.start == range.start);
        if circumstance {
            return Subject::Nobody;
        }
        let first_person = name.ends_with(['我', '们']) && name.chars().count() > 3
            || ["我", "这", "那", "此"].iter().any(|word| name.starts_with(word))
                && !self.actors().iter().any(|actor| actor.start == range.start)
                && !self.is_own_office(name);
        // 說案件已立案: a verb of saying opens what is said, not a name.
        let says = self.words.say.find(name).filter(|found| found.start() == 0).is_some_and(|found| {
            !matches!(found.as_str(), "分析" | "评估" | "发现" | "通报" | "批评" | "解释" | "作证")
                && self.words.say_false.find(name).is_none_or(|looks| looks.start() != 0)
        });
        if says && !self.actors().iter().any(|actor| actor.start == range.start) {
            return Subject::Nobody;
        }
        let demonstrative =
            ["这份", "这名", "这位", "这封", "这家", "那名", "那家", "那位"].iter().any(|word| name.starts_with(word));
        if (first_person && !demonstrative)
            || self.glance.has(&self.words.not_subject, name)
            || name.chars().all(|c| !c.is_alphanumeric())
        {
            return Subject::Nobody;
        }
        Subject::Named(range, None)
    }

    /// Returns the subject of an earlier clause, for a verb whose own clause has none: of the last that tells who published
    /// or did something in public, else of the first.
    pub(super) fn first_subject(&self, verb: usize) -> Option<Named> {
        self.publisher(verb).or_else(|| self.subject_of_first(verb))
    }

    /// Returns who published something in a clause before a verb: 某公司今日發布報告，把……歸咎於…….
    fn publisher(&self, verb: usize) -> Option<Named> {
        let before = &self.text[..verb];
        let act = self.phrases.publishes.iter().filter_map(|word| before.rfind(word)).max()?;
        match self.subject(act) {
            Subject::Named(range, _) => Some(Named::Here(range)),
            _ => None,
        }
    }

    pub(super) fn subject_of_first(&self, verb: usize) -> Option<Named> {
        let mut start = 0;
        let ends = self.text[..verb].char_indices().filter(|(at, c)| *at > 0 && ends_clause(self.text, *at, *c));
        // 去年11月，某公司發布報告，指控……: the first clause may say no more than when.
        for (end, c) in ends.take(3) {
            // 據某社報道 names whose report it is, and nobody who does anything.
            let cited = ["据", "根据", "按"].iter().any(|word| self.stretch(start..end).trim_start().starts_with(word))
                // 跟蹤流亡港人案｜: the label of a headline.
                || matches!(c, '|' | '】');
            let subject = self.trimmed_subject(start..end).filter(|_| !cited).map(|range| self.judge(range));
            if let Some(Subject::Named(range, _) | Subject::Pronoun(range)) = subject {
                return Some(Named::Here(range));
            }
            start = end + c.len_utf8();
        }
        None
    }

    /// Says whether a phrase is an office as its own state's papers call it: 我網絡安全機構, 我駐某國使館.
    fn is_own_office(&self, name: &str) -> bool {
        let office = name.strip_prefix('我').filter(|rest| self.phrases.own.begins(rest));
        office.is_some_and(|rest| self.phrases.own_offices.ends(rest))
    }

    /// Says whether a folded phrase names a person: a title or an office that persons hold, or a noun for a person at its end.
    pub(super) fn names_person(&self, name: &str) -> bool {
        let titled = self.phrases.titles.stands_in(name) || self.phrases.person_ends.ends(name);
        titled && self.is_person(name) && !self.phrases.no_person.stands_in(name)
    }

    /// Says whether a folded phrase can name a person: it does not end as offices, states and companies do.
    pub(super) fn is_person(&self, name: &str) -> bool {
        let name = name.trim();
        name.chars().count() >= 2 && name.chars().count() <= 24 && !self.phrases.bodies.ends(name)
    }
}

fn in_brackets(text: &str, at: usize) -> bool {
    let open = text[..at].matches('(').count() > text[..at].matches(')').count();
    let title = text[..at].matches('《').count() > text[..at].matches('》').count();
    open || title
}
