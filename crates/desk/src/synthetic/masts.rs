//! Antenna masts: one in or beside nearly every village, more in the town, a few along the trunk roads.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    path::Ring,
    plane::{bearing, distance, plus, rounded},
    records::{code, record, sorted},
    villages::{Kind, Village},
};

/// What the tower company asks of its tenants.
const CONDITIONS: &str =
    "Bên thuê gửi bản tính tải trọng trước khi lắp; mỗi doanh nghiệp một tầng thiết bị, một tủ nguồn.";

/// Owners in the order in which villages get their mast.
const OWNERS: [&str; 11] =
    ["viettel", "vnpt", "mobifone", "viettel", "towerco", "vnpt", "viettel", "mobifone", "towerco", "viettel", "vnpt"];
/// Networks with their carriers.
pub(super) const NETWORKS: [(&str, &str); 3] =
    [("viettel", "viettel"), ("vinaphone", "vnpt"), ("mobifone", "mobifone")];
/// The smallest distance between two masts, except for the pair that stands too close on purpose, in metres.
const APART: f64 = 330.0;
/// How close the questionable pair stands, in metres.
pub(super) const TOO_CLOSE: f64 = 90.0;

/// No 5G station stands this close to a hamlet that 5G shall not reach, in metres.
pub(super) const DARK_MARGIN: f64 = 380.0;
/// This close, its sectors look away from that hamlet, in metres.
pub(super) const LOOKS_AWAY: f64 = 1_900.0;

/// A mast and what hangs on it.
#[derive(Clone, Debug)]
pub(super) struct Mast {
    pub(super) code: String,
    pub(super) owner: &'static str,
    pub(super) at: Planar,
    pub(super) class: &'static str,
    /// Above its foot, in metres.
    pub(super) height: f64,
    /// The building's height where it stands on one.
    pub(super) building: Option<f64>,
    /// The networks on it, the highest first.
    pub(super) networks: Vec<&'static str>,
    pub(super) slots: Result<u32, &'static str>,
    pub(super) used: Result<u32, &'static str>,
    pub(super) note: Option<&'static str>,
}

impl Mast {
    /// Whether a place is free, as far as anybody knows.
    pub(super) fn has_free_slot(&self) -> bool {
        matches!((self.slots, self.used), (Ok(total), Ok(used)) if used < total)
    }

    /// Its top above ground, in metres.
    pub(super) fn top(&self) -> f64 {
        self.height + self.building.unwrap_or(0.0)
    }
}

/// All masts of one seed.
pub(super) fn masts(seed: u64, land: &Land) -> Vec<Mast> {
    let mut dice = Dice::new(seed, Room::Masts);
    let mut masts: Vec<Mast> = Vec::new();
    let [shared_dark, empty_dark] = land.dark();
    for (index, village) in land.villages.iter().enumerate() {
        if index == empty_dark {
            continue;
        }
        let about = land.network.anchors[index];
        if index == shared_dark {
            let at = land.beside_a_road(&mut dice, about, 150.0, [9.0, 38.0]);
            let mast = new_mast(&mut dice, &masts, "towerco", at, village);
            masts.push(with_room(mast));
        } else if let Some(at) = site(&mut dice, land, &masts, about, 210.0) {
            masts.push(new_mast(&mut dice, &masts, OWNERS[index % OWNERS.len()], at, village));
        }
    }
    let trunk = &land.network.roads[0].path;
    let roadside = [0.16, 0.3, 0.68, 0.82].map(|share| (trunk.at(share * trunk.length()).at, 200.0));
    let wished = roadside.into_iter().chain([(land.town(), 750.0); 3]);
    for (extra, (about, reach)) in wished.enumerate() {
        let at = site(&mut dice, land, &masts, about, reach);
        if let Some((at, village)) = at.and_then(|at| Some((at, land.village_at(at)?))) {
            masts.push(new_mast(&mut dice, &masts, OWNERS[(extra * 2 + 1) % OWNERS.len()], at, village));
        }
    }
    let neighbour = too_close(land, &masts);
    masts.push(neighbour);
    masts
}

