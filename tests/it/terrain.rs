//! Coverage over terrain, corrected by measurements, with people placed by a grid: loaded, computed, kept, proved. Line of
//! sight side by side with GDAL.

use std::{fmt::Write as _, process::Command};

use hatang_core::{
    Metres, NetworkCode, OrganisationCode, Planar, Role, Viewer, asset::Technology, ground_source::GroundKind,
    visibility::AccountId,
};
use hatang_coverage::{Grid, LandClass, Terrain, terrain::highest_between};
use hatang_desk::{
    Desk,
    amend_plan::amend_plan,
    coverage_choice::{Choice, choose},
    coverage_package::coverage_package,
    coverage_sources::{SourceFacts, SourceKind, record_coverage_source},
    demo,
    ground_sources::{GroundFacts, list_ground_sources, record_ground_source, retire_ground_source},
    job::Signal,
    keep_coverage::{Quiet, keep_coverage, prove_coverage},
    list_gaps::{GapQuestion, list_gaps},
    plan_closing::{ClosingPlan, ClosingQuestion, plan_closing},
    run_coverage::{CoverageQuestion, CoverageReport, answer_coverage},
    verify_journal::verify_journal,
};
use hatang_exchange::geotiff::{Raster, write_geotiff};
use hatang_tests::{both, sample_data};
use uuid::Uuid;

/// Heights around the sample commune in cells of about 110 m.
fn heights(height: impl Fn(f64, f64) -> f32) -> Vec<u8> {
    let (south_west, cell) = (Planar::new(106.2, 20.45), 0.001);
    let raster = Raster { epsg: 4326, south_west, cell: (cell, cell), columns: 600, values: vec![0.0; 600 * 500] };
    let values = (0..raster.values.len()).map(|index| {
        let at = raster.centre(index);
        height(at.east, at.north)
    });
    let values = values.collect();
    write_geotiff(&Raster { values, ..raster }, "heights made for a test").unwrap()
}

fn flat() -> Vec<u8> {
    heights(|_, _| 2.0)
}

/// Walls of 60 m from north to south, a kilometre apart.
fn walled() -> Vec<u8> {
    heights(|lon, _| if (lon * 100.0).rem_euclid(1.0) < 0.2 { 60.0 } else { 2.0 })
}

fn facts(kind: GroundKind, day: i8) -> GroundFacts {
    GroundFacts { kind, dated: jiff::civil::date(2024, 6, day), source: "made for a test".to_owned() }
}

fn viettel() -> NetworkCode {
    NetworkCode::new("viettel").unwrap()
}

fn over_terrain() -> Choice {
    Choice { over_terrain: true, ..Choice::default() }
}

fn asked(desk: &Desk, choice: &Choice) -> CoverageQuestion {
    let question = CoverageQuestion { cell_m: 100, ..CoverageQuestion::outdoors(Technology::G5, Some(&viettel())) };
    choose(desk, &Viewer::console(), question, choice).unwrap()
}

fn report(desk: &Desk, choice: &Choice) -> CoverageReport {
    answer_coverage(desk, &asked(desk, choice)).unwrap().report.clone()
}

