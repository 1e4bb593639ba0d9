//! What a request is judged against.

use hatang_core::{
    AssetClass, Metres, Near, NetworkCode, Predicate, RequestItem, RuleSet, Seen, geodesy,
    plan::{Plan, Works},
};

use crate::{
    assumption::{DEFAULT_CORRIDOR, DEFAULT_REACH, DEFAULT_SHORTEST_RUN, WORST_ACCURACY},
    missing::Missing,
};

/// Everything that a judgement may look at, through one viewer's eyes.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The registry as the viewer may see it.
    pub seen: Seen<'a>,
    /// The rules to judge by.
    pub rule_set: &'a RuleSet,
    /// The territory's plan, if one is loaded. Its planned objects pass the visibility function here.
    pub plan: Option<&'a Plan>,
    /// Works of other sectors that the viewer may see; the caller picks them.
    pub works: &'a [&'a Works],
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

impl<'a> Scene<'a> {
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

    /// The visible assets of one class within `reach` of a request, and those whose places may be that near; nearest
    /// first, ties by identity.
    pub(crate) fn around(&self, class: AssetClass, item: &RequestItem, reach: f64) -> Vec<Near<'a>> {
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

    /// How far hosts of a mast are looked for, in metres: the rule set's widest spacing, or the default.
    pub(crate) fn reach(&self) -> f64 {
        let spacings = self.rule_set.rules.iter().filter_map(|rule| match &rule.predicate {
            Predicate::Spacing { urban_m, non_urban_m, .. } => {
                [*urban_m, *non_urban_m].into_iter().flatten().map(Metres::get).reduce(f64::max)
            }
            _ => None,
        });
        spacings.reduce(f64::max).unwrap_or(DEFAULT_REACH)
    }

    /// How near a line must run to be a host of a requested one.
    pub(crate) fn corridor(&self) -> Corridor {
        let set = self.rule_set.rules.iter().find_map(|rule| match &rule.predicate {
            Predicate::NoParallelLine { corridor_m, shortest_run_m } => {
                Some(Corridor { width: corridor_m.get(), shortest_run: shortest_run_m.get() })
            }
            _ => None,
        });
        set.unwrap_or(Corridor { width: DEFAULT_CORRIDOR, shortest_run: DEFAULT_SHORTEST_RUN })
    }
}
