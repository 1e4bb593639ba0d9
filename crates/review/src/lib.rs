#![doc = include_str!("../README.md")]

mod assumption;
mod condition;
mod crossing;
mod dig_once;
mod finding;
mod host;
mod land;
mod missing;
mod neighbour;
mod route;
mod rule;
mod scene;
mod way;
mod wording;

use hatang_core::RequestItem;
use serde::Serialize;

pub use self::{
    assumption::{
        DEFAULT_CORRIDOR, DEFAULT_REACH, DEFAULT_SHORTEST_RUN, DIG_ONCE_REACH, HIGHEST_MAST, POLE_SPAN, RAISABLE_SHARE,
        WIDEST_ROAD_LAND, WORST_ACCURACY,
    },
    condition::Condition,
    dig_once::{DigOnce, MetNeed, Need, NeedKind, Opportunity, Reply, opportunities},
    finding::{Finding, Limit, Quantity},
    host::{Factor, FailsTogether, HostCandidate, HostVerdict, Saves},
    missing::{AnsweredBy, Missing},
    scene::{Origin, Scene, Served, ServedToday},
    way::{Way, WayPart},
};

/// What of a judgement is asked for. The way of a route is most of the work, and looks elsewhere than the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// The way alone.
    Way,
    /// Everything else.
    AllButWay,
}

/// The judgement on one requested structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Screened {
    /// One outcome for each rule of each set, in the sets' order.
    pub findings: Vec<Finding>,
    /// What could host it instead, best first.
    pub hosts: Vec<HostCandidate>,
    /// For a route, which metres can run in what stands; none where nothing helps.
    pub way: Option<Way>,
    /// What it should leave for others who wait nearby.
    pub conditions: Vec<Condition>,
    /// Works of other sectors at the same place and time, nearest first.
    pub dig_once: Vec<DigOnce>,
}

/// Judges one requested structure by what the scene's viewer may see.
///
/// `O(log n + k)` in the registry's assets, with `k` of them near the request.
#[must_use]
pub fn screen(item: &RequestItem, scene: &Scene<'_>) -> Screened {
    screen_part(item, scene, Part::Whole)
}

/// The same of a part; what is not asked for is empty.
#[must_use]
pub fn screen_part(item: &RequestItem, scene: &Scene<'_>, part: Part) -> Screened {
    let way = if part == Part::AllButWay { None } else { way::way(item, scene) };
    if part == Part::Way {
        return Screened { way, ..Screened::default() };
    }
    Screened {
        findings: rule::findings(item, scene),
        hosts: host::hosts(item, scene),
        way,
        conditions: condition::conditions(item, scene),
        dig_once: dig_once::dig_once(item, scene.works),
    }
}
