use super::*;

fn at(lon: f64, lat: f64) -> Lonlat {
    Lonlat::new(lon, lat).unwrap()
}

#[test]
fn distances_equal_published_geodesics() {
    // GeographicLib GeodSolve on WGS 84.
    for (name, from, to, metres, tolerance) in [
        ("one degree of longitude on the equator", at(0.0, 0.0), at(1.0, 0.0), 111_319.490_793, 1e-6),
        ("one degree of latitude from the equator", at(0.0, 0.0), at(0.0, 1.0), 110_574.388_558, 1e-6),
        ("JFK to LHR", at(-73.8, 40.6), at(-0.5, 51.6), 5_551_759.400, 1e-3),
    ] {
        assert!((distance(from, to).get() - metres).abs() <= tolerance, "{name}: {}", distance(from, to));
    }
}

/// Samples both lines densely and measures every pair geodesically.
fn brute(a: &[Lonlat], b: &[Lonlat]) -> f64 {
    let dense = |run: &[Lonlat]| -> Vec<Lonlat> {
        run.windows(2)
            .flat_map(|w| {
                (0..=200).map(move |i| {
                    let t = f64::from(i) / 200.0;
                    at(w[0].lon() + t * (w[1].lon() - w[0].lon()), w[0].lat() + t * (w[1].lat() - w[0].lat()))
                })
            })
            .collect()
    };
    let (a, b) = (dense(a), dense(b));
    a.iter().flat_map(|p| b.iter().map(move |q| distance(*p, *q).get())).fold(f64::INFINITY, f64::min)
}

#[test]
fn the_nearest_pair_of_two_lines_equals_dense_sampling() {
    for (name, a, b) in [
        ("side by side", [at(106.48, 20.68), at(106.481, 20.681)], [at(106.4805, 20.6799), at(106.4818, 20.6809)]),
        ("end to end", [at(106.48, 20.68), at(106.481, 20.68)], [at(106.483, 20.682), at(106.484, 20.684)]),
        ("crossing", [at(106.48, 20.68), at(106.482, 20.682)], [at(106.48, 20.682), at(106.482, 20.68)]),
    ] {
        let found = nearest(&Shape::LineString(a.to_vec()), &Shape::LineString(b.to_vec())).distance.get();
        let sampled = brute(&a, &b);
        assert!(found <= sampled + 1e-3 && sampled - found <= 2.0, "{name}: {found} against {sampled}");
    }
}

#[test]
fn an_area_touches_what_lies_inside_it() {
    let ring = vec![at(106.4, 20.6), at(106.5, 20.6), at(106.5, 20.7), at(106.4, 20.7), at(106.4, 20.6)];
    let inside = nearest(&Shape::Polygon(vec![ring.clone()]), &Shape::Point(at(106.45, 20.65)));
    assert_eq!(inside.distance, Metres::ZERO);
    let outside = nearest(&Shape::Point(at(106.51, 20.65)), &Shape::Polygon(vec![ring]));
    assert!((outside.distance.get() - distance(at(106.5, 20.65), at(106.51, 20.65)).get()).abs() < 0.01);
}

#[test]
fn an_area_does_not_depend_on_the_way_its_ring_runs() {
    // A degree square at the equator; GeographicLib Planimeter gives 12 308 778 361.469 m².
    let mut ring = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)];
    let forward = area_m2(&Shape::Polygon(vec![ring.clone()]));
    ring.reverse();
    let backward = area_m2(&Shape::Polygon(vec![ring]));
    assert!((forward - 12_308_778_361.469).abs() < 1.0, "{forward}");
    assert!((forward - backward).abs() < 1e-3, "{forward} {backward}");
}
