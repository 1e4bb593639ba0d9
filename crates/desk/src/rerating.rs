//! Findings that expire: which kept screenings no longer say what would be found today.
//!
//! Each screening's reads are noted (see [`Reads`]) in an index by place. A change in the registry leads through that index to
//! the few screenings that looked there; only those are computed again, and only a difference in substance is told. The way
//! of a route is looked at by itself: it is most of the work, and most changes do not touch it.
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
    case::{About, CaseId, Changed, Outcome, Side, changes},
    registry::{Ground, ReachIndex},
};
use hatang_review::Part;

pub use self::change::Change;
use crate::{day::vietnam_day, desk::Desk, outcomes::outcomes, screen_request::judge_part};

/// One side's newest screening of a request.
type Judged = (CaseId, Side);
/// A part of it that is looked at by itself.
type Looked = (CaseId, Side, Part);
/// Those parts. One part's changes are never the other's.
const PARTS: [Part; 2] = [Part::Way, Part::AllButWay];
/// What it would say differently now, and where that judgement looks.
type Again = (Vec<Changed>, BTreeMap<Ground, BoundingBox>);

/// So many are judged again before others may have the registry: enough to keep every core busy, and some milliseconds.
const AT_ONCE: usize = 32;

/// What has expired, as far as it has been looked at, and what is still to be looked at.
#[derive(Debug, Default)]
pub struct Rerating {
    index: ReachIndex<Looked>,
    stale: BTreeSet<Looked>,
    found: BTreeMap<Looked, Vec<Changed>>,
}

impl Rerating {
    /// Everything open is to be looked at: nobody knows what happened before.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let ids = registry.cases().all().map(|held| held.case.id);
        let stale = ids.flat_map(|id| [(id, Side::Applicant), (id, Side::Office)]).flat_map(parts_of).collect();
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
        self.stale.extend(change.judged.iter().copied().flat_map(parts_of));
    }

    /// Looks at some screenings that may have expired, on all cores; whether there were any.
    pub fn step(&mut self, registry: &Registry) -> bool {
        let some: Vec<Looked> = std::iter::from_fn(|| self.stale.pop_first()).take(AT_ONCE).collect();
        for (looked, again) in some.iter().zip(rerate_all(registry, &some)) {
            self.keep(*looked, again);
        }
        !some.is_empty()
    }

    fn keep(&mut self, looked: Looked, again: Option<Again>) {
        let Some((changes, boxes)) = again else {
            self.index.remove(looked);
            self.found.remove(&looked);
            return;
        };
        self.index.put(looked, boxes);
        if changes.is_empty() {
            self.found.remove(&looked);
        } else {
            self.found.insert(looked, changes);
        }
    }

    /// How many screenings are still to be looked at, in part or as a whole.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.stale.iter().map(|(id, side, _)| (id, side)).collect::<BTreeSet<_>>().len()
    }

    /// What differs from one side's newest screening of a request, in the order of its parts; nothing while it still stands.
    #[must_use]
    pub fn changes(&self, id: CaseId, side: Side) -> Vec<Changed> {
        in_order(parts_of((id, side)).filter_map(|looked| self.found.get(&looked)).flatten().cloned().collect())
    }
}

fn parts_of((id, side): Judged) -> impl Iterator<Item = Looked> {
    PARTS.into_iter().map(move |part| (id, side, part))
}

/// Whether a part of an answer is found by a part of the judgement.
fn is_of(part: Part, outcome: &Outcome) -> bool {
    (outcome.about == About::Way) == (part == Part::Way)
}

fn in_order(mut changes: Vec<Changed>) -> Vec<Changed> {
    let place = |one: &Changed| one.now.as_ref().or(one.before.as_ref()).map(|part| (part.item, part.about.clone()));
    changes.sort_by_cached_key(place);
    changes
}

/// What one side's newest screening of a request that is open, or answered and not built, would say differently now.
#[must_use]
pub fn rerate(registry: &Registry, judged: Judged) -> Option<Vec<Changed>> {
    let parts = parts_of(judged).map(|looked| Some(rerate_part(registry, looked)?.0)).collect::<Option<Vec<_>>>()?;
    Some(in_order(parts.concat()))
}

/// The same of a part, and where the judgement on it looks.
fn rerate_part(registry: &Registry, (id, side, part): Looked) -> Option<Again> {
    let held = registry.cases().all_by_id(id).filter(|held| held.case.is_current())?;
    let kept = registry.cases().newest(held.case.id, side)?;
    let rules = registry.rule_sets().get(&kept.rule_set)?;
    if part == Part::Way && !kept.items.iter().any(|item| item.class.is_line()) {
        return Some((Vec::new(), BTreeMap::new()));
    }
    let reads = Reads::default();
    let (eyes, on) = (kept.eyes.viewer(), vietnam_day(kept.at));
    let screened = judge_part(registry, &eyes, &kept.items, rules, on, (part, &reads));
    let before: Vec<Outcome> = kept.outcomes.iter().filter(|outcome| is_of(part, outcome)).cloned().collect();
    Some((changes(&before, &outcomes(&screened)), reads.into_boxes()))
}

/// The same of several, in their order, on as many threads as there are cores: of their own, so that nobody waits here for
/// a coverage run while the registry is held.
fn rerate_all(registry: &Registry, several: &[Looked]) -> Vec<Option<Again>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = several.len().div_ceil(cores).max(1);
    let rerated = |part: &[Looked]| part.iter().map(|looked| rerate_part(registry, *looked)).collect::<Vec<_>>();
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
