//! Declared and measured coverage.

use utoipa::ToSchema;

use super::{AssumedText, CoverageModel, Geometry};

/// Declarations and measurements.
#[derive(Debug, ToSchema)]
pub struct CoverageSources {
    /// The newest first.
    pub sources: Vec<CoverageSource>,
}

/// A declaration or a set of measurements.
#[derive(Debug, ToSchema)]
pub struct CoverageSource {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// `declared` or `measured`.
    pub kind: String,
    /// Whose network it speaks of.
    pub network: String,
    /// Which technology.
    pub technology: String,
    /// Who says so.
    pub owner: String,
    /// Its day.
    #[schema(format = "date")]
    pub dated: String,
    /// Where it comes from.
    pub source: String,
    /// Zones or measurements in it.
    pub size: u64,
    /// Why it no longer counts.
    #[schema(required)]
    pub retired: Option<String>,
}

/// What came of a file.
#[derive(Debug, ToSchema)]
pub struct CoverageSourceReport {
    /// The new source; null when nothing of the file counted.
    #[schema(required, format = "uuid")]
    pub id: Option<String>,
    /// Zones or measurements that count.
    pub counted: u64,
    /// Those that do not; the first thousand.
    pub refused: Vec<NotCounted>,
    /// How many do not.
    pub refused_total: u64,
    /// Columns or properties that were dropped unread.
    pub dropped: Vec<String>,
    /// The journal position.
    pub seq: u64,
}

/// A row or feature that does not count.
#[derive(Debug, ToSchema)]
pub struct NotCounted {
    /// Its row in the file.
    pub row: u64,
    /// The rule that it breaks.
    pub rule: String,
    /// The value at fault.
    pub value: String,
    /// What is wrong.
    pub text: AssumedText,
}

/// Files of terrain and people.
#[derive(Debug, ToSchema)]
pub struct GroundSources {
    /// The newest first, retired ones included.
    pub sources: Vec<GroundSource>,
}

/// A file about the ground.
#[derive(Debug, ToSchema)]
pub struct GroundSource {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// What it tells.
    pub kind: GroundKind,
    /// SHA-256 of the file's bytes, in hexadecimal digits.
    pub sha256: String,
    /// How it is written.
    pub form: GroundForm,
    /// The day that it is of.
    #[schema(format = "date")]
    pub dated: String,
    /// Who made it, and where it comes from.
    pub source: String,
    /// Cells, or rows, that hold a value.
    pub size: u64,
    /// Why it no longer counts.
    pub retired: Option<String>,
}

/// What a file about the ground tells.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum GroundKind {
    /// Heights of the bare ground above sea level, in metres.
    Terrain,
    /// How many people live in each cell, compared with the others.
    Population,
}

/// How a file about the ground is written.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum GroundForm {
    /// A `GeoTIFF` of one band.
    Geotiff,
    /// Rows of longitude, latitude and people.
    Csv,
}

/// What came of a file about the ground.
#[derive(Debug, ToSchema)]
pub struct GroundSourceReport {
    /// The new source; null when nothing of the file counted.
    #[schema(required, format = "uuid")]
    pub id: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Cells or rows that count.
    pub counted: u64,
    /// Rows that do not; the first thousand.
    pub refused: Vec<NotCounted>,
    /// How many do not.
    pub refused_total: u64,
    /// The journal position.
    pub seq: u64,
}

/// The three sources side by side.
#[derive(Debug, ToSchema)]
pub struct CoverageComparison {
    /// The technology asked about.
    pub technology: String,
    /// The network asked about; null for every network together.
    #[schema(required)]
    pub network: Option<String>,
    /// The model and its figures.
    pub model: CoverageModel,
    /// The journal position that the comparison rests on.
    pub seq: u64,
    /// The declarations and measurements that took part.
    pub sources: Vec<CoverageSource>,
    /// Cells of which the sources say the same, contradictions first.
    pub groups: Vec<ComparedGroup>,
    /// What measurements say of the model, by class of land.
    pub calibration: Vec<ClassFit>,
    /// Measurements that were held against the model.
    pub measurements: u64,
    /// How many residuals lie in each step of 5 dB.
    pub residuals: Vec<ResidualStep>,
}

/// Cells of which the sources say the same.
#[derive(Debug, ToSchema)]
pub struct ComparedGroup {
    /// What the operator declares: `yes`, `no` or `nothing`.
    pub declared: String,
    /// What the model says.
    pub modelled: String,
    /// What was measured.
    pub measured: String,
    /// How they contradict each other, such as `declared_not_measured`; null where they agree.
    #[schema(required)]
    pub contradiction: Option<String>,
    /// People who live there.
    pub people: u64,
    /// Area in square metres.
    pub area_m2: f64,
    /// Where.
    pub geometry: Geometry,
}

/// What measurements say of the model over one class of land.
#[derive(Debug, ToSchema)]
pub struct ClassFit {
    /// The class: `open`, `village` or `town`.
    pub land: String,
    /// Measurements there.
    pub measurements: u64,
    /// What is to be added to every path loss there, in dB; null for too few measurements.
    #[schema(required)]
    pub offset_db: Option<f64>,
    /// How much measurements scatter around that, in dB.
    #[schema(required)]
    pub sigma_db: Option<f64>,
    /// Half the width of the 95 % interval of the offset, in dB.
    #[schema(required)]
    pub uncertainty_db: Option<f64>,
    /// The root of the mean square of the residuals before and after.
    #[schema(required, min_items = 2, max_items = 2)]
    pub rms_db: Option<Vec<f64>>,
}

/// Residuals in a step of 5 dB.
#[derive(Debug, ToSchema)]
pub struct ResidualStep {
    /// Its lower end, in dB; positive where the measurement is stronger than the model.
    pub from_db: i64,
    /// How many.
    pub measurements: u64,
}
