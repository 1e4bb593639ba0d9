//! What was handed in and still waits.

use std::collections::BTreeSet;

use hatang_core::{AssetId, Case, CaseState, RequestItem, Seen, View, case::CaseKind, plan::Plan};

/// The structures of requests that wait, each with its request. One that the plan holds is none of them: its planned twin
/// speaks for it there, and the same need would count twice. Where the viewer may not see the twin the structure stays.
///
/// `plan` is the one that needs are looked for in beside the requests, which need not be the territory's own.
pub(crate) fn still_waiting<'a>(
    cases: impl Iterator<Item = &'a Case>,
    plan: Option<&Plan>,
    seen: Seen<'_>,
) -> Vec<(&'a Case, &'a RequestItem)> {
    let cases: Vec<&Case> = cases.filter(|case| case.state == CaseState::Submitted).collect();
    // Only what was handed in for a year's plan is ever adopted: without any the plan need not be looked through.
    let of_a_year = |case: &Case| case.kind() == CaseKind::YearlyPlan;
    let plan = plan.filter(|_| cases.iter().any(|case| of_a_year(case)));
    let twins: BTreeSet<AssetId> = plan
        .into_iter()
        .flat_map(|plan| &plan.planned)
        .filter(|twin| matches!(seen.view_of_planned(twin), View::Exact(_)))
        .map(|twin| twin.id)
        .collect();
    let is_planned = |case: &Case, number: u32| of_a_year(case) && twins.contains(&case.planned_id(number));
    let mut waiting = Vec::new();
    for case in cases {
        let numbered = (1..).zip(&case.items).filter(|(number, _)| !is_planned(case, *number));
        waiting.extend(numbered.map(|(_, item)| (case, item)));
    }
    waiting
}
