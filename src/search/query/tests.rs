use super::*;

/// Checks how a query is read.
#[track_caller]
fn check(text: &str, expected: &str) {
    match parse(text) {
        Ok(query) => assert_eq!(query.to_string(), expected, "{text}"),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// Checks where a mistake is, how its reason begins, and what is suggested (nothing: an empty text).
#[track_caller]
fn wrong(text: &str, column: usize, reason: &str, suggestion: &str) {
    let error = parse(text).expect_err(text);
    assert_eq!(error.column, column, "{text}: {error}");
    assert!(error.reason.starts_with(reason), "{text}: {error}");
    assert_eq!(error.suggestion.as_deref().unwrap_or_default(), suggestion, "{text}");
}

#[test]
fn words_stand_together() {
    check("spy", "spy");
    check("spy balloon", "spy AND balloon");
    check("spy AND balloon", "spy AND balloon");
    check("spy OR balloon kite", "spy OR (balloon AND kite)");
    check("(spy OR balloon) kite", "(spy OR balloon) AND kite");
    check("-spy", "NOT spy");
    check("spy -(balloon kite)", "spy AND NOT (balloon AND kite)");
    check("NOT NOT spy", "spy");
    check("NOT (NOT spy)", "spy");
    check("((spy))", "spy");
    check("co-operate China's 12:30", "co-operate AND China's AND 12:30");
    check("國安部：警告", "國安部:警告");
}

#[test]
fn lower_case_operators_are_words() {
    check("spy and balloon or not", "spy AND and AND balloon AND or AND not");
}

#[test]
fn phrases_prefixes_and_fields() {
    check("\"spy balloon\" espion*", "\"spy balloon\" AND espion*");
    check("title:spy body:\"weather balloon\"", "title:spy AND body:\"weather balloon\"");
    check("title:(spy OR espion*)", "title:spy OR title:espion*");
    check("source:a-1 lang:zh country:TW kind:deny", "source:a-1 AND lang:zh AND country:TW AND kind:deny");
    check(
        "speaker:\"Ministry M\" target:CN.mfa story:204",
        "(speaker:\"Ministry M\" AND target:CN.mfa) AND story:s-204",
    );
    check("story:s-204", "story:s-204");
    check("lang:hant OR lang:HANS OR lang:zh-TW", "lang:zh-Hant OR lang:zh-Hans OR lang:zh-Hant");
    check("lang:ZH-hans", "lang:zh-Hans");
    check("lang:de", "lang:de");
    check("kind:no-comment", "kind:no_comment");
    check("date:2026-11 seen:..2026-11-20", "date:2026-11 AND seen:..2026-11-20");
    check("TITLE:NOT", "title:NOT");
    check("\"NEAR/5 AND (\"", "\"NEAR/5 AND (\"");
}

#[test]
fn input_methods_write_other_signs() {
    check("“spy balloon”", "\"spy balloon\"");
    check("「國家安全」　（間諜　OR　諜報）", "\"國家安全\" AND (間諜 OR 諜報)");
    check("title：間諜 －臺灣 spy＊", "title:間諜 AND NOT 臺灣 AND spy*");
    check("date:２０２６-１１", "date:2026-11");
}

#[test]
fn nothing_to_search_for() {
    wrong("", 1, "the query is empty", "");
    wrong("  　", 1, "the query is empty", "");
    wrong("spy &", 5, "`&` holds no letter", "spy");
    wrong("\"\"", 1, "nothing stands between the quotation marks", "");
    wrong("spy \"…\"", 5, "`…` holds no letter", "spy");
    wrong("spy *", 5, "a `*` needs letters", "spy");
    wrong("spy ()", 5, "nothing stands between the parentheses", "spy");
    wrong("spy title:()", 11, "nothing stands between the parentheses", "spy");
    wrong("source:\"\"", 8, "`source:` has no value", "");
}

#[test]
fn operators_need_both_sides() {
    wrong("AND spy", 1, "`AND` has nothing before it", "spy");
    wrong("spy AND", 5, "`AND` has nothing after it", "spy");
    wrong("spy AND OR kite", 5, "`AND` has nothing after it", "spy OR kite");
    wrong("spy OR", 5, "`OR` has nothing after it", "spy");
    wrong("(OR spy)", 2, "`OR` has nothing before it", "(spy)");
    wrong("spy NOT", 5, "`NOT` has nothing after it", "spy");
    wrong("(spy NOT)", 6, "`NOT` has nothing after it", "(spy)");
    wrong("spy - kite", 5, "a `-` must touch", "spy kite");
    wrong("AND", 1, "`AND` has nothing before it", "");
}

#[test]
fn what_opens_must_close() {
    wrong("spy \"balloon", 5, "the quotation mark is never closed", "spy \"balloon\"");
    wrong("「間諜", 1, "the quotation mark is never closed", "「間諜」");
    wrong("(spy", 1, "this `(` is never closed", "(spy)");
    wrong("((spy) kite", 1, "this `(` is never closed", "((spy) kite)");
    wrong("spy)", 4, "this `)` closes nothing", "spy");
    wrong(") spy", 1, "this `)` closes nothing", "spy");
    wrong("(", 1, "the query ends too early", "");
}

#[test]
fn what_is_to_come_is_no_word() {
    wrong("china NEAR/5 spy", 7, "`NEAR/5` is not supported yet", "china AND spy");
    wrong("china PRE/3 spy", 7, "`PRE/3` is not supported yet", "china AND spy");
    wrong("china near/5 spy", 7, "`near/5` is not supported yet", "china AND spy");
    wrong("china W/3 spy", 7, "`W/3` is not supported yet", "china AND spy");
    wrong("china NEAR spy", 7, "`NEAR` is not supported yet", "china AND spy");
    wrong("SENT(china spy)", 1, "`SENT(...)` is not supported yet", "(china spy)");
    wrong("PARA (china spy)", 1, "`PARA(...)` is not supported yet", "(china spy)");
    wrong("atleast:3 spy", 1, "`atleast:3` is not supported yet", "spy");
    wrong("tag:x spy", 1, "`tag:x` is not supported yet", "spy");
    wrong("spy @mine", 5, "a saved search (`@mine`) is not supported yet", "spy");
    wrong("spy %mss", 5, "a set of aliases (`%mss`) is not supported yet", "spy");
    wrong("spy date:P7D", 10, "a stretch of time up to now (`P7D`) is not supported yet", "");
    assert_eq!(
        parse("china NEAR/5 spy").expect_err("not yet").to_string(),
        "`NEAR/5` is not supported yet at column 7"
    );
}

#[test]
fn other_languages_are_refused() {
    wrong("spy && kite", 5, "`&&` is written AND", "spy AND kite");
    wrong("spy || kite", 5, "`||` is written OR", "spy OR kite");
    wrong("!spy", 1, "`!spy` is written with a `-`", "-spy");
    wrong("s*y", 2, "a `*` can only end a word", "sy");
    wrong("*spy", 1, "a `*` can only end a word", "spy");
    wrong("sp?", 3, "a `?` stands for nothing", "sp*");
    wrong("間諜？", 3, "a `?` stands for nothing", "間諜*");
    wrong("spi~1", 4, "`~` has no meaning here", "spi");
    wrong("\"spy kite\"~3", 11, "`~` has no meaning here", "\"spy kite\"");
    wrong("\"spy kite\"*", 11, "a `*` ends a word", "\"spy kite\"");
    wrong("spy^2", 4, "`^` has no meaning here", "spy");
}

#[test]
fn fields_must_be_known_and_touch_their_value() {
    wrong("titel:spy", 1, "there is no field `titel:`", "title:spy");
    wrong("language:en spy", 1, "there is no field `language:`", "lang:en spy");
    wrong("http://site.example/a spy", 1, "there is no field `http:`", "\"http://site.example/a\" spy");
    wrong("title: spy", 1, "`title:` must touch", "title:spy");
    wrong("spy title:", 5, "`title:` must touch", "spy");
    wrong("(spy title:)", 6, "`title:` must touch", "(spy)");
    wrong("title:-spy", 7, "the `-` stands before the field", "-title:spy");
    wrong("title:(spy source:a)", 12, "a field inside of `title:(...)`", "title:(spy a)");
    wrong("source:a*", 8, "a `*` does not work in `source:`", "source:a");
    wrong("kind:denied", 6, "`denied` is no kind", "");
    wrong("kind:denie", 6, "`denie` is no kind", "");
    wrong("kind:denyy", 6, "`denyy` is no kind", "kind:deny");
    wrong("story:x", 7, "`x` is no story", "");
    wrong("story:0", 7, "`0` is no story", "");
}

#[test]
fn dates_must_be_dates() {
    wrong("spy date:yesterday", 10, "`yesterday` is no date", "");
    wrong("date:2026/11/20", 6, "`2026/11/20` is no date", "date:2026-11-20");
    wrong("date:2026-02-30", 6, "there is no such date as `2026-02-30`", "");
    wrong("date:2026-12..2026-11", 6, "the range ends before it begins", "date:2026-11..2026-12");
    wrong("seen:..", 6, "the range has no ends", "");
    wrong("date:[2026-11 TO *] spy", 6, "a range is written", "date:2026-11.. spy");
    wrong("date:[2026-11", 6, "a range is written", "");
}

#[test]
fn a_query_is_bounded() {
    assert!(parse(&"(".repeat(3_000)).is_err());
    assert!(parse(&format!("{}a{}", "(".repeat(30), ")".repeat(30))).is_err());
    assert!(parse(&"-".repeat(3_000)).is_err());
    assert!(parse(&"a ".repeat(300)).is_err());
    assert!(parse(&"a".repeat(5_000)).is_err());
    check(&format!("{}spy", "NOT ".repeat(900)), "spy");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        holds(&text)?;
    }

    #[test]
    fn any_row_of_pieces_is_read_or_refused(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "AND", "OR", "NOT", "-", "(", ")", "\"", "「", "」", "“", "title:", "source:", "date:", "kind:", "story:",
                "spy", "間諜", "*", "?", "2026-11", "..", "deny", " ", "　", "@", "%", "NEAR/2", "SENT(", "atleast:3", ":",
                "~", "!", "foo:", "co-op", "\u{200b}", "1",
            ]),
            0..12,
        ),
        space in proptest::bool::ANY,
    ) {
        holds(&pieces.join(if space { " " } else { "" }))?;
    }
}

