//! The longest run that stretches of a request make together.

use crate::route::BEND;

/// How much of their radius is taken off or added, to see what is certain, what is likely and what is possible.
pub(super) const HOW_SURE: [f64; 3] = [CERTAIN, LIKELY, POSSIBLE];
const CERTAIN: f64 = -1.0;
const LIKELY: f64 = 0.0;
/// What both places' radii allow at most.
pub(super) const POSSIBLE: f64 = 1.0;

/// A stretch of the request beside something else, and how much farther or nearer either end may lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) radii: [f64; 2],
}

/// Pieces in the order in which the request passes them.
pub(super) fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    pieces
}

/// The longest stretch that pieces make together, given in order, its ends moved by their radii as sure as asked. An
/// end is that of the piece which is best known to reach so far, or which may reach farthest.
pub(super) fn longest(pieces: &[Piece], how_sure: f64) -> f64 {
    let mut longest: f64 = 0.0;
    let mut reaches = f64::NEG_INFINITY;
    let (mut first, mut last) = (0.0, 0.0);
    for piece in pieces {
        let (from, to) = (piece.from - how_sure * piece.radii[0], piece.to + how_sure * piece.radii[1]);
        if piece.from <= reaches + BEND {
            (first, last) = (from.min(first), to.max(last));
        } else {
            (first, last) = (from, to);
        }
        reaches = reaches.max(piece.to);
        longest = longest.max(last - first);
    }
    longest.min(f64::MAX)
}
