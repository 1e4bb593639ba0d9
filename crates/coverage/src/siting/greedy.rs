//! A plan step by step, each step the best at its time and explained.

use std::collections::{BTreeSet, BinaryHeap};

use hatang_core::Capacity;

use super::heap::Worth;
use super::outcome::{Outcome, Rival, Totals, Why};
use super::question::Ready;

/// Picks, again and again, whatever serves the most anew: for its cost where there is a budget, and at all where there is
/// none.
///
/// Gains only ever shrink, so a candidate's last known gain is a bound and few candidates are counted anew at each step
/// ("lazy" greedy, Minoux 1978). Of `p` picks without costs the result is at least `1 − 1/e` of the optimum. Gain for cost
/// alone has no such bound, so where one candidate by itself beats the plan, it is the plan: then at least half of that.
///
/// Source: Khuller, Moss and Naor 1999, The budgeted maximum coverage problem, Theorem 3.
#[must_use]
pub fn greedy(ready: &Ready<'_>) -> Outcome {
    let steps = Steps::of(ready).run();
    let plan = Outcome::of(ready, steps);
    match best_single(ready) {
        Some(single) if plan.justified < single.gain => {
            Outcome::of(ready, [(single.candidate, phase_for(ready, single.candidate), Why::BestSingle)])
        }
        _ => plan,
    }
}

/// The candidate that serves the most by itself, where a budget makes that worth asking and nothing is forced.
fn best_single(ready: &Ready<'_>) -> Option<Worth> {
    let budget = ready.limits.budget().filter(|_| ready.limits.forced.is_empty())?;
    let affordable =
        |candidate: &usize| ready.usable[*candidate] && ready.question.candidates[*candidate].cost <= budget;
    let alone = |candidate: usize| Worth {
        gain: ready.counted[candidate].iter().map(|demand| ready.question.demand[*demand].weight()).sum(),
        per: 1,
        means: ready.question.candidates[candidate].means,
        candidate,
    };
    (0..ready.question.candidates.len()).filter(affordable).map(alone).max()
}

/// The first phase by the end of which a candidate alone can be paid.
fn phase_for(ready: &Ready<'_>, candidate: usize) -> usize {
    let cost = ready.question.candidates[candidate].cost;
    let spent = ready.limits.phases.iter().scan(0, |sum, phase| {
        *sum += phase;
        Some(*sum)
    });
    spent.take_while(|available| *available < cost).count()
}

/// The order in which some candidates are best realised, phase by phase.
pub(super) fn in_order(ready: &Ready<'_>, only: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let mut steps = Steps::of(ready);
    steps.forced.clear();
    steps.only = Some(only);
    let mut order: Vec<(usize, usize)> =
        steps.run().into_iter().map(|(candidate, phase, _)| (candidate, phase)).collect();
    // What serves nobody whom another does not serve as well comes last: it was forced.
    let last = ready.limits.phases.len().saturating_sub(1);
    let idle = only.iter().filter(|candidate| order.iter().all(|(done, _)| done != *candidate));
    let idle: Vec<(usize, usize)> = idle.map(|candidate| (*candidate, last)).collect();
    order.extend(idle);
    order
}

struct Steps<'a> {
    ready: &'a Ready<'a>,
    forced: Vec<usize>,
    only: Option<&'a BTreeSet<usize>>,
    counted: Vec<bool>,
    room: Vec<Capacity>,
    taken: Vec<bool>,
    left: Option<u64>,
    sites_left: usize,
    done: Vec<(usize, usize, Why)>,
}

