//! What a language's file of cues still lacks, in words: what STYLE.md promises to whoever adds one.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use crate::lexicon::cues::grammar::GrammarLists;
use crate::lexicon::cues::{Phrases, WordTable, expanded};
use crate::lexicon::{Cue, Lexicon};
use crate::model::{Lang, StatementKind};

/// A file of cues as its writer sees it.
#[derive(serde::Deserialize)]
struct File {
    #[serde(default)]
    words: BTreeMap<String, toml::Value>,
    #[serde(default)]
    phrases: BTreeMap<String, toml::Value>,
    #[serde(default)]
    grammar: BTreeMap<String, toml::Value>,
    #[serde(default)]
    cue: Vec<Cue>,
    /// What the language has no use for, and why.
    #[serde(default)]
    unused: BTreeMap<String, String>,
}

/// Returns one line for each group of words, kind and label that a file neither has nor gives up with a reason.
fn missing(name: &str, text: &str) -> Vec<String> {
    let file: File = toml::from_str(&expanded(text)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let cue = |kind: StatementKind| file.cue.iter().filter(move |cue| cue.kind == kind);
    let mut parts: Vec<(String, String, bool)> = Vec::new();
    for (table, groups, written) in [
        ("words", fields::<WordTable>(), &file.words),
        ("phrases", fields::<Phrases>(), &file.phrases),
        ("grammar", fields::<GrammarLists>(), &file.grammar),
    ] {
        let part = |group: &&str| {
            (format!("{table}.{group}"), format!("no group `{group}` in [{table}]"), written.contains_key(*group))
        };
        parts.extend(groups.iter().map(part));
    }
    for kind in StatementKind::ALL {
        parts.push((kind.name().to_owned(), format!("no cue of kind `{}`", kind.name()), cue(*kind).next().is_some()));
        for sub in kind.subs() {
            let has = cue(*kind).any(|cue| cue.sub.as_deref() == Some(*sub));
            parts.push((
                format!("{}.{sub}", kind.name()),
                format!("no cue of kind `{}` with sub `{sub}`", kind.name()),
                has,
            ));
        }
    }
    let mut lines = Vec::new();
    for (key, lack, has) in &parts {
        let table = key.split('.').next().unwrap_or_default();
        let reason = file.unused.get(key).or_else(|| file.unused.get(table));
        match (has, reason) {
            (false, None) => {
                lines.push(format!("{name}: {lack}: add it, or say why not under [unused] as \"{key}\" = \"...\""))
            }
            (true, Some(_)) if file.unused.contains_key(key) => {
                lines.push(format!("{name}: \"{key}\" stands under [unused] and is there"));
            }
            _ => {}
        }
    }
    for (key, reason) in &file.unused {
        let known =
            parts.iter().any(|(part, ..)| part == key) || matches!(key.as_str(), "words" | "phrases" | "grammar");
        if !known {
            lines.push(format!("{name}: \"{key}\" under [unused] is no group, kind or label"));
        }
        if reason.trim().is_empty() {
            lines.push(format!("{name}: \"{key}\" stands under [unused] without a reason"));
        }
    }
    let odd = file.cue.iter().filter_map(|cue| Some((cue, cue.sub.as_deref()?)));
    for (cue, sub) in odd.filter(|(cue, sub)| !cue.kind.subs().contains(sub)) {
        lines.push(format!("{name}: rule `{}` has sub `{sub}`, which {} does not have", cue.rule, cue.kind.name()));
    }
    lines
}

/// The files of cues, each with the code of its language; `tests/suite/layering.rs` sees that none is left out.
const FILES: &[(&str, &str)] = &[("en", include_str!("../cues-en.toml")), ("zh", include_str!("../cues-zh.toml"))];

#[test]
fn each_language_has_every_group_or_a_reason() {
    let lines: Vec<String> =
        FILES.iter().flat_map(|(code, text)| missing(&format!("cues-{code}.toml"), text)).collect();
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}

#[test]
fn each_file_of_cues_is_read() {
    let lexicon = Lexicon::shipped();
    let unread: Vec<_> = FILES.iter().filter(|(code, _)| lexicon.cues(&Lang::new(*code)).is_none()).collect();
    assert!(unread.is_empty(), "`Lexicon::cues` gives nobody these: {unread:?}");
}

#[test]
fn what_is_missing_is_named() {
    let text = "[words]\nclaim = 'x'\n[unused]\ngrammar = \"no clauses\"\nclaims = \"x\"\nretract = \"\"\n\"deny.plea\" = \"no courts\"\n\
                [[cue]]\nrule = \"r\"\nkind = \"deny\"\nsub = \"plea\"\npattern = 'x'\n";
    let lines = missing("cues-xx.toml", text);
    let has = |part: &str| lines.iter().any(|line| line.starts_with(&format!("cues-xx.toml: {part}")));
    assert!(
        has("no group `hostile` in [words]: add it, or say why not under [unused] as \"words.hostile\" = \"...\""),
        "{lines:#?}"
    );
    assert!(has("no cue of kind `charge`: "), "{lines:#?}");
    assert!(has("no cue of kind `deny` with sub `smear`: "), "{lines:#?}");
    assert!(has("\"claims\" under [unused] is no group"), "{lines:#?}");
    assert!(has("\"retract\" stands under [unused] without a reason"), "{lines:#?}");
    assert!(has("\"deny.plea\" stands under [unused] and is there"), "{lines:#?}");
    for there in ["no group `claim`", "no group `determiners`", "no cue of kind `deny`: ", "no cue of kind `retract`"] {
        assert!(!has(there), "{there} in {lines:#?}");
    }
}

/// Returns the fields of a table, as its reader knows them.
fn fields<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It fails on purpose once it has seen the names.
    let _ = T::deserialize(Fields(&mut names));
    names
}

/// Hands out no value, and keeps the names of the fields it was asked for.
struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("only the fields are asked for"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
