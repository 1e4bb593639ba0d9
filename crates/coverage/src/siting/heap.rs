//! What a pick is worth, in order.

use std::cmp::{Ordering, Reverse};

use super::question::Means;

/// How good it would be to pick a candidate. The greatest is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Worth {
    /// The weight served anew.
    pub(super) gain: u64,
    /// What the gain is divided by: the cost where there is a budget, and one where there is none.
    pub(super) per: u64,
    pub(super) means: Means,
    pub(super) candidate: usize,
}

impl Ord for Worth {
    /// By gain for its cost; of equals the greater gain, then the more preferred means, then the first candidate.
    fn cmp(&self, other: &Self) -> Ordering {
        // Cross products, so that no rounding decides; a candidate that costs nothing is worth more than any other.
        let ratio = u128::from(self.gain) * u128::from(other.per);
        ratio.cmp(&(u128::from(other.gain) * u128::from(self.per))).then_with(|| self.gain.cmp(&other.gain)).then_with(
            || (Reverse(self.means), Reverse(self.candidate)).cmp(&(Reverse(other.means), Reverse(other.candidate))),
        )
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
