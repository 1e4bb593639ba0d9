//! A coverage run as a raster file for other programs.

use hatang_core::Viewer;
use hatang_exchange::geotiff::{Raster, write_geotiff};

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    run_coverage::{CoverageQuestion, CoverageReport, answer_coverage, may_see_cells},
};

/// The probability of coverage of every cell inside the territory, as a `GeoTIFF`; cells outside it have no value. The
/// file's description names the model, its parameters and the journal position.
///
/// # Errors
/// [`ErrorKind::Refused`] for those who may not see cells; else as for [`answer_coverage`].
pub fn coverage_raster(desk: &Desk, who: &Viewer, question: &CoverageQuestion) -> Result<Vec<u8>, DeskError> {
    may_have_cells(desk, who, question)?;
    let run = answer_coverage(desk, question)?;
    let grid = &run.reach.grid;
    let inside = run.reach.probability.iter().zip(&run.ground.inside);
    let values = inside.map(|(probability, inside)| if *inside { *probability } else { f32::NAN }).collect();
    let epsg = u16::try_from(run.ground.crs.code()).unwrap_or_default();
    let raster = Raster::of_squares(epsg, grid.south_west(), grid.cell(), grid.columns(), values);
    let note = note(&desk.read(|registry| run.report.for_viewer(registry, who)));
    write_geotiff(&raster, &note).map_err(|error| {
        DeskError::input(
            ErrorKind::Internal,
            "raster.unwritable",
            error,
            "Không ghi được ảnh raster.",
            "The raster cannot be written.",
        )
    })
}

/// Refuses those who may not see cells.
pub(crate) fn may_have_cells(desk: &Desk, who: &Viewer, question: &CoverageQuestion) -> Result<(), DeskError> {
    if desk.read(|registry| may_see_cells(registry, who, question.network.as_ref())) {
        return Ok(());
    }
    let (kind, code) = match who.account {
        None => (ErrorKind::SignInNeeded, "session.required"),
        Some(_) => (ErrorKind::Refused, "action.refused"),
    };
    Err(DeskError::input(
        kind,
        code,
        who.role,
        "Vùng phủ theo ô chỉ dành cho cơ quan quản lý và, với mạng của chính mình, cho doanh nghiệp.",
        "Coverage by cell is for officials and, for their own networks, for carriers.",
    ))
}

/// What a file of a run says of itself: the model, its figures and the journal position.
pub(crate) fn note(report: &CoverageReport) -> String {
    let network = report.network.as_ref().map_or("all networks", |network| network.as_str());
    let model = &report.model;
    let terrain = model.over_terrain.as_ref().map_or_else(String::new, |over| {
        let dated = over.terrain.dated.map_or_else(|| "of no stated day".to_owned(), |day| format!("of {day}"));
        format!(" Terrain {dated}, SHA-256 {}.", over.terrain.sha256)
    });
    let calibration = model.calibration.as_ref().map_or_else(String::new, |applied| {
        let dated = applied.dated.map_or_else(String::new, |day| format!(" until {day}"));
        format!(" Corrected by {} measurements{dated}.", applied.measurements)
    });
    format!(
        "Probability that RSRP reaches {} dBm, {} {network}, {}. {} {}, parameters {} of {}, {} placeholder figures; journal \
         position {}.{terrain}{calibration} A planner's estimate, not a measurement.",
        report.threshold_dbm,
        report.technology,
        report.environment,
        model.name,
        model.version,
        model.parameters.code,
        model.parameters.dated,
        model.placeholders.len(),
        report.seq.0,
    )
}
