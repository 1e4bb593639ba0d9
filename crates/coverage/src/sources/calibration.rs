//! One offset and one scatter for each class of land, from measurements.

use hatang_core::Planar;
use serde::Serialize;

use crate::land::{Land, LandClass};
use crate::parameters::{Figure, Parameters};
use crate::reach::reference::Reference;
use crate::reach::terrain::{OnTerrain, TerrainReference};
use crate::station::Station;

/// One measurement beside what the model expects there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Residual {
    /// The measurement's index.
    pub measurement: usize,
    /// What surrounds it.
    pub land: LandClass,
    /// What was measured, in dBm (RSRP).
    pub measured_dbm: f64,
    /// The level that the model expects to be exceeded at half of the locations there, in dBm.
    pub modelled_dbm: f64,
}

impl Residual {
    /// How much stronger the measurement is than the model, in dB.
    #[must_use]
    pub fn db(&self) -> f64 {
        self.measured_dbm - self.modelled_dbm
    }
}

/// What measurements say of the model over one class of land.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassFit {
    /// The class.
    pub land: LandClass,
    /// Measurements there.
    pub measurements: usize,
    /// What is to be added to every path loss there, in dB: the median of what the model promises too much.
    pub offset_db: Option<f64>,
    /// How much measurements scatter around that, in dB: their standard deviation.
    pub sigma_db: Option<f64>,
    /// Half the width of the 95 % interval of the offset, in dB.
    pub uncertainty_db: Option<f64>,
    /// The root of the mean square of the residuals before and after.
    pub rms_db: Option<(f64, f64)>,
}

/// Fewer measurements than this say nothing of a class of land.
pub const FEWEST: usize = 30;

/// A level this far from the threshold is out of the model's sight, in dB.
const FARTHEST_DB: f64 = 100.0;

/// The residual of each measurement within sight of any station.
///
/// The model's own level is the one that half of the locations exceed, found by bisection to a hundredth of a decibel:
/// line of sight and its absence stay two populations. `O(measurements × stations)`.
#[must_use]
pub fn residuals(
    land: &Land,
    stations: &[Station],
    measurements: &[(Planar, f64)],
    parameters: &Parameters,
) -> Vec<Residual> {
    let reference = Reference::new(land, stations, parameters);
    held_against(land, measurements, parameters, |at, class| {
        half(|margin_db| reference.probability(at, class, margin_db))
    })
}

/// The same for a run over terrain.
#[must_use]
pub fn residuals_over_terrain(
    on: OnTerrain<'_>,
    stations: &[Station],
    measurements: &[(Planar, f64)],
) -> Vec<Residual> {
    let reference = TerrainReference::new(on, stations);
    held_against(on.land, measurements, on.parameters, |at, class| half(reference.at(at, class)))
}

/// `gain_db` tells by how much the signal would have to grow so that half of a place's locations are served.
fn held_against(
    land: &Land,
    measurements: &[(Planar, f64)],
    parameters: &Parameters,
    gain_db: impl Fn(Planar, LandClass) -> Option<f64>,
) -> Vec<Residual> {
    measurements
        .iter()
        .enumerate()
        .filter_map(|(measurement, (at, measured_dbm))| {
            let class = land.classes()[land.grid().cell_at(*at)?];
            let modelled_dbm = parameters.threshold_dbm.value - gain_db(*at, class)?;
            Some(Residual { measurement, land: class, measured_dbm: *measured_dbm, modelled_dbm })
        })
        .collect()
}

/// A correction is good enough when what is left of it is less than this, in dB.
const SETTLED_DB: f64 = 0.05;

/// How often a correction is held against the measurements again. Two or three times are enough.
const ROUNDS: usize = 10;

/// The parameters corrected by what measurements say of each class of land, and what that is; a class with too few of them
/// stays as it is. `residuals` holds the measurements against a model with some parameters, `source` says which
/// measurements they are. `None` where no class has a fit.
///
/// Another scatter moves the median of what is partly in line of sight, so the corrected model is held against the
/// measurements again until no offset is left. The errors told are those before and after.
pub fn corrected(
    parameters: &Parameters,
    source: &str,
    residuals: impl Fn(&Parameters) -> Vec<Residual>,
) -> (Option<Parameters>, Vec<ClassFit>) {
    let mut fits = calibrate(&residuals(parameters));
    if fits.iter().all(|fit| fit.offset_db.is_none()) {
        return (None, fits);
    }
    let mut now = with_fits(parameters, &fits, source);
    for _ in 0..ROUNDS {
        let again = calibrate(&residuals(&now));
        let mut left_db = 0.0_f64;
        for (fit, left) in fits.iter_mut().zip(&again) {
            let (Some(offset), Some(more), Some(errors)) = (&mut fit.offset_db, left.offset_db, left.rms_db) else {
                continue;
            };
            fit.rms_db = fit.rms_db.map(|(before, _)| (before, errors.0));
            left_db = left_db.max(more.abs());
            if SETTLED_DB <= more.abs() {
                *offset += more;
                fit.sigma_db = left.sigma_db;
                fit.uncertainty_db = left.uncertainty_db;
            }
        }
        if left_db < SETTLED_DB {
            break;
        }
        now = with_fits(parameters, &fits, source);
    }
    (Some(now), fits)
}

fn with_fits(parameters: &Parameters, fits: &[ClassFit], source: &str) -> Parameters {
    let mut parameters = parameters.clone();
    for fit in fits {
        let (Some(offset_db), Some(sigma_db)) = (fit.offset_db, fit.sigma_db) else { continue };
        let of_fit = |value, what: &str| Figure {
            value,
            source: format!("{what} of {} measurements over {} land: {source}", fit.measurements, fit.land.code()),
            placeholder: false,
        };
        for land in parameters.land.iter_mut().filter(|land| land.class == fit.land) {
            land.offset_db = of_fit(land.offset_db.value + offset_db, "median");
            land.sigma_db = Some(of_fit(sigma_db, "standard deviation"));
        }
    }
    parameters
}

