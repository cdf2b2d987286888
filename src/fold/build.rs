//! Makes the character tables of `fold` from OpenCC's dictionaries, at build time.
//!
//! One character goes to one character, or the spans of a match could not be carried back to the text as printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Characters that OpenCC leaves alone because the choice depends on the word. For matching both sides fold alike, so
/// that nothing is lost by folding them.
const OWN: [(char, char); 6] = [('锺', '钟'), ('鍾', '钟'), ('著', '着'), ('衞', '卫'), ('祇', '只'), ('牠', '它')];

/// Characters that both scripts write, although the converter from Simplified would change them.
const SHARED: &str =
    "后里台干面发只几系松谷斗丑于云余制卷采占了舍别征准奸范淀游志布托注并凶周冬尸岩升郁表仆板胡须致朱欲家出才克折杰秋";

/// The characters of the table; the rare ones beyond are looked up in a list.
const TABLED: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

fn main() {
    println!("cargo::rerun-if-changed=src/fold/build.rs");
    let converter = |config| OpenCC::from_config(config).expect("a built-in configuration loads");
    let to_simplified: Vec<OpenCC> =
        [BuiltinConfig::Hk2s, BuiltinConfig::Tw2s, BuiltinConfig::T2s].into_iter().map(converter).collect();
    let to_traditional = converter(BuiltinConfig::S2t);

    let han = ('\u{3400}'..='\u{9fff}').chain('\u{f900}'..='\u{faff}').chain('\u{20000}'..='\u{323af}');
    let mut fold: BTreeMap<char, char> = BTreeMap::new();
    let mut traditional = Vec::new();
    let mut simplified = Vec::new();
    for c in han {
        let folded = to_simplified.iter().fold(c, |c, converter| single(converter, c));
        if folded != c {
            fold.insert(c, folded);
        }
        if single(&to_simplified[2], c) != c {
            traditional.push(c);
        } else if single(&to_traditional, c) != c && !SHARED.contains(c) {
            simplified.push(c);
        }
    }
    fold.extend(OWN);

    let mut code = String::new();
    write_table(&mut code, &fold, &traditional, &simplified);
    fold.retain(|c, _| !TABLED.contains(c));
    write_pairs(&mut code, &fold);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("fold_tables.rs"), code).expect("the build folder can be written");
}

/// Converts one character, and leaves it alone where the answer is not one character.
fn single(converter: &OpenCC, c: char) -> char {
    let converted = converter.convert(c.encode_utf8(&mut [0; 4]));
    let mut chars = converted.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

fn write_pairs(code: &mut String, pairs: &BTreeMap<char, char>) {
    writeln!(code, "/// Sorted by the first of each pair.\nstatic PAIRS: [(char, char); {}] = [", pairs.len())
        .expect("memory");
    for (from, to) in pairs {
        writeln!(code, "('{}','{}'),", from.escape_unicode(), to.escape_unicode()).expect("memory");
    }
    code.push_str("];\n");
}

/// Writes what is known of each character of the common blocks, so that one look tells it.
fn write_table(code: &mut String, fold: &BTreeMap<char, char>, traditional: &[char], simplified: &[char]) {
    let (first, last) = (u32::from(*TABLED.start()), u32::from(*TABLED.end()));
    writeln!(code, "const TABLE_START: u32 = {first};").expect("memory");
    writeln!(
        code,
        "/// By character: its folded form, and 1 when only Traditional writes it, 2 when only Simplified does."
    )
    .expect("memory");
    writeln!(code, "static TABLE: [(u16, u8); {}] = [", last - first + 1).expect("memory");
    for c in TABLED {
        let folded = fold.get(&c).map_or(u32::from(c), |folded| u32::from(*folded));
        let script = u8::from(traditional.contains(&c)) + 2 * u8::from(simplified.contains(&c));
        // A form outside the table's reach is left as it is; none is at present.
        let folded = u16::try_from(folded).unwrap_or(u32::from(c) as u16);
        write!(code, "({folded},{script}),").expect("memory");
    }
    code.push_str("];\n");
}
