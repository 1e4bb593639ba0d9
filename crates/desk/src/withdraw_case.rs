//! Takes a request back.

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

/// Takes a draft or a request that was handed in back; it stays readable.
///
/// # Errors
/// [`DeskError`] when the viewer may not, it was taken back already, or somebody else was faster.
pub async fn withdraw_case(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    seen: Version,
    because: Option<&str>,
) -> Result<CaseReceipt, DeskError> {
    let (held, state) = own(desk, who, id, CaseStep::Withdraw)?;
    let because = because.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    let case = Case { state, withdrawn_at: Some(desk.edge.now()), withdrawn_because: because, ..held.case };
    let event = Event::CaseWithdrawn { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}
