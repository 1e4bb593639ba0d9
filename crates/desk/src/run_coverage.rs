//! Computes who is covered by a technology, for one network or for all together.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use hatang_core::{
    AssetId, Lonlat, Metres, NetworkCode, Registry, Role, Seq, Territory, Viewer, asset::Technology,
    coverage_source::SourceId, ground_source::GroundKind,
};
pub use hatang_coverage::Environment;
use hatang_coverage::{
    Level, MissingTerrain, OverTerrain, Parameters, Reach, Station, bands,
    over_terrain::TerrainFile,
    reach,
    reach::{
        Unwatched,
        revise::revise,
        terrain::{reach_over_terrain, revise::revise_over_terrain},
    },
    summarise,
};
use serde::Serialize;

use crate::{
    coverage_choice::{AppliedCalibration, Laid, Measured, Method, correct},
    desk::{Desk, home_of, position_of, seen_position},
    error::{DeskError, ErrorKind},
    raster::{Ground, PlacedBy, parameters, without_parameters},
};

/// The usual model's name and version, as every result carries it.
pub const MODEL: (&str, &str) = ("3GPP TR 38.901 RMa, SMa, UMa, UMi", "19.4.0");

/// The same of the model over terrain.
pub const TERRAIN_MODEL: (&str, &str) = ("Recommendation ITU-R P.1812", "8");

/// The sides that a cell may have, in metres.
pub const CELLS_M: std::ops::RangeInclusive<u16> = 10..=100;

/// What a run is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CoverageQuestion {
    /// The technology asked about.
    pub technology: Technology,
    /// One network; all together when absent.
    pub network: Option<NetworkCode>,
    /// Where the handset is.
    pub environment: Environment,
    /// The side of a cell in metres, one of [`CELLS_M`].
    pub cell_m: u16,
    /// How the loss is computed.
    pub method: Method,
    /// The measurements that correct the model; none: the model as it is.
    pub calibrated_by: Vec<SourceId>,
}

impl CoverageQuestion {
    /// The question that a commune asks: outdoors, in cells of 50 m.
    #[must_use]
    pub fn outdoors(technology: Technology, network: Option<&NetworkCode>) -> Self {
        Self {
            technology,
            network: network.cloned(),
            environment: Environment::Outdoor,
            cell_m: 50,
            method: Method::Standard,
            calibrated_by: Vec::new(),
        }
    }

    /// Refuses a cell that is too small or too large.
    pub(crate) fn check(&self) -> Result<(), DeskError> {
        if CELLS_M.contains(&self.cell_m) {
            return Ok(());
        }
        Err(DeskError::input(
            ErrorKind::BadInput,
            "coverage.cell",
            self.cell_m,
            "Cạnh ô lưới phải từ 10 m đến 100 m.",
            "The side of a cell must be 10 m to 100 m.",
        ))
    }
}

/// Results that are still true, by what was asked.
#[derive(Debug, Default)]
pub struct Runs {
    positions: BTreeMap<Territory, Seq>,
    by_question: BTreeMap<CoverageQuestion, Slot>,
    /// The last answers at an earlier position: most of their cells are still true.
    before: BTreeMap<CoverageQuestion, Arc<CoverageRun>>,
}

/// Where one answer will stand. Whoever computes it holds the lock, so that everybody else waits for the same answer.
type Slot = Arc<Mutex<Option<Arc<CoverageRun>>>>;

/// One run: the report for people and the cells for the map.
#[derive(Debug)]
pub struct CoverageRun {
    /// What is told.
    pub report: CoverageReport,
    /// Where the signal is likely, limited or absent, as rectangles.
    pub bands: Vec<CoverageBand>,
    pub(crate) ground: Arc<Ground>,
    pub(crate) parameters: Parameters,
    pub(crate) laid: Option<Laid>,
    pub(crate) stations: Vec<(AssetId, Station)>,
    /// The operators by their place in the stations' and cells' own numbers.
    pub(crate) operators: Vec<String>,
    pub(crate) reach: Reach,
}

impl CoverageRun {
    /// The operators in the order of their bits: networks, or owners where a station names no network.
    #[must_use]
    pub fn operators(&self) -> &[String] {
        &self.operators
    }
}

/// A rectangle of cells that are served equally well.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageBand {
    /// `likely`, `limited` or `none`.
    pub level: &'static str,
    /// Its outline, closed.
    pub ring: Vec<Lonlat>,
}

