//! The graph of ways: existing lines, roads, the requested routes, and the new ground between them.

mod ground;
mod search;

use std::collections::{BTreeSet, HashMap, HashSet};

pub(super) use self::ground::{At, around, cell, distance};
use self::{
    ground::{Foot, Ground, Segment, apart, nearest, segments},
    search::Walked,
};

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

/// What ways are compared by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Lines are reached over new ground no longer than this, in metres.
    pub(super) access: f64,
    /// What a metre in a line with room counts as against a new one.
    pub(super) shared: f64,
    /// The same in one about which something must be asked.
    pub(super) ask: f64,
}

/// A stretch of the cheapest way that runs in one thing.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// The number of the line that it runs in.
    pub(super) through: Option<usize>,
    pub(super) line: Vec<At>,
    /// Whether it enters or leaves its line elsewhere than at an end.
    pub(super) midway: bool,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    metres: f64,
    kind: Kind,
    within: In,
    /// The same in both directions.
    number: usize,
}

/// What an edge runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum In {
    /// An existing line, by its number.
    Line(usize),
    /// The ground of a requested route, by its number.
    Route(usize),
    /// Any other new ground.
    Open,
}

impl In {
    const fn line(self) -> Option<usize> {
        match self {
            Self::Line(number) => Some(number),
            Self::Route(_) | Self::Open => None,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Node {
    at: At,
    /// Set where a line ends.
    end: Option<End>,
    /// Between two poles, where a cable changes from the one to the other and nothing leads in or out.
    in_the_air: bool,
}

#[derive(Clone, Copy, Debug)]
struct End {
    line: usize,
    /// The 95 % radius of its place, in metres.
    radius: f64,
    /// A pole of a row: its neighbours are reached by spans, and new ground leads to it from the request alone.
    is_pole: bool,
}

/// An existing line.
struct Line {
    at: Vec<At>,
    kind: Kind,
    end: End,
}

/// A pole that carries one end of a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pole {
    pub(super) at: At,
    pub(super) kind: Kind,
    /// Its number among the lines.
    pub(super) number: usize,
    /// The 95 % radius of its place, in metres.
    pub(super) radius: f64,
}

/// Where a line is entered from elsewhere than its own ends and bends.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// From a corner of the request, over new ground.
    Corner(At),
    /// From another line that ends there: its kind with it.
    Branch(At, End, Kind),
}

/// Ends of lines this near are one manhole or pole, and so are an end and the line that it meets, in metres.
pub(super) const SAME_END: f64 = 2.0;
/// New ground leads from an end to no more other ends than these, the nearest.
const MOST_LINKS: usize = 8;
/// The most pieces of road that new ground runs along.
const MOST_ROADS: usize = 2_000;
/// Less than this is no stretch, in metres.
const NOTHING: f64 = 0.001;

pub(super) struct Graph {
    terms: Terms,
    nodes: Vec<Node>,
    edges: Vec<Vec<Edge>>,
    n_edges: usize,
    /// Ends of lines, by cell, so that those that meet become one.
    ends: HashMap<(i64, i64), Vec<usize>>,
    /// Places of new ground, by cell, so that pieces that meet there are joined.
    places: HashMap<(i64, i64), usize>,
    routes: Vec<Vec<At>>,
    /// Where the requested routes start, bend and end.
    corners: Vec<At>,
    /// The nodes at which lines are entered from a corner.
    entries: Vec<(usize, At)>,
    roads: Vec<Segment>,
    lines: Vec<Line>,
    spans: Vec<[Pole; 2]>,
}

impl Graph {
    /// Routes that a way is sought for, each from its start to its end; a ring from its start half-way round, and back.
    pub(super) fn new(routes: Vec<Vec<At>>, terms: Terms) -> Self {
        let routes: Vec<Vec<At>> = routes.into_iter().flat_map(opened).collect();
        Self {
            terms,
            nodes: Vec::new(),
            edges: Vec::new(),
            n_edges: 0,
            ends: HashMap::new(),
            places: HashMap::new(),
            corners: routes.iter().flat_map(|route| corners(route)).collect(),
            routes,
            entries: Vec::new(),
            roads: Vec::new(),
            lines: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Roads by their pieces. Of too many those nearest to the routes are kept: how many are left out is said.
    pub(super) fn add_roads(&mut self, pieces: Vec<Segment>) -> usize {
        let left_out = pieces.len().saturating_sub(MOST_ROADS);
        self.roads = if left_out == 0 { pieces } else { self.nearest_roads(pieces) };
        left_out
    }

    fn nearest_roads(&self, pieces: Vec<Segment>) -> Vec<Segment> {
        let own: Vec<Segment> = self.routes.iter().flat_map(|route| segments(route)).collect();
        let away = |piece: Segment| own.iter().map(|own| apart(*own, piece)).fold(f64::INFINITY, f64::min);
        let mut by_distance: Vec<(f64, Segment)> = pieces.into_iter().map(|piece| (away(piece), piece)).collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        by_distance.into_iter().take(MOST_ROADS).map(|(_, piece)| piece).collect()
    }

    /// An existing line with the 95 % radius of its place, in metres.
    pub(super) fn add_line(&mut self, at: &[At], radius: f64, kind: Kind, number: usize) {
        if 1 < at.len() {
            self.lines.push(Line { at: at.to_vec(), kind, end: End { line: number, radius, is_pole: false } });
        }
    }

    /// A span between two poles, half of it on each: it is entered and left at the poles alone.
    pub(super) fn add_span(&mut self, poles: [Pole; 2]) {
        self.spans.push(poles);
    }

    fn lay_spans(&mut self) {
        for [from, to] in std::mem::take(&mut self.spans) {
            let [a, b] =
                [from, to].map(|pole| self.end(pole.at, End { line: pole.number, radius: pole.radius, is_pole: true }));
            if a == b {
                continue;
            }
            let middle = self.node(std::array::from_fn(|axis| f64::midpoint(from.at[axis], to.at[axis])), None);
            self.nodes[middle].in_the_air = true;
            self.join(a, middle, from.kind, In::Line(from.number));
            self.join(middle, b, to.kind, In::Line(to.number));
        }
    }

    /// The lines, once all are known.
    fn lay_lines(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let of_line = |line: &Line| {
            let ends = [line.at.first(), line.at.last()].map(|at| at.map(|at| (*at, line.end, line.kind)));
            ends.into_iter().flatten().collect::<Vec<_>>()
        };
        let ends: Vec<(At, End, Kind)> = lines.iter().flat_map(of_line).collect();
        for line in &lines {
            self.lay_line(line, &ends);
        }
    }

    /// A line is entered and left at its ends, at its bends, where a corner of the request comes nearest to it, and where
    /// another line ends on it.
    fn lay_line(&mut self, line: &Line, ends: &[(At, End, Kind)]) {
        let [first, .., last] = line.at.as_slice() else { return };
        let pieces: Vec<Segment> = segments(&line.at).collect();
        let mut entries = self.entries_into(line, &pieces, ends).into_iter().peekable();
        let (from, to) = (self.end(*first, line.end), self.end(*last, line.end));
        let within = In::Line(line.end.line);
        let mut before = from;
        for (piece, [_, at]) in pieces.iter().enumerate() {
            let next = if piece + 1 == pieces.len() { to } else { self.node(*at, None) };
            while let Some((foot, entered)) = entries.next_if(|(foot, _)| foot.piece == piece) {
                let is_here = |node: &usize| distance(self.nodes[*node].at, foot.at) <= NOTHING;
                let known = [before, next].into_iter().find(is_here);
                let entry = known.unwrap_or_else(|| self.node(foot.at, None));
                if known.is_none() {
                    self.join(before, entry, line.kind, within);
                    before = entry;
                }
                match entered {
                    Entry::Corner(corner) => self.entries.push((entry, corner)),
                    Entry::Branch(at, end, kind) => self.branch(entry, at, end, kind),
                }
            }
            self.join(before, next, line.kind, within);
            before = next;
        }
    }

    /// Where a line is entered, along the line.
    fn entries_into(&self, line: &Line, pieces: &[Segment], ends: &[(At, End, Kind)]) -> Vec<(Foot, Entry)> {
        let access = self.terms.access;
        let corner = |at: &At| Some((nearest(*at, pieces, access)?, Entry::Corner(*at)));
        let mut entries: Vec<(Foot, Entry)> = self.corners.iter().filter_map(corner).collect();
        let own = [line.at.first(), line.at.last()];
        // Most ends are far from most lines, which the lines' boxes tell.
        let sides = |axis: usize| {
            let along = line.at.iter().map(|at| at[axis]);
            along.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], one| [low.min(one), high.max(one)])
        };
        let sides = [sides(0), sides(1)];
        let may_meet =
            |at: &At| (0..2).all(|axis| sides[axis][0] - access <= at[axis] && at[axis] <= sides[axis][1] + access);
        let branch = |(at, end, kind): &(At, End, Kind)| {
            let reach = same_place(line.end, *end).min(access);
            let meets_an_end = own.iter().flatten().any(|own| distance(**own, *at) <= reach);
            let foot = if meets_an_end { None } else { nearest(*at, pieces, reach) };
            Some((foot?, Entry::Branch(*at, *end, *kind)))
        };
        entries.extend(ends.iter().filter(|(at, end, _)| end.line != line.end.line && may_meet(at)).filter_map(branch));
        entries.sort_by(|(a, _), (b, _)| a.piece.cmp(&b.piece).then(a.share.total_cmp(&b.share)));
        entries
    }

