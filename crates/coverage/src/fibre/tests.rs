use hatang_core::{Capacity, NullReason, Planar};

use super::*;

const UNKNOWN: Capacity = Capacity::Unknown(NullReason::Unknown);

fn at(east: f64, north: f64) -> Planar {
    Planar::new(east, north)
}

fn route(means: Means, room: Capacity, line: &[(f64, f64)]) -> Route {
    Route { line: line.iter().map(|(east, north)| at(*east, *north)).collect(), means, room }
}

fn house(east: f64, north: f64) -> Premises {
    Premises { at: at(east, north), ports: 1, connected: false }
}

fn cabinet(east: f64, north: f64, spare: Capacity) -> AccessPoint {
    AccessPoint { at: at(east, north), spare }
}

/// A pole line of 600 m from a cabinet, and a duct that ends on its middle.
fn village(pole_room: Capacity, spare: Capacity) -> (Vec<Route>, Vec<AccessPoint>) {
    let routes = vec![
        route(Means::Pole, pole_room, &[(0.0, 0.0), (600.0, 0.0)]),
        route(Means::Duct, Capacity::Known(1), &[(300.5, 0.9), (300.5, 400.0)]),
        route(Means::Pole, Capacity::Known(2), &[(5_000.0, 0.0), (5_100.0, 0.0)]),
    ];
    (routes, vec![cabinet(-3.0, 0.0, spare)])
}

fn classes(
    routes: &[Route],
    cabinets: &[AccessPoint],
    barriers: &[Vec<Planar>],
    houses: &[Premises],
) -> Vec<(Class, Option<Why>)> {
    let rules = Rules::default();
    let network = Network::new(routes, cabinets, barriers, &rules);
    reach_premises(&network, houses, &rules).reached.iter().map(|reached| (reached.class, reached.why)).collect()
}

#[test]
fn every_class_says_how_near_fibre_is_and_why_it_is_no_nearer() {
    let (routes, cabinets) = village(Capacity::Known(1), Capacity::Known(50));
    let houses = [
        Premises { connected: true, ..house(1.0, 1.0) },
        house(100.0, 15.0),
        house(100.0, -120.0),
        house(310.0, 390.0),
        house(500.0, -300.0),
        house(900.0, -900.0),
        house(5_050.0, 30.0),
    ];
    assert_eq!(
        classes(&routes, &cabinets, &[], &houses),
        [
            (Class::Connected, None),
            (Class::Passed, None),
            (Class::Serviceable, None),
            (Class::Passed, None),
            (Class::Reachable, None),
            (Class::Gap, Some(Why::NoLine)),
            (Class::Gap, Some(Why::NoAccessPoint)),
        ]
    );
}

#[test]
fn unknown_capacity_is_never_free_and_full_is_full() {
    let houses = [house(100.0, 15.0)];
    for (name, room, spare, expected) in [
        ("poles unknown", UNKNOWN, Capacity::Known(5), (Class::CannotTell, Some(Why::CapacityUnknown))),
        ("ports unknown", Capacity::Known(1), UNKNOWN, (Class::CannotTell, Some(Why::CapacityUnknown))),
        ("poles full", Capacity::Known(0), Capacity::Known(5), (Class::Gap, Some(Why::Full))),
        ("cabinet full", Capacity::Known(1), Capacity::Known(0), (Class::Gap, Some(Why::Full))),
        ("both free", Capacity::Known(1), Capacity::Known(1), (Class::Passed, None)),
    ] {
        let (routes, cabinets) = village(room, spare);
        assert_eq!(classes(&routes, &cabinets, &[], &houses), [expected], "{name}");
    }
}

#[test]
fn a_cabinet_serves_as_many_as_it_has_ports_and_the_nearest_first() {
    let (routes, mut cabinets) = village(Capacity::Known(1), Capacity::Known(2));
    let houses = [house(400.0, 5.0), house(100.0, 5.0), house(200.0, 5.0)];
    let reached = classes(&routes, &cabinets, &[], &houses);
    assert_eq!(reached, [(Class::Gap, Some(Why::Full)), (Class::Passed, None), (Class::Passed, None)]);
    cabinets.push(cabinet(600.0, 10.0, Capacity::Known(1)));
    assert!(classes(&routes, &cabinets, &[], &houses).iter().all(|(class, _)| *class == Class::Passed));
}

