//! Routes and cabinets as the registry knows them.

use hatang_core::{
    Asset, AssetClass, Capacity, Metres, NullReason, OrganisationCode, Planar,
    registry::{Seen, Sight},
};
use hatang_coverage::fibre::{AccessPoint, Means, Route};

use super::FibreCabinet;
use crate::{
    error::DeskError,
    raster::{Ground, planar},
};

/// Routes this far outside the territory still lead into it.
const AROUND_M: f64 = 2_000.0;

/// A pole this near to a route carries it.
const CARRIES_M: f64 = 3.0;

/// A route with its length on the plane.
pub(super) struct Cable {
    pub(super) route: Route,
    pub(super) length_m: f64,
}

/// A cabinet with how it is shown.
pub(super) struct Cabinet {
    pub(super) point: AccessPoint,
    pub(super) shown: FibreCabinet,
}

/// Ducts, tunnels and aerial routes that stand, with their free places.
pub(super) fn cables(
    seen: Seen<'_>,
    ground: &Ground,
    owner: Option<&OrganisationCode>,
) -> Result<Vec<Cable>, DeskError> {
    let mut cables = Vec::new();
    for (class, means) in
        [(AssetClass::Duct, Means::Duct), (AssetClass::Trench, Means::Duct), (AssetClass::AerialRoute, Means::Pole)]
    {
        for sight in standing(seen, ground, class, owner) {
            let asset = sight.asset();
            let room = match class {
                AssetClass::AerialRoute => room_on_poles(seen, asset),
                _ => asset.free().unwrap_or(Capacity::Unknown(NullReason::Unknown)),
            };
            for run in asset.shape.runs() {
                let line: Vec<Planar> = run.iter().map(|at| planar(ground.crs, *at)).collect::<Result<_, _>>()?;
                let length_m = line.windows(2).map(|e| (e[1].east - e[0].east).hypot(e[1].north - e[0].north)).sum();
                cables.push(Cable { route: Route { line, means, room }, length_m });
            }
        }
    }
    Ok(cables)
}

/// The free attachments of the fullest pole of a route: one full pole fills it, and one of which nobody has told leaves it
/// unknown, as does a route without a registered pole.
fn room_on_poles(seen: Seen<'_>, route: &Asset) -> Capacity {
    let poles = seen.within(AssetClass::Pole, &route.shape, Metres::computed(CARRIES_M));
    let own =
        poles.iter().map(|near| near.sight.asset()).filter(|pole| pole.owner == route.owner && pole.status.stands());
    own.filter_map(Asset::free).reduce(fuller).unwrap_or(Capacity::Unknown(NullReason::Unknown))
}

fn fuller(a: Capacity, b: Capacity) -> Capacity {
    match (a, b) {
        (Capacity::Known(0), _) | (_, Capacity::Known(0)) => Capacity::Known(0),
        (Capacity::Known(a), Capacity::Known(b)) => Capacity::Known(a.min(b)),
        (unknown @ Capacity::Unknown(_), _) | (_, unknown) => unknown,
    }
}

/// Cabinets that stand.
pub(super) fn cabinets(
    seen: Seen<'_>,
    ground: &Ground,
    owner: Option<&OrganisationCode>,
) -> Result<Vec<Cabinet>, DeskError> {
    standing(seen, ground, AssetClass::Cabinet, owner)
        .map(|sight| {
            let asset = sight.asset();
            let spare = asset.free().unwrap_or(Capacity::Unknown(NullReason::Unknown));
            Ok(Cabinet {
                point: AccessPoint { at: planar(ground.crs, asset.anchor())?, spare },
                shown: FibreCabinet {
                    asset: asset.id,
                    code: asset.code.as_ref().map(ToString::to_string),
                    owner: asset.owner.to_string(),
                    at: asset.anchor(),
                    spare,
                },
            })
        })
        .collect()
}

fn standing<'a>(
    seen: Seen<'a>,
    ground: &Ground,
    class: AssetClass,
    owner: Option<&'a OrganisationCode>,
) -> impl Iterator<Item = Sight<'a>> {
    let bounds = ground.bounds.expanded(AROUND_M);
    seen.in_box(class, bounds).filter(move |sight| {
        let asset = sight.asset();
        !sight.is_generalised() && asset.status.stands() && owner.is_none_or(|wanted| *wanted == asset.owner)
    })
}
