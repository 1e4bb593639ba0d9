//! Known stretches, and the closed form against walking the route step by step.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

fn at(east: f64, north: f64) -> Lonlat {
    TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap()).lonlat([east, north])
}

fn line(positions: &[(f64, f64)]) -> Shape {
    Shape::LineString(positions.iter().map(|(east, north)| at(*east, *north)).collect())
}

#[test]
fn a_stretch_beside_a_shape_is_as_long_as_geometry_says() {
    let route = Route::of(&line(&[(-500.0, 0.0), (500.0, 0.0)])).unwrap();
    let square = |west: f64, east: f64| {
        let ring = [(west, -50.0), (east, -50.0), (east, 50.0), (west, 50.0), (west, -50.0)];
        Shape::Polygon(vec![ring.iter().map(|(x, y)| at(*x, *y)).collect()])
    };
    let parallel = |north: f64| line(&[(-100.0, north), (100.0, north)]);
    for (name, shape, beside, along) in [
        ("parallel at 9 m; half discs of 12 m lie beside beyond its ends", parallel(9.0), 224.0, 200.0),
        ("parallel, too far", parallel(16.0), 0.0, 0.0),
        ("crossing at a right angle", line(&[(0.0, -80.0), (0.0, 80.0)]), 30.0, 0.0),
        ("a point on it", Shape::Point(at(0.0, 0.0)), 30.0, 0.0),
        ("an area with 15 m around it", square(-100.0, 100.0), 230.0, 0.0),
        ("inside an area all along", square(-600.0, 600.0), 1000.0, 0.0),
        ("two spans with a bend between", line(&[(-100.0, 12.0), (0.0, 12.0), (100.0, 2.0)]), 224.0, 200.0),
    ] {
        for (what, found, longest) in [
            ("beside", route.beside(&shape, 15.0).longest(), beside),
            ("along", route.along(&shape, 15.0).longest(), along),
        ] {
            assert!((found - longest).abs() < 6.0, "{name}: {found} m {what} instead of {longest} m");
        }
    }
    assert_eq!(route.along(&parallel(0.0), -1.0), Stretches::default());
}

#[test]
fn the_parts_of_a_route_do_not_run_into_each_other() {
    let Shape::LineString(first) = line(&[(0.0, 0.0), (100.0, 0.0)]) else { unreachable!() };
    let Shape::LineString(second) = line(&[(0.0, 3.0), (100.0, 3.0)]) else { unreachable!() };
    let route = Route::of(&Shape::MultiLineString(vec![first, second])).unwrap();
    let beside = route.beside(&line(&[(-50.0, 1.0), (150.0, 1.0)]), 15.0);
    assert!((beside.longest() - 100.0).abs() < 0.01 && (beside.total() - 200.0).abs() < 0.02, "{beside:?}");
    // Nor where gaps at bends are bridged.
    let along = route.along(&line(&[(-50.0, 1.0), (150.0, 1.0)]), 15.0);
    assert!((along.longest() - 100.0).abs() < 0.01 && (along.total() - 200.0).abs() < 0.02, "{along:?}");
    assert!(Route::of(&Shape::Point(at(0.0, 0.0))).is_none());
}

#[test]
fn a_line_runs_along_a_route_up_to_half_a_right_angle() {
    let slanting = |degrees: f64, half: f64| {
        let (north, east) = degrees.to_radians().sin_cos();
        line(&[(-half * east, -half * north), (half * east, half * north)])
    };
    // Whichever way the route itself runs and the line is drawn.
    for bearing in [0.0, 30.0, 100.0, 250.0] {
        let route = Route::of(&slanting(bearing, 500.0)).unwrap();
        for turn in [40.0_f64, -40.0, 140.0, -140.0] {
            let longest = route.along(&slanting(bearing + turn, 10.0), 15.0).longest();
            let between_its_ends = 20.0 / turn.to_radians().cos().abs();
            assert!((longest - between_its_ends).abs() < 0.1, "{bearing}° and {turn}°: {longest} m");
        }
        for turn in [50.0, -50.0, 130.0, -130.0] {
            let along = route.along(&slanting(bearing + turn, 10.0), 15.0);
            assert_eq!(along, Stretches::default(), "{bearing}° and {turn}°");
        }
    }
}

#[test]
fn stretches_equal_those_found_by_walking_the_route() {
    let mut random = ChaCha8Rng::seed_from_u64(15);
    let mut somewhere = |count: usize| -> Shape {
        let positions: Vec<(f64, f64)> =
            (0..count).map(|_| (random.random_range(-300.0..300.0), random.random_range(-300.0..300.0))).collect();
        line(&positions)
    };
    for round in 0..60 {
        let (requested, standing) = (somewhere(3), somewhere(4));
        let route = Route::of(&requested).unwrap();
        let found = route.beside(&standing, 25.0).total();
        let steps = 8_000;
        let near = (0..steps).filter(|step| {
            let along = route.length().get() * (f64::from(*step) + 0.5) / f64::from(steps);
            let segment = route.segments.iter().rfind(|segment| segment.start <= along).unwrap();
            let here = route.at(segment, (along - segment.start) / segment.length);
            geodesy::nearest(&Shape::Point(here), &standing).distance.get() <= 25.0
        });
        let walked = f64::from(u32::try_from(near.count()).unwrap()) * route.length().get() / f64::from(steps);
        assert!((found - walked).abs() < 1.0, "round {round}: {found} m against {walked} m");
    }
}

#[test]
fn a_position_is_told_in_metres_along_the_bends_of_a_route() {
    let route = Route::of(&line(&[(0.0, 0.0), (300.0, 400.0), (300.0, 1000.0)])).unwrap();
    for (place, along) in [
        ((150.0, 200.0), 250.0),
        // Ten metres aside of the slanting part, at a right angle.
        ((158.0, 194.0), 250.0),
        ((52.0, 86.0), 100.0),
        ((300.0, 700.0), 800.0),
        ((290.0, 900.0), 1_000.0),
        ((-30.0, -40.0), 0.0),
        ((310.0, 1_100.0), 1_100.0),
    ] {
        let found = route.nearest_along(at(place.0, place.1));
        assert!((found - along).abs() < 0.05, "{place:?}: {found} m instead of {along} m");
    }
}

#[test]
fn a_position_beside_several_parts_belongs_to_the_nearest() {
    // Down, along and up again, as around three sides of a field that is wider than it is deep.
    let route = Route::of(&line(&[(0.0, 100.0), (0.0, 0.0), (200.0, 0.0), (240.0, 80.0)])).unwrap();
    for (place, along) in [
        ((20.0, 30.0), 70.0),
        ((30.0, 20.0), 130.0),
        ((-40.0, 60.0), 40.0),
        ((-30.0, -40.0), 100.0),
        ((170.0, 15.0), 270.0),
        ((190.0, 30.0), 100.0 + 200.0 + (30.0 * 80.0 - 10.0 * 40.0) / 40.0_f64.hypot(80.0)),
        ((260.0, 120.0), 300.0 + 40.0_f64.hypot(80.0)),
    ] {
        let found = route.nearest_along(at(place.0, place.1));
        assert!((found - along).abs() < 0.05, "{place:?}: {found} m instead of {along} m");
    }
}
