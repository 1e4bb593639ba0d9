//! The stations that a run is asked about, and why some are not computed.

use hatang_core::{Degrees, Metres, Planar};
use serde::{Deserialize, Serialize};

use crate::land::LandClass;
use crate::model::OutsideModel;

/// One of at most 32 operators, named by its place in the caller's list of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Operator(u8);

impl Operator {
    /// How many operators a run can tell apart.
    pub const MOST: u8 = 32;

    /// The operator at a place in the caller's list; `None` beyond the 32nd.
    #[must_use]
    pub fn new(place: usize) -> Option<Self> {
        u8::try_from(place).ok().filter(|place| *place < Self::MOST).map(Self)
    }

    /// Its place in the caller's list.
    #[must_use]
    pub const fn place(self) -> usize {
        self.0 as usize
    }

    /// Its bit in [`crate::Reach::operators`].
    #[must_use]
    pub const fn bit(self) -> u32 {
        1 << self.0
    }
}

/// One band of one radio station. It is named by its index in the slice that it is handed over in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Whose network it belongs to.
    pub operator: Operator,
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
    /// The parameters have no model for a class of land.
    #[error("the parameters say nothing about {land:?} land")]
    NoLand {
        /// The class.
        land: LandClass,
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
