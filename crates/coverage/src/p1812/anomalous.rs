//! Ducting and layer reflection, §4.5, and tropospheric scatter, §4.4.

use super::geometry::{Path, tau};

/// (44)
pub(super) fn scatter(path: &Path) -> f64 {
    let radio = &path.radio;
    let half = libm::log10(radio.frequency_ghz / 2.0);
    let frequency_db = 25.0 * libm::log10(radio.frequency_ghz) - 2.5 * half * half;
    190.1 + frequency_db + 20.0 * libm::log10(path.length_km) + 0.573 * path.shape.angular_distance_mrad
        - 0.15 * radio.sea_level_refractivity
        - 10.125 * libm::pow(libm::log10(50.0 / radio.time_percent), 0.7)
}

/// (46)
pub(super) fn ducting(path: &Path) -> f64 {
    let (shape, f) = (&path.shape, path.radio.frequency_ghz);
    let low_band_db = if f < 0.5 { 45.375 - 137.0 * f + 92.5 * f * f } else { 0.0 };
    let transmitter = End::new(shape.transmitter_horizon_km, shape.transmitter_elevation_mrad, shape.transmitter_m);
    let receiver = End::new(shape.receiver_horizon_km, shape.receiver_elevation_mrad, shape.receiver_m);
    let coupling_db = 102.45
        + 20.0 * libm::log10(f)
        + 20.0 * libm::log10(transmitter.horizon_km + receiver.horizon_km)
        + low_band_db
        + transmitter.shielding_db(f)
        + receiver.shielding_db(f)
        + transmitter.over_sea_db(path.radio.coast_km.0, shape.sea_share)
        + receiver.over_sea_db(path.radio.coast_km.1, shape.sea_share);
    let angle_mrad = 1_000.0 * path.length_km / shape.earth_radius_km + transmitter.bounded() + receiver.bounded();
    coupling_db + 5e-5 * shape.earth_radius_km * libm::cbrt(f) * angle_mrad + by_time(path)
}

/// How the loss varies with the share of time, (53)–(56a).
fn by_time(path: &Path) -> f64 {
    let (shape, length_km) = (&path.shape, path.length_km);
    let beta = shape.anomalous_percent * geometry_factor(path) * roughness_factor(path);
    let log_beta = libm::log10(beta);
    let exponent = 1.076 / libm::pow(2.0058 - log_beta, 1.012)
        * libm::exp(-(9.51 - 4.8 * log_beta + 0.198 * log_beta * log_beta) * 1e-6 * libm::pow(length_km, 1.13));
    let ratio = path.radio.time_percent / beta;
    -12.0 + (1.2 + 3.7e-3 * length_km) * libm::log10(ratio) + 12.0 * libm::pow(ratio, exponent)
}

/// (55)
fn geometry_factor(path: &Path) -> f64 {
    let (start_m, end_m) = path.shape.effective_m;
    let exponent = (-0.6 - 3.5e-9 * libm::pow(path.length_km, 3.1) * tau(path.shape.land)).max(-3.4);
    let spread = path.length_km / (start_m.sqrt() + end_m.sqrt());
    libm::pow(500.0 / path.shape.earth_radius_km * spread * spread, exponent).min(1.0)
}

/// (56)
fn roughness_factor(path: &Path) -> f64 {
    let shape = &path.shape;
    if shape.roughness_m <= 10.0 {
        return 1.0;
    }
    let between_km = (path.length_km - shape.transmitter_horizon_km - shape.receiver_horizon_km).min(40.0);
    libm::exp(-4.6e-5 * (shape.roughness_m - 10.0) * (43.0 + 6.0 * between_km))
}

/// One end of a path.
struct End {
    horizon_km: f64,
    elevation_mrad: f64,
    antenna_m: f64,
}

impl End {
    const fn new(horizon_km: f64, elevation_mrad: f64, antenna_m: f64) -> Self {
        Self { horizon_km, elevation_mrad, antenna_m }
    }

    /// (49)
    fn shielding_db(&self, frequency_ghz: f64) -> f64 {
        let angle = self.elevation_mrad - 0.1 * self.horizon_km;
        if angle <= 0.0 {
            return 0.0;
        }
        20.0 * libm::log10(1.0 + 0.361 * angle * (frequency_ghz * self.horizon_km).sqrt())
            + 0.264 * angle * libm::cbrt(frequency_ghz)
    }

    /// (50)
    fn over_sea_db(&self, coast_km: f64, sea_share: f64) -> f64 {
        if sea_share < 0.75 || self.horizon_km < coast_km || 5.0 < coast_km {
            return 0.0;
        }
        -3.0 * libm::exp(-0.25 * coast_km * coast_km) * (1.0 + libm::tanh(0.07 * (50.0 - self.antenna_m)))
    }

    /// (52a)
    fn bounded(&self) -> f64 {
        self.elevation_mrad.min(0.1 * self.horizon_km)
    }
}
