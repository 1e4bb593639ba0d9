//! The road network: two national roads that cross in the town, two provincial roads, streets, hamlet roads and lanes.
//! Roads share a point wherever they meet, so that the network is connected as drawn.

mod drawing;
mod lanes;

use hatang_core::Planar;

use self::drawing::Drawing;
use super::{
    dice::{Dice, Room},
    ground::Ground,
    path::{Path, Ring},
    plane::{crossing, distance, left_of, minus, mix, plus, scaled},
    villages::{TOWN, Village},
};

/// What a road is, in the words of `roads.geojson`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RoadKind {
    National,
    Provincial,
    /// A street of the town, which is a commune road too.
    Street,
    Commune,
    Lane,
}

impl RoadKind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Provincial => "provincial",
            Self::Street | Self::Commune => "commune",
            Self::Lane => "lane",
        }
    }

    /// From the axis to the edge of the road, in metres.
    pub(super) const fn half_width(self) -> f64 {
        match self {
            Self::National => 6.0,
            Self::Provincial => 4.5,
            Self::Street => 4.0,
            Self::Commune => 2.8,
            Self::Lane => 1.8,
        }
    }
}

/// A road in the final plane.
#[derive(Clone, Debug)]
pub(super) struct Road {
    pub(super) name: String,
    pub(super) kind: RoadKind,
    pub(super) path: Path,
}

/// All roads, and each hamlet's place on them.
pub(super) struct Network {
    pub(super) roads: Vec<Road>,
    /// Per hamlet, in the hamlets' order: the point of the network in its midst.
    pub(super) anchors: Vec<Planar>,
}

const QL10: [(f64, f64); 7] = [
    (-4_200.0, -2_900.0),
    (-2_700.0, -1_750.0),
    (-1_250.0, -1_000.0),
    (150.0, -100.0),
    (1_150.0, 850.0),
    (2_050.0, 2_050.0),
    (3_300.0, 3_700.0),
];
const QL37: [(f64, f64); 7] = [
    (-3_300.0, 3_900.0),
    (-1_900.0, 2_350.0),
    (-800.0, 950.0),
    (150.0, -100.0),
    (1_000.0, -1_150.0),
    (1_650.0, -2_300.0),
    (2_300.0, -4_200.0),
];
const EAST: [(f64, f64); 4] = [(1_150.0, 850.0), (2_050.0, 650.0), (2_900.0, 250.0), (4_200.0, 150.0)];
const WEST: [(f64, f64); 4] = [(-800.0, 950.0), (-1_750.0, 700.0), (-2_700.0, 150.0), (-4_300.0, 350.0)];

/// Two streets along QL10, metres to its left, and their names.
const ALONG: [(f64, &str); 2] = [(230.0, "Phố Bưu Điện"), (-250.0, "Phố Trường Học")];
/// Streets across QL10, metres along it from the middle of the town, and their names.
const ACROSS: [(f64, &str); 4] =
    [(-560.0, "Phố Bến Xe"), (-270.0, "Phố Chợ"), (300.0, "Phố Sân Vận Động"), (610.0, "Phố Hòa Bình")];

/// Draws the network of one seed.
pub(super) fn network(seed: u64, ground: &Ground, villages: &[Village]) -> Network {
    let mut dice = Dice::new(seed, Room::Roads);
    let mut drawing = Drawing::default();
    for (name, kind, points) in [
        ("Quốc lộ 10 (mô phỏng)", RoadKind::National, &QL10[..]),
        ("Quốc lộ 37 (mô phỏng)", RoadKind::National, &QL37[..]),
        ("Đường tỉnh phía Đông (mô phỏng)", RoadKind::Provincial, &EAST[..]),
        ("Đường tỉnh phía Tây (mô phỏng)", RoadKind::Provincial, &WEST[..]),
    ] {
        let curve = Path(points.iter().map(|(east, north)| Planar::new(*east, *north)).collect()).smooth(60.0);
        drawing.draw(name.to_owned(), kind, clipped(&curve, &ground.draft));
    }
    streets(&mut dice, &mut drawing);
    let anchors = hamlet_roads(&mut dice, &mut drawing, villages);
    lanes::draw(seed, &mut drawing, ground, villages, &anchors);
    drawing.join_crossings();
    let roads = drawing
        .roads
        .into_iter()
        .map(|road| Road { path: Path(ground.bend_all(&road.path.dense(60.0).0).0), ..road })
        .collect();
    Network { roads, anchors: anchors.into_iter().map(|at| ground.bend(at)).collect() }
}

