//! Which stretches of a requested route run beside something that stands.
//!
//! The distance from a point that moves along a segment to a convex figure is a convex function of how far it has
//! moved, so the part of a segment within reach of another segment is one interval, and its ends have a closed form.

use hatang_core::{Lonlat, Metres, Shape, geodesy, geodesy::TangentPlane};

/// A requested route, measured along its length. Distances beside it are planar, within 1 ‰ at 30 km; lengths are
/// geodesic.
pub(crate) struct Route {
    plane: TangentPlane,
    segments: Vec<Segment>,
}

struct Segment {
    from: [f64; 2],
    to: [f64; 2],
    /// Metres along the route at `from`.
    start: f64,
    length: f64,
}

/// Disjoint stretches of a route in order, each from and to so many metres along it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stretches(Vec<(f64, f64)>);

/// Between parts of a route that do not touch, in metres, so that no stretch runs across.
const BREAK: f64 = 2.0 * BEND;
/// Stretches that come this near are one, in metres: less is a rounding remainder.
const TOUCHING: f64 = 1e-6;
/// Spans that overlap by less than this follow each other, in metres: surveys of one manhole differ by as much.
const SAME_MANHOLE: f64 = 5.0;
/// A line that runs along leaves gaps no longer than this on the outer side of its bends, in metres.
pub(crate) const BEND: f64 = 15.0;

impl Route {
    /// `None` for a place without length.
    pub(crate) fn of(shape: &Shape) -> Option<Self> {
        let plane = TangentPlane::at(shape.bounding_box().centre());
        let mut segments = Vec::new();
        let mut start = 0.0;
        for run in shape.runs() {
            for pair in run.windows(2) {
                let length = geodesy::distance(pair[0], pair[1]).get();
                segments.push(Segment { from: plane.metres(pair[0]), to: plane.metres(pair[1]), start, length });
                start += length;
            }
            start += BREAK;
        }
        (0.0 < segments.iter().map(|segment| segment.length).sum::<f64>()).then_some(Self { plane, segments })
    }

    /// Whether the route goes on from one place along it to another, in one part.
    pub(crate) fn goes_on(&self, from: f64, to: f64) -> bool {
        self.segments.windows(2).all(|pair| {
            let (end, start) = (pair[0].start + pair[0].length, pair[1].start);
            start - end < TOUCHING || to <= end || start <= from
        })
    }

    pub(crate) fn length(&self) -> Metres {
        Metres::computed(self.segments.iter().map(|segment| segment.length).sum())
    }

    /// The stretches that lie within so many metres of a shape, or inside it.
    pub(crate) fn beside(&self, shape: &Shape, reach: f64) -> Stretches {
        let mut found = Vec::new();
        let others = self.segments_of(shape);
        for segment in &self.segments {
            let mut cuts = vec![0.0, 1.0];
            for other in others.iter().filter(|other| segment.may_reach(other, reach)) {
                if let Some((enters, leaves)) = within_capsule(segment, *other, reach) {
                    found.push(segment.along(enters, leaves));
                    cuts.extend([enters, leaves]);
                }
            }
            if shape.is_area() {
                // Between two cuts a segment does not cross the area's edge.
                cuts.sort_by(f64::total_cmp);
                let inside = |cut: &&[f64]| shape.encloses(self.at(segment, f64::midpoint(cut[0], cut[1])));
                found.extend(cuts.windows(2).filter(inside).map(|cut| segment.along(cut[0], cut[1])));
            }
        }
        Stretches::union(found, TOUCHING)
    }

    /// The stretches that run the same way as a line, give or take 45°, within so many metres of it and not beyond its
    /// ends: what crosses does not run along. Nothing runs within a negative distance.
    pub(crate) fn along(&self, line: &Shape, reach: f64) -> Stretches {
        let mut found = Vec::new();
        let others = self.segments_of(line);
        for segment in self.segments.iter().filter(|_| 0.0 <= reach) {
            let near = others.iter().filter(|other| segment.may_reach(other, reach));
            for other in near.filter(|other| is_alike(segment, **other)) {
                found.extend(within_band(segment, *other, reach).map(|(from, to)| segment.along(from, to)));
            }
        }
        Stretches::union(found, BEND)
    }

    /// A shape's segments in the plane; a point is a segment of no length.
    fn segments_of(&self, shape: &Shape) -> Vec<[[f64; 2]; 2]> {
        let metres = |at: &Lonlat| self.plane.metres(*at);
        let of_run = |run: &[Lonlat]| match run {
            [at] => vec![[metres(at), metres(at)]],
            run => run.windows(2).map(|pair| [metres(&pair[0]), metres(&pair[1])]).collect(),
        };
        shape.runs().flat_map(of_run).collect()
    }

    /// How many metres along the route it comes nearest to a position.
    pub(crate) fn nearest_along(&self, at: Lonlat) -> f64 {
        let at = self.plane.metres(at);
        let candidates = self.segments.iter().map(|segment| {
            let [dx, dy] = difference(segment.to, segment.from);
            let [px, py] = difference(at, segment.from);
            let length_2 = dx * dx + dy * dy;
            let share = if 0.0 < length_2 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
            let [x, y] = [px - share * dx, py - share * dy];
            (x * x + y * y, segment.start + share * segment.length)
        });
        candidates.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.0, |(_, along)| along)
    }

    fn at(&self, segment: &Segment, share: f64) -> Lonlat {
        let [dx, dy] = difference(segment.to, segment.from);
        self.plane.lonlat([segment.from[0] + share * dx, segment.from[1] + share * dy])
    }
}

