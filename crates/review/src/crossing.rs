//! Whether a route crosses a line of another sector, as far as both places are known.

use hatang_core::{Lonlat, Metres, RequestItem, Shape, geodesy, geodesy::TangentPlane, plan::Layer};

use crate::{
    route::Route,
    scene::{LayerLine, Scene},
};

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

/// Judges a route against a line or an area; `radius` is the 95 % radius of both. What comes no nearer than the radius
/// does not cross.
///
/// The route crosses a line for certain when it passes, an odd number of times, between two of its positions that both
/// lie farther from the line than the radius, and comes no nearer to an end of the line: beyond its end there is
/// nothing to cross. It crosses an area for certain when a part of it lies deeper inside than the radius.
fn crossing(route: &Shape, line: &Shape, radius: Metres) -> Crossing {
    if radius < geodesy::nearest(route, line).distance {
        return Crossing::None;
    }
    let certain = if line.is_area() { is_deep_inside(route, line, radius) } else { passes(route, line, radius) };
    if certain { Crossing::Certain } else { Crossing::Possible }
}

/// The lines of a layer that a request crosses or may cross.
pub(crate) fn crossed<'a>(layer: Layer, item: &RequestItem, scene: &Scene<'a>) -> Vec<(LayerLine<'a>, Crossing)> {
    let near = scene.lines_near(layer, item, 0.0);
    let judged = near.iter().map(|line| (*line, crossing_of(item, line, &near)));
    judged.filter(|(_, how_sure)| *how_sure != Crossing::None).collect()
}

/// Judges one line of the plan beside the others of its layer that are near. Where one of its class goes on from its end
/// there is no end: who passes by the joint crosses one of the two.
pub(crate) fn crossing_of(item: &RequestItem, line: &LayerLine<'_>, near: &[LayerLine<'_>]) -> Crossing {
    let radius = |line: &LayerLine<'_>| line.accuracy.radius.combined_with(item.accuracy().radius);
    let alone = crossing(&item.shape, line.shape, radius(line));
    if alone != Crossing::Possible || line.shape.is_area() {
        return alone;
    }
    let goes_on = |other: &&LayerLine<'_>| {
        other.class == line.class && !other.shape.is_area() && meet_at_an_end(other.shape, line.shape)
    };
    let parts: Vec<&LayerLine<'_>> = near.iter().filter(goes_on).collect();
    let whole = Shape::MultiLineString(
        parts.iter().flat_map(|part| part.shape.runs()).chain(line.shape.runs()).map(<[_]>::to_vec).collect(),
    );
    let worst =
        parts.iter().map(|part| radius(part)).fold(radius(line), |worst, one| if worst < one { one } else { worst });
    if crossing(&item.shape, &whole, worst) == Crossing::Certain { Crossing::Certain } else { alone }
}

/// Whether two different lines share the position of an end.
fn meet_at_an_end(one: &Shape, other: &Shape) -> bool {
    let ends = |shape: &Shape| -> Vec<Lonlat> {
        shape.runs().flat_map(|run| [run.first(), run.last()]).flatten().copied().collect()
    };
    let ends_of_one = ends(one);
    one != other && ends(other).iter().any(|end| ends_of_one.contains(end))
}

/// Whether a part of a route, or a place, lies deeper inside an area than the radius.
fn is_deep_inside(route: &Shape, area: &Shape, radius: Metres) -> bool {
    let edge = Shape::MultiLineString(area.runs().map(<[_]>::to_vec).collect());
    let deep = |at: Lonlat| area.encloses(at) && radius < geodesy::nearest(&Shape::Point(at), &edge).distance;
    if route.positions().any(deep) {
        return true;
    }
    // Between its positions: what is near the edge or inside is more than what is near the edge.
    Route::of(route).is_some_and(|way| {
        let total = |shape: &Shape| way.beside(shape, radius.get()).total();
        total(&edge) + LEAST_DEPTH < total(area)
    })
}

/// Less than this inside is a rounding remainder, in metres.
const LEAST_DEPTH: f64 = 1e-3;

fn passes(route: &Shape, line: &Shape, radius: Metres) -> bool {
    let plane = TangentPlane::at(route.bounding_box().centre());
    let metres = |pair: &[Lonlat]| [plane.metres(pair[0]), plane.metres(pair[1])];
    let others: Vec<[[f64; 2]; 2]> =
        line.runs().flat_map(|run| run.windows(2).map(metres).collect::<Vec<_>>()).collect();
    let ends = loose_ends(line);
    let is_far = |at: Lonlat| radius < geodesy::nearest(&Shape::Point(at), line).distance;
    let crosses = |part: &[Lonlat]| {
        let times = |own: [[f64; 2]; 2]| others.iter().filter(|other| meets(own, **other)).count();
        let count: usize = part.windows(2).map(metres).map(times).sum();
        let shape = Shape::LineString(part.to_vec());
        let passes_an_end = || ends.iter().any(|end| geodesy::nearest(&Shape::Point(*end), &shape).distance <= radius);
        count % 2 == 1 && !passes_an_end()
    };
    route.runs().any(|run| {
        let far: Vec<usize> = (0..run.len()).filter(|number| is_far(run[*number])).collect();
        far.windows(2).any(|pair| crosses(&run[pair[0]..=pair[1]]))
    })
}

