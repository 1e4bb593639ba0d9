//! The territory and what is intended there: boundary and plan.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::works::{Works, WorksStage};
use crate::{
    asset::Asset,
    code_list::code_list,
    codes::{RuleSetCode, Territory},
    position::Lonlat,
    shape::Shape,
    text::Text,
};

/// The outline of a commune.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    /// The commune's official code.
    pub code: Territory,
    /// Its name.
    pub name: String,
    /// Its outline.
    pub shape: Shape,
    /// People who live there, where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
}

/// A part of the territory where particular rules apply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// What holds there: `urban`, `a1_only`, `no_new_poles`…; an open list.
    pub zone: String,
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document that made it a zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Where it is.
    pub shape: Shape,
}

/// The zone word for urban land, on which spacing limits hang.
pub const URBAN: &str = "urban";

/// A hamlet (thôn, tổ dân phố) and its people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hamlet {
    /// Its name.
    pub name: String,
    /// People who live there.
    pub people: u32,
    /// Where it is.
    pub shape: Shape,
}

code_list! {
    /// Places that the plan serves first.
    PlaceKind, "place kinds" {
        /// Hamlet cultural house (nhà văn hóa thôn).
        CulturalHouse = "cultural_house",
        /// School.
        School = "school",
        /// Health station.
        HealthStation = "health_station",
        /// Historical relic or tourist site.
        Relic = "relic",
        /// State office.
        Office = "office",
    }
}

/// A priority place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub at: Lonlat,
}

/// A road.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Road {
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// National, provincial, commune, lane; an open list.
    pub kind: String,
    /// Its axis.
    pub shape: Shape,
}

/// The intended state of a territory. Planned objects are parallel to assets, not a status of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What the plan is called.
    pub title: Text,
    /// The document that adopted it.
    pub instrument: String,
    /// First day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Whether all of it is invented for trying out.
    #[serde(default)]
    pub synthetic: bool,
    /// The rule set that requests are judged by unless another is asked for.
    pub rule_set: RuleSetCode,
    /// Zones.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// Hamlets with people.
    #[serde(default)]
    pub hamlets: Vec<Hamlet>,
    /// Priority places.
    #[serde(default)]
    pub places: Vec<Place>,
    /// Roads.
    #[serde(default)]
    pub roads: Vec<Road>,
    /// Planned objects: twins of assets.
    #[serde(default)]
    pub planned: Vec<Asset>,
}
