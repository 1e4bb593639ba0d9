//! The share of locations in a cell at which the signal is strong enough.

use crate::model::{PathLoss, PathLosses};

/// The share of locations whose path loss stays within `allowed_db`.
///
/// Line of sight and its absence are two populations, each normally distributed in dB; averaging their decibels first
/// would promise far too much.
///
/// Source: TR 38.901 §7.4.4 (log-normal shadowing), mixed by the line-of-sight probability.
#[must_use]
pub fn probability(los_probability: f64, losses: &PathLosses, allowed_db: f64) -> f64 {
    mix(los_probability, losses, |path| normal((allowed_db - path.loss_db) / path.sigma_db))
}

/// The share of locations whose path loss exceeds `allowed_db`. Near a mast it tells apart what differs from one by less
/// than a number can hold.
pub(crate) fn failure(los_probability: f64, losses: &PathLosses, allowed_db: f64) -> f64 {
    mix(los_probability, losses, |path| normal((path.loss_db - allowed_db) / path.sigma_db))
}

fn mix(los_probability: f64, losses: &PathLosses, share: impl Fn(&PathLoss) -> f64) -> f64 {
    los_probability * share(&losses.los) + (1.0 - los_probability) * share(&losses.nlos)
}

/// The standard normal distribution function.
pub(crate) fn normal(deviations: f64) -> f64 {
    0.5 * libm::erfc(-deviations * std::f64::consts::FRAC_1_SQRT_2)
}

/// The share of a round cell's area that is covered when its edge is covered with a margin over the median.
///
/// `exponent` is that of distance in the path loss, `sigma_db` the scatter, `margin_db` how far the median signal at the
/// edge lies above the threshold.
///
/// Source: Reudink, in Jakes (ed.), Microwave Mobile Communications, 1974, §2.5.
#[must_use]
pub fn area_probability(exponent: f64, sigma_db: f64, margin_db: f64) -> f64 {
    let scale = sigma_db * std::f64::consts::SQRT_2;
    let a = margin_db / scale;
    let b = 10.0 * exponent * std::f64::consts::LOG10_E / scale;
    let beyond = libm::exp((2.0 * a * b + 1.0) / (b * b)) * libm::erfc((a * b + 1.0) / b);
    0.5 * (1.0 + libm::erf(a) + beyond)
}

#[cfg(test)]
mod tests {
    use hatang_core::Metres;

    use super::*;
    use crate::model::{Model, Scenario, Surroundings};

    #[test]
    fn line_of_sight_and_its_absence_are_mixed_as_probabilities_and_not_as_decibels() {
        let around = Surroundings {
            building_height: Metres::computed(5.0),
            street_width: Metres::computed(20.0),
            handset_height: Metres::computed(1.5),
            vegetation: 0.1,
        };
        let distance = Metres::computed(500.0);
        let model = Model::new(Scenario::RuralMacro, 3.5, Metres::computed(30.0), around).unwrap();
        let (p_los, losses) = (model.los_probability(distance), model.over(distance));
        let mixed = probability(p_los, &losses, 125.0);
        assert!((mixed - 0.890).abs() < 0.0005, "{mixed}");
        assert!((mixed + failure(p_los, &losses, 125.0) - 1.0).abs() < 1e-15);

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
