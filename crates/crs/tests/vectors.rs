//! Known positions, there and back, and what must be refused.

#![expect(clippy::unwrap_used, reason = "a test's helper may fail")]

use std::thread;

use hatang_core::{Lonlat, Planar};
use hatang_crs::{Crs, CrsError, from_wgs84, to_wgs84};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const MILLIMETRE: f64 = 1e-3;
/// A millimetre on the meridian, in degrees.
const MILLIMETRE_DEG: f64 = MILLIMETRE / 111_000.0;

fn crs(code: u32) -> Crs {
    Crs::from_epsg(code).unwrap()
}

fn at(lon: f64, lat: f64) -> Lonlat {
    Lonlat::new(lon, lat).unwrap()
}

/// WGS 84 longitude and latitude, EPSG code, easting, northing. Computed with pyproj 3.7.2 on EPSG v11.022, to the
/// millimetre; the commune's middle, south-western and north-eastern corners.
const VECTORS: [(f64, f64, u32, f64, f64); 15] = [
    (106.4805, 20.6780, 9210, 575_910.005, 2_287_478.442),
    (106.4805, 20.6780, 9209, 601_957.368, 2_287_615.492),
    (106.4805, 20.6780, 3405, 654_010.649, 2_287_323.604),
    (106.4805, 20.6780, 5897, 654_056.871, 2_288_010.075),
    (106.4805, 20.6780, 32648, 654_207.152, 2_287_215.317),
    (106.445_386, 20.644_286, 9210, 572_267.567, 2_283_729.980),
    (106.445_386, 20.644_286, 9209, 598_320.503, 2_283_861.214),
    (106.445_386, 20.644_286, 3405, 650_385.866, 2_283_558.659),
    (106.445_386, 20.644_286, 5897, 650_430.999, 2_284_244.001),
    (106.445_386, 20.644_286, 32648, 650_582.350, 2_283_450.357),
    (106.515_348, 20.709_039, 9210, 579_524.512, 2_290_931.477),
    (106.515_348, 20.709_039, 9209, 605_566.757, 2_291_074.299),
    (106.515_348, 20.709_039, 3405, 657_608.871, 2_290_793.068),
    (106.515_348, 20.709_039, 5897, 657_656.172, 2_291_480.581),
    (106.515_348, 20.709_039, 32648, 657_805.392, 2_290_684.795),
];

#[test]
fn known_positions_agree_to_a_millimetre_in_both_directions() {
    // The vectors are themselves rounded to half a millimetre.
    for (lon, lat, code, east, north) in VECTORS {
        let planar = crs(code).planar_of(at(lon, lat)).unwrap();
        assert!((planar.east - east).abs() < MILLIMETRE, "EPSG:{code} {planar:?}");
        assert!((planar.north - north).abs() < MILLIMETRE, "EPSG:{code} {planar:?}");

        let lonlat = crs(code).lonlat_of(Planar::new(east, north)).unwrap();
        assert!((lonlat.lon() - lon).abs() < 1.5 * MILLIMETRE_DEG, "EPSG:{code} {lonlat:?}");
        assert!((lonlat.lat() - lat).abs() < 1.5 * MILLIMETRE_DEG, "EPSG:{code} {lonlat:?}");
    }
}

#[test]
fn hai_phong_agrees_with_six_other_converters_to_a_micrometre() {
    for (lon, lat, east, north) in [
        (106.48, 20.69, 575_851.931_608, 2_288_806.705_988),
        (106.477, 20.693, 575_537.905_177, 2_289_137.426_569),
        (106.5325, 20.6581, 581_338.389_772, 2_285_300.594_958),
        (106.4102, 20.7319, 568_561.366_764, 2_293_414.170_325),
    ] {
        let planar = crs(9210).planar_of(at(lon, lat)).unwrap();
        assert!((planar.east - east).abs() < 1.1e-6, "{planar:?}");
        assert!((planar.north - north).abs() < 1.1e-6, "{planar:?}");
    }
}

