use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{ground::crossings, *};

const TERMS: Terms = Terms { access: 60.0, shared: 0.2, ask: 0.5 };

fn graph(route: &[At]) -> Graph {
    Graph::new(vec![route.to_vec()], TERMS)
}

/// A route of a kilometre eastward.
fn eastward() -> Graph {
    graph(&[[0.0, 0.0], [1_000.0, 0.0]])
}

fn length(line: &[At]) -> f64 {
    segments(line).map(|[from, to]| distance(from, to)).sum()
}

fn found(graph: Graph) -> Vec<(&'static str, f64)> {
    let steps = graph.cheapest().unwrap();
    steps.iter().map(|step| (step.kind.code(), length(&step.line).round())).collect()
}

#[test]
fn a_way_takes_the_line_beside_it_and_builds_what_is_left() {
    let mut graph = eastward();
    graph.add_line(&[[200.0, 10.0], [500.0, 10.0], [700.0, 10.0]], 0.0, Kind::Shared, 0);
    assert_eq!(found(graph), [("new", 210.0), ("shared", 500.0), ("new", 310.0)]);
}

#[test]
fn lines_that_meet_are_one_way_and_those_to_ask_for_come_after_those_with_room() {
    let mut graph = eastward();
    graph.add_line(&[[0.0, 5.0], [500.0, 5.0]], 0.0, Kind::Shared, 0);
    graph.add_line(&[[501.0, 5.0], [1_000.0, 5.0]], 0.0, Kind::Ask, 1);
    assert_eq!(found(graph), [("new", 5.0), ("shared", 500.0), ("ask", 500.0), ("new", 5.0)]);
}

#[test]
fn new_ground_leads_from_the_end_of_one_line_to_that_of_the_next() {
    let mut graph = eastward();
    graph.add_line(&[[0.0, 40.0], [500.0, 40.0]], 0.0, Kind::Shared, 0);
    graph.add_line(&[[504.0, 40.0], [1_000.0, 40.0]], 0.0, Kind::Shared, 1);
    // 84 m are new, and not the 164 m that going back to the request would take.
    assert_eq!(found(graph), [("new", 40.0), ("shared", 500.0), ("new", 4.0), ("shared", 496.0), ("new", 40.0)]);
}

#[test]
fn ends_that_may_be_one_as_far_as_they_are_known_are_asked_about() {
    for (radius, between) in [(0.0, "new"), (1.0, "new"), (1.5, "ask"), (5.0, "ask"), (f64::MAX, "ask")] {
        let mut graph = eastward();
        graph.add_line(&[[0.0, 40.0], [500.0, 40.0]], radius, Kind::Shared, 0);
        graph.add_line(&[[504.0, 40.0], [1_000.0, 40.0]], radius, Kind::Shared, 1);
        let kinds: Vec<&str> = found(graph).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["new", "shared", between, "shared", "new"], "± {radius} m");
    }
}

#[test]
fn a_line_that_ends_on_another_leads_into_it_and_one_that_may_is_asked_about() {
    let main = [[0.0, 40.0], [1_000.0, 40.0]];
    for (gap, radius, expected) in [
        (0.0, 0.0, vec![("shared", 40.0), ("shared", 500.0)]),
        (1.9, 0.0, vec![("shared", 40.0), ("shared", 500.0)]),
        (2.1, 0.0, vec![("shared", 20.0), ("new", 20.0), ("shared", 500.0)]),
        (2.1, 5.0, vec![("shared", 38.0), ("ask", 2.0), ("shared", 500.0)]),
    ] {
        let mut graph = graph(&[[500.0, 0.0], [500.0, 20.0], [0.0, 40.0]]);
        graph.add_line(&main, radius, Kind::Shared, 0);
        graph.add_line(&[[500.0, 0.0], [500.0, 40.0 - gap]], radius, Kind::Shared, 1);
        assert_eq!(found(graph), expected, "{gap} m between them, each known to {radius} m");
    }
}

#[test]
fn the_two_ends_of_one_line_are_never_the_same_place() {
    // Round three sides of a yard: the fourth is 30 m of new ground, however badly the line is known.
    let mut graph = graph(&[[0.0, 0.0], [30.0, 0.0]]);
    graph.add_line(&[[0.0, 1.0], [0.0, 100.0], [30.0, 100.0], [30.0, 1.0]], 50.0, Kind::Ask, 0);
    assert_eq!(found(graph), [("new", 30.0)]);
}

