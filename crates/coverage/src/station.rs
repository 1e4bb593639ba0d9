//! The stations that a run is asked about, and why some are not computed.

use hatang_core::{Degrees, Metres, Planar};
use serde::{Deserialize, Serialize};

use crate::antenna::{Pattern, turned};
use crate::location;
use crate::parameters::Parameters;
use crate::rma::{self, OutsideModel, Quantity, Rma};

/// One band of one radio station. It is named by its index in the slice that it is handed over in.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Where the mast stands.
    pub at: Planar,
    /// Height of the antenna above ground, where known.
    pub antenna_height: Option<Metres>,
    /// Carrier frequency in MHz, where known.
    pub frequency_mhz: Option<f64>,
    /// Where its sectors look, clockwise from north. None: every way, as far as anybody knows.
    pub azimuths: Vec<Degrees>,
    /// Radiated power of one cell and port where the antenna looks, in dBm, where the carrier gives it.
    pub eirp_dbm: Option<f64>,
}

/// Why a station is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotComputed {
    /// Nobody has recorded the antenna's height.
    #[error("the antenna's height is not known")]
    NoAntennaHeight,
    /// Nobody has recorded the band.
    #[error("the frequency is not known")]
    NoFrequency,
    /// The parameters have no powers for the band.
    #[error("the parameters say nothing about {frequency_mhz} MHz")]
    NoCarrier {
        /// The station's frequency.
        frequency_mhz: f64,
    },
    /// The model is not defined there.
    #[error("the model is not defined for this station")]
    OutsideModel(#[source] OutsideModel),
    /// A position, power or parameter that is infinite or no number.
    #[error("a position, power or parameter is not a finite number")]
    NotFinite,
}

/// A station that was left out, so that nothing is missing silently.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Skipped {
    /// The station's index.
    pub station: usize,
    /// Why.
    pub reason: NotComputed,
}

/// A station with everything worked out that does not depend on the cell.
pub(crate) struct Prepared<'a> {
    pub(crate) station: usize,
    at: Planar,
    azimuths: &'a [Degrees],
    model: Rma,
    pattern: Pattern,
    allowed_loss_db: f64,
    cut_off_m: f64,
}

/// What a station offers at a position.
pub(crate) struct Service {
    pub(crate) probability: f64,
    pub(crate) distance_m: f64,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(index: usize, station: &'a Station, parameters: &Parameters) -> Result<Self, NotComputed> {
        let antenna_height = station.antenna_height.ok_or(NotComputed::NoAntennaHeight)?;
        let frequency_mhz = station.frequency_mhz.ok_or(NotComputed::NoFrequency)?;
        let carrier = parameters.carrier(frequency_mhz).ok_or(NotComputed::NoCarrier { frequency_mhz })?;
        let surroundings = parameters.surroundings().ok_or(NotComputed::NotFinite)?;
        let pattern = parameters.pattern(carrier).ok_or(NotComputed::NotFinite)?;
        let model =
            Rma::new(frequency_mhz / 1_000.0, antenna_height, surroundings).map_err(NotComputed::OutsideModel)?;
        let cut_off_m = Quantity::CutOffM.check(parameters.cut_off_m.value).map_err(NotComputed::OutsideModel)?;
        let allowed_loss_db = parameters.allowed_loss_db(carrier, station.eirp_dbm);
        if ![station.at.east, station.at.north, allowed_loss_db, pattern.floor_db].iter().all(|n| n.is_finite()) {
            return Err(NotComputed::NotFinite);
        }
        Ok(Self {
            station: index,
            at: station.at,
            azimuths: &station.azimuths,
            model,
            pattern,
            allowed_loss_db,
            cut_off_m,
        })
    }

    /// What the station's best sector offers at a position; `None` beyond the cut-off.
    pub(crate) fn service(&self, at: Planar) -> Option<Service> {
        let (east, north) = (at.east - self.at.east, at.north - self.at.north);
        let squared = east * east + north * north;
        if self.cut_off_m * self.cut_off_m < squared {
            return None;
        }
        let distance_m = squared.sqrt();
        // All sectors have one pattern, so the best is the one that looks nearest to this way.
        let bearing = libm::atan2(east, north).to_degrees();
        let aside = self.azimuths.iter().map(|azimuth| turned(bearing - azimuth.get())).reduce(f64::min).unwrap_or(0.0);
        let below = libm::atan2(self.model.height_difference_m(), distance_m).to_degrees();
        let allowed_db = self.allowed_loss_db - self.pattern.attenuation_db(aside, below);
        let losses = self.model.over_m(distance_m);
        let probability = location::probability(rma::los_probability_m(distance_m), &losses, allowed_db);
        Some(Service { probability, distance_m })
    }
}
