//! One asset as its editor needs it, and as it was.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

use super::{AssetFeature, AssumedText, FeatureCollectionType, Geometry};

/// What a write to one asset came to.
#[derive(Debug, ToSchema)]
pub struct Written {
    /// The asset.
    #[schema(format = "uuid")]
    pub id: String,
    /// Where it stands in the journal; null when nothing was written.
    #[schema(required)]
    pub receipt: Option<AssetReceipt>,
    /// What somebody should know; nothing of it refused the write.
    pub notices: Vec<Notice>,
}

/// Proof that a write is in the journal.
#[derive(Debug, ToSchema)]
pub struct AssetReceipt {
    /// Whose journal.
    pub territory: String,
    /// The position in it.
    pub seq: u64,
    /// The asset's version since then.
    pub version: u32,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Something to know before or after a write.
#[derive(Debug, ToSchema)]
pub struct Notice {
    /// What it is about.
    pub rule: NoticeRule,
    /// The field concerned.
    #[schema(required)]
    pub field: Option<String>,
    /// The asset concerned.
    #[schema(required, format = "uuid")]
    pub asset: Option<String>,
    /// How far away it is, in metres.
    #[schema(required)]
    pub distance_m: Option<f64>,
    /// The sentence for people.
    pub text: AssumedText,
}

/// What a notice is about.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NoticeRule {
    /// Another record is likely of the same structure.
    Duplicate,
    /// An asset is named that is not registered.
    Reference,
    /// An asset is named that lies elsewhere.
    FarReference,
}

/// An asset with what its editor needs.
#[derive(Debug, ToSchema)]
pub struct AssetRecord {
    /// The asset, as far as the viewer may see it.
    pub feature: AssetFeature,
    /// Whose journal holds it.
    pub territory: String,
    /// How often it has changed; to be sent back in `If-Match` with a change.
    pub version: u32,
    /// The picture it belongs to: `current`, `planned` or `past`.
    pub layer: String,
    /// Whether the viewer may change it.
    pub may_edit: bool,
    /// How complete it is; null for those who may not see all of it.
    #[schema(required)]
    pub completeness: Option<RecordCompleteness>,
    /// How full each bore is, after NEC and TIA practice; information, no verdict.
    pub bores: Vec<BoreState>,
    /// Likely duplicates and references that lead nowhere.
    pub notices: Vec<Notice>,
}

/// How complete a record is.
#[derive(Debug, ToSchema)]
pub struct RecordCompleteness {
    /// Fields that have a value.
    pub known: u32,
    /// Fields without one, for a reason that was given.
    pub reasoned: u32,
    /// Fields without one, and nobody said why: how many by `silent_fields`.
    pub silent: u32,
    /// Known fields among those that apply, in percent.
    pub percent: u32,
    /// Fields without a value and without a reason.
    pub silent_fields: Vec<String>,
}

/// How full a bore is.
#[derive(Debug, ToSchema)]
pub struct BoreState {
    /// Its place in the bank.
    pub number: u32,
    /// Whether somebody uses it; null when nobody has said.
    #[schema(required)]
    pub in_use: Option<bool>,
    /// How full it is; null when nobody can tell.
    #[schema(required)]
    pub fill: Option<BoreFill>,
}

/// How full a bore is beside what practice advises.
#[derive(Debug, ToSchema)]
pub struct BoreFill {
    /// The cables' share of the bore's cross-section, in percent.
    pub fill_pct: f64,
    /// What practice advises at most for so many cables, in percent.
    pub advised_pct: f64,
    /// How many cables lie there.
    pub cables: u32,
}

/// One version of an asset.
#[derive(Debug, ToSchema)]
pub struct HistoryEntry {
    /// How often it had changed.
    pub version: u32,
    /// When it was written down.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// Since when it was so, where that differs.
    #[schema(required, format = Date)]
    pub valid_on: Option<String>,
    /// What happened, as the journal names it.
    pub kind: String,
    /// Whose account did it: an organisation's code, `office`, `former`, or null for the installation's own commands.
    #[schema(required)]
    pub by: Option<String>,
    /// Why, when somebody said so.
    #[schema(required)]
    pub reason: Option<String>,
    /// The import that it came with.
    #[schema(required)]
    pub import: Option<HistoryImport>,
    /// What differs from the version before.
    pub changes: Vec<FieldChange>,
    /// The asset as it was.
    pub feature: AssetFeature,
}

