//! How a run is computed where it is not computed as usual: over terrain, or corrected by measurements. Whoever may not see
//! coverage cell by cell has no choice: such runs take long, and measurements are not for everybody.

use hatang_core::{
    Lonlat, NetworkCode, Planar, Registry, Viewer,
    asset::Technology,
    coverage_source::{SourceId, SourceSays},
};
use hatang_coverage::{
    OverTerrain, Parameters, Station, Terrain,
    over_terrain::TerrainFile,
    reach::terrain::OnTerrain,
    sources::{ClassFit, calibration, corrected},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    coverage_sources::{in_force, measurements},
    desk::Desk,
    error::{DeskError, ErrorKind},
    ground_sources::{Content, terrain_in_force},
    raster::{Ground, file_missing, planar},
    run_coverage::{CoverageQuestion, may_see_cells},
    terrain::lay,
};

/// How the loss between mast and handset is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// By TR 38.901, which knows no terrain.
    #[default]
    Standard,
    /// By P.1812 over the terrain of a file.
    OverTerrain {
        /// The file's SHA-256.
        sha256: String,
    },
}

/// What somebody chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Over terrain; else by TR 38.901.
    pub over_terrain: bool,
    /// Over the terrain with this identity; the newest in force when absent.
    pub terrain: Option<SourceId>,
    /// Corrected by the measurements in force that the viewer may see.
    pub calibrated: bool,
}

/// The words of the models in questions.
pub const MODELS: [&str; 2] = ["tr38901", "p1812"];

impl Choice {
    /// The choice of a model by its word; the usual one where none is named.
    ///
    /// # Errors
    /// [`ErrorKind::BadInput`] for another word, or terrain named for a model without terrain.
    pub fn of(model: Option<&str>, terrain: Option<SourceId>, calibrated: bool) -> Result<Self, DeskError> {
        let over_terrain = match model.unwrap_or(MODELS[0]) {
            "tr38901" => false,
            "p1812" => true,
            other => {
                return Err(DeskError::input(
                    ErrorKind::BadInput,
                    "coverage.model",
                    other,
                    "Không có mô hình này; các mô hình: tr38901, p1812.",
                    "There is no such model; the models: tr38901, p1812.",
                ));
            }
        };
        if let (Some(terrain), false) = (terrain, over_terrain) {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "coverage.terrain_without_model",
                terrain,
                "Chỉ mô hình p1812 tính theo địa hình.",
                "Only the model p1812 computes over terrain.",
            ));
        }
        Ok(Self { over_terrain, terrain, calibrated })
    }
}

/// Puts a choice into a question.
///
/// # Errors
/// [`ErrorKind::Refused`] for those who may not see cells, [`ErrorKind::NotFound`] while no terrain is loaded or nothing was
/// measured.
pub fn choose(
    desk: &Desk,
    who: &Viewer,
    question: CoverageQuestion,
    choice: &Choice,
) -> Result<CoverageQuestion, DeskError> {
    if *choice == Choice::default() {
        return Ok(question);
    }
    desk.read(|registry| {
        if !may_see_cells(registry, who, question.network.as_ref()) {
            let (kind, code) = match who.account {
                None => (ErrorKind::SignInNeeded, "session.required"),
                Some(_) => (ErrorKind::Refused, "action.refused"),
            };
            return Err(DeskError::input(
                kind,
                code,
                who.role,
                "Chỉ cơ quan quản lý và, với mạng của chính mình, doanh nghiệp được chọn mô hình theo địa hình hoặc hiệu chỉnh theo đo kiểm.",
                "Only officials and, for their own networks, carriers may choose terrain or a correction by measurements.",
            ));
        }
        let method = if choice.over_terrain {
            Method::OverTerrain { sha256: terrain_in_force(registry, choice.terrain)?.sha256.clone() }
        } else {
            Method::Standard
        };
        let calibrated_by = if choice.calibrated { measured(registry, who, &question)? } else { Vec::new() };
        Ok(CoverageQuestion { method, calibrated_by, ..question })
    })
}

fn measured(registry: &Registry, who: &Viewer, question: &CoverageQuestion) -> Result<Vec<SourceId>, DeskError> {
    let CoverageQuestion { technology, network, .. } = question;
    let sources = in_force(registry, who, *technology, network.as_ref());
    let mut ids: Vec<SourceId> =
        sources.filter(|one| matches!(one.says, SourceSays::Measured { .. })).map(|one| one.id).collect();
    ids.sort();
    if ids.is_empty() { Err(nothing_measured(*technology, network.as_ref())) } else { Ok(ids) }
}

fn nothing_measured(technology: Technology, network: Option<&NetworkCode>) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "coverage.nothing_measured",
        network.map_or_else(|| technology.to_string(), ToString::to_string),
        "Chưa có kết quả đo nào của công nghệ và mạng này để hiệu chỉnh mô hình.",
        "Nothing was measured of this technology and network that could correct the model.",
    )
}

