//! New ground in the plane: its pieces, where they cross, and where they come nearest to a place.

use std::ops::Range;

/// Metres east and north.
pub(in crate::way) type At = [f64; 2];
pub(super) type Segment = [At; 2];

/// A place on a piece: the piece's number, the share of its length, and where that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foot {
    pub(super) piece: usize,
    pub(super) share: f64,
    pub(super) at: At,
}

/// All new ground: the pieces of the requested routes first, then those of roads.
pub(super) struct Ground {
    pieces: Vec<Segment>,
    /// For each piece, where something joins it, by the share of its length.
    joins: Vec<Vec<(f64, At)>>,
    /// The pieces of each route.
    routes: Vec<Range<usize>>,
    n_own: usize,
}

impl Ground {
    pub(super) fn of(routes: &[Vec<At>], roads: Vec<Segment>) -> Self {
        let mut pieces: Vec<Segment> = Vec::new();
        let mut ranges = Vec::new();
        for route in routes {
            let first = pieces.len();
            pieces.extend(segments(route));
            ranges.push(first..pieces.len());
        }
        let n_own = pieces.len();
        pieces.extend(roads);
        let mut joins: Vec<Vec<(f64, At)>> = pieces.iter().map(|[from, to]| vec![(0.0, *from), (1.0, *to)]).collect();
        for Foot { piece, share, at } in crossings(&pieces) {
            joins[piece].push((share, at));
        }
        Self { pieces, joins, routes: ranges, n_own }
    }

    /// Where each of the requested routes is reached from a place within so many metres, if it is.
    pub(super) fn reach_routes(&mut self, at: At, reach: f64) -> Vec<At> {
        let mut found = Vec::new();
        for route in 0..self.routes.len() {
            let among = self.routes[route].clone();
            found.extend(self.reach(among, at, reach));
        }
        found
    }

    /// Where a road is reached from a place within so many metres, if one is.
    pub(super) fn reach_roads(&mut self, at: At, reach: f64) -> Option<At> {
        self.reach(self.n_own..self.pieces.len(), at, reach)
    }

    fn reach(&mut self, among: Range<usize>, at: At, reach: f64) -> Option<At> {
        let first = among.start;
        let foot = nearest(at, &self.pieces[among], reach)?;
        self.joins[first + foot.piece].push((foot.share, foot.at));
        Some(foot.at)
    }

    /// The places along each piece, in order, with the number of the route that it belongs to.
    pub(super) fn into_places(self) -> Vec<(Option<usize>, Vec<At>)> {
        let of_routes = self.routes.iter().enumerate().flat_map(|(route, pieces)| pieces.clone().map(move |_| route));
        let belongs: Vec<Option<usize>> =
            of_routes.map(Some).chain(std::iter::repeat(None)).take(self.joins.len()).collect();
        let in_order = |mut joins: Vec<(f64, At)>| {
            joins.sort_by(|a, b| a.0.total_cmp(&b.0));
            joins.into_iter().map(|(_, at)| at).collect::<Vec<At>>()
        };
        belongs.into_iter().zip(self.joins.into_iter().map(in_order)).collect()
    }
}

/// The segments of a line.
pub(super) fn segments(line: &[At]) -> impl Iterator<Item = Segment> + '_ {
    line.windows(2).map(|pair| [pair[0], pair[1]])
}

/// Where some pieces come nearest to a position within so many metres, if they do. Ties go to the piece that came
/// first.
pub(super) fn nearest(at: At, pieces: &[Segment], reach: f64) -> Option<Foot> {
    let near = pieces.iter().enumerate().filter(|(_, piece)| may_reach(at, **piece, reach));
    let feet = near.map(|(number, piece)| {
        let (share, place) = foot(at, *piece);
        (distance(at, place), Foot { piece: number, share, at: place })
    });
    let within = feet.filter(|(metres, _)| *metres <= reach);
    within.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, foot)| foot)
}

