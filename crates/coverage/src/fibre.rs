//! Who can be reached by fibre along what stands, and the cheapest way to reach the others.
//!
//! Poles, ducts and trenches form a graph; cabinets with spare ports are its sources. Distances are route distances and
//! include the drop to the building, as FCC asks; a drop never crosses water or a railway. Capacities are hard: a route
//! without a free place takes no further cable, a cabinet serves as many as it has ports, and unknown is never free.
//!
//! Source of the classes: FCC 47 CFR 54.1012 (drop from a deployed line), `BNetzA` homes passed (20 m).

pub mod extension;
mod network;
mod paths;
pub mod reach;

pub use self::extension::{Costs, Extension, Extensions, Leg};
pub use self::network::{Network, Snap};
pub use self::reach::{Class, FibreReach, Reached, Why, reach_premises};

use hatang_core::{Capacity, Planar};
use serde::{Deserialize, Serialize};

/// What a cable lies in or hangs on, the cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Pulled through a standing duct, trench or tunnel.
    Duct,
    /// Hung on standing poles.
    Pole,
    /// A trench that would have to be dug, along a road or across to a building.
    NewTrench,
}

impl Means {
    /// Every means, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Duct, Self::Pole, Self::NewTrench];
}

/// A way for a cable.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Its course.
    pub line: Vec<Planar>,
    /// What the cable lies in or hangs on.
    pub means: Means,
    /// Free places along the whole of it.
    pub room: Capacity,
}

/// Where cables begin.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessPoint {
    /// Where it stands.
    pub at: Planar,
    /// Ports that nobody uses.
    pub spare: Capacity,
}

/// A building, or another place that wants fibre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Premises {
    /// Where it is.
    pub at: Planar,
    /// Ports that it takes. Zero asks whether one is free and takes none, so that each place is judged by itself.
    pub ports: u32,
    /// Whether it has fibre already.
    pub connected: bool,
}

/// Within which lengths fibre counts as in reach, in metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Ends of routes this near to each other, or to another route, are joined.
    pub join_m: f64,
    /// A cabinet this near to a route stands on it.
    pub attach_m: f64,
    /// A line this near passes a building.
    pub passed_m: f64,
    /// The longest usual drop.
    pub drop_m: f64,
    /// The farthest way to an access point, drop included.
    pub route_m: f64,
}

impl Default for Rules {
    /// Planning assumptions, apart from the 20 m of `BNetzA`; see the project's coverage decisions.
    fn default() -> Self {
        Self { join_m: 2.0, attach_m: 25.0, passed_m: 20.0, drop_m: 150.0, route_m: 1_000.0 }
    }
}

#[cfg(test)]
mod tests;