/// The measurements that correct a run.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    points: Vec<(Lonlat, f64)>,
    last: Option<Date>,
    sources: Vec<SourceId>,
}

impl Measured {
    /// The measurements of a question, as they are in the registry now.
    pub(crate) fn of(registry: &Registry, question: &CoverageQuestion) -> Self {
        // Who may see them was settled when the question was put together.
        let console = Viewer::console();
        let sources = in_force(registry, &console, question.technology, question.network.as_ref());
        let mut measured = Self { points: Vec::new(), last: None, sources: Vec::new() };
        for source in sources.filter(|source| question.calibrated_by.contains(&source.id)) {
            measured.points.extend(measurements(source));
            measured.last = measured.last.max(Some(source.dated));
            measured.sources.push(source.id);
        }
        measured
    }
}

/// How a run was corrected by measurements.
#[derive(Clone, Debug, Serialize)]
pub struct AppliedCalibration {
    /// Measurements that were held against the model.
    pub measurements: usize,
    /// The last day of measuring.
    pub dated: Option<Date>,
    /// The sources that they are from.
    pub sources: Vec<SourceId>,
    /// What they say of each class of land, with residuals before and after; a class without an offset was left as it is.
    pub classes: Vec<ClassFit>,
}

/// Terrain laid for a run, with the model's figures.
#[derive(Debug, PartialEq)]
pub(crate) struct Laid {
    pub(crate) terrain: Terrain,
    pub(crate) figures: OverTerrain,
}

impl Laid {
    /// Lays a file's terrain so that every profile from a station to a cell of the raster lies on it.
    pub(crate) fn of(desk: &Desk, file: TerrainFile, ground: &Ground, stations: &[Station]) -> Result<Self, DeskError> {
        let content = desk.grounds.get(&file.sha256).ok_or_else(|| file_missing(&file.sha256))?;
        let Content::Terrain(raster) = &*content else { return Err(file_missing(&file.sha256)) };
        let grid = ground.land.grid();
        // A profile is never shorter than 30 m, whichever way it goes.
        let around = |at: Planar, more: f64| Planar::new(at.east + more, at.north + more);
        let corners = [grid.south_west(), grid.north_east()];
        let ends = stations.iter().flat_map(|station| [around(station.at, -31.0), around(station.at, 31.0)]);
        let (low, high) =
            corners.into_iter().chain(ends).fold((grid.south_west(), grid.north_east()), |(low, high), at| {
                (
                    Planar::new(low.east.min(at.east), low.north.min(at.north)),
                    Planar::new(high.east.max(at.east), high.north.max(at.north)),
                )
            });
        let terrain = lay(raster, ground.crs, grid.south_west(), (low, high))?;
        let step_m = terrain.grid().cell().get();
        let figures = OverTerrain::usual(file, step_m, ground.bounds.centre().lat());
        Ok(Self { terrain, figures })
    }

    pub(crate) fn on<'a>(&'a self, ground: &'a Ground, parameters: &'a Parameters) -> OnTerrain<'a> {
        OnTerrain { land: &ground.land, terrain: &self.terrain, figures: &self.figures, parameters }
    }
}

/// Corrects a run's parameters by measurements.
///
/// # Errors
/// [`ErrorKind::BadInput`] when there are too few measurements for every class of land.
pub(crate) fn correct(
    parameters: &Parameters,
    measured: &Measured,
    ground: &Ground,
    stations: &[Station],
    laid: Option<&Laid>,
) -> Result<(Parameters, AppliedCalibration), DeskError> {
    let points = measured.points.iter().map(|(at, level_dbm)| Ok((planar(ground.crs, *at)?, *level_dbm)));
    let points: Vec<(Planar, f64)> = points.collect::<Result<_, DeskError>>()?;
    let against = |parameters: &Parameters| match laid {
        Some(laid) => calibration::residuals_over_terrain(laid.on(ground, parameters), stations, &points),
        None => calibration::residuals(&ground.land, stations, &points, parameters),
    };
    let until = measured.last.map_or_else(String::new, |day| format!(" until {day}"));
    let (parameters, classes) = corrected(parameters, &format!("measurements{until}"), against);
    let held: usize = classes.iter().map(|fit| fit.measurements).sum();
    let parameters = parameters.ok_or_else(|| {
        DeskError::input(
            ErrorKind::BadInput,
            "coverage.too_few_measurements",
            held,
            &format!("Cần ít nhất {} phép đo trong một loại đất để hiệu chỉnh mô hình.", calibration::FEWEST),
            &format!(
                "Correcting the model takes {} measurements over one class of land at least.",
                calibration::FEWEST
            ),
        )
    })?;
    let applied =
        AppliedCalibration { measurements: held, dated: measured.last, sources: measured.sources.clone(), classes };
    Ok((parameters, applied))
}
