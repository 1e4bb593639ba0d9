//! Files in another reference system than they are said to be in, recognised from their own numbers.

use std::{fmt::Write as _, sync::LazyLock};

use hatang_core::{Asset, AssetClass, Lonlat, Shape};
use hatang_crs::{Crs, Misreading, from_wgs84, to_wgs84_misread};
use hatang_exchange::{
    Axes, CrsCause, CrsCheck, CrsVerdict, Import, ImportOptions, PairVerdict, Surroundings, read_assets,
    read_boundaries, read_plan_folder,
};
use hatang_testkit::workspace_root;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{ids, options, sample};

/// The commune's outline and roads, read once.
static SURROUNDINGS: LazyLock<Surroundings> = LazyLock::new(|| {
    let folder = workspace_root().join("sample-data/plan");
    let bytes = std::fs::read(folder.join("boundary.geojson")).unwrap();
    let code = hatang_core::Territory::new("11824").unwrap();
    let outline = read_boundaries(&bytes, &code).unwrap().home.shape;
    let roads = read_plan_folder(&folder, &mut ids()).unwrap().plan.roads.into_iter().map(|road| road.shape).collect();
    Surroundings { outline, roads }
});

fn crs(code: u32) -> Crs {
    Crs::from_epsg(code).unwrap()
}

/// What somebody hands in who has the positions in `crs`.
fn handed_in(assets: &[Asset], crs: Crs, axes: Axes) -> String {
    let pair = |at: Lonlat| {
        let (x, y) = from_wgs84(crs, at).unwrap();
        if axes == Axes::EastFirst { format!("{x:.7} {y:.7}") } else { format!("{y:.7} {x:.7}") }
    };
    let mut table = String::from("code;status;wkt\n");
    for (number, asset) in assets.iter().enumerate() {
        let wkt = match &asset.shape {
            Shape::Point(at) => format!("POINT ({})", pair(*at)),
            shape => format!("LINESTRING ({})", shape.positions().map(pair).collect::<Vec<_>>().join(", ")),
        };
        let _ = writeln!(table, "K{number};operational;{wkt}");
    }
    table
}

fn read(class: AssetClass, text: &str, declared: Crs, axes: Axes) -> Import {
    let surroundings = Some(SURROUNDINGS.clone());
    let options = ImportOptions { crs: Some(declared), axes, surroundings, ..options(class) };
    read_assets("a.csv", text.as_bytes(), &options, ids()).unwrap()
}

fn check(class: AssetClass, assets: &[Asset], actual: Crs, declared: Crs) -> CrsCheck {
    read(class, &handed_in(assets, actual, Axes::EastFirst), declared, Axes::EastFirst).report.crs_check
}

#[test]
fn each_known_error_is_recognised_with_its_cause_and_its_correction() {
    let poles = sample(AssetClass::Pole);
    for (name, actual, declared, cause) in [
        ("VN-2000 degrees read as WGS 84", 4756, 4326, CrsCause::DatumShiftMissing),
        ("WGS 84 degrees read as VN-2000", 4326, 4756, CrsCause::DatumShiftNeedless),
        ("the former Hải Dương zone", 9209, 9210, CrsCause::WrongZone),
        ("the standard zone 482", 5897, 9210, CrsCause::WrongZone),
        ("VN-2000 UTM for TM-3", 3405, 9210, CrsCause::UtmForTm3),
        ("UTM on WGS 84 read as UTM on VN-2000", 32648, 3405, CrsCause::DatumShiftNeedless),
    ] {
        let check = check(AssetClass::Pole, &poles, crs(actual), crs(declared));
        assert_eq!(check.verdict, CrsVerdict::Suspected, "{name}: {check:?}");
        let [only] = &check.corrections[..] else { panic!("{name}: {:?}", check.corrections) };
        assert_eq!((only.crs.code(), only.axes, only.cause), (actual, Axes::EastFirst, cause), "{name}");
    }
}

