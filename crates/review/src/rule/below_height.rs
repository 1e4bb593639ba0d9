//! How high a requested structure reaches.

use hatang_core::{Measured, Metres, RequestItem};

use crate::{
    finding::{Limit, Outcome, Quantity, reaches},
    missing::Missing,
    wording,
};

/// Judges the height of the structure with the building below it, antennas included and lightning rods excluded.
///
/// Source: the rule's instrument and article, for example NĐ 222/2026, Art. 82(3).
pub(super) fn judge(below: Option<Metres>, item: &RequestItem) -> Outcome {
    let Some(below) = below else { return Outcome::unset() };
    let limit = Some(Limit::metres(below));
    let top = match Top::of(item) {
        Ok(top) => top,
        Err(missing) => return Outcome { limit, ..Outcome::lacks(vec![missing]) },
    };
    let is_below = |height: Metres| !reaches(height.get(), below.get());
    let (height, outcome) = if is_below(top.high) {
        let [high, bound] = wording::compared(top.high, below);
        let (vi, en) = if top.is_known() { ("Cao", "") } else { ("Cao nhiều nhất", "At most ") };
        let (vi, en) =
            (format!("{vi} {}, dưới mức {}.", high.vi, bound.vi), format!("{en}{} high, below {}.", high.en, bound.en));
        (top.high, Outcome::complies(vi, en))
    } else if !is_below(top.low) {
        let [low, bound] = wording::compared(top.low, below);
        let (vi, en) = if top.is_known() { ("Cao", "") } else { ("Cao ít nhất", "At least ") };
        let (vi, en) = (
            format!("{vi} {}, từ mức {} trở lên.", low.vi, bound.vi),
            format!("{en}{} high, which reaches {}.", low.en, bound.en),
        );
        (top.low, Outcome::fails(vi, en))
    } else {
        return Outcome { limit, ..Outcome::lacks(vec![Top::missing()]) };
    };
    let measured = Some(Quantity::metres(Measured { value: height, accuracy: Metres::ZERO }));
    Outcome { measured, limit, ..outcome }
}

/// Metres above ground of a structure's top. The two differ where a building's height is stated and not whether the
/// structure stands on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Top {
    /// No lower than this.
    pub(super) low: Metres,
    /// No higher than this.
    pub(super) high: Metres,
}

impl Top {
    /// What the request says, or what is missing to say it.
    pub(super) fn of(item: &RequestItem) -> Result<Self, Missing> {
        let own = item.height_m.ok_or_else(|| Missing::of_request("height_m"))?;
        let with = |building: Metres| Metres::computed((own.get() + building.get()).min(f64::MAX));
        match (item.on_building, item.building_height_m) {
            (Some(true), Some(building)) => Ok(Self { low: with(building), high: with(building) }),
            (Some(true), None) => Err(Missing::of_request("building_height_m")),
            (None, Some(building)) => Ok(Self { low: own, high: with(building) }),
            (Some(false), _) | (None, None) => Ok(Self { low: own, high: own }),
        }
    }

    /// Whether both are the same.
    pub(super) fn is_known(self) -> bool {
        self.low == self.high
    }

    /// What would tell which of the two it is.
    pub(super) fn missing() -> Missing {
        Missing::of_request("on_building")
    }
}
