use super::*;

fn surroundings(building: f64, street: f64, handset: f64) -> Surroundings {
    Surroundings {
        building_height: Metres::computed(building),
        street_width: Metres::computed(street),
        handset_height: Metres::computed(handset),
        vegetation: 0.1,
    }
}

fn usual() -> Surroundings {
    surroundings(5.0, 20.0, 1.5)
}

fn model(scenario: Scenario, frequency_ghz: f64, antenna: f64) -> Model {
    Model::new(scenario, frequency_ghz, Metres::computed(antenna), usual()).unwrap()
}

fn nlos(model: &Model, metres: f64) -> f64 {
    model.over(Metres::computed(metres)).nlos.loss_db
}

#[test]
fn the_formulas_give_the_examples_of_the_ns_3_suite() {
    let rural = model(Scenario::RuralMacro, 5.0, 35.0);
    let los = rural.over(Metres::computed(1_000.0)).los.loss_db;
    assert!((los - 108.5577).abs() < 0.02, "line of sight at 1 km: {los}");
    assert!((nlos(&rural, 5_000.0) - 160.5169).abs() < 0.02, "no line of sight at 5 km");
    assert!((nlos(&model(Scenario::UrbanMacro, 5.0, 25.0), 1_000.0) - 144.7641).abs() < 0.02, "in a town");
}

#[test]
fn a_higher_mast_loses_less_in_the_country_and_nothing_in_a_town() {
    for (antenna, expected_db) in [(15.0, 151.7), (30.0, 143.8), (45.0, 139.2), (60.0, 136.1)] {
        let seen = nlos(&model(Scenario::RuralMacro, 3.5, antenna), 2_000.0);
        assert!((seen - expected_db).abs() < 0.05, "{antenna} m: {seen}");
    }
    // The urban row has no antenna height beside the slant.
    let [low, high] = [25.0, 60.0].map(|antenna| nlos(&model(Scenario::UrbanMacro, 3.5, antenna), 2_000.0));
    assert!((low - high).abs() < 0.02, "{low} and {high}");
}

#[test]
fn only_sigma_jumps_at_the_breakpoint_and_breakpoints_lie_where_the_standard_puts_them() {
    for (scenario, antenna, frequency_ghz, expected_km) in [
        (Scenario::RuralMacro, 30.0, 0.7, 0.66),
        (Scenario::RuralMacro, 30.0, 1.8, 1.70),
        (Scenario::RuralMacro, 30.0, 3.5, 3.30),
        (Scenario::UrbanMacro, 25.0, 0.7, 0.11),
        (Scenario::UrbanMacro, 25.0, 1.8, 0.29),
        (Scenario::UrbanMacro, 25.0, 3.5, 0.56),
    ] {
        let model = model(scenario, frequency_ghz, antenna);
        assert!((model.breakpoint_m / 1_000.0 - expected_km).abs() < 0.005, "{}", model.breakpoint_m);
        let before = model.over_m(model.breakpoint_m).los;
        let after = model.over_m(model.breakpoint_m + 1e-6).los;
        let sigmas = if scenario == Scenario::RuralMacro { (4.0, 6.0) } else { (4.0, 4.0) };
        assert_eq!((before.sigma_db, after.sigma_db), sigmas);
        // The slant at the breakpoint is a little longer than the breakpoint itself.
        assert!((before.loss_db - after.loss_db).abs() < 0.02, "{scenario:?} at {frequency_ghz} GHz");
    }
}

