//! The plan as a sheet: what it is called, since when, what it wants to reach, what it holds and what it lacks.

use std::collections::BTreeSet;

use hatang_core::{
    Record, Registry, RuleSetCode, Stream, Territory, Text, View, Viewer,
    plan::{Plan, Target},
    view,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{
    day::vietnam_day,
    describe_rule_sets::{Change, changes},
    desk::{Desk, home_of},
    error::DeskError,
    past_plan::{boundaries_on, keep_works_shown, newest, works_on},
    plan_layer::{PlanLayer, of_plan, outline, works},
};

/// The plan in force, with its changes.
#[derive(Clone, Debug, Serialize)]
pub struct PlanSheet {
    /// What it is called.
    pub title: Text,
    /// The document that adopted it.
    pub instrument: String,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// The years whose plan has been issued as a part of it.
    pub years_issued: BTreeSet<i16>,
    /// Whether all of it is invented for trying out.
    pub synthetic: bool,
    /// The rule set that requests are judged by.
    pub rule_set: RuleSetCode,
    /// What is to be reached.
    pub targets: Vec<Target>,
    /// Parts that hold everything there is.
    pub complete: Vec<String>,
    /// How many records each part holds.
    pub parts: Vec<PlanPart>,
    /// Its changes, the newest first; for officials only.
    pub changes: Vec<Change>,
}

/// One part of the plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanPart {
    /// Its word: `zones`, `roads`, `dykes`…
    pub part: String,
    /// How many records the viewer may see.
    pub count: usize,
    /// Whether the plan says that it holds everything there is.
    pub complete: bool,
}

/// The plan as it is; none while none is loaded.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub async fn describe_plan(desk: &Desk, who: &Viewer) -> Result<Option<PlanSheet>, DeskError> {
    let (territory, plan) =
        desk.read(|registry| (home_of(registry), registry.home().and_then(|(_, state)| state.plan.clone())));
    let Some(plan) = plan else { return Ok(None) };
    // How often the plan has changed, when and why, may tell what somebody else plans.
    let changes =
        if who.is_official_of(&territory) { changes(desk, &territory, &Stream::Plan).await? } else { Vec::new() };
    Ok(Some(PlanSheet { parts: parts(&plan, who, &territory), changes, ..sheet(plan) }))
}

/// The plan as it was recorded at the end of a day, with the changes until then; none when there was none.
///
/// # Errors
/// As [`describe_plan`].
pub async fn describe_plan_as_of(desk: &Desk, who: &Viewer, as_of: Date) -> Result<Option<PlanSheet>, DeskError> {
    let territory = desk.read(home_of);
    let Some(plan) = plan_on(desk, who, &territory, as_of).await? else { return Ok(None) };
    let mut past =
        if who.is_official_of(&territory) { changes(desk, &territory, &Stream::Plan).await? } else { Vec::new() };
    past.retain(|change| vietnam_day(change.at) <= as_of);
    Ok(Some(PlanSheet { parts: parts(&plan, who, &territory), changes: past, ..sheet(plan) }))
}

fn sheet(plan: Plan) -> PlanSheet {
    PlanSheet {
        title: plan.title,
        instrument: plan.instrument,
        valid_from: plan.valid_from,
        valid_to: plan.valid_to,
        years_issued: plan.years_issued,
        synthetic: plan.synthetic,
        rule_set: plan.rule_set,
        targets: plan.targets,
        complete: plan.complete,
        parts: Vec::new(),
        changes: Vec::new(),
    }
}

fn parts(plan: &Plan, who: &Viewer, home: &Territory) -> Vec<PlanPart> {
    let shown = PlanLayer::ALL.into_iter().filter(|(_, layer)| layer.is_of_plan());
    let part = |(word, layer): (&'static str, PlanLayer)| PlanPart {
        part: word.to_owned(),
        count: of_plan(plan, who, home, layer).len(),
        complete: plan.is_complete(word),
    };
    shown.map(part).collect()
}

/// A layer as it was recorded at the end of a day: of the plan, the outlines or the works; empty when there was none.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub async fn plan_layer_as_of(
    desk: &Desk,
    who: &Viewer,
    layer: PlanLayer,
    as_of: Date,
) -> Result<Vec<Value>, DeskError> {
    let territory = desk.read(home_of);
    Ok(match layer {
        PlanLayer::Boundary => {
            boundaries_on(desk, &territory, as_of).await?.iter().map(|both| outline(&both.home)).collect()
        }
        PlanLayer::Neighbours => {
            let outlines = boundaries_on(desk, &territory, as_of).await?;
            outlines.iter().flat_map(|both| &both.neighbours).map(outline).collect()
        }
        PlanLayer::Works => {
            let mut past = works_on(desk, &territory, as_of).await?;
            desk.read(|registry| keep_works_shown(&mut past, registry, who, as_of, desk.today()));
            past.iter().map(works).collect()
        }
        _ => {
            let plan = plan_on(desk, who, &territory, as_of).await?;
            plan.map_or_else(Vec::new, |plan| of_plan(&plan, who, &territory, layer))
        }
    })
}

/// The plan as it was recorded at the end of a day, without what is hidden today.
async fn plan_on(desk: &Desk, who: &Viewer, home: &Territory, as_of: Date) -> Result<Option<Plan>, DeskError> {
    let Some((_, Record::Plan { mut plan })) = newest(desk, home, &Stream::Plan, as_of).await? else { return Ok(None) };
    desk.read(|registry| keep_shown_today(&mut plan, registry, who, home));
    Ok(Some(*plan))
}

/// Takes out of a past plan what is hidden from the viewer today or blurred otherwise: a past that has become a secret is
/// one. What the plan of today no longer holds is shown as it was.
pub(crate) fn keep_shown_today(past: &mut Plan, registry: &Registry, who: &Viewer, home: &Territory) {
    let Some(today) = registry.home().and_then(|(_, state)| state.plan.as_ref()) else { return };
    past.planned.retain(|then| {
        let now = today.planned.iter().find(|now| now.id == then.id);
        let is_blurred = |asset| view(who, asset, home) == View::Generalised;
        now.is_none_or(|now| view(who, now, home) != View::Hidden && is_blurred(now) == is_blurred(then))
    });
}
