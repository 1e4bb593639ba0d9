//! What stands or is decided in the corridor of a request.

use std::borrow::Cow;

use hatang_core::{Accuracy, AssetClass, AssetId, Capacity, Lonlat, Metres, NullReason, RequestItem, Shape};

use super::run::Piece;
use crate::{
    route::Route,
    scene::{Corridor, Scene},
    wording,
};

/// A structure that may lie in the corridor, as far as accuracies tell.
pub(super) struct Beside<'a> {
    pub(super) id: AssetId,
    pub(super) label: String,
    /// Whether it is only decided.
    pub(super) is_decided: bool,
    pub(super) shape: Cow<'a, Shape>,
    pub(super) accuracy: Accuracy,
    /// The 95 % radius of both places.
    pub(super) radius: f64,
    pub(super) distance: Metres,
    /// Free units that the viewer may know of.
    pub(super) free: Capacity,
    /// Where the request comes nearest to it.
    nearest_at: Lonlat,
}

impl Beside<'_> {
    /// How many metres along the request it is nearest.
    pub(super) fn along(&self, route: &Route) -> f64 {
        route.nearest_along(self.nearest_at)
    }

    /// The stretches of the request beside it within so many metres.
    pub(super) fn pieces(&self, route: &Route, reach: f64) -> impl Iterator<Item = Piece> {
        let radii = [self.radius; 2];
        route.along(&self.shape, reach).into_pairs().into_iter().map(move |(from, to)| Piece { from, to, radii })
    }
}

/// What stands of some classes, nearest first within each, and then what is decided. What the request itself is, or
/// upgrades, is left out.
pub(super) fn beside<'a>(
    classes: &[AssetClass],
    corridor: Corridor,
    item: &'a RequestItem,
    scene: &Scene<'a>,
) -> Vec<Beside<'a>> {
    let own = item.accuracy().radius;
    let standing = classes.iter().flat_map(|class| scene.around(*class, item, corridor.width));
    let standing = standing.filter(|near| near.sight.asset().status.stands()).map(|near| {
        let (sight, asset) = (near.sight, near.sight.asset());
        let withheld = Capacity::Unknown(NullReason::Withheld);
        Beside {
            id: asset.id,
            label: wording::label_seen(&sight),
            is_decided: false,
            shape: sight.shape(),
            accuracy: sight.accuracy(),
            radius: sight.accuracy().radius.combined_with(own).get(),
            distance: near.nearest.distance,
            free: if sight.is_generalised() { withheld } else { asset.free().unwrap_or(withheld) },
            nearest_at: near.nearest.from,
        }
    });
    let decided =
        classes.iter().flat_map(|class| scene.decided_near(*class, item, corridor.width)).map(|near| Beside {
            id: near.asset.id,
            label: wording::label(near.asset),
            is_decided: true,
            shape: Cow::Borrowed(&near.asset.shape),
            accuracy: near.asset.survey.accuracy(),
            radius: near.distance.accuracy.get(),
            distance: near.distance.value,
            free: near.asset.free().unwrap_or(Capacity::Unknown(NullReason::NotApplicable)),
            nearest_at: near.nearest.from,
        });
    standing.chain(decided).filter(|one| one.distance.get() <= corridor.width + one.radius).collect()
}