/// The rows of `mast.geojson`.
pub(super) fn rows(seed: u64, masts: &[Mast]) -> Vec<Row> {
    let mut dice = Dice::new(seed, Room::Records);
    sorted(masts.iter().map(|mast| row(&mut dice, mast)).collect(), "code")
}

/// Masts that carry a network.
pub(super) fn of_network<'a>(masts: &'a [Mast], network: &str) -> impl Iterator<Item = &'a Mast> {
    masts.iter().filter(move |mast| mast.networks.contains(&network))
}

/// Metres to the nearest of some masts.
pub(super) fn nearest<'a>(masts: impl Iterator<Item = &'a Mast>, at: Planar) -> f64 {
    masts.map(|mast| distance(mast.at, at)).fold(f64::INFINITY, f64::min)
}

/// Metres from a mast to the nearer dark hamlet.
pub(super) fn from_dark(land: &Land, at: Planar) -> f64 {
    let away = |area: &Ring| if area.contains(at) { 0.0 } else { area.edge_distance(at) };
    land.dark().map(|index| away(&land.villages[index].area)).into_iter().fold(f64::INFINITY, f64::min)
}

/// An open spot beside a road, where there is one. Near a hamlet that 5G shall not reach, a mast stands on that hamlet's side of its own: its
/// sectors look away from there, and so into its own hamlet.
fn site(dice: &mut Dice, land: &Land, masts: &[Mast], about: Planar, reach: f64) -> Option<Planar> {
    let mut best: Option<(f64, Planar)> = None;
    let mut open = 0;
    for _ in 0..80 {
        let at = land.beside_a_road(dice, about, reach, [9.0, 38.0]);
        let dark = from_dark(land, at);
        if nearest(masts.iter(), at) < APART || dark < 1.1 * DARK_MARGIN || !land.is_clear(at, 6.0) {
            continue;
        }
        if LOOKS_AWAY < dark {
            return Some(at);
        }
        open += 1;
        if best.is_none_or(|(least, _)| dark < least) {
            best = Some((dark, at));
        }
        if open == 16 {
            break;
        }
    }
    best.map(|(_, at)| at)
}

fn new_mast(dice: &mut Dice, masts: &[Mast], owner: &'static str, at: Planar, village: &Village) -> Mast {
    let number = masts.iter().filter(|mast| mast.owner == owner).count() + 1;
    let (class, height, building) = match (village.kind, dice.unit()) {
        (Kind::Town, x) if x < 0.2 => {
            ("A1a", rounded(dice.between(2.2, 2.9), 1), Some(rounded(dice.between(15.0, 21.0), 1)))
        }
        (Kind::Town, x) if x < 0.55 => {
            ("A2a", *dice.pick(&[9.0, 12.0, 15.0]), Some(rounded(dice.between(9.0, 14.0), 1)))
        }
        (Kind::Town, x) if x < 0.65 => ("A1b", *dice.pick(&[18.0, 21.0]), None),
        (Kind::Town, _) => ("A2b", *dice.pick(&[24.0, 27.0, 30.0]), None),
        _ => ("A2b", *dice.pick(&[30.0, 33.0, 36.0, 36.0, 42.0, 45.0]), None),
    };
    let networks = tenants(dice, owner, class);
    let used = u32::try_from(networks.len()).expect("at most three");
    let total = match class {
        "A1a" => used,
        "A1b" | "A2a" => used.max(2),
        _ => used.max(dice.whole(2, 4)),
    };
    let (slots, known_used) = match dice.unit() {
        x if x < 0.68 => (Ok(total), Ok(used)),
        x if x < 0.80 => (Err("not_surveyed"), Ok(used)),
        x if x < 0.90 => (Ok(total), Err("withheld")),
        _ => (Err("unknown"), Err("unknown")),
    };
    Mast {
        code: code(owner, "COT", number),
        owner,
        at,
        class,
        height,
        building,
        networks,
        slots,
        used: known_used,
        note: None,
    }
}

