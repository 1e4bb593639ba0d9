//! The model against values that other implementations computed.

use std::fs;
use std::path::PathBuf;

use hatang_core::{Degrees, Metres};
use hatang_coverage::Pattern;
use hatang_coverage::location::area_probability;
use hatang_coverage::model::building::{Wall, wall};
use hatang_coverage::model::extended_hata::{Environment, over_flat_ground};
use hatang_coverage::model::{Model, Scenario, Surroundings};

/// The data rows of a shared table, split at commas.
fn rows(table: &str) -> Vec<Vec<String>> {
    let beside_the_project = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("HATANG_SHARED_DATA").map_or_else(beside_the_project, PathBuf::from);
    let path = folder.join("coverage").join(table);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is not a number"))
}

fn metres(text: &str) -> Metres {
    Metres::computed(number(text))
}

fn degrees(value: f64) -> Degrees {
    Degrees::new(value).expect("finite")
}

fn scenario(code: &str) -> Scenario {
    Scenario::ALL.into_iter().find(|scenario| scenario.code() == code).expect("one of the four")
}

#[test]
fn path_loss_equals_the_shared_table_within_two_hundredths_of_a_decibel() {
    let rows = rows("tr38901_pathloss.csv");
    for row in &rows {
        let around = Surroundings {
            building_height: metres(&row[7]),
            street_width: metres(&row[6]),
            handset_height: metres(&row[4]),
            vegetation: 0.1,
        };
        let model = Model::new(scenario(&row[0]), number(&row[2]) / 1_000.0, metres(&row[3]), around).unwrap();
        let losses = model.over(metres(&row[5]));
        let seen_db = if row[1] == "LOS" { losses.los.loss_db } else { losses.nlos.loss_db };
        // `expected` repeats the standard's own reading; the others are the independent programs.
        for (column, tolerance_db) in [(8, 0.0001), (9, 0.02), (10, 0.02), (11, 0.02), (12, 0.02)] {
            if !row[column].is_empty() {
                assert!((seen_db - number(&row[column])).abs() <= tolerance_db, "{row:?}: {seen_db}");
            }
        }
    }
    assert_eq!(rows.len(), 904);
}

#[test]
fn the_probability_of_line_of_sight_equals_the_shared_table() {
    let rows = rows("tr38901_los_probability.csv");
    for row in &rows {
        let around = Surroundings {
            building_height: Metres::computed(5.0),
            street_width: Metres::computed(20.0),
            handset_height: metres(&row[2]),
            vegetation: 0.1,
        };
        // Only the suburban row depends on the mast; the others leave it blank.
        let mast = if row[1].is_empty() { Metres::computed(25.0) } else { metres(&row[1]) };
        let model = Model::new(scenario(&row[0]), 3.5, mast, around).unwrap();
        let (seen, expected) = (model.los_probability(metres(&row[3])), number(&row[4]));
        assert!((seen - expected).abs() <= 1e-7 * expected.max(1e-8), "{row:?}: {seen}");
    }
    assert!(34 <= rows.len(), "{} rows", rows.len());
}

#[test]
fn the_loss_of_walls_equals_the_shared_table() {
    let rows = rows("tr38901_o2i_wall.csv");
    for row in &rows {
        for (column, kind) in [(1, Wall::Low), (2, Wall::High), (3, Wall::Timber)] {
            let seen = wall(kind, number(&row[0])).loss_db;
            assert!((seen - number(&row[column])).abs() <= 1e-6, "{row:?}, {kind:?}: {seen}");
        }
    }
    assert_eq!(rows.len(), 9);
}

#[test]
fn the_antenna_element_equals_the_shared_table() {
    let rows = rows("antenna_tr38901.csv");
    let element = Pattern {
        gain_dbi: 8.0,
        horizontal_beamwidth: degrees(65.0),
        vertical_beamwidth: degrees(65.0),
        tilt: degrees(0.0),
        floor_db: 30.0,
    };
    for row in &rows {
        // The table counts from the zenith, a pattern from the horizon.
        let seen = element.gain(degrees(number(&row[1])), degrees(number(&row[0]) - 90.0));
        assert!((seen - number(&row[2])).abs() <= 1e-6, "{row:?}: {seen}");
    }
    assert!(100 < rows.len());
}

#[test]
fn the_share_of_a_cells_area_equals_the_shared_table() {
    let rows = rows("area_coverage.csv");
    for row in &rows {
        let seen = area_probability(number(&row[0]), number(&row[1]), number(&row[3]));
        // The table's margins are rounded to a millionth of a decibel.
        assert!((seen - number(&row[4])).abs() <= 1e-6, "{row:?}: {seen}");
        assert!((seen - number(&row[5])).abs() <= 1e-6, "{row:?}: {seen}");
    }
    assert!(70 <= rows.len(), "{} rows", rows.len());
}

#[test]
fn extended_hata_equals_the_shared_table_and_says_where_it_left_its_ground() {
    let rows = rows("ehata_flat.csv");
    for row in &rows {
        let environment = match row[1].as_str() {
            "urban" => Environment::Urban,
            "suburban" => Environment::Suburban,
            _ => Environment::Rural,
        };
        let kilometres = Metres::computed(number(&row[5]) * 1_000.0);
        let estimate =
            over_flat_ground(environment, number(&row[2]), metres(&row[3]), metres(&row[4]), kilometres).unwrap();
        assert!((estimate.path.loss_db - number(&row[6])).abs() <= 0.01, "{row:?}: {estimate:?}");
        assert!((1.2816 * estimate.path.sigma_db - number(&row[8])).abs() <= 0.01, "{row:?}: {estimate:?}");
        assert_eq!(estimate.height_clamped, number(&row[3]) < 30.0);
        assert_eq!(estimate.frequency_extrapolated, 3_000.0 < number(&row[2]));
    }
    assert_eq!(rows.len(), 180);
}