#[test]
fn swapped_axes_are_recognised_in_metres_and_in_degrees() {
    for class in [AssetClass::Mast, AssetClass::Pole] {
        for system in [9210, 4326] {
            let text = handed_in(&sample(class), crs(system), Axes::NorthFirst);
            let found = read(class, &text, crs(system), Axes::EastFirst).report.crs_check;
            assert_eq!(found.verdict, CrsVerdict::Suspected, "{class} {system}");
            // In degrees a shift of the datum cannot be told from a mast; the declared system comes first or alone.
            let fits = found.corrections.iter().find(|one| one.cause == CrsCause::SwappedAxes).unwrap();
            assert_eq!((fits.crs.code(), fits.axes), (system, Axes::NorthFirst));
            let corrected = read(class, &text, fits.crs, fits.axes);
            assert_eq!(corrected.report.rows_refused, 0, "the correction is an option of the import");
            let submitted = corrected.assets[0].asset.submitted.as_ref().unwrap();
            assert!(submitted.operation.as_deref().unwrap().starts_with("axes y,x"), "{submitted:?}");
        }
    }
}

#[test]
fn applying_the_correction_puts_every_structure_where_it_is() {
    let poles = sample(AssetClass::Pole);
    let text = handed_in(&poles, crs(4756), Axes::EastFirst);
    let wrong = read(AssetClass::Pole, &text, Crs::WGS84, Axes::EastFirst);
    let moved = hatang_core::geodesy::distance(wrong.assets[0].asset.anchor(), poles[0].anchor()).get();
    assert!((200.0..250.0).contains(&moved), "nothing is corrected silently: {moved} m");
    let correction = &wrong.report.crs_check.corrections[0];
    assert!((200..250).contains(&correction.moves_m));
    let right = read(AssetClass::Pole, &text, correction.crs, correction.axes);
    assert_eq!(right.report.crs_check.verdict, CrsVerdict::Fits);
    for (read, went) in right.assets.iter().zip(&poles) {
        assert!(hatang_core::geodesy::distance(read.asset.anchor(), went.anchor()).get() < 0.01);
    }
}

#[test]
fn a_correct_file_is_never_suspected_whatever_part_of_the_registry_it_holds() {
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_127);
    let mut fits = 0;
    for class in AssetClass::ALL.iter().filter(|class| **class != AssetClass::Host) {
        let all = sample(*class);
        for round in 0..6 {
            let first = chance.random_range(0..all.len());
            let count = [1, 3, 10, 40, 200, all.len()][round % 6];
            // A district of the registry, as a contractor would hand in.
            let mut near = all.clone();
            let centre = all[first].anchor();
            near.sort_by(|a, b| {
                let metres = |asset: &Asset| hatang_core::geodesy::distance(asset.anchor(), centre).get();
                metres(a).total_cmp(&metres(b))
            });
            near.truncate(count);
            for system in [4326, [4756, 9210, 3405][round % 3]] {
                let found = check(*class, &near, crs(system), crs(system));
                assert!(
                    matches!(found.verdict, CrsVerdict::Fits | CrsVerdict::Undetectable),
                    "{class}, {count} from {first} in {system}: {found:?}"
                );
                fits += u32::from(found.verdict == CrsVerdict::Fits && system == 4326);
            }
        }
    }
    assert!(4 <= fits, "only {fits} files in WGS 84 were confirmed by roads");
}

#[test]
fn a_datum_shift_that_cannot_be_seen_is_said_to_be_undetectable() {
    let (masts, poles) = (sample(AssetClass::Mast), sample(AssetClass::Pole));
    for (name, class, assets) in
        [("masts", AssetClass::Mast, &masts[..]), ("three poles", AssetClass::Pole, &poles[..3])]
    {
        let found = check(class, assets, Crs::VN2000, Crs::WGS84);
        assert_eq!(found.verdict, CrsVerdict::Undetectable, "{name}");
        assert!(found.message.vi.contains("không thể nhận ra"), "{name}");
    }
}

