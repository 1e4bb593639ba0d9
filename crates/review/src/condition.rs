//! What a new structure should leave for others, because others wait nearby.
//!
//! Nobody is named and no place is given: an applicant who reads a condition learns that there is a need, not whose.

use std::collections::BTreeSet;

use hatang_core::{AssetClass, OrganisationCode, RequestItem, Shape, geodesy};
use serde::Serialize;

use crate::{
    route::{BEND, Route, Stretches, side_by_side},
    scene::Scene,
    wording,
};

/// A condition to propose with the opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// `build_for_operators` or `leave_bores`.
    pub code: &'static str,
    /// For how many operators, or how many bores to leave.
    pub value: u32,
    /// How many other organisations wait.
    pub waiting: u32,
    /// Whether the request as it is meets it; none when it does not say.
    pub met: Option<bool>,
    /// Why, in one Vietnamese sentence without names.
    pub reason_vi: String,
    /// Why, in one English sentence without names.
    pub reason_en: String,
}

/// One who waits: whose it is, how many bores it needs, and along which stretches of the request.
struct Waits<'a> {
    owner: &'a OrganisationCode,
    bores: u32,
    along: Vec<(f64, f64)>,
}

/// Conditions for a request, from other requests that wait and what is decided near it.
pub(crate) fn conditions(item: &RequestItem, scene: &Scene<'_>) -> Vec<Condition> {
    let condition = match item.class {
        AssetClass::Mast => for_operators(item, scene),
        AssetClass::Duct | AssetClass::Trench => leave_bores(item, scene),
        _ => None,
    };
    condition.into_iter().collect()
}

fn for_operators(item: &RequestItem, scene: &Scene<'_>) -> Option<Condition> {
    let reach = scene.reach();
    let near = |shape: &Shape| {
        shape.bounding_box().expanded(reach).intersects(item.shape.bounding_box())
            && geodesy::nearest(&item.shape, shape).distance.get() <= reach
    };
    let sites = [AssetClass::Mast, AssetClass::RadioStation];
    let requests = scene.waiting.iter().filter(|other| sites.contains(&other.class) && near(&other.shape));
    let around = item.shape.bounding_box().expanded(reach);
    let decided = sites.into_iter().flat_map(|class| scene.decided_in(class, around));
    let decided = decided.filter(|one| near(&one.asset.shape));
    let owners: BTreeSet<&OrganisationCode> = requests
        .map(|other| &other.owner)
        .chain(decided.map(|one| &one.asset.owner))
        .filter(|owner| **owner != item.owner)
        .collect();
    let waiting = u32::try_from(owners.len()).ok().filter(|count| 0 < *count)?;
    let value = waiting + 1;
    let reach = wording::metres(hatang_core::Metres::computed(reach));
    Some(Condition {
        code: "build_for_operators",
        value,
        waiting,
        met: item.operators_designed.map(|designed| value <= designed),
        reason_vi: format!(
            "Trong phạm vi {} còn nhu cầu của {waiting} đơn vị khác: thiết kế cho {value} doanh nghiệp.",
            reach.vi
        ),
        reason_en: format!(
            "Within {} {waiting} other {} a need: build for {value} operators.",
            reach.en,
            if waiting == 1 { "organisation has" } else { "organisations have" }
        ),
    })
}

fn leave_bores(item: &RequestItem, scene: &Scene<'_>) -> Option<Condition> {
    let route = Route::of(&item.shape)?;
    let corridor = scene.corridor(item.class);
    let shortest = corridor.shortest_run.min(0.5 * route.length().get());
    let near = |shape: &Shape| shape.bounding_box().expanded(corridor.width).intersects(item.shape.bounding_box());
    let along = |shape: &Shape| route.along(shape, corridor.width).into_pairs();
    let lines = [AssetClass::Duct, AssetClass::Trench];
    let requests = scene
        .waiting
        .iter()
        .filter(|other| lines.contains(&other.class) && near(&other.shape))
        .map(|other| Waits { owner: &other.owner, bores: other.bores.unwrap_or(1), along: along(&other.shape) });
    let around = item.shape.bounding_box().expanded(corridor.width);
    let decided = lines.into_iter().flat_map(|class| scene.decided_in(class, around));
    let decided = decided.filter(|one| near(&one.asset.shape));
    let decided = decided.map(|one| Waits {
        owner: &one.asset.owner,
        bores: one.asset.details.occupancy().and_then(|(units, ..)| units.total).unwrap_or(1),
        along: along(&one.asset.shape),
    });
    let mut others: Vec<Waits<'_>> = requests.chain(decided).filter(|one| *one.owner != item.owner).collect();
    let counts: BTreeSet<&OrganisationCode> = {
        let owners: BTreeSet<&OrganisationCode> = others.iter().map(|one| one.owner).collect();
        owners.into_iter().filter(|owner| shortest <= longest_of(&others, owner)).collect()
    };
    others.retain(|one| counts.contains(one.owner));
    let owners: BTreeSet<&OrganisationCode> = others.iter().map(|one| one.owner).collect();
    let waiting = u32::try_from(owners.len()).ok().filter(|count| 0 < *count)?;
    let stretches = others.iter().flat_map(|one| one.along.iter().map(|(from, to)| (*from, *to, one.bores)));
    let value = side_by_side(&stretches.collect::<Vec<_>>());
    Some(Condition {
        code: "leave_bores",
        value,
        waiting,
        met: None,
        reason_vi: format!("Dọc tuyến còn nhu cầu của {waiting} đơn vị khác: chừa {value} ống cho dùng chung."),
        reason_en: format!(
            "Along the route {waiting} other {} a need: leave {value} {} for sharing.",
            if waiting == 1 { "organisation has" } else { "organisations have" },
            if value == 1 { "bore" } else { "bores" }
        ),
    })
}

/// The longest stretch that the spans of one owner make together.
fn longest_of(others: &[Waits<'_>], owner: &OrganisationCode) -> f64 {
    let own = others.iter().filter(|one| one.owner == owner);
    Stretches::union(own.flat_map(|one| one.along.iter().copied()).collect(), BEND).longest()
}
