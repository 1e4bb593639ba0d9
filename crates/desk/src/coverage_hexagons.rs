//! Reports coverage by H3 hexagon, for systems that join on them. Computing stays on the metric raster: a hexagon's share is
//! that of its parts of resolution 11 whose centre lies in a covered cell, the rule of 47 CFR 54.1012.

use std::collections::BTreeSet;

use h3o::{CellIndex, LatLng, Resolution};
use hatang_core::{Lonlat, Seq, Viewer};
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    raster::planar,
    run_coverage::{CoverageQuestion, CoverageRun, answer_coverage, may_see_cells},
};

/// A territory's hexagons.
#[derive(Clone, Debug, Serialize)]
pub struct HexagonReport {
    /// Those with any part in the territory, in the order of their index.
    pub hexagons: Vec<Hexagon>,
    /// The model's name and version.
    pub model: (&'static str, &'static str),
    /// The journal position that it rests on.
    pub seq: Seq,
}

/// One hexagon's coverage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hexagon {
    /// Its H3 index.
    pub h3: String,
    /// Its middle.
    pub centre: Lonlat,
    /// Its parts of resolution 11 whose centre lies in the territory.
    pub parts: u32,
    /// Those whose centre lies in a covered cell.
    pub parts_covered: u32,
    /// The covered share of its parts in the territory, 0 to 1.
    pub share: f64,
}

/// The parts that a hexagon is judged by.
const PARTS: Resolution = Resolution::Eleven;

/// Reports by hexagons of resolution 9 or 10. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::BadInput`] for another resolution, [`ErrorKind::Refused`] when the viewer may not see cells, and as for
/// [`answer_coverage`].
pub fn coverage_hexagons(
    desk: &Desk,
    who: &Viewer,
    question: &CoverageQuestion,
    resolution: u8,
) -> Result<HexagonReport, DeskError> {
    let wanted = match resolution {
        9 => Resolution::Nine,
        10 => Resolution::Ten,
        _ => {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "coverage.resolution",
                resolution,
                "Độ phân giải lục giác phải là 9 hoặc 10.",
                "The hexagons' resolution must be 9 or 10.",
            ));
        }
    };
    if !desk.read(|registry| may_see_cells(registry, who, question.network.as_ref())) {
        return Err(DeskError::input(
            ErrorKind::Refused,
            "coverage.cells_refused",
            who.role,
            "Vai trò này không được xem kết quả theo từng ô.",
            "This role may not see results cell by cell.",
        ));
    }
    let run = answer_coverage(desk, question)?;
    let mut hexagons = Vec::new();
    for hexagon in touching(&run, wanted)? {
        hexagons.extend(judged(&run, hexagon)?);
    }
    Ok(HexagonReport { hexagons, model: (run.report.model.name, run.report.model.version), seq: run.report.seq })
}

/// The hexagons that hold a cell's centre of the territory, and those around them, which may hold parts of it all the same.
fn touching(run: &CoverageRun, resolution: Resolution) -> Result<BTreeSet<CellIndex>, DeskError> {
    let grid = run.ground.land.grid();
    let mut holding = BTreeSet::new();
    for cell in (0..grid.len()).filter(|cell| run.ground.inside[*cell]) {
        let (column, row) = grid.position(cell);
        let at = run.ground.lonlat(grid.centre(column, row))?;
        let at = LatLng::new(at.lat(), at.lon()).map_err(off_the_earth)?;
        holding.insert(at.to_cell(resolution));
    }
    Ok(holding.iter().flat_map(|hexagon| hexagon.grid_disk::<Vec<_>>(1)).collect())
}

fn judged(run: &CoverageRun, hexagon: CellIndex) -> Result<Option<Hexagon>, DeskError> {
    let (mut parts, mut parts_covered) = (0, 0);
    for part in hexagon.children(PARTS) {
        let at = planar(run.ground.crs, middle(part)?)?;
        let Some(cell) = run.ground.land.grid().cell_at(at).filter(|cell| run.ground.inside[*cell]) else { continue };
        parts += 1;
        parts_covered += u32::from(run.reach.covers(cell, &run.parameters));
    }
    let share = f64::from(parts_covered) / f64::from(parts.max(1));
    let centre = middle(hexagon)?;
    Ok((0 < parts).then(|| Hexagon { h3: hexagon.to_string(), centre, parts, parts_covered, share }))
}

fn middle(hexagon: CellIndex) -> Result<Lonlat, DeskError> {
    let middle = LatLng::from(hexagon);
    Lonlat::new(middle.lng(), middle.lat()).map_err(off_the_earth)
}

fn off_the_earth(error: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "coverage.hexagon",
        error,
        "Không đổi được vị trí sang lưới lục giác.",
        "A position cannot be told as a hexagon.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexagons_are_those_of_the_reference_library() {
        let shared = std::env::var_os("HATANG_SHARED_DATA").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
            std::path::PathBuf::from,
        );
        let path = shared.join("coverage/h3_cells.csv");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut compared = 0;
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let row: Vec<&str> = line.split(',').collect();
            let number = |at: usize| row[at].parse::<f64>().unwrap();
            let resolution = Resolution::try_from(row[2].parse::<u8>().unwrap()).unwrap();
            let cell = LatLng::new(number(0), number(1)).unwrap().to_cell(resolution);
            assert_eq!(cell.to_string(), row[3], "{line}");
            let middle = middle(cell).unwrap();
            assert!((middle.lat() - number(4)).abs() < 1e-8 && (middle.lon() - number(5)).abs() < 1e-8, "{line}");
            assert!((cell.area_m2() / number(6) - 1.0).abs() < 1e-6, "{line}: {}", cell.area_m2());
            if !row[7].is_empty() {
                assert_eq!(cell.parent(Resolution::Nine).unwrap().to_string(), row[7], "{line}");
            }
            assert_eq!(cell.is_pentagon().to_string(), row[8].to_lowercase(), "{line}");
            compared += 1;
        }
        assert_eq!(compared, 28);
    }
}
