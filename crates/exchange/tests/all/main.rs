//! The files that offices hand in, good and bad, and what is said of each.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the failure")]

mod anything;
mod bad_files;
mod case_folders;
mod encodings;
mod exports;
mod foreign;
mod formats;
mod golden;
mod merging;
mod plans;
mod refused_files;
mod refused_rows;
mod requests;
mod round_trip;
mod templates;
mod wrong_crs;

use hatang_core::{AssetClass, AssetId, OrganisationCode};
use hatang_exchange::{FileError, Import, ImportOptions, OwnerSource, read_assets};
use uuid::Uuid;

/// Identities that count up from 1.
fn ids() -> impl FnMut() -> AssetId {
    let mut next = 0;
    move || {
        next += 1;
        AssetId(Uuid::from_u128(next))
    }
}

/// Everything in the file is Viettel's.
fn options(class: AssetClass) -> ImportOptions {
    ImportOptions::new(class, OwnerSource::Code(OrganisationCode::new("viettel").unwrap()))
}

fn by_column(class: AssetClass, column: &str) -> ImportOptions {
    ImportOptions::new(class, OwnerSource::Field(column.to_owned()))
}

fn import(file: &str, text: &str, options: &ImportOptions) -> Import {
    try_import(file, text, options).unwrap_or_else(|error| panic!("{error}"))
}

fn try_import(file: &str, text: &str, options: &ImportOptions) -> Result<Import, FileError> {
    read_assets(file, text.as_bytes(), options, ids())
}

/// The severity and rule of each finding, as the report writes them.
fn rules(import: &Import) -> Vec<String> {
    let report = serde_json::to_value(&import.report).unwrap();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| format!("{} {}", finding["severity"], finding["rule"]).replace('"', "")).collect()
}

/// A class of the sample registry.
fn sample(class: AssetClass) -> Vec<hatang_core::Asset> {
    let name = format!("{class}.geojson");
    let bytes = std::fs::read(hatang_testkit::workspace_root().join("sample-data/assets").join(&name)).unwrap();
    let import = read_assets(&name, &bytes, &by_column(class, "owner"), ids()).unwrap();
    import.assets.into_iter().map(|read| read.asset).collect()
}

/// Everything that there is to see of assets, in a format.
fn written(format: hatang_exchange::ExportFormat, class: AssetClass, assets: &[hatang_core::Asset]) -> Vec<u8> {
    let about = hatang_exchange::About {
        class,
        at: "2026-03-15T00:00:00Z".parse().unwrap(),
        view: "operator".to_owned(),
        position: "11824/7".to_owned(),
    };
    let view = hatang_core::View::Exact(hatang_core::Fields::ALL);
    let mut out = Vec::new();
    let features = || assets.iter().filter_map(|asset| hatang_exchange::feature(asset, &view));
    let count = hatang_exchange::write_features(format, &about, features, &mut out).unwrap();
    assert_eq!(count, assets.len());
    out
}

/// An asset without what an import gives it anew.
fn comparable(asset: &hatang_core::Asset) -> serde_json::Value {
    let mut json = serde_json::to_value(asset).unwrap();
    json.as_object_mut().unwrap().remove("id");
    json
}
