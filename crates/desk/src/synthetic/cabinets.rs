//! Street cabinets: where a fibre network branches to houses.

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    records::{code, record, sorted},
};

/// The rows of `cabinet.geojson`: one for most hamlets.
pub(super) fn rows(seed: u64, land: &Land) -> Vec<Row> {
    let mut dice = Dice::new(seed, Room::Cabinets);
    let mut numbers = std::collections::BTreeMap::<&str, usize>::new();
    let mut rows = Vec::new();
    for anchor in &land.network.anchors {
        if dice.chance(0.2) {
            continue;
        }
        let at = land.beside_a_road(&mut dice, *anchor, 90.0, [1.6, 3.0]);
        let owner = *dice.pick(&["viettel", "vnpt", "vnpt", "fpt"]);
        let number = numbers.entry(owner).or_default();
        *number += 1;
        let (kind, ports) = *dice.pick(&[("distribution", 144), ("distribution", 288), ("access", 32), ("access", 64)]);
        let (total, used) = match dice.unit() {
            x if x < 0.7 => (Ok(ports), Ok(dice.whole(ports / 4, ports))),
            x if x < 0.85 => (Ok(ports), Err("withheld")),
            _ => (Err("unknown"), Err("unknown")),
        };
        rows.push(
            record(&mut dice, Place::Point(at), code(owner, "TU", *number), owner)
                .with("kind", kind)
                .known("ports_total", total)
                .known("ports_used", used),
        );
    }
    sorted(rows, "code")
}