/// The gain at which half of the locations are served; negative where more than half are.
fn half(probability: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (-FARTHEST_DB, FARTHEST_DB);
    if 0.5 <= probability(low) || probability(high) < 0.5 {
        return None;
    }
    while 0.005 < high - low {
        let middle = f64::midpoint(low, high);
        if 0.5 <= probability(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

/// Fits one offset and one scatter for each class of land, never one for each mast: that would follow the noise.
///
/// Classes with fewer than [`FEWEST`] measurements are named without a fit.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ measurements")]
pub fn calibrate(residuals: &[Residual]) -> Vec<ClassFit> {
    LandClass::ALL
        .into_iter()
        .filter_map(|land| {
            let mut over: Vec<f64> =
                residuals.iter().filter(|residual| residual.land == land).map(|residual| -residual.db()).collect();
            let measurements = over.len();
            if measurements == 0 {
                return None;
            }
            if measurements < FEWEST {
                return Some(ClassFit {
                    land,
                    measurements,
                    offset_db: None,
                    sigma_db: None,
                    uncertainty_db: None,
                    rms_db: None,
                });
            }
            over.sort_by(f64::total_cmp);
            let n = measurements as f64;
            let offset = f64::midpoint(over[(measurements - 1) / 2], over[measurements / 2]);
            let mean = over.iter().sum::<f64>() / n;
            let sigma = (over.iter().map(|db| (db - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            let rms = |shift: f64| (over.iter().map(|db| (db - shift).powi(2)).sum::<f64>() / n).sqrt();
            // A median of normal residuals is known a quarter worse than their mean.
            let uncertainty = 1.96 * 1.2533 * sigma / n.sqrt();
            Some(ClassFit {
                land,
                measurements,
                offset_db: Some(offset),
                sigma_db: Some(sigma),
                uncertainty_db: Some(uncertainty),
                rms_db: Some((rms(0.0), rms(offset))),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use hatang_core::Metres;

    use super::*;
    use crate::station::Operator;
    use crate::testing::{Lcg, grid_of};

    /// A roughly normal number: the sum of twelve even ones.
    fn normal(random: &mut Lcg) -> f64 {
        (0..12).map(|_| f64::from(random.below(1_000_000)) / 1e6).sum::<f64>() - 6.0
    }

    #[test]
    fn measurements_made_with_a_known_offset_and_scatter_give_them_back() {
        let grid = grid_of(80, 40);
        let classes = (0..grid.len()).map(|cell| if cell % 80 < 40 { LandClass::Open } else { LandClass::Village });
        let land = Land::new(grid, classes.collect());
        let stations = [Station {
            at: Planar::new(2_000.0, 1_000.0),
            antenna_height: Some(Metres::computed(35.0)),
            frequency_mhz: Some(3_750.0),
            azimuths: Vec::new(),
            eirp_dbm: None,
            operator: Operator::default(),
        }];
        let parameters = Parameters::default_5g();
        let mut random = Lcg::new(5);
        let places: Vec<Planar> =
            (0..3_000).map(|_| Planar::new(f64::from(random.below(4_000)), f64::from(random.below(2_000)))).collect();
        let silent: Vec<(Planar, f64)> = places.iter().map(|at| (*at, 0.0)).collect();
        let made: Vec<(Planar, f64)> = residuals(&land, &stations, &silent, &parameters)
            .iter()
            .map(|one| {
                let (offset_db, sigma_db) = if one.land == LandClass::Open { (4.0, 6.0) } else { (-3.0, 9.0) };
                (places[one.measurement], one.modelled_dbm - offset_db + sigma_db * normal(&mut random))
            })
            .collect();
        let fits = calibrate(&residuals(&land, &stations, &made, &parameters));
        // Applied, they leave no offset, less error, and a class without measurements as it was.
        let (corrected, told) =
            corrected(&parameters, "made for the test", |now| residuals(&land, &stations, &made, now));
        let corrected = corrected.unwrap();
        for (left, told) in calibrate(&residuals(&land, &stations, &made, &corrected)).iter().zip(&told) {
            assert!(left.offset_db.unwrap().abs() < 0.05, "{left:?}");
            let (before, after) = told.rms_db.unwrap();
            assert!(after < before && (after - left.rms_db.unwrap().0).abs() < 1e-9, "{told:?} {left:?}");
        }
        assert_eq!(corrected.land(LandClass::Town), parameters.land(LandClass::Town));
        for (fit, land, offset_db, sigma_db) in
            [(&fits[0], LandClass::Open, 4.0, 6.0), (&fits[1], LandClass::Village, -3.0, 9.0)]
        {
            assert_eq!(fit.land, land);
            let uncertainty = fit.uncertainty_db.unwrap();
            assert!((fit.offset_db.unwrap() - offset_db).abs() < 1.5 * uncertainty, "{fit:?}");
            assert!((fit.sigma_db.unwrap() - sigma_db).abs() < 0.4, "{fit:?}");
            assert!(fit.rms_db.unwrap().1 < fit.rms_db.unwrap().0, "{fit:?}");
        }
    }

    #[test]
    fn a_handful_of_measurements_says_nothing() {
        let few = [Residual { measurement: 0, land: LandClass::Open, measured_dbm: -90.0, modelled_dbm: -100.0 }; 29];
        let fits = calibrate(&few);
        assert_eq!((fits.len(), fits[0].measurements, fits[0].offset_db), (1, 29, None));
    }
}