#[test]
fn loss_is_finite_and_grows_from_the_foot_of_the_mast_to_the_end_of_the_model() {
    for scenario in Scenario::ALL {
        for antenna in [10.0, 15.0, 60.0, 150.0] {
            for frequency_ghz in [0.5, 0.7, 3.5, 30.0] {
                let model = model(scenario, frequency_ghz, antenna);
                let mut last = model.over_m(0.0);
                assert_eq!(last, model.over_m(NEAREST_M), "clamped to 10 m");
                let mut sight = 1.0;
                for metre in (10..10_000).step_by(7) {
                    let next = model.over_m(f64::from(metre));
                    let named = || format!("{scenario:?}, {frequency_ghz} GHz, {antenna} m, {metre} m");
                    assert!(last.los.loss_db <= next.los.loss_db + 0.02, "{}", named());
                    assert!(
                        next.los.loss_db <= next.nlos.loss_db || scenario == Scenario::SuburbanMacro,
                        "{}",
                        named()
                    );
                    let seen = model.los_probability_m(f64::from(metre));
                    assert!((0.0..=sight).contains(&seen), "{}", named());
                    (last, sight) = (next, seen);
                }
            }
        }
    }
}

#[test]
fn an_antenna_is_seen_farther_over_villages_from_a_higher_mast_and_over_fields_alike() {
    let seen = |scenario, antenna| model(scenario, 1.8, antenna).los_probability_m(500.0);
    assert!(seen(Scenario::SuburbanMacro, 25.0) < seen(Scenario::SuburbanMacro, 60.0));
    assert!((seen(Scenario::RuralMacro, 25.0) - seen(Scenario::RuralMacro, 60.0)).abs() < 1e-15);
}

#[test]
fn values_outside_the_standard_are_refused_by_name() {
    use Scenario::{RuralMacro, SuburbanMacro, UrbanMacro, UrbanMicro};
    let bare = Surroundings { vegetation: 1.0, ..usual() };
    for (scenario, quantity, frequency_ghz, antenna, around) in [
        (RuralMacro, Quantity::FrequencyGhz, 0.45, 30.0, usual()),
        (RuralMacro, Quantity::FrequencyGhz, f64::NAN, 30.0, usual()),
        (RuralMacro, Quantity::AntennaHeightM, 0.7, 9.9, usual()),
        (RuralMacro, Quantity::AntennaHeightM, 0.7, 151.0, usual()),
        (RuralMacro, Quantity::HandsetHeightM, 0.7, 30.0, surroundings(5.0, 20.0, 0.5)),
        (RuralMacro, Quantity::BuildingHeightM, 0.7, 30.0, surroundings(4.0, 20.0, 1.5)),
        (RuralMacro, Quantity::StreetWidthM, 0.7, 30.0, surroundings(5.0, 60.0, 1.5)),
        // Level antennas would divide the suburban clutter by nothing.
        (SuburbanMacro, Quantity::HandsetHeightM, 0.7, 10.0, surroundings(5.0, 20.0, 10.0)),
        (SuburbanMacro, Quantity::Vegetation, 0.7, 30.0, bare),
        (UrbanMacro, Quantity::HandsetHeightM, 3.5, 25.0, surroundings(5.0, 20.0, 13.0)),
        (UrbanMacro, Quantity::FrequencyGhz, 101.0, 25.0, usual()),
        (UrbanMicro, Quantity::AntennaHeightM, 3.5, 4.0, usual()),
    ] {
        let refused = Model::new(scenario, frequency_ghz, Metres::computed(antenna), around).unwrap_err();
        assert_eq!(refused.quantity, quantity, "{scenario:?}: {refused}");
    }
}

#[test]
fn a_mast_that_the_standard_did_not_have_in_mind_is_computed_and_told() {
    for (scenario, antenna, told) in [
        (Scenario::RuralMacro, 60.0, false),
        (Scenario::SuburbanMacro, 30.0, false),
        (Scenario::SuburbanMacro, 45.0, true),
        (Scenario::UrbanMacro, 25.0, false),
        (Scenario::UrbanMacro, 30.0, true),
        (Scenario::UrbanMicro, 12.0, true),
    ] {
        let beyond = Model::beyond_standard(scenario, Metres::computed(antenna));
        assert_eq!(beyond.is_some(), told, "{scenario:?} at {antenna} m");
        assert!(Model::new(scenario, 1.8, Metres::computed(antenna), usual()).is_ok());
    }
}
