#![doc = include_str!("../README.md")]

mod assumption;
mod dig_once;
mod finding;
mod host;
mod land;
mod missing;
mod neighbour;
mod route;
mod rule;
mod scene;
mod wording;

use hatang_core::RequestItem;
use serde::Serialize;

pub use self::{
    assumption::{
        DEFAULT_CORRIDOR, DEFAULT_REACH, DEFAULT_SHORTEST_RUN, DIG_ONCE_REACH, POLE_SPAN, RAISABLE_SHARE,
        WORST_ACCURACY,
    },
    dig_once::{DigOnce, MetNeed, Need, NeedKind, Opportunity, opportunities},
    finding::{Finding, Limit, Quantity},
    host::{Factor, HostCandidate, HostVerdict, Saves},
    missing::Missing,
    scene::Scene,
};

/// The judgement on one requested structure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screened {
    /// One outcome for each rule of the set, in the set's order.
    pub findings: Vec<Finding>,
    /// What could host it instead, best first.
    pub hosts: Vec<HostCandidate>,
    /// Works of other sectors at the same place and time, nearest first.
    pub dig_once: Vec<DigOnce>,
}

/// Judges one requested structure by what the scene's viewer may see.
///
/// `O(log n + k)` in the registry's assets, with `k` of them near the request.
#[must_use]
pub fn screen(item: &RequestItem, scene: &Scene<'_>) -> Screened {
    Screened {
        findings: rule::findings(item, scene),
        hosts: host::hosts(item, scene),
        dig_once: dig_once::dig_once(item, scene.works),
    }
}
