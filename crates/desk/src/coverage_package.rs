//! A coverage run as a `GeoPackage`: where a signal is likely, limited or absent, and the share of each hamlet.

use hatang_core::{Shape, Viewer};
use hatang_exchange::coverage_package::{Hamlet, Layer, write_package};

use crate::{
    coverage_raster::{may_have_cells, note},
    desk::Desk,
    error::{DeskError, ErrorKind},
    run_coverage::{CoverageQuestion, answer_coverage},
};

/// The areas of each level and the hamlets' shares as one file. Its metadata names the model, its parameters and the journal
/// position.
///
/// # Errors
/// As for [`crate::coverage_raster::coverage_raster`].
pub fn coverage_package(desk: &Desk, who: &Viewer, question: &CoverageQuestion) -> Result<Vec<u8>, DeskError> {
    may_have_cells(desk, who, question)?;
    let run = answer_coverage(desk, question)?;
    let mut layers: Vec<Layer> = Vec::new();
    for band in &run.bands {
        let ring = vec![band.ring.clone()];
        match layers.iter_mut().find(|layer| layer.level == band.level) {
            Some(layer) => layer.polygons.push(ring),
            None => layers.push(Layer { level: band.level, polygons: vec![ring] }),
        }
    }
    let shapes: Vec<(String, Shape)> = desk.read(|registry| {
        let plan = registry.home().and_then(|(_, state)| state.plan.as_ref());
        let hamlets = plan.into_iter().flat_map(|plan| &plan.hamlets);
        hamlets.map(|hamlet| (hamlet.name.clone(), hamlet.shape.clone())).collect()
    });
    let hamlets = run.report.hamlets.iter().filter_map(|share| {
        let (_, shape) = shapes.iter().find(|(name, _)| *name == share.name)?;
        Some(Hamlet { name: &share.name, people: share.people, covered: share.people_covered, shape })
    });
    let hamlets: Vec<Hamlet<'_>> = hamlets.collect();
    let report = desk.read(|registry| run.report.for_viewer(registry, who));
    let metadata = serde_json::to_string(&report).map_err(unwritable)?;
    // The same question on one day gives the same bytes.
    write_package(&layers, &hamlets, &note(&report), &metadata, desk.today()).map_err(unwritable)
}

fn unwritable(error: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "coverage.package_unwritable",
        error,
        "Không ghi được tệp GeoPackage.",
        "The GeoPackage cannot be written.",
    )
}
