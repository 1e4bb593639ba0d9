//! Which premises fibre reaches along what stands.

use hatang_core::Capacity;
use serde::{Deserialize, Serialize};

use super::network::{Edge, Network, Snap};
use super::paths::Paths;
use super::{Means, Premises, Rules};

/// How near fibre is, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// It is there.
    Connected,
    /// A line with a free place to a port passes it.
    Passed,
    /// A usual drop reaches it from such a line.
    Serviceable,
    /// Such a line is in reach, with a longer drop than usual.
    Reachable,
    /// It would be in reach if capacities that nobody has told were free.
    CannotTell,
    /// It is out of reach.
    Gap,
}

/// Why premises are not, or not surely, in reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The owner has not told the free places of a route or the spare ports of a cabinet.
    CapacityUnknown,
    /// Routes or cabinets in reach have no place left.
    Full,
    /// There is a line, but the way to a cabinet is too long.
    TooFar,
    /// There is a line, but it joins no cabinet.
    NoAccessPoint,
    /// A line is near, but water or a railway lies between.
    Barrier,
    /// No line is near.
    NoLine,
}

/// The answer for one of the premises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// How near fibre is.
    pub class: Class,
    /// Why it is no nearer.
    pub why: Option<Why>,
    /// Where the drop leaves the route.
    pub snap: Option<Snap>,
    /// From there to the access point along routes, in metres.
    pub route_m: Option<f64>,
    /// The access point that serves it, by index.
    pub access_point: Option<usize>,
}

impl Reached {
    /// Drop and route together, in metres.
    #[must_use]
    pub fn total_m(&self) -> Option<f64> {
        Some(self.snap?.drop_m + self.route_m?)
    }
}

/// The answer for all premises, and what is left of the ports.
#[derive(Clone, Debug, PartialEq)]
pub struct FibreReach {
    /// One for each of the premises, in order.
    pub reached: Vec<Reached>,
    /// Ports that each access point would give away, by index.
    pub ports_used: Vec<u32>,
}

/// Says for each of the premises whether fibre is in reach.
///
/// Ports go to the nearest first; when a cabinet has none left, the others are asked for again without it, so no
/// cabinet ever serves more than it can. That is not the best of all assignments where cabinets are scarce.
/// `O((V + E) log V)` for each cabinet that runs full.
#[must_use]
pub fn reach_premises(network: &Network, premises: &[Premises], rules: &Rules) -> FibreReach {
    let n_access_points = network.sources.iter().map(|source| source.access_point + 1).max().unwrap_or(0);
    let mut answer = FibreReach { reached: Vec::new(), ports_used: vec![0; n_access_points] };
    let mut waiting: Vec<usize> = Vec::new();
    for (index, one) in premises.iter().enumerate() {
        let class = if one.connected { Class::Connected } else { Class::Gap };
        answer.reached.push(Reached { class, why: None, snap: None, route_m: None, access_point: None });
        if !one.connected {
            waiting.push(index);
        }
    }
    let mut spare: Vec<u32> = network.sources.iter().map(|source| known(source.spare)).collect();
    loop {
        let open = (0..spare.len()).filter(|source| 0 < spare[*source]);
        let paths = Paths::from(network, open, |source| source.lead_m, surely, f64::INFINITY);
        let mut offers: Vec<(f64, usize, usize, Reached)> = waiting
            .iter()
            .filter_map(|index| {
                let (source, reached) = offer(network, &paths, &premises[*index], rules, surely)?;
                Some((reached.total_m()?, *index, source, reached))
            })
            .collect();
        offers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut refused = false;
        for (_, index, source, reached) in offers {
            let ports = premises[index].ports;
            if spare[source] < ports.max(1) {
                // Too few for it are none for it: the rest goes to nobody, so that the answer does not depend on order.
                spare[source] = 0;
                refused = true;
                continue;
            }
            spare[source] -= ports;
            answer.ports_used[network.sources[source].access_point] += ports;
            answer.reached[index] = reached;
        }
        waiting.retain(|index| answer.reached[*index].class == Class::Gap);
        if !refused || waiting.is_empty() {
            break;
        }
    }
    explain(network, premises, rules, &waiting, &mut answer);
    answer
}

