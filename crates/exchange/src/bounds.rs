//! What a number may be at all: a slip of a digit or of a unit must not become a mast of 36 km.

use crate::{
    refusal::{self, Refusal},
    value::{Notation, number},
};

/// The least and the most that a field may hold, both included.
struct Bounds {
    least: f64,
    most: f64,
    unit: &'static str,
}

impl Bounds {
    fn of(field: &str) -> Option<Self> {
        let (least, most, unit) = match field {
            "accuracy_m" => (0.0, 5_000.0, "m"),
            "structural_use_pct" | "foundation_use_pct" | "load_use_pct" => (0.0, 1_000.0, "%"),
            "wind_area_free_m2" | "land_area_m2" => (0.0, 100_000.0, "m²"),
            "power_spare_kw" => (0.0, 10_000.0, "kW"),
            "backup_h" => (0.0, 10_000.0, "h"),
            "bore_diameter_mm" => (1.0, 10_000.0, "mm"),
            "bands_mhz" => (1.0, 1_000_000.0, "MHz"),
            "azimuths_deg" => (0.0, 360.0, "°"),
            "eirp_dbm" => (-200.0, 200.0, "dBm"),
            length if length.ends_with("_m") => (0.0, 10_000.0, "m"),
            _ => return None,
        };
        Some(Self { least, most, unit })
    }
}

/// Refuses a number that its field cannot hold. What is no number is for the field's own type to refuse.
pub(crate) fn check(field: &str, text: &str, notation: Notation) -> Result<(), Refusal> {
    let Some(Bounds { least, most, unit }) = Bounds::of(field) else { return Ok(()) };
    match number(text, notation) {
        Some(number) if !(least..=most).contains(&number) => Err(refusal::out_of_range(least, most, unit)),
        _ => Ok(()),
    }
}
