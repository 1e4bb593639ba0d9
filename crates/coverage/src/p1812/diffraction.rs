//! Diffraction over the profile, over smooth ground, and over a smooth earth: the delta-Bullington method, §4.3.

use super::Polarisation;
use super::geometry::Path;

/// (39): the profile's Bullington loss, and what a smooth earth takes beyond smooth ground.
pub(super) fn delta_bullington(path: &Path, earth_radius_km: f64) -> f64 {
    let shape = &path.shape;
    let profile = Knife { path, earth_radius_km, ends_m: (shape.transmitter_m, shape.receiver_m) };
    let over_profile = profile.loss(|at| path.surface_m[at]);
    let above_m = shape.above_diffraction_earth_m;
    let smooth = Knife { path, earth_radius_km, ends_m: above_m };
    let over_smooth = smooth.loss(|_| 0.0);
    over_profile + (spherical_earth(path, above_m, earth_radius_km) - over_smooth).max(0.0)
}

/// A path seen as one edge, §4.3.1.
struct Knife<'p> {
    path: &'p Path,
    earth_radius_km: f64,
    /// Both antennas, in the profile's own heights.
    ends_m: (f64, f64),
}

impl Knife<'_> {
    fn loss(&self, surface_m: impl Fn(usize) -> f64) -> f64 {
        let length_km = self.path.length_km;
        let (start_m, end_m) = self.ends_m;
        let inner = 1..self.path.distance_km.len() - 1;
        let bulge = |at: usize| {
            let (km, left_km) = (self.path.distance_km[at], length_km - self.path.distance_km[at]);
            (km, left_km, surface_m(at) + 500.0 / self.earth_radius_km * km * left_km)
        };
        let (mut rise, mut fall) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for at in inner.clone() {
            let (km, left_km, bulge_m) = bulge(at);
            rise = rise.max((bulge_m - start_m) / km);
            fall = fall.max((bulge_m - end_m) / left_km);
        }
        let direct = (end_m - start_m) / length_km;
        let nu = if rise < direct {
            // Squared with its sign the parameter is greatest at the same point, and needs no root at the others.
            let (mut most, mut nearest) = (f64::NEG_INFINITY, (0.0, 0.0));
            for at in inner {
                let (km, left_km, bulge_m) = bulge(at);
                let above_m = bulge_m - (start_m * left_km + end_m * km) / length_km;
                let squared = above_m * above_m.abs() / (km * left_km);
                if most < squared {
                    (most, nearest) = (squared, (above_m, km));
                }
            }
            nearest.0 * self.per_metre(nearest.1)
        } else {
            let edge_km = (end_m - start_m + fall * length_km) / (rise + fall);
            let ray_m = (start_m * (length_km - edge_km) + end_m * edge_km) / length_km;
            (start_m + rise * edge_km - ray_m) * self.per_metre(edge_km)
        };
        let edge_db = knife_edge(nu);
        edge_db + (1.0 - libm::exp(-edge_db / 6.0)) * (10.0 + 0.02 * length_km)
    }

    /// The diffraction parameter of one metre at a distance.
    fn per_metre(&self, km: f64) -> f64 {
        let length_km = self.path.length_km;
        (0.002 * length_km / (self.path.wavelength_m * km * (length_km - km))).sqrt()
    }
}

/// (12)
fn knife_edge(nu: f64) -> f64 {
    if nu <= -0.78 {
        return 0.0;
    }
    let away = nu - 0.1;
    6.9 + 20.0 * libm::log10((away * away + 1.0).sqrt() + away)
}

/// §4.3.2
fn spherical_earth(path: &Path, (start_m, end_m): (f64, f64), earth_radius_km: f64) -> f64 {
    let length_km = path.length_km;
    let sight_km = (2.0 * earth_radius_km).sqrt() * ((0.001 * start_m).sqrt() + (0.001 * end_m).sqrt());
    if sight_km <= length_km {
        return first_term(path, (start_m, end_m), earth_radius_km);
    }
    let sum_m = start_m + end_m;
    let c = (start_m - end_m) / sum_m;
    let m = 250.0 * length_km * length_km / (earth_radius_km * sum_m);
    let cubed = (m + 1.0) * (m + 1.0) * (m + 1.0);
    let angle = std::f64::consts::FRAC_PI_3 + libm::acos(1.5 * c * (3.0 * m / cubed).sqrt()) / 3.0;
    let b = 2.0 * ((m + 1.0) / (3.0 * m)).sqrt() * libm::cos(angle);
    let first_km = length_km / 2.0 * (1.0 + b);
    let second_km = length_km - first_km;
    let above = |height_m: f64, km: f64| height_m - 500.0 * km * km / earth_radius_km;
    let clearance_m = (above(start_m, first_km) * second_km + above(end_m, second_km) * first_km) / length_km;
    let needed_m = 17.456 * (first_km * second_km * path.wavelength_m / length_km).sqrt();
    if needed_m < clearance_m {
        return 0.0;
    }
    let modified = length_km / (start_m.sqrt() + end_m.sqrt());
    let grazing_db = first_term(path, (start_m, end_m), 500.0 * modified * modified);
    (1.0 - clearance_m / needed_m) * grazing_db.max(0.0)
}

/// The residue series' first term over sea and land in proportion, §4.3.3.
fn first_term(path: &Path, ends_m: (f64, f64), earth_radius_km: f64) -> f64 {
    let over = |permittivity, conductivity| over_ground(path, ends_m, earth_radius_km, permittivity, conductivity);
    let sea = path.shape.sea_share;
    let wet = if 0.0 < sea { sea * over(80.0, 5.0) } else { 0.0 };
    let dry = if sea < 1.0 { (1.0 - sea) * over(22.0, 0.003) } else { 0.0 };
    wet + dry
}

fn over_ground(
    path: &Path,
    (start_m, end_m): (f64, f64),
    earth_radius_km: f64,
    permittivity: f64,
    conductivity: f64,
) -> f64 {
    let f = path.radio.frequency_ghz;
    let loss_2 = (18.0 * conductivity / f) * (18.0 * conductivity / f);
    let admittance_2 = (permittivity - 1.0) * (permittivity - 1.0) + loss_2;
    let horizontal = 0.036 * libm::pow(earth_radius_km * f, -1.0 / 3.0) * libm::pow(admittance_2, -0.25);
    let k = match path.radio.polarisation {
        Polarisation::Horizontal => horizontal,
        Polarisation::Vertical => horizontal * (permittivity * permittivity + loss_2).sqrt(),
    };
    let (k2, k4) = (k * k, k * k * k * k);
    let beta = (1.0 + 1.6 * k2 + 0.67 * k4) / (1.0 + 4.5 * k2 + 1.53 * k4);
    let x = 21.88 * beta * libm::cbrt(f / (earth_radius_km * earth_radius_km)) * path.length_km;
    let per_metre = 0.9575 * beta * libm::cbrt(f * f / earth_radius_km);
    let distance_db = if 1.6 <= x {
        11.0 + 10.0 * libm::log10(x) - 17.6 * x
    } else {
        -20.0 * libm::log10(x) - 5.6488 * libm::pow(x, 1.425)
    };
    let height_db = |height_m: f64| {
        let y = beta * per_metre * height_m;
        let gain = if 2.0 < y {
            17.6 * (y - 1.1).sqrt() - 5.0 * libm::log10(y - 1.1) - 8.0
        } else {
            20.0 * libm::log10(y + 0.1 * y * y * y)
        };
        gain.max(2.0 + 20.0 * libm::log10(k))
    };
    -distance_db - height_db(start_m) - height_db(end_m)
}