/// The import that a version came with.
#[derive(Debug, ToSchema)]
pub struct HistoryImport {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// The file's name.
    pub file: String,
    /// The import that it undid.
    #[schema(required, format = "uuid")]
    pub reverts: Option<String>,
}

/// A field that differs between two versions.
#[derive(Debug, ToSchema)]
pub struct FieldChange {
    /// Its name in files, or `geometry`.
    pub field: String,
    /// What it was; null when there was nothing.
    #[schema(required)]
    pub before: Option<Value>,
    /// What it is; null when there is nothing any more.
    #[schema(required)]
    pub after: Option<Value>,
}

/// Assets as they were.
#[derive(Debug, ToSchema)]
pub struct PastAssets {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// `recorded`: as written down by then. `valid`: as true on that day.
    pub time: String,
    /// The date as asked.
    pub as_of: String,
    /// How many there were.
    pub matched: u64,
    /// The assets as they were, as far as the viewer may see them today.
    pub features: Vec<AssetFeature>,
}

/// Assets of every class in one file.
#[derive(Debug, ToSchema)]
pub struct AssetFile {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// The assets.
    pub features: Vec<AssetFeature>,
}

/// One way to understand a pasted place.
#[derive(Debug, ToSchema)]
pub struct PlaceReading {
    /// The system that the numbers are taken to be in.
    #[schema(example = "EPSG:9210")]
    pub crs: String,
    /// Its name.
    pub crs_name: String,
    /// The order that the numbers are taken to be in.
    pub order: PlaceOrder,
    /// The geometry in that system: what to hand in together with `crs`.
    pub geometry: Geometry,
    /// Where that is on WGS 84.
    pub shape: Geometry,
}

/// How the two numbers of each position were taken.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PlaceOrder {
    /// Longitude or easting first.
    EastFirst,
    /// Latitude or northing first, as Vietnamese surveyors write X and Y.
    NorthFirst,
}

/// A structure near a place.
#[derive(Debug, ToSchema)]
pub struct NearbyStructure {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its class.
    pub class: String,
    /// Its owner's code.
    #[schema(required)]
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Where it stands in its life.
    pub status: String,
    /// How far away it is, in metres.
    pub distance_m: f64,
    /// The 95 % radius of that distance, in metres.
    pub accuracy_m: f64,
    /// Whether it is likely the very structure that is being drawn.
    pub likely_duplicate: bool,
    /// Where it is nearest: longitude, latitude in degrees.
    pub at: [f64; 2],
}

/// A closed list of words.
#[derive(Debug, ToSchema)]
pub struct CodeList {
    /// Its short name.
    pub name: String,
    /// Its address, below the server's own.
    pub uri: String,
    /// Its words, in the list's order.
    pub codes: Vec<Code>,
}

/// A word of a list.
#[derive(Debug, ToSchema)]
pub struct Code {
    /// The word.
    pub code: String,
    /// Its address, below the server's own.
    pub uri: String,
}

/// How good each owner's data are.
#[derive(Debug, ToSchema)]
pub struct QualityBoard {
    /// The last day that still counts as fresh.
    #[schema(format = Date)]
    pub fresh_since: String,
    /// One line for each owner that the viewer may look at.
    pub owners: Vec<OwnerQuality>,
}

/// One owner's line on the board.
#[derive(Debug, ToSchema)]
pub struct OwnerQuality {
    /// Who.
    pub owner: String,
    /// How many assets it has that are not past.
    pub assets: u32,
    /// Known fields among those that apply, in percent.
    pub completeness_pct: u32,
    /// Fields by whether they are known.
    pub fields: FieldCounts,
    /// The same for each class.
    pub classes: BTreeMap<String, ClassQuality>,
    /// Positions whose accuracy is stated.
    pub accuracy_stated: u32,
    /// The middle 95 % radius of all positions, in metres.
    pub accuracy_median_m: f64,
    /// Assets that nobody has surveyed or changed for more than a quarter.
    pub stale: u32,
    /// Differences from the ground that somebody still has to do something about.
    pub open_deviations: u32,
}

/// One class of one owner.
#[derive(Debug, ToSchema)]
pub struct ClassQuality {
    /// How many.
    pub assets: u32,
    /// Known fields among those that apply, in percent.
    pub completeness_pct: u32,
    /// Fields by whether they are known.
    pub fields: FieldCounts,
}

/// Fields by whether they are known.
#[derive(Debug, ToSchema)]
pub struct FieldCounts {
    /// With a value.
    pub known: u32,
    /// Without one, for a reason that was given.
    pub reasoned: u32,
    /// Without one, and nobody said why.
    pub silent: u32,
}
