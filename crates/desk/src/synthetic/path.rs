//! Lines one can walk along, and rings one can stand in.

use hatang_core::Planar;

use super::plane::{bearing, cross, distance, dot, left_of, minus, mix, nearest_on_segment, plus, scaled, steps};

/// A line of at least two points, in metres.
#[derive(Clone, Debug)]
pub(super) struct Path(pub(super) Vec<Planar>);

/// A place on a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// Where it is.
    pub(super) at: Planar,
    /// The unit vector of the path's direction there.
    pub(super) ahead: Planar,
}

impl Stop {
    /// Beside the path: to the left, or to the right for negative metres.
    pub(super) fn beside(self, metres: f64) -> Planar {
        plus(self.at, scaled(left_of(self.ahead), metres))
    }
}

impl Path {
    pub(super) fn length(&self) -> f64 {
        self.0.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
    }

    /// The place `metres` from the start, held within the path.
    pub(super) fn at(&self, metres: f64) -> Stop {
        let mut rest = metres.max(0.0);
        let last = self.0.len() - 2;
        for (index, pair) in self.0.windows(2).enumerate() {
            let step = distance(pair[0], pair[1]);
            if rest <= step || index == last {
                let share = if step == 0.0 { 0.0 } else { (rest / step).min(1.0) };
                let ahead = scaled(minus(pair[1], pair[0]), 1.0 / step.max(1e-9));
                return Stop { at: mix(pair[0], pair[1], share), ahead };
            }
            rest -= step;
        }
        unreachable!("a path has at least one step")
    }

    /// The middle.
    pub(super) fn middle(&self) -> Stop {
        self.at(self.length() / 2.0)
    }

    /// The part between two distances from the start.
    pub(super) fn part(&self, from: f64, to: f64) -> Self {
        let mut points = vec![self.at(from).at];
        let mut walked = 0.0;
        for pair in self.0.windows(2) {
            walked += distance(pair[0], pair[1]);
            if from + 1.0 < walked && walked < to - 1.0 {
                points.push(pair[1]);
            }
        }
        points.push(self.at(to).at);
        Self(points)
    }

    /// The line beside this one: to the left, or to the right for negative metres. Bends must be wide.
    pub(super) fn beside(&self, metres: f64) -> Self {
        let last = self.0.len() - 1;
        let moved = (0..=last).map(|index| {
            let along = minus(self.0[(index + 1).min(last)], self.0[index.saturating_sub(1)]);
            plus(self.0[index], scaled(left_of(along), metres / distance(along, Planar::new(0.0, 0.0)).max(1e-9)))
        });
        Self(moved.collect())
    }

    /// How far from the start the path comes nearest to `at`, and how near, in metres.
    pub(super) fn nearest(&self, at: Planar) -> (f64, f64) {
        let (mut walked, mut best) = (0.0, (0.0, f64::INFINITY));
        for pair in self.0.windows(2) {
            let near = nearest_on_segment(pair[0], pair[1], at);
            let away = distance(near, at);
            if away < best.1 {
                best = (walked + distance(pair[0], near), away);
            }
            walked += distance(pair[0], pair[1]);
        }
        best
    }

    /// The same line with a point at least every `step` metres.
    pub(super) fn dense(&self, step: f64) -> Self {
        let mut points = vec![self.0[0]];
        for pair in self.0.windows(2) {
            let parts = steps(distance(pair[0], pair[1]), step);
            points.extend((1..=parts).map(|part| mix(pair[0], pair[1], f64::from(part) / f64::from(parts))));
        }
        Self(points)
    }

    /// A smooth curve through the points.
    pub(super) fn smooth(&self, step: f64) -> Self {
        let last = self.0.len() - 1;
        let mut points = vec![self.0[0]];
        for index in 0..last {
            let [a, b] = [self.0[index], self.0[index + 1]];
            let before = if index == 0 { minus(scaled(a, 2.0), b) } else { self.0[index - 1] };
            let after = if index + 1 == last { minus(scaled(b, 2.0), a) } else { self.0[index + 2] };
            let parts = steps(distance(a, b), step);
            points.extend((1..parts).map(|part| hermite([before, a, b, after], f64::from(part) / f64::from(parts))));
            points.push(b);
        }
        Self(points)
    }
}

/// Catmull and Rom's curve between the two inner points.
fn hermite([before, a, b, after]: [Planar; 4], t: f64) -> Planar {
    let (leave, arrive) = (scaled(minus(b, before), 0.5), scaled(minus(after, a), 0.5));
    let (t2, t3) = (t * t, t * t * t);
    let ends = plus(scaled(a, 2.0 * t3 - 3.0 * t2 + 1.0), scaled(b, 3.0 * t2 - 2.0 * t3));
    plus(ends, plus(scaled(leave, t3 - 2.0 * t2 + t), scaled(arrive, t3 - t2)))
}

/// A ring without its repeated last point, counter-clockwise.
#[derive(Clone, Debug)]
pub(super) struct Ring(pub(super) Vec<Planar>);

impl Ring {
    /// A regular polygon around a place.
    pub(super) fn around(middle: Planar, radius: f64, corners: u32) -> Self {
        let corner = |n: u32| plus(middle, bearing(-360.0 * f64::from(n) / f64::from(corners), radius));
        Self((0..corners).map(corner).collect())
    }

    /// The strip on both sides of a path.
    pub(super) fn strip(path: &Path, half_width: f64) -> Self {
        let right = path.beside(-half_width).0;
        let left = path.beside(half_width).0;
        Self(right.into_iter().chain(left.into_iter().rev()).collect())
    }

    /// Each side with its two ends.
    pub(super) fn sides(&self) -> impl Iterator<Item = [Planar; 2]> {
        self.0.iter().zip(self.0.iter().cycle().skip(1)).map(|(a, b)| [*a, *b])
    }

    /// Square metres; negative when clockwise.
    pub(super) fn area(&self) -> f64 {
        self.sides().map(|[a, b]| cross(a, b)).sum::<f64>() / 2.0
    }

    pub(super) fn centre(&self) -> Planar {
        let sum = self.sides().fold(Planar::new(0.0, 0.0), |sum, [a, b]| plus(sum, scaled(plus(a, b), cross(a, b))));
        scaled(sum, 1.0 / (6.0 * self.area()))
    }

    pub(super) fn contains(&self, at: Planar) -> bool {
        let over = self.sides().filter(|[a, b]| {
            (a.north <= at.north) != (b.north <= at.north)
                && at.east < a.east + (at.north - a.north) / (b.north - a.north) * (b.east - a.east)
        });
        over.count() % 2 == 1
    }

    /// Metres from the ring's nearest side, wherever `at` is.
    pub(super) fn edge_distance(&self, at: Planar) -> f64 {
        self.sides().map(|[a, b]| distance(nearest_on_segment(a, b, at), at)).fold(f64::INFINITY, f64::min)
    }

    /// The part that is nearer to `own` than to `other`.
    pub(super) fn nearer_to(&self, own: Planar, other: Planar) -> Self {
        let (middle, across) = (mix(own, other, 0.5), minus(other, own));
        let beyond = |at: Planar| dot(minus(at, middle), across);
        let mut kept = Vec::new();
        for [a, b] in self.sides() {
            let (from, to) = (beyond(a), beyond(b));
            if from <= 0.0 {
                kept.push(a);
            }
            if (from < 0.0 && 0.0 < to) || (to < 0.0 && 0.0 < from) {
                kept.push(mix(a, b, from / (from - to)));
            }
        }
        Self(kept)
    }
}
