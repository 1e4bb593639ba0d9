//! What a closing plan answers.

use std::iter::Sum;

use hatang_core::NullReason;
use serde::Serialize;

use super::question::{Demand, Means, Ready};

/// People and places together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// People.
    pub people: u64,
    /// Priority places.
    pub places: u64,
    /// What both count together.
    pub weight: u64,
}

impl FromIterator<Demand> for Totals {
    fn from_iter<T: IntoIterator<Item = Demand>>(demand: T) -> Self {
        demand.into_iter().fold(Self::default(), |sum, one| Self {
            people: sum.people + one.people,
            places: sum.places + u64::from(one.places),
            weight: sum.weight + one.weight(),
        })
    }
}

impl Sum for Totals {
    fn sum<I: Iterator<Item = Self>>(totals: I) -> Self {
        totals.fold(Self::default(), |sum, one| Self {
            people: sum.people + one.people,
            places: sum.places + one.places,
            weight: sum.weight + one.weight,
        })
    }
}

/// A candidate that was not picked at a step, with what it would have brought then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rival {
    /// Its index.
    pub candidate: usize,
    /// How it would have been realised.
    pub means: Means,
    /// The weight that it would have served anew.
    pub gain: u64,
    /// What it costs.
    pub cost: u64,
}

/// Why a candidate was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Why {
    /// The planner demands it.
    Forced,
    /// It served the most anew, for its cost where there is a budget, of what still fitted the limits.
    Most {
        /// The next best.
        next: Option<Rival>,
        /// A less preferred means that would have served more for its cost, had everybody counted.
        passed_over: Option<Rival>,
    },
    /// By itself it serves more than everything that the money would have bought step by step.
    BestSingle,
    /// It belongs to the optimum.
    Optimum,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pick {
    /// The candidate's index.
    pub candidate: usize,
    /// The phase that pays for it, from zero.
    pub phase: usize,
    /// What it costs.
    pub cost: u64,
    /// Those whom it serves and nothing picked before does.
    pub gain: Totals,
    /// The part of that weight which justifies its means.
    pub justified: u64,
    /// Why it was picked.
    pub why: Why,
}

/// Why a candidate cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum WhyUnusable {
    /// Nobody has said whether a place is free; unknown is never free.
    AskTheOwner {
        /// Why it is not known.
        #[serde(rename = "missing")]
        reason: NullReason,
    },
    /// Every place is taken.
    Full,
    /// The planner forbids it.
    Forbidden,
}

/// A candidate that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unusable {
    /// Its index.
    pub candidate: usize,
    /// Why.
    pub why: WhyUnusable,
    /// Those out of reach whom it would serve.
    pub would_serve: Totals,
}

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// What to do, in order.
    pub picks: Vec<Pick>,
    /// Everybody whom the picks serve.
    pub served: Totals,
    /// The weight that justifies the picks: what was maximised.
    pub justified: u64,
    /// What they cost.
    pub cost: u64,
}

impl Outcome {
    /// Counts some picks, given in order as candidate, phase and reason.
    pub(super) fn of(ready: &Ready<'_>, picks: impl IntoIterator<Item = (usize, usize, Why)>) -> Self {
        let question = ready.question;
        let (mut served, mut counted) = (vec![false; question.demand.len()], vec![false; question.demand.len()]);
        let mut outcome = Self::default();
        for (candidate, phase, why) in picks {
            let asked = &question.candidates[candidate];
            let anew = asked.covers.iter().copied().filter(|demand| !std::mem::replace(&mut served[*demand], true));
            let gain: Totals = anew.map(|demand| question.demand[demand]).collect();
            let own = ready.counted[candidate].iter().copied();
            let justified = own
                .filter(|demand| !std::mem::replace(&mut counted[*demand], true))
                .map(|demand| question.demand[demand].weight())
                .sum();
            outcome.cost += asked.cost;
            outcome.justified += justified;
            outcome.served = [outcome.served, gain].into_iter().sum();
            outcome.picks.push(Pick { candidate, phase, cost: asked.cost, gain, justified, why });
        }
        outcome
    }
}
