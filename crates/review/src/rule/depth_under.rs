//! How deep a duct lies below the surface above it.

use hatang_core::{Document, Measured, Metres, RequestItem, asset::Surface};

use crate::{
    finding::{Limit, Outcome, Quantity, reaches},
    missing::Missing,
    wording,
};

/// Judges the designed depth of the top layer under one kind of surface.
///
/// Source: the rule's standard and clause, for example TCVN 8700:2011.
pub(super) fn judge(surface: Surface, least: Option<Metres>, unless: Option<Document>, item: &RequestItem) -> Outcome {
    match item.surface {
        None => return Outcome::lacks(vec![Missing::of_request("surface")]),
        Some(other) if other != surface => {
            return Outcome::not_asked("Tuyến nằm dưới loại mặt đường khác.", "It lies under another surface.");
        }
        Some(_) => {}
    }
    let Some(least) = least else { return Outcome::unset() };
    let limit = Some(Limit::metres(least));
    let Some(depth) = item.depth_m else {
        return Outcome { limit, ..Outcome::lacks(vec![Missing::of_request("depth_m")]) };
    };
    let measured = Some(Quantity::metres(Measured { value: depth, accuracy: Metres::ZERO }));
    let [deep, bound] = wording::compared(depth, least);
    let made_up = unless.filter(|document| item.documents.as_ref().is_some_and(|listed| listed.contains(document)));
    let outcome = if reaches(depth.get(), least.get()) {
        Outcome::complies(
            format!("Sâu {}, tối thiểu {}.", deep.vi, bound.vi),
            format!("{} deep, {} at least.", deep.en, bound.en),
        )
    } else if let Some(document) = made_up {
        let document = wording::document(document);
        Outcome::complies(
            format!("Sâu {}, dưới mức {}, hồ sơ có {}.", deep.vi, bound.vi, document.vi),
            format!("{} deep, less than {}, made up for by {}.", deep.en, bound.en, document.en),
        )
    } else {
        let instead = unless.map(wording::document);
        let (vi, en) = instead.map_or_else(Default::default, |document| {
            (format!(" và hồ sơ không có {}", document.vi), format!(", and the dossier does not list {}", document.en))
        });
        Outcome::fails(
            format!("Sâu {}, dưới mức tối thiểu {}{vi}.", deep.vi, bound.vi),
            format!("{} deep, less than {}{en}.", deep.en, bound.en),
        )
    };
    Outcome { measured, limit, ..outcome }
}
