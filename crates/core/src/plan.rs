//! The territory and what is intended there: boundary and plan.

mod index;
mod parts;
mod versions;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{
    index::{PartIndex, Placed, PlanIndex},
    parts::{is_part, part_words},
    versions::PlanVersions,
};
pub use crate::works::{Works, WorksStage};
use crate::{
    asset::Asset,
    code_list::code_list,
    codes::{RuleSetCode, Territory},
    position::Lonlat,
    shape::Shape,
    survey::{Accuracy, SurveyMethod},
    text::Text,
    units::Metres,
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
    /// What holds there: `urban`, `settlement`, `a1_only`, `no_new_poles`…; an open list.
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

/// The zone word for settled land: villages of low houses and trees, close together.
pub const SETTLEMENT: &str = "settlement";

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

impl Hamlet {
    /// The middle of its box, from which distances to its people count.
    #[must_use]
    pub fn middle(&self) -> Lonlat {
        self.shape.bounding_box().centre()
    }
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
    /// How many people it counts as where gaps are closed; as the planner says for all where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
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
    /// Width of the road's land, where it is known; the axis runs in its middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land_width_m: Option<Metres>,
    /// Its axis.
    pub shape: Shape,
}

code_list! {
    /// What of other sectors limits what may be built, and roads.
    Layer, "layers of other sectors" {
        /// Roads, which the plan holds as [`Road`].
        Roads = "roads",
        /// Dykes, by the toe.
        Dykes = "dykes",
        /// Irrigation canals, by the outer toe.
        Canals = "canals",
        /// Waterways, by the fairway's edge.
        Waterways = "waterways",
        /// Railways, by the edge of the formation.
        Railways = "railways",
        /// Power lines, by the outermost conductor.
        PowerLines = "power_lines",
        /// Bridges.
        Bridges = "bridges",
        /// Water pipes.
        WaterPipes = "water_pipes",
    }
}

/// A structure of another sector that others must keep clear of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// Which layer it belongs to.
    pub layer: Layer,
    /// Its class, in the words that rules use: dyke class, voltage, size of a canal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document that the record comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// Height of its top above ground, or of a power line's lowest conductor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<Metres>,
    /// Depth of its top below the surface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth_m: Option<Metres>,
    /// Stated 95 % radius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<Metres>,
    /// Where it is.
    pub shape: Shape,
}

impl Constraint {
    /// The stated accuracy, or the one assumed for what is drawn from a map.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        drawn(self.accuracy_m)
    }
}

impl Road {
    /// Roads are drawn from maps.
    #[must_use]
    pub fn accuracy(&self) -> Accuracy {
        drawn(None)
    }
}

fn drawn(stated: Option<Metres>) -> Accuracy {
    match stated {
        Some(radius) => Accuracy { radius, assumed: false },
        None => Accuracy { radius: SurveyMethod::Digitised.assumed_accuracy(), assumed: true },
    }
}

/// What the plan wants to reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Short code, unique in the plan.
    pub code: String,
    /// What it counts, for people.
    pub name: Text,
    /// How much.
    pub value: f64,
    /// In which unit.
    pub unit: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// The document that sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
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
    /// What other sectors have there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// What is to be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Planned objects: twins of assets.
    #[serde(default)]
    pub planned: Vec<Asset>,
    /// Parts that hold everything there is in the territory and as far around it as the rules look (the farthest, of dykes,
    /// 1,025 m): words of [`Layer`], `planned`, and `zone:<word>`. Of any other part, what the plan does not hold may still
    /// be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complete: Vec<String>,
    /// The years whose plan has been issued as a part of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub years_issued: BTreeSet<i16>,
    /// How often its parts have changed.
    #[serde(default)]
    pub versions: PlanVersions,
}

impl Plan {
    /// Whether the plan is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }

    /// Whether the plan is in force on a day and the plan of that day's year has been issued as a part of it: only then is
    /// something to be built because the plan says so, or not to be built because the plan says nothing.
    #[must_use]
    pub fn is_issued(&self, on: Date) -> bool {
        self.is_in_force(on) && self.years_issued.contains(&on.year())
    }

    /// Whether the plan says that it holds everything of a part.
    #[must_use]
    pub fn is_complete(&self, part: &str) -> bool {
        self.complete.iter().any(|one| one == part)
    }

    /// Whether the plan says that it holds every zone of a word.
    #[must_use]
    pub fn has_every_zone(&self, zone: &str) -> bool {
        self.complete.iter().any(|one| one.strip_prefix("zone:") == Some(zone))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A plan as it was written before it knew which years were issued.
    const OLD: &str = r#"{"title":{"vi":"Quy hoạch","en":"Plan"},"instrument":"x","valid_from":"2026-01-01","synthetic":true,"rule_set":"hai-phong","zones":[],"hamlets":[],"places":[],"roads":[],"planned":[],"versions":{"open":1}}"#;

    #[test]
    fn a_plan_from_before_years_were_noted_has_issued_none_and_is_written_as_it_was() {
        let plan: Plan = serde_json::from_str(OLD).unwrap();
        assert!(plan.is_in_force(date(2026, 7, 1)) && !plan.is_issued(date(2026, 7, 1)));
        assert_eq!(serde_json::to_string(&plan).unwrap(), OLD, "so that its hash stands");
    }

    #[test]
    fn a_year_is_issued_by_itself_and_not_before_the_plan_is_in_force() {
        let plan: Plan = serde_json::from_str(OLD).unwrap();
        let plan = Plan { years_issued: [2025, 2027].into(), ..plan };
        for (on, issued) in [
            (date(2025, 12, 31), false),
            (date(2026, 12, 31), false),
            (date(2027, 1, 1), true),
            (date(2027, 12, 31), true),
            (date(2028, 1, 1), false),
        ] {
            assert_eq!(plan.is_issued(on), issued, "{on}");
        }
    }
}
