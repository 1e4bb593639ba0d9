//! Who stays without signal although everything that is handed in is built.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    list_gaps::{GapHamlet, GapPlace},
    raster::Ground,
};

/// No more hamlets and no more places than this are named; how many there are is always told.
const NAMED_AT_MOST: usize = 20;

/// People and priority places that nothing serves.
#[derive(Clone, Debug, Serialize)]
pub struct LeftUncovered {
    /// People.
    pub people: u64,
    /// The hamlets that they live in with those people, most people first; at most twenty.
    pub hamlets: Vec<GapHamlet>,
    /// How many hamlets there are.
    pub hamlets_total: u32,
    /// Priority places out of reach, by kind and name; at most twenty.
    pub places: Vec<GapPlace>,
    /// How many places there are.
    pub places_total: u32,
    /// Priority places that lie off the map of the computation: nobody can tell of them.
    pub places_unknown: u32,
}

/// Those in cells that are not served. `O(n log n)` in residents and places.
pub(super) fn left_uncovered(ground: &Ground, served: impl Fn(usize) -> bool) -> LeftUncovered {
    let mut by_hamlet: BTreeMap<usize, u64> = BTreeMap::new();
    for residents in ground.people.residents().iter().filter(|one| 0 < one.people && !served(one.cell)) {
        *by_hamlet.entry(residents.hamlet).or_default() += u64::from(residents.people);
    }
    let people = by_hamlet.values().sum();
    let named = |(hamlet, people): (usize, u64)| GapHamlet { name: ground.people.hamlets()[hamlet].clone(), people };
    let mut hamlets: Vec<GapHamlet> = by_hamlet.into_iter().map(named).collect();
    hamlets.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.name.cmp(&b.name)));
    let (mut places, mut places_unknown) = (Vec::new(), 0);
    for (place, at) in &ground.places {
        match ground.people.grid().cell_at(*at) {
            Some(cell) if served(cell) => {}
            Some(_) => places.push(GapPlace { kind: place.kind, name: place.name.clone() }),
            None => places_unknown += 1,
        }
    }
    places.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    let (hamlets_total, places_total) = (count(&hamlets), count(&places));
    hamlets.truncate(NAMED_AT_MOST);
    places.truncate(NAMED_AT_MOST);
    LeftUncovered { people, hamlets, hamlets_total, places, places_total, places_unknown }
}

fn count<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}
