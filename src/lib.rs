//! gainsay watches news outlets for coverage of Chinese intelligence activity and shows who accused whom, who denied
//! it, and how each outlet told it. It reports that *X said it of Y in Z*, never that it is so.
//!
//! This file is the map. One feed entry goes from left to right and meets one new type at each step:
//!
//! ```text
//! FeedSource -> FeedEntry -> FetchedPage -> Article -> Assessment -> Statement -> Story
//!  config       feed         fetch          extract    assess        statement    story
//! ```
//!
//! - The **core** only thinks: no network, no files, no clock, no async.
//! - The **edges** touch the world: [`fetch`] (HTTP), [`store`] (SQLite and WARC), [`search`] (tantivy), [`cli`], [`demo`].
//! - [`model`] holds what passes between them. Stages know `model` and the helpers below it; they do not know each other.
//! - [`pipeline`] joins them: `process` is pure, `run` is async and decides nothing.
//!
//! `tests/suite/layering.rs` holds the code to this.

// What passes between the stages.
pub mod model;

// Helpers of the core: each is the one home of what it wraps.
pub mod dates;
pub mod decode;
pub mod fold;
pub mod html;
pub mod language;
pub mod lexicon;
pub mod pattern;

// The stages, in the order in which an entry meets them.
pub mod assess;
pub mod config;
pub mod extract;
pub mod feed;
pub mod statement;
pub mod story;

// What is made of the whole, and how it is shown.
pub mod health;
pub mod render;
pub mod report;

// The edges, and what joins them to the core.
pub mod fetch;
pub mod pipeline;
pub mod search;
pub mod store;

// What a person starts.
pub mod cli;
pub mod demo;
