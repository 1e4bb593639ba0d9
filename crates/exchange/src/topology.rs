//! Lines and rings that cross themselves.

use hatang_core::{Lonlat, Shape};

/// Where a run of a shape first crosses itself between two of its segments; touching is not crossing.
///
/// `O(n²)` in a run's positions at worst; segments whose boxes are apart cost one comparison.
pub(crate) fn self_crossing(shape: &Shape) -> Option<Lonlat> {
    shape.runs().find_map(crossing)
}

/// Where a ring of an area first crosses itself or another ring of it, as [`self_crossing`].
pub(crate) fn rings_crossing(shape: &Shape) -> Option<Lonlat> {
    first_crossing(shape.runs().flat_map(segments).collect())
}

type Segment = [[f64; 2]; 2];

fn crossing(run: &[Lonlat]) -> Option<Lonlat> {
    if run.len() < 4 { None } else { first_crossing(segments(run).collect()) }
}

fn segments(run: &[Lonlat]) -> impl Iterator<Item = Segment> {
    run.windows(2).map(|pair| [[pair[0].lon(), pair[0].lat()], [pair[1].lon(), pair[1].lat()]])
}

fn first_crossing(mut segments: Vec<Segment>) -> Option<Lonlat> {
    // Ordered by where they begin in the west, only those that begin before another ends can meet it.
    segments.sort_by(|a, b| west(a).total_cmp(&west(b)));
    for (index, one) in segments.iter().enumerate() {
        let east = one[0][0].max(one[1][0]);
        for other in segments[index + 1..].iter().take_while(|other| west(other) <= east) {
            if cross(one, other) {
                let middle = |axis: usize| f64::midpoint(other[0][axis], other[1][axis]);
                return Lonlat::new(middle(0), middle(1)).ok();
            }
        }
    }
    None
}

fn west([a, b]: &Segment) -> f64 {
    a[0].min(b[0])
}

/// Whether each segment has an end on either side of the other.
fn cross([a, b]: &Segment, [c, d]: &Segment) -> bool {
    let side = |from: &[f64; 2], to: &[f64; 2], at: &[f64; 2]| {
        (to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_crosses_itself_is_found_and_one_that_touches_is_not() {
        let line = |positions: &[(f64, f64)]| {
            Shape::LineString(positions.iter().map(|(lon, lat)| Lonlat::new(*lon, *lat).unwrap()).collect())
        };
        for (name, positions, crosses) in [
            ("straight", &[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)][..], false),
            ("a zigzag", &[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0)], false),
            ("a loop", &[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 2.0), (1.0, -1.0)], true),
            ("a ring", &[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 0.0)], false),
            ("a figure of eight", &[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)], true),
            ("there and back", &[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0), (1.0, 0.0)], false),
        ] {
            assert_eq!(self_crossing(&line(positions)).is_some(), crosses, "{name}");
        }
    }
}