    /// From where a line is entered to the line that ends there: to be asked about where it only may, as far as both
    /// places are known.
    fn branch(&mut self, entry: usize, at: At, end: End, kind: Kind) {
        let (ends, meets) = (self.end(at, end), distance(self.nodes[entry].at, at) <= SAME_END);
        self.join(entry, ends, if meets { kind } else { Kind::Ask }, In::Line(end.line));
    }

    /// The cheapest way of each route, as stretches. No stretch of a line is used twice.
    pub(super) fn cheapest(mut self) -> Option<Vec<Step>> {
        self.lay_lines();
        self.lay_spans();
        self.join_ends();
        self.lay_ground();
        let mut used = HashSet::new();
        let mut steps = Vec::new();
        for (number, route) in std::mem::take(&mut self.routes).iter().enumerate() {
            let [first, .., last] = route.as_slice() else { continue };
            let (start, goal) = (self.place(*first), self.place(*last));
            let walked = self.search(start, goal, number, &used)?;
            let in_lines = walked.iter().filter(|(_, edge)| edge.within.line().is_some());
            used.extend(in_lines.map(|(_, edge)| edge.number));
            steps.extend(self.steps(&walked));
        }
        Some(steps)
    }

    /// Ends of lines that are near each other: to be asked about where they may be one, as far as their places are
    /// known, else with new ground between them.
    fn join_ends(&mut self) {
        let access = self.terms.access;
        let nodes = self.nodes.iter().enumerate();
        let ends: Vec<(usize, At, End)> =
            nodes.filter_map(|(node, Node { at, end, .. })| Some((node, *at, (*end)?))).collect();
        let mut cells: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
        for (number, (_, at, _)) in ends.iter().enumerate() {
            cells.entry(cell(*at, access)).or_default().push(number);
        }
        let mut links: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (number, (_, at, end)) in ends.iter().enumerate() {
            let is_row = |other: &usize| end.is_pole && ends[*other].2.is_pole;
            let beside = around(cell(*at, access)).filter_map(|cell| cells.get(&cell)).flatten().copied();
            let mut near: Vec<(f64, usize)> = beside
                .filter(|other| *other != number && !is_row(other))
                .map(|other| (distance(*at, ends[other].1), other))
                .filter(|(metres, _)| *metres <= access)
                .collect();
            near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            links.extend(near.iter().take(MOST_LINKS).map(|(_, other)| (number.min(*other), number.max(*other))));
        }
        for (a, b) in links {
            let ((from, at, end), (to, other_at, other)) = (ends[a], ends[b]);
            if end.line != other.line && distance(at, other_at) <= same_place(end, other) {
                self.join(from, to, Kind::Ask, In::Line(end.line));
            } else {
                self.join(from, to, Kind::New, In::Open);
            }
        }
    }

