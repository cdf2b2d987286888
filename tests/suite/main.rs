//! The command tests, in one binary so that they link once.

mod layering;
