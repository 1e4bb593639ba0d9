use hatang_core::Metres;

use super::*;
use crate::over_terrain::TerrainFile;
use crate::reach::Unwatched;
use crate::reach::piece::{bytes, pieces};
use crate::testing::{Lcg, grid_of};

fn figures() -> OverTerrain {
    let file = TerrainFile { sha256: "00".into(), dated: None, source: "made for the test".into() };
    OverTerrain::usual(file, 50.0, 20.7)
}

fn station(east: f64, north: f64, operator: usize) -> Station {
    Station {
        at: Planar::new(east, north),
        antenna_height: Some(Metres::computed(30.0)),
        frequency_mhz: Some(3_750.0),
        azimuths: [0.0, 120.0, 240.0].map(|azimuth| Degrees::new(azimuth).unwrap()).to_vec(),
        eirp_dbm: None,
        operator: Operator::new(operator).unwrap(),
    }
}

/// Hills and villages as chance has it, with room around for stations beside the raster.
fn country(seed: u64) -> (Land, Terrain) {
    let mut random = Lcg::new(seed);
    let grid = grid_of(40, 30);
    let classes = (0..grid.len()).map(|_| LandClass::ALL[random.below(3) as usize]).collect();
    let (from, to) = (Planar::new(-1_000.0, -1_000.0), Planar::new(3_000.0, 2_500.0));
    let wide = Grid::covering(from, to, Metres::computed(50.0)).unwrap();
    let height = |cell: usize| {
        let (column, row) = wide.position(cell);
        let hill = libm::sin(f64::from(column) / 7.0) * libm::cos(f64::from(row) / 5.0) * 30.0;
        #[expect(clippy::cast_possible_truncation, reason = "a hill")]
        let hill = (40.0 + hill) as f32;
        hill
    };
    (Land::new(grid, classes), Terrain::new(wide, (0..wide.len()).map(height).collect()))
}

fn stations() -> Vec<Station> {
    vec![
        station(300.0, 400.0, 0),
        station(1_700.0, 1_100.0, 1),
        station(-600.0, 700.0, 0),
        station(1_700.0, 1_100.0, 1),
    ]
}

/// Every station asked about every cell, without any bound.
fn plain(on: OnTerrain<'_>, stations: &[Station]) -> Vec<f64> {
    let reference = TerrainReference::new(on, stations);
    let grid = *on.land.grid();
    (0..grid.len())
        .map(|cell| {
            let (column, row) = grid.position(cell);
            reference.at(grid.centre(column, row), on.land.classes()[cell])(0.0)
        })
        .collect()
}

#[test]
fn leaving_stations_out_changes_no_cell() {
    for seed in 0..3 {
        let (land, terrain) = country(seed);
        let (figures, parameters) = (figures(), Parameters::default_5g());
        let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters: &parameters };
        let stations = stations();
        let reach = reach_over_terrain(on, &stations, &Unwatched).unwrap().unwrap();
        for (cell, expected) in plain(on, &stations).into_iter().enumerate() {
            let seen = f64::from(reach.probability[cell]);
            assert!((seen - expected).abs() < 1e-6 || expected < 0.0011, "seed {seed}, cell {cell}: {seen} {expected}");
            let by_both = (0..2_usize).filter(|operator| {
                let own: Vec<Station> =
                    stations.iter().filter(|one| one.operator.place() == *operator).cloned().collect();
                let (column, row) = land.grid().position(cell);
                let reference = TerrainReference::new(on, &own);
                0.9 <= reference.at(land.grid().centre(column, row), land.classes()[cell])(0.0)
            });
            if cell % 37 == 0 {
                assert_eq!(reach.n_operators(cell) as usize, by_both.count(), "seed {seed}, cell {cell}");
            }
        }
        let served = reach.probability.iter().filter(|share| 0.9 <= **share).count();
        assert!(0 < served && served < land.grid().len(), "{served} cells: the test can tell something");
        assert!(0 < reach.flags.cells_too_near, "cells nearer than 250 m are counted");
    }
}

