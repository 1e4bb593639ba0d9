//! Priority places: cultural houses, schools, health stations, relics, offices.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    records::sorted,
    villages::Kind,
};

/// A place that the plan serves first.
#[derive(Clone, Debug)]
pub(super) struct PriorityPlace {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) at: Planar,
}

/// All priority places of one seed.
pub(super) fn places(seed: u64, land: &Land) -> Vec<PriorityPlace> {
    let mut dice = Dice::new(seed, Room::Places);
    let mut places = Vec::new();
    for (village, anchor) in land.villages.iter().zip(&land.network.anchors) {
        let at = land.beside_a_road(&mut dice, *anchor, 130.0, [10.0, 24.0]);
        let name = format!("Nhà văn hóa {}", village.name.replacen('T', "t", 1));
        places.push(PriorityPlace { kind: "cultural_house", name, at });
    }
    let rural: Vec<usize> = (0..land.villages.len()).filter(|index| land.villages[*index].kind != Kind::Town).collect();
    let mut add = |kind, name: String, about: Planar, reach| {
        let at = land.beside_a_road(&mut dice, about, reach, [14.0, 40.0]);
        places.push(PriorityPlace { kind, name, at });
    };
    for (number, index) in (1..).zip(rural.iter().step_by(4)) {
        add("school", format!("Trường tiểu học số {number} (mô phỏng)"), land.network.anchors[*index], 260.0);
    }
    for (number, index) in (1..).zip(rural.iter().skip(2).step_by(9)) {
        add("school", format!("Trường trung học cơ sở số {number} (mô phỏng)"), land.network.anchors[*index], 260.0);
    }
    for (number, index) in (1..).zip(rural.iter().skip(1).step_by(8)) {
        add("health_station", format!("Điểm trạm y tế số {number} (mô phỏng)"), land.network.anchors[*index], 220.0);
    }
    for (number, index) in (1..).zip([rural[5], rural[17]]) {
        add("relic", format!("Di tích đình làng số {number} (mô phỏng)"), land.network.anchors[index], 200.0);
    }
    for (kind, name) in [
        ("school", "Trường trung học phổ thông (mô phỏng)"),
        ("health_station", "Trạm y tế trung tâm (mô phỏng)"),
        ("office", "Trụ sở Ủy ban nhân dân xã (mô phỏng)"),
        ("office", "Trung tâm phục vụ hành chính công (mô phỏng)"),
        ("office", "Phòng Kinh tế (mô phỏng)"),
    ] {
        add(kind, name.to_owned(), land.town(), 420.0);
    }
    places
}

/// The rows of `places.geojson`.
pub(super) fn rows(places: &[PriorityPlace]) -> Vec<Row> {
    let row = |place: &PriorityPlace| {
        Row::new(Place::Point(place.at)).with("kind", place.kind).with("name", place.name.as_str())
    };
    sorted(places.iter().map(row).collect(), "name")
}
