//! Findings that expire: which kept screenings no longer say what would be found today.
//!
//! Each screening's reads are noted (see [`Reads`]) in an index by place. A change in the registry leads through that index to
//! the few screenings that looked there; only those are computed again, and only a difference in substance is told.
//!
//! Locks are taken in one order: what is to be re-rated first, the registry inside it. A change is noted after the registry
//! has it, so that a re-rating that ran in between is done again rather than lost.

mod change;

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{
    BoundingBox, Reads, Registry,
    case::{CaseId, Changed, Side, changes},
    registry::{Ground, ReachIndex},
};

pub use self::change::Change;
use crate::{day::vietnam_day, desk::Desk, outcomes::outcomes, screen_request::judge};

/// One side's newest screening of a request.
type Judged = (CaseId, Side);

/// What has expired, as far as it has been looked at, and what is still to be looked at.
#[derive(Debug, Default)]
pub struct Rerating {
    index: ReachIndex<Judged>,
    stale: BTreeSet<Judged>,
    found: BTreeMap<Judged, Vec<Changed>>,
}

impl Rerating {
    /// Everything open is to be looked at: nobody knows what happened before.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let ids = registry.cases().all().map(|held| held.case.id);
        let stale = ids.flat_map(|id| [(id, Side::Applicant), (id, Side::Office)]).collect();
        Self { stale, ..Self::default() }
    }

    /// Notes whose judgements a change may touch. `O(log n + k)` for a change at a place.
    pub fn changed(&mut self, change: &Change) {
        for (ground, boxes) in &change.places {
            self.stale.extend(self.index.meeting(*ground, boxes));
        }
        if change.everywhere {
            self.stale.extend(self.index.keys());
        }
        self.stale.extend(&change.judged);
    }

    /// Looks at one screening that may have expired; whether there was one.
    pub fn step(&mut self, registry: &Registry) -> bool {
        let Some(judged) = self.stale.pop_first() else { return false };
        if let Some((changes, boxes)) = rerate(registry, judged) {
            self.index.put(judged, boxes);
            if changes.is_empty() {
                self.found.remove(&judged)
            } else {
                self.found.insert(judged, changes)
            };
        } else {
            self.index.remove(judged);
            self.found.remove(&judged);
        }
        true
    }

    /// How many screenings are still to be looked at.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.stale.len()
    }

    /// What differs from one side's newest screening of a request; nothing while it still stands.
    #[must_use]
    pub fn changes(&self, id: CaseId, side: Side) -> &[Changed] {
        self.found.get(&(id, side)).map_or(&[], Vec::as_slice)
    }
}

/// What one side's newest screening of an open request would say differently now, and where that judgement looks.
#[must_use]
pub fn rerate(registry: &Registry, (id, side): Judged) -> Option<(Vec<Changed>, BTreeMap<Ground, BoundingBox>)> {
    let held = registry.cases().all_by_id(id).filter(|held| held.case.state.is_open())?;
    let kept = registry.cases().newest(held.case.id, side)?;
    let rules = registry.rule_sets().get(&kept.rule_set)?;
    let reads = Reads::default();
    let screened = judge(registry, &kept.eyes.viewer(), &kept.items, rules, vietnam_day(kept.at), &reads);
    Some((changes(&kept.outcomes, &outcomes(&screened)), reads.into_boxes()))
}

/// Looks at everything that may have expired. CPU-bound: call it off the asynchronous threads.
pub(crate) fn rerate_waiting(desk: &Desk) {
    loop {
        let mut rerating = desk.rerating();
        if !desk.read(|registry| rerating.step(registry)) {
            return;
        }
    }
}
