//! Hosts of a pole line, a duct or a trench: what already runs along the requested route.

mod room;

use std::collections::BTreeSet;

use hatang_core::{
    AssetClass, AssetId, Capacity, Details, Metres, RequestItem, Shape,
    asset::{HostKind, Lifecycle},
    geodesy,
    plan::Zone,
};

use self::room::Poles;
use super::{
    Candidate, HostCandidate,
    HostVerdict::{self, CannotTell, NotShareable, Shareable, ShareableAfterWorks},
    Saves,
    factor::{self, Factor, Unit},
};
use crate::{
    assumption,
    land::Side,
    route::Route,
    scene::{Corridor, Scene, around},
    wording,
};

const ATTACHMENT: Unit = Unit { vi: "điểm treo cáp", en: "attachment" };
const BORE: Unit = Unit { vi: "ống", en: "bore" };
const SHELF: Unit = Unit { vi: "vị trí giá đỡ", en: "shelf slot" };
/// The plan's word for zones where no new poles may stand.
const NO_NEW_POLES: &str = "no_new_poles";

pub(super) fn hosts<'a>(item: &'a RequestItem, scene: &Scene<'a>) -> Vec<HostCandidate> {
    let corridor = scene.corridor(item.class);
    let route = Route::of(&item.shape);
    let beside = |class| beside(class, corridor, item, scene);
    let candidates = match item.class {
        AssetClass::AerialRoute | AssetClass::Pole => {
            let routes = beside(AssetClass::AerialRoute);
            let on_routes: BTreeSet<AssetId> = routes.iter().flat_map(|route| poles_of(route, scene)).collect();
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
pub(crate) fn carries_cable(candidate: &Candidate<'_>) -> bool {
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
    let (position, metres) = match route {
        Some(route) if candidate.shape.runs().any(|run| 1 < run.len()) => overlap(&candidate, route, corridor)?,
        _ => (beside_place(&candidate, corridor), 0.0),
    };
    let Carrying { free, legal, capacity, fit } = carrying(&candidate, item, scene);
    // Room that has to be made first is made by digging, which saves no trench.
    let saved = if is_underground(asset.class()) && capacity.verdict == Shareable { metres } else { 0.0 };
    let mut factors = vec![legal, factor::owner(asset, item), factor::terms(&candidate, item), capacity, position];
    let one_bore = (is_underground(asset.class()) && item.bores.is_none()).then(assumption::one_bore);
    factors.extend(one_bore.clone().map(|text| Factor::new("fit", Shareable, 1.0, text.vi, text.en)));
    factors.extend(fit);
    factors.extend(zone(&candidate, item, scene));
    let mut host = candidate.judged(item, free, factors, Saves { masts: 0, trench_m: saved });
    host.assumptions.extend(one_bore);
    Some(host)
}

/// What a structure says by itself of carrying a cable or a bore, wherever it runs.
struct Carrying {
    free: Capacity,
    legal: Factor,
    capacity: Factor,
    fit: Option<Factor>,
}

fn carrying(candidate: &Candidate<'_>, item: &RequestItem, scene: &Scene<'_>) -> Carrying {
    let class = candidate.asset.class();
    let (free, capacity) = match class {
        AssetClass::AerialRoute => on_poles(candidate, scene),
        AssetClass::Duct => counted(candidate, item, BORE),
        AssetClass::Trench => counted(candidate, item, SHELF),
        _ => counted(candidate, item, ATTACHMENT),
    };
    Carrying { free, legal: factor::legal(candidate.asset), capacity, fit: bore_fit(candidate, item) }
}

/// The poles of an aerial route that the viewer may know of.
pub(crate) fn poles_of(route: &Candidate<'_>, scene: &Scene<'_>) -> impl Iterator<Item = AssetId> {
    Poles::of(route, scene).into_ids()
}

/// Whether a line can carry a request by what it says of itself, with the same factors as its verdict as a host. What
/// has room only once the ground is opened cannot.
pub(crate) fn carries(candidate: &Candidate<'_>, item: &RequestItem, scene: &Scene<'_>) -> HostVerdict {
    let Carrying { legal, capacity, fit, .. } = carrying(candidate, item, scene);
    if capacity.verdict == ShareableAfterWorks {
        return NotShareable;
    }
    let fit = fit.map_or(Shareable, |fit| fit.verdict);
    legal.verdict.max(capacity.verdict).max(fit)
}

const fn is_underground(class: AssetClass) -> bool {
    matches!(class, AssetClass::Duct | AssetClass::Trench)
}

/// Free units against those needed: each bore that is asked for takes a bore of a duct or a slot of a trench.
fn counted(candidate: &Candidate<'_>, item: &RequestItem, unit: Unit) -> (Capacity, Factor) {
    let needed = if is_underground(candidate.asset.class()) { item.bores.unwrap_or(1) } else { 1 };
    let free = candidate.free();
    (free, factor::capacity(free, needed, unit))
}

/// A pole route has the room of its poles. Those that the registry knows may not be all of them.
fn on_poles(candidate: &Candidate<'_>, scene: &Scene<'_>) -> (Capacity, Factor) {
    if candidate.is_generalised() {
        return counted_on_poles(candidate.free());
    }
    let poles = Poles::of(candidate, scene);
    let free = poles.room();
    if poles.are_all() || free == Capacity::Known(0) {
        return counted_on_poles(free);
    }
    let vi = "Sổ đăng ký chưa có đủ cột của tuyến, chưa biết còn trống bao nhiêu điểm treo cáp: cần hỏi chủ sở hữu.";
    let en = "The registered poles do not account for the route, so its free attachments are not known: ask the owner.";
    (free, Factor::new("capacity", CannotTell, factor::ASK, vi, en))
}

fn counted_on_poles(free: Capacity) -> (Capacity, Factor) {
    (free, factor::capacity(free, 1, ATTACHMENT))
}

/// Where no new poles may stand, hanging on what stands is what the plan wants.
fn zone(candidate: &Candidate<'_>, item: &RequestItem, scene: &Scene<'_>) -> Option<Factor> {
    let wants_poles = matches!(item.class, AssetClass::AerialRoute | AssetClass::Pole);
    if !wants_poles || !candidate.asset.status.stands() {
        return None;
    }
    let radius = candidate.accuracy.radius;
    let holds_both = |zone: &Zone| {
        Side::of(item, &zone.shape) != Side::Outside
            && Side::of_shape(&candidate.shape, radius, &zone.shape) != Side::Outside
    };
    let zones = scene.zones_in(|word| word == NO_NEW_POLES, around(item, 0.0));
    zones.into_iter().any(holds_both).then(|| {
        Factor::new(
            "zone",
            Shareable,
            1.0,
            "Khu vực không trồng cột treo cáp mới: dùng chung công trình đã có là phù hợp.",
            "No new poles may stand here: sharing what stands suits the zone.",
        )
    })
}

/// Whether a bore is wide enough for what the request wants to draw in. A blurred view holds the width back.
fn bore_fit(candidate: &Candidate<'_>, item: &RequestItem) -> Option<Factor> {
    let (Some(wanted), Details::Duct(duct)) = (item.bore_diameter_mm, &candidate.asset.details) else { return None };
    let wanted_text = wording::number(wanted, 0);
    let Some(there) = duct.bore_diameter_mm.filter(|_| !candidate.is_generalised()) else {
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