/// What a run says, with what it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageReport {
    /// The technology asked about.
    pub technology: Technology,
    /// The network asked about; all together when absent.
    pub network: Option<NetworkCode>,
    /// The model and its figures.
    pub model: Model,
    /// What kind of place the handset is in.
    pub environment: &'static str,
    /// The weakest signal that serves, in decibel-milliwatts (RSRP).
    pub threshold_dbm: f64,
    /// Share of locations from which a cell counts as covered.
    pub probability: f64,
    /// People in the territory.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Covered people by people; absent where nobody lives.
    pub share: Option<f64>,
    /// The same by hamlet.
    pub hamlets: Vec<HamletShare>,
    /// What says where within their hamlets they live; evenly when absent.
    pub people_placed_by: Option<PlacedBy>,
    /// What the run was computed from.
    pub computed_from: ComputedFrom,
    /// The journal position that it rests on.
    pub seq: Seq,
}

/// The model behind a result.
#[derive(Clone, Debug, Serialize)]
pub struct Model {
    /// Its name.
    pub name: &'static str,
    /// The version of its specification.
    pub version: &'static str,
    /// Every figure with its source.
    pub parameters: Parameters,
    /// The terrain and the figures of the model over terrain; absent for the usual model.
    pub over_terrain: Option<OverTerrain>,
    /// The measurements that the model was corrected by; absent where it was not.
    pub calibration: Option<AppliedCalibration>,
    /// Names of figures that only stand in until somebody gives the real ones.
    pub placeholders: Vec<String>,
}

/// One hamlet's share.
#[derive(Clone, Debug, Serialize)]
pub struct HamletShare {
    /// The hamlet's name.
    pub name: String,
    /// People who live there.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Their share; absent where nobody lives.
    pub share: Option<f64>,
}

/// What a run was computed from.
#[derive(Clone, Debug, Serialize)]
pub struct ComputedFrom {
    /// Radio stations that took part; counted only for those who may see the result cell by cell.
    pub stations: Option<usize>,
    /// Radio stations left out because a height or band is missing; named only to those who may see them.
    pub stations_without_parameters: Vec<AssetId>,
    /// How many were left out; likewise.
    pub left_out: Option<usize>,
}

/// Computes for a commune, or finds among the results that are still true. CPU-bound: call it off the asynchronous
/// threads.
///
/// # Errors
/// As for [`answer_coverage`].
pub fn run_coverage(
    desk: &Desk,
    technology: Technology,
    network: Option<&NetworkCode>,
) -> Result<Arc<CoverageRun>, DeskError> {
    answer_coverage(desk, &CoverageQuestion::outdoors(technology, network))
}

/// Computes, or finds among the results that are still true. Where a result of an earlier journal position is at hand, only
/// the cells that changed stations reach are computed anew. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::NotFound`] while no plan is loaded or for an unknown network, [`ErrorKind::BadInput`] for a cell that is
/// too small or too large.
pub fn answer_coverage(desk: &Desk, question: &CoverageQuestion) -> Result<Arc<CoverageRun>, DeskError> {
    question.check()?;
    let (slot, before) = slot(desk, question);
    let mut answer = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(run) = &*answer {
        return Ok(Arc::clone(run));
    }
    let inputs = Inputs::of(desk, question)?;
    let run = Arc::new(compute(question.clone(), inputs, before.as_deref())?);
    *answer = Some(Arc::clone(&run));
    Ok(run)
}

/// What a run is computed from, at one journal position.
pub(crate) struct Inputs {
    pub(crate) ground: Arc<Ground>,
    pub(crate) laid: Option<Laid>,
    pub(crate) stations: Vec<(AssetId, Station)>,
    pub(crate) operators: Vec<String>,
    pub(crate) parameters: Parameters,
    pub(crate) calibration: Option<AppliedCalibration>,
    pub(crate) seq: Seq,
}

/// What of it the registry tells.
type Read = (Arc<Ground>, Vec<(AssetId, Station)>, Vec<String>, Option<TerrainFile>, Measured, Seq);