#[tokio::test]
async fn a_run_over_terrain_names_its_terrain_sees_its_hills_and_proves_itself() {
    for place in both("terrain").await {
        let (desk, console) = (&place.desk, Viewer::console());
        demo::load(desk, &sample_data()).await.unwrap();
        let question = CoverageQuestion::outdoors(Technology::G5, Some(&viettel()));
        let none = choose(desk, &console, question.clone(), &over_terrain()).unwrap_err();
        assert_eq!(none.code(), "terrain.none", "{}", place.name);

        let loaded = record_ground_source(desk, &console, facts(GroundKind::Terrain, 1), &flat()).await.unwrap();
        assert_eq!(loaded.counted, 300_000, "{}", place.name);
        let on_flat = report(desk, &over_terrain());
        let over = on_flat.model.over_terrain.as_ref().unwrap();
        assert_eq!(on_flat.model.name, "Recommendation ITU-R P.1812", "{}", place.name);
        assert_eq!((over.terrain.sha256.as_str(), over.step_m), (loaded.sha256.as_str(), 111.0), "{}", place.name);
        assert_eq!(over.terrain.dated, Some(jiff::civil::date(2024, 6, 1)), "{}", place.name);
        assert!(on_flat.model.placeholders.contains(&"refractivity_fall".to_owned()), "{}", place.name);
        assert_eq!(on_flat.people, 45_332, "{}", place.name);

        // The newest counts, and an older one may still be chosen.
        record_ground_source(desk, &console, facts(GroundKind::Terrain, 2), &walled()).await.unwrap();
        let behind_walls = report(desk, &over_terrain());
        assert!(behind_walls.people_covered < on_flat.people_covered, "{}: {behind_walls:?}", place.name);
        let chosen = report(desk, &Choice { terrain: loaded.id, ..over_terrain() });
        assert_eq!(chosen.people_covered, on_flat.people_covered, "{}", place.name);
        let gaps = list_gaps(desk, &console, &GapQuestion { coverage: asked(desk, &over_terrain()), fewer_than: 1 });
        let blocked = gaps.unwrap().gaps.into_iter().filter_map(|gap| gap.shortfall?.blocked);
        assert!(blocked.into_iter().any(|wall| wall.is_ground && 10.0 < wall.above_m), "{}", place.name);

        let run = keep_coverage(desk, &console, &asked(desk, &over_terrain()), &Quiet).await.unwrap();
        retire_ground_source(desk, &console, list_ground_sources(desk)[0].id, "walls there are none").await.unwrap();
        assert_eq!(prove_coverage(desk, &console, &run.run).await.unwrap().different, [0_u64; 0], "{}", place.name);
        assert_eq!(report(desk, &over_terrain()).people_covered, on_flat.people_covered, "{}", place.name);
        assert_eq!(verify_journal(desk, &console).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_closing_plan_over_terrain_looks_over_the_same_hills_as_its_run() {
    let [place, _] = both("closing_terrain").await;
    let (desk, console) = (&place.desk, Viewer::console());
    demo::load(desk, &sample_data()).await.unwrap();
    let asked = serde_json::json!({ "technology": "5g", "network": "viettel", "phases": [4_000], "exact": false });
    let with = |more: serde_json::Value| -> ClosingQuestion {
        let mut asked = asked.clone();
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(asked).unwrap()
    };
    let plan = |more| plan_closing(desk, &console, &with(more), &Signal::default());
    let over = || serde_json::json!({ "model": "p1812" });
    assert_eq!(plan(over()).unwrap_err().code(), "terrain.none");
    assert_eq!(plan(serde_json::json!({ "model": "guess" })).unwrap_err().code(), "coverage.model");
    assert_eq!(plan(serde_json::json!({ "calibrated": true })).unwrap_err().code(), "coverage.nothing_measured");

    record_ground_source(desk, &console, facts(GroundKind::Terrain, 1), &flat()).await.unwrap();
    let on_flat = plan(over()).unwrap();
    let question = CoverageQuestion::outdoors(Technology::G5, Some(&viettel()));
    let run = answer_coverage(desk, &choose(desk, &console, question, &over_terrain()).unwrap()).unwrap();
    assert_eq!(on_flat.model.name, "Recommendation ITU-R P.1812");
    assert_eq!(on_flat.before.people_covered, run.report.people_covered);
    assert!(0 < on_flat.steps.gained.people);
    assert_eq!(on_flat.steps.after.people_covered, on_flat.before.people_covered + on_flat.steps.gained.people);

    record_ground_source(desk, &console, facts(GroundKind::Terrain, 2), &walled()).await.unwrap();
    let behind_walls = plan(over()).unwrap();
    let most = |plan: &ClosingPlan| plan.choices.iter().map(|choice| choice.alone.people).max().unwrap();
    assert!(behind_walls.before.people_covered < on_flat.before.people_covered);
    assert!(behind_walls.steps.after.people_covered < on_flat.steps.after.people_covered, "walls hide new masts too");
    assert!(0 < most(&behind_walls) && 0 < most(&on_flat));

    // Where the ground beyond the commune is unknown, an option out there is not computed, and counted so.
    let ends = heights(|lon, _| if lon < 106.52 { 2.0 } else { f32::NAN });
    record_ground_source(desk, &console, facts(GroundKind::Terrain, 3), &ends).await.unwrap();
    let drawn = plan(serde_json::json!({ "model": "p1812", "new_sites": [[106.53, 20.68]] })).unwrap();
    assert_eq!((drawn.not_computed, plan(over()).unwrap().not_computed), (1, 0));
    assert_eq!(drawn.steps.after.people_covered, on_flat.steps.after.people_covered);
}

#[tokio::test]
async fn missing_terrain_is_an_error_that_says_where_and_never_sea_level() {
    let [place, _] = both("terrain_missing").await;
    let (desk, console) = (&place.desk, Viewer::console());
    demo::load(desk, &sample_data()).await.unwrap();
    let hole = heights(|lon, lat| if (lon - 106.48).hypot(lat - 20.69) < 0.003 { f32::NAN } else { 2.0 });
    record_ground_source(desk, &console, facts(GroundKind::Terrain, 1), &hole).await.unwrap();
    let error = answer_coverage(desk, &asked(desk, &over_terrain())).unwrap_err();
    assert_eq!(error.code(), "terrain.missing");
    let value = error.value().unwrap();
    let at: Vec<f64> = value.split(", ").map(|degrees| degrees.parse().unwrap()).collect();
    assert!((at[0] - 106.48).abs() < 0.01 && (at[1] - 20.69).abs() < 0.01, "{value}");

    let lead = Viewer { role: Role::PlanLead, account: Some(AccountId(Uuid::from_u128(8))), ..Viewer::public() };
    let unreadable = record_ground_source(desk, &lead, facts(GroundKind::Terrain, 2), b"II no raster").await;
    assert_eq!(unreadable.unwrap_err().code(), "ground.unreadable");
    let signed_out = choose(desk, &Viewer::public(), CoverageQuestion::outdoors(Technology::G5, None), &over_terrain());
    assert_eq!(signed_out.unwrap_err().code(), "session.required");
    let rival = Viewer {
        account: Some(AccountId(Uuid::from_u128(9))),
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new("vnpt").unwrap()),
        ..Viewer::public()
    };
    let question = CoverageQuestion::outdoors(Technology::G5, Some(&viettel()));
    assert_eq!(choose(desk, &rival, question, &over_terrain()).unwrap_err().code(), "action.refused");
}

/// Measurements count for a year, so the test's are of today.
#[expect(clippy::disallowed_methods, reason = "the desk under test looks at the machine's clock too")]
fn today() -> jiff::civil::Date {
    jiff::tz::Offset::constant(7).to_datetime(jiff::Timestamp::now()).date()
}

#[tokio::test]
async fn a_run_is_corrected_by_measurements_only_when_asked_and_says_so() {
    for place in both("calibrated").await {
        let (desk, console) = (&place.desk, Viewer::console());
        demo::load(desk, &sample_data()).await.unwrap();
        let calibrated = Choice { calibrated: true, ..Choice::default() };
        let question = CoverageQuestion::outdoors(Technology::G5, Some(&viettel()));
        let nothing = choose(desk, &console, question, &calibrated).unwrap_err();
        assert_eq!(nothing.code(), "coverage.nothing_measured", "{}", place.name);

        let measured = |rows: u32| {
            let row = |step: u32| {
                let lon = 106.462 + f64::from(step) * 0.0002;
                format!("{lon},20.67,-120,{}T02:00:00Z\n", today())
            };
            format!("lon,lat,rsrp_dbm,time\n{}", (0..rows).map(row).collect::<String>())
        };
        let facts = SourceFacts {
            kind: SourceKind::Measured,
            network: viettel(),
            technology: Technology::G5,
            owner: OrganisationCode::new("viettel").unwrap(),
            dated: None,
            source: "made for a test".to_owned(),
        };
        record_coverage_source(desk, &console, facts.clone(), measured(10).as_bytes()).await.unwrap();
        let few = answer_coverage(desk, &asked(desk, &calibrated)).unwrap_err();
        assert_eq!(few.code(), "coverage.too_few_measurements", "{}", place.name);

        record_coverage_source(desk, &console, facts, measured(120).as_bytes()).await.unwrap();
        let (usual, corrected) = (report(desk, &Choice::default()), report(desk, &calibrated));
        assert!(usual.model.calibration.is_none(), "{}", place.name);
        let applied = corrected.model.calibration.as_ref().unwrap();
        assert_eq!((applied.sources.len(), applied.dated), (2, Some(today())), "{}", place.name);
        let (before, after) = applied.classes.iter().find_map(|fit| fit.rms_db).unwrap();
        assert!(after < before, "{}: {before} {after}", place.name);
        assert!(corrected.people_covered < usual.people_covered, "{}: the model promised too much", place.name);
        let offset = corrected.model.parameters.land.iter().map(|land| &land.offset_db).find(|one| 0.0 < one.value);
        assert!(offset.unwrap().source.contains("measurements"), "{}: {offset:?}", place.name);
        let package = coverage_package(desk, &console, &asked(desk, &calibrated)).unwrap();
        assert!(package.starts_with(b"SQLite format 3"), "{}", place.name);
        let run = keep_coverage(desk, &console, &asked(desk, &calibrated), &Quiet).await.unwrap();
        assert_eq!(prove_coverage(desk, &console, &run.run).await.unwrap().different, [0_u64; 0], "{}", place.name);
    }
}

#[tokio::test]
async fn a_grid_of_people_moves_them_within_their_hamlets_and_no_total() {
    for place in both("population").await {
        let (desk, console) = (&place.desk, Viewer::console());
        demo::load(desk, &sample_data()).await.unwrap();
        let before = report(desk, &Choice::default());
        assert_eq!(before.people_placed_by, None, "{}", place.name);
        let mut rows = String::from("lon,lat,people\n");
        for step in 0..400 {
            let (column, row) = (f64::from(step % 20), f64::from(step / 20));
            writeln!(rows, "{},{},{}", 106.43 + column * 0.006, 20.65 + row * 0.004, 1 + step % 7).unwrap();
        }
        rows.push_str("106.48,x,3\n");
        let loaded = record_ground_source(desk, &console, facts(GroundKind::Population, 1), rows.as_bytes()).await;
        let loaded = loaded.unwrap();
        assert_eq!((loaded.counted, loaded.refused_total), (400, 1), "{}", place.name);
        let after = report(desk, &Choice::default());
        assert_eq!(
            after.people_placed_by.as_ref().unwrap().grid.as_ref().unwrap().sha256,
            loaded.sha256,
            "{}",
            place.name
        );
        assert_eq!((before.people, after.people), (45_332, 45_332), "{}", place.name);
        let totals = |report: &CoverageReport| report.hamlets.iter().map(|one| one.people).collect::<Vec<_>>();
        assert_eq!(totals(&before), totals(&after), "{}: the plan says how many", place.name);
        let covered = |report: &CoverageReport| report.hamlets.iter().map(|one| one.people_covered).collect::<Vec<_>>();
        assert_ne!(covered(&before), covered(&after), "{}: the grid says where", place.name);
    }
}

#[tokio::test]
async fn settled_land_is_computed_as_a_suburb() {
    let [place, _] = both("settlement").await;
    let (desk, console) = (&place.desk, Viewer::console());
    demo::load(desk, &sample_data()).await.unwrap();
    let before = report(desk, &Choice::default());
    let change = serde_json::json!({
        "seen_version": 1, "reason": "houses stand here", "act": "add_zone", "zone": "settlement", "name": null,
        "instrument": null, "geometry": { "type": "Polygon", "coordinates":
            [[[106.40, 20.60], [106.60, 20.60], [106.60, 20.80], [106.40, 20.80], [106.40, 20.60]]] },
    });
    amend_plan(desk, &console, serde_json::from_value(change).unwrap()).await.unwrap();
    let after = report(desk, &Choice::default());
    // 5G among houses reaches two thirds as far as over fields.
    assert!(after.people_covered < before.people_covered, "{} {}", after.people_covered, before.people_covered);
    let gaps = list_gaps(desk, &console, &GapQuestion { coverage: asked(desk, &Choice::default()), fewer_than: 1 });
    let lands: Vec<_> = gaps.unwrap().gaps.into_iter().filter_map(|gap| Some(gap.shortfall?.land)).collect();
    assert!(lands.contains(&LandClass::Village) && !lands.contains(&LandClass::Open), "{lands:?}");
}

#[tokio::test]
async fn people_live_in_the_settlements_of_the_plan_where_no_grid_says_better() {
    for place in both("settled_people").await {
        let (desk, console) = (&place.desk, Viewer::console());
        demo::load(desk, &sample_data()).await.unwrap();
        let before = report(desk, &Choice::default());
        // A strip of houses through the middle: some hamlets have part of it, most have none.
        let change = serde_json::json!({
            "seen_version": 1, "reason": "houses stand here", "act": "add_zone", "zone": "settlement", "name": null,
            "instrument": null, "geometry": { "type": "Polygon", "coordinates":
                [[[106.40, 20.676], [106.60, 20.676], [106.60, 20.679], [106.40, 20.679], [106.40, 20.676]]] },
        });
        amend_plan(desk, &console, serde_json::from_value(change).unwrap()).await.unwrap();
        let after = report(desk, &Choice::default());
        let by = after.people_placed_by.as_ref().unwrap();
        assert_eq!(by.grid, None, "{}", place.name);
        let n_even = by.spread_evenly.len();
        assert!(0 < n_even && n_even < after.hamlets.len(), "{}: {n_even} hamlets have no houses there", place.name);
        for (old, new) in before.hamlets.iter().zip(&after.hamlets) {
            assert_eq!(old.people, new.people, "{}: the plan says how many live in {}", place.name, old.name);
        }

        // A grid of people says better.
        let row = b"lon,lat,people\n106.47,20.66,5\n";
        record_ground_source(desk, &console, facts(GroundKind::Population, 1), row).await.unwrap();
        let by_grid = report(desk, &Choice::default());
        assert!(by_grid.people_placed_by.unwrap().grid.is_some(), "{}", place.name);
    }
}

#[test]
fn line_of_sight_is_that_of_gdal_viewshed() {
    let folder = tempfile::tempdir().unwrap();
    let (columns, rows, side) = (160_u32, 120_u32, 20.0);
    let corner = Planar::new(640_000.0, 2_280_000.0);
    let far = Planar::new(corner.east + f64::from(columns) * side, corner.north + f64::from(rows) * side);
    let grid = Grid::covering(corner, far, Metres::computed(side)).unwrap();
    let height = |cell: usize| {
        let (column, row) = grid.position(cell);
        let (x, y) = (f64::from(column), f64::from(row));
        let rolling = 12.0 * (x / 9.0).sin() * (y / 11.0).cos();
        let hill = 60.0 * (-((x - 110.0).powi(2) + (y - 70.0).powi(2)) / 200.0).exp();
        #[expect(clippy::cast_possible_truncation, reason = "a height")]
        let height = (30.0 + rolling + hill) as f32;
        height
    };
    let heights: Vec<f32> = (0..grid.len()).map(height).collect();
    let raster = Raster::of_squares(3405, corner, Metres::computed(side), columns, heights.clone());
    let (dem, seen) = (folder.path().join("dem.tif"), folder.path().join("seen.tif"));
    std::fs::write(&dem, write_geotiff(&raster, "heights").unwrap()).unwrap();
    let mast = grid.centre(40, 60);
    let output = Command::new("gdal_viewshed")
        .args(["-ox", &mast.east.to_string(), "-oy", &mast.north.to_string(), "-oz", "30", "-tz", "1.5"])
        .args(["-cc", "0", "-md", "0", "-vv", "1", "-iv", "0"])
        .args([&dem, &seen])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs = hatang_exchange::geotiff::read_geotiff(&std::fs::read(&seen).unwrap()).unwrap();
    assert_eq!(theirs.values.len(), grid.len());
    let terrain = Terrain::new(grid, heights);
    let (mut same, mut visible) = (0_usize, 0_usize);
    for cell in 0..grid.len() {
        let (column, row) = grid.position(cell);
        let at = grid.centre(column, row);
        if at == mast {
            same += 1;
            continue;
        }
        let highest = highest_between(&terrain, (mast, at), (30.0, 1.5), f64::INFINITY).unwrap().unwrap();
        let (own, gdals) = (highest.above_m <= 0.0, 0.5 < theirs.values[cell]);
        visible += usize::from(gdals);
        same += usize::from(own == gdals);
        // GDAL goes by the heights between cells, we by those of the cells: near the ray they may differ.
        assert!(
            own == gdals || highest.above_m.abs() < 3.0,
            "cell {column}, {row}: {highest:?}, GDAL sees it: {gdals}"
        );
    }
    assert!(grid.len() / 5 < visible && visible < grid.len() * 4 / 5, "{visible} of {} tell something", grid.len());
    assert!(grid.len() * 97 / 100 <= same, "{same} of {}", grid.len());
}
