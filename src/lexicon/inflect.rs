//! The forms of English verbs, so that a table of cues names a verb once: `{deny}` stands for deny, denies, denied, denying.

use std::collections::HashMap;

/// Writes each `{verb}` of a pattern as the group of its forms.
///
/// `irregular` gives the past, the participle, and the form in -ing where the rules of spelling do not.
pub(super) fn expand(pattern: &str, irregular: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let close = after.find('}').unwrap_or(after.len() - 1);
        let inner = &after[1..close];
        // `\p{Han}` and `{0,3}` are the pattern's own.
        let is_verb = inner.starts_with(|c: char| c.is_ascii_lowercase()) && !before.ends_with("\\p");
        if is_verb {
            let (verb, tail) = inner.split_once(' ').map_or((inner, ""), |(verb, tail)| (verb, tail));
            out.push_str("(?:");
            out.push_str(&forms(verb, irregular).join("|"));
            out.push(')');
            if !tail.is_empty() {
                out.push(' ');
                out.push_str(tail);
            }
        } else {
            out.push_str(&after[..=close]);
        }
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Returns the forms of a verb, which may have other words behind it: "turned over".
pub(super) fn verb_forms(verb: &str, irregular: &HashMap<String, String>) -> Vec<String> {
    let (head, tail) = verb.find(' ').map_or((verb, ""), |at| verb.split_at(at));
    forms(head, irregular).into_iter().map(|form| form + tail).collect()
}

/// Returns the plural of a noun.
pub(super) fn plural(noun: &str) -> String {
    match noun.strip_suffix("man") {
        Some(stem) => format!("{stem}men"),
        None => third_person(noun),
    }
}

/// Returns the forms of a verb.
fn forms(verb: &str, irregular: &HashMap<String, String>) -> Vec<String> {
    let given: Vec<&str> = irregular.get(verb).map(|forms| forms.split(' ').collect()).unwrap_or_default();
    let mut forms = vec![verb.to_owned(), third_person(verb)];
    let past: Vec<&str> = given.iter().copied().filter(|form| !form.ends_with("ing")).collect();
    if past.is_empty() {
        forms.push(regular_past(verb))
    } else {
        forms.extend(past.into_iter().map(str::to_owned))
    }
    match given.iter().find(|form| form.ends_with("ing")) {
        Some(ing) => forms.push((*ing).to_owned()),
        None => forms.push(regular_ing(verb)),
    }
    forms.extend(given.iter().filter(|form| form.ends_with("ing")).skip(1).map(|form| (*form).to_owned()));
    // Longest first, so that a pattern without a boundary behind it takes the whole word.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    forms
}

fn third_person(verb: &str) -> String {
    match verb {
        _ if ends_in_consonant_and_y(verb) => format!("{}ies", &verb[..verb.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

fn regular_past(verb: &str) -> String {
    match verb {
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ if ends_in_consonant_and_y(verb) => format!("{}ied", &verb[..verb.len() - 1]),
        _ => format!("{verb}ed"),
    }
}

fn regular_ing(verb: &str) -> String {
    match verb {
        "lie" | "tie" => format!("{}ying", &verb[..verb.len() - 2]),
        _ if verb.ends_with('e') && !verb.ends_with("ee") => format!("{}ing", &verb[..verb.len() - 1]),
        _ => format!("{verb}ing"),
    }
}

fn ends_in_consonant_and_y(verb: &str) -> bool {
    let mut letters = verb.chars().rev();
    letters.next() == Some('y') && letters.next().is_some_and(|c| !"aeiou".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: &str) {
        let irregular = HashMap::from([
            ("find".to_owned(), "found".to_owned()),
            ("drop".to_owned(), "dropped dropping".to_owned()),
        ]);
        assert_eq!(expand(pattern, &irregular), expected);
    }

    #[test]
    fn a_verb_stands_for_its_forms() {
        check("{deny}", "(?:denying|denies|denied|deny)");
        check("{find} guilty", "(?:finding|finds|found|find) guilty");
        check("{drop}", "(?:dropping|dropped|drops|drop)");
        check("{push} back", "(?:pushing|pushes|pushed|push) back");
        check("{brush off}", "(?:brushing|brushes|brushed|brush) off");
        check("{accuse}", "(?:accusing|accuses|accused|accuse)");
    }

    #[test]
    fn words_have_their_forms() {
        let given = HashMap::from([("take".to_owned(), "took taken".to_owned())]);
        assert_eq!(
            verb_forms("take notes", &given),
            ["taking notes", "takes notes", "taken notes", "take notes", "took notes"]
        );
        assert_eq!(["spy", "aide", "crewman", "wish"].map(plural), ["spies", "aides", "crewmen", "wishes"]);
    }

    #[test]
    fn what_is_the_patterns_own_stays() {
        check(r"\p{Han}{0,3}[a-z]{2}", r"\p{Han}{0,3}[a-z]{2}");
    }
}
