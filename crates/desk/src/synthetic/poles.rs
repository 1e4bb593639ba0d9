//! Cable pole lines beside roads, and the cable routes that hang on them.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    feature::{Place, Row},
    land::Land,
    plane::{distance, rounded, steps},
    records::{code, record, sorted},
    roads::{Road, RoadKind},
};

/// Usual metres between two poles.
const SPAN: f64 = 43.0;
/// A longer gap between two poles, in metres, carries no cable.
const LONGEST_SPAN: f64 = 95.0;
/// Within this many metres of the middle of the town, the national roads' cables are in ducts.
const DUCTED: f64 = 900.0;
/// The owner of the second line on the one road that has two, a deliberate question: the longest hamlet road.
const SECOND_LINE: &str = "vnpt";

/// A cable pole.
#[derive(Clone, Debug)]
pub(super) struct Pole {
    pub(super) code: String,
    pub(super) owner: &'static str,
    pub(super) at: Planar,
    shared_with: Option<&'static str>,
}

/// Poles along one side of one road.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The road's name.
    pub(super) road: String,
    pub(super) owner: &'static str,
    /// Places in [`Overhead::poles`], in walking order.
    pub(super) poles: Vec<usize>,
}

/// A cable route from pole to pole.
struct Route {
    owner: &'static str,
    poles: Vec<usize>,
    cables: u32,
}

/// Everything that hangs in the air or holds it up.
pub(super) struct Overhead {
    pub(super) poles: Vec<Pole>,
    pub(super) lines: Vec<Line>,
    routes: Vec<Route>,
    /// The road that has two lines.
    pub(super) doubled: String,
}

/// Raises the poles and hangs the cables.
pub(super) fn overhead(seed: u64, land: &Land) -> Overhead {
    let mut dice = Dice::new(seed, Room::Poles);
    let longest = land.roads(RoadKind::Commune).max_by(|a, b| a.path.length().total_cmp(&b.path.length()));
    let doubled = longest.map(|road| road.name.clone()).unwrap_or_default();
    let mut overhead = Overhead { poles: Vec::new(), lines: Vec::new(), routes: Vec::new(), doubled };
    for road in &land.network.roads {
        let share = match road.kind {
            RoadKind::Provincial => 1.0,
            RoadKind::National if road.name.contains("37") => 1.0,
            RoadKind::Commune => 0.55,
            RoadKind::Lane if 120.0 < road.path.length() => 0.1,
            _ => 0.0,
        };
        if dice.chance(share) || road.name == overhead.doubled {
            let side = if dice.chance(0.5) { 1.0 } else { -1.0 };
            let owner = *dice.pick(&["viettel", "viettel", "vnpt", "vnpt", "vnpt", "fpt"]);
            let shared_with = dice.chance(0.18).then_some("power");
            if road.name == overhead.doubled {
                overhead.raise(&mut dice, land, road, ("viettel", side, None));
                overhead.raise(&mut dice, land, road, (SECOND_LINE, -side, None));
            } else {
                overhead.raise(&mut dice, land, road, (owner, side, shared_with));
            }
        }
    }
    overhead.hang(&mut Dice::new(seed, Room::Routes));
    overhead
}

impl Overhead {
    /// Puts a line of poles along a road. A pole that would stand in a crossing moves on, or is left out.
    fn raise(
        &mut self,
        dice: &mut Dice,
        land: &Land,
        road: &Road,
        (owner, side, shared): (&'static str, f64, Option<&'static str>),
    ) {
        let length = road.path.length();
        let many = steps(length - 24.0, SPAN);
        let mut line = Vec::new();
        for step in 0..=many {
            let along = 12.0 + (length - 24.0) * f64::from(step) / f64::from(many) + dice.about_zero(2.5);
            let beside = side * (road.kind.half_width() + dice.between(0.9, 1.5));
            let spots =
                [0.0, 7.0, -7.0, 13.0].map(|shift| road.path.at((along + shift).clamp(0.0, length)).beside(beside));
            let free = |at: &&Planar| {
                (road.kind != RoadKind::National || DUCTED < distance(land.town(), **at))
                    && land.is_clear(**at, 0.6)
                    && self.poles.iter().all(|pole| 6.0 < distance(pole.at, **at))
            };
            if let Some(at) = spots.iter().find(free) {
                let number = self.poles.iter().filter(|pole| pole.owner == owner).count() + 1;
                line.push(self.poles.len());
                self.poles.push(Pole { code: code(owner, "TRU", number), owner, at: *at, shared_with: shared });
            }
        }
        let close = |a: &usize, b: &usize| distance(self.poles[*a].at, self.poles[*b].at) < LONGEST_SPAN;
        for poles in line.chunk_by(close).filter(|poles| 2 <= poles.len()) {
            self.lines.push(Line { road: road.name.clone(), owner, poles: poles.to_vec() });
        }
    }

