//! What a request is judged against.

mod plan;

use std::collections::BTreeMap;

use hatang_core::{
    Asset, AssetClass, AssetId, BoundingBox, Measured, Metres, Near, NetworkCode, Predicate, RequestItem, Rule,
    RuleSet, Seen, Shape, Sight, Text, View,
    asset::Lifecycle,
    geodesy::{self, Nearest},
    plan::{Placed as _, Plan, PlanIndex, Works},
};
use jiff::civil::Date;
use serde::Serialize;

pub(crate) use self::plan::{LayerLine, around};
use crate::{
    assumption::{
        DEFAULT_CORRIDOR, DEFAULT_REACH, DEFAULT_SAME_PLACE, DEFAULT_SHORTEST_RUN, SHARE_OF_ROUTE, WORST_ACCURACY,
    },
    missing::Missing,
    route::Route,
};

/// Everything that a judgement may look at, through one viewer's eyes. [`Scene::new`] has the parts that nobody can do
/// without; the others are none until the caller states them.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The registry as the viewer may see it.
    pub seen: Seen<'a>,
    /// The rule sets to judge by, each by all of its rules: the national one and the local one.
    pub rule_sets: &'a [&'a RuleSet],
    /// The day of the question: rules, sets and the plan are those of that day.
    pub on: Date,
    /// The territory's plan, if one is loaded. Its planned objects pass the visibility function here.
    pub plan: Option<&'a Plan>,
    /// That plan's parts by place, where somebody keeps them so; otherwise the plan is looked through.
    pub plan_index: Option<&'a PlanIndex>,
    /// Works of other sectors that the viewer may see; the caller picks them.
    pub works: &'a [&'a Works],
    /// Structures whose requests have been answered positively and that do not stand yet. They pass the visibility
    /// function here.
    pub issued: &'a [&'a Asset],
    /// Other requests that wait. What follows from them is said without names; only the caller knows who may learn even
    /// that, and picks them.
    pub waiting: &'a [&'a RequestItem],
    /// Whom each structure serves today, where a coverage run has said so.
    pub served: Option<&'a ServedToday>,
}

/// Whom structures serve today, as far as the viewer may know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServedToday {
    /// Those whom each structure alone serves. One that is not named is not part of the run, which says nothing of it.
    pub alone: BTreeMap<AssetId, Served>,
    /// What the numbers rest on: model, technologies, what counts as service.
    pub basis: Vec<Text>,
}

/// The people and priority places that depend on one structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Served {
    /// How many people.
    pub people: u64,
    /// The places' names.
    pub places: Vec<String>,
}

/// Where a structure is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The registry of what stands.
    Registry,
    /// The plan.
    Plan,
    /// A request that was answered positively and is not built.
    Issued,
}

/// A structure that is decided and does not stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decided<'a> {
    pub(crate) asset: &'a Asset,
    pub(crate) origin: Origin,
}

/// A decided structure that may lie near a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DecidedNear<'a> {
    pub(crate) asset: &'a Asset,
    pub(crate) origin: Origin,
    pub(crate) nearest: Nearest,
    /// Its radius is that of both places.
    pub(crate) distance: Measured,
}

/// Whether a standing structure is the one that a request raises, strengthens or widens.
pub(crate) fn is_upgraded(item: &RequestItem, asset: &Asset) -> bool {
    item.upgrades.is_some() && item.upgrades == asset.code && item.class == asset.class() && item.owner == asset.owner
}

/// How far to look for what may be within `reach` of a request, given how badly both places are commonly known.
pub(crate) fn search_radius(item: &RequestItem, reach: f64) -> Metres {
    Metres::computed(reach + item.accuracy().radius.get().min(WORST_ACCURACY) + WORST_ACCURACY)
}

/// How near a standing line must run, and for how long, to be the same line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Corridor {
    pub(crate) width: f64,
    pub(crate) shortest_run: f64,
}

/// Whether two structures that do not stand yet are one: of one owner and class, at one place as far as accuracies tell.
fn is_one(one: &Asset, other: &Asset, same_place: f64) -> bool {
    if one.owner != other.owner || one.class() != other.class() {
        return false;
    }
    let accuracy = one.survey.accuracy().radius.combined_with(other.survey.accuracy().radius);
    let distance = Measured { value: geodesy::nearest(&one.shape, &other.shape).distance, accuracy };
    is_there(&one.shape, &other.shape, distance, same_place)
}

