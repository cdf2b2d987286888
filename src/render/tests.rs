//! The pages as a person sees them.

use jiff::tz::TimeZone;

use super::*;
use crate::report::sample::*;
use crate::report::tests::digest_input;
use crate::report::{Matrix, digest, matrix};

fn made() -> Matrix {
    matrix(&story(), &articles(), &sources(), &looks(), (at("08:00"), at("20:00")))
}

#[track_caller]
fn check(shown: &str, expected: &str) {
    assert_eq!(shown, expected, "\n{shown}");
}

#[test]
fn the_matrix_is_a_table_where_there_is_room() {
    check(&matrix_text(&made(), 200, &TimeZone::UTC), "");
}

#[test]
fn the_matrix_is_a_list_where_there_is_none() {
    check(&matrix_text(&made(), 60, &TimeZone::UTC), "");
}

#[test]
fn each_cell_leads_to_its_sentence() {
    check(&matrix_statements(&made(), 120), "");
}

#[test]
fn the_digest_is_one_page() {
    check(&digest_text(&digest(&digest_input()), 100, &TimeZone::UTC), "");
}

#[test]
fn the_digest_in_markdown_has_no_foreign_markup() {
    check(&digest_markdown(&digest(&digest_input()), &TimeZone::UTC), "");
}