impl Inputs {
    pub(crate) fn of(desk: &Desk, question: &CoverageQuestion) -> Result<Self, DeskError> {
        let as_they_are = parameters(question.technology)?.in_environment(question.environment);
        let (ground, stations, operators, file, measured, seq) =
            desk.read(|registry| read(desk, registry, question, &as_they_are))?;
        let bare = bare(&stations);
        let laid = file.map(|file| Laid::of(desk, file, &ground, &bare)).transpose()?;
        let (parameters, calibration) = if question.calibrated_by.is_empty() {
            (as_they_are, None)
        } else {
            let (corrected, applied) = correct(&as_they_are, &measured, &ground, &bare, laid.as_ref())?;
            (corrected, Some(applied))
        };
        Ok(Self { ground, laid, stations, operators, parameters, calibration, seq })
    }

    /// The model's name and version.
    pub(crate) const fn model(&self) -> (&'static str, &'static str) {
        if self.laid.is_some() { TERRAIN_MODEL } else { MODEL }
    }
}

fn read(
    desk: &Desk,
    registry: &Registry,
    question: &CoverageQuestion,
    parameters: &Parameters,
) -> Result<Read, DeskError> {
    if let Some(network) = &question.network
        && !networks(registry).contains(&network)
    {
        return Err(DeskError::input(
            ErrorKind::NotFound,
            "network.unknown",
            network,
            "Không có mạng nào mang mã này.",
            "There is no network with this code.",
        ));
    }
    let ground = Ground::of(desk, registry, Metres::computed(f64::from(question.cell_m)))?;
    let (stations, operators) =
        ground.stations(registry, question.technology, question.network.as_ref(), parameters)?;
    let file = match &question.method {
        Method::Standard => None,
        Method::OverTerrain { sha256 } => Some(terrain_file(registry, sha256)),
    };
    Ok((ground, stations, operators, file, Measured::of(registry, question), position_of(registry)))
}

/// What is known of a terrain file; one that a command has lent says nothing of its day.
fn terrain_file(registry: &Registry, sha256: &str) -> TerrainFile {
    let mut known = registry.home().into_iter().flat_map(|(_, state)| state.ground_sources.values());
    let recorded = known.find(|one| one.kind == GroundKind::Terrain && one.sha256 == sha256);
    TerrainFile {
        sha256: sha256.to_owned(),
        dated: recorded.map(|one| one.dated),
        source: recorded.map_or_else(|| "handed over for this run only".to_owned(), |one| one.source.clone()),
    }
}

/// Tells where terrain is missing.
pub(crate) fn missing_terrain(missing: &MissingTerrain, ground: &Ground, stations: &[(AssetId, Station)]) -> DeskError {
    let place = ground
        .lonlat(missing.at)
        .map_or_else(|_| format!("{:?}", missing.at), |at| format!("{:.5}, {:.5}", at.lon(), at.lat()));
    let station = stations.get(missing.station).map_or_else(String::new, |(id, _)| id.to_string());
    DeskError::input(
        ErrorKind::BadInput,
        "terrain.missing",
        &place,
        &format!("Địa hình không có dữ liệu tại {place} (trên đường từ trạm {station}); không coi đó là mặt biển."),
        &format!(
            "The terrain has no data at {place} (on the way from station {station}); it is not taken for sea level."
        ),
    )
}

/// The slot of a question at the present journal positions, and the answer at an earlier one.
fn slot(desk: &Desk, question: &CoverageQuestion) -> (Slot, Option<Arc<CoverageRun>>) {
    let positions = desk.positions();
    let mut runs = desk.runs.lock().unwrap_or_else(PoisonError::into_inner);
    if runs.positions != positions {
        for (question, slot) in std::mem::take(&mut runs.by_question) {
            // Whoever still computes holds the lock, and then there is nothing to keep.
            if let Some(run) = slot.try_lock().ok().and_then(|answer| answer.clone()) {
                runs.before.insert(question, run);
            }
        }
        runs.positions = positions;
    }
    let before = runs.before.get(question).cloned();
    (Arc::clone(runs.by_question.entry(question.clone()).or_default()), before)
}

fn bare(stations: &[(AssetId, Station)]) -> Vec<Station> {
    stations.iter().map(|(_, station)| station.clone()).collect()
}

