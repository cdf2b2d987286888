//! The demo's own small web: a site on loopback, and the sample world that it serves.
//!
//! Everything here stands in for the network: invented outlets on `.example` hosts, told in phases so that a second
//! look finds what changed. What is made of it is the work of the real pipeline; nothing here knows the stages.

pub mod site;
pub mod world;
