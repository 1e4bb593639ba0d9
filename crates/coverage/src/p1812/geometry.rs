//! The shape of a path: horizons, the smooth earth under it, and how often the air bends waves along it.

use super::{Profile, Radio, Zone};

const EARTH_RADIUS_KM: f64 = 6_371.0;
/// The effective radius in anomalous air, three times the earth's, (7b).
pub(super) const ANOMALOUS_EARTH_RADIUS_KM: f64 = 3.0 * EARTH_RADIUS_KM;
const LIGHT_M_GHZ: f64 = 0.299_792_458;

/// The figures of a path that later steps rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Antennas above sea level, in metres.
    pub transmitter_m: f64,
    /// The same at the other end.
    pub receiver_m: f64,
    /// From the transmitter to its horizon, (78), in km.
    pub transmitter_horizon_km: f64,
    /// From the receiver to its horizon, (81a), in km.
    pub receiver_horizon_km: f64,
    /// The transmitter's horizon above the horizontal, (76)–(78), in mrad.
    pub transmitter_elevation_mrad: f64,
    /// The receiver's, (79)–(81), in mrad.
    pub receiver_elevation_mrad: f64,
    /// The angle between both horizon rays, (82), in mrad.
    pub angular_distance_mrad: f64,
    /// The share of the path over sea.
    pub sea_share: f64,
    /// Stretches of land and of inland.
    pub land: MostlyLand,
    /// How often the air is anomalous, (5), in per cent.
    pub anomalous_percent: f64,
    /// The effective earth's radius, (7a), in km.
    pub earth_radius_km: f64,
    /// Antennas above the smooth earth of diffraction, (37), in metres.
    pub above_diffraction_earth_m: (f64, f64),
    /// Effective heights for ducting, (92), in metres.
    pub effective_m: (f64, f64),
    /// How rough the terrain between the horizons is, (93), in metres.
    pub roughness_m: f64,
}

/// The longest stretches of land under a path, in km.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MostlyLand {
    /// Land of either kind (`d_tm`).
    pub land_km: f64,
    /// Inland (`d_lm`).
    pub inland_km: f64,
}

/// A path made ready: distances from the transmitter, ground, and ground with clutter.
pub struct Path {
    pub(super) shape: Shape,
    pub(super) radio: Radio,
    pub(super) length_km: f64,
    pub(super) distance_km: Vec<f64>,
    pub(super) surface_m: Vec<f64>,
    pub(super) wavelength_m: f64,
}

impl Path {
    pub(super) fn of(profile: &Profile, radio: &Radio) -> Self {
        let points = profile.points();
        let start_km = points[0].distance_km;
        let distance_km: Vec<f64> = points.iter().map(|point| point.distance_km - start_km).collect();
        let ground_m: Vec<f64> = points.iter().map(|point| point.ground_m).collect();
        let surface_m = points.iter().map(|point| point.ground_m + point.clutter_m).collect();
        let length_km = distance_km[distance_km.len() - 1];
        let zones: Vec<Zone> = points.iter().map(|point| point.zone).collect();
        let wavelength_m = LIGHT_M_GHZ / radio.frequency_ghz;
        let shape = shape(&distance_km, &ground_m, &zones, radio);
        Self { shape, radio: *radio, length_km, distance_km, surface_m, wavelength_m }
    }

    /// How far the loss goes from its median to that of anomalous air, (40).
    pub(super) fn towards_anomalous(&self, time_percent: f64) -> f64 {
        let beta = self.shape.anomalous_percent;
        if 50.0 <= time_percent {
            0.0
        } else if beta < time_percent {
            exceeded(time_percent / 100.0) / exceeded(beta / 100.0)
        } else {
            1.0
        }
    }

    /// How much of line of sight is left for the angle between the horizons, (57).
    pub(super) fn sight_share(&self) -> f64 {
        const ANGLE_MRAD: f64 = 0.3;
        const SLOPE: f64 = 0.8;
        1.0 - 0.5 * (1.0 + libm::tanh(3.0 * SLOPE * (self.shape.angular_distance_mrad - ANGLE_MRAD) / ANGLE_MRAD))
    }

    /// How much diffraction counts for the length of the path, (58).
    pub(super) fn far_share(&self) -> f64 {
        const LENGTH_KM: f64 = 20.0;
        const SLOPE: f64 = 0.5;
        1.0 - 0.5 * (1.0 + libm::tanh(3.0 * SLOPE * (self.length_km - LENGTH_KM) / LENGTH_KM))
    }
}