#[test]
fn places_that_only_ask_take_nothing_from_each_other() {
    let (routes, cabinets) = village(Capacity::Known(1), Capacity::Known(1));
    let ask = |east| Premises { ports: 0, ..house(east, 5.0) };
    let reached = classes(&routes, &cabinets, &[], &[ask(100.0), ask(200.0)]);
    assert_eq!(reached, [(Class::Passed, None), (Class::Passed, None)]);
}

#[test]
fn a_drop_does_not_cross_water_though_another_line_may_be_farther() {
    let (routes, cabinets) = village(Capacity::Known(1), Capacity::Known(9));
    let river = vec![at(-50.0, 8.0), at(250.0, 8.0)];
    let houses = [house(100.0, 15.0), house(180.0, 60.0)];
    let dry = classes(&routes, &cabinets, &[], &houses);
    assert_eq!(dry, [(Class::Passed, None), (Class::Serviceable, None)]);
    // From beyond the river the duct to the east is in reach, over land.
    let wet = classes(&routes, &cabinets, std::slice::from_ref(&river), &houses);
    assert_eq!(wet, [(Class::Reachable, None), (Class::Serviceable, None)]);
    let moat = vec![at(80.0, 8.0), at(120.0, 8.0), at(120.0, 30.0), at(80.0, 30.0), at(80.0, 8.0)];
    assert_eq!(classes(&routes, &cabinets, &[moat], &houses[..1]), [(Class::Gap, Some(Why::Barrier))]);
}

#[test]
fn a_line_too_far_from_its_cabinet_is_no_reach() {
    let routes = [route(Means::Pole, Capacity::Known(1), &[(0.0, 0.0), (1_500.0, 0.0)])];
    let reached = classes(&routes, &[cabinet(0.0, 0.0, Capacity::Known(9))], &[], &[house(1_200.0, 5.0)]);
    assert_eq!(reached, [(Class::Gap, Some(Why::TooFar))]);
}

#[test]
fn the_cheapest_extension_takes_the_duct_then_the_poles_and_digs_the_rest() {
    let routes = [
        route(Means::Duct, Capacity::Known(1), &[(0.0, 0.0), (300.0, 0.0)]),
        route(Means::Pole, Capacity::Known(1), &[(300.0, 0.0), (300.0, 200.0)]),
        // A shorter way that is all trench, and a pole line of which nobody knows whether it is full.
        route(Means::NewTrench, Capacity::Known(1), &[(0.0, 0.0), (300.0, 200.0), (600.0, 200.0)]),
        route(Means::Pole, UNKNOWN, &[(300.0, 200.0), (600.0, 200.0)]),
    ];
    let rules = Rules::default();
    let network = Network::new(&routes, &[cabinet(0.0, 0.0, Capacity::Known(9))], &[], &rules);
    let costs = Costs { duct: 1.0, pole: 2.0, new_trench: 10.0 };
    let way = Extensions::new(&network, 1, &costs).to(house(500.0, 230.0).at, 100.0).unwrap();
    let metres: Vec<(Means, f64)> = way.legs.iter().map(|leg| (leg.means, leg.length_m.round())).collect();
    assert_eq!(metres, [(Means::Duct, 300.0), (Means::Pole, 200.0), (Means::NewTrench, 230.0)]);
    assert!((way.cost - (300.0 + 400.0 + 2_300.0)).abs() < 1e-6, "{}", way.cost);
    assert!((way.length_m(Means::NewTrench) - 230.0).abs() < 1e-6);
    let unknown = [cabinet(0.0, 0.0, UNKNOWN)];
    let untold = Network::new(&routes, &unknown, &[], &rules);
    assert_eq!(Extensions::new(&untold, 1, &costs).to(house(500.0, 230.0).at, 100.0), None);
}