/// The ends of a line at which no other part of it goes on.
fn loose_ends(line: &Shape) -> Vec<Lonlat> {
    let goes_on = |end: Lonlat| 1 < line.positions().filter(|at| *at == end).count();
    let ends = line.runs().flat_map(|run| [run.first(), run.last()].into_iter().flatten());
    ends.copied().filter(|end| !goes_on(*end)).collect()
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
    use hatang_core::Accuracy;
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
            ("across its very end", line(&[[-50.0, 95.0], [50.0, 95.0]]), Crossing::Possible),
            ("across it, well before its end", line(&[[-50.0, 85.0], [50.0, 85.0]]), Crossing::Certain),
        ] {
            assert_eq!(crossing(&route, &road, Metres::computed(10.0)), expected, "{name}");
        }
    }

    #[test]
    fn where_parts_of_a_line_join_it_does_not_end() {
        let road = |parts: &[&[[f64; 2]]]| {
            let run = |part: &&[[f64; 2]]| line(part).runs().next().unwrap().to_vec();
            Shape::MultiLineString(parts.iter().map(run).collect())
        };
        let route = line(&[[-50.0, 2.0], [50.0, 2.0]]);
        let south: &[[f64; 2]] = &[[0.0, -100.0], [0.0, 0.0]];
        let north: &[[f64; 2]] = &[[0.0, 0.0], [0.0, 100.0]];
        let ring: &[[f64; 2]] = &[[0.0, 0.0], [0.0, -100.0], [200.0, -100.0], [200.0, 100.0], [0.0, 100.0], [0.0, 0.0]];
        for (name, parts, expected) in [
            ("joined to another", vec![south, north], Crossing::Certain),
            ("the same that ends there", vec![north], Crossing::Possible),
            ("a ring, which has no end", vec![ring], Crossing::Certain),
        ] {
            assert_eq!(crossing(&route, &road(&parts), Metres::computed(10.0)), expected, "{name}");
        }
    }

    #[test]
    fn a_line_of_the_plan_goes_on_in_the_next_one_of_its_class_as_far_as_both_are_known() {
        let item = |east: f64| -> RequestItem {
            serde_json::from_value(serde_json::json!({
                "class": "aerial_route", "owner": "vnpt", "accuracy_m": 1.0, "shape": line(&[[-east, 0.0], [east, 0.0]]),
            }))
            .unwrap()
        };
        let [south, north, apart, ring] = [
            line(&[[0.0, -100.0], [0.0, 2.0]]),
            line(&[[0.0, 2.0], [0.0, 100.0]]),
            line(&[[0.0, 2.1], [0.0, 100.0]]),
            Shape::Polygon(vec![
                line(&[[0.0, 2.0], [0.0, 90.0], [90.0, 90.0], [0.0, 2.0]]).runs().flatten().copied().collect(),
            ]),
        ];
        let known = |shape, class, radius: f64| LayerLine {
            class: Some(class),
            name: None,
            shape,
            accuracy: Accuracy { radius: Metres::computed(radius), assumed: false },
            height: None,
            depth: None,
            half_land: None,
        };
        let first = known(&south, "III", 5.0);
        for (name, reach, next, expected) in [
            ("nothing goes on", 50.0, None, Crossing::Possible),
            ("it goes on", 50.0, Some(known(&north, "III", 5.0)), Crossing::Certain),
            ("in one known better", 50.0, Some(known(&north, "III", 1.0)), Crossing::Certain),
            (
                "in one known so badly that the route may end before it",
                50.0,
                Some(known(&north, "III", 60.0)),
                Crossing::Possible,
            ),
            (
                "the route may end before the first, which is known worse",
                4.0,
                Some(known(&north, "III", 1.0)),
                Crossing::Possible,
            ),
            ("in one of another class", 50.0, Some(known(&north, "IV", 5.0)), Crossing::Possible),
            ("in one that begins elsewhere", 50.0, Some(known(&apart, "III", 5.0)), Crossing::Possible),
            ("in itself", 50.0, Some(first), Crossing::Possible),
            ("in an area, whose edge is no way on", 50.0, Some(known(&ring, "III", 5.0)), Crossing::Possible),
        ] {
            let near: Vec<LayerLine<'_>> = [first].into_iter().chain(next).collect();
            assert_eq!(crossing_of(&item(reach), &first, &near), expected, "{name}");
        }
    }

    #[test]
    fn a_route_crosses_an_area_for_certain_when_a_part_lies_deeper_inside_than_the_radius() {
        let ring = line(&[[-30.0, -30.0], [30.0, -30.0], [30.0, 30.0], [-30.0, 30.0], [-30.0, -30.0]]);
        let bridge = Shape::Polygon(vec![ring.runs().next().unwrap().to_vec()]);
        let at = |east: f64, north: f64| Shape::Point(line(&[[east, north]]).positions().next().unwrap());
        for (name, route, expected) in [
            ("straight across", line(&[[-100.0, 0.0], [100.0, 0.0]]), Crossing::Certain),
            ("into it and no farther", line(&[[-100.0, 0.0], [0.0, 0.0]]), Crossing::Certain),
            ("all inside", line(&[[-5.0, 0.0], [5.0, 0.0]]), Crossing::Certain),
            ("across, along its edge", line(&[[-100.0, 25.0], [100.0, 25.0]]), Crossing::Possible),
            ("across a corner", line(&[[-100.0, -56.0], [56.0, 100.0]]), Crossing::Possible),
            ("along its outside", line(&[[-100.0, 35.0], [100.0, 35.0]]), Crossing::Possible),
            ("well past it", line(&[[-100.0, 45.0], [100.0, 45.0]]), Crossing::None),
            ("a place deep inside", at(0.0, 0.0), Crossing::Certain),
            ("a place just inside", at(25.0, 0.0), Crossing::Possible),
        ] {
            assert_eq!(crossing(&route, &bridge, Metres::computed(10.0)), expected, "{name}");
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
