//! Declared, modelled and measured coverage side by side, contradictions first.

use hatang_core::{AssetId, NetworkCode, Planar, Seq, Shape, Viewer, asset::Technology, coverage_source::SourceSays};
use hatang_coverage::{
    Station,
    band::rectangles,
    sources::{
        ClassFit, Contradiction, Residual, Says, Triple, calibrate, calibration::residuals, compare, measured_cells,
    },
};
use serde::Serialize;

use crate::{
    coverage_sources::{ListedSource, in_force, list_coverage_sources, measurements},
    desk::Desk,
    error::{DeskError, ErrorKind},
    raster::{planar, planar_rings},
    run_coverage::{CoverageQuestion, CoverageRun, Model, answer_coverage, may_see_cells},
};

/// The three sources side by side.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageComparison {
    /// The technology asked about.
    pub technology: Technology,
    /// The network asked about; all together when absent.
    pub network: Option<NetworkCode>,
    /// The model and its figures.
    pub model: Model,
    /// How many changes to what the viewer may see the comparison rests on.
    pub seq: Seq,
    /// The declarations and measurements that took part.
    pub sources: Vec<ListedSource>,
    /// Cells of which the sources say the same, contradictions first.
    pub groups: Vec<ComparedGroup>,
    /// What measurements say of the model, by class of land.
    pub calibration: Vec<ClassFit>,
    /// Measurements that were held against the model.
    pub measurements: usize,
    /// How many residuals lie in each step of 5 dB, by the step's lower end.
    pub residuals: Vec<ResidualStep>,
}

/// Cells of which the sources say the same.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedGroup {
    /// What they say.
    #[serde(flatten)]
    pub triple: Triple,
    /// How they contradict each other; none where they agree.
    pub contradiction: Option<Contradiction>,
    /// People who live there.
    pub people: u64,
    /// Area in square metres.
    pub area_m2: f64,
    /// Where.
    pub geometry: Shape,
}

/// Residuals in a step of 5 dB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ResidualStep {
    /// Its lower end, in dB; positive where the measurement is stronger than the model.
    pub from_db: i32,
    /// How many.
    pub measurements: usize,
}

const STEP_DB: i32 = 5;

/// Compares. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::Refused`] for those who may not see cells; else as for [`answer_coverage`].
pub fn compare_coverage(
    desk: &Desk,
    who: &Viewer,
    technology: Technology,
    network: Option<&NetworkCode>,
) -> Result<CoverageComparison, DeskError> {
    if !desk.read(|registry| may_see_cells(registry, who, network)) {
        let (kind, code) = match who.account {
            None => (ErrorKind::SignInNeeded, "session.required"),
            Some(_) => (ErrorKind::Refused, "action.refused"),
        };
        return Err(DeskError::input(
            kind,
            code,
            who.role,
            "So sánh vùng phủ chỉ dành cho cơ quan quản lý và, với mạng của chính mình, cho doanh nghiệp.",
            "The comparison is for officials and, for their own networks, for carriers.",
        ));
    }
    let run = answer_coverage(desk, &CoverageQuestion::outdoors(technology, network))?;
    let (declared, points) = gather(desk, who, &run, technology, network)?;
    let grid = &run.reach.grid;
    let inside = |says: Vec<Says>| -> Vec<Says> {
        says.into_iter()
            .zip(&run.ground.inside)
            .map(|(says, inside)| if *inside { says } else { Says::Nothing })
            .collect()
    };
    let modelled: Vec<Says> = (0..grid.len()).map(|cell| Says::from(run.reach.covers(cell, &run.parameters))).collect();
    let levels = points.iter().filter_map(|(at, level_dbm)| Some((grid.cell_at(*at)?, *level_dbm)));
    let measured = measured_cells(grid, levels, run.parameters.threshold_dbm.value);
    let groups = compare(&run.ground.people, &inside(declared), &inside(modelled), &inside(measured));
    let stations: Vec<Station> = run.stations.iter().map(|(_, station): &(AssetId, Station)| station.clone()).collect();
    let residuals = residuals(&run.ground.land, &stations, &points, &run.parameters);
    let listed = list_coverage_sources(desk, who).into_iter().filter(|source| {
        source.retired.is_none()
            && source.technology == technology
            && network.is_none_or(|wanted| *wanted == source.network)
    });
    Ok(CoverageComparison {
        technology,
        network: network.cloned(),
        model: run.report.model.clone(),
        seq: desk.position_seen_by(who),
        sources: listed.collect(),
        groups: groups
            .into_iter()
            .map(|group| {
                let mut shown = vec![false; grid.len()];
                for cell in &group.cells {
                    shown[*cell] = true;
                }
                Ok(ComparedGroup {
                    triple: group.triple,
                    contradiction: group.contradiction,
                    people: group.people,
                    area_m2: group.cells.iter().map(|_| grid.cell_area_m2()).sum(),
                    geometry: area(&run, &shown)?,
                })
            })
            .collect::<Result<_, DeskError>>()?,
        calibration: calibrate(&residuals),
        measurements: residuals.len(),
        residuals: steps(&residuals),
    })
}

type Gathered = (Vec<Says>, Vec<(Planar, f64)>);

/// What operators declare of each cell, and every measurement on the plane. Where nobody declares anything, nothing is
/// said; where somebody does, the rest of the raster is declared without service.
fn gather(
    desk: &Desk,
    who: &Viewer,
    run: &CoverageRun,
    technology: Technology,
    network: Option<&NetworkCode>,
) -> Result<Gathered, DeskError> {
    let grid = &run.reach.grid;
    desk.read(|registry| {
        let mut declared = vec![Says::Nothing; grid.len()];
        let mut points = Vec::new();
        for source in in_force(registry, who, technology, network) {
            if let SourceSays::Declared { zones } = &source.says {
                for says in declared.iter_mut().filter(|says| **says == Says::Nothing) {
                    *says = Says::No;
                }
                for zone in zones {
                    for cell in grid.cells_inside(&planar_rings(run.ground.crs, &zone.shape)?) {
                        declared[cell] = Says::Yes;
                    }
                }
            }
            for (at, level_dbm) in measurements(source) {
                points.push((planar(run.ground.crs, at)?, level_dbm));
            }
        }
        Ok((declared, points))
    })
}

fn area(run: &CoverageRun, shown: &[bool]) -> Result<Shape, DeskError> {
    let polygons = rectangles(&run.reach.grid, shown).into_iter().map(|corners| {
        let mut ring = run.ground.ring(&corners)?;
        ring.push(ring[0]);
        Ok(vec![ring])
    });
    Ok(Shape::MultiPolygon(polygons.collect::<Result<_, DeskError>>()?))
}

#[expect(clippy::cast_possible_truncation, reason = "residuals are within 200 dB")]
fn steps(residuals: &[Residual]) -> Vec<ResidualStep> {
    let mut counts = std::collections::BTreeMap::<i32, usize>::new();
    for residual in residuals {
        let step = (residual.db() / f64::from(STEP_DB)).floor() as i32 * STEP_DB;
        *counts.entry(step).or_default() += 1;
    }
    counts.into_iter().map(|(from_db, measurements)| ResidualStep { from_db, measurements }).collect()
}
