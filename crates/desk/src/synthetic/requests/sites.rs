//! Where the requested masts stand: found by looking, so that each shows what it is meant to show.

use hatang_core::Planar;

use crate::synthetic::{
    land::Land,
    masts::{Mast, NETWORKS, from_dark, nearest, of_network},
    path::Ring,
    plan::urban,
    plane::{bearing, plus},
};

/// Distances that the template's spacing rules set, with room to spare for the accuracies, in metres.
const SAME_NETWORK_RURAL: f64 = 450.0 + 60.0;
const SAME_NETWORK_URBAN: f64 = 300.0 + 60.0;

/// The standing masts and the land around them.
pub(super) struct Sites<'a> {
    pub(super) land: &'a Land,
    pub(super) masts: &'a [Mast],
}

impl Sites<'_> {
    /// 100 m from a mast with a free slot, for a network that is not on it.
    pub(super) fn near_a_free_slot(&self) -> (Planar, &'static str) {
        let suits =
            |mast: &Mast| mast.has_free_slot() && 33.0 <= mast.height && 1_500.0 < from_dark(self.land, mast.at);
        self.near(suits, 100.0, SAME_NETWORK_RURAL)
    }

    /// 150 m from a mast whose slots are unknown.
    pub(super) fn near_an_unknown_slot(&self) -> (Planar, &'static str) {
        let suits = |mast: &Mast| mast.slots.is_err() && mast.class == "A2b";
        self.near(suits, 150.0, SAME_NETWORK_RURAL)
    }

    /// 119 m from an urban mast, against the template's 120 m.
    pub(super) fn at_the_limit(&self) -> (Planar, &'static str) {
        let town = urban(self.land);
        let suits = |mast: &Mast| town.contains(mast.at) && 200.0 < town.edge_distance(mast.at) && 3.0 < mast.height;
        self.near(suits, 119.0, SAME_NETWORK_URBAN)
    }

    /// In the uncovered hamlet that has no mast.
    pub(super) fn in_the_empty_dark_hamlet(&self) -> Planar {
        let hamlet = self.land.dark()[1];
        let about = self.land.network.anchors[hamlet];
        let area = &self.land.villages[hamlet].area;
        self.around(about, 500.0, |at| area.contains(at) && SAME_NETWORK_RURAL < nearest(self.masts.iter(), at))
    }

    /// In a village, beyond every spacing limit.
    pub(super) fn far_from_all(&self) -> Planar {
        let lit = |at: Planar| 700.0 < from_dark(self.land, at);
        let far = |at: Planar| lit(at) && SAME_NETWORK_RURAL < nearest(self.masts.iter(), at);
        let anchors = self.land.network.anchors.iter().rev();
        let found = anchors.map(|about| self.around(*about, 900.0, far)).find(|at| far(*at));
        found.unwrap_or(self.land.network.anchors[0])
    }

    /// At that distance from a mast that suits, for a network that is not on it: the first open spot that no other mast
    /// disturbs, else the first spot of all.
    fn near(&self, suits: impl Fn(&Mast) -> bool, metres: f64, same_network: f64) -> (Planar, &'static str) {
        let choices = self.masts.iter().filter(|mast| suits(mast)).flat_map(|mast| {
            let guests = NETWORKS.iter().map(|(name, _)| *name).filter(|name| !mast.networks.contains(name));
            guests
                .flat_map(move |guest| (0..24).map(move |turn| (mast, guest, bearing(f64::from(turn) * 15.0, metres))))
        });
        let choices: Vec<(&Mast, &'static str, Planar)> = choices.collect();
        let fits = |(mast, guest, step): &&(&Mast, &'static str, Planar)| {
            let at = plus(mast.at, *step);
            let others = self.masts.iter().filter(|other| other.code != mast.code);
            self.land.is_clear(at, 6.0)
                && same_network < nearest(of_network(self.masts, guest), at)
                && metres + 60.0 < nearest(others, at)
        };
        let choice = choices.iter().find(fits).or(choices.first());
        choice.map_or((self.land.town(), NETWORKS[0].0), |(mast, guest, step)| (plus(mast.at, *step), guest))
    }

    fn around(&self, about: Planar, reach: f64, suits: impl Fn(Planar) -> bool) -> Planar {
        let rings = (1..=12).map(|ring| reach * f64::from(ring) / 12.0);
        let mut spots = rings.flat_map(|radius| Ring::around(about, radius, 16).0);
        let good = |at: &Planar| self.land.is_clear(*at, 8.0) && suits(*at);
        spots.find(good).unwrap_or(about)
    }
}
