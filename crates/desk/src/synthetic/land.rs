//! The commune before anybody has built telecom there: ground, hamlets, roads, and how to find a spot beside a road.

use hatang_core::Planar;

use super::{
    dice::Dice,
    ground::Ground,
    path::{Ring, Stop},
    plane::{distance, plus},
    roads::{Network, Road, RoadKind, network},
    villages::{Kind, TOWN, Village, villages},
};

/// Ground, hamlets and roads of one seed.
pub(super) struct Land {
    pub(super) ground: Ground,
    pub(super) villages: Vec<Village>,
    pub(super) network: Network,
}

impl Land {
    pub(super) fn new(seed: u64) -> Self {
        let ground = Ground::new(seed);
        let villages = villages(seed, &ground);
        let network = network(seed, &ground, &villages);
        Self { ground, villages, network }
    }

    pub(super) fn outline(&self) -> &Ring {
        &self.ground.outline
    }

    pub(super) fn town(&self) -> Planar {
        self.ground.bend(TOWN)
    }

    /// The hamlets that no network reaches with 5G.
    pub(super) fn dark(&self) -> [usize; 2] {
        let mut dark = (0..self.villages.len()).filter(|index| self.villages[*index].kind == Kind::Dark);
        let mut next = || dark.next().expect("two hamlets are dark");
        [next(), next()]
    }

    /// A road by its name.
    pub(super) fn road(&self, name: &str) -> &Road {
        self.network.roads.iter().find(|road| road.name == name).expect("the named roads are always drawn")
    }

    /// The nearest road, the place on it, and the metres to its axis.
    pub(super) fn nearest_road(&self, from: Planar) -> (&Road, Stop, f64) {
        let nearest = |road: &Road| road.path.nearest(from);
        let road = self.network.roads.iter().min_by(|a, b| nearest(a).1.total_cmp(&nearest(b).1));
        let road = road.expect("there are roads");
        let (along, away) = nearest(road);
        (road, road.path.at(along), away)
    }

    /// Whether a spot is off every road by at least `metres` from its edge, and inside the commune.
    pub(super) fn is_clear(&self, at: Planar, metres: f64) -> bool {
        let clear = |road: &Road| road.kind.half_width() + metres <= road.path.nearest(at).1;
        self.outline().contains(at) && 25.0 < self.outline().edge_distance(at) && self.network.roads.iter().all(clear)
    }

    /// A spot beside some road within `reach` metres of `about`, between `near` and `far` metres from the road's edge.
    pub(super) fn beside_a_road(&self, dice: &mut Dice, about: Planar, reach: f64, [near, far]: [f64; 2]) -> Planar {
        let mut spot = about;
        for _ in 0..400 {
            let from = plus(about, Planar::new(dice.about_zero(reach), dice.about_zero(reach)));
            let (road, stop, _) = self.nearest_road(from);
            let side = if dice.chance(0.5) { 1.0 } else { -1.0 };
            spot = stop.beside(side * (road.kind.half_width() + dice.between(near, far)));
            if self.is_clear(spot, near - 0.5) && distance(spot, about) < 2.0 * reach {
                break;
            }
        }
        spot
    }

    /// The hamlet that holds a spot.
    pub(super) fn village_at(&self, at: Planar) -> Option<&Village> {
        self.villages.iter().find(|village| village.area.contains(at))
    }

    /// Roads of one kind.
    pub(super) fn roads(&self, kind: RoadKind) -> impl Iterator<Item = &Road> {
        self.network.roads.iter().filter(move |road| road.kind == kind)
    }
}