#[test]
fn ends_that_crowd_one_place_are_joined_with_their_nearest_and_not_all_with_all() {
    let mut graph = eastward();
    for number in 0..400_u32 {
        let x = 2.5 * f64::from(number % 20);
        let y = 2.5 * f64::from(number / 20);
        graph.add_line(&[[x, y], [x, y + 10_000.0]], 0.0, Kind::Shared, number as usize);
    }
    graph.lay_lines();
    let before = graph.n_edges;
    graph.join_ends();
    assert!(graph.n_edges - before <= 800 * MOST_LINKS, "{} links of 800 ends", graph.n_edges - before);
}

#[test]
fn a_line_is_entered_beside_the_start_and_left_beside_the_end_of_a_shorter_request() {
    let mut graph = graph(&[[0.0, 0.0], [130.0, 0.0]]);
    graph.add_line(&[[-135.0, 2.0], [265.0, 2.0]], 0.0, Kind::Shared, 0);
    let steps = graph.cheapest().unwrap();
    let parts: Vec<(&str, f64, bool)> =
        steps.iter().map(|step| (step.kind.code(), length(&step.line).round(), step.midway)).collect();
    assert_eq!(parts, [("new", 2.0, false), ("shared", 130.0, true), ("new", 2.0, false)]);
}

#[test]
fn a_line_that_joins_the_request_for_a_while_is_entered_and_left_at_its_bends() {
    let mut graph = eastward();
    graph.add_line(&[[200.0, 300.0], [200.0, 2.0], [600.0, 2.0], [600.0, 300.0]], 0.0, Kind::Shared, 0);
    assert_eq!(found(graph), [("new", 202.0), ("shared", 400.0), ("new", 402.0)]);
}

#[test]
fn a_line_used_from_end_to_end_is_not_entered_midway() {
    let mut graph = eastward();
    graph.add_line(&[[0.0, 5.0], [500.0, 5.0], [1_000.0, 5.0]], 0.0, Kind::Shared, 0);
    assert!(graph.cheapest().unwrap().iter().all(|step| !step.midway));
}

#[test]
fn a_ring_is_led_half_way_round_and_back_on_the_other_side() {
    let mut graph = graph(&[[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0], [0.0, 0.0]]);
    graph.add_line(&[[0.0, -5.0], [105.0, -5.0], [105.0, 100.0]], 0.0, Kind::Shared, 0);
    assert_eq!(found(graph), [("new", 5.0), ("shared", 210.0), ("new", 5.0), ("new", 200.0)]);
}

#[test]
fn the_parts_of_a_request_do_not_share_a_stretch_of_a_line() {
    let routes = vec![vec![[0.0, 0.0], [500.0, 0.0]], vec![[0.0, 20.0], [500.0, 20.0]]];
    let mut graph = Graph::new(routes, TERMS);
    graph.add_line(&[[0.0, 10.0], [500.0, 10.0]], 0.0, Kind::Shared, 0);
    assert_eq!(found(graph), [("new", 10.0), ("shared", 500.0), ("new", 10.0), ("new", 500.0)]);
}

#[test]
fn a_road_leads_to_a_line_that_the_request_does_not_touch() {
    let far = |graph: &mut Graph| graph.add_line(&[[100.0, 200.0], [900.0, 200.0]], 0.0, Kind::Shared, 0);
    let mut graph = eastward();
    far(&mut graph);
    assert_eq!(found(graph).len(), 1, "too far to be reached: the request alone");
    let mut graph = eastward();
    far(&mut graph);
    let left_out = graph.add_roads(vec![[[100.0, -50.0], [100.0, 250.0]], [[900.0, -50.0], [900.0, 250.0]]]);
    assert_eq!(left_out, 0);
    assert_eq!(found(graph), [("new", 300.0), ("shared", 800.0), ("new", 300.0)]);
}

#[test]
fn of_too_many_roads_the_nearest_are_kept_and_the_others_counted() {
    let mut graph = eastward();
    graph.add_line(&[[100.0, 200.0], [900.0, 200.0]], 0.0, Kind::Shared, 0);
    let far = (0..MOST_ROADS).map(|_| [[2_000.0, 500.0], [2_100.0, 500.0]]);
    let near = [[[100.0, -50.0], [100.0, 250.0]], [[900.0, -50.0], [900.0, 250.0]]];
    assert_eq!(graph.add_roads(far.chain(near).collect()), 2);
    assert_eq!(found(graph), [("new", 300.0), ("shared", 800.0), ("new", 300.0)]);
}

