//! Hamlets: where they are, what they are called, how many live there.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    ground::Ground,
    path::{Path, Ring},
    plane::{bearing, distance, plus, rounded},
};

/// Everybody in the commune, as published.
pub(super) const PEOPLE: u32 = 45_332;

/// Where the town is, on the draft.
pub(super) const TOWN: Planar = Planar::new(150.0, -100.0);

const TOWN_UNITS: u32 = 6;
/// Names as they occur all over the delta; none is meant to be a particular hamlet.
const NAMES: [&str; 25] = [
    "An Bình",
    "An Lạc",
    "Bắc Hải",
    "Đông Hưng",
    "Đông Tiến",
    "Đồng Tâm",
    "Hòa Bình",
    "Hợp Tiến",
    "Hưng Thịnh",
    "Liên Hòa",
    "Minh Đức",
    "Minh Tân",
    "Nam Hải",
    "Phú Thịnh",
    "Phúc Lộc",
    "Quyết Tiến",
    "Tân Lập",
    "Tân Tiến",
    "Tây Hưng",
    "Thanh Bình",
    "Thống Nhất",
    "Tiền Phong",
    "Trung Hòa",
    "Vạn Phúc",
    "Xuân Hòa",
];
/// Cells where nobody lives: an industrial cluster.
const EMPTY_CELLS: usize = 1;

/// What kind of place a hamlet is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A unit of the town.
    Town,
    /// A village with its fields.
    Rural,
    /// A village that no network reaches with 5G.
    Dark,
}

/// A hamlet.
#[derive(Clone, Debug)]
pub(super) struct Village {
    pub(super) name: String,
    pub(super) people: u32,
    pub(super) kind: Kind,
    /// Its middle on the draft.
    pub(super) draft: Planar,
    /// Its area in the final plane.
    pub(super) area: Ring,
}

/// The hamlets, town first.
pub(super) fn villages(seed: u64, ground: &Ground) -> Vec<Village> {
    let mut dice = Dice::new(seed, Room::Villages);
    let sites = sites(&mut dice, ground);
    let cells: Vec<Ring> = cells(&sites, ground);
    let town = TOWN_UNITS as usize;
    let inhabited: Vec<usize> = (0..sites.len() - EMPTY_CELLS).collect();
    let dark = farthest_corners(&sites, town, inhabited.len());
    let weights: Vec<f64> = inhabited
        .iter()
        .map(|index| match *index {
            unit if unit < town => dice.between(1.7, 2.5),
            hamlet if dark.contains(&hamlet) => dice.between(0.62, 0.75),
            _ => dice.between(0.75, 1.4),
        })
        .collect();
    let people = shares(PEOPLE, &weights);
    let mut names = NAMES.to_vec();
    inhabited
        .into_iter()
        .map(|index| Village {
            name: if index < town {
                format!("Tổ dân phố {}", index + 1)
            } else {
                let choice = *dice.pick(&names);
                names.retain(|name| *name != choice);
                format!("Thôn {choice}")
            },
            people: people[index],
            kind: match index {
                unit if unit < town => Kind::Town,
                hamlet if dark.contains(&hamlet) => Kind::Dark,
                _ => Kind::Rural,
            },
            draft: sites[index],
            area: cells[index].clone(),
        })
        .collect()
}

/// The town's units around its middle, then villages at their usual distance, then the empty cells.
fn sites(dice: &mut Dice, ground: &Ground) -> Vec<Planar> {
    let mut sites = vec![TOWN];
    for unit in 1..TOWN_UNITS {
        let turn = 360.0 * f64::from(unit) / f64::from(TOWN_UNITS - 1) + dice.about_zero(14.0);
        sites.push(plus(TOWN, bearing(turn, dice.between(560.0, 700.0))));
    }
    let fixed = sites.len();
    let all = fixed + NAMES.len() + EMPTY_CELLS;
    while sites.len() < all {
        let candidates = (0..24).map(|_| {
            loop {
                let at = Planar::new(dice.about_zero(3_600.0), dice.about_zero(3_600.0));
                if ground.draft.contains(at) && 250.0 < ground.draft.edge_distance(at) {
                    break at;
                }
            }
        });
        let apart = |at: Planar| sites.iter().map(|other| distance(*other, at)).fold(f64::INFINITY, f64::min);
        let best = candidates.map(|at| (apart(at), at)).reduce(|best, next| if best.0 < next.0 { next } else { best });
        sites.extend(best.map(|(_, at)| at));
    }
    for _ in 0..2 {
        let centres: Vec<Planar> = draft_cells(&sites, ground).iter().map(Ring::centre).collect();
        sites[fixed..].copy_from_slice(&centres[fixed..]);
    }
    // The cluster lies on the trunk road, south-west of the town.
    let cluster = Planar::new(-1_900.0, -1_400.0);
    let away = |index: &usize| distance(sites[*index], cluster);
    let nearest = (fixed..all).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(fixed);
    sites.swap(nearest, all - 1);
    sites
}

/// Each site's cell on the draft: everything nearer to it than to any other.
fn draft_cells(sites: &[Planar], ground: &Ground) -> Vec<Ring> {
    let cell = |own: &Planar| {
        let others = sites.iter().filter(|other| *other != own);
        others.fold(ground.smooth.clone(), |cell, other| cell.nearer_to(*own, *other))
    };
    sites.iter().map(cell).collect()
}

/// The cells in the final plane; neighbours bend their common side alike.
fn cells(sites: &[Planar], ground: &Ground) -> Vec<Ring> {
    let cell = |draft: Ring| {
        let points = draft.sides().flat_map(|[a, b]| {
            let mut side = common_points(snapped(a), snapped(b));
            side.pop();
            side
        });
        ground.bend_all(&points.map(|at| ground.ripple(at)).collect::<Vec<_>>())
    };
    draft_cells(sites, ground).into_iter().map(cell).collect()
}

fn snapped(at: Planar) -> Planar {
    Planar::new(rounded(at.east, 2), rounded(at.north, 2))
}

/// The side from `a` to `b` in short steps that are the same points seen from either end.
fn common_points(a: Planar, b: Planar) -> Vec<Planar> {
    let forward = (a.east, a.north) <= (b.east, b.north);
    let mut points = Path(if forward { vec![a, b] } else { vec![b, a] }).dense(45.0).0;
    if !forward {
        points.reverse();
    }
    points
}

/// The village farthest from the town, and the farthest of those on another side.
fn farthest_corners(sites: &[Planar], from: usize, to: usize) -> [usize; 2] {
    let farthest = |apart_from: Option<usize>| {
        (from..to)
            .filter(|index| apart_from.is_none_or(|other| 3_600.0 < distance(sites[*index], sites[other])))
            .max_by(|a, b| distance(sites[*a], TOWN).total_cmp(&distance(sites[*b], TOWN)))
            .unwrap_or(from)
    };
    let first = farthest(None);
    [first, farthest(Some(first))]
}

/// Divides `total` by weights into whole numbers whose sum is `total`: the largest remainders are rounded up.
fn shares(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| f64::from(total) * weight / sum).collect();
    let mut whole: Vec<u32> = exact.iter().map(|share| floor(*share)).collect();
    let mut order: Vec<usize> = (0..whole.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()));
    let missing = total - whole.iter().sum::<u32>();
    for index in order.into_iter().take(missing as usize) {
        whole[index] += 1;
    }
    whole
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small whole number")]
fn floor(share: f64) -> u32 {
    share as u32
}
