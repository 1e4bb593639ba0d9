//! Cuts lines and areas to a tile with its buffer, and leaves out what nobody could see.

use super::{
    mercator::{BUFFER, EXTENT, InTile},
    mvt::Unit,
};

const LOW: f64 = -(BUFFER as f64);
const HIGH: f64 = (EXTENT + BUFFER) as f64;

/// The parts of a line inside the buffered tile, simplified and in whole units.
///
/// A part shorter than a unit becomes a dash of one unit: nothing that is there disappears.
pub(crate) fn line(positions: &[InTile], tolerance: f64) -> Vec<Vec<Unit>> {
    parts(positions).into_iter().map(|part| dash(whole(&simplify(&part, tolerance)))).collect()
}

/// The part of a convex ring inside the buffered tile, clockwise as drawn; `None` when no unit of it is there.
pub(crate) fn ring(positions: &[InTile]) -> Option<Vec<Unit>> {
    let mut ring: Vec<InTile> = positions.to_vec();
    for axis in [0, 1] {
        ring = cut(&ring, axis, LOW, |at| LOW <= at);
        ring = cut(&ring, axis, HIGH, |at| at <= HIGH);
    }
    let mut ring = whole(&ring);
    if ring.first() == ring.last() {
        ring.pop();
    }
    // Twice the area by the surveyor's formula, positive when clockwise because rows count southwards.
    let twice_area: i64 = (0..ring.len())
        .map(|index| {
            let (a, b) = (ring[index], ring[(index + 1) % ring.len()]);
            i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])
        })
        .sum();
    if twice_area < 0 {
        ring.reverse();
    }
    (twice_area != 0).then_some(ring)
}

/// A line cut into the runs that lie inside (Liang and Barsky, 1984).
fn parts(positions: &[InTile]) -> Vec<Vec<InTile>> {
    let mut parts: Vec<Vec<InTile>> = Vec::new();
    for pair in positions.windows(2) {
        let Some([from, to]) = segment(pair[0], pair[1]) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

fn segment(from: InTile, to: InTile) -> Option<[InTile; 2]> {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let direction = to[axis] - from[axis];
        for (direction, room) in [(-direction, from[axis] - LOW), (direction, HIGH - from[axis])] {
            if direction == 0.0 && room < 0.0 {
                return None;
            } else if direction < 0.0 {
                enters = enters.max(room / direction);
            } else if 0.0 < direction {
                leaves = leaves.min(room / direction);
            }
        }
    }
    let along = |share: f64| [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
    // An end that is not cut stays exactly what it was, so that neighbouring segments still meet.
    let start = if enters <= 0.0 { from } else { along(enters) };
    let end = if 1.0 <= leaves { to } else { along(leaves) };
    (enters <= leaves).then_some([start, end])
}

/// One edge's turn of the polygon clipping after Sutherland and Hodgman (1974).
fn cut(ring: &[InTile], axis: usize, edge: f64, inside: impl Fn(f64) -> bool) -> Vec<InTile> {
    let mut kept = Vec::with_capacity(ring.len() + 2);
    for (index, to) in ring.iter().enumerate() {
        let from = ring[(index + ring.len() - 1) % ring.len()];
        if inside(from[axis]) != inside(to[axis]) {
            let share = (edge - from[axis]) / (to[axis] - from[axis]);
            kept.push([0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis])));
        }
        if inside(to[axis]) {
            kept.push(*to);
        }
    }
    kept
}

/// Leaves out inner positions that lie within `tolerance` of the last one kept. The ends stay.
fn simplify(positions: &[InTile], tolerance: f64) -> Vec<InTile> {
    let ([first, inner @ .., last], true) = (positions, 0.0 < tolerance) else { return positions.to_vec() };
    let mut kept = vec![*first];
    let mut before = *first;
    for at in inner {
        if tolerance < (at[0] - before[0]).hypot(at[1] - before[1]) {
            kept.push(*at);
            before = *at;
        }
    }
    kept.push(*last);
    kept
}

/// Positions in whole units, equal neighbours once.
fn whole(positions: &[InTile]) -> Vec<Unit> {
    let mut units: Vec<Unit> = positions.iter().map(|at| unit(*at)).collect();
    units.dedup();
    units
}

/// The nearest whole unit.
#[expect(clippy::cast_possible_truncation, reason = "what is cut to a tile has at most five digits; `as` saturates")]
pub(crate) fn unit(at: InTile) -> Unit {
    at.map(|units| units.round() as i32)
}

/// A line of a single position as a dash of one unit.
fn dash(mut units: Vec<Unit>) -> Vec<Unit> {
    if let [only] = units[..] {
        units.push([only[0] + 1, only[1]]);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_buffer() {
        let cases = [
            ("inside", vec![[0.0, 0.0], [10.0, 0.0]], vec![vec![[0, 0], [10, 0]]]),
            ("outside", vec![[-100.0, 0.0], [-100.0, 4096.0]], vec![]),
            ("past a corner", vec![[-200.0, -64.0], [-64.0, -200.0]], vec![]),
            ("through", vec![[-1000.0, 8.0], [9000.0, 8.0]], vec![vec![[-64, 8], [4160, 8]]]),
            (
                "out and in again",
                vec![[0.0, 0.0], [0.0, -200.0], [50.0, -200.0], [50.0, 0.0]],
                vec![vec![[0, 0], [0, -64]], vec![[50, -64], [50, 0]]],
            ),
            ("shorter than a unit", vec![[7.1, 7.0], [7.2, 7.0]], vec![vec![[7, 7], [8, 7]]]),
        ];
        for (name, positions, expected) in cases {
            assert_eq!(line(&positions, 0.0), expected, "{name}");
        }
    }

    #[test]
    fn simplifying_leaves_out_only_what_lies_within_the_tolerance() {
        let dense = [[0.0, 0.0], [3.0, 0.0], [50.0, 1.0], [52.0, 1.0], [100.0, 0.0]];
        assert_eq!(line(&dense, 4.0), [vec![[0, 0], [50, 1], [100, 0]]]);
        assert_eq!(line(&dense, 0.0), [vec![[0, 0], [3, 0], [50, 1], [52, 1], [100, 0]]]);
    }

    #[test]
    fn rings_are_cut_and_run_clockwise() {
        let square = |low: f64, high: f64| vec![[low, low], [low, high], [high, high], [high, low], [low, low]];
        let cases = [
            ("inside", square(0.0, 10.0), Some(vec![[10, 0], [10, 10], [0, 10], [0, 0]])),
            ("over the corner", square(-1000.0, 10.0), Some(vec![[10, -64], [10, 10], [-64, 10], [-64, -64]])),
            ("all around", square(-1000.0, 9000.0), Some(vec![[4160, -64], [4160, 4160], [-64, 4160], [-64, -64]])),
            ("elsewhere", square(5000.0, 5010.0), None),
            ("less than a unit", square(5.1, 5.2), None),
        ];
        for (name, positions, expected) in cases {
            let sorted = |ring: Vec<Unit>| {
                let first = (0..ring.len()).min_by_key(|index| ring[*index]).unwrap_or(0);
                [&ring[first..], &ring[..first]].concat()
            };
            assert_eq!(ring(&positions).map(sorted), expected.map(sorted), "{name}");
        }
    }
}
