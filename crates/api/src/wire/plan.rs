//! Layers of the plan.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{AssumedText, FeatureCollectionType, FeatureType, Geometry, RecordChange};

/// Which part of the plan. Zones, hamlets, places, roads and constraints also have a `number`, by which a change of the
/// plan names them: from 0 in their layer, constraints in that which `layer` says.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PlanLayerName {
    /// The territory's outline.
    Boundary,
    /// The outlines around it.
    Neighbours,
    /// Zones: `zone, name, instrument`.
    Zones,
    /// Hamlets: `name, people`.
    Hamlets,
    /// Priority places: `kind, name, weight`.
    Places,
    /// Roads: `name, kind, land_width_m`.
    Roads,
    /// Works of other sectors: `code, sector, owner, starts_on, ends_on, stage`.
    Works,
    /// Planned objects, with the fields of their class.
    Planned,
    /// What other sectors have: `layer, class, name, instrument, height_m, depth_m, accuracy_m`.
    Constraints,
}

/// The plan in force.
#[derive(Debug, ToSchema)]
pub struct PlanSheet {
    /// What it is called.
    pub title: AssumedText,
    /// The document that adopted it.
    pub instrument: String,
    /// First day on which it holds.
    #[schema(required, format = Date)]
    pub valid_from: Option<String>,
    /// Last day on which it holds.
    #[schema(required, format = Date)]
    pub valid_to: Option<String>,
    /// The years whose plan has been issued as a part of it: in these a request is judged by what is planned.
    pub years_issued: Vec<i32>,
    /// Whether all of it is invented for trying out.
    pub synthetic: bool,
    /// The rule set that requests are judged by.
    pub rule_set: String,
    /// What is to be reached.
    pub targets: Vec<PlanTarget>,
    /// Parts that hold everything there is.
    pub complete: Vec<String>,
    /// How many records each part holds.
    pub parts: Vec<PlanPart>,
    /// Its changes, the newest first.
    pub changes: Vec<RecordChange>,
}

/// What a plan wants to reach.
#[derive(Debug, ToSchema)]
pub struct PlanTarget {
    /// Short code.
    pub code: String,
    /// What it counts.
    pub name: AssumedText,
    /// How much.
    pub value: f64,
    /// In which unit.
    pub unit: String,
    /// By when.
    #[schema(format = Date)]
    pub by: Option<String>,
    /// The document that sets it.
    pub instrument: Option<String>,
}

/// One part of the plan.
#[derive(Debug, ToSchema)]
pub struct PlanPart {
    /// Its word.
    pub part: String,
    /// How many records the viewer may see.
    pub count: usize,
    /// Whether the plan says that it holds everything there is.
    pub complete: bool,
}

/// What an official does to the plan. Which members an act needs is said with each.
#[derive(Debug, ToSchema)]
pub struct PlanChange {
    /// The version of the plan that the official has seen: read it before the layers, whose numbers hold for it.
    pub seen_version: u32,
    /// Why.
    pub reason: String,
    /// What is done.
    pub act: PlanAct,
    /// The planned object to change, move or retire.
    #[schema(format = "uuid")]
    pub id: Option<String>,
    /// The layer of a feature to add, change or retire.
    pub layer: Option<PlanFeatureLayer>,
    /// The number of the feature or zone to change, move or retire, from 0.
    pub number: Option<u32>,
    /// The class of a new planned object.
    pub class: Option<String>,
    /// For whom it is planned.
    pub owner: Option<String>,
    /// The fields of a planned object's class, or the properties of a feature. Where something is changed, null empties
    /// one and what is not named stays.
    pub properties: Option<BTreeMap<String, serde_json::Value>>,
    /// What the plan says of itself from now on.
    pub says: Option<PlanStatement>,
    /// What holds in a new zone.
    pub zone: Option<String>,
    /// A new zone's name.
    pub name: Option<String>,
    /// The document that makes it a zone.
    pub instrument: Option<String>,
    /// Where it is.
    pub geometry: Option<Geometry>,
}

