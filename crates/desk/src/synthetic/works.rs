//! What others will dig, and what the carriers plan to build.

use hatang_core::Planar;

use super::{
    feature::{Place, Row},
    land::Land,
    masts::{Mast, nearest},
    path::Path,
    roads::Road,
};

/// The street that will be opened while ducts are planned in it.
pub(super) const OPENED: &str = "Phố Chợ";

/// The rows of `works.geojson`. Windows lie around the end of 2026, when the sample begins.
pub(super) fn works(land: &Land) -> Vec<Row> {
    let links: Vec<&Road> =
        land.roads(super::roads::RoadKind::Commune).filter(|road| 500.0 < road.path.length()).collect();
    let dark_road = land.nearest_road(land.network.anchors[land.dark()[1]]).0;
    let whole = |road: &Road| road.path.clone();
    let some = |road: &Road, from: f64, to: f64| road.path.part(from * road.path.length(), to * road.path.length());
    let town = |name: &str, reach: f64| {
        let road = land.road(name);
        let (middle, _) = road.path.nearest(land.town());
        road.path.part(middle - reach, middle + reach)
    };
    let rows = [
        (
            whole(land.road(OPENED)),
            ["road", "road", "2027-03-01", "2027-06-30", "concrete", "Cải tạo mặt đường và vỉa hè"],
        ),
        (
            town("Phố Trường Học", 420.0),
            ["water", "water", "2027-04-01", "2027-05-31", "concrete", "Thay ống cấp nước"],
        ),
        (
            town("Quốc lộ 37 (mô phỏng)", 500.0),
            ["lighting", "lighting", "2026-12-15", "2027-02-28", "concrete", "Hạ ngầm cáp chiếu sáng"],
        ),
        (
            town("Quốc lộ 10 (mô phỏng)", 600.0),
            ["power", "evn-hp", "2027-09-01", "2028-01-31", "forward", "Hạ ngầm lưới điện hạ áp"],
        ),
        (
            whole(dark_road),
            ["road", "road", "2027-02-01", "2027-07-31", "concrete", "Mở rộng đường qua thôn chưa có 5G"],
        ),
        (
            some(links[2], 0.1, 0.9),
            ["road", "road", "2026-10-01", "2026-12-20", "in_progress", "Bê tông hóa đường liên thôn"],
        ),
        (whole(links[5]), ["road", "road", "2028-01-01", "2028-12-31", "forward", "Mở rộng đường liên thôn"]),
        (some(links[7], 0.0, 0.8), ["water", "water", "2027-01-10", "2027-03-31", "concrete", "Tuyến ống nước sạch"]),
        (
            some(links[9], 0.2, 1.0),
            ["water", "water", "2026-09-01", "2026-11-30", "in_progress", "Nạo vét, kè mương dọc đường"],
        ),
        (whole(links[11]), ["power", "evn-hp", "2027-05-01", "2027-08-31", "forward", "Thay cột điện hạ áp"]),
        (some(links[1], 0.0, 0.7), ["power", "evn-hp", "2026-03-01", "2026-06-30", "done", "Nâng cấp đường dây"]),
        (
            whole(land.road("Phố Hòa Bình")),
            ["lighting", "lighting", "2026-05-01", "2026-07-31", "done", "Thay đèn chiếu sáng"],
        ),
    ];
    let row = |(number, (path, [sector, owner, starts, ends, stage, note])): (usize, (Path, [&str; 6]))| {
        Row::new(Place::Line(path.0))
            .with("code", format!("CT-{number:02}"))
            .with("sector", sector)
            .with("owner", owner)
            .with("starts_on", starts)
            .with("ends_on", ends)
            .with("stage", stage)
            .with("note", format!("{note} (mô phỏng)"))
    };
    (1..).zip(rows).map(row).collect()
}

/// The rows of `planned_mast.geojson`: twins of masts that the carriers' yearly plans name. None is in a hamlet without 5G.
pub(super) fn planned_masts(land: &Land, masts: &[Mast]) -> Vec<Row> {
    let [trunk, other] = [&land.network.roads[0].path, &land.network.roads[1].path];
    let wished = [("viettel", trunk, 0.08), ("vnpt", other, 0.1), ("towerco", other, 0.9)];
    let row = |(number, (owner, road, share)): (usize, (&str, &Path, f64))| {
        let stop = road.at(share * road.length());
        let spots = [60.0, -60.0, 90.0, -90.0, 130.0, -130.0].map(|metres| stop.beside(metres));
        let apart = |at: &Planar| nearest(masts.iter(), *at);
        let open = spots.into_iter().filter(|at| land.is_clear(*at, 6.0));
        let at = open.max_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(spots[0]);
        planned(Place::Point(at), format!("QH-COT-{number:02}"), owner)
            .with("mast_class", "A2b")
            .with("structure", "lattice")
            .number("height_m", 36.0)
            .with("on_building", false)
            .with("operators_designed", 3)
            .with("slots_total", 3)
            .with("slots_used", 0)
    };
    (1..).zip(wished).map(row).collect()
}

/// The rows of `planned_duct.geojson`: the street about to be opened, and one more.
pub(super) fn planned_ducts(land: &Land) -> Vec<Row> {
    let opened = land.road(OPENED);
    let west = &land.network.roads[3];
    let runs = [
        ("vnpt", opened.path.beside(opened.kind.half_width() + 1.8), "pavement"),
        ("viettel", west.path.part(30.0, 680.0).beside(-(west.kind.half_width() + 2.0)), "verge"),
    ];
    let row = |(number, (owner, path, surface)): (usize, (&str, Path, &str))| {
        planned(Place::Line(path.0), format!("QH-ONG-{number:02}"), owner)
            .with("surface", surface)
            .number("depth_m", 0.6)
            .with("bores_total", 4)
            .with("bores_used", 0)
            .with("bore_diameter_mm", 110)
    };
    (1..).zip(runs).map(row).collect()
}

fn planned(place: Place, code: String, owner: &str) -> Row {
    Row::new(place)
        .with("code", code)
        .with("owner", owner)
        .with("manager", owner)
        .with("status", "planned")
        .with("accuracy_m", 10.0)
        .with("survey_method", "digitised")
        .with("source", "so-lieu-mo-phong-2026")
}
