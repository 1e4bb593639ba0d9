//! The many ways in which good files are written.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use hatang_core::{AssetClass, Details, Shape};
use hatang_crs::Crs;
use hatang_exchange::{Import, ImportOptions, read_assets};
use hatang_testkit::workspace_root;

use crate::{by_column, ids, import, options, rules};

/// The only asset's longitude and latitude, to 1e-6 degrees (about 0.1 m).
fn position(import: &Import) -> String {
    let Shape::Point(at) = &import.assets[0].asset.shape else { panic!("not a point") };
    format!("{:.6} {:.6}", at.lon(), at.lat())
}

#[test]
fn a_position_is_read_from_whichever_columns_say_it() {
    let geographic = options(AssetClass::Mast);
    let crs = |code| ImportOptions { crs: Some(Crs::from_epsg(code).unwrap()), ..options(AssetClass::Mast) };
    let mapped = |crs, map: &[(&str, &str)]| ImportOptions {
        crs,
        map: map.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect(),
        ..options(AssetClass::Mast)
    };
    let zone = Some(Crs::from_epsg(9210).unwrap());
    for (name, text, options) in [
        ("lon, lat", "lon,lat\n106.48,20.69", &geographic),
        ("English names", "latitude,longitude\n20.69,106.48", &geographic),
        ("Vietnamese names", "vi_do;kinh_do\n20,69;106,48", &geographic),
        ("capitals", "LON\tLAT\n106.48\t20.69", &geographic),
        ("a byte-order mark", "\u{feff}lon,lat\r\n106.48,20.69\r\n", &geographic),
        ("well-known text", "wkt\nPOINT (106.48 20.69)", &geographic),
        ("named columns", "a,b\n106.48,20.69", &mapped(None, &[("lon", "a"), ("lat", "b")])),
        ("one named column", "a,lat\n106.48,20.69", &mapped(None, &[("lon", "a")])),
        ("quoted cells", "\"lon\",\"lat\"\n\"106.48\",\"20.69\"", &geographic),
        ("easting, northing", "e,n\n575851.931608,2288806.705988", &crs(9210)),
        ("long names", "northing,easting\n2288806.705988,575851.931608", &crs(9210)),
        ("VN-2000's X and Y", "X,Y\n2288806.705988,575851.931608", &mapped(zone, &[("e", "Y"), ("n", "X")])),
        ("well-known text on a plane", "wkt\nPOINT (575851.931608 2288806.705988)", &crs(9210)),
        ("degrees beside metres", "lon,lat,e,n\n0,0,575851.931608,2288806.705988", &crs(9210)),
    ] {
        assert_eq!(position(&import("a.csv", text, options)), "106.480000 20.690000", "{name}");
    }
}

#[test]
fn a_geojson_file_may_declare_its_own_system() {
    let text = r#"{"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}},
        "geometry":{"type":"Point","coordinates":[575851.931608,2288806.705988]},"properties":{"status":"planned"}}"#;
    let import = import("a.geojson", text, &options(AssetClass::Mast));
    assert_eq!(position(&import), "106.480000 20.690000");
    assert_eq!(import.report.crs, "EPSG:9210");
    assert_eq!(rules(&import), ["info crs", "warning identity"]);
}

#[test]
fn submitted_coordinates_are_kept_as_given_beside_wgs_84() {
    let vn2000 = |class| ImportOptions { crs: Some(Crs::from_epsg(9210).unwrap()), ..options(class) };
    for (name, file, text, class, kept) in [
        ("cells", "a.csv", "e;n\n575851,930;2288806.70", AssetClass::Mast, "575851,930 2288806.70"),
        (
            "well-known text",
            "a.csv",
            "wkt\nPOINT(575851.93 2288806.70)",
            AssetClass::Mast,
            "POINT(575851.93 2288806.70)",
        ),
        (
            "a point",
            "a.json",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[575851.93,2288806.7]},"properties":{}}"#,
            AssetClass::Mast,
            "575851.93 2288806.7",
        ),
        (
            "a line",
            "a.json",
            r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[575851.93,2288806.7],[575900,2288900]]},"properties":{}}"#,
            AssetClass::Duct,
            "LINESTRING (575851.93 2288806.7, 575900 2288900)",
        ),
    ] {
        let import = import(file, text, &vn2000(class));
        let submitted = import.assets[0].asset.submitted.as_ref().unwrap();
        assert_eq!((submitted.crs.as_str(), submitted.coordinates.as_str()), ("EPSG:9210", kept), "{name}");
        assert_eq!(submitted.operation.as_deref(), Some("EPSG:6960"), "{name}");
    }
    assert_eq!(import("a.csv", "lon,lat\n106.48,20.69", &options(AssetClass::Mast)).assets[0].asset.submitted, None);
}

