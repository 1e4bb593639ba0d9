//! Findings that expire: which kept screenings no longer say what would be found today.
//!
//! Each screening's reads are noted (see [`Reads`]) in an index by place. A change in the registry leads through that index to
//! the few screenings that looked there; only those are computed again, and only a difference in substance is told.
//!
//! Locks are taken in one order: what is to be re-rated first, the registry inside it. A change is noted after the registry
//! has it, so that a re-rating that ran in between is done again rather than lost.

mod change;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZero,
    panic, thread,
};

use hatang_core::{
    BoundingBox, Reads, Registry,
    case::{CaseId, Changed, Side, changes},
    registry::{Ground, ReachIndex},
};

pub use self::change::Change;
use crate::{day::vietnam_day, desk::Desk, outcomes::outcomes, screen_request::judge};

/// One side's newest screening of a request.
type Judged = (CaseId, Side);
/// What it would say differently now, and where that judgement looks.
type Again = (Vec<Changed>, BTreeMap<Ground, BoundingBox>);

/// So many are judged again before others may have the registry: enough to keep every core busy, and some milliseconds.
const AT_ONCE: usize = 32;

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

    /// Looks at some screenings that may have expired, on all cores; whether there were any.
    pub fn step(&mut self, registry: &Registry) -> bool {
        let some: Vec<Judged> = std::iter::from_fn(|| self.stale.pop_first()).take(AT_ONCE).collect();
        for (judged, again) in some.iter().zip(rerate_all(registry, &some)) {
            self.keep(*judged, again);
        }
        !some.is_empty()
    }

    fn keep(&mut self, judged: Judged, again: Option<Again>) {
        let Some((changes, boxes)) = again else {
            self.index.remove(judged);
            self.found.remove(&judged);
            return;
        };
        self.index.put(judged, boxes);
        if changes.is_empty() {
            self.found.remove(&judged);
        } else {
            self.found.insert(judged, changes);
        }
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
pub fn rerate(registry: &Registry, (id, side): Judged) -> Option<Again> {
    let held = registry.cases().all_by_id(id).filter(|held| held.case.state.is_open())?;
    let kept = registry.cases().newest(held.case.id, side)?;
    let rules = registry.rule_sets().get(&kept.rule_set)?;
    let reads = Reads::default();
    let screened = judge(registry, &kept.eyes.viewer(), &kept.items, rules, vietnam_day(kept.at), &reads);
    Some((changes(&kept.outcomes, &outcomes(&screened)), reads.into_boxes()))
}

/// The same of several, in their order, on as many threads as there are cores: of their own, so that nobody waits here for
/// a coverage run while the registry is held.
fn rerate_all(registry: &Registry, several: &[Judged]) -> Vec<Option<Again>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = several.len().div_ceil(cores).max(1);
    let rerated = |part: &[Judged]| part.iter().map(|judged| rerate(registry, *judged)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let mut parts = several.chunks(share);
        let own = parts.next().unwrap_or_default();
        let others: Vec<_> = parts.map(|part| scope.spawn(move || rerated(part))).collect();
        let mut again = rerated(own);
        for other in others {
            again.extend(other.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
        }
        again
    })
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
