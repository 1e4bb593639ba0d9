//! The cheapest way through the graph.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, HashSet},
};

use super::{Edge, Graph, In, Kind};

/// An edge with the node that it is left from.
pub(super) type Walked = (usize, Edge);

impl Graph {
    /// The cheapest way between two nodes for one of the requested routes: over its own ground, not that of the others,
    /// and through no stretch that is used already. Ties go to the node that came first.
    ///
    /// `O((v + e) log v)` in what costs no more than the goal.
    pub(super) fn search(&self, start: usize, goal: usize, route: usize, used: &HashSet<usize>) -> Option<Vec<Walked>> {
        let mut best = vec![f64::INFINITY; self.nodes.len()];
        let mut came: Vec<Option<Walked>> = vec![None; self.nodes.len()];
        best[start] = 0.0;
        let mut open = BinaryHeap::from([Reverse(Reached { cost: 0.0, node: start })]);
        while let Some(Reverse(Reached { cost, node })) = open.pop() {
            if node == goal {
                break;
            }
            if best[node] < cost {
                continue;
            }
            for edge in self.edges[node].iter().filter(|edge| edge.is_open(route, used)) {
                let reached = cost + self.counts(edge.kind) * edge.metres;
                if reached < best[edge.to] {
                    best[edge.to] = reached;
                    came[edge.to] = Some((node, *edge));
                    open.push(Reverse(Reached { cost: reached, node: edge.to }));
                }
            }
        }
        let mut walked = Vec::new();
        let mut node = goal;
        while node != start {
            let (before, edge) = came[node]?;
            walked.push((before, edge));
            node = before;
        }
        walked.reverse();
        Some(walked)
    }

    const fn counts(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Shared => self.terms.shared,
            Kind::Ask => self.terms.ask,
            Kind::New => 1.0,
        }
    }
}

impl Edge {
    fn is_open(&self, to: usize, used: &HashSet<usize>) -> bool {
        match self.within {
            In::Line(_) => !used.contains(&self.number),
            In::Route(route) => route == to,
            In::Open => true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Reached {
    cost: f64,
    node: usize,
}

impl Eq for Reached {}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost.total_cmp(&other.cost).then(self.node.cmp(&other.node))
    }
}
