//! Manholes, ducts, trenches and a tunnel under the pavements of the town.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    path::Path,
    plane::{distance, rounded, steps},
    records::{code, record, sorted},
};

/// Streets with ducts: name, owner, side (left +1), metres on both sides of the middle of the town. `Phố Chợ` has none: it
/// is the street that is about to be opened.
const RUNS: [(&str, &str, f64, f64); 7] = [
    ("Quốc lộ 10 (mô phỏng)", "vnpt", 1.0, 760.0),
    ("Quốc lộ 37 (mô phỏng)", "viettel", -1.0, 620.0),
    ("Phố Bưu Điện", "vnpt", 1.0, 700.0),
    ("Phố Trường Học", "viettel", -1.0, 640.0),
    ("Phố Bến Xe", "fpt", 1.0, 400.0),
    ("Phố Sân Vận Động", "vnpt", -1.0, 400.0),
    ("Phố Hòa Bình", "viettel", 1.0, 400.0),
];
/// The street where two shallow ducts stand for old practice.
const SHALLOW: &str = "Phố Bến Xe";

/// A manhole.
#[derive(Clone, Debug)]
pub(super) struct Manhole {
    code: String,
    owner: &'static str,
    at: Planar,
}

/// A duct between two manholes.
#[derive(Clone, Debug)]
pub(super) struct Duct {
    pub(super) code: String,
    pub(super) owner: &'static str,
    pub(super) street: &'static str,
    from: usize,
    to: usize,
    pub(super) path: Path,
    pub(super) bores: Result<u32, &'static str>,
    pub(super) used: Result<u32, &'static str>,
}

/// Everything under the streets.
#[derive(Default)]
pub(super) struct Underground {
    manholes: Vec<Manhole>,
    pub(super) ducts: Vec<Duct>,
}

/// Lays the ducts of one seed.
pub(super) fn underground(seed: u64, land: &Land) -> Underground {
    let mut dice = Dice::new(seed, Room::Underground);
    let mut works = Underground::default();
    for (street, owner, side, reach) in RUNS {
        let road = land.road(street);
        let (middle, _) = road.path.nearest(land.town());
        let (from, to) = ((middle - reach).max(8.0), (middle + reach).min(road.path.length() - 8.0));
        let pavement = road.path.part(from, to).beside(side * (road.kind.half_width() + 1.8));
        let many = steps(pavement.length(), 112.0);
        let mut before: Option<(usize, f64)> = None;
        for step in 0..=many {
            let along = pavement.length() * f64::from(step) / f64::from(many);
            let here = works.dig(owner, pavement.at(along).at);
            if let Some((last, start)) = before {
                works.lay(&mut dice, street, [last, here], pavement.part(start, along));
            }
            before = Some((here, along));
        }
    }
    works.join(&mut dice);
    works
}

impl Underground {
    fn dig(&mut self, owner: &'static str, at: Planar) -> usize {
        let number = self.manholes.iter().filter(|manhole| manhole.owner == owner).count() + 1;
        self.manholes.push(Manhole { code: code(owner, "BE", number), owner, at });
        self.manholes.len() - 1
    }

    fn lay(&mut self, dice: &mut Dice, street: &'static str, [from, to]: [usize; 2], path: Path) {
        let owner = self.manholes[from].owner;
        let number = self.ducts.iter().filter(|duct| duct.owner == owner).count() + 1;
        let total = *dice.pick(&[2, 4, 4, 6, 6, 9, 12]);
        let (bores, used) = match dice.unit() {
            x if x < 0.66 => (Ok(total), Ok(dice.whole(1, total))),
            x if x < 0.82 => (Ok(total), Err("not_surveyed")),
            x if x < 0.92 => (Err("not_surveyed"), Err("not_surveyed")),
            _ => (Ok(total), Err("withheld")),
        };
        self.ducts.push(Duct { code: code(owner, "ONG", number), owner, street, from, to, path, bores, used });
    }

