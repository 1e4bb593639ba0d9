//! Files of which nothing is read, each with its stable code.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use hatang_core::AssetClass;
use hatang_crs::Crs;
use hatang_exchange::{FileError, ImportOptions, read_assets, read_organisations, read_request, read_rule_set};

use crate::{ids, options};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The error's code and its English sentence.
fn refused(name: &str, file: &str, bytes: &[u8], options: &ImportOptions) -> (&'static str, String) {
    let error = read_assets(file, bytes, options, ids()).expect_err(name);
    let text = error.text();
    assert!(!text.vi.is_empty() && text.vi != text.en, "{name}: {text:?}");
    (error.code(), text.en)
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let plain = options(AssetClass::Mast);
    let vn2000 = ImportOptions { crs: Some(Crs::from_epsg(9210).unwrap()), ..options(AssetClass::Mast) };
    let mapped = |field: &str, column: &str| ImportOptions {
        map: [(field.to_owned(), column.to_owned())].into(),
        ..options(AssetClass::Mast)
    };
    let with_crs = |name: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}},"features":[]}}"#
        )
    };
    let cut_off = &gzip(b"lon,lat\n106.48,20.69\n")[..20];
    for (name, file, bytes, options, code, says) in [
        ("nothing", "a.csv", b"".as_slice(), &plain, "file.empty", "empty"),
        ("spaces", "a.geojson", b" \n ", &plain, "file.empty", "empty"),
        ("another encoding", "a.csv", b"lon,lat\n\xff\xfe", &plain, "file.encoding_unclear", "byte 8"),
        (
            "cut off",
            "a.geojson",
            b"{\"type\":\"FeatureCollection\",",
            &plain,
            "file.not_geojson",
            "{\"type\":\"FeatureCollection\",",
        ),
        (
            "a bare geometry",
            "a.json",
            b"{\"type\":\"Point\",\"coordinates\":[1,2]}",
            &plain,
            "file.not_geojson",
            "`Point`",
        ),
        ("no features", "a.json", b"{\"type\":\"FeatureCollection\"}", &plain, "file.not_geojson", "no `features`"),
        ("JSON named CSV", "a.csv", b"{\"lon\":1}", &plain, "file.not_geojson", "{\"lon\":1}"),
        ("a web page", "page", b"<html>", &plain, "file.not_csv", "<html>"),
        ("broken compression", "a.csv.gz", cut_off, &plain, "file.gzip_broken", "gzip"),
        ("no positions", "a.csv", b"code,height_m\nA,3\n", &plain, "file.no_position_columns", "code, height_m"),
        ("degrees under a plane", "a.csv", b"lon,lat\n106,20\n", &vn2000, "file.no_position_columns", "EPSG:9210"),
        ("metres under degrees", "a.csv", b"e,n\n575851,2288806\n", &plain, "file.no_position_columns", "EPSG:4326"),
        ("x and y", "a.csv", b"x,y\n575851,2288806\n", &vn2000, "file.ambiguous_axes", "--map e="),
        (
            "an absent column",
            "a.csv",
            b"lon,lat\n1,2\n",
            &mapped("height_m", "h"),
            "file.mapped_column_absent",
            "lat, lon",
        ),
        (
            "an absent position column",
            "a.csv",
            b"lon,lat\n1,2\n",
            &mapped("lon", "x"),
            "file.mapped_column_absent",
            "`x`",
        ),
        (
            "an absent property",
            "a.json",
            b"{\"type\":\"FeatureCollection\",\"features\":[]}",
            &mapped("code", "c"),
            "file.mapped_column_absent",
            "`c`",
        ),
        ("an unknown field", "a.csv", b"lon,lat,c\n1,2,3\n", &mapped("colour", "c"), "file.unknown_field", "height_m"),
        ("a column twice", "a.csv", b"lon,lat,Code,code\n1,2,A,B\n", &plain, "file.duplicate_column", "`code`"),
        ("an unknown system", "a.json", with_crs("EPSG:3857").as_bytes(), &plain, "file.unknown_crs", "EPSG:3857"),
        ("two systems", "a.json", with_crs("EPSG:4326").as_bytes(), &vn2000, "file.crs_conflict", "EPSG:9210"),
    ] {
        let (found, sentence) = refused(name, file, bytes, options);
        assert_eq!(found, code, "{name}: {sentence}");
        assert!(sentence.contains(says), "{name}: {sentence}");
    }
}

#[test]
fn what_a_library_says_in_english_is_marked_in_the_vietnamese_sentence() {
    let unreadable = std::io::Error::other("permission denied");
    for (name, error) in [
        ("gzip", read_assets("a", &gzip(b"lon,lat\n1,2\n")[..20], &options(AssetClass::Mast), ids()).unwrap_err()),
        ("JSON", read_organisations(b"{}").unwrap_err()),
        ("TOML", read_rule_set("code = ").unwrap_err()),
        ("GeoJSON", read_request(br#"{"type":"FeatureCollection","features":[3]}"#).unwrap_err()),
        ("the system", FileError::unreadable("plan.toml".as_ref(), &unreadable)),
    ] {
        let vi = error.text().vi;
        let marked = vi.split_once(" (chi tiết kỹ thuật: ").is_some_and(|(_, reason)| reason.ends_with(')'));
        assert!(marked, "{name}: {vi}");
    }
}

#[test]
fn a_small_file_cannot_fill_the_memory() {
    let limited = ImportOptions { max_bytes: 1_000, ..options(AssetClass::Mast) };
    let large = [b"lon,lat\n".as_slice(), &vec![b'\n'; 1_000_000]].concat();
    for bytes in [large.clone(), gzip(&large)] {
        assert_eq!(refused("large", "a.csv", &bytes, &limited).0, "file.too_large");
    }
}
