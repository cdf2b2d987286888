//! Whether a look joins on to the one before, or items may have come and gone in between.

use crate::model::Overlap;

/// Some feeds keep an item or two at the top for weeks. So few known ones prove nothing by themselves.
const MOST_PINNED: usize = 2;
/// They are few as well when they are less than one in so many.
const FEW: usize = 4;
/// Headlines show that an outlet gave its items new ids and addresses where half of them are known. A single one proves
/// nothing: a daily bulletin has the same every day.
const HALF: usize = 2;

/// Returns how many items of an answer were known, as far as that shows that nothing was missed before them.
pub fn known_again(overlap: &Overlap) -> usize {
    let Overlap { items, known, known_headlines, has_newest, .. } = *overlap;
    let are_renamed = known == 0 && known_headlines > 0 && known_headlines * HALF >= items;
    let are_pinned = known <= MOST_PINNED && known * FEW < items && !has_newest;
    match (are_renamed, are_pinned) {
        (true, _) => known_headlines,
        (false, true) => 0,
        (false, false) => known,
    }
}

/// Says whether items may have been missed since the look before: there are some, some were known, and none is known again.
pub fn may_have_missed(overlap: &Overlap) -> bool {
    overlap.has_past && overlap.items > 0 && known_again(overlap) == 0
}
