//! What an applicant wants to build.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    asset::AssetClass,
    codes::{NetworkCode, OrganisationCode},
    shape::Shape,
    survey::{Accuracy, SurveyMethod},
    units::Metres,
};

/// One structure that somebody wants to build. Field names are those of the request's GeoJSON properties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestItem {
    /// What kind of structure.
    pub class: AssetClass,
    /// Who asks.
    pub owner: OrganisationCode,
    /// The network it is for; when absent, the applicant's only network, if it has exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkCode>,
    /// Where.
    pub shape: Shape,
    /// 95 % radius of the requested position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<Metres>,
    /// Height of the structure itself above its foot, as a mast's own `height_m`; a building below it comes on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<Metres>,
    /// Whether it stands on a building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_building: Option<bool>,
    /// Height of that building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building_height_m: Option<Metres>,
    /// How many operators it is designed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operators_designed: Option<u32>,
    /// Depth below the surface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth_m: Option<Metres>,
    /// Bores of a requested duct.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bores: Option<u32>,
    /// First day of the works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// Last day of the works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

impl RequestItem {
    /// The stated accuracy, or the one assumed for a hand-held receiver: applicants mark the place themselves.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        match self.accuracy_m {
            Some(radius) => Accuracy { radius, assumed: false },
            None => Accuracy { radius: SurveyMethod::GnssHandheld.assumed_accuracy(), assumed: true },
        }
    }
}
