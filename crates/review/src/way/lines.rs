//! What a way may run in or along: lines that stand or are decided, and roads.

use hatang_core::{Asset, AssetClass, BoundingBox, Lonlat, Metres, RequestItem, Text, asset::Lifecycle, plan::Layer};

use super::{DETOUR, graph::Kind};
use crate::{
    assumption,
    host::{self, Candidate, HostVerdict},
    scene::{Scene, is_upgraded},
    wording,
};

/// One line or pole that a way may use.
pub(super) struct Usable<'a> {
    pub(super) asset: &'a Asset,
    pub(super) kind: Kind,
    /// The 95 % radius of its place, in metres.
    pub(super) radius: f64,
    /// Whether it has still to be built.
    pub(super) is_unbuilt: bool,
    /// What is assumed of its place.
    pub(super) assumed: Option<Text>,
}

/// Lines of one class that can carry the request, or may, by the verdict that they have as hosts. In the order of
/// identities.
pub(super) fn usable<'a>(class: AssetClass, item: &'a RequestItem, scene: &Scene<'a>) -> Vec<Usable<'a>> {
    let width = scene.corridor(item.class).width;
    let near = candidates(class, DETOUR, item, scene);
    let mut usable: Vec<Usable<'a>> = near.iter().filter_map(|one| judged(one, width, item, scene)).collect();
    usable.sort_by_key(|one| one.asset.id);
    usable
}

/// What of one class stands or is decided within so many metres. A blurred place leads nowhere, and ideas carry nothing.
pub(super) fn candidates<'a>(
    class: AssetClass,
    reach: f64,
    item: &'a RequestItem,
    scene: &Scene<'a>,
) -> Vec<Candidate<'a>> {
    let near = scene.seen.within(class, &item.shape, Metres::computed(reach));
    let standing = near.iter().filter(|near| !near.sight.is_generalised()).map(|near| Candidate::new(near, item));
    let is_itself = |one: &Candidate<'_>| {
        let is_planned = one.asset.status == Lifecycle::Planned;
        is_upgraded(item, one.asset) || (is_planned && scene.is_itself(item, one.asset, one.distance))
    };
    let others = standing.filter(|one| !is_itself(one));
    let decided = Candidate::decided(class, reach, item, scene).filter(|one| one.distance.value.get() <= reach);
    others.chain(decided).filter(|one| one.asset.status != Lifecycle::Proposed).collect()
}

/// What is placed worse than a corridor is wide may be in another street: it is asked about.
pub(super) fn judged<'a>(one: &Candidate<'a>, width: f64, item: &RequestItem, scene: &Scene<'_>) -> Option<Usable<'a>> {
    let is_well_placed = one.distance.accuracy.get() <= width;
    let kind = match host::carries(one, item, scene) {
        HostVerdict::Shareable if is_well_placed => Kind::Shared,
        HostVerdict::Shareable | HostVerdict::ShareableAfterWorks | HostVerdict::CannotTell => Kind::Ask,
        HostVerdict::NotShareable => return None,
    };
    let asset = one.asset;
    Some(Usable {
        asset,
        kind,
        radius: one.accuracy.radius.get(),
        is_unbuilt: one.sight.is_none() || matches!(asset.status, Lifecycle::Planned | Lifecycle::UnderConstruction),
        assumed: assumption::of_neighbour(&wording::label(asset), one.accuracy),
    })
}

/// The pieces of the plan's roads in a box.
pub(super) fn roads(bounds: BoundingBox, scene: &Scene<'_>) -> Vec<[Lonlat; 2]> {
    let roads = scene.lines_in(Layer::Roads, bounds).into_iter();
    let pieces = roads.flat_map(|road| road.shape.runs()).flat_map(|run| run.windows(2).map(|pair| [pair[0], pair[1]]));
    pieces.filter(|piece| BoundingBox::around(*piece).is_some_and(|own| own.intersects(bounds))).collect()
}
