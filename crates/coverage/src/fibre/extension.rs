//! The cheapest way to bring fibre where it is not: first through standing ducts, then over standing poles, then anew.

use hatang_core::{Capacity, Planar};
use petgraph::graph::NodeIndex;
use serde::{Deserialize, Serialize};

use super::Means;
use super::network::{Edge, Network, Snap};
use super::paths::Paths;

/// What a metre costs, in the caller's unit of money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Pulled through a standing duct.
    pub duct: f64,
    /// Hung on standing poles.
    pub pole: f64,
    /// In a trench that is dug for it.
    pub new_trench: f64,
}

impl Costs {
    const fn of(&self, means: Means) -> f64 {
        match means {
            Means::Duct => self.duct,
            Means::Pole => self.pole,
            Means::NewTrench => self.new_trench,
        }
    }
}

/// A part of the way by one means.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// By what.
    pub means: Means,
    /// How long it is.
    pub length_m: f64,
    /// Its course.
    pub line: Vec<Planar>,
}

/// A way from an access point to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// The access point, by index.
    pub access_point: usize,
    /// From the access point onwards.
    pub legs: Vec<Leg>,
    /// What all of it costs.
    pub cost: f64,
}

impl Extension {
    /// Metres by one means.
    #[must_use]
    pub fn length_m(&self, means: Means) -> f64 {
        self.legs.iter().filter(|leg| leg.means == means).map(|leg| leg.length_m).sum()
    }
}

/// The cheapest ways from all access points that have a number of ports to spare, to wherever one asks.
///
/// Full routes and cabinets are not used, nor those of which nobody has told. The network holds the roads along which one
/// may dig as routes of [`Means::NewTrench`].
pub struct Extensions<'a> {
    network: &'a Network,
    costs: Costs,
    paths: Paths,
}

impl<'a> Extensions<'a> {
    /// Looks for the ways over all of the network, once. `O(n log n)` for `n` pieces of route.
    #[must_use]
    pub fn new(network: &'a Network, ports: u32, costs: &Costs) -> Self {
        let able = (0..network.sources.len())
            .filter(|source| matches!(network.sources[*source].spare, Capacity::Known(spare) if ports <= spare));
        let weight = |edge: &Edge| cost(edge, costs);
        let paths = Paths::from(network, able, |source| source.lead_m * costs.new_trench, weight, f64::INFINITY);
        Self { network, costs: *costs, paths }
    }

    /// The cheapest way to one place, `None` where there is none within `farthest_m` of a route.
    #[must_use]
    pub fn to(&self, at: Planar, farthest_m: f64) -> Option<Extension> {
        let network = self.network;
        let mut best: Option<(f64, NodeIndex, Snap)> = None;
        for (snap, crosses) in network.snaps(at, farthest_m) {
            let drop = snap.drop_m * self.costs.new_trench;
            // Routes come the nearest first: from here on the drop alone costs more.
            if best.as_ref().is_some_and(|(cost, ..)| *cost <= drop) {
                break;
            }
            if crosses {
                continue;
            }
            let Some((far, node, _)) = self.paths.to(network, &snap, |edge| cost(edge, &self.costs)) else { continue };
            if best.as_ref().is_none_or(|(cost, ..)| far + drop < *cost) {
                best = Some((far + drop, node, snap));
            }
        }
        let (cost, node, snap) = best?;
        let (source, mut legs) = legs_to(network, &self.paths, node)?;
        let edge = &network.graph[petgraph::graph::EdgeIndex::new(snap.edge)];
        push(&mut legs, edge.means, network.graph[node], snap.at);
        push(&mut legs, Means::NewTrench, snap.at, at);
        Some(Extension { access_point: network.sources[source].access_point, legs, cost })
    }
}

/// What a piece of route costs; none where no cable may go.
fn cost(edge: &Edge, costs: &Costs) -> Option<f64> {
    let free = edge.means == Means::NewTrench || matches!(edge.room, Capacity::Known(1..));
    free.then_some(edge.length_m * costs.of(edge.means))
}

fn legs_to(network: &Network, paths: &Paths, node: NodeIndex) -> Option<(usize, Vec<Leg>)> {
    let mut back = Vec::new();
    let mut at = node;
    let source = loop {
        let label = paths.label(at)?;
        let Some((edge, before)) = label.before else { break label.source };
        back.push((network.graph[edge].means, network.graph[before], network.graph[at]));
        at = before;
    };
    let mut legs = Vec::new();
    for (means, from, to) in back.into_iter().rev() {
        push(&mut legs, means, from, to);
    }
    Some((source, legs))
}

/// Adds a piece of way to the last leg, or as a new one where the means changes.
fn push(legs: &mut Vec<Leg>, means: Means, from: Planar, to: Planar) {
    let length_m = (to.east - from.east).hypot(to.north - from.north);
    if length_m <= 0.0 {
        return;
    }
    match legs.last_mut() {
        Some(leg) if leg.means == means => {
            leg.length_m += length_m;
            leg.line.push(to);
        }
        _ => legs.push(Leg { means, length_m, line: vec![from, to] }),
    }
}
