//! Any string is read without a panic, and every span lies inside its text on character boundaries.
//!
//! `cargo +nightly fuzz run text -- -dict=fuzz/text.dict -max_len=4096`

#![no_main]

use std::sync::LazyLock;

use gainsay::lexicon::Lexicon;
use gainsay::model::{Article, Place};
use gainsay::statement::{self, OutletContext};
use gainsay::{assess, language};
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

fuzz_target!(|text: &str| {
    // The first line is the headline, as in a saved page.
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let lang = language::detect(text, None);
    for sentence in language::sentences(body, &lang) {
        assert!(body.get(sentence.span).is_some_and(|part| !part.is_empty()));
    }
    let article = Article::of_text(title, body, lang);
    let part = |place| if place == Place::Title { &article.title } else { &article.text };
    let assessed = assess::assess(&LEXICON, &article);
    assert!((0.0..=1.0).contains(&assessed.score));
    for reason in assessed.why {
        assert!(part(reason.place).get(reason.span).is_some());
    }
    for country in [None, Some("TW"), Some("HK"), Some("CN")] {
        for statement in statement::find(&LEXICON, &article, OutletContext { country }) {
            let whole = part(statement.place);
            assert!(whole.get(statement.span).is_some(), "{}", statement.rule);
            assert!(whole.get(statement.sentence).is_some(), "{}", statement.rule);
        }
    }
});
