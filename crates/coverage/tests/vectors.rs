//! The model against values that other implementations computed.

use std::fs;
use std::path::PathBuf;

use hatang_core::{Degrees, Metres};
use hatang_coverage::Pattern;
use hatang_coverage::rma::{Rma, Surroundings, los_probability};

/// The data rows of a shared table, split at commas; or where it was looked for in vain.
fn rows(table: &str) -> Result<Vec<Vec<String>>, String> {
    let beside_the_project = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("HATANG_SHARED_DATA").map_or_else(beside_the_project, PathBuf::from);
    let path = folder.join("coverage").join(table);
    let text = fs::read_to_string(&path).map_err(|_| format!("not run: shared data absent at {}", path.display()))?;
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    Ok(rows.map(|line| line.split(',').map(str::to_owned).collect()).collect())
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

#[test]
fn path_loss_equals_the_shared_table_within_two_hundredths_of_a_decibel() {
    let rows = match rows("tr38901_pathloss.csv") {
        Ok(rows) => rows,
        Err(absent) => return println!("{absent}"),
    };
    let mut compared = 0;
    for row in rows.iter().filter(|row| row[0] == "RMa") {
        let around = Surroundings {
            building_height: metres(&row[7]),
            street_width: metres(&row[6]),
            handset_height: metres(&row[4]),
        };
        let model = Rma::new(number(&row[2]) / 1_000.0, metres(&row[3]), around).unwrap();
        let losses = model.over(metres(&row[5]));
        let seen_db = if row[1] == "LOS" { losses.los.loss_db } else { losses.nlos.loss_db };
        // `expected` repeats the standard's own reading; the others are the independent programs.
        for (column, tolerance_db) in [(8, 0.0001), (9, 0.02), (10, 0.02), (11, 0.02), (12, 0.02)] {
            if !row[column].is_empty() {
                assert!((seen_db - number(&row[column])).abs() <= tolerance_db, "{row:?}: {seen_db}");
            }
        }
        compared += 1;
    }
    assert_eq!(compared, 400);
}

#[test]
fn the_probability_of_line_of_sight_equals_the_shared_table() {
    let rows = match rows("tr38901_los_probability.csv") {
        Ok(rows) => rows,
        Err(absent) => return println!("{absent}"),
    };
    let mut compared = 0;
    for row in rows.iter().filter(|row| row[0] == "RMa") {
        let (seen, expected) = (los_probability(metres(&row[3])), number(&row[4]));
        assert!((seen - expected).abs() <= 1e-7 * expected.max(1e-3), "{row:?}: {seen}");
        compared += 1;
    }
    assert!(7 <= compared, "{compared} rows");
}

#[test]
fn the_antenna_element_equals_the_shared_table() {
    let rows = match rows("antenna_tr38901.csv") {
        Ok(rows) => rows,
        Err(absent) => return println!("{absent}"),
    };
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