/// The drop from the nearest line that joins a port, where the whole way is short enough. Another line that is farther
/// off does not count even if its way is shorter: drops are the dear part.
fn offer(
    network: &Network,
    paths: &Paths,
    premises: &Premises,
    rules: &Rules,
    weight: impl Fn(&Edge) -> Option<f64> + Copy,
) -> Option<(usize, Reached)> {
    let mut lines = network.snaps(premises.at, rules.route_m).filter(|(_, crosses)| !crosses);
    let joined =
        lines.find_map(|(snap, _)| paths.to(network, &snap, weight).map(|(route_m, _, label)| (snap, route_m, label)));
    joined.filter(|(snap, route_m, _)| snap.drop_m + route_m <= rules.route_m).map(|(snap, route_m, label)| {
        let class = if snap.drop_m <= rules.passed_m {
            Class::Passed
        } else if snap.drop_m <= rules.drop_m {
            Class::Serviceable
        } else {
            Class::Reachable
        };
        let access_point = Some(network.sources[label.source].access_point);
        (label.source, Reached { class, why: None, snap: Some(snap), route_m: Some(route_m), access_point })
    })
}

/// Says why those who wait are not in reach.
fn explain(network: &Network, premises: &[Premises], rules: &Rules, waiting: &[usize], answer: &mut FibreReach) {
    let every = || 0..network.sources.len();
    let unknown = every().filter(|source| {
        let used = answer.ports_used[network.sources[*source].access_point];
        match network.sources[*source].spare {
            Capacity::Known(spare) => used < spare,
            Capacity::Unknown(_) => true,
        }
    });
    let perhaps = Paths::from(network, unknown, |source| source.lead_m, perhaps, f64::INFINITY);
    let any = Paths::from(network, every(), |source| source.lead_m, any_standing, f64::INFINITY);
    for &index in waiting {
        let one = &premises[index];
        let reached = &mut answer.reached[index];
        if let Some((_, offered)) = offer(network, &perhaps, one, rules, self::perhaps) {
            *reached = Reached { class: Class::CannotTell, why: Some(Why::CapacityUnknown), ..offered };
            continue;
        }
        let near: Vec<(Snap, bool)> =
            network.snaps(one.at, rules.drop_m).filter(|(snap, _)| stands(network, snap)).collect();
        reached.why = Some(if offer(network, &any, one, rules, any_standing).is_some() {
            Why::Full
        } else if near.is_empty() {
            Why::NoLine
        } else if near.iter().all(|(_, crosses)| *crosses) {
            Why::Barrier
        } else if near.iter().any(|(snap, _)| any.to(network, snap, any_standing).is_some()) {
            Why::TooFar
        } else {
            Why::NoAccessPoint
        });
    }
}

fn stands(network: &Network, snap: &Snap) -> bool {
    let edge = network.graph.edge_weight(petgraph::graph::EdgeIndex::new(snap.edge));
    edge.is_some_and(|edge| edge.means != Means::NewTrench)
}

const fn known(capacity: Capacity) -> u32 {
    match capacity {
        Capacity::Known(free) => free,
        Capacity::Unknown(_) => 0,
    }
}

fn surely(edge: &Edge) -> Option<f64> {
    (edge.means != Means::NewTrench && 0 < known(edge.room)).then_some(edge.length_m)
}

fn perhaps(edge: &Edge) -> Option<f64> {
    (edge.means != Means::NewTrench && edge.room != Capacity::Known(0)).then_some(edge.length_m)
}

fn any_standing(edge: &Edge) -> Option<f64> {
    (edge.means != Means::NewTrench).then_some(edge.length_m)
}
