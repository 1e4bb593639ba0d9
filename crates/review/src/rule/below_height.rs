//! How high a requested structure reaches.

use hatang_core::{Measured, Metres, RequestItem};

use crate::{
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    wording,
};

/// Judges the height of the structure with the building below it, antennas included and lightning rods excluded.
///
/// Source: the rule's instrument and article, for example NĐ 222/2026, Art. 82(3).
pub(super) fn judge(below: Option<Metres>, item: &RequestItem) -> Outcome {
    let Some(below) = below else { return Outcome::unset() };
    let limit = Some(Limit::metres(below));
    let height = match top(item) {
        Ok(height) => height,
        Err(missing) => return Outcome { limit, ..Outcome::lacks(vec![missing]) },
    };
    let measured = Some(Quantity::metres(Measured { value: height, accuracy: Metres::ZERO }));
    let (high, bound) = (wording::metres(height), wording::metres(below));
    let outcome = if height < below {
        Outcome::complies(
            format!("Cao {}, dưới mức {}.", high.vi, bound.vi),
            format!("{} high, below {}.", high.en, bound.en),
        )
    } else {
        Outcome::fails(
            format!("Cao {}, từ mức {} trở lên.", high.vi, bound.vi),
            format!("{} high, which reaches {}.", high.en, bound.en),
        )
    };
    Outcome { measured, limit, ..outcome }
}

/// Metres above ground of the structure's top, or what is missing to say it.
pub(super) fn top(item: &RequestItem) -> Result<Metres, Missing> {
    let own = item.height_m.ok_or_else(|| Missing::of_request("height_m"))?;
    match item.on_building {
        Some(true) => {
            let building = item.building_height_m.ok_or_else(|| Missing::of_request("building_height_m"))?;
            Ok(Metres::computed((own.get() + building.get()).min(f64::MAX)))
        }
        _ => Ok(own),
    }
}