/// An act on the plan.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PlanAct {
    /// Plans another structure: `class, owner, geometry`, perhaps `properties`.
    AddPlanned,
    /// Changes a planned structure: `id`, and `properties` (among them `owner`) or `geometry` or both.
    ChangePlanned,
    /// Moves a planned structure: `id, geometry`.
    MovePlanned,
    /// Gives up a planned structure: `id`.
    RetirePlanned,
    /// Adds a feature to a layer: `layer, geometry, properties`.
    AddFeature,
    /// Changes a feature: `layer, number`, and `properties` or `geometry` or both.
    ChangeFeature,
    /// Gives up a feature: `layer, number`. Those behind it move up by one number.
    RetireFeature,
    /// Adds a zone: `zone, geometry`, perhaps `name, instrument`.
    AddZone,
    /// Draws a zone anew: `number, geometry`.
    MoveZone,
    /// Gives up a zone: `number`.
    RetireZone,
    /// Changes what the plan says of itself: `says`.
    State,
}

/// A layer whose features are changed one by one, by the word of its file in a plan folder.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PlanFeatureLayer {
    /// Zones: `zone, name, instrument`.
    Zones,
    /// Hamlets: `name, people`.
    Hamlets,
    /// Priority places: `kind, name, weight`.
    Places,
    /// Roads: `name, kind, land_width_m`.
    Roads,
    /// Dykes, by the toe; as all that follow: `class, name, instrument, height_m, depth_m, accuracy_m`.
    Dykes,
    /// Irrigation canals, by the outer toe.
    Canals,
    /// Waterways, by the fairway's edge.
    Waterways,
    /// Railways, by the edge of the formation.
    Railways,
    /// Power lines, by the outermost conductor.
    PowerLines,
    /// Bridges.
    Bridges,
    /// Water pipes.
    WaterPipes,
}

/// What the plan says of itself. What is not named stays; lists are given whole.
#[derive(Debug, ToSchema)]
pub struct PlanStatement {
    /// What it is called.
    pub title: Option<AssumedText>,
    /// The document that adopted it.
    pub instrument: Option<String>,
    /// First day on which it holds; null for none.
    #[schema(format = Date)]
    pub valid_from: Option<String>,
    /// Last day on which it holds; null for none.
    #[schema(format = Date)]
    pub valid_to: Option<String>,
    /// Whether all of it is invented for trying out.
    pub synthetic: Option<bool>,
    /// Parts that hold everything there is: layers of other sectors and `roads`, `planned`, `zone:` and a zone's word.
    pub complete: Option<Vec<String>>,
    /// The years whose plan has been issued as a part of it.
    pub years_issued: Option<Vec<i32>>,
    /// What is to be reached.
    pub targets: Option<Vec<PlanTarget>>,
}

/// The plan after a change.
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct PlanAmended {
    /// Its version now.
    pub version: u32,
}

/// One layer of the plan as a GeoJSON `FeatureCollection`.
#[derive(Debug, ToSchema)]
pub struct PlanCollection {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// What the viewer may see; empty while nothing is loaded.
    pub features: Vec<PlanFeature>,
    /// The journal position that the layer rests on.
    pub seq: u64,
}

/// A part of the plan.
#[derive(Debug, ToSchema)]
pub struct PlanFeature {
    /// Always `Feature`.
    #[schema(rename = "type")]
    pub kind: FeatureType,
    /// The identity of a planned object.
    #[schema(format = "uuid")]
    pub id: Option<String>,
    /// Where it is.
    pub geometry: Geometry,
    /// The fields of the plan's files.
    pub properties: BTreeMap<String, serde_json::Value>,
}

/// What came of a file of planned objects.
#[derive(Debug, ToSchema)]
pub struct PlannedImport {
    /// What became of every row.
    pub report: super::ImportReport,
    /// The plan's new version; null when nothing was written.
    #[schema(required)]
    pub version: Option<u32>,
    /// How many objects are new in the plan.
    pub added: u32,
    /// How many are planned anew.
    pub replaced: u32,
}
