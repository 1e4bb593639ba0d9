//! Hatang's own working numbers. None of them is law; each is named in the answers that rest on it.

use hatang_core::{Accuracy, Metres, RequestItem, Text, plan::Layer, registry::POORLY_PLACED};

use crate::wording;

/// How far hosts of a mast are looked for when the rule set holds no spacing number, in metres.
///
/// The widest spacing number read in any province is 500 m (`SP-HN-1`).
pub const DEFAULT_REACH: f64 = 500.0;
/// Lines nearer than this run along the same street, in metres; used when the rule set says nothing.
pub const DEFAULT_CORRIDOR: f64 = 15.0;
/// Runs shorter than this are crossings, in metres; used when the rule set says nothing.
pub const DEFAULT_SHORTEST_RUN: f64 = 100.0;
/// A place this near to a planned one is the planned one, in metres; used when the rule set says nothing.
pub(crate) const DEFAULT_SAME_PLACE: f64 = 10.0;
/// This share of a route must run where the plan has it to be the planned one.
pub(crate) const SHARE_OF_ROUTE: f64 = 0.9;
/// Poles of one line stand no farther apart than this, in metres.
pub const POLE_SPAN: f64 = 70.0;
/// A mast at least this share of the wanted height may be raised.
pub const RAISABLE_SHARE: f64 = 0.75;
/// Works nearer to a route than this open the same ground, in metres.
pub const DIG_ONCE_REACH: f64 = 15.0;
/// No road's land is wider than this, in metres; used where the plan does not give a road's width.
pub const WIDEST_ROAD_LAND: f64 = 60.0;
/// No mast is higher than this, in metres; used where a request states no height and a distance hangs on it.
pub const HIGHEST_MAST: f64 = 150.0;
/// Assets are looked for this much farther than a limit, in metres, because their places may be off by as much; those
/// known less well are looked at one by one. A request known less well cannot be judged by distance.
pub const WORST_ACCURACY: f64 = POORLY_PLACED;

/// The number of bores of a requested duct, when nobody stated it.
pub(crate) fn one_bore() -> Text {
    Text::new("Hồ sơ chưa nêu số ống: xét theo 1 ống.", "The request names no number of bores: judged for 1.")
}

/// The radius of the requested place, when nobody stated it.
pub(crate) fn of_request(item: &RequestItem) -> Option<Text> {
    let accuracy = item.accuracy();
    let radius = wording::metres(accuracy.radius);
    accuracy.assumed.then(|| {
        Text::new(
            format!("Độ chính xác ± {} của vị trí đề nghị là giả định (máy thu cầm tay).", radius.vi),
            format!("The requested position's accuracy of ± {} is assumed (hand-held receiver).", radius.en),
        )
    })
}

/// The radius of a neighbour's place, when its record does not state it.
pub(crate) fn of_neighbour(label: &str, accuracy: Accuracy) -> Option<Text> {
    let radius = wording::metres(accuracy.radius);
    accuracy.assumed.then(|| {
        Text::new(
            format!("Độ chính xác ± {} của {label} là giả định theo phương pháp đo.", radius.vi),
            format!("The accuracy of ± {} of {label} is assumed from its survey method.", radius.en),
        )
    })
}

/// The radius of a line of the plan, when its record does not state it.
pub(crate) fn of_line(what: &Text, accuracy: Accuracy) -> Option<Text> {
    let radius = wording::metres(accuracy.radius);
    accuracy.assumed.then(|| {
        Text::new(
            format!("Độ chính xác ± {} của {} là giả định (vẽ từ bản đồ).", radius.vi, what.vi),
            format!("The accuracy of ± {} of {} is assumed (drawn from a map).", radius.en, what.en),
        )
    })
}

/// What stands in for an unknown width of a road's land or an unknown height.
pub(crate) fn of_strip(layer: Layer, half_land: Option<Metres>, item: &RequestItem, heights: Option<f64>) -> Vec<Text> {
    let mut assumed = Vec::new();
    if layer == Layer::Roads && half_land.is_none() {
        let width = wording::metres(Metres::computed(WIDEST_ROAD_LAND));
        assumed.push(Text::new(
            format!("Bề rộng đất đường chưa biết: giả định làm việc không quá {}.", width.vi),
            format!("The width of the road's land is not known: taken as {} at most.", width.en),
        ));
    }
    if heights.is_some() && item.height_m.is_none() {
        let highest = wording::metres(Metres::computed(HIGHEST_MAST));
        assumed.push(Text::new(
            format!("Chiều cao chưa biết: giả định làm việc không quá {}.", highest.vi),
            format!("The height is not known: taken as {} at most.", highest.en),
        ));
    }
    assumed
}
