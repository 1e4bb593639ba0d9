//! The optimum of a closing plan, as an integer linear programme.

use std::collections::{BTreeMap, BTreeSet};

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, variable};
use hatang_core::Capacity;

use super::greedy::in_order;
use super::outcome::{Outcome, Why};
use super::question::Ready;

/// Why there is no optimum to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOptimum {
    /// The programme is larger than is solved in reasonable time.
    #[error("{rows} groups of demand by {columns} candidates are too many for an exact answer; the limit is {limit}")]
    TooLarge {
        /// Groups of demand that the same candidates serve.
        rows: usize,
        /// Candidates that serve any of them.
        columns: usize,
        /// The greatest product of both.
        limit: usize,
    },
    /// The solver gave up.
    #[error("the solver found no optimum: {0}")]
    Solver(String),
}

/// The largest product of groups and candidates that is solved.
pub const LARGEST: usize = 2_000_000;

/// Finds the plan that serves the greatest weight, and of several such plans a cheapest one. What it picks is ordered as
/// [`super::greedy()`] would order it.
///
/// Places that the same candidates serve are one variable, which leaves the optimum as it is.
///
/// # Errors
/// [`NoOptimum`] when the programme is too large or the solver fails.
pub fn exact(ready: &Ready<'_>) -> Result<Outcome, NoOptimum> {
    let groups = groups(ready);
    let columns: BTreeSet<usize> = groups.keys().flatten().copied().chain(ready.forced()).collect();
    let size = groups.len().saturating_mul(columns.len());
    if LARGEST < size {
        return Err(NoOptimum::TooLarge { rows: groups.len(), columns: columns.len(), limit: LARGEST });
    }
    let picked = if columns.is_empty() { BTreeSet::new() } else { solve(ready, &groups, &columns)? };
    Ok(Outcome::of(
        ready,
        in_order(ready, &picked).into_iter().map(|(candidate, phase)| (candidate, phase, Why::Optimum)),
    ))
}

/// The weight of the demand that the same candidates may serve, by those candidates.
fn groups(ready: &Ready<'_>) -> BTreeMap<Vec<usize>, u64> {
    let mut by: Vec<Vec<usize>> = vec![Vec::new(); ready.question.demand.len()];
    for (candidate, counted) in ready.counted.iter().enumerate() {
        for demand in counted {
            by[*demand].push(candidate);
        }
    }
    let mut groups: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    for (demand, by) in by.into_iter().enumerate().filter(|(_, by)| !by.is_empty()) {
        *groups.entry(by).or_default() += ready.question.demand[demand].weight();
    }
    groups.retain(|_, weight| 0 < *weight);
    groups
}

#[expect(clippy::cast_precision_loss, reason = "people and money stay far below 2⁵³")]
fn solve(
    ready: &Ready<'_>,
    groups: &BTreeMap<Vec<usize>, u64>,
    columns: &BTreeSet<usize>,
) -> Result<BTreeSet<usize>, NoOptimum> {
    let (question, limits) = (ready.question, ready.limits);
    let forced = ready.forced();
    let mut variables = ProblemVariables::new();
    let picked: BTreeMap<usize, Variable> = columns
        .iter()
        .map(|candidate| {
            let least = if forced.contains(candidate) { 1.0 } else { 0.0 };
            (*candidate, variables.add(variable().integer().min(least).max(1.0)))
        })
        .collect();
    // Served or not follows from what is picked, so this need not be an integer variable.
    let served: Vec<(Variable, &Vec<usize>, u64)> =
        groups.iter().map(|(by, weight)| (variables.add(variable().min(0.0).max(1.0)), by, *weight)).collect();
    let cost_of = |candidate: &usize| question.candidates[*candidate].cost as f64;
    let weight: Expression = served.iter().map(|(served, _, weight)| *served * (*weight as f64)).sum();
    // All costs together weigh less than one person, so that they only tell optima apart.
    let all: f64 = columns.iter().map(|candidate| cost_of(candidate) + 1.0).sum();
    let costs: Expression =
        picked.iter().map(|(candidate, pick)| *pick * ((cost_of(candidate) + 1.0) * 0.4 / all)).sum();
    let mut model = variables.maximise(weight - costs).using(SOLVER);
    for (served, by, _) in &served {
        let any: Expression = by.iter().map(|candidate| picked[candidate]).sum();
        model.add_constraint(constraint!(*served <= any));
    }
    if let Some(budget) = limits.budget() {
        let spent: Expression = picked.iter().map(|(candidate, pick)| *pick * cost_of(candidate)).sum();
        model.add_constraint(constraint!(spent <= budget as f64));
    }
    if let Some(sites) = limits.sites {
        let number: Expression = picked.values().copied().sum();
        model.add_constraint(constraint!(number <= sites as f64));
    }
    for (structure, room) in question.structures.iter().enumerate() {
        let on_it =
            picked.iter().filter(|(candidate, _)| question.candidates[**candidate].structure == Some(structure));
        let on_it: Vec<Variable> = on_it.map(|(_, pick)| *pick).collect();
        if let (Capacity::Known(free), true) = (room, 1 < on_it.len()) {
            let number: Expression = on_it.into_iter().sum();
            model.add_constraint(constraint!(number <= f64::from(*free)));
        }
    }
    let solution = model.solve().map_err(|error| NoOptimum::Solver(error.to_string()))?;
    Ok(picked.iter().filter(|(_, pick)| 0.5 < solution.value(**pick)).map(|(candidate, _)| *candidate).collect())
}

#[cfg(not(feature = "highs"))]
use good_lp::microlp as SOLVER;

#[cfg(feature = "highs")]
use good_lp::highs as SOLVER;
