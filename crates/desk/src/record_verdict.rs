//! An officer says what to think of a finding, a host or a work that a screening found.

use hatang_core::{
    Event, Version, Viewer,
    case::{About, Case, CaseId, CaseStep, OfficerVerdict, Opinion, Side},
};
use hatang_store::Expected;

use crate::{
    cases::{CaseReceipt, held, step, write},
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{self, Action},
    rerating::rerate_waiting,
};

/// What an officer says.
#[derive(Clone, Debug)]
pub struct Said {
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// Which part of the screening.
    pub about: About,
    /// What the officer thinks; none takes an earlier verdict back.
    pub opinion: Option<Opinion>,
    /// Why; needed for a disagreement.
    pub reason: Option<String>,
}

/// Notes an officer's verdict on a part of the office's newest screening.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the request is not with the office, the part is not in the newest screening or has
/// changed since, a disagreement gives no reason, or somebody else was faster.
pub async fn record_verdict(
    desk: &Desk,
    who: &Viewer,
    id: CaseId,
    seen: Version,
    said: Said,
) -> Result<CaseReceipt, DeskError> {
    let held = held(desk, who, id)?;
    let state = step(&held.case, CaseStep::Judge)?;
    desk.may(who, Action::AssessCase, permission::About::nothing().in_state(held.case.state.code()))?;
    let Said { item, about, opinion, reason } = said;
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if opinion == Some(Opinion::Disagree) && reason.is_none() {
        let (vi, en) = ("Không đồng ý thì phải nêu lý do.", "A disagreement needs a reason.");
        return Err(DeskError::input(ErrorKind::BadInput, "verdict.no_reason", "reason", vi, en));
    }
    rerate_waiting(desk);
    let has_changed = {
        let rerating = desk.rerating();
        let changes = rerating.changes(id, Side::Office);
        let mut parts = changes.iter().flat_map(|one| one.before.iter().chain(&one.now));
        parts.any(|part| part.item == item && part.about == about)
    };
    if has_changed && opinion.is_some() {
        let (vi, en) = (
            "Dữ liệu đã thay đổi sau lần đối chiếu này. Hãy đối chiếu lại rồi mới nêu ý kiến.",
            "The data have changed since this screening. Screen again before giving a verdict.",
        );
        return Err(DeskError::input(ErrorKind::Conflict, "verdict.outdated", item, vi, en));
    }
    let on = desk.read(|registry| {
        let newest = registry.cases().newest(id, Side::Office)?;
        newest.outcomes.iter().find(|part| part.item == item && part.about == about).cloned()
    });
    let Some(on) = on else {
        let (vi, en) = (
            "Lần đối chiếu mới nhất của cơ quan không có nội dung này.",
            "The office's newest screening has no such part.",
        );
        return Err(DeskError::input(ErrorKind::NotFound, "verdict.nothing_to_judge", item, vi, en));
    };
    let mut verdicts = held.case.verdicts.clone();
    verdicts.retain(|verdict| (verdict.on.item, &verdict.on.about) != (item, &about));
    let at = desk.edge.now();
    verdicts.extend(opinion.map(|opinion| OfficerVerdict { on, opinion, reason, by: who.account, at }));
    let case = Case { state, verdicts, ..held.case };
    let event = Event::CaseJudged { case: Box::new(case) };
    write(desk, who, &held.journal, Expected::Version(seen), event).await
}
