//! The same conversion a second time without PROJ, and the two classic mistakes measured with it.

#![expect(clippy::unwrap_used, reason = "a test's helper may fail")]

use hatang_core::{Lonlat, Planar};
use hatang_crs::Crs;

const SEMI_MAJOR_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);

const SHIFT_M: [f64; 3] = [-191.904_414_29, -39.303_182_79, -111.450_328_35];
const ROTATION_SECONDS: [f64; 3] = [-0.009_288_36, 0.019_754_79, -0.004_273_72];
const SCALE_PPM: f64 = 0.252_906_278;

/// Longitude and latitude in radians.
type Radians = (f64, f64);

fn to_cartesian((lon, lat): Radians) -> [f64; 3] {
    let normal = SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * lat.sin().powi(2)).sqrt();
    [normal * lat.cos() * lon.cos(), normal * lat.cos() * lon.sin(), normal * (1.0 - ECCENTRICITY_SQUARED) * lat.sin()]
}

/// Latitude by fixed point: tan φ = (z + e² N sin φ) / p, which gains more than two digits a round.
fn to_geographic([x, y, z]: [f64; 3]) -> Radians {
    let p = x.hypot(y);
    let mut lat = z.atan2(p * (1.0 - ECCENTRICITY_SQUARED));
    for _ in 0..10 {
        let normal = SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * lat.sin().powi(2)).sqrt();
        lat = (z + ECCENTRICITY_SQUARED * normal * lat.sin()).atan2(p);
    }
    (y.atan2(x), lat)
}

/// WGS 84 to VN-2000: the Coordinate Frame formula of EPSG method 9607 solved for its source, the rotation transposed.
/// With `sign` -1 its rotations are read as those of a Position Vector, which is the mistake.
fn shift_to_vn2000(at: Radians, sign: f64) -> Radians {
    let [rx, ry, rz] = ROTATION_SECONDS.map(|seconds| sign * (seconds / 3600.0).to_radians());
    let given = to_cartesian(at);
    let [x, y, z] = [0, 1, 2].map(|axis| (given[axis] - SHIFT_M[axis]) / (1.0 + SCALE_PPM * 1e-6));
    to_geographic([x - rz * y + ry * z, rz * x + y - rx * z, -ry * x + rx * y + z])
}

/// The transverse Mercator projection in the series of Krüger (1912) up to n⁴; better than a micrometre near its zone.
fn project((lon, lat): Radians, central_meridian: f64, scale: f64) -> Planar {
    let n = FLATTENING / (2.0 - FLATTENING);
    let radius = SEMI_MAJOR_M / (1.0 + n) * (1.0 + n.powi(2) / 4.0 + n.powi(4) / 64.0);
    let series = [
        n / 2.0 - 2.0 / 3.0 * n.powi(2) + 5.0 / 16.0 * n.powi(3) + 41.0 / 180.0 * n.powi(4),
        13.0 / 48.0 * n.powi(2) - 3.0 / 5.0 * n.powi(3) + 557.0 / 1440.0 * n.powi(4),
        61.0 / 240.0 * n.powi(3) - 103.0 / 140.0 * n.powi(4),
        49_561.0 / 161_280.0 * n.powi(4),
    ];
    let e = ECCENTRICITY_SQUARED.sqrt();
    let conformal = (lat.sin().atanh() - e * (e * lat.sin()).atanh()).sinh();
    let from_meridian = lon - central_meridian.to_radians();
    let xi = conformal.atan2(from_meridian.cos());
    let eta = (from_meridian.sin() / conformal.hypot(from_meridian.cos())).asinh();
    let (mut east, mut north) = (eta, xi);
    for (factor, alpha) in [2.0, 4.0, 6.0, 8.0].into_iter().zip(series) {
        east += alpha * (factor * xi).cos() * (factor * eta).sinh();
        north += alpha * (factor * xi).sin() * (factor * eta).cosh();
    }
    Planar::new(500_000.0 + scale * radius * east, scale * radius * north)
}