#[test]
fn one_structure_in_the_wrong_zone_is_enough() {
    for count in [1, 2, 5] {
        let masts = sample(AssetClass::Mast);
        let found = check(AssetClass::Mast, &masts[..count], crs(9209), crs(9210));
        assert_eq!(found.verdict, CrsVerdict::Suspected);
        assert_eq!(found.corrections[0].crs.code(), 9209, "{:?}", found.corrections);
    }
}

#[test]
fn a_file_of_somewhere_else_has_no_correction() {
    let text = "code;status;lon;lat\nA;planned;105,85;21,02\nB;planned;105,86;21,03\n";
    let found = read(AssetClass::Mast, text, Crs::WGS84, Axes::EastFirst).report.crs_check;
    assert_eq!((found.verdict, found.corrections.len()), (CrsVerdict::Outside, 0));
}

/// A table that says each place in VN-2000 metres and in degrees.
fn pairs(fault: Option<Misreading>, decimals: usize) -> String {
    let mut table = String::from("code,status,n,e,lon,lat\n");
    for (number, asset) in sample(AssetClass::Mast).iter().enumerate() {
        let (east, north) = from_wgs84(crs(9210), asset.anchor()).unwrap();
        let at = fault.map_or(asset.anchor(), |fault| to_wgs84_misread(crs(9210), east, north, fault).unwrap());
        let _ = writeln!(
            table,
            "K{number},operational,{north:.3},{east:.3},{:.decimals$},{:.decimals$}",
            at.lon(),
            at.lat()
        );
    }
    table
}

#[test]
fn a_wrong_rotation_sign_shows_only_where_a_file_has_both_statements() {
    for (name, fault, decimals, verdict) in [
        ("right", None, 8, PairVerdict::Agree),
        ("rotations reversed", Some(Misreading::RotationSign), 8, PairVerdict::RotationSign),
        ("rotations reversed, six decimals", Some(Misreading::RotationSign), 6, PairVerdict::RotationSign),
        ("no shift", Some(Misreading::NoShift), 7, PairVerdict::ShiftMissing),
    ] {
        for declared in [Crs::WGS84, crs(9210)] {
            let report = read(AssetClass::Mast, &pairs(fault, decimals), declared, Axes::EastFirst).report;
            let found = report.pair_check.unwrap_or_else(|| panic!("{name}"));
            assert_eq!((found.verdict, found.crs.as_str()), (verdict, "EPSG:9210"), "{name}: {found:?}");
        }
    }
    let single = handed_in(&sample(AssetClass::Mast), crs(9210), Axes::EastFirst);
    assert_eq!(read(AssetClass::Mast, &single, crs(9210), Axes::EastFirst).report.pair_check, None);
}

#[test]
fn official_pairs_agree_as_far_as_they_are_printed() {
    let path = hatang_testkit::shared_data("vn2000_official_pairs.csv");
    let Some(path) = path else { return };
    let bytes = std::fs::read(path).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let mut table = String::from("code,status,n,e,lon,lat\n");
    for (number, record) in reader.records().map(Result::unwrap).enumerate() {
        let number_of = |column: usize| record[column].parse::<f64>().unwrap();
        let (lat, lon) = (number_of(5), number_of(6));
        // The notices print degrees: the same VN-2000 position on the plane of its zone.
        let at = hatang_crs::to_wgs84(Crs::VN2000, lon, lat).unwrap();
        let (east, north) = from_wgs84(crs(9210), at).unwrap();
        let _ = writeln!(table, "K{number},planned,{north:.3},{east:.3},{},{}", &record[8], &record[7]);
    }
    let read = read_assets("a.csv", table.as_bytes(), &options(AssetClass::Mast), ids()).unwrap();
    let found = read.report.pair_check.unwrap();
    assert!(found.median_m < 4.0, "printed to 0.1″: {found:?}");
    assert_ne!(found.verdict, PairVerdict::ShiftMissing, "{found:?}");
}