    /// Short ducts under the carriageway where manholes of two streets lie close together.
    fn join(&mut self, dice: &mut Dice) {
        let streets: Vec<&str> = self.ducts.iter().map(|duct| duct.street).collect();
        let street_of = |manhole: usize| {
            self.ducts.iter().position(|duct| duct.from == manhole || duct.to == manhole).map(|duct| streets[duct])
        };
        let mut joints = Vec::new();
        for a in 0..self.manholes.len() {
            let apart = |b: &usize| distance(self.manholes[a].at, self.manholes[*b].at);
            let others = (a + 1..self.manholes.len()).filter(|b| street_of(a) != street_of(*b));
            if let Some(b) = others.min_by(|x, y| apart(x).total_cmp(&apart(y))).filter(|b| apart(b) < 48.0) {
                joints.push([a, b]);
            }
        }
        for [a, b] in joints {
            let path = Path(vec![self.manholes[a].at, self.manholes[b].at]);
            self.lay(dice, "", [a, b], path);
        }
    }

    /// The rows of `manhole.geojson`.
    pub(super) fn manhole_rows(&self, seed: u64) -> Vec<Row> {
        let mut dice = Dice::new(seed.wrapping_add(1), Room::Underground);
        let row = |manhole: &Manhole| {
            let (length, width) = *dice.pick(&[(1.2, 0.8), (1.5, 1.0), (1.8, 1.2)]);
            record(&mut dice, Place::Point(manhole.at), manhole.code.clone(), manhole.owner)
                .with("cover", *dice.pick(&["concrete", "concrete", "cast_iron", "composite"]))
                .number("length_m", length)
                .number("width_m", width)
                .known(
                    "depth_m",
                    if dice.chance(0.85) { Ok(rounded(dice.between(1.1, 1.7), 1)) } else { Err("not_surveyed") },
                )
        };
        sorted(self.manholes.iter().map(row).collect(), "code")
    }

    /// The rows of `duct.geojson`.
    pub(super) fn duct_rows(&self, seed: u64) -> Vec<Row> {
        let mut dice = Dice::new(seed.wrapping_add(2), Room::Underground);
        let row = |duct: &Duct| {
            let surface = if duct.street.is_empty() { "carriageway" } else { "pavement" };
            let depth = match (duct.street, surface) {
                (SHALLOW, _) if dice.chance(0.5) => Ok(0.4),
                _ if dice.chance(0.1) => Err("not_surveyed"),
                (_, "carriageway") => Ok(rounded(dice.between(0.7, 1.0), 2)),
                _ => Ok(rounded(dice.between(0.5, 0.8), 2)),
            };
            record(&mut dice, Place::Line(duct.path.0.clone()), duct.code.clone(), duct.owner)
                .with("from_manhole", self.manholes[duct.from].code.as_str())
                .with("to_manhole", self.manholes[duct.to].code.as_str())
                .with("surface", surface)
                .known("depth_m", depth)
                .known("bores_total", duct.bores)
                .known("bores_used", duct.used)
                .with("bore_diameter_mm", *dice.pick(&[56, 90, 110, 110]))
        };
        sorted(self.ducts.iter().map(row).collect(), "code")
    }
}

/// A trench or tunnel along a street, metres before and after the middle of the town.
struct Dug {
    street: &'static str,
    from: f64,
    to: f64,
    kind: &'static str,
    depth: f64,
    slots: u32,
    used: Result<u32, &'static str>,
}

/// The rows of `trench.geojson`: a tunnel and two trenches, the commune's own.
pub(super) fn trench_rows(seed: u64, land: &Land) -> Vec<Row> {
    let mut dice = Dice::new(seed.wrapping_add(3), Room::Underground);
    let dug =
        |street, [from, to]: [f64; 2], kind, depth, slots, used| Dug { street, from, to, kind, depth, slots, used };
    let all = [
        dug("Quốc lộ 10 (mô phỏng)", [-130.0, 140.0], "tunnel", 2.8, 12, Ok(5)),
        dug("Phố Bưu Điện", [-210.0, 60.0], "trench", 1.2, 6, Ok(6)),
        dug("Phố Hòa Bình", [-160.0, 150.0], "trench", 1.1, 4, Err("not_surveyed")),
    ];
    let row = |(number, dug): (usize, Dug)| {
        let road = land.road(dug.street);
        let (middle, _) = road.path.nearest(land.town());
        let path = road.path.part(middle + dug.from, middle + dug.to).beside(-road.kind.half_width() - 2.4);
        record(&mut dice, Place::Line(path.0), code("ubnd-vinh-bao", "HAO", number), "ubnd-vinh-bao")
            .but("manager", "road")
            .but("status", "operational")
            .with("kind", dug.kind)
            .number("depth_m", dug.depth)
            .with("slots_total", dug.slots)
            .known("slots_used", dug.used)
    };
    (1..).zip(all).map(row).collect()
}
