//! Whether a route crosses a line of another sector, as far as both places are known.

use hatang_core::{Lonlat, Metres, Shape, geodesy, geodesy::TangentPlane};

/// How sure it is that a route crosses a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crossing {
    /// However far both are off, it does.
    Certain,
    /// It may.
    Possible,
    /// It does not.
    None,
}

/// Judges a route against a line; `radius` is the 95 % radius of both.
///
/// The route crosses for certain when it passes, an odd number of times, between two of its positions that both lie
/// farther from the line than the radius. What comes no nearer than the radius does not cross.
pub(crate) fn crossing(route: &Shape, line: &Shape, radius: Metres) -> Crossing {
    let distance = geodesy::nearest(route, line).distance;
    if radius < distance {
        return Crossing::None;
    }
    let plane = TangentPlane::at(route.bounding_box().centre());
    let metres = |at: &Lonlat| plane.metres(*at);
    let others: Vec<[[f64; 2]; 2]> = line
        .runs()
        .flat_map(|run| run.windows(2).map(|pair| [metres(&pair[0]), metres(&pair[1])]).collect::<Vec<_>>())
        .collect();
    for run in route.runs() {
        let far = |at: &Lonlat| radius < geodesy::nearest(&Shape::Point(*at), line).distance;
        let mut passes: Option<usize> = None;
        for (number, at) in run.iter().enumerate() {
            if let (Some(count), Some(before)) = (passes.as_mut(), number.checked_sub(1)) {
                let own = [metres(&run[before]), metres(at)];
                *count += others.iter().filter(|other| meets(own, **other)).count();
            }
            if far(at) {
                if passes.is_some_and(|count| count % 2 == 1) {
                    return Crossing::Certain;
                }
                passes = Some(0);
            }
        }
    }
    Crossing::Possible
}

/// Whether two segments share a position. One that starts on the other counts at its start and not at its end, so that
/// a passage through a corner is counted once.
fn meets([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let side = |from: [f64; 2], to: [f64; 2], p: [f64; 2]| {
        (to[0] - from[0]) * (p[1] - from[1]) - (to[1] - from[1]) * (p[0] - from[0])
    };
    let apart = |x: f64, y: f64| (x < 0.0) != (y < 0.0);
    apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b))
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Metres east and north of a place in the commune.
    fn line(positions: &[[f64; 2]]) -> Shape {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        Shape::LineString(positions.iter().map(|at| plane.lonlat(*at)).collect())
    }

    #[test]
    fn a_route_crosses_for_certain_only_when_both_its_sides_are_farther_than_the_radius() {
        let road = line(&[[0.0, -100.0], [0.0, 100.0]]);
        for (name, route, expected) in [
            ("straight across", line(&[[-50.0, 0.0], [50.0, 0.0]]), Crossing::Certain),
            ("ends just behind it", line(&[[-50.0, 0.0], [5.0, 0.0]]), Crossing::Possible),
            ("ends just before it", line(&[[-50.0, 0.0], [-5.0, 0.0]]), Crossing::Possible),
            ("ends well before it", line(&[[-50.0, 0.0], [-20.0, 0.0]]), Crossing::None),
            ("there and back", line(&[[-50.0, 0.0], [50.0, 0.0], [-50.0, 5.0]]), Crossing::Certain),
            ("dips over and returns", line(&[[-50.0, 0.0], [5.0, 0.0], [-50.0, 5.0]]), Crossing::Possible),
            ("along it", line(&[[-5.0, -50.0], [-5.0, 50.0]]), Crossing::Possible),
            ("past its end", line(&[[-50.0, 120.0], [50.0, 120.0]]), Crossing::None),
            ("with a corner on it", line(&[[-50.0, 0.0], [0.0, 0.0], [50.0, 0.0]]), Crossing::Certain),
        ] {
            assert_eq!(crossing(&route, &road, Metres::computed(10.0)), expected, "{name}");
        }
    }

    #[test]
    fn segments_meet_where_solving_for_their_common_position_says_so() {
        let mut random = ChaCha8Rng::seed_from_u64(22);
        let mut met = 0;
        for round in 0..2_000 {
            let mut somewhere = || -> [f64; 2] { [random.random_range(-50.0..50.0), random.random_range(-50.0..50.0)] };
            let [a, b, c, d] = [somewhere(), somewhere(), somewhere(), somewhere()];
            let minus = |p: [f64; 2], q: [f64; 2]| [p[0] - q[0], p[1] - q[1]];
            let cross = |p: [f64; 2], q: [f64; 2]| p[0] * q[1] - p[1] * q[0];
            let (ab, cd, ac) = (minus(b, a), minus(d, c), minus(c, a));
            let (along_ab, along_cd) = (cross(ac, cd) / cross(ab, cd), cross(ac, ab) / cross(ab, cd));
            let expected = (0.0..1.0).contains(&along_ab) && (0.0..1.0).contains(&along_cd);
            assert_eq!(meets([a, b], [c, d]), expected, "round {round}");
            met += u32::from(expected);
        }
        assert!(200 < met, "{met} pairs meet");
    }
}