#[test]
fn there_and_back_closes_to_a_millimetre_in_hai_phong_and_two_in_all_vietnam() {
    // West, east, south, north in degrees.
    let places = [([105.9, 107.8, 20.2, 21.0], MILLIMETRE), ([102.2, 109.5, 8.4, 23.4], 2.0 * MILLIMETRE)];
    let mut random = ChaCha8Rng::seed_from_u64(4756);
    for ([west, east, south, north], allowed_m) in places {
        for &crs in Crs::all() {
            for _ in 0..200 {
                let start = at(random.random_range(west..east), random.random_range(south..north));
                let (x, y) = from_wgs84(crs, start).unwrap();
                let end = to_wgs84(crs, x, y).unwrap();
                let off_m = ((end.lon() - start.lon()) * start.lat().to_radians().cos()).hypot(end.lat() - start.lat())
                    * 111_320.0;
                assert!(off_m < allowed_m, "{crs} at {start:?}: {off_m} m");
            }
        }
    }
}

#[test]
fn wgs84_degrees_pass_unchanged_all_over_the_earth() {
    for (lon, lat) in [(106.4805, 20.6780), (-97.138_37, 49.895_14), (180.0, -90.0)] {
        assert_eq!(to_wgs84(Crs::WGS84, lon, lat), Ok(at(lon, lat)));
        assert_eq!(from_wgs84(Crs::WGS84, at(lon, lat)), Ok((lon, lat)));
    }
}

#[test]
fn what_is_no_position_of_the_system_is_refused() {
    for (name, code, x, y) in [
        ("no number", 9210, f64::NAN, 2_287_478.442),
        ("infinite", 9210, 575_910.005, f64::INFINITY),
        ("no number in degrees", 4326, f64::NAN, 20.678),
        ("swapped metres", 9210, 2_287_478.442, 575_910.005),
        ("swapped degrees", 4756, 20.678, 106.4805),
        ("swapped WGS 84 degrees", 4326, 20.678, 106.4805),
        ("degrees as metres", 9210, 106.4805, 20.678),
        ("metres as degrees", 4756, 575_910.005, 2_287_478.442),
        ("once around the earth in degrees", 4756, 106.4805 + 360.0, 20.678),
        ("once around the earth in metres", 9210, 575_910.005, 2_287_478.442 + 40_003_931.0),
        ("south of the equator", 9210, 575_910.005, -2_287_478.442),
        ("absurd", 32648, 1e300, -1e300),
        ("Bangkok", 32648, -240_000.0, 1_525_000.0),
    ] {
        let error = to_wgs84(crs(code), x, y).expect_err(name);
        let is_expected = match error {
            CrsError::NotFinite { .. } => !(x.is_finite() && y.is_finite()),
            CrsError::OutsideArea { .. } => x.is_finite() && y.is_finite(),
            _ => false,
        };
        assert!(is_expected, "{name}: {error}");
        assert!(error.to_string().contains(&x.to_string()), "{name}: {error}");
    }
}

#[test]
fn a_position_abroad_has_no_vn2000_coordinates() {
    let error = from_wgs84(crs(9210), at(-97.138_37, 49.895_14)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "(-97.13837, 49.89514) in EPSG:4326 lies outside the area of EPSG:9210, \
         Vietnam with its islands: longitude 102 to 118, latitude 6 to 24"
    );
}

#[test]
fn the_islands_are_vietnam() {
    // Trường Sa Lớn, in the zone of Khánh Hòa, to which it belongs.
    let planar = crs(9217).planar_of(at(111.92, 8.645)).unwrap();
    let back = crs(9217).lonlat_of(planar).unwrap();
    assert!((back.lon() - 111.92).hypot(back.lat() - 8.645) < MILLIMETRE_DEG, "{back:?}");
}

#[test]
fn degrees_are_never_taken_for_metres() {
    let not_projected = CrsError::NotProjected { crs: Crs::VN2000 };
    assert_eq!(Crs::VN2000.lonlat_of(Planar::new(106.48, 20.67)), Err(not_projected.clone()));
    assert_eq!(Crs::VN2000.planar_of(at(106.48, 20.67)), Err(not_projected));
}

#[test]
fn every_thread_gets_the_same_bits() {
    let convert = || VECTORS.map(|(lon, lat, code, ..)| from_wgs84(crs(code), at(lon, lat)).unwrap());
    let here = convert();
    thread::scope(|scope| {
        let others: Vec<_> = (0..8).map(|_| scope.spawn(convert)).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), here);
        }
    });
}