    /// New ground: that of the routes and of roads, and from both to the lines.
    fn lay_ground(&mut self) {
        let access = self.terms.access;
        let mut ground = Ground::of(&self.routes, std::mem::take(&mut self.roads));
        let mut links: Vec<(usize, At)> = Vec::new();
        for (number, node) in self.nodes.iter().enumerate().filter(|(_, node)| !node.in_the_air) {
            let on_routes = ground.reach_routes(node.at, access);
            let leads_to_roads = node.end.is_some_and(|end| !end.is_pole);
            let on_road = if leads_to_roads { ground.reach_roads(node.at, access) } else { None };
            links.extend(on_routes.into_iter().chain(on_road).map(|foot| (number, foot)));
        }
        let ends: Vec<At> =
            self.routes.iter().flat_map(|route| route.first().into_iter().chain(route.last())).copied().collect();
        for at in ends {
            if let Some(foot) = ground.reach_roads(at, access) {
                links.push((self.place(at), foot));
            }
        }
        for (route, places) in ground.into_places() {
            let within = route.map_or(In::Open, In::Route);
            let nodes: Vec<usize> = places.into_iter().map(|at| self.place(at)).collect();
            for pair in nodes.windows(2).filter(|pair| pair[0] != pair[1]) {
                self.join(pair[0], pair[1], Kind::New, within);
            }
        }
        links.append(&mut self.entries);
        for (node, at) in links {
            let at = self.place(at);
            self.join(node, at, Kind::New, In::Open);
        }
    }

