use super::*;
use crate::parameters::Parameters;
use crate::people::{Hamlet, distribute};
use crate::reach::{Flags, Reach};
use crate::testing::{Lcg, everywhere, grid_of, rectangle};

/// A reach drawn as a picture, north at the top: `#` is covered.
fn drawn(picture: &[&str]) -> Reach {
    let grid = grid_of(u32::try_from(picture[0].len()).unwrap(), u32::try_from(picture.len()).unwrap());
    let probability: Vec<f32> =
        picture.iter().rev().flat_map(|row| row.chars().map(|c| if c == '#' { 0.95 } else { 0.1 })).collect();
    let (best_server, operators) = (vec![None; grid.len()], vec![0; grid.len()]);
    Reach { grid, best_server, operators, probability, flags: Flags::default() }
}

fn random_reach(random: &mut Lcg) -> Reach {
    let grid = grid_of(1 + random.below(24), 1 + random.below(24));
    let covered = random.below(100);
    let probability = (0..grid.len()).map(|_| if random.below(100) < covered { 1.0 } else { 0.0 }).collect();
    let (best_server, operators) = (vec![None; grid.len()], vec![0; grid.len()]);
    Reach { grid, best_server, operators, probability, flags: Flags::default() }
}

fn found(reach: &Reach, people: &People, places: &[Planar]) -> Vec<Gap> {
    let parameters = Parameters::default_5g();
    gaps(people, places, &[], |cell| reach.covers(cell, &parameters)).ranked
}

/// Twice the signed area of a closed ring.
fn doubled_area(ring: &[Planar]) -> f64 {
    ring.windows(2).map(|e| e[0].east * e[1].north - e[1].east * e[0].north).sum()
}