#[test]
fn a_road_that_is_left_out_leads_nowhere() {
    // Two roads lead from beside the request's ends to those of a line; the others lead across it and nowhere.
    let useful = [[[0.0, 10.0], [0.0, 200.0]], [[1_000.0, 10.0], [1_000.0, 200.0]]];
    for (n_others, left_out, expected) in [
        (MOST_ROADS - 2, 0, vec![("new", 200.0), ("shared", 1_000.0), ("new", 200.0)]),
        (MOST_ROADS, 2, vec![("new", 1_000.0)]),
    ] {
        let mut graph = eastward();
        graph.add_line(&[[0.0, 200.0], [1_000.0, 200.0]], 0.0, Kind::Shared, 0);
        let others = (0..n_others).map(|_| [[450.0, -20.0], [450.0, 20.0]]);
        assert_eq!(graph.add_roads(useful.into_iter().chain(others).collect()), left_out);
        assert_eq!(found(graph), expected, "{left_out} left out");
    }
}

#[test]
fn of_bends_that_nearly_coincide_the_first_is_a_corner_and_the_end_always_is() {
    for (name, route, expected) in [
        ("bends apart", vec![[0.0, 0.0], [50.0, 0.0], [50.0, 50.0]], vec![[0.0, 0.0], [50.0, 0.0], [50.0, 50.0]]),
        (
            "a rounded bend",
            vec![[0.0, 0.0], [50.0, 0.0], [51.0, 1.0], [51.0, 50.0]],
            vec![[0.0, 0.0], [50.0, 0.0], [51.0, 50.0]],
        ),
        (
            "exactly as far as one manhole is wide",
            vec![[0.0, 0.0], [50.0, 0.0], [52.0, 0.0], [90.0, 0.0]],
            vec![[0.0, 0.0], [50.0, 0.0], [90.0, 0.0]],
        ),
        ("ends beside a bend", vec![[0.0, 0.0], [50.0, 0.0], [51.0, 0.0]], vec![[0.0, 0.0], [50.0, 0.0], [51.0, 0.0]]),
    ] {
        assert_eq!(corners(&route), expected, "{name}");
    }
}

#[test]
fn what_lies_within_a_cells_size_lies_in_the_cell_or_beside_it() {
    let mut random = ChaCha8Rng::seed_from_u64(41);
    for round in 0..2_000 {
        let at: At = [random.random_range(-90.0..90.0), random.random_range(-90.0..90.0)];
        let beside = [at[0] + random.random_range(-2.0..2.0), at[1] + random.random_range(-2.0..2.0)];
        assert!(around(cell(at, 2.0)).any(|one| one == cell(beside, 2.0)), "round {round}: {at:?} and {beside:?}");
        assert_eq!(around(cell(at, 2.0)).collect::<HashSet<_>>().len(), 9, "round {round}");
    }
}

#[test]
fn a_second_route_uses_the_stretches_that_the_first_left() {
    let routes = vec![vec![[0.0, 0.0], [500.0, 0.0]], vec![[0.0, 200.0], [500.0, 200.0]]];
    let mut graph = Graph::new(routes, TERMS);
    graph.add_line(&[[0.0, 10.0], [500.0, 10.0]], 0.0, Kind::Shared, 0);
    graph.add_line(&[[0.0, 210.0], [500.0, 210.0]], 0.0, Kind::Shared, 1);
    let each = [("new", 10.0), ("shared", 500.0), ("new", 10.0)];
    assert_eq!(found(graph), [each, each].concat());
}

