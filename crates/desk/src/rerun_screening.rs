//! Computes a kept screening again, from the registry as it was.

use hatang_core::{
    Record, Stream, Viewer,
    case::{CaseId, Changed, KeptScreening, ScreeningId, changes},
};
use serde::Serialize;

use crate::{
    cases::held,
    day::vietnam_day,
    desk::Desk,
    error::{DeskError, ErrorKind},
    keep_screening::{PROGRAM, bytes, compute, screened},
    outcomes::outcomes,
};

/// Whether a kept screening comes out the same when it is computed again.
#[derive(Clone, Debug, Serialize)]
pub struct Rerun {
    /// The screening.
    pub id: ScreeningId,
    /// Whether every byte is the same.
    pub same: bool,
    /// The version of the program that computed it first.
    pub computed_by: String,
    /// The version of the program that computed it now.
    pub rerun_by: String,
    /// What differs in substance; empty when only wording does.
    pub changes: Vec<Changed>,
}

/// Reads a kept screening with its answer's text.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none or it was made by the other side.
pub async fn kept_screening(
    desk: &Desk,
    who: &Viewer,
    case: CaseId,
    id: ScreeningId,
) -> Result<KeptScreening, DeskError> {
    let held = held(desk, who, case)?;
    let unknown = || {
        let (vi, en) = ("Không tìm thấy lần đối chiếu này.", "There is no such screening.");
        DeskError::input(ErrorKind::NotFound, "screening.unknown", id, vi, en)
    };
    let known = desk.read(|registry| may_read(registry.cases(), who, &held.case, id));
    if !known {
        return Err(unknown());
    }
    match desk.store.record(&held.journal, &Stream::Screening(id)).await?.map(|current| current.record) {
        Some(Record::Screening { screening }) => Ok(*screening),
        _ => Err(unknown()),
    }
}

/// Officials read both sides' screenings, applicants their own: the office sees what they may not.
fn may_read(cases: &hatang_core::registry::CaseFile, who: &Viewer, case: &hatang_core::Case, id: ScreeningId) -> bool {
    use hatang_core::case::Side::{Applicant, Office};
    let sides: &[_] = if who.role.is_official() { &[Office, Applicant] } else { &[Applicant] };
    sides.iter().any(|side| cases.screenings(case.id, *side).any(|kept| kept.id == id))
}

/// Folds the journals to the positions that a screening rests on, computes it again and compares.
///
/// # Errors
/// As [`kept_screening`], and [`DeskError::Store`] when the history cannot be read.
pub async fn rerun_screening(desk: &Desk, who: &Viewer, case: CaseId, id: ScreeningId) -> Result<Rerun, DeskError> {
    let kept = kept_screening(desk, who, case, id).await?;
    let past = desk.as_of(&kept.positions).await?;
    let answer = compute(&past, &kept.eyes, &kept.items, Some(&kept.rule_set), vietnam_day(kept.at))?;
    Ok(Rerun {
        id,
        same: bytes(&answer) == kept.answer,
        computed_by: kept.program,
        rerun_by: PROGRAM.to_owned(),
        changes: changes(&kept.outcomes, &outcomes(&screened(&answer))),
    })
}