#[test]
fn pieces_over_terrain_have_the_bytes_of_the_whole() {
    let (land, terrain) = country(1);
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters: &parameters };
    let whole = reach_over_terrain(on, &stations(), &Unwatched).unwrap().unwrap();
    let mut joined = Vec::new();
    for rows in [0..11, 11..30] {
        let piece = Piece { number: 0, columns: 0..40, rows };
        joined.extend(bytes(&reach_piece_over_terrain(on, &stations(), &piece, &Unwatched).unwrap().unwrap()));
    }
    assert!(joined == bytes(&whole));
    assert_eq!(pieces(land.grid()).count(), 1);
}

#[test]
fn a_revised_run_over_terrain_equals_a_new_one_to_the_last_bit() {
    let (land, terrain) = country(3);
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters: &parameters };
    let run = |stations: &[Station]| reach_over_terrain(on, stations, &Unwatched).unwrap().unwrap();
    let before = stations();
    let previous = run(&before);
    let moved = |at: usize| {
        let mut after = before.clone();
        after[at].at = Planar::new(900.0, 200.0);
        after
    };
    let weaker = Station { eirp_dbm: Some(50.0), ..station(300.0, 400.0, 2) };
    let changes: Vec<(&str, Vec<Station>)> = vec![
        ("one moves", moved(0)),
        ("another moves", moved(2)),
        ("one goes", before[1..].to_vec()),
        ("one of two equals goes", before[..3].to_vec()),
        ("one comes first", [&[station(1_000.0, 300.0, 1)], &before[..]].concat()),
        ("a weaker one of another operator comes", [&before[..], &[weaker]].concat()),
        ("the same again", [&before[..], &before[..1]].concat()),
        ("nothing", before.clone()),
        ("most go", [&before[..1], &[station(200.0, 200.0, 0), station(700.0, 900.0, 1)]].concat()),
    ];
    for (name, after) in changes {
        let revised = revise::revise_over_terrain(&previous, on, &before, &after).unwrap();
        assert!(revised == run(&after), "{name}");
        let same = revised.probability == previous.probability;
        let no_better =
            ["one of two equals goes", "a weaker one of another operator comes", "the same again", "nothing"];
        assert_eq!(same, no_better.contains(&name), "{name}: what is served");
        let others = revised.operators != previous.operators;
        assert_eq!(others, !same || name.contains("operator"), "{name}: by whom");
    }
}

#[test]
fn some_cells_alone_have_the_values_of_the_whole() {
    let (land, terrain) = country(4);
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters: &parameters };
    let whole = reach_over_terrain(on, &stations(), &Unwatched).unwrap().unwrap();
    let some: Vec<usize> = (5..land.grid().len()).step_by(7).collect();
    let (found, _) = cells_over_terrain(on, &stations(), &some).unwrap();
    assert!(found.iter().any(|share| 0.9 <= *share));
    assert_eq!(found, some.iter().map(|cell| whole.probability[*cell]).collect::<Vec<_>>());
}

#[test]
fn a_hill_takes_away_what_flat_land_has() {
    let grid = grid_of(80, 21);
    let land = Land::uniform(grid, LandClass::Open);
    let wide =
        Grid::covering(Planar::new(-50.0, -50.0), Planar::new(4_050.0, 1_100.0), Metres::computed(50.0)).unwrap();
    let ridge = |height: f32| {
        let at = |cell| if (30..33).contains(&wide.position(cell).0) { height } else { 2.0 };
        Terrain::new(wide, (0..wide.len()).map(at).collect())
    };
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let run = |terrain: &Terrain| {
        let on = OnTerrain { land: &land, terrain, figures: &figures, parameters: &parameters };
        reach_over_terrain(on, &[station(125.0, 525.0, 0)], &Unwatched).unwrap().unwrap()
    };
    let (flat, hilly) = (run(&ridge(2.0)), run(&ridge(80.0)));
    let (before, behind) = (grid.index(20, 10), grid.index(45, 10));
    assert!(flat.covers(before, &parameters) && flat.covers(behind, &parameters));
    assert!(hilly.covers(before, &parameters) && !hilly.covers(behind, &parameters), "{}", hilly.probability[behind]);
}