#[test]
fn crossings_found_from_west_to_east_are_those_of_every_pair() {
    let mut random = ChaCha8Rng::seed_from_u64(31);
    let mut somewhere = || -> At { [random.random_range(0.0..200.0), random.random_range(0.0..200.0)] };
    let pieces: Vec<Segment> = (0..60).map(|_| [somewhere(), somewhere()]).collect();
    let mut swept: Vec<(usize, u64)> =
        crossings(&pieces).iter().map(|foot| (foot.piece, foot.share.to_bits())).collect();
    let mut paired = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        for (other, beside) in pieces.iter().enumerate().skip(number + 1) {
            // Which of two is named first decides the last bit of a share.
            let is_first = piece[0][0].min(piece[1][0]) <= beside[0][0].min(beside[1][0]);
            let pair = if is_first { [number, other] } else { [other, number] };
            let of_pair = crossings(&pair.map(|one| pieces[one]));
            paired.extend(of_pair.iter().map(|foot| (pair[foot.piece], foot.share.to_bits())));
        }
    }
    swept.sort_unstable();
    paired.sort_unstable();
    assert!(100 < swept.len(), "{} shares", swept.len());
    assert_eq!(swept, paired);
}

#[test]
fn pieces_cross_where_each_parts_the_ends_of_the_other_and_there_they_cross() {
    let mut random = ChaCha8Rng::seed_from_u64(12);
    let mut met = 0;
    for round in 0..500 {
        let mut somewhere = || -> At { [random.random_range(-90.0..300.0), random.random_range(-300.0..90.0)] };
        let pieces: [Segment; 2] = [[somewhere(), somewhere()], [somewhere(), somewhere()]];
        let side = |[from, to]: Segment, at: At| {
            ((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0])).signum()
        };
        let parts = |one: Segment, other: Segment| side(one, other[0]).total_cmp(&side(one, other[1])).is_ne();
        let expected = parts(pieces[0], pieces[1]) && parts(pieces[1], pieces[0]);
        let feet = crossings(&pieces);
        assert_eq!(feet.len(), if expected { 2 } else { 0 }, "round {round}");
        met += feet.len();
        for foot in &feet {
            let [from, to] = pieces[foot.piece];
            let there = [from[0] + foot.share * (to[0] - from[0]), from[1] + foot.share * (to[1] - from[1])];
            assert!(distance(there, foot.at) < 1e-6, "round {round}: {foot:?} is at its share");
            let off = pieces.map(|piece| apart(piece, [foot.at, foot.at]));
            assert!(off.iter().all(|metres| *metres < 1e-6), "round {round}: {foot:?} lies on both: {off:?}");
        }
    }
    assert!(200 < met, "{met} places of crossings");
}

fn pole(at: At, kind: Kind, number: usize) -> Pole {
    Pole { at, kind, number, radius: 1.0 }
}

#[test]
fn half_of_a_span_hangs_on_each_of_its_poles() {
    let mut graph = eastward();
    let kinds = [Kind::Shared, Kind::Ask, Kind::Shared, Kind::Shared];
    let poles: Vec<Pole> =
        (0..4u8).map(|n| pole([300.0 + 60.0 * f64::from(n), 5.0], kinds[usize::from(n)], n.into())).collect();
    for pair in poles.windows(2) {
        graph.add_span([pair[0], pair[1]]);
    }
    let expected =
        [("new", 305.0), ("shared", 30.0), ("ask", 60.0), ("shared", 60.0), ("shared", 30.0), ("new", 525.0)];
    assert_eq!(found(graph), expected);
}

#[test]
fn nothing_leads_to_a_span_but_at_its_poles() {
    // The middle of the span lies on the request: it is not left there, and its poles are too far away.
    let mut graph = graph(&[[0.0, -200.0], [0.0, 200.0]]);
    graph.add_span([pole([-65.0, 0.0], Kind::Shared, 0), pole([65.0, 0.0], Kind::Shared, 1)]);
    assert_eq!(found(graph), [("new", 400.0)]);
}

#[test]
fn a_row_of_poles_goes_on_from_the_end_of_a_line() {
    let mut graph = eastward();
    graph.add_line(&[[0.0, 5.0], [480.0, 5.0]], 1.0, Kind::Shared, 0);
    for (number, east) in [(1, 480.0), (2, 540.0), (3, 600.0)] {
        graph.add_span([pole([east, 5.0], Kind::Shared, number), pole([east + 60.0, 5.0], Kind::Shared, number + 1)]);
    }
    let kinds: Vec<(&str, f64)> = found(graph);
    assert_eq!(kinds.first().zip(kinds.last()), Some((&("new", 5.0), &("new", 345.0))), "{kinds:?}");
    assert!(kinds[1..kinds.len() - 1].iter().all(|(kind, _)| *kind == "shared"), "{kinds:?}");
}
