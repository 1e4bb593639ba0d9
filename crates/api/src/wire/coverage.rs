//! Coverage and gaps.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{ClassFit, Geometry};

/// How many people a technology reaches, by hamlet, with the model that says so.
#[derive(Debug, ToSchema)]
pub struct Coverage {
    /// The technology asked about.
    #[schema(example = "5g")]
    pub technology: String,
    /// The network asked about; null for every network together.
    #[schema(required)]
    pub network: Option<String>,
    /// The model and its figures.
    pub model: CoverageModel,
    /// What kind of place the handset is in.
    pub environment: String,
    /// The weakest signal that serves, in decibel-milliwatts (RSRP).
    pub threshold_dbm: f64,
    /// Share of locations from which a cell counts as covered.
    pub probability: f64,
    /// People in the territory.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Covered people by people; null where nobody lives.
    #[schema(required)]
    pub share: Option<f64>,
    /// The same by hamlet.
    pub hamlets: Vec<HamletCoverage>,
    /// The grid of people that says where within their hamlets they live; null where they are spread evenly.
    #[schema(required)]
    pub people_placed_by: Option<PeoplePlacedBy>,
    /// What the run was computed from.
    pub computed_from: StationsUsed,
    /// The journal position that it rests on.
    pub seq: u64,
}

/// The model behind a result.
#[derive(Debug, ToSchema)]
pub struct CoverageModel {
    /// Its name.
    pub name: String,
    /// The version of its specification.
    pub version: String,
    /// Every figure with its source.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// The terrain and the figures of the model over terrain; null for the usual model.
    #[schema(required)]
    pub over_terrain: Option<OverTerrain>,
    /// The measurements that the model was corrected by; null where it was not.
    #[schema(required)]
    pub calibration: Option<AppliedCalibration>,
    /// Names of figures that only stand in until somebody gives the real ones.
    pub placeholders: Vec<String>,
}

/// What the model over terrain needs beside powers, antennas and thresholds.
#[derive(Debug, ToSchema)]
pub struct OverTerrain {
    /// Whose heights.
    pub terrain: TerrainFile,
    /// How far apart the points of a profile are at most, in metres.
    pub step_m: f64,
    /// Share of time for which the loss is not exceeded, in per cent.
    pub time_percent: CoverageFigure,
    /// Fall of refractivity in the lowest kilometre, in N-units per km.
    pub refractivity_fall: CoverageFigure,
    /// Refractivity at sea level, in N-units.
    pub sea_level_refractivity: CoverageFigure,
    /// Latitude of the raster's middle, in degrees.
    pub latitude_deg: f64,
    /// The radio climate: `sea`, `coastal_land` or `inland`.
    pub zone: String,
    /// How the wave swings: `horizontal` or `vertical`.
    pub polarisation: String,
    /// How high buildings and trees stand, by class of land.
    pub clutter: Vec<ClutterHeight>,
    /// The same outside the territory's raster, in metres.
    pub clutter_outside_m: CoverageFigure,
}

