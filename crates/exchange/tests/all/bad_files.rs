//! Files made to break things, and files that are broken.

use std::io::{Cursor, Write as _};

use hatang_core::AssetClass;
use hatang_exchange::{ExportFormat, FileError, ImportOptions, Severity, read_assets};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rusqlite::Connection;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{ids, import, options, sample, written};

fn refused(name: &str, bytes: &[u8]) -> FileError {
    read_assets(name, bytes, &options(AssetClass::Mast), ids()).unwrap_err()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn kml(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>{inner}</Document></kml>"
    )
}

fn placemark(code: &str, geometry: &str) -> String {
    format!(
        "<Placemark><ExtendedData><Data name=\"code\"><value>{code}</value></Data><Data name=\"status\"><value>planned</value></Data></ExtendedData>{geometry}</Placemark>"
    )
}

#[test]
fn a_file_cut_short_is_refused_in_every_format() {
    let masts = sample(AssetClass::Mast);
    for (format, code) in [
        (ExportFormat::Xlsx, "file.zip_broken"),
        (ExportFormat::Kml, "file.not_kml"),
        (ExportFormat::GeoJson, "file.not_geojson"),
        (ExportFormat::GeoPackage, "file.not_geopackage"),
    ] {
        let bytes = written(format, AssetClass::Mast, &masts);
        let cut = &bytes[..bytes.len() / 2];
        let name = format!("a.{}", format.ending());
        assert_eq!(refused(&name, cut).code(), code, "{format:?}");
    }
    let kmz = zipped(&[("doc.kml", kml("").as_bytes())]);
    assert_eq!(refused("a.kmz", &kmz[..kmz.len() - 30]).code(), "file.zip_broken");
}

#[test]
fn a_small_archive_cannot_fill_the_memory() {
    let zeros = vec![b' '; 40 << 20];
    let options = ImportOptions { max_bytes: 8 << 20, ..options(AssetClass::Mast) };
    for files in [
        &[("xl/workbook.xml", &zeros[..])][..],
        &[("doc.kml", &zeros[..])],
        &[("a.shp", &zeros[..]), ("a.dbf", b"")],
        &[("[Content_Types].xml", &zeros[..6 << 20]), ("xl/workbook.xml", &zeros[..6 << 20])],
    ] {
        let bytes = zipped(files);
        assert!(bytes.len() < 1 << 20, "the archive itself is small");
        let error = read_assets("a.zip", &bytes, &options, ids()).unwrap_err();
        assert_eq!(error, FileError::TooLarge { limit: 8 << 20 }, "{}", files[0].0);
    }
    let names: Vec<String> = (0..3_000).map(|number| format!("{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refused("a.zip", &zipped(&many)).code(), "file.zip_broken");
}

#[test]
fn a_cell_in_the_farthest_corner_costs_nothing() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["code", "lon", "lat", "status"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    sheet.write_string(1, 0, "A").unwrap();
    sheet.write_number(1, 1, 106.48).unwrap();
    sheet.write_number(1, 2, 20.69).unwrap();
    sheet.write_string(1, 3, "planned").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let import = read_assets("a.xlsx", &bytes, &options(AssetClass::Mast), ids()).unwrap();
    assert_eq!(import.assets.len(), 1);
}

#[test]
fn locked_and_old_workbooks_say_what_to_do() {
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert_eq!(refused("a.xls", &encrypted), FileError::OldExcel);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("a.xlsx", &encrypted), FileError::Encrypted);
    assert!(FileError::Encrypted.text().vi.contains("mật khẩu"));
}

#[test]
fn entities_that_multiply_are_not_followed() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><kml><Document><name>&b;</name></Document></kml>";
    assert_eq!(refused("a.kml", bomb.as_bytes()).code(), "file.not_kml");
    let unknown = kml(&placemark("&secret;", ""));
    assert_eq!(refused("a.kml", unknown.as_bytes()).code(), "file.not_kml");
    let known = kml(&placemark("A&amp;B&#45;1", "<Point><coordinates>106.48,20.69,0</coordinates></Point>"));
    assert_eq!(
        import("a.kml", &known, &options(AssetClass::Mast)).assets[0].asset.code.as_ref().unwrap().as_str(),
        "A&B-1"
    );
}

