//! What is made of the whole: the compare matrix and the digest, as named types. Pure: the record is given, nothing is
//! read, and how a report looks is the business of `render`.

mod claim;
mod delay;
mod digest;
mod matrix;
mod review;
mod silence;
mod stories;
mod yields;

pub use claim::{Bearing, Claim, Found, Mark, Party};
pub use delay::{AnsweredAfter, Delay};
pub use digest::{
    Coverage, Digest, DigestInput, NewAccusation, NewDenial, OpenAccusation, OutcomeCount, OutletHistory,
    OutletNumbers, ReprintLine, SourceHealth, TopStory, digest,
};
pub use matrix::{Answer, Cell, Changes, CutNote, Empty, Matrix, Origin, OutletRow, Presence, Reprint, matrix};
pub use review::{Doubt, ReviewFilter, ReviewRow, Scope, Tally, review_queue, sentence};
pub use silence::{Silence, SilenceRow, silence};
pub use stories::StoryLine;
pub use yields::{FEWEST_PAST, PAST, Yields, fallen, newest_fallen};

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod tests;
