//! The share of locations in a cell at which the signal is strong enough.

use crate::rma::{PathLoss, PathLosses};

/// The share of locations whose path loss stays within `allowed_db`.
///
/// Line of sight and its absence are two populations, each normally distributed in dB; averaging their decibels first
/// would promise far too much.
///
/// Source: TR 38.901 §7.4.4 (log-normal shadowing), mixed by the line-of-sight probability.
#[must_use]
pub fn probability(los_probability: f64, losses: &PathLosses, allowed_db: f64) -> f64 {
    let within = |path: &PathLoss| normal((allowed_db - path.loss_db) / path.sigma_db);
    los_probability * within(&losses.los) + (1.0 - los_probability) * within(&losses.nlos)
}

/// The standard normal distribution function.
fn normal(deviations: f64) -> f64 {
    0.5 * libm::erfc(-deviations * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use hatang_core::Metres;

    use super::*;
    use crate::rma::{Rma, Surroundings, los_probability};

    #[test]
    fn line_of_sight_and_its_absence_are_mixed_as_probabilities_and_not_as_decibels() {
        let around = Surroundings {
            building_height: Metres::computed(5.0),
            street_width: Metres::computed(20.0),
            handset_height: Metres::computed(1.5),
        };
        let distance = Metres::computed(500.0);
        let losses = Rma::new(3.5, Metres::computed(30.0), around).unwrap().over(distance);
        let p_los = los_probability(distance);
        let mixed = probability(p_los, &losses, 125.0);
        assert!((mixed - 0.890).abs() < 0.0005, "{mixed}");

        let mean_db = p_los * losses.los.loss_db + (1.0 - p_los) * losses.nlos.loss_db;
        let averaged = normal((125.0 - mean_db) / 8.0);
        assert!((averaged - 0.988).abs() < 0.001, "the mistake this model avoids: {averaged}");
    }

    #[test]
    fn the_normal_distribution_has_its_one_sided_quantiles() {
        for (deviations, share) in [(0.0, 0.5), (0.6745, 0.75), (1.2816, 0.90), (1.6449, 0.95), (-1.2816, 0.10)] {
            assert!((normal(deviations) - share).abs() < 2e-5, "{deviations}");
        }
    }
}
