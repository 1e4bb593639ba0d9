//! Plane geometry of the synthetic commune, in metres east and north of its middle.

use hatang_core::{Lonlat, Planar, geodesy::TangentPlane};

/// The middle of the commune's published extent, to 0.0005°.
const MIDDLE: [f64; 2] = [106.48, 20.6765];

/// The position on WGS 84, rounded to 6 decimals (0.1 m).
pub(super) fn lonlat(at: Planar) -> Lonlat {
    let middle = Lonlat::new(MIDDLE[0], MIDDLE[1]).expect("a constant on the earth");
    let exact = TangentPlane::at(middle).lonlat([at.east, at.north]);
    Lonlat::new(rounded(exact.lon(), 6), rounded(exact.lat(), 6)).expect("rounded within the earth's range")
}

/// Rounds to a number of decimals.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    let number = (value * unit).round() / unit;
    if number == 0.0 { 0.0 } else { number }
}

/// How many steps of about `step` metres fill `length` metres; at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length over a step is a small number")]
pub(super) fn steps(length: f64, step: f64) -> u32 {
    (length / step).round().max(1.0) as u32
}

pub(super) fn plus(a: Planar, b: Planar) -> Planar {
    Planar::new(a.east + b.east, a.north + b.north)
}

pub(super) fn minus(a: Planar, b: Planar) -> Planar {
    Planar::new(a.east - b.east, a.north - b.north)
}

pub(super) fn scaled(a: Planar, factor: f64) -> Planar {
    Planar::new(a.east * factor, a.north * factor)
}

/// Between `a` (at 0) and `b` (at 1).
pub(super) fn mix(a: Planar, b: Planar, share: f64) -> Planar {
    plus(a, scaled(minus(b, a), share))
}

pub(super) fn distance(a: Planar, b: Planar) -> f64 {
    (b.east - a.east).hypot(b.north - a.north)
}

pub(super) fn dot(a: Planar, b: Planar) -> f64 {
    a.east * b.east + a.north * b.north
}

pub(super) fn cross(a: Planar, b: Planar) -> f64 {
    a.east * b.north - a.north * b.east
}

/// A quarter turn to the left.
pub(super) fn left_of(a: Planar) -> Planar {
    Planar::new(-a.north, a.east)
}

/// The vector of that length in that direction, counted clockwise from north in degrees.
pub(super) fn bearing(degrees: f64, metres: f64) -> Planar {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Planar::new(metres * sin, metres * cos)
}

/// The nearest point of the segment `a`–`b`.
pub(super) fn nearest_on_segment(a: Planar, b: Planar, at: Planar) -> Planar {
    let along = minus(b, a);
    let length_2 = dot(along, along);
    let share = if length_2 == 0.0 { 0.0 } else { (dot(minus(at, a), along) / length_2).clamp(0.0, 1.0) };
    mix(a, b, share)
}

/// Where two segments cross away from their ends.
pub(super) fn crossing([a, b]: [Planar; 2], [c, d]: [Planar; 2]) -> Option<Planar> {
    let (first, second) = (minus(b, a), minus(d, c));
    let turn = cross(first, second);
    if turn.abs() < 1e-9 {
        return None;
    }
    let share = cross(minus(c, a), second) / turn;
    let other = cross(minus(c, a), first) / turn;
    let inner = 1e-6..=1.0 - 1e-6;
    (inner.contains(&share) && inner.contains(&other)).then(|| mix(a, b, share))
}
