//! Structures of other sectors that could carry telecom equipment: lamps, power poles, roofs, a bridge, public land.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    places::PriorityPlace,
    plane::{distance, rounded, steps},
    records::{code, record, sorted},
    roads::{Road, RoadKind},
};

const OFFICE: &str = "ubnd-vinh-bao";

/// The rows of `host.geojson`.
pub(super) fn rows(seed: u64, land: &Land, places: &[PriorityPlace], taken: &[Planar]) -> Vec<Row> {
    let mut dice = Dice::new(seed, Room::Hosts);
    let mut rows = Vec::new();
    let mut standing = taken.to_vec();
    for road in land.roads(RoadKind::Street) {
        for at in along(&mut dice, land, road, 1.0, [0.6, 62.0], &mut standing) {
            let height = *dice.pick(&[8.0, 9.0, 10.0]);
            rows.push(host(&mut dice, at, ("lighting", "DEN", rows.len()), "lamp_post", height));
        }
    }
    let lamps = rows.len();
    let powered = |road: &&Road| road.kind == RoadKind::Provincial || dark_or_every_third(land, road);
    for road in land.network.roads.iter().filter(powered) {
        for at in along(&mut dice, land, road, -1.0, [1.8, 96.0], &mut standing) {
            let height = *dice.pick(&[8.5, 10.0, 12.0]);
            rows.push(host(&mut dice, at, ("evn-hp", "DIEN", rows.len() - lamps), "power_pole", height));
        }
    }
    let roofs = places.iter().filter(|place| matches!(place.kind, "school" | "office")).take(9);
    let dark = land.dark().map(|index| &land.villages[index]);
    let dark_houses =
        places.iter().filter(|place| place.kind == "cultural_house" && dark.iter().any(|v| v.area.contains(place.at)));
    for (number, place) in roofs.chain(dark_houses).enumerate() {
        let height = rounded(dice.between(6.0, 14.0), 1);
        let row = host(&mut dice, place.at, (OFFICE, "MAI", number), "roof", height);
        rows.push(row.with("note", format!("Mái: {}", place.name)));
    }
    let trunk = &land.network.roads[0];
    let bridge = trunk.path.at(0.74 * trunk.path.length()).beside(trunk.kind.half_width() - 0.5);
    rows.push(host(&mut dice, bridge, ("road", "CAU", 0), "bridge", 5.0).with("note", "Cầu qua kênh (mô phỏng)"));
    for (number, anchor) in land.network.anchors.iter().skip(8).step_by(7).enumerate() {
        let at = land.beside_a_road(&mut dice, *anchor, 240.0, [20.0, 45.0]);
        rows.push(
            host(&mut dice, at, (OFFICE, "DAT", number), "public_land", 0.0).with("note", "Đất công ích (mô phỏng)"),
        );
    }
    sorted(rows, "code")
}

/// Power poles are drawn for some hamlet roads, and always for those through a hamlet without 5G.
fn dark_or_every_third(land: &Land, road: &Road) -> bool {
    let number: usize = road.name.rsplit(' ').next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let through_dark = || land.dark().iter().any(|index| land.villages[*index].area.contains(road.path.middle().at));
    road.kind == RoadKind::Commune && (number.is_multiple_of(5) || through_dark())
}

/// Spots along one side of a road that are free of poles.
fn along(
    dice: &mut Dice,
    land: &Land,
    road: &Road,
    side: f64,
    [off, span]: [f64; 2],
    standing: &mut Vec<Planar>,
) -> Vec<Planar> {
    let length = road.path.length();
    let many = steps(length, span);
    let mut spots = Vec::new();
    for step in 0..many {
        let stop = road.path.at(length * (f64::from(step) + 0.5) / f64::from(many));
        let at = stop.beside(side * (road.kind.half_width() + off + dice.between(0.0, 0.4)));
        if land.is_clear(at, 0.4) && standing.iter().all(|other| 3.0 < distance(*other, at)) {
            standing.push(at);
            spots.push(at);
        }
    }
    spots
}

fn host(dice: &mut Dice, at: Planar, (owner, class, before): (&str, &str, usize), kind: &str, height: f64) -> Row {
    let (total, used) = match (kind, dice.unit()) {
        ("roof" | "public_land", _) => (Ok(2), Ok(0)),
        ("bridge", _) => (Ok(4), Ok(1)),
        (_, x) if x < 0.55 => (Ok(1), Ok(0)),
        (_, x) if x < 0.7 => (Ok(2), Ok(1)),
        (_, x) if x < 0.78 => (Ok(1), Ok(1)),
        _ => (Err("not_surveyed"), Err("not_surveyed")),
    };
    record(dice, Place::Point(at), code(owner, class, before + 1), owner)
        .but("status", "operational")
        .with("kind", kind)
        .number("height_m", height)
        .known("slots_total", total)
        .known("slots_used", used)
}
