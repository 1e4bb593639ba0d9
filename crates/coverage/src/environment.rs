//! Where the handset is: in the open, in a house or in a car.

use serde::{Deserialize, Serialize};

use crate::land::LandFigures;
use crate::model::building::{CAR, Extra, indoors};

/// Where the handset is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Outdoors, standing.
    #[default]
    Outdoor,
    /// Inside a house on the ground floor.
    Indoor,
    /// In a car.
    InVehicle,
}

impl Environment {
    /// Every environment.
    pub const ALL: [Self; 3] = [Self::Outdoor, Self::Indoor, Self::InVehicle];

    /// Its name in questions and answers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outdoor => "outdoor",
            Self::Indoor => "indoor",
            Self::InVehicle => "in_vehicle",
        }
    }

    /// What the signal loses on its last metres.
    #[must_use]
    pub fn extra(self, land: &LandFigures, frequency_ghz: f64) -> Extra {
        match self {
            Self::Outdoor => Extra { loss_db: 0.0, sigma_db: 0.0 },
            Self::Indoor => indoors(land.wall, frequency_ghz, land.indoor_depth_m.value),
            Self::InVehicle => CAR,
        }
    }
}
