//! Computes who is covered by a technology, for one network or for all together.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use hatang_core::{AssetId, Lonlat, NetworkCode, Registry, Role, Seq, Territory, Viewer, asset::Technology};
use hatang_coverage::{Level, Parameters, Reach, Station, bands, reach, summarise};
use serde::Serialize;

use crate::{
    desk::{Desk, position_of},
    error::{DeskError, ErrorKind},
    raster::{Ground, parameters, without_parameters},
};

/// The model's name and version, as every result carries it.
pub const MODEL: (&str, &str) = ("3GPP TR 38.901 RMa", "19.4.0");

/// Results that are still true, by what was asked.
#[derive(Debug, Default)]
pub struct Runs {
    positions: BTreeMap<Territory, Seq>,
    by_question: BTreeMap<Question, Slot>,
}

type Question = (Technology, Option<NetworkCode>);
/// Where one answer will stand. Whoever computes it holds the lock, so that everybody else waits for the same answer.
type Slot = Arc<Mutex<Option<Arc<CoverageRun>>>>;

/// One run: the report for people and the cells for the map.
#[derive(Debug)]
pub struct CoverageRun {
    /// What is told.
    pub report: CoverageReport,
    /// Where the signal is likely, limited or absent, as rectangles.
    pub bands: Vec<CoverageBand>,
    pub(crate) ground: Ground,
    pub(crate) parameters: Parameters,
    pub(crate) stations: Vec<(AssetId, Station)>,
    pub(crate) reach: Reach,
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
    /// Radio stations that took part.
    pub stations: usize,
    /// Radio stations left out because a height or band is missing; named only to those who may see them.
    pub stations_without_parameters: Vec<AssetId>,
    /// How many were left out.
    pub left_out: usize,
}

/// Computes, or finds among the results that are still true. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::NotFound`] while no plan is loaded or for an unknown network.
pub fn run_coverage(
    desk: &Desk,
    technology: Technology,
    network: Option<&NetworkCode>,
) -> Result<Arc<CoverageRun>, DeskError> {
    let question = (technology, network.cloned());
    let slot = slot(desk, &question);
    let mut answer = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(run) = &*answer {
        return Ok(Arc::clone(run));
    }
    let (ground, stations, seq, figures) = desk.read(|registry| {
        if let Some(network) = network
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
        let figures = parameters(technology)?;
        let ground = Ground::of(registry)?;
        let stations = ground.stations(registry, technology, network, &figures)?;
        Ok((ground, stations, position_of(registry), figures))
    })?;
    let run = Arc::new(compute(question, ground, stations, figures, seq)?);
    *answer = Some(Arc::clone(&run));
    Ok(run)
}

/// The slot of a question at the present journal positions; what was computed at earlier ones is forgotten.
fn slot(desk: &Desk, question: &Question) -> Slot {
    let positions = desk.positions();
    let mut runs = desk.runs.lock().unwrap_or_else(PoisonError::into_inner);
    if runs.positions != positions {
        *runs = Runs { positions, by_question: BTreeMap::new() };
    }
    Arc::clone(runs.by_question.entry(question.clone()).or_default())
}

fn compute(
    (technology, network): (Technology, Option<NetworkCode>),
    ground: Ground,
    stations: Vec<(AssetId, Station)>,
    parameters: Parameters,
    seq: Seq,
) -> Result<CoverageRun, DeskError> {
    let bare: Vec<Station> = stations.iter().map(|(_, station)| station.clone()).collect();
    let reach = reach(&ground.grid, &bare, &parameters);
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
            name: MODEL.0,
            version: MODEL.1,
            placeholders: parameters.placeholders(),
            parameters: parameters.clone(),
        },
        environment: "outdoor",
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
        computed_from: ComputedFrom {
            stations: of_all - left_out.len(),
            left_out: left_out.len(),
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
    Ok(CoverageRun { report, bands, ground, parameters, stations, reach })
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
    /// The report as a viewer may see it: who is left out is named to officials only.
    #[must_use]
    pub fn for_viewer(&self, viewer: &Viewer) -> Self {
        let mut report = self.clone();
        if !viewer.role.is_official() {
            report.computed_from.stations_without_parameters.clear();
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
        role if role.is_official() => true,
        _ => network.is_some_and(own),
    }
}