    /// Edges that follow each other in the same thing are one stretch.
    fn steps(&self, walked: &[Walked]) -> Vec<Step> {
        let walked: Vec<Walked> = walked.iter().filter(|(_, edge)| NOTHING < edge.metres).copied().collect();
        let same = |a: &Walked, b: &Walked| (a.1.kind, a.1.within.line()) == (b.1.kind, b.1.within.line());
        let mut steps: Vec<Step> = Vec::new();
        for stretch in walked.chunk_by(same) {
            let [(entered, edge), ..] = stretch else { continue };
            let left = stretch.last().map_or(*entered, |(_, edge)| edge.to);
            // A stretch begins where the one before ends, to the last bit.
            let before = steps.last().and_then(|step| step.line.last()).copied();
            let mut line = vec![before.unwrap_or(self.nodes[*entered].at)];
            line.extend(stretch.iter().map(|(_, edge)| self.nodes[edge.to].at));
            let through = edge.within.line();
            let is_midway = |node: &Node| node.end.is_none() && !node.in_the_air;
            let midway = through.is_some() && [*entered, left].iter().any(|node| is_midway(&self.nodes[*node]));
            steps.push(Step { kind: edge.kind, through, line, midway });
        }
        steps
    }

    fn node(&mut self, at: At, end: Option<End>) -> usize {
        self.nodes.push(Node { at, end, in_the_air: false });
        self.edges.push(Vec::new());
        self.nodes.len() - 1
    }

    /// The node of a line's end; one that stands there already is the same, and known as well as the better of both.
    fn end(&mut self, at: At, end: End) -> usize {
        let cell = cell(at, SAME_END);
        let known = around(cell).filter_map(|cell| self.ends.get(&cell)).flatten().copied();
        let near = known.filter(|node| distance(self.nodes[*node].at, at) <= SAME_END).min();
        if let Some(node) = near {
            if let Some(there) = &mut self.nodes[node].end {
                there.radius = there.radius.min(end.radius);
                there.is_pole &= end.is_pole;
            }
            return node;
        }
        let node = self.node(at, Some(end));
        self.ends.entry(cell).or_default().push(node);
        node
    }

    /// The node of a place on new ground, to the millimetre.
    fn place(&mut self, at: At) -> usize {
        let key = cell(at, NOTHING);
        if let Some(node) = self.places.get(&key) {
            return *node;
        }
        let node = self.node(at, None);
        self.places.insert(key, node);
        node
    }

    fn join(&mut self, a: usize, b: usize, kind: Kind, within: In) {
        let metres = distance(self.nodes[a].at, self.nodes[b].at);
        let edge = |to| Edge { to, metres, kind, within, number: self.n_edges };
        let (there, back) = (edge(b), edge(a));
        self.edges[a].push(there);
        self.edges[b].push(back);
        self.n_edges += 1;
    }
}

/// Two places of lines that come this near may be one, as far as both are known, in metres.
fn same_place(one: End, other: End) -> f64 {
    SAME_END + one.radius.hypot(other.radius)
}

/// A ring as its two halves: from its start to the corner half-way round, and from there back.
fn opened(route: Vec<At>) -> Vec<Vec<At>> {
    let is_ring = match route.as_slice() {
        [first, _, .., last] => distance(*first, *last) <= SAME_END,
        _ => false,
    };
    if !is_ring {
        return vec![route];
    }
    let corner = half_way(&route);
    vec![route[..=corner].to_vec(), route[corner..].to_vec()]
}

/// The position of a ring, neither its first nor its last, that is nearest to half of its length.
fn half_way(ring: &[At]) -> usize {
    let steps = segments(ring).scan(0.0, |along, [from, to]| {
        *along += distance(from, to);
        Some(*along)
    });
    let along: Vec<f64> = steps.collect();
    let half = along.last().map_or(0.0, |all| all / 2.0);
    let off = |corner: usize| (along[corner - 1] - half).abs();
    (1..ring.len() - 1).min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(1)
}

/// Where a route starts, bends and ends; of bends that nearly coincide the first.
fn corners(route: &[At]) -> Vec<At> {
    let mut corners: Vec<At> = Vec::new();
    for (number, at) in route.iter().enumerate() {
        let is_apart = corners.last().is_none_or(|last| SAME_END < distance(*last, *at));
        if is_apart || number + 1 == route.len() {
            corners.push(*at);
        }
    }
    corners
}

#[cfg(test)]
mod tests;