impl<'a> Steps<'a> {
    fn of(ready: &'a Ready<'a>) -> Self {
        Self {
            ready,
            forced: ready.forced(),
            only: None,
            counted: vec![false; ready.question.demand.len()],
            room: ready.question.structures.clone(),
            taken: vec![false; ready.question.candidates.len()],
            left: ready.limits.budget().map(|_| 0),
            sites_left: ready.limits.sites.unwrap_or(usize::MAX),
            done: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<(usize, usize, Why)> {
        let phases: Vec<Option<u64>> = if self.ready.limits.phases.is_empty() {
            vec![None]
        } else {
            self.ready.limits.phases.iter().copied().map(Some).collect()
        };
        let mut owed = std::mem::take(&mut self.forced);
        for (phase, money) in phases.into_iter().enumerate() {
            self.left = self.left.zip(money).map(|(left, more)| left + more);
            // Forced candidates come first; one that this phase cannot pay yet waits, and nothing else is bought before it.
            owed.retain(|candidate| !(self.fits(*candidate) && self.take(*candidate, phase, Why::Forced)));
            if owed.is_empty() {
                self.fill(phase);
            }
        }
        self.done
    }

    /// Picks until nothing fits that serves anybody anew.
    fn fill(&mut self, phase: usize) {
        let mut heap: BinaryHeap<Worth> = (0..self.taken.len())
            .filter(|candidate| self.ready.usable[*candidate] && self.only.is_none_or(|only| only.contains(candidate)))
            .map(|candidate| self.worth(candidate))
            .collect();
        while let Some(best) = self.best(&mut heap) {
            let next = self.best(&mut heap);
            heap.extend(next);
            let next = next.map(|next| self.rival(next.candidate, next.gain));
            let why = Why::Most { next, passed_over: self.passed_over(best) };
            self.take(best.candidate, phase, why);
        }
    }

    /// The best that fits: bounds are counted anew until one holds.
    fn best(&self, heap: &mut BinaryHeap<Worth>) -> Option<Worth> {
        while let Some(bound) = heap.pop() {
            if !self.fits(bound.candidate) {
                continue;
            }
            let now = self.worth(bound.candidate);
            if now.gain == 0 {
                continue;
            }
            if heap.peek().is_none_or(|other| *other <= now) {
                return Some(now);
            }
            heap.push(now);
        }
        None
    }

    fn fits(&self, candidate: usize) -> bool {
        let asked = &self.ready.question.candidates[candidate];
        !self.taken[candidate]
            && 0 < self.sites_left
            && self.left.is_none_or(|left| asked.cost <= left)
            && asked.structure.is_none_or(|structure| matches!(self.room[structure], Capacity::Known(1..)))
    }

    fn worth(&self, candidate: usize) -> Worth {
        let asked = &self.ready.question.candidates[candidate];
        let anew = self.ready.counted[candidate].iter().filter(|demand| !self.counted[**demand]);
        Worth {
            gain: anew.map(|demand| self.ready.question.demand[*demand].weight()).sum(),
            per: if self.left.is_some() { asked.cost } else { 1 },
            means: asked.means,
            candidate,
        }
    }

    /// The best less preferred candidate that would serve more for its cost, had everybody counted for it.
    fn passed_over(&self, best: Worth) -> Option<Rival> {
        let rank = |means| self.ready.limits.preference.rank(means);
        let candidates = self.ready.question.candidates.iter().enumerate();
        let less_preferred = candidates.filter(|(index, other)| {
            rank(best.means) < rank(other.means) && self.ready.usable[*index] && self.fits(*index)
        });
        let with_everybody = less_preferred.map(|(candidate, other)| {
            let anew = other.covers.iter().filter(|demand| !self.counted[**demand]);
            let gain: Totals = anew.map(|demand| self.ready.question.demand[*demand]).collect();
            Worth {
                gain: gain.weight,
                per: if self.left.is_some() { other.cost } else { 1 },
                means: other.means,
                candidate,
            }
        });
        with_everybody.max().filter(|other| best < *other).map(|other| self.rival(other.candidate, other.gain))
    }

    fn rival(&self, candidate: usize, gain: u64) -> Rival {
        let asked = &self.ready.question.candidates[candidate];
        Rival { candidate, means: asked.means, gain, cost: asked.cost }
    }

    fn take(&mut self, candidate: usize, phase: usize, why: Why) -> bool {
        let asked = &self.ready.question.candidates[candidate];
        for demand in &self.ready.counted[candidate] {
            self.counted[*demand] = true;
        }
        if let Some(Capacity::Known(free)) = asked.structure.map(|structure| &mut self.room[structure]) {
            *free -= 1;
        }
        self.left = self.left.map(|left| left - asked.cost);
        self.sites_left -= 1;
        self.taken[candidate] = true;
        self.done.push((candidate, phase, why));
        true
    }
}