/// The standard deviations that a share is exceeded beyond, by the Recommendation's own approximation (Attachment 2).
pub(super) fn exceeded(share: f64) -> f64 {
    let of_tail = |tail: f64| {
        let t = (-2.0 * libm::log(tail)).sqrt();
        let above = (0.010_328 * t + 0.802_853) * t + 2.515_516_698;
        let below = ((0.001_308 * t + 0.189_269) * t + 1.432_788) * t + 1.0;
        t - above / below
    };
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    if share <= 0.5 { of_tail(share) } else { -of_tail(1.0 - share) }
}

fn shape(distance_km: &[f64], ground_m: &[f64], zones: &[Zone], radio: &Radio) -> Shape {
    let last = distance_km.len() - 1;
    let length_km = distance_km[last];
    let transmitter_m = ground_m[0] + radio.transmitter_m;
    let receiver_m = ground_m[last] + radio.receiver_m;
    let earth_radius_km = EARTH_RADIUS_KM * 157.0 / (157.0 - radio.refractivity_fall);
    let land = MostlyLand {
        land_km: longest(distance_km, zones, |zone| zone != Zone::Sea),
        inland_km: longest(distance_km, zones, |zone| zone == Zone::Inland),
    };
    let ends = Ends { transmitter_m, receiver_m, length_km, earth_radius_km };
    let horizons = horizons(distance_km, ground_m, ends);
    let earth = smooth_earth(distance_km, ground_m, ends);
    let slope = (earth.ducting_m.1 - earth.ducting_m.0) / length_km;
    let between = horizons.transmitter_at..=horizons.receiver_at;
    let roughness_m = between
        .map(|at| ground_m[at] - (earth.ducting_m.0 + slope * distance_km[at]))
        .fold(f64::NEG_INFINITY, f64::max);
    Shape {
        transmitter_m,
        receiver_m,
        transmitter_horizon_km: horizons.transmitter_km,
        receiver_horizon_km: horizons.receiver_km,
        transmitter_elevation_mrad: horizons.transmitter_mrad,
        receiver_elevation_mrad: horizons.receiver_mrad,
        angular_distance_mrad: 1_000.0 * length_km / earth_radius_km
            + horizons.transmitter_mrad
            + horizons.receiver_mrad,
        sea_share: sea_share(distance_km, zones),
        land,
        anomalous_percent: anomalous_percent(land, radio.latitude_deg),
        earth_radius_km,
        above_diffraction_earth_m: (transmitter_m - earth.diffraction_m.0, receiver_m - earth.diffraction_m.1),
        effective_m: (transmitter_m - earth.ducting_m.0, receiver_m - earth.ducting_m.1),
        roughness_m,
    }
}

/// The longest stretch of points of a kind, each point reaching half-way to its neighbours.
fn longest(distance_km: &[f64], zones: &[Zone], is_kind: impl Fn(Zone) -> bool) -> f64 {
    let (mut longest, mut current) = (0.0_f64, 0.0);
    for (at, zone) in zones.iter().enumerate() {
        current = if is_kind(*zone) { current + around(distance_km, at) } else { 0.0 };
        longest = longest.max(current);
    }
    longest
}

fn around(distance_km: &[f64], at: usize) -> f64 {
    let before = if 0 < at { (distance_km[at] - distance_km[at - 1]) / 2.0 } else { 0.0 };
    let after = distance_km.get(at + 1).map_or(0.0, |next| (next - distance_km[at]) / 2.0);
    before + after
}

fn sea_share(distance_km: &[f64], zones: &[Zone]) -> f64 {
    let sea = zones.iter().enumerate().filter(|(_, zone)| **zone == Zone::Sea);
    sea.map(|(at, _)| around(distance_km, at)).sum::<f64>() / distance_km[distance_km.len() - 1]
}

/// (2)–(5)
fn anomalous_percent(land: MostlyLand, latitude_deg: f64) -> f64 {
    let tau = tau(land);
    let latitude = latitude_deg.abs();
    let mu1 = libm::pow(
        libm::pow(10.0, -land.land_km / (16.0 - 6.6 * tau)) + libm::pow(10.0, -5.0 * (0.496 + 0.354 * tau)),
        0.2,
    )
    .min(1.0);
    if latitude <= 70.0 {
        let mu4 = libm::pow(mu1, -0.935 + 0.0176 * latitude);
        libm::pow(10.0, -0.015 * latitude + 1.67) * mu1 * mu4
    } else {
        4.17 * mu1 * libm::pow(mu1, 0.3)
    }
}

/// (3a)
pub(super) fn tau(land: MostlyLand) -> f64 {
    1.0 - libm::exp(-4.12e-4 * libm::pow(land.inland_km, 2.41))
}

#[derive(Clone, Copy)]
struct Ends {
    transmitter_m: f64,
    receiver_m: f64,
    length_km: f64,
    earth_radius_km: f64,
}

