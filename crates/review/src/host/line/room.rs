//! The poles that carry an aerial route, and what is free on them.

use hatang_core::{
    Asset, AssetClass, AssetCode, AssetId, Capacity, Details, Lonlat, Metres, NullReason, SurveyMethod,
    asset::AerialRoute,
};

use crate::{assumption::POLE_SPAN, host::Candidate, route::Route, scene::Scene};

/// A route and its poles belong together within this many metres beyond their accuracies.
const SAME_PLACE: f64 = 2.0;

/// The poles of a route that the viewer may know of.
pub(super) struct Poles<'a> {
    /// Those that the route names.
    named: Vec<&'a Asset>,
    /// Those of its owner that stand on it.
    beside: Vec<&'a Asset>,
    /// Whether they are all of the route's.
    complete: bool,
}

impl<'a> Poles<'a> {
    /// Poles that a route names from its first to its last are all of its poles, once each is known. Of a route that
    /// names fewer, those of its owner that stand on it are, where they account for it. A blurred view cannot tell.
    pub(super) fn of(candidate: &Candidate<'_>, scene: &Scene<'a>) -> Self {
        let asset = candidate.asset;
        let (Details::AerialRoute(route), false) = (&asset.details, candidate.is_generalised()) else {
            return Self { named: Vec::new(), beside: Vec::new(), complete: false };
        };
        let codes: Vec<&AssetCode> = route.from_pole.iter().chain(&route.via_poles).chain(&route.to_pole).collect();
        let beside = beside(candidate, scene);
        let pole = |code: &&AssetCode| {
            let sight = scene.seen.by_code(&asset.owner, AssetClass::Pole, code);
            sight.filter(|sight| !sight.is_generalised()).map(|sight| sight.asset())
        };
        let named: Vec<&Asset> = codes.iter().filter_map(pole).filter(|pole| pole.status.stands()).collect();
        let all_known = named.len() == codes.len();
        if names_every_pole(route) {
            return Self { complete: all_known, named, beside: if all_known { Vec::new() } else { beside } };
        }
        let complete = all_known && account_for(asset, named.iter().chain(&beside).map(|pole| pole.anchor()));
        Self { named, beside, complete }
    }

    pub(super) fn into_ids(self) -> impl Iterator<Item = AssetId> {
        self.named.into_iter().chain(self.beside).map(|pole| pole.id)
    }

    /// Whether they are all of the route's poles.
    pub(super) const fn are_all(&self) -> bool {
        self.complete
    }

    /// A route has room when each of its poles has: the least of what is free on them. A full pole that it names closes
    /// it, whichever others there are.
    pub(super) fn room(&self) -> Capacity {
        let free = |pole: &&Asset| pole.free().unwrap_or(Capacity::Unknown(NullReason::NotApplicable));
        let on_named = self.named.iter().map(free).reduce(least);
        if on_named == Some(Capacity::Known(0)) {
            return Capacity::Known(0);
        }
        let unknown = Capacity::Unknown(NullReason::NotSurveyed);
        if !self.complete {
            return unknown;
        }
        on_named.into_iter().chain(self.beside.iter().map(free)).reduce(least).unwrap_or(unknown)
    }
}

fn least(one: Capacity, other: Capacity) -> Capacity {
    match (one, other) {
        (Capacity::Known(a), Capacity::Known(b)) => Capacity::Known(a.min(b)),
        (Capacity::Known(0), _) | (_, Capacity::Known(0)) => Capacity::Known(0),
        (Capacity::Unknown(reason), _) | (_, Capacity::Unknown(reason)) => Capacity::Unknown(reason),
    }
}

const fn names_every_pole(route: &AerialRoute) -> bool {
    route.from_pole.is_some() && route.to_pole.is_some() && !route.via_poles.is_empty()
}

/// The poles of the route's owner that stand on it, as far as accuracies tell. One whose place is known worse than one
/// of which nobody has said how it was found says nothing of the spans between poles.
fn beside<'a>(candidate: &Candidate<'_>, scene: &Scene<'a>) -> Vec<&'a Asset> {
    let radius = candidate.accuracy.radius;
    let worst = SurveyMethod::Unknown.assumed_accuracy();
    let search = Metres::computed(radius.combined_with(worst).get() + SAME_PLACE);
    let near = scene.seen.within(AssetClass::Pole, &candidate.asset.shape, search);
    near.into_iter()
        .filter(|near| !near.sight.is_generalised())
        .filter(|near| {
            let (pole, own) = (near.sight.asset(), near.sight.accuracy().radius);
            let reach = radius.combined_with(own).get() + SAME_PLACE;
            let is_on_it = own <= worst && near.nearest.distance.get() <= reach;
            is_on_it && pole.owner == candidate.asset.owner && pole.status.stands()
        })
        .map(|near| near.sight.asset())
        .collect()
}

/// Whether poles leave no gap along a route, nor to its ends, that is wider than poles of one line stand apart.
fn account_for(route: &Asset, poles: impl Iterator<Item = Lonlat>) -> bool {
    let Some(run) = Route::of(&route.shape) else { return false };
    let mut along: Vec<f64> = poles.map(|at| run.nearest_along(at)).collect();
    let n_poles = along.len();
    along.extend([0.0, run.length().get()]);
    along.sort_by(f64::total_cmp);
    2 <= n_poles && along.windows(2).all(|pair| pair[1] - pair[0] <= POLE_SPAN)
}
