//! What the use cases of requests share.

use hatang_core::{
    Event, OrganisationCode, Territory, Version, Viewer,
    case::{Case, CaseId, CaseState, CaseStep},
    registry::HeldCase,
};
use hatang_store::Expected;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// Where a request stands after something was done to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseReceipt {
    /// The request.
    pub id: CaseId,
    /// Its number.
    pub reference: String,
    /// How far it has come.
    pub state: CaseState,
    /// Its version, which the next change must name.
    pub version: Version,
}

/// A request that the viewer may know of.
///
/// # Errors
/// [`ErrorKind::NotFound`], the same for one that does not exist and for somebody else's.
pub(crate) fn held(desk: &Desk, who: &Viewer, id: CaseId) -> Result<HeldCase, DeskError> {
    desk.read(|registry| registry.cases().get(who, id).cloned()).ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "case.unknown",
            id,
            "Không tìm thấy hồ sơ này.",
            "There is no such request.",
        )
    })
}

/// A request on which the viewer takes a step as its applicant, and the state after the step.
///
/// The state machine is asked first: nobody's role would help with a step that the state does not know.
///
/// # Errors
/// As [`held`] and [`step`], and [`ErrorKind::Refused`] for somebody who may only read it.
pub(crate) fn own(desk: &Desk, who: &Viewer, id: CaseId, taken: CaseStep) -> Result<(HeldCase, CaseState), DeskError> {
    let held = held(desk, who, id)?;
    let state = step(&held.case, taken)?;
    desk.may(who, Action::FileCase, About::owner(&held.case.applicant).in_state(held.case.state.code()))?;
    Ok((held, state))
}

/// The state after a step.
///
/// # Errors
/// [`ErrorKind::Conflict`] when the step cannot be taken from the present state.
pub(crate) fn step(case: &Case, step: CaseStep) -> Result<CaseState, DeskError> {
    case.after(step).ok_or_else(|| {
        DeskError::input(
            ErrorKind::Conflict,
            "case.wrong_state",
            case.state,
            "Trạng thái hiện tại của hồ sơ không cho phép việc này. Hãy tải lại hồ sơ.",
            "The request's present state does not allow this. Reload it.",
        )
    })
}

/// Writes a request's new state over the version that the writer has seen.
pub(crate) async fn write(
    desk: &Desk,
    who: &Viewer,
    journal: &Territory,
    expected: Expected,
    event: Event,
) -> Result<CaseReceipt, DeskError> {
    let (id, reference, state) = match &event {
        Event::CaseSaved { case }
        | Event::CaseSubmitted { case }
        | Event::CaseWithdrawn { case }
        | Event::CaseJudged { case }
        | Event::CaseAnswered { case }
        | Event::CaseEnded { case } => (case.id, case.reference.clone(), case.state),
        other => unreachable!("{} is no change of a request", other.kind()),
    };
    let appended = desk.append(&journal.without_confidence(), vec![(expected, event)], who).await?;
    let version = appended.first().map_or(Version(1), |appended| appended.version);
    Ok(CaseReceipt { id, reference, state, version })
}

/// The next number in an applicant's own count: of the requests of a year, or of its plans (kế hoạch) for a year.
pub(crate) fn next_reference(desk: &Desk, applicant: &OrganisationCode, year: i16, plan_year: Option<u32>) -> String {
    let counted = plan_year.map_or_else(|| year.to_string(), |planned| format!("KH{planned}"));
    let stem = format!("{}-{counted}-", applicant.as_str().to_uppercase());
    let last = desk.read(|registry| {
        let own = registry.cases().all().filter(|held| held.case.applicant == *applicant);
        own.filter_map(|held| held.case.reference.strip_prefix(&stem)?.parse::<u32>().ok()).max()
    });
    format!("{stem}{:03}", last.unwrap_or(0) + 1)
}
