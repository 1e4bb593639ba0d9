//! Published positions and meridians, read from the shared data folder when there is one.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test's helper may fail, and must say when it has no data"
)]

use std::env;
use std::path::PathBuf;

use hatang_crs::{Crs, dms, from_wgs84, to_wgs84};

/// The rows of a shared file, each by column name, or `None` with a line that says so.
fn rows(file: &str) -> Option<Vec<impl Fn(&str) -> String>> {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let folder = env::var_os("HATANG_SHARED_DATA")
        .map_or_else(|| PathBuf::from(workspace).join("../shared/data"), PathBuf::from);
    let path = folder.join(file);
    if !path.is_file() {
        println!("not run: shared data absent at {}", path.display());
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let rows = reader.records().map(|record| {
        let (record, headers) = (record.unwrap(), headers.clone());
        move |name: &str| record[headers.iter().position(|header| header == name).unwrap()].to_owned()
    });
    Some(rows.collect())
}

/// Half a unit of the last printed digit of the seconds, in seconds.
fn rounding(printed: &str) -> f64 {
    let has_tenths = printed.rsplit(['\'', '’']).next().unwrap().contains(['.', ',']);
    if has_tenths { 0.05 } else { 0.5 }
}

#[test]
fn official_pairs_agree_within_their_printed_resolution() {
    let Some(pairs) = rows("vn2000_official_pairs.csv") else { return };
    assert_eq!(pairs.len(), 12);
    for pair in pairs {
        let id = pair("id");
        let degrees = |column: &str| dms::parse(&pair(column)).unwrap_or_else(|error| panic!("{id}: {error}")).get();
        for name in ["vn2000_lat", "vn2000_lon", "wgs84_lat", "wgs84_lon"] {
            let decimal: f64 = pair(name).parse().unwrap();
            assert!((degrees(&format!("{name}_dms")) - decimal).abs() < 6e-9, "{id} {name}");
        }

        let ours = to_wgs84(Crs::VN2000, degrees("vn2000_lon_dms"), degrees("vn2000_lat_dms")).unwrap();
        let (lon, lat) = (degrees("wgs84_lon_dms"), degrees("wgs84_lat_dms"));

        // Both sides of a pair are rounded, and the operation itself is good to 1 m, 0.033″ or a little more.
        for (axis, ours, theirs) in [("lat", ours.lat(), lat), ("lon", ours.lon(), lon)] {
            let off_seconds = (ours - theirs).abs() * 3600.0;
            let printed = |datum: &str| rounding(&pair(&format!("{datum}_{axis}_dms")));
            let allowed = printed("vn2000") + printed("wgs84") + 0.035;
            assert!(off_seconds < allowed, "{id} {axis}: {off_seconds}″ off, {allowed}″ allowed");
        }

        let (metres_lon, metres_lat) = (111_320.0 * lat.to_radians().cos(), 110_700.0);
        let off_m = ((ours.lon() - lon) * metres_lon).hypot((ours.lat() - lat) * metres_lat);
        let stated: f64 = pair("resid_m_epsg6960").parse().unwrap();
        assert!((off_m - stated).abs() < 0.02, "{id}: {off_m} m for a stated {stated} m");
    }
}

#[test]
fn every_province_has_its_zone_with_its_central_meridian() {
    let Some(provinces) = rows("vn2000_provincial_meridians.csv") else { return };
    assert_eq!(provinces.len(), 63 + 34);
    for province in provinces {
        let (name, code) = (province("province"), province("epsg").parse().unwrap());
        let meridian: f64 = province("central_meridian").parse().unwrap();
        let crs = Crs::from_epsg(code).unwrap_or_else(|error| panic!("{name}: {error}"));

        // The false easting lies on the central meridian.
        let on_meridian = to_wgs84(crs, 500_000.0, 1_800_000.0).unwrap();
        let (lon, _) = from_wgs84(Crs::VN2000, on_meridian).unwrap();
        assert!((lon - meridian).abs() < 1e-8, "{name}: {crs} has {lon} for {meridian}");
    }
}