/// A query that was read is shown so that it is read the same again; a mistake is inside the text, and what is
/// suggested works.
fn holds(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let shown = query.to_string();
            let again = parse(&shown).map(|query| query.to_string());
            proptest::prop_assert_eq!(again, Ok(shown));
        }
        Err(error) => {
            let columns = text.chars().count().max(1);
            proptest::prop_assert!((1..=columns).contains(&error.column), "{} of {}", error.column, columns);
            if let Some(suggestion) = error.suggestion {
                proptest::prop_assert!(parse(&suggestion).is_ok(), "{}", suggestion);
            }
        }
    }
    Ok(())
}

#[track_caller]
fn of_one_statement(text: &str, expected: &[&str]) {
    let query = parse(text).expect(text);
    assert_eq!(query.of_one_statement(), expected, "{text}");
    let again = parse(&query.to_string()).expect("it reads what it shows");
    assert_eq!(again, query, "{text}");
}

#[test]
fn fields_of_statements_side_by_side_are_of_one() {
    of_one_statement("speaker:CN.mss kind:deny", &["speaker:CN.mss AND kind:deny"]);
    of_one_statement("kind:deny spy speaker:CN.mss lang:en", &["kind:deny AND speaker:CN.mss"]);
    of_one_statement(
        "speaker:(Lin Jian) kind:(deny OR protest)",
        &["speaker:Lin AND speaker:Jian AND (kind:deny OR kind:protest)"],
    );
    of_one_statement(
        "(speaker:A kind:deny) (speaker:B kind:accuse) spy",
        &["speaker:A AND kind:deny", "speaker:B AND kind:accuse"],
    );
    of_one_statement("spy -(speaker:A kind:deny)", &["speaker:A AND kind:deny"]);
    of_one_statement("speaker:A -kind:deny", &[]);
    of_one_statement("speaker:A OR kind:deny", &[]);
    of_one_statement("kind:deny kind:accuse", &[]);
    of_one_statement("speaker:A (kind:deny OR spy)", &[]);
    wrong("spy OR speaker:A kind:deny kind:accuse", 8, "one statement is of one kind", "");
    wrong("lang:english", 6, "`english` is no language: write a tag as en, zh-Hant", "");
    wrong("sub:smera", 5, "`smera` is no finer label", "sub:smear");
}