fn apart(a: Planar, b: Planar) -> f64 {
    (a.east - b.east).hypot(a.north - b.north)
}

fn radians(lon: f64, lat: f64) -> Radians {
    (lon.to_radians(), lat.to_radians())
}

fn by_proj(code: u32, lon: f64, lat: f64) -> Planar {
    Crs::from_epsg(code).unwrap().planar_of(Lonlat::new(lon, lat).unwrap()).unwrap()
}

/// One position in or near the area of each system: code, central meridian, scale, longitude, latitude.
const PLACES: [(u32, f64, f64, f64, f64); 22] = [
    (3405, 105.0, 0.9996, 106.4805, 20.678),
    (3406, 111.0, 0.9996, 109.2, 12.25),
    (32648, 105.0, 0.9996, 106.4805, 20.678),
    (32649, 111.0, 0.9996, 109.2, 12.25),
    (5896, 102.0, 0.9999, 103.02, 21.39),
    (5897, 105.0, 0.9999, 105.85, 21.03),
    (5898, 108.0, 0.9999, 108.8, 15.12),
    (5899, 107.75, 0.9999, 108.22, 16.05),
    (9205, 103.0, 0.9999, 103.02, 21.39),
    (9206, 104.0, 0.9999, 103.91, 21.33),
    (9207, 104.5, 0.9999, 105.15, 9.18),
    (9208, 104.75, 0.9999, 105.43, 10.38),
    (9209, 105.5, 0.9999, 106.32, 20.94),
    (9210, 105.75, 0.9999, 106.4805, 20.678),
    (9211, 106.0, 0.9999, 105.34, 20.82),
    (9212, 106.25, 0.9999, 107.1, 16.75),
    (9213, 106.5, 0.9999, 105.84, 21.59),
    (9214, 107.0, 0.9999, 107.59, 16.46),
    (9215, 107.25, 0.9999, 106.76, 21.85),
    (9216, 107.5, 0.9999, 108.0, 14.35),
    (9217, 108.25, 0.9999, 109.22, 13.77),
    (9218, 108.5, 0.9999, 108.05, 12.67),
];

#[test]
fn every_plane_agrees_with_an_independent_computation_to_a_micrometre() {
    let n_planes = Crs::all().iter().filter(|crs| crs.is_projected()).count();
    assert_eq!(PLACES.len(), n_planes, "every plane has a place");
    for (code, central_meridian, scale, lon, lat) in PLACES {
        let is_vn2000 = Crs::from_epsg(code).unwrap().operation().is_some();
        let on_datum = if is_vn2000 { shift_to_vn2000(radians(lon, lat), 1.0) } else { radians(lon, lat) };
        let off = apart(by_proj(code, lon, lat), project(on_datum, central_meridian, scale));
        assert!(off < 1e-6, "EPSG:{code} is {off} m off");
    }
}

#[test]
fn the_two_classic_mistakes_are_not_made() {
    for (code, central_meridian, scale, lon, lat) in PLACES {
        if Crs::from_epsg(code).unwrap().operation().is_none() {
            continue;
        }
        let ours = by_proj(code, lon, lat);
        let unshifted = apart(ours, project(radians(lon, lat), central_meridian, scale));
        assert!((200.0..260.0).contains(&unshifted), "EPSG:{code}: without the datum shift {unshifted} m");
        let misread = apart(ours, project(shift_to_vn2000(radians(lon, lat), -1.0), central_meridian, scale));
        assert!((0.5..1.5).contains(&misread), "EPSG:{code}: with the rotations misread {misread} m");
    }

    let ours = by_proj(9210, 106.4805, 20.678);
    let unshifted = apart(ours, project(radians(106.4805, 20.678), 105.75, 0.9999));
    assert!((unshifted - 224.0).abs() < 1.0, "in the commune {unshifted} m");
    let misread = apart(ours, project(shift_to_vn2000(radians(106.4805, 20.678), -1.0), 105.75, 0.9999));
    assert!((misread - 0.74).abs() < 0.01, "in the commune {misread} m");
}
