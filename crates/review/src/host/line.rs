//! Hosts of a pole line, a duct or a trench: what already runs along the requested route.

use std::collections::BTreeSet;

use hatang_core::{
    Accuracy, Asset, AssetClass, AssetId, Capacity, Details, Metres, NullReason, RequestItem, Shape, Sight,
    asset::{HostKind, Lifecycle},
    geodesy,
};

use super::{
    Candidate, HostCandidate,
    HostVerdict::{CannotTell, NotShareable, Shareable},
    Saves,
    factor::{self, Factor, Unit},
};
use crate::{
    assumption,
    route::Route,
    scene::{Corridor, Scene},
    wording,
};

const ATTACHMENT: Unit = Unit { vi: "điểm treo cáp", en: "attachment" };
const BORE: Unit = Unit { vi: "ống", en: "bore" };
const SHELF: Unit = Unit { vi: "vị trí giá đỡ", en: "shelf slot" };
/// Two lines or a line and its poles belong together within this many metres beyond their accuracies.
const SAME_PLACE: f64 = 2.0;

pub(super) fn hosts<'a>(item: &'a RequestItem, scene: &Scene<'a>) -> Vec<HostCandidate> {
    let corridor = scene.corridor();
    let route = Route::of(&item.shape);
    let beside = |class| beside(class, corridor, item, scene);
    let candidates = match item.class {
        AssetClass::AerialRoute | AssetClass::Pole => {
            let routes = beside(AssetClass::AerialRoute);
            let on_routes: BTreeSet<AssetId> =
                routes.iter().flat_map(|route| poles_of(route, scene)).map(|(id, _)| id).collect();
            let poles = beside(AssetClass::Pole).into_iter().filter(|pole| !on_routes.contains(&pole.asset.id));
            let posts = beside(AssetClass::Host).into_iter().filter(carries_cable);
            routes.into_iter().chain(poles).chain(posts).collect()
        }
        _ => [beside(AssetClass::Duct), beside(AssetClass::Trench)].concat(),
    };
    candidates.into_iter().filter_map(|candidate| judged(candidate, route.as_ref(), corridor, item, scene)).collect()
}

/// What may run in the corridor, as far as accuracies tell. Mere ideas host nobody.
fn beside<'a>(class: AssetClass, corridor: Corridor, item: &'a RequestItem, scene: &Scene<'a>) -> Vec<Candidate<'a>> {
    let standing = scene.around(class, item, corridor.width).into_iter().map(|near| Candidate::new(&near, item));
    standing
        .chain(Candidate::decided(class, corridor.width, item, scene))
        .filter(|one| one.distance.value.get() <= corridor.width + one.distance.accuracy.get())
        .filter(|one| one.asset.status != Lifecycle::Proposed)
        .collect()
}

/// Power poles and lamp posts carry cables; what a blurred host is, is held back.
fn carries_cable(candidate: &Candidate<'_>) -> bool {
    match &candidate.asset.details {
        _ if candidate.is_generalised() => false,
        Details::Host(host) => matches!(host.kind, Some(HostKind::PowerPole | HostKind::LampPost)),
        _ => false,
    }
}

fn judged(
    candidate: Candidate<'_>,
    route: Option<&Route>,
    corridor: Corridor,
    item: &RequestItem,
    scene: &Scene<'_>,
) -> Option<HostCandidate> {
    let asset = candidate.asset;
    let (free, unit) = match asset.class() {
        AssetClass::AerialRoute => (attachments_along(&candidate, scene), ATTACHMENT),
        AssetClass::Duct => (candidate.free(), BORE),
        AssetClass::Trench => (candidate.free(), SHELF),
        _ => (candidate.free(), ATTACHMENT),
    };
    let needed = if asset.class() == AssetClass::Duct { item.bores.unwrap_or(1) } else { 1 };
    let (position, metres) = match route {
        Some(route) if candidate.shape.runs().any(|run| 1 < run.len()) => overlap(&candidate, route, corridor)?,
        _ => (beside_place(&candidate, corridor), 0.0),
    };
    let mut factors = vec![
        factor::legal(asset),
        factor::owner(asset, item),
        factor::terms(&candidate, item),
        factor::capacity(free, needed, unit),
        position,
    ];
    let one_bore = (asset.class() == AssetClass::Duct && item.bores.is_none()).then(assumption::one_bore);
    factors.extend(one_bore.clone().map(|text| Factor::new("fit", Shareable, 1.0, text.vi, text.en)));
    factors.extend(bore_fit(asset, item));
    let underground = matches!(asset.class(), AssetClass::Duct | AssetClass::Trench);
    let saves = Saves { masts: 0, trench_m: if underground { metres } else { 0.0 } };
    let mut host = candidate.judged(item, free, factors, saves);
    host.assumptions.extend(one_bore);
    Some(host)
}

