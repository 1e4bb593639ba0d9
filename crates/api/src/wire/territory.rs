//! The territory.

use utoipa::ToSchema;

use super::{Geometry, RecordChange};

/// The commune that this server keeps, and the words that questions about it may use.
#[derive(Debug, ToSchema)]
pub struct Territory {
    /// Its official code; null while no outline is loaded.
    #[schema(required, example = "11824")]
    pub code: Option<String>,
    /// Its name.
    #[schema(required)]
    pub name: Option<String>,
    /// People who live there, as the outline's source says.
    #[schema(required)]
    pub people: Option<u32>,
    /// Geodesic area in square kilometres.
    #[schema(required)]
    pub area_km2: Option<f64>,
    /// West, south, east, north in degrees; around the assets while no outline is loaded.
    #[schema(required, min_items = 4, max_items = 4)]
    pub bbox: Option<Vec<f64>>,
    /// Whether the plan is invented for trying out.
    pub synthetic: bool,
    /// The plan's title in Vietnamese.
    #[schema(required)]
    pub plan_title_vi: Option<String>,
    /// The plan's title in English.
    #[schema(required)]
    pub plan_title_en: Option<String>,
    /// Rule sets to choose from.
    pub rule_sets: Vec<RuleSet>,
    /// The one that is used unless another is asked for.
    #[schema(required)]
    pub default_rule_set: Option<String>,
    /// Organisations in the registry.
    pub organisations: Vec<Organisation>,
    /// Networks that organisations run.
    pub networks: Vec<String>,
    /// The 95 % radius of positions that the public sees, in metres.
    pub generalised_m: f64,
    /// The journal position that this rests on.
    pub seq: u64,
}

/// A rule set to choose.
#[derive(Debug, ToSchema)]
pub struct RuleSet {
    /// Its code.
    pub code: String,
    /// Its name in Vietnamese.
    pub title_vi: String,
    /// Its name in English.
    pub title_en: String,
    /// Whether it is another province's, for showing how a filled set works.
    pub template: bool,
    /// Whose rules these are.
    pub authority: String,
}

/// An organisation's public facts.
#[derive(Debug, ToSchema)]
pub struct Organisation {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: String,
    /// The networks it runs.
    pub networks: Vec<String>,
}

/// The territory's outline in numbers.
#[derive(Debug, ToSchema)]
pub struct OutlineSheet {
    /// The territory's official code.
    #[schema(example = "11824")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// People who live there.
    #[schema(required)]
    pub people: Option<u32>,
    /// Geodesic area in square kilometres.
    pub area_km2: f64,
    /// Its changes, the newest first; for officials only.
    pub changes: Vec<RecordChange>,
}

/// What comes of a new outline.
#[derive(Debug, ToSchema)]
pub struct OutlineChange {
    /// The version that it follows.
    pub before: u32,
    /// Its own version; null when nothing was written.
    #[schema(required)]
    pub version: Option<u32>,
    /// The territory's name.
    pub name: String,
    /// People who live there.
    #[schema(required)]
    pub people: Option<u32>,
    /// Geodesic area until now in square kilometres.
    pub area_before_km2: f64,
    /// Geodesic area of the new outline in square kilometres.
    pub area_km2: f64,
    /// Where the territory is.
    pub geometry: Geometry,
    /// What lies in the old outline and not in the new one, as far as the viewer may know of it.
    pub left_out: LeftOut,
}

/// What lies in an old outline and not in the new one. It stays registered and planned.
#[derive(Debug, ToSchema)]
pub struct LeftOut {
    /// How many registered assets that are not taken down.
    pub assets: usize,
    /// How many planned objects.
    pub planned: usize,
    /// Hamlets, by their middles.
    pub hamlets: Vec<String>,
}
