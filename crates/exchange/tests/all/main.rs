//! The files that offices hand in, good and bad, and what is said of each.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the failure")]

mod anything;
mod formats;
mod merging;
mod plans;
mod refused_files;
mod refused_rows;
mod requests;
mod round_trip;

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
