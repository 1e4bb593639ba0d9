//! How well a position is known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{code_list::code_list, units::Metres};

code_list! {
    /// How a position was found.
    SurveyMethod, "survey methods" {
        /// Satellite positioning with corrections.
        GnssRtk = "gnss_rtk",
        /// Total station from control points.
        TotalStation = "total_station",
        /// A hand-held receiver or a telephone.
        GnssHandheld = "gnss_handheld",
        /// Drawn from an image or a map.
        Digitised = "digitised",
        /// Copied from a licence or another register.
        Declared = "declared",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

impl SurveyMethod {
    /// The 95 % radius that is assumed when a record names its method and no accuracy.
    ///
    /// These are Hatang's own working assumptions, shown as such beside every number that rests on them.
    #[must_use]
    pub fn assumed_accuracy(self) -> Metres {
        Metres::computed(match self {
            Self::GnssRtk => 0.1,
            Self::TotalStation => 0.2,
            Self::GnssHandheld => 5.0,
            Self::Digitised => 10.0,
            Self::Declared => 30.0,
            Self::Unknown => 50.0,
        })
    }
}

/// A 95 % radius, and whether somebody measured it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    /// 95 % of positions lie within this many metres.
    pub radius: Metres,
    /// Whether the radius is assumed from the survey method.
    pub assumed: bool,
}

/// Who found the position how, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Stated 95 % radius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<Metres>,
    /// How the position was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<SurveyMethod>,
    /// When it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surveyed_on: Option<Date>,
}

impl Survey {
    /// The stated accuracy, or the one assumed for the method.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        match self.accuracy_m {
            Some(radius) => Accuracy { radius, assumed: false },
            None => Accuracy { radius: self.method.unwrap_or(SurveyMethod::Unknown).assumed_accuracy(), assumed: true },
        }
    }
}
