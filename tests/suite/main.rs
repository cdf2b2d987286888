//! The command tests, in one binary so that they link once.

mod captures;
mod demo;
mod feeds;
mod fetch;
mod floors;
mod health;
mod layering;
mod measure;
mod news;
mod offline;
mod opml;
mod pages;
mod poll;
mod read;
mod review;
mod sitemaps;
mod source;
mod source_add;
mod source_edits;
mod sources;
mod statements;
mod terms;
mod transcripts;
mod traps;
mod world;
