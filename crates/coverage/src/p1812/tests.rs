use super::*;

fn flat(length_km: f64, clutter_m: impl Fn(f64) -> f64) -> Vec<ProfilePoint> {
    let steps = (length_km * 20.0).round();
    (0..=20 * 20)
        .map(f64::from)
        .take_while(|step| *step <= steps)
        .map(|step| ProfilePoint {
            distance_km: step / 20.0,
            ground_m: 2.0,
            clutter_m: clutter_m(step / 20.0),
            zone: Zone::CoastalLand,
        })
        .collect()
}

fn radio(frequency_ghz: f64, transmitter_m: f64) -> Radio {
    Radio {
        frequency_ghz,
        time_percent: 50.0,
        transmitter_m,
        receiver_m: 1.5,
        polarisation: Polarisation::Vertical,
        latitude_deg: 20.7,
        refractivity_fall: 50.0,
        sea_level_refractivity: 370.0,
        coast_km: (500.0, 500.0),
    }
}

#[test]
fn missing_terrain_is_an_error_and_never_sea_level() {
    let mut points = flat(2.0, |_| 0.0);
    points[7].ground_m = f64::NAN;
    let missing = Profile::new(points.clone()).unwrap_err();
    assert_eq!(missing, InvalidProfile::MissingTerrain { distance_km: 0.35 });
    points[7] = points[6];
    assert!(matches!(Profile::new(points.clone()), Err(InvalidProfile::Order { .. })));
    assert_eq!(Profile::new(points[..2].to_vec()), Err(InvalidProfile::TooShort { points: 2 }));
}

#[test]
fn clutter_at_both_ends_is_cleared_away() {
    let everywhere = Profile::new(flat(2.0, |_| 8.0)).unwrap();
    assert_eq!((everywhere.points()[0].clutter_m, everywhere.points()[40].clutter_m), (0.0, 0.0));
}

#[test]
fn a_village_around_the_handset_costs_what_the_orientation_table_says() {
    // Open 104 dB and village 135 dB at 1800 MHz and 2 km from a mast of 30 m.
    for (clutter_m, expected_db) in [(0.0, 104.0), (8.0, 135.0)] {
        let near = |km: f64| if 1.7 <= km { clutter_m } else { 0.0 };
        let profile = Profile::new(flat(2.0, near)).unwrap();
        let seen = loss(&profile, &radio(1.8, 30.0)).unwrap().loss_db(0.0, 0.0);
        assert!((seen - expected_db).abs() < 0.6, "{clutter_m} m: {seen}");
    }
}

#[test]
fn a_hill_between_costs_more_the_higher_it_is_and_a_lower_mast_suffers_more() {
    let behind = |hill_m: f64, mast_m: f64| {
        let mut points = flat(5.0, |_| 0.0);
        for point in &mut points {
            point.ground_m += (hill_m * (1.0 - (point.distance_km - 2.5).abs() / 0.5)).max(0.0);
        }
        loss(&Profile::new(points).unwrap(), &radio(1.8, mast_m)).unwrap().loss_db(0.0, 0.0)
    };
    assert!(behind(0.0, 30.0) + 10.0 < behind(60.0, 30.0));
    assert!(behind(30.0, 30.0) < behind(60.0, 30.0));
    assert!(behind(60.0, 30.0) < behind(60.0, 15.0));
}

#[test]
fn what_the_recommendation_does_not_speak_of_is_refused() {
    let profile = Profile::new(flat(2.0, |_| 0.0)).unwrap();
    for (quantity, radio) in [
        (Quantity::FrequencyGhz, radio(6.1, 30.0)),
        (Quantity::TimePercent, Radio { time_percent: 60.0, ..radio(1.8, 30.0) }),
        (Quantity::AntennaHeightM, radio(1.8, 0.5)),
        (Quantity::HandsetHeightM, Radio { receiver_m: f64::NAN, ..radio(1.8, 30.0) }),
    ] {
        assert_eq!(loss(&profile, &radio).unwrap_err().quantity, quantity);
    }
}
