//! The graph of ways: existing lines, roads, the requested route, and the new ground between them.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, HashMap},
};

type At = [f64; 2];

/// What a stretch runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Shared,
    Ask,
    New,
}

impl Kind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Ask => "ask",
            Self::New => "new",
        }
    }
}

/// A stretch of the cheapest way that runs in one thing.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// The number of the line that it runs in.
    pub(super) through: Option<usize>,
    pub(super) line: Vec<At>,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    metres: f64,
    kind: Kind,
    through: Option<usize>,
}

/// Ends of lines this near are one manhole or pole, in metres.
const SAME_END: f64 = 2.0;
/// More pieces of road than this are left out: then new ground runs along the request alone.
const MOST_ROADS: usize = 2_000;

/// A piece of new ground between two nodes, and where others join it, by the share of its length.
struct Ground {
    from: At,
    to: At,
    joins: Vec<(f64, At)>,
}

pub(super) struct Graph {
    nodes: Vec<At>,
    edges: Vec<Vec<Edge>>,
    /// Ends of lines, by cell, so that those that meet become one.
    ends: HashMap<(i64, i64), Vec<usize>>,
    all_ends: Vec<usize>,
    route: Vec<At>,
    roads: Vec<Ground>,
}

impl Graph {
    pub(super) fn new(route: Vec<At>) -> Self {
        Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            ends: HashMap::new(),
            all_ends: Vec::new(),
            route,
            roads: Vec::new(),
        }
    }

    pub(super) fn add_road(&mut self, line: &[At]) {
        self.roads.extend(line.windows(2).map(|pair| Ground { from: pair[0], to: pair[1], joins: Vec::new() }));
    }

    /// An existing line: it is entered and left at its two ends.
    pub(super) fn add_line(&mut self, line: &[At], kind: Kind, number: usize) {
        let [first, .., last] = line else { return };
        let (from, to) = (self.end(*first), self.end(*last));
        let mut before = from;
        for (index, at) in line.iter().enumerate().skip(1) {
            let next = if index + 1 == line.len() { to } else { self.node(*at) };
            self.join(before, next, kind, Some(number));
            before = next;
        }
    }

    /// The cheapest way from the route's start to its end, as stretches. Ties go to the node that came first.
    pub(super) fn cheapest(mut self, access: f64, shared: f64, ask: f64) -> Option<Vec<Step>> {
        if MOST_ROADS < self.roads.len() {
            self.roads.clear();
        }
        let mut ground: Vec<Ground> =
            self.route.windows(2).map(|pair| Ground { from: pair[0], to: pair[1], joins: Vec::new() }).collect();
        let own = ground.len();
        ground.append(&mut self.roads);
        let crossings = crossings(&ground);
        for (piece, share, at) in crossings {
            ground[piece].joins.push((share, at));
        }
        // The ends of lines reach the nearest new ground of the request, and of the roads.
        let mut reaches: Vec<(usize, At)> = Vec::new();
        for end in self.all_ends.clone() {
            let at = self.nodes[end];
            for range in [0..own, own..ground.len()] {
                let nearest = range
                    .map(|piece| (piece, foot(at, &ground[piece])))
                    .map(|(piece, (share, foot))| (distance(at, foot), piece, share, foot))
                    .filter(|(metres, ..)| *metres <= access)
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((_, piece, share, foot)) = nearest {
                    ground[piece].joins.push((share, foot));
                    reaches.push((end, foot));
                }
            }
        }
        // So do the request's own ends reach a road.
        let (start, goal) = (*self.route.first()?, *self.route.last()?);
        let mut starts: Vec<(At, At)> = Vec::new();
        for at in [start, goal] {
            let nearest = (own..ground.len())
                .map(|piece| (piece, foot(at, &ground[piece])))
                .map(|(piece, (share, foot))| (distance(at, foot), piece, share, foot))
                .filter(|(metres, ..)| *metres <= access)
                .min_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, piece, share, foot)) = nearest {
                ground[piece].joins.push((share, foot));
                starts.push((at, foot));
            }
        }
        let mut places: HashMap<(i64, i64), usize> = HashMap::new();
        for piece in &mut ground {
            piece.joins.extend([(0.0, piece.from), (1.0, piece.to)]);
            piece.joins.sort_by(|a, b| a.0.total_cmp(&b.0));
            let nodes: Vec<usize> = piece.joins.iter().map(|(_, at)| self.placed(&mut places, *at)).collect();
            for pair in nodes.windows(2).filter(|pair| pair[0] != pair[1]) {
                self.join(pair[0], pair[1], Kind::New, None);
            }
        }
        for (end, foot) in reaches {
            let foot = self.placed(&mut places, foot);
            self.join(end, foot, Kind::New, None);
        }
        for (at, foot) in starts {
            let (at, foot) = (self.placed(&mut places, at), self.placed(&mut places, foot));
            self.join(at, foot, Kind::New, None);
        }
        let (start, goal) = (self.placed(&mut places, start), self.placed(&mut places, goal));
        self.search(start, goal, shared, ask)
    }

    fn search(&self, start: usize, goal: usize, shared: f64, ask: f64) -> Option<Vec<Step>> {
        let mut best = vec![f64::INFINITY; self.nodes.len()];
        let mut came: Vec<Option<(usize, Edge)>> = vec![None; self.nodes.len()];
        let mut open = BinaryHeap::from([Reverse(Reached { cost: 0.0, node: start })]);
        best[start] = 0.0;
        while let Some(Reverse(Reached { cost, node })) = open.pop() {
            if node == goal {
                break;
            }
            if best[node] < cost {
                continue;
            }
            for edge in &self.edges[node] {
                let counts = match edge.kind {
                    Kind::Shared => shared,
                    Kind::Ask => ask,
                    Kind::New => 1.0,
                };
                let reached = cost + counts * edge.metres;
                if reached < best[edge.to] {
                    best[edge.to] = reached;
                    came[edge.to] = Some((node, *edge));
                    open.push(Reverse(Reached { cost: reached, node: edge.to }));
                }
            }
        }
        let mut walked: Vec<(usize, Edge)> = Vec::new();
        let mut node = goal;
        while node != start {
            let (before, edge) = came[node]?;
            walked.push((before, edge));
            node = before;
        }
        walked.reverse();
        Some(self.steps(&walked))
    }

    /// Edges that follow each other in the same thing are one stretch.
    fn steps(&self, walked: &[(usize, Edge)]) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for (from, edge) in walked {
            let to = self.nodes[edge.to];
            match steps.last_mut() {
                Some(step) if step.kind == edge.kind && step.through == edge.through => step.line.push(to),
                _ => steps.push(Step { kind: edge.kind, through: edge.through, line: vec![self.nodes[*from], to] }),
            }
        }
        steps
    }

    fn node(&mut self, at: At) -> usize {
        self.nodes.push(at);
        self.edges.push(Vec::new());
        self.nodes.len() - 1
    }

    /// The node of a line's end; one that stands there already is the same.
    fn end(&mut self, at: At) -> usize {
        let (x, y) = cell(at, SAME_END);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let known = around.filter_map(|cell| self.ends.get(&cell)).flatten().copied();
        let near = known.filter(|node| distance(self.nodes[*node], at) <= SAME_END).min();
        near.unwrap_or_else(|| {
            let node = self.node(at);
            self.ends.entry((x, y)).or_default().push(node);
            self.all_ends.push(node);
            node
        })
    }

    /// The node of a place on new ground, to the millimetre.
    fn placed(&mut self, places: &mut HashMap<(i64, i64), usize>, at: At) -> usize {
        let key = cell(at, 0.001);
        if let Some(node) = places.get(&key) {
            return *node;
        }
        let node = self.node(at);
        places.insert(key, node);
        node
    }

    fn join(&mut self, a: usize, b: usize, kind: Kind, through: Option<usize>) {
        let metres = distance(self.nodes[a], self.nodes[b]);
        self.edges[a].push(Edge { to: b, metres, kind, through });
        self.edges[b].push(Edge { to: a, metres, kind, through });
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

/// Where pieces of ground cross: the piece, the share of its length, and the place; both pieces of each crossing.
fn crossings(ground: &[Ground]) -> Vec<(usize, f64, At)> {
    let mut found = Vec::new();
    for (i, a) in ground.iter().enumerate() {
        for (j, b) in ground.iter().enumerate().skip(i + 1) {
            let apart = |axis: usize| {
                a.from[axis].max(a.to[axis]) < b.from[axis].min(b.to[axis])
                    || b.from[axis].max(b.to[axis]) < a.from[axis].min(a.to[axis])
            };
            if apart(0) || apart(1) {
                continue;
            }
            let (u, v) = (minus(a.to, a.from), minus(b.to, b.from));
            let turn = u[0] * v[1] - u[1] * v[0];
            if turn.abs() <= f64::EPSILON {
                continue;
            }
            let between = minus(b.from, a.from);
            let on_a = (between[0] * v[1] - between[1] * v[0]) / turn;
            let on_b = (between[0] * u[1] - between[1] * u[0]) / turn;
            if (0.0..=1.0).contains(&on_a) && (0.0..=1.0).contains(&on_b) {
                let at = [a.from[0] + on_a * u[0], a.from[1] + on_a * u[1]];
                found.extend([(i, on_a, at), (j, on_b, at)]);
            }
        }
    }
    found
}

/// The place of a piece that is nearest to a position, with the share of its length.
fn foot(at: At, piece: &Ground) -> (f64, At) {
    let [dx, dy] = minus(piece.to, piece.from);
    let [px, py] = minus(at, piece.from);
    let length_2 = dx * dx + dy * dy;
    let share = if 0.0 < length_2 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    (share, [piece.from[0] + share * dx, piece.from[1] + share * dy])
}

fn minus(a: At, b: At) -> At {
    [a[0] - b[0], a[1] - b[1]]
}

fn distance(a: At, b: At) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[expect(clippy::cast_possible_truncation, reason = "a cell number of a place on earth fits easily")]
fn cell(at: At, size: f64) -> (i64, i64) {
    ((at[0] / size).round() as i64, (at[1] / size).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(graph: Graph) -> Vec<(&'static str, f64)> {
        let length = |line: &[At]| line.windows(2).map(|pair| distance(pair[0], pair[1])).sum::<f64>();
        let steps = graph.cheapest(60.0, 0.2, 0.5).unwrap();
        steps.iter().map(|step| (step.kind.code(), length(&step.line).round())).collect()
    }

    #[test]
    fn a_way_takes_the_line_beside_it_and_builds_what_is_left() {
        let mut graph = Graph::new(vec![[0.0, 0.0], [1_000.0, 0.0]]);
        graph.add_line(&[[200.0, 10.0], [500.0, 10.0], [700.0, 10.0]], Kind::Shared, 0);
        assert_eq!(found(graph), [("new", 210.0), ("shared", 500.0), ("new", 310.0)]);
    }

    #[test]
    fn lines_that_meet_are_one_way_and_those_to_ask_for_come_after_those_with_room() {
        let mut graph = Graph::new(vec![[0.0, 0.0], [1_000.0, 0.0]]);
        graph.add_line(&[[0.0, 5.0], [500.0, 5.0]], Kind::Shared, 0);
        graph.add_line(&[[501.0, 5.0], [1_000.0, 5.0]], Kind::Ask, 1);
        assert_eq!(found(graph), [("new", 5.0), ("shared", 500.0), ("ask", 500.0), ("new", 5.0)]);
    }

    #[test]
    fn a_road_leads_to_a_line_that_the_request_does_not_touch() {
        let mut graph = Graph::new(vec![[0.0, 0.0], [1_000.0, 0.0]]);
        graph.add_line(&[[100.0, 200.0], [900.0, 200.0]], Kind::Shared, 0);
        assert_eq!(found(graph).len(), 1, "too far to be reached: the request alone");
        let mut graph = Graph::new(vec![[0.0, 0.0], [1_000.0, 0.0]]);
        graph.add_line(&[[100.0, 200.0], [900.0, 200.0]], Kind::Shared, 0);
        graph.add_road(&[[100.0, -50.0], [100.0, 250.0]]);
        graph.add_road(&[[900.0, -50.0], [900.0, 250.0]]);
        assert_eq!(found(graph), [("new", 300.0), ("shared", 800.0), ("new", 300.0)]);
    }
}