/// Whether two structures are at one place, which is `same_place` metres wide; of two lines most of the shorter one runs
/// along the other.
fn is_there(one: &Shape, other: &Shape, distance: Measured, same_place: f64) -> bool {
    let reach = same_place + distance.accuracy.get();
    match (Route::of(one), Route::of(other)) {
        (Some(route), Some(along)) => {
            let shorter = route.length().get().min(along.length().get());
            SHARE_OF_ROUTE * shorter <= route.along(other, reach).total()
        }
        _ => distance.value.get() <= reach,
    }
}

impl<'a> Scene<'a> {
    /// A registry and rules, and nothing else known.
    #[must_use]
    pub const fn new(seen: Seen<'a>, rule_sets: &'a [&'a RuleSet], on: Date) -> Self {
        Self { seen, rule_sets, on, plan: None, plan_index: None, works: &[], issued: &[], waiting: &[], served: None }
    }

    /// What the rules in force on the day say, where `told` tells it of their predicates; in the sets' order.
    fn numbers<T>(&self, told: impl Fn(&Predicate) -> Option<T>) -> Vec<T> {
        let in_force = |set: &&'a RuleSet| set.in_force_where(self.on, |predicate| told(predicate).is_some());
        let rules: Vec<&Rule> = self.rule_sets.iter().flat_map(in_force).collect();
        rules.into_iter().filter_map(|rule| told(&rule.predicate)).collect()
    }

    /// What is decided and does not stand yet and may lie in a box, as far as the viewer may see it: planned objects of the
    /// plan in force, and what has been answered positively. One that is in both counts once.
    pub(crate) fn decided_in(
        &self,
        class: AssetClass,
        bounds: BoundingBox,
    ) -> impl Iterator<Item = Decided<'a>> + use<'a> {
        let Self { seen, issued, .. } = *self;
        let same_place = if issued.is_empty() { 0.0 } else { self.same_place() };
        let of_plan = self
            .planned_of(class, bounds)
            .filter(move |twin| !issued.iter().any(|asset| asset.id == twin.id || is_one(asset, twin, same_place)))
            .map(|asset| Decided { asset, origin: Origin::Plan });
        let new = issued.iter().copied().filter(move |asset| {
            let is_there = asset.class() == class && asset.extent().intersects(bounds);
            is_there && matches!(seen.view_of_planned(asset), View::Exact(_))
        });
        of_plan.chain(new.map(|asset| Decided { asset, origin: Origin::Issued }))
    }

    /// The objects of one class that the plan in force has and that may lie in a box, as far as the viewer may see them.
    pub(crate) fn planned_of(
        &self,
        class: AssetClass,
        bounds: BoundingBox,
    ) -> impl Iterator<Item = &'a Asset> + use<'a> {
        let seen = self.seen;
        let planned = self.plan_in_force().map_or_else(Vec::new, |_| self.planned_in(bounds));
        let of_class = planned.into_iter().filter(move |twin| twin.class() == class);
        of_class.filter(move |twin| matches!(seen.view_of_planned(twin), View::Exact(_)))
    }

    /// What is decided and may lie within `reach` of a request. What the request itself is, is left out.
    pub(crate) fn decided_near(&self, class: AssetClass, item: &RequestItem, reach: f64) -> Vec<DecidedNear<'a>> {
        let own = item.accuracy().radius;
        let near = self.decided_in(class, around(item, reach)).filter_map(|Decided { asset, origin }| {
            let radius = asset.survey.accuracy().radius.combined_with(own);
            let nearest = geodesy::nearest(&item.shape, &asset.shape);
            let distance = Measured { value: nearest.distance, accuracy: radius };
            let may_reach = nearest.distance.get() <= reach + radius.get();
            let is_near = may_reach && !self.is_itself(item, asset, distance);
            is_near.then_some(DecidedNear { asset, origin, nearest, distance })
        });
        near.collect()
    }

    /// Whether a structure that does not stand yet is what a request asks for: the applicant's own, of its class, at its
    /// place as far as accuracies tell. Of a line, most of the shorter one runs along the other.
    pub(crate) fn is_itself(&self, item: &RequestItem, twin: &Asset, distance: Measured) -> bool {
        let is_own = twin.owner == item.owner && twin.class() == item.class;
        is_own && is_there(&item.shape, &twin.shape, distance, self.same_place())
    }

    /// How far a place may be off and still be the planned one: the rule's working number, or the default.
    fn same_place(&self) -> f64 {
        let set = self.numbers(|predicate| match predicate {
            Predicate::InPlan { within_m } => Some(within_m.get()),
            _ => None,
        });
        set.first().copied().unwrap_or(DEFAULT_SAME_PLACE)
    }