#[test]
fn a_bad_placemark_is_refused_and_the_rest_of_the_file_is_used() {
    let document = kml(&[
        placemark("A", "<Point><coordinates>106.48,20.69</coordinates></Point>"),
        placemark("B", "<Point><coordinates>NaN,20.69</coordinates></Point>"),
        placemark("C", "<Point><coordinates>inf,20.69</coordinates></Point>"),
        placemark("D", "<Point><coordinates>106.48;20.69</coordinates></Point>"),
        placemark("E", "<LineString><coordinates>106.48,20.69 106.49,20.69</coordinates></LineString>"),
        placemark("F", "<MultiGeometry><Point><coordinates>1,1</coordinates></Point><Point><coordinates>1,2</coordinates></Point></MultiGeometry>"),
        placemark("G", ""),
        placemark("A", "<Point><coordinates>106.49,20.69</coordinates></Point>"),
        placemark("Z", "<Point><coordinates>106.50,20.69</coordinates></Point>"),
    ]
    .concat());
    let import = import("a.kml", &document, &options(AssetClass::Mast));
    assert_eq!(import.assets.len(), 2);
    let told: Vec<_> = import
        .report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.row.unwrap(), finding.rule.code()))
        .collect();
    let geometry: Vec<_> = (2..=7).map(|row| (row, "geometry")).collect();
    assert_eq!(told, [geometry, vec![(8, "identity")]].concat());
}

#[test]
fn lines_that_cross_themselves_and_lines_without_end_are_refused_with_their_row() {
    let long: String =
        (0..5_001).map(|number| format!("106.{:06} 20.69", 400_000 + number)).collect::<Vec<_>>().join(", ");
    let text = format!(
        "code;status;wkt\nA;planned;LINESTRING (106.48 20.69, 106.50 20.71, 106.50 20.69, 106.48 20.71)\nB;planned;LINESTRING ({long})\nC;planned;LINESTRING (106.48 20.69, 106.49 20.69)\n"
    );
    let import = import("a.csv", &text, &options(AssetClass::Duct));
    let told: Vec<_> = import.report.findings.iter().map(|finding| (finding.row, finding.rule.code())).collect();
    assert_eq!(told, [(Some(2), "topology"), (Some(3), "geometry")]);
    assert_eq!(import.assets.len(), 1);
}

/// A GeoPackage of ours with its geometries changed.
fn geopackage(change: &str) -> Vec<u8> {
    let bytes = written(ExportFormat::GeoPackage, AssetClass::Mast, &sample(AssetClass::Mast));
    let mut connection = Connection::open_in_memory().unwrap();
    let length = bytes.len();
    connection.deserialize_read_exact("main", Cursor::new(bytes), length, false).unwrap();
    connection.execute_batch(change).unwrap();
    connection.serialize("main").unwrap().to_vec()
}

#[test]
fn geometries_that_are_none_are_refused_row_by_row_in_a_geopackage() {
    let bytes = geopackage(
        "update mast set geom = null where fid = 1;
         update mast set geom = x'00' where fid = 2;
         update mast set geom = x'4750000100000000' || x'0102000000ffffffff' where fid = 3;
         update mast set geom = x'47500001E6100000' || x'0101000000000000000000f87f000000000000f87f' where fid = 4;
         update mast set geom = x'47500001E6100000' || x'0101000000000000000000f07f0000000000003440' where fid = 5;",
    );
    let import = read_assets("a.gpkg", &bytes, &crate::by_column(AssetClass::Mast, "owner"), ids()).unwrap();
    let told: Vec<_> = import
        .report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.row.unwrap(), finding.rule.code()))
        .collect();
    assert_eq!(told, [(1, "geometry"), (2, "geometry"), (3, "geometry"), (4, "geometry"), (5, "geometry")]);
    assert_eq!(import.assets.len(), sample(AssetClass::Mast).len() - 5);
}

#[test]
fn a_geopackage_that_would_run_something_is_not_run() {
    let view = geopackage(
        "alter table mast rename to hidden;
         create view mast as with recursive n(x) as (select 1 union all select x + 1 from n) select x as fid, null as geom from n;",
    );
    assert_eq!(refused("a.gpkg", &view).code(), "file.not_geopackage");
    assert_eq!(refused("a.gpkg", b"SQLite format 3\0 and nothing more").code(), "file.not_geopackage");
}