/// The owner's own network, then guests; a tower company lives from guests.
fn tenants(dice: &mut Dice, owner: &str, class: &str) -> Vec<&'static str> {
    let mut guests: Vec<&'static str> =
        NETWORKS.iter().filter(|(_, carrier)| *carrier != owner).map(|(name, _)| *name).collect();
    let own = NETWORKS.iter().find(|(_, carrier)| *carrier == owner).map(|(name, _)| *name);
    let many = match (own, class) {
        (_, "A1a") => 0,
        (None, _) => dice.whole(2, 3),
        (Some(_), _) => u32::from(dice.chance(0.3)),
    };
    let mut networks: Vec<&'static str> = own.into_iter().collect();
    for _ in 0..many.max(u32::from(networks.is_empty())) {
        let guest = *dice.pick(&guests);
        guests.retain(|name| *name != guest);
        networks.push(guest);
    }
    networks
}

/// One uncovered hamlet has a tall mast with room: sharing closes that gap. The other has none.
fn with_room(mast: Mast) -> Mast {
    Mast {
        class: "A2b",
        height: 36.0,
        building: None,
        networks: vec!["viettel"],
        slots: Ok(3),
        used: Ok(1),
        note: Some("Chỉ phát 4G; còn hai vị trí trống."),
        ..mast
    }
}

/// A second carrier's mast 90 m from another's, as registers do contain.
fn too_close(land: &Land, masts: &[Mast]) -> Mast {
    let lonely = |mast: &&Mast| {
        mast.owner == "viettel"
            && mast.class == "A2b"
            && mast.networks.len() == 1
            && land.village_at(mast.at).is_some_and(|village| village.kind == Kind::Rural)
            && 1_800.0 < from_dark(land, mast.at)
    };
    let first = masts.iter().find(lonely).or_else(|| masts.iter().find(|mast| mast.owner == "viettel"));
    let first = first.expect("viettel has masts");
    let around = (0..36).map(|turn| plus(first.at, bearing(f64::from(turn) * 10.0, TOO_CLOSE)));
    let alone = |at: &Planar| APART < nearest(masts.iter().filter(|mast| mast.code != first.code), *at);
    let at = around.clone().find(|at| land.is_clear(*at, 5.0) && alone(at)).or_else(|| around.clone().find(alone));
    let number = masts.iter().filter(|mast| mast.owner == "mobifone").count() + 1;
    Mast {
        code: code("mobifone", "COT", number),
        owner: "mobifone",
        at: at.expect("masts stand farther apart than that"),
        class: "A2b",
        height: 30.0,
        building: None,
        networks: vec!["mobifone"],
        slots: Ok(2),
        used: Ok(1),
        note: Some("Cách cột của doanh nghiệp khác khoảng 90 m (nghi vấn có chủ ý trong dữ liệu mô phỏng)."),
    }
}

fn row(dice: &mut Dice, mast: &Mast) -> Row {
    let designed = match (mast.slots, dice.unit()) {
        (_, x) if x < 0.15 => Err("not_surveyed"),
        (Ok(slots), _) => Ok(slots),
        (Err(reason), _) => Err(reason),
    };
    let strength = match dice.unit() {
        x if x < 0.2 => Err("not_surveyed"),
        x if x < 0.27 => Err("withheld"),
        _ => Ok(rounded(dice.between(32.0, 94.0), 0)),
    };
    let structure = match mast.class {
        "A1a" | "A1b" => "monopole",
        "A2a" => "guyed",
        _ => *dice.pick(&["lattice", "lattice", "guyed", "monopole"]),
    };
    let half_width = if mast.class == "A1a" { 0.4 } else { dice.between(0.6, 2.4) };
    let row = record(dice, Place::Point(mast.at), mast.code.clone(), mast.owner).but("status", "operational");
    let row = match mast.note {
        Some(note) => row.with("note", note),
        None => row,
    };
    // Who lives from letting masts has published its terms; the others have to be asked.
    let row = if mast.owner == "towerco" {
        row.with("rent_vnd_year", 84_000_000_u32).with("lease_months", 60_u32).with("sharing_conditions", CONDITIONS)
    } else {
        row
    };
    row.with("mast_class", mast.class)
        .with("structure", structure)
        .number("height_m", mast.height)
        .with("on_building", mast.building.is_some())
        .known("building_height_m", mast.building.ok_or("not_applicable"))
        .number("half_width_m", rounded(half_width, 1))
        .known("operators_designed", designed)
        .known("slots_total", mast.slots)
        .known("slots_used", mast.used)
        .known("structural_use_pct", strength)
}
