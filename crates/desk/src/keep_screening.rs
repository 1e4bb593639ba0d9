//! Screens a request and keeps the answer with everything that it rests on.

use std::collections::BTreeMap;

use hatang_core::{
    Event, RuleId, RuleSetCode, Viewer,
    case::{CaseId, CaseStep, Eyes, KeptScreening, ScreeningId},
};
use hatang_review::Screened;
use hatang_store::Expected;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    cases::{held, step},
    day::vietnam_day,
    desk::Desk,
    error::DeskError,
    outcomes::outcomes,
    permission::{About, Action},
    screen_request::{Screening, screen_items},
};

/// A screening that was kept.
#[derive(Clone, Debug, Serialize)]
pub struct ScreeningReceipt {
    /// Its identity.
    pub id: ScreeningId,
    /// The request that it judges.
    pub case: CaseId,
}

/// Screens a request as its applicant or as the office, and keeps the answer.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the request is not open, or its rule set is gone.
pub async fn keep_screening(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    rule_set: Option<RuleSetCode>,
) -> Result<ScreeningReceipt, DeskError> {
    let held = held(desk, who, id)?;
    step(&held.case, CaseStep::Screen)?;
    let about = About::owner(&held.case.applicant).in_state(held.case.state.code());
    // The account is left out: the same eyes see the same, whoever they belong to.
    let eyes = if who.role.is_official() {
        desk.may(who, Action::AssessCase, about)?;
        Eyes::of(who)
    } else {
        desk.may(who, Action::FileCase, about)?;
        // Whom the applicant lets file sees what the applicant sees, and the applicant nothing of what is the filer's.
        Eyes::of(&Viewer::of(who.role, Some(held.case.applicant.clone())))
    };
    let chosen = rule_set.or_else(|| held.case.rule_set.clone());
    let at = desk.edge.now();
    let answer = compute(desk, &eyes, &held.case.items, chosen.as_ref(), vietnam_day(at))?;
    let screening = KeptScreening {
        id: ScreeningId(desk.edge.new_uuid()),
        case: id,
        eyes,
        at,
        positions: answer.read_to.clone(),
        rule_set: answer.ruleset.clone(),
        rules: rules(&answer),
        program: PROGRAM.to_owned(),
        items: held.case.items,
        outcomes: outcomes(&screened(&answer)),
        answer: bytes(&answer),
    };
    let receipt = ScreeningReceipt { id: screening.id, case: id };
    let event = Event::CaseScreened { screening: Box::new(screening) };
    desk.append(&held.journal.without_confidence(), vec![(Expected::New, event)], who).await?;
    Ok(receipt)
}

/// The version of this program.
pub(crate) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The answer to structures as some eyes see them, by the rules of one day.
pub(crate) fn compute(
    desk: &Desk,
    eyes: &Eyes,
    items: &[hatang_core::RequestItem],
    rule_set: Option<&RuleSetCode>,
    on: Date,
) -> Result<Screening, DeskError> {
    screen_items(desk, &eyes.viewer(), items, &[], rule_set, on)
}

/// The answer as it is kept: the same answer gives the same bytes.
pub(crate) fn bytes(answer: &Screening) -> String {
    serde_json::to_string(answer).expect("an answer has no map with keys other than texts")
}

pub(crate) fn screened(answer: &Screening) -> Vec<Screened> {
    answer.items.iter().map(|item| item.screened.clone()).collect()
}

fn rules(answer: &Screening) -> BTreeMap<RuleId, u32> {
    let findings = answer.items.iter().flat_map(|item| &item.screened.findings);
    findings.map(|finding| (finding.rule.clone(), finding.version)).collect()
}