/// The terrain that a run rests on.
#[derive(Debug, ToSchema)]
pub struct TerrainFile {
    /// The file's SHA-256.
    pub sha256: String,
    /// The day that the heights are of; null where nobody has said it.
    #[schema(required, format = "date")]
    pub dated: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// A figure and where it comes from.
#[derive(Debug, ToSchema)]
pub struct CoverageFigure {
    /// The figure.
    pub value: f64,
    /// The standard, data sheet or person that gives it.
    pub source: String,
    /// Whether it only stands in until somebody who knows gives the real one.
    pub placeholder: bool,
}

/// How high buildings and trees stand over a class of land.
#[derive(Debug, ToSchema)]
pub struct ClutterHeight {
    /// The class: `open`, `village` or `town`.
    pub land: String,
    /// Above the ground, in metres.
    pub height_m: CoverageFigure,
}

/// How a run was corrected by measurements.
#[derive(Debug, ToSchema)]
pub struct AppliedCalibration {
    /// Measurements that were held against the model.
    pub measurements: u64,
    /// The last day of measuring.
    #[schema(required, format = "date")]
    pub dated: Option<String>,
    /// The sources that they are from.
    pub sources: Vec<String>,
    /// What they say of each class of land; one without an offset was left as it is.
    pub classes: Vec<ClassFit>,
}

/// What says where within their hamlets people live.
#[derive(Debug, ToSchema)]
pub struct PeoplePlacedBy {
    /// The grid of people in force; null where the plan's settlement zones say it.
    pub grid: Option<PopulationGrid>,
    /// Hamlets that it has nobody in, whose people were spread evenly.
    pub spread_evenly: Vec<String>,
}

/// A grid of people.
#[derive(Debug, ToSchema)]
pub struct PopulationGrid {
    /// The file's SHA-256.
    pub sha256: String,
    /// The day that it is of.
    #[schema(format = "date")]
    pub dated: String,
    /// Where it comes from.
    pub source: String,
}

/// One hamlet's share.
#[derive(Debug, ToSchema)]
pub struct HamletCoverage {
    /// The hamlet's name.
    pub name: String,
    /// People who live there.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Their share; null where nobody lives.
    #[schema(required)]
    pub share: Option<f64>,
}

/// What a run was computed from.
#[derive(Debug, ToSchema)]
pub struct StationsUsed {
    /// Radio stations that took part; null unless the viewer may see the result cell by cell.
    #[schema(required)]
    pub stations: Option<u64>,
    /// Radio stations left out because a height or band is missing; named only to those who may see them.
    pub stations_without_parameters: Vec<String>,
    /// How many were left out; likewise.
    #[schema(required)]
    pub left_out: Option<u64>,
}

/// The ranked gaps of a technology and a network.
#[derive(Debug, ToSchema)]
pub struct Gaps {
    /// The technology asked about.
    #[schema(example = "5g")]
    pub technology: String,
    /// The network asked about; null for every network together.
    #[schema(required)]
    pub network: Option<String>,
    /// Where people are to be reached.
    pub environment: String,
    /// Fewer operators than this make a gap.
    pub fewer_than: u64,
    /// Roads of the plan.
    pub roads: RoadCoverage,
    /// The journal position that the list rests on.
    pub seq: u64,
    /// The most pressing first.
    pub gaps: Vec<Gap>,
}

/// A connected area with people or priority places out of reach.
#[derive(Debug, ToSchema)]
pub struct Gap {
    /// Its name within this answer.
    pub id: String,
    /// 1 is the most pressing.
    pub rank: u64,
    /// People out of reach.
    pub people: u64,
    /// The same by hamlet.
    pub hamlets: Vec<GapHamlet>,
    /// Priority places out of reach.
    pub places: Vec<GapPlace>,
    /// Roads in it, in metres.
    pub road_m: f64,
    /// Its area in square metres.
    pub area_m2: f64,
    /// Longitude and latitude of its middle; blurred for those who may not see cells.
    #[schema(min_items = 2, max_items = 2)]
    pub centre: Vec<f64>,
    /// Its outline; null for those who may not see cells.
    #[schema(required)]
    pub geometry: Option<Geometry>,
    /// The nearest standing mast that the viewer may see.
    #[schema(required)]
    pub nearest_mast: Option<NearestMast>,
    /// What the best station lacks in its middle; null for those who may not see cells.
    #[schema(required)]
    pub shortfall: Option<GapShortfall>,
}

/// How much of the roads is served, in metres.
#[derive(Debug, ToSchema)]
pub struct RoadCoverage {
    /// All roads on the raster.
    pub length_m: f64,
    /// Of that, the part in served cells.
    pub covered_m: f64,
}

/// Why the middle of a gap is not covered.
#[derive(Debug, ToSchema)]
pub struct GapShortfall {
    /// How far the station is that comes nearest to covering it, in metres.
    pub distance_m: f64,
    /// By how much its signal is too weak, in dB.
    pub missing_db: f64,
    /// How much of that is lost because none of its sectors looks this way, in dB.
    pub turned_away_db: f64,
    /// What surrounds the place: `open`, `village` or `town`.
    pub land: String,
    /// What stands highest above the straight ray; null where nothing does, and for a model without terrain.
    #[schema(required)]
    pub blocked: Option<GapBlocked>,
}

/// What is in the way of a signal.
#[derive(Debug, ToSchema)]
pub struct GapBlocked {
    /// Longitude and latitude.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// How far it is from the station, in metres.
    pub distance_m: f64,
    /// How far it reaches above the straight ray, in metres.
    pub above_m: f64,
    /// Whether the bare ground is in the way; else what stands on it.
    pub is_ground: bool,
}

/// People of one hamlet in a gap.
#[derive(Debug, ToSchema)]
pub struct GapHamlet {
    /// The hamlet's name.
    pub name: String,
    /// Its people in the gap.
    pub people: u64,
}

/// A priority place in a gap.
#[derive(Debug, ToSchema)]
pub struct GapPlace {
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The mast nearest to a gap's middle.
#[derive(Debug, ToSchema)]
pub struct NearestMast {
    /// The mast.
    pub asset: String,
    /// Its owner's code for it.
    #[schema(required)]
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Metres from the gap's middle.
    pub distance_m: f64,
}

/// What the model says of one link.
#[derive(Debug, ToSchema)]
pub struct LinkAnswer {
    /// Median path loss with line of sight, in dB.
    pub los_db: f64,
    /// Its scatter, in dB.
    pub los_sigma_db: f64,
    /// Median path loss without line of sight, in dB.
    pub nlos_db: f64,
    /// Its scatter, in dB.
    pub nlos_sigma_db: f64,
    /// The probability of line of sight, where the formula gives one.
    #[schema(required)]
    pub los_probability: Option<f64>,
    /// Where the formula left its ground.
    pub notes: Vec<String>,
    /// What is left at the handset; empty where no carrier's figures speak for the frequency.
    pub received: Vec<LinkReceived>,
    /// The weakest signal that serves, in dBm.
    pub threshold_dbm: f64,
    /// The figures that only stand in for a carrier's own.
    pub placeholders: Vec<String>,
}

/// What is left at the handset straight ahead of an antenna.
#[derive(Debug, ToSchema)]
pub struct LinkReceived {
    /// Where the handset is.
    pub environment: String,
    /// Median reference signal (RSRP) with line of sight, in dBm.
    pub los_dbm: f64,
    /// The same without line of sight.
    pub nlos_dbm: f64,
    /// Share of locations at which the signal is strong enough.
    #[schema(required)]
    pub probability: Option<f64>,
}
