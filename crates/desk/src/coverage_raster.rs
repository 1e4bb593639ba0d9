//! A coverage run as a raster file for other programs.

use hatang_core::Viewer;
use hatang_exchange::geotiff::{Raster, write_geotiff};

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    run_coverage::{CoverageQuestion, answer_coverage, may_see_cells},
};

/// The probability of coverage of every cell inside the territory, as a `GeoTIFF`; cells outside it have no value. The
/// file's description names the model, its parameters and the journal position.
///
/// # Errors
/// [`ErrorKind::Refused`] for those who may not see cells; else as for [`answer_coverage`].
pub fn coverage_raster(desk: &Desk, who: &Viewer, question: &CoverageQuestion) -> Result<Vec<u8>, DeskError> {
    if !desk.read(|registry| may_see_cells(registry, who, question.network.as_ref())) {
        let kind = if who.account.is_none() { ErrorKind::SignInNeeded } else { ErrorKind::Refused };
        let code = if who.account.is_none() { "session.required" } else { "action.refused" };
        return Err(DeskError::input(
            kind,
            code,
            who.role,
            "Vùng phủ theo ô chỉ dành cho cơ quan quản lý và, với mạng của chính mình, cho doanh nghiệp.",
            "Coverage by cell is for officials and, for their own networks, for carriers.",
        ));
    }
    let run = answer_coverage(desk, question)?;
    let grid = &run.reach.grid;
    let inside = run.reach.probability.iter().zip(&run.ground.inside);
    let values = inside.map(|(probability, inside)| if *inside { *probability } else { f32::NAN }).collect();
    let epsg = u16::try_from(run.ground.crs.code()).unwrap_or_default();
    let raster = Raster::of_squares(epsg, grid.south_west(), grid.cell(), grid.columns(), values);
    let report = &run.report;
    let network = report.network.as_ref().map_or("all networks", |network| network.as_str());
    let note = format!(
        "Probability that RSRP reaches {} dBm, {} {network}, {}. {} {}, parameters {} of {}, {} placeholder figures; journal \
         position {}. A planner's estimate, not a measurement.",
        report.threshold_dbm,
        report.technology,
        report.environment,
        report.model.name,
        report.model.version,
        report.model.parameters.code,
        report.model.parameters.dated,
        report.model.placeholders.len(),
        report.seq.0,
    );
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
