//! Layers of the plan.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{FeatureCollectionType, FeatureType, Geometry};

/// Which part of the plan.
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
    /// Priority places: `kind, name`.
    Places,
    /// Roads: `name, kind`.
    Roads,
    /// Works of other sectors: `code, sector, owner, starts_on, ends_on, stage`.
    Works,
    /// Planned objects, with the fields of their class.
    Planned,
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
