//! Ends a request that has been answered: what was asked stands, or was not built in time.

use hatang_core::{
    Event, Version, Viewer,
    case::{Case, CaseId, CaseStep},
};
use hatang_store::Expected;

use crate::{
    cases::{CaseReceipt, held, step, write},
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
};

/// How a request ends after its opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// What was asked stands and is in the registry.
    Built,
    /// It was not built in time.
    Lapsed,
}

/// Ends a request. What it asked for no longer counts as what is to come.
///
/// # Errors
/// [`DeskError`] when the viewer may not, there is nothing of it to be built, or somebody else was faster.
pub async fn end_case(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    seen: Version,
    ending: Ending,
    because: Option<&str>,
) -> Result<CaseReceipt, DeskError> {
    let held = held(desk, who, id)?;
    let taken = match ending {
        Ending::Built => CaseStep::Close,
        Ending::Lapsed => CaseStep::Lapse,
    };
    let state = step(&held.case, taken)?;
    desk.may(who, Action::AssessCase, About::nothing().in_state(held.case.state.code()))?;
    let because = because.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    let case = Case { state, ended_at: Some(desk.edge.now()), ended_because: because, ..held.case };
    let event = Event::CaseEnded { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}
