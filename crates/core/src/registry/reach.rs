//! Who has looked where: an R-tree that leads from a changed place to the judgements that rest on it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::Hash,
};

use rstar::{AABB, RTree, RTreeObject};

use super::reads::Ground;
use crate::position::BoundingBox;

/// A judgement's box in a tree, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Looked<K> {
    key: K,
    low: [f64; 2],
    high: [f64; 2],
}

impl<K> Looked<K> {
    fn new(key: K, bounds: BoundingBox) -> Self {
        let [west, south, east, north] = bounds.edges();
        Self { key, low: [west, south], high: [east, north] }
    }
}

impl<K> RTreeObject for Looked<K> {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

/// For each ground, where each judgement has looked.
#[derive(Debug)]
pub struct ReachIndex<K> {
    trees: BTreeMap<Ground, RTree<Looked<K>>>,
    boxes: HashMap<K, BTreeMap<Ground, BoundingBox>>,
}

impl<K> Default for ReachIndex<K> {
    fn default() -> Self {
        Self { trees: BTreeMap::new(), boxes: HashMap::new() }
    }
}

impl<K: Copy + Ord + Hash + std::fmt::Debug> ReachIndex<K> {
    /// Notes where a judgement has looked, in place of what was noted before. `O(log n)`.
    pub fn put(&mut self, key: K, boxes: BTreeMap<Ground, BoundingBox>) {
        if self.boxes.get(&key) == Some(&boxes) {
            return;
        }
        self.remove(key);
        for (ground, bounds) in &boxes {
            self.trees.entry(*ground).or_default().insert(Looked::new(key, *bounds));
        }
        self.boxes.insert(key, boxes);
    }

    /// Forgets a judgement. `O(log n)`.
    pub fn remove(&mut self, key: K) {
        for (ground, bounds) in self.boxes.remove(&key).into_iter().flatten() {
            if let Some(tree) = self.trees.get_mut(&ground) {
                tree.remove(&Looked::new(key, bounds));
            }
        }
    }

    /// The judgements that have looked for something where these boxes are. `O(log n + k)`.
    #[must_use]
    pub fn meeting(&self, ground: Ground, changed: &[BoundingBox]) -> BTreeSet<K> {
        let Some(tree) = self.trees.get(&ground) else { return BTreeSet::new() };
        let met = changed.iter().flat_map(|bounds| {
            let [west, south, east, north] = bounds.edges();
            tree.locate_in_envelope_intersecting(&AABB::from_corners([west, south], [east, north]))
        });
        met.map(|looked| looked.key).collect()
    }

    /// Every judgement that is noted.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        self.boxes.keys().copied()
    }

    /// How many judgements are noted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.boxes.len()
    }

    /// Whether none is noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.boxes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::AssetClass;

    const MASTS: Ground = Ground::Assets(AssetClass::Mast);
    const POLES: Ground = Ground::Assets(AssetClass::Pole);

    fn around(lon: f64) -> BoundingBox {
        BoundingBox::new(lon - 0.01, 20.0, lon + 0.01, 20.1).unwrap()
    }

    #[test]
    fn a_change_leads_to_those_who_looked_there_for_that_class_and_to_nobody_else() {
        let mut index = ReachIndex::default();
        index.put(1, BTreeMap::from([(MASTS, around(106.0)), (POLES, around(107.0))]));
        index.put(2, BTreeMap::from([(MASTS, around(106.005))]));
        let met = |index: &ReachIndex<i32>, ground, lon| {
            index.meeting(ground, &[around(lon)]).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(met(&index, MASTS, 106.0), [1, 2]);
        assert_eq!(met(&index, POLES, 107.0), [1]);
        assert_eq!(met(&index, POLES, 106.0), [] as [i32; 0]);
        assert_eq!(met(&index, Ground::Works, 106.0), [] as [i32; 0]);
        index.put(1, BTreeMap::from([(MASTS, around(108.0))]));
        assert_eq!(met(&index, MASTS, 106.0), [2], "what was noted before is forgotten");
        assert_eq!(met(&index, MASTS, 108.0), [1]);
        index.remove(1);
        assert_eq!((met(&index, MASTS, 108.0), index.len()), (vec![], 1));
    }
}