impl Segment {
    /// Whether the boxes of two segments come within so many metres, without which the segments do not: most pairs of
    /// two long lines are told apart by this alone.
    fn may_reach(&self, [a, b]: &[[f64; 2]; 2], reach: f64) -> bool {
        (0..2).all(|axis| {
            let (low, high) = (self.from[axis].min(self.to[axis]), self.from[axis].max(self.to[axis]));
            low - reach <= a[axis].max(b[axis]) && a[axis].min(b[axis]) <= high + reach
        })
    }

    fn along(&self, enters: f64, leaves: f64) -> (f64, f64) {
        (self.start + enters * self.length, self.start + leaves * self.length)
    }
}

impl Stretches {
    /// Joins stretches that overlap or leave a gap of no more than so many metres.
    pub(crate) fn union(mut stretches: Vec<(f64, f64)>, gap: f64) -> Self {
        stretches.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut joined: Vec<(f64, f64)> = Vec::new();
        for (from, to) in stretches {
            match joined.last_mut() {
                Some(last) if from <= last.1 + gap => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    pub(crate) fn into_pairs(self) -> Vec<(f64, f64)> {
        self.0
    }

    /// The longest stretch.
    pub(crate) fn longest(&self) -> f64 {
        self.0.iter().map(|(from, to)| to - from).fold(0.0, f64::max)
    }

    /// All stretches together. From a plain zero: the sum of none is a negative one, which would be told as such.
    pub(crate) fn total(&self) -> f64 {
        self.0.iter().map(|(from, to)| to - from).fold(0.0, |sum, length| sum + length)
    }
}

/// The most units that are needed side by side anywhere along a route, of stretches with so many units each: spans that
/// follow each other need theirs once.
pub(crate) fn side_by_side(stretches: &[(f64, f64, u32)]) -> u32 {
    let at = |place: f64| {
        // A span that ends where the next begins makes room for it.
        let there = stretches.iter().filter(|(from, to, _)| *from <= place && place < *to - SAME_MANHOLE);
        there.fold(0_u32, |sum, (.., units)| sum.saturating_add(*units))
    };
    stretches.iter().map(|(from, ..)| at(*from)).max().unwrap_or(0)
}

fn difference(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

/// The shares of a segment between which it lies within `reach` of another: the hull of where it crosses the discs
/// around the other's ends and the band between them, whose union is convex.
fn within_capsule(segment: &Segment, [a, b]: [[f64; 2]; 2], reach: f64) -> Option<(f64, f64)> {
    let parts = [within_disc(segment, a, reach), within_disc(segment, b, reach), within_band(segment, [a, b], reach)];
    parts.into_iter().flatten().reduce(|hull, part| (hull.0.min(part.0), hull.1.max(part.1)))
}

fn within_disc(segment: &Segment, centre: [f64; 2], radius: f64) -> Option<(f64, f64)> {
    let [dx, dy] = difference(segment.to, segment.from);
    let [fx, fy] = difference(segment.from, centre);
    let (a, half_b, c) = (dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - radius * radius);
    if a <= 0.0 {
        return (c <= 0.0).then_some((0.0, 1.0));
    }
    let discriminant = half_b * half_b - a * c;
    if discriminant < 0.0 {
        return None;
    }
    let root = discriminant.sqrt();
    clipped((-half_b - root) / a, (-half_b + root) / a)
}

/// The shares of a segment between which it lies beside another, within `reach` and not beyond its ends.
fn within_band(segment: &Segment, [a, b]: [[f64; 2]; 2], reach: f64) -> Option<(f64, f64)> {
    let [ux, uy] = difference(b, a);
    let length = ux.hypot(uy);
    if length <= 0.0 {
        return None;
    }
    let across = |p: [f64; 2]| {
        let [px, py] = difference(p, a);
        [(px * ux + py * uy) / length, (py * ux - px * uy) / length]
    };
    let ([along_from, side_from], [along_to, side_to]) = (across(segment.from), across(segment.to));
    let by_length = between(along_from, along_to, 0.0, length)?;
    let by_width = between(side_from, side_to, -reach, reach)?;
    clipped(by_length.0.max(by_width.0), by_length.1.min(by_width.1))
}

/// Whether two segments run the same way or the opposite way, give or take 45°.
fn is_alike(segment: &Segment, [a, b]: [[f64; 2]; 2]) -> bool {
    let ([dx, dy], [ux, uy]) = (difference(segment.to, segment.from), difference(b, a));
    (dx * uy - dy * ux).abs() <= (dx * ux + dy * uy).abs()
}

/// The shares between which a value that runs from `from` to `to` stays within two bounds.
fn between(from: f64, to: f64, low: f64, high: f64) -> Option<(f64, f64)> {
    let slope = to - from;
    if slope.abs() <= f64::EPSILON {
        return (low <= from && from <= high).then_some((0.0, 1.0));
    }
    let (x, y) = ((low - from) / slope, (high - from) / slope);
    clipped(x.min(y), x.max(y))
}

fn clipped(from: f64, to: f64) -> Option<(f64, f64)> {
    let (from, to) = (from.max(0.0), to.min(1.0));
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests;