impl Ends {
    /// The straight line between both antennas.
    fn ray_m(&self, distance_km: f64) -> f64 {
        let Self { transmitter_m, receiver_m, length_km, .. } = self;
        (transmitter_m * (length_km - distance_km) + receiver_m * distance_km) / length_km
    }
}

struct Horizons {
    transmitter_km: f64,
    receiver_km: f64,
    transmitter_mrad: f64,
    receiver_mrad: f64,
    transmitter_at: usize,
    receiver_at: usize,
}

/// Attachment 1, §4.
fn horizons(distance_km: &[f64], ground_m: &[f64], ends: Ends) -> Horizons {
    let Ends { transmitter_m, receiver_m, length_km, earth_radius_km } = ends;
    let inner = 1..distance_km.len() - 1;
    // The tangent of the elevation is greatest where the elevation is, and is quicker.
    let tangent = |from_m: f64, to_m: f64, km: f64| (to_m - from_m) / (1_000.0 * km) - km / (2.0 * earth_radius_km);
    let mrad = |tangent: f64| 1_000.0 * libm::atan(tangent);
    let from_transmitter = |at: usize| tangent(transmitter_m, ground_m[at], distance_km[at]);
    let from_receiver = |at: usize| tangent(receiver_m, ground_m[at], length_km - distance_km[at]);
    let (highest_at, highest) = greatest(inner.clone(), from_transmitter);
    let direct = tangent(transmitter_m, receiver_m, length_km);
    if direct < highest {
        let (receiver_at, receiver) = greatest(inner, from_receiver);
        return Horizons {
            transmitter_km: distance_km[highest_at],
            receiver_km: length_km - distance_km[receiver_at],
            transmitter_mrad: mrad(highest),
            receiver_mrad: mrad(receiver),
            transmitter_at: highest_at,
            receiver_at,
        };
    }
    // In sight: both horizons are the point that comes nearest to the ray, in wavelengths. Squared with its sign that is
    // greatest at the same point, and what all points share does not matter.
    let clearance = |at: usize| {
        let km = distance_km[at];
        let rise_m = ground_m[at] + 500.0 * km * (length_km - km) / earth_radius_km - ends.ray_m(km);
        rise_m * rise_m.abs() / (km * (length_km - km))
    };
    let (nearest_at, _) = greatest(inner, clearance);
    Horizons {
        transmitter_km: distance_km[nearest_at],
        receiver_km: length_km - distance_km[nearest_at],
        transmitter_mrad: mrad(highest.max(direct)),
        receiver_mrad: mrad(tangent(receiver_m, transmitter_m, length_km)),
        transmitter_at: nearest_at,
        receiver_at: nearest_at,
    }
}

/// The first point at which something is greatest.
fn greatest(mut points: std::ops::Range<usize>, of: impl Fn(usize) -> f64) -> (usize, f64) {
    let first = points.start;
    points.next();
    points.fold((first, of(first)), |(best, most), at| {
        let value = of(at);
        if most < value { (at, value) } else { (best, most) }
    })
}

struct SmoothEarth {
    /// Under both ends, for diffraction, (89).
    diffraction_m: (f64, f64),
    /// Under both ends, for ducting, (90).
    ducting_m: (f64, f64),
}

/// Attachment 1, §5.6.
fn smooth_earth(distance_km: &[f64], ground_m: &[f64], ends: Ends) -> SmoothEarth {
    let Ends { length_km, .. } = ends;
    let (mut v1, mut v2) = (0.0, 0.0);
    for at in 1..distance_km.len() {
        let (from, to) = (distance_km[at - 1], distance_km[at]);
        let (low, high) = (ground_m[at - 1], ground_m[at]);
        v1 += (to - from) * (high + low);
        v2 += (to - from) * (high * (2.0 * to + from) + low * (to + 2.0 * from));
    }
    let squared = length_km * length_km;
    let fitted = ((2.0 * v1 * length_km - v2) / squared, (v2 - v1 * length_km) / squared);
    let (mut highest, mut from_start, mut from_end) = (f64::NEG_INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
    for at in 1..distance_km.len() - 1 {
        let km = distance_km[at];
        let above_m = ground_m[at] - ends.ray_m(km);
        highest = highest.max(above_m);
        from_start = from_start.max(above_m / km);
        from_end = from_end.max(above_m / (length_km - km));
    }
    let lowered = if highest <= 0.0 {
        fitted
    } else {
        let share = from_start / (from_start + from_end);
        (fitted.0 - highest * share, fitted.1 - highest * (1.0 - share))
    };
    let (first, last) = (ground_m[0], ground_m[ground_m.len() - 1]);
    SmoothEarth {
        diffraction_m: (lowered.0.min(first), lowered.1.min(last)),
        ducting_m: (fitted.0.min(first), fitted.1.min(last)),
    }
}