    /// Hangs the owner's cables and sometimes a tenant's on every line, and joins each line to its neighbour.
    fn hang(&mut self, dice: &mut Dice) {
        for line in &self.lines {
            let mut hung = vec![line.owner];
            for tenant in ["viettel", "vnpt", "fpt", "mobifone"] {
                if tenant != line.owner && dice.chance(0.2) {
                    hung.push(tenant);
                }
            }
            for owner in hung {
                let cables = if owner == line.owner { dice.whole(1, 3) } else { 1 };
                let mut from = 0;
                while from + 1 < line.poles.len() {
                    let to = (from + dice.whole(8, 14) as usize).min(line.poles.len() - 1);
                    self.routes.push(Route { owner, poles: line.poles[from..=to].to_vec(), cables });
                    from = to;
                }
            }
        }
        let joints: Vec<Route> =
            self.lines.iter().enumerate().flat_map(|(number, line)| self.joints(number, line)).collect();
        self.routes.extend(joints);
    }

    /// Single spans from a line's two ends to the nearest pole of an earlier line.
    fn joints(&self, number: usize, line: &Line) -> Vec<Route> {
        let ends = [line.poles[0], line.poles[line.poles.len() - 1]];
        let earlier = || self.lines[..number].iter().flat_map(|line| line.poles.iter().copied());
        let away = |a: usize, b: usize| distance(self.poles[a].at, self.poles[b].at);
        let join = |end: usize| {
            let nearest = earlier().min_by(|a, b| away(*a, end).total_cmp(&away(*b, end)))?;
            (away(nearest, end) < LONGEST_SPAN).then(|| Route {
                owner: line.owner,
                poles: vec![end, nearest],
                cables: 1,
            })
        };
        ends.into_iter().filter_map(join).collect()
    }

    /// The rows of `pole.geojson`.
    pub(super) fn pole_rows(&self, seed: u64) -> Vec<Row> {
        let mut dice = Dice::new(seed.wrapping_add(1), Room::Poles);
        let mut used = vec![0_u32; self.poles.len()];
        for route in &self.routes {
            route.poles.iter().for_each(|pole| used[*pole] += route.cables);
        }
        let row = |(pole, used): (&Pole, u32)| {
            let room = [6, 8, 10, 12].into_iter().find(|total| used < *total).unwrap_or(used);
            let (total, known_used) = match dice.unit() {
                x if x < 0.7 => (Ok(room), Ok(used)),
                x if x < 0.88 => (Err("not_surveyed"), Ok(used)),
                _ => (Err("unknown"), Err("not_surveyed")),
            };
            record(&mut dice, Place::Point(pole.at), pole.code.clone(), pole.owner)
                .number("height_m", *dice.pick(&[6.5, 7.0, 7.0, 7.5, 8.5]))
                .with("material", *dice.pick(&["concrete", "concrete", "concrete", "steel"]))
                .known("shared_with", pole.shared_with.ok_or("not_applicable"))
                .known("attachments_total", total)
                .known("attachments_used", known_used)
                .with("boxes", *dice.pick(&[0, 0, 0, 0, 1, 1, 2]))
        };
        sorted(self.poles.iter().zip(used).map(row).collect(), "code")
    }

    /// The rows of `aerial_route.geojson`.
    pub(super) fn route_rows(&self, seed: u64) -> Vec<Row> {
        let mut dice = Dice::new(seed.wrapping_add(1), Room::Routes);
        let mut numbers = std::collections::BTreeMap::<&str, usize>::new();
        let row = |route: &Route| {
            let number = numbers.entry(route.owner).or_default();
            *number += 1;
            let points = route.poles.iter().map(|pole| self.poles[*pole].at).collect();
            let ends = [route.poles[0], route.poles[route.poles.len() - 1]].map(|pole| self.poles[pole].code.as_str());
            let clearance = match dice.unit() {
                x if x < 0.12 => Err("not_surveyed"),
                x if x < 0.15 => Ok(rounded(dice.between(4.8, 5.4), 1)),
                _ => Ok(rounded(dice.between(5.5, 6.6), 1)),
            };
            record(&mut dice, Place::Line(points), code(route.owner, "TCT", *number), route.owner)
                .with("from_pole", ends[0])
                .with("to_pole", ends[1])
                .known("clearance_m", clearance)
                .with("cables", route.cables)
        };
        sorted(self.routes.iter().map(row).collect(), "code")
    }
}