#[test]
fn rows_of_another_owner_are_refused_in_every_format() {
    for format in
        [ExportFormat::GeoJson, ExportFormat::GeoPackage, ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Kml]
    {
        let masts = sample(AssetClass::Mast);
        let own = masts.iter().filter(|mast| mast.owner.as_str() == "viettel").count();
        assert!(0 < own && own < masts.len());
        let bytes = written(format, AssetClass::Mast, &masts);
        let import = read_assets(&format!("a.{}", format.ending()), &bytes, &options(AssetClass::Mast), ids()).unwrap();
        assert_eq!(import.assets.len(), own, "{format:?}");
        let foreign = import.report.findings.iter().filter(|finding| finding.rule.code() == "reference").count();
        assert_eq!(foreign, masts.len() - own, "{format:?}");
    }
}

/// A Shapefile of two points.
fn shapefile() -> Vec<(&'static str, Vec<u8>)> {
    let mut shp = vec![0; 100];
    shp[..4].copy_from_slice(&9_994_i32.to_be_bytes());
    let mut dbf = vec![3, 0, 0, 0, 2, 0, 0, 0];
    dbf.extend(65_u16.to_le_bytes());
    dbf.extend(6_u16.to_le_bytes());
    dbf.extend([0; 20]);
    let mut field = [0; 32];
    field[..4].copy_from_slice(b"code");
    (field[11], field[16]) = (b'C', 5);
    dbf.extend(field);
    dbf.push(0x0d);
    for (number, code) in [(1_i32, b" A1   "), (2, b" A2   ")] {
        shp.extend(number.to_be_bytes());
        shp.extend(10_i32.to_be_bytes());
        shp.extend(1_i32.to_le_bytes());
        shp.extend((106.48 + 0.01 * f64::from(number)).to_le_bytes());
        shp.extend(20.69_f64.to_le_bytes());
        dbf.extend(code);
    }
    vec![("a.shp", shp), ("a.dbf", dbf)]
}

#[test]
fn damaged_files_of_every_format_never_panic() {
    let masts = &sample(AssetClass::Mast)[..4];
    let mut good: Vec<(String, Vec<u8>)> =
        [ExportFormat::Xlsx, ExportFormat::Kml, ExportFormat::GeoPackage, ExportFormat::Csv]
            .into_iter()
            .map(|format| (format!("a.{}", format.ending()), written(format, AssetClass::Mast, masts)))
            .collect();
    let set = shapefile();
    let files: Vec<(&str, &[u8])> = set.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    let whole = read_assets("a.zip", &zipped(&files), &options(AssetClass::Mast), ids()).unwrap();
    assert_eq!(whole.assets.len(), 2, "{:?}", whole.report.findings);
    good.push(("a.zip".to_owned(), zipped(&files)));
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    for round in 0..1_500_usize {
        let (name, mut bytes) = if round % 6 == 5 {
            // Damage within the archive, where its own checks do not see it.
            let mut set = shapefile();
            let (_, bytes) = &mut set[round / 6 % 2];
            damage(bytes, &mut chance);
            let files: Vec<(&str, &[u8])> = set.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
            ("a.zip".to_owned(), zipped(&files))
        } else {
            good[round % 6].clone()
        };
        if round % 6 != 5 {
            damage(&mut bytes, &mut chance);
        }
        if let Ok(import) = read_assets(&name, &bytes, &options(AssetClass::Mast), ids()) {
            let report = &import.report;
            assert_eq!(report.rows_total, report.rows_accepted + report.rows_refused);
            assert!(import.assets.iter().all(|read| read.asset.check().is_ok()));
        }
    }
}

fn damage(bytes: &mut Vec<u8>, chance: &mut ChaCha8Rng) {
    for _ in 0..chance.random_range(1..8) {
        let at = chance.random_range(0..bytes.len());
        match chance.random_range(0..3) {
            0 => bytes[at] = chance.random(),
            1 => bytes[at] ^= 1 << chance.random_range(0..8),
            _ => {
                let end = (at + 4).min(bytes.len());
                chance.fill_bytes(&mut bytes[at..end]);
            }
        }
    }
    if chance.random_ratio(1, 5) {
        bytes.truncate(chance.random_range(1..=bytes.len()));
    }
}
