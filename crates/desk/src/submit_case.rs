//! Hands a request to the office.

use hatang_core::{
    Event, Version, Viewer,
    case::{Case, CaseId, CaseStep},
};
use hatang_store::Expected;

use crate::{
    cases::{CaseReceipt, own, write},
    desk::Desk,
    error::DeskError,
};

/// Hands a draft in, as the version that the applicant has seen.
///
/// # Errors
/// [`DeskError`] when the viewer may not, it is no draft, or somebody else was faster.
pub async fn submit_case(desk: &Desk, who: &Viewer, id: CaseId, seen: Version) -> Result<CaseReceipt, DeskError> {
    let (held, state) = own(desk, who, id, CaseStep::Submit)?;
    let case = Case { state, submitted_at: Some(desk.edge.now()), ..held.case };
    let event = Event::CaseSubmitted { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}