#[test]
fn gaps_are_the_groups_that_a_repeated_sweep_finds() {
    for seed in 0..150 {
        let reach = random_reach(&mut Lcg::new(seed));
        let grid = reach.grid;
        // Brute force: give every uncovered cell its own label and let the smaller label win until nothing changes.
        let mut label: Vec<usize> = (0..grid.len()).collect();
        let open = |cell: usize| reach.probability[cell] < 0.5;
        loop {
            let mut changed = false;
            for a in (0..grid.len()).filter(|&cell| open(cell)) {
                for b in (0..grid.len()).filter(|&cell| open(cell)) {
                    let ((ca, ra), (cb, rb)) = (grid.position(a), grid.position(b));
                    if ca.abs_diff(cb) + ra.abs_diff(rb) == 1 && label[a] < label[b] {
                        label[b] = label[a];
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let mut expected: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cell in (0..grid.len()).filter(|&cell| open(cell)) {
            expected.entry(label[cell]).or_default().push(cell);
        }
        let people = everywhere(&grid, 100_000);
        let mut seen: Vec<Vec<usize>> = found(&reach, &people, &[]).into_iter().map(|gap| gap.cells).collect();
        seen.sort();
        assert_eq!(seen, expected.into_values().collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn an_outline_encloses_exactly_its_cells_and_never_touches_itself() {
    for seed in 0..300 {
        let reach = random_reach(&mut Lcg::new(seed));
        for gap in found(&reach, &everywhere(&reach.grid, 100_000), &[]) {
            let rings: Vec<Vec<Planar>> =
                std::iter::once(gap.outline.exterior.clone()).chain(gap.outline.holes.clone()).collect();
            assert_eq!(reach.grid.cells_inside(&rings), gap.cells, "seed {seed}");
            assert!(0.0 < doubled_area(&rings[0]) && rings[1..].iter().all(|hole| doubled_area(hole) < 0.0));
            let area: f64 = rings.iter().map(|ring| doubled_area(ring) / 2.0).sum();
            assert!((area - gap.area_m2).abs() < 1e-3, "seed {seed}");
            for ring in &rings {
                assert_eq!(ring.first(), ring.last());
                let mut corners: Vec<(u64, u64)> =
                    ring[1..].iter().map(|at| (at.east.to_bits(), at.north.to_bits())).collect();
                corners.sort_unstable();
                assert!(corners.windows(2).all(|pair| pair[0] != pair[1]), "seed {seed}: a ring touches itself");
                for turn in ring.windows(3) {
                    let corner = doubled_area(&[turn[0], turn[1], turn[2], turn[0]]);
                    assert!(1.0 < corner.abs(), "seed {seed}: a needless position");
                }
            }
        }
    }
}

#[test]
fn what_a_gap_encloses_at_a_corner_becomes_a_hole() {
    let reach = drawn(&[
        "#####", //
        "#...#", "#.#.#", "#..##", "#####",
    ]);
    let gap = &found(&reach, &everywhere(&reach.grid, 500), &[])[0];
    assert_eq!((gap.cells.len(), gap.outline.exterior.len(), gap.outline.holes.len()), (7, 7, 1));
}

#[test]
fn gaps_rank_by_places_and_then_by_people() {
    let reach = drawn(&[
        "..#.", //
        "..#.", "####", ".##.",
    ]);
    let people = everywhere(&reach.grid, 160);
    let school = reach.grid.centre(3, 0);
    let off_grid = Planar::new(-1.0, 0.0);
    let parameters = Parameters::default_5g();
    let gaps = gaps(&people, &[off_grid, school], &[], |cell| reach.covers(cell, &parameters));
    let order: Vec<(usize, u64)> = gaps.ranked.iter().map(|gap| (gap.places.len(), gap.people)).collect();
    assert_eq!(order, [(1, 10), (0, 40), (0, 20), (0, 10)]);
    assert_eq!(gaps.ranked[0].places, [1]);
    assert_eq!(gaps.places_off_grid, [0]);
}

#[test]
fn only_land_where_anybody_lives_or_a_place_stands_is_a_gap() {
    let reach = drawn(&["......"; 2]);
    let hamlets = [("empty", 0, 0.0, 100.0), ("village", 3, 200.0, 300.0)].map(|(name, people, west, east)| Hamlet {
        name: name.into(),
        people,
        rings: vec![rectangle(west, 0.0, east, 100.0)],
    });
    let people = distribute(&reach.grid, &hamlets).unwrap();
    let relic = reach.grid.centre(2, 0);
    let found = found(&reach, &people, &[relic]);
    let seen: Vec<(&[usize], u64)> = found.iter().map(|gap| (gap.cells.as_slice(), gap.people)).collect();
    // Three people fill four cells: the empty fourth is still the village's land.
    assert_eq!(seen, [(&[2][..], 0), (&[4, 5, 10, 11][..], 3)]);
    assert_eq!(found[1].hamlets, [HamletInGap { hamlet: 1, people: 3 }]);
    assert!(found[0].hamlets.is_empty());
}

#[test]
fn land_that_rounding_left_empty_is_neither_a_gap_of_its_own_nor_anybodys_home() {
    let reach = drawn(&[".##."]);
    let hamlets = [("wide", 1, 0.0, 200.0), ("west", 7, 0.0, 50.0)].map(|(name, people, west, east)| Hamlet {
        name: name.into(),
        people,
        rings: vec![rectangle(west, 0.0, east, 50.0)],
    });
    let alone = distribute(&reach.grid, &hamlets[..1]).unwrap();
    let homes: Vec<u32> = alone.residents().iter().map(|residents| residents.people).collect();
    assert_eq!(homes, [0, 0, 0, 1]);
    assert_eq!(found(&reach, &alone, &[]).len(), 1, "the first cell is empty");
    let both = distribute(&reach.grid, &hamlets).unwrap();
    assert_eq!(found(&reach, &both, &[])[0].hamlets, [HamletInGap { hamlet: 1, people: 7 }]);
}

#[test]
fn the_centre_of_a_bent_gap_is_its_own_cell_nearest_to_the_middle() {
    let reach = drawn(&[
        ".....", //
        ".###.", ".###.",
    ]);
    let gap = &found(&reach, &everywhere(&reach.grid, 900), &[])[0];
    assert_eq!(gap.centre, reach.grid.centre(2, 2));
}

#[test]
fn roads_are_measured_inside_the_gaps_and_once() {
    let reach = drawn(&["..##", "..##"]);
    let people = everywhere(&reach.grid, 8);
    // Along the edge between two rows of cells, which belongs to one of them.
    let road = vec![Planar::new(0.0, 50.0), Planar::new(200.0, 50.0)];
    let parameters = Parameters::default_5g();
    let found = gaps(&people, &[], &[road.clone(), road], |cell| reach.covers(cell, &parameters));
    assert_eq!(found.ranked.iter().map(|gap| gap.road_m).collect::<Vec<_>>(), [200.0]);
}
