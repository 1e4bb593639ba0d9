//! Assets.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{FeatureCollectionType, FeatureType, Geometry};

/// A page of assets as a GeoJSON `FeatureCollection`.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct AssetPage {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// The assets, in the order of their identities.
    pub features: Vec<AssetFeature>,
    /// How many there are in the rectangle, all pages together.
    pub number_matched: u64,
    /// How many are on this page.
    pub number_returned: u64,
    /// What to send as `after` for the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
    /// The journal position that the page rests on.
    pub seq: u64,
}

/// One asset as a GeoJSON Feature, as far as the viewer may see it.
#[derive(Debug, ToSchema)]
pub struct AssetFeature {
    /// Always `Feature`.
    #[schema(rename = "type")]
    pub kind: FeatureType,
    /// The asset's identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Where it is; blurred where `generalised` is true.
    pub geometry: Geometry,
    /// What the viewer may see of it.
    pub properties: AssetProperties,
}

/// The fields of an asset. Those of its class stand beside these under their names in files; where a value is missing for
/// a reason, `<field>_null` gives it.
#[derive(Debug, ToSchema)]
pub struct AssetProperties {
    /// Its class.
    #[schema(example = "mast")]
    pub class: String,
    /// The owner's own code.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Who runs it, when that is somebody else.
    pub manager: Option<String>,
    /// Where it stands in its life.
    #[schema(example = "operational")]
    pub status: String,
    /// The 95 % radius of the position, in metres.
    pub accuracy_m: Option<f64>,
    /// The radius that is assumed from the survey method because none is stated, in metres.
    pub accuracy_assumed_m: Option<f64>,
    /// Whether the position is blurred.
    pub generalised: Option<bool>,
    /// Free units for another tenant; absent for classes that host nobody.
    pub free: Option<Free>,
    /// Who occupies parts of it.
    pub tenants: Option<Vec<Tenancy>>,
    /// The record that stands for the same structure, where this one was given up as a duplicate of it.
    #[schema(format = "uuid")]
    pub replaced_by: Option<String>,
    /// The fields of its class and the reasons for missing values.
    #[serde(flatten)]
    pub others: BTreeMap<String, serde_json::Value>,
}

/// A capacity: a number that is known, or the reason why it is not. Unknown is never free.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Free {
    /// So many units are free.
    Known(u32),
    /// Nobody can tell, and why.
    Unknown(NullReason),
}

/// Why a value is missing.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NullReason {
    /// Nobody has said.
    Unknown,
    /// The value does not exist for this object.
    NotApplicable,
    /// The owner keeps it back.
    Withheld,
    /// It could be measured and has not been.
    NotSurveyed,
}

/// Who occupies a part of an asset since when.
#[derive(Debug, ToSchema)]
pub struct Tenancy {
    /// The occupant.
    pub tenant: String,
    /// The network that the occupant runs there.
    pub network: Option<String>,
    /// First day.
    #[schema(format = Date)]
    pub since: Option<String>,
    /// Last day, once it is known.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// Which part it is, in the owner's words.
    pub part: Option<String>,
    /// How many units it takes.
    pub units: Option<u32>,
}
