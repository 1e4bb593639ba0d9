//! The shortest ways from all access points at once.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef as _;

use super::network::{Edge, Network, Snap, Source};

/// From where, and over which edge, a node is reached best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// Metres, or money, from the access point.
    pub(super) far: f64,
    /// The index of the source.
    pub(super) source: usize,
    /// The last edge and the node before it; none at the source's own node.
    pub(super) before: Option<(EdgeIndex, NodeIndex)>,
}

/// The best way to every node within reach.
pub(super) struct Paths(Vec<Option<Label>>);

/// A node to be looked at, the nearest first.
#[derive(PartialEq)]
struct Open {
    far: f64,
    node: NodeIndex,
    label: (usize, Option<(EdgeIndex, NodeIndex)>),
}

impl Eq for Open {}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .far
            .total_cmp(&self.far)
            .then_with(|| other.node.cmp(&self.node))
            .then_with(|| other.label.0.cmp(&self.label.0))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Paths {
    /// Dijkstra's algorithm from several sources; `weight` is `None` where no cable may go, and nothing beyond
    /// `farthest` is looked at.
    pub(super) fn from(
        network: &Network,
        sources: impl IntoIterator<Item = usize>,
        lead: impl Fn(&Source) -> f64,
        weight: impl Fn(&Edge) -> Option<f64>,
        farthest: f64,
    ) -> Self {
        let mut labels: Vec<Option<Label>> = vec![None; network.graph.node_count()];
        let mut open: BinaryHeap<Open> = sources
            .into_iter()
            .map(|source| {
                let start = &network.sources[source];
                Open { far: lead(start), node: start.node, label: (source, None) }
            })
            .collect();
        while let Some(Open { far, node, label: (source, before) }) = open.pop() {
            if farthest < far || labels[node.index()].is_some() {
                continue;
            }
            labels[node.index()] = Some(Label { far, source, before });
            for edge in network.graph.edges(node) {
                let beyond = if edge.source() == node { edge.target() } else { edge.source() };
                if let (Some(weight), None) = (weight(edge.weight()), labels[beyond.index()]) {
                    open.push(Open { far: far + weight, node: beyond, label: (source, Some((edge.id(), node))) });
                }
            }
        }
        Self(labels)
    }

    pub(super) fn label(&self, node: NodeIndex) -> Option<Label> {
        self.0[node.index()]
    }

    /// The better of the two ways to a place on an edge: how far, from which end and with which label.
    pub(super) fn to(
        &self,
        network: &Network,
        snap: &Snap,
        weight: impl Fn(&Edge) -> Option<f64>,
    ) -> Option<(f64, NodeIndex, Label)> {
        let edge = EdgeIndex::new(snap.edge);
        let (start, end) = network.graph.edge_endpoints(edge)?;
        let of = &network.graph[edge];
        let whole = weight(of)?;
        let share = if 0.0 < of.length_m { (snap.along_m / of.length_m).clamp(0.0, 1.0) } else { 0.0 };
        [(start, share), (end, 1.0 - share)]
            .into_iter()
            .filter_map(|(node, share)| self.label(node).map(|label| (label.far + share * whole, node, label)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
    }
}