#[test]
#[expect(clippy::cast_possible_truncation, reason = "heights are kept in single precision")]
fn a_hole_under_a_profile_ends_the_run_and_one_elsewhere_does_not() {
    let (land, terrain) = country(2);
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let with_hole = |at: Planar| {
        let grid = *terrain.grid();
        let hole = grid.cell_at(at).unwrap();
        let height = |cell: usize| {
            let (column, row) = grid.position(cell);
            if cell == hole { f32::NAN } else { terrain.ground_m(grid.centre(column, row)).unwrap() as f32 }
        };
        Terrain::new(grid, (0..grid.len()).map(height).collect())
    };
    let run = |terrain: &Terrain| {
        let on = OnTerrain { land: &land, terrain, figures: &figures, parameters: &parameters };
        reach_over_terrain(on, &stations(), &Unwatched).map(|reach| reach.unwrap())
    };
    let at = Planar::new(1_025.0, 725.0);
    let missing = run(&with_hole(at)).unwrap_err();
    assert!((missing.at.east - at.east).abs() <= 25.0 && (missing.at.north - at.north).abs() <= 25.0, "{missing:?}");
    assert_eq!(missing.station, 0);
    let aside = run(&with_hole(Planar::new(2_900.0, 2_400.0))).unwrap();
    assert!(aside == run(&terrain).unwrap(), "nobody's profile goes there");
    let small = Terrain::new(*land.grid(), vec![2.0; land.grid().len()]);
    let beyond = run(&small).unwrap_err();
    assert_eq!(beyond.station, 2, "the station beside the raster stands on unknown ground");
}

#[test]
fn what_the_recommendation_does_not_speak_of_is_listed_and_not_computed() {
    let (land, terrain) = country(0);
    let (figures, parameters) = (figures(), Parameters::default_5g());
    let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters: &parameters };
    let all = [
        Station { antenna_height: None, ..station(500.0, 500.0, 0) },
        Station { antenna_height: Some(Metres::computed(0.5)), ..station(500.0, 500.0, 0) },
        Station { frequency_mhz: Some(1_800.0), ..station(500.0, 500.0, 0) },
        Station { azimuths: Vec::new(), ..station(500.0, 500.0, 0) },
    ];
    let reach = reach_over_terrain(on, &all, &Unwatched).unwrap().unwrap();
    let skipped: Vec<usize> = reach.flags.not_computed.iter().map(|skipped| skipped.station).collect();
    assert_eq!(skipped, [0, 1, 2]);
    assert!(matches!(reach.flags.not_computed[1].reason, NotComputed::OutsideModel(_)));
    assert_eq!(reach.flags.without_azimuth, [3]);
    assert_eq!(reach.flags.assumed_power, [3]);
}

#[test]
fn what_measurements_say_of_a_class_moves_the_run() {
    let (land, terrain) = country(1);
    let figures = figures();
    let mut measured = Parameters::default_5g();
    for land in &mut measured.land {
        land.offset_db.value = 12.0;
    }
    let run = |parameters: &Parameters| {
        let on = OnTerrain { land: &land, terrain: &terrain, figures: &figures, parameters };
        reach_over_terrain(on, &stations(), &Unwatched).unwrap().unwrap()
    };
    let (model, corrected) = (run(&Parameters::default_5g()), run(&measured));
    assert!(model.probability.iter().zip(&corrected.probability).all(|(model, corrected)| corrected <= model));
    assert_ne!(model.probability, corrected.probability);
}
