//! What every record says: who, state, how well surveyed, since when.

use super::{
    dice::Dice,
    feature::{Place, Row},
};

/// The document that every record names as its source.
const SOURCE: &str = "so-lieu-mo-phong-2026";

/// An asset's code: owner, class, number.
pub(super) fn code(owner: &str, class: &str, number: usize) -> String {
    let prefix = match owner {
        "viettel" => "VTL",
        "vnpt" => "VNP",
        "mobifone" => "MBF",
        "fpt" => "FPT",
        "towerco" => "TWC",
        "evn-hp" => "EVN",
        "lighting" => "CSD",
        _ => "UBX",
    };
    format!("{prefix}-{class}-{number:04}")
}

/// The fields that all classes share; most records are in use, and some surveys are poor or missing.
pub(super) fn record(dice: &mut Dice, place: Place, code: String, owner: &str) -> Row {
    let (method, accuracy) = match dice.unit() {
        x if x < 0.45 => ("gnss_rtk", Ok(0.1)),
        x if x < 0.55 => ("total_station", Ok(0.2)),
        x if x < 0.85 => ("gnss_handheld", if dice.chance(0.7) { Ok(5.0) } else { Err("not_surveyed") }),
        x if x < 0.95 => ("digitised", Ok(10.0)),
        _ => ("declared", Err("unknown")),
    };
    let status = match dice.unit() {
        x if x < 0.955 => "operational",
        x if x < 0.98 => "inactive",
        x if x < 0.99 => "under_construction",
        _ => "unknown",
    };
    let built = date(dice, 2008, 2024);
    let surveyed = date(dice, 2025, 2026);
    Row::new(place)
        .with("code", code)
        .with("owner", owner)
        .with("manager", owner)
        .with("status", status)
        .known("accuracy_m", accuracy)
        .with("survey_method", method)
        .with("surveyed_on", surveyed)
        .known("built_on", if dice.chance(0.9) { Ok(built) } else { Err("unknown") })
        .with("source", SOURCE)
}

/// A day in those years, no later than September.
pub(super) fn date(dice: &mut Dice, first: u32, last: u32) -> String {
    format!("{}-{:02}-{:02}", dice.whole(first, last), dice.whole(1, 9), dice.whole(1, 28))
}

/// Rows in the order of their codes (or names, where a file has no codes).
pub(super) fn sorted(mut rows: Vec<Row>, field: &str) -> Vec<Row> {
    rows.sort_by(|a, b| a.text(field).cmp(b.text(field)));
    rows
}