fn compute(question: CoverageQuestion, inputs: Inputs, before: Option<&CoverageRun>) -> Result<CoverageRun, DeskError> {
    let (name, version) = inputs.model();
    let Inputs { ground, laid, stations, operators, parameters, calibration, seq } = inputs;
    let CoverageQuestion { technology, network, environment, .. } = question;
    let now = bare(&stations);
    // Terrain with a hole somewhere does not even equal itself; such a run is computed anew.
    let still = |run: &&CoverageRun| run.parameters == parameters && run.laid == laid && run.ground.land == ground.land;
    let reach = match (&laid, before.filter(still)) {
        (Some(laid), Some(run)) => {
            revise_over_terrain(&run.reach, laid.on(&ground, &parameters), &bare(&run.stations), &now)
                .map_err(|missing| missing_terrain(&missing, &ground, &stations))?
        }
        (Some(laid), None) => reach_over_terrain(laid.on(&ground, &parameters), &now, &Unwatched)
            .map_err(|missing| missing_terrain(&missing, &ground, &stations))?
            .unwrap_or_else(|| unreachable!("nobody ends a run that nobody watches")),
        (None, Some(run)) => revise(&run.reach, &ground.land, &bare(&run.stations), &now, &parameters),
        (None, None) => reach(&ground.land, &now, &parameters),
    };
    let summary = summarise(&reach, &ground.people, &parameters);
    let left_out = without_parameters(&stations, &reach.flags.not_computed);
    let of_all = {
        let mut ids: Vec<AssetId> = stations.iter().map(|(id, _)| *id).collect();
        ids.dedup();
        ids.len()
    };
    let report = CoverageReport {
        technology,
        network,
        model: Model {
            name,
            version,
            placeholders: laid
                .as_ref()
                .map_or_else(|| parameters.placeholders(), |laid| laid.figures.placeholders(&parameters)),
            parameters: parameters.clone(),
            over_terrain: laid.as_ref().map(|laid| laid.figures.clone()),
            calibration,
        },
        environment: environment.code(),
        threshold_dbm: parameters.threshold_dbm.value,
        probability: parameters.covered_at.value,
        people: summary.total.people,
        people_covered: summary.total.covered,
        share: summary.total.share(),
        hamlets: summary
            .by_hamlet
            .iter()
            .map(|hamlet| HamletShare {
                name: hamlet.name.clone(),
                people: hamlet.coverage.people,
                people_covered: hamlet.coverage.covered,
                share: hamlet.coverage.share(),
            })
            .collect(),
        people_placed_by: ground.placed_by.clone(),
        computed_from: ComputedFrom {
            stations: Some(of_all - left_out.len()),
            left_out: Some(left_out.len()),
            stations_without_parameters: left_out,
        },
        seq,
    };
    let bands = bands(&reach, &parameters, &ground.inside)
        .iter()
        .map(|band| {
            let corners = band.corners();
            let mut ring = ground.ring(&corners)?;
            ring.push(ring[0]);
            Ok(CoverageBand { level: level_word(band.level), ring })
        })
        .collect::<Result<_, DeskError>>()?;
    Ok(CoverageRun { report, bands, ground, parameters, laid, stations, operators, reach })
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Likely => "likely",
        Level::Limited => "limited",
        Level::None => "none",
    }
}

/// Every network that an organisation runs.
pub(crate) fn networks(registry: &Registry) -> Vec<&NetworkCode> {
    registry.organisations().values().flat_map(|organisation| &organisation.networks).collect()
}

impl CoverageReport {
    /// The report as a viewer may see it: how many stations there are, and which were left out, is for those who may see
    /// the result cell by cell; the position is the viewer's own.
    #[must_use]
    pub fn for_viewer(&self, registry: &Registry, viewer: &Viewer) -> Self {
        let mut report = Self { seq: seen_position(registry, viewer), ..self.clone() };
        if !may_see_cells(registry, viewer, self.network.as_ref()) {
            report.computed_from =
                ComputedFrom { stations: None, stations_without_parameters: Vec::new(), left_out: None };
        }
        report
    }
}

/// Whether a viewer may see a result cell by cell. The rings of a fine raster give away where masts stand, so the public
/// sees sums by hamlet, and a carrier cells of its own networks only.
#[must_use]
pub fn may_see_cells(registry: &Registry, viewer: &Viewer, network: Option<&NetworkCode>) -> bool {
    let own = |network| {
        let organisation = viewer.organisation.as_ref().and_then(|code| registry.organisations().get(code));
        organisation.is_some_and(|organisation| organisation.networks.contains(network))
    };
    match viewer.role {
        Role::Public => false,
        role if role.is_official() => viewer.answers_for(&home_of(registry)),
        _ => network.is_some_and(own),
    }
}
