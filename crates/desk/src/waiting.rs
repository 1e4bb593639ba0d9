//! What was handed in and still waits, and what has been answered and does not stand yet.

use std::collections::BTreeSet;

use hatang_core::{Asset, AssetId, Case, CaseState, RequestItem, Seen, View, case::CaseKind, plan::Plan};

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

/// The structures of requests that have been answered positively and do not stand yet, each with its request and its number
/// there. One whose owner has registered a standing structure with its code is none of them.
pub(crate) fn unbuilt<'a>(
    cases: impl Iterator<Item = &'a Case>,
    seen: Seen<'_>,
) -> impl Iterator<Item = (&'a Case, u32, &'a RequestItem)> {
    let stands = move |item: &RequestItem| {
        let code = item.code.as_ref();
        code.and_then(|code| seen.by_code(&item.owner, item.class, code)).is_some_and(|it| it.asset().status.stands())
    };
    let to_be_built = cases.filter(|case| case.is_to_be_built());
    let structures =
        to_be_built.flat_map(|case| (1..).zip(&case.items).map(move |(number, item)| (case, number, item)));
    structures.filter(move |(.., item)| !stands(item))
}

/// The same as objects like those of the plan. An upgrade is none of them: what it changes counts already.
pub(crate) fn still_unbuilt<'a>(cases: impl Iterator<Item = &'a Case>, seen: Seen<'_>) -> Vec<Asset> {
    let new = unbuilt(cases, seen).filter(|(.., item)| item.upgrades.is_none());
    let twin = |(case, number, item): (&Case, u32, &RequestItem)| {
        item.planned_twin(case.planned_id(number), format!("{}/{number}", case.reference))
    };
    new.map(twin).collect()
}
