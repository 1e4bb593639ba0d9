//! Whether a mast that declares a small class has its dimensions.

use hatang_core::{Metres, RequestItem, asset::MastClass};

use crate::{
    finding::{Outcome, reaches},
    missing::Missing,
    wording,
};

/// Judges the declared class A1a by the numbers of the request; whether a mast of class A1b is camouflaged is for a
/// person to see.
///
/// Source: the rule's instrument, for example TTLT 15/2016/TTLT-BTTTT-BXD.
pub(super) fn judge(share: f64, height: Metres, half_width: Metres, item: &RequestItem) -> Outcome {
    match item.mast_class {
        None => {
            return Outcome::not_asked("Hồ sơ không khai loại cột.", "The request declares no class of mast.");
        }
        Some(MastClass::A1b) => return Outcome::lacks(vec![Missing::camouflage()]),
        Some(MastClass::A2a | MastClass::A2b | MastClass::A2c) => {
            return Outcome::not_asked("Khai là cột cồng kềnh.", "It is declared as bulky.");
        }
        Some(MastClass::A1a) => {}
    }
    let mut missing = Vec::new();
    let mut wrong: Vec<(String, String)> = Vec::new();
    match (item.on_building, item.building_height_m) {
        (Some(false), _) => wrong.push(("không đặt trên nhà".to_owned(), "it stands on no building".to_owned())),
        (None, _) => missing.push(Missing::of_request("on_building")),
        (Some(true), None) => missing.push(Missing::of_request("building_height_m")),
        (Some(true), Some(building)) => {
            if let Some(own) = item.height_m
                && !reaches(share * building.get(), own.get())
            {
                let bound = Metres::computed((share * building.get()).min(f64::MAX));
                let [own, bound] = wording::compared(own, bound);
                let percent = wording::number(share * 100.0, 1);
                wrong.push((
                    format!("cao {}, quá {} % chiều cao nhà ({})", own.vi, percent.vi, bound.vi),
                    format!("{} high, more than {} % of the building ({})", own.en, percent.en, bound.en),
                ));
            }
        }
    }
    for (there, most, field, vi, en) in [
        (item.height_m, height, "height_m", "cao", "high"),
        (item.half_width_m, half_width, "half_width_m", "nửa bề rộng", "half-wide"),
    ] {
        match there {
            None => missing.push(Missing::of_request(field)),
            Some(there) if !reaches(most.get(), there.get()) => {
                let [there, most] = wording::compared(there, most);
                wrong.push((
                    format!("{vi} {}, quá {}", there.vi, most.vi),
                    format!("{} {en}, more than {}", there.en, most.en),
                ));
            }
            Some(_) => {}
        }
    }
    if !wrong.is_empty() {
        let (vi, en): (Vec<String>, Vec<String>) = wrong.into_iter().unzip();
        return Outcome::fails(
            format!("Khai loại A1a nhưng {}.", vi.join("; ")),
            format!("Declared as A1a, but {}.", en.join("; ")),
        );
    }
    if !missing.is_empty() {
        return Outcome::lacks(missing);
    }
    Outcome::complies("Kích thước đúng với loại A1a đã khai.", "Its dimensions are those of the declared class A1a.")
}