    /// The network that a request is for, when somebody runs or carries one of that name; otherwise what is missing.
    pub(crate) fn known_network(&self, item: &'a RequestItem) -> Result<&'a NetworkCode, Missing> {
        let network = self.network(item).ok_or_else(|| Missing::of_request("network"))?;
        if self.seen.knows_network(network) { Ok(network) } else { Err(Missing::network_unknown(network)) }
    }

    /// The network that a request is for: the stated one, or the applicant's only one.
    pub(crate) fn network(&self, item: &'a RequestItem) -> Option<&'a NetworkCode> {
        item.network.as_ref().or_else(|| {
            match self.seen.registry().organisations().get(&item.owner)?.networks.as_slice() {
                [only] => Some(only),
                _ => None,
            }
        })
    }

    /// How far from a request others that wait may set a condition, in metres.
    #[must_use]
    pub fn conditions_reach(&self) -> f64 {
        [AssetClass::Duct, AssetClass::AerialRoute]
            .map(|class| self.corridor(class).width)
            .into_iter()
            .fold(self.reach(), f64::max)
    }

    /// The visible assets of one class within `reach` of a request, and those whose places may be that near; nearest
    /// first, ties by identity. What the request upgrades, or is registered as planned, is the request itself and not
    /// near it.
    pub(crate) fn around(&self, class: AssetClass, item: &RequestItem, reach: f64) -> Vec<Near<'a>> {
        let mut found = self.around_and_itself(class, item, reach);
        found.retain(|near| {
            let asset = near.sight.asset();
            let radius = near.sight.accuracy().radius.combined_with(item.accuracy().radius);
            let distance = Measured { value: near.nearest.distance, accuracy: radius };
            let is_planned_itself = asset.status == Lifecycle::Planned && self.is_itself(item, asset, distance);
            !is_upgraded(item, asset) && !is_planned_itself
        });
        found
    }

    /// As [`Scene::around`], with what the request upgrades.
    pub(crate) fn around_and_itself(&self, class: AssetClass, item: &RequestItem, reach: f64) -> Vec<Near<'a>> {
        let search = search_radius(item, reach);
        let mut found = self.seen.within(class, &item.shape, search);
        let bounds = item.shape.bounding_box();
        let beyond = self.seen.poorly_placed(class).filter_map(|sight| {
            let farthest = (search.get() + sight.accuracy().radius.get()).min(f64::MAX);
            let may_reach = sight.shape().bounding_box().intersects(bounds.expanded(farthest));
            let near = may_reach.then(|| Near { nearest: geodesy::nearest(&item.shape, &sight.shape()), sight })?;
            let distance = near.nearest.distance;
            (search < distance && distance.get() <= farthest).then_some(near)
        });
        let searched = found.len();
        found.extend(beyond);
        found[searched..].sort_by(|a, b| {
            let by_distance = a.nearest.distance.get().total_cmp(&b.nearest.distance.get());
            by_distance.then_with(|| a.sight.asset().id.cmp(&b.sight.asset().id))
        });
        found
    }

    /// The standing masts that the viewer may see and that may be hosts of a request, nearest first.
    #[must_use]
    pub fn masts_near(&self, item: &RequestItem) -> Vec<Sight<'a>> {
        self.around(AssetClass::Mast, item, self.reach()).into_iter().map(|near| near.sight).collect()
    }

    /// How far hosts of a mast are looked for, in metres: the rule set's widest spacing, or the default.
    pub(crate) fn reach(&self) -> f64 {
        let spacings = self.numbers(|predicate| match predicate {
            Predicate::Spacing { urban_m, non_urban_m, .. } => {
                [*urban_m, *non_urban_m].into_iter().flatten().map(Metres::get).reduce(f64::max)
            }
            _ => None,
        });
        spacings.into_iter().reduce(f64::max).unwrap_or(DEFAULT_REACH)
    }

    /// How near a line must run to be a host of a requested one: the number of the rule that judges its class.
    pub(crate) fn corridor(&self, class: AssetClass) -> Corridor {
        let is_underground = matches!(class, AssetClass::Duct | AssetClass::Trench);
        let set = self.numbers(|predicate| match predicate {
            Predicate::NoNewWhereRoom { corridor_m, shortest_run_m } if is_underground => {
                Some(Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() })
            }
            Predicate::NoParallelLine { corridor_m, shortest_run_m } if !is_underground => {
                Some(Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() })
            }
            _ => None,
        });
        set.first().copied().unwrap_or(Corridor { width: DEFAULT_CORRIDOR, shortest_run: DEFAULT_SHORTEST_RUN })
    }
}
