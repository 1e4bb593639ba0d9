//! Which records are likely of one structure, as one viewer may see them.

use std::collections::HashSet;

use hatang_core::{
    AssetId, Registry, Seen, Sight, Territory,
    duplicate::{Duplicate, DuplicateState},
    geodesy,
};

use crate::notice::{is_twin, joint_accuracy, twins};

/// Pairs of records that somebody has said are of different structures.
pub(super) struct KeptApart(HashSet<(AssetId, AssetId)>);

impl KeptApart {
    pub(super) fn of(registry: &Registry) -> Self {
        let all = registry.territories().values().flat_map(|state| state.duplicates.values());
        let apart = all.filter(|duplicate| duplicate.state == DuplicateState::Apart);
        let pairs = |duplicate: &Duplicate| {
            let assets = duplicate.assets.clone();
            let others = assets.clone();
            assets.into_iter().flat_map(move |one| others.clone().into_iter().map(move |other| (one, other)))
        };
        Self(apart.flat_map(pairs).collect())
    }

    fn holds(&self, one: &Sight<'_>, other: &Sight<'_>) -> bool {
        self.0.contains(&(one.asset().id, other.asset().id))
    }
}

/// The records of which `head` is the first, when it has likely duplicates and none of them came before it.
///
/// Every record of the group is a likely duplicate of every other, so that a row of poles is no group. What is left out
/// for that reason is proposed once this group has been decided. `O(k² + log n)` with `k` records near.
pub(super) fn headed_by<'a>(seen: Seen<'a>, apart: &KeptApart, head: Sight<'a>) -> Option<Vec<Sight<'a>>> {
    if head.is_generalised() {
        return None;
    }
    let mut others: Vec<Sight<'a>> = twins(seen, head.asset())
        .map(|(sight, _)| sight)
        .filter(|sight| sight.territory() == head.territory() && !apart.holds(&head, sight))
        .collect();
    others.sort_by_key(|sight| sight.asset().id);
    if others.first()?.asset().id < head.asset().id {
        return None;
    }
    let mut group = vec![head];
    for sight in others {
        if group.iter().all(|member| !apart.holds(member, &sight) && are_twins(member, &sight)) {
            group.push(sight);
        }
    }
    Some(group)
}

/// Whether two records are likely of one structure.
pub(super) fn are_twins(one: &Sight<'_>, other: &Sight<'_>) -> bool {
    let distance = geodesy::nearest(&one.asset().shape, &other.asset().shape).distance;
    one.asset().class() == other.asset().class() && is_twin(one.asset(), other, distance)
}

/// How far the records of a group lie apart at most, and how far they may lie apart by what is known of their places, in
/// metres.
pub(super) fn spread(group: &[Sight<'_>]) -> (f64, f64) {
    let pairs = group.iter().enumerate().flat_map(|(n, one)| group[n + 1..].iter().map(move |other| (one, other)));
    pairs.fold((0.0, 0.0), |(apart, within), (one, other)| {
        let distance = geodesy::nearest(&one.asset().shape, &other.asset().shape).distance.get();
        (distance.max(apart), joint_accuracy(one.asset(), other).max(within))
    })
}

/// What was said of exactly these records last, whatever came of it.
pub(super) fn said_of<'a>(registry: &'a Registry, territory: &Territory, assets: &[AssetId]) -> Option<&'a Duplicate> {
    let state = registry.territories().get(territory)?;
    let about = state.duplicates.values().filter(|duplicate| duplicate.assets == assets);
    about.max_by_key(|duplicate| duplicate.answers.last().map(|answer| answer.at))
}
