//! A file as a tower company would send it: VN-2000 plane coordinates in a spreadsheet's text.

use hatang_core::Planar;

use super::{
    land::Land,
    masts::{Mast, nearest},
    plane::lonlat,
    table::{Projection, table},
};

const HEAD: [&str; 12] = [
    "code",
    "easting",
    "northing",
    "status",
    "mast_class",
    "structure",
    "height_m",
    "operators_designed",
    "slots_total",
    "slots_used",
    "slots_used_null",
    "note",
];

/// `imports/towerco-masts-vn2000.csv`: four masts that the registry does not have yet.
pub(super) fn masts_vn2000(land: &Land, masts: &[Mast], project: Projection<'_>) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut placed: Vec<Planar> = Vec::new();
    for anchor in land.network.anchors.iter().skip(6) {
        let spots = super::path::Ring::around(*anchor, 420.0, 12).0;
        let apart = |at: Planar| nearest(masts.iter(), at);
        let open = |at: &Planar| {
            land.is_clear(*at, 6.0)
                && 420.0 < apart(*at)
                && 900.0 < super::masts::from_dark(land, *at)
                && placed.iter().all(|other| 900.0 < super::plane::distance(*other, *at))
        };
        if let Some(at) = spots.into_iter().find(open).filter(|_| placed.len() < 4) {
            placed.push(at);
            let plane = project(lonlat(at));
            let number = placed.len();
            let (used, reason) = if number == 3 { ("", "not_surveyed") } else { ("1", "") };
            let cells = [
                &format!("TWC-COT-9{number:03}"),
                &format!("{:.2}", plane.east),
                &format!("{:.2}", plane.north),
                "operational",
                "A2b",
                "lattice",
                "36",
                "3",
                "3",
                used,
                reason,
                "Đợt kê khai bổ sung (mô phỏng)",
            ];
            rows.push(cells.map(str::to_owned).to_vec());
        }
    }
    table(&HEAD, &rows)
}