/// The part of a trunk road between its first and its last point inside the outline, up to the outline.
fn clipped(path: &Path, outline: &Ring) -> Path {
    let inside: Vec<usize> = (0..path.0.len()).filter(|index| outline.contains(path.0[*index])).collect();
    let (Some(first), Some(last)) = (inside.first().copied(), inside.last().copied()) else { return path.clone() };
    let edge = |from: usize, to: Option<&Planar>| {
        to.and_then(|to| outline.sides().find_map(|side| crossing(side, [path.0[from], *to])))
    };
    let start = first.checked_sub(1).and_then(|before| edge(first, path.0.get(before)));
    let end = edge(last, path.0.get(last + 1));
    Path(start.into_iter().chain(path.0[first..=last].iter().copied()).chain(end).collect())
}

fn streets(dice: &mut Dice, drawing: &mut Drawing) {
    let trunk = drawing.roads[0].path.clone();
    let (town, _) = trunk.nearest(TOWN);
    for (beside, name) in ALONG {
        let (back, forth) = (dice.between(640.0, 760.0), dice.between(680.0, 800.0));
        let street = trunk.part(town - back, town + forth).beside(beside + dice.about_zero(25.0));
        drawing.draw(name.to_owned(), RoadKind::Street, street);
    }
    let [one, other] = [drawing.roads[4].path.clone(), drawing.roads[5].path.clone()];
    for (along, name) in ACROSS {
        let on = |drawing: &mut Drawing, at: Planar| {
            let joint = drawing.nearest(at);
            drawing.joint(joint)
        };
        let middle = on(drawing, trunk.at(town + along + dice.about_zero(35.0)).at);
        let lean = dice.about_zero(40.0);
        let ends = [&one, &other].map(|street| street.at(street.nearest(middle).0 + lean).at);
        let ends = ends.map(|at| on(drawing, at));
        let beyond = |from: Planar, end: Planar| plus(end, scaled(minus(end, from), run_on(from, end)));
        let points = vec![beyond(middle, ends[0]), ends[0], middle, ends[1], beyond(middle, ends[1])];
        drawing.draw(name.to_owned(), RoadKind::Street, Path(points).smooth(60.0));
    }
}

/// Streets run on for 60 m past the last street they meet.
fn run_on(from: Planar, end: Planar) -> f64 {
    60.0 / distance(from, end).max(60.0)
}

/// Joins hamlet after hamlet to the nearest road, nearest first, then closes some rings between neighbours.
fn hamlet_roads(dice: &mut Dice, drawing: &mut Drawing, villages: &[Village]) -> Vec<Planar> {
    let mut waiting: Vec<usize> = (0..villages.len()).collect();
    let mut anchors = vec![TOWN; villages.len()];
    let mut drawn = 0;
    while !waiting.is_empty() {
        let nearest = |village: usize| drawing.nearest(villages[village].draft);
        let Some(place) =
            (0..waiting.len()).min_by(|a, b| nearest(waiting[*a]).away.total_cmp(&nearest(waiting[*b]).away))
        else {
            break;
        };
        let village = waiting.swap_remove(place);
        let joint = nearest(village);
        anchors[village] = if joint.away < 110.0 {
            drawing.joint(joint)
        } else {
            drawn += 1;
            let end = drawing.joint(joint);
            let link = grown(dice, villages[village].draft, end);
            drawing.draw(format!("Đường liên thôn {drawn}"), RoadKind::Commune, link);
            villages[village].draft
        };
    }
    let mut pairs: Vec<(f64, usize, usize)> = (0..anchors.len())
        .flat_map(|a| (a + 1..anchors.len()).map(move |b| (a, b)))
        .map(|(a, b)| (distance(anchors[a], anchors[b]), a, b))
        .filter(|(apart, ..)| (500.0..1_650.0).contains(apart))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, a, b) in pairs {
        let link = grown(dice, anchors[a], anchors[b]);
        if !drawing.meets(&link.part(110.0, link.length() - 110.0), 60.0) {
            drawn += 1;
            drawing.draw(format!("Đường liên thôn {drawn}"), RoadKind::Commune, link);
        }
    }
    anchors
}

/// A road as it grew along fields: two slight bends between its ends.
fn grown(dice: &mut Dice, from: Planar, to: Planar) -> Path {
    let across = left_of(minus(to, from));
    let bend = |dice: &mut Dice, share: f64| plus(mix(from, to, share), scaled(across, dice.about_zero(0.07)));
    let points = vec![from, bend(dice, 0.33), bend(dice, 0.67), to];
    Path(points).smooth(60.0)
}