/// Whether a bore is wide enough for what the request wants to draw in.
fn bore_fit(asset: &Asset, item: &RequestItem) -> Option<Factor> {
    let (Some(wanted), Details::Duct(duct)) = (item.bore_diameter_mm, &asset.details) else { return None };
    let wanted_text = wording::number(wanted, 0);
    let Some(there) = duct.bore_diameter_mm else {
        let vi = format!("Chưa biết đường kính ống, cần {} mm: cần hỏi chủ sở hữu.", wanted_text.vi);
        let en = format!("The bores' diameter is not known, {} mm are needed: ask the owner.", wanted_text.en);
        return Some(Factor::new("fit", CannotTell, factor::ASK, vi, en));
    };
    let there_text = wording::number(there, 0);
    let (verdict, value, end) = if wanted <= there {
        (Shareable, 1.0, ("", ""))
    } else {
        (NotShareable, 0.0, (": quá nhỏ", ": too narrow"))
    };
    let vi = format!("Ống {} mm, cần {} mm{}.", there_text.vi, wanted_text.vi, end.0);
    let en = format!("Bores of {} mm, {} mm are needed{}.", there_text.en, wanted_text.en, end.1);
    Some(Factor::new("fit", verdict, value, vi, en))
}

/// How much of the requested route a line serves, with the metres; `None` when it only crosses.
fn overlap(candidate: &Candidate<'_>, route: &Route, corridor: Corridor) -> Option<(Factor, f64)> {
    let shape = &candidate.shape;
    let radius = candidate.distance.accuracy.get();
    let along = |reach: f64| route.along(shape, reach);
    let (certain, likely, possible) =
        (along(corridor.width - radius), along(corridor.width), along(corridor.width + radius));
    let counts = least_run(shape, route, corridor);
    if possible.longest() < counts {
        return None;
    }
    let metres = (likely.total() * 10.0).round() / 10.0;
    let part = (likely.total() / route.length().get()).clamp(0.0, 1.0);
    let run = wording::metres(Metres::computed(metres));
    let percent = wording::number(part * 100.0, 0);
    let vi = format!("Đi cùng {} ({} %) của tuyến đề nghị", run.vi, percent.vi);
    let en = format!("It runs along {} ({} %) of the requested route", run.en, percent.en);
    let factor = if counts <= certain.longest() {
        Factor::new("overlap", Shareable, part, format!("{vi}."), format!("{en}."))
    } else {
        let (vi, en) = (
            format!("{vi}; cần toạ độ chính xác hơn để khẳng định."),
            format!("{en}; a better survey must confirm it."),
        );
        Factor::new("overlap", CannotTell, part, vi, en)
    };
    Some((factor, metres))
}

/// A stretch counts when it is as long as the rule asks; of a short span or a short request, half is enough.
fn least_run(shape: &Shape, route: &Route, corridor: Corridor) -> f64 {
    let own = shape.runs().map(|run| geodesy::length(run).get()).sum::<f64>();
    corridor.shortest_run.min(0.5 * own).min(0.5 * route.length().get())
}

/// A pole or post stands in the corridor, or may.
fn beside_place(candidate: &Candidate<'_>, corridor: Corridor) -> Factor {
    let (metres, radius) = (candidate.distance.value.get(), candidate.distance.accuracy.get());
    let text = wording::plus_minus(candidate.distance);
    let value = (1.0 - metres / (2.0 * corridor.width).max(1.0)).clamp(0.0, 1.0);
    if metres + radius <= corridor.width {
        return Factor::new(
            "distance",
            Shareable,
            value,
            format!("Cách {}.", text.vi),
            format!("It is {} away.", text.en),
        );
    }
    let (vi, en) = (
        format!("Cách {}: cần toạ độ chính xác hơn.", text.vi),
        format!("It is {} away: a better survey must confirm it.", text.en),
    );
    Factor::new("distance", CannotTell, value, vi, en)
}

/// The poles that carry an aerial route: those of its owner that stand on it. A blurred view cannot tell.
fn poles_of(candidate: &Candidate<'_>, scene: &Scene<'_>) -> Vec<(AssetId, Capacity)> {
    if candidate.is_generalised() {
        return Vec::new();
    }
    poles_on(candidate.asset, candidate.accuracy, scene)
}

fn poles_on(route: &Asset, accuracy: Accuracy, scene: &Scene<'_>) -> Vec<(AssetId, Capacity)> {
    let reach = Metres::computed(accuracy.radius.get() + SAME_PLACE);
    let near = scene.seen.within(AssetClass::Pole, &route.shape, reach);
    near.into_iter()
        .map(|near| near.sight.asset())
        .filter(|pole| pole.owner == route.owner)
        .map(|pole| (pole.id, pole.free().unwrap_or(Capacity::Unknown(NullReason::NotApplicable))))
        .collect()
}

/// A route has room when each of its poles has: the least of what is free on them.
fn attachments_along(candidate: &Candidate<'_>, scene: &Scene<'_>) -> Capacity {
    if candidate.is_generalised() {
        return candidate.free();
    }
    least_free(&poles_of(candidate, scene))
}

/// The same of a route that the viewer sees exactly.
pub(super) fn attachments_on(sight: &Sight<'_>, scene: &Scene<'_>) -> Capacity {
    least_free(&poles_on(sight.asset(), sight.accuracy(), scene))
}

fn least_free(poles: &[(AssetId, Capacity)]) -> Capacity {
    let on_poles = poles.iter().map(|(_, free)| *free).reduce(|least, free| match (least, free) {
        (Capacity::Known(a), Capacity::Known(b)) => Capacity::Known(a.min(b)),
        (Capacity::Known(0), _) | (_, Capacity::Known(0)) => Capacity::Known(0),
        (Capacity::Unknown(reason), _) | (_, Capacity::Unknown(reason)) => Capacity::Unknown(reason),
    });
    on_poles.unwrap_or(Capacity::Unknown(NullReason::Unknown))
}