#[test]
fn gzip_is_recognised_by_its_bytes() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all("\u{feff}lon,lat\n106.48,20.69\n".as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    for name in ["a.csv.gz", "a.csv", "a"] {
        let import = read_assets(name, &bytes, &options(AssetClass::Mast), ids()).unwrap();
        assert_eq!(position(&import), "106.480000 20.690000", "{name}");
    }
}

#[test]
fn what_is_not_taken_as_it_stands_is_told() {
    let text = "lon,lat,colour,status,status_null\n106.48,20.69,red,,not_surveyed\n106.49,20.69,,operational,unknown\n";
    let told = import("a.csv", text, &options(AssetClass::Mast));
    assert_eq!(rules(&told), ["info required", "warning identity", "info domain", "warning domain"]);
    assert_eq!(told.report.columns_used["lon"], "lon");
    assert!(!told.report.columns_used.contains_key("colour"));

    let text = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106.48,20.69,12]},"properties":{"status":"planned"}}"#;
    let told = import("a.geojson", text, &options(AssetClass::Mast));
    assert_eq!(rules(&told), ["info geometry", "warning identity"]);
}

#[test]
fn rows_without_a_code_are_counted_in_one_warning() {
    let text = "lon,lat,code,status\n1,2,,planned\n1,3,A,planned\n1,4,,planned\n1,95,,planned\n";
    let told = import("a.csv", text, &options(AssetClass::Mast));
    assert_eq!(rules(&told), ["warning identity", "error crs"]);
    let finding = &told.report.findings[0];
    assert_eq!((finding.row, finding.field.as_deref()), (None, Some("code")));
    assert!(finding.message.en.starts_with("2 rows have no code"), "refused rows do not count: {finding:?}");
    assert!(finding.message.vi.starts_with("2 hàng không có mã"), "{finding:?}");
}

#[test]
fn owners_named_in_a_column_get_a_code_and_keep_their_name() {
    let text = "lon,lat,chu\n1,2,Điện lực\n1,3,VNPT\n1,4,Điện lực\n1,5,dien luc\n1,6,—\n";
    let import = import("a.csv", text, &by_column(AssetClass::Pole, "chu"));
    let owners: Vec<_> = import.assets.iter().map(|read| read.asset.owner.as_str()).collect();
    assert_eq!(owners, ["dien-luc", "vnpt", "dien-luc", "dien-luc"]);
    let seen: Vec<_> = import.organisations_seen.iter().map(|seen| (seen.code.as_str(), seen.name.as_str())).collect();
    assert_eq!(seen, [("dien-luc", "Điện lực"), ("vnpt", "VNPT")]);
    assert_eq!(rules(&import), ["info required", "warning identity", "warning identity", "error domain"]);
    assert_eq!(import.report.columns_used["owner"], "chu");
}

#[test]
fn null_reasons_and_lists_are_read() {
    let text = "lon;lat;technologies;bands_mhz;azimuths_deg;eirp_dbm;eirp_dbm_null\n106,48;20,69;\"4g;5g\";\"1800;2600\";\"0;120;240\";;withheld\n";
    let import = import("a.csv", text, &options(AssetClass::RadioStation));
    let asset = &import.assets[0].asset;
    let Details::RadioStation(station) = &asset.details else { panic!("not a radio station") };
    assert_eq!(station.technologies.len(), 2);
    assert_eq!(station.bands_mhz, [1800.0, 2600.0]);
    assert_eq!(station.azimuths_deg.len(), 3);
    assert_eq!(asset.null_reason("eirp_dbm").code(), "withheld");
}

#[test]
fn tenants_are_read_from_either_format() {
    let csv = import("a.csv", "lon,lat,tenants\n1,2,vnpt;mobifone\n", &options(AssetClass::Mast));
    let json = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},
        "properties":{"tenants":[{"tenant":"vnpt"},{"tenant":"mobifone"}]}}"#;
    let json = import("a.json", json, &options(AssetClass::Mast));
    for import in [csv, json] {
        let tenants: Vec<_> = import.assets[0].asset.tenants.iter().map(|tenancy| tenancy.tenant.as_str()).collect();
        assert_eq!(tenants, ["mobifone", "vnpt"]);
    }
}

#[test]
fn every_row_of_the_sample_registry_is_accepted() {
    for class in AssetClass::ALL {
        let name = format!("{class}.geojson");
        let bytes = std::fs::read(workspace_root().join("sample-data/assets").join(&name)).unwrap();
        let import = read_assets(&name, &bytes, &by_column(*class, "owner"), ids()).unwrap();
        assert!(!import.assets.is_empty(), "{class}");
        assert_eq!(import.report.findings, [], "{class}");
    }
}
