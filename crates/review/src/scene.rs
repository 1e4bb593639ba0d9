//! What a request is judged against.

use hatang_core::{
    Metres, NetworkCode, Predicate, RequestItem, RuleSet, Seen,
    plan::{Plan, Works},
};

use crate::assumption::{DEFAULT_CORRIDOR, DEFAULT_REACH, DEFAULT_SHORTEST_RUN, WORST_ACCURACY};

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

/// How far to look for what may be within `reach` of a request, given how badly both places may be known.
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
    /// The network that a request is for: the stated one, or the applicant's only one.
    pub(crate) fn network(&self, item: &'a RequestItem) -> Option<&'a NetworkCode> {
        item.network.as_ref().or_else(|| {
            match self.seen.registry().organisations().get(&item.owner)?.networks.as_slice() {
                [only] => Some(only),
                _ => None,
            }
        })
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
