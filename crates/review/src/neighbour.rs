//! The masts around a requested place that a spacing rule may count.

use std::collections::BTreeSet;

use hatang_core::{
    Accuracy, Asset, AssetClass, AssetId, Details, Measured, Metres, RequestItem, asset::Lifecycle, registry::Networks,
};

use crate::{
    scene::{Scene, is_upgraded, search_radius},
    wording,
};

/// One mast, or a place that must carry one, as far as the viewer may know it.
#[derive(Clone, Debug)]
pub(crate) struct Neighbour<'a> {
    pub(crate) id: AssetId,
    pub(crate) label: String,
    /// From the requested place; the radius is that of both places.
    pub(crate) distance: Measured,
    /// How well its own place is known.
    pub(crate) accuracy: Accuracy,
    pub(crate) height: Option<Metres>,
    pub(crate) networks: Networks<'a>,
    pub(crate) planned: bool,
}

/// Masts that stand or are decided within `reach`, and those whose place may be that near; nearest first.
pub(crate) fn masts_around<'a>(item: &RequestItem, scene: &Scene<'a>, reach: Metres) -> Vec<Neighbour<'a>> {
    // Who is on a mast that is only upgraded is no neighbour either.
    let mut masts = scene.around_and_itself(AssetClass::Mast, item, reach.get());
    let on_masts: BTreeSet<AssetId> =
        masts.iter().flat_map(|near| scene.seen.stations_on(&near.sight)).map(|station| station.asset().id).collect();
    masts.retain(|near| !is_upgraded(item, near.sight.asset()));
    let stations = scene.around(AssetClass::RadioStation, item, reach.get());
    let lone = stations.into_iter().filter(|near| !on_masts.contains(&near.sight.asset().id));

    let registered = masts.into_iter().chain(lone).map(|near| {
        let (asset, is_generalised) = (near.sight.asset(), near.sight.is_generalised());
        let networks = match asset.class() {
            AssetClass::Mast => scene.seen.networks_on(&near.sight),
            _ => scene.seen.networks_named_by(asset),
        };
        let neighbour = Neighbour {
            label: wording::label_seen(&near.sight),
            height: if is_generalised { None } else { height_of(asset) },
            ..Neighbour::new(item, asset, near.nearest.distance, near.sight.accuracy(), networks)
        };
        (asset, neighbour)
    });
    let search = search_radius(item, reach.get());
    let decided = scene.decided_near(AssetClass::Mast, item, search.get()).into_iter().map(|near| {
        let networks = scene.seen.networks_named_by(near.asset);
        let accuracy = near.asset.survey.accuracy();
        let twin_there = Neighbour::new(item, near.asset, near.nearest.distance, accuracy, networks);
        (near.asset, Neighbour { planned: true, ..twin_there })
    });
    let decided = decided.filter(|(_, mast)| {
        mast.distance.value <= search || mast.distance.value.get() - mast.distance.accuracy.get() <= reach.get()
    });
    let counted = registered.chain(decided).filter(|(asset, mast)| {
        let is_request_itself = mast.planned && scene.is_itself(item, asset, mast.distance);
        (mast.planned || asset.status.stands()) && !is_request_itself
    });
    let mut found: Vec<Neighbour<'a>> = counted.map(|(_, mast)| mast).collect();
    found.sort_by(|a, b| a.distance.value.get().total_cmp(&b.distance.value.get()).then_with(|| a.id.cmp(&b.id)));
    found
}

impl<'a> Neighbour<'a> {
    fn new(item: &RequestItem, asset: &Asset, distance: Metres, accuracy: Accuracy, networks: Networks<'a>) -> Self {
        Self {
            id: asset.id,
            label: wording::label(asset),
            distance: Measured { value: distance, accuracy: accuracy.radius.combined_with(item.accuracy().radius) },
            accuracy,
            height: height_of(asset),
            networks,
            planned: asset.status == Lifecycle::Planned,
        }
    }
}

fn height_of(asset: &Asset) -> Option<Metres> {
    match &asset.details {
        Details::Mast(mast) => mast.height_m,
        // Its mast is at least that high.
        Details::RadioStation(station) => station.antenna_height_m,
        _ => None,
    }
}
