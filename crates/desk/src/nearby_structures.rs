//! What stands near a place while somebody draws, and the places that a pasted text may mean.

use hatang_core::{AssetClass, AssetId, Metres, Shape, Sight, Viewer, geodesy::Nearest};
use hatang_crs::Crs;
use hatang_exchange::{Reading, read_place};
use serde::Serialize;

use crate::{
    desk::Desk,
    draft::extent_of,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// The most structures that are told of.
const MOST: usize = 50;
/// The widest search, in metres.
const WIDEST_M: f64 = 500.0;

/// A structure near a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NearbyStructure {
    /// Its identity.
    pub id: AssetId,
    /// Its class.
    pub class: AssetClass,
    /// Its owner's code, where the viewer may see it.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Where it stands in its life.
    pub status: &'static str,
    /// How far away it is, in metres.
    pub distance_m: f64,
    /// The 95 % radius of that distance, in metres, as far as the other structure's survey goes.
    pub accuracy_m: f64,
    /// Whether it is likely the very structure that is being drawn: the same class, as near as both can be told apart.
    pub likely_duplicate: bool,
    /// Where it is nearest: longitude, latitude in degrees.
    pub at: [f64; 2],
}

/// The structures around a shape that is being drawn, nearest first.
///
/// # Errors
/// [`DeskError`] for somebody who has not signed in.
pub fn nearby_structures(
    desk: &Desk,
    who: &Viewer,
    class: AssetClass,
    shape: &Shape,
    reach: Metres,
) -> Result<Vec<NearbyStructure>, DeskError> {
    desk.may(who, Action::DrawAssets, About::nothing())?;
    let reach = Metres::computed(reach.get().min(WIDEST_M));
    shape.check().map_err(|error| {
        DeskError::input(
            ErrorKind::BadInput,
            "geometry.invalid",
            error,
            "Hình dạng chưa đủ điểm.",
            "The shape is not complete.",
        )
    })?;
    Ok(desk.read(|registry| {
        let seen = registry.seen_by(who);
        let mut near: Vec<_> = AssetClass::ALL.iter().flat_map(|class| seen.within(*class, shape, reach)).collect();
        near.retain(|near| !near.sight.is_generalised());
        near.sort_by(|a, b| a.nearest.distance.get().total_cmp(&b.nearest.distance.get()));
        near.truncate(MOST);
        near.iter().map(|near| structure(&near.sight, near.nearest, class)).collect()
    }))
}

fn structure(sight: &Sight<'_>, nearest: Nearest, class: AssetClass) -> NearbyStructure {
    let asset = sight.asset();
    let accuracy = sight.accuracy().radius;
    let distance = nearest.distance;
    NearbyStructure {
        id: asset.id,
        class: asset.class(),
        code: asset.code.as_ref().map(ToString::to_string),
        owner: asset.owner.to_string(),
        status: asset.status.code(),
        distance_m: distance.get(),
        accuracy_m: accuracy.get(),
        likely_duplicate: asset.class() == class && distance.get() <= accuracy.get().clamp(3.0, 30.0),
        at: nearest.to.into(),
    }
}

/// Every way to understand a pasted text as a place in the territory.
///
/// # Errors
/// [`DeskError`] for somebody who has not signed in, and for a text that is no place, or none in the territory.
pub fn places_meant(desk: &Desk, who: &Viewer, text: &str, crs: Option<Crs>) -> Result<Vec<Reading>, DeskError> {
    desk.may(who, Action::DrawAssets, About::nothing())?;
    let extent = desk.read(extent_of);
    let bounds = extent.map(|extent| extent.bbox.expanded(extent.margin.get()));
    read_place(text, crs, bounds).map_err(|error| DeskError::Input {
        kind: ErrorKind::BadInput,
        code: "place.unreadable",
        value: Some(error.value),
        text: error.text,
    })
}
