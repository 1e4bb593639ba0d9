//! Radio stations: what each network transmits from each mast. A network's 4G and 5G are separate equipment and rows.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    masts::{DARK_MARGIN, LOOKS_AWAY, Mast, NETWORKS},
    plane::{minus, rounded},
    records::{code, record, sorted},
    villages::Kind,
};

/// What hangs where: a network's equipment of one technology on a mast.
struct Equipment<'a> {
    mast: &'a Mast,
    network: &'a str,
    is_5g: bool,
    /// 0 for the network at the top.
    level: u32,
    /// Where the sectors must not look, clockwise from north, in degrees.
    turned_from: Option<f64>,
}

/// The rows of `radio_station.geojson`.
pub(super) fn rows(seed: u64, land: &Land, masts: &[Mast]) -> Vec<Row> {
    let mut dice = Dice::new(seed, Room::Stations);
    let mut numbers = std::collections::BTreeMap::<&str, usize>::new();
    let mut rows = Vec::new();
    for mast in masts {
        let near_dark: Vec<(f64, f64)> =
            dark_around(land, mast.at).into_iter().filter(|(away, _)| *away < LOOKS_AWAY).collect();
        let may_5g = near_dark.len() < 2 && near_dark.iter().all(|(away, _)| DARK_MARGIN < *away);
        for (level, network) in (0_u32..).zip(&mast.networks) {
            let likely = match *network {
                "viettel" => 0.8,
                "vinaphone" => 0.7,
                _ => 0.6,
            };
            let village = land.village_at(mast.at).map(|village| village.kind);
            let has_5g = may_5g && (dice.chance(likely) || (level == 0 && village == Some(Kind::Rural)));
            for is_5g in if has_5g { &[false, true][..] } else { &[false] } {
                let carrier =
                    NETWORKS.iter().find(|(name, _)| name == network).map_or("towerco", |(_, carrier)| *carrier);
                let number = numbers.entry(carrier).or_default();
                *number += 1;
                let turned_from = near_dark.first().map(|(_, toward)| *toward).filter(|_| *is_5g);
                let equipment = Equipment { mast, network, is_5g: *is_5g, level, turned_from };
                rows.push(row(&mut dice, &equipment, code(carrier, "TRAM", *number), carrier));
            }
        }
    }
    sorted(rows, "code")
}

/// For each hamlet that 5G shall not reach: metres to its border, and the direction of its middle.
fn dark_around(land: &Land, at: Planar) -> [(f64, f64); 2] {
    land.dark().map(|index| {
        let area = &land.villages[index].area;
        let away = if area.contains(at) { 0.0 } else { area.edge_distance(at) };
        let toward = minus(area.centre(), at);
        (away, toward.east.atan2(toward.north).to_degrees())
    })
}

fn azimuths(dice: &mut Dice, equipment: &Equipment<'_>) -> Result<String, &'static str> {
    match equipment.turned_from {
        _ if equipment.mast.class == "A1a" => Err("not_applicable"),
        None => Ok((*dice.pick(&["0;120;240", "0;120;240", "30;150;270", "60;180;300"])).to_owned()),
        Some(dark) => {
            let mut looks = [-130.0, 130.0].map(|turn| (rounded((dark + turn) / 10.0, 0) * 10.0).rem_euclid(360.0));
            looks.sort_by(f64::total_cmp);
            Ok(format!("{};{}", looks[0], looks[1]))
        }
    }
}

fn row(dice: &mut Dice, equipment: &Equipment<'_>, code: String, carrier: &str) -> Row {
    let Equipment { mast, network, is_5g, level, .. } = *equipment;
    let bands = match (network, is_5g) {
        ("viettel", true) => "2600",
        ("vinaphone", true) => "3700",
        (_, true) => "3800",
        (_, false) => dice.pick(&["1800", "1800;2100", "1800"]),
    };
    let below_top =
        if mast.class == "A1a" { 0.3 } else { 1.2 + 3.4 * f64::from(level) + if is_5g { 0.0 } else { 0.9 } };
    let power = if is_5g { 69.5 } else { 61.5 } - if mast.class == "A1a" { 8.0 } else { 0.0 };
    let eirp = match dice.unit() {
        x if x < 0.06 => Err("withheld"),
        x if x < 0.12 => Err("not_surveyed"),
        _ => Ok(rounded(power + dice.about_zero(0.6), 1)),
    };
    let azimuths = azimuths(dice, equipment);
    record(dice, Place::Point(mast.at), code, carrier)
        .but("status", "operational")
        .with("mast", mast.code.clone())
        .with("network", network)
        .with("technologies", if is_5g { "5g" } else { "4g" })
        .with("bands_mhz", bands)
        .known("azimuths_deg", azimuths)
        .number("antenna_height_m", mast.top() - below_top)
        .known("eirp_dbm", eirp)
}
