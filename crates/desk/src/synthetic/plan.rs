//! The plan folder: boundary, neighbours, hamlets, roads, zones, and the plan's own sheet.

use hatang_core::Planar;

use super::{
    feature::{Place, Row},
    land::Land,
    path::Ring,
    places::PriorityPlace,
    plane::{distance, minus, plus, scaled},
    records::sorted,
    villages::{PEOPLE, TOWN},
};

const NAME: &str = "Xã Vĩnh Bảo (dữ liệu mô phỏng)";
/// The street where no pole may be added.
const NO_NEW_POLES: &str = "Phố Bưu Điện";

/// `plan.toml`. The rule set is another province's template, because the commune's own numbers are not known.
pub(super) fn sheet(seed: u64) -> String {
    format!(
        r#"# All of this folder is synthetic: made by `hatang generate --commune --seed {seed} --out sample-data`.
code = "11824"
name = "{NAME}"
title_vi = "Phương án hạ tầng viễn thông thụ động xã Vĩnh Bảo 2026–2030 (dữ liệu mô phỏng)"
title_en = "Plan for passive telecom infrastructure of Vĩnh Bảo commune 2026–2030 (synthetic data)"
instrument = "Không có văn bản: dữ liệu mô phỏng để dùng thử Hatang"
synthetic = true
valid_from = 2026-01-01
valid_to = 2030-12-31
# The years whose plan has been issued as a part of it: in these a request is judged by what is planned, in every other one
# by its need and the owners' answers until the year's plan is adopted.
years_issued = [2026]
population = {PEOPLE}
# A template of another province (Bắc Ninh), for the demonstration only.
rule_set = "bac-ninh-72-2025"
# Parts of which the plan holds everything there is, here and as far around as rules look: only of these can it be said that
# there is nothing. All invented.
complete = ["dykes", "canals", "waterways", "railways", "power_lines", "bridges", "water_pipes", "roads",
  "zone:aerodrome_2a", "zone:aerodrome_2b", "zone:aerodrome_2c", "zone:obstacle_surface", "zone:military_height_zone",
  "zone:aeronautical_radio_zone", "zone:military_approach", "zone:urban", "zone:a1_only", "zone:no_new_poles"]

[[targets]]
code = "5g"
name = {{ vi = "Dân số được phủ sóng 5G", en = "People with 5G coverage" }}
value = 100
unit = "%"
by = "2030-12-31"
instrument = "Mục tiêu mô phỏng theo kế hoạch xã 2026–2030"

[[targets]]
code = "fibre"
name = {{ vi = "Người dùng có thể dùng cáp quang 1 Gb/s", en = "Users within reach of fibre at 1 Gb/s" }}
value = 100
unit = "%"
by = "2030-12-31"
instrument = "Mục tiêu mô phỏng theo kế hoạch xã 2026–2030"
"#
    )
}

/// The one row of `boundary.geojson`.
pub(super) fn boundary(land: &Land) -> Vec<Row> {
    vec![
        Row::new(Place::Area(land.outline().clone()))
            .with("code", "11824")
            .with("name", NAME)
            .with("people", PEOPLE)
            .with("synthetic", true),
    ]
}

/// Invented neighbours, so that the map does not end in nothing: strips of land outside a stretch of the outline.
pub(super) fn neighbours(land: &Land) -> Vec<Row> {
    let ring = &land.outline().0;
    let count = ring.len();
    let names = ["phía Đông", "phía Bắc", "phía Tây", "phía Nam"];
    let row = |(number, name): (usize, &str)| {
        let stretch: Vec<Planar> =
            (number * count / 4..=(number + 1) * count / 4).map(|index| ring[index % count]).collect();
        let middle = Planar::new(0.0, 0.0);
        let outward = |at: &Planar| {
            let out = minus(*at, middle);
            plus(*at, scaled(out, 2_200.0 / distance(*at, middle)))
        };
        let outer: Vec<Planar> = stretch.iter().step_by(6).chain(stretch.last()).map(outward).collect();
        Row::new(Place::Area(Ring(outer.into_iter().chain(stretch.into_iter().rev()).collect())))
            .with("code", format!("mo-phong-{}", number + 1))
            .with("name", format!("Xã lân cận {name} (mô phỏng)"))
            .with("synthetic", true)
    };
    names.into_iter().enumerate().map(row).collect()
}

/// The rows of `hamlets.geojson`.
pub(super) fn hamlets(land: &Land) -> Vec<Row> {
    let row = |village: &super::villages::Village| {
        Row::new(Place::Area(village.area.clone())).with("name", village.name.as_str()).with("people", village.people)
    };
    sorted(land.villages.iter().map(row).collect(), "name")
}

/// The rows of `roads.geojson`: trunk roads first, each kind in the order of drawing.
pub(super) fn roads(land: &Land) -> Vec<Row> {
    let mut roads: Vec<_> = land.network.roads.iter().collect();
    roads.sort_by_key(|road| road.kind);
    let row = |road: &super::roads::Road| {
        Row::new(Place::Line(road.path.0.clone())).with("name", road.name.as_str()).with("kind", road.kind.word())
    };
    roads.into_iter().map(row).collect()
}

/// The one row of `dykes.geojson`: an invented dyke inside the northern stretch of the outline.
pub(super) fn dykes(land: &Land) -> Vec<Row> {
    let ring = &land.outline().0;
    let stretch = ring.iter().skip(ring.len() / 4).take(ring.len() / 6).step_by(4);
    let toe = stretch.map(|at| scaled(*at, 0.96)).collect();
    vec![
        Row::new(Place::Line(toe))
            .with("name", "Đê phía Bắc (mô phỏng)")
            .with("class", "III")
            .with("instrument", "Dữ liệu mô phỏng")
            .with("accuracy_m", 2.0),
    ]
}

/// The one row of `power_lines.geojson`: an invented line of 110 kV past the town.
pub(super) fn power_lines(land: &Land) -> Vec<Row> {
    let [from, to] = [Planar::new(-2_400.0, -1_150.0), Planar::new(2_300.0, -900.0)];
    let line = land.ground.bend_all(&[from, Planar::new(0.0, -1_300.0), to]).0;
    vec![
        Row::new(Place::Line(line))
            .with("name", "Đường dây 110 kV (mô phỏng)")
            .with("class", "110_kv")
            .with("height_m", 14.0)
            .with("instrument", "Dữ liệu mô phỏng")
            .with("accuracy_m", 2.0),
    ]
}

/// The rows of `zones.geojson`.
pub(super) fn zones(land: &Land, places: &[PriorityPlace]) -> Vec<Row> {
    let zone = |ring: Ring, zone: &str, name: String| {
        Row::new(Place::Area(ring)).with("zone", zone).with("name", name).with("instrument", "Dữ liệu mô phỏng")
    };
    let urban = urban(land);
    let mut rows = vec![zone(urban, "urban", "Khu trung tâm (mô phỏng)".to_owned())];
    let guarded = |place: &&PriorityPlace| place.kind == "relic" || place.name.starts_with("Trụ sở");
    for place in places.iter().filter(guarded) {
        rows.push(zone(Ring::around(place.at, 200.0, 24), "a1_only", format!("Quanh {}", place.name)));
    }
    let street = &land.road(NO_NEW_POLES).path;
    rows.push(zone(Ring::strip(street, 15.0), "no_new_poles", format!("{NO_NEW_POLES}: không trồng cột mới")));
    sorted(rows, "zone")
}

/// The built-up town.
pub(super) fn urban(land: &Land) -> Ring {
    land.ground.bend_all(&Ring::around(TOWN, 1_080.0, 36).0)
}
