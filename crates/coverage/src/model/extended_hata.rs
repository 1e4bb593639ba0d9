//! The Extended Hata model: a second opinion beside the standard's, for macro cells over land of little relief.
//!
//! It is Hata's formula, refitted through three points of Okumura's curves so that it holds from 1,500 to 3,000 MHz. It is a
//! cross-check and never the map's own model.
//!
//! Source: NTIA Technical Report TR-15-517, Appendix A, without its terrain corrections, which vanish on flat ground.

use std::f64::consts::TAU;

use hatang_core::Metres;

use super::PathLoss;
use super::range::{OutsideModel, Quantity};

/// The built-up surroundings that the model tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Town.
    Urban,
    /// Suburb or village.
    Suburban,
    /// Open land.
    Rural,
}

/// What the model gives, and which inputs it took for others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Median loss over all locations and its scatter; this model does not tell line of sight apart.
    pub path: PathLoss,
    /// Whether the mast's or the handset's height was taken as the nearest one that the model knows.
    pub height_clamped: bool,
    /// Whether the frequency lies above the 3,000 MHz that the model was fitted to.
    pub frequency_extrapolated: bool,
}

/// Okumura's reference mast and handset, in metres.
const REFERENCE_MAST_M: f64 = 200.0;
const REFERENCE_HANDSET_M: f64 = 3.0;
const VACUUM_LIGHT_M_PER_S: f64 = 299_792_458.0;

/// Median attenuation beside free space at 1 km and at 100 km, the suburban correction and the scatter: value in dB at
/// 1,500, 2,000 and 3,000 MHz.
const AT_1_KM: [f64; 3] = [22.0, 23.5, 25.85];
const AT_100_KM: [f64; 3] = [63.5, 65.75, 69.5];
const SUBURBAN: [f64; 3] = [11.5, 12.4, 14.0];
const SCATTER: [f64; 3] = [7.1, 7.5, 8.1];

/// The loss over a distance along flat ground.
///
/// # Errors
/// [`OutsideModel`] for a frequency outside 1,500 to 4,000 MHz or a distance outside 1 to 100 km.
pub fn over_flat_ground(
    environment: Environment,
    frequency_mhz: f64,
    antenna_height: Metres,
    handset_height: Metres,
    distance: Metres,
) -> Result<Estimate, OutsideModel> {
    Quantity::FrequencyGhz.within(frequency_mhz / 1_000.0, 1.5, 4.0)?;
    Quantity::DistanceM.within(distance.get(), 1_000.0, 100_000.0)?;
    let mast_m = antenna_height.get().clamp(30.0, 200.0);
    let handset_m = handset_height.get().clamp(1.0, 10.0);
    let log_f = libm::log10(frequency_mhz);
    let log_mast = libm::log10(mast_m);
    let distance_km = distance.get() / 1_000.0;

    let wave_number = TAU * frequency_mhz * 1e6 / VACUUM_LIGHT_M_PER_S;
    let free_space = |slant_m: f64| 20.0 * libm::log10(2.0 * wave_number * slant_m);
    let references_db = 13.82 * libm::log10(REFERENCE_MAST_M) + handset_gain(REFERENCE_HANDSET_M);
    let heights_db = references_db - 13.82 * log_mast - handset_gain(handset_m);

    let at_1_km = of_frequency(AT_1_KM, log_f);
    let at_100_km = of_frequency(AT_100_KM, log_f);
    let near_slope_db = 44.9 - 6.55 * log_mast;
    let far_exponent = 2.0 * (half_exponent(log_mast) - 1.0);
    let near_exponent = 0.1 * near_slope_db - 2.0;
    let breakpoint_km =
        libm::pow(10.0, (2.0 * far_exponent + 0.1 * (at_1_km - at_100_km)) / (far_exponent - near_exponent));

    let urban_db = if distance_km <= breakpoint_km {
        let reference_m = libm::hypot(1_000.0, REFERENCE_MAST_M - REFERENCE_HANDSET_M);
        at_1_km + free_space(reference_m) + heights_db + near_slope_db * libm::log10(distance_km)
    } else {
        let slant_m = libm::hypot(distance.get(), mast_m - handset_m);
        at_100_km + free_space(slant_m) + heights_db + 10.0 * far_exponent * (libm::log10(distance_km) - 2.0)
    };
    let (correction_db, more_scatter_db) = match environment {
        Environment::Urban => (0.0, 0.0),
        Environment::Suburban => (of_frequency(SUBURBAN, log_f), 2.0),
        Environment::Rural => (40.94 - 18.33 * log_f + 4.78 * log_f * log_f, 2.0),
    };
    let sigma_db = of_frequency(SCATTER, log_f) + more_scatter_db;
    #[expect(clippy::float_cmp, reason = "clamping leaves a value untouched or changes it")]
    let height_clamped = mast_m != antenna_height.get() || handset_m != handset_height.get();
    Ok(Estimate {
        path: PathLoss { loss_db: urban_db - correction_db, sigma_db },
        height_clamped,
        frequency_extrapolated: 3_000.0 < frequency_mhz,
    })
}

/// Hata's gain of a handset's height, for a large town.
fn handset_gain(height_m: f64) -> f64 {
    let log = libm::log10(11.75 * height_m);
    3.2 * log * log - 4.97
}

fn of_frequency(values: [f64; 3], log_f: f64) -> f64 {
    through([1_500.0, 2_000.0, 3_000.0].map(libm::log10), values, log_f)
}

/// Half the exponent of distance far out, after Okumura's figure 12, for masts of 24.5, 70 and 200 m.
fn half_exponent(log_mast: f64) -> f64 {
    through([24.5, 70.0, 200.0].map(libm::log10), [2.5, 3.0, 3.22], log_mast)
}

/// The parabola through three points.
fn through(at: [f64; 3], values: [f64; 3], x: f64) -> f64 {
    let first = (values[1] - values[0]) / (at[1] - at[0]);
    let second = ((values[2] - values[1]) / (at[2] - at[1]) - first) / (at[2] - at[0]);
    values[0] + (x - at[0]) * (first + second * (x - at[1]))
}