/// Metres between two segments.
pub(super) fn apart(a: Segment, b: Segment) -> f64 {
    if crossing(a, b).is_some() {
        return 0.0;
    }
    let to = |at: At, segment: Segment| distance(at, foot(at, segment).1);
    [to(a[0], b), to(a[1], b), to(b[0], a), to(b[1], a)].into_iter().fold(f64::INFINITY, f64::min)
}

/// Where pieces cross; both pieces of each crossing. They are passed from west to east, so that only those that overlap
/// in that direction are compared.
pub(super) fn crossings(pieces: &[Segment]) -> Vec<Foot> {
    let span = |number: usize, axis: usize| {
        let [from, to] = pieces[number];
        (from[axis].min(to[axis]), from[axis].max(to[axis]))
    };
    let mut eastward: Vec<usize> = (0..pieces.len()).collect();
    eastward.sort_by(|a, b| span(*a, 0).0.total_cmp(&span(*b, 0).0).then(a.cmp(b)));
    let mut found = Vec::new();
    for (place, a) in eastward.iter().enumerate() {
        let (east, (south, north)) = (span(*a, 0).1, span(*a, 1));
        for b in eastward[place + 1..].iter().take_while(|b| span(**b, 0).0 <= east) {
            let (from, to) = span(*b, 1);
            if north < from || to < south {
                continue;
            }
            if let Some((on_a, on_b, at)) = crossing(pieces[*a], pieces[*b]) {
                found.extend([Foot { piece: *a, share: on_a, at }, Foot { piece: *b, share: on_b, at }]);
            }
        }
    }
    found
}

/// Where two segments cross, with the share of each; segments that run the same way do not.
fn crossing(a: Segment, b: Segment) -> Option<(f64, f64, At)> {
    let (u, v) = (minus(a[1], a[0]), minus(b[1], b[0]));
    let turn = u[0] * v[1] - u[1] * v[0];
    if turn.abs() <= f64::EPSILON {
        return None;
    }
    let between = minus(b[0], a[0]);
    let on_a = (between[0] * v[1] - between[1] * v[0]) / turn;
    let on_b = (between[0] * u[1] - between[1] * u[0]) / turn;
    let is_inside = (0.0..=1.0).contains(&on_a) && (0.0..=1.0).contains(&on_b);
    is_inside.then(|| (on_a, on_b, [a[0][0] + on_a * u[0], a[0][1] + on_a * u[1]]))
}

/// The place of a segment that is nearest to a position, with the share of its length.
fn foot(at: At, [from, to]: Segment) -> (f64, At) {
    let [dx, dy] = minus(to, from);
    let [px, py] = minus(at, from);
    let length_2 = dx * dx + dy * dy;
    let share = if 0.0 < length_2 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    (share, [from[0] + share * dx, from[1] + share * dy])
}

/// Whether a segment's box comes within reach, without which the segment does not.
fn may_reach(at: At, [from, to]: Segment, reach: f64) -> bool {
    (0..2).all(|axis| {
        let (low, high) = (from[axis].min(to[axis]), from[axis].max(to[axis]));
        low - reach <= at[axis] && at[axis] <= high + reach
    })
}

fn minus(a: At, b: At) -> At {
    [a[0] - b[0], a[1] - b[1]]
}

pub(in crate::way) fn distance(a: At, b: At) -> f64 {
    let [east, north] = minus(a, b);
    // No length on earth needs the care that the hypotenuse of any two numbers does.
    (east * east + north * north).sqrt()
}

/// The square that a place lies in, by its number eastward and northward.
#[expect(clippy::cast_possible_truncation, reason = "a cell number of a place on earth fits easily")]
pub(in crate::way) fn cell(at: At, size: f64) -> (i64, i64) {
    ((at[0] / size).round() as i64, (at[1] / size).round() as i64)
}

/// A cell and the eight around it: they hold everything within a cell's size.
pub(in crate::way) fn around((x, y): (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
    (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)))
}
